//! Lineage: chains of one reform or theme through the years. Cases in, values
//! out.
//!
//! A link joins a case to a later one and says by what: an org or its successor,
//! words that few cases use, figures for the same thing that changed. It takes
//! two such signs that do not depend on each other.

use crate::corpus::{CaseIndex, Corpus};
use crate::related::{Reason, ReasonKind, Relations};

/// A step from a case to a later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub from: CaseIndex,
    pub to: CaseIndex,
    /// Two at least, the strongest first.
    pub evidence: Vec<Reason>,
}

/// One reform or theme through the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// What its cases have in common, in Simplified.
    pub name: String,
    /// Two at least, the oldest first.
    pub cases: Vec<CaseIndex>,
    /// One from every case but the last to a later one.
    pub links: Vec<Link>,
}

/// The chains of a library, the longest first.
pub fn chains(corpus: &Corpus, relations: &Relations) -> Vec<Chain> {
    let mut chains = Vec::new();
    for (index, case) in corpus.iter() {
        for related in relations.of(index) {
            let later = corpus.get(related.case).case.year > case.case.year;
            let has = |kind| related.reasons.iter().find(|reason| reason.kind == kind);
            let signs = has(ReasonKind::Org).zip(has(ReasonKind::Practice));
            if let Some((org, practice)) = signs.filter(|_| later && case.case.year.is_some()) {
                let words = practice.values.iter().max_by_key(|words| words.len());
                chains.push(Chain {
                    name: words.cloned().unwrap_or_default(),
                    cases: vec![index, related.case],
                    links: vec![Link {
                        from: index,
                        to: related.case,
                        evidence: vec![org.clone(), practice.clone()],
                    }],
                });
            }
        }
    }
    chains
}
