//! RIS: two letters, two spaces, a hyphen, a space, the value; `ER` ends it.

use super::bibtex::document_number;
use super::imprint::Carrier;
use super::key;
use super::reference::Reference;

/// Writes one record, lines ended by a line feed.
pub fn write(reference: &Reference) -> String {
    let mut lines: Vec<(&str, String)> = Vec::new();
    let kind = match reference.carrier {
        Carrier::Newspaper | Carrier::NewsOnline => "NEWS",
        Carrier::WebPage => "ELEC",
        Carrier::Compilation => "CHAP",
        Carrier::Other if document_number(reference).is_some() => "GOVDOC",
        Carrier::Other => "GEN",
    };
    lines.push(("TY", kind.to_owned()));
    lines.push(("ID", key(&reference.id)));
    lines.push(("TI", reference.full_title()));
    for author in &reference.authors {
        lines.push(("AU", author.marked()));
    }
    let compilation = reference.carrier == Carrier::Compilation;
    let container = if compilation {
        &reference.host
    } else {
        &reference.publication
    };
    if let Some(container) = container {
        lines.push(("T2", container.marked()));
    }
    if compilation && let Some(publisher) = &reference.publication {
        lines.push(("PB", publisher.marked()));
    }
    if let Some(date) = reference.date {
        lines.push(("PY", date.year.to_string()));
        lines.push(("DA", date.iso().replace('-', "/")));
    }
    if let Some(number) = document_number(reference) {
        lines.push(("SN", number.to_owned()));
    }
    if let Some(page) = &reference.page {
        lines.push(("SP", page.clone()));
    }
    if let Some(note) = super::bibtex::note(reference) {
        lines.push(("N1", note));
    }
    for keyword in &reference.keywords {
        lines.push(("KW", keyword.clone()));
    }
    // A value is one line, and a tag may come again.
    let annotations = reference.annotations.iter().flat_map(|text| text.lines());
    for annotation in annotations.filter(|line| !line.trim().is_empty()) {
        lines.push(("N1", annotation.to_owned()));
    }
    lines.push(("LA", "zh".to_owned()));

    let mut record = String::new();
    for (tag, value) in lines {
        record.push_str(&format!("{tag}  - {value}\n"));
    }
    record.push_str("ER  - ");
    record
}
