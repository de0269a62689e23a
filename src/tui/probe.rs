//! Asking the terminal what only it knows.
//!
//! How wide it draws “ and 案, whether its background is dark or light, whether it
//! knows synchronized output, and whether it answers at all: one batch of questions, sent once when the terminal is
//! claimed, ahead of the first frame. The explorer does not wait for the answers.
//! It assumes the common case, and where an answer says otherwise the frame is
//! painted again; a terminal on this machine answers before there is anything to
//! show. Whoever has to wait ([`ask`]) waits 100 ms in all.
//!
//! The last question is one that every terminal answers (DSR 5). Its answer
//! closes the batch, and its time is the link's round trip.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

use super::input::{Answer, Decoded, Decoder};
use super::terminal;
use crate::background::Background;
use crate::text::width::Ambiguous;

/// How long an answer is waited for, all questions together.
pub const PATIENCE: Duration = Duration::from_millis(100);

/// “ and 案, each printed at the start of a line that is then erased.
const WIDTHS: &str = "\r\u{201c}\x1b[6n\r\u{6848}\x1b[6n";
/// The colour of the background (OSC 11 of xterm). Answered by most terminals, over
/// SSH and inside tmux too.
const BACKGROUND: &str = "\x1b]11;?\x1b\\";
const SYNCHRONIZED: &str = "\x1b[?2026$p";
/// A terminal that takes none of this prints some of it: erased as well.
const LAST: &str = "\r\x1b[K\x1b[5n";

/// The questions, as bytes; those about widths and the background may be left out.
pub(super) fn questions(widths: bool, background: bool) -> String {
    let widths = if widths { WIDTHS } else { "" };
    let background = if background { BACKGROUND } else { "" };
    format!("{widths}{background}{SYNCHRONIZED}{LAST}")
}

/// What a terminal said about itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Columns that “ took.
    pub quote: Option<u16>,
    /// Columns that 案 took: 2, or 3 and more where UTF-8 is not understood.
    pub han: Option<u16>,
    /// Whether its background is dark or light.
    pub background: Option<Background>,
    /// Whether it knows DEC private mode 2026.
    pub synchronized: Option<bool>,
    /// How long the last answer took; `None` if it did not come.
    pub round_trip: Option<Duration>,
}

impl Answers {
    /// How wide characters of ambiguous width are, if that was answered.
    pub fn ambiguous(&self) -> Option<Ambiguous> {
        match (self.quote?, self.han?) {
            (1, 2) => Some(Ambiguous::Narrow),
            (2, 2) => Some(Ambiguous::Wide),
            _ => None,
        }
    }

    /// Whether the terminal understands UTF-8, if that was answered.
    pub fn utf8(&self) -> Option<bool> {
        self.han.map(|columns| columns == 2)
    }
}

/// Questions that have been sent.
#[derive(Debug)]
pub(super) struct Probe {
    asked: Instant,
    widths: bool,
    answers: Answers,
}

impl Probe {
    pub fn new(widths: bool, asked: Instant) -> Self {
        Self {
            asked,
            widths,
            answers: Answers::default(),
        }
    }

    /// Takes an answer; the last one yields them all.
    pub fn take(&mut self, answer: Answer, now: Instant) -> Option<Answers> {
        match answer {
            Answer::Column(column) if self.widths && self.answers.quote.is_none() => {
                self.answers.quote = Some(column);
            }
            Answer::Column(column) if self.widths && self.answers.han.is_none() => {
                self.answers.han = Some(column);
            }
            Answer::Column(_) => {}
            Answer::Mode { mode: 2026, known } => self.answers.synchronized = Some(known),
            Answer::Mode { .. } => {}
            Answer::Background(background) => self.answers.background = Some(background),
            Answer::Ready => {
                self.answers.round_trip = Some(now.saturating_duration_since(self.asked));
                return Some(self.answers);
            }
        }
        None
    }

    /// When nobody waits for the answers any more.
    pub fn deadline(&self) -> Instant {
        self.asked + PATIENCE
    }
}

/// Asks a terminal that nothing else reads from, and waits for the answers, at
/// most [`PATIENCE`]. The line under the cursor is erased.
///
/// Errors: the terminal cannot be set, written to, or read from.
pub fn ask() -> io::Result<Answers> {
    let quiet = terminal::Quiet::enter()?;
    let mut probe = Probe::new(true, Instant::now());
    quiet.write(questions(true, true).as_bytes())?;
    let mut found = None;
    let deadline = probe.deadline();
    read_answers(quiet.input(), deadline, |answer| {
        found = probe.take(answer, Instant::now());
        found.is_some()
    })?;
    if found.is_none() {
        quiet.discard_input();
    }
    Ok(found.unwrap_or(probe.answers))
}

/// Reads from the terminal until `is_last` says so of an answer, or the time is
/// over. Keys in between are lost.
pub(super) fn read_answers(
    input: BorrowedFd<'_>,
    deadline: Instant,
    mut is_last: impl FnMut(Answer) -> bool,
) -> io::Result<()> {
    let mut decoder = Decoder::default();
    let mut decoded = Vec::new();
    while let Some(bytes) = terminal::read_before(input, deadline)? {
        decoder.feed(&bytes, &mut decoded);
        for decoded in decoded.drain(..) {
            if let Decoded::Answer(answer) = decoded
                && is_last(answer)
            {
                return Ok(());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(answers: &[Answer]) -> Option<Answers> {
        let asked = Instant::now();
        let mut probe = Probe::new(true, asked);
        answers
            .iter()
            .find_map(|&answer| probe.take(answer, asked + Duration::from_millis(7)))
    }

    fn synchronized(known: bool) -> Answer {
        Answer::Mode { mode: 2026, known }
    }

    #[test]
    fn the_column_behind_a_quotation_mark_is_its_width() {
        let of = |quote, han| {
            let all = [Answer::Column(quote), Answer::Column(han), Answer::Ready];
            answers(&all).expect("the last answer came")
        };
        assert_eq!(of(1, 2).ambiguous(), Some(Ambiguous::Narrow));
        assert_eq!(of(2, 2).ambiguous(), Some(Ambiguous::Wide));
        assert_eq!(of(3, 3).ambiguous(), None);
        assert_eq!(of(3, 3).utf8(), Some(false));
    }

    #[test]
    fn the_last_answer_ends_the_batch_whatever_is_missing() {
        assert_eq!(answers(&[Answer::Column(1), synchronized(true)]), None);
        let some = answers(&[synchronized(true), Answer::Ready]).expect("the last answer came");
        assert_eq!(some.ambiguous(), None);
        assert_eq!(some.synchronized, Some(true));
        assert_eq!(some.round_trip, Some(Duration::from_millis(7)));
    }
}
