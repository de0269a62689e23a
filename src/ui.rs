//! Widgets: state and area in, cells out. Nothing here changes state.

mod case_list;
mod filter_bar;
mod notice;
mod page;
mod paint;
mod picker;
mod rules;
mod shown;
mod status_bar;
pub mod theme;
mod title_bar;

use ratatui::buffer::Buffer;

use crate::app::App;
use crate::app::commands::Mode;
use paint::Pen;
use theme::Theme;

/// Draws the whole screen, whose size is the buffer's. Returns where the caret
/// stands, as column and row, when a line is being edited.
pub fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let mut pen = Pen::new(buffer, app.settings.ambiguous);
    let Some(panes) = app.panes() else {
        too_small(app, theme, &mut pen);
        return None;
    };
    if let Some(pane) = panes.title {
        title_bar::draw(app, theme, &mut pen, &panes, pane);
    }
    let caret = panes
        .filter
        .and_then(|pane| filter_bar::draw(app, theme, &mut pen, pane));
    rules::draw(app, theme, &mut pen, &panes);
    if let Some(pane) = panes.list {
        case_list::draw(app, theme, &mut pen, pane);
    }
    if let Some(pane) = panes.page {
        page::draw(app, theme, &mut pen, pane);
    }
    let filter = panes
        .filter
        .filter(|_| matches!(app.mode(), Mode::Filter | Mode::List));
    let note = filter.and_then(|pane| filter_bar::note_below(app, &pen, pane));
    let caret_below = panes
        .hints
        .and_then(|pane| status_bar::draw(app, theme, &mut pen, pane, note.as_deref()));
    let caret = match &app.picker {
        Some(picker) => picker::draw(app, picker, theme, &mut pen),
        None => caret.or(caret_below),
    };
    if let Some(pane) = panes.hints {
        notice::draw(app, theme, &mut pen, pane);
    }
    caret
}

fn too_small(app: &App, theme: &Theme, pen: &mut Pen<'_>) {
    let (columns, rows) = app.screen;
    if rows > 0 {
        pen.text(0, 0, columns, app.words().too_small, theme.text);
    }
}
