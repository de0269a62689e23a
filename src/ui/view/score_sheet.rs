//! A case, and a juror's score sheet for it.

use ratatui::style::{Modifier, Style};

use super::lines;
use crate::app::App;
use crate::app::panes::{Pane, text_columns};
use crate::app::view::score_sheet::ScoreSheet;
use crate::ui::page::row_style;
use crate::ui::paint::Pen;
use crate::ui::theme::{Glyphs, Theme};

/// Draws the case and the sheet. Returns the caret of a line that is being written.
pub fn draw(
    app: &App,
    view: &ScoreSheet,
    theme: &Theme,
    pen: &mut Pen<'_>,
    pane: Pane,
) -> Option<(u16, u16)> {
    let glyphs = Glyphs::new(app.settings.ascii);
    let (text, sheet) = view.parts();
    draw_case(app, view, theme, pen, text);
    if view.is_side_by_side() {
        let x = sheet.x - 1;
        for y in pane.y..pane.y + pane.rows {
            pen.run(x..x + 1, y, glyphs.vertical, theme.frame);
        }
    } else if sheet.y > pane.y {
        let y = sheet.y - 1;
        pen.run(
            pane.x..pane.x + pane.columns,
            y,
            glyphs.horizontal,
            theme.frame,
        );
    }
    let (rows, caret) = view.lines();
    lines::draw(rows, theme, &glyphs, pen, sheet);
    caret.map(|(line, x)| {
        let last = (sheet.x + sheet.columns).saturating_sub(1);
        ((sheet.x + x).min(last), sheet.y + line as u16)
    })
}

/// Draws the visible rows of the case, with the passage that the reader went to underlined.
fn draw_case(app: &App, view: &ScoreSheet, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let Some((set, top)) = view.text() else {
        return;
    };
    let room = text_columns(pane.columns);
    let measure = app.settings.measure.columns().min(room);
    let left = pane.x + (pane.columns - room) / 2 + (room - measure) / 2;
    let end = pane.x + pane.columns;
    let marked = view.marked(app);
    let underlined = Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD);
    for (y, at) in (pane.y..pane.y + pane.rows).zip(top..set.rows().len()) {
        let row = &set.rows()[at];
        let mark = set.row_mark(at);
        let x = left + row.indent - pen.width(&mark);
        let x = pen.text(x, y, end, &mark, theme.frame);
        let marks: Vec<_> = marked
            .filter(|place| place.block == row.block)
            .map_or(Vec::new(), |place| set.row_spans(at, &[place.span]))
            .into_iter()
            .map(|bytes| (bytes, underlined))
            .collect();
        let style = row_style(theme, row.role);
        pen.marked(x, y, end, set.row_text(at), style, &marks);
    }
}
