//! CSL-JSON (version 1.0.2 of its schema): an array with one item, which is
//! what reference managers import.

use serde::Serialize;

use super::imprint::{Carrier, Date, Named, Printed};
use super::key;
use super::reference::Reference;

#[derive(Serialize)]
struct CslItem {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    /// The carrier that GB/T 7714 writes after the type, `OL`; styles print
    /// `[N]` for `[N/OL]` without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    medium: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    language: &'static str,
}

#[derive(Serialize)]
struct Name {
    literal: String,
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    parts: [Vec<u16>; 1],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    circa: bool,
}

/// One array of the items of several, each as [`write`] leaves it.
pub fn join(arrays: &[&str]) -> String {
    let items: Vec<&str> = arrays.iter().map(|array| item(array)).collect();
    format!("[\n{}\n]", items.join(",\n"))
}

/// The item of an array with one, as [`write`] leaves it.
pub fn item(array: &str) -> &str {
    let items = array
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .expect("an array stands in brackets");
    items.trim_matches('\n')
}

/// Writes the array, indented.
pub fn write(reference: &Reference) -> String {
    let compilation = reference.carrier == Carrier::Compilation;
    let (container, publisher) = if compilation {
        (&reference.host, reference.publication.as_ref())
    } else {
        (&reference.publication, None)
    };
    let item = CslItem {
        id: key(&reference.id),
        kind: match reference.carrier {
            Carrier::Newspaper | Carrier::NewsOnline => "article-newspaper",
            Carrier::WebPage => "webpage",
            Carrier::Compilation => "chapter",
            Carrier::Other => "document",
        },
        title: reference.full_title(),
        author: reference
            .authors
            .iter()
            .map(|name| Name {
                literal: name.marked(),
            })
            .collect(),
        container: container.as_ref().map(Named::marked),
        publisher: publisher.map(Named::marked),
        issued: reference.date.map(issued),
        number: super::bibtex::document_number(reference).map(str::to_owned),
        page: reference.page.clone(),
        medium: reference.carrier.medium(),
        note: note(reference),
        language: "zh",
    };
    serde_json::to_string_pretty(&[item]).expect("strings and numbers always serialize")
}

/// What is inferred, and what the reader made of the case: importers have no other
/// place for it that all of them read.
fn note(reference: &Reference) -> Option<String> {
    let keywords = if reference.keywords.is_empty() {
        None
    } else {
        Some(format!("标签：{}", reference.keywords.join("、")))
    };
    let notes: Vec<String> = super::bibtex::note(reference)
        .into_iter()
        .chain(keywords)
        .chain(reference.annotations.iter().cloned())
        .collect();
    (!notes.is_empty()).then(|| notes.join("\n"))
}

fn issued(date: Date) -> Issued {
    let smaller = [date.month, date.day].into_iter().flatten();
    Issued {
        parts: [std::iter::once(date.year)
            .chain(smaller.map(u16::from))
            .collect()],
        circa: date.printed != Printed::All,
    }
}
