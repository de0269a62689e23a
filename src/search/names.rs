//! The names of responsible bodies, and which case has which.
//!
//! Bodies are renamed (即墨市 became 即墨区) and shortened (市人社局), so a body is
//! found by every name that shares a canonical one with it, and a case by the
//! name of its area as well.

use std::collections::{BTreeSet, HashMap};
use std::iter;
use std::ops::Range;

use super::lines::{self, Lines};
use crate::case::Org;
use crate::corpus::Corpus;
use crate::text::fold;

/// How many characters the name of a city has, without 市.
const SHORTEST_CITY: usize = 2;
const LONGEST_CITY: usize = 4;

/// All names, each kept once.
#[derive(Clone, Debug, Default)]
pub struct Names {
    lines: Lines,
    /// For every line, the name as it is shown.
    shown: Vec<Box<str>>,
    /// For every line, whose name it is.
    owner: Vec<u32>,
    /// For every line, whether the document prints another name.
    alias: Vec<bool>,
    owners: usize,
    /// The owners of every case: its orgs in order, then its area.
    of_cases: Vec<u32>,
    /// For every one of `of_cases`, the case.
    case: Vec<u32>,
    first_of_case: Vec<u32>,
}

/// What carries names.
#[derive(PartialEq, Eq, Hash)]
enum Owner<'a> {
    Org(&'a str, &'a str),
    Area(&'a str),
}

impl Names {
    pub fn build(corpus: &Corpus) -> Self {
        let mut printed_of: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for org in corpus.cases.iter().flat_map(|case| &case.orgs) {
            printed_of
                .entry(&org.canonical)
                .or_default()
                .insert(&org.printed);
        }
        let mut names = Self::default();
        let mut numbers: HashMap<Owner<'_>, u32> = HashMap::new();
        names.first_of_case.reserve(corpus.len() + 1);
        for case in &corpus.cases {
            names.first_of_case.push(names.of_cases.len() as u32);
            for org in &case.orgs {
                let next = numbers.len() as u32;
                let owner = Owner::Org(&org.printed, &org.canonical);
                let number = *numbers.entry(owner).or_insert(next);
                names.of_cases.push(number);
                if number == next {
                    let printed = printed_of
                        .get(&*org.canonical)
                        .into_iter()
                        .flatten()
                        .copied();
                    let others = org.others.iter().map(String::as_str).chain(printed);
                    names.push_org(org, others, number);
                }
            }
            if let Some(area) = &case.area {
                let next = numbers.len() as u32;
                let number = *numbers.entry(Owner::Area(area)).or_insert(next);
                names.of_cases.push(number);
                if number == next {
                    names.push(area, number, true);
                }
            }
        }
        names.first_of_case.push(names.of_cases.len() as u32);
        names.case = (0..corpus.len() as u32)
            .flat_map(|case| iter::repeat_n(case, names.of_case(case as usize).len()))
            .collect();
        names.owners = numbers.len();
        names
    }

    fn push_org<'a>(&mut self, org: &'a Org, others: impl Iterator<Item = &'a str>, owner: u32) {
        self.push(&org.printed, owner, false);
        let mut known = vec![fold::codes(&org.printed)];
        // Of one name in two scripts, the canonical one.
        let others: BTreeSet<&str> = others.collect();
        for name in iter::once(&*org.canonical).chain(others) {
            let codes = fold::codes(name);
            if !known.contains(&codes) {
                known.push(codes);
                self.push(name, owner, true);
            }
        }
    }

    fn push(&mut self, name: &str, owner: u32, alias: bool) {
        self.lines.push(name);
        self.shown.push(name.into());
        self.owner.push(owner);
        self.alias.push(alias);
    }

    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// Whether a word, folded and without marks, is a whole name.
    pub fn has(&self, word: &[u16]) -> bool {
        let mut lines = (0..self.lines.len()).map(|line| lines::codes(self.lines.line(line)));
        lines.any(|line| line.eq(word.iter().copied()))
    }

    /// The lines of the bodies that a word names which has their city before
    /// them: the documents of a city leave it out, and print 青岛市民政局 as
    /// 市民政局. What names of bodies begin with and no district is called is a city.
    pub fn behind_city(&self, word: &[u16]) -> Vec<usize> {
        const CITY: u16 = '市' as u16;
        const ENDS: [u16; 3] = [CITY, '区' as u16, '县' as u16];
        let lines = 0..self.lines.len();
        let begins_with = |line: usize, beginning: &[u16]| {
            let mut name = lines::codes(self.lines.line(line));
            beginning.iter().all(|&code| name.next() == Some(code))
        };
        let is_city = |city: &[u16]| {
            !city.last().is_some_and(|last| ENDS.contains(last))
                && city.first() != Some(&CITY)
                && lines.clone().any(|line| begins_with(line, city))
                && !ENDS.iter().any(|&end| self.has(&[city, &[end]].concat()))
        };
        let mut found = Vec::new();
        for characters in SHORTEST_CITY..=LONGEST_CITY {
            let Some((city, rest)) = word.split_at_checked(characters) else {
                break;
            };
            let bare = rest.strip_prefix(&[CITY]).unwrap_or(rest);
            if bare.len() >= 2 && is_city(city) {
                // 青岛市开发区 may be printed as 青岛开发区, with the city and without 市.
                let printed = [&[CITY], bare].concat();
                let in_full = [city, bare].concat();
                let beginnings = [&*printed, &*in_full, rest, bare];
                let is_meant =
                    |&line: &usize| beginnings.iter().any(|&start| begins_with(line, start));
                found.extend(lines.clone().filter(is_meant));
            }
        }
        found
    }

    /// The name on a line, as it is shown.
    pub fn name(&self, line: usize) -> &str {
        &self.shown[line]
    }

    /// Whose name a line is.
    pub fn owner(&self, line: usize) -> usize {
        self.owner[line] as usize
    }

    /// The line that is printed where an owner is meant, or its area's.
    pub fn printed(&self, owner: usize) -> usize {
        self.owner
            .partition_point(|&known| (known as usize) < owner)
    }

    /// Whether the document prints another name than this line.
    pub fn is_alias(&self, line: usize) -> bool {
        self.alias[line]
    }

    /// How many bodies and areas there are.
    pub fn owners(&self) -> usize {
        self.owners
    }

    /// The owners of a case's names: its orgs in order, then its area.
    pub fn of_case(&self, case: usize) -> &[u32] {
        &self.of_cases[self.first_of_case[case] as usize..self.first_of_case[case + 1] as usize]
    }

    /// Some consecutive cases and their owners, pair by pair.
    pub fn of_cases(&self, cases: Range<usize>) -> impl Iterator<Item = (usize, usize)> + '_ {
        let pairs =
            self.first_of_case[cases.start] as usize..self.first_of_case[cases.end] as usize;
        let cases = self.case[pairs.clone()].iter();
        cases
            .zip(&self.of_cases[pairs])
            .map(|(&case, &owner)| (case as usize, owner as usize))
    }

    /// Bytes that the names take in memory.
    pub fn bytes(&self) -> usize {
        let numbers =
            self.of_cases.capacity() + self.case.capacity() + self.first_of_case.capacity();
        let shown = self.shown.iter().map(|name| name.len());
        let shown = shown.sum::<usize>() + size_of::<Box<str>>() * self.shown.capacity();
        self.lines.bytes() + shown + 5 * self.owner.capacity() + 4 * numbers
    }
}
