//! Lines of cells, for the views of a round.

/// A row of a view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Cells from the left.
    pub cells: Vec<Cell>,
    /// Whether the line is selected, which a bar before it shows.
    pub is_selected: bool,
}

/// A text at a column of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub x: u16,
    pub text: String,
    pub look: Look,
}

/// The role of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Plain,
    Heading,
    Note,
    /// A value, or the sign for a missing one.
    Value,
    /// A text that is being written.
    Typed,
    /// The current one of several.
    Here,
}

impl Line {
    /// Creates a line with one cell, at column 1.
    pub fn of(text: impl Into<String>, look: Look) -> Self {
        Self::default().with(1, text, look)
    }

    /// Adds a cell to the line.
    pub fn with(mut self, x: u16, text: impl Into<String>, look: Look) -> Self {
        let text = text.into();
        self.cells.push(Cell { x, text, look });
        self
    }

    /// Sets whether the line is selected.
    pub const fn selected(mut self, is_selected: bool) -> Self {
        self.is_selected = is_selected;
        self
    }
}
