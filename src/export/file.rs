//! Putting an export into a file.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use super::Error;
use crate::draft::Draft;

/// Whether a file that is in the way may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    No,
    /// The user was asked and agreed.
    Yes,
}

/// Creates a file with what `fill` writes; a device or a pipe that may be
/// overwritten is written to. Returns its full path.
///
/// The file gets its name in one step after everything is written, so a failure leaves no
/// file, and a file to be replaced stays as it was.
///
/// # Errors
///
/// [`Error::Exists`] where there is a file and overwriting was not agreed,
/// [`Error::File`] where the path cannot be written, and what `fill` returns.
pub fn create(
    path: &Path,
    overwrite: Overwrite,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<PathBuf, Error> {
    match overwrite {
        Overwrite::No => create_new(path, fill)?,
        Overwrite::Yes if is_device(path) => write_to_device(path, fill)?,
        Overwrite::Yes => replace(path, fill)?,
    }
    let full = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    Ok(full.unwrap_or_else(|_| path.to_owned()))
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
        })
        .map_err(|cause| failed(path, cause))?;
    let mut writer = BufWriter::new(&device);
    fill(&mut writer)
        .and_then(|()| Ok(writer.flush()?))
        .map_err(|error| at(path, error))
}

fn create_new(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<(), Error> {
    // Looked for before anything is written, a link that leads nowhere included.
    match fs::symlink_metadata(path) {
        // A folder cannot be replaced: asking would be in vain.
        Ok(_) if path.is_dir() => Err(failed(path, io::ErrorKind::IsADirectory.into())),
        Ok(_) => Err(Error::Exists(path.to_owned())),
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(failed(path, cause)),
        Err(_) => write_whole(path, path, fill, |draft| {
            draft.put(path).map_err(|cause| match cause.kind() {
                io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
                _ => failed(path, cause),
            })
        }),
    }
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
    write_whole(path, &target, fill, |draft| {
        draft.replace(&target).map_err(|cause| failed(path, cause))
    })
}

/// Writes a draft beside `target`, and has `name` give it its name. `path` is
/// what errors call it.
fn write_whole(
    path: &Path,
    target: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
    name: impl FnOnce(Draft) -> Result<(), Error>,
) -> Result<(), Error> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let (draft, file) = Draft::file_in(folder).map_err(|cause| failed(path, cause))?;
    let mut writer = BufWriter::new(&file);
    let filled = fill(&mut writer).and_then(|()| {
        writer.flush()?;
        file.set_permissions(permissions_of(target))?;
        file.sync_all()?;
        Ok(())
    });
    filled.map_err(|error| at(path, error))?;
    name(draft)?;
    // So that the name outlives a power cut. The file is whole by now: a file
    // system that cannot do this, or a folder that must not be read, is no failure.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Those of the file that is replaced, else those of any new file.
fn permissions_of(target: &Path) -> Permissions {
    fs::metadata(target).map_or_else(|_| usual_permissions(), |old| old.permissions())
}

fn usual_permissions() -> Permissions {
    // It can only be read by setting it; meanwhile others make files that are too
    // private rather than too open.
    let mask = rustix::process::umask(Mode::RWXG | Mode::RWXO);
    rustix::process::umask(mask);
    Permissions::from_mode(0o666 & !mask.bits())
}

/// What went wrong with the path at which it did.
fn at(path: &Path, error: Error) -> Error {
    match error {
        Error::Write(cause) => failed(path, cause),
        error => error,
    }
}

fn failed(path: &Path, cause: io::Error) -> Error {
    Error::File {
        path: path.to_owned(),
        cause,
    }
}
