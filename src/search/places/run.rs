//! Looking for words in some consecutive cases.

use std::hint::black_box;
use std::ops::Range;

use crate::search::cases::CaseSet;
use crate::search::gate::Gate;
use crate::search::in_lines::Seeker;
use crate::search::index::Index;
use crate::search::lines::Lines;
use crate::search::matcher::Matcher;
use crate::search::rank::{self, How, Place, Scope};
use crate::search::texts::Segment;
use crate::search::ways::{InText, Needle, Ways};
use crate::search::word::InLine;
use crate::search::{Field, Group};

/// How many texts are made ready together, before which it is asked whether anybody
/// still waits.
const TEXTS_AHEAD: usize = 64;

/// How often a word is counted in one text: beyond that it is simply dense.
const MOST_OCCURRENCES: u32 = 16;

/// How far behind its first occurrence a spelled word is counted, in
/// characters: running a matcher along text is slow.
const COUNTED: usize = 512;

/// Finds a word in titles and in headings, run after run.
pub(super) struct Seekers<'a> {
    titles: Option<Seeker<'a>>,
    headings: Option<Seeker<'a>>,
}

impl<'a> Seekers<'a> {
    pub(super) fn of(index: &'a Index, word: &'a Ways<'_>) -> Self {
        let seeker = |field, lines, postings| {
            let is_wanted = word.fields.has(field);
            is_wanted.then(|| Seeker::new(word.word, lines, postings))
        };
        let headings = &index.headings;
        Self {
            titles: seeker(Field::Title, &index.titles, &index.title_postings),
            headings: seeker(Field::Heading, headings.lines(), headings.postings()),
        }
    }
}

/// Consecutive cases, and what is found in them.
pub(super) struct Run<'a> {
    look: Look<'a>,
    /// One for every term.
    shares: Vec<Share<'a>>,
}

/// Which cases are looked at.
struct Look<'a> {
    index: &'a Index,
    among: &'a CaseSet,
    stop: &'a (dyn Fn() -> bool + Sync),
    cases: Range<usize>,
}

/// The places of a term in the cases of a run.
struct Share<'a> {
    first: usize,
    complements: &'a mut [u64],
    found: &'a mut [u64],
}

impl Share<'_> {
    #[inline]
    fn has(&self, case: usize) -> bool {
        self.complements[case - self.first] != 0
    }

    #[inline]
    fn place(&self, case: usize) -> Place {
        Place::from_bits(!self.complements[case - self.first])
    }

    /// Notes a place, unless the case has a better one.
    #[inline]
    fn improve(&mut self, case: usize, place: Place) {
        let complement = &mut self.complements[case - self.first];
        *complement = (*complement).max(!place.bits());
    }

    /// Notes those of some cases that have a place, 64 in a number.
    fn finish(&mut self, among: &[u64]) {
        let words = self.complements.chunks(64).zip(among).zip(&mut *self.found);
        for ((complements, among), found) in words {
            let bits = complements.iter().enumerate();
            let bits = bits.fold(0, |bits, (at, &complement)| {
                bits | u64::from(complement != 0) << at
            });
            *found = bits & among;
        }
    }
}

impl<'a> Run<'a> {
    pub(super) fn new(
        index: &'a Index,
        among: &'a CaseSet,
        stop: &'a (dyn Fn() -> bool + Sync),
        cases: Range<usize>,
    ) -> Self {
        Self {
            look: Look {
                index,
                among,
                stop,
                cases,
            },
            shares: Vec::new(),
        }
    }

    /// Adds a term, with the memory for its places, which may hold anything, and
    /// for the cases that it is in, which holds none.
    pub(super) fn add(&mut self, complements: &'a mut [u64], found: &'a mut [u64]) {
        self.shares.push(Share {
            first: self.look.cases.start,
            complements,
            found,
        });
    }

    /// Looks for every term in all of its fields.
    pub(super) fn look(&mut self, terms: &[Vec<Ways<'_>>], seekers: &mut [Vec<Seekers<'_>>]) {
        let Self { look, shares } = self;
        shares
            .iter_mut()
            .for_each(|share| share.complements.fill(0));
        if look.among.iter_in(look.cases.clone()).next().is_none() {
            return;
        }
        for ((words, seekers), share) in terms.iter().zip(seekers).zip(&mut *shares) {
            for (word, seekers) in words.iter().zip(seekers) {
                look.in_lines(word, seekers, share);
            }
        }
        if !terms.iter().flatten().all(Ways::are_in_lines) {
            look.in_texts(terms, shares);
        }
        let among = look.among.words(look.cases.clone());
        shares.iter_mut().for_each(|share| share.finish(among));
    }
}

impl Look<'_> {
    /// Looks for a word in what is short: titles, names, headings, what is known
    /// of a case as a whole.
    fn in_lines(&self, word: &Ways<'_>, seekers: &mut Seekers<'_>, share: &mut Share<'_>) {
        let (index, cases) = (self.index, self.cases.clone());
        if let Some(seeker) = &mut seekers.titles {
            let group = word.group;
            seeker.find(cases.clone(), |case, at| {
                let place = in_line(group, at, &index.titles, case, Field::Title);
                share.improve(case, place);
            });
        }
        if let Some(of_owner) = &word.of_owner {
            for (case, owner) in index.names.of_cases(cases.clone()) {
                share.improve(case, of_owner[owner]);
            }
        }
        if let Some(seeker) = &mut seekers.headings {
            let headings = &index.headings;
            seeker.find(headings.of_cases(cases.clone()), |line, at| {
                let place = in_line(word.group, at, headings.lines(), line, Field::Heading);
                share.improve(headings.case(line), place);
            });
        }
        for &(case, scope) in &word.ids {
            if scope == Scope::Record && cases.contains(&case) {
                share.improve(case, of_record(scope));
            }
        }
        if !word.years.is_empty() {
            for case in self.among.iter_in(cases) {
                let year = index.facets.year(case);
                if let Some(&(_, scope)) = word.years.iter().find(|&&(known, _)| known == year) {
                    share.improve(case, of_record(scope));
                }
            }
        }
    }

    /// Looks for every term in the text of cases where it has no better place, up to
    /// one that a case has not. All terms in one case before the next: its text is
    /// near the processor then.
    fn in_texts(&self, terms: &[Vec<Ways<'_>>], shares: &mut [Share<'_>]) {
        let mut cases = self.among.iter_in(self.cases.clone());
        let pairs = first_pairs(terms);
        let have_letters = terms
            .iter()
            .map(|words| words.iter().any(|word| word.letters_in_text().is_some()));
        let have_letters: Vec<bool> = have_letters.collect();
        let mut texts = Vec::with_capacity(TEXTS_AHEAD);
        while !(self.stop)() {
            texts.clear();
            texts.extend(cases.by_ref().take(TEXTS_AHEAD));
            if texts.is_empty() {
                return;
            }
            self.read_ahead(&texts, &pairs);
            for &case in &texts {
                let terms = terms.iter().zip(&have_letters);
                for ((words, have_letters), share) in terms.zip(&mut *shares) {
                    if !share.has(case) {
                        share.improve(case, self.in_text_of(case, words));
                    } else if *have_letters && share.place(case).is_spelled() {
                        share.improve(case, self.letters_in_text_of(case, words));
                    }
                    if !share.has(case) {
                        break;
                    }
                }
            }
        }
    }

    /// Brings near the processor what tells whether texts may have some pairs, which
    /// is quicker for many texts together than for one after the other.
    fn read_ahead(&self, texts: &[usize], pairs: &[u32]) {
        let texts = texts.iter().filter_map(|&case| self.index.texts.find(case));
        black_box(texts.fold(0, |sum, (segment, case)| {
            let signatures = pairs.iter().map(|&pair| segment.signature(case).word(pair));
            signatures.fold(sum, |sum, signature| sum ^ signature)
        }));
    }

    /// The best place in the text of a case of those words of a term that have letters,
    /// as typed.
    fn letters_in_text_of(&self, case: usize, words: &[Ways<'_>]) -> Place {
        let Some((segment, case)) = self.index.texts.find(case) else {
            return Place::NONE;
        };
        let ways = words.iter().filter_map(Ways::letters_in_text);
        let places = ways.map(|way| in_text(segment, case, way));
        places.min().unwrap_or(Place::NONE)
    }

    /// The best place of a term in the text of a case; else in its id, which begins
    /// like one of the words.
    fn in_text_of(&self, case: usize, words: &[Ways<'_>]) -> Place {
        if let Some((segment, in_segment)) = self.index.texts.find(case) {
            let in_text = |word: &Ways<'_>| {
                let places = word.in_text.iter();
                let mut places = places.map(|way| in_text(segment, in_segment, way));
                places.find(|place| !place.is_none())
            };
            if let Some(place) = words.iter().filter_map(in_text).min() {
                return place;
            }
        }
        let begins = |word: &Ways<'_>| {
            let ids = word.ids.binary_search_by_key(&case, |&(case, _)| case);
            ids.is_ok()
        };
        match words.iter().any(begins) {
            true => of_record(Scope::Begun),
            false => Place::NONE,
        }
    }
}

/// The pair of each word to be found in text that its signature is asked for first.
fn first_pairs(terms: &[Vec<Ways<'_>>]) -> Vec<u32> {
    let ways = terms.iter().flatten().flat_map(|word| &word.in_text);
    let needles = ways.flat_map(|way| match way {
        InText::Words(needles, _) => &**needles,
        InText::Matcher(..) => &[],
    });
    needles
        .filter_map(|needle| needle.mixed.first().copied())
        .collect()
}

/// The place of a word that means the case as a whole.
fn of_record(scope: Scope) -> Place {
    Place::new(Group::Exact, scope, How::AsTyped, false, 0, 0)
}

/// The place of a word that lies in a line so.
#[inline]
fn in_line(group: Group, at: InLine, lines: &Lines, line: usize, field: Field) -> Place {
    let scope = Scope::Field(field);
    Place::new(group, scope, at.how, false, at.penalty(lines, line), line)
}

/// The place of a word in a text, in one of its ways.
fn in_text(segment: &Segment, case: usize, way: &InText<'_>) -> Place {
    match way {
        InText::Words(needles, group) => find_words(segment, case, needles, *group),
        InText::Matcher(matcher, gate, group) => {
            let lets_in = |gate: &Gate| gate.lets_in(segment, case);
            match gate.as_ref().is_none_or(lets_in) {
                true => find_along(segment, case, matcher, *group),
                false => Place::NONE,
            }
        }
    }
}

/// Where some words stand in a text so: the first of them, and how many.
#[derive(Clone, Copy, Default)]
struct Occurrences {
    first: Option<(usize, usize)>,
    count: u32,
}

impl Occurrences {
    fn add(&mut self, start: usize, end: usize) {
        if self.first.is_none_or(|(known, _)| start < known) {
            self.first = Some((start, end));
        }
        self.count += 1;
    }
}

/// The place of the best of some words in a text. It tells where a word as typed
/// begins, and where one that was spelled ends.
fn find_words(segment: &Segment, case: usize, needles: &[Needle<'_>], group: Group) -> Place {
    let text = segment.text(case);
    // By how they lie, those that are cut out of a figure apart.
    let mut found = [[Occurrences::default(); 2]; 4];
    for needle in needles {
        if !segment
            .signature(case)
            .may_have_all(needle.mixed.iter().copied())
        {
            continue;
        }
        let mut at = 0;
        while let Some(next) = needle.finder.find(&text[2 * at..]) {
            let start = at + next;
            // Once it stands there as typed, the others only count.
            let known = found[How::AsTyped as usize][0].first;
            let how = match known.filter(|_| !needle.is_quoted()) {
                Some(_) => Some(How::AsTyped),
                None => needle.how(segment, case, start),
            };
            let Some(how) = how else {
                at = start + 1;
                continue;
            };
            at = start + needle.characters;
            let cut = needle.is_cut(text, start);
            let so = &mut found[how as usize][usize::from(cut)];
            so.add(start, at);
            if so.count >= MOST_OCCURRENCES && !cut && matches!(how, How::AsTyped | How::Syllables)
            {
                break;
            }
        }
    }
    let hows = [How::AsTyped, How::AcrossMarks, How::Cut, How::Syllables];
    for (how, so) in hows.into_iter().zip(found) {
        for (occurrences, cut) in so.into_iter().zip([0, rank::CUT]) {
            if let Some((start, end)) = occurrences.first {
                let count = occurrences.count.min(MOST_OCCURRENCES);
                let penalty = cut + rank::penalty_in_text(start, count, text.len() / 2);
                let at = if how == How::Syllables { end } else { start };
                return Place::new(group, Scope::Field(Field::Text), how, false, penalty, at);
            }
        }
    }
    Place::NONE
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
