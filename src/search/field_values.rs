//! Fields that are picked from a list of values: year, area, category and their
//! kin, and those that come from outside the corpus.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::ops::RangeInclusive;

use super::case_set::CaseSet;
use super::code_sets::ReadableCodes;
use super::folded::{Folded, TextKind};
use super::pattern::Pattern;
use super::query::{Field, Phrase};
use crate::case::{Category, Completeness};
use crate::corpus::{CaseIndex, Corpus};
use crate::text::fold::{self, fold};
use crate::text::pinyin::Spellings;

/// What a library keeps about cases beside the corpus: topics, tags, stars. A
/// value has a name by which it is asked for and the cases that have it.
#[derive(Clone, Debug, Default)]
pub struct FieldValues {
    values: BTreeMap<Field, Vec<Value>>,
}

/// The value of the field for notes that every note has.
pub const ANY_NOTE: &str = "*";

/// A value of a field; of [`Field::Note`] the lines of one note.
#[derive(Clone, Debug)]
struct Value {
    /// All names of it; the first is the one that is shown.
    names: Vec<String>,
    cases: Vec<u32>,
}

impl Value {
    /// The bytes, folded, before another of its names in one of its names: 青岛 in
    /// 青岛西海岸新区, which is 西海岸新区.
    fn city_in(&self, name: &str) -> usize {
        let name = folded(name);
        let others = self.names.iter().map(|other| folded(other));
        let cities = others.filter_map(|other| name.strip_suffix(&*other).map(str::len));
        cities.max().unwrap_or(0)
    }
}

impl FieldValues {
    /// The values that the corpus itself gives: areas, categories, degrees of
    /// completeness, documents.
    pub fn of(corpus: &Corpus) -> Self {
        let mut values = FieldValues::default();
        let mut areas: BTreeMap<&str, (BTreeSet<&str>, Vec<CaseIndex>)> = BTreeMap::new();
        let mut categories: BTreeMap<Category, Vec<CaseIndex>> = BTreeMap::new();
        let mut completeness: BTreeMap<Completeness, Vec<CaseIndex>> = BTreeMap::new();
        let mut sources: Vec<Vec<CaseIndex>> = vec![Vec::new(); corpus.documents.len()];
        for (index, case) in corpus.iter() {
            let case = case.case;
            if let Some(area) = &case.area {
                let (names, cases) = areas.entry(area).or_default();
                // Its own body brings its former and other names: 即墨市, 西海岸新区.
                let bodies = case.orgs.iter();
                let bodies = bodies.filter(|org| org.canonical.starts_with(&**area));
                let others = bodies.flat_map(|org| &org.others).map(String::as_str);
                names.extend(others.filter(|name| name.ends_with(['区', '市', '县'])));
                cases.push(index);
            }
            if let Some(category) = case.category {
                categories.entry(category).or_default().push(index);
            }
            completeness
                .entry(case.completeness)
                .or_default()
                .push(index);
            sources[case.document as usize].push(index);
        }
        for (area, (others, cases)) in areas {
            let names = iter::once(area).chain(others);
            values.add(Field::Area, names, cases);
        }
        for (category, cases) in categories {
            let names = [category.name(), category.english()];
            values.add(Field::Category, names, cases);
        }
        for (completeness, cases) in completeness {
            let names = [completeness.name(), completeness.english()];
            values.add(Field::Completeness, names, cases);
        }
        for (document, cases) in corpus.documents.iter().zip(sources) {
            let about = &document.about;
            let names = iter::once(&document.name)
                .chain(&about.title)
                .chain(&about.publisher)
                .cloned();
            values.add(Field::Source, names, cases);
        }
        values
    }

    /// Adds all that another has.
    pub fn join(&mut self, other: Self) {
        for (field, values) in other.values {
            self.values.entry(field).or_default().extend(values);
        }
    }

    /// The values that a name in a query means, each by its first name: by the
    /// rules of the search. `None` where the field cannot have such a value, so
    /// that the search passes over it.
    pub fn meant(&self, field: Field, name: &Phrase, spellings: &Spellings) -> Option<Vec<&str>> {
        if self.has_none_yet(field) {
            return Some(Vec::new());
        }
        let known: Vec<&Value> = self.values.get(&field).into_iter().flatten().collect();
        let values = named(field, &known, name, spellings)?.into_iter();
        let first = values.filter_map(|value| value.names.first());
        Some(first.map(String::as_str).collect())
    }

    /// Whether the reader gives the values of a field, and has given none yet.
    fn has_none_yet(&self, field: Field) -> bool {
        matches!(field, Field::Topic | Field::Tag | Field::Note | Field::Star)
            && !self.values.contains_key(&field)
    }

    /// Adds a value, by all its names, and the cases that have it.
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
}

/// The values that the corpus itself gives.
#[derive(Clone, Debug, Default)]
pub(super) struct FieldIndex {
    /// The award year of every case; 0 where there is none.
    years: Vec<u16>,
    /// How many years of the library are newer than each case's: counted once,
    /// since every hit is ranked by it.
    ages: Vec<u8>,
    /// The years that occur, the newest first.
    known_years: Vec<u16>,
    values: FieldValues,
}

/// What the values of a field in a query come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    Cases(CaseSet),
    /// The number of the first value that the field cannot have, and one that
    /// it can.
    BadValue {
        number: usize,
        example: String,
    },
    /// The reader gives the values of the field, and has given none yet.
    NoValueYet,
}

impl FieldIndex {
    pub(super) fn build(corpus: &Corpus) -> Self {
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

    /// The award year of a case; 0 where there is none.
    pub(super) fn year(&self, case: usize) -> u16 {
        self.years[case]
    }

    /// How many years of the library are newer than the case's.
    pub(super) fn age(&self, case: usize) -> u8 {
        self.ages[case]
    }

    /// The years that occur, the newest first.
    pub(super) fn known_years(&self) -> &[u16] {
        &self.known_years
    }

    /// The cases that have any of the values.
    pub(super) fn pick(
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
        let mut cases = CaseSet::none(of);
        for (number, value) in values.iter().enumerate() {
            let picked = match field {
                Field::Year => self.range(&value.text).map(|range| {
                    let has = |year: u16| year != 0 && range.contains(&year);
                    CaseSet::of_those(of, |case| has(self.years[case]))
                }),
                _ => {
                    let known = [&self.values, outside];
                    let known = known
                        .into_iter()
                        .filter_map(|values| values.values.get(&field));
                    let known: Vec<&Value> = known.flatten().collect();
                    named(field, &known, value, spellings).map(|values| {
                        let cases = values.iter().flat_map(|value| &value.cases);
                        CaseSet::with(of, cases.map(|&case| case as usize))
                    })
                }
            };
            match picked {
                Some(picked) => cases.join(&picked),
                None => {
                    let example = self.example(field, outside);
                    return Picked::BadValue { number, example };
                }
            }
        }
        Picked::Cases(cases)
    }

    /// The years that a value means; `None` where it is none, or begins like none
    /// in this library: 17.
    fn range(&self, value: &str) -> Option<RangeInclusive<u16>> {
        let range = years(value)?;
        let is_known = self.known_years.iter().any(|year| range.contains(year));
        (is_known || !is_unfinished(value)).then_some(range)
    }

    /// A value that the field can have in this library.
    fn example(&self, field: Field, outside: &FieldValues) -> String {
        if let (Field::Year, [newest, .., oldest]) = (field, &*self.known_years) {
            return format!("{oldest}-{newest}");
        }
        let known = [&self.values, outside];
        let mut known = known
            .into_iter()
            .filter_map(|values| values.values.get(&field));
        let first = known
            .next()
            .and_then(|values| values.first()?.names.first());
        let example = first.map_or(field.names().example, |name| match field {
            // A document goes by the beginning of its name.
            Field::Source => beginning(name),
            _ => name,
        });
        example.to_owned()
    }
}

/// A name up to the first mark in it: 000 of `000_c8df632cfb2d134d.txt`.
fn beginning(name: &str) -> &str {
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.next().filter(|word| !word.is_empty()).unwrap_or(name)
}

/// The values that a name means: those that are called so, else those whose
/// number it is (3 of `003_e708e3f89c99b752.txt`), else those whose name holds
/// it, else those whose name it spells. The city before a district is no area.
fn named<'a>(
    field: Field,
    known: &[&'a Value],
    name: &Phrase,
    spellings: &Spellings,
) -> Option<Vec<&'a Value>> {
    let wanted = folded(name.text.trim());
    if field == Field::Note {
        return Some(noted(known, &wanted, name, spellings));
    }
    let pick_in = |passes: &dyn Fn(&Value, &str) -> bool| -> Option<Vec<&'a Value>> {
        let values = known
            .iter()
            .filter(|value| value.names.iter().any(|name| passes(value, name)));
        let values: Vec<&'a Value> = values.copied().collect();
        (!values.is_empty()).then_some(values)
    };
    let pick = |passes: &dyn Fn(&str) -> bool| pick_in(&|_, name| passes(name));
    let city = |value: &Value, name: &str| match field {
        Field::Area => value.city_in(name),
        _ => 0,
    };
    let number = |text: &str| {
        let digits = text.find(|c: char| !c.is_ascii_digit());
        let digits = text[..digits.unwrap_or(text.len())].trim_start_matches('0');
        (!digits.is_empty()).then(|| digits.to_owned())
    };
    let is_number = wanted.bytes().all(|byte| byte.is_ascii_digit());
    let wanted_number = number(&wanted).filter(|_| is_number);
    pick(&|name| folded(name) == wanted)
        .or_else(|| pick(&|name| wanted_number.is_some() && number(name) == wanted_number))
        .or_else(|| {
            pick_in(&|value, name| {
                let at = folded(name).find(&wanted);
                at.is_some_and(|at| at + wanted.len() > city(value, name))
            })
        })
        .or_else(|| {
            let pattern = Pattern::new(name, spellings, ReadableCodes::all())?;
            pick_in(&|value, name| {
                let name = &folded(name)[city(value, name)..];
                let line = Folded::of(TextKind::Line, &fold::codes(name));
                pattern.occurrences(line.text(0)).next().is_some()
            })
        })
}

/// The notes in which a line contains a phrase or, unless it is quoted, what the
/// phrase spells; all notes for [`ANY_NOTE`]. A note is searched like a text: a
/// phrase that no note contains finds nothing and is no mistake.
fn noted<'a>(
    notes: &[&'a Value],
    wanted: &str,
    phrase: &Phrase,
    spellings: &Spellings,
) -> Vec<&'a Value> {
    let pattern = Pattern::new(phrase, spellings, ReadableCodes::all());
    let matches = |text: &String| {
        let text = folded(text);
        let line = Folded::of(TextKind::Line, &fold::codes(&text));
        let spelled = pattern
            .as_ref()
            .is_some_and(|pattern| pattern.occurrences(line.text(0)).next().is_some());
        spelled || text.contains(wanted)
    };
    let notes = notes.iter().copied();
    notes
        .filter(|note| wanted == ANY_NOTE || note.names.iter().any(matches))
        .collect()
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// Whether a value is a year of which digits are still to be typed: 201.
pub(super) fn is_unfinished(value: &str) -> bool {
    let digits = value.chars().map(fold);
    let digits = digits.skip_while(|c| !c.is_ascii_digit());
    digits.take_while(char::is_ascii_digit).count() < 4
}

/// The years that a value means: `2017`, `2015-2017`, `2015-`, `-2017`, and what
/// is on the way there (`20`, `2015-20`, `2015-1`); the later year may come first,
/// and the second may go without its century (`2015-17`).
pub fn years(value: &str) -> Option<RangeInclusive<u16>> {
    let value: String = value.chars().map(fold).collect();
    let value = value.replace("年度", "").replace('年', "");
    let value = value.replace(['~', '至', '到'], "-");
    let (from, to) = match value.trim() {
        "" | "-" => return None,
        value => value.split_once('-').unwrap_or((value, value)),
    };
    let (from, to) = (from.trim(), to.trim());
    let first = year(from, '0')?;
    let last = year(to, '9')?;
    if last >= first {
        return Some(first..=last);
    }
    Some(match (from.len(), to.len()) {
        (4, 4) => last..=first,
        (4, 2) => {
            let last = first / 100 * 100 + to.parse::<u16>().ok()?;
            first.min(last)..=first.max(last)
        }
        // 2015-1, on the way to 2015-17.
        _ => first..=9999,
    })
}

/// A year, the digits that it lacks filled in.
fn year(text: &str, fill: char) -> Option<u16> {
    let fits = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let lacks = 4_usize.checked_sub(text.len()).filter(|_| fits)?;
    format!("{text}{}", String::from(fill).repeat(lacks))
        .parse()
        .ok()
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
