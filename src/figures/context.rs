//! What the words around a number say of it: whether it is a quantity at all,
//! how exact it is, and what it counts.

use std::ops::Range;

use super::number::{self, Number};
use super::unit::{self, Amount};
use super::{Figure, Kind, Precision, Text};
use crate::text::script::within_words;

/// Characters that end a sentence.
const ENDS: [char; 6] = ['。', '！', '？', '；', ';', '\n'];

/// Signs that separate clauses.
const STOPS: [char; 22] = [
    ',', '，', '。', '；', ';', '：', ':', '、', '！', '？', '(', ')', '（', '）', '“', '”', '《',
    '》', '\n', ' ', '\u{3000}', '/',
];

/// Whether a number stands inside a name, a title or a code, or is an ordinal.
pub(super) fn is_inside_a_name(text: &Text, start: usize, end: usize) -> bool {
    let after = text.get(end);
    text.before(start)
        .is_some_and(|c| matches!(c, '第' | '+' | '#'))
        || after.is_some_and(|c| matches!(c, '+' | '号' | '#' | '强' | '佳' | '届' | '〕'))
        || is_between(text, start, end, '“', '”', 12)
        || is_between(text, start, end, '"', '"', 12)
        || is_between(text, start, end, '《', '》', 60)
        || is_between(text, start, end, '〔', '〕', 12)
}

/// Whether a range stands between two signs that are at most `most` characters
/// apart.
fn is_between(text: &Text, start: usize, end: usize, open: char, close: char, most: usize) -> bool {
    let low = start.saturating_sub(most);
    let before = text.printed[low..start].iter().rev();
    let opened = before
        .copied()
        .find(|&c| c == open || (c == close && open != close) || c == '\n');
    if opened != Some(open) {
        return false;
    }
    let distance = text.printed[low..start]
        .iter()
        .rev()
        .take_while(|&&c| c != open)
        .count();
    let room = most.saturating_sub(distance + (end - start));
    let high = (end + room + 1).min(text.len());
    let mut after = text.printed[end.min(high)..high].iter().copied();
    after.find(|&c| c == close || c == open || c == '\n') == Some(close)
}

/// Whether a number with a unit is a quantity: no date, no announcement of a
/// list, no set phrase.
pub(super) fn is_quantity(text: &Text, at: usize, number: &Number, amount: &Amount) -> bool {
    if number.is_bare && !number.is_open && !introduces(text, at) {
        return false;
    }
    if amount.is_classifier && unit::only_announces(number) && !text.ends_with(at, "每") {
        return false;
    }
    let single = number.is_chinese && number.value_to.is_none() && number.value <= number::one();
    // 一年 and 一天 begin set phrases; 半年 is a time.
    if single && amount.kind != Kind::Ratio && number.value == number::one() {
        return false;
    }
    // 数十 and 几百 name no number; 上半年 is a part of a year; 四周 is all around.
    if number.is_chinese && text.before(at).is_some_and(|c| matches!(c, '数' | '几')) {
        return false;
    }
    match amount.unit.as_str() {
        "年" if number.value < number::one() => {
            !text.before(at).is_some_and(|c| matches!(c, '上' | '下'))
        }
        "年" => is_span_of_years(text, number, amount),
        "周" => !text.has(at, "四周") || text.has(amount.end, "内"),
        // 二元 and 一元 are words.
        "元" | "角" => !unit::only_announces(number),
        _ => true,
    }
}

/// Words before a bare 百 or 万 that make it a number: 每百户, 近万人.
fn introduces(text: &Text, at: usize) -> bool {
    ["每", "近", "上", "超", "逾", "约", "超过", "达"]
        .iter()
        .any(|word| text.ends_with(at, word))
}

/// 3年 is a time, 2015年 and 15年12月 are dates, 三年行动 is a name.
fn is_span_of_years(text: &Text, number: &Number, amount: &Amount) -> bool {
    let longest = number::hundred();
    let next = text.get(amount.end);
    let date = next.is_some_and(|c| c.is_ascii_digit());
    let name = ["行动", "计划", "规划", "攻坚", "任务"]
        .iter()
        .any(|word| text.has(amount.end, word));
    number.value <= longest && !date && !(name && number.is_chinese)
}

/// The unit of a large number that prints none, by the words around it:
/// 33万缴存职工, 人口901万, 贷款3960万, 1个亿.
pub(super) fn unit_of_noun(text: &Text, number: &Number) -> Option<Amount> {
    if !number.is_large || number.is_bare || number.is_chinese {
        return None;
    }
    let words = |range: Range<usize>| text.characters[range].iter().collect::<String>();
    let noun = words(number.end..number.end + words_after(text, number.end, 8).len());
    let before = words(clause_before(text, number.end));
    let (unit, kind) = if unit::counts_people(&noun) {
        ("人", Kind::People)
    } else if text.ends_with(number.end, "个亿") || unit::is_of_money(&noun) {
        ("元", Kind::Money)
    } else if !noun.is_empty() && !noun.starts_with('的') {
        // The noun is neither, so the words before the number are about it.
        return None;
    } else if unit::counts_people(&before) {
        ("人", Kind::People)
    } else if is_about_money(text, number.end) {
        ("元", Kind::Money)
    } else {
        return None;
    };
    Some(Amount {
        unit: unit.to_owned(),
        kind,
        is_open: false,
        is_classifier: kind == Kind::People,
        end: number.end,
    })
}

/// Whether the sentence up to a number speaks of money: 最高800万、400万的补贴.
fn is_about_money(text: &Text, at: usize) -> bool {
    let sentence = sentence(text, at.saturating_sub(1));
    let near = sentence.start.max(at.saturating_sub(24))..sentence.end.min(at + 12);
    let words: String = text.characters[near].iter().collect();
    unit::is_of_money(&words)
}

/// A place in an order where the words before the number say so: 排名为40位.
pub(super) fn as_rank(text: &Text, at: usize, amount: Amount) -> Amount {
    let ranked = ["排名", "排名为", "排", "排在", "位列", "位居", "名列"]
        .iter()
        .any(|word| text.ends_with(at, word));
    if !ranked || !text.ends_with(amount.end, "位") {
        return amount;
    }
    Amount {
        unit: "位".to_owned(),
        kind: Kind::Rank,
        ..amount
    }
}

/// A rank: 第2位, 第三名, where the words before it say that something is
/// ranked.
pub(super) fn rank_at(text: &Text, at: usize, after: usize) -> Option<Figure> {
    if text.get(at) != Some('第') {
        return None;
    }
    let number = number::read(text, at + 1)?;
    let has_unit = ["位", "名"].iter().any(|unit| text.has(number.end, unit));
    let clause = clause_before(text, at);
    let says =
        |words: &[&str]| (clause.clone()).any(|i| words.iter().any(|word| text.has(i, word)));
    // 第一位 may be a matter of importance, 第8位 is a place.
    let ranked = if has_unit {
        !number.is_chinese
            || says(&[
                "列", "居", "排", "名次", "位次", "跃", "升至", "全国", "全省", "全市", "获",
            ])
    } else {
        let ends = text.get(number.end).is_none_or(|c| STOPS.contains(&c));
        ends && ["排名", "排", "位列", "位居", "名列", "居", "列"]
            .iter()
            .any(|word| text.ends_with(at, word))
    };
    if !ranked {
        return None;
    }
    let end = number.end + usize::from(has_unit);
    let sentence = sentence(text, at);
    Some(Figure {
        span: at as u32..end as u32,
        value: number.value,
        value_to: None,
        unit: "位".to_owned(),
        kind: Kind::Rank,
        precision: Precision::Exact,
        counts: counted(text, after, at..end, Kind::Rank),
        sentence: sentence.start as u32..sentence.end as u32,
        again: false,
    })
}

/// Words beside a number that say how exact it is, and where they stand.
const BEFORE: &[(&str, Precision)] = &[
    ("约", Precision::About),
    ("约为", Precision::About),
    ("近", Precision::About),
    ("接近", Precision::About),
    ("大概", Precision::About),
    ("超", Precision::Over),
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

/// What is said of a figure from `start` to `end`; the longest word counts.
pub(super) fn precision(text: &Text, start: usize, end: usize, is_open: bool) -> Precision {
    let start = if text.before(start) == Some(' ') {
        start - 1
    } else {
        start
    };
    let before = BEFORE
        .iter()
        .filter(|(word, _)| text.ends_with(start, word) || introduces_verb(text, start, word))
        .max_by_key(|(word, _)| word.chars().count());
    let after = AFTER.iter().find(|(word, _)| text.has(end, word));
    match (before, after) {
        _ if is_open => Precision::Over,
        (Some((_, precision)), _) | (None, Some((_, precision))) => *precision,
        (None, None) => Precision::Exact,
    }
}

/// Whether 至少 or 最多 stands before the verb of a figure: 至少配备1名.
fn introduces_verb(text: &Text, start: usize, word: &str) -> bool {
    matches!(word, "至少" | "最少" | "最多" | "至多")
        && start >= 2
        && text.ends_with(start - 2, word)
        && !text.printed[start - 2..start]
            .iter()
            .any(|c| STOPS.contains(c))
}

/// The sentence that holds the character at `at`, in characters.
pub(super) fn sentence(text: &Text, at: usize) -> Range<usize> {
    let is_end = |c: &char| ENDS.contains(c);
    let mut start = text.printed[..at]
        .iter()
        .rposition(is_end)
        .map_or(0, |end| end + 1);
    let mut end = text.printed[at..]
        .iter()
        .position(is_end)
        .map_or(text.len(), |end| at + end + 1);
    while text.printed[start].is_whitespace() {
        start += 1;
    }
    while text.printed[end - 1].is_whitespace() {
        end -= 1;
    }
    start..end.max(start)
}

/// The clause before `at`, in characters.
fn clause_before(text: &Text, at: usize) -> Range<usize> {
    let stop = text.printed[..at].iter().rposition(|c| STOPS.contains(c));
    stop.map_or(0, |stop| stop + 1)..at
}

/// Up to `most` characters of words from `at` on.
fn words_after(text: &Text, at: usize, most: usize) -> &[char] {
    let rest = &text.printed[at.min(text.len())..];
    let length = rest
        .iter()
        .take(most)
        .take_while(|c| !STOPS.contains(c) && !c.is_ascii_digit())
        .count();
    &rest[..length]
}

/// Words that lead from a thing to its number and say nothing of it.
const LINKS: &[&str] = &[
    "达到",
    "达",
    "为",
    "是",
    "共",
    "共有",
    "等",
    "现有",
    "以上",
    "有",
    "约",
    "近",
    "超过",
    "超",
    "逾",
    "突破",
    "至",
    "到",
    "仅",
    "已",
    "累计",
    "不足",
    "不低于",
    "不超过",
    "不少于",
    "高于",
    "低于",
    "增至",
    "降至",
    "升至",
    "了",
    "的",
    "由",
    "从",
    "将",
    "占",
    "在",
    "最高",
    "最低",
    "至少",
    "每",
    "均",
    "分别",
    "给予",
    "各",
    "按",
    "按照",
    "和",
    "与",
    "及",
    "再",
    "又",
    "就",
    "可",
    "即",
    "需",
    "达不到",
    "以",
    "比",
    "高",
    "收取",
    "发放",
];

/// Characters of the words for what is counted, at most.
const MOST: usize = 12;

/// What a figure counts or measures, in words of the text: the noun after a
/// classifier, else the words before the number in its clause. `after` is where the
/// figure before it ends.
pub(super) fn counted(text: &Text, after: usize, span: Range<usize>, kind: Kind) -> String {
    if matches!(kind, Kind::Count | Kind::People) {
        let noun = noun_after(text, span.end);
        if noun.chars().count() > 1 {
            return noun;
        }
    }
    let clause = clause_before(text, span.start);
    let words: String = text.characters[clause.clone()].iter().collect();
    let begins_word = |at: usize| is_word_start(&words, at - clause.start);
    let mut from = clause.start.max(after);
    let mut to = span.start;
    let link = |to: usize, from: usize| {
        let lengths = LINKS
            .iter()
            .filter(|word| text.ends_with(to, word))
            .map(|word| word.chars().count());
        // 为 is the end of a word in 行为.
        let whole = lengths.filter(|length| from + length <= to && begins_word(to - length));
        whole.max()
    };
    while let Some(length) = link(to, from) {
        to -= length;
    }
    if to.saturating_sub(from) > MOST {
        let cut = to - MOST;
        from = (cut..to).find(|&at| begins_word(at)).unwrap_or(cut);
    }
    from = after_date(text, from, to);
    let words = text.printed(from..to.max(from));
    let words = words.trim_matches(['—', '-', '·', ' ']);
    if words.chars().count() > 1 {
        return words.to_owned();
    }
    let noun = noun_after(text, span.end);
    if noun.chars().count() > 1 {
        noun
    } else {
        String::new()
    }
}

/// The place after the dates with which words begin: 1-9月, 2017年底, or 年内
/// after the figure before.
fn after_date(text: &Text, from: usize, to: usize) -> usize {
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | '~' | '、');
    let mut at = from;
    loop {
        let inside = text.before(at).is_some_and(|c| c.is_ascii_digit());
        let digits = text.characters[at..to.max(at)].iter();
        let end = at + digits.take_while(|&&c| of_number(c)).count();
        let is_date = text.get(end).is_some_and(|c| "年月日".contains(c));
        if end >= to || !is_date || end == at && !inside {
            break;
        }
        at = end + 1;
    }
    let rest = at..to.max(at);
    let skipped = text.characters[rest].iter();
    at + skipped.take_while(|c| "内底末初".contains(**c)).count()
}

/// The noun after a classifier, up to the verb that goes on with it; of two
/// figures that follow each other (6大类52项服务), the noun of the second.
fn noun_after(text: &Text, end: usize) -> String {
    let skip = usize::from(matches!(text.get(end), Some('的' | '余' | '多')));
    let words = words_after(text, end + skip, MOST);
    if words.is_empty()
        && let Some(number) = number::read(text, end)
        && let Some(amount) = unit::read(text, &number)
    {
        return words_after(text, amount.end, MOST).iter().collect();
    }
    let noun: String = words.iter().collect();
    let noun = noun
        .trim_start_matches(['以', '上', '下', '左', '右', '内'])
        .trim_start_matches("之久")
        .trim_start_matches('的');
    let plain: String = noun.chars().map(unit::plain).collect();
    let length = plain.chars().count();
    let mut boundaries = (2..length).filter(|&at| is_word_start(&plain, at));
    let verb = boundaries.find(|&at| {
        let rest: String = plain.chars().skip(at).collect();
        GOES_ON.iter().any(|verb| rest.starts_with(verb))
    });
    let noun: String = noun.chars().take(verb.unwrap_or(length)).collect();
    noun.trim_end_matches(['—', '-', ' ']).to_owned()
}

/// Words that go on after the noun of a figure.
const GOES_ON: &[&str] = &[
    "建立",
    "组建",
    "成立",
    "形成",
    "签订",
    "得到",
    "得以",
    "有",
    "在",
    "为",
    "实现",
    "解决",
    "进行",
    "召开",
    "参与",
    "开展",
    "完成",
    "提供",
    "接受",
    "享受",
    "使用",
    "脱颖",
    "一并",
    "全覆盖",
    "被",
    "由",
    "从",
    "累计",
    "分别",
    "已",
    "均",
    "将",
    "可",
    "到",
    "上访",
    "支持",
    "办理",
    "通过",
    "获",
    "入选",
    "入驻",
    "组成",
    "落户",
    "就业",
    "体验",
    "的",
];

/// Whether a word begins at a character of a text.
fn is_word_start(words: &str, at: usize) -> bool {
    let byte = words.char_indices().nth(at).map(|(byte, _)| byte);
    byte.is_some_and(|byte| within_words(words).binary_search(&byte).is_err())
}

/// The words on both sides of a figure, in its sentence.
pub(super) fn beside(text: &Text, span: &Range<u32>) -> String {
    let span = span.start as usize..span.end as usize;
    let clause = clause_before(text, span.start);
    let from = clause.start.max(span.start.saturating_sub(MOST));
    let after = words_after(text, span.end, MOST).len();
    let before = text.characters[from..span.start].iter();
    before
        .chain(&[' '])
        .chain(&text.characters[span.end..span.end + after])
        .collect()
}

/// Whether two phrases share two characters that follow each other.
pub(super) fn share_a_word(one: &str, other: &str) -> bool {
    let pairs = |text: &str| {
        let characters: Vec<char> = text.chars().collect();
        let pairs = characters.windows(2).map(|pair| (pair[0], pair[1]));
        let in_words = pairs.filter(|(a, b)| a.is_alphabetic() && b.is_alphabetic());
        in_words.collect::<Vec<_>>()
    };
    let other = pairs(other);
    pairs(one).iter().any(|pair| other.contains(pair))
}
