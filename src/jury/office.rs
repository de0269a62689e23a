//! What the office of a round records: dated entries, one a line, each with the hash
//! of the line before. Nothing is edited; what changes is a new entry.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::broken;
use super::entry::hash;
use super::merge::{File, LARGEST_FILE, Trouble};
use super::settings::{Change, Values};
use super::vote::{Majority, Outcome, Vote};
use crate::case::Category;
use crate::language::Sentence;

/// Whether an application may be scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Screening {
    /// 受理
    Accepted,
    /// 补正
    Returned,
    /// 不受理
    Refused,
}

impl Screening {
    /// The names of the results, in Chinese and English.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Accepted, "受理", "accepted"),
        (Self::Returned, "补正", "returned"),
        (Self::Refused, "不受理", "refused"),
    ];

    /// The name in Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "受理",
            Self::Returned => "补正",
            Self::Refused => "不受理",
        }
    }

    /// The name in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::Refused => "refused",
        }
    }

    /// The result with a name in either language.
    pub fn named(name: &str) -> Option<Self> {
        let all = Self::ALL.iter();
        let mut named = all.filter(|(_, chinese, english)| [*chinese, *english].contains(&name));
        named.next().map(|&(result, ..)| result)
    }
}

/// What is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Act {
    /// The result of the formal check of one application.
    Check {
        case: String,
        result: Screening,
        reason: String,
        /// The category that the office sets; empty for that of the library.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        category: String,
    },
    /// The settings of the round, when they are first relied on or are changed.
    Settings {
        settings: String,
        rules: String,
        reason: String,
        /// What was changed, where the settings before are on record.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changes: Vec<Change>,
    },
    /// The round is opened: jurors see one another's scores. With those who had not
    /// scored everything.
    Open {
        missing: Vec<String>,
        reason: String,
    },
    /// A note on the discussion, of one case or of the round.
    Note { case: String, text: String },
    /// A decision of the panel on cases of equal rank: their order, best first.
    Order { cases: Vec<String>, reason: String },
    /// A vote on one case.
    Vote {
        case: String,
        present: u32,
        recused: u32,
        yes: u32,
        majority: Majority,
    },
    /// The round is closed; with what is missing, and why it is closed all the same.
    Close {
        missing: Vec<String>,
        reason: String,
    },
    /// 公示: what is published from when to when, and where objections go.
    Publicity {
        from: String,
        to: String,
        contact: String,
    },
    /// The secret that decides the jurors' numbers in published papers. It is printed in none
    /// of them.
    Numbers { secret: String },
    /// Papers that were written after the end: the list of them, and its SHA-256.
    Papers { list: String, hash: String },
    /// 异议: what was objected, what was found, and what follows.
    Objection {
        case: String,
        matter: String,
        finding: String,
        effect: String,
    },
}

impl Act {
    /// Whether the result depends on it.
    pub const fn changes_result(&self) -> bool {
        match self {
            Self::Check { .. } | Self::Settings { .. } | Self::Order { .. } | Self::Vote { .. } => {
                true
            }
            Self::Open { .. }
            | Self::Note { .. }
            | Self::Close { .. }
            | Self::Publicity { .. }
            | Self::Numbers { .. }
            | Self::Papers { .. }
            | Self::Objection { .. } => false,
        }
    }

    /// Names its cases as the round names them now; returns whether it named any otherwise.
    pub fn rename(&mut self, names: &HashMap<String, String>) -> bool {
        let mut is_other = false;
        let mut rename = |case: &mut String| {
            if let Some(name) = names.get(case) {
                case.clone_from(name);
                is_other = true;
            }
        };
        match self {
            Self::Check { case, .. }
            | Self::Note { case, .. }
            | Self::Vote { case, .. }
            | Self::Objection { case, .. } => rename(case),
            Self::Order { cases, .. } => cases.iter_mut().for_each(rename),
            Self::Settings { .. }
            | Self::Open { .. }
            | Self::Close { .. }
            | Self::Publicity { .. }
            | Self::Numbers { .. }
            | Self::Papers { .. } => {}
        }
        is_other
    }

    /// Its vote, in a panel of so many members; `None` of another act.
    pub const fn vote(&self, members: u32) -> Option<Vote> {
        match self {
            Self::Vote {
                present,
                recused,
                yes,
                majority,
                ..
            } => Some(Vote {
                members,
                present: *present,
                recused: *recused,
                yes: *yes,
                majority: *majority,
            }),
            _ => None,
        }
    }
}

/// One entry of the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// From 1.
    pub sequence: u32,
    /// When, in ISO 8601.
    pub time: String,
    /// Hash of the line before; of the round's id for the first.
    pub previous: String,
    /// Line of the file, from 1.
    #[serde(skip)]
    pub line: u32,
    /// The settings by then, where no record before has the same.
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub values: Values,
    #[serde(flatten)]
    pub act: Act,
}

/// Everything that the office recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    pub records: Vec<Record>,
    /// Hash of the line that the next entry follows.
    pub last: String,
    pub troubles: Vec<Trouble>,
    /// The lines of the file, from 1, that were left incomplete when a program was
    /// interrupted: nothing is amiss with the entries around them.
    pub torn: Vec<u32>,
}

/// Whether a line is an entry of an office.
pub fn is_entry(line: &str) -> bool {
    serde_json::from_str::<Record>(line).is_ok()
}

/// A line that is no entry.
struct Broken {
    line: u32,
    hash: String,
    why: Sentence,
}

impl Broken {
    fn trouble(self, file: &str) -> Trouble {
        let what = Sentence::new(
            format!("不是办公室记录（{}），未计入", self.why.chinese()),
            format!(
                "no entry of the office ({}); it is left out",
                self.why.english()
            ),
        );
        Trouble {
            file: file.to_owned(),
            line: Some(self.line),
            what,
        }
    }
}

impl Log {
    /// Reads the office's file, or none. Lines that cannot be used are named and
    /// left out.
    pub fn read(round: &str, file: Option<&File>) -> Self {
        let mut log = Self {
            last: hash(round),
            ..Self::default()
        };
        let Some(file) = file else { return log };
        let trouble = |line, what| Trouble {
            file: file.name.clone(),
            line,
            what,
        };
        if file.bytes.len() > LARGEST_FILE {
            let what = Sentence::new("文件过大，未读取", "it is too large and is left out");
            log.troubles.push(trouble(None, what));
            return log;
        }
        let mut broken: Option<Broken> = None;
        for (line, number) in file.bytes.split_inclusive(|&b| b == b'\n').zip(1..) {
            if !line.ends_with(b"\n") {
                log.left_aside(&file.name, number);
                continue;
            }
            let text = str::from_utf8(line).unwrap_or("").trim_end();
            // An editor may have put a byte order mark before it.
            let text = text.trim_start_matches('\u{feff}');
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_str::<Record>(text) {
                Ok(mut record) => {
                    record.line = number;
                    let follows = record.previous == log.last;
                    let broken = broken.take();
                    let is_after = |broken: &Broken| broken.hash == record.previous;
                    let follows_broken = broken.as_ref().is_some_and(is_after);
                    let next = log.next_sequence() == record.sequence;
                    match broken {
                        Some(broken) if follows && next => {
                            log.left_aside(&file.name, broken.line);
                        }
                        Some(broken) => log.troubles.push(broken.trouble(&file.name)),
                        None => {}
                    }
                    if !(follows || follows_broken) || !next {
                        let what = Sentence::new(
                            "与上一条不衔接：此前的记录被改动、删去，或两台电脑各写了一条",
                            "it does not follow the entry before it: one was changed or removed, or two computers wrote",
                        );
                        log.troubles.push(trouble(Some(number), what));
                    }
                    log.records.push(record);
                    log.last = hash(text);
                }
                Err(why) => {
                    let next = Broken {
                        line: number,
                        hash: hash(text),
                        why: broken::json(&why),
                    };
                    if let Some(before) = broken.replace(next) {
                        log.troubles.push(before.trouble(&file.name));
                    }
                }
            }
        }
        log.troubles
            .extend(broken.map(|broken| broken.trouble(&file.name)));
        log.troubles.sort_by_key(|trouble| trouble.line);
        log
    }

    /// Notes a line that was not written to its end.
    fn left_aside(&mut self, file: &str, line: u32) {
        let what = Sentence::new(
            "这一行没有写完（写入时中断），未计入",
            "the line is incomplete (its writer was interrupted) and left aside",
        );
        self.torn.push(line);
        self.troubles.push(Trouble {
            file: file.to_owned(),
            line: Some(line),
            what,
        });
    }

    /// The sequence of the next entry.
    pub fn next_sequence(&self) -> u32 {
        let last = self.records.iter().map(|record| record.sequence).max();
        last.unwrap_or(0).saturating_add(1)
    }

    /// The line of the next entry, without a line break.
    pub fn next_line(&self, act: Act, time: &str) -> String {
        self.next_line_with(act, time, &Values::new())
    }

    /// The line of the next entry, with the settings by then unless they are on record.
    pub fn next_line_with(&self, act: Act, time: &str, values: &Values) -> String {
        let is_recorded = self.values() == Some(values);
        let record = Record {
            sequence: self.next_sequence(),
            time: time.to_owned(),
            previous: self.last.clone(),
            line: 0,
            values: if is_recorded {
                Values::new()
            } else {
                values.clone()
            },
            act,
        };
        serde_json::to_string(&record).expect("an entry has string keys only")
    }

    /// The settings that are on record last.
    pub fn values(&self) -> Option<&Values> {
        let mut records = self.records.iter().rev().map(|record| &record.values);
        records.find(|values| !values.is_empty())
    }

    /// The acts, oldest first.
    pub fn acts(&self) -> impl DoubleEndedIterator<Item = &Act> {
        self.records.iter().map(|record| &record.act)
    }

    /// Whether jurors may see one another's scores.
    pub fn is_open(&self) -> bool {
        self.acts().any(|act| matches!(act, Act::Open { .. }))
    }

    /// When the round was closed last.
    pub fn closed(&self) -> Option<&str> {
        let mut closed = self.records.iter().rev();
        let closed = closed.find(|record| matches!(record.act, Act::Close { .. }));
        closed.map(|record| record.time.as_str())
    }

    /// What touches the result and was recorded since the round was closed.
    pub fn since_close(&self) -> impl Iterator<Item = &Record> {
        let is_close = |record: &Record| matches!(record.act, Act::Close { .. });
        let closed = self.records.iter().rposition(is_close);
        let later = closed.map_or(&[][..], |at| &self.records[at + 1..]);
        later.iter().filter(|record| record.act.changes_result())
    }

    /// The lists of papers that were written since the round was closed, with the SHA-256
    /// of each; the latest first.
    pub fn papers(&self) -> impl Iterator<Item = (&str, &str)> {
        let acts = self.acts().rev();
        let later = acts.take_while(|act| !matches!(act, Act::Close { .. }));
        later.filter_map(|act| match act {
            Act::Papers { list, hash } => Some((list.as_str(), hash.as_str())),
            _ => None,
        })
    }

    /// The latest result of the formal check of an application, and its reason.
    pub fn screening(&self, case: &str) -> Option<(Screening, &str)> {
        self.acts().rev().find_map(|act| match act {
            Act::Check {
                case: of,
                result,
                reason,
                ..
            } if of == case => Some((*result, reason.as_str())),
            _ => None,
        })
    }

    /// The category that the office set last for an application.
    pub fn category(&self, case: &str) -> Option<Category> {
        let set = self.acts().rev().find_map(|act| match act {
            Act::Check {
                case: of, category, ..
            } if of == case && !category.is_empty() => Some(category),
            _ => None,
        })?;
        let mut all = Category::ALL.into_iter();
        all.find(|category| category.name() == set)
    }

    /// The settings that were last recorded.
    pub fn settings(&self) -> Option<&str> {
        self.acts().rev().find_map(|act| match act {
            Act::Settings { settings, .. } => Some(settings.as_str()),
            _ => None,
        })
    }

    /// Whether the latest vote on a case that was valid, in a panel of so many members,
    /// failed.
    pub fn voted_down(&self, case: &str, members: u32) -> bool {
        let votes = self.acts().rev().filter_map(|act| match act {
            Act::Vote { case: of, .. } if of == case => Some(act.vote(members)?.outcome()),
            _ => None,
        });
        let mut valid = votes.filter(|vote| matches!(vote, Outcome::Passed | Outcome::Failed));
        valid.next() == Some(Outcome::Failed)
    }

    /// The secret by which the jurors are numbered in papers that are published; `None` of
    /// a round in which none was drawn.
    pub fn secret(&self) -> Option<&str> {
        self.acts().find_map(|act| match act {
            Act::Numbers { secret } => Some(secret.as_str()),
            _ => None,
        })
    }

    /// The recorded orders of cases of equal rank, the latest first.
    pub fn orders(&self) -> impl Iterator<Item = &[String]> {
        self.acts().rev().filter_map(|act| match act {
            Act::Order { cases, .. } => Some(cases.as_slice()),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: &str) -> Act {
        Act::Note {
            case: String::new(),
            text: text.to_owned(),
        }
    }

    fn read(text: &str) -> Log {
        let file = File {
            name: "office.jsonl".to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        Log::read("r1", Some(&file))
    }

    #[test]
    fn entries_come_back_as_they_were_written() {
        let mut text = String::new();
        for words in ["一", "二"] {
            text += &read(&text).next_line(note(words), "2026-03-01T09:00:00Z");
            text.push('\n');
        }
        let log = read(&text);
        assert!(log.troubles.is_empty(), "{:?}", log.troubles);
        let acts: Vec<&Act> = log.acts().collect();
        assert_eq!(acts, [&note("一"), &note("二")]);
    }

    #[test]
    fn a_changed_entry_is_noticed_at_the_next() {
        let mut text = String::new();
        for words in ["一", "二"] {
            text += &read(&text).next_line(note(words), "2026-03-01T09:00:00Z");
            text.push('\n');
        }
        let log = read(&text.replace("一", "三"));
        assert_eq!(log.troubles.len(), 1);
        assert_eq!(log.troubles[0].line, Some(2));
    }

    #[test]
    fn an_incomplete_line_raises_no_alarm_and_the_next_entry_goes_on() {
        let entry = |text: &str, words| read(text).next_line(note(words), "2026-03-01T09:00:00Z");
        let mut text = entry("", "一") + "\n";
        text += &entry(&text, "二")[..40];
        assert_eq!(read(&text).torn, [2]);
        // What an entry is added to.
        let next = entry(&text, "三");
        text = format!("{text}\n{next}\n");
        text = format!("{text}{}\n", entry(&text, "四"));
        let log = read(&text);
        let lines: Vec<Option<u32>> = log.troubles.iter().map(|t| t.line).collect();
        assert_eq!((lines, log.torn), (vec![Some(2)], vec![2]));
        assert_eq!(log.records.len(), 3);
    }

    #[test]
    fn a_file_that_an_editor_saved_reads_the_same() {
        let entry = |text: &str, words| read(text).next_line(note(words), "2026-03-01T09:00:00Z");
        let mut text = entry("", "一") + "\n";
        text = format!("{text}{}\n", entry(&text, "二"));
        let saved = read(&format!("\u{feff}{}\r\n", text.replace('\n', "\r\n")));
        assert_eq!((saved.troubles, saved.records.len()), (vec![], 2));
    }

    #[test]
    fn an_entry_that_was_broken_afterwards_raises_the_alarm() {
        let entry = |text: &str, words| read(text).next_line(note(words), "2026-03-01T09:00:00Z");
        let mut text = entry("", "一") + "\n";
        text = format!("{text}{}\n", entry(&text, "二"));
        text = format!("{text}{}\n", entry(&text, "三"));
        let log = read(&text.replace("二\"", "二"));
        let lines: Vec<Option<u32>> = log.troubles.iter().map(|t| t.line).collect();
        assert_eq!((lines, log.torn), (vec![Some(2), Some(3)], vec![]));
    }

    #[test]
    fn broken_lines_are_named_and_the_rest_counts() {
        let whole = read("").next_line(note("一"), "2026-03-01T09:00:00Z");
        let log = read(&format!("{whole}\nnonsense\n{{\"kind\":"));
        let lines: Vec<Option<u32>> = log.troubles.iter().map(|t| t.line).collect();
        assert_eq!(lines, [Some(2), Some(3)]);
        assert_eq!(log.records.len(), 1);
    }
}
