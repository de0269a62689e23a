//! The characters of a library that have readings, those together that are read alike.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pinyin::{self, Reading};

/// A small number for each of some codes, 0 for all others. Codes lie on pages, so that a
/// map of few codes is soon copied: every word that is compiled has one of its own.
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

/// The codes of a library that have readings, in groups that are read alike: what a
/// spelled word may have to do with one of them it has to do with all.
#[derive(Clone, Debug, Default)]
pub struct ReadableCodes {
    codes: Vec<u16>,
    /// For each group, where its codes are in `codes`.
    groups: Vec<Range<usize>>,
    /// The number of the group of each code, counted from 1; 0 for other codes.
    pub group_of: CodeMap,
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
            let number = readable.groups.len() as u16;
            let group_of = &mut readable.group_of;
            for &code in group {
                group_of.set(code, number);
            }
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
