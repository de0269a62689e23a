//! A compilation (汇编): case after case in full. Nothing marks a case but its
//! head: title lines, and below them a line that names the responsible body.

mod heads;

pub(super) use heads::{CaseNumber, bodies_at, case_number, orgs_of_line};

use super::front;
use super::headings;
use super::lines::Page;
use super::orgs::Names;
use super::reading::{Draft, Findings, Material};
use super::words::Oddity;
use crate::case::{Basis, Block, Completeness, Confidence, Lines, Part, Reader, Title};
use crate::language::Sentence;

/// The least share of the document's characters that its cases must have.
const SHARE: f64 = 0.33;

/// The cases of a compilation, if the document is one.
pub(super) fn read(material: Material<'_>) -> Option<Findings> {
    let Material { page, names, .. } = material;
    let heads = heads::of(page, names);
    let first = heads.first()?.start;
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
            .map_or_else(|| end_of_last(page, head), |next| next.start);
        let next = group_above(page, end);
        let end = next.unwrap_or(end);
        let of_case = group;
        group = next.or(group);
        reading.claim_lines(&page.lines[head.start..end], Part::Case);
        let orgs = head.bodies(page, names);
        let group = of_case.map(|at| page.lines[at].range);
        let (category, area) = names.place_below(&orgs, group.map(|head| page.slice(head)));
        reading.cases.push(Draft {
            lines: Lines {
                first: page.lines[head.title.start].number,
                last: page.lines[end - 1].number,
                list: None,
            },
            category,
            area,
            group,
            year: None,
            completeness: Completeness::Full,
            title: Some(Title::Printed(head.title_ranges(page))),
            orgs,
            blocks: headings::blocks(page, &page.lines[head.body..end]),
        });
    }
    reading.claim_rest(page, Part::Own);
    reading.basis = basis(&reading, heads.len());
    Some(reading)
}

/// How many cases a document has as a compilation.
pub(super) fn count(page: &Page<'_>, names: &Names) -> usize {
    heads::of(page, names).len()
}

/// Returns the heading of a group of cases in the line above a place. It cannot belong to a
/// case, whose own headings have text below them.
fn group_above(page: &Page<'_>, below: usize) -> Option<usize> {
    let above = below.checked_sub(1)?;
    let text = page.line(above);
    (front::heads_a_group(text) || headings::is_part(text)).then_some(above)
}

/// Where the last case ends: at an appendix, else with the document.
fn end_of_last(page: &Page<'_>, head: &heads::Head) -> usize {
    let lines = page.lines.len();
    let mut body = head.body..lines;
    body.find(|&at| front::begins_appendix(page.line(at)))
        .unwrap_or(lines)
}

fn basis(reading: &Findings, heads: usize) -> Basis {
    let with_sections = reading
        .cases
        .iter()
        .filter(|case| case.blocks.iter().any(Block::is_heading))
        .count();
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
