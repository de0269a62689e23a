//! `anli export`: cases for other programs, on standard output or in a file.

use std::io::{self, BufRead, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Arg, ArgAction, Command};

use super::{Call, Failure, Outcome, Subcommand, arguments, complain, ids, search};
use crate::case::CaseRef;
use crate::corpus::Corpus;
use crate::draft;
use crate::export::{self, Error, Format, Overwrite, Progress};
use crate::language::{Help, Labels, quoted};
use crate::search::Problem;
use crate::store::Store;
use crate::text::gate;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "export",
    synopsis: "[ID]...",
    about: |labels| labels.help.export,
    heeds: &["seeds", "round", "juror", "state", "no-state"],
    define,
    run,
};

/// Number of cases from which on an export to a file reports its progress.
const LONG: usize = 1000;

fn define(command: Command, labels: &Labels) -> Command {
    let help = &labels.help;
    let option = |name: &'static str, value: &'static str, text: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .display_order(0)
            .help(text)
    };
    command
        .arg(ids::argument(labels).required(false).num_args(0..))
        .arg(query_option(help))
        .arg(
            option("format", "FORMAT", help.format)
                .value_parser(Format::ALL.map(Format::name))
                .hide_possible_values(true),
        )
        .arg(option("output", "FILE", help.output).value_parser(arguments::path()))
        .arg(arguments::script(labels))
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .display_order(0)
                .help(help.force),
        )
        .arg(
            Arg::new("guesses")
                .long("guesses")
                .action(ArgAction::SetTrue)
                .display_order(0)
                .requires("query")
                .help(help.export_guesses),
        )
}

/// The option that selects cases by a query instead of ids.
pub(super) fn query_option(help: &Help) -> Arg {
    Arg::new("query")
        .long("query")
        .value_name("QUERY")
        .display_order(0)
        .help(help.export_query)
        .conflicts_with("id")
        .value_parser(arguments::word())
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = Arc::new(call.library()?.corpus);
    let (cases, outcome) = selected(&corpus, call)?;
    if cases.is_empty() {
        return Ok(Outcome::Nothing);
    }
    let path = call.matches.get_one::<PathBuf>("output").cloned();
    let asked = asked_for(call, path.as_deref());
    let format = match asked.unwrap_or(Format::Markdown) {
        // Only a file opened in a spreadsheet needs the mark.
        Format::Csv { .. } => Format::Csv {
            byte_order_mark: path.is_some(),
        },
        format => format,
    };
    match path {
        None => to_output(&cases, format, &marks(&corpus, call), call)?,
        Some(path) => {
            to_file(&cases, format, &path, &marks(&corpus, call), call)?;
            if asked.is_none() && path.extension().is_some() {
                complain(&(call.labels.answer.as_markdown)(&path.to_string_lossy()));
            }
        }
    }
    Ok(outcome)
}

/// The cases named, those that a query finds, or all.
///
/// # Errors
///
/// If a field of the query is none, or has no value that it can have: a search
/// leaves such a field out, and a file of all the others would pass for the
/// cases asked for.
pub(super) fn selected<'a>(
    corpus: &'a Arc<Corpus>,
    call: &Call,
) -> Result<(Vec<CaseRef<'a>>, Outcome), Failure> {
    if call.matches.contains_id("id") {
        return Ok(ids::found(corpus, call));
    }
    let Some(query) = call.matches.get_one::<String>("query") else {
        let all = corpus.iter().map(|(_, case)| case).collect();
        return Ok((all, Outcome::Done));
    };
    let found = search::found(query, corpus, call);
    let misleads = |problem: &Problem| *problem != Problem::OpenQuote;
    search::refuse_mistakes(&found, &call.labels.answer, misleads)?;
    if search::are_guesses(&found.hits) {
        // Not every command lets guesses pass for the cases asked for.
        match call.matches.try_get_one::<bool>("guesses") {
            Ok(Some(true)) => {}
            Ok(_) => {
                let sentence = call.labels.answer.guesses_needed.to_owned();
                return Err(Failure::Said(vec![sentence]));
            }
            Err(_) => {
                complain(&(call.labels.answer.nothing_found)(&quoted(query)));
                return Ok((Vec::new(), Outcome::Nothing));
            }
        }
    }
    if found.hits.is_empty() {
        complain(&(call.labels.answer.nothing_found)(&quoted(query)));
    }
    let cases = found.hits.iter().map(|hit| corpus.get(hit.case));
    Ok((cases.collect(), Outcome::Done))
}

/// The format asked for, by name or by the file's extension.
fn asked_for(call: &Call, path: Option<&Path>) -> Option<Format> {
    let asked = call.matches.get_one::<String>("format").map(String::as_str);
    let extension = path.and_then(Path::extension).and_then(|end| end.to_str());
    asked.or(extension).and_then(Format::from_name)
}

/// What the reader made of the cases.
fn marks(corpus: &Corpus, call: &Call) -> Store {
    call.options.state.read(corpus, call.options.language)
}

fn to_output(
    cases: &[CaseRef],
    format: Format,
    store: &Store,
    call: &mut Call,
) -> Result<(), Failure> {
    let sink = call.output.for_gated_text();
    let display = arguments::display(call.matches, call.options);
    match export::write_in(display, store.state(), cases, format, sink, &mut |_| {
        ControlFlow::Continue(())
    }) {
        Ok(()) => Ok(()),
        Err(Error::Write(cause)) => Err(Failure::Output(cause)),
        Err(error) => Err(Failure::Said(vec![error.message(call.options.language)])),
    }
}

fn to_file(
    cases: &[CaseRef],
    format: Format,
    path: &Path,
    store: &Store,
    call: &mut Call,
) -> Result<(), Failure> {
    let overwrite = overwrite(path, call);
    let mut progress = |progress: Progress| {
        report(progress, call.labels);
        ControlFlow::Continue(())
    };
    let display = arguments::display(call.matches, call.options);
    // If this fails, a draft may remain, and nothing worse.
    let _ = draft::remove_on_signals();
    let written = export::create(path, overwrite, |file| {
        export::write_in(display, store.state(), cases, format, file, &mut progress)
    });
    let said = |error| Failure::Said(vec![sentence(&error, path, call.labels)]);
    let written = written.map_err(said)?;
    let name = written.to_string_lossy();
    call.output
        .line(&(call.labels.answer.exported)(cases.len(), &name))?;
    Ok(())
}

/// Whether a file may be replaced: with `--force`, or when the person at the terminal
/// agrees.
pub(super) fn overwrite(path: &Path, call: &Call) -> Overwrite {
    let asked = || path.exists() && !path.is_dir() && agrees(path, call.labels);
    if call.matches.get_flag("force") || asked() {
        Overwrite::Yes
    } else {
        Overwrite::No
    }
}

/// Asks a person whether a file may be replaced; without one to ask it may not.
fn agrees(path: &Path, labels: &Labels) -> bool {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return false;
    }
    let question = (labels.answer.replace)(&path.to_string_lossy());
    let _ = write!(io::stderr(), "{} ", gate::line(&question));
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    let yes = ["y", "yes", "是", "ｙ"];
    read.is_ok() && yes.contains(&answer.trim().to_lowercase().as_str())
}

/// Tells a person every tenth of a long export.
fn report(progress: Progress, labels: &Labels) {
    let Progress { done, total } = progress;
    let tenth = (total / 10).max(1);
    if total >= LONG && done % tenth == 0 && io::stderr().is_terminal() {
        complain(&(labels.answer.progress)(done, total));
    }
}

/// What to say of a file that could not be written.
pub(super) fn sentence(error: &Error, path: &Path, labels: &Labels) -> String {
    match error {
        Error::Exists(_) => (labels.reading.file)(&path.to_string_lossy(), labels.reading.exists),
        error => error.message(labels.language),
    }
}
