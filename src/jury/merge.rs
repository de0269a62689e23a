//! A juror's entries out of all files that hold them: union, in the order of their
//! sequence, with everything named that cannot be used.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::entry::{Entry, Head, LONGEST_LINE, Mark, hash};
use crate::language::en::count_of;
use crate::language::{Language, Sentence};
use crate::text::gate;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 8 << 20;

/// A file as it was found: its name and content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Something in a file that is left out, or to be noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub file: String,
    /// Line of the file, from 1; `None` for the file as a whole.
    pub line: Option<u32>,
    pub what: Sentence,
}

impl Trouble {
    /// Trouble with a whole file.
    pub fn of_file(file: &str, what: Sentence) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            what,
        }
    }

    /// One line for a terminal.
    pub fn message(&self, language: Language) -> String {
        let what = self.what.in_language(language);
        let file = &self.file;
        let message = match (self.line, language) {
            (Some(line), Language::Chinese) => format!("{file} 第 {line} 行：{what}"),
            (Some(line), Language::English) => format!("{file}, line {line}: {what}"),
            (None, Language::Chinese) => format!("{file}：{what}"),
            (None, Language::English) => format!("{file}: {what}"),
        };
        gate::line(&message).into_owned()
    }
}

/// An entry and where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub entry: Entry,
    /// Hash of its line.
    pub hash: String,
    pub file: String,
    pub line: u32,
    /// Whether the juror has to choose between it and another entry of the same
    /// sequence, or whether the chain shows that it was changed after it was written.
    pub disputed: bool,
}

/// Everything that a juror wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub juror: String,
    pub seed: String,
    /// By sequence; entries of the same sequence by hash.
    pub entries: Vec<Kept>,
    /// Hash of the line that the next entry follows.
    pub last: String,
    pub troubles: Vec<Trouble>,
}

impl Record {
    /// The sequence of the next entry.
    pub fn next_sequence(&self) -> u32 {
        self.entries.last().map_or(0, |last| last.entry.sequence) + 1
    }

    /// Names the cases of the entries as the round names them now; returns how many were
    /// named otherwise.
    pub fn rename(&mut self, names: &HashMap<String, String>) -> usize {
        let mut renamed = 0;
        for kept in &mut self.entries {
            if let Some(name) = names.get(&kept.entry.case) {
                kept.entry.case.clone_from(name);
                renamed += 1;
            }
        }
        renamed
    }

    /// Returns the newest entry that is missing from `known`, which was read earlier, and that
    /// `next` would override: an entry of the same case, or a choice between two contents of
    /// such an entry (then the content it kept).
    pub fn newer<'a>(&'a self, known: &'a Self, next: &Entry) -> Option<&'a Kept> {
        let is_known = |kept: &&Kept| known.entries.iter().any(|other| other.hash == kept.hash);
        let both = || known.entries.iter().chain(&self.entries);
        let is_of_case = |entry: &Entry| !next.case.is_empty() && entry.case == next.case;
        let goes_over = |kept: &&Kept| match (&kept.entry.mark, &next.mark) {
            (Mark::Choice { sequence, .. }, Mark::Choice { sequence: of, .. }) => sequence == of,
            (Mark::Choice { sequence, .. }, _) => {
                both().any(|kept| kept.entry.sequence == *sequence && is_of_case(&kept.entry))
            }
            _ => is_of_case(&kept.entry),
        };
        let mut entries = self.entries.iter().filter(goes_over);
        let newer = entries.rfind(|kept| !is_known(kept))?;
        Some(match &newer.entry.mark {
            Mark::Choice { keep, .. } => both().find(|kept| kept.hash == *keep).unwrap_or(newer),
            _ => newer,
        })
    }

    /// The sequences that the juror has to choose in, each with its entries.
    pub fn open_choices(&self) -> Vec<(u32, Vec<&Kept>)> {
        let mut choices: BTreeMap<u32, Vec<&Kept>> = BTreeMap::new();
        for kept in self.entries.iter().filter(|kept| kept.disputed) {
            choices.entry(kept.entry.sequence).or_default().push(kept);
        }
        choices.into_iter().collect()
    }
}

/// The records of the jurors with these names, from all files of the round, and the
/// trouble with files that belong to none of them.
pub fn merge(round: &str, jurors: &[&str], files: &[File]) -> (Vec<Record>, Vec<Trouble>) {
    let mut strays = Vec::new();
    let mut records: Vec<Record> = jurors
        .iter()
        .map(|&juror| Record {
            juror: juror.to_owned(),
            ..Record::default()
        })
        .collect();
    for file in files {
        match opened(round, jurors, file) {
            Ok((juror, head, text)) => take(&mut records[juror], &head, file, text),
            Err(trouble) => strays.push(*trouble),
        }
    }
    records.iter_mut().for_each(settle);
    (records, strays)
}

/// Why a juror's entries cannot be written to a file: what is added would not be read.
pub fn unusable(round: &str, juror: &str, file: &File) -> Option<Sentence> {
    let first = file.bytes.split(|&byte| byte == b'\n').next();
    let head = first.and_then(|line| Head::parse(&String::from_utf8_lossy(line)).ok());
    if let Some(head) = head.filter(|head| head.round == round && head.juror != juror) {
        return Some(Sentence::new(
            format!("这是评委“{}”的文件", head.juror),
            format!("it is the file of the juror {:?}", head.juror),
        ));
    }
    let opened = opened(round, &[juror], file);
    opened.err().map(|trouble| trouble.what)
}

/// Whose file it is, its first line, and its text.
fn opened<'a>(
    round: &str,
    jurors: &[&str],
    file: &'a File,
) -> Result<(usize, Head, &'a str), Box<Trouble>> {
    let trouble = |line, what| {
        Box::new(Trouble {
            file: file.name.clone(),
            line,
            what,
        })
    };
    if file.bytes.len() > LARGEST_FILE {
        let limit = LARGEST_FILE >> 20;
        let what = Sentence::new(
            format!("文件超过 {limit} MB，未读取"),
            format!("it has more than {limit} MB and is left out"),
        );
        return Err(trouble(None, what));
    }
    let text = std::str::from_utf8(&file.bytes)
        .map_err(|error| {
            let valid = &file.bytes[..error.valid_up_to()];
            let line = 1 + valid.iter().filter(|&&b| b == b'\n').count() as u32;
            trouble(
                Some(line),
                Sentence::new("不是 UTF-8，未读取", "not UTF-8; it is left out"),
            )
        })?
        .trim_start_matches('\u{feff}');
    let first = text.split_inclusive('\n').next().unwrap_or("");
    if !first.ends_with('\n') {
        let what = Sentence::new(
            "首行不完整，未读取",
            "its first line is incomplete; it is left out",
        );
        return Err(trouble(Some(1), what));
    }
    let head = Head::parse(first.trim_end()).map_err(|what| trouble(Some(1), what))?;
    if head.round != round {
        let what = Sentence::new(
            format!("属于另一轮评审（{}），未计入", head.round),
            format!(
                "it belongs to another round ({}) and is left out",
                head.round
            ),
        );
        return Err(trouble(Some(1), what));
    }
    let Some(juror) = jurors.iter().position(|&juror| juror == head.juror) else {
        let what = Sentence::new(
            format!("评委名单中没有“{}”，未计入", head.juror),
            format!("{:?} is no juror of this round; it is left out", head.juror),
        );
        return Err(trouble(Some(1), what));
    };
    Ok((juror, head, text))
}

/// Adds the entries of one file. A line that is there already is the same entry.
fn take(record: &mut Record, head: &Head, file: &File, text: &str) {
    if record.seed.is_empty() {
        record.seed.clone_from(&head.seed);
        record.last = hash(&head.line());
    } else if record.seed != head.seed {
        record.troubles.push(Trouble {
            file: file.name.clone(),
            line: Some(1),
            what: Sentence::new(
                "阅读次序与另一文件所记不同，沿用先读到的",
                "it records another reading order; the one read first is kept",
            ),
        });
    }
    for (line, number) in text.split_inclusive('\n').zip(1..).skip(1) {
        let mut leave_out = |what| {
            record.troubles.push(Trouble {
                file: file.name.clone(),
                line: Some(number),
                what,
            });
        };
        let Some(line) = line.strip_suffix('\n') else {
            leave_out(Sentence::new(
                "最后一行不完整，未计入",
                "the last line is incomplete and left aside",
            ));
            continue;
        };
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            continue;
        }
        if line.len() > LONGEST_LINE {
            let limit = LONGEST_LINE >> 10;
            leave_out(Sentence::new(
                format!("该行超过 {limit} KB，未计入"),
                format!("the line has more than {limit} KB and is left out"),
            ));
            continue;
        }
        match Entry::parse(line) {
            Ok(entry) => {
                record.entries.push(Kept {
                    entry,
                    hash: hash(line),
                    file: file.name.clone(),
                    line: number,
                    disputed: false,
                });
            }
            Err(what) => leave_out(what),
        }
    }
}

/// Names files all of whose entries another file has as well: copies, from which nothing
/// is counted. Of equal ones the file that bears the juror's name is none.
fn copies(record: &mut Record) {
    let mut files: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for kept in &record.entries {
        files.entry(&kept.file).or_default().insert(&kept.hash);
    }
    let own = format!("{}.jsonl", record.juror);
    let is_own = |file: &str| file.rsplit('/').next() == Some(&own);
    let mut copies = Vec::new();
    for (file, entries) in &files {
        let original = files.iter().find(|(other, others)| {
            let is_first = (!is_own(other), *other) < (!is_own(file), file);
            entries.is_subset(others) && (entries.len() < others.len() || is_first)
        });
        if let Some((original, _)) = original {
            let (count, original) = (entries.len(), (*original).to_owned());
            let what = Sentence::new(
                format!("其中 {count} 条记录都已在 {original} 中，不重复计入"),
                format!(
                    "{original} has its {} as well: nothing counts twice",
                    count_of(count, "entry")
                ),
            );
            copies.push(Trouble::of_file(file, what));
        }
    }
    record.troubles.extend(copies);
}

/// Orders the entries and finds those that cannot count as they are.
fn settle(record: &mut Record) {
    copies(record);
    record
        .entries
        .sort_by(|a, b| (a.entry.sequence, &a.hash).cmp(&(b.entry.sequence, &b.hash)));
    record.entries.dedup_by(|a, b| a.hash == b.hash);
    let chosen: Vec<(u32, String)> = record
        .entries
        .iter()
        .filter_map(|kept| match &kept.entry.mark {
            Mark::Choice { sequence, keep } => Some((*sequence, keep.clone())),
            _ => None,
        })
        .collect();
    let mut by_sequence: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, kept) in record.entries.iter().enumerate() {
        by_sequence.entry(kept.entry.sequence).or_default().push(at);
    }
    let mut dropped = vec![false; record.entries.len()];
    for (&sequence, places) in &by_sequence {
        let choice = chosen.iter().rev().find(|(of, keep)| {
            *of == sequence && places.iter().any(|&at| record.entries[at].hash == *keep)
        });
        if let Some((_, keep)) = choice {
            for &at in places {
                dropped[at] = record.entries[at].hash != *keep;
            }
            continue;
        }
        let follows: Vec<&str> = by_sequence
            .get(&(sequence + 1))
            .into_iter()
            .flatten()
            .map(|&at| record.entries[at].entry.previous.as_str())
            .collect();
        let changed = places.len() == 1
            && !follows.is_empty()
            && !follows.contains(&&*record.entries[places[0]].hash);
        if places.len() == 1 && !changed {
            continue;
        }
        for &at in places {
            let kept = &mut record.entries[at];
            kept.disputed = true;
            let what = if changed {
                Sentence::new(
                    format!("第 {sequence} 条在写入之后被改动，待评委确认，暂不计入"),
                    format!(
                        "entry {sequence} was changed after it was written; it is left out until its juror confirms it"
                    ),
                )
            } else {
                Sentence::new(
                    format!(
                        "第 {sequence} 条有 {} 种内容，待评委选定，暂不计入",
                        places.len()
                    ),
                    format!(
                        "entry {sequence} has {} contents; it is left out until its juror chooses",
                        places.len()
                    ),
                )
            };
            record.troubles.push(Trouble {
                file: kept.file.clone(),
                line: Some(kept.line),
                what,
            });
        }
    }
    missing(record, &by_sequence);
    if let Some(last) = record.entries.last() {
        record.last.clone_from(&last.hash);
    }
    let mut dropped = dropped.into_iter();
    record.entries.retain(|_| dropped.next() == Some(false));
}

/// Names entries that should be there, since a later one is.
fn missing(record: &mut Record, by_sequence: &BTreeMap<u32, Vec<usize>>) {
    let last = by_sequence.keys().next_back().copied().unwrap_or(0);
    let mut gaps = Vec::new();
    let mut next = 1;
    for &sequence in by_sequence.keys() {
        if sequence > next {
            gaps.push((next, sequence - 1));
        }
        next = sequence.saturating_add(1);
    }
    for (from, to) in gaps {
        let file = record
            .entries
            .last()
            .map_or("", |kept| &kept.file)
            .to_owned();
        let what = Sentence::new(
            if from == to {
                format!("缺少第 {from} 条（共写过 {last} 条）")
            } else {
                format!("缺少第 {from} 至 {to} 条（共写过 {last} 条）")
            },
            format!("entries {from} to {to} of {last} are missing"),
        );
        record.troubles.push(Trouble::of_file(&file, what));
    }
}
