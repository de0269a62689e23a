//! Marks at places, of which the first behind one is soon told.

use std::ops::Range;

use crate::search::bits::ones;

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

    /// Marks those of 64 places from a multiple of 64 on whose bits are set.
    #[inline]
    pub(super) fn mark_64(&mut self, first: usize, bits: u64) {
        self.0[first / 64] |= bits;
    }

    /// Marks all of some places.
    #[inline]
    pub(super) fn mark_all(&mut self, places: Range<usize>) {
        let mut places = places;
        while places.len() > 64 {
            self.mark_up_to_64(places.start..places.start + 64);
            places.start += 64;
        }
        self.mark_up_to_64(places);
    }

    /// The same for no more than 64, which most lines have.
    #[inline]
    fn mark_up_to_64(&mut self, places: Range<usize>) {
        let (word, bit) = (places.start / 64, places.start % 64);
        let bits = match places.len() {
            0 => 0,
            len => u64::MAX >> (64 - len),
        };
        self.0[word] |= bits << bit;
        if let Some(behind) = self.0.get_mut(word + 1) {
            *behind |= bits >> 1 >> (63 - bit);
        }
    }

    /// How many are marked.
    pub(super) fn count(&self) -> usize {
        let counts = self.0.iter().map(|bits| bits.count_ones() as usize);
        counts.sum()
    }

    /// Those of the first `places` that are not marked, in order.
    pub(super) fn unmarked(&self, places: usize) -> impl Iterator<Item = usize> {
        let words = self.0.iter().zip((0..places).step_by(64));
        words.flat_map(move |(&bits, first)| {
            let open = !bits & u64::MAX >> (64 - (places - first).min(64));
            ones(open).map(move |at| first + at)
        })
    }

    #[inline]
    pub(super) fn has(&self, index: usize) -> bool {
        self.0[index / 64] >> (index % 64) & 1 == 1
    }

    /// How far behind the first of some places the first is that is marked; as far as
    /// there are places, or farther, where none of them is.
    #[inline]
    pub(super) fn first_in(&self, places: Range<usize>) -> usize {
        let (word, bit) = (places.start / 64, places.start % 64);
        let behind = self.0.get(word + 1).copied().unwrap_or(0);
        // The first 64 places, wherever they begin.
        let here = self.0[word] >> bit | behind << 1 << (63 - bit);
        match here {
            0 if places.len() > 64 => {
                let next = self.next(places.start + 64).unwrap_or(places.end);
                next - places.start
            }
            _ => here.trailing_zeros() as usize,
        }
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
    fn all_of_some_places_are_marked_and_no_others() {
        for start in 0..200 {
            for end in start..=200 {
                let mut marked = Marked::default();
                marked.clear(200);
                marked.mark_all(start..end);
                let has = (0..200).filter(|&at| marked.has(at));
                assert!(has.eq(start..end), "{start}..{end}");
                assert_eq!(marked.count(), end - start);
                let others = (0..start).chain(end..200);
                assert!(marked.unmarked(200).eq(others), "{start}..{end}");
            }
        }
    }

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
                let found = marked.first_in(places.clone());
                let found = (found < places.len()).then_some(found);
                assert_eq!(found, expected, "{start}..{end}");
            }
        }
    }
}
