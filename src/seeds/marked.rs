//! Cases one after the other, each under a title that a mark sets off, in a text whose format
//! marks no headings.
//!
//! | mark | title | what shows that it heads cases |
//! |---|---|---|
//! | `案例一：`, `【案例2】`, `指导案例3号` | after it, or in the line below | the word |
//! | `（检例第3号）` | in the line above | the word |
//! | `■`, `◆`, `●` | after it; none where a sentence is | the document is a bulletin: 早报, 第3期 |
//! | `①`, `（1）` | after it | the document is a collection, or most titles name bodies |
//! | `1.` | after it | most titles name bodies, or the same sections are below each |
//! | `一、` | after it | the same, or the titles name cases of a court |
//!
//! Letters, laws and essays have the same marks for items and sections, so marks without such
//! a sign show nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::compilation::{self, CaseNumber};
use super::dates;
use super::entries::{Count, in_brackets, numbered};
use super::front;
use super::headings::{self, Numbering};
use super::lines::{Page, ends_a_sentence, is_short, within};
use super::orgs::Names;
use super::reading::{Draft, Findings, Material, paragraph};
use super::supplement::is_byline;
use super::tree::heads_a_report_s_part;
use crate::case::{
    Basis, Block, BlockKind, Completeness, Confidence, Lines, Org, Part, Reader, TextRange, Title,
    role,
};
use crate::language::Sentence;
use crate::text::script::to_simplified;

/// What sets a title off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// `案例一：`
    Case,
    /// `（检例第3号）`, below the title.
    CaseBelow,
    Bullet(char),
    Counted(Count),
}

impl Mark {
    /// Whether a compilation, whose titles have the bodies below them, takes the mark for a
    /// part of the title.
    const fn is_own(self) -> bool {
        matches!(self, Self::Bullet(_) | Self::Counted(Count::Circled))
    }
}

const BULLETS: [char; 14] = [
    '■', '◆', '●', '▲', '★', '□', '◇', '○', '△', '☆', '◎', '►', '▶', '※',
];

/// The longest title, in characters.
const LONGEST: usize = 60;

/// The longest name of a section and of a group, in characters.
const LONGEST_NAME: usize = 20;

/// The least share of the document's characters from the first title on.
const SHARE: f64 = 0.33;

/// The head of a case, by places among the lines of the page.
#[derive(Debug)]
struct Head {
    /// Its first line.
    start: usize,
    number: u32,
    /// `None` where a sentence follows the mark.
    title: Option<TextRange>,
    orgs: Vec<Org>,
    /// The text after the title in the same line.
    text: Option<TextRange>,
    /// The first line below it.
    body: usize,
    group: Option<usize>,
}

/// The cases of a document whose titles are marked, if it is one.
pub(super) fn read(material: Material<'_>) -> Option<Findings> {
    let Material { page, names, .. } = material;
    let bullets = BULLETS.map(Mark::Bullet);
    let counts = [
        Count::Chinese,
        Count::Circled,
        Count::BracketedDigits,
        Count::Digits,
    ];
    let marks = [Mark::Case, Mark::CaseBelow]
        .into_iter()
        .chain(bullets)
        .chain(counts.map(Mark::Counted));
    let (mark, heads, sections) = marks.into_iter().find_map(|mark| {
        let heads = heads(page, names, mark);
        let sections = sections(page, &heads);
        let is_one = is_of_cases(page, mark, &heads, &sections)
            && page.share(heads[0].start..page.lines.len()) >= SHARE
            && heads.len() >= compilation::count(page, names) + usize::from(!mark.is_own());
        is_one.then_some((mark, heads, sections))
    })?;
    let mut reading = Findings::default();
    for (at, head) in heads.iter().enumerate() {
        let end = match heads.get(at + 1) {
            Some(next) if next.group != head.group => next.group.unwrap_or(next.start),
            Some(next) => next.start,
            None => end_of_last(page, names, head),
        };
        take(material, &mut reading, mark, head, end, &sections);
    }
    reading.claim_rest(page, Part::Own);
    reading.basis = basis(mark, &heads, &sections);
    Some(reading)
}

fn basis(mark: Mark, heads: &[Head], sections: &HashSet<&str>) -> Basis {
    let count = heads.len();
    let with_orgs = heads.iter().filter(|head| !head.orgs.is_empty()).count();
    let is_clear = with_orgs * 2 > count || !sections.is_empty();
    let (chinese, english) = match mark {
        Mark::Case | Mark::CaseBelow => ("编号为案例的题目", "titles numbered as cases"),
        Mark::Bullet(_) => ("以符号标出的题目", "titles after a bullet"),
        Mark::Counted(_) => ("连续编号的题目", "titles numbered in sequence"),
    };
    let mut why = (
        format!("{chinese} {count} 个，其下有正文"),
        format!("{count} {english}, with a text below each"),
    );
    if !sections.is_empty() {
        why.0 += "，小标题相同";
        why.1 += " in the same sections";
    }
    if with_orgs > 0 {
        why.0 += &format!("，其中 {with_orgs} 个写明单位");
        why.1 += &format!("; {with_orgs} of them name organisations");
    }
    Basis {
        reader: Reader::Headings,
        confidence: match mark {
            Mark::Case | Mark::CaseBelow => Confidence::High,
            _ if is_clear => Confidence::High,
            _ => Confidence::Medium,
        },
        why: Sentence::new(why.0, why.1),
    }
}

/// The heads with a mark, in order. Numbers go on from one to the next, or begin again below
/// the head of a group; what is listed without a text below is no head.
fn heads(page: &Page<'_>, names: &Names, mark: Mark) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for at in 0..page.lines.len() {
        let last = heads.last().map_or(0, |head| head.number);
        let Some((number, bytes)) = number(page.line(at), mark, last) else {
            continue;
        };
        let Some(head) = head(page, names, mark, at, number, bytes) else {
            continue;
        };
        let has_text = head.text.is_some()
            || page.lines.get(head.body).is_some_and(|_| {
                let next = page.line(head.body);
                self::number(next, mark, number).is_none() || matches!(mark, Mark::CaseBelow)
            });
        let follows = match heads.last() {
            None => true,
            // The last entry of the contents was taken for the first case.
            Some(_) if heads.len() == 1 && number == 1 && last > 1 => {
                heads.clear();
                true
            }
            Some(last) => head.start >= last.body && (number > last.number || head.group.is_some()),
        };
        if has_text && follows {
            heads.push(head);
        }
    }
    let groups: HashSet<usize> = heads.iter().filter_map(|head| head.group).collect();
    let are_groups = heads.first().is_some_and(|first| first.group.is_some()) && groups.len() > 1;
    let mut group = None;
    for head in &mut heads {
        group = head.group.filter(|_| are_groups).or(group);
        head.group = group;
    }
    heads
}

/// The number of a line with this mark, which follows `last`, is the first one, or begins the
/// sequence; and how many bytes the mark takes.
fn number(text: &str, mark: Mark, last: u32) -> Option<(u32, usize)> {
    match mark {
        Mark::Case | Mark::CaseBelow => {
            let CaseNumber { number, bytes, .. } = compilation::case_number(text)?;
            let is_below = bytes == text.len() && text.starts_with(['（', '(']);
            let follows = last == 0 || number == 1 || number == last + 1;
            (is_below == (mark == Mark::CaseBelow) && follows).then_some((number, bytes))
        }
        Mark::Bullet(bullet) => {
            let rest = text.strip_prefix(bullet)?.trim_start();
            (!rest.is_empty()).then(|| (last + 1, text.len() - rest.len()))
        }
        Mark::Counted(count) => [last + 1, 1]
            .into_iter()
            .find_map(|number| Some((number, numbered(text, count, number)?))),
    }
}

/// The head whose mark is in the line at `at`, if a title is where it has to be.
fn head(
    page: &Page<'_>,
    names: &Names,
    mark: Mark,
    at: usize,
    number: u32,
    bytes: usize,
) -> Option<Head> {
    let (start, line, from) = match mark {
        Mark::CaseBelow => (at.checked_sub(1)?, at.checked_sub(1)?, 0),
        _ if bytes == page.line(at).len() => (at, at + 1, 0),
        _ => (at, at, bytes),
    };
    let text = page.lines.get(line).map(|_| page.line(line))?;
    let range = page.lines[line].range;
    let mut head = Head {
        start,
        number,
        title: None,
        orgs: Vec::new(),
        text: None,
        body: line.max(at) + 1,
        group: None,
    };
    head.group = group_above(page, start);
    if let Some(parts) = in_brackets(text, from, names).filter(|_| is_short(text, LONGEST * 2)) {
        head.title = Some(within(page, range, parts.title.start, parts.title.end));
        let orgs = parts.orgs.into_iter();
        head.orgs = orgs.flat_map(|org| names.orgs(&text[org])).collect();
    } else if is_title(&text[from..]) {
        head.title = Some(within(page, range, from, text.len()));
    } else if matches!(mark, Mark::Bullet(_)) {
        let (end, start) = lead(&text[from..]).unwrap_or_default();
        head.title = (end > 0).then(|| within(page, range, from, from + end));
        head.text = Some(within(page, range, from + start, text.len()));
    } else {
        return None;
    }
    let below = page.lines.get(head.body).map(|_| head.body);
    if head.orgs.is_empty() && head.text.is_none() {
        let orgs = below.and_then(|at| compilation::orgs_of_line(page.line(at), names));
        if let Some(orgs) = orgs {
            head.orgs = orgs;
            head.body += 1;
        }
    }
    Some(head)
}

/// Whether a text may be a title.
fn is_title(text: &str) -> bool {
    is_short(text, LONGEST)
        && !text.contains(['。', '\t'])
        && !text.ends_with(['：', ':', '，', ',', '、', '；', ';', '…'])
        && text.chars().any(char::is_alphanumeric)
        && dates::whole(text).is_none()
}

/// Where the title of a paragraph ends and its text begins, in bytes: at a gap, or after a first
/// sentence without a clause.
fn lead(text: &str) -> Option<(usize, usize)> {
    let gap = text.find("\u{3000}\u{3000}").or_else(|| text.find("  "));
    let sentence = text.find('。').filter(|&end| {
        is_short(&text[..end], LONGEST_NAME) && !text[..end].contains(['，', ',', '：', ':'])
    });
    let end = gap.filter(|&end| is_title(&text[..end])).or(sentence)?;
    let rest = text[end..].trim_start_matches(|c: char| c.is_whitespace() || c == '。');
    (!rest.is_empty()).then(|| (end, text.len() - rest.len()))
}

/// The line above a head that may name its group.
fn group_above(page: &Page<'_>, start: usize) -> Option<usize> {
    let above = start.checked_sub(1)?;
    let text = page.line(above);
    let mark = headings::mark(text);
    let name = &text[mark.map_or(0, |mark| mark.bytes)..];
    let is_name = is_short(name, LONGEST_NAME)
        && front::may_be_title(name)
        && !is_byline(text)
        && !front::title(page).contains(&above);
    (headings::is_part(text) || is_name).then_some(above)
}

/// The names of sections that more than half of the cases have, on lines of their own.
fn sections<'a>(page: &Page<'a>, heads: &[Head]) -> HashSet<&'a str> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, head) in heads.iter().enumerate() {
        let end = heads
            .get(at + 1)
            .map_or(page.lines.len(), |next| next.start);
        let names: HashSet<&str> = (head.body..end)
            .filter_map(|at| section_name(page.line(at)))
            .collect();
        for name in names {
            *times.entry(name).or_default() += 1;
        }
    }
    let is_usual = |times: usize| times > 1 && times * 2 > heads.len();
    times
        .into_iter()
        .filter(|(_, times)| is_usual(*times))
        .map(|(name, _)| name)
        .collect()
}

/// The name of a section in a line of its own: `基本案情` of `【基本案情】`, `（一）基本案情`.
fn section_name(text: &str) -> Option<&str> {
    let bare = &text[headings::number_of(text)..];
    let bare = bare.trim_matches(['【', '】', '[', ']', '〔', '〕', '：', ':']);
    let is_name = is_short(bare, 12)
        && bare.chars().filter(|c| c.is_alphanumeric()).count() > 1
        && bare.chars().all(char::is_alphabetic);
    is_name.then_some(bare)
}

/// Whether heads with a mark head cases rather than sections or items.
fn is_of_cases(page: &Page<'_>, mark: Mark, heads: &[Head], sections: &HashSet<&str>) -> bool {
    if heads.len() < 2 {
        return false;
    }
    let title: String = front::title(page).map(|at| page.line(at)).collect();
    let title_of = |head: &Head| head.title.map_or("", |range| page.slice(range));
    let most = |is: &dyn Fn(&Head) -> bool| {
        heads.iter().filter(|head| is(head)).count() * 5 >= heads.len() * 4
    };
    let is_section = |head: &Head| {
        let title = title_of(head);
        is_short(title, 8) && (!role::of(title).is_empty() || heads_a_report_s_part(title))
    };
    if heads.iter().filter(|head| is_section(head)).count() * 2 > heads.len()
        || front::calls_for_cases(&title)
    {
        return false;
    }
    let with_orgs = heads.len() > 2
        && most(&|head| !head.orgs.is_empty())
        && (is_of_cases_by_name(&title) || title.is_empty());
    let with_sections = sections.len() > 1 && is_of_cases_by_name(&title);
    match mark {
        Mark::Case | Mark::CaseBelow => true,
        Mark::Bullet(_) => heads.len() > 2 && (is_bulletin(page, heads) || with_sections),
        Mark::Counted(Count::Chinese) => {
            let of_court = most(&|head| names_a_court_case(title_of(head)));
            of_court && title.contains('案') || with_sections || with_orgs
        }
        Mark::Counted(Count::Digits) => with_sections || with_orgs,
        Mark::Counted(_) => {
            let is_collection = is_digest(&title) || counts_cases(&title);
            let is_outer = !has_sections_around(page, heads);
            is_outer && heads.len() > 2 && (with_orgs || is_collection || with_sections)
        }
    }
}

/// Whether a title is that of a document about cases: it has the word, or speaks of what was
/// done well without being that of a plan or a rule.
fn is_of_cases_by_name(title: &str) -> bool {
    let has_word = ["案例", "案件", "事例", "实例"]
        .iter()
        .any(|word| title.contains(word));
    let is_rule = front::ends_in_a_kind(title) && !front::names_a_collection(title);
    has_word || front::speaks_of_cases(title) && !is_rule
}

/// Whether a title calls its document one of abstracts.
fn is_digest(title: &str) -> bool {
    let title = front::without_brackets(title);
    ["摘要", "简介", "提要", "摘编", "简述", "综述"]
        .iter()
        .any(|end| title.ends_with(end))
        && front::speaks_of_cases(title)
}

/// Whether a title names a collection of several cases, not one case that is called good.
fn counts_cases(title: &str) -> bool {
    const SEVERAL: [&str; 9] = [
        "年度", "批", "优秀", "十佳", "十大", "获奖", "入选", "汇编", "选编",
    ];
    front::names_a_collection(title) && SEVERAL.iter().any(|word| title.contains(word))
}

/// Whether a title is what a court or prosecutor calls a case: `孙某诉某公司合同纠纷案`.
fn names_a_court_case(title: &str) -> bool {
    let title = front::without_brackets(title).trim_end_matches(['”', '》']);
    ["案", "纠纷", "一案", "案件", "系列案"]
        .iter()
        .any(|end| title.ends_with(end))
}

/// Whether lines numbered 一、 that head no group are around the heads, which then are items of
/// sections.
fn has_sections_around(page: &Page<'_>, heads: &[Head]) -> bool {
    let groups: HashSet<usize> = heads.iter().filter_map(|head| head.group).collect();
    let is_section = |at: usize| {
        let mark = headings::mark(page.line(at));
        mark.is_some_and(|mark| mark.numbering == Numbering::Chinese) && !groups.contains(&at)
    };
    (0..page.lines.len()).any(is_section)
}

/// Whether a document is a bulletin: its title calls it one or gives the number of the issue,
/// or its stories, more than headings of an essay, are below the date of the day alone. An
/// issue may be one article whose sections have the marks; then it has an introduction.
fn is_bulletin(page: &Page<'_>, heads: &[Head]) -> bool {
    const OF_STORIES: [&str; 15] = [
        "早报", "晚报", "晨报", "要闻", "简讯", "快讯", "短讯", "联播", "新闻", "播报", "速递",
        "速览", "一览", "导读", "头条",
    ];
    const ISSUES: [&str; 12] = [
        "日报", "周报", "旬报", "月报", "快报", "简报", "专报", "摘报", "动态", "资讯", "要情",
        "周刊",
    ];
    let first = heads[0].start;
    let head: Vec<Cow<'_, str>> = (0..first.min(5))
        .map(|at| to_simplified(page.line(at)))
        .collect();
    let is_author =
        |text: &Cow<'_, str>| is_byline(text) || text.contains("评论员") || text.contains("作者");
    let names = |words: &[&str]| {
        let mut titles = head
            .iter()
            .filter(|text| is_short(text, 40) && !dates::has_source(text));
        titles.any(|text| words.iter().any(|word| text.contains(word)))
    };
    if head.iter().any(is_author) {
        return false;
    }
    if names(&OF_STORIES) {
        return true;
    }
    let has_introduction = (0..first).any(|at| ends_a_sentence(page.line(at)));
    let dated = head.iter().any(|text| dates::whole(text).is_some());
    let characters: usize = heads
        .iter()
        .filter_map(|head| head.title)
        .map(|title| page.slice(title).chars().count())
        .sum();
    let is_issue = names(&ISSUES)
        || head
            .iter()
            .any(|text| has_issue(text) || front::names_a_collection(text))
        || dated && characters >= heads.len() * 10;
    is_issue && !has_introduction
}

/// Whether a text gives the number of an issue: `第18期`, `（总第120期）`.
fn has_issue(text: &str) -> bool {
    text.match_indices('第').any(|(at, mark)| {
        let number = headings::number(text[at + mark.len()..].trim_start());
        number.is_some_and(|(_, _, rest)| rest.trim_start().starts_with('期'))
    })
}

/// Where the last case ends: at an appendix, or before who signs, when, and who edits.
fn end_of_last(page: &Page<'_>, names: &Names, head: &Head) -> usize {
    let lines = page.lines.len();
    let end = (head.body..lines)
        .find(|&at| front::begins_appendix(page.line(at)))
        .unwrap_or(lines);
    let is_around = |at: usize| {
        let text = page.line(at);
        is_byline(text)
            || dates::whole(text).is_some()
            || names.is_org_line(text)
            || front::is_furniture(text)
    };
    let around = (head.body + 1..end)
        .rev()
        .take_while(|&at| is_around(at))
        .count();
    end - around
}

fn take(
    material: Material<'_>,
    reading: &mut Findings,
    mark: Mark,
    head: &Head,
    end: usize,
    sections: &HashSet<&str>,
) {
    let Material { page, names, .. } = material;
    let lines = &page.lines[head.start..end];
    reading.claim_lines(lines, Part::Case);
    let group = head.group.map(|at| page.lines[at].range);
    let (category, area) = names.place_below(&head.orgs, group.map(|group| page.slice(group)));
    let mut blocks: Vec<Block> = head.text.map(paragraph).into_iter().collect();
    blocks.extend(blocks_of(page, head.body..end, sections));
    reading.cases.push(Draft {
        lines: Lines {
            first: lines[0].number,
            last: lines[lines.len() - 1].number,
            list: None,
        },
        category,
        area,
        group,
        year: None,
        completeness: match mark {
            Mark::Bullet(_) => Completeness::Report,
            Mark::Counted(Count::Chinese) | Mark::Case | Mark::CaseBelow => Completeness::Full,
            Mark::Counted(_) => Completeness::Abstract,
        },
        title: head.title.map(|range| Title::Printed(vec![range])),
        orgs: head.orgs.clone(),
        blocks,
    });
}

/// The blocks of a case; the names of sections that are not numbered are headings as well.
fn blocks_of(page: &Page<'_>, places: Range<usize>, sections: &HashSet<&str>) -> Vec<Block> {
    let mut blocks = headings::blocks(page, &page.lines[places]);
    let is_named = |block: &Block| {
        let text = page.slice(block.range);
        block.kind == BlockKind::Paragraph
            && section_name(text).is_some_and(|name| sections.contains(name))
    };
    let named: Vec<bool> = blocks.iter().map(is_named).collect();
    if !named.contains(&true) {
        return blocks;
    }
    for (block, is_named) in blocks.iter_mut().zip(named) {
        match &mut block.kind {
            kind if is_named => *kind = BlockKind::Heading { level: 1 },
            BlockKind::Heading { level } | BlockKind::Lead { level, .. } => {
                *level = (*level + 1).min(4);
            }
            _ => {}
        }
    }
    blocks
}
