//! Short texts, folded, one after the other: titles, names, headings.
//!
//! Marks and spaces are left out, so that 互联网+统计 lies in one piece in
//! “互联网+”统计; one bit a character remembers where they stood. Codes are kept
//! as bytes, two a character, low byte first, because that is what the fastest
//! search for a word wants.

use std::ops::Range;

use aho_corasick::{Span, packed};
use memchr::memmem::Finder;

use super::initials::{self, Collector, Sequences, Signature};
use crate::text::fold;

/// Lines in the order in which they were pushed.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    codes: Vec<u8>,
    /// Bit `i`: a mark stands before code `i`, inside its line.
    gaps: Vec<u64>,
    /// The index of the first code of every line, and that behind the last.
    starts: Vec<u32>,
    /// Which initials stand side by side in every line.
    initials: Vec<Signature>,
    /// All marks, each with the index of the character of its line that it stands
    /// before: they are asked for only where a word in quotation marks may stand.
    marks: Vec<(u16, u16)>,
    /// The index of the first mark of every line, and that behind the last.
    first_marks: Vec<u32>,
}

impl Lines {
    pub fn with_capacity(lines: usize, characters: usize) -> Self {
        let mut starts = Vec::with_capacity(lines + 1);
        starts.push(0);
        Self {
            codes: Vec::with_capacity(2 * (characters + lines)),
            gaps: Vec::with_capacity(characters / 64 + 1),
            starts,
            initials: Vec::with_capacity(lines),
            marks: Vec::new(),
            first_marks: vec![0],
        }
    }

    /// Adds a line.
    pub fn push(&mut self, text: &str) {
        if self.starts.is_empty() {
            self.starts.push(0);
            self.first_marks.push(0);
        }
        let first = self.codes.len() / 2;
        let mut gap = false;
        let mut initials = Collector::default();
        for c in text.chars() {
            let code = fold::code(c);
            if fold::is_mark(code) {
                gap = true;
                // Nobody looks so far behind: of a line that long the marks are as one.
                let index = u16::try_from(self.codes.len() / 2 - first);
                self.marks.push((index.unwrap_or(u16::MAX), code));
                continue;
            }
            let index = self.codes.len() / 2;
            if gap && index > first {
                let word = index / 64;
                self.gaps.resize(self.gaps.len().max(word + 1), 0);
                self.gaps[word] |= 1 << (index % 64);
            }
            gap = false;
            initials.push(code);
            self.codes.extend_from_slice(&code.to_le_bytes());
        }
        self.initials.push(initials.signature());
        // No text holds this code, so no word runs from one line into the next.
        self.codes.extend_from_slice(&[0, 0]);
        self.starts.push((self.codes.len() / 2) as u32);
        self.first_marks.push(self.marks.len() as u32);
    }

    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The codes of a line, as bytes.
    pub fn line(&self, line: usize) -> &[u8] {
        let start = self.starts[line] as usize;
        let end = self.starts[line + 1] as usize - 1;
        &self.codes[2 * start..2 * end]
    }

    /// The codes of a line, its marks among them.
    pub fn with_marks(&self, line: usize) -> Vec<u16> {
        let marks = self.first_marks[line] as usize..self.first_marks[line + 1] as usize;
        let mut marks = self.marks[marks].iter().peekable();
        let mut text = Vec::with_capacity(self.length(line) + marks.len());
        for (index, code) in codes(self.line(line)).enumerate() {
            while let Some((_, mark)) = marks.next_if(|(at, _)| usize::from(*at) <= index) {
                text.push(*mark);
            }
            text.push(code);
        }
        text.extend(marks.map(|(_, mark)| mark));
        text
    }

    /// How many characters a line has.
    pub fn length(&self, line: usize) -> usize {
        (self.starts[line + 1] - self.starts[line] - 1) as usize
    }

    /// Whether a line may have Latin letters.
    pub fn has_letters(&self, line: usize) -> bool {
        initials::has_letters(self.initials[line])
    }

    /// How many characters all lines have, and one more each.
    pub fn characters(&self) -> usize {
        self.codes.len() / 2
    }

    /// All characters, with zeros between lines.
    pub fn codes(&self) -> impl Iterator<Item = u16> + '_ {
        codes(&self.codes)
    }

    /// Whether a mark stands before the character at `index` of a line.
    pub fn gap(&self, line: usize, index: usize) -> bool {
        let index = self.starts[line] as usize + index;
        let word = self.gaps.get(index / 64).copied().unwrap_or(0);
        word >> (index % 64) & 1 == 1
    }

    /// Tells `hit` every line among `lines` that holds the word of `finder`, and
    /// the index of its first occurrence there.
    pub fn find(
        &self,
        finder: &Finder<'_>,
        lines: Range<usize>,
        mut hit: impl FnMut(usize, usize),
    ) {
        if lines.is_empty() {
            return;
        }
        let end = 2 * self.starts[lines.end] as usize;
        let mut at = 2 * self.starts[lines.start] as usize;
        let mut line = lines.start;
        while let Some(found) = find_code(finder, &self.codes[at..end]) {
            let index = at / 2 + found;
            line = self.line_at(line, index);
            hit(line, index - self.starts[line] as usize);
            line += 1;
            at = 2 * self.starts[line] as usize;
        }
    }

    /// Tells `hit` every line among `lines` that holds one of the words of
    /// `searcher`, the index where it stands, and which word it is. Where several
    /// begin at the same place it is the one that comes first in the searcher; what
    /// begins inside another is told as well.
    pub fn find_any(
        &self,
        searcher: &packed::Searcher,
        lines: Range<usize>,
        mut hit: impl FnMut(usize, usize, usize),
    ) {
        if lines.is_empty() {
            return;
        }
        let end = 2 * self.starts[lines.end] as usize;
        let mut at = 2 * self.starts[lines.start] as usize;
        let mut line = lines.start;
        while let Some(found) = searcher.find_in(&self.codes, Span { start: at, end }) {
            let start = found.start();
            at = start + 1;
            // Across the border of two codes there is no word.
            if start % 2 == 0 {
                let index = start / 2;
                line = self.line_at(line, index);
                let word = found.pattern().as_usize();
                hit(line, index - self.starts[line] as usize, word);
            }
        }
    }

    /// The lines among `lines` that may hold a spelled word, each with its codes and
    /// with whether it has Latin letters, so that the word may stand there as typed.
    #[inline]
    pub fn may_hold<'a>(
        &'a self,
        sequences: &'a Sequences,
        lines: Range<usize>,
    ) -> impl Iterator<Item = (usize, &'a [u8], bool)> + 'a {
        let starts = self.starts[lines.start..].windows(2);
        let numbers = lines.clone();
        numbers
            .zip(&self.initials[lines])
            .zip(starts)
            .filter(|&((_, &signature), _)| sequences.may_be_in(signature))
            .map(|((line, &signature), ends)| {
                let text = &self.codes[2 * ends[0] as usize..2 * (ends[1] as usize - 1)];
                (line, text, initials::has_letters(signature))
            })
    }

    /// The line in which a code stands, which is `from` or a later one.
    fn line_at(&self, from: usize, index: usize) -> usize {
        let starts = &self.starts[from + 1..];
        let mut step = 1;
        while starts
            .get(step)
            .is_some_and(|&start| start as usize <= index)
        {
            step *= 2;
        }
        let range = &starts[step / 2..starts.len().min(step + 1)];
        from + step / 2 + range.partition_point(|&start| start as usize <= index)
    }

    /// Bytes that the lines take in memory.
    pub fn bytes(&self) -> usize {
        self.codes.capacity()
            + 8 * self.gaps.capacity()
            + 4 * self.starts.capacity()
            + 16 * self.initials.capacity()
            + 4 * self.marks.capacity()
            + 4 * self.first_marks.capacity()
    }
}

/// The index of the first place where a word of codes stands in `bytes`. The
/// bytes of a word may also stand across the border of two codes; such places
/// are passed over.
pub fn find_code(finder: &Finder<'_>, bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + finder.find(&bytes[at..])?;
        if found % 2 == 0 {
            return Some(found / 2);
        }
        at = found + 1;
    }
}

/// The codes in a run of bytes.
pub fn codes(bytes: &[u8]) -> impl Iterator<Item = u16> + '_ {
    bytes
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
}

/// Codes as bytes.
pub fn bytes(codes: &[u16]) -> Vec<u8> {
    codes.iter().flat_map(|code| code.to_le_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str]) -> Lines {
        let mut lines = Lines::default();
        texts.iter().for_each(|text| lines.push(text));
        lines
    }

    #[track_caller]
    fn check(texts: &[&str], word: &str, expected: &[(usize, usize)]) {
        let lines = lines(texts);
        let needle = bytes(&fold::codes(word));
        let mut hits = Vec::new();
        lines.find(&Finder::new(&needle), 0..lines.len(), |line, index| {
            hits.push((line, index))
        });
        assert_eq!(hits, expected);
    }

    #[test]
    fn a_word_is_found_in_every_line_that_holds_it() {
        let titles = ["创新工作", "推动创新", "", "创新创新", "审批"];
        check(&titles, "创新", &[(0, 0), (1, 2), (3, 0)]);
        check(&titles, "审批", &[(4, 0)]);
    }

    #[test]
    fn a_line_keeps_its_marks() {
        let mut lines = Lines::default();
        let texts = ["“互联网+”、统计：", "", "审批", "——（一）审批，"];
        texts.iter().for_each(|text| lines.push(text));
        for (line, text) in texts.iter().enumerate() {
            assert_eq!(lines.with_marks(line), fold::codes(text));
        }
    }

    #[test]
    fn a_word_is_found_across_marks() {
        check(&["全面构建“互联网+”统计服务"], "互联网+统计", &[(0, 4)]);
        check(&["混合用地模式　提高土地"], "模式提高", &[(0, 4)]);
    }

    #[test]
    fn several_words_are_found_in_one_go_also_inside_one_another() {
        let lines = lines(&["推动创新工作", "审批", "新工艺", "丁一一"]);
        let words = ["创新", "新工作", "新工艺", "N"];
        let needles = words.map(|word| bytes(&fold::codes(word)));
        let Some(searcher) = packed::Searcher::new(&needles) else {
            return;
        };
        let mut hits = Vec::new();
        let mut find = |range| {
            lines.find_any(&searcher, range, |line, index, word| {
                hits.push((line, index, words[word]))
            })
        };
        find(0..lines.len());
        find(1..2);
        // 丁一 holds the bytes of N at an odd place.
        let expected = [(0, 2, "创新"), (0, 3, "新工作"), (2, 0, "新工艺")];
        assert_eq!(hits, expected);
    }

    #[test]
    fn no_word_runs_from_one_line_into_the_next() {
        check(&["社会治", "理创新"], "治理", &[]);
    }

    #[test]
    fn bytes_of_two_characters_are_not_taken_for_one() {
        // 丁 is 01 4E and 一 is 00 4E: 丁一 holds the bytes 4E 00 at an odd place.
        check(&["丁一一"], "N", &[]);
        check(&["丁一\u{4E00}N\u{14E}"], "一", &[(0, 1)]);
    }

    #[test]
    fn gaps_are_remembered_inside_a_line_only() {
        let lines = lines(&["“四个一”工作法", "《a》b"]);
        let gaps = |line| {
            (0..lines.length(line))
                .map(|i| lines.gap(line, i))
                .collect::<Vec<_>>()
        };
        assert_eq!(gaps(0), [false, false, false, true, false, false]);
        assert_eq!(gaps(1), [false, true]);
    }
}
