//! From a spelled word to the words of the library that it may mean.
//!
//! Running a matcher along all text costs a nanosecond or two a character; a
//! word as such is found ten times as fast, and signatures tell where it is
//! not. So a word is spelled out first: haishuidao is 海水稻, since no other
//! characters that it may mean stand side by side anywhere.

use super::matcher::Matcher;
use super::pairs::{self, Pairs};

/// The most words that a spelling is written out to.
pub const MOST_WORDS: usize = 96;

/// How many steps are taken before giving up.
const MOST_STEPS: usize = 20_000;

/// All words that `matcher` may mean in whole syllables, of the characters in
/// `vocabulary`, whose neighbours all stand side by side in the library, and
/// perhaps a few more; `None` where there are too many to look for each.
pub fn expand(matcher: &Matcher, vocabulary: &[u16], pairs: &Pairs) -> Option<Vec<Vec<u16>>> {
    let mut search = Search {
        steps: matcher.whole_steps(vocabulary),
        pairs,
        word: Vec::new(),
        words: Vec::new(),
        steps_left: MOST_STEPS,
    };
    search.run(0)?;
    search.words.sort_unstable();
    search.words.dedup();
    Some(search.words)
}

struct Search<'a> {
    /// For every place in the spelling, the characters that may stand there and
    /// the place behind each.
    steps: Vec<Vec<(u16, usize)>>,
    pairs: &'a Pairs,
    word: Vec<u16>,
    words: Vec<Vec<u16>>,
    steps_left: usize,
}

impl Search<'_> {
    fn run(&mut self, place: usize) -> Option<()> {
        if place == self.steps.len() {
            self.words.push(self.word.clone());
            return (self.words.len() <= MOST_WORDS).then_some(());
        }
        for at in 0..self.steps[place].len() {
            let (code, next) = self.steps[place][at];
            self.steps_left = self.steps_left.checked_sub(1)?;
            let last = self.word.last();
            if last.is_none_or(|&last| self.pairs.may_have(pairs::mix(last, code))) {
                self.word.push(code);
                self.run(next)?;
                self.word.pop();
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::codes;
    use crate::text::pinyin::{self, Spellings};

    fn expanded(word: &str, library: &str) -> Option<Vec<String>> {
        let text = codes(library);
        let mut pairs = Pairs::for_text(text.len());
        text.windows(2)
            .for_each(|pair| pairs.insert(pairs::mix(pair[0], pair[1])));
        let spellings = Spellings::default();
        let matcher = Matcher::new(&codes(word), &spellings, pinyin::readable())?;
        let mut vocabulary = text;
        vocabulary.sort_unstable();
        vocabulary.dedup();
        let words = expand(&matcher, &vocabulary, &pairs)?;
        Some(
            words
                .iter()
                .map(|word| String::from_utf16_lossy(word))
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
