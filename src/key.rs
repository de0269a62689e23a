//! Keys, pastes and mouse events as values. The terminal floor translates its own
//! events into these.

/// One key, whichever modifiers it came with folded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character without Ctrl or Alt; Shift is in the character.
    Char(char),
    /// A lower-case letter, or one of `[ ] \ ^ _ @` and Space, with Ctrl.
    Ctrl(char),
    /// A character with Alt.
    Alt(char),
    Enter,
    /// Enter with Alt.
    AltEnter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// Shift with an arrow.
    ShiftUp,
    ShiftDown,
    /// F1 is `F(1)`.
    F(u8),
}

/// What the mouse did; `column` and `row` count from 0 at the top left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mouse {
    pub kind: MouseKind,
    pub column: u16,
    pub row: u16,
}

/// The mouse events that mean something here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// The left button is held while the mouse moves.
    Drag,
    ScrollUp,
    ScrollDown,
}

/// What a user did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Key(Key),
    /// Characters typed in one go into the line that has the keys.
    Typed(String),
    /// Pasted text, as the terminal gave it: not yet cleaned.
    Paste(String),
    Mouse(Mouse),
    /// The screen's new size.
    Resize {
        columns: u16,
        rows: u16,
    },
}
