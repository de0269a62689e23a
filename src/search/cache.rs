//! What is known while one query is answered: its words, compiled, and where they occur.

use std::cell::RefCell;
use std::rc::Rc;
use std::slice;
use std::sync::Arc;

use super::case_set::CaseSet;
use super::clause::Clause;
use super::index::Index;
use super::options::{Fallback, Fields, SearchOptions};
use super::pattern::Pattern;
use super::query::Phrase;
use super::score::{Scores, score_clauses};

/// A list that grows while the query is answered.
type Shared<T> = Rc<RefCell<Vec<T>>>;

/// The words of a query and of those offered instead, each compiled, and looked for in
/// all cases, once.
pub struct QueryCache<'a> {
    pub index: &'a Index,
    pub options: SearchOptions<'a>,
    patterns: Shared<(Phrase, Option<Arc<Pattern>>)>,
    /// The scores of patterns that were looked for in all fields of all cases.
    everywhere: Shared<(Arc<Pattern>, Arc<Scores>)>,
}

impl<'a> QueryCache<'a> {
    pub fn new(index: &'a Index, options: SearchOptions<'a>) -> Self {
        Self {
            index,
            options,
            patterns: Rc::default(),
            everywhere: Rc::default(),
        }
    }

    /// The same, with what is known already, for searches that fall back otherwise.
    pub fn with(&self, fallback: Fallback) -> Self {
        Self {
            index: self.index,
            options: SearchOptions {
                fallback,
                ..self.options
            },
            patterns: Rc::clone(&self.patterns),
            everywhere: Rc::clone(&self.everywhere),
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

    /// The cases that have a phrase for sure.
    pub fn cases_with(&self, phrase: &Phrase) -> CaseSet {
        let all = CaseSet::all(self.index.cases());
        match self.pattern(phrase) {
            Some(pattern) => {
                let scores = self.scores(slice::from_ref(&pattern), Fields::All, &all);
                scores.found().clone()
            }
            None => CaseSet::none(self.index.cases()),
        }
    }

    /// The best score of any of some patterns, for every case in `among`, and perhaps
    /// for others.
    pub fn scores(
        &self,
        patterns: &[Arc<Pattern>],
        fields: Fields,
        among: &CaseSet,
    ) -> Arc<Scores> {
        let mut scores = self.scores_of_all(&[(patterns, fields)], among);
        scores.pop().expect("every clause has its scores")
    }

    /// The same for several clauses. The body of a case is looked at for those behind the
    /// first only where it has all those before, as far as a clause is not known.
    pub fn scores_of_all(
        &self,
        clauses: &[(&[Arc<Pattern>], Fields)],
        among: &CaseSet,
    ) -> Vec<Arc<Scores>> {
        let mut among = among.clone();
        let mut scores = Vec::with_capacity(clauses.len());
        let known = clauses.iter().map(|&clause| (clause, self.known(clause)));
        let known: Vec<_> = known.collect();
        for clauses in known.chunk_by(|(_, a), (_, b)| a.is_none() && b.is_none()) {
            let of_clauses = match &clauses[0].1 {
                Some(known) => vec![Arc::clone(known)],
                None => {
                    let clauses: Vec<_> = clauses.iter().map(|&(clause, _)| clause).collect();
                    self.look_for(&clauses, &among)
                }
            };
            of_clauses
                .iter()
                .for_each(|scores| among.keep(scores.found(), false));
            scores.extend(of_clauses);
        }
        scores
    }

    fn look_for(&self, clauses: &[(&[Arc<Pattern>], Fields)], among: &CaseSet) -> Vec<Arc<Scores>> {
        let scores = score_clauses(self.index, clauses, among, self.options);
        let scores: Vec<Arc<Scores>> = scores.into_iter().map(Arc::new).collect();
        for (&(patterns, fields), scores) in clauses.iter().zip(&scores) {
            if let ([pattern], Fields::All) = (patterns, fields)
                && scores.are_everywhere()
            {
                let known = (Arc::clone(pattern), Arc::clone(scores));
                self.everywhere.borrow_mut().push(known);
            }
        }
        scores
    }

    /// The scores of a clause, if each of its patterns was looked for in all cases.
    fn known(&self, (patterns, fields): (&[Arc<Pattern>], Fields)) -> Option<Arc<Scores>> {
        if fields != Fields::All {
            return None;
        }
        let everywhere = self.everywhere.borrow();
        let of_pattern = |pattern| {
            let mut known = everywhere.iter();
            let known = known.find(|(known, _)| Arc::ptr_eq(known, pattern));
            known.map(|(_, scores)| Arc::clone(scores))
        };
        let scores: Option<Vec<Arc<Scores>>> = patterns.iter().map(of_pattern).collect();
        Scores::best_of(&scores?)
    }

    /// Whether a case that is not in `among` has one of a clause's patterns.
    pub fn occurs_outside(&self, clause: &Clause, among: &CaseSet) -> bool {
        let patterns = &*clause.patterns;
        if let Some(known) = self.known((patterns, clause.fields)) {
            return !known.found().is_within(among);
        }
        let mut others = CaseSet::all(self.index.cases());
        others.keep(among, true);
        !others.is_empty() && others.meets(self.scores(patterns, clause.fields, &others).found())
    }
}
