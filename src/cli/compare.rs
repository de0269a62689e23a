//! `anli compare`: two or three cases side by side.

use std::ops::Range;

use clap::{Arg, Command};
use serde::Serialize;

use super::{Call, Failure, Outcome, Subcommand, arguments, ids, list};
use crate::case::{BlockKind, CaseRef};
use crate::cite::escape_markdown;
use crate::compare::{self, Comparison, FigureRow, Part, Row};
use crate::export::figures::{self as rows, Row as FigureOf};
use crate::figures::Found;
use crate::language::{Labels, Language};

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
        call.output.text(&markdown(&cases, &comparison, language))?;
    } else {
        print(&cases, &comparison, call)?;
    }
    Ok(outcome)
}

fn name(part: Part, language: Language) -> &'static str {
    match language {
        Language::Chinese => part.chinese(),
        Language::English => part.english(),
    }
}

/// Part by part, the cases below one another, for readers without a screen.
fn print(cases: &[CaseRef<'_>], comparison: &Comparison, call: &mut Call) -> Result<(), Failure> {
    let language = call.options.language;
    for row in &comparison.rows {
        call.output.part(name(row.part, language), true)?;
        call.output.end_line()?;
        for (case, cell) in cases.iter().zip(&row.cells) {
            let text: Vec<String> = cell
                .iter()
                .flat_map(|blocks| texts(*case, blocks))
                .collect();
            let id = case.case.id.0.as_str();
            if text.is_empty() {
                call.output.cells(&[id, call.labels.answer.no_such_part])?;
            }
            for line in text {
                call.output.cells(&[id, &line])?;
            }
        }
    }
    call.output.part(call.labels.answer.figures_heading, true)?;
    call.output.end_line()?;
    for row in &comparison.figures {
        let cells: Vec<String> = cases
            .iter()
            .zip(&row.cells)
            .map(|(case, cell)| quotes(*case, cell, "；"))
            .collect();
        let cells = std::iter::once(row.unit.as_str()).chain(cells.iter().map(String::as_str));
        call.output.cells(&cells.collect::<Vec<_>>())?;
    }
    Ok(())
}

/// A table with a column for each case.
fn markdown(cases: &[CaseRef<'_>], comparison: &Comparison, language: Language) -> String {
    let answer = &language.labels().answer;
    let titles = cases
        .iter()
        .map(|case| format!("{} {}", case.case.id, list::shown_title(*case)));
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let cell = |text: &str| escape_markdown(text).into_owned();
    let mut table = line(
        std::iter::once(String::new())
            .chain(titles.map(|title| cell(&title)))
            .collect(),
    );
    table += &format!("|{}\n", "---|".repeat(cases.len() + 1));
    for Row { part, cells } in &comparison.rows {
        let texts = cases.iter().zip(cells).map(|(case, blocks)| {
            let blocks = blocks.iter().flat_map(|blocks| texts(*case, blocks));
            blocks
                .map(|text| cell(&text))
                .collect::<Vec<_>>()
                .join("<br>")
        });
        table += &line(
            std::iter::once(name(*part, language).to_owned())
                .chain(texts)
                .collect(),
        );
    }
    for FigureRow { unit, cells } in &comparison.figures {
        let quotes = cases
            .iter()
            .zip(cells)
            .map(|(case, found)| cell(&quotes(*case, found, "；")));
        let head = format!("{} {unit}", answer.figures_heading);
        table += &line(std::iter::once(cell(&head)).chain(quotes).collect());
    }
    table
}

fn texts<'a>(case: CaseRef<'a>, blocks: &Range<usize>) -> impl Iterator<Item = String> + 'a {
    case.case.blocks[blocks.clone()]
        .iter()
        .map(move |block| case.block_text(block).into_owned())
}

/// Figures with what they count, as printed.
fn quotes(case: CaseRef<'_>, found: &[Found], separator: &str) -> String {
    let text: Vec<char> = case.text().chars().collect();
    let quotes = found.iter().map(|found| {
        let span = found.figure.span.start as usize..found.figure.span.end as usize;
        let quote: String = text[span].iter().collect();
        format!("{} {quote}", found.figure.counts)
    });
    quotes.collect::<Vec<_>>().join(separator)
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
