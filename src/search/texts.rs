//! The running text of all cases, folded, one character to one code.
//!
//! Headings are not in it: they are lines of their own. Quotation marks and what
//! else may stand inside a phrase are left out, so that 放管服改革 lies in one
//! piece in “放管服”改革; they are kept beside, each with its place. A code that no
//! text holds parts the blocks of a case. Cases are kept in segments, which can
//! be read, built and searched independently of one another.

use std::ops::Range;

use super::lines::gallop;
use super::pairs::{Pairs, Signature, Signatures};
use super::vocabulary::Vocabulary;
use crate::case::{BlockKind, CaseRef};
use crate::corpus::{CaseIndex, Corpus};
use crate::text::fold;

/// How many cases share a segment.
pub const SEGMENT: usize = 1024;

/// The text of all cases, as far as it has been read.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    segments: Vec<Segment>,
    /// Which characters stand side by side somewhere in them.
    pairs: Pairs,
    vocabulary: Vocabulary,
}

/// A mark that was left out: the index of the character of its case that it
/// stands before, and its code.
pub type Mark = (u32, u16);

/// The text of up to [`SEGMENT`] consecutive cases.
#[derive(Clone, Debug, Default)]
pub struct Segment {
    /// Two bytes a character, low byte first.
    codes: Vec<u8>,
    /// Where the text of every case begins, and where the last ends, in codes.
    starts: Vec<u32>,
    /// Where the blocks of a case begin in its text, case after case.
    blocks: Vec<u32>,
    /// The index of the first block of every case in `blocks`, and the one
    /// behind the last.
    first_block: Vec<u32>,
    /// The marks that were left out, case after case.
    marks: Vec<Mark>,
    /// The index of the first mark of every case, and the one behind the last.
    first_mark: Vec<u32>,
    signatures: Signatures,
}

/// A segment that has just been built, and what it adds to what all share.
#[derive(Debug)]
pub struct Built {
    segment: Segment,
    pairs: Pairs,
    vocabulary: Vocabulary,
}

impl Texts {
    /// No text yet, with room for what the corpus has in common.
    pub fn for_corpus(corpus: &Corpus) -> Self {
        Self {
            segments: Vec::new(),
            pairs: pairs_for(corpus),
            vocabulary: Vocabulary::default(),
        }
    }

    /// How many segments a corpus has.
    pub fn segments_of(corpus: &Corpus) -> usize {
        corpus.len().div_ceil(SEGMENT)
    }

    /// Reads one segment of a corpus.
    pub fn read(corpus: &Corpus, number: usize) -> Built {
        let mut built = Built {
            segment: Segment::default(),
            pairs: pairs_for(corpus),
            vocabulary: Vocabulary::default(),
        };
        let first = number * SEGMENT;
        for case in first..corpus.len().min(first + SEGMENT) {
            built.push(corpus.get(CaseIndex(case as u32)));
        }
        built.segment.codes.shrink_to_fit();
        built.segment.marks.shrink_to_fit();
        built
    }

    /// Adds the next segment.
    pub fn add(&mut self, built: Built) {
        self.segments.push(built.segment);
        self.pairs.join(&built.pairs);
        self.vocabulary.join(&built.vocabulary);
    }

    /// How many segments have been read.
    pub fn segments(&self) -> usize {
        self.segments.len()
    }

    /// The segment that holds a case, and the case's number in it; `None` where
    /// it has not been read yet.
    #[inline]
    pub fn find(&self, case: usize) -> Option<(&Segment, usize)> {
        Some((self.segments.get(case / SEGMENT)?, case % SEGMENT))
    }

    /// Which characters stand side by side.
    pub fn pairs(&self) -> &Pairs {
        &self.pairs
    }

    /// Which characters there are.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// How many characters there are.
    pub fn characters(&self) -> usize {
        self.segments
            .iter()
            .map(|segment| segment.codes.len() / 2)
            .sum()
    }

    /// Bytes that the texts take in memory.
    pub fn bytes(&self) -> usize {
        self.pairs.bytes() + self.segments.iter().map(Segment::bytes).sum::<usize>()
    }
}

impl Segment {
    /// The text of a case, as the bytes of its codes.
    #[inline]
    pub fn text(&self, case: usize) -> &[u8] {
        &self.codes[2 * self.starts[case] as usize..2 * self.starts[case + 1] as usize]
    }

    /// Tells which pairs the text of a case may have.
    #[inline]
    pub fn signature(&self, case: usize) -> Signature<'_> {
        self.signatures.of(case)
    }

    /// The marks that stand before some consecutive characters of a case.
    #[inline]
    pub fn marks(&self, case: usize, characters: Range<usize>) -> &[Mark] {
        let range = self.first_mark[case] as usize..self.first_mark[case + 1] as usize;
        let marks = &self.marks[range];
        // Most words are first found near the begin of a text.
        let before = |index: usize| gallop(marks.len(), |mark| (marks[mark].0 as usize) < index);
        let first = before(characters.start);
        let mut behind = first;
        // Few stand inside a word.
        while marks
            .get(behind)
            .is_some_and(|&(at, _)| (at as usize) < characters.end)
        {
            behind += 1;
        }
        &marks[first..behind]
    }

    /// Which of a case's blocks that are no headings a character of its text
    /// stands in, and its index there, marks counted.
    pub fn block_at(&self, case: usize, index: usize) -> (usize, usize) {
        let range = self.first_block[case] as usize..self.first_block[case + 1] as usize;
        let blocks = &self.blocks[range];
        let block = blocks
            .partition_point(|&start| start as usize <= index)
            .saturating_sub(1);
        let start = blocks[block] as usize;
        let marks = self.marks(case, start..index + 1).len();
        (block, index - start + marks)
    }

    /// Adds a block of the case whose text begins at `start`.
    fn push_block(&mut self, start: usize, codes: &[u16]) {
        let push = |to: &mut Vec<u8>, codes: &[u16]| {
            let first = to.len();
            to.resize(first + 2 * codes.len(), 0);
            let pairs: &mut [[u8; 2]] = to[first..].as_chunks_mut().0;
            let both = pairs.iter_mut().zip(codes);
            both.for_each(|(pair, code)| *pair = code.to_le_bytes());
        };
        let mut from = 0;
        for at in fold::passed_over(codes) {
            push(&mut self.codes, &codes[from..at]);
            let index = (self.codes.len() / 2 - start) as u32;
            self.marks.push((index, codes[at]));
            from = at + 1;
        }
        push(&mut self.codes, &codes[from..]);
        self.codes.extend_from_slice(&[0, 0]);
    }

    fn bytes(&self) -> usize {
        let numbers = self.starts.capacity() + self.blocks.capacity() + self.first_block.capacity();
        let marks = size_of::<Mark>() * self.marks.capacity() + 4 * self.first_mark.capacity();
        self.codes.capacity() + 4 * numbers + marks + self.signatures.bytes()
    }
}

impl Built {
    fn push(&mut self, case: CaseRef<'_>) {
        let Self {
            segment,
            pairs,
            vocabulary,
        } = self;
        if segment.starts.is_empty() {
            segment.starts.push(0);
            segment.first_block.push(0);
            segment.first_mark.push(0);
        }
        let start = segment.codes.len() / 2;
        for block in &case.case.blocks {
            if matches!(block.kind, BlockKind::Heading { .. }) {
                continue;
            }
            segment
                .blocks
                .push((segment.codes.len() / 2 - start) as u32);
            segment.push_block(start, &fold::codes(&case.block_text(block)));
        }
        let length = segment.codes.len() / 2 - start;
        let codes = super::lines::codes(&segment.codes[2 * start..]);
        let codes = codes.inspect(|&code| vocabulary.insert(code));
        segment
            .signatures
            .push(codes, length, |mixed| pairs.insert(mixed));
        segment.starts.push((segment.codes.len() / 2) as u32);
        segment.first_block.push(segment.blocks.len() as u32);
        segment.first_mark.push(segment.marks.len() as u32);
    }
}

fn pairs_for(corpus: &Corpus) -> Pairs {
    // Three bytes a character, as nearly all are Han.
    let bytes: usize = corpus
        .documents
        .iter()
        .map(|document| document.text().len())
        .sum();
    Pairs::for_text(bytes / 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds;
    use crate::seeds::catalog::Catalog;

    /// The cases of the seeds again and again, three more than fit a segment.
    fn corpus() -> Corpus {
        let mut corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
        let seeds = corpus.cases.clone();
        let cases = seeds.iter().cycle().take(SEGMENT + 3);
        corpus.cases = cases.cloned().collect();
        corpus
    }

    fn read_all(corpus: &Corpus) -> Texts {
        let mut texts = Texts::for_corpus(corpus);
        (0..Texts::segments_of(corpus)).for_each(|number| texts.add(Texts::read(corpus, number)));
        texts
    }

    /// The blocks of a case that are no headings, folded.
    fn blocks(corpus: &Corpus, case: usize) -> Vec<Vec<u16>> {
        let case = corpus.get(CaseIndex(case as u32));
        let blocks = case.case.blocks.iter();
        let blocks = blocks.filter(|block| !matches!(block.kind, BlockKind::Heading { .. }));
        let folded = blocks.map(|block| fold::codes(&case.block_text(block)));
        folded.collect()
    }

    /// The characters of a block that a phrase may not run across, each with its
    /// index: all but quotation marks, 《》 and white space between Han.
    fn kept(block: &[u16]) -> Vec<(usize, u16)> {
        let is_left_out = |code: u16| "\"《》 ".chars().any(|c| fold::code(c) == code);
        let is_latin = |at: usize| {
            let code = block.get(at).copied().unwrap_or(0);
            u8::try_from(code).is_ok_and(|byte| byte.is_ascii_alphanumeric())
        };
        let codes = block.iter().copied().enumerate();
        let parts_words = |at: usize| at > 0 && is_latin(at - 1) && is_latin(at + 1);
        let kept = codes
            .filter(|&(at, code)| !is_left_out(code) || code == fold::code(' ') && parts_words(at));
        kept.collect()
    }

    #[test]
    fn a_place_in_the_text_of_a_case_is_told_by_block_and_place_there() {
        let corpus = corpus();
        let texts = read_all(&corpus);
        assert_eq!(texts.segments(), 2);
        let (mut several, mut left_out) = (0, 0);
        for case in 0..corpus.len() {
            let (segment, there) = texts.find(case).expect("all has been read");
            let blocks = blocks(&corpus, case);
            several += usize::from(blocks.len() > 1);
            let mut start = 0;
            for (number, block) in blocks.iter().enumerate() {
                let kept = kept(block);
                left_out += block.len() - kept.len();
                for (index, &(at, _)) in kept.iter().enumerate() {
                    let found = segment.block_at(there, start + index);
                    assert_eq!(found, (number, at), "{case}");
                }
                start += kept.len() + 1;
            }
            assert_eq!(segment.text(there).len(), 2 * start, "{case}");
        }
        assert!(several > SEGMENT / 4, "many cases have several blocks");
        assert!(left_out > SEGMENT, "many cases have quotation marks");
    }

    #[test]
    fn a_case_at_the_end_of_a_segment_and_behind_it_has_its_own_text() {
        let corpus = corpus();
        let texts = read_all(&corpus);
        for case in [0, SEGMENT - 1, SEGMENT, SEGMENT + 2] {
            let (segment, there) = texts.find(case).expect("all has been read");
            let mut expected = Vec::new();
            for block in blocks(&corpus, case) {
                expected.extend(kept(&block).into_iter().map(|(_, code)| code));
                expected.push(0);
            }
            let codes = super::super::lines::codes(segment.text(there));
            assert!(codes.eq(expected), "{case}");
        }
        assert!(texts.find(2 * SEGMENT).is_none());
    }

    #[test]
    fn what_has_not_been_read_is_not_there_yet() {
        let corpus = corpus();
        let mut texts = Texts::for_corpus(&corpus);
        assert!(texts.find(0).is_none());
        texts.add(Texts::read(&corpus, 0));
        assert!(texts.find(SEGMENT - 1).is_some());
        assert!(texts.find(SEGMENT).is_none());
    }
}
