//! What the actions of a round work on: its folder, its library, its cases, and who
//! reads.

use std::path::Path;

use super::super::{Call, Failure, complain, load};
use super::{opened, refuse, text};
use crate::corpus::Corpus;
use crate::jury::docket::Docket;
use crate::jury::settings::{Discussion, digest};
use crate::jury::standing::Held;
use crate::jury::tally::{Sheets, Tally, tally};
use crate::jury::visible::{self, Reader};
use crate::language::Sentence;
use crate::library;
use crate::round::Opened;

/// A round with its library.
pub(super) struct Desk {
    pub opened: Opened,
    pub corpus: Corpus,
    /// The accepted cases.
    pub docket: Docket,
    pub reader: Reader,
    /// What the reader may see: `held[juror][case]`.
    pub held: Vec<Vec<Held>>,
}

impl Desk {
    /// Opens the round for the juror that `--juror` names, else for the office, and
    /// reports what was left out of its files.
    pub fn open(call: &Call, folder: &Path) -> Result<Self, Failure> {
        let opened = opened(call, folder)?;
        let reader = match text(call, "juror") {
            None => Reader::Office,
            Some(name) => {
                let juror = opened.juror(name);
                Reader::Juror(juror.map_err(|sentence| refuse(call, &sentence))?)
            }
        };
        let library = load::library(&load::round_library(&opened), call.labels)?;
        if reader == Reader::Office {
            for sentence in library::sentences(&library.unread, call.labels) {
                complain(&sentence);
            }
        }
        let corpus = library.corpus;
        let docket = Docket::accepted(&opened.round, &opened.log, &corpus);
        let mut desk = Self {
            opened,
            corpus,
            docket,
            reader,
            held: Vec::new(),
        };
        let troubles = desk.look();
        for trouble in troubles {
            complain(&trouble.message(call.options.language));
        }
        Ok(desk)
    }

    /// Works out again what the reader may see; returns what is wrong with the files
    /// that the reader may see.
    fn look(&mut self) -> Vec<crate::jury::merge::Trouble> {
        let Opened {
            round,
            log,
            records,
            strays,
            ..
        } = &self.opened;
        let visible = visible::of(round, log, &self.docket, records, self.reader);
        self.held = visible.held;
        let mut troubles = visible.troubles;
        troubles.extend(log.troubles.iter().cloned());
        if self.reader == Reader::Office {
            troubles.extend(strays.iter().cloned());
        }
        troubles
    }

    /// The scores that the reader may see.
    pub fn sheets(&self) -> Sheets<'_> {
        Sheets {
            round: &self.opened.round,
            docket: &self.docket,
            held: &self.held,
        }
    }

    /// What they come to.
    pub fn tally(&self) -> Tally {
        tally(&self.sheets(), &self.opened.log)
    }

    /// Refuses to go on if the settings were changed after the first score and that
    /// was not recorded.
    pub fn settled(&self, call: &Call) -> Result<(), Failure> {
        let first = self
            .opened
            .records
            .iter()
            .flat_map(|record| &record.entries)
            .next();
        let recorded = self.opened.log.settings();
        let recorded = recorded.or(first.map(|kept| kept.entry.settings.as_str()));
        if recorded.is_none_or(|recorded| recorded == self.opened.round.settings) {
            return Ok(());
        }
        Err(refuse(
            call,
            &Sentence::new(
                "开始评分后评审设置有改动；请运行 anli jury amend，并用 --reason 写明理由",
                "the settings were changed after the first score; record it with `anli jury amend` and a --reason",
            ),
        ))
    }

    /// Refuses a juror where only the office may act.
    pub fn office(&self, call: &Call) -> Result<(), Failure> {
        if self.reader == Reader::Office {
            return Ok(());
        }
        Err(refuse(
            call,
            &Sentence::new(
                "这一步由办公室进行，不加 --juror",
                "this is for the office; leave --juror out",
            ),
        ))
    }

    /// The position of the case that `--case` names.
    pub fn case(&self, call: &Call) -> Result<usize, Failure> {
        let id = super::must(call, "case")?;
        self.docket.find(&id).ok_or_else(|| {
            refuse(
                call,
                &Sentence::new(
                    format!("受理的案例中没有 {id}；请用 anli jury check 查看"),
                    format!("no accepted case is {id}; see `anli jury check`"),
                ),
            )
        })
    }

    /// Whether a juror may revise scores by now.
    pub fn is_revision(&self) -> bool {
        self.opened.log.is_open() && self.opened.round.discussion == Discussion::Between
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
