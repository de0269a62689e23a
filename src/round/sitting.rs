//! One reader at a round: the files behind a seat, what the reader writes, and the line
//! that is being written.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Error, JURORS, Opened};
use crate::corpus::Corpus;
use crate::jury::office::Act;
use crate::jury::seat::{Cases, Draft, Seat, Writing};
use crate::jury::settings::Blind;
use crate::jury::visible::Reader;
use crate::jury::words;
use crate::language::Sentence;
use crate::seeds::Unread;

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
}

impl Sitting {
    /// Sits a reader down before the accepted cases of the round's library.
    pub fn new(opened: Opened, library: &Corpus, reader: Reader) -> Self {
        let (round, log, records) = (&opened.round, &opened.log, &opened.records);
        let mut cases = Cases::of(round, log, records, library, reader);
        let corpus = std::mem::take(&mut cases.masked.corpus);
        Self {
            opened,
            reader,
            cases,
            unread: Vec::new(),
            corpus,
        }
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
                    "blind: {masks} names of organisations and areas are hidden in {cases} cases; a reader may still guess"
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
        let opened = Opened::read(&self.opened.folder)?;
        let name = |opened: &Opened| match self.reader {
            Reader::Office => None,
            Reader::Juror(at) => opened.round.jurors.get(at).cloned(),
        };
        if name(&opened) != name(&self.opened) || opened.round.id != self.opened.round.id {
            let what = Sentence::new(
                "评委或轮次已改动；请退出后重新打开",
                "its jurors or its id were changed: leave, and open it again",
            );
            let path = opened.folder.join(super::SETTINGS);
            return Err(Error::File(path, what));
        }
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
    /// drops it. It is no entry and lies beside the juror's file, hidden.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn keep_draft(&self, draft: Option<&Draft>) -> Result<(), Error> {
        let Some(path) = self.draft_path() else {
            return Ok(());
        };
        let system = |cause| Error::System(path.clone(), cause);
        let Some(draft) = draft else {
            return match fs::remove_file(&path) {
                Err(cause) if cause.kind() != ErrorKind::NotFound => Err(system(cause)),
                _ => Ok(()),
            };
        };
        let text = serde_json::to_string(draft).expect("a draft has string keys only");
        let fresh = path.with_extension("new");
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(system)?;
        }
        fs::write(&fresh, text).map_err(system)?;
        fs::rename(&fresh, &path).map_err(system)
    }

    /// The line that was being written when the program ended.
    fn draft(&self) -> Option<Draft> {
        let path = self.draft_path()?;
        let found = fs::symlink_metadata(&path).ok()?;
        if !found.is_file() || found.len() > LARGEST_DRAFT {
            return None;
        }
        let text = fs::read_to_string(&path).ok()?;
        serde_json::from_str(&text).ok()
    }

    fn draft_path(&self) -> Option<PathBuf> {
        match self.reader {
            Reader::Office => None,
            Reader::Juror(at) => Some(self.file(at, "draft")),
        }
    }

    fn file(&self, juror: usize, ending: &str) -> PathBuf {
        let name = &self.opened.round.jurors[juror].name;
        let hidden = if ending == "draft" { "." } else { "" };
        Path::new(&self.opened.folder)
            .join(JURORS)
            .join(format!("{hidden}{name}.{ending}"))
    }
}
