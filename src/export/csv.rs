//! RFC 4180: fields parted by commas, records ended by CRLF, a field with a
//! comma, quotation mark or line break in quotation marks.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::record::{CaseRecord, MarksRecord};
use crate::text::gate;

const COLUMNS: [&str; 20] = [
    "id",
    "source",
    "n",
    "year",
    "category",
    "area",
    "completeness",
    "title",
    "title_printed",
    "title_simplified",
    "orgs",
    "first",
    "last",
    "list",
    "sections",
    "text",
    "star",
    "tags",
    "note",
    "passages",
];

/// The names of the columns: the keys of the JSON records, with `lines` spread
/// over three of them.
pub fn write_head(out: &mut dyn Write) -> io::Result<()> {
    write_record(&COLUMNS.map(Cow::Borrowed), out)
}

/// One case and what the reader made of it. Orgs and tags are joined by 、, sections
/// and passages by line breaks.
pub fn write(
    record: &CaseRecord<'_>,
    marks: &MarksRecord<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let number = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
    let sections: Vec<&str> = record
        .sections
        .iter()
        .map(|section| section.heading.as_ref())
        .collect();
    let star = if marks.star { "★" } else { "" };
    let passages: Vec<&str> = marks
        .passages
        .iter()
        .map(|passage| passage.quote.as_str())
        .collect();
    let fields: [Cow<'_, str>; 19] = [
        record.source.into(),
        record.n.to_string().into(),
        number(record.year.map(u32::from)).into(),
        record.category.unwrap_or_default().into(),
        record.area.as_deref().unwrap_or_default().into(),
        record.completeness.into(),
        record.title.as_ref().into(),
        record.title_printed.to_string().into(),
        record.title_simplified.as_str().into(),
        record.orgs.join("、").into(),
        record.lines.first.to_string().into(),
        record.lines.last.to_string().into(),
        number(record.lines.list).into(),
        sections.join("\n").into(),
        record.text.as_deref().unwrap_or_default().into(),
        star.into(),
        marks.tags.join("、").into(),
        marks.note.into(),
        passages.join("\n").into(),
    ];
    let id = kept_as_text(record.id);
    let others = fields.iter().map(|field| guarded(field));
    let fields: Vec<Cow<'_, str>> = std::iter::once(id).chain(others).collect();
    write_record(&fields, out)
}

/// One record of fields, which pass the gate and are kept from being formulas.
pub fn write_record(fields: &[Cow<'_, str>], out: &mut dyn Write) -> io::Result<()> {
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        out.write_all(quoted(&gate::clean(field)).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

/// An id that a spreadsheet would take for a date or a number (`2019-1`), with an
/// apostrophe before it: Excel, LibreOffice and WPS then keep it as text, also when
/// they save the file again.
fn kept_as_text(id: &str) -> Cow<'_, str> {
    match id.starts_with(|c: char| c.is_ascii_digit()) {
        true => Cow::Owned(format!("'{id}")),
        false => guarded(id),
    }
}

/// Keeps a spreadsheet from reading a field as a formula: a field that begins
/// like one gets an apostrophe before it (OWASP, “CSV Injection”; the full-width
/// signs count in East Asian editions), also behind blanks, which some programs
/// skip. So does one that begins with an apostrophe, for the reader who takes it
/// off again.
fn guarded(field: &str) -> Cow<'_, str> {
    const FORMULA: [char; 9] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\''];
    let after_blanks = field.trim_start();
    if field.starts_with(['\t', '\r', '\n']) || after_blanks.starts_with(FORMULA) {
        Cow::Owned(format!("'{field}"))
    } else {
        Cow::Borrowed(field)
    }
}

fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", field.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(field)
    }
}
