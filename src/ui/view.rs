//! The full-screen views, each drawn by its own file below `view/`.

mod compare;
mod lines;
mod overview;
mod score_sheet;
mod tally;

use super::paint::Pen;
use super::theme::Theme;
use crate::app::App;
use crate::app::panes::Pane;
use crate::app::view::View;

/// Draws the open view. Returns the place of its caret if it has one.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) -> Option<(u16, u16)> {
    match app.overlay.view.as_ref()? {
        View::Overview(overview) => overview::draw(app, overview, theme, pen, pane),
        View::Compare(compare) => compare::draw(app, compare, theme, pen, pane),
        View::Tally(tally) => tally::draw(app, tally, theme, pen, pane),
        View::ScoreSheet(sheet) => return score_sheet::draw(app, sheet, theme, pen, pane),
    }
    None
}
