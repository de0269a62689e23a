//! What queries find in the seeds, compared with what a reader finds there.

use std::sync::Arc;

use anli::corpus::Corpus;
use anli::search::index::Index;
use anli::search::{Hit, Tier};
use anli::seeds::{self, catalog::Catalog};

const QUERIES: &str = include_str!("../gold/queries.tsv");

/// The library of the seeds.
pub fn seeds() -> Arc<Corpus> {
    let library = seeds::read(seeds::embedded(), &Catalog::embedded());
    assert_eq!(library.corpus.len(), 94);
    Arc::new(library.corpus)
}

/// Compares hits with a row's cases; says what is wrong.
fn judge(hits: &[&str], expected: &str) -> Result<(), String> {
    let (groups, open) = match expected.strip_suffix('…') {
        Some(groups) => (groups, true),
        None => (expected, false),
    };
    let mut rest = hits;
    for group in groups.split('>') {
        let mut wanted: Vec<&str> = group.split_whitespace().collect();
        let found = &rest[..wanted.len().min(rest.len())];
        let mut sorted = found.to_vec();
        sorted.sort_unstable();
        wanted.sort_unstable();
        if sorted != wanted {
            return Err(format!("{found:?} instead of {wanted:?}"));
        }
        rest = &rest[wanted.len()..];
    }
    match rest {
        [] => Ok(()),
        _ if open => Ok(()),
        _ => Err(format!("{rest:?} as well")),
    }
}

/// Whether hits are shown as what the heading of their row in the table says.
fn are_of_kind(heading: &str, hits: &[Hit]) -> bool {
    let mut groups: Vec<Tier> = hits.iter().map(|hit| hit.tier).collect();
    match heading {
        "Sound" => groups.iter().all(|&group| group == Tier::Homophone),
        "Alternatives, one by its sound" => groups == [Tier::Exact, Tier::Homophone],
        "Scattered" => {
            groups.pop() == Some(Tier::Scattered) && groups.iter().all(|&g| g == Tier::Exact)
        }
        _ => groups.iter().all(|&group| group <= Tier::PinyinInText),
    }
}

#[test]
fn every_query_finds_what_a_reader_finds() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    let mut heading = "";
    let mut asked = 0;
    let mut wrong = Vec::new();
    for row in QUERIES.lines().filter(|line| !line.is_empty()) {
        if let Some(comment) = row.strip_prefix('#') {
            heading = comment.trim();
            continue;
        }
        let (query, expected) = row.split_once('\t').expect("a query and its cases");
        let (expected, near) = expected.split_once('\t').unwrap_or((expected, ""));
        let found = index.search(query);
        let id = |hit: &Hit| corpus.get(hit.case).case.id.0.as_str();
        let ids = |hits: &[Hit]| -> Vec<&str> { hits.iter().map(id).collect() };
        let is_near = |hit: &Hit| hit.tier == Tier::Near;
        let first = found.hits.iter().position(is_near);
        let (hits, others) = found.hits.split_at(first.unwrap_or(found.hits.len()));
        for (hits, expected) in [(hits, expected), (others, near)] {
            if let Err(error) = judge(&ids(hits), expected) {
                wrong.push(format!("{query}: {error}"));
            }
        }
        if !are_of_kind(heading, hits) || !others.iter().all(is_near) {
            let groups = found.hits.iter().map(|hit| (id(hit), hit.tier));
            wrong.push(format!("{query}: {:?}", groups.collect::<Vec<_>>()));
        }
        asked += 1;
    }
    assert!(asked >= 80, "{asked} queries");
    assert!(
        wrong.is_empty(),
        "{} of {asked}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
