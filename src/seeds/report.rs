//! A report: paragraphs of news, some of which report what one body did. Such a
//! paragraph is a case. It begins with the body's name; the name may be
//! followed by the case's title in 《》.
//!
//! | paragraph | case |
//! |---|---|
//! | `即墨市政府的《发展“互联网+制造” 催生经济增长新动能》案例介绍,…` | with a title |
//! | `市教育局大力推动数据赋能招生流程再造,…` | without |
//! | `为破解看病贵的难题,市医保局创新推出…` | without; a purpose comes first |
//! | `本市轨道交通远期规划投资4000亿元 市地铁工程建设指挥部是…` | from the body on; what is glued to it is a newspaper's sub-head |
//! | `各部门立足本部门的工作,…。市人社局针对…` | from the second sentence on |
//!
//! Everything else is the document's own: introductions, sub-heads, what is said of the
//! whole city.

use memchr::memmem;

use super::catalog::CasePlace;
use super::dates;
use super::endings;
use super::lines::{Line, Page, ends_a_sentence, is_short, within};
use super::orgs::Names;
use super::places;
use super::reading::{Draft, Findings, Material, paragraph};
use crate::case::{Basis, Completeness, Confidence, Lines, Part, Reader, Title};
use crate::language::Sentence;

/// Where a case begins in a paragraph, and the name of its body; bytes of the
/// paragraph.
struct Opening {
    start: usize,
    org: std::ops::Range<usize>,
}

/// The least share of the document's characters that its cases must have.
const SHARE: f64 = 0.15;

/// The share from which paragraphs alone show a report.
const CLEAR_SHARE: f64 = 0.6;

/// The cases of a report, if the document is one: at least two paragraphs tell what one
/// body did, and the document is news, or hardly more than those paragraphs.
pub(super) fn read(material: Material<'_>) -> Option<Findings> {
    let Material { page, names, entry } = material;
    let quotes = entry.map_or(&[][..], |entry| &entry.cases);
    let known: Vec<(usize, &str)> = quotes
        .iter()
        .filter_map(|case| {
            let CasePlace::Quote(quote) = &case.place else {
                return None;
            };
            let at = memmem::find(page.text.as_bytes(), quote.as_bytes())?;
            Some((at, case.org.as_deref()?))
        })
        .collect();
    let mut found: Vec<(Line, Opening, String)> = Vec::new();
    let mut places = Vec::new();
    for (place, line) in page.lines.iter().enumerate() {
        let opening = opening(page, names, *line)
            .map(|opening| {
                let org = page.slice(line.range)[opening.org.clone()].to_owned();
                (opening, org)
            })
            .or_else(|| {
                let at = known.iter().find(|(at, _)| line.range.bytes().contains(at));
                at.map(|&(at, org)| (at_quote(page, *line, at), org.to_owned()))
            });
        if let Some((opening, org)) = opening {
            places.push(place);
            found.push((*line, opening, org));
        }
    }
    let share = page.share(places.iter().copied());
    let is_known = !quotes.is_empty() && !found.is_empty();
    let news = is_news(page);
    let fits =
        found.len() > 1 && !is_official(page) && (news && share >= SHARE || share >= CLEAR_SHARE);
    if !is_known && !fits {
        return None;
    }
    let mut reading = Findings::default();
    let count = found.len();
    for (line, opening, org) in found {
        take(&mut reading, material, line, &opening, &org);
    }
    reading.claim_rest(page, Part::Own);
    reading.basis = Basis {
        reader: Reader::Report,
        confidence: if is_known {
            Confidence::High
        } else if news && count > 2 {
            Confidence::Medium
        } else {
            Confidence::Low
        },
        why: Sentence::new(
            format!("{count} 个段落以单位或地区开头，写其做法"),
            format!(
                "{count} paragraphs begin with an organisation or a district and say what it did"
            ),
        ),
    };
    Some(reading)
}

/// Whether a document is news: its page names a source or a reporter, or its text
/// begins with a dateline.
fn is_news(page: &Page<'_>) -> bool {
    let mut head = (0..page.lines.len().min(12)).map(|at| page.line(at));
    let head = head.any(|text| {
        let start = text.char_indices().nth(40).map_or(text.len(), |at| at.0);
        let start = &text[..start];
        dates::has_source(text)
            || ["本报讯", "本報訊", "消息", "讯（", "日讯", "评选", "評選"]
                .iter()
                .any(|word| start.contains(word))
    });
    let mut tail = (0..page.lines.len()).rev().take(4).map(|at| page.line(at));
    head || tail.any(|text| super::about::reporter(text).is_some())
}

/// Whether a document is an official one, with a number or whom it goes to.
fn is_official(page: &Page<'_>) -> bool {
    let mut head = (0..page.lines.len().min(8)).map(|at| page.line(at));
    head.any(|text| dates::number_line(text).is_some())
}

/// Makes the rest of a paragraph a case.
fn take(reading: &mut Findings, material: Material<'_>, line: Line, opening: &Opening, org: &str) {
    let Material { page, names, .. } = material;
    let text = page.slice(line.range);
    let before = within(page, line.range, 0, opening.start);
    let body = within(page, line.range, opening.start, text.len());
    reading.claim(before, Part::Own);
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
        group: None,
        year: None,
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

/// The longest purpose before a body's name, in characters.
const PURPOSE: usize = 40;

/// Where the case of a paragraph begins, if it has one.
fn opening(page: &Page<'_>, names: &Names, line: Line) -> Option<Opening> {
    let text = page.slice(line.range);
    // A case consists of sentences; a headline that begins with a body is not one.
    if !ends_a_sentence(text) {
        return None;
    }
    let second = text
        .find(['。', '！', '？'])
        .map(|end| end + '。'.len_utf8())
        .filter(|&start| start < text.len());
    sentence(text, 0, names)
        .or_else(|| behind_a_sub_head(text, names))
        .or_else(|| sentence(text, second?, names))
}

/// The case that begins with the sentence at `start`.
fn sentence(text: &str, start: usize, names: &Names) -> Option<Opening> {
    let rest = &text[start..];
    let skipped = match body_of(rest, names) {
        Some(_) => 0,
        None => purpose(rest)?,
    };
    let length = body_of(&rest[skipped..], names)?;
    let at = start + skipped;
    Some(Opening {
        start,
        org: at..at + length,
    })
}

/// The length of the name of a body with which a sentence begins: a known one, or one
/// that acts in the first clause.
fn body_of(text: &str, names: &Names) -> Option<usize> {
    names
        .known_body_at_start(text)
        .or_else(|| {
            let end = names.at_start(text)?;
            let clause = &text[end..];
            let stop = clause.find(['，', ',', '。']).unwrap_or(clause.len());
            endings::tells_a_practice(&clause[..stop]).then_some(end)
        })
        .or_else(|| places::acting(text))
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

/// Returns the case that begins after a sub-head and a space.
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
