//! One frame as rows of SVG: runs of cells with one style, and the frame's lines as
//! shapes, which meet whatever the face is.

use std::fmt::Write;

use anli::text::width::{self, Ambiguous};
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// Size of a cell in the picture. A Han character is as wide as its face is
/// high, so that two cells are the size of its face.
pub const CELL: Size = Size {
    width: 8,
    height: 18,
};

pub struct Size {
    pub width: u16,
    pub height: u16,
}

/// The baseline of text, in pixels below the top of a cell.
const BASELINE: u16 = 14;

/// The colours of a picture: ground, ink, dim, accent, mark.
pub struct Inks(pub [&'static str; 5]);

pub const DARK: Inks = Inks(["#1d2021", "#ebdbb2", "#a89984", "#83a598", "#fabd2f"]);
pub const LIGHT: Inks = Inks(["#ffffff", "#1f2328", "#626262", "#005faf", "#875f00"]);

impl Inks {
    /// Faces that are found on the usual systems; a letter of a face of fixed width is
    /// 0.6 of its size wide. `f` fills shapes, `c0` is the ground, the others are inks.
    /// Grounds that meet are drawn without a seam at any size; a thin line would be lost so.
    pub fn style(&self) -> String {
        let mut style = format!(
            "rect[height='{}']:not([width='1']){{shape-rendering:crispEdges}}\
             text,.f{{fill:{}}}text{{font:13.3px 'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre}}\
             .h{{font:16px 'Noto Sans Mono CJK SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif}}\
             .b{{font-weight:bold}}.i{{font-style:italic}}",
            CELL.height, self.0[1]
        );
        for (number, ink) in self.0.iter().enumerate().filter(|(number, _)| *number != 1) {
            write!(style, ".c{number}{{fill:{ink}}}").expect("a string takes everything");
        }
        style
    }
}

/// The class of a colour of the theme; none for the ink of text.
fn class(colour: Color) -> &'static str {
    match colour {
        Color::Indexed(247 | 241) => "c2",
        Color::Cyan | Color::Indexed(25) => "c3",
        Color::Indexed(221 | 94) => "c4",
        _ => "",
    }
}

/// Cells of one row that are drawn in one go.
struct Run {
    left: u16,
    columns: u16,
    text: String,
    style: Style,
}

/// One row, its top at 0.
pub fn row(buffer: &Buffer, y: u16, caret: Option<(u16, u16)>, ambiguous: Ambiguous) -> String {
    let mut x = 0;
    let mut runs: Vec<Run> = Vec::new();
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        let columns = width::of_str(cell.symbol(), ambiguous).max(1);
        let run = Run {
            left: x,
            columns,
            text: cell.symbol().to_owned(),
            style: cell.style(),
        };
        match runs.last_mut() {
            Some(last) if last.takes(&run) => last.take(run),
            _ => runs.push(run),
        }
        if let [.., first, blank, last] = &runs[..]
            && blank.is_gap_between(first, last)
        {
            let last = runs.pop().expect("it is there");
            let blank = runs.pop().expect("it is there");
            let first = runs.last_mut().expect("it is there");
            first.take(blank);
            first.take(last);
        }
        x += columns;
    }
    let mut shapes = String::new();
    let mut text = String::new();
    for run in &runs {
        run.draw(&mut shapes, &mut text);
    }
    if let Some((x, _)) = caret.filter(|caret| caret.1 == y) {
        rect(&mut shapes, (x * CELL.width, 0), (2, CELL.height), "f");
    }
    if !text.is_empty() {
        write!(shapes, "<text y=\"{BASELINE}\">{text}</text>").expect("a string takes everything");
    }
    shapes
}

/// A rectangle at a place, of a size, filled by a class.
pub fn rect(out: &mut String, (x, y): (u16, u16), (width, height): (u16, u16), class: &str) {
    let class = if class.is_empty() { "f" } else { class };
    write!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" class=\"{class}\"/>"
    )
    .expect("a string takes everything");
}

impl Run {
    /// Whether its characters are two cells wide; ambiguous ones that are one
    /// cell wide are not, and a Han face would draw them wide.
    fn is_han(&self) -> bool {
        usize::from(self.columns) > self.text.chars().count()
    }

    /// Whether `next` can be merged into this run. Blanks are kept apart, since
    /// viewers may drop them.
    fn takes(&self, next: &Self) -> bool {
        let blank = |run: &Self| run.text.trim().is_empty();
        let alike = self.style == next.style
            && self.is_han() == next.is_han()
            && blank(self) == blank(next);
        let same_mark = self.text.starts_with(['─', '━']) && self.text.starts_with(&next.text);
        alike && (same_mark || !self.is_mark() && !next.is_mark())
    }

    /// Whether it is one blank between two words of one style.
    fn is_gap_between(&self, first: &Self, last: &Self) -> bool {
        let is_word = |run: &Self| {
            !run.is_han() && !run.is_mark() && run.style == self.style && run.text.trim() != ""
        };
        self.text == " " && is_word(first) && is_word(last)
    }

    /// Whether it is drawn as a shape.
    fn is_mark(&self) -> bool {
        self.text
            .starts_with(['─', '━', '│', '┬', '┴', '┌', '┐', '└', '┘', '▌', '┃', '█'])
    }

    fn take(&mut self, next: Self) {
        self.columns += next.columns;
        self.text += &next.text;
    }

    fn draw(&self, shapes: &mut String, text: &mut String) {
        let (left, wide) = (self.left * CELL.width, self.columns * CELL.width);
        let modifier = self.style.add_modifier;
        let ink = class(self.style.fg.unwrap_or(Color::Reset));
        let reversed = modifier.contains(Modifier::REVERSED);
        if reversed {
            rect(shapes, (left, 0), (wide, CELL.height), ink);
        }
        let ink = if reversed { "c0" } else { ink };
        if !self.mark(shapes, left, ink) && !self.text.trim().is_empty() {
            self.letters(text, left, ink);
        }
        if modifier.contains(Modifier::UNDERLINED) {
            rect(shapes, (left, BASELINE + 2), (wide, 1), ink);
        }
    }

    /// Draws the marks of the frame as lines.
    fn mark(&self, out: &mut String, left: u16, ink: &str) -> bool {
        let (middle, centre) = (CELL.height / 2, left + CELL.width / 2);
        let wide = self.columns * CELL.width;
        match self.text.chars().next() {
            Some('─') => rect(out, (left, middle), (wide, 1), ink),
            Some('━') => rect(out, (left, middle - 1), (wide, 3), ink),
            Some('│') => rect(out, (centre, 0), (1, CELL.height), ink),
            Some('┬') => {
                rect(out, (left, middle), (wide, 1), ink);
                rect(out, (centre, middle), (1, CELL.height - middle), ink);
            }
            Some('┴') => {
                rect(out, (left, middle), (wide, 1), ink);
                rect(out, (centre, 0), (1, middle), ink);
            }
            Some(corner @ ('┌' | '┐' | '└' | '┘')) => {
                let at_left = "┌└".contains(corner);
                let x = if at_left { centre } else { left };
                let is_upper = "┌┐".contains(corner);
                let y = if is_upper { middle } else { 0 };
                rect(out, (x, middle), (CELL.width / 2, 1), ink);
                rect(out, (centre, y), (1, middle + u16::from(!is_upper)), ink);
            }
            Some('▌') => rect(out, (left, 0), (CELL.width / 2, CELL.height), ink),
            Some('█') => rect(out, (left, 0), (wide, CELL.height), ink),
            Some('┃') => rect(out, (centre - 1, 0), (2, CELL.height), ink),
            _ => return false,
        }
        true
    }

    fn letters(&self, out: &mut String, left: u16, ink: &str) {
        let modifier = self.style.add_modifier;
        let classes: Vec<&str> = [
            ("h", self.is_han()),
            ("b", modifier.contains(Modifier::BOLD)),
            ("i", modifier.contains(Modifier::ITALIC)),
            (ink, !ink.is_empty()),
        ]
        .into_iter()
        .filter_map(|(class, is_so)| is_so.then_some(class))
        .collect();
        let mut attributes = String::new();
        if !classes.is_empty() {
            attributes = format!(" class=\"{}\"", classes.join(" "));
        }
        if !self.is_han() && self.columns > 2 {
            attributes += &format!(" textLength=\"{}\"", self.columns * CELL.width);
        }
        let text = self.text.replace('&', "&amp;").replace('<', "&lt;");
        write!(out, "<tspan x=\"{left}\"{attributes}>{text}</tspan>")
            .expect("a string takes everything");
    }
}
