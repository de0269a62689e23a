//! What the command line knows of cases beside the corpus: topics, tags, stars,
//! as the explorer does. Worked out only for a query that asks for them.

use super::Call;
use super::arguments::State;
use crate::corpus::{CaseIndex, Corpus};
use crate::search::facts::Facts;
use crate::search::query::{self, Field, TermKind};
use crate::store::{self, Store};
use crate::topics::{self, Rules};

/// The values of the field for starred cases, as the explorer has them.
const STARRED: [&str; 3] = ["是", "★", "yes"];

/// The facts that a query asks for.
pub fn asked_for(query: &str, corpus: &Corpus, call: &Call) -> Facts {
    let terms = query::parse(query).terms;
    let asks = |wanted: Field| {
        let of =
            |kind: &TermKind| matches!(kind, TermKind::Field { field, .. } if *field == wanted);
        terms.iter().any(|term| of(&term.kind))
    };
    let mut facts = Facts::default();
    if asks(Field::Topic) {
        add_topics(&mut facts, corpus);
    }
    if asks(Field::Tag) || asks(Field::Star) {
        add_marks(&mut facts, corpus, &open(call));
    }
    facts
}

fn open(call: &Call) -> Store {
    let (store, reports) = match &call.options.state {
        State::Off => (Store::memory(), Vec::new()),
        State::In(folder) => Store::open(Some(folder)),
        State::Usual => Store::open(store::default_folder().as_deref()),
    };
    for report in reports {
        super::complain(&report.to_string());
    }
    store
}

fn add_topics(facts: &mut Facts, corpus: &Corpus) {
    let rules = Rules::embedded();
    let assigned = topics::assign_all(corpus, &rules);
    for (number, topic) in rules.topics().iter().enumerate() {
        let has = |topics: &Vec<topics::Assignment>| topics.iter().any(|a| a.topic == number);
        let cases = (0..).zip(&assigned).filter(|(_, topics)| has(topics));
        let cases = cases.map(|(at, _)| CaseIndex(at));
        facts.add(Field::Topic, [topic.name.as_str()], cases);
    }
}

fn add_marks(facts: &mut Facts, corpus: &Corpus, store: &Store) {
    let state = store.state();
    for tag in state.all_tags().keys() {
        let tagged = corpus.iter().filter(|(_, case)| {
            let mut tags = state.tags(&case.case.id.0);
            tags.any(|known| known == *tag)
        });
        facts.add(Field::Tag, [*tag], tagged.map(|(at, _)| at));
    }
    let starred = corpus
        .iter()
        .filter(|(_, case)| state.starred(&case.case.id.0));
    facts.add(Field::Star, STARRED, starred.map(|(at, _)| at));
}
