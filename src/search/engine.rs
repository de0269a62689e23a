//! From a query to its answer: parse, plan, score, fall back, rank, explain.

use std::sync::Arc;

use super::cache::QueryCache;
use super::case_set::CaseSet;
use super::clause::{Clause, Round};
use super::explain;
use super::fallback::{self, FEW};
use super::field_values::FieldValues;
use super::index::Index;
use super::marker::HighlightTerm;
use super::options::{Fallback, SearchOptions};
use super::plan;
use super::query::{self, Query, Term, TermKind};
use super::rank::{self, Where};
use super::score::Scores;
use super::suggest;
use super::{Found, Hit, Instead, Marker, Match, Note, Problem, Tier};
use crate::corpus::CaseIndex;
use crate::text::CharSpan;
use crate::text::fold;

/// How many hits are given their matches at once, more than a screen shows; the others
/// get them on request, by [`Index::explain`].
const EXPLAINED: usize = 128;

/// How many hits a first answer has.
const FIRST: usize = 1_000;

impl Index {
    /// Answers a query as typed.
    pub fn search(&self, query: &str) -> Found {
        self.search_with(query, &FieldValues::default())
    }

    /// Answers a query as typed, with fields that the corpus does not know: topics,
    /// tags, stars.
    pub fn search_with(&self, query: &str, values: &FieldValues) -> Found {
        let found = search(self, query, values, SearchOptions::FULL);
        found.expect("nothing tells a search to stop that is waited for")
    }

    /// Answers a query by what is as typed, or spelled by its pinyin, alone: nothing is
    /// guessed, and nothing asked instead.
    pub fn search_exactly(&self, query: &str, values: &FieldValues) -> Found {
        let options = SearchOptions {
            fallback: Fallback::Never,
            ..SearchOptions::FULL
        };
        let found = search(self, query, values, options);
        found.expect("nothing tells a search to stop that is waited for")
    }

    /// Answers a query as typed, unless `stop` says that nobody waits for it any more; it
    /// is asked every millisecond or so.
    pub fn search_until(
        &self,
        query: &str,
        values: &FieldValues,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Found> {
        let options = SearchOptions {
            stop,
            ..SearchOptions::FULL
        };
        search(self, query, values, options)
    }

    /// The best hits of a query in titles, names and headings, and how many there are: of
    /// a large library this can be said while the text is searched.
    pub fn first_hits(
        &self,
        query: &str,
        values: &FieldValues,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Found> {
        // As long as the text has not been looked at nobody knows what to guess.
        let options = SearchOptions {
            text: false,
            fallback: Fallback::Never,
            stop,
        };
        let cache = QueryCache::new(self, options);
        let outcome = Outcome::of(&cache, query::parse(query), values, FIRST);
        let found = outcome.found(self, query);
        (!stop()).then_some(found)
    }

    /// How many cases a query finds.
    pub fn count(&self, query: &str, values: &FieldValues) -> u32 {
        let cache = QueryCache::new(self, SearchOptions::FULL);
        let outcome = Outcome::of(&cache, query::parse(query), values, 0);
        outcome.total as u32
    }

    /// Where a query occurs in each of some cases that it finds: the matches of hits that
    /// came without them. All are looked for in one go, which takes as long as a search.
    pub fn explain(
        &self,
        query: &str,
        values: &FieldValues,
        cases: &[CaseIndex],
    ) -> Vec<Vec<Match>> {
        let matches = self.explain_until(query, values, cases, &|| false);
        matches.expect("nothing tells a search to stop that is waited for")
    }

    /// The same, unless `stop` says that nobody waits for it any more.
    pub fn explain_until(
        &self,
        query: &str,
        values: &FieldValues,
        cases: &[CaseIndex],
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Vec<Match>>> {
        let options = SearchOptions {
            stop,
            ..SearchOptions::FULL
        };
        let cache = QueryCache::new(self, options);
        let outcome = Outcome::of(&cache, query::parse(query), values, 0);
        let cases = cases.iter().map(|case| case.0 as usize);
        let matches = cases.map(|case| outcome.matches(self, case)).collect();
        // What a search that gave up found says nothing.
        (!stop()).then_some(matches)
    }
}

fn search(
    index: &Index,
    text: &str,
    values: &FieldValues,
    options: SearchOptions<'_>,
) -> Option<Found> {
    let cache = QueryCache::new(index, options);
    let query = query::parse(text);
    let outcome = Outcome::of(&cache, query.clone(), values, usize::MAX);
    let is_exact = options.fallback == Fallback::Never;
    let (mut suggestions, first) = match outcome.total {
        0 if !is_exact => {
            let count = |cache: &QueryCache<'_>, query| Outcome::of(cache, query, values, 0).total;
            suggest::suggestions(&cache, &query, &count)
        }
        _ => (Vec::new(), None),
    };
    if let Some((terms, suggestion)) = first.zip(suggestions.first_mut()) {
        let outcome = Outcome::of(&cache, Query::of(terms), values, usize::MAX);
        let found = outcome.found(index, &suggestion.query);
        let hits = found.hits.into_iter().map(|hit| Hit {
            tier: Tier::Suggested,
            ..hit
        });
        suggestion.answer = Some(Box::new(Instead {
            query: found.query,
            hits: hits.collect(),
            explained: found.explained,
            total: found.total,
            marker: found.marker,
        }));
    }
    let found = Found {
        suggestions,
        complete: index.is_complete(),
        ..outcome.found(index, text)
    };
    (!(options.stop)()).then_some(found)
}

/// What a query comes to.
struct Outcome {
    /// How many cases were found.
    total: usize,
    /// Those that were asked for, best first; see [`ScoreSum::key`](super::rank::ScoreSum::key).
    keys: Vec<u64>,
    /// What was found as asked, then what each rewrite of the plan found beside.
    rounds: Vec<Round>,
    notes: Vec<Note>,
}

impl Outcome {
    /// The `most` best of what a query finds.
    fn of(cache: &QueryCache<'_>, query: Query, values: &FieldValues, most: usize) -> Self {
        let plan = plan::plan(cache, &joined(cache, query), values);
        let (mut base, mut notes) = (plan.base, plan.notes);
        for clause in plan.excluded {
            leave_out(cache, clause, &mut base, &mut notes);
        }
        let clauses = plan.clauses.into_iter();
        let clauses = clauses.map(|clause| fallback::settle(cache, clause, &mut notes));
        let first = round_of(cache, clauses.collect(), &base, &mut notes);
        let mut found = first.cases.clone();
        let mut rounds = vec![first];
        for rewrite in fallback::OF_A_PLAN {
            let may_guess = match cache.options.fallback {
                Fallback::Never => false,
                Fallback::ToAdd => !found.is_empty(),
                Fallback::Always => true,
            };
            let Some(clauses) = (found.count() < FEW && may_guess)
                .then(|| rewrite(cache, &rounds[0]))
                .flatten()
            else {
                continue;
            };
            let mut others = base.clone();
            others.keep(&found, true);
            let round = unchanged_round_of(cache, clauses, others);
            found.join(&round.cases);
            rounds.push(round);
        }
        let keys = match most {
            0 => Vec::new(),
            _ => {
                let index = cache.index;
                let keys = rounds.iter().flat_map(|round| round.keys(index));
                rank::best(keys.collect(), most)
            }
        };
        Self {
            total: found.count(),
            keys,
            rounds,
            notes,
        }
    }

    /// The answer to `text`, the first [`EXPLAINED`] hits with their matches.
    fn found(&self, index: &Index, text: &str) -> Found {
        let explained = match self.rounds[0].clauses.is_empty() {
            // No word, no match.
            true => self.keys.len(),
            false => EXPLAINED.min(self.keys.len()),
        };
        let hits = self.keys.iter().enumerate().map(|(at, &key)| {
            let case = rank::case_in(key);
            Hit {
                case: CaseIndex(case),
                tier: rank::tier_in(key),
                matches: match at < explained {
                    true => self.matches(index, case as usize),
                    false => Vec::new(),
                },
            }
        });
        Found {
            query: text.to_owned(),
            hits: hits.collect(),
            explained,
            total: self.total as u32,
            notes: self.notes.iter().map(|note| as_typed(note, text)).collect(),
            marker: self.marker(),
            ..Found::default()
        }
    }

    /// Where the clauses occur in a case, best field first.
    fn matches(&self, index: &Index, case: usize) -> Vec<Match> {
        let round = self.rounds.iter().find(|round| round.cases.contains(case));
        round.map_or(Vec::new(), |round| explain::matches(index, round, case))
    }

    fn marker(&self) -> Marker {
        let terms = self.rounds.iter().flat_map(|round| {
            let clauses = round.clauses.iter().zip(&round.scores);
            clauses.map(|(clause, known)| {
                let is_scattered = |case| known.scores.of(case).tier() == Tier::Scattered;
                let are_scattered = round.cases.iter().any(is_scattered);
                let patterns = clause.patterns.iter();
                let patterns = patterns.filter(|p| are_scattered || !p.is_scattered());
                HighlightTerm {
                    fields: clause.fields,
                    patterns: patterns.cloned().collect(),
                }
            })
        });
        Marker::of(terms.collect())
    }
}

/// The cases of `base` that have every clause; a clause that no case has is rewritten
/// if it occurs nowhere at all, and left out if it was a mistake.
fn round_of(
    cache: &QueryCache<'_>,
    clauses: Vec<Clause>,
    base: &CaseSet,
    notes: &mut Vec<Note>,
) -> Round {
    let mut round = Round::new(base.clone());
    let wanted = clauses
        .iter()
        .map(|clause| (&*clause.patterns, clause.fields));
    let wanted: Vec<_> = wanted.collect();
    let mut known = cache.scores_of_all(&wanted, base).into_iter();
    // Behind the first that no case has, scores are of fewer cases than will be left.
    let mut is_known = true;
    for clause in clauses {
        let scores = known.next().filter(|_| is_known);
        let scores =
            scores.unwrap_or_else(|| cache.scores(&clause.patterns, clause.fields, &round.cases));
        is_known &= round.cases.meets(scores.found());
        add_or_rewrite(&mut round, cache, clause, scores, notes);
    }
    round
}

/// The cases of `base` that have every clause as it is.
fn unchanged_round_of(cache: &QueryCache<'_>, clauses: Vec<Clause>, base: CaseSet) -> Round {
    let wanted = clauses
        .iter()
        .map(|clause| (&*clause.patterns, clause.fields));
    let scores = cache.scores_of_all(&wanted.collect::<Vec<_>>(), &base);
    let mut round = Round::new(base);
    for (clause, scores) in clauses.into_iter().zip(scores) {
        round.add(clause, scores);
    }
    round
}

/// Adds a clause to a round, rewritten where it occurs nowhere.
fn add_or_rewrite(
    round: &mut Round,
    cache: &QueryCache<'_>,
    clause: Clause,
    scores: Arc<Scores>,
    notes: &mut Vec<Note>,
) {
    let options = cache.options;
    let may_rewrite = options.fallback == Fallback::Always || clause.doubt.is_some();
    let is_nowhere = options.text
        && may_rewrite
        && !round.cases.meets(scores.found())
        && !cache.occurs_outside(&clause, &round.cases);
    if !is_nowhere {
        return round.add(clause, scores);
    }
    let rewrites = fallback::OF_A_CLAUSE.iter();
    for other in rewrites.filter_map(|rewrite| rewrite(cache, &clause)) {
        let scores = cache.scores(&other.patterns, other.fields, &round.cases);
        if round.cases.meets(scores.found()) {
            return round.add(other, scores);
        }
        // What occurs elsewhere was meant, and is not to be guessed any further.
        if other.fields == clause.fields && cache.occurs_outside(&other, &round.cases) {
            break;
        }
    }
    match &clause.doubt {
        Some(note) => notes.push(note.clone()),
        None => round.add(clause, scores),
    }
}

/// Leaves out the cases that have an excluded clause.
fn leave_out(cache: &QueryCache<'_>, clause: Clause, base: &mut CaseSet, notes: &mut Vec<Note>) {
    let clause = fallback::settle(cache, clause, notes);
    // Even a first answer must not show what is excluded by its text.
    let options = SearchOptions {
        text: true,
        ..cache.options
    };
    let cache = &QueryCache::new(cache.index, options);
    let scores = cache.scores(&clause.patterns, clause.fields, base);
    if let Some(note) = &clause.doubt
        && scores.found().is_empty()
        && !cache.occurs_outside(&clause, base)
    {
        notes.push(note.clone());
    }
    // What only begins like an id is not meant yet.
    let found = scores.found().iter();
    let meant = found.filter(|&case| scores.of(case).place() != Where::Unfinished);
    base.keep(&CaseSet::with(cache.index.cases(), meant), true);
}

/// The query with syllables that were typed with spaces between, `hai shui dao`, as one
/// word, where that occurs anywhere; as long as the text has not been looked at it may.
fn joined(cache: &QueryCache<'_>, mut query: Query) -> Query {
    let runs = query::spaced(&query.terms, &cache.index.spellings);
    for (run, phrase) in runs.into_iter().rev() {
        if cache.options.text && cache.cases_with(&phrase).is_empty() {
            continue;
        }
        let (first, last) = (&query.terms[run.start], &query.terms[run.end - 1]);
        let term = Term {
            span: CharSpan::new(first.span.start, last.span.end),
            text: phrase.text.clone(),
            excluded: false,
            kind: TermKind::Words(vec![phrase]),
        };
        query.terms.splice(run, [term]);
    }
    query
}

/// A note that calls its field as the query does: by a name of either language.
fn as_typed(note: &Note, text: &str) -> Note {
    let mut note = note.clone();
    if let Problem::BadValue { field, .. } = &mut note.problem {
        let term = query::slice(text, note.span);
        let name = term.split(|c| fold::fold(c) == ':').next();
        let name = name.map(|name| name.trim_start_matches(|c| fold::fold(c) == '-'));
        name.unwrap_or_default().clone_into(field);
    }
    note
}
