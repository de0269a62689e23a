//! The characters of a library that have readings, those together that are read alike.

use std::ops::Range;
use std::sync::LazyLock;

use super::{self as pinyin, Reading};

/// The codes of a library that have readings, in groups that are read alike: what a
/// spelled word may have to do with one of them it has to do with all.
#[derive(Clone, Debug, Default)]
pub struct ReadableCodes {
    codes: Vec<u16>,
    /// For each group, where its codes are in `codes`.
    groups: Vec<Range<usize>>,
}

impl ReadableCodes {
    /// Sorts the codes that have readings into groups.
    pub fn of(codes: impl IntoIterator<Item = u16>) -> Self {
        let codes = codes.into_iter().filter(|&code| pinyin::set_of(code) != 0);
        let mut readable = Self {
            codes: codes.collect(),
            ..Self::default()
        };
        let codes = &mut readable.codes;
        codes.sort_unstable_by_key(|&code| (pinyin::set_of(code), code));
        codes.dedup();
        let mut first = 0;
        for group in codes.chunk_by(|&a, &b| pinyin::set_of(a) == pinyin::set_of(b)) {
            readable.groups.push(first..first + group.len());
            first += group.len();
        }
        readable
    }

    /// Every code that has a reading.
    pub fn all() -> &'static Self {
        static ALL: LazyLock<ReadableCodes> =
            LazyLock::new(|| ReadableCodes::of(pinyin::readable()));
        &ALL
    }

    /// The codes of every group and their readings, in the order of the numbers.
    pub fn groups(&self) -> impl Iterator<Item = (&[u16], impl Iterator<Item = Reading>)> {
        self.groups.iter().map(|group| {
            let codes = &self.codes[group.clone()];
            (codes, pinyin::readings(codes[0]))
        })
    }
}
