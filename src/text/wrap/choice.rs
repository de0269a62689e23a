//! Which of the rows that a paragraph can have are the best.

use super::Room;
use super::boundary::{Breach, Units};

/// What a last row of a single character is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lone {
    /// Uneven, as in a paragraph.
    Uneven,
    /// As wrong as a figure without its counter, as in a heading.
    Wrong,
}

/// A row that lacks so many columns, two Han, is short, which the eye sees, unless
/// it is a narrow one.
const SHORT: u32 = 4;

/// Rows of fewer columns are narrow.
const NARROW: u32 = 24;

/// A long run of figure and unit breaks inside only where the row would lack more
/// than one part in so many without it.
const HOLE: u32 = 5;

/// Rows of fewer columns have no holes: one Han or two make a fifth of them.
const ROOM_FOR_HOLES: u32 = 20;

/// What a break inside a long run of figure and unit counts, as uneven as a row
/// that lacks seven columns.
const LOOSE: u64 = 49;

/// A last row of a single character, with or without marks, counts as uneven as
/// this: one character alone makes no row (CLREQ, 单字不成行).
const LONE: u64 = 16;

/// The best way found to reach a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Way {
    breaches: u64,
    /// Rows that lack more than a fifth.
    holes: u32,
    /// Rows that are short.
    short: u32,
    /// The sum of the squares of what the rows lack, so that they share it.
    unevenness: u64,
    /// The unit at which its last row starts.
    from: u32,
}

impl Way {
    const NONE: Self = Self {
        breaches: u64::MAX,
        holes: u32::MAX,
        short: u32::MAX,
        unevenness: u64::MAX,
        from: u32::MAX,
    };

    /// The start of the stretch.
    const START: Self = Self {
        breaches: 0,
        holes: 0,
        short: 0,
        unevenness: 0,
        from: 0,
    };

    /// What it breaks, how many of its rows have holes, how many are short, then how
    /// uneven they are: less is better.
    fn cost(self) -> (u64, u32, u32, u64) {
        (self.breaches, self.holes, self.short, self.unevenness)
    }

    /// This way and a row from `from` on that has `columns` and lacks `empty` of
    /// them. A breach weighs more than all lesser ones of a stretch together.
    fn and_row(self, from: usize, breach: Breach, empty: u32, columns: u32) -> Self {
        let (weight, loose) = match breach {
            Breach::None => (0, 0),
            Breach::Loose => (0, LOOSE),
            Breach::Tight => (1 << 16, 0),
            Breach::Word => (1 << 32, 0),
            Breach::Mark | Breach::Never => (1 << 48, 0),
        };
        let is_short = empty >= SHORT && columns >= NARROW;
        let has_hole = is_hole(empty, columns) && columns >= ROOM_FOR_HOLES;
        Self {
            breaches: self.breaches + weight,
            holes: self.holes + u32::from(has_hole),
            short: self.short + u32::from(is_short),
            unevenness: self.unevenness + u64::from(empty).pow(2) + loose,
            from: from as u32,
        }
    }

    /// This way and the last row, from `from` on.
    fn and_last(self, from: usize, lone: Option<Lone>) -> Self {
        let (weight, uneven) = match lone {
            None => (0, 0),
            Some(Lone::Uneven) => (0, LONE),
            Some(Lone::Wrong) => (1 << 16, 0),
        };
        Self {
            breaches: self.breaches + weight,
            unevenness: self.unevenness + uneven,
            from: from as u32,
            ..self
        }
    }

    /// Takes the better of two ways; of equals the later start, which fills the
    /// earlier rows.
    fn or(&mut self, other: Self) {
        if other.cost() <= self.cost() {
            *self = other;
        }
    }
}

/// The ends of the best rows for a stretch, in units.
///
/// Every end of every row is tried, but of the breaks inside words and of those
/// beside marks only the furthest, which fills the row: a stretch of n units costs
/// n times the units of a row.
pub(super) fn row_ends(units: &Units, room: Room, lone: Lone) -> Vec<usize> {
    let count = units.len();
    let mut ways = vec![Way::NONE; count + 1];
    ways[0] = Way::START;
    let mut reach = 0;
    for start in 0..count {
        let way = ways[start];
        if way == Way::NONE {
            continue;
        }
        let columns = u32::from(if start == 0 { room.first } else { room.rest });
        let furthest = furthest(units, start, reach.max(start + 1), columns);
        if start > 0 {
            reach = furthest;
        }
        if furthest == count {
            ways[count].or(way.and_last(start, lone_at(units, start, lone)));
            continue;
        }
        let (mut in_word, mut at_mark) = (false, false);
        for end in (start + 1..=furthest).rev() {
            let breach = units.get(end).breach;
            let is_passed = match breach {
                Breach::Never => true,
                Breach::Word => std::mem::replace(&mut in_word, true),
                Breach::Mark => std::mem::replace(&mut at_mark, true),
                Breach::None | Breach::Loose | Breach::Tight => false,
            };
            if !is_passed {
                let empty = columns.saturating_sub(units.row_columns(start, end));
                let breach = breach_of_row(units, start, end, columns);
                ways[end].or(way.and_row(start, breach, empty, columns));
            }
        }
    }
    trace(&ways)
}

/// What a row from `start` to `end` breaks: a long run of figure and unit that is
/// broken without need is broken as a short one is.
fn breach_of_row(units: &Units, start: usize, end: usize, columns: u32) -> Breach {
    match units.get(end).breach {
        Breach::Loose if !leaves_hole(units, start, end, columns) => Breach::Tight,
        breach => breach,
    }
}

/// Whether a row from `start` on would lack too much if it ended before the run of
/// figure and unit that it breaks at `end`.
fn leaves_hole(units: &Units, start: usize, end: usize, columns: u32) -> bool {
    let is_free = |&at: &usize| units.get(at).breach == Breach::None;
    let whole = (start + 1..end).rev().find(is_free);
    let used = whole.map_or(0, |at| units.row_columns(start, at));
    is_hole(columns.saturating_sub(used), columns)
}

/// Whether a row of so many columns that lacks so many has a hole.
fn is_hole(empty: u32, columns: u32) -> bool {
    empty * HOLE > columns
}

/// The last unit boundary that a row from `start` can reach, at least one
/// cluster on; `known` is a boundary that it reaches for certain.
fn furthest(units: &Units, start: usize, known: usize, columns: u32) -> usize {
    let least = units.row_columns(start, known);
    let fits = |end: usize| {
        let needed = units.row_columns(start, end);
        needed <= columns || needed == least
    };
    let mut end = known;
    while end < units.len() && fits(end + 1) {
        end += 1;
    }
    end
}

/// What a last row from `start` on is, if it is a lone character: one that was
/// parted from its figure is wrong everywhere.
fn lone_at(units: &Units, start: usize, lone: Lone) -> Option<Lone> {
    let parted = units.get(start).breach == Breach::Loose;
    let is_lone = start > 0 && units.ends_lone(start);
    is_lone.then_some(if parted { Lone::Wrong } else { lone })
}

/// Follows the best way back from the end.
fn trace(ways: &[Way]) -> Vec<usize> {
    let mut ends = vec![ways.len() - 1];
    let mut at = ways.len() - 1;
    while ways[at].from > 0 {
        at = ways[at].from as usize;
        ends.push(at);
    }
    ends.reverse();
    ends
}

#[cfg(test)]
mod tests {
    use super::super::boundary::Quotes;
    use super::*;
    use crate::text::width::Ambiguous;

    const SEEDS: [&str; 5] = [
        include_str!("../../../seeds/000_c8df632cfb2d134d.txt"),
        include_str!("../../../seeds/001_6ec06563744fe9af.txt"),
        include_str!("../../../seeds/002_480a3b4aff1897ca.txt"),
        include_str!("../../../seeds/003_e708e3f89c99b752.txt"),
        include_str!("../../../seeds/004_860cbca26c24b5e4.txt"),
    ];

    /// The least cost that any rows have, and that of the rows chosen.
    fn costs(text: &str, room: Room) -> [(u64, u32, u32, u64); 2] {
        let mut units = Units::default();
        units.read(text, 0, usize::MAX, Quotes::default(), Ambiguous::Narrow);
        let row = |way: Way, start: usize, end: usize| {
            let columns = u32::from(if start == 0 { room.first } else { room.rest });
            let used = units.row_columns(start, end);
            if end == units.len() {
                let lone = lone_at(&units, start, Lone::Uneven);
                return (used <= columns).then(|| way.and_last(start, lone));
            }
            let breach = breach_of_row(&units, start, end, columns);
            (used <= columns && breach != Breach::Never)
                .then(|| way.and_row(start, breach, columns - used, columns))
        };
        let mut ways = vec![Way::NONE; units.len() + 1];
        ways[0] = Way::START;
        for start in 0..units.len() {
            if ways[start] == Way::NONE {
                continue;
            }
            for end in start + 1..=units.len() {
                match row(ways[start], start, end) {
                    Some(new) if new.cost() < ways[end].cost() => ways[end] = new,
                    Some(_) => {}
                    None if units.row_columns(start, end) > u32::from(room.rest) => break,
                    None => {}
                }
            }
        }
        let mut start = 0;
        let chosen =
            row_ends(&units, room, Lone::Uneven)
                .into_iter()
                .fold(Way::START, |way, end| {
                    let way = row(way, start, end).expect("the row fits");
                    start = end;
                    way
                });
        [ways[units.len()].cost(), chosen.cost()]
    }

    /// Checks every paragraph at every measure from `first` to 120 columns in steps of
    /// two; returns how many were set.
    fn check_measures(first: u16) -> usize {
        let paragraphs = SEEDS.into_iter().flat_map(str::lines).map(str::trim);
        let mut set = 0;
        for text in paragraphs.filter(|text| !text.is_empty()) {
            for columns in (first..=120).step_by(2) {
                let room = Room {
                    first: columns - 4,
                    rest: columns,
                };
                let [best, chosen] = costs(text, room);
                assert_eq!(chosen, best, "{text} at {columns}");
                set += 1;
            }
        }
        set
    }

    /// So the share of short rows that `tests/typeset/evenness.rs` counts is the least
    /// that these rules allow.
    #[test]
    fn the_rows_chosen_are_the_best_of_all_at_every_measure() {
        let set: usize = std::thread::scope(|scope| {
            let parts = [24, 25].map(|first| scope.spawn(move || check_measures(first)));
            let counts = parts.map(|part| part.join().expect("every row is the best"));
            counts.into_iter().sum()
        });
        assert!(set > 70_000, "the seeds have many paragraphs, not {set}");
    }
}
