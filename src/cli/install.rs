//! Putting files where a shell or `man` finds them: `anli completions --install`
//! and `anli man --install`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, Command, ValueHint};

use super::arguments::{flag, path, value};
use super::export::{overwrite, sentence};
use super::{Call, Failure};
use crate::export::{self, Error};
use crate::language::Labels;

/// Adds `--install`, and what goes with it.
pub fn define(command: Command, labels: &Labels) -> Command {
    let install = flag("install", labels.help.install).display_order(0);
    let folder: Arg = value("dir", "DIR", labels.help.install_dir)
        .display_order(0)
        .value_parser(path())
        .value_hint(ValueHint::DirPath)
        .requires("install");
    let force = flag("force", labels.help.force)
        .display_order(0)
        .requires("install");
    command.args([install, folder, force])
}

/// Whether `--install` was said.
pub fn is_asked(call: &Call) -> bool {
    call.matches.get_flag("install")
}

/// The folder that `--dir` names, or `usual`.
///
/// # Errors
///
/// If there is neither.
pub fn folder(call: &Call, usual: Option<PathBuf>) -> Result<PathBuf, Failure> {
    let named = call.matches.get_one::<PathBuf>("dir").cloned();
    let no_home = || Failure::Said(vec![call.labels.answer.dir_needed.to_owned()]);
    named.or(usual).ok_or_else(no_home)
}

/// A folder of the user by the XDG Base Directory Specification 0.8: what
/// `variable` names, where that is an absolute path, else `below` the home folder.
/// `None` without a home folder.
pub fn user_folder(variable: &str, below: &str) -> Option<PathBuf> {
    let absolute = |name: &str| {
        let path = PathBuf::from(std::env::var_os(name)?);
        path.is_absolute().then_some(path)
    };
    absolute(variable).or_else(|| Some(absolute("HOME")?.join(below)))
}

/// Writes `text` into a file and says where. A file with another text is replaced only
/// with `--force`, or when the person at the terminal agrees.
///
/// # Errors
///
/// If the file cannot be written, or may not be replaced.
pub fn put(file: &Path, text: &str, call: &mut Call) -> Result<(), Failure> {
    let answer = &call.labels.answer;
    if fs::read(file).is_ok_and(|there| there == text.as_bytes()) {
        let said = (answer.installed_already)(&file.to_string_lossy());
        return Ok(call.output.line(&said)?);
    }
    let is_there = file.exists();
    let overwrite = overwrite(file, call);
    let said = |error: Error| Failure::Said(vec![sentence(&error, file, call.labels)]);
    if let Some(parent) = file.parent() {
        let failed = |cause| Error::File {
            path: parent.to_owned(),
            cause,
        };
        fs::create_dir_all(parent).map_err(failed).map_err(said)?;
    }
    let written = export::create(file, overwrite, |file| Ok(file.write_all(text.as_bytes())?))
        .map_err(said)?;
    let name = written.to_string_lossy();
    let line = if is_there {
        (answer.replaced)(&name)
    } else {
        (answer.installed)(&name)
    };
    Ok(call.output.line(&line)?)
}
