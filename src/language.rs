//! The language of the interface, and every text of the command line in it.
//!
//! Every layer words its messages in both languages: fixed words are a [`Label`], warnings
//! about documents are a [`Sentence`], and errors with data have a `message` in a
//! [`Language`]. Texts that are the same in both languages (names of commands and options,
//! ids, names of fields in JSON) are written where they are used. Categories and
//! completeness keep their Chinese names everywhere.

pub mod en;
pub mod zh;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt;
use std::io::{self, ErrorKind};
use std::ops::Deref;

use rustix::io::Errno;

/// A phrase in both languages: Simplified Chinese, English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(pub &'static str, pub &'static str);

impl Label {
    /// The phrase in a language.
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.0,
            Language::English => self.1,
        }
    }
}

/// A sentence in both languages, with what it speaks of. Used as a text it is
/// the English one, as the `Display` of errors is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    chinese: Cow<'static, str>,
    english: Cow<'static, str>,
}

impl Sentence {
    /// The sentence from its Chinese and its English form.
    pub fn new(
        chinese: impl Into<Cow<'static, str>>,
        english: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            chinese: chinese.into(),
            english: english.into(),
        }
    }

    /// The sentence in a language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.chinese,
            Language::English => &self.english,
        }
    }

    /// The Chinese form.
    pub fn chinese(&self) -> &str {
        &self.chinese
    }

    /// The English form.
    pub fn english(&self) -> &str {
        &self.english
    }
}

impl From<Label> for Sentence {
    fn from(label: Label) -> Self {
        Self::new(label.0, label.1)
    }
}

/// What reads the same in both languages.
impl From<&str> for Sentence {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned(), text.to_owned())
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

impl Deref for Sentence {
    type Target = str;

    fn deref(&self) -> &str {
        &self.english
    }
}

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    Chinese,
    English,
}

impl Language {
    /// The language that a locale names: by `LC_ALL`, else `LC_MESSAGES`, else
    /// `LANG`, else `LC_CTYPE`. `None` where that is neither English nor Chinese,
    /// as `C` and `POSIX` are, which containers have.
    ///
    /// The order is POSIX's for messages (The Open Group Base Specifications,
    /// 8.2); `LC_CTYPE` is asked last because it is often all that comes over
    /// SSH. A variable that is empty counts as unset.
    pub fn of_locale<V: AsRef<OsStr>>(variable: impl Fn(&str) -> Option<V>) -> Option<Self> {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG", "LC_CTYPE"];
        let set = |name: &str| variable(name).filter(|value| !value.as_ref().is_empty());
        let locale = names.into_iter().find_map(set)?;
        match &*primary(locale.as_ref())? {
            "en" => Some(Self::English),
            "zh" => Some(Self::Chinese),
            _ => None,
        }
    }

    /// The language with a name that `--lang` takes: `zh` or `en`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The texts in this language.
    pub const fn labels(self) -> &'static Labels {
        match self {
            Self::Chinese => &zh::LABELS,
            Self::English => &en::LABELS,
        }
    }
}

/// The language of a locale, in lower case: `en` of `en`, `en_GB.UTF-8` and `EN-us`,
/// but `enm` of `enm`.
fn primary(locale: &OsStr) -> Option<String> {
    let language = locale.to_str()?.split(['_', '-', '.', '@']).next()?;
    Some(language.to_ascii_lowercase())
}

/// The texts of the command line in one language.
#[derive(Debug)]
pub struct Labels {
    pub language: Language,
    pub help: Help,
    pub usage: Usage,
    pub reading: ReadErrors,
    pub answer: Answer,
    pub stats: Stats,
}

impl Labels {
    /// Why something could not be read or written; the system's own words for
    /// what is rare.
    pub fn reason(&self, error: &io::Error) -> String {
        let reading = &self.reading;
        let is = |errno: Errno| error.raw_os_error() == Some(errno.raw_os_error());
        if is(Errno::LOOP) {
            return reading.link_loop.to_owned();
        }
        // What a pipe without a reader says to who opens it and does not wait.
        if is(Errno::NXIO) {
            return reading.no_reader.to_owned();
        }
        let known = match error.kind() {
            ErrorKind::NotFound => reading.missing,
            ErrorKind::PermissionDenied => reading.forbidden,
            ErrorKind::IsADirectory => reading.is_a_folder,
            ErrorKind::NotADirectory => reading.not_a_folder,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => reading.disk_full,
            ErrorKind::FileTooLarge => reading.file_too_large,
            ErrorKind::InvalidFilename => reading.name_too_long,
            ErrorKind::ReadOnlyFilesystem => reading.read_only,
            _ => return error.to_string(),
        };
        known.to_owned()
    }
}

/// What `--help`, the man page and the completions say.
#[derive(Debug)]
pub struct Help {
    pub about: &'static str,
    /// What the program is for, without its name.
    pub purpose: &'static str,
    /// How the program is called, one way a line.
    pub synopsis: &'static str,
    /// Stands for the options in the usage of a command.
    pub options: &'static str,
    pub usage_heading: &'static str,
    pub commands_heading: &'static str,
    pub arguments_heading: &'static str,
    pub options_heading: &'static str,
    pub examples_heading: &'static str,
    pub examples: &'static str,
    pub query_heading: &'static str,
    /// What a query may be, a line and an example each.
    pub query_examples: &'static str,
    pub exit_heading: &'static str,
    pub exit_codes: &'static str,

    pub list: &'static str,
    pub show: &'static str,
    pub search: &'static str,
    pub cite: &'static str,
    pub export: &'static str,
    pub import: &'static str,
    pub figures: &'static str,
    pub evidence: &'static str,
    pub related: &'static str,
    pub lineage: &'static str,
    pub compare: &'static str,
    pub stats: &'static str,
    pub compile: &'static str,
    pub compile_layout: &'static str,
    pub compile_format: &'static str,
    pub compile_title: &'static str,
    pub compile_order: &'static str,
    pub compile_preface: &'static str,
    pub compile_appendix: &'static str,
    pub compile_abstract: &'static str,
    pub compile_cover: &'static str,
    pub compile_contents: &'static str,
    pub jury: &'static str,
    pub jury_action: &'static str,
    pub jury_dir: &'static str,
    pub jury_item: &'static str,
    pub jury_juror: &'static str,
    pub jury_case: &'static str,
    pub jury_reason: &'static str,
    pub jury_output: &'static str,
    pub jury_accept: &'static str,
    pub check: &'static str,
    pub check_catalog: &'static str,
    pub config_command: &'static str,
    pub config_print: &'static str,
    pub config_check: &'static str,
    pub doctor: &'static str,
    pub completions: &'static str,
    pub man: &'static str,
    pub help: &'static str,

    pub query: &'static str,
    pub search_query: &'static str,
    pub search_exact: &'static str,
    pub export_guesses: &'static str,
    pub id: &'static str,
    pub section: &'static str,
    pub script: &'static str,
    pub style: &'static str,
    pub export_query: &'static str,
    pub figures_format: &'static str,
    pub compare_format: &'static str,
    pub format: &'static str,
    pub output: &'static str,
    pub force: &'static str,
    pub import_file: &'static str,
    pub dry_run: &'static str,
    pub shell: &'static str,
    pub install: &'static str,
    pub install_dir: &'static str,
    pub topic: &'static str,
    pub topics_heading: &'static str,

    pub seeds: &'static str,
    pub library: &'static str,
    pub encoding: &'static str,
    pub open: &'static str,
    pub open_path: &'static str,
    pub tour: &'static str,
    pub demo: &'static str,
    pub demo_script: &'static str,
    pub demo_print: &'static str,
    pub idle: &'static str,
    /// What alone heeds it.
    pub idle_users: &'static str,
    pub kiosk: &'static str,
    pub roomy: &'static str,
    pub title_page: &'static str,
    pub round: &'static str,
    pub lang: &'static str,
    pub json: &'static str,
    pub list_all: &'static str,
    pub sort: &'static str,
    pub ambiguous: &'static str,
    pub mouse: &'static str,
    pub no_sync: &'static str,
    pub plain: &'static str,
    pub no_state: &'static str,
    pub state: &'static str,
    pub config: &'static str,
    pub theme: &'static str,
    pub background: &'static str,
    pub help_flag: &'static str,
    pub version_flag: &'static str,
}

/// Sentences about a call that was not understood. None has a full stop.
#[derive(Debug)]
pub struct Usage {
    /// The option, and the known one nearest to it.
    pub unknown_option: fn(&str, Option<&str>) -> String,
    pub unexpected_word: fn(&str) -> String,
    /// The option, its value, and the values that it takes, if they can be
    /// listed.
    pub invalid_value: fn(&str, &str, &[String]) -> String,
    pub missing_value: fn(&str) -> String,
    pub needless_value: fn(&str) -> String,
    pub missing_argument: fn(&str) -> String,
    pub conflict: fn(&str, &str) -> String,
    /// A page or command that is not there, and one that may be meant.
    pub unknown_topic: fn(&str, Option<&str>) -> String,
    /// An option, and what alone it is for.
    pub only_with: fn(&str, &str) -> String,
    pub not_utf8: &'static str,
    pub other: &'static str,
    /// The sentence, followed by the command that explains more.
    pub with_hint: fn(&str, &str) -> String,
    /// The name, and the names of the libraries that the settings have.
    pub unknown_library: fn(&str, &[&str]) -> String,
    /// A word of the query that names a document.
    pub is_a_document: fn(&str) -> String,
    pub needs_terminal: &'static str,
    /// That the explorer needs a terminal, without naming other ways to read.
    pub needs_terminal_alone: &'static str,
}

/// Sentences about documents and catalogs that cannot be read. What could not
/// be read comes first, why comes second.
#[derive(Debug)]
pub struct ReadErrors {
    pub folder: fn(&str, &str) -> String,
    pub document: fn(&str, &str) -> String,
    pub demo_script: fn(&str, &str) -> String,
    pub catalog: fn(&str, &str) -> String,
    pub settings: fn(&str, &str) -> String,
    pub input: fn(&str) -> String,
    pub output: fn(&str) -> String,
    pub file: fn(&str, &str) -> String,
    /// A file for an editor.
    pub temporary: fn(&str) -> String,

    pub missing: &'static str,
    pub no_such_folder: &'static str,
    pub forbidden: &'static str,
    pub is_a_folder: &'static str,
    pub not_a_folder: &'static str,
    pub not_a_file: &'static str,
    pub link_loop: &'static str,
    pub disk_full: &'static str,
    /// Than this system or this session allows.
    pub file_too_large: &'static str,
    pub name_too_long: &'static str,
    pub read_only: &'static str,
    pub no_reader: &'static str,
    pub in_the_way: &'static str,
    /// A file is there already; names the option that helps.
    pub exists: &'static str,
    pub no_documents: &'static str,
    /// Its size and the limit, both in bytes.
    pub too_large: fn(u64, u64) -> String,
    /// How many further documents could not be read.
    pub more_unread: fn(usize) -> String,
    /// Offset of the byte, from 0, and its line, from 1.
    pub not_utf8: fn(usize, usize) -> String,
    /// What to do about it, in the same sentence.
    pub convert: &'static str,
}

/// Heads of the tables of `anli stats`.
#[derive(Debug)]
pub struct Stats {
    pub cases: &'static str,
    pub documents: &'static str,
    pub characters: &'static str,
    /// Of the shortest, the middle and the longest text.
    pub lengths: &'static str,
    pub years: &'static str,
    pub categories: &'static str,
    pub areas: &'static str,
    pub kinds: &'static str,
    pub topics: &'static str,
    pub folders: &'static str,
    pub sources: &'static str,
    pub by_category: &'static str,
    pub by_area: &'static str,
    pub sizes: &'static str,
    pub total: &'static str,
    /// Cases for which the documents give no value.
    pub none: &'static str,
}

/// What the subcommands print besides the cases themselves.
#[derive(Debug)]
pub struct Answer {
    /// A file that was written, that was there already as it would be written, and that
    /// took the place of another.
    pub installed: fn(&str) -> String,
    pub installed_already: fn(&str) -> String,
    pub replaced: fn(&str) -> String,
    pub dir_needed: &'static str,
    pub which_shell: &'static str,
    /// What a shell needs to find its completions in a folder.
    pub loads_completions: fn(&str, &str) -> String,
    /// What `man` needs to find pages below a folder.
    pub finds_man: fn(&str) -> String,
    /// The id that is no case's, and the ids nearest to it.
    pub unknown_id: fn(&str, &[&str]) -> String,
    /// The section asked for, the id, and the headings that there are.
    pub no_section: fn(&str, &str, &[String]) -> String,
    /// The documents hold no case.
    pub no_case: &'static str,
    pub no_figures: &'static str,
    pub no_evidence: &'static str,
    pub no_related: &'static str,
    pub no_lineage: &'static str,
    /// Fewer than two cases were named, or more than three.
    pub compare_two: &'static str,
    /// A case has no section of a part.
    pub no_such_part: &'static str,
    /// The head of the figures of a comparison.
    pub figures_heading: &'static str,
    /// A cue of evidence and the scope that its clause names.
    pub scoped: fn(&str, &str) -> String,
    /// The heads of the table of figures.
    pub figure_columns: [&'static str; 5],
    pub nothing_found: fn(&str) -> String,
    /// That nothing is like the query either, and how else to ask.
    pub nothing_similar: &'static str,
    /// A query that finds something, and how many cases it finds.
    pub try_instead: fn(&str, u32) -> String,
    /// What was asked instead, at once.
    pub asked_instead: fn(&str) -> String,
    pub all_guesses: &'static str,
    pub guesses_needed: &'static str,
    pub unknown_field: fn(&str, &str) -> String,
    /// A name that is like no field, and the fields by their Chinese and English names.
    pub unlike_field: fn(&str, [&[&str]; 2]) -> String,
    pub empty_field: fn(&str) -> String,
    /// The field, the value, and values that it can have.
    pub bad_value: fn([&str; 2], &str, [&str; 2]) -> String,
    /// A field that has no value yet, by its Chinese and its English name.
    pub no_value_yet: fn(&str, &str) -> String,
    pub no_word: &'static str,
    /// What was typed as in another program, and what is right.
    pub other_syntax: fn(&str, &str) -> String,
    /// A Latin word that no text has and no pinyin is.
    pub not_chinese: fn(&str) -> String,
    pub open_quote: &'static str,
    pub too_long: &'static str,
    /// Between two sentences.
    pub separator: &'static str,
    /// Between two names.
    pub comma: &'static str,

    /// The id, and what its document does not say.
    pub missing: fn(&str, &str) -> String,
    /// The id, and what an editor supplied.
    pub inferred: fn(&str, &str) -> String,
    /// How many cases were written to which file.
    pub exported: fn(usize, &str) -> String,
    /// No format has the ending of this file.
    pub as_markdown: fn(&str) -> String,
    pub progress: fn(usize, usize) -> String,
    pub cancelled: &'static str,
    /// Asks whether a file may be replaced.
    pub replace: fn(&str) -> String,

    pub no_home: &'static str,
    pub settings_right: &'static str,

    /// Line of the document.
    pub line: fn(u32) -> String,
    pub lines: fn(u32, u32) -> String,

    pub title: &'static str,
    pub org: &'static str,
    pub heading: &'static str,
    pub text: &'static str,
    pub homophone: &'static str,
    pub scattered: &'static str,
    pub near: &'static str,

    /// Headings of the ledger.
    pub document: &'static str,
    pub total: &'static str,
    pub case_text: &'static str,
    pub list_entry: &'static str,
    pub own_text: &'static str,
    pub furniture: &'static str,
    pub noise: &'static str,
    pub white_space: &'static str,
    pub unaccounted: &'static str,
    pub warnings: &'static str,
    pub sum: &'static str,
    /// The document, the line, and what the reader says.
    pub warning: fn(&str, u32, &str) -> String,
    /// How a document was read: its name; the reader, its confidence and what speaks for
    /// it; how many cases.
    pub read_as: fn(&str, [&str; 3], usize) -> String,
    /// A line of a document that was taken for furniture.
    pub furniture_line: fn(&str, u32, &str) -> String,
    /// A document, and a text in its file that is left out of it.
    pub left_out: fn(&str, &str) -> String,
    /// What names of files end with, without the dot, and how many are passed over.
    pub passed_over: fn(&str, usize) -> String,
    /// How many folders are passed over, and why.
    pub folders_passed_over: fn(usize, &str) -> String,
    /// How many cases with marks were found again in edited documents.
    pub marks_moved: fn(usize) -> String,
    /// How many cases with marks are not found any more.
    pub marks_lost: fn(usize) -> String,
    /// A case with marks that is not found any more: its title and where it was.
    pub lost_marks: fn(&str, &str) -> String,
    /// How many characters belong to nothing, or to more than one thing.
    pub check_failed: fn(usize) -> String,
}

/// What a reader typed, for a sentence that quotes it: at most 40 characters,
/// then an ellipsis.
pub fn quoted(typed: &str) -> Cow<'_, str> {
    const LONGEST: usize = 40;
    match typed.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &typed[..end])),
        None => Cow::Borrowed(typed),
    }
}

/// Returns each word of a suggested query as [`quoted`] does, so that the separators can be
/// seen.
pub fn quoted_words(query: &str) -> String {
    let pieces = query.split_inclusive([' ', '|']).map(|piece| {
        let word = piece.trim_end_matches([' ', '|']);
        quoted(word).into_owned() + &piece[word.len()..]
    });
    pieces.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_between_long_words_is_seen() {
        let (long, cut) = ("铁".repeat(50), "铁".repeat(40) + "…");
        assert_eq!(quoted_words("地铁|公交 -市南"), "地铁|公交 -市南");
        assert_eq!(quoted_words(&format!("{long}|公交")), format!("{cut}|公交"));
        assert_eq!(
            quoted_words(&format!("{long} {long}")),
            format!("{cut} {cut}")
        );
    }

    #[track_caller]
    fn check(variables: &[(&str, &str)], language: impl Into<Option<Language>>) {
        let value = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.to_string())
        };
        assert_eq!(Language::of_locale(value), language.into());
    }

    #[test]
    fn an_english_locale_speaks_english() {
        check(&[("LANG", "en_GB.UTF-8")], Language::English);
        check(&[("LC_CTYPE", "en_US.UTF-8")], Language::English);
        check(&[("LANG", "en")], Language::English);
    }

    #[test]
    fn a_chinese_locale_speaks_chinese() {
        for locale in ["zh_CN.UTF-8", "zh", "zh_TW", "ZH-Hans"] {
            check(&[("LANG", locale)], Language::Chinese);
        }
    }

    #[test]
    fn a_locale_of_neither_language_names_none() {
        check(&[], None);
        for locale in ["C", "POSIX", "C.UTF-8", "fr_FR", "enm", ""] {
            check(&[("LANG", locale)], None);
        }
    }

    #[test]
    fn the_more_special_variable_wins() {
        check(&[("LC_ALL", "C"), ("LANG", "en_US")], None);
        check(
            &[("LC_MESSAGES", "en_US"), ("LANG", "zh_CN")],
            Language::English,
        );
        check(
            &[("LC_CTYPE", "zh_CN.UTF-8"), ("LANG", "en_US")],
            Language::English,
        );
    }

    #[test]
    fn an_empty_variable_is_as_good_as_none() {
        check(&[("LC_ALL", ""), ("LANG", "en_US")], Language::English);
    }
}
