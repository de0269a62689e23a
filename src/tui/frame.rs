//! The bytes of one frame: cells, and the shortest moves between them.

use std::io::{self, Write};

use crossterm::cursor::{MoveRight, MoveTo, MoveToColumn};
use crossterm::queue;
use crossterm::terminal::{Clear, ClearType};

use super::dialect::{Dialect, Scrolling};
use super::grid::Glyph;
use super::pen::Pen;
use super::scroll::Shift;

/// Where the terminal writes next, as far as it is known, and with which pen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cursor {
    row: Option<usize>,
    column: Option<usize>,
    pen: Pen,
}

/// A frame under construction.
pub(super) struct Frame {
    pub bytes: Vec<u8>,
    pub cursor: Cursor,
    pub dialect: Dialect,
}

/// Minimum length of an erased run for which erasing is shorter than writing blanks: `CSI 10 X` and
/// the move after it.
const ERASE_FROM: usize = 11;

impl Frame {
    pub fn erase_screen(&mut self) -> io::Result<()> {
        // A full scroll region, which also sends the cursor home, except on a screen of one row,
        // which has no region.
        self.bytes.extend_from_slice(b"\x1b[m\x1b[r\x1b[H");
        queue!(self.bytes, Clear(ClearType::All))?;
        self.cursor = Cursor {
            row: Some(0),
            column: Some(0),
            pen: Pen::default(),
        };
        Ok(())
    }

    /// Moves rows inside a scroll region over the full width.
    pub fn scroll(&mut self, shift: &Shift, rows: usize) -> io::Result<()> {
        // Freed rows take the background of the pen in some terminals.
        self.set_pen(Pen::default());
        let whole = shift.top == 0 && shift.bottom + 1 == rows;
        if !whole {
            let (top, bottom) = (shift.top + 1, shift.bottom + 1);
            write!(self.bytes, "\x1b[{top};{bottom}r")?;
            self.at(0, 0);
        }
        let distance = shift.by.unsigned_abs();
        match (self.dialect.scrolling, shift.by > 0) {
            (Scrolling::Lines, up) => {
                self.bytes.extend_from_slice(b"\x1b[");
                if distance > 1 {
                    write!(self.bytes, "{distance}")?;
                }
                self.bytes.push(if up { b'S' } else { b'T' });
            }
            (_, true) => {
                self.move_to(0, shift.bottom, &[])?;
                self.bytes.extend(std::iter::repeat_n(b'\n', distance));
            }
            (_, false) => {
                self.move_to(0, shift.top, &[])?;
                self.bytes.extend(b"\x1bM".repeat(distance));
            }
        }
        if !whole {
            self.bytes.extend_from_slice(b"\x1b[r");
            self.at(0, 0);
        }
        Ok(())
    }

    /// Writes the differences in one row.
    pub fn row(&mut self, row: usize, wanted: &[Glyph], shown: &[Glyph]) -> io::Result<()> {
        let text_end = end_of(wanted, |glyph| !glyph.is_erased());
        let mut column = 0;
        while column < wanted.len() {
            let glyph = &wanted[column];
            let next = column + usize::from(glyph.columns.max(1));
            if glyph.columns == 0 || *glyph == shown[column] {
                column = next;
            } else if glyph.is_erased() {
                let run = if column >= text_end {
                    wanted.len() - column
                } else {
                    end_of_run(&wanted[column..])
                };
                self.blanks(column, row, wanted, &shown[column..column + run])?;
                column += run;
            } else {
                self.move_to(column, row, wanted)?;
                self.put(glyph, column, wanted.len());
                column = next;
            }
        }
        Ok(())
    }

    /// Erases a run of a row; `shown` is its present content.
    fn blanks(
        &mut self,
        column: usize,
        row: usize,
        wanted: &[Glyph],
        shown: &[Glyph],
    ) -> io::Result<()> {
        let inked = end_of(shown, |glyph| !glyph.is_erased());
        let to_the_end = column + shown.len() == wanted.len();
        let reset = if self.cursor.pen == Pen::default() {
            0
        } else {
            3
        };
        if to_the_end && inked > 3 {
            self.move_to(column, row, wanted)?;
            self.set_pen(Pen::default());
            queue!(self.bytes, Clear(ClearType::UntilNewLine))?;
        } else if self.dialect.erases_columns && inked >= ERASE_FROM + reset {
            self.move_to(column, row, wanted)?;
            self.set_pen(Pen::default());
            write!(self.bytes, "\x1b[{inked}X")?;
        } else {
            for (offset, glyph) in shown[..inked].iter().enumerate() {
                if !glyph.is_erased() {
                    self.move_to(column + offset, row, wanted)?;
                    self.put(&wanted[column + offset], column + offset, wanted.len());
                }
            }
        }
        Ok(())
    }

    /// Writes a glyph into `column`, where the cursor is.
    fn put(&mut self, glyph: &Glyph, column: usize, columns: usize) {
        self.set_pen(glyph.pen);
        glyph.write(&mut self.bytes);
        // At the border, terminals disagree about where the cursor is.
        let next = column + usize::from(glyph.columns);
        self.cursor.column = Some(next).filter(|&next| glyph.steady && next < columns);
    }

    fn set_pen(&mut self, pen: Pen) {
        self.cursor.pen.turn_into(pen, &mut self.bytes);
        self.cursor.pen = pen;
    }

    /// Moves to a cell by the shortest way that can be trusted. `cells` is the row as it will be,
    /// so that a short gap can be rewritten.
    pub fn move_to(&mut self, column: usize, row: usize, cells: &[Glyph]) -> io::Result<()> {
        if self.cursor.row == Some(row) && self.cursor.column == Some(column) {
            return Ok(());
        }
        let mut way = Vec::with_capacity(16);
        queue!(way, MoveTo(column as u16, row as u16))?;
        let relative = match self.cursor.row {
            Some(from) if from <= row && row <= from + 4 => self.way_across(column, cells)?,
            _ => None,
        };
        if let Some(mut shorter) = relative {
            let down = row - self.cursor.row.unwrap_or(row);
            if down > 0 {
                // Down first, or what is rewritten would land a row too high.
                shorter.splice(0..0, std::iter::repeat_n(b'\n', down));
            }
            if shorter.len() < way.len() {
                way = shorter;
            }
        }
        self.bytes.extend_from_slice(&way);
        self.at(column, row);
        Ok(())
    }

    fn at(&mut self, column: usize, row: usize) {
        self.cursor.row = Some(row);
        self.cursor.column = Some(column);
    }

    /// Returns the shortest way along a row: a move to the right or to the column, a return to its
    /// start, or rewriting the cells in between. `None` if the terminal cannot move to a column and
    /// no other way is known.
    fn way_across(&self, column: usize, cells: &[Glyph]) -> io::Result<Option<Vec<u8>>> {
        let mut ways = Vec::with_capacity(4);
        if column == 0 {
            ways.push(b"\r".to_vec());
        } else if let Some(mut way) = self.rewriting(0, column, cells) {
            way.insert(0, b'\r');
            ways.push(way);
        }
        if self.dialect.columns {
            let mut way = Vec::new();
            queue!(way, MoveToColumn(column as u16))?;
            ways.push(way);
        }
        match self.cursor.column {
            Some(from) if from == column => ways.push(Vec::new()),
            Some(from) if from < column => {
                ways.extend(self.rewriting(from, column, cells));
                let mut way = Vec::new();
                match column - from {
                    1 => way.extend_from_slice(b"\x1b[C"),
                    distance => queue!(way, MoveRight(distance as u16))?,
                }
                ways.push(way);
            }
            _ => {}
        }
        Ok(ways.into_iter().min_by_key(Vec::len))
    }

    /// Returns the bytes that move the cursor from one column to another by rewriting the cells in
    /// between; `None` if that is long or needs another pen.
    fn rewriting(&self, from: usize, to: usize, cells: &[Glyph]) -> Option<Vec<u8>> {
        const SHORT: usize = 6;
        let between = cells.get(from..to).filter(|cells| cells.len() <= SHORT)?;
        // After a move down from another row, the cursor may be on half a glyph.
        if between.first().is_some_and(|glyph| glyph.columns == 0) {
            return None;
        }
        let pen = self.cursor.pen;
        let unseen = pen.on_blank() == Pen::default();
        let plain = between.iter().all(|glyph| {
            let same = glyph.pen == pen || (unseen && glyph.is_erased());
            glyph.columns == 0 || (glyph.steady && same)
        });
        let mut way = Vec::with_capacity(SHORT);
        for glyph in between.iter().filter(|glyph| plain && glyph.columns > 0) {
            glyph.write(&mut way);
        }
        plain.then_some(way)
    }
}

/// Returns the index after the last glyph that `is` accepts; 0 if there is none.
fn end_of(glyphs: &[Glyph], is: impl Fn(&Glyph) -> bool) -> usize {
    glyphs.iter().rposition(is).map_or(0, |last| last + 1)
}

/// Returns the number of erased cells at the beginning of a row.
fn end_of_run(glyphs: &[Glyph]) -> usize {
    glyphs
        .iter()
        .position(|glyph| !glyph.is_erased())
        .unwrap_or(glyphs.len())
}
