//! Responsible bodies: what is the name of one, under which name former and
//! short ones meet, and which district and category follow from it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::iter;

use serde::Deserialize;

use super::endings::{self, CITY, Ending};
use super::places;
use crate::case::{Category, Org};
use crate::text::marks::is_han;
use crate::text::script::to_simplified;

/// Names of one body, or of one district.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameEntry {
    /// The name under which all others meet, in Simplified.
    pub name: String,
    /// Former names and short ones, in Simplified.
    #[serde(default)]
    pub others: Vec<String>,
    /// Bodies that took over its work and are not it, by any of their names.
    #[serde(default)]
    pub later: Vec<String>,
}

impl NameEntry {
    /// All names of its own.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        iter::once(&self.name)
            .chain(&self.others)
            .map(String::as_str)
    }
}

/// Bodies and districts that have more than one name, from the catalog.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    orgs: Vec<NameEntry>,
    areas: Vec<NameEntry>,
    /// Every name of a body and its place in `orgs`.
    org_by_name: HashMap<String, usize>,
    /// Every name of a district and its place in `areas`.
    area_by_name: HashMap<String, usize>,
    /// All names of both, longest first within the same first character.
    by_first: Vec<String>,
}

/// Endings that name a district's own body after the name of the district.
const DISTRICT_BODIES: [&str; 5] = ["人民政府", "政府", "管理委员会", "管委会", "管委"];

/// What the name of one and the same body may end in: in short first, then as
/// its seal has it.
const SAME_ENDS: [&[&str]; 2] = [&["政府", "人民政府"], &["管委", "管委会", "管理委员会"]];

/// What a zone is called. 国有资产监督管理委员会 is no zone's, and no 管委.
const ZONES: [char; 5] = ['区', '园', '城', '港', '岛'];

/// Short ends of a name that is printed in full otherwise, and their full form.
const SHORT_ENDS: [(&str, &str); 2] = [("委", "委员会"), ("办", "办公室")];

/// Fewest characters before such an ending: what is shorter is short
/// throughout, as 市农委 and 市外办 are.
const LEAST_BEFORE_SHORT_END: usize = 4;

/// What the name of a zone's or a project's body ends in.
const ZONE_ENDS: [&str; 20] = [
    "管委",
    "管委会",
    "指挥部",
    "指挥部办公室",
    "示范区",
    "片区",
    "高新区",
    "开发区",
    "经济区",
    "生态园",
    "产业园",
    "经开区",
    "综保区",
    "保税区",
    "保税港区",
    "试验区",
    "合作区",
    "先行区",
    "度假区",
    "功能区",
];

/// The longest name that is taken for one, in characters. The longest of the
/// documents has eleven.
const LONGEST: usize = 24;

impl Names {
    pub fn new(orgs: Vec<NameEntry>, areas: Vec<NameEntry>) -> Self {
        let mut names = Self::default();
        names.add(orgs, areas);
        names
    }

    /// Adds what `more` knows; where both know a name, this one is right.
    pub fn append(&mut self, more: Self) {
        self.add(more.orgs, more.areas);
    }

    fn add(&mut self, orgs: Vec<NameEntry>, areas: Vec<NameEntry>) {
        for entry in orgs {
            for name in entry.names().flat_map(forms) {
                if !self.org_by_name.contains_key(&name) {
                    self.by_first.push(name.clone());
                    self.org_by_name.insert(name, self.orgs.len());
                }
            }
            self.orgs.push(entry);
        }
        for entry in areas {
            for name in entry.names() {
                if !self.area_by_name.contains_key(name) {
                    self.by_first.push(name.to_owned());
                    self.area_by_name.insert(name.to_owned(), self.areas.len());
                }
            }
            self.areas.push(entry);
        }
        self.by_first.sort_by(|a, b| {
            let first = |name: &str| name.chars().next();
            (first(a), b.len()).cmp(&(first(b), a.len()))
        });
    }

    /// The body that a document prints as `printed`.
    pub fn org(&self, printed: &str) -> Org {
        let name = to_simplified(printed);
        let area = self.district(&name).map(|area| &self.areas[area]);
        // A district that no catalog knows means its government as well.
        let own = area.is_none().then(|| self.area(&name)).flatten();
        let name = match (area, &own) {
            (Some(NameEntry { name, .. }), _) | (None, Some(name)) => format!("{name}政府"),
            (None, None) => in_short(&name),
        };
        let mut others: Vec<String> = area.into_iter().flat_map(names_of_district).collect();
        others.extend(own);
        others.extend(self.names_of_body(&name));
        let entry = self.org_by_name.get(&name).map(|&at| &self.orgs[at]);
        let later = entry.into_iter().flat_map(|entry| &entry.later);
        others.extend(later.flat_map(|later| self.names_of_body(later)));
        let canonical = entry.map_or(name, |entry| entry.name.clone());
        let mut seen = HashSet::from([canonical.clone()]);
        others.retain(|other| seen.insert(other.clone()));
        Org {
            printed: printed.to_owned(),
            canonical,
            others,
        }
    }

    /// Every name of a body that is no district's, in all its forms.
    fn names_of_body(&self, name: &str) -> Vec<String> {
        match self.org_by_name.get(name) {
            Some(&at) => self.orgs[at].names().flat_map(forms).collect(),
            None => forms(name),
        }
    }

    /// The bodies of a list that 、 parts.
    pub fn orgs(&self, printed: &str) -> Vec<Org> {
        let names = printed.split('、').map(str::trim);
        names.map(|name| self.org(name)).collect()
    }

    /// The district that a body is, or is the government of, under the name that its
    /// names share.
    pub fn area(&self, printed: &str) -> Option<String> {
        let name = to_simplified(printed);
        if let Some(area) = self.district(&name) {
            return Some(self.areas[area].name.clone());
        }
        let area = name
            .strip_suffix("人民政府")
            .or_else(|| name.strip_suffix("政府"));
        let is_area = match area {
            Some(area) => area.chars().count() > 2 && area.ends_with(['区', '市', '县']),
            None => places::is_one(&name),
        };
        is_area.then(|| area.unwrap_or(&name).to_owned())
    }

    /// Whether a name is that of a district that is listed.
    pub fn is_listed_area(&self, name: &str) -> bool {
        self.area_by_name.contains_key(name)
    }

    /// The kind of body: the government of a district; the body of a zone or a
    /// project; a department of the city.
    pub fn category(&self, printed: &str) -> Category {
        if self.area(printed).is_some() {
            return Category::District;
        }
        let name = to_simplified(printed);
        if ZONE_ENDS.iter().any(|end| name.ends_with(end)) {
            Category::Zone
        } else {
            Category::Department
        }
    }

    /// Whether `text` as a whole may be names of bodies, where a document has
    /// them in a place of their own, such as after a title in parentheses.
    pub fn are_orgs(&self, text: &str) -> bool {
        self.all_orgs(text, false)
    }

    /// Whether a line of its own, which might be a title as well, names bodies.
    /// Of several names the first one shows it.
    pub fn is_org_line(&self, text: &str) -> bool {
        self.all_orgs(text, true)
    }

    /// Whether a line names one or more bodies, parted by whatever letterheads part them.
    pub fn are_orgs_loosely(&self, text: &str) -> bool {
        let mut names = text
            .split(|c: char| c.is_whitespace() || c == '、')
            .filter(|name| !name.is_empty())
            .peekable();
        names.peek().is_some() && names.all(|name| self.are_orgs(name))
    }

    /// The bodies of a cell of a table, where commas and spaces part them as well.
    pub fn orgs_of_cell(&self, printed: &str) -> Vec<Org> {
        let names = printed
            .split(['、', '，', ',', '；', ';', '/'])
            .map(str::trim)
            .filter(|name| !name.is_empty());
        names.map(|name| self.org(name)).collect()
    }

    fn all_orgs(&self, text: &str, strict: bool) -> bool {
        // Nearly every other text ends in a mark.
        text.ends_with(|c| is_name_character(c) || matches!(c, ')' | '）'))
            && (text.split('、').enumerate())
                .all(|(at, name)| self.is_org(name.trim(), strict && at == 0))
    }

    fn is_org(&self, name: &str, strict: bool) -> bool {
        // Longer lines are not even counted.
        if name.len() > LONGEST * 4 {
            return false;
        }
        let characters = name.chars().count();
        // A part of a zone is named in brackets: 综合保税区（空港片区）管委.
        let in_brackets = !strict && name.matches(['(', '（']).count() == 1;
        let is_name = |c: char| is_name_character(c) || in_brackets && "()（）".contains(c);
        if !(2..=LONGEST).contains(&characters) || !name.chars().all(is_name) {
            return false;
        }
        let name: &str = &to_simplified(name);
        if self.knows(name) {
            return true;
        }
        let ending = endings::of(name);
        let begins = self.begins_like_a_body(name);
        match ending {
            _ if characters < 3 => false,
            Some(Ending::Strong) => begins || !strict || !endings::begins_like_a_title(name),
            Some(Ending::Weak) => begins || !strict,
            None => places::is_one(name) && (!strict || !endings::begins_like_a_title(name)),
        }
    }

    fn begins_like_a_body(&self, name: &str) -> bool {
        let is_city = name.starts_with(CITY) && !name.starts_with("市场");
        // 东陵省地震局, 南山州中级人民法院
        let mut large = name.char_indices().skip(2).take(3);
        let is_large = large.any(|(at, c)| "省州盟".contains(c) && at + c.len_utf8() < name.len());
        is_city
            || is_large && !endings::begins_like_a_title(name)
            || self.known_at_start(name).is_some()
            || places::at_start(name).is_some()
    }

    fn knows(&self, name: &str) -> bool {
        self.org_by_name.contains_key(name) || self.district(name).is_some()
    }

    /// Returns the length in bytes of the name of a body at the start of `text`: a known one, or
    /// one recognised by its words. A body followed by others after 、 is not the subject of
    /// the sentence and does not count.
    pub fn at_start(&self, text: &str) -> Option<usize> {
        let head = self.head(text)?;
        let characters = self
            .known_at_start(&head)
            .or_else(|| endings::body_at_start(&head))?;
        alone(text, characters)
    }

    /// The length in bytes of the name with which `text` begins, where the catalog
    /// knows it.
    pub fn known_body_at_start(&self, text: &str) -> Option<usize> {
        let head = self.head(text)?;
        alone(text, self.known_at_start(&head)?)
    }

    /// As much of a text as may be a name, in Simplified; `None` where none begins so.
    fn head(&self, text: &str) -> Option<String> {
        let first = text.chars().next().filter(|&c| is_han(c))?;
        if !self.may_begin(first) {
            return None;
        }
        let end = text
            .char_indices()
            .nth(LONGEST)
            .map_or(text.len(), |at| at.0);
        Some(to_simplified(&text[..end]).into_owned())
    }

    /// The first district that `text` names, as a run of bytes.
    pub fn first_area(&self, text: &str) -> Option<std::ops::Range<usize>> {
        let simplified = to_simplified(text);
        let found = self.area_by_name.keys().filter_map(|name| {
            let at = simplified.find(name.as_str())?;
            Some((at, std::cmp::Reverse(name.chars().count())))
        });
        let (at, std::cmp::Reverse(characters)) = found.min()?;
        let before = simplified[..at].chars().count();
        let mut places = text.char_indices().map(|(at, _)| at).skip(before);
        let start = places.next()?;
        let end = places.nth(characters - 1).unwrap_or(text.len());
        Some(start..end)
    }

    /// Whether a name may begin with `c`, in either script.
    fn may_begin(&self, c: char) -> bool {
        let mut buffer = [0; 4];
        let simplified: Cow<'_, str> = to_simplified(c.encode_utf8(&mut buffer));
        let c = simplified.chars().next().unwrap_or(c);
        CITY.contains(&c) || self.starting_with(c).next().is_some()
    }

    /// The characters of the longest known name with which `head`, in
    /// Simplified, begins; of a district's together with its body's.
    fn known_at_start(&self, head: &str) -> Option<usize> {
        let first = head.chars().next()?;
        let name = self
            .starting_with(first)
            .find(|name| head.starts_with(*name))?;
        let rest = &head[name.len()..];
        let body = DISTRICT_BODIES
            .iter()
            .find(|body| rest.starts_with(**body))
            .filter(|_| self.area_by_name.contains_key(name));
        Some(name.chars().count() + body.map_or(0, |body| body.chars().count()))
    }

    fn starting_with(&self, first: char) -> impl Iterator<Item = &str> {
        let from = self
            .by_first
            .partition_point(|name| name.chars().next().is_some_and(|c| c < first));
        let rest = self.by_first[from..].iter().map(String::as_str);
        rest.take_while(move |name| name.starts_with(first))
    }

    /// The district that `name`, in Simplified, names, by itself or as its body.
    fn district(&self, name: &str) -> Option<usize> {
        let of = |name: &str| self.area_by_name.get(name).copied();
        let body = DISTRICT_BODIES
            .iter()
            .find_map(|body| name.strip_suffix(body));
        of(name).or_else(|| of(body?))
    }
}

/// The length in bytes of the first `characters` of a text, unless a list goes on there.
fn alone(text: &str, characters: usize) -> Option<usize> {
    let mut rest = text.char_indices().skip(characters);
    match rest.next() {
        Some((_, '、')) => None,
        Some((bytes, _)) => Some(bytes),
        None => Some(text.len()),
    }
}

/// Every name of a district's body, in all its forms, and its other names
/// without the body.
fn names_of_district(area: &NameEntry) -> impl Iterator<Item = String> {
    let bodies = area.names().flat_map(|name| {
        let body = if name.ends_with("新区") {
            "管委"
        } else {
            "政府"
        };
        forms(&format!("{name}{body}"))
    });
    area.others.iter().cloned().chain(bodies)
}

/// A name in all the forms that follow from its end: 政府 and 人民政府 are one.
fn forms(name: &str) -> Vec<String> {
    if let Some((stem, ends)) = parted(name) {
        return ends.iter().map(|end| format!("{stem}{end}")).collect();
    }
    let full = SHORT_ENDS.iter().find_map(|(short, full)| {
        let stem = name.strip_suffix(short)?;
        let is_short = stem.chars().count() < LEAST_BEFORE_SHORT_END;
        // 党工委 is 党的工作委员会.
        (!is_short && !stem.ends_with(['党', '工', '常'])).then(|| format!("{stem}{full}"))
    });
    iter::once(name.to_owned()).chain(full).collect()
}

/// The form under which those of one body meet.
fn in_short(name: &str) -> String {
    match parted(name) {
        Some((stem, ends)) => format!("{stem}{}", ends[0]),
        None => name.to_owned(),
    }
}

/// Splits a government's or a zone's name before its ending; returns the stem and the possible
/// endings.
fn parted(name: &str) -> Option<(&str, &'static [&'static str])> {
    SAME_ENDS.into_iter().find_map(|ends| {
        // In full first: 政府 is the end of 人民政府 as well.
        let (end, stem) =
            (ends.iter().rev()).find_map(|end| Some((*end, name.strip_suffix(end)?)))?;
        let is_named = !stem.is_empty() && (end != "管理委员会" || stem.ends_with(ZONES));
        is_named.then_some((stem, ends))
    })
}

fn is_name_character(c: char) -> bool {
    is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '—' | '·' | '•' | '-')
}

#[cfg(test)]
mod tests {
    use super::super::catalog::Catalog;
    use super::*;

    fn names() -> Names {
        Catalog::embedded().names
    }

    #[test]
    fn former_and_short_names_meet() {
        let names = names();
        for (printed, canonical) in [
            ("市人社局", "市人力资源社会保障局"),
            ("市地铁指挥部办公室", "市地铁工程建设指挥部"),
            ("市地鐵工程建設指揮部", "市地铁工程建设指挥部"),
            ("青岛中德生态园管委", "中德生态园管委"),
            ("即墨市政府", "即墨区政府"),
            ("即墨區", "即墨区政府"),
            ("青岛西海岸新区管委", "黄岛区政府"),
            ("黄岛区政府", "黄岛区政府"),
            ("市北區", "市北区政府"),
            ("市教育局", "市教育局"),
        ] {
            assert_eq!(names.org(printed).canonical, canonical, "{printed}");
        }
    }

    #[test]
    fn a_body_brings_its_other_names_along() {
        let names = names();
        let others = names.org("市人力资源社会保障局").others;
        assert!(others.contains(&"市人社局".to_owned()));
        let others = names.org("即墨区政府").others;
        assert!(others.contains(&"即墨市".to_owned()));
        assert!(others.contains(&"即墨市政府".to_owned()));
        let others = names.org("黄岛区政府").others;
        assert!(others.contains(&"青岛西海岸新区管委".to_owned()));
    }

    /// Whether the body `printed` is found by each of `names`.
    #[track_caller]
    fn check_found_by(printed: &str, names_of_it: &[&str]) {
        let org = names().org(printed);
        for name in names_of_it {
            let mut known = org.others.iter().chain([&org.printed, &org.canonical]);
            assert!(known.any(|known| known.contains(name)), "{printed}: {name}");
        }
    }

    #[test]
    fn a_government_and_a_committee_are_known_in_short_and_in_full() {
        check_found_by("莱西市政府", &["莱西市", "莱西市人民政府"]);
        check_found_by("市南區", &["市南区政府", "市南区人民政府"]);
        check_found_by(
            "即墨区政府",
            &["即墨区人民政府", "即墨市政府", "即墨市人民政府"],
        );
        check_found_by(
            "青岛西海岸新区管委",
            &[
                "西海岸新区管委会",
                "西海岸新区管理委员会",
                "黄岛区政府",
                "黄岛区人民政府",
            ],
        );
        check_found_by(
            "青岛中德生态园管委",
            &["中德生态园管委会", "中德生态园管理委员会"],
        );
        check_found_by(
            "青岛高新区管委",
            &[
                "青岛高新区管委会",
                "高新区管理委员会",
                "青岛高新技术产业开发区管委",
            ],
        );
        check_found_by("市发展改革委", &["市发改委", "市发展改革委员会"]);
        check_found_by("市卫生计生委", &["市卫生计生委员会"]);
        // Bodies that the catalog does not know.
        check_found_by("历下区人民政府", &["历下区政府"]);
        check_found_by("某某新城管委会", &["某某新城管委", "某某新城管理委员会"]);
        check_found_by("市营商环境办", &["市营商环境办公室"]);
    }

    #[test]
    fn a_body_is_found_by_the_names_of_what_it_became_and_is_not_it() {
        check_found_by(
            "市卫生计生委",
            &["市卫生健康委", "市卫健委", "市卫生健康委员会"],
        );
        check_found_by("市工商局", &["市市场监管局", "市市场监督管理局"]);
        check_found_by("市安全监管局", &["市应急管理局", "市应急局"]);
        check_found_by("市地税局", &["市税务局"]);
        let names = names();
        for printed in ["市工商局", "市质监局", "市市场监管局", "市卫生健康委"]
        {
            assert_eq!(names.org(printed).canonical, printed);
        }
        let later = names.org("市市场监管局").others;
        assert!(!later.contains(&"市工商局".to_owned()));
    }

    #[test]
    fn a_name_in_full_means_the_body_that_is_known_in_short() {
        let names = names();
        for (printed, canonical) in [
            ("青岛高新区管委会", "青岛高新区管委"),
            ("莱西市人民政府", "莱西市政府"),
            ("青岛西海岸新区管理委员会", "黄岛区政府"),
            ("历下区人民政府", "历下区政府"),
            ("某某新城管理委员会", "某某新城管委"),
            ("义乌市", "义乌市政府"),
            ("德清县", "德清县政府"),
        ] {
            assert_eq!(names.org(printed).canonical, canonical, "{printed}");
        }
    }

    #[test]
    fn what_only_ends_like_a_body_with_two_forms_has_one() {
        let names = names();
        for printed in [
            "市国有资产监督管理委员会",
            "市外办",
            "市政法委",
            "某某新区党工委",
        ] {
            let org = names.org(printed);
            assert_eq!((&*org.canonical, &*org.others), (printed, &[][..]));
        }
    }

    #[test]
    fn the_category_follows_from_the_kind_of_body() {
        let names = names();
        for (printed, category) in [
            ("李滄區政府", Category::District),
            ("青岛西海岸新区管委", Category::District),
            ("历下区政府", Category::District),
            ("青岛高新区管委", Category::Zone),
            ("市机场指挥部办公室", Category::Zone),
            ("上合示范区", Category::Zone),
            ("山东自贸试验区青岛片区", Category::Zone),
            ("即墨区", Category::District),
            ("义乌市", Category::District),
            ("义乌市人民政府", Category::District),
            ("余杭区", Category::District),
            ("德清县", Category::District),
            ("杭州市余杭区", Category::District),
            ("综合保税港区", Category::Zone),
            ("经开区", Category::Zone),
            ("金湾度假区", Category::Zone),
            ("市住房公积金管理中心", Category::Department),
            ("市政府研究室", Category::Department),
        ] {
            assert_eq!(names.category(printed), category, "{printed}");
        }
    }

    #[test]
    fn a_district_gives_the_area_and_the_city_does_not() {
        let names = names();
        assert_eq!(names.area("即墨市政府").as_deref(), Some("即墨区"));
        assert_eq!(names.area("历下区人民政府").as_deref(), Some("历下区"));
        assert_eq!(names.area("德清县").as_deref(), Some("德清县"));
        assert_eq!(names.area("义乌市").as_deref(), Some("义乌市"));
        assert_eq!(names.area("市政府"), None);
        assert_eq!(names.area("智慧城市"), None);
        assert_eq!(names.area("全市"), None);
        assert_eq!(names.area("市教育局"), None);
    }

    #[test]
    fn a_line_that_names_a_body_is_told_from_a_title() {
        let names = names();
        for body in [
            "义乌市",
            "德清县",
            "市民政局",
            "中德生态园管委",
            "市住房公积金管理中心",
            "胶州市政府、市机场指挥部办公室",
            "历下区政府",
        ] {
            assert!(names.is_org_line(body), "{body}");
        }
        for title in [
            "构建“全产业链”招商大格局",
            "构建招商大格局",
            "建设文明城市",
            "智慧城市",
            "打造面向国际的财富管理中心",
            "运用大数据手段开创青岛公共投资审计新模式",
            "城阳区政府。",
            "一、案例背景",
        ] {
            assert!(!names.is_org_line(title), "{title}");
        }
    }

    #[test]
    fn a_sentence_shows_the_body_it_begins_with() {
        let names = names();
        let begins = |text: &'static str| names.at_start(text).map(|end| &text[..end]);
        assert_eq!(begins("市北區政府的創新則著眼于"), Some("市北區政府"));
        assert_eq!(begins("崂山区以“鼓励创新”为重点"), Some("崂山区"));
        assert_eq!(begins("市园林和林业局着力推进"), Some("市园林和林业局"));
        assert_eq!(begins("市水务管理指挥部推进"), Some("市水务管理指挥部"));
        assert_eq!(begins("市政府对创新工作案例进行了汇编"), None);
        assert_eq!(begins("市民对城管局的评价"), None);
        assert_eq!(begins("市北区、崂山区推出"), None);
        assert_eq!(begins("改革进入“深水区”"), None);
    }
}
