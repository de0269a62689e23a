//! What lies in the folder of a round that is closed: its manifests and papers.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Error, Opened, read_file};
use crate::jury::merge::File;
use crate::jury::papers::is_paper;
use crate::jury::settings::digest;

/// The file beside papers that lists their fingerprints.
pub const PAPERS: &str = "papers.sha256";

/// Folders below the round's in which papers are looked for.
const DEEPEST: usize = 2;

/// More manifests are not looked for.
const MOST_MANIFESTS: usize = 99;

fn manifest(number: usize) -> String {
    match number {
        1 => "manifest.sha256".to_owned(),
        number => format!("manifest-{number}.sha256"),
    }
}

/// Whether a file with this name is a manifest.
pub(super) fn is_manifest(name: &str) -> bool {
    (1..=MOST_MANIFESTS).any(|number| manifest(number) == name)
}

impl Opened {
    /// The manifests of the round, the newest last.
    pub fn manifests(&self) -> Vec<File> {
        let names = (1..=MOST_MANIFESTS).map(manifest);
        let mut strays = Vec::new();
        names
            .map_while(|name| read_file(&self.folder, &name, &mut strays))
            .collect()
    }

    /// Writes the next manifest; those before stay. Returns its path.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn add_manifest(&self, text: &str) -> Result<PathBuf, Error> {
        let mut number = 1;
        loop {
            let path = self.folder.join(manifest(number));
            let made = OpenOptions::new().write(true).create_new(true).open(&path);
            match made {
                Ok(mut file) => {
                    let written = file
                        .write_all(text.as_bytes())
                        .and_then(|()| file.sync_all());
                    return match written {
                        Ok(()) => Ok(path),
                        Err(cause) => Err(Error::System(path, cause)),
                    };
                }
                Err(cause)
                    if cause.kind() == ErrorKind::AlreadyExists && number < MOST_MANIFESTS =>
                {
                    number += 1;
                }
                Err(cause) => return Err(Error::System(path, cause)),
            }
        }
    }

    /// The papers in the round's folder and below it, with the lists of their
    /// fingerprints.
    pub fn papers(&self) -> Vec<File> {
        let mut names = Vec::new();
        papers(&self.folder, "", 0, &mut names);
        names.sort();
        let mut strays = Vec::new();
        names
            .iter()
            .filter_map(|name| read_file(&self.folder, name, &mut strays))
            .collect()
    }
}

fn papers(folder: &Path, below: &str, depth: usize, names: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type();
        if name.starts_with('.') {
            continue;
        }
        let below = if below.is_empty() {
            name.clone()
        } else {
            format!("{below}/{name}")
        };
        if kind.is_ok_and(|kind| kind.is_dir()) {
            if depth < DEEPEST {
                papers(&entry.path(), &below, depth + 1, names);
            }
        } else if name == PAPERS || is_paper(&name) {
            names.push(below);
        }
    }
}

/// A list of papers as [`PAPERS`] has it, of their names and contents.
pub fn list(papers: &[(String, Vec<u8>)]) -> String {
    let line = |(name, bytes): &(String, Vec<u8>)| format!("{}  {name}\n", digest(bytes));
    papers.iter().map(line).collect()
}
