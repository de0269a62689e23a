//! Rows that are already on the screen, but elsewhere.
//!
//! A page scrolled by one line shares all its rows but one with the page before. Moving them inside
//! a scroll region costs some 15 bytes, writing them again several thousand.

use super::grid::{Glyph, Grid, Symbol};

/// A band of rows that is moved as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    pub top: usize,
    /// The last row of the band.
    pub bottom: usize,
    /// Number of rows up; negative for down.
    pub by: isize,
}

/// Bytes for setting the region, moving, and returning to the full region.
const OVERHEAD: usize = 20;

/// Returns the shift after which `wanted` costs least, if that is less than without a shift.
pub(super) fn find(wanted: &Grid, shown: &Grid) -> Option<Shift> {
    let rows = wanted.rows();
    let unmoved: Vec<usize> = (0..rows)
        .map(|row| cost(wanted.row(row), shown.row(row)))
        .collect();
    if unmoved.iter().sum::<usize>() <= OVERHEAD {
        return None;
    }
    // `fresh[n]` is the cost of the first n rows on an erased screen.
    let fresh: Vec<usize> = std::iter::once(0)
        .chain((0..rows).scan(0, |sum, row| {
            *sum += cost_on_paper(wanted.row(row));
            Some(*sum)
        }))
        .collect();
    candidates(wanted, shown, &unmoved)
        .into_iter()
        .filter_map(|by| best_band(by, wanted, shown, &unmoved, &fresh))
        .max_by_key(|(saved, _)| *saved)
        .map(|(_, shift)| shift)
}

/// Returns the distances by which most of the changed rows are found again.
///
/// Rows are compared by the middle of their width, so that a border, a scrollbar or a mark in the
/// margin does not hide that the text is the same.
fn candidates(wanted: &Grid, shown: &Grid, unmoved: &[usize]) -> Vec<isize> {
    let rows = wanted.rows();
    let margin = wanted.columns() / 8;
    let middle = |grid: &Grid, row: usize| {
        let columns = grid.columns();
        digest(&grid.row(row)[margin..columns - margin])
    };
    let before: Vec<Option<u64>> = (0..rows).map(|row| middle(shown, row)).collect();
    let mut votes = vec![0_u32; 2 * rows];
    for row in (0..rows).filter(|&row| unmoved[row] > 0) {
        let Some(sought) = middle(wanted, row) else {
            continue;
        };
        for (from, _) in (0..).zip(&before).filter(|(_, was)| **was == Some(sought)) {
            votes[rows + from - row] += 1;
        }
    }
    let mut distances: Vec<usize> = (0..votes.len())
        .filter(|&at| votes[at] > 0 && at != rows)
        .collect();
    distances.sort_by_key(|&at| std::cmp::Reverse(votes[at]));
    distances.truncate(3);
    distances
        .into_iter()
        .map(|at| at as isize - rows as isize)
        .collect()
}

/// Returns the band that saves most when moved by `by`, and the bytes that it saves.
fn best_band(
    by: isize,
    wanted: &Grid,
    shown: &Grid,
    unmoved: &[usize],
    fresh: &[usize],
) -> Option<(usize, Shift)> {
    let rows = wanted.rows();
    let distance = by.unsigned_abs();
    let moved: Vec<usize> = (0..rows)
        .map(|row| match row.checked_add_signed(by) {
            Some(from) if from < rows => cost(wanted.row(row), shown.row(from)),
            _ => usize::MAX,
        })
        .collect();
    let mut best: Option<(usize, Shift)> = None;
    for edge in 0..rows {
        // `edge` is the side towards which the rows move; the band grows from there, and its far
        // rows are freed.
        let mut before = 0;
        let mut kept = 0;
        for height in 1.. {
            let (far, near) = if by > 0 {
                (edge + height - 1, (edge + height - 1).checked_sub(distance))
            } else {
                match (edge + 1).checked_sub(height) {
                    Some(far) => (far, Some(far + distance)),
                    None => break,
                }
            };
            if far >= rows {
                break;
            }
            before += unmoved[far];
            if height <= distance {
                continue;
            }
            let Some(near) = near.filter(|&near| moved[near] != usize::MAX) else {
                break;
            };
            kept += moved[near];
            let freed = if by > 0 {
                fresh[far + 1] - fresh[far + 1 - distance]
            } else {
                fresh[far + distance] - fresh[far]
            };
            let saved = before.saturating_sub(kept + freed + OVERHEAD);
            if saved > best.map_or(0, |(most, _)| most) {
                let (top, bottom) = (edge.min(far), edge.max(far));
                best = Some((saved, Shift { top, bottom, by }));
            }
        }
    }
    best
}

/// Returns about how many bytes it takes to turn one row into another.
fn cost(wanted: &[Glyph], shown: &[Glyph]) -> usize {
    let pairs = wanted.iter().zip(shown);
    tally(pairs.map(|(wanted, shown)| (wanted, wanted == shown)))
}

/// Returns about how many bytes it takes to write a row onto an erased one.
fn cost_on_paper(wanted: &[Glyph]) -> usize {
    tally(wanted.iter().map(|glyph| (glyph, glyph.is_erased())))
}

/// Counts the bytes of the glyphs that are not there yet, and of a move or a new pen before each
/// run of them.
fn tally<'a>(row: impl Iterator<Item = (&'a Glyph, bool)>) -> usize {
    const MOVE: usize = 5;
    let mut bytes = 0;
    let mut before: Option<&Glyph> = None;
    let mut blanks = 0;
    for (glyph, there) in row {
        if glyph.columns == 0 {
            continue;
        }
        if there {
            before = None;
            blanks = 0;
        } else if glyph.is_erased() {
            // A run of blanks is erased, whatever its length.
            blanks += 1;
            bytes += usize::from(blanks < MOVE);
            before = Some(glyph);
        } else {
            let goes_on = before.is_some_and(|before| before.pen == glyph.pen);
            bytes += glyph.len() + if goes_on { 0 } else { MOVE };
            before = Some(glyph);
            blanks = 0;
        }
    }
    bytes
}

/// Returns a number for the text of some cells; `None` if they are blank. (FNV-1a; two texts with
/// the same number only waste a vote.)
fn digest(cells: &[Glyph]) -> Option<u64> {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    let mut inked = false;
    for cell in cells {
        let unit = match &cell.symbol {
            Symbol::Char(c) => u64::from(u32::from(*c)),
            Symbol::Cluster(text) => text.bytes().map(u64::from).sum(),
        };
        inked |= !cell.is_erased();
        sum = (sum ^ unit).wrapping_mul(0x100_0000_01b3);
    }
    inked.then_some(sum)
}
