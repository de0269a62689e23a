//! Where each case has a clause best.
//!
//! Cases are looked at in chunks, by as many threads as are of use: the fields of one
//! case are independent of those of all others.

use std::ops::Range;
use std::sync::Arc;

use super::case_set::CaseSet;
use super::field_values::FieldIndex;
use super::filter::BodyFilter;
use super::folded::{Folded, FoldedRef, TextKind};
use super::index::{Body, Index, SEGMENT};
use super::options::{Fields, SearchOptions};
use super::pattern::{Occurrence, Pattern};
use super::rank::{self, Quality, Score, Where};
use super::word_ends::is_digit;
use super::{Field, threads};
use crate::text::fold;

/// The most segments in a chunk: its scores stay in the processor's cache while one
/// pattern after the other is looked for. Several chunks a thread even out what some of
/// them take longer.
const LONGEST_CHUNK: usize = 8;
const CHUNKS: usize = 8;

/// From how many chunks on several threads are faster than one.
const MANY_CHUNKS: usize = 4;

/// How many bodies are looked at before it is asked whether anybody still waits.
const BODIES_AT_ONCE: usize = 64;

/// How often a pattern is counted in one body: beyond that it is simply dense.
const MOST_OCCURRENCES: u32 = 16;

/// The best score of a clause in every case.
#[derive(Clone, Debug)]
pub struct Scores {
    scores: Vec<Score>,
    found: CaseSet,
    /// Whether all cases were looked at, in all that was to be looked at.
    everywhere: bool,
}

impl Scores {
    #[inline]
    pub fn of(&self, case: usize) -> Score {
        self.scores[case]
    }

    /// The cases that have the clause, of those that were looked at.
    pub fn found(&self) -> &CaseSet {
        &self.found
    }

    /// Whether no case was left out that may have it.
    pub fn are_everywhere(&self) -> bool {
        self.everywhere
    }

    /// The best of some scores, which are everywhere; `None` of no scores.
    pub fn best_of(scores: &[Arc<Self>]) -> Option<Arc<Self>> {
        let (first, others) = scores.split_first()?;
        let mut best = Arc::clone(first);
        for others in others {
            let best = Arc::make_mut(&mut best);
            let both = best.scores.iter_mut().zip(&others.scores);
            both.for_each(|(best, &other)| *best = (*best).min(other));
            best.found.join(&others.found);
        }
        Some(best)
    }
}

/// The best score of any of a clause's patterns in its fields, for every case in
/// `among`. Of several clauses, the body of a case is looked at for those behind the
/// first only where it has all those before.
pub fn score_clauses(
    index: &Index,
    clauses: &[(&[Arc<Pattern>], Fields)],
    among: &CaseSet,
    options: SearchOptions<'_>,
) -> Vec<Scores> {
    let cases = index.cases();
    // Among no cases there is nothing to prepare for.
    let wanted = if among.is_empty() { &[] } else { clauses };
    let plans = wanted.iter().map(|&(patterns, fields)| {
        let plans = patterns.iter();
        plans
            .map(|pattern| PatternPlan::of(index, pattern, fields, options.text))
            .collect()
    });
    let plans: Vec<Vec<PatternPlan<'_>>> = plans.collect();
    let mut scores: Vec<Vec<Score>> = clauses.iter().map(|_| vec![Score::NONE; cases]).collect();

    let segments = (cases.div_ceil(SEGMENT) / CHUNKS).clamp(1, LONGEST_CHUNK);
    let length = segments * SEGMENT;
    let firsts = (0..cases).step_by(length);
    let mut chunks: Vec<Chunk<'_>> = firsts
        .map(|first| Chunk {
            index,
            among,
            cases: first..cases.min(first + length),
            scores: Vec::new(),
        })
        .collect();
    for scores in &mut scores {
        for (chunk, scores) in chunks.iter_mut().zip(scores.chunks_mut(length)) {
            chunk.scores.push(scores);
        }
    }
    threads::for_each(chunks, MANY_CHUNKS, |mut chunk| {
        if !(options.stop)() {
            chunk.score(&plans, options.stop);
        }
    });
    let everywhere = |clause: usize| {
        let plans = plans.get(clause).into_iter().flatten();
        clause == 0 || plans.into_iter().all(PatternPlan::is_in_lines)
    };
    let scores = scores
        .into_iter()
        .enumerate()
        .map(|(clause, scores)| Scores {
            found: CaseSet::of_those(cases, |case| {
                !scores[case].is_none() && among.contains(case)
            }),
            everywhere: among.is_all() && everywhere(clause),
            scores,
        });
    scores.collect()
}

/// What is found out once about a pattern, the same for all cases.
struct PatternPlan<'a> {
    pattern: &'a Pattern,
    fields: Fields,
    /// The best score in the names of every body and area; `None` where it is in none.
    of_owner: Option<Vec<Score>>,
    /// The cases whose ids it is, or begins.
    ids: Vec<(usize, Where)>,
    /// The years of the library that it is, or begins like.
    years: Vec<(u16, Where)>,
    body: Option<BodyFilter>,
}

impl<'a> PatternPlan<'a> {
    /// Of a pattern in some fields; in running text only with `text`.
    fn of(index: &Index, pattern: &'a Pattern, fields: Fields, text: bool) -> Self {
        let mut plan = Self {
            pattern,
            fields,
            of_owner: None,
            ids: Vec::new(),
            years: Vec::new(),
            body: None,
        };
        if fields.has(Field::Org) {
            plan.of_owner = of_owner(index, pattern, fields);
        }
        if fields == Fields::All {
            plan.ids = ids(index, pattern);
            plan.years = years(&index.fields, pattern);
        }
        if text && fields.has(Field::Text) {
            plan.body = BodyFilter::of(index, pattern);
        }
        plan
    }

    /// Whether nothing but lines and names is looked at for it.
    fn is_in_lines(&self) -> bool {
        self.body.is_none() && self.ids.is_empty()
    }

    /// The score in a body: as typed, else by letters or sound.
    fn in_body(&self, body: Body<'_>) -> Score {
        let Some(filter) = &self.body else {
            return Score::NONE;
        };
        let typed = self.typed_in_body(body);
        if typed.is_none() && filter.may_be_spelled(body) {
            let spelled = self.pattern.not_literal(body.text);
            return self.body_score(body, best_in_body(spelled, body.text));
        }
        typed
    }

    fn typed_in_body(&self, body: Body<'_>) -> Score {
        let filter = self.body.as_ref();
        match filter.is_some_and(|filter| filter.may_be_typed(body)) {
            true => {
                let typed = self.pattern.literal(body.text);
                self.body_score(body, best_in_body(typed, body.text))
            }
            false => Score::NONE,
        }
    }

    fn body_score(&self, body: Body<'_>, best: Option<(Occurrence, u32)>) -> Score {
        best.map_or(Score::NONE, |(found, penalty)| {
            debug_assert!(found.end <= body.text.len());
            let tier = self.pattern.tier(TextKind::Body, found.quality);
            let place = Where::Field(Field::Text);
            Score::new(tier, place, found.quality, false, penalty, 0)
        })
    }
}

/// The best score of a pattern in the names of every body and area.
fn of_owner(index: &Index, pattern: &Pattern, fields: Fields) -> Option<Vec<Score>> {
    let names = &index.names;
    // The name of a body means that body, however few cases it has.
    if pattern.is_scattered() && fields == Fields::Org && names.has(pattern.line_codes()) {
        return None;
    }
    // 机构:市市场监管局 means that body, not those that became it: so the count
    // beside it in the facets holds.
    let only = match fields {
        Fields::Org => names.listed_under(pattern.line_codes()),
        _ => Vec::new(),
    };
    let mut of_owner = vec![Score::NONE; names.owners()];
    let lines = names.lines();
    for line in 0..lines.len() {
        let owner = names.owner(line);
        // With the city before them, bodies would have more to scatter over.
        let is_meant = only.is_empty() || only.contains(&owner);
        if !is_meant || pattern.is_scattered() && names.has_city(line) {
            continue;
        }
        let text = lines.text(line);
        let found = pattern.occurrences_at(text, |start, end| names.is_named(line, start..end));
        if let Some((found, penalty)) = best_in_line(pattern, found, text) {
            let tier = pattern.tier(TextKind::Line, found.quality);
            let (place, alias) = (Where::Field(Field::Org), names.is_alias(line));
            let score = Score::new(tier, place, found.quality, alias, penalty, line);
            of_owner[owner] = of_owner[owner].min(score);
        }
    }
    let is_in_one = of_owner.iter().any(|score| !score.is_none());
    is_in_one.then_some(of_owner)
}

/// The cases whose ids a pattern is, such as 000-13, or begins: 000-1, 000.
fn ids(index: &Index, pattern: &Pattern) -> Vec<(usize, Where)> {
    let codes = pattern.codes();
    let are_digits = || codes.iter().all(|&code| is_digit(code));
    let may_be_one = codes.contains(&fold::code('-')) || are_digits();
    let is_plain = pattern.literal_codes(TextKind::Line).is_some() && !pattern.is_quoted();
    if !is_plain || !may_be_one {
        return Vec::new();
    }
    let place = |id: &str| {
        let mut id = id.chars().map(fold::code);
        let begins = codes.iter().all(|&code| id.next() == Some(code));
        begins.then(|| id.next().map_or(Where::Record, |_| Where::Unfinished))
    };
    let cases = index.corpus.cases.iter().enumerate();
    cases
        .filter_map(|(case, known)| Some((case, place(&known.id.0)?)))
        .collect()
}

/// The years of the library that a pattern is, or begins like.
fn years(fields: &FieldIndex, pattern: &Pattern) -> Vec<(u16, Where)> {
    let known = fields.known_years().iter();
    known
        .filter_map(|&year| Some((year, pattern.year(year)?)))
        .collect()
}

/// The best of a pattern's occurrences in a line, and how late and sparse it is.
pub fn best_in_line(
    pattern: &Pattern,
    occurrences: impl Iterator<Item = Occurrence>,
    line: FoldedRef<'_>,
) -> Option<(Occurrence, u32)> {
    let length = line.len();
    if pattern.is_scattered() {
        let pieces: Vec<Occurrence> = occurrences.collect();
        let first = *pieces.first()?;
        let characters = pieces.iter().map(|piece| piece.end - piece.start);
        let penalty = rank::penalty_in_line(first.start, characters.sum(), length);
        return Some((first, penalty));
    }
    let mut best: Option<(Occurrence, u32)> = None;
    for found in occurrences {
        if best.is_some_and(|(best, _)| found.quality.pass() > best.quality.pass()) {
            break;
        }
        let cut = if found.cut { rank::CUT } else { 0 };
        let penalty = cut + rank::penalty_in_line(found.start, found.end - found.start, length);
        if best.is_none_or(|(best, known)| (found.quality, penalty) < (best.quality, known)) {
            best = Some((found, penalty));
        }
    }
    best
}

/// The first of the best of a pattern's occurrences in a body, and how late and sparse
/// they are.
pub fn best_in_body(
    occurrences: impl Iterator<Item = Occurrence>,
    body: FoldedRef<'_>,
) -> Option<(Occurrence, u32)> {
    let mut best: Option<(Occurrence, u32)> = None;
    for found in occurrences {
        let key = |found: Occurrence| (found.quality, found.cut);
        match &mut best {
            Some((best, _)) if found.quality.pass() > best.quality.pass() => break,
            Some((best, count)) if key(found) >= key(*best) => *count += 1,
            _ => best = Some((found, 1)),
        }
        let is_dense = |(best, count): &(Occurrence, u32)| {
            let is_best = matches!(best.quality, Quality::AsTyped | Quality::Syllables);
            *count >= MOST_OCCURRENCES && is_best && !best.cut
        };
        if best.as_ref().is_some_and(is_dense) {
            break;
        }
    }
    let (found, count) = best?;
    let cut = if found.cut { rank::CUT } else { 0 };
    let count = count.min(MOST_OCCURRENCES);
    Some((
        found,
        cut + rank::penalty_in_text(found.start, count, body.len()),
    ))
}

/// Consecutive cases, and the scores of every clause in them.
struct Chunk<'a> {
    index: &'a Index,
    among: &'a CaseSet,
    cases: Range<usize>,
    scores: Vec<&'a mut [Score]>,
}

impl Chunk<'_> {
    /// Looks for every clause in all of its fields.
    fn score(&mut self, clauses: &[Vec<PatternPlan<'_>>], stop: &(dyn Fn() -> bool + Sync)) {
        if !self.cases.clone().any(|case| self.among.contains(case)) {
            return;
        }
        for (clause, plans) in clauses.iter().enumerate() {
            plans.iter().for_each(|plan| self.score_lines(clause, plan));
        }
        if !clauses.iter().flatten().all(PatternPlan::is_in_lines) {
            self.score_bodies(clauses, stop);
        }
    }

    fn score_of(&self, clause: usize, case: usize) -> Score {
        self.scores[clause][case - self.cases.start]
    }

    fn improve(&mut self, clause: usize, case: usize, score: Score) {
        let known = &mut self.scores[clause][case - self.cases.start];
        *known = (*known).min(score);
    }

    /// Looks for a pattern in what is short: titles, names, headings, what is known of a
    /// case as a whole.
    fn score_lines(&mut self, clause: usize, plan: &PatternPlan<'_>) {
        let (index, cases, pattern) = (self.index, self.cases.clone(), plan.pattern);
        if plan.fields.has(Field::Title) {
            each_line(
                pattern,
                &index.titles,
                cases.clone(),
                |case, found, penalty| {
                    let score = line_score(pattern, Field::Title, case, found, penalty);
                    self.improve(clause, case, score);
                },
            );
        }
        if let Some(of_owner) = &plan.of_owner {
            for (case, owner) in index.names.of_cases(cases.clone()) {
                self.improve(clause, case, of_owner[owner]);
            }
        }
        if plan.fields.has(Field::Heading) && !pattern.is_scattered() {
            let (lines, range) = (
                &index.headings.lines,
                index.headings.of_cases(cases.clone()),
            );
            each_line(pattern, lines, range, |line, found, penalty| {
                let score = line_score(pattern, Field::Heading, line, found, penalty);
                self.improve(clause, index.headings.case(line), score);
            });
        }
        for &(case, place) in &plan.ids {
            if place == Where::Record && cases.contains(&case) {
                self.improve(clause, case, Score::of_record(place));
            }
        }
        if !plan.years.is_empty() {
            for case in cases.filter(|&case| self.among.contains(case)) {
                let year = index.fields.year(case);
                if let Some(&(_, place)) = plan.years.iter().find(|&&(known, _)| known == year) {
                    self.improve(clause, case, Score::of_record(place));
                }
            }
        }
    }

    /// Looks for every clause in the bodies of cases where it has no better score, up to
    /// one that a case has not. All clauses in one case before the next: its text is near
    /// the processor then.
    fn score_bodies(&mut self, clauses: &[Vec<PatternPlan<'_>>], stop: &(dyn Fn() -> bool + Sync)) {
        let among = self.among;
        let cases = self.cases.clone().filter(|&case| among.contains(case));
        for (at, case) in cases.enumerate() {
            if at % BODIES_AT_ONCE == 0 && stop() {
                return;
            }
            for (clause, plans) in clauses.iter().enumerate() {
                let known = self.score_of(clause, case);
                if known.is_none() {
                    let found = self.body_score(case, plans);
                    self.improve(clause, case, found);
                    if found.is_none() {
                        break;
                    }
                } else if known.is_spelled() && plans.iter().any(|p| p.pattern.has_letters()) {
                    // Letters count more as they are, wherever they stand, than by what
                    // they spell in a title.
                    if let Some(body) = self.index.bodies.of(case) {
                        let plans = plans.iter().filter(|plan| plan.pattern.has_letters());
                        let typed = plans.map(|plan| plan.typed_in_body(body)).min();
                        self.improve(clause, case, typed.unwrap_or(Score::NONE));
                    }
                }
            }
        }
    }

    /// The best score of some patterns in the body of a case; else in its id, which
    /// begins like one of the words.
    fn body_score(&self, case: usize, plans: &[PatternPlan<'_>]) -> Score {
        let in_body = self.index.bodies.of(case).map_or(Score::NONE, |body| {
            let scores = plans.iter().map(|plan| plan.in_body(body));
            scores.min().unwrap_or(Score::NONE)
        });
        let begins = |plan: &PatternPlan<'_>| {
            let ids = plan.ids.binary_search_by_key(&case, |&(case, _)| case);
            ids.is_ok()
        };
        match in_body.is_none() && plans.iter().any(begins) {
            true => Score::of_record(Where::Unfinished),
            false => in_body,
        }
    }
}

/// The score of a pattern that is found in a line so.
fn line_score(
    pattern: &Pattern,
    field: Field,
    line: usize,
    found: Occurrence,
    penalty: u32,
) -> Score {
    let tier = pattern.tier(TextKind::Line, found.quality);
    Score::new(
        tier,
        Where::Field(field),
        found.quality,
        false,
        penalty,
        line,
    )
}

/// Calls `hit` with the lines of a range that have a pattern, and how it is found there
/// best. As typed it is looked for in all of them at once, which is fastest.
fn each_line(
    pattern: &Pattern,
    lines: &Folded,
    range: Range<usize>,
    mut hit: impl FnMut(usize, Occurrence, u32),
) {
    let mut look = |line: usize, may_be_typed: bool| {
        let text = lines.text(line);
        let best = match may_be_typed {
            true => best_in_line(pattern, pattern.occurrences(text), text),
            false => best_in_line(pattern, pattern.not_literal(text), text),
        };
        if let Some((found, penalty)) = best {
            hit(line, found, penalty);
        }
    };
    let is_spelled = pattern.nfa(TextKind::Line).is_some() || pattern.is_scattered();
    let mut next = range.start;
    if pattern.literal_codes(TextKind::Line).is_some() {
        let (bytes, first) = (lines.codes_of(range.clone()), lines.start(range.start));
        let finder = pattern.finder(TextKind::Line);
        let (mut from, mut line) = (0, range.start);
        while let Some(found) = finder.find(&bytes[2 * from..]) {
            let (at, end) = lines.text_at(line, first + from + found);
            if is_spelled {
                (next..at).for_each(|line| look(line, false));
                next = at + 1;
            }
            look(at, true);
            (from, line) = (end - first, at);
        }
    }
    if is_spelled {
        (next..range.end).for_each(|line| look(line, false));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::code_sets::ReadableCodes;
    use crate::search::query::Phrase;
    use crate::seeds::{self, catalog::Catalog};

    #[test]
    fn titles_and_headings_have_a_pattern_where_each_by_itself_has_it() {
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
        let words = words.iter().map(|word| (word, false));
        for (text, by_sound) in words.chain(["街长治", "院仕港"].iter().map(|word| (word, true)))
        {
            let phrase = Phrase {
                text: (*text).to_owned(),
                quoted: false,
            };
            let library = ReadableCodes::all();
            let mut pattern = Pattern::new(&phrase, &index.spellings, library).expect("a word");
            if by_sound {
                pattern = pattern
                    .by_sound(&index.spellings, library)
                    .expect("a sound");
            }
            let patterns = [Arc::new(pattern)];
            let scores = |fields| {
                let clauses = [(&patterns[..], fields)];
                score_clauses(&index, &clauses, &all, SearchOptions::FULL).remove(0)
            };
            let (titles, texts) = (scores(Fields::Title), scores(Fields::Text));
            let best = |text| {
                patterns[0]
                    .occurrences(text)
                    .map(|found| found.quality)
                    .min()
            };
            for case in 0..index.cases() {
                let expected = best(index.titles.text(case));
                let is_found = titles.found().contains(case);
                assert_eq!(is_found, expected.is_some(), "{text} in title {case}");
                let lines = index.headings.of_cases(case..case + 1);
                let lines = lines.filter_map(|line| best(index.headings.lines.text(line)));
                let is_found = texts.of(case).place() == Where::Field(Field::Heading);
                assert_eq!(
                    is_found,
                    lines.min().is_some(),
                    "{text} in headings of {case}"
                );
            }
        }
    }
}
