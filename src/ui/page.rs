//! The case that is being read.

use std::ops::Range;

use ratatui::style::{Modifier, Style};

use super::paint::Pen;
use super::theme::{Glyphs, Theme};
use crate::app::App;
use crate::app::lens;
use crate::app::panes::Pane;
use crate::app::panes::text_columns;
use crate::text::CharSpan;
use crate::typeset::{self, RawPage, RowRole};

/// Draws the rows in view and the scrollbar.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let Some(sheet) = app.page.sheet() else {
        return;
    };
    let page = PagePainter {
        app,
        theme,
        left: text_left(app, pane),
        end: pane.x + pane.columns - 1,
    };
    let rows = app.page.top()..app.page.rows();
    let marked = match &sheet.raw {
        Some(raw) => marked(app, raw, rows.start..rows.start + usize::from(pane.rows)),
        None => Vec::new(),
    };
    for (y, row) in (pane.y..pane.y + pane.rows).zip(rows) {
        match &sheet.raw {
            Some(raw) => page.raw_row(pen, y, raw, row, &marked),
            None => page.row(pen, y, &sheet.set, row),
        }
    }
    scrollbar(app, theme, pen, pane);
}

/// Returns the column where the text begins.
pub fn text_left(app: &App, pane: Pane) -> u16 {
    let room = text_columns(pane.columns);
    let measure = app.settings.measure.columns().min(room);
    pane.x + (pane.columns - room) / 2 + (room - measure) / 2
}

/// Returns the matches of the query in and around the visible rows of a raw page, by line. Whole
/// lines are not searched: one may be as long as the document.
fn marked(app: &App, raw: &RawPage, rows: Range<usize>) -> Vec<(u32, Vec<CharSpan>)> {
    let parts = raw.around(rows).into_iter();
    let marks = parts.map(|(line, first, text)| {
        let field = app.page.field_of_line(line);
        let spans = app.marker().marks(field, text).into_iter();
        let shifted = spans.map(|span| CharSpan::new(first + span.start, first + span.end));
        (line, shifted.collect())
    });
    marks.collect()
}

struct PagePainter<'a> {
    app: &'a App,
    theme: &'a Theme,
    /// Column where the text begins.
    left: u16,
    /// Column after the last that text may use.
    end: u16,
}

impl PagePainter<'_> {
    fn row(&self, pen: &mut Pen<'_>, y: u16, set: &typeset::Page, at: usize) {
        let row = &set.rows()[at];
        let style = row_style(self.theme, row.role);
        let mark = set.row_mark(at);
        let x = self.left + row.indent - pen.width(&mark);
        let mut x = pen.text(x, y, self.end, &mark, self.theme.frame);
        if let Some((before, sign)) = self.left.checked_sub(1).zip(self.sign(set, at)) {
            pen.text(before, y, self.end, &sign.to_string(), self.theme.accent);
        }
        let text = set.row_text(at);
        let marks = self.marks(set, at);
        let mut done = 0;
        for gap in set.row_gaps(at) {
            x = self.piece(pen, x, y, text, done..gap.byte, style, &marks) + gap.columns;
            done = gap.byte;
        }
        self.piece(pen, x, y, text, done..text.len(), style, &marks);
    }

    /// Writes some bytes of a row; `marks` are byte ranges of the whole row.
    #[expect(
        clippy::too_many_arguments,
        reason = "a place, a part of a text and its styles"
    )]
    fn piece(
        &self,
        pen: &mut Pen<'_>,
        x: u16,
        y: u16,
        text: &str,
        bytes: Range<usize>,
        style: Style,
        marks: &[(Range<usize>, Style)],
    ) -> u16 {
        let inside = |(mark, style): &(Range<usize>, Style)| {
            let start = mark.start.max(bytes.start);
            let end = mark.end.min(bytes.end);
            (start < end).then(|| (start - bytes.start..end - bytes.start, *style))
        };
        let marks: Vec<_> = marks.iter().filter_map(inside).collect();
        pen.marked(x, y, self.end, &text[bytes.clone()], style, &marks)
    }

    /// Returns the sign for the margin beside a row.
    fn sign(&self, set: &typeset::Page, at: usize) -> Option<char> {
        let block = set.rows()[at].block;
        let signs = self.app.page.signs(block).iter();
        let here = signs.filter(|(span, _)| !set.row_spans(at, &[*span]).is_empty());
        here.map(|&(_, sign)| sign).reduce(lens::beside)
    }

    /// Draws a line of the document as given, with its number before it. Lines of the case itself
    /// have a bar in the margin.
    fn raw_row(
        &self,
        pen: &mut Pen<'_>,
        y: u16,
        raw: &RawPage,
        at: usize,
        marked: &[(u32, Vec<CharSpan>)],
    ) {
        let row = raw.rows()[at];
        let is_own = self.is_own_line(row.line);
        let (numbers, text) = if is_own {
            (self.theme.bar, self.theme.text)
        } else {
            (self.theme.dim, self.theme.dim)
        };
        if row.char == 0 && raw.gutter() > 0 {
            let number = row.line.to_string();
            let x = (self.left + raw.gutter() - 1).saturating_sub(pen.width(&number));
            pen.text(x, y, self.end, &number, numbers);
        }
        if let Some(before) = self.left.checked_sub(1).filter(|_| is_own) {
            let bar = Glyphs::new(self.app.settings.ascii).vertical;
            pen.run(before..before + 1, y, bar, self.theme.focus);
        }
        let spans = marked.iter().find(|(line, _)| *line == row.line);
        let spans = spans.map_or(&[][..], |(_, spans)| spans);
        let marks: Vec<_> = raw
            .row_spans(at, spans)
            .into_iter()
            .map(|bytes| (bytes, self.theme.matched))
            .collect();
        let x = self.left + raw.gutter();
        pen.marked(x, y, self.end, raw.row_text(at), text, &marks);
    }

    /// Whether a line of the document belongs to the case on the page, and not to its
    /// neighbours.
    fn is_own_line(&self, line: u32) -> bool {
        self.app.page.case().is_some_and(|case| {
            let lines = self.app.corpus.get(case).case.lines;
            (lines.first..=lines.last).contains(&line) || lines.list == Some(line)
        })
    }

    /// Returns the styled byte ranges of a row: kept passages and sentences, the matches of the
    /// query over them, with the current one set apart, and the selection over all.
    fn marks(&self, set: &typeset::Page, at: usize) -> Vec<(Range<usize>, Style)> {
        let page = &self.app.page;
        let block = set.rows()[at].block;
        let here = page
            .current()
            .filter(|place| place.block == block)
            .and_then(|place| set.row_spans(at, &[place.span]).pop());
        let matches = set
            .row_spans(at, page.marks(block))
            .into_iter()
            .map(|bytes| {
                let current = here.as_ref() == Some(&bytes);
                let style = if current {
                    self.theme.current
                } else {
                    self.theme.matched
                };
                (bytes, style)
            });
        let underlined = Style::new().add_modifier(Modifier::UNDERLINED);
        let passages = set
            .row_spans(at, page.passages(block))
            .into_iter()
            .map(|bytes| (bytes, underlined));
        let sentences = set
            .row_spans(at, page.sentences(block))
            .into_iter()
            .map(|bytes| (bytes, underlined));
        let chosen = self
            .app
            .marked_in(block)
            .map_or(Vec::new(), |span| set.row_spans(at, &[span]))
            .into_iter()
            .map(|bytes| (bytes, CHOSEN));
        layered([
            passages.collect(),
            sentences.collect(),
            matches.collect(),
            chosen.collect(),
        ])
    }
}

/// Returns the style of a row of a case.
pub(super) fn row_style(theme: &Theme, role: RowRole) -> Style {
    match role {
        RowRole::Title => theme.title,
        RowRole::Byline => theme.accent,
        RowRole::Source => theme.dim,
        RowRole::Heading(1) => theme.heading,
        RowRole::Heading(_) | RowRole::TableHead => theme.heading_below,
        RowRole::Caption => theme.caption,
        RowRole::Paragraph | RowRole::TableRow | RowRole::Blank => theme.text,
    }
}

/// Style of the selection: reversed, so that it is visible without colours.
const CHOSEN: Style = Style::new().add_modifier(Modifier::REVERSED);

/// Merges layers of styled ranges into ranges that do not overlap. Later layers go over earlier
/// ones.
fn layered(layers: [Vec<(Range<usize>, Style)>; 4]) -> Vec<(Range<usize>, Style)> {
    let runs = layers.iter().flatten();
    let mut ends: Vec<usize> = runs.flat_map(|(run, _)| [run.start, run.end]).collect();
    ends.sort_unstable();
    ends.dedup();
    let pieces = ends.windows(2).filter_map(|ends| {
        let piece = ends[0]..ends[1];
        let over =
            |(run, _): &&(Range<usize>, Style)| run.start <= piece.start && piece.end <= run.end;
        let styles = layers
            .iter()
            .flatten()
            .filter(over)
            .map(|&(_, style)| style);
        let style = styles.reduce(Style::patch)?;
        Some((piece, style))
    });
    pieces.collect()
}

/// Draws the scrollbar in the last column of the pane, where there is no text.
fn scrollbar(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let (top, rows) = app.page.extent();
    let height = usize::from(pane.rows);
    if rows <= height {
        return;
    }
    // No longer than a third, since every cell of it has to be sent.
    let length = (height * height / rows).min(height / 3).max(1);
    let start = top * (height - length) / (rows - height);
    let glyph = Glyphs::new(app.settings.ascii).thumb;
    let x = pane.x + pane.columns - 1;
    for y in start..start + length {
        pen.run(x..x + 1, pane.y + y as u16, glyph, theme.frame);
    }
}
