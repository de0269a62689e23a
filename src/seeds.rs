//! From documents to cases.
//!
//! A reader is chosen by what a document looks like, never by its name, so that
//! the next document of a known layout needs no new code. It does not fail: it
//! returns cases and warnings, and says of every line to what it belongs.

mod about;
mod application_form;
mod borders;
pub mod catalog;
mod cells;
mod compilation;
pub mod compiled;
mod dates;
mod digest;
mod editor;
mod endings;
mod entries;
mod forms;
mod front;
mod headings;
mod ids;
mod ledger;
mod lines;
mod list;
mod marked;
mod orgs;
mod places;
mod reading;
mod report;
mod rows;
mod runs;
mod supplement;
mod table;
mod tree;
mod whole;
mod words;
mod wrapped;

use std::borrow::Cow;
use std::ops::Range;

use crate::case::{
    About, Basis, Case, CaseId, Completeness, Document, Lines, Part, Reader, TextRange, Title,
    unbroken,
};
use crate::corpus::{CaseIndex, Corpus};
use crate::formats::{Encoding, Format, Start, Structure, Text};
use crate::language::Sentence;
use crate::text::clean;
use crate::threads;
use catalog::{Catalog, DocumentEntry};
pub use headings::number_of;
use ids::Ids;
pub use ids::parts_of_key;
pub use ledger::{Ledger, ledger};
use lines::{Line, Page};
use reading::{Draft, Findings, Material};
use words::{EntryMistake, Oddity};

/// A document as it was given: file name, decoded text, and what its format knows.
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub name: String,
    /// The absolute path of its file; empty where it has none.
    pub place: String,
    pub text: Cow<'static, str>,
    pub structure: Structure,
}

impl Source {
    /// A document of plain text.
    pub fn plain(name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            ..Self::default()
        }
    }

    /// A document that was read from a file.
    pub fn of(name: impl Into<String>, text: Text) -> Self {
        Self {
            name: name.into(),
            place: String::new(),
            text: text.text.into(),
            structure: text.structure,
        }
    }
}

/// Something in a document that a reader could not make sense of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// File name of the document.
    pub document: String,
    /// Line in it, from 1.
    pub line: u32,
    /// What was met and what was made of it.
    pub message: Sentence,
}

/// A document that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its path.
    pub name: String,
    /// Why, and what would help; part of a sentence.
    pub why: Sentence,
}

/// Files of a kind that holds no documents, or folders that are not walked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// What their names end with, without the dot; empty where they have no end.
    pub kind: String,
    pub count: usize,
    /// The paths of folders, and why they are not walked.
    pub folders: Option<(Vec<String>, Sentence)>,
}

/// What the documents and the catalog yield.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub corpus: Corpus,
    pub warnings: Vec<Warning>,
    /// Entries of the catalog that match nothing, or more than once; one
    /// sentence each, naming the entry.
    pub errors: Vec<Sentence>,
    /// Documents beside them that could not be read, by path.
    pub unread: Vec<Unread>,
    /// Other files beside them, by kind.
    pub passed_over: Vec<PassedOver>,
}

/// The five documents that the binary carries.
pub fn embedded() -> Vec<Source> {
    macro_rules! seed {
        ($name:literal) => {
            Source::plain($name, include_str!(concat!("../seeds/", $name)))
        };
    }
    vec![
        seed!("000_c8df632cfb2d134d.txt"),
        seed!("001_6ec06563744fe9af.txt"),
        seed!("002_480a3b4aff1897ca.txt"),
        seed!("003_e708e3f89c99b752.txt"),
        seed!("004_860cbca26c24b5e4.txt"),
    ]
}

/// Reads every document, in the order given, on as many threads as are of use.
pub fn read(sources: Vec<Source>, catalog: &Catalog) -> Library {
    read_cleaned(threads::map(sources, cleaned), catalog)
}

/// Reads every document that [`cleaned`] made, as [`read`] does.
pub fn read_cleaned(mut documents: Vec<Document>, catalog: &Catalog) -> Library {
    /// How many documents are read before what is kept of them is put aside: what a reader
    /// hands back takes more than that.
    const AT_ONCE: usize = 1024;
    let mut library = Library::default();
    let entries: Vec<_> = editor::recognise(&documents, catalog, &mut library.errors)
        .into_iter()
        .map(|at| at.map(|at| &catalog.documents[at]))
        .collect();
    let mut ids = Ids::default();
    let mut index = 0;
    for (documents, entries) in documents.chunks_mut(AT_ONCE).zip(entries.chunks(AT_ONCE)) {
        let jobs = documents.iter().zip(entries.iter().copied()).collect();
        let read = threads::map(jobs, |(document, entry)| Read::of(document, entry, catalog));
        for (document, read) in documents.iter_mut().zip(read) {
            library.take(document, index, read, &mut ids, catalog.is_built_in);
            index += 1;
        }
    }
    library.corpus.documents = documents;
    let near = &mut library.corpus.near;
    for entry in &catalog.synonyms {
        entry.add_to(near);
    }
    library
}

/// What was read of a document.
struct Read<'a> {
    entry: Option<&'a DocumentEntry>,
    about: About,
    findings: Findings,
    /// What it says outside of its cases.
    rest: Option<Draft>,
    /// The first part of the keys of its cases; `None` for a built-in document.
    key: Option<String>,
}

impl<'a> Read<'a> {
    fn of(document: &Document, entry: Option<&'a DocumentEntry>, catalog: &Catalog) -> Self {
        let page = Page::of(document);
        let material = Material {
            page: &page,
            names: &catalog.names,
            entry,
        };
        let (about, findings) = read_document(material);
        let rest = rest(material, &findings).map(|mut draft| {
            draft.title = draft.title.or_else(|| {
                let title = about.title.as_ref().unwrap_or(&document.name);
                Some(Title::Editor(title.clone()))
            });
            draft
        });
        let is_built_in = catalog.is_built_in && entry.is_some();
        let key = (!is_built_in).then(|| ids::key_of(document));
        Self {
            entry,
            about,
            findings,
            rest,
            key,
        }
    }
}

impl Library {
    /// Takes what was read of the document with an index among all.
    fn take(
        &mut self,
        document: &mut Document,
        index: u32,
        read: Read<'_>,
        ids: &mut Ids,
        is_built_in: bool,
    ) {
        let mut findings = read.findings;
        if !document.structure.lines.is_empty() {
            // A paragraph may take several lines of the file.
            for draft in &mut findings.cases {
                let text = document.text();
                let end = draft.extent().end;
                let end = end + text[end..].find('\n').unwrap_or(text.len() - end);
                let last = document.line_of(end.saturating_sub(1));
                draft.lines.last = draft.lines.last.max(last);
            }
        }
        let head = ids.head(&document.name, read.key.is_none(), &mut findings);
        let former = ids.former_head(&document.name);
        let name = Name {
            head: &head,
            key: read.key,
            document: index,
            year: read.about.year,
        };
        for (draft, number) in findings.cases.into_iter().zip(1..) {
            let case = name.case(draft, number);
            if case.key.is_some() {
                let former = format!("{former}-{number}");
                let at = CaseIndex(self.corpus.cases.len() as u32);
                self.corpus.former.push((former, at));
            }
            self.corpus.cases.push(case);
        }
        // The award's own record is its cases; in other libraries a notice is read, found
        // and exported as they are.
        let others = if is_built_in {
            &mut self.corpus.rest
        } else {
            &mut self.corpus.cases
        };
        others.extend(read.rest.map(|draft| name.case(draft, 0)));
        findings.warnings.sort_by_key(|(line, _)| *line);
        let warnings = findings.warnings.into_iter();
        self.warnings.extend(warnings.map(|(line, oddity)| Warning {
            document: document.name.clone(),
            line,
            message: oddity.into(),
        }));
        self.warnings.extend(undecoded(document));
        let entry = read.entry.map_or("", |entry| entry.name());
        let errors = findings.errors.into_iter();
        self.errors.extend(errors.map(|error| error.told(entry)));
        document.about = read.about;
        document.claims = reading::joined(findings.claims, &document.clean);
        document.basis = findings.basis;
        document.in_catalog = read.entry.is_some();
    }
}

/// Cleans a document without reading it.
pub fn cleaned(mut source: Source) -> Document {
    let line_starts = clean::line_starts(&source.text);
    if source.structure.format == Format::Plain && source.structure.lines.is_empty() {
        let lines = wrapped::lines(&source.text, &line_starts);
        source.structure.lines = lines.unwrap_or_default();
    }
    let cuts = clean::find_with(
        &source.text,
        line_ends_inside(&source.text, &line_starts, &source.structure),
    );
    let (clean, noise) = cuts.apply(source.text);
    Document {
        line_starts,
        clean,
        noise,
        cuts,
        name: source.name,
        place: source.place,
        about: About::default(),
        claims: Vec::new(),
        structure: source.structure,
        basis: Basis::default(),
        in_catalog: false,
    }
}

/// The warning about bytes that are no characters, if there are any.
fn undecoded(document: &Document) -> Option<Warning> {
    let undecoded = document.structure.undecoded;
    let encoding = document.structure.encoding;
    let name = encoding.map_or("", Encoding::name);
    (undecoded.count > 0).then(|| Warning {
        document: document.name.clone(),
        line: undecoded.line.clamp(1, document.line_starts.len() as u32),
        message: Sentence::new(
            format!(
                "{} 处无法解码，显示为 U+FFFD（{name}）；可用 --encoding 指定编码",
                undecoded.count
            ),
            format!(
                "{} places cannot be decoded and are shown as U+FFFD ({name}); --encoding names another encoding",
                undecoded.count
            ),
        ),
    })
}

/// The line ends of a text that are inside a paragraph, with the white space after
/// them, in bytes.
fn line_ends_inside(
    text: &str,
    starts: &[u32],
    structure: &Structure,
) -> impl Iterator<Item = Range<usize>> {
    let lines = starts.iter().zip(&structure.lines).skip(1);
    let joined = lines.filter(|(_, line)| line.start == Start::Joined);
    joined.map(|(&start, _)| {
        let start = start as usize;
        let before = text[..start].trim_end_matches(['\n', '\r']);
        let line = text[start..].lines().next().unwrap_or_default();
        before.len()..start + line.len() - line.trim_start().len()
    })
}

/// A reader: the cases of a document, if it is one of a layout.
type Layout = fn(Material<'_>) -> Option<Findings>;

/// Every layout, the ones with the clearest signs first.
const LAYOUTS: [(Reader, Layout); 11] = [
    (Reader::Digest, compiled::digest),
    (Reader::Compilation, compiled::full),
    (Reader::Digest, digest::read),
    (Reader::Headings, tree::read),
    (Reader::Table, application_form::read),
    (Reader::Table, table::read),
    (Reader::List, list::read),
    (Reader::Newspaper, supplement::read),
    (Reader::Headings, marked::read),
    (Reader::Compilation, compilation::read),
    (Reader::Report, report::read),
];

/// What a document says of itself, its cases with their titles, and what was
/// odd about it.
fn read_document(material: Material<'_>) -> (About, Findings) {
    let page = material.page;
    let wanted = material
        .entry
        .and_then(|entry| entry.reader.as_deref())
        .and_then(Reader::from_english);
    let mut layouts = LAYOUTS
        .iter()
        .filter(|(reader, _)| wanted.is_none_or(|wanted| wanted == *reader));
    let mut reading = borders::read(material)
        .or_else(|| layouts.find_map(|(_, read)| read(material)))
        .unwrap_or_else(|| whole::read(material));
    if let Some(reader) = wanted.filter(|wanted| reading.basis.reader != *wanted) {
        let mistake = EntryMistake::Reader(reader.english().to_owned());
        reading.errors.push(mistake);
    }
    editor::correct(material, &mut reading);
    if reading.cases.is_empty() && reading.warnings.is_empty() {
        reading.warn(1, Oddity::NoCase);
    }
    let entry = material.entry;
    let mut about = entry.map_or_else(About::default, |entry| entry.about());
    let title = material.title();
    let is_whole = reading.basis.reader == Reader::Whole;
    let is_own = is_whole
        || title
            .clone()
            .all(|at| !reading.is_case(page.lines[at].range));
    let is_given = entry.is_some_and(|entry| entry.title_lines.is_some());
    let mut of_case = title
        .clone()
        .map(|at| page.lines[at])
        .filter(|line| is_given && !is_whole && reading.is_case(line.range));
    if let Some(line) = of_case.next() {
        reading.errors.push(EntryMistake::TitleLines {
            lines: title.len(),
            line: line.number,
        });
    }
    let has_title = is_own && reading.basis.reader != Reader::Newspaper && !title.is_empty();
    about.title = about
        .title
        .or_else(|| has_title.then(|| joined(page, &title)))
        .or_else(|| page.properties.title.clone())
        .or_else(|| reading.title.take());
    about.date = about.date.or_else(|| page.properties.date.clone());
    about.publisher = about
        .publisher
        .or_else(|| page.properties.publisher.clone());
    about::complete(&mut about, page, material.names, &reading.claims, is_whole);
    let has_cases = reading
        .cases
        .iter()
        .any(|case| case.completeness != Completeness::Whole);
    if about.year.is_none() && has_cases {
        reading.warn(1, Oddity::NoYear);
    }
    (about, reading)
}

/// The lines at some places as one text.
fn joined(page: &Page<'_>, places: &Range<usize>) -> String {
    let start = page.lines[places.start].range.start as usize;
    let end = page.lines[places.end - 1].range.end as usize;
    unbroken(&page.text[start..end]).into_owned()
}

/// What a document says outside of its cases, as an entry of its own; `None` where it
/// says nothing.
fn rest(material: Material<'_>, reading: &Findings) -> Option<Draft> {
    let page = material.page;
    let mut own: Vec<TextRange> = reading
        .claims
        .iter()
        .filter(|(_, part)| *part == Part::Own)
        .map(|(range, _)| *range)
        .collect();
    own.sort_unstable();
    let lines: Vec<Line> = own
        .into_iter()
        .map(|range| {
            let at = page
                .lines
                .partition_point(|line| line.range.end <= range.start);
            Line {
                range,
                ..page.lines[at]
            }
        })
        .collect();
    let (first, last) = (lines.first()?, lines.last()?);
    let title = material.title();
    let is_title = !title.is_empty()
        && title
            .clone()
            .all(|at| lines.iter().any(|line| line.range == page.lines[at].range));
    let titles = if is_title { title } else { 0..0 };
    let range = titles.clone().next().map(|start| TextRange {
        start: page.lines[start].range.start,
        end: page.lines[titles.end - 1].range.end,
    });
    let body: Vec<Line> = lines
        .iter()
        .filter(|line| {
            range.is_none_or(|range| line.range.start >= range.end || line.range.end <= range.start)
        })
        .copied()
        .collect();
    Some(Draft {
        lines: Lines {
            first: first.number,
            last: last.number,
            list: None,
        },
        category: None,
        area: None,
        group: None,
        year: None,
        completeness: Completeness::Rest,
        title: range.map(|range| Title::Printed(vec![range])),
        orgs: Vec::new(),
        blocks: headings::document_blocks(page, &body),
    })
}

/// How the cases of a document are named.
struct Name<'a> {
    /// The first part of their ids.
    head: &'a str,
    /// The first part of their keys.
    key: Option<String>,
    document: u32,
    year: Option<u16>,
}

impl Name<'_> {
    /// A case under its id.
    fn case(&self, draft: Draft, number: u32) -> Case {
        Case {
            id: CaseId(format!("{}-{number}", self.head)),
            key: self.key.as_ref().map(|key| format!("{key}-{number}")),
            document: self.document,
            number,
            lines: draft.lines,
            year: draft.year.or(self.year),
            category: draft.category,
            group: draft.group,
            area: draft.area,
            completeness: draft.completeness,
            title: draft.title.expect("a case without a title was given one"),
            orgs: draft.orgs,
            blocks: draft.blocks,
        }
    }
}
