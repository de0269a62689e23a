//! Line breaking for mixed Chinese and Latin text.

use std::ops::Range;

use super::width::{self, Ambiguous};

/// The columns a paragraph has: its first row may be shorter (an indent).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Room {
    pub first: u16,
    pub rest: u16,
}

/// Breaks one paragraph into rows, each a byte range of `text`.
///
/// An empty paragraph is one empty row; rows joined are the paragraph.
pub fn wrap(text: &str, room: Room, ambiguous: Ambiguous) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut used, mut columns) = (0, 0, room.first);
    for (at, c) in text.char_indices() {
        let w = width::of_char(c, ambiguous);
        if used + w > columns && at > start {
            rows.push(start..at);
            (start, used, columns) = (at, 0, room.rest);
        }
        used += w;
    }
    rows.push(start..text.len());
    rows
}
