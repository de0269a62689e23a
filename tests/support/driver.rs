//! The explorer without a terminal: input goes through the real key table and the real
//! update, and the effects are carried out here.

#![allow(
    dead_code,
    reason = "each program that drives the explorer uses its own part"
)]

use std::collections::VecDeque;
use std::sync::Arc;

use anli::app::action::{Action, Effect};
use anli::app::{App, Settings};
use anli::corpus::{CaseIndex, Corpus};
use anli::key::{Input, Key};
use anli::round::sitting::Sitting;
use anli::search::field_values::FieldValues;
use anli::search::index::Index;
use anli::search::{Explained, Found};
use anli::store::{State, Store};
use anli::ui;

/// The explorer, what its search knows, and what it keeps.
pub struct Driver<'a> {
    pub app: App,
    pub store: Store,
    /// The effects that are not carried out here, in order.
    pub effects: Vec<Effect>,
    /// Queries that wait for [`Driver::answer`], where answers come late.
    pub queries: VecDeque<String>,
    answers_late: bool,
    /// The reader at a round, whose files are written to.
    pub sitting: Option<Sitting>,
    /// How many hits of an answer have their matches.
    explained: usize,
    index: &'a Index,
    facts: FieldValues,
}

impl<'a> Driver<'a> {
    /// The explorer over a corpus and its index, before it has begun.
    pub fn new(corpus: Arc<Corpus>, index: &'a Index, settings: Settings) -> Self {
        Self {
            app: App::new(corpus, settings),
            store: Store::memory(),
            effects: Vec::new(),
            queries: VecDeque::new(),
            answers_late: false,
            sitting: None,
            explained: usize::MAX,
            index,
            facts: FieldValues::default(),
        }
    }

    /// Has queries wait until [`Driver::answer`] is called.
    pub fn answer_late(&mut self) {
        self.answers_late = true;
    }

    /// Has answers come with the matches of so many hits, as those of a large library
    /// do.
    pub fn explain_only(&mut self, hits: usize) {
        self.explained = hits;
    }

    /// Begins as the program does: what has to be asked is asked when the size of the
    /// screen, in columns and rows, is known.
    pub fn begin(&mut self, query: &str, kept: State, columns: u16, rows: u16) {
        let effects = self.app.begin(query, kept);
        self.input(Input::Resize { columns, rows });
        effects
            .into_iter()
            .for_each(|effect| self.carry_out(effect));
    }

    /// Applies what a user did.
    pub fn input(&mut self, input: Input) {
        for input in self.app.inputs(input) {
            let effect = match ui::hint_at(&self.app, &input) {
                Some(command) => self.app.press_hint(command),
                None => self.app.input(input),
            };
            effect.into_iter().for_each(|effect| self.carry_out(effect));
            self.work();
        }
        // What keys put off is done before the next frame.
        let (columns, rows) = self.app.window.size;
        self.app.update(Action::Fit { columns, rows });
    }

    /// Presses a key.
    pub fn press(&mut self, key: Key) {
        self.input(Input::Key(key));
    }

    /// Applies an action.
    pub fn update(&mut self, action: Action) {
        let effect = self.app.update(action);
        effect.into_iter().for_each(|effect| self.carry_out(effect));
        self.work();
    }

    /// Searches and keeps; any other effect is noted.
    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Search(query) if self.answers_late => self.queries.push_back(query),
            Effect::Search(query) => {
                let found = self.found(&query);
                self.update(Action::ShowFound(found));
            }
            Effect::Know { facts, ask } => {
                self.facts = facts;
                ask.into_iter()
                    .for_each(|query| self.carry_out(Effect::Search(query)));
            }
            Effect::Keep(changes) => {
                changes
                    .into_iter()
                    .for_each(|change| self.store.apply(change));
                let state = Box::new(self.store.state().clone());
                self.update(Action::TakeKept(state));
            }
            Effect::Enter(writing) | Effect::EnterAndQuit(writing) if self.sitting.is_some() => {
                let time = "2026-03-01T09:00:00Z".to_owned();
                let entered = self
                    .sitting
                    .as_mut()
                    .map(|sitting| sitting.enter(writing, time));
                self.take_seat();
                // The shell says what was not written.
                if let Err(error) = entered.expect("it is there") {
                    let said = error.messages(self.app.settings.language);
                    self.update(Action::Tell(said.join("\n")));
                }
            }
            Effect::KeepDraft(draft) if self.sitting.is_some() => {
                let kept = self
                    .sitting
                    .as_mut()
                    .map(|sitting| sitting.keep_draft(draft.as_ref()));
                kept.expect("it is there").expect("the draft is written");
            }
            Effect::Record(act) if self.sitting.is_some() => {
                let recorded = self
                    .sitting
                    .as_mut()
                    .map(|sitting| sitting.record(act, "2026-03-01T09:00:00Z"));
                recorded.expect("it is there").expect("the act is written");
                self.take_seat();
            }
            Effect::Reread if self.sitting.is_some() => {
                let read = self.sitting.as_mut().map(Sitting::reread);
                read.expect("it is there").expect("the round can be read");
                self.take_seat();
            }
            effect => self.effects.push(effect),
        }
    }

    /// Shows what the reader may see of the round by now.
    pub fn take_seat(&mut self) {
        let seat = self
            .sitting
            .as_ref()
            .map(|sitting| Arc::new(sitting.seat()));
        if let Some(seat) = seat {
            self.update(Action::TakeSeat(seat));
        }
    }

    /// Works out at once what views ask for.
    fn work(&mut self) {
        while let Some(job) = self.app.next_job() {
            let done = job.run(&self.app.corpus);
            self.update(Action::TakeDone(done));
        }
    }

    /// Answers the newest query and drops those before it; returns the answer, or
    /// `None` where no query waits.
    pub fn answer(&mut self) -> Option<Found> {
        let newest = self.queries.pop_back()?;
        self.queries.clear();
        let found = self.found(&newest);
        self.update(Action::ShowFound(found.clone()));
        Some(found)
    }

    fn found(&self, query: &str) -> Found {
        let mut found = self.index.search_with(query, &self.facts);
        found.explained = found.explained.min(self.explained);
        let rest = found.hits.iter_mut().skip(found.explained);
        rest.for_each(|hit| hit.matches.clear());
        found
    }

    /// Prepares a frame; returns the query and the cases whose matches the explorer asks
    /// for.
    pub fn asks_for_matches(&mut self) -> Option<(String, Vec<CaseIndex>)> {
        match self.app.update(Action::PrepareFrame)? {
            Effect::Explain { query, cases } => Some((query, cases)),
            effect => panic!("{effect:?} before a frame"),
        }
    }

    /// The matches that the explorer asks for before a frame; none where it asks for
    /// none.
    pub fn explanation(&mut self) -> Explained {
        let (query, cases) = self.asks_for_matches().unwrap_or_default();
        let matches = self.index.explain(&query, &self.facts, &cases, &|| false);
        let cases = cases
            .into_iter()
            .zip(matches.into_iter().flatten())
            .collect();
        Explained { query, cases }
    }
}
