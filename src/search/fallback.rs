//! Fall-backs: what a query was perhaps meant to be, as rewrites of its plan.
//!
//! A clause that no case has is rewritten in the order of [`OF_A_CLAUSE`] until some case
//! has it; a plan in that of [`OF_A_PLAN`], and what a rewrite finds ranks below all that was
//! found before.

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

/// Scattered words are a guess, for readers who have found fewer cases than this.
const FEW: usize = 8;

/// A clause instead of another; `None` where there is none.
pub type ClauseRewrite = fn(&QueryCache<'_>, &Clause) -> Option<Clause>;

/// What a clause that no case has is tried as.
pub const OF_A_CLAUSE: [ClauseRewrite; 4] = [whole_term, without_marks, near_words, by_sound];

/// What a clause of a plan is tried as beside itself.
pub type Beside = fn(&QueryCache<'_>, &Clause, &Scores) -> Vec<Arc<Pattern>>;

/// What all clauses of a plan are tried as beside, each where fewer cases are found before
/// it than it says.
pub const OF_A_PLAN: [(Beside, usize); 2] = [(near, usize::MAX), (scattered, FEW)];

/// The term with the name of its field, as one word: 单位：m3/亩 is no field.
fn whole_term(_: &QueryCache<'_>, clause: &Clause) -> Option<Clause> {
    let typed = clause.typed.clone()?;
    Some(Clause {
        fields: Fields::All,
        ..clause.with(vec![typed])
    })
}

/// The words without their marks: “大数据”审计 is 大数据审计.
fn without_marks(_: &QueryCache<'_>, clause: &Clause) -> Option<Clause> {
    let patterns = clause.patterns.iter();
    rewritten(
        clause,
        patterns.filter_map(|pattern| pattern.without_marks()),
    )
}

/// Other words for the same thing. The name of an org means that org.
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

/// What the words sound like.
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

/// Other words for the same thing.
fn near(cache: &QueryCache<'_>, clause: &Clause, _: &Scores) -> Vec<Arc<Pattern>> {
    near_words(cache, clause).map_or(Vec::new(), |near| near.patterns)
}

/// The words scattered, but for those that are in a title or a name: a title over which
/// they are scattered holds something else, as 高标准打造“中央创新区” does for 高新区.
fn scattered(_: &QueryCache<'_>, clause: &Clause, scores: &Scores) -> Vec<Arc<Pattern>> {
    let names = [Field::Title, Field::Org].map(Where::Field);
    let mut scores = scores.found.ones().map(|case| scores.of(case));
    if scores.any(|score| score.tier() == Tier::Exact && names.contains(&score.place())) {
        return Vec::new();
    }
    let scattered = clause.patterns.iter().filter_map(|p| p.scattered());
    scattered.map(Arc::new).collect()
}

/// Settles what of alternatives depends on where each of them occurs: a first one that is a
/// mistake is left out, and noted, where it occurs nowhere; others that occur nowhere are
/// looked for by their sound if one of them does occur.
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
    let patterns = clause.patterns.iter().zip(occurs);
    let patterns = patterns.map(|(pattern, occurs)| match sound(cache, pattern) {
        Some(sound) if !occurs => Arc::new(sound),
        _ => Arc::clone(pattern),
    });
    Clause {
        patterns: patterns.collect(),
        ..clause.clone()
    }
}
