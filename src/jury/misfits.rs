//! Scores with points that the rules they were given by do not have: somebody wrote them into
//! the file by another way.

use std::collections::HashMap;

use super::entry::Mark;
use super::exact::Points;
use super::merge::{Kept, Record, Trouble};
use super::settings::{Refusal, Round};
use super::standing::misfit;
use super::words;
use crate::language::Sentence;

/// Such scores, by file and line; those that a later score of the case replaced are passed
/// over.
pub fn misfits(round: &Round, record: &Record) -> Vec<Trouble> {
    let rules = round.rules();
    let mut last: HashMap<&str, &Kept> = HashMap::new();
    for kept in &record.entries {
        if matches!(kept.entry.mark, Mark::Score(_)) {
            last.insert(&kept.entry.case, kept);
        }
    }
    let is_last = |kept: &&Kept| {
        let last = last.get(kept.entry.case.as_str());
        last.is_some_and(|last| last.hash == kept.hash) && kept.entry.rules == rules
    };
    let trouble = |kept: &Kept| {
        let (name, points) = misfit(round, &kept.entry)?;
        Some(Trouble {
            file: kept.file.clone(),
            line: Some(kept.line),
            what: words::left_out(&kept.entry.case, &why(round, name, points)),
        })
    };
    let entries = record.entries.iter().filter(is_last);
    entries.filter_map(trouble).collect()
}

fn why(round: &Round, name: &str, points: Points) -> Sentence {
    let mut criteria = round.criteria.iter();
    let at = criteria.position(|criterion| criterion.name == name);
    match at.and_then(|at| round.refuses(at, points)) {
        Some(Refusal::Above(most)) => words::above(name, most, points),
        Some(Refusal::Step(step)) => words::off_step(name, step, points),
        None => words::no_criterion(name, round),
    }
}
