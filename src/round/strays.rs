//! Files in the folder of a round that nothing reads: a juror's file in the wrong place, a
//! copy of the office's, what does not belong to the round. They are named, so that
//! nothing that was written is lost from sight.

use std::collections::HashSet;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use super::archive::{PAPERS, is_manifest};
use super::{JURORS, OFFICE, SETTINGS, read_file};
use crate::jury::entry::Head;
use crate::jury::merge::{File, LARGEST_FILE, Trouble};
use crate::jury::office;
use crate::jury::papers::is_paper;
use crate::jury::settings::Round;
use crate::language::Sentence;
use crate::language::en::count_of;

/// What desktops leave in every folder.
const OF_DESKTOPS: [&str; 2] = ["Thumbs.db", "desktop.ini"];

/// How deep below the folder records are looked for.
const DEEPEST: usize = 2;

/// How many files and folders are looked at, and how many named.
const MOST: usize = 2_000;
const MOST_NAMED: usize = 20;

/// Names the files of a round's folder that nothing reads; `office` is the office's own.
pub(super) fn strays(folder: &Path, round: &Round, office: Option<&File>) -> Vec<Trouble> {
    let real = |path: &str| (!path.is_empty()).then(|| fs::canonicalize(folder.join(path)).ok());
    let libraries = [&round.library, &round.earlier]
        .into_iter()
        .filter_map(|path| real(path).flatten());
    let mut looking = Looking {
        folder,
        round,
        office: office.map_or(&[][..], |file| &file.bytes),
        libraries: libraries.collect(),
        looked_at: 0,
        found: Vec::new(),
    };
    looking.look("", 0);
    let mut found = looking.found;
    found.sort_by(|a, b| a.file.cmp(&b.file));
    let more = found.len().saturating_sub(MOST_NAMED);
    found.truncate(MOST_NAMED);
    if more > 0 {
        let what = Sentence::new(
            format!("另有 {more} 个文件不属于本轮评审，未读取"),
            format!("{more} more files are none of this round's and are left out"),
        );
        found.push(Trouble::of_file(&folder.to_string_lossy(), what));
    }
    found
}

struct Looking<'a> {
    folder: &'a Path,
    round: &'a Round,
    /// What the office recorded.
    office: &'a [u8],
    /// The folders of applications and of earlier cases.
    libraries: Vec<PathBuf>,
    looked_at: usize,
    found: Vec<Trouble>,
}

impl Looking<'_> {
    fn is_library(&self, path: &Path) -> bool {
        let real = fs::canonicalize(path);
        real.is_ok_and(|real| self.libraries.contains(&real))
    }

    /// Looks at what is in a folder of the round's.
    fn look(&mut self, below: &str, depth: usize) {
        let folder = self.folder.join(below);
        // Among applications everything that is no record is read as one, or named.
        let is_library = self.is_library(&folder);
        if is_library && depth > 0 {
            return;
        }
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        for entry in entries.take(MOST) {
            self.looked_at += 1;
            if self.looked_at > MOST {
                return;
            }
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = match below {
                "" => name.clone(),
                below => format!("{below}/{name}"),
            };
            if name.starts_with('.') || path == OFFICE {
                continue;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                if depth < DEEPEST {
                    self.look(&path, depth + 1);
                }
            } else if below == JURORS {
                // These are read.
            } else if name.ends_with(".jsonl") {
                self.record(&path);
            } else if depth == 0 && !is_library && !self.is_known(&name, &entry) {
                let what = Sentence::new(
                    "不是本轮评审的文件，未读取",
                    "none of the round's files; it is left out",
                );
                self.found.push(Trouble::of_file(&path, what));
            }
        }
    }

    /// Whether a file beside the settings is one that the program writes, or one that the
    /// settings name.
    fn is_known(&self, name: &str, entry: &DirEntry) -> bool {
        name == SETTINGS
            || name == PAPERS
            || is_manifest(name)
            || is_paper(name)
            || OF_DESKTOPS.contains(&name)
            || self.is_library(&entry.path())
    }

    /// Names a file of records that is not where records are read.
    fn record(&mut self, path: &str) {
        let Some(file) = read_file(self.folder, path, &mut self.found) else {
            return;
        };
        let text = String::from_utf8_lossy(&file.bytes);
        let first = text
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches('\u{feff}');
        let (line, what) = if let Ok(head) = Head::parse(first) {
            (None, of_juror(&head, self.round))
        } else if office::is_entry(first) {
            of_office(&text, file.bytes.len() > LARGEST_FILE, self.office)
        } else {
            let what = Sentence::new(
                "不是评委的评分文件，也不是办公室记录，未读取",
                "no juror's file and none of the office; it is left out",
            );
            (Some(1), what)
        };
        self.found.push(Trouble {
            file: path.to_owned(),
            line,
            what,
        });
    }
}

/// A juror's file that lies outside the folder of the jurors' files.
fn of_juror(head: &Head, round: &Round) -> Sentence {
    let juror = &head.juror;
    if head.round != round.id {
        return Sentence::new(
            format!(
                "评委“{juror}”的评分文件，属于另一轮评审（{}），未计入",
                head.round
            ),
            format!(
                "a file of the juror {juror:?} in another round ({}); it is left out",
                head.round
            ),
        );
    }
    if round.juror(juror).is_none() {
        return Sentence::new(
            format!("评委名单中没有“{juror}”，未计入"),
            format!("{juror:?} is no juror of this round; it is left out"),
        );
    }
    Sentence::new(
        format!("评委“{juror}”的评分文件，应直接放在 {JURORS} 文件夹中，未计入"),
        format!("a file of the juror {juror:?}, left out: move it straight into {JURORS}"),
    )
}

/// A file of the office by another name: whether it has what [`OFFICE`] lacks, and where.
fn of_office(text: &str, is_cut: bool, own: &[u8]) -> (Option<u32>, Sentence) {
    if is_cut {
        let limit = LARGEST_FILE >> 20;
        let what = Sentence::new(
            format!("办公室记录的另一份，超过 {limit} MB，未读取"),
            format!("another file of the office, of more than {limit} MB; it is left out"),
        );
        return (None, what);
    }
    let own = String::from_utf8_lossy(own);
    let own: HashSet<&str> = own.lines().map(str::trim_end).collect();
    let lacks = |(line, _): &(&str, u32)| !line.trim().is_empty() && !own.contains(line.trim_end());
    let mut lacking = text.lines().zip(1..).filter(lacks);
    match lacking.next() {
        None => {
            let what = Sentence::new(
                format!("{OFFICE} 的副本，其中的记录 {OFFICE} 都有，未读取"),
                format!("a copy of {OFFICE}, which has all of its entries; it is left out"),
            );
            (None, what)
        }
        Some((_, line)) => {
            let count = 1 + lacking.count();
            let what = Sentence::new(
                format!("办公室记录的另一份，自该行起有 {count} 行 {OFFICE} 没有，未计入"),
                format!(
                    "another file of the office; from here on {} that {OFFICE} lacks, left out",
                    count_of(count, "line")
                ),
            );
            (Some(line), what)
        }
    }
}
