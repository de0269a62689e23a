//! Finding words in lines by where their characters stand.
//!
//! A word costs what its rarest character does, and not what the library does:
//! only around the places of that one is anything read. Of a spelled word it is
//! the letter that the fewest characters can be behind; what is a single
//! character is marked at all of its places, without reading.

mod marked;

use std::ops::Range;

use marked::Marked;

use super::bits::ones;
use super::lines::{self, Lines};
use super::matcher::{Fit, Matcher, Step};
use super::postings::Postings;
use super::sieve::Sieve;

/// How many places pivots must have for a look at what stands around them to save
/// more than it costs to find out what may.
const MANY_PLACES: usize = 4_096;

/// Of how many characters one is a pivot where to read all lines in order saves more
/// than it costs: as many as come from memory together, 64 bytes.
const DENSE: usize = 32;

/// Where a word lies in a line: indices among its characters without marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lying {
    pub line: usize,
    pub fit: Fit,
    pub start: usize,
    pub end: usize,
}

/// Places of a character that are gone through run after run.
#[derive(Clone, Copy, Debug)]
struct Places<'a>(&'a [u32]);

impl<'a> Places<'a> {
    /// Those in a run, which lies behind that of the last call.
    fn take(&mut self, run: &Range<u32>) -> &'a [u32] {
        self.before(run.start);
        self.before(run.end)
    }

    fn before(&mut self, end: u32) -> &'a [u32] {
        let before = lines::gallop(self.0.len(), |at| self.0[at] < end);
        let (taken, others) = self.0.split_at(before);
        self.0 = others;
        taken
    }
}

/// Finds a word as it stands, run after run.
pub struct Typed<'a> {
    lines: &'a Lines,
    word: &'a [u16],
    /// The index of its rarest character, and where that stands.
    offset: usize,
    places: Places<'a>,
}

impl<'a> Typed<'a> {
    /// For a word without marks.
    pub fn new(word: &'a [u16], lines: &'a Lines, postings: &'a Postings) -> Self {
        let (offset, places) = postings.rarest(word);
        Self {
            lines,
            word,
            offset,
            places: Places(places),
        }
    }

    /// Tells `hit` all places of the word in some lines, which lie behind those of
    /// the last call: the line, and the index of the word there.
    pub fn find(&mut self, lines: Range<usize>, mut hit: impl FnMut(usize, usize)) {
        for &at in self.places.take(&self.lines.places(lines)) {
            let Some(start) = (at as usize).checked_sub(self.offset) else {
                continue;
            };
            // No word runs over the end of a line, since no character is the one there.
            if self.lines.has_at(start, self.word) {
                let line = self.lines.line_at(start);
                hit(line, start - self.lines.start(line));
            }
        }
    }
}

/// A character that lies on the rarest letter of a word.
struct Pivot<'a> {
    step: Step,
    /// Whether all of the word around it may be read without initials.
    may_be_whole: bool,
    places: Places<'a>,
}

/// Finds all that a spelled word may mean, run after run.
pub struct Spelled<'a> {
    matcher: &'a Matcher,
    lines: &'a Lines,
    /// The characters that are all of the word, in each fit.
    alone: [Vec<Places<'a>>; 3],
    /// What of the word lies on its rarest letter.
    pivots: Vec<Pivot<'a>>,
    /// Whether they stand in nearly every line.
    are_dense: bool,
    /// The letters of the word that stand for themselves, which is rare in lines.
    letters: Vec<(Step, Places<'a>)>,
    around: Option<Around>,
    /// Places of a pivot in the run around which the word may lie.
    candidates: Vec<u32>,
    /// Characters of the run that are all of the word, and lines of it that have
    /// one by a syllable.
    marked: Marked,
    whole: Marked,
    /// Characters of the run whose lines have no such one.
    open: Marked,
}

impl<'a> Spelled<'a> {
    /// For the word of `matcher`.
    pub fn new(matcher: &'a Matcher, lines: &'a Lines, postings: &'a Postings) -> Self {
        let mut alone = [Vec::new(), Vec::new(), Vec::new()];
        let mut pivots = Vec::new();
        for &step in matcher.pivots() {
            let places = Places(postings.of_code(step.code));
            if places.0.is_empty() {
                continue;
            }
            if step.next() - step.place() == matcher.letters() {
                alone[fit_of(step) as usize].push(places);
            } else {
                pivots.push(Pivot {
                    step,
                    may_be_whole: matcher.may_be_whole(step),
                    places,
                });
            }
        }
        let letters = matcher.letters_as_themselves();
        let letters = letters.map(|step| (step, Places(postings.of_code(step.code))));
        let places: usize = pivots.iter().map(|pivot| pivot.places.0.len()).sum();
        let around = (places > MANY_PLACES).then(|| Around::of(matcher, &pivots));
        Self {
            matcher,
            lines,
            alone,
            pivots,
            are_dense: places > lines.characters() / DENSE,
            letters: letters.collect(),
            around,
            candidates: Vec::new(),
            marked: Marked::default(),
            whole: Marked::default(),
            open: Marked::default(),
        }
    }

    /// Tells `hit` where the word lies in some lines, which lie behind those of the
    /// last call: the best place in each at least, others perhaps, in no order.
    // Inlined into its only caller it runs out of registers, an eighth slower.
    #[inline(never)]
    pub fn find(&mut self, lines: Range<usize>, mut hit: impl FnMut(Lying)) {
        let places = self.lines.places(lines.clone());
        self.whole.clear(lines.len());
        for fit in [Fit::Syllables, Fit::Begun, Fit::Initials] {
            if self.alone[fit as usize].is_empty() {
                continue;
            }
            self.marked.clear(places.len());
            let mut marks = 0;
            for character in &mut self.alone[fit as usize] {
                let taken = character.take(&places);
                marks += taken.len();
                let taken = taken.iter();
                taken.for_each(|&at| self.marked.mark((at - places.start) as usize));
            }
            match marks > lines.len() / 2 {
                true => self.marked_in_each(lines.clone(), fit, &mut hit),
                false => self.first_marked(lines.clone(), fit, &mut hit),
            }
        }
        if !self.pivots.is_empty() {
            self.find_pivots(lines, &mut hit);
        }
        for (step, letters) in &mut self.letters {
            for &at in letters.take(&places) {
                through(self.matcher, self.lines, at as usize, *step, &mut hit);
            }
        }
    }

    /// Tells `hit` where the word lies around its pivots.
    fn find_pivots(&mut self, lines: Range<usize>, hit: &mut impl FnMut(Lying)) {
        let places = self.lines.places(lines.clone());
        let base = places.start as usize;
        // In the others nothing better comes of initials.
        let few_are_open = self.find_open(lines.clone());
        let all_are_sifted = few_are_open && !self.pivots.iter().any(|pivot| pivot.may_be_whole);
        if self.are_dense && !all_are_sifted {
            self.lines.read_ahead(lines);
        }
        for pivot in &mut self.pivots {
            let (step, candidates) = (pivot.step, &mut self.candidates);
            candidates.clear();
            candidates.extend_from_slice(pivot.places.take(&places));
            if few_are_open && !pivot.may_be_whole {
                keep(candidates, |at| self.open.has(at - base));
            }
            if let Some(around) = &self.around {
                around.keep(step, candidates, self.lines);
            }
            for at in candidates.iter().map(|&at| at as usize) {
                through(self.matcher, self.lines, at, step, hit);
            }
        }
    }

    /// Finds the lines without a whole one, and marks their characters; tells
    /// whether they are few enough for that to be of use.
    fn find_open(&mut self, lines: Range<usize>) -> bool {
        let whole = self.whole.count();
        if whole <= lines.len() / 2 {
            return false;
        }
        let base = self.lines.start(lines.start);
        self.open.clear(self.lines.places(lines.clone()).len());
        let open = self.whole.unmarked(lines.len());
        for line in open.map(|line| lines.start + line) {
            let places = self.lines.start(line) - base..self.lines.start(line + 1) - base;
            self.open.mark_all(places);
        }
        true
    }

    /// The same as [`Self::first_marked`], line by line: quicker where most have one.
    fn marked_in_each(&mut self, lines: Range<usize>, fit: Fit, hit: &mut impl FnMut(Lying)) {
        let base = self.lines.start(lines.start);
        let mut behind = 0;
        let ends = self.lines.ends(lines.clone());
        for (first_of_64, ends) in lines.clone().step_by(64).zip(ends.chunks(64)) {
            // Which of the lines have one cannot be foreseen: it is asked without a
            // branch for all of them first.
            let mut starts = [0; 64];
            let mut have_one = 0;
            for (at, &end) in ends.iter().enumerate() {
                let first = behind;
                behind = end as usize - base;
                starts[at] = self.marked.first_in(first..behind);
                have_one |= u64::from(starts[at] < behind - first) << at;
            }
            for at in ones(have_one) {
                hit(Lying {
                    line: first_of_64 + at,
                    fit,
                    start: starts[at],
                    end: starts[at] + 1,
                });
            }
            if fit != Fit::Initials {
                self.whole.mark_64(first_of_64 - lines.start, have_one);
            }
        }
    }

    /// Tells `hit` the first marked character of every line.
    fn first_marked(&mut self, lines: Range<usize>, fit: Fit, hit: &mut impl FnMut(Lying)) {
        let base = self.lines.start(lines.start);
        let mut line = lines.start;
        let mut next = self.marked.next(0);
        while let Some(index) = next {
            let at = base + index;
            // Most often it is in the line behind the last.
            if at >= self.lines.start(line + 1) {
                line = self.lines.line_at(at);
            }
            let start = at - self.lines.start(line);
            let end = start + 1;
            hit(Lying {
                line,
                fit,
                start,
                end,
            });
            if fit != Fit::Initials {
                self.whole.mark(line - lines.start);
            }
            line += 1;
            next = self.marked.next(self.lines.start(line) - base);
        }
    }
}

/// Tells `hit` where the word lies around one of its characters.
#[inline]
fn through(matcher: &Matcher, lines: &Lines, at: usize, step: Step, hit: &mut impl FnMut(Lying)) {
    if let Some((word, fit)) = matcher.through(lines, at, step) {
        let line = lines.line_at(at);
        let start = lines.start(line);
        hit(Lying {
            line,
            fit,
            start: word.start - start,
            end: word.end - start,
        });
    }
}

/// What may stand around the pivots of a word: with nothing of that there, none
/// is looked at any closer.
struct Around {
    /// For the places at which a pivot begins or ends the characters that may stand
    /// before them, and behind.
    before: Vec<Option<Sieve>>,
    behind: Vec<Option<Sieve>>,
}

impl Around {
    fn of(matcher: &Matcher, pivots: &[Pivot<'_>]) -> Self {
        let letters = matcher.letters();
        let none = || (0..=letters).map(|_| None).collect();
        let (mut before, mut behind): (Vec<_>, Vec<_>) = (none(), none());
        for Pivot { step, .. } in pivots {
            if step.place() > 0 {
                before[step.place()].get_or_insert_with(Sieve::default);
            }
            if step.next() < letters {
                behind[step.next()].get_or_insert_with(Sieve::default);
            }
        }
        let is_beside =
            |place: usize, next: usize| before[next].is_some() || behind[place].is_some();
        for step in matcher.steps(true, is_beside) {
            let sides = [&mut before[step.next()], &mut behind[step.place()]];
            for side in sides.into_iter().flatten() {
                side.insert(step.code);
            }
        }
        Self { before, behind }
    }

    /// Keeps those places of a pivot at both sides of which stands what may be of
    /// the word.
    fn keep(&self, pivot: Step, places: &mut Vec<u32>, lines: &Lines) {
        if let Some(known) = &self.behind[pivot.next()] {
            keep(places, |at| known.may_have(lines.code(at + 1)));
        }
        if let Some(known) = &self.before[pivot.place()] {
            // Before the first place of all there is nothing, as between lines.
            keep(places, |at| known.may_have(lines.code(at.wrapping_sub(1))));
        }
    }
}

/// Keeps the places that pass, in order; without a branch for each, so that the
/// processor asks for what is far away before it has the answers for those before.
#[inline]
fn keep(places: &mut Vec<u32>, passes: impl Fn(usize) -> bool) {
    let mut kept = 0;
    for index in 0..places.len() {
        let at = places[index];
        places[kept] = at;
        kept += usize::from(passes(at as usize));
    }
    places.truncate(kept);
}

/// The fit of a character that is all of a word.
fn fit_of(step: Step) -> Fit {
    match step.whole {
        true if step.finished => Fit::Syllables,
        true => Fit::Begun,
        false => Fit::Initials,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::vocabulary::ReadAlike;
    use crate::text::fold;
    use crate::text::pinyin::Spellings;

    fn lines(texts: &[&str]) -> Lines {
        let mut lines = Lines::default();
        texts.iter().for_each(|text| lines.push(text));
        lines
    }

    /// Looks in one go, and in runs of one line each.
    #[track_caller]
    fn check_typed(texts: &[&str], word: &str, expected: &[(usize, usize)]) {
        let lines = lines(texts);
        let postings = Postings::of(&lines);
        let word = fold::codes(word);
        for step in [lines.len(), 1] {
            let mut typed = Typed::new(&word, &lines, &postings);
            let mut hits = Vec::new();
            for first in (0..lines.len()).step_by(step) {
                typed.find(first..lines.len().min(first + step), |line, start| {
                    hits.push((line, start));
                });
            }
            assert_eq!(hits, expected, "{step} at a time");
        }
    }

    /// The same; the best place in each line.
    #[track_caller]
    fn check_spelled(texts: &[&str], word: &str, expected: &[(usize, Fit, usize, usize)]) {
        let lines = lines(texts);
        let postings = Postings::of(&lines);
        let (word, spellings) = (fold::codes(word), Spellings::default());
        let matcher = Matcher::new(&word, &spellings, ReadAlike::all()).expect("a word");
        for step in [lines.len(), 1] {
            let mut spelled = Spelled::new(&matcher, &lines, &postings);
            let mut hits = Vec::new();
            for first in (0..lines.len()).step_by(step) {
                spelled.find(first..lines.len().min(first + step), |lying| {
                    hits.push((lying.line, lying.fit, lying.start, lying.end));
                });
            }
            hits.sort_unstable();
            hits.dedup_by_key(|&mut (line, ..)| line);
            assert_eq!(hits, expected, "{step} at a time");
        }
    }

    #[test]
    fn a_word_is_found_wherever_it_stands() {
        let titles = ["创新工作", "推动创新", "", "创新创新", "审批"];
        check_typed(&titles, "创新", &[(0, 0), (1, 2), (3, 0), (3, 2)]);
        check_typed(&titles, "审批", &[(4, 0)]);
        check_typed(&titles, "批", &[(4, 1)]);
        check_typed(&titles, "审核", &[]);
        check_typed(&titles, "龘", &[]);
    }

    #[test]
    fn a_word_is_found_across_marks() {
        check_typed(&["全面构建“互联网+”统计服务"], "互联网+统计", &[(0, 4)]);
        check_typed(&["混合用地模式　提高土地"], "模式提高", &[(0, 4)]);
    }

    #[test]
    fn no_word_runs_from_one_line_into_the_next() {
        check_typed(&["社会治", "理创新"], "治理", &[]);
        check_typed(&["理", "治"], "治理", &[]);
        check_spelled(&["社会治", "理创新"], "zhili", &[]);
        check_spelled(&["社会治", "理创新"], "zl", &[]);
    }

    #[test]
    fn a_spelled_word_is_found_in_its_best_fit() {
        use Fit::{Begun, Initials, Syllables};
        let titles = ["大厅地铁", "大厅", "地铁大厅地铁", "无"];
        let by_initials = [
            (0, Initials, 0, 2),
            (1, Initials, 0, 2),
            (2, Initials, 0, 2),
        ];
        check_spelled(&titles, "dt", &by_initials);
        check_spelled(
            &titles,
            "ditie",
            &[(0, Syllables, 2, 4), (2, Syllables, 0, 2)],
        );
        check_spelled(&titles, "dtie", &[(0, Initials, 2, 4), (2, Initials, 0, 2)]);
        let unfinished = [(0, Begun, 0, 2), (1, Begun, 0, 2), (2, Begun, 2, 4)];
        check_spelled(&titles, "dati", &unfinished);
        check_spelled(&["西安先", "无"], "xian", &[(0, Syllables, 0, 2)]);
        check_spelled(
            &["国家国际", "国家"],
            "guoji",
            &[(0, Syllables, 2, 4), (1, Begun, 0, 2)],
        );
        check_spelled(
            &["信心", "新型新经"],
            "xinx",
            &[(0, Begun, 0, 2), (1, Begun, 0, 2)],
        );
        check_spelled(
            &["综合", "之和"],
            "zh",
            &[(0, Initials, 0, 2), (1, Begun, 0, 1)],
        );
        check_spelled(
            &["先进", "无", "下一"],
            "x",
            &[(0, Initials, 0, 1), (2, Initials, 0, 1)],
        );
    }

    #[test]
    fn many_lines_are_found_as_few_are() {
        let titles = [
            "大厅地铁",
            "地铁大厅",
            "打造铁路",
            "BIM地铁",
            "铁地",
            "地",
            "无",
        ];
        let many: Vec<&str> = titles.iter().copied().cycle().take(7 * 3_000).collect();
        let (few, many) = (lines(&titles), lines(&many));
        let mut is_looked_around = false;
        for word in ["dt", "ditie", "dati", "dtie", "dat", "d", "di", "tl"] {
            let word = fold::codes(word);
            let matcher = Matcher::new(&word, &Spellings::default(), ReadAlike::all());
            let matcher = matcher.expect("a word");
            let mut found = |lines: &Lines| {
                let postings = Postings::of(lines);
                let mut spelled = Spelled::new(&matcher, lines, &postings);
                let pivots = spelled.pivots.iter();
                let places: usize = pivots.map(|pivot| pivot.places.0.len()).sum();
                assert_eq!(spelled.around.is_some(), places > MANY_PLACES);
                is_looked_around |= spelled.around.is_some();
                let mut hits = Vec::new();
                spelled.find(0..lines.len(), |lying| {
                    hits.push((lying.line, lying.fit, lying.start, lying.end));
                });
                hits.sort_unstable();
                hits
            };
            let expected = found(&few);
            let found = found(&many);
            let repeated = (0..3_000).flat_map(|turn| {
                let moved = expected.iter();
                moved.map(move |&(line, fit, start, end)| (line + 7 * turn, fit, start, end))
            });
            assert!(found.into_iter().eq(repeated), "{word:?}");
        }
        assert!(is_looked_around);
    }

    #[test]
    fn lines_may_be_passed_over() {
        let lines = lines(&["创新", "创新", "创新"]);
        let postings = Postings::of(&lines);
        let word = fold::codes("创新");
        let mut hits = Vec::new();
        let mut typed = Typed::new(&word, &lines, &postings);
        typed.find(2..3, |line, start| hits.push((line, start)));
        assert_eq!(hits, [(2, 0)]);
    }

    #[test]
    fn letters_may_stand_for_themselves() {
        use Fit::Initials;
        let titles = ["BIM技术", "地铁", "b2b", "用BIM", "建B", "大BIM机"];
        check_spelled(&titles, "bimjishu", &[(0, Initials, 0, 5)]);
        check_spelled(&titles, "dbimj", &[(5, Initials, 0, 5)]);
        check_spelled(&titles, "jb", &[(4, Initials, 0, 2)]);
        check_spelled(&["BB的b", "无"], "bb", &[(0, Initials, 0, 2)]);
    }
}
