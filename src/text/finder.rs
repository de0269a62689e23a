//! A word of codes looked for among the bytes of others.

use memchr::arch::all::packedpair::HeuristicFrequencyRank;
use memchr::memmem::{self, FinderBuilder};

/// A word, made ready to be looked for.
#[derive(Clone, Debug)]
pub struct Finder(memmem::Finder<'static>);

impl Finder {
    pub fn new(word: &[u16]) -> Self {
        let bytes: Vec<u8> = word.iter().flat_map(|code| code.to_le_bytes()).collect();
        Self(FinderBuilder::new().build_forward_with_ranker_owned(ByteRank, bytes))
    }

    /// The index of the first code in `bytes`, two a code, at which the word begins. Its
    /// bytes may also be found across the border of two codes, which does not count.
    #[inline]
    pub fn find(&self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        loop {
            let found = at + self.0.find(&bytes[at..])?;
            if found % 2 == 0 {
                return Some(found / 2);
            }
            at = found + 1;
        }
    }
}

/// How common a byte is among the two of a code: the rarest bytes of a word are looked for
/// first. Chinese text has high bytes from 30 (marks) and from 4E to 9F (Han), and low
/// bytes of all kinds.
struct ByteRank;

impl HeuristicFrequencyRank for ByteRank {
    fn rank(&self, byte: u8) -> u8 {
        match byte {
            0x00 => 255,
            0x4E..=0x9F => 220,
            0x30 | 0x0C | 0x02 => 200,
            _ => 60,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn bytes_of_two_characters_are_not_taken_for_one() {
        // 丁 is 01 4E and 一 is 00 4E: 丁一 holds the bytes 4E 00 at an odd place.
        let find = |text: &str, word: &str| {
            let finder = Finder::new(&fold::codes(word));
            let codes = fold::codes(text).into_iter();
            finder.find(&codes.flat_map(u16::to_le_bytes).collect::<Vec<_>>())
        };
        assert_eq!(find("丁一一", "N"), None);
        assert_eq!(find("丁一\u{4E00}N\u{14E}", "一"), Some(1));
    }
}
