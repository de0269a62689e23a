//! Cases written to a file that other programs read: Markdown, CSV, JSON, BibTeX,
//! RIS and CSL-JSON, each with the reader's marks where it has a place for them.
//!
//! Nothing is overwritten unless that was agreed, and a file is never left half
//! written.

pub mod analysis;
pub mod csv;
pub mod figures;
mod file;
mod markdown;
pub mod passages;

use std::collections::HashMap;
use std::fmt;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

pub use file::{Overwrite, create};

use crate::case::CaseRef;
use crate::cite::{self, Imprint, Reference, Style};
use crate::language::Language;
use crate::record::{CaseRecord, MarksRecord};
use crate::store::State;
use crate::text::gate;
use crate::text::script::Display;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Markdown,
    /// RFC 4180. With a byte order mark Excel takes it for UTF-8.
    Csv {
        byte_order_mark: bool,
    },
    /// An array of the objects that `--json` prints, with their text.
    Json,
    /// The objects that `--json` prints, with their text, one a line.
    JsonLines,
    BibTex,
    Ris,
    /// CSL-JSON: one array.
    CslJson,
}

impl Format {
    /// All formats; CSV with the byte order mark.
    pub const ALL: [Self; 7] = [
        Self::Markdown,
        Self::Csv {
            byte_order_mark: true,
        },
        Self::Json,
        Self::JsonLines,
        Self::BibTex,
        Self::Ris,
        Self::CslJson,
    ];

    /// The usual file extension.
    pub const fn extension(self) -> &'static str {
        match self {
            // That of `.csl` is for styles.
            Self::CslJson => "json",
            format => format.name(),
        }
    }

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Csv { .. } => "csv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::BibTex => "bib",
            Self::Ris => "ris",
            Self::CslJson => "csl-json",
        }
    }

    /// The name that a reader knows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Csv { .. } => "CSV",
            Self::Json => "JSON",
            Self::JsonLines => "JSON Lines",
            Self::BibTex => "BibTeX",
            Self::Ris => "RIS",
            Self::CslJson => "CSL-JSON",
        }
    }

    /// The format of a name or a file extension, in either letter case.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "markdown" => Some(Self::Markdown),
            "bibtex" => Some(Self::BibTex),
            "csl" => Some(Self::CslJson),
            "ndjson" => Some(Self::JsonLines),
            name => Self::ALL.into_iter().find(|format| format.name() == name),
        }
    }
}

/// How far an export is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Cases written.
    pub done: usize,
    pub total: usize,
}

/// Why an export did not come about.
#[derive(Debug)]
pub enum Error {
    /// There is a file of that name, and overwriting it was not agreed.
    Exists(PathBuf),
    /// The file cannot be written.
    File { path: PathBuf, cause: io::Error },
    /// The writer that the cases went to failed.
    Write(io::Error),
    /// The progress callback said to stop.
    Cancelled,
}

impl Error {
    /// One sentence in a language.
    pub fn message(&self, language: Language) -> String {
        let labels = language.labels();
        let reading = &labels.reading;
        match self {
            Self::Exists(path) => (reading.file)(&path.to_string_lossy(), reading.in_the_way),
            Self::File { path, cause } => {
                let why = match cause.kind() {
                    // What is not there is where it was to be written.
                    io::ErrorKind::NotFound => reading.no_such_folder.to_owned(),
                    _ => labels.reason(cause),
                };
                (reading.file)(&path.to_string_lossy(), &why)
            }
            Self::Write(cause) => (reading.output)(&labels.reason(cause)),
            Self::Cancelled => labels.answer.cancelled.to_owned(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { cause, .. } | Self::Write(cause) => Some(cause),
            Self::Exists(_) | Self::Cancelled => None,
        }
    }
}

impl From<io::Error> for Error {
    fn from(cause: io::Error) -> Self {
        Self::Write(cause)
    }
}

/// Writes cases in the order given, in the script of their documents.
/// `progress` is called after every case and stops the export with
/// [`ControlFlow::Break`].
///
/// # Errors
///
/// [`Error::Write`] with what the writer said, or [`Error::Cancelled`].
pub fn write(
    cases: &[CaseRef<'_>],
    format: Format,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<(), Error> {
    let nothing_kept = State::default();
    write_in(
        Display::default(),
        &nothing_kept,
        cases,
        format,
        out,
        progress,
    )
}

/// As [`write()`], in a script and with what the reader made of the cases.
///
/// # Errors
///
/// As [`write()`].
pub fn write_in(
    display: Display,
    kept: &State,
    cases: &[CaseRef<'_>],
    format: Format,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<(), Error> {
    let mut imprints = HashMap::new();
    let record = |case| CaseRecord::with_text(case).shown(display);
    let total = cases.len();
    begin(format, out)?;
    for (index, case) in cases.iter().enumerate() {
        if index > 0 {
            out.write_all(between(format).as_bytes())?;
        }
        let marks = MarksRecord::of(case.case.key(), kept);
        match format {
            Format::Markdown => {
                let reference = reference(&mut imprints, *case).shown(display);
                gated(&markdown::document(*case, &reference, display, &marks), out)?;
            }
            Format::Csv { .. } => csv::write(&record(*case), &marks, out)?,
            Format::Json | Format::JsonLines => {
                let record = CaseRecord {
                    marks: Some(marks),
                    ..record(*case)
                };
                let object = serde_json::to_string(&record).map_err(io::Error::from)?;
                gated(&object, out)?;
                if format == Format::JsonLines {
                    out.write_all(b"\n")?;
                }
            }
            Format::BibTex | Format::Ris | Format::CslJson => {
                let reference = reference(&mut imprints, *case).shown(display);
                let reference = annotated(reference, &marks);
                let entry = match format {
                    Format::Ris => cite::write(&reference, Style::Ris).text + "\n",
                    Format::CslJson => cite::csl_item(&reference),
                    _ => bibtex(&reference),
                };
                gated(&entry, out)?;
            }
        }
        let done = index + 1;
        if progress(Progress { done, total }).is_break() {
            return Err(Error::Cancelled);
        }
    }
    out.write_all(end(format).as_bytes())?;
    out.flush()?;
    Ok(())
}

/// An export is opened later, on a terminal too.
fn gated(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(gate::clean(text).as_bytes())
}

/// The reference of a case; a document's imprint is read once.
fn reference(imprints: &mut HashMap<u32, Imprint>, case: CaseRef<'_>) -> Reference {
    let imprint = imprints
        .entry(case.case.document)
        .or_insert_with(|| Imprint::of(case.document));
    Reference::of(case, imprint)
}

/// The reference with what the reader made of the case.
fn annotated(reference: Reference, marks: &MarksRecord<'_>) -> Reference {
    let star = marks.star.then_some("★");
    let note = (!marks.note.is_empty()).then(|| format!("笔记：{}", marks.note));
    let passages = marks
        .passages
        .iter()
        .map(|passage| format!("摘录：“{}”", passage.quote));
    Reference {
        keywords: star
            .into_iter()
            .chain(marks.tags.iter().copied())
            .map(str::to_owned)
            .collect(),
        annotations: note.into_iter().chain(passages).collect(),
        ..reference
    }
}

fn begin(format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Csv { byte_order_mark } => {
            if byte_order_mark {
                out.write_all("\u{feff}".as_bytes())?;
            }
            csv::write_head(out)
        }
        Format::Json => out.write_all(b"["),
        Format::CslJson => out.write_all(b"[\n"),
        Format::Markdown | Format::JsonLines | Format::BibTex | Format::Ris => Ok(()),
    }
}

const fn between(format: Format) -> &'static str {
    match format {
        Format::Markdown => "\n---\n\n",
        Format::Csv { .. } | Format::JsonLines => "",
        Format::Json | Format::CslJson => ",\n",
        Format::BibTex | Format::Ris => "\n",
    }
}

const fn end(format: Format) -> &'static str {
    match format {
        Format::Json => "]\n",
        Format::CslJson => "\n]\n",
        Format::Markdown
        | Format::Csv { .. }
        | Format::JsonLines
        | Format::BibTex
        | Format::Ris => "",
    }
}

/// An entry under a comment that says what the document does not give. BibTeX
/// reads over text between entries.
fn bibtex(reference: &Reference) -> String {
    let citation = cite::write(reference, Style::BibTex);
    let names = |elements: &[cite::Element]| -> String {
        let names: Vec<&str> = elements.iter().map(|element| element.name()).collect();
        names.join("、")
    };
    let mut entry = String::new();
    if !citation.missing.is_empty() {
        entry.push_str(&format!("% 未载：{}\n", names(&citation.missing)));
    }
    if !citation.inferred.is_empty() {
        entry.push_str(&format!(
            "% 编者所加或推断：{}\n",
            names(&citation.inferred)
        ));
    }
    entry.push_str(&citation.text);
    entry.push('\n');
    entry
}
