//! The lines between the panes, and what they carry.

use super::paint::Pen;
use super::theme::{Glyphs, Theme};
use crate::app::App;
use crate::app::panes::{Pane, Panes};

/// Draws the rules above and below the panes and the divider between them.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, panes: &Panes) {
    let glyphs = Glyphs::new(app.settings.ascii);
    if let Some(pane) = panes.divider {
        for y in pane.y..pane.y + pane.rows {
            pen.run(pane.x..pane.x + 1, y, glyphs.vertical, theme.frame);
        }
    }
    let divider = panes.divider.map(|pane| pane.x);
    if let Some(pane) = panes.top_rule {
        rule(pen, pane, &glyphs, divider, glyphs.tee_down, theme);
        if let Some(page) = panes.page {
            section(app, theme, pen, pane.y, page);
        }
    }
    if let Some(pane) = panes.bottom_rule {
        rule(pen, pane, &glyphs, divider, glyphs.tee_up, theme);
    }
}

/// The section in view stands in the rule over the page.
fn section(app: &App, theme: &Theme, pen: &mut Pen<'_>, y: u16, page: Pane) {
    let Some(heading) = section_in_view(app) else {
        return;
    };
    let (x, end) = (page.x + 2, page.x + page.columns - 2);
    let room = end.saturating_sub(x + 2);
    let x = pen.text(x, y, end, " ", theme.frame);
    let x = pen.cut(x, y, x + room, heading, theme.accent);
    pen.text(x, y, end, " ", theme.frame);
}

/// The heading of the section in view.
pub fn section_in_view(app: &App) -> Option<&str> {
    let (sheet, at) = app.page.sheet().zip(app.page.section())?;
    Some(sheet.set.heading(&sheet.set.sections()[at]))
}

fn rule(
    pen: &mut Pen<'_>,
    pane: Pane,
    glyphs: &Glyphs,
    divider: Option<u16>,
    tee: &str,
    theme: &Theme,
) {
    pen.run(0..pane.columns, pane.y, glyphs.horizontal, theme.frame);
    if let Some(x) = divider {
        pen.run(x..x + 1, pane.y, tee, theme.frame);
    }
}
