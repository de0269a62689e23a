//! The hints of the last row, the menu of letters, and the ways to the help.

use anli::app::Settings;
use anli::app::action::{Command, Effect};
use anli::app::commands::Mode;
use anli::app::picker::Choice;
use anli::config::Start;
use anli::language::Language;
use anli::store::State;
use anli::text::script::Script;

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
        for keys in [
            "",
            "/水价{esc}",
            "{enter}",
            "/水价{enter}",
            "{enter}t",
            // Beside a count of matches, the script and a selection.
            "/年:2017 改革{enter}ttn",
            "  /水价{enter}nt{esc}",
        ] {
            let row = last_row(&in_language(language, 80, 24).press(keys));
            // Beside Traditional text the hints are in Traditional characters.
            let row = Script::Simplified.show(&row);
            for hint in wanted {
                assert!(row.contains(hint), "{keys}: no {hint} in {row}");
            }
        }
    }
}

#[test]
fn copy_and_cite_stay_beside_the_notice_of_an_unknown_key() {
    for (language, wanted) in [
        (Language::Chinese, ["y 复制", "c 引文"]),
        (Language::English, ["y copy", "c cite"]),
    ] {
        for keys in ["X", "{enter}X", "/水价{esc}X", "s"] {
            let row = last_row(&in_language(language, 80, 24).press(keys));
            for hint in wanted {
                assert!(row.contains(hint), "{keys}: no {hint} in {row}");
            }
        }
    }
}

/// What is not hinted is in the menu, moves, or goes the other way than its neighbour
/// in the help.
#[test]
fn what_has_no_hint_is_in_the_menu_or_beside_what_has_one() {
    use anli::app::action::Motion;
    let menu = Screen::new(200, 40).press("w");
    let menu = menu.app.overlay.picker.as_ref().expect("it is open");
    let in_menu = |command| {
        menu.shown()
            .any(|(item, _)| item.choice == Choice::Run(command))
    };
    let beside = [
        Command::PreviousMatch,
        Command::NextCase,
        Command::PreviousCase,
        Command::NextSection,
        Command::PreviousSection,
        Command::GoBack,
        Command::GoForward,
        Command::Narrower,
        Command::Wider,
        Command::Select,
        Command::MarkParagraph,
        Command::ClearSearch,
        Command::Repaint,
        Command::Suspend,
        Command::Tour,
    ];
    for mode in [Mode::List, Mode::Page] {
        for row in Settings::default().keymap.rows(mode) {
            let moves = matches!(
                row.command,
                Command::Move(
                    Motion::Up
                        | Motion::PageUp
                        | Motion::PageDown
                        | Motion::HalfUp
                        | Motion::HalfDown
                        | Motion::First
                        | Motion::Last
                )
            );
            let is_known = row.hint.is_some() || moves || beside.contains(&row.command);
            assert!(is_known || in_menu(row.command), "{}", row.name);
        }
    }
}

#[test]
fn a_list_just_opened_hints_only_at_keys_that_do_what_they_say() {
    for (language, typing, esc) in [
        (Language::Chinese, "输入文字 查找", "Esc 启用字母键"),
        (Language::English, "type to search", "Esc letter keys"),
    ] {
        let settings = Settings {
            language,
            start: Start::List,
            ..Settings::default()
        };
        let screen = Screen::fresh(160, 36, settings, "", State::default());
        let row = last_row(&screen);
        assert!(row.contains(typing) && row.contains(esc), "{row}");
        assert!(row.contains("Ctrl-c") && !row.contains("q "), "{row}");
        assert!(row.contains("Ctrl-y") && row.contains("Ctrl-t"), "{row}");
        assert!(!row.contains("F10"), "{row}");
        // After Esc letters are commands, and the hints say so.
        let screen = screen.press("{esc}");
        let row = last_row(&screen);
        assert!(
            row.contains("y ") && row.contains("q ") && !row.contains("Esc"),
            "{row}"
        );
        let mut screen = screen.press("q");
        assert!(matches!(screen.effects.pop(), Some(Effect::Quit)));
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
fn hints_fill_a_wide_row_and_tell_only_of_what_can_be_done() {
    for language in [Language::Chinese, Language::English] {
        for columns in [160, 200, 240] {
            for keys in ["", "/水价{esc}", "{enter}", "/水价{enter}", "{enter}R"] {
                let row = last_row(&in_language(language, columns, 40).press(keys));
                let longest = row.trim().split(|c| c != ' ').map(str::len).max();
                // No further hint is so wide.
                let blank = longest.unwrap_or(0);
                assert!(blank < 22, "{keys} at {columns}: {blank} blank in {row}");
            }
        }
    }
    let rows = |keys: &str| last_row(&in_language(Language::Chinese, 400, 40).press(keys));
    for (keys, there, absent) in [
        // The first case: none before it, none to go back to, nothing selected.
        ("", "J 下一个案例", ["K 上一个案例", ", 后退", "C 对照"]),
        ("j  ", "C 对照", ["x 清除查找", "F 评分表", "Z 汇总"]),
        (
            "/水价{esc}",
            "x 清除查找",
            ["B 换文档库", "r 重新读取", "C 对照"],
        ),
        ("{enter}", "- 收窄", ["A 全选", ". 前进", "N 上一处"]),
    ] {
        let row = rows(keys);
        assert!(row.contains(there), "{keys}: no {there} in {row}");
        for hint in absent {
            assert!(!row.contains(hint), "{keys}: {hint} in {row}");
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
        Some((0, 1))
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
        let short = menu.shown().find(|(item, _)| item.key == "|");
        let (item, _) = short.expect("it is in the menu");
        let row = format!(" |  {}", item.short);
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
        assert!(title.starts_with("按键与命令"), "{keys}: {title}");
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
fn help_from_a_line_that_searches_is_that_of_what_is_searched() {
    for (keys, wanted) in [
        ("?", "先按 Esc 到列表"),
        ("/{ctrl-o}", "先按 Esc 到列表"),
        ("{enter}/{ctrl-o}", "先按 Enter 离开输入行"),
    ] {
        let help = || {
            let screen = if keys == "?" {
                Screen::fresh(120, 36, Settings::default(), "", State::default())
            } else {
                Screen::new(120, 36)
            };
            screen.press(keys)
        };
        let screen = help();
        assert!(screen.text().contains(wanted), "{}", screen.text());
        for (typed, found) in [
            ("sousuo", "查找：检索列表"),
            ("yinyong", "引文：GB/T"),
            ("paixu", "排序：匹配"),
            ("bibliography", "引文：GB/T"),
            ("光标到行首", "光标到行首"),
            ("tuichu", "退出"),
        ] {
            let screen = help().press(typed);
            let text = screen.text();
            assert!(text.contains(found), "{keys} {typed}:\n{text}");
        }
        // What is chosen is done where it is meant.
        let marking = help().press("xuanyiju{enter}");
        assert_eq!(marking.app.mode(), Mode::Passage, "{keys}");
        let citing = help().press("yinyong{enter}");
        let picker = citing.app.overlay.picker.as_ref().expect("it is open");
        assert_eq!(
            picker.title.in_language(Language::English),
            "citation (Enter copies)"
        );
    }
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
