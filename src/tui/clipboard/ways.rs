//! Copying by programs: those of the desktop, the reader's own, tmux.
//!
//! They report by their exit code whether they took the text, which no terminal does. No shell is
//! involved; the text goes through a pipe. A program may leave a process running that keeps the
//! text (xclip does), and may hang. It is waited for up to [`PATIENCE`], and not by the thread that
//! draws.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::PollFlags;
use rustix::fs::OFlags;

use super::{Clipboard, NotSent};
use crate::config;
use crate::language::Language;
use crate::tui::deaf::Deaf;
use crate::tui::environment::Environment;
use crate::tui::waiting;

/// Maximum time for one program.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Programs of the desktops, in the order in which they are tried: that of Wayland, those of X11,
/// that of macOS.
const WAYLAND: &[&[&str]] = &[&["wl-copy", "--type", "text/plain"]];
const X11: &[&[&str]] = &[
    &["xclip", "-selection", "clipboard"],
    &["xsel", "--clipboard", "--input"],
];
const MAC: &[&[&str]] = &[&["pbcopy"]];

/// Puts a text into tmux's buffer, and makes tmux send it to the terminal that shows it (`-w`, from
/// tmux 3.2 on, whether or not `set-clipboard` is `on`).
const TMUX: &[&str] = &["tmux", "load-buffer", "-w", "-"];

/// The ways that a copy may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ways {
    /// Programs, of which the first that takes the text is enough.
    programs: Vec<Vec<String>>,
    /// Whether tmux is used as well: the programs may not run where the reader is.
    tmux: bool,
    /// What is used if nothing took the text.
    terminal: Terminal,
}

/// Whether the terminal itself may be sent a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Terminal {
    Takes(Clipboard),
    Deaf(Deaf),
    /// It is not used.
    Left,
    Off,
}

/// The result of a copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Names of the programs that took the text.
    pub by: Vec<String>,
    /// Programs that did not, and why.
    pub failed: Vec<(String, Failure)>,
}

/// Why a program did not take a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is no program of that name.
    Missing,
    /// It ended with this code.
    Code(i32),
    /// It was ended by this signal.
    Signal(i32),
    /// It ended well, without having read the text.
    Unread,
    /// It did not end in [`PATIENCE`].
    Hangs,
    /// It cannot be run, for the reason that the system reports.
    System(String),
}

impl Ways {
    /// Returns the ways that a setting allows in an environment.
    pub fn new(settings: &config::Config, environment: &Environment) -> Self {
        let nothing = Self {
            programs: Vec::new(),
            tmux: false,
            terminal: Terminal::Off,
        };
        let by_terminal = |clipboard| Self {
            terminal: Terminal::Takes(clipboard),
            ..nothing.clone()
        };
        match settings.clipboard {
            config::Clipboard::Off => nothing,
            config::Clipboard::Raw => by_terminal(Clipboard::Raw),
            config::Clipboard::Tmux => by_terminal(Clipboard::Tmux),
            config::Clipboard::Command => Self {
                programs: settings.clipboard_command.iter().cloned().collect(),
                terminal: Terminal::Left,
                ..nothing
            },
            config::Clipboard::Auto => Self {
                // Over SSH they run on a machine where the reader is not.
                programs: if environment.ssh {
                    Vec::new()
                } else {
                    let there = [
                        (environment.wayland, WAYLAND),
                        (environment.x11, X11),
                        (true, MAC),
                    ]
                    .into_iter()
                    .filter(|desktop| desktop.0);
                    let programs = there.flat_map(|desktop| desktop.1);
                    programs.map(|words| owned(words)).collect()
                },
                tmux: environment.tmux,
                terminal: match environment.deaf {
                    Some(deaf) => Terminal::Deaf(deaf),
                    None => Terminal::Takes(Clipboard::Raw),
                },
            },
        }
    }

    /// Whether the programs of a desktop are left out because there is no display, without which
    /// each would fail.
    pub fn lacks_display(settings: &config::Config, environment: &Environment) -> bool {
        let Environment {
            ssh, wayland, x11, ..
        } = environment;
        let asked = settings.clipboard == config::Clipboard::Auto;
        asked && !(*ssh || *wayland || *x11) && !is_there("pbcopy")
    }

    /// Whether there is any program to try.
    pub fn has_programs(&self) -> bool {
        self.tmux || !self.programs.is_empty()
    }

    /// Returns the names of the programs to try that exist, in order.
    pub fn names(&self) -> Vec<&str> {
        let programs = self.programs.iter().filter_map(|words| words.first());
        let tmux = self.tmux.then_some("tmux");
        let there = |name: &&str| is_there(name);
        programs
            .map(String::as_str)
            .chain(tmux)
            .filter(there)
            .collect()
    }

    /// Passes a text to the programs. Takes up to [`PATIENCE`] for each.
    pub fn copy(&self, text: &str) -> Copied {
        let mut copied = Copied::default();
        for words in &self.programs {
            copied.add(words, run(words, text));
            if !copied.by.is_empty() {
                break;
            }
        }
        if self.tmux {
            let words = owned(TMUX);
            copied.add(&words, run(&words, text));
        }
        copied
    }

    /// Returns how the terminal is sent a text that no program took.
    ///
    /// # Errors
    ///
    /// Why it is not sent.
    pub fn terminal(&self, copied: &Copied) -> Result<Clipboard, NotSent> {
        match self.terminal {
            Terminal::Takes(clipboard) => Ok(clipboard),
            Terminal::Deaf(deaf) => Err(NotSent::Deaf(deaf)),
            Terminal::Off => Err(NotSent::Off),
            Terminal::Left => Err(NotSent::Failed(copied.failed.first().cloned())),
        }
    }
}

impl Copied {
    fn add(&mut self, words: &[String], ran: Result<(), Failure>) {
        let name = words.first().cloned().unwrap_or_default();
        match ran {
            Ok(()) => self.by.push(name),
            Err(failure) => self.failed.push((name, failure)),
        }
    }

    /// Returns one sentence in a language; `None` if nothing took the text.
    pub fn message(&self, language: Language) -> Option<String> {
        let program = self.by.iter().find(|name| *name != TMUX[0]);
        let tmux = program.map_or(0, |_| 1) < self.by.len();
        let said = match (program, tmux, language) {
            (None, false, _) => return None,
            (Some(program), false, Language::Chinese) => format!("已复制（{program}）"),
            (Some(program), false, Language::English) => format!("copied ({program})"),
            (Some(program), true, Language::Chinese) => format!("已复制（{program}、tmux）"),
            (Some(program), true, Language::English) => format!("copied ({program}, tmux)"),
            (None, true, Language::Chinese) => {
                "已复制到 tmux，也已发给终端，请粘贴一次确认".to_owned()
            }
            (None, true, Language::English) => {
                "copied to tmux and sent to the terminal: paste once to check".to_owned()
            }
        };
        Some(said)
    }
}

impl Failure {
    /// Returns what happened, in a language.
    pub fn message(&self, language: Language) -> String {
        let chinese = language == Language::Chinese;
        match self {
            Self::Missing if chinese => "没有这个程序".to_owned(),
            Self::Missing => "there is no such program".to_owned(),
            Self::Code(code) if chinese => format!("退出码 {code}"),
            Self::Code(code) => format!("exit code {code}"),
            Self::Signal(signal) if chinese => format!("被信号 {signal} 终止"),
            Self::Signal(signal) => format!("ended by signal {signal}"),
            Self::Unread if chinese => "没有读完文字".to_owned(),
            Self::Unread => "did not read all of the text".to_owned(),
            Self::Hangs if chinese => format!("{} 秒内没有结束", PATIENCE.as_secs()),
            Self::Hangs => format!("did not end in {} seconds", PATIENCE.as_secs()),
            Self::System(why) => why.clone(),
        }
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// Whether a program is found where a shell would look for it.
fn is_there(name: &str) -> bool {
    let runs = |path: &std::path::Path| {
        path.is_file() && rustix::fs::access(path, rustix::fs::Access::EXEC_OK).is_ok()
    };
    if name.contains('/') {
        return runs(std::path::Path::new(name));
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| runs(&folder.join(name)))
}

/// Runs a program with a text on its standard input, and waits until it has read
/// it and ended.
fn run(words: &[String], text: &str) -> Result<(), Failure> {
    let deadline = Instant::now() + PATIENCE;
    let system = |error: io::Error| Failure::System(error.to_string());
    let (program, arguments) = words.split_first().ok_or(Failure::Missing)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::piped())
        // A process that stays to keep the text must have no open file of ours, and must outlive
        // the terminal: a process group of its own gets no hang-up.
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0);
    if program == "pbcopy" {
        // It reads the text in the encoding that this names.
        command.env("LC_CTYPE", "UTF-8");
    }
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::Missing,
        _ => system(error),
    })?;
    let written = match child.stdin.take() {
        Some(stdin) => write_before(stdin, text.as_bytes(), deadline),
        None => Ok(()),
    };
    match wait_before(&mut child, deadline) {
        None => {
            let _ = child.kill();
            let _ = child.wait();
            Err(Failure::Hangs)
        }
        Some(status) => match (status.code(), status.signal()) {
            (Some(0), _) => written.map_err(|_| Failure::Unread),
            (Some(code), _) => Err(Failure::Code(code)),
            (None, signal) => Err(Failure::Signal(signal.unwrap_or_default())),
        },
    }
}

/// Writes into a pipe, which may be full as long as nobody reads it.
fn write_before(mut pipe: ChildStdin, mut bytes: &[u8], deadline: Instant) -> io::Result<()> {
    rustix::fs::fcntl_setfl(&pipe, OFlags::NONBLOCK)?;
    while !bytes.is_empty() {
        match pipe.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                if !waiting::poll_before(pipe.as_fd(), PollFlags::OUT, deadline)? {
                    return Err(io::ErrorKind::TimedOut.into());
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Returns how a program ended; `None` if it did not in time.
fn wait_before(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    let mut pause = Duration::from_millis(1);
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        if Instant::now() >= deadline {
            return None;
        }
        thread::park_timeout(pause);
        pause = (2 * pause).min(Duration::from_millis(20));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(line: &str) -> Vec<String> {
        owned(&["sh", "-c", line])
    }

    fn by(programs: &[&str]) -> Ways {
        Ways {
            programs: programs.iter().map(|line| program(line)).collect(),
            tmux: false,
            terminal: Terminal::Left,
        }
    }

    #[test]
    fn a_program_takes_the_text_as_it_is_and_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        // More than fits into a pipe, with characters that a shell would act on.
        let text = "创新'$(id)`\n".repeat(20_000);
        let words = program(&format!("cat > {}", out.display()));
        assert_eq!(run(&words, &text), Ok(()));
        let taken = std::fs::read_to_string(out).expect("it was written");
        assert!(taken == text);
    }

    #[test]
    fn one_that_keeps_the_text_in_a_process_of_its_own_is_not_waited_for() {
        let began = Instant::now();
        assert_eq!(run(&program("cat > /dev/null; sleep 30 &"), "创新"), Ok(()));
        assert!(began.elapsed() < PATIENCE);
    }

    #[test]
    fn every_way_to_fail_is_told() {
        let long = "创".repeat(100_000);
        for (line, failure) in [
            ("exit 3", Failure::Code(3)),
            ("kill -9 $$", Failure::Signal(9)),
            ("exec 0<&-; exit 0", Failure::Unread),
            ("exec sleep 30", Failure::Hangs),
        ] {
            assert_eq!(run(&program(line), &long), Err(failure), "{line}");
        }
        assert_eq!(run(&owned(&["/nowhere"]), "x"), Err(Failure::Missing));
        assert_eq!(run(&[], "x"), Err(Failure::Missing));
    }

    #[test]
    fn the_next_program_is_tried_where_one_fails_and_no_further() {
        let copied = by(&["cat >/dev/null; exit 1", "cat >/dev/null", "exit 9"]).copy("创新");
        assert_eq!(copied.by, ["sh"]);
        assert_eq!(copied.failed, [("sh".to_owned(), Failure::Code(1))]);
        assert_eq!(
            copied.message(Language::Chinese).as_deref(),
            Some("已复制（sh）")
        );
        let nothing = by(&["exit 1"]).copy("创新");
        assert_eq!(nothing.message(Language::Chinese), None);
    }

    #[test]
    fn the_ways_follow_from_setting_and_environment() {
        let ways = |clipboard, variables: &[(&str, &str)]| {
            let settings = config::Config {
                clipboard,
                clipboard_command: Some(owned(&["mine", "-x"])),
                ..config::Config::default()
            };
            Ways::new(&settings, &Environment::of(variables))
        };
        use config::Clipboard as Set;
        let first = |ways: &Ways| ways.programs.first().map(|words| words[0].clone());
        let none = Copied::default();
        let desktop = [
            ("TERM", "xterm"),
            ("WAYLAND_DISPLAY", "wayland-0"),
            ("DISPLAY", ":0"),
        ];
        let local = ways(Set::Auto, &desktop);
        assert_eq!(first(&local).as_deref(), Some("wl-copy"));
        let x11 = ways(Set::Auto, &desktop[2..]);
        assert_eq!(first(&x11).as_deref(), Some("xclip"));
        // Without a display, the programs of Wayland and X11 are useless.
        let console = ways(Set::Auto, &desktop[..1]);
        assert_eq!(console.programs, [owned(&["pbcopy"])]);
        assert_eq!(local.terminal(&none), Ok(Clipboard::Raw));
        let far = ways(Set::Auto, &[("TERM", "xterm"), ("SSH_TTY", "/dev/pts/1")]);
        assert!(!far.has_programs());
        let inside = [
            ("TERM", "tmux"),
            ("TMUX", "x,1,0"),
            ("SSH_TTY", "x"),
            ("STY", "1"),
        ];
        let inside = ways(Set::Auto, &inside);
        assert!(inside.tmux && inside.programs.is_empty());
        assert_eq!(inside.terminal(&none), Ok(Clipboard::Raw));
        let screen = ways(Set::Auto, &[("TERM", "screen"), ("STY", "1.pts-0")]);
        assert_eq!(screen.terminal(&none), Err(NotSent::Deaf(Deaf::Screen)));
        // Over SSH only the terminal's own answer shows what it is.
        let told = |variables: &[(&str, &str)]| {
            let environment = Environment::of(variables).told(Some((65, 7006)));
            Ways::new(&config::Config::default(), &environment).terminal(&none)
        };
        let far = [("TERM", "xterm-256color"), ("SSH_CONNECTION", "x")];
        assert_eq!(told(&far), Err(NotSent::Deaf(Deaf::Vte)));
        let tmux = [("TERM", "tmux-256color"), ("TMUX", "x,1,0")];
        assert_eq!(told(&tmux), Ok(Clipboard::Raw));
        let own = ways(Set::Command, &[("SSH_TTY", "x")]);
        assert_eq!(own.programs, [owned(&["mine", "-x"])]);
        for (set, sent) in [
            (Set::Raw, Ok(Clipboard::Raw)),
            (Set::Tmux, Ok(Clipboard::Tmux)),
            (Set::Off, Err(NotSent::Off)),
        ] {
            let ways = ways(set, &[("STY", "1.pts-0")]);
            assert!(!ways.has_programs());
            assert_eq!(ways.terminal(&none), sent);
        }
    }
}
