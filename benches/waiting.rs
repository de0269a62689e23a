//! How long a reader waits, and what the program takes: the built program in a
//! pseudo-terminal that answers at once. From the start of the process to the
//! first complete frame, from a key to the frame that it leads to, and the most
//! memory that it ever had.
//!
//! A machine at work makes all of it longer, so the best of many runs is given
//! beside the median.

#[path = "../tests/support/mod.rs"]
mod support;

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anli::search::index::Index;
use anli::seeds::{self, catalog::Catalog};
use support::emulator::Emulator;
use support::pty::{Pty, Setup};

const RUNS: usize = 40;

/// Typed letter by letter.
const QUERY: &str = "ditie";

fn main() {
    let counts = counts();
    let mut starts = Vec::new();
    let mut letters = Vec::new();
    let mut steps = Vec::new();
    let mut memory = 0;
    for _ in 0..RUNS {
        let began = Instant::now();
        let mut pty = anli();
        wait(&mut pty, |screen| screen.text().contains("94 / 94"));
        starts.push(began.elapsed());

        pty.type_in("/");
        wait(&mut pty, |screen| screen.cursor_is_visible());
        for (letter, count) in QUERY.split("").skip(1).zip(&counts) {
            let answered = |screen: &Emulator| screen.row(1).trim_end().ends_with(count);
            let fresh = !answered(pty.screen());
            let waited = time(&mut pty, letter, answered);
            letters.extend(fresh.then_some(waited));
        }
        pty.type_in("\x1b");
        wait(&mut pty, |screen| !screen.cursor_is_visible());
        let before = pty.screen().text();
        steps.push(time(&mut pty, "j", |screen| screen.text() != before));
        memory = memory.max(most_memory(&pty));
        pty.type_in("q");
        pty.wait_for_exit();
    }
    tell("start to first complete frame", starts);
    tell("letter typed to frame", letters);
    tell("next case to frame", steps);
    println!("most memory: {:.1} MB", memory as f64 / 1024.0);
    let program = fs::metadata(env!("CARGO_BIN_EXE_anli")).expect("it was just run");
    println!("program: {:.1} MB", program.len() as f64 / 1e6);
}

/// What the filter bar shows beside the query when each letter of it is
/// answered: ` 7 / 94`.
fn counts() -> Vec<String> {
    let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
    let all = corpus.len();
    let index = Index::build(Arc::new(corpus));
    let ends = QUERY.char_indices().map(|(at, c)| at + c.len_utf8());
    let found = ends.map(|end| index.search(&QUERY[..end]).hits.len());
    found.map(|found| format!(" {found} / {all}")).collect()
}

fn anli() -> Pty {
    let setup = Setup::new(env!("CARGO_BIN_EXE_anli"));
    setup.arg("--no-state").size(120, 40).start()
}

fn wait(pty: &mut Pty, is_so: impl Fn(&Emulator) -> bool) {
    pty.wait_for("the frame", is_so);
}

/// From a key to the frame that shows what was asked for.
fn time(pty: &mut Pty, key: &str, is_so: impl Fn(&Emulator) -> bool) -> Duration {
    let began = Instant::now();
    pty.type_in(key);
    wait(pty, is_so);
    began.elapsed()
}

/// In kilobytes (proc(5)).
fn most_memory(pty: &Pty) -> u64 {
    let path = format!("/proc/{}/status", pty.pid());
    let status = fs::read_to_string(path).expect("the program runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .expect("the kernel counts memory")
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    let (best, median) = (times[0], times[times.len() / 2]);
    println!(
        "{what}: best {:.2} ms, median {:.2} ms of {}",
        milliseconds(best),
        milliseconds(median),
        times.len()
    );
}
