//! The lines of a clean text, as all readers see them.

use std::ops::Range;

use memchr::memchr;

use super::words::Misquote;
use crate::case::{Document, TextRange};
use crate::formats::{self, Properties};

/// A line that is not blank, without outer white space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// From 1, as in the document.
    pub number: u32,
    pub range: TextRange,
    /// What the format knows of it.
    pub format: formats::Line,
}

/// A clean text and its lines.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub text: &'a str,
    /// The lines that are not blank.
    pub lines: Vec<Line>,
    /// What the document states about itself outside of its text.
    pub properties: Properties,
}

impl<'a> Page<'a> {
    pub fn of(document: &'a Document) -> Self {
        let mut page = Self::new(document.text());
        let structure = &document.structure;
        page.properties = structure.properties.clone();
        if !structure.lines.is_empty() {
            for line in &mut page.lines {
                // Line ends inside paragraphs were taken out, so lines have to be
                // counted in the document.
                line.number = document.line_of(line.range.start as usize);
                line.format = structure.line(line.number);
            }
        }
        page
    }

    /// The page of a text about whose lines nothing is known.
    pub fn new(text: &'a str) -> Self {
        let mut lines = Vec::new();
        let mut number = 0;
        let mut start = 0;
        while start < text.len() {
            let end = memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
            number += 1;
            let line = &text[start..end];
            let trimmed = line.trim_start();
            let from = end - trimmed.len();
            let range = TextRange::new(from, from + trimmed.trim_end().len());
            if range.start < range.end {
                lines.push(Line {
                    number,
                    range,
                    format: formats::Line::default(),
                });
            }
            start = end + 1;
        }
        keep_outer_cells(text, &mut lines);
        Self {
            text,
            lines,
            properties: Properties::default(),
        }
    }

    pub fn slice(&self, range: TextRange) -> &'a str {
        &self.text[range.bytes()]
    }

    /// The text of the line at a place in `lines`.
    pub fn line(&self, at: usize) -> &'a str {
        self.slice(self.lines[at].range)
    }

    /// The share of the text's bytes, white space around lines aside, that the lines
    /// at some places have: 0 to 1.
    pub fn share(&self, places: impl Iterator<Item = usize>) -> f64 {
        let bytes = |line: &Line| line.range.bytes().len();
        let all: usize = self.lines.iter().map(bytes).sum();
        let some: usize = places.map(|at| bytes(&self.lines[at])).sum();
        some as f64 / all.max(1) as f64
    }

    /// Returns the number of the line that contains a byte.
    pub fn number_at(&self, byte: usize) -> u32 {
        let behind = self
            .lines
            .partition_point(|line| line.range.start as usize <= byte);
        behind.checked_sub(1).map_or(1, |at| self.lines[at].number)
    }
}

/// Widens lines that are rows of a table by the tabs at their ends: the first or the
/// last cells of a row may be empty. Rows are lines in succession with tabs, half of them
/// with some inside; a tab in front of a paragraph is an indent.
fn keep_outer_cells(text: &str, lines: &mut [Line]) {
    /// A line with more characters and no tab inside is a paragraph.
    const LONGEST: usize = 20;
    if memchr(b'\t', text.as_bytes()).is_none() {
        return;
    }
    let is_blank = |c: char| matches!(c, '\t' | ' ' | '\u{3000}');
    let tabs = |range: Range<usize>| text[range].matches('\t').count();
    let inside = |line: &Line| tabs(line.range.bytes());
    let whole = |line: &Line| {
        let Range { start, end } = line.range.bytes();
        let blank = text[..start].len() - text[..start].trim_end_matches(is_blank).len();
        let before = text[start - blank..start].find('\t');
        let behind =
            &text[end..end + text[end..].len() - text[end..].trim_start_matches(is_blank).len()];
        let after = behind.rfind('\t').map_or(0, |at| at + 1);
        before.map_or(start, |at| start - blank + at)..end + after
    };
    let mut at = 0;
    while at < lines.len() {
        let has_tabs = |line: &&Line| tabs(whole(line)) > 0;
        let end = at + lines[at..].iter().take_while(has_tabs).count();
        let run = &mut lines[at..end];
        let rows = run.iter().filter(|line| inside(line) > 0).count();
        let columns = run.iter().map(inside).max().unwrap_or(0);
        if run.len() > 1 && rows * 2 >= run.len() {
            for line in run {
                let row = whole(line);
                let own = &text[line.range.bytes()];
                let is_row = inside(line) > 0 || is_short(own, LONGEST) && !ends_a_sentence(own);
                if is_row && tabs(row.clone()) <= columns {
                    line.range = TextRange::new(row.start, row.end);
                }
            }
        }
        at = end.max(at + 1);
    }
}

/// The place of the only line that begins as `start` says: with it, or, where `start`
/// has line breaks, with its last line after lines that are its others. `taken` says
/// which lines another entry begins at.
///
/// # Errors
///
/// No line, more than one, or one that is taken.
pub(super) fn line_that_begins(
    page: &Page<'_>,
    start: &str,
    taken: impl Fn(usize) -> bool,
) -> Result<usize, Misquote> {
    let wanted: Vec<&str> = start.lines().map(str::trim).collect();
    let wanted: Vec<&str> = wanted.into_iter().filter(|line| !line.is_empty()).collect();
    let Some((last, whole)) = wanted.split_last() else {
        return Err(Misquote::BeginsNoLine);
    };
    let begins = |at: &usize| {
        let mut lines = whole
            .iter()
            .enumerate()
            .map(|(below, line)| page.line(at + below) == *line);
        lines.all(|same| same) && page.line(at + whole.len()).starts_with(last)
    };
    let places: Vec<usize> = (0..page.lines.len().saturating_sub(whole.len()))
        .filter(begins)
        .take(2)
        .collect();
    let number = |at: usize| page.lines[at].number;
    match places[..] {
        [] => Err(Misquote::BeginsNoLine),
        [line] if taken(line) => Err(Misquote::BeginsSameLine(number(line))),
        [line] => Ok(line),
        [a, b, ..] => Err(Misquote::BeginsTwoLines([number(a), number(b)])),
    }
}

/// Returns the part of `range` from `from` to `to` bytes after its start, without outer white
/// space.
pub(super) fn within(page: &Page<'_>, range: TextRange, from: usize, to: usize) -> TextRange {
    let start = range.start as usize;
    let text = &page.text[start + from..start + to];
    let from = start + from + (text.len() - text.trim_start().len());
    TextRange::new(from, from + text.trim().len())
}

/// Whether a line ends as a sentence does, optionally followed by a closing quotation mark or
/// parenthesis.
pub(super) fn ends_a_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '’', '"', '）', ')', '」', '』', '》']);
    text.ends_with(['。', '！', '？', '!', '?', '；', ';', '…'])
}

/// Whether a text has at most `most` characters. Looks at no more of it than
/// that takes.
pub(super) fn is_short(text: &str, most: usize) -> bool {
    text.len() <= most || text.len() <= most * 4 && text.chars().nth(most).is_none()
}
