//! Tables whose cells are ruled.
//!
//! Rules that touch make a grid. The area between two consecutive rules is a cell. Cells
//! without a rule between them are one cell, in the row and the column where it begins.

use super::content::{Glyph, Rule};

/// Rules nearer than this are one, in points; boxes of cells are often drawn apart.
const NEAR: f32 = 4.0;

/// A column is at least so wide.
const WIDE: f32 = 12.0;

/// A page with more rules holds a drawing.
const MOST_RULES: usize = 3_000;

/// A row of a ruled table.
#[derive(Clone, Debug)]
pub struct Row {
    pub left: f32,
    pub right: f32,
    /// One for each column, with the characters in it.
    pub cells: Vec<Vec<Glyph>>,
}

/// Where the rules of a table are: from the left, and from the top.
#[derive(Debug)]
struct Grid {
    columns: Vec<f32>,
    rows: Vec<f32>,
    rules: Vec<Rule>,
}

/// Removes the characters of tables from a page.
pub fn take_rows(rules: Vec<Rule>, glyphs: &mut Vec<Glyph>) -> Vec<Row> {
    if rules.len() > MOST_RULES {
        return Vec::new();
    }
    let mut found = Vec::new();
    for grid in grids(rules) {
        let Some(mut cells) = grid.fill(glyphs) else {
            continue;
        };
        let columns = grid.columns.len() - 1;
        while !cells.is_empty() {
            let rest = cells.split_off(columns);
            found.push(Row {
                left: grid.columns[0],
                right: grid.columns[columns],
                cells: std::mem::replace(&mut cells, rest),
            });
        }
    }
    found
}

/// Groups rules that touch.
fn grids(rules: Vec<Rule>) -> Vec<Grid> {
    let rules = joined(rules);
    let mut group: Vec<usize> = (0..rules.len()).collect();
    fn root(group: &mut [usize], mut at: usize) -> usize {
        while group[at] != at {
            group[at] = group[group[at]];
            at = group[at];
        }
        at
    }
    for a in 0..rules.len() {
        for b in 0..a {
            if rules[a].touches(&rules[b]) {
                let (a, b) = (root(&mut group, a), root(&mut group, b));
                group[a] = b;
            }
        }
    }
    let mut grids = Vec::new();
    for first in 0..rules.len() {
        if root(&mut group, first) != first {
            continue;
        }
        let own: Vec<Rule> = (0..rules.len())
            .filter(|&at| root(&mut group, at) == first)
            .map(|at| rules[at])
            .collect();
        let mut columns = places(own.iter().filter(|rule| rule.upright).map(|rule| rule.at));
        // Tables are often open at their sides.
        let level = || own.iter().filter(|rule| !rule.upright);
        let left = level().map(|rule| rule.from).fold(f32::INFINITY, f32::min);
        let right = level().map(|rule| rule.to).fold(0.0, f32::max);
        if columns.first().is_some_and(|first| first - left > WIDE) {
            columns.insert(0, left);
        }
        if columns.last().is_some_and(|last| right - last > WIDE) {
            columns.push(right);
        }
        let mut rows = places(own.iter().filter(|rule| !rule.upright).map(|rule| rule.at));
        rows.reverse();
        // One column is a frame, and not a table.
        if columns.len() > 2 && rows.len() > 1 {
            grids.push(Grid {
                columns,
                rows,
                rules: own,
            });
        }
    }
    grids
}

/// Rules with pieces of one line joined.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| {
        let line = a.upright.cmp(&b.upright).then(a.at.total_cmp(&b.at));
        line.then(a.from.total_cmp(&b.from))
    });
    let mut joined: Vec<Rule> = Vec::new();
    for rule in rules {
        let same = joined.iter_mut().rev().take(60).find(|last| {
            last.upright == rule.upright
                && (last.at - rule.at).abs() < 1.0
                && rule.from < last.to + 1.0
                && last.from < rule.to + 1.0
        });
        match same {
            Some(last) => {
                last.to = last.to.max(rule.to);
                last.from = last.from.min(rule.from);
            }
            None => joined.push(rule),
        }
    }
    joined
}

/// Different places, in order.
fn places(all: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut all: Vec<f32> = all.collect();
    all.sort_by(f32::total_cmp);
    all.dedup_by(|next, last| *next - *last < NEAR);
    all
}

impl Rule {
    fn touches(&self, other: &Self) -> bool {
        let across = |a: &Self, b: &Self| {
            (a.from - NEAR..=a.to + NEAR).contains(&b.at)
                && (b.from - NEAR..=b.to + NEAR).contains(&a.at)
        };
        if self.upright == other.upright {
            // The boxes of two cells are side by side.
            (self.at - other.at).abs() < NEAR && self.from < other.to && other.from < self.to
        } else {
            across(self, other)
        }
    }
}

impl Grid {
    /// The cells row by row, each with its characters, which are taken out of `glyphs`;
    /// nothing unless two columns have any.
    fn fill(&self, glyphs: &mut Vec<Glyph>) -> Option<Vec<Vec<Glyph>>> {
        let columns = self.columns.len() - 1;
        let heads = self.heads();
        let place = |glyph: &Glyph| {
            let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y + glyph.size * 0.3);
            let column = self
                .columns
                .windows(2)
                .position(|pair| (pair[0]..pair[1]).contains(&x))?;
            let row = self
                .rows
                .windows(2)
                .position(|pair| y < pair[0] && y >= pair[1])?;
            Some(heads[row * columns + column])
        };
        let mut used: Vec<usize> = glyphs
            .iter()
            .filter(|glyph| !glyph.text.trim().is_empty())
            .filter_map(place)
            .map(|cell| cell % columns)
            .collect();
        used.sort_unstable();
        used.dedup();
        // A row that goes on from the page before may have a single cell with text.
        let least = if self.rows.len() > 3 { 2 } else { 1 };
        if used.len() < least {
            return None;
        }
        let mut cells = vec![Vec::new(); heads.len()];
        glyphs.retain(|glyph| match place(glyph) {
            Some(cell) => {
                cells[cell].push(glyph.clone());
                false
            }
            None => true,
        });
        Some(cells)
    }

    /// For every cell, the one that it is a part of.
    fn heads(&self) -> Vec<usize> {
        let (columns, rows) = (self.columns.len() - 1, self.rows.len() - 1);
        let mut heads: Vec<usize> = (0..columns * rows).collect();
        for row in 0..rows {
            for column in 0..columns {
                let x = (self.columns[column] + self.columns[column + 1]) / 2.0;
                let y = (self.rows[row] + self.rows[row + 1]) / 2.0;
                let at = row * columns + column;
                if column > 0 && !self.is_ruled(true, self.columns[column], y) {
                    heads[at] = heads[at - 1];
                } else if row > 0 && !self.is_ruled(false, self.rows[row], x) {
                    heads[at] = heads[at - columns];
                }
            }
        }
        heads
    }

    /// Whether there is a rule at `at` that passes through `through`.
    fn is_ruled(&self, upright: bool, at: f32, through: f32) -> bool {
        self.rules.iter().any(|rule| {
            rule.upright == upright
                && (rule.at - at).abs() < NEAR
                && (rule.from..=rule.to).contains(&through)
        })
    }
}
