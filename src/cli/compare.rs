//! `anli compare`: two or three cases side by side.

use std::ops::Range;

use clap::{Arg, Command};
use serde::Serialize;

use super::{Call, Failure, Outcome, Subcommand, arguments, ids};
use crate::case::{BlockKind, CaseRef};
use crate::compare::{self, Comparison, FigureRow, Row};
use crate::export::analysis;
use crate::export::figures::{self as rows, Row as FigureOf};
use crate::language::Labels;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "compare",
    synopsis: "<ID> <ID> [ID]",
    about: |labels| labels.help.compare,
    heeds: &["seeds", "round", "juror"],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    let format = Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(["text", "md"])
        .hide_possible_values(true)
        .conflicts_with("json")
        .display_order(0)
        .help(labels.help.compare_format);
    command
        .arg(ids::argument(labels))
        .arg(format)
        .arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = call.library()?.corpus;
    let (cases, outcome) = ids::found(&corpus, call);
    if outcome == Outcome::Nothing {
        return Ok(outcome);
    }
    if !(2..=3).contains(&cases.len()) {
        return Err(Failure::Said(vec![
            call.labels.answer.compare_two.to_owned(),
        ]));
    }
    let comparison = compare::of(&cases);
    let language = call.options.language;
    if call.matches.get_flag("json") {
        call.output
            .json(&ComparisonObject::of(&cases, &comparison))?;
        return Ok(outcome);
    }
    let format = call.matches.get_one::<String>("format").map(String::as_str);
    if format == Some("md") {
        call.output.text(&analysis::comparison_markdown(
            &cases,
            &comparison,
            language,
        ))?;
    } else {
        call.output
            .lines(&analysis::comparison(&cases, &comparison, language))?;
    }
    Ok(outcome)
}

#[derive(Serialize)]
struct ComparisonObject<'a> {
    cases: Vec<&'a str>,
    rows: Vec<RowObject>,
    figures: Vec<FigureRowObject>,
}

#[derive(Serialize)]
struct RowObject {
    part: &'static str,
    cells: Vec<Vec<SectionObject>>,
}

/// A run of a case's text.
#[derive(Serialize)]
struct SectionObject {
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<String>,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct FigureRowObject {
    unit: String,
    cells: Vec<Vec<FigureOf>>,
}

impl<'a> ComparisonObject<'a> {
    fn of(cases: &[CaseRef<'a>], comparison: &Comparison) -> Self {
        let row = |row: &Row| RowObject {
            part: row.part.english(),
            cells: cases
                .iter()
                .zip(&row.cells)
                .map(|(case, cell)| cell.iter().map(|blocks| section(*case, blocks)).collect())
                .collect(),
        };
        let figures = |row: &FigureRow| FigureRowObject {
            unit: row.unit.clone(),
            cells: cases
                .iter()
                .zip(&row.cells)
                .map(|(case, cell)| rows::rows(*case, cell))
                .collect(),
        };
        Self {
            cases: cases.iter().map(|case| case.case.id.0.as_str()).collect(),
            rows: comparison.rows.iter().map(row).collect(),
            figures: comparison.figures.iter().map(figures).collect(),
        }
    }
}

fn section(case: CaseRef<'_>, blocks: &Range<usize>) -> SectionObject {
    let placed: Vec<(u32, u32)> = case
        .placed_blocks()
        .map(|(start, _, text)| (start, start + text.chars().count() as u32))
        .collect();
    let first = &case.case.blocks[blocks.start];
    let is_heading = matches!(first.kind, BlockKind::Heading { .. });
    SectionObject {
        heading: is_heading.then(|| case.block_text(first).into_owned()),
        start: placed[blocks.start].0,
        end: placed[blocks.end - 1].1,
    }
}
