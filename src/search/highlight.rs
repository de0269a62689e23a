//! What of a shown text matches a query, and which piece of a text to show.

use std::sync::Arc;

use super::Marker;
use super::query::{self, TermKind};
use super::scattered::Scatter;
use super::vocabulary::ReadAlike;
use super::word::Word;
use crate::text::CharSpan;
use crate::text::fold;
use crate::text::pinyin::Spellings;

/// Texts up to this many characters are marked as lines, which initials, lone
/// syllables and words across marks may match; longer ones as running text. The
/// longest title of the seeds has 79.
const LONGEST_LINE: usize = 100;

/// The words that a marker marks.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub words: Vec<Word>,
    /// Words that matched in pieces; they are marked in lines only.
    pub scattered: Vec<Vec<u16>>,
}

impl Marker {
    /// Marks what a query would match by itself, without a library: for a
    /// search inside a page. Words that it excludes, and fields that hold no
    /// text, mark nothing.
    pub fn new(query: &str, spellings: &Spellings) -> Self {
        let terms = query::parse(query)
            .terms
            .into_iter()
            .filter(|term| !term.excluded);
        let phrases = terms.flat_map(|term| match term.kind {
            TermKind::Words(phrases) => phrases,
            TermKind::Field { field, values } if field.is_of_text() => values,
            TermKind::Field { .. } => Vec::new(),
            TermKind::Doubtful { word, .. } => vec![word],
        });
        let words = phrases.filter_map(|p| Word::new(&p, spellings, ReadAlike::all()));
        let words = Words {
            words: words.collect(),
            scattered: Vec::new(),
        };
        Self::of(words)
    }

    pub(super) fn of(words: Words) -> Self {
        Self {
            words: Arc::new(words),
        }
    }

    /// Whether it marks nothing in any text.
    pub fn is_empty(&self) -> bool {
        self.words.words.is_empty() && self.words.scattered.is_empty()
    }

    /// The characters of `text` that match, in order, not overlapping. `text`
    /// may be shown in whichever script.
    pub fn marks(&self, text: &str) -> Vec<CharSpan> {
        if self.is_empty() {
            return Vec::new();
        }
        let codes = fold::codes(text);
        if codes.len() <= LONGEST_LINE {
            self.marks_in_line(&codes)
        } else {
            self.marks_in_text(&codes)
        }
    }

    /// The characters of a case's award year that match: by a word that is the year,
    /// or that begins like it.
    pub fn marks_of_year(&self, year: u16) -> Option<CharSpan> {
        let mut words = self.words.words.iter();
        let word = words.find(|word| word.year_scope(year).is_some())?;
        let digits = year.to_string().len();
        Some(span(0, word.codes().len().min(digits)))
    }

    fn marks_in_text(&self, codes: &[u16]) -> Vec<CharSpan> {
        let mut spans = Vec::new();
        for word in &self.words.words {
            if !word.is_by_sound() {
                spans.extend(occurrences(word.codes(), codes));
            }
            if let Some(matcher) = word.text_matcher() {
                spans.extend(matcher.find_all(codes, false));
            }
        }
        merged(
            spans
                .into_iter()
                .map(|(start, end)| span(start, end))
                .collect(),
        )
    }

    fn marks_in_line(&self, codes: &[u16]) -> Vec<CharSpan> {
        let line = Line::new(codes);
        let mut spans = Vec::new();
        for word in &self.words.words {
            if word.is_quoted() {
                let found = occurrences(word.codes(), codes);
                spans.extend(found.into_iter().map(|(start, end)| span(start, end)));
                continue;
            }
            let mut found = Vec::new();
            if !word.is_by_sound() {
                found.extend(occurrences(word.line_codes(), &line.codes));
            }
            if let Some((matcher, _)) = word.line_matcher() {
                found.extend(matcher.find_all(&line.codes, true));
            }
            found
                .iter()
                .for_each(|&(start, end)| line.runs(start, end, &mut spans));
        }
        for word in &self.words.scattered {
            let mut scatter = Scatter::new(word);
            let found = scatter
                .as_mut()
                .and_then(|s| s.find(line.codes.iter().copied()));
            for &index in found.into_iter().flatten() {
                line.runs(index as usize, index as usize + 1, &mut spans);
            }
        }
        merged(spans)
    }
}

/// A text without its marks, and where its characters stand in the text.
pub(super) struct Line {
    codes: Vec<u16>,
    places: Vec<u32>,
}

impl Line {
    pub(super) fn new(codes: &[u16]) -> Self {
        let kept = codes
            .iter()
            .enumerate()
            .filter(|&(_, &code)| !fold::is_mark(code));
        let (places, codes) = kept.map(|(at, &code)| (at as u32, code)).unzip();
        Self { codes, places }
    }

    /// Adds the runs of the text that the characters from `start` to `end` are.
    pub(super) fn runs(&self, start: usize, end: usize, spans: &mut Vec<CharSpan>) {
        let places = self.places.get(start..end.min(self.places.len()));
        for &place in places.unwrap_or_default() {
            match spans.last_mut() {
                Some(last) if last.end == place => last.end += 1,
                _ => spans.push(CharSpan::new(place, place + 1)),
            }
        }
    }
}

/// Where `word` stands in `text`, as pairs of start and end, not overlapping.
fn occurrences(word: &[u16], text: &[u16]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..]
        .windows(word.len())
        .position(|window| window == word)
    {
        found.push((at + next, at + next + word.len()));
        at += next + word.len();
    }
    found
}

fn span(start: usize, end: usize) -> CharSpan {
    CharSpan::new(start as u32, end as u32)
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
        let marker = Marker::new(query, &Spellings::default());
        let characters: Vec<char> = text.chars().collect();
        let marked = marker.marks(text).into_iter().map(|span| {
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
    fn pinyin_is_marked_on_characters() {
        check("ditie", "市地铁工程建设指挥部", &["地铁"]);
        check("di铁", "市地铁工程建设指挥部", &["地铁"]);
        check("dtgc", "市地铁工程建设指挥部", &["地铁工程"]);
    }

    #[test]
    fn every_occurrence_is_marked() {
        check("创新", "创新机制，创新服务", &["创新", "创新"]);
    }

    #[test]
    fn initials_and_lone_syllables_are_not_marked_in_running_text() {
        let text = "市地铁工程建设指挥部".repeat(11);
        check("dtgc", &text, &[]);
        check("di", &text, &[]);
        check("ditie", &text, &["地铁"; 11]);
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
        assert_eq!(marked("地铁 2016", 2016), Some(span(0, 4)));
        assert_eq!(marked("2016年度", 2016), Some(span(0, 4)));
        assert_eq!(marked("201", 2016), Some(span(0, 3)));
        for query in ["2015", "16", "-2016", "地铁"] {
            assert_eq!(marked(query, 2016), None, "{query}");
        }
    }

    #[test]
    fn overlapping_matches_are_one() {
        check("街长制 长制加", "创新实行街长制加强", &["街长制加"]);
    }
}
