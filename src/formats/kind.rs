//! What kind of file something is: by its first bytes, then by its name.

use super::Format;

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Document(Format),
    Foreign(Foreign),
    /// Any other kind of file.
    Other,
}

/// A kind of file that holds a document which cannot be read here.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum Foreign {
    /// Word 97–2003: `.doc`.
    Doc,
    /// WPS Writer: `.wps`.
    Wps,
    /// Tables: `.xls`, `.xlsx`, `.et`, `.ods`.
    Sheet,
    /// Slides: `.ppt`, `.pptx`, `.dps`, `.odp`.
    Slides,
    /// OpenDocument text: `.odt`.
    OpenDocument,
    /// A picture of any kind.
    Picture,
    /// A page in one file: `.mht`, `.mhtml`.
    PageArchive,
    /// OFD (GB/T 33190), CAJ, Kindle and others that need their own reader.
    OtherReader,
    /// `.zip`, `.rar`, `.7z` and others.
    Archive,
}

/// The kind of a file by its name, without folder.
pub fn by_name(name: &str) -> Kind {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    match end.to_ascii_lowercase().as_str() {
        "txt" | "text" => Kind::Document(Format::Plain),
        "md" | "markdown" | "mdown" => Kind::Document(Format::Markdown),
        "html" | "htm" | "xhtml" | "shtml" => Kind::Document(Format::Html),
        "docx" | "docm" => Kind::Document(Format::Docx),
        "epub" => Kind::Document(Format::Epub),
        "pdf" => Kind::Document(Format::Pdf),
        "rtf" => Kind::Document(Format::Rtf),
        "doc" | "dot" => Kind::Foreign(Foreign::Doc),
        "wps" | "wpt" => Kind::Foreign(Foreign::Wps),
        "xls" | "xlsx" | "et" | "ods" => Kind::Foreign(Foreign::Sheet),
        "ppt" | "pptx" | "dps" | "odp" => Kind::Foreign(Foreign::Slides),
        "odt" => Kind::Foreign(Foreign::OpenDocument),
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "webp" | "heic" => {
            Kind::Foreign(Foreign::Picture)
        }
        "mht" | "mhtml" => Kind::Foreign(Foreign::PageArchive),
        "ofd" | "caj" | "kdh" | "nh" | "mobi" | "azw" | "azw3" | "ceb" | "djvu" => {
            Kind::Foreign(Foreign::OtherReader)
        }
        "zip" | "rar" | "7z" | "gz" | "tgz" | "tar" | "xz" => Kind::Foreign(Foreign::Archive),
        _ => Kind::Other,
    }
}

/// The kind of a file by its bytes and, where they say nothing, by its name.
///
/// Files often have a name that their content belies: a `.doc` that is RTF or a saved
/// page, a `.pdf` that is a picture.
pub fn of(name: &str, bytes: &[u8]) -> Kind {
    let named = by_name(name);
    let head = &bytes[..bytes.len().min(1024)];
    // Programs read a PDF whose mark is within the first thousand bytes.
    if memchr::memmem::find(head, b"%PDF-").is_some() {
        return Kind::Document(Format::Pdf);
    }
    match head {
        [b'{', b'\\', b'r', b't', b'f', ..] => return Kind::Document(Format::Rtf),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => {
            return match named {
                Kind::Foreign(_) => named,
                _ => Kind::Foreign(Foreign::Doc),
            };
        }
        [0x89, b'P', b'N', b'G', ..]
        | [0xFF, 0xD8, 0xFF, ..]
        | [b'G', b'I', b'F', b'8', ..]
        | [b'I', b'I', 0x2A, 0, ..]
        | [b'M', b'M', 0, 0x2A, ..] => return Kind::Foreign(Foreign::Picture),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => {
            return Kind::Foreign(Foreign::Picture);
        }
        [b'P', b'K', 3, 4, ..] => return zipped(bytes, named),
        _ => {}
    }
    match named {
        // An old name for what the programs of today write as a page.
        Kind::Foreign(Foreign::Doc | Foreign::Wps | Foreign::Sheet) if is_page(head) => {
            Kind::Document(Format::Html)
        }
        Kind::Document(Format::Plain) if is_page(head) => Kind::Document(Format::Html),
        // What comes by a pipe has no name.
        Kind::Other if is_page(head) || begins_as_page(head) => Kind::Document(Format::Html),
        named => named,
    }
}

/// Returns the kind of a ZIP archive by the names of its parts: those of the first parts and of
/// the directory are not compressed.
fn zipped(bytes: &[u8], named: Kind) -> Kind {
    let has = |part: &str| memchr::memmem::find(bytes, part.as_bytes()).is_some();
    if has("word/document.xml") {
        Kind::Document(Format::Docx)
    } else if has("META-INF/container.xml") && has("application/epub+zip") {
        Kind::Document(Format::Epub)
    } else if has("xl/workbook.") {
        Kind::Foreign(Foreign::Sheet)
    } else if has("ppt/presentation.") {
        Kind::Foreign(Foreign::Slides)
    } else if has("opendocument.text") {
        Kind::Foreign(Foreign::OpenDocument)
    } else if has("OFD.xml") {
        Kind::Foreign(Foreign::OtherReader)
    } else {
        match named {
            Kind::Document(Format::Docx | Format::Epub) | Kind::Foreign(_) => named,
            _ => Kind::Foreign(Foreign::Archive),
        }
    }
}

/// Whether a text begins as a page does.
fn is_page(head: &[u8]) -> bool {
    let text = head
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(head)
        .trim_ascii_start()
        .to_ascii_lowercase();
    text.starts_with(b"<!doctype html") || text.starts_with(b"<html")
}

/// Whether a text without a name begins with an element of a page's frame, comments and
/// declarations before it or not.
fn begins_as_page(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let lowercase = head.to_ascii_lowercase();
    let mut text = lowercase.trim_ascii_start();
    for (start, end) in [(&b"<?xml"[..], &b"?>"[..]), (b"<!--", b"-->")] {
        while text.starts_with(start) {
            let Some(at) = memchr::memmem::find(text, end) else {
                return false;
            };
            text = text[at + end.len()..].trim_ascii_start();
        }
    }
    [
        &b"<!doctype html"[..],
        b"<html",
        b"<head>",
        b"<body",
        b"<meta ",
        b"<title>",
    ]
    .iter()
    .any(|tag| text.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        for (name, bytes, expected) in [
            ("a.doc", &b"{\\rtf1 a}"[..], Kind::Document(Format::Rtf)),
            ("a.doc", b"<html><body>", Kind::Document(Format::Html)),
            (
                "a.txt",
                b"\n<!DOCTYPE HTML PUBLIC>",
                Kind::Document(Format::Html),
            ),
            (
                "a.docx",
                b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
                Kind::Foreign(Foreign::Doc),
            ),
            (
                "a.wps",
                b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
                Kind::Foreign(Foreign::Wps),
            ),
            (
                "a.pdf",
                b"\xFF\xD8\xFF\xE0",
                Kind::Foreign(Foreign::Picture),
            ),
            ("a", b"junk\n%PDF-1.7", Kind::Document(Format::Pdf)),
            ("a.txt", b"PK are letters", Kind::Document(Format::Plain)),
            ("a.py", b"print()", Kind::Other),
            ("-", b"<html><body>", Kind::Document(Format::Html)),
            (
                "-",
                b"<?xml version='1.0'?>\n<!-- saved -->\n<HTML>",
                Kind::Document(Format::Html),
            ),
            ("-", b"<a b=1>", Kind::Other),
            ("A.MD", b"# a", Kind::Document(Format::Markdown)),
        ] {
            assert_eq!(of(name, bytes), expected, "{name}");
        }
    }
}
