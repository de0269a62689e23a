//! Pinyin in which one letter is wrong, and the words that were meant.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::iter;

use fixedbitset::FixedBitSet;

use crate::search::Field;
use crate::search::cache::QueryCache;
use crate::search::candidates::{Candidates, MOST_STEPS};
use crate::search::folded;
use crate::search::index::Index;
use crate::search::nfa::Nfa;
use crate::search::pattern::Pattern;
use crate::search::query::Phrase;
use crate::search::rank::{Quality, Where};
use crate::text::fold;
use crate::text::pinyin::{self, Options, Spellings};

/// Letters of a word that may have a slip: of fewer, nearly everything is one away.
pub const FEWEST_LETTERS: usize = 4;

/// How many corrected spellings are looked up; each is compiled, which takes most of the
/// two milliseconds that an answer may take. With 16 of them 38 of 40 slips were found that
/// were made at random in words of titles.
const MOST_SPELLINGS: usize = 16;

/// How many words a corrected spelling may mean.
const MOST_WORDS: usize = 24;

/// The words of the library that a spelling with one slip means, the likeliest first: a
/// letter transposed, missing, too much or another, or sounds that readers confuse; each
/// with whether it is surely a word: it is long, or in a title, a name or a heading.
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
    let one_off = one_off(&letters);
    let one_off = one_off.iter().filter(|letters| is_read(letters, index));
    let one_off = one_off.take(MOST_SPELLINGS);
    let spelled = one_off.map(|letters| (letters, &index.spellings));
    let (mut words, mut steps) = (Vec::new(), MOST_STEPS);
    for (letters, spellings) in [(&letters, &fuzzy)].into_iter().chain(spelled) {
        let codes: Vec<u16> = letters.iter().map(|&letter| letter.into()).collect();
        if let Some(nfa) = Nfa::new(&codes, spellings, &index.readable) {
            add_words(cache, &nfa, &mut steps, &mut words);
        }
    }
    // Words of many characters are seldom put together by chance.
    words.sort_by_key(|(is_named, count, word)| {
        let is_long = word.chars().count() > 2;
        Reverse((is_long && *is_named, *is_named, *count))
    });
    let words = words.into_iter();
    let words = words.map(|(is_named, _, word)| {
        let is_sure = is_named || word.chars().count() > 2;
        (word, is_sure)
    });
    words.collect()
}

/// The rows of a keyboard.
const KEYS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];

/// All that is one letter away, each once: first what has the same letters, then a letter
/// too much, then the key beside the right one, then all else.
fn one_off(letters: &[u8]) -> Vec<Vec<u8>> {
    let transposed = (1..letters.len()).map(|at| {
        let mut other = letters.to_vec();
        other.swap(at - 1, at);
        other
    });
    let shorter = (0..letters.len()).map(|at| [&letters[..at], &letters[at + 1..]].concat());
    let others = (b'a'..=b'z').flat_map(|letter| {
        let with =
            move |at: usize, rest: usize| [&letters[..at], &[letter], &letters[rest..]].concat();
        let longer = (0..=letters.len()).map(move |at| with(at, at));
        longer.chain((0..letters.len()).map(move |at| with(at, at + 1)))
    });
    let beside = (0..letters.len()).flat_map(|at| {
        let is_here = move |pair: &&[u8]| pair.contains(&letters[at]);
        let pairs = KEYS.iter().flat_map(|row| row.windows(2)).filter(is_here);
        let keys = pairs.flatten().filter(move |&&key| key != letters[at]);
        keys.map(move |&key| [&letters[..at], &[key], &letters[at + 1..]].concat())
    });
    let mut known = BTreeSet::from([letters.to_vec()]);
    let all = transposed.chain(shorter).chain(beside).chain(others);
    all.filter(|other| known.insert(other.clone())).collect()
}

/// Whether letters are whole syllables, two at least, of which each follows the one before
/// it somewhere in the library.
fn is_read(letters: &[u8], index: &Index) -> bool {
    // The last syllables with which each place is reached.
    let mut reached: Vec<Vec<pinyin::Syllable>> = vec![Vec::new(); letters.len() + 1];
    for place in 0..letters.len() {
        for spelling in index.spellings.starting_with(letters[place]) {
            let (end, syllable) = (place + spelling.letters().len(), spelling.syllable);
            let mut before = reached[place].iter();
            let follows = match place {
                0 => end < letters.len(),
                _ => before.any(|&before| index.may_follow(before, syllable)),
            };
            if follows && letters[place..].starts_with(spelling.letters()) {
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
        add_words(cache, &nfa, &mut { MOST_STEPS }, &mut words);
    }
    let shares = |other: &str| fold::codes(other).iter().zip(&codes).any(|(a, b)| a == b);
    words.retain(|(.., word)| shares(word));
    words.sort_by_key(|&(is_named, count, _)| Reverse((is_named, count)));
    words.into_iter().map(|(.., word)| word).collect()
}

/// Whether a word stands by itself: neither always after the same character nor always
/// before the same, as 民家 is in 居民家庭 (accessor variety: Feng et al., Accessor variety
/// criteria for Chinese word extraction, 2004).
fn is_free(cache: &QueryCache<'_>, word: &Pattern, cases: &FixedBitSet) -> bool {
    let index = cache.index;
    let mut beside = [BTreeSet::new(), BTreeSet::new()];
    for case in cases.ones() {
        let headings = index.headings.of_cases(case..case + 1);
        let headings = headings.map(|line| index.headings.lines.text(line));
        let body = index.bodies.of(case).map(|body| body.text);
        for text in iter::once(index.titles.text(case))
            .chain(headings)
            .chain(body)
        {
            for found in word.literal(text, 0) {
                // At a mark, and where a text ends, whatever might be there.
                let code = |at: Option<usize>, border| match at.map_or(0, |at| text.code(at)) {
                    _ if text.marks_before(border) < text.marks_before(border + 1) => 0,
                    code if fold::is_mark(code) => 0,
                    code => code,
                };
                beside[0].insert(code(found.start.checked_sub(1), found.start));
                beside[1].insert(code(Some(found.end), found.end));
            }
            let is_free = |beside: &BTreeSet<u16>| beside.len() > 1 || beside.contains(&0);
            if beside.iter().all(is_free) {
                return true;
            }
        }
    }
    // Of a name that is in no text nothing is known.
    beside[0].is_empty()
}

/// Words, each with whether it is in a title, a name or a heading, and in how many cases.
type Words = Vec<(bool, usize, String)>;

/// Adds the words of the library that a compiled spelling means as they are usually read.
fn add_words(cache: &QueryCache<'_>, nfa: &Nfa, steps: &mut usize, words: &mut Words) {
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
            if codes.len() < 2 || !is_usual || words.iter().any(|(.., known)| *known == word) {
                continue;
            }
            let phrase = Phrase::quoted(&word);
            let Some((pattern, scores)) = cache.pattern(&phrase).zip(cache.scores_with(&phrase))
            else {
                continue;
            };
            let is_named = |case| scores.of(case).place() != Where::Field(Field::Text);
            // By chance four characters are seldom side by side.
            let is_word = || codes.len() > 3 || is_free(cache, &pattern, &scores.found);
            if !scores.found.is_clear() && is_word() {
                words.push((
                    scores.found.ones().any(is_named),
                    scores.found.count_ones(..),
                    word,
                ));
            }
        }
    }
}
