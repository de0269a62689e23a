//! Characters of a word that are scattered in a title or a name: the last resort, by nucleo.
//!
//! nucleo scores any subsequence, and in Chinese most of them are noise: 审批 in 审核后报批. So a
//! match counts only if it is in few pieces close together, 五王|大赛 in 五王才艺大赛.

use std::cell::RefCell;

use nucleo::{Config, Matcher, Utf32Str};

thread_local! {
    /// Working memory of nucleo, created on first use, since few words are scattered.
    static MATCHER: RefCell<Option<Matcher>> = const { RefCell::new(None) };
}

/// Returns the indices of a word's characters in a line of folded codes, in order; empty if they do
/// not occur, or are too scattered.
pub fn find(word: &[u16], line: impl Iterator<Item = u16> + Clone) -> Vec<usize> {
    let as_char = |code: u16| char::from_u32(code.into()).unwrap_or(char::REPLACEMENT_CHARACTER);
    // nucleo would notice that too, at ten times the cost.
    let mut rest = line.clone();
    if !word.iter().all(|&code| rest.any(|known| known == code)) {
        return Vec::new();
    }
    let needle: Vec<char> = word.iter().copied().map(as_char).collect();
    let haystack: Vec<char> = line.map(as_char).collect();
    let mut indices = Vec::new();
    MATCHER.with_borrow_mut(|matcher| {
        matcher.get_or_insert_with(new_matcher).fuzzy_indices(
            Utf32Str::Unicode(&haystack),
            Utf32Str::Unicode(&needle),
            &mut indices,
        )
    });
    if is_close(&indices) {
        indices.into_iter().map(|index| index as usize).collect()
    } else {
        Vec::new()
    }
}

fn new_matcher() -> Matcher {
    let mut config = Config::DEFAULT;
    // Everything is folded already; folding again costs most of the time.
    config.normalize = false;
    config.ignore_case = false;
    config.prefer_prefix = true;
    Matcher::new(config)
}

/// Whether the pieces are few for the length of the word, and close together.
fn is_close(indices: &[u32]) -> bool {
    let (Some(first), Some(last)) = (indices.first(), indices.last()) else {
        return false;
    };
    let gaps = indices.windows(2).filter(|pair| pair[1] != pair[0] + 1);
    let pieces = 1 + gaps.count();
    let span = (last - first + 1) as usize;
    pieces <= (indices.len() / 2).max(2) && span <= 3 * indices.len() + 6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[track_caller]
    fn check(word: &str, line: &str, expected: Option<&str>) {
        let codes = fold::codes(line);
        let characters: Vec<char> = line.chars().collect();
        let found: String = find(&fold::codes(word), codes.iter().copied())
            .into_iter()
            .map(|index| characters[index])
            .collect();
        assert_eq!(found, expected.unwrap_or_default(), "{word} in {line}");
    }

    #[test]
    fn few_pieces_close_together_count() {
        check("五王大赛", "青岛市市民五王才艺大赛", Some("五王大赛"));
        check(
            "农村供水工程",
            "农村规模化供水工程建设与管理",
            Some("农村供水工程"),
        );
        check(
            "工商电子化",
            "实施工商登记全程电子化改革",
            Some("工商电子化"),
        );
        check(
            "莱西莱阳先行区",
            "建设萊西萊陽一体化发展先行区",
            Some("萊西萊陽先行区"),
        );
    }

    #[test]
    fn many_pieces_or_far_ones_do_not() {
        check("创建新模式", "创新推行建设用地新型模块方式", None);
        check(
            "创新港",
            "创新推行混合用地模式提高土地集约高效利用水平建设国际院士港",
            None,
        );
        check("五王大赛", "五大王才赛艺", None);
    }
}
