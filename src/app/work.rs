//! What may take longer than a key: the application asks for it, the shell does it on a
//! thread of its own, and the result comes back as an action.

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

/// Something to be worked out.
#[derive(Clone, Debug)]
pub enum Job {
    /// The figures of some cases, for the table of figures.
    Figures(Arc<[CaseIndex]>),
    /// The counts of some cases, with the topics of every case of the library, if they are
    /// known.
    Stats(Arc<[CaseIndex]>, Option<TopicNames>),
    /// The cases that are related to one.
    Related(CaseIndex, Kinship),
    /// The chains of the library.
    Lineage(Kinship),
    /// What every case of the library claims, and how long it is.
    Measures,
    /// What a lens marks in a case.
    Lens(LensKind, CaseIndex),
}

/// What was worked out, with what it is for.
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

/// The figures of cases, from the first case on, as many as a table may have.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    pub of_cases: Vec<(CaseIndex, Vec<Found>)>,
    /// How many of the cases were not looked at.
    pub left_out: usize,
}

/// What every case of a library claims, and how long it is, in the order of the library.
#[derive(Clone, Debug, Default)]
pub struct Measures {
    pub claims: Vec<Counts>,
    /// Characters, white space not counted.
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

    /// Adds the values of the fields for evidence and length.
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

/// Whether a query asks for what [`Measures`] hold.
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

/// The topics of every case of the library, in its order.
#[derive(Clone, Debug)]
pub struct TopicNames {
    pub rules: Arc<Rules>,
    /// Indices among the topics of the rules, the heaviest first.
    pub assigned: Vec<Vec<usize>>,
}

impl TopicNames {
    fn of_cases(&self) -> Vec<Vec<&str>> {
        let name = |&topic: &usize| self.rules.topics()[topic].name.as_str();
        let of_case = |topics: &Vec<usize>| topics.iter().map(name).collect();
        self.assigned.iter().map(of_case).collect()
    }
}

/// What relates cases, and what it takes to work that out.
#[derive(Clone, Debug)]
pub struct Kinship {
    /// `None` until it was worked out once.
    pub relations: Option<Arc<Relations>>,
    pub topics: TopicNames,
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

    /// Does it.
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
