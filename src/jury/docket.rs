//! The cases of a round as its files and papers name them.

use std::collections::HashMap;

use super::office::{Log, Screening};
use super::settings::{Blind, Round, fingerprint};
use crate::case::{self, CaseRef, Completeness};
use crate::corpus::{CaseIndex, Corpus};

/// A case of the round.
#[derive(Clone, Debug)]
pub struct Case {
    /// The id in the library, or in a blind round a code that shows nothing.
    pub id: String,
    /// Its position in the library.
    pub index: CaseIndex,
    pub title: String,
    pub orgs: String,
    pub category: Option<case::Category>,
    /// Fingerprint of title, orgs and text.
    pub fingerprint: String,
    /// The case itself, for its orgs and district.
    pub case: case::Case,
}

/// The cases of a round, in the order of the library.
#[derive(Clone, Debug, Default)]
pub struct Docket {
    pub cases: Vec<Case>,
}

impl Docket {
    /// Every application of the library, with the category that the office set, if any.
    pub fn all(round: &Round, log: &Log, corpus: &Corpus) -> Self {
        // Text that belongs to no case is no application.
        let mut cases: Vec<Case> = corpus
            .iter()
            .filter(|(_, case)| case.case.completeness != Completeness::Rest)
            .map(|(index, case)| of(round, index, case))
            .collect();
        for case in &mut cases {
            if let Some(category) = log.category(&case.id) {
                case.category = Some(category);
                case.case.category = Some(category);
            }
        }
        Self { cases }
    }

    /// The accepted applications, which alone are scored.
    pub fn accepted(round: &Round, log: &Log, corpus: &Corpus) -> Self {
        Self::all(round, log, corpus).only_accepted(log)
    }

    /// Those of the applications that are accepted.
    pub fn only_accepted(mut self, log: &Log) -> Self {
        self.cases.retain(|case| {
            let result = log.screening(&case.id);
            matches!(result, Some((Screening::Accepted, _)))
        });
        self
    }

    /// The position of the case with an id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.cases.iter().position(|case| case.id == id)
    }

    /// The position of the case with an id, or in a blind round with an id of the library,
    /// which only the office may use.
    pub fn find_for_office(&self, id: &str) -> Option<usize> {
        self.find(id)
            .or_else(|| self.cases.iter().position(|case| case.case.id.0 == id))
    }

    /// The positions in the order in which a juror with this seed reads them. The
    /// order of two cases does not change when others come or go.
    pub fn order(&self, seed: &str) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.cases.len()).collect();
        order.sort_by_cached_key(|&at| {
            let case = &self.cases[at];
            fingerprint(format!("{seed}\t{}", case.id).as_bytes())
        });
        order
    }
}

fn of(round: &Round, index: CaseIndex, case: CaseRef<'_>) -> Case {
    let title = case.title().into_owned();
    let orgs = case.orgs();
    let text = format!("{title}\n{orgs}\n{}", case.text());
    Case {
        id: id(round, &case.case.id.0),
        index,
        title,
        orgs,
        category: case.case.category,
        fingerprint: fingerprint(text.as_bytes()),
        case: case.case.clone(),
    }
}

/// Maps the ids that the cases would have under the opposite blind setting to their ids now, for
/// entries from before that setting was changed.
pub fn other_ids(round: &Round, corpus: &Corpus) -> HashMap<String, String> {
    let cases = corpus.iter().map(|(_, case)| case.case.id.0.as_str());
    let other = |library: &str| match round.blind {
        Blind::None => (code(round, library), library.to_owned()),
        Blind::Labels | Blind::Text => (library.to_owned(), code(round, library)),
    };
    cases.map(other).collect()
}

/// Returns the id of a case in the round's files: its id in the library, or in a blind round a
/// code derived from it, since ids are made from file names.
pub fn id(round: &Round, library: &str) -> String {
    match round.blind {
        Blind::None => library.to_owned(),
        Blind::Labels | Blind::Text => code(round, library),
    }
}

fn code(round: &Round, library: &str) -> String {
    let code = fingerprint(format!("{}\t{library}", round.id).as_bytes());
    format!("b{}", &code[..10])
}
