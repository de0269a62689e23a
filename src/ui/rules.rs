//! The rules between the panes, and the text on them.

use std::ops::Range;

use ratatui::style::Style;

use super::page::text_left;
use super::paint::Pen;
use super::theme::{Glyphs, Theme};
use crate::app::App;
use crate::app::commands::Mode;
use crate::app::order::Order;
use crate::app::panes::{Pane, Panes};

/// Draws the rules above and below the panes and the divider between them. The rule over the
/// focused pane is heavy, and its title bold.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, panes: &Panes) {
    let glyphs = Glyphs::new(app.settings.ascii);
    if panes.top_rule.is_none() && panes.filter.is_some() {
        underline_above(app, pen, panes);
    }
    if let Some(rule) = panes.bottom_rule {
        pen.run(0..rule.columns, rule.y, glyphs.horizontal, theme.frame);
    }
    if let Some(rule) = panes.top_rule {
        let y = rule.y;
        if let (Some(pane), Some(view)) = (panes.view, &app.overlay.view) {
            let over = Over::new(theme, &glyphs, app.mode() != Mode::Picker);
            let x = over.rule(pen, pane, y);
            over.title(pen, x, y, pane, &view.get().title(app));
        }
        if let Some(pane) = panes.list {
            let over = Over::new(theme, &glyphs, has_keys(app, Mode::List));
            let x = over.rule(pen, pane, y);
            over.title(pen, x, y, pane, &list_title(app));
        }
        if let Some(pane) = panes.page {
            let over = Over::new(theme, &glyphs, has_keys(app, Mode::Page));
            let left = over.rule(pen, pane, y);
            let mut end = pane.x + pane.columns - 2;
            if let Some(id) = case_in_view(app) {
                let x = (end + 1).saturating_sub(pen.width(id) + 2).max(left);
                over.title(pen, x, y, pane, id);
                end = x;
            }
            section(app, theme, pen, y, text_left(app, pane) - 1..end);
        }
    }
    let Some(divider) = panes.divider else { return };
    for y in divider.y..divider.y + divider.rows {
        pen.run(divider.x..divider.x + 1, y, glyphs.vertical, theme.frame);
    }
    for (rule, tee) in [
        (panes.top_rule, glyphs.tee_down),
        (panes.bottom_rule, glyphs.tee_up),
    ] {
        if let Some(rule) = rule {
            pen.run(divider.x..divider.x + 1, rule.y, tee, theme.frame);
        }
    }
}

/// Underlines the row above the focused pane, on a screen too low for rules.
fn underline_above(app: &App, pen: &mut Pen<'_>, panes: &Panes) {
    let list = panes.list.filter(|_| has_keys(app, Mode::List));
    let page = panes.page.filter(|_| has_keys(app, Mode::Page));
    for pane in list.into_iter().chain(page) {
        if let Some(y) = pane.y.checked_sub(1) {
            pen.underline(pane.x..pane.x + pane.columns, y);
        }
    }
}

/// Whether the pane of a mode has the focus; no pane has it under a popup.
fn has_keys(app: &App, pane: Mode) -> bool {
    match app.mode() {
        Mode::Find | Mode::Passage => pane == Mode::Page,
        mode => pane == mode,
    }
}

/// How the rule over a pane is drawn.
struct Over {
    glyph: &'static str,
    rule: Style,
    title: Style,
}

impl Over {
    fn new(theme: &Theme, glyphs: &Glyphs, has_keys: bool) -> Self {
        if has_keys {
            return Self {
                glyph: glyphs.heavy,
                rule: theme.focus,
                title: theme.focus,
            };
        }
        Self {
            glyph: glyphs.horizontal,
            rule: theme.frame,
            title: theme.dim,
        }
    }

    /// Draws the rule. Returns the column where a title may begin.
    fn rule(&self, pen: &mut Pen<'_>, pane: Pane, y: u16) -> u16 {
        pen.run(pane.x..pane.x + pane.columns, y, self.glyph, self.rule);
        pane.x + 1
    }

    /// Draws the title. Returns the column after it.
    fn title(&self, pen: &mut Pen<'_>, x: u16, y: u16, pane: Pane, title: &str) -> u16 {
        let end = pane.x + pane.columns - 1;
        let x = pen.text(x, y, end, " ", self.rule);
        let x = pen.cut(x, y, end.saturating_sub(1), title, self.title);
        pen.text(x, y, end, " ", self.rule)
    }
}

/// Returns the title of the list, with its order if that is not the default.
fn list_title(app: &App) -> String {
    let list = app.words().list;
    match app.list.order() {
        Order::Best => list.to_owned(),
        order => format!(
            "{list}  {}",
            order.label().in_language(app.settings.language)
        ),
    }
}

/// Returns the id of the case on the page.
pub fn case_in_view(app: &App) -> Option<&str> {
    Some(&app.corpus.get(app.page.case()?).case.id.0)
}

/// Draws the section in view on the rule over the page, once its heading is out of view. The name
/// begins over the edge of the text, one column after the start of `xs`, and ends before the id at
/// the other end of the rule.
fn section(app: &App, theme: &Theme, pen: &mut Pen<'_>, y: u16, xs: Range<u16>) {
    let room = xs.end.saturating_sub(xs.start + 2);
    let Some(heading) = section_in_view(app).filter(|_| room >= LEAST_SECTION) else {
        return;
    };
    let x = pen.text(xs.start, y, xs.end, " ", theme.frame);
    let x = pen.given_cut(x, y, x + room, heading, theme.accent);
    pen.text(x, y, xs.end, " ", theme.frame);
}

/// Minimum columns for the name of a section: two Han characters and the mark of a cut.
const LEAST_SECTION: u16 = 6;

/// Returns the heading of the section in view, if the heading itself is out of view.
pub fn section_in_view(app: &App) -> Option<&str> {
    let (sheet, at) = app.page.sheet().zip(app.page.section_above())?;
    Some(sheet.set.heading(&sheet.set.sections()[at]))
}
