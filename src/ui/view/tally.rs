//! The tally of a round.

use super::lines;
use crate::app::App;
use crate::app::panes::Pane;
use crate::app::view::tally::Tally;
use crate::ui::paint::Pen;
use crate::ui::theme::{Glyphs, Theme};

/// Draws the lines in view.
pub fn draw(app: &App, tally: &Tally, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let glyphs = Glyphs::new(app.settings.ascii);
    lines::draw(tally.visible(), theme, &glyphs, pen, pane);
}
