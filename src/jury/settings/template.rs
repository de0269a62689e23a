//! The settings file that a new round begins with.

use super::fingerprint;

/// The settings file of a new round, with every setting and what it does. `now` is
/// in microseconds since 1970; it gives the round an id of its own.
pub fn template(name: &str, library: &str, now: u64) -> String {
    let id = fingerprint(format!("{now}\t{name}\t{library}").as_bytes());
    // A JSON string is a TOML string as well.
    let quote = |text: &str| serde_json::Value::from(text).to_string();
    TEMPLATE
        .replace("{id}", &id)
        .replace("{name}", &quote(name))
        .replace("{library}", &quote(library))
}

const TEMPLATE: &str = include_str!("template.toml");
