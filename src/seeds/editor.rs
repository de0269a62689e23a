//! What the editor's catalog says, laid upon what the readers found.

use memchr::memmem;

use super::catalog::{CaseEntry, Catalog};
use super::lines::Page;
use super::reading::{Draft, Material, Reading};
use crate::case::{Document, Title};

/// The entry of the catalog that speaks of each document, if one does.
pub(super) fn recognise(
    documents: &[Document],
    catalog: &Catalog,
    errors: &mut Vec<String>,
) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; documents.len()];
    for (index, entry) in catalog.documents.iter().enumerate() {
        let quote = memmem::Finder::new(&entry.quote);
        let places = documents.iter().enumerate().flat_map(|(at, document)| {
            let text = document.text().as_bytes();
            quote.find_iter(text).map(move |byte| (at, byte))
        });
        let places: Vec<(usize, usize)> = places.take(2).collect();
        let place = |(at, byte): (usize, usize)| {
            let document = &documents[at];
            format!("{} line {}", document.name, document.line_of(byte))
        };
        let problem = match places[..] {
            [] if catalog.lenient => continue,
            [] => "stands in no document".to_owned(),
            [(at, _)] => match found[at] {
                None => {
                    found[at] = Some(index);
                    continue;
                }
                Some(other) => {
                    let (name, other) = (&documents[at].name, &catalog.documents[other].quote);
                    format!("stands in {name}, which the quote {other:?} already names")
                }
            },
            [a, b, ..] => {
                let (a, b) = (place(a), place(b));
                format!("stands in more than one place: {a}, {b}")
            }
        };
        let (name, quote) = (entry.name(), &entry.quote);
        errors.push(format!(
            "catalog: document {name:?}: the quote {quote:?} {problem}"
        ));
    }
    found
}

/// Gives the editor's titles to the cases for which the document prints none;
/// where the editor has none either, their first words.
pub(super) fn add_titles(material: Material<'_>, reading: &mut Reading) {
    let page = material.page;
    for entry in material.entry.map_or(&[][..], |entry| &entry.cases) {
        if let Err(problem) = add_title(material, entry, &mut reading.cases) {
            let CaseEntry { title, quote, .. } = entry;
            let error = format!("the case {title:?}: the quote {quote:?} {problem}");
            reading.errors.push(error);
        }
    }
    for case in &mut reading.cases {
        if case.title.is_none() {
            case.title = Some(Title::Editor(substitute(page, case)));
            let message = "no title is printed; the first words stand for it".to_owned();
            reading.warnings.push((case.lines.first, message));
        }
    }
    if let Some(entry) = material.entry {
        for error in &mut reading.errors {
            *error = format!("catalog: document {:?}: {error}", entry.name());
        }
    }
}

/// Gives the case in which the quote of an entry stands what the entry says.
///
/// # Errors
///
/// What is wrong with the quote.
fn add_title(material: Material<'_>, entry: &CaseEntry, cases: &mut [Draft]) -> Result<(), String> {
    let Material { page, names, .. } = material;
    let places = memmem::find_iter(page.text.as_bytes(), &entry.quote);
    let places: Vec<usize> = places.take(2).collect();
    let at = match places[..] {
        [at] => at,
        [] => return Err("stands nowhere in the document".to_owned()),
        [a, b, ..] => {
            let (a, b) = (page.number_at(a), page.number_at(b));
            return Err(format!("stands in more than one place: lines {a}, {b}"));
        }
    };
    let Some(case) = cases.iter_mut().find(|case| case.extent().contains(&at)) else {
        let line = page.number_at(at);
        return Err(format!(
            "stands in no case, but on line {line}; an org would make it one"
        ));
    };
    let line = case.lines.first;
    match &case.title {
        Some(Title::Printed(_)) => Err(format!(
            "stands in the case of line {line}, which prints a title"
        )),
        Some(Title::Editor(other)) => Err(format!(
            "stands in the case of line {line}, which is titled {other:?} already"
        )),
        None => {
            case.title = Some(Title::Editor(entry.title.clone()));
            if let Some(org) = &entry.org {
                case.orgs = names.orgs(org);
                (case.category, case.area) = names.place(&case.orgs);
            }
            Ok(())
        }
    }
}

/// What stands for a title that neither the document nor the editor gives: the
/// words with which the case begins, or who answers for it.
fn substitute(page: &Page<'_>, case: &Draft) -> String {
    match case.blocks.first() {
        Some(block) => first_words(page.slice(block.range)),
        None => {
            let orgs: Vec<&str> = case.orgs.iter().map(|org| org.printed.as_str()).collect();
            orgs.join("、")
        }
    }
}

/// The words with which a text begins, for a case that nobody gave a title.
fn first_words(text: &str) -> String {
    const MOST: usize = 30;
    let stop = |(at, c): (usize, char)| {
        let behind = text[at + c.len_utf8()..].is_empty();
        (!behind && "，,。；;：:！？\n".contains(c)).then_some(at)
    };
    let clause = text.char_indices().take(MOST).find_map(stop);
    let cut = text.char_indices().nth(MOST).map(|(at, _)| at);
    match clause.or(cut) {
        Some(end) => format!("{}……", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
