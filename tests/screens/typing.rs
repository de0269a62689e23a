//! What is typed into a program that was just opened is searched for.

use anli::app::Settings;
use anli::app::action::{Action, Effect};
use anli::app::commands::Mode;
use anli::config::Start;
use anli::language::Language;
use anli::store::{Change, Resume, State, Store};
use proptest::prelude::*;

use crate::kept;
use crate::support::screen::Screen;

fn opened(kept: State) -> Screen {
    Screen::fresh(80, 24, Settings::default(), "", kept)
}

/// The state of a reader who stopped in a view, with a query or without one.
fn stopped(view: &str, query: &str) -> State {
    let mut store = Store::memory();
    store.apply(Change::Resume(Resume {
        case: Some("003-5".to_owned()),
        query: query.to_owned(),
        view: view.to_owned(),
        ..Resume::default()
    }));
    store.state().clone()
}

/// Every way in which the explorer can be opened.
fn openings() -> Vec<Screen> {
    let list = Settings {
        start: Start::List,
        ..Settings::default()
    };
    let mut screens = vec![
        opened(State::default()),
        Screen::fresh(80, 24, list, "", State::default()),
        Screen::fresh(80, 24, Settings::default(), "ditie", State::default()),
    ];
    for view in ["list", "page", "search"] {
        screens.extend(["", "水价"].map(|query| opened(stopped(view, query))));
    }
    screens
}

#[test]
fn a_first_start_stands_in_the_search_line_with_its_caret() {
    for (columns, rows) in crate::SIZES {
        let settings = Settings::default();
        let screen = Screen::fresh(columns, rows, settings, "", State::default());
        assert_eq!(screen.app.mode(), Mode::Filter);
        assert_eq!(screen.caret(), Some((3, 1)));
        kept!(screen);
    }
}

#[test]
fn a_word_typed_at_once_is_searched_for_wherever_the_explorer_opens() {
    for word in ["wanggehua", "shi", "quyu", "shenpi"] {
        for screen in openings() {
            let asked_before = screen.app.filter.text().to_owned();
            let was_in_line = screen.app.mode() == Mode::Filter;
            let screen = screen.press(word);
            let typed = screen.app.filter.text();
            // In the line what stands there is gone on with; elsewhere it is new.
            let wanted = if was_in_line {
                asked_before + word
            } else {
                word.to_owned()
            };
            assert_eq!(typed, wanted);
            assert_eq!(screen.app.mode(), Mode::Filter);
            assert!(screen.effects.is_empty(), "{:?}", screen.effects);
            assert!(
                screen.app.collection.kept.all_tags().is_empty() && screen.app.starred_cases() == 0
            );
            assert!(screen.caret().is_some());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// No burst of letters and figures changes, ends or opens anything. In a remembered
    /// page those that only read go before what is searched for.
    #[test]
    fn no_burst_of_characters_is_a_command(
        reads in "[jknNJKgG]{0,4}",
        word in "[a-fhilmo-yA-FHILMO-Z0-9-][a-zA-Z0-9 ]{0,11}",
    ) {
        for screen in openings() {
            let screen = match screen.app.mode() {
                Mode::Page => screen.press(&reads),
                _ => screen,
            };
            let kept = format!("{:?}", screen.app.collection.kept);
            let measure = screen.app.settings.measure;
            let screen = screen.press(&word);
            prop_assert!(screen.app.filter.text().ends_with(&word));
            prop_assert_eq!(screen.app.mode(), Mode::Filter);
            prop_assert!(screen.effects.is_empty());
            prop_assert!(screen.app.overlay.picker.is_none() && screen.app.collection.selection.is_empty());
            prop_assert_eq!(format!("{:?}", screen.app.collection.kept), kept);
            prop_assert_eq!(screen.app.settings.measure, measure);
        }
    }
}

#[test]
fn typing_into_a_remembered_place_says_what_happens_and_how_to_go_on() {
    for view in ["list", "page"] {
        let screen = opened(stopped(view, "")).press("shuijia");
        let hints = screen.row(23);
        assert!(hints.contains("按 Esc 后，字母才是命令"), "{hints}");
        let screen = screen.press("{esc}s");
        assert_eq!(screen.app.starred_cases(), 1);
        assert!(!screen.row(23).contains("字母才是命令"));
    }
}

#[test]
fn letters_are_commands_after_any_key_that_is_no_character() {
    for key in ["{down}", "{pgdn}", "{tab}", "{home}", "{enter}"] {
        let settings = Settings {
            start: Start::List,
            ..Settings::default()
        };
        let screen = Screen::fresh(80, 24, settings, "", State::default())
            .press(key)
            .press("s");
        assert_eq!(screen.app.starred_cases(), 1, "{key}");
    }
    // Esc and Tab go from the line to the list, Enter to the page.
    for (key, mode) in [
        ("{esc}", Mode::List),
        ("{tab}", Mode::List),
        ("{enter}", Mode::Page),
    ] {
        let screen = opened(State::default()).press(key);
        assert_eq!(screen.app.mode(), mode);
        assert_eq!(screen.caret(), None);
        let mut screen = screen.press("q");
        assert!(matches!(screen.effects.pop(), Some(Effect::Quit)), "{key}");
    }
}

#[test]
fn a_page_read_on_with_space_takes_commands() {
    let screen = opened(stopped("page", "")).press(" s");
    assert_eq!(screen.app.starred_cases(), 1);
    // In a list that was just opened Space begins a search, as a letter does, and no
    // query begins with a blank.
    let screen = opened(stopped("list", "")).press(" s");
    assert_eq!(screen.app.starred_cases(), 0);
    assert_eq!(screen.app.filter.text(), "s");
}

#[test]
fn space_in_a_fresh_list_searches_and_selects_only_after_a_key_of_the_list() {
    let list = || {
        let settings = Settings {
            start: Start::List,
            ..Settings::default()
        };
        Screen::fresh(80, 24, settings, "", State::default())
    };
    for screen in [list(), opened(stopped("list", ""))] {
        let screen = screen.press(" ");
        assert_eq!(screen.app.mode(), Mode::Filter);
        assert!(screen.app.collection.selection.is_empty());
        assert_eq!((screen.app.filter.text(), screen.listed().len()), ("", 94));
        // What follows it is searched for.
        let screen = screen.press("shui jia");
        assert_eq!(screen.app.filter.text(), "shui jia");
        assert!(screen.app.collection.selection.is_empty());
    }
    let screen = list().press("{down} ");
    assert_eq!(screen.app.mode(), Mode::List);
    assert_eq!(screen.app.collection.selection.len(), 1);
}

#[test]
fn a_click_shows_that_the_list_is_meant() {
    let screen = opened(State::default()).click(10, 6).press("s");
    assert_eq!(screen.app.starred_cases(), 1);
}

#[test]
fn the_line_moves_the_list_and_enter_reads() {
    let screen = opened(State::default()).press("{down}{down}");
    assert_eq!(screen.selected(), Some("000-3"));
    assert_eq!(screen.app.mode(), Mode::Filter);
    let screen = screen.press("{pgdn}{pgup}");
    assert_eq!(screen.selected(), Some("000-3"));
    let screen = screen.press("{enter}");
    assert_eq!(
        (screen.app.mode(), screen.reading()),
        (Mode::Page, Some("000-3"))
    );
    let screen = opened(State::default()).press("haishuidao{enter}");
    assert_eq!(screen.reading(), Some("003-3"));
}

#[test]
fn a_question_mark_in_the_empty_line_is_help_and_a_slash_nothing() {
    for mark in ["?", "？"] {
        let screen = opened(State::default()).press(mark);
        assert_eq!(screen.app.mode(), Mode::Picker);
        let screen = screen.press("{esc}");
        assert_eq!(screen.app.mode(), Mode::Filter);
        let screen = screen.press("ab").press(mark);
        assert_eq!(screen.app.filter.text(), format!("ab{mark}"));
    }
    let screen = opened(State::default()).press("/／/ditie");
    assert_eq!(screen.app.filter.text(), "ditie");
}

#[test]
fn what_is_no_letter_can_begin_a_search_as_well() {
    for query in ["-公交", "\"财富管理\"", "2017", "审计", "“财富”"] {
        for screen in openings().into_iter().filter(|s| s.app.filter.is_empty()) {
            assert_eq!(screen.press(query).app.filter.text(), query);
        }
    }
}

#[test]
fn esc_twice_in_a_fresh_line_changes_nothing() {
    let screen = opened(State::default()).press("{esc}{esc}");
    assert_eq!(screen.listed().len(), 94);
    assert!(screen.effects.is_empty());
    let screen = opened(State::default()).press("ditie{esc}{esc}");
    assert_eq!((screen.listed().len(), screen.app.mode()), (94, Mode::List));
}

#[test]
fn letters_that_only_read_keep_a_remembered_place() {
    for key in ["j", "k", "n", "N", "g", "G", "z"] {
        let screen = opened(stopped("page", "公厕")).press(key);
        let place = (
            screen.app.mode(),
            screen.app.filter.text(),
            screen.selected(),
        );
        assert_eq!(place, (Mode::Page, "公厕", Some("003-5")), "{key}");
    }
    // The match that was stood on is stood on again, and the next one follows.
    let place = opened(stopped("page", "公厕"))
        .press("n")
        .press("n")
        .app
        .resume();
    assert!(place.matched.is_some());
    let mut store = Store::memory();
    store.apply(Change::Resume(place.clone()));
    let screen = opened(store.state().clone());
    assert_eq!(screen.app.resume().matched, place.matched);
    // Copy and cite are among the hints.
    let hints = screen.row(23);
    assert!(hints.contains("复制") && hints.contains("引文"), "{hints}");
    let count = screen.app.page.counter().expect("matches").1 as u32;
    let next = place.matched.map(|at| (at + 1) % count);
    assert_eq!(screen.press("n").app.resume().matched, next);
    // The next case is read in the page, and what changes something still is a search.
    let screen = opened(stopped("page", "")).press("J");
    assert_eq!(screen.app.mode(), Mode::Page);
    assert_ne!(screen.selected(), Some("003-5"));
    let screen = screen.press("jj").act(Action::Pause).press("s");
    let after = (
        screen.app.mode(),
        screen.app.filter.text(),
        screen.app.starred_cases(),
    );
    assert_eq!(after, (Mode::Filter, "s", 0));
    // The list takes the same letters as the beginning of a search.
    let screen = opened(stopped("list", "")).press("n");
    assert_eq!(
        (screen.app.mode(), screen.app.filter.text()),
        (Mode::Filter, "n")
    );
}

#[test]
fn letters_that_read_belong_to_the_word_that_is_typed_on() {
    for query in ["jiandu", "nongcun", "kongqi", "zhuanxing", "njyw", "GDP"] {
        let screen = opened(stopped("page", "公厕")).press(query);
        let found = (screen.app.mode(), screen.app.filter.text());
        assert_eq!(found, (Mode::Filter, query));
        assert!(!screen.app.window.zen);
    }
    // Not those before a pause, nor before another key, nor a row of them.
    for (screen, query) in [
        (
            opened(stopped("page", "")).press("jj").act(Action::Pause),
            "ditie",
        ),
        (opened(stopped("page", "")).press("jjjj"), "ditie"),
    ] {
        assert_eq!(screen.press(query).app.filter.text(), query);
    }
    let screen = opened(stopped("page", "")).press("j{down}s");
    assert_eq!(screen.app.starred_cases(), 1);
}

#[test]
fn a_remembered_place_opens_where_it_was() {
    for (view, mode) in [
        ("list", Mode::List),
        ("page", Mode::Page),
        ("search", Mode::Filter),
        ("of a later version", Mode::List),
    ] {
        let screen = opened(stopped(view, ""));
        assert_eq!(
            (screen.app.mode(), screen.selected()),
            (mode, Some("003-5"))
        );
    }
    let screen = opened(State::default()).press("shuijia");
    assert_eq!(screen.app.resume().view, "search");
}

#[test]
fn an_empty_list_names_keys_that_act_where_the_caret_is() {
    let screen = opened(State::default()).press("龘龘龘靐");
    let told = screen.text();
    assert!(
        told.contains(" Esc f 按主题") && told.contains(" Ctrl-u 清除查找"),
        "{told}"
    );
    // The name of a file says nothing of what was asked for.
    assert!(told.contains("主题:") && !told.contains("源:"), "{told}");
    let told = screen.press("{esc}").text();
    assert!(
        told.contains("  f 按主题") && told.contains("  Esc 清除查找"),
        "{told}"
    );
}

#[test]
fn a_key_without_a_meaning_says_where_to_look() {
    for (keys, told) in [
        ("X", "X 无此键　/ 查找　? 帮助"),
        ("{enter}X", "X 无此键　/ 查找　? 帮助"),
        ("{ctrl-q}", "Ctrl-q 无此键"),
    ] {
        let screen = Screen::new(80, 24).press(keys);
        assert!(screen.row(23).contains(told), "{}", screen.row(23));
        // It goes with the next key.
        assert!(!screen.press("{down}").row(23).contains("无此键"));
    }
    let english = Settings {
        language: Language::English,
        ..Settings::default()
    };
    let screen = Screen::set(80, 24, english).press("X");
    let told = "X does nothing  / search  ? help";
    assert!(screen.row(23).contains(told), "{}", screen.row(23));
}
