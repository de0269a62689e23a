//! Requests to the search, and its answers.

use super::App;
use super::action::{Action, Command, Effect, Motion};
use super::offered;
use super::window::Focus;
use super::work;
use crate::corpus::CaseIndex;
use crate::search::{Found, Marker, Note, Suggestion, query};

/// An answer without its hits.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub query: String,
    pub marker: Marker,
    pub notes: Vec<Note>,
    pub suggestions: Vec<Suggestion>,
    /// The suggestion whose hits are listed, if the query found nothing and the suggestion is
    /// certain.
    pub instead: Option<String>,
    /// Index of the selected suggestion. At first `None` if no suggestion is similar to the query.
    pub offer: Option<usize>,
    /// Number of cases found. More than are listed while the answer is incomplete.
    pub total: usize,
    /// Whether the search has finished.
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

    /// Whether a suggestion is similar to the query.
    pub fn has_similar(&self) -> bool {
        self.suggestions.iter().any(|offer| offer.is_similar)
    }
}

impl App {
    /// Whether the answer that an action needs has arrived. The first part of it is enough to move
    /// about, but not for commands that act on all hits.
    pub(super) fn is_answered_for(&self, action: &Action) -> bool {
        let needs_all = matches!(
            action,
            Action::Run(Command::Export | Command::Facets | Command::SelectAll)
        );
        self.filter.is_answered()
            && (self.filter.answer.complete || !needs_all && !self.list.hits().is_empty())
    }

    /// Requests an answer to the query of the filter, cut to the maximum length of a query.
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

    /// Requests an answer to a query in a filter that was empty. The list starts at the best hit,
    /// even if more is typed before the answer arrives.
    pub(super) fn ask_anew(&mut self) -> Effect {
        let effect = self.ask();
        self.list.unchoose();
        effect
    }

    /// Takes an answer. Drops it if the query has changed.
    pub(super) fn show_found(&mut self, mut found: Found) -> Option<Effect> {
        // The new request may have superseded requests for matches.
        self.list.await_no_matches();
        if self.overlay.panel.is_some() {
            let cases = found.hits.iter().map(|hit| hit.case).collect();
            self.take_base(&found.query, cases);
        }
        if found.query != self.filter.text() {
            self.renew_panel();
            // Only the newest request is answered, and the base of the facets was requested after
            // the query.
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
            // The same query was answered again: the page stays where it is.
            self.mark_page_again();
            self.show_late_match();
            return None;
        }
        self.trail.revisited = None;
        // A reader who is typing a query for the page goes on typing.
        if self.window.focus != Focus::Find {
            self.end_find();
            self.show_best_match();
        }
        None
    }

    /// Returns the case to select when all cases are listed again and no hit was chosen: the
    /// selected case if it was read, otherwise the case chosen before the search.
    fn to_go_on_from(&self) -> Option<CaseIndex> {
        let read = self.trail.last_read.map(|place| place.case);
        let selected = self.list.selected();
        selected
            .filter(|_| selected == read)
            .or(self.trail.before_search)
    }
}
