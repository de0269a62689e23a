//! What of a shown text matches a query, and which piece of a text to show.

use std::sync::Arc;

use super::matcher::Matcher;
use super::places::Fields;
use super::query::{self, TermKind};
use super::scattered::Scatter;
use super::vocabulary::ReadAlike;
use super::word::Word;
use super::{Field, Marker, Match};
use crate::case::CaseRef;
use crate::seeds::number_of;
use crate::text::CharSpan;
use crate::text::fold;
use crate::text::pinyin::Spellings;

/// Words that a marker marks, any of them, in the fields that they were asked
/// for in.
#[derive(Debug)]
pub(super) struct Marked {
    pub fields: Fields,
    pub words: Vec<Arc<Word>>,
    /// Words that were found in pieces in a title or a name; there they are marked
    /// where nothing else is.
    pub scattered: Vec<Vec<u16>>,
}

impl Marker {
    /// Marks what a query would match by itself, without a library: for a
    /// search inside a page. Words that it excludes, and fields that hold no
    /// text, mark nothing.
    pub fn new(query: &str, spellings: &Spellings) -> Self {
        let terms = query::parse(query).terms;
        let spaced = query::spaced(&terms, spellings).into_iter();
        let spaced = spaced.map(|(_, phrase)| (Fields::All, vec![phrase]));
        let terms = terms.into_iter().filter(|term| !term.excluded);
        let asked = terms.filter_map(|term| match term.kind {
            TermKind::Words(phrases) => Some((Fields::All, phrases)),
            TermKind::Field { field, values, .. } => Some((Fields::of(field)?, values)),
            TermKind::Doubtful { words, .. } => Some((Fields::All, words)),
        });
        let marked = asked.chain(spaced).map(|(fields, phrases)| {
            let words = phrases.iter();
            let words = words.filter_map(|p| Word::new(p, spellings, ReadAlike::all()));
            Marked {
                fields,
                words: words.map(Arc::new).collect(),
                scattered: Vec::new(),
            }
        });
        Self::of(marked.collect())
    }

    pub(super) fn of(marked: Vec<Marked>) -> Self {
        Self {
            marked: Arc::new(marked),
        }
    }

    /// The characters of `text`, which stands in `field` of a case, that match, in
    /// order, not overlapping. `text` may be shown in whichever script.
    ///
    /// What matches depends on the field as it does in a search: initials and lone
    /// syllables match in titles, names and headings, and not in running text;
    /// there a word lies across quotation marks, but not across 、 and its like.
    pub fn marks(&self, field: Field, text: &str) -> Vec<CharSpan> {
        let marked = self.marked.iter();
        let mut marked = marked.filter(|marked| marked.fields.has(field)).peekable();
        if marked.peek().is_none() {
            return Vec::new();
        }
        let codes = fold::codes(text);
        merged(match field {
            Field::Text => {
                let line = Line::of_text(&codes);
                marked.flat_map(|m| m.in_text(&codes, &line)).collect()
            }
            _ => {
                let mut line = Line::new(&codes);
                if field == Field::Heading {
                    let number = text[..number_of(text)].chars().count();
                    line.number = Line::new(&codes[..number]).codes.len();
                }
                marked
                    .flat_map(|m| m.in_line(field, &codes, &line))
                    .collect()
            }
        })
    }

    /// The characters of a case's award year that match: by a word that is the year,
    /// or that begins like it.
    pub fn marks_of_year(&self, year: u16) -> Option<CharSpan> {
        let anywhere = self.marked.iter().filter(|m| m.fields == Fields::All);
        let mut words = anywhere.flat_map(|marked| &marked.words);
        let word = words.find(|word| word.year_scope(year).is_some())?;
        let digits = year.to_string().len();
        Some(span((0, word.codes().len().min(digits))))
    }

    /// The same for the bodies of a case, which `shown` begins with, side by side
    /// as [`CaseRef::orgs`] puts them. A body may have been found by a name that is
    /// not printed; `matches` tell of that.
    pub fn marks_in_orgs(
        &self,
        case: CaseRef<'_>,
        shown: &str,
        matches: &[Match],
    ) -> Vec<CharSpan> {
        let mut shown = shown.chars();
        let mut spans = Vec::new();
        let mut first = 0;
        for (part, org) in (0..).zip(&case.case.orgs) {
            let characters = org.printed.chars().count();
            let name: String = shown.by_ref().take(characters).collect();
            let told = matches.iter();
            let told = told.filter(|m| m.field == Field::Org && m.part == part);
            let marks = self.marks(Field::Org, &name).into_iter();
            let marks = marks.chain(told.flat_map(|m| m.spans.iter().copied()));
            spans.extend(marks.map(|s| CharSpan::new(first + s.start, first + s.end)));
            // One character parts them.
            shown.next();
            first += characters as u32 + 1;
        }
        merged(spans)
    }

    /// The same for a title whose lines are shown one below the other, line by
    /// line: a phrase may run from one into the next.
    pub fn marks_in_title(&self, lines: &[&str]) -> Vec<Vec<CharSpan>> {
        let spans = self.marks(Field::Title, &lines.join("\u{3000}"));
        let mut first = 0;
        let in_line = lines.iter().map(|line| {
            let (start, end) = (first, first + line.chars().count() as u32);
            first = end + 1;
            let cut = |span: &CharSpan| {
                let (from, to) = (span.start.max(start), span.end.min(end));
                (from < to).then(|| CharSpan::new(from - start, to - start))
            };
            spans.iter().filter_map(cut).collect()
        });
        in_line.collect()
    }
}

impl Marked {
    fn in_text(&self, codes: &[u16], text: &Line) -> Vec<CharSpan> {
        let mut spans = Vec::new();
        for word in &self.words {
            if word.is_quoted() {
                spans.extend(occurrences(word.codes(), codes));
                continue;
            }
            let typed = match word.is_by_sound() {
                true => Vec::new(),
                false => occurrences(word.text_codes(), &text.codes),
            };
            let matcher = word.text_matcher().into_iter();
            let spelled = matcher.flat_map(|matcher| spelled(matcher, &text.codes, false));
            for span in typed.into_iter().chain(spelled) {
                text.runs(span.start as usize, span.end as usize, &mut spans);
            }
        }
        spans
    }

    fn in_line(&self, field: Field, codes: &[u16], line: &Line) -> Vec<CharSpan> {
        let mut spans = Vec::new();
        for word in &self.words {
            if word.is_quoted() {
                spans.extend(occurrences(word.codes(), codes));
                continue;
            }
            for span in line.occurrences(word) {
                line.runs(span.start as usize, span.end as usize, &mut spans);
            }
        }
        if spans.is_empty() && matches!(field, Field::Title | Field::Org) {
            self.scattered_in(line, &mut spans);
        }
        spans
    }

    fn scattered_in(&self, line: &Line, spans: &mut Vec<CharSpan>) {
        for word in &self.scattered {
            let mut scatter = Scatter::new(word);
            let found = scatter
                .as_mut()
                .and_then(|s| s.find(line.codes.iter().copied()));
            for &index in found.into_iter().flatten() {
                line.runs(index as usize, index as usize + 1, spans);
            }
        }
    }
}

/// A text without its marks, and where its characters stand in the text.
pub(super) struct Line {
    codes: Vec<u16>,
    places: Vec<u32>,
    /// How many of its characters are the number of a heading.
    number: usize,
}

impl Line {
    pub(super) fn new(codes: &[u16]) -> Self {
        let kept = codes
            .iter()
            .enumerate()
            .filter(|&(_, &code)| !fold::is_mark(code));
        let (places, codes) = kept.map(|(at, &code)| (at as u32, code)).unzip();
        Self {
            codes,
            places,
            number: 0,
        }
    }

    /// Running text without what is passed over there.
    fn of_text(codes: &[u16]) -> Self {
        let mut passed_over = fold::passed_over(codes).peekable();
        let all = (0..).zip(codes.iter().copied());
        let kept = all.filter(|&(at, _)| passed_over.next_if_eq(&(at as usize)).is_none());
        let (places, codes) = kept.unzip();
        Self {
            codes,
            places,
            number: 0,
        }
    }

    /// Where a word that is not quoted stands in the line as typed, by its letters
    /// or by its sound.
    fn occurrences(&self, word: &Word) -> Vec<CharSpan> {
        let typed = match word.is_by_sound() {
            true => Vec::new(),
            false => occurrences(word.line_codes(), &self.codes),
        };
        let has_mark = |at: &CharSpan| word.has_mark(self.number - at.start as usize);
        let typed = typed.into_iter();
        let typed = typed.filter(|at| !self.are_across_number(at) || has_mark(at));
        let typed: Vec<CharSpan> = typed.collect();
        let Some(matcher) = word.line_matcher() else {
            return typed;
        };
        // Of what overlaps, the better match counts.
        let in_syllables = self.spelled(matcher, false);
        let in_syllables: Vec<CharSpan> = in_syllables.filter(|s| !overlaps(&typed, s)).collect();
        let by_initials = self.spelled(matcher, true);
        let by_initials =
            by_initials.filter(|s| !overlaps(&typed, s) && !overlaps(&in_syllables, s));
        let by_initials: Vec<CharSpan> = by_initials.collect();
        [typed, in_syllables, by_initials].concat()
    }

    fn spelled(&self, matcher: &Matcher, initials: bool) -> impl Iterator<Item = CharSpan> {
        let (number, others) = self.codes.split_at(self.number);
        let behind = spelled(matcher, others, initials);
        let first = self.number as u32;
        let behind = behind.map(move |at| CharSpan::new(first + at.start, first + at.end));
        spelled(matcher, number, initials).chain(behind)
    }

    fn are_across_number(&self, at: &CharSpan) -> bool {
        (at.start as usize) < self.number && self.number < at.end as usize
    }

    /// Adds the runs of the text that the characters from `start` to `end` are.
    pub(super) fn runs(&self, start: usize, end: usize, spans: &mut Vec<CharSpan>) {
        let places = self.places.get(start..end.min(self.places.len()));
        for &place in places.unwrap_or_default() {
            lengthen(spans, place);
        }
    }
}

/// Adds a character behind the last span: to it, where they touch.
pub(super) fn lengthen(spans: &mut Vec<CharSpan>, place: u32) {
    match spans.last_mut() {
        Some(last) if last.end == place => last.end += 1,
        _ => spans.push(CharSpan::new(place, place + 1)),
    }
}

/// Where `word` stands in `text`, not overlapping.
pub(super) fn occurrences(word: &[u16], text: &[u16]) -> Vec<CharSpan> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..]
        .windows(word.len())
        .position(|window| window == word)
    {
        found.push(span((at + next, at + next + word.len())));
        at += next + word.len();
    }
    found
}

fn spelled(matcher: &Matcher, codes: &[u16], initials: bool) -> impl Iterator<Item = CharSpan> {
    matcher.find_all(codes, initials).into_iter().map(span)
}

fn span((start, end): (usize, usize)) -> CharSpan {
    CharSpan::new(start as u32, end as u32)
}

/// Whether a span overlaps one of others, which are in order and apart.
fn overlaps(others: &[CharSpan], span: &CharSpan) -> bool {
    let next = others.partition_point(|other| other.end <= span.start);
    others.get(next).is_some_and(|other| other.start < span.end)
}

/// The spans in order, with those that overlap made one.
pub(super) fn merged(mut spans: Vec<CharSpan>) -> Vec<CharSpan> {
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let overlaps = next.start < last.end;
        if overlaps {
            last.end = last.end.max(next.end);
        }
        overlaps
    });
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, text: &str, expected: &[&str]) {
        check_in(Field::Title, query, text, expected);
    }

    #[track_caller]
    fn check_in(field: Field, query: &str, text: &str, expected: &[&str]) {
        let marker = Marker::new(query, &Spellings::default());
        let characters: Vec<char> = text.chars().collect();
        let marked = marker.marks(field, text).into_iter().map(|span| {
            characters[span.start as usize..span.end as usize]
                .iter()
                .collect::<String>()
        });
        assert_eq!(marked.collect::<Vec<_>>(), expected, "{query}");
    }

    #[test]
    fn all_words_are_marked_in_either_script() {
        check("审批 大提速", "项目审批实现大提速", &["审批", "大提速"]);
        check("审批", "項目審批實現大提速", &["審批"]);
        check("審批", "项目审批", &["审批"]);
    }

    #[test]
    fn marks_between_are_not_marked() {
        check("互联网+统计", "构建“互联网+”统计服务", &["互联网+", "统计"]);
    }

    #[test]
    fn nothing_is_marked_across_the_number_of_a_heading() {
        let heading = "（三）创新三创做法";
        check_in(Field::Heading, "三创", heading, &["三创"]);
        check_in(Field::Heading, "sanchuang", heading, &["三创"]);
        check_in(Field::Heading, "三）创新", heading, &["三", "创新"]);
        check_in(Field::Heading, "三", heading, &["三", "三"]);
        check_in(Field::Heading, "三创", "三创做法", &["三创"]);
        check_in(Field::Title, "三创", "三、创新做法", &["三", "创"]);
    }

    #[test]
    fn pinyin_is_marked_on_characters() {
        check("ditie", "市地铁工程建设指挥部", &["地铁"]);
        check("di铁", "市地铁工程建设指挥部", &["地铁"]);
        check("dtgc", "市地铁工程建设指挥部", &["地铁工程"]);
    }

    #[test]
    fn of_matches_that_overlap_the_better_is_marked() {
        // g, e, ge would end first.
        check("gege", "高额格格", &["格格"]);
        check("gege", "高额格局", &["高额格"]);
    }

    #[test]
    fn every_occurrence_is_marked() {
        check("创新", "创新机制，创新服务", &["创新", "创新"]);
    }

    #[test]
    fn running_text_has_no_initials_and_lone_syllables() {
        let text = "市地铁“互联网+”统计";
        for query in ["dt", "di"] {
            check_in(Field::Text, query, text, &[]);
        }
        check_in(Field::Text, "ditie", text, &["地铁"]);
        for field in [Field::Title, Field::Org, Field::Heading] {
            check_in(field, "dt", text, &["地铁"]);
            check_in(field, "di", text, &["地"]);
            check_in(field, "互联网+统计", text, &["互联网+", "统计"]);
        }
    }

    #[test]
    fn of_marks_in_running_text_those_that_may_stand_in_a_phrase_are_passed_over() {
        let text = "深化“放管服”改革";
        let marked = ["放管服", "改革"];
        for query in ["放管服改革", "“放管服”改革", "fangguanfugaige"] {
            check_in(Field::Text, query, text, &marked);
        }
        check_in(Field::Text, "「放管服”改革」", text, &["放管服”改革"]);
        check_in(Field::Text, "\"放管服改革\"", text, &[]);
        for text in [
            "放管服、改革",
            "放管服，改革",
            "放管服：改革",
            "放管服——改革",
            "（放管服）改革",
        ] {
            check_in(Field::Text, "放管服改革", text, &[]);
        }
        check_in(Field::Text, "smartcity", "a smart city", &[]);
    }

    #[test]
    fn a_long_title_is_a_title() {
        let text = "市地铁工程建设指挥部".repeat(11);
        check("dtgc", &text, &["地铁工程"; 11]);
    }

    #[test]
    fn a_word_is_marked_in_the_field_that_it_was_asked_for_in() {
        let all = [Field::Title, Field::Org, Field::Heading, Field::Text];
        let fields = [
            ("题:地铁", &all[..1]),
            ("机构:地铁", &all[1..2]),
            ("文:地铁", &all[2..]),
            ("地铁", &all[..]),
        ];
        for (query, asked) in fields {
            for field in all {
                let marks = if asked.contains(&field) {
                    &["地铁"][..]
                } else {
                    &[]
                };
                check_in(field, query, "市地铁工程", marks);
            }
        }
        check_in(Field::Text, "题:地铁 工程", "市地铁工程", &["工程"]);
    }

    #[test]
    fn what_is_excluded_or_a_plain_value_is_not_marked() {
        check("-审批 年:2017 项目", "2017项目审批", &["项目"]);
    }

    #[test]
    fn a_quoted_phrase_is_marked_with_its_marks() {
        check("“网+”统”", "", &[]);
        check("\"a b\"", "a b a　b ab", &["a b", "a　b"]);
    }

    #[test]
    fn an_award_year_is_marked_as_far_as_it_is_typed() {
        let marked = |query: &str, year| {
            let marker = Marker::new(query, &Spellings::default());
            marker.marks_of_year(year)
        };
        assert_eq!(marked("地铁 2016", 2016), Some(span((0, 4))));
        assert_eq!(marked("2016年度", 2016), Some(span((0, 4))));
        assert_eq!(marked("201", 2016), Some(span((0, 3))));
        for query in ["2015", "16", "-2016", "地铁"] {
            assert_eq!(marked(query, 2016), None, "{query}");
        }
    }

    #[test]
    fn overlapping_matches_are_one() {
        check("街长制 长制加", "创新实行街长制加强", &["街长制加"]);
    }
}
