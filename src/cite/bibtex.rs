//! BibTeX and biblatex entries. Fields are those that the maintained GB/T 7714
//! styles read: `entrysubtype = {newspaper}` and the page of a newspaper in
//! `pages` (biblatex-gb7714-2015 1.1p, gbt7714 3 and pandoc read it there;
//! `number` only the first), the carrier in `medium` (gbt7714) and
//! `entrymediumid` (biblatex-gb7714-2025), `date` besides `year`.

use super::imprint::{Carrier, Printed};
use super::reference::Reference;
use super::{is_chinese, key};

/// Writes one entry.
pub fn write(reference: &Reference) -> String {
    let mut fields: Vec<(&str, String)> = Vec::new();
    let kind = match reference.carrier {
        Carrier::Newspaper | Carrier::NewsOnline => {
            fields.push(("entrysubtype", "newspaper".to_owned()));
            "article"
        }
        Carrier::WebPage => "online",
        Carrier::Compilation => "incollection",
        Carrier::Other => "misc",
    };
    fields.push(("title", escape(&reference.full_title())));
    if !reference.authors.is_empty() {
        fields.push(("author", authors(reference)));
    }
    if let Some(publication) = &reference.publication {
        let field = match reference.carrier {
            Carrier::Newspaper | Carrier::NewsOnline => "journal",
            Carrier::WebPage => "organization",
            Carrier::Compilation => "publisher",
            Carrier::Other => "howpublished",
        };
        fields.push((field, escape(&publication.marked())));
    }
    if let (Carrier::Compilation, Some(host)) = (reference.carrier, &reference.host) {
        fields.push(("booktitle", escape(&host.marked())));
    }
    if let Some(date) = reference.date {
        fields.push(("date", date.iso()));
        fields.push(("year", date.year.to_string()));
    }
    if let Some(number) = document_number(reference) {
        fields.push(("number", escape(number)));
    }
    if let Some(page) = &reference.page {
        fields.push(("pages", escape(page)));
    }
    if let Some(medium) = reference.carrier.medium() {
        fields.push(("medium", medium.to_owned()));
        fields.push(("entrymediumid", medium.to_owned()));
    }
    if let Some(note) = note(reference) {
        fields.push(("note", escape(&note)));
    }
    if !reference.keywords.is_empty() {
        // No reader takes braces for a sign that a comma parts nothing.
        let keywords: Vec<String> = reference
            .keywords
            .iter()
            .map(|word| word.replace(',', "，"))
            .collect();
        fields.push(("keywords", escape_words(&keywords.join(", "), false)));
    }
    if !reference.annotations.is_empty() {
        // No style changes the case of a note, and pandoc 2 doubles words in braces there.
        let annotations = reference.annotations.join("\n\n");
        fields.push(("annote", escape_words(&annotations, false)));
    }
    fields.push(("langid", "chinese".to_owned()));

    let mut entry = format!("@{kind}{{{},\n", key(&reference.id));
    for (name, value) in fields {
        entry.push_str(&format!("  {name} = {{{value}}},\n"));
    }
    entry.push('}');
    entry
}

/// The number of the document that is cited; that of another one, which holds the case,
/// is a note.
pub fn document_number(reference: &Reference) -> Option<&str> {
    let number = reference.number.as_deref();
    number.filter(|_| reference.host.is_none())
}

/// What the data formats say in words: which case of an article is meant,
/// under which headline a case is found, and that something is inferred.
pub fn note(reference: &Reference) -> Option<String> {
    let mut notes = Vec::new();
    if let Some(case) = &reference.case {
        notes.push(format!("案例：{}", case.marked()));
    }
    if reference.carrier != Carrier::Compilation
        && let Some(host) = &reference.host
    {
        let number = reference.number.as_deref().unwrap_or_default();
        let number = match number {
            "" => String::new(),
            number => format!("（{number}）"),
        };
        notes.push(format!("载于：{}{number}", host.marked()));
    }
    match reference.date.map(|date| date.printed) {
        Some(Printed::MonthAndDay) => notes.push("出版年为推断".to_owned()),
        Some(Printed::Nothing) => notes.push("出版日期为推断".to_owned()),
        Some(Printed::All) | None => {}
    }
    (!notes.is_empty()).then(|| notes.join("；"))
}

fn authors(reference: &Reference) -> String {
    let names = reference.authors.iter().map(|name| escape(&name.marked()));
    // Braces keep the name of a body from being parted into family and given.
    let names = names.map(|name| {
        if reference.corporate {
            format!("{{{name}}}")
        } else {
            name
        }
    });
    names.collect::<Vec<_>>().join(" and ")
}

/// Escapes what TeX reads as markup, and puts braces around Latin words with a
/// capital, which styles that change the case of titles then leave alone. The
/// braces of the result match. A space between Chinese characters becomes an
/// ideographic one, since xeCJK drops a plain one.
fn escape(text: &str) -> String {
    escape_words(text, true)
}

/// As [`escape`] does; without braces around Latin words unless `keep_case`.
fn escape_words(text: &str, keep_case: bool) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut rest = text;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let word = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_alphanumeric())
                .len();
        if word > 0 {
            let (latin, tail) = rest.split_at(word);
            if keep_case && latin.contains(|c: char| c.is_ascii_uppercase()) {
                escaped.push_str(&["{", latin, "}"].concat());
            } else {
                escaped.push_str(latin);
            }
            before = None;
            rest = tail;
            continue;
        }
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '`' => escaped.push_str("\\textasciigrave{}"),
            ' ' if before.is_some_and(is_chinese) && rest[1..].starts_with(is_chinese) => {
                escaped.push('\u{3000}');
            }
            '%' | '#' | '&' | '$' | '_' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
        before = Some(c);
        rest = &rest[c.len_utf8()..];
    }
    escaped
}
