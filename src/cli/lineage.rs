//! `anli lineage`: chains of one reform or theme through the years.

use clap::Command;
use serde::Serialize;

use super::{Call, Failure, Outcome, Subcommand, arguments, complain, ids, related};
use crate::corpus::{CaseIndex, Corpus};
use crate::export::analysis;
use crate::language::Labels;
use crate::lineage::{self, Chain, Link};

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "lineage",
    synopsis: "[ID]...",
    about: |labels| labels.help.lineage,
    heeds: &["seeds", "round", "juror"],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    command
        .arg(ids::argument(labels).required(false).num_args(0..))
        .arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = call.library()?.corpus;
    let (asked, outcome) = ids::found(&corpus, call);
    let asked: Vec<&str> = asked.iter().map(|case| &*case.case.id.0).collect();
    let is_asked = call.matches.contains_id("id");
    let id = |case: &CaseIndex| corpus.get(*case).case.id.0.as_str();
    let mut chains = lineage::chains(&corpus, &related::relations(&corpus));
    chains.retain(|chain| !is_asked || chain.cases.iter().any(|case| asked.contains(&id(case))));
    for chain in &chains {
        if call.matches.get_flag("json") {
            call.output.json(&ChainObject::of(&corpus, chain))?;
        } else {
            let lines = analysis::chain(&corpus, chain, call.options.language);
            call.output.lines(&lines)?;
        }
    }
    if chains.is_empty() && (!is_asked || !asked.is_empty()) {
        complain(call.labels.answer.no_lineage);
        return Ok(Outcome::Nothing);
    }
    Ok(outcome)
}

#[derive(Serialize)]
struct ChainObject<'a> {
    chain: &'a str,
    cases: Vec<&'a str>,
    links: Vec<LinkObject<'a>>,
}

#[derive(Serialize)]
struct LinkObject<'a> {
    from: &'a str,
    to: &'a str,
    evidence: Vec<related::ReasonObject>,
}

impl<'a> ChainObject<'a> {
    fn of(corpus: &'a Corpus, chain: &'a Chain) -> Self {
        let id = |case: CaseIndex| corpus.get(case).case.id.0.as_str();
        let link = |link: &Link| LinkObject {
            from: id(link.from),
            to: id(link.to),
            evidence: link
                .evidence
                .iter()
                .map(related::ReasonObject::of)
                .collect(),
        };
        Self {
            chain: &chain.name,
            cases: chain.cases.iter().copied().map(id).collect(),
            links: chain.links.iter().map(link).collect(),
        }
    }
}
