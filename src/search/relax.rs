//! What to ask instead, when nothing was found.

use super::Relaxation;
use super::answer;
use super::facts::Facts;
use super::index::Index;
use super::places::Effort;
use super::query::{self, Phrase, Query, Term, TermKind};

/// How many are offered.
const MOST: usize = 5;

/// How many queries are tried for them.
const MOST_TRIED: usize = 24;

/// Queries that find something, made from one that finds nothing by leaving out
/// as little as possible: one part of it; all parts but one; the end or the
/// beginning of its words; at last everything.
pub(super) fn relaxations(
    index: &Index,
    text: &str,
    query: &Query,
    facts: &Facts,
    effort: Effort<'_>,
) -> Vec<Relaxation> {
    let mut offered: Vec<Relaxation> = Vec::new();
    let mut tried = 0;
    for (query, dropped) in candidates(text, &query.terms) {
        let known = offered.iter().any(|relaxation| relaxation.query == query);
        if offered.len() == MOST || tried == MOST_TRIED || known {
            continue;
        }
        tried += 1;
        let count = answer::count(index, &query, facts, effort);
        if count > 0 {
            offered.push(Relaxation {
                query,
                dropped,
                count,
            });
        }
    }
    if offered.len() < 2 {
        offered.push(Relaxation {
            query: String::new(),
            dropped: text.trim().to_owned(),
            count: index.cases() as u32,
        });
    }
    offered
}

/// Queries that ask for less, those that leave out least first, each with what
/// it leaves out.
fn candidates(text: &str, terms: &[Term]) -> Vec<(String, String)> {
    let mut candidates = Vec::new();
    if terms.len() > 1 {
        for term in terms {
            let dropped = query::slice(text, term.span).to_owned();
            candidates.push((query::without(text, term.span), dropped));
        }
    }
    if terms.len() > 2 {
        for term in terms.iter().filter(|term| !term.excluded) {
            let kept = query::slice(text, term.span).to_owned();
            let others = terms.iter().filter(|other| other.span != term.span);
            let dropped: Vec<&str> = others.map(|other| query::slice(text, other.span)).collect();
            candidates.push((kept, dropped.join(" ")));
        }
    }
    for term in terms.iter().filter(|term| !term.excluded) {
        let (TermKind::Words(phrases)
        | TermKind::Field {
            values: phrases, ..
        }) = &term.kind
        else {
            continue;
        };
        if let [phrase] = &**phrases {
            candidates.extend(shorter(text, term, phrase));
        }
    }
    candidates
}

/// The query with one of its words cut at its end or its beginning.
fn shorter<'a>(
    text: &'a str,
    term: &'a Term,
    phrase: &'a Phrase,
) -> impl Iterator<Item = (String, String)> + 'a {
    let typed = query::slice(text, term.span);
    let length = phrase.text.chars().count();
    let cut = move |from: usize, to: usize| {
        let kept: String = phrase.text.chars().skip(from).take(to - from).collect();
        let head: String = phrase.text.chars().take(from).collect();
        let tail: String = phrase.text.chars().skip(to).collect();
        let shorter = typed.replacen(&phrase.text, &kept, 1);
        (text.replacen(typed, &shorter, 1), head + &tail)
    };
    let least = if length > 3 { 2 } else { 1 };
    (least..length)
        .rev()
        .flat_map(move |kept| [cut(0, kept), cut(length - kept, length)])
}
