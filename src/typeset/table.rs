//! Tables on a page. A row of a table is one line of text, its cells parted by tabs
//! ([`BlockKind::Row`]).

use std::ops::Range;

use super::Setting;
use crate::case::{BlockKind, CaseRef};
use crate::text::width::{self, Ambiguous};
use crate::text::wrap::Gap;

/// Rows in succession with the same head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// Its rows, by their indices among the case's blocks.
    pub blocks: Range<usize>,
    /// The row that names the columns, if one does.
    pub head: Option<usize>,
    /// The column of the page at which each column of the table begins; `None` where it
    /// is wider than the page.
    pub starts: Option<Vec<u16>>,
}

/// The tables of a case, in order.
pub(super) fn tables(case: CaseRef<'_>, setting: &Setting) -> Vec<Table> {
    let blocks = &case.case.blocks;
    let head = |at: usize| match blocks[at].kind {
        BlockKind::Row { head } => Some(head),
        _ => None,
    };
    let mut tables = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let Some(of_first) = head(at) else {
            at += 1;
            continue;
        };
        let goes_on = |next: &usize| {
            // A row that is a head of its own begins another table.
            head(*next) == Some(of_first) || of_first == Some(blocks[*next].range)
        };
        let end = (at + 1..blocks.len())
            .take_while(goes_on)
            .last()
            .map_or(at + 1, |last| last + 1);
        let head = (at..end).find(|&row| of_first == Some(blocks[row].range));
        let texts = (at..end).map(|row| case.block_text(&blocks[row]));
        let shown: Vec<String> = texts
            .map(|text| setting.script.show(&text).into_owned())
            .collect();
        tables.push(Table {
            blocks: at..end,
            head,
            starts: starts(&shown, setting),
        });
        at = end;
    }
    tables
}

/// Where the columns of a table begin on a page, if all of it fits.
fn starts(rows: &[String], setting: &Setting) -> Option<Vec<u16>> {
    let mut widths: Vec<u16> = Vec::new();
    for row in rows {
        for (column, cell) in cells(row).enumerate() {
            let width = width::of_str(&row[cell], setting.ambiguous);
            match widths.get_mut(column) {
                Some(widest) => *widest = (*widest).max(width),
                None => widths.push(width),
            }
        }
    }
    let mut starts = Vec::with_capacity(widths.len());
    let mut start = 0_u16;
    for width in &widths {
        starts.push(start);
        start = start.saturating_add(*width).saturating_add(width::TAB);
    }
    (start.saturating_sub(width::TAB) <= setting.columns).then_some(starts)
}

/// The gaps after the tabs of a row that put its cells where their columns begin.
pub(super) fn gaps(row: &str, starts: &[u16], ambiguous: Ambiguous) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut column = 0_u16;
    for (cell, &start) in cells(row).zip(starts) {
        // What follows the last cell that has text is not drawn.
        if start > column && !row[cell.clone()].trim().is_empty() {
            gaps.push(Gap {
                byte: cell.start,
                columns: start - column,
            });
            column = start;
        }
        column += width::of_str(&row[cell], ambiguous) + width::TAB;
    }
    gaps
}

/// The cells of a row, in bytes.
pub(super) fn cells(row: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    row.split('\t').map(move |cell| {
        let range = start..start + cell.len();
        start = range.end + 1;
        range
    })
}

/// What is before a cell that has a row of its own.
pub(super) fn label(name: &str) -> String {
    let name: String = name.split_whitespace().collect();
    format!("{name}：")
}
