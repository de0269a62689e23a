//! Cases side by side.

use ratatui::style::Modifier;

use crate::app::App;
use crate::app::panes::Pane;
use crate::app::view::compare::{Compare, Look, Row};
use crate::ui::paint::Pen;
use crate::ui::theme::{Glyphs, Theme};

/// Draws the rows in view.
pub fn draw(app: &App, compare: &Compare, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let glyphs = Glyphs::new(app.settings.ascii);
    let end = pane.x + pane.columns;
    for (y, row) in (pane.y..pane.y + pane.rows).zip(compare.visible()) {
        let cells = match row {
            Row::Head(name) => {
                pen.run(pane.x..end, y, glyphs.horizontal, theme.frame);
                let name = format!(" {name} ");
                pen.cut(pane.x + 1, y, end, &name, theme.heading);
                continue;
            }
            Row::Cells(cells) => cells,
        };
        if compare.is_side_by_side() {
            for at in 1..compare.cases().len() {
                let x = pane.x + compare.column(at).0 - 2;
                pen.run(x..x + 1, y, glyphs.vertical, theme.frame);
            }
        }
        for (at, text) in cells {
            let (x, columns) = compare.column(*at);
            let x = pane.x + x;
            let is_selected = *at == compare.selected();
            let style = match text.look {
                Look::Plain | Look::Figure => theme.text,
                Look::Title if is_selected => theme.title.add_modifier(Modifier::UNDERLINED),
                Look::Title => theme.title,
                Look::Heading => theme.heading_below,
                Look::Note => theme.dim,
            };
            if is_selected && text.look == Look::Title {
                pen.run(x - 1..x, y, glyphs.selected, theme.accent);
            }
            if !compare.is_side_by_side() && compare.cases().len() > 1 && text.look != Look::Title {
                // If cases are below one another, a number identifies each text's case.
                let number = (at + 1).to_string();
                pen.text(x - 2, y, end, &number, theme.dim);
            }
            let end = (x + columns).min(end);
            match text.look {
                Look::Note => pen.cut(x, y, end, &text.text, style),
                _ => pen.given_cut(x, y, end, &text.text, style),
            };
        }
    }
}
