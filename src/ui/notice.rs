//! A notice too long for the last row: a box above it, until the next key.

use super::paint::Pen;
use super::status_bar;
use super::theme::{Glyphs, Theme};
use crate::app::App;
use crate::app::panes::Pane;
use crate::text::wrap::{self, Room};

/// Draws the box over the panes, above the row of hints; nothing where the
/// notice has room in that row.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, hints: Pane) {
    let Some(notice) = &app.notice else { return };
    if status_bar::fits(notice, pen, hints) {
        return;
    }
    let room = Room::even(hints.columns.saturating_sub(2).max(2));
    let rows: Vec<&str> = notice
        .lines()
        .flat_map(|line| {
            let rows = wrap::wrap(line, room, pen.ambiguous);
            rows.into_iter().map(move |bytes| line[bytes].trim_end())
        })
        .collect();
    let most = usize::from(hints.y.saturating_sub(1));
    let shown = rows.len().min(most);
    let y = hints.y - shown as u16;
    let pane = Pane {
        y: y - 1,
        rows: shown as u16 + 1,
        ..hints
    };
    pen.blank(pane, theme.text);
    let glyph = Glyphs::new(app.settings.ascii).horizontal;
    pen.run(pane.x..pane.x + pane.columns, pane.y, glyph, theme.frame);
    for (y, row) in (y..).zip(&rows[..shown]) {
        pen.text(pane.x + 1, y, pane.x + pane.columns, row, theme.notice);
    }
}
