//! What the actions of a round work on: its folder, its library, its cases, and who
//! reads.

use std::ops::Deref;
use std::path::Path;

use super::super::{Call, Failure, complain, load};
use super::{opened, refuse, text};
use crate::corpus::Corpus;
use crate::jury::conflict;
use crate::jury::docket::Docket;
use crate::jury::seat::{Cases, Seat};
use crate::jury::settings::digest;
use crate::jury::tally::Tally;
use crate::jury::visible::Reader;
use crate::jury::words;
use crate::language::Sentence;
use crate::library;
use crate::round::Opened;
use crate::seeds::{PassedOver, Unread};

/// A round with its library, and what its reader may see of it.
pub(super) struct Desk {
    pub opened: Opened,
    pub corpus: Corpus,
    /// Files of the library that cannot be read.
    pub unread: Vec<Unread>,
    /// Files of the library that are no documents.
    pub passed_over: Vec<PassedOver>,
    seat: Seat,
}

impl Deref for Desk {
    type Target = Seat;

    fn deref(&self) -> &Seat {
        &self.seat
    }
}

impl Desk {
    /// Opens the round for the juror that `--juror` names, else for the office, and
    /// reports what was left out of its files.
    pub fn open(call: &Call, folder: &Path) -> Result<Self, Failure> {
        let mut opened = opened(call, folder)?;
        let reader = match text(call, "juror") {
            None => Reader::Office,
            Some(name) => {
                let juror = opened.juror(name);
                Reader::Juror(juror.map_err(|sentence| refuse(call, &sentence))?)
            }
        };
        let library = load::applications(&opened, call.labels)?;
        opened.know(&library.corpus);
        if reader == Reader::Office {
            for sentence in library::sentences(&library.unread, call.labels) {
                complain(&sentence);
            }
        }
        let (unread, passed_over) = (library.unread, library.passed_over);
        let corpus = library.corpus;
        let mut seat = seat(&opened, &corpus, reader);
        let strays = (reader == Reader::Office).then_some(&opened.strays);
        for trouble in seat.troubles.iter().chain(strays.into_iter().flatten()) {
            complain(&trouble.message(call.options.language));
        }
        for note in &seat.notes {
            complain(note.in_language(call.options.language));
        }
        seat.note_unread(&unread);
        Ok(Self {
            opened,
            corpus,
            unread,
            passed_over,
            seat,
        })
    }

    /// Works out again what the reader may see, after an entry.
    pub fn look(&mut self) {
        self.seat = seat(&self.opened, &self.corpus, self.seat.reader);
        self.seat.note_unread(&self.unread);
    }

    /// Says, to the office, whose org is that of no application.
    pub fn name_foreign(&self, call: &Call) {
        if self.reader != Reader::Office {
            return;
        }
        let (round, log) = (&self.opened.round, &self.opened.log);
        let all = Docket::all(round, log, &self.corpus);
        for said in conflict::foreign(round, &all) {
            complain(said.in_language(call.options.language));
        }
    }

    /// Draws the numbers of the jurors in published papers, once for the round.
    pub fn number(&mut self, call: &Call) -> Result<(), Failure> {
        let numbered = self.opened.number(&super::now());
        numbered.map_err(|error| super::failure(call, &error))
    }

    /// What they come to.
    pub fn tally(&self) -> Tally {
        self.sums(&self.opened.log)
    }

    /// Refuses to go on if the settings were changed after the first score and that
    /// was not recorded.
    pub fn settled(&self, call: &Call) -> Result<(), Failure> {
        if self.is_unsettled {
            return Err(refuse(call, &words::unsettled()));
        }
        Ok(())
    }

    /// Refuses a juror where only the office may act.
    pub fn office(&self, call: &Call) -> Result<(), Failure> {
        if self.reader == Reader::Office {
            return Ok(());
        }
        Err(refuse(call, &words::for_the_office()))
    }

    /// The position of the case that `--case` names.
    pub fn case(&self, call: &Call) -> Result<usize, Failure> {
        let id = super::must(call, "case")?;
        let found = match self.reader {
            Reader::Office => self.docket.find_for_office(&id),
            Reader::Juror(_) => self.docket.find(&id),
        };
        found.ok_or_else(|| {
            refuse(
                call,
                &Sentence::new(
                    format!("受理的案例中没有 {id}；请用 anli jury check 查看"),
                    format!("no accepted case is {id}; see `anli jury check`"),
                ),
            )
        })
    }

    /// The fingerprint of all files of the round.
    pub fn fingerprint(&self) -> String {
        let lines: Vec<String> = self
            .opened
            .files
            .iter()
            .map(|file| format!("{}  {}", digest(&file.bytes), file.name))
            .collect();
        digest(lines.join("\n").as_bytes())
    }
}

fn seat(opened: &Opened, corpus: &Corpus, reader: Reader) -> Seat {
    let Opened {
        round,
        log,
        records,
        ..
    } = opened;
    let cases = Cases::of(round, log, records, corpus, reader);
    Seat::new(round, log, records, &cases, reader)
}
