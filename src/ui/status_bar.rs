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

/// Keys with what they do, from the live map: the worthiest that fit, in the
/// order of the table.
fn hints(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane, end: u16) {
    let mode = app.mode();
    let keymap = &app.settings.keymap;
    let mut hints: Vec<Hint> = keymap
        .rows(mode)
        .filter_map(|row| {
            let (worth, label) = row.hint?;
            let key = keymap.keys(mode, row.command).next()?.to_string();
            let label = label.in_language(app.settings.language);
            let columns = pen.width(&key) + 1 + pen.width(label) + GAP;
            Some(Hint {
                worth,
                key,
                label,
                columns,
            })
        })
        .collect();
    let mut room = end.saturating_sub(1);
    let mut by_worth: Vec<(u8, u16)> = hints.iter().map(|h| (h.worth, h.columns)).collect();
    by_worth.sort_unstable();
    by_worth.retain(|&(_, columns)| {
        let fits = columns <= room;
        room -= if fits { columns } else { 0 };
        fits
    });
    hints.retain(|hint| by_worth.iter().any(|&(worth, _)| worth == hint.worth));
    let mut x = 1;
    for hint in hints {
        x = pen.text(x, pane.y, end, &hint.key, theme.key) + 1;
        x = pen.text(x, pane.y, end, hint.label, theme.dim) + GAP;
    }
}

/// Columns between hints.
const GAP: u16 = 2;

struct Hint {
    worth: u8,
    key: String,
    label: &'static str,
    columns: u16,
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
