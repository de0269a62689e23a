//! One character to one character: the folding under which a search compares.

/// Folds one character for comparison.
pub fn fold(c: char) -> char {
    c.to_ascii_lowercase()
}
