//! Reading documents in a process of our own binary with limits on memory and time.
//!
//! A parser may panic on a hostile file, run without end, or take all memory there is;
//! each of them would end the program. The process reads one document after the other
//! and is started anew when one has brought it down.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::formats::{self, Encoding, Failure, Refusal, Structure, Text};

/// The first argument of the process.
pub const NAME: &str = "__read";

/// Memory that the process may use, in bytes.
const MEMORY: u64 = 1 << 30;

/// How long one document may take, and a further second for each of its megabytes.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 15 });

/// The process, started when it is first needed.
#[derive(Debug, Default)]
pub struct Reader {
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
}

impl Reader {
    /// Reads a document; `name` is its file name.
    ///
    /// # Errors
    ///
    /// If it holds no text that can be read, or reading it failed.
    pub fn read(
        &mut self,
        name: &str,
        bytes: &[u8],
        encoding: Option<Encoding>,
    ) -> Result<Text, Refusal> {
        let brought_down = Refusal::Failed(Failure::BroughtDown);
        let running = match &mut self.running {
            Some(running) => running,
            None => match Running::start() {
                Ok(running) => self.running.insert(running),
                Err(_) => return Err(brought_down),
            },
        };
        let megabytes = bytes.len() as u64 >> 20;
        let deadline = Instant::now() + PATIENCE + Duration::from_secs(megabytes);
        let answer = running
            .ask(name, bytes, encoding)
            .and_then(|()| running.answer(deadline));
        match answer {
            Ok(answer) => answer,
            Err(error) => {
                // Dropping it ends the process.
                self.running = None;
                Err(match error.kind() {
                    io::ErrorKind::TimedOut => Refusal::Failed(Failure::TookTooLong),
                    _ => brought_down,
                })
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    fn start() -> io::Result<Self> {
        let mut child = Command::new(program()?)
            .arg(NAME)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Self {
            child,
            input,
            output,
        })
    }

    fn ask(&mut self, name: &str, bytes: &[u8], encoding: Option<Encoding>) -> io::Result<()> {
        let encoding = encoding.map_or("", Encoding::name);
        for part in [name.as_bytes(), encoding.as_bytes(), bytes] {
            self.input.write_all(&(part.len() as u64).to_le_bytes())?;
            self.input.write_all(part)?;
        }
        self.input.flush()
    }

    fn answer(&mut self, deadline: Instant) -> io::Result<Result<Text, Refusal>> {
        let structure = self.part(deadline)?;
        let text = self.part(deadline)?;
        let invalid = |_| io::Error::from(io::ErrorKind::InvalidData);
        let answer: Result<Structure, Refusal> =
            serde_json::from_slice(&structure).map_err(|_| io::ErrorKind::InvalidData)?;
        let text = String::from_utf8(text).map_err(invalid)?;
        Ok(answer.map(|structure| Text { text, structure }))
    }

    /// One part of an answer: its length in bytes, then itself.
    fn part(&mut self, deadline: Instant) -> io::Result<Vec<u8>> {
        let mut length = [0; 8];
        self.fill(&mut length, deadline)?;
        let length = u64::from_le_bytes(length);
        if length > MEMORY {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut part = vec![0; length as usize];
        self.fill(&mut part, deadline)?;
        Ok(part)
    }

    fn fill(&mut self, buffer: &mut [u8], deadline: Instant) -> io::Result<()> {
        let mut filled = 0;
        while filled < buffer.len() {
            let left = deadline.saturating_duration_since(Instant::now());
            let timeout = Timespec {
                tv_sec: left.as_secs() as i64,
                tv_nsec: i64::from(left.subsec_nanos()),
            };
            let mut waiting = [PollFd::new(&self.output, PollFlags::IN)];
            match poll(&mut waiting, Some(&timeout)) {
                Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            match self.output.read(&mut buffer[filled..])? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => filled += read,
            }
        }
        Ok(())
    }
}

/// Our own binary. The path of a process finds it on Linux even if another has taken
/// its place since, as an update does.
fn program() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") {
        return Ok(PathBuf::from("/proc/self/exe"));
    }
    std::env::current_exe()
}

/// Whether the arguments of the program ask for [`serve`].
pub fn is_asked(argument: Option<&OsStr>) -> bool {
    argument.is_some_and(|argument| argument == NAME)
}

/// Reads documents from standard input until it ends, and answers on standard output.
pub fn serve() {
    limit();
    let mut input = io::stdin().lock();
    let mut output = io::stdout().lock();
    while let Ok([name, encoding, bytes]) = question(&mut input) {
        let name = String::from_utf8_lossy(&name);
        let encoding = std::str::from_utf8(&encoding)
            .ok()
            .and_then(Encoding::named);
        let (answer, text) = match formats::read(&name, bytes, encoding) {
            Ok(Text { text, structure }) => (Ok(structure), text),
            Err(refusal) => (Err(refusal), String::new()),
        };
        let answer: Result<Structure, Refusal> = answer;
        let Ok(answer) = serde_json::to_vec(&answer) else {
            return;
        };
        for part in [answer.as_slice(), text.as_bytes()] {
            let written = output
                .write_all(&(part.len() as u64).to_le_bytes())
                .and_then(|()| output.write_all(part));
            if written.is_err() {
                return;
            }
        }
        if output.flush().is_err() {
            return;
        }
    }
}

fn question(input: &mut impl Read) -> io::Result<[Vec<u8>; 3]> {
    let mut part = || {
        let mut length = [0; 8];
        input.read_exact(&mut length)?;
        let length = u64::from_le_bytes(length);
        if length > MEMORY {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut part = vec![0; length as usize];
        input.read_exact(&mut part)?;
        io::Result::Ok(part)
    };
    Ok([part()?, part()?, part()?])
}

/// Takes from this process what a document must not have: more memory, core dumps, and
/// life after the program that asked.
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let to = |most| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    // Systems that know no such limit read without it.
    let _ = setrlimit(Resource::As, to(MEMORY));
    let _ = setrlimit(Resource::Core, to(0));
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, set_parent_process_death_signal};
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
    }
}
