//! The guided tour: every step asks for what then is enough to go on.

use anli::app::Settings;
use anli::app::tour::Tour;
use anli::language::Language;
use anli::store::State;
use anli::ui::bar;

use crate::support::screen::Screen;

/// What each step asks for, and the key or word as it is typed.
const ASKED: [(&str, &str); 10] = [
    ("shenpi", "shenpi"),
    ("↓", "{down}"),
    ("Enter", "{enter}"),
    ("n", "n"),
    ("o", "o"),
    ("Enter", "{enter}"),
    ("s", "s"),
    ("c", "c"),
    ("Esc", "{esc}"),
    ("?", "?"),
];

/// A screen as the tour has it: its bar takes rows at the bottom.
fn begun(columns: u16, rows: u16, language: Language) -> (Screen, Tour) {
    let settings = Settings {
        language,
        ..Settings::default()
    };
    let screen = Screen::fresh(columns, rows, settings, "", State::default());
    let texts = Tour::texts(&screen.app);
    let texts = texts.iter().map(String::as_str);
    let bar = bar::height(texts, (columns, rows), screen.app.settings.ambiguous);
    assert!(bar <= rows / 3, "{bar} rows of {rows}");
    let screen = screen.resize(columns, rows - bar);
    let tour = Tour::new(&screen.app);
    (screen, tour)
}

#[test]
fn the_tour_is_finished_by_pressing_only_what_it_asks() {
    for (columns, rows) in [(80, 24), (100, 30), (120, 36), (40, 12), (30, 12)] {
        for language in [Language::Chinese, Language::English] {
            let (mut screen, mut tour) = begun(columns, rows, language);
            for (step, (asked, keys)) in (1..).zip(ASKED) {
                let text = tour.text(&screen.app);
                assert!(text.contains(&format!("{step}/10")), "{columns}: {text}");
                assert!(text.contains(asked), "{columns}: {asked} in {text}");
                assert!(!tour.is_over(&screen.app));
                screen = screen.press(keys);
                tour.look(&screen.app);
            }
            assert!(!tour.is_over(&screen.app), "the help is still open");
            screen = screen.press("{esc}");
            assert!(tour.is_over(&screen.app));
        }
    }
}

#[test]
fn whoever_strays_is_told_the_way_back() {
    let (screen, mut tour) = begun(80, 24, Language::Chinese);
    // A list over everything, where the step asks for a word.
    let screen = screen.press("{esc}?");
    tour.look(&screen.app);
    assert!(tour.text(&screen.app).contains("1/10　先按 Esc。"));
    let screen = screen.press("{esc}");
    assert!(tour.text(&screen.app).contains("1/10　先按 /。"));
    let mut screen = screen.press("/shenpi");
    tour.look(&screen.app);
    assert!(tour.text(&screen.app).contains("2/10　按 ↓"));
    // What is done already is not asked for again.
    for keys in ["{down}", "{enter}", "s", "n", "o", "{enter}"] {
        screen = screen.press(keys);
        tour.look(&screen.app);
    }
    assert!(tour.text(&screen.app).contains("8/10"));
}

/// What the bar says after a key that is not the one asked for.
#[test]
fn a_key_that_is_not_asked_for_is_answered() {
    let (mut screen, mut tour) = begun(80, 24, Language::Chinese);
    let mut press = |keys: &str| {
        screen = std::mem::replace(&mut screen, Screen::new(80, 24)).press(keys);
        tour.press();
        tour.look(&screen.app);
        tour.text(&screen.app)
    };
    // A word is typed letter by letter.
    assert!(press("s").contains("1/10　输入 shenpi"));
    assert!(press("henpi").contains("2/10　按 ↓"));
    // It brings up other cases, which nobody has stepped to.
    assert!(press("j").contains("2/10　先按 Backspace。"));
    assert!(press("q").contains("2/10　先按 Backspace。"));
    assert!(press("{backspace}{backspace}").contains("2/10　还没完成：按 ↓"));
    assert!(press("{down}").contains("3/10　按 Enter"));
    press("{enter}");
    press("n");
    assert!(press("x").contains("5/10　还没完成：按 o"));
    assert!(press("o").contains("6/10　用上下键"));
    assert!(press("{down}").contains("6/10　用上下键"));
    assert!(press("{enter}").contains("7/10　按 s"));
    assert!(press("{esc}").contains("7/10　还没完成：按 s"));
    assert!(press("s").contains("8/10　按 c"));
}

/// Wherever a reader strays to at any step, following the bar leads to its end.
#[test]
fn from_wherever_a_reader_strays_to_the_bar_leads_on() {
    let strays = [
        "j",
        "qq",
        "{enter}",
        "{esc}",
        "{esc}{esc}",
        "/",
        "{esc}/ditie",
        "{esc}V",
        "{esc}J",
        "{esc}xG",
        "?",
        "w",
    ];
    for stray in strays {
        for step in 0..ASKED.len() {
            let (mut screen, mut tour) = begun(80, 24, Language::Chinese);
            for (_, keys) in &ASKED[..step] {
                screen = screen.press(keys);
                tour.look(&screen.app);
            }
            screen = screen.press(stray);
            let mut pressed = Vec::new();
            tour.look(&screen.app);
            while !tour.is_over(&screen.app) {
                let text = tour.text(&screen.app);
                assert!(pressed.len() < 40, "{stray} at {step}: {pressed:?}: {text}");
                let keys = followed(&text);
                screen = screen.press(keys);
                tour.look(&screen.app);
                pressed.push(keys);
            }
        }
    }
}

/// What a reader presses who does as the bar says.
fn followed(text: &str) -> &'static str {
    let (_, ask) = text.split_once('　').expect("a step follows its number");
    if ask.starts_with("输入 shenpi") {
        return "shenpi";
    }
    let Some((_, key)) = ask.split_once("按 ") else {
        // The tour is over; the help is still open.
        return "{esc}";
    };
    let names = [
        ("Ctrl-u", "{ctrl-u}"),
        ("Backspace", "{backspace}"),
        ("Enter", "{enter}"),
        ("Esc", "{esc}"),
        ("↓", "{down}"),
        ("/", "/"),
        ("?", "?"),
        ("n", "n"),
        ("o", "o"),
        ("s", "s"),
        ("c", "c"),
    ];
    let found = names.into_iter().find(|(name, _)| key.starts_with(name));
    found.unwrap_or_else(|| panic!("no key in {text}")).1
}

#[test]
fn the_names_of_keys_are_those_of_the_settings() {
    let settings = Settings {
        keymap: anli::app::keymap::Keymap::with(&[anli::config::Binding {
            action: "open".to_owned(),
            keys: vec![anli::key::Key::F(8)],
            line: 1,
        }]),
        ..Settings::default()
    };
    let screen = Screen::fresh(80, 24, settings, "", State::default());
    let mut tour = Tour::new(&screen.app);
    let screen = screen.press("shenpi");
    tour.look(&screen.app);
    let screen = screen.press("{down}");
    tour.look(&screen.app);
    let text = tour.text(&screen.app);
    assert!(text.contains("按 F8 阅读"), "{text}");
}
