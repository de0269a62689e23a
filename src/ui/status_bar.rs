//! The last row: what can be pressed, and where the reader is.

use std::ops::Range;

use super::notice::{self, Said};
use super::paint::Pen;
use super::rules;
use super::theme::Theme;
use crate::app::action::{Command, Motion};
use crate::app::commands::Mode;
use crate::app::keymap;
use crate::app::panes::Pane;
use crate::app::picker::{Picker, Purpose};
use crate::app::words::Label;
use crate::app::{App, Find};
use crate::key::Key;
use crate::text::script::Script;

/// What is at the right of the row: a notice, or a note on the query that found no
/// room beside it, or the position. At the very end a sign that marks are not saved.
struct Right {
    text: String,
    /// Whether it is something to be noticed.
    is_notice: bool,
    /// Where it begins and ends, in columns.
    columns: Range<u16>,
}

/// Draws hints on the left, or what is being looked for in the page, and on the
/// right what there is to say. Returns the caret of a line being edited.
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
    if let (Mode::Find, Some(find)) = (app.mode(), &app.reading.find) {
        let x = pen.text(1, pane.y, start, "/", theme.key) + 1;
        let (bytes, caret) = find.line.view(start.saturating_sub(x + 1), pen.ambiguous);
        pen.given(x, pane.y, start, &find.line.text()[bytes], theme.bar);
        return Some((x + caret, pane.y));
    }
    for hint in hints(app, pen, start, right.is_notice) {
        let x = pen.text(hint.columns.start, pane.y, start, &hint.key, theme.key) + 1;
        pen.text(x, pane.y, start, hint.label, theme.dim);
    }
    None
}

/// The command whose hint is drawn at a column of the row.
pub fn command_at(
    app: &App,
    pen: &Pen<'_>,
    pane: Pane,
    note: Option<&str>,
    column: u16,
) -> Option<Command> {
    let right = right(app, pen, pane, note).filter(|_| app.mode() != Mode::Find)?;
    let hints = hints(app, pen, right.columns.start, right.is_notice).into_iter();
    let mut hit = hints.filter(|hint| hint.columns.contains(&column));
    Some(hit.next()?.command)
}

/// `None` where the row is to stay empty.
fn right(app: &App, pen: &Pen<'_>, pane: Pane, note: Option<&str>) -> Option<Right> {
    let told = match notice::said(app, pen, pane) {
        Some(Said::InRow(text)) => Some(text),
        Some(Said::InBox { .. }) | None => None,
    };
    let is_quiet = is_quiet(app);
    let end = (pane.columns - 1).saturating_sub(notice::room_of(&notice::sign(app), pen));
    let (text, is_notice) = match told.or(note) {
        Some(notice) => (notice.to_owned(), true),
        None if is_quiet => return None,
        None => (position(app, pen, end), false),
    };
    let start = end.saturating_sub(pen.width(&text)).max(1);
    Some(Right {
        text,
        is_notice,
        columns: start..end,
    })
}

/// Whether the page alone is shown without hints.
fn is_quiet(app: &App) -> bool {
    app.window.zen && !app.settings.zen_hints && app.mode() == Mode::Page
}

/// Keys with what they do, from the live map: the most useful first, as many as fit
/// before a column. A notice takes much of the row and goes with the next key: where it
/// would push out copying and citing, going back and leaving are left out before them.
fn hints(app: &App, pen: &Pen<'_>, end: u16, beside_notice: bool) -> Vec<Hint> {
    if is_quiet(app) {
        return Vec::new();
    }
    let rows = app.settings.keymap.rows(app.mode());
    let view = app.view_with_keys();
    let mut rows: Vec<(u8, Label, Command)> = rows
        .filter_map(|row| {
            let further = || app.further_hint(row.command);
            let hint = in_place(app, row.command).or(row.hint);
            let (worth, label) = hint.or_else(further)?;
            let label = match view {
                Some(view) => view.get().hint(row.command, label)?,
                None => Some(label).filter(|_| is_of_use(app, row.command))?,
            };
            Some((worth, label, row.command))
        })
        .collect();
    rows.sort_by_key(|row| row.0);
    let hints = with_way_out(app, pen, end, &mut rows);
    let is_wanted = rows.iter().any(|row| row.2 == Command::Cite);
    let is_there = hints.iter().any(|hint| hint.command == Command::Cite);
    if !beside_notice || !is_wanted || is_there {
        return hints;
    }
    rows.retain(|row| !matches!(row.2, Command::Back | Command::Quit));
    placed(app, pen, end, &rows)
}

/// As many of the hints as fit before a column, with a way out beside the first of them
/// where there is room for two.
fn with_way_out(
    app: &App,
    pen: &Pen<'_>,
    end: u16,
    rows: &mut Vec<(u8, Label, Command)>,
) -> Vec<Hint> {
    let is_out = |command| matches!(command, Command::Back | Command::Quit);
    let leads_out = |hints: &[Hint]| hints.iter().any(|hint| is_out(hint.command));
    let hints = placed(app, pen, end, rows);
    let Some(at) = rows.iter().position(|row| is_out(row.2)) else {
        return hints;
    };
    if leads_out(&hints) {
        return hints;
    }
    // At 24 columns Enter and another key would leave none.
    for before in (1..hints.len()).rev() {
        let mut sooner = rows.clone();
        let way = sooner.remove(at);
        let last = sooner.iter().position(|row| row.2 == hints[before].command);
        sooner.insert(last.unwrap_or(0), way);
        let placed = placed(app, pen, end, &sooner);
        if leads_out(&placed) {
            *rows = sooner;
            return placed;
        }
    }
    hints
}

/// As many of the hints as fit before a column.
fn placed(app: &App, pen: &Pen<'_>, end: u16, rows: &[(u8, Label, Command)]) -> Vec<Hint> {
    let mut hints = Vec::new();
    let mut x = 1;
    for &(_, label, command) in rows {
        let Some(key) = key(app, command) else {
            continue;
        };
        let label =
            special(app, command).unwrap_or_else(|| label.in_language(app.settings.language));
        let behind = x + pen.width(&key) + 1 + pen.width(label);
        if behind < end {
            hints.push(Hint {
                command,
                key,
                label,
                columns: x..behind,
            });
            x = behind + GAP;
        }
    }
    hints
}

/// The hint of a command where it does something that it is made for.
fn in_place(app: &App, command: Command) -> Option<(u8, Label)> {
    let in_table = app.mode() == Mode::Picker;
    match command {
        // Whoever just came finds the letters first, and what to take along.
        Command::Quit if app.letters_search() => Some((7, Label("退出", "quit"))),
        Command::Sort if in_table => Some((2, Label("排序", "sort"))),
        Command::Export if in_table => Some((2, Label("导出", "export"))),
        Command::NextMatch if app.reading.lens.is_some() => Some((0, Label("下一处", "next"))),
        Command::Evidence if app.reading.is_marking_evidence() => {
            Some((1, Label("关闭标注", "marks off")))
        }
        _ => None,
    }
}

/// The key of a command as its hint shows it.
fn key(app: &App, command: Command) -> Option<String> {
    let (mode, keymap) = (app.mode(), &app.settings.keymap);
    // Some terminals keep F1 and F10 for themselves.
    let is_taken = |key: &Key| matches!(key, Key::F(1 | 10));
    let first = |command| app.keys_now(command).find(|key| !is_taken(key));
    let key = first(command)?;
    let up = Command::Move(Motion::Up);
    Some(match command {
        Command::Move(Motion::Down) if (key, first(up)) == (Key::Down, Some(Key::Up)) => {
            app.words().up_and_down.to_owned()
        }
        Command::Search if app.letters_search() => app.words().typing.to_owned(),
        // An empty search line takes the key of the list for it.
        Command::Help if mode == Mode::Filter && app.filter.is_empty() => {
            keymap::name(keymap.keys(Mode::List, command).next().unwrap_or(key))
        }
        _ => keymap::name(key),
    })
}

/// Whether a command would do something now.
fn is_of_use(app: &App, command: Command) -> bool {
    match command {
        Command::Back => {
            app.mode() != Mode::List
                || app.letters_search()
                || app.reading.raw
                || !app.filter.is_empty()
                || !app.collection.selection.is_empty()
        }
        // A prompt has a line and nothing to move in.
        Command::Move(_) => match &app.overlay.picker {
            Some(picker) => picker.purpose.is_none() && !picker.is_empty(),
            None => app.page.case().is_some() || !app.offers().is_empty(),
        },
        // In the search line Esc does the same.
        Command::SwitchPane if app.window.zen || app.mode() == Mode::Filter => false,
        Command::Facets => !app.corpus.is_empty(),
        Command::Open => app.page.case().is_some() || app.filter.answer.offer.is_some(),
        Command::SwitchPane => app.page.case().is_some(),
        Command::Passage | Command::Zen if app.mode() == Mode::List => false,
        Command::Sort | Command::Export if app.mode() == Mode::Picker => {
            let picker = app.overlay.picker.as_ref();
            picker.is_some_and(|picker| picker.table.is_some())
        }
        Command::NextMatch => app.page.counter().is_some(),
        _ => !command.needs_case() || app.page.case().is_some(),
    }
}

/// What a command does here, where that is another thing than elsewhere.
fn special(app: &App, command: Command) -> Option<&'static str> {
    let words = app.words();
    if app.view_with_keys().is_some() {
        return None;
    }
    match (command, &app.overlay.picker) {
        (Command::Choose, Some(picker)) if picker.purpose.is_some() => match picker.purpose {
            Some(Purpose::ExportPath(_) | Purpose::TextPath(_)) => Some(words.write),
            _ => Some(words.keep),
        },
        (Command::Choose, Some(picker)) if picker.toggles() => Some(words.tick),
        (Command::Back, Some(picker)) if picker.purpose.is_some() => Some(words.cancel),
        (Command::Open, None) if app.page.case().is_none() => Some(words.offer_help),
        (Command::Open, None)
            if app.mode() == Mode::Filter && app.filter.answer.instead.is_some() =>
        {
            Some(words.offer_help)
        }
        (Command::SwitchPane, None) if app.mode() == Mode::Page => Some(words.to_list),
        (Command::Back, None) if app.mode() == Mode::Filter => Some(words.to_list),
        (Command::Back, None) if app.mode() == Mode::List && app.reading.raw => None,
        (Command::Back, None) if app.mode() == Mode::List => {
            if !app.filter.is_empty() {
                Some(words.clear)
            } else if app.collection.selection.is_empty() {
                Some(words.letter_keys)
            } else {
                Some(words.deselect)
            }
        }
        (Command::Search, None) if app.letters_search() => Some(words.to_search),
        _ => None,
    }
}

/// Columns between hints.
const GAP: u16 = 2;

struct Hint {
    command: Command,
    key: String,
    label: &'static str,
    columns: Range<u16>,
}

/// What is at the right of the row while there is no notice, up to a column: without
/// what matters least where it would push out the hint that is to stay.
fn position(app: &App, pen: &Pen<'_>, end: u16) -> String {
    let mut parts = parts_of_position(app);
    let all = texts(&parts);
    let stays = |hint: &Hint| hint.command == Command::Cite;
    let behind = hints(app, pen, u16::MAX, false).into_iter().find(stays);
    let Some(behind) = behind.map(|hint| hint.columns.end) else {
        return all;
    };
    loop {
        let text = texts(&parts);
        if behind < end.saturating_sub(pen.width(&text)) {
            return text;
        }
        let least = parts.iter().map(|part| part.0).max();
        if parts.len() < 2 {
            return all;
        }
        parts.retain(|part| Some(part.0) != least);
    }
}

fn texts(parts: &[(u8, String)]) -> String {
    let texts: Vec<&str> = parts.iter().map(|part| &*part.1).collect();
    texts.join("  ")
}

/// The parts from left to right, each with how soon it may go: the highest first.
fn parts_of_position(app: &App) -> Vec<(u8, String)> {
    let words = app.words();
    let mut parts = Vec::new();
    if app.overlay.picker.as_ref().is_some_and(Picker::toggles) {
        // The panel lies over the filter line.
        parts.push((0, app.filter.text().to_owned()));
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
        parts.push((5, format!("{}%", app.page.percent())));
    }
    parts
}
