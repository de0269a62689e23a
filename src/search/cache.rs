//! What is worked out once while a query is answered: its words, compiled, and where they
//! occur: what is offered instead of a query that finds nothing is made of the same words.

use std::cell::RefCell;
use std::slice;
use std::sync::Arc;

use super::bit_set::BitSet;
use super::clause::Clause;
use super::field_values::FieldValues;
use super::index::Index;
use super::options::{Fields, SearchOptions};
use super::pattern::Pattern;
use super::query::Phrase;
use super::score::{Scores, score};

/// The words of a query and of those offered instead, each compiled, and looked for in all
/// cases, once.
pub struct QueryCache<'a> {
    pub index: &'a Index,
    /// Fields that the corpus does not have.
    pub values: &'a FieldValues,
    pub options: SearchOptions<'a>,
    patterns: RefCell<Vec<(Phrase, Option<Arc<Pattern>>)>>,
    /// The scores of patterns that were looked for in all fields of all cases.
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

    /// A phrase, compiled; `None` where it has nothing but marks and spaces.
    pub fn pattern(&self, phrase: &Phrase) -> Option<Arc<Pattern>> {
        let mut patterns = self.patterns.borrow_mut();
        if let Some((_, pattern)) = patterns.iter().find(|(known, _)| known == phrase) {
            return pattern.clone();
        }
        let pattern = Pattern::new(phrase, &self.index.spellings, &self.index.readable);
        let pattern = pattern.map(Arc::new);
        patterns.push((phrase.clone(), pattern.clone()));
        pattern
    }

    /// The scores of a phrase in all cases; `None` where it has nothing but marks.
    pub fn scores_with(&self, phrase: &Phrase) -> Option<Arc<Scores>> {
        let pattern = self.pattern(phrase)?;
        let all = BitSet::all(self.index.cases());
        Some(self.scores(slice::from_ref(&pattern), Fields::All, &all))
    }

    /// The cases that have a phrase for sure.
    pub fn cases_with(&self, phrase: &Phrase) -> BitSet {
        let none = || BitSet::none(self.index.cases());
        let scores = self.scores_with(phrase);
        scores.map_or_else(none, |scores| scores.found.clone())
    }

    /// The best score of any of some patterns, for every case in `among`, and perhaps for
    /// others.
    pub fn scores(&self, patterns: &[Arc<Pattern>], fields: Fields, among: &BitSet) -> Arc<Scores> {
        if let Some(known) = self.known(patterns, fields) {
            return known;
        }
        let scores = Arc::new(score(self.index, (patterns, fields), among, self.options));
        if let ([pattern], Fields::All, true) = (patterns, fields, among.is_all()) {
            let known = (Arc::clone(pattern), Arc::clone(&scores));
            self.everywhere.borrow_mut().push(known);
        }
        scores
    }

    /// The scores of patterns that were all looked for in all cases.
    fn known(&self, patterns: &[Arc<Pattern>], fields: Fields) -> Option<Arc<Scores>> {
        let everywhere = self.everywhere.borrow();
        let of_pattern = |pattern: &Arc<Pattern>| {
            let mut known = everywhere.iter();
            let known = known.find(|(known, _)| Arc::ptr_eq(known, pattern))?;
            Some(Arc::clone(&known.1))
        };
        let (first, others) = patterns.split_first().filter(|_| fields == Fields::All)?;
        let mut best = of_pattern(first)?;
        for other in others {
            let scores = of_pattern(other)?;
            Arc::make_mut(&mut best).join(&scores);
        }
        Some(best)
    }

    /// Whether a case that is not in `among` has one of a clause's patterns.
    pub fn occurs_outside(&self, clause: &Clause, among: &BitSet) -> bool {
        let mut others = BitSet::all(self.index.cases());
        others.remove(among);
        let scores = || self.scores(&clause.patterns, clause.fields, &others);
        !others.is_empty() && others.meets(&scores().found)
    }
}
