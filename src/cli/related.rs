//! `anli related`: the cases that are related to others, each with its reasons.

use clap::Command;
use serde::Serialize;

use super::{Call, Failure, Outcome, Subcommand, arguments, complain, facts, ids};
use crate::corpus::Corpus;
use crate::export::analysis;
use crate::language::Labels;
use crate::related::{Reason, Relations};
use crate::topics;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "related",
    synopsis: "<ID>...",
    about: |labels| labels.help.related,
    heeds: &["seeds", "round", "juror"],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    command
        .arg(ids::argument(labels))
        .arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = call.library()?.corpus;
    let (cases, outcome) = ids::found(&corpus, call);
    let relations = relations(&corpus);
    let mut is_empty = true;
    for case in &cases {
        let index = corpus
            .find(&case.case.id.0)
            .expect("it was found by its id");
        for related in relations.of(index) {
            is_empty = false;
            if call.matches.get_flag("json") {
                call.output.json(&RelatedObject {
                    case: &case.case.id.0,
                    related: &corpus.get(related.case).case.id.0,
                    score: f64::from(related.score * 1000.0).round() / 1000.0,
                    reasons: related.reasons.iter().map(ReasonObject::of).collect(),
                })?;
            } else {
                let [id, title, reasons] =
                    analysis::related(&corpus, &related, call.options.language);
                call.output
                    .cells(&[&case.case.id.0, &id, &title, &reasons])?;
            }
        }
    }
    if is_empty && !cases.is_empty() {
        complain(call.labels.answer.no_related);
        return Ok(Outcome::Nothing);
    }
    Ok(outcome)
}

/// What relates the cases of a library, its topics among it.
pub(super) fn relations(corpus: &Corpus) -> Relations {
    let (rules, assigned) = facts::topics(corpus);
    Relations::build(corpus, &topics::names(&rules, &assigned))
}

#[derive(Serialize)]
struct RelatedObject<'a> {
    case: &'a str,
    related: &'a str,
    score: f64,
    reasons: Vec<ReasonObject>,
}

/// A reason in JSON.
#[derive(Serialize)]
pub(super) struct ReasonObject {
    reason: &'static str,
    values: Vec<String>,
}

impl ReasonObject {
    pub(super) fn of(reason: &Reason) -> Self {
        Self {
            reason: reason.kind.name(),
            values: reason.values.clone(),
        }
    }
}
