//! What a terminal understands: the sequences that it is sent, and the width that it
//! gives to characters.

use super::pen::Colours;
use crate::text::width::Ambiguous;

/// What the terminal understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// How wide it draws characters of ambiguous width.
    pub ambiguous: Ambiguous,
    /// That width was measured on a quotation mark, so that the terminal's own
    /// advance behind one can be trusted, and behind dashes and ellipses too.
    pub measured: bool,
    /// How many colours it is sent.
    pub colours: Colours,
    /// Frames are wrapped in synchronized output (DEC private mode 2026), so
    /// that none is seen half drawn. Unknown to a terminal, it does nothing.
    pub synchronized: bool,
    /// How rows are moved that are on the screen already.
    pub scrolling: Scrolling,
    /// It can move to a column (CHA), which came after the VT100.
    pub columns: bool,
    /// It can erase as many columns of a row as it is told (ECH). mlterm erases too
    /// few where there are characters of two columns.
    pub erases_columns: bool,
    /// It draws emoji that are joined as one sign of two columns.
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
