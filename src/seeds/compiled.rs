//! A compilation that the program itself wrote. Its marks show the structure, so any cases
//! read back as they were, whatever their titles and bodies look like.
//!
//! One line says how the cases are ordered; the text before it is the book's own. After it, a
//! digest has its lists and then, in the same order, the title and the abstract of every
//! entry. Full texts follow the headings of their categories; an appendix comes last. In
//! formats with headings, a case is one level below its category. Plain text has two blank
//! lines before a category or a case and one after the line of the bodies; paragraphs are
//! indented by U+3000, headings by their level.
//!
//! A compilation edited by hand so that these marks are gone is read as any other document.

use std::ops::Range;

use super::headings::{self, is_figure_caption};
use super::lines::{Line, Page, within};
use super::reading::{Draft, Findings, Material, paragraph};
use crate::case::{
    Basis, Block, BlockKind, Category, Completeness, Confidence, Lines, Org, Part, Reader, Title,
};
use crate::formats::{Role, Start};
use crate::language::Sentence;

/// The line that says how the cases are ordered: in an order that ranks nothing, by rank.
/// They are sentences, so that they are no titles.
pub const ORDERS: [&str; 2] = [
    "以下案例按类别编排，排名不分先后。",
    "以下案例按类别编排，各类按本轮得分从高到低排列。",
];

/// The head of the abstracts of a digest.
pub const ABSTRACTS: &str = "■案例内容提要";

/// Printed in place of the bodies of a case that has none.
pub const NO_ORG: &str = "未署单位";

/// The most lines of a title.
const TITLE_LINES: usize = 8;

/// The head of a category's list, numbered 一、二、三、.
pub fn head(number: usize, category: Option<Category>) -> String {
    let number = ["一", "二", "三", "四"][number];
    let name = match category {
        Some(Category::District) => "区、市政府创新工作案例",
        Some(Category::Zone) => "功能区创新工作案例",
        Some(Category::Department) => "市政府部门创新工作案例",
        None => "其他创新工作案例",
    };
    format!("{number}、{name}")
}

fn is_head(text: &str) -> bool {
    let categories = || Category::ALL.into_iter().map(Some).chain([None]);
    (0..4).any(|number| categories().any(|category| head(number, category) == text))
}

/// Returns the place after the line that says the order, if a category's heading follows after
/// exactly `others` other lines.
fn begin(page: &Page<'_>, others: usize) -> Option<usize> {
    let places = 0..page.lines.len().saturating_sub(others + 1);
    let mut places = places.filter(|&at| ORDERS.contains(&page.line(at)));
    let at = places.find(|&at| is_head(page.line(at + 1 + others)))?;
    Some(at + 1)
}

/// The bodies of a case, as printed.
fn orgs(material: Material<'_>, printed: &str) -> Vec<Org> {
    let bare = printed.trim_start_matches('（').trim_end_matches('）');
    if bare == NO_ORG {
        Vec::new()
    } else {
        material.names.orgs(printed)
    }
}

/// A part of a compilation, by places among the lines of the page.
enum Piece {
    /// The head of a category.
    Category(usize),
    Case {
        title: Range<usize>,
        org: usize,
        body: Range<usize>,
    },
    /// What the book adds.
    Other,
}

/// The cases of a compilation of full texts, if the document is one of the program's.
pub(super) fn full(material: Material<'_>) -> Option<Findings> {
    let Material { page, names, .. } = material;
    let begin = begin(page, 0)?;
    let marked = match page.lines[begin].format.role {
        Role::Heading(level) => Some(level),
        _ => None,
    };
    let pieces = match marked {
        Some(level) => by_headings(page, begin, level),
        None => by_blank_lines(page, begin)?,
    };
    let mut reading = Findings::default();
    let mut group = None;
    for piece in pieces {
        let (title, org, body) = match piece {
            Piece::Category(at) => {
                group = Some(page.lines[at].range);
                continue;
            }
            Piece::Other => {
                group = None;
                continue;
            }
            Piece::Case { title, org, body } => (title, org, body),
        };
        let Some(head) = group else { continue };
        reading.claim_lines(&page.lines[title.start..body.end], Part::Case);
        let orgs = orgs(material, page.line(org));
        let (category, area) = names.place_below(&orgs, Some(page.slice(head)));
        let lines = &page.lines[body.clone()];
        reading.cases.push(Draft {
            lines: Lines {
                first: page.lines[title.start].number,
                last: page.lines[body.end - 1].number,
                list: None,
            },
            category,
            area,
            group,
            year: None,
            completeness: Completeness::Full,
            title: Some(printed_title(&page.lines[title])),
            orgs,
            blocks: match marked {
                Some(level) => headings::marked_blocks(page, lines, level + 1),
                None => lines.iter().map(|line| block(page, *line)).collect(),
            },
        });
    }
    let count = reading.cases.len();
    (count > 0).then(|| finished(page, reading, Reader::Compilation, count))
}

fn printed_title(lines: &[Line]) -> Title {
    Title::Printed(lines.iter().map(|line| line.range).collect())
}

fn finished(page: &Page<'_>, mut reading: Findings, reader: Reader, count: usize) -> Findings {
    reading.claim_rest(page, Part::Own);
    reading.basis = Basis {
        reader,
        confidence: Confidence::High,
        why: Sentence::new(
            format!("由 compile 命令编成，共 {count} 个案例"),
            format!("compiled by the command compile, {count} cases"),
        ),
    };
    reading
}

/// The parts of a compilation whose format knows headings; `level` is that of categories.
fn by_headings(page: &Page<'_>, begin: usize, level: u8) -> Vec<Piece> {
    let count = page.lines.len();
    let heading = |at: usize| match page.lines[at].format.role {
        Role::Heading(level) => Some(level),
        _ => None,
    };
    let ends = |at: &usize| heading(*at).is_some_and(|own| own <= level + 1);
    let mut pieces = Vec::new();
    let mut at = begin;
    while at < count {
        let end = match heading(at) {
            Some(own) if own == level + 1 => {
                let goes_on = |next: &usize| {
                    heading(*next) == Some(own) && page.lines[*next].format.start != Start::New
                };
                let org = at + 1 + (at + 1..count).take_while(goes_on).count();
                let end = (org..count).find(ends).unwrap_or(count);
                // Headings of its text begin below its bodies.
                if org < end && heading(org).is_none() {
                    pieces.push(Piece::Case {
                        title: at..org,
                        org,
                        body: org + 1..end,
                    });
                }
                end
            }
            Some(own) if own <= level => {
                pieces.push(if is_head(page.line(at)) {
                    Piece::Category(at)
                } else {
                    Piece::Other
                });
                at + 1
            }
            _ => at + 1,
        };
        at = end;
    }
    pieces
}

/// The parts of a compilation in plain text; `None` where a head is longer than any is.
fn by_blank_lines(page: &Page<'_>, begin: usize) -> Option<Vec<Piece>> {
    let blank = |at: usize| page.lines[at].number - page.lines[at - 1].number - 1;
    let next = |from: usize, least: u32| {
        let mut places = from + 1..page.lines.len();
        places.find(|&at| blank(at) >= least)
    };
    let mut pieces = Vec::new();
    let mut start = begin;
    while start < page.lines.len() {
        let end = next(start, 2).unwrap_or(page.lines.len());
        let body = next(start, 1).unwrap_or(end).min(end);
        match body - start {
            1 if is_head(page.line(start)) => pieces.push(Piece::Category(start)),
            1 => pieces.push(Piece::Other),
            _ if (start..body).any(|at| is_indented(page, page.lines[at])) => {
                pieces.push(Piece::Other);
            }
            lines if lines > TITLE_LINES + 1 => return None,
            _ => pieces.push(Piece::Case {
                title: start..body - 1,
                org: body - 1,
                body: body..end,
            }),
        }
        start = end;
    }
    Some(pieces)
}

/// The white space in front of a line.
fn indent<'a>(page: &Page<'a>, line: Line) -> &'a str {
    let before = &page.text[..line.range.start as usize];
    &before[before.rfind('\n').map_or(0, |at| at + 1)..]
}

fn is_indented(page: &Page<'_>, line: Line) -> bool {
    indent(page, line).contains('\u{3000}')
}

/// A line of plain text as a block: what is not indented by U+3000 is a heading, two spaces
/// a level.
fn block(page: &Page<'_>, line: Line) -> Block {
    let kind = if !is_indented(page, line) {
        BlockKind::Heading {
            level: (indent(page, line).len() / 2 + 1).min(4) as u8,
        }
    } else if is_figure_caption(page.slice(line.range)) {
        BlockKind::Caption
    } else {
        BlockKind::Paragraph
    };
    Block {
        kind,
        range: line.range,
    }
}

/// The cases of a digest, if the document is one of the program's.
pub(super) fn digest(material: Material<'_>) -> Option<Findings> {
    let Material { page, names, .. } = material;
    let begin = begin(page, 1)?;
    let title = page.line(begin).strip_prefix('■')?.trim();
    let abstracts = (begin..page.lines.len()).find(|&at| page.line(at) == ABSTRACTS)?;
    let mut reading = Findings {
        title: (!title.is_empty()).then(|| title.to_owned()),
        ..Findings::default()
    };
    let mut at = abstracts + 1;
    let mut group = page.lines[begin + 1].range;
    let mut number = 1;
    for list in begin + 1..abstracts {
        reading.claim(page.lines[list].range, Part::ListEntry);
        let text = page.line(list);
        if is_head(text) {
            group = page.lines[list].range;
            number = 1;
            continue;
        }
        let entry = text.strip_prefix(&format!("{number}."))?;
        number += 1;
        let (titles, told) = told_of(page, at, entry)?;
        let line = page.lines[at + titles];
        let first = page.lines[at].number;
        reading.claim_lines(&page.lines[at..=at + titles], Part::Case);
        let text = page.slice(line.range);
        let orgs = orgs(material, &text[1..told - 1]);
        let (category, area) = names.place_below(&orgs, Some(page.slice(group)));
        let body = within(page, line.range, told, text.len());
        reading.cases.push(Draft {
            lines: Lines {
                first,
                last: line.number,
                list: Some(page.lines[list].number),
            },
            category,
            area,
            group: Some(group),
            year: None,
            completeness: Completeness::Abstract,
            title: Some(printed_title(&page.lines[at..at + titles])),
            orgs,
            blocks: (body.start < body.end)
                .then(|| paragraph(body))
                .into_iter()
                .collect(),
        });
        at += titles + 1;
    }
    let count = reading.cases.len();
    (count > 0).then(|| finished(page, reading, Reader::Digest, count))
}

/// How many lines at a place are the title of what the list has as `entry`, and how many
/// bytes of the line below them name the bodies, brackets included.
fn told_of(page: &Page<'_>, at: usize, entry: &str) -> Option<(usize, usize)> {
    let letters = |text: &str| -> String { text.split_whitespace().collect() };
    let entry = letters(entry);
    let mut title = String::new();
    let most = (at + TITLE_LINES).min(page.lines.len().saturating_sub(1));
    (at..most).find_map(|place| {
        title += &letters(page.line(place));
        let bodies = entry.strip_prefix(&title)?;
        let told = page.line(place + 1);
        if !bodies.starts_with('(') || !letters(told).starts_with(bodies) {
            return None;
        }
        let mut rest = bodies.chars().count();
        let mut places = told.char_indices().filter(|(_, c)| !c.is_whitespace());
        let (byte, _) = places.find(|_| {
            rest -= 1;
            rest == 0
        })?;
        Some((place + 1 - at, byte + 1))
    })
}
