//! From a query to its answer: parse, plan, score, fall back, rank, explain.

use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::cache::QueryCache;
use super::clause::{Clause, Round};
use super::explain;
use super::fallback;
use super::field_values::FieldValues;
use super::index::Index;
use super::marker::HighlightTerm;
use super::nfa;
use super::options::{Fallback, SearchOptions};
use super::plan;
use super::query::{self, Query, Term, TermKind};
use super::rank::{self, Where};
use super::score::Scores;
use super::suggest;
use super::{Found, Hit, Marker, Match, Note, Problem, Suggestion, Tier};
use crate::corpus::CaseIndex;
use crate::text::CharSpan;
use crate::text::empty_words::is_empty;
use crate::text::fold;

/// Number of hits that get their matches at once, more than a screen shows. [`Index::explain`] adds
/// the others on request.
const EXPLAINED: usize = 128;

/// Maximum number of hits in a first answer.
const FIRST: usize = 1_000;

impl Index {
    /// Answers a query as typed.
    pub fn search(&self, query: &str) -> Found {
        self.search_with(query, &FieldValues::default())
    }

    /// Answers a query as typed, with field values from outside the corpus: topics, tags, stars.
    pub fn search_with(&self, query: &str, values: &FieldValues) -> Found {
        let found = self.search_until(query, values, &|| false);
        found.expect("a search that is waited for is not stopped")
    }

    /// Answers a query as typed or as spelled in pinyin only: nothing is guessed or suggested.
    pub fn search_exactly(&self, query: &str, values: &FieldValues) -> Found {
        let options = SearchOptions {
            fallback: Fallback::Never,
            ..SearchOptions::FULL
        };
        let cache = QueryCache::new(self, values, options);
        let outcome = Outcome::of(&cache, query::parse(query), options.fallback, usize::MAX);
        outcome.found(self, query)
    }

    /// Answers a query as typed; `None` if `stop` reports that nobody waits. It is called about
    /// once a millisecond.
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
        let cache = QueryCache::new(self, values, options);
        let asked = query::parse(query);
        let outcome = Outcome::of(&cache, asked.clone(), options.fallback, usize::MAX);
        let mut found = outcome.found(self, query);
        if found.total == 0 {
            let count = |query, fallback| Outcome::of(&cache, query, fallback, 0).total;
            let (suggestions, sure) = suggest::suggestions(&cache, &asked, &count);
            // A suggestion that drops nothing is the word itself, with a typo corrected.
            let is_mended = |offer: &Suggestion| offer.is_similar && offer.dropped.is_empty();
            if !suggestions.iter().any(is_mended) {
                found.notes.extend(not_chinese(&cache, &asked));
            }
            found.suggestions = suggestions;
            if let Some((terms, first)) = sure.zip(found.suggestions.first_mut()) {
                let outcome = Outcome::of(&cache, Query::of(terms), options.fallback, usize::MAX);
                let mut answer = outcome.found(self, &first.query);
                answer
                    .hits
                    .iter_mut()
                    .for_each(|hit| hit.tier = Tier::Suggested);
                first.answer = Some(Box::new(answer));
            }
        }
        (!stop()).then_some(found)
    }

    /// Returns the best hits of a query in titles, names and headings, and their number. In a large
    /// library they are found while the text is still searched.
    pub fn first_hits(
        &self,
        query: &str,
        values: &FieldValues,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Found> {
        // What to guess is unknown until the text has been searched.
        let options = SearchOptions {
            text: false,
            fallback: Fallback::Never,
            stop,
        };
        let cache = QueryCache::new(self, values, options);
        let outcome = Outcome::of(&cache, query::parse(query), options.fallback, FIRST);
        let found = Found {
            complete: false,
            ..outcome.found(self, query)
        };
        (!stop()).then_some(found)
    }

    /// Returns the matches of a query in some of its hits that came without them. One search finds
    /// them all. Returns `None` if `stop` reports that nobody waits.
    pub fn explain(
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
        let cache = QueryCache::new(self, values, options);
        let outcome = Outcome::of(&cache, query::parse(query), options.fallback, 0);
        let cases = cases.iter().map(|case| case.0 as usize);
        let matches = cases.map(|case| outcome.matches(self, case)).collect();
        // The results of a search that gave up mean nothing.
        (!stop()).then_some(matches)
    }
}

/// The result of a query.
struct Outcome {
    /// Number of cases found.
    total: usize,
    /// Keys of the requested hits, best first; see [`ScoreSum::key`](super::rank::ScoreSum::key).
    keys: Vec<u64>,
    /// What the plan found, then what each rewrite of it added.
    rounds: Vec<Round>,
    notes: Vec<Note>,
}

impl Outcome {
    /// Finds the `most` best hits of a query.
    fn of(cache: &QueryCache<'_>, query: Query, fallback: Fallback, most: usize) -> Self {
        let plan = plan::plan(cache, &joined(cache, query));
        let (mut base, mut notes) = (plan.base, plan.notes);
        for clause in plan.excluded {
            let clause = fallback::settle(cache, clause, fallback, &mut notes);
            leave_out(cache, &clause, &mut base, &mut notes);
        }
        let mut first = Round::new(base.clone());
        let clauses = plan
            .clauses
            .into_iter()
            .map(|clause| fallback::settle(cache, clause, fallback, &mut notes));
        for clause in clauses.collect::<Vec<_>>() {
            add_or_rewrite(&mut first, cache, clause, fallback, &mut notes);
        }
        let mut found = first.cases.clone();
        let mut rounds = vec![first];
        let may_guess = match fallback {
            Fallback::Never => false,
            Fallback::ToAdd => !found.is_clear(),
            Fallback::Always => true,
        };
        for (others, few) in fallback::OF_A_PLAN {
            if !may_guess || found.count_ones(..) >= few {
                continue;
            }
            let clauses: Vec<_> = rounds[0]
                .clauses
                .iter()
                .map(|(clause, scores)| (clause, others(cache, clause, scores)))
                .collect();
            if clauses.iter().all(|(_, others)| others.is_empty()) {
                continue;
            }
            let mut round = Round::new(base.clone());
            round.cases.difference_with(&found);
            for (clause, others) in clauses {
                let clause = clause.with([&clause.patterns[..], &others].concat());
                let scores = cache.scores(&clause.patterns, clause.fields, &round.cases);
                round.add(clause, scores);
            }
            // A round without cases marks nothing either.
            if !round.cases.is_clear() {
                found.union_with(&round.cases);
                rounds.push(round);
            }
        }
        let keys = rounds.iter().flat_map(|round| round.keys(cache.index));
        Self {
            total: found.count_ones(..),
            keys: rank::best(keys, most),
            rounds,
            notes,
        }
    }

    /// Returns the answer to `text`; the first [`EXPLAINED`] hits have their matches.
    fn found(&self, index: &Index, text: &str) -> Found {
        let explained = if self.rounds[0].clauses.is_empty() {
            // Without words there are no matches.
            self.keys.len()
        } else {
            EXPLAINED.min(self.keys.len())
        };
        let hits = self.keys.iter().enumerate().map(|(at, &key)| {
            let case = rank::case_in(key);
            Hit {
                case: CaseIndex(case),
                tier: rank::tier_in(key),
                matches: if at < explained {
                    self.matches(index, case as usize)
                } else {
                    Vec::new()
                },
            }
        });
        Found {
            query: text.to_owned(),
            hits: hits.collect(),
            explained,
            total: self.total as u32,
            complete: index.is_complete(),
            notes: self.notes.clone(),
            marker: self.marker(),
            suggestions: Vec::new(),
        }
    }

    /// Returns where the clauses occur in a case, best field first.
    fn matches(&self, index: &Index, case: usize) -> Vec<Match> {
        let round = self.rounds.iter().find(|round| round.cases.contains(case));
        round.map_or(Vec::new(), |round| explain::matches(index, round, case))
    }

    fn marker(&self) -> Marker {
        let terms = self.rounds.iter().flat_map(|round| {
            round.clauses.iter().map(|(clause, scores)| {
                let is_scattered = |case| scores.of(case).tier() == Tier::Scattered;
                let are_scattered = round.cases.ones().any(is_scattered);
                let patterns = clause
                    .patterns
                    .iter()
                    .filter(|p| are_scattered || !p.is_scattered());
                HighlightTerm {
                    fields: clause.fields,
                    patterns: patterns.cloned().collect(),
                }
            })
        });
        Marker::of(terms.collect())
    }
}

/// Adds a clause to a round. It is rewritten if it occurs nowhere, and dropped if it was a mistake.
fn add_or_rewrite(
    round: &mut Round,
    cache: &QueryCache<'_>,
    clause: Clause,
    fallback: Fallback,
    notes: &mut Vec<Note>,
) {
    let scores_of = |round: &Round, clause: &Clause| -> Arc<Scores> {
        cache.scores(&clause.patterns, clause.fields, &round.cases)
    };
    let scores = scores_of(round, &clause);
    let may_rewrite = fallback == Fallback::Always || clause.doubt.is_some();
    let is_nowhere = cache.options.text
        && may_rewrite
        && round.cases.is_disjoint(&scores.found)
        && !cache.occurs_outside(&clause, &round.cases);
    if !is_nowhere {
        return round.add(clause, scores);
    }
    let rewrites = fallback::OF_A_CLAUSE.iter();
    for other in rewrites.filter_map(|rewrite| rewrite(cache, &clause)) {
        let scores = scores_of(round, &other);
        if !round.cases.is_disjoint(&scores.found) {
            return round.add(other, scores);
        }
        // A rewrite that occurs elsewhere was meant, so nothing more is guessed.
        if other.fields == clause.fields && cache.occurs_outside(&other, &round.cases) {
            break;
        }
    }
    match &clause.doubt {
        Some(note) => notes.push(note.clone()),
        None => round.add(clause, scores),
    }
}

/// Removes the cases that match an excluded clause.
fn leave_out(
    cache: &QueryCache<'_>,
    clause: &Clause,
    base: &mut FixedBitSet,
    notes: &mut Vec<Note>,
) {
    // Even a first answer must not show what is excluded by its text.
    let options = SearchOptions {
        text: true,
        ..cache.options
    };
    let cache = &QueryCache::new(cache.index, cache.values, options);
    let scores = cache.scores(&clause.patterns, clause.fields, base);
    if let Some(note) = &clause.doubt
        && scores.found.is_clear()
        && !cache.occurs_outside(clause, base)
    {
        notes.push(note.clone());
    }
    // A word that only begins an id is not finished yet.
    let meant = |case| scores.of(case).place() != Where::Unfinished;
    for case in scores.found.ones().filter(|&case| meant(case)) {
        base.remove(case);
    }
}

/// Returns the query with syllables that were typed with spaces, `hai shui dao`, joined into one
/// word if that occurs. Until the text has been searched, it is assumed to occur.
fn joined(cache: &QueryCache<'_>, mut query: Query) -> Query {
    let runs = query::spaced(&query.terms, &cache.index.spellings);
    for (run, phrase) in runs.into_iter().rev() {
        if cache.options.text && cache.cases_with(&phrase).is_clear() {
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

/// Returns notes on Latin words that occur in no text and are not pinyin.
fn not_chinese(cache: &QueryCache<'_>, query: &Query) -> Vec<Note> {
    let words = query
        .terms
        .iter()
        .filter_map(|term| Some((term.span, term.plain_word()?)));
    let mut notes: Vec<Note> = words
        .filter_map(|(span, phrase)| {
            let is_latin = phrase.text.chars().all(|c| c.is_ascii_alphabetic());
            let codes = fold::codes(&phrase.text);
            let may_be_foreign = is_latin && codes.len() > 2 && !is_empty(&phrase.text);
            let is_foreign = may_be_foreign && !nfa::is_pinyin(&codes, &cache.index.spellings);
            (is_foreign && cache.cases_with(phrase).is_clear()).then(|| Note {
                span,
                problem: Problem::NotChinese {
                    word: phrase.text.clone(),
                },
            })
        })
        .collect();
    notes.dedup_by(|a, b| a.problem == b.problem);
    notes
}
