//! Where every character stands in some lines: an inverted index with places
//! (Zobel and Moffat, Inverted files for text search engines, 2006).

use super::lines::Lines;
use super::numbers::Numbers;

/// The places of every character.
#[derive(Clone, Debug, Default)]
pub struct Postings {
    /// The characters that occur, numbered from 1 on.
    numbers: Numbers,
    /// Where the places of each begin, and where those of the last end.
    starts: Vec<u32>,
    /// Indices into the codes of all lines, in order for each character.
    places: Vec<u32>,
}

impl Postings {
    /// Reads all lines.
    pub fn of(lines: &Lines) -> Self {
        // A counting sort: how often each stands, where each begins, each where
        // it goes.
        let mut next = vec![0_u32; 1 << 16];
        lines.codes().for_each(|code| next[usize::from(code)] += 1);
        // What parts lines is no character.
        next[0] = 0;
        let mut postings = Self::default();
        let mut start = 0;
        for (code, next) in next.iter_mut().enumerate() {
            let count = *next;
            *next = start;
            if count > 0 {
                postings.starts.push(start);
                // Fewer than there are codes, since 0 is none.
                let number = postings.starts.len() as u16;
                postings.numbers.set(code as u16, number);
            }
            start += count;
        }
        postings.starts.push(start);
        postings.places = vec![0; start as usize];
        for (index, code) in lines.codes().enumerate() {
            if code != 0 {
                let next = &mut next[usize::from(code)];
                postings.places[*next as usize] = index as u32;
                *next += 1;
            }
        }
        postings
    }

    /// The places of a character: indices into the codes of all lines, in order.
    #[inline]
    pub fn of_code(&self, code: u16) -> &[u32] {
        match usize::from(self.numbers.of(code)) {
            0 => &[],
            number => {
                let range = self.starts[number - 1]..self.starts[number];
                &self.places[range.start as usize..range.end as usize]
            }
        }
    }

    /// The index in a word of its character that stands most seldom, and the places of
    /// that; 0 and none for an empty word.
    pub fn rarest(&self, word: &[u16]) -> (usize, &[u32]) {
        let places = word.iter().map(|&code| self.of_code(code)).enumerate();
        let rarest = places.min_by_key(|(_, places)| places.len());
        rarest.unwrap_or_default()
    }

    /// The lines that may have all characters of a word, in order: those with the one
    /// that stands most seldom.
    pub fn lines_with(&self, word: &[u16], lines: &Lines) -> Vec<usize> {
        let places = self.rarest(word).1.iter();
        let mut found: Vec<usize> = places.map(|&at| lines.line_at(at as usize)).collect();
        found.dedup();
        found
    }

    /// Bytes that the places take in memory.
    pub fn bytes(&self) -> usize {
        self.numbers.bytes() + 4 * (self.starts.capacity() + self.places.capacity())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn every_character_is_found_where_it_stands() {
        let mut lines = Lines::default();
        ["创新创新", "", "“新”区"]
            .iter()
            .for_each(|text| lines.push(text));
        let postings = Postings::of(&lines);
        // A line ends with a code of its own; marks are left out.
        assert_eq!(postings.of_code(fold::code('创')), [0, 2]);
        assert_eq!(postings.of_code(fold::code('新')), [1, 3, 6]);
        assert_eq!(postings.of_code(fold::code('区')), [7]);
        assert!(postings.of_code(fold::code('旧')).is_empty());
        assert!(postings.of_code(0).is_empty());
    }
}
