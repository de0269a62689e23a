//! Why the selected case is listed: the matches that an answer left out, and the match that is
//! current on the page.

use super::App;
use super::action::Effect;
use super::list::text_match;
use super::window::Focus;
use crate::search::Explained;
use crate::typeset::{Anchor, Part};

impl App {
    /// Requests the matches of hits in and near the view that the answer left out. Each case is
    /// requested once. A small library needs no request.
    pub(super) fn ask_for_matches(&mut self) -> Option<Effect> {
        // The rest of an answer brings other hits, most of them with matches.
        if !self.filter.answer.complete || !self.filter.is_answered() {
            return None;
        }
        let cases = self.list.await_matches();
        if cases.is_empty() {
            return None;
        }
        let answer = &self.filter.answer;
        let query = answer.instead.as_ref().unwrap_or(&answer.query).clone();
        Some(Effect::Explain { query, cases })
    }

    /// Takes matches that the answer left out. Matches of another query are dropped.
    pub(super) fn show_explained(&mut self, explained: Explained) {
        let asked = self
            .filter
            .answer
            .instead
            .as_ref()
            .unwrap_or(&self.filter.answer.query);
        if explained.query == *asked {
            self.list.explain(explained.cases, &self.corpus);
            self.mark_page_again();
            self.show_late_match();
        }
    }

    /// Moves the page to the best match of the selected hit, if that match is in the text. Before
    /// the reader has done anything, moves to where reading stopped. If the matches are not known
    /// yet and the page has the focus, moves to the first match.
    pub(super) fn show_best_match(&mut self) {
        self.trail.unmatched = None;
        if self.reading.lens.is_some() {
            return;
        }
        let taken_up = self
            .trail
            .resumed
            .filter(|p| Some(p.case) == self.page.case());
        if let Some(place) = taken_up {
            self.page.go_to(place.anchor);
            if let Some(at) = self.trail.matched {
                self.page.stay_at_match(at as usize);
            }
            return;
        }
        let selected = self.list.selected_hit();
        let on_page = selected.filter(|hit| Some(hit.case) == self.page.case());
        let Some(hit) = on_page else { return };
        if self.list.selected_lacks_matches() {
            match self.window.focus {
                Focus::List | Focus::Filter => self.trail.unmatched = self.place(),
                Focus::Page | Focus::Find => self.page.go_to_match(Anchor::default()),
            }
            return;
        }
        let Some(found) = text_match(hit) else { return };
        let first = found.spans.first().map_or(0, |span| span.start);
        let sheet = self.page.sheet();
        let anchor = sheet.and_then(|s| s.set.anchor_of(Part::Text(found.part), first));
        if let Some(anchor) = anchor {
            self.page.go_to_match(anchor);
        }
    }

    /// Moves to a match that arrived after the page was typeset, unless the reader is on the page
    /// or has scrolled it since.
    pub(super) fn show_late_match(&mut self) {
        let in_list = matches!(self.window.focus, Focus::List | Focus::Filter);
        if in_list && self.stands_unmatched() && !self.list.selected_lacks_matches() {
            self.show_best_match();
        }
    }

    /// Gives the page the focus.
    pub(super) fn enter_page(&mut self) {
        self.window.focus = Focus::Page;
        if self.stands_unmatched() {
            self.show_best_match();
        }
    }

    /// Whether the page has not moved since it was shown without a match.
    fn stands_unmatched(&self) -> bool {
        let unmoved = self.trail.unmatched.is_some() && self.trail.unmatched == self.place();
        unmoved && self.page.current().is_none() && self.reading.find.is_none()
    }
}
