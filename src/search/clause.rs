//! The clauses of a plan, and the cases that match all of them.

use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::Note;
use super::index::Index;
use super::options::Fields;
use super::pattern::Pattern;
use super::rank::ScoreSum;
use super::score::Scores;

/// Patterns of which a case must contain one, in some fields.
#[derive(Clone, Debug)]
pub struct Clause {
    pub patterns: Vec<Arc<Pattern>>,
    pub fields: Fields,
    /// Note for a first pattern that occurs nowhere.
    pub doubt: Option<Note>,
    /// The whole term with its field name, as one word, for when the field does not contain the
    /// words.
    pub typed: Option<Arc<Pattern>>,
    /// Whether one of the patterns is a year of the library.
    pub asks_for_year: bool,
}

impl Clause {
    /// Returns a copy of this clause with other patterns, and without a note or a fallback.
    pub fn with(&self, patterns: Vec<Arc<Pattern>>) -> Self {
        Self {
            patterns,
            doubt: None,
            typed: None,
            ..self.clone()
        }
    }
}

/// The cases that one plan finds in addition to those before it.
pub struct Round {
    /// Clauses with their scores, which cover at least the cases that match all earlier clauses.
    pub clauses: Vec<(Clause, Arc<Scores>)>,
    /// Cases that match every clause.
    pub cases: FixedBitSet,
}

impl Round {
    /// Returns a round without clauses, which all of `cases` match.
    pub fn new(cases: FixedBitSet) -> Self {
        Self {
            clauses: Vec::new(),
            cases,
        }
    }

    /// Adds a clause, and drops the cases that do not match it.
    pub fn add(&mut self, clause: Clause, scores: Arc<Scores>) {
        self.cases.intersect_with(&scores.found);
        self.clauses.push((clause, scores));
    }

    /// Yields the sort keys of all cases, in no order.
    pub fn keys<'a>(&'a self, index: &'a Index) -> impl Iterator<Item = u64> + 'a {
        self.cases.ones().map(move |case| {
            let mut sum = ScoreSum::default();
            for (clause, scores) in &self.clauses {
                sum.add(scores.of(case), clause.asks_for_year);
            }
            // If no words are asked for, the reading order counts.
            let age = if self.clauses.is_empty() {
                0
            } else {
                index.fields.age(case)
            };
            sum.key(age, case as u32)
        })
    }
}
