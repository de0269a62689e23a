//! The clauses of a plan, and the cases that have all of them.

use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::Note;
use super::index::Index;
use super::options::Fields;
use super::pattern::Pattern;
use super::rank::ScoreSum;
use super::score::Scores;

/// Patterns of which a case has one, in some fields.
#[derive(Clone, Debug)]
pub struct Clause {
    pub patterns: Vec<Arc<Pattern>>,
    pub fields: Fields,
    /// What is wrong with the first pattern if it occurs nowhere.
    pub doubt: Option<Note>,
    /// The whole term, field and all: a word where its words are not in the field.
    pub typed: Option<Arc<Pattern>>,
    /// Whether one of the patterns is a year of the library.
    pub asks_for_year: bool,
}

impl Clause {
    /// A copy of this clause with `patterns` in place of its own, all of them certain.
    pub fn with(&self, patterns: Vec<Arc<Pattern>>) -> Self {
        Self {
            patterns,
            doubt: None,
            typed: None,
            ..self.clone()
        }
    }
}

/// The cases that one plan finds beside those before it.
pub struct Round {
    /// Each with its scores, of the cases that have all clauses before it at least.
    pub clauses: Vec<(Clause, Arc<Scores>)>,
    /// The cases that have every clause.
    pub cases: FixedBitSet,
}

impl Round {
    /// No clause yet, which all of some cases have.
    pub fn new(cases: FixedBitSet) -> Self {
        Self {
            clauses: Vec::new(),
            cases,
        }
    }

    /// Keeps the cases that have a clause as well.
    pub fn add(&mut self, clause: Clause, scores: Arc<Scores>) {
        self.cases.intersect_with(&scores.found);
        self.clauses.push((clause, scores));
    }

    /// The keys of all cases, in no order.
    pub fn keys<'a>(&'a self, index: &'a Index) -> impl Iterator<Item = u64> + 'a {
        self.cases.ones().map(move |case| {
            let mut sum = ScoreSum::default();
            for (clause, scores) in &self.clauses {
                sum.add(scores.of(case), clause.asks_for_year);
            }
            // Where nothing is asked for by words, the reading order counts.
            let age = if self.clauses.is_empty() {
                0
            } else {
                index.fields.age(case)
            };
            sum.key(age, case as u32)
        })
    }
}
