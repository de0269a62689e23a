//! From the bytes of a file to text with structure.
//!
//! ```text
//! bytes ─▶ kind (signature, then name) ─▶ encoding ─▶ format ─▶ Text: lines, what the format knows of each
//! ```
//!
//! [`read`] takes bytes and a file name and returns a [`Text`]. It touches no file.
//! The text is what a reader may see, one paragraph, heading, list item or table row
//! on a line; [`Structure::lines`] says what the format knows of every line. Readers
//! ([`crate::seeds`]) decide what is a case.
//!
//! - Plain text knows nothing: `Structure::lines` is empty and every line has
//!   [`Role::Unknown`].
//! - Markdown keeps the line numbers of the file: marks are taken out, lines are not.
//!   A paragraph that goes on over several lines has [`Start::Joined`] lines, which
//!   `seeds` joins without a break.
//! - HTML, DOCX, EPUB, PDF and RTF have no lines of their own
//!   ([`Format::has_lines`]): a line number is the number of the paragraph in the
//!   text that was read.
//! - The cells of a table row are parted by one tab, and hold none themselves.

mod decode;

pub use decode::{Decoded, Encoding, Undecoded, decode};

/// A format that can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    #[default]
    Plain,
    Markdown,
    Html,
    Docx,
    Epub,
    Pdf,
    Rtf,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 7] = [
        Self::Plain,
        Self::Markdown,
        Self::Html,
        Self::Docx,
        Self::Epub,
        Self::Pdf,
        Self::Rtf,
    ];

    /// Its name as written in `--json` and in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Epub => "epub",
            Self::Pdf => "pdf",
            Self::Rtf => "rtf",
        }
    }

    /// Whether line numbers of the text are line numbers of the file.
    pub const fn has_lines(self) -> bool {
        matches!(self, Self::Plain | Self::Markdown)
    }
}

/// What a format knows of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Nothing.
    #[default]
    Unknown,
    /// The title of the whole document.
    Title,
    /// A heading; the highest level is 1.
    Heading(u8),
    /// A line of its own that is printed bold, centred or larger, without being
    /// marked as a heading. Most offices set titles and headings so.
    Emphasised,
    Paragraph,
    /// An entry of a list; the outermost depth is 1. Its number or bullet, where the
    /// document prints one, is part of the line.
    Item(u8),
    /// A row of a table, its cells parted by tabs.
    Row {
        /// Whether it names the columns.
        head: bool,
    },
    /// A quotation.
    Quote,
    /// A line of code.
    Code,
}

/// How a line begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Start {
    /// A new paragraph, heading, item or row.
    #[default]
    New,
    /// After a line break that its author set inside the paragraph or heading of the
    /// line before: the second line of a title.
    Broken,
    /// The paragraph of the line before goes on; the line end means nothing.
    Joined,
}

/// What a format knows of one line, and how the line begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Line {
    pub role: Role,
    pub start: Start,
}

impl Line {
    /// A line of its own.
    pub const fn new(role: Role) -> Self {
        Self {
            role,
            start: Start::New,
        }
    }
}

/// What a document states about itself outside of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    pub title: Option<String>,
    /// ISO 8601, as exact as the document states it: `2022-03-15`, `2022-03`.
    pub date: Option<String>,
    pub publisher: Option<String>,
}

/// What a format knows beyond the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    pub format: Format,
    /// One for every line of the text, or none at all where the format knows nothing
    /// of its lines.
    pub lines: Vec<Line>,
    pub properties: Properties,
    /// How the bytes were decoded; `None` where the format leaves no choice.
    pub encoding: Option<Encoding>,
    pub undecoded: Undecoded,
}

impl Structure {
    /// What is known of the line with this number, from 1.
    pub fn line(&self, number: u32) -> Line {
        let at = (number as usize).checked_sub(1);
        at.and_then(|at| self.lines.get(at))
            .copied()
            .unwrap_or_default()
    }
}

/// A document as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Lines end with `\n` or `\r\n`.
    pub text: String,
    pub structure: Structure,
}
