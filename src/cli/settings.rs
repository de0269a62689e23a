//! What is set before the arguments are read: the settings file and the
//! environment.

use std::path::{Path, PathBuf};

use crate::app::commands;
use crate::app::keymap;
use crate::config::{self, Config, Mistake, Origin, Problem};
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
    /// Reads `file` alone, if one is named: neither the one in its usual place nor the
    /// environment, which may be a visitor's.
    pub fn of_file(file: Option<&Path>) -> Self {
        let (config, mistakes) = file.map(Config::read).unwrap_or_default();
        Self {
            config,
            mistakes,
            file: file.map(Path::to_owned),
        }
    }

    /// Reads `file`, or the one in its usual place, and the environment.
    pub fn read(file: Option<PathBuf>) -> Self {
        let misplaced = match file {
            Some(_) => Vec::new(),
            None => config::misplaced(|name| std::env::var_os(name)),
        };
        let file = file.or_else(config::path);
        let (mut config, mut mistakes) = match &file {
            Some(file) => Config::read(file),
            None => Default::default(),
        };
        mistakes.splice(0..0, misplaced);
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

/// What is wrong with the keys that the settings give: actions that there are
/// not, characters that are text wherever the action has keys, and keys taken
/// from other actions.
pub fn key_mistakes(config: &Config, file: &Path) -> Vec<Mistake> {
    let names: Vec<&str> = commands::all().map(|row| row.name).collect();
    let mut mistakes = config.unknown_actions(file, &names);
    let of_action = |action: &str, line, problem| {
        let place = Origin::File {
            path: file.to_owned(),
            line: Some(line),
        };
        Mistake::new(place, &format!("keys.{action}"), problem)
    };
    for (binding, key) in keymap::texts(&config.keys) {
        let given = keymap::name(key);
        let problem = Problem::KeyIsText { given };
        mistakes.push(of_action(&binding.action, binding.line, problem));
    }
    for conflict in keymap::conflicts(&config.keys) {
        let problem = Problem::TakenKey {
            given: keymap::name(conflict.key),
            owner: conflict.owner.to_owned(),
        };
        mistakes.push(of_action(conflict.action, conflict.line, problem));
    }
    mistakes
}

/// Why a file that was named cannot be read as text; a wrong entry in it is no
/// reason.
pub fn unreadable(file: &Path, labels: &Labels) -> Option<String> {
    let why = match file.metadata() {
        Err(error) => labels.reason(&error),
        Ok(_) => config::unreadable(file)?
            .in_language(labels.language)
            .to_owned(),
    };
    Some((labels.reading.settings)(&file.to_string_lossy(), &why))
}
