//! The characters of a typed query that count.
//!
//! Copied text contains invisible characters: marks of byte order and direction, zero-width spaces,
//! colour codes, combining accents. A query is read without them, and its spans refer to the text
//! as typed.

use crate::text::{CharSpan, clean, marks};

/// The characters of a query that count.
pub struct Typed {
    pub chars: Vec<char>,
    /// Index of each in the typed text, then the length of that text.
    places: Vec<u32>,
}

impl Typed {
    pub fn of(text: &str) -> Self {
        let noise = clean::in_line(text).cuts;
        // A line separator separates words, though a document drops it.
        let counts = |byte: usize, c: char| {
            if noise.iter().any(|cut| cut.raw.contains(&byte)) {
                c.is_whitespace()
            } else {
                !marks::is_modifier(c)
            }
        };
        let typed = (0..)
            .zip(text.char_indices())
            .filter(|&(_, (byte, c))| counts(byte, c));
        let (mut places, chars): (Vec<u32>, Vec<char>) = typed.map(|(at, (_, c))| (at, c)).unzip();
        places.push(text.chars().count() as u32);
        Self { chars, places }
    }

    /// Returns the typed span of some characters, with what does not count up to the next one.
    pub fn span(&self, start: usize, end: usize) -> CharSpan {
        CharSpan::new(self.places[start], self.places[end])
    }
}

#[cfg(test)]
mod tests {
    use super::super::{TermKind, parse, slice};

    #[track_caller]
    fn check(text: &str, words: &[&str], spans: &[&str]) {
        let terms = parse(text).terms;
        let word = |kind: &TermKind| match kind {
            TermKind::Words(words) => words[0].text.clone(),
            kind => panic!("{kind:?} is no word"),
        };
        let found: Vec<String> = terms.iter().map(|term| word(&term.kind)).collect();
        assert_eq!(found, words, "{text:?}");
        let found: Vec<&str> = terms.iter().map(|term| slice(text, term.span)).collect();
        assert_eq!(found, spans, "{text:?}");
    }

    #[test]
    fn what_nobody_sees_is_no_part_of_a_word() {
        for unseen in [
            "\u{feff}",
            "\u{ad}",
            "\u{200b}",
            "\u{200c}",
            "\u{200d}",
            "\u{2060}",
            "\u{fe0f}",
            "\u{202a}",
            "\u{2068}",
            "\u{e0100}",
        ] {
            let text = format!("{unseen}公{unseen}积金{unseen} 地铁");
            check(
                &text,
                &["公积金", "地铁"],
                &[&text[unseen.len()..text.len() - 7], "地铁"],
            );
        }
        check(
            "公积金\u{2028}地铁",
            &["公积金", "地铁"],
            &["公积金", "地铁"],
        );
        check("\u{200b}", &[], &[]);
    }

    #[test]
    fn accents_may_be_characters_of_their_own() {
        check(
            "di\u{300}tie\u{30c} nu\u{308}",
            &["ditie", "nu"],
            &["di\u{300}tie\u{30c}", "nu\u{308}"],
        );
    }

    #[test]
    fn pinyin_behind_a_character_is_no_part_of_a_word() {
        let text = "社區(qū)衛(wèi)生(shēng) 地铁(BIM) 区(qu)";
        let words = ["社區衛生", "地铁(BIM)", "区(qu)"];
        check(
            text,
            &words,
            &["社區(qū)衛(wèi)生(shēng)", "地铁(BIM)", "区(qu)"],
        );
        check("窗体顶端", &["窗体顶端"], &["窗体顶端"]);
    }
}
