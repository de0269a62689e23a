//! The overview: matrices, bars and a chart of years.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::bar;
use ratatui::widgets::{Bar, BarChart, BarGroup};

use crate::app::App;
use crate::app::panes::Pane;
use crate::app::view::overview::{Chart, Look, Overview};
use crate::ui::paint::Pen;
use crate::ui::theme::{Glyphs, Theme};

/// Draws the lines in view.
pub fn draw(app: &App, overview: &Overview, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let end = pane.x + pane.columns;
    let Some(sheet) = overview.sheet() else {
        pen.text(pane.x + 2, pane.y, end, app.words().gathering, theme.dim);
        return;
    };
    let top = overview.top();
    let glyph = Glyphs::new(app.settings.ascii).bar;
    if let Some(chart) = &sheet.chart {
        draw_chart(app, overview, chart, theme, pen, pane);
    }
    for piece in &sheet.pieces {
        let Some(row) = piece
            .line
            .checked_sub(top)
            .filter(|&row| row < usize::from(pane.rows))
        else {
            continue;
        };
        let (x, y) = (pane.x + piece.x, pane.y + row as u16);
        let style = match piece.look {
            _ if piece.cell == Some(overview.selected()) => theme.selected,
            Look::Heading => theme.heading,
            Look::Label | Look::Count => theme.text,
            Look::Bar => theme.accent,
            Look::Note => theme.dim,
        };
        match piece.look {
            Look::Bar => {
                let columns = piece.text.len() as u16;
                pen.run(x..(x + columns).min(end), y, glyph, style);
            }
            _ => {
                pen.cut(x, y, end, &piece.text, style);
            }
        }
    }
}

/// Draws the visible part of the chart of years.
fn draw_chart(
    app: &App,
    overview: &Overview,
    chart: &Chart,
    theme: &Theme,
    pen: &mut Pen<'_>,
    pane: Pane,
) {
    let bars: Vec<Bar<'_>> = chart
        .bars
        .iter()
        .map(|(label, cases, cell)| {
            let is_selected = *cell == overview.selected();
            let style = if is_selected {
                theme.selected
            } else {
                theme.text
            };
            Bar::default()
                .value(u64::from(*cases))
                .text_value(cases.to_string())
                .label(label.as_str())
                .style(theme.accent)
                .value_style(style.patch(Style::new()))
        })
        .collect();
    let symbols = if app.settings.ascii {
        ASCII
    } else {
        bar::NINE_LEVELS
    };
    let widget = BarChart::default()
        .data(BarGroup::default().bars(&bars))
        .bar_width(chart.bar)
        .bar_gap(1)
        .bar_set(symbols)
        .label_style(theme.dim)
        .value_style(theme.text);
    let columns = chart.bars.len() as u16 * (chart.bar + 1);
    let area = Rect::new(0, 0, columns, chart.rows);
    let top = overview.top();
    let rows = (0..chart.rows).filter_map(|row| {
        let line = chart.line + usize::from(row);
        let y = line
            .checked_sub(top)
            .filter(|&y| y < usize::from(pane.rows))?;
        Some((row, pane.y + y as u16))
    });
    pen.widget(widget, area, pane.x + 2, rows);
}

/// Bars for a terminal that draws blocks two columns wide.
const ASCII: bar::Set<'static> = bar::Set {
    full: "#",
    seven_eighths: "#",
    three_quarters: "#",
    five_eighths: "#",
    half: "#",
    three_eighths: " ",
    one_quarter: " ",
    one_eighth: " ",
    empty: " ",
};
