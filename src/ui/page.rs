//! The case that is being read.

use std::ops::Range;

use ratatui::style::{Modifier, Style};

use super::paint::Pen;
use super::theme::{Glyphs, Theme};
use crate::app::panes::Pane;
use crate::app::{App, text_columns};
use crate::typeset::{Row, RowRole};

/// Draws the rows in view and the scrollbar.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let room = text_columns(pane.columns);
    let measure = app.settings.measure.min(room);
    let x = pane.x + (pane.columns - room) / 2 + (room - measure) / 2;
    let end = pane.x + pane.columns - 1;
    for (y, row) in (pane.y..).zip(app.page.visible()) {
        let block = &app.page.set().blocks[row.block as usize];
        let text = &block.text[row.bytes.clone()];
        let marks = marks(app, theme, row);
        pen.marked(x + row.indent, y, end, text, row_style(row, theme), &marks);
    }
    scrollbar(app, theme, pen, pane);
}

/// What the query matches in a row, as bytes of the row's text, with the match
/// that the reader stands on told from the others.
fn marks(app: &App, theme: &Theme, row: &Row) -> Vec<(Range<usize>, Style)> {
    let set = app.page.set();
    let here = app.page.current().filter(|place| place.block == row.block);
    let here = here.map(|place| set.row_spans(row, &[place.span]));
    let here = here.and_then(|ranges| ranges.into_iter().next());
    let spans = set.row_spans(row, app.page.marks(row.block)).into_iter();
    let style = |bytes: &Range<usize>| match here.as_ref() == Some(bytes) {
        true => theme.current,
        false => theme.matched,
    };
    spans
        .map(|bytes| {
            let style = style(&bytes);
            (bytes, style)
        })
        .collect()
}

fn row_style(row: &Row, theme: &Theme) -> Style {
    match row.role {
        RowRole::Title => theme.title,
        RowRole::Byline => theme.accent,
        RowRole::Source => theme.dim,
        RowRole::Heading(1) => theme.heading,
        RowRole::Heading(_) => theme.heading_below,
        RowRole::Caption => theme.caption,
        RowRole::Paragraph | RowRole::Blank => theme.text,
    }
}

/// In the last column of the pane, where no text stands.
fn scrollbar(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let rows = app.page.set().rows.len();
    let height = usize::from(pane.rows);
    if rows <= height {
        return;
    }
    let length = (height * height / rows).max(1);
    let most = height - length;
    let start = app.page.top() * most / (rows - height);
    let glyph = Glyphs::new(app.settings.ascii).thumb;
    let x = pane.x + pane.columns - 1;
    for y in start..start + length {
        let style = theme.frame.remove_modifier(Modifier::BOLD);
        pen.run(x..x + 1, pane.y + y as u16, glyph, style);
    }
}
