//! What is wrong with a setting, where, and what would be right.

use std::fmt;
use std::path::PathBuf;

use crate::language::{Language, Sentence};
use crate::text::gate;

/// The place of a wrong setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    File {
        path: PathBuf,
        /// From 1; `None` where it is the file itself.
        line: Option<u32>,
    },
    /// An environment variable.
    Variable(String),
    /// An option of the command line.
    Option(String),
}

impl Origin {
    /// The line in a file.
    pub fn line(&self) -> Option<u32> {
        match self {
            Self::File { line, .. } => *line,
            Self::Variable(_) | Self::Option(_) => None,
        }
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The file cannot be read: why.
    Unreadable(Sentence),
    /// A variable that must be an absolute path is none.
    NotAbsolute {
        given: String,
    },
    /// The line is no TOML: what the parser says.
    Syntax(String),
    UnknownSetting {
        nearest: Option<String>,
    },
    BadValue {
        given: String,
        /// What would be right: `auto | on | off`, `20–200`.
        expected: String,
        nearest: Option<String>,
    },
    UnknownKeyName {
        given: String,
        nearest: Option<String>,
    },
    UnknownAction {
        nearest: Option<String>,
    },
    /// The action has keys only where a line is edited, and the character is
    /// text there.
    KeyIsText {
        given: String,
    },
    /// The key is taken from another action.
    TakenKey {
        given: String,
        owner: String,
    },
}

/// One mistake. It never stops the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub place: Origin,
    /// The setting's name; empty where there is none.
    pub key: String,
    pub problem: Problem,
}

impl Mistake {
    /// A mistake in the setting `key`.
    pub fn new(place: Origin, key: &str, problem: Problem) -> Self {
        Self {
            place,
            key: key.to_owned(),
            problem,
        }
    }

    /// The nearest name or value that is right.
    pub fn nearest(&self) -> Option<&str> {
        match &self.problem {
            Problem::Unreadable(_)
            | Problem::NotAbsolute { .. }
            | Problem::Syntax(_)
            | Problem::KeyIsText { .. }
            | Problem::TakenKey { .. } => None,
            Problem::UnknownSetting { nearest }
            | Problem::UnknownAction { nearest }
            | Problem::UnknownKeyName { nearest, .. }
            | Problem::BadValue { nearest, .. } => nearest.as_deref(),
        }
    }

    /// One line, without what a terminal must not see: place, mistake, nearest
    /// name that is right.
    pub fn message(&self, language: Language) -> String {
        let chinese = language == Language::Chinese;
        let place = self.place_in(chinese);
        let problem = self.problem_in(chinese);
        let near = match (self.nearest(), chinese) {
            (Some(near), true) => format!("；最接近的是 {near}"),
            (Some(near), false) => format!("; the nearest is {near}"),
            (None, _) => String::new(),
        };
        let colon = if chinese { "：" } else { ": " };
        gate::line(&format!("{place}{colon}{problem}{near}")).into_owned()
    }

    fn place_in(&self, chinese: bool) -> String {
        match &self.place {
            Origin::File { path, line } => match line {
                Some(line) if chinese => format!("{} 第 {line} 行", path.display()),
                Some(line) => format!("{}, line {line}", path.display()),
                None => path.display().to_string(),
            },
            Origin::Variable(name) => format!("${name}"),
            Origin::Option(name) => name.clone(),
        }
    }

    fn problem_in(&self, chinese: bool) -> String {
        let key = &self.key;
        match &self.problem {
            Problem::Unreadable(why) if chinese => {
                format!("无法读取设置文件：{}", why.chinese())
            }
            Problem::Unreadable(why) => format!("cannot read the settings: {why}"),
            Problem::NotAbsolute { given } if chinese => {
                format!("应为绝对路径，现为 {given}；已忽略")
            }
            Problem::NotAbsolute { given } => {
                format!("it must be an absolute path, not {given}; it is ignored")
            }
            Problem::Syntax(why) if chinese => format!("不符合 TOML 语法（{}）", syntax(why)),
            Problem::Syntax(why) => format!("invalid TOML: {why}"),
            Problem::UnknownSetting { .. } if chinese => format!("没有 {key} 这项设置"),
            Problem::UnknownSetting { .. } => format!("there is no setting {key}"),
            Problem::BadValue {
                given, expected, ..
            } if chinese => format!("{key} 不能是“{given}”，应为 {expected}"),
            Problem::BadValue {
                given, expected, ..
            } => format!("{key} cannot be \"{given}\", expected {expected}"),
            Problem::UnknownKeyName { given, .. } if chinese => {
                format!("{key}：没有名为“{given}”的键")
            }
            Problem::UnknownKeyName { given, .. } => {
                format!("{key}: no key is named \"{given}\"")
            }
            Problem::UnknownAction { .. } if chinese => format!("{key}：没有这个命令"),
            Problem::UnknownAction { .. } => format!("{key}: there is no such command"),
            Problem::KeyIsText { given } if chinese => {
                format!("{key}：{given} 在输入时是文字，请用 ctrl-x、f2 之类的键")
            }
            Problem::KeyIsText { given } => {
                format!("{key}: {given} is text while typing; use keys such as ctrl-x or f2")
            }
            Problem::TakenKey { given, owner } if chinese => {
                format!("{key}：{given} 原属 {owner}，现改用于此")
            }
            Problem::TakenKey { given, owner } => {
                format!("{key}: {given} no longer runs {owner}")
            }
        }
    }
}

/// What the parser says, in Chinese where it is what people get wrong; else in
/// its own words.
fn syntax(why: &str) -> &str {
    const KNOWN: [(&str, &str); 11] = [
        ("string values must be quoted", "文字要加引号"),
        ("missing opening quote", "缺少前引号"),
        ("invalid basic string", "引号未闭合"),
        ("invalid literal string", "引号未闭合"),
        ("duplicate key", "这项设置写了两次"),
        ("key with no value", "缺少 = 和值"),
        ("missing value", "缺少值"),
        ("extra `=`", "多了一个 ="),
        ("unclosed table", "缺少 ]"),
        ("unclosed array", "缺少 ]"),
        ("unexpected key or value", "一行只能写一项"),
    ];
    let known = KNOWN.iter().find(|(english, _)| why.starts_with(english));
    known.map_or(why, |(_, chinese)| chinese)
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}
