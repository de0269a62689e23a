//! Where each case has a word best.
//!
//! Cases are looked at in runs of as many as share a segment of text, in two
//! threads where there are many: the fields of one case are independent of those
//! of all others.

use std::ops::Range;
use std::thread;

use memchr::memmem::Finder;

use super::cases::CaseSet;
use super::expand;
use super::index::Index;
use super::lines::{self, Lines};
use super::matcher::{Found, Matcher};
use super::pairs;
use super::rank::{self, How, Place, Scope};
use super::texts::{SEGMENT, Segment};
use super::word::{self, Word};
use super::{Field, Group};

/// From how many segments on two threads are faster than one.
const MANY: usize = 4;

/// How often a word is counted in one text: beyond that it is simply dense.
const MOST_OCCURRENCES: u32 = 16;

/// How far behind its first occurrence a spelled word is counted, in
/// characters: running a matcher along text is slow.
const COUNTED: usize = 512;

/// Up to how many words a spelling is written out to and each of them looked
/// for; more are looked for at once, by the matcher.
const FEW_WORDS: usize = 8;

/// In which fields a word is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fields {
    All,
    Org,
    Title,
    Text,
}

impl Fields {
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
    /// Whether to give up, because nobody waits for the answer any more.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

impl Effort<'_> {
    /// Everything, whatever it costs.
    pub const FULL: Self = Self {
        text: true,
        stop: &|| false,
    };
}

/// The best place of any of some words, for every case of the library; only
/// those in `among` are looked at.
pub fn places(
    index: &Index,
    words: &[Word],
    fields: Fields,
    among: &CaseSet,
    effort: Effort<'_>,
) -> Vec<Place> {
    let mut places = vec![Place::NONE; index.cases()];
    let sought: Vec<Sought<'_>> = words
        .iter()
        .map(|word| Sought::new(index, word, fields, effort))
        .collect();
    let run = |runs: &mut [(usize, &mut [Place])]| {
        for (number, places) in runs {
            if (effort.stop)() {
                return;
            }
            let run = Run {
                index,
                among,
                fields,
                first: *number * SEGMENT,
            };
            run.look(&sought, places);
        }
    };
    let mut runs: Vec<_> = places.chunks_mut(SEGMENT).enumerate().collect();
    if runs.len() < MANY {
        run(&mut runs);
    } else {
        let mut other = runs.split_off(runs.len() / 2);
        thread::scope(|scope| {
            scope.spawn(|| run(&mut other));
            run(&mut runs);
        });
    }
    places
}

/// Whether any case has a place.
pub fn any(places: &[Place]) -> bool {
    places.iter().any(|place| !place.is_none())
}

/// A word, with what about it is the same for all cases.
struct Sought<'a> {
    word: &'a Word,
    group: Group,
    /// The best place in the names of every body and area.
    of_owner: Option<Vec<Place>>,
    years: Vec<(u16, Scope)>,
    text: Vec<InText<'a>>,
}

/// One way to look for a word in running text.
enum InText<'a> {
    /// As it stands.
    Words(Vec<Needle>, Group, How),
    /// By running the matcher along texts that may hold one of some words, if
    /// they could be written out.
    Matcher(&'a Matcher, Option<Vec<Vec<u32>>>, Group),
}

/// A word to be found in text.
struct Needle {
    finder: Finder<'static>,
    characters: usize,
    /// What [`Segment::may_have`] asks for.
    mixed: Vec<u32>,
}

impl Needle {
    fn new(codes: &[u16]) -> Self {
        Self {
            finder: word::finder(codes),
            characters: codes.len(),
            mixed: pairs::mixed(codes),
        }
    }
}

impl<'a> Sought<'a> {
    fn new(index: &Index, word: &'a Word, fields: Fields, effort: Effort<'_>) -> Self {
        let by_sound = word.is_by_sound();
        let group = if by_sound {
            Group::Homophone
        } else {
            Group::Exact
        };
        let text = effort.text && fields.has(Field::Text);
        Self {
            word,
            group,
            of_owner: fields
                .has(Field::Org)
                .then(|| of_owner(index, word, group))
                .flatten(),
            years: if fields == Fields::All {
                years(index, word)
            } else {
                Vec::new()
            },
            text: if text {
                in_text(index, word)
            } else {
                Vec::new()
            },
        }
    }
}

/// The best place of a word in the names of every body and area; `None` where it
/// is in none.
fn of_owner(index: &Index, word: &Word, group: Group) -> Option<Vec<Place>> {
    let names = &index.names;
    let lines = names.lines();
    let mut of_owner = vec![Place::NONE; names.owners()];
    for line in 0..lines.len() {
        if let Some(at) = word.in_line(lines, line) {
            let penalty = rank::penalty_in_line(at.start, at.end - at.start, lines.length(line));
            let scope = Scope::Field(Field::Org);
            let place = Place::new(group, scope, at.how, names.is_alias(line), penalty, line);
            let best = &mut of_owner[names.owner(line)];
            *best = (*best).min(place);
        }
    }
    any(&of_owner).then_some(of_owner)
}

/// The years of the library that a word is, or begins like.
fn years(index: &Index, word: &Word) -> Vec<(u16, Scope)> {
    let known = index.facets.known_years().iter();
    known
        .filter_map(|&year| Some((year, word.year_scope(year)?)))
        .collect()
}

/// The ways in which a word may stand in the text of the library at all.
fn in_text<'a>(index: &Index, word: &'a Word) -> Vec<InText<'a>> {
    let texts = &index.texts;
    let mut ways = Vec::new();
    if !word.is_by_sound() {
        let needle = Needle::new(word.codes());
        let somewhere = match word.codes() {
            [code] => texts.vocabulary().has(*code),
            _ => needle
                .mixed
                .iter()
                .all(|&mixed| texts.pairs().may_have(mixed)),
        };
        if somewhere {
            ways.push(InText::Words(vec![needle], Group::Exact, How::AsTyped));
        }
    }
    if let Some(matcher) = word.text_matcher() {
        let group = match word.is_by_sound() {
            true => Group::Homophone,
            false => Group::PinyinInText,
        };
        match expand::expand(matcher, &index.vocabulary, texts.pairs()) {
            Some(words) if words.len() <= FEW_WORDS => {
                let needles: Vec<Needle> = words.iter().map(|word| Needle::new(word)).collect();
                if !needles.is_empty() {
                    ways.push(InText::Words(needles, group, How::Syllables));
                }
            }
            words => {
                let mixed = |words: Vec<Vec<u16>>| {
                    let words = words.iter();
                    words.map(|word| pairs::mixed(word)).collect()
                };
                ways.push(InText::Matcher(matcher, words.map(mixed), group));
            }
        }
    }
    ways
}

/// Consecutive cases, from `first` on.
struct Run<'a> {
    index: &'a Index,
    among: &'a CaseSet,
    fields: Fields,
    first: usize,
}

impl Run<'_> {
    fn look(&self, sought: &[Sought<'_>], places: &mut [Place]) {
        if !self.cases(places).any(|_| true) {
            return;
        }
        for sought in sought {
            if self.fields.has(Field::Title) {
                self.in_titles(sought, places);
            }
            if let Some(of_owner) = &sought.of_owner {
                self.in_names(of_owner, places);
            }
            if self.fields.has(Field::Heading) {
                self.in_headings(sought, places);
            }
            if !sought.years.is_empty() {
                self.in_years(&sought.years, places);
            }
        }
        // Text is by far the longest field: only what has no better place.
        for way in sought.iter().flat_map(|sought| &sought.text) {
            self.in_texts(way, places);
        }
    }

    /// The cases of the run that are asked for.
    fn cases(&self, places: &[Place]) -> impl Iterator<Item = usize> + use<'_> {
        self.among.iter_in(self.first..self.first + places.len())
    }

    fn in_titles(&self, sought: &Sought<'_>, places: &mut [Place]) {
        let scope = Scope::Field(Field::Title);
        let lines = self.first..self.first + places.len();
        in_lines(sought, &self.index.titles, lines, scope, |case, place| {
            if self.among.contains(case) {
                improve(&mut places[case - self.first], place);
            }
        });
    }

    fn in_names(&self, of_owner: &[Place], places: &mut [Place]) {
        for case in self.cases(places) {
            for &owner in self.index.names.of_case(case) {
                improve(&mut places[case - self.first], of_owner[owner as usize]);
            }
        }
    }

    fn in_headings(&self, sought: &Sought<'_>, places: &mut [Place]) {
        let headings = &self.index.headings;
        let scope = Scope::Field(Field::Heading);
        let lines = headings.of_cases(self.first..self.first + places.len());
        in_lines(sought, headings.lines(), lines, scope, |line, place| {
            let case = headings.case(line);
            if self.among.contains(case) {
                improve(&mut places[case - self.first], place);
            }
        });
    }

    fn in_years(&self, years: &[(u16, Scope)], places: &mut [Place]) {
        for case in self.cases(places) {
            let year = self.index.facets.year(case);
            if let Some(&(_, scope)) = years.iter().find(|&&(known, _)| known == year) {
                let place = Place::new(Group::Exact, scope, How::AsTyped, false, 0, 0);
                improve(&mut places[case - self.first], place);
            }
        }
    }

    fn in_texts(&self, way: &InText<'_>, places: &mut [Place]) {
        let Some((segment, _)) = self.index.texts.find(self.first) else {
            return;
        };
        for case in self.cases(places) {
            let case = case - self.first;
            if places[case].is_none() {
                places[case] = match way {
                    InText::Words(needles, group, how) => {
                        in_one(segment, case, needles, *group, *how)
                    }
                    InText::Matcher(matcher, gate, group) => {
                        let may_have = |words: &Vec<Vec<u32>>| {
                            words.iter().any(|word| segment.may_have(case, word))
                        };
                        match gate.as_ref().is_none_or(may_have) {
                            true => along(segment, case, matcher, *group),
                            false => Place::NONE,
                        }
                    }
                };
            }
        }
    }
}

fn improve(place: &mut Place, other: Place) {
    *place = (*place).min(other);
}

/// Tells `hit` the lines that hold a word, and the place of the word there.
#[inline]
fn in_lines(
    sought: &Sought<'_>,
    lines: &Lines,
    range: Range<usize>,
    scope: Scope,
    mut hit: impl FnMut(usize, Place),
) {
    let word = sought.word;
    let Some((matcher, sequences)) = word.line_matcher() else {
        lines.find(word.line_finder(), range, |line, start| {
            hit(line, literal(sought, lines, line, start, scope));
        });
        return;
    };
    for (line, has_letters) in lines.may_hold(sequences, range) {
        let text = lines.line(line);
        let start = match has_letters && !word.is_by_sound() {
            true => lines::find_code(word.line_finder(), text),
            false => None,
        };
        if let Some(start) = start {
            hit(line, literal(sought, lines, line, start, scope));
        } else if let Some(found) = matcher.find(lines::codes(text)) {
            hit(line, spelled(sought, found, lines, line, scope));
        }
    }
}

/// The place of a word as typed, found at `start` of a line.
fn literal(sought: &Sought<'_>, lines: &Lines, line: usize, start: usize, scope: Scope) -> Place {
    match sought.word.literal_in(lines, line, start) {
        Some(at) => {
            let penalty = rank::penalty_in_line(start, at.end - start, lines.length(line));
            Place::new(sought.group, scope, at.how, false, penalty, line)
        }
        None => Place::NONE,
    }
}

/// The place of a spelled word in a line.
#[inline]
fn spelled(sought: &Sought<'_>, found: Found, lines: &Lines, line: usize, scope: Scope) -> Place {
    let characters = sought.word.characters(found.fit);
    let start = found.end.saturating_sub(characters);
    let penalty = rank::penalty_in_line(start, characters, lines.length(line));
    Place::new(
        sought.group,
        scope,
        word::how(found.fit),
        false,
        penalty,
        line,
    )
}

/// The place of the first of some words in a text. It tells where a word as
/// typed begins, and where one that was spelled ends.
fn in_one(segment: &Segment, case: usize, needles: &[Needle], group: Group, how: How) -> Place {
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
fn along(segment: &Segment, case: usize, matcher: &Matcher, group: Group) -> Place {
    let text = segment.text(case);
    let Some(end) = matcher.find_whole(lines::codes(text)) else {
        return Place::NONE;
    };
    let rest = &text[2 * end..text.len().min(2 * (end + COUNTED))];
    let count = 1 + matcher.count_whole(lines::codes(rest), MOST_OCCURRENCES - 1);
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
