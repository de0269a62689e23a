//! What a query says of the cases that it can find at all: fields that are picked
//! from lists, and what is left out. What is left are words to be looked for.

use std::cmp::Reverse;
use std::slice;
use std::sync::Arc;

use super::{Search, Wanted};
use crate::search::cases::CaseSet;
use crate::search::facts::{self, Facts, Picked};
use crate::search::places::{AnyOf, Effort, Fields, places};
use crate::search::query::{self, Phrase, Query, TermKind};
use crate::search::rank::Scope;
use crate::search::word::Word;
use crate::search::{Note, Problem};

impl Search<'_> {
    /// Applies what picks cases from lists or excludes them; returns the rest.
    pub(super) fn narrow(&mut self, query: &Query, facts: &Facts) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        let mut excluded = Vec::new();
        for (at, term) in query.terms.iter().enumerate() {
            let is_same =
                |other: &query::Term| (other.excluded, &other.kind) == (term.excluded, &term.kind);
            // Twice the same word asks for no more than once.
            if matches!(term.kind, TermKind::Words(_)) && query.terms[..at].iter().any(is_same) {
                continue;
            }
            let words = match &term.kind {
                TermKind::Words(phrases) if term.excluded => self.excluded(phrases),
                TermKind::Words(phrases) => self.wanted(phrases, Fields::All),
                TermKind::Field {
                    field,
                    values,
                    typed,
                } => match Fields::of(*field) {
                    Some(fields) => self.wanted(values, fields).map(|wanted| Wanted {
                        typed: self.ready.word(typed),
                        ..wanted
                    }),
                    None => {
                        self.pick(term, *field, values, facts);
                        continue;
                    }
                },
                TermKind::Doubtful { words, note } => self.doubtful(words, note),
            };
            let list = if term.excluded {
                &mut excluded
            } else {
                &mut wanted
            };
            list.extend(words);
        }
        for Wanted {
            words,
            fields,
            doubt,
            ..
        } in excluded
        {
            // Even a first answer must not show what is excluded by its text.
            let effort = Effort {
                text: true,
                ..self.effort
            };
            let term = AnyOf {
                words: &words,
                fields,
            };
            let places = places(self.index, term, &self.base, effort);
            if let Some(note) = doubt
                && self.effort.text
                && places.found().is_empty()
                && !self.stands_outside(&words, fields, &self.base)
            {
                self.notes.push(note);
            }
            // What only begins like an id is not meant yet.
            let is_meant = |case: &usize| places.of(*case).scope() != Scope::Begun;
            let mut left_out = CaseSet::none(self.index.cases());
            let meant = places.found().iter().filter(is_meant);
            meant.for_each(|case| left_out.insert(case));
            self.base.keep(&left_out, true);
        }
        // A long word leaves fewer cases for the others to be looked for in.
        wanted.sort_by_key(|wanted: &Wanted| {
            let lengths = wanted.words.iter().map(|word| word.codes().len());
            Reverse(lengths.min())
        });
        wanted
    }

    /// Words of which the first may be a mistake. Beside others it is one where it
    /// stands nowhere: they are looked for without it.
    fn doubtful(&mut self, phrases: &[Phrase], note: &Note) -> Option<Wanted> {
        let (first, others) = phrases.split_first()?;
        let alone = self.wanted(slice::from_ref(first), Fields::All);
        if others.is_empty() {
            return alone.map(|wanted| Wanted {
                doubt: Some(note.clone()),
                ..wanted
            });
        }
        let all = CaseSet::all(self.index.cases());
        let nowhere = |word: &Wanted| {
            self.places(&word.words, word.fields, &all)
                .found()
                .is_empty()
        };
        if self.effort.text && alone.is_some_and(|word| nowhere(&word)) {
            self.notes.push(note.clone());
            return self.wanted(others, Fields::All);
        }
        self.wanted(phrases, Fields::All)
    }

    /// Words to be left out. One that begins like a year of the library is a year
    /// on its way (-201), and would leave out nearly every case.
    fn excluded(&self, phrases: &[Phrase]) -> Option<Wanted> {
        let known = self.index.facets.known_years();
        let is_begun = |word: &Word| {
            let mut known = known.iter();
            known.any(|&year| word.year_scope(year) == Some(Scope::Begun))
        };
        let mut wanted = self.wanted(phrases, Fields::All)?;
        wanted.words.retain(|word| !is_begun(word));
        (!wanted.words.is_empty()).then_some(wanted)
    }

    fn wanted(&self, phrases: &[Phrase], fields: Fields) -> Option<Wanted> {
        let words = phrases.iter();
        let words = words.filter_map(|phrase| self.ready.word(phrase));
        let words: Vec<Arc<Word>> = words.collect();
        // Marks alone say nothing.
        (!words.is_empty()).then_some(Wanted {
            words,
            fields,
            doubt: None,
            typed: None,
        })
    }

    fn pick(&mut self, term: &query::Term, field: query::Field, values: &[Phrase], facts: &Facts) {
        // Who types -年:2017 leaves nothing out before the year is finished.
        let is_on_its_way = |value: &&Phrase| {
            term.excluded && field == query::Field::Year && facts::is_begun(&value.text)
        };
        let values = values.iter().filter(|value| !is_on_its_way(value));
        let values: Vec<Phrase> = values.cloned().collect();
        if values.is_empty() {
            return;
        }
        let index = self.index;
        let picked = index.facets.pick(field, &values, facts, &index.spellings);
        match picked {
            // Nor does what would leave out all there is: -源:0, -年:2015-.
            Picked::Cases(cases)
                if term.excluded
                    && matches!(field, query::Field::Year | query::Field::Source)
                    && cases.count() == index.cases() => {}
            Picked::Cases(cases) => self.base.keep(&cases, term.excluded),
            Picked::NoValueYet => {
                let none = CaseSet::none(self.index.cases());
                self.base.keep(&none, term.excluded);
                let names = field.names();
                self.notes.push(Note {
                    span: term.span,
                    problem: Problem::NoValueYet {
                        chinese: names.chinese[names.chinese.len() - 1],
                        english: names.english[0],
                    },
                });
            }
            Picked::BadValue { number, example } => self.notes.push(Note {
                span: term.span,
                problem: Problem::BadValue {
                    field: field.names().chinese[0].to_owned(),
                    value: values[number].text.clone(),
                    example,
                },
            }),
        }
    }
}
