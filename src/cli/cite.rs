//! `anli cite`: references to cases.

use clap::{Arg, Command};
use serde::Serialize;

use super::{Call, Failure, Outcome, Subcommand, arguments, complain, ids};
use crate::cite::{self, Citation, Element, Style};
use crate::language::{Labels, Language};

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "cite",
    synopsis: "ID...",
    about: |labels| labels.help.cite,
    heeds: &["seeds", "round", "juror"],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    let style = Arg::new("style")
        .long("style")
        .value_name("STYLE")
        .value_parser(Style::ALL.map(Style::name))
        .hide_possible_values(true)
        .display_order(0)
        .help(labels.help.style);
    command
        .arg(ids::argument(labels))
        .arg(style)
        .arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = call.library()?.corpus;
    let style = call
        .matches
        .get_one::<String>("style")
        .and_then(|name| Style::from_name(name))
        .unwrap_or_default();
    let (cases, outcome) = ids::found(&corpus, call);
    let citations: Vec<(&str, Citation)> = cases
        .iter()
        .map(|&case| (case.case.id.0.as_str(), cite::cite(case, style)))
        .collect();
    if call.matches.get_flag("json") {
        for (id, citation) in &citations {
            call.output.json(&CitationObject::of(id, style, citation))?;
        }
        return Ok(outcome);
    }
    if !citations.is_empty() {
        let texts = citations.iter().map(|(_, citation)| &*citation.text);
        call.output.text(&cite::join(texts, style))?;
        call.output.end_line()?;
    }
    for (id, citation) in &citations {
        remark(id, citation, call);
    }
    Ok(outcome)
}

/// One reference in JSON. The order of the fields is the order of the keys.
#[derive(Serialize)]
struct CitationObject<'a> {
    id: &'a str,
    style: &'static str,
    text: &'a str,
    /// Elements that the document does not give.
    missing: Vec<&'static str>,
    /// Elements that an editor supplied or inferred.
    inferred: Vec<&'static str>,
}

impl<'a> CitationObject<'a> {
    fn of(id: &'a str, style: Style, citation: &'a Citation) -> Self {
        let names = |elements: &[Element]| elements.iter().map(|e| e.name()).collect();
        Self {
            id,
            style: style.name(),
            text: &citation.text,
            missing: names(&citation.missing),
            inferred: names(&citation.inferred),
        }
    }
}

/// Says on standard error what the document left unsaid, so that nobody takes
/// the reference for complete.
fn remark(id: &str, citation: &Citation, call: &Call) {
    let chinese = call.options.language == Language::Chinese;
    let names = |elements: &[Element]| {
        let name = |element: &Element| {
            if chinese {
                element.name()
            } else {
                element.english()
            }
        };
        let names: Vec<&str> = elements.iter().map(name).collect();
        names.join(call.labels.answer.comma)
    };
    if !citation.missing.is_empty() {
        complain(&(call.labels.answer.missing)(id, &names(&citation.missing)));
    }
    if !citation.inferred.is_empty() {
        complain(&(call.labels.answer.inferred)(
            id,
            &names(&citation.inferred),
        ));
    }
}
