//! Keys, pastes and mouse as the application knows them; the terminal floor
//! translates its own events into these.

use std::fmt;

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
    /// Pasted text, as the terminal gave it: not yet cleaned.
    Paste(String),
    Mouse(Mouse),
    /// The screen's new size.
    Resize {
        columns: u16,
        rows: u16,
    },
}

/// The name of a key as help and settings write it: `j`, `Ctrl-d`, `PgUp`, `F1`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Char(' ') => "Space",
            Self::Char(c) => return write!(f, "{c}"),
            Self::Ctrl(c) => return write!(f, "Ctrl-{c}"),
            Self::Alt(c) => return write!(f, "Alt-{c}"),
            Self::F(number) => return write!(f, "F{number}"),
            Self::Enter => "Enter",
            Self::Esc => "Esc",
            Self::Tab => "Tab",
            Self::BackTab => "Shift-Tab",
            Self::Backspace => "Backspace",
            Self::Delete => "Del",
            Self::Insert => "Ins",
            Self::Up => "Up",
            Self::Down => "Down",
            Self::Left => "Left",
            Self::Right => "Right",
            Self::Home => "Home",
            Self::End => "End",
            Self::PageUp => "PgUp",
            Self::PageDown => "PgDn",
            Self::ShiftUp => "Shift-Up",
            Self::ShiftDown => "Shift-Down",
        };
        f.write_str(name)
    }
}
