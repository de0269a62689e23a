//! What a word has to do with characters: from which of its places each of them
//! moves on, and by how many letters.

use crate::search::numbers::Numbers;
use crate::search::vocabulary::Vocabulary;

/// The most letters that one character takes: `zhuang`.
pub(super) const MOST: usize = 6;

/// What a word has to do with every character.
#[derive(Clone, Debug, Default)]
pub(super) struct Characters {
    /// The class of each; 0 for those that the word has no use for.
    pub(super) class_of: Numbers,
    /// Those that it has use for: a few hundred.
    pub(super) used: Vec<u16>,
    /// Those that the word may begin with, and those with which it may as a whole
    /// syllable: a bit each, so that they stay in the nearest cache while line
    /// after line is looked at.
    pub(super) starts: Vocabulary,
    pub(super) starts_whole: Vocabulary,
}

impl Characters {
    pub(super) fn set(&mut self, code: u16, class: u16, edges: &Edges) {
        let begins = |letters: &[u64]| letters.iter().any(|places| places & 1 == 1);
        if self.class_of.of(code) == 0 {
            self.used.push(code);
        }
        self.class_of.set(code, class);
        if begins(&edges.any) {
            self.starts.insert(code);
        }
        if begins(&edges.whole) {
            self.starts_whole.insert(code);
        }
    }
}

/// From which places a character moves on, by how many letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Edges {
    /// Bit `p` of entry `n - 1`: from place `p` by `n` letters.
    pub(super) any: [u64; MOST],
    /// The same without initials.
    pub(super) whole: [u64; MOST],
    /// The most letters of any edge.
    pub(super) longest: u8,
}

impl Edges {
    pub(super) fn add(&mut self, place: usize, letters: usize, whole: bool) {
        self.any[letters - 1] |= 1 << place;
        if whole {
            self.whole[letters - 1] |= 1 << place;
        }
        self.longest = self.longest.max(letters as u8);
    }

    /// Adds the edges of another that begin at one of the places in `from`.
    pub(super) fn join(&mut self, other: &Self, from: u64) {
        // Most syllables are in no word.
        for letters in 0..usize::from(other.longest) {
            self.any[letters] |= other.any[letters] & from;
            self.whole[letters] |= other.whole[letters] & from;
            if self.any[letters] != 0 {
                self.longest = self.longest.max(letters as u8 + 1);
            }
        }
    }
}

/// Advances both states over one character.
#[inline]
pub(super) fn step(edges: &Edges, any: u64, whole: u64) -> (u64, u64) {
    let mut next = ((any & edges.any[0]) << 1, (whole & edges.whole[0]) << 1);
    for letters in 1..usize::from(edges.longest) {
        next.0 |= (any & edges.any[letters]) << (letters + 1);
        next.1 |= (whole & edges.whole[letters]) << (letters + 1);
    }
    next
}

/// The same backwards: to the places from which one of those is reached.
#[inline]
pub(super) fn step_back(edges: &Edges, any: u64, whole: u64) -> (u64, u64) {
    let mut next = ((any >> 1) & edges.any[0], (whole >> 1) & edges.whole[0]);
    for letters in 1..usize::from(edges.longest) {
        next.0 |= (any >> (letters + 1)) & edges.any[letters];
        next.1 |= (whole >> (letters + 1)) & edges.whole[letters];
    }
    next
}

/// The number of a class with these edges, which is added where it is new.
pub(super) fn class(classes: &mut Vec<Edges>, edges: Edges) -> u16 {
    if edges.longest == 0 {
        return 0;
    }
    let known = classes.iter().position(|known| *known == edges);
    let number = known.unwrap_or_else(|| {
        classes.push(edges);
        classes.len() - 1
    });
    number as u16
}
