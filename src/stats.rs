//! Counts of a library: how many cases there are by year, kind, area and topic,
//! and how long they are. Cases in, values out.
//!
//! Every table counts every case, those without a value under `None`, so that
//! its total is the number of cases.

use std::collections::BTreeMap;
use std::fmt;

use crate::case::CaseRef;
use crate::corpus::{CaseIndex, Corpus};
use crate::facets::Facet;

/// A value and how many cases have it. `None`: the documents give none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub value: Option<String>,
    pub cases: u32,
}

/// How many cases have both of two values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// One for each row, in the order in which they are shown, with its total.
    pub rows: Vec<Tally>,
    /// One for each column, with its total.
    pub columns: Vec<Tally>,
    /// By row, then by column.
    pub cells: Vec<Vec<u32>>,
}

/// Lengths of texts in characters, white space not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    pub total: u64,
    pub shortest: u32,
    /// The middle one; of an even number of cases the mean of the two.
    pub median: Middle,
    pub longest: u32,
    /// The cases by length, the shortest first.
    pub steps: Vec<Step>,
}

/// A median, which may end in a half.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Middle {
    doubled: u32,
}

impl Middle {
    /// The number as JSON has it: whole where it is.
    pub fn json(self) -> serde_json::Number {
        let half = serde_json::Number::from_f64(f64::from(self.doubled) / 2.0);
        let whole = (self.doubled / 2).into();
        half.filter(|_| self.doubled % 2 == 1).unwrap_or(whole)
    }
}

impl fmt::Display for Middle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.json().fmt(f)
    }
}

/// The cases whose texts have `from` characters or more, and less than `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub from: u32,
    /// `None` in the last step.
    pub to: Option<u32>,
    pub cases: u32,
}

/// The counts of some cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    pub cases: u32,
    /// Documents that hold at least one of them.
    pub documents: u32,
    /// Oldest first, cases without a year last.
    pub years: Vec<Tally>,
    /// In the order of the documents.
    pub categories: Vec<Tally>,
    /// Most cases first.
    pub areas: Vec<Tally>,
    /// Full text, abstract, report: in this order.
    pub kinds: Vec<Tally>,
    /// Folder of the document below the library; `None` for the library's own.
    pub folders: Vec<Tally>,
    /// In the order of the library.
    pub sources: Vec<Tally>,
    /// Most cases first. A case has up to three topics, so these add up to more
    /// than there are cases.
    pub topics: Vec<Tally>,
    /// Years by category.
    pub by_category: Matrix,
    /// Years by area.
    pub by_area: Matrix,
    pub sizes: Sizes,
}

/// Counts `cases` of `corpus`. `topics` has the names of every case's topics,
/// in reading order; it may be empty where they are not known.
pub fn of(corpus: &Corpus, cases: &[CaseIndex], topics: &[Vec<&str>]) -> Stats {
    let case = |index: &CaseIndex| corpus.get(*index);
    let values = |of: &dyn Fn(CaseRef<'_>) -> Option<String>| -> Vec<Option<String>> {
        cases.iter().map(|index| of(case(index))).collect()
    };
    let years = values(&|case| case.case.year.map(|year| year.to_string()));
    let categories = values(&|case| case.case.category.map(|c| c.name().to_owned()));
    let areas = values(&|case| case.case.area.clone());
    let kinds = values(&|case| Some(case.case.completeness.name().to_owned()));
    let folders = values(&|case| folder(&case.document.name).map(str::to_owned));
    let sources = values(&|case| Some(case.document.name.clone()));
    let of_topics = cases.iter().flat_map(|index| {
        let names = topics.get(index.0 as usize).into_iter().flatten();
        names.map(|name| Some((*name).to_owned()))
    });
    let lengths: Vec<u32> = cases.iter().map(|index| length(case(index))).collect();
    Stats {
        cases: cases.len() as u32,
        documents: tally(&sources, Order::First).len() as u32,
        years: tally(&years, Order::Value),
        categories: tally(&categories, Order::First),
        areas: tally(&areas, Order::Most),
        kinds: tally(&kinds, Order::Kind),
        folders: tally(&folders, Order::Value),
        sources: tally(&sources, Order::First),
        topics: tally(&of_topics.collect::<Vec<_>>(), Order::Most),
        by_category: matrix(&years, &categories, Order::First),
        by_area: matrix(&years, &areas, Order::Most),
        sizes: sizes(lengths),
    }
}

impl Step {
    /// The step as a query asks for it: 200-499, or 5000- for the last.
    pub fn name(self) -> String {
        match self.to {
            Some(to) => format!("{}-{}", self.from, to - 1),
            None => format!("{}-", self.from),
        }
    }

    /// Whether texts of a length are in the step.
    pub fn has(self, length: u32) -> bool {
        length >= self.from && self.to.is_none_or(|to| length < to)
    }
}

impl Stats {
    /// The table of a facet, if it is counted here.
    pub fn table(&self, facet: Facet) -> Option<&[Tally]> {
        Some(match facet {
            Facet::Year => &self.years,
            Facet::Category => &self.categories,
            Facet::Area => &self.areas,
            Facet::Completeness => &self.kinds,
            Facet::Topic => &self.topics,
            Facet::Org | Facet::Star | Facet::Tag | Facet::Note => return None,
        })
    }
}

/// In which order values are shown.
#[derive(Clone, Copy)]
enum Order {
    /// As they come.
    First,
    /// By themselves.
    Value,
    /// Most cases first.
    Most,
    /// Full text, abstract, report.
    Kind,
}

/// Counts values; those that are `None` come last.
fn tally(values: &[Option<String>], order: Order) -> Vec<Tally> {
    let mut counts: BTreeMap<Option<&str>, (usize, u32)> = BTreeMap::new();
    for (at, value) in values.iter().enumerate() {
        counts.entry(value.as_deref()).or_insert((at, 0)).1 += 1;
    }
    let mut counts: Vec<(Option<&str>, (usize, u32))> = counts.into_iter().collect();
    counts.sort_by_key(|&(value, (at, cases))| {
        let key = match order {
            Order::First => at,
            Order::Value => 0,
            Order::Most => usize::MAX - cases as usize,
            Order::Kind => crate::case::Completeness::ALL
                .iter()
                .position(|kind| Some(kind.name()) == value)
                .unwrap_or_default(),
        };
        (value.is_none(), key)
    });
    let tallies = counts.into_iter().map(|(value, (_, cases))| Tally {
        value: value.map(str::to_owned),
        cases,
    });
    tallies.collect()
}

fn matrix(rows: &[Option<String>], columns: &[Option<String>], order: Order) -> Matrix {
    let (row_tallies, column_tallies) = (tally(rows, Order::Value), tally(columns, order));
    let mut cells = vec![vec![0; column_tallies.len()]; row_tallies.len()];
    let place = |tallies: &[Tally], value: &Option<String>| {
        tallies.iter().position(|tally| tally.value == *value)
    };
    for (row, column) in rows.iter().zip(columns) {
        let place = place(&row_tallies, row).zip(place(&column_tallies, column));
        if let Some((row, column)) = place {
            cells[row][column] += 1;
        }
    }
    Matrix {
        rows: row_tallies,
        columns: column_tallies,
        cells,
    }
}

/// Bounds of the steps by which texts are grouped, in characters.
const BOUNDS: [u32; 6] = [0, 200, 500, 1000, 2000, 5000];

/// The steps by which texts are grouped, without cases.
pub fn steps() -> impl Iterator<Item = Step> {
    (0..BOUNDS.len()).map(|at| Step {
        from: BOUNDS[at],
        to: BOUNDS.get(at + 1).copied(),
        cases: 0,
    })
}

fn sizes(mut lengths: Vec<u32>) -> Sizes {
    lengths.sort_unstable();
    let (Some(&shortest), Some(&longest)) = (lengths.first(), lengths.last()) else {
        return Sizes::default();
    };
    let steps = steps().map(|step| Step {
        cases: lengths.iter().filter(|&&length| step.has(length)).count() as u32,
        ..step
    });
    Sizes {
        total: lengths.iter().map(|&length| u64::from(length)).sum(),
        shortest,
        median: Middle {
            doubled: lengths[(lengths.len() - 1) / 2] + lengths[lengths.len() / 2],
        },
        longest,
        steps: steps.collect(),
    }
}

/// The folder before a document's file name, if its name has one.
fn folder(name: &str) -> Option<&str> {
    name.rsplit_once('/').map(|(folder, _)| folder)
}

/// The characters of a case's text, white space not counted.
pub fn length(case: CaseRef<'_>) -> u32 {
    let blocks = case.case.blocks.iter();
    let characters = blocks.map(|block| {
        let text = case.block_text(block);
        text.chars().filter(|c| !c.is_whitespace()).count() as u32
    });
    characters.sum()
}
