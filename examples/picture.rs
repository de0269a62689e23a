//! Draws a screen of the explorer as an SVG picture, from the same frame that a
//! terminal would get:
//!
//! ```sh
//! cargo run --example picture -- 120x36 '/ditie{Enter}' en > docs/screen.svg
//! ```
//!
//! Keys are characters, or names in braces as the help prints them: `{Enter}`.
//! The language of the interface comes last; without it it is Chinese.

#[path = "../tests/support/driver.rs"]
mod driver;

use std::fmt::Write;
use std::process::ExitCode;
use std::sync::Arc;

use anli::app::action::Action;
use anli::app::commands;
use anli::app::keymap;
use anli::app::{App, Settings};
use anli::background::Background;
use anli::key::{Input, Key};
use anli::language::Language;
use anli::search::index::Index;
use anli::seeds::{self, catalog::Catalog};
use anli::text::width;
use anli::topics::{self, Rules};
use anli::ui::{
    self,
    theme::{Ground, Theme},
};
use driver::Driver;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// The terminal of the picture.
const DARK: Ground = Ground {
    background: Some(Background::Dark),
    palette: true,
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |at: usize| arguments.get(at).map_or("", String::as_str);
    let language = match argument(2) {
        "" => Some(Language::default()),
        name => Language::named(name),
    };
    let (Some((columns, rows)), Some(language)) = (size(argument(0)), language) else {
        eprintln!("usage: picture COLUMNSxROWS [KEYS [LANGUAGE]]");
        return ExitCode::from(2);
    };
    let library = seeds::read(seeds::embedded(), &Catalog::embedded());
    let corpus = Arc::new(library.corpus);
    let index = Index::build(Arc::clone(&corpus));
    let settings = Settings {
        language,
        ..Settings::default()
    };
    let rules = Arc::new(Rules::embedded());
    let topics = topics::assign_all(&corpus, &rules);
    let mut explorer = Driver::new(corpus, &index, settings);
    explorer.update(Action::TakeTopics(rules, topics));
    explorer.input(Input::Resize { columns, rows });
    for key in keys(argument(1)) {
        explorer.press(key);
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let caret = ui::draw(&explorer.app, &Theme::sixteen(DARK), &mut buffer);
    print!("{}", Picture::new(&buffer, &explorer.app).svg(caret));
    ExitCode::SUCCESS
}

fn size(text: &str) -> Option<(u16, u16)> {
    let (columns, rows) = text.split_once('x')?;
    Some((columns.parse().ok()?, rows.parse().ok()?))
}

/// The keys that a text names.
fn keys(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let name = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        match name.and_then(|(name, after)| Some((named(name)?, after))) {
            Some((key, after)) => {
                keys.push(key);
                rest = after;
            }
            None => {
                keys.push(Key::Char(c));
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    keys
}

/// The key with a name, among those that a command has.
fn named(name: &str) -> Option<Key> {
    let mut known = commands::all().flat_map(|row| row.keys);
    known
        .find(|(_, key)| keymap::name(*key) == name)
        .map(|(_, key)| *key)
}

/// Size of a cell in the picture. A Han character is as wide as its face is
/// high, so that two cells are the size of its face.
const CELL: Size = Size {
    width: 8,
    height: 18,
};

struct Size {
    width: u16,
    height: u16,
}

/// Where letters stand in a cell, from its top.
const BASELINE: u16 = 14;

const GROUND: &str = "#1d2021";
const INK: &str = "#ebdbb2";

/// Faces that are found on the usual systems. A letter of a face of fixed width
/// is 0.6 of its size wide.
const STYLE: &str = "\
text{fill:#ebdbb2;font:13.3px 'DejaVu Sans Mono',Menlo,Consolas,monospace}\
.h{font:16px 'Noto Sans Mono CJK SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif}\
.b{font-weight:bold}.i{font-style:italic}";

/// A frame and what is drawn of it.
struct Picture<'a> {
    buffer: &'a Buffer,
    app: &'a App,
    out: String,
}

/// Cells of one row that are drawn in one go.
struct Run {
    left: u16,
    columns: u16,
    text: String,
    style: Style,
}

impl<'a> Picture<'a> {
    fn new(buffer: &'a Buffer, app: &'a App) -> Self {
        Self {
            buffer,
            app,
            out: String::new(),
        }
    }

    fn svg(mut self, caret: Option<(u16, u16)>) -> String {
        let area = self.buffer.area;
        let (width, height) = (area.width * CELL.width, area.height * CELL.height);
        self.line(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\">"
        ));
        self.line(&format!("<style>{STYLE}</style>"));
        self.rect(0, 0, width, height, GROUND);
        for y in 0..area.height {
            self.row(y);
        }
        if let Some((x, y)) = caret {
            self.rect(x * CELL.width, y * CELL.height, 2, CELL.height, INK);
        }
        self.line("</svg>");
        self.out
    }

    fn line(&mut self, text: &str) {
        writeln!(self.out, "{text}").expect("a string takes everything");
    }

    fn rect(&mut self, x: u16, y: u16, width: u16, height: u16, fill: &str) {
        self.line(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>"
        ));
    }

    fn row(&mut self, y: u16) {
        let mut x = 0;
        let mut runs: Vec<Run> = Vec::new();
        while x < self.buffer.area.width {
            let cell = &self.buffer[(x, y)];
            let columns = width::of_str(cell.symbol(), self.app.settings.ambiguous).max(1);
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
            x += columns;
        }
        for run in &runs {
            self.run(run, y);
        }
    }

    fn run(&mut self, run: &Run, y: u16) {
        let (left, top) = (run.left * CELL.width, y * CELL.height);
        let wide = run.columns * CELL.width;
        let modifier = run.style.add_modifier;
        let ink = colour(run.style.fg.unwrap_or(Color::Reset));
        let reversed = modifier.contains(Modifier::REVERSED);
        if reversed {
            self.rect(left, top, wide, CELL.height, ink);
        }
        let ink = if reversed { GROUND } else { ink };
        if !self.frame(run, left, top, ink) && !run.text.trim().is_empty() {
            self.text(run, left, top, ink);
        }
        if modifier.contains(Modifier::UNDERLINED) {
            self.rect(left, top + BASELINE + 2, wide, 1, ink);
        }
    }

    /// Draws the marks of the frame as lines, which meet whatever the face is.
    fn frame(&mut self, run: &Run, left: u16, top: u16, ink: &str) -> bool {
        let (middle, centre) = (top + CELL.height / 2, left + CELL.width / 2);
        let (bottom, below) = (top + CELL.height, CELL.height / 2);
        let wide = run.columns * CELL.width;
        match run.text.chars().next() {
            Some('─') => self.rect(left, middle, wide, 1, ink),
            Some('━') => self.rect(left, middle - 1, wide, 3, ink),
            Some('│') => self.rect(centre, top, 1, CELL.height, ink),
            Some('┬') => {
                self.rect(left, middle, wide, 1, ink);
                self.rect(centre, middle, 1, below, ink);
            }
            Some('┴') => {
                self.rect(left, middle, wide, 1, ink);
                self.rect(centre, top, 1, below, ink);
            }
            Some(corner @ ('┌' | '┐' | '└' | '┘')) => {
                let x = if "┌└".contains(corner) {
                    centre
                } else {
                    left
                };
                let y = if "┌┐".contains(corner) {
                    middle
                } else {
                    top
                };
                self.rect(x, middle, CELL.width / 2, 1, ink);
                self.rect(centre, y, 1, bottom.min(y + below + 1) - y, ink);
            }
            Some('▌') => self.rect(left, top, CELL.width / 2, CELL.height, ink),
            Some('┃') => self.rect(centre - 1, top, 2, CELL.height, ink),
            _ => return false,
        }
        true
    }

    fn text(&mut self, run: &Run, left: u16, top: u16, ink: &str) {
        let mut classes = Vec::new();
        if run.is_han() {
            classes.push("h");
        }
        if run.style.add_modifier.contains(Modifier::BOLD) {
            classes.push("b");
        }
        if run.style.add_modifier.contains(Modifier::ITALIC) {
            classes.push("i");
        }
        let mut attributes = String::new();
        if !classes.is_empty() {
            attributes += &format!(" class=\"{}\"", classes.join(" "));
        }
        if ink != INK {
            // An attribute gives way to the style sheet.
            attributes += &format!(" style=\"fill:{ink}\"");
        }
        if !run.is_han() && run.columns > 1 {
            attributes += &format!(" textLength=\"{}\"", run.columns * CELL.width);
        }
        let text = run.text.replace('&', "&amp;").replace('<', "&lt;");
        let y = top + BASELINE;
        self.line(&format!(
            "<text x=\"{left}\" y=\"{y}\"{attributes}>{text}</text>"
        ));
    }
}

impl Run {
    /// Whether its characters are two cells wide; ambiguous ones that are one
    /// cell wide are not, and a Han face would draw them wide.
    fn is_han(&self) -> bool {
        usize::from(self.columns) > self.text.chars().count()
    }

    /// Whether another run is of one piece with this one: blanks stand alone, so
    /// that no viewer has to keep them.
    fn takes(&self, next: &Self) -> bool {
        let blank = |run: &Self| run.text.trim().is_empty();
        let alike = self.style == next.style
            && self.is_han() == next.is_han()
            && blank(self) == blank(next);
        let same_mark = self.text.starts_with('─') && next.text == "─";
        alike && (same_mark || !self.is_mark() && !next.is_mark())
    }

    /// Whether it is drawn as a shape.
    fn is_mark(&self) -> bool {
        self.text
            .starts_with(['─', '│', '┬', '┴', '┌', '┐', '└', '┘', '▌', '┃'])
    }

    fn take(&mut self, next: Self) {
        self.columns += next.columns;
        self.text += &next.text;
    }
}

fn colour(colour: Color) -> &'static str {
    match colour {
        Color::Cyan => "#83a598",
        Color::Indexed(221) => "#fabd2f",
        Color::Indexed(247) => "#a89984",
        _ => INK,
    }
}
