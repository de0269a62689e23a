//! Settings of the reader and the terminal.

use super::keymap::Keymap;
use crate::config::{MEASURES, Start};
use crate::language::Language;
use crate::text::pinyin::Spellings;
use crate::text::script::Display;
use crate::text::width::Ambiguous;

/// Settings of the reader and the terminal.
#[derive(Clone, Debug)]
pub struct Settings {
    pub language: Language,
    pub ambiguous: Ambiguous,
    /// Whether frames are drawn in ASCII.
    pub ascii: bool,
    /// Maximum width of the page's text.
    pub measure: Measure,
    /// Script of the displayed text.
    pub script: Display,
    pub justify: bool,
    /// Whether blank rows separate paragraphs, and cases in the list.
    pub roomy: bool,
    /// Whether hints appear below a page that fills the screen.
    pub zen_hints: bool,
    /// How the reader types pinyin.
    pub spellings: Spellings,
    pub keymap: Keymap,
    /// Whether this is a public terminal, where nothing happens outside of the screen.
    pub kiosk: bool,
    /// The initial focus if there is no place to resume at.
    pub start: Start,
    /// Libraries that can be opened; empty if this one stays open.
    pub libraries: Vec<Library>,
    /// Key under which the place in the open library is kept; empty for the built-in library.
    pub library: String,
}

/// A library that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// Name in the settings file; empty for the built-in library and for paths given as options.
    pub name: String,
    /// Paths, one a line; empty for the built-in library. The place in the library is kept under
    /// them.
    pub paths: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            ambiguous: Ambiguous::default(),
            ascii: false,
            measure: Measure::new(80),
            script: Display::default(),
            justify: false,
            roomy: false,
            zen_hints: true,
            spellings: Spellings::default(),
            keymap: Keymap::default(),
            kiosk: false,
            start: Start::default(),
            libraries: Vec::new(),
            library: String::new(),
        }
    }
}

/// Maximum width of the page's text: as configured, and as changed by keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    columns: u16,
    configured: u16,
}

impl Measure {
    /// Creates the measure of the settings, in columns.
    pub fn new(columns: u16) -> Self {
        Self {
            columns,
            configured: columns,
        }
    }

    /// Returns the current measure, in columns.
    pub fn columns(self) -> u16 {
        self.columns
    }

    /// Returns the measure of the settings, in columns.
    pub(super) fn configured(self) -> u16 {
        self.configured
    }

    /// Whether the measure differs from the settings.
    pub(super) fn is_changed(self) -> bool {
        self.columns != self.configured
    }

    /// Sets the measure in columns, clamped to the allowed range.
    pub(super) fn set(&mut self, columns: u16) {
        self.columns = columns.clamp(*MEASURES.start(), *MEASURES.end());
    }
}
