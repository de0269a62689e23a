//! The names of responsible bodies, and which case has which.
//!
//! Bodies are renamed (即墨市 became 即墨区) and shortened (市人社局), so a body is
//! found by every name that shares a canonical one with it, and a case by the
//! name of its area as well.
//!
//! The documents of a city leave it out, and print 青岛市民政局 as 市民政局; so
//! names are kept with the city before them as well.

mod city;

use std::collections::{BTreeSet, HashMap};
use std::iter;
use std::ops::Range;

use city::City;

use super::folded::{self, Folded, TextKind};
use crate::case::Org;
use crate::corpus::Corpus;
use crate::text::fold;

/// What many names end in, written in full. A word that stands there alone
/// names none of them: 民政 is no 人民政府.
const COMMON_ENDS: [&str; 5] = ["人民政府", "管理委员会", "委员会", "管委会", "办公室"];

/// All names, each kept once.
#[derive(Clone, Debug)]
pub struct Names {
    lines: Folded,
    /// For every line, the name as it is shown.
    shown: Vec<Box<str>>,
    /// For every line, whose name it is.
    owner: Vec<u32>,
    /// For every line, whether the document prints another name.
    alias: Vec<bool>,
    /// The lines under whose names bodies are listed.
    canonical: Vec<u32>,
    /// For every line, with how many characters it says the city, which was put
    /// before the name.
    of_city: Vec<u8>,
    /// For every line, before which character a word must begin.
    own: Vec<u8>,
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
    fn none() -> Self {
        Self {
            lines: Folded::new(TextKind::Line),
            shown: Vec::new(),
            owner: Vec::new(),
            alias: Vec::new(),
            canonical: Vec::new(),
            of_city: Vec::new(),
            own: Vec::new(),
            owners: 0,
            of_cases: Vec::new(),
            case: Vec::new(),
            first_of_case: Vec::new(),
        }
    }

    pub fn build(corpus: &Corpus) -> Self {
        let mut printed_of: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for org in corpus.cases.iter().flat_map(|case| &case.orgs) {
            printed_of
                .entry(&org.canonical)
                .or_default()
                .insert(&org.printed);
        }
        let city = City::of(corpus);
        let mut names = Self::none();
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
                    names.push_org(org, others, number, city.as_ref());
                }
            }
            if let Some(area) = &case.area {
                let next = numbers.len() as u32;
                let number = *numbers.entry(Owner::Area(area)).or_insert(next);
                names.of_cases.push(number);
                if number == next {
                    names.push_alias(area, number, city.as_ref());
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

    fn push_org<'a>(
        &mut self,
        org: &'a Org,
        others: impl Iterator<Item = &'a str>,
        owner: u32,
        city: Option<&City<'_>>,
    ) {
        self.canonical.push(self.lines.len() as u32);
        self.push(&org.printed, owner, false, 0);
        self.push_with_city(&org.printed, owner, city);
        let mut known = vec![fold::codes(&org.printed)];
        // Of one name in two scripts, the canonical one.
        let others: BTreeSet<&str> = others.collect();
        for name in iter::once(&*org.canonical).chain(others) {
            let codes = fold::codes(name);
            if !known.contains(&codes) {
                known.push(codes);
                if name == org.canonical {
                    let canonical = self.canonical.last_mut();
                    *canonical.expect("pushed above") = self.lines.len() as u32;
                }
                self.push(name, owner, true, 0);
            }
            // The city is known by its name in one script.
            self.push_with_city(name, owner, city);
        }
    }

    fn push_alias(&mut self, name: &str, owner: u32, city: Option<&City<'_>>) {
        self.push(name, owner, true, 0);
        self.push_with_city(name, owner, city);
    }

    fn push_with_city(&mut self, name: &str, owner: u32, city: Option<&City<'_>>) {
        for (name, of_city) in city.into_iter().flat_map(|city| city.before(name)) {
            self.push(&name, owner, true, of_city);
        }
    }

    fn push(&mut self, name: &str, owner: u32, alias: bool, of_city: u8) {
        self.lines.push(name);
        self.shown.push(name.into());
        // What is printed counts throughout, for the reader sees it.
        let ends = COMMON_ENDS.iter().filter(|_| alias);
        let end = ends
            .filter(|end| name.ends_with(**end))
            .max_by_key(|end| end.len());
        let own = end.map_or(usize::MAX, |end| {
            let length = self.lines.text(self.lines.len() - 1).len();
            length - end.chars().count()
        });
        self.own.push(u8::try_from(own).unwrap_or(u8::MAX));
        self.owner.push(owner);
        self.alias.push(alias);
        self.of_city.push(of_city);
    }

    pub fn lines(&self) -> &Folded {
        &self.lines
    }

    /// Whether a word, folded and without marks, is a whole name.
    pub fn has(&self, word: &[u16]) -> bool {
        (0..self.lines.len()).any(|line| self.is(line, word))
    }

    /// The bodies that are listed under a word, folded and without marks.
    pub fn listed_under(&self, word: &[u16]) -> Vec<usize> {
        let lines = self.canonical.iter().map(|&line| line as usize);
        let lines = lines.filter(|&line| self.is(line, word));
        lines.map(|line| self.owner(line)).collect()
    }

    fn is(&self, line: usize, word: &[u16]) -> bool {
        folded::codes(self.lines.text(line).codes).eq(word.iter().copied())
    }

    /// The name on a line, as it is shown.
    pub fn name(&self, line: usize) -> &str {
        &self.shown[line]
    }

    /// Whose name a line is.
    pub fn owner(&self, line: usize) -> usize {
        self.owner[line] as usize
    }

    /// Whether the document prints another name than this line.
    pub fn is_alias(&self, line: usize) -> bool {
        self.alias[line]
    }

    /// Whether the city was put before the name on this line.
    pub fn has_city(&self, line: usize) -> bool {
        self.of_city[line] > 0
    }

    /// Whether a word that lies so in a line names whose line it is. What many
    /// have in common does not: the city that was put before a name, or 青岛 would
    /// find every body of 青岛; the end of a name that is not printed.
    pub fn is_named(&self, line: usize, at: Range<usize>) -> bool {
        let of_city = usize::from(self.of_city[line]);
        let reaches_beyond = of_city == 0 || at.start == 0 && at.end > of_city;
        reaches_beyond && at.start < usize::from(self.own[line])
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
        let numbers = self.canonical.capacity()
            + self.of_cases.capacity()
            + self.case.capacity()
            + self.first_of_case.capacity();
        let shown = self.shown.iter().map(|name| name.len());
        let shown = shown.sum::<usize>() + size_of::<Box<str>>() * self.shown.capacity();
        self.lines.bytes() + shown + 7 * self.owner.capacity() + 4 * numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds;
    use crate::seeds::catalog::Catalog;
    use crate::text::fold::codes;

    fn corpus() -> Corpus {
        seeds::read(seeds::embedded(), &Catalog::embedded()).corpus
    }

    /// The lines that are `name`.
    fn lines_of(names: &Names, name: &str) -> Vec<usize> {
        let lines = 0..names.lines().len();
        let is_it = |&line: &usize| {
            folded::codes(names.lines().text(line).codes).eq(codes(name).iter().copied())
        };
        lines.filter(is_it).collect()
    }

    /// The ids of the cases that have the line's owner, for all lines of a name.
    fn cases_of(name: &str) -> Vec<String> {
        let corpus = corpus();
        let names = Names::build(&corpus);
        let lines = lines_of(&names, name);
        let owners: BTreeSet<usize> = lines.iter().map(|&line| names.owner(line)).collect();
        let pairs = names.of_cases(0..corpus.len());
        let cases: BTreeSet<usize> = pairs
            .filter(|(_, owner)| owners.contains(owner))
            .map(|(case, _)| case)
            .collect();
        let cases = cases.into_iter();
        cases.map(|case| corpus.cases[case].id.0.clone()).collect()
    }

    #[test]
    fn a_body_has_the_name_that_is_printed_and_all_others() {
        let names = Names::build(&corpus());
        let is_alias = |name: &str| -> Vec<bool> {
            let lines = lines_of(&names, name).into_iter();
            lines.map(|line| names.is_alias(line)).collect()
        };
        // 001-7 prints the short name, 000-34 and 003-22 print the long one.
        let mut short = is_alias("市人社局");
        short.sort_unstable();
        assert_eq!(short, [false, true]);
        assert_eq!(cases_of("市人社局"), ["000-34", "001-7", "003-22"]);
        // 莱西市政府, 莱西市 and 萊西市 are printed.
        assert_eq!(is_alias("莱西市人民政府"), [true; 3]);
        assert!(names.has(&codes("青岛市民政局")));
        assert!(!names.has(&codes("市民政")));
    }

    #[test]
    fn a_name_has_the_city_before_it_and_a_districts_name_does_not_lose_its_own() {
        assert_eq!(cases_of("青岛市民政局"), ["000-30", "003-23"]);
        assert_eq!(cases_of("青岛民政局"), ["000-30", "003-23"]);
        let south = ["000-5", "003-5", "004-1"];
        assert_eq!(cases_of("青岛市市南区人民政府"), south);
        assert_eq!(cases_of("青岛市南区人民政府"), south);
        assert_eq!(cases_of("青岛南区政府"), [""; 0]);
        assert_eq!(cases_of("青岛市开发区管委"), ["000-14", "001-4"]);
        assert_eq!(cases_of("青岛青岛开发区管委"), [""; 0]);
    }

    #[test]
    fn the_city_alone_is_no_name() {
        let names = Names::build(&corpus());
        let line = lines_of(&names, "青岛市民政局")[0];
        assert!(names.has_city(line));
        assert!(!names.is_named(line, 0..2), "青岛");
        assert!(!names.is_named(line, 0..3), "青岛市");
        assert!(!names.is_named(line, 1..5), "岛市民政");
        assert!(names.is_named(line, 0..4), "青岛市民");
        let printed = lines_of(&names, "青岛高新区管委")[0];
        assert!(
            names.is_named(printed, 0..2),
            "the city where it is printed"
        );
    }

    #[test]
    fn the_common_end_of_a_name_that_is_not_printed_is_no_name() {
        let names = Names::build(&corpus());
        let line = lines_of(&names, "莱西市人民政府")[0];
        assert!(!names.is_named(line, 4..6), "民政");
        assert!(!names.is_named(line, 3..7), "人民政府");
        assert!(names.is_named(line, 2..7), "市人民政府");
    }

    #[test]
    fn the_owners_of_a_case_are_its_bodies_and_then_its_area() {
        let corpus = corpus();
        let names = Names::build(&corpus);
        // 胶州市政府、市机场指挥部办公室
        let case = corpus.find("000-10").expect("the tenth case of the digest");
        let owners = names.of_case(case.0 as usize);
        let has = |owner: u32, name: &str| {
            let mut lines = lines_of(&names, name).into_iter();
            lines.any(|line| names.owner(line) == owner as usize)
        };
        assert_eq!(owners.len(), 3);
        assert!(has(owners[0], "胶州市政府"));
        assert!(has(owners[1], "市机场指挥部"));
        assert!(has(owners[2], "胶州市"));
    }
}
