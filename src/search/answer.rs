//! Answering one query: which cases, and in which order.

mod guess;
mod narrow;
mod ready;

use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::{slice, thread};

pub(super) use ready::ReadyWords;

use super::cases::CaseSet;
use super::facts::Facts;
use super::highlight::Marked;
use super::index::Index;
use super::places::{AnyOf, Effort, Fields, Guesses, Places};
use super::query::{self, Query};
use super::rank::{self, Place, Scope, Sum};
use super::relax;
use super::word::Word;
use super::{Found, Hit, Marker, Match, Note, Problem};
use crate::corpus::CaseIndex;
use crate::text::fold;

/// Scattered matches are looked for when a query finds fewer cases than this:
/// with more, they would only push down what was meant.
pub(super) const FEW: usize = 8;

/// How many hits are given their matches at once, more than a screen shows; the
/// others get them on request, by [`Index::explain`].
const EXPLAINED: usize = 128;

/// How many hits a first answer has.
const FIRST: usize = 1_000;

/// From how many cases on two threads rank faster than one.
const MANY: usize = 50_000;

/// Answers a query as typed; `None` where it was told to stop.
pub(super) fn answer(
    index: &Index,
    text: &str,
    facts: &Facts,
    effort: Effort<'_>,
) -> Option<Found> {
    let query = query::parse(text);
    let ready = ReadyWords::of(index);
    let understood = ready.joined(&query, effort);
    let outcome = Outcome::of(&ready, &understood, facts, effort, usize::MAX);
    let relaxations = match outcome.total {
        0 => relax::relaxations(&ready, &query::cleaned(text), facts, effort),
        _ => Vec::new(),
    };
    let found = Found {
        relaxations,
        complete: index.is_complete(),
        ..outcome.found(index, text)
    };
    (!(effort.stop)()).then_some(found)
}

/// The best hits in titles, names and headings, and how many there are: what can
/// be told at once, of however many cases.
pub(super) fn first_answer(
    index: &Index,
    text: &str,
    facts: &Facts,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Found> {
    // As long as the text has not been looked at nobody knows what to guess.
    let effort = Effort {
        text: false,
        guesses: Guesses::Never,
        stop,
    };
    let ready = ReadyWords::of(index);
    let query = ready.joined(&query::parse(text), effort);
    let outcome = Outcome::of(&ready, &query, facts, effort, FIRST);
    let found = outcome.found(index, text);
    (!(effort.stop)()).then_some(found)
}

/// How many cases a query finds.
pub(super) fn count(ready: &ReadyWords<'_>, text: &str, facts: &Facts, effort: Effort<'_>) -> u32 {
    let query = ready.joined(&query::parse(text), effort);
    if effort.guesses == Guesses::ToAdd && query.terms.len() > 1 {
        let (together, is_all) = ready.together(&query, effort);
        let count = together.count();
        // Otherwise guesses are added.
        if count == 0 || is_all && count >= FEW {
            return count as u32;
        }
    }
    let outcome = Outcome::of(ready, &query, facts, effort, 0);
    outcome.total as u32
}

/// Where the words of a query stand in some of the cases that it finds, as
/// [`answer`] would have told it; `None` where it was told to stop.
pub(super) fn explain(
    index: &Index,
    text: &str,
    facts: &Facts,
    cases: &[CaseIndex],
    effort: Effort<'_>,
) -> Option<Vec<Vec<Match>>> {
    let ready = ReadyWords::of(index);
    let query = ready.joined(&query::parse(text), effort);
    let sought = match sought_among(&ready, &query, facts, cases, effort) {
        Some(sought) => sought,
        // What is tried for a word depends on cases that are found for sure, and
        // those may be others.
        None => Outcome::of(&ready, &query, facts, effort, 0).sought,
    };
    // What a search that gave up left behind tells nothing.
    if (effort.stop)() {
        return None;
    }
    let cases = cases.iter().map(|case| case.0 as usize);
    Some(cases.map(|case| matches(&sought, index, case)).collect())
}

/// The words of a query, looked for in some cases only; `None` unless each of
/// them is found for sure.
fn sought_among(
    ready: &ReadyWords<'_>,
    query: &Query,
    facts: &Facts,
    cases: &[CaseIndex],
    effort: Effort<'_>,
) -> Option<Vec<Sought>> {
    let mut search = Search::new(ready, query, effort);
    let mut wanted = CaseSet::none(ready.index.cases());
    let cases = cases.iter().map(|case| case.0 as usize);
    cases.for_each(|case| wanted.insert(case));
    search.base = wanted.clone();
    let terms = search.narrow(query, facts);
    let mut among = search.base.clone();
    let terms = terms.into_iter();
    // A term that is given up because it sounds like nothing here may sound like
    // something in another case.
    let sought: Option<Vec<Sought>> = terms
        .map(|term| search.seek(term, None, &mut among))
        .collect();
    sought.filter(|_| among == wanted)
}

/// What a query comes to.
struct Outcome {
    /// How many cases were found.
    total: usize,
    /// Those that were asked for, best first; see [`Sum::key`].
    keys: Vec<u64>,
    sought: Vec<Sought>,
    notes: Vec<Note>,
}

/// Words of which every case found has one, and where.
pub(super) struct Sought {
    pub(super) words: Vec<Arc<Word>>,
    fields: Fields,
    asks_for_year: bool,
    /// Where each case has one best, be it found or not.
    pub(super) places: Arc<Places>,
    /// The cases that have one, of those that have a word of each term before.
    cases: CaseSet,
    /// Words that were found scattered.
    scattered: Vec<Vec<u16>>,
}

impl Outcome {
    /// The `most` best of what a query finds.
    fn of(
        ready: &ReadyWords<'_>,
        query: &Query,
        facts: &Facts,
        effort: Effort<'_>,
        most: usize,
    ) -> Self {
        let mut search = Search::new(ready, query, effort);
        let terms = search.narrow(query, facts);
        let mut among = search.base.clone();
        let mut sought = Vec::new();
        let guesses = |among: &CaseSet| match effort.guesses {
            Guesses::Never => false,
            Guesses::ToAdd => !among.is_empty(),
            Guesses::Always => true,
        };
        let terms = terms.into_iter().map(|term| search.with_sounds(term));
        let left = search.seek_together(terms.collect(), &mut among, &mut sought);
        let mut known = left.places;
        for term in left.terms {
            if among.is_empty() && effort.guesses == Guesses::ToAdd {
                break;
            }
            let places = known.take();
            sought.extend(search.seek(term, places, &mut among));
        }
        if among.count() < FEW && guesses(&among) {
            let scattered = search.scatter(&mut sought, &among);
            among.join(&scattered);
        }
        Self {
            total: among.count(),
            keys: search.ranked(&sought, &among, most),
            sought,
            notes: search.notes,
        }
    }

    /// The answer to `text`, the first [`EXPLAINED`] hits with their matches.
    fn found(&self, index: &Index, text: &str) -> Found {
        let explained = match self.sought.is_empty() {
            // No word, no match.
            true => self.keys.len(),
            false => EXPLAINED.min(self.keys.len()),
        };
        Found {
            query: text.to_owned(),
            hits: self.hits(index, explained),
            explained,
            total: self.total as u32,
            notes: self.notes.iter().map(|note| as_typed(note, text)).collect(),
            marker: self.marker(),
            ..Found::default()
        }
    }

    /// The hits, the first `explained` of them with their matches.
    fn hits(&self, index: &Index, explained: usize) -> Vec<Hit> {
        let hit = |at: usize, &key: &u64| {
            let case = rank::case_in(key);
            Hit {
                case: CaseIndex(case),
                group: rank::group_in(key),
                matches: match at < explained {
                    true => matches(&self.sought, index, case as usize),
                    false => Vec::new(),
                },
            }
        };
        let keys = self.keys.iter().enumerate();
        keys.map(|(at, key)| hit(at, key)).collect()
    }

    fn marker(&self) -> Marker {
        let marked = self.sought.iter().map(|sought| Marked {
            fields: sought.fields,
            words: sought.words.clone(),
            scattered: sought.scattered.clone(),
        });
        Marker::of(marked.collect())
    }
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

/// Where the words stand in a case, best field first.
fn matches(sought: &[Sought], index: &Index, case: usize) -> Vec<Match> {
    let mut matches: Vec<Match> = Vec::new();
    // Where both stand in the text, the word tells more than the year.
    let (years, words): (Vec<&Sought>, Vec<&Sought>) =
        sought.iter().partition(|sought| sought.asks_for_year);
    let sought = words.into_iter().chain(years);
    for found in sought.filter_map(|sought| sought.explain(index, case)) {
        let same = |m: &&mut Match| m.field == found.field && m.part == found.part;
        match matches.iter_mut().find(same) {
            Some(known) => known.join(found),
            None => matches.push(found),
        }
    }
    matches.sort_by_key(|m| m.field);
    matches
}

/// One query on its way.
struct Search<'a> {
    index: &'a Index,
    ready: &'a ReadyWords<'a>,
    effort: Effort<'a>,
    /// The cases that the fields and exclusions of the query leave.
    base: CaseSet,
    notes: Vec<Note>,
}

/// A term that is looked for as words.
struct Wanted {
    words: Vec<Arc<Word>>,
    fields: Fields,
    /// What is wrong with it if it stands nowhere.
    doubt: Option<Note>,
    /// The whole term, field and all: a word where its words are not in the field.
    typed: Option<Arc<Word>>,
}

/// The terms from the first on that is in no case that has all those before it, and
/// the places of that first one.
#[derive(Default)]
struct Left {
    terms: Vec<Wanted>,
    places: Option<Arc<Places>>,
}

impl<'a> Search<'a> {
    fn new(ready: &'a ReadyWords<'a>, query: &Query, effort: Effort<'a>) -> Self {
        Self {
            index: ready.index,
            ready,
            effort,
            base: CaseSet::all(ready.index.cases()),
            notes: query.notes.clone(),
        }
    }

    /// The best places of any of some words, for every case in `among`, and perhaps for
    /// others.
    fn places(&self, words: &[Arc<Word>], fields: Fields, among: &CaseSet) -> Arc<Places> {
        let term = AnyOf { words, fields };
        self.ready.places(term, among, self.effort)
    }

    /// Of words of which one is enough, those that stand nowhere by their sound;
    /// where none stands anywhere, see [`Self::seek`].
    fn with_sounds(&self, mut wanted: Wanted) -> Wanted {
        let guesses = self.effort.text && self.effort.guesses == Guesses::Always;
        let may_sound = wanted.words.iter().any(|word| word.may_sound());
        if !guesses || wanted.words.len() < 2 || !may_sound {
            return wanted;
        }
        let all = CaseSet::all(self.index.cases());
        let stands = |word: &Arc<Word>| {
            let places = self.places(slice::from_ref(word), wanted.fields, &all);
            !places.found().is_empty()
        };
        let stand: Vec<bool> = wanted.words.iter().map(stands).collect();
        if stand.contains(&true) {
            let (spellings, readable) = (&self.index.spellings, &self.index.readable);
            let words = wanted.words.iter_mut().zip(stand);
            for (word, _) in words.filter(|(_, stands)| !stands) {
                if let Some(sound) = word.by_sound(spellings, readable) {
                    *word = Arc::new(sound);
                }
            }
        }
        wanted
    }

    /// Looks for terms in the cases that are left, all of them in one case before
    /// the next, and leaves those that have all; returns the terms from the first
    /// on that is in none.
    fn seek_together(
        &self,
        wanted: Vec<Wanted>,
        among: &mut CaseSet,
        sought: &mut Vec<Sought>,
    ) -> Left {
        let terms = wanted.iter().map(|wanted| AnyOf {
            words: &wanted.words,
            fields: wanted.fields,
        });
        let terms: Vec<AnyOf<'_>> = terms.collect();
        let places = self.ready.places_of_all(&terms, among, self.effort);
        let mut left = Left::default();
        for (wanted, places) in wanted.into_iter().zip(places) {
            if left.terms.is_empty() && among.meets(places.found()) {
                among.keep(places.found(), false);
                sought.push(self.sought(wanted.words, wanted.fields, places, among));
            } else {
                left.terms.push(wanted);
                left.places.get_or_insert(places);
            }
        }
        left
    }

    /// Looks for words in the cases that are left, and leaves those that have
    /// one; by their sound, where they stand nowhere at all. `places` are known where
    /// they have been looked for there.
    fn seek(
        &mut self,
        wanted: Wanted,
        places: Option<Arc<Places>>,
        among: &mut CaseSet,
    ) -> Option<Sought> {
        let Wanted {
            mut words,
            mut fields,
            doubt,
            typed,
        } = wanted;
        let mut places = places.unwrap_or_else(|| self.places(&words, fields, among));
        let nowhere = self.effort.text
            && (self.effort.guesses == Guesses::Always || doubt.is_some())
            && !among.meets(places.found())
            && !self.stands_outside(&words, fields, among);
        if let Some(typed) = typed.filter(|_| nowhere)
            && let typed = [typed]
            && let found = self.places(&typed, Fields::All, among)
            && among.meets(found.found())
        {
            (words, fields, places) = (typed.into(), Fields::All, found);
        } else if nowhere {
            let (others, found) = self.instead(&words, fields, among);
            if among.meets(found.found()) {
                (words, places) = (others, found);
            } else if let Some(note) = doubt {
                self.notes.push(note);
                return None;
            }
        }
        among.keep(places.found(), false);
        Some(self.sought(words, fields, places, among))
    }

    /// Words that the cases in `among` were found to have.
    fn sought(
        &self,
        words: Vec<Arc<Word>>,
        fields: Fields,
        places: Arc<Places>,
        among: &CaseSet,
    ) -> Sought {
        let known = self.index.facets.known_years();
        let is_year = |word: &Arc<Word>| {
            let mut known = known.iter();
            known.any(|&year| word.year_scope(year) == Some(Scope::Record))
        };
        Sought {
            asks_for_year: fields == Fields::All && words.iter().any(is_year),
            words,
            fields,
            places,
            cases: among.clone(),
            scattered: Vec::new(),
        }
    }

    /// Whether a case that is not in `among` has one of the words.
    fn stands_outside(&self, words: &[Arc<Word>], fields: Fields, among: &CaseSet) -> bool {
        if let Some(known) = self.ready.known_places(AnyOf { words, fields }) {
            return !known.found().is_within(among);
        }
        let mut others = CaseSet::all(self.index.cases());
        others.keep(among, true);
        !others.is_empty() && others.meets(self.places(words, fields, &others).found())
    }

    /// The keys of the `most` best cases in `among`, best first.
    fn ranked(&self, sought: &[Sought], among: &CaseSet, most: usize) -> Vec<u64> {
        let index = self.index;
        let cases = index.cases();
        if most == 0 {
            return Vec::new();
        }
        let rank = |range: Range<usize>| {
            if let [one] = sought
                && !one.asks_for_year
            {
                return best_of_one(index, one, among, range, most);
            }
            let mut best = rank::Best::of(most);
            for case in among.iter_in(range) {
                best.push(key(index, sought, case));
            }
            best
        };
        if cases < MANY {
            return rank(0..cases).sorted();
        }
        let half = (cases / 2).next_multiple_of(64);
        thread::scope(|scope| {
            let second = scope.spawn(|| rank(half..cases));
            let mut best = rank(0..half);
            best.join(second.join().unwrap_or_else(|panic| resume_unwind(panic)));
            best.sorted()
        })
    }
}

/// The best of some cases by the places of one word: most of a million are seen by
/// those to be none of them.
fn best_of_one(
    index: &Index,
    one: &Sought,
    among: &CaseSet,
    range: Range<usize>,
    most: usize,
) -> rank::Best {
    let mut best = rank::Best::of(most);
    one.places.up_to_worst(among, range, |case, place| {
        best.push(rank::key_of_one(place, index.facets.age(case), case as u32));
        match best.worst() {
            Some(key) => one.places.of(rank::case_in(key) as usize),
            None => Place::NONE,
        }
    });
    best
}

#[inline]
fn key(index: &Index, sought: &[Sought], case: usize) -> u64 {
    let (age, number) = (index.facets.age(case), case as u32);
    match sought {
        // Nothing is asked for by words: the reading order stands.
        [] => Sum::default().key(0, number),
        words => {
            let mut sum = Sum::default();
            for sought in words {
                sum.add(sought.places.of(case), sought.asks_for_year);
            }
            sum.key(age, number)
        }
    }
}
