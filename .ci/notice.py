#!/usr/bin/env python3
"""Prints the licences of everything that the binary is made from: each crate with its
version, its licence and where it is to be had, and each licence text once, with the
crates that it came with.

    python3 .ci/notice.py TARGET
"""

import json
import pathlib
import subprocess
import sys

# What the binary is linked from, and the crates whose tables build.rs puts into it.
LINKED = ["-e", "normal,no-proc-macro"]
TABLES = ["-e", "build", "--depth", "1"]
TEXTS = ("LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE")


def cargo(*arguments):
    """What a call of cargo prints."""
    return subprocess.run(
        ["cargo", *arguments], check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def carried(target):
    """The names and versions of the crates in the binary, without anli itself."""
    names = set()
    for edges in (LINKED, TABLES):
        tree = cargo("tree", "--locked", "--target", target, "--prefix", "none", *edges)
        for line in tree.splitlines():
            name, version = line.split()[:2]
            names.add((name, version.removeprefix("v")))
    return {pair for pair in names if pair[0] != "anli"}


def texts(package):
    """The licence texts that a crate was published with."""
    folder = pathlib.Path(package["manifest_path"]).parent
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name.upper().startswith(TEXTS)
        and path.suffix.lower() not in (".rs", ".toml", ".html")
    )
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        lines = [line.rstrip() for line in text.splitlines()]
        yield "\n".join(lines).strip("\n")


def main(target):
    wanted = carried(target)
    metadata = json.loads(
        cargo("metadata", "--locked", "--format-version", "1", "--filter-platform", target)
    )
    packages = [
        package
        for package in metadata["packages"]
        if (package["name"], package["version"]) in wanted
    ]
    packages.sort(key=lambda package: (package["name"], package["version"]))
    if len(packages) != len(wanted):
        sys.exit("cargo metadata and cargo tree name different crates")

    print("Works by others in the binary of anli")
    print("=====================================\n")
    print("Source code of each: https://crates.io/crates/NAME/VERSION\n")
    sharers = {}
    for package in packages:
        name = f"{package['name']} {package['version']}"
        found = list(texts(package))
        missing = "" if found else "; published without the text of its licence"
        authors = ", ".join(package["authors"])
        by = f", by {authors}" if authors and not found else ""
        print(f"- {name}: {package['license']}{by}{missing}")
        for text in found:
            sharers.setdefault(text, []).append(name)
    print("- The Rust standard library: MIT OR Apache-2.0, by the Rust project contributors")
    for text, names in sharers.items():
        names = list(dict.fromkeys(names))
        print(f"\n{'-' * 72}\n{', '.join(names)}:\n\n{text}")


if __name__ == "__main__":
    main(*sys.argv[1:])
