//! Figures that a word is cut out of: 10万 stands in 110万 only by its letters.

/// Which ends of a word are digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    first: bool,
    last: bool,
}

impl Figures {
    pub fn of(word: &[u16]) -> Self {
        let is_digit = |code: Option<&u16>| code.is_some_and(|&code| is_digit(code));
        Self {
            first: is_digit(word.first()),
            last: is_digit(word.last()),
        }
    }

    /// Whether a figure at an end of the word goes on outside of it. `before` and
    /// `behind` tell the two codes there, the nearer first.
    #[inline]
    pub fn are_cut(
        self,
        before: impl FnOnce() -> [u16; 2],
        behind: impl FnOnce() -> [u16; 2],
    ) -> bool {
        self.first && goes_on(before()) || self.last && goes_on(behind())
    }
}

/// Whether a figure goes on with some codes: as a point or a comma does inside it.
fn goes_on([near, far]: [u16; 2]) -> bool {
    const POINT: u16 = b'.' as u16;
    const COMMA: u16 = b',' as u16;
    is_digit(near) || matches!(near, POINT | COMMA) && is_digit(far)
}

/// Whether a folded code is a digit from 0 to 9.
pub fn is_digit(code: u16) -> bool {
    u8::try_from(code).is_ok_and(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::codes;

    /// Whether `word` is cut out of a figure between what stands around it.
    fn cut(before: &str, word: &str, behind: &str) -> bool {
        let near =
            |codes: &mut dyn Iterator<Item = u16>| [0, 0].map(|none| codes.next().unwrap_or(none));
        Figures::of(&codes(word)).are_cut(
            || near(&mut codes(before).into_iter().rev()),
            || near(&mut codes(behind).into_iter()),
        )
    }

    #[test]
    fn a_figure_goes_on_with_digits_and_across_points_and_commas() {
        assert!(cut("接待游客1", "10万人次", ""));
        assert!(cut("38.", "33万", "人"));
        assert!(cut("1,", "266", "家"));
        assert!(cut("", "2.0", "5万家"));
        assert!(cut("", "1", ".5亿"));
    }

    #[test]
    fn a_whole_figure_is_not_cut() {
        assert!(!cut("创客", "10万人次", "。"));
        assert!(!cut("工业", "4.0", ""));
        assert!(!cut("2016", "年", "12月"));
        assert!(!cut("达到93%，", "8天", ""));
        assert!(!cut("", "120", "，其中"));
    }
}
