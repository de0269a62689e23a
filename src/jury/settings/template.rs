//! The settings file that a new round begins with.

use super::fingerprint;

/// The settings file of a new round, with every setting and what it does, and a table
/// for every juror. `now` is in microseconds since 1970; it gives the round an id of
/// its own.
pub fn template(name: &str, library: &str, jurors: &[&str], now: u64) -> String {
    let id = fingerprint(format!("{now}\t{name}\t{library}").as_bytes());
    // A JSON string is a TOML string as well.
    let quote = |text: &str| serde_json::Value::from(text).to_string();
    let table = |name: &&str| format!("\n[[juror]]\nname = {}\n", quote(name));
    let jurors: String = jurors.iter().map(table).collect();
    let head = TEMPLATE
        .replace("{id}", &id)
        .replace("{name}", &quote(name))
        .replace("{library}", &quote(library));
    head + &jurors
}

const TEMPLATE: &str = include_str!("template.toml");
