//! The state itself: every part carries the moment of its last change, so that
//! two states can be joined in any order and none of the changes is lost.
//!
//! What was taken away keeps its moment too; otherwise the next join would
//! bring it back.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::passage::{self, Passage};
use super::seen::Seen;
use super::unknown::Unknown;
use crate::text::CharSpan;
use crate::text::gate;

/// Queries remembered.
pub const HISTORY_LIMIT: usize = 200;
/// Libraries whose place is remembered.
const PLACES_LIMIT: usize = 100;
/// Characters of a tag that is typed. A longer one is refused where it is typed;
/// one that a file holds stays as it is.
pub const TAG_LIMIT: usize = 40;
/// Characters of a note, for the same. It leaves room for 16 such notes in the
/// largest file that is read.
pub const NOTE_LIMIT: usize = 1_000_000;
/// Characters of a query.
const QUERY_LIMIT: usize = 500;
/// A moment later than this (in the year 2255) is a mistake of the file. It is
/// also the last one that every reader of JSON holds exactly (RFC 8259, section 6).
const LATEST: u64 = (1 << 53) - 1;
/// For how long it is remembered that something was taken away, in
/// microseconds: 90 days, longer than any explorer stays open.
const MEMORY_OF_ABSENCE: u64 = 90 * 24 * 60 * 60 * 1_000_000;

/// A value and the moment at which it got it, in microseconds since 1970: fine
/// enough that what one explorer does in a row never runs ahead of the clock, and
/// so of what another does next.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct At<T> {
    at: u64,
    value: T,
    #[serde(flatten)]
    unknown: Unknown,
}

impl<T> At<T> {
    fn new(at: u64, value: T) -> Self {
        Self {
            at,
            value,
            unknown: Unknown::default(),
        }
    }
}

/// Two are the same where moment and value are: what this program does not know
/// is carried along and decides nothing.
impl<T: Ord> PartialEq for At<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T: Ord> Eq for At<T> {}

impl<T: Ord> PartialOrd for At<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Ord> Ord for At<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, &self.value).cmp(&(other.at, &other.value))
    }
}

/// What a user made of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Marks {
    #[serde(skip_serializing_if = "Option::is_none")]
    star: Option<At<bool>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    tags: BTreeMap<String, At<bool>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<At<String>>,
    /// Quotes by the names of their places; an empty one was taken away.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    passages: BTreeMap<String, At<String>>,
    /// By what its marks find the case again; of cases of the reader's own documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<At<Seen>>,
    #[serde(flatten)]
    unknown: Unknown,
}

impl Marks {
    /// Whether the case is starred.
    pub fn starred(&self) -> bool {
        self.star.as_ref().is_some_and(|star| star.value)
    }

    /// The tags, in order.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        let tags = self.tags.iter();
        tags.filter_map(|(tag, on)| on.value.then_some(tag.as_str()))
    }

    /// The note; empty without one.
    pub fn note(&self) -> &str {
        self.note.as_ref().map_or("", |note| &note.value)
    }

    /// The passages, in the order of the text.
    pub fn passages(&self) -> Vec<Passage> {
        let held = self.passages.iter().filter(|(_, at)| !at.value.is_empty());
        let passage = |(key, at): (&String, &At<String>)| {
            let span = passage::span(key)?;
            let quote = at.value.clone();
            Some(Passage { span, quote })
        };
        let mut passages: Vec<Passage> = held.filter_map(passage).collect();
        passages.sort_unstable();
        passages
    }

    /// Where the case was last seen, and what it said.
    pub fn seen(&self) -> Option<&Seen> {
        self.seen.as_ref().map(|seen| &seen.value)
    }

    /// Whether the case has any mark.
    pub fn is_marked(&self) -> bool {
        self.starred()
            || self.tags().next().is_some()
            || !self.note().is_empty()
            || self.passages.values().any(|quote| !quote.value.is_empty())
    }

    /// Whether nothing at all is kept of the case, not even that something was taken away.
    fn is_empty(&self) -> bool {
        self.star.is_none()
            && self.tags.is_empty()
            && self.note.is_none()
            && self.passages.is_empty()
            && self.unknown.is_empty()
    }
}

/// Where reading stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Resume {
    /// Id of the case.
    pub case: Option<String>,
    /// By what it is found again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// The block and the character in it that stood at the top of the page.
    pub block: u32,
    pub character: u32,
    pub query: String,
    /// The match that was stood on, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched: Option<u32>,
    /// The view's name.
    pub view: String,
    /// Columns of the measure, where a key changed it.
    pub measure: Option<u16>,
    /// Columns that were set when a key changed them.
    pub measure_set: Option<u16>,
    /// The name of the list's order, where it is not the first one.
    pub order: Option<String>,
    /// The library that it is a place of; empty for the built-in one. Places are kept
    /// by it.
    #[serde(skip)]
    pub library: String,
    /// What another version of the program keeps here.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// One thing that a user did and that is worth keeping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Star {
        case: String,
        on: bool,
    },
    Tag {
        case: String,
        tag: String,
        on: bool,
    },
    /// An empty note takes the note away.
    Note {
        case: String,
        note: String,
    },
    /// A passage was marked, see [`Passage`]; an empty quote takes the one at this
    /// place away.
    Passage {
        case: String,
        span: CharSpan,
        quote: String,
    },
    /// Where a case is that has marks.
    Seen {
        case: String,
        seen: Seen,
    },
    /// A query was asked in earnest.
    Asked(String),
    Resume(Resume),
}

impl Change {
    /// Whether it is a mark on a case, which a reader would miss; the place and the
    /// queries come again by themselves.
    pub fn is_mark(&self) -> bool {
        self.marked().is_some()
    }

    /// The case that it marks.
    pub fn marked(&self) -> Option<&str> {
        match self {
            Self::Star { case, .. }
            | Self::Tag { case, .. }
            | Self::Note { case, .. }
            | Self::Passage { case, .. } => Some(case),
            Self::Seen { .. } | Self::Asked(_) | Self::Resume(_) => None,
        }
    }
}

/// Everything that is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// By id of the case.
    cases: BTreeMap<String, Marks>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resume: Option<At<Resume>>,
    /// Where reading stopped in other libraries than the built-in one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    places: BTreeMap<String, At<Resume>>,
    /// Newest first, each query once.
    history: Vec<At<String>>,
    #[serde(flatten)]
    unknown: Unknown,
}

impl State {
    /// What a user made of a case.
    pub fn marks(&self, case: &str) -> Option<&Marks> {
        self.cases.get(case)
    }

    /// Whether a case is starred.
    pub fn starred(&self, case: &str) -> bool {
        self.marks(case).is_some_and(Marks::starred)
    }

    /// The tags of a case, in order.
    pub fn tags(&self, case: &str) -> impl Iterator<Item = &str> {
        self.marks(case).into_iter().flat_map(Marks::tags)
    }

    /// The note on a case; empty without one.
    pub fn note(&self, case: &str) -> &str {
        self.marks(case).map_or("", Marks::note)
    }

    /// The passages marked in a case, in the order of its text.
    pub fn passages(&self, case: &str) -> Vec<Passage> {
        self.marks(case).map_or(Vec::new(), Marks::passages)
    }

    /// Every tag in use, with the number of its cases.
    pub fn all_tags(&self) -> BTreeMap<&str, usize> {
        let mut tags = BTreeMap::new();
        for tag in self.cases.values().flat_map(Marks::tags) {
            *tags.entry(tag).or_default() += 1;
        }
        tags
    }

    /// Where reading stopped last.
    pub fn resume(&self) -> Option<&Resume> {
        self.resume.as_ref().map(|resume| &resume.value)
    }

    /// Where reading stopped last in a library; an empty name is the built-in one.
    pub fn resume_of(&self, library: &str) -> Option<&Resume> {
        match library {
            "" => self.resume(),
            library => self.places.get(library).map(|place| &place.value),
        }
    }

    /// Where reading stopped in every library, the latest first.
    pub fn all_places(&self) -> Vec<&Resume> {
        let mut places: Vec<&At<Resume>> = self.resume.iter().chain(self.places.values()).collect();
        places.sort_by_key(|place| std::cmp::Reverse(place.at));
        places.into_iter().map(|place| &place.value).collect()
    }

    /// The queries asked, newest first, none twice.
    pub fn history(&self) -> impl Iterator<Item = &str> {
        self.history.iter().map(|asked| asked.value.as_str())
    }

    /// Takes a change in. `now` is in microseconds since 1970; a change is
    /// always later than the ones that the state holds, whatever the clock does.
    pub fn apply(&mut self, change: Change, now: u64) {
        self.apply_all([change], now);
    }

    /// Takes changes in as [`State::apply`] does, each later than the one before.
    pub fn apply_all(&mut self, changes: impl IntoIterator<Item = Change>, now: u64) {
        let mut latest = self.latest();
        for change in changes {
            latest = now.min(LATEST).max(latest.saturating_add(1));
            self.apply_at(change, latest);
        }
    }

    fn apply_at(&mut self, change: Change, at: u64) {
        match change {
            Change::Star { case, on } => {
                set(&mut self.cases.entry(case).or_default().star, at, on);
            }
            Change::Tag { case, tag, on } => {
                let tag = tidy_tag(&tag);
                if !tag.is_empty() {
                    set_in(&mut self.cases.entry(case).or_default().tags, tag, at, on);
                }
            }
            Change::Note { case, note } => {
                let note = tidy_note(&note);
                set(&mut self.cases.entry(case).or_default().note, at, note);
            }
            Change::Passage { case, span, quote } => {
                let value = passage::tidy_quote(&quote);
                let passages = &mut self.cases.entry(case).or_default().passages;
                set_in(passages, passage::key(span), at, value);
            }
            Change::Seen { case, seen } => {
                set(&mut self.cases.entry(case).or_default().seen, at, seen);
            }
            Change::Asked(query) => {
                let value = tidy_query(&query);
                if !value.is_empty() {
                    self.history.push(At::new(at, value));
                    self.order_history();
                }
            }
            Change::Resume(mut resume) if !resume.library.is_empty() => {
                let library = std::mem::take(&mut resume.library);
                if let Some(before) = self.places.get_mut(&library) {
                    resume.unknown = std::mem::take(&mut before.value.unknown);
                }
                set_in(&mut self.places, library, at, resume);
                self.forget_places();
            }
            Change::Resume(mut resume) => {
                if let Some(before) = &mut self.resume {
                    resume.unknown = std::mem::take(&mut before.value.unknown);
                }
                set(&mut self.resume, at, resume);
            }
        }
    }

    /// Every case with marks.
    pub fn marked(&self) -> impl Iterator<Item = (&str, &Marks)> {
        let marked = self.cases.iter().filter(|(_, marks)| marks.is_marked());
        marked.map(|(case, marks)| (case.as_str(), marks))
    }

    /// The changes that move marks from the first of each pair of names to the second,
    /// whose own marks stay beside them. The former name is left without any, so that no
    /// other document comes by them.
    pub fn moves(&self, pairs: &[(String, String)]) -> Vec<Change> {
        let left: BTreeSet<&str> = pairs.iter().map(|(former, _)| former.as_str()).collect();
        let pairs = pairs
            .iter()
            .filter(|(former, case)| former != case)
            .filter_map(|(former, case)| Some((former, case, self.marks(former)?)));
        let taken = pairs
            .clone()
            .flat_map(|(former, _, marks)| changes(marks, former, None));
        let given = pairs.flat_map(|(_, case, marks)| {
            let own = match self.marks(case) {
                Some(own) if !left.contains(case.as_str()) => own.note(),
                _ => "",
            };
            changes(marks, case, Some(own))
        });
        taken.chain(given).collect()
    }

    /// Takes over whatever `other` has later. The result does not depend on the
    /// order in which states are joined, except for what this program does not
    /// know: of that `other`, the file, is right.
    pub fn join(&mut self, other: &Self) {
        for (case, marks) in &other.cases {
            let own = self.cases.entry(case.clone()).or_default();
            later(&mut own.star, &marks.star);
            later(&mut own.note, &marks.note);
            later(&mut own.seen, &marks.seen);
            join_all(&mut own.tags, &marks.tags);
            join_all(&mut own.passages, &marks.passages);
            own.unknown = marks.unknown.clone();
        }
        later(&mut self.resume, &other.resume);
        if let (Some(own), Some(other)) = (&mut self.resume, &other.resume) {
            own.value.unknown = other.value.unknown.clone();
        }
        join_all(&mut self.places, &other.places);
        for (name, other) in &other.places {
            if let Some(own) = self.places.get_mut(name) {
                own.value.unknown = other.value.unknown.clone();
            }
        }
        self.forget_places();
        self.history.extend(other.history.iter().cloned());
        self.order_history();
        self.unknown = other.unknown.clone();
    }

    /// Forgets what was taken away so long ago that no explorer can bring it
    /// back any more.
    pub fn prune(&mut self, now: u64) {
        let old = now.saturating_sub(MEMORY_OF_ABSENCE);
        for marks in self.cases.values_mut() {
            let is_forgotten = |at: u64, unknown: &Unknown| at <= old && unknown.is_empty();
            marks
                .tags
                .retain(|_, on| on.value || !is_forgotten(on.at, &on.unknown));
            marks
                .star
                .take_if(|star| !star.value && is_forgotten(star.at, &star.unknown));
            marks.passages.retain(|_, quote| {
                !quote.value.is_empty() || !is_forgotten(quote.at, &quote.unknown)
            });
            marks
                .note
                .take_if(|note| note.value.is_empty() && is_forgotten(note.at, &note.unknown));
        }
        self.cases.retain(|_, marks| !marks.is_empty());
    }

    /// The state with what a file may not hold put right: texts as
    /// [`State::apply`] leaves them, moments within reason.
    pub fn tidied(mut self) -> Self {
        for marks in self.cases.values_mut() {
            let tags = std::mem::take(&mut marks.tags).into_iter();
            marks.tags = tags
                .map(|(tag, on)| (tidy_tag(&tag), on))
                .filter(|(tag, _)| !tag.is_empty())
                .collect();
            for on in marks.tags.values_mut().chain(&mut marks.star) {
                on.at = on.at.min(LATEST);
            }
            if let Some(seen) = &mut marks.seen {
                seen.at = seen.at.min(LATEST);
            }
            for quote in marks.passages.values_mut() {
                quote.value = passage::tidy_quote(&quote.value);
                quote.at = quote.at.min(LATEST);
            }
            if let Some(note) = &mut marks.note {
                note.value = tidy_note(&note.value);
                note.at = note.at.min(LATEST);
            }
        }
        for asked in &mut self.history {
            asked.value = tidy_query(&asked.value);
            asked.at = asked.at.min(LATEST);
        }
        self.history.retain(|asked| !asked.value.is_empty());
        self.order_history();
        // The version is the file's, not the state's.
        self.unknown.remove("version");
        for resume in self.resume.iter_mut().chain(self.places.values_mut()) {
            resume.value.query = tidy_query(&resume.value.query);
            resume.at = resume.at.min(LATEST);
        }
        self
    }

    /// The moment of the last change.
    fn latest(&self) -> u64 {
        let marks = self.cases.values().flat_map(|marks| {
            let tags = marks.tags.values().map(|on| on.at);
            let star = marks.star.as_ref().map(|star| star.at);
            let note = marks.note.as_ref().map(|note| note.at);
            let passages = marks.passages.values().map(|quote| quote.at);
            let seen = marks.seen.as_ref().map(|seen| seen.at);
            tags.chain(star).chain(note).chain(passages).chain(seen)
        });
        let resume = self.resume.as_ref().map(|resume| resume.at);
        let history = self.history.first().map(|asked| asked.at);
        let places = self.places.values().map(|place| place.at);
        marks
            .chain(places)
            .chain(resume)
            .chain(history)
            .max()
            .unwrap_or(0)
    }

    /// Keeps the places of the libraries that were read last.
    fn forget_places(&mut self) {
        while self.places.len() > PLACES_LIMIT {
            let oldest = self
                .places
                .iter()
                .min_by_key(|(name, place)| (place.at, *name));
            let Some(oldest) = oldest.map(|(name, _)| name.clone()) else {
                return;
            };
            self.places.remove(&oldest);
        }
    }

    /// Newest first, each query at its latest moment, no more than the limit.
    fn order_history(&mut self) {
        self.history
            .sort_by(|a, b| (b.at, &b.value).cmp(&(a.at, &a.value)));
        let mut seen = BTreeSet::new();
        self.history
            .retain(|asked| seen.insert(asked.value.clone()));
        self.history.truncate(HISTORY_LIMIT);
    }
}

/// The changes that give a case the marks of another, beside a note of its own, or without
/// one take these marks away from it.
fn changes(marks: &Marks, case: &str, own_note: Option<&str>) -> Vec<Change> {
    let case = || case.to_owned();
    let on = own_note.is_some();
    let star = marks.starred().then(|| Change::Star { case: case(), on });
    let tags = marks.tags().map(|tag| Change::Tag {
        case: case(),
        tag: tag.to_owned(),
        on,
    });
    let note = match (own_note, marks.note()) {
        (_, "") => None,
        (None, _) => Some(String::new()),
        (Some(""), note) => Some(note.to_owned()),
        (Some(own), note) if own.contains(note) => None,
        (Some(own), note) => Some(format!("{own}\n{note}")),
    };
    let note = note.map(|note| Change::Note { case: case(), note });
    let passages = marks.passages().into_iter().map(|passage| Change::Passage {
        case: case(),
        span: passage.span,
        quote: if on { passage.quote } else { String::new() },
    });
    star.into_iter()
        .chain(tags)
        .chain(note)
        .chain(passages)
        .collect()
}

/// Keeps the later of two values; of two at the same moment the greater, so
/// that every explorer decides alike.
fn later<T: Ord + Clone>(own: &mut Option<At<T>>, other: &Option<At<T>>) {
    match (own, other) {
        (Some(own), Some(other)) => own.join(other),
        (own @ None, other) => own.clone_from(other),
        (Some(_), None) => {}
    }
}

/// Keeps the later of the values of every name.
fn join_all<T: Ord + Clone>(own: &mut BTreeMap<String, At<T>>, other: &BTreeMap<String, At<T>>) {
    for (name, value) in other {
        let held = own.entry(name.clone()).or_insert_with(|| value.clone());
        held.join(value);
    }
}

impl<T: Ord + Clone> At<T> {
    fn join(&mut self, other: &Self) {
        if *self < *other {
            *self = other.clone();
        }
        self.unknown = other.unknown.clone();
    }
}

/// Sets a value and keeps what is unknown beside it.
fn set<T>(held: &mut Option<At<T>>, at: u64, value: T) {
    let unknown = held.take().map(|held| held.unknown).unwrap_or_default();
    *held = Some(At { at, value, unknown });
}

/// Sets the value of a name and keeps what is unknown beside it.
fn set_in<T>(held: &mut BTreeMap<String, At<T>>, name: String, at: u64, value: T) {
    let before = held.remove(&name);
    let unknown = before.map(|held| held.unknown).unwrap_or_default();
    held.insert(name, At { at, value, unknown });
}

/// A tag as it is kept: one line, its words separated by single spaces.
pub fn tidy_tag(tag: &str) -> String {
    let words: Vec<&str> = tag.split_whitespace().collect();
    gate::line(&words.join(" ")).into_owned()
}

/// A note as it is kept: without blank lines around it, its lines ended by a line
/// feed.
pub fn tidy_note(note: &str) -> String {
    // A pasted note may have the line ends of another system.
    let note = note.replace("\r\n", "\n").replace('\r', "\n");
    gate::clean(note.trim()).into_owned()
}

fn tidy_query(query: &str) -> String {
    gate::line(query.trim()).chars().take(QUERY_LIMIT).collect()
}
