//! Clauses and words around a place.

use std::ops::Range;

use super::Text;
use crate::text::script::within_words;

/// Signs that separate clauses.
pub(super) const STOPS: [char; 22] = [
    ',', '，', '。', '；', ';', '：', ':', '、', '！', '？', '(', ')', '（', '）', '“', '”', '《',
    '》', '\n', ' ', '\u{3000}', '/',
];

/// The clause before `at`, in characters.
pub(super) fn clause_before(text: &Text, at: usize) -> Range<usize> {
    let stop = text.printed[..at].iter().rposition(|c| STOPS.contains(c));
    stop.map_or(0, |stop| stop + 1)..at
}

/// Whether a word begins at a character of a text.
pub(super) fn is_word_start(words: &str, at: usize) -> bool {
    let byte = words.char_indices().nth(at).map(|(byte, _)| byte);
    byte.is_some_and(|byte| within_words(words).binary_search(&byte).is_err())
}
