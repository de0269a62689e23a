//! The index in memory: every text, folded, with what is needed to be fast.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::bigrams::{self, BigramFilter, Signature, Signatures, SyllablePairs};
use super::code_sets::{CodeSet, ReadableCodes};
use super::field_values::FieldIndex;
use super::folded::{Folded, FoldedRef, TextKind};
use super::names::Names;
use super::threads;
use crate::case::{BlockKind, CaseRef};
use crate::corpus::{CaseIndex, Corpus};
use crate::seeds;
use crate::text::fold;
use crate::text::pinyin::{Options, Spellings};

/// How many cases share a segment of bodies.
pub(super) const SEGMENT: usize = 1024;

/// What a search reads.
#[derive(Debug)]
pub struct Index {
    pub(super) corpus: Arc<Corpus>,
    pub(super) spellings: Spellings,
    /// One line a case.
    pub(super) titles: Folded,
    pub(super) headings: Headings,
    pub(super) names: Names,
    pub(super) fields: FieldIndex,
    pub(super) bodies: Bodies,
    /// All characters of all of them.
    seen: CodeSet,
    pub(super) readable: ReadableCodes,
    /// Which characters stand side by side in titles, headings and names.
    line_bigrams: BigramFilter,
    /// Made when it is first needed.
    syllable_pairs: OnceLock<SyllablePairs>,
}

/// How many characters of lines and of bodies are read for [`Index::syllable_pairs`]: some
/// ten milliseconds of work, which a reader waits for once.
const READ_FOR_PAIRS: usize = 1_000_000;

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

    /// Builds the index of titles, names and headings, which takes a tenth of the time;
    /// [`Index::read_more`] adds the text.
    pub fn without_text(corpus: Arc<Corpus>, options: Options) -> Self {
        let mut titles = Folded::new(TextKind::Line);
        let mut headings = Headings::new();
        for (_, case) in corpus.iter() {
            titles.push(&case.title());
            headings.push(case);
        }
        let names = Names::build(&corpus);
        let lines = [&titles, &headings.lines, names.lines()];
        let characters = lines.iter().map(|lines| lines.characters()).sum();
        let mut line_bigrams = BigramFilter::for_text(characters);
        let mut seen = CodeSet::default();
        for lines in lines {
            let mut before = 0;
            for code in lines.all_codes() {
                seen.insert(code);
                if before != 0 && code != 0 {
                    line_bigrams.insert(bigrams::mix(before, code));
                }
                before = code;
            }
        }
        Self {
            spellings: Spellings::new(options),
            fields: FieldIndex::build(&corpus),
            bodies: Bodies::for_corpus(&corpus),
            readable: ReadableCodes::of(seen.codes()),
            seen,
            line_bigrams,
            syllable_pairs: OnceLock::new(),
            titles,
            headings,
            names,
            corpus,
        }
    }

    /// Reads the text of further cases, at most `most` segments of about a thousand;
    /// returns whether there is more.
    pub fn read_more(&mut self, most: usize) -> bool {
        let (all, next) = (self.segments(), self.bodies.segments.len());
        let end = all.min(next.saturating_add(most));
        let mut read: Vec<Option<NewSegment>> = (next..end).map(|_| None).collect();
        let jobs: Vec<_> = (next..end).zip(&mut read).collect();
        let corpus = &self.corpus;
        threads::for_each(jobs, 2, |(number, read)| {
            *read = Some(NewSegment::read(corpus, number));
        });
        read.into_iter()
            .flatten()
            .for_each(|new| self.bodies.add(new));
        self.seen.join(&self.bodies.seen);
        self.readable = ReadableCodes::of(self.seen.codes());
        end < all
    }

    /// Whether the text of all cases has been read.
    pub fn is_complete(&self) -> bool {
        self.bodies.segments.len() == self.segments()
    }

    fn segments(&self) -> usize {
        self.corpus.len().div_ceil(SEGMENT)
    }

    /// How many characters it holds, headings and titles without their marks.
    pub fn characters(&self) -> usize {
        let headings = self.headings.lines.characters();
        self.titles.characters() + headings + self.bodies.characters()
    }

    /// Bytes that the index takes in memory, the corpus not counted.
    pub fn bytes(&self) -> usize {
        let headings = self.headings.bytes();
        self.titles.bytes() + headings + self.names.bytes() + self.bodies.bytes()
    }

    /// Whether a word, folded, may stand in any text, by its neighbours.
    pub(super) fn may_have(&self, word: &[u16]) -> bool {
        let (codes, _) = TextKind::Body.split(word);
        match codes[..] {
            [code] => self.seen.has(code),
            _ => {
                let has_all = |known: &&BigramFilter| {
                    bigrams::mixed(&codes).all(|mixed| known.may_have(mixed))
                };
                self.bigrams().iter().any(has_all)
            }
        }
    }

    /// Which characters stand side by side, in lines and in bodies.
    pub(super) fn bigrams(&self) -> [&BigramFilter; 2] {
        [&self.line_bigrams, &self.bodies.bigrams]
    }

    /// Which syllables stand side by side.
    pub(super) fn syllable_pairs(&self) -> &SyllablePairs {
        self.syllable_pairs.get_or_init(|| {
            let lines = [&self.titles, &self.headings.lines, self.names.lines()];
            let lines = lines.into_iter().flat_map(|lines| lines.all_codes());
            let segments = self.bodies.segments.iter();
            let bodies = segments.flat_map(|segment| segment.texts.all_codes());
            let codes = lines.take(READ_FOR_PAIRS).chain([0]);
            SyllablePairs::of(codes.chain(bodies.take(READ_FOR_PAIRS)))
        })
    }

    pub(super) fn cases(&self) -> usize {
        self.corpus.len()
    }

    pub(super) fn case(&self, case: usize) -> CaseRef<'_> {
        self.corpus.get(CaseIndex(case as u32))
    }
}

/// The headings of all cases.
#[derive(Clone, Debug)]
pub(super) struct Headings {
    pub(super) lines: Folded,
    /// For every line, its case and its block there.
    case: Vec<u32>,
    block: Vec<u32>,
    /// The first line of every case, and the one behind the last.
    first: Vec<u32>,
}

impl Headings {
    fn new() -> Self {
        Self {
            lines: Folded::new(TextKind::Line),
            case: Vec::new(),
            block: Vec::new(),
            first: vec![0],
        }
    }

    fn push(&mut self, case: CaseRef<'_>) {
        for (number, block) in (0..).zip(&case.case.blocks) {
            if let BlockKind::Heading { .. } = block.kind {
                let heading = case.block_text(block);
                self.lines
                    .push_numbered(&heading, seeds::number_of(&heading));
                self.case.push(self.first.len() as u32 - 1);
                self.block.push(number);
            }
        }
        self.first.push(self.case.len() as u32);
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
        self.lines.bytes() + 4 * numbers
    }
}

/// The running text of all cases, as far as it has been read: in segments, which are
/// read, built and searched independently of one another. Headings are not in it.
#[derive(Clone, Debug)]
pub(super) struct Bodies {
    segments: Vec<Segment>,
    /// Which characters stand side by side somewhere in them.
    bigrams: BigramFilter,
    seen: CodeSet,
}

#[derive(Clone, Debug)]
struct Segment {
    texts: Folded,
    signatures: Signatures,
}

/// The running text of a case, and what may be in it.
#[derive(Clone, Copy)]
pub(super) struct Body<'a> {
    pub(super) text: FoldedRef<'a>,
    pub(super) signature: Signature<'a>,
}

/// A segment that has just been read, and what it adds to what all share.
struct NewSegment {
    segment: Segment,
    bigrams: BigramFilter,
    seen: CodeSet,
}

impl Bodies {
    fn for_corpus(corpus: &Corpus) -> Self {
        Self {
            segments: Vec::new(),
            bigrams: bigrams_for(corpus),
            seen: CodeSet::default(),
        }
    }

    fn add(&mut self, new: NewSegment) {
        self.segments.push(new.segment);
        self.bigrams.join(&new.bigrams);
        self.seen.join(&new.seen);
    }

    /// The body of a case; `None` where it has not been read yet.
    #[inline]
    pub(super) fn of(&self, case: usize) -> Option<Body<'_>> {
        let segment = self.segments.get(case / SEGMENT)?;
        Some(Body {
            text: segment.texts.text(case % SEGMENT),
            signature: segment.signatures.of(case % SEGMENT),
        })
    }

    /// Whether a word may stand in any of them, by its neighbours.
    pub(super) fn may_have(&self, word: &[u16]) -> bool {
        match word {
            [code] => self.seen.has(*code),
            _ => bigrams::mixed(word).all(|mixed| self.bigrams.may_have(mixed)),
        }
    }

    pub(super) fn bigrams(&self) -> &BigramFilter {
        &self.bigrams
    }

    /// How many characters there are.
    pub(super) fn characters(&self) -> usize {
        let segments = self.segments.iter();
        segments.map(|segment| segment.texts.characters()).sum()
    }

    fn bytes(&self) -> usize {
        let segments = self.segments.iter();
        let segments = segments.map(|segment| segment.texts.bytes() + segment.signatures.bytes());
        self.bigrams.bytes() + segments.sum::<usize>()
    }
}

impl NewSegment {
    fn read(corpus: &Corpus, number: usize) -> Self {
        let mut new = Self {
            segment: Segment {
                texts: Folded::new(TextKind::Body),
                signatures: Signatures::default(),
            },
            bigrams: bigrams_for(corpus),
            seen: CodeSet::default(),
        };
        let first = number * SEGMENT;
        for case in first..corpus.len().min(first + SEGMENT) {
            new.push(corpus.get(CaseIndex(case as u32)));
        }
        new.segment.texts.shrink_to_fit();
        new
    }

    fn push(&mut self, case: CaseRef<'_>) {
        let Segment { texts, signatures } = &mut self.segment;
        for block in &case.case.blocks {
            if !matches!(block.kind, BlockKind::Heading { .. }) {
                texts.push_block(&fold::codes(&case.block_text(block)));
            }
        }
        texts.finish();
        let codes = texts.text(texts.len() - 1).codes;
        let read = super::folded::codes(codes).inspect(|&code| self.seen.insert(code));
        signatures.push(read, codes.len(), |mixed| self.bigrams.insert(mixed));
    }
}

fn bigrams_for(corpus: &Corpus) -> BigramFilter {
    // Three bytes a character, as nearly all are Han.
    let bytes = corpus
        .documents
        .iter()
        .map(|document| document.text().len());
    BigramFilter::for_text(bytes.sum::<usize>() / 3)
}
