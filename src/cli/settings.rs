//! What is set before the arguments are read: the settings file and the
//! environment.

use std::path::PathBuf;

use super::load;
use crate::config::{self, Config, Mistake};
use crate::language::Labels;

/// The settings, and what is wrong with them.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub config: Config,
    pub mistakes: Vec<Mistake>,
    /// The file they come from, whether or not it is there; `None` without a
    /// home folder.
    pub file: Option<PathBuf>,
}

impl Settings {
    /// Reads `file`, or the one in its usual place, and the environment.
    pub fn read(file: Option<PathBuf>) -> Self {
        let file = file.or_else(config::path);
        let (mut config, mut mistakes) = match &file {
            Some(file) => Config::read(file),
            None => Default::default(),
        };
        mistakes.extend(config.override_by(|name| {
            let value = std::env::var_os(name)?;
            Some(value.to_string_lossy().into_owned())
        }));
        Self {
            config,
            mistakes,
            file,
        }
    }
}

/// Why a file that was named cannot be read at all; a wrong entry in it is no
/// reason.
pub fn unreadable(file: &std::path::Path, labels: &Labels) -> Option<String> {
    let error = std::fs::File::open(file).err()?;
    Some((labels.reading.settings)(
        &file.to_string_lossy(),
        &load::reason(&error, labels),
    ))
}
