//! `anli list`: every case, in reading order or another one.

use clap::{Arg, ArgAction, Command};

use super::output::Output;
use super::{Call, Failure, Outcome, Subcommand, arguments, complain};
use crate::app::list;
use crate::app::order::Order;
use crate::app::work::Measures;
use crate::case::{CaseRef, Completeness};
use crate::corpus::CaseIndex;
use crate::export::analysis::title;
use crate::language::Labels;
use crate::record::CaseRecord;
use crate::text::width;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "list",
    synopsis: "",
    about: |labels| labels.help.list,
    heeds: &["seeds", "round", "juror"],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    let sort = Arg::new("sort")
        .long("sort")
        .value_name("ORDER")
        .value_parser(Order::ALL.map(Order::name))
        .hide_possible_values(true)
        .help(labels.help.sort);
    let all = Arg::new("all")
        .long("all")
        .action(ArgAction::SetTrue)
        .help(labels.help.list_all);
    command.arg(arguments::json(labels)).arg(sort).arg(all)
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = call.library()?.corpus;
    let all = call.matches.get_flag("all");
    let order = call
        .matches
        .get_one::<String>("sort")
        .and_then(|name| Order::named(name))
        .unwrap_or_default();
    let measures = order.is_measured().then(|| Measures::of(&corpus));
    let (hits, _) = order.sorted(list::all(&corpus), &corpus, measures.as_ref());
    let mut cases: Vec<CaseRef> = hits.iter().map(|hit| corpus.get(hit.case)).collect();
    if all {
        let first = corpus.cases.len();
        let rest = (first..first + corpus.rest.len()).map(|at| CaseIndex(at as u32));
        cases.extend(rest.map(|index| corpus.get(index)));
    } else {
        cases.retain(|case| case.case.completeness != Completeness::Rest);
    }
    if call.matches.get_flag("json") {
        for &case in &cases {
            call.output.json(&CaseRecord::of(case))?;
        }
    } else {
        let rows: Vec<[String; 5]> = cases.iter().map(|&case| row(case)).collect();
        match call.output.columns() {
            Some(columns) => table(call.output, &rows, columns)?,
            None => rows
                .iter()
                .try_for_each(|row| call.output.cells(&row.each_ref().map(String::as_str)))?,
        }
    }
    Ok(if cases.is_empty() {
        complain(call.labels.answer.no_case);
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}

/// Id, year, category, title, orgs.
fn row(case: CaseRef) -> [String; 5] {
    let year = case.case.year.map(|year| year.to_string());
    let category = case
        .case
        .category
        .map(|category| category.name().to_owned());
    [
        case.case.id.to_string(),
        year.unwrap_or_default(),
        category.unwrap_or_default(),
        title(case),
        case.orgs(),
    ]
}

/// Straight columns for a screen. What the short columns leave is shared by
/// title and orgs; orgs never take more than a third of it.
fn table(output: &mut Output, rows: &[[String; 5]], columns: u16) -> Result<(), Failure> {
    const GAP: u16 = 2;
    let ambiguous = output.ambiguous();
    let widest = |column: usize| {
        let widths = rows
            .iter()
            .map(|row| width::of_str(&row[column], ambiguous));
        widths.max().unwrap_or(0)
    };
    let short = [widest(0), widest(1), widest(2)];
    let rest = columns.saturating_sub(short.iter().sum::<u16>() + 4 * GAP);
    let orgs = widest(4).min(rest / 3);
    let [id, year, category] = short;
    let widths = [id, year, category, rest - orgs, orgs];
    for row in rows {
        let cells = row.iter().zip(widths);
        let line: Vec<String> = cells
            .map(|(cell, columns)| output.fit(cell, columns))
            .collect();
        output.line(line.join("  ").trim_end())?;
    }
    Ok(())
}
