//! The first row: the program and the size of the library, or where the reader is.

use std::collections::BTreeMap;

use super::page::text_left;
use super::paint::Pen;
use super::rules;
use super::theme::Theme;
use crate::app::App;
use crate::app::commands::Mode;
use crate::app::panes::{Pane, Panes};
use crate::app::words::provenance::is_document;

/// Draws the title bar. On a screen too low for a rule over the page, it shows the id of the case
/// and the section in view while the page is read, or the title of the open view.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, panes: &Panes, pane: Pane) {
    let words = app.words();
    let end = pane.columns;
    let reads = panes.list.is_none() || matches!(app.mode(), Mode::Page | Mode::Find);
    let carries = panes.top_rule.is_none() && panes.page.is_some() && reads;
    if let (Some(id), Some(page)) = (rules::case_in_view(app).filter(|_| carries), panes.page) {
        // As on a rule: the section over the edge of the text, the id at the other end.
        let left = text_left(app, page);
        let x = (end - 1).saturating_sub(pen.width(id)).max(left);
        pen.cut(x, pane.y, end - 1, id, theme.focus);
        let room = x.saturating_sub(2);
        if let Some(heading) = rules::section_in_view(app).filter(|_| room > left) {
            pen.given_cut(left, pane.y, room, heading, theme.accent);
        }
        return;
    }
    let view = app.overlay.view.as_ref();
    if let Some(view) = view.filter(|_| panes.top_rule.is_none()) {
        pen.cut(1, pane.y, end - 1, &view.get().title(app), theme.focus);
        return;
    }
    let mut x = pen.text(1, pane.y, end, words.program, theme.bar);
    let name = app.library_name();
    if !name.is_empty() {
        x = pen.given_cut(x + 2, pane.y, (end / 2).max(x + 2), name, theme.focus);
    }
    let cases = app.corpus.cases.iter().filter(|case| !is_document(case));
    let (count, documents) = (cases.count(), app.corpus.documents.len());
    let (cases, documents) = ((words.cases)(count), (words.documents)(documents));
    let mut holds = format!("{cases}  {documents}");
    if count == 0 && !app.corpus.is_empty() {
        holds = documents;
    } else if x + 2 + pen.width(&holds) >= end {
        holds = cases;
    }
    let mut x = pen.cut(x + 2, pane.y, end, &holds, theme.text);
    if let Some(loading) = app.window.loading {
        let progress = (words.loading)(loading.read, loading.all);
        x = pen.cut(x + 2, pane.y, end, &progress, theme.accent);
    }
    let years = years(app);
    let start = end.saturating_sub(pen.width(&years) + 1);
    if start > x + 2 {
        pen.text(start, pane.y, end, &years, theme.dim);
    }
}

/// Returns the years with their numbers of cases: `2015 37  2016 7`.
fn years(app: &App) -> String {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for year in app.corpus.cases.iter().filter_map(|case| case.year) {
        *counts.entry(year).or_default() += 1;
    }
    let years: Vec<String> = counts
        .iter()
        .map(|(year, n)| format!("{year} {n}"))
        .collect();
    years.join("  ")
}
