//! Gathering the lines of a document that has none of its own.

use super::{Line, Refusal, Role, Start};

/// No document may yield more text than this, in bytes.
pub const MOST_TEXT: usize = 256 << 20;

/// The lines of a text, one after the other.
#[derive(Debug, Default)]
pub struct Builder {
    text: String,
    lines: Vec<Line>,
}

/// A place between two lines.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    byte: usize,
    line: usize,
}

impl Builder {
    /// Adds a paragraph, heading or item. Line feeds inside `text` are breaks that its
    /// author set. White space alone adds nothing.
    pub fn paragraph(&mut self, text: &str, role: Role) {
        let mut start = Start::New;
        for line in text.split('\n') {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            self.push(line, Line { role, start });
            start = Start::Broken;
        }
    }

    /// Adds a row of a table, unless all its cells are empty.
    pub fn row(&mut self, cells: &[String], head: bool) {
        let cells: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.push(&cells.join("\t"), Line::new(Role::Row { head }));
        }
    }

    /// Where the next line will be.
    pub const fn mark(&self) -> Mark {
        Mark {
            byte: self.text.len(),
            line: self.lines.len(),
        }
    }

    /// Whether the lines from a mark on are those of a title page: a few short ones,
    /// and no sentence.
    pub fn is_title_page(&self, from: Mark) -> bool {
        const MOST: usize = 10;
        const LONGEST: usize = 40;
        let short = |line: &str| line.chars().count() <= LONGEST && !line.contains('。');
        self.lines.len() - from.line <= MOST && self.text[from.byte..].lines().all(short)
    }

    /// Makes the headings from a mark on lines that are only printed larger.
    pub fn without_headings(&mut self, from: Mark) {
        for line in &mut self.lines[from.line..] {
            if matches!(line.role, Role::Title | Role::Heading(_)) {
                line.role = Role::Emphasised;
            }
        }
    }

    fn push(&mut self, text: &str, line: Line) {
        self.text.push_str(text);
        self.text.push('\n');
        self.lines.push(line);
    }

    /// The text and its lines.
    ///
    /// # Errors
    ///
    /// If the text is longer than any document may be.
    pub fn finish(self) -> Result<(String, Vec<Line>), Refusal> {
        if self.text.len() > MOST_TEXT {
            return Err(Refusal::TooLarge);
        }
        Ok((self.text, self.lines))
    }
}

/// A cell's text on one line, without tabs: they part cells.
fn one_line(cell: &str) -> String {
    let mut line = String::with_capacity(cell.len());
    for word in cell.split(['\n', '\t', '\r']).map(str::trim) {
        if word.is_empty() {
            continue;
        }
        if needs_space(&line, word) {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether a space belongs between two texts that are joined: between Latin words
/// and figures, not between Han characters.
pub fn needs_space(before: &str, after: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii() && !c.is_ascii_whitespace());
    word(before.chars().next_back()) && word(after.chars().next())
}
