//! An entry of a list: its number, its title, and the bodies that some lists name
//! after it. `forms.rs` has the other places of bodies.
//!
//! | entry | bodies |
//! |---|---|
//! | `3．创新小型水库“以大带小”管护模式（沙洲县人民政府）` | in the last brackets |
//! | `1.开展残疾人辅具"以旧换新"(市民政局)(市残联)` | in the last brackets, and those before |
//! | `1.南屏市推广不动产登记与水电气联动过户。` | none |

use std::ops::Range;

use super::headings::{self, Numbering};
use super::orgs::Names;

/// How the entries of a list are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// `1.`, `1．`, `1、`, `１．`
    Digits,
    /// `（1）`, `【1】`
    BracketedDigits,
    /// `①`, `⑴`, `⒈`
    Circled,
    /// `（一）`
    Bracketed,
    /// `01 `
    Spaced,
    /// `案例1：`, `案例一 `
    Labelled,
    /// `一、`
    Chinese,
}

/// The number of an entry, which must be `expected`, and where its text begins: the
/// byte after the number. A digit may follow the dot, as in `2．12345热线`, for the
/// number is known.
pub(super) fn numbered(text: &str, count: Count, expected: u32) -> Option<usize> {
    let rest = match count {
        Count::Digits => {
            let rest = digits(text, expected)?;
            rest.strip_prefix(['.', '．', '、', '）', ')', '﹒'])?
        }
        Count::BracketedDigits => {
            let rest = text.strip_prefix(['（', '(', '【', '[', '〔'])?;
            digits(rest, expected)?.strip_prefix(['）', ')', '】', ']', '〕'])?
        }
        Count::Circled => {
            let mark = |first: u32| char::from_u32(first + expected.checked_sub(1)?);
            let marks = [0x2460, 0x2474, 0x2488].into_iter().filter_map(mark);
            let mut rests = marks.filter_map(|mark| text.strip_prefix(mark));
            rests.next().filter(|_| expected <= 20)?
        }
        Count::Spaced => {
            let rest = digits(text, expected)?;
            let is_word = |c: char| c.is_alphabetic() || "“‘《「『\"".contains(c);
            let words = rest.trim_start();
            (words.len() < rest.len() && words.starts_with(is_word)).then_some(words)?
        }
        Count::Labelled => {
            let rest = text.strip_prefix("案例")?.trim_start();
            let (_, _, rest) = headings::number(rest).filter(|found| found.0 == expected)?;
            rest.strip_prefix(|c: char| c.is_whitespace() || "：:.．、".contains(c))?
        }
        Count::Bracketed | Count::Chinese => {
            let numbering = match count {
                Count::Bracketed => Numbering::Bracketed,
                _ => Numbering::Chinese,
            };
            let mark = headings::mark(text)?;
            if mark.numbering != numbering || mark.number != expected {
                return None;
            }
            return Some(mark.bytes);
        }
    };
    let rest = rest.trim_start();
    (!rest.is_empty()).then(|| text.len() - rest.len())
}

/// Every way of counting, in the order in which it is tried.
pub(super) const COUNTS: [Count; 7] = [
    Count::Digits,
    Count::BracketedDigits,
    Count::Circled,
    Count::Bracketed,
    Count::Spaced,
    Count::Labelled,
    Count::Chinese,
];

/// What follows the number `expected`, in digits of either width.
fn digits(text: &str, expected: u32) -> Option<&str> {
    let mut number = 0;
    let mut length = 0;
    for c in text.chars().take(4) {
        let wide = (c as u32)
            .checked_sub('０' as u32)
            .filter(|value| *value < 10);
        let Some(value) = c.to_digit(10).or(wide) else {
            break;
        };
        number = number * 10 + value;
        length += c.len_utf8();
    }
    (length > 0 && number == expected).then_some(&text[length..])
}

/// Title and bodies of an entry, in bytes of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub title: Range<usize>,
    /// One for each bracket; none where the entry names no body.
    pub orgs: Vec<Range<usize>>,
}

/// The last brackets of a text that ends in some: where they open, and what is
/// inside. Brackets may contain brackets.
pub(super) fn last_brackets(text: &str) -> Option<(usize, Range<usize>)> {
    let close = text.char_indices().next_back()?;
    if !matches!(close.1, ')' | '）') {
        return None;
    }
    let mut depth = 0;
    for (at, c) in text.char_indices().rev().take(200) {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((at, at + c.len_utf8()..close.0));
        }
    }
    None
}

/// Parts the text of an entry from the byte `start` on, bodies in brackets.
pub(super) fn in_brackets(text: &str, start: usize, names: &Names) -> Option<Parts> {
    let mut end = text.len();
    let mut orgs = Vec::new();
    while let Some((open, inside)) = last_brackets(text[..end].trim_end()) {
        if open <= start || !names.are_orgs(text[inside.clone()].trim()) {
            break;
        }
        orgs.insert(0, inside);
        end = open;
    }
    let title = trimmed(text, start..end);
    let is_title = !title.is_empty() && !text[title.clone()].ends_with(['。', '；', ';']);
    (!orgs.is_empty() && is_title).then_some(Parts { title, orgs })
}

/// A range of a text without white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Letters and digits alone: what titles are compared by.
pub(super) fn letters(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, found: Option<Parts>) -> Option<(&str, Vec<&str>)> {
        let found = found?;
        let orgs = found.orgs.into_iter().map(|org| &text[org]);
        Some((&text[found.title], orgs.collect()))
    }

    #[test]
    fn the_next_number_is_read_whatever_follows_it() {
        assert_eq!(numbered("6．5G专网", Count::Digits, 6), Some(4));
        assert_eq!(numbered("2．12345热线", Count::Digits, 2), Some(4));
        assert_eq!(numbered("2．12345热线", Count::Digits, 3), None);
        assert_eq!(numbered("（3）题", Count::BracketedDigits, 3), Some(7));
        assert_eq!(numbered("③题", Count::Circled, 3), Some(3));
        assert_eq!(numbered("4.", Count::Digits, 4), None);
        assert_eq!(numbered("１２．题", Count::Digits, 12), Some(9));
        assert_eq!(numbered("⒊题", Count::Circled, 3), Some(3));
        assert_eq!(numbered("【3】题", Count::BracketedDigits, 3), Some(7));
        assert_eq!(numbered("03 题", Count::Spaced, 3), Some(3));
        assert_eq!(numbered("3 120", Count::Spaced, 3), None);
        assert_eq!(numbered("案例三：题", Count::Labelled, 3), Some(12));
    }

    #[test]
    fn bodies_are_in_the_last_brackets_of_their_own() {
        let names = Names::default();
        let text = "3.发放就业券(第二批) 稳定就业(湖心区政府)";
        assert_eq!(
            parts(text, in_brackets(text, 2, &names)),
            Some(("发放就业券(第二批) 稳定就业", vec!["湖心区政府"]))
        );
        let text = "打造模式(综合保税区(空港片区)管委)";
        assert_eq!(
            parts(text, in_brackets(text, 0, &names)),
            Some(("打造模式", vec!["综合保税区(空港片区)管委"]))
        );
        let text = "以旧换新(市民政局)(市残联)";
        assert_eq!(
            parts(text, in_brackets(text, 0, &names)),
            Some(("以旧换新", vec!["市民政局", "市残联"]))
        );
        let text = "鼓励开店，简化证照办理。（省市场监管局）";
        assert_eq!(in_brackets(text, 0, &names), None);
    }
}
