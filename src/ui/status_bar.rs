//! The last row: which keys can be pressed, and where the reader is.

use std::ops::Range;

use super::hint_row::{self, before_hints, find, is_quiet, least_line, placed};
use super::notice::{self, Said};
use super::paint::Pen;
use super::rules;
use super::theme::Theme;
use crate::app::action::Command;
use crate::app::hints::Hint;
use crate::app::panes::Pane;
use crate::app::picker::Picker;
use crate::app::{App, Find};
use crate::text::script::Script;

/// The right side of the row: a notice, a note on the query that has no room beside it, or the
/// position. The sign for unsaved marks follows at the very end.
struct Right {
    text: String,
    /// Whether it is a notice or a note.
    is_notice: bool,
    /// Columns that it takes.
    columns: Range<u16>,
}

/// Draws hints, or the search in the page, on the left, and a notice or the position on the right.
/// Returns the caret of a line being edited.
pub fn draw(
    app: &App,
    theme: &Theme,
    pen: &mut Pen<'_>,
    pane: Pane,
    note: Option<&str>,
) -> Option<(u16, u16)> {
    let right = right(app, pen, pane, note)?;
    let Range { start, end } = right.columns;
    pen.text(
        end + 2,
        pane.y,
        pane.columns,
        &notice::sign(app),
        theme.notice,
    );
    let style = if right.is_notice {
        theme.notice
    } else {
        theme.text
    };
    pen.cut(start, pane.y, end, &right.text, style);
    let mut caret = None;
    if let Some(find) = find(app) {
        let x = pen.text(1, pane.y, start, "/", theme.key) + 1;
        let end = before_hints(app, pen, start);
        let (bytes, column) = find.line.view(end.saturating_sub(x + 1), pen.ambiguous);
        pen.given(x, pane.y, end, &find.line.text()[bytes], theme.bar);
        caret = Some((x + column, pane.y));
    }
    for hint in placed(app, pen, start, &right.text) {
        let x = pen.text(hint.columns.start, pane.y, start, &hint.key, theme.key) + 1;
        pen.text(x, pane.y, start, hint.label, theme.dim);
    }
    caret
}

/// Returns the command whose hint is drawn at a column of the row.
pub fn command_at(
    app: &App,
    pen: &Pen<'_>,
    pane: Pane,
    note: Option<&str>,
    column: u16,
) -> Option<Command> {
    let right = right(app, pen, pane, note)?;
    let hints = placed(app, pen, right.columns.start, &right.text).into_iter();
    let hit = hints
        .into_iter()
        .find(|hint| hint.columns.contains(&column))?;
    // In a group, the key that was clicked decides; the label is for the first command.
    let of_key = hit.commands.iter().find(|(_, end)| column < *end);
    Some(of_key.or(hit.commands.first())?.0)
}

/// Returns the right side of the row; `None` if the row stays empty.
fn right(app: &App, pen: &Pen<'_>, pane: Pane, note: Option<&str>) -> Option<Right> {
    let told = match notice::said(app, pen, pane) {
        Some(Said::InRow(text)) => Some(text),
        Some(Said::InBox { .. }) | None => None,
    };
    let end = (pane.columns - 1).saturating_sub(notice::room_of(&notice::sign(app), pen));
    let (text, is_notice) = match told.or(note) {
        Some(notice) => (notice.to_owned(), true),
        None if is_quiet(app) => return None,
        None => (position(app, pen, end), false),
    };
    // The ways on and out matter more than a whole note.
    let least = hint_row::least(app, pen, hint_row::WAYS).clamp(1, end.max(1));
    let start = end.saturating_sub(pen.width(&text)).max(least);
    Some(Right {
        text,
        is_notice,
        columns: start..end,
    })
}

/// Returns the position, which is shown up to column `end` while there is no notice. The least
/// important parts are dropped if they would displace copying, citing and leaving or, in a row too
/// short for these, the hints that stay.
fn position(app: &App, pen: &Pen<'_>, end: u16) -> String {
    let mut parts = parts_of_position(app);
    // The percentage makes room for all hints.
    let all = hint_row::needed(app, pen) + pen.width(&texts(&parts)) > end;
    let short: Vec<(u8, String)> = parts
        .iter()
        .filter(|part| part.0 < PERCENT)
        .cloned()
        .collect();
    if all && !short.is_empty() && hint_row::needed(app, pen) + pen.width(&texts(&short)) <= end {
        parts = short;
    }
    let mut shorter = vec![texts(&parts)];
    while let Some(least) = parts.iter().map(|part| part.0).max() {
        parts.retain(|part| part.0 != least);
        shorter.push(texts(&parts));
    }
    let hints = app.hints();
    let through = |last: Option<usize>| {
        let hints = &hints[..last.map_or(0, |last| last + 1)];
        hint_row::behind(hints, pen, least_line(app)) + 1
    };
    let is_usual = |hint: &Hint| hint.is_of(Command::Cite) || hint.is_of(Command::Quit);
    let stays = hints.iter().rposition(|hint| hint.stays);
    let usual = hints.iter().rposition(is_usual).max(stays);
    let wanted = [
        through(usual),
        through(stays),
        hint_row::least(app, pen, hint_row::ALL),
    ];
    let fitting = wanted.into_iter().find_map(|wanted| {
        let fits = |text: &&String| wanted + pen.width(text) <= end;
        shorter.iter().filter(|text| !text.is_empty()).find(fits)
    });
    fitting.cloned().unwrap_or_default()
}

/// Priority for dropping the percentage: it goes first.
const PERCENT: u8 = 5;

fn texts(parts: &[(u8, String)]) -> String {
    let texts: Vec<&str> = parts.iter().map(|part| &*part.1).collect();
    texts.join("  ")
}

/// Returns the parts from left to right, each with its priority for being dropped: the highest goes
/// first.
fn parts_of_position(app: &App) -> Vec<(u8, String)> {
    let words = app.words();
    let mut parts = Vec::new();
    if app.overlay.picker.as_ref().is_some_and(Picker::toggles) {
        // The panel covers the filter line.
        parts.push((1, app.filter.text().to_owned()));
        let count = format!("{} / {}", app.list.hits().len(), app.corpus.len());
        parts.push((0, count));
        parts.retain(|part| !part.1.is_empty());
        return parts;
    }
    if let Some(view) = &app.overlay.view {
        return vec![(0, view.get().position(app))];
    }
    if !app.collection.selection.is_empty() {
        let selected = (words.selected)(app.collection.selection.len());
        parts.push((0, selected));
    }
    match app.settings.script.script {
        Script::Original => {}
        Script::Simplified => parts.push((3, words.simplified.to_owned())),
        Script::Traditional => parts.push((3, words.traditional.to_owned())),
    }
    if app.reading.raw {
        parts.push((2, words.raw.to_owned()));
    }
    if app.panes().is_none_or(|panes| panes.page.is_none()) {
        return parts;
    }
    if app.window.zen {
        parts.extend(rules::case_in_view(app).map(|id| (4, id.to_owned())));
    }
    if let Some(remark) = app.lens_remark() {
        parts.push((0, remark));
        return parts;
    }
    match app.page.counter() {
        None if app.reading.find.as_ref().is_some_and(Find::is_asked) => {
            parts.push((1, (words.matches)(0)));
        }
        None => {}
        Some((0, count)) => parts.push((1, (words.matches)(count))),
        Some((at, count)) => parts.push((1, (words.match_at)(at, count))),
    }
    if app.page.case().is_some() {
        parts.push((PERCENT, format!("{}%", app.page.percent())));
    }
    parts
}
