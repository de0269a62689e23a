//! The one gate between text from outside and anything the program writes:
//! documents, file names, queries, notes, settings and the environment pass
//! here on their way to screen, standard output, standard error, clipboard and
//! exports.
//!
//! What is denied is a list; every other character passes, so that no script
//! and no punctuation is lost. One character becomes one character: a position
//! in the text stays true.

use std::borrow::Cow;

use super::marks::{JOINER, Marks, is_denied, joins_emoji};

/// Shown for a denied character that has no picture of its own.
const REPLACEMENT: char = '\u{FFFD}';

/// Whether a terminal must not see a character.
///
/// Denied are the controls but tab and newline (C0, DEL, C1), the controls of
/// writing direction, and whatever takes no room and shows nothing: Unicode's
/// format characters (general category Cf) but for the few that are printed
/// signs, line and paragraph separators, fillers and noncharacters. Variation
/// selectors and combining marks belong to a visible character and pass; a joiner
/// between emoji does in [`clean`], which sees what it joins.
///
/// It is what cleaning takes out of documents, and more: a file name or a query
/// has no business with a filler, while a document may be about one.
pub fn denied(c: char) -> bool {
    if c < '\u{7F}' {
        return c < ' ' && c != '\t' && c != '\n';
    }
    is_denied(c)
        || matches!(c,
            '\u{34F}' // combining grapheme joiner
            | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' // Hangul fillers
            | '\u{17B4}' | '\u{17B5}' // Khmer vowels that show nothing
            | '\u{FDD0}'..='\u{FDEF}' // noncharacters
            | '\u{FFF0}'..='\u{FFF8}' // unassigned, ignored by default
            | '\u{E0080}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
        || c as u32 & 0xFFFE == 0xFFFE
}

/// The character shown for one that is denied: the picture of a C0 control or
/// of DEL (␛ for escape), else U+FFFD. Any other character is itself.
pub fn shown(c: char) -> char {
    match c {
        '\0'..='\u{1F}' if denied(c) => {
            char::from_u32(0x2400 + c as u32).expect("the block of pictures mirrors C0")
        }
        '\u{7F}' => '\u{2421}',
        c if denied(c) => REPLACEMENT,
        c => c,
    }
}

/// Text that may be written: as many characters, the denied ones replaced, and so
/// are marks that are too much for their character (see [`Marks`]). Tabs and
/// newlines stay.
pub fn clean(text: &str) -> Cow<'_, str> {
    let mut marks = Marks::default();
    if !text.chars().any(|c| denied(c) || marks.is_excess(c)) {
        return Cow::Borrowed(text);
    }
    let one = |(c, passes)| {
        if passes {
            c
        } else if denied(c) {
            shown(c)
        } else {
            REPLACEMENT
        }
    };
    Cow::Owned(judged(text).map(one).collect())
}

/// Text that may be written, without the characters that [`clean`] replaces.
pub fn without_denied(text: &str) -> String {
    let passing = judged(text).filter(|&(_, passes)| passes);
    passing.map(|(c, _)| c).collect()
}

/// Yields the characters of a text, each with whether it may be written in its context.
fn judged(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut marks = Marks::default();
    text.char_indices().map(move |(at, c)| match c {
        JOINER => (c, joins_emoji(&text[..at], &text[at + c.len_utf8()..])),
        c => (c, !marks.is_excess(shown(c)) && !denied(c)),
    })
}

/// Text that may be written where only one line has room: tabs and newlines
/// become spaces as well.
pub fn line(text: &str) -> Cow<'_, str> {
    match clean(text) {
        clean if clean.contains(['\t', '\n']) => Cow::Owned(clean.replace(['\t', '\n'], " ")),
        clean => clean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEDS: [&str; 5] = [
        include_str!("../../seeds/000_c8df632cfb2d134d.txt"),
        include_str!("../../seeds/001_6ec06563744fe9af.txt"),
        include_str!("../../seeds/002_480a3b4aff1897ca.txt"),
        include_str!("../../seeds/003_e708e3f89c99b752.txt"),
        include_str!("../../seeds/004_860cbca26c24b5e4.txt"),
    ];

    #[test]
    fn every_character_of_the_seeds_passes() {
        for seed in SEEDS {
            assert!(matches!(clean(seed), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn a_sequence_loses_its_introducer_and_keeps_its_letters() {
        assert_eq!(clean("青\u{1b}[31m岛"), "青␛[31m岛");
        assert_eq!(clean("青\u{9b}31m岛"), "青\u{FFFD}31m岛");
        assert_eq!(clean("\u{1b}]0;标题\u{7}"), "␛]0;标题␇");
    }

    #[test]
    fn a_line_has_no_break_and_no_tab() {
        assert_eq!(line("即墨区\t政府\n令"), "即墨区 政府 令");
        assert_eq!(clean("即墨区\t政府\n令"), "即墨区\t政府\n令");
        assert_eq!(clean("即墨区\r\n"), "即墨区␍\n");
    }

    #[test]
    fn as_many_characters_leave_as_came() {
        let all: String = ('\0'..=char::MAX).collect();
        assert_eq!(clean(&all).chars().count(), all.chars().count());
        assert_eq!(line(&all).chars().count(), all.chars().count());
        assert!(!clean(&all).chars().any(denied));
    }

    #[test]
    fn marks_that_are_too_much_are_replaced() {
        let marks = "\u{301}".repeat(30);
        assert_eq!(
            clean(&format!("e{marks}\u{301}")),
            format!("e{marks}\u{FFFD}")
        );
        assert_eq!(clean("葛\u{E0100}\u{E0101}"), "葛\u{E0100}\u{FFFD}");
    }

    #[test]
    fn what_is_denied_can_be_left_out() {
        assert_eq!(without_denied("青\u{200D}\u{1b}岛\u{202E}\n"), "青岛\n");
        assert_eq!(without_denied("葛\u{E0100}\u{E0101}"), "葛\u{E0100}");
    }

    #[test]
    fn what_is_clean_is_left_as_it_is() {
        let all: String = ('\0'..=char::MAX).collect();
        let once = clean(&all).into_owned();
        assert_eq!(clean(&once), once);
    }

    #[test]
    fn honest_marks_of_other_scripts_pass() {
        for text in [
            "é",
            "e\u{301}",
            "葛\u{E0100}",
            "❤\u{FE0F}",
            "م\u{64B}",
            "\u{600}١",
            "m³",
            "\u{A0}",
            "👩\u{200D}👩\u{200D}👧",
            "🏳\u{FE0F}\u{200D}🌈",
            "👨🏽\u{200D}⚕\u{FE0F}",
        ] {
            assert_eq!(clean(text), text);
            assert_eq!(without_denied(text), text);
        }
    }
}
