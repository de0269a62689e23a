//! The city of a library.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::iter;
use std::ops::RangeInclusive;

use crate::case::Org;
use crate::corpus::Corpus;

/// How many characters the name of a city has, without 市.
const CHARACTERS: RangeInclusive<usize> = 2..=4;

/// The city to which the bodies of a library belong.
#[derive(Debug)]
pub struct City<'a> {
    /// Without 市.
    name: &'a str,
    /// The districts and county-level cities of the library.
    areas: BTreeSet<&'a str>,
}

impl<'a> City<'a> {
    /// The city that most bodies have before one of their names, and not before
    /// another: 青岛高新区管委 is 高新区管委. A district is none, for it has bodies
    /// of its own.
    pub fn of(corpus: &'a Corpus) -> Option<Self> {
        let areas: BTreeSet<&str> = corpus
            .cases
            .iter()
            .filter_map(|case| case.area.as_deref())
            .collect();
        let orgs = corpus.cases.iter().flat_map(|case| &case.orgs);
        // A body has the same names in all its cases, except the printed one.
        let bodies: HashMap<(&str, &str), &Org> = orgs
            .map(|org| ((&*org.printed, &*org.canonical), org))
            .collect();
        let mut votes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for org in bodies.into_values() {
            for name in left_out(org) {
                votes.entry(name).or_default().insert(&org.canonical);
            }
        }
        votes.retain(|name, _| !areas.iter().any(|area| area.starts_with(name)));
        // Of as many the first one, so that the same library has the same city.
        let name = votes.iter().min_by_key(|(_, bodies)| Reverse(bodies.len()));
        let (&name, _) = name?;
        Some(Self { name, areas })
    }

    /// The names that `name` has with the city before it, each with the number
    /// of characters that say the city.
    pub fn before(&self, name: &str) -> Vec<(String, u8)> {
        let city = self.name;
        let characters = city.chars().count() as u8;
        let with_suffix = |rest: &str| (format!("{city}市{rest}"), characters + 1);
        // 青岛市场监管局 and 青岛市南区 begin with 青岛市 as well.
        let with = |rest: &str| {
            let own = characters + u8::from(rest.starts_with('市'));
            (format!("{city}{rest}"), own)
        };
        if self.areas.iter().any(|area| name.starts_with(area)) {
            return vec![with(name), with_suffix(name)];
        }
        if let Some(rest) = name.strip_prefix('市') {
            return vec![with(rest), with_suffix(rest)];
        }
        match name.strip_prefix(city) {
            // 青岛开发区 is 青岛市开发区.
            Some(rest) if !rest.starts_with('市') => vec![with_suffix(rest)],
            _ => Vec::new(),
        }
    }
}

/// What may be the name of a city before a name of a body, and is left out in
/// another.
fn left_out(org: &Org) -> BTreeSet<&str> {
    let names = iter::once(&org.printed)
        .chain(iter::once(&org.canonical))
        .chain(&org.others);
    let all: BTreeSet<&str> = names.map(String::as_str).collect();
    let mut found = BTreeSet::new();
    for name in &all {
        let starts = name.char_indices().skip(*CHARACTERS.start());
        for (at, _) in starts.take(CHARACTERS.count()) {
            let (before, rest) = name.split_at(at);
            let city = before.strip_suffix('市').unwrap_or(before);
            if all.contains(rest) && city.chars().count() >= *CHARACTERS.start() {
                found.insert(city);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds;
    use crate::seeds::Source;
    use crate::seeds::catalog::Catalog;

    const TEXT: &str = "2019年度创新工作案例\n\
        市教育局推出“校门口的公交”,按学生住址开行通学线路,全年少跑私家车12万车次。\n\
        即墨区政府在老旧小区设立“共享工具间”,邻里可以借用梯子和打气筒。\n";

    fn city(sources: Vec<Source>, catalog: Option<&str>) -> Option<String> {
        let catalog = Catalog::for_folder(catalog).expect("the catalog has no mistake");
        let corpus = seeds::read(sources, &catalog).corpus;
        City::of(&corpus).map(|city| city.name.to_owned())
    }

    fn document(text: &'static str) -> Vec<Source> {
        vec![Source::plain("2019.txt", text)]
    }

    #[test]
    fn the_city_is_what_bodies_leave_out_of_their_names() {
        assert_eq!(city(seeds::embedded(), None).as_deref(), Some("青岛"));
    }

    #[test]
    fn what_says_the_city_is_counted_with_its_suffix() {
        let city = City {
            name: "青岛",
            areas: BTreeSet::from(["市南区", "莱西市"]),
        };
        let check = |name: &str, with_city: &[(&str, u8)]| {
            let names = city.before(name);
            let names: Vec<(&str, u8)> = names.iter().map(|(name, own)| (&**name, *own)).collect();
            assert_eq!(names, with_city, "{name}");
        };
        check("市民政局", &[("青岛民政局", 2), ("青岛市民政局", 3)]);
        check(
            "市市场监管局",
            &[("青岛市场监管局", 3), ("青岛市市场监管局", 3)],
        );
        check(
            "市南区政府",
            &[("青岛市南区政府", 3), ("青岛市市南区政府", 3)],
        );
        check(
            "莱西市政府",
            &[("青岛莱西市政府", 2), ("青岛市莱西市政府", 3)],
        );
        check("青岛开发区管委", &[("青岛市开发区管委", 3)]);
        check("青岛市教育局", &[]);
        check("上合示范区", &[]);
    }

    #[test]
    fn a_catalog_tells_the_city_by_a_name_with_it() {
        let own = "[[org]]\nname = '市教育局'\nothers = ['济南市教育局']";
        assert_eq!(city(document(TEXT), Some(own)).as_deref(), Some("济南"));
        assert_eq!(city(document(TEXT), None), None);
    }

    #[test]
    fn a_district_is_no_city() {
        let own = "[[org]]\nname = '市教育局'\nothers = ['即墨市教育局']";
        assert_eq!(city(document(TEXT), Some(own)), None);
    }
}
