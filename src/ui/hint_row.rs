//! Hints in the last row: which of them fit, and where.

use std::ops::Range;

use super::paint::Pen;
use crate::app::action::Command;
use crate::app::commands::Mode;
use crate::app::hints::Hint;
use crate::app::{App, Find};

/// Returns the search in the page while its line is being edited in this row.
pub fn find(app: &App) -> Option<&Find> {
    let find = app.reading.find.as_ref();
    find.filter(|_| app.mode() == Mode::Find)
}

/// Whether only the page is shown, without hints.
pub fn is_quiet(app: &App) -> bool {
    app.window.zen && !app.settings.zen_hints && app.mode() == Mode::Page
}

/// Columns between hints.
const GAP: u16 = 2;

/// Minimum columns of a line edited in this row.
const LEAST_LINE: u16 = 10;

/// Columns taken by the prompt sign, the caret after the text, and one blank on each side.
const AROUND_LINE: u16 = 5;

/// A hint, and its columns in the row.
pub struct Placed {
    /// Commands, each with the column after its key.
    pub commands: Vec<(Command, u16)>,
    pub key: String,
    pub label: &'static str,
    pub columns: Range<u16>,
}

/// Returns the column where the edited line ends and the hints begin; 0 without such a line. The
/// line gets whatever the hints leave free, or what it needs, up to half of the row. `end` is the
/// column where the row ends.
pub fn before_hints(app: &App, pen: &Pen<'_>, end: u16) -> u16 {
    find(app).map_or(0, |find| {
        let left = end.saturating_sub(behind(&app.hints(), pen, 2));
        let needed = pen.width(find.line.text()) + AROUND_LINE;
        left.max(needed).max(LEAST_LINE).min(end / 2)
    })
}

/// Returns the hints that fit before column `end`, most important first, except those that `beside`
/// names. If the hints that stay on every screen do not fit, they lose their labels, the last one
/// first.
pub fn placed(app: &App, pen: &Pen<'_>, end: u16, beside: &str) -> Vec<Placed> {
    if is_quiet(app) {
        return Vec::new();
    }
    let is_named = |hint: &Hint| beside.contains(&format!("{} {}", hint.key, hint.label));
    let mut hints = app.hints();
    hints.retain(|hint| !is_named(hint));
    let start = before_hints(app, pen, end) + 1;
    let mut stay: Vec<Hint> = hints.iter().filter(|hint| hint.stays).cloned().collect();
    let all = stay.len();
    let mut labelled = all;
    while labelled > 0 && behind(&stay, pen, start) >= end {
        labelled -= 1;
        stay[labelled].label = "";
    }
    if labelled < all {
        while behind(&stay, pen, start) >= end && stay.pop().is_some() {}
        return in_row(&stay, pen, start, end);
    }
    hints = reachable(hints, pen, start, end);
    in_row(&hints, pen, start, end)
}

/// Drops hints that are also in the menu, the least important first, until all others fit. If the
/// others do not fit alone, nothing is dropped: the most important hints are placed first.
fn reachable(hints: Vec<Hint>, pen: &Pen<'_>, start: u16, end: u16) -> Vec<Hint> {
    let (held, own): (Vec<Hint>, Vec<Hint>) = hints.iter().cloned().partition(|hint| hint.in_menu);
    let mut x = behind(&own, pen, start);
    if x >= end {
        return hints;
    }
    let fits = |hint: &Hint| {
        let columns = behind(std::slice::from_ref(hint), pen, GAP);
        let room = x + columns < end;
        x += if room { columns } else { 0 };
        room
    };
    let mut fits = fits;
    let held: Vec<Hint> = held.into_iter().filter(|hint| fits(hint)).collect();
    let is_placed = |hint: &Hint| !hint.in_menu || held.contains(hint);
    hints.into_iter().filter(is_placed).collect()
}

/// Returns the column after the last of some hints that begin at `start`.
pub fn behind(hints: &[Hint], pen: &Pen<'_>, start: u16) -> u16 {
    let hints = in_row(hints, pen, start, u16::MAX);
    hints.last().map_or(start, |hint| hint.columns.end)
}

/// Places the hints that fit before column `end`, one after another.
fn in_row(hints: &[Hint], pen: &Pen<'_>, mut x: u16, end: u16) -> Vec<Placed> {
    let mut placed = Vec::new();
    for hint in hints {
        let label = match pen.width(hint.label) {
            0 => 0,
            columns => columns + 1,
        };
        let behind = x + pen.width(&hint.key) + label;
        if behind < end {
            let place =
                |&(command, end): &(Command, usize)| (command, x + pen.width(&hint.key[..end]));
            placed.push(Placed {
                commands: hint.commands.iter().map(place).collect(),
                key: hint.key.clone(),
                label: hint.label,
                columns: x..behind,
            });
            x = behind + GAP;
        }
    }
    placed
}

/// Returns the columns needed by all hints that are not in the menu.
pub fn needed(app: &App, pen: &Pen<'_>) -> u16 {
    let mut hints = app.hints();
    hints.retain(|hint| !hint.in_menu);
    behind(&hints, pen, least_line(app)) + 1
}

/// Number of hints for the way on and the way out, of those that stay on every screen.
pub const WAYS: usize = 2;

/// Number of all hints that stay on every screen: the way on, the way out and the help.
pub const ALL: usize = 3;

/// Returns the columns reserved for the first `count` hints that stay on every screen, without
/// their labels.
pub fn least(app: &App, pen: &Pen<'_>, count: usize) -> u16 {
    if is_quiet(app) {
        return 0;
    }
    let hints = app.hints().into_iter().filter(|hint| hint.stays);
    let bare: Vec<Hint> = hints
        .map(|hint| Hint { label: "", ..hint })
        .take(count)
        .collect();
    behind(&bare, pen, least_line(app)) + 1
}

/// Returns the minimum columns of a line edited in this row; 1 if there is none.
pub fn least_line(app: &App) -> u16 {
    find(app).map_or(1, |_| LEAST_LINE)
}
