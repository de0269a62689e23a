//! What a juror writes: one entry a line of the juror's own file, each with the
//! hash of the line before it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

use super::broken;
use super::exact::Points;
use super::settings::{Entry as Unit, digest};
use crate::language::Sentence;

/// The version of the files that this program writes.
pub const VERSION: u32 = 1;

/// The longest line that is read, in bytes: a comment of ten thousand characters
/// fits in.
pub const LONGEST_LINE: usize = 64 << 10;

/// The longest comment or ground, in characters.
pub const LONGEST_TEXT: usize = 2_000;

/// The largest sequence of an entry.
pub const LAST_SEQUENCE: u32 = 1_000_000;

/// The first line of a juror's file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// [`VERSION`].
    pub version: u32,
    /// The id of the round.
    pub round: String,
    /// Whose file it is.
    pub juror: String,
    /// The seed of the order in which this juror reads the cases.
    pub seed: String,
}

/// In which stage a score was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Before the panel saw one another's scores, 初评.
    First,
    /// After that, 复评.
    Revised,
}

/// What an entry says of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Points for criteria, by the criterion's name; some may be missing still.
    Score(BTreeMap<String, Points>),
    /// 回避: the juror has a conflict of interest, on this ground.
    Recusal(String),
    /// 弃评: the juror gives no score.
    Abstention,
    /// 暂缓: the juror comes back to it.
    Deferral,
    /// The entry before it is taken back; the case is unscored again.
    Withdrawal,
    /// Of two entries with the same sequence, the one with this hash counts.
    Choice { sequence: u32, keep: String },
    /// A sentence on a score that was flagged, or a dissenting opinion.
    Statement,
    /// Another comment; points and state stay as they are.
    Comment,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From 1, in the order in which the juror wrote.
    pub sequence: u32,
    /// When, in ISO 8601; never used to order entries.
    pub time: String,
    pub stage: Stage,
    /// The case, as the round names it; empty for a choice.
    pub case: String,
    /// Fingerprint of the text that the juror read.
    pub text: String,
    /// Fingerprint of the rules that the juror scored by.
    pub rules: String,
    /// Fingerprint of all settings of the round.
    pub settings: String,
    /// In which unit its points are; `None` of files from before that was recorded.
    pub unit: Option<Unit>,
    pub mark: Mark,
    pub comment: String,
    /// Hash of the line before.
    pub previous: String,
}

/// The entry as JSON has it. The order of the fields is the order of the keys.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    sequence: u32,
    time: String,
    stage: Stage,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    case: String,
    state: String,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    points: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Unit>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    ground: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<u32>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    keep: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    comment: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    rules: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    settings: String,
    previous: String,
}

/// The hash of a line, without its line break: sixteen hexadecimal digits of its
/// SHA-256.
pub fn hash(line: &str) -> String {
    let mut digits = digest(line.as_bytes());
    digits.truncate(16);
    digits
}

impl Head {
    /// The line that opens the file.
    pub fn line(&self) -> String {
        serde_json::to_string(self).expect("a head is strings and a number")
    }

    /// Reads the first line of a file.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(line: &str) -> Result<Self, Sentence> {
        let head: Self = serde_json::from_str(line).map_err(|why| {
            Sentence::new(
                "不是评委的评分文件（首行应写明 version、round、juror、seed）",
                format!(
                    "no juror's file: the first line must have version, round, juror, seed ({why})"
                ),
            )
        })?;
        if head.version != VERSION {
            return Err(Sentence::new(
                format!("文件版本为 {}，本程序能读 {VERSION}", head.version),
                format!(
                    "its version is {}; this program reads {VERSION}",
                    head.version
                ),
            ));
        }
        Ok(head)
    }
}

impl Entry {
    /// The line that is written, without a line break.
    pub fn line(&self) -> String {
        let mut line = Line {
            sequence: self.sequence,
            time: self.time.clone(),
            stage: self.stage,
            case: self.case.clone(),
            state: self.mark.name().to_owned(),
            points: Map::new(),
            unit: self.unit,
            ground: String::new(),
            of: None,
            keep: String::new(),
            comment: self.comment.clone(),
            text: self.text.clone(),
            rules: self.rules.clone(),
            settings: self.settings.clone(),
            previous: self.previous.clone(),
        };
        match &self.mark {
            Mark::Score(points) => {
                for (name, points) in points {
                    let number: Number = serde_json::from_str(&points.to_string())
                        .expect("a decimal is a JSON number");
                    line.points.insert(name.clone(), Value::Number(number));
                }
            }
            Mark::Recusal(ground) => line.ground.clone_from(ground),
            Mark::Choice { sequence, keep } => {
                line.of = Some(*sequence);
                line.keep.clone_from(keep);
            }
            Mark::Abstention
            | Mark::Deferral
            | Mark::Withdrawal
            | Mark::Statement
            | Mark::Comment => {}
        }
        serde_json::to_string(&line).expect("a line has string keys only")
    }

    /// Reads one line.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and what would be right.
    pub fn parse(text: &str) -> Result<Self, Sentence> {
        let line: Line = serde_json::from_str(text).map_err(|why| {
            let why = broken::json(&why);
            Sentence::new(
                format!("不是评分记录（{}）", why.chinese()),
                format!("no entry: {}", why.english()),
            )
        })?;
        if !(1..=LAST_SEQUENCE).contains(&line.sequence) {
            return Err(Sentence::new(
                format!("sequence 应为 1 到 {LAST_SEQUENCE} 的整数"),
                format!("sequence must be a whole number from 1 to {LAST_SEQUENCE}"),
            ));
        }
        let long = |text: &str| text.chars().count() > LONGEST_TEXT;
        if long(&line.comment) || long(&line.ground) {
            return Err(Sentence::new(
                format!("文字超过 {LONGEST_TEXT} 字"),
                format!("a text has more than {LONGEST_TEXT} characters"),
            ));
        }
        let mark = mark(&line)?;
        if line.case.is_empty() && !matches!(mark, Mark::Choice { .. }) {
            return Err(Sentence::new(
                "缺少 case（案例编号）",
                "case is missing: the id of the case",
            ));
        }
        Ok(Self {
            sequence: line.sequence,
            time: line.time,
            stage: line.stage,
            case: line.case,
            text: line.text,
            rules: line.rules,
            settings: line.settings,
            unit: line.unit,
            mark,
            comment: line.comment,
            previous: line.previous,
        })
    }
}

impl Mark {
    /// The name in files.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Score(_) => "score",
            Self::Recusal(_) => "recusal",
            Self::Abstention => "abstention",
            Self::Deferral => "deferral",
            Self::Withdrawal => "withdrawal",
            Self::Choice { .. } => "choice",
            Self::Statement => "statement",
            Self::Comment => "comment",
        }
    }
}

fn mark(line: &Line) -> Result<Mark, Sentence> {
    Ok(match line.state.as_str() {
        "score" => {
            let mut points = BTreeMap::new();
            for (name, value) in &line.points {
                let given = match value {
                    Value::Number(number) => Points::parse(&number.to_string()),
                    _ => None,
                };
                let given = given.ok_or_else(|| {
                    Sentence::new(
                        format!("“{name}”的分数 {value} 应为不小于 0、至多四位小数的数"),
                        format!("{name:?} is {value}; a score is a number from 0 on with at most four decimals"),
                    )
                })?;
                points.insert(name.clone(), given);
            }
            Mark::Score(points)
        }
        "recusal" if line.ground.trim().is_empty() => {
            return Err(Sentence::new(
                "回避应写明 ground（理由）",
                "a recusal needs its ground",
            ));
        }
        "recusal" => Mark::Recusal(line.ground.clone()),
        "abstention" => Mark::Abstention,
        "deferral" => Mark::Deferral,
        "withdrawal" => Mark::Withdrawal,
        "statement" => Mark::Statement,
        "comment" => Mark::Comment,
        "choice" => match line.of {
            Some(sequence) if !line.keep.is_empty() => Mark::Choice {
                sequence,
                keep: line.keep.clone(),
            },
            _ => {
                return Err(Sentence::new(
                    "选定应写明 of（序号）和 keep（保留记录的校验值）",
                    "a choice needs of (a sequence) and keep (the hash of the entry that counts)",
                ));
            }
        },
        other => {
            return Err(Sentence::new(
                format!(
                    "state 不能是“{other}”，应为 score | recusal | abstention | deferral | withdrawal | choice | statement | comment"
                ),
                format!(
                    "state cannot be {other:?}; expected score, recusal, abstention, deferral, withdrawal, choice, statement or comment"
                ),
            ));
        }
    })
}
