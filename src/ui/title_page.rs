//! A title page at the start, until a key is pressed.

use ratatui::buffer::Buffer;

use super::paint::Pen;
use super::theme::{Glyphs, Theme};
use crate::app::App;
use crate::language::Label;
use crate::text::wrap::{self, Room};

const HOW_TO_GO_ON: Label = Label("按任意键开始", "press any key");

/// Maximum columns of a row of the title: longer rows are hard to read from afar.
const WIDEST: u16 = 60;

/// Draws the title in the middle of the screen, and the size of the library below it.
pub fn draw(app: &App, title: &str, theme: &Theme, buffer: &mut Buffer) {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let words = app.words();
    let mut pen = Pen::new(buffer, app.settings.ambiguous);
    let room = Room::even(columns.saturating_sub(4).clamp(2, WIDEST));
    let lines: Vec<&str> = wrap::wrap_heading(title, room, pen.ambiguous)
        .into_iter()
        .map(|bytes| title[bytes].trim_end())
        .collect();
    // A rule and two rows below the title, and one for the key.
    let height = (lines.len() as u16).saturating_add(6);
    let mut y = rows.saturating_sub(height) / 2;
    let mut centred = |y: u16, text: &str, style| {
        let x = columns.saturating_sub(pen.width(text)) / 2;
        if y < rows {
            pen.cut(x, y, columns, text, style);
        }
    };
    for line in lines {
        centred(y, line, theme.title);
        y = y.saturating_add(1);
    }
    let rule = Glyphs::new(app.settings.ascii).horizontal.repeat(12);
    centred(y.saturating_add(1), &rule, theme.frame);
    let held = [
        (words.cases)(app.corpus.len()),
        (words.documents)(app.corpus.documents.len()),
    ];
    // Nothing is known yet about a library that is still being read.
    if !app.corpus.is_empty() {
        centred(y.saturating_add(3), &held.join("  "), theme.dim);
    }
    let go_on = HOW_TO_GO_ON.in_language(app.settings.language);
    centred(rows.saturating_sub(2), go_on, theme.key);
}
