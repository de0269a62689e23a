//! Cases beside one another: sections of the same role, and figures of the same
//! unit, face each other. Cases in, values out.

use std::ops::Range;

use crate::case::CaseRef;
use crate::case::role::{self, Role};
use crate::figures::{self, Found};
use crate::language::Language;
use crate::text::script;

/// What the sections of a row are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Text before the first heading.
    Opening,
    Role(Role),
    /// 启示, 体会
    Lessons,
    /// Sections whose headings name nothing of these.
    Rest,
}

impl Part {
    /// The name in Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Opening => "概述",
            Self::Role(role) => role.chinese(),
            Self::Lessons => "启示",
            Self::Rest => "其他",
        }
    }

    /// The name in JSON and English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Role(role) => role.english(),
            Self::Lessons => "lessons",
            Self::Rest => "other",
        }
    }

    /// The name in a language.
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.chinese(),
            Language::English => self.english(),
        }
    }
}

/// Sections that face each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub part: Part,
    /// For every case, the runs of its blocks that belong here, in reading
    /// order; none where it has no such section.
    pub cells: Vec<Vec<Range<usize>>>,
}

/// Figures that face each other: of one unit, and where two cases count the same,
/// of that.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRow {
    /// In one form: 元, 平方米.
    pub unit: String,
    /// For every case its figures, in reading order, without repeated facts.
    pub cells: Vec<Vec<Found>>,
}

/// Two or more cases side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// In the order in which a case usually has them; every block of every case
    /// is in exactly one.
    pub rows: Vec<Row>,
    /// Units that all cases share first, then by what they measure.
    pub figures: Vec<FigureRow>,
}

/// Sets cases side by side, in the order given.
pub fn of(cases: &[CaseRef<'_>]) -> Comparison {
    let parts: Vec<Vec<(Part, Range<usize>)>> = cases.iter().map(|case| parts(*case)).collect();
    let mut kinds: Vec<Part> = parts.iter().flatten().map(|(part, _)| *part).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let rows = kinds.into_iter().map(|part| Row {
        part,
        cells: parts
            .iter()
            .map(|of_case| {
                let here = of_case.iter().filter(|(other, _)| *other == part);
                here.map(|(_, blocks)| blocks.clone()).collect()
            })
            .collect(),
    });
    Comparison {
        rows: rows.collect(),
        figures: figures(cases),
    }
}

/// The sections of a case, by their headings of the first level that occurs.
fn parts(case: CaseRef<'_>) -> Vec<(Part, Range<usize>)> {
    let blocks = &case.case.blocks;
    let level = |at: usize| Some(case.heading(&blocks[at])?.0);
    let top = (0..blocks.len()).filter_map(level).min();
    let starts: Vec<usize> = (0..blocks.len())
        .filter(|&at| top.is_some() && level(at) == top)
        .collect();
    let first = starts.first().copied().unwrap_or(blocks.len());
    let mut parts = Vec::new();
    if first > 0 {
        parts.push((Part::Opening, 0..first));
    }
    for (number, &start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(blocks.len());
        let heading = script::to_simplified(&case.block_text(&blocks[start])).into_owned();
        let part = match role::of(&heading).iter().next() {
            Some(role) => Part::Role(role),
            None if ["启示", "体会"].iter().any(|word| heading.contains(word)) => Part::Lessons,
            None => Part::Rest,
        };
        parts.push((part, start..end));
    }
    parts
}

fn figures(cases: &[CaseRef<'_>]) -> Vec<FigureRow> {
    let found: Vec<Vec<Found>> = cases
        .iter()
        .map(|case| {
            let figures = figures::of_case(*case).into_iter();
            figures.filter(|found| !found.figure.again).collect()
        })
        .collect();
    let mut units: Vec<(&str, figures::Kind)> = found
        .iter()
        .flatten()
        .map(|found| (found.figure.unit.as_str(), found.figure.kind))
        .collect();
    units.sort_by_key(|&(unit, kind)| (kind, unit));
    units.dedup();
    let mut rows: Vec<FigureRow> = units
        .into_iter()
        .map(|(unit, _)| FigureRow {
            unit: unit.to_owned(),
            cells: found
                .iter()
                .map(|of_case| {
                    let here = of_case.iter().filter(|found| found.figure.unit == unit);
                    here.cloned().collect()
                })
                .collect(),
        })
        .collect();
    rows.sort_by_key(|row| row.cells.iter().filter(|cell| cell.is_empty()).count());
    rows
}
