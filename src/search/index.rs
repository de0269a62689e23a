//! The index in memory.

use std::sync::Arc;

use super::Found;
use super::answer;
use super::facts::{Facets, Facts};
use super::lines::Lines;
use super::names::Names;
use super::texts::Texts;
use crate::case::BlockKind;
use crate::corpus::{CaseIndex, Corpus};
use crate::text::pinyin::{Options, Spellings};

/// What a search reads: every text, folded, with what is needed to be fast.
#[derive(Debug)]
pub struct Index {
    pub(super) corpus: Arc<Corpus>,
    pub(super) spellings: Spellings,
    /// One line a case.
    pub(super) titles: Lines,
    pub(super) headings: Headings,
    pub(super) names: Names,
    pub(super) facets: Facets,
    pub(super) texts: Texts,
}

impl Index {
    /// Builds the index of a corpus.
    pub fn build(corpus: Arc<Corpus>) -> Self {
        Self::with_options(corpus, Options::default())
    }

    /// Builds the index of a corpus for readers who type pinyin their own way.
    pub fn with_options(corpus: Arc<Corpus>, options: Options) -> Self {
        let mut titles = Lines::with_capacity(corpus.len(), 24 * corpus.len());
        let mut headings = Headings::default();
        let mut texts = Texts::default();
        for (_, case) in corpus.iter() {
            titles.push(&case.title());
            headings.start_case();
            for (number, block) in case.case.blocks.iter().enumerate() {
                if let BlockKind::Heading { .. } = block.kind {
                    headings.push(&case.block_text(block), number);
                }
            }
            texts.push(case);
        }
        headings.finish();
        Self {
            spellings: Spellings::new(options),
            titles,
            headings,
            names: Names::build(&corpus),
            facets: Facets::build(&corpus),
            texts,
            corpus,
        }
    }

    /// Answers a query as typed.
    pub fn search(&self, query: &str) -> Found {
        self.search_with(query, &Facts::default())
    }

    /// Answers a query as typed, with fields that the corpus does not know:
    /// topics, tags, stars.
    pub fn search_with(&self, query: &str, facts: &Facts) -> Found {
        answer::answer(self, query, facts)
    }

    /// How many cases a query finds.
    pub fn count(&self, query: &str, facts: &Facts) -> u32 {
        answer::count(self, query, facts)
    }

    /// Bytes that the index takes in memory, the corpus not counted.
    pub fn bytes(&self) -> usize {
        self.titles.bytes() + self.headings.bytes() + self.names.bytes() + self.texts.bytes()
    }

    pub(super) fn cases(&self) -> usize {
        self.corpus.len()
    }

    pub(super) fn corpus_case(&self, case: usize) -> crate::case::CaseRef<'_> {
        self.corpus.get(CaseIndex(case as u32))
    }
}

/// The headings of all cases.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    lines: Lines,
    /// For every line, its case and its block there.
    case: Vec<u32>,
    block: Vec<u32>,
    /// The first line of every case, and the one behind the last.
    first: Vec<u32>,
}

impl Headings {
    fn start_case(&mut self) {
        self.first.push(self.case.len() as u32);
    }

    fn push(&mut self, heading: &str, block: usize) {
        self.lines.push(heading);
        self.case.push(self.first.len() as u32 - 1);
        self.block.push(block as u32);
    }

    fn finish(&mut self) {
        self.first.push(self.case.len() as u32);
    }

    pub(super) fn lines(&self) -> &Lines {
        &self.lines
    }

    /// The case of a line.
    pub(super) fn case(&self, line: usize) -> usize {
        self.case[line] as usize
    }

    /// The block that a line is in its case.
    pub(super) fn block(&self, line: usize) -> u32 {
        self.block[line]
    }

    /// The lines of a case.
    pub(super) fn of_case(&self, case: usize) -> std::ops::Range<usize> {
        self.first[case] as usize..self.first[case + 1] as usize
    }

    fn bytes(&self) -> usize {
        let numbers = self.case.capacity() + self.block.capacity() + self.first.capacity();
        self.lines.bytes() + 4 * numbers
    }
}
