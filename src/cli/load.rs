//! Reading the documents: the built-in ones, or a folder of them.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::language::{Labels, Sentence};
use crate::seeds::catalog::Catalog;
use crate::seeds::{self, Library, Source};

/// No document larger than this is read, in bytes: text is named by offsets of
/// 32 bits, and a file of that size is hardly a document.
const LARGEST: u64 = 256 << 20;

/// What an editor knows of a folder's documents stands beside them under this
/// name.
const CATALOG: &str = "catalog.toml";

/// Reads the built-in documents, or those in `folder`.
///
/// # Errors
///
/// If the folder, a document in it or its catalog cannot be read; everything
/// that is wrong is said at once.
pub fn library(folder: Option<&Path>, labels: &Labels) -> Result<Library, Failure> {
    let Some(folder) = folder else {
        return Ok(seeds::read(seeds::embedded(), &Catalog::embedded()));
    };
    // A folder that cannot be read is told of once.
    let paths = paths(folder, labels).map_err(|sentence| Failure::Said(vec![sentence]))?;
    let sources = sources(paths, labels);
    let catalog = catalog(folder, sources.as_deref().unwrap_or_default(), labels);
    match (sources, catalog) {
        (Ok(sources), Ok(catalog)) => Ok(seeds::read(sources, &catalog)),
        (sources, catalog) => {
            let wrong = [sources.err(), catalog.err()];
            Err(Failure::Said(
                wrong.into_iter().flatten().flatten().collect(),
            ))
        }
    }
}

/// The paths of a folder's documents, at least one.
fn paths(folder: &Path, labels: &Labels) -> Result<Vec<PathBuf>, String> {
    let cannot = |why: &str| (labels.reading.folder)(&folder.to_string_lossy(), why);
    let paths = documents(folder).map_err(|error| cannot(&labels.reason(&error)))?;
    if paths.is_empty() {
        return Err(cannot(labels.reading.no_documents));
    }
    Ok(paths)
}

/// The documents with these paths.
fn sources(paths: Vec<PathBuf>, labels: &Labels) -> Result<Vec<Source>, Vec<String>> {
    let mut sources = Vec::with_capacity(paths.len());
    let mut wrong = Vec::new();
    for path in paths {
        match text(&path, LARGEST) {
            Ok(text) => sources.push(Source::plain(name(&path), text)),
            Err(trouble) => {
                let why = trouble.sentence(labels);
                wrong.push((labels.reading.document)(&path.to_string_lossy(), &why));
            }
        }
    }
    if wrong.is_empty() {
        Ok(sources)
    } else {
        Err(wrong)
    }
}

/// The catalog of a folder with these documents, or what is known without one.
fn catalog(folder: &Path, sources: &[Source], labels: &Labels) -> Result<Catalog, Vec<String>> {
    let path = folder.join(CATALOG);
    let cannot = |why: &str| (labels.reading.catalog)(&path.to_string_lossy(), why);
    let own = match text(&path, LARGEST) {
        Ok(own) => Some(own),
        Err(Trouble::System(error)) if error.kind() == ErrorKind::NotFound => None,
        Err(trouble) => return Err(vec![cannot(&trouble.sentence(labels))]),
    };
    let catalog = Catalog::for_sources(own.as_deref(), sources);
    let sentence = |mistake: &Sentence| cannot(mistake.in_language(labels.language));
    catalog.map_err(|mistakes| mistakes.iter().map(sentence).collect())
}

/// The paths of a folder's documents, in the order of their names' bytes.
/// Hidden files are left out: other systems put their own beside every file.
fn documents(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_text = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("txt"));
        if is_text && !name(&path).starts_with('.') {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Why a file gives no text.
#[derive(Debug)]
enum Trouble {
    System(io::Error),
    /// A pipe or a device: reading it might never end.
    NotAFile,
    TooLarge {
        bytes: u64,
        limit: u64,
    },
    /// The first byte that is wrong, and its line.
    NotUtf8 {
        byte: usize,
        line: usize,
    },
}

impl Trouble {
    fn sentence(&self, labels: &Labels) -> String {
        let reading = &labels.reading;
        match *self {
            Self::System(ref error) => labels.reason(error),
            Self::NotAFile => reading.not_a_file.to_owned(),
            Self::TooLarge { bytes, limit } => (reading.too_large)(bytes, limit),
            Self::NotUtf8 { byte, line } => (reading.not_utf8)(byte, line) + reading.convert,
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// The text of a file with marks to be taken in, or why it has none.
pub(super) fn import(path: &Path, labels: &Labels) -> Result<String, String> {
    text(path, LARGEST).map_err(|trouble| trouble.sentence(labels))
}

/// The text of a file of at most `limit` bytes, without a byte order mark.
fn text(path: &Path, limit: u64) -> Result<String, Trouble> {
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
    let mut bytes = Vec::with_capacity(found.len() as usize);
    // The file may have grown since.
    let read = File::open(path)?.take(limit + 1).read_to_end(&mut bytes)? as u64;
    if read > limit {
        return Err(too_large(read));
    }
    decode(bytes)
}

fn decode(bytes: Vec<u8>) -> Result<String, Trouble> {
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
    use crate::language::Language;

    #[test]
    fn the_first_wrong_byte_is_named_with_its_line() {
        let mut bytes = "青岛\n即墨\n".as_bytes().to_vec();
        bytes.push(0xB9);
        let trouble = decode(bytes).expect_err("0xB9 begins no character");
        let english = trouble.sentence(Language::English.labels());
        assert!(
            english.starts_with("not UTF-8 at byte 14 (line 3); "),
            "{english}"
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let read = decode("\u{FEFF}青岛".as_bytes().to_vec()).expect("it is UTF-8");
        assert_eq!(read, "青岛");
    }

    #[test]
    fn a_document_over_the_limit_is_refused() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("001.txt");
        fs::write(&path, "改革").expect("it can be written");
        assert_eq!(text(&path, 6).expect("it has six bytes"), "改革");
        let trouble = text(&path, 5).expect_err("it has six bytes");
        assert!(matches!(trouble, Trouble::TooLarge { bytes: 6, limit: 5 }));
    }

    #[test]
    fn documents_come_by_name() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for name in ["b.txt", "a.txt", ".c.txt", "d.md", "10.txt", "9.TXT"] {
            fs::write(folder.path().join(name), "").expect("it can be written");
        }
        let found = documents(folder.path()).expect("the folder can be read");
        let names: Vec<_> = found.iter().map(|path| name(path)).collect();
        assert_eq!(names, ["10.txt", "9.TXT", "a.txt", "b.txt"]);
    }
}
