//! One reader at a round: the files that a seat is computed from, what the reader writes,
//! and the line being typed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::{Error, JURORS, Opened};
use crate::corpus::Corpus;
use crate::file_lock;
use crate::jury::office::Act;
use crate::jury::seat::{Cases, Draft, Seat, Writing};
use crate::jury::settings::{Blind, Juror};
use crate::jury::visible::Reader;
use crate::jury::words;
use crate::language::Sentence;
use crate::language::en::count_of;
use crate::seeds::Unread;

/// More sheets of one juror keep no drafts.
const MOST_DRAFTS: usize = 99;

/// More bytes of a draft are not read.
const LARGEST_DRAFT: u64 = 64 << 10;

/// A reader at a round.
#[derive(Debug)]
pub struct Sitting {
    opened: Opened,
    reader: Reader,
    cases: Cases,
    unread: Vec<Unread>,
    /// The library that the reader reads.
    pub corpus: Corpus,
    /// The draft of this reader.
    kept: Option<Kept>,
}

/// A draft as it was kept last. Its file is locked while the sheet is open.
#[derive(Debug)]
struct Kept {
    path: PathBuf,
    file: File,
    text: String,
}

impl Kept {
    /// Writes over it, in one write: a program that is killed leaves it whole.
    fn write(&mut self, text: String) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(text.as_bytes())?;
        self.file.set_len(text.len() as u64)?;
        self.text = text;
        Ok(())
    }
}

impl Sitting {
    /// Sits a reader down before the accepted cases of the round's library.
    pub fn new(mut opened: Opened, library: &Corpus, reader: Reader) -> Self {
        opened.know(library);
        let (round, log, records) = (&opened.round, &opened.log, &opened.records);
        let mut cases = Cases::of(round, log, records, library, reader);
        let corpus = std::mem::take(&mut cases.masked.corpus);
        let mut sitting = Self {
            opened,
            reader,
            cases,
            unread: Vec::new(),
            corpus,
            kept: None,
        };
        sitting.kept = sitting.left_over();
        sitting
    }

    /// Tells the reader, where it is the office, which applications cannot be read.
    pub fn with_unread(mut self, unread: Vec<Unread>) -> Self {
        self.unread = unread;
        self
    }

    /// What a reader of masked text should know.
    pub fn warning(&self) -> Option<Sentence> {
        let is_masked = matches!(self.reader, Reader::Juror(_));
        let is_text = self.opened.round.blind == Blind::Text;
        let (masks, cases) = (self.cases.masked.masks, self.cases.masked.cases);
        (is_masked && is_text).then(|| {
            Sentence::new(
                format!(
                    "匿名：在 {cases} 个案例中隐去 {masks} 处单位和地区名称；读者仍可能从内容猜出"
                ),
                format!(
                    "blind: {} of an organisation or area hidden in {}; a reader may still guess",
                    count_of(masks, "name"),
                    count_of(cases, "case")
                ),
            )
        })
    }

    /// What the reader may see by now.
    pub fn seat(&self) -> Seat {
        let Opened {
            round,
            log,
            records,
            strays,
            ..
        } = &self.opened;
        let mut seat = Seat::new(round, log, records, &self.cases, self.reader).tallied(log);
        if self.reader == Reader::Office {
            seat.troubles.extend(strays.iter().cloned());
        }
        seat.note_unread(&self.unread);
        // The program may have ended between an entry and the end of its draft.
        seat.draft = self.draft().filter(|draft| !seat.says(draft));
        seat.sealed()
    }

    /// Reads the files of the round again. The cases stay those that were accepted when
    /// the reader sat down.
    ///
    /// # Errors
    ///
    /// If the settings cannot be read or are wrong; then everything stays as it was.
    pub fn reread(&mut self) -> Result<(), Error> {
        let mut opened = Opened::read(&self.opened.folder)?;
        let juror = |opened: &Opened| match self.reader {
            Reader::Office => None,
            Reader::Juror(at) => opened.round.jurors.get(at).map(Juror::without_lines),
        };
        let of_round = |opened: &Opened| (opened.round.id.clone(), opened.round.blind);
        let is_same = juror(&opened) == juror(&self.opened);
        if !is_same || of_round(&opened) != of_round(&self.opened) {
            let what = Sentence::new(
                "评委、轮次或匿名设置已改动；请退出后重新打开",
                "its jurors, its id or what it hides were changed: leave, and open it again",
            );
            let path = opened.folder.join(super::SETTINGS);
            return Err(Error::File(path, what));
        }
        opened.adopt(&self.opened);
        self.opened = opened;
        Ok(())
    }

    /// Appends an entry to the juror's file. `time` is in ISO 8601. The draft that it was
    /// made of goes.
    ///
    /// # Errors
    ///
    /// If the seat does not let the juror write this, or the file cannot be written; the
    /// draft stays.
    pub fn enter(&mut self, writing: Writing, time: String) -> Result<(), Error> {
        let Reader::Juror(juror) = self.reader else {
            return Ok(());
        };
        // The office may have opened the round in the meantime.
        self.opened.reread_office();
        let round = &self.opened.round;
        let (log, records) = (&self.opened.log, &self.opened.records);
        let seat = Seat::new(round, log, records, &self.cases, self.reader);
        if let Some(why) = seat.refuses(&writing) {
            return Err(Error::File(self.file(juror, "jsonl"), why));
        }
        let entry = seat.entry(writing, time);
        self.opened.enter(juror, entry)?;
        self.keep_draft(None)
    }

    /// Appends what the office records. `time` is in ISO 8601.
    ///
    /// # Errors
    ///
    /// If a juror reads, or the office's file cannot be written.
    pub fn record(&mut self, act: Act, time: &str) -> Result<(), Error> {
        match self.reader {
            Reader::Office => self.opened.record(act, time),
            Reader::Juror(juror) => {
                let why = words::for_the_office();
                Err(Error::File(self.file(juror, "jsonl"), why))
            }
        }
    }

    /// Keeps the line that is being written, in the place of the one kept before; `None`
    /// drops it. It is no entry and lies beside the juror's file, hidden. What another
    /// sheet of the same juror keeps stays as it is.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn keep_draft(&mut self, draft: Option<&Draft>) -> Result<(), Error> {
        let is_own = |kept: &Kept| fs::read_to_string(&kept.path).is_ok_and(|t| t == kept.text);
        let own = self.kept.take().filter(is_own);
        let Some(draft) = draft else {
            return match own.map(|kept| (fs::remove_file(&kept.path), kept.path)) {
                Some((Err(cause), path)) if cause.kind() != ErrorKind::NotFound => {
                    Err(Error::System(path, cause))
                }
                _ => Ok(()),
            };
        };
        let text = serde_json::to_string(draft).expect("a draft has string keys only");
        let mut kept = match own {
            Some(kept) => kept,
            None => match self.begin_draft()? {
                Some(kept) => kept,
                None => return Ok(()),
            },
        };
        let written = kept.write(text);
        written.map_err(|cause| Error::System(kept.path.clone(), cause))?;
        self.kept = Some(kept);
        Ok(())
    }

    /// A new draft where none is; `None` where there are too many.
    fn begin_draft(&self) -> Result<Option<Kept>, Error> {
        for path in self.drafts() {
            let system = |cause| Error::System(path.clone(), cause);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(system)?;
            }
            let mut options = OpenOptions::new();
            match options.write(true).create_new(true).open(&path) {
                Ok(file) => {
                    let text = String::new();
                    file_lock::take_if_free(&file);
                    return Ok(Some(Kept { path, file, text }));
                }
                Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {}
                Err(cause) => return Err(system(cause)),
            }
        }
        Ok(None)
    }

    /// A draft that a program left when it ended, which no entry says by now. One that is
    /// locked is of another sheet, which is open.
    fn left_over(&self) -> Option<Kept> {
        let Opened {
            round,
            log,
            records,
            ..
        } = &self.opened;
        let seat = Seat::new(round, log, records, &self.cases, self.reader);
        let mut left = self
            .drafts()
            .filter_map(|path| {
                let found = fs::symlink_metadata(&path).ok()?;
                if !found.is_file() || found.len() > LARGEST_DRAFT {
                    return None;
                }
                let mut options = OpenOptions::new();
                options.read(true).write(true);
                let opened = options.custom_flags(file_lock::flags()).open(&path);
                let mut file = opened.ok().filter(file_lock::take_if_free)?;
                let mut text = String::new();
                file.read_to_string(&mut text).ok()?;
                Some(Kept { path, file, text })
            })
            .filter(|kept| {
                let draft = self.read_draft(&kept.text);
                // One without text was made by a program that was ended before it wrote.
                let is_done = draft.as_ref().is_some_and(|draft| seat.says(draft));
                if kept.text.is_empty() || is_done {
                    drop(fs::remove_file(&kept.path));
                    return false;
                }
                draft.is_some()
            });
        left.next()
    }

    /// The line that was being written, by this program or by the one before it.
    fn draft(&self) -> Option<Draft> {
        self.read_draft(&self.kept.as_ref()?.text)
    }

    fn read_draft(&self, text: &str) -> Option<Draft> {
        // It may be followed by the tail of a longer draft.
        let mut drafts = serde_json::Deserializer::from_str(text).into_iter::<Draft>();
        let mut draft = drafts.next()?.ok()?;
        if let Some(name) = self.opened.other_ids.get(&draft.case) {
            draft.case.clone_from(name);
        }
        Some(draft)
    }

    /// Where drafts of the reader may lie: of several sheets that are open at once each has
    /// its own. No juror's name begins with a dot.
    fn drafts(&self) -> impl Iterator<Item = PathBuf> {
        let juror = match self.reader {
            Reader::Office => None,
            Reader::Juror(at) => Some(at),
        };
        let of = move |juror: usize| {
            let first = self.file(juror, "draft");
            let name = &self.opened.round.jurors[juror].name;
            let others = (2..=MOST_DRAFTS)
                .map(move |number| first.with_file_name(format!("..{number}.{name}.draft")));
            [self.file(juror, "draft")].into_iter().chain(others)
        };
        juror.into_iter().flat_map(of)
    }

    fn file(&self, juror: usize, ending: &str) -> PathBuf {
        let name = &self.opened.round.jurors[juror].name;
        let hidden = if ending == "draft" { "." } else { "" };
        Path::new(&self.opened.folder)
            .join(JURORS)
            .join(format!("{hidden}{name}.{ending}"))
    }
}
