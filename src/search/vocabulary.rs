//! Which characters a library has: a few thousand of the 28,000 that can be read,
//! so that a spelled word need only be compared with those.

/// A set of codes.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    seen: Box<[u64; 1024]>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            seen: Box::new([0; 1024]),
        }
    }
}

impl Vocabulary {
    #[inline]
    pub fn insert(&mut self, code: u16) {
        self.seen[usize::from(code >> 6)] |= 1 << (code & 63);
    }

    /// Adds another set.
    pub fn join(&mut self, other: &Self) {
        for (seen, other) in self.seen.iter_mut().zip(other.seen.iter()) {
            *seen |= other;
        }
    }

    #[inline]
    pub fn has(&self, code: u16) -> bool {
        self.seen[usize::from(code >> 6)] >> (code & 63) & 1 == 1
    }

    /// All codes, in order.
    pub fn codes(&self) -> Vec<u16> {
        let mut codes = Vec::new();
        for (word, &bits) in self.seen.iter().enumerate() {
            let mut bits = bits;
            while bits != 0 {
                codes.push((64 * word) as u16 + bits.trailing_zeros() as u16);
                bits &= bits - 1;
            }
        }
        codes
    }
}
