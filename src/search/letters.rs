//! Which lines answer a single letter, and where: the first key of nearly every
//! spelled query. Most titles have a character that begins with it, and to look
//! along each of a million of them would take longer than a frame.

use std::ops::Range;

use super::lines::{self, Lines};
use crate::text::pinyin::{self, SETS_OF_READINGS, SYLLABLES, SetOfReadings, Spellings};

/// How many letters there are.
const LETTERS: usize = 26;

/// Where a line answers a letter first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Nowhere,
    /// By the character at this index, of which it is the first letter.
    At(usize),
    /// As typed, or so far behind that the line has to be looked at.
    Look,
}

/// A byte for every letter and line.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    of: Vec<Vec<u8>>,
}

impl Letters {
    const NOWHERE: u8 = u8::MAX;
    const LOOK: u8 = u8::MAX - 1;

    /// Reads all lines, for readers who spell so.
    pub fn of(lines: &Lines, spellings: &Spellings) -> Self {
        let keys = Keys::of(spellings);
        let mut letters = Self {
            of: vec![vec![Self::NOWHERE; lines.len()]; LETTERS],
        };
        for line in 0..lines.len() {
            letters.read(lines, line, &keys);
        }
        letters
    }

    fn read(&mut self, lines: &Lines, line: usize, keys: &Keys) {
        let mut seen = 0;
        for (index, code) in lines::codes(lines.line(line)).enumerate() {
            if let Some(letter) = letter_of(code) {
                self.of[letter][line] = Self::LOOK;
                seen |= 1 << letter;
                continue;
            }
            let mut new = keys.of_code(code) & !seen;
            seen |= new;
            while new != 0 {
                let letter = new.trailing_zeros() as usize;
                self.of[letter][line] = index.min(usize::from(Self::LOOK)) as u8;
                new &= new - 1;
            }
        }
    }

    /// How some consecutive lines answer a letter; `None` where it is none from a
    /// to z.
    pub fn answers(
        &self,
        letter: u16,
        lines: Range<usize>,
    ) -> Option<impl Iterator<Item = (usize, Answer)> + '_> {
        let of_lines = &self.of[letter_of(letter)?][lines.clone()];
        Some(lines.zip(of_lines).map(|(line, &answer)| {
            let answer = match answer {
                Self::NOWHERE => Answer::Nowhere,
                Self::LOOK => Answer::Look,
                index => Answer::At(usize::from(index)),
            };
            (line, answer)
        }))
    }

    /// Bytes that it takes in memory.
    pub fn bytes(&self) -> usize {
        self.of.iter().map(Vec::capacity).sum()
    }
}

fn letter_of(code: u16) -> Option<usize> {
    let letter = code.wrapping_sub(u16::from(b'a'));
    (usize::from(letter) < LETTERS).then_some(usize::from(letter))
}

/// The keys that the spellings of a character begin with, a bit each.
struct Keys {
    of_set: Vec<u32>,
}

impl Keys {
    fn of(spellings: &Spellings) -> Self {
        let mut of_syllable = [0_u32; SYLLABLES.len()];
        for letter in b'a'..=b'z' {
            for spelling in spellings.starting_with(letter) {
                of_syllable[usize::from(spelling.syllable)] |= 1 << (letter - b'a');
            }
        }
        let of_set = (0..SETS_OF_READINGS).map(|set| {
            let readings = pinyin::readings_in(set as SetOfReadings);
            // What is read so inside a word only begins none.
            let readings = readings.filter(|reading| !reading.is_inside());
            readings.fold(0, |keys, reading| {
                keys | of_syllable[usize::from(reading.syllable())]
            })
        });
        Self {
            of_set: of_set.collect(),
        }
    }

    #[inline]
    fn of_code(&self, code: u16) -> u32 {
        self.of_set[usize::from(pinyin::set_of(code))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::matcher::Matcher;
    use crate::search::vocabulary::ReadAlike;
    use crate::text::pinyin::Options;
    use crate::text::pinyin::shuangpin::Scheme;

    fn answers(letters: &Letters, letter: char, count: usize) -> Vec<Answer> {
        let answers = letters.answers(letter as u16, 0..count).expect("a letter");
        answers.map(|(_, answer)| answer).collect()
    }

    #[test]
    fn a_line_answers_with_the_first_character_of_that_letter() {
        let mut lines = Lines::default();
        let long = "一".repeat(300) + "地";
        let titles = ["青岛地铁工程", "“大”BIM+地铁", "公厕", long.as_str()];
        titles.iter().for_each(|title| lines.push(title));
        let letters = Letters::of(&lines, &Spellings::default());
        let (at, none, look) = (Answer::At, Answer::Nowhere, Answer::Look);
        // 岛 is dao, 程 is cheng, 厕 is ce; marks are not counted.
        assert_eq!(answers(&letters, 'd', 4), [at(1), at(0), none, look]);
        assert_eq!(answers(&letters, 'b', 4), [none, look, none, none]);
        assert_eq!(answers(&letters, 'c', 4), [at(5), none, at(1), none]);
        assert!(letters.answers(u16::from(b';'), 0..4).is_none());
    }

    #[test]
    fn every_character_answers_the_letters_that_the_matcher_says() {
        let fuzzy = Options {
            fuzzy: true,
            shuangpin: None,
        };
        let xiaohe = Options {
            fuzzy: false,
            shuangpin: Some(Scheme::Xiaohe),
        };
        for options in [Options::default(), fuzzy, xiaohe] {
            let spellings = Spellings::new(options);
            let keys = Keys::of(&spellings);
            for letter in b'a'..=b'z' {
                let word = [u16::from(letter)];
                let matcher = Matcher::new(&word, &spellings, ReadAlike::all()).expect("a word");
                if !matcher.is_lone_letter() {
                    continue;
                }
                for code in pinyin::readable() {
                    let answers = keys.of_code(code) >> (letter - b'a') & 1 == 1;
                    let found = matcher.find(&code.to_le_bytes(), true).is_some();
                    assert_eq!(answers, found, "{} {code:x}", letter as char);
                }
            }
        }
    }
}
