//! The JSON that tools rely on: one object a line, keys in a stable order and
//! never renamed. `schema/case.schema.json` describes it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::record::CaseRecord;
use crate::text::gate;

/// One case that a search found: the case's own keys, then these. The order of
/// the fields is the order of the keys.
#[derive(Debug, Serialize)]
pub struct FoundObject<'a> {
    #[serde(flatten)]
    pub case: CaseRecord<'a>,
    /// From 1, best first.
    pub rank: usize,
    /// `exact`, `pinyin`, `near`, `homophone`, `scattered` or `suggested`; the last three
    /// are guesses.
    pub group: &'static str,
    /// The query that was asked instead, with `suggested`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Where the query was found, best field first; words far apart in one paragraph are
    /// separate matches.
    pub matches: Vec<MatchObject>,
}

/// One place where a query was found.
#[derive(Debug, Serialize)]
pub struct MatchObject {
    /// `title`, `org`, `heading` or `text`.
    pub field: &'static str,
    /// The title, org or heading; for running text, the text around the match.
    pub text: String,
}

/// Writes one object without a line break, as UTF-8. Only characters that a
/// terminal must not see are escaped, so that the text read back is the text.
///
/// # Errors
///
/// If `sink` cannot be written.
pub fn write(sink: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(sink, Guarded);
    Ok(object.serialize(&mut serializer)?)
}

/// Compact JSON that escapes what the gate denies.
struct Guarded;

impl Formatter for Guarded {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|&(_, c)| gate::denied(c)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes, &text).expect("a vector takes everything");
        String::from_utf8(bytes).expect("JSON is UTF-8")
    }

    #[test]
    fn chinese_is_not_escaped() {
        assert_eq!(written("“五王”大赛　——创新"), "\"“五王”大赛　——创新\"");
    }

    #[test]
    fn what_a_terminal_must_not_see_is_escaped() {
        assert_eq!(written("\u{1b}[2J"), r#""\u001b[2J""#);
        assert_eq!(written("\u{9b}2J\u{7f}"), r#""\u009b2J\u007f""#);
        assert_eq!(written("a\u{202e}b\u{E0041}"), r#""a\u202eb\udb40\udc41""#);
        assert_eq!(written("\"\\\n\t"), r#""\"\\\n\t""#);
    }

    #[test]
    fn what_was_written_is_read_back() {
        let all: String = ('\0'..=char::MAX).collect();
        let read: String = serde_json::from_str(&written(&all)).expect("it is JSON");
        assert!(read == all);
    }
}
