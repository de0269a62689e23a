//! Pinyin typed with spaces between its syllables.

use std::ops::Range;

use super::{Phrase, Term};
use crate::text::fold::fold;
use crate::text::pinyin::{self, Spellings};

/// Returns the runs of words that are one spelled syllable each, `hai shui dao`, and the one word
/// that each run may be, `hai'shui'dao`. The last syllable may be unfinished.
pub fn spaced(terms: &[Term], spellings: &Spellings) -> Vec<(Range<usize>, Phrase)> {
    let mut runs = Vec::new();
    let mut start = 0;
    while start < terms.len() {
        let mut rest = terms[start..].iter().map_while(letters).peekable();
        let mut syllables = Vec::new();
        let is_whole =
            |letters: &String| known(letters, spellings, |keys| keys == letters.as_bytes());
        while let Some(syllable) = rest.next_if(is_whole) {
            syllables.push(syllable);
        }
        let begins = |letters: &String| {
            known(letters, spellings, |keys| {
                keys.starts_with(letters.as_bytes())
            })
        };
        syllables.extend(rest.next_if(begins));
        if syllables.len() >= 2 {
            let phrase = Phrase::plain(&syllables.join("'"));
            runs.push((start..start + syllables.len(), phrase));
        }
        start += syllables.len().max(1);
    }
    runs
}

/// Returns the letters, without tones, of a term that is one word of letters only.
fn letters(term: &Term) -> Option<String> {
    let phrase = term.plain_word()?;
    let letters: String = phrase.text.chars().map(fold).collect();
    letters.bytes().all(pinyin::is_key).then_some(letters)
}

fn known(letters: &str, spellings: &Spellings, passes: impl Fn(&[u8]) -> bool) -> bool {
    let first = letters.bytes().next();
    let mut known = first
        .map(|first| spellings.starting_with(first))
        .into_iter()
        .flatten();
    known.any(|spelling| passes(spelling.letters()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::parse;

    #[track_caller]
    fn check(query: &str, expected: &[(Range<usize>, &str)]) {
        let runs = spaced(&parse(query).terms, &Spellings::default());
        let runs: Vec<(Range<usize>, &str)> = runs
            .iter()
            .map(|(terms, phrase)| (terms.clone(), &*phrase.text))
            .collect();
        assert_eq!(runs, expected, "{query}");
    }

    #[test]
    fn syllables_with_spaces_between_are_one_word() {
        check("hai shui dao", &[(0..3, "hai'shui'dao")]);
        check("hǎi shuǐ", &[(0..2, "hai'shui")]);
        check("hai sh", &[(0..2, "hai'sh")]);
        check(
            "2016 di tie 融资 gai ge",
            &[(1..3, "di'tie"), (4..6, "gai'ge")],
        );
    }

    #[test]
    fn other_words_are_not() {
        for query in [
            "haishui dao",
            "hai",
            "hai \"shui\"",
            "hai -shui",
            "hai|shui dao",
            "BIM ji",
            "年:2016 ji",
        ] {
            check(query, &[]);
        }
    }
}
