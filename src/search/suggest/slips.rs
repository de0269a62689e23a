//! Pinyin in which one letter is wrong, and the words that were meant.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::search::Field;
use crate::search::bit_set::BitSet;
use crate::search::cache::QueryCache;
use crate::search::candidates::Candidates;
use crate::search::folded;
use crate::search::index::Index;
use crate::search::nfa::Nfa;
use crate::search::options::Fields;
use crate::search::query::Phrase;
use crate::search::rank::{Quality, Where};
use crate::text::fold;
use crate::text::pinyin::{self, Options, Spellings};

/// Letters of a word that may have a slip: of fewer, nearly everything is one away.
const LETTERS: RangeInclusive<usize> = 4..=30;

/// How many corrected spellings are looked up; each is compiled, which takes most of the
/// two milliseconds that an answer may take.
const MOST_SPELLINGS: usize = 16;

/// How many words a corrected spelling may mean.
const MOST_WORDS: usize = 24;

/// The words of the library that a spelling with one slip means, the likeliest first: a
/// letter transposed, missing, too much or another, or sounds that readers confuse; each
/// with whether it is surely a word: it is long, or stands in a title, a name or a heading.
pub fn meant(cache: &QueryCache<'_>, typed: &str) -> Vec<(String, bool)> {
    let letters: Vec<u8> = typed
        .chars()
        .filter_map(|c| u8::try_from(fold::fold(c)).ok())
        .collect();
    let are_letters =
        letters.len() == typed.chars().count() && letters.iter().all(u8::is_ascii_lowercase);
    if !are_letters || !LETTERS.contains(&letters.len()) {
        return Vec::new();
    }
    let index = cache.index;
    let may_stand = |letters: &&Vec<u8>| is_read(letters, index);
    let one_off = one_off(&letters);
    let spellings = one_off.iter().filter(may_stand).take(MOST_SPELLINGS);
    let fuzzy = Spellings::new(Options {
        fuzzy: true,
        ..Options::default()
    });
    let mut words = Words::new();
    let mut add = |letters: &[u8], spellings: &Spellings| {
        let codes: Vec<u16> = letters.iter().map(|&letter| letter.into()).collect();
        if let Some(nfa) = Nfa::new(&codes, spellings, &index.readable) {
            add_words(cache, &nfa, &mut words);
        }
    };
    add(&letters, &fuzzy);
    spellings.for_each(|letters| add(letters, &index.spellings));
    // Words of many characters are seldom put together by chance.
    words.sort_by_key(|(is_named, count, word)| {
        let is_long = word.chars().count() > 2;
        Reverse((is_long && *is_named, *is_named, *count))
    });
    let words = words.into_iter();
    let words = words.map(|(is_named, _, word)| (is_named || word.chars().count() > 2, word));
    words.map(|(is_sure, word)| (word, is_sure)).collect()
}

/// All that is one letter away, each once: first what has the same letters.
fn one_off(letters: &[u8]) -> Vec<Vec<u8>> {
    let mut known = BTreeSet::from([letters.to_vec()]);
    let mut others = Vec::new();
    let mut add = |other: Vec<u8>| {
        if known.insert(other.clone()) {
            others.push(other);
        }
    };
    for at in 1..letters.len() {
        let mut other = letters.to_vec();
        other.swap(at - 1, at);
        add(other);
    }
    for at in 0..letters.len() {
        add([&letters[..at], &letters[at + 1..]].concat());
    }
    for letter in b'a'..=b'z' {
        for at in 0..=letters.len() {
            add([&letters[..at], &[letter], &letters[at..]].concat());
        }
        for at in 0..letters.len() {
            add([&letters[..at], &[letter], &letters[at + 1..]].concat());
        }
    }
    others
}

/// Whether letters are whole syllables, two at least, of which each two neighbours stand
/// side by side somewhere.
fn is_read(letters: &[u8], index: &Index) -> bool {
    // The last syllables with which each place is reached.
    let mut reached: Vec<Vec<pinyin::Syllable>> = vec![Vec::new(); letters.len() + 1];
    for place in 0..letters.len() {
        if place > 0 && reached[place].is_empty() {
            continue;
        }
        for spelling in index.spellings.starting_with(letters[place]) {
            let (end, syllable) = (place + spelling.letters().len(), spelling.syllable);
            if !letters[place..].starts_with(spelling.letters())
                || place == 0 && end == letters.len()
            {
                continue;
            }
            let follows = |&before: &pinyin::Syllable| index.may_follow(before, syllable);
            if place == 0 || reached[place].iter().any(follows) {
                reached[end].push(syllable);
            }
        }
    }
    !reached[letters.len()].is_empty()
}

/// The words of the library that sound like a word of Han and share a character with it,
/// the likeliest first.
pub fn sounding_like(cache: &QueryCache<'_>, word: &Phrase) -> Vec<String> {
    let index = cache.index;
    let pattern = cache.pattern(word).filter(|pattern| pattern.may_sound());
    let codes = pattern.map_or(Vec::new(), |pattern| pattern.line_codes().to_vec());
    let mut words = Vec::new();
    if let Some(nfa) = Nfa::by_sound(&codes, &index.spellings, &index.readable) {
        add_words(cache, &nfa, &mut words);
    }
    let shares = |other: &str| fold::codes(other).iter().zip(&codes).any(|(a, b)| a == b);
    words.sort_by_key(|&(is_named, count, _)| Reverse((is_named, count)));
    let words = words.into_iter().map(|(.., word)| word);
    words.filter(|word| shares(word)).collect()
}

/// Words, each with whether it stands in a title, a name or a heading, and in how many
/// cases.
type Words = Vec<(bool, usize, String)>;

/// Adds the words of the library that a compiled spelling means as they are usually read.
fn add_words(cache: &QueryCache<'_>, nfa: &Nfa, words: &mut Words) {
    let index = cache.index;
    let all = BitSet::all(index.cases());
    for bigrams in index.bigrams() {
        let mut candidates = Candidates::of(nfa, &index.readable, bigrams);
        for codes in candidates.words(MOST_WORDS).unwrap_or_default() {
            let word = String::from_utf16_lossy(&codes);
            let pairs = folded::pairs(&codes);
            let read = nfa.matches(&pairs, false, |_, _| true).next();
            let is_usual = read.is_some_and(|(.., quality)| quality == Quality::Syllables);
            if codes.len() < 2 || !is_usual || words.iter().any(|(.., known)| *known == word) {
                continue;
            }
            let phrase = Phrase {
                text: word.clone(),
                quoted: true,
            };
            let Some(pattern) = cache.pattern(&phrase) else {
                continue;
            };
            let scores = cache.scores(&[pattern], Fields::All, &all);
            let found = &scores.found;
            let is_named = |case| scores.of(case).place() != Where::Field(Field::Text);
            if !found.is_empty() {
                words.push((found.iter().any(is_named), found.count(), word));
            }
        }
    }
}
