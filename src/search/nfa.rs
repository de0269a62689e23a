//! A word as a nondeterministic automaton that runs along folded text: letters lie along
//! characters as pinyin, Han and digits as themselves, in any mixture.
//!
//! It is run bit-parallel (Shift-And: Baeza-Yates and Gonnet, A new approach to text
//! searching, 1992): one bit for every place in the word, so that all ways to read it
//! advance at once, `xian` as 先 and as 西安. A character moves a place on by as many
//! letters as it takes: one as itself or as an initial (`zh`, `ch` and `sh` take two), a
//! whole syllable, or, at the end of the word, a syllable that is not finished yet. What a
//! character may do depends on its readings alone, so characters fall into few classes, and
//! a table gives the class of each.

mod compile;
mod spelling;

pub use compile::{is_pinyin, trim_marks};

use std::sync::Arc;

use super::rank::Quality;
use crate::text::finder::Finder;
use crate::text::pinyin;

/// The longest word that the automaton takes, in characters: a state is 64 bits, and a
/// step shifts it by up to six.
pub const LONGEST: usize = 62;

/// A word, compiled.
#[derive(Clone, Debug)]
pub struct Nfa {
    class_of: Arc<ClassMap>,
    /// By the numbers of the classes; the first is that of all that the word has not.
    classes: Vec<Transitions>,
    /// All that the word may have, each once.
    codes: Vec<u16>,
    /// The bit after the last place.
    accept: u64,
    /// The characters with which the word may begin, without initials and with them.
    starts: [CodeSet; 2],
    /// Whether its last syllable may be a finished one.
    may_finish: bool,
}

/// From which places a character moves on, by how many letters: bit `p` of entry `n - 1`
/// is set where it does so from place `p` by `n` letters.
type Ways = [u64; pinyin::LONGEST];

/// What a character may do in a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Transitions {
    any: Ways,
    /// Those that are no initials.
    whole: Ways,
    /// Those of usual readings that are no initials.
    usual: Ways,
    /// Whether the character may end the word by a finished syllable, or as itself.
    finishing: bool,
}

/// One character that may be at a place in a word.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub code: u16,
    /// The place in the word at which the character is, and the one after it.
    pub place: u8,
    pub next: u8,
    /// At the end of the word, whether the syllable is finished there.
    pub finished: bool,
}

/// For every code the number of its class.
type ClassMap = Box<[u16; 1 << 16]>;

/// Some characters, one bit each.
type CodeSet = Box<[u64; 1 << 10]>;

/// Where in a text a word may begin.
#[derive(Clone, Debug)]
pub enum Starts<'a> {
    /// With one of these characters.
    Codes(&'a CodeSet),
    /// Where one of these words does: each with where it is next.
    Words(Vec<(usize, &'a Finder)>),
}

impl Starts<'_> {
    /// The first such place from `at` on.
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
    /// From where on the word occurs in a text in any way; nothing of what it may be is
    /// before that place.
    pub fn first(&self, text: &[[u8; 2]]) -> Option<usize> {
        self.next(text, 0, true, &mut self.starts(true), |first, _| {
            Some(first)
        })
    }

    /// The characters with which the word may begin.
    pub fn starts(&self, initials: bool) -> Starts<'_> {
        Starts::Codes(&self.starts[usize::from(initials)])
    }

    /// The best quality in which it is found without initials.
    pub fn best_quality(&self) -> Quality {
        if self.may_finish {
            Quality::Syllables
        } else {
            Quality::Unfinished
        }
    }

    /// The first occurrence in a text from a place on that is wanted: start, end and
    /// quality. Of those that end first it is the one of the fewest characters. Initials
    /// count only if `initials` says so.
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

    /// What first ends after `from` and is `found`, by where it begins at the earliest and
    /// where it ends.
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

    /// Where the occurrence begins that ends with a text, the one of the fewest characters,
    /// and its quality.
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

    /// Where the shortest end of a text that is the word begins, by some of the ways.
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

    /// The word for running text, of two characters at least, each of them finished:
    /// xian as 西安, neither as 先 nor as 下 and the begin of 南. `None` where one
    /// character is never all of the word.
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

    /// The steps without initials, in the order of their places. Steps from which the end
    /// cannot be reached are left out.
    pub fn whole_steps(&self) -> Vec<Step> {
        let mut reach = self.accept;
        for place in (0..self.letters()).rev() {
            let mut nexts = self.classes.iter().flat_map(|class| class.nexts(place));
            let goes_on = nexts.any(|next| reach >> next & 1 == 1);
            reach |= u64::from(goes_on) << place;
        }
        let steps = self.codes.iter().flat_map(|&code| {
            let transitions = self.transitions(code.to_le_bytes());
            let nexts = |place| transitions.nexts(place).map(move |next| (place, next));
            let nexts = (0..self.letters()).flat_map(nexts);
            let nexts = nexts.filter(|(_, next)| reach >> next & 1 == 1);
            nexts.map(move |(place, next)| Step {
                code,
                place: place as u8,
                next: next as u8,
                finished: transitions.finishing,
            })
        });
        let mut steps: Vec<Step> = steps.collect();
        steps.sort_by_key(|step| step.place);
        steps
    }

    /// How many letters the word has, and characters that stand for themselves.
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

    /// Takes out the way by so many letters from a place, if it has one.
    fn forget(&mut self, place: usize, letters: usize) {
        for ways in [&mut self.any, &mut self.whole, &mut self.usual] {
            if let Some(places) = ways.get_mut(letters - 1) {
                *places &= !(1 << place);
            }
        }
    }

    /// Adds what another does from the places in `from`, by a usual reading or a rare one.
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

    /// The places that are reached from another without initials.
    fn nexts(&self, place: usize) -> impl Iterator<Item = usize> + use<> {
        let by_letters = self.whole.into_iter().zip(place + 1..);
        let possible = by_letters.filter(move |(places, _)| places >> place & 1 == 1);
        possible.map(|(_, next)| next)
    }
}

/// Advances a state over one character, by some of its ways.
#[inline]
fn step(ways: &Ways, state: u64) -> u64 {
    let ways = (1..).zip(ways);
    ways.fold(0, |next, (letters, places)| {
        next | (state & places) << letters
    })
}

/// The state from which one character leads to another.
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

    /// Where the word first ends in whole syllables, tried from every character.
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
        // No character has all of di'tie.
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
