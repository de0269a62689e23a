//! The case that is being read: its rows, what is in view, and what the query
//! matches in it.

use crate::corpus::CaseIndex;
use crate::search::Marker;
use crate::text::CharSpan;
use crate::typeset::{self, Anchor, Setting};

use super::action::Motion;

/// One match in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index among the blocks of the page.
    pub block: u32,
    pub span: CharSpan,
}

/// A case on the page, with a viewport.
#[derive(Clone, Debug, Default)]
pub struct Page {
    case: Option<CaseIndex>,
    setting: Option<Setting>,
    set: typeset::Page,
    /// What the query matches, by block.
    marks: Vec<Vec<CharSpan>>,
    places: Vec<Place>,
    current: Option<usize>,
    top: usize,
    /// The character that the reader last put at the top. A new setting finds
    /// its row again, and does not move it: rows of other widths begin
    /// elsewhere, and a chain of resizes would drift.
    anchor: Anchor,
    height: usize,
}

impl Page {
    /// The case on the page.
    pub fn case(&self) -> Option<CaseIndex> {
        self.case
    }

    /// The case as it is set.
    pub fn set(&self) -> &typeset::Page {
        &self.set
    }

    /// Whether the page shows a case in a setting already.
    pub fn shows(&self, case: CaseIndex, setting: Setting) -> bool {
        self.case == Some(case) && self.setting == Some(setting)
    }

    /// Takes a case that has been set anew. The same case keeps the sentence at
    /// the top; another one starts at its top.
    pub fn take(&mut self, case: CaseIndex, setting: Setting, set: typeset::Page, marker: &Marker) {
        if self.case != Some(case) {
            self.anchor = Anchor::default();
        }
        self.case = Some(case);
        self.setting = Some(setting);
        self.set = set;
        self.mark(marker);
        self.return_to_anchor();
    }

    /// Shows nothing.
    pub fn clear(&mut self) {
        let height = self.height;
        *self = Self {
            height,
            ..Self::default()
        };
    }

    /// Takes over the rows that the screen has for the page.
    pub fn fit(&mut self, height: u16) {
        if self.height != usize::from(height) {
            self.height = usize::from(height);
            self.return_to_anchor();
        }
    }

    /// Marks what a query matches.
    pub fn mark(&mut self, marker: &Marker) {
        let blocks = self.set.blocks.iter();
        self.marks = blocks.map(|block| marker.marks(&block.text)).collect();
        let each = |(block, spans): (usize, &Vec<CharSpan>)| {
            let block = block as u32;
            spans
                .iter()
                .map(move |&span| Place { block, span })
                .collect::<Vec<_>>()
        };
        self.places = self.marks.iter().enumerate().flat_map(each).collect();
        self.current = None;
    }

    /// What the query matches in a block.
    pub fn marks(&self, block: u32) -> &[CharSpan] {
        self.marks.get(block as usize).map_or(&[], Vec::as_slice)
    }

    /// The match that the reader stands on.
    pub fn current(&self) -> Option<Place> {
        self.current.map(|at| self.places[at])
    }

    /// The number, from 1, of the match that the reader stands on or would go
    /// to next, and how many there are; `None` where there is none.
    pub fn counter(&self) -> Option<(usize, usize)> {
        let count = self.places.len();
        (count > 0).then(|| (self.current.map_or(0, |at| at + 1), count))
    }

    /// Goes to the next or previous match, round the ends. Returns whether it
    /// went round, and `None` where there is no match.
    pub fn step_match(&mut self, forward: bool) -> Option<bool> {
        let last = self.places.len().checked_sub(1)?;
        let (at, wrapped) = match (self.current, forward) {
            (Some(at), true) if at == last => (0, true),
            (Some(at), true) => (at + 1, false),
            (Some(0), false) => (last, true),
            (Some(at), false) => (at - 1, false),
            (None, true) => self.first_place_below().map_or((0, true), |at| (at, false)),
            (None, false) => match self.first_place_below().unwrap_or(last + 1) {
                0 => (last, true),
                at => (at - 1, false),
            },
        };
        self.stand_on(at);
        Some(wrapped)
    }

    /// Stands on the match at or behind a place.
    pub fn go_to_match(&mut self, block: u32, char: u32) {
        let before = |place: &Place| (place.block, place.span.start) < (block, char);
        let at = self.places.partition_point(before);
        if at < self.places.len() {
            self.stand_on(at);
        }
    }

    /// Scrolls.
    pub fn step(&mut self, motion: Motion) {
        let screen = self.height.saturating_sub(1).max(1);
        let half = (self.height / 2).max(1);
        let to = match motion {
            Motion::Up => self.top.saturating_sub(1),
            Motion::Down => self.top + 1,
            Motion::HalfUp => self.top.saturating_sub(half),
            Motion::HalfDown => self.top + half,
            Motion::PageUp => self.top.saturating_sub(screen),
            Motion::PageDown => self.top + screen,
            Motion::First => 0,
            Motion::Last => usize::MAX,
        };
        self.scroll_to(to);
    }

    /// The rows in view.
    pub fn visible(&self) -> &[typeset::Row] {
        let end = (self.top + self.height).min(self.set.rows.len());
        &self.set.rows[self.top.min(end)..end]
    }

    /// The first row in view.
    pub fn top(&self) -> usize {
        self.top
    }

    /// How much has been seen, in percent.
    pub fn percent(&self) -> u8 {
        let rows = self.set.rows.len();
        let seen = (self.top + self.height).min(rows);
        (seen * 100).checked_div(rows).unwrap_or(100) as u8
    }

    /// The character that the reader put at the top.
    pub fn anchor(&self) -> Anchor {
        self.anchor
    }

    /// Puts the row of a character at the top, or as near as the end allows.
    pub fn go_to(&mut self, anchor: Anchor) {
        self.anchor = anchor;
        self.return_to_anchor();
    }

    /// Puts a row at the top, or as near as the end allows.
    pub fn go_to_row(&mut self, row: usize) {
        self.scroll_to(row);
    }

    fn return_to_anchor(&mut self) {
        self.top = self.set.row_of(self.anchor).min(self.last_top());
    }

    fn scroll_to(&mut self, row: usize) {
        self.top = row.min(self.last_top());
        self.anchor = self.set.anchor_at(self.top);
    }

    fn stand_on(&mut self, at: usize) {
        self.current = Some(at);
        let Place { block, span } = self.places[at];
        let row = self.set.row_of(Anchor {
            block,
            char: span.start,
        });
        let lines_before = self.height / 3;
        if row < self.top || row >= self.top + self.height {
            self.scroll_to(row.saturating_sub(lines_before));
        }
    }

    fn first_place_below(&self) -> Option<usize> {
        let top = self.set.anchor_at(self.top);
        let before = |place: &Place| (place.block, place.span.start) < (top.block, top.char);
        let at = self.places.partition_point(before);
        (at < self.places.len()).then_some(at)
    }

    fn last_top(&self) -> usize {
        self.set.rows.len().saturating_sub(self.height)
    }
}
