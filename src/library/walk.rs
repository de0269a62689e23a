//! Which files of a place are documents.
//!
//! Folders are walked with everything in them. Hidden files and what ignore files
//! (`.gitignore`, `.ignore`) name are left out, links to folders are not followed, but
//! named. What is no document is counted by kind.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{CATALOG, STANDARD_INPUT, Trouble, words};
use crate::formats::{Kind, Refusal, by_name};
use crate::seeds::{PassedOver, Unread};

/// Folders nested deeper are not walked.
const DEEPEST: usize = 32;

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub path: PathBuf,
    /// Its path below the folder that was named, with `/`; no two of a place are
    /// the same.
    pub name: String,
    /// Its absolute path; empty for standard input.
    pub place: String,
}

/// What a place holds.
#[derive(Debug, Default)]
pub struct Walk {
    /// In the order of the paths that were named, then by folder and name.
    pub found: Vec<Found>,
    /// Documents of kinds that cannot be read, and folders that cannot be opened.
    pub unread: Vec<Unread>,
    /// Files of other kinds, and folders that are not walked.
    pub passed_over: Vec<PassedOver>,
    /// The absolute paths of what was named.
    pub roots: Vec<String>,
    /// Paths that were named and cannot be read at all.
    pub wrong: Vec<(PathBuf, io::Error)>,
    /// The folders before those below them.
    pub catalogs: Vec<Beside>,
}

/// A catalog, and whose documents it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Beside {
    /// The absolute path of its folder.
    pub folder: String,
    pub whose: Whose,
    pub path: PathBuf,
}

/// What of the folder of a catalog is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// All of it: the folder was named.
    Named,
    /// All of it, because it is in a folder that was named.
    Below,
    /// Files of it that were named.
    OfFiles,
}

/// Finds the documents of files and folders.
pub fn walk(paths: &[PathBuf]) -> Walk {
    let mut walk = Walk::default();
    let mut others = Others::default();
    for path in paths {
        if path.as_os_str() == STANDARD_INPUT {
            walk.add(path.clone(), STANDARD_INPUT.to_owned(), String::new());
            continue;
        }
        match path.metadata() {
            Ok(found) if found.is_dir() => {
                let root = path.canonicalize().unwrap_or_else(|_| path.clone());
                walk.roots.push(root.to_string_lossy().into_owned());
                walk.folder(path, &root, &mut others);
            }
            // A file that was named is read, whatever it is called.
            Ok(_) => {
                let place = place_of(path);
                walk.roots.push(place.clone());
                walk.catalog_beside(path, &place);
                walk.add(path.clone(), file_name(path), place);
            }
            Err(error) => walk.wrong.push((path.clone(), error)),
        }
    }
    walk.passed_over = others.counted();
    walk.read_once();
    walk.part_like_names();
    walk
}

/// Calls `each` with the name and the size, in bytes, of every file of a place, until it
/// returns `false`; returns whether it never did. What cannot be read is left out.
pub fn all(paths: &[PathBuf], each: &mut impl FnMut(&str, u64) -> bool) -> bool {
    paths.iter().all(|path| {
        if !path.is_dir() {
            let size = path.metadata().map_or(0, |found| found.len());
            return each(&file_name(path), size);
        }
        let mut files = walker(path).build().flatten();
        files.all(|entry| {
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            let size = || entry.metadata().map_or(0, |found| found.len());
            // Every file takes some time, however small it is.
            !is_file || each(&file_name(entry.path()), size() + 4096)
        })
    })
}

/// Everything in a folder, by folder and name.
fn walker(folder: &Path) -> WalkBuilder {
    let mut walker = WalkBuilder::new(folder);
    walker
        .standard_filters(false)
        .hidden(true)
        .ignore(true)
        .git_ignore(true)
        .require_git(false)
        .max_depth(Some(DEEPEST))
        .sort_by_file_name(|a, b| a.cmp(b))
        .filter_entry(|entry| !is_parts_of_a_page(entry.path()));
    walker
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The absolute path of a file that was named; a link is a place of its own, as it is in
/// a folder.
fn place_of(path: &Path) -> String {
    let folder = path
        .parent()
        .filter(|folder| *folder != Path::new(""))
        .unwrap_or(Path::new("."))
        .canonicalize();
    let place = folder.map(|folder| folder.join(path.file_name().unwrap_or_default()));
    let place = place.as_deref().unwrap_or(path);
    place.to_string_lossy().into_owned()
}

/// The folder of a file, as an absolute path.
fn folder_of(place: &Path) -> String {
    let folder = place.parent().unwrap_or(place);
    folder.to_string_lossy().into_owned()
}

/// What is no document: how many files of every kind, and folders that are not walked.
#[derive(Default)]
struct Others {
    kinds: BTreeMap<String, usize>,
    links: Vec<String>,
    too_deep: Vec<String>,
}

impl Others {
    fn counted(self) -> Vec<PassedOver> {
        let kinds = self.kinds.into_iter().map(|(kind, count)| PassedOver {
            kind,
            count,
            ..PassedOver::default()
        });
        let folders = [
            (self.links, words::link_to_folder()),
            (self.too_deep, words::too_deep()),
        ]
        .into_iter()
        .filter(|(paths, _)| !paths.is_empty());
        let folders = folders.map(|(paths, why)| PassedOver {
            kind: String::new(),
            count: paths.len(),
            folders: Some((paths, why)),
        });
        kinds.chain(folders).collect()
    }
}

impl Walk {
    fn add(&mut self, path: PathBuf, name: String, place: String) {
        // A name is one line, whatever the system allows.
        let name = name.replace(
            [
                '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
            ],
            " ",
        );
        self.found.push(Found { path, name, place });
    }

    /// The catalog in the folder of a file that was named.
    fn catalog_beside(&mut self, path: &Path, place: &str) {
        let catalog = path.with_file_name(CATALOG);
        if path.file_name() != catalog.file_name() && catalog.is_file() {
            self.catalogs.push(Beside {
                folder: folder_of(Path::new(place)),
                whose: Whose::OfFiles,
                path: catalog,
            });
        }
    }

    /// Leaves out what was named before: a file and its folder, a folder twice.
    fn read_once(&mut self) {
        let mut met = HashSet::new();
        let is_new: Vec<bool> = self
            .found
            .iter()
            .map(|found| met.insert(&*found.place))
            .collect();
        let mut is_new = is_new.into_iter();
        self.found.retain(|_| is_new.next().unwrap_or(true));
        self.catalogs.sort();
        self.catalogs
            .dedup_by(|next, before| next.folder == before.folder);
    }

    fn refuse(&mut self, path: &Path, trouble: Trouble) {
        self.unread.push(Unread {
            name: path.to_string_lossy().into_owned(),
            why: trouble.sentence(),
        });
    }

    /// Takes what is in a folder, of which the absolute path is `root`.
    fn folder(&mut self, folder: &Path, root: &Path, others: &mut Others) {
        let entries = walker(folder).build();
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = path_of(&error).unwrap_or_else(|| folder.to_owned());
                    match error.into_io_error() {
                        Some(error) if path == folder => self.wrong.push((path, error)),
                        Some(error) => self.refuse(&path, Trouble::System(error)),
                        None => {}
                    }
                    continue;
                }
            };
            let path = entry.path();
            if entry.depth() == 0 {
                continue;
            }
            if path.is_dir() {
                let path = path.to_string_lossy().into_owned();
                if entry.path_is_symlink() {
                    others.links.push(path);
                } else if entry.depth() == DEEPEST {
                    others.too_deep.push(path);
                }
                continue;
            }
            let name = file_name(path);
            if name == CATALOG {
                let below = path.strip_prefix(folder).unwrap_or(path);
                let is_named = entry.depth() == 1;
                self.catalogs.push(Beside {
                    folder: folder_of(&root.join(below)),
                    whose: if is_named { Whose::Named } else { Whose::Below },
                    path: path.to_owned(),
                });
                continue;
            }
            match by_name(&name) {
                Kind::Document(_) => {
                    let below = path.strip_prefix(folder).unwrap_or(path);
                    let parts: Vec<_> = below
                        .components()
                        .map(|part| part.as_os_str().to_string_lossy())
                        .collect();
                    let place = root.join(below).to_string_lossy().into_owned();
                    self.add(path.to_owned(), parts.join("/"), place);
                }
                // Pictures are rarely documents, so they are counted and not named.
                Kind::Foreign(foreign) if foreign != crate::formats::Foreign::Picture => {
                    self.refuse(path, Trouble::Refused(Refusal::Foreign(foreign)));
                }
                Kind::Foreign(_) | Kind::Other => {
                    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
                    *others.kinds.entry(end.to_lowercase()).or_default() += 1;
                }
            }
        }
    }

    /// Gives documents with the name of an earlier one the name of the folder that was
    /// opened as well, and a number where that does not part them.
    fn part_like_names(&mut self) {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for found in &self.found {
            *counts.entry(found.name.clone()).or_default() += 1;
        }
        let mut taken = BTreeSet::new();
        // The first one keeps its name, and its ids with it.
        let mut met = BTreeSet::new();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        for found in &mut self.found {
            if counts[&found.name] > 1 && !met.insert(found.name.clone()) {
                let below = Path::new(&found.name).components().count();
                let root = found.path.ancestors().nth(below).map(file_name);
                if let Some(root) = root.filter(|root| !root.is_empty()) {
                    found.name = format!("{root}/{}", found.name);
                }
            }
            let plain = found.name.clone();
            while !taken.insert(found.name.clone()) {
                // Where many have one name, none is tried twice.
                let number = numbers.entry(plain.clone()).or_insert(1);
                *number += 1;
                found.name = format!("{plain} ({number})");
            }
        }
    }
}

/// Whether a folder holds the parts that a browser saved with a page: `page_files`
/// beside `page.html`.
fn is_parts_of_a_page(path: &Path) -> bool {
    let name = file_name(path);
    let Some(stem) = ["_files", ".files", "_文件"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
    else {
        return false;
    };
    path.is_dir()
        && ["html", "htm", "xhtml"]
            .iter()
            .any(|end| path.with_file_name(format!("{stem}.{end}")).exists())
}

/// The path that an error of the walk is about.
fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("it has a parent")).expect("it can be made");
            fs::write(path, "改革").expect("it can be written");
        }
        folder
    }

    fn names(walk: &Walk) -> Vec<&str> {
        walk.found.iter().map(|found| found.name.as_str()).collect()
    }

    #[test]
    fn documents_come_by_folder_and_name() {
        let folder = folder(&[
            "b.txt",
            "a.txt",
            ".c.txt",
            "d.md",
            "10.txt",
            "9.TXT",
            "x/y/1.txt",
        ]);
        let walk = walk(&[folder.path().to_owned()]);
        let expected = ["10.txt", "9.TXT", "a.txt", "b.txt", "d.md", "x/y/1.txt"];
        assert_eq!(names(&walk), expected);
    }

    #[test]
    fn what_is_no_document_is_counted_by_kind() {
        let folder = folder(&[
            "a.txt",
            "b.PNG",
            "c.png",
            "d.py",
            "README",
            "e.doc",
            "catalog.toml",
        ]);
        let walk = walk(&[folder.path().to_owned()]);
        let kinds: Vec<_> = walk
            .passed_over
            .iter()
            .map(|passed| (passed.kind.as_str(), passed.count))
            .collect();
        assert_eq!(kinds, [("", 1), ("png", 2), ("py", 1)]);
        assert_eq!(walk.unread.len(), 1, "the .doc is named");
        assert_eq!(walk.catalogs.len(), 1);
    }

    #[test]
    fn ignore_files_are_respected() {
        let folder = folder(&["a.txt", "draft/b.txt", "c.tmp.txt"]);
        fs::write(folder.path().join(".gitignore"), "draft/\n*.tmp.txt\n").expect("it can");
        assert_eq!(names(&walk(&[folder.path().to_owned()])), ["a.txt"]);
    }

    #[test]
    fn the_parts_of_a_saved_page_are_no_documents() {
        let folder = folder(&["p.html", "p_files/frame.html", "q_files/a.txt"]);
        let walk = walk(&[folder.path().to_owned()]);
        assert_eq!(names(&walk), ["p.html", "q_files/a.txt"]);
    }

    #[test]
    fn like_names_are_parted_by_their_folders() {
        let folder = folder(&["x/1.txt", "y/1.txt", "y/2.txt"]);
        let at = |name: &str| folder.path().join(name);
        let walk = walk(&[at("x"), at("y")]);
        assert_eq!(names(&walk), ["1.txt", "y/1.txt", "2.txt"]);
    }

    #[test]
    fn what_is_named_twice_is_read_once() {
        let folder = folder(&["y/1.txt", "y/2.txt", "y/z/3.txt"]);
        let at = |name: &str| folder.path().join(name);
        let twice = [at("y/2.txt"), at("y"), at("y/../y/2.txt"), at("y/z")];
        assert_eq!(names(&walk(&twice)), ["2.txt", "1.txt", "z/3.txt"]);
        let piped = ["-", "-"].map(PathBuf::from);
        assert_eq!(names(&walk(&piped)), ["-"]);
    }

    #[test]
    fn a_link_to_a_folder_is_named_and_a_link_to_a_file_is_read() {
        use std::os::unix::fs::symlink;

        let folder = folder(&["a.txt"]);
        let elsewhere = super::tests::folder(&["b.txt"]);
        let at = |name: &str| folder.path().join(name);
        symlink(elsewhere.path(), at("link")).expect("a link can be made");
        symlink(elsewhere.path().join("b.txt"), at("c.txt")).expect("a link can be made");
        let walk = walk(&[folder.path().to_owned()]);
        assert_eq!(names(&walk), ["a.txt", "c.txt"]);
        let [passed] = walk.passed_over.as_slice() else {
            panic!("{:?}", walk.passed_over);
        };
        let (paths, why) = passed.folders.as_ref().expect("it is a folder");
        assert_eq!(paths, &[at("link").to_string_lossy()]);
        assert_eq!(passed.count, 1);
        let why = why.in_language(crate::language::Language::English);
        assert!(why.contains("not followed"), "{why}");
    }

    #[test]
    fn catalogs_are_found_in_every_folder_and_beside_a_file() {
        let folder = folder(&["a.txt", "x/b.txt", "x/catalog.toml", "catalog.toml"]);
        let at = |name: &str| folder.path().join(name);
        let whose = |paths: &[PathBuf]| -> Vec<(PathBuf, Whose)> {
            let catalogs = walk(paths).catalogs.into_iter();
            catalogs.map(|beside| (beside.path, beside.whose)).collect()
        };
        let (own, below) = (at("catalog.toml"), at("x/catalog.toml"));
        let all = [(own.clone(), Whose::Named), (below.clone(), Whose::Below)];
        assert_eq!(whose(&[folder.path().to_owned()]), all);
        assert_eq!(whose(&[at("x/b.txt")]), [(below.clone(), Whose::OfFiles)]);
        assert_eq!(whose(&[at("x/b.txt"), at("x")]), [(below, Whose::Named)]);
        assert_eq!(whose(&[own]), []);
    }

    #[test]
    fn a_name_is_one_line() {
        let folder = folder(&["a\nb.txt"]);
        let walk = walk(&[folder.path().to_owned()]);
        assert_eq!(names(&walk), ["a b.txt"]);
        assert!(walk.found[0].path.exists());
    }

    #[test]
    fn a_path_that_is_not_there_is_wrong() {
        let folder = folder(&[]);
        let walk = walk(&[folder.path().join("none")]);
        assert_eq!(walk.wrong.len(), 1);
    }
}
