//! Documents: any text becomes cases, every character is accounted for, and
//! every case can be shown, cited and written.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use anli::case::{BlockKind, CaseRef, Document, Title};
use anli::cite::{self, Style};
use anli::corpus::Corpus;
use anli::export::{self, Format};
use anli::record::CaseRecord;
use anli::seeds::catalog::Catalog;
use anli::seeds::{self, Library, Source};
use anli::text::script::Script;
use anli::text::width::Ambiguous;
use anli::typeset::{Front, Page, RawPage, Setting};

static EMBEDDED: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::for_folder(None).expect("no catalog of a folder, no mistake in it"));

pub fn check(data: &[u8]) {
    let text = super::text_of(data);
    check_library(&read(&["001.txt"], &text, &EMBEDDED), &text);
    check_library(
        &read(&["001.txt", "001_b.txt"], &text, &Catalog::default()),
        &text,
    );
}

fn read(names: &[&str], text: &str, catalog: &Catalog) -> Library {
    let sources = names
        .iter()
        .map(|&name| Source::plain(name, text.to_owned()));
    seeds::read(sources.collect(), catalog)
}

/// What holds for the library of documents that all have this text.
pub fn check_library(library: &Library, text: &str) {
    let corpus = &library.corpus;
    let mut ids = HashSet::new();
    for document in &corpus.documents {
        assert_eq!(document.raw(0..document.raw_len()), text);
        check_document(document);
    }
    for (_, case) in corpus.iter() {
        assert!(ids.insert(&case.case.id), "two cases are {}", case.case.id);
        check_ranges(case);
        check_lines(case);
        check_record(case);
        check_pages(case);
    }
    for warning in &library.warnings {
        let document = corpus.documents.iter().find(|d| d.name == warning.document);
        let lines = document.expect("it is one of ours").line_starts.len() as u32;
        assert!((1..=lines).contains(&warning.line), "{warning:?}");
        assert!(!warning.message.is_empty());
    }
    check_exports(corpus);
}

fn check_document(document: &Document) {
    let ledger = seeds::ledger(document);
    assert!(ledger.is_balanced(), "{ledger:?}");
    let clean = document.text();
    for (at, c) in clean.char_indices() {
        let raw = document.cuts.to_raw(at);
        assert!(
            document.raw(raw..document.raw_len()).starts_with(c),
            "{c:?} at {at} is not at {raw}"
        );
    }
    for &(range, _) in &document.claims {
        let claimed = clean
            .get(range.bytes())
            .expect("a claim is a run of characters");
        assert_eq!(without_blanks(claimed, true), claimed);
    }
}

/// A text without white space around it, but for the tabs that part empty cells at the
/// ends of a row.
fn without_blanks(text: &str, is_row: bool) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() && !(is_row && c == '\t'))
}

fn check_ranges(case: CaseRef<'_>) {
    let clean = case.document.text();
    if let Title::Printed(lines) = &case.case.title {
        assert!(!lines.is_empty());
        for line in lines {
            assert!(!clean[line.bytes()].trim().is_empty());
        }
    }
    assert!(!case.title().trim().is_empty());
    let mut end = 0;
    for block in &case.case.blocks {
        let range = block.range.bytes();
        assert!(end <= range.start && range.start < range.end);
        let text = &clean[range.clone()];
        let is_row = matches!(block.kind, BlockKind::Row { .. });
        assert_eq!(without_blanks(text, is_row), text);
        assert!(!case.block_text(block).contains('\n'));
        end = range.end;
    }
}

fn check_lines(case: CaseRef<'_>) {
    let lines = case.case.lines;
    let count = case.document.line_starts.len() as u32;
    assert!(1 <= lines.first && lines.first <= lines.last && lines.last <= count);
    assert!(lines.list.is_none_or(|list| (1..=count).contains(&list)));
    for section in case.sections() {
        assert!((lines.first..=lines.last).contains(&section.line));
        assert!((1..=4).contains(&section.level));
    }
}

fn check_record(case: CaseRef<'_>) {
    let record = CaseRecord::with_text(case);
    let json = serde_json::to_string(&record).expect("a record has string keys");
    let back: serde_json::Value = serde_json::from_str(&json).expect("it is our own JSON");
    assert_eq!(back["id"], case.case.id.0);
    assert_eq!(back["text"], case.text());
    for style in Style::ALL {
        assert!(!cite::cite(case, style).text.trim().is_empty());
    }
}

fn check_pages(case: CaseRef<'_>) {
    let front = Front {
        byline: case.orgs(),
        source: case.document.name.clone(),
    };
    for (columns, script) in [(80, Script::Original), (17, Script::Simplified)] {
        let setting = Setting {
            columns,
            ambiguous: Ambiguous::Narrow,
            script: script.into(),
            justify: columns == 80,
            roomy: false,
        };
        let page = Page::set(case, &front, &setting);
        assert!(page.rows().len() >= page.blocks().iter().filter(|b| !b.text.is_empty()).count());
        assert_eq!(page.sections().len(), case.sections().len());
        let lines = case.case.lines;
        let raw = RawPage::set(case.document, lines.first..lines.last + 1, &setting);
        assert!(raw.rows().len() >= (lines.last - lines.first) as usize);
    }
}

fn check_exports(corpus: &Corpus) {
    let cases: Vec<CaseRef<'_>> = corpus.iter().map(|(_, case)| case).collect();
    for format in Format::ALL {
        let mut out = Vec::new();
        let go_on = &mut |_| ControlFlow::Continue(());
        export::write(&cases, format, &mut out, go_on).expect("a vector takes everything");
        let text = String::from_utf8(out).expect("an export is UTF-8");
        let harm = super::without_joined(&text)
            .chars()
            .skip(1)
            .find(|&c| c != '\r' && anli::text::gate::denied(c));
        assert_eq!(harm, None, "in {}", format.name());
    }
}
