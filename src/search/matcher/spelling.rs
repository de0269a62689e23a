//! How a word may be spelled: the syllables that its letters are, or begin.

use super::LONGEST;
use super::edges::MOST;
use crate::text::pinyin::{self, Spellings, Syllable};

/// How a character takes letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taking {
    Syllable,
    /// As a syllable that is not finished yet, at the end of the word.
    Begun,
    /// As the single letter that is the whole word so far: it may become
    /// anything, but it is no syllable yet.
    LoneLetter,
    Initial,
}

/// A word without the apostrophes that part its syllables.
pub(super) struct Parts {
    pub(super) units: Vec<u16>,
    /// Bit `p`: a syllable must not run over the border before place `p`.
    pub(super) borders: u64,
}

impl Parts {
    pub(super) fn of(word: &[u16]) -> Option<Self> {
        let mut parts = Self {
            units: Vec::new(),
            borders: 0,
        };
        for &code in word {
            if code == u16::from(b'"') {
                parts.borders |= 1_u64.checked_shl(parts.units.len() as u32)?;
            } else {
                parts.units.push(code);
            }
        }
        let fits = !parts.units.is_empty() && parts.units.len() <= LONGEST;
        fits.then_some(parts)
    }

    /// Tells `edge` every syllable that a character may take from `place` on,
    /// with how many letters, and how.
    pub(super) fn spell(
        &self,
        place: usize,
        spellings: &Spellings,
        mut edge: impl FnMut(Syllable, usize, Taking),
    ) {
        let border = (self.borders >> place >> 1).trailing_zeros() as usize + 1;
        let keys = self.units[place..].iter().take(MOST.min(border));
        let keys = keys.map_while(|&code| u8::try_from(code).ok());
        let mut letters = [0; MOST];
        let mut length = 0;
        for key in keys.take_while(|&key| pinyin::is_key(key)) {
            letters[length] = key;
            length += 1;
        }
        let letters = &letters[..length];
        let Some(&first) = letters.first() else {
            return;
        };
        let end = self.units.len();
        let may_grow = place + letters.len() == end && self.borders >> end & 1 == 0;
        for spelling in spellings.starting_with(first) {
            let keys = spelling.letters();
            let shared = keys.iter().zip(letters);
            let shared = shared.take_while(|(key, letter)| key == letter).count();
            if shared == keys.len() {
                edge(spelling.syllable, keys.len(), Taking::Syllable);
            } else if may_grow && shared == letters.len() {
                let lone = place == 0 && letters.len() == 1;
                let taking = if lone {
                    Taking::LoneLetter
                } else {
                    Taking::Begun
                };
                edge(spelling.syllable, letters.len(), taking);
            }
            for &initial in spellings.initials(spelling) {
                if initial < keys.len() && initial <= shared {
                    edge(spelling.syllable, initial, Taking::Initial);
                }
            }
        }
    }
}
