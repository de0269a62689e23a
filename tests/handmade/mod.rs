//! Small documents with cases, put together by hand, for tests that need a case
//! and no reader.

#![allow(dead_code, reason = "each test binary uses a part")]

use std::borrow::Cow;

use anli::case::{
    About, Block, BlockKind, Case, CaseId, Category, Completeness, Document, Lines, Org, TextRange,
    Title,
};
use anli::corpus::Corpus;

/// A document whose cases are added one by one; every piece of text that is
/// named must stand in it.
pub struct Handmade {
    corpus: Corpus,
}

/// What a case is made of.
pub struct Parts<'a> {
    pub id: &'a str,
    pub year: Option<u16>,
    pub category: Option<Category>,
    pub area: Option<&'a str>,
    pub completeness: Completeness,
    /// Lines of the title; empty with an editor's title.
    pub title: &'a [&'a str],
    pub editor: &'a str,
    pub orgs: &'a [&'a str],
    /// `§` begins a heading of level 1, `§§` of level 2, `!` a caption.
    pub blocks: &'a [&'a str],
    /// Text of the entry in the document's list.
    pub list: Option<&'a str>,
}

impl Default for Parts<'_> {
    fn default() -> Self {
        Self {
            id: "",
            year: None,
            category: None,
            area: None,
            completeness: Completeness::Full,
            title: &[],
            editor: "",
            orgs: &[],
            blocks: &[],
            list: None,
        }
    }
}

impl Handmade {
    pub fn new() -> Self {
        Self {
            corpus: Corpus::default(),
        }
    }

    pub fn document(mut self, name: &str, text: &str, about: About) -> Self {
        let starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1));
        self.corpus.documents.push(Document {
            name: name.to_owned(),
            line_starts: starts
                .filter(|&start| (start as usize) < text.len())
                .collect(),
            clean: Cow::Owned(text.to_owned()),
            about,
            claims: Vec::new(),
            ..Document::default()
        });
        self
    }

    pub fn case(mut self, parts: Parts<'_>) -> Self {
        let index = self.corpus.documents.len() - 1;
        let document = &self.corpus.documents[index];
        let text = document.text();
        let mut from = 0;
        let mut find = |piece: &str| {
            let at = text[from..]
                .find(piece)
                .unwrap_or_else(|| panic!("the document does not hold {piece:?}"));
            let start = from + at;
            from = start + piece.len();
            TextRange::new(start, from)
        };
        let list = parts.list.map(&mut find);
        let title: Vec<TextRange> = parts.title.iter().map(|line| find(line)).collect();
        let blocks: Vec<Block> = parts
            .blocks
            .iter()
            .map(|block| {
                let (kind, piece) = match block.trim_start_matches('§') {
                    piece if piece.len() < block.len() => {
                        let level = (block.chars().count() - piece.chars().count()) as u8;
                        (BlockKind::Heading { level }, piece)
                    }
                    piece => match piece.strip_prefix('!') {
                        Some(piece) => (BlockKind::Caption, piece),
                        None => (BlockKind::Paragraph, piece),
                    },
                };
                Block {
                    kind,
                    range: find(piece),
                }
            })
            .collect();
        let ranges = title.iter().copied().chain(blocks.iter().map(|b| b.range));
        let line = |at: u32| document.line_of(at as usize);
        let lines = Lines {
            first: ranges.clone().map(|r| line(r.start)).min().unwrap_or(1),
            last: ranges.map(|r| line(r.end)).max().unwrap_or(1),
            list: list.map(|range| line(range.start)),
        };
        let number = 1 + self
            .corpus
            .cases
            .iter()
            .filter(|case| case.document == index as u32)
            .count() as u32;
        self.corpus.cases.push(Case {
            id: CaseId(parts.id.to_owned()),
            key: None,
            document: index as u32,
            number,
            lines,
            year: parts.year,
            category: parts.category,
            group: None,
            area: parts.area.map(str::to_owned),
            completeness: parts.completeness,
            title: if title.is_empty() {
                Title::Editor(parts.editor.to_owned())
            } else {
                Title::Printed(title)
            },
            orgs: parts
                .orgs
                .iter()
                .map(|org| Org {
                    printed: (*org).to_owned(),
                    canonical: (*org).to_owned(),
                    others: Vec::new(),
                })
                .collect(),
            blocks,
        });
        self
    }

    pub fn corpus(self) -> Corpus {
        self.corpus
    }
}
