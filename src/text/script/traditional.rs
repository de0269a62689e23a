//! Simplified to Traditional, word by word.
//!
//! A run of Han is cut into words along the path that costs least, a word costing
//! the more the rarer it is: 街长 and 发现 beat 街 and 长发 and 现. A word is
//! converted as a whole, a character alone to its usual form. The tables are made by
//! `build/traditional.rs`, which names their sources; they lie in the binary as they are
//! used, so that nothing is built when the first text is shown.

use std::ops::Range;

use super::han::{FIRST_HAN, LAST_HAN, NUMERALS, is_han, starts_with_word};
use super::surnames::surnames;
use crate::text::fold::decode;

include!(concat!(env!("OUT_DIR"), "/words.rs"));
include!(concat!(env!("OUT_DIR"), "/regions.rs"));

/// Whose forms of Traditional characters are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Forms {
    /// 臺灣: 裡 眾 為 麵.
    #[default]
    Taiwan,
    /// 香港: 裏 眾 為 麪.
    HongKong,
    /// As OpenCC's dictionaries have them: 裏 衆 爲 麪.
    OpenCc,
}

impl Forms {
    fn of(self, c: char) -> char {
        let region = match self {
            Self::Taiwan => TAIWAN,
            Self::HongKong => HONG_KONG,
            Self::OpenCc => return c,
        };
        match region.binary_search_by_key(&c, |&(from, _)| from) {
            Ok(at) => region[at].1,
            Err(_) => c,
        }
    }
}

/// Converts a Simplified text; the result has as many characters.
pub(super) fn convert(simplified: &str, forms: Forms) -> String {
    let mut text: Vec<char> = simplified.chars().collect();
    let original = text.clone();
    let codes = codes(&original);
    let mut words = Vec::new();
    for run in runs_of_han(&original) {
        for word in best_path(&codes, run) {
            convert_word(&original, &word, &mut text);
            words.push(word.range);
        }
    }
    for at in surnames(&original, &words) {
        text[at] = original[at];
    }
    if forms == Forms::HongKong {
        for (from, to) in WORDS_OF_HONG_KONG {
            replace(&mut text, from, to);
        }
    }
    text.into_iter().map(|c| forms.of(c)).collect()
}

/// Words that Hong Kong writes otherwise than Taiwan although each writes both characters
/// in other words: 匯報 beside 詞彙.
const WORDS_OF_HONG_KONG: [([char; 2], [char; 2]); 1] = [(['彙', '報'], ['匯', '報'])];

fn replace(text: &mut [char], from: [char; 2], to: [char; 2]) {
    for at in 1..text.len() {
        if text[at - 1..=at] == from {
            text[at - 1..=at].copy_from_slice(&to);
        }
    }
}

/// The characters of a Simplified text that a word goes on with: a word of the list
/// holds them and the character before them.
pub(super) fn within_words(simplified: &str) -> Vec<usize> {
    let text: Vec<char> = simplified.chars().collect();
    let codes = codes(&text);
    let runs = runs_of_han(&text);
    let words = runs.flat_map(|run| best_path(&codes, run));
    words
        .flat_map(|word| word.range.start + 1..word.range.end)
        .collect()
}

/// The words along the best path through folded characters, those of one character too.
pub(super) fn words(codes: &[u16]) -> Vec<Range<usize>> {
    let text: Vec<char> = codes
        .iter()
        .map(|&code| char::from_u32(code.into()))
        .map(Option::unwrap_or_default)
        .collect();
    let words = runs_of_han(&text).flat_map(|run| best_path(codes, run));
    words.map(|word| word.range).collect()
}

/// Whether folded characters are a word of the list.
pub(super) fn is_word(codes: &[u16]) -> bool {
    let first = codes.first().and_then(|&first| place(first));
    let mut words = first.into_iter().flat_map(|first| words_at(first, codes));
    words.any(|(length, _)| length == codes.len())
}

/// Whether a folded character is a particle, or another word of one character.
pub(super) fn is_particle(code: u16) -> bool {
    char::from_u32(code.into()).is_some_and(|c| STAND_ALONE.contains(c))
}

/// The characters of a Simplified text before which no word is known to begin: a word
/// goes on with them, or one of the two that meet there is a character left alone on the
/// path that is no word by itself, nor a unit behind digits. No list has every word:
/// 街|长|公示|牌, 孵化|器 and 精细|化|管理 are cut where none ends.
pub(super) fn without_border(simplified: &str) -> Vec<usize> {
    let text: Vec<char> = simplified.chars().collect();
    let codes = codes(&text);
    let mut without = Vec::new();
    for run in runs_of_han(&text) {
        // Nothing meets the first word of a run.
        let mut may_part = false;
        for word in best_path(&codes, run.clone()) {
            let is_whole = word.range.len() > 1 || STAND_ALONE.contains(text[word.range.start]);
            if word.range.start > run.start && !(may_part && is_whole) {
                without.push(word.range.start);
            }
            without.extend(word.range.start + 1..word.range.end);
            let digits = word.range.start.checked_sub(1).map(|at| text[at]);
            may_part = is_whole || digits.is_some_and(|c| c.is_ascii_digit());
        }
    }
    without
}

/// Particles, prepositions, conjunctions and adverbs that are words of one character,
/// but for those that end other words as well: 管委会.
const STAND_ALONE: &str = "的了在和与为是对从将把被以及等并也都不已向到由或而就其该这那让按经均没每另再又还更最很较仅只但因若";

/// The characters of a text as the tables have them. What is no Han is never looked up.
fn codes(text: &[char]) -> Vec<u16> {
    text.iter().map(|&c| c as u16).collect()
}

fn runs_of_han(text: &[char]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    text.chunk_by(|&a, &b| is_han(a) == is_han(b))
        .filter_map(move |chunk| {
            let run = from..from + chunk.len();
            from = run.end;
            is_han(chunk[0]).then_some(run)
        })
}

/// A word on the path.
#[derive(Clone, Debug)]
struct Word {
    range: Range<usize>,
    /// `None` for a character alone.
    number: Option<u32>,
}

/// The cheapest way to cut a run of Han into words.
fn best_path(text: &[u16], run: Range<usize>) -> Vec<Word> {
    let mut best: Vec<(u32, u32, Option<u32>)> = vec![(u32::MAX, 0, None); run.len() + 1];
    best[0].0 = 0;
    for start in 0..run.len() {
        let before = best[start].0;
        let mut reach = |length: usize, cost: u8, number: Option<u32>| {
            let cost = before + u32::from(cost);
            if cost < best[start + length].0 {
                best[start + length] = (cost, length as u32, number);
            }
        };
        let rest = &text[run.start + start..run.end];
        let first = place(rest[0]);
        reach(1, first.map_or(UNKNOWN, |first| SINGLE_COSTS[first]), None);
        for (length, number) in first.into_iter().flat_map(|first| words_at(first, rest)) {
            reach(length, COSTS[number as usize], Some(number));
        }
    }
    let mut words = Vec::new();
    let mut end = run.len();
    while end > 0 {
        let (_, length, number) = best[end];
        let start = end - length as usize;
        let range = run.start + start..run.start + end;
        words.push(Word { range, number });
        end = start;
    }
    words.reverse();
    words
}

/// For every Han its place among those that begin a word or are converted, from 1 on; 0
/// for one that is neither.
static PLACES: [u16; (LAST_HAN - FIRST_HAN) as usize + 1] = places();

const fn places() -> [u16; (LAST_HAN - FIRST_HAN) as usize + 1] {
    let mut places = [0; (LAST_HAN - FIRST_HAN) as usize + 1];
    let mut at = 0;
    while at < FIRSTS.len() {
        let code = FIRSTS[at];
        if FIRST_HAN <= code && code <= LAST_HAN {
            places[(code - FIRST_HAN) as usize] = at as u16 + 1;
        }
        at += 1;
    }
    places
}

/// The place of a Han among the characters that begin a word or are converted.
fn place(code: u16) -> Option<usize> {
    let place = *PLACES.get(usize::from(code.checked_sub(FIRST_HAN)?))?;
    usize::from(place).checked_sub(1)
}

fn first(c: char) -> Option<usize> {
    place(u16::try_from(u32::from(c)).ok()?)
}

/// The words with which a text begins, by their length and number.
fn words_at(first: usize, text: &[u16]) -> impl Iterator<Item = (usize, u32)> {
    let mut at = STARTS[first] as usize;
    let mut number = NUMBERS[first];
    std::iter::from_fn(move || {
        let length = usize::from(TABLE[at]);
        if length == 0 {
            return None;
        }
        let count = usize::from(TABLE[at + 1]);
        let (from, rest) = (at + 2, length - 1);
        let group = (number, from);
        at = from + count * rest;
        number += count as u32;
        let found = text.get(1..length).and_then(|wanted| {
            let word = |index: usize| &TABLE[group.1 + index * rest..][..rest];
            let (mut low, mut high) = (0, count);
            while low < high {
                let middle = usize::midpoint(low, high);
                match word(middle).cmp(wanted) {
                    std::cmp::Ordering::Less => low = middle + 1,
                    _ => high = middle,
                }
            }
            (low < count && word(low) == wanted).then_some((length, group.0 + low as u32))
        });
        Some(found)
    })
    .flatten()
}

fn convert_word(original: &[char], word: &Word, shown: &mut [char]) {
    for at in word.range.clone() {
        if let Some(form) = first(original[at]).map(|first| FORMS[first]) {
            shown[at] = char::from_u32(form.into()).unwrap_or(original[at]);
        }
    }
    let behind = &original[word.range.end..];
    if let [.., '不', '准'] = original[..word.range.end]
        && (word.range.len() == 1 || original[word.range.start] == '不')
    {
        let before = &original[..word.range.end - 2];
        shown[word.range.end - 1] = not_permitted_or_not_exact(before, behind);
        return;
    }
    match word.number {
        Some(number) => {
            let from = EXCEPTIONS.partition_point(|&exception| exception < number << 4);
            let exceptions = EXCEPTIONS[from..].iter().zip(&EXCEPTIONAL[from..]);
            for (&exception, &c) in exceptions.take_while(|(e, _)| *e >> 4 == number) {
                let at = word.range.start + (exception & 0xF) as usize;
                shown[at] = char::from_u32(c.into()).unwrap_or(original[at]);
            }
        }
        None => {
            let at = word.range.start;
            let (before, after) = (&original[..at], &original[at + 1..]);
            if let Some(form) = alone(before, original[at], after) {
                shown[at] = form;
            }
        }
    }
}

/// The form of a character that is no part of a word, where its neighbours decide.
fn alone(before: &[char], c: char, after: &[char]) -> Option<char> {
    let ends_with = |list: &str| before.last().is_some_and(|&c| list.contains(c));
    let starts_with = |list: &str| after.first().is_some_and(|&c| list.contains(c));
    let han_follows = after.first().is_some_and(|&c| is_han(c));
    match c {
        // 15只基金, 几只鸡; but 15%只占.
        '只' if before.last().is_some_and(char::is_ascii_digit) || ends_with(NUMERALS) => {
            Some('隻')
        }
        // 千余只、渔船只: 只 in the sense of only has a word to follow it.
        '只' if before.last().is_some_and(|&c| is_han(c) && c != '不') && !han_follows => {
            Some('隻')
        }
        // The press shop, first of the four of a car plant: 冲、焊、涂、总装.
        '冲' if starts_with_word(after, "、焊") => Some('沖'),
        // The copula: 本项目系国内首创. 数学系主任 is a department.
        '系' if han_follows && !before.is_empty() && !starts_with(OF_DEPARTMENT) => Some('係'),
        // 同兴里社区 is a name.
        '里' if NEIGHBOURHOODS
            .iter()
            .any(|name| starts_with_word(after, name)) =>
        {
            Some('里')
        }
        _ => None,
    }
}

/// The last character of 不准: 准 where something is forbidden (不准收费, 五个不准),
/// 準 where it is inexact (底数不准, 识别不准的问题, 产品不多、服务不准).
fn not_permitted_or_not_exact(before: &[char], behind: &[char]) -> char {
    let counted = before
        .last()
        .is_some_and(|&c| NUMERALS.contains(c) || matches!(c, '个' | '项' | '条'));
    let completes_a_list = matches!(before, [.., '不', _, '、' | '，', _, _]);
    let predicate_follows = behind
        .first()
        .is_some_and(|&c| is_han(c) && !ENDS_PREDICATE.contains(c));
    if counted || predicate_follows && !completes_a_list {
        '准'
    } else {
        '準'
    }
}

/// What follows a predicate that is complete: 不准的, 不准等, 不准导致, 不准和不及时.
const ENDS_PREDICATE: &str = "的等和与或及而且则就导造引会时问现情容易";
const OF_DEPARTMENT: &str = "主副党学教师的里毕领同书辅";
const NEIGHBOURHOODS: [&str; 6] = ["社区", "小区", "街道", "居委", "片区", "村"];
