//! PDF files (ISO 32000-2) that hold text.
//!
//! Objects are hayro-syntax's. Ours are the fonts' characters ([`font`]), where each of
//! them is on the page ([`content`]), and what lines and paragraphs they make
//! ([`layout`]).

mod content;
mod font;
mod furniture;
mod layout;
mod ruled;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::{Format, Properties, Refusal, Structure, Text, Undecoded};

/// No document has more pages than this.
const MOST_PAGES: usize = 20_000;

/// Reads the bytes of a document.
pub fn read(bytes: Vec<u8>) -> Result<Text, Refusal> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Refusal::Encrypted,
        _ => Refusal::Damaged("PDF".into()),
    })?;
    let title = pdf.metadata().title.as_deref().and_then(info_string);
    let mut fonts = font::Fonts::default();
    let mut pages = Vec::new();
    let mut unknown = 0;
    let mut known = 0;
    for page in pdf.pages().iter().take(MOST_PAGES) {
        let read = content::read(page, &mut fonts);
        unknown += read.unknown;
        known += read.glyphs.len();
        pages.push(layout::Page::of(read));
    }
    if known == 0 {
        let pages = pages.len();
        return Err(Refusal::NoText { pages });
    }
    // Most characters have no meaning without the font's own tables.
    if unknown > known {
        return Err(Refusal::Damaged("ToUnicode".into()));
    }
    let left_out = furniture::leave_out(&mut pages);
    let laid_out = layout::lay_out(pages, left_out);
    let (text, lines) = laid_out.builder.finish()?;
    Ok(Text {
        text,
        structure: Structure {
            format: Format::Pdf,
            lines,
            properties: Properties {
                title,
                ..Properties::default()
            },
            undecoded: Undecoded {
                count: unknown as u32,
                line: u32::from(unknown > 0),
            },
            left_out: laid_out.left_out,
            ..Structure::default()
        },
    })
}

/// A text string of the document's properties (7.9.2.2): UTF-16BE or UTF-8 with a
/// mark; other encodings are not used for Chinese.
fn info_string(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        bytes if bytes.is_ascii() => String::from_utf8_lossy(bytes),
        _ => return None,
    };
    let text = text.trim();
    // What programs put there by themselves is a file's name.
    let is_name = text
        .rsplit_once('.')
        .is_some_and(|(_, end)| end.len() <= 4 && end.is_ascii());
    (!text.is_empty() && !is_name).then(|| text.to_owned())
}
