//! Other words for the same thing, from a list of abbreviations, successors, synonyms and
//! Taiwan's words; and words that are related.

use crate::text::fold;

const LIST: &str = include_str!("../../seeds/near-words.tsv");

/// How two words are near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Synonyms: a query for one finds the other as well.
    Same,
    /// Related: where one finds nothing, the other is offered.
    Related,
}

/// Pairs of words that are near.
#[derive(Clone, Debug)]
pub struct NearWords {
    pairs: Vec<Pair>,
}

#[derive(Clone, Debug)]
struct Pair {
    kind: Kind,
    words: [String; 2],
    codes: [Vec<u16>; 2],
    /// Whether a query for the first word means the second as well.
    both_ways: bool,
}

impl Default for NearWords {
    /// The built-in list: kind, word and word on each line, with a tab between.
    fn default() -> Self {
        let mut near = Self { pairs: Vec::new() };
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let kind = columns.next();
            if let (Some(first), Some(second)) = (columns.next(), columns.next()) {
                near.add(
                    first,
                    second,
                    match kind {
                        Some("near") => Kind::Related,
                        _ => Kind::Same,
                    },
                );
                near.pairs.last_mut().expect("added above").both_ways = kind != Some("from");
            }
        }
        near
    }
}

impl NearWords {
    /// Adds a pair of words that mean each other.
    pub fn add(&mut self, first: &str, second: &str, kind: Kind) {
        self.pairs.push(Pair {
            kind,
            words: [first, second].map(str::to_owned),
            codes: [first, second].map(fold::codes),
            both_ways: true,
        });
    }

    /// The words that are near a folded one, in the order of the list.
    pub fn of<'a>(&'a self, word: &'a [u16], kind: Kind) -> impl Iterator<Item = &'a str> {
        let pairs = self.pairs.iter().filter(move |pair| pair.kind == kind);
        pairs.filter_map(move |pair| {
            let [first, second] = &pair.words;
            if pair.codes[1] == word {
                return Some(&**first);
            }
            (pair.both_ways && pair.codes[0] == word).then_some(&**second)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(word: &str, kind: Kind) -> Vec<String> {
        let (near, word) = (NearWords::default(), fold::codes(word));
        near.of(&word, kind).map(str::to_owned).collect()
    }

    #[test]
    fn every_row_of_the_list_is_read() {
        let rows = LIST.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(NearWords::default().pairs.len(), rows);
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            let kind = line.split('\t').next();
            assert!(matches!(kind, Some("same" | "from" | "near")), "{line}");
            assert_eq!(line.split('\t').count(), 3, "{line}");
        }
    }

    #[test]
    fn words_are_near_either_way_but_for_those_of_taiwan() {
        assert!(near("社会保险", Kind::Same).contains(&"社保".to_owned()));
        assert!(near("社保", Kind::Same).contains(&"社会保险".to_owned()));
        assert_eq!(near("軟體", Kind::Same), ["软件"]);
        assert_eq!(near("软件", Kind::Same), [""; 0]);
        assert!(near("专利", Kind::Related).contains(&"知识产权".to_owned()));
        assert_eq!(near("专利", Kind::Same), [""; 0]);
    }
}
