//! Marks taken back from an export: what a file gives, and what of it is new.
//!
//! Nothing that is kept is ever taken away. Stars, tags and passages are united;
//! a note that differs is put below the one that is there.

mod date;
mod join;
mod mistake;
mod read;
mod remark;
mod table;

pub use date::of_date;
pub use join::{Conflict, Count, Kind, Outcome, join};
pub use read::read;
pub use remark::{Cleaned, Mark, Remark};

use crate::store::Passage;

/// A place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// A line, from 1.
    Line(u64),
    /// A value of a JSON array, from 1.
    Item(u64),
}

/// What a file gives for one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub place: Position,
    /// As the file has it, without what guards it in a spreadsheet.
    pub id: String,
    pub star: bool,
    pub tags: Vec<String>,
    /// Empty without one.
    pub note: String,
    pub passages: Vec<Passage>,
    /// What could not be read of it.
    pub amiss: Vec<Amiss>,
}

/// A value that is none of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amiss {
    /// A star is `★` or empty; this is neither.
    Star(String),
    /// A line of passages that does not begin with a place.
    Passage(String),
    /// A tag of so many characters.
    TagLength(String, usize),
    /// A note of so many characters, alone or below the one that is there.
    NoteLength(usize),
}
