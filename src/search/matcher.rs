//! A word as a machine that runs along folded text: letters lie along
//! characters as pinyin, Han and digits as themselves, in any mixture.
//!
//! The state is one bit for every place in the word, so that all ways to read
//! it advance at once: `xian` as 先 and as 西安. A character moves a place on by
//! as many letters as it takes: one as itself or as an initial (`zh`, `ch` and
//! `sh` take two), a whole syllable, or, at the end of the word, a syllable that
//! is not finished yet. What a character may do depends on its readings alone,
//! so characters fall into few classes, and a table gives the class of each.

mod edges;
mod spelling;

use std::ops::Range;
use std::sync::OnceLock;

use edges::{Characters, Edges, MOST, class, step, step_back};
use spelling::{Parts, Taking};

use super::lines::Lines;
use super::vocabulary::{ReadAlike, Vocabulary};
use crate::text::pinyin::{self, SYLLABLES, Spellings};

/// The longest word that the machine takes, in characters.
pub const LONGEST: usize = 62;

/// How letters lie along characters, the better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Whole syllables and characters as themselves.
    Syllables,
    /// The same, but the last syllable is not finished yet: guoji as 国家.
    Begun,
    /// Initials among them.
    Initials,
}

/// Where a word was found: indices into the text that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub fit: Fit,
    /// The index after the last character.
    pub end: usize,
}

/// One character that may stand at a place in a word.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub code: u16,
    pub place: usize,
    /// The place behind it.
    pub next: usize,
    /// Whether it stands there by a syllable, or as itself.
    pub whole: bool,
    /// At the end of the word, whether the syllable is finished there.
    pub finished: bool,
}

/// A word, made ready to run.
#[derive(Clone, Debug)]
pub struct Matcher {
    characters: Characters,
    classes: Vec<Edges>,
    /// The bit behind the last place.
    accept: u64,
    /// The characters that may end the word by a finished syllable, or as
    /// themselves.
    finishing: Vocabulary,
    /// See [`Matcher::steps_with_initials`].
    steps: OnceLock<Vec<Vec<Step>>>,
}

/// What a character may do by one of its syllables.
#[derive(Clone, Copy, Debug, Default)]
struct SyllableEdges {
    always: Edges,
    /// Unless the reading is rare.
    common: Edges,
}

impl Matcher {
    /// Makes a word of folded codes ready; apostrophes between letters part
    /// syllables. `library` has the characters that may occur in the texts.
    ///
    /// `None` where the word is empty or longer than [`LONGEST`].
    pub fn new(word: &[u16], spellings: &Spellings, library: &ReadAlike) -> Option<Self> {
        let parts = Parts::of(word)?;
        // Few syllables have edges; entry 0 is that of all others.
        let mut edges_of_syllables = vec![SyllableEdges::default()];
        let mut by_syllable = [0_usize; SYLLABLES.len()];
        let mut finishing = [false; SYLLABLES.len()];
        for place in 0..parts.units.len() {
            parts.spell(place, spellings, |syllable, letters, taking| {
                let number = &mut by_syllable[usize::from(syllable)];
                if *number == 0 {
                    *number = edges_of_syllables.len();
                    edges_of_syllables.push(SyllableEdges::default());
                }
                let edges = &mut edges_of_syllables[*number];
                match taking {
                    Taking::Syllable | Taking::Begun => edges.always.add(place, letters, true),
                    Taking::LoneLetter => edges.always.add(place, letters, false),
                    Taking::Initial => edges.common.add(place, letters, false),
                }
                if taking == Taking::Syllable && place + letters == parts.units.len() {
                    finishing[usize::from(syllable)] = true;
                }
            });
        }
        let edges_of = |set| {
            let mut edges = Edges::default();
            for reading in pinyin::readings_in(set) {
                let number = by_syllable[usize::from(reading.syllable())];
                if number == 0 {
                    continue;
                }
                let of_syllable = &edges_of_syllables[number];
                // Neither rare readings nor those inside words are initials.
                let common = !reading.is_rare() && !reading.is_inside();
                let from = if reading.is_inside() { !1 } else { u64::MAX };
                edges.join(&of_syllable.always, from);
                edges.join(&of_syllable.common, if common { u64::MAX } else { 0 });
            }
            edges
        };
        let finishes = |set| {
            let mut readings = pinyin::readings_in(set);
            readings.any(|reading| finishing[usize::from(reading.syllable())])
        };
        Some(Self::from_sets(&parts.units, edges_of, finishes, library))
    }

    /// Makes a word ready to be found by its sound: every Han matches all
    /// characters that share a reading with it, all else matches itself.
    pub fn by_sound(word: &[u16], fuzzy: &Spellings, library: &ReadAlike) -> Option<Self> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        let mut by_syllable = vec![0_u64; SYLLABLES.len()];
        for (place, &code) in word.iter().enumerate() {
            // 堵车 is not dú jū: who types a word by its sound reads it as usual.
            for reading in pinyin::readings(code).filter(|reading| !reading.is_rare()) {
                for syllable in fuzzy.sounding_like(reading.syllable()) {
                    by_syllable[usize::from(syllable)] |= 1 << place;
                }
            }
        }
        let edges_of = |set| {
            let mut edges = Edges::default();
            for reading in pinyin::readings_in(set) {
                let places = by_syllable[usize::from(reading.syllable())];
                edges.any[0] |= places;
                edges.whole[0] |= places;
                edges.longest = u8::from(edges.any[0] != 0);
            }
            edges
        };
        // Nothing is unfinished that is not spelled.
        Some(Self::from_sets(word, edges_of, |_| true, library))
    }

    fn from_sets(
        units: &[u16],
        edges_of: impl Fn(pinyin::SetOfReadings) -> Edges,
        finishes: impl Fn(pinyin::SetOfReadings) -> bool,
        library: &ReadAlike,
    ) -> Self {
        let mut characters = Characters::default();
        let mut finishing = Vocabulary::default();
        // As itself.
        units
            .last()
            .iter()
            .for_each(|&&code| finishing.insert(code));
        let mut classes = vec![Edges::default()];
        for (set, codes) in library.groups() {
            let edges = edges_of(set);
            let class = class(&mut classes, edges);
            if class != 0 {
                if finishes(set) {
                    codes.iter().for_each(|&code| finishing.insert(code));
                }
                for &code in codes {
                    characters.set(code, class, &edges);
                }
            }
        }
        // A character as itself, in addition to what its readings do.
        for &code in units {
            let own = units.iter().enumerate().filter(|&(_, &unit)| unit == code);
            let mut edges = classes[usize::from(characters.class_of.of(code))];
            // A letter as itself is no syllable, or every word could be read whole.
            let whole = !is_letter(code);
            own.for_each(|(place, _)| edges.add(place, 1, whole));
            let class = class(&mut classes, edges);
            characters.set(code, class, &edges);
        }
        Self {
            characters,
            accept: 1 << units.len(),
            finishing,
            steps: OnceLock::new(),
            classes,
        }
    }

    /// The best fit in a text, given as the bytes of its codes, and of those the
    /// one that ends first.
    pub fn find(&self, text: &[u8]) -> Option<Found> {
        let codes = text.as_chunks().0;
        let mut best: Option<Found> = None;
        let mut index = 0;
        // Nearly everywhere nothing begins.
        while let Some(skipped) = codes[index..].iter().position(|&code| self.starts(code)) {
            index += skipped;
            let (mut any, mut whole) = (0_u64, 0_u64);
            while let Some(&code) = codes.get(index) {
                let code = u16::from_le_bytes(code);
                (any, whole) = step(self.edges(code), any | 1, whole | 1);
                index += 1;
                if any & self.accept != 0 {
                    let fit = self.fit(whole, code);
                    if best.is_none_or(|best| fit < best.fit) {
                        best = Some(Found { fit, end: index });
                    }
                    if fit == Fit::Syllables {
                        return best;
                    }
                }
                if any == 0 {
                    break;
                }
            }
        }
        best
    }

    /// The fit of what ends with a character, of which `whole` is the state.
    #[inline]
    fn fit(&self, whole: u64, last: u16) -> Fit {
        match whole & self.accept != 0 {
            true if self.finishing.has(last) => Fit::Syllables,
            true => Fit::Begun,
            false => Fit::Initials,
        }
    }

    /// The word whose character `pivot` is the one at an index of lines: where it
    /// lies there, best and shortest.
    #[inline]
    pub fn through(&self, lines: &Lines, at: usize, pivot: Step) -> Option<(Range<usize>, Fit)> {
        let state = |place: usize| (1 << place, if pivot.whole { 1 << place } else { 0 });
        let behind = |n: usize| self.edges(lines.code(at + n));
        let ends = first_accepted(state(pivot.next), self.accept, behind, step);
        if ends == [None, None] {
            return None;
        }
        let before = |n: usize| match at.checked_sub(n) {
            Some(index) => self.edges(lines.code(index)),
            None => self.edges(0),
        };
        let starts = first_accepted(state(pivot.place), 1, before, step_back);
        let wholes = [true, false].into_iter();
        let mut words = wholes.zip(starts).zip(ends);
        words.find_map(|((whole, before), behind)| {
            let word = at - before?..at + 1 + behind?;
            let whole = if whole { self.accept } else { 0 };
            let fit = self.fit(whole, lines.code(word.end - 1));
            Some((word, fit))
        })
    }

    /// Where the word first ends in a text in whole syllables.
    #[inline]
    pub fn find_whole(&self, text: &[u8]) -> Option<usize> {
        let codes = text.as_chunks().0;
        let mut index = 0;
        while let Some(skipped) = codes[index..]
            .iter()
            .position(|&code| self.starts_whole(code))
        {
            index += skipped;
            let mut whole = 0_u64;
            while let Some(&code) = codes.get(index) {
                let edges = self.edges(u16::from_le_bytes(code));
                whole = step(edges, 0, whole | 1).1;
                index += 1;
                if whole & self.accept != 0 {
                    return Some(index);
                }
                if whole == 0 {
                    break;
                }
            }
        }
        None
    }

    #[inline]
    fn starts(&self, code: [u8; 2]) -> bool {
        self.characters.starts.has(u16::from_le_bytes(code))
    }

    #[inline]
    fn starts_whole(&self, code: [u8; 2]) -> bool {
        self.characters.starts_whole.has(u16::from_le_bytes(code))
    }

    /// How often the word stands in a text in whole syllables, at most `most`
    /// times; occurrences do not overlap.
    pub fn count_whole(&self, mut text: &[u8], most: u32) -> u32 {
        let mut count = 0;
        while count < most
            && let Some(end) = self.find_whole(text)
        {
            count += 1;
            text = &text[2 * end..];
        }
        count
    }

    /// Where the occurrence that ends at `found.end` begins; the fewest
    /// characters win.
    pub fn start(&self, text: &[u16], found: Found) -> usize {
        let places = self.accept.trailing_zeros() as usize;
        let first = found.end.saturating_sub(places);
        let window = &text[first..found.end];
        let mut states = Vec::with_capacity(window.len() + 1);
        states.push(1);
        let (mut any, mut whole) = (0, 0);
        for &code in window {
            (any, whole) = step(self.edges(code), any | 1, whole | 1);
            states.push(
                1 | match found.fit {
                    Fit::Syllables | Fit::Begun => whole,
                    Fit::Initials => any,
                },
            );
        }
        let (mut index, mut place) = (window.len(), places);
        while place > 0 && index > 0 {
            let edges = self.edges(window[index - 1]);
            let table = match found.fit {
                Fit::Syllables | Fit::Begun => &edges.whole,
                Fit::Initials => &edges.any,
            };
            let from = (1..=place.min(MOST))
                .rev()
                .map(|letters| (letters, place - letters));
            let mut from = from.filter(|&(letters, from)| table[letters - 1] >> from & 1 == 1);
            let Some((_, from)) = from.find(|&(_, from)| states[index - 1] >> from & 1 == 1) else {
                break;
            };
            (index, place) = (index - 1, from);
        }
        first + index
    }

    /// All occurrences in a text, in order, not overlapping, as pairs of start
    /// and end; initials count only if `initials` says so.
    pub fn find_all(&self, text: &[u16], initials: bool) -> Vec<(usize, usize)> {
        let (mut any, mut whole) = (0, 0);
        let mut spans = Vec::new();
        for (index, &code) in text.iter().enumerate() {
            (any, whole) = step(self.edges(code), any | 1, whole | 1);
            let fit = match () {
                () if whole & self.accept != 0 => Fit::Syllables,
                () if initials && any & self.accept != 0 => Fit::Initials,
                () => continue,
            };
            let end = index + 1;
            spans.push((self.start(text, Found { fit, end }), end));
            (any, whole) = (0, 0);
        }
        spans
    }

    /// The steps with initials, made at the first call.
    pub fn steps_with_initials(&self) -> &[Vec<Step>] {
        self.steps.get_or_init(|| self.steps(true))
    }

    /// For every place in the word, which characters may stand there, each with
    /// the place behind it and whether it is read whole; with `initials` also
    /// those that are not. Steps from which the end cannot be reached are left
    /// out: behind an initial few letters can begin a character. So are letters as
    /// themselves, which are no syllables: behind any initial there may be one.
    pub fn steps(&self, initials: bool) -> Vec<Vec<Step>> {
        let mut steps = vec![Vec::new(); self.accept.trailing_zeros() as usize];
        let used = self.characters.used.iter().copied();
        for code in used.filter(|&code| !is_letter(code)) {
            let edges = self.edges(code);
            for letters in 1..=usize::from(edges.longest) {
                let whole = edges.whole[letters - 1];
                let mut places = if initials {
                    edges.any[letters - 1]
                } else {
                    whole
                };
                while places != 0 {
                    let place = places.trailing_zeros() as usize;
                    steps[place].push(Step {
                        code,
                        place,
                        next: place + letters,
                        whole: whole >> place & 1 == 1,
                        finished: self.finishing.has(code),
                    });
                    places &= places - 1;
                }
            }
        }
        let mut goes_on = vec![true; steps.len() + 1];
        for place in (0..steps.len()).rev() {
            steps[place].retain(|step: &Step| goes_on[step.next]);
            goes_on[place] = !steps[place].is_empty();
        }
        steps
    }

    #[inline]
    fn edges(&self, code: u16) -> &Edges {
        self.edges_in(self.characters.class_of.of(code))
    }

    #[inline]
    fn edges_in(&self, class: u16) -> &Edges {
        &self.classes[usize::from(class)]
    }
}

/// After how many characters a state is accepted, by whole syllables and as it
/// comes; `edges` tells those of the first character, the second, and so on.
#[inline]
fn first_accepted<'a>(
    (mut any, mut whole): (u64, u64),
    accept: u64,
    edges: impl Fn(usize) -> &'a Edges,
    step: impl Fn(&Edges, u64, u64) -> (u64, u64),
) -> [Option<usize>; 2] {
    let mut by_initials = None;
    let mut characters = 0;
    loop {
        if any & accept != 0 && by_initials.is_none() {
            by_initials = Some(characters);
        }
        if whole & accept != 0 {
            return [Some(characters), by_initials];
        }
        // Nothing better comes, or nothing at all.
        if any == 0 || by_initials.is_some() && whole == 0 {
            return [None, by_initials];
        }
        characters += 1;
        (any, whole) = step(edges(characters), any, whole);
    }
}

/// Whether a folded code is a Latin letter from a to z.
pub fn is_letter(code: u16) -> bool {
    u8::try_from(code).is_ok_and(|byte| byte.is_ascii_lowercase())
}
