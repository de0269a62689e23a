//! Rows of a line that lists facts: what a page says of where its case is from.

use std::ops::Range;

use super::{Room, wrap};
use crate::text::width::{self, Ambiguous};

/// Separator of two facts.
const BETWEEN: &str = "  ";

/// Breaks a line of facts, which two spaces part, into rows as [`wrap`](super::wrap()) does,
/// but between the facts. One that is wider than a row breaks between the names that it
/// lists or the parts of its path; what reads as a sentence, as a sentence does.
pub fn wrap_parts(text: &str, columns: u16, ambiguous: Ambiguous) -> Vec<Range<usize>> {
    let mut rows = Rows {
        text,
        columns,
        ambiguous,
        done: Vec::new(),
        row: 0..0,
    };
    for fact in text.split_inclusive(BETWEEN) {
        let end = rows.row.end + fact.len();
        if !rows.fits(rows.row.end..end) && rows.add_pieces(fact) {
            continue;
        }
        rows.add(end);
    }
    rows.done.push(rows.row);
    rows.done
}

struct Rows<'a> {
    text: &'a str,
    columns: u16,
    ambiguous: Ambiguous,
    done: Vec<Range<usize>>,
    /// The row that is being filled.
    row: Range<usize>,
}

impl Rows<'_> {
    fn width(&self, bytes: Range<usize>) -> u16 {
        width::of_str(self.text[bytes].trim_end(), self.ambiguous)
    }

    fn fits(&self, bytes: Range<usize>) -> bool {
        self.width(bytes) <= self.columns
    }

    /// Takes the text up to `end` into the row where it fits, else into the next; what is
    /// wider than any row begins where the row has come to.
    fn add(&mut self, end: usize) {
        let start = self.row.end;
        if self.fits(self.row.start..end) {
            self.row.end = end;
        } else if self.fits(start..end) {
            self.done.push(self.row.start..start);
            self.row = start..end;
        } else {
            let used = width::of_str(&self.text[self.row.clone()], self.ambiguous);
            let room = Room {
                first: self.columns.saturating_sub(used),
                rest: self.columns,
            };
            for row in wrap(&self.text[start..end], room, self.ambiguous) {
                let row = start + row.start..start + row.end;
                if row.start > start {
                    self.done.push(self.row.clone());
                    self.row = row;
                } else {
                    self.row.end = row.end;
                }
            }
        }
    }

    /// Takes a fact by the pieces that it has; returns whether each of them fits a row.
    fn add_pieces(&mut self, fact: &str) -> bool {
        let start = self.row.end;
        let mut ends: Vec<usize> = piece_ends(fact).map(|end| start + end).collect();
        ends.push(start + fact.len());
        let starts = std::iter::once(&start).chain(&ends);
        if !starts.zip(&ends).all(|(&from, &to)| self.fits(from..to)) {
            return false;
        }
        for end in ends {
            self.add(end);
        }
        true
    }
}

/// Returns where a fact can break: after the names of a list, after the folders of a path,
/// and before the lines of a file. A sentence has no such places.
fn piece_ends(fact: &str) -> impl Iterator<Item = usize> {
    let is_sentence = fact.trim_end().contains([' ', '，', '。', '：']);
    let places = fact.char_indices().filter(move |_| !is_sentence);
    places.filter_map(|(at, c)| match c {
        '、' | '/' | '_' => Some(at + c.len_utf8()),
        ':' => Some(at),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, columns: u16, rows: &[&str]) {
        let found: Vec<&str> = wrap_parts(text, columns, Ambiguous::Narrow)
            .into_iter()
            .map(|row| &text[row])
            .collect();
        assert_eq!(found, rows);
    }

    #[test]
    fn a_row_ends_between_facts() {
        check("", 10, &[""]);
        check("市南区政府  2017  摘要", 22, &["市南区政府  2017  摘要"]);
        check(
            "市南区政府  2017  摘要",
            21,
            &["市南区政府  2017  ", "摘要"],
        );
        check(
            "市南区政府  2017  摘要",
            12,
            &["市南区政府  ", "2017  摘要"],
        );
    }

    #[test]
    fn a_file_that_is_wider_than_a_row_breaks_between_its_parts() {
        check(
            "2017年6月  003_e708e3f89c99b752.txt:18-45",
            24,
            &["2017年6月  003_", "e708e3f89c99b752.txt", ":18-45"],
        );
    }

    #[test]
    fn orgs_break_between_their_names() {
        check(
            "市南区政府、市北区政府、李沧区政府",
            24,
            &["市南区政府、市北区政府、", "李沧区政府"],
        );
    }

    #[test]
    fn a_sentence_breaks_as_a_sentence() {
        check(
            "摘要  笔记: 看一看，再想一想这件事情。",
            20,
            &["摘要  笔记: 看一看，", "再想一想这件事情。"],
        );
    }

    #[test]
    fn a_word_that_fits_no_row_is_all_there() {
        let text = "摘要  0123456789abcdef";
        let found = wrap_parts(text, 8, Ambiguous::Narrow);
        let rows: Vec<&str> = found.into_iter().map(|row| &text[row]).collect();
        assert_eq!(rows.concat(), text);
        assert!(
            rows.iter().all(|row| row.trim_end().len() <= 10),
            "{rows:?}"
        );
    }
}
