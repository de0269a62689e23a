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
        Self::with_capacity(1)
    }
}

impl Numbers {
    /// No numbers yet, with room for those of codes on so many pages.
    pub fn with_capacity(pages: usize) -> Self {
        let mut numbers = Self {
            page_of: [0; 1 << 10],
            pages: Vec::with_capacity(1 + pages),
        };
        numbers.pages.push([0; 64]);
        numbers
    }

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
