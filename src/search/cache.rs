//! What is computed once for a query: its compiled words, and where they occur. Suggestions use the
//! same words.

use std::cell::RefCell;
use std::collections::HashMap;
use std::slice;
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::clause::Clause;
use super::field_values::FieldValues;
use super::index::Index;
use super::options::{Fields, SearchOptions};
use super::pattern::Pattern;
use super::query::Phrase;
use super::score::{Scores, score};

/// The words of a query and of its suggestions. Each is compiled once, and searched for in all
/// cases once.
pub struct QueryCache<'a> {
    pub index: &'a Index,
    /// Field values from outside the corpus.
    pub values: &'a FieldValues,
    pub options: SearchOptions<'a>,
    patterns: RefCell<HashMap<Phrase, Option<Arc<Pattern>>>>,
    /// Scores of patterns that were searched for in all fields of all cases.
    everywhere: RefCell<Vec<(Arc<Pattern>, Arc<Scores>)>>,
}

impl<'a> QueryCache<'a> {
    pub fn new(index: &'a Index, values: &'a FieldValues, options: SearchOptions<'a>) -> Self {
        Self {
            index,
            values,
            options,
            patterns: RefCell::default(),
            everywhere: RefCell::default(),
        }
    }

    /// Returns the compiled phrase; `None` for nothing but marks and spaces.
    pub fn pattern(&self, phrase: &Phrase) -> Option<Arc<Pattern>> {
        let mut patterns = self.patterns.borrow_mut();
        if let Some(pattern) = patterns.get(phrase) {
            return pattern.clone();
        }
        let pattern =
            Pattern::new(phrase, &self.index.spellings, &self.index.readable).map(Arc::new);
        patterns.insert(phrase.clone(), pattern.clone());
        pattern
    }

    /// Returns the scores of a phrase in all cases; `None` for nothing but marks and spaces.
    pub fn scores_with(&self, phrase: &Phrase) -> Option<Arc<Scores>> {
        let pattern = self.pattern(phrase)?;
        let all = self.index.all_cases();
        Some(self.scores(slice::from_ref(&pattern), Fields::All, &all))
    }

    /// Returns the cases that contain a phrase, without guesses.
    pub fn cases_with(&self, phrase: &Phrase) -> FixedBitSet {
        let none = || FixedBitSet::with_capacity(self.index.cases());
        let scores = self.scores_with(phrase);
        scores.map_or_else(none, |scores| scores.found.clone())
    }

    /// Returns the best score of any of some patterns, for every case in `among`, and perhaps for
    /// others.
    pub fn scores(
        &self,
        patterns: &[Arc<Pattern>],
        fields: Fields,
        among: &FixedBitSet,
    ) -> Arc<Scores> {
        let alone = match patterns {
            [pattern] if fields == Fields::All => Some(pattern),
            _ => None,
        };
        let is_it = |(known, _): &&(Arc<Pattern>, _)| alone.is_some_and(|p| Arc::ptr_eq(known, p));
        if let Some((_, known)) = self.everywhere.borrow().iter().find(is_it) {
            return Arc::clone(known);
        }
        let scores = Arc::new(score(self.index, (patterns, fields), among, self.options));
        if let Some(pattern) = alone.filter(|_| among.is_full()) {
            let known = (Arc::clone(pattern), Arc::clone(&scores));
            self.everywhere.borrow_mut().push(known);
        }
        scores
    }

    /// Whether a case that is not in `among` contains one of a clause's patterns.
    pub fn occurs_outside(&self, clause: &Clause, among: &FixedBitSet) -> bool {
        let mut others = self.index.all_cases();
        others.difference_with(among);
        let scores = || self.scores(&clause.patterns, clause.fields, &others);
        !others.is_clear() && !others.is_disjoint(&scores().found)
    }
}
