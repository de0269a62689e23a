//! The bodies of the fuzz targets, run over their seeds and over a bounded
//! number of mixtures of these.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;

use super::any_input;

/// The seeds of a target, by name.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(target);
    let entries = fs::read_dir(folder).expect("every target has a folder of seeds");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths
        .iter()
        .map(|path| fs::read(path).expect("it can be read"))
        .collect();
    assert!(!seeds.is_empty(), "{target} has seeds");
    seeds
}

/// A piece of an input.
#[derive(Clone, Debug)]
enum Piece {
    /// A run of a seed.
    Seed(Index, Index, Index),
    /// A whole line of a seed.
    Line(Index, Index),
    Text(String),
    Byte(u8),
}

impl Piece {
    fn add_to(&self, input: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        match self {
            Self::Seed(seed, one, other) => {
                let seed = seed.get(seeds);
                let (one, other) = (one.index(seed.len() + 1), other.index(seed.len() + 1));
                input.extend(&seed[one.min(other)..one.max(other)]);
            }
            Self::Line(seed, line) => {
                let lines: Vec<&[u8]> = seed.get(seeds).split_inclusive(|&b| b == b'\n').collect();
                if !lines.is_empty() {
                    input.extend(*line.get(&lines));
                }
            }
            Self::Text(text) => input.extend(text.bytes()),
            Self::Byte(byte) => input.push(*byte),
        }
    }
}

/// What is likely to break something: ends and middles of characters, controls,
/// what combines, what opens and does not close.
const SHARP: [&str; 36] = [
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    " ",
    "\u{3000}",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "\x1b",
    "\x1b[",
    "\x1b[200~",
    "e\u{301}",
    "\u{301}",
    "葛\u{E0100}",
    "👩\u{200D}👧",
    "ｶﾞ",
    "\u{1100}\u{1161}",
    "\u{3164}",
    "𠀀",
    "(",
    "）",
    "\"",
    "“",
    "「",
    "'",
    ":",
    "：",
    "|",
    "-",
    "=",
    "[",
];

fn piece() -> impl Strategy<Value = Piece> {
    let index = any::<Index>;
    prop_oneof![
        4 => (index(), index(), index()).prop_map(|(seed, one, other)| Piece::Seed(seed, one, other)),
        4 => (index(), index()).prop_map(|(seed, line)| Piece::Line(seed, line)),
        3 => prop::sample::select(&SHARP[..]).prop_map(|text| Piece::Text(text.to_owned())),
        1 => any::<String>().prop_map(Piece::Text),
        1 => any::<u8>().prop_map(Piece::Byte),
    ]
}

/// A fuzz target, as the ordinary tests run it.
struct Target {
    name: &'static str,
    check: fn(&[u8]),
    /// How many mixtures of seeds are tried.
    mixtures: u32,
    /// Of at most so many pieces.
    pieces: usize,
}

const TARGETS: [Target; 11] = [
    target("reader", any_input::reader::check, 300, 12),
    target("formats", any_input::formats::check, 300, 8),
    target("catalog", any_input::catalog::check, 300, 8),
    target("query", any_input::query::check, 250, 6),
    target("wrapper", any_input::wrapper::check, 1000, 10),
    target("page", any_input::page::check, 400, 10),
    target("settings", any_input::settings::check, 1000, 10),
    target("state", any_input::state::check, 300, 6),
    target("import", any_input::import::check, 300, 6),
    target("round", any_input::round::check, 150, 8),
    target("keys", any_input::keys::check, 2000, 8),
];

const fn target(name: &'static str, check: fn(&[u8]), mixtures: u32, pieces: usize) -> Target {
    Target {
        name,
        check,
        mixtures,
        pieces,
    }
}

/// Checks the seeds of a target, then mixtures of them.
fn check_all(name: &str) {
    let found = TARGETS.iter().find(|target| target.name == name);
    let &Target {
        check,
        mixtures,
        pieces,
        ..
    } = found.expect("it is one of the targets");
    let seeds = seeds(name);
    for seed in &seeds {
        check(seed);
        // Cut off anywhere, as a file on a full disk is.
        for cut in [seed.len() / 2, seed.len().saturating_sub(1)] {
            check(&seed[..cut]);
        }
    }
    let default = ProptestConfig::default();
    let config = ProptestConfig {
        // PROPTEST_CASES asks for more.
        cases: std::env::var("PROPTEST_CASES").map_or(mixtures, |_| default.cases),
        failure_persistence: None,
        ..default
    };
    let pieces = prop::collection::vec(piece(), 0..pieces);
    proptest!(config, |(pieces in pieces)| {
        let mut input = Vec::new();
        for piece in &pieces {
            piece.add_to(&mut input, &seeds);
        }
        check(&input);
    });
}

#[test]
fn any_document_becomes_cases() {
    check_all("reader");
}

#[test]
fn any_file_is_refused_or_becomes_cases() {
    check_all("formats");
}

#[test]
fn any_catalog_is_one_or_a_list_of_mistakes() {
    check_all("catalog");
}

#[test]
fn any_query_is_answered_and_marked() {
    check_all("query");
}

#[test]
fn any_paragraph_is_broken_into_rows_that_fit() {
    check_all("wrapper");
}

#[test]
fn any_case_is_set_and_every_place_in_it_is_found_again() {
    check_all("page");
}

#[test]
fn any_settings_let_the_program_start() {
    check_all("settings");
}

#[test]
fn any_files_of_a_round_are_read_or_named() {
    check_all("round");
}

#[test]
fn any_file_with_marks_is_read_or_refused() {
    check_all("import");
}

#[test]
fn any_state_is_read_or_kept_aside() {
    check_all("state");
}

#[test]
fn any_bytes_from_a_terminal_are_keys_wherever_they_are_cut() {
    check_all("keys");
}

/// The names of what lies in a folder of the fuzz package, without extensions.
fn names(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz")
        .join(folder);
    let entries = fs::read_dir(folder).expect("the folder is there");
    let stem = |path: &Path| {
        let stem = path.file_stem().expect("a file has a name");
        stem.to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries
        .map(|entry| stem(&entry.expect("it can be listed").path()))
        .collect();
    names.sort();
    names
}

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz")
        .join(file);
    fs::read_to_string(path).expect("the file is there")
}

#[test]
fn every_fuzz_target_has_a_body_seeds_and_a_row_and_is_run_here() {
    let mut known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    known.sort();
    assert_eq!(names("fuzz_targets"), known);
    assert_eq!(names("seeds"), known);
    let (package, readme) = (read("Cargo.toml"), read("README.md"));
    assert_eq!(package.matches("[[bin]]").count(), known.len());
    for name in known {
        let path = format!("fuzz_targets/{name}.rs");
        let body = format!("anli_fuzz::{name}::check(data)");
        assert!(read(&path).contains(&body), "{path} calls {body}");
        let listed = format!("name = \"{name}\"\npath = \"{path}\"");
        assert!(package.contains(&listed), "{listed}");
        let row = format!("\n| `{name}` |");
        assert!(readme.contains(&row), "{row}");
        // The seeds are there, and each is read by its target: see above.
        assert!(seeds(name).iter().any(|seed| !seed.is_empty()), "{name}");
    }
}
