//! The best score of a clause in each case.
//!
//! Cases are searched in chunks, by as many threads as are useful: the fields of one case are
//! independent of those of all others.

use std::ops::Range;
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::Field;
use super::filter::BodyFilter;
use super::folded::{FoldedRef, TextKind};
use super::index::{Body, Index, SEGMENT};
use super::options::{Fields, SearchOptions};
use super::pattern::{Occurrence, Pattern};
use super::rank::{self, Quality, Score, Where};
use crate::text::fold;
use crate::text::word_ends::is_digit;
use crate::threads;

/// Maximum count of a pattern in one body: of two equally long ones, with 16 occurrences and with
/// 100, neither is more about it.
const MOST_OCCURRENCES: u32 = 16;

/// The best score of a clause in every case.
#[derive(Clone, Debug)]
pub struct Scores {
    scores: Vec<Score>,
    /// Cases that match the clause, of those that were searched.
    pub found: FixedBitSet,
}

impl Scores {
    #[inline]
    pub fn of(&self, case: usize) -> Score {
        self.scores[case]
    }
}

/// Computes the best score of any of some patterns in their fields, for every case in `among`.
pub fn score(
    index: &Index,
    (patterns, fields): (&[Arc<Pattern>], Fields),
    among: &FixedBitSet,
    options: SearchOptions<'_>,
) -> Scores {
    let cases = index.cases();
    let mut scores = vec![Score::NONE; cases];
    // Without cases there is nothing to prepare.
    if !among.is_clear() {
        let plans: Vec<PatternPlan<'_>> = patterns
            .iter()
            .map(|pattern| PatternPlan::of(index, pattern, fields, options.text))
            .collect();
        let chunks =
            scores
                .chunks_mut(SEGMENT)
                .zip((0..).step_by(SEGMENT))
                .map(|(scores, first)| Chunk {
                    index,
                    among,
                    cases: first..first + scores.len(),
                    scores,
                });
        threads::for_each(chunks.collect(), |mut chunk| {
            if !(options.stop)() {
                chunk.score(&plans, options.stop);
            }
        });
    }
    let mut found = FixedBitSet::with_capacity(cases);
    found.extend(among.ones().filter(|&case| !scores[case].is_none()));
    Scores { scores, found }
}

/// What is computed once per pattern, for all cases.
struct PatternPlan<'a> {
    pattern: &'a Pattern,
    fields: Fields,
    /// Best score in the names of every org and area; empty if it is in none.
    of_owner: Vec<Score>,
    /// Cases whose ids it is, or begins.
    ids: Vec<(usize, Where)>,
    /// Years of the library that it is, or begins.
    years: Vec<(u16, Where)>,
    body: Option<BodyFilter>,
}

impl<'a> PatternPlan<'a> {
    /// Plans a pattern in some fields; in running text only if `text` is set.
    fn of(index: &Index, pattern: &'a Pattern, fields: Fields, text: bool) -> Self {
        let known = index.fields.known_years().iter();
        let years = known.filter_map(|&year| Some((year, pattern.year(year)?)));
        let of_record = (fields == Fields::All).then_some(pattern);
        let in_text = text && fields.has(Field::Text);
        Self {
            pattern,
            fields,
            of_owner: of_owner(index, pattern, fields),
            ids: of_record.map_or(Vec::new(), |pattern| ids(index, pattern)),
            years: of_record.map_or(Vec::new(), |_| years.collect()),
            body: in_text.then(|| BodyFilter::of(index, pattern)).flatten(),
        }
    }

    /// Whether only lines and names are searched for it.
    fn is_in_lines(&self) -> bool {
        self.body.is_none() && self.ids.is_empty()
    }

    /// Returns the score in a body: as typed, else by letters or sound.
    fn in_body(&self, body: Body<'_>) -> Score {
        let typed = self.typed_in_body(body);
        let filter = self.body.as_ref().filter(|_| typed.is_none());
        match filter.and_then(|filter| filter.spelled_starts(body)) {
            Some(starts) => {
                let spelled = self.pattern.spelled(body.text, 0, starts, |_, _| true);
                self.body_score(best_in_body(spelled, body.text))
            }
            None => typed,
        }
    }

    fn typed_in_body(&self, body: Body<'_>) -> Score {
        let filter = self.body.as_ref();
        if !filter.is_some_and(|filter| filter.may_be_typed(body)) {
            return Score::NONE;
        }
        self.body_score(best_in_body(self.pattern.literal(body.text, 0), body.text))
    }

    fn body_score(&self, best: Option<(Occurrence, u32)>) -> Score {
        best.map_or(Score::NONE, |(found, penalty)| {
            let tier = self.pattern.tier(TextKind::Body, found.quality);
            let place = Where::Field(Field::Text);
            Score::new(tier, place, found.quality, false, penalty, 0)
        })
    }
}

/// Returns the best score of a pattern in the names of every org and area; empty if it is in none.
fn of_owner(index: &Index, pattern: &Pattern, fields: Fields) -> Vec<Score> {
    let names = &index.names;
    let word = pattern.line_codes();
    // The name of an org means that org, however few cases it has.
    let is_whole = || pattern.is_scattered() && fields == Fields::Org && names.has(word);
    if !fields.has(Field::Org) || is_whole() {
        return Vec::new();
    }
    // 机构:市市场监管局 means that org, not its predecessors, so that its count in the facets is
    // right.
    let only = match fields {
        Fields::Org => names.listed_under(word),
        _ => Vec::new(),
    };
    let mut of_owner = vec![Score::NONE; names.owners()];
    let all = 0..names.lines.len();
    let is_literal = pattern.nfa(TextKind::Line).is_none() && !pattern.is_scattered();
    let having = names
        .lines
        .having(pattern.finder(TextKind::Line), all.clone());
    let literal = having.map(|(line, _)| line).filter(|_| is_literal);
    for line in literal.chain(all.filter(|_| !is_literal)) {
        let owner = names.owner(line);
        // A city before the name would give scattered characters more room.
        let is_meant = only.is_empty() || only.contains(&owner);
        if !is_meant || pattern.is_scattered() && names.has_city(line) {
            continue;
        }
        let text = names.lines.text(line);
        let found = pattern.occurrences_at(text, |start, end| names.is_named(line, start..end));
        if let Some((found, penalty)) = best_in_line(pattern, found, text) {
            let tier = pattern.tier(TextKind::Line, found.quality);
            let (place, alias) = (Where::Field(Field::Org), names.is_alias(line));
            let score = Score::new(tier, place, found.quality, alias, penalty, line);
            // The end of a name says what the org is, its middle what it also does.
            let score = if alias && found.end < text.len() && found.start > 0 {
                score.weak()
            } else {
                score
            };
            of_owner[owner] = of_owner[owner].min(score);
        }
    }
    if of_owner.iter().all(|score| score.is_none()) {
        of_owner.clear();
    }
    of_owner
}

/// Returns the cases whose ids a pattern is, such as 000-13, or begins: 000-1, 000.
fn ids(index: &Index, pattern: &Pattern) -> Vec<(usize, Where)> {
    let codes = pattern.codes();
    let may_be_one = codes.contains(&u16::from(b'-')) || codes.iter().all(|&c| is_digit(c));
    let is_plain = pattern.literal_codes(TextKind::Line).is_some() && !pattern.is_quoted();
    if !is_plain || !may_be_one {
        return Vec::new();
    }
    let place = |id: &str| {
        let mut id = id.chars().map(fold::code);
        let begins = codes.iter().all(|&code| id.next() == Some(code));
        begins.then(|| id.next().map_or(Where::Record, |_| Where::Unfinished))
    };
    let cases = index
        .corpus
        .cases
        .iter()
        .enumerate()
        .filter_map(|(case, known)| Some((case, place(&known.id.0)?)));
    cases.collect()
}

/// Returns the best of a pattern's occurrences in a line, and how late and sparse it is.
pub fn best_in_line(
    pattern: &Pattern,
    occurrences: impl Iterator<Item = Occurrence>,
    line: FoldedRef<'_>,
) -> Option<(Occurrence, u32)> {
    let penalty = |start, characters| rank::penalty_in_line(start, characters, line.len());
    if pattern.is_scattered() {
        let pieces: Vec<Occurrence> = occurrences.collect();
        let first = *pieces.first()?;
        let characters = pieces.iter().map(|piece| piece.end - piece.start);
        return Some((first, penalty(first.start, characters.sum())));
    }
    let least = |start| penalty(start, pattern.line_codes().len());
    let mut best: Option<(Occurrence, u32)> = None;
    for found in occurrences {
        if best.is_some_and(|(best, _)| found.quality.pass() > best.quality.pass()) {
            break;
        }
        let cut = if found.cut { rank::CUT } else { 0 };
        let penalty = cut + penalty(found.start, found.end - found.start);
        if best.is_none_or(|(best, known)| (found.quality, penalty) < (best.quality, known)) {
            best = Some((found, penalty));
        }
        // Later occurrences are no better then, even with all letters of the word.
        let is_least = |(best, known): (Occurrence, u32)| {
            known <= least(found.end) && pattern.is_best_of_pass(line.kind, best.quality)
        };
        if best.is_some_and(is_least) {
            break;
        }
    }
    best
}

/// Returns the first of the best occurrences in a body, and how late and rare they are.
pub fn best_in_body(
    occurrences: impl Iterator<Item = Occurrence>,
    body: FoldedRef<'_>,
) -> Option<(Occurrence, u32)> {
    let key = |found: Occurrence| (found.quality, found.cut);
    let mut best: Option<(Occurrence, u32)> = None;
    for found in occurrences {
        match &mut best {
            Some((best, _)) if found.quality.pass() > best.quality.pass() => break,
            Some((best, count)) if key(found) >= key(*best) => *count += 1,
            _ => best = Some((found, 1)),
        }
        let is_dense = |(best, count): (Occurrence, u32)| {
            let is_best = matches!(best.quality, Quality::AsTyped | Quality::Syllables);
            count >= MOST_OCCURRENCES && is_best && !best.cut
        };
        if best.is_some_and(is_dense) {
            break;
        }
    }
    let (found, count) = best?;
    let cut = if found.cut { rank::CUT } else { 0 };
    let count = count.min(MOST_OCCURRENCES);
    let penalty = rank::penalty_in_text(found.start, count, body.len());
    Some((found, cut + penalty))
}

fn line_score(
    pattern: &Pattern,
    field: Field,
    quality: Quality,
    penalty: u32,
    line: usize,
) -> Score {
    let tier = pattern.tier(TextKind::Line, quality);
    Score::new(tier, Where::Field(field), quality, false, penalty, line)
}

/// Consecutive cases, and the scores of a clause in them.
struct Chunk<'a> {
    index: &'a Index,
    among: &'a FixedBitSet,
    cases: Range<usize>,
    scores: &'a mut [Score],
}

impl Chunk<'_> {
    fn score(&mut self, plans: &[PatternPlan<'_>], stop: &(dyn Fn() -> bool + Sync)) {
        let among = self.among;
        let mut cases = self.cases.clone().filter(|&case| among.contains(case));
        if cases.clone().next().is_none() {
            return;
        }
        for plan in plans {
            self.score_lines(plan);
        }
        if !plans.iter().all(PatternPlan::is_in_lines) {
            while let Some(case) = cases.next().filter(|case| case % 64 != 0 || !stop()) {
                self.score_body(case, plans);
            }
        }
    }

    fn known(&self, case: usize) -> Score {
        self.scores[case - self.cases.start]
    }

    fn improve(&mut self, case: usize, score: Score) {
        let known = &mut self.scores[case - self.cases.start];
        *known = (*known).min(score);
    }

    /// Scores a pattern in titles, names and headings, and in the record of a case.
    fn score_lines(&mut self, plan: &PatternPlan<'_>) {
        let (index, cases, pattern) = (self.index, self.cases.clone(), plan.pattern);
        if plan.fields.has(Field::Title) {
            self.score_each_line(pattern, Field::Title, cases.clone());
        }
        if !plan.of_owner.is_empty() {
            for (case, owner) in index.names.of_cases(cases.clone()) {
                self.improve(case, plan.of_owner[owner]);
            }
        }
        if plan.fields.has(Field::Heading) && !pattern.is_scattered() {
            let lines = index.headings.of_cases(cases.clone());
            self.score_each_line(pattern, Field::Heading, lines);
        }
        for &(case, place) in &plan.ids {
            if place == Where::Record && cases.contains(&case) {
                self.improve(case, Score::of_record(place, pattern.best_quality()));
            }
        }
        for &(year, place) in &plan.years {
            for case in cases
                .clone()
                .filter(|&case| index.fields.year(case) == year)
            {
                self.improve(case, Score::of_record(place, pattern.best_quality()));
            }
        }
    }

    /// Scores a pattern in some titles or headings, except those whose case has a better score. As
    /// typed it is searched for in all of them at once, which is fastest.
    fn score_each_line(&mut self, pattern: &Pattern, field: Field, range: Range<usize>) {
        let index = self.index;
        let lines = match field {
            Field::Title => &index.titles,
            _ => &index.headings.lines,
        };
        let case = |line: usize| match field {
            Field::Title => line,
            _ => index.headings.case(line),
        };
        let [typed, spelled] = [Quality::AsTyped, Quality::Syllables]
            .map(|quality| line_score(pattern, field, quality, 0, 0));
        let typed_in = match pattern.literal_codes(TextKind::Line) {
            Some(_) => range.clone(),
            None => range.start..range.start,
        };
        for (line, first) in lines.having(pattern.finder(TextKind::Line), typed_in) {
            if self.may_improve(case(line), typed) {
                let text = lines.text(line);
                let found =
                    pattern
                        .literal(text, first)
                        .chain(pattern.not_literal(text, 0, |_, _| true));
                self.score_line(pattern, field, line, found, text);
            }
        }
        if pattern.nfa(TextKind::Line).is_none() && !pattern.is_scattered() {
            return;
        }
        // Other occurrences too: none runs across the zero after a line.
        let codes = lines.codes_before(range.end);
        let mut line = range.start;
        while let Some(first) = pattern.first_not_literal(&codes[lines.start(line)..]) {
            let at = lines.start(line) + first;
            line = lines.text_at(line, at);
            let case = case(line);
            let is_better = self.may_improve(case, spelled);
            if is_better {
                let text = lines.text(line);
                let found = pattern.not_literal(text, at - lines.start(line), |_, _| true);
                self.score_line(pattern, field, line, found, text);
            }
            line = match field {
                Field::Heading if !is_better => index.headings.of_cases(case..case + 1).end,
                _ => line + 1,
            };
        }
    }

    /// Whether a case is searched, and a score would be better than its known one.
    #[inline]
    fn may_improve(&self, case: usize, score: Score) -> bool {
        score < self.known(case) && self.among.contains(case)
    }

    /// Scores the occurrences in a title or a heading.
    fn score_line(
        &mut self,
        pattern: &Pattern,
        field: Field,
        line: usize,
        occurrences: impl Iterator<Item = Occurrence>,
        text: FoldedRef<'_>,
    ) {
        let Some((found, penalty)) = best_in_line(pattern, occurrences, text) else {
            return;
        };
        let score = line_score(pattern, field, found.quality, penalty, line);
        if field == Field::Heading {
            return self.improve(self.index.headings.case(line), score);
        }
        let start = found.start;
        let begins = start == 0 || text.marks_before(start) < text.marks_before(start + 1);
        let in_title = score.in_title(begins);
        let score = if self.index.edited.contains(line) {
            in_title.by_editor()
        } else {
            in_title
        };
        self.improve(line, score);
    }

    /// Scores the body of a case if that may improve its score; otherwise its id, if one of the
    /// words begins it.
    fn score_body(&mut self, case: usize, plans: &[PatternPlan<'_>]) {
        let known = self.known(case);
        let in_title = known.place() == Where::Field(Field::Title);
        let body = self.index.bodies.of(case);
        let in_body = |plan: &PatternPlan<'_>| match body {
            Some(body) if in_title || known.may_improve() => plan.in_body(body),
            // Letters as typed, anywhere, count more than what they spell in a name.
            Some(body) if known.is_spelled() && plan.pattern.has_letters() => {
                plan.typed_in_body(body)
            }
            _ => Score::NONE,
        };
        let best = plans.iter().map(in_body).min().unwrap_or(Score::NONE);
        if in_title && !best.is_none() {
            self.scores[case - self.cases.start] = known.about(best);
        }
        let begins = |plan: &PatternPlan<'_>| {
            let ids = plan.ids.binary_search_by_key(&case, |&(case, _)| case);
            ids.is_ok()
        };
        self.improve(case, best);
        if known.is_none() && best.is_none() && plans.iter().any(begins) {
            self.improve(case, Score::of_record(Where::Unfinished, Quality::AsTyped));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::Phrase;
    use crate::seeds::{self, catalog::Catalog};
    use crate::text::pinyin::ReadableCodes;

    #[test]
    fn titles_and_headings_have_a_pattern_where_each_by_itself_has_it() {
        let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
        let index = Index::build(Arc::new(corpus));
        let all = index.all_cases();
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
        ]
        .iter()
        .map(|word| (word, false));
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
            let scores = |fields| score(&index, (&patterns[..], fields), &all, SearchOptions::FULL);
            let (titles, texts) = (scores(Fields::Title), scores(Fields::Text));
            let best = |text| {
                patterns[0]
                    .occurrences(text)
                    .map(|found| found.quality)
                    .min()
            };
            for case in 0..index.cases() {
                let expected = best(index.titles.text(case));
                let is_found = titles.found.contains(case);
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
