//! `anli stats`: what a library holds, in numbers.

use std::sync::Arc;

use clap::Command;
use serde::Serialize;

use super::{Call, Failure, Outcome, Subcommand, arguments, complain, export, facts, ids};
use crate::language::Labels;
use crate::stats::{self, Matrix, Sizes, Stats, Tally};

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "stats",
    synopsis: "[ID]...",
    about: |labels| labels.help.stats,
    heeds: &["seeds", "round", "juror", "state", "no-state"],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    command
        .arg(ids::argument(labels).required(false).num_args(0..))
        .arg(export::query_option(&labels.help))
        .arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = Arc::new(call.library()?.corpus);
    let (cases, outcome) = export::selected(&corpus, call)?;
    let index = |case: &crate::case::CaseRef<'_>| corpus.find(&case.case.id.0);
    let indices: Vec<_> = cases.iter().filter_map(index).collect();
    let (rules, assigned) = facts::topics(&corpus);
    let stats = stats::of(&corpus, &indices, &facts::topic_names(&rules, &assigned));
    if call.matches.get_flag("json") {
        call.output.json(&StatsObject::of(&stats))?;
    } else {
        print(&stats, call)?;
    }
    if cases.is_empty() {
        if corpus.is_empty() {
            complain(call.labels.answer.no_case);
        }
        return Ok(Outcome::Nothing);
    }
    Ok(outcome)
}

/// Tables below one another, a tab between cells.
fn print(stats: &Stats, call: &mut Call) -> Result<(), Failure> {
    let words = &call.labels.stats;
    let number = |number: u32| number.to_string();
    call.output.cells(&[words.cases, &number(stats.cases)])?;
    call.output
        .cells(&[words.documents, &number(stats.documents)])?;
    call.output
        .cells(&[words.characters, &stats.sizes.total.to_string()])?;
    let Sizes {
        shortest,
        median,
        longest,
        ..
    } = stats.sizes;
    let lengths = [shortest, median, longest].map(number);
    call.output
        .cells(&[words.lengths, &lengths[0], &lengths[1], &lengths[2]])?;
    let tables = [
        (words.years, &stats.years),
        (words.categories, &stats.categories),
        (words.areas, &stats.areas),
        (words.kinds, &stats.kinds),
        (words.topics, &stats.topics),
        (words.folders, &stats.folders),
        (words.sources, &stats.sources),
    ];
    for (head, tallies) in tables {
        call.output.end_line()?;
        call.output.part(head, true)?;
        call.output.end_line()?;
        for tally in tallies {
            call.output
                .cells(&[shown(tally, words.none), &number(tally.cases)])?;
        }
    }
    for (head, matrix) in [
        (words.by_category, &stats.by_category),
        (words.by_area, &stats.by_area),
    ] {
        print_matrix(head, matrix, call)?;
    }
    call.output.end_line()?;
    call.output.part(words.sizes, true)?;
    call.output.end_line()?;
    for step in &stats.sizes.steps {
        let range = match step.to {
            Some(to) => format!("{}–{}", step.from, to - 1),
            None => format!("≥ {}", step.from),
        };
        call.output.cells(&[&range, &number(step.cases)])?;
    }
    Ok(())
}

fn print_matrix(head: &str, matrix: &Matrix, call: &mut Call) -> Result<(), Failure> {
    let words = &call.labels.stats;
    call.output.end_line()?;
    call.output.part(head, true)?;
    call.output.end_line()?;
    let heads = matrix
        .columns
        .iter()
        .map(|column| shown(column, words.none));
    let heads = std::iter::once("").chain(heads).chain([words.total]);
    call.output.cells(&heads.collect::<Vec<_>>())?;
    for (row, counts) in matrix.rows.iter().zip(&matrix.cells) {
        let counts: Vec<String> = counts
            .iter()
            .chain([&row.cases])
            .map(u32::to_string)
            .collect();
        let cells =
            std::iter::once(shown(row, words.none)).chain(counts.iter().map(String::as_str));
        call.output.cells(&cells.collect::<Vec<_>>())?;
    }
    Ok(())
}

fn shown<'a>(tally: &'a Tally, none: &'a str) -> &'a str {
    tally.value.as_deref().unwrap_or(none)
}

/// The counts in JSON. The order of the fields is the order of the keys.
#[derive(Serialize)]
struct StatsObject<'a> {
    cases: u32,
    documents: u32,
    years: Vec<TallyObject<'a>>,
    categories: Vec<TallyObject<'a>>,
    areas: Vec<TallyObject<'a>>,
    kinds: Vec<TallyObject<'a>>,
    topics: Vec<TallyObject<'a>>,
    folders: Vec<TallyObject<'a>>,
    sources: Vec<TallyObject<'a>>,
    year_by_category: MatrixObject<'a>,
    year_by_area: MatrixObject<'a>,
    sizes: SizesObject,
}

/// `null` where the documents give no value.
#[derive(Serialize)]
struct TallyObject<'a> {
    value: Option<&'a str>,
    cases: u32,
}

#[derive(Serialize)]
struct MatrixObject<'a> {
    rows: Vec<Option<&'a str>>,
    columns: Vec<Option<&'a str>>,
    cells: &'a [Vec<u32>],
}

#[derive(Serialize)]
struct SizesObject {
    total: u64,
    shortest: u32,
    median: u32,
    longest: u32,
    steps: Vec<StepObject>,
}

#[derive(Serialize)]
struct StepObject {
    from: u32,
    to: Option<u32>,
    cases: u32,
}

impl<'a> StatsObject<'a> {
    fn of(stats: &'a Stats) -> Self {
        let tallies = |tallies: &'a [Tally]| {
            let tally = |tally: &'a Tally| TallyObject {
                value: tally.value.as_deref(),
                cases: tally.cases,
            };
            tallies.iter().map(tally).collect()
        };
        let values =
            |tallies: &'a [Tally]| tallies.iter().map(|tally| tally.value.as_deref()).collect();
        let matrix = |matrix: &'a Matrix| MatrixObject {
            rows: values(&matrix.rows),
            columns: values(&matrix.columns),
            cells: &matrix.cells,
        };
        Self {
            cases: stats.cases,
            documents: stats.documents,
            years: tallies(&stats.years),
            categories: tallies(&stats.categories),
            areas: tallies(&stats.areas),
            kinds: tallies(&stats.kinds),
            topics: tallies(&stats.topics),
            folders: tallies(&stats.folders),
            sources: tallies(&stats.sources),
            year_by_category: matrix(&stats.by_category),
            year_by_area: matrix(&stats.by_area),
            sizes: SizesObject {
                total: stats.sizes.total,
                shortest: stats.sizes.shortest,
                median: stats.sizes.median,
                longest: stats.sizes.longest,
                steps: stats
                    .sizes
                    .steps
                    .iter()
                    .map(|step| StepObject {
                        from: step.from,
                        to: step.to,
                        cases: step.cases,
                    })
                    .collect(),
            },
        }
    }
}
