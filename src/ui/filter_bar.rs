//! The filter line: what is searched for and how much was found.

use super::paint::Pen;
use super::theme::Theme;
use crate::app::App;
use crate::app::commands::Mode;
use crate::app::panes::Pane;

/// Draws the filter line and returns its caret while it is being edited.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) -> Option<(u16, u16)> {
    let editing = app.mode() == Mode::Filter;
    let count = count(app);
    let count_start = (pane.columns - 1).saturating_sub(pen.width(&count));
    pen.text(count_start, pane.y, pane.columns, &count, theme.text);
    let x = pen.text(1, pane.y, count_start, "/", theme.key) + 1;
    let room = count_start.saturating_sub(x + 1);
    if app.filter.is_empty() {
        let hint = app.words().search_hint;
        pen.text(x + u16::from(editing), pane.y, x + room, hint, theme.dim);
        return editing.then_some((x, pane.y));
    }
    let (bytes, caret) = app.filter.view(room, pen.ambiguous);
    let style = if editing { theme.bar } else { theme.text };
    pen.text(x, pane.y, x + room, &app.filter.text()[bytes], style);
    editing.then_some((x + caret, pane.y))
}

fn count(app: &App) -> String {
    format!("{} / {}", app.list.hits().len(), app.corpus.len())
}
