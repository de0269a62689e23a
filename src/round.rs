//! The folder of a round: the settings in `round.toml`, what the office records in
//! `office.jsonl`, and a file a juror under `jurors`.
//!
//! Everything is read with suspicion: what cannot be used is named and left out.
//! Records are only ever appended, a line at a time, under a lock, so that a program
//! that is killed loses at most the line that it was writing.

pub mod archive;
pub mod sitting;
mod strays;

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::fs::{self, OpenOptions};
use std::hash::BuildHasher;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::corpus::Corpus;
use crate::file_lock::{self, NotLocked};
use crate::jury::asked;
use crate::jury::docket;
use crate::jury::entry::{Entry, Head, hash};
use crate::jury::merge::{self, File, LARGEST_FILE, Record, Trouble};
use crate::jury::office::{Act, Log};
use crate::jury::seat::{self, Content};
use crate::jury::settings::{Mistake, Published, Round, Values, template};
use crate::language::{Language, Sentence};

pub use crate::jury::settings::FILE as SETTINGS;

/// The name of the office's file.
pub const OFFICE: &str = "office.jsonl";

/// The name of the folder of the jurors' files.
pub const JURORS: &str = "jurors";

/// More bytes of settings are not read.
const LARGEST_SETTINGS: u64 = 1 << 20;

/// A round as its folder has it.
#[derive(Clone, Debug)]
pub struct Opened {
    pub folder: PathBuf,
    pub round: Round,
    pub log: Log,
    /// In the order of the jurors in the settings.
    pub records: Vec<Record>,
    /// Trouble with files that belong to no juror.
    pub strays: Vec<Trouble>,
    /// The files of the folder that a manifest lists, by their names below it.
    pub files: Vec<File>,
    /// Other names of the library's cases, in entries from before a setting was changed.
    pub other_ids: HashMap<String, String>,
    /// How many entries have such names.
    pub renamed: usize,
}

/// Why a round cannot be opened or written.
#[derive(Debug)]
pub enum Error {
    /// There is no settings file.
    NoRound(PathBuf),
    /// There is one already.
    Exists(PathBuf),
    /// The settings are wrong.
    Mistakes(PathBuf, Vec<Mistake>),
    /// A file cannot be read or written: why.
    File(PathBuf, Sentence),
    /// A file cannot be read or written: what the system says.
    System(PathBuf, io::Error),
}

impl Error {
    /// What is wrong, a sentence a line.
    pub fn messages(&self, language: Language) -> Vec<String> {
        let chinese = language == Language::Chinese;
        match self {
            Self::NoRound(path) if chinese => {
                let path = path.display();
                vec![format!("{path} 不存在；请先运行 anli jury new 文件夹")]
            }
            Self::NoRound(path) => {
                let path = path.display();
                vec![format!(
                    "there is no {path}; make a round with `anli jury new DIR`"
                )]
            }
            Self::Exists(path) if chinese => vec![format!("{} 已存在，未改动", path.display())],
            Self::Exists(path) => vec![format!("{} exists and is left as it is", path.display())],
            Self::Mistakes(path, mistakes) => {
                let path = path.to_string_lossy();
                let message = |mistake: &Mistake| mistake.message(&path, language);
                mistakes.iter().map(message).collect()
            }
            Self::File(path, why) if chinese => {
                vec![format!("{}：{}", path.display(), why.chinese())]
            }
            Self::File(path, why) => vec![format!("{}: {}", path.display(), why.english())],
            Self::System(path, cause) => {
                let why = language.labels().reason(cause);
                let colon = if chinese { "：" } else { ": " };
                vec![format!("{}{colon}{why}", path.display())]
            }
        }
    }
}

/// Makes a new round in a folder, which is made where it is missing, with jurors of
/// these names. `now` is in microseconds since 1970. Returns the path of the settings
/// file.
///
/// # Errors
///
/// If there is a round already, or the folder cannot be written.
pub fn make(
    folder: &Path,
    name: &str,
    library: &str,
    jurors: &[&str],
    now: u64,
) -> Result<PathBuf, Error> {
    let path = folder.join(SETTINGS);
    let settings = template(name, library, jurors, now);
    Round::parse(&settings).map_err(|mistakes| Error::Mistakes(path.clone(), mistakes))?;
    let system = |cause| Error::System(path.clone(), cause);
    fs::create_dir_all(folder.join(JURORS)).map_err(system)?;
    let made = OpenOptions::new().write(true).create_new(true).open(&path);
    let mut file = made.map_err(|cause| match cause.kind() {
        ErrorKind::AlreadyExists => Error::Exists(path.clone()),
        _ => system(cause),
    })?;
    file.write_all(settings.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(system)?;
    Ok(path)
}

impl Opened {
    /// Reads the round in a folder.
    ///
    /// # Errors
    ///
    /// If the settings cannot be read or are wrong. Trouble with other files is noted
    /// in the result.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(SETTINGS);
        let settings = read_settings(&path)?;
        let round = Round::parse(&settings).map_err(|mistakes| Error::Mistakes(path, mistakes))?;
        let mut strays = Vec::new();
        let office = read_file(folder, OFFICE, &mut strays);
        let log = Log::read(&round.id, office.as_ref());
        let jurors = juror_files(folder, &mut strays);
        let names: Vec<&str> = round
            .jurors
            .iter()
            .map(|juror| juror.name.as_str())
            .collect();
        let (records, others) = merge::merge(&round.id, &names, &jurors);
        strays.extend(others);
        strays.extend(strays::strays(folder, &round, office.as_ref()));
        let settings = File {
            name: SETTINGS.to_owned(),
            bytes: settings.into_bytes(),
        };
        Ok(Self {
            folder: folder.to_owned(),
            round,
            log,
            records,
            strays,
            files: [settings].into_iter().chain(office).chain(jurors).collect(),
            other_ids: HashMap::new(),
            renamed: 0,
        })
    }

    /// Takes note of the library, so that entries from before the round was made blind, or
    /// ceased to be, are of the cases that they were of.
    pub fn know(&mut self, library: &Corpus) {
        self.other_ids = docket::other_ids(&self.round, library);
        self.renamed = self.rename();
    }

    /// Knows what another reading of the same round knows of its library.
    pub fn adopt(&mut self, other: &Self) {
        self.other_ids.clone_from(&other.other_ids);
        self.rename();
    }

    /// Names the cases of all entries as the round names them now; returns how many were
    /// named otherwise.
    fn rename(&mut self) -> usize {
        let names = &self.other_ids;
        let acts = self
            .log
            .records
            .iter_mut()
            .map(|record| &mut record.act)
            .map(|act| usize::from(act.rename(names)));
        let records = self.records.iter_mut().map(|record| record.rename(names));
        acts.chain(records).sum()
    }

    /// The secret by which jurors are numbered in papers that are published. Rounds of
    /// before there were any have their id for it.
    pub fn secret(&self) -> &str {
        self.log.secret().unwrap_or(&self.round.id)
    }

    /// Draws that secret where the round needs one, and has none and no end yet. `time` is
    /// in ISO 8601.
    ///
    /// # Errors
    ///
    /// If the office's file cannot be written.
    pub fn number(&mut self, time: &str) -> Result<(), Error> {
        let is_numbered = self.round.published == Published::Numbers;
        if !is_numbered || self.log.secret().is_some() || self.log.closed().is_some() {
            return Ok(());
        }
        // Keys that the system draws for every process: what is hashed by them is not to be
        // guessed.
        let word = || RandomState::new().hash_one(&self.round.id);
        let secret = format!("{:016x}{:016x}", word(), word());
        self.record(Act::Numbers { secret }, time)
    }

    /// The line of the settings, from 1, that has a key outside of all tables.
    pub fn line_of(&self, key: &str) -> Option<u32> {
        let settings = self.files.iter().find(|file| file.name == SETTINGS)?;
        let text = String::from_utf8_lossy(&settings.bytes);
        let is_key = |(line, _): &(&str, u32)| {
            let value = line.trim_start().strip_prefix(key);
            value.is_some_and(|value| value.trim_start().starts_with('='))
        };
        text.lines().zip(1..).find(is_key).map(|(_, line)| line)
    }

    /// The position of the juror with a name.
    ///
    /// # Errors
    ///
    /// If there is none; the sentence lists those there are.
    pub fn juror(&self, name: &str) -> Result<usize, Sentence> {
        let jurors = &self.round.jurors;
        jurors
            .iter()
            .position(|juror| juror.name == name)
            .ok_or_else(|| {
                let names: Vec<&str> = jurors.iter().map(|juror| juror.name.as_str()).collect();
                if names.is_empty() {
                    return Sentence::new(
                        format!("{SETTINGS} 中没有评委；请在文件末尾的 [[juror]] 中填写"),
                        format!("{SETTINGS} has no jurors; add [[juror]] tables at its end"),
                    );
                }
                Sentence::new(
                    format!("没有名为“{name}”的评委；有：{}", names.join("、")),
                    format!("there is no juror {name:?}; there are {}", names.join(", ")),
                )
            })
    }

    /// Appends an act of the office. `time` is in ISO 8601.
    ///
    /// # Errors
    ///
    /// If the office's file cannot be written.
    pub fn record(&mut self, act: Act, time: &str) -> Result<(), Error> {
        let path = self.folder.join(OFFICE);
        let entries = self.records.iter().flat_map(|record| &record.entries);
        let first = entries.map(|kept| kept.entry.settings.clone()).next();
        append(&path, |text| {
            let file = File {
                name: OFFICE.to_owned(),
                bytes: text.as_bytes().to_vec(),
            };
            self.log = Log::read(&self.round.id, Some(&file));
            // Settings that were changed are recorded with that change alone.
            let relied_on = self.log.settings().or(first.as_deref());
            let is_settled = relied_on.is_none_or(|known| known == self.round.settings);
            let values = if is_settled || matches!(act, Act::Settings { .. }) {
                &self.round.values
            } else {
                &Values::new()
            };
            Ok(self.log.next_line_with(act, time, values) + "\n")
        })?;
        self.reread_office();
        Ok(())
    }

    /// Reads again what the office recorded.
    pub fn reread_office(&mut self) {
        let mut strays = Vec::new();
        let file = read_file(&self.folder, OFFICE, &mut strays);
        self.log = Log::read(&self.round.id, file.as_ref());
        self.rename();
        self.files.retain(|known| known.name != OFFICE);
        let at = usize::from(!self.files.is_empty());
        file.into_iter()
            .for_each(|file| self.files.insert(at, file));
    }

    /// Appends an entry to the file of a juror, which is made where it is missing.
    /// The entry gets its sequence and the hash of the line before here, from all
    /// files that the juror has at this moment.
    ///
    /// # Errors
    ///
    /// If the juror has written of the same case elsewhere since the files were read,
    /// which is read then and shown before anything goes over it; or if the juror's file
    /// cannot be written.
    pub fn enter(&mut self, juror: usize, mut entry: Entry) -> Result<(), Error> {
        let name = self.round.jurors[juror].name.clone();
        let path = self.folder.join(JURORS).join(format!("{name}.jsonl"));
        let seed = seat::seed(&self.round, juror, &self.records[juror]);
        let (id, folder) = (self.round.id.clone(), self.folder.clone());
        let known = &self.records[juror];
        let other_ids = self.other_ids.clone();
        let entered = append(&path, |text| {
            let mut strays = Vec::new();
            let files = juror_files(&folder, &mut strays);
            let own = format!("{JURORS}/{name}.jsonl");
            let own = files
                .iter()
                .find(|file| file.name == own && !text.is_empty());
            if let Some(what) = own.and_then(|file| merge::unusable(&id, &name, file)) {
                let what = Sentence::new(
                    format!("{}；没有写入，请先恢复或移走该文件", what.chinese()),
                    format!(
                        "{}; nothing was written: restore the file or move it away",
                        what.english()
                    ),
                );
                return Err(Error::File(path.clone(), what));
            }
            let (mut records, _) = merge::merge(&id, &[&name], &files);
            let mut record = records.swap_remove(0);
            record.rename(&other_ids);
            if let Some(newer) = record.newer(known, &entry) {
                let content = Content {
                    entry: newer.entry.clone(),
                    hash: newer.hash.clone(),
                };
                let why = asked::elsewhere(&content);
                return Err(Error::File(path.clone(), why));
            }
            let mut lines = String::new();
            entry.sequence = record.next_sequence();
            entry.previous.clone_from(&record.last);
            if text.is_empty() {
                let seed = if record.seed.is_empty() {
                    seed
                } else {
                    record.seed
                };
                let head = Head {
                    version: crate::jury::entry::VERSION,
                    round: id,
                    juror: name.clone(),
                    seed,
                };
                lines = head.line() + "\n";
                if record.last.is_empty() {
                    entry.previous = hash(&head.line());
                }
            }
            lines += &entry.line();
            lines.push('\n');
            Ok(lines)
        });
        let mut strays = Vec::new();
        let files = juror_files(&self.folder, &mut strays);
        let names = [&*self.round.jurors[juror].name];
        let (mut records, _) = merge::merge(&self.round.id, &names, &files);
        self.records[juror] = records.swap_remove(0);
        self.records[juror].rename(&self.other_ids);
        entered
    }
}

fn read_settings(path: &Path) -> Result<String, Error> {
    let system = |cause: io::Error| match cause.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Error::NoRound(path.to_owned()),
        _ => Error::System(path.to_owned(), cause),
    };
    let wrong = |chinese: &'static str, english: &'static str| {
        Error::File(path.to_owned(), Sentence::new(chinese, english))
    };
    if !fs::metadata(path).map_err(system)?.is_file() {
        return Err(wrong("不是普通文件", "not a regular file"));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(system)?;
    file.take(LARGEST_SETTINGS + 1)
        .read_to_end(&mut bytes)
        .map_err(system)?;
    if bytes.len() as u64 > LARGEST_SETTINGS {
        return Err(wrong("超过 1 MB", "it has more than 1 MB"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + valid.iter().filter(|&&b| b == b'\n').count() as u32;
        let what = Sentence::new(
            "不是 UTF-8（可能存成了 GBK）；请另存为 UTF-8",
            "not UTF-8 (perhaps GBK); save it as UTF-8",
        );
        Error::Mistakes(path.to_owned(), vec![Mistake { line, what }])
    })?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// The files of the jurors, in the order of their names.
fn juror_files(folder: &Path, strays: &mut Vec<Trouble>) -> Vec<File> {
    let Ok(entries) = fs::read_dir(folder.join(JURORS)) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    let mut files = Vec::new();
    for name in names {
        let below = format!("{JURORS}/{name}");
        if name.ends_with(".jsonl") {
            files.extend(read_file(folder, &below, strays));
        } else {
            let what = Sentence::new(
                "不是 .jsonl 文件，未读取",
                "not a .jsonl file; it is left out",
            );
            strays.push(Trouble::of_file(&below, what));
        }
    }
    files
}

/// A file below the folder, up to one byte more than the most that is used; `None`
/// if it is not there or cannot be read, which is noted.
fn read_file(folder: &Path, below: &str, strays: &mut Vec<Trouble>) -> Option<File> {
    let path = folder.join(below);
    let read = || -> io::Result<Option<Vec<u8>>> {
        if !fs::metadata(&path)?.is_file() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(&path)?;
        file.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    };
    let what = match read() {
        Ok(Some(bytes)) => {
            return Some(File {
                name: below.to_owned(),
                bytes,
            });
        }
        Ok(None) => Sentence::new("不是普通文件，未读取", "not a regular file; it is left out"),
        Err(cause) if cause.kind() == ErrorKind::NotFound && !path.is_symlink() => return None,
        Err(cause) => {
            let [chinese, english] = [Language::Chinese, Language::English]
                .map(|language| language.labels().reason(&cause));
            Sentence::new(
                format!("{chinese}，未读取"),
                format!("{english}; it is left out"),
            )
        }
    };
    strays.push(Trouble::of_file(below, what));
    None
}

/// Appends what `lines` makes of the file's text, in one write that reaches the disk.
/// Other programs that append wait for the lock. After an incomplete last line a new
/// line is begun, so that nothing is lost.
fn append(path: &Path, lines: impl FnOnce(&str) -> Result<String, Error>) -> Result<(), Error> {
    let system = |cause| Error::System(path.to_owned(), cause);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(system)?;
    }
    let mut file = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .custom_flags(file_lock::flags())
        .open(path)
        .map_err(system)?;
    let found = file.metadata().map_err(system)?;
    if !found.is_file() {
        let what = Sentence::new("不是普通文件", "not a regular file");
        return Err(Error::File(path.to_owned(), what));
    }
    lock(&file, path)?;
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0)).map_err(system)?;
    (&mut file)
        .take(LARGEST_FILE as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(system)?;
    if bytes.len() > LARGEST_FILE {
        let limit = LARGEST_FILE >> 20;
        let what = Sentence::new(
            format!("文件超过 {limit} MB，不再写入"),
            format!("it exceeds {limit} MB; nothing is added"),
        );
        return Err(Error::File(path.to_owned(), what));
    }
    let incomplete = bytes.last().is_some_and(|&last| last != b'\n');
    let mut added = if incomplete { "\n" } else { "" }.to_owned();
    added += &lines(&String::from_utf8_lossy(&bytes))?;
    file.write_all(added.as_bytes()).map_err(system)?;
    file.sync_data().map_err(system)
}

fn lock(file: &fs::File, path: &Path) -> Result<(), Error> {
    file_lock::take(file, || {}).map_err(|why| match why {
        NotLocked::System(cause) => Error::System(path.to_owned(), cause),
        NotLocked::Busy => {
            let what = Sentence::new(
                "另一个 anli 正在写入，请稍后再试",
                "another anli is writing to it; try again",
            );
            Error::File(path.to_owned(), what)
        }
    })
}
