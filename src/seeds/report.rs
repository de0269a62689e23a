//! A report: paragraphs of news, some of which tell what one body did. Such a
//! paragraph is a case. It begins with the body's name; the name may be
//! followed by the case's title in 《》.
//!
//! | paragraph | case |
//! |---|---|
//! | `即墨市政府的《发展“互联网+制造” 催生经济增长新动能》案例介绍,…` | with a title |
//! | `市教育局大力推动数据赋能招生流程再造,…` | without |
//! | `为破解看病贵的难题,市医保局创新推出…` | without; a purpose stands first |
//! | `本市轨道交通远期规划投资4000亿元 市地铁工程建设指挥部是…` | from the body on; what is glued to it is a newspaper's sub-head |
//! | `各部门立足本部门的工作,…。市人社局针对…` | from the second sentence on |
//!
//! Everything else is furniture: introductions, sub-heads, what is said of the
//! whole city, and what a web page has around its text.

use memchr::memmem;

use super::lines::{Line, Page, ends_a_sentence, is_short, within};
use super::orgs::Names;
use super::reading::{Draft, Material, Reading, paragraph};
use crate::case::{Completeness, Lines, Part, Title};

/// Where a case begins in a paragraph, and the name of its body; bytes of the
/// paragraph.
struct Opening {
    start: usize,
    org: std::ops::Range<usize>,
}

pub(super) fn looks_like(material: Material<'_>) -> bool {
    let Material { page, names, entry } = material;
    let openings = page
        .lines
        .iter()
        .filter_map(|line| opening(page, names, *line));
    // One paragraph that begins with a body's name is in many a text.
    openings.take(2).count() == 2 || entry.is_some_and(|entry| !entry.cases.is_empty())
}

pub(super) fn read(material: Material<'_>) -> Reading {
    let Material { page, names, entry } = material;
    let mut reading = Reading::default();
    let quotes = entry.map_or(&[][..], |entry| &entry.cases);
    let known: Vec<(usize, &str)> = quotes
        .iter()
        .filter_map(|case| {
            let at = memmem::find(page.text.as_bytes(), case.quote.as_bytes())?;
            Some((at, case.org.as_deref()?))
        })
        .collect();
    for line in &page.lines {
        let found = opening(page, names, *line).map(|opening| {
            let org = page.slice(line.range)[opening.org.clone()].to_owned();
            (opening, org)
        });
        let found = found.or_else(|| {
            let at = known.iter().find(|(at, _)| line.range.bytes().contains(at));
            at.map(|&(at, org)| (at_quote(page, *line, at), org.to_owned()))
        });
        match found {
            Some((opening, org)) => take(&mut reading, material, *line, &opening, &org),
            None => reading.claim(line.range, Part::Furniture),
        }
    }
    reading
}

/// Makes the rest of a paragraph a case.
fn take(reading: &mut Reading, material: Material<'_>, line: Line, opening: &Opening, org: &str) {
    let Material { page, names, .. } = material;
    let text = page.slice(line.range);
    let before = within(page, line.range, 0, opening.start);
    let body = within(page, line.range, opening.start, text.len());
    reading.claim(before, Part::Furniture);
    reading.claim(body, Part::Case);
    let orgs = names.orgs(org);
    let (category, area) = names.place(&orgs);
    let title = title(text, opening.org.end)
        .map(|title| within(page, line.range, title.start, title.end))
        .filter(|range| range.start < range.end)
        .map(|range| Title::Printed(vec![range]));
    reading.cases.push(Draft {
        lines: Lines {
            first: line.number,
            last: line.number,
            list: None,
        },
        category,
        area,
        completeness: Completeness::Report,
        title,
        orgs,
        blocks: vec![paragraph(body)],
    });
}

/// What the titles of official papers end in; those of cases do not.
const PAPERS: [&str; 20] = [
    "意见", "办法", "方案", "条例", "规定", "通知", "规划", "计划", "细则", "协议", "意見", "辦法",
    "條例", "規定", "規劃", "計劃", "細則", "協議", "报告", "報告",
];

/// The title in 《》 that follows a body's name; not that of an official paper.
fn title(text: &str, behind: usize) -> Option<std::ops::Range<usize>> {
    let rest = &text[behind..];
    let open = rest.strip_prefix('的').unwrap_or(rest).strip_prefix('《')?;
    let start = text.len() - open.len();
    let length = open.find('》').filter(|&length| length > 0)?;
    let is_paper = PAPERS.iter().any(|end| open[..length].ends_with(end));
    (!is_paper).then_some(start..start + length)
}

/// The longest sub-head that is glued to a sentence, in characters.
const SUB_HEAD: usize = 40;

/// The longest purpose that stands in front of a body's name, in characters.
const PURPOSE: usize = 40;

/// Where the case of a paragraph begins, if it has one.
fn opening(page: &Page<'_>, names: &Names, line: Line) -> Option<Opening> {
    let text = page.slice(line.range);
    // A case is told in sentences; a headline that begins with a body is none.
    if !ends_a_sentence(text) {
        return None;
    }
    let second = text
        .find(['。', '！', '？'])
        .map(|end| end + '。'.len_utf8());
    let second = second.filter(|&start| start < text.len());
    sentence(text, 0, names)
        .or_else(|| behind_a_sub_head(text, names))
        .or_else(|| sentence(text, second?, names))
}

/// The case that begins with the sentence at `start`.
fn sentence(text: &str, start: usize, names: &Names) -> Option<Opening> {
    let rest = &text[start..];
    let skipped = match names.at_start(rest) {
        Some(_) => 0,
        None => purpose(rest)?,
    };
    let length = names.at_start(&rest[skipped..])?;
    let at = start + skipped;
    Some(Opening {
        start,
        org: at..at + length,
    })
}

/// The length of a first clause that says what for, with its comma.
fn purpose(sentence: &str) -> Option<usize> {
    if !sentence.starts_with(['为', '為']) {
        return None;
    }
    let end = sentence.find([',', '，'])?;
    let comma = sentence[end..].chars().next()?.len_utf8();
    is_short(&sentence[..end], PURPOSE).then_some(end + comma)
}

/// The case that begins behind a sub-head and a space.
fn behind_a_sub_head(text: &str, names: &Names) -> Option<Opening> {
    let mut spaces = text
        .char_indices()
        .take(SUB_HEAD)
        .filter(|(_, c)| c.is_whitespace());
    let (at, space) = spaces.next()?;
    if text[..at].contains('。') {
        return None;
    }
    sentence(text, at + space.len_utf8(), names)
}

/// The case that an editor's quote marks: from the start of its sentence on.
fn at_quote(page: &Page<'_>, line: Line, at: usize) -> Opening {
    let text = page.slice(line.range);
    let at = at - line.range.start as usize;
    let before = text[..at].rfind(['。', '！', '？']);
    let start = before.map_or(0, |end| end + '。'.len_utf8());
    Opening {
        start,
        org: start..start,
    }
}
