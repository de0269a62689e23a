//! The content of the terminal, cell by cell, as the back end remembers it.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, Cell};

use super::dialect::Dialect;
use super::pen::Pen;
use crate::text::gate;
use crate::text::marks::{JOINER, Marks, joins_emoji};
use crate::text::width::{self, Ambiguous};

/// The text of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Char(char),
    /// A character with its combining marks or selectors.
    Cluster(Box<str>),
}

/// The content of one cell of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    pub symbol: Symbol,
    pub pen: Pen,
    /// Number of columns; 0 for a cell that the glyph before it covers.
    pub columns: u8,
    /// Whether the terminal can be trusted to move the cursor by `columns` after it.
    pub steady: bool,
}

impl Glyph {
    pub const fn blank(pen: Pen) -> Self {
        Self {
            symbol: Symbol::Char(' '),
            pen,
            columns: 1,
            steady: true,
        }
    }

    fn tail() -> Self {
        Self {
            symbol: Symbol::Char('\0'),
            pen: Pen::default(),
            columns: 0,
            steady: true,
        }
    }

    /// Whether it is a blank on the terminal's own background, as erasing produces.
    pub fn is_erased(&self) -> bool {
        self.symbol == Symbol::Char(' ') && self.pen == Pen::default()
    }

    /// Returns the length of the symbol, in bytes.
    pub fn len(&self) -> usize {
        match &self.symbol {
            Symbol::Char(_) if self.columns == 0 => 0,
            Symbol::Char(c) => c.len_utf8(),
            Symbol::Cluster(text) => text.len(),
        }
    }

    /// Appends the symbol.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        match &self.symbol {
            Symbol::Char(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Symbol::Cluster(text) => bytes.extend_from_slice(text.as_bytes()),
        }
    }
}

/// A screen of glyphs. A glyph of two columns is always followed by the cell that it covers, so
/// that half a glyph cannot be expressed.
#[derive(Debug)]
pub(super) struct Grid {
    columns: usize,
    rows: usize,
    glyphs: Vec<Glyph>,
}

impl Grid {
    /// Creates an erased screen.
    pub fn new(columns: u16, rows: u16) -> Self {
        let (columns, rows) = (usize::from(columns), usize::from(rows));
        Self {
            columns,
            rows,
            glyphs: vec![Glyph::blank(Pen::default()); columns * rows],
        }
    }

    pub fn columns(&self) -> usize {
        self.columns
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    pub fn row(&self, row: usize) -> &[Glyph] {
        &self.glyphs[row * self.columns..][..self.columns]
    }

    /// Updates which glyphs are steady, by the dialect.
    pub fn trust(&mut self, dialect: &Dialect) {
        for glyph in &mut self.glyphs {
            if let (Symbol::Char(c), 1..) = (&glyph.symbol, glyph.columns) {
                glyph.steady = is_steady(*c, dialect);
            }
        }
    }

    /// Reads a buffer of the same size.
    ///
    /// A glyph whose second cell has been overwritten, or that would extend beyond the screen,
    /// becomes a blank: a terminal would show half of it.
    pub fn read(&mut self, buffer: &Buffer, dialect: &Dialect) {
        self.glyphs.clear();
        for row in buffer.content.chunks(self.columns.max(1)) {
            self.read_row(row, dialect);
        }
    }

    fn read_row(&mut self, cells: &[Cell], dialect: &Dialect) {
        let mut column = 0;
        while let Some(cell) = cells.get(column) {
            let pen = Pen::of(cell, dialect.colours);
            let glyph = glyph(cell.symbol(), pen, dialect);
            let end = column + usize::from(glyph.columns);
            let whole = cells
                .get(column + 1..end)
                .is_some_and(|covered| covered.iter().all(is_free));
            if whole {
                let covered = usize::from(glyph.columns) - 1;
                self.glyphs.push(glyph);
                self.glyphs.extend((0..covered).map(|_| Glyph::tail()));
                column = end;
            } else {
                self.glyphs.push(Glyph::blank(pen.on_blank()));
                column += 1;
            }
        }
    }

    /// Moves the rows `top` to `bottom`, both included, up by `by` (down if negative). The freed
    /// rows are erased.
    pub fn scroll(&mut self, top: usize, bottom: usize, by: isize) {
        let band = &mut self.glyphs[top * self.columns..(bottom + 1) * self.columns];
        let moved = (by.unsigned_abs() * self.columns).min(band.len());
        let freed = if by > 0 {
            band.rotate_left(moved);
            band.len() - moved..band.len()
        } else {
            band.rotate_right(moved);
            0..moved
        };
        band[freed].fill(Glyph::blank(Pen::default()));
    }
}

/// Whether a wide glyph before a cell may cover it.
fn is_free(cell: &Cell) -> bool {
    matches!(cell.symbol(), " " | "")
}

fn glyph(symbol: &str, pen: Pen, dialect: &Dialect) -> Glyph {
    if symbol == " " || symbol.is_empty() {
        return Glyph::blank(pen.on_blank());
    }
    let mut symbol = symbol;
    if let Some((emoji, joined)) = symbol.split_once(JOINER)
        && joins_emoji(emoji, joined)
        && !dialect.joins
    {
        // Typesetting does not split those in notes and names.
        symbol = emoji;
    }
    if has_hostile(symbol) {
        return Glyph {
            symbol: Symbol::Char('?'),
            ..Glyph::blank(pen)
        };
    }
    let mut chars = symbol.chars();
    let (first, more) = (chars.next().unwrap_or(' '), chars.next().is_some());
    let mut marks = Marks::default();
    let symbol: &str = &if more {
        symbol.chars().filter(|&c| !marks.is_excess(c)).collect()
    } else {
        Cow::Borrowed(symbol)
    };
    match width::of_str(symbol, dialect.ambiguous) {
        0 => Glyph::blank(pen.on_blank()),
        columns => Glyph {
            symbol: if more {
                Symbol::Cluster(symbol.into())
            } else {
                Symbol::Char(first)
            },
            pen,
            columns: u8::try_from(columns).unwrap_or(u8::MAX),
            steady: !more && is_steady(first, dialect),
        },
    }
}

/// Whether the terminal draws the character as wide as assumed.
///
/// Han, kana and hangul are two columns everywhere, ASCII and most letters one. The ambiguous ones
/// (UAX #11) differ by setting and by font, symbols and emoji by version. A setting makes no
/// difference between the punctuation marks of one block, so that measuring one of them is enough.
/// Box drawing is ambiguous too, but where it is wide a frame made of it is broken anyway.
fn is_steady(c: char, dialect: &Dialect) -> bool {
    let columns = |ambiguous| width::of_char(c, ambiguous);
    match c {
        ' '..='~' => true,
        '‘' | '’' | '“' | '”' | '—' | '…' => dialect.measured,
        '\u{2500}'..='\u{259f}' => dialect.ambiguous == Ambiguous::Narrow,
        '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{3247}'
        | '\u{3250}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}' => columns(Ambiguous::Narrow) == 2,
        ..'\u{1100}' => columns(Ambiguous::Narrow) == 1 && columns(Ambiguous::Wide) == 1,
        _ => false,
    }
}

/// Whether a symbol contains anything that must not go to a terminal, including a joiner that joins
/// no emoji.
fn has_hostile(symbol: &str) -> bool {
    let mut chars = symbol.char_indices();
    chars.any(|(at, c)| {
        let joins = c == JOINER && joins_emoji(&symbol[..at], &symbol[at + c.len_utf8()..]);
        !joins && is_hostile(c)
    })
}

/// Whether a character must not go to a terminal as text. Text is cleaned where it comes in; this
/// is the last gate.
fn is_hostile(c: char) -> bool {
    c.is_control() || gate::denied(c)
}
