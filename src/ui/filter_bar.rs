//! The filter line: what is searched for and how much was found.

use std::ops::Range;

use ratatui::style::Style;

use super::case_list::byte_ranges;
use super::paint::Pen;
use super::theme::Theme;
use crate::app::App;
use crate::app::commands::Mode;
use crate::app::panes::Pane;
use crate::search::query::{self, TermKind};
use crate::text::CharSpan;

/// Draws the filter line and returns its caret while it is being edited.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) -> Option<(u16, u16)> {
    let editing = app.mode() == Mode::Filter;
    let count = app.count();
    let count_start = (pane.columns - 1).saturating_sub(pen.width(&count));
    pen.text(count_start, pane.y, pane.columns, &count, theme.text);
    let x = pen.text(1, pane.y, count_start, "/", theme.key) + 1;
    let room = count_start.saturating_sub(x + 1);
    if app.filter.is_empty() {
        let hint = app.words().search_hint;
        pen.cut(x + u16::from(editing), pane.y, x + room, hint, theme.dim);
        return editing.then_some((x, pane.y));
    }
    let (bytes, caret) = app.filter.view(room, pen.ambiguous);
    let style = if editing { theme.bar } else { theme.text };
    let chips = chips(app, &bytes, theme);
    let shown = &app.filter.text()[bytes];
    let behind = pen.marked(x, pane.y, x + room, shown, style, &chips);
    if let Some(note) = note(app)
        && note_fits(app, &note, pen, pane)
    {
        pen.text(behind + BEFORE_NOTE, pane.y, x + room, &note, theme.notice);
    }
    editing.then_some((x + caret, pane.y))
}

/// Columns between the query and the note on it.
const BEFORE_NOTE: u16 = 3;

/// What is wrong with the query and what would be right, where there is no
/// room for it beside the query.
pub fn note_without_room(app: &App, pen: &Pen<'_>, pane: Pane) -> Option<String> {
    note(app).filter(|note| !note_fits(app, note, pen, pane))
}

fn note(app: &App) -> Option<String> {
    let note = app.found.notes.first()?;
    Some(app.words().problem(&note.problem))
}

fn note_fits(app: &App, note: &str, pen: &Pen<'_>, pane: Pane) -> bool {
    // The sign before the query, the query with its caret, the count behind all.
    let needed = [
        3,
        pen.width(app.filter.text()),
        BEFORE_NOTE,
        pen.width(note),
        2 + pen.width(&app.count()),
    ];
    needed.into_iter().map(u32::from).sum::<u32>() <= u32::from(pane.columns)
}

/// The fields of the query, set off as chips: bytes of the part that is shown.
fn chips(app: &App, shown: &Range<usize>, theme: &Theme) -> Vec<(Range<usize>, Style)> {
    let text = app.filter.text();
    let terms = query::parse(text).terms.into_iter();
    let fields = terms.filter(|term| matches!(term.kind, TermKind::Field { .. }));
    let spans: Vec<CharSpan> = fields.map(|term| term.span).collect();
    let inside = |bytes: Range<usize>| {
        let start = bytes.start.max(shown.start);
        let end = bytes.end.min(shown.end);
        (start < end).then(|| (start - shown.start..end - shown.start, theme.chip))
    };
    byte_ranges(text, &spans)
        .into_iter()
        .filter_map(inside)
        .collect()
}
