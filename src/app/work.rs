//! Work that may take longer than a key press. The application requests it, the terminal loop runs
//! it on a thread of its own, and the result comes back as an action.

use std::sync::Arc;

use crate::corpus::{CaseIndex, Corpus};
use crate::evidence::{self, Claim, Counts, Criterion};
use crate::figures::{self, Found};
use crate::lineage::{self, Chain};
use crate::related::{Related, Relations};
use crate::search::field_values::FieldValues;
use crate::search::query::{self, Field, TermKind};
use crate::stats::{self, Stats};
use crate::topics::Rules;

/// What a lens marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LensKind {
    Figures,
    Evidence,
}

/// Work to run on a thread of its own.
#[derive(Clone, Debug)]
pub enum Job {
    /// Finds the figures of some cases, for the table of figures.
    Figures(Arc<[CaseIndex]>),
    /// Computes the statistics of some cases, from the topics of every case if they are assigned.
    Stats(Arc<[CaseIndex]>, Option<TopicNames>),
    /// Finds the cases related to a case.
    Related(CaseIndex, Kinship),
    /// Finds the chains of the library.
    Lineage(Kinship),
    /// Counts the claims and the characters of every case of the library.
    Measures,
    /// Finds what a lens marks in a case.
    Lens(LensKind, CaseIndex),
}

/// The result of a job, with the cases that it is for.
#[derive(Clone, Debug)]
pub enum Done {
    Figures(Arc<[CaseIndex]>, Gathered),
    Stats(Arc<[CaseIndex]>, Arc<Stats>, bool),
    Measures(Arc<Measures>),
    Related(CaseIndex, Arc<Relations>, Vec<Related>),
    Lineage(Arc<Relations>, Vec<Chain>),
    Figured(CaseIndex, Vec<Found>),
    Claimed(CaseIndex, Vec<Claim>),
}

/// Figures of cases, from the first case on, up to the size of a table.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    pub of_cases: Vec<(CaseIndex, Vec<Found>)>,
    /// Number of cases that were not searched.
    pub left_out: usize,
}

/// Claims and length of every case, in the order of the library.
#[derive(Clone, Debug, Default)]
pub struct Measures {
    pub claims: Vec<Counts>,
    /// Numbers of characters, without white space.
    pub lengths: Vec<u32>,
}

impl Measures {
    /// Measures every case.
    pub fn of(corpus: &Corpus) -> Self {
        let cases = || corpus.iter().map(|(_, case)| case);
        Self {
            claims: cases()
                .map(|case| Counts::of(&evidence::of_case(case)))
                .collect(),
            lengths: cases().map(stats::length).collect(),
        }
    }

    /// Adds the values of the fields for evidence and length to `values`.
    pub fn add_to(&self, values: &mut FieldValues) {
        fn all<T>(of_cases: &[T]) -> impl Iterator<Item = (CaseIndex, &T)> {
            (0..).map(CaseIndex).zip(of_cases)
        }
        for criterion in Criterion::ALL {
            let names = [criterion.chinese(), criterion.name()];
            let claims = |counts: &&Counts| counts.get(criterion) > 0;
            let cases = all(&self.claims).filter(|(_, counts)| claims(counts));
            values.add(Field::Evidence, names, cases.map(|(case, _)| case));
        }
        for step in stats::steps() {
            let cases = all(&self.lengths).filter(|&(_, &length)| step.has(length));
            values.add(Field::Length, [step.name()], cases.map(|(case, _)| case));
        }
    }
}

/// Whether a query contains a field that needs [`Measures`].
pub fn asks_for_measures(query: &str) -> bool {
    let is_measured = |kind: &TermKind| {
        matches!(
            kind,
            TermKind::Field {
                field: Field::Evidence | Field::Length,
                ..
            }
        )
    };
    let terms = query::parse(query).terms;
    terms.iter().any(|term| is_measured(&term.kind))
}

/// Topics of every case, in the order of the library.
#[derive(Clone, Debug)]
pub struct TopicNames {
    pub rules: Arc<Rules>,
    /// Indices into the topics of the rules, the highest weight first.
    pub assigned: Vec<Vec<usize>>,
}

impl TopicNames {
    fn of_cases(&self) -> Vec<Vec<&str>> {
        let name = |&topic: &usize| self.rules.topics()[topic].name.as_str();
        let of_case = |topics: &Vec<usize>| topics.iter().map(name).collect();
        self.assigned.iter().map(of_case).collect()
    }
}

/// Relations between cases, and the topics to compute them from.
#[derive(Clone, Debug)]
pub struct Kinship {
    /// The relations; `None` if they have not been computed.
    pub relations: Option<Arc<Relations>>,
    pub topics: TopicNames,
}

/// Number of figures after which no further case is added to a table. A row takes about 600 bytes.
const MOST_FIGURES: usize = 10_000;

/// Maximum bytes of text that a job can process within a key press.
const QUICK: usize = 1 << 15;

impl Job {
    /// Whether the job is so short that running it on another thread would only make the screen
    /// flicker.
    pub fn is_quick(&self, corpus: &Corpus) -> bool {
        let cases = match self {
            Self::Figures(cases) => cases,
            Self::Stats(cases, _) => cases,
            Self::Lens(_, case) => std::slice::from_ref(case),
            Self::Measures | Self::Related(..) | Self::Lineage(_) => return false,
        };
        let mut bytes = 0;
        cases.iter().all(|&case| {
            let blocks = corpus.get(case).case.blocks.iter();
            bytes += blocks.map(|block| block.range.bytes().len()).sum::<usize>();
            bytes <= QUICK
        })
    }

    /// Runs the job.
    pub fn run(self, corpus: &Corpus) -> Done {
        match self {
            Self::Figures(cases) => {
                let gathered = gather(&cases, corpus);
                Done::Figures(cases, gathered)
            }
            Self::Stats(cases, topics) => {
                let names = topics.as_ref().map(TopicNames::of_cases);
                let stats = stats::of(corpus, &cases, &names.unwrap_or_default());
                Done::Stats(cases, Arc::new(stats), topics.is_some())
            }
            Self::Related(case, kinship) => {
                let relations = relations(&kinship, corpus);
                let related = relations.of(case);
                Done::Related(case, relations, related)
            }
            Self::Lineage(kinship) => {
                let relations = relations(&kinship, corpus);
                let chains = lineage::chains(corpus, &relations);
                Done::Lineage(relations, chains)
            }
            Self::Measures => Done::Measures(Arc::new(Measures::of(corpus))),
            Self::Lens(LensKind::Figures, case) => {
                Done::Figured(case, figures::of_case(corpus.get(case)))
            }
            Self::Lens(LensKind::Evidence, case) => {
                Done::Claimed(case, evidence::of_case(corpus.get(case)))
            }
        }
    }
}

fn relations(kinship: &Kinship, corpus: &Corpus) -> Arc<Relations> {
    let build = || Arc::new(Relations::build(corpus, &kinship.topics.of_cases()));
    kinship.relations.clone().unwrap_or_else(build)
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
