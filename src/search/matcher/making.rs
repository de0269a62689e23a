//! Making a word ready: what each character of a library may do in it, told by the
//! syllables that it is read as.

use std::sync::OnceLock;

use super::edges::{Characters, Classes, Edges};
use super::paths::Paths;
use super::spelling::{Parts, Taking};
use super::{LONGEST, Matcher, is_letter};
use crate::search::vocabulary::ReadAlike;
use crate::text::pinyin::{self, Reading, SYLLABLES, Spellings};

impl Matcher {
    /// Makes a word of folded codes ready; apostrophes between letters part
    /// syllables, in which there are no initials then. `library` has the characters
    /// that may occur in the texts.
    ///
    /// `None` where the word is empty or longer than [`LONGEST`].
    pub fn new(word: &[u16], spellings: &Spellings, library: &ReadAlike) -> Option<Self> {
        let parts = Parts::of(word, spellings)?;
        let mut of_syllables = Few::<OfSyllable>::of(SYLLABLES.len());
        let mut reached = !parts.inside;
        for place in 0..parts.units.len() {
            if reached >> place & 1 == 0 {
                continue;
            }
            parts.spell(place, spellings, |syllable, letters, taking| {
                reached |= 1 << (place + letters);
                let of_syllable = of_syllables.get(usize::from(syllable));
                match taking {
                    Taking::Syllable | Taking::Begun => {
                        of_syllable.always.add(place, letters, true);
                    }
                    Taking::LoneLetter => of_syllable.always.add(place, letters, false),
                    Taking::Initial => of_syllable.common.add(place, letters, false),
                }
                of_syllable.always.finishing |=
                    taking == Taking::Syllable && place + letters == parts.units.len();
            });
        }
        Some(Self::of(&parts.units, &of_syllables, library))
    }

    /// Makes a word ready to be found by its sound: every Han matches all
    /// characters that share a reading with it, all else matches itself.
    pub fn by_sound(word: &[u16], fuzzy: &Spellings, library: &ReadAlike) -> Option<Self> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        let mut of_syllables = Few::<OfSyllable>::of(SYLLABLES.len());
        for (place, &code) in word.iter().enumerate() {
            // 堵车 is not dú jū: who types a word by its sound reads it as usual.
            for reading in pinyin::readings(code).filter(|reading| !reading.is_rare()) {
                for syllable in fuzzy.sounding_like(reading.syllable()) {
                    let of_syllable = of_syllables.get(usize::from(syllable));
                    of_syllable.always.add(place, 1, true);
                    // Nothing is unfinished that is not spelled.
                    of_syllable.always.finishing = true;
                }
            }
        }
        Some(Self::of(word, &of_syllables, library))
    }

    fn of(units: &[u16], of_syllables: &Few<OfSyllable>, library: &ReadAlike) -> Self {
        let mut classes = Classes::default();
        let mut class_of_group = vec![0; library.groups()];
        for (syllable, of_syllable) in of_syllables.iter() {
            // Most groups are read in one way, so that their class is that of it.
            let mut known: Option<(Reading, u16)> = None;
            for &(group, reading) in library.read_as(syllable) {
                let class = match known.filter(|&(known, _)| known == reading) {
                    Some((_, class)) => class,
                    None => classes.number(&of_syllable.edges(reading)),
                };
                known = Some((reading, class));
                let of_group = &mut class_of_group[group];
                *of_group = classes.both(*of_group, class);
            }
        }
        let mut all = Edges::default();
        classes.iter().for_each(|edges| all.join(edges, u64::MAX));
        let mut characters = Characters::default();
        let mut counts = vec![0; classes.len()];
        let of_groups = class_of_group.iter().enumerate();
        for (group, &class) in of_groups.filter(|(_, class)| **class != 0) {
            let (codes, count) = library.group(group);
            counts[usize::from(class)] += count;
            characters.add(codes, class, classes.edges(class));
        }
        // A character as itself, in addition to what its readings do.
        for (at, &code) in units.iter().enumerate() {
            if units[..at].contains(&code) {
                continue;
            }
            let own = units.iter().enumerate().filter(|&(_, &unit)| unit == code);
            let mut edges = *classes.edges(characters.class_of.of(code));
            // A letter as itself is no syllable, or every word could be read whole.
            let whole = !is_letter(code);
            own.for_each(|(place, _)| edges.add(place, 1, whole));
            edges.finishing |= units.last() == Some(&code);
            if whole {
                all.join(&edges, u64::MAX);
            }
            characters.add_own(code, classes.number(&edges), &edges);
        }
        Self {
            characters,
            paths: Paths::of(&all, units.len()),
            accept: 1 << units.len(),
            counts,
            pivots: OnceLock::new(),
            classes,
        }
    }
}

/// What characters may do by one of their syllables.
#[derive(Clone, Copy, Debug, Default)]
struct OfSyllable {
    always: Edges,
    /// Unless the reading is rare.
    common: Edges,
}

impl OfSyllable {
    /// What characters do by it that are read so.
    fn edges(&self, reading: Reading) -> Edges {
        let mut edges = Edges::default();
        // Neither rare readings nor those inside words are initials.
        if reading.is_inside() {
            edges.join(&self.always, !1);
        } else {
            edges.join(&self.always, u64::MAX);
            if !reading.is_rare() {
                edges.join(&self.common, u64::MAX);
            }
        }
        edges
    }
}

/// For how many values there is room at once.
const FEW: usize = 256;

/// Values for a few of many numbers.
struct Few<T> {
    known: Vec<T>,
    /// The index of each in `known`, plus one; 0 for all others.
    index: Vec<u16>,
}

impl<T: Default> Few<T> {
    fn of(numbers: usize) -> Self {
        Self {
            known: Vec::with_capacity(FEW),
            index: vec![0; numbers],
        }
    }

    /// The value of a number, for which the default is taken first.
    fn get(&mut self, number: usize) -> &mut T {
        let index = &mut self.index[number];
        if *index == 0 {
            self.known.push(T::default());
            *index = self.known.len() as u16;
        }
        &mut self.known[usize::from(*index) - 1]
    }

    /// The numbers that have a value, in order.
    fn iter(&self) -> impl Iterator<Item = (usize, &T)> {
        let numbers = self.index.iter().enumerate();
        let numbers = numbers.filter(|(_, index)| **index != 0);
        numbers.map(|(number, &index)| (number, &self.known[usize::from(index) - 1]))
    }
}
