//! What may be asked for on the command line: the definition from which
//! parser, help, man page and completions are made, and what a call says.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::builder::{PathBufValueParser, PossibleValue, StringValueParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use super::settings::Settings;
use super::{SUBCOMMANDS, Subcommand, complain, script};
use crate::config::{self, Clipboard, Config, Mistake, Start};
use crate::corpus::Corpus;
use crate::follow::{self, Followed};
use crate::formats::Encoding;
use crate::guide::PAGES;
use crate::language::{Labels, Language, quoted};
use crate::library::{self, Location};
use crate::nearest::is_slip;
use crate::show;
use crate::store::{Report, Store};
use crate::text::script::{Display, Script};
use crate::text::width::Ambiguous;
use crate::text::{escapes, gate};

/// What is asked of the explorer and of every subcommand.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The query typed when the explorer opens; empty for none.
    pub query: String,
    pub language: Language,
    /// Whether an option, the settings or the locale names the language.
    pub is_language_named: bool,
    /// The documents to read instead of the built-in ones.
    pub place: Location,
    /// The name of their library in the settings, if they are one.
    pub library: Option<String>,
    /// The folder of the round whose cases are read, in place of `place`.
    pub round: Option<PathBuf>,
    /// The juror who reads them.
    pub juror: Option<String>,
    /// How wide ambiguous characters are; `None` asks the terminal.
    pub ambiguous: Option<Ambiguous>,
    /// Whether the mouse is used; `None` decides by the connection.
    pub mouse: Option<bool>,
    /// Whether frames may be wrapped in synchronized output.
    pub sync: bool,
    /// Line by line instead of full screen.
    pub plain: bool,
    pub state: State,
    /// What the settings file, the environment and the options set, in this
    /// order; the fields above heed it.
    pub settings: Config,
    /// What is wrong with the settings. It never stops the start.
    pub mistakes: Vec<Mistake>,
    /// The settings file; `None` without a home folder.
    pub settings_file: Option<PathBuf>,
    pub part: Part,
    /// Whether anybody may be at the keys.
    pub kiosk: bool,
    /// What a page at the start says, until a key is pressed.
    pub title: Option<String>,
    /// After how long without a key everything is as at the start.
    pub idle: Option<Duration>,
}

/// What the explorer is opened for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    Reader,
    Tour,
    Demo(show::Script),
}

/// Where marks and places are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// In the platform's usual folder.
    #[default]
    Usual,
    /// In this folder.
    In(PathBuf),
    /// Nowhere.
    Off,
}

impl State {
    /// Opens what is kept there, and says what is wrong with it.
    pub fn open(&self) -> (Store, Vec<Report>) {
        match self {
            Self::Off => (Store::memory(), Vec::new()),
            Self::In(folder) => Store::open(folder),
            Self::Usual => Store::open_usual(),
        }
    }

    /// Opens what is kept there, which is only read, and says what cannot be read of it.
    pub fn read(&self, corpus: &Corpus, language: Language) -> Store {
        let (mut store, reports) = self.open();
        adopt(&mut store, corpus, language);
        let reports = reports.iter().filter(|report| report.prevents_reading());
        tell_of_state(reports, language);
        store
    }
}

/// Has marks follow the documents of a library that was read to its end; returns what the
/// reader should know of that.
pub fn adopt(store: &mut Store, corpus: &Corpus, language: Language) -> Option<String> {
    let exists = |place: &str| Path::new(place).exists();
    let followed = follow::follow(corpus, store.state(), exists);
    let said = told(&followed, language);
    store.adopt(followed.changes);
    said
}

/// What a reader should know of marks that followed their documents.
pub fn told(followed: &Followed, language: Language) -> Option<String> {
    let words = &language.labels().answer;
    let lost = followed.lost.iter().filter(|lost| lost.is_new).count();
    let moved = (followed.moved > 0).then(|| (words.marks_moved)(followed.moved));
    let lost = (lost > 0).then(|| (words.marks_lost)(lost));
    let said: Vec<String> = moved.into_iter().chain(lost).collect();
    (!said.is_empty()).then(|| said.join(words.separator))
}

/// Says what is wrong with the state file: once in a run, however often it is read.
pub fn tell_of_state<'a>(reports: impl IntoIterator<Item = &'a Report>, language: Language) {
    static TOLD: AtomicBool = AtomicBool::new(false);
    let mut reports = reports.into_iter().peekable();
    if reports.peek().is_none() || TOLD.swap(true, Ordering::Relaxed) {
        return;
    }
    for report in reports {
        complain(&report.message(language));
    }
}

/// What a call asks for.
pub enum Request {
    Explore(Options),
    Run(&'static Subcommand, ArgMatches, Options),
    /// A text for standard output: help or version.
    Print(String),
    /// The call is wrong; the sentences that say so.
    Wrong(Vec<String>),
}

/// The subcommand that opens the explorer, on documents of one's own.
pub const OPEN: &str = "open";
/// The one that opens it with the guided tour.
pub const TOUR: &str = "tour";
/// The one in which it plays by itself.
pub const DEMO: &str = "demo";

/// Parses a call, whose first argument is the program's own name; its options override
/// `settings`.
pub fn parse(arguments: &[OsString], language: Language, settings: Settings) -> Request {
    let labels = language.labels();
    let arguments = arguments.iter().enumerate().map(mark_excluding_word);
    let matches = match command(labels).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return answer(&error, labels),
    };
    let (asked, own) = match matches.subcommand() {
        Some((name, own)) => (Some(name), own),
        None => (None, &matches),
    };
    let mut options = options(own, language, settings);
    if let Some(wrong) = unknown_library(&options, labels) {
        return Request::Wrong(vec![wrong]);
    }
    if options.kiosk {
        if let Some(name) = asked.filter(|name| ![OPEN, TOUR, DEMO].contains(name)) {
            let name = format!("anli {name}");
            return Request::Wrong(vec![(labels.usage.conflict)("--kiosk", &name)]);
        }
        options.lock();
    }
    options.title = title_in(own).or_else(|| title_in(&matches));
    if let Some(wrong) = without_meaning(asked, own, &options, labels) {
        return Request::Wrong(vec![(labels.usage.with_hint)(&wrong, "anli --help")]);
    }
    match asked {
        // Whoever names a document means it, and not a word to search for.
        None => {
            let mut words = matches.get_many::<String>("query").into_iter().flatten();
            if let Some(word) = words.find(|word| library::is_place(word)) {
                return Request::Wrong(vec![(labels.usage.is_a_document)(&quoted(word))]);
            }
        }
        Some(OPEN) => {}
        Some(TOUR) => options.play(Part::Tour),
        Some(DEMO) => match script::asked_for(own, labels) {
            Ok(Some(script)) => options.play(Part::Demo(script)),
            Ok(None) => return Request::run(DEMO, own, options),
            Err(wrong) => return Request::Wrong(wrong),
        },
        Some(name) => return Request::run(name, own, options),
    }
    Request::Explore(options)
}

/// The title of a page at the start, where a command has one.
fn title_in(matches: &ArgMatches) -> Option<String> {
    let title = matches.try_get_one::<String>(TITLE).ok()??;
    Some(gate::line(title).trim().to_owned())
}

/// What an option of the explorer says that can mean nothing where it is opened. Other
/// commands take all options, so that an alias may hold them.
fn without_meaning(
    asked: Option<&str>,
    own: &ArgMatches,
    options: &Options,
    labels: &Labels,
) -> Option<String> {
    let usage = &labels.usage;
    if options.title.as_deref() == Some("") {
        return Some((usage.missing_value)("--title"));
    }
    let left_out: &[&str] = match asked {
        Some(TOUR) => &[
            "kiosk", "plain", "state", "round", "juror", "seeds", "library",
        ],
        Some(DEMO) => &["plain", "state", "round", "juror"],
        Some(OPEN) if options.kiosk => &["plain", "state", "round", "juror"],
        Some(OPEN) => &["round", "juror"],
        None => &[],
        Some(_) => return None,
    };
    let given = |name: &&&str| own.value_source(name) == Some(ValueSource::CommandLine);
    if let Some(name) = left_out.iter().find(given) {
        let command = match asked {
            Some(OPEN) if options.kiosk => "--kiosk".to_owned(),
            _ => format!("anli {}", asked.unwrap_or_default()),
        };
        return Some((usage.conflict)(&format!("--{name}"), &command));
    }
    let idles = options.kiosk || asked == Some(DEMO);
    (options.idle.is_some() && !idles).then(|| (usage.only_with)("--idle", labels.help.idle_users))
}

impl Request {
    fn run(name: &str, matches: &ArgMatches, options: Options) -> Self {
        let subcommand = SUBCOMMANDS
            .iter()
            .find(|known| known.name == name)
            .expect("the parser knows the subcommands from the same table");
        Self::Run(subcommand, matches.clone(), options)
    }
}

impl Options {
    /// Takes away what leads out of the program.
    fn lock(&mut self) {
        self.state = State::Off;
        let config = &mut self.settings;
        (config.pager, config.editor, config.clipboard_command) = (None, None, None);
        // The terminal's own clipboard is the visitor's; programs are not.
        if config.clipboard != Clipboard::Off {
            config.clipboard = Clipboard::Raw;
        }
    }

    /// Opens the explorer for something that changes nothing of the reader's own.
    fn play(&mut self, part: Part) {
        if part != Part::Tour {
            // A script is written for the keys that everybody has.
            self.settings.keys.clear();
            // Whoever takes over a demo is a visitor.
            self.kiosk = true;
            self.lock();
        }
        self.settings.start = Start::Search;
        self.state = State::Off;
        // Entries of a round are kept.
        (self.round, self.juror) = (None, None);
        self.part = part;
    }
}

/// The language that the arguments name, before they are parsed: the parser
/// itself already speaks it.
pub fn language(arguments: &[OsString]) -> Option<Language> {
    let named = values(arguments, "--lang");
    named
        .filter_map(|name| Language::named(name.to_str()?))
        .last()
}

/// The settings file that the arguments name, before they are parsed: it may
/// hold the language.
pub fn settings_file(arguments: &[OsString]) -> Option<PathBuf> {
    values(arguments, "--config").last().map(PathBuf::from)
}

/// Whether the arguments make a public terminal, in a line that cannot be parsed yet: then
/// nothing but they say how it is set.
pub fn is_kiosk(arguments: &[OsString]) -> bool {
    let mut options = arguments.iter().skip(1).take_while(|&word| word != "--");
    options.any(|word| word == "--kiosk")
}

/// The documents that the arguments name, in a line that cannot be parsed yet.
pub fn place(arguments: &[OsString], config: &Config) -> Location {
    let mut paths: Vec<PathBuf> = values(arguments, "--seeds").map(PathBuf::from).collect();
    for name in values(arguments, "--library").filter_map(OsStr::to_str) {
        paths.extend(config.libraries.get(name).into_iter().flatten().cloned());
    }
    let encoding = values(arguments, "--encoding").last();
    Location {
        paths,
        encoding: encoding.and_then(|name| Encoding::named(name.to_str()?)),
    }
}

/// The folder that an option names, in a line that cannot be parsed yet.
pub fn folder(arguments: &[OsString], option: &str) -> Option<PathBuf> {
    values(arguments, option).last().map(PathBuf::from)
}

/// The values that an option is given, before `--`.
fn values<'a>(arguments: &'a [OsString], option: &'a str) -> impl Iterator<Item = &'a OsStr> {
    let mut rest = arguments
        .iter()
        .skip(1)
        .take_while(|&argument| argument != "--");
    std::iter::from_fn(move || {
        loop {
            let argument = rest.next()?;
            if argument == option {
                return rest.next().map(OsString::as_os_str);
            }
            let value = argument.to_str().and_then(|text| text.strip_prefix(option));
            if let Some(value) = value.and_then(|value| value.strip_prefix('=')) {
                return Some(OsStr::new(value));
            }
        }
    })
}

/// The whole command line, in one language.
pub fn command(labels: &Labels) -> Command {
    let help = &labels.help;
    let query = Arg::new("query")
        .value_name("QUERY")
        .num_args(0..)
        .value_parser(word())
        .help(help.query);
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help(help.version_flag);
    let root = Command::new("anli")
        .bin_name("anli")
        .version(env!("CARGO_PKG_VERSION"))
        .about(help.about)
        .override_usage(help.synopsis)
        .disable_version_flag(true)
        .args_override_self(true)
        .arg(query)
        .args(library_options(help))
        .args(explorer_options(help).map(|option| option.global(true)))
        .arg(title(labels))
        .arg(help_flag(help))
        .arg(version);
    let root = plain_help(root, help);
    SUBCOMMANDS.iter().fold(root, |root, subcommand| {
        root.subcommand(subcommand.command(labels))
    })
}

impl Subcommand {
    /// Its own definition.
    pub fn command(&self, labels: &Labels) -> Command {
        let help = &labels.help;
        let usage = format!("anli {} {} {}", self.name, help.options, self.synopsis);
        let command = (self.define)(Command::new(self.name), labels)
            .about((self.about)(labels))
            .override_usage(usage.trim_end().to_owned())
            .args_override_self(true)
            .args(library_options(help).map(|option| self.listed(option)))
            .args(explorer_options(help).map(|option| self.listed(option)))
            .arg(help_flag(help));
        plain_help(command, help)
    }

    /// An option, shown in the help only where it does something: every
    /// subcommand takes all of them, so that an alias may hold them.
    fn listed(&self, option: Arg) -> Arg {
        let name = option.get_id().as_str();
        let listed = EVERYWHERE.contains(&name) || self.heeds.contains(&name);
        option.hide(!listed)
    }
}

/// The options that every subcommand heeds.
const EVERYWHERE: [&str; 3] = ["lang", "ambiguous", "config"];

/// The option that makes a subcommand print JSON.
pub fn json(labels: &Labels) -> Arg {
    flag("json", labels.help.json).display_order(0)
}

/// The option for the script in which text is written.
pub fn script(labels: &Labels) -> Arg {
    let names = Script::NAMES.map(|(name, others, _)| PossibleValue::new(name).aliases(others));
    value("script", "SCRIPT", labels.help.script)
        .display_order(0)
        .value_parser(names)
}

/// How text is written: in the script that was asked for, else as printed; with the
/// forms and marks of the settings.
pub fn display(matches: &ArgMatches, options: &Options) -> Display {
    let script = matches
        .get_one::<String>("script")
        .and_then(|name| Script::named(name));
    options.settings.display_in(script.unwrap_or_default())
}

/// Joins the words of a query from the matches.
pub fn query(matches: &ArgMatches) -> String {
    let words = matches.get_many::<String>("query").into_iter().flatten();
    let query = words.map(String::as_str).collect::<Vec<_>>().join(" ");
    escapes::without_sequences(&query).into_owned()
}

/// A word of a query, or an id.
pub fn word() -> impl TypedValueParser<Value = String> {
    StringValueParser::new().map(unmark)
}

/// No argument can hold a NUL, so it can mark one on its way through the parser.
const MARK: char = '\0';

/// Lets a word such as `-排除` through, which the parser would take for an
/// option: options are ASCII.
fn mark_excluding_word((position, argument): (usize, &OsString)) -> OsString {
    let excludes = |word: &str| {
        word.strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(|c: char| !c.is_ascii()))
    };
    match argument.to_str() {
        Some(word) if position > 0 && excludes(word) => format!("{MARK}{word}").into(),
        _ => argument.clone(),
    }
}

fn unmark(word: String) -> String {
    match word.strip_prefix(MARK) {
        Some(word) => word.to_owned(),
        None => word,
    }
}

/// A path, which need not be UTF-8.
pub fn path() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(|path| match path.to_str() {
        Some(name) => PathBuf::from(unmark(name.to_owned())),
        None => path,
    })
}

/// Options for what is read and how it is written, which most subcommands heed.
fn library_options(help: &crate::language::Help) -> [Arg; 6] {
    [
        value("seeds", "PATH", help.seeds)
            .action(ArgAction::Append)
            .value_parser(path())
            .value_hint(ValueHint::AnyPath),
        value("library", "NAME", help.library),
        value("encoding", "NAME", help.encoding).value_parser(
            ENCODINGS
                .map(|(name, others)| PossibleValue::new(name).aliases(others.iter().copied())),
        ),
        value("lang", "LANG", help.lang).value_parser(["zh", "en"]),
        value("ambiguous", "COLUMNS", help.ambiguous).value_parser(["auto", "1", "2"]),
        value("config", "FILE", help.config)
            .value_parser(path())
            .value_hint(ValueHint::FilePath),
    ]
    .map(|option| option.global(true))
}

/// Encodings of text files, and other names under which they are known.
const ENCODINGS: [(&str, &[&str]); 5] = [
    ("utf-8", &["utf8", "UTF-8"]),
    (
        "gb18030",
        &["gbk", "gb2312", "GB18030", "GBK", "GB2312", "cp936"],
    ),
    ("big5", &["Big5", "BIG5", "big5-hkscs", "cp950"]),
    ("utf-16le", &["utf-16", "UTF-16", "UTF-16LE", "utf16"]),
    ("utf-16be", &["UTF-16BE"]),
];

/// The names of the themes in the settings.
const THEMES: [&str; 4] = ["16", "mono", "contrast", "truecolor"];

/// Options that matter to the explorer, and to few subcommands.
fn explorer_options(help: &crate::language::Help) -> [Arg; 12] {
    [
        value("round", "DIR", help.round)
            .value_parser(path())
            .value_hint(ValueHint::DirPath),
        value("juror", "NAME", help.jury_juror).value_parser(word()),
        value("mouse", "WHEN", help.mouse).value_parser(["on", "off", "auto"]),
        flag("no-sync", help.no_sync),
        flag("plain", help.plain),
        flag("no-state", help.no_state).conflicts_with("state"),
        value("state", "DIR", help.state)
            .value_parser(path())
            .value_hint(ValueHint::DirPath),
        value("theme", "NAME", help.theme).value_parser(THEMES),
        value("background", "SHADE", help.background).value_parser(["auto", "dark", "light"]),
        flag("roomy", help.roomy),
        flag("kiosk", help.kiosk).conflicts_with_all(["plain", "state", "round", "juror"]),
        value("idle", "SECONDS", help.idle).value_parser(value_parser!(u32).range(1..=86_400)),
    ]
}

/// The id of the option for a page at the start. A book has a title, too.
const TITLE: &str = "title-page";

/// The option for a page at the start.
pub fn title(labels: &Labels) -> Arg {
    value(TITLE, "TEXT", labels.help.title_page)
        .long("title")
        .value_parser(word())
}

/// An option with a value.
pub fn value(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .help(help)
        .hide_possible_values(true)
}

/// An option without a value.
pub fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help)
}

fn help_flag(help: &crate::language::Help) -> Arg {
    Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(help.help_flag)
}

/// Help in our own words: the parser's headings are English.
fn plain_help(command: Command, help: &crate::language::Help) -> Command {
    let mut parts = vec![
        "{about}".to_owned(),
        format!("{}{{usage}}", help.usage_heading),
    ];
    let root = command.get_name() == "anli";
    if root {
        parts.push(format!("{}\n{{subcommands}}", help.commands_heading));
    }
    if command.get_positionals().next().is_some() {
        parts.push(format!("{}\n{{positionals}}", help.arguments_heading));
    }
    parts.push(format!("{}\n{{options}}", help.options_heading));
    let is_query = |argument: &Arg| argument.get_id() == "query";
    if !root && command.get_positionals().any(is_query) {
        parts.push(format!("{}\n{}", help.query_heading, help.query_examples));
    }
    if root {
        let examples = [help.examples_heading, "\n", help.examples];
        parts.push(examples.concat());
        parts.push(format!("{}\n{}", help.topics_heading, topics()));
        parts.push(format!("{}\n{}", help.exit_heading, help.exit_codes));
    }
    command
        .help_template(parts.join("\n\n"))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
}

/// The pages of the guide, a few a line.
fn topics() -> String {
    let topics = PAGES.each_ref().map(|page| page.topic);
    let lines = topics
        .chunks(7)
        .map(|names| format!("  {}", names.join(", ")));
    lines.collect::<Vec<_>>().join("\n")
}

/// The help of a command, ending with a line break.
pub fn help_text(command: &mut Command) -> String {
    format!("{}\n", command.render_help().to_string().trim_end())
}

fn options(matches: &ArgMatches, language: Language, settings: Settings) -> Options {
    let Settings {
        mut config,
        mut mistakes,
        file,
    } = settings;
    for key in ["ambiguous", "background", "mouse", "theme"] {
        if let Some(value) = matches.get_one::<String>(key) {
            mistakes.extend(config.set(key, value, &format!("--{key}")));
        }
    }
    // On a projector the page that is alone is to be quite alone.
    if matches.get_flag("roomy") {
        config.roomy = true;
        config.zen_hints = false;
    }
    config.sync &= !matches.get_flag("no-sync");
    config.state &= !matches.get_flag("no-state");
    let path = |name| matches.get_one::<PathBuf>(name).cloned();
    let library = matches.get_one::<String>("library").cloned();
    Options {
        query: matches
            .try_contains_id("query")
            .map(|_| query(matches))
            .unwrap_or_default(),
        language,
        is_language_named: true,
        place: named_place(matches, &config),
        library,
        round: path("round"),
        juror: matches.get_one::<String>("juror").cloned(),
        ambiguous: config.ambiguous,
        mouse: match config.mouse {
            config::Mouse::Auto => None,
            config::Mouse::On => Some(true),
            config::Mouse::Off => Some(false),
        },
        sync: config.sync,
        plain: matches.get_flag("plain"),
        state: match path("state") {
            Some(folder) => State::In(folder),
            None if config.state => State::Usual,
            None => State::Off,
        },
        settings: config,
        mistakes,
        settings_file: file,
        part: Part::Reader,
        kiosk: matches.get_flag("kiosk"),
        title: None,
        idle: matches
            .get_one::<u32>("idle")
            .map(|&seconds| Duration::from_secs(seconds.into())),
    }
}

/// The documents that the options name: a library of the settings, and paths.
fn named_place(matches: &ArgMatches, config: &Config) -> Location {
    let paths = |name| matches.try_get_many::<PathBuf>(name).ok().flatten();
    let library = matches.get_one::<String>("library");
    let of_library = library.and_then(|name| config.libraries.get(name));
    let own = paths("seeds").into_iter().chain(paths("path")).flatten();
    let encoding = matches.get_one::<String>("encoding");
    Location {
        paths: of_library
            .into_iter()
            .flatten()
            .chain(own)
            .cloned()
            .collect(),
        encoding: encoding.and_then(|name| Encoding::named(name)),
    }
}

/// What is wrong with a library that the options name.
fn unknown_library(options: &Options, labels: &Labels) -> Option<String> {
    let name = options.library.as_deref()?;
    let known = &options.settings.libraries;
    if known.contains_key(name) {
        return None;
    }
    let names: Vec<&str> = known.keys().map(String::as_str).collect();
    Some((labels.usage.unknown_library)(&quoted(name), &names))
}

/// What to say when the parser stopped: help and version are no errors.
fn answer(error: &clap::Error, labels: &Labels) -> Request {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            Request::Print(format!("{}\n", error.render().to_string().trim_end()))
        }
        _ => {
            let wrong = sentence(error, labels);
            Request::Wrong(vec![(labels.usage.with_hint)(&wrong, "anli --help")])
        }
    }
}

/// The parser's complaint in our own words.
fn sentence(error: &clap::Error, labels: &Labels) -> String {
    let usage = &labels.usage;
    let argument = context(error, ContextKind::InvalidArg);
    let option = argument_name(&argument);
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            let near = context(error, ContextKind::SuggestedArg);
            let typed = argument.trim_start_matches('-');
            let near = Some(near).filter(|near| is_slip(typed, near.trim_start_matches('-')));
            (usage.unknown_option)(&quoted(&argument), near.as_deref())
        }
        ErrorKind::UnknownArgument => (usage.unexpected_word)(&quoted(&unmark(argument))),
        ErrorKind::InvalidValue if value.is_empty() => (usage.missing_value)(option),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let values = match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(values)) => values.as_slice(),
                _ => &[],
            };
            (usage.invalid_value)(option, &quoted(&unmark(value)), values)
        }
        ErrorKind::TooManyValues => (usage.needless_value)(option),
        ErrorKind::MissingRequiredArgument => (usage.missing_argument)(option),
        ErrorKind::ArgumentConflict => {
            let other = context(error, ContextKind::PriorArg);
            (usage.conflict)(option, argument_name(&other))
        }
        ErrorKind::InvalidUtf8 => usage.not_utf8.to_owned(),
        _ => usage.other.to_owned(),
    }
}

/// One piece of what the parser knows of its complaint; empty for none.
fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    }
}

/// `--lang` of `--lang <LANG>`, `ID` of `<ID>...`.
fn argument_name(argument: &str) -> &str {
    let name = argument.split(' ').next().unwrap_or(argument);
    name.trim_matches(['<', '>', '.', '[', ']'])
}
