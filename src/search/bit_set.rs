//! A set of small numbers, one bit each: cases of a corpus, codes of characters.

use std::iter;

/// Some of the numbers below a limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BitSet {
    bits: Vec<u64>,
    limit: usize,
}

impl BitSet {
    pub fn none(limit: usize) -> Self {
        let bits = vec![0; limit.div_ceil(64)];
        Self { bits, limit }
    }

    pub fn all(limit: usize) -> Self {
        Self::with(limit, 0..limit)
    }

    /// These numbers; those that are not below the limit are passed over.
    pub fn with(limit: usize, numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::none(limit);
        let numbers = numbers.into_iter().filter(|&number| number < limit);
        numbers.for_each(|number| set.insert(number));
        set
    }

    #[inline]
    pub fn insert(&mut self, number: usize) {
        self.bits[number / 64] |= 1 << (number % 64);
    }

    #[inline]
    pub fn contains(&self, number: usize) -> bool {
        self.bits[number / 64] >> (number % 64) & 1 == 1
    }

    /// Keeps only what `other` has too.
    pub fn keep(&mut self, other: &Self) {
        let both = self.bits.iter_mut().zip(&other.bits);
        both.for_each(|(bits, other)| *bits &= other);
    }

    /// Takes out what `other` has.
    pub fn remove(&mut self, other: &Self) {
        let both = self.bits.iter_mut().zip(&other.bits);
        both.for_each(|(bits, other)| *bits &= !other);
    }

    /// Adds what `other` has.
    pub fn join(&mut self, other: &Self) {
        let both = self.bits.iter_mut().zip(&other.bits);
        both.for_each(|(bits, other)| *bits |= other);
    }

    /// Whether any number is in both.
    pub fn meets(&self, other: &Self) -> bool {
        let mut both = self.bits.iter().zip(&other.bits);
        both.any(|(bits, other)| bits & other != 0)
    }

    pub fn count(&self) -> usize {
        let counts = self.bits.iter().map(|bits| bits.count_ones() as usize);
        counts.sum()
    }

    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|&bits| bits == 0)
    }

    /// Whether every number below the limit is in the set.
    pub fn is_all(&self) -> bool {
        self.count() == self.limit
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.bits.iter().enumerate().flat_map(|(word, &bits)| {
            let rest = iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)));
            let rest = rest.take_while(|&bits| bits != 0);
            rest.map(move |bits| 64 * word + bits.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(set: &BitSet) -> Vec<usize> {
        set.iter().collect()
    }

    #[test]
    fn a_set_has_its_numbers_in_order() {
        let mut set = BitSet::with(200, (0..200).filter(|n| n % 63 == 0));
        assert_eq!(numbers(&set), [0, 63, 126, 189]);
        set.keep(&BitSet::with(200, 101..200));
        assert_eq!(numbers(&set), [126, 189]);
        set.remove(&BitSet::with(200, [126]));
        assert_eq!((set.count(), set.contains(189)), (1, true));
    }

    #[test]
    fn numbers_on_both_sides_of_a_border_of_words_are_kept_apart() {
        let borders = [0, 1, 63, 64, 127, 128, 191, 192, 199];
        let set = BitSet::with(200, borders.into_iter().chain([200, 1000]));
        assert_eq!(numbers(&set), borders);
    }

    #[test]
    fn sets_that_are_joined_have_what_either_has() {
        let mut set = BitSet::with(200, [5, 63, 64]);
        set.join(&BitSet::with(200, [0, 63, 199]));
        assert_eq!(numbers(&set), [0, 5, 63, 64, 199]);
        set.join(&BitSet::all(200));
        assert_eq!(set, BitSet::all(200));
    }

    #[test]
    fn all_numbers_are_no_more_than_there_are() {
        for limit in [0, 1, 64, 94, 128] {
            assert_eq!(BitSet::all(limit).count(), limit);
            assert!(BitSet::all(limit).is_all());
        }
    }
}
