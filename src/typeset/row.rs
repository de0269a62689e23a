//! Rows of a page.

use std::ops::Range;

use crate::text::CharSpan;
use crate::text::wrap::Room;

/// What a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowRole {
    Title,
    Byline,
    Source,
    /// A heading of level 1 to 4.
    Heading(u8),
    Paragraph,
    Caption,
    /// The row of a table that names the columns.
    TableHead,
    /// Another row of a table, or one cell of it.
    TableRow,
    /// An empty row that sets off what follows.
    Blank,
}

/// The bar before every row of a caption. ASCII, so
/// that it is as wide on every terminal.
const CAPTION_MARK: &str = "| ";

impl RowRole {
    /// The columns before the text of the first and of the other rows, mark
    /// included.
    pub(super) const fn indents(self) -> Room {
        match self {
            Self::Paragraph => Room { first: 4, rest: 0 },
            Self::Caption => Room::even(4),
            Self::Heading(2) => Room::even(2),
            Self::Heading(3..) => Room::even(4),
            _ => Room::even(0),
        }
    }

    /// Whether justified setting concerns it.
    pub(super) const fn is_spread(self) -> bool {
        matches!(self, Self::Paragraph | Self::Caption)
    }
}

/// One row of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Index of its block among the page's blocks; of a blank row, the block
    /// that follows.
    pub block: u32,
    /// First byte of the block's text.
    pub start: u32,
    /// Byte after the last, spaces that hang at the end included.
    pub end: u32,
    /// Index of its first character in the block's text.
    pub char: u32,
    /// Columns before the text, the mark included.
    pub indent: u16,
    pub role: RowRole,
    /// The range of its gaps among the page's.
    pub(super) gaps: Range<u32>,
    /// The name of the column, for a cell that has a row of its own.
    pub(super) label: Option<Label>,
}

/// A cell that names a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Index of the block of the head among the page's blocks.
    pub block: u32,
    /// Its bytes there.
    pub bytes: Range<usize>,
}

impl Row {
    /// The bytes of the block's text that the row shows.
    pub fn bytes(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The bar of a caption that has room for it within the indent.
    pub(super) fn bar(&self) -> &'static str {
        match self.role {
            RowRole::Caption if usize::from(self.indent) >= CAPTION_MARK.len() => CAPTION_MARK,
            _ => "",
        }
    }
}

/// The parts of `spans` that lie in `text`, which begins at character `start`:
/// byte ranges of `text`, in order.
pub(super) fn cut(text: &str, start: u32, spans: &[CharSpan]) -> Vec<Range<usize>> {
    let first = spans.partition_point(|span| span.end <= start);
    let mut chars = (start..)
        .zip(text.char_indices().map(|(byte, _)| byte))
        .peekable();
    let mut byte_of = |char: u32| {
        while chars.next_if(|&(at, _)| at < char).is_some() {}
        chars.peek().map_or(text.len(), |&(_, byte)| byte)
    };
    let mut ranges = Vec::new();
    for span in &spans[first..] {
        let range = byte_of(span.start.max(start))..byte_of(span.end);
        if range.start == text.len() {
            break;
        }
        ranges.push(range);
    }
    ranges
}
