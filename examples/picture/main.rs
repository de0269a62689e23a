//! Draws a screen of the explorer as an SVG picture, from the same frame that a
//! terminal would get, or a moving picture from a demo script:
//!
//! ```sh
//! cargo run --example picture -- 120x36 '/ditie{Enter}' en > docs/screen.svg
//! cargo run --example picture -- src/show/demo.txt en light > docs/demo.light.svg
//! ```
//!
//! Keys are characters, or names in braces as the help prints them: `{Enter}`.
//! The language of the interface follows, without it it is Chinese, and then whether
//! the picture is dark or light.

#[path = "../../tests/support/driver.rs"]
mod driver;
mod frame;
mod moving;

use std::process::ExitCode;
use std::sync::{Arc, LazyLock};

use anli::app::action::Action;
use anli::app::commands;
use anli::app::keymap;
use anli::app::{App, Settings};
use anli::background::Background;
use anli::corpus::Corpus;
use anli::key::{Input, Key};
use anli::language::Language;
use anli::search::index::Index;
use anli::seeds::{self, catalog::Catalog};
use anli::show::{Deed, Script};
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

static CORPUS: LazyLock<Arc<Corpus>> =
    LazyLock::new(|| Arc::new(seeds::read(seeds::embedded(), &Catalog::embedded()).corpus));
static INDEX: LazyLock<Index> = LazyLock::new(|| Index::build(Arc::clone(&CORPUS)));

/// How a picture looks.
struct Look {
    language: Language,
    background: Background,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |at: usize| arguments.get(at).map_or("", String::as_str);
    let still = size(argument(0));
    // A script has its keys, and its size.
    let rest = if still.is_some() { 2 } else { 1 };
    let language = match argument(rest) {
        "" => Some(Language::default()),
        name => Language::named(name),
    };
    let background = match argument(rest + 1) {
        "" | "dark" => Some(Background::Dark),
        "light" => Some(Background::Light),
        _ => None,
    };
    let (Some(language), Some(background), false) = (language, background, arguments.is_empty())
    else {
        eprintln!("usage: picture COLUMNSxROWS [KEYS [LANGUAGE [dark|light]]]");
        eprintln!("       picture SCRIPT [LANGUAGE [dark|light]]");
        return ExitCode::from(2);
    };
    let look = Look {
        language,
        background,
    };
    match still {
        Some(size) => print!("{}", look.still(size, argument(1))),
        None => match script(argument(0)) {
            Ok(script) => print!("{}", look.moving(&script)),
            Err(wrong) => {
                eprintln!("{wrong}");
                return ExitCode::from(2);
            }
        },
    }
    ExitCode::SUCCESS
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
    /// The explorer at its start.
    fn explorer(&self) -> Driver<'static> {
        let settings = Settings {
            language: self.language,
            ..Settings::default()
        };
        let rules = Arc::new(Rules::embedded());
        let topics = topics::assign_all(&CORPUS, &rules);
        let mut explorer = Driver::new(Arc::clone(&CORPUS), &INDEX, settings);
        explorer.update(Action::TakeTopics(rules, topics));
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

    /// One screen, after keys.
    fn still(&self, (columns, rows): (u16, u16), typed: &str) -> String {
        let mut explorer = self.explorer();
        explorer.input(Input::Resize { columns, rows });
        keys(typed).into_iter().for_each(|key| explorer.press(key));
        let rows = self.rows(&explorer.app, "", 0);
        let screens = [Screen { from: 0, rows }];
        moving::svg(&screens, 1, 0, columns, self.inks())
    }

    /// What a script shows, once around.
    fn moving(&self, script: &Script) -> String {
        let (columns, rows) = script.size.unwrap_or(SIZE);
        let mut explorer = self.explorer();
        let captions = script.captions(self.language);
        let ambiguous = explorer.app.settings.ambiguous;
        let below = bar::height(captions, (columns, rows), ambiguous);
        let effects = explorer.app.begin("", anli::store::State::default());
        drop(effects);
        explorer.input(Input::Resize {
            columns,
            rows: rows - below,
        });
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
