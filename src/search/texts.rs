//! The running text of all cases, folded, one character to one code.
//!
//! Headings are not in it: they are lines of their own. A code that no text
//! holds parts the blocks of a case.

use crate::case::{BlockKind, CaseRef};
use crate::text::fold;

/// The text of consecutive cases.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// Two bytes a character, low byte first.
    codes: Vec<u8>,
    /// Where the text of every case begins, and where the last ends, in codes.
    starts: Vec<u32>,
    /// Where the blocks of a case begin in its text, case after case.
    blocks: Vec<u32>,
    /// The index of the first block of every case in `blocks`.
    first_block: Vec<u32>,
}

impl Texts {
    /// Adds the text of the next case.
    pub fn push(&mut self, case: CaseRef<'_>) {
        if self.starts.is_empty() {
            self.starts.push(0);
            self.first_block.push(0);
        }
        let start = self.codes.len() / 2;
        for block in &case.case.blocks {
            if matches!(block.kind, BlockKind::Heading { .. }) {
                continue;
            }
            self.blocks.push((self.codes.len() / 2 - start) as u32);
            let text = case.block_text(block);
            self.codes.reserve(text.len() + 2);
            let codes = text.chars().map(fold::code);
            codes.for_each(|code| self.codes.extend_from_slice(&code.to_le_bytes()));
            self.codes.extend_from_slice(&[0, 0]);
        }
        self.starts.push((self.codes.len() / 2) as u32);
        self.first_block.push(self.blocks.len() as u32);
    }

    /// How many cases there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The text of a case, as the bytes of its codes.
    pub fn text(&self, case: usize) -> &[u8] {
        &self.codes[2 * self.starts[case] as usize..2 * self.starts[case + 1] as usize]
    }

    /// Which of a case's blocks that are no headings a character of its text
    /// stands in, and its index there.
    pub fn block_at(&self, case: usize, index: usize) -> (usize, usize) {
        let range = self.first_block[case] as usize..self.first_block[case + 1] as usize;
        let blocks = &self.blocks[range];
        let block = blocks
            .partition_point(|&start| start as usize <= index)
            .saturating_sub(1);
        (block, index - blocks[block] as usize)
    }

    /// Bytes that the texts take in memory.
    pub fn bytes(&self) -> usize {
        self.codes.capacity()
            + 4 * (self.starts.capacity() + self.blocks.capacity() + self.first_block.capacity())
    }
}
