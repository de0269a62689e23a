//! Means of the tests that look at screens and bytes: the explorer without a
//! terminal, a terminal that is played, and a
//! pseudo-terminal that runs a real program before it.

pub mod driver;
pub mod emulator;
pub mod pty;
pub mod screen;
