//! Reading a case: search in the page, sections, script, measure, back and forward.

use super::App;
use super::action::Motion;
use super::find::Find;
use super::lens::{Lens, LensKind};
use super::line_edit::LineEdit;
use super::marking::Marking;
use super::panes::text_columns;
use super::picker::Picker;
use super::trail::{Place, Visits};
use super::window::Focus;
use crate::corpus::CaseIndex;
use crate::search::{Marker, Match, ReadableCodes, query};
use crate::text::fold;
use crate::text::script::Script;
use crate::typeset::Anchor;

/// State of the page: search, lens, marking, and form of the document.
#[derive(Clone, Debug, Default)]
pub struct PageState {
    /// The query for the page, if it has its own.
    pub find: Option<Find>,
    /// The lens, whose marks replace the matches.
    pub lens: Option<Lens>,
    /// Whether the page shows the original document.
    pub raw: bool,
    /// The run of text being selected.
    pub(super) marking: Option<Marking>,
}

impl PageState {
    /// Whether the page marks the claims of its case.
    pub fn is_marking_evidence(&self) -> bool {
        let lens = self.lens.as_ref();
        lens.is_some_and(|lens| lens.kind == LensKind::Evidence)
    }
}

/// Maximum bytes of a document whose characters are collected for compiling a query. For a larger
/// one, compiling for all characters is faster.
const FEW_CHARACTERS: usize = 1 << 20;

impl App {
    /// Starts a search: in the page if that has the focus, otherwise in the list.
    pub(super) fn search(&mut self) {
        if self.window.focus != Focus::Page {
            self.window.focus = Focus::Filter;
            self.filter.has_stepped = false;
            return;
        }
        self.window.focus = Focus::Find;
        self.reading.lens = None;
        self.reading.find = Some(Find {
            origin: self.page.anchor(),
            ..Find::default()
        });
        self.mark_page();
    }

    pub(super) fn abandon_find(&mut self) {
        let origin = self.reading.find.as_ref().map(|find| find.origin);
        self.end_find();
        self.window.focus = Focus::Page;
        if let Some(origin) = origin {
            self.page.go_to(origin);
        }
    }

    /// Leaves the line of the search in the page, whose matches stay. If the line is empty,
    /// restores the matches of the list's query.
    pub(super) fn finish_find(&mut self) {
        self.window.focus = Focus::Page;
        let asked = self.reading.find.as_ref().is_some_and(Find::is_asked);
        if !asked {
            self.end_find();
        } else if self.page.counter().is_none() {
            self.notice = Some(self.words().no_match_here.to_owned());
        }
    }

    /// Ends the search in the page and marks the matches of the list's query.
    pub(super) fn end_find(&mut self) {
        self.reading.find = None;
        self.mark_page();
    }

    /// Marks what the lens, the search in the page or the list's query finds.
    pub(super) fn mark_page(&mut self) {
        if let Some(marked) = self.lens_marks() {
            self.page.mark_as(marked);
            return;
        }
        let matches = self.matches_in(self.page.case());
        self.page.mark(&self.marker().clone(), &matches);
    }

    /// Replaces the marks after more matches have arrived. The current match stays.
    pub(super) fn mark_page_again(&mut self) {
        if let Some(marked) = self.lens_marks() {
            let here = self.page.current();
            self.page.mark_as(marked);
            self.page.stay_at(here);
            return;
        }
        let matches = self.matches_in(self.page.case());
        self.page.mark_again(&self.marker().clone(), &matches);
    }

    /// Returns the matches of a case in the answer; none during a search in the page.
    pub(super) fn matches_in(&self, case: Option<CaseIndex>) -> Vec<Match> {
        let hit = self
            .list
            .selected_hit()
            .filter(|hit| Some(hit.case) == case)
            .filter(|_| self.reading.find.is_none());
        hit.map_or(Vec::new(), |hit| hit.matches.clone())
    }

    /// Returns the marker of the search in the page or else of the list's query.
    pub fn marker(&self) -> &Marker {
        self.reading
            .find
            .as_ref()
            .map_or(&self.filter.answer.marker, |find| &find.marker)
    }

    pub(super) fn step_match(&mut self, forward: bool) {
        let words = self.words();
        self.notice = match self.page.step_match(forward) {
            None => Some(words.no_match_here.to_owned()),
            Some(true) if forward => Some(words.wrapped_to_first.to_owned()),
            Some(true) => Some(words.wrapped_to_last.to_owned()),
            Some(false) => None,
        };
    }

    pub(super) fn step_case(&mut self, motion: Motion) {
        let before = self.page_case();
        self.trail.revisited = None;
        self.list.step(motion);
        if self.page_case() == before {
            self.notice = Some(self.words().no_other_case.to_owned());
        }
    }

    pub(super) fn step_section(&mut self, forward: bool) {
        let Some(sheet) = self.page.sheet() else {
            return;
        };
        let top = self.page.anchor();
        let sections = sheet.set.sections().iter();
        let mut starts = sections.map(|section| Anchor {
            block: section.block,
            char: 0,
        });
        let start = Anchor::default();
        let found = if forward {
            starts.find(|&place| place > top)
        } else {
            let before = starts.rev().find(|&place| place < top);
            before.or((top > start).then_some(start))
        };
        match found {
            Some(anchor) => self.page.go_to(anchor),
            None => self.notice = Some(self.words().no_section_there.to_owned()),
        }
    }

    pub(super) fn open_outline(&mut self) {
        let outline = Picker::outline(&self.page, &self.settings);
        match outline {
            Some(outline) => self.overlay.picker = Some(outline),
            None => self.notice = Some(self.words().no_sections.to_owned()),
        }
    }

    /// Returns the place on the page.
    pub(super) fn place(&self) -> Option<Place> {
        let case = self.page.case()?;
        let anchor = self.page.anchor();
        Some(Place { case, anchor })
    }

    /// Adds the place to the visits, before a jump.
    pub(super) fn leave(&mut self) {
        if let Some(place) = self.place() {
            self.trail.visits.leave(place);
        }
    }

    pub(super) fn revisit(&mut self, step: impl FnOnce(&mut Visits, Place) -> Option<Place>) {
        let Some(to) = self
            .place()
            .and_then(|from| step(&mut self.trail.visits, from))
        else {
            self.notice = Some(self.words().no_visit.to_owned());
            return;
        };
        self.list.select(to.case);
        self.trail.revisited = Some(to.case);
        self.trail.last_read = Some(to);
        self.window.focus = Focus::Page;
        self.settle();
        self.page.go_to(to.anchor);
    }

    pub(super) fn turn_script(&mut self) {
        let words = self.words();
        let (script, notice) = match self.settings.script.script {
            Script::Original => (Script::Simplified, words.simplified),
            Script::Simplified => (Script::Traditional, words.traditional),
            Script::Traditional => (Script::Original, words.original),
        };
        self.settings.script.script = script;
        self.notice = Some(notice.to_owned());
    }

    pub(super) fn turn_zen(&mut self) {
        self.window.zen = !self.window.zen && self.page_case().is_some();
        if self.window.zen {
            self.enter_page();
        }
    }

    pub(super) fn turn_justify(&mut self) {
        self.settings.justify = !self.settings.justify;
        let words = self.words();
        let notice = if self.settings.justify {
            words.justified
        } else {
            words.not_justified
        };
        self.notice = Some(notice.to_owned());
    }

    pub(super) fn change_measure(&mut self, by: i16) {
        let measure = self.settings.measure.columns();
        self.settings.measure.set(measure.saturating_add_signed(by));
        let measure = self.settings.measure.columns();
        // Beside the list there may be less room, so that the page does not change.
        let page = self.panes().and_then(|panes| panes.page);
        let room = page.map_or(measure, |page| text_columns(page.columns));
        self.notice = Some((self.words().measure)(measure, room));
    }

    /// Edits the query for the page. A burst of keys causes one search, by [`App::find_again`]
    /// before the next frame or command.
    pub(super) fn edit_find(&mut self, change: impl FnOnce(&mut LineEdit)) {
        if let Some(find) = &mut self.reading.find {
            change(&mut find.line);
            let is_cut = find.line.truncate(query::LONGEST);
            find.stale = true;
            if is_cut {
                self.notice = Some(self.words().query_cut.to_owned());
            }
        }
    }

    /// Searches the page for an edited query, and goes to the first match at or after the place
    /// where the reader began.
    pub(super) fn find_again(&mut self) {
        let Some(find) = self.reading.find.as_mut().filter(|find| find.stale) else {
            return;
        };
        find.stale = false;
        let query = find.line.text();
        let spellings = &self.settings.spellings;
        // Marks appear in the typeset text or in the original lines of the document.
        let document = self.page.case().map(|case| self.corpus.get(case).document);
        find.marker = match (document, self.page.sheet()) {
            (Some(document), Some(sheet)) if document.text().len() <= FEW_CHARACTERS => {
                let blocks = sheet.set.blocks().iter().map(|block| block.text.as_str());
                let texts = blocks.chain([document.text()]);
                let characters = ReadableCodes::of(texts.flat_map(fold::codes));
                Marker::new(query, spellings, &characters)
            }
            _ => Marker::new(query, spellings, ReadableCodes::all()),
        };
        self.page.go_to(find.origin);
        self.page.mark(&find.marker, &[]);
        self.page.step_match(true);
    }
}
