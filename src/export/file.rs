//! Putting an export into a file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use super::Error;

/// Whether a file that is in the way may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    No,
    /// The user was asked and agreed.
    Yes,
}

/// Creates a file with what `fill` writes; a device or a pipe that may be
/// overwritten is written to. Nothing is left behind when it
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
        Overwrite::Yes if is_device(path) => write_to_device(path, fill),
        Overwrite::Yes => replace(path, fill),
    }
}

/// Whether a path leads to a device or a pipe: what is written to it is passed
/// on, and the thing itself stays.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

fn write_to_device(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    // A pipe that nobody reads would be waited for without an end.
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).expect("the flags of open(2) are an int");
    let device = OpenOptions::new()
        .write(true)
        .custom_flags(flags)
        .open(path)
        .and_then(|device| {
            rustix::fs::fcntl_setfl(&device, OFlags::empty())?;
            Ok(device)
        });
    let device = device.map_err(|cause| failed(path, cause))?;
    let mut writer = BufWriter::new(&device);
    fill(&mut writer)
        .and_then(|()| Ok(writer.flush()?))
        .map_err(|error| at(path, error))
}

fn create_new(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let file = file.map_err(|cause| match cause.kind() {
        // A folder cannot be replaced: asking would be in vain.
        io::ErrorKind::AlreadyExists if path.is_dir() => {
            failed(path, io::ErrorKind::IsADirectory.into())
        }
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
    filled.map_err(|error| at(path, error))
}

/// What went wrong with the path at which it did.
fn at(path: &Path, error: Error) -> Error {
    match error {
        Error::Write(cause) => failed(path, cause),
        error => error,
    }
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
