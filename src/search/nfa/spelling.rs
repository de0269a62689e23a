//! How a word may be spelled: the syllables that its letters are, or begin.

use super::LONGEST;
use super::transitions::MOST;
use crate::text::pinyin::{self, Spelling, Spellings, Syllable};

/// How a character takes letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TransitionKind {
    Syllable,
    /// As a syllable that is not finished yet, at the end of the word.
    Unfinished,
    /// As the single letter that is the whole word so far: it may become
    /// anything, but it is no syllable yet.
    LoneLetter,
    Initial,
}

/// A word without the apostrophes that part its syllables.
pub(super) struct SyllableBounds {
    pub(super) units: Vec<u16>,
    /// Bit `p`: a syllable must not run over the border before place `p`.
    borders: u64,
    /// Bit `p`: place `p` is between borders behind one of which a syllable is
    /// spelled out. Who types hai'shui'dao means no initial h.
    spelled_out: u64,
    /// Bit `p`: place `p` is inside a whole syllable that borders part from others.
    /// Only what that is made of leads there: xi to the place of an.
    pub(super) inside: u64,
}

impl SyllableBounds {
    pub(super) fn of(word: &[u16], spellings: &Spellings) -> Option<Self> {
        let mut parts = Self {
            units: Vec::new(),
            borders: 0,
            spelled_out: 0,
            inside: 0,
        };
        for &code in word {
            if code == u16::from(b'"') {
                parts.borders |= 1_u64.checked_shl(parts.units.len() as u32)?;
            } else {
                parts.units.push(code);
            }
        }
        let fits = !parts.units.is_empty() && parts.units.len() <= LONGEST;
        if fits && parts.borders != 0 {
            parts.find_syllables(spellings);
        }
        fits.then_some(parts)
    }

    /// Looks for parts that are syllables, or begin with one.
    fn find_syllables(&mut self, spellings: &Spellings) {
        let borders = self.borders;
        let ends = (1..self.units.len()).filter(|place| borders >> place & 1 == 1);
        let mut start = 0;
        for end in ends.chain([self.units.len()]) {
            let letters = Letters::of(&self.units[start..end]);
            let known = letters.spellings(spellings).iter();
            let begun = known.filter(|known| letters.as_slice().starts_with(known.letters()));
            let places = (1_u64 << end) - (1 << start);
            for spelling in begun {
                // A beginning is enough, or one more letter would match more.
                self.spelled_out |= places;
                if spelling.letters().len() == end - start {
                    self.inside |= places & !(1 << start);
                }
            }
            start = end;
        }
    }

    /// Calls `each` with every syllable that a character may take from `place` on,
    /// with how many letters, and how.
    pub(super) fn spell(
        &self,
        place: usize,
        spellings: &Spellings,
        mut each: impl FnMut(Syllable, usize, TransitionKind),
    ) {
        let border = (self.borders >> place >> 1).trailing_zeros() as usize + 1;
        let behind = &self.units[place..];
        let letters = Letters::of(&behind[..behind.len().min(border)]);
        let end = self.units.len();
        let may_grow = place + letters.length == end && self.borders >> end & 1 == 0;
        for spelling in letters.spellings(spellings) {
            let keys = spelling.letters();
            let shared = spelling.shared(&letters.keys);
            if shared == keys.len() {
                each(spelling.syllable, keys.len(), TransitionKind::Syllable);
            } else if may_grow && shared == letters.length {
                let lone = place == 0 && letters.length == 1;
                let taking = if lone {
                    TransitionKind::LoneLetter
                } else {
                    TransitionKind::Unfinished
                };
                each(spelling.syllable, letters.length, taking);
            }
            if self.spelled_out >> place & 1 == 1 {
                continue;
            }
            for &initial in spellings.initials(spelling) {
                if initial < keys.len() && initial <= shared {
                    each(spelling.syllable, initial, TransitionKind::Initial);
                }
            }
        }
    }
}

/// The letters that a text begins with, of which a syllable may be made.
struct Letters {
    keys: [u8; MOST],
    length: usize,
}

impl Letters {
    fn of(text: &[u16]) -> Self {
        let mut letters = Self {
            keys: [0; MOST],
            length: 0,
        };
        let keys = text.iter().take(MOST);
        let keys = keys.map_while(|&code| u8::try_from(code).ok());
        for key in keys.take_while(|&key| pinyin::is_key(key)) {
            letters.keys[letters.length] = key;
            letters.length += 1;
        }
        letters
    }

    fn as_slice(&self) -> &[u8] {
        &self.keys[..self.length]
    }

    /// All spellings that begin with the first of them.
    fn spellings<'a>(&self, spellings: &'a Spellings) -> &'a [Spelling] {
        match self.as_slice() {
            [first, ..] => spellings.starting_with(*first),
            [] => &[],
        }
    }
}
