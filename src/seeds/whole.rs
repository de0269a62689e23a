//! A document in which no reader found cases: one entry with all of its text, under
//! its full title.

use super::front;
use super::headings;
use super::lines::Line;
use super::reading::{Draft, Findings, Material};
use super::words::Oddity;
use crate::case::{Basis, Completeness, Confidence, Lines, Part, Reader, TextRange, Title};
use crate::language::Sentence;

pub(super) fn read(material: Material<'_>) -> Findings {
    let page = material.page;
    let mut reading = Findings::default();
    let (Some(first), Some(last)) = (page.lines.first(), page.lines.last()) else {
        reading.warn(1, Oddity::EmptyDocument);
        return reading;
    };
    let title = material.title();
    let repeated = front::repeated(page, &title).map(|line| line.number);
    let is_title = |at: usize| title.contains(&at);
    let is_around = |at: usize| !is_title(at) && front::is_furniture(page.line(at));
    // A page of nothing else keeps it.
    let is_bare = (0..page.lines.len()).all(|at| is_title(at) || is_around(at));
    let mut body: Vec<Line> = Vec::with_capacity(page.lines.len());
    for (at, line) in page.lines.iter().enumerate() {
        let is_repeated = Some(line.number) == repeated;
        if is_repeated || !is_bare && is_around(at) {
            reading.claim(line.range, Part::Furniture);
            continue;
        }
        reading.claim(line.range, Part::Case);
        if !is_title(at) {
            body.push(*line);
        }
    }
    let printed = title.clone().next().map(|start| {
        let end = page.lines[title.end - 1].range.end;
        TextRange {
            start: page.lines[start].range.start,
            end,
        }
    });
    reading.cases.push(Draft {
        lines: Lines {
            first: first.number,
            last: last.number,
            list: None,
        },
        category: None,
        area: None,
        group: None,
        year: None,
        completeness: Completeness::Whole,
        title: printed.map(|range| Title::Printed(vec![range])),
        orgs: Vec::new(),
        blocks: headings::document_blocks(page, &body),
    });
    reading.basis = Basis {
        reader: Reader::Whole,
        confidence: if printed.is_some() {
            Confidence::Medium
        } else {
            Confidence::Low
        },
        why: Sentence::new(
            "未见案例版式的标志，整篇作为一份文件",
            "no signs of a layout of cases; the document is kept whole",
        ),
    };
    reading
}
