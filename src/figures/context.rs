//! What the words around a number say of it: whether it is a quantity at all,
//! how exact it is, and what it counts.

use std::ops::Range;

use super::clause::{STOPS, clause_before, is_word_start};
use super::number::{self, Number};
use super::precision::word_after;
use super::unit::{self, Amount};
use super::{Figure, Kind, Precision, Text};

/// Characters that end a sentence.
const ENDS: [char; 6] = ['。', '！', '？', '；', ';', '\n'];

/// Whether a number is part of a name, a title or a code, or is an ordinal.
pub(super) fn is_inside_a_name(text: &Text, start: usize, end: usize) -> bool {
    let after = text.get(end);
    text.before(start)
        .is_some_and(|c| matches!(c, '第' | '+' | '#'))
        || after.is_some_and(|c| matches!(c, '+' | '号' | '#' | '佳' | '届' | '〕'))
        // 百强 is a title, 四分之三强 is a part and a little more.
        || after == Some('强') && !text.characters[start..end].contains(&'之')
        || is_between(text, start, end, '“', '”', 12)
        || is_between(text, start, end, '"', '"', 12)
        || is_between(text, start, end, '《', '》', 60)
        || is_between(text, start, end, '〔', '〕', 12)
}

/// Whether a range is between two signs at most `most` characters apart.
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
    if is_of_a_name(text, at, number, amount) {
        return false;
    }
    if amount.is_classifier && unit::only_announces(number) && !text.ends_with(at, "每") {
        return false;
    }
    let single = number.is_chinese && number.value_to.is_none() && number.value <= number::one();
    // 一年 and 一天 begin set phrases; 半年 and 一年半 are times, 不足一成 is a part.
    let is_part = amount.unit == "%" && text.ends_with(at, "足");
    let is_more = amount.has_half || amount.rest > 0 || amount.kind == Kind::Ratio || is_part;
    if single && !is_more && number.value == number::one() {
        return false;
    }
    // 十天一通报 is a manner of working, 学前三年 a stage of schooling.
    if number.is_chinese
        && amount.kind == Kind::Duration
        && (text.get(amount.end) == Some('一') || text.ends_with(at, "学前"))
    {
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
        "小时" => !is_round_the_clock(text, at, number, amount),
        "岁" => {
            let clause = clause_before(text, at);
            let says = |i: usize| text.has(i, "寿命") || text.has(i, "年龄");
            clause.into_iter().any(says)
        }
        // 二元 and 一元 are words.
        "元" | "角" => !unit::only_announces(number),
        _ => true,
    }
}

/// Whether 24小时 names a way of serving rather than a time: 7×24小时, 24小时值班.
fn is_round_the_clock(text: &Text, at: usize, number: &Number, amount: &Amount) -> bool {
    const WAYS: [&str; 12] = [
        "自助",
        "不间断",
        "不打烊",
        "值班",
        "值守",
        "营业",
        "开放",
        "热线",
        "在线",
        "服务",
        "运行",
        "监控",
    ];
    let joined = text
        .before(at)
        .is_some_and(|c| matches!(c, '×' | 'x' | '*'));
    let named = WAYS.iter().any(|word| text.has(amount.end, word));
    joined || named && number.value == number::hours_of_a_day()
}

/// Whether a unit that is more often a part of a word is one here: 百分, 十分, 1县1品 and
/// 10点30分 have none.
fn is_of_a_name(text: &Text, at: usize, number: &Number, amount: &Amount) -> bool {
    let printed = text.get(amount.end - 1);
    match (amount.unit.as_str(), printed) {
        ("分", _) => {
            const SCORES: [&str; 8] = ["分", "评", "考", "测", "得", "扣", "加", "指数"];
            let clause = clause_before(text, at);
            let before = sentence(text, at).start..at;
            let time = text
                .before(at)
                .is_some_and(|c| matches!(c, '点' | '时' | ':'));
            let says = |i: usize| SCORES.iter().any(|word| text.has(i, word));
            let scored = |i: usize| text.has(i, "满意度") || text.has(i, "得分");
            number.is_chinese
                || time
                || !clause.into_iter().any(says) && !before.into_iter().any(scored)
        }
        // 4路 is a bus, 1.2万路 are channels.
        ("路", _) => {
            let near = clause_before(text, at).start..amount.end + 4;
            let says = |i: usize| {
                ["视频", "监控", "摄像", "探头"]
                    .iter()
                    .any(|word| text.has(i, word))
            };
            number.is_chinese || !near.into_iter().any(says)
        }
        // 30方 of water, 一方 of two.
        ("立方米", Some('方')) => {
            let said = sentence(text, at).start..amount.end;
            number.is_chinese
                || !said
                    .into_iter()
                    .any(|i| "水土石气木沙".contains(text.characters[i]))
        }
        // 5号楼12层
        ("层", _) => text.before(at).is_some_and(|c| "楼栋座幢".contains(c)),
        // 5日 is a date, 5日内 a time.
        ("天", Some('日')) => {
            let dated = text.before(at).is_some_and(|c| "年月至到-—~、".contains(c));
            let changed = CHANGES.iter().any(|verb| text.ends_with(at, verb));
            let within = ["内", "以内", "之内"]
                .iter()
                .any(|word| text.has(amount.end, word));
            !changed && (dated || !within)
        }
        ("个", Some('县' | '镇' | '街' | '道' | '区' | '市')) => {
            number.value <= number::one()
        }
        ("度", _) => amount.kind == Kind::Temperature,
        _ => false,
    }
}

/// What 度 is by the words around it: of warmth (室温提高2度), of electric power
/// (用电300万度), or of something else.
pub(super) fn as_degrees(text: &Text, at: usize, number: &Number, amount: Amount) -> Amount {
    if amount.unit != "度" {
        return amount;
    }
    let sentence = sentence(text, at);
    let near = sentence.start.max(at.saturating_sub(24))..at;
    let before = &text.characters[near];
    let (unit, kind) = if before.iter().any(|c| "温热暖冷".contains(*c)) && !number.is_large {
        ("℃", Kind::Temperature)
    } else if number.is_large || before.contains(&'电') {
        ("千瓦时", Kind::Energy)
    } else {
        return amount;
    };
    Amount {
        unit: unit.to_owned(),
        kind,
        ..amount
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
    let name = [
        "行动", "计划", "规划", "攻坚", "任务", "义务", "制", "级", "一贯", "目标",
    ]
    .iter()
    .any(|word| text.has(amount.end, word));
    number.value <= longest && !date && !(name && number.is_chinese)
}

/// The unit of a large number that prints none, by the words around it:
/// 33万缴存职工, 人口901万, 贷款3960万, 1个亿.
pub(super) fn unit_of_noun(text: &Text, number: &Number) -> Option<Amount> {
    if !number.is_large {
        return None;
    }
    let words = |range: Range<usize>| text.characters[range].iter().collect::<String>();
    let noun = words(number.end..number.end + words_after(text, number.end, 8).len());
    let before = words(clause_before(text, number.end));
    let (unit, kind) = if unit::counts_people(&noun) {
        ("人", Kind::People)
    } else if text.ends_with(number.end, "个亿") || unit::is_of_money(&noun) {
        ("元", Kind::Money)
    } else if !noun.is_empty() && !noun.starts_with('的') && !changes(&noun) {
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
        has_half: false,
        scale: 1,
        rest: 0,
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
    let is_top = text.get(at) == Some('前');
    if !is_top && text.get(at) != Some('第') {
        return None;
    }
    let number = number::read(text, at + 1)?;
    let has_unit = ["位", "名"].iter().any(|unit| text.has(number.end, unit));
    let clause = clause_before(text, at);
    let says =
        |words: &[&str]| (clause.clone()).any(|i| words.iter().any(|word| text.has(i, word)));
    let ends = text.get(number.end).is_none_or(|c| STOPS.contains(&c));
    // 前3年 is a time and 前3项 are things; 前10 and 前三名 are places where something is ranked.
    let ranked = if is_top {
        let goes_on = ["升", "降", "的", "之列", "行列", "以内"];
        let ends = ends || has_unit || goes_on.iter().any(|word| text.has(number.end, word));
        let of_time = text
            .before(at)
            .is_some_and(|c| "之以目提年日月".contains(c));
        ends && !of_time
            && says(&[
                "排名", "排", "列", "居", "名次", "位次", "进入", "跻身", "升",
            ])
    // 第一位 may be a matter of importance, 第8位 is a place.
    } else if has_unit {
        !number.is_chinese
            || says(&[
                "列", "居", "排", "名次", "位次", "跃", "升至", "全国", "全省", "全市", "获",
            ])
    } else {
        // 列第三, 升至第3; 居全省第一, 列计划单列市第3.
        const VERBS: [&str; 9] = [
            "排名",
            "排",
            "居",
            "列",
            "升至",
            "升到",
            "降为",
            "降至",
            "前移至",
        ];
        let placed = VERBS.iter().any(|word| text.ends_with(at, word));
        let rest: String = text.characters[number.end..].iter().take(3).collect();
        (ends || changes(&rest)) && (placed || is_among(text, at))
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

/// Whether the group within which something is ranked precedes the rank at `at`: 全省第一,
/// 副省级城市第3.
fn is_among(text: &Text, at: usize) -> bool {
    const ALL: [&str; 18] = [
        "全国", "全省", "全市", "全区", "全县", "全球", "世界", "亚洲", "国内", "省内", "市内",
        "城市", "区市", "省市", "列市", "行业", "同类", "系统",
    ];
    ALL.iter().any(|word| text.ends_with(at, word))
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
    if let Some(named) = respective(text, span.start) {
        return named;
    }
    if matches!(kind, Kind::Count | Kind::People) {
        let noun = noun_after(text, span.end, kind);
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
    let printed = text.printed(from..to.max(from));
    let words = printed.trim_matches(['—', '-', '·', ' ']);
    if words.chars().count() > 1 {
        return words.to_owned();
    }
    let noun = noun_after(text, span.end, kind);
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
    at + skipped.take_while(|c| "内底末初份".contains(**c)).count()
}

/// The noun after a classifier, up to the verb that goes on with it; of two
/// figures that follow each other (6大类52项服务), the noun of the second.
fn noun_after(text: &Text, end: usize, kind: Kind) -> String {
    let skip = usize::from(text.get(end) == Some('的'));
    let words = words_after(text, end + skip, MOST);
    if words.is_empty()
        && let Some(number) = number::read(text, end)
        && let Some(amount) = unit::read(text, &number)
    {
        return words_after(text, amount.end, MOST).iter().collect();
    }
    let noun: String = words.iter().collect();
    let beside = word_after(text, end + skip, matches!(kind, Kind::Count | Kind::People));
    let noun = noun
        .trim_start_matches(beside)
        .trim_start_matches("之久")
        .trim_start_matches('的');
    let plain: String = noun.chars().map(unit::plain).collect();
    let length = plain.chars().count();
    if plain.starts_with("以及") || changes(&plain) {
        return String::new();
    }
    let mut boundaries = (2..length).filter(|&at| is_word_start(&plain, at));
    let verb = boundaries.find(|&at| {
        let rest: String = plain.chars().skip(at).collect();
        GOES_ON.iter().any(|verb| rest.starts_with(verb))
    });
    let noun: String = noun.chars().take(verb.unwrap_or(length)).collect();
    noun.trim_end_matches(['—', '-', ' ']).to_owned()
}

/// What the figure at `at` counts where a list of names is followed by a list of figures in
/// the same order: 进口、出口分别完成3亿元、5亿元.
fn respective(text: &Text, at: usize) -> Option<String> {
    const APART: [char; 4] = ['、', '和', '及', '与'];
    let is_end = |c: &char| STOPS.contains(c) && *c != '、';
    let from = text.characters[..at]
        .iter()
        .rposition(is_end)
        .map_or(0, |end| end + 1);
    let said = (from..at).rev().find(|&i| text.has(i, "分别"))?;
    let end = text.characters[at..].iter().position(is_end);
    let end = end.map_or(text.len(), |end| at + end);
    let parts = |range: Range<usize>| {
        let apart = text.characters[range].iter();
        apart.filter(|c| APART.contains(c)).count()
    };
    let place = parts(said..at);
    if said == from || parts(from..said) != parts(said..end) || parts(said..end) == 0 {
        return None;
    }
    let names = text.characters[from..said].split(|c| APART.contains(c));
    let before: usize = names.take(place).map(|name| name.len() + 1).sum();
    let start = from + before;
    let name = text.characters[start..said]
        .iter()
        .take_while(|c| !APART.contains(c))
        .count();
    let start = after_date(text, start, start + name).max((start + name).saturating_sub(MOST));
    let name = text.printed(start..from + before + name);
    (name.chars().count() > 1).then_some(name)
}

/// Whether two figures are separated by a verb of change alone: 由3人增至15人.
pub(super) fn is_changed_to(text: &Text, from: usize, to: usize) -> bool {
    let words: String = text.characters[from.min(to)..to].iter().collect();
    let is_short = words.chars().count() <= 4;
    is_short && changes(&words)
}

/// Whether words begin with a change from one number to another.
fn changes(words: &str) -> bool {
    CHANGES.iter().any(|verb| words.starts_with(verb))
}

/// Verbs of a change from one number to another.
const CHANGES: &[&str] = &[
    "增至",
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "上升到",
    "上升至",
    "升至",
    "扩大到",
    "扩大至",
    "下降到",
    "下降至",
    "降至",
    "降到",
    "降为",
    "减至",
    "减为",
    "减到",
    "减少到",
    "减少至",
    "缩短到",
    "缩短至",
    "缩短为",
    "压缩到",
    "压缩至",
    "压缩为",
    "变为",
];

/// Words that go on after the noun of a figure.
const GOES_ON: &[&str] = &[
    "建立",
    "配备",
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
