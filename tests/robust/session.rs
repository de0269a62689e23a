//! A user who presses anything at all, in every mode, while the screen changes
//! its size and answers come late.

use std::cell::Cell;
use std::sync::{Arc, LazyLock};

use anli::app::Settings;
use anli::app::action::{Action, Contents, Export};
use anli::app::commands::{self, Mode};
use anli::app::line_edit::LineEdit;
use anli::app::list::ListRow;
use anli::corpus::Corpus;
use anli::key::{Input, Key, Mouse, MouseKind};
use anli::language::Language;
use anli::search::Found;
use anli::search::index::Index;
use anli::seeds::{self, catalog::Catalog};
use anli::store::State;
use anli::text::gate;
use anli::text::marks::Marks;
use anli::text::width::{self, Ambiguous};
use anli::topics::{self, Assignment, Rules};
use anli::tui::dialect::Dialect;
use anli::tui::screen::Screen;
use anli::ui::{
    self,
    theme::{Ground, Theme},
};
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};
use ratatui::buffer::Buffer;
use unicode_segmentation::GraphemeCursor;

use crate::driver::Driver;
use crate::emulator::Emulator;

static CORPUS: LazyLock<Arc<Corpus>> =
    LazyLock::new(|| Arc::new(seeds::read(seeds::embedded(), &Catalog::embedded()).corpus));

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::build(Arc::clone(&CORPUS)));

/// The rules of the topics, and what they say of every case.
static TOPICS: LazyLock<(Arc<Rules>, Vec<Vec<Assignment>>)> = LazyLock::new(|| {
    let rules = Arc::new(Rules::embedded());
    let topics = topics::assign_all(&CORPUS, &rules);
    (rules, topics)
});

/// What can happen.
#[derive(Clone, Debug)]
enum Event {
    Key(Key),
    /// Typed one by one.
    Word(&'static str),
    Paste(String),
    Mouse(Mouse),
    Resize(u16, u16),
    /// The search answers the newest question.
    Answer,
    /// An answer that was given before comes once more.
    StaleAnswer(prop::sample::Index),
    /// The matches come that the explorer asks for.
    Explained,
    Topics,
    AskToOverwrite,
}

impl Event {
    /// How many inputs it stands for.
    fn inputs(&self) -> usize {
        match self {
            Self::Word(word) => word.chars().count(),
            _ => 1,
        }
    }
}

/// Words of both languages, readings, fields, and what is none of these.
const WORDS: [&str; 24] = [
    "地铁",
    "创新",
    "ditie",
    "dtgc",
    "di铁",
    "街长治",
    "2016 ",
    "年:2017",
    "类：部门",
    "机构:市民政局",
    "题:",
    "-审批",
    "\"整句",
    "没有这个词",
    "审批 没有",
    "BIM",
    "，。",
    "e\u{301}",
    "👩\u{200D}👧",
    "葛\u{E0100}",
    "ｊｋｑ",
    "？",
    "／",
    "　",
];

const PASTES: [&str; 10] = [
    "改革",
    "第一行\n第二行\r\n第三行",
    "\n\n \t \n",
    "\u{1b}[31m红\u{7}色\u{9b}2J",
    "\u{202e}\u{200b}\u{feff}\u{3164}",
    "一个很长很长的句子，长得任何一行都放不下，而且还有“引号”、（括号）和——破折号……",
    "\u{301}\u{301}\u{301}",
    "a\u{200d}b\u{0}c\td",
    "",
    "👩\u{200D}👩\u{200D}👧\u{200D}👦🇨🇳ｶﾞ",
];

/// Sizes that layouts change at, and some between.
const SIZES: [(u16, u16); 16] = [
    (1, 1),
    (2, 40),
    (250, 1),
    (23, 6),
    (24, 5),
    (24, 6),
    (25, 7),
    (40, 12),
    (79, 24),
    (80, 15),
    (80, 16),
    (80, 24),
    (81, 25),
    (120, 36),
    (160, 50),
    (250, 80),
];

/// Every key that is bound anywhere.
fn bound_keys() -> Vec<Key> {
    let keys = commands::all().flat_map(|row| row.keys);
    keys.map(|&(_, key)| key)
        .filter(|key| !is_away(*key))
        .collect()
}

/// Keys that end the session or hand the terminal over: what they do is the
/// terminal floor's, and here nothing would come after.
fn is_away(key: Key) -> bool {
    matches!(key, Key::Char('q') | Key::Ctrl('c' | 'z' | 'l'))
}

fn key() -> impl Strategy<Value = Key> {
    let bound = prop::sample::select(bound_keys());
    prop_oneof![
        12 => bound.clone(),
        // Full-width twins of what is typed with an input method off.
        2 => bound.prop_map(|key| match key {
            Key::Char(c @ '!'..='~') => {
                let full = char::from_u32(c as u32 - 0x21 + 0xFF01);
                Key::Char(full.expect("the full-width block mirrors ASCII"))
            }
            key => key,
        }),
        // As the decoder gives them: a control is another key.
        2 => any::<char>().prop_filter_map("a control", |c| (!c.is_control()).then_some(Key::Char(c))),
        2 => prop::sample::select(vec!['j', 'o', '/', 'f', '[', '中', 'x', 'a', '？']).prop_map(Key::Alt),
        1 => prop::sample::select(vec![Key::Insert, Key::BackTab, Key::F(12), Key::Ctrl(' '), Key::Ctrl('\\')]),
        6 => prop::sample::select(vec![Key::Down, Key::Up, Key::PageDown, Key::End, Key::Enter, Key::Esc, Key::Tab]),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let place = (0..255u16, 0..85u16);
    let kind = prop::sample::select(vec![
        MouseKind::Press,
        MouseKind::Drag,
        MouseKind::ScrollUp,
        MouseKind::ScrollDown,
    ]);
    prop_oneof![
        60 => key().prop_map(Event::Key),
        8 => prop::sample::select(&WORDS[..]).prop_map(Event::Word),
        3 => prop::sample::select(&PASTES[..]).prop_map(|text| Event::Paste(text.to_owned())),
        1 => any::<String>().prop_map(Event::Paste),
        10 => (kind, place).prop_map(|(kind, (column, row))| Event::Mouse(Mouse { kind, column, row })),
        3 => prop::sample::select(&SIZES[..]).prop_map(|(columns, rows)| Event::Resize(columns, rows)),
        1 => (1..=250u16, 1..=80u16).prop_map(|(columns, rows)| Event::Resize(columns, rows)),
        8 => Just(Event::Answer),
        2 => any::<prop::sample::Index>().prop_map(Event::StaleAnswer),
        4 => Just(Event::Explained),
        1 => Just(Event::Topics),
        1 => Just(Event::AskToOverwrite),
    ]
}

/// How many hits of an answer have their matches.
const EXPLAINED: usize = 3;

/// The explorer with a store and a search, and a terminal that is played.
struct Session {
    driver: Driver<'static>,
    /// Answers that were given.
    given: Vec<Found>,
    screen: Screen<Vec<u8>>,
    emulator: Emulator,
    /// Whether the terminal was sent what it may draw in another way.
    odd: bool,
}

impl Session {
    fn new(language: Language, ambiguous: Ambiguous) -> Self {
        let settings = Settings {
            language,
            ambiguous,
            ascii: ambiguous == Ambiguous::Wide,
            ..Settings::default()
        };
        let dialect = Dialect {
            ambiguous,
            ..Dialect::default()
        };
        let (columns, rows) = (80, 24);
        let mut emulator = Emulator::new(columns, rows, ambiguous);
        // As the terminal floor leaves it: lines do not wrap.
        emulator.feed(b"\x1b[?7l\x1b[?25l");
        let mut session = Self {
            driver: Driver::new(Arc::clone(&CORPUS), &INDEX, settings),
            given: Vec::new(),
            screen: Screen::new(Vec::new(), columns, rows, dialect),
            emulator,
            odd: false,
        };
        session.driver.answer_late();
        // As of a large library: most hits come without their matches.
        session.driver.explain_only(EXPLAINED);
        session.driver.begin("", State::default(), columns, rows);
        session
    }

    fn act(&mut self, event: &Event) {
        match event {
            Event::Key(key) => self.driver.input(Input::Key(*key)),
            Event::Word(word) => word
                .chars()
                .for_each(|c| self.driver.input(Input::Key(Key::Char(c)))),
            Event::Paste(text) => self.driver.input(Input::Paste(text.clone())),
            Event::Mouse(mouse) => self.driver.input(Input::Mouse(*mouse)),
            Event::Resize(columns, rows) => self.resize(*columns, *rows),
            Event::Answer => self.given.extend(self.driver.answer()),
            Event::StaleAnswer(which) => {
                if !self.given.is_empty() {
                    let found = which.get(&self.given).clone();
                    self.driver.update(Action::ShowFound(found));
                }
            }
            Event::Explained => {
                let explained = self.driver.explanation();
                self.driver.update(Action::ShowExplained(explained));
            }
            Event::Topics => {
                {
                    let (rules, topics) = &*TOPICS;
                    self.driver
                        .update(Action::TakeTopics(Arc::clone(rules), topics.clone()));
                };
            }
            Event::AskToOverwrite => self.driver.update(Action::AskToOverwrite(Export {
                contents: Contents::Cases(Vec::new(), anli::export::Format::Json),
                path: "案例.json".to_owned(),
                overwrite: false,
            })),
        }
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.driver.input(Input::Resize { columns, rows });
        self.screen.resize(columns, rows);
        self.emulator.resize(columns, rows);
    }

    /// What must hold after every event.
    fn check(&self) {
        let app = &self.driver.app;
        self.check_list();
        self.check_page();
        check_line(&app.filter.line);
        if let Some(find) = &app.reading.find {
            check_line(&find.line);
        }
        if let Some(picker) = &app.overlay.picker {
            check_line(&picker.line);
            let (selected, count) = picker.position();
            assert!(selected < count || (selected, count) == (0, 0));
            assert_eq!(
                picker.shown().filter(|(_, selected)| *selected).count(),
                count.min(1)
            );
        }
        assert!(app.overlay.picker.is_some() || app.mode() != Mode::Picker);
        assert!(app.reading.find.is_some() || app.mode() != Mode::Find);
        assert!(app.page.case().is_some() || app.mode() != Mode::Page || app.panes().is_none());
        if self.driver.queries.is_empty() {
            assert_eq!(
                app.filter.answer.query,
                app.filter.text(),
                "the list answers what is typed"
            );
        }
    }

    fn check_list(&self) {
        let list = &self.driver.app.list;
        let hits = list.hits();
        assert_eq!(
            list.selected().is_some(),
            !hits.is_empty(),
            "something is selected"
        );
        assert!(hits.is_empty() || list.position() < hits.len());
        let (top, rows) = list.scroll();
        assert!(top <= rows);
        let Some(pane) = self.driver.app.panes().and_then(|panes| panes.list) else {
            return;
        };
        assert!(
            top == 0 || top + usize::from(pane.rows) <= rows,
            "row {top} of {rows} of the list is at its top, of {} in view",
            pane.rows
        );
        if !hits.is_empty() {
            let title = ListRow::Title(list.position() as u32);
            assert!(
                list.visible().contains(&title),
                "the selected case is in view"
            );
        }
    }

    fn check_page(&self) {
        let page = &self.driver.app.page;
        if let Some((at, count)) = page.counter() {
            assert!(at <= count && count > 0);
        }
        assert!(page.percent() <= 100);
        let Some(pane) = self.driver.app.panes().and_then(|panes| panes.page) else {
            return;
        };
        let (top, rows) = (page.top(), page.rows());
        assert!(
            top == 0 || top + usize::from(pane.rows) <= rows,
            "row {top} of {rows} of the page is at its top, of {} in view",
            pane.rows
        );
        if let Some(sheet) = page.sheet() {
            assert!(sheet.case.0 < CORPUS.len() as u32);
            assert!(rows > 0);
        }
    }

    /// Draws the screen and lets the terminal show it.
    fn draw(&mut self) {
        let (columns, rows) = self.driver.app.window.size;
        let mut painted = None;
        let app = &self.driver.app;
        let theme = Theme::sixteen(Ground::default());
        self.screen
            .paint(|buffer, _| {
                let caret = ui::draw(app, &theme, buffer);
                painted = Some((buffer.clone(), caret));
                caret
            })
            .expect("a vector takes everything");
        let (buffer, caret) = painted.expect("painting paints");
        if let Some((column, row)) = caret {
            assert!(
                column < columns && row < rows,
                "the caret stands at {column}, {row}"
            );
        }
        let ambiguous = self.driver.app.settings.ambiguous;
        check_halves(&buffer, ambiguous);
        let bytes = std::mem::take(self.screen.writer_mut());
        self.emulator.feed(&bytes);
        self.odd |= buffer
            .content
            .iter()
            .any(|cell| is_odd(cell.symbol(), ambiguous));
        if !self.odd {
            assert_eq!(self.emulator.mishaps(), [] as [String; 0]);
            self.check_shown(&buffer);
        }
    }

    /// The terminal shows the glyphs that were painted, each where it was.
    fn check_shown(&self, buffer: &Buffer) {
        for row in 0..buffer.area.height {
            for column in 0..buffer.area.width {
                let painted = buffer[(column, row)].symbol();
                // Marks and selectors that are too much are never sent.
                let mut marks = Marks::default();
                let sent = painted.chars().filter(|&c| !marks.is_excess(c));
                let symbol = sent.collect::<String>();
                let cell = self.emulator.cell(column, row);
                let covered = cell.columns == 0 && symbol == " ";
                let gated = symbol.chars().any(gate::denied) && cell.text == "?";
                assert!(
                    cell.text == symbol || covered || gated,
                    "{symbol:?} at {column}, {row}, but the terminal shows {:?}",
                    cell.text
                );
            }
        }
    }
}

/// Whether terminals may put a cluster together in another way than we do, so
/// that what stands behind it is anybody's guess.
fn is_odd(symbol: &str, ambiguous: Ambiguous) -> bool {
    let columns = symbol.chars().map(|c| width::of_char(c, ambiguous));
    let first = columns.clone().next().unwrap_or(1);
    first == 0 || columns.sum::<u16>() != first || width::of_str(symbol, ambiguous) != first
}

/// The caret stands between two characters as a reader sees them.
fn check_line(line: &LineEdit) {
    let (text, caret) = (line.text(), line.caret());
    let mut cursor = GraphemeCursor::new(caret, text.len(), true);
    assert_eq!(cursor.is_boundary(text, 0), Ok(true), "{caret} in {text:?}");
}

/// No glyph has lost a half: the cells that it covers are blank, and none
/// sticks out of the screen.
fn check_halves(buffer: &Buffer, ambiguous: Ambiguous) {
    for row in 0..buffer.area.height {
        let mut column = 0;
        while column < buffer.area.width {
            let symbol = buffer[(column, row)].symbol();
            let end = column + width::of_str(symbol, ambiguous).max(1);
            assert!(
                end <= buffer.area.width,
                "{symbol:?} sticks out of row {row}"
            );
            for covered in column + 1..end {
                let over = buffer[(covered, row)].symbol();
                assert_eq!(over, " ", "over half of {symbol:?} at {column}, {row}");
            }
            column = end;
        }
    }
}

/// The most events of a session, and after how many the screen is drawn.
const EVENTS: usize = 800;
const DRAWN_EVERY: usize = 40;

/// Sessions with this language and this width until so many inputs were taken.
fn check_sessions(language: Language, ambiguous: Ambiguous, inputs: usize) {
    let events = prop::collection::vec(event(), 1..EVENTS);
    let taken = Cell::new(0);
    while taken.get() < inputs {
        let mut runner = TestRunner::new(ProptestConfig {
            cases: 1,
            max_shrink_iters: 4096,
            max_shrink_time: 40_000,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let outcome = runner.run(&events, |events| {
            check_session(language, ambiguous, &events);
            taken.set(taken.get() + events.iter().map(Event::inputs).sum::<usize>());
            Ok(())
        });
        match outcome {
            Ok(()) => {}
            // On one line, unlike the error's own words.
            Err(TestError::Fail(why, events)) => panic!("{why}, after {events:?}"),
            Err(error) => panic!("{error}"),
        }
    }
}

fn check_session(language: Language, ambiguous: Ambiguous, events: &[Event]) {
    let mut session = Session::new(language, ambiguous);
    for (at, event) in events.iter().enumerate() {
        session.act(event);
        session.check();
        if at % DRAWN_EVERY == 0 {
            session.draw();
        }
    }
    while !session.driver.queries.is_empty() {
        session.act(&Event::Answer);
    }
    session.check();
    session.draw();
}

/// A quarter of the whole each; all four together take 100,000 inputs.
const QUARTER: usize = 25_000;

#[test]
fn no_keys_break_a_chinese_session_where_quotation_marks_are_narrow() {
    check_sessions(Language::Chinese, Ambiguous::Narrow, QUARTER);
}

#[test]
fn no_keys_break_a_chinese_session_where_quotation_marks_are_wide() {
    check_sessions(Language::Chinese, Ambiguous::Wide, QUARTER);
}

#[test]
fn no_keys_break_an_english_session_where_quotation_marks_are_narrow() {
    check_sessions(Language::English, Ambiguous::Narrow, QUARTER);
}

#[test]
fn no_keys_break_an_english_session_where_quotation_marks_are_wide() {
    check_sessions(Language::English, Ambiguous::Wide, QUARTER);
}

/// The events leave every promise kept.
#[track_caller]
fn check(events: &[Event]) {
    check_session(Language::Chinese, Ambiguous::Narrow, events);
}

#[test]
fn esc_and_the_next_key_in_one_go_both_count() {
    use Event::{Answer, Key as Press, Word};
    check(&[
        Word("/地铁"),
        Press(Key::Esc),
        Answer,
        Press(Key::Alt('x')),
        Answer,
    ]);
    check(&[
        Word("/地铁"),
        Press(Key::Esc),
        Answer,
        Press(Key::Alt('s')),
        Answer,
    ]);
}

#[test]
fn an_answer_that_comes_late_leaves_the_line_that_is_being_typed() {
    use Event::{Answer, Key as Press, Word};
    let late = [
        Word("地铁"),
        Press(Key::Tab),
        Press(Key::Tab),
        Word("/轨道"),
        Answer,
        Word("交通"),
    ];
    check(&late);
    let mut session = Session::new(Language::Chinese, Ambiguous::Narrow);
    late.iter().for_each(|event| session.act(event));
    let find = session
        .driver
        .app
        .reading
        .find
        .as_ref()
        .map(|find| find.line.text());
    assert_eq!(find, Some("轨道交通"));
}

#[test]
fn a_page_that_is_taken_away_begins_anew() {
    use Event::{Answer, Key as Press, Word};
    check(&[
        Press(Key::Tab),
        Press(Key::End),
        Word("没有这个词"),
        Answer,
        Press(Key::Esc),
        Answer,
    ]);
}
