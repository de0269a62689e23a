//! One thread that waits for the terminal and for signals at once.
//!
//! It waits without a time limit unless something is pending: an idle program does not wake up. It
//! is also the watchdog: if the program must end and the main thread does not react, this thread
//! restores the terminal and ends the program.

use std::io::{self, PipeReader, PipeWriter, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use super::event::{Events, Incoming, Leave};
use super::input::{Answer, Decoded, Decoder};
use super::terminal;
use super::waiting;
use crate::draft;
use crate::key::{Input, Key};

/// Signals that end a program.
const ENDING: [i32; 4] = [SIGTERM, SIGINT, SIGHUP, SIGQUIT];

/// Signals that are caught, from creation until drop.
#[derive(Debug)]
pub(super) struct Signals(SignalDelivery<UnixStream, SignalOnly>);

impl Signals {
    pub fn catch() -> io::Result<Self> {
        let (read, write) = UnixStream::pair()?;
        let signals = ENDING.into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]);
        let delivery = SignalDelivery::with_pipe(read, write, SignalOnly, signals)?;
        unheard()?.store(false, Ordering::Release);
        Ok(Self(delivery))
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        if let Ok(unheard) = unheard() {
            unheard.store(true, Ordering::Release);
        }
    }
}

/// Set while nobody listens to signals. An installed handler stays, so that without this Ctrl-C
/// would do nothing for the rest of the program.
fn unheard() -> io::Result<&'static AtomicBool> {
    static UNHEARD: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    if UNHEARD.get().is_none() {
        let unheard = Arc::new(AtomicBool::new(false));
        for signal in ENDING {
            signal_hook::flag::register_conditional_default(signal, Arc::clone(&unheard))?;
        }
        // Two threads that claim the terminal at once are one too many anyway.
        let _ = UNHEARD.set(unheard);
    }
    Ok(UNHEARD.get().expect("it has just been set"))
}

pub(super) const CTRL_C: Key = Key::Ctrl('c');

/// A request to the listening thread.
#[derive(Debug)]
enum Request {
    /// Report when there is room for output.
    WatchOutput,
    /// Stop reading from the terminal, and answer when that is done.
    Pause(mpsc::SyncSender<()>),
    Unpause,
}

/// The main thread's control of the listening thread, which ends when this is dropped.
#[derive(Debug)]
pub(super) struct Control {
    requests: mpsc::Sender<Request>,
    wake: PipeWriter,
    answered: Arc<AtomicUsize>,
    obeyed: Arc<AtomicUsize>,
}

impl Control {
    pub fn watch_output(&self) {
        self.request(Request::WatchOutput);
    }

    /// Pauses the listening thread. Returns when nothing is read from the terminal any more.
    pub fn pause(&self) {
        let (paused, wait) = mpsc::sync_channel(1);
        self.request(Request::Pause(paused));
        // A thread that is gone does not read either.
        let _ = wait.recv_timeout(Duration::from_millis(200));
    }

    pub fn unpause(&self) {
        self.request(Request::Unpause);
    }

    /// Returns how often the terminal has reported that it has read everything.
    pub fn answered(&self) -> usize {
        self.answered.load(Ordering::Acquire)
    }

    /// Reports how often Ctrl-C has been handled.
    pub fn obeyed(&self, times: usize) {
        self.obeyed.store(times, Ordering::Release);
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
    ends_on_ctrl_c: bool,
) -> io::Result<(Events<T>, Control)> {
    let (sender, reports) = mpsc::channel();
    let (requests, asked) = mpsc::channel();
    let (woken, wake) = io::pipe()?;
    let answered = Arc::new(AtomicUsize::new(0));
    let obeyed = Arc::new(AtomicUsize::new(0));
    let listener = Listener {
        answered: Arc::clone(&answered),
        obeyed: Arc::clone(&obeyed),
        ends_on_ctrl_c,
        interrupts: 0,
        disobeyed: None,
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
        obeyed,
    };
    Ok((Events { reports, sender }, control))
}

struct Listener<T> {
    answered: Arc<AtomicUsize>,
    /// Number of times that the main thread has handled Ctrl-C.
    obeyed: Arc<AtomicUsize>,
    ends_on_ctrl_c: bool,
    /// Number of times that Ctrl-C was pressed.
    interrupts: usize,
    /// The number of a Ctrl-C that the main thread has not handled, and since when.
    disobeyed: Option<(usize, Instant)>,
    input: OwnedFd,
    output: OwnedFd,
    signals: Signals,
    woken: PipeReader,
    requests: mpsc::Receiver<Request>,
    reports: mpsc::Sender<Incoming<T>>,
    decoder: Decoder,
    last_byte: Instant,
    resizes: Resizes,
    /// Whether it waits for room for output.
    watching: bool,
    /// Whether another program uses the terminal.
    paused: bool,
    /// Why the program must end, and since when.
    ending: Option<(Leave, Instant)>,
}

/// Signals within this time have one cause.
pub(super) const SAME_CAUSE: Duration = Duration::from_millis(300);

/// How long the main thread may be busy with what came before Ctrl-C. After that it is asked to end
/// the program as by a signal.
const CTRL_C_PATIENCE: Duration = Duration::from_secs(1);

/// Which descriptors are ready.
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
                self.report(Incoming::Writable);
            }
            self.take_time();
        }
    }

    /// Sleeps until something is ready or a time limit is over.
    fn wait(&self) -> io::Result<Ready> {
        let gone = matches!(self.ending, Some((Leave::TerminalGone, _)));
        let listening = !self.paused && !gone;
        let mut polled = vec![
            PollFd::new(self.signals.0.get_read(), PollFlags::IN),
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
            .map(waiting::timespec);
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
            self.disobeyed.map(|(_, since)| since + CTRL_C_PATIENCE),
            self.end_at(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Returns when the program must have ended.
    fn end_at(&self) -> Option<Instant> {
        self.ending.map(|(leave, since)| since + leave.grace())
    }

    /// Sends a report. Without a receiver the thread still runs on: the watchdog stays.
    fn report(&self, report: Incoming<T>) {
        let _ = self.reports.send(report);
    }

    fn take_signals(&mut self) {
        let caught: Vec<i32> = self.signals.0.pending().collect();
        for signal in caught {
            match signal {
                SIGWINCH if self.resizes.note(Instant::now()) => self.resize(),
                SIGWINCH => {}
                SIGCONT => self.report(Incoming::Continued),
                // The program that uses the terminal stops. So do we, as a job does, if a shell can
                // continue us.
                SIGTSTP if self.paused => {
                    if terminal::can_be_stopped() {
                        let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
                    }
                }
                SIGTSTP => self.report(Incoming::Stop),
                // Typed at the program that uses the terminal, not at this one.
                SIGINT | SIGQUIT if self.paused => {}
                signal => self.leave(Leave::Signal(signal)),
            }
        }
    }

    /// Asks the main thread to end the program, and makes sure that it ends.
    fn leave(&mut self, leave: Leave) {
        let now = Instant::now();
        match self.ending {
            None => {
                self.ending = Some((leave, now));
                self.report(Incoming::Leave(leave));
            }
            // A closing terminal sends more than one signal, and so does the shell in it. A later
            // one means that somebody is losing patience.
            Some((first, since)) if now > since + SAME_CAUSE && leave != Leave::TerminalGone => {
                end(first);
            }
            Some(_) => {}
        }
    }

    /// Handles requests. Returns `false` if the thread should end.
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
                    self.disobeyed = None;
                    let _ = paused.send(());
                }
            }
        }
        if !open && let Some((leave, since)) = self.ending {
            // The terminal is released, but something may hang on the way out.
            let left = (since + leave.grace()).saturating_duration_since(Instant::now());
            thread::park_timeout(left);
            end(leave);
        }
        open
    }

    fn take_input(&mut self, ready: PollFlags) {
        // Continued in the background: a program that reads there is stopped. The main thread
        // reports when the terminal is claimed again.
        self.paused = !terminal::is_in_front();
        if self.paused {
            return;
        }
        let mut bytes = [0; 4096];
        // A terminal that hung up is readable as well: it reads as ended.
        let read = if ready.contains(PollFlags::IN) {
            rustix::io::read(&self.input, &mut bytes)
        } else {
            Ok(0)
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

    fn report_all(&mut self, decoded: Vec<Decoded>) {
        for decoded in decoded {
            if self.ends_on_ctrl_c && decoded == Decoded::Input(Input::Key(CTRL_C)) {
                self.interrupts += 1;
                self.disobeyed
                    .get_or_insert((self.interrupts, Instant::now()));
            }
            if decoded == Decoded::Answer(Answer::Ready) {
                self.answered.fetch_add(1, Ordering::AcqRel);
            }
            self.report(match decoded {
                Decoded::Input(input) => Incoming::Input(input),
                Decoded::Answer(answer) => Incoming::Answer(answer),
            });
        }
    }

    fn resize(&self) {
        let (columns, rows) = terminal::size();
        self.report(Incoming::Input(Input::Resize { columns, rows }));
    }

    fn take_time(&mut self) {
        let now = Instant::now();
        if let Some((number, since)) = self.disobeyed
            && now >= since + CTRL_C_PATIENCE
        {
            let obeyed = self.obeyed.load(Ordering::Acquire);
            self.disobeyed = (obeyed < self.interrupts).then_some((self.interrupts, now));
            if obeyed < number {
                self.leave(Leave::Signal(SIGINT));
            }
        }
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

/// Ends the program without waiting for anything.
fn end(leave: Leave) -> ! {
    draft::remove_all();
    terminal::give_back();
    signal_hook::low_level::exit(leave.exit_code().into())
}

/// Lets the first of many resizes through at once. Of those that follow closely, only the last
/// counts, or one now and then if they do not end.
#[derive(Debug, Default)]
struct Resizes {
    let_through: Option<Instant>,
    /// Times of the first and the last resize that wait.
    held: Option<(Instant, Instant)>,
}

impl Resizes {
    /// How long it must be quiet before the last resize counts.
    const QUIET: Duration = Duration::from_millis(30);
    /// Maximum time between two that count while a user drags a window's corner.
    const LONGEST: Duration = Duration::from_millis(300);

    /// Notes a resize. Returns `true` if it counts at once.
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

    /// Whether the waiting resize counts now; then it waits no longer.
    fn is_due(&mut self, now: Instant) -> bool {
        let due = self.due_at().is_some_and(|due| now >= due);
        if due {
            self.held = None;
            self.let_through = Some(now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
