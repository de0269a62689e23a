//! The names of responsible orgs, and the cases that have them.
//!
//! Orgs are renamed (即墨市 became 即墨区) and shortened (市人社局). So an org is found by every
//! name that shares a canonical one with it, and a case also by the name of its area. The documents
//! of a city omit it, and print 青岛市民政局 as 市民政局, so names are also kept with the city
//! before them.

use std::collections::{BTreeSet, HashMap};
use std::iter;
use std::ops::Range;

use super::folded::{self, Folded, TextKind};
use crate::case::Org;
use crate::corpus::Corpus;
use crate::corpus::city::City;
use crate::text::fold;

/// Common ends of names, written in full. A word that is only there names none of them: 民政 is not
/// 人民政府.
const COMMON_ENDS: [&str; 5] = ["人民政府", "管理委员会", "委员会", "管委会", "办公室"];

/// All names of orgs and areas.
#[derive(Debug)]
pub struct Names {
    pub lines: Folded,
    /// Name on each line.
    names: Vec<Name>,
    /// Lines of the names under which orgs are listed.
    canonical: Vec<u32>,
    owners: usize,
    /// Cases and their owners: the orgs of a case in order, then its area.
    of_cases: Vec<(u32, u32)>,
    first_of_case: Vec<u32>,
}

#[derive(Debug)]
struct Name {
    /// The name as shown.
    shown: Box<str>,
    owner: u32,
    /// Whether the document prints another name.
    alias: bool,
    /// Number of characters of the city that was put before the name.
    of_city: u8,
    /// Character before which a word must begin.
    own: u8,
}

impl Names {
    pub fn build(corpus: &Corpus) -> Self {
        let mut printed_of: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for org in corpus.cases.iter().flat_map(|case| &case.orgs) {
            let printed = printed_of.entry(&org.canonical).or_default();
            printed.insert(&org.printed);
        }
        let city = City::of(corpus);
        let mut names = Self {
            lines: Folded::new(TextKind::Line),
            names: Vec::new(),
            canonical: Vec::new(),
            owners: 0,
            of_cases: Vec::new(),
            first_of_case: vec![0],
        };
        // Orgs are identified by printed and canonical name, areas by the latter.
        let mut numbers: HashMap<(Option<&str>, &str), u32> = HashMap::new();
        for (number, case) in (0..).zip(&corpus.cases) {
            for org in &case.orgs {
                let next = numbers.len() as u32;
                let owner = (Some(&*org.printed), &*org.canonical);
                let owner = *numbers.entry(owner).or_insert(next);
                names.of_cases.push((number, owner));
                if owner == next {
                    let printed = &printed_of[&*org.canonical];
                    let others = org
                        .others
                        .iter()
                        .map(String::as_str)
                        .chain(printed.iter().copied());
                    names.push_org(org, others, owner, city.as_ref());
                }
            }
            if let Some(area) = &case.area {
                let next = numbers.len() as u32;
                let owner = *numbers.entry((None, area)).or_insert(next);
                names.of_cases.push((number, owner));
                if owner == next {
                    names.push(area, owner, true, 0);
                    names.push_with_city(area, owner, city.as_ref());
                }
            }
            names.first_of_case.push(names.of_cases.len() as u32);
        }
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
        let mut canonical = self.lines.len();
        self.push(&org.printed, owner, false, 0);
        self.push_with_city(&org.printed, owner, city);
        let mut known = vec![fold::codes(&org.printed)];
        // Of one name in two scripts, only the canonical one is added.
        let others: BTreeSet<&str> = others.collect();
        for name in iter::once(&*org.canonical).chain(others) {
            let codes = fold::codes(name);
            if !known.contains(&codes) {
                known.push(codes);
                if name == org.canonical {
                    canonical = self.lines.len();
                }
                self.push(name, owner, true, 0);
            }
            // Both scripts are tried, since the city has its name in one.
            self.push_with_city(name, owner, city);
        }
        self.canonical.push(canonical as u32);
    }

    fn push_with_city(&mut self, name: &str, owner: u32, city: Option<&City<'_>>) {
        for (name, of_city) in city.into_iter().flat_map(|city| city.before(name)) {
            self.push(&name, owner, true, of_city);
        }
    }

    fn push(&mut self, name: &str, owner: u32, alias: bool, of_city: u8) {
        self.lines.push(name);
        // All of a printed name counts, since the reader sees it.
        let ends = COMMON_ENDS
            .iter()
            .filter(|end| alias && name.ends_with(**end));
        let longest = ends.map(|end| end.chars().count()).max();
        let length = self.lines.text(self.lines.len() - 1).len();
        let own = longest.map_or(usize::MAX, |end| length - end);
        self.names.push(Name {
            shown: name.into(),
            owner,
            alias,
            of_city,
            own: own.try_into().unwrap_or(u8::MAX),
        });
    }

    /// Whether a word, folded and without marks, is a whole name.
    pub fn has(&self, word: &[u16]) -> bool {
        (0..self.lines.len()).any(|line| self.is(line, word))
    }

    /// Returns the orgs that are listed under a word, folded and without marks.
    pub fn listed_under(&self, word: &[u16]) -> Vec<usize> {
        let lines = self
            .canonical
            .iter()
            .map(|&line| line as usize)
            .filter(|&line| self.is(line, word));
        lines.map(|line| self.owner(line)).collect()
    }

    fn is(&self, line: usize, word: &[u16]) -> bool {
        folded::codes(self.lines.text(line).codes).eq(word.iter().copied())
    }

    /// Returns the name on a line, as shown.
    pub fn name(&self, line: usize) -> &str {
        &self.names[line].shown
    }

    /// Returns the owner of the name on a line.
    pub fn owner(&self, line: usize) -> usize {
        self.names[line].owner as usize
    }

    /// Whether the document prints another name than the one on this line.
    pub fn is_alias(&self, line: usize) -> bool {
        self.names[line].alias
    }

    /// Whether the city was put before the name on this line.
    pub fn has_city(&self, line: usize) -> bool {
        self.names[line].of_city > 0
    }

    /// Whether a word at some characters of a line identifies its owner. What many names share does
    /// not: the city that was put before a name, or 青岛 would find every org of 青岛, and the end
    /// of a name that is not printed.
    pub fn is_named(&self, line: usize, at: Range<usize>) -> bool {
        let name = &self.names[line];
        let of_city = usize::from(name.of_city);
        let reaches_beyond = of_city == 0 || at.start == 0 && at.end > of_city;
        reaches_beyond && at.start < usize::from(name.own)
    }

    /// Returns the number of orgs and areas.
    pub fn owners(&self) -> usize {
        self.owners
    }

    /// Yields consecutive cases and their owners in pairs: the orgs of a case in order, then its
    /// area.
    pub fn of_cases(&self, cases: Range<usize>) -> impl Iterator<Item = (usize, usize)> + '_ {
        let first = |case: usize| self.first_of_case[case] as usize;
        let pairs = &self.of_cases[first(cases.start)..first(cases.end)];
        pairs
            .iter()
            .map(|&(case, owner)| (case as usize, owner as usize))
    }

    /// Returns the memory used by the names, in bytes.
    pub fn bytes(&self) -> usize {
        let shown: usize = self.names.iter().map(|name| name.shown.len()).sum();
        let names = size_of::<Name>() * self.names.capacity();
        let numbers = self.canonical.capacity() + self.first_of_case.capacity();
        self.lines.bytes() + shown + names + 4 * numbers + 8 * self.of_cases.capacity()
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
        let lines = 0..names.lines.len();
        let is_it = |&line: &usize| {
            folded::codes(names.lines.text(line).codes).eq(codes(name).iter().copied())
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
        let case = corpus
            .find("000-10")
            .expect("the tenth case of the digest")
            .0 as usize;
        let owners: Vec<usize> = names
            .of_cases(case..case + 1)
            .map(|(_, owner)| owner)
            .collect();
        let has = |owner: usize, name: &str| {
            let mut lines = lines_of(&names, name).into_iter();
            lines.any(|line| names.owner(line) == owner)
        };
        assert_eq!(owners.len(), 3);
        assert!(has(owners[0], "胶州市政府"));
        assert!(has(owners[1], "市机场指挥部"));
        assert!(has(owners[2], "胶州市"));
    }
}
