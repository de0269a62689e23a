//! A word as a nondeterministic automaton that runs along folded text. Letters match characters as
//! pinyin, Han characters and digits match themselves, in any mixture.
//!
//! It is run bit-parallel (Shift-And: Baeza-Yates and Gonnet, A new approach to text searching,
//! 1992): one bit for every place in the word, so that all readings advance at once, `xian` as 先
//! and as 西安. A character advances a place by the letters that it consumes: one as itself or as
//! an initial (`zh`, `ch` and `sh` take two), a whole syllable, or, at the end of the word, an
//! unfinished syllable. Transitions depend only on the readings of a character, so characters fall
//! into few classes, and a table gives the class of each.

mod compile;
mod spelling;

pub use compile::{is_pinyin, trim_marks};

use std::sync::Arc;

use super::rank::Quality;
use crate::text::finder::Finder;
use crate::text::pinyin;

/// Maximum length of a word, in characters: a state has 64 bits, and a step shifts it by up to six.
pub const LONGEST: usize = 62;

/// A compiled word.
#[derive(Clone, Debug)]
pub struct Nfa {
    class_of: Arc<ClassMap>,
    /// Transitions by class. The first class is for characters that the word cannot contain.
    classes: Vec<Transitions>,
    /// Characters that the word may contain, each once.
    codes: Vec<u16>,
    /// The bit after the last place.
    accept: u64,
    /// Characters that may begin the word, without initials and with them.
    starts: [CodeSet; 2],
    /// Whether the last syllable may be finished.
    may_finish: bool,
}

/// Places from which a character advances, by number of letters: bit `p` of entry `n - 1` is set if
/// it advances from place `p` by `n` letters.
type Ways = [u64; pinyin::LONGEST];

/// Transitions of a character in a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Transitions {
    any: Ways,
    /// Transitions that are not initials.
    whole: Ways,
    /// Transitions of usual readings that are not initials.
    usual: Ways,
    /// Whether the character may end the word as a finished syllable, or as itself.
    finishing: bool,
}

/// A character that may be at a place in a word.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub code: u16,
    /// Place of the character in the word, and the place after it.
    pub place: u8,
    pub next: u8,
    /// At the end of the word, whether the syllable is finished.
    pub finished: bool,
}

/// Class of every code.
type ClassMap = Box<[u16; 1 << 16]>;

/// A set of characters, one bit each.
type CodeSet = Box<[u64; 1 << 10]>;

/// Places in a text where a word may begin.
#[derive(Clone, Debug)]
pub enum Starts<'a> {
    /// At one of these characters.
    Codes(&'a CodeSet),
    /// At one of these words, each with its next place.
    Words(Vec<(usize, &'a Finder)>),
}

impl Starts<'_> {
    /// Returns the first such place from `at` on.
    #[inline]
    fn next(&mut self, text: &[[u8; 2]], at: usize) -> Option<usize> {
        match self {
            Self::Codes(codes) => {
                let mut rest = text[at..].iter();
                let is_start = |&code| {
                    let code = u16::from_le_bytes(code);
                    codes[usize::from(code >> 6)] >> (code & 63) & 1 == 1
                };
                rest.position(is_start).map(|skipped| at + skipped)
            }
            Self::Words(words) => {
                words.retain_mut(|(next, word)| {
                    if *next < at {
                        let found = word.find(text[at..].as_flattened());
                        *next = found.map_or(text.len(), |skipped| at + skipped);
                    }
                    *next < text.len()
                });
                words.iter().map(|&(next, _)| next).min()
            }
        }
    }
}

impl Nfa {
    /// Returns a place in a text before which no occurrence begins; `None` if there is no
    /// occurrence.
    pub fn first(&self, text: &[[u8; 2]]) -> Option<usize> {
        self.next(text, 0, true, &mut self.starts(true), |first, _| {
            Some(first)
        })
    }

    /// Returns the characters that may begin the word.
    pub fn starts(&self, initials: bool) -> Starts<'_> {
        Starts::Codes(&self.starts[usize::from(initials)])
    }

    /// Returns the best quality of an occurrence without initials.
    pub fn best_quality(&self) -> Quality {
        if self.may_finish {
            Quality::Syllables
        } else {
            Quality::Unfinished
        }
    }

    /// Returns the first wanted occurrence in a text from `from` on: start, end and quality. Of
    /// those with the same end, it is the one of the fewest characters. Initials count only if
    /// `initials` is set.
    pub fn find(
        &self,
        text: &[[u8; 2]],
        from: usize,
        initials: bool,
        starts: &mut Starts<'_>,
        is_wanted: impl Fn(usize, usize) -> bool,
    ) -> Option<(usize, usize, Quality)> {
        self.next(text, from, initials, starts, |_, end| {
            let (start, quality) = self.start(&text[from..end], initials);
            let start = from + start;
            is_wanted(start, end).then_some((start, end, quality))
        })
    }

    /// Returns the result of `found` for the first occurrence after `from` that it accepts. `found`
    /// gets the earliest possible start, and the end.
    #[inline]
    fn next<T>(
        &self,
        text: &[[u8; 2]],
        from: usize,
        initials: bool,
        starts: &mut Starts<'_>,
        found: impl Fn(usize, usize) -> Option<T>,
    ) -> Option<T> {
        let mut at = from;
        while at < text.len() {
            at = starts.next(text, at)?;
            let first = at;
            let mut state = 0;
            while let Some(&code) = text.get(at) {
                let transitions = self.transitions(code);
                let ways = if initials {
                    &transitions.any
                } else {
                    &transitions.whole
                };
                state = step(ways, state | 1);
                at += 1;
                if state & self.accept != 0
                    && let Some(found) = found(first, at)
                {
                    return Some(found);
                }
                if state == 0 {
                    break;
                }
            }
        }
        None
    }

    /// Returns the start and the quality of the occurrence of the fewest characters at the end of a
    /// text.
    fn start(&self, text: &[[u8; 2]], initials: bool) -> (usize, Quality) {
        let finishing = text
            .last()
            .is_some_and(|&code| self.transitions(code).finishing);
        let whole = match (finishing, self.may_finish) {
            (true, _) => Quality::Syllables,
            (false, true) => Quality::Unlikely,
            (false, false) => Quality::Unfinished,
        };
        if let Some(start) = self.shortest(text, |transitions| &transitions.whole) {
            let is_rare = || {
                let usual = self.shortest(&text[start..], |transitions| &transitions.usual);
                usual != Some(0)
            };
            return match whole {
                Quality::Syllables if is_rare() => (start, Quality::Unlikely),
                whole => (start, whole),
            };
        }
        let start = self
            .shortest(text, |transitions| &transitions.any)
            .filter(|_| initials);
        (start.unwrap_or(0), Quality::Initials)
    }

    /// Returns the start of the shortest suffix of a text that is the word by some of the ways.
    fn shortest(&self, text: &[[u8; 2]], ways: impl Fn(&Transitions) -> &Ways) -> Option<usize> {
        let mut state = self.accept;
        for (at, &code) in text.iter().enumerate().rev() {
            state = step_back(ways(self.transitions(code)), state);
            if state & 1 == 1 {
                return Some(at);
            }
            if state == 0 {
                break;
            }
        }
        None
    }

    /// Returns the word for running text, of at least two characters, each of them finished: xian
    /// as 西安, neither as 先 nor as 下 and the beginning of 南. Returns `None` if no single
    /// character can be the whole word.
    pub fn of_several(&self) -> Option<Self> {
        let letters = self.letters();
        let mut classes = self.classes.iter();
        if !classes.any(|class| class.nexts(0).any(|next| next == letters)) {
            return None;
        }
        let mut several = self.clone();
        for class in &mut several.classes {
            class.forget(0, letters);
            if !class.finishing {
                (1..letters).for_each(|place| class.forget(place, letters - place));
            }
        }
        Some(several)
    }

    /// Returns the steps without initials, by place. Steps from which the end cannot be reached are
    /// left out.
    pub fn whole_steps(&self) -> Vec<Step> {
        let mut reach = self.accept;
        for place in (0..self.letters()).rev() {
            let mut nexts = self.classes.iter().flat_map(|class| class.nexts(place));
            let goes_on = nexts.any(|next| reach >> next & 1 == 1);
            reach |= u64::from(goes_on) << place;
        }
        let mut steps: Vec<Step> = self
            .codes
            .iter()
            .flat_map(|&code| {
                let transitions = self.transitions(code.to_le_bytes());
                let nexts = |place| transitions.nexts(place).map(move |next| (place, next));
                let nexts = (0..self.letters())
                    .flat_map(nexts)
                    .filter(|(_, next)| reach >> next & 1 == 1);
                nexts.map(move |(place, next)| Step {
                    code,
                    place: place as u8,
                    next: next as u8,
                    finished: transitions.finishing,
                })
            })
            .collect();
        steps.sort_by_key(|step| step.place);
        steps
    }

    /// Returns the length of the word, in letters and in characters that match themselves.
    pub fn letters(&self) -> usize {
        self.accept.trailing_zeros() as usize
    }

    #[inline]
    fn transitions(&self, code: [u8; 2]) -> &Transitions {
        &self.classes[usize::from(self.class_of[usize::from(u16::from_le_bytes(code))])]
    }
}

impl Transitions {
    fn add(&mut self, place: usize, letters: usize, is_initial: bool) {
        self.any[letters - 1] |= 1 << place;
        if !is_initial {
            self.whole[letters - 1] |= 1 << place;
            self.usual[letters - 1] |= 1 << place;
        }
    }

    /// Removes the transition by so many letters from a place.
    fn forget(&mut self, place: usize, letters: usize) {
        for ways in [&mut self.any, &mut self.whole, &mut self.usual] {
            if let Some(places) = ways.get_mut(letters - 1) {
                *places &= !(1 << place);
            }
        }
    }

    /// Adds the transitions of another from the places in `from`, by a usual reading or a rare one.
    fn join(&mut self, other: &Self, from: u64, is_usual: bool) {
        self.finishing |= other.finishing;
        for letters in 0..pinyin::LONGEST {
            self.any[letters] |= other.any[letters] & from;
            self.whole[letters] |= other.whole[letters] & from;
            if is_usual {
                self.usual[letters] |= other.usual[letters] & from;
            }
        }
    }

    /// Yields the places that are reached from another without initials.
    fn nexts(&self, place: usize) -> impl Iterator<Item = usize> + use<> {
        let by_letters = self.whole.into_iter().zip(place + 1..);
        let possible = by_letters.filter(move |(places, _)| places >> place & 1 == 1);
        possible.map(|(_, next)| next)
    }
}

/// Advances a state over one character by some of its ways.
#[inline]
fn step(ways: &Ways, state: u64) -> u64 {
    let ways = (1..).zip(ways);
    ways.fold(0, |next, (letters, places)| {
        next | (state & places) << letters
    })
}

/// Returns the state from which one character leads to another.
#[inline]
fn step_back(ways: &Ways, state: u64) -> u64 {
    let ways = (1..).zip(ways);
    ways.fold(0, |before, (letters, places)| {
        before | state >> letters & places
    })
}

#[cfg(test)]
mod tests {
    use std::iter;

    use proptest::prelude::*;

    use super::*;
    use crate::search::folded;
    use crate::text::fold;
    use crate::text::pinyin::ReadableCodes;
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
        let pairs = folded::pairs(&fold::codes(text));
        let next = |from| nfa.find(&pairs, from, false, &mut nfa.starts(false), |_, _| true);
        let spans = iter::successors(next(0), |&(_, from, _)| next(from));
        spans.map(|(start, end, _)| (start, end)).collect()
    }

    /// Returns where the word first ends in whole syllables, tried from every character.
    fn first_end(nfa: &Nfa, text: &[u16]) -> Option<usize> {
        let end_from = |start: usize| {
            let mut whole = 1;
            (start..text.len()).find_map(|at| {
                let transitions = nfa.transitions(text[at].to_le_bytes());
                whole = step(&transitions.whole, whole);
                (whole & nfa.accept != 0).then_some(at + 1)
            })
        };
        (0..text.len()).filter_map(end_from).min()
    }

    #[test]
    fn a_word_of_several_characters_is_no_single_one() {
        let (text, one) = ("先去西安县，限显岸", compiled("xian"));
        assert_eq!(spans(&one, text), [(0, 1), (2, 4), (4, 5), (6, 7), (7, 8)]);
        let several = one.of_several().expect("one character may be all of it");
        assert_eq!(spans(&several, text), [(2, 4)]);
        assert!(several.of_several().is_none());
        // 限 is xian, 下 xia and 南 begins with n.
        assert_eq!(spans(&several, "下南限安"), []);
        // No character can be all of di'tie.
        assert!(compiled("ditie").of_several().is_none());
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
