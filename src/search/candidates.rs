//! From a spelled word to the words of the library that it may mean.
//!
//! Running an automaton along all text costs a nanosecond or two per character. A plain word is
//! found ten times as fast, and signatures rule texts out. So a spelled word is expanded first:
//! haishuidao is 海水稻, since no other characters that it may mean are adjacent anywhere.

use super::bigrams::{self, BigramFilter};
use super::nfa::{Nfa, Step};

/// Maximum number of steps: about as long as the automaton takes on all text of the seeds.
pub const MOST_STEPS: usize = 20_000;

/// The words of a library that a spelled word may mean.
pub struct Candidates<'a> {
    steps: Vec<Step>,
    /// Index of the first step of each place, then the number of steps.
    firsts: Vec<usize>,
    bigrams: &'a BigramFilter,
    most: usize,
    /// Whether a final character whose syllable is unfinished is dropped.
    prefixes: bool,
    word: Vec<u16>,
    words: Vec<Vec<u16>>,
    steps_left: usize,
}

impl<'a> Candidates<'a> {
    /// Creates the candidates of a compiled word in a library with these bigrams.
    pub fn of(nfa: &Nfa, bigrams: &'a BigramFilter) -> Self {
        let steps = nfa.whole_steps();
        let first = |place| steps.partition_point(|step| usize::from(step.place) < place);
        Self {
            firsts: (0..=nfa.letters()).map(first).collect(),
            steps,
            bigrams,
            most: 0,
            prefixes: false,
            word: Vec::new(),
            words: Vec::new(),
            steps_left: 0,
        }
    }

    /// Returns all words that it may mean whose bigrams all occur, and perhaps a few more, each
    /// once, in order. Returns `None` if there are more than `most`, or if finding them takes more
    /// than `steps`, which are reduced by those taken.
    ///
    /// With `prefixes`, final characters whose syllables are unfinished are dropped: all that the
    /// word may mean begins with one of the results. Dozens of characters may end chengshizh, but
    /// only 城市 and a few more precede them. Returns `None` also if one such character may be the
    /// whole word.
    pub fn words(
        &mut self,
        most: usize,
        steps: &mut usize,
        prefixes: bool,
    ) -> Option<Vec<Vec<u16>>> {
        (self.most, self.prefixes) = (most, prefixes);
        (self.word, self.words, self.steps_left) = (Vec::new(), Vec::new(), *steps);
        let found = self.go_on(0);
        *steps = self.steps_left;
        found?;
        self.words.sort_unstable();
        // The same word may be meant in several ways.
        self.words.dedup();
        Some(std::mem::take(&mut self.words))
    }

    /// Tries every character that may be at a place of the word.
    fn go_on(&mut self, place: usize) -> Option<()> {
        let Some(&end) = self.firsts.get(place + 1) else {
            return self.note();
        };
        let last_place = self.firsts.len() - 1;
        let mut is_noted = false;
        for at in self.firsts[place]..end {
            let step = self.steps[at];
            self.steps_left = self.steps_left.checked_sub(1)?;
            let next = usize::from(step.next);
            let is_open = self.prefixes && next == last_place && !step.finished;
            let bigrams = self.bigrams;
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
                self.go_on(next)?;
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
    use crate::text::pinyin::ReadableCodes;
    use crate::text::pinyin::{self, Spellings};

    /// What `tell` returns for a word in a library.
    fn told(
        word: &str,
        library: &str,
        tell: impl Fn(&mut Candidates<'_>) -> Option<Vec<Vec<u16>>>,
    ) -> Option<Vec<String>> {
        let text = codes(library);
        let mut pairs = BigramFilter::for_text(text.len());
        text.windows(2)
            .for_each(|pair| pairs.insert(bigrams::mix(pair[0], pair[1])));
        let spellings = Spellings::default();
        let readable = ReadableCodes::of(text);
        let nfa = Nfa::new(&codes(word), &spellings, &readable)?;
        let words = tell(&mut Candidates::of(&nfa, &pairs))?;
        let text = |word: &Vec<u16>| String::from_utf16_lossy(word);
        Some(words.iter().map(text).collect())
    }

    fn expanded(word: &str, library: &str) -> Option<Vec<String>> {
        told(word, library, |known| {
            known.words(96, &mut { MOST_STEPS }, false)
        })
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
        let begins = |word, most| {
            told(word, library, |known| {
                known.words(most, &mut { MOST_STEPS }, true)
            })
        };
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
