//! A set of cases, one bit each.

use std::ops::Range;

use super::bits::ones;

/// Some of the cases of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseSet {
    bits: Vec<u64>,
    of: usize,
}

impl CaseSet {
    /// No case out of `of`.
    pub fn none(of: usize) -> Self {
        Self {
            bits: vec![0; of.div_ceil(64)],
            of,
        }
    }

    /// All cases.
    pub fn all(of: usize) -> Self {
        let mut set = Self {
            bits: vec![u64::MAX; of.div_ceil(64)],
            of,
        };
        if let Some(last) = set.bits.last_mut().filter(|_| !of.is_multiple_of(64)) {
            *last = (1 << (of % 64)) - 1;
        }
        set
    }

    /// The cases that pass.
    pub fn of_those(of: usize, mut passes: impl FnMut(usize) -> bool) -> Self {
        let word = |first: usize| {
            let cases = first..of.min(first + 64);
            cases.fold(0, |bits, case| {
                bits | u64::from(passes(case)) << (case % 64)
            })
        };
        Self {
            bits: (0..of).step_by(64).map(word).collect(),
            of,
        }
    }

    pub fn insert(&mut self, case: usize) {
        self.bits[case / 64] |= 1 << (case % 64);
    }

    pub fn contains(&self, case: usize) -> bool {
        self.bits[case / 64] >> (case % 64) & 1 == 1
    }

    /// Keeps only what `other` has too, or, with `excluded`, what it has not.
    pub fn keep(&mut self, other: &Self, excluded: bool) {
        let flip = if excluded { u64::MAX } else { 0 };
        for (bits, other) in self.bits.iter_mut().zip(&other.bits) {
            *bits &= other ^ flip;
        }
    }

    /// Whether any case is in both.
    pub fn meets(&self, other: &Self) -> bool {
        let mut both = self.bits.iter().zip(&other.bits);
        both.any(|(bits, other)| bits & other != 0)
    }

    /// Whether all cases are in `other` too.
    pub fn is_within(&self, other: &Self) -> bool {
        let mut both = self.bits.iter().zip(&other.bits);
        both.all(|(bits, other)| bits & !other == 0)
    }

    /// The bits of the cases in a range that begins at a multiple of 64.
    pub fn words(&self, range: Range<usize>) -> &[u64] {
        debug_assert_eq!(range.start % 64, 0, "a range begins with a word of bits");
        &self.bits[range.start / 64..range.end.div_ceil(64)]
    }

    /// The bits of so many cases at a time, a multiple of 64.
    pub fn chunks_mut(&mut self, cases: usize) -> impl Iterator<Item = &mut [u64]> {
        debug_assert_eq!(cases % 64, 0, "a chunk is whole words of bits");
        self.bits.chunks_mut(cases / 64)
    }

    /// Adds what `other` has.
    pub fn join(&mut self, other: &Self) {
        for (bits, other) in self.bits.iter_mut().zip(&other.bits) {
            *bits |= other;
        }
    }

    pub fn count(&self) -> usize {
        self.bits
            .iter()
            .map(|bits| bits.count_ones() as usize)
            .sum()
    }

    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|&bits| bits == 0)
    }

    /// In reading order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.iter_in(0..self.of)
    }

    /// Those in a range that begins at a multiple of 64, in reading order.
    pub fn iter_in(&self, range: Range<usize>) -> impl Iterator<Item = usize> + use<'_> {
        debug_assert_eq!(range.start % 64, 0, "a range begins with a word of bits");
        let words = range.start / 64..range.end.div_ceil(64);
        let end = range.end;
        let first = words.start;
        let cases = self.bits[words]
            .iter()
            .enumerate()
            .flat_map(move |(word, &bits)| ones(bits).map(move |at| 64 * (first + word) + at));
        cases.take_while(move |&case| case < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_tells_its_cases_in_order() {
        let mut set = CaseSet::of_those(200, |case| case % 63 == 0);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 126, 189]);
        set.keep(&CaseSet::of_those(200, |case| case > 100), false);
        assert_eq!(set.iter().collect::<Vec<_>>(), [126, 189]);
        set.keep(&CaseSet::of_those(200, |case| case == 126), true);
        assert_eq!((set.count(), set.contains(189)), (1, true));
    }

    /// Cases on both sides of every border between words of bits.
    fn at_borders() -> CaseSet {
        let borders = [0, 1, 63, 64, 127, 128, 191, 192, 199];
        CaseSet::of_those(200, |case| borders.contains(&case))
    }

    #[test]
    fn a_range_has_its_first_case_and_not_the_one_behind_its_last() {
        let set = at_borders();
        for (range, expected) in [
            (0..0, &[][..]),
            (0..1, &[0]),
            (0..63, &[0, 1]),
            (0..64, &[0, 1, 63]),
            (0..65, &[0, 1, 63, 64]),
            (64..127, &[64]),
            (64..128, &[64, 127]),
            (64..192, &[64, 127, 128, 191]),
            (128..200, &[128, 191, 192, 199]),
            (192..199, &[192]),
            (192..200, &[192, 199]),
        ] {
            let cases: Vec<usize> = set.iter_in(range.clone()).collect();
            assert_eq!(cases, expected, "{range:?}");
        }
        assert_eq!(CaseSet::all(200).iter_in(128..200).count(), 72);
        assert_eq!(CaseSet::none(0).iter_in(0..0).count(), 0);
    }

    #[test]
    fn chunks_are_the_words_of_so_many_cases_each_and_the_rest() {
        let mut set = at_borders();
        let words = |set: &CaseSet| set.words(0..200).to_vec();
        let before = words(&set);
        let chunks: Vec<Vec<u64>> = set.chunks_mut(128).map(|chunk| chunk.to_vec()).collect();
        assert_eq!(chunks, [&before[..2], &before[2..]]);
        for (number, chunk) in set.chunks_mut(128).enumerate() {
            // The second of two chunks begins with case 128.
            chunk[0] = 1 << (3 * number);
        }
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 64, 127, 131, 192, 199]);
    }

    #[test]
    fn sets_that_are_joined_have_what_either_has() {
        let mut set = CaseSet::of_those(200, |case| [5, 63, 64].contains(&case));
        set.join(&CaseSet::of_those(200, |case| [0, 63, 199].contains(&case)));
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 5, 63, 64, 199]);
        set.join(&CaseSet::none(200));
        assert_eq!(set.count(), 5);
        set.join(&CaseSet::all(200));
        assert_eq!(set, CaseSet::all(200));
    }

    #[test]
    fn all_cases_are_no_more_than_there_are() {
        for of in [0, 1, 64, 94, 128] {
            assert_eq!(CaseSet::all(of).count(), of);
        }
    }
}
