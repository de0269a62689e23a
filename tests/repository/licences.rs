//! What the program is built from: free licences only, from the registry only,
//! no native library.

use std::process::Command;

use serde_json::Value;

/// Licences under which a dependency may be used here. MPL-2.0 covers its own
/// files only, and those are used unchanged.
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[test]
fn every_dependency_has_a_licence_that_is_allowed() {
    let wrong: Vec<String> = packages()
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(allowed))
        .map(|package| format!("{}: {}", package["name"], package["license"]))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_dependency_comes_from_the_registry() {
    for package in packages() {
        let own = package["name"] == env!("CARGO_PKG_NAME");
        let source = package["source"].as_str();
        assert!(
            own || source.is_some_and(|source| source.starts_with("registry+")),
            "{package}"
        );
    }
}

/// One file copied to a server has to work there.
#[test]
fn no_dependency_links_a_native_library() {
    for package in packages() {
        // The registry's convention for crates that only reserve a version.
        let reserved = package["name"] == "rayon-core";
        assert!(
            reserved || package["links"].is_null(),
            "{}",
            package["name"]
        );
    }
}

#[test]
fn an_expression_is_allowed_when_one_of_its_choices_is() {
    assert!(allowed("MIT"));
    assert!(allowed("MIT/Apache-2.0"));
    assert!(allowed("GPL-3.0-only OR MIT"));
    assert!(allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(allowed("Apache-2.0 WITH LLVM-exception OR GPL-2.0-only"));
    assert!(!allowed("GPL-3.0-only"));
    assert!(!allowed("MIT AND GPL-3.0-only"));
    assert!(!allowed("(MIT OR Apache-2.0) AND LGPL-2.1-or-later"));
    assert!(!allowed("Apache-2.0 WITH Some-exception"));
    assert!(!allowed(""));
}

/// The packages that a build on this platform uses, tests and benches included.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--filter-platform", &host()])
        .output()
        .expect("cargo runs this test");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let packages = metadata["packages"]
        .as_array()
        .expect("there is a list of packages");
    assert!(packages.len() > 1, "the list is complete");
    packages.clone()
}

fn host() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or("rustc".into());
    let output = Command::new(rustc)
        .arg("-vV")
        .output()
        .expect("rustc built this test");
    let text = String::from_utf8(output.stdout).expect("rustc writes UTF-8");
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc names its host").to_owned()
}

/// Whether an SPDX expression leaves a choice of allowed licences; `/` is the
/// registry's old way to write OR.
fn allowed(expression: &str) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    !rest.is_empty() && any(&mut rest) && rest.is_empty()
}

fn any(rest: &mut &[&str]) -> bool {
    let mut allowed = all(rest);
    while eat(rest, "OR") {
        allowed |= all(rest);
    }
    allowed
}

fn all(rest: &mut &[&str]) -> bool {
    let mut allowed = one(rest);
    while eat(rest, "AND") {
        allowed &= one(rest);
    }
    allowed
}

fn one(rest: &mut &[&str]) -> bool {
    if eat(rest, "(") {
        let allowed = any(rest);
        return eat(rest, ")") && allowed;
    }
    let [name, after @ ..] = *rest else {
        return false;
    };
    *rest = after;
    match *rest {
        ["WITH", exception, after @ ..] => {
            *rest = after;
            ALLOWED.contains(&format!("{name} WITH {exception}").as_str())
        }
        _ => ALLOWED.contains(name),
    }
}

fn eat(rest: &mut &[&str], word: &str) -> bool {
    let found = rest.first() == Some(&word);
    if found {
        *rest = &rest[1..];
    }
    found
}
