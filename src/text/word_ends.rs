//! Words that a pattern is cut out of: 10万 is in 110万 only by its letters, and TO in TOD.

/// What the ends of a pattern are, which says whether it is cut out of more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordEnds {
    first_digit: bool,
    last_digit: bool,
    /// Whether a pattern with Latin letters begins or ends with one, or with a digit.
    first_latin: bool,
    last_latin: bool,
    /// Whether it is a single letter, with which hundreds of words begin.
    lone_letter: bool,
}

impl WordEnds {
    /// Those of a word of folded codes. In quotation marks it means just its letters,
    /// whatever is around them.
    pub fn of(word: &[u16], quoted: bool) -> Self {
        let [first, last] = [word.first(), word.last()].map(|code| code.copied().unwrap_or(0));
        let has_letters = !quoted && word.iter().any(|&code| is_letter(code));
        Self {
            first_digit: is_digit(first),
            last_digit: is_digit(last),
            first_latin: has_letters && is_latin(first),
            last_latin: has_letters && is_latin(last),
            lone_letter: has_letters && word.len() == 1,
        }
    }

    /// Whether the letters may be a Latin word of their own.
    pub fn are_letters(self) -> bool {
        !self.lone_letter && (self.first_latin || self.last_latin)
    }

    /// Whether the pattern is part of a longer Latin word, the two codes before it and
    /// after it given, the nearer first; a single letter always is.
    #[inline]
    pub fn is_part(self, before: [u16; 2], after: [u16; 2]) -> bool {
        self.lone_letter
            || self.first_latin && is_latin(before[0])
            || self.last_latin && is_latin(after[0])
    }

    /// Whether a figure at an end of the pattern goes on outside of it, also after a point
    /// or a comma.
    #[inline]
    pub fn cuts_figure(self, before: [u16; 2], after: [u16; 2]) -> bool {
        self.first_digit && goes_on(before) || self.last_digit && goes_on(after)
    }

    /// Whether what is around the pattern says anything.
    #[inline]
    pub fn matter(self) -> bool {
        self != Self::default()
    }
}

fn goes_on([near, far]: [u16; 2]) -> bool {
    let parts = [b'.', b','].map(u16::from);
    is_digit(near) || parts.contains(&near) && is_digit(far)
}

/// Whether a folded code is a digit from 0 to 9.
pub fn is_digit(code: u16) -> bool {
    u8::try_from(code).is_ok_and(|byte| byte.is_ascii_digit())
}

/// Whether a folded code is a Latin letter from a to z.
pub fn is_letter(code: u16) -> bool {
    u8::try_from(code).is_ok_and(|byte| byte.is_ascii_lowercase())
}

/// Whether a folded code is a Latin letter or a digit.
fn is_latin(code: u16) -> bool {
    is_letter(code) || is_digit(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::codes;

    fn near(codes: impl Iterator<Item = u16>) -> [u16; 2] {
        let mut codes = codes;
        [0, 0].map(|none| codes.next().unwrap_or(none))
    }

    /// Whether `word` is cut out of a figure, and out of a Latin word, between what
    /// stands around it.
    fn cut(before: &str, word: &str, behind: &str) -> (bool, bool) {
        let ends = WordEnds::of(&codes(word), false);
        let before = near(codes(before).into_iter().rev());
        let behind = near(codes(behind).into_iter());
        (
            ends.cuts_figure(before, behind),
            ends.is_part(before, behind),
        )
    }

    #[test]
    fn a_figure_goes_on_with_digits_and_across_points_and_commas() {
        assert!(cut("接待游客1", "10万人次", "").0);
        assert!(cut("38.", "33万", "人").0);
        assert!(cut("1,", "266", "家").0);
        assert!(cut("", "2.0", "5万家").0);
        assert!(cut("", "1", ".5亿").0);
    }

    #[test]
    fn a_whole_figure_is_not_cut() {
        assert!(!cut("创客", "10万人次", "。").0);
        assert!(!cut("工业", "4.0", "").0);
        assert!(!cut("2016", "年", "12月").0);
        assert!(!cut("达到93%，", "8天", "").0);
        assert!(!cut("", "120", "，其中").0);
    }

    #[test]
    fn a_word_of_letters_is_whole_between_others() {
        assert!(!cut("轻", "BT", "和").1);
        assert!(!cut("（", "bim", "）").1);
        assert!(!cut("1", "琴岛e保", "a").1);
        assert!(!cut("a", "地铁", "b").1);
        assert!(!cut("1", "12", "b").1, "a figure is none of letters");
        assert!(cut("B", "IM", "技").1);
        assert!(cut("，", "G2", "B").1);
        assert!(cut("，", "BT", "2").1);
        assert!(cut("座", "D", "座").1);
        assert!(cut("3", "d打印", "机").1);
    }
}
