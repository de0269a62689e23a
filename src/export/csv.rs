//! RFC 4180: fields parted by commas, records ended by CRLF, a field with a
//! comma, quotation mark or line break in quotation marks.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::record::{CaseRecord, MarksRecord, PassageRecord};
use crate::text::{CharSpan, gate};

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
/// and passages by line breaks; a passage has its place before it.
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
    let passages: Vec<String> = marks.passages.iter().map(passage).collect();
    let fields: [Cow<'_, str>; 16] = [
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
    ];
    let tags = join_tags(&marks.tags);
    let passages = passages.join("\n");
    let others = fields.iter().map(|field| guarded(field));
    let marks = [&*tags, marks.note, &*passages].map(kept_as_text);
    let id = kept_as_text(record.id);
    let fields: Vec<Cow<'_, str>> = std::iter::once(id).chain(others).chain(marks).collect();
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

/// A text that a spreadsheet would take for a date or a number (`2019-1`, `2017`),
/// with an apostrophe before it. LibreOffice 7.4 then keeps it as text, and so it
/// stays in every file that is saved from there; without it `1-2` comes back as
/// `01/02/2026` and `007` as `7`. A formula (`="1-2"`) loses its form with the first
/// save and is a date with the second.
pub fn kept_as_text(field: &str) -> Cow<'_, str> {
    if reads_as_value(field) {
        Cow::Owned(format!("'{field}"))
    } else {
        guarded(field)
    }
}

/// Whether a spreadsheet may read a field as a number, a date or a truth value.
fn reads_as_value(field: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let opening = |c: char| matches!(c, '.' | '(' | '$' | '¥' | '￥' | '€' | '£');
    let amount = field.trim_start().trim_start_matches(opening);
    let truth = ["true", "false"]
        .iter()
        .any(|name| field.eq_ignore_ascii_case(name));
    truth || amount.starts_with(digit) || is_day_of_month(field)
}

/// Whether a field is an English month followed by a number, as in `Jan 5`.
fn is_day_of_month(field: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let field = field.trim_start();
    let rest = field.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let word = field[..field.len() - rest.len()].to_ascii_lowercase();
    let is_month = word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&*word));
    let number = rest.trim_start_matches([' ', '-', '/', '.', ',']);
    is_month && number.starts_with(|c: char| c.is_ascii_digit())
}

/// A field without the apostrophe that an export put before it. Others stay.
pub fn unguarded(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(rest) if matches!(kept_as_text(rest), Cow::Owned(_)) => rest,
        _ => field,
    }
}

/// What parts tags in a cell; in a tag it has a backslash before it.
const TAG_BREAKS: [char; 6] = ['、', ',', '，', ';', '；', '\n'];

fn join_tags(tags: &[&str]) -> String {
    let escaped = tags.iter().map(|tag| {
        let mut escaped = String::with_capacity(tag.len());
        for c in tag.chars() {
            if c == '\\' || TAG_BREAKS.contains(&c) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped
    });
    escaped.collect::<Vec<_>>().join("、")
}

/// The tags of a cell, with any of the usual signs between them.
pub fn split_tags(cell: &str) -> Vec<String> {
    let mut tags = vec![String::new()];
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        let c = match c {
            '\\' => chars.next(),
            c if TAG_BREAKS.contains(&c) => {
                tags.push(String::new());
                None
            }
            c => Some(c),
        };
        if let (Some(c), Some(tag)) = (c, tags.last_mut()) {
            tag.push(c);
        }
    }
    tags.retain(|tag| !tag.trim().is_empty());
    tags
}

/// Prefix of the lines of a quote after its first.
pub const CONTINUED: &str = "  ";

/// A passage in a cell: `[120-164] 引文`, its place in characters of the text and its
/// quote, whose other lines are indented.
fn passage(passage: &PassageRecord) -> String {
    let PassageRecord { start, end, quote } = passage;
    let quote = quote.replace('\n', &format!("\n{CONTINUED}"));
    format!("[{start}-{end}] {quote}")
}

/// The place and the quote's first line, out of a line that `passage` wrote.
pub fn split_place(line: &str) -> Option<(CharSpan, &str)> {
    let (place, quote) = line.strip_prefix('[')?.split_once(']')?;
    let (start, end) = place.split_once('-')?;
    let span = CharSpan::new(start.trim().parse().ok()?, end.trim().parse().ok()?);
    let quote = quote.strip_prefix(' ').unwrap_or(quote);
    (span.start < span.end).then_some((span, quote))
}

/// Keeps a spreadsheet from reading a field as a formula: a field that begins
/// like one gets an apostrophe before it (OWASP, “CSV Injection”; the full-width
/// signs count in East Asian editions), also after blanks, which some programs
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_reads_as_a_date_is_kept_as_text_and_comes_back() {
        for field in [
            "1-2",
            "Jan 5",
            "5 Jan",
            "sep-03",
            " May 5, 2020",
            "Sept. 3",
            "1月2日",
        ] {
            assert_eq!(kept_as_text(field), format!("'{field}"));
            assert_eq!(unguarded(&kept_as_text(field)), field);
        }
        for field in [
            "May",
            "Mary 5",
            "Marches 5",
            "may be 5",
            "五月五日",
            "R&D 5",
        ] {
            assert_eq!(kept_as_text(field), field);
        }
    }
}
