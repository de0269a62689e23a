//! What may take longer than a key: the application asks for it, the shell does it on a
//! thread of its own, and the result comes back as an action.

use std::sync::Arc;

use super::App;
use crate::corpus::{CaseIndex, Corpus};
use crate::evidence::{self, Claim};
use crate::figures::{self, Found};

/// What a lens marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LensKind {
    Figures,
    Evidence,
}

/// Something to be worked out.
#[derive(Clone, Debug)]
pub enum Job {
    /// The figures of some cases, for the table of figures.
    Figures(Arc<[CaseIndex]>),
    /// What a lens marks in a case.
    Lens(LensKind, CaseIndex),
}

/// What was worked out, with what it is for.
#[derive(Clone, Debug)]
pub enum Done {
    Figures(Arc<[CaseIndex]>, Gathered),
    Figured(CaseIndex, Vec<Found>),
    Claimed(CaseIndex, Vec<Claim>),
}

/// The figures of cases, from the first case on, as many as a table may have.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    pub of_cases: Vec<(CaseIndex, Vec<Found>)>,
    /// How many of the cases were not looked at.
    pub left_out: usize,
}

/// Figures after which no further case is looked at for a table. A row takes about 600
/// bytes.
const MOST_FIGURES: usize = 10_000;

/// Work on texts of so many bytes in all is done within a key.
const QUICK: usize = 1 << 15;

impl Job {
    /// Whether it is done so soon that a thread of its own would only make the screen
    /// flicker.
    pub fn is_quick(&self, corpus: &Corpus) -> bool {
        let cases = match self {
            Self::Figures(cases) => cases,
            Self::Lens(_, case) => std::slice::from_ref(case),
        };
        let mut bytes = 0;
        cases.iter().all(|&case| {
            let blocks = corpus.get(case).case.blocks.iter();
            bytes += blocks.map(|block| block.range.bytes().len()).sum::<usize>();
            bytes <= QUICK
        })
    }

    /// Does it.
    pub fn run(self, corpus: &Corpus) -> Done {
        match self {
            Self::Figures(cases) => {
                let gathered = gather(&cases, corpus);
                Done::Figures(cases, gathered)
            }
            Self::Lens(LensKind::Figures, case) => {
                Done::Figured(case, figures::of_case(corpus.get(case)))
            }
            Self::Lens(LensKind::Evidence, case) => {
                Done::Claimed(case, evidence::of_case(corpus.get(case)))
            }
        }
    }
}

fn gather(cases: &[CaseIndex], corpus: &Corpus) -> Gathered {
    let mut gathered = Gathered::default();
    let mut count = 0;
    for &case in cases {
        if count >= MOST_FIGURES {
            gathered.left_out += 1;
            continue;
        }
        let found = figures::of_case(corpus.get(case));
        count += found.len();
        gathered.of_cases.push((case, found));
    }
    gathered
}

impl App {
    /// The next thing to be worked out, once.
    pub fn next_job(&mut self) -> Option<Job> {
        self.analysis.jobs.pop_front()
    }

    /// Takes what was worked out.
    pub(super) fn take_done(&mut self, done: Done) {
        match done {
            Done::Figures(cases, gathered) => self.take_figures(&cases, gathered),
            Done::Figured(..) | Done::Claimed(..) => self.take_seen(done),
        }
    }
}
