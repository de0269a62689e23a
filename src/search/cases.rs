//! A set of cases, one bit each.

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

    #[cfg(test)]
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

    /// The bits of 64 cases, from a multiple of 64 on.
    pub fn word(&self, number: usize) -> u64 {
        self.bits[number]
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
    pub fn iter_in(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = usize> + use<'_> {
        debug_assert_eq!(range.start % 64, 0, "a range begins with a word of bits");
        let words = range.start / 64..range.end.div_ceil(64);
        let end = range.end;
        let first = words.start;
        let cases = self.bits[words]
            .iter()
            .enumerate()
            .flat_map(move |(word, &bits)| Ones {
                bits,
                first: 64 * (first + word),
            });
        cases.take_while(move |&case| case < end)
    }
}

/// The places of the ones in a word of bits.
struct Ones {
    bits: u64,
    first: usize,
}

impl Iterator for Ones {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.bits == 0 {
            return None;
        }
        let place = self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        Some(self.first + place)
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

    #[test]
    fn all_cases_are_no_more_than_there_are() {
        for of in [0, 1, 64, 94, 128] {
            assert_eq!(CaseSet::all(of).count(), of);
        }
    }
}
