//! What is a word. Not every run of characters that occurs is one: 市财 is in 市财政, and 民家 in
//! 居民家庭.

use std::collections::BTreeSet;
use std::iter;
use std::ops::Range;

use fixedbitset::FixedBitSet;

use crate::search::cache::QueryCache;
use crate::search::folded::FoldedRef;
use crate::search::pattern::{Occurrence, Pattern};
use crate::search::query::Phrase;
use crate::text::script;

/// Whether some characters are whole words where they occur, without a particle at an end.
pub fn are_whole(cache: &QueryCache<'_>, text: &str) -> bool {
    let phrase = Phrase::quoted(text);
    let word = cache.pattern(&phrase);
    word.is_none_or(|word| standing(cache, &word, &cache.cases_with(&phrase), false).is_some())
}

/// Returns whether a word that some cases contain is surely one: it is in the word list, or is
/// neither always after the same character nor always before the same (accessor variety: Feng et
/// al., Accessor variety criteria for Chinese word extraction, 2004). Returns `None` if every
/// occurrence is cut out of other words. Unless `is_one` is set, several words will do.
pub fn standing(
    cache: &QueryCache<'_>,
    word: &Pattern,
    cases: &FixedBitSet,
    is_one: bool,
) -> Option<bool> {
    let codes = word.line_codes();
    let is_listed = script::is_word(codes);
    if is_listed && codes.len() > 2 {
        return Some(true);
    }
    let [first, last] = [*codes.first()?, *codes.last()?];
    let parts = script::words(codes);
    let mut ends = parts.first().into_iter().chain(parts.last());
    if !is_listed && ends.any(|end| end.len() == 1 && script::is_particle(codes[end.start])) {
        return None;
    }
    // The characters beside it; 0 for a mark, and at the end of a text.
    let mut beside = [BTreeSet::new(), BTreeSet::new()];
    let (mut is_whole, mut is_open) = (None, [false; 2]);
    for (text, found) in occurrences(cache, word, cases) {
        let (codes, at) = text.around(found.start..found.end);
        let words = script::words(&codes);
        is_whole = is_whole.or(Some(false));
        if script::cuts(&words, &at) {
            continue;
        }
        is_whole = Some(true);
        if is_listed || !is_one {
            return Some(true);
        }
        let code = |at: Option<usize>| at.and_then(|at| codes.get(at).copied()).unwrap_or(0);
        let outer = [code(at.start.checked_sub(1)), code(Some(at.end))];
        for (side, code) in outer.into_iter().enumerate() {
            let meets = |word: &&Range<usize>| [word.end == at.start, word.start == at.end][side];
            let is_long = words.iter().find(meets).is_some_and(|word| word.len() > 1);
            beside[side].insert(code);
            is_open[side] |= code == 0 || is_long || script::is_particle(code);
        }
        let is_free = |beside: &BTreeSet<u16>| beside.len() > 1 || beside.contains(&0);
        if beside.iter().all(is_free) {
            return Some(true);
        }
    }
    if is_whole != Some(true) {
        // Nothing is known about a name that occurs in no text.
        return is_whole.is_none().then_some(is_listed);
    }
    // An outer character that occurs more often with the one outside than with the one inside
    // belongs outside: 全 of 管理全覆盖.
    let pair = |pair: [u16; 2]| Phrase::quoted(&String::from_utf16_lossy(&pair));
    let count = |codes| cache.cases_with(&pair(codes)).count_ones(..);
    let pairs = |side: usize, outer: u16| match side {
        0 => [[outer, first], [first, codes[1]]],
        _ => [[last, outer], [codes[codes.len() - 2], last]],
    };
    let is_torso = (0..2).any(|side| {
        let outer = beside[side].first().filter(|_| beside[side].len() == 1);
        let [out, inner] = pairs(side, outer.copied().unwrap_or(0));
        count(out) > count(inner)
    });
    let is_long = codes.len() > 2;
    (!is_torso && (is_long || is_open == [true; 2])).then_some(codes.len() > 3)
}

/// Yields the occurrences of a word in titles, headings and texts.
pub fn occurrences<'a>(
    cache: &QueryCache<'a>,
    word: &'a Pattern,
    cases: &'a FixedBitSet,
) -> impl Iterator<Item = (FoldedRef<'a>, Occurrence)> {
    let index = cache.index;
    let texts = cases.ones().flat_map(move |case| {
        let headings = index.headings.of_cases(case..case + 1);
        let headings = headings.map(|line| index.headings.lines.text(line));
        let body = index.bodies.of(case).map(|body| body.text);
        iter::once(index.titles.text(case))
            .chain(headings)
            .chain(body)
    });
    texts.flat_map(move |text| word.literal(text, 0).map(move |found| (text, found)))
}
