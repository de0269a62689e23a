//! The first row: what this is and what it holds.

use std::collections::BTreeMap;

use super::paint::Pen;
use super::theme::Theme;
use crate::app::App;
use crate::app::panes::Pane;

/// Draws the title bar.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let words = app.words();
    let end = pane.columns;
    let x = pen.text(1, pane.y, end, words.program, theme.bar);
    let cases = (words.cases)(app.corpus.len());
    let documents = (words.documents)(app.corpus.documents.len());
    let mut holds = format!("{cases}  {documents}");
    if x + 2 + pen.width(&holds) >= end {
        holds = cases;
    }
    let x = pen.cut(x + 2, pane.y, end, &holds, theme.text);
    let years = years(app);
    let start = end.saturating_sub(pen.width(&years) + 1);
    if start > x + 2 {
        pen.text(start, pane.y, end, &years, theme.dim);
    }
}

/// Years with their numbers of cases: `2015 37  2016 7`.
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
