//! Why a file gives no text.

use std::io;

use crate::formats::Refusal;

/// Why a file gives no text.
#[derive(Debug)]
pub enum Trouble {
    System(io::Error),
    /// A pipe or a device: reading it might never end.
    NotAFile,
    TooLarge {
        bytes: u64,
        limit: u64,
    },
    /// The first byte that is wrong, and its line.
    NotUtf8 {
        byte: usize,
        line: usize,
    },
    /// It holds no text that can be read.
    Refused(Refusal),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}
