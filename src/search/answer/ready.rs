//! The words of a query, made ready.

use std::cell::RefCell;
use std::sync::Arc;

use crate::search::cases::CaseSet;
use crate::search::index::Index;
use crate::search::places::{AnyOf, Effort, Fields, Places, places_of_all};
use crate::search::query::{self, Phrase, Query, TermKind};
use crate::search::word::Word;
use crate::text::CharSpan;

/// The words of a query and of those offered instead, each made ready, and looked
/// for in all cases, once. Whether text is looked at must be the same each time that
/// it is asked.
pub(in crate::search) struct ReadyWords<'a> {
    pub(in crate::search) index: &'a Index,
    known: RefCell<Vec<(Phrase, Option<Arc<Word>>)>>,
    /// Where words stand that were looked for in all fields of all cases.
    everywhere: RefCell<Vec<(Arc<Word>, Arc<Places>)>>,
}

impl<'a> ReadyWords<'a> {
    pub(in crate::search) fn of(index: &'a Index) -> Self {
        Self {
            index,
            known: RefCell::default(),
            everywhere: RefCell::default(),
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
    pub(in crate::search) fn holders(&self, phrase: &Phrase, effort: Effort<'_>) -> CaseSet {
        let words = self.word(phrase);
        let term = AnyOf {
            words: words.as_slice(),
            fields: Fields::All,
        };
        let all = CaseSet::all(self.index.cases());
        self.places(term, &all, effort).found().clone()
    }

    /// The best place of any of a term's words, for every case in `among`, and perhaps
    /// for others.
    pub(super) fn places(
        &self,
        term: AnyOf<'_>,
        among: &CaseSet,
        effort: Effort<'_>,
    ) -> Arc<Places> {
        let mut places = self.places_of_all(&[term], among, effort);
        places.pop().expect("every term has its places")
    }

    /// The same for several terms. The text of a case is looked at for those behind the
    /// first only where it has all those before, as far as a term is not known.
    pub(super) fn places_of_all(
        &self,
        terms: &[AnyOf<'_>],
        among: &CaseSet,
        effort: Effort<'_>,
    ) -> Vec<Arc<Places>> {
        let mut among = among.clone();
        let mut places = Vec::with_capacity(terms.len());
        let known = terms.iter().map(|&term| (term, self.known_places(term)));
        let known: Vec<(AnyOf<'_>, Option<Arc<Places>>)> = known.collect();
        for terms in known.chunk_by(|(_, a), (_, b)| a.is_none() && b.is_none()) {
            let of_terms = match &terms[0].1 {
                Some(known) => vec![Arc::clone(known)],
                None => {
                    let terms: Vec<AnyOf<'_>> = terms.iter().map(|&(term, _)| term).collect();
                    self.look_for(&terms, &among, effort)
                }
            };
            of_terms
                .iter()
                .for_each(|places| among.keep(places.found(), false));
            places.extend(of_terms);
        }
        places
    }

    fn look_for(
        &self,
        terms: &[AnyOf<'_>],
        among: &CaseSet,
        effort: Effort<'_>,
    ) -> Vec<Arc<Places>> {
        let places = places_of_all(self.index, terms, among, effort);
        let places: Vec<Arc<Places>> = places.into_iter().map(Arc::new).collect();
        for (term, places) in terms.iter().zip(&places) {
            if let ([word], Fields::All) = (term.words, term.fields)
                && places.are_everywhere()
            {
                let known = (Arc::clone(word), Arc::clone(places));
                self.everywhere.borrow_mut().push(known);
            }
        }
        places
    }

    /// Where a term stands, if that is known for all cases of each of its words.
    pub(super) fn known_places(&self, term: AnyOf<'_>) -> Option<Arc<Places>> {
        if term.fields != Fields::All {
            return None;
        }
        let everywhere = self.everywhere.borrow();
        let of_word = |word| {
            let mut known = everywhere.iter();
            let known = known.find(|(known, _)| Arc::ptr_eq(known, word));
            known.map(|(_, places)| Arc::clone(places))
        };
        let places: Option<Vec<Arc<Places>>> = term.words.iter().map(of_word).collect();
        Places::best_of(&places?)
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
