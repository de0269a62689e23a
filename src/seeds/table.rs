//! A table of cases: a row a case, under a row that names the columns.
//!
//! | the table is | a row is |
//! |---|---|
//! | run out, one cell a line, as text copied from a page or a PDF is | the lines from one number to the next |
//! | parted by tabs or by several spaces, or a format's own | one line |
//!
//! What the columns are for is read from their names (案例名称, 申报单位, 主要做法) and
//! from what they hold: the longest cells are the text, names of bodies the orgs.

use super::cells::{self, Row};
use super::front;
use super::lines::{Page, ends_a_sentence};
use super::orgs::Names;
use super::reading::{Draft, Findings, Material, paragraph};
use crate::case::{Basis, Block, BlockKind, Completeness, Confidence, Lines, Part, Reader, Title};
use crate::language::Sentence;

/// A table has at least so many rows.
const LEAST: usize = 3;

/// The least share of the document's characters that a table of cases must have.
const SHARE: f64 = 0.3;

/// What each column is for, by place.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    number: Option<usize>,
    title: usize,
    org: Option<usize>,
    text: Option<usize>,
}

/// The cases of a table, if the document is one.
pub(super) fn read(material: Material<'_>) -> Option<Findings> {
    let Material { page, names, .. } = material;
    let table = cells::run_out(page, names)
        .or_else(|| {
            cells::run_out_unnumbered(page, names).filter(|table| table.rows.len() >= LEAST)
        })
        .or_else(|| cells::parted(page))?;
    if table.rows.len() < LEAST {
        return None;
    }
    let columns = columns(page, names, &table)?;
    let first = table.rows[0].places.first().copied().unwrap_or(0);
    let above = (0..first).chain(table.groups.iter().copied());
    if !above.map(|at| page.line(at)).any(front::speaks_of_cases) {
        return None;
    }
    let places = table.rows.iter().flat_map(|row| row.places.clone());
    if page.share(places) < SHARE {
        return None;
    }
    let mut reading = Findings::default();
    for row in &table.rows {
        take(material, &mut reading, &table, row, columns);
    }
    for &place in table.heads.iter().chain(&table.groups) {
        reading.claim(page.lines[place].range, Part::ListEntry);
    }
    reading.claim_rest(page, Part::Own);
    let rows = table.rows.len();
    let names_columns = !table.heads.is_empty();
    reading.basis = Basis {
        reader: Reader::Table,
        confidence: if names_columns && columns.org.is_some() {
            Confidence::High
        } else {
            Confidence::Medium
        },
        why: Sentence::new(
            format!("表格 {rows} 行，每行 {} 栏", table.width),
            format!("a table of {rows} rows with {} columns", table.width),
        ),
    };
    Some(reading)
}

fn take(
    material: Material<'_>,
    reading: &mut Findings,
    table: &cells::Table,
    row: &Row,
    columns: Columns,
) {
    let Material { page, names, .. } = material;
    let cell = |at: usize| row.cells.get(at).map_or(&[][..], Vec::as_slice);
    for &place in &row.places {
        reading.claim(page.lines[place].range, Part::Case);
    }
    let orgs: Vec<_> = columns
        .org
        .map_or(&[][..], cell)
        .iter()
        .flat_map(|range| names.orgs_of_cell(page.slice(*range)))
        .collect();
    let group = row.group.map(|place| page.lines[place].range);
    let (category, area) = names.place_in_group(&orgs, group.map(|range| page.slice(range)));
    let title = cell(columns.title);
    let list = title.first().or_else(|| row.cells.iter().flatten().next());
    let mut blocks = Vec::new();
    if let Some(text) = columns.text {
        blocks.extend(cell(text).iter().map(|range| paragraph(*range)));
    }
    let known = [
        columns.number,
        Some(columns.title),
        columns.org,
        columns.text,
    ];
    for at in (0..row.cells.len()).filter(|at| !known.contains(&Some(*at))) {
        let head = table.names.get(at).copied();
        blocks.extend(cell(at).iter().map(|range| Block {
            kind: head.map_or(BlockKind::Paragraph, |head| BlockKind::Field { head }),
            range: *range,
        }));
    }
    let number = |place: usize| page.lines[place].number;
    let first = row.places.first().copied().unwrap_or_default();
    let last = row.places.last().copied().unwrap_or_default();
    reading.cases.push(Draft {
        lines: Lines {
            first: number(first),
            last: number(last),
            list: list.map(|range| page.number_at(range.start as usize)),
        },
        category,
        area,
        group,
        year: None,
        completeness: if columns.text.is_some() {
            Completeness::Abstract
        } else {
            Completeness::Entry
        },
        title: (!title.is_empty()).then(|| Title::Printed(title.to_vec())),
        orgs,
        blocks,
    });
}

const TITLES: [&str; 12] = [
    "名称", "案例", "经验", "举措", "项目", "题目", "标题", "事项", "成果", "做法", "课题", "典型",
];
const ORGS: [&str; 9] = [
    "单位", "部门", "机构", "主体", "地区", "责任", "牵头", "报送", "申报",
];
const TEXTS: [&str; 14] = [
    "内容", "做法", "简介", "介绍", "概述", "摘要", "说明", "措施", "情况", "成效", "亮点", "描述",
    "概况", "要点",
];

/// What the columns are for; `None` where they are no cases'.
fn columns(page: &Page<'_>, names: &Names, table: &cells::Table) -> Option<Columns> {
    let head = |at: usize| -> String {
        let name = table.names.get(at).map_or("", |range| page.slice(*range));
        name.split_whitespace().collect()
    };
    let named = |at: usize, words: &[&str]| words.iter().any(|word| head(at).contains(word));
    let texts = |at: usize| {
        let rows = table.rows.iter().filter_map(move |row| row.cells.get(at));
        rows.flatten().map(|range| page.slice(*range))
    };
    let share = |at: usize, is: &dyn Fn(&str) -> bool| {
        let found = texts(at).filter(|text| is(text)).count();
        found as f64 / table.rows.len().max(1) as f64
    };
    let width = |at: usize| {
        let characters: usize = texts(at).map(|text| text.chars().count()).sum();
        characters / table.rows.len().max(1)
    };
    let mut free: Vec<usize> = (0..table.width).collect();
    let number = free
        .iter()
        .copied()
        .find(|&at| cells::is_number_head(&head(at)));
    free.retain(|&at| Some(at) != number);
    let is_text = |at: &usize| width(*at) >= 20 && share(*at, &|text| ends_a_sentence(text)) >= 0.5;
    let text = free
        .iter()
        .copied()
        .filter(is_text)
        .max_by_key(|&at| (width(at), named(at, &TEXTS)));
    free.retain(|&at| Some(at) != text);
    let is_org = |at: &usize| {
        let found = share(*at, &|text| names.are_orgs(text));
        found >= 0.7 || found >= 0.4 && named(*at, &ORGS)
    };
    let org = free
        .iter()
        .copied()
        .filter(is_org)
        .max_by_key(|&at| (named(at, &ORGS), std::cmp::Reverse(at)));
    free.retain(|&at| Some(at) != org);
    // Figures and dates are no titles.
    free.retain(|&at| {
        share(at, &|text| {
            text.chars().filter(|c| c.is_alphabetic()).count() > 2
        }) > 0.6
    });
    let title = free
        .iter()
        .copied()
        .find(|&at| named(at, &TITLES))
        .or_else(|| table.names.is_empty().then(|| free.first().copied())?)
        .or_else(|| text.and(free.first().copied()))?;
    // Without a column of orgs or of text it is any table.
    (org.is_some() || text.is_some()).then_some(Columns {
        number,
        title,
        org,
        text,
    })
}
