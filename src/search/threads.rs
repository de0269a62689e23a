//! The threads that share the work of a search or of building an index. The thread that
//! answers questions is the worker's.

use std::num::NonZero;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;

static THREADS: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));

/// Does every job, in order as far as one thread goes.
pub fn for_each<J: Send>(jobs: Vec<J>, work: impl Fn(J) + Sync) {
    let threads = jobs.len().min(*THREADS);
    let jobs = Mutex::new(jobs.into_iter());
    let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).next();
    let run = || {
        while let Some(job) = next() {
            work(job);
        }
    };
    thread::scope(|scope| {
        (1..threads).for_each(|_| drop(scope.spawn(run)));
        run();
    });
}
