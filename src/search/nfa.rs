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

use std::{iter, slice};

use super::bit_set::BitSet;
use super::code_sets::{CodeMap, ReadableCodes};
use super::rank::Quality;
use crate::text::pinyin;

/// The longest word that the automaton takes, in characters: a state is 64 bits, and a
/// step shifts it by up to six.
pub const LONGEST: usize = 62;

/// A word, compiled.
#[derive(Clone, Debug)]
pub struct Nfa {
    class_of: CodeMap,
    /// By the numbers of the classes; those of a library come first.
    classes: Vec<Transitions>,
    /// The characters that stand for themselves.
    own: Vec<u16>,
    /// The bit after the last place.
    accept: u64,
    /// The characters with which the word may begin.
    starts: BitSet,
}

/// From which places a character moves on, by how many letters. Bit `p` of entry `n - 1`:
/// from place `p` by `n` letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Transitions {
    any: [u64; pinyin::LONGEST],
    /// Those that are no initials.
    whole: [u64; pinyin::LONGEST],
    /// Those of usual readings that are no initials.
    usual: [u64; pinyin::LONGEST],
    /// The most letters by which it moves on.
    longest: usize,
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

impl Nfa {
    /// Whether the word occurs in a text in any way.
    pub fn accepts(&self, text: &[[u8; 2]]) -> bool {
        self.next(text, 0, true, |_, _| Some(())).is_some()
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
            let found = self.next(text, from, initials, |end, quality| {
                let start = self.start(text, from, end, quality);
                is_wanted(start, end).then(|| (start, end, self.exact(&text[start..end], quality)))
            });
            from = found?.1;
            found
        })
    }

    /// What first ends after `from` and is `found`.
    #[inline]
    fn next<T>(
        &self,
        text: &[[u8; 2]],
        from: usize,
        initials: bool,
        found: impl Fn(usize, Quality) -> Option<T>,
    ) -> Option<T> {
        let mut at = from;
        while let Some(skipped) = text[at..].iter().position(|&code| self.is_start(code)) {
            at += skipped;
            let (mut any, mut whole) = (0, 0);
            while let Some(&code) = text.get(at) {
                let transitions = self.transitions(code);
                any = if initials {
                    step(&transitions.any, transitions, any | 1)
                } else {
                    0
                };
                whole = step(&transitions.whole, transitions, whole | 1);
                at += 1;
                if (any | whole) & self.accept != 0 {
                    let quality = match whole & self.accept != 0 {
                        true if transitions.finishing => Quality::Syllables,
                        true => Quality::Unfinished,
                        false => Quality::Initials,
                    };
                    if let Some(found) = found(at, quality) {
                        return Some(found);
                    }
                }
                if any | whole == 0 {
                    break;
                }
            }
        }
        None
    }

    /// Where the occurrence that ends at `end` begins, at `from` or after it; the fewest
    /// characters win.
    fn start(&self, text: &[[u8; 2]], from: usize, end: usize, quality: Quality) -> usize {
        let first = end.saturating_sub(self.letters()).max(from);
        let ways = |code: [u8; 2]| match quality {
            Quality::Initials => &self.transitions(code).any,
            _ => &self.transitions(code).whole,
        };
        let mut states = vec![1];
        for &code in &text[first..end] {
            let before = states[states.len() - 1];
            states.push(1 | step(ways(code), self.transitions(code), before));
        }
        let (mut index, mut place) = (end - first, self.letters());
        while place > 0 && index > 0 {
            let ways = ways(text[first + index - 1]);
            let mut lengths = (1..=place.min(pinyin::LONGEST)).rev();
            let reaches = |&letters: &usize| {
                ways[letters - 1] & states[index - 1] & 1 << (place - letters) != 0
            };
            let Some(letters) = lengths.find(reaches) else {
                break;
            };
            (index, place) = (index - 1, place - letters);
        }
        first + index
    }

    /// The quality of an occurrence that is all of some characters: whole syllables may be
    /// rare readings.
    fn exact(&self, text: &[[u8; 2]], quality: Quality) -> Quality {
        let usual = text.iter().fold(1, |usual, &code| {
            let transitions = self.transitions(code);
            step(&transitions.usual, transitions, usual)
        });
        match quality {
            Quality::Syllables if usual & self.accept == 0 => Quality::RareSyllables,
            quality => quality,
        }
    }

    /// The same word for running text, of two characters at least, each of them finished:
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

    /// The steps without initials, in the order of their places; `library` is the one for
    /// which the word was compiled. Steps from which the end cannot be reached are left
    /// out, and so are letters as themselves, which are no syllables.
    pub fn whole_steps(&self, library: &ReadableCodes) -> Vec<Step> {
        let mut reach = self.accept;
        for place in (0..self.letters()).rev() {
            let mut nexts = self.classes.iter().flat_map(|class| class.nexts(place));
            let goes_on = nexts.any(|next| reach >> next & 1 == 1);
            reach |= u64::from(goes_on) << place;
        }
        let own = self.own.iter().filter(|&&code| !is_letter(code));
        let groups = library.groups().map(|(codes, _)| codes);
        let mut steps = Vec::new();
        for codes in groups.chain(own.map(slice::from_ref)) {
            // All codes of a group are alike, but for those that stand for themselves.
            let is_own = |code: &&u16| codes.len() > 1 && self.own.contains(code);
            for &code in codes.iter().filter(|code| !is_own(code)) {
                let transitions = self.transitions(code.to_le_bytes());
                if transitions.whole == [0; pinyin::LONGEST] {
                    break;
                }
                for place in 0..self.letters() {
                    let nexts = transitions.nexts(place);
                    let nexts = nexts.filter(|next| reach >> next & 1 == 1);
                    steps.extend(nexts.map(|next| Step {
                        code,
                        place: place as u8,
                        next: next as u8,
                        finished: transitions.finishing,
                    }));
                }
            }
        }
        steps.sort_by_key(|step| step.place);
        steps
    }

    /// How many letters the word has, and characters that stand for themselves.
    pub fn letters(&self) -> usize {
        self.accept.trailing_zeros() as usize
    }

    #[inline]
    fn is_start(&self, code: [u8; 2]) -> bool {
        self.starts.contains(u16::from_le_bytes(code).into())
    }

    #[inline]
    fn transitions(&self, code: [u8; 2]) -> &Transitions {
        &self.classes[usize::from(self.class_of.of(u16::from_le_bytes(code)))]
    }
}

impl Transitions {
    fn add(&mut self, place: usize, letters: usize, is_initial: bool) {
        self.any[letters - 1] |= 1 << place;
        if !is_initial {
            self.whole[letters - 1] |= 1 << place;
            self.usual[letters - 1] |= 1 << place;
        }
        self.longest = self.longest.max(letters);
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
        self.longest = self.longest.max(other.longest);
        for letters in 0..other.longest {
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
fn step(ways: &[u64; pinyin::LONGEST], of: &Transitions, state: u64) -> u64 {
    let ways = ways.iter().take(of.longest).zip(1..);
    ways.fold(0, |next, (places, letters)| {
        next | (state & places) << letters
    })
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
        let pairs = folded::pairs(&fold::codes(text));
        let matches = nfa.matches(&pairs, false, |_, _| true);
        matches.map(|(start, end, _)| (start, end)).collect()
    }

    /// Where the word first ends in whole syllables, tried from every character.
    fn first_end(nfa: &Nfa, text: &[u16]) -> Option<usize> {
        let end_from = |start: usize| {
            let mut whole = 1;
            (start..text.len()).find_map(|at| {
                let transitions = nfa.transitions(text[at].to_le_bytes());
                whole = step(&transitions.whole, transitions, whole);
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
