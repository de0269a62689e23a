//! In which order cases are listed.

use super::words::Label;
use crate::corpus::{CaseIndex, Corpus};
use crate::search::Hit;
use crate::text::fold;
use crate::text::pinyin;

/// An order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// By how well cases match the query; without one, the reading order.
    #[default]
    Best,
    /// As the documents have them.
    Reading,
    /// By year, the latest first; cases without a year come last.
    Newest,
    /// By year, the earliest first; cases without a year come last.
    Oldest,
    /// By the pinyin of the title.
    Title,
    /// By the length of the text, the longest first.
    Length,
}

impl Order {
    /// Every order, as they are offered.
    pub const ALL: [Self; 6] = [
        Self::Best,
        Self::Reading,
        Self::Newest,
        Self::Oldest,
        Self::Title,
        Self::Length,
    ];

    /// Its name for programs and in the state file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Reading => "reading",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Title => "title",
            Self::Length => "length",
        }
    }

    /// The order of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }

    /// Its name for people.
    pub fn label(self) -> Label {
        match self {
            Self::Best => Label("匹配程度", "best match"),
            Self::Reading => Label("原书次序", "reading order"),
            Self::Newest => Label("年度从新到旧", "newest first"),
            Self::Oldest => Label("年度从旧到新", "oldest first"),
            Self::Title => Label("标题拼音", "title"),
            Self::Length => Label("篇幅从长到短", "longest first"),
        }
    }

    /// Whether cases of the same year and category follow one another, so that they
    /// can stand below one heading.
    pub fn keeps_runs(self) -> bool {
        !matches!(self, Self::Title | Self::Length)
    }

    /// Hits that came best first, in this order, and the rank of each; no ranks where
    /// the order is the same. Weaker tiers of hits stay below stronger ones.
    pub fn sorted(self, hits: Vec<Hit>, corpus: &Corpus) -> (Vec<Hit>, Vec<u32>) {
        if self == Self::Best {
            return (hits, Vec::new());
        }
        let mut ranked: Vec<(u32, Hit)> = (0..).zip(hits).collect();
        ranked.sort_by_cached_key(|(_, hit)| (hit.tier, self.key(hit.case, corpus), hit.case));
        let (ranks, hits) = ranked.into_iter().unzip();
        (hits, ranks)
    }

    fn key(self, index: CaseIndex, corpus: &Corpus) -> Key {
        let case = corpus.get(index).case;
        let year = case.year.map(i64::from);
        match self {
            Self::Best | Self::Reading => Key::default(),
            Self::Newest => Key::number(year.map_or(1, |year| -year)),
            Self::Oldest => Key::number(year.unwrap_or(i64::MAX)),
            Self::Title => Key {
                text: title(index, corpus),
                ..Key::default()
            },
            Self::Length => {
                let bytes = case.blocks.iter().map(|block| block.range.bytes().len());
                Key::number(-(bytes.sum::<usize>() as i64))
            }
        }
    }
}

/// What cases are sorted by.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    number: i64,
    text: String,
}

impl Key {
    fn number(number: i64) -> Self {
        Self {
            number,
            text: String::new(),
        }
    }
}

/// What a title is sorted by: the pinyin of each Han followed by the character, so
/// that like-sounding ones stay apart; letters and figures as they are, in lower case;
/// nothing for other signs.
fn title(case: CaseIndex, corpus: &Corpus) -> String {
    let title = corpus.get(case).title();
    let mut key = String::new();
    for (c, code) in title.chars().zip(fold::codes(&title)) {
        if let Some(reading) = pinyin::readings(code).next() {
            key += reading.name();
            key.push(' ');
            key.push(c);
        } else if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_has_a_name_by_which_it_is_found() {
        for order in Order::ALL {
            assert_eq!(Order::named(order.name()), Some(order));
        }
        assert_eq!(Order::named("random"), None);
    }
}
