//! Showing a text in Simplified or Traditional characters.

use std::borrow::Cow;

use super::fold::fold;

/// In which script text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Script {
    /// As the document has it.
    #[default]
    Original,
    Simplified,
    Traditional,
}

impl Script {
    /// Converts `text`; the result has as many characters as `text`, so that
    /// character indices stay true.
    pub fn show<'a>(self, text: &'a str) -> Cow<'a, str> {
        match self {
            Self::Simplified => to_simplified(text),
            Self::Original | Self::Traditional => Cow::Borrowed(text),
        }
    }
}

include!(concat!(env!("OUT_DIR"), "/kept.rs"));

/// Shows a text in Simplified characters, one for one, so that it keeps its
/// length in characters; for titles, lists and data, where speed counts.
///
/// It is the fold of a search without what only a search may do: marks, width
/// and case stay, and so do characters that a text may mean as they are. 著 and 乾
/// depend on their neighbours: 著力 becomes 着力, 著名 stays; 乾隆 stays.
pub fn to_simplified(text: &str) -> Cow<'_, str> {
    let Some((start, _)) = text.char_indices().find(|&(_, c)| may_change(c)) else {
        return Cow::Borrowed(text);
    };
    let (head, tail) = text.split_at(start);
    let mut shown = String::with_capacity(text.len());
    shown.push_str(head);
    let mut before = head.chars().next_back();
    let mut chars = tail.chars().peekable();
    while let Some(c) = chars.next() {
        shown.push(simplified(before, c, chars.peek().copied()));
        before = Some(c);
    }
    Cow::Owned(shown)
}

fn may_change(c: char) -> bool {
    let is_han = matches!(c, '\u{3400}'..='\u{9FFF}');
    is_han && fold(c) != c && (c == '著' || KEPT.binary_search(&(c as u16)).is_err())
}

fn simplified(before: Option<char>, c: char, after: Option<char>) -> char {
    let stands = |list: &str, c: Option<char>| c.is_some_and(|c| list.contains(c));
    match c {
        '著' if stands("名作者述称稱书書录錄有", after) => c,
        '著' if stands("显顯专專名原编編卓昭土论論巨遗遺合译譯撰", before) => {
            c
        }
        '著' => '着',
        '乾' if stands("隆坤陵清县縣元安嘉", after) => c,
        _ if may_change(c) => fold(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_text_is_shown_in_simplified_characters() {
        assert_eq!(to_simplified("開啟基層治理e時代"), "开启基层治理e时代");
        assert_eq!(to_simplified("爭列“瑯琊榜”"), "争列“琅琊榜”");
    }

    #[test]
    fn simplified_text_is_borrowed() {
        for text in ["什么都在这里，覆盖面", "BIM（建筑信息模型）", ""] {
            assert!(matches!(to_simplified(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn marks_width_and_case_stay() {
        assert_eq!(to_simplified("《臺Ａ》　“網＋”"), "《台Ａ》　“网＋”");
    }

    #[test]
    fn a_character_that_the_text_may_mean_stays() {
        assert_eq!(
            to_simplified("著名、顯著、著力、跟著"),
            "著名、显著、着力、跟着"
        );
        assert_eq!(to_simplified("乾隆與乾燥"), "乾隆与干燥");
        assert_eq!(to_simplified("瞭望與覆蓋"), "瞭望与覆盖");
    }
}

/// `text` in Simplified characters, one character for one, so that character
/// indices stay true.
pub fn to_simplified(text: &str) -> Cow<'_, str> {
    let converted = hanconv::t2s(text).replace('瑯', "琅");
    if converted == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(converted)
    }
}
