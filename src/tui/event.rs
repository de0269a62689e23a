//! What happens: keys and signals, as events on a channel.
//!
//! One thread waits for the terminal and for signals at once, without a time
//! limit unless something is open: an idle program does not wake up. It is also
//! the watchdog: when the program has to end and the main thread does not see to
//! it, this thread gives the terminal back and ends it.

use std::collections::VecDeque;
use std::io::{self, PipeReader, PipeWriter, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};
use signal_hook::consts::{
    SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH, TERM_SIGNALS,
};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use super::input::{Answer, Decoded, Decoder};
use super::terminal;
use crate::app::key::Input;
use crate::text::width::Ambiguous;

/// What the program has to react to; `T` is what its own threads report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<T> {
    /// The user did something.
    Input(Input),
    /// A thread of the program reported something.
    App(T),
    /// The terminal draws characters of ambiguous width otherwise than assumed
    /// so far: lay out again.
    Ambiguous(Ambiguous),
    /// Save and leave, soon: after two seconds, half a one without a terminal, the
    /// watchdog ends the program.
    Leave(Leave),
}

/// Why the program has to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// A signal asked for it.
    Signal(i32),
    /// There is no terminal any more.
    TerminalGone,
}

impl Leave {
    /// The exit code that tells the parent why: 128 and the signal's number, and
    /// that of a hang-up where the terminal went without a signal.
    pub fn exit_code(self) -> u8 {
        let signal = match self {
            Self::Signal(signal) => signal,
            Self::TerminalGone => SIGHUP,
        };
        u8::try_from(128 + signal).unwrap_or(u8::MAX)
    }

    /// How long the main thread has to save and leave.
    fn grace(self) -> Duration {
        match self {
            Self::Signal(_) => Duration::from_secs(2),
            Self::TerminalGone => Duration::from_millis(500),
        }
    }
}

/// What travels on the channel.
#[derive(Debug)]
pub(super) enum Report<T> {
    Input(Input),
    Answer(Answer),
    App(T),
    /// There is room for more output.
    Writable,
    /// Somebody asked the program to stop (SIGTSTP).
    Stop,
    /// It was stopped and goes on (SIGCONT).
    Continued,
    Leave(Leave),
}

/// The receiving end: events in the order in which they happened.
#[derive(Debug)]
pub struct Events<T> {
    pub(super) reports: mpsc::Receiver<Report<T>>,
    sender: mpsc::Sender<Report<T>>,
}

impl<T> Events<T> {
    /// A way for another thread to report.
    pub fn sender(&self) -> Sender<T> {
        Sender(self.sender.clone())
    }
}

/// A thread's way into the events.
#[derive(Debug)]
pub struct Sender<T>(mpsc::Sender<Report<T>>);

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Sender<T> {
    /// Reports something; `false` if nobody listens any more.
    pub fn send(&self, message: T) -> bool {
        self.0.send(Report::App(message)).is_ok()
    }
}

/// Signals that are caught, from the moment this is made.
pub(super) type Signals = SignalDelivery<UnixStream, SignalOnly>;

pub(super) fn catch_signals() -> io::Result<Signals> {
    let (read, write) = UnixStream::pair()?;
    let signals = [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
    SignalDelivery::with_pipe(read, write, SignalOnly::default(), signals)
}

/// What the listening thread is told.
#[derive(Debug)]
enum Request {
    /// Say when there is room for output.
    WatchOutput,
    /// Leave the terminal to somebody else, and answer when that is so.
    Pause(mpsc::SyncSender<()>),
    Unpause,
}

/// The main thread's hand on the listening one, which ends when this is dropped.
#[derive(Debug)]
pub(super) struct Control {
    requests: mpsc::Sender<Request>,
    wake: PipeWriter,
    answered: Arc<AtomicUsize>,
}

impl Control {
    pub fn watch_output(&self) {
        self.request(Request::WatchOutput);
    }

    /// Returns when nothing is read from the terminal any more.
    pub fn pause(&self) {
        let (paused, wait) = mpsc::sync_channel(1);
        self.request(Request::Pause(paused));
        // A thread that is gone does not read either.
        let _ = wait.recv_timeout(Duration::from_millis(200));
    }

    pub fn unpause(&self) {
        self.request(Request::Unpause);
    }

    /// How often the terminal has said so far that it has read everything.
    pub fn answered(&self) -> usize {
        self.answered.load(Ordering::Acquire)
    }

    fn request(&self, request: Request) {
        if self.requests.send(request).is_ok() {
            let _ = (&self.wake).write_all(b"!");
        }
    }
}

/// Starts the thread that listens to the terminal and to `signals`.
pub(super) fn listen<T: Send + 'static>(
    input: OwnedFd,
    output: OwnedFd,
    signals: Signals,
) -> io::Result<(Events<T>, Control)> {
    let (sender, reports) = mpsc::channel();
    let (requests, asked) = mpsc::channel();
    let (woken, wake) = io::pipe()?;
    let answered = Arc::new(AtomicUsize::new(0));
    let listener = Listener {
        answered: Arc::clone(&answered),
        input,
        output,
        signals,
        woken,
        requests: asked,
        reports: sender.clone(),
        decoder: Decoder::default(),
        last_byte: Instant::now(),
        resizes: Resizes::default(),
        watching: false,
        paused: false,
        ending: None,
    };
    thread::Builder::new()
        .name("events".into())
        .spawn(move || listener.run())?;
    let control = Control {
        requests,
        wake,
        answered,
    };
    Ok((Events { reports, sender }, control))
}

struct Listener<T> {
    answered: Arc<AtomicUsize>,
    input: OwnedFd,
    output: OwnedFd,
    signals: Signals,
    woken: PipeReader,
    requests: mpsc::Receiver<Request>,
    reports: mpsc::Sender<Report<T>>,
    decoder: Decoder,
    last_byte: Instant,
    resizes: Resizes,
    /// Waiting for room for output.
    watching: bool,
    /// The terminal is somebody else's.
    paused: bool,
    /// Why the program has to end, and since when.
    ending: Option<(Leave, Instant)>,
}

/// Signals that come within this time have one cause.
const SAME_CAUSE: Duration = Duration::from_millis(300);

/// What is ready.
#[derive(Clone, Copy)]
struct Ready {
    signals: PollFlags,
    woken: PollFlags,
    input: PollFlags,
    output: PollFlags,
}

impl<T> Listener<T> {
    fn run(mut self) {
        while let Ok(ready) = self.wait() {
            if !ready.signals.is_empty() {
                self.take_signals();
            }
            if !ready.woken.is_empty() && !self.take_requests() {
                return;
            }
            if !ready.input.is_empty() {
                self.take_input(ready.input);
            }
            if !ready.output.is_empty() {
                self.watching = false;
                self.report(Report::Writable);
            }
            self.take_time();
        }
    }

    /// Sleeps until something is ready or a time limit is over.
    fn wait(&self) -> io::Result<Ready> {
        let gone = matches!(self.ending, Some((Leave::TerminalGone, _)));
        let listening = !self.paused && !gone;
        let mut polled = vec![
            PollFd::new(self.signals.get_read(), PollFlags::IN),
            PollFd::new(&self.woken, PollFlags::IN),
        ];
        if listening {
            polled.push(PollFd::new(&self.input, PollFlags::IN));
        }
        if self.watching && listening {
            polled.push(PollFd::new(&self.output, PollFlags::OUT));
        }
        let limit = self
            .deadline()
            .map(|deadline| deadline.saturating_duration_since(Instant::now()))
            .map(terminal::timespec);
        match rustix::event::poll(&mut polled, limit.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let flags = |at: usize| polled.get(at).map_or(PollFlags::empty(), PollFd::revents);
        Ok(Ready {
            signals: flags(0),
            woken: flags(1),
            input: flags(2),
            output: flags(3),
        })
    }

    fn deadline(&self) -> Option<Instant> {
        [
            self.decoder
                .patience()
                .map(|patience| self.last_byte + patience),
            self.resizes.due_at(),
            self.end_at(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// When the program must have ended.
    fn end_at(&self) -> Option<Instant> {
        self.ending.map(|(leave, since)| since + leave.grace())
    }

    /// Nobody listening is no reason to stop: the watchdog stays.
    fn report(&self, report: Report<T>) {
        let _ = self.reports.send(report);
    }

    fn take_signals(&mut self) {
        let caught: Vec<i32> = self.signals.pending().collect();
        for signal in caught {
            match signal {
                SIGWINCH if self.resizes.note(Instant::now()) => self.resize(),
                SIGWINCH => {}
                SIGCONT => self.report(Report::Continued),
                // Whoever has the terminal stops; so do we, as a job does.
                SIGTSTP if self.paused => {
                    let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
                }
                SIGTSTP => self.report(Report::Stop),
                // Typed at the program that has the terminal, not at this one.
                SIGINT | SIGQUIT if self.paused => {}
                signal if TERM_SIGNALS.contains(&signal) || signal == SIGHUP => {
                    self.leave(Leave::Signal(signal));
                }
                _ => {}
            }
        }
    }

    /// Asks the main thread to end the program, and sees to it that it does.
    fn leave(&mut self, leave: Leave) {
        let now = Instant::now();
        match self.ending {
            None => {
                self.ending = Some((leave, now));
                self.report(Report::Leave(leave));
            }
            // A terminal that closes sends more than one signal, and so does the
            // shell in it. Later than that, somebody is losing patience.
            Some((first, since)) if now > since + SAME_CAUSE && leave != Leave::TerminalGone => {
                end(first);
            }
            Some(_) => {}
        }
    }

    /// `false` if the thread should end.
    fn take_requests(&mut self) -> bool {
        let mut bytes = [0; 64];
        let open = rustix::io::read(&self.woken, &mut bytes).is_ok_and(|read| read > 0);
        while let Ok(request) = self.requests.try_recv() {
            match request {
                Request::WatchOutput => self.watching = true,
                Request::Unpause => self.paused = false,
                Request::Pause(paused) => {
                    self.paused = true;
                    self.decoder = Decoder::default();
                    let _ = paused.send(());
                }
            }
        }
        if !open && let Some((leave, since)) = self.ending {
            // The terminal is given back, but something may hang on its way out.
            let left = (since + leave.grace()).saturating_duration_since(Instant::now());
            thread::park_timeout(left);
            end(leave);
        }
        open
    }

    fn take_input(&mut self, ready: PollFlags) {
        let mut bytes = [0; 4096];
        // A terminal that hung up is readable as well: it reads as ended.
        let read = match ready.contains(PollFlags::IN) {
            true => rustix::io::read(&self.input, &mut bytes),
            false => Ok(0),
        };
        match read {
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Ok(0) | Err(_) => self.leave(Leave::TerminalGone),
            Ok(read) => {
                let mut decoded = Vec::new();
                self.last_byte = Instant::now();
                self.decoder.feed(&bytes[..read], &mut decoded);
                self.report_all(decoded);
            }
        }
    }

    fn report_all(&self, decoded: Vec<Decoded>) {
        for decoded in decoded {
            if decoded == Decoded::Answer(Answer::Ready) {
                self.answered.fetch_add(1, Ordering::AcqRel);
            }
            self.report(match decoded {
                Decoded::Input(input) => Report::Input(input),
                Decoded::Answer(answer) => Report::Answer(answer),
            });
        }
    }

    fn resize(&self) {
        let (columns, rows) = terminal::size();
        self.report(Report::Input(Input::Resize { columns, rows }));
    }

    fn take_time(&mut self) {
        let now = Instant::now();
        if let Some(patience) = self.decoder.patience()
            && now >= self.last_byte + patience
        {
            let mut decoded = Vec::new();
            self.decoder.settle(&mut decoded);
            self.report_all(decoded);
        }
        if self.resizes.is_due(now) {
            self.resize();
        }
        if let Some((leave, since)) = self.ending
            && now >= since + leave.grace()
        {
            end(leave);
        }
    }
}

/// Ends the program without waiting for anybody.
fn end(leave: Leave) -> ! {
    terminal::give_back();
    signal_hook::low_level::exit(leave.exit_code().into())
}

/// Lets the first of many resizes through at once, and of those that follow on
/// its heels only the last, or one now and then if they do not end.
#[derive(Debug, Default)]
struct Resizes {
    let_through: Option<Instant>,
    /// The first and the last that wait.
    held: Option<(Instant, Instant)>,
}

impl Resizes {
    /// So long it has to be quiet before the last one counts.
    const QUIET: Duration = Duration::from_millis(30);
    /// A user who drags a window's corner sees something this often.
    const LONGEST: Duration = Duration::from_millis(300);

    /// Takes note of one; `true` if it counts at once.
    fn note(&mut self, now: Instant) -> bool {
        let quiet = self
            .let_through
            .is_none_or(|last| now >= last + 2 * Self::QUIET);
        if quiet && self.held.is_none() {
            self.let_through = Some(now);
            return true;
        }
        let first = self.held.map_or(now, |(first, _)| first);
        self.held = Some((first, now));
        false
    }

    fn due_at(&self) -> Option<Instant> {
        self.held
            .map(|(first, last)| (first + Self::LONGEST).min(last + Self::QUIET))
    }

    /// Whether the one that waits counts now; then it waits no longer.
    fn is_due(&mut self, now: Instant) -> bool {
        let due = self.due_at().is_some_and(|due| now >= due);
        if due {
            self.held = None;
            self.let_through = Some(now);
        }
        due
    }
}

/// Takes out of a batch what a later event makes pointless: every resize but the
/// last, and of the movements of a held mouse all but the last of a run.
pub(super) fn coalesce<T>(reports: &mut VecDeque<Report<T>>) {
    use crate::app::key::{Mouse, MouseKind};

    let is_resize = |report: &Report<T>| matches!(report, Report::Input(Input::Resize { .. }));
    let is_drag = |report: &Report<T>| {
        let Report::Input(Input::Mouse(Mouse { kind, .. })) = report else {
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
    use super::*;
    use crate::app::key::{Key, Mouse, MouseKind};

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn one_resize_counts_at_once() {
        let mut resizes = Resizes::default();
        assert!(resizes.note(Instant::now()));
        assert_eq!(resizes.due_at(), None);
    }

    #[test]
    fn of_two_hundred_resizes_in_a_second_a_handful_counts_and_the_last_does() {
        let start = Instant::now();
        let mut resizes = Resizes::default();
        let mut counted = Vec::new();
        for n in 0..200 {
            let now = start + ms(5 * n);
            if resizes.is_due(now) || resizes.note(now) {
                counted.push(n);
            }
        }
        let due = resizes.due_at().expect("the last one waits");
        assert_eq!(due, start + ms(5 * 199) + Resizes::QUIET);
        assert!(resizes.is_due(due));
        assert!(counted.len() <= 5, "{counted:?}");
    }

    fn resize(columns: u16) -> Report<()> {
        Report::Input(Input::Resize { columns, rows: 24 })
    }

    fn drag(column: u16) -> Report<()> {
        Report::Input(Input::Mouse(Mouse {
            kind: MouseKind::Drag,
            column,
            row: 0,
        }))
    }

    fn key(c: char) -> Report<()> {
        Report::Input(Input::Key(Key::Char(c)))
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
