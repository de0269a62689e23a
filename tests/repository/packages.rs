//! What a release is made of: the files of the packages are there, the version is said
//! everywhere, and the workflows call the scripts that the project is checked and
//! released with.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::program::anli;
use toml::Table;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where the release script leaves the files that it makes for the packages.
const STAGED: &str = "target/staged";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[track_caller]
fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn package() -> Table {
    let manifest: Table = read("Cargo.toml").parse().expect("cargo read it");
    manifest["package"].as_table().expect("a table").clone()
}

/// The files of the package for Debian: where each is taken from, and its folder there.
fn assets() -> Vec<(String, String)> {
    let package = package();
    let assets = package["metadata"]["deb"]["assets"].as_array();
    let word = |asset: &toml::Value, at: usize| asset[at].as_str().expect("a path").to_owned();
    let assets = assets.expect("a list").iter();
    assets
        .map(|asset| (word(asset, 0), word(asset, 1)))
        .collect()
}

/// The program makes man pages and completions as the release script asks for them.
#[test]
fn every_file_of_the_package_is_there_or_is_made() {
    let staged = tempfile::tempdir().expect("a folder can be made");
    let folder = |name: &str| staged.path().join(name).display().to_string();
    let call = |words: &[&str], into: &str| {
        let made = anli(words.iter().chain(&["--install", "--dir", into]));
        assert_eq!(made.code, 0, "{words:?}: {}{}", made.stdout, made.stderr);
    };
    call(&["man"], &folder("man"));
    for shell in ["bash", "zsh", "fish"] {
        let into = folder(&format!("completions/{shell}"));
        call(&["completions", shell], &into);
    }
    fs::write(staged.path().join("THIRD-PARTY"), "").expect("it can be written");

    for (source, _) in assets() {
        let file = match source.strip_prefix(&format!("{STAGED}/")) {
            Some(below) => staged.path().join(below),
            None if source == "target/release/anli" => continue,
            None => root().join(&source),
        };
        assert!(file.is_file(), "{source}");
    }
}

#[test]
fn the_package_has_program_man_pages_completions_and_licences() {
    let installed: Vec<String> = assets()
        .into_iter()
        .map(|(source, folder)| format!("{folder}{}", source.rsplit('/').next().unwrap_or("")))
        .collect();
    for file in [
        "usr/bin/anli",
        "usr/share/man/man1/anli.1",
        "usr/share/man/zh_CN/man1/anli.1",
        "usr/share/bash-completion/completions/anli",
        "usr/share/zsh/vendor-completions/_anli",
        "usr/share/fish/vendor_completions.d/anli.fish",
        "usr/share/doc/anli/LICENSE-MIT",
        "usr/share/doc/anli/LICENSE-APACHE",
        "usr/share/doc/anli/NOTICE",
        "usr/share/doc/anli/THIRD-PARTY",
    ] {
        assert!(installed.iter().any(|there| there == file), "{file}");
    }
}

#[test]
fn scripts_and_workflows_go_together() {
    for (workflow, script) in [("ci.yml", ".ci/run"), ("release.yml", ".ci/release")] {
        let workflow = read(&format!(".github/workflows/{workflow}"));
        assert!(workflow.contains(&format!("- run: bash {script}\n")));
        let mode = fs::metadata(root().join(script)).expect("the script is there");
        assert!(
            mode.permissions().mode() & 0o100 != 0,
            "{script} can be run"
        );
        let toolchain = format!("rustup toolchain install {} ", rust());
        assert!(workflow.contains(&toolchain), "{toolchain}: {workflow}");
    }
    let release = read(".github/workflows/release.yml");
    assert!(release.contains("target/dist/*"), "{release}");
    let script = read(".ci/release");
    for folder in ["$root/target/dist", "$root/target/staged"] {
        assert!(script.contains(folder), "{folder}");
    }
}

/// The oldest version of Rust that builds the program, as Cargo.toml says.
fn rust() -> String {
    let package = package();
    package["rust-version"]
        .as_str()
        .expect("a version")
        .to_owned()
}

#[test]
fn the_front_pages_name_the_files_of_this_version_and_the_oldest_rust() {
    for name in ["README.md", "README.zh-CN.md"] {
        let page = read(name);
        for said in [
            format!("anli_{VERSION}-1_amd64.deb"),
            format!("anli-{VERSION}-x86_64-linux.tar.gz"),
            format!("[Rust](https://rustup.rs) {} ", rust()),
            "cargo install --locked --path .".to_owned(),
            "(RELEASING.md)".to_owned(),
        ] {
            assert!(page.contains(&said), "{name}: {said}");
        }
    }
}

#[test]
fn the_changes_of_a_version_stand_by_kind() {
    for version in read("CHANGELOG.md").split("\n## ").skip(1) {
        let kinds: Vec<&str> = version
            .lines()
            .filter_map(|line| line.strip_prefix("### "))
            .collect();
        let mut known = ["New", "Changed", "Fixed"].into_iter();
        // Each once, in this order.
        let in_order = kinds.iter().all(|kind| known.any(|next| next == *kind));
        assert!(in_order && !kinds.is_empty(), "{version}: {kinds:?}");
    }
}

/// Whether a day is written as 2026-11-30.
fn is_day(text: &str) -> bool {
    text.chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .eq("0000-00-00".chars())
}

#[test]
fn the_changes_of_this_version_are_written_down() {
    let changes = read("CHANGELOG.md");
    let versions: Vec<&str> = changes
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    let released = versions.into_iter().filter(|&name| name != "Unreleased");
    let mut newest = None;
    for version in released {
        let parts = version
            .strip_suffix(')')
            .and_then(|name| name.split_once(" ("));
        let (number, day) = parts.unwrap_or_else(|| panic!("{version} has its day in brackets"));
        assert!(is_day(day), "{version}");
        newest = newest.or(Some(number));
    }
    assert_eq!(newest, Some(VERSION));
}
