//! A word as a nondeterministic automaton that runs along folded text: letters lie
//! along characters as pinyin, Han and digits as themselves, in any mixture.
//!
//! It is run bit-parallel (Shift-And: Baeza-Yates and Gonnet, A new approach to text
//! searching, 1992): one bit for every place in the word, so that all ways to read it
//! advance at once, `xian` as 先 and as 西安. A character moves a place on by as many
//! letters as it takes: one as itself or as an initial (`zh`, `ch` and `sh` take two), a
//! whole syllable, or, at the end of the word, a syllable that is not finished yet.
//! What a character may do depends on its readings alone, so characters fall into few
//! classes, and a table gives the class of each.

mod compile;
mod spelling;
mod transitions;

use std::{iter, slice};

use transitions::{MOST, Transitions, step, usual_step};

use super::code_sets::{CodeMap, CodeSet, ReadableCodes};
use super::rank::Quality;

/// The longest word that the automaton takes, in characters.
pub const LONGEST: usize = 62;

/// A word, compiled.
#[derive(Clone, Debug)]
pub struct Nfa {
    class_of: CodeMap,
    /// By the numbers of the classes; those of a library come first.
    classes: Vec<Transitions>,
    /// The characters that stand for themselves.
    own: Vec<u16>,
    /// The bit behind the last place.
    accept: u64,
    /// The characters with which the word may begin.
    starts: CodeSet,
    /// Those that it may have anywhere as a whole syllable, or as themselves.
    whole: CodeSet,
    /// Of how many characters the word is at least, without initials; `None` where
    /// there are none such.
    fewest_whole: Option<usize>,
}

/// One character that may stand at a place in a word.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub code: u16,
    /// The place in the word at which the character stands, and the one behind it.
    pub place: u8,
    pub next: u8,
    /// At the end of the word, whether the syllable is finished there.
    pub finished: bool,
}

impl Nfa {
    /// The best quality in which the word occurs in a text.
    pub fn best(&self, text: &[[u8; 2]]) -> Option<Quality> {
        let mut best: Option<Quality> = None;
        let mut index = 0;
        while let Some(skipped) = text[index..].iter().position(|&code| self.is_start(code)) {
            index += skipped;
            let (mut any, mut whole) = (0_u64, 0_u64);
            while let Some(&code) = text.get(index) {
                let transitions = self.transitions(code);
                (any, whole) = step(transitions, any | 1, whole | 1);
                index += 1;
                if any & self.accept != 0 {
                    let quality = self.quality(whole, transitions);
                    if quality == Quality::Syllables
                        || quality == Quality::Initials && self.fewest_whole.is_none()
                    {
                        return Some(quality);
                    }
                    best = Some(best.map_or(quality, |best| best.min(quality)));
                }
                if any == 0 {
                    break;
                }
            }
        }
        best
    }

    /// All occurrences in a text that are wanted, in order, not overlapping: start, end
    /// and quality. Initials count only if `initials` says so.
    pub fn matches<'a>(
        &'a self,
        text: &'a [[u8; 2]],
        initials: bool,
        is_wanted: impl Fn(usize, usize) -> bool + 'a,
    ) -> impl Iterator<Item = (usize, usize, Quality)> + 'a {
        let mut from = 0;
        iter::from_fn(move || {
            let found = |end: usize, quality: Quality| {
                let start = self.start(text, from, end, quality);
                let quality = match quality {
                    Quality::Syllables if !self.is_usual(&text[start..end]) => {
                        Quality::RareSyllables
                    }
                    quality => quality,
                };
                is_wanted(start, end).then_some((start, end, quality))
            };
            let next = match initials {
                true => self.next_of_any(text, from, found)?,
                false => self.next_whole(text, from, found)?,
            };
            from = next.1;
            Some(next)
        })
    }

    /// What first ends behind `from` in whole syllables, and is `found`.
    ///
    /// As many characters as a word has at least are looked at from the last to the
    /// first: where one is none of its characters, the word lies behind it (Boyer and
    /// Moore, A fast string searching algorithm, 1977).
    #[inline]
    fn next_whole<T>(
        &self,
        text: &[[u8; 2]],
        from: usize,
        found: impl Fn(usize, Quality) -> Option<T>,
    ) -> Option<T> {
        let fewest = self.fewest_whole?;
        // No word that begins before `start` ends behind it.
        let mut start = from;
        while let Some(&last) = text.get(start + fewest - 1) {
            if !self.is_whole(last) {
                start += fewest;
                continue;
            }
            let others = &text[start..start + fewest - 1];
            if let Some(other) = others.iter().rposition(|&code| !self.is_whole(code)) {
                start += other + 1;
                continue;
            }
            let mut whole = 0_u64;
            while let Some(&code) = text.get(start) {
                let transitions = self.transitions(code);
                whole = step(transitions, 0, whole | 1).1;
                start += 1;
                if whole & self.accept != 0
                    && let Some(found) = found(start, self.quality(whole, transitions))
                {
                    return Some(found);
                }
                if whole == 0 {
                    break;
                }
            }
        }
        None
    }

    /// What first ends behind `from` in any way, and is `found`.
    fn next_of_any<T>(
        &self,
        text: &[[u8; 2]],
        from: usize,
        found: impl Fn(usize, Quality) -> Option<T>,
    ) -> Option<T> {
        let (mut any, mut whole) = (0, 0);
        for (index, &code) in text.iter().enumerate().skip(from) {
            let transitions = self.transitions(code);
            (any, whole) = step(transitions, any | 1, whole | 1);
            if any & self.accept != 0
                && let Some(found) = found(index + 1, self.quality(whole, transitions))
            {
                return Some(found);
            }
        }
        None
    }

    /// The quality of what ends with a character, of which `whole` is the state.
    #[inline]
    fn quality(&self, whole: u64, last: &Transitions) -> Quality {
        match whole & self.accept != 0 {
            true if last.finishing => Quality::Syllables,
            true => Quality::Unfinished,
            false => Quality::Initials,
        }
    }

    /// Where the occurrence that ends at `end` begins, at `from` or behind it; the
    /// fewest characters win.
    fn start(&self, text: &[[u8; 2]], from: usize, end: usize, quality: Quality) -> usize {
        let places = self.letters();
        let first = end.saturating_sub(places).max(from);
        let table = |transitions: &Transitions| match quality {
            Quality::Initials => transitions.any,
            _ => transitions.whole,
        };
        let mut states = Vec::with_capacity(end - first + 1);
        states.push(1);
        let (mut any, mut whole) = (0, 0);
        for &code in &text[first..end] {
            (any, whole) = step(self.transitions(code), any | 1, whole | 1);
            states.push(
                1 | if quality == Quality::Initials {
                    any
                } else {
                    whole
                },
            );
        }
        let (mut index, mut place) = (end - first, places);
        while place > 0 && index > 0 {
            let table = table(self.transitions(text[first + index - 1]));
            let mut lengths = (1..=place.min(MOST)).rev();
            let reaches = |&letters: &usize| {
                let before = place - letters;
                table[letters - 1] >> before & 1 == 1 && states[index - 1] >> before & 1 == 1
            };
            let Some(letters) = lengths.find(reaches) else {
                break;
            };
            (index, place) = (index - 1, place - letters);
        }
        first + index
    }

    /// Whether all of some characters is the word by their usual readings.
    fn is_usual(&self, text: &[[u8; 2]]) -> bool {
        let step = |usual, &code: &[u8; 2]| usual_step(self.transitions(code), usual);
        text.iter().fold(1, step) & self.accept != 0
    }

    /// Whether one character may be all of the word, in whole syllables.
    pub fn is_one(&self) -> bool {
        self.fewest_whole == Some(1)
    }

    /// The same word for running text, of two characters at least, each of them
    /// finished: xian as 西安, neither as 先 nor as 下 and the begin of 南.
    pub fn of_several(&self) -> Self {
        let letters = self.letters();
        let mut several = self.clone();
        for transitions in &mut several.classes {
            transitions.forget(0, letters);
            if !transitions.finishing {
                (1..letters).for_each(|place| transitions.forget(place, letters - place));
            }
        }
        several.whole = CodeSet::default();
        let whole = self.whole.codes();
        let still = whole.filter(|code| several.transitions(code.to_le_bytes()).is_whole());
        let still: Vec<u16> = still.collect();
        still
            .into_iter()
            .for_each(|code| several.whole.insert(code));
        several.fewest_whole = several.fewest_whole();
        several
    }

    /// The steps without initials, in the order of their places; `library` is the one
    /// for which the word was compiled. Steps from which the end cannot be reached are
    /// left out, and so are letters as themselves, which are no syllables.
    pub fn whole_steps(&self, library: &ReadableCodes) -> Vec<Step> {
        let mut reach = self.accept;
        for place in (0..self.letters()).rev() {
            let goes_on = self
                .classes
                .iter()
                .any(|transitions| transitions.nexts(place).any(|next| reach >> next & 1 == 1));
            reach |= u64::from(goes_on) << place;
        }
        let own = self.own.iter().filter(|&&code| !is_letter(code));
        let own = own.map(slice::from_ref);
        let groups = library.groups().map(|(codes, _)| codes);
        let mut steps = Vec::new();
        for codes in groups.chain(own) {
            for &code in codes {
                let is_own = self.own.contains(&code);
                if is_own && codes.len() > 1 {
                    continue;
                }
                let transitions = self.transitions(code.to_le_bytes());
                if !transitions.is_whole() {
                    // So are all that are read alike, but for those that are its own.
                    if is_own { continue } else { break }
                }
                for place in 0..self.letters() {
                    let nexts = transitions.nexts(place);
                    steps.extend(
                        nexts
                            .filter(|next| reach >> next & 1 == 1)
                            .map(|next| Step {
                                code,
                                place: place as u8,
                                next: next as u8,
                                finished: transitions.finishing,
                            }),
                    );
                }
            }
        }
        steps.sort_by_key(|step| step.place);
        steps
    }

    /// How many letters the word has, and characters that stand as themselves.
    pub fn letters(&self) -> usize {
        self.accept.trailing_zeros() as usize
    }

    fn fewest_whole(&self) -> Option<usize> {
        let mut fewest = vec![None; self.letters() + 1];
        fewest[0] = Some(0_usize);
        // Letters as themselves are among the classes, but move on by no whole syllable.
        let mut all = Transitions::default();
        self.classes
            .iter()
            .for_each(|class| all.join(class, u64::MAX, true));
        for place in 0..self.letters() {
            let Some(here) = fewest[place] else { continue };
            for next in all.nexts(place) {
                let known: &mut Option<usize> = &mut fewest[next];
                *known = Some(known.map_or(here + 1, |known| known.min(here + 1)));
            }
        }
        fewest[self.letters()]
    }

    #[inline]
    fn is_start(&self, code: [u8; 2]) -> bool {
        self.starts.has(u16::from_le_bytes(code))
    }

    #[inline]
    fn is_whole(&self, code: [u8; 2]) -> bool {
        self.whole.has(u16::from_le_bytes(code))
    }

    #[inline]
    fn transitions(&self, code: [u8; 2]) -> &Transitions {
        &self.classes[usize::from(self.class_of.of(u16::from_le_bytes(code)))]
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
    use crate::search::folded;
    use crate::text::fold;
    use crate::text::pinyin::Spellings;

    fn compiled(word: &str) -> Nfa {
        let nfa = Nfa::new(
            &fold::codes(word),
            &Spellings::default(),
            ReadableCodes::all(),
        );
        nfa.expect("a word")
    }

    fn spans(nfa: &Nfa, text: &str) -> Vec<(usize, usize)> {
        let bytes = folded::bytes(&fold::codes(text));
        let matches = nfa.matches(bytes.as_chunks().0, false, |_, _| true);
        matches.map(|(start, end, _)| (start, end)).collect()
    }

    /// Where the word first ends in whole syllables, tried from every character.
    fn first_end(nfa: &Nfa, text: &[u16]) -> Option<usize> {
        let end_from = |start: usize| {
            let mut whole = 1;
            (start..text.len()).find_map(|at| {
                whole = step(nfa.transitions(text[at].to_le_bytes()), 0, whole).1;
                (whole & nfa.accept != 0).then_some(at + 1)
            })
        };
        (0..text.len()).filter_map(end_from).min()
    }

    #[test]
    fn a_word_of_several_characters_is_no_single_one() {
        let (text, one) = ("先去西安县，限显岸", compiled("xian"));
        assert!(one.is_one());
        assert_eq!(spans(&one, text), [(0, 1), (2, 4), (4, 5), (6, 7), (7, 8)]);
        let several = one.of_several();
        assert_eq!(spans(&several, text), [(2, 4)]);
        assert!(!several.is_one());
        // 限 is xian, 下 xia and 南 begins with n.
        assert_eq!(spans(&several, "下南限安"), []);
        // No character has all of di'tie.
        assert!(!compiled("ditie").is_one());
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
            let nfa = compiled(word);
            let found = spans(&nfa, &text).first().map(|span| span.1);
            prop_assert_eq!(found, first_end(&nfa, &fold::codes(&text)));
        }
    }
}
