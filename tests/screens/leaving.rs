//! Esc leaves whatever is open, a layer at a time, and leaves it as Enter does.

use anli::app::App;
use anli::app::commands::{self, Mode};
use anli::key::{Input, Key};
use anli::store::{Change, State};

use super::support::screen::Screen;

/// From where a key is pressed, with the keys that lead there.
const PLACES: [(&str, Mode); 5] = [
    ("", Mode::List),
    ("{enter}", Mode::Page),
    ("{enter}z", Mode::Page),
    ("{enter}R", Mode::Page),
    ("{enter}zR", Mode::Page),
];

/// How many layers may be open: a prompt below help, the original lines, the page
/// alone, the page, a query and a selection.
const LAYERS: usize = 7;

fn kept() -> State {
    let mut kept = State::default();
    kept.apply(
        Change::Passage {
            case: "000-1".to_owned(),
            span: anli::text::CharSpan::new(0, 4),
            quote: "改革".to_owned(),
        },
        1,
    );
    kept
}

fn screens() -> impl Iterator<Item = (String, Screen)> {
    PLACES.into_iter().flat_map(|(lead, mode)| {
        commands::all().flat_map(move |row| {
            let at = |keys: &str| {
                let settings = anli::app::Settings::default();
                Screen::with(80, 24, settings, "", kept()).press(keys)
            };
            let screen = at(lead);
            let key = screen.app.settings.keymap.keys(mode, row.command).next();
            key.map(|key| {
                let mut screen = screen;
                screen.input(Input::Key(key));
                (format!("{} after {lead:?}", row.name), screen)
            })
        })
    })
}

fn is_home(app: &App) -> bool {
    app.mode() == Mode::List
        && app.overlay.picker.is_none()
        && !app.window.zen
        && !app.reading.raw
        && app.filter.is_empty()
        && app.collection.selection.is_empty()
}

#[test]
fn escape_leads_from_everything_that_a_key_opens_to_the_list() {
    let mut count = 0;
    for (what, mut screen) in screens() {
        for _ in 0..LAYERS {
            if !is_home(&screen.app) {
                screen.input(Input::Key(Key::Esc));
            }
        }
        assert!(is_home(&screen.app), "{what}: {:?}", screen.app.mode());
        count += 1;
    }
    assert!(count > 100, "there are many commands, not {count}");
}

#[test]
fn escape_closes_a_box_and_nothing_below_it() {
    for (what, mut screen) in screens() {
        if screen.app.overlay.picker.is_some() {
            let below = (screen.app.window.zen, screen.app.reading.raw);
            screen.input(Input::Key(Key::Esc));
            assert!(screen.app.overlay.picker.is_none(), "{what}");
            assert_eq!(
                (screen.app.window.zen, screen.app.reading.raw),
                below,
                "{what}"
            );
        }
    }
}

/// What Enter ends, Esc ends as well; only what is done on the way differs.
#[test]
fn escape_leaves_what_enter_leaves() {
    for (what, screen) in screens() {
        let before = screen.app.mode();
        let (zen, raw) = (screen.app.window.zen, screen.app.reading.raw);
        let mut escaped = screen.app.clone();
        escaped.input(Input::Key(Key::Esc));
        let mut entered = screen.app.clone();
        entered.input(Input::Key(Key::Enter));
        let ends = |app: &App| {
            [
                before == Mode::Picker && app.mode() != Mode::Picker,
                before == Mode::Note && app.mode() != Mode::Note,
                before == Mode::Passage && app.mode() != Mode::Passage,
                before == Mode::Find && app.mode() != Mode::Find,
                before == Mode::Filter && app.mode() != Mode::Filter,
                before == Mode::Page && zen && !app.window.zen,
                before == Mode::Page && raw && !app.reading.raw,
            ]
        };
        let by_enter = ends(&entered);
        for (enter, escape) in by_enter.into_iter().zip(ends(&escaped)) {
            assert!(!enter || escape, "{what}");
        }
    }
}
