//! A compilation (汇编): case after case in full. Nothing marks a case but its
//! head: title lines, and below them a line that names the responsible body.

use super::headings::{self, is_figure_caption};
use super::lines::{Page, ends_a_sentence, is_short};
use super::orgs::Names;
use super::reading::{Draft, Material, Reading};
use super::words::Oddity;
use crate::case::{Completeness, Lines, Part, Title};

/// The head of a case, by places among the lines of the page.
#[derive(Clone, Copy)]
struct Head {
    title: usize,
    org: usize,
}

/// Title lines of the longest head. The documents have one or two.
const TITLE_LINES: usize = 3;

/// The longest title line, in characters. The longest of the documents has 31.
const LONGEST: usize = 60;

pub(super) fn looks_like(material: Material<'_>) -> bool {
    !heads(material.page, material.names).is_empty()
}

pub(super) fn read(material: Material<'_>) -> Reading {
    let Material { page, names, .. } = material;
    let mut reading = Reading::default();
    let heads = heads(page, names);
    let first = heads.first().map_or(page.lines.len(), |head| head.title);
    if let Some(line) = page.lines[..first].first() {
        reading.warn(line.number, Oddity::TextBeforeFirstCase);
        reading.claim_lines(&page.lines[..first], Part::Furniture);
    }
    for (at, head) in heads.iter().enumerate() {
        let end = heads
            .get(at + 1)
            .map_or(page.lines.len(), |next| next.title);
        reading.claim_lines(&page.lines[head.title..end], Part::Case);
        let title = &page.lines[head.title..head.org];
        let orgs = names.orgs(page.line(head.org));
        let (category, area) = names.place(&orgs);
        reading.cases.push(Draft {
            lines: Lines {
                first: title[0].number,
                last: page.lines[end - 1].number,
                list: None,
            },
            category,
            area,
            completeness: Completeness::Full,
            title: Some(Title::Printed(
                title.iter().map(|line| line.range).collect(),
            )),
            orgs,
            blocks: headings::blocks(page, &page.lines[head.org + 1..end]),
        });
    }
    reading
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
        if below == page.lines.len() || names.is_org_line(page.line(below)) {
            continue;
        }
        let titles = (free..org).rev().take(TITLE_LINES);
        let titles = titles.take_while(|&at| is_title_line(page.line(at)));
        if let Some(title) = titles.last() {
            heads.push(Head { title, org });
            free = org + 1;
        }
    }
    heads
}

fn is_title_line(text: &str) -> bool {
    is_short(text, LONGEST)
        && !ends_a_sentence(text)
        && !text.ends_with(['：', ':', '，', ',', '、'])
        && !text.contains('。')
        && headings::mark(text).is_none()
        && !is_figure_caption(text)
}
