//! Libraries: which files they are made of, and reading them.
//!
//! A place names files and folders. [`walk`] finds the documents in it, [`file`] reads
//! one, [`child`] reads those of formats whose parsers are not to be trusted in a
//! process of its own. Nothing is written beside the documents.

pub mod child;
mod file;
mod trouble;
mod walk;
mod words;

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::case::Document;
use crate::formats::Encoding;
use crate::language::{Labels, Sentence};
use crate::seeds::catalog::Catalog;
use crate::seeds::{self, Library, PassedOver, Source, Unread};
pub use file::{LARGEST, contents, utf8};
pub use trouble::Trouble;
pub use walk::{Beside, Found, Whose, walk};

/// What an editor knows of a folder's documents is beside them under this name.
pub const CATALOG: &str = "catalog.toml";

/// The path that means standard input.
pub const STANDARD_INPUT: &str = "-";

/// How many threads read documents.
const THREADS: usize = 2;

/// Where the documents of a library are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// Files and folders; none at all means the documents that the program carries.
    pub paths: Vec<PathBuf>,
    /// The encoding of text files; `None` finds out.
    pub encoding: Option<Encoding>,
}

/// What becomes of a place that is being read.
#[derive(Debug)]
pub enum Step {
    /// So many of its files are read.
    Progress { read: usize, all: usize },
    /// The first documents, in their order, while others are still to be read.
    Part(Library),
    /// All of it, or one sentence for each thing that is wrong.
    Done(Result<Library, Vec<String>>),
}

/// How many documents there are in a part. Each part is read anew from the texts, and its
/// memory is not given back: a second one of a thousand costs twenty megabytes.
const PARTS: [usize; 1] = [200];

/// Reads all documents of a place.
///
/// # Errors
///
/// One sentence for each thing that is wrong: a path that does not exist, a catalog
/// with mistakes, or that no document at all can be read. A document that cannot be
/// read beside others that can is no error; [`Library::unread`] names it.
pub fn read(place: &Location, labels: &Labels) -> Result<Library, Vec<String>> {
    let read = read_in_steps(place, labels, &[], &mut |_| true);
    read.expect("whoever listens goes on")
}

/// Reads all documents of a place and calls `each` with what there is meanwhile, and
/// at last with [`Step::Done`]. Stops when `each` returns that nobody listens.
pub fn stream(place: &Location, labels: &Labels, mut each: impl FnMut(Step) -> bool) {
    if let Some(done) = read_in_steps(place, labels, &PARTS, &mut each) {
        each(Step::Done(done));
    }
}

/// `None` where `each` returned that nobody listens.
fn read_in_steps(
    place: &Location,
    labels: &Labels,
    parts: &[usize],
    each: &mut dyn FnMut(Step) -> bool,
) -> Option<Result<Library, Vec<String>>> {
    if place.paths.is_empty() {
        return Some(Ok(seeds::read(seeds::embedded(), &Catalog::embedded())));
    }
    let walk = walk(&place.paths);
    if !walk.wrong.is_empty() {
        let wrong = walk.wrong.iter();
        let sentences = wrong.map(|(path, error)| words::path(path, error, labels));
        return Some(Err(sentences.collect()));
    }
    let mut gathering = Gathering {
        all: walk.found.len(),
        told: 0,
        parts,
        documents: Vec::with_capacity(walk.found.len()),
        unread: walk.unread,
    };
    let goes_on = read_files(&walk.found, place.encoding, |found, read| {
        gathering.take(found, read, &walk.catalogs, labels, each)
    });
    if !goes_on {
        return None;
    }
    let Gathering {
        documents,
        mut unread,
        ..
    } = gathering;
    unread.sort_by(|a, b| a.name.cmp(&b.name));
    let catalog = catalog(&walk.catalogs, &documents, labels);
    if documents.is_empty() {
        return Some(Err(nothing(place, &unread, &walk.passed_over, labels)));
    }
    Some(catalog.map(|(catalog, faulty)| {
        let mut library = seeds::read_cleaned(documents, &catalog);
        library.errors.extend(faulty);
        library.unread = unread;
        library.passed_over = walk.passed_over;
        library.corpus.roots = walk.roots;
        library
    }))
}

/// The documents that are read so far, in their order.
struct Gathering<'a> {
    /// How many files there are to read, and of how many reading was reported.
    all: usize,
    told: usize,
    /// The parts that are still to come.
    parts: &'a [usize],
    documents: Vec<Document>,
    unread: Vec<Unread>,
}

impl Gathering<'_> {
    /// Takes the next document; returns whether anybody listens.
    fn take(
        &mut self,
        found: &Found,
        read: Result<Document, Trouble>,
        catalogs: &[Beside],
        labels: &Labels,
        each: &mut dyn FnMut(Step) -> bool,
    ) -> bool {
        match read {
            Ok(document) => self.documents.push(document),
            Err(trouble) => self.unread.push(Unread {
                name: found.path.to_string_lossy().into_owned(),
                why: trouble.sentence(),
            }),
        }
        let read = self.documents.len() + self.unread.len();
        // A hundred reports are enough for any eye.
        if (read - self.told) * 100 >= self.all {
            self.told = read;
            let all = self.all;
            if !each(Step::Progress { read, all }) {
                return false;
            }
        }
        if let [part, later @ ..] = self.parts
            && self.documents.len() >= *part
            && read < self.all
        {
            self.parts = later;
            let documents = self.documents.clone();
            if let Ok((catalog, _)) = catalog(catalogs, &documents, labels) {
                return each(Step::Part(seeds::read_cleaned(documents, &catalog)));
            }
        }
        true
    }
}

/// Whether a document of a place comes by standard input.
pub fn is_by_pipe(place: &Location) -> bool {
    let mut paths = place.paths.iter();
    paths.any(|path| path.as_os_str() == STANDARD_INPUT)
}

/// Whether a place is read before anybody notices: few files of plain text, or hardly
/// any of other formats. Paths that are wrong count as small, since to find that out
/// takes no time.
pub fn is_small(place: &Location) -> bool {
    /// Bytes that are read in some milliseconds.
    const LITTLE: u64 = 4 << 20;
    /// What a file of another format than plain text counts as.
    const FORMAT: u64 = 1 << 20;
    let mut weight = 0;
    !is_by_pipe(place)
        && walk::all(&place.paths, &mut |name, bytes| {
            use crate::formats::{Format, Kind, by_name};
            weight += match by_name(name) {
                Kind::Document(Format::Plain) => bytes,
                Kind::Document(_) => bytes + FORMAT,
                Kind::Foreign(_) | Kind::Other => 0,
            };
            weight <= LITTLE
        })
}

/// What to say of a place without a document that can be read.
fn nothing(
    place: &Location,
    unread: &[Unread],
    passed_over: &[PassedOver],
    labels: &Labels,
) -> Vec<String> {
    if unread.is_empty() {
        let path = place.paths[0].to_string_lossy();
        let why = words::no_documents(passed_over);
        return vec![(labels.reading.folder)(
            &path,
            why.in_language(labels.language),
        )];
    }
    sentences(unread, labels)
}

/// Returns sentences about documents that could not be read; only the first are named.
pub fn sentences(unread: &[Unread], labels: &Labels) -> Vec<String> {
    const NAMED: usize = 5;
    let named = unread.iter().take(NAMED).map(|unread| {
        (labels.reading.document)(&unread.name, unread.why.in_language(labels.language))
    });
    let more = unread.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| (labels.reading.more_unread)(more));
    named.chain(more).collect()
}

/// Reads and cleans files on several threads, and calls `each` with every file and what was
/// read, in the order of the files. Stops when `each` returns `false`, and returns whether it
/// never did.
fn read_files(
    found: &[Found],
    encoding: Option<Encoding>,
    mut each: impl FnMut(&Found, Result<Document, Trouble>) -> bool,
) -> bool {
    let next = AtomicUsize::new(0);
    // A thread may be ahead of the other by no more than this, so that a long file does
    // not fill the memory with those after it twice.
    let (sender, answers) = mpsc::sync_channel(64);
    thread::scope(|scope| {
        for _ in 0..THREADS.min(found.len()) {
            let sender = sender.clone();
            let next = &next;
            scope.spawn(move || {
                let mut reader = child::Reader::default();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(found) = found.get(at) else { return };
                    // Cleaned here, so that the text as it was given is gone before the next.
                    let source = |text| Source {
                        place: found.place.clone(),
                        ..Source::of(&*found.name, text)
                    };
                    let answer = file::read(found, encoding, &mut reader)
                        .map(|text| seeds::cleaned(source(text)));
                    if sender.send((at, answer)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut early = HashMap::new();
        let mut turn = 0;
        for (at, answer) in answers {
            early.insert(at, answer);
            while let Some(answer) = early.remove(&turn) {
                if !each(&found[turn], answer) {
                    return false;
                }
                turn += 1;
            }
        }
        true
    })
}

/// The catalogs of several folders as one, each for the documents of its folder, or what is
/// known without any; and what is wrong with those that nobody named.
///
/// # Errors
///
/// One sentence for each mistake in a catalog of a folder that was named.
fn catalog(
    catalogs: &[Beside],
    documents: &[Document],
    labels: &Labels,
) -> Result<(Catalog, Vec<Sentence>), Vec<String>> {
    let mut own: Option<Catalog> = None;
    let (mut wrong, mut faulty) = (Vec::new(), Vec::new());
    for Beside {
        folder,
        whose,
        path,
    } in catalogs
    {
        let text = contents(path, LARGEST)
            .and_then(file::utf8)
            .map_err(|trouble| vec![trouble.sentence()]);
        match text.and_then(|text| Catalog::parse(&text)) {
            Ok(catalog) => {
                let catalog = catalog.of_folder(folder, *whose == Whose::OfFiles);
                own.get_or_insert_default().append(catalog);
            }
            Err(mistakes) => {
                let named = mistakes.iter().map(|why| words::catalog(path, why));
                let is_named = *whose == Whose::Named;
                if is_named { &mut wrong } else { &mut faulty }.extend(named);
            }
        }
    }
    if !wrong.is_empty() {
        let sentences = wrong.iter().map(|wrong| wrong.in_language(labels.language));
        return Err(sentences.map(str::to_owned).collect());
    }
    Ok((Catalog::for_documents(own, documents), faulty))
}

/// All of standard input, up to the limit of a document.
fn standard_input() -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    let read = std::io::stdin()
        .lock()
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)? as u64;
    if read > LARGEST {
        return Err(Trouble::TooLarge {
            bytes: read,
            limit: LARGEST,
        });
    }
    Ok(bytes)
}

/// Whether a word of the command line names a document or a folder that is there,
/// rather than something to search for.
pub fn is_place(word: &str) -> bool {
    use crate::formats::{Kind, by_name};
    let named = word.contains('/') || by_name(word) != Kind::Other;
    named && Path::new(word).exists()
}
