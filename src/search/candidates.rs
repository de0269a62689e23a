//! From a spelled word to the words of the library that it may mean.
//!
//! Running an automaton along all text costs a nanosecond or two a character; a word
//! as such is found ten times as fast, and signatures tell where it is not. So a word
//! is spelled out first: haishuidao is 海水稻, since no other characters that it may
//! mean stand side by side anywhere.

use super::bigrams::{self, BigramFilter};
use super::code_sets::ReadableCodes;
use super::nfa::{Nfa, Step};

/// How many steps are taken before giving up, and how many characters an automaton
/// runs along in the time of one.
const MOST_STEPS: usize = 20_000;
const CHARACTERS_A_STEP: usize = 8;

/// What a spelled word may mean in a library.
pub struct Candidates<'a> {
    steps: Vec<Step>,
    /// Where the steps of each place begin among them; at last their end.
    firsts: Vec<usize>,
    bigrams: &'a BigramFilter,
    most_steps: usize,
}

impl<'a> Candidates<'a> {
    /// Those of a compiled word in a library of so many `characters`, whose neighbours
    /// `bigrams` has.
    pub fn of(
        nfa: &Nfa,
        library: &ReadableCodes,
        bigrams: &'a BigramFilter,
        characters: usize,
    ) -> Self {
        let steps = nfa.whole_steps(library);
        let first = |place| steps.partition_point(|step| usize::from(step.place) < place);
        Self {
            firsts: (0..=nfa.letters()).map(first).collect(),
            steps,
            bigrams,
            most_steps: MOST_STEPS.min(characters / CHARACTERS_A_STEP),
        }
    }

    /// All words that it may mean whose neighbours all stand side by side, and perhaps
    /// a few more; each once, in order. `None` where there are more than `most`, or where
    /// it takes longer to tell than to run the automaton along all text.
    pub fn words(&self, most: usize) -> Option<Vec<Vec<u16>>> {
        self.search(most, false)
    }

    /// The same, but for characters at the end whose syllables are not finished: one of
    /// these is what all that it may mean begins with. Behind chengshizh there are
    /// dozens of characters, before it only 城市 and a few more. `None` also where one
    /// such character may be all of the word.
    pub fn prefixes(&self, most: usize) -> Option<Vec<Vec<u16>>> {
        self.search(most, true)
    }

    fn search(&self, most: usize, prefixes: bool) -> Option<Vec<Vec<u16>>> {
        let mut search = Search {
            candidates: self,
            prefixes,
            most,
            word: Vec::new(),
            words: Vec::new(),
            steps_left: self.most_steps,
        };
        search.run(0)?;
        search.words.sort_unstable();
        // The same word may be meant in several ways.
        search.words.dedup();
        Some(search.words)
    }
}

struct Search<'a> {
    candidates: &'a Candidates<'a>,
    /// Whether an unfinished character at the end is left out.
    prefixes: bool,
    most: usize,
    word: Vec<u16>,
    words: Vec<Vec<u16>>,
    steps_left: usize,
}

impl Search<'_> {
    fn run(&mut self, place: usize) -> Option<()> {
        let Candidates {
            steps,
            firsts,
            bigrams,
            ..
        } = self.candidates;
        let Some(&end) = firsts.get(place + 1) else {
            return self.note();
        };
        let last_place = firsts.len() - 1;
        let mut is_noted = false;
        for step in &steps[firsts[place]..end] {
            self.steps_left = self.steps_left.checked_sub(1)?;
            let next = usize::from(step.next);
            let is_open = self.prefixes && next == last_place && !step.finished;
            let may_follow = |&last: &u16| bigrams.may_have(bigrams::mix(last, step.code));
            if is_open && is_noted || !self.word.last().is_none_or(may_follow) {
                continue;
            }
            if is_open {
                is_noted = true;
                (!self.word.is_empty()).then_some(())?;
                self.note()?;
            } else {
                self.word.push(step.code);
                self.run(next)?;
                self.word.pop();
            }
        }
        Some(())
    }

    fn note(&mut self) -> Option<()> {
        self.words.push(self.word.clone());
        (self.words.len() <= self.most).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::codes;
    use crate::text::pinyin::{self, Spellings};

    /// What `tell` tells of a word in a library.
    fn told(
        word: &str,
        library: &str,
        tell: impl Fn(&Candidates<'_>) -> Option<Vec<Vec<u16>>>,
    ) -> Option<Vec<String>> {
        let text = codes(library);
        let mut pairs = BigramFilter::for_text(text.len());
        text.windows(2)
            .for_each(|pair| pairs.insert(bigrams::mix(pair[0], pair[1])));
        let spellings = Spellings::default();
        let readable = ReadableCodes::of(text);
        let nfa = Nfa::new(&codes(word), &spellings, &readable)?;
        let words = tell(&Candidates::of(&nfa, &readable, &pairs, usize::MAX))?;
        let words = words.iter().map(|word| String::from_utf16_lossy(word));
        Some(words.collect())
    }

    fn expanded(word: &str, library: &str) -> Option<Vec<String>> {
        told(word, library, |known| known.words(96))
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
    fn a_spelling_with_too_many_candidates_is_given_up() {
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
    fn what_is_not_finished_is_left_out_of_the_prefixes_of_words() {
        let library = "城市治理,城市住房,城市中心,成事者,成事";
        let begins = |word, most| told(word, library, |known| known.prefixes(most));
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
