//! The page: the rows of a case, the viewport, and what the query matches in the case.

use std::ops::Range;
use std::sync::Arc;

use crate::case::Document;
use crate::corpus::{CaseIndex, Corpus};
use crate::search::{Field, Marker, Match};
use crate::text::CharSpan;
use crate::typeset::{self, Anchor, Part, RawAnchor, RawPage, RowRole, SetBlock, Setting};

use super::action::Motion;

/// One match in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageMatch {
    /// Index of a block of the page.
    pub block: u32,
    pub span: CharSpan,
}

/// Marks on the page, of a query or of a lens.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// Marks by block, ordered and disjoint.
    pub marks: Vec<Vec<CharSpan>>,
    /// Marks that the reader can step through.
    pub places: Vec<PageMatch>,
    /// Sentences around marks, by block; empty if sentences are not marked.
    pub sentences: Vec<Vec<CharSpan>>,
    /// Signs for the margin beside the rows of a run, by block.
    pub signs: Vec<Vec<(CharSpan, char)>>,
}

/// A viewport on a case.
#[derive(Clone, Debug)]
pub struct Page {
    corpus: Arc<Corpus>,
    sheet: Option<Sheet>,
    marked: Marked,
    current: Option<usize>,
    top: usize,
    /// The character that the reader last put at the top. A new layout finds its row again and
    /// keeps the anchor: rows of another width begin at other characters, so that a series of
    /// resizes would drift.
    anchor: Anchor,
    beside: Beside,
    height: usize,
    stale: bool,
    /// Passages that the reader marked, by block; empty if there are none.
    passages: Vec<Vec<CharSpan>>,
}

/// The row at the top, if it is not the row of the anchor. It precedes that row.
#[derive(Clone, Copy, Debug)]
enum Beside {
    Nothing,
    /// The empty row before a heading.
    Blank,
    /// A place in the original document, possibly outside of any case.
    Raw(RawAnchor),
}

/// A typeset case.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub case: CaseIndex,
    pub set: typeset::Page,
    /// The original lines of the document, if those are shown instead.
    pub raw: Option<RawPage>,
}

impl Sheet {
    fn rows(&self) -> usize {
        let raw = self.raw.as_ref().map(|raw| raw.rows().len());
        raw.unwrap_or(self.set.rows().len())
    }
}

impl Page {
    /// Creates an empty page.
    pub fn new(corpus: Arc<Corpus>) -> Self {
        Self {
            corpus,
            sheet: None,
            marked: Marked::default(),
            current: None,
            top: 0,
            anchor: Anchor::default(),
            beside: Beside::Nothing,
            height: 0,
            stale: false,
            passages: Vec::new(),
        }
    }

    /// Returns the case on the page.
    pub fn case(&self) -> Option<CaseIndex> {
        self.sheet.as_ref().map(|sheet| sheet.case)
    }

    /// Returns the typeset case on the page.
    pub fn sheet(&self) -> Option<&Sheet> {
        self.sheet.as_ref()
    }

    /// Takes a newly typeset case. The same case keeps the sentence at the top and the current
    /// match; another case starts at its top. `raw` is whether to show the original lines of the
    /// document, which `sheet` does not contain yet.
    pub fn take(&mut self, sheet: Sheet, raw: bool, marker: &Marker, matches: &[Match]) {
        if self.case() != Some(sheet.case) {
            self.anchor = Anchor::default();
            self.beside = Beside::Nothing;
            self.unmark();
        }
        self.sheet = Some(sheet);
        self.stale = false;
        self.mark_again(marker, matches);
        self.turn(raw);
    }

    /// Typesets the same text with another setting. Keeps the place and the marks.
    pub fn set_anew(&mut self, setting: &Setting, raw: bool) {
        if let Some(sheet) = &mut self.sheet {
            let case = self.corpus.get(sheet.case);
            sheet.set.set_anew(case, setting, self.anchor);
            sheet.raw = None;
        }
        self.turn(raw);
    }

    /// Shows the original lines of the document if `raw`, otherwise the typeset case. Keeps the
    /// place.
    pub fn turn(&mut self, raw: bool) {
        if raw {
            self.set_lines(self.raw_place(self.anchor));
        } else {
            if let Some(sheet) = &mut self.sheet {
                sheet.raw = None;
            }
        }
        self.return_to_anchor();
    }

    /// Takes the passages that the reader marked, by block, ordered and disjoint.
    pub fn show_passages(&mut self, passages: Vec<Vec<CharSpan>>) {
        self.passages = passages;
    }

    /// Returns the passages in a block.
    pub fn passages(&self, block: u32) -> &[CharSpan] {
        of_block(&self.passages, block)
    }

    /// Returns the height of the viewport, in rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Scrolls as little as needed to show a run of characters or, if it does not fit, its start.
    pub fn reveal(&mut self, start: Anchor, end: Anchor) {
        self.cover_place(start);
        let (first, last) = (self.row_of(start), self.row_of(end));
        if first < self.top {
            self.go_to_row(first);
        } else if last >= self.top + self.height {
            let lowest = (last + 1).saturating_sub(self.height);
            self.go_to_row(lowest.min(first));
        }
    }

    /// Marks the page as stale, so that the case is typeset again at the same place.
    pub fn unset(&mut self) {
        self.stale = true;
    }

    /// Whether the page has to be typeset again.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// Clears the page.
    pub fn clear(&mut self) {
        self.sheet = None;
        self.passages.clear();
        self.top = 0;
        self.unmark();
    }

    /// Sets the height of the viewport, in rows.
    pub fn fit(&mut self, height: u16) {
        if self.height != usize::from(height) {
            self.height = usize::from(height);
            self.return_to_anchor();
        }
    }

    /// Marks what a query matches in the title, the orgs and the text. `matches` are the matches of
    /// the case in the answer.
    pub fn mark(&mut self, marker: &Marker, matches: &[Match]) {
        let Some(sheet) = &self.sheet else {
            return self.unmark();
        };
        let case = self.corpus.get(sheet.case);
        let blocks = sheet.set.blocks();
        let titles: Vec<&str> = blocks
            .iter()
            .filter(|block| matches!(block.part, Part::Title(_)))
            .map(|block| block.text.as_str())
            .collect();
        let mut in_title = marker.marks_in_title(&titles).into_iter();
        let marks = blocks.iter().map(|block| match field(block) {
            None => Vec::new(),
            Some(Field::Title) => in_title.next().unwrap_or_default(),
            // The rest of the byline is not searched.
            Some(Field::Org) => marker.marks_in_orgs(case, &block.text, matches),
            Some(field) => marker.marks(field, &block.text),
        });
        let marks: Vec<Vec<CharSpan>> = marks.collect();
        let mut places = Vec::new();
        for (block, spans) in (0..).zip(&marks) {
            places.extend(spans.iter().map(|&span| PageMatch { block, span }));
        }
        self.mark_as(Marked {
            marks,
            places,
            ..Marked::default()
        });
    }

    /// Replaces the marks. No match is current.
    pub fn mark_as(&mut self, marked: Marked) {
        self.marked = marked;
        self.current = None;
    }

    /// Replaces the marks while someone is reading. The current match stays current if it is still
    /// a match.
    pub fn mark_again(&mut self, marker: &Marker, matches: &[Match]) {
        let here = self.current();
        self.mark(marker, matches);
        self.stay_at(here);
    }

    /// Makes `here` the current match if it is still marked. Places are counted in characters,
    /// which do not change with the setting.
    pub fn stay_at(&mut self, here: Option<PageMatch>) {
        let mut places = self.marked.places.iter();
        self.current = here.and_then(|here| places.position(|&place| place == here));
    }

    /// Makes the match with this index the current one. The page does not scroll.
    pub fn stay_at_match(&mut self, at: usize) {
        self.current = Some(at).filter(|&at| at < self.marked.places.len());
    }

    fn unmark(&mut self) {
        self.mark_as(Marked::default());
    }

    /// Returns the field of the case that a line of the raw view belongs to. Lines of other cases
    /// or of none count as text.
    pub fn field_of_line(&self, line: u32) -> Field {
        let Some(Sheet { case, set, .. }) = &self.sheet else {
            return Field::Text;
        };
        let case = self.corpus.get(*case);
        let lines = case.case.lines;
        if line < lines.first || line > lines.last {
            return Field::Text;
        }
        let Anchor { block, .. } = set.anchor_of_raw(case, RawAnchor { line, char: 0 });
        let begins = set.raw_anchor(case, Anchor { block, char: 0 }).line;
        match set.blocks().get(block as usize) {
            // The lines between title and text are the orgs.
            Some(block) if block.part == Part::Text(0) && line < begins => Field::Org,
            block => block.and_then(field).unwrap_or(Field::Text),
        }
    }

    /// Returns what the query matches in a block.
    pub fn marks(&self, block: u32) -> &[CharSpan] {
        of_block(&self.marked.marks, block)
    }

    /// Returns the marked sentences in a block.
    pub fn sentences(&self, block: u32) -> &[CharSpan] {
        of_block(&self.marked.sentences, block)
    }

    /// Returns the signs for the margin beside a block, with their runs of characters.
    pub fn signs(&self, block: u32) -> &[(CharSpan, char)] {
        of_block(&self.marked.signs, block)
    }

    /// Returns the marks that the reader can step through.
    pub fn places(&self) -> &[PageMatch] {
        &self.marked.places
    }

    /// Returns the current match.
    pub fn current(&self) -> Option<PageMatch> {
        self.current.map(|at| self.marked.places[at])
    }

    /// Returns the number of the current match, from 1 (0 if none is current), and the number of
    /// matches; `None` if there are no matches.
    pub fn counter(&self) -> Option<(usize, usize)> {
        let count = self.marked.places.len();
        (count > 0).then(|| (self.current.map_or(0, |at| at + 1), count))
    }

    /// Goes to the next or previous match, wrapping around the ends. Returns whether it wrapped;
    /// `None` if there are no matches.
    pub fn step_match(&mut self, forward: bool) -> Option<bool> {
        let last = self.marked.places.len().checked_sub(1)?;
        let below = self.first_place_in_view();
        let (at, wrapped) = match (self.current, forward) {
            (Some(at), true) if at == last => (0, true),
            (Some(at), true) => (at + 1, false),
            (Some(0), false) => (last, true),
            (Some(at), false) => (at - 1, false),
            (None, true) if below > last => (0, true),
            (None, true) => (below, false),
            (None, false) if below == 0 => (last, true),
            (None, false) => (below - 1, false),
        };
        self.stand_on(at);
        Some(wrapped)
    }

    /// Goes to the first match at or after a place.
    pub fn go_to_match(&mut self, anchor: Anchor) {
        let at = self.places_before(anchor);
        if at < self.marked.places.len() {
            self.stand_on(at);
        }
    }

    /// Scrolls.
    pub fn step(&mut self, motion: Motion) {
        let screen = self.height.saturating_sub(1).max(1);
        let half = (self.height / 2).max(1);
        match motion {
            Motion::First => {
                self.cover(RawAnchor { line: 1, char: 0 });
                self.cover_place(Anchor::default());
            }
            Motion::Last => {
                self.cover(self.last_raw_place());
                self.cover_place(LAST);
            }
            _ => {}
        }
        self.go_to_row(match motion {
            Motion::Up => self.top.saturating_sub(1),
            Motion::Down => self.top + 1,
            Motion::HalfUp => self.top.saturating_sub(half),
            Motion::HalfDown => self.top + half,
            Motion::PageUp => self.top.saturating_sub(screen),
            Motion::PageDown => self.top + screen,
            Motion::First => 0,
            Motion::Last => usize::MAX,
        });
    }

    /// Returns the index of the first row in view.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Returns the number of typeset rows.
    pub fn rows(&self) -> usize {
        self.sheet.as_ref().map_or(0, Sheet::rows)
    }

    /// Returns the index of the section in view.
    pub fn section(&self) -> Option<usize> {
        let sheet = self.sheet.as_ref()?;
        match sheet.raw {
            Some(_) => sheet.set.section_of(self.anchor),
            None => sheet.set.section_at(self.top),
        }
    }

    /// Returns the index of the section in view if its heading has scrolled out of view.
    pub fn section_above(&self) -> Option<usize> {
        let sheet = self.sheet.as_ref()?;
        let at = self.section()?;
        let block = sheet.set.sections()[at].block;
        let heading = &sheet.set.blocks()[block as usize];
        let last = heading.text.chars().count().saturating_sub(1) as u32;
        (self.row_of(Anchor { block, char: last }) < self.top).then_some(at)
    }

    /// Returns how much of the page has been seen, in percent.
    pub fn percent(&self) -> u8 {
        let (top, rows) = self.extent();
        let seen = (top + self.height).min(rows);
        (seen * 100).checked_div(rows).unwrap_or(100) as u8
    }

    /// Returns the first row in view and the number of rows. The rows of a large document that are
    /// not typeset are estimated.
    pub fn extent(&self) -> (usize, usize) {
        let (top, rows) = (self.top, self.rows());
        let (before, set, behind) = match &self.sheet {
            None => return (top, rows),
            Some(Sheet { set, raw: None, .. }) => set.extent(),
            Some(Sheet {
                case,
                raw: Some(raw),
                ..
            }) => {
                let document = self.corpus.get(*case).document;
                let lines = raw.lines();
                let (start, end) = (
                    start_of(document, lines.start),
                    start_of(document, lines.end),
                );
                (start, end - start, document.raw_len() - end)
            }
        };
        let of_bytes = |bytes: usize| bytes * rows / set.max(1);
        (
            of_bytes(before) + top,
            of_bytes(before) + rows + of_bytes(behind),
        )
    }

    /// Returns the character that the reader put at the top.
    pub fn anchor(&self) -> Anchor {
        self.anchor
    }

    /// Scrolls to put the row of a character at the top, or as near as the end allows.
    pub fn go_to(&mut self, anchor: Anchor) {
        self.anchor = anchor;
        self.beside = Beside::Nothing;
        self.return_to_anchor();
    }

    /// Scrolls to put a row at the top, or as near as the end allows. Rows count from the first
    /// typeset row.
    pub fn go_to_row(&mut self, row: usize) {
        self.top = row.min(self.last_top());
        self.slide();
        self.anchor = self.anchor_at(self.top);
        self.beside = match &self.sheet {
            Some(Sheet { raw: Some(raw), .. }) => Beside::Raw(raw.anchor_at(self.top)),
            Some(Sheet { set, .. }) if is_blank(set, self.top) => Beside::Blank,
            _ => Beside::Nothing,
        };
    }

    fn return_to_anchor(&mut self) {
        match self.beside {
            Beside::Raw(place) => self.cover(place),
            _ => self.cover(self.raw_place(self.anchor)),
        }
        self.cover_place(self.anchor);
        let row = self.row_of(self.anchor);
        let row = match (&self.sheet, self.beside) {
            (Some(Sheet { raw: Some(raw), .. }), Beside::Raw(place)) => raw.row_of(place),
            (Some(Sheet { set, raw: None, .. }), Beside::Blank) => {
                let before = row.saturating_sub(1);
                if is_blank(set, before) { before } else { row }
            }
            _ => row,
        };
        self.top = row.min(self.last_top());
        self.slide();
    }

    /// Returns where a place of the case is in its document.
    fn raw_place(&self, anchor: Anchor) -> RawAnchor {
        match &self.sheet {
            Some(Sheet { case, set, .. }) => set.raw_anchor(self.corpus.get(*case), anchor),
            None => RawAnchor { line: 1, char: 0 },
        }
    }

    /// Typesets the original lines of the document: all of them or, of a large document, those
    /// around a place.
    fn set_lines(&mut self, place: RawAnchor) {
        if let Some(sheet) = &mut self.sheet {
            let document = self.corpus.get(sheet.case).document;
            let lines = lines_around(document, place.line);
            let setting = sheet.set.setting();
            sheet.raw = Some(RawPage::set_near(document, lines, place, &setting));
        }
    }

    /// Returns the last place in the document.
    fn last_raw_place(&self) -> RawAnchor {
        let document = self.case().map(|case| self.corpus.get(case).document);
        let line = document.map_or(1, |document| document.line_starts.len() as u32);
        let char = document.map_or(0, |document| document.raw_line(line).chars().count() as u32);
        RawAnchor { line, char }
    }

    /// Makes sure that a place of the document is typeset if its original lines are shown. The row
    /// at the top stays, or the nearest one that is typeset.
    fn cover(&mut self, place: RawAnchor) {
        if self.raw().is_some_and(|raw| !raw.covers(place)) {
            self.set_again(place);
        }
    }

    /// Typesets other lines of a large document if the view comes near the end of the typeset
    /// lines, so that every motion finds its rows.
    fn slide(&mut self) {
        self.slide_set();
        let Some(Sheet {
            case,
            raw: Some(raw),
            ..
        }) = &self.sheet
        else {
            return;
        };
        let last = self.corpus.get(*case).document.line_starts.len() as u32;
        let (lines, near) = (raw.lines(), 2 * self.height);
        let parts = raw.goes_on();
        let ends_above = (lines.start > 1 || parts.0) && self.top < near;
        let ends_below =
            (lines.end <= last || parts.1) && raw.rows().len() < self.top + self.height + near;
        let place = raw.anchor_at(self.top);
        let others = || lines_around(self.corpus.get(*case).document, place.line) != lines;
        if (ends_above || ends_below) && (parts != (false, false) || others()) {
            self.set_again(place);
        }
    }

    /// Typesets other rows of a long case if the view comes near the end of the typeset rows.
    fn slide_set(&mut self) {
        let Some(Sheet { set, raw: None, .. }) = &mut self.sheet else {
            return;
        };
        let near = 2 * self.height;
        let (above, below) = set.goes_on();
        let ends_above = above && self.top < near;
        let ends_below = below && set.rows().len() < self.top + self.height + near;
        if ends_above || ends_below {
            let is_blank = is_blank(set, self.top);
            let top = set.anchor_at(self.top);
            set.turn_to(top);
            self.top = set.row_of(top).saturating_sub(usize::from(is_blank));
        }
    }

    /// Makes sure that the rows around a place of a long case are typeset, if they are shown.
    fn cover_place(&mut self, place: Anchor) {
        if let Some(Sheet { set, raw: None, .. }) = &mut self.sheet
            && !set.covers(place)
        {
            set.turn_to(place);
        }
    }

    fn raw(&self) -> Option<&RawPage> {
        self.sheet.as_ref()?.raw.as_ref()
    }

    fn set_again(&mut self, place: RawAnchor) {
        let top = self.raw().map(|raw| raw.anchor_at(self.top));
        self.set_lines(place);
        let again = self.raw().zip(top);
        self.top = again.map_or(0, |(raw, top)| raw.row_of(top));
    }

    fn row_of(&self, anchor: Anchor) -> usize {
        match &self.sheet {
            None => 0,
            Some(Sheet { set, raw: None, .. }) => set.row_of(anchor),
            Some(Sheet {
                case,
                set,
                raw: Some(raw),
            }) => raw.row_of(set.raw_anchor(self.corpus.get(*case), anchor)),
        }
    }

    fn anchor_at(&self, row: usize) -> Anchor {
        match &self.sheet {
            None => Anchor::default(),
            Some(Sheet { set, raw: None, .. }) => set.anchor_at(row),
            Some(Sheet {
                case,
                set,
                raw: Some(raw),
            }) => set.anchor_of_raw(self.corpus.get(*case), raw.anchor_at(row)),
        }
    }

    /// Makes a match current. Scrolls only if the match is not fully in view, and then leaves some
    /// rows above it.
    fn stand_on(&mut self, at: usize) {
        self.current = Some(at);
        let PageMatch { block, span } = self.marked.places[at];
        let start = Anchor {
            block,
            char: span.start,
        };
        self.cover(self.raw_place(start));
        self.cover_place(start);
        let row_of = |char| self.row_of(Anchor { block, char });
        let (row, last) = (row_of(span.start), row_of(span.end.saturating_sub(1)));
        if row < self.top || last >= self.top + self.height {
            self.go_to_row(row.saturating_sub(self.height / 3));
        }
    }

    fn first_place_in_view(&self) -> usize {
        self.places_before(self.anchor_at(self.top))
    }

    fn places_before(&self, anchor: Anchor) -> usize {
        let before =
            |place: &PageMatch| (place.block, place.span.start) < (anchor.block, anchor.char);
        self.marked.places.partition_point(before)
    }

    fn last_top(&self) -> usize {
        self.rows().saturating_sub(self.height)
    }
}

/// An anchor past the end of every case.
const LAST: Anchor = Anchor {
    block: u32::MAX,
    char: u32::MAX,
};

fn of_block<T>(by_block: &[Vec<T>], block: u32) -> &[T] {
    by_block.get(block as usize).map_or(&[], Vec::as_slice)
}

/// Maximum size, in bytes, of a document whose original lines are all typeset at once.
const SMALL: usize = 1 << 18;

/// Bytes of a larger document that are typeset before and after a line: several screens.
const AROUND: usize = 1 << 16;

/// Returns the lines to typeset around `line`, counted from 1, end exclusive.
fn lines_around(document: &Document, line: u32) -> Range<u32> {
    let last = document.line_starts.len() as u32;
    if document.raw_len() <= SMALL {
        return 1..last + 1;
    }
    let at = start_of(document, line);
    let line_at = |byte: usize| {
        let after = document
            .line_starts
            .partition_point(|&start| start as usize <= byte);
        after.max(1) as u32
    };
    let end = start_of(document, line + 1) + AROUND;
    line_at(at.saturating_sub(AROUND))..line_at(end) + 1
}

/// Returns the byte where a line begins, or the length of the document after the last line.
fn start_of(document: &Document, line: u32) -> usize {
    let start = document.line_starts.get(line.saturating_sub(1) as usize);
    start.map_or(document.raw_len(), |&start| start as usize)
}

/// Returns the field of the case that a block belongs to; `None` if it is not searched.
fn field(block: &SetBlock) -> Option<Field> {
    match (block.part, block.role) {
        (Part::Title(_), _) => Some(Field::Title),
        (Part::Byline, _) => Some(Field::Org),
        (Part::Source, _) => None,
        (Part::Text(_), RowRole::Heading(_)) => Some(Field::Heading),
        (Part::Text(_), _) => Some(Field::Text),
    }
}

fn is_blank(set: &typeset::Page, row: usize) -> bool {
    let row = set.rows().get(row);
    row.is_some_and(|row| row.role == RowRole::Blank)
}
