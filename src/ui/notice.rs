//! Notices that are too long for the last row: a box above it, until the next key.

use super::hint_row;
use super::paint::Pen;
use super::theme::{Glyphs, Theme};
use crate::app::App;
use crate::app::panes::Pane;
use crate::text::wrap::{self, Room};

/// A text to show, and where.
pub enum Said<'a> {
    /// In the row of hints, which has room for it.
    InRow(&'a str),
    /// In rows above the row of hints, with a rule above them if they cover the panes.
    InBox { rows: Vec<&'a str>, rule: bool },
}

/// Returns the text to show: the last notice, or the remark on the selected item of a picker, which
/// covers nothing of the picker.
pub fn said<'a>(app: &'a App, pen: &Pen<'_>, hints: Pane) -> Option<Said<'a>> {
    let (columns, rows) = app.window.size;
    let picker = app.overlay.picker.as_ref();
    let (text, free) = match (&app.notice, picker) {
        (Some(notice), _) => (&**notice, None),
        (None, Some(picker)) => {
            let frame = picker.place(columns, rows, pen.ambiguous).frame;
            let free = hints.y.saturating_sub(frame.y + frame.rows);
            let label = || picker.cut_label(columns, rows, pen.ambiguous);
            (picker.remark().or_else(label)?, Some(usize::from(free)))
        }
        (None, None) => return None,
    };
    if fits(app, text, pen, hints) {
        return Some(Said::InRow(text));
    }
    let rows = in_rows(text, hints.columns.saturating_sub(2).max(2), pen);
    match free {
        Some(0) => None,
        Some(_) => Some(Said::InBox { rows, rule: false }),
        None => Some(Said::InBox { rows, rule: true }),
    }
}

/// Breaks a text into rows of so many columns. Parts separated by a wide gap are kept whole if each
/// fits in a row.
fn in_rows<'a>(text: &'a str, columns: u16, pen: &Pen<'_>) -> Vec<&'a str> {
    let wrapped = |part: &'a str| {
        let rows = wrap::wrap(part, Room::even(columns), pen.ambiguous).into_iter();
        rows.map(move |bytes| part[bytes].trim_end())
    };
    let mut rows = Vec::new();
    for line in text.lines() {
        let mut rest = line;
        while pen.width(rest) > columns {
            let gaps = GAPS.iter().flat_map(|gap| rest.match_indices(gap));
            let fitting = gaps.filter(|(at, _)| pen.width(&rest[..*at]) <= columns);
            let Some((at, gap)) = fitting.max_by_key(|gap| gap.0) else {
                break;
            };
            rows.push(&rest[..at]);
            rest = &rest[at + gap.len()..];
        }
        rows.extend(wrapped(rest));
    }
    rows
}

/// Gaps between the parts of a text.
const GAPS: [&str; 2] = ["　", "  "];

/// Whether a text fits in the row of hints, beside the hints that stay.
pub fn fits(app: &App, text: &str, pen: &Pen<'_>, hints: Pane) -> bool {
    let taken = room_of(&sign(app), pen) + hint_row::least(app, pen, hint_row::ALL);
    let room = (hints.columns - 1).saturating_sub(taken);
    !text.contains('\n') && pen.width(text) <= room
}

/// Returns the sign that marks are not saved, or are being saved; empty if they are saved.
pub fn sign(app: &App) -> String {
    let words = app.words();
    match &app.collection.unsaved {
        None if app.collection.being_saved > 0 => words.being_saved.to_owned(),
        None => String::new(),
        Some(unsaved) if unsaved.marks == 0 => words.not_saving.to_owned(),
        Some(unsaved) => (words.unsaved)(unsaved.marks),
    }
}

/// Returns the columns of a sign at the end of the row, including the gap before it.
pub fn room_of(sign: &str, pen: &Pen<'_>) -> u16 {
    match pen.width(sign) {
        0 => 0,
        columns => columns + 2,
    }
}

/// Returns the first row for a box of `said` rows while a popup is open, and whether the box has a
/// rule above it. The box goes below the popup if there is room, otherwise over it, but not over
/// its line and its first item.
fn below_popup(app: &App, pen: &Pen<'_>, hints: Pane, said: usize) -> Option<(u16, bool)> {
    let (columns, rows) = app.window.size;
    let picker = app.overlay.picker.as_ref()?;
    let frame = picker.place(columns, rows, pen.ambiguous).frame;
    let (below, over) = (frame.y + frame.rows, frame.y + 4);
    let free = hints.y.saturating_sub(below);
    let has_room = usize::from(free) >= said || hints.y.saturating_sub(over) <= free;
    let is_below = app.notice.is_none() || has_room;
    Some(if is_below {
        (below, false)
    } else {
        (over, true)
    })
}

/// Draws the box over the panes, above the row of hints, if there is one.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, hints: Pane) {
    let Some(Said::InBox { rows, rule }) = said(app, pen, hints) else {
        return;
    };
    let (above, rule) = below_popup(app, pen, hints, rows.len()).unwrap_or((1, rule));
    let most = usize::from(hints.y.saturating_sub(above).max(1));
    let shown = rows.len().min(most);
    let y = hints.y - shown as u16;
    let pane = Pane {
        y: y - u16::from(rule),
        rows: shown as u16 + u16::from(rule),
        ..hints
    };
    pen.blank(pane, theme.text);
    if rule {
        let glyph = Glyphs::new(app.settings.ascii).horizontal;
        pen.run(pane.x..pane.x + pane.columns, pane.y, glyph, theme.frame);
    }
    let end = pane.x + pane.columns;
    for (at, (y, row)) in (y..).zip(&rows[..shown]).enumerate() {
        if at + 1 == shown && shown < rows.len() {
            pen.cut(
                pane.x + 1,
                y,
                end,
                &format!("{row}{}", rows[shown]),
                theme.notice,
            );
        } else {
            pen.text(pane.x + 1, y, end, row, theme.notice);
        }
    }
}
