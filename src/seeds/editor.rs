//! What the editor's catalog says, laid upon what the readers found.

use memchr::memmem;

use super::catalog::{CaseEntry, Catalog};
use super::lines::Page;
use super::reading::{Draft, Material, Reading};
use super::words::{EntryMistake, Misquote, Oddity};
use crate::case::{Document, Title};
use crate::language::Sentence;

/// The entry of the catalog that speaks of each document, if one does.
pub(super) fn recognise(
    documents: &[Document],
    catalog: &Catalog,
    errors: &mut Vec<Sentence>,
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
            (document.name.clone(), document.line_of(byte))
        };
        let wrong = match places[..] {
            [] if catalog.lenient => continue,
            [] => Misquote::InNoDocument,
            [(at, _)] => match found[at] {
                None => {
                    found[at] = Some(index);
                    continue;
                }
                Some(other) => Misquote::Named {
                    document: documents[at].name.clone(),
                    other: catalog.documents[other].quote.clone(),
                },
            },
            [a, b, ..] => Misquote::InTwoPlaces([place(a), place(b)]),
        };
        let quote = entry.quote.clone();
        errors.push(EntryMistake::Quote { quote, wrong }.told(entry.name()));
    }
    found
}

/// Gives the editor's titles to the cases for which the document prints none;
/// where the editor has none either, their first words.
pub(super) fn add_titles(material: Material<'_>, reading: &mut Reading) {
    let page = material.page;
    for entry in material.entry.map_or(&[][..], |entry| &entry.cases) {
        if let Err(wrong) = add_title(material, entry, &mut reading.cases) {
            reading.errors.push(EntryMistake::CaseQuote {
                title: entry.title.clone(),
                quote: entry.quote.clone(),
                wrong,
            });
        }
    }
    for case in &mut reading.cases {
        if case.title.is_none() {
            case.title = Some(Title::Editor(substitute(page, case)));
            reading.warnings.push((case.lines.first, Oddity::NoTitle));
        }
    }
}

/// Gives the case in which the quote of an entry stands what the entry says.
///
/// # Errors
///
/// What is wrong with the quote.
fn add_title(
    material: Material<'_>,
    entry: &CaseEntry,
    cases: &mut [Draft],
) -> Result<(), Misquote> {
    let Material { page, names, .. } = material;
    let places = memmem::find_iter(page.text.as_bytes(), &entry.quote);
    let places: Vec<usize> = places.take(2).collect();
    let at = match places[..] {
        [at] => at,
        [] => return Err(Misquote::Nowhere),
        [a, b, ..] => {
            let lines = [page.number_at(a), page.number_at(b)];
            return Err(Misquote::OnTwoLines(lines));
        }
    };
    let Some(case) = cases.iter_mut().find(|case| case.extent().contains(&at)) else {
        return Err(Misquote::InNoCase(page.number_at(at)));
    };
    let line = case.lines.first;
    match &case.title {
        Some(Title::Printed(_)) => Err(Misquote::TitlePrinted(line)),
        Some(Title::Editor(other)) => Err(Misquote::Titled {
            line,
            other: other.clone(),
        }),
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
