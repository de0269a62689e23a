//! Setting a part of a long case: what is looked at, and some screens around.
//!
//! A case is set piece by piece. A piece is a block, or of a paragraph that is longer
//! than any book prints a stretch of it; where one ends depends on the text alone, so
//! that its rows are the same from whatever place it was come to.

use std::ops::Range;

use super::{Anchor, Front, Page, Setting};
use crate::case::CaseRef;

/// A case of so many bytes is set as a whole.
const SMALL: usize = 1 << 18;

/// Bytes laid out before and after the viewport in a longer case: many screens.
const AROUND: usize = 1 << 16;

/// A block of more bytes is set in several pieces of about so many.
const LONGEST: usize = 1 << 15;

/// What is set in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Index among the page's blocks.
    pub block: u32,
    /// Its bytes there.
    pub bytes: Range<usize>,
    /// The first of its characters.
    pub char: u32,
}

impl Piece {
    /// A block in one piece.
    pub fn whole(block: u32, text: &str) -> Self {
        Self {
            block,
            bytes: 0..text.len(),
            char: 0,
        }
    }
}

/// The pieces of a block: one, unless it is very long, and none of an empty one.
pub(super) fn pieces(block: u32, text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut start, mut char) = (0, 0);
    while start < text.len() {
        let end = end_of(text, start);
        let bytes = start..end;
        let chars = text[bytes.clone()].chars().count() as u32;
        pieces.push(Piece { block, bytes, char });
        (start, char) = (end, char + chars);
    }
    pieces
}

/// Where a piece ends that begins at `start`: with a sentence, where one ends nearby.
fn end_of(text: &str, start: usize) -> usize {
    if text.len() - start <= 2 * LONGEST {
        return text.len();
    }
    let near = text.floor_char_boundary(start + LONGEST);
    let far = text.floor_char_boundary(start + 2 * LONGEST);
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '；' | ' ');
    let Some(at) = text[near..far].find(ends) else {
        return near;
    };
    // A mark that closes a quotation belongs to the sentence before it.
    let goes_with = ['。', '！', '？', '；', '”', '’', '）', '」', '』', ' '];
    text.len() - text[near + at..].trim_start_matches(goes_with).len()
}

impl Page {
    /// Sets a case, of a long one what is around a place.
    pub fn set_near(case: CaseRef<'_>, front: &Front, setting: &Setting, place: Anchor) -> Self {
        let mut page = Self::unset(case, front, setting);
        page.turn_to(place);
        page
    }

    /// Sets the same case with another measure.
    pub fn set_anew(&mut self, case: CaseRef<'_>, setting: &Setting, place: Anchor) {
        self.setting = *setting;
        self.tables = super::table::tables(case, setting);
        self.turn_to(place);
    }

    /// Whether the rows around a place are set.
    pub fn covers(&self, place: Anchor) -> bool {
        self.window.contains(&self.piece_of(place))
    }

    /// Whether more text precedes and follows the rows that are laid out.
    pub fn goes_on(&self) -> (bool, bool) {
        (self.window.start > 0, self.window.end < self.pieces.len())
    }

    /// Bytes of text before, in and after the rows that are laid out.
    pub fn extent(&self) -> (usize, usize, usize) {
        let bytes = |pieces: &[Piece]| pieces.iter().map(|piece| piece.bytes.len()).sum();
        (
            bytes(&self.pieces[..self.window.start]),
            bytes(&self.pieces[self.window.clone()]),
            bytes(&self.pieces[self.window.end..]),
        )
    }

    /// Sets what is around a place.
    pub fn turn_to(&mut self, place: Anchor) {
        let all: usize = self.pieces.iter().map(|piece| piece.bytes.len()).sum();
        let window = if all <= SMALL {
            0..self.pieces.len()
        } else {
            self.around(place)
        };
        self.lay_out(window);
    }

    fn around(&self, place: Anchor) -> Range<usize> {
        let at = self.piece_of(place);
        let enough = |pieces: &mut dyn Iterator<Item = &Piece>| {
            let mut bytes = 0;
            pieces
                .take_while(|piece| {
                    let is_wanted = bytes < AROUND;
                    // A row costs as much as some text, however short it is.
                    bytes += piece.bytes.len() + 32;
                    is_wanted
                })
                .count()
        };
        let before = enough(&mut self.pieces[..at].iter().rev());
        let behind = enough(&mut self.pieces[at..].iter().skip(1));
        at - before..(at + 1 + behind).min(self.pieces.len())
    }

    /// The piece that a place is in, or the one before it.
    fn piece_of(&self, place: Anchor) -> usize {
        let is_before = |piece: &Piece| (piece.block, piece.char) <= (place.block, place.char);
        self.pieces.partition_point(is_before).saturating_sub(1)
    }

    /// Sets some pieces, and no others.
    pub(super) fn lay_out(&mut self, window: Range<usize>) {
        self.rows.clear();
        self.gaps.clear();
        let first = self.pieces.get(window.start).map_or(0, |piece| piece.block);
        let last = self
            .pieces
            .get(window.end)
            .map_or(u32::MAX, |piece| piece.block);
        for section in &mut self.sections {
            let is_behind = section.block > first && section.block >= last;
            section.row = if is_behind { usize::MAX } else { 0 };
        }
        let pieces = self.pieces[window.clone()].to_vec();
        self.window = window;
        pieces.iter().for_each(|piece| self.add(piece));
    }

    /// Remembers in which row a section begins.
    pub(super) fn note_section(&mut self, piece: &Piece) {
        if piece.bytes.start > 0 {
            return;
        }
        let row = self.rows.len();
        let at = self
            .sections
            .binary_search_by_key(&piece.block, |section| section.block);
        if let Ok(at) = at {
            self.sections[at].row = row;
        }
    }
}
