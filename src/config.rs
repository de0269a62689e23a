//! What the user set: one commented TOML file, environment variables over it,
//! options over those.
//!
//! A wrong entry never stops the start. It is left out, and a [`Mistake`] names
//! the place and the nearest name that is right.

mod command;
mod keys;
mod mistake;
mod setting;

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::fs::File;
use std::hash::Hash;
use std::io::{self, ErrorKind, Read};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

pub use mistake::{Mistake, Origin, Problem};

use crate::background::Background;
use crate::key::Key;
use crate::language::{Labels, Language, Sentence};
use crate::nearest::nearest;
use crate::text::pinyin;
use crate::text::script::{Display, Forms, Script};
use crate::text::width;
use setting::{Given, SETTINGS, Setting};

/// How wide text may be set, in columns.
pub const MEASURES: RangeInclusive<u16> = 20..=200;

/// Colours and attributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// The terminal's own 16 colours.
    #[default]
    Sixteen,
    /// Attributes alone.
    Mono,
    Contrast,
    Truecolor,
}

/// Whether the mouse is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mouse {
    /// On here, off over SSH, where it would take the terminal's own selection
    /// away.
    #[default]
    Auto,
    On,
    Off,
}

/// What has the keys at a start without a place to go back to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Start {
    /// The search line: what is typed is searched for.
    #[default]
    Search,
    /// The list.
    List,
}

/// How text is copied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Clipboard {
    /// Every way that can work: the programs of the desktop where the reader is at
    /// this machine, tmux, else the terminal.
    #[default]
    Auto,
    /// OSC 52 as it is; tmux takes it with `set-clipboard on`.
    Raw,
    /// OSC 52 wrapped for tmux to pass through.
    Tmux,
    /// [`Config::clipboard_command`].
    Command,
    Off,
}

/// Keys that the user gave to an action.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Binding {
    /// The action's name, as written: only the application knows which names
    /// there are, see [`Config::unknown_actions`].
    pub action: String,
    /// No key takes the action's keys away.
    pub keys: Vec<Key>,
    /// Line of the file, from 1.
    pub line: u32,
}

/// All settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `None`: the locale's.
    pub language: Option<Language>,
    pub theme: Theme,
    /// `None`: the terminal is asked.
    pub background: Option<Background>,
    /// Columns of a line of text.
    pub measure: u16,
    pub script: Script,
    /// Whose forms of Traditional characters are shown.
    pub forms: Forms,
    /// Whether half-width marks are widened in Simplified and Traditional text.
    pub full_width: bool,
    /// `None`: the terminal is asked.
    pub ambiguous: Option<width::Ambiguous>,
    pub justify: bool,
    /// Whether blank rows part paragraphs, and cases in the list.
    pub roomy: bool,
    /// Whether the page alone has hints below it.
    pub zen_hints: bool,
    pub start: Start,
    pub mouse: Mouse,
    pub clipboard: Clipboard,
    /// Program and arguments that take a copy on standard input.
    pub clipboard_command: Option<Vec<String>>,
    /// Whether frames are sent as synchronized output (DEC 2026).
    pub sync: bool,
    /// Whether stars, notes and the place are kept.
    pub state: bool,
    /// Program and arguments; `None`: `$PAGER`.
    pub pager: Option<Vec<String>>,
    /// Program and arguments; `None`: `$VISUAL` or `$EDITOR`.
    pub editor: Option<Vec<String>>,
    pub pinyin: pinyin::Options,
    pub keys: Vec<Binding>,
    /// Files and folders of the libraries that have a name.
    pub libraries: BTreeMap<String, Vec<PathBuf>>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::default(),
            background: None,
            measure: 80,
            script: Script::default(),
            forms: Forms::default(),
            full_width: false,
            ambiguous: None,
            justify: false,
            roomy: false,
            zen_hints: true,
            start: Start::default(),
            mouse: Mouse::default(),
            clipboard: Clipboard::default(),
            clipboard_command: None,
            sync: true,
            state: true,
            pager: None,
            editor: None,
            pinyin: pinyin::Options::default(),
            keys: Vec::new(),
            libraries: BTreeMap::new(),
        }
    }
}

/// The whole file with every setting at its default and what it means.
pub const DEFAULT: &str = include_str!("config/default.toml");

/// More bytes are no settings.
const LIMIT: u64 = 1 << 20;

/// Most lines with invalid TOML that are reported one by one.
const PASSES: usize = 100;

/// Where the settings file is on this platform; `None` without a home folder, or
/// if `HOME` is not an absolute path.
pub fn path() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "anli")?;
    let path = folders.config_dir().join("config.toml");
    path.is_absolute().then_some(path)
}

/// The variables that name the folder of the settings and are not absolute paths,
/// so that they are ignored (XDG Base Directory Specification 0.8).
pub fn misplaced(variable: impl Fn(&str) -> Option<OsString>) -> Vec<Mistake> {
    let home = path().is_none().then_some("HOME");
    let names = home.into_iter().chain(["XDG_CONFIG_HOME"]);
    let mistake = |name: &str| {
        let value = variable(name).filter(|value| !value.is_empty())?;
        let given = value.to_string_lossy().into_owned();
        let problem = Problem::NotAbsolute { given };
        let place = Origin::Variable(name.to_owned());
        Path::new(&value)
            .is_relative()
            .then(|| Mistake::new(place, "", problem))
    };
    names.filter_map(mistake).collect()
}

/// [`DEFAULT`] with the live key table written out below `[keys]`, every row a
/// comment: name, keys, meaning.
pub fn default_with_keys<'a>(
    rows: impl IntoIterator<Item = (&'a str, Vec<Key>, &'a str)>,
) -> String {
    let mut text = DEFAULT.trim_end().to_owned();
    text.push('\n');
    for (action, keys, meaning) in rows {
        let keys: Vec<String> = keys.iter().map(|key| keys::quoted(*key)).collect();
        let keys = keys.join(", ");
        text.push_str(&format!("\n# {meaning}\n# {action} = [{keys}]\n"));
    }
    text
}

impl Config {
    /// Reads a file. One that is not there is no mistake.
    pub fn read(path: &Path) -> (Self, Vec<Mistake>) {
        let place = Origin::File {
            path: path.to_owned(),
            line: None,
        };
        let mistake = |problem| (Self::default(), vec![Mistake::new(place, "", problem)]);
        match read_text(path) {
            Ok(Some(text)) => Self::parse(&text, path),
            Ok(None) => (Self::default(), Vec::new()),
            Err(why) => mistake(why),
        }
    }

    /// Reads the text of a file; `file` is what mistakes call it. Every entry
    /// that is right counts, whatever is wrong beside it.
    pub fn parse(text: &str, file: &Path) -> (Self, Vec<Mistake>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader {
            text,
            file,
            config: Self::default(),
            mistakes: Vec::new(),
        };
        // The parser continues after a mistake, but may take the next line for a part of it:
        // remove the line and parse the rest again.
        let mut rest = text.to_owned();
        for _ in 0..PASSES {
            let (_, errors) = toml::de::DeTable::parse_recoverable(&rest);
            let first = errors.iter().min_by_key(|error| start(error));
            let Some(first) = first else { break };
            let at = start(first).min(text.len());
            reader.mistake(at, "", Problem::Syntax(first.message().to_owned()));
            let cleared = without_line(&rest, reader.line(at));
            if cleared == rest {
                // What is missing at the end of the file cannot be taken out.
                break;
            }
            rest = cleared;
        }
        for text in [text, rest.as_str()] {
            let (table, _) = toml::de::DeTable::parse_recoverable(text);
            reader.table("", table.get_ref());
        }
        let Reader {
            mut config,
            mut mistakes,
            ..
        } = reader;
        once(&mut config.keys, Binding::clone);
        config.keys.sort_by_key(|binding| binding.line);
        once(&mut mistakes, Mistake::to_string);
        mistakes.sort_by_key(|mistake| mistake.place.line());
        (config, mistakes)
    }

    /// Lets environment variables override: `ANLI_THEME`, `ANLI_PINYIN_FUZZY`,
    /// one for every setting but the keys, and `ANLI_NO_SYNC` for `sync = off`.
    /// An empty variable counts as unset.
    pub fn override_by(&mut self, variable: impl Fn(&str) -> Option<String>) -> Vec<Mistake> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let mut mistakes = Vec::new();
        for setting in &SETTINGS {
            let name = setting.variable();
            if let Some(value) = set(&name) {
                let taken = setting.take(self, &Given::Text(value));
                mistakes.extend(taken.err().map(|problem| {
                    let place = Origin::Variable(name.clone());
                    Mistake::new(place, setting.key, problem)
                }));
            }
        }
        if set("ANLI_NO_SYNC").is_some_and(|value| value != "0") {
            self.sync = false;
        }
        mistakes
    }

    /// Sets one setting from an option of the command line; returns what is wrong
    /// with it, with the option as its place.
    pub fn set(&mut self, key: &str, value: &str, option: &str) -> Option<Mistake> {
        let setting = SETTINGS.iter().find(|setting| setting.key == key);
        let taken = match setting {
            Some(setting) => setting.take(self, &Given::Text(value.to_owned())),
            None => Err(unknown_key(key)),
        };
        let problem = taken.err()?;
        Some(Mistake::new(
            Origin::Option(option.to_owned()),
            key,
            problem,
        ))
    }

    /// The bindings whose action is none of `actions`, with the nearest that is.
    pub fn unknown_actions(&self, file: &Path, actions: &[&str]) -> Vec<Mistake> {
        let bindings = self.keys.iter();
        let unknown = bindings.filter(|binding| !actions.contains(&binding.action.as_str()));
        unknown
            .map(|binding| {
                let nearest = nearest(&binding.action, actions.iter().copied(), 1);
                let place = Origin::File {
                    path: file.to_owned(),
                    line: Some(binding.line),
                };
                let problem = Problem::UnknownAction {
                    nearest: nearest.first().map(|&name| name.to_owned()),
                };
                Mistake::new(place, &format!("keys.{}", binding.action), problem)
            })
            .collect()
    }

    /// How text is displayed in a script, by these settings.
    pub const fn display_in(&self, script: Script) -> Display {
        Display {
            script,
            forms: self.forms,
            full_width: self.full_width,
            parts_emoji: false,
        }
    }

    /// Program and arguments that show a text: the setting, else `$PAGER`, else
    /// `less`.
    pub fn pager_command(&self, variable: impl Fn(&str) -> Option<String>) -> Vec<String> {
        command::first(&self.pager, &["PAGER"], variable, "less")
    }

    /// Program and arguments that edit a file: the setting, else `$VISUAL`, else
    /// `$EDITOR`, else `vi`.
    pub fn editor_command(&self, variable: impl Fn(&str) -> Option<String>) -> Vec<String> {
        command::first(&self.editor, &["VISUAL", "EDITOR"], variable, "vi")
    }
}

/// The names of all settings, `pinyin.fuzzy` and `keys` among them.
pub fn setting_names() -> impl Iterator<Item = &'static str> {
    SETTINGS
        .iter()
        .map(|setting| setting.key)
        .chain(["keys", "library"])
}

/// Why a file that exists cannot be read as text; `None` if it can.
pub fn unreadable(path: &Path) -> Option<Sentence> {
    match read_text(path) {
        Err(Problem::Unreadable(why)) => Some(why),
        _ => None,
    }
}

fn read_text(path: &Path) -> Result<Option<String>, Problem> {
    let said = |why: &dyn Fn(&Labels) -> String| {
        let [chinese, english] =
            [Language::Chinese, Language::English].map(|language| why(language.labels()));
        Problem::Unreadable(Sentence::new(chinese, english))
    };
    let unreadable = |cause: io::Error| said(&|labels| labels.reason(&cause));
    match path.metadata() {
        Ok(found) if found.is_file() => {}
        Ok(_) => return Err(said(&|labels| labels.reading.not_a_file.to_owned())),
        // Below a file there is none either.
        Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(cause) => return Err(unreadable(cause)),
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > LIMIT {
        let why = Sentence::new(
            format!("它超过 {} KB", LIMIT >> 10),
            format!("it has more than {} KB", LIMIT >> 10),
        );
        return Err(Problem::Unreadable(why));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..byte];
        let line = 1 + before.iter().filter(|&&b| b == b'\n').count();
        said(&|labels| (labels.reading.not_utf8)(byte, line))
    })?;
    Ok(Some(text))
}

/// Where the parser stumbled, in bytes.
fn start(error: &toml::de::Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

/// The text with blanks for a line, counted from 1; everything else stays where
/// it is, to the byte.
fn without_line(text: &str, line: u32) -> String {
    let blank = |(row, number): (&str, u32)| {
        if number == line {
            " ".repeat(row.len())
        } else {
            row.to_owned()
        }
    };
    let rows: Vec<String> = text.split('\n').zip(1..).map(blank).collect();
    rows.join("\n")
}

/// Leaves the first of entries that are the same by `name`: both readings find
/// most of them.
fn once<T, Name: Eq + Hash>(entries: &mut Vec<T>, name: impl Fn(&T) -> Name) {
    let mut seen = HashSet::new();
    entries.retain(|entry| seen.insert(name(entry)));
}

fn unknown_key(key: &str) -> Problem {
    let nearest = nearest(key, setting_names().chain(["pinyin"]), 1);
    Problem::UnknownSetting {
        nearest: nearest.first().map(|&name| name.to_owned()),
    }
}

/// Goes through the tables of a file and gathers settings and mistakes.
struct Reader<'a> {
    text: &'a str,
    file: &'a Path,
    config: Config,
    mistakes: Vec<Mistake>,
}

type Table<'a> = toml::de::DeTable<'a>;
type Value<'a> = toml::Spanned<toml::de::DeValue<'a>>;

impl Reader<'_> {
    /// Reads a table; `parent` is empty or ends with a dot.
    fn table(&mut self, parent: &str, table: &Table<'_>) {
        for (name, value) in table {
            let at = name.span().start;
            let key = format!("{parent}{}", name.get_ref());
            if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) {
                self.setting(setting, value);
            } else if key == "keys" || key == "pinyin" || key == "library" {
                match value.get_ref().as_table() {
                    Some(keys) if key == "keys" => self.keys(keys),
                    Some(libraries) if key == "library" => self.libraries(libraries),
                    Some(table) => self.table("pinyin.", table),
                    None => {
                        let problem = Problem::BadValue {
                            given: setting::Given::of(value.get_ref()).to_string(),
                            expected: format!("[{key}]"),
                            nearest: None,
                        };
                        self.mistake(at, &key, problem);
                    }
                }
            } else {
                self.mistake(at, &key, unknown_key(&key));
            }
        }
    }

    fn setting(&mut self, setting: &Setting, value: &Value<'_>) {
        let given = Given::of(value.get_ref());
        if let Err(problem) = setting.take(&mut self.config, &given) {
            self.mistake(value.span().start, setting.key, problem);
        }
    }

    fn keys(&mut self, table: &Table<'_>) {
        for (name, value) in table {
            let line = self.line(name.span().start);
            let mut binding = Binding {
                action: name.get_ref().to_string(),
                keys: Vec::new(),
                line,
            };
            let whole = [value];
            let values: Vec<&Value<'_>> = match value.get_ref().as_array() {
                Some(array) => array.iter().collect(),
                None => whole.to_vec(),
            };
            let count = values.len();
            for value in values {
                let name = value
                    .get_ref()
                    .as_str()
                    .map(str::to_owned)
                    .unwrap_or_else(|| Given::of(value.get_ref()).to_string());
                match name.parse::<Key>() {
                    Ok(key) => binding.keys.push(key),
                    Err(unknown) => {
                        let problem = Problem::UnknownKeyName {
                            given: name,
                            nearest: unknown.nearest,
                        };
                        let key = format!("keys.{}", binding.action);
                        self.mistake(value.span().start, &key, problem);
                    }
                }
            }
            // An action whose keys are all wrong keeps the keys it has.
            if count == 0 || !binding.keys.is_empty() {
                self.config.keys.push(binding);
            }
        }
    }

    /// Reads `[library.NAME]` with `paths`: files and folders, relative ones to the
    /// folder of the settings, `~/` in the home folder.
    fn libraries(&mut self, table: &Table<'_>) {
        for (name, value) in table {
            let key = format!("library.{}", name.get_ref());
            let given = Given::of(value.get_ref()).to_string();
            let entries = value.get_ref().as_table();
            let paths = entries.and_then(|entries| {
                let paths = entries
                    .iter()
                    .find(|(name, _)| name.get_ref() == "paths")?
                    .1
                    .get_ref()
                    .as_array()?
                    .iter()
                    .map(|path| path.get_ref().as_str().map(|path| self.path(path)));
                paths.collect::<Option<Vec<PathBuf>>>()
            });
            let others = entries.into_iter().flatten();
            for (other, _) in others.filter(|(name, _)| name.get_ref() != "paths") {
                let key = format!("{key}.{}", other.get_ref());
                let nearest = Some("paths".to_owned());
                self.mistake(
                    other.span().start,
                    &key,
                    Problem::UnknownSetting { nearest },
                );
            }
            match paths.filter(|paths| !paths.is_empty()) {
                Some(paths) => {
                    self.config
                        .libraries
                        .insert(name.get_ref().to_string(), paths);
                }
                None => {
                    let expected = "paths = [\"…\"]".to_owned();
                    let problem = Problem::BadValue {
                        given,
                        expected,
                        nearest: None,
                    };
                    self.mistake(name.span().start, &key, problem);
                }
            }
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        let home = directories::BaseDirs::new();
        if let (Some(rest), Some(home)) = (path.strip_prefix("~/"), home) {
            return home.home_dir().join(rest);
        }
        match self.file.parent() {
            Some(folder) => folder.join(path),
            None => PathBuf::from(path),
        }
    }

    fn mistake(&mut self, at: usize, key: &str, problem: Problem) {
        let place = Origin::File {
            path: self.file.to_owned(),
            line: Some(self.line(at)),
        };
        self.mistakes.push(Mistake::new(place, key, problem));
    }

    fn line(&self, at: usize) -> u32 {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        1 + before.iter().filter(|&&byte| byte == b'\n').count() as u32
    }
}
