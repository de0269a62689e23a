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

/// All words that `matcher` may mean whose neighbours all stand side by side
/// according to `pairs`, and perhaps a few more. `None` where there are more than `most`, or where it
/// takes longer to tell than to run the matcher along so many `characters`.
pub fn expand(
    matcher: &Matcher,
    pairs: &Pairs,
    characters: usize,
    most: usize,
) -> Option<Vec<Vec<u16>>> {
    let (steps, firsts) = matcher.whole_steps();
    let mut search = Search {
        steps,
        firsts,
        pairs,
        most,
        word: Vec::new(),
        meanings: Vec::new(),
        steps_left: MOST_STEPS.min(characters / CHARACTERS_A_STEP),
    };
    search.run(0)?;
    let mut meanings = search.meanings;
    // The same word may be meant in several ways.
    meanings.sort_unstable();
    meanings.dedup();
    Some(meanings)
}

struct Search<'a> {
    /// See [`Matcher::whole_steps`].
    steps: Vec<Step>,
    firsts: Vec<usize>,
    pairs: &'a Pairs,
    most: usize,
    word: Vec<u16>,
    meanings: Vec<Vec<u16>>,
    steps_left: usize,
}

impl Search<'_> {
    fn run(&mut self, place: usize) -> Option<()> {
        let Some(&end) = self.firsts.get(place + 1) else {
            self.meanings.push(self.word.clone());
            return (self.meanings.len() <= self.most).then_some(());
        };
        for at in self.firsts[place]..end {
            let step = self.steps[at];
            self.steps_left = self.steps_left.checked_sub(1)?;
            let last = self.word.last();
            if last.is_none_or(|&last| self.pairs.may_have(pairs::mix(last, step.code))) {
                self.word.push(step.code);
                self.run(step.next())?;
                self.word.pop();
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::vocabulary::ReadAlike;
    use crate::text::fold::codes;
    use crate::text::pinyin::{self, Spellings};

    fn expanded(word: &str, library: &str) -> Option<Vec<String>> {
        let text = codes(library);
        let mut pairs = Pairs::for_text(text.len());
        text.windows(2)
            .for_each(|pair| pairs.insert(pairs::mix(pair[0], pair[1])));
        let spellings = Spellings::default();
        let matcher = Matcher::new(&codes(word), &spellings, &ReadAlike::of(text, |_| 1))?;
        let words = expand(&matcher, &pairs, usize::MAX, 96)?;
        Some(
            words
                .iter()
                .map(|meaning| String::from_utf16_lossy(meaning))
                .collect(),
        )
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
}
