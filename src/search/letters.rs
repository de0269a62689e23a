//! Latin words that a word is cut out of: TO stands in TOD only by its letters.

use super::matcher::is_letter;

/// Which ends of a word with Latin letters are letters or digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    first: bool,
    last: bool,
    /// Whether the word is a single letter, with which hundreds of others begin.
    lone: bool,
}

impl Letters {
    /// Those of a word of folded codes; none where it has no Latin letter.
    pub fn of(word: &[u16]) -> Self {
        if !word.iter().any(|&code| is_letter(code)) {
            return Self::default();
        }
        let is_latin = |code: Option<&u16>| code.is_some_and(|&code| is_latin(code));
        Self {
            first: is_latin(word.first()),
            last: is_latin(word.last()),
            lone: word.len() == 1,
        }
    }

    /// Whether the word has letters that may be a Latin word of their own.
    pub fn are_some(self) -> bool {
        !self.lone && (self.first || self.last)
    }

    /// Whether what is before the word or behind it belongs to the same Latin word; a
    /// single letter is never one.
    #[inline]
    pub fn are_cut(self, before: impl FnOnce() -> u16, behind: impl FnOnce() -> u16) -> bool {
        self.lone || self.first && is_latin(before()) || self.last && is_latin(behind())
    }
}

/// Whether a folded code is a Latin letter or a digit.
fn is_latin(code: u16) -> bool {
    u8::try_from(code).is_ok_and(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::{code, codes};

    fn cut(before: char, word: &str, behind: char) -> bool {
        Letters::of(&codes(word)).are_cut(|| code(before), || code(behind))
    }

    #[test]
    fn a_word_of_letters_is_whole_between_others() {
        assert!(!cut('轻', "BT", '和'));
        assert!(!cut('（', "bim", '）'));
        assert!(!cut('1', "琴岛e保", 'a'));
        assert!(!cut('a', "地铁", 'b'));
        assert!(!cut('1', "12", 'b'), "a figure is none of letters");
        assert!(cut('B', "IM", '技'));
        assert!(cut('，', "G2", 'B'));
        assert!(cut('，', "BT", '2'));
        assert!(cut('座', "D", '座'));
        assert!(cut('3', "d打印", '机'));
    }
}
