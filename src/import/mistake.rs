//! Why nothing can be taken from a file, and what a file must have.

use std::borrow::Cow;
use std::fmt;

use crate::language::{Language, Sentence};

/// The keys, or columns, that hold marks.
pub(super) const MARKS: [&str; 4] = ["star", "tags", "note", "passages"];

/// Why nothing can be taken from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    sentence: Sentence,
}

impl Error {
    pub(super) fn new(
        chinese: impl Into<Cow<'static, str>>,
        english: impl Into<Cow<'static, str>>,
    ) -> Self {
        let sentence = Sentence::new(chinese, english);
        Self { sentence }
    }

    /// The error in a language.
    pub fn message(&self, language: Language) -> &str {
        self.sentence.in_language(language)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Language::English))
    }
}

impl std::error::Error for Error {}
