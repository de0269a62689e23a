//! The index in memory: every text, folded, with what makes searching fast.

use std::mem;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use fixedbitset::FixedBitSet;

use super::bigrams::{self, BigramFilter};
use super::field_values::FieldIndex;
use super::folded::{self, Folded, FoldedRef, TextKind};
use super::names::Names;
use crate::case::{BlockKind, CaseRef};
use crate::corpus::{CaseIndex, Corpus};
use crate::seeds;
use crate::text::fold;
use crate::text::pinyin::{self, Options, ReadableCodes, SYLLABLES, Spellings, Syllable};
use crate::threads;

/// Number of cases in a segment, which one thread reads, builds and searches. Reading it takes some
/// twenty milliseconds; questions are answered in between.
pub const SEGMENT: usize = 1024;

/// The data that a search reads.
#[derive(Debug)]
pub struct Index {
    pub(super) corpus: Arc<Corpus>,
    pub(super) spellings: Spellings,
    /// Titles, one line per case.
    pub(super) titles: Folded,
    /// Cases whose title an editor gave.
    pub(super) edited: FixedBitSet,
    pub(super) headings: Headings,
    pub(super) names: Names,
    pub(super) fields: FieldIndex,
    pub(super) bodies: Bodies,
    /// Characters that occur in any text.
    seen: FixedBitSet,
    pub(super) readable: ReadableCodes,
    /// Pairs of adjacent characters in titles, headings and names.
    line_bigrams: BigramFilter,
    /// Pairs of adjacent syllables, computed on first use.
    syllable_pairs: OnceLock<FixedBitSet>,
}

impl Index {
    /// Builds the index of a corpus.
    pub fn build(corpus: Arc<Corpus>) -> Self {
        Self::with_options(corpus, Options::default())
    }

    /// Builds the index of a corpus with options for pinyin input.
    pub fn with_options(corpus: Arc<Corpus>, options: Options) -> Self {
        let mut index = Self::without_text(corpus, options);
        index.read_more(usize::MAX);
        index
    }

    /// Builds the index of titles, names and headings, which takes a tenth of the time.
    /// [`Index::read_more`] adds the text.
    pub fn without_text(corpus: Arc<Corpus>, options: Options) -> Self {
        let mut titles = Folded::new(TextKind::Line);
        let mut edited = FixedBitSet::with_capacity(corpus.len());
        let mut headings = Headings::default();
        for (number, case) in corpus.iter() {
            titles.push(&case.title());
            if !case.title_printed() {
                edited.insert(number.0 as usize);
            }
            headings.push(case);
        }
        let names = Names::build(&corpus);
        let lines = [&titles, &headings.lines, &names.lines];
        let characters = lines.iter().map(|lines| lines.characters()).sum();
        let mut line_bigrams = BigramFilter::for_text(characters);
        let mut seen = FixedBitSet::with_capacity(CODES);
        let mut before = 0;
        for code in lines.into_iter().flat_map(|lines| lines.all_codes()) {
            seen.insert(code.into());
            if before != 0 && code != 0 {
                line_bigrams.insert(bigrams::mix(before, code));
            }
            before = code;
        }
        Self {
            spellings: Spellings::new(options),
            fields: FieldIndex::build(&corpus),
            bodies: Bodies {
                segments: Vec::new(),
                bigrams: bigrams_for(&corpus),
            },
            readable: readable(&seen),
            seen,
            line_bigrams,
            syllable_pairs: OnceLock::new(),
            titles,
            edited,
            headings,
            names,
            corpus,
        }
    }

    /// Reads the text of at most `most` further segments of about a thousand cases. Returns whether
    /// there is more.
    pub fn read_more(&mut self, most: usize) -> bool {
        let (all, next) = (self.segments(), self.bodies.segments.len());
        let end = all.min(next.saturating_add(most));
        // Each segment has two megabytes of bigrams until these are merged.
        let most = 2 * threads::at_once();
        for first in (next..end).step_by(most) {
            let numbers = first..end.min(first + most);
            let read = |number| Segment::read(&self.corpus, number);
            for mut segment in threads::map(numbers.collect(), read) {
                self.bodies.bigrams.join(&mem::take(&mut segment.bigrams));
                self.seen.union_with(&mem::take(&mut segment.seen));
                self.bodies.segments.push(segment);
            }
        }
        self.readable = readable(&self.seen);
        end < all
    }

    /// Whether the text of all cases has been read.
    pub fn is_complete(&self) -> bool {
        self.bodies.segments.len() == self.segments()
    }

    fn segments(&self) -> usize {
        self.corpus.len().div_ceil(SEGMENT)
    }

    /// Returns the size of the index in memory, in bytes, without the corpus.
    pub fn bytes(&self) -> usize {
        let bodies = self.bodies.segments.iter().map(|segment| {
            let signatures = segment.signatures.iter().map(BigramFilter::bytes);
            segment.texts.bytes() + signatures.sum::<usize>()
        });
        let lines = self.titles.bytes() + self.headings.bytes() + self.names.bytes();
        lines + self.bodies.bigrams.bytes() + bodies.sum::<usize>()
    }

    /// Whether a folded word may occur in any text, by its bigrams.
    pub fn may_have(&self, word: &[u16]) -> bool {
        let (codes, _) = TextKind::Body.split(word);
        let has_all = |known: &BigramFilter| {
            let mut pairs = bigrams::mixed(&codes);
            pairs.all(|mixed| known.may_have(mixed))
        };
        match codes[..] {
            [code] => self.seen.contains(code.into()),
            _ => self.bigrams().into_iter().any(has_all),
        }
    }

    /// Returns the pairs of adjacent characters in lines and in bodies.
    pub(super) fn bigrams(&self) -> [&BigramFilter; 2] {
        [&self.line_bigrams, &self.bodies.bigrams]
    }

    /// Whether a syllable follows another somewhere, by the usual readings of the characters.
    pub(super) fn may_follow(&self, first: Syllable, second: Syllable) -> bool {
        let pair = |first, second| usize::from(first) * SYLLABLES.len() + usize::from(second);
        let pairs = self.syllable_pairs.get_or_init(|| {
            let mut pairs = FixedBitSet::with_capacity(SYLLABLES.len() * SYLLABLES.len());
            // The first segment represents the language; more of them would take too long.
            let bodies = self.bodies.segments.first().map(|segment| &segment.texts);
            let lines = [&self.titles, &self.headings.lines, &self.names.lines];
            let texts = lines.into_iter().chain(bodies);
            let codes = texts.flat_map(|texts| texts.all_codes());
            let usual = |code| pinyin::readings(code).filter(|reading| reading.is_usual());
            let mut before = 0;
            for code in codes {
                for first in usual(before) {
                    let seconds =
                        usual(code).map(|second| pair(first.syllable(), second.syllable()));
                    seconds.for_each(|pair| pairs.insert(pair));
                }
                before = code;
            }
            pairs
        });
        pairs.contains(pair(first, second))
    }

    pub(super) fn cases(&self) -> usize {
        self.corpus.len()
    }

    /// Returns the set of all cases.
    pub(super) fn all_cases(&self) -> FixedBitSet {
        let mut all = FixedBitSet::with_capacity(self.cases());
        all.insert_range(..);
        all
    }

    pub(super) fn case(&self, case: usize) -> CaseRef<'_> {
        self.corpus.get(CaseIndex(case as u32))
    }
}

/// Number of codes.
const CODES: usize = 1 << 16;

fn readable(seen: &FixedBitSet) -> ReadableCodes {
    ReadableCodes::of(seen.ones().map(|code| code as u16))
}

fn bigrams_for(corpus: &Corpus) -> BigramFilter {
    let documents = corpus.documents.iter();
    let bytes: usize = documents.map(|document| document.text().len()).sum();
    // Three bytes per character, as nearly all are Han.
    BigramFilter::for_text(bytes / 3)
}

/// The headings of all cases.
#[derive(Debug)]
pub(super) struct Headings {
    pub(super) lines: Folded,
    /// Case of each line, and its block there.
    places: Vec<(u32, u32)>,
    /// First line of each case, then the end of the last.
    first: Vec<u32>,
}

impl Default for Headings {
    fn default() -> Self {
        Self {
            lines: Folded::new(TextKind::Line),
            places: Vec::new(),
            first: vec![0],
        }
    }
}

impl Headings {
    fn push(&mut self, case: CaseRef<'_>) {
        let number = self.first.len() as u32 - 1;
        for (block, of_case) in (0..).zip(&case.case.blocks) {
            if let BlockKind::Heading { .. } = of_case.kind {
                let heading = case.block_text(of_case);
                self.lines
                    .push_numbered(&heading, seeds::number_of(&heading));
                self.places.push((number, block));
            }
        }
        self.first.push(self.places.len() as u32);
    }

    /// Returns the case of a line.
    pub(super) fn case(&self, line: usize) -> usize {
        self.places[line].0 as usize
    }

    /// Returns the block of a line within its case.
    pub(super) fn block(&self, line: usize) -> u32 {
        self.places[line].1
    }

    /// Returns the lines of consecutive cases.
    pub(super) fn of_cases(&self, cases: Range<usize>) -> Range<usize> {
        self.first[cases.start] as usize..self.first[cases.end] as usize
    }

    fn bytes(&self) -> usize {
        self.lines.bytes() + 8 * self.places.capacity() + 4 * self.first.capacity()
    }
}

/// The running text of all cases read so far, without headings. Its segments are read, built and
/// searched independently.
#[derive(Debug)]
pub(super) struct Bodies {
    segments: Vec<Segment>,
    /// Pairs of adjacent characters in all bodies.
    pub(super) bigrams: BigramFilter,
}

#[derive(Debug)]
struct Segment {
    texts: Folded,
    signatures: Vec<BigramFilter>,
    /// Pairs of adjacent characters in the segment; empty once merged.
    bigrams: BigramFilter,
    seen: FixedBitSet,
}

/// The running text of a case, and its signature.
#[derive(Clone, Copy)]
pub(super) struct Body<'a> {
    pub(super) text: FoldedRef<'a>,
    pub(super) signature: &'a BigramFilter,
}

impl Bodies {
    /// Returns the body of a case; `None` if it has not been read yet.
    #[inline]
    pub(super) fn of(&self, case: usize) -> Option<Body<'_>> {
        let segment = self.segments.get(case / SEGMENT)?;
        Some(Body {
            text: segment.texts.text(case % SEGMENT),
            signature: &segment.signatures[case % SEGMENT],
        })
    }

    /// Whether a word of several characters may occur in any body, by its bigrams.
    pub(super) fn may_have(&self, word: &[u16]) -> bool {
        word.len() < 2 || bigrams::mixed(word).all(|mixed| self.bigrams.may_have(mixed))
    }
}

impl Segment {
    fn read(corpus: &Corpus, number: usize) -> Self {
        let mut segment = Self {
            texts: Folded::new(TextKind::Body),
            signatures: Vec::with_capacity(SEGMENT),
            bigrams: bigrams_for(corpus),
            seen: FixedBitSet::with_capacity(CODES),
        };
        let cases = number * SEGMENT..corpus.len().min((number + 1) * SEGMENT);
        let cases = || cases.clone().map(|case| corpus.get(CaseIndex(case as u32)));
        // One code per character, and one after each block: growing would take twice as much.
        let blocks = cases().flat_map(|case| case.case.blocks.iter().map(move |b| (case, b)));
        let codes =
            blocks.map(|(case, block)| case.document.slice(block.range).chars().count() + 1);
        segment.texts.reserve(codes.sum());
        cases().for_each(|case| segment.push(case));
        segment.texts.shrink_to_fit();
        segment
    }

    fn push(&mut self, case: CaseRef<'_>) {
        let texts = &mut self.texts;
        for block in &case.case.blocks {
            if !matches!(block.kind, BlockKind::Heading { .. }) {
                texts.push_block(&fold::codes(&case.block_text(block)));
            }
        }
        texts.finish();
        let codes = texts.text(texts.len() - 1).codes;
        let read = folded::codes(codes).inspect(|&code| self.seen.insert(code.into()));
        let insert = |mixed: u32| self.bigrams.insert(mixed);
        let signature = BigramFilter::signature(read, codes.len(), insert);
        self.signatures.push(signature);
    }
}
