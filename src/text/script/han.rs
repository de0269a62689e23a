//! Han and words in a text that is converted, as characters.

pub(super) const FIRST_HAN: u16 = 0x3400;
pub(super) const LAST_HAN: u16 = 0x9FFF;

pub(super) fn is_han(c: char) -> bool {
    (u32::from(FIRST_HAN)..=u32::from(LAST_HAN)).contains(&u32::from(c))
}

pub(super) const NUMERALS: &str = "一二三四五六七八九十百千万两几";

pub(super) fn starts_with_word(text: &[char], word: &str) -> bool {
    word.chars()
        .eq(text.iter().copied().take(word.chars().count()))
}
