//! Lines of cells.

use ratatui::style::Modifier;

use crate::app::panes::Pane;
use crate::app::view::lines::{Line, Look};
use crate::ui::paint::Pen;
use crate::ui::theme::{Glyphs, Theme};

/// Draws lines from the top of a pane.
pub fn draw(lines: &[Line], theme: &Theme, glyphs: &Glyphs, pen: &mut Pen<'_>, pane: Pane) {
    let end = pane.x + pane.columns;
    for (y, line) in (pane.y..pane.y + pane.rows).zip(lines) {
        if line.is_selected {
            pen.run(pane.x..pane.x + 1, y, glyphs.selected, theme.accent);
        }
        for cell in &line.cells {
            let style = match cell.look {
                Look::Plain => theme.text,
                Look::Heading => theme.heading,
                Look::Note => theme.dim,
                Look::Value => theme.title,
                Look::Typed => theme.bar.add_modifier(Modifier::UNDERLINED),
                Look::Here => theme.current,
            };
            let x = pane.x + cell.x;
            if x < end {
                match cell.look {
                    Look::Typed => pen.given_cut(x, y, end, &cell.text, style),
                    _ => pen.cut(x, y, end, &cell.text, style),
                };
            }
        }
    }
}
