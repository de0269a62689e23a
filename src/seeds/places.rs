//! Districts that no catalog knows, seen from how their names are made: 湖心区,
//! 沙洲县, 东港新区.

use std::ops::Range;

use super::endings;
use crate::text::marks::is_han;
use crate::text::script::to_simplified;

/// Words that form a common noun with 区, 市 or 县, and no name of a district.
const COMMON: [&str; 83] = [
    "社",
    "小",
    "园",
    "景",
    "辖",
    "片",
    "牧",
    "库",
    "校",
    "院",
    "街",
    "厂",
    "矿",
    "郊",
    "灾",
    "疫",
    "战",
    "专",
    "选",
    "军",
    "禁",
    "地",
    "老城",
    "新城",
    "主城",
    "旧城",
    "贫困山",
    "开发",
    "示范",
    "保税",
    "高新",
    "自贸",
    "居民",
    "风景",
    "功能",
    "工业",
    "行政",
    "试验",
    "保护",
    "各",
    "全",
    "我",
    "本",
    "该",
    "两",
    "三",
    "多",
    "外",
    "邻",
    "跨",
    "省",
    "每",
    "一个",
    "大城",
    "超",
    "夜",
    "股",
    "入",
    "集",
    "闹",
    "菜",
    "直辖",
    "县级",
    "地级",
    "国内",
    "保税港",
    "综保",
    "度假",
    "化工",
    "物流",
    "产业",
    "经济",
    "经开",
    "核心",
    "服务",
    "合作",
    "先行",
    "实验",
    "创新",
    "科技",
    "商务",
    "企业上",
    "大都",
];

/// The district that a text names at its start, in bytes: `湖心区创新…`. What comes
/// before its last character has two or three.
pub(super) fn at_start(text: &str) -> Option<usize> {
    let head: Vec<(usize, char)> = text.char_indices().take(8).collect();
    for &(byte, c) in head.iter().take(6).skip(2) {
        let before = &text[..byte];
        if !before.chars().all(is_han) {
            return None;
        }
        let end = byte + c.len_utf8();
        if is_end(c) && !goes_on(&text[end..]) && is_name(before) {
            return Some(end);
        }
    }
    None
}

/// Whether a name as a whole is a district's, its city before it or not: 湖心区,
/// 东海市湖心区.
pub(super) fn is_one(name: &str) -> bool {
    let is_whole = |name: &str| at_start(name) == Some(name.len());
    let own = name.char_indices().find(|(_, c)| *c == '市');
    is_whole(name)
        || own.is_some_and(|(at, c)| {
            let (city, own) = name.split_at(at + c.len_utf8());
            is_whole(city) && is_whole(own)
        })
}

/// Returns the length in bytes of the district that is the subject of the first sentence of a
/// paragraph.
pub(super) fn acting(text: &str) -> Option<usize> {
    let end = at_start(text)?;
    let clause = &text[end..];
    let stop = clause.find(['，', ',', '。']).unwrap_or(clause.len());
    let is_compound = clause.starts_with(['的', '、', '和', '与']);
    (!is_compound && endings::tells_a_practice(&clause[..stop])).then_some(end)
}

/// The districts that a text names, as runs of bytes, in order: two characters, or the
/// three of 新区's, before 区, 县 or 市.
pub(super) fn all(text: &str) -> impl Iterator<Item = Range<usize>> {
    let starts: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    for at in 2..starts.len() {
        let (byte, c) = starts[at];
        if !is_end(c) || goes_on(&text[byte + c.len_utf8()..]) {
            continue;
        }
        let back = if starts[at - 1].1 == '新' { 3 } else { 2 };
        let Some(from) = at.checked_sub(back) else {
            continue;
        };
        let start = starts[from].0;
        let before = &text[start..byte];
        let is_free = found
            .last()
            .is_none_or(|last: &Range<usize>| last.end <= start);
        if is_free && before.chars().all(is_han) && is_name(before) {
            found.push(start..byte + c.len_utf8());
        }
    }
    found.into_iter()
}

fn is_end(c: char) -> bool {
    matches!(c, '区' | '區' | '县' | '縣' | '市' | '旗')
}

/// Whether what follows makes another word of the last character: 建成县级市场,
/// 沿海区域, 建材市场.
fn goes_on(behind: &str) -> bool {
    behind.starts_with(['级', '級', '场', '場', '域'])
}

/// Whether the text before the last character may be a district's name.
fn is_name(before: &str) -> bool {
    let before = to_simplified(before);
    let own = before.strip_suffix('新').unwrap_or(&before);
    let length = own.chars().count();
    // 智慧城市, 中心城区; names of places with 城 are shorter: 应城市.
    let is_part_of_city = length == 3 && own.ends_with('城');
    (2..=3).contains(&length)
        && !is_part_of_city
        && !COMMON.iter().any(|word| own.ends_with(word))
        && !own.starts_with([
            '我', '全', '各', '本', '该', '在', '对', '和', '与', '由', '从', '为', '把', '将',
        ])
        && !own.contains(['的', '了', '个', '是'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_is_known_by_its_end() {
        let begins = |text: &'static str| at_start(text).map(|end| &text[..end]);
        assert_eq!(begins("湖心区创新模式"), Some("湖心区"));
        assert_eq!(begins("東港新區掛牌三年"), Some("東港新區"));
        assert_eq!(begins("沙洲县以积分"), Some("沙洲县"));
        for text in [
            "我市把试点",
            "全市上下",
            "新区把审批",
            "老城区愁的是",
            "农村地区",
            "改革进入深水区",
            "建成县级产权交易中心",
            "沿海区域",
            "建材市场扩大",
        ] {
            assert_eq!(begins(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_a_district_did_is_a_practice() {
        assert!(acting("望山区试点劳动争议“一窗通办”,仲裁").is_some());
        assert!(acting("望山区有茶园18万亩，过去").is_none());
    }

    #[test]
    fn districts_are_found_inside_a_text() {
        let text = "走进梅坞区城市中心。云麓区在5个景区设立";
        let found: Vec<&str> = all(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["梅坞区", "云麓区"]);
    }
}
