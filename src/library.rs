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

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::formats::{Encoding, Text};
use crate::language::{Labels, Sentence};
use crate::seeds::catalog::Catalog;
use crate::seeds::{self, Library, PassedOver, Source, Unread};
pub use file::{LARGEST, contents, utf8};
pub use trouble::Trouble;
pub use walk::{Found, Walk, walk};

/// What an editor knows of a folder's documents is beside them under this name.
pub const CATALOG: &str = "catalog.toml";

/// The path that means standard input.
pub const STANDARD_INPUT: &str = "-";

/// How many threads read documents.
const THREADS: usize = 2;

/// Where the documents of a library are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Files and folders; none at all means the documents that the program carries.
    pub paths: Vec<PathBuf>,
    /// The encoding of text files; `None` finds out.
    pub encoding: Option<Encoding>,
}

/// Reads all documents of a place.
///
/// # Errors
///
/// One sentence for each thing that is wrong: a path that does not exist, a catalog
/// with mistakes, or that no document at all can be read. A document that cannot be
/// read beside others that can is no error; [`Library::unread`] names it.
pub fn read(place: &Place, labels: &Labels) -> Result<Library, Vec<String>> {
    if place.paths.is_empty() {
        return Ok(seeds::read(seeds::embedded(), &Catalog::embedded()));
    }
    let Walk {
        found,
        mut unread,
        passed_over,
        wrong,
        catalogs,
    } = walk(&place.paths);
    let refused = wrong
        .iter()
        .map(|(path, error)| words::path(path, error, labels));
    let refused: Vec<String> = refused.collect();
    if !refused.is_empty() {
        return Err(refused);
    }
    let mut sources = Vec::with_capacity(found.len());
    for (found, read) in found.iter().zip(read_all(&found, place.encoding)) {
        match read {
            Ok(text) => sources.push(Source::of(found.name.clone(), text)),
            Err(trouble) => unread.push(Unread {
                name: found.path.to_string_lossy().into_owned(),
                why: trouble.sentence(),
            }),
        }
    }
    unread.sort_by(|a, b| a.name.cmp(&b.name));
    let catalog = catalog(&catalogs, &sources, labels);
    if sources.is_empty() {
        return Err(nothing(place, &unread, &passed_over, labels));
    }
    let mut library = seeds::read(sources, &catalog?);
    library.unread = unread;
    library.passed_over = passed_over;
    Ok(library)
}

/// What to say of a place without a document that can be read.
fn nothing(
    place: &Place,
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

/// Sentences about documents that could not be read, of which the first are named.
pub fn sentences(unread: &[Unread], labels: &Labels) -> Vec<String> {
    const NAMED: usize = 5;
    let named = unread.iter().take(NAMED).map(|unread| {
        (labels.reading.document)(&unread.name, unread.why.in_language(labels.language))
    });
    let more = unread.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| (labels.reading.more_unread)(more));
    named.chain(more).collect()
}

/// Reads files on several threads; the answers are in the order of the files.
fn read_all(found: &[Found], encoding: Option<Encoding>) -> Vec<Result<Text, Trouble>> {
    let next = AtomicUsize::new(0);
    let (sender, answers) = mpsc::channel();
    let mut read: Vec<Option<Result<Text, Trouble>>> = found.iter().map(|_| None).collect();
    thread::scope(|scope| {
        for _ in 0..THREADS.min(found.len()) {
            let sender = sender.clone();
            let next = &next;
            scope.spawn(move || {
                let mut reader = child::Reader::default();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(found) = found.get(at) else { return };
                    let answer = file::read(found, encoding, &mut reader);
                    if sender.send((at, answer)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for (at, answer) in answers {
            read[at] = Some(answer);
        }
    });
    let answer = |answer: Option<_>| answer.expect("every file was read by one of the threads");
    read.into_iter().map(answer).collect()
}

/// The catalogs of several folders as one, or what is known without any.
fn catalog(paths: &[PathBuf], sources: &[Source], labels: &Labels) -> Result<Catalog, Vec<String>> {
    let mut own = String::new();
    let mut wrong = Vec::new();
    for path in paths {
        let cannot = |why: &str| (labels.reading.catalog)(&path.to_string_lossy(), why);
        match contents(path, LARGEST).and_then(file::utf8) {
            Ok(text) => {
                if let Err(mistakes) = Catalog::parse(&text) {
                    let sentence =
                        |mistake: &Sentence| cannot(mistake.in_language(labels.language));
                    wrong.extend(mistakes.iter().map(sentence));
                }
                own.push_str(&text);
                own.push('\n');
            }
            Err(trouble) => {
                wrong.push(cannot(trouble.sentence().in_language(labels.language)));
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let own = (!paths.is_empty()).then_some(own.as_str());
    Catalog::for_sources(own, sources).map_err(|mistakes| {
        let path = paths
            .first()
            .map(|path| path.to_string_lossy())
            .unwrap_or_default();
        let sentence = |mistake: &Sentence| {
            (labels.reading.catalog)(&path, mistake.in_language(labels.language))
        };
        mistakes.iter().map(sentence).collect()
    })
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
