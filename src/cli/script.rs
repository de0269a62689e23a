//! The script that `anli demo` is to play.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::language::{Labels, Sentence};
use crate::library;
use crate::show::{Mistake, Script};

/// The id of the argument that names the file.
pub(super) const SCRIPT: &str = "script-file";

/// The id of the option that prints the built-in script.
pub(super) const PRINT: &str = "print";

/// More bytes are no script.
const LARGEST: u64 = 1 << 20;

/// What a call plays; `None` where it only wants to see the built-in script.
///
/// # Errors
///
/// If the file cannot be read, or is no script: a sentence for every line that is
/// wrong.
pub(super) fn asked_for(
    matches: &ArgMatches,
    labels: &Labels,
) -> Result<Option<Script>, Vec<String>> {
    if matches.get_flag(PRINT) {
        return Ok(None);
    }
    match matches.get_one::<PathBuf>(SCRIPT) {
        None => Ok(Some(Script::built_in())),
        Some(path) => read(path, labels).map(Some),
    }
}

fn read(path: &Path, labels: &Labels) -> Result<Script, Vec<String>> {
    let said = |sentence: &Sentence| sentence.in_language(labels.language).to_owned();
    let text = library::contents(path, LARGEST)
        .and_then(library::utf8)
        .map_err(|trouble| {
            let why = said(&trouble.sentence());
            vec![(labels.reading.demo_script)(&path.to_string_lossy(), &why)]
        })?;
    Script::parse(&text).map_err(|mistakes| {
        let name = path.to_string_lossy();
        let sentence =
            |mistake: Mistake| format!("{name}:{}: {}", mistake.line, said(&mistake.why));
        mistakes.into_iter().map(sentence).collect()
    })
}
