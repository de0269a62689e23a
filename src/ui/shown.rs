//! The visible part of a text on one row of the list, and its matches.

use std::cmp::Reverse;
use std::iter;
use std::ops::Range;

use super::paint::Pen;
use crate::text::CharSpan;
use crate::text::width;

/// Number of characters of a match that must be visible for it to be seen.
const LEAST_MATCH: u32 = 2;

/// A text of a row, and its visible part.
pub(super) struct Shown {
    pub text: String,
    /// The matching characters.
    pub spans: Vec<CharSpan>,
    /// Byte at which the visible part begins; `mark` replaces what precedes it.
    pub start: usize,
    pub mark: &'static str,
}

impl Shown {
    pub(super) fn whole(text: String, spans: Vec<CharSpan>) -> Self {
        Self {
            text,
            spans,
            start: 0,
            mark: "",
        }
    }

    /// Returns the text from where most of its matches are visible, or from its start if that is as
    /// good. Matches in `told`, which are shown elsewhere, do not count.
    pub(super) fn best(
        pen: &Pen<'_>,
        text: String,
        spans: Vec<CharSpan>,
        told: &[CharSpan],
        columns: u16,
    ) -> Self {
        let whole = Self::whole(text, spans);
        let wanted: Vec<CharSpan> = whole
            .spans
            .iter()
            .filter(|span| !told.contains(span))
            .copied()
            .collect();
        let from = |lead: fn(u16) -> u16| {
            let start = |span: &CharSpan| start_before(pen, &whole.text, span.start, lead, columns);
            wanted.iter().map(start).collect::<Vec<_>>()
        };
        let starts = from(third).into_iter().chain(from(|_| 0));
        let seen = |&(start, mark): &(usize, &str)| {
            Reverse(seen(pen, &whole.text, &wanted, start, mark, columns))
        };
        let best = iter::once((0, "")).chain(starts).min_by_key(seen);
        let (start, mark) = best.unwrap_or_default();
        Self {
            start,
            mark,
            ..whole
        }
    }
}

/// Returns some bytes of a text, and the parts of `spans` in them, counted from their first
/// character.
pub(super) fn part_of(
    text: &str,
    spans: &[CharSpan],
    bytes: Range<usize>,
) -> (String, Vec<CharSpan>) {
    let first = text[..bytes.start].chars().count() as u32;
    let part = &text[bytes];
    let end = first + part.chars().count() as u32;
    let inside = |span: &CharSpan| {
        let (start, end) = (span.start.max(first), span.end.min(end));
        (start < end).then(|| CharSpan::new(start - first, end - first))
    };
    (part.to_owned(), spans.iter().filter_map(inside).collect())
}

/// Returns the number of matches that are visible in a text that begins at byte `start`, after a
/// mark.
fn seen(
    pen: &Pen<'_>,
    text: &str,
    spans: &[CharSpan],
    start: usize,
    mark: &str,
    columns: u16,
) -> usize {
    let columns = columns.saturating_sub(pen.width(mark));
    let cut = width::truncate(&text[start..], columns, pen.ambiguous);
    let first = text[..start].chars().count() as u32;
    let end = first + cut.text.chars().count() as u32;
    let in_view = |span: &&CharSpan| {
        let least = span.end.min(span.start + LEAST_MATCH);
        first <= span.start && least <= end
    };
    spans.iter().filter(in_view).count()
}

/// Returns the usual number of columns of a text before a match.
pub(super) fn third(columns: u16) -> u16 {
    columns / 3
}

/// Returns the byte at which a text begins, so that `lead` of its columns precede the character
/// `first`, or more if the text ends within `columns`, and the mark that replaces what precedes it.
pub(super) fn start_before(
    pen: &Pen<'_>,
    text: &str,
    first: u32,
    lead: fn(u16) -> u16,
    columns: u16,
) -> (usize, &'static str) {
    let at = text.char_indices().nth(first as usize);
    let at = at.map_or(text.len(), |(at, _)| at);
    if start_of_last(pen, &text[..at], lead(columns)) == 0 {
        return (0, "");
    }
    let mark = width::mark_of_cut(columns, pen.ambiguous);
    let columns = columns.saturating_sub(pen.width(mark));
    let start = start_of_last(pen, &text[..at], lead(columns));
    match start.min(start_of_last(pen, text, columns)) {
        0 => (0, ""),
        start => (start, mark),
    }
}

/// Returns the byte from which a text fits into `columns`.
fn start_of_last(pen: &Pen<'_>, text: &str, mut columns: u16) -> usize {
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        let wide = pen.width(c.encode_utf8(&mut [0; 4]));
        if wide > columns {
            break;
        }
        columns -= wide;
        start = at;
    }
    start
}

/// Converts character spans to byte ranges of the same text.
pub(super) fn byte_ranges(text: &str, spans: &[CharSpan]) -> Vec<Range<usize>> {
    if spans.is_empty() {
        return Vec::new();
    }
    let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let mut passed = 0;
    let mut byte_of = |char: u32| {
        let at = starts.nth((char - passed) as usize).unwrap_or(text.len());
        passed = char + 1;
        at
    };
    // Spans do not overlap, but one may begin where the previous one ends. So only starts are
    // looked up, and ends are found from there.
    spans
        .iter()
        .map(|span| {
            let start = byte_of(span.start);
            let chars = (span.end - span.start) as usize;
            let len: usize = text[start..].chars().take(chars).map(char::len_utf8).sum();
            start..start + len
        })
        .collect()
}
