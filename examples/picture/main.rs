//! Draws screens of the explorer as SVG pictures, from the same frames that a terminal
//! would get. Without arguments it draws all pictures of READMEs and guide, stills and
//! what the built-in demo shows, in both languages, dark and light. Else it prints one,
//! a still or what a demo script shows:
//!
//! ```sh
//! cargo run --example picture
//! cargo run --example picture -- 120x36 'ditie{Enter}' en > screen.svg
//! cargo run --example picture -- demo.txt en light > demo.svg
//! ```
//!
//! Keys are characters, or names in braces as demo scripts have them: `{Enter}`.
//! The language of the interface follows, without it it is Chinese, and then whether
//! the picture is dark or light.

mod album;
#[path = "../../tests/support/driver.rs"]
mod driver;
mod frame;
mod moving;

use std::process::ExitCode;
use std::sync::Arc;

use album::Shown as Library;
use anli::app::action::Action;
use anli::app::{App, Settings};
use anli::background::Background;
use anli::key::Key;
use anli::language::Language;
use anli::show::{Deed, Script};
use anli::store::State;
use anli::text::width::Ambiguous;
use anli::topics::{self, Rules};
use anli::ui::{
    self, Shown, bar,
    theme::{Ground, Theme},
};
use driver::Driver;
use frame::Inks;
use moving::Screen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const BACKGROUNDS: [Background; 2] = [Background::Dark, Background::Light];

/// How a picture looks.
struct Look {
    language: Language,
    background: Background,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let drawn = match &arguments[..] {
        [] => album::draw_all().map_err(|error| error.to_string()),
        arguments => one(arguments).map(|picture| print!("{picture}")),
    };
    match drawn {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::from(2)
        }
    }
}

const USAGE: &str = "usage: picture
       picture COLUMNSxROWS [KEYS [LANGUAGE [dark|light]]]
       picture SCRIPT [LANGUAGE [dark|light]]";

/// The picture that arguments ask for.
fn one(arguments: &[String]) -> Result<String, String> {
    let argument = |at: usize| arguments.get(at).map_or("", String::as_str);
    let still = size(argument(0));
    // A script has its keys, and its size.
    let rest = if still.is_some() { 2 } else { 1 };
    let language = match argument(rest) {
        "" => Language::default(),
        name => Language::named(name).ok_or(USAGE)?,
    };
    let background = match argument(rest + 1) {
        "" | "dark" => Background::Dark,
        "light" => Background::Light,
        _ => return Err(USAGE.to_owned()),
    };
    let look = Look {
        language,
        background,
    };
    match still {
        Some(size) => Ok(look.still(Library::BuiltIn, size, keys(argument(1)))),
        None => Ok(look.moving(&script(argument(0))?)),
    }
}

/// A script in a file, and what is wrong with it in English.
fn script(path: &str) -> Result<Script, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    Script::parse(&text).map_err(|mistakes| {
        let told = mistakes
            .iter()
            .map(|mistake| format!("{path}:{}: {}", mistake.line, mistake.why));
        told.collect::<Vec<_>>().join("\n")
    })
}

impl Look {
    /// The explorer as it opens a library.
    fn explorer(&self, library: Library, (columns, rows): (u16, u16)) -> Driver<'static> {
        let settings = Settings {
            language: self.language,
            ..Settings::default()
        };
        let open = library.open();
        let rules = Arc::new(Rules::embedded());
        let topics = topics::assign_all(&open.corpus, &rules);
        let mut explorer = Driver::new(Arc::clone(&open.corpus), &open.index, settings);
        explorer.begin("", State::default(), columns, rows);
        explorer.update(Action::TakeTopics(rules, topics));
        explorer.sitting = library.sitting();
        explorer.take_seat();
        explorer
    }

    fn inks(&self) -> &'static Inks {
        match self.background {
            Background::Dark => &frame::DARK,
            Background::Light => &frame::LIGHT,
        }
    }

    /// The rows of a screen, with a bar below it.
    fn rows(&self, app: &App, caption: &str, below: u16) -> Vec<String> {
        let theme = Theme::sixteen(Ground {
            background: Some(self.background),
            palette: true,
        });
        let (columns, rows) = app.window.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows + below));
        let shown = Shown::Bar(caption.to_owned(), below);
        let caret = ui::draw_staged(app, &theme, &mut buffer, &shown);
        let ambiguous = app.settings.ambiguous;
        (0..rows + below)
            .map(|y| frame::row(&buffer, y, caret, ambiguous))
            .collect()
    }

    /// One screen of a library, after keys.
    fn still(&self, library: Library, size: (u16, u16), keys: Vec<Key>) -> String {
        let mut explorer = self.explorer(library, size);
        keys.into_iter().for_each(|key| explorer.press(key));
        let rows = self.rows(&explorer.app, "", 0);
        let screens = [Screen { from: 0, rows }];
        moving::svg(&screens, 1, 0, size.0, self.inks())
    }

    /// What a script shows, once around.
    fn moving(&self, script: &Script) -> String {
        let (columns, rows) = script.size.unwrap_or(SIZE);
        let captions = script.captions(self.language);
        let below = bar::height(captions, (columns, rows), Ambiguous::default());
        let mut explorer = self.explorer(Library::BuiltIn, (columns, rows - below));
        let mut caption = String::new();
        let (mut time, mut still) = (0, None);
        let mut screens: Vec<Screen> = Vec::new();
        for cue in &script.cues {
            time += cue.after;
            match &cue.deed {
                Deed::Rest => {}
                Deed::Say(said) => said.in_language(self.language).clone_into(&mut caption),
                Deed::Press(key) => {
                    explorer.press(*key);
                    // The first page that is read is what is seen where nothing moves.
                    if *key == Key::Enter {
                        still.get_or_insert(screens.len());
                    }
                }
            }
            let rows = self.rows(&explorer.app, &caption, below);
            match screens.last_mut() {
                Some(last) if last.rows == rows => {}
                Some(last) if last.from == time => last.rows = rows,
                _ => screens.push(Screen { from: time, rows }),
            }
        }
        if let Some(first) = screens.first_mut() {
            first.from = 0;
        }
        let still = still.unwrap_or(0).min(screens.len().saturating_sub(1));
        moving::svg(&screens, time.max(1), still, columns, self.inks())
    }
}

/// Columns and rows of a moving picture whose script names none.
const SIZE: (u16, u16) = (100, 30);

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
        match name.and_then(|(name, after)| Some((name.parse().ok()?, after))) {
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
