//! Frames in, as few bytes as possible out.
//!
//! [`Screen`] writes ratatui's buffers to any writer. It remembers what the terminal shows, so that
//! only differences are sent. It knows how far each glyph moves the cursor, so that the cursor is
//! moved only if necessary: at the start of a row, over a gap, and after a glyph whose width
//! terminals disagree about (there the move also corrects what the terminal did).
//!
//! A painter must write each glyph into the first of its cells and a blank, or nothing, into the
//! others, with the widths of [`crate::text::width`] under the policy of [`Dialect::ambiguous`].
//! Nothing else is read: `CellDiffOption` is ignored, and a wide glyph with only one cell is drawn
//! as a blank.
//!
//! One frame is one `write`. It relies on two modes that `tui::terminal` sets: output is raw, so
//! that a line feed keeps the column, and lines do not wrap.

use std::io::{self, Write};

use crossterm::cursor::{Hide, Show};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::dialect::{Dialect, Scrolling};
use super::frame::{Cursor, Frame};
use super::grid::Grid;
use super::scroll;

/// A frame that was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    pub bytes: usize,
    /// Whether the frame ends with a question (DSR 5) that the terminal answers when it has read
    /// all of it.
    pub receipt: bool,
}

/// The screen of a terminal, drawn through a writer.
#[derive(Debug)]
pub struct Screen<W> {
    writer: W,
    dialect: Dialect,
    /// The next frame.
    next: Buffer,
    caret: Option<Position>,
    /// `next` in glyphs, kept to reuse its memory.
    wanted: Grid,
    shown: Grid,
    /// Whether `shown` is a guess: then the screen is erased first.
    unknown: bool,
    caret_shown: Option<Position>,
    cursor: Cursor,
    /// Minimum size, in bytes, of a frame that asks for a receipt.
    receipt_from: usize,
    sent: Sent,
}

impl<W: Write> Screen<W> {
    /// Creates a screen with unknown content: the first frame erases it.
    pub fn new(writer: W, columns: u16, rows: u16, dialect: Dialect) -> Self {
        Self {
            writer,
            dialect,
            next: Buffer::empty(Rect::new(0, 0, columns, rows)),
            caret: None,
            wanted: Grid::new(columns, rows),
            shown: Grid::new(columns, rows),
            unknown: true,
            caret_shown: None,
            cursor: Cursor::default(),
            receipt_from: usize::MAX,
            sent: Sent::default(),
        }
    }

    /// Paints a frame onto an empty buffer and sends what differs from what is shown. `paint`
    /// returns the column and row of the caret; without one the cursor is hidden.
    pub fn paint(
        &mut self,
        paint: impl FnOnce(&mut Buffer, Rect) -> Option<(u16, u16)>,
    ) -> io::Result<Sent> {
        self.next.reset();
        let area = self.next.area;
        self.caret = paint(&mut self.next, area).map(|(column, row)| Position {
            x: column.min(area.width.saturating_sub(1)),
            y: row.min(area.height.saturating_sub(1)),
        });
        self.flush()?;
        Ok(self.sent)
    }

    /// Changes the size of the screen, whose content is then unknown.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.next.resize(Rect::new(0, 0, columns, rows));
        self.next.reset();
        self.wanted = Grid::new(columns, rows);
        self.forget();
    }

    /// Forgets what the terminal shows: the next frame is painted in full.
    pub fn forget(&mut self) {
        self.unknown = true;
    }

    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Sets another dialect from the next frame on, which is painted in full.
    pub fn set_dialect(&mut self, dialect: Dialect) {
        self.dialect = dialect;
        self.forget();
    }

    /// Sets whether joined emoji are drawn as one glyph, or only the first of them.
    pub fn join_emoji(&mut self, joins: bool) {
        self.dialect.joins = joins;
    }

    /// Notes that the assumed width was measured.
    pub fn confirm_width(&mut self) {
        self.dialect.measured = true;
        self.shown.trust(&self.dialect);
    }

    /// Stops sending synchronized output.
    pub fn stop_synchronizing(&mut self) {
        self.dialect.synchronized = false;
    }

    /// Sets whether columns inside a row are erased, or overwritten with blanks.
    pub fn erase_columns(&mut self, erase: bool) {
        self.dialect.erases_columns = erase;
    }

    /// Makes frames of at least `bytes` bytes ask for a receipt.
    pub fn ask_receipt_from(&mut self, bytes: usize) {
        self.receipt_from = bytes;
    }

    pub fn writer_mut(&mut self) -> &mut W {
        &mut self.writer
    }

    /// Returns the bytes that turn what is shown into what is wanted; none if they are the same.
    fn encode(&mut self) -> io::Result<Vec<u8>> {
        self.wanted.read(&self.next, &self.dialect);
        let mut frame = Frame {
            bytes: Vec::new(),
            cursor: self.cursor,
            dialect: self.dialect,
        };
        if self.unknown {
            frame.erase_screen()?;
            self.shown = Grid::new(self.next.area.width, self.next.area.height);
        } else if self.dialect.scrolling != Scrolling::Off
            && let Some(shift) = scroll::find(&self.wanted, &self.shown)
        {
            frame.scroll(&shift, self.shown.rows())?;
            self.shown.scroll(shift.top, shift.bottom, shift.by);
        }
        for row in 0..self.wanted.rows() {
            frame.row(row, self.wanted.row(row), self.shown.row(row))?;
        }
        self.cursor = frame.cursor;
        let body = frame.bytes;
        std::mem::swap(&mut self.wanted, &mut self.shown);
        self.wrap(body)
    }

    /// Wraps the cells of a frame in synchronized output and in the moves of the cursor.
    fn wrap(&mut self, body: Vec<u8>) -> io::Result<Vec<u8>> {
        let caret_was = self.caret_shown;
        self.caret_shown = self.caret;
        let unknown = std::mem::take(&mut self.unknown);
        let drawn = !body.is_empty();
        if !drawn && caret_was == self.caret {
            return Ok(Vec::new());
        }
        let mut bytes = Vec::with_capacity(body.len() + 64);
        let synchronized = drawn && self.dialect.synchronized;
        if synchronized {
            queue!(bytes, BeginSynchronizedUpdate)?;
        }
        let hide = unknown || (caret_was.is_some() && (drawn || self.caret.is_none()));
        if hide {
            queue!(bytes, Hide)?;
        }
        bytes.extend_from_slice(&body);
        if let Some(caret) = self.caret {
            let mut frame = Frame {
                bytes,
                cursor: self.cursor,
                dialect: self.dialect,
            };
            frame.move_to(caret.x.into(), caret.y.into(), &[])?;
            self.cursor = frame.cursor;
            bytes = frame.bytes;
            if hide || caret_was.is_none() {
                queue!(bytes, Show)?;
            }
        }
        if synchronized {
            queue!(bytes, EndSynchronizedUpdate)?;
        }
        Ok(bytes)
    }

    /// Sends the frame, in one write.
    fn flush(&mut self) -> io::Result<()> {
        let mut bytes = self.encode()?;
        let receipt = !bytes.is_empty() && bytes.len() >= self.receipt_from;
        if receipt {
            bytes.extend_from_slice(b"\x1b[5n");
        }
        self.sent = Sent {
            bytes: bytes.len(),
            receipt,
        };
        if bytes.is_empty() {
            return Ok(());
        }
        self.writer.write_all(&bytes)?;
        self.writer.flush()
    }
}
