//! Reading one file.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::trouble::Trouble;
use super::walk::Found;
use super::{STANDARD_INPUT, child, standard_input};
use crate::formats::{self, Encoding, Format, Kind, Refusal, Text};

/// No document larger than this is read, in bytes: text is named by offsets of
/// 32 bits, and a file of that size is hardly a document.
pub const LARGEST: u64 = 512 << 20;

/// A file with more bytes, all of them blanks or zero, is refused unread: there is nothing
/// to account for. Smaller ones are read like any document.
const LARGEST_BLANK: usize = 64 << 10;

/// Reads a document. Plain text is read here, everything else by `reader`.
pub fn read(
    found: &Found,
    encoding: Option<Encoding>,
    reader: &mut child::Reader,
) -> Result<Text, Trouble> {
    let bytes = if found.path.as_os_str() == STANDARD_INPUT {
        standard_input()?
    } else {
        contents(&found.path, LARGEST)?
    };
    let is_blank = |byte: &u8| *byte == 0 || byte.is_ascii_whitespace();
    if bytes.len() > LARGEST_BLANK && bytes.iter().all(is_blank) {
        return Err(Trouble::Refused(Refusal::Empty));
    }
    let read = match formats::kind_of(&found.name, &bytes) {
        Kind::Document(Format::Plain) if is_mostly_zeros(&bytes) => {
            Err(Refusal::Damaged("NUL".into()))
        }
        Kind::Document(Format::Plain) => Ok(formats::plain(bytes, encoding)),
        Kind::Document(format) if !formats::is_built(format) => Err(Refusal::NotBuilt(format)),
        Kind::Document(_) => reader.read(&found.name, &bytes, encoding),
        Kind::Foreign(_) | Kind::Other => formats::read(&found.name, bytes, encoding),
    };
    read.map_err(Trouble::Refused)
}

/// Whether a file is large and three in four of its bytes are zero, as where a disk lost
/// what was written: no encoding of text has so many.
fn is_mostly_zeros(bytes: &[u8]) -> bool {
    let zeros = || bytes.iter().filter(|&&byte| byte == 0).count();
    bytes.len() > LARGEST_BLANK && zeros() > bytes.len() / 4 * 3
}

/// The bytes of a file that has at most `limit`.
///
/// # Errors
///
/// If it is no file, larger, or cannot be read.
pub fn contents(path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
    // Asked before the file is opened, because opening a pipe waits for a
    // writer.
    let found = fs::metadata(path)?;
    if found.is_dir() {
        return Err(Trouble::System(ErrorKind::IsADirectory.into()));
    }
    if !found.is_file() {
        return Err(Trouble::NotAFile);
    }
    let too_large = |bytes| Trouble::TooLarge { bytes, limit };
    if found.len() > limit {
        return Err(too_large(found.len()));
    }
    let mut bytes = Vec::with_capacity(found.len() as usize + 1);
    // The file may have grown since.
    let read = File::open(path)?.take(limit + 1).read_to_end(&mut bytes)? as u64;
    if read > limit {
        return Err(too_large(read));
    }
    Ok(bytes)
}

/// The text of bytes that must be UTF-8, without a byte order mark.
///
/// # Errors
///
/// If they are not UTF-8; the first byte that is wrong is named.
pub fn utf8(bytes: Vec<u8>) -> Result<String, Trouble> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..byte]
            .iter()
            .filter(|&&b| b == b'\n')
            .count();
        Trouble::NotUtf8 { byte, line }
    })?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_wrong_byte_is_named_with_its_line() {
        let mut bytes = "青岛\n即墨\n".as_bytes().to_vec();
        bytes.push(0xB9);
        let trouble = utf8(bytes).expect_err("0xB9 begins no character");
        let sentence = trouble.sentence();
        let english = sentence.in_language(crate::language::Language::English);
        assert!(
            english.starts_with("not UTF-8 at byte 14 (line 3); "),
            "{english}"
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let read = utf8("\u{FEFF}青岛".as_bytes().to_vec()).expect("it is UTF-8");
        assert_eq!(read, "青岛");
    }

    #[test]
    fn a_document_over_the_limit_is_refused() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("001.txt");
        fs::write(&path, "改革").expect("it can be written");
        assert_eq!(contents(&path, 6).expect("it has six bytes").len(), 6);
        let trouble = contents(&path, 5).expect_err("it has six bytes");
        assert!(matches!(trouble, Trouble::TooLarge { bytes: 6, limit: 5 }));
    }
}
