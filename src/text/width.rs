//! How many columns a character takes: the one answer for the whole program.
//!
//! Layout, buffer and back end all ask here. A second opinion on `“` would put
//! the text and the cells a column apart.

use unicode_width::UnicodeWidthChar;

/// How the terminal draws the characters that Unicode calls East Asian
/// Ambiguous (UAX #11): “ ” — … · ■ ① and their kin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One column, as most terminals do unless told otherwise.
    #[default]
    Narrow,
    /// Two columns, as terminals set for East Asian fonts do.
    Wide,
}

/// Columns of one character; 0 for combining marks and controls.
pub fn of_char(c: char, ambiguous: Ambiguous) -> u16 {
    let columns = match ambiguous {
        Ambiguous::Narrow => c.width(),
        Ambiguous::Wide => c.width_cjk(),
    };
    columns.unwrap_or(0) as u16
}

/// Columns of a text without line breaks; at most `u16::MAX`.
pub fn of_str(text: &str, ambiguous: Ambiguous) -> u16 {
    text.chars()
        .fold(0, |sum: u16, c| sum.saturating_add(of_char(c, ambiguous)))
}
