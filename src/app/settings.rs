//! What the reader or the terminal decides about the look of things.

use super::keymap::Keymap;
use crate::config::{MEASURES, Start};
use crate::language::Language;
use crate::text::pinyin::Spellings;
use crate::text::script::Display;
use crate::text::width::Ambiguous;

/// What the reader or the terminal decides about the look of things.
#[derive(Clone, Debug)]
pub struct Settings {
    pub language: Language,
    pub ambiguous: Ambiguous,
    /// Whether frames are drawn in ASCII.
    pub ascii: bool,
    /// The most columns a row of the page has.
    pub measure: Measure,
    /// How text is displayed.
    pub script: Display,
    pub justify: bool,
    /// Whether blank rows part paragraphs, and cases in the list.
    pub roomy: bool,
    /// Whether the page alone has hints below it.
    pub zen_hints: bool,
    /// How the reader types pinyin.
    pub spellings: Spellings,
    pub keymap: Keymap,
    /// Whether anybody may be at the keys: nothing is done outside of the screen.
    pub kiosk: bool,
    /// What has the keys at a start that has no place to go back to.
    pub start: Start,
    /// The libraries that can be opened; none where this one stays open.
    pub libraries: Vec<Library>,
    /// The name under which the place in the open library is kept; empty for the
    /// built-in one.
    pub library: String,
}

/// A library that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// Its name in the settings file; empty for the built-in one, and for paths that
    /// were named.
    pub name: String,
    /// Its paths, a line each; empty for the built-in one. Its place is kept under them.
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

/// The most columns of a row of the page: as the settings say, and as it is now,
/// after keys that changed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    columns: u16,
    configured: u16,
}

impl Measure {
    /// The measure of the settings, in columns.
    pub fn new(columns: u16) -> Self {
        Self {
            columns,
            configured: columns,
        }
    }

    /// The measure now, in columns.
    pub fn columns(self) -> u16 {
        self.columns
    }

    /// The measure of the settings, in columns.
    pub(super) fn configured(self) -> u16 {
        self.configured
    }

    /// Whether it is another one than that of the settings.
    pub(super) fn is_changed(self) -> bool {
        self.columns != self.configured
    }

    /// Sets it to so many columns, or to the nearest measure that there is.
    pub(super) fn set(&mut self, columns: u16) {
        self.columns = columns.clamp(*MEASURES.start(), *MEASURES.end());
    }
}
