//! What is wrong with a setting of a round.

use crate::language::{Language, Sentence};
use crate::text::gate;

/// One mistake in the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Line of the file, from 1.
    pub line: u32,
    /// What is wrong and what would be right.
    pub what: Sentence,
}

impl Mistake {
    /// One line for a terminal, with the name of the file.
    pub fn message(&self, file: &str, language: Language) -> String {
        let (line, what) = (self.line, self.what.in_language(language));
        let message = match language {
            Language::Chinese => format!("{file} 第 {line} 行：{what}"),
            Language::English => format!("{file}, line {line}: {what}"),
        };
        gate::line(&message).into_owned()
    }
}
