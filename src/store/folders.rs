//! Where the state is kept, by the platform's rules.

use std::ffi::OsString;
use std::path::PathBuf;

use super::report::Report;

/// Why there is no folder for state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// There is no home folder.
    NoHome,
    /// `HOME` has this value, which is no absolute path: the folder would depend on
    /// where the program is started.
    RelativeHome(PathBuf),
}

impl Missing {
    /// What is to be said of it.
    pub fn report(&self) -> Report {
        match self {
            Self::NoHome => Report::NoFolder,
            Self::RelativeHome(value) => Report::RelativeHome {
                value: value.clone(),
            },
        }
    }
}

/// The folder for state on this platform, and what is wrong with the environment
/// that names it.
///
/// # Errors
///
/// If there is no such folder.
pub fn default_folder() -> Result<(PathBuf, Vec<Report>), Missing> {
    let folders = directories::ProjectDirs::from("", "", "anli").ok_or(Missing::NoHome)?;
    let folder = folders.state_dir().unwrap_or(folders.data_local_dir());
    if folder.is_relative() {
        return Err(Missing::RelativeHome(home()));
    }
    // XDG Base Directory Specification 0.8: "If an implementation encounters a
    // relative path in any of these variables it should consider the path invalid
    // and ignore it."
    let name = "XDG_STATE_HOME";
    let value = std::env::var_os(name).filter(|_| folders.state_dir().is_some());
    let ignored = value.filter(is_relative).map(|value| {
        let value = PathBuf::from(value);
        Report::RelativeVariable { name, value }
    });
    Ok((folder.to_owned(), ignored.into_iter().collect()))
}

fn home() -> PathBuf {
    std::env::var_os("HOME").unwrap_or_default().into()
}

/// Whether the value of a variable is a relative path; an empty one counts as
/// unset.
fn is_relative(value: &OsString) -> bool {
    !value.is_empty() && PathBuf::from(value).is_relative()
}
