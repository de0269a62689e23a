//! Characters: what a terminal may see, how wide they are, where a line may
//! break, and which of them mean the same to a reader who searches.
//!
//! Three units occur, and no two share a type, so that the compiler keeps them
//! apart: a *byte* offset is a `usize` (it slices a `str`), a *character* index
//! is a `u32` (see [`CharSpan`]), a *column* on the screen is a `u16`.

pub mod clean;
pub mod cuts;
pub mod empty_words;
pub mod escapes;
pub mod finder;
pub mod fold;
pub mod gate;
mod gloss;
pub mod marks;
pub mod near;
pub mod numerals;
pub mod pinyin;
pub mod script;
pub mod sentence;
pub mod width;
pub mod word_ends;
pub mod wrap;

/// A run of characters of some text: `start` is the index of its first
/// character, `end` the index after its last. In characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CharSpan {
    pub start: u32,
    pub end: u32,
}

impl CharSpan {
    /// The run from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }
}
