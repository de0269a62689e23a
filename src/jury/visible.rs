//! What a reader of a round may see of the jurors' entries: decided here and nowhere
//! else, before anything is counted, sorted or shown.

use super::docket::Docket;
use super::merge::{Record, Trouble};
use super::misfits::misfits;
use super::office::Log;
use super::settings::{Discussion, Round};
use super::standing::{self, Held, Standing};

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The office, which adds the scores up.
    Office,
    /// A juror, by the position in the settings.
    Juror(usize),
}

/// What a reader may see.
#[derive(Clone, Debug)]
pub struct Visible {
    /// `held[juror][case]`; what may not be seen is as if it were not there.
    pub held: Vec<Vec<Held>>,
    /// Trouble with the files that the reader may see.
    pub troubles: Vec<Trouble>,
    /// Whether entries of other jurors are among them.
    pub others: bool,
}

/// Whether jurors may see one another's scores: once the office has opened the round, of a
/// round without revised scores once it is closed.
pub fn is_shared(round: &Round, log: &Log) -> bool {
    let is_open = log.is_open() && round.discussion == Discussion::Between;
    is_open || log.closed().is_some()
}

/// What `reader` may see of the records: the office sees all. A juror sees the own
/// entries; those of others once [`is_shared`] says so, but never on a case
/// from which this juror is recused.
pub fn of(
    round: &Round,
    log: &Log,
    docket: &Docket,
    records: &[Record],
    reader: Reader,
) -> Visible {
    let jurors = round.jurors.iter().zip(records).enumerate();
    let opened = is_shared(round, log);
    let mut visible = Visible {
        held: Vec::with_capacity(records.len()),
        troubles: Vec::new(),
        others: reader == Reader::Office || opened,
    };
    for (at, (juror, record)) in jurors {
        let own = reader == Reader::Office || reader == Reader::Juror(at);
        if own || opened {
            let held = standing::of_juror(round, docket, juror, Some(record));
            visible.held.push(held);
        } else {
            visible.held.push(vec![Held::default(); docket.cases.len()]);
        }
        if own {
            visible.troubles.extend(record.troubles.iter().cloned());
            visible.troubles.extend(misfits(round, record));
        }
    }
    if let Reader::Juror(own) = reader {
        for case in 0..docket.cases.len() {
            let recused = matches!(visible.held[own][case].standing, Standing::Recused { .. });
            if !recused {
                continue;
            }
            let others = visible
                .held
                .iter_mut()
                .enumerate()
                .filter(|(at, _)| *at != own);
            for (_, held) in others {
                held[case] = Held::default();
            }
        }
    }
    visible
}
