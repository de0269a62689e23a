//! From a spelled word to the words of the library that it may mean.
//!
//! Running a matcher along all text costs a nanosecond or two a character; a
//! word as such is found ten times as fast, and signatures tell where it is
//! not. So a word is spelled out first: haishuidao is 海水稻, since no other
//! characters that it may mean stand side by side anywhere.

use super::matcher::{Matcher, Step};
use super::pairs::{self, Pairs};

/// How many steps are taken before giving up, and how many characters a matcher
/// runs along in the time of one.
const MOST_STEPS: usize = 20_000;
const CHARACTERS_A_STEP: usize = 8;

/// Words, each once, in the order of their codes.
#[derive(Debug, Default)]
pub struct Meanings {
    codes: Vec<u16>,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl Meanings {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &[u16]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let word = &self.codes[start..end];
            start = end;
            word
        })
    }

    fn push(&mut self, word: &[u16]) {
        self.codes.extend_from_slice(word);
        self.ends.push(self.codes.len());
    }

    fn in_order(&self) -> Self {
        let mut words: Vec<&[u16]> = self.iter().collect();
        words.sort_unstable();
        // The same word may be meant in several ways.
        words.dedup();
        let mut meanings = Self::default();
        words.into_iter().for_each(|word| meanings.push(word));
        meanings
    }
}

/// What a spelled word may mean in a library.
pub struct Expansion<'a> {
    /// See [`Matcher::whole_steps`].
    steps: Vec<Step>,
    firsts: Vec<usize>,
    pairs: &'a Pairs,
    most_steps: usize,
}

impl<'a> Expansion<'a> {
    /// Of the word of `matcher`, in a library of so many `characters` whose neighbours
    /// `pairs` has.
    pub fn of(matcher: &Matcher, pairs: &'a Pairs, characters: usize) -> Self {
        let (steps, firsts) = matcher.whole_steps();
        Self {
            steps,
            firsts,
            pairs,
            most_steps: MOST_STEPS.min(characters / CHARACTERS_A_STEP),
        }
    }

    /// All words that it may mean whose neighbours all stand side by side, and perhaps
    /// a few more. `None` where there are more than `most`, or where it takes longer to
    /// tell than to run the matcher along all text.
    pub fn words(&self, most: usize) -> Option<Meanings> {
        self.search(most, false)
    }

    /// The same, but for characters at the end whose syllables are not finished: one of
    /// these is what all that it may mean begins with. Behind chengshizh there are
    /// dozens of characters, before it only 城市 and a few more. `None` also where one
    /// such character may be all of the word.
    pub fn begins(&self, most: usize) -> Option<Meanings> {
        self.search(most, true)
    }

    fn search(&self, most: usize, open: bool) -> Option<Meanings> {
        let mut search = Search {
            expansion: self,
            open,
            most,
            word: Vec::new(),
            meanings: Meanings::default(),
            steps_left: self.most_steps,
        };
        search.run(0)?;
        Some(search.meanings.in_order())
    }
}

struct Search<'a> {
    expansion: &'a Expansion<'a>,
    /// Whether an unfinished character at the end is left out.
    open: bool,
    most: usize,
    word: Vec<u16>,
    meanings: Meanings,
    steps_left: usize,
}

impl Search<'_> {
    fn run(&mut self, place: usize) -> Option<()> {
        let Expansion {
            steps,
            firsts,
            pairs,
            ..
        } = self.expansion;
        let Some(&end) = firsts.get(place + 1) else {
            return self.note();
        };
        let last_place = firsts.len() - 1;
        let mut is_noted = false;
        for step in &steps[firsts[place]..end] {
            self.steps_left = self.steps_left.checked_sub(1)?;
            let is_open = self.open && step.next() == last_place && !step.finished;
            let last = self.word.last();
            let may_follow = |&last: &u16| pairs.may_have(pairs::mix(last, step.code));
            if is_open && is_noted || !last.is_none_or(may_follow) {
                continue;
            }
            if is_open {
                is_noted = true;
                (!self.word.is_empty()).then_some(())?;
                self.note()?;
            } else {
                self.word.push(step.code);
                self.run(step.next())?;
                self.word.pop();
            }
        }
        Some(())
    }

    fn note(&mut self) -> Option<()> {
        self.meanings.push(&self.word);
        (self.meanings.len() <= self.most).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::vocabulary::ReadAlike;
    use crate::text::fold::codes;
    use crate::text::pinyin::{self, Spellings};

    /// What `tell` tells of a word in a library.
    fn told(
        word: &str,
        library: &str,
        tell: impl Fn(&Expansion<'_>) -> Option<Meanings>,
    ) -> Option<Vec<String>> {
        let text = codes(library);
        let mut pairs = Pairs::for_text(text.len());
        text.windows(2)
            .for_each(|pair| pairs.insert(pairs::mix(pair[0], pair[1])));
        let spellings = Spellings::default();
        let matcher = Matcher::new(&codes(word), &spellings, &ReadAlike::of(text, |_| 1))?;
        let words = tell(&Expansion::of(&matcher, &pairs, usize::MAX))?;
        Some(words.iter().map(String::from_utf16_lossy).collect())
    }

    fn expanded(word: &str, library: &str) -> Option<Vec<String>> {
        told(word, library, |expansion| expansion.words(96))
    }

    #[test]
    fn a_spelling_becomes_the_words_that_stand_in_the_library() {
        let library = "海水稻在盐碱地试种,还有害虫,西安,先行先试";
        assert_eq!(expanded("haishuidao", library).unwrap(), ["海水稻"]);
        assert_eq!(expanded("haishuid", library).unwrap(), ["海水稻"]);
        assert_eq!(expanded("xian", library).unwrap(), ["先", "西安"]);
        assert_eq!(expanded("海shui", library).unwrap(), ["海水"]);
        assert!(expanded("haishuiyu", library).unwrap().is_empty());
    }

    #[test]
    fn a_spelling_with_too_many_meanings_is_given_up() {
        let all: String = pinyin::readable()
            .filter(|&code| pinyin::readings(code).any(|reading| reading.name() == "shi"))
            .filter_map(|code| char::from_u32(code.into()))
            .take(20)
            .collect();
        let library: String = all
            .chars()
            .flat_map(|a| all.chars().flat_map(move |b| [a, b]))
            .collect();
        assert_eq!(expanded("shishi", &library), None);
    }

    #[test]
    fn what_is_not_finished_is_left_out_of_the_begins_of_words() {
        let library = "城市治理,城市住房,城市中心,成事者,成事";
        let begins = |word, most| told(word, library, |expansion| expansion.begins(most));
        assert_eq!(begins("chengshizh", 2).unwrap(), ["城市", "成事"]);
        assert_eq!(begins("chengshizh", 1), None);
        // 治 is finished, and 中 is not.
        assert_eq!(begins("shizhi", 9).unwrap(), ["市治"]);
        assert_eq!(begins("shizhon", 9).unwrap(), ["市"]);
        assert!(begins("chengshig", 9).unwrap().is_empty());
        // Nothing is left of a word that is one unfinished syllable.
        assert_eq!(begins("chen", 9), None);
    }
}
