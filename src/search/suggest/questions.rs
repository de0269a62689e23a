//! Questions and sentences: dropping their empty words (stop words), and splitting the rest into
//! words that occur in the library.

use std::cmp::Reverse;
use std::ops::Range;

use super::{is_joined, words};
use crate::search::cache::QueryCache;
use crate::search::query::{Phrase, Term};
use crate::text::empty_words::{LONGEST, is_empty, is_empty_han};
use crate::text::fold::{self, fold};
use crate::text::{marks, script};

/// Returns a query without its empty words, split into words that occur somewhere, and what else
/// was dropped; `None` if nothing changes or nothing remains. A word that `finds` something by
/// itself is not split.
pub fn asked(
    cache: &QueryCache<'_>,
    terms: &[Term],
    finds: &dyn Fn(&Term) -> bool,
) -> Option<(Vec<Term>, String)> {
    let mut is_changed = false;
    let mut parts: Vec<Term> = Vec::new();
    let mut dropped = String::new();
    for term in terms {
        let text = term.plain_word().map_or("", |phrase| &phrase.text);
        if is_empty(text) {
            is_changed = true;
            continue;
        }
        // Spelled words are split between their syllables elsewhere.
        let is_whole = !text.chars().any(marks::is_han) || count(cache, text) > 0;
        if is_whole || terms.len() > 1 && finds(term) {
            parts.push(term.clone());
            continue;
        }
        let (words, others) = parted(cache, text);
        dropped += &others;
        is_changed |= !words.is_empty();
        parts.extend(words.iter().map(|word| term.with_word(word)));
    }
    // Of words that no case contains together, the longer ones are kept. A Latin word counts as two
    // characters, whatever its length.
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&at| {
        let is_latin = parts[at].text.is_ascii();
        let length = if is_latin {
            2
        } else {
            parts[at].text.chars().count()
        };
        Reverse((length, super::weight(cache, &parts[at])))
    });
    let mut among = cache.index.all_cases();
    let mut kept = vec![true; parts.len()];
    for at in order {
        let Some(phrase) = parts[at].word().filter(|_| !parts[at].excluded) else {
            continue;
        };
        let cases = cache.cases_with(phrase);
        kept[at] = !among.is_disjoint(&cases);
        if kept[at] {
            among.intersect_with(&cases)
        } else {
            dropped += &parts[at].text
        }
    }
    let mut words: Vec<Term> = Vec::new();
    for (part, _) in parts.into_iter().zip(kept).filter(|&(_, kept)| kept) {
        if !words.iter().any(|known| known.text == part.text) {
            words.push(part);
        }
    }
    (is_changed && words.iter().any(|part| part.word().is_some())).then_some((words, dropped))
}

/// Returns how many cases contain a part of the query.
fn count(cache: &QueryCache<'_>, part: &str) -> usize {
    let is_plain = part.chars().all(|c| !fold(c).is_ascii_alphabetic());
    if is_plain && !cache.index.may_have(&fold::codes(part)) {
        return 0;
    }
    cache.cases_with(&Phrase::plain(part)).count_ones(..)
}

/// Whether a part of a sentence begins with a lone character that belongs to the word before it:
/// 区改造 of 哪个区改造.
fn begins_alone(part: &str) -> bool {
    let words = script::words(&fold::codes(part));
    words.first().is_some_and(|first| first.len() == 1) && words.iter().any(|word| word.len() > 1)
}

/// Splits a sentence into the fewest and longest words that occur somewhere (a shortest path).
/// Returns them in order, and the characters that are in none.
fn parted(cache: &QueryCache<'_>, sentence: &str) -> (Vec<String>, String) {
    let chars: Vec<char> = sentence.chars().collect();
    let text = |range: Range<usize>| chars[range].iter().collect::<String>();
    // For each place, the least cost up to there, where the last step began, and whether that is a
    // word.
    let mut best: Vec<(u32, usize, bool)> = vec![(u32::MAX, 0, false); chars.len() + 1];
    best[0].0 = 0;
    for from in 0..chars.len() {
        let cost = best[from].0;
        let mut reach = |to: usize, more: u32, is_word: bool| {
            if cost + more < best[to].0 {
                best[to] = (cost + more, from, is_word);
            }
        };
        let is_mark = fold::is_mark(fold::code(chars[from]));
        reach(from + 1, if is_mark { 0 } else { 300 }, false);
        // A run of letters and digits is one word.
        let is_latin = |c: &&char| fold(**c).is_ascii_alphanumeric();
        let run = chars[from..].iter().take_while(is_latin).count();
        if run > 0 {
            let is_year = run == 4 && chars.get(from + run) == Some(&'年');
            let to = from + run + usize::from(is_year);
            let is_inside = chars[..from].last().as_ref().is_some_and(is_latin);
            if !is_inside && count(cache, &text(from..to)) > 0 {
                reach(to, 80, true);
            }
            continue;
        }
        let mut may_occur = true;
        let empty = from + LONGEST;
        for to in from + 1..=chars.len() {
            if !may_occur && to > empty {
                break;
            }
            let part = text(from..to);
            if is_empty_han(&part) {
                reach(to, 40, false);
            } else if to >= from + 2 && may_occur {
                let cases = count(cache, &part);
                if cases == 0 {
                    // Nothing longer occurs either, except empty words.
                    may_occur = false;
                    continue;
                }
                if is_joined(&part) || !words::are_whole(cache, &part) {
                    continue;
                }
                // The longest words, which are least often adjacent by chance, cost least. Of two
                // ways to cut, the one whose words occur in more cases costs less; 的 ends no word.
                let long = (to - from).min(9) as u32;
                let ends = [chars[from], chars[to - 1]];
                let loose = ends.iter().filter(|&&c| is_empty_han(&c.to_string()));
                let loose = 70 * loose.count() as u32 + 20 * u32::from(begins_alone(&part));
                let rare = 8 / cases as u32;
                reach(to, 100 - long * long + loose + rare, true);
            }
        }
    }
    let (mut words, mut others, mut at) = (Vec::new(), Vec::new(), chars.len());
    while at > 0 {
        let (_, from, is_word) = best[at];
        let part = text(from..at);
        if is_word {
            words.push(part);
        } else if !is_empty_han(&part) && !fold::is_mark(fold::code(chars[from])) {
            others.push(chars[from]);
        }
        at = from;
    }
    words.reverse();
    (words, others.into_iter().rev().collect())
}
