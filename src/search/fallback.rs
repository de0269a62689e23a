//! Fallbacks: rewrites of a plan to what a query perhaps meant.
//!
//! A clause that no case matches is rewritten in the order of [`OF_A_CLAUSE`] until some case
//! matches it; a plan in that of [`OF_A_PLAN`]. Hits of a rewrite rank below all earlier ones.

use std::slice;
use std::sync::Arc;

use super::cache::QueryCache;
use super::clause::Clause;
use super::options::{Fallback, Fields};
use super::pattern::{Origin, Pattern};
use super::query::Phrase;
use super::rank::Where;
use super::score::Scores;
use super::{Field, Note, Tier};
use crate::text::near::Kind;

/// Number of found cases from which scattered words, a guess, are not tried.
const FEW: usize = 8;

/// Rewrites a clause; `None` if there is nothing to try.
pub type ClauseRewrite = fn(&QueryCache<'_>, &Clause) -> Option<Clause>;

/// Rewrites of a clause that no case matches.
pub const OF_A_CLAUSE: [ClauseRewrite; 4] = [whole_term, without_marks, near_words, by_sound];

/// Returns patterns to try in addition to those of a clause.
pub type Beside = fn(&QueryCache<'_>, &Clause, &Scores) -> Vec<Arc<Pattern>>;

/// Patterns to try in addition to those of a plan's clauses, each with the number of found cases
/// from which it is not tried.
pub const OF_A_PLAN: [(Beside, usize); 2] = [(near, usize::MAX), (scattered, FEW)];

/// Returns the term with its field name as one word: 单位：m3/亩 is not a field.
fn whole_term(_: &QueryCache<'_>, clause: &Clause) -> Option<Clause> {
    let typed = clause.typed.clone()?;
    Some(Clause {
        fields: Fields::All,
        ..clause.with(vec![typed])
    })
}

/// Returns the words without their marks: 大数据审计 for “大数据”审计.
fn without_marks(_: &QueryCache<'_>, clause: &Clause) -> Option<Clause> {
    let patterns = clause.patterns.iter();
    rewritten(
        clause,
        patterns.filter_map(|pattern| pattern.without_marks()),
    )
}

/// Returns other words for the same thing. The name of an org means that org.
fn near_words(cache: &QueryCache<'_>, clause: &Clause) -> Option<Clause> {
    let patterns = clause.patterns.iter();
    let words = patterns.filter(|p| clause.fields == Fields::All && p.may_be_near());
    let near = &cache.index.corpus.near;
    let words = words.flat_map(|pattern| near.of(pattern.codes(), Kind::Same));
    let patterns = words.filter_map(|word| cache.pattern(&Phrase::plain(word)));
    rewritten(
        clause,
        patterns.map(|pattern| pattern.instead(Origin::Near)),
    )
}

/// Returns the words by their sound.
fn by_sound(cache: &QueryCache<'_>, clause: &Clause) -> Option<Clause> {
    let patterns = clause.patterns.iter();
    rewritten(clause, patterns.filter_map(|pattern| sound(cache, pattern)))
}

fn sound(cache: &QueryCache<'_>, pattern: &Pattern) -> Option<Pattern> {
    pattern.by_sound(&cache.index.spellings, &cache.index.readable)
}

fn rewritten(clause: &Clause, patterns: impl Iterator<Item = Pattern>) -> Option<Clause> {
    let patterns: Vec<Arc<Pattern>> = patterns.map(Arc::new).collect();
    (!patterns.is_empty()).then(|| clause.with(patterns))
}

/// Returns other words for the same thing.
fn near(cache: &QueryCache<'_>, clause: &Clause, _: &Scores) -> Vec<Arc<Pattern>> {
    near_words(cache, clause).map_or(Vec::new(), |near| near.patterns)
}

/// Returns the words scattered, unless one is in a title or a name. Otherwise a title over which
/// they are scattered is about something else, as 高标准打造“中央创新区” for 高新区.
fn scattered(_: &QueryCache<'_>, clause: &Clause, scores: &Scores) -> Vec<Arc<Pattern>> {
    let names = [Field::Title, Field::Org].map(Where::Field);
    let mut scores = scores.found.ones().map(|case| scores.of(case));
    if scores.any(|score| score.tier() == Tier::Exact && names.contains(&score.place())) {
        return Vec::new();
    }
    let scattered = clause.patterns.iter().filter_map(|p| p.scattered());
    scattered.map(Arc::new).collect()
}

/// Settles what depends on where each alternative occurs. A first one that is a mistake is dropped
/// and noted if it occurs nowhere. Others that occur nowhere are searched for by their sound if one
/// of them does occur.
pub fn settle(
    cache: &QueryCache<'_>,
    clause: Clause,
    fallback: Fallback,
    notes: &mut Vec<Note>,
) -> Clause {
    let all = cache.index.all_cases();
    let occurs = |pattern: &Arc<Pattern>| {
        let scores = cache.scores(slice::from_ref(pattern), clause.fields, &all);
        !scores.found.is_clear()
    };
    if clause.patterns.len() < 2 || !cache.options.text {
        return clause;
    }
    if let Some(note) = &clause.doubt {
        let from = usize::from(!occurs(&clause.patterns[0]));
        notes.extend((from > 0).then(|| note.clone()));
        return clause.with(clause.patterns[from..].to_vec());
    }
    let may_sound = clause.patterns.iter().any(|pattern| pattern.may_sound());
    if fallback != Fallback::Always || !may_sound {
        return clause;
    }
    let occurs: Vec<bool> = clause.patterns.iter().map(occurs).collect();
    if !occurs.contains(&true) {
        return clause;
    }
    let patterns =
        clause
            .patterns
            .iter()
            .zip(occurs)
            .map(|(pattern, occurs)| match sound(cache, pattern) {
                Some(sound) if !occurs => Arc::new(sound),
                _ => Arc::clone(pattern),
            });
    Clause {
        patterns: patterns.collect(),
        ..clause.clone()
    }
}
