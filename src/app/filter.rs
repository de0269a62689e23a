//! The query that narrows the list: its line, and the answer to it.

use super::answer::Answer;
use super::line_edit::LineEdit;
use super::typing::Recalled;

/// The line of the query, its newest answer, and how the query came about.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub line: LineEdit,
    /// The newest answer, less its hits, which the list has.
    pub answer: Answer,
    /// Whether characters in list and page are commands. Until the reader has used
    /// a key that is no character, or the mouse, they begin a search: who has just
    /// opened the program and types means words.
    pub takes_letters: bool,
    /// Letters that moved the page while others would begin a search, one directly behind
    /// the other: with what follows them at once they are the beginning of that search.
    pub(super) read_with: String,
    /// Whether the search began with a letter typed into list or page.
    pub(super) began: bool,
    /// The query of the history that the line was filled with.
    pub(super) recalled: Option<Recalled>,
    /// Whether the selection has moved since the line was opened or changed.
    pub(super) has_stepped: bool,
}

impl Filter {
    /// No query: all of so many cases are listed.
    pub(super) fn over(cases: usize) -> Self {
        Self {
            answer: Answer {
                total: cases,
                complete: true,
                ..Answer::default()
            },
            ..Self::default()
        }
    }

    /// The query as typed.
    pub fn text(&self) -> &str {
        self.line.text()
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// Whether the answer is one to the query as it is typed now.
    pub fn is_answered(&self) -> bool {
        self.answer.query == self.text()
    }
}
