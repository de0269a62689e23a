//! The query that narrows the list: its line, and the answer to it.

use super::answer::Answer;
use super::line_edit::LineEdit;
use super::typing::Recalled;

/// The query line, its latest answer, and how the query was entered.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub line: LineEdit,
    /// The latest answer, without its hits, which the list owns.
    pub answer: Answer,
    /// Whether characters in list and page are commands. Until the reader has used the mouse or a
    /// key that is not a character, characters begin a search: a reader who types at once after the
    /// start means words.
    pub takes_letters: bool,
    /// Letters that scrolled the page while typing could still start a search. If more letters
    /// follow at once, they become the start of that query.
    pub(super) read_with: String,
    /// Whether a letter typed into list or page began the search.
    pub(super) began: bool,
    /// The query from the history that the line was filled with.
    pub(super) recalled: Option<Recalled>,
    /// Whether the selection has moved since the line was opened or edited.
    pub(super) has_stepped: bool,
}

impl Filter {
    /// Creates an empty query, whose answer lists all `cases` cases.
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

    /// Returns the query as typed.
    pub fn text(&self) -> &str {
        self.line.text()
    }

    /// Whether the line is empty.
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// Whether the answer is to the query as it is typed now.
    pub fn is_answered(&self) -> bool {
        self.answer.query == self.text()
    }
}
