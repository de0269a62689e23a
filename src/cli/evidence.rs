//! `anli evidence`: the sentences that speak for a criterion of the award, for
//! people or for programs.

use std::sync::Arc;

use clap::Command;
use serde::Serialize;

use super::{Call, Failure, Outcome, Subcommand, arguments, complain, export, ids};
use crate::case::CaseRef;
use crate::evidence::{self, Claim, Cue, Scope};
use crate::export::analysis;
use crate::language::Labels;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "evidence",
    synopsis: "[ID]...",
    about: |labels| labels.help.evidence,
    heeds: &["seeds", "round", "juror", "state", "no-state"],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    command
        .arg(ids::argument(labels).required(false).num_args(0..))
        .arg(export::query_option(&labels.help))
        .arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = Arc::new(call.library()?.corpus);
    let (cases, outcome) = export::selected(&corpus, call)?;
    let json = call.matches.get_flag("json");
    let mut is_empty = true;
    for &case in &cases {
        let claims = evidence::of_case(case);
        is_empty &= claims.is_empty();
        if json {
            let text: Vec<char> = case.text().chars().collect();
            for claim in &claims {
                call.output.json(&ClaimObject::of(case, claim, &text))?;
            }
        } else {
            let id = case.case.id.0.as_str();
            for [criteria, cues, sentence] in analysis::claims(case, &claims, call.options.language)
            {
                call.output.cells(&[id, &criteria, &cues, &sentence])?;
            }
        }
    }
    if is_empty && !cases.is_empty() {
        complain(call.labels.answer.no_evidence);
        return Ok(Outcome::Nothing);
    }
    Ok(outcome)
}

/// A sentence in JSON. The order of the fields is the order of the keys.
#[derive(Serialize)]
struct ClaimObject<'a> {
    case: &'a str,
    start: u32,
    end: u32,
    sentence: String,
    criteria: Vec<CueObject>,
}

#[derive(Serialize)]
struct CueObject {
    criterion: &'static str,
    cue: String,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
}

impl<'a> ClaimObject<'a> {
    fn of(case: CaseRef<'a>, claim: &Claim, text: &[char]) -> Self {
        let cue = |cue: &Cue| CueObject {
            criterion: cue.criterion.name(),
            cue: cut(text, cue.span.clone()),
            start: cue.span.start,
            end: cue.span.end,
            scope: cue.scope.map(Scope::name),
        };
        Self {
            case: &case.case.id.0,
            start: claim.sentence.start,
            end: claim.sentence.end,
            sentence: cut(text, claim.sentence.clone()),
            criteria: claim.cues.iter().map(cue).collect(),
        }
    }
}

fn cut(text: &[char], range: std::ops::Range<u32>) -> String {
    text[range.start as usize..range.end as usize]
        .iter()
        .collect()
}
