//! A lock on a file that several programs write, waited for as long as one of them may
//! take; and how such a file is opened, lest something else by its name be waited for.

use std::fs::{File, TryLockError};
use std::io;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

/// How long another program is waited for. It takes milliseconds, unless it is stopped
/// in the middle.
const PATIENCE: Duration = Duration::from_millis(1200);

/// How long to sleep before the lock is tried again.
const PAUSE: Duration = Duration::from_millis(3);

/// Why a file is not locked.
#[derive(Debug)]
pub enum NotLocked {
    /// Another program holds the lock and does not give it back in time.
    Busy,
    System(io::Error),
}

/// Locks a file until it is closed. Calls `contended` once if another process holds the
/// lock, before waiting for a bounded time. Some network file systems and memory sticks
/// know no locks; there nothing is waited for.
///
/// # Errors
///
/// If the lock is not given back in time, or the system refuses it.
pub fn take(file: &File, contended: impl FnOnce()) -> Result<(), NotLocked> {
    let mut contended = Some(contended);
    let mut until = None;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(cause)) if cause.kind() == io::ErrorKind::Unsupported => {
                return Ok(());
            }
            Err(TryLockError::Error(cause)) => return Err(NotLocked::System(cause)),
        }
        if let Some(contended) = contended.take() {
            contended();
        }
        let until = *until.get_or_insert_with(|| Instant::now() + PATIENCE);
        if Instant::now() >= until {
            return Err(NotLocked::Busy);
        }
        thread::sleep(PAUSE);
    }
}

/// Locks a file until it is closed, unless another program holds the lock; returns whether
/// none does. Where there are no locks none does.
pub fn take_if_free(file: &File) -> bool {
    !matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// The flags with which such a file is opened: a link is not followed, and a pipe by its
/// name not waited for.
pub fn flags() -> i32 {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    i32::try_from(flags.bits()).expect("the flags of open(2) are an int")
}
