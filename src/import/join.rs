//! What a file gives, joined with what is kept.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::remark::{self, Cleaned, Mark, Remark};
use super::{Amiss, Given, Position};
use crate::store::{Change, NOTE_LIMIT, Passage, State, TAG_LIMIT, tidy_note, tidy_tag};
use crate::text::{CharSpan, gate};

/// Between the notes of two files on one case: a line of its own.
const PARTING: &str = "\n———\n";

/// What is done with a file, and what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What is new, in an order in which it can be applied.
    pub changes: Vec<Change>,
    /// Cases of the file that are known, each once.
    pub cases: usize,
    pub stars: Count,
    pub tags: Count,
    pub notes: Count,
    pub passages: Count,
    /// Where marks differ; what was kept is kept.
    pub conflicts: Vec<Conflict>,
    /// The ids that no case has.
    pub unknown: Vec<(Position, String)>,
    /// What was left out, with the case that it is for.
    pub refused: Vec<(Position, String, Amiss)>,
    /// What has to be known of marks that were taken, with the case that they are for.
    pub remarks: Vec<(Position, String, Remark)>,
}

/// Marks of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub added: usize,
    /// Those that were kept already.
    pub same: usize,
    pub conflicts: usize,
}

/// A note that differs, or another text at the place of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub place: Position,
    pub case: String,
    pub kind: Kind,
}

/// What differs, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The note of the file was put below the one that is kept.
    Note,
    /// The passage that is kept has other words at this place; that of the file
    /// was left out.
    Passage(Passage),
}

/// The marks of a case while more are joined.
struct Joined {
    star: bool,
    tags: BTreeSet<String>,
    note: String,
    /// The characters of the note.
    chars: usize,
    /// The notes that the note was joined from.
    parts: HashSet<String>,
    /// Whether the note is another one than before.
    has_new_note: bool,
    passages: BTreeMap<CharSpan, String>,
}

impl Joined {
    fn of(case: &str, kept: &State) -> Self {
        let passages = kept.passages(case).into_iter();
        let note = kept.note(case);
        Self {
            star: kept.starred(case),
            tags: kept.tags(case).map(str::to_owned).collect(),
            note: note.to_owned(),
            chars: note.chars().count(),
            parts: parts(note).map(str::to_owned).collect(),
            has_new_note: false,
            passages: passages.map(|held| (held.span, held.quote)).collect(),
        }
    }
}

/// Joins what a file gives with what is kept. `find` names the case of an id, and `text`
/// gives the text of a case, in which quotes are looked for; without one they are taken as
/// they are.
pub fn join(
    all: Vec<Given>,
    kept: &State,
    mut find: impl FnMut(&str) -> Option<String>,
    mut text: impl FnMut(&str) -> Option<String>,
) -> Outcome {
    let mut outcome = Outcome::default();
    let mut joined: BTreeMap<String, Joined> = BTreeMap::new();
    for given in all {
        let Some(case) = find(&given.id) else {
            outcome.unknown.push((given.place, given.id));
            continue;
        };
        let held = joined
            .entry(case.clone())
            .or_insert_with(|| Joined::of(&case, kept));
        let text = (!given.passages.is_empty()).then(|| text(&case)).flatten();
        outcome.join(given, case, text.as_deref(), held);
    }
    outcome.cases = joined.len();
    // However many rows add to a note, it is written once.
    let changed = joined.into_iter().filter(|(_, held)| held.has_new_note);
    let notes = changed.map(|(case, held)| Change::Note {
        case,
        note: held.note,
    });
    outcome.changes.extend(notes);
    outcome
}

impl Outcome {
    /// Whether everything in the file could be taken.
    pub fn is_whole(&self) -> bool {
        self.unknown.is_empty() && self.refused.is_empty()
    }

    fn join(&mut self, given: Given, case: String, text: Option<&str>, held: &mut Joined) {
        let place = given.place;
        let amiss = given.amiss.into_iter();
        self.refused
            .extend(amiss.map(|amiss| (place, case.clone(), amiss)));
        if given.star {
            self.stars.count(!held.star);
            if !held.star {
                held.star = true;
                let case = case.clone();
                self.changes.push(Change::Star { case, on: true });
            }
        }
        for given in given.tags {
            let tag = tidy_tag(&given);
            let chars = tag.chars().count();
            if tag.is_empty() {
                continue;
            }
            let words = given.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some(cleaned) = Cleaned::between(&given, &words, &tag) {
                let remark = Remark::Cleaned(Mark::Tag(tag.clone()), cleaned);
                self.remarks.push((place, case.clone(), remark));
            }
            if held.tags.contains(&tag) {
                self.tags.same += 1;
            } else if chars > TAG_LIMIT {
                let amiss = Amiss::TagLength(tag, chars);
                self.refused.push((place, case.clone(), amiss));
            } else {
                self.tags.added += 1;
                held.tags.insert(tag.clone());
                let case = case.clone();
                self.changes.push(Change::Tag {
                    case,
                    tag,
                    on: true,
                });
            }
        }
        for passage in given.passages {
            self.join_passage(passage, place, &case, text, held);
        }
        let note = tidy_note(&given.note);
        let lines = given.note.replace("\r\n", "\n").replace('\r', "\n");
        if let Some(cleaned) = Cleaned::between(&lines, lines.trim(), &note) {
            let remark = Remark::Cleaned(Mark::Note, cleaned);
            self.remarks.push((place, case.clone(), remark));
        }
        self.join_note(&note, place, case, held);
    }

    fn join_passage(
        &mut self,
        passage: Passage,
        place: Position,
        case: &str,
        text: Option<&str>,
        held: &mut Joined,
    ) {
        let Passage { span, quote } = passage;
        let clean = gate::clean(&quote).into_owned();
        if let Some(cleaned) = Cleaned::between(&quote, &quote, &clean) {
            let remark = Remark::Cleaned(Mark::Passage(clean.clone()), cleaned);
            self.remarks.push((place, case.to_owned(), remark));
        }
        let quote = clean;
        if quote.is_empty() || span.start >= span.end {
            let line = format!("[{}-{}] {quote}", span.start, span.end);
            let amiss = Amiss::Passage(line);
            self.refused.push((place, case.to_owned(), amiss));
            return;
        }
        let (Passage { span, quote }, remark) = match text {
            Some(text) => remark::stand(Passage { span, quote }, text),
            None => (Passage { span, quote }, None),
        };
        let remark = remark.map(|remark| (place, case.to_owned(), remark));
        self.remarks.extend(remark);
        match held.passages.get(&span) {
            Some(known) if *known == quote => self.passages.same += 1,
            Some(_) => {
                self.passages.conflicts += 1;
                self.conflicts.push(Conflict {
                    place,
                    case: case.to_owned(),
                    kind: Kind::Passage(Passage { span, quote }),
                });
            }
            None => {
                self.passages.added += 1;
                held.passages.insert(span, quote.clone());
                let case = case.to_owned();
                self.changes.push(Change::Passage { case, span, quote });
            }
        }
    }

    /// A note that differs goes below the one that is kept, so far as that does not
    /// have it already: taken in twice, a file adds nothing.
    fn join_note(&mut self, note: &str, place: Position, case: String, held: &mut Joined) {
        if note.is_empty() {
            return;
        }
        let new: Vec<&str> = parts(note)
            .filter(|&part| !held.parts.contains(part))
            .collect();
        if held.note == note || new.is_empty() {
            self.notes.same += 1;
            return;
        }
        let differs = !held.note.is_empty();
        let added = if differs {
            new.iter().flat_map(|&part| [PARTING, part]).collect()
        } else {
            note.to_owned()
        };
        let chars = held.chars + added.chars().count();
        if chars > NOTE_LIMIT {
            self.refused.push((place, case, Amiss::NoteLength(chars)));
            return;
        }
        if differs {
            self.notes.conflicts += 1;
            self.conflicts.push(Conflict {
                place,
                case,
                kind: Kind::Note,
            });
        } else {
            self.notes.added += 1;
        }
        held.parts.extend(new.into_iter().map(str::to_owned));
        held.note += &added;
        held.chars = chars;
        held.has_new_note = true;
    }
}

impl Count {
    fn count(&mut self, is_new: bool) {
        self.added += usize::from(is_new);
        self.same += usize::from(!is_new);
    }
}

/// The notes that one note was joined from.
fn parts(note: &str) -> impl Iterator<Item = &str> {
    let parts = note.split(PARTING).map(str::trim);
    parts.filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(note: &str) -> Given {
        Given {
            place: Position::Line(2),
            id: "1-1".to_owned(),
            star: false,
            tags: Vec::new(),
            note: note.to_owned(),
            passages: Vec::new(),
            amiss: Vec::new(),
        }
    }

    fn take(state: &mut State, given: Given) -> Outcome {
        let outcome = join(vec![given], state, |id| Some(id.to_owned()), |_| None);
        for change in &outcome.changes {
            state.apply(change.clone(), 0);
        }
        outcome
    }

    #[test]
    fn a_note_that_differs_goes_below_once() {
        let mut state = State::default();
        assert_eq!(take(&mut state, given("一\n二")).notes.added, 1);
        assert_eq!(take(&mut state, given("一\r\n二")).notes.same, 1);
        assert_eq!(take(&mut state, given("三")).notes.conflicts, 1);
        let joined = "一\n二\n———\n三";
        assert_eq!(state.note("1-1"), joined);
        for again in ["三", "一\n二", joined] {
            assert_eq!(take(&mut state, given(again)).notes.same, 1, "{again}");
        }
        take(&mut state, given("三\n———\n四"));
        assert_eq!(state.note("1-1"), "一\n二\n———\n三\n———\n四");
    }

    #[test]
    fn what_is_too_long_is_refused_whole() {
        let mut state = State::default();
        let long = "长".repeat(NOTE_LIMIT);
        assert_eq!(take(&mut state, given(&long)).notes.added, 1);
        let outcome = take(&mut state, given("短"));
        let amiss = Amiss::NoteLength(NOTE_LIMIT + 6);
        assert_eq!(
            outcome.refused,
            [(Position::Line(2), "1-1".to_owned(), amiss)]
        );
        let tag = "长".repeat(TAG_LIMIT + 1);
        let tags = vec![tag.clone(), "短".to_owned()];
        let outcome = take(&mut state, Given { tags, ..given("") });
        assert_eq!(outcome.tags.added, 1);
        assert_eq!(outcome.refused[0].2, Amiss::TagLength(tag, TAG_LIMIT + 1));
        assert_eq!(state.note("1-1"), long);
    }

    #[test]
    fn a_passage_with_other_words_at_its_place_stays() {
        let mut state = State::default();
        let passages = |quote: &str| {
            let span = CharSpan::new(2, 4);
            let quote = quote.to_owned();
            Given {
                passages: vec![Passage { span, quote }],
                ..given("")
            }
        };
        assert_eq!(take(&mut state, passages("试点")).passages.added, 1);
        assert_eq!(take(&mut state, passages("试点")).passages.same, 1);
        let outcome = take(&mut state, passages("改革"));
        assert_eq!(outcome.passages.conflicts, 1);
        assert!(outcome.changes.is_empty());
        assert_eq!(state.passages("1-1")[0].quote, "试点");
    }
}
