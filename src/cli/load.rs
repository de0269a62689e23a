//! Reading the documents that were asked for, and files with marks.

use std::path::Path;

use super::arguments::Options;
use super::{Failure, complain};
use crate::jury::blind;
use crate::jury::docket::Docket;
use crate::jury::settings::Blind;
use crate::language::{Labels, Sentence};
use crate::library::{self, LARGEST, Place};
use crate::round::Opened;
use crate::seeds::Library;

/// Reads the library that the options ask for: that of a round as its juror may read
/// it, else a folder, else the built-in documents.
///
/// # Errors
///
/// Those of [`library()`]; and if a round cannot be opened or has no such juror.
pub fn asked_for(options: &Options, labels: &Labels) -> Result<Library, Failure> {
    let refuse =
        |sentence: Sentence| Failure::Said(vec![sentence.in_language(labels.language).to_owned()]);
    let (folder, juror) = match (&options.round, &options.juror) {
        (None, None) => return library(&options.place, labels),
        (Some(folder), Some(juror)) => (folder, juror),
        (Some(_), None) => {
            let why = "请用 --juror 写明评委姓名";
            return Err(refuse(Sentence::new(why, "name the juror with --juror")));
        }
        (None, Some(_)) => {
            let why = "--juror 须与 --round 同用";
            return Err(refuse(Sentence::new(why, "--juror goes with --round")));
        }
    };
    let opened = Opened::read(folder);
    let opened = opened.map_err(|error| Failure::Said(error.messages(labels.language)))?;
    let juror = opened.juror(juror.trim()).map_err(refuse)?;
    let whole = library(&round_library(&opened), labels)?.corpus;
    let docket = Docket::accepted(&opened.round, &opened.log, &whole);
    let order = docket.order(&opened.seed(juror));
    let masked = blind::masked(&opened.round, &whole, &docket, &order);
    if opened.round.blind == Blind::Text {
        let (masks, cases) = (masked.masks, masked.cases);
        complain(
            Sentence::new(
                format!("匿名：在 {cases} 个案例中隐去 {masks} 处单位和地区名称；读者仍可能从内容猜出"),
                format!("blind: {masks} names of organisations and areas are hidden in {cases} cases; a reader may still guess"),
            )
            .in_language(labels.language),
        );
    }
    Ok(Library {
        corpus: masked.corpus,
        ..Library::default()
    })
}

/// Where a round's library is.
pub fn round_library(opened: &Opened) -> Place {
    let library = &opened.round.library;
    let path = (!library.is_empty()).then(|| opened.folder.join(library));
    Place {
        paths: path.into_iter().collect(),
        ..Place::default()
    }
}

/// Reads the documents of a place.
///
/// # Errors
///
/// If a path, a catalog, or every document cannot be read; everything that is wrong is
/// said at once.
pub fn library(place: &Place, labels: &Labels) -> Result<Library, Failure> {
    library::read(place, labels).map_err(Failure::Said)
}

/// The text of a file with marks to be taken in, or why it has none.
pub(super) fn import(path: &Path, labels: &Labels) -> Result<String, String> {
    let text = library::contents(path, LARGEST).and_then(library::utf8);
    text.map_err(|trouble| trouble.sentence().in_language(labels.language).to_owned())
}
