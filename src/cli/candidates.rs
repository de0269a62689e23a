//! What a shell offers to complete a command line with: `anli __complete`,
//! which the scripts of `anli completions` run at each Tab.
//!
//! The parser's own definition gives commands, options and fixed values; ids,
//! fields and their values come from the documents that the line names.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use super::arguments::{self, State};
use super::settings::Settings;
use super::{SUBCOMMANDS, help, load};
use crate::app::facet_panel;
use crate::case::role::Role;
use crate::corpus::Corpus;
use crate::facets::{Extras, Facet, Facets};
use crate::guide::PAGES;
use crate::language::Language;
use crate::library::Location;
use crate::search::query::{FIELDS, Field, FieldNames};
use crate::text::gate;
use crate::topics::Rules;

/// The first argument of a call by a completion script.
pub const NAME: &str = "__complete";

/// Prints one candidate per line for the last of `words`, followed by a tab and its
/// description. `words` is the command line up to the caret, the program's name
/// first; `language` is the reader's.
///
/// A line that cannot be completed prints nothing.
pub fn print(mut words: Vec<OsString>, language: Language) -> ExitCode {
    let current = words.pop().unwrap_or_default();
    // As in a call, a dash before a word that is not ASCII leaves the word out.
    let (sign, current) = match current.to_str().and_then(|word| word.strip_prefix('-')) {
        Some(word) if word.starts_with(|c: char| !c.is_ascii()) => ("-", OsString::from(word)),
        _ => ("", current),
    };
    words.push(current.clone());
    let index = words.len().saturating_sub(1);
    let mut command = command(&words, language);
    let here = std::env::current_dir().ok();
    let candidates = clap_complete::engine::complete(&mut command, words, index, here.as_deref());
    let dash = current.to_string_lossy().starts_with('-');
    let mut out = io::stdout().lock();
    for candidate in candidates.unwrap_or_default() {
        let value = candidate.get_value().to_string_lossy();
        // Options crowd out what an empty word is for.
        if value.starts_with('-') && !dash {
            continue;
        }
        let about = candidate
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        let line = format!(
            "{sign}{}\t{}",
            gate::line(&value),
            gate::line(about.lines().next().unwrap_or_default())
        );
        // The shell may have stopped listening.
        if writeln!(out, "{}", line.trim_end_matches('\t')).is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}

/// The command line with what completes each argument.
fn command(words: &[OsString], language: Language) -> Command {
    let library = Arc::new(Named::of(words, language));
    let root = complete_arguments(arguments::command(language.labels()), &library);
    SUBCOMMANDS.iter().fold(root, |root, subcommand| {
        root.mut_subcommand(subcommand.name, |command| {
            complete_arguments(command, &library)
        })
    })
}

fn complete_arguments(command: Command, library: &Arc<Named>) -> Command {
    let names: Vec<String> = command
        .get_arguments()
        .map(|argument| argument.get_id().to_string())
        .collect();
    names.iter().fold(command, |command, name| {
        let library = Arc::clone(library);
        match name.as_str() {
            "id" => command.mut_arg(name, |arg| with(arg, move |word| library.ids(word))),
            "query" => command.mut_arg(name, |arg| with(arg, move |word| library.query(word))),
            "library" => command.mut_arg(name, |arg| with(arg, move |word| library.names(word))),
            "section" => command.mut_arg(name, |arg| with(arg, move |word| library.roles(word))),
            help::ARGUMENT => command.mut_arg(name, |arg| {
                let commands = SUBCOMMANDS.iter().map(|known| known.name);
                let topics = PAGES.iter().map(|page| page.topic);
                arg.value_parser(commands.chain(topics).collect::<Vec<_>>())
            }),
            _ => command,
        }
    })
}

fn with(
    argument: Arg,
    candidates: impl Fn(&str) -> Vec<CompletionCandidate> + Send + Sync + 'static,
) -> Arg {
    argument.add(ArgValueCompleter::new(move |word: &OsStr| {
        word.to_str().map(&candidates).unwrap_or_default()
    }))
}

/// The library that a command line names, read when it is first needed.
struct Named {
    place: Location,
    /// The libraries of the settings.
    libraries: Vec<String>,
    state: State,
    language: Language,
    corpus: OnceLock<Option<Corpus>>,
}

impl Named {
    /// The line is not finished, so its options are read one by one.
    fn of(words: &[OsString], language: Language) -> Self {
        let finished = &words[..words.len().saturating_sub(1)];
        let config = Settings::read(arguments::settings_file(finished)).config;
        Self {
            place: arguments::place(finished, &config),
            libraries: config.libraries.keys().cloned().collect(),
            state: match arguments::folder(finished, "--state") {
                _ if finished.iter().any(|word| word == "--no-state") => State::Off,
                Some(folder) => State::In(folder),
                None if config.state => State::Usual,
                None => State::Off,
            },
            language,
            corpus: OnceLock::new(),
        }
    }

    fn corpus(&self) -> Option<&Corpus> {
        let read = || {
            let library = load::library(&self.place, self.language.labels());
            library.ok().map(|library| library.corpus)
        };
        self.corpus.get_or_init(read).as_ref()
    }

    /// Names of libraries that begin with `word`.
    fn names(&self, word: &str) -> Vec<CompletionCandidate> {
        let names = self.libraries.iter();
        let begun = names.filter(|name| name.starts_with(word));
        begun.map(|name| candidate(name, "")).collect()
    }

    /// Ids that begin with `word`, and the titles of their cases.
    fn ids(&self, word: &str) -> Vec<CompletionCandidate> {
        let Some(corpus) = self.corpus() else {
            return Vec::new();
        };
        corpus
            .iter()
            .filter(|(_, case)| case.case.id.0.starts_with(word))
            .map(|(_, case)| candidate(&case.case.id.0, &case.title()))
            .collect()
    }

    /// Returns the fields, or after a field's colon its values.
    fn query(&self, word: &str) -> Vec<CompletionCandidate> {
        let Some((name, values)) = word.split_once([':', '：']) else {
            return FIELDS
                .iter()
                .filter_map(|names| self.field(names, word))
                .map(|(name, about)| candidate(&format!("{name}:"), about))
                .collect();
        };
        let Some(field) = Field::named(name) else {
            return Vec::new();
        };
        let last = values.rfind('|').map_or(0, |bar| bar + 1);
        let before = &word[..word.len() - values.len() + last];
        let begun = &values[last..];
        self.values(field)
            .into_iter()
            // A value with a space needs quotation marks, which a shell takes off.
            .filter(|value| value.starts_with(begun) && !value.contains(char::is_whitespace))
            .map(|value| candidate(&format!("{before}{value}"), ""))
            .collect()
    }

    /// The name of a field that continues `begun`: in the reader's language
    /// where nothing is typed, else in the one that is typed. With the name in
    /// the other language.
    fn field(&self, names: &FieldNames, begun: &str) -> Option<(&'static str, &'static str)> {
        let (chinese, english) = (names.chinese[0], names.english[0]);
        let by_language = match self.language {
            Language::Chinese => [(chinese, english), (english, chinese)],
            Language::English => [(english, chinese), (chinese, english)],
        };
        by_language
            .into_iter()
            .find(|(name, _)| name.starts_with(begun))
    }

    fn values(&self, field: Field) -> BTreeSet<String> {
        let Some(corpus) = self.corpus() else {
            return BTreeSet::new();
        };
        let facet = Facet::ALL
            .into_iter()
            .find(|&facet| facet_panel::field(facet) == field);
        match (field, facet) {
            (Field::Topic, _) => {
                let rules = Rules::embedded();
                rules.topics().iter().map(|t| t.name.clone()).collect()
            }
            (Field::Tag, _) => {
                let (store, _) = self.state.open();
                store
                    .state()
                    .all_tags()
                    .keys()
                    .map(|tag| (*tag).to_owned())
                    .collect()
            }
            (Field::Star, _) => match self.language {
                Language::Chinese => BTreeSet::from(["是".to_owned()]),
                Language::English => BTreeSet::from(["yes".to_owned()]),
            },
            (Field::Source, _) => {
                let ids = corpus
                    .cases
                    .iter()
                    .filter_map(|case| case.id.0.rsplit_once('-'));
                ids.map(|(document, _)| document.to_owned()).collect()
            }
            (_, Some(facet)) => {
                let facets = Facets::build(corpus, &Extras::default());
                facets.values(facet).map(str::to_owned).collect()
            }
            (_, None) => BTreeSet::new(),
        }
    }

    /// Roles of sections, in the reader's language where nothing is typed.
    fn roles(&self, word: &str) -> Vec<CompletionCandidate> {
        let names = |role: Role| match self.language {
            Language::Chinese => [role.chinese(), role.english()],
            Language::English => [role.english(), role.chinese()],
        };
        Role::ALL
            .into_iter()
            .filter_map(|role| names(role).into_iter().find(|name| name.starts_with(word)))
            .map(|name| candidate(name, ""))
            .collect()
    }
}

fn candidate(value: &str, about: &str) -> CompletionCandidate {
    let about = (!about.is_empty()).then(|| about.to_owned().into());
    CompletionCandidate::new(value).help(about)
}
