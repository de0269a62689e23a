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

/// The least columns to which a column of a table is cut.
const LEAST_CELL: u16 = 10;

/// The columns that the last column of a table is given at least; it is not cut.
const LAST_CELL: u16 = 16;

/// The rows of a table as lines with aligned columns.
fn aligned(rows: &[Vec<String>], columns: u16, ambiguous: Ambiguous) -> Vec<String> {
    let cell = |row: &[String], at: usize| {
        let text = row.get(at).map_or("", String::as_str);
        gate::line(text).trim().to_owned()
    };
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |at: usize| {
        let cells = rows
            .iter()
            .map(|row| width::of_str(&cell(row, at), ambiguous));
        cells.max().unwrap_or(0)
    };
    let mut widths: Vec<u16> = (0..count).map(widest).collect();
    let gaps = 2 * u32::try_from(count.saturating_sub(1)).unwrap_or(0);
    let Some((last, others)) = widths.split_last_mut() else {
        return Vec::new();
    };
    let room = u32::from(columns).saturating_sub(gaps + u32::from((*last).min(LAST_CELL)));
    while others.iter().map(|&own| u32::from(own)).sum::<u32>() > room {
        let Some(most) = others.iter_mut().filter(|own| **own > LEAST_CELL).max() else {
            break;
        };
        *most -= 1;
    }
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (at, &own) in widths.iter().enumerate() {
            let text = cell(row, at);
            if at + 1 == count {
                line += &text;
                continue;
            }
            let cut = width::truncate(&text, own, ambiguous).to_string();
            let used = width::of_str(&cut, ambiguous);
            line += &cut;
            line.extend(std::iter::repeat_n(
                ' ',
                usize::from(own.saturating_sub(used) + 2),
            ));
        }
        line.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// Whether a person can be shown a screen and can answer. Keys come from the terminal
/// itself where standard input is a document.
pub fn is_terminal(by_pipe: bool) -> bool {
    (by_pipe || io::stdin().is_terminal()) && io::stdout().is_terminal()
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

    /// Writes a table. On a terminal, columns are as wide as their cells, and all but the last
    /// are cut if there is no room; elsewhere cells are separated by tabs.
    ///
    /// # Errors
    ///
    /// If standard output cannot be written.
    pub fn table(&mut self, rows: &[Vec<String>]) -> io::Result<()> {
        let Some(columns) = self.columns else {
            return rows.iter().try_for_each(|row| {
                let cells: Vec<&str> = row.iter().map(String::as_str).collect();
                self.cells(&cells)
            });
        };
        let rows = aligned(rows, columns, self.ambiguous);
        rows.iter().try_for_each(|row| self.line(row))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[[&str; 3]]) -> Vec<Vec<String>> {
        let row = |row: &[&str; 3]| row.map(str::to_owned).to_vec();
        rows.iter().map(row).collect()
    }

    #[test]
    fn columns_of_a_table_stand_below_one_another() {
        let table = rows(&[
            ["编号", "案例", "结果"],
            ["2016-汇编-12", "错时停车", "入选"],
            ["a-1", "", "待决"],
        ]);
        assert_eq!(
            aligned(&table, 60, Ambiguous::default()),
            [
                "编号          案例      结果",
                "2016-汇编-12  错时停车  入选",
                "a-1                     待决",
            ]
        );
    }

    #[test]
    fn the_widest_cells_are_cut_where_the_terminal_is_narrow() {
        let table = rows(&[[
            "a-1",
            "一二三四五六七八九十",
            "理由写在这里不会被截断的一句话",
        ]]);
        let lines = aligned(&table, 34, Ambiguous::default());
        assert_eq!(lines, ["a-1  一二三四五…  理由写在这里不会被截断的一句话"]);
    }
}
