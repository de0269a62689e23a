//! Standard output of the subcommands. Everything written passes the gate
//! here, so no subcommand can forget it.

use std::ffi::OsStr;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use serde::Serialize;

use super::json;
use crate::export::analysis::Line;
use crate::text::gate;
use crate::text::width::{self, Ambiguous};
use crate::text::wrap::{self, Room};

/// Standard output, and what is known of whatever reads it.
pub struct Output {
    sink: BufWriter<Stdout>,
    /// Columns of the terminal; `None` where it is none.
    columns: Option<u16>,
    /// Whether matches may be set in bold.
    bold: bool,
    ambiguous: Ambiguous,
}

/// Whether a person can be shown a screen and can answer.
pub fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

impl Output {
    /// Standard output of this process.
    pub fn standard() -> Self {
        let columns = columns();
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb" || term.is_empty());
        Self {
            sink: BufWriter::with_capacity(1 << 16, io::stdout()),
            columns,
            bold: columns.is_some() && !dumb && !is_set("NO_COLOR"),
            ambiguous: Ambiguous::default(),
        }
    }

    /// Sets how wide ambiguous characters are; `None` leaves them narrow, since
    /// a subcommand asks the terminal nothing.
    pub fn set_ambiguous(&mut self, ambiguous: Option<Ambiguous>) {
        self.ambiguous = ambiguous.unwrap_or_default();
    }

    /// Columns of the terminal; `None` where a file or a program reads.
    pub fn columns(&self) -> Option<u16> {
        self.columns
    }

    /// How wide ambiguous characters are.
    pub fn ambiguous(&self) -> Ambiguous {
        self.ambiguous
    }

    /// Writes text of several lines as it is.
    ///
    /// # Errors
    ///
    /// If standard output cannot be written.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.sink.write_all(gate::clean(text).as_bytes())
    }

    /// Writes one line.
    ///
    /// # Errors
    ///
    /// If standard output cannot be written.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        self.part(text, false)?;
        self.end_line()
    }

    /// Writes a sentence: over several rows where a terminal is too narrow for it, as one
    /// line elsewhere.
    ///
    /// # Errors
    ///
    /// If standard output cannot be written.
    pub fn sentence(&mut self, text: &str) -> io::Result<()> {
        let Some(columns) = self.columns() else {
            return self.line(text);
        };
        let text = gate::line(text).into_owned();
        for row in wrap::wrap(&text, Room::even(columns), self.ambiguous()) {
            self.line(text[row].trim_end())?;
        }
        Ok(())
    }

    /// Writes a part of a line, in bold where that is welcome.
    ///
    /// # Errors
    ///
    /// If standard output cannot be written.
    pub fn part(&mut self, text: &str, bold: bool) -> io::Result<()> {
        let text = gate::line(text);
        if bold && self.bold {
            write!(self.sink, "\x1b[1m{text}\x1b[0m")
        } else {
            self.sink.write_all(text.as_bytes())
        }
    }

    /// Ends a line.
    ///
    /// # Errors
    ///
    /// If standard output cannot be written.
    pub fn end_line(&mut self) -> io::Result<()> {
        self.sink.write_all(b"\n")
    }

    /// Writes cells with a tab between them, for programs.
    ///
    /// # Errors
    ///
    /// If standard output cannot be written.
    pub fn cells(&mut self, cells: &[&str]) -> io::Result<()> {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.sink.write_all(b"\t")?;
            }
            self.part(cell, false)?;
        }
        self.end_line()
    }

    /// Writes lines of an analysis: heads in bold where that is welcome, cells with a tab
    /// between them.
    ///
    /// # Errors
    ///
    /// If standard output cannot be written.
    pub fn lines(&mut self, lines: &[Line]) -> io::Result<()> {
        for line in lines {
            match line {
                Line::Head(head) => {
                    self.part(head, true)?;
                    self.end_line()?;
                }
                Line::Cells(cells) => {
                    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
                    self.cells(&cells)?;
                }
                Line::Blank => self.end_line()?,
            }
        }
        Ok(())
    }

    /// Writes one object as a line of JSON.
    ///
    /// # Errors
    ///
    /// If standard output cannot be written.
    pub fn json(&mut self, object: &impl Serialize) -> io::Result<()> {
        json::write(&mut self.sink, object)?;
        self.end_line()
    }

    /// Takes text that has passed the gate already, such as an export, whose line
    /// ends the gate would replace.
    pub fn for_gated_text(&mut self) -> &mut impl Write {
        &mut self.sink
    }

    /// Sees everything written out.
    ///
    /// # Errors
    ///
    /// If standard output cannot be written.
    pub fn finish(&mut self) -> io::Result<()> {
        self.sink.flush()
    }

    /// `text` in exactly `columns` columns: filled with spaces, or cut with a
    /// mark that shows the cut.
    pub fn fit(&self, text: &str, columns: u16) -> String {
        width::pad(&gate::line(text), columns, self.ambiguous)
    }
}

/// Columns of the terminal that standard output is.
fn columns() -> Option<u16> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok();
    let asked = size.map(|size| size.ws_col).filter(|&columns| columns > 0);
    Some(asked.unwrap_or(80))
}

/// Whether an environment variable is set to something.
fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| value != OsStr::new(""))
}
