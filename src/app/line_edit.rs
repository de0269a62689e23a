//! A text being edited: one line, or the lines of a note. The caret is always between graphemes,
//! which are characters as a reader sees them.

mod rows;

use std::cell::RefCell;
use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::text::width::{self, Ambiguous};
use rows::Laid;

/// A text and its caret.
#[derive(Clone, Debug, Default)]
pub struct LineEdit {
    text: String,
    /// Byte offset of a grapheme boundary (UAX #29).
    caret: usize,
    /// The rows that were last computed.
    laid: RefCell<Laid>,
}

impl LineEdit {
    /// Creates a line with the caret at its end.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            caret: text.len(),
            laid: RefCell::default(),
        }
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns the byte offset of the caret.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Replaces the text and moves the caret to its end.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Clears the text.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Inserts a character at the caret.
    pub fn insert(&mut self, c: char) {
        self.laid.get_mut().changed_from(self.caret);
        self.text.insert(self.caret, c);
        self.caret += c.len_utf8();
        // A combining mark may have merged with the character before it.
        self.caret = boundary_at_or_after(&self.text, self.caret);
    }

    /// Inserts a text at the caret. Its line feeds begin new lines.
    pub fn insert_text(&mut self, text: &str) {
        self.laid.get_mut().changed_from(self.caret);
        self.text.insert_str(self.caret, text);
        self.caret = boundary_at_or_after(&self.text, self.caret + text.len());
    }

    /// Cuts the text to at most `chars` characters. Returns whether it was longer.
    pub fn truncate(&mut self, chars: usize) -> bool {
        let Some((end, _)) = self.text.char_indices().nth(chars) else {
            return false;
        };
        self.laid.get_mut().changed_from(end);
        self.text.truncate(end);
        self.caret = boundary_at_or_after(&self.text, self.caret.min(end));
        true
    }

    /// Deletes the grapheme before the caret.
    pub fn delete_before(&mut self) {
        let start = self.before();
        self.remove(start..self.caret);
    }

    /// Deletes the grapheme after the caret.
    pub fn delete_behind(&mut self) {
        let end = self.behind();
        self.remove(self.caret..end);
    }

    /// Deletes back to the start of a word: white space, then a run of Han, of letters and digits,
    /// or of punctuation.
    pub fn delete_word(&mut self) {
        let head = &self.text[..self.caret];
        let kept = head.trim_end_matches(char::is_whitespace);
        let Some(last) = kept.chars().next_back() else {
            return self.remove(0..self.caret);
        };
        let kind = Kind::of(last);
        let start = kept.trim_end_matches(|c| Kind::of(c) == kind).len();
        self.remove(start..self.caret);
    }

    /// Deletes the part of the line before the caret, or the line feed before the line if that part
    /// is empty.
    pub fn delete_to_start(&mut self) {
        match self.line_start() {
            start if start == self.caret => self.delete_before(),
            start => self.remove(start..self.caret),
        }
    }

    /// Deletes the part of the line after the caret, or the line feed after the line if that part
    /// is empty.
    pub fn delete_to_end(&mut self) {
        match self.line_end() {
            end if end == self.caret => self.delete_behind(),
            end => self.remove(self.caret..end),
        }
    }

    /// Moves the caret back by a grapheme.
    pub fn left(&mut self) {
        self.caret = self.before();
    }

    /// Moves the caret forward by a grapheme.
    pub fn right(&mut self) {
        self.caret = self.behind();
    }

    /// Moves the caret to the start of the line.
    pub fn home(&mut self) {
        self.caret = self.line_start();
    }

    /// Moves the caret to the end of the line.
    pub fn end(&mut self) {
        self.caret = self.line_end();
    }

    fn line_start(&self) -> usize {
        self.text[..self.caret].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        let end = self.text[self.caret..].find('\n');
        end.map_or(self.text.len(), |at| self.caret + at)
    }

    /// Returns the byte range of the text around the caret that fits into `columns`, and the column
    /// of the caret in it. One column is reserved for a caret at the end.
    pub fn view(&self, columns: u16, ambiguous: Ambiguous) -> (Range<usize>, u16) {
        let room = columns.saturating_sub(1);
        let mut start = self.caret;
        let mut caret_column = 0;
        for (at, grapheme) in self.text[..self.caret].grapheme_indices(true).rev() {
            let next = caret_column + width::of_str(grapheme, ambiguous);
            if next > room {
                break;
            }
            (start, caret_column) = (at, next);
        }
        let mut end = self.caret;
        let mut used = caret_column;
        for grapheme in self.text[self.caret..].graphemes(true) {
            used += width::of_str(grapheme, ambiguous);
            if used > room {
                break;
            }
            end += grapheme.len();
        }
        (start..end, caret_column)
    }

    /// Moves the caret before the grapheme at a column of [`LineEdit::view`], or to the end of the
    /// view.
    pub fn go_to_column(&mut self, column: u16, columns: u16, ambiguous: Ambiguous) {
        let (shown, _) = self.view(columns, ambiguous);
        let mut behind = 0;
        let mut graphemes = self.text[shown.clone()].grapheme_indices(true);
        let at = graphemes.find(|(_, grapheme)| {
            behind += width::of_str(grapheme, ambiguous);
            column < behind
        });
        self.caret = at.map_or(shown.end, |(at, _)| shown.start + at);
    }

    fn remove(&mut self, bytes: Range<usize>) {
        self.caret = bytes.start;
        self.laid.get_mut().changed_from(bytes.start);
        self.text.replace_range(bytes, "");
        self.caret = boundary_at_or_after(&self.text, self.caret);
    }

    fn before(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.caret, self.text.len(), true);
        let found = cursor.prev_boundary(&self.text, 0);
        found.ok().flatten().unwrap_or(0)
    }

    fn behind(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.caret, self.text.len(), true);
        let found = cursor.next_boundary(&self.text, 0);
        found.ok().flatten().unwrap_or(self.text.len())
    }
}

fn boundary_at_or_after(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(true) => at,
        _ => cursor
            .next_boundary(text, 0)
            .ok()
            .flatten()
            .unwrap_or(text.len()),
    }
}

/// Class of characters that Ctrl-W deletes together.
#[derive(PartialEq, Eq)]
enum Kind {
    Space,
    Latin,
    Han,
    Mark,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            c if c.is_whitespace() => Self::Space,
            c if c.is_ascii_alphanumeric() => Self::Latin,
            c if c.is_alphanumeric() => Self::Han,
            _ => Self::Mark,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(text: &str, act: impl Fn(&mut LineEdit)) -> String {
        let mut line = LineEdit::new(text);
        act(&mut line);
        let (head, tail) = line.text.split_at(line.caret);
        format!("{head}|{tail}")
    }

    #[test]
    fn deleting_takes_one_character_as_a_reader_sees_it() {
        assert_eq!(edit("创新", LineEdit::delete_before), "创|");
        assert_eq!(edit("e\u{301}", LineEdit::delete_before), "|");
    }

    #[test]
    fn keys_for_a_line_stay_in_the_line_and_join_it_at_its_ends() {
        let at = |text: &str, act: fn(&mut LineEdit)| {
            edit(text, |text| {
                (0..2).for_each(|_| text.left());
                act(text);
            })
        };
        assert_eq!(at("一\n二三四", LineEdit::home), "一\n|二三四");
        assert_eq!(at("一二三\n四", LineEdit::end), "一二三|\n四");
        assert_eq!(at("一\n二三四", LineEdit::delete_to_start), "一\n|三四");
        assert_eq!(at("一\n二三", LineEdit::delete_to_start), "一|二三");
        assert_eq!(at("一二三四\n", LineEdit::delete_to_end), "一二三|\n");
        assert_eq!(at("一二\n三", LineEdit::delete_to_end), "一二|三");
        assert_eq!(edit("", LineEdit::delete_to_start), "|");
        assert_eq!(edit("一", LineEdit::delete_to_end), "一|");
    }

    #[test]
    fn deleting_a_word_takes_a_run_of_one_script() {
        assert_eq!(edit("地铁 PPP模式", LineEdit::delete_word), "地铁 PPP|");
        assert_eq!(edit("地铁 PPP", LineEdit::delete_word), "地铁 |");
        assert_eq!(edit("地铁 ", LineEdit::delete_word), "|");
    }

    #[test]
    fn the_caret_moves_by_characters_and_stops_at_the_ends() {
        assert_eq!(edit("创新", LineEdit::left), "创|新");
        assert_eq!(edit("", LineEdit::left), "|");
        assert_eq!(edit("新", LineEdit::right), "新|");
    }

    #[test]
    fn a_long_line_shows_the_part_that_holds_the_caret() {
        let line = LineEdit::new("创新案例");
        let (bytes, column) = line.view(5, Ambiguous::Narrow);
        assert_eq!((&line.text()[bytes], column), ("案例", 4));
    }

    #[test]
    fn a_column_is_before_the_character_that_covers_it() {
        let to = |text: &str, columns, column| {
            edit(text, |line| {
                line.go_to_column(column, columns, Ambiguous::Narrow);
            })
        };
        assert_eq!(to("创新bim", 20, 0), "|创新bim");
        assert_eq!(to("创新bim", 20, 1), "|创新bim");
        assert_eq!(to("创新bim", 20, 2), "创|新bim");
        assert_eq!(to("创新bim", 20, 5), "创新b|im");
        assert_eq!(to("创新bim", 20, 19), "创新bim|");
        assert_eq!(to("", 20, 7), "|");
        // Of a longer line the end is shown.
        assert_eq!(to("创新案例", 5, 0), "创新|案例");
    }

    #[test]
    fn a_line_that_is_too_long_loses_its_end() {
        let mut line = LineEdit::new("创新案例");
        assert!(!line.truncate(4));
        assert!(line.truncate(3));
        assert_eq!((line.text(), line.caret()), ("创新案", 9));
        line.home();
        assert!(line.truncate(1));
        assert_eq!((line.text(), line.caret()), ("创", 0));
    }

    #[test]
    fn a_combining_mark_joins_the_letter_before_the_caret() {
        let mut line = LineEdit::new("e");
        line.insert('\u{301}');
        assert_eq!(line.caret(), line.text().len());
    }
}
