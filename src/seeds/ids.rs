//! Ids of cases: short, typeable, and made of the document's own name alone, so that
//! they stay what they are when other documents come or go.
//!
//! | file | ids |
//! |---|---|
//! | `2018.txt`, `汇编2018.txt` | `2018-1`; `k3f9x2ab-1`: letters and digits of the name, or a hash of it |
//! | `2018_a.txt`, `2018.html`, `A.txt`, `区/2018.txt` | `2018.k3f9x2ab-1`: what the name begins with, and a hash of it all |
//! | a built-in document | `000-1`: what its name begins with |
//!
//! Marks are kept under another name, which is made of what the document says; see
//! [`key_of`].

use std::collections::HashSet;

use super::reading::Findings;
use super::words::Oddity;
use crate::case::Document;

/// The first parts of ids that are taken.
#[derive(Debug, Default)]
pub(super) struct Ids {
    heads: HashSet<String>,
    /// Those that earlier versions gave.
    former: HashSet<String>,
}

impl Ids {
    /// The first part of the ids of a document's cases, which no other document of the
    /// library has. `is_built_in` documents are known, and need no hash.
    pub fn head(&mut self, name: &str, is_built_in: bool, reading: &mut Findings) -> String {
        let (short, is_all) = beginning(name);
        let plain = name.strip_suffix(".txt");
        let is_plain = plain.is_some_and(|stem| !stem.contains(|c: char| c.is_ascii_uppercase()));
        // The name without its end is the plain text's; all of it is another file's.
        let hash = match plain {
            Some(stem) => hash_digits(stem),
            None => hash_digits(&format!("/{name}")),
        };
        let is_all = is_all && is_plain;
        let mut head = match (short.is_empty(), is_all || is_built_in) {
            (true, _) => hash,
            (false, true) => short,
            (false, false) => format!("{short}.{hash}"),
        };
        if self.heads.contains(&head) {
            // Nothing but files of one name in several places.
            let short = head.clone();
            let mut salted = name.to_owned();
            while self.heads.contains(&head) {
                head = format!("{short}.{}", hash_digits(&salted));
                salted.push('.');
            }
            let taken = Oddity::TakenIds {
                short,
                head: head.clone(),
            };
            reading.warn(1, taken);
        }
        self.heads.insert(head.clone());
        head
    }

    /// The first part that versions before 0.2 gave: what the name begins with, or four
    /// digits of a hash, with another hash where that was taken.
    pub fn former_head(&mut self, name: &str) -> String {
        let (short, _) = beginning(name);
        let mut head = if short.is_empty() {
            former_hash(stem(name))
        } else {
            short
        };
        if self.former.contains(&head) {
            let short = head.clone();
            let mut salted = stem(name).to_owned();
            while self.former.contains(&head) {
                head = format!("{short}.{}", former_hash(&salted));
                salted.push('.');
            }
        }
        self.former.insert(head.clone());
        head
    }
}

/// The name under which marks on the cases of a document are kept, without the number of
/// the case: 16 hexadecimal digits of a hash of its text and, after a dot, a hash of
/// the place of its file, so that a copy has marks of its own.
pub(super) fn key_of(document: &Document) -> String {
    let text = document.raw(0..document.raw_len());
    // White space at line ends may change with a file's format.
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let bytes = lines.flat_map(|line| line.bytes().chain([b'\n']));
    let said = format!("{:016x}", fnv(bytes));
    match document.place.as_str() {
        "" => said,
        place => format!("{said}.{}", hash_digits(place)),
    }
}

/// What the key of a case of one's own documents is made of: what its document says, the
/// place of its file, empty where the key has none, and its number in the document.
/// `None` for other keys. Versions before 0.3 wrote none with a place.
pub fn parts_of_key(key: &str) -> Option<(&str, &str, u32)> {
    let (document, number) = key.rsplit_once('-')?;
    let (said, place) = document.split_once('.').unwrap_or((document, ""));
    let is_hash = said.len() == 16 && said.bytes().all(|b| b.is_ascii_hexdigit());
    Some((said, place, number.parse().ok()?)).filter(|_| is_hash)
}

fn stem(name: &str) -> &str {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() { name } else { stem }
}

/// The letters and digits with which a file name begins, and whether it has no others.
fn beginning(name: &str) -> (String, bool) {
    const LONGEST: usize = 24;
    let stem = stem(name);
    let end = stem
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(stem.len());
    let kept = end.min(LONGEST);
    (stem[..kept].to_ascii_lowercase(), kept == stem.len())
}

/// FNV-1a in 64 bits (Fowler, Noll, Vo).
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Eight digits of a text to the base 32: no letter looks like a digit (Crockford).
fn hash_digits(text: &str) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let hash = fnv(text.bytes());
    (0..8)
        .map(|at| char::from(DIGITS[(hash >> (5 * at)) as usize & 31]))
        .collect()
}

/// Four hexadecimal digits of a text: FNV-1a in 32 bits, folded to 16.
fn former_hash(text: &str) -> String {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("{:04x}", (hash >> 16) ^ (hash & 0xffff))
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::*;

    fn heads(names: &[&str], is_built_in: bool) -> Vec<String> {
        let mut ids = Ids::default();
        let mut reading = Findings::default();
        let heads = names
            .iter()
            .map(|name| ids.head(name, is_built_in, &mut reading));
        heads.collect()
    }

    #[test]
    fn an_id_begins_as_the_file_name_does() {
        let names = ["000_c8df632cfb2d134d.txt", "Qd2018.txt", "003"];
        assert_eq!(heads(&names, true), ["000", "qd2018", "003"]);
    }

    #[test]
    fn an_id_is_the_same_whatever_other_documents_come_and_go() {
        let names = [
            "2018_a.txt",
            "2018_b.txt",
            "汇编.txt",
            "文集.txt",
            "2018.txt",
            "2018.html",
            "2018.md",
            "2018",
            "a/2018.txt",
            "b/2018.txt",
            "Doc.txt",
            "doc.txt",
        ];
        let all = heads(&names, false);
        for (name, head) in names.iter().zip(&all) {
            assert_eq!(heads(&[name], false), [head.as_str()], "{name}");
        }
        let distinct: HashSet<&String> = all.iter().collect();
        assert_eq!(distinct.len(), all.len(), "{all:?}");
        assert!(all[0].starts_with("2018.") && all[4] == "2018", "{all:?}");
    }

    #[test]
    fn earlier_versions_gave_a_short_head_where_it_was_free() {
        let mut ids = Ids::default();
        // FNV-1a of the UTF-8 of 汇编 is 0x52a10d90.
        let expected = format!("{:04x}", 0x52a1 ^ 0x0d90);
        assert_eq!(ids.former_head("汇编.txt"), expected);
        assert_eq!(ids.former_head("2018_a.txt"), "2018");
        assert!(ids.former_head("2018_b.txt").starts_with("2018."));
    }

    #[test]
    fn a_key_is_made_of_what_a_document_says_and_of_its_place() {
        let key = |place: &str, text: &str| {
            let source = Source {
                place: place.to_owned(),
                ..Source::plain("a.txt", text.to_owned())
            };
            key_of(&super::super::cleaned(source))
        };
        let text = "题目\n正文。\n";
        assert_eq!(key("/a.txt", text), key("/a.txt", "题目\r\n\r\n  正文。"));
        assert_ne!(key("/a.txt", text), key("/a.txt", "题目\n别的。"));
        assert_ne!(key("/a.txt", text), key("/b.txt", text));
        let (said, placed) = (key("", text), key("/a.txt", text));
        let case = format!("{placed}-12");
        let (same, place, number) = parts_of_key(&case).expect("it is one");
        assert_eq!((same, number), (said.as_str(), 12));
        assert_eq!(placed, format!("{said}.{place}"));
        assert_eq!(
            parts_of_key(&format!("{said}-3")),
            Some((said.as_str(), "", 3))
        );
        for other in ["000-1", "2018.k3f9x2ab-1", "k3f9x2ab-1", ""] {
            assert_eq!(parts_of_key(other), None, "{other}");
        }
    }
}
