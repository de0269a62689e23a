//! What a reader waits for: the start up to the first frame, less the terminal,
//! and one key press from key to frame.

use std::sync::{Arc, LazyLock};

use anli::app::action::{Action, Effect};
use anli::app::{App, Settings};
use anli::corpus::Corpus;
use anli::key::{Input, Key};
use anli::search::index::Index;
use anli::seeds::{self, catalog::Catalog};
use anli::ui::{
    self,
    theme::{Ground, Theme},
};
use divan::Bencher;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SCREEN: Rect = Rect::new(0, 0, 120, 36);

static CORPUS: LazyLock<Arc<Corpus>> = LazyLock::new(|| {
    let library = seeds::read(seeds::embedded(), &Catalog::embedded());
    Arc::new(library.corpus)
});

fn main() {
    divan::main();
}

fn app(corpus: &Arc<Corpus>) -> App {
    let mut app = App::new(Arc::clone(corpus), Settings::default());
    let Rect { width, height, .. } = SCREEN;
    app.input(Input::Resize {
        columns: width,
        rows: height,
    });
    app
}

fn draw(app: &App, buffer: &mut Buffer) {
    buffer.reset();
    ui::draw(app, &Theme::sixteen(Ground::default()), buffer);
}

/// Reading the five documents, setting the first case and drawing the screen.
#[divan::bench]
fn from_documents_to_the_first_frame(bencher: Bencher) {
    let mut buffer = Buffer::empty(SCREEN);
    bencher.bench_local(|| {
        let library = seeds::read(seeds::embedded(), &Catalog::embedded());
        draw(&app(&Arc::new(library.corpus)), &mut buffer);
    });
}

/// Building the index of the five documents.
#[divan::bench]
fn building_the_index(bencher: Bencher) {
    bencher.bench_local(|| Index::build(Arc::clone(&CORPUS)));
}

/// Drawing a full screen.
#[divan::bench]
fn drawing_a_frame(bencher: Bencher) {
    let app = app(&CORPUS);
    let mut buffer = Buffer::empty(SCREEN);
    bencher.bench_local(|| draw(&app, &mut buffer));
}

/// Down in the list: another case is set and drawn.
#[divan::bench]
fn a_key_that_moves_the_selection(bencher: Bencher) {
    let mut app = app(&CORPUS);
    let mut buffer = Buffer::empty(SCREEN);
    let mut down = true;
    bencher.bench_local(|| {
        app.input(Input::Key(if down { Key::Down } else { Key::Up }));
        down = !down;
        draw(&app, &mut buffer);
    });
}

/// The last letter of a query: searched, ranked, marked and drawn.
#[divan::bench(args = ["地铁", "ditie", "dtgc", "五王大赛", "年:2017 审计"])]
fn a_letter_of_a_query(bencher: Bencher, query: &str) {
    let index = Index::build(Arc::clone(&CORPUS));
    let mut app = app(&CORPUS);
    let mut buffer = Buffer::empty(SCREEN);
    let last = query
        .chars()
        .next_back()
        .expect("a query has a last letter");
    let answer = |app: &mut App, key: Key| {
        if let Some(Effect::Search(query)) = app.input(Input::Key(key)) {
            app.update(Action::ShowFound(index.search(&query)));
        }
    };
    answer(&mut app, Key::Char('/'));
    for c in query.chars() {
        answer(&mut app, Key::Char(c));
    }
    bencher.bench_local(|| {
        answer(&mut app, Key::Backspace);
        answer(&mut app, Key::Char(last));
        draw(&app, &mut buffer);
    });
}
