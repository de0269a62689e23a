//! The house stands: what each floor may not know, held by reading the sources.

mod arrows;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use arrows::Arrows;

/// One source file of the program.
struct Source {
    /// Its path below `src`, with `/`.
    path: String,
    text: String,
    /// Its code without comments, tests and white space.
    code: String,
}

impl Source {
    /// Whether it belongs to a floor: `search` is search.rs and search/*.
    fn is_on(&self, floor: &str) -> bool {
        self.path == format!("{floor}.rs") || self.path.starts_with(&format!("{floor}/"))
    }

    /// Whether the code names something that begins with `path`, such as
    /// `std::fs`, also out of a list: `use std::{fmt, fs}`.
    fn names(&self, path: &str) -> bool {
        let direct = self.code.match_indices(path).any(|(at, _)| {
            let before = self.code[..at].chars().next_back();
            let after = self.code[at + path.len()..].chars().next();
            let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
            !part(before.filter(|_| !self.code[..at].ends_with("use"))) && !part(after)
        });
        direct || self.lists(path)
    }

    fn lists(&self, path: &str) -> bool {
        let Some((parent, name)) = path.rsplit_once("::") else {
            return false;
        };
        let opening = format!("use{parent}::{{");
        self.code.match_indices(&opening).any(|(at, _)| {
            let list = &self.code[at + opening.len()..];
            let list = list.split_once(';').map_or(list, |(list, _)| list);
            let words = list.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.into_iter().any(|word| word == name)
        })
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    assert!(paths.len() > 10, "the sources were found");
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source is UTF-8");
        let below = path
            .strip_prefix(&root)
            .expect("it was found below the root");
        Source {
            path: below.to_string_lossy().replace('\\', "/"),
            code: code(&text),
            text,
        }
    };
    paths.into_iter().map(read).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("the sources can be listed").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|end| end == "rs") {
            paths.push(path);
        }
    }
}

/// The lines before the tests that are no comments, run together.
fn code(text: &str) -> String {
    let product = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let lines = product.lines().map(str::trim_start);
    let code = lines.filter(|line| !line.starts_with("//"));
    code.flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// No file of these floors names any of these paths.
#[track_caller]
fn absent(floors: &[&str], paths: &[&str]) {
    for source in sources() {
        if floors.iter().any(|floor| source.is_on(floor)) {
            for path in paths {
                assert!(!source.names(path), "{} names {path}", source.path);
            }
        }
    }
}

/// Only files below one of these paths name this one.
#[track_caller]
fn only_in(doors: &[&str], path: &str) {
    for source in sources() {
        let door = doors.iter().any(|door| source.path.starts_with(door));
        assert!(door || !source.names(path), "{} names {path}", source.path);
    }
}

const CORE: [&str; 21] = [
    "text",
    "formats",
    "case",
    "seeds",
    "corpus",
    "search",
    "typeset",
    "app",
    "figures",
    "first_catalog",
    "follow",
    "evidence",
    "related",
    "lineage",
    "compare",
    "stats",
    "jury",
    "compile",
    "paper",
    "guide",
    "show",
];

/// Every module of the library, from the bottom up; each may use those before it.
const FLOORS: [&str; 43] = [
    "threads",
    "text",
    "key",
    "nearest",
    "background",
    "draft",
    "file_lock",
    "language",
    "guide",
    "config",
    "show",
    "formats",
    "case",
    "store",
    "corpus",
    "seeds",
    "search",
    "typeset",
    "facets",
    "topics",
    "figures",
    "evidence",
    "related",
    "lineage",
    "compare",
    "stats",
    "cite",
    "record",
    "export",
    "import",
    "follow",
    "paper",
    "first_catalog",
    "compile",
    "jury",
    "round",
    "library",
    "app",
    "ui",
    "tui",
    "plain",
    "cli",
    "explore",
];

#[test]
fn every_module_has_its_floor() {
    let arrows = arrows();
    let modules: BTreeSet<&str> = arrows
        .modules()
        .filter_map(|module| module.first())
        .map(String::as_str)
        .collect();
    assert_eq!(modules, BTreeSet::from(FLOORS));
}

#[test]
fn no_floor_uses_one_above_it() {
    let floor = |module: &[String]| {
        let name = module.first()?;
        FLOORS.iter().position(|known| known == name)
    };
    let wrong: Vec<String> = arrows()
        .all()
        .into_iter()
        .filter(|arrow| floor(&arrow.from) < floor(&arrow.to) && floor(&arrow.from).is_some())
        .map(|arrow| arrow.to_string())
        .collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn the_core_knows_no_files_no_clock_and_no_environment() {
    absent(
        &CORE,
        &[
            "std::fs",
            "std::env",
            "std::time",
            "std::net",
            "std::process",
        ],
    );
}

#[test]
fn the_core_prints_nothing() {
    absent(
        &CORE,
        &["println!", "eprintln!", "print!", "eprint!", "std::io"],
    );
}

#[test]
fn ratatui_lives_in_ui_and_tui() {
    only_in(&["ui.rs", "ui/", "tui.rs", "tui/"], "ratatui");
}

#[test]
fn crossterm_lives_in_tui() {
    only_in(&["tui.rs", "tui/"], "crossterm");
}

#[test]
fn one_door_for_each_foreign_idea() {
    only_in(&["text/width.rs"], "unicode_width");
    only_in(&["search/"], "nucleo");
    only_in(&["store", "config"], "directories");
    only_in(&["cli"], "clap");
}

#[test]
fn nothing_is_unsafe() {
    for source in sources() {
        assert!(!source.names("unsafe"), "{}", source.path);
        if ["lib.rs", "main.rs"].contains(&source.path.as_str()) {
            assert!(
                source.code.contains("#![forbid(unsafe_code)]"),
                "{}",
                source.path
            );
        }
    }
}

#[test]
fn nothing_is_unfinished() {
    for source in sources() {
        for word in ["todo!", "unimplemented!", "dbg!"] {
            assert!(!source.names(word), "{} has {word}", source.path);
        }
        // Put together here, so that this file does not have them either.
        for word in [["FIX", "ME"].concat(), ["TO", "DO"].concat()] {
            assert!(!source.text.contains(&word), "{} has {word}", source.path);
        }
    }
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    for source in sources() {
        assert!(source.text.starts_with("//! "), "{}", source.path);
    }
}

#[test]
fn no_text_holds_what_the_gate_denies() {
    for source in sources() {
        let denied = source.text.chars().find(|&c| anli::text::gate::denied(c));
        assert_eq!(denied, None, "{}", source.path);
    }
}

/// The modules of the search, by their names, without the page of the module itself.
fn of_search() -> Vec<(String, Source)> {
    let modules = sources().into_iter().filter_map(|source| {
        let name = source.path.strip_prefix("search/")?.strip_suffix(".rs")?;
        Some((name.replace('/', "::"), source))
    });
    modules.collect()
}

/// Whether a module names another, at whichever depth it lies. A module may take from its
/// own parts what it gives on.
fn takes_from(module: &(String, Source), other: &str) -> bool {
    let (name, source) = module;
    let parent = name.rsplit_once("::").map_or("", |(parent, _)| parent);
    let (above, last) = other.rsplit_once("::").unwrap_or(("", other));
    let is_part = above == name || parent == other && above.is_empty();
    let by_super = above == parent && source.names(&format!("super::{last}"));
    !is_part && name != other && (by_super || source.names(&format!("crate::search::{other}")))
}

#[test]
fn no_circle_of_files_is_in_the_search() {
    let mut modules = of_search();
    assert!(modules.len() > 20, "the modules were found");
    // What takes from nothing that is left is taken out, until nothing is left.
    loop {
        let names: Vec<String> = modules.iter().map(|(name, _)| name.clone()).collect();
        let before = modules.len();
        modules.retain(|module| names.iter().any(|other| takes_from(module, other)));
        if modules.len() == before {
            assert_eq!(names, [""; 0], "these take from one another");
            return;
        }
    }
}

#[test]
fn no_thread_of_the_search_is_started_but_by_the_worker() {
    only_in_search(&["worker"], "std::thread");
    only_in_search(&[], "std::sync::Mutex");
}

#[track_caller]
fn only_in_search(doors: &[&str], path: &str) {
    for (name, source) in of_search() {
        assert!(
            doors.contains(&&*name) || !source.names(path),
            "{name} names {path}"
        );
    }
}

/// The most lines of code, types and chosen numbers that the search may have, without tests,
/// comments and blank lines. Whoever adds some looks for what they make superfluous.
const MOST_OF_SEARCH: [usize; 3] = [5_590, 74, 23];

#[test]
fn the_search_is_no_larger_than_one_reader_can_carry() {
    let page = sources()
        .into_iter()
        .filter(|source| source.path == "search.rs");
    let sources = of_search().into_iter().map(|(_, source)| source);
    let mut counts = [0; 3];
    for source in sources.chain(page) {
        let product = source.text.split("#[cfg(test)]\nmod ").next();
        for line in product.unwrap_or_default().lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let is_public = words.first().is_some_and(|word| word.starts_with("pub"));
            let item = words.get(usize::from(is_public)).copied();
            let value = line
                .split_once(" = ")
                .map(|(_, value)| value.trim_end_matches(';'));
            let is_number = |value: &str| value.chars().all(|c| c.is_ascii_digit() || c == '_');
            counts[0] += usize::from(!words.is_empty() && !words[0].starts_with("//"));
            counts[1] += usize::from(matches!(item, Some("struct" | "enum")));
            counts[2] += usize::from(item == Some("const") && value.is_some_and(is_number));
        }
    }
    let fits = counts
        .iter()
        .zip(MOST_OF_SEARCH)
        .all(|(count, most)| *count <= most);
    assert!(fits, "lines, types, numbers: {counts:?}");
}

fn arrows() -> Arrows {
    let sources = sources();
    let library = sources.iter().filter(|source| source.path != "main.rs");
    Arrows::read(library.map(|source| (source.path.as_str(), source.text.as_str())))
}

#[test]
fn no_circle_of_files_and_none_of_folders() {
    let arrows = arrows();
    let mut report = String::new();
    for parent in arrows.parents() {
        for circle in arrows.circles_below(&parent) {
            report += "a circle:\n";
            for arrow in circle {
                report += &format!("  {arrow}\n");
            }
        }
    }
    assert_eq!(report, "");
}

/// The names that a module takes from others, as arrows.
#[track_caller]
fn takes_nothing_from(module: &str, others: &[&str]) {
    let wrong: Vec<String> = arrows()
        .all()
        .into_iter()
        .filter(|arrow| arrow.from.first().is_some_and(|name| name == module))
        .filter(|arrow| {
            arrow
                .to
                .first()
                .is_some_and(|name| others.contains(&name.as_str()))
        })
        .map(|arrow| arrow.to_string())
        .collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn the_terminal_knows_neither_the_application_nor_its_drawing() {
    takes_nothing_from("tui", &["app", "ui"]);
}

#[test]
fn the_readers_know_no_document_by_its_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).expect("the seeds are there") {
        let name = entry
            .expect("the seeds can be listed")
            .file_name()
            .into_string()
            .expect("their names are UTF-8");
        if let Some((_, hash)) = name
            .strip_suffix(".txt")
            .and_then(|stem| stem.split_once('_'))
        {
            names.push(hash.to_owned());
        }
    }
    assert_eq!(names.len(), 5);
    for source in sources().iter().filter(|source| source.is_on("seeds")) {
        for name in &names {
            // The page of the floor embeds the documents.
            let may_name = source.path == "seeds.rs";
            assert!(may_name || !source.code.contains(name), "{}", source.path);
        }
    }
}

/// Where threads are started, or a thread sleeps.
const THREADS: [&str; 13] = [
    "draft.rs",
    "explore.rs",
    "explore/copy.rs",
    "explore/keeper.rs",
    "explore/loading.rs",
    "explore/round.rs",
    "file_lock.rs",
    "library.rs",
    "search/worker.rs",
    "threads.rs",
    "tui/clipboard/ways.rs",
    "tui/listen.rs",
    "tui/terminal.rs",
];

#[test]
fn threads_are_started_and_awaited_in_known_places_alone() {
    for source in sources() {
        let known = THREADS.contains(&source.path.as_str());
        assert!(known || !source.names("std::thread"), "{}", source.path);
    }
}

#[test]
fn the_shell_writes_no_field_of_the_application() {
    for source in sources().iter().filter(|source| source.is_on("explore")) {
        for (at, _) in source.code.match_indices("app.") {
            let rest = &source.code[at..];
            let path = rest.find(|c: char| !c.is_alphanumeric() && !"._".contains(c));
            let after = path.map_or("", |end| &rest[end..]);
            let writes = ["+=", "-=", "|=", "&="]
                .iter()
                .any(|sign| after.starts_with(sign))
                || after.starts_with('=') && !after.starts_with("==") && !after.starts_with("=>");
            assert!(!writes, "{}: {}", source.path, &rest[..rest.len().min(40)]);
        }
    }
}

#[test]
fn the_application_has_at_most_twelve_fields() {
    let app = sources().into_iter().find(|source| source.path == "app.rs");
    let code = app.expect("it is there").code;
    let (_, fields) = code
        .split_once("pubstructApp{")
        .expect("it is declared there");
    let (fields, _) = fields.split_once('}').expect("it ends");
    let count = fields
        .split(',')
        .filter(|field| field.contains(':'))
        .count();
    assert!(count <= 12, "{count} fields: {fields}");
}
