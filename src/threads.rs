//! Threads that share work which one of them would do too slowly: documents to read,
//! an index to build, a large library to search. They end with the work.

use std::num::NonZero;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;

static THREADS: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));

/// How many jobs are done at once at most.
pub fn at_once() -> usize {
    *THREADS
}

/// Does every job, in order as far as one thread goes.
pub fn for_each<J: Send>(jobs: Vec<J>, work: impl Fn(J) + Sync) {
    let threads = jobs.len().min(at_once());
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

/// What the work makes of each job, in the order of the jobs.
pub fn map<J: Send, R: Send>(jobs: Vec<J>, work: impl Fn(J) -> R + Sync) -> Vec<R> {
    let mut results: Vec<Option<R>> = jobs.iter().map(|_| None).collect();
    for_each(
        jobs.into_iter().zip(&mut results).collect(),
        |(job, result)| {
            *result = Some(work(job));
        },
    );
    results.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_jobs() {
        let jobs: Vec<u32> = (0..1_000).collect();
        assert_eq!(map(jobs.clone(), |job| job), jobs);
        assert!(map(Vec::new(), |job: u32| job).is_empty());
    }
}
