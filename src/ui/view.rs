//! The full-screen views, each drawn by a file of its own below `view/`.

use super::paint::Pen;
use super::theme::Theme;
use crate::app::App;
use crate::app::panes::Pane;

/// Draws the view that is open, and returns the place of its caret where it has one.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) -> Option<(u16, u16)> {
    let _ = (theme, pen, pane);
    match *app.overlay.view.as_ref()? {}
}
