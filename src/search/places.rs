//! Where each case has a word best.
//!
//! Cases are looked at in runs of as many as share a segment of text, in two
//! threads where there are many: the fields of one case are independent of those
//! of all others.

use std::cell::RefCell;
use std::ops::Range;
use std::{mem, thread};

use memchr::memmem::Finder;

use super::cases::CaseSet;
use super::expand::{self, Meaning};
use super::index::Index;
use super::initials::Sequences;
use super::lines::{self, Lines};
use super::matcher::{Fit, Matcher};
use super::pairs::{self, Pairs};
use super::rank::{self, How, Place, Scope};
use super::texts::{SEGMENT, Segment};
use super::vocabulary::Vocabulary;
use super::word::{self, InLine, Word};
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

/// Up to how many words a text is asked for before the matcher runs along it.
const MANY_WORDS: usize = 96;

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
    /// Whether words that stand nowhere are tried by their sound, and scattered.
    pub guesses: bool,
    /// Whether to give up, because nobody waits for the answer any more.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

impl Effort<'_> {
    /// Everything, whatever it costs.
    pub const FULL: Self = Self {
        text: true,
        guesses: true,
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
    let sought: Vec<Sought<'_>> = words
        .iter()
        .map(|word| Sought::new(index, word, fields, effort))
        .collect();
    let look = |runs: &mut [Run<'_>]| {
        for run in runs {
            if (effort.stop)() {
                return;
            }
            run.look(&sought);
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

/// A word, with what about it is the same for all cases.
struct Sought<'a> {
    word: &'a Word,
    group: Group,
    in_lines: InLines<'a>,
    /// The best place in the names of every body and area.
    of_owner: Option<Vec<Place>>,
    years: Vec<(u16, Scope)>,
    in_text: Vec<InText<'a>>,
}

/// How a word is looked for in titles and headings.
enum InLines<'a> {
    /// As some words that it may mean.
    Words(Vec<LineNeedle>),
    /// By running the matcher along lines that have its initials.
    Matcher(&'a Matcher, &'a Sequences),
}

/// A word to be found in lines.
struct LineNeedle {
    finder: Finder<'static>,
    characters: usize,
    /// `None` for the word as typed.
    how: Option<How>,
}

/// One way to look for a word in running text.
enum InText<'a> {
    /// As some words that it may mean.
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
            in_lines: in_lines(index, word),
            of_owner: fields
                .has(Field::Org)
                .then(|| of_owner(index, word, group))
                .flatten(),
            years: if fields == Fields::All {
                years(index, word)
            } else {
                Vec::new()
            },
            in_text: if text {
                in_text(index, word)
            } else {
                Vec::new()
            },
        }
    }
}

/// Whether a word may stand in texts of these pairs and characters.
fn may_stand(word: &[u16], pairs: &Pairs, vocabulary: &Vocabulary) -> bool {
    match word {
        [code] => vocabulary.has(*code),
        _ => pairs::mixed(word)
            .iter()
            .all(|&mixed| pairs.may_have(mixed)),
    }
}

fn in_lines<'a>(index: &Index, word: &'a Word) -> InLines<'a> {
    let typed = word.line_codes();
    let needle = |codes: &[u16], how| LineNeedle {
        finder: word::finder(codes),
        characters: codes.len(),
        how,
    };
    let Some((matcher, sequences)) = word.line_matcher() else {
        let somewhere = may_stand(typed, &index.line_pairs, &index.seen);
        return InLines::Words(somewhere.then(|| needle(typed, None)).into_iter().collect());
    };
    let expanded = expand::expand(
        matcher,
        true,
        &index.vocabulary,
        &index.line_pairs,
        FEW_WORDS,
    );
    match expanded {
        Some(meanings) => {
            let needles = meanings.iter().map(|meaning| {
                let how = if meaning.whole {
                    How::Syllables
                } else {
                    How::Initials
                };
                let as_typed = meaning.word == typed && !word.is_by_sound();
                needle(&meaning.word, (!as_typed).then_some(how))
            });
            InLines::Words(needles.collect())
        }
        None => InLines::Matcher(matcher, sequences),
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
    of_owner
        .iter()
        .any(|place| !place.is_none())
        .then_some(of_owner)
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
    let typed = word.codes();
    if !word.is_by_sound() && may_stand(typed, texts.pairs(), texts.vocabulary()) {
        ways.push(InText::Words(
            vec![Needle::new(typed)],
            Group::Exact,
            How::AsTyped,
        ));
    }
    let Some(matcher) = word.text_matcher() else {
        return ways;
    };
    let group = match word.is_by_sound() {
        true => Group::Homophone,
        false => Group::PinyinInText,
    };
    match expand::expand(matcher, false, &index.vocabulary, texts.pairs(), MANY_WORDS) {
        Some(meanings) if meanings.is_empty() => {}
        Some(meanings) if meanings.len() <= FEW_WORDS => {
            let needles = meanings.iter().map(|meaning| Needle::new(&meaning.word));
            ways.push(InText::Words(needles.collect(), group, How::Syllables));
        }
        meanings => {
            let mixed = |meanings: Vec<Meaning>| {
                let words = meanings.iter();
                words.map(|meaning| pairs::mixed(&meaning.word)).collect()
            };
            ways.push(InText::Matcher(matcher, meanings.map(mixed), group));
        }
    }
    ways
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
    fn look(&mut self, sought: &[Sought<'_>]) {
        self.complements.fill(0);
        if self.among.iter_in(self.range()).next().is_none() {
            return;
        }
        for sought in sought {
            if self.fields.has(Field::Title) {
                self.in_titles(sought);
            }
            if let Some(of_owner) = &sought.of_owner {
                self.in_names(of_owner);
            }
            if self.fields.has(Field::Heading) {
                self.in_headings(sought);
            }
            if !sought.years.is_empty() {
                self.in_years(&sought.years);
            }
        }
        // Text is by far the longest field: only what has no better place.
        for way in sought.iter().flat_map(|sought| &sought.in_text) {
            self.in_texts(way);
        }
    }

    fn range(&self) -> Range<usize> {
        self.first..self.first + self.complements.len()
    }

    #[inline]
    fn improve(&mut self, case: usize, place: Place) {
        if self.among.contains(case) && !place.is_none() {
            let case = case - self.first;
            self.complements[case] = self.complements[case].max(!place.bits());
            self.found[case / 64] |= 1 << (case % 64);
        }
    }

    fn in_titles(&mut self, sought: &Sought<'_>) {
        let titles = &self.index.titles;
        let scope = Scope::Field(Field::Title);
        look_in_lines(sought, titles, self.range(), scope, |case, place| {
            self.improve(case, place)
        });
    }

    fn in_names(&mut self, of_owner: &[Place]) {
        let index = self.index;
        for case in self.among.iter_in(self.range()) {
            for &owner in index.names.of_case(case) {
                self.improve(case, of_owner[owner as usize]);
            }
        }
    }

    fn in_headings(&mut self, sought: &Sought<'_>) {
        let headings = &self.index.headings;
        let scope = Scope::Field(Field::Heading);
        let lines = headings.of_cases(self.range());
        look_in_lines(sought, headings.lines(), lines, scope, |line, place| {
            self.improve(headings.case(line), place);
        });
    }

    fn in_years(&mut self, years: &[(u16, Scope)]) {
        for case in self.among.iter_in(self.range()) {
            let year = self.index.facets.year(case);
            if let Some(&(_, scope)) = years.iter().find(|&&(known, _)| known == year) {
                let place = Place::new(Group::Exact, scope, How::AsTyped, false, 0, 0);
                self.improve(case, place);
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

/// Tells `hit` the lines that hold a word, and the place of the word there.
#[inline]
fn look_in_lines(
    sought: &Sought<'_>,
    lines: &Lines,
    range: Range<usize>,
    scope: Scope,
    mut hit: impl FnMut(usize, Place),
) {
    match &sought.in_lines {
        InLines::Words(needles) => {
            for needle in needles {
                lines.find(&needle.finder, range.clone(), |line, start| {
                    let at = match needle.how {
                        None => sought.word.literal_in(lines, line, start),
                        Some(how) => Some(InLine {
                            how,
                            start,
                            end: start + needle.characters,
                        }),
                    };
                    hit(line, in_line(sought.group, at, lines, line, scope));
                });
            }
        }
        InLines::Matcher(matcher, sequences) => {
            let characters = [Fit::Syllables, Fit::Initials].map(|fit| sought.word.characters(fit));
            for (line, has_letters) in lines.may_hold(sequences, range) {
                let text = lines.line(line);
                let typed = match has_letters && !sought.word.is_by_sound() {
                    true => lines::find_code(sought.word.line_finder(), text),
                    false => None,
                };
                let typed = typed.and_then(|start| sought.word.literal_in(lines, line, start));
                let at = typed.or_else(|| {
                    let found = matcher.find(text)?;
                    Some(InLine {
                        how: word::how(found.fit),
                        start: found.end.saturating_sub(characters[found.fit as usize]),
                        end: found.end,
                    })
                });
                hit(line, in_line(sought.group, at, lines, line, scope));
            }
        }
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
