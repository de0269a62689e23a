//! Splitting a text of several lines into rows of the screen, and moving the caret among them.

use std::ops::Range;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::LineEdit;
use crate::text::width::{self, Ambiguous};

/// The rows of a text, cached until it changes. A key press changes few rows of a long note.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid {
    columns: u16,
    ambiguous: Ambiguous,
    rows: Arc<Vec<Range<usize>>>,
    /// First byte changed since the rows were computed.
    changed: Option<usize>,
}

impl Laid {
    /// Records that the text was changed from a byte on.
    pub fn changed_from(&mut self, byte: usize) {
        self.changed = Some(self.changed.map_or(byte, |changed| changed.min(byte)));
    }

    /// Drops rows that may have changed. Returns the byte where the remaining rows end.
    fn keep_unchanged(&mut self, columns: u16, ambiguous: Ambiguous) -> usize {
        let rows = Arc::make_mut(&mut self.rows);
        let kept = match self.changed {
            Some(byte) if (columns, ambiguous) == (self.columns, self.ambiguous) => {
                // The text after a row decides where the row ends.
                let before = rows.partition_point(|row| row.start <= byte);
                before.saturating_sub(2)
            }
            _ => 0,
        };
        let start = rows.get(kept).map_or(0, |row| row.start);
        rows.truncate(kept);
        start
    }
}

impl LineEdit {
    /// Returns the byte ranges of the rows for a width of `columns`. A line has one row, or more if
    /// it is longer. A row excludes the line feed that ends it. One column is reserved for a caret
    /// at the end of a row.
    pub fn rows(&self, columns: u16, ambiguous: Ambiguous) -> Arc<Vec<Range<usize>>> {
        let mut laid = self.laid.borrow_mut();
        let is_same = (laid.columns, laid.ambiguous) == (columns, ambiguous);
        if !is_same || laid.changed.is_some() || laid.rows.is_empty() {
            let start = laid.keep_unchanged(columns, ambiguous);
            lay(
                &self.text,
                start,
                columns,
                ambiguous,
                Arc::make_mut(&mut laid.rows),
            );
            (laid.columns, laid.ambiguous, laid.changed) = (columns, ambiguous, None);
        }
        Arc::clone(&laid.rows)
    }

    /// Returns the row of the caret in [`LineEdit::rows`], and the column in that row. A caret
    /// between two rows of a line is at the start of the second.
    pub fn caret_in(&self, rows: &[Range<usize>], ambiguous: Ambiguous) -> (usize, u16) {
        let behind = rows.partition_point(|row| row.start <= self.caret);
        let row = behind.saturating_sub(1);
        let before = rows.get(row).map_or("", |row| {
            &self.text[row.start..self.caret.clamp(row.start, row.end)]
        });
        (row, width::of_str(before, ambiguous))
    }

    /// Moves the caret to a row of [`LineEdit::rows`], before the grapheme at a column or to the
    /// end of the row. Past the last row, moves to the end of the text.
    pub fn go_to(&mut self, rows: &[Range<usize>], row: usize, column: u16, ambiguous: Ambiguous) {
        let Some(bytes) = rows.get(row).cloned() else {
            self.caret = self.text.len();
            return;
        };
        let mut behind = 0;
        let mut graphemes = self.text[bytes.clone()].grapheme_indices(true);
        let at = graphemes.find(|(_, grapheme)| {
            behind += width::of_str(grapheme, ambiguous);
            column < behind
        });
        let continues = rows
            .get(row + 1)
            .is_some_and(|next| next.start == bytes.end);
        self.caret = match at {
            Some((at, _)) => bytes.start + at,
            None => bytes.end,
        };
        if at.is_none() && continues && !bytes.is_empty() {
            // The end of this row is the start of the next one.
            self.left();
        }
    }
}

/// Appends the rows of a text from byte `from` on, where a row starts.
fn lay(text: &str, from: usize, columns: u16, ambiguous: Ambiguous, rows: &mut Vec<Range<usize>>) {
    let room = columns.saturating_sub(1).max(1);
    let mut line_start = from;
    for line in text[from..].split('\n') {
        let mut start = line_start;
        let mut used = 0;
        for cluster in width::clusters(line, ambiguous) {
            if used > 0 && used + cluster.columns > room {
                let end = line_start + cluster.start;
                rows.push(start..end);
                (start, used) = (end, 0);
            }
            used += cluster.columns;
        }
        let end = line_start + line.len();
        rows.push(start..end);
        line_start = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NARROW: Ambiguous = Ambiguous::Narrow;

    #[track_caller]
    fn check(text: &str, columns: u16, expected: &[&str]) {
        let edit = LineEdit::new(text);
        let rows: Vec<&str> = edit
            .rows(columns, NARROW)
            .iter()
            .map(|row| &text[row.clone()])
            .collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn every_line_has_a_row_and_a_long_one_more() {
        check("", 5, &[""]);
        check("一\n\n二\n", 5, &["一", "", "二", ""]);
        check("一二三四五", 5, &["一二", "三四", "五"]);
        check("一二\n三四五", 5, &["一二", "三四", "五"]);
        // A character wider than a row gets one all the same.
        check("一二", 1, &["一", "二"]);
    }

    #[test]
    fn the_caret_goes_between_rows_by_columns() {
        let mut edit = LineEdit::new("一二三四\nab\n五");
        let rows = edit.rows(5, NARROW);
        assert_eq!(edit.caret_in(&rows, NARROW), (3, 2));
        edit.go_to(&rows, 2, 1, NARROW);
        assert_eq!(edit.caret_in(&rows, NARROW), (2, 1));
        edit.go_to(&rows, 1, 9, NARROW);
        assert_eq!(edit.caret_in(&rows, NARROW), (1, 4));
        // The row continues in the next one.
        edit.go_to(&rows, 0, 9, NARROW);
        assert_eq!(edit.caret_in(&rows, NARROW), (0, 2));
        edit.go_to(&rows, 9, 0, NARROW);
        assert_eq!(edit.caret(), edit.text().len());
    }

    #[test]
    fn between_two_rows_of_a_line_the_caret_is_at_the_second() {
        let mut edit = LineEdit::new("一二三");
        let rows = edit.rows(5, NARROW);
        edit.left();
        assert_eq!(edit.caret_in(&rows, NARROW), (1, 0));
    }

    proptest! {
        #[test]
        fn rows_that_are_kept_are_those_that_would_be_made_anew(
            changes in prop::collection::vec((0..6_usize, "[一b\u{301}🇨\n ]{0,5}", 1..9_u16), 0..30),
        ) {
            let mut edit = LineEdit::default();
            for (change, text, columns) in changes {
                match change {
                    0 => edit.delete_before(),
                    1 => edit.delete_to_start(),
                    2 => edit.home(),
                    3 => edit.left(),
                    _ => edit.insert_text(&text),
                }
                if change % 2 == 0 {
                    let columns = if change == 4 { columns } else { 5 };
                    let anew = LineEdit::new(edit.text()).rows(columns, NARROW);
                    prop_assert_eq!(edit.rows(columns, NARROW), anew);
                }
            }
        }
    }
}
