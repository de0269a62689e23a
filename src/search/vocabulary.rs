//! Which characters a library has: a few thousand of the 28,000 that can be read,
//! so that a spelled word need only be compared with those.

use std::ops::Range;
use std::sync::LazyLock;

use super::bits::ones;
use crate::text::pinyin::{self, Reading, SYLLABLES};

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
            codes.extend(ones(bits).map(|at| (64 * word + at) as u16));
        }
        codes
    }
}

/// The codes of a set that can be read, those together that are read alike: what
/// a spelled word has to do with one of them it has to do with all.
#[derive(Clone, Debug, Default)]
pub struct ReadAlike {
    codes: Vec<u16>,
    groups: Vec<Group>,
    /// For every syllable, where its own begin in `read`; at last the end.
    first_of_syllable: Vec<usize>,
    /// The groups that are read so, by their numbers, syllable after syllable.
    read: Vec<(usize, Reading)>,
}

/// Codes that are read alike.
#[derive(Clone, Debug)]
struct Group {
    codes: Range<usize>,
    /// How often they stand in lines, all together.
    count: usize,
}

impl ReadAlike {
    /// Sorts codes; `count` tells how often one stands in lines.
    pub fn of(codes: impl IntoIterator<Item = u16>, count: impl Fn(u16) -> usize) -> Self {
        let codes = codes.into_iter().filter(|&code| pinyin::set_of(code) != 0);
        let mut codes: Vec<u16> = codes.collect();
        codes.sort_unstable_by_key(|&code| (pinyin::set_of(code), code));
        codes.dedup();
        let mut groups = Vec::new();
        let mut read: Vec<(usize, Reading)> = Vec::new();
        let mut first = 0;
        for group in codes.chunk_by(|&a, &b| pinyin::set_of(a) == pinyin::set_of(b)) {
            read.extend(pinyin::readings(group[0]).map(|reading| (groups.len(), reading)));
            groups.push(Group {
                codes: first..first + group.len(),
                count: group.iter().map(|&code| count(code)).sum(),
            });
            first += group.len();
        }
        read.sort_by_key(|(_, reading)| reading.syllable());
        let before = |syllable| {
            read.partition_point(|(_, reading)| usize::from(reading.syllable()) < syllable)
        };
        Self {
            first_of_syllable: (0..=SYLLABLES.len()).map(before).collect(),
            codes,
            groups,
            read,
        }
    }

    /// Every code that can be read.
    pub fn all() -> &'static Self {
        static ALL: LazyLock<ReadAlike> =
            LazyLock::new(|| ReadAlike::of(pinyin::readable(), |_| 1));
        &ALL
    }

    /// How many groups there are; each has a number below.
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// The codes of a group, and how often these stand in lines.
    pub fn group(&self, number: usize) -> (&[u16], usize) {
        let group = &self.groups[number];
        (&self.codes[group.codes.clone()], group.count)
    }

    /// The groups that have a syllable among their readings, and the reading.
    pub fn read_as(&self, syllable: usize) -> &[(usize, Reading)] {
        match self.first_of_syllable.get(syllable..=syllable + 1) {
            Some(&[first, end]) => &self.read[first..end],
            _ => &[],
        }
    }
}
