//! Reading the documents that were asked for, and files with marks.

use std::path::Path;

use super::arguments::Options;
use super::{Failure, complain};
use crate::corpus::Corpus;
use crate::jury::screening;
use crate::jury::visible::Reader;
use crate::language::{Labels, Language, Sentence};
use crate::library::{self, LARGEST, Location};
use crate::round::sitting::Sitting;
use crate::round::{Opened, SETTINGS};
use crate::seeds::Library;

/// What the explorer opens on.
#[derive(Debug, Default)]
pub struct Opening {
    pub library: Library,
    /// The reader at a round, whose library it is.
    pub sitting: Option<Sitting>,
}

/// Reads what the explorer opens on: a round as its reader may read it, else a folder,
/// else the built-in documents.
///
/// # Errors
///
/// Those of [`library()`] and of [`sitting`].
pub fn opening(options: &Options, labels: &Labels) -> Result<Opening, Failure> {
    let sitting = sitting(options, labels)?;
    let library = match &sitting {
        Some(sitting) => Library {
            corpus: Corpus::clone(&sitting.corpus),
            ..Library::default()
        },
        None => library(&options.place, labels)?,
    };
    Ok(Opening { library, sitting })
}

/// Reads the library that the options ask for: that of a round as its reader may read
/// it, else a folder, else the built-in documents.
///
/// # Errors
///
/// Those of [`library()`] and of [`sitting`].
pub fn asked_for(options: &Options, labels: &Labels) -> Result<Library, Failure> {
    let opening = opening(options, labels)?;
    if let Some(warning) = opening.sitting.as_ref().and_then(Sitting::warning) {
        complain(warning.in_language(labels.language));
    }
    Ok(opening.library)
}

/// The reader at the round that the options name: its juror, else the office; `None`
/// where they name none.
///
/// # Errors
///
/// If the round cannot be opened, has no such juror, or its library cannot be read.
pub fn sitting(options: &Options, labels: &Labels) -> Result<Option<Sitting>, Failure> {
    let refuse =
        |sentence: Sentence| Failure::Said(vec![sentence.in_language(labels.language).to_owned()]);
    let Some(folder) = &options.round else {
        let why = || Sentence::new("--juror 须与 --round 同用", "--juror goes with --round");
        let named = options.juror.is_some();
        return if named { Err(refuse(why())) } else { Ok(None) };
    };
    let opened =
        Opened::read(folder).map_err(|error| Failure::Said(error.messages(labels.language)))?;
    let reader = match &options.juror {
        None => Reader::Office,
        Some(name) => Reader::Juror(opened.juror(name.trim()).map_err(refuse)?),
    };
    let whole = applications(&opened, labels)?;
    Ok(Some(
        Sitting::new(opened, &whole.corpus, reader).with_unread(whole.unread),
    ))
}

/// Reads the applications of a round; those without text are among the unread.
///
/// # Errors
///
/// Those of [`library()`].
pub fn applications(opened: &Opened, labels: &Labels) -> Result<Library, Failure> {
    let place = &opened.round.library;
    let mut library = of_round(opened, "library", place, labels)?;
    if !place.is_empty() {
        let without = screening::without_application(&library.corpus);
        library.unread.extend(without);
    }
    Ok(library)
}

/// Reads a library that the settings of a round name, the built-in one where they name
/// none.
///
/// # Errors
///
/// Those of [`library()`], with the line of the setting.
pub fn of_round(
    opened: &Opened,
    setting: &str,
    place: &str,
    labels: &Labels,
) -> Result<Library, Failure> {
    let path = (!place.is_empty()).then(|| opened.folder.join(place));
    let place = Location {
        paths: path.into_iter().collect(),
        ..Location::default()
    };
    let named = |said: String| match (opened.line_of(setting), labels.language) {
        (None, _) => said,
        (Some(line), Language::Chinese) => {
            format!("{SETTINGS} 第 {line} 行的 {setting}：{said}")
        }
        (Some(line), Language::English) => format!("{SETTINGS}, line {line}, {setting}: {said}"),
    };
    library::read(&place, labels)
        .map_err(|said| Failure::Said(said.into_iter().map(named).collect()))
}

/// Reads the documents of a place.
///
/// # Errors
///
/// If a path, a catalog, or every document cannot be read; everything that is wrong is
/// said at once.
pub fn library(place: &Location, labels: &Labels) -> Result<Library, Failure> {
    library::read(place, labels).map_err(Failure::Said)
}

/// The text of a file with marks to be taken in, or why it has none.
pub(super) fn import(path: &Path, labels: &Labels) -> Result<String, String> {
    let text = library::contents(path, LARGEST).and_then(library::utf8);
    text.map_err(|trouble| trouble.sentence().in_language(labels.language).to_owned())
}
