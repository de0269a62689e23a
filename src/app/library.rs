//! The library: documents that come while the explorer is open, in the place of those
//! that are there.

use std::sync::Arc;

use super::action::Effect;
use super::{App, Settings};
use crate::corpus::Corpus;
use crate::store::State;

impl App {
    /// Takes a corpus in the place of the one that is there. The reader stays where they
    /// are: query, case, place in its text, order, and what has the keys. Returns what
    /// has to be asked.
    ///
    /// Nothing must be open over list and page: it would speak of cases by their place in
    /// the old corpus.
    pub fn take_corpus(&mut self, corpus: Arc<Corpus>) -> Vec<Effect> {
        let fresh = App::new(corpus, self.settings.clone());
        let before = std::mem::replace(self, fresh);
        let is_first = before.corpus.is_empty();
        let typed = before.filter.text();
        let mut resume = before.resume();
        if is_first {
            resume = before.collection.kept.resume().cloned().unwrap_or_default();
            if !typed.is_empty() {
                typed.clone_into(&mut resume.query);
            }
        }
        self.collection.kept = before.collection.kept;
        self.collection.unsaved = before.collection.unsaved;
        self.analysis.rules = before.analysis.rules;
        self.window = before.window;
        let mut effects = vec![self.know()];
        self.remember_order(&resume);
        effects.extend(self.take_up(&resume));
        // Where the reader has done something already, that holds.
        let untouched = is_first && typed.is_empty();
        if !untouched || resume.case.is_none() {
            self.window.focus = before.window.focus;
        }
        if !is_first {
            self.trail.resumed = None;
        }
        self.filter.takes_letters = before.filter.takes_letters;
        self.reading.raw = before.reading.raw;
        self.notice = before.notice;
        self.settle();
        effects
    }

    /// The explorer over the same cases as at a first start, with settings, and what has
    /// to be asked. What was worked out of the cases is kept.
    pub fn anew(&self, settings: Settings) -> (Self, Vec<Effect>) {
        let mut fresh = Self::new(Arc::clone(&self.corpus), settings);
        fresh.window.size = self.window.size;
        fresh.window.loading = self.window.loading;
        fresh.analysis = self.analysis.clone();
        fresh.analysis.jobs.clear();
        let effects = fresh.begin("", State::default());
        fresh.settle();
        (fresh, effects)
    }

    /// Whether nothing is open that speaks of cases of this corpus alone.
    pub fn can_take_corpus(&self) -> bool {
        self.overlay.picker.is_none()
            && self.overlay.view.is_none()
            && self.reading.marking.is_none()
            && self.reading.find.is_none()
    }
}
