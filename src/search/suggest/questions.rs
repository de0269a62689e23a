//! Questions and sentences: what is left of them without empty words, and parted into words
//! that occur in the library.

use std::cmp::Reverse;
use std::ops::Range;

use super::is_joined;
use crate::search::cache::QueryCache;
use crate::search::query::{Phrase, Term};
use crate::text::fold::{self, fold};
use crate::text::marks;

/// Words that ask, and say nothing of what is asked for; the longest first.
const EMPTY: &str = "有什么 有没有 有哪些 是什么 为什么 怎么样 怎样 哪些 什么 怎么 如何 关于 请问 我想 想要 \
    了解 知道 查询 查找 查一下 搜索 哪里 哪个 多少 是否 能否 可以 案例 做法 材料 方面 区别 资料 文章 内容 \
    相关 有关 一下 介绍 情况 经验 例子 我们 他们 这个 那个 的 了 是 在 和 与 及 吗 呢 吧 啊 我";

/// English words that ask, and say nothing of what is asked for.
const EMPTY_ENGLISH: &str = "a an the how what which who where when why is are was were do does did in on of \
    about for to and or with any some me show find tell case cases many much";

/// A query without its empty words, parted into what occurs somewhere, and what of it was
/// left out beside; `None` where nothing is parted, or nothing is left. A word that `finds`
/// something by itself is whole.
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
        // What is spelled is parted between its syllables, elsewhere.
        let is_whole = !text.chars().any(marks::is_han) || occurs(cache, text);
        if is_whole || terms.len() > 1 && finds(term) {
            parts.push(term.clone());
            continue;
        }
        let (words, others) = parted(cache, text);
        dropped += &others;
        is_changed |= !words.is_empty();
        parts.extend(words.iter().map(|word| term.with_word(word)));
    }
    // Of words that no case has together, the longer ones.
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&at| Reverse(parts[at].text.chars().count()));
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

/// Whether a word says nothing of what is asked for.
pub fn is_empty(word: &str) -> bool {
    is_listed(EMPTY_ENGLISH, word) || is_listed(EMPTY, word)
}

/// Whether a word is in a list of words parted by spaces.
fn is_listed(list: &str, word: &str) -> bool {
    let word: String = word.chars().map(fold).collect();
    list.split_whitespace().any(|known| known == word)
}

fn longest_of(list: &str) -> usize {
    let lengths = list.split_whitespace().map(|word| word.chars().count());
    lengths.max().unwrap_or(0)
}

fn occurs(cache: &QueryCache<'_>, part: &str) -> bool {
    let is_plain = part.chars().all(|c| !fold(c).is_ascii_alphabetic());
    let may_occur = !is_plain || cache.index.may_have(&fold::codes(part));
    may_occur && !cache.cases_with(&Phrase::plain(part)).is_clear()
}

/// What a part of a sentence is.
#[derive(Clone, Copy)]
enum Step {
    Word,
    Empty,
    /// A character that is in no word.
    Left,
}

/// The words of a sentence, in order, and the characters that are in none: the fewest and
/// longest words that occur somewhere (a shortest path).
fn parted(cache: &QueryCache<'_>, sentence: &str) -> (Vec<String>, String) {
    let chars: Vec<char> = sentence.chars().collect();
    let text = |range: Range<usize>| chars[range].iter().collect::<String>();
    // For each place the least cost up to there, where the last step began, and what it is.
    let mut best: Vec<(u32, usize, Step)> = vec![(u32::MAX, 0, Step::Left); chars.len() + 1];
    best[0].0 = 0;
    for from in 0..chars.len() {
        let cost = best[from].0;
        let mut reach = |to: usize, more: u32, step: Step| {
            if cost + more < best[to].0 {
                best[to] = (cost + more, from, step);
            }
        };
        if fold::is_mark(fold::code(chars[from])) {
            reach(from + 1, 0, Step::Empty)
        } else {
            reach(from + 1, 300, Step::Left)
        }
        // A run of letters and figures is one word.
        let is_latin = |c: &&char| fold(**c).is_ascii_alphanumeric();
        let run = chars[from..].iter().take_while(is_latin).count();
        if run > 0 {
            let is_year = run == 4 && chars.get(from + run) == Some(&'年');
            let to = from + run + usize::from(is_year);
            let is_inside = chars[..from].last().as_ref().is_some_and(is_latin);
            if !is_inside && occurs(cache, &text(from..to)) {
                reach(to, 80, Step::Word);
            }
            continue;
        }
        let mut may_occur = true;
        let empty = from + longest_of(EMPTY);
        for to in from + 1..=chars.len() {
            if !may_occur && to > empty {
                break;
            }
            let part = text(from..to);
            if is_listed(EMPTY, &part) {
                reach(to, 40, Step::Empty);
            } else if to >= from + 2 && may_occur {
                if !occurs(cache, &part) {
                    // Nor does what is longer, but for empty words.
                    may_occur = false;
                    continue;
                }
                if is_joined(&part) {
                    continue;
                }
                // The longest count most, which are side by side by chance least; 的 ends
                // no word.
                let long = (to - from).min(9) as u32;
                let ends = [chars[from], chars[to - 1]];
                let loose = ends.iter().filter(|&&c| is_listed(EMPTY, &c.to_string()));
                let loose = 70 * loose.count() as u32;
                reach(to, 100 - long * long + loose, Step::Word);
            }
        }
    }
    let (mut words, mut others, mut at) = (Vec::new(), Vec::new(), chars.len());
    while at > 0 {
        let (_, from, step) = best[at];
        match step {
            Step::Word => words.push(text(from..at)),
            Step::Left => others.push(chars[from]),
            Step::Empty => {}
        }
        at = from;
    }
    words.reverse();
    (words, others.into_iter().rev().collect())
}
