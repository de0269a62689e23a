//! The document's own lines, noise included, as rows with line numbers.

use std::cmp::Ordering;
use std::ops::Range;

use super::part::{self, Piece};
use super::{Anchor, NARROW, Page, Part, Setting, row};
use crate::case::{CaseRef, Document, TextRange, Title};
use crate::text::CharSpan;
use crate::text::gate;
use crate::text::wrap::{self, Room};

/// A place in a document: a character of one of its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RawAnchor {
    /// From 1.
    pub line: u32,
    /// Index of the character in the line.
    pub char: u32,
}

/// Rows before and after a row that a match in it may reach into: more than the longest
/// query.
const NEAR: usize = 64;

/// Characters laid out before and after a place in a very long line.
const LONG: u32 = 1 << 15;

/// One row of a raw page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawRow {
    /// Its line, from 1.
    pub line: u32,
    /// Index of its first character in the line; 0 at the beginning of the line, the only row
    /// with a line number.
    pub char: u32,
    start: u32,
    end: u32,
    /// The part of the line that it is in, by its place among the page's.
    part: u32,
}

/// A line, or of one that is longer than any page a part, as it is shown.
#[derive(Clone, Debug)]
struct LinePart {
    line: u32,
    /// The first of its characters in the line.
    char: u32,
    text: String,
}

/// Lines of a document as they are.
#[derive(Clone, Debug)]
pub struct RawPage {
    first: u32,
    end: u32,
    parts: Vec<LinePart>,
    rows: Vec<RawRow>,
    gutter: u16,
    /// Whether something of its first and of its last line is not set.
    goes_on: (bool, bool),
}

impl RawPage {
    /// Sets the lines `lines` (from 1, the end not included) of a document, or
    /// as many of them as it has. Script and justified setting do not concern
    /// them. Characters that a terminal must not see are shown by others, one by
    /// one.
    pub fn set(document: &Document, lines: Range<u32>, setting: &Setting) -> Self {
        Self::set_around(document, lines, None, setting)
    }

    /// Sets some lines of a document; of those that are longer than any page no more than
    /// what is around `place`, and of others of them what is next to it.
    pub fn set_near(
        document: &Document,
        lines: Range<u32>,
        place: RawAnchor,
        setting: &Setting,
    ) -> Self {
        Self::set_around(document, lines, Some(place), setting)
    }

    fn set_around(
        document: &Document,
        lines: Range<u32>,
        place: Option<RawAnchor>,
        setting: &Setting,
    ) -> Self {
        let end = lines.end.min(document.line_starts.len() as u32 + 1);
        let first = lines.start.clamp(1, end.max(1));
        let mut page = Self {
            first,
            end: end.max(first),
            parts: Vec::new(),
            rows: Vec::new(),
            gutter: gutter(document.line_starts.len() as u32, setting.columns),
            goes_on: (false, false),
        };
        for line in first..end {
            let text = &document.raw_line(line);
            let mut pieces = part::pieces(line, text);
            if pieces.is_empty() {
                pieces.push(Piece::whole(line, ""));
            }
            let wanted = place.map_or(0..pieces.len(), |place| near(&pieces, place));
            page.goes_on.0 |= wanted.start > 0;
            page.goes_on.1 |= wanted.end < pieces.len();
            for piece in &pieces[wanted] {
                page.add(text, piece, setting);
            }
        }
        page
    }

    fn add(&mut self, line: &str, piece: &Piece, setting: &Setting) {
        let room = Room::even((setting.columns - self.gutter).max(1));
        let text = visible(&line[piece.bytes.clone()]);
        let mut char = piece.char;
        for bytes in wrap::wrap(&text, room, setting.ambiguous) {
            self.rows.push(RawRow {
                line: piece.block,
                char,
                start: bytes.start as u32,
                end: bytes.end as u32,
                part: self.parts.len() as u32,
            });
            char += text[bytes].chars().count() as u32;
        }
        self.parts.push(LinePart {
            line: piece.block,
            char: piece.char,
            text,
        });
    }

    /// The lines that are set, from 1, the end not included.
    pub fn lines(&self) -> Range<u32> {
        self.first..self.end
    }

    /// Whether a very long line continues before and after the rows that are laid out.
    pub fn goes_on(&self) -> (bool, bool) {
        self.goes_on
    }

    /// Whether a place is set, or would be if there were such a line.
    pub fn covers(&self, place: RawAnchor) -> bool {
        let of_line = self.parts.partition_point(|part| part.line < place.line);
        let mut parts = self.parts[of_line..]
            .iter()
            .take_while(|part| part.line == place.line);
        let Some(first) = parts.next() else {
            return false;
        };
        let last = parts.last().unwrap_or(first);
        let end = last.char + last.text.chars().count() as u32;
        let is_before_end = place.char < end || !self.goes_on.1;
        first.char <= place.char && is_before_end
    }

    /// All rows, in order.
    pub fn rows(&self) -> &[RawRow] {
        &self.rows
    }

    /// Columns of the line numbers with the space after them; 0 if there is no room for
    /// them.
    pub fn gutter(&self) -> u16 {
        self.gutter
    }

    /// The text of a row without the spaces that hang at its end; empty beyond
    /// the last row.
    pub fn row_text(&self, row: usize) -> &str {
        self.rows.get(row).map_or("", |row| {
            let text = &self.parts[row.part as usize].text;
            text[row.start as usize..row.end as usize].trim_end()
        })
    }

    /// Of the lines that the rows `rows` are of, the parts that have something to
    /// do with these rows: themselves and what stands shortly before and behind.
    /// Each with its line and the index of its first character in it.
    pub fn around(&self, rows: Range<usize>) -> Vec<(u32, u32, &str)> {
        let shown = &self.rows[rows.start.min(self.rows.len())..rows.end.min(self.rows.len())];
        let lines = shown.chunk_by(|row, next| row.part == next.part);
        let mut start = rows.start;
        let part = lines.map(|rows| {
            let (line, part) = (rows[0].line, rows[0].part);
            let is_near = |row: &&RawRow| row.part == part;
            let before = self.rows[..start]
                .iter()
                .rev()
                .take(NEAR)
                .take_while(is_near);
            let first = before.last().unwrap_or(&rows[0]);
            start += rows.len();
            let behind = self.rows[start..].iter().take(NEAR).take_while(is_near);
            let last = behind.last().unwrap_or(&rows[rows.len() - 1]);
            let text = &self.parts[part as usize].text;
            (
                line,
                first.char,
                &text[first.start as usize..last.end as usize],
            )
        });
        part.collect()
    }

    /// What of `spans`, characters of the row's line in order and not
    /// overlapping, lies in a row: byte ranges of [`Self::row_text`].
    pub fn row_spans(&self, row: usize, spans: &[CharSpan]) -> Vec<Range<usize>> {
        match self.rows.get(row) {
            Some(found) => row::cut(self.row_text(row), found.char, spans),
            None => Vec::new(),
        }
    }

    /// Returns the row of a place; the nearest row for a place that the page lacks.
    pub fn row_of(&self, anchor: RawAnchor) -> usize {
        let after = self
            .rows
            .partition_point(|row| (row.line, row.char) <= (anchor.line, anchor.char));
        after.saturating_sub(1)
    }

    /// The place at the start of a row; beyond the last row, of the last.
    pub fn anchor_at(&self, row: usize) -> RawAnchor {
        let row = self.rows.get(row).or(self.rows.last());
        RawAnchor {
            line: row.map_or(self.first, |row| row.line),
            char: row.map_or(0, |row| row.char),
        }
    }
}

/// The pieces of one line that are set where `place` is looked at.
fn near(pieces: &[Piece], place: RawAnchor) -> Range<usize> {
    let last = pieces.len() - 1;
    match pieces[0].block.cmp(&place.line) {
        Ordering::Less => last..last + 1,
        Ordering::Greater => 0..1,
        Ordering::Equal => {
            let at = |char: u32| pieces.partition_point(|piece| piece.char <= char);
            let first = at(place.char.saturating_sub(LONG)).saturating_sub(1);
            first..at(place.char.saturating_add(LONG)).max(first + 1)
        }
    }
}

impl Page {
    /// Returns the place in the document of a place of this page of `case`. What the document
    /// does not print is at the case's first line.
    pub fn raw_anchor(&self, case: CaseRef<'_>, anchor: Anchor) -> RawAnchor {
        let block = self.blocks.get(anchor.block as usize);
        let Some(range) = block.and_then(|block| printed(case, block.part)) else {
            let line = case.case.lines.first;
            return RawAnchor { line, char: 0 };
        };
        let document = case.document;
        let clean = range.bytes().start + byte_of(document.slice(range), anchor.char);
        let raw = document.cuts.to_raw(clean);
        let line = document.line_of(clean);
        let start = document.line_starts[line as usize - 1] as usize;
        RawAnchor {
            line,
            char: document.raw(start..raw).chars().count() as u32,
        }
    }

    /// The place of this page, set from `case`, that a place of the document
    /// shows: the next one for noise and blank lines, the last one behind the
    /// case.
    pub fn anchor_of_raw(&self, case: CaseRef<'_>, anchor: RawAnchor) -> Anchor {
        let document = case.document;
        let line = anchor
            .line
            .clamp(1, document.line_starts.len().max(1) as u32);
        let start = document.line_starts.get(line as usize - 1);
        let start = start.map_or(0, |&start| start as usize);
        let text = document.raw_line(line);
        let in_line = text.char_indices().nth(anchor.char as usize);
        let raw = start + in_line.map_or(text.len(), |(byte, _)| byte);
        let clean = document.cuts.from_raw(raw);

        let mut found = None;
        for (block, set) in (0..).zip(&self.blocks) {
            let Some(range) = printed(case, set.part) else {
                continue;
            };
            found = Some((block, range));
            if clean < range.bytes().end {
                break;
            }
        }
        found.map_or(Anchor::default(), |(block, range)| {
            let byte = clean.checked_sub(range.bytes().start);
            let char = byte.map_or(0, |byte| char_of(document.slice(range), byte));
            Anchor { block, char }
        })
    }
}

/// Where the document prints a part.
fn printed(case: CaseRef<'_>, part: Part) -> Option<TextRange> {
    match (part, &case.case.title) {
        (Part::Title(line), Title::Printed(lines)) => lines.get(line as usize).copied(),
        (Part::Text(block), _) => case
            .case
            .blocks
            .get(block as usize)
            .map(|block| block.range),
        _ => None,
    }
}

/// The lines of a block's source that its text is joined from, as byte ranges.
fn pieces(source: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    let lines = source.split_inclusive('\n').map(move |line| {
        let start = next + line.len() - line.trim_start().len();
        next += line.len();
        start..start + line.trim().len()
    });
    lines.filter(|piece| !piece.is_empty())
}

/// Returns the byte offset in a block's source of a character of its text.
fn byte_of(source: &str, mut char: u32) -> usize {
    if !source.contains('\n') {
        let found = source.char_indices().nth(char as usize);
        return found.map_or(source.len(), |(byte, _)| byte);
    }
    for piece in pieces(source) {
        let text = &source[piece.clone()];
        let chars = text.chars().count() as u32;
        if char <= chars {
            let found = text.char_indices().nth(char as usize);
            return piece.start + found.map_or(text.len(), |(byte, _)| byte);
        }
        char -= chars + 1;
    }
    source.len()
}

/// Returns the character of a block's text at a byte of its source, or the nearest one before
/// it; past the end, the last one.
fn char_of(source: &str, byte: usize) -> u32 {
    let mut before = 0;
    let whole = 0..source.len();
    let one_line = (!source.contains('\n')).then_some(whole);
    let many = one_line.is_none().then(|| pieces(source));
    let mut found = 0;
    for piece in one_line.into_iter().chain(many.into_iter().flatten()) {
        if byte < piece.start {
            break;
        }
        let text = &source[piece.clone()];
        let within = text
            .char_indices()
            .take_while(|&(at, _)| piece.start + at <= byte);
        found = before + (within.count() as u32).saturating_sub(1);
        before += text.chars().count() as u32 + 1;
    }
    found
}

fn gutter(last_line: u32, columns: u16) -> u16 {
    let digits = last_line.max(1).ilog10() as u16 + 1;
    if columns < NARROW { 0 } else { digits + 1 }
}

/// What is shown of a line: what the gate lets through, and of a tab, which looks
/// like spaces in a row, the picture.
fn visible(line: &str) -> String {
    gate::clean(line).replace('\t', "\u{2409}")
}
