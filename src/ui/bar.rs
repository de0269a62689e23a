//! A bar below everything else: the task of a tour, or the text of a demo.

use std::ops::Range;

use ratatui::buffer::Buffer;

use super::paint::Pen;
use super::theme::Theme;
use crate::app::panes::{LEAST_ROWS, Pane};
use crate::text::width::Ambiguous;
use crate::text::wrap::{self, Room};

/// Returns the number of rows that the longest of some texts needs on a screen of so many columns
/// and rows. The explorer keeps its minimum.
pub fn height<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    (columns, rows): (u16, u16),
    ambiguous: Ambiguous,
) -> u16 {
    let texts = texts.into_iter().filter(|text| !text.is_empty());
    let most = texts
        .map(|text| lines(text, columns, ambiguous).len())
        .max();
    let most = u16::try_from(most.unwrap_or(0)).unwrap_or(u16::MAX);
    most.min(rows.saturating_sub(LEAST_ROWS))
}

/// Draws a text on the last `rows` rows.
pub fn draw(text: &str, rows: u16, theme: &Theme, buffer: &mut Buffer, ambiguous: Ambiguous) {
    let area = buffer.area;
    let pane = Pane {
        x: 0,
        y: area.height.saturating_sub(rows),
        columns: area.width,
        rows: rows.min(area.height),
    };
    let mut pen = Pen::new(buffer, ambiguous);
    pen.blank(pane, theme.selected);
    let lines = lines(text, pane.columns, ambiguous);
    let end = pane.columns.saturating_sub(1);
    for (at, bytes) in lines.iter().take(usize::from(pane.rows)).enumerate() {
        let y = pane.y + at as u16;
        // Text without a row of its own is cut at the end of the last row.
        let is_last = at + 1 == usize::from(pane.rows);
        let end_of_row = if is_last { text.len() } else { bytes.end };
        let row = text[bytes.start..end_of_row].trim_end();
        pen.cut(1, y, end, row, theme.selected);
    }
}

/// Returns the rows of a text as byte ranges, with a blank on each side.
fn lines(text: &str, columns: u16, ambiguous: Ambiguous) -> Vec<Range<usize>> {
    wrap::wrap(
        text,
        Room::even(columns.saturating_sub(2).max(2)),
        ambiguous,
    )
}
