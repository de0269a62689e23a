//! The picker: a list over the panes.

use super::paint::Pen;
use super::theme::{Glyphs, Theme};
use crate::app::App;
use crate::app::action::{Command, Motion};
use crate::app::commands::Mode;
use crate::app::keymap;
use crate::app::panes::Popup;
use crate::app::picker::{Picker, Placed, Shown};
use crate::text::width;
use crate::text::wrap::{self, Room};

/// Draws a picker in the middle of the screen and returns its caret.
pub fn draw(app: &App, picker: &Picker, theme: &Theme, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let (columns, rows) = app.window.size;
    let popup = picker.place(columns, rows, pen.ambiguous);
    let pane = popup.frame;
    pen.blank(pane, theme.text);
    border(app, picker, theme, pen, popup);
    items(app, picker, theme, pen, popup);
    preview(app, picker, theme, pen, popup);
    if picker.is_note() {
        return note(picker, theme, pen, popup);
    }
    let y = pane.y + 1;
    let sign = if picker.purpose.is_some() { ">" } else { "/" };
    let x = pen.text(pane.x + 2, y, pane.x + pane.columns, sign, theme.key) + 1;
    let (bytes, caret) = picker
        .line
        .view(pane.columns.saturating_sub(6), pen.ambiguous);
    pen.given(
        x,
        y,
        pane.x + pane.columns - 1,
        &picker.line.text()[bytes],
        theme.bar,
    );
    Some((x + caret, y))
}

/// Draws the rows of a note around its caret. Returns the place of the caret.
fn note(picker: &Picker, theme: &Theme, pen: &mut Pen<'_>, popup: Popup) -> Option<(u16, u16)> {
    let pane = popup.frame;
    let rows = picker
        .line
        .rows(pane.columns.saturating_sub(6), pen.ambiguous);
    let (row, column) = picker.line.caret_in(&rows, pen.ambiguous);
    let room = usize::from(popup.items) + 1;
    let first = (row + 1).saturating_sub(room);
    let end = pane.x + pane.columns - 1;
    let mut caret = None;
    for (y, (at, bytes)) in (pane.y + 1..).zip(rows.iter().enumerate().skip(first).take(room)) {
        if at == 0 {
            pen.text(pane.x + 2, y, end, ">", theme.key);
        }
        let x = pane.x + 4;
        pen.given(x, y, end, &picker.line.text()[bytes.clone()], theme.bar);
        if at == row {
            caret = Some((x + column, y));
        }
    }
    caret
}

fn items(app: &App, picker: &Picker, theme: &Theme, pen: &mut Pen<'_>, popup: Popup) {
    let glyphs = Glyphs::new(app.settings.ascii);
    let pane = popup.frame;
    let room = usize::from(popup.items);
    let keys = picker.key_columns(pane.columns, pen.ambiguous);
    let end = pane.x + pane.columns - 1;
    if picker.position().1 == 0 && room > 0 && !picker.is_empty() {
        let back = app.settings.keymap.keys(Mode::Picker, Command::Back);
        if let Some(back) = back.map(keymap::name).next() {
            let said = (app.words().no_item)(&back);
            pen.text(pane.x + 3, pane.y + 2, end, &said, theme.dim);
        }
    }
    let more = more_columns(picker, pen, pane.columns.saturating_sub(keys + 6));
    if picker.waits {
        pen.text(
            pane.x + 3,
            pane.y + 2,
            end,
            app.words().gathering,
            theme.dim,
        );
    }
    let mut before = None;
    for Placed { row, below, column } in picker.in_view(popup) {
        let y = pane.y + 2 + below;
        let columns = picker.columns_of(column, popup);
        let left = columns.start - 1;
        let (item, selected) = match row {
            Shown::Item(item, _, selected) => (item, selected),
            Shown::Heading(heading) => {
                pen.cut(left + 2, y, end, heading, theme.accent);
                continue;
            }
        };
        let style = if selected { theme.selected } else { theme.text };
        if selected {
            pen.run(left + 1..left + 2, y, glyphs.selected, theme.accent);
        }
        if let Some(short) = picker.short_label(item, popup) {
            // Each of four columns is narrow, and its letter is beside the sign.
            let (letter, label) = if columns.len() < 20 { (2, 4) } else { (3, 6) };
            pen.cut(left + letter, y, columns.end, &item.key, theme.key);
            pen.cut(left + label, y, columns.end, short, style);
            continue;
        }
        let x = left + 3;
        if !picker.grouped || before != Some(&item.key) {
            pen.cut(x, y, x + keys, &item.key, theme.key);
        }
        before = Some(&item.key);
        let x = x + keys + 2;
        let mut right = end;
        for (part, &columns) in item.more.iter().zip(&more).rev() {
            right -= columns + 2;
            pen.cut(right + 1, y, right + 1 + columns, part, theme.dim);
        }
        if item.is_given() {
            pen.given_cut(x, y, right, &item.label, style);
        } else {
            pen.cut(x, y, right, &item.label, style);
        }
    }
}

/// Returns the columns of each further part of the items: of as many parts, from the first on, as
/// fit in `room` beside a label.
fn more_columns(picker: &Picker, pen: &Pen<'_>, mut room: u16) -> Vec<u16> {
    let parts = picker.shown().map(|(item, _)| item.more.len()).max();
    let mut columns = Vec::new();
    for part in 0..parts.unwrap_or(0) {
        let widths = picker.shown().map(|(item, _)| {
            let text = item.more.get(part);
            text.map_or(0, |text| pen.width(text))
        });
        let widest = widths.max().unwrap_or(0);
        if room < widest + 2 + LEAST_LABEL {
            break;
        }
        room -= widest + 2;
        columns.push(widest);
    }
    columns
}

/// Minimum columns in which the names at the lower border are of use.
const LEAST_NAMES: u16 = 12;

/// Minimum columns of a label beside further parts: eight Han characters.
const LEAST_LABEL: u16 = 16;

/// Draws the selected item in full, as far as it fits. The text is cut before it is broken into
/// rows, so that a whole case costs no more than a reference.
fn preview(app: &App, picker: &Picker, theme: &Theme, pen: &mut Pen<'_>, popup: Popup) {
    let Some(text) = picker.preview().filter(|_| popup.preview > 0) else {
        return;
    };
    let pane = popup.frame;
    let (left, end) = (pane.x + 3, pane.x + pane.columns - 2);
    let rule = pane.y + 2 + popup.items;
    let glyph = Glyphs::new(app.settings.ascii).horizontal;
    pen.run(
        pane.x + 1..pane.x + pane.columns - 1,
        rule,
        glyph,
        theme.frame,
    );
    let columns = end.saturating_sub(left).max(1);
    let most = usize::from(columns) * usize::from(popup.preview + 1);
    let cut = text
        .char_indices()
        .nth(most)
        .map_or(text.len(), |(at, _)| at);
    let lines: Vec<&str> = text[..cut]
        .lines()
        .flat_map(|line| {
            let rows = wrap::wrap(line, Room::even(columns), pen.ambiguous);
            rows.into_iter().map(move |bytes| line[bytes].trim_end())
        })
        .collect();
    let shown = lines.len().min(usize::from(popup.preview));
    let more = cut < text.len() || lines.len() > shown;
    for (at, (y, line)) in (rule + 1..).zip(&lines[..shown]).enumerate() {
        if more && at + 1 == shown {
            // The mark is at the right edge, wherever the row ends.
            let row = format!("{line}{:1$}", "", usize::from(columns));
            let cut = width::truncate(&row, columns, pen.ambiguous);
            let x = pen.given(left, y, end, cut.text, theme.text);
            pen.given(x, y, end, cut.mark, theme.dim);
        } else {
            pen.given(left, y, end, line, theme.text);
        }
    }
}

fn border(app: &App, picker: &Picker, theme: &Theme, pen: &mut Pen<'_>, popup: Popup) {
    let pane = popup.frame;
    let glyphs = Glyphs::new(app.settings.ascii);
    let (left, right) = (pane.x, pane.x + pane.columns - 1);
    let (top, bottom) = (pane.y, pane.y + pane.rows - 1);
    for y in top..=bottom {
        pen.run(left..left + 1, y, glyphs.vertical, theme.focus);
        pen.run(right..right + 1, y, glyphs.vertical, theme.focus);
    }
    for y in [top, bottom]
        .into_iter()
        .take(1 + usize::from(popup.closed))
    {
        pen.run(left..right, y, glyphs.horizontal, theme.focus);
    }
    let places = [(left, top), (right, top), (left, bottom), (right, bottom)]
        .into_iter()
        .take(if popup.closed { 4 } else { 2 });
    for ((x, y), glyph) in places.zip(glyphs.corners) {
        pen.run(x..x + 1, y, glyph, theme.focus);
    }
    let title = picker.title.in_language(app.settings.language);
    let cases = picker.cases.map(app.words().cases);
    let with_count = |title: &str| match &cases {
        Some(cases) => format!(" {title}  {cases} "),
        None => format!(" {title} "),
    };
    let cut = picker.is_cut(popup);
    let end = if picker.counted || cut.contains(&true) {
        count(app, picker, theme, pen, popup, cut)
    } else {
        right - 1
    };
    // If there is no room, what is in brackets is dropped whole.
    let short = title.split(['（', '(']).next().unwrap_or(title).trim_end();
    let room = if popup.closed { right - 1 } else { end };
    let title = match with_count(title) {
        title if pen.width(&title) <= room.saturating_sub(left + 2) => title,
        _ => with_count(short),
    };
    let x = pen.cut(left + 2, top, room, &title, theme.bar);
    if picker.names.is_empty() {
        return;
    }
    // At the bottom, where a long title does not displace them.
    let (x, y) = if popup.closed {
        (left + 2, bottom)
    } else {
        (x, top)
    };
    if x + LEAST_NAMES < end + 2 {
        let names = format!(" {} ", picker.names);
        pen.cut(x, y, end, &names, theme.text);
    }
}

/// Draws the number of the selected item, and of all items, at the right of the lower border.
/// Before it are the keys that scroll, if `cut` reports hidden items above or below. Without a
/// lower border, only the number is drawn, in the upper one. Returns the column where the text
/// begins.
fn count(
    app: &App,
    picker: &Picker,
    theme: &Theme,
    pen: &mut Pen<'_>,
    popup: Popup,
    cut: [bool; 2],
) -> u16 {
    let bound = &app.settings.keymap;
    let ways = cut
        .into_iter()
        .zip([Motion::PageUp, Motion::PageDown])
        .filter(|way| way.0 && popup.closed);
    let keys = ways.filter_map(|(_, to)| bound.keys(Mode::Picker, Command::Move(to)).next());
    let (at, all) = picker.position();
    let count = format!("{} / {all}", (at + 1).min(all));
    let parts = keys.map(keymap::name).chain([count]);
    let text = format!(" {} ", parts.collect::<Vec<_>>().join("  "));
    let pane = popup.frame;
    let end = pane.x + pane.columns - 2;
    let start = end.saturating_sub(pen.width(&text)).max(pane.x + 1);
    let y = if popup.closed {
        pane.y + pane.rows - 1
    } else {
        pane.y
    };
    pen.text(start, y, end, &text, theme.text);
    start
}
