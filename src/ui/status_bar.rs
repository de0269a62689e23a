//! The last row: what can be pressed, and where the reader is.

use super::notice::{self, Said};
use super::paint::Pen;
use super::rules;
use super::theme::Theme;
use crate::app::action::Command;
use crate::app::commands::Mode;
use crate::app::keymap;
use crate::app::panes::Pane;
use crate::app::picker::{Picker, Purpose};
use crate::app::{App, Find};
use crate::text::script::Script;
use crate::text::width;

/// Draws hints on the left, or what is being looked for in the page, and on the
/// right a notice, or a note on the query that found no room beside it, or the
/// position. Returns the caret of a line being edited.
pub fn draw(
    app: &App,
    theme: &Theme,
    pen: &mut Pen<'_>,
    pane: Pane,
    note: Option<&str>,
) -> Option<(u16, u16)> {
    let told = match notice::said(app, pen, pane) {
        Some(Said::InRow(text)) => Some(text),
        Some(Said::InBox { .. }) | None => None,
    };
    let is_quiet = app.zen && !app.settings.zen_hints && app.mode() == Mode::Page;
    let (right, style) = match told.or(note) {
        Some(notice) => (notice.to_owned(), theme.notice),
        None if is_quiet => return None,
        None => (position(app), theme.text),
    };
    let sign = notice::sign(app);
    let end = (pane.columns - 1).saturating_sub(notice::room_of(&sign, pen));
    pen.text(end + 2, pane.y, pane.columns, &sign, theme.notice);
    let right = width::truncate(&right, end.saturating_sub(1), pen.ambiguous);
    let start = end.saturating_sub(right.columns);
    let x = pen.text(start, pane.y, end, right.text, style);
    pen.text(x, pane.y, end, right.mark, style);
    if let (Mode::Find, Some(find)) = (app.mode(), &app.find) {
        let x = pen.text(1, pane.y, start, "/", theme.key) + 1;
        let (bytes, caret) = find.line.view(start.saturating_sub(x + 1), pen.ambiguous);
        pen.text(x, pane.y, start, &find.line.text()[bytes], theme.bar);
        return Some((x + caret, pane.y));
    }
    if !is_quiet {
        hints(app, theme, pen, pane, start);
    }
    None
}

/// Keys with what they do, from the live map: the worthiest that fit, in the
/// order of the table.
fn hints(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane, end: u16) {
    let mode = app.mode();
    let keymap = &app.settings.keymap;
    let hints = keymap.rows(mode).filter(|row| is_of_use(app, row.command));
    let hints: Vec<Hint> = hints
        .filter_map(|row| {
            let (worth, label) = row.hint?;
            let key = keymap.keys(mode, row.command).next()?;
            let key = keymap::name(key);
            let label = special(app, row.command)
                .unwrap_or_else(|| label.in_language(app.settings.language));
            let columns = pen.width(&key) + 1 + pen.width(label) + GAP;
            Some(Hint {
                worth,
                key,
                label,
                columns,
            })
        })
        .collect();
    let mut by_worth: Vec<&Hint> = hints.iter().collect();
    by_worth.sort_by_key(|hint| hint.worth);
    let mut room = end.saturating_sub(1);
    let mut least = 0;
    for hint in by_worth {
        if hint.columns > room {
            break;
        }
        room -= hint.columns;
        least = hint.worth;
    }
    let mut x = 1;
    for hint in hints.iter().filter(|hint| hint.worth <= least) {
        x = pen.text(x, pane.y, end, &hint.key, theme.key) + 1;
        x = pen.text(x, pane.y, end, hint.label, theme.dim) + GAP;
    }
}

/// Whether a command would do something now.
fn is_of_use(app: &App, command: Command) -> bool {
    match command {
        Command::Back => {
            app.mode() != Mode::List || !app.filter.is_empty() || !app.chosen.is_empty()
        }
        // A prompt has a line and nothing to move in.
        Command::Move(_) => match &app.picker {
            Some(picker) => picker.purpose.is_none() && !picker.is_empty(),
            None => app.page.case().is_some() || !app.offers().is_empty(),
        },
        // In the search line Esc does the same.
        Command::SwitchPane if app.zen || app.mode() == Mode::Filter => false,
        Command::Facets => !app.corpus.is_empty(),
        Command::Open => app.page.case().is_some() || !app.offers().is_empty(),
        Command::SwitchPane => app.page.case().is_some(),
        _ => !command.needs_case() || app.page.case().is_some(),
    }
}

/// What a command does here, where that is another thing than elsewhere.
fn special(app: &App, command: Command) -> Option<&'static str> {
    let words = app.words();
    match (command, &app.picker) {
        (Command::Choose, Some(picker)) if picker.purpose.is_some() => match picker.purpose {
            Some(Purpose::ExportPath(_) | Purpose::TextPath(_)) => Some(words.write),
            _ => Some(words.keep),
        },
        (Command::Choose, Some(picker)) if picker.toggles() => Some(words.tick),
        (Command::Back, Some(picker)) if picker.purpose.is_some() => Some(words.cancel),
        (Command::Open, None) if app.page.case().is_none() => Some(words.offer_help),
        (Command::SwitchPane, None) if app.mode() == Mode::Page => Some(words.to_list),
        (Command::Back, None) if app.mode() == Mode::Filter => Some(words.to_list),
        (Command::Back, None) if app.mode() == Mode::List => match app.filter.is_empty() {
            true => Some(words.deselect),
            false => Some(words.clear),
        },
        _ => None,
    }
}

/// Columns between hints.
const GAP: u16 = 2;

struct Hint {
    worth: u8,
    key: String,
    label: &'static str,
    columns: u16,
}

fn position(app: &App) -> String {
    let words = app.words();
    let mut parts = Vec::new();
    if app.picker.as_ref().is_some_and(Picker::toggles) {
        // The panel lies over the filter line.
        parts.push(app.filter.text().to_owned());
        parts.push(format!("{} / {}", app.list.hits().len(), app.corpus.len()));
        parts.retain(|part| !part.is_empty());
        return parts.join("  ");
    }
    if !app.chosen.is_empty() {
        parts.push((words.selected)(app.chosen.len()));
    }
    match app.settings.script.script {
        Script::Original => {}
        Script::Simplified => parts.push(words.simplified.to_owned()),
        Script::Traditional => parts.push(words.traditional.to_owned()),
    }
    if app.raw {
        parts.push(words.raw.to_owned());
    }
    if app.panes().is_none_or(|panes| panes.page.is_none()) {
        return parts.join("  ");
    }
    if app.zen {
        parts.extend(rules::case_in_view(app).map(str::to_owned));
    }
    match app.page.counter() {
        None if app.find.as_ref().is_some_and(Find::is_asked) => {
            parts.push((words.matches)(0));
        }
        None => {}
        Some((0, count)) => parts.push((words.matches)(count)),
        Some((at, count)) => parts.push((words.match_at)(at, count)),
    }
    if app.page.case().is_some() {
        parts.push(format!("{}%", app.page.percent()));
    }
    parts.join("  ")
}
