//! The modes of the terminal: set, and restored.
//!
//! A terminal belongs to whoever started us. The modes that are set are kept in one atomic number,
//! so that any thread can restore them, in a panic or after a signal: exactly those, and only once.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard, Once, OnceLock, TryLockError};
use std::time::{Duration, Instant};
use std::{fmt, panic, thread};

use crossterm::cursor::{Hide, Show};
use crossterm::queue;
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen,
};
use rustix::event::PollFlags;
use rustix::fs::{Mode, OFlags};
use rustix::process::Signal;
use rustix::termios::{self, OptionalActions, QueueSelector, Termios};

use super::environment::Environment;
use super::waiting::poll_before;
use crate::language::Language;

/// Why the terminal cannot be claimed.
#[derive(Debug)]
pub enum Refusal {
    /// Input or output is not a terminal.
    NotATerminal,
    /// `TERM` names a terminal that cannot move its cursor, or none.
    NoCursor(Option<String>),
    /// The terminal exists, and failed.
    Failed(io::Error),
}

impl Refusal {
    /// Returns one sentence in a language.
    pub fn message(&self, language: Language) -> String {
        let reason = |error| language.labels().reason(error);
        match (self, language) {
            (Self::NotATerminal, Language::Chinese) => "无法全屏浏览：不是终端".to_owned(),
            (Self::NotATerminal, Language::English) => {
                "cannot open the explorer: not a terminal".to_owned()
            }
            (Self::NoCursor(None), Language::Chinese) => "无法全屏浏览：没有设置 TERM".to_owned(),
            (Self::NoCursor(None), Language::English) => {
                "cannot open the explorer: TERM is not set".to_owned()
            }
            (Self::NoCursor(Some(term)), Language::Chinese) => {
                format!("无法全屏浏览：终端类型是 {term:?}")
            }
            (Self::NoCursor(Some(term)), Language::English) => {
                format!("cannot open the explorer: the terminal is {term:?}")
            }
            (Self::Failed(error), Language::Chinese) => {
                format!("无法使用终端：{}", reason(error))
            }
            (Self::Failed(error), Language::English) => {
                format!("cannot claim the terminal: {}", reason(error))
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for Refusal {}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Line discipline is raw.
const RAW: u8 = 1;
/// The alternate screen is shown, without cursor and without line wrap.
const SCREEN: u8 = 2;
/// Pastes come between marks.
const PASTE: u8 = 4;
/// The mouse is reported.
const MOUSE: u8 = 8;
/// Changes of the background are reported.
const BACKGROUND: u8 = 16;

/// Modes that are set now.
static TAKEN: AtomicU8 = AtomicU8::new(0);
/// Whether a frame was sent only in part.
static CUT: AtomicBool = AtomicBool::new(false);
/// Locked while anything is written.
static WRITING: Mutex<()> = Mutex::new(());
static TTY: OnceLock<Tty> = OnceLock::new();

/// Clicks, drags and the wheel (1000, 1002), in the form without the limit of 223 columns (1006).
/// Mode 1003, which crossterm sets as well, is not set: every movement of the mouse would be sent
/// over the wire.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";
const PASTE_ON: &[u8] = b"\x1b[?2004h";
const PASTE_OFF: &[u8] = b"\x1b[?2004l";
/// Reports of dark and light colours (`CSI ? 997 ; 1 n` and `2 n`), by the specification of
/// Contour, which other terminals follow.
const BACKGROUND_ON: &[u8] = b"\x1b[?2031h";
const BACKGROUND_OFF: &[u8] = b"\x1b[?2031l";

/// CAN drops a sequence that was broken off, so that half a text does not end up on the clipboard;
/// ST ends it where CAN is unknown. If nothing was broken off, neither does anything.
const CANCEL: &[u8] = b"\x18\x1b\\";

/// Maximum time to wait for room for the bytes that restore the terminal.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// The terminal on which the program was started.
///
/// It is opened again, so that reads and writes need not block: that setting belongs to the open
/// file, and the one we were started with is shared with the shell. A write must be able to wait
/// for a slow link without delaying keys. Also, what `poll` has announced may be gone when it is
/// read, if a shell that used the terminal in between has read it.
#[derive(Debug)]
struct Tty {
    input: OwnedFd,
    output: OwnedFd,
    original: Termios,
}

impl Tty {
    /// Returns the terminal of standard output, opened once.
    fn get() -> Result<&'static Self, Refusal> {
        if let Some(tty) = TTY.get() {
            return Ok(tty);
        }
        let tty = Self::open()?;
        Ok(TTY.get_or_init(|| tty))
    }

    fn open() -> Result<Self, Refusal> {
        let stdout = io::stdout();
        if !stdout.is_terminal() {
            return Err(Refusal::NotATerminal);
        }
        let original = termios::tcgetattr(&stdout).map_err(io::Error::from)?;
        let (input, output) = match reopen(stdout.as_fd()) {
            Ok(terminal) => (terminal.try_clone()?, terminal),
            Err(_) => (input_as_given()?, stdout.as_fd().try_clone_to_owned()?),
        };
        Ok(Self {
            input,
            output,
            original,
        })
    }
}

fn reopen(terminal: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    let name = termios::ttyname(terminal, Vec::new())?;
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(rustix::fs::open(name, flags, Mode::empty())?)
}

/// Returns the source of keys if the terminal has no name that can be opened, as in some
/// containers. A document may come through a pipe; keys do not.
fn input_as_given() -> Result<OwnedFd, Refusal> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        Ok(stdin.as_fd().try_clone_to_owned()?)
    } else {
        File::open("/dev/tty")
            .map(OwnedFd::from)
            .map_err(|_| Refusal::NotATerminal)
    }
}

/// Returns the terminal's input, for the reader of events.
pub(super) fn input() -> Result<OwnedFd, Refusal> {
    Ok(Tty::get()?.input.try_clone()?)
}

/// Returns the terminal's output, to be polled for room.
pub(super) fn output() -> Result<OwnedFd, Refusal> {
    Ok(Tty::get()?.output.try_clone()?)
}

/// Returns columns and rows; 80 × 24 if the terminal does not know.
pub(super) fn size() -> (u16, u16) {
    let size = TTY
        .get()
        .and_then(|tty| termios::tcgetwinsize(&tty.output).ok())
        .map(|size| (size.ws_col, size.ws_row));
    match size {
        Some((columns, rows)) if columns > 0 && rows > 0 => (columns, rows),
        _ => (80, 24),
    }
}

/// Checks that there is a terminal that can be claimed. Writes nothing to it.
pub(super) fn check(environment: &Environment) -> Result<(), Refusal> {
    Tty::get()?;
    if environment.has_cursor() {
        Ok(())
    } else {
        Err(Refusal::NoCursor(environment.term.clone()))
    }
}

/// Sets the terminal to a full screen, with reports of the mouse and of changes of the background
/// if they are wanted, and writes `questions` to it. From then on, a panic restores it before its
/// message is printed, and ends the program.
pub(super) fn enter(mouse: bool, background: bool, questions: &str) -> Result<(), Refusal> {
    let tty = Tty::get()?;
    give_back_on_panic();
    make_raw(tty)?;
    TAKEN.fetch_or(SCREEN | PASTE, Ordering::AcqRel);
    let mut bytes = Vec::new();
    if CUT.swap(false, Ordering::AcqRel) {
        bytes.extend_from_slice(CANCEL);
    }
    queue!(bytes, EnterAlternateScreen, DisableLineWrap, Hide)?;
    bytes.extend_from_slice(PASTE_ON);
    if mouse {
        TAKEN.fetch_or(MOUSE, Ordering::AcqRel);
        bytes.extend_from_slice(MOUSE_ON);
    }
    if background {
        TAKEN.fetch_or(BACKGROUND, Ordering::AcqRel);
        bytes.extend_from_slice(BACKGROUND_ON);
    }
    bytes.extend_from_slice(questions.as_bytes());
    if let Err(error) = write_all(tty, &bytes, LAST_WORDS) {
        give_back();
        return Err(error.into());
    }
    Ok(())
}

fn make_raw(tty: &Tty) -> io::Result<()> {
    let mut raw = tty.original.clone();
    raw.make_raw();
    TAKEN.fetch_or(RAW, Ordering::AcqRel);
    termios::tcsetattr(&tty.output, OptionalActions::Now, &raw)?;
    Ok(())
}

/// Restores all modes that are set. Returns whether any were.
pub fn give_back() -> bool {
    give_back_of(u8::MAX)
}

/// Restores all modes except the line discipline: what was there before is shown again, while late
/// answers are neither printed nor read as lines.
pub(super) fn give_back_screen() {
    give_back_of(!RAW);
}

fn give_back_of(which: u8) -> bool {
    let modes = TAKEN.fetch_and(!which, Ordering::AcqRel) & which;
    let Some(tty) = TTY.get().filter(|_| modes != 0) else {
        return false;
    };
    let turn = turn_to_write();
    let bytes = farewell(modes, CUT.swap(false, Ordering::AcqRel));
    // A terminal that is gone has nothing to restore.
    if let Err(error) = write_all(tty, &bytes, LAST_WORDS)
        && error.kind() == io::ErrorKind::WouldBlock
    {
        // It does not read. What is still on its way is of no use now.
        let _ = termios::tcflush(&tty.output, QueueSelector::OFlush);
        let _ = write_all(tty, &farewell(modes, true), LAST_WORDS);
    }
    // In the background the line discipline already belongs to the shell, and a program that
    // changes it is stopped.
    if modes & RAW != 0 && is_in_front() {
        let _ = termios::tcsetattr(&tty.output, OptionalActions::Now, &tty.original);
    }
    drop(turn);
    true
}

/// Returns the bytes that undo `modes`; `cut` is set if a frame was broken off.
fn farewell(modes: u8, cut: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    if cut {
        bytes.extend_from_slice(CANCEL);
        // The whole screen as scroll region.
        bytes.extend_from_slice(b"\x1b[r");
    }
    if modes & MOUSE != 0 {
        bytes.extend_from_slice(MOUSE_OFF);
    }
    if modes & BACKGROUND != 0 {
        bytes.extend_from_slice(BACKGROUND_OFF);
    }
    if modes & PASTE != 0 {
        bytes.extend_from_slice(PASTE_OFF);
    }
    if modes & SCREEN != 0 {
        // Erased, for terminals without an alternate screen: there the prompt would appear in the
        // middle of the last frame.
        bytes.extend_from_slice(b"\x1b[m\x1b[H\x1b[J");
        let undone = queue!(
            bytes,
            EndSynchronizedUpdate,
            EnableLineWrap,
            LeaveAlternateScreen,
            Show
        );
        undone.expect("a vector takes everything");
    }
    bytes
}

/// Waits for a frame that is being written, but only for a moment: the writer may be the one that
/// panicked.
fn turn_to_write() -> Option<MutexGuard<'static, ()>> {
    for _ in 0..20 {
        match WRITING.try_lock() {
            Ok(turn) => return Some(turn),
            Err(TryLockError::Poisoned(turn)) => return Some(turn.into_inner()),
            Err(TryLockError::WouldBlock) => thread::park_timeout(Duration::from_millis(1)),
        }
    }
    None
}

/// Turns reports of the mouse on or off. Returns whether it is reported now.
pub(super) fn set_mouse(on: bool, wire: &mut Wire) -> bool {
    let taken = TAKEN.load(Ordering::Acquire);
    if taken & SCREEN == 0 || on == (taken & MOUSE != 0) {
        return taken & MOUSE != 0;
    }
    if on {
        TAKEN.fetch_or(MOUSE, Ordering::AcqRel);
        wire.send(MOUSE_ON);
    } else {
        wire.send(MOUSE_OFF);
        TAKEN.fetch_and(!MOUSE, Ordering::AcqRel);
    }
    on
}

/// Makes a panic on any thread restore the terminal, print its message where it can be read, and
/// end the program: nobody would draw or read keys after it.
fn give_back_on_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            let claimed = give_back();
            print(panic);
            if claimed {
                // Rust itself ends a panicking program with 101.
                signal_hook::low_level::exit(101);
            }
        }));
    });
}

/// Whether Ctrl-Z may stop the program: only if a shell exists that can continue it. A login shell,
/// or a program that a terminal or SSH started directly, would hang for good.
pub(super) fn can_be_stopped() -> bool {
    let login = std::env::args_os()
        .next()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"-"));
    let group = rustix::process::getpgrp();
    // The session's leader is the shell. It stops jobs only if it put each into a process group of
    // its own, and only while it lives.
    let shell = rustix::process::getsid(None)
        .ok()
        .filter(|&leader| leader != group)
        .is_some_and(|leader| rustix::process::getpgid(Some(leader)).is_ok());
    shell && !login
}

/// Whether the program is in the foreground of the terminal. Without a shell that decides this,
/// every program is.
pub(super) fn is_in_front() -> bool {
    let front = TTY
        .get()
        .and_then(|tty| termios::tcgetpgrp(&tty.output).ok());
    front.is_none_or(|front| front == rustix::process::getpgrp())
}

/// Stops the process group, as the shell expects of a job. Returns when it is
/// continued.
pub(super) fn stop() -> io::Result<()> {
    rustix::process::kill_current_process_group(Signal::STOP)?;
    Ok(())
}

/// Writes within a time limit.
///
/// Errors: `WouldBlock` if the terminal did not make room in time.
fn write_all(tty: &Tty, mut bytes: &[u8], patience: Duration) -> io::Result<()> {
    let deadline = Instant::now() + patience;
    while !bytes.is_empty() {
        match rustix::io::write(&tty.output, bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(rustix::io::Errno::INTR) => {}
            Err(rustix::io::Errno::AGAIN) => {
                if !poll_before(tty.output.as_fd(), PollFlags::OUT, deadline)? {
                    return Err(io::ErrorKind::WouldBlock.into());
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The writer to the screen. It accepts everything and never blocks: bytes for which the terminal
/// has no room yet are kept, and sent later.
#[derive(Debug)]
pub(super) struct Wire {
    tty: &'static Tty,
    unsent: Vec<u8>,
    broken: bool,
}

impl Wire {
    /// Creates the writer to the terminal.
    pub fn new() -> Result<Self, Refusal> {
        Ok(Self {
            tty: Tty::get()?,
            unsent: Vec::new(),
            broken: false,
        })
    }

    /// Sends bytes after those that are still unsent. Once the terminal is gone or released, they
    /// are dropped.
    pub fn send(&mut self, bytes: &[u8]) {
        self.unsent.extend_from_slice(bytes);
        self.push();
    }

    /// Sends unsent bytes, as far as there is room; in one write if they are one frame.
    pub fn push(&mut self) {
        if self.unsent.is_empty() {
            return;
        }
        let _turn = WRITING.lock();
        while !self.unsent.is_empty() {
            if TAKEN.load(Ordering::Acquire) & SCREEN == 0 || self.broken {
                // Whoever restores the terminal must still know that it was cut.
                self.unsent.clear();
                return;
            }
            CUT.store(true, Ordering::Release);
            match rustix::io::write(&self.tty.output, &self.unsent) {
                Ok(written) => drop(self.unsent.drain(..written)),
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => return,
                Err(_) => self.broken = true,
            }
        }
        CUT.store(false, Ordering::Release);
    }

    /// Whether no bytes are unsent.
    pub fn is_clear(&self) -> bool {
        self.unsent.is_empty()
    }

    /// Whether the terminal accepts no bytes any more: it is gone.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// Drops unsent bytes.
    pub fn clear(&mut self) {
        self.unsent.clear();
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.send(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal without echo and line editing. Its screen is unchanged.
#[derive(Debug)]
pub(super) struct Quiet(&'static Tty);

impl Quiet {
    pub fn enter() -> io::Result<Self> {
        let tty = Tty::get().map_err(|refusal| match refusal {
            Refusal::Failed(error) => error,
            other => io::Error::other(other),
        })?;
        if !is_in_front() {
            // A program that sets the terminal from the background is stopped.
            return Err(io::Error::other("the program runs in the background"));
        }
        give_back_on_panic();
        make_raw(tty)?;
        Ok(Self(tty))
    }

    /// Writes within a time limit.
    ///
    /// # Errors
    ///
    /// `WouldBlock` if the terminal did not make room in time.
    pub fn write(&self, bytes: &[u8], patience: Duration) -> io::Result<()> {
        write_all(self.0, bytes, patience)
    }

    pub fn input(&self) -> BorrowedFd<'_> {
        self.0.input.as_fd()
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        give_back();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_speaks_both_languages() {
        let failed = || Refusal::Failed(io::ErrorKind::PermissionDenied.into());
        for (refusal, chinese, english) in [
            (
                Refusal::NotATerminal,
                "无法全屏浏览：不是终端",
                "cannot open the explorer: not a terminal",
            ),
            (
                Refusal::NoCursor(None),
                "无法全屏浏览：没有设置 TERM",
                "cannot open the explorer: TERM is not set",
            ),
            (
                Refusal::NoCursor(Some("dumb".to_owned())),
                "无法全屏浏览：终端类型是 \"dumb\"",
                "cannot open the explorer: the terminal is \"dumb\"",
            ),
            (
                failed(),
                "无法使用终端：没有权限",
                "cannot claim the terminal: permission denied",
            ),
        ] {
            assert_eq!(refusal.message(Language::Chinese), chinese);
            assert_eq!(refusal.message(Language::English), english);
        }
    }
}
