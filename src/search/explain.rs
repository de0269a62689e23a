//! Why a case was found: the matching characters, as they are shown.

use std::sync::Arc;

use super::clause::{Clause, Round};
use super::folded::{FoldedRef, TextKind};
use super::index::Index;
use super::marker;
use super::pattern::{Occurrence, Pattern};
use super::rank::{Score, Where};
use super::score::{best_in_body, best_in_line};
use super::{Field, Match};
use crate::case::BlockKind;
use crate::text::CharSpan;

/// Returns where the clauses of a round occur in a case, best field first. Clauses in the same part
/// share a match.
pub fn matches(index: &Index, round: &Round, case: usize) -> Vec<Match> {
    let mut matches: Vec<Match> = Vec::new();
    let clauses = round.clauses.iter();
    // If both occur in the text, the word says more than the year.
    let (years, words): (Vec<_>, Vec<_>) = clauses.partition(|(clause, _)| clause.asks_for_year);
    for (clause, scores) in words.into_iter().chain(years) {
        let Some(found) = explain(index, clause, scores.of(case), case) else {
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

/// Returns the best match of a clause in a case; `None` if it does not occur, or only in the case's
/// year or id.
fn explain(index: &Index, clause: &Clause, score: Score, case: usize) -> Option<Match> {
    let Where::Field(field) = score.place() else {
        return None;
    };
    let (line, patterns) = (score.line(), &clause.patterns);
    let mut name = None;
    let (part, spans) = match field {
        Field::Title => (0, best(patterns, index.titles.text(case))?.1),
        Field::Org => {
            let names = &index.names;
            let orgs = &index.case(case).case.orgs;
            let mut owners = names.of_cases(case..case + 1);
            let part = owners.position(|(_, owner)| owner == names.owner(line))?;
            let part = if part < orgs.len() { part } else { 0 };
            let printed = orgs.get(part)?.printed.chars().count() as u32;
            let spans = if names.is_alias(line) {
                // A name that is not printed, or that of an area, marks the whole printed name.
                name = Some(names.name(line).to_owned());
                vec![CharSpan::new(0, printed)]
            } else {
                best(patterns, names.lines.text(line))?.1
            };
            (part as u32, spans)
        }
        Field::Heading => {
            let text = index.headings.lines.text(line);
            (index.headings.block(line), best(patterns, text)?.1)
        }
        Field::Text => {
            let body = index.bodies.of(case)?.text;
            let (found, spans) = best(patterns, body)?;
            let blocks = (0..).zip(&index.case(case).case.blocks);
            let is_text = |kind: &BlockKind| !matches!(kind, BlockKind::Heading { .. });
            let mut texts = blocks.filter(|(_, block)| is_text(&block.kind));
            (texts.nth(body.shown(found.start).0)?.0, spans)
        }
    };
    Some(Match {
        field,
        part,
        spans,
        name,
    })
}

/// Returns the best occurrence of any of some patterns in a text, and its characters as they are
/// shown.
fn best(patterns: &[Arc<Pattern>], text: FoldedRef<'_>) -> Option<(Occurrence, Vec<CharSpan>)> {
    let best = patterns.iter().filter_map(|pattern| {
        let occurrences = pattern.occurrences(text);
        let (found, penalty) = match text.kind {
            TextKind::Line => best_in_line(pattern, occurrences, text),
            TextKind::Body => best_in_body(occurrences, text),
        }?;
        let tier = pattern.tier(text.kind, found.quality);
        Some(((tier, found.quality, penalty), pattern, found))
    });
    let (_, pattern, found) = best.min_by_key(|&(rank, ..)| rank)?;
    let pieces: Vec<Occurrence> = if pattern.is_scattered() {
        pattern.occurrences(text).collect()
    } else {
        vec![found]
    };
    let spans = pieces
        .into_iter()
        .flat_map(|piece| pattern.spans(text, piece));
    Some((found, spans.collect()))
}
