//! A compilation (汇编): case after case in full. Nothing marks a case but its
//! head: title lines, and below them a line that names the responsible body.

use super::dates;
use super::front;
use super::headings::{self, is_figure_caption};
use super::lines::{Page, ends_a_sentence, is_short};
use super::orgs::Names;
use super::reading::{Draft, Findings, Material};
use super::words::Oddity;
use crate::case::{Basis, Block, Completeness, Confidence, Lines, Part, Reader, Title};
use crate::language::Sentence;

/// The head of a case, by places among the lines of the page.
#[derive(Clone, Copy)]
struct Head {
    title: usize,
    org: usize,
    /// Where the text begins.
    body: usize,
}

/// Title lines of the longest head. The documents have one or two.
const TITLE_LINES: usize = 3;

/// The longest title line, in characters. The longest of the documents has 31.
const LONGEST: usize = 60;

/// The least share of the document's characters that its cases must have.
const SHARE: f64 = 0.33;

/// The cases of a compilation, if the document is one.
pub(super) fn read(material: Material<'_>) -> Option<Findings> {
    let Material { page, names, .. } = material;
    let heads = heads(page, names);
    let first = heads.first()?.title;
    if page.share(first..page.lines.len()) < SHARE {
        return None;
    }
    let mut reading = Findings::default();
    if let Some(line) = page.lines[..first].first() {
        reading.warn(line.number, Oddity::TextBeforeFirstCase);
    }
    let mut group = group_above(page, first);
    for (at, head) in heads.iter().enumerate() {
        let end = heads
            .get(at + 1)
            .map_or_else(|| end_of_last(page, head), |next| next.title);
        let next = group_above(page, end);
        let end = next.unwrap_or(end);
        let of_case = group;
        group = next.or(group);
        reading.claim_lines(&page.lines[head.title..end], Part::Case);
        let title = &page.lines[head.title..head.org];
        let orgs = (head.org..head.body)
            .flat_map(|at| names.orgs(page.line(at).trim_end_matches('、')))
            .collect::<Vec<_>>();
        let group = of_case.map(|at| page.lines[at].range);
        let (category, area) = names.place_below(&orgs, group.map(|head| page.slice(head)));
        reading.cases.push(Draft {
            lines: Lines {
                first: title[0].number,
                last: page.lines[end - 1].number,
                list: None,
            },
            category,
            area,
            group,
            year: None,
            completeness: Completeness::Full,
            title: Some(Title::Printed(
                title.iter().map(|line| line.range).collect(),
            )),
            orgs,
            blocks: headings::blocks(page, &page.lines[head.body..end]),
        });
    }
    reading.claim_rest(page, Part::Own);
    reading.basis = basis(&reading, heads.len());
    Some(reading)
}

/// The head of a group of cases in the line above a place. Nothing of a case stands there:
/// its own sections have a text below their heading.
fn group_above(page: &Page<'_>, below: usize) -> Option<usize> {
    let above = below.checked_sub(1)?;
    front::heads_a_group(page.line(above)).then_some(above)
}

/// Where the last case ends: at an appendix, else with the document.
fn end_of_last(page: &Page<'_>, head: &Head) -> usize {
    let lines = page.lines.len();
    let mut body = head.body..lines;
    body.find(|&at| front::begins_appendix(page.line(at)))
        .unwrap_or(lines)
}

fn basis(reading: &Findings, heads: usize) -> Basis {
    let with_sections = reading
        .cases
        .iter()
        .filter(|case| case.blocks.iter().any(Block::is_heading));
    let with_sections = with_sections.count();
    Basis {
        reader: Reader::Compilation,
        confidence: match heads {
            1 => Confidence::Low,
            _ if with_sections * 2 >= heads => Confidence::High,
            _ => Confidence::Medium,
        },
        why: Sentence::new(
            format!("{heads} 处“题目—单位”，其中 {with_sections} 个案例有分节标题"),
            format!(
                "{heads} titles with an organisation below; {with_sections} of the cases have sections"
            ),
        ),
    }
}

/// The heads of the cases, in order. Of lines that might all name a body the
/// last one does; the others are titles, as in `构建“全产业链”招商大格局`.
fn heads(page: &Page<'_>, names: &Names) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    let mut free = 0;
    for org in 0..page.lines.len() {
        if !names.is_org_line(page.line(org)) {
            continue;
        }
        let below = org + 1;
        if below == page.lines.len()
            || names.is_org_line(page.line(below))
            || is_signature(page, below)
        {
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
        let mut title = first;
        while title > free && first - title < TITLE_LINES && is_title_line(page.line(title - 1)) {
            // A body above a title is of what was before.
            if title < first && names.is_org_line(page.line(title - 1)) {
                break;
            }
            title -= 1;
        }
        if title < first {
            heads.push(Head {
                title,
                org: first,
                body: org + 1,
            });
            free = org + 1;
        }
    }
    let ends: Vec<usize> = heads
        .iter()
        .skip(1)
        .map(|head| head.title)
        .chain([page.lines.len()])
        .collect();
    let is_case = |(head, &end): (Head, &usize)| is_case(page, head, end).then_some(head);
    heads.into_iter().zip(&ends).filter_map(is_case).collect()
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
fn is_case(page: &Page<'_>, head: Head, end: usize) -> bool {
    let title: String = (head.title..head.org).map(|at| page.line(at)).collect();
    let mut body = (head.body..end).map(|at| page.line(at));
    let is_text = if head.title == 0 {
        body.next().is_some()
    } else {
        body.any(ends_a_sentence)
    };
    let is_book = front::names_a_collection(&title) && end < page.lines.len();
    is_text && !is_book
}

fn is_title_line(text: &str) -> bool {
    is_short(text, LONGEST)
        && !ends_a_sentence(text)
        && !text.ends_with(['：', ':', '，', ',', '、'])
        && !text.contains('。')
        && headings::mark(text).is_none()
        && !is_figure_caption(text)
        && !is_contents_entry(text)
        && !front::is_furniture(text)
        && dates::whole(text).is_none()
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
