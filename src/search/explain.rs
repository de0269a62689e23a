//! Why a case was found: the characters that match, as they are shown.

use super::answer::Sought;
use super::highlight::{self, Line};
use super::index::Index;
use super::lines::{self, Lines};
use super::matcher::{self, Fit};
use super::rank::{Place, Scope};
use super::scattered::Scatter;
use super::{Field, Group, Match};
use crate::case::BlockKind;
use crate::text::CharSpan;
use crate::text::fold;

impl Match {
    /// Adds what another word matches in the same part.
    pub(super) fn join(&mut self, other: Self) {
        self.spans.extend(other.spans);
        self.spans = highlight::merged(std::mem::take(&mut self.spans));
        self.name = self.name.take().or(other.name);
    }
}

impl Sought {
    /// Where a case has the words best; `None` where it has them nowhere, or
    /// nowhere but in its year.
    pub(super) fn explain(&self, index: &Index, case: usize) -> Option<Match> {
        let place = self.places.of(case);
        if place.is_none() {
            return None;
        }
        let Scope::Field(field) = place.scope() else {
            return None;
        };
        let shown = index.corpus_case(case);
        let mut name = None;
        let (part, spans) = match field {
            Field::Title => (0, self.in_line(&index.titles, case, &shown.title(), place)),
            Field::Org => {
                let line = place.at();
                let other = index.names.is_alias(line);
                name = other.then(|| index.names.name(line).to_owned());
                self.in_name(index, case, place)?
            }
            Field::Heading => {
                let line = place.at();
                let block = index.headings.block(line);
                let text = shown.block_text(&shown.case.blocks[block as usize]);
                (
                    block,
                    self.in_line(index.headings.lines(), line, &text, place),
                )
            }
            Field::Text => self.in_text(index, case, place)?,
        };
        Some(Match {
            field,
            part,
            spans,
            name,
        })
    }

    /// A name that is not printed, or an area's, stands for the whole of what is.
    fn in_name(&self, index: &Index, case: usize, place: Place) -> Option<(u32, Vec<CharSpan>)> {
        let orgs = &index.corpus_case(case).case.orgs;
        let line = place.at();
        let owner = index.names.owner(line) as u32;
        let owners = index.names.of_case(case);
        let part = owners.iter().position(|&known| known == owner)?;
        let part = if part < orgs.len() { part } else { 0 };
        let printed = &orgs.get(part)?.printed;
        let spans = match index.names.is_alias(line) {
            true => vec![CharSpan::new(0, printed.chars().count() as u32)],
            false => self.in_line(index.names.lines(), line, printed, place),
        };
        Some((part as u32, spans))
    }

    fn in_line(&self, lines: &Lines, line: usize, shown: &str, place: Place) -> Vec<CharSpan> {
        let codes = fold::codes(shown);
        let map = Line::new(&codes);
        let mut spans = Vec::new();
        if place.group() == Group::Scattered {
            for word in &self.words {
                let mut scatter = Scatter::new(word.line_codes());
                let text = lines::codes(lines.line(line));
                let found = scatter.as_mut().and_then(|scatter| scatter.find(text));
                for &index in found.into_iter().flatten() {
                    map.runs(index as usize, index as usize + 1, &mut spans);
                }
            }
            return spans;
        }
        let words = self.words.iter();
        let found = words.filter_map(|word| Some((word, word.in_line(lines, line)?)));
        match found.min_by_key(|(_, at)| (at.how, at.cut)) {
            Some((word, _)) if word.is_quoted() => {
                spans.extend(highlight::occurrences(word.codes(), &codes).first());
            }
            Some((_, at)) => map.runs(at.start, at.end, &mut spans),
            None => {}
        }
        spans
    }

    fn in_text(&self, index: &Index, case: usize, place: Place) -> Option<(u32, Vec<CharSpan>)> {
        let (segment, in_segment) = index.texts.find(case)?;
        let text = segment.text(in_segment);
        let at = place.at();
        let mut quoted = None;
        let (start, end) = match place.group() {
            Group::Exact => {
                let mut words = self.words.iter();
                let word = words.find(|word| {
                    let codes = word.text_codes();
                    text.get(2 * at..2 * (at + codes.len()))
                        .is_some_and(|text| lines::codes(text).eq(codes.iter().copied()))
                        && word.typed_in(segment, in_segment, at).is_some()
                })?;
                quoted = word.is_quoted().then_some(word);
                (at, at + word.text_codes().len())
            }
            // A spelled word is kept by where it ends.
            _ => {
                let first = at.saturating_sub(matcher::LONGEST);
                let window: Vec<u16> = lines::codes(&text[2 * first..2 * at]).collect();
                let found = matcher::Found {
                    fit: Fit::Syllables,
                    end: window.len(),
                };
                let matchers = self.words.iter().filter_map(|word| word.text_matcher());
                let lengths = matchers.map(|matcher| window.len() - matcher.start(&window, found));
                (at - lengths.filter(|&length| length > 0).min()?, at)
            }
        };
        let (paragraph, first) = segment.block_at(in_segment, start);
        let mut spans = Vec::new();
        match quoted {
            // Its own marks at its start stand before the first character.
            Some(word) => {
                let first = (first - word.leading_marks()) as u32;
                spans.push(CharSpan::new(first, first + word.codes().len() as u32));
            }
            None => (start..end).for_each(|index| {
                let (_, at) = segment.block_at(in_segment, index);
                highlight::lengthen(&mut spans, at as u32);
            }),
        }
        let blocks = index.corpus_case(case).case.blocks.iter().enumerate();
        let mut texts = blocks.filter(|(_, b)| !matches!(b.kind, BlockKind::Heading { .. }));
        let (block, _) = texts.nth(paragraph)?;
        Some((block as u32, spans))
    }
}
