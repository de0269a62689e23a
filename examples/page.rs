//! The least program on the terminal floor: a text file to scroll through.
//!
//! ```text
//! cargo run --example page -- seeds/003_e708e3f89c99b752.txt
//! cargo run --example page -- doctor
//! ```
//!
//! It is what the tests of the terminal run, so its bottom row tells what
//! happened so far, and two keys let it panic.

use std::process::ExitCode;
use std::{env, fs, thread};

use anli::key::{Input, Key, MouseKind};
use anli::text::width;
use anli::tui::clipboard::Clipboard;
use anli::tui::environment::Environment;
use anli::tui::{Event, Leave, Settings, Tui, doctor};
use ratatui::buffer::Buffer;
use ratatui::style::Style;

#[derive(Default)]
struct Page {
    lines: Vec<String>,
    top: usize,
    pasted: String,
    mouse: bool,
    resizes: usize,
    inputs: usize,
}

fn main() -> ExitCode {
    match run() {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(leave)) => leave.exit_code().into(),
        Err(error) => {
            eprintln!("page: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<Option<Leave>, Box<dyn std::error::Error>> {
    let path = env::args().nth(1).ok_or("no file given")?;
    if path == "doctor" {
        for finding in doctor::examine(&Environment::read(), &anli::config::Config::default()) {
            println!("{}: {}", finding.name, finding.value);
        }
        return Ok(None);
    }
    let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {path}: {error}"))?;
    let mut tui = Tui::claim(Settings::from(&Environment::read()))?;
    let events = tui.listen::<&'static str>()?;
    let mut page = Page {
        lines: text.lines().map(str::to_owned).collect(),
        mouse: tui.mouse(),
        ..Page::default()
    };
    loop {
        let ambiguous = tui.ambiguous();
        tui.draw(|buffer, _| page.draw(buffer, ambiguous));
        for event in tui.wait(&events) {
            match event {
                Event::Leave(leave) => return Ok(Some(leave)),
                Event::App(message) => page.pasted = message.into(),
                Event::Widths | Event::Background(_) => {}
                Event::Input(input) => {
                    page.inputs += 1;
                    match input {
                        Input::Key(Key::Char('q')) => return Ok(None),
                        Input::Key(Key::Char('p')) => panic!("asked to panic"),
                        Input::Key(Key::Char('P')) => {
                            thread::spawn(|| panic!("asked to panic elsewhere"));
                        }
                        Input::Key(Key::Char('w')) => {
                            let sender = events.sender();
                            thread::spawn(move || sender.send("from a worker"));
                        }
                        // What a main thread that hangs does.
                        Input::Key(Key::Char('h')) => thread::park(),
                        Input::Key(Key::Char('m')) => page.mouse = tui.set_mouse(!page.mouse),
                        Input::Key(Key::Char('y')) => tui.copy("创新", Clipboard::Raw)?,
                        Input::Key(Key::Char('Y')) => tui.copy(&text, Clipboard::Raw)?,
                        Input::Key(Key::Char('e')) => {
                            let command = env::var("EDITOR")?;
                            tui.lend(|| std::process::Command::new(command).status())?;
                        }
                        Input::Key(Key::Ctrl('z')) => tui.suspend(),
                        Input::Key(Key::Ctrl('l')) => tui.repaint(),
                        input => page.take(input),
                    }
                }
            }
        }
    }
}

impl Page {
    fn take(&mut self, input: Input) {
        match input {
            Input::Key(Key::Char('j') | Key::Down) => self.top += 1,
            Input::Key(Key::Char('k') | Key::Up) => self.top = self.top.saturating_sub(1),
            Input::Key(Key::Char('n') | Key::PageDown) => self.top += 37,
            Input::Key(Key::Home) => self.top = 0,
            Input::Paste(text) => self.pasted = text.replace(char::is_control, "?"),
            Input::Mouse(mouse) if mouse.kind == MouseKind::ScrollDown => self.top += 3,
            Input::Resize { .. } => self.resizes += 1,
            _ => {}
        }
        self.top = self.top.min(self.lines.len().saturating_sub(1));
    }

    /// The text, and below it what happened; the caret at the end of that.
    fn draw(&self, buffer: &mut Buffer, ambiguous: width::Ambiguous) -> Option<(u16, u16)> {
        let (columns, rows) = (buffer.area.width, buffer.area.height);
        let lines = self.lines.iter().skip(self.top);
        for (row, line) in (0..rows.saturating_sub(1)).zip(lines) {
            put(buffer, row, line, Style::new(), ambiguous);
        }
        let status = format!(
            "{columns}x{rows} top {} inputs {} resizes {} mouse {} “{}”|",
            self.top,
            self.inputs,
            self.resizes,
            if self.mouse { "on" } else { "off" },
            self.pasted,
        );
        let bottom = rows.checked_sub(1)?;
        let end = put(buffer, bottom, &status, Style::new().reversed(), ambiguous);
        Some((end, bottom))
    }
}

/// Writes a line as far as it fits and returns the column behind it.
fn put(
    buffer: &mut Buffer,
    row: u16,
    text: &str,
    style: Style,
    ambiguous: width::Ambiguous,
) -> u16 {
    let mut column = 0;
    for c in text.chars().filter(|c| !c.is_control()) {
        let columns = width::of_char(c, ambiguous);
        if columns == 0 || column + columns > buffer.area.width {
            continue;
        }
        buffer[(column, row)].set_char(c).set_style(style);
        column += columns;
    }
    column
}
