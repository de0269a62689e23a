//! Widgets: state and an area in, cells out. Nothing here changes state.

pub mod bar;
mod case_list;
mod filter_bar;
mod hint_row;
mod notice;
mod page;
mod paint;
mod picker;
mod rules;
mod shown;
mod status_bar;
pub mod theme;
mod title_bar;
mod title_page;
mod view;

use ratatui::buffer::Buffer;

use crate::app::App;
use crate::app::action::Command;
use crate::app::commands::Mode;
use crate::app::panes::Panes;
use crate::key::{Input, MouseKind};
use paint::Pen;
use theme::Theme;

/// Draws the whole screen at the size of the buffer. Returns the column and row of the caret while
/// a line is being edited.
pub fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let mut pen = Pen::new(buffer, app.settings.ambiguous).in_script(app.settings.script);
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
    let caret_in_view = panes
        .view
        .and_then(|pane| view::draw(app, theme, &mut pen, pane));
    if let Some(pane) = panes.list {
        case_list::draw(app, theme, &mut pen, pane);
    }
    if let Some(pane) = panes.page {
        page::draw(app, theme, &mut pen, pane);
    }
    let note = note_below(app, &pen, &panes);
    let caret_below = panes
        .hints
        .and_then(|pane| status_bar::draw(app, theme, &mut pen, pane, note.as_deref()));
    let caret = match &app.overlay.picker {
        Some(picker) => picker::draw(app, picker, theme, &mut pen),
        None => caret.or(caret_in_view).or(caret_below),
    };
    if let Some(pane) = panes.hints {
        notice::draw(app, theme, &mut pen, pane);
    }
    caret
}

/// What is on the screen besides the explorer.
#[derive(Clone, Debug)]
pub enum Shown {
    /// A bar with a text, and its number of rows, which the application leaves free.
    Bar(String, u16),
    /// A page that replaces everything else.
    Title(String),
}

/// Draws the screen with what is shown besides the explorer. Returns the caret as [`draw`] does.
pub fn draw_staged(
    app: &App,
    theme: &Theme,
    buffer: &mut Buffer,
    shown: &Shown,
) -> Option<(u16, u16)> {
    match shown {
        Shown::Title(title) => {
            title_page::draw(app, title, theme, buffer);
            None
        }
        Shown::Bar(text, rows) => {
            let caret = draw(app, theme, buffer);
            if *rows > 0 {
                bar::draw(text, *rows, theme, buffer, app.settings.ambiguous);
            }
            caret
        }
    }
}

/// Returns the command whose hint the user clicked; `None` for any other input.
pub fn hint_at(app: &App, input: &Input) -> Option<Command> {
    let Input::Mouse(mouse) = input else {
        return None;
    };
    let panes = app.panes()?;
    let pane = panes.hints?;
    if mouse.kind != MouseKind::Press || !pane.contains(mouse.column, mouse.row) {
        return None;
    }
    let mut none = Buffer::default();
    let pen = Pen::new(&mut none, app.settings.ambiguous);
    let note = note_below(app, &pen, &panes);
    status_bar::command_at(app, &pen, pane, note.as_deref(), mouse.column)
}

/// Returns the note on the query if it has no room beside the query.
fn note_below(app: &App, pen: &Pen<'_>, panes: &Panes) -> Option<String> {
    let is_asked = matches!(app.mode(), Mode::Filter | Mode::List);
    let pane = panes.filter.filter(|_| is_asked)?;
    filter_bar::note_below(app, pen, pane)
}

fn too_small(app: &App, theme: &Theme, pen: &mut Pen<'_>) {
    let (columns, rows) = app.window.size;
    if rows > 0 {
        pen.text(0, 0, columns, app.words().too_small, theme.text);
    }
}
