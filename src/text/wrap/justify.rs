//! Spreading a row over the whole line.

use std::collections::BTreeMap;
use std::ops::Range;

use super::boundary::{Breach, Quotes, Units};
use super::class::Class;
use crate::text::script::without_border;
use crate::text::width::Ambiguous;

/// Empty columns inside a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Byte of the paragraph before which they are inserted.
    pub byte: usize,
    /// How many.
    pub columns: u16,
}

/// Spreads the rows of one paragraph.
///
/// It remembers which quotation marks are open where it is: rows in order cost
/// no more than their own length, wherever they are in the paragraph.
#[derive(Debug)]
pub struct Justify<'a> {
    text: &'a str,
    ambiguous: Ambiguous,
    units: Units,
    has_quotes: bool,
    /// Bytes at which a Han word goes on, or may go on.
    without_border: Vec<usize>,
    /// The marks that are open before this byte.
    quotes: Quotes,
    at: usize,
}

impl<'a> Justify<'a> {
    /// Before the first row of a paragraph.
    pub fn new(text: &'a str, ambiguous: Ambiguous) -> Self {
        Self {
            text,
            ambiguous,
            units: Units::default(),
            has_quotes: text.contains(['"', '\'']),
            without_border: without_border(text),
            quotes: Quotes::default(),
            at: 0,
        }
    }

    /// The gaps that make a row fill `columns`, in order; none where it is full,
    /// or too short to be spread without holes.
    ///
    /// Gaps are only where a row may break, and never inside a Han word, a figure or `——`.
    /// Places after marks and between phrases parted by a space take gaps first, then the
    /// places on both sides of Latin words and figures, equally or not at all, then borders
    /// between known Han words. A gap without a place leaves the row short by a column, and
    /// a row with too few places is not spread. The caller must not spread the last row of
    /// a paragraph.
    pub fn row(&mut self, row: Range<usize>, columns: u16) -> Vec<Gap> {
        if row.start < self.at {
            (self.at, self.quotes) = (0, Quotes::default());
        }
        if self.has_quotes && self.at < row.start {
            self.read(self.at..row.start);
        }
        self.read(row);
        let units = &self.units;
        let used = units.row_columns(0, units.len());
        let missing = u32::from(columns).saturating_sub(used);
        if missing == 0 || missing > u32::from(columns) / 6 + 1 {
            return Vec::new();
        }
        let places = Places::of(self.text, units, &self.without_border);
        spread(units, &places, missing)
    }

    fn read(&mut self, range: Range<usize>) {
        let (quotes, ambiguous) = (self.quotes, self.ambiguous);
        let text = &self.text[..range.end];
        self.units
            .read(text, range.start, usize::MAX, quotes, ambiguous);
        self.quotes = self.units.quotes_at(self.units.len(), quotes);
        self.at = range.end;
    }
}

/// The units of a row that may have a gap before them.
#[derive(Debug, Default)]
struct Places {
    behind_marks: Vec<usize>,
    /// The places before and after a run of Latin words and figures.
    around_latin: Vec<(usize, usize)>,
    borders: Vec<usize>,
}

impl Places {
    fn of(text: &str, units: &Units, without_border: &[usize]) -> Self {
        let takes_gap = |index: usize| {
            let unit = units.get(index);
            index > 0
                && unit.breach == Breach::None
                && unit.ink > 0
                && units.row_columns(index, units.len()) > 0
        };
        let class = |index: usize| units.get(index).class;
        let mut places = Self::default();
        let latin = latin_runs(text, units);
        let has_han = (0..units.len()).any(|index| class(index) == Class::Free);
        for run in latin.iter().filter(|_| has_han) {
            let spaces = (run.end..units.len()).take_while(|&index| class(index) == Class::Space);
            let behind = run.end + spaces.count();
            if takes_gap(run.start) && takes_gap(behind) {
                places.around_latin.push((run.start, behind));
            }
        }
        for index in (1..units.len()).filter(|&index| takes_gap(index)) {
            // The run before the place, spaces between the two aside.
            let visible = (0..index).rev().find(|&at| class(at) != Class::Space);
            let touches = |run: &Range<usize>| {
                (run.start..run.end).contains(&index) || visible.is_some_and(|at| run.contains(&at))
            };
            let is_inside = without_border
                .binary_search(&units.get(index).start)
                .is_ok();
            if is_inside || has_han && latin.iter().any(touches) {
                continue;
            }
            match class(index - 1) {
                Class::Free => places.borders.push(index),
                _ => places.behind_marks.push(index),
            }
        }
        places
    }
}

/// The runs of Latin words and figures with the signs and spaces in them: 30% as well.
fn latin_runs(text: &str, units: &Units) -> Vec<Range<usize>> {
    let is_behind_figure = |index: usize| {
        index > 0
            && units.get(index - 1).class == Class::Digit
            && text[units.get(index).start..].starts_with(Class::is_sign_behind_figure)
    };
    let is_latin = |index: usize| {
        let class = units.get(index).class;
        class.is_word() || matches!(class, Class::Symbol | Class::Prefix) || is_behind_figure(index)
    };
    let mut runs: Vec<Range<usize>> = Vec::new();
    for index in (0..units.len()).filter(|&index| is_latin(index)) {
        let joins = |run: &Range<usize>| {
            let mut between = run.end..index;
            let classes =
                |class: Class| (run.end..index).all(|between| units.get(between).class == class);
            let is_joined = units.get(index).breach != Breach::None
                && between.all(|between| units.get(between).class != Class::Free);
            run.end == index || is_joined || classes(Class::Space)
        };
        match runs.last_mut().filter(|run| joins(run)) {
            Some(run) => run.end = index + 1,
            None => runs.push(index..index + 1),
        }
    }
    runs
}

/// Columns of the widest gap.
const WIDEST: u32 = 3;

fn spread(units: &Units, places: &Places, missing: u32) -> Vec<Gap> {
    let mut columns = BTreeMap::new();
    let mut left = missing as usize;
    for _ in 0..WIDEST {
        let marks = evenly(&places.behind_marks, left);
        left -= marks.len();
        let pairs = evenly(&places.around_latin, left / 2);
        left -= 2 * pairs.len();
        let borders = evenly(&places.borders, left);
        left -= borders.len();
        let both = pairs
            .into_iter()
            .flat_map(|(before, behind)| [before, behind]);
        for index in marks.into_iter().chain(both).chain(borders) {
            *columns.entry(index).or_insert(0) += 1;
        }
    }
    if left > 1 {
        return Vec::new();
    }
    let gap = |(index, columns): (usize, u16)| Gap {
        byte: units.get(index).start,
        columns,
    };
    columns.into_iter().map(gap).collect()
}

/// `count` of `places`, or all where there are fewer, as evenly apart as can be.
fn evenly<T: Copy>(places: &[T], count: usize) -> Vec<T> {
    let count = count.min(places.len());
    (0..count)
        .map(|order| places[(2 * order + 1) * places.len() / (2 * count)])
        .collect()
}
