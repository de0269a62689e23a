//! Asking the terminal what only it knows.
//!
//! How wide it draws “, two Han characters and two joined emoji, whether its background is dark or
//! light, whether it knows synchronized output, what kind it is, and whether it answers at all: one
//! batch of questions, sent once when the terminal is claimed, before the first frame. The explorer
//! does not wait for the answers. It assumes the common case, and repaints the frame if an answer
//! differs; a terminal on this machine answers before there is anything to show. A caller that must
//! wait ([`ask`]) waits [`PATIENCE`] in all.
//!
//! The last question is one that nearly every terminal answers (DSR 5). Its answer closes the
//! batch, and its time is the link's round trip. st 0.9 does not answer it, but does report its
//! attributes (DA 1), which are asked for before.
//!
//! Answers that arrive after the terminal has been released would be typed into the shell. So a
//! release waits for them first, for [`PATIENCE`] from when they were asked for.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

use super::input::{Answer, Decoded, Decoder};
use super::terminal;
use super::waiting;
use crate::background::Background;
use crate::text::width::Ambiguous;

/// Maximum time to wait for answers, all questions together: longer than any usable link needs.
pub const PATIENCE: Duration = Duration::from_millis(1500);

/// Maximum time between the last answer and the one before. They are asked for in one write and
/// travel together.
const LAST_GAP: Duration = Duration::from_millis(100);

/// “ and 海港, each printed at the start of a line that is then erased.
///
/// One Han character would not do: its three bytes may take two columns in GBK as well. The six
/// bytes of these two are all 0xA1 or above, which makes them three characters of two columns each
/// in GBK, EUC and Big5, and six of one column in one-byte encodings. No byte is a C1 control,
/// which would take no column.
const WIDTHS: &str = "\r\u{201c}\x1b[6n\r\u{6d77}\u{6e2f}\x1b[6n";
/// Two joined emoji. They follow the others: where text is not read as UTF-8 their bytes are C1
/// controls, and what such a control swallows ends with the next question.
const JOINED: &str = "\r\u{1f469}\u{200d}\u{1f467}\x1b[6n";
/// Columns of two Han characters where text is read as UTF-8.
const TWO_HAN: u16 = 4;
/// The background colour (OSC 11 of xterm). Most terminals answer, also over SSH and inside tmux.
const BACKGROUND: &str = "\x1b]11;?\x1b\\";
const SYNCHRONIZED: &str = "\x1b[?2026$p";
/// The kind of terminal (DA 2 and DA 1), and whether it has read everything. A terminal that knows
/// none of these prints some of them, so they are erased as well.
const LAST: &str = "\x1b[>c\r\x1b[K\x1b[c\x1b[5n";

/// Returns the questions as bytes; those about widths and the background are optional.
pub(super) fn questions(widths: bool, background: bool) -> String {
    let (widths, joined) = if widths { (WIDTHS, JOINED) } else { ("", "") };
    let background = if background { BACKGROUND } else { "" };
    format!("{widths}{joined}{background}{SYNCHRONIZED}{LAST}")
}

/// What a terminal reported about itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Columns taken by “.
    pub quote: Option<u16>,
    /// Columns taken by 海港: 4, or another number where text is not read as UTF-8.
    pub han: Option<u16>,
    /// Columns taken by two joined emoji.
    pub joined: Option<u16>,
    /// Whether its background is dark or light.
    pub background: Option<Background>,
    /// Whether it knows DEC private mode 2026.
    pub synchronized: Option<bool>,
    /// Kind and version, by the first numbers of DA 2: 41 for xterm, 65 for VTE, 24 for mlterm. Not
    /// every terminal answers.
    pub kind: Option<(u16, u16)>,
    /// Time until the last answer; `None` if it did not come.
    pub round_trip: Option<Duration>,
}

impl Answers {
    /// Returns how wide characters of ambiguous width are; `None` if that was not answered.
    pub fn ambiguous(&self) -> Option<Ambiguous> {
        match (self.quote?, self.han?) {
            (1, TWO_HAN) => Some(Ambiguous::Narrow),
            (2, TWO_HAN) => Some(Ambiguous::Wide),
            _ => None,
        }
    }

    /// Whether joined emoji are one glyph of two columns.
    pub fn joins(&self) -> bool {
        self.utf8() == Some(true) && self.joined == Some(2)
    }

    /// Whether the terminal is of a kind that was seen to erase as many columns as ECH asks for.
    /// mlterm 3.9 erases too few where a character is two columns wide. A terminal that does not
    /// report its kind may do so too.
    pub fn erases_columns(&self) -> bool {
        // Alacritty, Konsole, QTerminal, PuTTY; kitty and foot; xterm; Zutty and
        // VTE, the latter also under its older number; screen; tmux; urxvt.
        let kind = self.kind.map(|(kind, _)| kind);
        matches!(kind, Some(0 | 1 | 41 | 61 | 64 | 65 | 83 | 84 | 85))
    }

    /// Whether the terminal puts box drawing into other columns than text. QTerminal 1.2 and
    /// cool-retro-term 1.2 do, in a row with Han characters: they measure the glyphs before it, and
    /// a Han glyph is seldom as wide as two columns of the other font.
    pub fn misplaces_rules(&self) -> bool {
        self.kind == Some((0, 115))
    }

    /// Whether the terminal reads text as UTF-8; `None` if that was not answered.
    pub fn utf8(&self) -> Option<bool> {
        self.han.map(|columns| columns == TWO_HAN)
    }
}

/// Questions that have been sent.
#[derive(Debug)]
pub(super) struct Probe {
    asked: Instant,
    widths: bool,
    answers: Answers,
    deadline: Instant,
}

impl Probe {
    pub fn new(widths: bool, asked: Instant) -> Self {
        Self {
            asked,
            widths,
            answers: Answers::default(),
            deadline: asked + PATIENCE,
        }
    }

    /// Takes an answer. The last but one, [`Answer::Attributes`], returns all answers, and so does
    /// the last, [`Answer::Ready`].
    pub fn take(&mut self, answer: Answer, now: Instant) -> Option<Answers> {
        match answer {
            Answer::Column(column) if self.widths && self.answers.quote.is_none() => {
                self.answers.quote = Some(column);
            }
            Answer::Column(column) if self.widths && self.answers.han.is_none() => {
                self.answers.han = Some(column);
            }
            Answer::Column(column) if self.widths && self.answers.joined.is_none() => {
                self.answers.joined = Some(column);
            }
            Answer::Column(_) => {}
            Answer::Mode { mode: 2026, known } => self.answers.synchronized = Some(known),
            Answer::Mode { .. } => {}
            Answer::Background(background) => self.answers.background = Some(background),
            Answer::Kind { kind, version } => self.answers.kind = Some((kind, version)),
            Answer::Attributes | Answer::Ready => {
                self.deadline = self.deadline.min(now + LAST_GAP);
                self.answers.round_trip = Some(now.saturating_duration_since(self.asked));
                return Some(self.answers);
            }
        }
        None
    }

    /// Returns the time until which answers are awaited.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }
}

/// Asks a terminal that nothing else reads from, and waits for the answers, at
/// most [`PATIENCE`]. The line under the cursor is erased.
///
/// Errors: the terminal cannot be set, written to, or read from.
pub fn ask() -> io::Result<Answers> {
    let quiet = terminal::Quiet::enter()?;
    let mut probe = Probe::new(true, Instant::now());
    quiet.write(questions(true, true).as_bytes(), PATIENCE)?;
    read_answers(quiet.input(), probe.deadline(), |answer| {
        probe.take(answer, Instant::now());
        answer == Answer::Ready
    })?;
    Ok(probe.answers)
}

/// Reads from the terminal until `is_last` accepts an answer or the time is over, and not one byte
/// further. Keys in between are lost. A sequence that has begun by `deadline` gets, once, the time
/// that its rest may take: the user may have pressed Esc, whose rest never comes.
///
/// Errors: the terminal is gone.
pub(super) fn read_answers(
    input: BorrowedFd<'_>,
    deadline: Instant,
    mut is_last: impl FnMut(Answer) -> bool,
) -> io::Result<()> {
    let mut decoder = Decoder::default();
    let mut decoded = Vec::new();
    let mut deadline = deadline;
    let mut extended = false;
    loop {
        let Some(byte) = waiting::read_byte_before(input, deadline)? else {
            match decoder.patience() {
                Some(patience) if !extended => deadline += patience,
                _ => return Ok(()),
            }
            extended = true;
            continue;
        };
        decoder.feed(&[byte], &mut decoded);
        for decoded in decoded.drain(..) {
            match decoded {
                Decoded::Answer(answer) if is_last(answer) => return Ok(()),
                Decoded::Answer(Answer::Attributes) => {
                    deadline = deadline.min(Instant::now() + LAST_GAP);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::fd::AsFd;

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
        assert_eq!(of(1, 4).ambiguous(), Some(Ambiguous::Narrow));
        assert_eq!(of(2, 4).ambiguous(), Some(Ambiguous::Wide));
        assert_eq!(of(1, 4).utf8(), Some(true));
        // As GBK and as Latin-1 they take six columns.
        for quote in [2, 3] {
            assert_eq!(of(quote, 6).ambiguous(), None);
            assert_eq!(of(quote, 6).utf8(), Some(false));
        }
    }

    #[test]
    fn emoji_are_joined_where_two_take_the_columns_of_one() {
        let of = |han, joined| {
            let all: Vec<Answer> = [1, han, joined]
                .map(Answer::Column)
                .into_iter()
                .chain([Answer::Ready])
                .collect();
            answers(&all).expect("the last answer came").joins()
        };
        assert!(of(4, 2));
        assert!(!of(4, 4) && !of(4, 5));
        // Not where text is not read as UTF-8, and not without an answer.
        assert!(!of(6, 2));
        assert!(!Answers::default().joins());
    }

    #[test]
    fn a_sequence_that_never_ends_is_not_waited_for_for_ever() {
        for begun in ["\x1b", "\x1b[", "\x1b]x", "\x1b[?20"] {
            let (input, mut terminal) = io::pipe().expect("a pipe");
            terminal.write_all(begun.as_bytes()).expect("it has room");
            let read = read_answers(input.as_fd(), Instant::now(), |_| false);
            assert!(read.is_ok(), "{begun:?}");
            // Only now may the other end be closed.
            drop(terminal);
        }
    }

    #[test]
    fn what_a_terminal_does_wrong_is_known_by_its_kind() {
        let of = |kind, version| {
            let all = [Answer::Kind { kind, version }, Answer::Attributes];
            answers(&all).expect("the last but one came")
        };
        let (mlterm, xterm, qterminal) = (of(24, 279), of(41, 379), of(0, 115));
        assert!(!mlterm.erases_columns() && !mlterm.misplaces_rules());
        assert!(xterm.erases_columns() && !xterm.misplaces_rules());
        assert!(qterminal.erases_columns() && qterminal.misplaces_rules());
        // One that does not say what it is.
        let st = answers(&[Answer::Attributes]).expect("the last but one came");
        assert!(!st.erases_columns() && !st.misplaces_rules());
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
