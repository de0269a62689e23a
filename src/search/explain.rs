//! Why a case was found: the characters that match, as they are shown.

use std::sync::Arc;

use super::clause::{Clause, Round};
use super::folded::FoldedRef;
use super::index::Index;
use super::marker;
use super::pattern::{Occurrence, Pattern};
use super::rank::{Score, Where};
use super::score::{best_in_body, best_in_line};
use super::{Field, Match};
use crate::case::BlockKind;
use crate::text::CharSpan;

/// Where the clauses of a round occur in a case, best field first; clauses that occur in
/// the same part share a match.
pub fn matches(index: &Index, round: &Round, case: usize) -> Vec<Match> {
    let mut matches: Vec<Match> = Vec::new();
    let clauses = round.clauses.iter().zip(&round.scores);
    // Where both occur in the text, the word says more than the year.
    let (years, words): (Vec<_>, Vec<_>) = clauses.partition(|(clause, _)| clause.asks_for_year);
    for (clause, known) in words.into_iter().chain(years) {
        let Some(found) = explain(index, clause, known.scores.of(case), case) else {
            continue;
        };
        let same = |m: &&mut Match| m.field == found.field && m.part == found.part;
        match matches.iter_mut().find(same) {
            Some(known) => {
                known.spans.extend(found.spans);
                known.spans = marker::merged(std::mem::take(&mut known.spans));
                known.name = known.name.take().or(found.name);
            }
            None => matches.push(found),
        }
    }
    matches.sort_by_key(|m| m.field);
    matches
}

/// Where a case has a clause best; `None` where it has it nowhere, or nowhere but in its
/// year or id.
fn explain(index: &Index, clause: &Clause, score: Score, case: usize) -> Option<Match> {
    let Where::Field(field) = score.place() else {
        return None;
    };
    let (line, patterns) = (score.line(), &clause.patterns);
    let mut name = None;
    let (part, spans) = match field {
        Field::Title => (0, in_line(patterns, index.titles.text(case))),
        Field::Org => {
            let names = &index.names;
            let orgs = &index.case(case).case.orgs;
            let owner = names.owner(line) as u32;
            let owners = names.of_case(case);
            let part = owners.iter().position(|&known| known == owner)?;
            let part = if part < orgs.len() { part } else { 0 };
            let printed = orgs.get(part)?.printed.chars().count() as u32;
            let spans = match names.is_alias(line) {
                // A name that is not printed, or an area's, stands for the whole of what is.
                true => {
                    name = Some(names.name(line).to_owned());
                    vec![CharSpan::new(0, printed)]
                }
                false => in_line(patterns, names.lines().text(line)),
            };
            (part as u32, spans)
        }
        Field::Heading => {
            let text = index.headings.lines.text(line);
            (index.headings.block(line), in_line(patterns, text))
        }
        Field::Text => in_body(index, patterns, case)?,
    };
    Some(Match {
        field,
        part,
        spans,
        name,
    })
}

fn in_line(patterns: &[Arc<Pattern>], line: FoldedRef<'_>) -> Vec<CharSpan> {
    let best = patterns.iter().filter_map(|pattern| {
        let (found, penalty) = best_in_line(pattern, pattern.occurrences(line), line)?;
        let tier = pattern.tier(line.kind, found.quality);
        Some(((tier, found.quality, penalty), pattern, found))
    });
    match best.min_by_key(|&(rank, ..)| rank) {
        Some((_, pattern, _)) if pattern.is_scattered() => {
            let pieces = pattern.occurrences(line);
            pieces
                .flat_map(|piece| pattern.spans(line, piece))
                .collect()
        }
        Some((_, pattern, found)) => pattern.spans(line, found),
        None => Vec::new(),
    }
}

/// The block of a case, and the characters there.
fn in_body(index: &Index, patterns: &[Arc<Pattern>], case: usize) -> Option<(u32, Vec<CharSpan>)> {
    let body = index.bodies.of(case)?.text;
    let best = patterns.iter().filter_map(|pattern| {
        let (found, penalty) = best_in_body(pattern.occurrences(body), body)?;
        let tier = pattern.tier(body.kind, found.quality);
        Some(((tier, found.quality, penalty), pattern, found))
    });
    let (_, pattern, found): (_, _, Occurrence) = best.min_by_key(|&(rank, ..)| rank)?;
    let blocks = (0..).zip(&index.case(case).case.blocks);
    let mut texts = blocks.filter(|(_, block)| !matches!(block.kind, BlockKind::Heading { .. }));
    let (block, _) = texts.nth(body.shown(found.start).0)?;
    Some((block, pattern.spans(body, found)))
}
