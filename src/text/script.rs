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
        Cow::Borrowed(text)
    }
}

/// `text` in Simplified characters, one character for one, so that character
/// indices stay true.
pub fn to_simplified(text: &str) -> Cow<'_, str> {
    let converted = hanconv::t2s(text).replace('瑯', "琅");
    if converted == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(converted)
    }
}
