//! Waiting for a key before the plain terminal is left again.

use std::io;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::terminal::Quiet;

const ESC: u8 = 0x1b;

/// How long the rest of a key that begins with Esc may take, such as an arrow.
const PATIENCE: Duration = Duration::from_millis(50);

/// Waits until Enter, Esc, Ctrl-C or Ctrl-D is pressed, or the input ends. What is typed is not
/// shown.
///
/// # Errors
///
/// If there is no terminal in the foreground, or it cannot be read.
pub fn wait_to_leave() -> io::Result<()> {
    let quiet = Quiet::enter()?;
    let mut bytes = [0; 64];
    loop {
        has_more(&quiet, None)?;
        let count = match rustix::io::read(quiet.input(), &mut bytes) {
            Ok(count) => count,
            Err(Errno::INTR | Errno::AGAIN) => continue,
            Err(error) => return Err(error.into()),
        };
        match &bytes[..count] {
            [] => return Ok(()),
            [ESC] if !has_more(&quiet, Some(PATIENCE))? => return Ok(()),
            // An arrow, an answer of the terminal, or another key with several bytes.
            [ESC, ..] => {}
            typed
                if typed
                    .iter()
                    .any(|byte| matches!(byte, b'\r' | b'\n' | 3 | 4)) =>
            {
                return Ok(());
            }
            _ => {}
        }
    }
}

/// Whether there is input within a time limit, or at all if there is no limit.
fn has_more(quiet: &Quiet, patience: Option<Duration>) -> io::Result<bool> {
    let input = quiet.input();
    let mut ready = [PollFd::new(&input, PollFlags::IN)];
    let patience = patience.map(|patience| Timespec {
        tv_sec: 0,
        tv_nsec: patience.subsec_nanos().into(),
    });
    match poll(&mut ready, patience.as_ref()) {
        Ok(count) => Ok(count > 0),
        // A signal came; its own thread handles it.
        Err(Errno::INTR) => Ok(true),
        Err(error) => Err(error.into()),
    }
}
