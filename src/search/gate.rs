//! Which texts may have one of some words.
//!
//! A matcher runs along a text in the time in which ten words are found there one by
//! one, and signatures are told in less than that: most texts are passed over before.

use std::array;
use std::ops::Range;
use std::sync::OnceLock;

use super::expand::Meanings;
use super::finder::Finder;
use super::pairs;
use super::texts::Segment;

/// So many words are looked for one by one before it is left to a matcher.
const FEW: usize = 4;

/// Words of which a text has at least one.
pub struct Gate {
    words: Vec<Word>,
    /// The codes of all of them, and their mixed pairs, one word behind the other.
    codes: Vec<u16>,
    pairs: Vec<u32>,
}

struct Word {
    codes: Range<usize>,
    pairs: Range<usize>,
    /// How many of its first pairs are those of the word before as well.
    shared: usize,
    /// Made when a text may have it.
    finder: OnceLock<Finder>,
}

impl Gate {
    pub fn of(meanings: &Meanings) -> Self {
        let mut gate = Self {
            words: Vec::with_capacity(meanings.len()),
            codes: Vec::new(),
            pairs: Vec::new(),
        };
        for codes in meanings.iter() {
            let (before, pairs_before) = match gate.words.last() {
                Some(word) => (&gate.codes[word.codes.clone()], word.pairs.clone()),
                None => (&[][..], 0..0),
            };
            // What begins with another says nothing more.
            if !before.is_empty() && codes.starts_with(before) {
                continue;
            }
            let first = gate.pairs.len();
            gate.pairs.extend(pairs::mixed(codes));
            let (known, pairs) = gate.pairs.split_at(first);
            let both = pairs.iter().zip(&known[pairs_before]);
            gate.words.push(Word {
                codes: gate.codes.len()..gate.codes.len() + codes.len(),
                pairs: first..gate.pairs.len(),
                shared: both.take_while(|(a, b)| a == b).count(),
                finder: OnceLock::new(),
            });
            gate.codes.extend_from_slice(codes);
        }
        gate
    }

    /// Whether the text of a case may have one of the words. Where its signature leaves
    /// few of them, they are looked for.
    pub fn lets_in(&self, segment: &Segment, case: usize) -> bool {
        let mut left = self.left(segment, case);
        let few: [Option<&Word>; FEW] = array::from_fn(|_| left.next());
        if left.next().is_some() {
            return true;
        }
        let text = segment.text(case);
        let mut few = few.into_iter().flatten();
        few.any(|word| self.finder(word).find(text).is_some())
    }

    /// The words that the signature of a text leaves.
    fn left(&self, segment: &Segment, case: usize) -> impl Iterator<Item = &Word> {
        let signature = segment.signature(case);
        // The first pair of the last word that the text has not.
        let mut missing = usize::MAX;
        self.words.iter().filter(move |word| {
            if missing < word.shared {
                return false;
            }
            let others = &self.pairs[word.pairs.clone()][word.shared..];
            let at = others.iter().position(|&pair| !signature.may_have(pair));
            missing = at.map_or(usize::MAX, |at| word.shared + at);
            at.is_none()
        })
    }

    fn finder<'a>(&'a self, word: &'a Word) -> &'a Finder {
        let codes = &self.codes[word.codes.clone()];
        word.finder.get_or_init(|| Finder::new(codes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::expand::Expansion;
    use crate::search::index::Index;
    use crate::search::matcher::Matcher;
    use crate::seeds::{self, catalog::Catalog};
    use crate::text::fold;
    use std::sync::Arc;

    /// How many texts a matcher need not run along, and how many words are in some.
    fn check(index: &Index, matcher: &Matcher, meanings: &Meanings) -> (usize, usize) {
        let gate = Gate::of(meanings);
        let (mut passed_over, mut in_some) = (0, 0);
        for case in 0..index.cases() {
            let (segment, case) = index.texts.find(case).expect("all is read");
            let signature = segment.signature(case);
            let may_have = |word: &&[u16]| signature.may_have_all(pairs::mixed(word));
            let expected: Vec<&[u16]> = meanings.iter().filter(may_have).collect();
            let left = gate.left(segment, case);
            let left: Vec<&[u16]> = left.map(|word| &gate.codes[word.codes.clone()]).collect();
            for word in &left {
                assert!(expected.contains(word), "{word:?} is not in the signature");
            }
            for word in &expected {
                let begins = |known: &&[u16]| word.starts_with(known);
                assert!(left.iter().any(begins), "{word:?} is missed");
            }
            in_some += left.len();
            let is_there = matcher.find_whole(segment.text(case)).is_some();
            let lets_in = gate.lets_in(segment, case);
            assert!(lets_in || !is_there, "{case} has one of {expected:?}");
            passed_over += usize::from(!lets_in);
        }
        (passed_over, in_some)
    }

    #[test]
    fn no_text_with_one_of_the_words_is_passed_over() {
        let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
        let index = Index::build(Arc::new(corpus));
        let (mut passed_over, mut in_some) = (0, 0);
        let mut add =
            |(texts, words)| (passed_over, in_some) = (passed_over + texts, in_some + words);
        for word in [
            "jianshe",
            "shijie",
            "jichuangd",
            "fuwuz",
            "chengshizh",
            "jingjifazhan",
        ] {
            let matcher = Matcher::new(&fold::codes(word), &index.spellings, &index.readable);
            let matcher = matcher.expect("a word");
            let texts = &index.texts;
            let expansion = Expansion::of(&matcher, texts.pairs(), texts.characters());
            add(check(
                &index,
                &matcher,
                &expansion.words(400).expect("not more"),
            ));
            add(check(
                &index,
                &matcher,
                &expansion.begins(400).expect("not more"),
            ));
        }
        assert!(passed_over > 100, "only {passed_over}");
        assert!(in_some > 100, "only {in_some}");
    }
}
