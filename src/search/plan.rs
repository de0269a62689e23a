//! The plan of a query: the cases that match its fields, and the clauses that they must match.
//! Nothing is searched for here.

use std::cmp::Reverse;
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::cache::QueryCache;
use super::clause::Clause;
use super::field_values::{self, Picked};
use super::options::Fields;
use super::pattern::{Origin, Pattern};
use super::query::{self, Phrase, Query, Term, TermKind};
use super::rank::Where;
use super::{Note, Problem};

/// A query, ready to be answered.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Cases that match the fields.
    pub base: FixedBitSet,
    /// Clauses that a case must not match.
    pub excluded: Vec<Clause>,
    /// Clauses that a case must match. The longest words come first, since they leave fewer cases
    /// to search for the others.
    pub clauses: Vec<Clause>,
    pub notes: Vec<Note>,
}

/// Plans a query.
pub fn plan(cache: &QueryCache<'_>, query: &Query) -> Plan {
    let mut plan = Plan {
        base: cache.index.all_cases(),
        excluded: Vec::new(),
        clauses: Vec::new(),
        notes: query.notes.clone(),
    };
    for (at, term) in query.terms.iter().enumerate() {
        let is_same = |other: &Term| (other.excluded, &other.kind) == (term.excluded, &term.kind);
        // A repeated word asks for nothing more.
        let is_word = matches!(term.kind, TermKind::Words(_));
        if !is_word || !query.terms[..at].iter().any(is_same) {
            plan.add(cache, term);
        }
    }
    plan.clauses.sort_by_key(|clause| {
        let lengths = clause.patterns.iter().map(|pattern| pattern.codes().len());
        Reverse(lengths.min())
    });
    plan
}

impl Plan {
    fn add(&mut self, cache: &QueryCache<'_>, term: &Term) {
        let mut clause = match &term.kind {
            TermKind::Words(phrases) => clause(cache, phrases, Fields::All),
            TermKind::Doubtful { words, .. } => clause(cache, words, Fields::All),
            TermKind::Field { field, values, .. } => match Fields::of(*field) {
                Some(fields) => clause(cache, values, fields),
                None => return self.pick(cache, term, *field, values),
            },
        };
        match &term.kind {
            TermKind::Words(_) if term.excluded => {
                // A word that begins a year of the library is an unfinished year (-201), and would
                // exclude nearly every case.
                let known = cache.index.fields.known_years().iter();
                let is_unfinished = |pattern: &Pattern| {
                    let mut places = known.clone().map(|&year| pattern.year(year));
                    places.any(|place| place == Some(Where::Unfinished))
                };
                clause.patterns.retain(|pattern| !is_unfinished(pattern));
            }
            TermKind::Words(phrases) => clause.patterns.extend(figures(cache, phrases)),
            TermKind::Doubtful { note, .. } => clause.doubt = Some(note.clone()),
            TermKind::Field { typed, .. } => clause.typed = cache.pattern(typed),
        }
        // Marks alone say nothing.
        if !clause.patterns.is_empty() {
            if term.excluded {
                self.excluded.push(clause)
            } else {
                self.clauses.push(clause)
            }
        }
    }

    fn pick(
        &mut self,
        cache: &QueryCache<'_>,
        term: &Term,
        field: query::Field,
        values: &[Phrase],
    ) {
        // -年:2017 excludes nothing until the year is finished.
        let is_on_its_way = |value: &&Phrase| {
            let is_year = term.excluded && field == query::Field::Year;
            is_year && field_values::is_unfinished(&value.text)
        };
        let values: Vec<Phrase> = values
            .iter()
            .filter(|value| !is_on_its_way(value))
            .cloned()
            .collect();
        if values.is_empty() {
            return;
        }
        let index = cache.index;
        let picked = index
            .fields
            .pick(field, &values, cache.values, &index.spellings);
        let (cases, problem) = match picked {
            Picked::Cases(cases) => (cases, None),
            Picked::NoValueYet => {
                let names = field.names();
                let problem = Problem::NoValueYet {
                    chinese: names.chinese[names.chinese.len() - 1],
                    english: names.english[0],
                };
                (FixedBitSet::with_capacity(index.cases()), Some(problem))
            }
            Picked::BadValue { number, example } => {
                let problem = Problem::BadValue {
                    field,
                    value: values[number].text.clone(),
                    example,
                };
                (self.base.clone(), Some(problem))
            }
        };
        let is_bad = matches!(problem, Some(Problem::BadValue { .. }));
        let is_unfinished = matches!(field, query::Field::Year | query::Field::Source);
        match term.excluded {
            // What would exclude everything is ignored too: -源:0, -年:2015-.
            true if is_bad || is_unfinished && cases.is_full() => {}
            true => self.base.difference_with(&cases),
            false => self.base.intersect_with(&cases),
        }
        let span = term.span;
        self.notes
            .extend(problem.map(|problem| Note { span, problem }));
    }
}

fn clause(cache: &QueryCache<'_>, phrases: &[Phrase], fields: Fields) -> Clause {
    let patterns: Vec<Arc<Pattern>> = phrases
        .iter()
        .filter_map(|phrase| cache.pattern(phrase))
        .collect();
    let known = cache.index.fields.known_years();
    let is_year = |pattern: &Arc<Pattern>| {
        let mut known = known.iter();
        known.any(|&year| pattern.year(year) == Some(Where::Record))
    };
    Clause {
        asks_for_year: fields == Fields::All && patterns.iter().any(is_year),
        patterns,
        fields,
        doubt: None,
        typed: None,
    }
}

/// Returns the figures of some words in other forms.
fn figures(cache: &QueryCache<'_>, phrases: &[Phrase]) -> Vec<Arc<Pattern>> {
    let figures = phrases.iter().flat_map(Phrase::other_figures);
    let patterns = figures.filter_map(|figure| cache.pattern(&figure));
    patterns
        .map(|pattern| Arc::new(pattern.instead(Origin::Figure)))
        .collect()
}
