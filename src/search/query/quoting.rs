//! Writing a value so that it is read back unchanged.

use super::{Phrase, closer, is_bar, is_dash};

/// Quotation marks, in order of preference.
const QUOTES: [(char, char); 4] = [('"', '"'), ('「', '」'), ('『', '』'), ('\'', '\'')];

/// Returns a value as it must be typed to be read unchanged. Marks of a family close each other
/// (`市“一带一路”办`), so the family is one of which the value contains no mark. A value with marks
/// of all families cannot be quoted.
pub fn quote_where_needed(value: &str) -> String {
    let parts = |c: char| c.is_whitespace() || is_bar(c) || closer(c).is_some();
    let plain = !value.contains(parts) && !value.starts_with(is_dash);
    if plain {
        value.to_owned()
    } else {
        quoted(value)
    }
}

/// Returns a value as it can be typed.
pub fn as_typed(value: &Phrase) -> String {
    if value.quoted {
        quoted(&value.text)
    } else {
        quote_where_needed(&value.text)
    }
}

fn quoted(value: &str) -> String {
    let closes = |open: char| closer(open).expect("it is a quotation mark");
    let mut fitting = QUOTES.iter();
    let fitting = fitting.find(|(open, _)| !value.contains(|c| closes(*open).contains(c)));
    match fitting {
        Some((open, close)) => format!("{open}{value}{close}"),
        None => value.to_owned(),
    }
}
