//! The explorer without a terminal: keys go through the real key table and the
//! real update, questions are answered at once, and the screen is read back as
//! a user sees it.

use std::sync::Arc;

use anli::app::action::{Action, Effect};
use anli::app::key::{Input, Key};
use anli::app::{App, Settings};
use anli::corpus::Corpus;
use anli::search::facts::Facts;
use anli::search::index::Index;
use anli::store::{State, Store};
use anli::text::width;
use anli::ui::{self, theme::Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

pub struct Screen {
    pub app: App,
    pub theme: Theme,
    pub effects: Vec<Effect>,
    index: Index,
    facts: Facts,
    store: Store,
}

impl Screen {
    /// The explorer over a corpus, on a screen of so many columns and rows.
    pub fn new(corpus: &Arc<Corpus>, columns: u16, rows: u16) -> Self {
        Self::with(corpus, columns, rows, Settings::default(), "")
    }

    pub fn with(
        corpus: &Arc<Corpus>,
        columns: u16,
        rows: u16,
        settings: Settings,
        query: &str,
    ) -> Self {
        let mut screen = Self {
            app: App::new(Arc::clone(corpus), settings),
            theme: Theme::sixteen(),
            effects: Vec::new(),
            index: Index::build(Arc::clone(corpus)),
            facts: Facts::default(),
            store: Store::memory(),
        };
        let effects = screen.app.begin(query, State::default());
        screen.input(Input::Resize { columns, rows });
        for effect in effects {
            screen.carry_out(Some(effect));
        }
        screen
    }

    /// Presses keys one after another.
    pub fn press(mut self, keys: impl IntoIterator<Item = Key>) -> Self {
        for key in keys {
            self.input(Input::Key(key));
        }
        self
    }

    /// Types characters.
    pub fn typed(self, text: &str) -> Self {
        let keys: Vec<Key> = text.chars().map(Key::Char).collect();
        self.press(keys)
    }

    pub fn input(&mut self, input: Input) {
        for effect in self.app.input(input) {
            self.carry_out(Some(effect));
        }
    }

    pub fn resize(mut self, columns: u16, rows: u16) -> Self {
        self.input(Input::Resize { columns, rows });
        self
    }

    /// Searching and remembering are done at once; what else is asked of the
    /// world is noted.
    fn carry_out(&mut self, effect: Option<Effect>) {
        let action = match effect {
            Some(Effect::Search(query)) => {
                Action::ShowFound(self.index.search_with(&query, &self.facts))
            }
            Some(Effect::Know(facts)) => {
                self.facts = facts;
                return;
            }
            Some(Effect::Keep(changes)) => {
                changes.into_iter().for_each(|change| self.store.apply(change));
                Action::TakeKept(Box::new(self.store.state().clone()))
            }
            Some(effect) => return self.effects.push(effect),
            None => return,
        };
        let effect = self.app.update(action);
        self.carry_out(effect);
    }

    pub fn buffer(&self) -> (Buffer, Option<(u16, u16)>) {
        let (width, height) = self.app.screen;
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width, height });
        let caret = ui::draw(&self.app, &self.theme, &mut buffer);
        (buffer, caret)
    }

    /// The screen's text, row by row, blanks at the ends cut.
    pub fn text(&self) -> String {
        let (buffer, _) = self.buffer();
        let rows = (0..buffer.area.height).map(|y| {
            let row: String = self.glyphs(&buffer, y).map(|(_, glyph, _)| glyph).collect();
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// The screen with what attributes say: `[` `]` around reversed runs, `_` on
    /// both sides of underlined ones.
    pub fn attributed(&self) -> String {
        let (buffer, _) = self.buffer();
        let rows = (0..buffer.area.height).map(|y| {
            let mut row = String::new();
            let mut before = Modifier::empty();
            for (_, glyph, style) in self.glyphs(&buffer, y) {
                let now = style.add_modifier & (Modifier::REVERSED | Modifier::UNDERLINED);
                turn(&mut row, before, now);
                row += &glyph;
                before = now;
            }
            turn(&mut row, before, Modifier::empty());
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// The glyphs of a row with their columns, the hidden half of wide ones left
    /// out.
    pub fn glyphs<'a>(
        &self,
        buffer: &'a Buffer,
        y: u16,
    ) -> impl Iterator<Item = (u16, String, Style)> + 'a {
        let ambiguous = self.app.settings.ambiguous;
        let mut next = 0;
        (0..buffer.area.width).filter_map(move |x| {
            if x < next {
                return None;
            }
            let cell = &buffer[(x, y)];
            next = x + width::of_str(cell.symbol(), ambiguous).max(1);
            Some((x, cell.symbol().to_owned(), cell.style()))
        })
    }
}

fn turn(row: &mut String, before: Modifier, now: Modifier) {
    if before.contains(Modifier::UNDERLINED) && !now.contains(Modifier::UNDERLINED) {
        row.push('_');
    }
    if before.contains(Modifier::REVERSED) && !now.contains(Modifier::REVERSED) {
        row.push(']');
    }
    if now.contains(Modifier::REVERSED) && !before.contains(Modifier::REVERSED) {
        row.push('[');
    }
    if now.contains(Modifier::UNDERLINED) && !before.contains(Modifier::UNDERLINED) {
        row.push('_');
    }
}
