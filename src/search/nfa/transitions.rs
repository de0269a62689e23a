//! What a character does in a word: from which of its places it moves on, and by how
//! many letters.

use crate::text::pinyin;

/// The most letters that one character takes.
pub const MOST: usize = pinyin::LONGEST;

/// From which places a character moves on, by how many letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Transitions {
    /// Bit `p` of entry `n - 1`: from place `p` by `n` letters.
    pub any: [u64; MOST],
    /// The same without initials.
    pub whole: [u64; MOST],
    /// The same by usual readings alone.
    pub usual: [u64; MOST],
    /// The most letters by which it moves on.
    longest: u8,
    /// Whether the character may end the word by a finished syllable, or as itself.
    pub finishing: bool,
}

impl Transitions {
    pub fn add(&mut self, place: usize, letters: usize, whole: bool) {
        self.any[letters - 1] |= 1 << place;
        if whole {
            self.whole[letters - 1] |= 1 << place;
            self.usual[letters - 1] |= 1 << place;
        }
        self.longest = self.longest.max(letters as u8);
    }

    /// Takes out the way by so many letters from a place, if it has one.
    pub fn forget(&mut self, place: usize, letters: usize) {
        if letters <= MOST {
            self.any[letters - 1] &= !(1 << place);
            self.whole[letters - 1] &= !(1 << place);
            self.usual[letters - 1] &= !(1 << place);
        }
    }

    /// Whether it does nothing.
    pub fn is_none(&self) -> bool {
        self.longest == 0
    }

    /// Whether it may begin the word.
    pub fn is_start(&self) -> bool {
        self.any.iter().any(|places| places & 1 == 1)
    }

    /// Whether it moves on without initials from any place.
    pub fn is_whole(&self) -> bool {
        self.whole != [0; MOST]
    }

    /// Adds what another does from the places in `from`, by a usual reading or a rare one.
    pub fn join(&mut self, other: &Self, from: u64, is_usual: bool) {
        let usual = if is_usual { from } else { 0 };
        self.finishing |= other.finishing;
        self.longest = self.longest.max(other.longest);
        for letters in 0..usize::from(other.longest) {
            self.any[letters] |= other.any[letters] & from;
            self.whole[letters] |= other.whole[letters] & from;
            self.usual[letters] |= other.usual[letters] & usual;
        }
    }

    /// The places that are reached from another without initials.
    pub fn nexts(&self, place: usize) -> impl Iterator<Item = usize> + use<> {
        let by_letters = self.whole.into_iter().zip(place + 1..);
        let possible = by_letters.filter(move |(places, _)| places >> place & 1 == 1);
        possible.map(|(_, next)| next)
    }
}

/// Advances both states over one character.
#[inline]
pub fn step(transitions: &Transitions, any: u64, whole: u64) -> (u64, u64) {
    let (ways, whole_ways) = (&transitions.any, &transitions.whole);
    let mut next = ((any & ways[0]) << 1, (whole & whole_ways[0]) << 1);
    for letters in 1..usize::from(transitions.longest) {
        next.0 |= (any & ways[letters]) << (letters + 1);
        next.1 |= (whole & whole_ways[letters]) << (letters + 1);
    }
    next
}

/// Advances a state over one character by usual readings alone.
pub fn usual_step(transitions: &Transitions, usual: u64) -> u64 {
    let ways = transitions.usual.iter().zip(1..);
    ways.fold(0, |next, (places, letters)| {
        next | (usual & places) << letters
    })
}
