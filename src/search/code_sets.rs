//! Sets of codes: which characters a library has, and which of them are read alike.

use std::ops::Range;
use std::sync::LazyLock;

use super::case_set::ones;
use crate::text::pinyin::{self, Reading};

/// A set of codes, one bit each: small enough to stay in the nearest cache.
#[derive(Clone, Debug)]
pub struct CodeSet {
    bits: Box<[u64; 1024]>,
}

impl Default for CodeSet {
    fn default() -> Self {
        Self {
            bits: Box::new([0; 1024]),
        }
    }
}

impl CodeSet {
    #[inline]
    pub fn insert(&mut self, code: u16) {
        self.bits[usize::from(code >> 6)] |= 1 << (code & 63);
    }

    /// Adds another set.
    pub fn join(&mut self, other: &Self) {
        for (bits, other) in self.bits.iter_mut().zip(other.bits.iter()) {
            *bits |= other;
        }
    }

    #[inline]
    pub fn has(&self, code: u16) -> bool {
        self.bits[usize::from(code >> 6)] >> (code & 63) & 1 == 1
    }

    /// All codes, in order.
    pub fn codes(&self) -> impl Iterator<Item = u16> + '_ {
        let words = self.bits.iter().enumerate();
        words.flat_map(|(word, &bits)| ones(bits).map(move |at| (64 * word + at) as u16))
    }
}

/// A small number for each of some codes, 0 for all others. Codes lie on pages, so
/// that a map of few codes is soon copied.
#[derive(Clone, Debug)]
pub struct CodeMap {
    page_of: Box<[u16; 1 << 10]>,
    pages: Vec<[u16; 64]>,
}

impl Default for CodeMap {
    fn default() -> Self {
        Self {
            page_of: Box::new([0; 1 << 10]),
            pages: vec![[0; 64]],
        }
    }
}

impl CodeMap {
    #[inline]
    pub fn of(&self, code: u16) -> u16 {
        let page = self.page_of[usize::from(code >> 6)];
        self.pages[usize::from(page)][usize::from(code & 63)]
    }

    pub fn set(&mut self, code: u16, number: u16) {
        let page = &mut self.page_of[usize::from(code >> 6)];
        if *page == 0 {
            *page = self.pages.len() as u16;
            self.pages.push([0; 64]);
        }
        self.pages[usize::from(*page)][usize::from(code & 63)] = number;
    }
}

/// The codes of a library that can be read, those together that are read alike: what
/// a spelled word has to do with one of them it has to do with all.
#[derive(Clone, Debug, Default)]
pub struct ReadableCodes {
    codes: Vec<u16>,
    /// For each group, where its codes stand in `codes`.
    groups: Vec<Range<usize>>,
    /// The number of the group of each code, counted from 1.
    group_of: CodeMap,
}

impl ReadableCodes {
    /// Sorts the codes that can be read into groups.
    pub fn of(codes: impl IntoIterator<Item = u16>) -> Self {
        let codes = codes.into_iter().filter(|&code| pinyin::set_of(code) != 0);
        let mut codes: Vec<u16> = codes.collect();
        codes.sort_unstable_by_key(|&code| (pinyin::set_of(code), code));
        codes.dedup();
        let (mut groups, mut group_of) = (Vec::new(), CodeMap::default());
        let mut first = 0;
        for group in codes.chunk_by(|&a, &b| pinyin::set_of(a) == pinyin::set_of(b)) {
            groups.push(first..first + group.len());
            first += group.len();
            for &code in group {
                group_of.set(code, groups.len() as u16);
            }
        }
        Self {
            codes,
            groups,
            group_of,
        }
    }

    /// Every code that can be read.
    pub fn all() -> &'static Self {
        static ALL: LazyLock<ReadableCodes> =
            LazyLock::new(|| ReadableCodes::of(pinyin::readable()));
        &ALL
    }

    /// The number of the group of each code, counted from 1; 0 for other codes.
    pub fn group_of(&self) -> &CodeMap {
        &self.group_of
    }

    /// The codes of every group and how they are read, in the order of the numbers.
    pub fn groups(&self) -> impl Iterator<Item = (&[u16], impl Iterator<Item = Reading>)> {
        self.groups.iter().map(|group| {
            let codes = &self.codes[group.clone()];
            (codes, pinyin::readings(codes[0]))
        })
    }
}
