//! Where each case has a word best.
//!
//! Cases are looked at in runs of as many as share a segment of text, in two
//! threads where there are many: the fields of one case are independent of those
//! of all others.

use std::cell::RefCell;
use std::ops::Range;
use std::{mem, thread};

use super::cases::CaseSet;
use super::index::Index;
use super::letters::Answer;
use super::lines::{self, Lines};
use super::matcher::{self, Matcher};
use super::query;
use super::rank::{self, How, Place, Scope};
use super::texts::{SEGMENT, Segment};
use super::ways::{InLines, InText, Needle, Ways};
use super::word::{self, InLine, Word};
use super::{Field, Group};

/// From how many segments on two threads are faster than one.
const MANY: usize = 4;

/// How often a word is counted in one text: beyond that it is simply dense.
const MOST_OCCURRENCES: u32 = 16;

/// How far behind its first occurrence a spelled word is counted, in
/// characters: running a matcher along text is slow.
const COUNTED: usize = 512;

/// In which fields a word is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fields {
    All,
    Org,
    Title,
    Text,
}

impl Fields {
    /// Where the words of a field of a query are looked for; `None` for a field
    /// that is picked from a list.
    pub fn of(field: query::Field) -> Option<Self> {
        match field {
            query::Field::Org => Some(Self::Org),
            query::Field::Title => Some(Self::Title),
            query::Field::Text => Some(Self::Text),
            _ => None,
        }
    }

    pub fn has(self, field: Field) -> bool {
        match self {
            Self::All => true,
            Self::Org => field == Field::Org,
            Self::Title => field == Field::Title,
            Self::Text => matches!(field, Field::Heading | Field::Text),
        }
    }
}

/// How much of the library is looked at.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    /// Whether running text is looked at, which is most of the work.
    pub text: bool,
    /// Whether words that stand nowhere are tried by their sound, and scattered.
    pub guesses: Guesses,
    /// Whether to give up, because nobody waits for the answer any more.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

/// When cases are found by what was perhaps meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guesses {
    Never,
    /// Beside others that were found for sure.
    ToAdd,
    Always,
}

impl Effort<'_> {
    /// Everything, whatever it costs.
    pub const FULL: Self = Self {
        text: true,
        guesses: Guesses::Always,
        stop: &|| false,
    };
}

/// The best place of a word, or of any of some words, in every case.
#[derive(Debug)]
pub struct Places {
    /// The places' complements, so that 0 is no place.
    complements: Vec<u64>,
    found: CaseSet,
}

thread_local! {
    /// Memory of places that are no longer needed: for a million cases it would
    /// cost a fifth of a search to have the system clear it anew each time.
    static SPARE: RefCell<Vec<Vec<u64>>> = const { RefCell::new(Vec::new()) };
}

/// How much of it is kept.
const MOST_SPARE: usize = 3;

impl Drop for Places {
    fn drop(&mut self) {
        let memory = mem::take(&mut self.complements);
        SPARE.with_borrow_mut(|spare| {
            if spare.len() < MOST_SPARE {
                spare.push(memory);
            }
        });
    }
}

impl Places {
    /// Places whose memory may hold anything: every run clears its own.
    fn unclear(cases: usize) -> Self {
        let spare = SPARE.with_borrow_mut(Vec::pop);
        let mut complements = spare.unwrap_or_default();
        complements.resize(cases, 0);
        Self {
            complements,
            found: CaseSet::none(cases),
        }
    }

    #[inline]
    pub fn of(&self, case: usize) -> Place {
        Place::from_bits(!self.complements[case])
    }

    /// Notes a place, unless the case has a better one.
    pub fn improve(&mut self, case: usize, place: Place) {
        self.complements[case] = self.complements[case].max(!place.bits());
        self.found.insert(case);
    }

    /// The cases that have a place.
    pub fn found(&self) -> &CaseSet {
        &self.found
    }
}

/// The best place of any of some words, for every case of the library; only
/// those in `among` are looked at.
pub fn places(
    index: &Index,
    words: &[Word],
    fields: Fields,
    among: &CaseSet,
    effort: Effort<'_>,
) -> Places {
    let mut places = Places::unclear(index.cases());
    let ways = words
        .iter()
        .map(|word| Ways::of(index, word, fields, effort.text));
    let ways: Vec<Ways<'_>> = ways.collect();
    let look = |runs: &mut [Run<'_>]| {
        for run in runs {
            if (effort.stop)() {
                return;
            }
            run.look(&ways);
        }
    };
    let complements = places.complements.chunks_mut(SEGMENT);
    let found = places.found.chunks_mut(SEGMENT);
    let runs = complements.zip(found).enumerate();
    let mut runs: Vec<Run<'_>> = runs
        .map(|(number, (complements, found))| Run {
            index,
            fields,
            among,
            first: number * SEGMENT,
            complements,
            found,
        })
        .collect();
    if runs.len() < MANY {
        look(&mut runs);
    } else {
        let mut other = runs.split_off(runs.len() / 2);
        thread::scope(|scope| {
            scope.spawn(|| look(&mut other));
            look(&mut runs);
        });
    }
    drop(runs);
    places
}

/// Consecutive cases, from `first` on, and what is found in them.
struct Run<'a> {
    index: &'a Index,
    fields: Fields,
    among: &'a CaseSet,
    first: usize,
    complements: &'a mut [u64],
    found: &'a mut [u64],
}

impl Run<'_> {
    fn look(&mut self, words: &[Ways<'_>]) {
        self.complements.fill(0);
        if self.among.iter_in(self.range()).next().is_none() {
            return;
        }
        for word in words {
            if self.fields.has(Field::Title) {
                self.in_titles(word);
            }
            if let Some(of_owner) = &word.of_owner {
                self.in_names(of_owner);
            }
            if self.fields.has(Field::Heading) {
                self.in_headings(word);
            }
            if let Some(case) = word.id.filter(|case| self.range().contains(case)) {
                self.improve(case, of_record(Scope::Record));
            }
            if !word.years.is_empty() {
                self.in_years(&word.years);
            }
        }
        // Text is by far the longest field: only what has no better place.
        for way in words.iter().flat_map(|word| &word.in_text) {
            self.in_texts(way);
        }
    }

    fn range(&self) -> Range<usize> {
        self.first..self.first + self.complements.len()
    }

    #[inline]
    fn improve(&mut self, case: usize, place: Place) {
        if !place.is_none() && self.among.contains(case) {
            let case = case - self.first;
            self.complements[case] = self.complements[case].max(!place.bits());
            self.found[case / 64] |= 1 << (case % 64);
        }
    }

    fn in_titles(&mut self, word: &Ways<'_>) {
        let index = self.index;
        let (InLines::Matcher(matcher, sequences), range) = (&word.in_lines, self.range()) else {
            return self.in_titles_of(word, self.range());
        };
        let letter = matcher.first_letter().filter(|_| sequences.are_in_all());
        let answers = letter.and_then(|letter| index.title_letters.answers(letter, range.clone()));
        let Some(answers) = answers else {
            return self.in_titles_of(word, range);
        };
        let titles = &index.titles;
        for (case, answer) in answers {
            let at = match answer {
                Answer::Nowhere => continue,
                Answer::Look => {
                    self.in_titles_of(word, case..case + 1);
                    continue;
                }
                Answer::At(start) if matcher.is_lone_letter() => Some(InLine {
                    how: How::Initials,
                    start,
                    end: start + 1,
                }),
                Answer::At(first) => {
                    let found =
                        matcher.find(&titles.line(case)[2 * first..], titles.has_letters(case));
                    found.map(|found| spelled(word.word, found, first))
                }
            };
            let scope = Scope::Field(Field::Title);
            self.improve(case, in_line(word.group, at, titles, case, scope));
        }
    }

    fn in_titles_of(&mut self, word: &Ways<'_>, cases: Range<usize>) {
        let titles = &self.index.titles;
        let scope = Scope::Field(Field::Title);
        look_in_lines(word, titles, cases, scope, |case, place| {
            self.improve(case, place);
        });
    }

    fn in_names(&mut self, of_owner: &[Place]) {
        let index = self.index;
        for (case, owner) in index.names.of_cases(self.range()) {
            self.improve(case, of_owner[owner]);
        }
    }

    fn in_headings(&mut self, word: &Ways<'_>) {
        if self.index.headings.of_cases(self.range()).is_empty() {
            return;
        }
        match word.in_lines {
            InLines::Words(_) => self.in_headings_of(word, self.range()),
            // Running the matcher is slow: only where there is no better place.
            InLines::Matcher(..) => {
                let scope = Scope::Field(Field::Heading);
                let best = Place::new(word.group, scope, How::AsTyped, false, 0, 0);
                let Range { mut start, end } = self.range();
                while start < end {
                    let is_done = |case: &usize| {
                        !self.complements[case - self.first] < best.bits()
                            || !self.among.contains(*case)
                    };
                    let first = (start..end).find(|case| !is_done(case)).unwrap_or(end);
                    let next = (first..end).find(is_done).unwrap_or(end);
                    self.in_headings_of(word, first..next);
                    start = next;
                }
            }
        }
    }

    fn in_headings_of(&mut self, word: &Ways<'_>, cases: Range<usize>) {
        let headings = &self.index.headings;
        let lines = headings.of_cases(cases);
        let scope = Scope::Field(Field::Heading);
        look_in_lines(word, headings.lines(), lines, scope, |line, place| {
            self.improve(headings.case(line), place);
        });
    }

    fn in_years(&mut self, years: &[(u16, Scope)]) {
        for case in self.among.iter_in(self.range()) {
            let year = self.index.facets.year(case);
            if let Some(&(_, scope)) = years.iter().find(|&&(known, _)| known == year) {
                self.improve(case, of_record(scope));
            }
        }
    }

    fn in_texts(&mut self, way: &InText<'_>) {
        let Some((segment, _)) = self.index.texts.find(self.first) else {
            return;
        };
        for case in self.among.iter_in(self.range()) {
            let in_segment = case - self.first;
            if self.complements[in_segment] != 0 {
                continue;
            }
            let place = match way {
                InText::Words(needles, group, how) => {
                    find_words(segment, in_segment, needles, *group, *how)
                }
                InText::Matcher(matcher, gate, group) => {
                    let may_have = |words: &Vec<Vec<u32>>| {
                        words.iter().any(|word| segment.may_have(in_segment, word))
                    };
                    match gate.as_ref().is_none_or(may_have) {
                        true => find_along(segment, in_segment, matcher, *group),
                        false => Place::NONE,
                    }
                }
            };
            self.improve(case, place);
        }
    }
}

/// The place of a word that means the case as a whole.
fn of_record(scope: Scope) -> Place {
    Place::new(Group::Exact, scope, How::AsTyped, false, 0, 0)
}

/// Tells `hit` the lines that hold a word, and the place of the word there.
#[inline]
fn look_in_lines(
    ways: &Ways<'_>,
    lines: &Lines,
    range: Range<usize>,
    scope: Scope,
    mut hit: impl FnMut(usize, Place),
) {
    match &ways.in_lines {
        InLines::Words(needles) => needles.find(lines, range, |line, start, needle| {
            let at = match needle.how {
                None => ways.word.literal_in(lines, line, start),
                Some(how) => Some(InLine {
                    how,
                    start,
                    end: start + needle.characters(),
                }),
            };
            hit(line, in_line(ways.group, at, lines, line, scope));
        }),
        InLines::Matcher(matcher, sequences) => {
            for (line, text, has_letters) in lines.may_hold(sequences, range) {
                let typed = match has_letters && !ways.word.is_by_sound() {
                    true => lines::find_code(ways.word.line_finder(), text),
                    false => None,
                };
                let typed = typed.and_then(|start| ways.word.literal_in(lines, line, start));
                let spelled = || Some(spelled(ways.word, matcher.find(text, has_letters)?, 0));
                let at = typed.or_else(spelled);
                hit(line, in_line(ways.group, at, lines, line, scope));
            }
        }
    }
}

/// Roughly where a spelled word lies in a line that was looked at from `first` on.
#[inline]
fn spelled(word: &Word, found: matcher::Found, first: usize) -> InLine {
    let end = first + found.end;
    InLine {
        how: word::how(found.fit),
        start: end.saturating_sub(word.characters(found.fit)),
        end,
    }
}

/// The place of a word that lies in a line so.
#[inline]
fn in_line(group: Group, at: Option<InLine>, lines: &Lines, line: usize, scope: Scope) -> Place {
    match at {
        Some(at) => {
            let penalty = rank::penalty_in_line(at.start, at.end - at.start, lines.length(line));
            Place::new(group, scope, at.how, false, penalty, line)
        }
        None => Place::NONE,
    }
}

/// The place of the first of some words in a text. It tells where a word as
/// typed begins, and where one that was spelled ends.
fn find_words(segment: &Segment, case: usize, needles: &[Needle], group: Group, how: How) -> Place {
    let text = segment.text(case);
    let mut first: Option<(usize, usize)> = None;
    let mut count = 0;
    for needle in needles {
        if !segment.may_have(case, &needle.mixed) {
            continue;
        }
        let mut at = 0;
        while let Some(found) = lines::find_code(&needle.finder, &text[2 * at..]) {
            let start = at + found;
            at = start + needle.characters;
            if first.is_none_or(|(known, _)| start < known) {
                first = Some((start, at));
            }
            count += 1;
            if count >= MOST_OCCURRENCES {
                break;
            }
        }
    }
    match first {
        Some((start, end)) => {
            let penalty = rank::penalty_in_text(start, count, text.len() / 2);
            let at = if how == How::AsTyped { start } else { end };
            Place::new(group, Scope::Field(Field::Text), how, false, penalty, at)
        }
        None => Place::NONE,
    }
}

/// The place of a word in a text, by its matcher; it tells where the word ends.
fn find_along(segment: &Segment, case: usize, matcher: &Matcher, group: Group) -> Place {
    let text = segment.text(case);
    let Some(end) = matcher.find_whole(text) else {
        return Place::NONE;
    };
    let rest = &text[2 * end..text.len().min(2 * (end + COUNTED))];
    let count = 1 + matcher.count_whole(rest, MOST_OCCURRENCES - 1);
    let penalty = rank::penalty_in_text(end, count, text.len() / 2);
    Place::new(
        group,
        Scope::Field(Field::Text),
        How::Syllables,
        false,
        penalty,
        end,
    )
}

#[cfg(test)]
mod tests {
    use std::slice;
    use std::sync::Arc;

    use super::*;
    use crate::search::query::Phrase;
    use crate::search::vocabulary::ReadAlike;
    use crate::seeds;
    use crate::seeds::catalog::Catalog;

    #[test]
    fn titles_have_a_word_where_each_by_itself_has_it() {
        let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
        let index = Index::build(Arc::new(corpus));
        let all = CaseSet::all(index.cases());
        for text in [
            "d", "b", "x", "e", "sh", "zh", "shi", "xian", "ji", "di", "d'", "dt", "ditie", "创新",
        ] {
            let phrase = Phrase {
                text: text.to_owned(),
                quoted: false,
            };
            let word = Word::new(&phrase, &index.spellings, ReadAlike::all()).expect("a word");
            let places = places(
                &index,
                slice::from_ref(&word),
                Fields::Title,
                &all,
                Effort::FULL,
            );
            for case in 0..index.cases() {
                let at = word.in_line(&index.titles, case);
                assert_eq!(
                    places.found().contains(case),
                    at.is_some(),
                    "{text} in {case}"
                );
                if let Some(at) = at {
                    let how = places.of(case).how_bits();
                    assert_eq!(how, at.how as u64, "{text} in {case}");
                }
            }
        }
    }
}
