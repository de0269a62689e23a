//! The heads of the cases in a compilation.
//!
//! A head is one to three title lines, the first of which may be numbered, followed by a line
//! that names the responsible body:
//!
//! | above the title | title | bodies |
//! |---|---|---|
//! | | `推行“一床一码”床旁结算` | `临江市第一人民医院` |
//! | | `案例1　推行“一床一码”床旁结算`, `3. 推行…` | `（临江市第一人民医院）` |
//! | `案例一` | `推行“一床一码”床旁结算` | `申报单位：临江市第一人民医院` |
//!
//! If the sections start again inside a case, `一、背景` after `三、成效`, the lines above the
//! first section are a head as well, whatever the body.

use std::collections::HashMap;
use std::ops::Range;

use super::super::lines::{Page, ends_a_sentence, is_short};
use super::super::orgs::Names;
use super::super::{dates, endings, front, headings, tree};
use crate::case::{Org, TextRange, role};
use crate::text::marks::is_han;

use headings::{Numbering, is_figure_caption};

/// The head of a case, by places among the lines of the page.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// The first of its lines: what counts the case, or the title.
    pub start: usize,
    pub title: Range<usize>,
    /// The number in front of the title.
    number: Option<CaseNumber>,
    /// The lines with the bodies; empty where none is named.
    pub orgs: Range<usize>,
    /// Whether a label or brackets say that they are bodies.
    is_said: bool,
    /// Where the text begins.
    pub body: usize,
}

/// The number in front of a title.
#[derive(Clone, Copy, Debug)]
pub(in crate::seeds) struct CaseNumber {
    /// `None` where the word 案例 says what is counted.
    numbering: Option<Numbering>,
    pub number: u32,
    pub bytes: usize,
}

/// Title lines of the longest head. The documents have one or two.
const TITLE_LINES: usize = 3;

/// The longest title line, in characters. The longest of the documents has 31.
const LONGEST: usize = 60;

/// The longest name of a body that nothing shows to be one but its place.
const LONGEST_NAME: usize = 24;

impl Head {
    /// The title lines as they are printed, without a number.
    pub fn title_ranges(&self, page: &Page<'_>) -> Vec<TextRange> {
        let mut ranges: Vec<TextRange> = page.lines[self.title.clone()]
            .iter()
            .map(|line| line.range)
            .collect();
        if let (Some(first), Some(number)) = (ranges.first_mut(), self.number) {
            first.start += number.bytes as u32;
        }
        ranges
    }

    /// The responsible bodies.
    pub fn bodies(&self, page: &Page<'_>, names: &Names) -> Vec<Org> {
        self.orgs
            .clone()
            .flat_map(|at| {
                let text = page.line(at);
                match said(text, names) {
                    Some(printed) => names.orgs_of_cell(printed),
                    None => names.orgs(text.trim_end_matches('、')),
                }
            })
            .collect()
    }

    fn joined_title(&self, page: &Page<'_>) -> String {
        let ranges = self.title_ranges(page);
        ranges.into_iter().map(|range| page.slice(range)).collect()
    }
}

/// The heads of all cases, in order; empty where the document is no compilation.
pub(super) fn of(page: &Page<'_>, names: &Names) -> Vec<Head> {
    let (mut heads, others) = named(page, names);
    without_parts(&mut heads);
    without_sections(&mut heads);
    if others > heads.len() {
        // Bodies without titles: a list of what each of them does or says.
        return Vec::new();
    }
    let mut heads = with_missed(page, heads);
    without_parts(&mut heads);
    without_book(page, &mut heads);
    let ends: Vec<usize> = heads
        .iter()
        .skip(1)
        .map(|head| head.start)
        .chain([page.lines.len()])
        .collect();
    let heads: Vec<Head> = heads
        .into_iter()
        .zip(&ends)
        .filter_map(|(head, &end)| is_case(page, &head, end).then_some(head))
        .collect();
    match &heads[..] {
        [only] if !only.is_said && !reads_as_a_case(page, names, only) => Vec::new(),
        _ => heads,
    }
}

/// The heads whose bodies are seen to be bodies, and how many lines name bodies, have a
/// text below and no title above. Of lines that might all name a body the last one does;
/// the others are titles, as in `构建“全产业链”招商大格局`.
fn named(page: &Page<'_>, names: &Names) -> (Vec<Head>, usize) {
    let official = front::official_title(page);
    let mut heads: Vec<Head> = Vec::new();
    let mut others = 0;
    let mut free = 0;
    for org in 0..page.lines.len().saturating_sub(1) {
        let text = page.line(org);
        let is_said = said(text, names).is_some();
        let below = org + 1;
        let is_bare = || {
            names.is_org_line(text)
                && !official.contains(&org)
                && !names.is_org_line(page.line(below))
                && !is_signature(page, below)
        };
        if !is_said && !is_bare() {
            continue;
        }
        // Bodies may take several lines, each but the last with a comma.
        let first = (free..org)
            .rev()
            .take_while(|&at| {
                let line = page.line(at).strip_suffix('、');
                line.is_some_and(|line| names.is_org_line(line))
            })
            .last()
            .unwrap_or(org);
        match head_above(page, names, free, first, org + 1) {
            Some(head) => {
                heads.push(Head { is_said, ..head });
                free = org + 1;
            }
            None => others += usize::from(!is_said),
        }
    }
    (heads, others)
}

/// Returns the head whose bodies are on the lines from `first` up to `body`, if there is a title
/// above them at or after `free`.
fn head_above(
    page: &Page<'_>,
    names: &Names,
    free: usize,
    first: usize,
    body: usize,
) -> Option<Head> {
    let mut start = first;
    let mut count = None;
    while start > free && first - start < TITLE_LINES && count.is_none() {
        let above = page.line(start - 1);
        // A body above a title is of what was before.
        if start < first && names.is_org_line(above) {
            break;
        }
        count = number(above).filter(|number| is_title_line(&above[number.bytes..]));
        if count.is_none() && !is_title_line(above) {
            break;
        }
        start -= 1;
    }
    (start < first).then(|| {
        let is_count = |at: &usize| {
            let mark = case_number(page.line(*at));
            *at >= free && mark.is_some_and(|mark| mark.bytes == page.line(*at).len())
        };
        let counted = start.checked_sub(1).filter(is_count);
        Head {
            start: counted.unwrap_or(start),
            title: start..first,
            number: count,
            orgs: first..body,
            is_said: false,
            body,
        }
    })
}

/// The bodies that a label, brackets or a dash show: `申报单位：市公安局`, `（市公安局）`.
fn said<'a>(text: &'a str, names: &Names) -> Option<&'a str> {
    let inside = |open: &[char], close: &[char]| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        Some(tree::labelled(inner).unwrap_or(inner)).filter(|inner| names.are_orgs(inner))
    };
    let after_dash = || {
        let name = text.strip_prefix("——")?.trim();
        names.are_orgs(name).then_some(name)
    };
    tree::labelled(text)
        .filter(|_| headings::mark(text).is_none())
        .or_else(|| inside(&['（', '('], &['）', ')']))
        .or_else(after_dash)
}

/// The number in front of a title: `案例1　`, `【案例一】`, `3. `.
fn number(text: &str) -> Option<CaseNumber> {
    let of_heading = || {
        let mark = headings::mark(text)?;
        Some(CaseNumber {
            numbering: Some(mark.numbering),
            number: mark.number,
            bytes: mark.bytes,
        })
    };
    case_number(text).or_else(of_heading)
}

/// `案例1`, `典型案例三：`, `【案例一】`, `指导案例3号`, `检例第3号`, with what parts it from a
/// title.
pub(in crate::seeds) fn case_number(text: &str) -> Option<CaseNumber> {
    const KINDS: [&str; 8] = [
        "创新",
        "典型",
        "优秀",
        "示范",
        "实践",
        "指导性",
        "指导",
        "参考",
    ];
    let open = text.strip_prefix(['【', '[', '（', '(', '〔']);
    let inner = open.unwrap_or(text);
    let inner = KINDS
        .iter()
        .find_map(|kind| inner.strip_prefix(kind))
        .unwrap_or(inner);
    let inner = ["案例", "检例"]
        .iter()
        .find_map(|word| inner.strip_prefix(word))?
        .trim_start();
    let inner = inner.strip_prefix(['之', '第']).unwrap_or(inner);
    let (number, _, rest) = headings::number(inner)?;
    let rest = rest.strip_prefix(['号', '號']).unwrap_or(rest);
    let rest = match open {
        Some(_) => rest.strip_prefix(['】', ']', '）', ')', '〕'])?,
        None => rest,
    };
    let title = rest.trim_start_matches(|c: char| c.is_whitespace() || "：:、.．—-".contains(c));
    let is_parted = open.is_some() || title.len() < rest.len() || title.is_empty();
    is_parted.then(|| CaseNumber {
        numbering: None,
        number,
        bytes: text.len() - title.len(),
    })
}

/// Takes the heads of parts off the titles below them, `第一篇　党建引领` above the first case
/// of the part: not every case has one.
fn without_parts(heads: &mut [Head]) {
    let has_part = |head: &Head| {
        let numbering = head.number.and_then(|number| number.numbering);
        numbering == Some(Numbering::Part) && head.title.len() > 1
    };
    if heads.iter().all(has_part) {
        return;
    }
    for head in heads.iter_mut().filter(|head| has_part(head)) {
        head.title.start += 1;
        head.start = head.title.start;
        head.number = None;
    }
}

/// Leaves out heads that are numbered as sections are: titles count all cases, or all of a
/// group, one after the other.
fn without_sections(heads: &mut Vec<Head>) {
    let numbered = |head: &Head| {
        let number = head.number?;
        number.numbering.map(|numbering| (numbering, number.number))
    };
    let mut before = None;
    let runs = heads
        .iter()
        .filter(|head| {
            let own = numbered(head);
            let follows = match (before, own) {
                (None, Some((_, number))) => number == 1,
                (Some((last, count)), Some((numbering, number))) => {
                    numbering == last && (number == count + 1 || number == 1)
                }
                (_, None) => false,
            };
            before = own;
            follows
        })
        .count();
    if runs < 2 || runs < heads.len() {
        heads.retain(|head| numbered(head).is_none());
    }
}

/// Adds the heads that the sections show: where the first section begins anew.
fn with_missed(page: &Page<'_>, named: Vec<Head>) -> Vec<Head> {
    let firsts: Vec<(usize, &str)> = (0..page.lines.len())
        .filter_map(|at| Some((at, first_section(page, at)?)))
        .collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (_, name) in &firsts {
        *times.entry(name).or_default() += 1;
    }
    let mut heads = named;
    let mut missed = Vec::new();
    for (at, name) in firsts {
        // With a role of its own, or first in most of the cases whose bodies are known.
        let is_first = times[name] * 2 > heads.len() && heads.len() > 1;
        let is_usual = times[name] > 1 && (is_first || !role::of(name).is_empty());
        let above = heads[..heads.partition_point(|head| head.body <= at)].last();
        let is_known = above.is_some_and(|head| at - head.body < 3);
        if is_usual && !is_known {
            missed.extend(head_of_section(page, at));
        }
    }
    heads.extend(missed);
    heads.sort_by_key(|head| head.start);
    heads.dedup_by(|later, head| later.start < head.body);
    heads
}

/// The name of a first section: `背景` of `一、背景`.
fn first_section<'a>(page: &Page<'a>, at: usize) -> Option<&'a str> {
    let text = page.line(at);
    let mark = headings::mark(text)?;
    let name = &text[mark.bytes..];
    let is_first = mark.numbering == Numbering::Chinese && mark.number == 1;
    (is_first && is_short(name, 20) && !ends_a_sentence(name)).then_some(name)
}

/// Whether a line between a title and the first section may be a name, whosever it is.
fn may_be_name(text: &str) -> bool {
    let is_in_names = |c| is_han(c) || c.is_ascii_alphanumeric() || "、（）".contains(c);
    is_short(text, LONGEST_NAME)
        && text.chars().all(is_in_names)
        && !endings::begins_like_a_title(text)
}

/// The bodies that a line names and nothing else, with a label or brackets or without.
pub(in crate::seeds) fn orgs_of_line(text: &str, names: &Names) -> Option<Vec<Org>> {
    match said(text, names) {
        Some(printed) => Some(names.orgs_of_cell(printed)),
        None => names.is_org_line(text).then(|| names.orgs(text)),
    }
}

/// The bodies that the line right below a title names, if it is seen to.
pub(in crate::seeds) fn bodies_at(page: &Page<'_>, names: &Names, at: usize) -> Option<Vec<Org>> {
    let text = page.line(at);
    if let Some(printed) = said(text, names) {
        return Some(names.orgs_of_cell(printed));
    }
    let is_above = at + 1 < page.lines.len() && first_section(page, at + 1).is_some();
    (is_above && may_be_name(text)).then(|| names.orgs(text))
}

/// The head on the lines right above the first section of a case: a title, and below it
/// the name of whoever it is.
fn head_of_section(page: &Page<'_>, section: usize) -> Option<Head> {
    let org = section.checked_sub(1)?;
    let nobody = Names::default();
    let named = may_be_name(page.line(org)).then(|| head_above(page, &nobody, 0, org, section));
    named
        .flatten()
        .or_else(|| head_above(page, &nobody, 0, section, section))
}

/// Takes the title of the book from the first case: `创新案例汇编` above the title of the
/// case, with or without a blank line.
fn without_book(page: &Page<'_>, heads: &mut [Head]) {
    /// What only a book is called.
    const BOOKS: [&str; 6] = ["汇编", "选编", "选集", "案例集", "集锦", "彙編"];
    let [first, _, ..] = heads else { return };
    while first.title.len() > 1 && first.number.is_none() {
        let at = first.title.start;
        let text = front::without_brackets(page.line(at));
        let is_apart = page.lines[at + 1].number > page.lines[at].number + 1;
        let is_book = BOOKS.iter().any(|end| text.ends_with(end))
            || is_apart && front::names_a_collection(text);
        if !is_book {
            return;
        }
        first.title.start += 1;
        first.start = first.title.start;
    }
}

/// Whether what follows a line with a body's name shows that the line signs a
/// document: a date, or whom the document goes to.
fn is_signature(page: &Page<'_>, below: usize) -> bool {
    let text = page.line(below);
    dates::whole(text).is_some()
        || dates::number_line(text).is_some()
        || text.ends_with(['：', ':']) && headings::mark(text).is_none() && is_short(text, 60)
}

/// Whether a head with the lines up to `end` below it is a case's: its title is no
/// book's, and what follows is a text.
fn is_case(page: &Page<'_>, head: &Head, end: usize) -> bool {
    let mut body = (head.body..end).map(|at| page.line(at));
    let is_text = if head.start == 0 {
        body.next().is_some()
    } else {
        body.any(ends_a_sentence)
    };
    let is_book = front::names_a_collection(&head.joined_title(page)) && end < page.lines.len();
    is_text && !is_book
}

/// Whether the only head of a document is a case's: what is below has sections as cases
/// have them, or else it is no scholar's; a paper is none.
fn reads_as_a_case(page: &Page<'_>, names: &Names, head: &Head) -> bool {
    const PAPERS: [&str; 4] = ["摘要：", "关键词：", "参考文献", "【摘要】"];
    const SCHOLARS: [&str; 6] = ["大学", "学院", "研究院", "研究所", "研究会", "党校"];
    let is_scholar = |org: &Org| SCHOLARS.iter().any(|end| org.canonical.ends_with(end));
    let lines = || (head.body..page.lines.len()).map(|at| page.line(at));
    let is_paper = lines().any(|text| PAPERS.iter().any(|paper| text.starts_with(paper)));
    let is_section = |text| {
        let mark = headings::mark(text);
        mark.is_some_and(|mark| !role::of(&text[mark.bytes..]).is_empty())
    };
    !is_paper && (lines().any(is_section) || !head.bodies(page, names).iter().any(is_scholar))
}

fn is_title_line(text: &str) -> bool {
    let is_in_brackets = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    is_short(text, LONGEST)
        && !text.is_empty()
        && !ends_a_sentence(text)
        && !text.ends_with(['：', ':', '，', ',', '、'])
        && !is_in_brackets
        && !text.contains('。')
        && headings::mark(text).is_none()
        && !is_figure_caption(text)
        && !is_contents_entry(text)
        && !front::is_furniture(text)
        && dates::whole(text).is_none()
        && dates::number_line(text).is_none()
        && case_number(text).is_none()
        && !text.contains('\t')
}

/// Whether a line is one of a table of contents: it ends in a page number after
/// leaders.
fn is_contents_entry(text: &str) -> bool {
    let name = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let leaders =
        name.trim_end_matches(['…', '.', '·', '．', '-', ' ', '\t', '（', '(', '\u{3000}']);
    name.len() < text.len() && name.len() - leaders.len() >= 3 && !leaders.is_empty()
        || front::is_contents_head(text)
        || front::heads_a_part(text)
}

#[cfg(test)]
mod tests {
    use super::super::super::catalog::Catalog;
    use super::*;

    /// Titles and bodies that a page prints, as `title / body`.
    fn found(text: &str) -> Vec<String> {
        let page = Page::new(text);
        let names = Catalog::embedded().names;
        let told = |head: &Head| {
            let bodies: Vec<String> = head
                .bodies(&page, &names)
                .into_iter()
                .map(|org| org.printed)
                .collect();
            format!("{} / {}", head.joined_title(&page), bodies.join("、"))
        };
        of(&page, &names).iter().map(told).collect()
    }

    /// Two cases whose heads are as given, with sections below.
    fn cases(heads: [&str; 2]) -> String {
        let text = "一、案例背景\n排队要等两个小时。\n二、主要做法\n分时预约。\n三、主要成效\n等候缩短到十分钟。\n";
        heads.map(|head| format!("{head}\n{text}")).join("\n")
    }

    #[track_caller]
    fn check(heads: [&str; 2], expected: [&str; 2]) {
        assert_eq!(found(&cases(heads)), expected);
    }

    #[test]
    fn a_title_may_be_counted() {
        let expected = [
            "推行门诊分时预约 / 槐江市卫生健康委员会",
            "开通夜间公交 / 槐江市交通运输局",
        ];
        for (first, second) in [
            ("案例1　", "案例2　"),
            ("【案例一】", "【案例二】"),
            ("案例一\n", "案例二\n"),
            ("典型案例1：", "典型案例2："),
            ("1. ", "2. "),
            ("一、", "二、"),
            ("（一）", "（二）"),
            ("", ""),
        ] {
            let first = format!("{first}推行门诊分时预约\n槐江市卫生健康委员会");
            let second = format!("{second}开通夜间公交\n槐江市交通运输局");
            check([&first, &second], expected);
        }
    }

    #[test]
    fn the_head_of_a_part_is_no_title_of_the_first_case_below_it() {
        let text = "一、案例背景\n排队要等两个小时。\n二、主要做法\n分时预约。\n三、主要成效\n等候缩短到十分钟。\n";
        let head = |title: &str, org: &str| format!("{title}\n{org}\n\n{text}");
        let [first, second, third] = [
            head("推行门诊分时预约", "槐江市卫生健康委员会"),
            head("开通夜间公交", "槐江市交通运输局"),
            head("建立食堂明厨亮灶", "槐江市市场监督管理局"),
        ];
        let page = format!("第一篇　便民服务\n{first}{second}第二篇　依法监管\n{third}");
        let titles = ["推行门诊分时预约", "开通夜间公交", "建立食堂明厨亮灶"];
        let orgs = [
            "槐江市卫生健康委员会",
            "槐江市交通运输局",
            "槐江市市场监督管理局",
        ];
        let expected = titles
            .iter()
            .zip(orgs)
            .map(|(title, org)| format!("{title} / {org}"));
        assert_eq!(found(&page), expected.collect::<Vec<_>>());
        // Nor is it where the first section alone shows the case.
        let page = orgs
            .iter()
            .fold(page, |page, org| page.replace(org, "甲乙丙丁"));
        let expected = titles.map(|title| format!("{title} / 甲乙丙丁"));
        assert_eq!(found(&page), expected);
    }

    #[test]
    fn labels_and_brackets_show_bodies() {
        let expected = [
            "推行门诊分时预约 / 槐江市卫生健康委员会",
            "开通夜间公交 / 槐江市交通运输局",
        ];
        for (open, close) in [
            ("申报单位：", ""),
            ("报送单位: ", ""),
            ("（", "）"),
            ("(", ")"),
            ("——", ""),
        ] {
            let first = format!("推行门诊分时预约\n{open}槐江市卫生健康委员会{close}");
            let second = format!("开通夜间公交\n{open}槐江市交通运输局{close}");
            check([&first, &second], expected);
        }
        // Whoever they are.
        check(
            [
                "推行门诊分时预约\n申报单位：槐江先锋队",
                "开通夜间公交\n申报单位：快线",
            ],
            ["推行门诊分时预约 / 槐江先锋队", "开通夜间公交 / 快线"],
        );
    }

    #[test]
    fn the_first_section_shows_a_head_whose_body_nothing_else_shows() {
        check(
            [
                "推行门诊分时预约\n槐江市卫生健康委员会",
                "开通夜间公交\n槐江先行片",
            ],
            [
                "推行门诊分时预约 / 槐江市卫生健康委员会",
                "开通夜间公交 / 槐江先行片",
            ],
        );
        check(
            ["推行门诊分时预约\n槐江市卫生健康委员会", "开通夜间公交"],
            ["推行门诊分时预约 / 槐江市卫生健康委员会", "开通夜间公交 / "],
        );
    }

    #[test]
    fn a_book_s_title_is_not_the_first_case_s() {
        let expected = [
            "推行门诊分时预约 / 槐江市卫生健康委员会",
            "开通夜间公交 / 槐江市交通运输局",
        ];
        for book in [
            "槐江市改革案例汇编\n",
            "槐江市改革典型做法\n\n",
            "槐江市改革案例选编\n（2022年）\n",
        ] {
            let first = format!("{book}推行门诊分时预约\n槐江市卫生健康委员会");
            check([&first, "开通夜间公交\n槐江市交通运输局"], expected);
        }
        // A title of two lines stays one.
        check(
            [
                "推行门诊分时预约\n\n让病人少等一小时\n槐江市卫生健康委员会",
                "开通夜间公交\n槐江市交通运输局",
            ],
            [
                "推行门诊分时预约让病人少等一小时 / 槐江市卫生健康委员会",
                "开通夜间公交 / 槐江市交通运输局",
            ],
        );
    }

    #[test]
    fn other_documents_with_bodies_in_them_have_no_heads() {
        for text in [
            // Who must do what.
            "槐江市防汛责任清单\n市水务局\n负责水库调度。\n市公安局\n负责道路管控。\n市民政局\n负责受灾救助。",
            // A paper.
            "县域医共体研究\n槐江大学公共管理学院\n摘要：本文研究医共体。\n一、背景\n改革加快。\n参考文献\n[1] 王某。",
            // An essay.
            "谈改革\n槐江大学\n改革要稳。改革要实。\n改革要坚持。",
            // A notice of two bodies, and one whose letterhead is above its title.
            "中共槐江市委办公室\n槐江市人民政府办公室\n印发《关于加强养老服务的若干措施》的通知\n各区县：\n现印发给你们。\n槐江市人民政府办公室\n2024年3月1日",
            "槐江市民政局文件\n槐民发〔2024〕6号\n槐江市民政局\n关于印发办法的通知\n各区民政局：\n现印发给你们。\n槐江市民政局\n2024年3月3日",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn one_application_is_a_case() {
        let text = "推行门诊分时预约\n槐江市卫生健康委员会\n一、案例背景\n要等两个小时。\n二、主要做法\n分时预约。";
        assert_eq!(found(text), ["推行门诊分时预约 / 槐江市卫生健康委员会"]);
    }
}
