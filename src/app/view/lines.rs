//! Lines of cells, as the views of a round show them.

/// A row of a view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// From the left.
    pub cells: Vec<Cell>,
    /// Whether a bar before it says that keys are for it.
    pub is_selected: bool,
}

/// A text at a column of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub x: u16,
    pub text: String,
    pub look: Look,
}

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Plain,
    Heading,
    Note,
    /// A value, or what stands for one.
    Value,
    /// A text that is being written.
    Typed,
    /// The one of several that holds.
    Here,
}

impl Line {
    /// A line with one cell, one column in.
    pub fn of(text: impl Into<String>, look: Look) -> Self {
        Self::default().with(1, text, look)
    }

    /// The line with a cell more.
    pub fn with(mut self, x: u16, text: impl Into<String>, look: Look) -> Self {
        let text = text.into();
        self.cells.push(Cell { x, text, look });
        self
    }

    /// The line with a bar before it, or not.
    pub const fn selected(mut self, is_selected: bool) -> Self {
        self.is_selected = is_selected;
        self
    }
}
