//! Short texts, folded, one after the other: titles, names, headings.
//!
//! Marks and spaces are left out, so that 互联网+统计 lies in one piece in
//! “互联网+”统计; one bit a character remembers where they stood. Codes are kept
//! as bytes, two a character, low byte first, because that is what the fastest
//! search for a word wants.

use std::hint::black_box;
use std::ops::Range;

use crate::text::fold;

/// Lines in the order in which they were pushed.
#[derive(Clone, Debug)]
pub struct Lines {
    codes: Vec<u8>,
    /// Bit `i`: a mark stands before code `i`, inside its line.
    gaps: Vec<u64>,
    /// The index of the first code of every line, and that behind the last.
    starts: Vec<u32>,
    /// Bit `i`: code `i` is the first of its line, or the end of an empty one.
    first_codes: Vec<u64>,
    /// For every word of these bits, how many are set in those before it.
    lines_before: Vec<u32>,
    /// All marks, each with the index of the character of its line that it stands
    /// before: they are asked for only where a word in quotation marks may stand.
    marks: Vec<(u16, u16)>,
    /// The index of the first mark of every line, and that behind the last.
    first_marks: Vec<u32>,
    /// How many characters the number of a line has that is numbered: 一、, （二）. Of
    /// lines behind the last of those nothing is kept.
    numbers: Vec<u8>,
}

impl Default for Lines {
    fn default() -> Self {
        Self::with_capacity(0, 0)
    }
}

impl Lines {
    pub fn with_capacity(lines: usize, characters: usize) -> Self {
        let mut starts = Vec::with_capacity(lines + 1);
        starts.push(0);
        Self {
            codes: Vec::with_capacity(2 * (characters + lines)),
            gaps: Vec::with_capacity(characters / 64 + 1),
            starts,
            first_codes: Vec::with_capacity((characters + lines) / 64 + 1),
            lines_before: Vec::with_capacity((characters + lines) / 64 + 1),
            marks: Vec::new(),
            first_marks: vec![0],
            numbers: Vec::new(),
        }
    }

    /// Adds a line.
    pub fn push(&mut self, text: &str) {
        let first = self.codes.len() / 2;
        let mut gap = false;
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
            self.codes.extend_from_slice(&code.to_le_bytes());
        }
        // No text holds this code, so no word runs from one line into the next.
        self.codes.extend_from_slice(&[0, 0]);
        let words = (self.codes.len() / 2).div_ceil(64);
        let lines = self.len() as u32;
        if self.lines_before.len() <= first / 64 {
            self.lines_before.push(lines);
        }
        self.lines_before.resize(words, lines + 1);
        self.first_codes.resize(words, 0);
        self.first_codes[first / 64] |= 1 << (first % 64);
        self.starts.push((self.codes.len() / 2) as u32);
        self.first_marks.push(self.marks.len() as u32);
    }

    /// Adds a line whose first `number` bytes are its number, which no word runs across
    /// that has no mark there: 三创 is not in 三、创新做法.
    pub fn push_numbered(&mut self, text: &str, number: usize) {
        let line = self.len();
        self.push(text);
        let number = text[..number].chars().map(fold::code);
        let characters = number.filter(|&code| !fold::is_mark(code)).count();
        if characters > 0 {
            self.numbers.resize(line, 0);
            self.numbers.push(characters.try_into().unwrap_or(u8::MAX));
        }
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many characters of a line are its number, marks not counted.
    #[inline]
    pub fn number(&self, line: usize) -> usize {
        self.numbers.get(line).copied().unwrap_or(0).into()
    }

    /// Whether some characters of a line run across the end of its number.
    #[inline]
    pub fn are_across_number(&self, line: usize, characters: &Range<usize>) -> bool {
        let number = self.number(line);
        characters.start < number && number < characters.end
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

    /// The indices of all codes of some consecutive lines.
    pub fn places(&self, lines: Range<usize>) -> Range<u32> {
        self.starts[lines.start]..self.starts[lines.end]
    }

    /// The index of the first code of a line.
    pub fn start(&self, line: usize) -> usize {
        self.starts[line] as usize
    }

    /// The index behind the last code of each of some lines.
    pub fn ends(&self, lines: Range<usize>) -> &[u32] {
        &self.starts[lines.start + 1..=lines.end]
    }

    /// One code, by its index among those of all lines; 0 at the ends of lines.
    #[inline]
    pub fn code(&self, index: usize) -> u16 {
        code_in(&self.codes, index)
    }

    /// Whether a word begins at an index of the codes of all lines.
    #[inline]
    pub fn has_at(&self, index: usize, word: &[u16]) -> bool {
        let codes: &[[u8; 2]] = self.codes.as_chunks().0;
        let here = codes.get(index..index + word.len());
        here.is_some_and(|here| {
            let mut both = here.iter().zip(word);
            both.all(|(&code, &wanted)| u16::from_le_bytes(code) == wanted)
        })
    }

    /// Brings the codes of some lines near the processor, which is quick at that
    /// where they are read in order.
    pub fn read_ahead(&self, lines: Range<usize>) {
        const READ_AT_ONCE: usize = 64;
        let places = self.places(lines);
        let bytes = &self.codes[2 * places.start as usize..2 * places.end as usize];
        let bytes = bytes.iter().step_by(READ_AT_ONCE);
        black_box(bytes.fold(0, |sum, byte| sum ^ byte));
    }

    /// The line in which a code stands.
    #[inline]
    pub fn line_at(&self, index: usize) -> usize {
        let (word, bit) = (index / 64, index % 64);
        let here = self.first_codes[word] << (63 - bit);
        (self.lines_before[word] + here.count_ones()) as usize - 1
    }

    /// Bytes that the lines take in memory.
    pub fn bytes(&self) -> usize {
        self.codes.capacity()
            + 8 * (self.gaps.capacity() + self.first_codes.capacity())
            + 4 * (self.starts.capacity() + self.lines_before.capacity())
            + 4 * (self.marks.capacity() + self.first_marks.capacity())
            + self.numbers.capacity()
    }
}

/// How many of some things in order pass; those that do come first. Takes the
/// fewer steps the fewer they are.
#[inline]
pub fn gallop(count: usize, passes: impl Fn(usize) -> bool) -> usize {
    let mut step = 1;
    while step <= count && passes(step - 1) {
        step *= 2;
    }
    // The last step passed as far as its half.
    let (mut low, mut high) = (step / 2, count.min(step - 1));
    while low < high {
        let middle = low.midpoint(high);
        match passes(middle) {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    low
}

/// The codes in a run of bytes.
pub fn codes(bytes: &[u8]) -> impl Iterator<Item = u16> + '_ {
    bytes
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
}

/// One code of a run of bytes; 0 outside of it.
#[inline]
pub fn code_in(bytes: &[u8], index: usize) -> u16 {
    let codes: &[[u8; 2]] = bytes.as_chunks().0;
    codes.get(index).map_or(0, |&code| u16::from_le_bytes(code))
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

    #[test]
    fn a_numbered_line_tells_what_runs_across_its_number() {
        let mut lines = Lines::default();
        lines.push("三、创新");
        lines.push_numbered("（十三）创新", "（十三）".len());
        lines.push_numbered("创新", 0);
        assert_eq!([0, 1, 2].map(|line| lines.number(line)), [0, 2, 0]);
        assert!(lines.are_across_number(1, &(1..3)));
        assert!(!lines.are_across_number(1, &(0..2)));
        assert!(!lines.are_across_number(1, &(2..4)));
        assert!(!lines.are_across_number(0, &(0..2)));
    }

    #[test]
    fn a_line_is_known_by_any_of_its_codes() {
        let long = "治".repeat(200);
        let lines = lines(&["创新工作", "", "审批", &long, "", "丁"]);
        for line in 0..lines.len() {
            for index in 0..=lines.length(line) {
                assert_eq!(lines.line_at(lines.start(line) + index), line);
            }
        }
    }

    #[test]
    fn galloping_counts_what_passes() {
        for count in 0..40 {
            for passing in 0..=count {
                assert_eq!(gallop(count, |at| at < passing), passing, "of {count}");
            }
        }
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
