//! What can be asked of the application, and what it asks of the world.

use super::key::Mouse;
use crate::search::Found;

/// A step of the selection or of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Motion {
    Up,
    Down,
    HalfUp,
    HalfDown,
    PageUp,
    PageDown,
    First,
    Last,
}

/// Everything that can happen to the application.
#[derive(Clone, Debug)]
pub enum Action {
    /// A command of the table.
    Run(Command),
    /// A character typed into the line that is being edited.
    Type(char),
    /// Pasted text.
    Paste(String),
    Mouse(Mouse),
    /// The screen has a new size, in columns and rows.
    Fit {
        columns: u16,
        rows: u16,
    },
    /// The answer to a query.
    ShowFound(Found),
}

/// The commands that keys are bound to; one row of the command table each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    Move(Motion),
    Open,
    Choose,
    Back,
    SwitchPane,
    Search,
    ClearSearch,
    NextMatch,
    PreviousMatch,
    NextCase,
    PreviousCase,
    NextSection,
    PreviousSection,
    Outline,
    GoBack,
    GoForward,
    Script,
    Raw,
    Zen,
    Justify,
    Narrower,
    Wider,
    Help,
    Repaint,
    Suspend,
    Quit,
    Edit(Editing),
}

/// What the keys of a line that is being edited do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Editing {
    DeleteBefore,
    DeleteBehind,
    DeleteWord,
    DeleteToStart,
    DeleteToEnd,
    Left,
    Right,
    Home,
    End,
}

/// What the world has to do about an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask the search for this query; the answer comes as
    /// [`Action::ShowFound`].
    Search(String),
    /// Write the whole screen again.
    Repaint,
    /// Give the terminal back and stop until the shell continues the program.
    Suspend,
    Quit,
}
