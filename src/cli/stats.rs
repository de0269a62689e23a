//! `anli stats`: what a library holds, in numbers.

use std::sync::Arc;

use clap::Command;
use serde::Serialize;

use super::{Call, Failure, Outcome, Subcommand, arguments, complain, export, facts, ids};
use crate::case::Completeness;
use crate::export::analysis;
use crate::language::Labels;
use crate::stats::{self, Matrix, Stats, Tally};
use crate::topics;

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
    let (mut cases, outcome) = export::selected(&corpus, call)?;
    if !call.matches.contains_id("id") {
        // The text of a document outside of its cases is not a case.
        cases.retain(|case| case.case.completeness != Completeness::Rest);
    }
    let index = |case: &crate::case::CaseRef<'_>| corpus.find(&case.case.id.0);
    let indices: Vec<_> = cases.iter().filter_map(index).collect();
    let (rules, assigned) = facts::topics(&corpus);
    let stats = stats::of(&corpus, &indices, &topics::names(&rules, &assigned));
    if call.matches.get_flag("json") {
        call.output.json(&StatsObject::of(&stats))?;
    } else {
        let lines = analysis::stats(&stats, call.options.language);
        call.output.lines(&lines)?;
    }
    if cases.is_empty() {
        if corpus.is_empty() {
            complain(call.labels.answer.no_case);
        }
        return Ok(Outcome::Nothing);
    }
    Ok(outcome)
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
    median: serde_json::Number,
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
                median: stats.sizes.median.json(),
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
