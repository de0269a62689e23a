//! Ratios: 1:3, 1.2∶1, 1比15, where the words around them speak of a ratio.

use super::clause::clause_before;
use super::context::{counted, sentence};
use super::number::{self, Decimal};
use super::precision;
use super::{Figure, Kind, Text};

/// The ratio whose first digit is at `at`, as a percentage: 1:4 is 25 %.
pub(super) fn at(text: &Text, at: usize, after: usize) -> Option<Figure> {
    let joined = |c: char| c.is_ascii_alphanumeric() || is_sign(c) || matches!(c, '.' | '/' | '-');
    if text.before(at).is_some_and(joined) {
        return None;
    }
    let (first, sign) = digits(text, at)?;
    let by_word = text.get(sign) == Some('比');
    if !by_word && !text.get(sign).is_some_and(is_sign) {
        return None;
    }
    let (second, end) = digits(text, sign + 1)?;
    // Three parts and times of day with seconds are no ratio of two.
    if text.get(end).is_some_and(joined) || !is_meant(text, at, end) {
        return None;
    }
    let sentence = sentence(text, at);
    Some(Figure {
        span: at as u32..end as u32,
        value: first.ratio(second)?,
        value_to: None,
        unit: "%".to_owned(),
        kind: Kind::Ratio,
        precision: precision::of_plain(text, at, end),
        counts: counted(text, after, at..end, Kind::Ratio),
        sentence: sentence.start as u32..sentence.end as u32,
        again: false,
    })
}

fn is_sign(c: char) -> bool {
    matches!(c, ':' | '：' | '∶')
}

/// A number of one to four digits that may have decimal places, and the place after it.
fn digits(text: &Text, at: usize) -> Option<(Decimal, usize)> {
    let rest = text.characters.get(at..)?;
    let length = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let is_short = (1..=4).contains(&length);
    let leads_with_zero = rest.starts_with(&['0']) && rest.get(1) != Some(&'.');
    (is_short && !leads_with_zero).then(|| number::digits(text, at))?
}

/// Whether the words around say that two numbers are a ratio, and no score and no time
/// of day.
fn is_meant(text: &Text, start: usize, end: usize) -> bool {
    let clause = clause_before(text, start);
    let near = clause.start.max(start.saturating_sub(12))..start;
    let before: String = text.characters[near].iter().collect();
    let rest = text.characters[end..].iter();
    let after: String = rest.take(4).collect();
    const NO_RATIO: [&str; 6] = ["比分", "比赛", "对比", "相比", "时间", "比如"];
    if NO_RATIO.iter().any(|word| before.contains(word)) {
        return false;
    }
    let is_time = text.characters[start..end].len() >= 4 && text.get(end - 3).is_some_and(is_sign);
    let said = before.contains('比')
        || ["的比例", "比例", "的比"]
            .iter()
            .any(|w| after.starts_with(w));
    let by = ["按", "按照", "照"]
        .iter()
        .any(|word| before.ends_with(word));
    let matched = ["配套", "配比", "配备", "配置", "匹配"];
    let is_matched = matched
        .iter()
        .any(|w| before.contains(w) || after.starts_with(w));
    said || !is_time && (by || is_matched)
}
