//! How a word may be spelled: the syllables that its letters form or begin.

use super::LONGEST;
use crate::text::pinyin::{self, LONGEST as MOST, Spelling, Spellings, Syllable};

/// How a character consumes letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransitionKind {
    Syllable,
    /// As an unfinished syllable at the end of the word.
    Unfinished,
    /// As the single letter that is the whole word so far. It may become anything, but is not a
    /// syllable yet.
    LoneLetter,
    Initial,
}

/// A word without the apostrophes between its syllables.
pub struct SyllableBounds {
    pub units: Vec<u16>,
    /// Bit `p`: a syllable must not cross the border before place `p`.
    borders: u64,
    /// Bit `p`: the letters between the borders around place `p` begin with a syllable. In
    /// hai'shui'dao, h is not an initial.
    spelled_out: u64,
    /// Bit `p`: place `p` is inside a whole syllable between borders. Only parts of that syllable
    /// lead there: xi to the place of an.
    pub inside: u64,
}

impl SyllableBounds {
    pub fn of(word: &[u16], spellings: &Spellings) -> Option<Self> {
        let segments: Vec<&[u16]> = word.split(|&code| code == u16::from(b'"')).collect();
        let mut bounds = Self {
            units: segments.concat(),
            borders: 0,
            spelled_out: 0,
            inside: 0,
        };
        if bounds.units.is_empty() || bounds.units.len() > LONGEST {
            return None;
        }
        if segments.len() > 1 {
            let mut start = 0;
            for segment in segments {
                bounds.borders |= 1 << start;
                bounds.note_syllable(segment, start, spellings);
                start += segment.len();
            }
        }
        Some(bounds)
    }

    /// Notes whether the letters between two borders are a syllable, or begin with one.
    fn note_syllable(&mut self, segment: &[u16], start: usize, spellings: &Spellings) {
        let letters = Letters::of(segment);
        let places = (1 << (start + segment.len())) - (1 << start);
        for spelling in letters.spellings(spellings) {
            // The beginning is enough, or one more letter would match more.
            if letters.as_slice().starts_with(spelling.letters()) {
                self.spelled_out |= places;
                if spelling.letters().len() == segment.len() {
                    self.inside |= places & !(1 << start);
                }
            }
        }
    }

    /// Calls `each` with every syllable that a character may match from `place` on, the number of
    /// its letters, and the kind.
    pub fn spell(
        &self,
        place: usize,
        spellings: &Spellings,
        mut each: impl FnMut(Syllable, usize, TransitionKind),
    ) {
        let border = (self.borders >> place >> 1).trailing_zeros() as usize + 1;
        let rest = &self.units[place..];
        let letters = Letters::of(&rest[..rest.len().min(border)]);
        let end = self.units.len();
        let may_grow = place + letters.length == end && self.borders >> end & 1 == 0;
        for spelling in letters.spellings(spellings) {
            let keys = spelling.letters().len();
            let shared = spelling.shared(&letters.keys);
            if shared == keys {
                each(spelling.syllable, keys, TransitionKind::Syllable);
            } else if may_grow && shared == letters.length {
                let kind = if place == 0 && letters.length == 1 {
                    TransitionKind::LoneLetter
                } else {
                    TransitionKind::Unfinished
                };
                each(spelling.syllable, letters.length, kind);
            }
            if self.spelled_out >> place & 1 == 1 {
                continue;
            }
            let initials = spellings.initials(spelling).iter().copied();
            for initial in initials.filter(|&initial| initial < keys && initial <= shared) {
                each(spelling.syllable, initial, TransitionKind::Initial);
            }
        }
    }
}

/// The letters at the beginning of a text, which may form a syllable.
pub struct Letters {
    keys: [u8; MOST],
    length: usize,
}

impl Letters {
    pub fn of(text: &[u16]) -> Self {
        let keys = text
            .iter()
            .map_while(|&code| u8::try_from(code).ok())
            .take_while(|&key| pinyin::is_key(key))
            .take(MOST);
        let mut letters = Self {
            keys: [0; MOST],
            length: 0,
        };
        for key in keys {
            letters.keys[letters.length] = key;
            letters.length += 1;
        }
        letters
    }

    pub fn as_slice(&self) -> &[u8] {
        &self.keys[..self.length]
    }

    /// Returns all spellings that begin with the first letter.
    pub fn spellings<'a>(&self, spellings: &'a Spellings) -> &'a [Spelling] {
        match self.as_slice() {
            [first, ..] => spellings.starting_with(*first),
            [] => &[],
        }
    }
}
