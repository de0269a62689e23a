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
//! - HTML, DOCX, EPUB, PDF and RTF have no lines of their own: a line number is the
//!   number of the paragraph in the text that was read.
//! - The cells of a table row are parted by one tab, and hold none themselves.

#[cfg(feature = "formats")]
mod builder;
mod decode;
#[cfg(feature = "formats")]
mod docx;
#[cfg(feature = "formats")]
mod epub;
#[cfg(feature = "formats")]
mod html;
mod kind;
#[cfg(feature = "formats")]
mod markdown;
#[cfg(feature = "formats")]
mod numbering;
#[cfg(feature = "formats")]
mod pdf;
#[cfg(feature = "formats")]
mod rtf;
#[cfg(feature = "formats")]
mod xml;
#[cfg(feature = "formats")]
mod zip;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use decode::{Decoded, Encoding, Undecoded, decode};
pub use kind::{Foreign, Kind, by_name, of as kind_of};

/// A format that can be read.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
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
}

/// What a format knows of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Properties {
    pub title: Option<String>,
    /// ISO 8601, as exact as the document states it: `2022-03-15`, `2022-03`.
    pub date: Option<String>,
    pub publisher: Option<String>,
}

/// What a format knows beyond the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    pub format: Format,
    /// One for every line of the text, or none at all where the format knows nothing
    /// of its lines.
    pub lines: Vec<Line>,
    pub properties: Properties,
    /// How the bytes were decoded; `None` where the format leaves no choice.
    pub encoding: Option<Encoding>,
    pub undecoded: Undecoded,
    /// What the file holds around the text, such as a page's navigation: one text for
    /// every element that was left out.
    pub left_out: Vec<String>,
}

impl Structure {
    /// Whether the format marks a line as a heading.
    pub fn has_headings(&self) -> bool {
        let mut lines = self.lines.iter();
        lines.any(|line| matches!(line.role, Role::Heading(_)))
    }

    /// What is known of the line with this number, from 1.
    pub fn line(&self, number: u32) -> Line {
        let at = (number as usize).checked_sub(1);
        at.and_then(|at| self.lines.get(at))
            .copied()
            .unwrap_or_default()
    }
}

/// A document as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Lines end with `\n` or `\r\n`.
    pub text: String,
    pub structure: Structure,
}

/// Why a file gives no text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// A kind of file that is not read here.
    Foreign(Foreign),
    /// A format that this build cannot read.
    NotBuilt(Format),
    /// No known kind of document.
    Unknown,
    /// A part that is missing or broken, such as `word/document.xml`.
    Damaged(Cow<'static, str>),
    /// It is protected by a password.
    Encrypted,
    /// It yields more than a document may.
    TooLarge,
    /// Its parts are nested deeper than those of any document.
    TooDeep,
    /// It has no text at all.
    Empty,
    /// Its pages, so many, hold pictures and no text.
    NoText { pages: usize },
    /// Reading it took too long, too much memory, or brought the reader down.
    Failed(Failure),
}

/// How reading ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    TookTooLong,
    /// It used up the memory that it was given, or crashed.
    BroughtDown,
}

/// Whether this build reads a format.
pub const fn is_built(format: Format) -> bool {
    cfg!(feature = "formats") || matches!(format, Format::Plain)
}

/// Reads a document. `name` is its file name; `forced` the encoding that was asked for,
/// which matters to plain text, Markdown and HTML.
///
/// Untrusted files of other formats than plain text are read in a process of their own:
/// parsers may panic, run long, or take more memory than there is.
///
/// # Errors
///
/// If the bytes hold no text that can be read.
pub fn read(name: &str, bytes: Vec<u8>, forced: Option<Encoding>) -> Result<Text, Refusal> {
    match kind_of(name, &bytes) {
        Kind::Document(Format::Plain) => Ok(plain(bytes, forced)),
        Kind::Document(format) => read_as(format, bytes, forced),
        Kind::Foreign(foreign) => Err(Refusal::Foreign(foreign)),
        Kind::Other if looks_like_text(&bytes) => Ok(plain(bytes, forced)),
        Kind::Other => Err(Refusal::Unknown),
    }
}

/// A document of plain text.
pub fn plain(bytes: Vec<u8>, forced: Option<Encoding>) -> Text {
    let decoded = decode(bytes, forced);
    Text {
        text: decoded.text,
        structure: Structure {
            encoding: Some(decoded.encoding),
            undecoded: decoded.undecoded,
            ..Structure::default()
        },
    }
}

#[cfg(feature = "formats")]
fn read_as(format: Format, bytes: Vec<u8>, forced: Option<Encoding>) -> Result<Text, Refusal> {
    let text = match format {
        Format::Plain => Ok(plain(bytes, forced)),
        Format::Markdown => markdown::read(bytes, forced),
        Format::Html => html::read(bytes, forced),
        Format::Docx => docx::read(&bytes),
        Format::Epub => epub::read(&bytes),
        Format::Pdf => pdf::read(bytes),
        Format::Rtf => rtf::read(&bytes),
    }?;
    // What is not white space is checked here once, for every format.
    if text.text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(text)
}

#[cfg(not(feature = "formats"))]
fn read_as(format: Format, _: Vec<u8>, _: Option<Encoding>) -> Result<Text, Refusal> {
    Err(Refusal::NotBuilt(format))
}

/// Whether bytes are text in any encoding: few controls, zero bytes only as UTF-16
/// has them.
pub fn looks_like_text(bytes: &[u8]) -> bool {
    const SAMPLE: usize = 8 << 10;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let decoded = decode(sample.to_vec(), None).text;
    let is_odd = |c: &char| *c == '\u{FFFD}' || c.is_control() && !c.is_whitespace();
    let odd = decoded.chars().filter(is_odd).count();
    odd * 50 <= decoded.chars().count()
}

/// A date in ISO 8601 out of one that is written otherwise: 2022年3月15日, `2022/3/15`,
/// `2022-03-15 10:20`. Month and day are left out where they are not written.
pub fn iso_date(text: &str) -> Option<String> {
    let mut parts = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let year: u16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    if !(1900..=2100).contains(&year) {
        return None;
    }
    let mut number = |most: u8| {
        let part = parts.next()?.parse().ok()?;
        (1..=most).contains(&part).then_some(part)
    };
    Some(match (number(12), number(31)) {
        (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year}-{month:02}"),
        (None, _) => year.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_they_are_written() {
        for (text, expected) in [
            ("2022年3月15日", Some("2022-03-15")),
            ("2022-03-15 10:20", Some("2022-03-15")),
            ("2022年3月", Some("2022-03")),
            ("2022", Some("2022")),
            ("2022-13-01", Some("2022")),
            ("20220315", None),
            ("三月", None),
        ] {
            assert_eq!(iso_date(text).as_deref(), expected, "{text}");
        }
    }
}
