//! Ids of cases: short, typeable, and made of the file name alone, so that they
//! stay what they are when other documents come or go.

use std::collections::HashSet;

use super::reading::Reading;
use super::words::Oddity;

/// The first parts of ids that are taken.
#[derive(Debug, Default)]
pub(super) struct Ids {
    heads: HashSet<String>,
}

impl Ids {
    /// The first part of the ids of a document's cases, which no other document
    /// of the library has: what its file name begins with, or else a hash of it.
    pub fn head(&mut self, name: &str, reading: &mut Reading) -> String {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let stem = if stem.is_empty() { name } else { stem };
        let end = stem
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(stem.len());
        let mut head = stem[..end].to_ascii_lowercase();
        if head.is_empty() {
            head = hash_digits(stem);
        }
        if self.heads.contains(&head) {
            let short = head.clone();
            // Two names may share their digits as well; one more turn parts them.
            let mut salted = stem.to_owned();
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
}

/// Four hexadecimal digits of a text: FNV-1a in 32 bits, folded to 16
/// (Fowler, Noll, Vo).
fn hash_digits(text: &str) -> String {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("{:04x}", (hash >> 16) ^ (hash & 0xffff))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(names: &[&str]) -> (Vec<String>, usize) {
        let mut ids = Ids::default();
        let mut reading = Reading::default();
        let heads = names.iter().map(|name| ids.head(name, &mut reading));
        (heads.collect(), reading.warnings.len())
    }

    #[test]
    fn an_id_begins_as_the_file_name_does() {
        let (heads, warnings) = heads(&["000_c8df632cfb2d134d.txt", "Qd2018-a.txt", "003"]);
        assert_eq!(heads, ["000", "qd2018", "003"]);
        assert_eq!(warnings, 0);
    }

    #[test]
    fn a_name_in_chinese_gives_four_digits_of_its_hash() {
        // FNV-1a of the UTF-8 of 汇编 is 0x52a10d90.
        let (heads, _) = heads(&["汇编.txt"]);
        assert_eq!(heads, [format!("{:04x}", 0x52a1 ^ 0x0d90)]);
    }

    #[test]
    fn of_two_documents_with_one_head_the_later_gets_a_longer_one() {
        let (heads, warnings) = heads(&["2018_a.txt", "2018_b.txt", "2018_b.md"]);
        assert_eq!(heads[0], "2018");
        assert!(heads[1].starts_with("2018."), "{heads:?}");
        assert!(
            heads[2].starts_with("2018.") && heads[2] != heads[1],
            "{heads:?}"
        );
        assert_eq!(warnings, 2);
    }
}
