//! Reading the documents that were asked for, and files with marks.

use std::path::Path;

use super::Failure;
use crate::language::Labels;
use crate::library::{self, LARGEST, Place};
use crate::seeds::Library;

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
