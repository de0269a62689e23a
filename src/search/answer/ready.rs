//! The words of a query, made ready.

use std::cell::RefCell;

use crate::search::cases::CaseSet;
use crate::search::index::Index;
use crate::search::places::{AnyOf, Effort, Fields, places};
use crate::search::query::{self, Phrase, Query, TermKind};
use crate::search::word::Word;
use crate::text::CharSpan;

/// The words of a query and of those offered instead, each made ready once.
pub(in crate::search) struct ReadyWords<'a> {
    pub(in crate::search) index: &'a Index,
    known: RefCell<Vec<(Phrase, Option<Word>)>>,
}

impl<'a> ReadyWords<'a> {
    pub(in crate::search) fn of(index: &'a Index) -> Self {
        Self {
            index,
            known: RefCell::default(),
        }
    }

    /// The query with syllables that were typed with spaces between, `hai shui dao`,
    /// as one word, where that stands anywhere; as long as the text has not been
    /// looked at it may.
    pub(super) fn joined(&self, query: &Query, effort: Effort<'_>) -> Query {
        let mut query = query.clone();
        let runs = query::spaced(&query.terms, &self.index.spellings);
        let all = CaseSet::all(self.index.cases());
        let stands = |phrase: &Phrase| {
            let words = self.word(phrase);
            let term = AnyOf {
                words: words.as_slice(),
                fields: Fields::All,
            };
            !effort.text || !places(self.index, term, &all, effort).found().is_empty()
        };
        for (run, phrase) in runs.into_iter().rev().filter(|(_, phrase)| stands(phrase)) {
            let span = |term: &query::Term| term.span;
            let joined = query::Term {
                span: CharSpan::new(
                    span(&query.terms[run.start]).start,
                    span(&query.terms[run.end - 1]).end,
                ),
                excluded: false,
                kind: TermKind::Words(vec![phrase]),
            };
            query.terms.splice(run, [joined]);
        }
        query
    }

    /// `None` where a phrase has nothing but marks and spaces.
    pub(in crate::search) fn word(&self, phrase: &Phrase) -> Option<Word> {
        let mut known = self.known.borrow_mut();
        if let Some((_, word)) = known.iter().find(|(known, _)| known == phrase) {
            return word.clone();
        }
        let word = Word::new(phrase, &self.index.spellings, &self.index.readable);
        known.push((phrase.clone(), word.clone()));
        word
    }
}
