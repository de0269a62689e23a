//! Passages that the reader marked, each with where it comes from.

use serde::Serialize;

use crate::case::CaseRef;
use crate::cite::{self, Style};
use crate::store::Passage;
use crate::text::{CharSpan, gate};

/// A passage and the case that it is from.
#[derive(Clone, Copy, Debug)]
pub struct Excerpt<'a> {
    pub case: CaseRef<'a>,
    pub passage: &'a Passage,
}

/// One passage as JSON; the order of the fields is the order of the keys.
#[derive(Serialize)]
struct Record<'a> {
    /// Id of the case.
    id: &'a str,
    title: &'a str,
    /// File name of the document.
    source: &'a str,
    /// The lines of the document that it runs over, from 1; null where the document
    /// no longer has it.
    lines: Option<[u32; 2]>,
    /// Its place in characters of the case's text, as `text` of a case has it; null
    /// where the text no longer has it.
    start: Option<u32>,
    end: Option<u32>,
    quote: &'a str,
    /// The reference to the case by GB/T 7714—2025.
    citation: &'a str,
}

impl Excerpt<'_> {
    fn citation(&self) -> String {
        cite::cite(self.case, Style::default()).text
    }

    /// Returns the first and last line of the document that contain a run of the case's text.
    fn lines(&self, span: CharSpan) -> [u32; 2] {
        let line = |char: u32| {
            let mut left = char as usize;
            for block in &self.case.case.blocks {
                let text = self.case.block_text(block);
                let chars = text.chars().count();
                if left < chars {
                    let before = text.char_indices().nth(left);
                    let byte = before.map_or(0, |(byte, _)| byte);
                    let range = block.range.bytes();
                    let at = (range.start + byte).min(range.end.saturating_sub(1));
                    return self.case.document.line_of(at);
                }
                // The line feed between two blocks counts as one.
                left = left.saturating_sub(chars + 1);
            }
            self.case.case.lines.last
        };
        [line(span.start), line(span.end.saturating_sub(1))]
    }
}

/// The passages of plain text: each quote with its reference below it.
pub fn plain(excerpts: &[Excerpt<'_>]) -> String {
    let texts: Vec<String> = excerpts
        .iter()
        .map(|excerpt| format!("{}\n——{}", excerpt.passage.quote, excerpt.citation()))
        .collect();
    texts.join("\n\n")
}

/// A Markdown document: a heading for each case, its passages as quotations, its
/// reference and the lines of its document below them.
pub fn markdown(excerpts: &[Excerpt<'_>]) -> String {
    let mut text = String::from("# 摘录\n");
    for of_case in excerpts.chunk_by(|a, b| a.case.case.id == b.case.case.id) {
        let Some(first) = of_case.first() else {
            continue;
        };
        let title = first.case.title().replace('\u{3000}', " ");
        let id = &first.case.case.id;
        text += &format!("\n## {} ({id})\n", cite::escape_markdown(&title));
        for excerpt in of_case {
            let lines: Vec<String> = excerpt
                .passage
                .quote
                .lines()
                .map(|line| format!("> {}", cite::escape_markdown(line)))
                .collect();
            // Paragraphs of one quotation have an empty line between them.
            text += &format!("\n{}\n", lines.join("\n>\n"));
            let name = &excerpt.case.document.name;
            let place = match excerpt.passage.find(&excerpt.case.text()) {
                Some(span) => match excerpt.lines(span) {
                    [first, last] if first == last => format!("{name} 第{first}行"),
                    [first, last] => format!("{name} 第{first}—{last}行"),
                },
                None => format!("{name}，原文已改动"),
            };
            text += &format!("\n——{}\n", cite::escape_markdown(&place));
        }
        text += &format!("\n{}\n", cite::escape_markdown(&first.citation()));
    }
    gate::clean(&text).into_owned()
}

/// An array of objects, one a passage: `id`, `title`, `source`, `lines`, `start`,
/// `end`, `quote`, `citation`.
pub fn json(excerpts: &[Excerpt<'_>]) -> String {
    let object = |excerpt: &Excerpt<'_>| {
        let span = excerpt.passage.find(&excerpt.case.text());
        let record = Record {
            id: &excerpt.case.case.id.0,
            title: &excerpt.case.title(),
            source: &excerpt.case.document.name,
            lines: span.map(|span| excerpt.lines(span)),
            start: span.map(|span| span.start),
            end: span.map(|span| span.end),
            quote: &excerpt.passage.quote,
            citation: &excerpt.citation(),
        };
        serde_json::to_string(&record).expect("it has string keys only")
    };
    let objects: Vec<String> = excerpts.iter().map(object).collect();
    gate::clean(&format!("[{}]\n", objects.join(",\n"))).into_owned()
}
