//! The hints of the last row, the menu of letters, and the ways to the help.

use anli::app::Settings;
use anli::app::action::Command;
use anli::app::commands::Mode;
use anli::language::Language;

use crate::kept;
use crate::support::screen::Screen;

fn last_row(screen: &Screen) -> String {
    screen.rows().last().cloned().unwrap_or_default()
}

fn in_language(language: Language, columns: u16, rows: u16) -> Screen {
    let settings = Settings {
        language,
        ..Settings::default()
    };
    Screen::set(columns, rows, settings)
}

#[test]
fn copy_and_cite_are_among_the_hints_of_80_columns() {
    for (language, wanted) in [
        (Language::Chinese, ["y 复制", "c 引文", "q 退出", "? 帮助"]),
        (Language::English, ["y copy", "c cite", "q quit", "? help"]),
    ] {
        for keys in ["", "/水价{esc}", "{enter}", "/水价{enter}", "{enter}t"] {
            let row = last_row(&in_language(language, 80, 24).press(keys));
            for hint in wanted {
                assert!(row.contains(hint), "{keys}: no {hint} in {row}");
            }
        }
    }
}

#[test]
fn all_hints_are_there_at_200_columns() {
    for language in [Language::Chinese, Language::English] {
        for keys in ["", "/水价{esc}", "{enter}", "/水价{enter}"] {
            let screen = in_language(language, 200, 40).press(keys);
            let row = last_row(&screen);
            let keymap = &screen.app.settings.keymap;
            let mode = screen.app.mode();
            // What does nothing here has no hint: there is no match without a query,
            // and nothing to clear in a list of all.
            let idle = |command: Command| match command {
                Command::Passage | Command::Zen => mode == Mode::List,
                Command::NextMatch => screen.app.filter.is_empty(),
                Command::Back => mode == Mode::List && screen.app.filter.is_empty(),
                _ => false,
            };
            // In the page Tab and in the list Esc do what another word says.
            let renamed = |command| matches!(command, Command::Back | Command::SwitchPane);
            for row_of_table in keymap.rows(mode).filter(|row| !idle(row.command)) {
                let Some((_, label)) = row_of_table.hint else {
                    continue;
                };
                let label = label.in_language(language);
                let is_there = row.contains(label) || renamed(row_of_table.command);
                assert!(is_there, "{keys}: no {label} in {row}");
            }
        }
    }
}

#[test]
fn the_menu_shows_letters_and_runs_them() {
    let menu = Screen::new(80, 24).press("w");
    kept!(menu);
    kept!(in_language(Language::English, 80, 24).press("w"));
    for (keys, mode) in [("wf", Mode::Picker), ("{enter}wz", Mode::Page)] {
        let screen = Screen::new(80, 24).press(keys);
        assert_eq!(screen.app.mode(), mode, "{keys}");
    }
    let zen = Screen::new(80, 24).press("{ctrl-w}z");
    assert!(zen.app.window.zen);
    // A full-width letter is the letter; what is none of the letters narrows.
    assert!(Screen::new(80, 24).press("wｚ").app.window.zen);
    let narrowed = Screen::new(80, 24).press("w导出");
    assert_eq!(
        narrowed.app.overlay.picker.as_ref().map(|p| p.position()),
        Some((0, 3))
    );
    let starred = Screen::new(80, 24).press("ws");
    assert!(starred.app.overlay.picker.is_none());
    let case = starred.selected().expect("the first case");
    assert!(starred.app.collection.kept.starred(case));
}

#[test]
fn the_menu_is_in_view_as_a_whole_on_80_columns() {
    for language in [Language::Chinese, Language::English] {
        let screen = in_language(language, 80, 24).press("w");
        let menu = screen.app.overlay.picker.as_ref().expect("it is open");
        for (item, _) in menu.shown() {
            let row = format!(" {}  {}", item.key, item.short);
            assert!(screen.text().contains(&row), "{row}\n{}", screen.text());
        }
        // A click chooses in either column.
        let short = menu.shown().find(|(item, _)| item.key == "b");
        let (item, _) = short.expect("it is in the menu");
        let row = format!(" b  {}", item.short);
        let rows = screen.rows();
        let y = rows.iter().position(|text| text.contains(&row));
        let y = y.expect("it is in view") as u16;
        let screen = screen.click(45, y);
        assert!(screen.app.settings.justify, "{}", screen.text());
    }
}

#[test]
fn help_and_filters_need_no_function_key() {
    for keys in ["/水价", "{enter}/水价", "f", "T", "a", "y"] {
        let screen = Screen::new(80, 24).press(keys).press("{ctrl-o}");
        let help = screen.app.overlay.picker.as_ref().expect("help is open");
        let title = help.title.in_language(Language::Chinese);
        assert_eq!(title, "按键与命令", "{keys}");
    }
    // What has been written is there again behind the help.
    let screen = Screen::new(80, 24).press("a要点{ctrl-o}{esc}");
    let note = screen
        .app
        .overlay
        .picker
        .as_ref()
        .map(|note| note.line.text());
    assert_eq!(note, Some("要点"));
    assert!(Screen::new(80, 24).press("&").app.overlay.picker.is_some());
}

#[test]
fn help_is_found_by_other_words_under_headings() {
    for (typed, wanted) in [
        ("sousuo", "查找：检索列表"),
        ("yinyong", "引文：GB/T"),
        ("paixu", "排序：匹配"),
        ("quanxuan", "全选列表"),
        ("dafen", "编辑标签"),
        ("duibi", "导出选中"),
        ("bibliography", "引文：GB/T"),
        ("收藏", "加星标"),
        ("排除", "查找语法"),
        ("拼音", "查找语法"),
    ] {
        let screen = Screen::new(120, 36).press("?").press(typed);
        assert!(
            screen.text().contains(wanted),
            "{typed}:\n{}",
            screen.text()
        );
    }
    let help = Screen::new(120, 36).press("?");
    assert!(help.text().contains("查找与筛选") && help.text().contains("1 / "));
    let syntax = help.press("yufa{enter}duogezhi{enter}");
    assert_eq!(syntax.app.filter.text(), "年:2015|2017");
    assert_eq!(syntax.app.mode(), Mode::Filter);
}
