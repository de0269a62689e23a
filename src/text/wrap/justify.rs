//! Spreading a row over the whole line.

use std::ops::Range;

use super::boundary::{Breach, Quotes, Units};
use super::class::Class;
use crate::text::width::Ambiguous;

/// Empty columns inside a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Byte of the paragraph before which they stand.
    pub byte: usize,
    /// How many.
    pub columns: u16,
}

/// Spreads the rows of one paragraph.
///
/// It remembers which quotation marks are open where it is: rows in order cost
/// no more than their own length, wherever in the paragraph they stand.
#[derive(Debug)]
pub struct Justify<'a> {
    text: &'a str,
    ambiguous: Ambiguous,
    units: Units,
    has_quotes: bool,
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
            quotes: Quotes::default(),
            at: 0,
        }
    }

    /// The gaps that make a row fill `columns`, in order; none where it is full,
    /// or too short to be spread without holes.
    ///
    /// A gap stands only where a row may break: never inside a word, a figure or
    /// `——`, never before a closing mark or behind an opening one. Spaces and
    /// places beside marks and Latin words take gaps first, then places between
    /// Han characters, evenly over the row. The last row of a paragraph is for
    /// the caller to leave alone.
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
        spread(units, &places(units), missing)
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

/// The units of a row before which a gap may stand: first those beside spaces,
/// marks and words, then those between Han characters.
fn places(units: &Units) -> [Vec<usize>; 2] {
    let mut places = [Vec::new(), Vec::new()];
    for index in 1..units.len() {
        let (before, after) = (units.get(index - 1), units.get(index));
        if after.breach != Breach::None
            || after.ink == 0
            || units.row_columns(index, units.len()) == 0
        {
            continue;
        }
        let between_han = before.class == Class::Free && after.class == Class::Free;
        places[usize::from(between_han)].push(index);
    }
    places
}

fn spread(units: &Units, [beside, between]: &[Vec<usize>; 2], missing: u32) -> Vec<Gap> {
    let mut chosen = if missing as usize <= beside.len() {
        evenly(beside, missing as usize)
    } else {
        let mut all = beside.clone();
        all.extend(evenly(
            between,
            (missing as usize - beside.len()).min(between.len()),
        ));
        all
    };
    chosen.sort_unstable();
    let count = chosen.len() as u32;
    let (each, more) = match count {
        0 => return Vec::new(),
        count => (missing / count, missing % count),
    };
    let gaps = chosen.iter().zip(0..);
    gaps.map(|(&index, order)| Gap {
        byte: units.get(index).start,
        columns: (each + u32::from(order < more)) as u16,
    })
    .collect()
}

/// `count` of `places`, as evenly apart as can be.
fn evenly(places: &[usize], count: usize) -> Vec<usize> {
    (0..count)
        .map(|order| places[(2 * order + 1) * places.len() / (2 * count)])
        .collect()
}
