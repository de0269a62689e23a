//! A small number for each of some characters.

/// Numbers of codes, 0 for all that were given none. Codes lie on pages, since a
/// table of all of them would take longer to clear than a word to make ready.
#[derive(Clone, Debug)]
pub struct Numbers {
    page_of: [u16; 1 << 10],
    pages: Vec<[u16; 64]>,
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            page_of: [0; 1 << 10],
            pages: vec![[0; 64]],
        }
    }
}

impl Numbers {
    #[inline]
    pub fn of(&self, code: u16) -> u16 {
        let page = self.page_of[usize::from(code >> 6)];
        self.pages[usize::from(page)][usize::from(code & 63)]
    }

    pub fn set(&mut self, code: u16, number: u16) {
        let page = &mut self.page_of[usize::from(code >> 6)];
        if *page == 0 {
            *page = self.pages.len() as u16;
            self.pages.push([0; 64]);
        }
        self.pages[usize::from(*page)][usize::from(code & 63)] = number;
    }

    /// Bytes that the numbers take in memory.
    pub fn bytes(&self) -> usize {
        size_of_val(&self.page_of) + size_of::<[u16; 64]>() * self.pages.capacity()
    }
}
