//! Fall-backs: what a query was perhaps meant to be, as rewrites of its plan.
//!
//! A clause that no case has is rewritten in the order of [`OF_A_CLAUSE`] until some
//! case has it; a plan that finds few cases in that of [`OF_A_PLAN`], and what a rewrite
//! finds stands below all that was found before.

use std::slice;
use std::sync::Arc;

use super::cache::QueryCache;
use super::case_set::CaseSet;
use super::clause::{Clause, Round};
use super::near::{self, Kind};
use super::options::{Fallback, Fields};
use super::pattern::Pattern;
use super::query::Phrase;
use super::rank::{Score, Where};
use super::{Field, Note, Tier};

/// A plan is rewritten as a whole when it finds fewer cases than this: with more, guesses
/// would only push down what was meant.
pub const FEW: usize = 8;

/// A clause instead of another; `None` where there is none.
pub type ClauseRewrite = fn(&QueryCache<'_>, &Clause) -> Option<Clause>;

/// What a clause that no case has is tried as.
pub const OF_A_CLAUSE: [ClauseRewrite; 4] = [whole_term, without_marks, near_words, by_sound];

/// The clauses instead of those of a round; `None` where there are none.
pub type PlanRewrite = fn(&QueryCache<'_>, &Round) -> Option<Vec<Clause>>;

/// What a plan that finds few cases is tried as beside.
pub const OF_A_PLAN: [PlanRewrite; 1] = [scattered];

/// The term with the name of its field, as one word: 单位：m3/亩 is no field.
fn whole_term(_: &QueryCache<'_>, clause: &Clause) -> Option<Clause> {
    let typed = clause.typed.clone()?;
    Some(Clause {
        fields: Fields::All,
        ..clause.with(vec![typed])
    })
}

/// The same words without their marks: “大数据”审计 is 大数据审计.
fn without_marks(_: &QueryCache<'_>, clause: &Clause) -> Option<Clause> {
    rewritten(clause, |pattern| pattern.without_marks())
}

/// Other words for the same thing.
fn near_words(cache: &QueryCache<'_>, clause: &Clause) -> Option<Clause> {
    // The name of a body means that body.
    let is_of_all = clause.fields == Fields::All;
    let known = clause
        .patterns
        .iter()
        .filter(|pattern| is_of_all && !pattern.is_quoted());
    let words = known.flat_map(|pattern| near::words(pattern.codes(), Kind::Same));
    let patterns = words.filter_map(|word| {
        let phrase = Phrase {
            text: word.to_owned(),
            quoted: false,
        };
        Some(Arc::new(cache.pattern(&phrase)?.as_near()))
    });
    let patterns: Vec<Arc<Pattern>> = patterns.collect();
    (!patterns.is_empty()).then(|| clause.with(patterns))
}

/// What the words sound like.
fn by_sound(cache: &QueryCache<'_>, clause: &Clause) -> Option<Clause> {
    let index = cache.index;
    rewritten(clause, |pattern| {
        pattern.by_sound(&index.spellings, &index.readable)
    })
}

fn rewritten(clause: &Clause, rewrite: impl Fn(&Pattern) -> Option<Pattern>) -> Option<Clause> {
    let patterns = clause
        .patterns
        .iter()
        .filter_map(|pattern| rewrite(pattern));
    let patterns: Vec<Arc<Pattern>> = patterns.map(Arc::new).collect();
    (!patterns.is_empty()).then(|| clause.with(patterns))
}

/// The words of every clause scattered as well, but for those that stand in a title or a
/// name: a title over which they are scattered holds something else, as
/// 高标准打造“中央创新区” does for 高新区.
fn scattered(_: &QueryCache<'_>, round: &Round) -> Option<Vec<Clause>> {
    let fields = [Field::Title, Field::Org].map(Where::Field);
    let mut is_any = false;
    let clauses = round
        .clauses
        .iter()
        .zip(&round.scores)
        .map(|(clause, known)| {
            let mut scores = known.cases.iter().map(|case| known.scores.of(case));
            let stands =
                |score: Score| score.tier() == Tier::Exact && fields.contains(&score.place());
            let mut patterns = clause.patterns.clone();
            if !scores.any(stands) {
                let scattered = clause
                    .patterns
                    .iter()
                    .filter_map(|pattern| pattern.scattered());
                patterns.extend(scattered.map(Arc::new));
            }
            is_any |= patterns.len() > clause.patterns.len();
            Clause {
                patterns,
                ..clause.clone()
            }
        });
    let clauses = clauses.collect();
    is_any.then_some(clauses)
}

/// Settles what of alternatives depends on where each of them occurs: a first one that is
/// a mistake is left out, and noted, where it occurs nowhere; others that occur nowhere
/// are looked for by their sound if one of them does occur.
pub fn settle(cache: &QueryCache<'_>, clause: Clause, notes: &mut Vec<Note>) -> Clause {
    let all = CaseSet::all(cache.index.cases());
    let occurs = |pattern: &Arc<Pattern>| {
        let patterns = slice::from_ref(pattern);
        !cache
            .scores(patterns, clause.fields, &all)
            .found()
            .is_empty()
    };
    if clause.patterns.len() < 2 || !cache.options.text {
        return clause;
    }
    if let Some(note) = &clause.doubt {
        let patterns = clause.patterns.clone();
        return match occurs(&patterns[0]) {
            true => clause.with(patterns),
            false => {
                notes.push(note.clone());
                clause.with(patterns[1..].to_vec())
            }
        };
    }
    let may_sound = clause.patterns.iter().any(|pattern| pattern.may_sound());
    if cache.options.fallback != Fallback::Always || !may_sound {
        return clause;
    }
    let occurs: Vec<bool> = clause.patterns.iter().map(occurs).collect();
    if !occurs.contains(&true) {
        return clause;
    }
    let index = cache.index;
    let patterns = clause.patterns.iter().zip(occurs);
    let patterns = patterns.map(|(pattern, occurs)| match occurs {
        true => Arc::clone(pattern),
        false => pattern
            .by_sound(&index.spellings, &index.readable)
            .map_or_else(|| Arc::clone(pattern), Arc::new),
    });
    Clause {
        patterns: patterns.collect(),
        ..clause.clone()
    }
}
