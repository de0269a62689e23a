//! The table of settings: name, what it takes, and where it goes.

use std::fmt;

use super::{Clipboard, Config, MEASURES, Mouse, Problem, Start, Theme, command};
use crate::background::Background;
use crate::language::Language;
use crate::nearest::nearest;
use crate::text::pinyin::shuangpin::Scheme;
use crate::text::script::{Forms, Script};
use crate::text::width::Ambiguous;

/// A value as it was given, in a file, a variable or an option.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    Text(String),
    Number(String),
    Switch(bool),
    List(Vec<Given>),
    /// A value of a type that no setting takes.
    Other(String),
}

impl Given {
    pub fn of(value: &toml::de::DeValue<'_>) -> Self {
        use toml::de::DeValue;
        match value {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Integer(number) => Self::Number(number.to_string()),
            DeValue::Boolean(on) => Self::Switch(*on),
            DeValue::Array(values) => {
                Self::List(values.iter().map(|v| Self::of(v.get_ref())).collect())
            }
            DeValue::Float(number) => Self::Number(number.to_string()),
            DeValue::Datetime(date) => Self::Other(date.to_string()),
            DeValue::Table(_) => Self::Other("{…}".to_owned()),
        }
    }

    /// As one word: `auto`, `16`, `true`.
    fn word(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.trim().to_owned()),
            Self::Number(number) => Some(number.clone()),
            Self::Switch(on) => Some(on.to_string()),
            Self::List(_) | Self::Other(_) => None,
        }
    }
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => f.write_str(number),
            Self::Switch(on) => on.fmt(f),
            Self::List(_) => f.write_str("[…]"),
            Self::Other(what) => f.write_str(what),
        }
    }
}

/// The names of a setting's values, each with what is also understood.
type Words<T> = [(&'static str, &'static [&'static str], T)];

/// One row of the table.
pub struct Setting {
    /// The name in the file, with the table before a dot.
    pub key: &'static str,
    take: fn(&mut Config, &Given) -> Result<(), Problem>,
}

/// Every setting but the keys.
pub const SETTINGS: [Setting; 21] = [
    Setting {
        key: "language",
        take: |config, given| {
            let words = [
                ("auto", &[][..], None),
                ("zh", &["中文"], Some(Language::Chinese)),
                ("en", &["english"], Some(Language::English)),
            ];
            one_of(&words, given).map(|language| config.language = language)
        },
    },
    Setting {
        key: "theme",
        take: |config, given| {
            let words = [
                ("16", &[][..], Theme::Sixteen),
                ("mono", &[], Theme::Mono),
                ("contrast", &[], Theme::Contrast),
                ("truecolor", &[], Theme::Truecolor),
            ];
            one_of(&words, given).map(|theme| config.theme = theme)
        },
    },
    Setting {
        key: "background",
        take: |config, given| {
            let words = [
                ("auto", &[][..], None),
                ("dark", &[], Some(Background::Dark)),
                ("light", &[], Some(Background::Light)),
            ];
            one_of(&words, given).map(|background| config.background = background)
        },
    },
    Setting {
        key: "measure",
        take: |config, given| {
            let measure = columns(*MEASURES.start(), *MEASURES.end(), given);
            measure.map(|measure| config.measure = measure)
        },
    },
    Setting {
        key: "script",
        take: |config, given| one_of(&Script::NAMES, given).map(|script| config.script = script),
    },
    Setting {
        key: "traditional",
        take: |config, given| {
            let words = [
                ("tw", &["taiwan", "台湾", "臺灣"][..], Forms::Taiwan),
                ("hk", &["hongkong", "香港"], Forms::HongKong),
                ("opencc", &[], Forms::OpenCc),
            ];
            one_of(&words, given).map(|forms| config.forms = forms)
        },
    },
    Setting {
        key: "punctuation",
        take: |config, given| {
            let words = [
                ("原", &["printed", "original"][..], false),
                ("全角", &["full", "full-width"], true),
            ];
            one_of(&words, given).map(|full| config.full_width = full)
        },
    },
    Setting {
        key: "ambiguous",
        take: |config, given| {
            let words = [
                ("auto", &[][..], None),
                ("1", &["narrow"], Some(Ambiguous::Narrow)),
                ("2", &["wide"], Some(Ambiguous::Wide)),
            ];
            one_of(&words, given).map(|ambiguous| config.ambiguous = ambiguous)
        },
    },
    Setting {
        key: "justify",
        take: |config, given| switch(given).map(|on| config.justify = on),
    },
    Setting {
        key: "roomy",
        take: |config, given| switch(given).map(|on| config.roomy = on),
    },
    Setting {
        key: "zen_hints",
        take: |config, given| switch(given).map(|on| config.zen_hints = on),
    },
    Setting {
        key: "start",
        take: |config, given| {
            let words = [
                ("search", &["查找"][..], Start::Search),
                ("list", &["列表"], Start::List),
            ];
            one_of(&words, given).map(|start| config.start = start)
        },
    },
    Setting {
        key: "mouse",
        take: |config, given| {
            let words = [
                ("auto", &[][..], Mouse::Auto),
                ("on", &["true"], Mouse::On),
                ("off", &["false"], Mouse::Off),
            ];
            one_of(&words, given).map(|mouse| config.mouse = mouse)
        },
    },
    Setting {
        key: "clipboard",
        take: |config, given| {
            let words = [
                ("auto", &[][..], Clipboard::Auto),
                ("raw", &[], Clipboard::Raw),
                ("tmux", &[], Clipboard::Tmux),
                ("command", &[], Clipboard::Command),
                ("off", &["false"], Clipboard::Off),
            ];
            one_of(&words, given).map(|clipboard| config.clipboard = clipboard)
        },
    },
    Setting {
        key: "clipboard_command",
        take: |config, given| program(given).map(|command| config.clipboard_command = command),
    },
    Setting {
        key: "sync",
        take: |config, given| switch(given).map(|on| config.sync = on),
    },
    Setting {
        key: "state",
        take: |config, given| switch(given).map(|on| config.state = on),
    },
    Setting {
        key: "pager",
        take: |config, given| program(given).map(|pager| config.pager = pager),
    },
    Setting {
        key: "editor",
        take: |config, given| program(given).map(|editor| config.editor = editor),
    },
    Setting {
        key: "pinyin.fuzzy",
        take: |config, given| switch(given).map(|on| config.pinyin.fuzzy = on),
    },
    Setting {
        key: "pinyin.shuangpin",
        take: |config, given| {
            let words = [
                ("off", &["false", "no"][..], None),
                ("ziranma", &["自然码"], Some(Scheme::Ziranma)),
                ("xiaohe", &["小鹤", "小鹤双拼"], Some(Scheme::Xiaohe)),
                ("microsoft", &["微软", "微软双拼"], Some(Scheme::Microsoft)),
                ("sogou", &["搜狗", "搜狗双拼"], Some(Scheme::Sogou)),
                ("abc", &["智能ABC"], Some(Scheme::Abc)),
            ];
            one_of(&words, given).map(|scheme| config.pinyin.shuangpin = scheme)
        },
    },
];

impl Setting {
    /// The environment variable that overrides it: `ANLI_PINYIN_FUZZY`.
    pub fn variable(&self) -> String {
        format!("ANLI_{}", self.key.replace('.', "_").to_ascii_uppercase())
    }

    /// Takes a value over, or says what is wrong with it.
    pub fn take(&self, config: &mut Config, given: &Given) -> Result<(), Problem> {
        (self.take)(config, given)
    }
}

fn switch(given: &Given) -> Result<bool, Problem> {
    let words = [
        ("true", &["on", "yes", "1"][..], true),
        ("false", &["off", "no", "0"], false),
    ];
    one_of(&words, given)
}

fn one_of<T: Copy>(words: &Words<T>, given: &Given) -> Result<T, Problem> {
    let word = given.word();
    let fits = |name: &str| {
        let word = word.as_deref();
        word.is_some_and(|word| word.to_lowercase() == name.to_lowercase())
    };
    for (name, others, value) in words {
        if fits(name) || others.iter().any(|other| fits(other)) {
            return Ok(*value);
        }
    }
    let names: Vec<&str> = words.iter().map(|(name, ..)| *name).collect();
    let near = word.and_then(|word| nearest(&word, names.iter().copied(), 1).first().copied());
    Err(Problem::BadValue {
        given: given.to_string(),
        expected: names.join(" | "),
        nearest: near.map(str::to_owned),
    })
}

fn columns(from: u16, to: u16, given: &Given) -> Result<u16, Problem> {
    let number: Option<i64> = given.word().and_then(|word| word.parse().ok());
    let fits = number.and_then(|number| u16::try_from(number).ok());
    if let Some(number) = fits.filter(|number| (from..=to).contains(number)) {
        return Ok(number);
    }
    let near = number.map(|number| number.clamp(i64::from(from), i64::from(to)));
    Err(Problem::BadValue {
        given: given.to_string(),
        expected: format!("{from}–{to}"),
        nearest: near.map(|number| number.to_string()),
    })
}

fn program(given: &Given) -> Result<Option<Vec<String>>, Problem> {
    let wrong = || Problem::BadValue {
        given: given.to_string(),
        expected: "\"less -R\" | [\"less\", \"-R\"]".to_owned(),
        nearest: None,
    };
    let words = match given {
        Given::Text(text) => command::split(text).ok_or_else(wrong)?,
        Given::List(words) => words
            .iter()
            .map(|word| match word {
                Given::Text(text) => Ok(text.clone()),
                _ => Err(wrong()),
            })
            .collect::<Result<_, _>>()?,
        Given::Number(_) | Given::Switch(_) | Given::Other(_) => return Err(wrong()),
    };
    if words.first().is_some_and(|program| program.is_empty()) {
        return Err(wrong());
    }
    Ok(Some(words).filter(|words| !words.is_empty()))
}
