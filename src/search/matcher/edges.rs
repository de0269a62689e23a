//! What a word has to do with characters: from which of its places each of them
//! moves on, and by how many letters.

use std::slice;

use crate::search::numbers::Numbers;
use crate::search::sieve::Sieve;
use crate::text::pinyin;

/// The most letters that one character takes.
pub const MOST: usize = pinyin::LONGEST;

/// What a word has to do with every character.
#[derive(Clone, Debug)]
pub(super) struct Characters {
    /// The class of each; 0 for those that the word has no use for.
    pub(super) class_of: Numbers,
    /// Those that it has use for by how they are read, those of one class together:
    /// some hundreds, of a long word all that the library has.
    read: Vec<u16>,
    /// Each class that has some, and where the last of them ends.
    classes: Vec<(u16, usize)>,
    /// Those that stand for themselves.
    pub(super) own: Vec<u16>,
    /// Those that the word may have anywhere as a whole syllable.
    pub(super) whole: Sieve,
}

impl Default for Characters {
    /// None, with room for as many as most words have.
    fn default() -> Self {
        Self {
            class_of: Numbers::with_capacity(256),
            read: Vec::with_capacity(2_048),
            classes: Vec::with_capacity(1_024),
            own: Vec::new(),
            whole: Sieve::default(),
        }
    }
}

impl Characters {
    /// Notes what characters of one class have to do with the word, of which nothing
    /// is known yet.
    pub(super) fn add(&mut self, codes: &[u16], class: u16, edges: &Edges) {
        self.read.extend_from_slice(codes);
        match self.classes.last_mut() {
            Some((last, end)) if *last == class => *end = self.read.len(),
            _ => self.classes.push((class, self.read.len())),
        }
        self.note(codes, class, edges);
    }

    /// Notes what a character that stands for itself has to do with the word, in
    /// place of what is known of it.
    pub(super) fn add_own(&mut self, code: u16, class: u16, edges: &Edges) {
        self.own.push(code);
        self.note(&[code], class, edges);
    }

    fn note(&mut self, codes: &[u16], class: u16, edges: &Edges) {
        codes
            .iter()
            .for_each(|&code| self.class_of.set(code, class));
        if edges.is_whole() {
            codes.iter().for_each(|&code| self.whole.insert(code));
        }
    }

    /// The number of each class, and its characters: those together that are read so,
    /// and one by one those that stand for themselves.
    pub(super) fn by_class(&self) -> impl Iterator<Item = (u16, impl Iterator<Item = u16>)> {
        let mut start = 0;
        let read = self.classes.iter().map(move |&(class, end)| {
            let codes = &self.read[start..end];
            start = end;
            (class, codes, &*self.own)
        });
        let own = self.own.iter();
        let own = own.map(|code| (self.class_of.of(*code), slice::from_ref(code), &[][..]));
        read.chain(own).map(|(class, codes, others)| {
            let codes = codes.iter().copied();
            (class, codes.filter(|code| !others.contains(code)))
        })
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
    /// Whether the character may end the word by a finished syllable, or as itself.
    pub(super) finishing: bool,
}

impl Edges {
    pub(super) fn add(&mut self, place: usize, letters: usize, whole: bool) {
        self.any[letters - 1] |= 1 << place;
        if whole {
            self.whole[letters - 1] |= 1 << place;
        }
        self.longest = self.longest.max(letters as u8);
    }

    /// Takes out the edge by so many letters from a place.
    pub(super) fn forget(&mut self, place: usize, letters: usize) {
        self.any[letters - 1] &= !(1 << place);
        self.whole[letters - 1] &= !(1 << place);
    }

    /// Whether any edge is from the begin of the word.
    pub(super) fn is_start(&self) -> bool {
        self.any.iter().any(|places| places & 1 == 1)
    }

    /// Whether any edge is without initials.
    pub(super) fn is_whole(&self) -> bool {
        self.whole != [0; MOST]
    }

    /// A number that edges which differ rarely share.
    fn digest(&self) -> u32 {
        const ANY: u64 = 0x9E37_79B9_7F4A_7C15;
        const WHOLE: u64 = 0xC2B2_AE3D_27D4_EB4F;
        let letters = 0..usize::from(self.longest);
        let digest = letters.fold(0_u64, |digest, letters| {
            let any = self.any[letters].wrapping_mul(ANY);
            let whole = self.whole[letters].wrapping_mul(WHOLE);
            digest.rotate_left(5) ^ any ^ whole
        });
        (digest >> 32) as u32 ^ u32::from(self.finishing)
    }

    /// Adds the edges of another that begin at one of the places in `from`.
    pub(super) fn join(&mut self, other: &Self, from: u64) {
        self.finishing |= other.finishing;
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

/// Characters that do the same, of which a long word has some hundreds of kinds.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    edges: Vec<Edges>,
    /// A digest of each, so that few are compared.
    digests: Vec<u32>,
}

/// A list of one, with room for as many more as most words have.
fn some_of<T>(first: T) -> Vec<T> {
    const MANY: usize = 64;
    let mut list = Vec::with_capacity(MANY);
    list.push(first);
    list
}

impl Default for Classes {
    /// Class 0, which does nothing.
    fn default() -> Self {
        Self {
            edges: some_of(Edges::default()),
            digests: some_of(0),
        }
    }
}

impl Classes {
    /// The number of the class with these edges, which is added where it is new.
    pub(super) fn number(&mut self, edges: &Edges) -> u16 {
        if edges.longest == 0 {
            return 0;
        }
        // Syllables are told in order, and those with one initial often do the same.
        let last = self.edges.len() - 1;
        if self.edges[last] == *edges {
            return last as u16;
        }
        let digest = edges.digest();
        let mut known = self.digests.iter().zip(&self.edges);
        let known = known.position(|(known, same)| *known == digest && same == edges);
        let number = known.unwrap_or_else(|| {
            self.edges.push(*edges);
            self.digests.push(digest);
            self.edges.len() - 1
        });
        number as u16
    }

    /// The class of what does as both of two do, of which either may be none.
    pub(super) fn both(&mut self, a: u16, b: u16) -> u16 {
        if a == 0 || b == 0 || a == b {
            return a.max(b);
        }
        let mut edges = *self.edges(a);
        edges.join(self.edges(b), u64::MAX);
        self.number(&edges)
    }

    #[inline]
    pub(super) fn edges(&self, class: u16) -> &Edges {
        &self.edges[usize::from(class)]
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.edges.len()
    }

    /// Changes the edges of every class.
    pub(super) fn change_all(&mut self, change: impl FnMut(&mut Edges)) {
        self.edges.iter_mut().for_each(change);
    }

    /// The edges of all classes, by their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Edges> {
        self.edges.iter()
    }
}
