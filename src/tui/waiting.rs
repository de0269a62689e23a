//! Waiting for a file descriptor, until a deadline at most.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec};

/// Reads the next byte from the terminal; `None` if none comes in time.
///
/// Errors: the terminal is gone.
pub(super) fn read_byte_before(input: BorrowedFd<'_>, deadline: Instant) -> io::Result<Option<u8>> {
    let mut byte = [0];
    while is_readable_before(input, deadline)? {
        match rustix::io::read(input, &mut byte) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(_) => return Ok(Some(byte[0])),
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

/// Waits until there is input, or its end; `false` if neither comes in time.
pub(super) fn is_readable_before(fd: BorrowedFd<'_>, deadline: Instant) -> io::Result<bool> {
    poll_before(fd, PollFlags::IN, deadline)
}

/// Waits until `fd` is ready; `false` if it is not in time.
pub(super) fn poll_before(
    fd: BorrowedFd<'_>,
    ready: PollFlags,
    deadline: Instant,
) -> io::Result<bool> {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut polled = [PollFd::from_borrowed_fd(fd, ready)];
        match rustix::event::poll(&mut polled, Some(&timespec(left))) {
            Ok(0) => return Ok(false),
            Ok(_) => return Ok(true),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Converts a time for `poll`.
pub(super) fn timespec(time: Duration) -> Timespec {
    Timespec::try_from(time).unwrap_or(Timespec {
        tv_sec: i64::from(i32::MAX),
        tv_nsec: 0,
    })
}
