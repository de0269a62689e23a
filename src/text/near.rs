//! Other words for the same thing, from a list of abbreviations, successors, synonyms
//! and Taiwan's words; and words that are related.

use std::sync::LazyLock;

use crate::text::fold;

const LIST: &str = include_str!("../../seeds/near-words.tsv");

/// How two words of the list are near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The same thing: a query for one finds the other as well.
    Same,
    /// Related: where one finds nothing, the other is offered.
    Related,
}

struct Pair {
    kind: Kind,
    words: [&'static str; 2],
    codes: [Vec<u16>; 2],
    /// Whether a query for the first word means the second as well.
    both_ways: bool,
}

static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let rows = LIST.lines().filter(|line| !line.starts_with('#'));
    let rows = rows.filter_map(|line| {
        let (kind, words) = line.split_once('\t')?;
        let (first, second) = words.split_once('\t')?;
        Some(Pair {
            kind: match kind {
                "near" => Kind::Related,
                _ => Kind::Same,
            },
            words: [first, second],
            codes: [first, second].map(fold::codes),
            both_ways: kind != "from",
        })
    });
    rows.collect()
});

/// The words that are near a folded one, in the order of the list.
pub fn words(of: &[u16], kind: Kind) -> impl Iterator<Item = &'static str> {
    let pairs = PAIRS.iter().filter(move |pair| pair.kind == kind);
    pairs.filter_map(move |pair| match () {
        () if pair.codes[1] == of => Some(pair.words[0]),
        () if pair.both_ways && pair.codes[0] == of => Some(pair.words[1]),
        () => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(word: &str, kind: Kind) -> Vec<&'static str> {
        words(&fold::codes(word), kind).collect()
    }

    #[test]
    fn every_row_of_the_list_is_read() {
        let rows = LIST.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(PAIRS.len(), rows);
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            let kind = line.split('\t').next();
            assert!(matches!(kind, Some("same" | "from" | "near")), "{line}");
            assert_eq!(line.split('\t').count(), 3, "{line}");
        }
    }

    #[test]
    fn words_are_near_either_way_but_for_those_of_taiwan() {
        assert!(near("社会保险", Kind::Same).contains(&"社保"));
        assert!(near("社保", Kind::Same).contains(&"社会保险"));
        assert_eq!(near("軟體", Kind::Same), ["软件"]);
        assert_eq!(near("软件", Kind::Same), [""; 0]);
        assert!(near("专利", Kind::Related).contains(&"知识产权"));
        assert_eq!(near("专利", Kind::Same), [""; 0]);
    }
}
