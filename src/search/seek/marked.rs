//! Marks at places, of which the first behind one is soon told.

use std::ops::Range;

/// A bit for each of some places or lines.
#[derive(Debug, Default)]
pub(super) struct Marked(Vec<u64>);

impl Marked {
    pub(super) fn clear(&mut self, places: usize) {
        self.0.clear();
        self.0.resize(places.div_ceil(64), 0);
    }

    #[inline]
    pub(super) fn mark(&mut self, index: usize) {
        self.0[index / 64] |= 1 << (index % 64);
    }

    #[inline]
    pub(super) fn has(&self, index: usize) -> bool {
        self.0[index / 64] >> (index % 64) & 1 == 1
    }

    /// How far behind the first of some places the first of them is that is marked.
    #[inline]
    pub(super) fn first_in(&self, places: Range<usize>) -> Option<usize> {
        let (word, bit) = (places.start / 64, places.start % 64);
        let behind = self.0.get(word + 1).copied().unwrap_or(0);
        // The first 64 places, wherever they begin.
        let here = self.0[word] >> bit | behind << 1 << (63 - bit);
        let first = match here {
            0 if places.len() > 64 => self.next(places.start + 64)? - places.start,
            _ => here.trailing_zeros() as usize,
        };
        (first < places.len()).then_some(first)
    }

    /// The first that is marked from `start` on.
    #[inline]
    pub(super) fn next(&self, start: usize) -> Option<usize> {
        let mut word = start / 64;
        let mut here = self.0.get(word)? >> (start % 64) << (start % 64);
        while here == 0 {
            word += 1;
            here = *self.0.get(word)?;
        }
        Some(64 * word + here.trailing_zeros() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_mark_in_a_line_is_found_however_long_it_is() {
        let marks = [0, 5, 63, 64, 130, 131, 200, 270, 383];
        let mut marked = Marked::default();
        marked.clear(384);
        marks.iter().for_each(|&at| marked.mark(at));
        for start in 0..384 {
            for end in start + 1..=384 {
                let places = start..end;
                let first = marks.iter().find(|at| places.contains(*at));
                let expected = first.map(|at| at - start);
                assert_eq!(marked.first_in(places), expected, "{start}..{end}");
            }
        }
    }
}
