//! Putting an export into a file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Error;

/// Whether a file that is in the way may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    No,
    /// The user was asked and agreed.
    Yes,
}

/// Creates a file with what `fill` writes. Nothing is left behind when it
/// fails: a new file is taken away again, and one that was to be replaced is as
/// it was, since it is replaced in one step after all is written.
///
/// # Errors
///
/// [`Error::Exists`] where there is a file and overwriting was not agreed,
/// [`Error::File`] where the path cannot be written, and what `fill` returns.
pub fn create(
    path: &Path,
    overwrite: Overwrite,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    match overwrite {
        Overwrite::No => create_new(path, fill),
        Overwrite::Yes => replace(path, fill),
    }
}

fn create_new(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let file = file.map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => failed(path, cause),
    })?;
    let written = fill_file(&file, path, fill);
    if written.is_err() {
        // What is reported is why the export failed, not this.
        let _ = fs::remove_file(path);
    }
    written
}

fn replace(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    // A link stays and its target is replaced; a new path is its own target.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if target.is_dir() {
        let cause = io::Error::from(io::ErrorKind::IsADirectory);
        return Err(failed(path, cause));
    }
    let draft = draft_path(&target);
    let file = OpenOptions::new().write(true).create_new(true).open(&draft);
    let file = file.map_err(|cause| failed(path, cause))?;
    let written = fill_file(&file, path, fill).and_then(|()| {
        if let Ok(old) = fs::metadata(&target) {
            let kept = fs::set_permissions(&draft, old.permissions());
            kept.map_err(|cause| failed(path, cause))?;
        }
        fs::rename(&draft, &target).map_err(|cause| failed(path, cause))
    });
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}

fn fill_file(
    file: &File,
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut writer = BufWriter::new(file);
    let filled = fill(&mut writer).and_then(|()| {
        writer.flush()?;
        file.sync_all()?;
        Ok(())
    });
    filled.map_err(|error| match error {
        Error::Write(cause) => failed(path, cause),
        error => error,
    })
}

/// A name beside the target, so that the last step is a rename on one file
/// system.
fn draft_path(target: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    target.with_file_name(name)
}

fn failed(path: &Path, cause: io::Error) -> Error {
    Error::File {
        path: path.to_owned(),
        cause,
    }
}
