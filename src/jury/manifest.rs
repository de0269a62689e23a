//! The manifest of a closed round: fingerprints of its files and papers, and of every
//! application that counted; and what has changed since.
//!
//! Files are listed in the format of `sha256sum`, applications in lines that it skips as
//! comments.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::docket::{Case, Docket};
use super::merge::File;
use super::settings::digest;
use crate::language::Sentence;

/// What an application's line begins with.
const CASE: &str = "# case\t";

/// Printed for a case without a category.
const NO_CATEGORY: &str = "-";

/// What was there when the round was closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Names below the round's folder, with the SHA-256 of what they held.
    pub files: Vec<(String, String)>,
    pub cases: Vec<Counted>,
}

/// An application that counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub id: String,
    /// Fingerprint of its title, orgs and text.
    pub fingerprint: String,
    pub category: String,
    /// Empty where the round hides it.
    pub title: String,
}

impl Counted {
    fn of(case: &Case, has_title: bool) -> Self {
        let title = if has_title { case.title.as_str() } else { "" };
        Self {
            id: case.id.clone(),
            fingerprint: case.fingerprint.clone(),
            category: category(case).to_owned(),
            title: title.replace(['\t', '\n', '\r'], " "),
        }
    }

    fn name(&self) -> String {
        named(&self.id, &self.title)
    }
}

fn category(case: &Case) -> &'static str {
    case.category
        .map_or(NO_CATEGORY, crate::case::Category::name)
}

fn named(id: &str, title: &str) -> String {
    if title.is_empty() {
        id.to_owned()
    } else {
        format!("{id}《{title}》")
    }
}

/// What changed since the round was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    FileGone(String),
    FileChanged(String),
    FileNew(String),
    /// Lines were added to a file and the ones before are as they were; with how many.
    Grown(String, usize),
    CaseGone(String),
    CaseChanged(String),
    /// From a category to another.
    CaseMoved(String, String, String),
    CaseNew(String),
}

impl Change {
    /// The change as a sentence.
    pub fn sentence(&self) -> Sentence {
        let both = |chinese: String, english: String| Sentence::new(chinese, english);
        match self {
            Self::FileGone(name) => both(
                format!("{name}：结束后消失"),
                format!("{name}: gone since the end"),
            ),
            Self::FileChanged(name) => both(
                format!("{name}：结束后有改动"),
                format!("{name}: changed since the end"),
            ),
            Self::FileNew(name) => both(
                format!("{name}：结束后新增"),
                format!("{name}: new since the end"),
            ),
            Self::Grown(name, lines) => both(
                format!("{name}：结束后新增 {lines} 行，此前的内容未变"),
                format!("{name}: {lines} lines added since the end, those before are as they were"),
            ),
            Self::CaseGone(case) => both(
                format!("案例 {case}：结束后从案例库中消失"),
                format!("case {case}: gone from the library since the end"),
            ),
            Self::CaseChanged(case) => both(
                format!("案例 {case}：结束后文本有改动"),
                format!("case {case}: its text changed since the end"),
            ),
            Self::CaseMoved(case, from, to) => both(
                format!("案例 {case}：结束后类别由 {from} 变为 {to}"),
                format!("case {case}: its category changed since the end, from {from} to {to}"),
            ),
            Self::CaseNew(case) => both(
                format!("案例 {case}：结束后新受理"),
                format!("case {case}: accepted since the end"),
            ),
        }
    }
}

impl Manifest {
    /// What is there now. Titles are left out where jurors must not read them.
    pub fn of(files: &[File], counted: &Docket, has_titles: bool) -> Self {
        let files = files.iter();
        let cases = counted.cases.iter();
        Self {
            files: files
                .map(|file| (file.name.clone(), digest(&file.bytes)))
                .collect(),
            cases: cases.map(|case| Counted::of(case, has_titles)).collect(),
        }
    }

    /// The manifest as a text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (name, hash) in &self.files {
            let _ = writeln!(text, "{hash}  {name}");
        }
        for case in &self.cases {
            let Counted {
                id,
                fingerprint,
                category,
                title,
            } = case;
            let _ = writeln!(text, "{CASE}{id}\t{fingerprint}\t{category}\t{title}");
        }
        text
    }

    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// The first line, from 1, that is none of a manifest.
    pub fn parse(text: &str) -> Result<Self, u32> {
        let mut manifest = Self::default();
        for (line, number) in text.lines().zip(1..) {
            if let Some(case) = line.strip_prefix(CASE) {
                let mut cells = case.splitn(4, '\t').map(str::to_owned);
                let mut cell = || cells.next().ok_or(number);
                manifest.cases.push(Counted {
                    id: cell()?,
                    fingerprint: cell()?,
                    category: cell()?,
                    title: cell()?,
                });
            } else if !line.starts_with('#') && !line.trim().is_empty() {
                let (hash, name) = line.split_once("  ").ok_or(number)?;
                let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
                if !is_hash || name.is_empty() {
                    return Err(number);
                }
                manifest.files.push((name.to_owned(), hash.to_owned()));
            }
        }
        Ok(manifest)
    }

    /// What changed: of these files, and of the applications, `all` of the library and
    /// those that count by now.
    pub fn changes(&self, files: &[File], all: &Docket, counted: &Docket) -> Vec<Change> {
        let mut changes = Vec::new();
        for file in files {
            let name = file.name.clone();
            match self.files.iter().find(|(listed, _)| *listed == name) {
                None => changes.push(Change::FileNew(name)),
                Some((_, hash)) if *hash != digest(&file.bytes) => {
                    // Records are only ever added to.
                    let is_record = name.ends_with(".jsonl");
                    let from = added(&file.bytes, hash).filter(|_| is_record);
                    changes.push(match from {
                        Some(from) => Change::Grown(name, lines(&file.bytes[from..])),
                        None => Change::FileChanged(name),
                    });
                }
                Some(_) => {}
            }
        }
        for (name, _) in &self.files {
            if !files.iter().any(|file| file.name == *name) {
                changes.push(Change::FileGone(name.clone()));
            }
        }
        for listed in &self.cases {
            let Some(at) = all.find(&listed.id) else {
                changes.push(Change::CaseGone(listed.name()));
                continue;
            };
            let case = &all.cases[at];
            if case.fingerprint != listed.fingerprint {
                changes.push(Change::CaseChanged(listed.name()));
            } else if category(case) != listed.category {
                let (from, to) = (listed.category.clone(), category(case).to_owned());
                changes.push(Change::CaseMoved(listed.name(), from, to));
            }
        }
        let is_new = |case: &&Case| !self.cases.iter().any(|listed| listed.id == case.id);
        let new = counted.cases.iter().filter(is_new);
        changes.extend(new.map(|case| Change::CaseNew(named(&case.id, &case.title))));
        changes
    }
}

/// Where the lines begin that were added to what had this SHA-256; `None` where no
/// beginning of the file, up to the end of a line, has it. The last line of then may have
/// been incomplete.
pub fn added(bytes: &[u8], hash: &str) -> Option<usize> {
    let mut sum = Sha256::new();
    let mut at = 0;
    let is_it = |sum: &Sha256| {
        let so_far: String = sum
            .clone()
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        so_far == hash
    };
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        sum.update(text);
        at += line.len();
        let is_incomplete = is_it(&sum) && !text.is_empty();
        sum.update(&line[text.len()..]);
        if is_incomplete || is_it(&sum) {
            return Some(at);
        }
    }
    None
}

fn lines(bytes: &[u8]) -> usize {
    bytes.split_inclusive(|&b| b == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> File {
        File {
            name: "office.jsonl".to_owned(),
            bytes: text.as_bytes().to_vec(),
        }
    }

    #[test]
    fn a_manifest_comes_back_as_it_was_written() {
        let manifest = Manifest {
            files: vec![("jurors/甲.jsonl".to_owned(), digest(b"1"))],
            cases: vec![Counted {
                id: "003-8".to_owned(),
                fingerprint: "0123456789ab".to_owned(),
                category: "部门".to_owned(),
                title: "组建 旅游委".to_owned(),
            }],
        };
        assert_eq!(Manifest::parse(&manifest.text()), Ok(manifest));
        assert_eq!(Manifest::parse("\nabc  x\n"), Err(2));
        assert_eq!(Manifest::parse("# case\t003-8\n"), Err(1));
    }

    #[test]
    fn lines_that_were_added_are_told_from_a_change() {
        let none = Docket::default();
        let then = Manifest::of(&[file("a\nb\n")], &none, true);
        let now = |text: &str| then.changes(&[file(text)], &none, &none);
        assert_eq!(now("a\nb\n"), []);
        let name = || "office.jsonl".to_owned();
        assert_eq!(now("a\nb\nc\nd\n"), [Change::Grown(name(), 2)]);
        assert_eq!(now("a\nx\nc\n"), [Change::FileChanged(name())]);
        let torn = Manifest::of(&[file("a\n{\"k")], &none, true);
        let now = torn.changes(&[file("a\n{\"k\nc\n")], &none, &none);
        assert_eq!(now, [Change::Grown(name(), 1)]);
        assert_eq!(then.changes(&[], &none, &none), [Change::FileGone(name())]);
    }
}
