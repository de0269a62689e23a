//! A set of cases, one bit each.

use std::iter;

/// Some of the cases of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseSet {
    bits: Vec<u64>,
    of: usize,
}

impl CaseSet {
    /// No case out of `of`.
    pub fn none(of: usize) -> Self {
        let bits = vec![0; of.div_ceil(64)];
        Self { bits, of }
    }

    /// All cases.
    pub fn all(of: usize) -> Self {
        Self::of_those(of, |_| true)
    }

    /// The cases that pass.
    pub fn of_those(of: usize, mut passes: impl FnMut(usize) -> bool) -> Self {
        let word = |first: usize| {
            let cases = first..of.min(first + 64);
            cases.fold(0, |bits, case| {
                bits | u64::from(passes(case)) << (case % 64)
            })
        };
        let bits = (0..of).step_by(64).map(word).collect();
        Self { bits, of }
    }

    /// The cases with these numbers; numbers that no case has are passed over.
    pub fn with(of: usize, cases: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::none(of);
        for case in cases.into_iter().filter(|&case| case < of) {
            set.bits[case / 64] |= 1 << (case % 64);
        }
        set
    }

    #[inline]
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

    /// Adds what `other` has.
    pub fn join(&mut self, other: &Self) {
        for (bits, other) in self.bits.iter_mut().zip(&other.bits) {
            *bits |= other;
        }
    }

    /// How many cases are in the set.
    pub fn count(&self) -> usize {
        let counts = self.bits.iter().map(|bits| bits.count_ones() as usize);
        counts.sum()
    }

    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|&bits| bits == 0)
    }

    /// Whether every case of the corpus is in the set.
    pub fn is_all(&self) -> bool {
        self.count() == self.of
    }

    /// In reading order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let words = self.bits.iter().enumerate();
        words.flat_map(|(word, &bits)| ones(bits).map(move |at| 64 * word + at))
    }
}

/// The places of the ones in a number, the lowest first.
#[inline]
pub fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    iter::from_fn(move || {
        let place = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        place
    })
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

    #[test]
    fn cases_on_both_sides_of_a_border_of_words_are_kept_apart() {
        let borders = [0, 1, 63, 64, 127, 128, 191, 192, 199];
        let set = CaseSet::with(200, borders.into_iter().chain([200, 1000]));
        assert_eq!(set.iter().collect::<Vec<_>>(), borders);
        assert_eq!(set, CaseSet::of_those(200, |case| borders.contains(&case)));
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
            assert!(CaseSet::all(of).is_all());
        }
    }
}
