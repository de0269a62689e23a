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
mod making;
mod paths;
mod spelling;
mod steps;

use std::ops::Range;
use std::sync::OnceLock;

use edges::{Characters, Classes, Edges, MOST, step, step_back};
use paths::Paths;
pub use steps::Step;

use super::lines::Lines;
use super::sieve::Sieve;

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

/// A word, made ready to run.
#[derive(Clone, Debug)]
pub struct Matcher {
    characters: Characters,
    classes: Classes,
    paths: Paths,
    /// The bit behind the last place.
    accept: u64,
    /// How often characters of each class stand in lines.
    counts: Vec<usize>,
    /// See [`Matcher::pivots`].
    pivots: OnceLock<Vec<Step>>,
}

impl Matcher {
    /// The best fit in a text, given as the bytes of its codes, and of those the
    /// one that ends first.
    pub fn find(&self, text: &[u8]) -> Option<Found> {
        let codes = text.as_chunks().0;
        let mut best: Option<Found> = None;
        let mut index = 0;
        // Nearly everywhere nothing begins.
        let starts = |&code: &[u8; 2]| self.edges(u16::from_le_bytes(code)).is_start();
        while let Some(skipped) = codes[index..].iter().position(starts) {
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
            true if self.edges(last).finishing => Fit::Syllables,
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
        let ends = first_accepted(state(pivot.next()), self.accept, behind, step);
        if ends == [None, None] {
            return None;
        }
        let before = |n: usize| match at.checked_sub(n) {
            Some(index) => self.edges(lines.code(index)),
            None => self.edges(0),
        };
        let starts = first_accepted(state(pivot.place()), 1, before, step_back);
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
    ///
    /// As many characters as a word has at least are looked at from the last to the
    /// first: where one is none of its characters, the word lies behind it (Boyer and
    /// Moore, A fast string searching algorithm, 1977).
    #[inline]
    pub fn find_whole(&self, text: &[u8]) -> Option<usize> {
        let codes: &[[u8; 2]] = text.as_chunks().0;
        let fewest = self.paths.fewest_whole?;
        // No word that begins before `start` ends behind it.
        let mut start = 0;
        while let Some(&last) = codes.get(start + fewest - 1) {
            if !self.is_whole(last) {
                start += fewest;
                continue;
            }
            let others = &codes[start..start + fewest - 1];
            if let Some(other) = others.iter().rposition(|&code| !self.is_whole(code)) {
                start += other + 1;
                continue;
            }
            let mut whole = 0_u64;
            while let Some(&code) = codes.get(start) {
                let edges = self.edges(u16::from_le_bytes(code));
                whole = step(edges, 0, whole | 1).1;
                start += 1;
                if whole & self.accept != 0 {
                    return Some(start);
                }
                if whole == 0 {
                    break;
                }
            }
        }
        None
    }

    #[inline]
    fn is_whole(&self, code: [u8; 2]) -> bool {
        self.characters.whole.may_have(u16::from_le_bytes(code))
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
        let places = self.letters();
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

    /// Whether one character may be all of the word, in whole syllables.
    pub fn is_one(&self) -> bool {
        self.paths.fewest_whole == Some(1)
    }

    /// The same word for running text, of two characters at least, each of them
    /// finished: xian as 西安, neither as 先 nor as 下 and the begin of 南.
    pub fn of_several(&self) -> Self {
        let mut several = self.clone();
        let letters = self.letters();
        several.classes.change_all(|edges| {
            edges.forget(0, letters);
            if !edges.finishing {
                (1..letters).for_each(|place| edges.forget(place, letters - place));
            }
        });
        // Letters as themselves are among them, but lead nowhere by whole syllables, and
        // nothing else counts in text.
        let mut all = Edges::default();
        several
            .classes
            .iter()
            .for_each(|edges| all.join(edges, u64::MAX));
        several.paths = Paths::of(&all, letters);
        several.characters.whole = Sieve::default();
        for (class, codes) in self.characters.by_class() {
            if several.classes.edges(class).is_whole() {
                let whole = &mut several.characters.whole;
                codes.for_each(|code| whole.insert(code));
            }
        }
        several.pivots = OnceLock::new();
        several
    }

    /// How many letters the word has, and characters that stand as themselves.
    pub fn letters(&self) -> usize {
        self.accept.trailing_zeros() as usize
    }

    #[inline]
    fn edges(&self, code: u16) -> &Edges {
        self.classes.edges(self.characters.class_of.of(code))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::lines;
    use crate::search::vocabulary::ReadAlike;
    use crate::text::fold;
    use crate::text::pinyin::Spellings;

    fn matcher(word: &str) -> Matcher {
        let matcher = Matcher::new(&fold::codes(word), &Spellings::default(), ReadAlike::all());
        matcher.expect("a word")
    }

    /// Where the word first ends in whole syllables, tried from every character.
    fn first_end(matcher: &Matcher, text: &[u16]) -> Option<usize> {
        let end_from = |start: usize| {
            let mut whole = 1;
            (start..text.len()).find_map(|at| {
                whole = step(matcher.edges(text[at]), 0, whole).1;
                (whole & matcher.accept != 0).then_some(at + 1)
            })
        };
        (0..text.len()).filter_map(end_from).min()
    }

    #[test]
    fn a_word_of_several_characters_is_no_single_one() {
        let (text, one) = (fold::codes("先去西安县，限显岸"), matcher("xian"));
        assert!(one.is_one());
        assert_eq!(
            one.find_all(&text, false),
            [(0, 1), (2, 4), (4, 5), (6, 7), (7, 8)]
        );
        let several = one.of_several();
        assert_eq!(several.find_all(&text, false), [(2, 4)]);
        assert_eq!(several.find_whole(&lines::bytes(&text)), Some(4));
        assert!(!several.is_one());
        // 限 is xian, 下 xia and 南 begins with n.
        assert_eq!(several.find_all(&fold::codes("下南限安"), false), []);
        // No character has all of di'tie.
        assert!(!matcher("ditie").is_one());
    }

    proptest! {
        #[test]
        fn a_word_first_ends_where_looking_from_every_character_finds_it(
            word in prop::sample::select(vec![
                "shi", "shishi", "shishishi", "xian", "xianxian", "zhidu", "ditie", "di铁",
                "a", "shangan", "2016shi", "zhongguoren",
            ]),
            text in "[是时事实市先西安县制度地铁中国人上岸干啊 2016a]{0,40}",
        ) {
            let matcher = matcher(word);
            let text = fold::codes(&text);
            let found = matcher.find_whole(&lines::bytes(&text));
            prop_assert_eq!(found, first_end(&matcher, &text));
        }
    }
}
