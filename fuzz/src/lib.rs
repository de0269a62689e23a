//! What must hold for any input at all, one module for each way in.
//!
//! Every `check` takes bytes and panics where a promise is broken. The fuzz
//! targets call it with what the fuzzer thinks of, `tests/robust` with the
//! seeds and a bounded number of mixtures of them.

pub mod catalog;
pub mod formats;
pub mod import;
pub mod keys;
pub mod page;
pub mod query;
pub mod reader;
pub mod round;
pub mod settings;
pub mod state;
pub mod wrapper;

use anli::text::CharSpan;
use anli::text::marks::{JOINER, joins_emoji};

/// A text without the joiners that keep emoji together, which alone are let through.
fn without_joined(text: &str) -> String {
    let joins = |at: usize| joins_emoji(&text[..at], &text[at + JOINER.len_utf8()..]);
    let chars = text.char_indices();
    let left = chars.filter(|&(at, c)| c != JOINER || !joins(at));
    left.map(|(_, c)| c).collect()
}

/// The bytes as text, as a lenient program would take them.
fn text_of(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// The first byte, for a choice that is no text, and the rest.
fn choice(data: &[u8]) -> (u8, &[u8]) {
    match data {
        [first, rest @ ..] => (*first, rest),
        [] => (0, data),
    }
}

/// Spans stand in order, none in another, none empty, all inside a text of so
/// many characters.
#[track_caller]
fn check_spans(spans: &[CharSpan], characters: usize, what: &str) {
    let mut end = 0;
    for span in spans {
        assert!(
            end <= span.start && span.start < span.end,
            "{what}: {spans:?}"
        );
        end = span.end;
    }
    assert!(
        end as usize <= characters,
        "{what}: {spans:?} of {characters}"
    );
}
