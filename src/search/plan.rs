//! What a query comes to: the cases that it leaves, and clauses of which each of them
//! must have one pattern. Nothing is searched for here.

use std::cmp::Reverse;
use std::sync::Arc;

use super::cache::QueryCache;
use super::case_set::CaseSet;
use super::clause::Clause;
use super::field_values::{self, FieldValues, Picked};
use super::options::Fields;
use super::pattern::Pattern;
use super::query::{self, Phrase, Query, Term, TermKind};
use super::rank::Where;
use super::{Note, Problem};

/// A query, ready to be answered.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The cases that its fields leave.
    pub base: CaseSet,
    /// What a case must not have.
    pub excluded: Vec<Clause>,
    /// What a case must have, all of it; the longest words first, since they leave fewer
    /// cases for the others to be looked for in.
    pub clauses: Vec<Clause>,
    pub notes: Vec<Note>,
}

/// Plans a query.
pub fn plan(cache: &QueryCache<'_>, query: &Query, values: &FieldValues) -> Plan {
    let mut planner = Planner {
        cache,
        values,
        plan: Plan {
            base: CaseSet::all(cache.index.cases()),
            excluded: Vec::new(),
            clauses: Vec::new(),
            notes: query.notes.clone(),
        },
    };
    for (at, term) in query.terms.iter().enumerate() {
        let is_same = |other: &Term| (other.excluded, &other.kind) == (term.excluded, &term.kind);
        // Twice the same word asks for no more than once.
        let is_word = matches!(term.kind, TermKind::Words(_));
        if !is_word || !query.terms[..at].iter().any(is_same) {
            planner.add(term);
        }
    }
    planner.plan.clauses.sort_by_key(|clause| {
        let lengths = clause.patterns.iter().map(|pattern| pattern.codes().len());
        Reverse(lengths.min())
    });
    planner.plan
}

struct Planner<'a> {
    cache: &'a QueryCache<'a>,
    values: &'a FieldValues,
    plan: Plan,
}

impl Planner<'_> {
    fn add(&mut self, term: &Term) {
        let clause = match &term.kind {
            TermKind::Words(phrases) => self.clause(phrases, Fields::All),
            TermKind::Doubtful { words, note } => {
                let clause = self.clause(words, Fields::All);
                clause.map(|clause| Clause {
                    doubt: Some(note.clone()),
                    ..clause
                })
            }
            TermKind::Field {
                field,
                values,
                typed,
            } => match Fields::of(*field) {
                Some(fields) => self.clause(values, fields).map(|clause| Clause {
                    typed: self.cache.pattern(typed),
                    ..clause
                }),
                None => return self.pick(term, *field, values),
            },
        };
        let Some(mut clause) = clause else { return };
        if !term.excluded {
            return self.plan.clauses.push(clause);
        }
        if let TermKind::Words(_) = term.kind {
            // One that begins like a year of the library is a year on its way (-201), and
            // would leave out nearly every case.
            let known = self.cache.index.fields.known_years();
            let is_unfinished =
                |year: &u16, pattern: &Pattern| pattern.year(*year) == Some(Where::Unfinished);
            let patterns = &mut clause.patterns;
            patterns.retain(|pattern| !known.iter().any(|year| is_unfinished(year, pattern)));
        }
        if !clause.patterns.is_empty() {
            self.plan.excluded.push(clause);
        }
    }

    fn clause(&self, phrases: &[Phrase], fields: Fields) -> Option<Clause> {
        let patterns = phrases
            .iter()
            .filter_map(|phrase| self.cache.pattern(phrase));
        let patterns: Vec<Arc<Pattern>> = patterns.collect();
        let known = self.cache.index.fields.known_years();
        let is_year = |pattern: &Arc<Pattern>| {
            let mut known = known.iter();
            known.any(|&year| pattern.year(year) == Some(Where::Record))
        };
        // Marks alone say nothing.
        (!patterns.is_empty()).then(|| Clause {
            asks_for_year: fields == Fields::All && patterns.iter().any(is_year),
            patterns,
            fields,
            doubt: None,
            typed: None,
        })
    }

    fn pick(&mut self, term: &Term, field: query::Field, values: &[Phrase]) {
        // Who types -年:2017 leaves nothing out before the year is finished.
        let is_on_its_way = |value: &&Phrase| {
            let is_year = term.excluded && field == query::Field::Year;
            is_year && field_values::is_unfinished(&value.text)
        };
        let values = values.iter().filter(|value| !is_on_its_way(value));
        let values: Vec<Phrase> = values.cloned().collect();
        if values.is_empty() {
            return;
        }
        let index = self.cache.index;
        let picked = index
            .fields
            .pick(field, &values, self.values, &index.spellings);
        let problem = match picked {
            // Nor does what would leave out all there is: -源:0, -年:2015-.
            Picked::Cases(cases)
                if term.excluded
                    && matches!(field, query::Field::Year | query::Field::Source)
                    && cases.is_all() =>
            {
                return;
            }
            Picked::Cases(cases) => return self.plan.base.keep(&cases, term.excluded),
            Picked::NoValueYet => {
                let none = CaseSet::none(index.cases());
                self.plan.base.keep(&none, term.excluded);
                let names = field.names();
                Problem::NoValueYet {
                    chinese: names.chinese[names.chinese.len() - 1],
                    english: names.english[0],
                }
            }
            Picked::BadValue { number, example } => Problem::BadValue {
                field: field.names().chinese[0].to_owned(),
                value: values[number].text.clone(),
                example,
            },
        };
        let span = term.span;
        self.plan.notes.push(Note { span, problem });
    }
}
