//! Marking the parts of a shown text that match a query.

use std::sync::Arc;

use super::folded::{Folded, FoldedRef, TextKind};
use super::options::Fields;
use super::pattern::Pattern;
use super::query::{self, TermKind};
use super::{Field, Match};
use crate::case::CaseRef;
use crate::seeds::number_of;
use crate::text::pinyin::{ReadableCodes, Spellings};
use crate::text::{CharSpan, fold};

/// Marks what a query matches in any text on the screen, in any script.
#[derive(Clone, Debug, Default)]
pub struct Marker {
    terms: Arc<Vec<HighlightTerm>>,
}

/// Patterns to mark, in the fields in which they were asked for.
#[derive(Debug)]
pub struct HighlightTerm {
    pub fields: Fields,
    /// Scattered ones are marked only if none of the others occurs.
    pub patterns: Vec<Arc<Pattern>>,
}

impl Marker {
    /// Marks what a query would match by itself, without a library, in texts of these characters.
    /// This is for a search inside a page: few characters give few forms of a word. Excluded words,
    /// and fields that contain no text, mark nothing.
    pub fn new(query: &str, spellings: &Spellings, characters: &ReadableCodes) -> Self {
        let terms = query::parse(query).terms;
        let spaced = query::spaced(&terms, spellings)
            .into_iter()
            .map(|(_, phrase)| (Fields::All, vec![phrase]));
        let terms = terms.into_iter().filter(|term| !term.excluded);
        let asked = terms.filter_map(|term| match term.kind {
            TermKind::Words(phrases) => Some((Fields::All, phrases)),
            TermKind::Field { field, values, .. } => Some((Fields::of(field)?, values)),
            TermKind::Doubtful { words, .. } => Some((Fields::All, words)),
        });
        let terms = asked.chain(spaced).map(|(fields, phrases)| {
            let patterns = phrases
                .iter()
                .flat_map(|p| Pattern::all_of(p, spellings, characters));
            HighlightTerm {
                fields,
                patterns: patterns.map(Arc::new).collect(),
            }
        });
        Self::of(terms.collect())
    }

    pub(super) fn of(terms: Vec<HighlightTerm>) -> Self {
        Self {
            terms: Arc::new(terms),
        }
    }

    /// Returns the matching characters of `text`, which belongs to `field` of a case, in order and
    /// without overlaps. `text` may be in any script.
    ///
    /// What matches depends on the field as in a search: initials and lone syllables match in
    /// titles, names and headings, but not in running text. In running text, a word runs across
    /// quotation marks, but not across 、 and the like.
    pub fn marks(&self, field: Field, text: &str) -> Vec<CharSpan> {
        let terms: Vec<&HighlightTerm> = self
            .terms
            .iter()
            .filter(|term| term.fields.has(field))
            .collect();
        if terms.is_empty() {
            return Vec::new();
        }
        let folded = match field {
            Field::Text => Folded::of(TextKind::Body, &fold::codes(text)),
            Field::Title | Field::Org => Folded::of(TextKind::Line, &fold::codes(text)),
            Field::Heading => {
                let mut line = Folded::new(TextKind::Line);
                line.push_numbered(text, number_of(text));
                line
            }
        };
        let may_scatter = matches!(field, Field::Title | Field::Org);
        let spans = terms
            .iter()
            .flat_map(|term| term.spans(folded.text(0), may_scatter));
        merged(spans.collect())
    }

    /// Returns the matching characters of a case's award year, which a word is or begins.
    pub fn marks_of_year(&self, year: u16) -> Option<CharSpan> {
        let anywhere = self.terms.iter().filter(|term| term.fields == Fields::All);
        let mut patterns = anywhere.flat_map(|term| &term.patterns);
        let pattern = patterns.find(|pattern| pattern.year(year).is_some())?;
        let digits = year.to_string().len();
        Some(CharSpan::new(0, pattern.codes().len().min(digits) as u32))
    }

    /// Returns the matching characters of the orgs of a case, with which `shown` begins, side by
    /// side as in [`CaseRef::orgs`]. `matches` include orgs found by a name that is not printed.
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
            let matches = matches
                .iter()
                .filter(|m| m.field == Field::Org && m.part == part);
            let marks = self
                .marks(Field::Org, &name)
                .into_iter()
                .chain(matches.flat_map(|m| m.spans.iter().copied()));
            spans.extend(marks.map(|s| CharSpan::new(first + s.start, first + s.end)));
            // One character separates them.
            shown.next();
            first += characters as u32 + 1;
        }
        merged(spans)
    }

    /// Returns the matching characters of a title, line by line. A phrase may run from one line
    /// into the next.
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

impl HighlightTerm {
    /// Returns the matching characters of a folded text.
    fn spans(&self, text: FoldedRef<'_>, may_scatter: bool) -> Vec<CharSpan> {
        let mut spans = Vec::new();
        let patterns = self.patterns.iter();
        let (scattered, others): (Vec<_>, Vec<_>) = patterns.partition(|p| p.is_scattered());
        for pattern in others {
            let mut known: Vec<CharSpan> = Vec::new();
            for found in pattern.occurrences(text) {
                let codes = CharSpan::new(found.start as u32, found.end as u32);
                // Of those that overlap, the better counts, which comes first.
                let overlaps = |k: &CharSpan| k.start < codes.end && codes.start < k.end;
                if !known.iter().any(overlaps) {
                    known.push(codes);
                    spans.extend(pattern.spans(text, found));
                }
            }
        }
        let is_needed = spans.is_empty() && may_scatter;
        for pattern in scattered.into_iter().filter(|_| is_needed) {
            let pieces = pattern.occurrences(text);
            spans.extend(pieces.flat_map(|piece| pattern.spans(text, piece)));
        }
        spans
    }
}

/// Returns the spans in order, with those that overlap merged.
pub fn merged(mut spans: Vec<CharSpan>) -> Vec<CharSpan> {
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
        let marker = Marker::new(query, &Spellings::default(), ReadableCodes::all());
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
    fn words_are_compiled_for_the_characters_of_a_text_alone() {
        let (spellings, text) = (Spellings::default(), "市地铁工程建设指挥部");
        for query in ["ditie", "di铁", "dtgc", "工程 zhihui", "haishui"] {
            let all = Marker::new(query, &spellings, ReadableCodes::all());
            let few = Marker::new(query, &spellings, &ReadableCodes::of(fold::codes(text)));
            let marks = |marker: &Marker| marker.marks(Field::Title, text);
            assert_eq!(marks(&few), marks(&all), "{query}");
        }
        let few = Marker::new("ditie", &spellings, &ReadableCodes::of(fold::codes("海水")));
        assert!(few.marks(Field::Title, text).is_empty());
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
            let marker = Marker::new(query, &Spellings::default(), ReadableCodes::all());
            marker.marks_of_year(year)
        };
        assert_eq!(marked("地铁 2016", 2016), Some(CharSpan::new(0, 4)));
        assert_eq!(marked("2016年度", 2016), Some(CharSpan::new(0, 4)));
        assert_eq!(marked("201", 2016), Some(CharSpan::new(0, 3)));
        for query in ["2015", "16", "-2016", "地铁"] {
            assert_eq!(marked(query, 2016), None, "{query}");
        }
    }

    #[test]
    fn overlapping_matches_are_one() {
        check("街长制 长制加", "创新实行街长制加强", &["街长制加"]);
    }
}
