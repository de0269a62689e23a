//! RFC 4180: fields parted by commas, records ended by CRLF, a field with a
//! comma, quotation mark or line break in quotation marks.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::record::CaseRecord;
use crate::text::gate;

const COLUMNS: [&str; 16] = [
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
];

/// The names of the columns: the keys of the JSON records, with `lines` spread
/// over three of them.
pub fn write_head(out: &mut dyn Write) -> io::Result<()> {
    write_record(&COLUMNS.map(Cow::Borrowed), out)
}

/// One case. Orgs are joined by 、, sections by line breaks.
pub fn write(record: &CaseRecord<'_>, out: &mut dyn Write) -> io::Result<()> {
    let number = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
    let sections: Vec<&str> = record
        .sections
        .iter()
        .map(|section| section.heading.as_ref())
        .collect();
    let fields: [Cow<'_, str>; 16] = [
        record.id.into(),
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
    ];
    write_record(&fields, out)
}

fn write_record(fields: &[Cow<'_, str>], out: &mut dyn Write) -> io::Result<()> {
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        out.write_all(quoted(&guarded(&gate::clean(field))).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

/// Keeps a spreadsheet from reading a field as a formula: a field that begins
/// like one gets an apostrophe before it (OWASP, “CSV Injection”; the full-width
/// signs count in East Asian editions). So does one that begins with an
/// apostrophe, for the reader who takes it off again.
fn guarded(field: &str) -> Cow<'_, str> {
    const FORMULA: [char; 12] = [
        '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\'',
    ];
    if field.starts_with(FORMULA) {
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
