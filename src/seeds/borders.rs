//! A document whose cases the catalog marks off: each entry says how the first line of
//! its case begins. What is in no case is the document's own text.

use std::ops::Range;

use super::catalog::{CaseEntry, CasePlace};
use super::compilation;
use super::editor;
use super::front;
use super::headings;
use super::lines::{Line, line_that_begins};
use super::reading::{Draft, Findings, Material};
use super::tree;
use super::whole;
use super::words::{EntryMistake, Misquote};
use crate::case::{Basis, Block, Completeness, Confidence, Lines, Org, Part, Reader, Title};
use crate::formats::Role;
use crate::language::Sentence;

/// A case that an entry marks off, by places among the lines of the page.
struct Extent<'a> {
    entry: &'a CaseEntry,
    start: usize,
    /// Where it ends, if the entry says so.
    end: Option<usize>,
    title_lines: usize,
}

/// The cases that the catalog marks off, if it marks off any.
pub(super) fn read(material: Material<'_>) -> Option<Findings> {
    let page = material.page;
    let entries = material.entry.map_or(&[][..], |entry| &entry.cases);
    if !entries
        .iter()
        .any(|entry| matches!(entry.place, CasePlace::Lines { .. }))
    {
        return None;
    }
    let mut reading = Findings::default();
    let extents = extents(material, entries, &mut reading);
    if extents.is_empty() {
        return Some(Findings {
            errors: reading.errors,
            ..whole::read(material)
        });
    }
    for (at, extent) in extents.iter().enumerate() {
        let next = extents.get(at + 1);
        let end = next.map_or(page.lines.len(), |next| next.start);
        let end = extent.end.map_or(end, |own| own.min(end));
        take(material, extent, end, &mut reading);
    }
    reading.claim_rest(page, Part::Own);
    let count = extents.len();
    reading.basis = Basis {
        reader: Reader::Catalog,
        confidence: Confidence::High,
        why: Sentence::new(
            format!("编目写明 {count} 个案例的起止"),
            format!("the catalog marks off {count} cases"),
        ),
    };
    Some(reading)
}

/// The cases that the entries mark off, in the order of the document.
fn extents<'a>(
    material: Material<'a>,
    entries: &'a [CaseEntry],
    reading: &mut Findings,
) -> Vec<Extent<'a>> {
    let page = material.page;
    let mut extents: Vec<Extent<'_>> = Vec::new();
    for entry in entries {
        let CasePlace::Lines {
            start,
            end,
            title_lines,
        } = &entry.place
        else {
            continue;
        };
        let taken = |line| extents.iter().any(|other: &Extent<'_>| other.start == line);
        let mut place = |text: &str, found: Result<usize, Misquote>| {
            let mistake = |wrong| EntryMistake::Border {
                line: text.to_owned(),
                wrong,
            };
            found
                .map_err(|wrong| reading.errors.push(mistake(wrong)))
                .ok()
        };
        let first = place(start, line_that_begins(page, start, taken));
        let after = end
            .as_deref()
            .and_then(|end| place(end, line_that_begins(page, end, |_| false)));
        if let Some(start) = first {
            let usual = usize::from(entry.title.is_none());
            extents.push(Extent {
                entry,
                start,
                end: after.filter(|after| *after > start),
                title_lines: title_lines.unwrap_or(usual),
            });
        }
    }
    extents.sort_by_key(|extent| extent.start);
    extents
}

/// Adds a case with its lines, up to but not including `end`.
fn take(material: Material<'_>, extent: &Extent<'_>, end: usize, reading: &mut Findings) {
    let Material { page, names, .. } = material;
    // What a page has around its text ends no case.
    let end = (extent.start + 1..end)
        .rev()
        .find(|&at| !front::is_furniture(page.line(at)))
        .map_or(extent.start + 1, |last| last + 1);
    let lines = &page.lines[extent.start..end];
    reading.claim_lines(lines, Part::Case);
    let body = (extent.start + extent.title_lines).min(end);
    let title = &page.lines[extent.start..body];
    let (org_lines, orgs) = orgs(material, body..end);
    let (category, area) = names.place(&orgs);
    let body: Vec<Line> = (body..end)
        .filter(|at| !org_lines.contains(at))
        .map(|at| page.lines[at])
        .collect();
    reading.cases.push(Draft {
        lines: Lines {
            first: lines[0].number,
            last: lines[lines.len() - 1].number,
            list: None,
        },
        category,
        area,
        group: None,
        year: None,
        completeness: Completeness::Full,
        title: (!title.is_empty())
            .then(|| Title::Printed(title.iter().map(|line| line.range).collect())),
        orgs,
        blocks: blocks(material, title, &body),
    });
    let entry = extent.entry;
    let case = reading.cases.len() - 1;
    editor::apply(material, entry, case, reading);
}

/// The lines below a title that name the responsible bodies, by their places, and the
/// bodies. They may take several lines, each but the last with a comma.
fn orgs(material: Material<'_>, below: Range<usize>) -> (Range<usize>, Vec<Org>) {
    let Material { page, names, .. } = material;
    let goes_on = |at: &usize| {
        let line = page.line(*at).strip_suffix('、');
        line.is_some_and(|line| names.is_org_line(line))
    };
    let last = below.start + below.clone().take_while(goes_on).count();
    if last > below.start && last < below.end && names.is_org_line(page.line(last)) {
        let lines = below.start..last + 1;
        let orgs = lines
            .clone()
            .flat_map(|at| names.orgs(page.line(at).trim_end_matches('、')));
        return (lines.clone(), orgs.collect());
    }
    let first = below.start;
    match tree::org_line(page, names, first) {
        Some((at, orgs)) if below.contains(&at) => return (at..at + 1, orgs),
        _ if below.is_empty() => return (first..first, Vec::new()),
        _ => {}
    }
    match compilation::bodies_at(page, names, first) {
        Some(orgs) => (first..first + 1, orgs),
        None => (first..first, Vec::new()),
    }
}

/// The blocks of a case below its title: with the headings that the format marks, or
/// with the numbered ones.
fn blocks(material: Material<'_>, title: &[Line], body: &[Line]) -> Vec<Block> {
    let page = material.page;
    let level = |line: &Line| match line.format.role {
        Role::Heading(level) => Some(level),
        _ => None,
    };
    let Some(highest) = body.iter().filter_map(level).min() else {
        return headings::blocks(page, body);
    };
    let above = title
        .first()
        .and_then(level)
        .filter(|above| *above < highest);
    headings::marked_blocks(page, body, above.unwrap_or(highest.saturating_sub(1)))
}
