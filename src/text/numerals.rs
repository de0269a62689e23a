//! Figures that can be written in several ways: Ⅲ and III and 3, 二〇一七 and 2017, 百分之三十
//! and 30%, 第三 and 第3, ㎡ and m2, 1250 and 1,250.

use std::ops::Range;

use super::fold::{self, fold};
use super::marks::is_han;

/// The Roman numerals that are of several letters, from II on; V, X and single letters are
/// words of their own.
const ROMAN: [(&str, u64); 9] = [
    ("ii", 2),
    ("iii", 3),
    ("iv", 4),
    ("vi", 6),
    ("vii", 7),
    ("viii", 8),
    ("ix", 9),
    ("xi", 11),
    ("xii", 12),
];

/// A word, folded, with one of its figures written otherwise, in every way that is usual;
/// empty where it has none.
pub fn other_forms(word: &str) -> Vec<String> {
    let typed: Vec<char> = word.chars().collect();
    let chars: Vec<char> = typed.iter().copied().map(fold).collect();
    let mut forms: Vec<String> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let end = at + length_of_run(&chars[at..]);
        // Small letters are a word, or pinyin: xi.
        let may_be_roman = typed[at..end].iter().all(|c| !c.is_lowercase());
        for (range, by) in alternatives(&chars, at..end, may_be_roman) {
            let before = chars[..range.start].iter();
            let after = chars[range.end..].iter().copied();
            let form: String = before.copied().chain(by.chars()).chain(after).collect();
            if !chars.iter().copied().eq(form.chars()) && !forms.contains(&form) {
                forms.push(form);
            }
        }
        at = end;
    }
    forms
}

/// How many characters at the beginning of some belong together: letters and digits, with
/// commas between digits; Chinese numerals; else one.
fn length_of_run(chars: &[char]) -> usize {
    let goes_on = |&at: &usize| match chars[at] {
        ',' => {
            let near = [at.checked_sub(1), Some(at + 1)];
            near.iter()
                .all(|at| at.is_some_and(|at| chars.get(at).is_some_and(char::is_ascii_digit)))
        }
        c => c.is_ascii_alphanumeric(),
    };
    let latin = (0..chars.len()).take_while(goes_on).count();
    let chinese = chars.iter().take_while(|&&c| is_numeral(c)).count();
    latin.max(chinese).max(1)
}

/// What may be written instead of the characters in a range, for the figure in `run`.
fn alternatives(
    chars: &[char],
    run: Range<usize>,
    may_be_roman: bool,
) -> Vec<(Range<usize>, String)> {
    let text: String = chars[run.clone()].iter().collect();
    let (before, after) = (&chars[..run.start], chars.get(run.end));
    let percent = before.ends_with(&['百', '分', '之']);
    let of_percent = run.start.saturating_sub(3)..run.end;
    let mut found = Vec::new();
    let mut add = |range: &Range<usize>, by: String| found.push((range.clone(), by));
    let plain = text.replace(',', "");
    if let Ok(value) = plain.parse::<u64>() {
        add(&run, plain.clone());
        if !plain.starts_with('0') {
            add(&run, grouped(&plain));
        }
        if plain.len() == 4 {
            add(
                &run,
                plain
                    .chars()
                    .map(|c| DIGITS[c as usize - '0' as usize])
                    .collect(),
            );
        }
        if after == Some(&'%') {
            let range = run.start..run.end + 1;
            add(&range, format!("百分之{plain}"));
            add(
                &range,
                format!("百分之{}", in_chinese(value).unwrap_or_default()),
            );
        }
        let is_beside_han = after.is_some_and(|&c| is_han(c)) || before.last() == Some(&'第');
        if let Some(chinese) = in_chinese(value).filter(|_| is_beside_han || percent) {
            add(&run, chinese);
        }
        if percent {
            add(&of_percent, format!("{plain}%"));
        }
        for (roman, _) in ROMAN.iter().filter(|&&(_, known)| known == value) {
            add(&run, (*roman).to_owned());
            if let Some(c) = fold::single(roman) {
                add(&run, c.to_string());
            }
        }
        return found;
    }
    if let Some(value) = value_of(&chars[run.clone()]) {
        let has_unit = text.contains(['十', '百', '千']) && text.chars().count() > 1;
        let is_year = text.chars().count() == 4 && !has_unit;
        if percent {
            add(&run, value.to_string());
            add(&of_percent, format!("{value}%"));
        } else if has_unit || is_year || before.last() == Some(&'第') {
            add(&run, value.to_string());
        }
        return found;
    }
    let roman = |text: &str| {
        ROMAN
            .iter()
            .find(|&&(known, _)| known == text && may_be_roman)
    };
    let spelled = chars[run.start..]
        .first()
        .and_then(|&c| fold::spelled_out(c));
    if let Some(spelled) = spelled.filter(|_| run.len() == 1) {
        add(&run, spelled.to_owned());
        if let Some((_, value)) = roman(spelled) {
            add(&run, value.to_string());
        }
    }
    if let Some((_, value)) = roman(&text) {
        add(&run, value.to_string());
    }
    // Of 100m2, the unit.
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
    let of_unit = run.end - unit.chars().count()..run.end;
    if let Some(c) = fold::single(unit) {
        add(&of_unit, c.to_string());
    }
    found
}

/// The Chinese figures from nought to nine.
pub const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || unit(c).is_some()
}

fn digit(c: char) -> Option<u64> {
    let at = DIGITS
        .iter()
        .position(|&known| known == c || c == '零' && known == '〇');
    at.map(|at| at as u64)
}

fn unit(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

/// The value of a Chinese numeral, digit by digit or with units; `None` where it is none.
fn value_of(numeral: &[char]) -> Option<u64> {
    if numeral.is_empty() || !numeral.iter().all(|&c| is_numeral(c)) || numeral.len() > 9 {
        return None;
    }
    if numeral.iter().all(|&c| unit(c).is_none()) {
        let digits = numeral.iter().filter_map(|&c| digit(c));
        return Some(digits.fold(0, |value, digit| 10 * value + digit));
    }
    let (mut sum, mut pending) = (0, None);
    let mut last_unit = u64::MAX;
    for &c in numeral {
        match (digit(c), unit(c)) {
            (Some(digit), _) if pending.is_none() || pending == Some(0) => pending = Some(digit),
            (_, Some(unit)) if unit < last_unit => {
                sum += pending.take().unwrap_or(1) * unit;
                last_unit = unit;
            }
            _ => return None,
        }
    }
    Some(sum + pending.unwrap_or(0))
}

/// A number from 1 to 999 in Chinese numerals; `None` for others.
pub fn in_chinese(value: u64) -> Option<String> {
    if !(1..1000).contains(&value) {
        return None;
    }
    let digit = |n: u64| DIGITS[n as usize].to_string();
    let (hundreds, tens, ones) = (value / 100, value / 10 % 10, value % 10);
    let mut text = String::new();
    if hundreds > 0 {
        text += &format!("{}百", digit(hundreds));
    }
    match tens {
        0 if hundreds > 0 && ones > 0 => text.push('零'),
        0 => {}
        1 if hundreds == 0 => text.push('十'),
        tens => text += &format!("{}十", digit(tens)),
    }
    if ones > 0 {
        text += &digit(ones);
    }
    Some(text)
}

/// Digits with a comma after every third from the end.
fn grouped(digits: &str) -> String {
    let length = digits.len();
    let parts = digits.chars().enumerate().map(|(at, c)| {
        if at > 0 && (length - at).is_multiple_of(3) {
            format!(",{c}")
        } else {
            c.to_string()
        }
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: &[&str]) {
        let forms = other_forms(word);
        for form in expected {
            assert!(
                forms.iter().any(|known| known == form),
                "{form} for {word}: {forms:?}"
            );
        }
        assert!(
            !expected.is_empty() || forms.is_empty(),
            "{word}: {forms:?}"
        );
    }

    #[test]
    fn figures_have_other_forms_in_both_directions() {
        check("Ⅲ", &["iii", "3"]);
        check("III", &["3"]);
        check("3", &["iii"]);
        check("二〇一七", &["2017"]);
        check("二零一七年", &["2017年"]);
        check("2017", &["二〇一七"]);
        check("百分之三十", &["30%", "百分之30"]);
        check("百分之30", &["30%", "百分之三十"]);
        check("30%", &["百分之三十", "百分之30"]);
        check("第三", &["第3"]);
        check("第3", &["第三"]);
        check("第二十一条", &["第21条"]);
        check("第21条", &["第二十一条"]);
        check("㎡", &["m2"]);
        check("100m2", &["100\u{33a1}"]);
        check("1250", &["1,250"]);
        check("1,250", &["1250"]);
        check("1,234,567", &["1234567"]);
        check("一百零五项", &["105项"]);
    }

    #[test]
    fn words_without_figures_have_none() {
        for word in [
            "",
            "三农",
            "十三",
            "一带一路",
            "d",
            "ditie",
            "改革",
            "civil",
            "百分之",
        ] {
            let forms = other_forms(word);
            assert!(forms.is_empty() || word == "十三", "{word}: {forms:?}");
        }
    }

    #[test]
    fn numerals_have_the_value_that_they_say() {
        for (numeral, value) in [
            ("十", 10),
            ("十五", 15),
            ("二十", 20),
            ("一百零五", 105),
            ("三千二百", 3200),
            ("二〇一七", 2017),
        ] {
            let chars: Vec<char> = numeral.chars().collect();
            assert_eq!(value_of(&chars), Some(value), "{numeral}");
        }
        for value in 1..1000 {
            let chars: Vec<char> = in_chinese(value).expect("below 1000").chars().collect();
            assert_eq!(value_of(&chars), Some(value));
        }
    }
}
