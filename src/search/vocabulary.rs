//! Which characters a library has: a few thousand of the 28,000 that can be read,
//! so that a spelled word need only be compared with those.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pinyin::{self, SetOfReadings};

/// A set of codes.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    seen: Box<[u64; 1024]>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            seen: Box::new([0; 1024]),
        }
    }
}

impl Vocabulary {
    #[inline]
    pub fn insert(&mut self, code: u16) {
        self.seen[usize::from(code >> 6)] |= 1 << (code & 63);
    }

    /// Adds another set.
    pub fn join(&mut self, other: &Self) {
        for (seen, other) in self.seen.iter_mut().zip(other.seen.iter()) {
            *seen |= other;
        }
    }

    #[inline]
    pub fn has(&self, code: u16) -> bool {
        self.seen[usize::from(code >> 6)] >> (code & 63) & 1 == 1
    }

    /// All codes, in order.
    pub fn codes(&self) -> Vec<u16> {
        let mut codes = Vec::new();
        for (word, &bits) in self.seen.iter().enumerate() {
            let mut bits = bits;
            while bits != 0 {
                codes.push((64 * word) as u16 + bits.trailing_zeros() as u16);
                bits &= bits - 1;
            }
        }
        codes
    }
}

/// The codes of a set that can be read, those together that are read alike: what
/// a spelled word has to do with one of them it has to do with all.
#[derive(Clone, Debug, Default)]
pub struct ReadAlike {
    codes: Vec<u16>,
    groups: Vec<(SetOfReadings, Range<usize>)>,
    /// How often the codes of each group stand in lines, all together.
    counts: Vec<usize>,
}

impl ReadAlike {
    /// Sorts codes; `count` tells how often one stands in lines.
    pub fn of(codes: impl IntoIterator<Item = u16>, count: impl Fn(u16) -> usize) -> Self {
        let codes = codes.into_iter().filter(|&code| pinyin::set_of(code) != 0);
        let mut codes: Vec<u16> = codes.collect();
        codes.sort_unstable_by_key(|&code| (pinyin::set_of(code), code));
        codes.dedup();
        let mut first = 0;
        let groups = codes.chunk_by(|&a, &b| pinyin::set_of(a) == pinyin::set_of(b));
        let groups = groups.map(|group| {
            let range = first..first + group.len();
            first = range.end;
            (pinyin::set_of(group[0]), range)
        });
        let groups: Vec<(SetOfReadings, Range<usize>)> = groups.collect();
        let counts = groups.iter().map(|(_, range)| {
            let codes = codes[range.clone()].iter();
            codes.map(|&code| count(code)).sum()
        });
        Self {
            counts: counts.collect(),
            groups,
            codes,
        }
    }

    /// Every code that can be read.
    pub fn all() -> &'static Self {
        static ALL: LazyLock<ReadAlike> =
            LazyLock::new(|| ReadAlike::of(pinyin::readable(), |_| 1));
        &ALL
    }

    /// The groups, each with the readings that its codes share, and how often these
    /// stand in lines.
    pub fn groups(&self) -> impl Iterator<Item = (SetOfReadings, &[u16], usize)> {
        let groups = self.groups.iter().zip(&self.counts);
        groups.map(|((set, range), count)| (*set, &self.codes[range.clone()], *count))
    }
}
