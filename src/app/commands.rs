//! The command tables, one row a command. Dispatch, help, hints, settings and the guide are derived
//! from them.

mod analysis;
mod browsing;
mod editing;
mod round;

use super::action::Command;
use super::words::Label;
use crate::key::Key;

/// The part of the interface that receives keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    List,
    Page,
    /// The query that narrows the list is being edited.
    Filter,
    /// The query for the page is being edited.
    Find,
    /// A run of text is being selected on the page.
    Passage,
    /// A popup list with a line to narrow it.
    Picker,
    /// A note is being written.
    Note,
    /// The line that narrows a full-screen view is being edited.
    Narrow,
    Overview,
    Compare,
    ScoreSheet,
    Tally,
}

impl Mode {
    /// Whether characters are commands rather than text.
    pub fn takes_commands(self) -> bool {
        !EDIT.contains(&self)
    }

    /// Returns the mode of the pane that a query line searches, which gets the focus when the line
    /// is left. Returns any other mode unchanged.
    pub fn behind_line(self) -> Self {
        match self {
            Self::Filter => Self::List,
            Self::Find => Self::Page,
            mode => mode,
        }
    }
}

/// A command with its names and default key bindings.
pub struct Row {
    pub command: Command,
    /// Name in the settings.
    pub name: &'static str,
    /// Description for the help.
    pub label: Label,
    /// Priority in the row of hints, and a short name. Priorities 0 to 2 appear on every screen: 0
    /// goes on, 1 goes back, 2 is the help. The others follow as far as there is room.
    pub hint: (u8, Label),
    pub keys: &'static [(&'static [Mode], Key)],
}

/// The list. This and the following constants are the modes of a key binding.
pub const LIST: &[Mode] = &[Mode::List];
/// The page.
pub const PAGE: &[Mode] = &[Mode::Page];
/// List and page.
pub const BROWSE: &[Mode] = &[Mode::List, Mode::Page];
/// Lines that take text.
pub const EDIT: &[Mode] = &[
    Mode::Filter,
    Mode::Find,
    Mode::Picker,
    Mode::Note,
    Mode::Narrow,
];
/// Lines that search.
pub const LINES: &[Mode] = &[Mode::Filter, Mode::Find, Mode::Narrow];
/// The query of the list.
pub const FILTER: &[Mode] = &[Mode::Filter];
/// Popup lists, tables included.
pub const PICKER: &[Mode] = &[Mode::Picker];
/// A note.
pub const NOTE: &[Mode] = &[Mode::Note];
/// Popups that Enter confirms.
pub const BOXES: &[Mode] = &[Mode::Picker, Mode::Note];
/// Selecting a passage.
pub const PASSAGE: &[Mode] = &[Mode::Passage];
/// The full-screen views. Each view adds its mode.
pub const VIEWS: &[Mode] = &[Mode::Overview, Mode::Compare, Mode::ScoreSheet, Mode::Tally];
/// The overview.
pub const OVERVIEW: &[Mode] = &[Mode::Overview];
/// The comparison.
pub const COMPARE: &[Mode] = &[Mode::Compare];
/// A juror's score sheet.
pub const SHEET: &[Mode] = &[Mode::ScoreSheet];
/// The tally of a round.
pub const TALLY: &[Mode] = &[Mode::Tally];
/// Every mode. Each view adds its own.
pub const ALL: &[Mode] = &[
    Mode::List,
    Mode::Page,
    Mode::Filter,
    Mode::Find,
    Mode::Passage,
    Mode::Picker,
    Mode::Note,
    Mode::Narrow,
    Mode::Overview,
    Mode::Compare,
    Mode::ScoreSheet,
    Mode::Tally,
];

/// The command tables, the most useful rows first. Every group of views has its own.
const TABLES: &[&[Row]] = &[browsing::ROWS, analysis::ROWS, round::ROWS, editing::ROWS];

/// Returns every command, in the order of help and README.
pub fn all() -> impl Iterator<Item = &'static Row> {
    TABLES.iter().copied().flatten()
}
