//! Orders of the list.

use super::words::{Label, provenance};
use super::work::Measures;
use crate::case::CaseRef;
use crate::corpus::{CaseIndex, Corpus};
use crate::evidence::Criterion;
use crate::search::Hit;
use crate::text::fold;
use crate::text::pinyin;

/// An order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// By match quality; without a query, the reading order.
    #[default]
    Best,
    /// In the order of the documents.
    Reading,
    /// By year, or by date for documents, the latest first. Undated entries come last.
    Newest,
    /// By year, or by date for documents, the earliest first. Undated entries come last.
    Oldest,
    /// By the document's name.
    Name,
    /// By the title's pinyin.
    Title,
    /// By text length, the longest first.
    Length,
    /// By number of sentences with a claim for a criterion, or for any criterion if `None`; the
    /// highest first.
    Claims(Option<Criterion>),
}

impl Order {
    /// Every order, as offered.
    pub const ALL: [Self; 12] = [
        Self::Best,
        Self::Reading,
        Self::Newest,
        Self::Oldest,
        Self::Name,
        Self::Title,
        Self::Length,
        Self::Claims(None),
        Self::Claims(Some(Criterion::Innovation)),
        Self::Claims(Some(Criterion::Leadership)),
        Self::Claims(Some(Criterion::Effect)),
        Self::Claims(Some(Criterion::Spread)),
    ];

    /// Returns the name for programs and the state file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Reading => "reading",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Name => "name",
            Self::Title => "title",
            Self::Length => "length",
            Self::Claims(None) => "evidence",
            Self::Claims(Some(criterion)) => criterion.name(),
        }
    }

    /// Returns the order with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }

    /// Returns the name for people.
    pub fn label(self) -> Label {
        match self {
            Self::Best => Label("匹配程度", "best match"),
            Self::Reading => Label("原书次序", "reading order"),
            Self::Newest => Label("时间从新到旧", "newest first"),
            Self::Oldest => Label("时间从旧到新", "oldest first"),
            Self::Name => Label("文件名", "file name"),
            Self::Title => Label("标题拼音", "title"),
            Self::Length => Label("篇幅从长到短", "longest first"),
            Self::Claims(None) => Label("评审依据从多到少", "most evidence"),
            Self::Claims(Some(Criterion::Innovation)) => {
                Label("创新性依据从多到少", "most for innovation")
            }
            Self::Claims(Some(Criterion::Leadership)) => {
                Label("领先性依据从多到少", "most for leadership")
            }
            Self::Claims(Some(Criterion::Effect)) => Label("实效性依据从多到少", "most for effect"),
            Self::Claims(Some(Criterion::Spread)) => Label("可推广依据从多到少", "most for spread"),
        }
    }

    /// Whether cases of the same year and category are adjacent, so that they can share a heading.
    pub fn keeps_runs(self) -> bool {
        !matches!(self, Self::Title | Self::Length | Self::Claims(_))
    }

    /// Sorts hits that are given best first. Returns them with the rank of each, or without ranks
    /// if nothing was sorted. Weaker tiers stay below stronger ones. An order that needs `measures`
    /// leaves the hits as they are until those are known.
    pub fn sorted(
        self,
        hits: Vec<Hit>,
        corpus: &Corpus,
        measures: Option<&Measures>,
    ) -> (Vec<Hit>, Vec<u32>) {
        if self == Self::Best || self.is_measured() && measures.is_none() {
            return (hits, Vec::new());
        }
        let mut ranked: Vec<(u32, Hit)> = (0..).zip(hits).collect();
        ranked.sort_by_cached_key(|(_, hit)| {
            (hit.tier, self.key(hit.case, corpus, measures), hit.case)
        });
        let (ranks, hits) = ranked.into_iter().unzip();
        (hits, ranks)
    }

    /// Whether the order needs [`Measures`].
    pub fn is_measured(self) -> bool {
        matches!(self, Self::Claims(_))
    }

    fn key(self, index: CaseIndex, corpus: &Corpus, measures: Option<&Measures>) -> Key {
        let found = corpus.get(index);
        let case = found.case;
        match self {
            Self::Best | Self::Reading => Key::default(),
            Self::Newest => Key::number(day(found).map_or(1, |day| -day)),
            Self::Oldest => Key::number(day(found).unwrap_or(i64::MAX)),
            Self::Name => Key::text(&found.document.name),
            Self::Title => Key::text(&found.title()),
            Self::Length => {
                let bytes = case.blocks.iter().map(|block| block.range.bytes().len());
                Key::number(-(bytes.sum::<usize>() as i64))
            }
            Self::Claims(criterion) => {
                let counts = measures.and_then(|measures| measures.claims.get(index.0 as usize));
                let counted = |criterion| counts.map_or(0, |counts| counts.get(criterion));
                let count = match criterion {
                    Some(criterion) => counted(criterion),
                    None => Criterion::ALL.into_iter().map(counted).sum(),
                };
                Key::number(-i64::from(count))
            }
        }
    }
}

/// A sort key.
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

    /// Builds the sort key of a title or a name. A Han becomes its pinyin followed by the
    /// character, which keeps homophones apart. Letters become lower case, and numbers sort by
    /// value. Other signs are dropped.
    fn text(text: &str) -> Self {
        let mut key = String::new();
        let mut figure = String::new();
        for (c, code) in text.chars().zip(fold::codes(text)) {
            if c.is_ascii_digit() {
                figure.push(c);
                continue;
            }
            push_figure(&mut key, &mut figure);
            if let Some(reading) = pinyin::readings(code).next() {
                key += reading.name();
                key.push(' ');
                key.push(c);
            } else if c.is_alphanumeric() {
                key.extend(c.to_lowercase());
            } else if c == '/' {
                // Keeps the contents of a folder together.
                key.push('\0');
            }
        }
        push_figure(&mut key, &mut figure);
        Self {
            number: 0,
            text: key,
        }
    }
}

/// Appends a number to a sort key, its count of digits first, so that 9 sorts before 10.
fn push_figure(key: &mut String, figure: &mut String) {
    let digits = figure.trim_start_matches('0');
    if !figure.is_empty() {
        // A number longer than any real figure sorts as it is written.
        let length = u8::try_from(digits.len().min(60)).unwrap_or(60);
        key.push(char::from(b'0' + length / 10));
        key.push(char::from(b'0' + length % 10));
        key.push_str(digits);
    }
    figure.clear();
}

/// Returns the date of a document, or the year of a case, as a sortable number.
fn day(case: CaseRef<'_>) -> Option<i64> {
    let date = provenance::date(case)?;
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let mut next = || parts.next().flatten();
    let year = next()?;
    Some(year * 10_000 + next().unwrap_or(0) * 100 + next().unwrap_or(0))
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
