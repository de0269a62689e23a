//! Asking, and what is made of an answer.

use super::App;
use super::action::{Action, Command, Effect, Motion};
use super::offered;
use super::window::Focus;
use super::work;
use crate::corpus::CaseIndex;
use crate::search::{Found, Marker, Note, Suggestion, query};

/// The parts of an answer that outlive its list of hits.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub query: String,
    pub marker: Marker,
    pub notes: Vec<Note>,
    pub suggestions: Vec<Suggestion>,
    /// The query whose hits are listed, where nothing was found and a sure suggestion was
    /// asked at once.
    pub instead: Option<String>,
    /// Which of the suggestions is selected: none at first where none is similar to the query.
    pub offer: Option<usize>,
    /// How many cases were found, more than are listed while it is not complete.
    pub total: usize,
    /// Whether all text has been looked at.
    pub complete: bool,
}

impl Answer {
    pub(super) fn step_offer(&mut self, motion: Motion) {
        let last = self.suggestions.len().saturating_sub(1);
        self.offer = Some(match (motion, self.offer) {
            (Motion::Up | Motion::HalfUp | Motion::PageUp, Some(offer)) => offer.saturating_sub(1),
            (Motion::Down | Motion::HalfDown | Motion::PageDown, Some(offer)) => {
                (offer + 1).min(last)
            }
            (Motion::Last, _) => last,
            (_, None) | (Motion::First, _) => 0,
        });
    }

    /// Whether anything that is offered is similar to the query.
    pub fn has_similar(&self) -> bool {
        self.suggestions.iter().any(|offer| offer.is_similar)
    }
}

impl App {
    /// Whether the answer is there that an action is for. The first part of one will
    /// do for moving about, and none of it for what acts on all that is found.
    pub(super) fn is_answered_for(&self, action: &Action) -> bool {
        let needs_all = matches!(
            action,
            Action::Run(Command::Export | Command::Facets | Command::SelectAll)
        );
        self.filter.is_answered()
            && (self.filter.answer.complete || !needs_all && !self.list.hits().is_empty())
    }

    /// Asks what stands in the filter, and cuts what is no query any more.
    pub(super) fn ask(&mut self) -> Effect {
        self.filter.has_stepped = false;
        if self.filter.answer.query.is_empty() {
            self.trail.before_search = self.list.chosen().or(self.trail.before_search);
        }
        if self.filter.line.truncate(query::LONGEST) {
            self.notice = Some(self.words().query_cut.to_owned());
        }
        if self.list.order().is_measured() || work::asks_for_measures(self.filter.text()) {
            self.measure_cases();
        }
        Effect::Search(self.filter.text().to_owned())
    }

    /// Asks the query of a filter that was empty until now. The list starts at the best hit,
    /// even if more is typed before the answer arrives.
    pub(super) fn ask_anew(&mut self) -> Effect {
        let effect = self.ask();
        self.list.unchoose();
        effect
    }

    /// Takes an answer; one to a question that is no longer asked is dropped.
    pub(super) fn show_found(&mut self, mut found: Found) -> Option<Effect> {
        // The question may have kept others from being told.
        self.list.await_no_matches();
        if self.overlay.panel.is_some() {
            let cases = found.hits.iter().map(|hit| hit.case).collect();
            self.take_base(&found.query, cases);
        }
        if found.query != self.filter.text() {
            self.renew_panel();
            // The base of the facets was asked in between, and the newest
            // question is all that is answered.
            return (self.filter.answer.query != self.filter.text()).then(|| self.ask());
        }
        let again = found.query == self.filter.answer.query;
        let before = self.list.selected();
        let kept = match self.list.chosen() {
            None if found.query.is_empty() => self.to_go_on_from(),
            chosen => chosen,
        };
        let language = self.settings.language;
        let instead = found.take_instead().map(|instead| {
            (found.hits, found.explained) = (instead.hits, instead.explained);
            (found.total, found.marker) = (instead.total, instead.marker);
            offered::in_language(&instead.query, language)
        });
        for suggestion in &mut found.suggestions {
            suggestion.query = offered::in_language(&suggestion.query, language);
        }
        let list = &mut self.list;
        let measures = self.analysis.measures.as_deref();
        list.show(found.hits, found.explained, kept, &self.corpus, measures);
        self.filter.answer = Answer {
            query: found.query,
            marker: found.marker,
            notes: found.notes,
            offer: found.suggestions.iter().position(|offer| offer.is_similar),
            suggestions: found.suggestions,
            instead,
            total: found.total as usize,
            complete: found.complete,
        };
        self.renew_panel();
        if again && self.list.selected() == before {
            // The reader asked nothing new: the page stays where it is.
            self.mark_page_again();
            self.show_late_match();
            return None;
        }
        self.trail.revisited = None;
        // Who is typing what to find in the page goes on typing.
        if self.window.focus != Focus::Find {
            self.end_find();
            self.show_best_match();
        }
        None
    }

    /// Where to go on when all cases are listed again and no hit was chosen: at the
    /// selected one if it was read, else where the reader was before the search.
    fn to_go_on_from(&self) -> Option<CaseIndex> {
        let read = self.trail.last_read.map(|place| place.case);
        let selected = self.list.selected();
        selected
            .filter(|_| selected == read)
            .or(self.trail.before_search)
    }
}
