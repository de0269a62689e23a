//! Key figures as rows of a table: what `anli figures` prints and the explorer writes to
//! a file.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::{Format, csv};
use crate::case::CaseRef;
use crate::cite;
use crate::figures::{self, Decimal, Found};
use crate::language::Language;
use crate::text::gate;

/// The columns of the CSV, which are the keys of the JSON.
pub const COLUMNS: [&str; 13] = [
    "case", "quote", "start", "end", "value", "value_to", "unit", "counts", "approx", "kind",
    "sentence", "line", "again",
];

/// One figure with its case. The order of the fields is the order of the keys in JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Id of the case.
    pub case: String,
    /// Number and unit as printed.
    pub quote: String,
    /// The place of `quote`, in characters of the case's text.
    pub start: u32,
    pub end: u32,
    #[serde(serialize_with = "as_number")]
    pub value: Decimal,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "as_optional_number"
    )]
    pub value_to: Option<Decimal>,
    pub unit: String,
    pub counts: String,
    /// The name of the precision.
    pub approx: &'static str,
    #[serde(serialize_with = "as_name")]
    pub kind: figures::Kind,
    pub sentence: String,
    /// The line of the document, from 1.
    pub line: u32,
    pub again: bool,
}

fn as_number<S: serde::Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    value.json().serialize(serializer)
}

fn as_optional_number<S: serde::Serializer>(
    value: &Option<Decimal>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.map(Decimal::json).serialize(serializer)
}

fn as_name<S: serde::Serializer>(kind: &figures::Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.name())
}

/// The figures of a case, in reading order.
pub fn of_case(case: CaseRef<'_>) -> Vec<Row> {
    rows(case, &figures::of_case(case))
}

/// Rows for figures that were found in a case.
pub fn rows(case: CaseRef<'_>, found: &[Found]) -> Vec<Row> {
    let text: Vec<char> = case.text().chars().collect();
    let cut = |range: &std::ops::Range<u32>| -> String {
        text[range.start as usize..range.end as usize]
            .iter()
            .collect()
    };
    let row = |Found { figure, line }: &Found| Row {
        case: case.case.id.0.clone(),
        quote: cut(&figure.span),
        start: figure.span.start,
        end: figure.span.end,
        value: figure.value,
        value_to: figure.value_to,
        approx: figure.precision.name(),
        kind: figure.kind,
        sentence: cut(&figure.sentence),
        unit: figure.unit.clone(),
        counts: figure.counts.clone(),
        line: *line,
        again: figure.again,
    };
    found.iter().map(row).collect()
}

impl Row {
    /// Id, figure, what it counts, kind, sentence.
    pub fn cells(&self, language: Language) -> [String; 5] {
        [
            self.case.clone(),
            self.quote.clone(),
            self.counts.clone(),
            self.kind.in_language(language).to_owned(),
            self.sentence.clone(),
        ]
    }

    fn columns(&self) -> [String; COLUMNS.len()] {
        [
            self.case.clone(),
            self.quote.clone(),
            self.start.to_string(),
            self.end.to_string(),
            self.value.json().to_string(),
            self.value_to
                .map_or(String::new(), |to| to.json().to_string()),
            self.unit.clone(),
            self.counts.clone(),
            self.approx.to_owned(),
            self.kind.name().to_owned(),
            self.sentence.clone(),
            self.line.to_string(),
            self.again.to_string(),
        ]
    }
}

/// Writes rows as CSV below a head with the names of the columns.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_csv<'a>(rows: impl Iterator<Item = &'a Row>, out: &mut dyn Write) -> io::Result<()> {
    csv::write_record(&COLUMNS.map(Cow::Borrowed), out)?;
    for row in rows {
        csv::write_record(&row.columns().map(Cow::Owned), out)?;
    }
    Ok(())
}

/// Writes rows as a Markdown table with id, figure, what it counts, kind and sentence.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_markdown<'a>(
    rows: impl Iterator<Item = &'a Row>,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let heads = language.labels().answer.figure_columns;
    writeln!(out, "| {} |", heads.join(" | "))?;
    writeln!(out, "|{}", "---|".repeat(heads.len()))?;
    for row in rows {
        let cells = row
            .cells(language)
            .map(|cell| cite::escape_markdown(&gate::line(&cell)).into_owned());
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// Rows as a file has them: CSV with a byte order mark, a Markdown table, or else JSON
/// with one object a line.
pub fn file<'a>(rows: impl Iterator<Item = &'a Row>, format: Format, language: Language) -> String {
    let mut bytes = Vec::new();
    let written = match format {
        Format::Csv { .. } => {
            bytes.extend("\u{feff}".as_bytes());
            write_csv(rows, &mut bytes)
        }
        Format::Markdown => write_markdown(rows, language, &mut bytes),
        _ => rows
            .map(|row| serde_json::to_string(row).expect("it has string keys only"))
            .try_for_each(|object| writeln!(bytes, "{}", gate::line(&object))),
    };
    written.expect("a vector takes every byte");
    String::from_utf8(bytes).expect("only text was written")
}
