#!/usr/bin/env bash
# Builds the package that crates.io would get from its own files alone, and lists what is public
# and used by nobody.
# Every module of the library is public, since tests and benchmarks reach into it, so the
# compiler never calls anything dead. Here the packed sources are compiled as one binary whose
# modules are private: what is dead then, and is not named in any test, unit tests too,
# benchmark, example or fuzz target either, is listed, and is an error. A file that the
# package lacks is an error as well. Generated tables are as they are.
set -euo pipefail
cd "$(dirname "$0")/.."

whole=target/whole
rm -rf "$whole" target/package/anli-*
mkdir -p "$whole"
cargo package --quiet --locked --no-verify --allow-dirty
tar --extract --gzip --file target/package/anli-*.crate --directory "$whole" --strip-components 1
# Cargo would compile it with all that it depends on once more, for a minute and a half; what it
# looks for, a file or a dependency that the package lacks, is found without machine code as well.
cargo check --quiet --locked --manifest-path "$whole/Cargo.toml" --target-dir target
# The library's page becomes the root of the binary.
sed 's/^pub mod/mod/' "$whole/src/lib.rs" >"$whole/src/root.rs"
sed -n '/^use/,$p' "$whole/src/main.rs" | sed 's/anli:://g' >>"$whole/src/root.rs"
mv "$whole/src/root.rs" "$whole/src/main.rs"
rm "$whole/src/lib.rs"
sed -i '/^\[lib\]/,/^$/d' "$whole/Cargo.toml"

# Everything that may name an item beside the program.
find src -name '*.rs' -exec sed --separate --quiet '/^#\[cfg(test)\]$/,$p' {} + >"$whole/others"
find tests benches examples fuzz/src -name '*.rs' -exec cat {} + >>"$whole/others"

cargo check --quiet --locked --manifest-path "$whole/Cargo.toml" --target-dir target \
    --message-format short 2>"$whole/messages" || { cat "$whole/messages"; exit 1; }

found=0
while IFS= read -r message; do
    # Of `a::b as c` the name is c.
    for name in $(grep -oE '`[^`]+`' <<<"${message#*warning:}" | tr -d '`' | sed 's/.* as //; s/.*:://'); do
        if ! grep -qwE "$name" "$whole/others"; then
            echo "unused: $name (${message%%: warning*})"
            found=1
        fi
    done
done < <(grep -E 'never (used|read|constructed)|unused imports?' "$whole/messages" | grep -v '/out/')
exit "$found"
