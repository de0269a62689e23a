//! A newspaper's supplement: pages, each under a head such as
//! `青岛日报2021年12月1日特1版`, and articles on them, each of which is a case.
//!
//! Headlines, sub-headlines and captions look alike, so where an article begins
//! is an editor's knowledge (see [`super::catalog`]). Below its headline
//! - a sub-headline is a short line that does not end as a sentence does; two
//!   in a row are one of two lines;
//! - a caption is a lone short sentence without a clause, and not the lead of a
//!   section.

use std::collections::HashMap;

use super::catalog::ArticleEntry;
use super::dates::date_in;
use super::headings;
use super::lines::{self, Line, Page, ends_a_sentence, is_short};
use super::orgs::Names;
use super::places;
use super::reading::{Draft, Findings, Material};
use super::words::{EntryMistake, Oddity};
use crate::case::{
    Basis, Block, BlockKind, Completeness, Confidence, Lines, Part, Reader, TextRange, Title,
};
use crate::language::Sentence;

/// The longest headline, in characters. The longest of the documents has 55.
const LONGEST: usize = 80;

/// The longest caption, in characters. The longest of the documents has 26.
const LONGEST_CAPTION: usize = 40;

/// Lines that a page may have before its first headline without a warning: a lead, a caption,
/// and the oddity of a blank page.
const LEAD: usize = 3;

/// Whether the document begins with a page head, or the catalog knows its
/// articles. A page head further down may be the source that a text names.
fn looks_like(material: Material<'_>) -> bool {
    let Material { page, entry, .. } = material;
    let mut first = 0..page.lines.len().min(LEAD);
    first.any(|at| is_page_head(page.line(at)))
        || entry.is_some_and(|entry| !entry.articles.is_empty())
}

/// The articles of a newspaper's pages, if the document is one.
pub(super) fn read(material: Material<'_>) -> Option<Findings> {
    if !looks_like(material) {
        return None;
    }
    let page = material.page;
    let mut reading = Findings::default();
    let starts = starts(material, &mut reading);
    for (at, start) in starts.iter().enumerate() {
        let end = starts
            .get(at + 1)
            .map_or(page.lines.len(), |next| next.line);
        article(material, start, end, &mut reading);
    }
    reading.claim_rest(page, Part::Own);
    for (range, part) in &mut reading.claims {
        if *part == Part::Own && is_page_head(page.slice(*range)) {
            *part = Part::Furniture;
        }
    }
    let is_known = starts.iter().any(|start| start.entry.is_some());
    let by_area = starts.iter().any(|start| start.area.is_some());
    let count = starts.len();
    reading.basis = Basis {
        reader: Reader::Newspaper,
        confidence: match (is_known, by_area) {
            (true, _) => Confidence::High,
            (false, true) => Confidence::Medium,
            (false, false) => Confidence::Low,
        },
        why: match (is_known, by_area) {
            (true, _) => Sentence::new(
                format!("编目列出 {count} 篇文章"),
                format!("the catalog lists {count} articles"),
            ),
            (false, true) => Sentence::new(
                format!("版头，{count} 篇文章以地区区分"),
                format!("page heads; {count} articles told apart by their districts"),
            ),
            (false, false) => {
                Sentence::new("版头，一版作一篇", "page heads; a page is one article")
            }
        },
    };
    Some(reading)
}

/// Where an article begins, by place among the lines of the page.
struct Start<'a> {
    line: usize,
    entry: Option<&'a ArticleEntry>,
    /// The district that it is about, as printed, where no editor names it.
    area: Option<String>,
}

/// The starts of all articles: those that the editor names; or else headlines above
/// text about another district; or else the first line of every page, with a warning.
fn starts<'a>(material: Material<'a>, reading: &mut Findings) -> Vec<Start<'a>> {
    let page = material.page;
    let mut starts = Vec::new();
    for article in material.entry.map_or(&[][..], |entry| &entry.articles) {
        let headline = &article.headline;
        let taken = |line: usize| starts.iter().any(|start: &Start<'_>| start.line == line);
        match lines::line_that_begins(page, headline, taken) {
            Ok(line) => starts.push(Start {
                line,
                entry: Some(article),
                area: None,
            }),
            Err(wrong) => reading.errors.push(EntryMistake::Headline {
                headline: headline.clone(),
                wrong,
            }),
        }
    }
    starts.sort_by_key(|start| start.line);
    if material.entry.is_none_or(|entry| entry.articles.is_empty()) {
        starts = by_area(page, material.names);
        let heads: Vec<usize> = (0..page.lines.len())
            .filter(|&at| is_page_head(page.line(at)))
            .collect();
        let ends = heads.iter().skip(1).copied().chain([page.lines.len()]);
        // Where no district shows an article, a page is one.
        let below: Vec<usize> = heads
            .iter()
            .zip(ends)
            .filter(|(head, end)| {
                let first = starts.partition_point(|start| start.line < **head);
                let has_article = starts.get(first).is_some_and(|start| start.line < *end);
                **head + 1 < *end && !has_article
            })
            .map(|(head, _)| head + 1)
            .collect();
        for line in below {
            reading.warn(page.lines[line].number, Oddity::NoArticles);
            starts.push(Start {
                line,
                entry: None,
                area: None,
            });
        }
        starts.sort_by_key(|start| start.line);
    }
    starts
}

/// Returns the starts of articles that are recognised by their districts: one to three lines
/// of a headline above a paragraph that begins with, or is about, another district than the
/// article before.
fn by_area(page: &Page<'_>, names: &Names) -> Vec<Start<'static>> {
    let lines = page.lines.len();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for at in 0..lines {
        for area in places::all(page.line(at)) {
            *counts.entry(&page.line(at)[area]).or_default() += 1;
        }
    }
    let headline =
        |at: usize| is_headline(page.line(at)) && headings::mark(page.line(at)).is_none();
    let mut starts: Vec<Start<'static>> = Vec::new();
    let mut at = 0;
    while at < lines {
        if !headline(at) || is_byline(page.line(at)) {
            at += 1;
            continue;
        }
        let end = (at..lines).take_while(|&at| headline(at)).count() + at;
        if end == lines {
            break;
        }
        let above: Vec<&str> = (at..end).map(|at| page.line(at)).collect();
        let area = district(&above, page.line(end), &counts, names);
        let current = starts.last().and_then(|start| start.area.as_deref());
        if let Some(area) = area.filter(|area| Some(area.as_str()) != current) {
            // More lines above belong to what was before.
            let line = end - (end - at).min(3);
            starts.push(Start {
                line,
                entry: None,
                area: Some(area),
            });
        }
        at = end;
    }
    starts
}

/// The district that an article with this headline and first paragraph is about.
fn district(
    headline: &[&str],
    first: &str,
    counts: &HashMap<&str, usize>,
    names: &Names,
) -> Option<String> {
    if let Some(end) = places::at_start(first) {
        return Some(first[..end].to_owned());
    }
    let known = |text: &str| names.first_area(text).map(|area| text[area].to_owned());
    // A name of two characters may begin in the word before it; what is a name is
    // printed more than once.
    let often = |text: &str| {
        let found = places::all(text).find(|area| {
            counts
                .get(&text[area.clone()])
                .is_some_and(|&count| count > 1)
        });
        found.map(|area| text[area].to_owned())
    };
    headline
        .iter()
        .find_map(|line| known(line).or_else(|| often(line)))
        .or_else(|| {
            let end = first.char_indices().nth(60).map_or(first.len(), |at| at.0);
            known(&first[..end]).or_else(|| often(&first[..end]))
        })
}

/// Makes the lines from the start of an article to the next one a case, less
/// what belongs to the pages.
fn article(material: Material<'_>, start: &Start<'_>, end: usize, reading: &mut Findings) {
    let Material { page, names, .. } = material;
    let own = own_lines(page, start.line, end, reading);
    let headline = |line: &&Line| is_headline(page.slice(line.range));
    let title = 1 + own[1..].iter().take(2).take_while(headline).count();
    let body = &own[title..];
    reading.claim_lines(&own, Part::Case);
    let first = own[0].number;
    let printed = match start.entry.and_then(|entry| entry.org.as_ref()) {
        Some(org) => {
            let found = own
                .iter()
                .any(|line| page.slice(line.range).contains(org.as_str()));
            if !found {
                reading.errors.push(EntryMistake::BodyNotPrinted {
                    line: first,
                    org: org.clone(),
                });
            }
            found.then(|| org.clone())
        }
        None if start.area.is_some() => start.area.clone(),
        None => body.iter().find_map(|line| {
            let text = beginning(page.slice(line.range));
            names.first_area(text).map(|area| text[area].to_owned())
        }),
    };
    if printed.is_none() {
        reading.warn(first, Oddity::NoDistrict);
    }
    let orgs: Vec<_> = printed.iter().map(|org| names.org(org)).collect();
    let (category, area) = names.place(&orgs);
    reading.cases.push(Draft {
        lines: Lines {
            first,
            last: own[own.len() - 1].number,
            list: None,
        },
        category,
        area,
        group: None,
        year: None,
        completeness: Completeness::Full,
        title: Some(Title::Printed(
            own[..title].iter().map(|line| line.range).collect(),
        )),
        orgs,
        blocks: blocks(page, body),
    });
}

/// Returns the lines of an article from `start` up to `end`, without page heads, the editors'
/// line, and the text on a page before its own first headline. Never empty.
fn own_lines(page: &Page<'_>, start: usize, end: usize, reading: &mut Findings) -> Vec<Line> {
    let is_head = |at: &usize| is_page_head(page.line(*at));
    let last_head = (start + 1..end).rev().find(is_head);
    // With another article below it, the last page began without a headline.
    let own_end = match last_head {
        Some(head) if end < page.lines.len() => {
            let lead = end - head - 1;
            if lead > LEAD {
                let oddity = Oddity::LinesBeforeHeadline(lead);
                reading.warn(page.lines[head + 1].number, oddity);
            }
            head
        }
        _ => end,
    };
    let mut own = Vec::with_capacity(own_end - start);
    for at in start..end {
        let line = page.lines[at];
        let text = page.line(at);
        let is_pages = is_page_head(text) || is_byline(text) || is_remark(text);
        if at == start || at < own_end && !is_pages {
            own.push(line);
        } else if is_page_head(text) {
            reading.claim(line.range, Part::Furniture);
        } else {
            reading.claim(line.range, Part::Own);
        }
    }
    own
}

/// The blocks of an article.
fn blocks(page: &Page<'_>, lines: &[Line]) -> Vec<Block> {
    let blocks = headings::blocks(page, lines);
    let headline = |at: usize| {
        let text = page.slice(blocks[at].range);
        matches!(blocks[at].kind, BlockKind::Paragraph)
            && is_headline(text)
            && headings::mark(text).is_none()
    };
    let headlines: Vec<bool> = (0..blocks.len()).map(headline).collect();
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut at = 0;
    while at < blocks.len() {
        let mut block = blocks[at];
        // The lines after the last paragraph head nothing.
        if headlines[at] && at + 1 < blocks.len() {
            block.kind = BlockKind::Heading { level: 1 };
            if headlines[at + 1] && at + 2 < blocks.len() {
                block.range = TextRange {
                    start: block.range.start,
                    end: blocks[at + 1].range.end,
                };
                at += 1;
            }
        } else if block.kind == BlockKind::Paragraph && is_caption(page.slice(block.range)) {
            let above = joined.last().map(|block| block.kind);
            if !matches!(above, Some(BlockKind::Heading { .. })) {
                block.kind = BlockKind::Caption;
            }
        }
        joined.push(block);
        at += 1;
    }
    joined
}

fn is_headline(text: &str) -> bool {
    is_short(text, LONGEST)
        && !ends_a_sentence(text)
        && !text.contains('。')
        && !text.ends_with(['：', ':', '，', ',', '、', '—'])
        && !is_page_head(text)
}

/// A short sentence without a clause in it: `青岛国际邮轮港区。`
fn is_caption(text: &str) -> bool {
    let Some(body) = text.strip_suffix('。') else {
        return false;
    };
    is_short(body, LONGEST_CAPTION)
        && !body.contains(['，', ',', '；', ';', '：', ':', '。'])
        && headings::mark(body).is_none()
}

/// `青岛日报2021年12月1日特1版`, `南屏日报　2023年5月18日　第5版　改革专刊`
pub(super) fn is_page_head(text: &str) -> bool {
    if !is_short(text, 40) || ends_a_sentence(text) {
        return false;
    }
    let Some(date) = date_in(text) else {
        return false;
    };
    let rest = &text[date.end..];
    let page = rest
        .split_whitespace()
        .find(|word| word.ends_with('版') && is_short(word, 8));
    // A date inside a sentence is no page head.
    page.is_some() && is_short(&text[..date.start], 12)
}

/// `责任编辑:刘聪聪`
pub(super) fn is_byline(text: &str) -> bool {
    let Some(rest) = ["责任编辑", "責任編輯", "编辑", "編輯", "责编", "責編"]
        .iter()
        .find_map(|role| {
            text.trim_start_matches(['[', '【', '(', '（'])
                .strip_prefix(role)
        })
    else {
        return false;
    };
    rest.trim_start().starts_with([':', '：']) && is_short(text, 40)
}

/// `本版图片由各单位提供`: a remark about a page.
fn is_remark(text: &str) -> bool {
    ["本版", "本报", "本報", "（本版", "(本版"]
        .iter()
        .any(|start| text.starts_with(start))
        && is_short(text, 40)
        && !ends_a_sentence(text)
}

/// Returns the beginning of a paragraph, which says whose work it reports.
fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(300).map_or(text.len(), |at| at.0);
    &text[..end]
}
