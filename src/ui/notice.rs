//! What is said and too long for the last row: a box above it, until the next
//! key.

use super::paint::Pen;
use super::theme::{Glyphs, Theme};
use crate::app::App;
use crate::app::panes::Pane;
use crate::text::wrap::{self, Room};

/// What there is to say, and where.
pub enum Said<'a> {
    /// In the row of hints, where it is cut if there is no room elsewhere.
    InRow(&'a str),
    /// In rows above, with a rule over what they hide; without one the row of
    /// hints is the last of them.
    InBox { rows: Vec<&'a str>, rule: bool },
}

/// What just happened, or what is to be known of the selected item, which hides
/// nothing of the list that the item is in.
pub fn said<'a>(app: &'a App, pen: &Pen<'_>, hints: Pane) -> Option<Said<'a>> {
    let (columns, rows) = app.window.size;
    let picker = app.overlay.picker.as_ref();
    let (text, free) = match (&app.notice, picker) {
        (Some(notice), _) => (&**notice, None),
        (None, Some(picker)) => {
            let frame = picker.place(columns, rows, pen.ambiguous).frame;
            let free = (hints.y + 1).saturating_sub(frame.y + frame.rows);
            let label = || picker.cut_label(columns, rows, pen.ambiguous);
            (picker.remark().or_else(label)?, Some(usize::from(free)))
        }
        (None, None) => return None,
    };
    if fits(app, text, pen, hints) {
        return Some(Said::InRow(text));
    }
    let room = Room::even(hints.columns.saturating_sub(2).max(2));
    let rows = text.lines().flat_map(|line| {
        let rows = wrap::wrap(line, room, pen.ambiguous);
        rows.into_iter().map(move |bytes| line[bytes].trim_end())
    });
    let rows: Vec<&str> = rows.collect();
    Some(match free {
        Some(free) if rows.len() > free => Said::InRow(text),
        Some(_) => Said::InBox { rows, rule: false },
        None => Said::InBox { rows, rule: true },
    })
}

/// Whether something has room in the row of hints.
pub fn fits(app: &App, text: &str, pen: &Pen<'_>, hints: Pane) -> bool {
    let room = (hints.columns - 2).saturating_sub(room_of(&sign(app), pen));
    !text.contains('\n') && pen.width(text) <= room
}

/// That marks are not saved, as long as that is so; empty where they are.
pub fn sign(app: &App) -> String {
    let words = app.words();
    match &app.collection.unsaved {
        None => String::new(),
        Some(unsaved) if unsaved.marks == 0 => words.not_saving.to_owned(),
        Some(unsaved) => (words.unsaved)(unsaved.marks),
    }
}

/// Columns that a sign takes at the end of the row, with what is before it.
pub fn room_of(sign: &str, pen: &Pen<'_>) -> u16 {
    match pen.width(sign) {
        0 => 0,
        columns => columns + 2,
    }
}

/// Draws the box over the panes, above the row of hints, where there is one.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, hints: Pane) {
    let Some(Said::InBox { rows, rule }) = said(app, pen, hints) else {
        return;
    };
    let most = usize::from(hints.y.saturating_sub(1));
    let shown = rows.len().min(most);
    let y = hints.y + u16::from(!rule) - shown as u16;
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
    for (y, row) in (y..).zip(&rows[..shown]) {
        pen.text(pane.x + 1, y, pane.x + pane.columns, row, theme.notice);
    }
}
