//! Characters of a word that stand scattered in a title or a name: the last
//! resort, by nucleo.
//!
//! nucleo scores any subsequence, and in Chinese most of them are noise: 审批 in
//! 审核后报批. So a match counts only where it stands in few pieces close
//! together, 五王|大赛 in 五王才艺大赛.

use nucleo::{Config, Matcher, Utf32Str};

/// The least characters that a word must have: two that stand apart are chance.
pub const LEAST: usize = 3;

/// Finds scattered words; keeps the memory that nucleo works in.
#[derive(Debug)]
pub struct Scatter {
    word: Vec<u16>,
    /// Made when it is first needed: few words stand scattered anywhere.
    matcher: Option<Matcher>,
    needle: Vec<char>,
    haystack: Vec<char>,
    indices: Vec<u32>,
}

impl Scatter {
    /// Makes a word of folded codes ready; `None` where it is too short.
    pub fn new(word: &[u16]) -> Option<Self> {
        (word.len() >= LEAST).then(|| Self {
            word: word.to_vec(),
            matcher: None,
            needle: word.iter().map(|&code| as_char(code)).collect(),
            haystack: Vec::new(),
            indices: Vec::new(),
        })
    }

    /// The characters of the word.
    pub fn codes(&self) -> &[u16] {
        &self.word
    }

    /// The indices in a line of folded codes at which the word stands, in order;
    /// `None` where it does not, or too scattered.
    pub fn find(&mut self, line: impl Iterator<Item = u16>) -> Option<&[u32]> {
        self.haystack.clear();
        self.haystack.extend(line.map(as_char));
        if !is_subsequence(&self.needle, &self.haystack) {
            return None;
        }
        self.indices.clear();
        let haystack = Utf32Str::Unicode(&self.haystack);
        let needle = Utf32Str::Unicode(&self.needle);
        self.matcher.get_or_insert_with(matcher).fuzzy_indices(
            haystack,
            needle,
            &mut self.indices,
        )?;
        is_close(&self.indices).then_some(&*self.indices)
    }
}

fn matcher() -> Matcher {
    let mut config = Config::DEFAULT;
    // Everything is folded already; folding again costs most of the time.
    config.normalize = false;
    config.ignore_case = false;
    config.prefer_prefix = true;
    Matcher::new(config)
}

/// nucleo would find that out too, at ten times the cost.
fn is_subsequence(needle: &[char], haystack: &[char]) -> bool {
    let mut rest = needle.iter();
    let mut wanted = rest.next();
    for c in haystack {
        if wanted == Some(c) {
            wanted = rest.next();
        }
    }
    wanted.is_none()
}

/// Whether the pieces are few for the length of the word and near one another.
fn is_close(indices: &[u32]) -> bool {
    let (Some(first), Some(last)) = (indices.first(), indices.last()) else {
        return false;
    };
    let pieces = 1 + indices
        .windows(2)
        .filter(|pair| pair[1] != pair[0] + 1)
        .count();
    let span = (last - first + 1) as usize;
    pieces <= (indices.len() / 2).max(2) && span <= 3 * indices.len() + 6
}

fn as_char(code: u16) -> char {
    char::from_u32(code.into()).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[track_caller]
    fn check(word: &str, line: &str, expected: Option<&str>) {
        let mut scatter = Scatter::new(&fold::codes(word)).expect("a word that is long enough");
        let codes = fold::codes(line);
        let found = scatter.find(codes.iter().copied()).map(|indices| {
            let characters: Vec<char> = line.chars().collect();
            indices
                .iter()
                .map(|&i| characters[i as usize])
                .collect::<String>()
        });
        assert_eq!(found.as_deref(), expected, "{word} in {line}");
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

    #[test]
    fn a_short_word_is_not_looked_for() {
        assert!(Scatter::new(&fold::codes("院港")).is_none());
    }
}
