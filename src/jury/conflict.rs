//! Which cases a juror does not score because of a listed conflict of interest.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::case::{Case, Org};
use crate::jury::docket::Docket;
use crate::jury::merge::Trouble;
use crate::jury::settings::{Conflict, FILE, Juror, Round, With};
use crate::language::Sentence;
use crate::nearest::nearest;
use crate::seeds::catalog::Catalog;
use crate::text::script::to_simplified;

/// What is known of the names of bodies and districts.
static NAMES: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

/// What a county or a district may be called.
const DISTRICTS: [char; 3] = ['区', '市', '县'];

/// What a zone may be called, whose body is its 管委.
const ZONES: [char; 5] = ['区', '园', '城', '港', '岛'];

/// Why a juror is listed as recused from a case, as the papers print it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground(pub String);

/// The listed conflicts of a juror, under every name of the bodies.
#[derive(Debug)]
pub struct Listed<'a> {
    juror: &'a Juror,
    own: Option<Body>,
    conflicts: Vec<(&'a Conflict, Option<Body>)>,
}

impl<'a> Listed<'a> {
    /// The listed conflicts of a juror.
    pub fn of(juror: &'a Juror) -> Self {
        let body = |conflict: &Conflict| match &conflict.with {
            With::Org(name) => Body::named(name),
            With::Case(_) => None,
        };
        Self {
            juror,
            own: Body::named(&juror.org),
            conflicts: juror.conflicts.iter().map(|c| (c, body(c))).collect(),
        }
    }

    /// The conflict with a case, the first of: own org, own district, listed org, listed
    /// case.
    pub fn with(&self, case: &Case) -> Option<Ground> {
        if self.own.as_ref().is_some_and(|body| body.answers_for(case)) {
            return Some(Ground(format!("本单位（{}）", self.juror.org)));
        }
        let mut areas = self.juror.areas.iter();
        if let Some(area) = areas.find(|area| is_area(case, &area.name)) {
            return Some(Ground(format!("本地区（{}）", area.name)));
        }
        let is_with = |(conflict, body): &&(&Conflict, Option<Body>)| match &conflict.with {
            With::Org(_) => body.as_ref().is_some_and(|body| body.answers_for(case)),
            With::Case(id) => *id == case.id.0,
        };
        let conflict = self.conflicts.iter().find(is_with);
        conflict.map(|(conflict, _)| Ground(conflict.ground.clone()))
    }
}

/// Returns a message for every conflict or district in the settings that matches no application
/// and recuses nobody, since a typing error would pass unnoticed.
pub fn unmatched(round: &Round, all: &Docket) -> Vec<Trouble> {
    let cases = || all.cases.iter().map(|case| &case.case);
    let mut found = Vec::new();
    for juror in &round.jurors {
        for area in &juror.areas {
            if !cases().any(|case| is_area(case, &area.name)) {
                let areas = cases().filter_map(|case| case.area.as_deref());
                let what = ("areas 中的", "areas has", area.name.as_str());
                found.push(stray(area.line, juror, what, areas));
            }
        }
        for Conflict { with, line, .. } in &juror.conflicts {
            match with {
                With::Case(id) => {
                    let ids = || cases().map(|case| case.id.0.as_str());
                    if !ids().any(|other| other == id) {
                        let what = ("conflicts 中的案例", "conflicts has the case", id.as_str());
                        found.push(stray(*line, juror, what, ids()));
                    }
                }
                With::Org(name) => {
                    let body = Body::named(name);
                    let is_with = |case| body.as_ref().is_some_and(|body| body.answers_for(case));
                    if !cases().any(is_with) {
                        let orgs = cases()
                            .flat_map(|case| &case.orgs)
                            .map(|org| org.printed.as_str());
                        let what = (
                            "conflicts 中的单位",
                            "conflicts has the organisation",
                            name.as_str(),
                        );
                        found.push(stray(*line, juror, what, orgs));
                    }
                }
            }
        }
    }
    found
}

/// A name that matches no application, with the nearest of those that would.
fn stray<'a>(
    line: u32,
    juror: &Juror,
    (chinese, english, name): (&str, &str, &str),
    names: impl Iterator<Item = &'a str>,
) -> Trouble {
    let juror = &juror.name;
    let (mut near_chinese, mut near_english) = (String::new(), String::new());
    if let [near] = nearest(name, names, 1)[..] {
        near_chinese = format!("；最接近的是 {near}");
        near_english = format!("; the nearest is {near}");
    }
    Trouble {
        file: FILE.to_owned(),
        line: Some(line),
        what: Sentence::new(
            format!("评委 {juror} 的 {chinese}“{name}”没有对上任何申报材料{near_chinese}"),
            format!("juror {juror}: {english} {name:?}, which no application is of{near_english}"),
        ),
    }
}

/// Returns a message for every juror whose org is that of no application, with the nearest name.
/// That is right for a juror from a university, but it may be a typing error.
pub fn foreign(round: &Round, all: &Docket) -> Vec<Sentence> {
    let cases = || all.cases.iter().map(|case| &case.case);
    let is_foreign = |juror: &&Juror| {
        let body = Body::named(&juror.org);
        body.is_some_and(|body| !cases().any(|case| body.answers_for(case)))
    };
    let said = round.jurors.iter().filter(is_foreign).map(|juror| {
        let mut orgs: Vec<&str> = cases().flat_map(|case| &case.orgs).map(|org| org.printed.as_str()).collect();
        orgs.sort_unstable();
        orgs.dedup();
        let near = nearest(&juror.org, orgs, 3);
        let (name, org) = (&juror.name, &juror.org);
        let (mut chinese, mut english) = (String::new(), String::new());
        if !near.is_empty() {
            chinese = format!("；最接近的是 {}", near.join("、"));
            english = format!("; the nearest are {}", near.join(", "));
        }
        Sentence::new(
            format!("评委 {name} 的单位“{org}”不是任何申报单位，没有因此回避的案例{chinese}"),
            format!("juror {name}: {org:?} is the organisation of no application, and recuses from none{english}"),
        )
    });
    said.collect()
}

/// A body that the settings name.
#[derive(Debug)]
struct Body {
    /// As written, in Simplified.
    name: String,
    /// Every name of it, and of those that took over its work, in Simplified.
    names: HashSet<String>,
}

impl Body {
    fn named(name: &str) -> Option<Self> {
        let name = to_simplified(name.trim()).into_owned();
        if name.is_empty() {
            return None;
        }
        let mut orgs = vec![NAMES.org(&name)];
        // 青岛市莱西市政府 is 莱西市政府.
        let behind_city = name.split_once('市').map(|(_, behind)| behind);
        if let Some(behind) = behind_city.filter(|name| NAMES.area(name).is_some()) {
            orgs.push(NAMES.org(behind));
        }
        // 高新区 is 高新区管委, and 审计局 alone is the city's own.
        if name.ends_with(ZONES) {
            orgs.push(NAMES.org(&format!("{name}管委")));
        } else if !name.contains(DISTRICTS) {
            orgs.push(NAMES.org(&format!("市{name}")));
        }
        let names = orgs.into_iter().flat_map(|org| {
            let canonical = org.canonical;
            org.others.into_iter().chain([canonical])
        });
        Some(Self {
            names: names.chain([name.clone()]).collect(),
            name,
        })
    }

    /// Whether it is one of the case's orgs, or the government of its district.
    fn answers_for(&self, case: &Case) -> bool {
        let is_district = self.name.ends_with(DISTRICTS) && is_area(case, &self.name);
        is_district || case.orgs.iter().any(|org| self.is(org))
    }

    /// Whether it is the org: as printed, canonical, former, short or in full, in either
    /// script, with or without its city before it. Bodies that one and the same body
    /// took over are not one another: one side is named as itself.
    fn is(&self, org: &Org) -> bool {
        let own_name = in_short(&self.name);
        let zone = self
            .name
            .ends_with(ZONES)
            .then(|| format!("{own_name}管委"));
        let same = |known: &str| {
            let known = &in_short(known);
            let is = |name: &str| {
                known == name || is_with_city(known, name) || is_with_city(name, known)
            };
            is(&own_name) || zone.as_deref().is_some_and(is)
        };
        let printed = to_simplified(&org.printed);
        let own = [org.canonical.as_str(), &*printed];
        let mut others = org.others.iter().map(String::as_str);
        own.iter()
            .any(|known| same(known) || self.names.contains(*known))
            || others.any(same)
    }
}

/// What names of bodies end in, in full and in short.
const ENDS: [(&str, &str); 6] = [
    ("管理委员会", "管委"),
    ("管委会", "管委"),
    ("委员会", "委"),
    ("指挥部办公室", "指挥部"),
    ("指挥部办", "指挥部"),
    ("办公室", "办"),
];

/// Returns a name with its ending abbreviated, and 政府 for 人民政府 anywhere in it.
fn in_short(name: &str) -> String {
    let name = name.replace("人民政府", "政府");
    let end = ENDS.iter().find_map(|(full, short)| {
        let before = name.strip_suffix(full)?;
        Some(format!("{before}{short}"))
    });
    end.unwrap_or(name)
}

/// Whether `long` is `short` with the name of a city before it: 青岛市交通局 and
/// 市交通局. A city that is a district of the library has bodies of its own: 平度市政府 is
/// not 市政府.
fn is_with_city(long: &str, short: &str) -> bool {
    let Some(city) = long.strip_suffix(short) else {
        return false;
    };
    let is_city = (2..=3).contains(&city.chars().count());
    short.starts_with('市') && is_city && !NAMES.is_listed_area(&format!("{city}市"))
}

/// Whether a case is of a district, under any of its names: 市南 and 市南区 are the same,
/// and so are 西海岸新区 and 黄岛区.
fn is_area(case: &Case, area: &str) -> bool {
    let area = to_simplified(area.trim());
    let stem = |name: &str| name.trim_end_matches(DISTRICTS).to_owned();
    let known = NAMES.area(&area);
    let same = |own: &str| {
        let same_stem = !stem(&area).is_empty() && stem(own) == stem(&area);
        own == area || same_stem || known.as_deref() == Some(own)
    };
    case.area.as_deref().is_some_and(same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::jury::settings::Area;
    use crate::seeds;

    fn seeds() -> Corpus {
        seeds::read(seeds::embedded(), &Catalog::embedded()).corpus
    }

    fn juror(org: &str, areas: &[&str], conflicts: &[With]) -> Juror {
        let conflict = |with: &With| Conflict {
            with: with.clone(),
            ground: "参与起草".to_owned(),
            line: 1,
        };
        let area = |name: &&str| Area {
            name: (*name).to_owned(),
            line: 1,
        };
        Juror {
            name: "甲".to_owned(),
            org: org.to_owned(),
            areas: areas.iter().map(area).collect(),
            conflicts: conflicts.iter().map(conflict).collect(),
        }
    }

    /// How many of the seeds a juror is recused from.
    fn count(corpus: &Corpus, juror: &Juror) -> usize {
        let cases = corpus.cases.iter();
        cases
            .filter(|case| Listed::of(juror).with(case).is_some())
            .count()
    }

    #[test]
    fn an_org_is_recognised_under_each_of_its_names() {
        let corpus = seeds();
        for case in &corpus.cases {
            for org in &case.orgs {
                let names = org.others.iter().chain([&org.printed, &org.canonical]);
                for name in names {
                    let named = juror(name, &[], &[]);
                    assert!(Listed::of(&named).with(case).is_some(), "{name}");
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
    fn a_listed_body_is_recognised_under_every_name() {
        let corpus = seeds();
        let by_conflict = |name: &str| {
            let with = [With::Org(name.to_owned())];
            count(&corpus, &juror("", &[], &with))
        };
        let names = [
            &[
                "莱西市政府",
                "莱西市",
                "莱西市人民政府",
                "青岛市莱西市人民政府",
            ][..],
            &[
                "黄岛区政府",
                "黄岛区",
                "西海岸新区",
                "青岛西海岸新区管委",
                "西海岸新区管理委员会",
            ],
            &["即墨区政府", "即墨区", "即墨市", "即墨市人民政府"],
            &["市审计局", "青岛市审计局"],
        ];
        for names in names {
            let expected = by_conflict(names[0]);
            assert!(expected > 0, "{}", names[0]);
            for name in names {
                assert_eq!(by_conflict(name), expected, "{name}");
            }
        }
        let by_area = |area: &str| count(&corpus, &juror("", &[area], &[]));
        assert_eq!(by_area("西海岸新区"), by_area("黄岛区"));
    }

    /// The ids are those of the cases whose lines of organisations print the body.
    #[test]
    fn an_org_is_recognised_however_its_name_is_written() {
        let corpus = seeds();
        let of = |org: &str| -> Vec<&str> {
            let juror = juror(org, &[], &[]);
            let listed = Listed::of(&juror);
            let cases = corpus
                .cases
                .iter()
                .filter(|case| listed.with(case).is_some());
            cases.map(|case| case.id.0.as_str()).collect()
        };
        for org in ["市人民政府研究室", "青岛市人民政府研究室", "市政府研究室"]
        {
            assert_eq!(of(org), ["000-23"], "{org}");
        }
        for org in ["市地铁工程建设指挥部办公室", "市地铁工程建设指挥部"] {
            assert_eq!(of(org), ["000-13", "001-6", "003-13"], "{org}");
        }
        for org in ["高新区", "青岛高新区管委会", "高新区管委"] {
            assert_eq!(of(org), ["000-12", "001-5", "003-11"], "{org}");
        }
        for org in ["审计局", "市审计局", "青岛市审计局"] {
            assert_eq!(of(org), ["000-28", "003-15"], "{org}");
        }
        for org in ["市科学技术委", "市科学技术委员会", "市科技局"] {
            assert_eq!(of(org), ["000-24", "003-32"], "{org}");
        }
        // The city's own government, which applied for nothing.
        for org in ["市政府", "青岛市政府", "市人民政府"] {
            assert_eq!(of(org), [] as [&str; 0], "{org}");
        }
    }

    #[test]
    fn a_city_before_the_name_makes_no_difference() {
        assert!(is_with_city("青岛市交通局", "市交通局"));
        assert!(!is_with_city("平度市政府", "市政府"));
        assert!(!is_with_city("即墨区市场监管局", "场监管局"));
    }

    #[test]
    fn one_case_can_be_listed() {
        let with = [With::Case("003-5".to_owned())];
        assert_eq!(count(&seeds(), &juror("", &[], &with)), 1);
    }
}
