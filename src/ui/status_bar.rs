//! The last row: what can be pressed, and where the reader is.

use super::paint::Pen;
use super::theme::Theme;
use crate::app::App;
use crate::app::panes::Pane;

/// Draws hints on the left and, on the right, a notice or the position.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let right = match &app.notice {
        Some(notice) => notice.clone(),
        None => position(app),
    };
    let style = if app.notice.is_some() {
        theme.notice
    } else {
        theme.text
    };
    let start = pane.columns.saturating_sub(pen.width(&right) + 1);
    pen.text(start, pane.y, pane.columns, &right, style);
    hints(app, theme, pen, pane, start);
}

/// Keys with what they do, from the live map, as many as fit whole.
fn hints(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane, end: u16) {
    let mode = app.mode();
    let keymap = &app.settings.keymap;
    let mut x = 1;
    for row in keymap.rows(mode) {
        let Some(hint) = row.hint else { continue };
        let Some(key) = keymap.keys(mode, row.command).next() else {
            continue;
        };
        let key = key.to_string();
        let hint = hint.in_language(app.settings.language);
        if x + pen.width(&key) + 1 + pen.width(hint) + 2 > end {
            continue;
        }
        x = pen.text(x, pane.y, end, &key, theme.key) + 1;
        x = pen.text(x, pane.y, end, hint, theme.dim) + 2;
    }
}

fn position(app: &App) -> String {
    let mut parts = Vec::new();
    if let Some((at, count)) = app.page.counter() {
        parts.push(format!("{} {at}/{count}", app.words().matches));
    }
    if app.page.case().is_some() {
        parts.push(format!("{}%", app.page.percent()));
    }
    parts.join("  ")
}
