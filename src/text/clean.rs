//! Taking out of a document what a reader and a terminal must not see, and
//! remembering where everything stood.

use std::ops::Range;

/// Why a run of the raw text is not in the clean text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Noise {
    /// A pinyin gloss in half-width parentheses behind the character it reads.
    Gloss,
    /// A control or format character that must not reach a terminal.
    Control,
    /// A web form's leftover, such as 窗体顶端.
    Leftover,
}

/// One run of the raw text that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Bytes of the raw text.
    pub raw: Range<usize>,
    pub noise: Noise,
}

/// A text without its noise. `text` is the raw text less the cuts, nothing
/// added, so every character maps to its place in the raw text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts {
    /// In the order of the raw text, not touching one another.
    pub cuts: Vec<Cut>,
}

impl Cuts {
    /// The byte offset in the raw text of the byte at `clean` in the clean text.
    pub fn to_raw(&self, clean: usize) -> usize {
        let mut removed = 0;
        for cut in &self.cuts {
            if cut.raw.start - removed > clean {
                break;
            }
            removed += cut.raw.len();
        }
        clean + removed
    }
}

/// Finds the noise of a document.
pub fn find(_raw: &str) -> Cuts {
    Cuts::default()
}
