//! The work of a jury: settings of a round, entries of its jurors, what they come to,
//! and the papers.
//!
//! Values in, values out: files are read and written by [`crate::round`], and the
//! time comes in as a text. Rules and formulas are those of panels for public awards
//! in China; every function names its source or says what it computes. All sums are
//! exact fractions, and only what is printed is rounded.

pub mod acts;
pub mod agenda;
pub mod asked;
pub mod blind;
pub mod broken;
pub mod concordance;
pub mod conflict;
pub mod docket;
pub mod entry;
pub mod exact;
pub mod least_squares;
pub mod manifest;
pub mod merge;
mod misfits;
pub mod office;
pub mod panel;
pub mod papers;
pub mod said;
pub mod scores;
pub mod screening;
pub mod seat;
pub mod settings;
pub mod standing;
pub mod tally;
pub mod time;
pub mod visible;
pub mod vote;
pub mod words;
