//! Which characters are adjacent, in a library and in one text.
//!
//! A word can only occur where all its pairs of adjacent characters do. For the whole library, the
//! pairs limit what a spelled word may mean (海水 and 水稻 for haishuidao, but not 害水), and rule
//! out most mistyped words, without reading any text. For one text, a signature of a few hundred
//! bytes rules out most words. Both may err on the side of yes: pairs share bits by chance.

/// Mixes two adjacent characters. All sets of pairs use some of these bits.
#[inline]
pub fn mix(a: u16, b: u16) -> u32 {
    let both = u32::from(a) << 16 | u32::from(b);
    // The golden ratio, as in Fibonacci hashing (Knuth 6.4). The second step moves its well mixed
    // high bits down.
    let mixed = both.wrapping_mul(0x9E37_79B9);
    (mixed ^ mixed >> 15).wrapping_mul(0x85EB_CA6B)
}

/// Code that makes a pair of a single character.
const ALONE: u16 = 0xFFFF;

/// Yields the mixed pairs of a word, or the character of a word that has only one.
pub fn mixed(word: &[u16]) -> impl Iterator<Item = u32> + Clone {
    let alone = match word {
        [code] => Some(mix(*code, ALONE)),
        _ => None,
    };
    let pairs = word.windows(2).map(|pair| mix(pair[0], pair[1]));
    alone.into_iter().chain(pairs)
}

/// The pairs of a library, or of a text as its signature.
#[derive(Clone, Debug, Default)]
pub struct BigramFilter {
    bits: Vec<u64>,
}

impl BigramFilter {
    /// Creates an empty set sized for a text of so many characters, of at most 2 MiB.
    pub fn for_text(characters: usize) -> Self {
        let bits = (16 * characters).clamp(1 << 16, 1 << 24);
        Self {
            bits: vec![0; bits / 64],
        }
    }

    /// Builds the signature of a text, given as codes with zeros between its blocks. Calls `pair`
    /// with every mixed pair.
    pub fn signature(
        text: impl Iterator<Item = u16>,
        length: usize,
        mut pair: impl FnMut(u32),
    ) -> Self {
        // Three bits per character: a word of three characters is wrongly reported in one text of
        // ten.
        let mut signature = Self {
            bits: vec![0; 3 * length / 64 + 1],
        };
        let mut before = 0;
        for code in text {
            if code != 0 {
                signature.insert(mix(code, ALONE));
                if before != 0 {
                    let mixed = mix(before, code);
                    signature.insert(mixed);
                    pair(mixed);
                }
            }
            before = code;
        }
        signature
    }

    #[inline]
    pub fn insert(&mut self, mixed: u32) {
        let (word, bits) = self.place(mixed);
        self.bits[word] |= bits;
    }

    /// Whether the pair may be in the library. One or two of a hundred missing pairs are wrongly
    /// reported; more would give a spelling of two syllables dozens of meanings that occur nowhere.
    #[inline]
    pub fn may_have(&self, mixed: u32) -> bool {
        let (word, bits) = self.place(mixed);
        self.bits[word] & bits == bits
    }

    /// Whether the set may contain a word, given by its mixed pairs.
    #[inline]
    pub fn may_have_all(&self, word: impl IntoIterator<Item = u32>) -> bool {
        word.into_iter().all(|mixed| self.may_have(mixed))
    }

    /// Adds another set that was made for the same number of characters.
    pub fn join(&mut self, other: &Self) {
        let both = self.bits.iter_mut().zip(&other.bits);
        both.for_each(|(bits, other)| *bits |= other);
    }

    /// Returns two bits of one word, so that a lookup costs one memory access. The high bits select
    /// the word (Lemire, Fast random integer generation in an interval, 2019).
    #[inline]
    fn place(&self, mixed: u32) -> (usize, u64) {
        let word = ((u64::from(mixed) * self.bits.len() as u64) >> 32) as usize;
        (word, 1 << (mixed & 63) | 1 << (mixed >> 6 & 63))
    }

    /// Returns the memory used by the set, in bytes.
    pub fn bytes(&self) -> usize {
        8 * self.bits.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::codes;
    use proptest::prelude::*;

    #[test]
    fn a_word_that_stands_in_a_text_is_in_its_signature() {
        let text = codes("创新实行街长制\0加强城市精细化管理");
        let mut pairs = BigramFilter::for_text(text.len());
        let insert = |mixed| pairs.insert(mixed);
        let signature = BigramFilter::signature(text.iter().copied(), text.len(), insert);
        for word in ["街长制", "长", "精细化管理"] {
            assert!(signature.may_have_all(mixed(&codes(word))), "{word}");
        }
        assert!(mixed(&codes("街长制")).all(|mixed| pairs.may_have(mixed)));
    }

    #[test]
    fn few_pairs_are_wrongly_taken_to_be_in_a_library() {
        let mut pairs = BigramFilter::for_text(20_000);
        let text = |n: u32| (0x4E00 + n % 3_000) as u16;
        (0..20_000).for_each(|n: u32| pairs.insert(mix(text(n * 7), text(n * 13))));
        let others = (0..20_000_u32).map(|n| mix(text(n * 7), text(n * 13) + 3_000));
        assert!(others.filter(|&mixed| pairs.may_have(mixed)).count() < 400);
    }

    #[test]
    fn most_other_words_are_not() {
        let text = codes(&"创新实行街长制加强城市精细化管理".repeat(3));
        let signature = BigramFilter::signature(text.iter().copied(), text.len(), |_| {});
        let others = [
            "海水稻",
            "审批",
            "医共体",
            "公积金",
            "财富管理",
            "军民融合",
            "养老服务",
        ];
        let wrong = others
            .iter()
            .filter(|word| signature.may_have_all(mixed(&codes(word))));
        assert!(wrong.count() <= 2);
    }

    proptest! {
        #[test]
        fn no_word_of_a_text_is_missed(text in "[一-龟a-z，]{2,80}", at in 0_usize..80, length in 1_usize..8) {
            let text = codes(&text);
            let start = at % text.len();
            let word = &text[start..text.len().min(start + length)];
            let mut pairs = BigramFilter::for_text(text.len());
            let insert = |mixed| pairs.insert(mixed);
            let signature = BigramFilter::signature(text.iter().copied(), text.len(), insert);
            prop_assert!(signature.may_have_all(mixed(word)));
            prop_assert!(word.len() == 1 || mixed(word).all(|mixed| pairs.may_have(mixed)));
        }
    }
}
