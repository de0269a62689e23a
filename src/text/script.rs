//! Showing a text in Simplified or Traditional characters.

use std::borrow::Cow;

/// In which script text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Script {
    /// As the document has it.
    #[default]
    Original,
    Simplified,
    Traditional,
}

impl Script {
    /// Converts `text`; the result has as many characters as `text`, so that
    /// character indices stay true.
    pub fn show<'a>(self, text: &'a str) -> Cow<'a, str> {
        match self {
            Self::Simplified => to_simplified(text),
            Self::Original | Self::Traditional => Cow::Borrowed(text),
        }
    }
}

/// `text` in Simplified characters, character by character.
pub fn to_simplified(text: &str) -> Cow<'_, str> {
    Cow::Owned(hanconv::t2s(text))
}
