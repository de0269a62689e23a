//! Queries: whatever is typed is understood, answered and marked, and every
//! place that an answer names is one.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use anli::app::query_edit;
use anli::case::CaseRef;
use anli::corpus::Corpus;
use anli::search::index::Index;
use anli::search::query::{self, FIELDS, Query};
use anli::search::{Field, Found, Marker, Match, ReadableCodes};
use anli::seeds::catalog::Catalog;
use anli::seeds::{self, Source};
use anli::text::pinyin::{Options, Spellings};

static CORPUS: LazyLock<Arc<Corpus>> = LazyLock::new(|| {
    let documents = [
        ("001.txt", include_str!("../seeds/reader/compilation.txt")),
        ("002.txt", include_str!("../seeds/reader/digest.txt")),
        ("003.txt", include_str!("../seeds/reader/supplement.txt")),
    ];
    let sources = documents.map(|(name, text)| Source::plain(name, text));
    let catalog = Catalog::for_folder(None).expect("no catalog of a folder, no mistake in it");
    Arc::new(seeds::read(sources.into(), &catalog).corpus)
});

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::build(Arc::clone(&CORPUS)));

pub fn check(data: &[u8]) {
    let text = super::text_of(data);
    let characters = text.chars().count();
    check_query(&query::parse(&text), &text, characters);
    check_fields(&text);
    check_found(&INDEX.search(&text), &text, characters);
    let marker = Marker::new(
        &text,
        &Spellings::new(Options::default()),
        ReadableCodes::all(),
    );
    check_marker(&marker);
    for typed in [&text, "改革 创新"] {
        check_marks(&marker, typed);
    }
}

fn check_query(query: &Query, text: &str, characters: usize) {
    let spans: Vec<_> = query.terms.iter().map(|term| term.span).collect();
    super::check_spans(&spans, characters, "terms");
    for span in spans {
        assert!(!query::slice(text, span).is_empty());
    }
    for note in &query.notes {
        super::check_spans(&[note.span], characters, "note");
    }
}

/// A value of a field that is added is there, and one that is taken away is not.
fn check_fields(text: &str) {
    for names in &FIELDS {
        let (field, value) = (names.field, names.example);
        let without = query_edit::without_field(text, field, Some(value));
        assert!(
            !query_edit::has_field(&without, field, value),
            "{text:?} became {without:?}"
        );
        let none = query_edit::without_field(text, field, None);
        assert!(
            !query_edit::has_field(&none, field, value),
            "{text:?} became {none:?}"
        );
    }
}

fn check_found(found: &Found, text: &str, characters: usize) {
    assert_eq!(found.query, text);
    let mut seen = HashSet::new();
    for hit in &found.hits {
        assert!((hit.case.0 as usize) < CORPUS.len());
        assert!(seen.insert(hit.case), "case {} twice", hit.case.0);
        for found in &hit.matches {
            check_match(CORPUS.get(hit.case), found);
        }
    }
    assert!(found.hits.is_sorted_by_key(|hit| hit.tier));
    for note in &found.notes {
        super::check_spans(&[note.span], characters, "note of the answer");
    }
    assert!(found.suggestions.is_empty() || found.hits.is_empty());
    for offer in &found.suggestions {
        let count = INDEX.search(&offer.query).hits.len();
        assert_eq!(count, offer.count as usize, "{:?}", offer.query);
        assert!(count > 0);
    }
    check_marker(&found.marker);
}

fn check_match(case: CaseRef<'_>, found: &Match) {
    let part = found.part as usize;
    let text = match found.field {
        Field::Title => case.title(),
        Field::Org => case.case.orgs[part].printed.as_str().into(),
        Field::Heading | Field::Text => case.block_text(&case.case.blocks[part]),
    };
    let characters = text.chars().count();
    super::check_spans(&found.spans, characters, "match");
}

/// What is marked in everything that can be shown lies inside it.
fn check_marker(marker: &Marker) {
    for (_, case) in CORPUS.iter() {
        let blocks = case.case.blocks.iter().map(|block| case.block_text(block));
        for text in blocks.chain([case.title(), case.orgs().into()]) {
            check_marks(marker, &text);
        }
    }
}

fn check_marks(marker: &Marker, text: &str) {
    for field in [Field::Title, Field::Org, Field::Heading, Field::Text] {
        let spans = marker.marks(field, text);
        super::check_spans(&spans, text.chars().count(), "marks");
    }
}
