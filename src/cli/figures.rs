//! `anli figures`: the key figures of cases, as a table or for programs.

use std::sync::Arc;

use clap::{Arg, Command};

use super::{Call, Failure, Outcome, Subcommand, arguments, complain, export, ids};
use crate::export::figures::{self as rows, Row};
use crate::language::Labels;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "figures",
    synopsis: "[ID]...",
    about: |labels| labels.help.figures,
    heeds: &["seeds", "round", "juror", "state", "no-state"],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    let help = &labels.help;
    let format = Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(["csv", "md"])
        .hide_possible_values(true)
        .conflicts_with("json")
        .display_order(0)
        .help(help.figures_format);
    command
        .arg(ids::argument(labels).required(false).num_args(0..))
        .arg(export::query_option(help))
        .arg(format)
        .arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = Arc::new(call.library()?.corpus);
    let (cases, outcome) = export::selected(&corpus, call)?;
    let rows: Vec<Row> = cases.iter().flat_map(|&case| rows::of_case(case)).collect();
    let format = call.matches.get_one::<String>("format").map(String::as_str);
    let language = call.options.language;
    match format {
        _ if call.matches.get_flag("json") => {
            for row in &rows {
                call.output.json(row)?;
            }
        }
        Some("csv") => rows::write_csv(rows.iter(), call.output.for_gated_text())?,
        Some(_) => rows::write_markdown(rows.iter(), language, call.output.for_gated_text())?,
        None => {
            for row in &rows {
                let cells = row.cells(language);
                call.output.cells(&cells.each_ref().map(String::as_str))?;
            }
        }
    }
    if rows.is_empty() && !cases.is_empty() {
        complain(call.labels.answer.no_figures);
        return Ok(Outcome::Nothing);
    }
    Ok(outcome)
}
