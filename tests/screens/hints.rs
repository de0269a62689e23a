//! The hints of the last row, the menu of letters, and the ways to the help.

use anli::app::Settings;
use anli::app::action::{Command, Effect};
use anli::app::commands::{self, Mode};
use anli::app::hints::Hint;
use anli::config::Start;
use anli::key::{Input, Key};
use anli::language::Language;
use anli::store::State;
use anli::text::script::Script;
use anli::text::width::{self, Ambiguous};

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

#[test]
fn a_list_just_opened_hints_only_at_keys_that_do_what_they_say() {
    for (language, typing, esc) in [
        (Language::Chinese, "输入文字 查找", "Esc 字母键"),
        (Language::English, "type to search", "Esc keys"),
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

/// What has the keys, the keys that lead there, and those that are hinted on every
/// screen: the way on, the way out and the help.
const PLACES: [(&str, &str, &[&str]); 19] = [
    ("list", "", &["Enter", "q", "?"]),
    ("list of a search", "/水价{esc}", &["Enter", "Esc", "?"]),
    ("list with a selection", "  ", &["Enter", "Esc", "?"]),
    ("search line, empty", "/", &["Enter", "Esc", "?"]),
    ("search line", "/水价", &["Enter", "Esc", "Ctrl-o"]),
    ("search line with a mistake", "/年:20x ", &["Enter", "Esc"]),
    ("page", "{enter}", &["Esc", "?"]),
    ("page of a search", "/水价{enter}", &["n", "Esc", "?"]),
    ("page alone", "{enter}z", &["Esc", "?"]),
    ("raw", "{enter}R", &["Esc", "?"]),
    ("find line", "{enter}/水", &["Enter", "Esc"]),
    ("passage", "{enter}p", &["Enter", "Esc", "?"]),
    ("help", "?", &["Enter", "Esc", "Ctrl-o"]),
    ("menu", "w", &["Enter", "Esc", "Ctrl-o"]),
    ("copies", "y", &["Enter", "Esc", "Ctrl-o"]),
    ("filters", "f", &["Enter", "Esc", "Ctrl-o"]),
    ("note", "a", &["Enter", "Esc", "Ctrl-o"]),
    ("tags", "T", &["Enter", "Esc", "Ctrl-o"]),
    ("overview", "V", &["Enter", "Esc", "?"]),
];

#[test]
fn the_way_on_the_way_out_and_the_help_are_hinted_at_every_width() {
    for language in [Language::Chinese, Language::English] {
        for (place, keys, wanted) in PLACES {
            let mut screen = in_language(language, 24, 12).press(keys);
            for columns in 24..=200 {
                screen = screen.resize(columns, 12);
                let row = last_row(&screen);
                let words: Vec<&str> = row.split_whitespace().collect();
                for key in wanted {
                    assert!(
                        words.contains(key),
                        "{place} at {columns}: no {key} in {row}"
                    );
                }
            }
        }
    }
}

/// More states, with the keys that lead there, beside those of [`PLACES`].
const STATES: [(&str, &str); 11] = [
    ("filters ticked", "f{enter}"),
    ("page with a selection", "  {enter}"),
    ("page after another", "{enter}JJ"),
    ("page gone back in", "{enter}JJ,"),
    ("nothing found", "/龘龘龘靐{esc}"),
    ("marked passage", "{enter}p{down} {down}"),
    ("all figures", "D"),
    ("overview narrowed", "V/"),
    ("comparison", "  C"),
    ("file to export to", "e{enter}"),
    ("orders", "O"),
];

/// Whether something beside the row of hints is another than before.
fn acted(before: &Screen, after: &Screen) -> bool {
    let without_hints = |screen: &Screen| screen.rows()[..49].to_vec();
    without_hints(before) != without_hints(after)
        || before.app.mode() != after.app.mode()
        || before.effects.len() != after.effects.len()
}

/// Presses every key of the table in a state, and looks for a hint of each that acts.
fn unhinted(place: &str, open: &dyn Fn() -> Screen) -> Vec<String> {
    let before = open();
    let row = last_row(&before);
    let hints = before.app.hints();
    let shown = hints
        .iter()
        .filter(|hint| row.contains(&format!(" {} {}", hint.key, hint.label)));
    let shown: Vec<&Hint> = shown.collect();
    let is_shown = |command| shown.iter().any(|hint| hint.is_of(command));
    let language = before.app.settings.language;
    let menu = is_shown(Command::Menu).then(|| open().press("w"));
    let menu = menu.as_ref().and_then(|s| s.app.overlay.picker.as_ref());
    let in_menu = |label: &str| {
        let mut items = menu.into_iter().flat_map(|menu| menu.shown());
        items.any(|(item, _)| item.label == label)
    };
    let after = |key| {
        let mut screen = open();
        screen.input(Input::Key(key));
        screen
    };
    let back = after(Key::Esc);
    let mut unhinted = Vec::new();
    for known in commands::all() {
        let Some(key) = before.app.keys_now(known.command).next() else {
            continue;
        };
        let label = known.label.in_language(language);
        if is_shown(known.command) || in_menu(label) {
            continue;
        }
        let after = after(key);
        // Where two commands do the same the hint is one. To read the cases again that are
        // built in changes nothing.
        let is_back = is_shown(Command::Back) && !acted(&back, &after);
        if acted(&before, &after) && !is_back && known.command != Command::Reread {
            unhinted.push(format!("{place}: no {} in {row}", known.name));
        }
    }
    unhinted
}

#[test]
fn at_200_columns_every_key_that_acts_is_hinted_or_in_the_menu() {
    let mut found = Vec::new();
    let places = PLACES.iter().map(|&(place, keys, _)| (place, keys));
    for language in [Language::Chinese, Language::English] {
        for (place, keys) in places.clone().chain(STATES) {
            let open = || in_language(language, 200, 50).press(keys);
            found.extend(unhinted(place, &open));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_click_on_a_key_of_a_group_runs_that_key() {
    let screen = Screen::new(200, 50).press("{enter}");
    let row = last_row(&screen);
    let at = of_str(&row[..row.find("J/K ").expect("it is hinted")]);
    let first = screen.selected().map(str::to_owned);
    let screen = screen.click(at, 49);
    assert_ne!(screen.selected().map(str::to_owned), first);
    let screen = screen.click(at + 2, 49);
    assert_eq!(screen.selected().map(str::to_owned), first);
}

/// What stands at the right end begins in its last columns and is parted by two.
#[test]
fn no_hint_that_has_room_is_left_out() {
    for language in [Language::Chinese, Language::English] {
        for (place, keys, _) in PLACES.into_iter().filter(|place| place.0 != "find line") {
            let mut screen = in_language(language, 24, 12).press(keys);
            for columns in 24..=200 {
                screen = screen.resize(columns, 12);
                let row = last_row(&screen);
                let hints = screen.app.hints();
                let text = |hint: &Hint| format!("{} {}", hint.key, hint.label);
                let mut end = 0;
                let mut left_out = Vec::new();
                for hint in &hints {
                    match row[end..].find(&format!(" {}", text(hint))) {
                        Some(at) => end += at + 1 + text(hint).len(),
                        None => left_out.push(hint),
                    }
                }
                // Without their labels they are named all the same.
                if left_out.iter().any(|hint| hint.stays) {
                    let others = hints.iter().filter(|hint| !hint.stays);
                    let mut others = others.filter(|hint| !left_out.contains(hint));
                    assert_eq!(others.next(), None, "{place} at {columns}: {row}");
                    continue;
                }
                let behind = &row[end..];
                let blank = behind.len() - behind.trim_start().len();
                let blank = match behind.trim_start() {
                    "" => usize::from(columns - 1 - of_str(&row)),
                    _ => blank,
                };
                for hint in left_out {
                    let needed = usize::from(of_str(&text(hint))) + 2;
                    assert!(
                        blank <= needed,
                        "{place} at {columns}: room for {} in {row}",
                        text(hint)
                    );
                }
            }
        }
    }
}

fn of_str(text: &str) -> u16 {
    width::of_str(text, Ambiguous::Narrow)
}

#[test]
fn a_count_of_matches_makes_room_for_the_hints_that_stay() {
    // The count is there where it leaves them room: n, Esc and ? with blanks take nine
    // columns of twenty-four.
    let row = last_row(&Screen::new(24, 12).press("/水价{enter}"));
    assert!(row.starts_with(" n  Esc  ?  "), "{row}");
    assert!(row.contains("匹配 "), "{row}");
    let row = last_row(&Screen::new(40, 12).press("/水价{enter}"));
    assert!(row.starts_with(" n 下一处  Esc 返回  ? 帮助  "), "{row}");
    assert!(row.contains("匹配 "), "{row}");
}

#[test]
fn what_a_list_cuts_is_told_above_the_hints() {
    // The whole label of a command of the help, and the hints below it.
    let screen = Screen::new(40, 12).press("?{down}{down}{down}");
    let rows = screen.rows();
    assert!(
        rows[11].contains("Enter 确定  Esc 返回"),
        "{}",
        rows.join("\n")
    );
    assert!(
        rows[10].trim() == "筛选：按年度、类别、地区、机构、主题等",
        "{}",
        rows.join("\n")
    );
}

#[test]
fn copy_and_cite_are_hinted_before_the_first_key() {
    for (language, wanted) in [
        (
            Language::Chinese,
            ["输入文字 查找", "Ctrl-y 复制", "Ctrl-t 引文", "? 帮助"],
        ),
        (
            Language::English,
            ["type to search", "Ctrl-y copy", "Ctrl-t cite", "? help"],
        ),
    ] {
        let settings = Settings {
            language,
            start: Start::List,
            ..Settings::default()
        };
        let row = last_row(&Screen::fresh(80, 24, settings, "", State::default()));
        for hint in wanted {
            assert!(row.contains(hint), "no {hint} in {row}");
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
            let row = format!(" {}  {}", item.key, item.short[0]);
            assert!(screen.text().contains(&row), "{row}\n{}", screen.text());
        }
        // A click chooses in either column.
        let short = menu.shown().find(|(item, _)| item.key == "|");
        let (item, _) = short.expect("it is in the menu");
        let row = format!(" |  {}", item.short[0]);
        let rows = screen.rows();
        let y = rows.iter().position(|text| text.contains(&row));
        let y = y.expect("it is in view");
        let before = &rows[y][..rows[y].find(&row).expect("it is there")];
        let screen = screen.click(of_str(before) + 3, y as u16);
        assert!(screen.app.settings.justify, "{}", screen.text());
    }
}

#[test]
fn the_menu_is_in_view_as_a_whole_on_40_by_12() {
    for language in [Language::Chinese, Language::English] {
        let screen = in_language(language, 40, 12).press("w");
        let menu = screen.app.overlay.picker.as_ref().expect("it is open");
        for (item, _) in menu.shown() {
            let cell = format!("{} {}", item.key, item.short[1]);
            assert!(screen.text().contains(&cell), "{cell}\n{}", screen.text());
        }
        // A click chooses in each column.
        let rows = screen.rows();
        let mut letters = (0..).zip(&rows).filter_map(|(y, row)| {
            let before = &row[..row.find("| ")?];
            Some((width::of_str(before, Ambiguous::Narrow) + 3, y))
        });
        let (x, y) = letters.next().expect("it is in view");
        let screen = screen.click(x, y);
        assert!(screen.app.settings.justify, "{}", screen.text());
    }
}

#[test]
fn home_and_end_go_to_the_first_and_the_last_item_of_a_list() {
    let at = |keys: &str| {
        let screen = Screen::new(80, 24).press(keys);
        let picker = screen.app.overlay.picker.as_ref().expect("it is open");
        picker.position()
    };
    let (_, all) = at("?");
    assert_eq!(at("?{end}"), (all - 1, all));
    assert_eq!(at("?{end}{home}"), (0, all));
    // While the caret has a way to go, they are for it.
    let (place, left) = at("?an{down}{home}{end}");
    assert_eq!(place, 1);
    assert_eq!(at("?an{end}"), (left - 1, left));
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
        ("dafen", "评分表"),
        ("duibi", "对照选中"),
        ("bibliography", "引文：GB/T"),
        ("收藏", "加星标"),
        ("排除", "查找语法"),
        ("上一页", "上一屏"),
        ("xiayiye", "下一屏"),
        ("next page", "下一屏"),
        ("下载", "导出选中"),
        ("download", "导出选中"),
        ("zotero", "引文：GB/T"),
        ("zuixin", "排序：匹配"),
        ("全屏", "只看正文"),
        ("full screen", "只看正文"),
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

/// On the least screens a list over the panes shows two of its items, or its line.
#[test]
fn a_popup_on_the_least_screens_shows_items_and_its_line() {
    for rows in 6..=8 {
        for (keys, seen) in [
            ("?", &["查找：检", "下一处匹配", "1 / "][..]),
            ("w", &["筛选：", "排序：", "主题及"]),
            ("c", &["7714—2025", "7714—2015", "BibTeX"]),
            ("T", &["│ >", "└─"]),
            ("D", &["1 / "]),
        ] {
            let screen = Screen::new(24, rows).press(keys);
            let text = screen.text();
            let found = seen.iter().filter(|seen| text.contains(**seen)).count();
            assert_eq!(found, seen.len(), "{keys} at {rows} rows:\n{text}");
        }
    }
}
