//! The explorer without a terminal, over the real seeds: keys go through the
//! real key table and the real update, questions are answered at once, and the
//! screen is read back as a user sees it.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use anli::app::Settings;
use anli::app::action::Action;
use anli::background::Background;
use anli::case::CaseRef;
use anli::config::Start;
use anli::corpus::{CaseIndex, Corpus};
use anli::jury::visible::Reader;
use anli::key::{Input, Key, Mouse, MouseKind};
use anli::round::Opened;
use anli::round::sitting::Sitting;
use anli::search::index::Index;
use anli::seeds::{self, catalog::Catalog};
use anli::store::{Change, State};
use anli::text::width::{self, Ambiguous};
use anli::topics::{self, Assignment, Rules};
use anli::ui::{
    self,
    theme::{Ground, Theme},
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::driver::Driver;

/// The seeds, read once.
pub static SEEDS: LazyLock<Arc<Corpus>> =
    LazyLock::new(|| Arc::new(seeds::read(seeds::embedded(), &Catalog::embedded()).corpus));

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::build(Arc::clone(&SEEDS)));

/// The topics of every case of the seeds.
pub static TOPICS: LazyLock<Vec<Vec<Assignment>>> =
    LazyLock::new(|| topics::assign_all(&SEEDS, &RULES));

/// The rules by which topics are assigned.
pub static RULES: LazyLock<Arc<Rules>> = LazyLock::new(|| Arc::new(Rules::embedded()));

/// A terminal with light text on a dark background.
pub const DARK: Ground = Ground {
    background: Some(Background::Dark),
    palette: true,
};

/// A case of the seeds by its id.
pub fn case(id: &str) -> CaseRef<'static> {
    SEEDS.get(SEEDS.find(id).expect("the seeds have this case"))
}

/// Settings with which the list has the keys at the start.
fn in_list(settings: Settings) -> Settings {
    Settings {
        start: Start::List,
        ..settings
    }
}

/// Settings for a terminal that draws characters of ambiguous width wide.
pub fn wide() -> Settings {
    Settings {
        ambiguous: Ambiguous::Wide,
        ascii: true,
        ..Settings::default()
    }
}

/// A reader at the round in a folder, whose cases are those of the seeds.
pub fn sitting(folder: &Path, juror: Option<&str>) -> Sitting {
    let opened = Opened::read(folder).unwrap_or_else(|error| panic!("{error:?}"));
    let reader = juror.map_or(Reader::Office, |name| {
        Reader::Juror(opened.juror(name).expect("a juror of the round"))
    });
    Sitting::new(opened, &SEEDS, reader)
}

pub struct Screen {
    driver: Driver<'static>,
    pub theme: Theme,
}

impl Deref for Screen {
    type Target = Driver<'static>;

    fn deref(&self) -> &Self::Target {
        &self.driver
    }
}

impl DerefMut for Screen {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.driver
    }
}

impl Screen {
    /// The explorer as it opens, on a screen of so many columns and rows.
    pub fn new(columns: u16, rows: u16) -> Self {
        Self::with(columns, rows, Settings::default(), "", State::default())
    }

    /// The same with settings of its own.
    pub fn set(columns: u16, rows: u16, settings: Settings) -> Self {
        Self::with(columns, rows, settings, "", State::default())
    }

    /// The explorer over other cases than the seeds; nothing is searched in
    /// them.
    pub fn over(corpus: Corpus, columns: u16, rows: u16) -> Self {
        let mut screen = Self::bare(Arc::new(corpus), in_list(Settings::default()));
        screen.begin("", State::default(), columns, rows);
        screen.app.filter.takes_letters = true;
        screen
    }

    /// The explorer in the round of a folder, as a juror or as the office.
    pub fn in_round(folder: &Path, juror: Option<&str>, columns: u16, rows: u16) -> Self {
        let sitting = sitting(folder, juror);
        let corpus = Arc::new(sitting.corpus.clone());
        // Few screens are opened in a round, and each test ends soon.
        let index: &'static Index = Box::leak(Box::new(Index::build(Arc::clone(&corpus))));
        let mut screen = Self {
            driver: Driver::new(corpus, index, in_list(Settings::default())),
            theme: Theme::mono(),
        };
        screen.begin("", State::default(), columns, rows);
        screen.app.filter.takes_letters = true;
        screen.sitting = Some(sitting);
        screen.take_seat();
        screen
    }

    fn bare(corpus: Arc<Corpus>, settings: Settings) -> Self {
        Self {
            driver: Driver::new(corpus, &INDEX, settings),
            theme: Theme::sixteen(DARK),
        }
    }

    /// From now on answers give their matches to so many hits, as those of a large
    /// library do; the others get theirs by [`Screen::explain`].
    pub fn explaining(mut self, hits: usize) -> Self {
        self.explain_only(hits);
        self
    }

    /// Tells the matches that the explorer asks for, as the thread that searches
    /// does.
    pub fn explain(mut self) -> Self {
        let explained = self.explanation();
        self.act(Action::ShowExplained(explained))
    }

    pub fn with(columns: u16, rows: u16, settings: Settings, query: &str, kept: State) -> Self {
        let mut screen = Self::fresh(columns, rows, in_list(settings), query, kept);
        screen.app.filter.takes_letters = true;
        screen
    }

    /// The explorer as it is at its start, before any key.
    pub fn fresh(columns: u16, rows: u16, settings: Settings, query: &str, kept: State) -> Self {
        let mut screen = Self::bare(Arc::clone(&SEEDS), settings);
        screen.begin(query, kept, columns, rows);
        screen.update(Action::TakeTopics(Arc::clone(&RULES), TOPICS.clone()));
        screen
    }

    /// The explorer as it opens the next time, on another screen.
    pub fn reopen(self, columns: u16, rows: u16) -> Self {
        let Driver { app, mut store, .. } = self.driver;
        store.apply(Change::Resume(app.resume()));
        let kept = store.state().clone();
        let mut screen = Self::with(columns, rows, Settings::default(), "", kept);
        screen.store = store;
        screen
    }

    /// Presses keys: characters, and names in braces as the settings have them:
    /// `/地铁{enter}{ctrl-d}`.
    pub fn press(mut self, keys: &str) -> Self {
        for key in parse(keys) {
            self.driver.press(key);
        }
        self
    }

    pub fn paste(mut self, text: &str) -> Self {
        self.input(Input::Paste(text.to_owned()));
        self
    }

    pub fn resize(mut self, columns: u16, rows: u16) -> Self {
        self.input(Input::Resize { columns, rows });
        self
    }

    pub fn click(self, column: u16, row: u16) -> Self {
        self.mouse(MouseKind::Press, column, row)
    }

    pub fn mouse(mut self, kind: MouseKind, column: u16, row: u16) -> Self {
        self.input(Input::Mouse(Mouse { kind, column, row }));
        self
    }

    pub fn act(mut self, action: Action) -> Self {
        self.update(action);
        self
    }

    /// Id of the selected case.
    pub fn selected(&self) -> Option<&str> {
        self.app.list.selected().map(|case| self.id(case))
    }

    /// Id of the case on the page.
    pub fn reading(&self) -> Option<&str> {
        self.app.page.case().map(|case| self.id(case))
    }

    fn id(&self, case: CaseIndex) -> &str {
        &self.app.corpus.get(case).case.id.0
    }

    /// Ids of the cases in the list, in order.
    pub fn listed(&self) -> Vec<&str> {
        let hits = self.app.list.hits().iter();
        hits.map(|hit| self.id(hit.case)).collect()
    }

    pub fn buffer(&self) -> (Buffer, Option<(u16, u16)>) {
        let (width, height) = self.app.window.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let caret = ui::draw(&self.app, &self.theme, &mut buffer);
        (buffer, caret)
    }

    pub fn caret(&self) -> Option<(u16, u16)> {
        self.buffer().1
    }

    /// The screen's text, row by row, blanks at the ends cut.
    pub fn text(&self) -> String {
        self.rows().join("\n")
    }

    pub fn rows(&self) -> Vec<String> {
        let (buffer, _) = self.buffer();
        let rows = (0..buffer.area.height).map(|y| {
            let row: String = self.glyphs(&buffer, y).map(|(_, glyph, _)| glyph).collect();
            row.trim_end().to_owned()
        });
        rows.collect()
    }

    pub fn row(&self, row: u16) -> String {
        self.rows().swap_remove(usize::from(row))
    }

    /// The part of every row that lies in the page, blanks at the ends cut.
    pub fn page_rows(&self) -> Vec<String> {
        let page = self
            .app
            .panes()
            .and_then(|panes| panes.page)
            .expect("the page is shown");
        let (buffer, _) = self.buffer();
        let rows = (page.y..page.y + page.rows).map(|y| {
            // The last column is the scrollbar's.
            let inside = |x: &u16| (page.x..page.x + page.columns - 1).contains(x);
            let glyphs = self.glyphs(&buffer, y);
            let row: String = glyphs
                .filter(|(x, ..)| inside(x))
                .map(|(_, glyph, _)| glyph)
                .collect();
            row.trim_end().to_owned()
        });
        rows.collect()
    }

    /// The rows of the page run together, without their indents.
    pub fn page_text(&self) -> String {
        let rows = self.page_rows();
        rows.iter().map(|row| row.trim()).collect()
    }

    /// The text at the top of the page, to the end of its paragraph or heading:
    /// where the reader is.
    pub fn place(&self) -> String {
        let sheet = self.app.page.sheet().expect("there is a page");
        let anchor = sheet.set.anchor_at(self.app.page.top());
        let text = &sheet.set.blocks()[anchor.block as usize].text;
        text.chars().skip(anchor.char as usize).collect()
    }

    /// The screen with what attributes say: `[` `]` around reversed runs, `_` on
    /// both sides of underlined ones, `*` on both sides of bold ones.
    pub fn attributed(&self) -> String {
        let (buffer, _) = self.buffer();
        let rows = (0..buffer.area.height).map(|y| {
            let mut row = String::new();
            let mut before = Modifier::empty();
            for (_, glyph, style) in self.glyphs(&buffer, y) {
                turn(&mut row, before, style.add_modifier);
                row += &glyph;
                before = style.add_modifier;
            }
            turn(&mut row, before, Modifier::empty());
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// The texts with an attribute, each run once, in reading order.
    pub fn runs(&self, modifier: Modifier) -> Vec<String> {
        let (buffer, _) = self.buffer();
        let mut runs = Vec::new();
        for y in 0..buffer.area.height {
            let mut open = false;
            for (_, glyph, style) in self.glyphs(&buffer, y) {
                match (style.add_modifier.contains(modifier), open) {
                    (true, false) => runs.push(glyph),
                    (true, true) => *runs.last_mut().expect("a run is open") += &glyph,
                    (false, _) => {}
                }
                open = style.add_modifier.contains(modifier);
            }
        }
        runs
    }

    /// The glyphs of a row with their columns, the hidden half of wide ones left
    /// out.
    pub fn glyphs<'a>(
        &self,
        buffer: &'a Buffer,
        y: u16,
    ) -> impl Iterator<Item = (u16, String, Style)> + use<'a> {
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

/// The keys that a text names.
#[track_caller]
pub fn parse(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let name = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let (key, after) = match name {
            Some((name, after)) => match name.parse() {
                Ok(key) => (key, after),
                Err(error) => panic!("no key is named {name}: {error:?}"),
            },
            None => (Key::Char(c), &rest[c.len_utf8()..]),
        };
        keys.push(key);
        rest = after;
    }
    keys
}

const MARKS: [(Modifier, &str, &str); 3] = [
    (Modifier::REVERSED, "[", "]"),
    (Modifier::BOLD, "*", "*"),
    (Modifier::UNDERLINED, "_", "_"),
];

fn turn(row: &mut String, before: Modifier, now: Modifier) {
    for (modifier, _, close) in MARKS.iter().rev() {
        if before.contains(*modifier) && !now.contains(*modifier) {
            row.push_str(close);
        }
    }
    for (modifier, open, _) in MARKS {
        if now.contains(modifier) && !before.contains(modifier) {
            row.push_str(open);
        }
    }
}
