//! Writing text into cells, with the one width function.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;

use crate::app::panes::Pane;
use crate::text::script::{Display, Script};
use crate::text::width::{self, Ambiguous};

/// Writes into a buffer. A glyph that does not fit whole is not written.
///
/// The program's own words are in Simplified characters, and are converted if the cases are shown
/// in Traditional ones. What the reader typed, file names and text that is already in its script
/// are written as given.
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    pub ambiguous: Ambiguous,
    /// The script of the program's own words, if it is not Simplified.
    words: Option<Display>,
}

impl<'a> Pen<'a> {
    /// Creates a pen for a terminal that draws ambiguous characters this way.
    pub fn new(buffer: &'a mut Buffer, ambiguous: Ambiguous) -> Self {
        Self {
            buffer,
            ambiguous,
            words: None,
        }
    }

    /// Makes the pen write the program's own words in the script of the cases.
    pub fn in_script(self, shown: Display) -> Self {
        // A mark of one more column would move what follows it.
        let words = Display {
            full_width: false,
            ..shown
        };
        Self {
            words: Some(words).filter(|words| words.script == Script::Traditional),
            ..self
        }
    }

    fn worded<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(words) = self.words else {
            return Cow::Borrowed(text);
        };
        // A path in a notice is a file name.
        let is_path = |part: &str| part.len() > 1 && part.starts_with(['/', '~']);
        if !text.split(' ').any(is_path) {
            return words.show(text);
        }
        let parts = text.split(' ').map(|part| {
            if is_path(part) {
                Cow::Borrowed(part)
            } else {
                words.show(part)
            }
        });
        Cow::Owned(parts.collect::<Vec<_>>().join(" "))
    }

    /// Returns the columns that a text takes.
    pub fn width(&self, text: &str) -> u16 {
        width::of_str(text, self.ambiguous)
    }

    /// Writes the program's own words from column `x` up to, not including, column `end`, as far as
    /// whole glyphs fit. Returns the column after the last.
    pub fn text(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let text = self.worded(text);
        self.given(x, y, end, &text, style)
    }

    /// Writes text as given from column `x` up to, not including, column `end`, as far as whole
    /// glyphs fit. Returns the column after the last.
    pub fn given(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        self.clear_half(x, y);
        let mut column = x;
        for cluster in width::clusters(text, self.ambiguous) {
            if column + cluster.columns > end {
                break;
            }
            if cluster.base == '\t' {
                self.run(column..column + cluster.columns, y, " ", style);
                column += cluster.columns;
            } else if cluster.columns > 0 {
                let glyph = &text[cluster.start..cluster.end];
                self.glyph(column, y, glyph, cluster.columns, style);
                column += cluster.columns;
            }
        }
        column
    }

    /// Writes the program's own words like [`Pen::text`]. Words that do not fit are cut before a
    /// mark.
    pub fn cut(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let text = self.worded(text);
        self.given_cut(x, y, end, &text, style)
    }

    /// Writes text as given like [`Pen::given`]. Text that does not fit is cut before a mark.
    pub fn given_cut(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let cut = width::truncate(text, end.saturating_sub(x), self.ambiguous);
        let x = self.given(x, y, end, cut.text, style);
        self.given(x, y, end, cut.mark, style)
    }

    /// Writes text as given, with the bytes of some ranges (in order, without overlaps) in their
    /// own styles.
    pub fn marked(
        &mut self,
        x: u16,
        y: u16,
        end: u16,
        text: &str,
        style: Style,
        marks: &[(Range<usize>, Style)],
    ) -> u16 {
        let (mut column, mut done) = (x, 0);
        for (bytes, mark) in marks {
            column = self.given(column, y, end, &text[done..bytes.start], style);
            column = self.given(column, y, end, &text[bytes.clone()], style.patch(*mark));
            done = bytes.end;
        }
        self.given(column, y, end, &text[done..], style)
    }

    /// Blanks a rectangle for what is drawn over the panes. A glyph that is half outside is removed
    /// whole, so that no border hides under its other half (ratatui/ratatui#2526).
    pub fn blank(&mut self, pane: Pane, style: Style) {
        for y in pane.y..pane.y + pane.rows {
            self.run(pane.x..pane.x + pane.columns, y, " ", style);
        }
    }

    /// Draws a ratatui widget with its left edge at column `x`. `rows` pairs a row of the widget
    /// with a row of the screen.
    pub fn widget(
        &mut self,
        widget: impl Widget,
        area: Rect,
        x: u16,
        rows: impl Iterator<Item = (u16, u16)>,
    ) {
        let mut drawn = Buffer::empty(area);
        widget.render(area, &mut drawn);
        for (row, y) in rows {
            for column in 0..area.width {
                let from = drawn.cell((column, row)).cloned();
                let to = self.buffer.cell_mut((x + column, y));
                if let (Some(from), Some(to)) = (from, to) {
                    *to = from;
                }
            }
        }
    }

    /// Repeats a glyph of one column.
    pub fn run(&mut self, xs: Range<u16>, y: u16, glyph: &str, style: Style) {
        self.clear_half(xs.start, y);
        self.clear_other_half(xs.end, y);
        for x in xs {
            self.glyph(x, y, glyph, 1, style);
        }
    }

    /// Underlines some columns of a row.
    pub fn underline(&mut self, xs: Range<u16>, y: u16) {
        for x in xs {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                cell.modifier.insert(Modifier::UNDERLINED);
            }
        }
    }

    /// Blanks a wide glyph whose right half is about to be overwritten.
    fn clear_half(&mut self, x: u16, y: u16) {
        let Some(before) = x.checked_sub(1) else {
            return;
        };
        if let Some(cell) = self.buffer.cell_mut((before, y))
            && width::of_str(cell.symbol(), self.ambiguous) > 1
        {
            cell.reset();
        }
    }

    /// Blanks the right half of a wide glyph whose left half is about to be overwritten: no line
    /// may remain under it.
    fn clear_other_half(&mut self, x: u16, y: u16) {
        let before = x.checked_sub(1).and_then(|x| self.buffer.cell((x, y)));
        let halved = before.is_some_and(|cell| width::of_str(cell.symbol(), self.ambiguous) > 1);
        if let Some(cell) = self.buffer.cell_mut((x, y)).filter(|_| halved) {
            cell.reset();
        }
    }

    fn glyph(&mut self, x: u16, y: u16, glyph: &str, columns: u16, style: Style) {
        let Some(cell) = self.buffer.cell_mut((x, y)) else {
            return;
        };
        cell.reset();
        cell.set_symbol(glyph).set_style(style);
        for x in x + 1..x + columns {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;

    use super::*;

    const COLUMNS: u16 = 40;

    /// Returns the glyphs of a row that take more columns than they own, or that hide one which is
    /// not blank.
    fn cut_glyphs(buffer: &Buffer, ambiguous: Ambiguous) -> Vec<u16> {
        let wide = |x: u16| width::of_str(buffer[(x, 0)].symbol(), ambiguous) == 2;
        let covered = |x: u16| x + 1 < COLUMNS && buffer[(x + 1, 0)].symbol() == " ";
        (0..COLUMNS).filter(|&x| wide(x) && !covered(x)).collect()
    }

    proptest! {
        #[test]
        fn a_popup_over_chinese_text_leaves_no_half_glyph_at_any_offset(
            text in "[案例“”—a ]{0,40}",
            x in 0..COLUMNS,
            columns in 1..COLUMNS,
            wide in any::<bool>(),
        ) {
            let ambiguous = if wide { Ambiguous::Wide } else { Ambiguous::Narrow };
            let columns = columns.min(COLUMNS - x);
            let mut buffer = Buffer::empty(Rect::new(0, 0, COLUMNS, 1));
            let mut pen = Pen::new(&mut buffer, ambiguous);
            pen.text(0, 0, COLUMNS, &text, Style::new());
            let pane = Pane { x, y: 0, columns, rows: 1 };
            pen.blank(pane, Style::new());
            pen.run(x..x + 1, 0, "|", Style::new());
            pen.run(x + columns - 1..x + columns, 0, "|", Style::new());
            prop_assert_eq!(cut_glyphs(&buffer, ambiguous), Vec::<u16>::new());
            prop_assert_eq!(buffer[(x, 0)].symbol(), "|");
            prop_assert_eq!(buffer[(x + columns - 1, 0)].symbol(), "|");
        }
    }
}
