//! Which cases a juror does not score because of a listed conflict of interest.

use crate::case::{Case, Org};
use crate::jury::settings::{Juror, With};
use crate::text::script::to_simplified;

/// Why a juror is listed as recused from a case, as the papers print it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground(pub String);

/// The listed conflict of a juror with a case, the first of: own org, own district,
/// listed org under any of its names, listed case.
pub fn listed(juror: &Juror, case: &Case) -> Option<Ground> {
    let is_org = |name: &str| case.orgs.iter().any(|org| is_name_of(org, name));
    if is_org(&juror.org) {
        return Some(Ground(format!("本单位（{}）", juror.org)));
    }
    let area = juror.areas.iter().find(|area| is_area(case, area));
    if let Some(area) = area {
        return Some(Ground(format!("本地区（{area}）")));
    }
    let conflict = juror
        .conflicts
        .iter()
        .find(|conflict| match &conflict.with {
            With::Org(name) => is_org(name),
            With::Case(id) => *id == case.id.0,
        });
    conflict.map(|conflict| Ground(conflict.ground.clone()))
}

/// Whether `name` is a name of the org: as printed, canonical, former, short or in
/// full, in either script, with or without its city before it.
fn is_name_of(org: &Org, name: &str) -> bool {
    let name = to_simplified(name.trim());
    if name.is_empty() {
        return false;
    }
    let printed = to_simplified(&org.printed);
    let mut names = org.others.iter().map(String::as_str);
    let same =
        |known: &str| known == name || is_with_city(known, &name) || is_with_city(&name, known);
    same(&org.canonical) || same(&printed) || names.any(same)
}

/// Whether `long` is `short` with the name of a city before it: 青岛市交通局 and
/// 市交通局.
fn is_with_city(long: &str, short: &str) -> bool {
    let Some(city) = long.strip_suffix(short) else {
        return false;
    };
    short.starts_with('市') && (2..=3).contains(&city.chars().count())
}

/// Whether a case is of a district: 市南 and 市南区 are the same.
fn is_area(case: &Case, area: &str) -> bool {
    let area = to_simplified(area.trim());
    let stem = |name: &str| name.trim_end_matches(['区', '市', '县']).to_owned();
    let same = |own: &str| own == area || (!stem(&area).is_empty() && stem(own) == stem(&area));
    case.area.as_deref().is_some_and(same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::jury::settings::Conflict;
    use crate::seeds::{self, catalog::Catalog};

    fn seeds() -> Corpus {
        seeds::read(seeds::embedded(), &Catalog::embedded()).corpus
    }

    fn juror(org: &str, areas: &[&str], conflicts: &[With]) -> Juror {
        let conflict = |with: &With| Conflict {
            with: with.clone(),
            ground: "参与起草".to_owned(),
        };
        Juror {
            name: "甲".to_owned(),
            org: org.to_owned(),
            areas: areas.iter().map(|&area| area.to_owned()).collect(),
            conflicts: conflicts.iter().map(conflict).collect(),
        }
    }

    /// How many of the seeds a juror is recused from.
    fn count(corpus: &Corpus, juror: &Juror) -> usize {
        let cases = corpus.cases.iter();
        cases.filter(|case| listed(juror, case).is_some()).count()
    }

    #[test]
    fn an_org_is_recognised_under_each_of_its_names() {
        let corpus = seeds();
        for case in &corpus.cases {
            for org in &case.orgs {
                let names = org.others.iter().chain([&org.printed, &org.canonical]);
                for name in names {
                    assert!(listed(&juror(name, &[], &[]), case).is_some(), "{name}");
                }
            }
        }
        let by_name = |name: &str| count(&corpus, &juror(name, &[], &[]));
        assert!(by_name("即墨区政府") > 0);
        assert_eq!(by_name("即墨区政府"), by_name("即墨區人民政府"));
        assert_eq!(
            by_name("即墨区政府"),
            count(&corpus, &juror("", &["即墨"], &[]))
        );
        assert_eq!(by_name(""), 0);
        assert_eq!(by_name("政府"), 0);
    }

    #[test]
    fn a_city_before_the_name_makes_no_difference() {
        assert!(is_with_city("青岛市交通局", "市交通局"));
        assert!(!is_with_city("即墨区市场监管局", "场监管局"));
    }

    #[test]
    fn one_case_can_be_listed() {
        let with = [With::Case("003-5".to_owned())];
        assert_eq!(count(&seeds(), &juror("", &[], &with)), 1);
    }
}
