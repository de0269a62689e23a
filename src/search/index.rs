//! The index in memory.

use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use super::answer::{self, ReadyWords};
use super::facts::{Facets, Facts};
use super::lines::Lines;
use super::names::Names;
use super::pairs::{self, Pairs};
use super::places::Effort;
use super::postings::Postings;
use super::texts::{Built, Texts};
use super::vocabulary::{ReadAlike, Vocabulary};
use super::word;
use super::{Found, Match};
use crate::case::BlockKind;
use crate::corpus::{CaseIndex, Corpus};
use crate::seeds;
use crate::text::fold;
use crate::text::pinyin::{Options, Spellings};

/// What a search reads: every text, folded, with what is needed to be fast.
#[derive(Debug)]
pub struct Index {
    pub(super) corpus: Arc<Corpus>,
    pub(super) spellings: Spellings,
    /// One line a case.
    pub(super) titles: Lines,
    pub(super) title_postings: Postings,
    pub(super) headings: Headings,
    pub(super) names: Names,
    pub(super) facets: Facets,
    pub(super) texts: Texts,
    /// All characters of all of them.
    pub(super) seen: Vocabulary,
    pub(super) readable: ReadAlike,
    /// Which characters stand side by side in titles and headings.
    pub(super) line_pairs: Pairs,
}

impl Index {
    /// Builds the index of a corpus.
    pub fn build(corpus: Arc<Corpus>) -> Self {
        Self::with_options(corpus, Options::default())
    }

    /// Builds the index of a corpus for readers who type pinyin their own way.
    pub fn with_options(corpus: Arc<Corpus>, options: Options) -> Self {
        let mut index = Self::without_text(corpus, options);
        while index.read_more(usize::MAX) {}
        index
    }

    /// Builds the index of titles, names and headings, which takes a tenth of
    /// the time; [`Index::read_more`] adds the text.
    pub fn without_text(corpus: Arc<Corpus>, options: Options) -> Self {
        let mut titles = Lines::with_capacity(corpus.len(), 24 * corpus.len());
        let mut headings = Headings::default();
        for (_, case) in corpus.iter() {
            titles.push(&case.title());
            headings.start_case();
            for (number, block) in case.case.blocks.iter().enumerate() {
                if let BlockKind::Heading { .. } = block.kind {
                    headings.push(&case.block_text(block), number);
                }
            }
        }
        headings.finish();
        let names = Names::build(&corpus);
        let lines = [&titles, headings.lines(), names.lines()];
        let characters = lines.iter().map(|lines| lines.characters()).sum();
        let mut line_pairs = Pairs::for_text(characters);
        for lines in lines {
            let mut before = 0;
            for code in lines.codes() {
                if before != 0 && code != 0 {
                    line_pairs.insert(pairs::mix(before, code));
                }
                before = code;
            }
        }
        let mut index = Self {
            title_postings: Postings::of(&titles),
            spellings: Spellings::new(options),
            names,
            facets: Facets::build(&corpus),
            texts: Texts::for_corpus(&corpus),
            seen: Vocabulary::default(),
            readable: ReadAlike::default(),
            line_pairs,
            titles,
            headings,
            corpus,
        };
        let names = index.names.lines().codes();
        let lines = index
            .titles
            .codes()
            .chain(index.headings.lines().codes())
            .chain(names);
        lines.for_each(|code| index.seen.insert(code));
        index.readable = index.read_alike();
        index
    }

    /// Reads the text of further cases, at most `most` segments of about a
    /// thousand; tells whether there is more.
    pub fn read_more(&mut self, most: usize) -> bool {
        let all = Texts::segments_of(&self.corpus);
        let next = self.texts.segments();
        let numbers: Vec<usize> = (next..all.min(next.saturating_add(most))).collect();
        let corpus = &self.corpus;
        let read = |numbers: &[usize]| -> Vec<Built> {
            numbers
                .iter()
                .map(|&number| Texts::read(corpus, number))
                .collect()
        };
        let (first, rest) = numbers.split_at(numbers.len().div_ceil(2));
        let built = if rest.is_empty() {
            read(first)
        } else {
            thread::scope(|scope| {
                let rest = scope.spawn(|| read(rest));
                let mut built = read(first);
                built.extend(rest.join().unwrap_or_else(|panic| resume_unwind(panic)));
                built
            })
        };
        built.into_iter().for_each(|built| self.texts.add(built));
        self.seen.join(self.texts.vocabulary());
        self.readable = self.read_alike();
        self.texts.segments() < all
    }

    fn read_alike(&self) -> ReadAlike {
        let titles = &self.title_postings;
        let postings = [titles, self.headings.postings(), self.names.postings()];
        ReadAlike::of(self.seen.codes(), |code| {
            let counts = postings.iter().map(|postings| postings.of_code(code).len());
            counts.sum()
        })
    }

    /// Whether the text of all cases has been read.
    pub fn is_complete(&self) -> bool {
        self.texts.segments() == Texts::segments_of(&self.corpus)
    }

    /// Answers a query as typed.
    pub fn search(&self, query: &str) -> Found {
        self.search_with(query, &Facts::default())
    }

    /// Answers a query as typed, with fields that the corpus does not know:
    /// topics, tags, stars.
    pub fn search_with(&self, query: &str, facts: &Facts) -> Found {
        let found = answer::answer(self, query, facts, Effort::FULL);
        found.expect("nothing tells a search to stop that is waited for")
    }

    /// Answers a query as typed, unless `stop` says that nobody waits for it any
    /// more; it is asked every millisecond or so.
    pub fn search_until(
        &self,
        query: &str,
        facts: &Facts,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Found> {
        answer::answer(
            self,
            query,
            facts,
            Effort {
                stop,
                ..Effort::FULL
            },
        )
    }

    /// The best hits of a query in titles, names and headings, and how many there
    /// are there: of a large library this can be told while the text is searched.
    pub fn first_hits(
        &self,
        query: &str,
        facts: &Facts,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Found> {
        answer::first_answer(self, query, facts, stop)
    }

    /// How many cases a query finds.
    pub fn count(&self, query: &str, facts: &Facts) -> u32 {
        answer::count(&ReadyWords::of(self), query, facts, Effort::FULL)
    }

    /// Where a query stands in each of some cases that it finds: the matches of
    /// hits that came without them. All are looked for in one go, which takes as
    /// long for a few as for one, and at most as long as a search.
    pub fn explain(&self, query: &str, facts: &Facts, cases: &[CaseIndex]) -> Vec<Vec<Match>> {
        let matches = answer::explain(self, query, facts, cases, Effort::FULL);
        matches.expect("nothing tells a search to stop that is waited for")
    }

    /// The same, unless `stop` says that nobody waits for it any more.
    pub fn explain_until(
        &self,
        query: &str,
        facts: &Facts,
        cases: &[CaseIndex],
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Vec<Match>>> {
        let effort = Effort {
            stop,
            ..Effort::FULL
        };
        answer::explain(self, query, facts, cases, effort)
    }

    /// How many characters it holds, headings and titles without their marks.
    pub fn characters(&self) -> usize {
        self.titles.characters() + self.headings.lines().characters() + self.texts.characters()
    }

    /// Bytes that the index takes in memory, the corpus not counted.
    pub fn bytes(&self) -> usize {
        self.titles.bytes()
            + self.title_postings.bytes()
            + self.headings.bytes()
            + self.names.bytes()
            + self.texts.bytes()
    }

    /// Whether a word may stand in any text, by its neighbours.
    pub(super) fn may_have(&self, word: &str) -> bool {
        let (codes, _) = word::as_in_text(&fold::codes(word));
        let pairs = pairs::mixed(&codes);
        match codes[..] {
            [code] => self.seen.has(code),
            _ => [&self.line_pairs, self.texts.pairs()]
                .iter()
                .any(|known| pairs.clone().all(|mixed| known.may_have(mixed))),
        }
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
    postings: Postings,
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
        self.lines.push_numbered(heading, seeds::number_of(heading));
        self.case.push(self.first.len() as u32 - 1);
        self.block.push(block as u32);
    }

    fn finish(&mut self) {
        self.first.push(self.case.len() as u32);
        self.postings = Postings::of(&self.lines);
    }

    pub(super) fn lines(&self) -> &Lines {
        &self.lines
    }

    /// Where every character stands in the lines.
    pub(super) fn postings(&self) -> &Postings {
        &self.postings
    }

    /// The case of a line.
    pub(super) fn case(&self, line: usize) -> usize {
        self.case[line] as usize
    }

    /// The block that a line is in its case.
    pub(super) fn block(&self, line: usize) -> u32 {
        self.block[line]
    }

    /// The lines of some consecutive cases.
    pub(super) fn of_cases(&self, cases: Range<usize>) -> Range<usize> {
        self.first[cases.start] as usize..self.first[cases.end] as usize
    }

    fn bytes(&self) -> usize {
        let numbers = self.case.capacity() + self.block.capacity() + self.first.capacity();
        self.lines.bytes() + self.postings.bytes() + 4 * numbers
    }
}
