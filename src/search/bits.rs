//! Bits that stand for members of small sets.

use std::iter;

/// The places of the ones in a number, the lowest first.
#[inline]
pub fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    iter::from_fn(move || {
        if bits == 0 {
            return None;
        }
        let place = bits.trailing_zeros() as usize;
        bits &= bits - 1;
        Some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ones_are_told_in_order() {
        assert_eq!(ones(0).count(), 0);
        assert_eq!(ones(0b1010_0001).collect::<Vec<_>>(), [0, 5, 7]);
        assert_eq!(ones(1 << 63).collect::<Vec<_>>(), [63]);
        assert!(ones(u64::MAX).eq(0..64));
    }
}
