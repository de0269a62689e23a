//! Which bodies may hold a pattern at all.
//!
//! An automaton runs along a text in the time in which ten words are found there one
//! by one, and signatures are told in less than that: most texts are passed over.

use std::sync::OnceLock;

use super::bigrams;
use super::candidates::Candidates;
use super::finder::Finder;
use super::folded::TextKind;
use super::index::{Body, Index};
use super::pattern::Pattern;

/// Up to how many words a spelling is written out to: a text is asked for each of them
/// before the automaton runs along it.
const MOST_WORDS: usize = 96;

/// So many words are looked for one by one before it is left to the automaton.
const FEW_WORDS: usize = 8;

/// What a body must hold if the pattern occurs in it.
pub struct BodyFilter {
    /// The bigrams of the word as typed; `None` where that is in no body.
    typed: Option<Vec<u32>>,
    spelled: Spelled,
}

/// What it must hold if the pattern occurs in it by letters or by sound.
enum Spelled {
    Nowhere,
    Anywhere,
    /// One of these words.
    OneOf(Vec<CandidateWord>),
}

struct CandidateWord {
    codes: Vec<u16>,
    bigrams: Vec<u32>,
    /// Made when a text may have it.
    finder: OnceLock<Finder>,
}

impl BodyFilter {
    /// The filter of a pattern; `None` where it is in no body.
    pub fn of(index: &Index, pattern: &Pattern) -> Option<Self> {
        let typed = pattern.literal_codes(TextKind::Body);
        let typed = typed.filter(|codes| index.bodies.may_have(codes));
        let filter = Self {
            typed: typed.map(|codes| bigrams::mixed(codes).collect()),
            spelled: Spelled::of(index, pattern),
        };
        let is_nowhere = filter.typed.is_none() && matches!(filter.spelled, Spelled::Nowhere);
        (!is_nowhere).then_some(filter)
    }

    /// Whether a body may have the word as typed.
    pub fn may_be_typed(&self, body: Body<'_>) -> bool {
        let bigrams = self.typed.as_ref();
        bigrams.is_some_and(|bigrams| body.signature.may_have_all(bigrams.iter().copied()))
    }

    /// Whether a body may have what is spelled. Where its signature leaves few words,
    /// they are looked for.
    pub fn may_be_spelled(&self, body: Body<'_>) -> bool {
        let words = match &self.spelled {
            Spelled::Nowhere => return false,
            Spelled::Anywhere => return true,
            Spelled::OneOf(words) => words,
        };
        let may_have = |word: &&CandidateWord| {
            let bigrams = word.bigrams.iter().copied();
            body.signature.may_have_all(bigrams)
        };
        let mut possible = words.iter().filter(may_have);
        let few: Vec<&CandidateWord> = possible.by_ref().take(FEW_WORDS).collect();
        let is_there = |word: &&CandidateWord| {
            let finder = word.finder.get_or_init(|| Finder::new(&word.codes));
            finder.find(body.text.bytes()).is_some()
        };
        possible.next().is_some() || few.iter().any(is_there)
    }
}

impl Spelled {
    fn of(index: &Index, pattern: &Pattern) -> Self {
        let Some(nfa) = pattern.nfa(TextKind::Body) else {
            return Self::Nowhere;
        };
        let (bigrams, characters) = (index.bodies.bigrams(), index.bodies.characters());
        let candidates = Candidates::of(nfa, &index.readable, bigrams, characters);
        let words = candidates.words(MOST_WORDS);
        match words.or_else(|| candidates.prefixes(MOST_WORDS)) {
            Some(none) if none.is_empty() => Self::Nowhere,
            Some(words) => {
                let words = words.into_iter().map(|codes| CandidateWord {
                    bigrams: bigrams::mixed(&codes).collect(),
                    codes,
                    finder: OnceLock::new(),
                });
                Self::OneOf(words.collect())
            }
            None => Self::Anywhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::search::query::Phrase;
    use crate::seeds::{self, catalog::Catalog};

    #[test]
    fn no_body_with_the_pattern_is_passed_over() {
        let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
        let index = Index::build(Arc::new(corpus));
        let (mut passed_over, mut found) = (0, 0);
        // From few meanings to many, of which some or most pass by chance.
        for word in [
            "haishuidao",
            "jianshe",
            "shizheng",
            "shijie",
            "jidi",
            "jiangxi",
            "shijies",
            "gongzuo",
            "jichuangd",
            "wuxidiji",
            "shishi",
            "xian",
            "zhidugaige",
            "fazhandezhul",
            "fuwuz",
            "chengshizh",
            "jingjifazhan",
            "海水稻",
            "的",
            "审批",
        ] {
            let phrase = Phrase {
                text: word.to_owned(),
                quoted: false,
            };
            let pattern = Pattern::new(&phrase, &index.spellings, &index.readable);
            let pattern = pattern.expect("a word");
            let filter = BodyFilter::of(&index, &pattern).expect("it may stand somewhere");
            for case in 0..index.cases() {
                let body = index.bodies.of(case).expect("all is read");
                let is_typed = pattern.literal(body.text).next().is_some();
                let is_spelled = pattern.not_literal(body.text).next().is_some();
                assert!(filter.may_be_typed(body) || !is_typed, "{word} in {case}");
                let may_be_spelled = filter.may_be_spelled(body);
                assert!(may_be_spelled || !is_spelled, "{word} in {case}");
                found += usize::from(is_spelled);
                passed_over += usize::from(!may_be_spelled);
            }
        }
        assert!(passed_over > 100 && found > 100, "{passed_over}, {found}");
    }
}
