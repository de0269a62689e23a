//! Questions and sentences: what is left of them without empty words, and parted into
//! words that stand in the library.

use crate::search::bit_set::BitSet;
use crate::search::cache::QueryCache;
use crate::search::query::{Phrase, Term};
use crate::text::clean;
use crate::text::fold::{self, fold};

/// Words that ask, and say nothing of what is asked for; the longest first.
const EMPTY: &str = "有什么 有没有 有哪些 是什么 为什么 怎么样 怎样 哪些 什么 怎么 如何 关于 请问 我想 想要 \
    了解 知道 查询 查找 查一下 搜索 哪里 哪个 多少 是否 能否 可以 案例 做法 材料 方面 区别 资料 文章 内容 \
    相关 有关 一下 介绍 情况 经验 例子 我们 他们 这个 那个 的 了 是 在 和 与 及 吗 呢 吧 啊 我";

/// The same in English.
const EMPTY_ENGLISH: &str = "a an the how what which who where when why is are was were do does did in on of \
    about for to and or with any some me show find tell case cases";

/// Characters of a word that is parted at most.
const LONGEST: usize = 60;

/// Characters of a part at most.
const LONGEST_PART: usize = 12;

/// A query without its empty words, parted into what stands somewhere, and what of it was
/// left out beside; `None` where nothing is parted, or nothing is left. A word that
/// `finds` something by itself is whole.
pub fn asked(
    cache: &QueryCache<'_>,
    terms: &[Term],
    finds: &dyn Fn(&Term) -> bool,
) -> Option<(Vec<Term>, String)> {
    let mut is_changed = false;
    let mut parts: Vec<Term> = Vec::new();
    let mut dropped = String::new();
    for term in terms {
        let Some(phrase) = term
            .word()
            .filter(|phrase| !phrase.quoted && !term.excluded)
        else {
            parts.push(term.clone());
            continue;
        };
        if is_listed(EMPTY_ENGLISH, &phrase.text) || is_listed(EMPTY, &phrase.text) {
            is_changed = true;
            continue;
        }
        // What is spelled is parted between its syllables, elsewhere.
        let is_han = phrase.text.chars().any(clean::is_han);
        if !is_han || stands(cache, &phrase.text) || terms.len() > 1 && finds(term) {
            parts.push(term.clone());
            continue;
        }
        let (words, others) = parted(cache, &phrase.text);
        dropped += &others;
        is_changed |= !words.is_empty();
        parts.extend(words.iter().map(|word| term.with_word(word)));
    }
    // Of words that no case has together, the longer ones.
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(parts[at].text.chars().count()));
    let mut among = BitSet::all(cache.index.cases());
    let mut kept = vec![true; parts.len()];
    for at in order {
        let Some(phrase) = parts[at].word().filter(|_| !parts[at].excluded) else {
            continue;
        };
        let cases = cache.cases_with(phrase);
        kept[at] = among.meets(&cases);
        match kept[at] {
            true => among.keep(&cases),
            false => dropped += &parts[at].text,
        }
    }
    let mut kept = kept.into_iter();
    parts.retain(|_| kept.next() == Some(true));
    let mut known: Vec<String> = Vec::new();
    parts.retain(|part| {
        let is_new = !known.contains(&part.text);
        known.push(part.text.clone());
        is_new
    });
    let is_word = |part: &Term| part.word().is_some();
    (is_changed && parts.iter().any(is_word)).then_some((parts, dropped))
}

/// Whether a word is in a list of words parted by spaces.
fn is_listed(list: &str, word: &str) -> bool {
    let word: String = word.chars().map(fold).collect();
    list.split_whitespace().any(|known| known == word)
}

fn stands(cache: &QueryCache<'_>, part: &str) -> bool {
    let phrase = Phrase {
        text: part.to_owned(),
        quoted: false,
    };
    let is_plain = part.chars().all(|c| !fold(c).is_ascii_alphabetic());
    (!is_plain || cache.index.may_have(&fold::codes(part))) && !cache.cases_with(&phrase).is_empty()
}

/// The words of a sentence, in order, and the characters that are in none: the fewest and
/// longest words that stand somewhere (a shortest path).
fn parted(cache: &QueryCache<'_>, sentence: &str) -> (Vec<String>, String) {
    let chars: Vec<char> = sentence.chars().take(LONGEST).collect();
    let text = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    // For each place the least cost up to there, where the last step began, and whether
    // that was a word.
    let mut best: Vec<(u32, usize, Step)> = vec![(u32::MAX, 0, Step::Left); chars.len() + 1];
    best[0].0 = 0;
    for from in 0..chars.len() {
        let cost = best[from].0;
        let mut reach = |to: usize, more: u32, step: Step| {
            if cost + more < best[to].0 {
                best[to] = (cost + more, from, step);
            }
        };
        let is_mark = fold::is_mark(fold::code(chars[from]));
        match is_mark {
            true => reach(from + 1, 0, Step::Empty),
            false => reach(from + 1, 300, Step::Left),
        }
        let longest = chars.len().min(from + LONGEST_PART);
        // A run of letters and figures is one word.
        let is_inside = from > 0 && fold(chars[from - 1]).is_ascii_alphanumeric();
        let run = chars[from..]
            .iter()
            .take_while(|&&c| fold(c).is_ascii_alphanumeric())
            .count();
        if run > 0 && is_inside {
            continue;
        }
        let year = (run == 4).then(|| usize::from(chars.get(from + 4) == Some(&'年')));
        if run > 0 {
            let to = from + run + year.unwrap_or(0);
            if stands(cache, &text(from, to)) {
                reach(to, 80, Step::Word);
            }
            continue;
        }
        for to in from + 1..=longest {
            let part = text(from, to);
            if is_listed(EMPTY, &part) {
                reach(to, 40, Step::Empty);
            } else if to >= from + 2 && stands(cache, &part) {
                // The longest count most, which stand together by chance least; 的 ends no
                // word.
                let long = (to - from).min(9) as u32;
                let ends = [chars[from], chars[to - 1]];
                let loose = ends.iter().filter(|&&c| is_listed(EMPTY, &c.to_string()));
                reach(
                    to,
                    100 - long * long + 70 * loose.count() as u32,
                    Step::Word,
                );
            }
        }
    }
    let (mut words, mut others, mut at) = (Vec::new(), String::new(), chars.len());
    while at > 0 {
        let (_, from, step) = best[at];
        match step {
            Step::Word => words.push(text(from, at)),
            Step::Left => others.push(chars[from]),
            Step::Empty => {}
        }
        at = from;
    }
    words.reverse();
    (words, others.chars().rev().collect())
}

/// What a part of a sentence is.
#[derive(Clone, Copy)]
enum Step {
    Word,
    Empty,
    /// A character of which nothing is known.
    Left,
}
