//! The last row: what can be pressed, and where the reader is.

use super::paint::Pen;
use super::theme::Theme;
use crate::app::App;
use crate::app::commands::Mode;
use crate::app::keymap;
use crate::app::panes::Pane;
use crate::text::script::Script;

/// Draws hints on the left, or what is being looked for in the page, and on the
/// right a notice or the position. Returns the caret of a line being edited.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) -> Option<(u16, u16)> {
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
    if let (Mode::Find, Some(find)) = (app.mode(), &app.find) {
        let x = pen.text(1, pane.y, start, "/", theme.key) + 1;
        let (bytes, caret) = find.line.view(start.saturating_sub(x + 1), pen.ambiguous);
        pen.text(x, pane.y, start, &find.line.text()[bytes], theme.bar);
        return Some((x + caret, pane.y));
    }
    hints(app, theme, pen, pane, start);
    None
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
            let key = keymap.keys(mode, row.command).next()?;
            let key = keymap::name(key);
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
    let words = app.words();
    let mut parts = Vec::new();
    if !app.chosen.is_empty() {
        parts.push(format!("{} {}", words.selected, app.chosen.len()));
    }
    match app.settings.script {
        Script::Original => {}
        Script::Simplified => parts.push(words.simplified.to_owned()),
        Script::Traditional => parts.push(words.traditional.to_owned()),
    }
    if app.raw {
        parts.push(words.raw.to_owned());
    }
    if let Some((at, count)) = app.page.counter() {
        parts.push(format!("{} {at}/{count}", words.matches));
    }
    if app.page.case().is_some() {
        parts.push(format!("{}%", app.page.percent()));
    }
    parts.join("  ")
}
