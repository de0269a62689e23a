//! Every mistake of a catalog, in one sentence each.
//!
//! Reading by serde stops at the first mistake; this goes through the whole
//! file, so that an editor can mend all of them at once.

use std::collections::HashMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::case::Reader;
use crate::language::{Label, Sentence};
use crate::nearest::distance;

/// What a key holds.
#[derive(Clone, Copy)]
enum Value {
    /// Some text.
    Text,
    /// A date as ISO 8601 has it, as text: `2016-03-01`.
    Date,
    /// A year, as a whole number.
    Year,
    /// A number of lines.
    Count,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// Tables, each written `[[like.this]]`.
    Tables(&'static Shape),
}

/// What a table may and must hold.
struct Shape {
    /// How an editor writes its head; empty for the file.
    name: &'static str,
    keys: &'static [(&'static str, Need, Value)],
}

#[derive(Clone, Copy, PartialEq)]
enum Need {
    Must,
    May,
}

use Need::{May, Must};

const FILE: Shape = Shape {
    name: "",
    keys: &[
        ("document", May, Value::Tables(&DOCUMENT)),
        ("org", May, Value::Tables(&ORG)),
        ("area", May, Value::Tables(&AREA)),
        ("synonym", May, Value::Tables(&SYNONYM)),
    ],
};

const DOCUMENT: Shape = Shape {
    name: "[[document]]",
    keys: &[
        ("quote", Must, Value::Text),
        ("title", May, Value::Text),
        ("publisher", May, Value::Text),
        ("date", May, Value::Date),
        ("number", May, Value::Text),
        ("reporter", May, Value::Text),
        ("year", May, Value::Year),
        (
            "kind",
            May,
            Value::Word(&["newspaper", "news", "compilation"]),
        ),
        ("org", May, Value::Text),
        ("reader", May, Value::Word(&Reader::NAMES)),
        ("title_lines", May, Value::Count),
        ("sections", May, Value::Texts),
        ("case", May, Value::Tables(&CASE)),
        ("article", May, Value::Tables(&ARTICLE)),
    ],
};

const CASE: Shape = Shape {
    name: "[[document.case]]",
    keys: &[
        ("quote", May, Value::Text),
        ("start", May, Value::Text),
        ("end", May, Value::Text),
        ("title_lines", May, Value::Count),
        ("title", May, Value::Text),
        ("org", May, Value::Text),
        ("year", May, Value::Year),
        ("sections", May, Value::Texts),
    ],
};

const ARTICLE: Shape = Shape {
    name: "[[document.article]]",
    keys: &[("headline", Must, Value::Text), ("org", May, Value::Text)],
};

const ORG: Shape = Shape {
    name: "[[org]]",
    keys: &[
        ("name", Must, Value::Text),
        ("others", May, Value::Texts),
        ("later", May, Value::Texts),
    ],
};

const AREA: Shape = Shape {
    name: "[[area]]",
    keys: &[("name", Must, Value::Text), ("others", May, Value::Texts)],
};

const SYNONYM: Shape = Shape {
    name: "[[synonym]]",
    keys: &[
        ("word", Must, Value::Text),
        ("others", May, Value::Texts),
        ("related", May, Value::Texts),
    ],
};

/// The mistakes of a file in the order of their lines; `refusal` is what serde
/// said of it, for what the search below has no eye for.
pub(super) fn find(toml: &str, refusal: Option<&toml::de::Error>) -> Vec<Sentence> {
    let (table, errors) = DeTable::parse_recoverable(toml);
    let mut report = MistakeList {
        toml,
        mistakes: Vec::new(),
    };
    for error in &errors {
        report.add(error.span().unwrap_or_default(), syntax(error));
    }
    if errors.is_empty() {
        report.table(&FILE, table.get_ref(), table.span());
        report.names(table.get_ref());
    }
    if let (Some(refusal), true) = (refusal, report.mistakes.is_empty()) {
        report.add(refusal.span().unwrap_or_default(), syntax(refusal));
    }
    report.mistakes.sort_by_key(|&(line, _)| line);
    let mistakes = report.mistakes.into_iter();
    let sentence = |(line, what): (usize, Sentence)| {
        Sentence::new(
            format!("第 {line} 行：{}", what.chinese()),
            format!("line {line}: {}", what.english()),
        )
    };
    mistakes.map(sentence).collect()
}

/// What the parser says, in its own words.
fn syntax(error: &toml::de::Error) -> Sentence {
    let why = error.message();
    Sentence::new(format!("不符合 TOML 语法（{why}）"), why.to_owned())
}

struct MistakeList<'a> {
    toml: &'a str,
    /// By line, from 1.
    mistakes: Vec<(usize, Sentence)>,
}

impl MistakeList<'_> {
    fn add(&mut self, at: Range<usize>, what: Sentence) {
        let before = &self.toml.as_bytes()[..at.start.min(self.toml.len())];
        let line = 1 + before.iter().filter(|&&b| b == b'\n').count();
        self.mistakes.push((line, what));
    }

    fn table(&mut self, shape: &Shape, table: &DeTable<'_>, at: Range<usize>) {
        for (key, value) in table.iter() {
            let name: &str = key.get_ref();
            match shape.keys.iter().find(|(known, ..)| *known == name) {
                Some((_, _, wanted)) => {
                    self.value(name, *wanted, value.get_ref(), value.span());
                }
                None => {
                    let known = shape.keys.iter().map(|(known, ..)| *known);
                    let nearest = nearest(name, known);
                    let (chinese, english) = match shape.name {
                        "" => ("编目".to_owned(), "a catalog"),
                        table => (format!("{table} "), table),
                    };
                    self.add(
                        key.span(),
                        Sentence::new(
                            format!("{chinese}没有 {name} 这个字段，最接近的是 {nearest}"),
                            format!("{english} has no key {name:?}; the nearest is {nearest:?}"),
                        ),
                    );
                }
            }
        }
        for (key, need, _) in shape.keys {
            if *need == Must && !table.contains_key(*key) {
                let table = shape.name;
                let missing = Sentence::new(
                    format!("{table} 缺少 {key}"),
                    format!("{table} needs a {key:?}"),
                );
                self.add(at.clone(), missing);
            }
        }
    }

    fn value(&mut self, key: &str, wanted: Value, value: &DeValue<'_>, at: Range<usize>) {
        let wrong = match (wanted, value) {
            (Value::Text, DeValue::String(text)) => {
                let empty = Label("不能为空", "must not be empty");
                text.trim().is_empty().then(|| empty.into())
            }
            (Value::Date, DeValue::String(text)) => (!is_date(text)).then(|| {
                Sentence::new(
                    format!("应为 \"2016-03-01\" 这样的日期，不能是 {text:?}"),
                    format!("must be a date such as \"2016-03-01\", not {text:?}"),
                )
            }),
            (Value::Year, DeValue::Integer(number)) => {
                let year: Option<u16> = number.as_str().parse().ok();
                let known = year.is_some_and(|year| (1900..2200).contains(&year));
                (!known).then(|| {
                    Sentence::new(
                        format!("应为 2017 这样的年份，不能是 {number}"),
                        format!("must be a year such as 2017, not {number}"),
                    )
                })
            }
            (Value::Word(words), DeValue::String(text)) => {
                let known = words.iter().any(|word| word == text);
                let nearest = nearest(text, words.iter().copied());
                (!known).then(|| {
                    Sentence::new(
                        format!("不能是 {text:?}，最接近的是 {nearest:?}"),
                        format!("cannot be {text:?}; the nearest value is {nearest:?}"),
                    )
                })
            }
            (Value::Texts, DeValue::Array(items)) => {
                let all = items.iter().all(|item| item.get_ref().is_str());
                let texts = Label(
                    "应为加引号的文字列表",
                    "must be a list of texts in quotation marks",
                );
                (!all).then(|| texts.into())
            }
            (Value::Tables(shape), DeValue::Array(items)) => {
                for item in items.iter() {
                    match item.get_ref() {
                        DeValue::Table(table) => {
                            self.table(shape, table, item.span());
                            if key == "case" {
                                self.case(table, item.span());
                            }
                        }
                        _ => {
                            let table = shape.name;
                            let holds = Sentence::new(
                                format!("{key} 中应为 {table}"),
                                format!("{key:?} holds {table}"),
                            );
                            self.add(item.span(), holds);
                        }
                    }
                }
                None
            }
            (Value::Tables(shape), _) => Some(Sentence::new(
                format!("应写作 {}", shape.name),
                format!("must be written {}", shape.name),
            )),
            (Value::Year, _) => Some(
                Label(
                    "应为 2017 这样的年份，不加引号",
                    "must be a year such as 2017, without quotation marks",
                )
                .into(),
            ),
            (Value::Count, DeValue::Integer(number)) => {
                let count: Option<u8> = number.as_str().parse().ok();
                let is_small = count.is_some_and(|count| count < 20);
                (!is_small).then(|| {
                    Sentence::new(
                        format!("应为 0 至 19 的行数，不能是 {number}"),
                        format!("must be a number of lines from 0 to 19, not {number}"),
                    )
                })
            }
            (Value::Count, _) => Some(
                Label(
                    "应为行数，如 2，不加引号",
                    "must be a number of lines such as 2, without quotation marks",
                )
                .into(),
            ),
            (Value::Texts, _) => Some(
                Label(
                    "应为文字列表，如 [\"市人社局\"]",
                    "must be a list of texts, as in [\"市人社局\"]",
                )
                .into(),
            ),
            (Value::Text | Value::Date | Value::Word(_), _) => {
                Some(Label("应为加引号的文字", "must be a text in quotation marks").into())
            }
        };
        if let Some(wrong) = wrong {
            let told = Sentence::new(
                format!("{key} {}", wrong.chinese()),
                format!("{key:?} {}", wrong.english()),
            );
            self.add(at, told);
        }
    }

    /// The keys of a case that do not go together.
    fn case(&mut self, table: &DeTable<'_>, at: Range<usize>) {
        let has = |key: &str| table.contains_key(key);
        let wrong = if !has("quote") && !has("start") {
            Label(
                "[[document.case]] 缺少 quote（案例中的一段文字）或 start（案例的第一行）",
                "[[document.case]] needs a \"quote\" from the case, or its first line as \"start\"",
            )
        } else if has("quote") && has("start") {
            Label(
                "[[document.case]] 的 quote 和 start 只能写一个",
                "[[document.case]] has either a \"quote\" or a \"start\"",
            )
        } else if has("quote") && (has("end") || has("title_lines")) {
            Label(
                "[[document.case]] 有 start 时才能写 end、title_lines",
                "[[document.case]] takes \"end\" and \"title_lines\" only with a \"start\"",
            )
        } else if has("title") && has("title_lines") {
            Label(
                "[[document.case]] 的 title 和 title_lines 只能写一个",
                "[[document.case]] has either a \"title\" or \"title_lines\"",
            )
        } else {
            return;
        };
        self.add(at, wrong.into());
    }

    /// Reports names given to two bodies or to two districts, which would be ambiguous.
    fn names(&mut self, file: &DeTable<'_>) {
        for shape in [&ORG, &AREA] {
            let key = shape.name.trim_matches(['[', ']']);
            let entries = file.get(key).and_then(|value| value.get_ref().as_array());
            let mut seen: HashMap<&str, usize> = HashMap::new();
            for (index, entry) in entries.into_iter().flatten().enumerate() {
                let Some(entry) = entry.get_ref().as_table() else {
                    continue;
                };
                let others = entry
                    .get("others")
                    .and_then(|v| v.get_ref().as_array())
                    .into_iter()
                    .flatten();
                for name in entry.get("name").into_iter().chain(others) {
                    let Some(text) = name.get_ref().as_str() else {
                        continue;
                    };
                    if seen.insert(text, index).is_some() {
                        let table = shape.name;
                        self.add(
                            name.span(),
                            Sentence::new(
                                format!("名称“{text}”在 {table} 中出现两次"),
                                format!("the name {text:?} occurs twice in {table}"),
                            ),
                        );
                    }
                }
            }
        }
    }
}

fn is_date(text: &str) -> bool {
    let number = |range: Range<usize>| -> Option<u32> {
        let digits = text.get(range)?;
        let only = digits.bytes().all(|b| b.is_ascii_digit());
        only.then(|| digits.parse().ok()).flatten()
    };
    let is_month = text.len() >= 7
        && text.as_bytes()[4] == b'-'
        && number(0..4).is_some()
        && number(5..7).is_some_and(|month| (1..=12).contains(&month));
    let is_day =
        || text.as_bytes()[7] == b'-' && number(8..10).is_some_and(|day| (1..=31).contains(&day));
    is_month && (text.len() == 7 || text.len() == 10 && is_day())
}

/// The name that differs from `name` in the fewest letters; the first of them.
fn nearest(name: &str, known: impl Iterator<Item = &'static str>) -> &'static str {
    known
        .min_by_key(|known| distance(name, known))
        .expect("every table has a key and every word a value")
}
