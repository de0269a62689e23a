//! The tables of commands: one row each. Dispatch, help, hints, settings and the
//! guide follow them.

mod analysis;
mod browsing;
mod editing;
mod round;

use super::action::Command;
use super::words::Label;
use crate::key::Key;

/// What has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    List,
    Page,
    /// The filter line is being edited.
    Filter,
    /// What to find in the page is being edited.
    Find,
    /// A run of text is being chosen on the page.
    Passage,
    /// A list over the panes with a line to narrow it.
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
    /// Whether characters are commands here rather than text.
    pub fn takes_commands(self) -> bool {
        !EDIT.contains(&self)
    }

    /// What a line searches, which has the keys again when the line is left; the mode
    /// itself where it is no such line.
    pub fn behind_line(self) -> Self {
        match self {
            Self::Filter => Self::List,
            Self::Find => Self::Page,
            mode => mode,
        }
    }
}

/// One command: what it does, what it is called, and which keys it comes with.
pub struct Row {
    pub command: Command,
    /// Its name in the settings.
    pub name: &'static str,
    /// What it does, for the help.
    pub label: Label,
    /// How soon it gets a place in the row of hints, where there is not room for all,
    /// and a short word: 0 for the way on, 1 for the way out, 2 for the help, which are
    /// there on every screen; then the rest.
    pub hint: (u8, Label),
    pub keys: &'static [(&'static [Mode], Key)],
}

/// The list. This and the sets below say where a key works.
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
/// The search line.
pub const FILTER: &[Mode] = &[Mode::Filter];
/// A list over the panes; a table is one.
pub const PICKER: &[Mode] = &[Mode::Picker];
/// A note.
pub const NOTE: &[Mode] = &[Mode::Note];
/// Where Enter settles what a box over the panes asks for.
pub const BOXES: &[Mode] = &[Mode::Picker, Mode::Note];
/// While a passage is marked.
pub const PASSAGE: &[Mode] = &[Mode::Passage];
/// The full-screen views; each adds its mode.
pub const VIEWS: &[Mode] = &[Mode::Overview, Mode::Compare, Mode::ScoreSheet, Mode::Tally];
/// The overview.
pub const OVERVIEW: &[Mode] = &[Mode::Overview];
/// The comparison.
pub const COMPARE: &[Mode] = &[Mode::Compare];
/// A juror's score sheet.
pub const SHEET: &[Mode] = &[Mode::ScoreSheet];
/// The tally of a round.
pub const TALLY: &[Mode] = &[Mode::Tally];
/// Every mode; each view adds its own.
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

/// The tables, the most useful rows first; every view has one of its own.
const TABLES: &[&[Row]] = &[browsing::ROWS, analysis::ROWS, round::ROWS, editing::ROWS];

/// Every command, in the order of help and README.
pub fn all() -> impl Iterator<Item = &'static Row> {
    TABLES.iter().copied().flatten()
}
