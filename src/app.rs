//! View state: what is shown, and what a key press makes of it.

pub mod key;
