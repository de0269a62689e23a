//! Where each case has a word best.
//!
//! Cases are looked at in runs, by as many threads as are of use: the fields of
//! one case are independent of those of all others.

mod run;

use std::cell::RefCell;
use std::ops::Range;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::{mem, thread};

use run::{Run, Seekers};

use super::Field;
use super::cases::CaseSet;
use super::index::Index;
use super::query;
use super::rank::Place;
use super::texts::SEGMENT;
use super::ways::Ways;
use super::word::Word;

/// The most segments of cases in a run: their places stay in the processor's
/// cache while one word after the other is looked for. Several runs a thread
/// even out what some of them take longer.
const LONGEST_RUN: usize = 8;
const RUNS: usize = 8;

/// From how many runs on several threads are faster than one, and how many.
const MANY: usize = 4;
static THREADS: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, |known| known.get().min(4)));

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
    /// Whether all cases were looked at, in all that was to be looked at.
    everywhere: bool,
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
            everywhere: false,
        }
    }

    #[inline]
    pub fn of(&self, case: usize) -> Place {
        Place::from_bits(!self.complements[case])
    }

    /// Tells `each` the cases of some that are in a range, with their places, but for
    /// those behind the worst place that still counts, which it returns. The range
    /// begins at a multiple of 64.
    #[inline]
    pub fn up_to_worst(
        &self,
        cases: &CaseSet,
        range: Range<usize>,
        mut each: impl FnMut(usize, Place) -> Place,
    ) {
        let words = cases.words(range.clone()).iter();
        let firsts = range.clone().step_by(64);
        let chunks = self.complements[range].chunks(64).zip(firsts);
        let mut least = 0;
        for (&bits, (complements, first)) in words.zip(chunks) {
            if bits == 0 {
                continue;
            }
            for (at, &complement) in complements.iter().enumerate() {
                if complement >= least && bits >> at & 1 == 1 {
                    let worst = each(first + at, Place::from_bits(!complement));
                    least = !worst.last_alike().bits();
                }
            }
        }
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

    /// The best places of any of some, which are everywhere.
    pub fn best_of(places: &[Arc<Self>]) -> Option<Arc<Self>> {
        let (first, others) = places.split_first()?;
        let mut best = Arc::clone(first);
        for others in others {
            let best = Arc::make_mut(&mut best);
            let complements = best.complements.iter_mut().zip(&others.complements);
            complements.for_each(|(best, &other)| *best = (*best).max(other));
            best.found.join(&others.found);
        }
        Some(best)
    }

    /// Whether no case was left out that may have one.
    pub fn are_everywhere(&self) -> bool {
        self.everywhere
    }
}

impl Clone for Places {
    fn clone(&self) -> Self {
        let mut places = Self::unclear(self.complements.len());
        places.complements.copy_from_slice(&self.complements);
        places.found.clone_from(&self.found);
        places.everywhere = self.everywhere;
        places
    }
}

/// A term of a query: words of which a case has one, in some fields.
#[derive(Clone, Copy)]
pub struct AnyOf<'a> {
    pub words: &'a [Arc<Word>],
    pub fields: Fields,
}

impl<'a> AnyOf<'a> {
    fn ways(self, index: &Index, effort: Effort<'_>) -> Vec<Ways<'a>> {
        let words = self.words.iter();
        words
            .map(|word| Ways::of(index, word, self.fields, effort.text))
            .collect()
    }
}

/// The best place of any of a term's words, for every case in `among`.
pub fn places(index: &Index, term: AnyOf<'_>, among: &CaseSet, effort: Effort<'_>) -> Places {
    let mut places = places_of_all(index, &[term], among, effort);
    places.pop().expect("every term has its places")
}

/// The same for several terms. The text of a case is looked at for those behind the
/// first only where it has all those before.
pub fn places_of_all(
    index: &Index,
    terms: &[AnyOf<'_>],
    among: &CaseSet,
    effort: Effort<'_>,
) -> Vec<Places> {
    let cases = index.cases();
    // Among no cases there is nothing to make a word ready for.
    let sought = if among.is_empty() { &[] } else { terms };
    let ways = sought.iter().map(|term| term.ways(index, effort));
    let ways: Vec<Vec<Ways<'_>>> = ways.collect();
    let mut places: Vec<Places> = terms.iter().map(|_| Places::unclear(cases)).collect();
    if among.count() == cases {
        for (at, (places, ways)) in places.iter_mut().zip(&ways).enumerate() {
            places.everywhere = at == 0 || ways.iter().all(Ways::are_in_lines);
        }
    }

    let segments = (cases.div_ceil(SEGMENT) / RUNS).clamp(1, LONGEST_RUN);
    let length = segments * SEGMENT;
    let mut runs: Vec<Run<'_>> = (0..cases)
        .step_by(length)
        .map(|first| Run::new(index, among, effort.stop, first..cases.min(first + length)))
        .collect();
    for places in &mut places {
        let complements = places.complements.chunks_mut(length);
        let found = places.found.chunks_mut(length);
        for (run, (complements, found)) in runs.iter_mut().zip(complements.zip(found)) {
            run.add(complements, found);
        }
    }

    let threads = if runs.len() < MANY { 1 } else { *THREADS };
    let runs = Mutex::new(runs.into_iter());
    let next_run = || {
        let mut runs = runs.lock().unwrap_or_else(PoisonError::into_inner);
        runs.next().filter(|_| !(effort.stop)())
    };
    let look = || {
        // Runs are handed out in order, so that every thread goes forward.
        let mut seekers: Vec<Vec<Seekers<'_>>> = ways
            .iter()
            .map(|ways| ways.iter().map(|way| Seekers::of(index, way)).collect())
            .collect();
        while let Some(mut run) = next_run() {
            run.look(&ways, &mut seekers);
        }
    };
    thread::scope(|scope| {
        (1..threads).for_each(|_| drop(scope.spawn(look)));
        look();
    });
    places
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::*;
    use crate::search::Group;
    use crate::search::lines::Lines;
    use crate::search::query::Phrase;
    use crate::search::rank::{How, Scope};
    use crate::search::vocabulary::ReadAlike;
    use crate::seeds;
    use crate::seeds::catalog::Catalog;

    /// The best way in which a word lies in any of some lines, each by itself.
    fn how_in(word: &Word, lines: &Lines, range: Range<usize>) -> Option<How> {
        let lying = range.filter_map(|line| word.in_line(lines, line));
        lying.map(|at| at.how).min()
    }

    #[test]
    fn places_behind_the_worst_are_passed_over_and_no_others() {
        let place = |penalty, at| {
            let title = Scope::Field(Field::Title);
            Place::new(Group::Exact, title, How::Syllables, false, penalty, at)
        };
        let mut places = Places::unclear(200);
        places.complements.fill(0);
        // Penalties from 0 to 6, and nothing in every tenth case.
        let penalty = |case: usize| (case % 7) as u32;
        let has_place = |case: &usize| !case.is_multiple_of(10);
        let mut cases = 0..200;
        (0..200)
            .filter(has_place)
            .for_each(|case| places.improve(case, place(penalty(case), case)));
        let wanted = CaseSet::of_those(200, |case| has_place(&case) && !case.is_multiple_of(3));
        let told = |range: Range<usize>, worst| {
            let mut told = Vec::new();
            places.up_to_worst(&wanted, range, |case, place| {
                assert_eq!(place, places.of(case));
                told.push(case);
                worst
            });
            told
        };
        assert_eq!(told(0..200, Place::NONE), wanted.iter().collect::<Vec<_>>());
        // The first is always told: until then there is no worst.
        let first = cases.find(|&case| wanted.contains(case)).expect("a case");
        let at_most_3 = |case: &usize| penalty(*case) <= 3 || *case == first;
        let expected: Vec<usize> = wanted.iter().filter(at_most_3).collect();
        assert_eq!(told(0..200, place(3, 0)), expected);
        let in_range = wanted
            .iter_in(128..200)
            .filter(|&case| penalty(case) <= 3 || case == 128);
        assert_eq!(told(128..200, place(3, 199)), in_range.collect::<Vec<_>>());
    }

    #[test]
    fn titles_and_headings_have_a_word_where_each_by_itself_has_it() {
        let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
        let index = Index::build(Arc::new(corpus));
        let all = CaseSet::all(index.cases());
        let words = [
            "d",
            "b",
            "x",
            "e",
            "a",
            "sh",
            "zh",
            "shi",
            "xian",
            "ji",
            "yi",
            "di",
            "d'",
            "dt",
            "ditie",
            "创新",
            "的",
            "gxq",
            "cxhw",
            "dsj",
            "bim",
            "bimjishu",
            "ppp",
            "互联网统计",
            "互联网+统计",
            "g积金",
            "di铁",
            "gongjijin",
            "jiezhangz",
            "2.0",
            "一",
            "zhidugaige",
            "fazhandezhul",
        ];
        let by_sound = ["街长治", "审记"];
        let spelled = words.iter().map(|word| (word, false));
        for (text, by_sound) in spelled.chain(by_sound.iter().map(|word| (word, true))) {
            let phrase = Phrase {
                text: (*text).to_owned(),
                quoted: false,
            };
            let library = ReadAlike::all();
            let mut word = Word::new(&phrase, &index.spellings, library).expect("a word");
            if by_sound {
                word = word.by_sound(&index.spellings, library).expect("a sound");
            }
            let word = Arc::new(word);
            let places_in = |fields| {
                let term = AnyOf {
                    words: slice::from_ref(&word),
                    fields,
                };
                places(&index, term, &all, Effort::FULL)
            };
            let (titles, texts) = (places_in(Fields::Title), places_in(Fields::Text));
            for case in 0..index.cases() {
                let how = how_in(&word, &index.titles, case..case + 1);
                let found = titles.found().contains(case);
                assert_eq!(found, how.is_some(), "{text} in title {case}");
                let place = titles.of(case);
                assert!(
                    how.is_none_or(|how| place.how_bits() == how as u64),
                    "{text} in {case}"
                );

                let lines = index.headings.of_cases(case..case + 1);
                let how = how_in(&word, index.headings.lines(), lines);
                let place = texts.of(case);
                let found = place.scope() == Scope::Field(Field::Heading);
                assert_eq!(found, how.is_some(), "{text} in headings of {case}");
                assert!(
                    how.is_none_or(|how| place.how_bits() == how as u64),
                    "{text} in {case}"
                );
            }
        }
    }

    #[test]
    fn texts_have_a_spelled_word_where_its_matcher_finds_it() {
        let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
        let index = Index::build(Arc::new(corpus));
        let all = CaseSet::all(index.cases());
        // From few meanings to many, of which some or most pass by chance.
        let words = [
            "haishuidao",
            "jianshe",
            "shizheng",
            "shijie",
            "jidi",
            "jiangxi",
            "shijies",
            "gongzuo",
            "jichuangd",
            "wuxidiji",
            "shishi",
            "xian",
            "zhidugaige",
            "fazhandezhul",
        ];
        let mut found = 0;
        for text in words {
            let phrase = Phrase {
                text: text.to_owned(),
                quoted: false,
            };
            let word = Word::new(&phrase, &index.spellings, &index.readable);
            let word = Arc::new(word.expect("a word"));
            let term = AnyOf {
                words: slice::from_ref(&word),
                fields: Fields::Text,
            };
            let places = places(&index, term, &all, Effort::FULL);
            let matcher = word.text_matcher().expect("a word of several syllables");
            for case in 0..index.cases() {
                let (segment, in_segment) = index.texts.find(case).expect("all is read");
                let stands = matcher.find_whole(segment.text(in_segment)).is_some();
                let place = places.of(case);
                let is_in_heading = place.scope() == Scope::Field(Field::Heading);
                let is_in_text = !place.is_none() && place.scope() == Scope::Field(Field::Text);
                assert!(is_in_heading || is_in_text == stands, "{text} in {case}");
                found += usize::from(is_in_text);
            }
        }
        assert!(found > 100, "only {found}");
    }
}
