//! The words of a query, made ready.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use crate::search::cases::CaseSet;
use crate::search::index::Index;
use crate::search::places::{AnyOf, Effort, Fields, places};
use crate::search::query::{self, Phrase, Query, TermKind};
use crate::search::word::Word;
use crate::text::CharSpan;

/// The words of a query and of those offered instead, each made ready, and looked
/// for in all cases, once.
pub(in crate::search) struct ReadyWords<'a> {
    pub(in crate::search) index: &'a Index,
    known: RefCell<Vec<(Phrase, Option<Arc<Word>>)>>,
    holders: RefCell<Vec<(Phrase, Rc<CaseSet>)>>,
}

impl<'a> ReadyWords<'a> {
    pub(in crate::search) fn of(index: &'a Index) -> Self {
        Self {
            index,
            known: RefCell::default(),
            holders: RefCell::default(),
        }
    }

    /// The query with syllables that were typed with spaces between, `hai shui dao`,
    /// as one word, where that stands anywhere; as long as the text has not been
    /// looked at it may.
    pub(super) fn joined(&self, query: &Query, effort: Effort<'_>) -> Query {
        let mut query = query.clone();
        let runs = query::spaced(&query.terms, &self.index.spellings);
        let stands = |phrase: &Phrase| !effort.text || !self.holders(phrase, effort).is_empty();
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

    /// The cases that have all words of a query for sure, as far as that is told by
    /// words alone; and whether it is, for the query has nothing else.
    pub(in crate::search) fn together(&self, query: &Query, effort: Effort<'_>) -> (CaseSet, bool) {
        let mut among = CaseSet::all(self.index.cases());
        let mut is_all = true;
        for term in &query.terms {
            match &term.kind {
                TermKind::Words(phrases) if !term.excluded && phrases.len() == 1 => {
                    let phrase = &phrases[0];
                    // Marks alone say nothing.
                    if !among.is_empty() && self.word(phrase).is_some() {
                        among.keep(&self.holders(phrase, effort), false);
                    }
                }
                _ => is_all = false,
            }
        }
        (among, is_all)
    }

    /// The cases that have a phrase for sure.
    fn holders(&self, phrase: &Phrase, effort: Effort<'_>) -> Rc<CaseSet> {
        let known = self.holders.borrow();
        if let Some((_, holders)) = known.iter().find(|(known, _)| known == phrase) {
            return Rc::clone(holders);
        }
        drop(known);
        let words = self.word(phrase);
        let term = AnyOf {
            words: words.as_slice(),
            fields: Fields::All,
        };
        let all = CaseSet::all(self.index.cases());
        let holders = places(self.index, term, &all, effort);
        let holders = Rc::new(holders.found().clone());
        let known = (phrase.clone(), Rc::clone(&holders));
        self.holders.borrow_mut().push(known);
        holders
    }

    /// `None` where a phrase has nothing but marks and spaces.
    pub(in crate::search) fn word(&self, phrase: &Phrase) -> Option<Arc<Word>> {
        let mut known = self.known.borrow_mut();
        if let Some((_, word)) = known.iter().find(|(known, _)| known == phrase) {
            return word.clone();
        }
        let word = Word::new(phrase, &self.index.spellings, &self.index.readable).map(Arc::new);
        known.push((phrase.clone(), word.clone()));
        word
    }
}
