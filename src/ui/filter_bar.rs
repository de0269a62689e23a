//! The filter line: the query and the number of hits.

use std::ops::Range;

use ratatui::style::Style;

use super::notice;
use super::paint::Pen;
use super::shown::byte_ranges;
use super::theme::Theme;
use crate::app::App;
use crate::app::commands::Mode;
use crate::app::panes::Pane;
use crate::search::query::{self, TermKind};
use crate::search::{Note, Problem};
use crate::text::CharSpan;
use crate::text::width;

/// Draws the filter line. Returns its caret while it is being edited.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) -> Option<(u16, u16)> {
    let editing = app.mode() == Mode::Filter;
    let count = app.count();
    let count_start = (pane.columns - 1).saturating_sub(pen.width(&count));
    pen.text(count_start, pane.y, pane.columns, &count, theme.text);
    let sign = if editing { theme.selected } else { theme.key };
    pen.text(pane.x + 1, pane.y, count_start, "/", sign);
    let (x, room) = app.filter_room(pane);
    if app.filter.is_empty() {
        let hint = app.words().search_hint;
        pen.cut(x + u16::from(editing), pane.y, x + room, hint, theme.dim);
        return editing.then_some((x, pane.y));
    }
    let (bytes, caret) = app.filter.line.view(room, pen.ambiguous);
    let style = if editing { theme.bar } else { theme.text };
    let marks = marks(app, &bytes, theme);
    let shown = &app.filter.text()[bytes];
    let behind = pen.marked(x, pane.y, x + room, shown, style, &marks);
    let line = Pane {
        x,
        columns: room,
        ..pane
    };
    marks_of_cuts(app, theme, pen, line, behind);
    if let Some(note) = note(app).filter(|note| fits_beside(app, note, pen, pane)) {
        pen.text(behind + BEFORE_NOTE, pane.y, x + room, &note, theme.notice);
    }
    editing.then_some((x + caret, pane.y))
}

/// Marks the sides on which a query is longer than its line: over its first visible characters, and
/// at `behind`, the column after its last.
fn marks_of_cuts(app: &App, theme: &Theme, pen: &mut Pen<'_>, line: Pane, behind: u16) {
    let (bytes, caret) = app.filter.line.view(line.columns, pen.ambiguous);
    let text = app.filter.text();
    let mark = width::mark_of_cut(line.columns, pen.ambiguous);
    let end = line.x + line.columns;
    let covered = columns_for(pen, &text[bytes.clone()], mark);
    if bytes.start > 0 && covered <= caret {
        pen.run(line.x..line.x + covered, line.y, " ", theme.dim);
        pen.text(line.x, line.y, end, mark, theme.dim);
    }
    if bytes.end < text.len() {
        pen.text(behind, line.y, end, mark, theme.dim);
    }
}

/// Returns the columns of the first characters of a text that a mark covers.
fn columns_for(pen: &Pen<'_>, text: &str, mark: &str) -> u16 {
    let needed = pen.width(mark);
    let mut columns = 0;
    for cluster in width::clusters(text, pen.ambiguous) {
        if columns >= needed {
            break;
        }
        columns += cluster.columns;
    }
    columns
}

/// Columns between the query and the note on it.
const BEFORE_NOTE: u16 = 3;

/// Returns what is wrong with the query, if there is no room for it beside the query. If that does
/// not fit in the row of hints either, returns only what would be right.
pub fn note_below(app: &App, pen: &Pen<'_>, pane: Pane) -> Option<String> {
    let note = note(app).filter(|note| !fits_beside(app, note, pen, pane))?;
    let (worst, _) = worst(app)?;
    let words = app.words();
    let mut told = [note, words.problem(&worst.problem)].into_iter();
    let told = told.find(|told| notice::fits(app, told, pen, pane));
    Some(told.unwrap_or_else(|| words.remedy(&worst.problem)))
}

fn note(app: &App) -> Option<String> {
    let (note, more) = worst(app)?;
    let words = app.words();
    let problem = words.problem(&note.problem);
    Some(match more {
        0 => problem,
        more => problem + &(words.more_wrong)(more),
    })
}

/// Returns the note to show, and the number of others: the note on the part of the query that is
/// being typed, else the first that more typing will not fix, else the first.
fn worst(app: &App) -> Option<(&Note, usize)> {
    let notes = &app.filter.answer.notes;
    let caret = app.filter.text()[..app.filter.line.caret()].chars().count() as u32;
    let at_caret = notes
        .iter()
        .filter(|note| note.span.start < caret && caret <= note.span.end)
        .filter(|_| app.mode() == Mode::Filter && app.filter.is_answered())
        .min_by_key(|note| note.span.end - note.span.start);
    let first = || {
        let place = |note: &&Note| (note.problem.is_unfinished(), note.span.start);
        notes.iter().min_by_key(place)
    };
    Some((at_caret.or_else(first)?, notes.len() - 1))
}

fn fits_beside(app: &App, note: &str, pen: &Pen<'_>, pane: Pane) -> bool {
    // The sign before the query, the query with its caret, the count at the end.
    let needed = [
        3,
        pen.width(app.filter.text()),
        BEFORE_NOTE,
        pen.width(note),
        2 + pen.width(&app.count()),
    ];
    needed.into_iter().map(u32::from).sum::<u32>() <= u32::from(pane.columns)
}

/// Returns the styles of the fields of the query, shown as chips, and of its wrong parts, by byte
/// ranges of what is shown.
fn marks(app: &App, shown: &Range<usize>, theme: &Theme) -> Vec<(Range<usize>, Style)> {
    let text = app.filter.text();
    let terms = query::parse(text).terms.into_iter();
    let fields = terms
        .filter(|term| matches!(term.kind, TermKind::Field { .. }))
        .map(|term| (term.span, theme.chip));
    let mut marks: Vec<(CharSpan, Style)> = Vec::new();
    let wrong = wrong(app).into_iter().map(|span| (span, theme.wrong));
    for (span, style) in wrong.chain(fields) {
        let overlaps = |known: &CharSpan| known.start < span.end && span.start < known.end;
        if !marks.iter().any(|(known, _)| overlaps(known)) {
            marks.push((span, style));
        }
    }
    marks.sort_by_key(|(span, _)| span.start);
    let (spans, styles): (Vec<CharSpan>, Vec<Style>) = marks.into_iter().unzip();
    let inside = |(bytes, style): (Range<usize>, Style)| {
        let start = bytes.start.max(shown.start);
        let end = bytes.end.min(shown.end);
        (start < end).then(|| (start - shown.start..end - shown.start, style))
    };
    let marks = byte_ranges(text, &spans).into_iter().zip(styles);
    marks.filter_map(inside).collect()
}

/// Returns the wrong characters of the query.
fn wrong(app: &App) -> Vec<CharSpan> {
    if !app.filter.is_answered() {
        return Vec::new();
    }
    let notes = app.filter.answer.notes.iter();
    let wrong = notes.map(|note| match note.problem {
        // The text after the mark is a query all the same.
        Problem::OpenQuote => CharSpan::new(note.span.start, note.span.start + 1),
        _ => note.span,
    });
    wrong.collect()
}
