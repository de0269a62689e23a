//! A pseudo-terminal with a real program in it, and the emulator before it.
//!
//! Nothing here sleeps: a test waits for what it needs, with a deadline that is
//! there to end a test that fails. One thread does it all, because then a test
//! can close the terminal whenever it likes.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anli::text::width::Ambiguous;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal};
use rustix::pty::OpenptFlags;
use rustix::termios::Winsize;

use super::emulator::Emulator;

/// After this a test has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// What to run, and in what kind of terminal.
#[derive(Clone, Debug)]
pub struct Setup {
    program: PathBuf,
    arguments: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
    size: (u16, u16),
    ambiguous: Ambiguous,
    answers: bool,
    background: Option<&'static str>,
    kind: Option<&'static str>,
    answers_after: Duration,
    bytes_per_second: Option<u32>,
    controls: bool,
    alternate: bool,
    shell: Option<&'static str>,
}

impl Setup {
    /// A program in a terminal of 80 × 24 that answers questions and draws
    /// characters of ambiguous width narrow. Of the environment only what is set
    /// here is passed on.
    pub fn new(program: impl AsRef<Path>) -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        Self {
            program: program.as_ref().into(),
            arguments: Vec::new(),
            environment: Vec::new(),
            size: (80, 24),
            ambiguous: Ambiguous::Narrow,
            answers: true,
            background: None,
            kind: None,
            answers_after: Duration::ZERO,
            bytes_per_second: None,
            controls: true,
            alternate: true,
            shell: None,
        }
        .env("PATH", path)
        .env("TERM", "xterm-256color")
        .env("LANG", "zh_CN.UTF-8")
    }

    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Sets a variable; an empty value unsets it for most readers.
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// The terminal draws characters of ambiguous width so.
    pub fn ambiguous(mut self, ambiguous: Ambiguous) -> Self {
        self.ambiguous = ambiguous;
        self
    }

    /// The terminal answers no question.
    pub fn silent(mut self) -> Self {
        self.answers = false;
        self
    }

    /// The terminal says that it is of this kind (DA 2).
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = Some(kind);
        self
    }

    /// The terminal says that its background has this colour.
    pub fn background(mut self, colour: &'static str) -> Self {
        self.background = Some(colour);
        self
    }

    /// Answers take so long to arrive.
    pub fn answers_after(mut self, time: Duration) -> Self {
        self.answers_after = time;
        self
    }

    /// The terminal is read at this rate.
    pub fn slow(mut self, bytes_per_second: u32) -> Self {
        self.bytes_per_second = Some(bytes_per_second);
        self
    }

    /// The terminal does not control the program, so that no signal tells it when
    /// the terminal goes.
    pub fn detached(mut self) -> Self {
        self.controls = false;
        self
    }

    /// The terminal has one screen only.
    pub fn without_alternate_screen(mut self) -> Self {
        self.alternate = false;
        self
    }

    /// Runs the program by this line of shell, in which `"$@"` is the program and
    /// its arguments.
    pub fn shell(mut self, line: &'static str) -> Self {
        self.shell = Some(line);
        self
    }

    /// Starts the program.
    pub fn start(self) -> Pty {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let master = rustix::pty::openpt(flags).expect("a pseudo-terminal can be had");
        rustix::pty::grantpt(&master).expect("the terminal is ours");
        rustix::pty::unlockpt(&master).expect("the terminal is ours");
        let name = rustix::pty::ptsname(&master, Vec::new()).expect("the terminal has a name");
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let slave = rustix::fs::open(&name, flags, Mode::empty()).expect("the terminal opens");
        set_size(&master, self.size);

        let mut command = Command::new("setsid");
        if self.controls {
            command.arg("--ctty");
        }
        if let Some(line) = self.shell {
            command.args(["bash", "-c", line, "bash"]);
        }
        let stdio = || Stdio::from(slave.try_clone().expect("a handle can be copied"));
        let child = command
            .arg(&self.program)
            .args(&self.arguments)
            .env_clear()
            .envs(self.environment)
            .stdin(stdio())
            .stdout(stdio())
            .stderr(stdio())
            .spawn()
            .expect("setsid (util-linux) is installed");
        let mut emulator = Emulator::new(self.size.0, self.size.1, self.ambiguous);
        if !self.alternate {
            emulator.remove_alternate_screen();
        }
        if let Some(kind) = self.kind {
            emulator.set_kind(kind);
        }
        if let Some(colour) = self.background {
            emulator.set_background(colour);
        }
        Pty {
            master: Some(master),
            child,
            emulator,
            answers: self.answers,
            answers_after: self.answers_after,
            on_their_way: VecDeque::new(),
            bytes_per_second: self.bytes_per_second,
            reads: true,
            next_read: Instant::now(),
            output: Vec::new(),
        }
    }
}

fn set_size(master: &OwnedFd, (columns, rows): (u16, u16)) {
    let size = Winsize {
        ws_col: columns,
        ws_row: rows,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    rustix::termios::tcsetwinsize(master, size).expect("a pseudo-terminal has a size");
}

/// A program that runs in a terminal; ended when this is dropped.
#[derive(Debug)]
pub struct Pty {
    master: Option<OwnedFd>,
    child: Child,
    emulator: Emulator,
    answers: bool,
    answers_after: Duration,
    /// Answers, and when each arrives.
    on_their_way: VecDeque<(Instant, Vec<u8>)>,
    bytes_per_second: Option<u32>,
    reads: bool,
    next_read: Instant,
    output: Vec<u8>,
}

impl Pty {
    /// The screen as it is after what has been read so far.
    pub fn screen(&self) -> &Emulator {
        &self.emulator
    }

    /// Everything that the program has written and that was read.
    pub fn output(&self) -> &[u8] {
        &self.output
    }

    /// Whether these bytes are among what was read.
    pub fn has_written(&self, bytes: &[u8]) -> bool {
        self.output.windows(bytes.len()).any(|part| part == bytes)
    }

    /// Types something.
    pub fn type_in(&mut self, keys: &str) {
        self.send(keys.as_bytes());
    }

    fn send(&self, bytes: &[u8]) {
        let master = self.master.as_ref().expect("the terminal is open");
        let written = rustix::io::write(master, bytes).expect("the terminal takes input");
        assert_eq!(written, bytes.len(), "the terminal's input is full");
    }

    /// Another program writes to the terminal.
    pub fn spoil(&mut self, bytes: &[u8]) {
        self.emulator.feed(bytes);
    }

    /// From now on questions are answered, or not.
    pub fn set_answers(&mut self, answers: bool) {
        self.answers = answers;
    }

    /// From now on nothing is read, until the program has ended.
    pub fn stop_reading(&mut self) {
        self.reads = false;
    }

    /// Gives the terminal another size; the kernel tells the program.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.emulator.resize(columns, rows);
        let master = self.master.as_ref().expect("the terminal is open");
        set_size(master, (columns, rows));
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        rustix::process::kill_process(self.pid(), signal).expect("the program runs");
    }

    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// The first child of the program that was started: the one that a shell runs.
    pub fn grandchild(&mut self) -> Pid {
        let path = format!("/proc/{0}/task/{0}/children", self.child.id());
        let deadline = Instant::now() + PATIENCE;
        loop {
            let children = fs::read_to_string(&path).unwrap_or_default();
            let first = children.split_whitespace().next().map(str::parse);
            if let Some(Ok(pid)) = first {
                return Pid::from_raw(pid).expect("a process has a number");
            }
            assert!(Instant::now() < deadline, "the shell starts no program");
            self.pump(Duration::from_millis(5));
        }
    }

    /// Closes the terminal, as a dropped connection does.
    pub fn hang_up(&mut self) {
        self.master = None;
    }

    /// Reads until the screen is as wanted.
    #[track_caller]
    pub fn wait_for(&mut self, what: &str, is_so: impl Fn(&Emulator) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        // Not in the middle of a frame.
        while self.emulator.mode(2026) || !is_so(&self.emulator) {
            assert!(
                Instant::now() < deadline,
                "waited in vain for {what}; the screen is\n{}",
                self.emulator.text()
            );
            self.pump(Duration::from_millis(50));
        }
    }

    /// Reads until the screen shows a text.
    #[track_caller]
    pub fn wait_for_text(&mut self, text: &str) {
        self.wait_for(&format!("{text:?}"), |screen| screen.text().contains(text));
    }

    /// Reads for a while and tells how many bytes came.
    pub fn listen(&mut self, time: Duration) -> usize {
        let before = self.output.len();
        let end = Instant::now() + time;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            self.pump(left);
        }
        self.output.len() - before
    }

    /// Waits for the end of the program, and reads what it still wrote.
    #[track_caller]
    pub fn wait_for_exit(&mut self) -> ExitStatus {
        self.wait_for_exit_within(PATIENCE)
    }

    /// The same, with a time by which the program has promised to be gone.
    #[track_caller]
    pub fn wait_for_exit_within(&mut self, time: Duration) -> ExitStatus {
        let deadline = Instant::now() + time;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be waited for") {
                (self.bytes_per_second, self.reads) = (None, true);
                while self.pump(Duration::ZERO) {}
                return status;
            }
            assert!(
                Instant::now() < deadline,
                "the program does not end; the screen is\n{}",
                self.emulator.text()
            );
            self.pump(Duration::from_millis(5));
        }
    }

    /// The state letter of a process (proc(5)): R, S, T …
    pub fn state_of(pid: Pid) -> Option<char> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        stat.rsplit_once(") ")?.1.chars().next()
    }

    /// Reads until a process is in one of these states.
    #[track_caller]
    pub fn wait_for_state(&mut self, pid: Pid, states: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !Self::state_of(pid).is_some_and(|state| states.contains(state)) {
            assert!(Instant::now() < deadline, "never in state {states}");
            self.pump(Duration::from_millis(5));
        }
    }

    /// Reads until a process is gone, other than the one that was started.
    #[track_caller]
    pub fn wait_for_end_of(&mut self, pid: Pid) {
        let deadline = Instant::now() + PATIENCE;
        while Self::state_of(pid).is_some() {
            assert!(Instant::now() < deadline, "{pid:?} does not end");
            self.pump(Duration::from_millis(5));
        }
    }

    /// How often the threads of the program have gone to sleep so far.
    pub fn naps(&self) -> u64 {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("it runs");
        tasks
            .filter_map(|task| fs::read_to_string(task.ok()?.path().join("status")).ok())
            .filter_map(|status| {
                let line = status
                    .lines()
                    .find(|line| line.starts_with("voluntary_ctxt_switches"))?;
                line.split_whitespace().next_back()?.parse::<u64>().ok()
            })
            .sum()
    }

    /// Delivers the answers that are due, and tells when the next one is.
    fn deliver_answers(&mut self) -> Option<Duration> {
        while let Some((due, _)) = self.on_their_way.front() {
            let left = due.saturating_duration_since(Instant::now());
            if !left.is_zero() {
                return Some(left);
            }
            if let Some((_, answer)) = self.on_their_way.pop_front() {
                self.send(&answer);
            }
        }
        None
    }

    /// Reads once, for at most `time`; `false` if there was nothing.
    fn pump(&mut self, time: Duration) -> bool {
        let time = match self
            .master
            .is_some()
            .then(|| self.deliver_answers())
            .flatten()
        {
            Some(due) => time.min(due),
            None => time,
        };
        if self.bytes_per_second.is_some() {
            let until = self.next_read.saturating_duration_since(Instant::now());
            std::thread::park_timeout(until);
        }
        let Some(master) = self.master.as_ref().filter(|_| self.reads) else {
            std::thread::park_timeout(time);
            return false;
        };
        let mut polled = [PollFd::from_borrowed_fd(master.as_fd(), PollFlags::IN)];
        let time = Timespec::try_from(time).expect("a short time");
        if !poll(&mut polled, Some(&time)).is_ok_and(|ready| ready > 0) {
            return false;
        }
        let mut bytes = [0; 16 * 1024];
        // In small pieces where the rate counts.
        let limit = match self.bytes_per_second {
            Some(rate) => (rate as usize / 50).clamp(1, bytes.len()),
            None => bytes.len(),
        };
        let Ok(read @ 1..) = rustix::io::read(master, &mut bytes[..limit]) else {
            // Nobody has the other side open.
            std::thread::park_timeout(Duration::from_millis(1));
            return false;
        };
        if let Some(rate) = self.bytes_per_second {
            let time = Duration::from_secs_f64(read as f64 / f64::from(rate));
            self.next_read = self.next_read.max(Instant::now()) + time;
        }
        self.output.extend_from_slice(&bytes[..read]);
        self.emulator.feed(&bytes[..read]);
        let answers = self.emulator.take_answers();
        if self.answers && !answers.is_empty() {
            let due = Instant::now() + self.answers_after;
            self.on_their_way.push_back((due, answers));
            self.deliver_answers();
        }
        true
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The code that a program ended with, or 128 and the signal that ended it.
pub fn code_of(status: ExitStatus) -> i32 {
    status
        .code()
        .unwrap_or_else(|| 128 + status.signal().unwrap_or(0))
}
