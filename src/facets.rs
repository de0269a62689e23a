//! Facets: the ways in which cases fall into groups, and how many there are in
//! each.
//!
//! Within a facet the values chosen are alternatives (2015 or 2017), between
//! facets they are conditions (2017 and 部门). A value's count says how many
//! cases would be listed if it were the only one chosen in its facet, all other
//! facets staying as they are: so the counts of a facet do not depend on what
//! is chosen in it, and a value with a count above zero never leads to an empty
//! list.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{CaseIndex, Corpus};

/// A way in which cases fall into groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    Year,
    Category,
    Area,
    Org,
    Completeness,
    Topic,
    Star,
    Tag,
    Note,
}

impl Facet {
    /// All facets, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Year,
        Self::Category,
        Self::Area,
        Self::Org,
        Self::Completeness,
        Self::Topic,
        Self::Star,
        Self::Tag,
        Self::Note,
    ];

    /// The name in Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "年度",
            Self::Category => "类别",
            Self::Area => "地区",
            Self::Org => "机构",
            Self::Completeness => "文本类型",
            Self::Topic => "主题",
            Self::Star => "星标",
            Self::Tag => "标签",
            Self::Note => "笔记",
        }
    }

    /// The name in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Category => "category",
            Self::Area => "area",
            Self::Org => "organisation",
            Self::Completeness => "text type",
            Self::Topic => "topic",
            Self::Star => "star",
            Self::Tag => "tag",
            Self::Note => "note",
        }
    }
}

/// The value of [`Facet::Star`].
pub const STARRED: &str = "★";

/// The value of [`Facet::Note`].
pub const NOTED: &str = "*";

/// What a facet cannot learn from the corpus; one entry for every case, in
/// reading order. A list may be empty where nothing is known.
#[derive(Clone, Debug, Default)]
pub struct Extras<'a> {
    /// Names of topics.
    pub topics: Vec<Vec<&'a str>>,
    pub starred: Vec<bool>,
    pub tags: Vec<Vec<&'a str>>,
    pub noted: Vec<bool>,
}

/// The values chosen. No value in a facet is no condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    chosen: BTreeMap<Facet, BTreeSet<String>>,
}

impl Selection {
    /// Chooses a value, or takes it back; returns whether it is chosen now.
    pub fn toggle(&mut self, facet: Facet, value: &str) -> bool {
        let values = self.chosen.entry(facet).or_default();
        let chosen = if values.remove(value) {
            false
        } else {
            values.insert(value.to_owned())
        };
        self.chosen.retain(|_, values| !values.is_empty());
        chosen
    }

    /// Takes back every value of a facet.
    pub fn clear(&mut self, facet: Facet) {
        self.chosen.remove(&facet);
    }

    /// Whether a value is chosen.
    pub fn contains(&self, facet: Facet, value: &str) -> bool {
        let values = self.chosen.get(&facet);
        values.is_some_and(|values| values.contains(value))
    }

    /// Whether nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// The values chosen, facet by facet.
    pub fn iter(&self) -> impl Iterator<Item = (Facet, &str)> {
        let chosen = self.chosen.iter();
        chosen.flat_map(|(facet, values)| values.iter().map(|value| (*facet, value.as_str())))
    }
}

/// A value and its count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count<'a> {
    pub value: &'a str,
    /// Cases that would be listed with it, see the head of this file.
    pub cases: u32,
    pub chosen: bool,
}

/// The values of every case, numbered, so that counting is a walk over numbers.
#[derive(Clone, Debug)]
pub struct Facets {
    /// By facet, in the order of [`Facet::ALL`].
    tables: [Table; Facet::ALL.len()],
}

#[derive(Clone, Debug, Default)]
struct Table {
    /// In the order in which they are shown.
    values: Vec<String>,
    /// For every case the indices of its values; `starts` parts them.
    of_cases: Vec<u32>,
    starts: Vec<u32>,
}

impl Facets {
    /// Gathers the values of all cases. Years are shown newest first, categories
    /// and degrees of completeness as the documents have them, the others by the
    /// number of their cases.
    pub fn build(corpus: &Corpus, extras: &Extras<'_>) -> Self {
        let tables = Facet::ALL.map(|facet| {
            let rows: Vec<Vec<String>> = corpus
                .iter()
                .map(|(index, _)| values(corpus, index, extras, facet))
                .collect();
            Table::build(facet, &rows)
        });
        Self { tables }
    }

    /// The values of a facet, in the order in which they are shown.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = &str> {
        self.table(facet).values.iter().map(String::as_str)
    }

    /// The values of a case in a facet.
    pub fn of_case(&self, facet: Facet, case: CaseIndex) -> impl Iterator<Item = &str> {
        let table = self.table(facet);
        let values = table.of_case(case).iter();
        values.map(|&value| table.values[value as usize].as_str())
    }

    /// The cases among `cases` that a selection leaves, in their order.
    pub fn narrow(&self, selection: &Selection, cases: &[CaseIndex]) -> Vec<CaseIndex> {
        let chosen = self.chosen(selection);
        let fits = |case: &&CaseIndex| self.misses(&chosen, **case).next().is_none();
        cases.iter().filter(fits).copied().collect()
    }

    /// Counts every value of every facet over `cases`, the answer of a query
    /// without its facets. All values are listed, those with no case as well.
    pub fn count(
        &self,
        selection: &Selection,
        cases: &[CaseIndex],
    ) -> [(Facet, Vec<Count<'_>>); Facet::ALL.len()] {
        let chosen = self.chosen(selection);
        let mut counts = Facet::ALL.map(|facet| vec![0_u32; self.table(facet).values.len()]);
        for &case in cases {
            let mut misses = self.misses(&chosen, case);
            match (misses.next(), misses.next()) {
                // It is listed, and counts in every facet.
                (None, _) => {
                    for facet in Facet::ALL {
                        self.add(&mut counts, facet, case);
                    }
                }
                // One facet alone keeps it out: there it would come in.
                (Some(facet), None) => self.add(&mut counts, facet, case),
                (Some(_), Some(_)) => {}
            }
        }
        Facet::ALL.map(|facet| {
            let values = self.values(facet).zip(&counts[facet as usize]);
            let counts = values.map(|(value, &cases)| Count {
                value,
                cases,
                chosen: selection.contains(facet, value),
            });
            (facet, counts.collect())
        })
    }

    fn add(&self, counts: &mut [Vec<u32>], facet: Facet, case: CaseIndex) {
        for &value in self.table(facet).of_case(case) {
            counts[facet as usize][value as usize] += 1;
        }
    }

    /// The facets whose chosen values a case has none of.
    fn misses<'a>(
        &'a self,
        chosen: &'a [Option<Vec<u32>>; Facet::ALL.len()],
        case: CaseIndex,
    ) -> impl Iterator<Item = Facet> + 'a {
        Facet::ALL.into_iter().filter(move |&facet| {
            chosen[facet as usize].as_ref().is_some_and(|wanted| {
                let values = self.table(facet).of_case(case);
                !values.iter().any(|value| wanted.contains(value))
            })
        })
    }

    /// The numbers of the values chosen, for every facet with a choice. A value
    /// that no case has leaves nothing.
    fn chosen(&self, selection: &Selection) -> [Option<Vec<u32>>; Facet::ALL.len()] {
        Facet::ALL.map(|facet| {
            let names = selection.chosen.get(&facet)?;
            let values = (0..).zip(self.values(facet));
            let chosen = values.filter(|(_, value)| names.contains(*value));
            Some(chosen.map(|(number, _)| number).collect())
        })
    }

    fn table(&self, facet: Facet) -> &Table {
        &self.tables[facet as usize]
    }
}

impl Table {
    fn build(facet: Facet, rows: &[Vec<String>]) -> Self {
        let mut cases: BTreeMap<&str, u32> = BTreeMap::new();
        // First seen first, for what the documents have in an order of their own.
        let mut values: Vec<&str> = Vec::new();
        for value in rows.iter().flatten() {
            let count = cases.entry(value).or_default();
            if *count == 0 {
                values.push(value);
            }
            *count += 1;
        }
        match facet {
            Facet::Year => values.sort_by(|a, b| b.cmp(a)),
            Facet::Category | Facet::Completeness | Facet::Star | Facet::Note => {}
            Facet::Area | Facet::Org | Facet::Topic | Facet::Tag => {
                values.sort_by_key(|value| std::cmp::Reverse(cases[value]));
            }
        }
        let numbers: BTreeMap<&str, u32> = values.iter().copied().zip(0..).collect();
        let mut of_cases = Vec::new();
        let mut starts = vec![0];
        for row in rows {
            of_cases.extend(row.iter().map(|value| numbers[value.as_str()]));
            starts.push(of_cases.len() as u32);
        }
        Self {
            values: values.into_iter().map(str::to_owned).collect(),
            of_cases,
            starts,
        }
    }

    fn of_case(&self, case: CaseIndex) -> &[u32] {
        let at = case.0 as usize;
        &self.of_cases[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// The values of a case in a facet, none twice.
fn values(corpus: &Corpus, index: CaseIndex, extras: &Extras<'_>, facet: Facet) -> Vec<String> {
    let case = corpus.get(index).case;
    let at = index.0 as usize;
    let named = |lists: &[Vec<&str>]| -> Vec<String> {
        let names = lists.get(at).into_iter().flatten();
        names.map(|&name| name.to_owned()).collect()
    };
    let flagged = |flags: &[bool], value: &str| -> Vec<String> {
        let flag = flags.get(at).copied().unwrap_or_default();
        flag.then(|| value.to_owned()).into_iter().collect()
    };
    let mut values = match facet {
        Facet::Year => case.year.map(|year| year.to_string()).into_iter().collect(),
        Facet::Category => case
            .category
            .map(|category| category.name().to_owned())
            .into_iter()
            .collect(),
        Facet::Area => case.area.clone().into_iter().collect(),
        Facet::Org => case.orgs.iter().map(|org| org.canonical.clone()).collect(),
        Facet::Completeness => vec![case.completeness.name().to_owned()],
        Facet::Topic => named(&extras.topics),
        Facet::Star => flagged(&extras.starred, STARRED),
        Facet::Tag => named(&extras.tags),
        Facet::Note => flagged(&extras.noted, NOTED),
    };
    let mut seen = BTreeSet::new();
    values.retain(|value| seen.insert(value.clone()));
    values
}
