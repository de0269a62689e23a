//! `anli figures`: the key figures of cases, as a table or for programs.

use std::borrow::Cow;
use std::sync::Arc;

use clap::{Arg, Command};
use serde::Serialize;

use super::{Call, Failure, Outcome, Subcommand, arguments, complain, export, ids};
use crate::case::CaseRef;
use crate::export::csv;
use crate::figures::{self, Found};
use crate::language::{Labels, Language};

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "figures",
    synopsis: "[ID]...",
    about: |labels| labels.help.figures,
    heeds: &["seeds", "state", "no-state"],
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
    let rows: Vec<FigureObject> = cases.iter().flat_map(|&case| of_case(case)).collect();
    let format = call.matches.get_one::<String>("format").map(String::as_str);
    let cells = |row: &FigureObject| row.cells(call.options.language);
    match format {
        _ if call.matches.get_flag("json") => {
            for row in &rows {
                call.output.json(row)?;
            }
        }
        Some("csv") => {
            let sink = call.output.for_gated_text();
            csv::write_record(&COLUMNS.map(Cow::Borrowed), sink)?;
            for row in &rows {
                csv::write_record(&row.columns().map(Cow::Owned), sink)?;
            }
        }
        Some(_) => {
            let heads = call.labels.answer.figure_columns;
            call.output.line(&format!("| {} |", heads.join(" | ")))?;
            call.output
                .line(&format!("|{}", "---|".repeat(heads.len())))?;
            for row in &rows {
                let cells = cells(row).map(|cell| crate::cite::escape_markdown(&cell).into_owned());
                call.output.line(&format!("| {} |", cells.join(" | ")))?;
            }
        }
        None => {
            for row in &rows {
                let cells = cells(row);
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

/// The columns of the CSV, which are the keys of the JSON.
const COLUMNS: [&str; 13] = [
    "case", "quote", "start", "end", "value", "value_to", "unit", "counts", "approx", "kind",
    "sentence", "line", "again",
];

/// One figure in JSON. The order of the fields is the order of the keys.
#[derive(Serialize)]
struct FigureObject {
    case: String,
    quote: String,
    start: u32,
    end: u32,
    value: serde_json::Number,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_to: Option<serde_json::Number>,
    unit: String,
    counts: String,
    approx: &'static str,
    kind: &'static str,
    sentence: String,
    line: u32,
    again: bool,
    /// The kind in Chinese, for people.
    #[serde(skip)]
    chinese: &'static str,
}

fn of_case(case: CaseRef<'_>) -> Vec<FigureObject> {
    let text: Vec<char> = case.text().chars().collect();
    let cut = |range: &std::ops::Range<u32>| -> String {
        text[range.start as usize..range.end as usize]
            .iter()
            .collect()
    };
    let object = |Found { figure, line }: Found| FigureObject {
        case: case.case.id.0.clone(),
        quote: cut(&figure.span),
        start: figure.span.start,
        end: figure.span.end,
        value: figure.value.json(),
        value_to: figure.value_to.map(figures::Decimal::json),
        approx: figure.precision.name(),
        kind: figure.kind.name(),
        chinese: figure.kind.chinese(),
        sentence: cut(&figure.sentence),
        unit: figure.unit,
        counts: figure.counts,
        line,
        again: figure.again,
    };
    figures::of_case(case).into_iter().map(object).collect()
}

impl FigureObject {
    /// Id, figure, what it counts, kind, sentence.
    fn cells(&self, language: Language) -> [String; 5] {
        let kind = match language {
            Language::Chinese => self.chinese,
            Language::English => self.kind,
        };
        [
            self.case.clone(),
            self.quote.clone(),
            self.counts.clone(),
            kind.to_owned(),
            self.sentence.clone(),
        ]
    }

    fn columns(&self) -> [String; 13] {
        let to = self.value_to.as_ref();
        [
            self.case.clone(),
            self.quote.clone(),
            self.start.to_string(),
            self.end.to_string(),
            self.value.to_string(),
            to.map(ToString::to_string).unwrap_or_default(),
            self.unit.clone(),
            self.counts.clone(),
            self.approx.to_owned(),
            self.kind.to_owned(),
            self.sentence.clone(),
            self.line.to_string(),
            self.again.to_string(),
        ]
    }
}
