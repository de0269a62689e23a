//! How exact a figure is, by the words beside it.

use super::clause::{STOPS, clause_before, is_word_start};
use super::number::Number;
use super::unit::Amount;
use super::{Kind, Precision, Text};

/// Words before a number that say how exact it is.
const BEFORE: &[(&str, Precision)] = &[
    ("约", Precision::About),
    ("约为", Precision::About),
    ("近", Precision::About),
    ("接近", Precision::About),
    ("大概", Precision::About),
    ("将近", Precision::About),
    ("超", Precision::Over),
    ("远超", Precision::Over),
    ("超过", Precision::Over),
    ("超出", Precision::Over),
    ("逾", Precision::Over),
    ("突破", Precision::Over),
    ("高于", Precision::Over),
    ("大于", Precision::Over),
    ("多于", Precision::Over),
    ("不少于", Precision::Over),
    ("不低于", Precision::Over),
    ("不小于", Precision::Over),
    ("至少", Precision::Over),
    ("最少", Precision::Over),
    ("不足", Precision::Under),
    ("不到", Precision::Under),
    ("未到", Precision::Under),
    ("未超过", Precision::Under),
    ("不超过", Precision::Under),
    ("不高于", Precision::Under),
    ("不大于", Precision::Under),
    ("不多于", Precision::Under),
    ("低于", Precision::Under),
    ("少于", Precision::Under),
    ("小于", Precision::Under),
    ("至多", Precision::Under),
    ("最多", Precision::Under),
    ("达不到", Precision::Under),
];

const AFTER: &[(&str, Precision)] = &[
    ("左右", Precision::About),
    ("上下", Precision::About),
    ("以上", Precision::Over),
    ("之上", Precision::Over),
    ("余", Precision::Over),
    ("多", Precision::Over),
    ("以内", Precision::Under),
    ("之内", Precision::Under),
    ("以下", Precision::Under),
    ("内", Precision::Under),
];

/// What is said of a number with its unit that begins at `start`.
pub(super) fn of(text: &Text, start: usize, number: &Number, amount: &Amount) -> Precision {
    // 上百人, 过半数; 四分之三强
    let is_over = number.is_bare && text.before(start) == Some('上')
        || text.has(start, "半数") && text.before(start) == Some('过')
        || number.is_fraction && text.get(amount.end) == Some('强');
    if is_over || number.is_open || amount.is_open {
        return Precision::Over;
    }
    if number.is_fraction && text.get(amount.end) == Some('弱') {
        return Precision::Under;
    }
    let way = ["车程", "路程", "步行", "航程"];
    let on_the_way =
        amount.kind == Kind::Duration && way.iter().any(|word| text.has(amount.end, word));
    let end = amount.end + if on_the_way { 2 } else { 0 };
    words_beside(text, start, end, amount.is_classifier)
}

/// What the words before and after say of a figure without a classifier.
pub(super) fn of_plain(text: &Text, start: usize, end: usize) -> Precision {
    words_beside(text, start, end, false)
}

/// What the words beside a figure say of it; the longest counts.
fn words_beside(text: &Text, start: usize, end: usize, is_classifier: bool) -> Precision {
    let start = if text.before(start) == Some(' ') {
        start - 1
    } else {
        start
    };
    let before = BEFORE
        .iter()
        .filter(|(word, _)| is_word_before(text, start, word) || introduces_verb(text, start, word))
        .max_by_key(|(word, _)| word.chars().count());
    let after = AFTER
        .iter()
        .find(|(word, _)| is_word_after(text, end, word, is_classifier));
    before
        .or(after)
        .map_or(Precision::Exact, |(_, precision)| *precision)
}

/// The word right after a figure that qualifies it, if there is one: 以上.
pub(super) fn word_after(text: &Text, end: usize, is_classifier: bool) -> &'static str {
    let mut words = AFTER.iter().map(|(word, _)| *word);
    words
        .find(|word| is_word_after(text, end, word, is_classifier))
        .unwrap_or_default()
}

/// Whether a word ends at `at` and is no end of a longer one: 附近, 节约.
fn is_word_before(text: &Text, at: usize, word: &str) -> bool {
    if !text.ends_with(at, word) {
        return false;
    }
    let clause = clause_before(text, at);
    let from = clause.start.max(at.saturating_sub(8));
    let words: String = text.characters[from..at].iter().collect();
    is_word_start(&words, at - word.chars().count() - from)
}

/// Whether a word that qualifies a figure begins at `at`, and no longer one: 内容, 多功能,
/// 上下游. After things that are counted, a single character belongs to their name.
fn is_word_after(text: &Text, at: usize, word: &str, is_classifier: bool) -> bool {
    let length = word.chars().count();
    if !text.has(at, word) || is_classifier && length == 1 {
        return false;
    }
    let end = (at + length + 3).min(text.len());
    let words: String = text.characters[at..end].iter().collect();
    end == at + length || at + length >= text.len() || {
        let next = text.characters[at + length];
        STOPS.contains(&next) || is_word_start(&words, length)
    }
}

/// Whether 至少 or 最多 precedes the verb of a figure: 至少配备1名, 最多跑1次.
fn introduces_verb(text: &Text, start: usize, word: &str) -> bool {
    let with_verb = |length: usize| {
        let Some(verb) = start.checked_sub(length) else {
            return false;
        };
        text.ends_with(verb, word) && !text.printed[verb..start].iter().any(|c| STOPS.contains(c))
    };
    matches!(word, "至少" | "最少" | "最多" | "至多") && (with_verb(1) || with_verb(2))
}
