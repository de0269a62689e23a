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
    let mut originals = text.chars().zip(simplified.chars());
    let shown: String = converted
        .chars()
        .zip(originals.by_ref())
        .map(|(new, (old, simple))| if old == simple { new } else { old })
        .collect();
    Cow::Owned(shown)
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(Dictionary::load);

struct Dictionary {
    /// Simplified phrase and its Traditional form, sorted by phrase, both of
    /// as many characters.
    phrases: Vec<(&'static str, &'static str)>,
    /// Sorted by the first.
    characters: Vec<(char, char)>,
    /// Sorted by the first.
    variants: Vec<(char, char)>,
}

impl Dictionary {
    fn load() -> Self {
        let mut phrases: Vec<_> = RawDictionary::STPhrases
            .iter()
            .filter(|(from, to)| from.chars().count() == to.chars().count())
            .collect();
        phrases.sort_unstable();
        Self {
            phrases,
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
        let mut candidates = self.phrases.as_slice();
        let mut longest = None;
        for (start, c) in text.char_indices() {
            let prefix = &text[..start + c.len_utf8()];
            let low = candidates.partition_point(|(phrase, _)| *phrase < prefix);
            candidates = &candidates[low..];
            let high = candidates.partition_point(|(phrase, _)| phrase.starts_with(prefix));
            candidates = &candidates[..high];
            match candidates.first() {
                Some(&first) if first.0 == prefix => longest = Some(first),
                Some(_) => {}
                None => break,
            }
        }
        longest
    }
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
