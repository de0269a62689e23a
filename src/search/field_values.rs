//! Fields picked from a list of values: year, area, category and the like, and those from outside
//! the corpus.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::ops::RangeInclusive;

use fixedbitset::FixedBitSet;

use super::folded::{Folded, TextKind};
use super::pattern::Pattern;
use super::query::{Field, Phrase};
use crate::case::Case;
use crate::corpus::{CaseIndex, Corpus};
use crate::text::fold::{self, fold};
use crate::text::pinyin::{ReadableCodes, Spellings};

/// What a library keeps about cases outside the corpus: topics, tags, stars. A value has names by
/// which it is asked for, and the cases that have it.
#[derive(Clone, Debug, Default)]
pub struct FieldValues {
    values: BTreeMap<Field, Vec<Value>>,
}

/// The value of the note field that every note matches.
pub const ANY_NOTE: &str = "*";

/// A value of a field. For [`Field::Note`] it is the lines of one note.
#[derive(Clone, Debug)]
struct Value {
    /// All its names; the first is shown.
    names: Vec<String>,
    cases: Vec<u32>,
}

impl FieldValues {
    /// Returns the values in the corpus itself: areas, categories, degrees of completeness,
    /// documents.
    pub fn of(corpus: &Corpus) -> Self {
        let mut values = FieldValues::default();
        for (area, cases) in grouped(corpus, |case| case.area.as_deref()) {
            // The area's own org adds its former and other names: 即墨市, 西海岸新区.
            let orgs = cases
                .iter()
                .flat_map(|&case| &corpus.get(case).case.orgs)
                .filter(|org| org.canonical.starts_with(area));
            let others: BTreeSet<&str> = orgs
                .flat_map(|org| &org.others)
                .map(String::as_str)
                .filter(|name| name.ends_with(['区', '市', '县']))
                .collect();
            values.add(Field::Area, iter::once(area).chain(others), cases);
        }
        for (category, cases) in grouped(corpus, |case| case.category) {
            let names = [category.name(), category.english()];
            values.add(Field::Category, names, cases);
        }
        for (completeness, cases) in grouped(corpus, |case| Some(case.completeness)) {
            let names = [completeness.name(), completeness.english()];
            values.add(Field::Completeness, names, cases);
        }
        let mut sources = grouped(corpus, |case| Some(case.document));
        for (number, document) in (0..).zip(&corpus.documents) {
            let about = &document.about;
            let others = about.title.iter().chain(&about.publisher);
            let names = iter::once(&document.name).chain(others).cloned();
            let cases = sources.remove(&number).unwrap_or_default();
            values.add(Field::Source, names, cases);
        }
        values
    }

    /// Adds all values of another.
    pub fn join(&mut self, other: Self) {
        for (field, values) in other.values {
            self.values.entry(field).or_default().extend(values);
        }
    }

    /// Returns the values that a name in a query means, each by its first name, by the rules of the
    /// search; `None` if the field cannot take such a value, so that the search ignores it.
    pub fn meant(&self, field: Field, name: &Phrase, spellings: &Spellings) -> Option<Vec<&str>> {
        if self.has_none_yet(field) {
            return Some(Vec::new());
        }
        let values = named(field, self.all(field), name, spellings)?.into_iter();
        let first = values.filter_map(|value| value.names.first());
        Some(first.map(String::as_str).collect())
    }

    /// Adds a value with all its names and the cases that have it.
    pub fn add(
        &mut self,
        field: Field,
        names: impl IntoIterator<Item = impl Into<String>>,
        cases: impl IntoIterator<Item = CaseIndex>,
    ) {
        self.values.entry(field).or_default().push(Value {
            names: names.into_iter().map(Into::into).collect(),
            cases: cases.into_iter().map(|case| case.0).collect(),
        });
    }

    /// Yields the values of a field, each by its first name, in the order in which they were added.
    pub fn names(&self, field: Field) -> impl Iterator<Item = &str> {
        self.all(field)
            .filter_map(|value| Some(&**value.names.first()?))
    }

    fn all(&self, field: Field) -> impl Iterator<Item = &Value> + Clone {
        self.values.get(&field).into_iter().flatten()
    }

    /// Whether the reader assigns the values of a field, and has assigned none yet.
    fn has_none_yet(&self, field: Field) -> bool {
        // The fields from the topic on have values from outside the corpus.
        field >= Field::Topic && !self.values.contains_key(&field)
    }
}

fn grouped<'a, K: Ord>(
    corpus: &'a Corpus,
    key: impl Fn(&'a Case) -> Option<K>,
) -> BTreeMap<K, Vec<CaseIndex>> {
    let mut groups: BTreeMap<K, Vec<CaseIndex>> = BTreeMap::new();
    for (index, case) in corpus.iter() {
        if let Some(key) = key(case.case) {
            groups.entry(key).or_default().push(index);
        }
    }
    groups
}

/// The values in the corpus itself.
#[derive(Clone, Debug, Default)]
pub struct FieldIndex {
    /// Award year of every case; 0 if there is none.
    years: Vec<u16>,
    /// Number of years of the library that are newer than each case's, computed once since every
    /// hit is ranked by it.
    ages: Vec<u8>,
    /// Years that occur, newest first.
    known_years: Vec<u16>,
    values: FieldValues,
}

/// The result of picking the values of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    Cases(FixedBitSet),
    /// Index of the first value that the field cannot take, and one that it can.
    BadValue {
        number: usize,
        example: [String; 2],
    },
    /// The reader assigns the values of the field, and has assigned none yet.
    NoValueYet,
}

impl FieldIndex {
    pub fn build(corpus: &Corpus) -> Self {
        let years: Vec<u16> = corpus
            .cases
            .iter()
            .map(|case| case.year.unwrap_or(0))
            .collect();
        let known: BTreeSet<u16> = years.iter().copied().filter(|&year| year != 0).collect();
        let known_years: Vec<u16> = known.into_iter().rev().collect();
        let age = |&year: &u16| {
            let newer = known_years.partition_point(|&known| known > year);
            newer.min(u8::MAX.into()) as u8
        };
        Self {
            ages: years.iter().map(age).collect(),
            years,
            known_years,
            values: FieldValues::of(corpus),
        }
    }

    /// Returns the award year of a case; 0 if there is none.
    pub fn year(&self, case: usize) -> u16 {
        self.years[case]
    }

    /// Returns the number of years of the library that are newer than the case's.
    pub fn age(&self, case: usize) -> u8 {
        self.ages[case]
    }

    /// Returns the years that occur, newest first.
    pub fn known_years(&self) -> &[u16] {
        &self.known_years
    }

    /// Picks the cases that have any of the values.
    pub fn pick(
        &self,
        field: Field,
        values: &[Phrase],
        outside: &FieldValues,
        spellings: &Spellings,
    ) -> Picked {
        if outside.has_none_yet(field) {
            return Picked::NoValueYet;
        }
        let of = self.years.len();
        let known = self.values.all(field).chain(outside.all(field));
        let mut cases = FixedBitSet::with_capacity(of);
        for (number, value) in values.iter().enumerate() {
            let picked: Option<Vec<usize>> = match field {
                Field::Year => self.range(&value.text).map(|range| {
                    let has =
                        |&case: &usize| self.years[case] != 0 && range.contains(&self.years[case]);
                    (0..of).filter(has).collect()
                }),
                _ => named(field, known.clone(), value, spellings).map(|values| {
                    let cases = values.iter().flat_map(|value| &value.cases);
                    cases.map(|&case| case as usize).collect()
                }),
            };
            match picked {
                Some(picked) => cases.extend(picked.into_iter().filter(|&case| case < of)),
                None => {
                    let example = self.example(field, known.clone().next());
                    return Picked::BadValue { number, example };
                }
            }
        }
        Picked::Cases(cases)
    }

    /// Returns the years that a value means; `None` if it is not a year, or begins none of this
    /// library: 17.
    fn range(&self, value: &str) -> Option<RangeInclusive<u16>> {
        let range = years(value)?;
        let is_known = self.known_years.iter().any(|year| range.contains(year));
        (is_known || !is_unfinished(value)).then_some(range)
    }

    /// Returns a value that the field can take in this library; `first` is one of them.
    fn example(&self, field: Field, first: Option<&Value>) -> [String; 2] {
        let names = first.map_or(&[][..], |value| &value.names);
        let example = self.shown_example(field, names.first());
        // Names in Latin letters are English ones; documents have none.
        let english = names
            .iter()
            .find(|name| name.is_ascii())
            .filter(|_| field != Field::Source);
        [example.clone(), english.unwrap_or(&example).clone()]
    }

    fn shown_example(&self, field: Field, first: Option<&String>) -> String {
        match (field, &*self.known_years, first) {
            (Field::Year, [newest, .., oldest], _) => format!("{oldest}-{newest}"),
            // A document is named by the beginning of its file name: 000 of
            // 000_c8df632cfb2d134d.txt.
            (Field::Source, _, Some(name)) => {
                let mut words = name.split(|c: char| !c.is_alphanumeric());
                let first = words.next().filter(|word| !word.is_empty());
                first.unwrap_or(name).to_owned()
            }
            (_, _, Some(name)) => name.clone(),
            _ => field.names().example.to_owned(),
        }
    }
}

/// Whether a name of a value is meant.
type Passes<'a> = &'a dyn Fn(&Value, &str) -> bool;

/// Returns the values that a name means: those with that name, else with that number (3 of
/// `003_e708e3f89c99b752.txt`), else with names that contain it, else with names that it spells.
/// The city before a district is not an area. A note is searched like a text: a phrase that no note
/// contains finds nothing and is not a mistake.
fn named<'a>(
    field: Field,
    known: impl Iterator<Item = &'a Value> + Clone,
    name: &Phrase,
    spellings: &Spellings,
) -> Option<Vec<&'a Value>> {
    let wanted = folded(name.text.trim());
    let pattern = Pattern::new(name, spellings, ReadableCodes::all());
    let is_spelled = |text: &str| {
        let line = Folded::of(TextKind::Line, &fold::codes(text));
        let pattern = pattern.as_ref();
        pattern.is_some_and(|pattern| pattern.occurrences(line.text(0)).next().is_some())
    };
    let pick = |passes: Passes<'_>| -> Vec<&'a Value> {
        let has_name = |value: &&Value| {
            let mut names = value.names.iter().map(|name| folded(name));
            names.any(|name| passes(value, &name))
        };
        known.clone().filter(has_name).collect()
    };
    if field == Field::Note {
        return Some(match &*wanted {
            ANY_NOTE => known.clone().collect(),
            _ => pick(&|_, name| name.contains(&wanted) || is_spelled(name)),
        });
    }
    // The bytes before another of its names in a name: 青岛 in 青岛西海岸新区, which is also
    // 西海岸新区.
    let city = |value: &Value, name: &str| {
        let others = value.names.iter().map(|other| folded(other));
        let cities = others.filter_map(|other| name.strip_suffix(&*other).map(str::len));
        cities.max().filter(|_| field == Field::Area).unwrap_or(0)
    };
    let number = |text: &str| {
        let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = text[..text.len() - digits.len()].trim_start_matches('0');
        (!number.is_empty()).then(|| number.to_owned())
    };
    let is_number = wanted.bytes().all(|byte| byte.is_ascii_digit());
    let wanted_number = number(&wanted).filter(|_| is_number);
    let ways: [Passes<'_>; 4] = [
        &|_, name| name == wanted,
        &|_, name| wanted_number.is_some() && number(name) == wanted_number,
        &|value, name| {
            let at = name.find(&wanted);
            at.is_some_and(|at| at + wanted.len() > city(value, name))
        },
        &|value, name| is_spelled(&name[city(value, name)..]),
    ];
    let mut picked = ways.into_iter().map(pick);
    picked.find(|values| !values.is_empty())
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// Whether a value is a year with digits still to be typed: 201.
pub fn is_unfinished(value: &str) -> bool {
    let digits = value.chars().map(fold).skip_while(|c| !c.is_ascii_digit());
    digits.take_while(char::is_ascii_digit).count() < 4
}

/// Returns the years that a value means: `2017`, `2015-2017`, `2015-`, `-2017`, and unfinished ones
/// (`20`, `2015-20`, `2015-1`). The later year may come first, and the second may lack its century
/// (`2015-17`).
pub fn years(value: &str) -> Option<RangeInclusive<u16>> {
    let value = folded(value)
        .replace("年度", "")
        .replace('年', "")
        .replace(['~', '至', '到'], "-");
    let (from, to) = match value.trim() {
        "" | "-" => return None,
        value => value.split_once('-').unwrap_or((value, value)),
    };
    let (from, to) = (from.trim(), to.trim());
    let (first, last) = (year(from, '0')?, year(to, '9')?);
    Some(match (from.len(), to.len()) {
        _ if first <= last => first..=last,
        (4, 4) => last..=first,
        (4, 2) => {
            let last = first / 100 * 100 + to.parse::<u16>().ok()?;
            first.min(last)..=first.max(last)
        }
        // 2015-1, on the way to 2015-17.
        _ => first..=9999,
    })
}

/// Parses a year, with missing digits filled in.
fn year(text: &str, fill: char) -> Option<u16> {
    let fits = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let lacks = 4_usize.checked_sub(text.len()).filter(|_| fits)?;
    let digits = text.chars().chain(iter::repeat_n(fill, lacks));
    digits.collect::<String>().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_given_singly_or_as_ranges_open_or_unfinished() {
        assert_eq!(years("2017"), Some(2017..=2017));
        assert_eq!(years("２０１７年"), Some(2017..=2017));
        assert_eq!(years("2015-2017"), Some(2015..=2017));
        assert_eq!(years("2015—2017"), Some(2015..=2017));
        assert_eq!(years("2015年至2017年"), Some(2015..=2017));
        assert_eq!(years("2017-2015"), Some(2015..=2017));
        assert_eq!(years("2015-"), Some(2015..=9999));
        assert_eq!(years("-2016"), Some(0..=2016));
        assert_eq!(years("20"), Some(2000..=2099));
        assert_eq!(years("2015-20"), Some(2015..=2099));
        assert_eq!(years("2015-17"), Some(2015..=2017));
        assert_eq!(years("2017-15"), Some(2015..=2017));
        assert_eq!(years("2015-1"), Some(2015..=9999));
        assert_eq!(years("2021-201"), Some(2021..=9999));
        assert_eq!(years("2017年度"), Some(2017..=2017));
        assert_eq!(years("2015年度—2017年度"), Some(2015..=2017));
    }

    #[test]
    fn what_is_no_year_is_refused() {
        for value in [
            "",
            "-",
            "abc",
            "20175",
            "二〇一七",
            "2015-2016-2017",
            "2017年底",
        ] {
            assert_eq!(years(value), None, "{value}");
        }
    }
}
