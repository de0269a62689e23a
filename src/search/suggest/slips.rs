//! Pinyin with a typo (one wrong letter), and the words that were meant.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::words;
use crate::search::Field;
use crate::search::cache::QueryCache;
use crate::search::candidates::{Candidates, MOST_STEPS};
use crate::search::folded;
use crate::search::index::Index;
use crate::search::nfa::Nfa;
use crate::search::query::Phrase;
use crate::search::rank::{Quality, Where};
use crate::text::fold;
use crate::text::marks::is_han;
use crate::text::pinyin::{self, Options, Spellings, slips};

/// Minimum number of letters of a word with a typo: nearly everything is one letter from a shorter
/// one.
pub const FEWEST_LETTERS: usize = 4;

/// Maximum number of corrected spellings. Each is compiled, which takes most of the two
/// milliseconds that an answer may take. 16 of them found 38 of 40 typos that were made at random
/// in words of titles.
const MOST_SPELLINGS: usize = 16;

/// Maximum number of words that a corrected spelling may mean.
const MOST_WORDS: usize = 24;

/// Returns the words of the library that a spelling with one typo may mean, likeliest first: a
/// letter transposed, missing, added or replaced, or sounds that readers confuse. The flag is set
/// for a word that was surely meant: it is near, has no equal rival, and is known or long.
pub fn meant(cache: &QueryCache<'_>, typed: &str) -> Vec<(String, bool)> {
    let letters: Vec<u8> = typed.chars().map(|c| fold::fold(c) as u32 as u8).collect();
    let are_letters = typed.chars().all(|c| fold::fold(c).is_ascii_lowercase());
    if !are_letters || !(FEWEST_LETTERS..=30).contains(&letters.len()) {
        return Vec::new();
    }
    let index = cache.index;
    let fuzzy = Spellings::new(Options {
        fuzzy: true,
        ..Options::default()
    });
    let one_off = slips::one_off(&letters)
        .into_iter()
        .filter(|(letters, _)| is_read(letters, index));
    let spelled = one_off.map(|(letters, cost)| (letters, cost, &index.spellings));
    let (mut words, mut steps): (Vec<Meant>, usize) = (Vec::new(), MOST_STEPS);
    let all = [(letters, 0, &fuzzy)].into_iter();
    for (letters, cost, spellings) in all.chain(spelled.take(MOST_SPELLINGS)) {
        let codes: Vec<u16> = letters.into_iter().map(u16::from).collect();
        if let Some(nfa) = Nfa::new(&codes, spellings, &index.readable) {
            add_words(cache, (&nfa, cost), &mut steps, &mut words);
        }
    }
    words.sort_by_key(Meant::order);
    // Of two equally likely words, neither is sure.
    let is_alone = match &words[..] {
        [first, second, ..] => first.is_named || first.likeness() != second.likeness(),
        _ => true,
    };
    let words = words.into_iter().map(|meant| {
        // Replacing a letter with an arbitrary one is a guess.
        let is_near = meant.cost < 2 && is_alone;
        let is_sure = is_near && (meant.is_sure || meant.word.chars().count() > 2);
        (meant.word, is_sure)
    });
    words.collect()
}

/// Whether letters are at least two whole syllables, each of which follows the one before it
/// somewhere in the library.
fn is_read(letters: &[u8], index: &Index) -> bool {
    // Last syllables with which each place is reached.
    let mut reached: Vec<Vec<pinyin::Syllable>> = vec![Vec::new(); letters.len() + 1];
    for place in 0..letters.len() {
        let spellings = index.spellings.starting_with(letters[place]).iter();
        for spelling in spellings.filter(|known| letters[place..].starts_with(known.letters())) {
            let (end, syllable) = (place + spelling.letters().len(), spelling.syllable);
            let mut before = reached[place].iter();
            let follows = match place {
                0 => end < letters.len(),
                _ => before.any(|&before| index.may_follow(before, syllable)),
            };
            if follows {
                reached[end].push(syllable);
            }
        }
    }
    !reached[letters.len()].is_empty()
}

/// Returns the words of the library that sound like a Chinese word and share a character with it,
/// likeliest first.
pub fn sounding_like(cache: &QueryCache<'_>, word: &Phrase) -> Vec<String> {
    let index = cache.index;
    let pattern = cache.pattern(word).filter(|pattern| pattern.may_sound());
    let codes = pattern.map_or(Vec::new(), |pattern| pattern.line_codes().to_vec());
    let mut words: Vec<Meant> = Vec::new();
    if let Some(nfa) = Nfa::by_sound(&codes, &index.spellings, &index.readable) {
        add_words(cache, (&nfa, 0), &mut { MOST_STEPS }, &mut words);
    }
    let shares = |other: &str| fold::codes(other).iter().zip(&codes).any(|(a, b)| a == b);
    words.retain(|meant| shares(&meant.word));
    words.sort_by_key(Meant::order);
    words.into_iter().map(|meant| meant.word).collect()
}

/// Returns the words of the library that differ in one character from a word of three or more,
/// those in most cases first.
pub fn of_one_character(cache: &QueryCache<'_>, typed: &str) -> Vec<String> {
    let codes = fold::codes(typed);
    let mut words = BTreeSet::new();
    if codes.len() < 3 || !typed.chars().all(is_han) {
        return Vec::new();
    }
    for at in 0..codes.len() {
        let (left, right) = (&codes[..at], &codes[at + 1..]);
        let (anchor, first) = if left.len() > right.len() {
            (left, 0)
        } else {
            (right, at + 1)
        };
        let phrase = Phrase::quoted(&String::from_utf16_lossy(anchor));
        let Some(pattern) = cache.pattern(&phrase) else {
            continue;
        };
        for (text, found) in words::occurrences(cache, &pattern, &cache.cases_with(&phrase)) {
            let Some(start) = found.start.checked_sub(first) else {
                continue;
            };
            let places = start..start + codes.len();
            let word: Vec<u16> = places.map(|at| text.code(at)).collect();
            if word[..at] == *left && word[at + 1..] == *right {
                words.insert(String::from_utf16_lossy(&word));
            }
        }
    }
    let words = words.into_iter().filter(|word| word.chars().all(is_han));
    let words = words.filter(|word| words::are_whole(cache, word));
    let cases = |word: &str| cache.cases_with(&Phrase::quoted(word)).count_ones(..);
    let mut words: Vec<(usize, String)> = words.map(|word| (cases(&word), word)).collect();
    words.sort_by_key(|(cases, _)| Reverse(*cases));
    words.into_iter().map(|(_, word)| word).collect()
}

/// A word of the library that may have been meant.
struct Meant {
    word: String,
    /// Distance from what was typed.
    cost: u8,
    is_sure: bool,
    /// Whether it is in a title, a name or a heading.
    is_named: bool,
    cases: usize,
}

impl Meant {
    /// Returns the order of likelihood, likeliest first: long words are seldom formed by chance.
    fn likeness(&self) -> (bool, u8, bool) {
        let is_long = self.is_sure && self.word.chars().count() > 2;
        (!is_long, self.cost, !self.is_sure)
    }

    fn order(&self) -> impl Ord + use<> {
        (self.likeness(), Reverse((self.is_named, self.cases)))
    }
}

/// Adds the words of the library that a compiled spelling means in their usual readings.
fn add_words(
    cache: &QueryCache<'_>,
    (nfa, cost): (&Nfa, u8),
    steps: &mut usize,
    meant: &mut Vec<Meant>,
) {
    let index = cache.index;
    for bigrams in index.bigrams() {
        let mut candidates = Candidates::of(nfa, bigrams);
        for codes in candidates
            .words(MOST_WORDS, steps, false)
            .unwrap_or_default()
        {
            let word = String::from_utf16_lossy(&codes);
            let pairs = folded::pairs(&codes);
            let read = nfa.find(&pairs, 0, false, &mut nfa.starts(false), |_, _| true);
            let is_usual = read.is_some_and(|(.., quality)| quality == Quality::Syllables);
            if codes.len() < 2 || !is_usual || meant.iter().any(|known| known.word == word) {
                continue;
            }
            let phrase = Phrase::quoted(&word);
            let Some((pattern, scores)) = cache.pattern(&phrase).zip(cache.scores_with(&phrase))
            else {
                continue;
            };
            if scores.found.is_clear() {
                continue;
            }
            let is_named = |case| scores.of(case).place() != Where::Field(Field::Text);
            if let Some(is_sure) = words::standing(cache, &pattern, &scores.found, true) {
                meant.push(Meant {
                    word,
                    cost,
                    is_sure,
                    is_named: scores.found.ones().any(is_named),
                    cases: scores.found.count_ones(..),
                });
            }
        }
    }
}
