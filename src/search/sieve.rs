//! A small set of codes that may err on the side of yes.

/// How many bits it has: of the characters of Chinese text, which lie from 4E00 to
/// 9FFF, each has one of its own.
const BITS: usize = 1 << 15;

/// A set of codes, small enough to stay in the nearest cache while line after line is
/// looked at, and to be made for every word. Codes that lie [`BITS`] apart share a bit.
#[derive(Clone, Debug)]
pub struct Sieve {
    bits: Box<[u64; BITS / 64]>,
}

impl Default for Sieve {
    fn default() -> Self {
        Self {
            bits: Box::new([0; BITS / 64]),
        }
    }
}

impl Sieve {
    #[inline]
    pub fn insert(&mut self, code: u16) {
        let (word, bit) = place(code);
        self.bits[word] |= bit;
    }

    /// Whether the set may have a code; `false` is certain.
    #[inline]
    pub fn may_have(&self, code: u16) -> bool {
        let (word, bit) = place(code);
        self.bits[word] & bit != 0
    }
}

#[inline]
fn place(code: u16) -> (usize, u64) {
    let index = usize::from(code) % BITS;
    (index / 64, 1 << (index % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn every_code_that_was_put_in_passes() {
        let mut sieve = Sieve::default();
        let inside = fold::codes("地铁工程BIM");
        inside.iter().for_each(|&code| sieve.insert(code));
        assert!(inside.iter().all(|&code| sieve.may_have(code)));
        let outside = fold::codes("海水稻");
        assert!(!outside.iter().any(|&code| sieve.may_have(code)));
    }
}
