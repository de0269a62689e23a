//! Folded texts: one code a character, low byte first, without the marks that a
//! phrase may lie across; these are kept beside, each with its place.
//!
//! A line – a title, a name, a heading – goes without all marks and spaces, so that
//! 互联网+统计 lies in one piece in “互联网+”统计. A body, the running text of a case,
//! goes without quotation marks and what else may stand inside a phrase there; the
//! code 0, which no text has, parts its blocks. Texts are kept as bytes because that
//! is what the fastest search for a word wants.

use std::ops::Range;

use crate::text::CharSpan;
use crate::text::fold;

/// A mark that was left out: the index of the code of its text that it stands
/// before, and its own code.
pub type Mark = (u32, u16);

/// Which marks a text goes without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    Line,
    Body,
}

impl TextKind {
    /// The indices of the codes that are left out.
    fn dropped(self, codes: &[u16]) -> Vec<usize> {
        match self {
            Self::Line => {
                let all = 0..codes.len();
                all.filter(|&at| fold::is_mark(codes[at])).collect()
            }
            Self::Body => fold::passed_over(codes).collect(),
        }
    }

    /// The codes that are kept, and the marks that are left out.
    pub fn split(self, codes: &[u16]) -> (Vec<u16>, Vec<Mark>) {
        let (mut kept, mut marks) = (Vec::with_capacity(codes.len()), Vec::new());
        let mut from = 0;
        for at in self.dropped(codes) {
            kept.extend_from_slice(&codes[from..at]);
            marks.push((kept.len() as u32, codes[at]));
            from = at + 1;
        }
        kept.extend_from_slice(&codes[from..]);
        (kept, marks)
    }
}

/// Texts of one kind, one after the other.
#[derive(Clone, Debug)]
pub struct Folded {
    kind: TextKind,
    codes: Vec<u8>,
    /// The index of the first code of every text, and that behind the last. A text
    /// ends with the code 0.
    starts: Vec<u32>,
    marks: Vec<Mark>,
    /// The index of the first mark of every text, and that behind the last.
    first_mark: Vec<u32>,
    /// Where the blocks of a body begin in its text, text after text.
    blocks: Vec<u32>,
    /// The index of the first block of every body, and that behind the last.
    first_block: Vec<u32>,
    /// How many characters the number of a line has that is numbered: 一、, （二）. Of
    /// lines behind the last of those nothing is kept.
    numbers: Vec<u8>,
}

impl Folded {
    pub fn new(kind: TextKind) -> Self {
        Self {
            kind,
            codes: Vec::new(),
            starts: vec![0],
            marks: Vec::new(),
            first_mark: vec![0],
            blocks: Vec::new(),
            first_block: vec![0],
            numbers: Vec::new(),
        }
    }

    /// One text alone.
    pub fn of(kind: TextKind, codes: &[u16]) -> Self {
        let mut folded = Self::new(kind);
        folded.push_block(codes);
        folded.finish();
        folded
    }

    /// Adds a line.
    pub fn push(&mut self, text: &str) {
        self.push_block(&fold::codes(text));
        self.finish();
    }

    /// Adds a line whose first `number` bytes are its number, which no word runs across
    /// that has no mark there: 三创 is not in 三、创新做法.
    pub fn push_numbered(&mut self, text: &str, number: usize) {
        let line = self.len();
        self.push(text);
        self.set_number(line, &fold::codes(&text[..number]));
    }

    /// Notes the number with which a line begins, given with its marks.
    pub fn set_number(&mut self, line: usize, number: &[u16]) {
        let characters = number.iter().filter(|&&code| !fold::is_mark(code)).count();
        if characters > 0 {
            self.numbers.resize(line, 0);
            self.numbers.push(characters.try_into().unwrap_or(u8::MAX));
        }
    }

    /// Adds a block of the text that [`Folded::finish`] ends.
    pub fn push_block(&mut self, codes: &[u16]) {
        let start = self.starts.last().map_or(0, |&start| start as usize);
        if self.kind == TextKind::Body {
            self.blocks.push((self.codes.len() / 2 - start) as u32);
        }
        let mut from = 0;
        for at in self.kind.dropped(codes) {
            push_bytes(&mut self.codes, &codes[from..at]);
            let index = self.codes.len() / 2 - start;
            self.marks.push((index as u32, codes[at]));
            from = at + 1;
        }
        push_bytes(&mut self.codes, &codes[from..]);
        self.codes.extend_from_slice(&[0, 0]);
    }

    /// Ends the text to which blocks have been added.
    pub fn finish(&mut self) {
        self.starts.push((self.codes.len() / 2) as u32);
        self.first_mark.push(self.marks.len() as u32);
        self.first_block.push(self.blocks.len() as u32);
    }

    pub fn shrink_to_fit(&mut self) {
        self.codes.shrink_to_fit();
        self.marks.shrink_to_fit();
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// One of them.
    #[inline]
    pub fn text(&self, text: usize) -> FoldedRef<'_> {
        let range = |starts: &[u32]| starts[text] as usize..starts[text + 1] as usize;
        let codes = range(&self.starts);
        let end = match self.kind {
            TextKind::Line => codes.end - 1,
            TextKind::Body => codes.end,
        };
        FoldedRef {
            kind: self.kind,
            codes: &self.codes.as_chunks().0[codes.start..end],
            marks: &self.marks[range(&self.first_mark)],
            blocks: &self.blocks[range(&self.first_block)],
            number: self.numbers.get(text).copied().unwrap_or(0).into(),
        }
    }

    /// All codes of some consecutive texts, with zeros between these.
    pub fn codes_of(&self, texts: Range<usize>) -> &[u8] {
        let bytes = |text: usize| 2 * self.starts[text] as usize;
        &self.codes[bytes(texts.start)..bytes(texts.end)]
    }

    /// The text in which a code stands, by its index among those of all texts, and the
    /// index of the first code behind that text; `from` is a text at or before it.
    #[inline]
    pub fn text_at(&self, from: usize, index: usize) -> (usize, usize) {
        // Most often it is near, so steps double until they pass it.
        let starts = &self.starts[from + 1..];
        let mut step = 1;
        while step < starts.len() && starts[step - 1] as usize <= index {
            step *= 2;
        }
        let near = &starts[step / 2..step.min(starts.len())];
        let behind = step / 2 + near.partition_point(|&start| start as usize <= index);
        (from + behind, starts[behind] as usize)
    }

    /// The index of the first code of a text among those of all texts.
    pub fn start(&self, text: usize) -> usize {
        self.starts[text] as usize
    }

    /// All codes, with zeros between blocks.
    pub fn all_codes(&self) -> impl Iterator<Item = u16> + '_ {
        codes(self.codes.as_chunks().0)
    }

    /// How many characters all texts have, and one more a block.
    pub fn characters(&self) -> usize {
        self.codes.len() / 2
    }

    /// Bytes that the texts take in memory.
    pub fn bytes(&self) -> usize {
        let numbers = [
            &self.starts,
            &self.first_mark,
            &self.blocks,
            &self.first_block,
        ];
        let numbers: usize = numbers.iter().map(|list| list.capacity()).sum();
        let marks = size_of::<Mark>() * self.marks.capacity();
        self.codes.capacity() + 4 * numbers + marks + self.numbers.capacity()
    }
}

/// One folded text.
#[derive(Clone, Copy, Debug)]
pub struct FoldedRef<'a> {
    pub kind: TextKind,
    pub codes: &'a [[u8; 2]],
    marks: &'a [Mark],
    blocks: &'a [u32],
    /// How many of its codes are the number of a heading.
    pub number: usize,
}

impl<'a> FoldedRef<'a> {
    /// How many codes it has.
    pub fn len(self) -> usize {
        self.codes.len()
    }

    /// One code; 0 outside of the text.
    #[inline]
    pub fn code(self, index: usize) -> u16 {
        let code = self.codes.get(index);
        code.map_or(0, |&code| u16::from_le_bytes(code))
    }

    /// Its codes as bytes.
    #[inline]
    pub fn bytes(self) -> &'a [u8] {
        self.codes.as_flattened()
    }

    /// How many marks stand before a code and all before that.
    #[inline]
    pub fn marks_before(self, index: usize) -> usize {
        self.marks.partition_point(|&(at, _)| (at as usize) < index)
    }

    /// The marks of the text.
    #[inline]
    pub fn marks(self) -> &'a [Mark] {
        self.marks
    }

    /// Which of the blocks a code stands in, and which character of that it is, marks
    /// counted.
    pub fn shown(self, index: usize) -> (usize, usize) {
        let behind = self
            .blocks
            .partition_point(|&start| start as usize <= index);
        let block = behind.saturating_sub(1);
        let start = self.blocks.get(block).map_or(0, |&start| start as usize);
        let marks = self.marks_before(index + 1) - self.marks_before(start);
        (block, index - start + marks)
    }

    /// The characters that some codes are, as they are shown in their block: one
    /// span for each run without marks between.
    pub fn spans(self, codes: Range<usize>) -> Vec<CharSpan> {
        let mut spans: Vec<CharSpan> = Vec::new();
        for index in codes.start..codes.end.min(self.len()) {
            let place = self.shown(index).1 as u32;
            match spans.last_mut() {
                Some(last) if last.end == place => last.end += 1,
                _ => spans.push(CharSpan::new(place, place + 1)),
            }
        }
        spans
    }
}

/// The codes in a run of pairs of bytes.
pub fn codes(pairs: &[[u8; 2]]) -> impl Iterator<Item = u16> + Clone + '_ {
    pairs.iter().map(|&pair| u16::from_le_bytes(pair))
}

/// Codes as bytes.
pub fn bytes(codes: &[u16]) -> Vec<u8> {
    codes.iter().flat_map(|code| code.to_le_bytes()).collect()
}

fn push_bytes(to: &mut Vec<u8>, codes: &[u16]) {
    let first = to.len();
    to.resize(first + 2 * codes.len(), 0);
    let pairs: &mut [[u8; 2]] = to[first..].as_chunks_mut().0;
    let both = pairs.iter_mut().zip(codes);
    both.for_each(|(pair, code)| *pair = code.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str]) -> Folded {
        let mut lines = Folded::new(TextKind::Line);
        texts.iter().for_each(|text| lines.push(text));
        lines
    }

    fn spelled(text: FoldedRef<'_>) -> String {
        codes(text.codes)
            .filter_map(|c| char::from_u32(c.into()))
            .collect()
    }

    #[test]
    fn a_line_goes_without_marks_and_remembers_where_they_stood() {
        let lines = lines(&["“互联网+”统计", "，甲", "", "乙、"]);
        let text = lines.text(0);
        assert_eq!(spelled(text), "互联网+统计");
        assert_eq!(text.marks().iter().map(|m| m.0).collect::<Vec<_>>(), [0, 4]);
        assert_eq!(text.shown(0), (0, 1));
        assert_eq!(text.shown(4), (0, 6));
        assert_eq!(text.spans(2..6), [CharSpan::new(3, 5), CharSpan::new(6, 8)]);
        assert_eq!(lines.text(2).len(), 0);
        assert_eq!(lines.text(3).marks(), [(1, '、' as u16)]);
    }

    #[test]
    fn a_line_is_known_by_any_of_its_codes() {
        let texts: Vec<String> = (0..200).map(|n| "甲".repeat(n % 7)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let lines = lines(&texts);
        for line in 0..200 {
            let codes = lines.start(line)..lines.start(line + 1);
            for (from, index) in codes.flat_map(|index| [0, line / 2, line].map(|l| (l, index))) {
                let end = lines.start(line + 1);
                assert_eq!(lines.text_at(from, index), (line, end), "{from} {index}");
            }
        }
    }

    #[test]
    fn a_numbered_line_tells_its_number() {
        let mut lines = Folded::new(TextKind::Line);
        lines.push("创新");
        lines.push_numbered("（三）创新", "（三）".len());
        assert_eq!([0, 1].map(|line| lines.text(line).number), [0, 1]);
    }

    #[test]
    fn a_body_goes_without_what_may_stand_inside_a_phrase() {
        let mut bodies = Folded::new(TextKind::Body);
        for block in ["深化“放管服”改革。", "a b，《甲》 乙"] {
            bodies.push_block(&fold::codes(block));
        }
        bodies.finish();
        let text = bodies.text(0);
        assert_eq!(spelled(text), "深化放管服改革。\0a b,甲乙\0");
        assert_eq!(text.shown(2), (0, 3));
        assert_eq!(text.shown(5), (0, 7));
        assert_eq!(text.shown(9), (1, 0));
        assert_eq!(text.shown(13), (1, 5));
        assert_eq!(text.shown(14), (1, 8));
    }
}
