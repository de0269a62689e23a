//! What the command line knows of cases beside the corpus: topics, tags, stars,
//! as the explorer does. Worked out only for a query that asks for them, and
//! once for all queries.

use std::cell::OnceCell;

use super::arguments::Options;
use crate::app::keeping;
use crate::app::work::{self, Measures};
use crate::corpus::Corpus;
use crate::search::field_values::FieldValues;
use crate::search::query::{self, Field, TermKind};
use crate::store::{State, Store};
use crate::topics::{self, Assignment, Rules};

/// What queries to a corpus may ask for.
pub struct Beside<'a> {
    corpus: &'a Corpus,
    options: &'a Options,
    topics: OnceCell<(Rules, Vec<Vec<Assignment>>)>,
    store: OnceCell<Store>,
}

impl<'a> Beside<'a> {
    /// Works nothing out yet.
    pub const fn new(corpus: &'a Corpus, options: &'a Options) -> Self {
        Self {
            corpus,
            options,
            topics: OnceCell::new(),
            store: OnceCell::new(),
        }
    }

    /// The facts that a query asks for.
    pub fn asked_for(&self, query: &str) -> FieldValues {
        let terms = query::parse(query).terms;
        let asks = |wanted: &[Field]| {
            let of = |kind: &TermKind| matches!(kind, TermKind::Field { field, .. } if wanted.contains(field));
            terms.iter().any(|term| of(&term.kind))
        };
        let topics = asks(&[Field::Topic]).then(|| self.topics());
        let (names, assigned) = topics.map_or((&[][..], &[][..]), |(rules, assigned)| {
            (rules.topics(), assigned.as_slice())
        });
        let nothing_kept = State::default();
        let kept = if asks(&[Field::Tag, Field::Note, Field::Star]) {
            self.store().state()
        } else {
            &nothing_kept
        };
        let measures = work::asks_for_measures(query).then(|| Measures::of(self.corpus));
        keeping::facts(self.corpus, names, assigned, kept, measures.as_ref())
    }

    fn topics(&self) -> &(Rules, Vec<Vec<Assignment>>) {
        self.topics.get_or_init(|| topics(self.corpus))
    }

    fn store(&self) -> &Store {
        let Options {
            state, language, ..
        } = self.options;
        self.store
            .get_or_init(|| state.read(self.corpus, *language))
    }
}

/// The rules of topics, and the topics of every case.
pub fn topics(corpus: &Corpus) -> (Rules, Vec<Vec<Assignment>>) {
    let rules = Rules::embedded();
    let assigned = topics::assign_all(corpus, &rules);
    (rules, assigned)
}
