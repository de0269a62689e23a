#!/usr/bin/env bash
# Lists what is public and used by nobody. Every module of the library is public, since
# tests and benchmarks reach into it, so the compiler never calls anything dead. Here
# the program is compiled as one binary whose modules are private: what is dead then, and is not
# named in any test, benchmark, example or fuzz target either, is listed, and is an
# error.
set -euo pipefail
cd "$(dirname "$0")/.."

whole=target/whole
rm -rf "$whole"
mkdir -p "$whole"
cp -r Cargo.toml Cargo.lock build.rs build docs seeds src "$whole"
find . -maxdepth 1 -name '*.md' -exec cp {} "$whole" \;
# The library's page becomes the root of the binary.
sed 's/^pub mod/mod/' src/lib.rs >"$whole/src/main.rs"
sed -n '/^use/,$p' src/main.rs | sed 's/anli:://g' >>"$whole/src/main.rs"
rm "$whole/src/lib.rs"
# Benchmarks are not copied.
sed -i '/^\[\[bench\]\]/,/^$/d' "$whole/Cargo.toml"

cargo check --quiet --manifest-path "$whole/Cargo.toml" --target-dir target \
    --message-format short 2>"$whole/messages" || { cat "$whole/messages"; exit 1; }

found=0
while IFS= read -r message; do
    for name in $(grep -oE "\`([a-z_]+::)?[A-Za-z_0-9]+( as [a-z_]+)?\`" <<<"${message#*warning:}" | tr -d '`'); do
        if ! grep -rqwE "$name" tests benches examples fuzz/src --include='*.rs'; then
            echo "unused: $name (${message%%: warning*})"
            found=1
        fi
    done
done < <(grep -E 'never (used|read|constructed)|unused imports?' "$whole/messages")
exit "$found"
