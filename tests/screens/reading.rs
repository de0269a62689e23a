//! Reading a case: moving, looking, turning the script, coming back.

use anli::app::Settings;
use anli::app::action::Effect;
use anli::app::keymap::Keymap;
use anli::app::list::ListRow;
use anli::case::About;
use anli::config::Binding;
use anli::key::Key;
use anli::language::Language;
use anli::search::Field;
use anli::text::script::to_simplified;
use ratatui::style::Modifier;

use crate::handmade::{Handmade, Parts};
use crate::kept;
use crate::support::screen::{Screen, case};

/// The case on agricultural water prices: twelve headings of four levels.
const WATER: &str = "/农业水价{enter}";

/// The headings of that case, read in the document.
const WATER_HEADINGS: [&str; 12] = [
    "一、案例背景",
    "二、案例基本情况",
    "3、 创新性思路、做法、方式",
    "（一）试点区基本情况",
    "（二）对宽限水量的实践探索",
    "1.采用统一用水定额",
    "（1）农作物灌溉用水现状分析",
    "（2）确定农业初始水权定额",
    "（3）采用统一定额核算灌溉用水量",
    "2.制定宽松的统一水价",
    "3.划分宽松的用水量级及加价幅度",
    "四、实际效果和领先性",
];

fn water() -> Screen {
    let screen = Screen::new(80, 24).press(WATER);
    assert_eq!(screen.reading(), Some("003-25"));
    screen
}

#[test]
fn enter_opens_a_case_and_escape_goes_back_to_the_list() {
    let screen = Screen::new(40, 12).press("{down}{enter}");
    kept!(screen);
    assert_eq!(screen.reading(), Some("000-2"));
    let screen = screen.press("j");
    assert_eq!(screen.selected(), Some("000-2"), "j moves the page now");
    let screen = screen.press("{esc}j");
    assert_eq!(screen.selected(), Some("000-3"), "and the list again");
}

#[test]
fn the_page_moves_by_rows_half_screens_screens_and_to_the_ends() {
    let screen = water();
    let top = |screen: &Screen| screen.app.page.top();
    let height = screen.page_rows().len();
    let last = screen.app.page.rows() - height;
    let screen = screen.press("jj{down}");
    assert_eq!(top(&screen), 3);
    let screen = screen.press("k{up}");
    assert_eq!(top(&screen), 1);
    let screen = screen.press("{pgdn}");
    assert_eq!(top(&screen), height, "one row of the screen before stays");
    let screen = screen.press(" {pgup}{ctrl-b}");
    assert_eq!(top(&screen), 1);
    let screen = screen.press("{ctrl-d}{ctrl-d}");
    assert_eq!(top(&screen), 1 + height / 2 * 2);
    let screen = screen.press("{ctrl-u}");
    assert_eq!(top(&screen), 1 + height / 2);
    let screen = screen.press("G");
    assert_eq!(top(&screen), last);
    assert!(screen.row(23).ends_with("100%"), "{}", screen.row(23));
    let screen = screen.press("{end}j{pgdn}");
    assert_eq!(top(&screen), last, "the end is the end");
    let screen = screen.press("g");
    assert_eq!(top(&screen), 0);
    let screen = screen.press("{end}{home}");
    assert_eq!(top(&screen), 0);
}

#[test]
fn the_last_row_of_the_page_is_the_last_of_the_case() {
    for (columns, rows) in crate::SIZES {
        let screen = Screen::new(columns, rows).press(WATER).press("G");
        let page = screen.page_rows();
        let last = page
            .iter()
            .rev()
            .find(|row| !row.is_empty())
            .expect("there is text")
            .trim();
        let text = case("003-25").text();
        assert!(text.ends_with(last), "{last}");
    }
}

#[test]
fn the_next_case_is_read_from_its_start_and_the_one_before_too() {
    let screen = Screen::new(80, 24).press("/部门{esc}");
    let listed: Vec<String> = screen.listed().iter().map(|&id| id.into()).collect();
    let screen = screen.press("{enter}G").press("J");
    assert_eq!(screen.reading(), Some(listed[1].as_str()));
    let screen = screen.press("{ctrl-n}{shift-down}");
    assert_eq!(screen.reading(), Some(listed[3].as_str()));
    let screen = screen.press("K");
    assert_eq!(screen.reading(), Some(listed[2].as_str()));
    // The page still has the keys.
    let screen = screen.press("j");
    assert_eq!(screen.reading(), Some(listed[2].as_str()));
}

#[test]
fn back_and_forward_go_through_the_places_that_were_left() {
    let screen = Screen::new(80, 24).press("{enter}jJjjJ");
    assert_eq!(screen.reading(), Some("000-3"));
    let screen = screen.press(",");
    assert_eq!(screen.reading(), Some("000-2"));
    let screen = screen.press(",");
    assert_eq!(screen.reading(), Some("000-1"));
    let screen = screen.press(",");
    assert!(screen.row(23).contains("没有其他阅读位置"));
    let screen = screen.press("..");
    assert_eq!(screen.reading(), Some("000-3"));
}

#[test]
fn a_jump_in_the_outline_can_be_taken_back() {
    let screen = water().press("jj");
    let before = screen.place();
    let screen = screen.press("o实际效果{enter}");
    assert!(
        screen.place().starts_with("四、实际效果和领先性")
            || screen.text().contains("四、实际效果和领先性")
    );
    assert_ne!(screen.place(), before);
    let screen = screen.press(",");
    assert_eq!(screen.place(), before);
}

#[test]
fn a_case_gone_back_to_is_shown_though_the_filter_no_longer_has_it() {
    let screen = water().press("{pgdn}");
    let place = screen.place();
    let screen = screen.press("{esc}/{ctrl-u}海水稻{enter}");
    assert_eq!(screen.reading(), Some("003-3"));
    let screen = screen.press(",");
    assert_eq!(screen.reading(), Some("003-25"));
    assert_eq!(screen.place(), place);
}

#[test]
fn the_outline_shows_every_heading_by_level_and_what_it_is_about() {
    for (columns, rows) in crate::SIZES {
        let screen = Screen::new(columns, rows).press(WATER).press("o");
        kept!(screen);
        let picker = screen
            .app
            .overlay
            .picker
            .as_ref()
            .expect("the outline is open");
        let headings = picker.shown().map(|(item, _)| item.label.trim_start());
        assert_eq!(headings.collect::<Vec<_>>(), WATER_HEADINGS);
        let roles: Vec<&str> = picker
            .shown()
            .map(|(item, _)| item.key.as_str())
            .filter(|role| !role.is_empty())
            .collect();
        assert_eq!(roles, ["背景", "做法 创新", "成效 领先性"]);
    }
}

#[test]
fn the_outline_stands_on_the_section_in_view() {
    let screen = water().press("]]]]o");
    let picker = screen
        .app
        .overlay
        .picker
        .as_ref()
        .expect("the outline is open");
    let (item, _) = picker
        .shown()
        .find(|(_, selected)| *selected)
        .expect("one is selected");
    assert_eq!(item.label.trim(), "（一）试点区基本情况");
}

#[test]
fn the_outline_is_narrowed_by_typing_and_enter_jumps() {
    // Initials of 统一水价, as in any search.
    let screen = water().press("otysj");
    kept!(screen);
    let screen = screen.press("{enter}");
    assert_eq!(screen.place(), "2.制定宽松的统一水价");
    let screen = screen.press("o{esc}");
    assert_eq!(
        screen.place(),
        "2.制定宽松的统一水价",
        "a look changes nothing"
    );
}

#[test]
fn brackets_go_from_heading_to_heading() {
    let mut screen = water();
    for heading in &WATER_HEADINGS[..11] {
        screen = screen.press("]");
        assert_eq!(screen.place(), *heading);
        // The frame names a section only once its heading is out of view.
        assert!(!screen.row(2).contains(heading.trim()), "{}", screen.row(2));
    }
    for heading in WATER_HEADINGS[..10].iter().rev() {
        screen = screen.press("[");
        assert_eq!(screen.place(), *heading);
    }
    let screen = screen.press("[[");
    assert_eq!(screen.app.page.top(), 0, "before the first is the top");
    let screen = screen.press("[");
    assert!(screen.row(23).contains("没有更多小节了"));
}

#[test]
fn a_low_screen_shows_the_section_in_its_first_row() {
    for (columns, rows) in [(40, 12), (80, 12)] {
        let screen = Screen::new(columns, rows).press(WATER);
        assert_eq!(screen.row(0).trim(), "003-25");
        let screen = screen.press("]]");
        assert_eq!(screen.place(), "二、案例基本情况");
        let screen = screen.press("j");
        // Over the edge of the text, as on a rule.
        let row = screen.row(0);
        let (section, id) = row.trim().split_once(' ').unwrap_or_default();
        assert_eq!((section, id.trim()), ("二、案例基本情况", "003-25"));
        // The list has no section.
        let screen = screen.press("{esc}");
        assert!(screen.row(0).contains("94 个案例"), "{}", screen.row(0));
    }
}

#[test]
fn behind_the_last_heading_there_is_none() {
    let screen = water().press("G]");
    assert!(
        screen.row(23).contains("没有更多小节了"),
        "{}",
        screen.row(23)
    );
}

#[test]
fn a_case_without_headings_says_so() {
    let screen = Screen::new(80, 24).press("o");
    assert!(
        screen.row(23).contains("本案例没有小标题"),
        "{}",
        screen.row(23)
    );
    assert!(screen.app.overlay.picker.is_none());
}

#[test]
fn a_word_is_looked_for_in_the_page_while_it_is_typed() {
    let screen = water().press("/宽限水量");
    kept!(screen, attributed);
    let (at, count) = screen.app.page.counter().expect("it is there");
    // Eight times in the text and once in the title.
    assert_eq!((at, count), (1, 9));
    let screen = screen.press("{enter}");
    assert!(screen.row(23).contains("匹配 1/9"), "{}", screen.row(23));
}

#[test]
fn n_goes_round_the_matches_and_says_where_it_turns() {
    let mut screen = water().press("/宽限水量{enter}");
    for at in 2..=9 {
        screen = screen.press("n");
        let counter = format!("匹配 {at}/9");
        assert!(screen.row(23).contains(&counter), "{}", screen.row(23));
        assert!(!screen.runs(Modifier::REVERSED).is_empty());
    }
    let screen = screen.press("n");
    assert!(screen.row(23).contains("已到末尾，回到第一处匹配"));
    assert_eq!(screen.app.page.counter(), Some((1, 9)));
    let screen = screen.press("N");
    assert!(screen.row(23).contains("已到开头，转到最后一处匹配"));
    assert_eq!(screen.app.page.counter(), Some((9, 9)));
}

#[test]
fn the_page_finds_by_pinyin_and_in_both_scripts() {
    for typed in ["kuanxianshuiliang", "寬限水量"] {
        let screen = water().press(&format!("/{typed}{{enter}}"));
        assert_eq!(screen.app.page.counter(), Some((1, 9)), "{typed}");
    }
}

#[test]
fn escape_from_a_search_in_the_page_returns_to_where_it_began() {
    let screen = water().press("jjj");
    let before = screen.place();
    let screen = screen.press("/加价幅度");
    assert_ne!(screen.place(), before);
    let screen = screen.press("{esc}");
    assert_eq!(screen.place(), before);
    // And the matches of the list's query are marked again.
    let marked = screen.runs(Modifier::UNDERLINED);
    assert!(marked.contains(&"农业水价".to_owned()), "{marked:?}");
}

#[test]
fn the_words_of_the_list_are_marked_in_the_page_and_counted() {
    let screen = water();
    let text = case("003-25").text();
    let title = case("003-25").title().into_owned();
    let count = text.matches("农业水价").count() + title.matches("农业水价").count();
    let (_, counted) = screen.app.page.counter().expect("it is there");
    assert_eq!(counted, count);
}

#[test]
fn a_body_that_was_looked_for_is_marked_over_the_text() {
    // 市水利局 stands in the line of the body, in the text nowhere.
    let screen = Screen::new(80, 24).press("/市水利局{enter}");
    assert_eq!(screen.app.page.counter(), Some((0, 1)));
    let marked = screen.runs(Modifier::UNDERLINED);
    let of_the_list = marked.iter().filter(|mark| *mark == "市水利局").count();
    assert_eq!(
        of_the_list,
        2 + 1,
        "two in the list, one on the page: {marked:?}"
    );
    let screen = screen.press("n");
    assert!(screen.row(23).contains("匹配 1/1"), "{}", screen.row(23));
    // What the explorer itself puts beside the body is not looked through.
    let screen = screen.press("/部门");
    assert_eq!(screen.app.page.counter(), None);
}

#[test]
fn a_page_without_the_word_says_so_at_once() {
    let screen = water().press("/海水稻");
    assert!(screen.row(23).contains("匹配 0"), "{}", screen.row(23));
    let screen = screen.press("{enter}");
    assert!(
        screen.row(23).contains("本案例中没有匹配"),
        "{}",
        screen.row(23)
    );
}

#[test]
fn to_look_for_nothing_leaves_the_matches_of_the_list() {
    let screen = water();
    let before = screen.app.page.counter();
    assert!(before.is_some());
    for keys in ["/{enter}", "/ {enter}"] {
        let screen = water().press(keys);
        assert_eq!(screen.app.page.counter(), before, "{keys}");
        let screen = screen.press("{esc}j");
        assert_eq!(screen.app.page.top(), 0, "Esc leads to the list: {keys}");
    }
}

#[test]
fn a_page_without_the_word_says_so() {
    let screen = water().press("/海水稻{enter}n");
    assert!(
        screen.row(23).contains("本案例中没有匹配"),
        "{}",
        screen.row(23)
    );
}

#[test]
fn the_script_turns_and_the_place_stays() {
    let screen = Screen::new(80, 24).press("/黨建引領{enter}{pgdn}j");
    let original = screen.place();
    let screen = screen.press("t");
    let simplified = screen.place();
    assert_ne!(simplified, original);
    assert_eq!(simplified, to_simplified(&original));
    kept!(screen);
    let screen = screen.press("t");
    assert_eq!(to_simplified(&screen.place()), simplified);
    let screen = screen.press("t");
    assert_eq!(screen.place(), original, "the third turn is round");
}

#[test]
fn text_is_copied_in_the_script_it_is_shown_in_where_that_is_asked_for() {
    let copied = |keys: &str| {
        let screen = Screen::new(80, 24).press("/黨建引領{enter}").press(keys);
        match screen.effects.last() {
            Some(Effect::Copy(text)) => text.clone(),
            other => panic!("{keys}: {other:?}"),
        }
    };
    assert!(copied("ty段落{enter}").starts_with("近年來,市北區深入貫徹"));
    assert!(copied("ty段落{down}{enter}").starts_with("近年来,市北区深入贯彻"));
    let whole = copied("ty全文{down}{enter}");
    assert!(
        whole.starts_with("党建引领数字赋能 开启基层治理e时代\n市北区\n"),
        "{whole}"
    );
    // The reference names what was printed.
    assert!(
        whole.contains("\n\n黨建引領數字賦能 開啟基層治理e時代[N]."),
        "{whole}"
    );
    // A text that is Simplified has nothing to offer in Simplified.
    let screen = water().press("ty");
    assert!(!screen.text().contains("全文（"), "{}", screen.text());
    let screen = water().press("tty");
    // The program's own words follow the script; what is copied stands as it is.
    assert!(screen.text().contains("全文（繁體）"), "{}", screen.text());
    let printed = "全文          青岛市农业水价";
    assert!(screen.text().contains(printed), "{}", screen.text());
}

#[test]
fn list_headings_and_matches_follow_the_script() {
    let screen = Screen::new(120, 36).press("/黨建引領{enter}t");
    assert_eq!(
        screen
            .row(3)
            .trim_start_matches("▌")
            .trim_start()
            .split(' ')
            .next(),
        Some("党建引领数字赋能")
    );
    assert!(screen.row(23).contains("市北") || screen.text().contains("市北区"));
    let marked = screen.runs(Modifier::UNDERLINED);
    assert!(marked.iter().all(|mark| mark == "党建引领"), "{marked:?}");
    // A Simplified document in Traditional: 后 is 後 behind and 后 in queens.
    let screen = Screen::new(120, 36).press("/农业水价{enter}tt");
    assert!(screen.text().contains("青島市農業水價綜合改革"));
    kept!(screen);
}

#[test]
fn the_raw_view_stands_at_the_same_place_and_shows_line_numbers() {
    let screen = water().press("]]]");
    assert_eq!(screen.place(), "3、 创新性思路、做法、方式");
    let screen = screen.press("R");
    kept!(screen);
    // Line 655 of the compilation.
    let first = screen.page_rows()[0].trim().to_owned();
    assert!(
        first.starts_with("│655 ") && first.ends_with("3、 创新性思路、做法、方式"),
        "{first}"
    );
    let screen = screen.press("j");
    let first = screen.page_rows()[0].trim().to_owned();
    assert!(first.starts_with("│656 "), "{first}");
    let screen = screen.press("R");
    assert_eq!(screen.place(), "（一）试点区基本情况");
}

#[test]
fn the_raw_view_shows_the_noise_that_the_page_leaves_out() {
    let screen = Screen::new(80, 24).press("/瑯琊榜{enter}R");
    let text = screen.text();
    assert!(
        text.contains("(píng)") || text.contains("(qū)") || text.contains("(de)"),
        "{text}"
    );
    kept!(screen);
}

#[test]
fn the_zen_view_has_air_and_its_hints_can_be_shut_off() {
    let settings = Settings {
        zen_hints: false,
        ..Settings::default()
    };
    for (rows, above) in [(36, 1), (20, 1), (19, 0), (12, 0)] {
        let screen = Screen::new(80, rows).press(WATER).press("]]z");
        assert_eq!(screen.row(0).trim().is_empty(), above == 1);
        assert!(!screen.row(above).trim().is_empty());
        assert!(screen.row(rows - 2).trim().is_empty(), "{}", screen.text());
        assert!(screen.row(rows - 1).contains("查找"));
        let screen = Screen::set(80, rows, settings.clone())
            .press(WATER)
            .press("]]");
        assert!(screen.row(rows - 1).contains("查找"));
        let screen = screen.press("z");
        assert!(screen.row(rows - 1).trim().is_empty());
        // What has to be said is said, and what is typed is shown.
        let screen = screen.press("/水");
        assert!(screen.row(rows - 1).contains("/ 水"), "{}", screen.text());
        let screen = screen.press("{enter}|");
        assert!(screen.row(rows - 1).contains("对齐"), "{}", screen.text());
        let screen = screen.press("j");
        assert!(screen.row(rows - 1).trim().is_empty());
    }
}

#[test]
fn the_zen_view_is_the_page_alone() {
    let screen = water().press("]]");
    let place = screen.place();
    let screen = screen.press("z");
    kept!(screen);
    assert_eq!(screen.place(), place);
    assert!(screen.app.panes().is_some_and(|panes| panes.list.is_none()));
    let screen = screen.press("z");
    assert_eq!(screen.place(), place);
    assert!(screen.app.panes().is_some_and(|panes| panes.list.is_some()));
}

#[test]
fn the_measure_is_changed_by_keys_and_the_sentence_stays() {
    let screen = Screen::new(120, 36).press(WATER).press("]]{pgdn}");
    let anchor = screen.app.page.anchor();
    let mut screen = screen.press("-----");
    assert!(screen.row(35).contains("版心 60 列"), "{}", screen.row(35));
    assert_eq!(screen.app.page.anchor(), anchor);
    for row in screen.page_rows() {
        let columns = anli::text::width::of_str(row.trim(), Default::default());
        assert!(columns <= 60, "{row}");
    }
    kept!(screen);
    screen = screen.press("+++++");
    assert!(screen.row(35).contains("版心 80 列"), "{}", screen.row(35));
    assert_eq!(screen.app.page.anchor(), anchor);
}

#[test]
fn a_measure_that_there_is_no_room_for_says_so() {
    // The page has 48 columns of 80; four of them stay free.
    let screen = water().press("-");
    let hints = screen.row(23);
    assert!(hints.contains("版心 76 列，此处最多 44 列"), "{hints}");
    let screen = screen.press("z-");
    assert!(screen.row(23).ends_with("版心 72 列"), "{}", screen.row(23));
}

#[test]
fn justified_rows_end_in_one_column() {
    let screen = Screen::new(80, 24).press(WATER).press("]|");
    let rows = screen.page_rows();
    let width = |row: &String| anli::text::width::of_str(row, Default::default());
    let widest = rows.iter().map(width).max().expect("there are rows");
    // The first paragraph below the heading: all rows but its last.
    for row in &rows[1..6] {
        assert_eq!(width(row), widest, "{row}");
    }
}

#[test]
fn help_tells_the_keys_of_the_place_it_was_asked_in() {
    for (columns, rows) in crate::SIZES {
        kept!(Screen::new(columns, rows).press("?"));
    }
    let screen = Screen::new(80, 24).press("{enter}?");
    let picker = screen.app.overlay.picker.as_ref().expect("help is open");
    let close = picker
        .shown()
        .find(|(item, _)| item.label.starts_with("返回"));
    let (close, _) = close.expect("it says how to go back");
    assert!(
        close.key.contains("Esc") && close.key.contains('h'),
        "{}",
        close.key
    );
}

#[test]
fn help_is_searched_and_runs_what_is_chosen() {
    let screen = water().press("?简体");
    kept!(screen);
    let screen = screen.press("{enter}");
    assert!(screen.row(23).contains("简体"), "{}", screen.row(23));
    // By pinyin as well: 大纲.
    let screen = water().press("?dagang{enter}");
    assert!(screen.row(0).contains("案例") && screen.text().contains("大纲"));
    assert_eq!(
        screen
            .app
            .overlay
            .picker
            .as_ref()
            .map(|picker| picker.shown().count()),
        Some(12)
    );
}

#[test]
fn help_for_what_is_not_there_says_that_nothing_is() {
    let screen = Screen::new(80, 24).press("?没有这个命令");
    kept!(screen);
    let screen = screen.press("{enter}");
    assert!(
        screen.app.overlay.picker.is_some(),
        "Enter on nothing changes nothing"
    );
}

#[test]
fn a_list_without_a_match_names_the_key_that_goes_back_as_it_is_set() {
    let back = Binding {
        action: "back".to_owned(),
        keys: vec![Key::F(12)],
        line: 1,
    };
    for (language, told) in [
        (Language::Chinese, "无匹配项，按 F12 返回"),
        (Language::English, "no match; F12 goes back"),
    ] {
        let settings = Settings {
            language,
            keymap: Keymap::with(std::slice::from_ref(&back)),
            ..Settings::default()
        };
        let screen = Screen::set(80, 24, settings).press("?zzzz");
        assert!(screen.text().contains(told), "{}", screen.text());
    }
}

#[test]
fn full_width_keys_are_commands_where_keys_are() {
    let screen = Screen::new(80, 24).press("ｊｊ");
    assert_eq!(screen.selected(), Some("000-3"));
    let screen = screen.press("／公厕{enter}");
    assert_eq!(screen.reading(), Some("003-5"));
    let screen = screen.press("？");
    assert!(screen.app.overlay.picker.is_some());
}

#[test]
fn the_interface_speaks_english() {
    let english = || Settings {
        language: Language::English,
        ..Settings::default()
    };
    for (columns, rows) in crate::SIZES {
        kept!(Screen::set(columns, rows, english()));
    }
    let screen = Screen::set(80, 24, english()).press("{enter}?");
    kept!(screen, attributed);
    let screen = Screen::set(80, 24, english()).press("fzone");
    let zones = screen.row(2);
    assert!(zones.contains("[ ] zone  13"), "{zones}");
    let screen = screen.press("{enter}{ctrl-u}abstract");
    assert_eq!(screen.app.filter.text(), "cat:zone");
    assert!(screen.row(2).contains("abstract  5"), "{}", screen.row(2));
    let screen = Screen::set(80, 24, english()).press("{enter},");
    assert!(screen.row(23).contains("no other place to go to"));
}

#[test]
fn the_raw_view_marks_a_line_as_what_it_is_in_the_case() {
    // 003-13: its title, its body, a heading, a paragraph, and the case before it.
    let screen = Screen::new(80, 24).press("/BIM{enter}R");
    assert_eq!(screen.reading(), Some("003-13"));
    let field = |line| screen.app.page.field_of_line(line);
    assert_eq!(field(292), Field::Title);
    assert_eq!(field(293), Field::Org);
    assert_eq!(field(294), Field::Heading);
    assert_eq!(field(295), Field::Text);
    assert_eq!(field(280), Field::Text);
}

#[test]
fn a_tab_is_blank_on_the_screen_and_a_tab_in_a_copy() {
    let text = "经费表\n市示例局\n姓名\t单位\t金额\n王五\t市档案馆\t80\n";
    let corpus = Handmade::new()
        .document("甲.txt", text, About::default())
        .case(Parts {
            id: "1",
            title: &["经费表"],
            orgs: &["市示例局"],
            blocks: &["姓名\t单位\t金额", "王五\t市档案馆\t80"],
            ..Parts::default()
        })
        .corpus();
    let screen = Screen::over(corpus, 80, 14).press("{enter}");
    let rows = screen.page_rows().join("\n");
    assert!(rows.contains("王五  市档案馆  80"), "{rows}");
    let screen = screen.press("y段落{enter}");
    let copied = screen.effects.last();
    assert!(
        matches!(copied, Some(Effect::Copy(text)) if text == "姓名\t单位\t金额"),
        "{copied:?}"
    );
}

#[test]
fn a_large_document_is_walked_line_by_line_from_any_place() {
    const LINES: usize = 12_000;
    let mut lines: Vec<String> = (1..=LINES).map(|n| format!("第{n}行的记录。")).collect();
    lines[5_999] = "街区改造".to_owned();
    lines[6_000] = "正文一段。".to_owned();
    let corpus = Handmade::new()
        .document("甲.txt", &(lines.join("\n") + "\n"), About::default())
        .case(Parts {
            id: "1",
            title: &["街区改造"],
            blocks: &["正文一段。"],
            ..Parts::default()
        })
        .corpus();
    let number = |row: &str| -> usize {
        let mut numbers = row.split(|c: char| !c.is_ascii_digit());
        let first = numbers.find(|number| !number.is_empty());
        first
            .and_then(|number| number.parse().ok())
            .expect("a row has a number")
    };
    let first = |screen: &Screen| number(&screen.page_rows()[0]);
    let last = |screen: &Screen| number(screen.page_rows().last().expect("there are rows"));
    let screen = Screen::over(corpus, 80, 24).press("{enter}R");
    assert_eq!(first(&screen), 6_000);
    let screen = screen.press("g");
    assert_eq!(first(&screen), 1);
    let screen = screen.press("G");
    assert_eq!(last(&screen), LINES);
    assert!(screen.text().contains("100%"));
    let mut screen = screen.press("RR");
    for _ in 0..300 {
        let before = first(&screen);
        screen = screen.press("{pgup}");
        let step = last(&screen) - first(&screen);
        assert_eq!(before, first(&screen) + step);
    }
    let upper = first(&screen);
    for _ in 0..200 {
        let before = last(&screen);
        screen = screen.press("{pgdn}");
        assert_eq!(before, first(&screen));
    }
    assert!(upper < first(&screen));
}

#[test]
fn a_roomy_page_parts_its_paragraphs_and_a_roomy_list_its_cases() {
    let roomy = Settings {
        roomy: true,
        ..Settings::default()
    };
    let rows = |settings: Settings| {
        let screen = Screen::set(120, 300, settings).press(WATER);
        let mut rows: Vec<String> = screen
            .page_rows()
            .into_iter()
            .map(|row| row.trim().to_owned())
            .collect();
        let end = rows.iter().rposition(|row| !row.is_empty());
        rows.truncate(end.map_or(0, |last| last + 1));
        rows
    };
    let (usual, wide) = (rows(Settings::default()), rows(roomy.clone()));
    let inked = |rows: &[String]| {
        let rows = rows.iter().filter(|row| !row.is_empty());
        rows.cloned().collect::<Vec<_>>()
    };
    assert_eq!(inked(&usual), inked(&wide));
    assert!(
        wide.len() > usual.len() + 10,
        "{} {}",
        usual.len(),
        wide.len()
    );
    assert!(
        !wide
            .windows(2)
            .any(|pair| pair.iter().all(String::is_empty))
    );
    // No heading is parted from what it is over.
    let heading = wide.iter().position(|row| row.starts_with("一、"));
    assert!(!wide[heading.expect("it has one") + 1].is_empty());

    for keys in ["", "G", "GK", "jjjjjjjjjjjjjjj", "{pgdn}{pgdn}"] {
        for rows in [36, 24, 12, 6] {
            let screen = Screen::set(80, rows, roomy.clone()).press(keys);
            let list = &screen.app.list;
            let own = |row: &&ListRow| row.hit() == list.position();
            let shown: Vec<&ListRow> = list.visible().iter().filter(own).collect();
            // All of the selected case is in view.
            let title = shown.iter().any(|row| matches!(row, ListRow::Title(_)));
            let rest = shown.iter().any(|row| matches!(row, ListRow::Rest(_)));
            assert!(title && rest, "{keys} on {rows} rows: {shown:?}");
        }
    }
}
