//! A document whose format marks headings: Markdown, Word with styles, a web page.
//!
//! The level of the cases is the highest at which headings look like cases:
//! - nothing above them but the document, and no names of sections (背景, 做法), or
//! - their own sub-headings are the same again and again (背景, 做法, 成效), or
//! - a line below them names the responsible body, or
//! - a list in front of them has them as its entries, as the summary of a day's news, or
//! - they are numbered as cases: 案例一, 第三例.
//!
//! Headings above that level are titles of the document and of groups, those below it
//! sections.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::dates;
use super::entries::{Count, letters, numbered};
use super::front;
use super::headings;
use super::lines::{Line, Page, is_short};
use super::orgs::Names;
use super::reading::{Draft, Findings, Material};
use crate::case::role;
use crate::case::{Basis, Completeness, Confidence, Lines, Org, Part, Reader, TextRange, Title};
use crate::formats::{Role, Start};
use crate::language::Sentence;

/// A heading, by places among the lines of the page.
#[derive(Clone, Debug)]
struct Node {
    places: Range<usize>,
    level: u8,
}

/// What shows that headings are the titles of cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Top,
    SameSections,
    Orgs,
    Listed,
    Numbered,
}

/// The cases of a document with headings, if they show cases.
pub(super) fn read(material: Material<'_>) -> Option<Findings> {
    let Material { page, names, .. } = material;
    let nodes = nodes(page);
    let (cases, sign) = case_nodes(page, names, &nodes)?;
    let level = nodes[cases[0]].level;
    let entries = entries(page, 0..nodes[cases[0]].places.start);
    // A line of the list is of one case, also where two have the same title.
    let mut taken = HashSet::new();
    let mut reading = Findings::default();
    let groups = groups(&nodes, level);
    let head_of = |at: usize| {
        let above = nodes[..at].iter().rev().find(|node| node.level < level)?;
        let head = joined(page, above);
        front::heads_a_group(&head).then_some(head)
    };
    for &at in &cases {
        let node = &nodes[at];
        let end = nodes[at + 1..]
            .iter()
            .find(|next| next.level <= level)
            .map_or(page.lines.len(), |next| next.places.start);
        let end = (node.places.end..end)
            .rev()
            .find(|&place| !front::is_furniture(page.line(place)))
            .map_or(node.places.end, |last| last + 1);
        let list = (sign == Sign::Listed)
            .then(|| entries.get(&title_letters(page, node)))
            .flatten()
            .filter(|places| (*places).clone().all(|place| !taken.contains(&place)));
        if let Some(places) = list {
            taken.extend(places.clone());
            reading.claim_lines(&page.lines[places.clone()], Part::ListEntry);
        }
        let list = list.map(|places| page.lines[places.start].number);
        let group = groups.get(&at).map(|group| whole(page, &nodes[*group]));
        let inner: Vec<&Node> = nodes[at + 1..]
            .iter()
            .take_while(|next| next.places.start < end)
            .collect();
        let before = reading.cases.len();
        take(material, &mut reading, node, end, &inner, list, group, sign);
        if let Some(head) = head_of(at) {
            for case in &mut reading.cases[before..] {
                (case.category, case.area) = names.place_below(&case.orgs, Some(&head));
            }
        }
    }
    reading.claim_rest(page, Part::Own);
    reading.basis = Basis {
        reader: Reader::Headings,
        confidence: if sign == Sign::Top {
            Confidence::Medium
        } else {
            Confidence::High
        },
        why: why(cases.len(), sign),
    };
    Some(reading)
}

fn why(cases: usize, sign: Sign) -> Sentence {
    let (chinese, english) = match sign {
        Sign::Top => ("为最高一级标题", "of the highest level"),
        Sign::SameSections => ("各有同名的小标题", "with sections of the same names"),
        Sign::Orgs => ("题下写明单位", "with an organisation below"),
        Sign::Numbered => ("编号为案例", "numbered as cases"),
        Sign::Listed => ("与文前摘要逐条对应", "that a summary lists"),
    };
    Sentence::new(
        format!("同级标题 {cases} 个，{chinese}"),
        format!("{cases} headings {english}"),
    )
}

/// The headings of a page; lines of one heading are one node.
fn nodes(page: &Page<'_>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for (place, line) in page.lines.iter().enumerate() {
        let level = match line.format.role {
            Role::Title => 0,
            Role::Heading(level) => level,
            _ => continue,
        };
        match nodes.last_mut() {
            Some(last)
                if last.places.end == place
                    && last.level == level
                    && line.format.start != Start::New =>
            {
                last.places.end += 1;
            }
            _ => nodes.push(Node {
                places: place..place + 1,
                level,
            }),
        }
    }
    nodes
}

/// Returns the nodes of the cases, which are all of one level, and the sign that shows it. The
/// heading of a summary before them on the same level is not among them.
fn case_nodes(page: &Page<'_>, names: &Names, nodes: &[Node]) -> Option<(Vec<usize>, Sign)> {
    let mut levels: Vec<u8> = nodes.iter().map(|node| node.level).collect();
    levels.sort_unstable();
    levels.dedup();
    levels.into_iter().enumerate().find_map(|(depth, level)| {
        let mut of_level: Vec<usize> = (0..nodes.len())
            .filter(|&at| nodes[at].level == level)
            .collect();
        if let [summary, second, ..] = of_level[..] {
            let below = nodes[summary].places.end..nodes[second].places.start;
            if are_listed(page, nodes, &of_level[1..], &entries(page, below)) {
                of_level.remove(0);
            }
        }
        let sign = match of_level.len() {
            0 | 1 => None,
            _ => sign(page, names, nodes, &of_level, depth == 0),
        };
        sign.map(|sign| (of_level, sign))
    })
}

/// Whether most of these nodes are entries of a list.
fn are_listed(
    page: &Page<'_>,
    nodes: &[Node],
    of_level: &[usize],
    entries: &HashMap<String, Range<usize>>,
) -> bool {
    let letters = of_level.iter().map(|&at| title_letters(page, &nodes[at]));
    let listed = letters.filter(|letters| entries.contains_key(letters));
    listed.count() * 5 >= of_level.len() * 3
}

fn sign(
    page: &Page<'_>,
    names: &Names,
    nodes: &[Node],
    of_level: &[usize],
    is_top: bool,
) -> Option<Sign> {
    let count = of_level.len();
    let text = |at: usize| joined(page, &nodes[at]);
    let is_numbered = |at: &&usize, whose: fn(Whose) -> bool| {
        case_number(&text(**at)).is_some_and(|(_, own)| whose(own))
    };
    let is_section = |at: &&usize| {
        if is_numbered(at, |_| true) {
            return false;
        }
        let text = text(**at);
        let name = &text[headings::number_of(&text)..];
        name.len() < text.len()
            || front::heads_a_part(&text)
            || dates::whole(&text).is_some()
            || is_short(name, 8) && (!role::of(name).is_empty() || heads_a_report_s_part(name))
    };
    if of_level.iter().filter(is_section).count() * 2 > count {
        return None;
    }
    // The same names below each.
    let mut seen: HashMap<String, usize> = HashMap::new();
    for &at in of_level {
        let below = nodes[at + 1..]
            .iter()
            .take_while(|next| next.level > nodes[at].level);
        let names: HashSet<String> = below
            .map(|node| {
                let text = joined(page, node);
                letters(&text[headings::number_of(&text)..])
            })
            .collect();
        for name in names {
            *seen.entry(name).or_default() += 1;
        }
    }
    if seen.values().any(|&times| times * 2 >= count && times > 1) {
        return Some(Sign::SameSections);
    }
    let with_orgs = of_level
        .iter()
        .filter(|&&at| org_line(page, names, nodes[at].places.end).is_some());
    if with_orgs.count() * 2 >= count {
        return Some(Sign::Orgs);
    }
    let entries = entries(page, 0..nodes[of_level[0]].places.start);
    if are_listed(page, nodes, of_level, &entries) {
        return Some(Sign::Listed);
    }
    let numbered = of_level
        .iter()
        .filter(|at| is_numbered(at, |own| own == Whose::Case));
    if numbered.count() * 5 >= count * 3 {
        return Some(Sign::Numbered);
    }
    let parts = of_level
        .iter()
        .filter(|at| is_numbered(at, |own| own == Whose::Part));
    // Lines of one title have nothing between them.
    let follows = |pair: &[usize]| nodes[pair[0]].places.end == nodes[pair[1]].places.start;
    let is_broken = of_level.windows(2).any(follows);
    // A part of a book is a case only if something else says so.
    (is_top && !is_broken && parts.count() * 2 <= count).then_some(Sign::Top)
}

/// Whether a short heading is that of a part of a report: 基本情况, 对策建议.
pub(super) fn heads_a_report_s_part(name: &str) -> bool {
    const ENDS: [&str; 16] = [
        "情况", "问题", "建议", "打算", "概况", "前言", "引言", "结论", "结语", "总则", "附则",
        "原则", "任务", "思路", "要求", "保障",
    ];
    ENDS.iter().any(|end| name.ends_with(end))
}

/// What a number belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Case,
    /// 篇, which may be a case or a part with several.
    Part,
}

/// How many bytes in front of a title are its number as a case: `案例1 `, `【案例二】`,
/// `第三例：`, `第一篇 `.
fn case_number(text: &str) -> Option<(usize, Whose)> {
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百〇零".contains(c);
    let open = text.trim_start_matches(['【', '［', '[']);
    let after = |rest: &str| {
        let numeral = rest.trim_start();
        let end = numeral.trim_start_matches(is_numeral);
        (end.len() < numeral.len()).then(|| text.len() - end.len())
    };
    let named = ["典型案例", "优秀案例", "创新案例", "案例", "范例"]
        .iter()
        .find_map(|name| open.strip_prefix(name))
        .map(|rest| rest.strip_prefix('之').unwrap_or(rest))
        .and_then(after)
        .map(|end| (end, Whose::Case));
    let ordinal = || {
        let end = open.strip_prefix('第').and_then(after)?;
        let (unit, whose) = [
            ("个案例", Whose::Case),
            ("例", Whose::Case),
            ("篇", Whose::Part),
        ]
        .into_iter()
        .find(|(unit, _)| text[end..].trim_start().starts_with(unit))?;
        let end = text.len() - text[end..].trim_start().len() + unit.len();
        Some((end, whose))
    };
    let (end, whose) = named.or_else(ordinal)?;
    let marks = |c: char| c.is_whitespace() || "】］]：:、.．".contains(c);
    let title = text[end..].trim_start_matches(marks);
    // A title begins after a mark: `案例2个` is not numbered.
    let is_apart = title.len() < text.len() - end && !title.is_empty();
    is_apart.then(|| (text.len() - title.len(), whose))
}

/// The lines at these places that may be entries of a list, by their letters without a
/// number; an entry may be broken over three lines.
fn entries(page: &Page<'_>, places: Range<usize>) -> HashMap<String, Range<usize>> {
    let without_number = |place: usize| {
        let text = page.line(place);
        let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let number = text.get(..digits).and_then(|digits| digits.parse().ok());
        let start = number.and_then(|number| numbered(text, Count::Digits, number));
        letters(&text[start.unwrap_or_else(|| headings::number_of(text))..])
    };
    let mut entries = HashMap::new();
    for place in places.clone() {
        let mut name = String::new();
        for next in place..(place + 3).min(places.end) {
            name += &without_number(next);
            entries.entry(name.clone()).or_insert(place..next + 1);
        }
    }
    entries
}

/// For each node of a case, the node of its group, where there are several groups.
fn groups(nodes: &[Node], level: u8) -> HashMap<usize, usize> {
    let mut groups = HashMap::new();
    let mut group = None;
    for (at, node) in nodes.iter().enumerate() {
        if node.level < level && node.level > 0 {
            group = Some(at);
        } else if node.level == level
            && let Some(group) = group
        {
            groups.insert(at, group);
        }
    }
    let distinct: HashSet<usize> = groups.values().copied().collect();
    if distinct.len() < 2 {
        groups.clear();
    }
    groups
}

#[expect(
    clippy::too_many_arguments,
    reason = "each says one thing about the case"
)]
fn take(
    material: Material<'_>,
    reading: &mut Findings,
    node: &Node,
    end: usize,
    inner: &[&Node],
    list: Option<u32>,
    group: Option<TextRange>,
    sign: Sign,
) {
    let Material { page, names, .. } = material;
    let lines = &page.lines[node.places.start..end];
    reading.claim_lines(lines, Part::Case);
    let org = org_line(page, names, node.places.end).filter(|(place, _)| *place < end);
    let orgs = org.as_ref().map_or_else(Vec::new, |(_, orgs)| orgs.clone());
    let org = org.map(|(place, _)| place);
    let (category, area) = if orgs.is_empty() {
        (None, None)
    } else {
        names.place(&orgs)
    };
    let body: Vec<Line> = (node.places.end..end)
        .filter(|place| Some(*place) != org)
        .map(|place| page.lines[place])
        .collect();
    let title = page.lines[node.places.clone()].iter();
    reading.cases.push(Draft {
        lines: Lines {
            first: lines[0].number,
            last: lines[lines.len() - 1].number,
            list,
        },
        category,
        area,
        group,
        year: None,
        completeness: if sign == Sign::Listed {
            Completeness::Report
        } else {
            Completeness::Full
        },
        title: Some(Title::Printed(title.map(|line| line.range).collect())),
        orgs,
        blocks: if inner.is_empty() {
            headings::blocks(page, &body)
        } else {
            headings::marked_blocks(page, &body, node.level)
        },
    });
}

/// The line with the responsible bodies within the first lines below a heading, and
/// the bodies: a line that names them, with a label or without.
pub(super) fn org_line(page: &Page<'_>, names: &Names, below: usize) -> Option<(usize, Vec<Org>)> {
    for place in below..(below + 3).min(page.lines.len()) {
        if matches!(
            page.lines[place].format.role,
            Role::Heading(_) | Role::Title
        ) {
            return None;
        }
        let text = page.line(place);
        if let Some(printed) = labelled(text) {
            return Some((place, names.orgs_of_cell(printed)));
        }
        if place == below && names.is_org_line(text) {
            return Some((place, names.orgs(text)));
        }
    }
    None
}

/// The bodies in a line with a label: `责任单位：湖心区人民政府`.
pub(super) fn labelled(text: &str) -> Option<&str> {
    if !is_short(text, 80) {
        return None;
    }
    let (label, names) = text.split_once(['：', ':'])?;
    let label: String = label
        .chars()
        .filter(|c| !c.is_whitespace() && !"*_【】[]".contains(*c))
        .collect();
    let label = crate::text::script::to_simplified(&label);
    const WHOSE: [&str; 15] = [
        "责任", "报送", "申报", "主办", "牵头", "实施", "推荐", "承办", "创新", "案例", "完成",
        "选送", "供稿", "主管", "",
    ];
    let role = ["单位", "部门", "机构", "主体", "责任单位"]
        .iter()
        .find_map(|role| label.strip_suffix(role))?;
    let names = names.trim().trim_matches(['*', '_', ' ']);
    (WHOSE.contains(&role) && !names.is_empty() && !measures(names)).then_some(names)
}

/// Whether a text names nothing but units of measure, as a table's `单位：万元、%` does.
fn measures(text: &str) -> bool {
    const UNITS: [&str; 52] = [
        "元",
        "美元",
        "欧元",
        "人",
        "人次",
        "名",
        "户",
        "家",
        "个",
        "件",
        "次",
        "宗",
        "项",
        "条",
        "例",
        "份",
        "册",
        "张",
        "吨",
        "克",
        "公斤",
        "斤",
        "辆",
        "台",
        "套",
        "架",
        "艘",
        "只",
        "头",
        "株",
        "座",
        "所",
        "处",
        "间",
        "亩",
        "公顷",
        "米",
        "公里",
        "平方米",
        "平方公里",
        "立方米",
        "升",
        "度",
        "瓦",
        "瓦时",
        "天",
        "年",
        "小时",
        "%",
        "％",
        "‰",
        "户次",
    ];
    let mut parts = text
        .split([
            '、', '，', ',', '/', '（', '）', '(', ')', ' ', '\u{3000}', '：',
        ])
        .filter(|part| !part.is_empty())
        .peekable();
    parts.peek().is_some()
        && parts.all(|part| {
            let part = part.strip_prefix("人民币").unwrap_or(part);
            let unit = part.trim_start_matches(['百', '千', '万', '亿', '萬', '億', '十', '每']);
            UNITS.contains(&&*crate::text::script::to_simplified(unit))
        })
}

fn title_letters(page: &Page<'_>, node: &Node) -> String {
    letters(&joined(page, node))
}

fn joined(page: &Page<'_>, node: &Node) -> String {
    node.places.clone().map(|place| page.line(place)).collect()
}

fn whole(page: &Page<'_>, node: &Node) -> TextRange {
    TextRange {
        start: page.lines[node.places.start].range.start,
        end: page.lines[node.places.end - 1].range.end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_measure_are_no_bodies() {
        for unit in [
            "单位：万元",
            "单位：亿元、%",
            "单位:元/吨",
            "計量單位：萬輛",
            "单位：个（件）",
        ] {
            assert_eq!(labelled(unit), None, "{unit}");
        }
        assert_eq!(labelled("单位：市公安局"), Some("市公安局"));
        assert_eq!(labelled("责任单位：湖心区人民政府"), Some("湖心区人民政府"));
    }

    #[test]
    fn the_number_of_a_case_is_told_from_its_title() {
        for (text, title) in [
            ("案例1 河道认领到户", Some("河道认领到户")),
            ("【案例二】河道认领到户", Some("河道认领到户")),
            ("典型案例之三：河道认领到户", Some("河道认领到户")),
            ("第四例　河道认领到户", Some("河道认领到户")),
            ("第一篇 河道认领到户", Some("河道认领到户")),
            ("案例5", None),
            ("案例2个", None),
            ("第一章 总则", None),
            ("第一篇", None),
            ("案例评析", None),
        ] {
            let found = case_number(text).map(|(end, _)| &text[end..]);
            assert_eq!(found, title, "{text}");
        }
    }
}
