//! What a terminal understands: the sequences that it is sent, and the widths of its characters.

use super::pen::Colours;
use crate::text::width::Ambiguous;

/// What the terminal understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Width of characters of ambiguous width.
    pub ambiguous: Ambiguous,
    /// Whether that width was measured on a quotation mark, so that the terminal's own advance
    /// after one can be trusted, and after dashes and ellipses too.
    pub measured: bool,
    /// Number of colours that it is sent.
    pub colours: Colours,
    /// Whether frames are wrapped in synchronized output (DEC private mode 2026), so that none is
    /// seen half drawn. A terminal that does not know the mode ignores it.
    pub synchronized: bool,
    /// How rows are moved that are already on the screen.
    pub scrolling: Scrolling,
    /// Whether it can move to a column (CHA), which is newer than the VT100.
    pub columns: bool,
    /// Whether it erases as many columns of a row as ECH asks for. mlterm erases too few where
    /// there are characters of two columns.
    pub erases_columns: bool,
    /// Whether it draws joined emoji as one glyph of two columns.
    pub joins: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            ambiguous: Ambiguous::Narrow,
            measured: false,
            colours: Colours::Sixteen,
            synchronized: true,
            scrolling: Scrolling::Lines,
            columns: true,
            erases_columns: true,
            joins: false,
        }
    }
}

/// How a terminal moves rows inside a scroll region (DECSTBM).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scrolling {
    /// Not at all: rows are written again.
    Off,
    /// By line feeds at its lower border and reverse index at its upper one, as
    /// every terminal since the VT100 does.
    Index,
    /// By SU and SD, which cost the same for any distance. The Linux console
    /// does not know them.
    Lines,
}
