//! Means of the tests that look at bytes: a terminal that is played, and a
//! pseudo-terminal that runs a real program before it.

pub mod emulator;
pub mod pty;
