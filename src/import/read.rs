//! JSON, JSON Lines and CSV, told apart by how they begin.

use serde::Deserialize;
use serde_json::Value;

use super::mistake::{Error, MARKS};
use super::{Given, Position, table};
use crate::record::PassageRecord;
use crate::store::Passage;
use crate::text::CharSpan;

/// One object of an export; keys that hold no marks are passed over.
#[derive(Deserialize)]
struct Record {
    id: String,
    #[serde(default)]
    star: Option<bool>,
    #[serde(default)]
    tags: Option<Vec<String>>,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    passages: Option<Vec<PassageRecord>>,
}

/// Reads the text of a file.
///
/// # Errors
///
/// If it is no export with marks: neither JSON objects nor a table with `id` and a
/// key or column for marks; if it is broken off, or a value has a wrong type.
pub fn read(text: &str) -> Result<Vec<Given>, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.trim_start().chars().next() {
        None => Err(Error::new("文件是空的", "the file is empty")),
        Some('[') => array(text),
        Some('{') => objects(text),
        Some(_) => table::read(text),
    }
}

fn array(text: &str) -> Result<Vec<Given>, Error> {
    let values: Vec<Value> = serde_json::from_str(text).map_err(|error| broken(&error))?;
    let values = (1..).map(Position::Item).zip(values);
    given(values.collect())
}

fn objects(text: &str) -> Result<Vec<Given>, Error> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let mut read = Vec::new();
    let (mut line, mut before) = (1, 0);
    loop {
        let rest = &text[values.byte_offset()..];
        let start = values.byte_offset() + (rest.len() - rest.trim_start().len());
        line += text[before..start].matches('\n').count() as u64;
        before = start;
        match values.next() {
            None => return given(read),
            Some(Ok(value)) => read.push((Position::Line(line), value)),
            Some(Err(error)) => return Err(broken(&error)),
        }
    }
}

fn broken(error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    Error::new(
        format!("第 {line} 行第 {column} 列起不是完整的 JSON"),
        format!("not valid JSON at line {line}, column {column}"),
    )
}

fn given(values: Vec<(Position, Value)>) -> Result<Vec<Given>, Error> {
    // CSL-JSON has notes as well, and a type, which a case has not.
    let has_marks = |(_, value): &(Position, Value)| {
        value["type"].is_null() && MARKS.iter().any(|key| !value[*key].is_null())
    };
    if !values.is_empty() && !values.iter().any(has_marks) {
        return Err(Error::new(
            "不是 anli 导出的案例：没有 star、tags、note、passages 中的任何一项",
            "no export of anli: it has none of the keys star, tags, note and passages",
        ));
    }
    let record = |(place, value): (Position, Value)| {
        let record: Record = serde_json::from_value(value).map_err(|error| {
            let (chinese, english) = match place {
                Position::Line(line) => (format!("第 {line} 行"), format!("line {line}")),
                Position::Item(item) => (format!("第 {item} 项"), format!("item {item}")),
            };
            Error::new(
                format!(
                    "{chinese}不是 anli 导出的案例，应有：id 和 note 为文字，star 为 true 或 false，\
                     tags 为文字的数组，passages 各有 start、end、quote；解析报告：{error}"
                ),
                format!("{english} is no case as anli exports it: {error}"),
            )
        })?;
        let passages = record.passages.unwrap_or_default().into_iter();
        Ok(Given {
            place,
            id: record.id,
            star: record.star.unwrap_or_default(),
            tags: record.tags.unwrap_or_default(),
            note: record.note.unwrap_or_default(),
            passages: passages
                .map(|passage| Passage {
                    span: CharSpan::new(passage.start, passage.end),
                    quote: passage.quote,
                })
                .collect(),
            amiss: Vec::new(),
        })
    };
    values.into_iter().map(record).collect()
}
