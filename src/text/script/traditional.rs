//! Simplified to Traditional by phrases.
//!
//! Data and method are OpenCC's (`s2tw`: the longest phrase first, then single
//! characters, then the forms that are standard in Taiwan, 為 裡 眾, which are
//! also those of the Traditional documents here). hanconv carries the data and
//! has a converter of its own, but that takes 30 ms and 25 MB to load; the
//! phrases are sorted, so they are looked up where they stand.

use std::borrow::Cow;
use std::sync::LazyLock;

use hanconv::RawDictionary;

/// Converts what is Simplified in `text`. Phrases are looked up in the text's
/// Simplified form, so that they are found in mixed text; a character that is
/// not Simplified stays.
pub(super) fn show(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let simplified = super::to_simplified(text);
    let converted = DICTIONARY.convert(&simplified);
    let mut shown = String::with_capacity(text.len());
    for ((old, simple), new) in text.chars().zip(simplified.chars()).zip(converted.chars()) {
        shown.push(if old == simple { new } else { old });
    }
    Cow::Owned(shown)
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(Dictionary::load);

struct Dictionary {
    /// The first two characters of every phrase, sorted, packed so that a
    /// look-up stays in few cache lines.
    starts: Vec<u64>,
    /// Simplified phrase and its Traditional form of as many characters, in the
    /// order of `starts`.
    phrases: Vec<(&'static str, &'static str)>,
    /// Where the phrases with a first character begin, by its distance from
    /// [`FIRST_HAN`].
    by_first: Vec<u32>,
    /// Sorted by the first.
    characters: Vec<(char, char)>,
    /// Sorted by the first.
    variants: Vec<(char, char)>,
}

const FIRST_HAN: char = '\u{3400}';
const LAST_HAN: char = '\u{9FFF}';

impl Dictionary {
    fn load() -> Self {
        let mut phrases: Vec<_> = RawDictionary::STPhrases
            .iter()
            .filter(|(from, to)| from.chars().count() == to.chars().count())
            .filter_map(|(from, to)| Some((start_of(from)?, from, to)))
            .collect();
        phrases.sort_unstable();
        let starts: Vec<u64> = phrases.iter().map(|&(start, ..)| start).collect();
        let mut by_first = Vec::new();
        let mut next = 0;
        for first in FIRST_HAN..='\u{A000}' {
            while starts
                .get(next)
                .is_some_and(|&start| start < pack(first, '\0'))
            {
                next += 1;
            }
            by_first.push(next as u32);
        }
        Self {
            starts,
            phrases: phrases
                .into_iter()
                .map(|(_, from, to)| (from, to))
                .collect(),
            by_first,
            characters: pairs(RawDictionary::STCharacters),
            variants: pairs(RawDictionary::TWVariants),
        }
    }

    /// Converts a Simplified text; the result has as many characters.
    fn convert(&self, text: &str) -> String {
        let mut converted = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if let Some((phrase, traditional)) = self.longest(rest) {
                converted.extend(traditional.chars().map(|c| look_up(&self.variants, c)));
                rest = &rest[phrase.len()..];
            } else {
                let traditional = look_up(&self.characters, first);
                converted.push(look_up(&self.variants, traditional));
                rest = &rest[first.len_utf8()..];
            }
        }
        converted
    }

    /// The longest phrase with which `text` starts.
    fn longest(&self, text: &str) -> Option<(&'static str, &'static str)> {
        let first = text.chars().next()?;
        if !(FIRST_HAN..=LAST_HAN).contains(&first) {
            return None;
        }
        let index = (first as u32 - FIRST_HAN as u32) as usize;
        let all = self.by_first[index] as usize..self.by_first[index + 1] as usize;
        let start = start_of(text)?;
        let from = all.start + self.starts[all.clone()].partition_point(|&other| other < start);
        let alike = self.starts[from..all.end]
            .iter()
            .take_while(|&&other| other == start);
        let candidates = &self.phrases[from..from + alike.count()];
        candidates
            .iter()
            .filter(|(phrase, _)| text.starts_with(phrase))
            .max_by_key(|(phrase, _)| phrase.len())
            .copied()
    }
}

/// The first two characters as one number; `None` for fewer.
fn start_of(text: &str) -> Option<u64> {
    let mut chars = text.chars();
    Some(pack(chars.next()?, chars.next()?))
}

fn pack(first: char, second: char) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

fn pairs(dictionary: RawDictionary) -> Vec<(char, char)> {
    let one = |text: &str| text.chars().next();
    let mut pairs: Vec<_> = dictionary
        .iter()
        .filter_map(|(from, to)| one(from).zip(one(to)))
        .collect();
    pairs.sort_unstable();
    pairs
}

fn look_up(pairs: &[(char, char)], c: char) -> char {
    match pairs.binary_search_by_key(&c, |&(from, _)| from) {
        Ok(index) => pairs[index].1,
        Err(_) => c,
    }
}
