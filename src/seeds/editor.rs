//! What the editor's catalog says, laid upon what the readers found.

use aho_corasick::AhoCorasick;
use memchr::memmem;

use super::catalog::{CaseEntry, CasePlace, Catalog, DocumentEntry};
use super::headings;
use super::lines::Page;
use super::reading::{Draft, Findings, Material, paragraph};
use super::words::{EntryMistake, Misquote, Oddity};
use crate::case::{Block, BlockKind, Completeness, Document, TextRange, Title, unbroken};
use crate::language::Sentence;

/// The entry of the catalog that speaks of each document, if one does.
pub(super) fn recognise(
    documents: &[Document],
    catalog: &Catalog,
    errors: &mut Vec<Sentence>,
) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; documents.len()];
    let places = places(documents, &catalog.documents);
    for ((index, entry), places) in catalog.documents.iter().enumerate().zip(places) {
        let place = |(at, byte): (usize, usize)| {
            let document = &documents[at];
            (document.name.clone(), document.line_of(byte))
        };
        let wrong = match places[..] {
            [] if catalog.lenient || entry.lenient => continue,
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

/// The first two places of the quote of every entry: a document, and a byte of its text.
fn places(documents: &[Document], entries: &[DocumentEntry]) -> Vec<Vec<(usize, usize)>> {
    /// For fewer quotes a pass for each takes less than one for all of them: for those of
    /// the built-in catalog a sixth of the instructions of a start.
    const MANY: usize = 16;
    let quotes = entries.iter().map(|entry| &entry.quote);
    let texts = || documents.iter().map(Document::text).enumerate();
    if entries.len() < MANY {
        let places_of = |entry: &DocumentEntry| {
            let finder = memmem::Finder::new(&entry.quote);
            let texts = texts().filter(|&(at, _)| entry.is_for(&documents[at]));
            let places = texts.flat_map(|(at, text)| {
                let found = finder.find_iter(text.as_bytes()).take(2);
                found.map(move |byte| (at, byte)).collect::<Vec<_>>()
            });
            places.take(2).collect()
        };
        return entries.iter().map(places_of).collect();
    }
    let mut places = vec![Vec::new(); entries.len()];
    // What is rare in English is in every Chinese word: looking for it first saves nothing.
    let finder = AhoCorasick::builder().prefilter(false).build(quotes);
    let Ok(finder) = finder else {
        return places;
    };
    for (at, text) in texts() {
        for found in finder.find_overlapping_iter(text) {
            let entry = found.pattern().as_usize();
            let places: &mut Vec<_> = &mut places[entry];
            if places.len() < 2 && entries[entry].is_for(&documents[at]) {
                places.push((at, found.start()));
            }
        }
    }
    places
}

/// Lays what the editor says of the cases upon what was read. A case without a title
/// gets its first words.
pub(super) fn correct(material: Material<'_>, reading: &mut Findings) {
    let page = material.page;
    for entry in material.entry.map_or(&[][..], |entry| &entry.cases) {
        let CasePlace::Quote(quote) = &entry.place else {
            continue;
        };
        let case = quoted(page, quote, &reading.cases).and_then(|case| {
            match (&reading.cases[case].title, &entry.title) {
                (Some(Title::Editor(other)), Some(_)) => Err(Misquote::Titled {
                    line: reading.cases[case].lines.first,
                    other: other.clone(),
                }),
                _ => Ok(case),
            }
        });
        match case {
            Ok(case) => apply(material, entry, case, reading),
            Err(wrong) => reading.errors.push(EntryMistake::CaseQuote {
                name: entry.title.clone().unwrap_or_else(|| quote.clone()),
                quote: quote.clone(),
                wrong,
            }),
        }
    }
    if let Some(entry) = material.entry {
        of_whole(material, entry, reading);
    }
    if let Some(sections) = material.entry.and_then(|entry| entry.sections.as_deref()) {
        let cases = reading.cases.iter_mut();
        let blocks = cases.flat_map(|case| &mut case.blocks);
        let missing = set_sections(page, sections, blocks);
        reading.errors.extend(missing);
    }
    for case in &mut reading.cases {
        if case.title.is_none() {
            case.title = Some(Title::Editor(substitute(page, case)));
            reading.warnings.push((case.lines.first, Oddity::NoTitle));
        }
    }
}

/// Gives a document that is one entry the title and the bodies that its entry names.
fn of_whole(material: Material<'_>, entry: &DocumentEntry, reading: &mut Findings) {
    let page = material.page;
    let [case] = &mut reading.cases[..] else {
        return;
    };
    if case.completeness != Completeness::Whole {
        return;
    }
    let printed = match &case.title {
        Some(Title::Printed(lines)) => {
            let lines = lines.iter().map(|line| unbroken(page.slice(*line)));
            Some(lines.collect::<String>())
        }
        Some(Title::Editor(title)) => Some(title.clone()),
        None => None,
    };
    let is_other = |title: &&String| printed.as_deref() != Some(title.as_str());
    let correction = CaseEntry {
        place: CasePlace::Quote(String::new()),
        title: entry.title.as_ref().filter(is_other).cloned(),
        org: entry.org.clone().filter(|_| case.orgs.is_empty()),
        year: None,
        sections: None,
    };
    apply(material, &correction, 0, reading);
}

/// The place among `cases` of the one in which a quote is.
///
/// # Errors
///
/// What is wrong with the quote.
fn quoted(page: &Page<'_>, quote: &str, cases: &[Draft]) -> Result<usize, Misquote> {
    let places: Vec<usize> = memmem::find_iter(page.text.as_bytes(), quote)
        .take(2)
        .collect();
    let at = match places[..] {
        [at] => at,
        [] => return Err(Misquote::Nowhere),
        [a, b, ..] => {
            let lines = [page.number_at(a), page.number_at(b)];
            return Err(Misquote::OnTwoLines(lines));
        }
    };
    let holds = |range: TextRange| range.bytes().contains(&at);
    // The title may be in a list far from the text.
    let case = cases
        .iter()
        .position(|case| case.blocks.iter().any(|block| holds(block.range)))
        .or_else(|| cases.iter().position(|case| case.extent().contains(&at)));
    case.ok_or_else(|| Misquote::InNoCase(page.number_at(at)))
}

/// Gives a case, by its place, what an entry says of it.
pub(super) fn apply(
    material: Material<'_>,
    entry: &CaseEntry,
    case: usize,
    reading: &mut Findings,
) {
    let Material { page, names, .. } = material;
    let case = &mut reading.cases[case];
    if let Some(title) = &entry.title {
        let old = case.title.replace(Title::Editor(title.clone()));
        // What was taken for its title is its text, unless it is a part of a paragraph.
        if let Some(Title::Printed(lines)) = old {
            let blocks = &mut case.blocks;
            let is_apart = |line: &TextRange| {
                let overlaps =
                    |block: &Block| line.start < block.range.end && block.range.start < line.end;
                !blocks.iter().any(overlaps)
            };
            let apart: Vec<TextRange> = lines.into_iter().filter(is_apart).collect();
            blocks.extend(apart.into_iter().map(paragraph));
            blocks.sort_by_key(|block| block.range.start);
        }
    }
    if let Some(org) = &entry.org {
        case.orgs = names.orgs(org);
        (case.category, case.area) = names.place(&case.orgs);
    }
    case.year = entry.year.or(case.year);
    if let Some(sections) = &entry.sections {
        let missing = set_sections(page, sections, case.blocks.iter_mut());
        reading.errors.extend(missing);
    }
}

/// Makes headings of the paragraphs that begin as `sections` say, and paragraphs of all
/// other headings; a mistake for each section that is not among them. A number gives a
/// heading its level, another one is of the first.
fn set_sections<'a>(
    page: &Page<'_>,
    sections: &[String],
    blocks: impl Iterator<Item = &'a mut Block>,
) -> Vec<EntryMistake> {
    let mut is_there = vec![false; sections.len()];
    for block in blocks.filter(|block| block.is_text()) {
        let text = page.slice(block.range);
        let named = sections
            .iter()
            .position(|section| text.starts_with(section.trim()));
        if let Some(section) = named {
            is_there[section] = true;
            block.kind = BlockKind::Heading {
                level: headings::usual_level(text),
            };
        } else if block.is_heading() {
            block.kind = BlockKind::Paragraph;
        }
    }
    let missing = sections.iter().zip(is_there).filter(|(_, there)| !there);
    let mistake = |(line, _): (&String, bool)| EntryMistake::Section { line: line.clone() };
    missing.map(mistake).collect()
}

/// Returns a substitute for a title that neither the document nor the editor gives: the first
/// words of the case, or its orgs.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::{Source, cleaned};

    fn entry(quote: &str) -> DocumentEntry {
        toml::from_str(&format!("quote = \"{quote}\"")).expect("it has all that it must")
    }

    #[test]
    fn quotes_have_the_same_places_whether_few_or_many() {
        let texts = [
            "甲事一。乙事一。丙事一。",
            "甲事二。甲事一。",
            "十一月二十一日",
        ];
        let documents: Vec<Document> = texts.map(|text| cleaned(Source::plain("文", text))).into();
        let few: Vec<DocumentEntry> = ["甲事一", "事一。乙", "甲事", "没有", "二十一"]
            .map(entry)
            .into();
        let expected = vec![
            vec![(0, 0), (1, 12)],
            vec![(0, 3)],
            vec![(0, 0), (1, 0)],
            vec![],
            vec![(2, 9)],
        ];
        assert_eq!(places(&documents, &few), expected);
        let many: Vec<DocumentEntry> = few.iter().cycle().take(20).cloned().collect();
        assert_eq!(
            places(&documents, &many).chunks(5).collect::<Vec<_>>(),
            [&expected[..]; 4]
        );
    }
}
