//! Files of every format and encoding: any bytes are refused or read as text, whose
//! lines the format knows or does not; and the text becomes cases as any other does.
//!
//! The first byte chooses what the rest is: a file of a format, or the part of an
//! archive that holds the text, which mutations of the archive would seldom reach.

use anli::formats::{self, Encoding, Format, Refusal};
use anli::seeds::catalog::Catalog;
use anli::seeds::{self, Source};

#[path = "../../tests/support/files.rs"]
mod files;

/// What the bytes are, in the order of the choices.
const NAMES: [&str; 9] = [
    "a.txt",
    "a.md",
    "a.html",
    "a.rtf",
    "a.pdf",
    "a.docx",
    "a.epub",
    "document.xml",
    "chapter.xhtml",
];

pub fn check(data: &[u8]) {
    let (choice, bytes) = super::choice(data);
    let choice = usize::from(choice);
    let name = NAMES[choice % NAMES.len()];
    // Beyond the encodings the reader finds out by itself.
    let forced = Encoding::ALL.get(choice / NAMES.len()).copied();
    match name {
        "document.xml" => check_read("a.docx", files::docx_of(bytes), None),
        "chapter.xhtml" => {
            let chapter = String::from_utf8_lossy(bytes);
            check_read("a.epub", files::epub(&[&chapter, "<p>完</p>"]), None);
        }
        name => check_read(name, bytes.to_vec(), forced),
    }
}

fn check_read(name: &str, bytes: Vec<u8>, forced: Option<Encoding>) {
    // Objects of a PDF are another crate's work, done in a process of its own: what makes
    // that panic stops no more than the process. A fuzzer stops at it all the same.
    let read = std::panic::catch_unwind(|| formats::read(name, bytes, forced));
    let Ok(read) = read else {
        return assert!(name.ends_with(".pdf"), "{name} was not read to its end");
    };
    let text = match read {
        Ok(text) => text,
        // Only a process of its own fails, and is none here.
        Err(refusal) => return assert!(!matches!(refusal, Refusal::Failed(_))),
    };
    let structure = &text.structure;
    let lines = text.text.lines().count();
    assert!(structure.lines.is_empty() || structure.lines.len() == lines);
    let has_lines = matches!(structure.format, Format::Plain | Format::Markdown);
    let of_file = structure.undecoded.line as usize;
    assert!(of_file <= lines.max(1) || !has_lines);
    let given = text.text.clone();
    let library = seeds::read(vec![Source::of("001", text)], &Catalog::default());
    super::reader::check_library(&library, &given);
}
