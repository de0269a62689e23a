//! Draws a screen of the explorer as an SVG picture, from the same frame that a
//! terminal would get:
//!
//! ```sh
//! cargo run --example picture -- 120x36 '/ditie{Enter}' > docs/screen.svg
//! ```
//!
//! Keys are characters, or names in braces as the help prints them: `{Enter}`.

use std::process::ExitCode;
use std::sync::Arc;

use anli::app::action::{Action, Effect};
use anli::app::commands::{COMMANDS, Mode};
use anli::app::key::{Input, Key};
use anli::app::keymap;
use anli::app::{App, Settings};
use anli::search::index::Index;
use anli::seeds::{self, catalog::Catalog};
use anli::text::width;
use anli::ui::{self, theme::Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// Size of a cell in the picture.
const CELL: (u16, u16) = (9, 20);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let size = arguments.first().and_then(|size| {
        let (columns, rows) = size.split_once('x')?;
        Some((columns.parse().ok()?, rows.parse().ok()?))
    });
    let Some((columns, rows)) = size else {
        eprintln!("usage: picture COLUMNSxROWS [KEYS]");
        return ExitCode::from(2);
    };
    let library = seeds::read(seeds::embedded(), &Catalog::embedded());
    let corpus = Arc::new(library.corpus);
    let index = Index::build(Arc::clone(&corpus));
    let mut app = App::new(corpus, Settings::default());
    app.input(Input::Resize { columns, rows });
    for key in keys(arguments.get(1).map_or("", String::as_str)) {
        if let Some(Effect::Search(query)) = app.input(Input::Key(key)) {
            app.update(Action::ShowFound(index.search(&query)));
        }
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let caret = ui::draw(&app, &Theme::sixteen(), &mut buffer);
    print!("{}", svg(&buffer, caret, &app));
    ExitCode::SUCCESS
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

/// The key with a name, among those that mean something in the list or page.
fn named(name: &str) -> Option<Key> {
    let all = COMMANDS.iter().flat_map(|row| row.keys);
    let mut known =
        all.filter(|(modes, _)| modes.contains(&Mode::Page) || modes.contains(&Mode::List));
    known
        .find(|(_, key)| keymap::name(*key) == name)
        .map(|(_, key)| *key)
}

fn svg(buffer: &Buffer, caret: Option<(u16, u16)>, app: &App) -> String {
    let (width, height) = (buffer.area.width * CELL.0, buffer.area.height * CELL.1);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"'Noto Sans Mono CJK SC','Sarasa Mono SC',monospace\" \
         font-size=\"15\" xml:space=\"preserve\">\n<rect width=\"100%\" height=\"100%\" fill=\"#1d2021\"/>\n"
    );
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let columns = width::of_str(cell.symbol(), app.settings.ambiguous).max(1);
            out += &glyph(x, y, columns, cell.symbol(), cell.style());
            x += columns;
        }
    }
    if let Some((x, y)) = caret {
        let (x, y) = (x * CELL.0, y * CELL.1);
        out += &format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"2\" height=\"{}\" fill=\"#ebdbb2\"/>\n",
            CELL.1
        );
    }
    out + "</svg>\n"
}

fn glyph(x: u16, y: u16, columns: u16, symbol: &str, style: Style) -> String {
    let modifier = style.add_modifier;
    let ink = colour(style.fg.unwrap_or(Color::Reset));
    let reversed = modifier.contains(Modifier::REVERSED);
    let (left, top, wide) = (x * CELL.0, y * CELL.1, columns * CELL.0);
    let mut out = String::new();
    if reversed {
        out += &format!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{}\" fill=\"{ink}\"/>\n",
            CELL.1
        );
    }
    let ink = if reversed { "#1d2021" } else { ink };
    if !symbol.trim().is_empty() {
        let weight = if modifier.contains(Modifier::BOLD) {
            " font-weight=\"bold\""
        } else {
            ""
        };
        // A Han face draws ambiguous characters two columns wide.
        let face = if columns == 1 {
            " font-family=\"'DejaVu Sans Mono',monospace\""
        } else {
            ""
        };
        let symbol = symbol.replace('&', "&amp;").replace('<', "&lt;");
        out += &format!(
            "<text x=\"{left}\" y=\"{}\" fill=\"{ink}\" textLength=\"{wide}\"{weight}{face}>{symbol}</text>\n",
            top + 15
        );
    }
    if modifier.contains(Modifier::UNDERLINED) {
        out += &format!(
            "<rect x=\"{left}\" y=\"{}\" width=\"{wide}\" height=\"1\" fill=\"{ink}\"/>\n",
            top + CELL.1 - 2
        );
    }
    out
}

fn colour(colour: Color) -> &'static str {
    match colour {
        Color::Cyan => "#83a598",
        Color::Yellow => "#fabd2f",
        Color::DarkGray => "#928374",
        Color::Blue => "#83a598",
        Color::Red => "#fb4934",
        Color::Green => "#b8bb26",
        _ => "#ebdbb2",
    }
}
