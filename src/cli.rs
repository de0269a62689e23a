//! The command line: what was asked of the program, and its exit code.
//!
//! `anli` and `anli QUERY…` open the explorer, which the caller of [`run`]
//! hands in; the subcommands need no terminal. Help, man page, completions and
//! parser come from one definition ([`arguments::command`]) over one table of
//! subcommands ([`SUBCOMMANDS`]).

pub mod arguments;
pub mod candidates;
pub mod check;
pub mod cite;
pub mod compare;
pub mod compile;
pub mod completions;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod evidence;
pub mod export;
pub mod facts;
pub mod figures;
pub mod help;
pub mod ids;
pub mod import;
pub mod install;
pub mod json;
pub mod jury;
pub mod lineage;
pub mod list;
pub mod load;
pub mod man;
pub mod open;
pub mod output;
pub mod related;
mod script;
pub mod search;
pub mod settings;
pub mod show;
pub mod stats;
pub mod tour;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::draft;
use crate::language::{Labels, Language};
use crate::library::{self, child};
use crate::seeds::Library;
use crate::text::gate;
use arguments::{Options, Request};
use load::Opening;
use output::Output;
use settings::Settings;

/// What a subcommand ends with, when nothing stood in its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Done,
    /// Nothing was found, or the check failed: exit code 1.
    Nothing,
}

/// Why a subcommand could not do what was asked: exit code 2.
#[derive(Debug)]
pub enum Failure {
    /// Sentences for standard error, one a line, in the language chosen.
    Said(Vec<String>),
    /// Standard output cannot be written. A closed pipe is no failure: whoever
    /// read has read enough.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// One subcommand.
pub struct Subcommand {
    pub name: &'static str,
    /// Its arguments as the usage line shows them.
    pub synopsis: &'static str,
    pub about: fn(&Labels) -> &'static str,
    /// Those of the options that not every subcommand heeds which it does heed.
    pub heeds: &'static [&'static str],
    /// Adds its arguments to an empty command.
    pub define: fn(Command, &Labels) -> Command,
    pub run: fn(&mut Call) -> Result<Outcome, Failure>,
}

/// Every subcommand, in the order of the help.
pub const SUBCOMMANDS: &[Subcommand] = &[
    open::SUBCOMMAND,
    list::SUBCOMMAND,
    show::SUBCOMMAND,
    search::SUBCOMMAND,
    cite::SUBCOMMAND,
    export::SUBCOMMAND,
    import::SUBCOMMAND,
    figures::SUBCOMMAND,
    evidence::SUBCOMMAND,
    related::SUBCOMMAND,
    lineage::SUBCOMMAND,
    compare::SUBCOMMAND,
    stats::SUBCOMMAND,
    jury::SUBCOMMAND,
    compile::SUBCOMMAND,
    check::SUBCOMMAND,
    config::SUBCOMMAND,
    tour::SUBCOMMAND,
    demo::SUBCOMMAND,
    doctor::SUBCOMMAND,
    completions::SUBCOMMAND,
    man::SUBCOMMAND,
    help::SUBCOMMAND,
];

/// What a running subcommand has at hand.
pub struct Call<'a> {
    /// Its own arguments.
    pub matches: &'a ArgMatches,
    pub options: &'a Options,
    pub labels: &'static Labels,
    pub output: &'a mut Output,
}

impl Call<'_> {
    /// Reads the documents that were asked for and says what the catalog has
    /// wrong.
    ///
    /// # Errors
    ///
    /// If a document or the catalog cannot be read.
    pub fn library(&self) -> Result<Library, Failure> {
        let read = load::asked_for(self.options, self.labels)?;
        for error in &read.errors {
            complain(error.in_language(self.options.language));
        }
        for sentence in library::sentences(&read.unread, self.labels) {
            complain(&sentence);
        }
        Ok(read)
    }
}

/// Does what the arguments ask, and says with which exit code to end.
///
/// `explore` opens the explorer on a library, or on the one that the options name, which
/// it reads itself; its error is one sentence in the language of
/// the options.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    explore: impl FnOnce(Option<Opening>, &Options) -> Result<ExitCode, String>,
) -> ExitCode {
    report_panics();
    draft::survive_file_limits();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if child::is_asked(arguments.get(1).map(OsString::as_os_str)) {
        child::serve();
        return ExitCode::SUCCESS;
    }
    let file = arguments::settings_file(&arguments);
    let settings = if arguments::is_kiosk(&arguments) {
        Settings::of_file(file.as_deref())
    } else {
        Settings::read(file.clone())
    };
    let locale = || Language::of_locale(|name| std::env::var_os(name));
    let language = arguments::language(&arguments).or(settings.config.language);
    let named = language.or_else(locale);
    let language = named.unwrap_or_default();
    if arguments
        .get(1)
        .is_some_and(|word| word == candidates::NAME)
    {
        return candidates::print(arguments[2..].to_vec(), language);
    }
    let labels = language.labels();
    let mut output = Output::standard();

    let unreadable = file.and_then(|file| settings::unreadable(&file, labels));
    let request = match unreadable {
        Some(sentence) => Request::Wrong(vec![sentence]),
        None => arguments::parse(&arguments, language, settings),
    };
    let request = match request {
        Request::Explore(options) => Request::Explore(Options {
            is_language_named: named.is_some(),
            ..options
        }),
        request => request,
    };
    let ended = match request {
        Request::Print(text) => match help::print(&text, &mut output) {
            Ok(()) => Ok(Outcome::Done),
            Err(error) => Err(error.into()),
        },
        Request::Wrong(sentences) => Err(Failure::Said(sentences)),
        Request::Explore(options) => match open(&options, labels, explore) {
            Ok(code) => return code,
            Err(failure) => Err(failure),
        },
        Request::Run(subcommand, matches, options) => {
            output.set_ambiguous(options.ambiguous);
            (subcommand.run)(&mut Call {
                matches: &matches,
                options: &options,
                labels,
                output: &mut output,
            })
        }
    };
    let ended = ended.and_then(|outcome| Ok(output.finish().map(|()| outcome)?));
    exit_code(ended, labels)
}

fn open(
    options: &Options,
    labels: &Labels,
    explore: impl FnOnce(Option<Opening>, &Options) -> Result<ExitCode, String>,
) -> Result<ExitCode, Failure> {
    let by_pipe = library::is_by_pipe(&options.place);
    if !options.plain && !output::is_terminal(by_pipe) {
        // Who may only read is not offered what is refused beside --kiosk.
        let sentence = if options.kiosk {
            labels.usage.needs_terminal_alone
        } else {
            labels.usage.needs_terminal
        };
        return Err(Failure::Said(vec![sentence.to_owned()]));
    }
    // What takes its time is read while the explorer is open. A round is masked before
    // anything of it is shown.
    let is_round = options.round.is_some() || options.juror.is_some();
    let at_once = options.plain || is_round || library::is_small(&options.place);
    let opening = at_once.then(|| load::opening(options, labels));
    explore(opening.transpose()?, options).map_err(|sentence| Failure::Said(vec![sentence]))
}

fn exit_code(ended: Result<Outcome, Failure>, labels: &Labels) -> ExitCode {
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(error)) => {
            complain(&(labels.reading.output)(&labels.reason(&error)));
            ExitCode::from(2)
        }
        Err(Failure::Said(sentences)) => {
            for sentence in &sentences {
                complain(sentence);
            }
            ExitCode::from(2)
        }
    }
}

/// A panic may quote the text over which it stumbled, so its message passes the
/// gate as well.
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        draft::remove_all();
        complain(&panic.to_string());
    }));
}

/// Writes one sentence to standard error.
pub fn complain(sentence: &str) {
    use io::Write;
    // If standard error is closed, nobody can be told.
    let _ = writeln!(io::stderr(), "anli: {}", gate::line(sentence));
}
