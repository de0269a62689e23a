//! Events on a channel.

use std::collections::VecDeque;
use std::sync::mpsc;
use std::time::Duration;

use signal_hook::consts::SIGHUP;

use super::input::Answer;
use crate::background::Background;
use crate::key::{Input, Mouse, MouseKind};

/// An event to which the program must react; `T` is what its own threads report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<T> {
    /// The user did something.
    Input(Input),
    /// A thread of the program reported something.
    App(T),
    /// The widths of ambiguous characters, box drawing or joined emoji are not as assumed so far:
    /// lay out again.
    Widths,
    /// The terminal's background is not as assumed so far.
    Background(Background),
    /// Save and leave soon: the watchdog ends the program after two seconds, or after half a second
    /// if the terminal is gone.
    Leave(Leave),
}

/// Why the program must end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// A signal asked for it.
    Signal(i32),
    /// The terminal is gone.
    TerminalGone,
}

impl Leave {
    /// Returns the exit code for the parent: 128 plus the signal's number, or that of a hang-up if
    /// the terminal went without a signal.
    pub fn exit_code(self) -> u8 {
        let signal = match self {
            Self::Signal(signal) => signal,
            Self::TerminalGone => SIGHUP,
        };
        u8::try_from(128 + signal).unwrap_or(u8::MAX)
    }

    /// Returns how long the main thread has to save and leave.
    pub(super) fn grace(self) -> Duration {
        match self {
            Self::Signal(_) => Duration::from_secs(2),
            Self::TerminalGone => Duration::from_millis(500),
        }
    }
}

/// A message on the channel.
#[derive(Debug)]
pub(super) enum Incoming<T> {
    Input(Input),
    Answer(Answer),
    App(T),
    /// There is room for more output.
    Writable,
    /// The program was asked to stop (SIGTSTP).
    Stop,
    /// The program was stopped and continues (SIGCONT).
    Continued,
    Leave(Leave),
}

/// The receiving end: events in the order in which they happened.
#[derive(Debug)]
pub struct Events<T> {
    pub(super) reports: mpsc::Receiver<Incoming<T>>,
    pub(super) sender: mpsc::Sender<Incoming<T>>,
}

impl<T> Events<T> {
    /// Returns a sender for another thread.
    pub fn sender(&self) -> Sender<T> {
        Sender(self.sender.clone())
    }
}

/// A sender of reports for a thread of the program.
#[derive(Debug)]
pub struct Sender<T>(mpsc::Sender<Incoming<T>>);

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Sender<T> {
    /// Reports something; `false` if nobody listens any more.
    pub fn send(&self, message: T) -> bool {
        self.0.send(Incoming::App(message)).is_ok()
    }
}

/// Removes from a batch what a later event makes pointless: every resize except the last, and every
/// movement of a held mouse except the last of a run.
pub(super) fn coalesce<T>(reports: &mut VecDeque<Incoming<T>>) {
    let is_resize = |report: &Incoming<T>| matches!(report, Incoming::Input(Input::Resize { .. }));
    let is_drag = |report: &Incoming<T>| {
        let Incoming::Input(Input::Mouse(Mouse { kind, .. })) = report else {
            return false;
        };
        *kind == MouseKind::Drag
    };
    let last_resize = reports.iter().rposition(is_resize);
    let mut at = 0;
    let mut drags = reports.iter().map(is_drag).skip(1).collect::<Vec<_>>();
    drags.push(false);
    reports.retain(|report| {
        let stale_resize = is_resize(report) && Some(at) != last_resize;
        let stale_drag = is_drag(report) && drags[at];
        at += 1;
        !stale_resize && !stale_drag
    });
}

#[cfg(test)]
mod tests {
    use signal_hook::consts::{SIGINT, SIGTERM};

    use super::*;
    use crate::key::Key;

    fn resize(columns: u16) -> Incoming<()> {
        Incoming::Input(Input::Resize { columns, rows: 24 })
    }

    fn drag(column: u16) -> Incoming<()> {
        Incoming::Input(Input::Mouse(Mouse {
            kind: MouseKind::Drag,
            column,
            row: 0,
        }))
    }

    fn key(c: char) -> Incoming<()> {
        Incoming::Input(Input::Key(Key::Char(c)))
    }

    #[test]
    fn the_last_resize_and_the_last_of_a_drag_are_left() {
        let mut reports = VecDeque::from([
            resize(80),
            drag(1),
            drag(2),
            key('j'),
            resize(90),
            drag(3),
            key('k'),
            resize(100),
        ]);
        coalesce(&mut reports);
        let left: Vec<String> = reports.iter().map(|report| format!("{report:?}")).collect();
        let expected = [drag(2), key('j'), drag(3), key('k'), resize(100)];
        assert_eq!(left, expected.map(|report| format!("{report:?}")));
    }

    #[test]
    fn exit_codes_name_the_signal() {
        assert_eq!(Leave::Signal(SIGTERM).exit_code(), 143);
        assert_eq!(Leave::Signal(SIGINT).exit_code(), 130);
        assert_eq!(Leave::TerminalGone.exit_code(), 129);
    }
}
