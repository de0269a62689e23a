//! Typing a query: what stays in the list, what is marked, what is offered.

use anli::app::Settings;
use anli::app::list::text_match;
use anli::key::{Input, Key};
use anli::language::Language;
use anli::search::Field;
use anli::store::State;
use anli::text::CharSpan;
use anli::text::fold::fold;
use anli::typeset::{Anchor, Page, Part, RowRole, SetBlock};
use ratatui::style::Modifier;

use crate::kept;
use crate::support::screen::{self, SEEDS, Screen};

/// Ids of the cases whose title, bodies or text hold a word, found by reading
/// them all.
fn holding(word: &str) -> Vec<String> {
    let folded = |text: &str| -> String { text.chars().map(fold).collect() };
    let word = folded(word);
    let holds = |text: &str| folded(text).contains(&word);
    SEEDS
        .iter()
        .filter(|(_, case)| {
            let names = case.case.orgs.iter().flat_map(|org| {
                let names = [&org.printed, &org.canonical].into_iter();
                names.chain(&org.others)
            });
            let area = case.case.area.iter();
            holds(&case.title()) || holds(&case.text()) || names.chain(area).any(|name| holds(name))
        })
        .map(|(_, case)| case.case.id.0.clone())
        .collect()
}

fn sorted(mut ids: Vec<&str>) -> Vec<&str> {
    ids.sort_unstable();
    ids
}

#[test]
fn a_word_leaves_the_cases_that_hold_it_and_marks_it_in_list_and_page() {
    let screen = Screen::new(80, 24).press("/海水稻");
    kept!(screen, attributed);
    assert_eq!(screen.listed(), ["003-3"]);
    // In the snippet, and in the text of the page.
    let marked = screen.runs(Modifier::UNDERLINED);
    assert!(marked.len() >= 2, "{marked:?}");
    assert!(marked.iter().all(|mark| mark == "海水稻"), "{marked:?}");
}

#[test]
fn a_filter_leaves_exactly_the_cases_that_a_reader_would_find() {
    for word in ["平度", "街长制", "大数据", "满意度", "上合", "BIM", "審批"] {
        let screen = Screen::new(80, 24).press(&format!("/{word}"));
        let mut wanted = holding(word);
        wanted.sort_unstable();
        assert_eq!(sorted(screen.listed()), wanted, "{word}");
        let count = format!("{} / 94", wanted.len());
        assert!(screen.row(1).ends_with(&count), "{}", screen.row(1));
    }
}

#[test]
fn a_book_pasted_by_mistake_is_cut_to_a_query() {
    let book = "无此文字 ".repeat(50_000);
    let start: String = book.chars().take(500).collect();
    let filter = Screen::new(80, 24).press("/").paste(&book);
    assert_eq!(filter.app.filter.text(), start);
    assert!(filter.row(23).contains("查找内容过长，只采用前 500 字"));
    let page = Screen::new(80, 24).press("/水价{enter}/").paste(&book);
    let find = page
        .app
        .reading
        .find
        .as_ref()
        .expect("the page is searched");
    assert_eq!(find.line.text(), start);
}

#[test]
fn every_letter_narrows_at_once() {
    let mut before = 94;
    let mut screen = Screen::new(80, 24).press("/");
    for c in ["农", "业", "水", "价"] {
        screen = screen.press(c);
        let now = screen.listed().len();
        assert!(now <= before && now > 0);
        before = now;
    }
    // 农业水价 is the matter of 003-25 alone.
    assert_eq!(screen.listed(), ["003-25"]);
    let screen = screen.press("{ctrl-u}");
    assert_eq!(screen.listed().len(), 94);
}

#[test]
fn a_chosen_hit_stays_selected_where_it_still_matches() {
    // 社 is narrowed to 社区 and widened again, and cleared at last.
    let mut screen = Screen::new(80, 24).press("/社{down}{down}{down}");
    let chosen = screen.selected().map(str::to_owned);
    for keys in ["区", "{backspace}", "{ctrl-u}"] {
        screen = screen.press(keys);
        assert_eq!(screen.selected(), chosen.as_deref(), "{keys}");
    }
    // 海水稻 is the matter of 003-3 alone.
    let screen = screen.press("社区{down}{ctrl-u}海水稻");
    assert_eq!(screen.selected(), Some("003-3"), "else the best hit is");
}

#[test]
fn a_new_question_begins_at_its_best_hit_and_when_cleared_ends_where_it_began() {
    // 000-4 speaks of 社区, as many others do that stand before it then.
    let screen = Screen::new(120, 16).press("{down}{down}{down}");
    assert_eq!(screen.selected(), Some("000-4"));
    let screen = screen.press("/社区");
    assert!(screen.listed().contains(&"000-4"));
    assert_eq!(screen.selected(), Some(screen.listed()[0]));
    assert_eq!(screen.app.list.scroll().0, 0);
    let screen = screen.press("{esc}{esc}");
    assert_eq!(screen.listed().len(), 94);
    assert_eq!(screen.selected(), Some("000-4"));
}

#[test]
fn a_question_typed_ahead_of_its_answers_begins_as_one_typed_slowly() {
    use anli::app::action::Effect;
    use anli::key::{Input, Key};

    // 003-22 has 公积金 in its text, 003-16 in its title.
    let at_once = |query: &str| {
        let mut screen = Screen::new(120, 16).press("/003-22{esc}{down}{esc}/");
        assert_eq!(screen.selected(), Some("003-22"));
        // Only the newest question is answered.
        let (ahead, last) = query.split_at(query.len() - 1);
        for key in ahead.chars() {
            let asked = screen.app.input(Input::Key(Key::Char(key)));
            assert!(matches!(asked, Some(Effect::Search(_))));
        }
        screen.press(last)
    };
    let screen = at_once("gongjijin");
    assert!(screen.listed().contains(&"003-22"));
    assert_eq!(screen.selected(), Some("003-16"));
}

#[test]
fn a_case_that_was_read_stays_selected_when_the_search_is_cleared() {
    // The best hit, which nobody had to move to.
    let screen = Screen::new(80, 24).press("/海水稻{enter}{esc}");
    assert_eq!(screen.selected(), Some("003-3"));
    let screen = screen.press("x");
    assert_eq!(screen.listed().len(), 94);
    assert_eq!(screen.selected(), Some("003-3"));
}

#[test]
fn a_case_that_was_never_chosen_gives_way_to_the_best_hit() {
    // 000-1 stands first and is selected; it holds 土地 as well.
    let screen = Screen::new(80, 24).press("/土地");
    assert!(screen.listed().contains(&"000-1"));
    assert_eq!(screen.selected(), Some(screen.listed()[0]));
}

#[test]
fn opening_a_hit_stands_on_its_best_match() {
    let screen = Screen::new(80, 24).press("/海水稻{enter}");
    assert_eq!(screen.app.page.counter().map(|(at, _)| at), Some(1));
    let rows = screen.page_rows().join("");
    assert!(rows.contains("海水稻"), "{rows}");
    // The match that the reader stands on is told from the others.
    let here = screen.runs(Modifier::REVERSED);
    assert_eq!(here, ["海水稻"]);
}

#[test]
fn pinyin_finds_titles_and_marks_their_characters() {
    let screen = Screen::new(80, 24).press("/ditie");
    kept!(screen, attributed);
    assert_eq!(
        sorted(screen.listed()[..3].to_vec()),
        ["000-13", "001-6", "003-13"]
    );
    let marked = screen.runs(Modifier::UNDERLINED);
    assert!(marked.contains(&"地铁".to_owned()), "{marked:?}");
}

#[test]
fn what_is_found_by_its_sound_is_labelled() {
    let screen = Screen::new(80, 24).press("/街长治");
    assert_eq!(screen.listed()[0], "003-27");
    assert!(screen.row(3).contains("同音"), "{}", screen.row(3));
    let screen = Screen::new(80, 24).press("/五王大赛");
    assert_eq!(screen.listed()[0], "000-17");
    assert!(screen.row(3).contains("近似"), "{}", screen.row(3));
}

#[test]
fn a_match_behind_the_cut_of_a_title_is_brought_into_view() {
    // The title of 004-1 has seventy characters; 樣板區 are the last.
    let screen = Screen::new(80, 24).press("/樣板區");
    assert_eq!(screen.selected(), Some("004-1"));
    // On the second row, with as much of the title before it as there is room for.
    let row = screen.row(4);
    let list: String = row.split('│').next().expect("there is a list").into();
    assert!(list.contains("…化國際大都市的樣板區  2021"), "{row}");
}

#[test]
fn a_snippet_says_where_it_was_cut() {
    let snippet = |query: &str| {
        let screen = Screen::new(80, 24).press(&format!("/{query}"));
        let row = screen.row(5);
        let list = row.split('│').next().expect("there is a list");
        let (_, snippet) = list.split_once("2017 ").expect("the year comes first");
        snippet.trim().to_owned()
    };
    // From the middle of a paragraph; a heading from its start; the end of a
    // paragraph with as much before it as 18 columns have room for.
    let middle = snippet("海水稻");
    assert!(
        middle.starts_with("正文 …") && middle.ends_with('…'),
        "{middle}"
    );
    assert_eq!(snippet("基本情况及创新性"), "小标题 一、基本情况及…");
    assert_eq!(snippet("改革创新奖"), "正文 …审批改革创新奖。");
}

#[test]
fn an_editors_title_keeps_its_brackets_over_both_rows() {
    // The editor's title of 001-6 ends in 新突破.
    let screen = Screen::new(80, 24).press("/融资工作新突破");
    assert_eq!(screen.selected(), Some("001-6"));
    assert!(screen.row(3).contains(" [探索"), "{}", screen.row(3));
    assert!(screen.row(4).contains("新突破]"), "{}", screen.row(4));
}

#[test]
fn a_note_without_room_beside_the_query_stands_in_the_last_row() {
    let note = "年: 不能是 abcd，可写 年:";
    let screen = Screen::new(80, 24).press("/年:abcd");
    assert!(screen.row(1).contains(note), "{}", screen.row(1));
    assert!(!screen.row(23).contains(note), "{}", screen.row(23));
    // Where there is no room for all of it beside the hints, what would be right is told.
    let screen = screen.resize(40, 12);
    assert!(
        screen.row(11).ends_with("  可写 年:2015-2021"),
        "{}",
        screen.row(11)
    );
    assert!(!screen.row(1).contains("可写"), "{}", screen.row(1));
    // On the page there is a case to read, and no query to mend.
    let screen = screen.press("{enter}");
    assert!(!screen.row(11).contains("不能"), "{}", screen.row(11));
    // On the least screen the ways on and out stay beside what has room of it.
    let screen = screen.press("{esc}").resize(24, 6);
    let row = screen.row(5);
    assert!(
        row.starts_with(" Enter  Esc 可写 年") && row.ends_with('…'),
        "{row}"
    );
}

#[test]
fn what_is_cut_ends_in_a_mark() {
    let screen = Screen::new(40, 12).press("/没有的词没有的词没有的词没有的词没有的词");
    assert!(
        screen.row(2).contains("没有找到 没有的词"),
        "{}",
        screen.row(2)
    );
    assert!(screen.row(2).ends_with('…'), "{}", screen.row(2));
    let english = Settings {
        language: Language::English,
        ..Settings::default()
    };
    let screen = Screen::set(24, 6, english);
    assert_eq!(screen.row(0).trim(), "anli 案例  94 cases");
}

#[test]
fn a_query_that_finds_nothing_offers_others_with_their_counts() {
    let screen = Screen::new(80, 24).press("/海水稻 街长制");
    kept!(screen, attributed);
    let offers = screen.app.filter.answer.suggestions.clone();
    assert!(offers.len() >= 2, "{offers:?}");
    for (at, offer) in offers.iter().enumerate() {
        let count = format!("{} 个案例", offer.count);
        let row = screen.row(4 + at as u16);
        assert!(row.contains(&offer.query) && row.contains(&count), "{row}");
    }
    let second = offers[1].clone();
    let screen = screen.press("{down}{enter}");
    assert_eq!(screen.app.filter.text(), second.query);
    assert_eq!(screen.listed().len(), second.count as usize);
}

#[test]
fn no_key_of_a_query_leaves_an_empty_screen() {
    let typed = [
        "年:2015-2017 地铁",
        "year:-2016 创新",
        "年:2017-16",
        "年:abc 地铁",
        "yaer:2017 地铁",
        "类:xyz 审计",
        "地:qqqq",
        "源:999 地铁",
        "单位的:地铁",
        "题:-大数据 审计",
        "\"轨道交通\" 地铁",
        "“轨道 交通” \"\" ”",
        "地铁 -公交 -\"投融资\" -年:2015-2016 -",
        "-类:部门 -类:功能区 创新",
        "海水稻|共享停车|",
        "||审计||-||",
        ":: :审计 年:: 年:：",
        "--审计 ——地铁 -",
        "004-4|003- 养老",
        "标签:待读 地铁",
        "-星:是 主题:xyz",
        "“》'（",
        "qqqq:vvvv|xx",
    ];
    for text in typed {
        let mut explorer = Screen::new(80, 24).press("/");
        for (at, key) in text.char_indices() {
            explorer.input(Input::Key(Key::Char(key)));
            let so_far = &text[..at + key.len_utf8()];
            assert_eq!(explorer.app.filter.text(), so_far);
            let shown = explorer.text();
            if !explorer.listed().is_empty() {
                let case = explorer.selected().expect("one of them is selected");
                let title = screen::case(case).title();
                let begin: String = title.chars().take(4).collect();
                assert!(shown.contains(&begin), "{so_far}:\n{shown}");
                continue;
            }
            let offers = explorer.app.offers();
            assert!(offers.len() >= 2, "{so_far}: {offers:?}");
            for offer in offers {
                let count = format!("{} 个案例", offer.count);
                assert!(shown.contains(&count), "{so_far}:\n{shown}");
            }
        }
    }
}

#[test]
fn what_is_not_finished_or_wrong_hides_no_case_that_is_found_without_it() {
    let found = Screen::new(80, 24).press("/地铁");
    for more in [
        " 年:",
        " 年:2",
        " 年:abc",
        " 类:",
        " 类:xyz",
        " 地:",
        " yaer:2017",
        " -",
        " -年:",
        " \"",
        " “",
        " 题:",
        " 源:",
        " |",
        " -\"",
    ] {
        let screen = Screen::new(80, 24).press("/地铁").press(more);
        assert_eq!(screen.listed(), found.listed(), "{more}");
    }
}

#[test]
fn nothing_found_is_said_on_one_pane_as_well() {
    kept!(Screen::new(40, 12).press("/海水稻 街长制"));
}

#[test]
fn what_is_wrong_with_a_query_is_said_beside_it_and_empties_nothing() {
    let screen = Screen::new(80, 24).press("/地铁 年:abc");
    let row = screen.row(1);
    assert!(row.contains("年: 不能是 abc，可写 年:"), "{row}");
    assert!(!screen.listed().is_empty());
    let screen = Screen::new(80, 24).press("/单位的:地铁");
    let row = screen.row(1);
    assert!(row.contains("没有字段 单位的:"), "{row}");
    let screen = Screen::new(80, 24).press("/年:");
    let row = screen.row(1);
    assert!(row.contains("年: 后面缺少内容"), "{row}");
    assert_eq!(screen.listed().len(), 94);
}

#[test]
fn fields_of_the_query_stand_out_as_chips() {
    let screen = Screen::new(80, 24).press("/年:2017 农业 类:部门");
    kept!(screen, attributed);
    let reversed = screen.runs(Modifier::REVERSED);
    // The sign of the line that is edited is reversed as well.
    assert_eq!(reversed[..3], ["/", "年:2017", "类:部门"]);
    for id in screen.listed() {
        assert!(id.starts_with("003-"), "{id} is of another year");
    }
}

#[test]
fn the_caret_stands_behind_what_was_typed_by_columns() {
    let screen = Screen::new(80, 24).press("/");
    let (start, row) = screen.caret().expect("the filter is edited");
    for (typed, columns) in [("创新", 4), ("创新bim", 7), ("“创新”", 6), ("，", 2)] {
        let screen = Screen::new(80, 24).press("/").paste(typed);
        assert_eq!(screen.caret(), Some((start + columns, row)), "{typed}");
        let screen = Screen::new(80, 24).press(&format!("/{typed}"));
        assert_eq!(screen.caret(), Some((start + columns, row)), "{typed}");
    }
    assert_eq!(Screen::new(80, 24).caret(), None, "no caret in the list");
}

#[test]
fn a_paste_in_the_list_is_a_query_and_no_commands() {
    let screen = Screen::new(80, 24).paste("  \r\n 街长制\tq\nquit");
    assert_eq!(screen.app.filter.text(), "街长制 q quit");
    // A title that is printed in two lines is found by both.
    let title = "创新推行混合用地模式\n\u{3000}\u{3000}提高土地集约高效利用水平\n";
    assert_eq!(Screen::new(80, 24).paste(title).listed(), ["000-1"]);
    // The same for what an input method sends to a list that waits for keys.
    let screen = Screen::new(80, 24).press("街长制");
    assert_eq!(screen.app.filter.text(), "街长制");
    assert_eq!(screen.listed()[0], "003-27");
}

#[test]
fn a_query_longer_than_the_line_keeps_its_caret_in_view() {
    let typed = "混合用地模式".repeat(20);
    let screen = Screen::new(40, 12).paste(&typed);
    let (column, row) = screen.caret().expect("the filter is edited");
    assert!(row == 1 && column < 40, "{column}");
    assert!(screen.row(1).contains("模式"), "{}", screen.row(1));
    kept!(screen);
}

#[test]
fn escape_leaves_the_line_and_then_clears_the_filter() {
    let screen = Screen::new(80, 24).press("/公厕{esc}");
    assert_eq!(screen.app.filter.text(), "公厕");
    let screen = screen.press("j");
    assert_eq!(screen.app.filter.text(), "公厕", "a letter is a key again");
    let screen = screen.press("{esc}");
    assert_eq!(screen.listed().len(), 94);
}

#[test]
fn up_in_the_empty_filter_brings_back_what_was_asked() {
    let screen = Screen::new(80, 24)
        .press("/公厕{enter}{esc}")
        .press("/{ctrl-u}地铁{enter}{esc}{esc}");
    assert!(screen.app.filter.is_empty());
    let screen = screen.press("/{up}");
    assert_eq!(screen.app.filter.text(), "地铁");
    let screen = screen.press("{up}");
    assert_eq!(screen.app.filter.text(), "公厕");
    let screen = screen.press("{up}");
    assert_eq!(screen.app.filter.text(), "公厕", "nothing was asked before");
    let screen = screen.press("{down}{down}");
    assert_eq!(screen.app.filter.text(), "");
    assert_eq!(screen.listed().len(), 94);
}

#[test]
fn up_in_the_empty_filter_recalls_wherever_the_selection_stands() {
    let screen = Screen::new(80, 24).press("/公厕{enter}{esc}{esc}j");
    let selected = screen.selected().map(str::to_owned);
    assert_eq!(selected.as_deref(), Some("003-6"), "the one behind 003-5");
    let screen = screen.press("/{up}");
    assert_eq!(screen.app.filter.text(), "公厕");
    // Who has moved down from there goes up again first.
    let screen = screen.press("{ctrl-u}{down}{up}");
    assert_eq!(screen.app.filter.text(), "");
}

#[test]
fn a_query_given_at_the_start_is_typed_and_its_best_hit_shown() {
    let screen = Screen::with(120, 36, Default::default(), "ditie 融资", State::default());
    assert_eq!(screen.app.filter.text(), "ditie 融资");
    let listed = sorted(screen.listed());
    assert!(listed.contains(&"000-13") && listed.contains(&"001-6"));
    assert_eq!(screen.selected(), screen.reading());
    kept!(screen);
}

#[test]
fn both_scripts_find_and_mark_one_another() {
    for (typed, id, shown) in [("公廁", "003-5", "公厕"), ("琅琊榜", "001-4", "瑯琊榜")] {
        let screen = Screen::new(80, 24).press(&format!("/{typed}"));
        assert_eq!(screen.listed()[0], id);
        let marked = screen.runs(Modifier::UNDERLINED);
        assert!(marked.contains(&shown.to_owned()), "{typed}: {marked:?}");
    }
}

#[test]
fn what_depends_on_the_answer_waits_for_it_and_typing_does_not() {
    use anli::app::{App, Settings, Turn};
    use anli::key::{Input, Key};

    let mut app = App::new(std::sync::Arc::clone(&SEEDS), Settings::default());
    let turn = |app: &App, key| app.turn(&Input::Key(key));
    assert_eq!(turn(&app, Key::Enter), Turn::Next);
    app.input(Input::Key(Key::Char('/')));
    // The question is asked, and nobody answers.
    app.input(Input::Key(Key::Char('厕')));
    assert_eq!(turn(&app, Key::Char('所')), Turn::Next);
    assert_eq!(turn(&app, Key::Backspace), Turn::Next);
    assert_eq!(turn(&app, Key::Enter), Turn::Answered);
    assert_eq!(turn(&app, Key::Down), Turn::Answered);
    assert_eq!(turn(&app, Key::Esc), Turn::Answered);
    assert_eq!(turn(&app, Key::Ctrl('c')), Turn::Now);
    let resize = Input::Resize {
        columns: 80,
        rows: 24,
    };
    assert_eq!(app.turn(&resize), Turn::Now);
}

#[test]
fn a_title_begins_at_its_start_where_the_snippet_below_it_has_the_word() {
    let rows = |query: &str| {
        let screen = Screen::new(80, 24).press(&format!("/{query}"));
        let rows = screen.rows();
        let at = rows
            .iter()
            .position(|row| row.contains("推动高校引进建设"))
            .expect("003-20 is listed");
        let list = |row: &String| row.split('│').next().unwrap_or_default().to_owned();
        [at, at + 2].map(|at| list(&rows[at]))
    };
    // 人才 stands late in the title of 003-20. Its paragraph on the 桥头堡 speaks of
    // it as well, its heading on what is 创新 does not.
    let [title, snippet] = rows("桥头堡 人才");
    assert!(title.contains(" 推动高校引进建设"), "{title}");
    assert!(snippet.contains("桥头堡"), "{snippet}");
    let [title, snippet] = rows("创新 人才");
    assert!(title.contains(" 推动高校引进建设"), "{title}");
    assert!(snippet.contains("小标题"), "{snippet}");
}

#[test]
fn an_earlier_query_gives_back_what_was_being_typed() {
    let screen = Screen::new(80, 24).press("/ditie{enter}{esc}/{ctrl-u}haishuidao{enter}{esc}");
    let filter = |screen: &Screen| screen.app.filter.text().to_owned();
    let screen = screen.press("/{ctrl-u}gong{up}");
    assert_eq!(filter(&screen), "haishuidao");
    let screen = screen.press("{up}");
    assert_eq!(filter(&screen), "ditie");
    let screen = screen.press("{down}{down}");
    assert_eq!(filter(&screen), "gong");
    // Whoever changes an earlier query begins anew.
    let screen = screen.press("{up}{up}{esc}{esc}/{up}");
    assert_eq!(filter(&screen), "haishuidao");
}

#[test]
fn a_search_that_opens_from_the_page_alone_is_seen() {
    let screen = Screen::new(80, 24).press("{enter}z").paste("地铁");
    assert!(!screen.app.window.zen);
    assert!(screen.row(1).contains("地铁"), "{}", screen.row(1));
}

#[test]
fn the_first_part_of_an_answer_is_not_taken_for_all_of_it() {
    use anli::app::Turn;
    use anli::app::action::Action;
    use anli::key::{Input, Key};
    use anli::search::Found;

    let screen = Screen::new(80, 24).press("/");
    let part = |total, hits| Found {
        query: "稻田".to_owned(),
        total,
        hits,
        ..Found::default()
    };
    let mut screen = screen;
    for key in ['稻', '田'] {
        let _ = screen.app.input(Input::Key(Key::Char(key)));
    }
    let screen = screen.act(Action::ShowFound(part(0, Vec::new())));
    let text = screen.text();
    assert!(
        text.contains("正在查找 稻田") && text.contains("0… / 94"),
        "{text}"
    );
    let turn = |screen: &Screen, key| screen.app.turn(&Input::Key(key));
    assert_eq!(turn(&screen, Key::Enter), Turn::Answered);
    // With hits one can go about, but not take all of them along.
    let hit = anli::search::Hit {
        case: SEEDS.find("003-3").expect("it is there"),
        tier: anli::search::Tier::Exact,
        matches: Vec::new(),
    };
    let mut screen = screen.act(Action::ShowFound(part(2000, vec![hit])));
    assert!(screen.text().contains("2000… / 94"));
    assert_eq!(turn(&screen, Key::Enter), Turn::Next);
    let _ = screen.app.input(Input::Key(Key::Esc));
    assert_eq!(turn(&screen, Key::Char('j')), Turn::Next);
    assert_eq!(turn(&screen, Key::Char('e')), Turn::Answered);
}

#[test]
fn a_body_found_by_a_name_that_is_not_printed_is_marked_whole_on_its_page() {
    // 000-13 prints 市地铁指挥部办公室, which was 市地铁工程建设指挥部 later.
    // 000-10 prints 市机场指挥部办公室 behind another body, 000-34
    // 市人力资源社会保障局.
    let bodies = [
        ("dtgc", "000-13", "市地铁指挥部办公室"),
        ("市机场办", "000-10", "市机场指挥部办公室"),
        ("市人社局", "000-34", "市人力资源社会保障局"),
        ("青岛市民政局", "000-30", "市民政局"),
    ];
    for (query, id, body) in bodies {
        let mut screen = Screen::new(120, 60).press(&format!("/{query}{{esc}}"));
        let at = screen.listed().iter().position(|&listed| listed == id);
        let down = "j".repeat(at.expect("it is found"));
        screen = screen.press(&down);
        assert_eq!(screen.selected(), Some(id));
        let on_page = on_page(&screen, |block| block.part == Part::Byline);
        assert_eq!(on_page, [body], "{query} {id}");
    }
}

/// What is marked in some blocks of the page.
fn on_page(screen: &Screen, wanted: impl Fn(&SetBlock) -> bool) -> Vec<String> {
    let page = &screen.app.page;
    let blocks = page.sheet().expect("a page").set.blocks().iter();
    let blocks = (0..).zip(blocks).filter(|(_, block)| wanted(block));
    let marked = blocks.flat_map(|(at, block)| {
        let text: Vec<char> = block.text.chars().collect();
        let spans = page.marks(at).iter();
        let marked = spans.map(move |s| text[s.start as usize..s.end as usize].iter().collect());
        marked.collect::<Vec<String>>()
    });
    marked.collect()
}

#[test]
fn a_phrase_over_two_title_lines_is_marked_on_both() {
    // 000-1: 创新推行混合用地模式 / 提高土地集约高效利用水平.
    let screen = Screen::new(120, 36).press("/模式提高土地{enter}");
    assert_eq!(screen.reading(), Some("000-1"));
    let marked = on_page(&screen, |block| block.role == RowRole::Title);
    assert_eq!(marked, ["模式", "提高土地"]);
}

#[test]
fn what_is_told_late_is_marked_and_the_reader_stays_on_his_match() {
    let screen = Screen::new(120, 36).explaining(0).press("/dtgc{enter}");
    let bodies = |block: &SetBlock| block.part == Part::Byline;
    let before = (
        screen.reading().map(str::to_owned),
        screen.app.page.current(),
    );
    let told = screen.explain();
    assert_eq!(told.reading().map(str::to_owned), before.0);
    if before.1.is_some() {
        assert_eq!(told.app.page.current(), before.1);
    }
    assert!(!on_page(&told, bodies).is_empty());
}

#[test]
fn running_text_is_marked_as_it_is_searched_however_short_a_paragraph_is() {
    // 003-10 has a paragraph of one line with 设计; sj stands in its title, its
    // headings and its bodies, if anywhere.
    let screen = Screen::new(120, 36).press("/sj 源:003 项目审批{enter}");
    assert_eq!(screen.reading(), Some("003-10"));
    let marked = on_page(&screen, |block| {
        matches!(block.role, RowRole::Paragraph | RowRole::Caption)
    });
    assert!(marked.iter().all(|mark| mark == "项目审批"), "{marked:?}");
}

#[test]
fn a_word_is_marked_in_the_field_that_it_is_asked_for_in() {
    // 003-13 has 轨道交通 in its first paragraph as well.
    let screen = Screen::new(120, 36).press("/题:轨道交通 源:003{enter}");
    assert_eq!(screen.reading(), Some("003-13"));
    let marked = on_page(&screen, |block| block.part == Part::Title(0));
    assert_eq!(marked, ["轨道交通"]);
    let elsewhere = on_page(&screen, |block| block.role != RowRole::Title);
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
}

#[test]
fn every_hit_has_what_it_was_found_by_marked_and_its_page_stands_there() {
    let queries = [
        "混合用地",
        "模式提高土地",
        "haishuidao",
        "dtgc",
        "街长治",
        "五王大赛",
        "2016 地铁",
        "\"审批\"",
        "题:轨道交通",
        "打造 支撑",
        "sj 源:003 项目审批",
    ];
    for query in queries {
        let mut screen = Screen::new(120, 36).press(&format!("/{query}{{esc}}"));
        assert!(!screen.listed().is_empty(), "{query}");
        for _ in 0..screen.listed().len().min(8) {
            check_marked(&screen, query);
            screen = screen.press("j");
        }
    }
}

/// The place on a page of a character of the case's title, title lines joined by one
/// character; an editor's title has brackets on the page.
fn anchor_in_title(page: &Page, char: u32) -> Anchor {
    let is_title = |block: &&SetBlock| matches!(block.part, Part::Title(_));
    let lines: Vec<&SetBlock> = page.blocks().iter().take_while(is_title).collect();
    let has_bracket = lines.first().is_some_and(|line| line.text.starts_with('['));
    let mut char = char + u32::from(has_bracket);
    for (block, line) in (0..).zip(lines) {
        let chars = line.text.chars().count() as u32;
        if char <= chars {
            return Anchor { block, char };
        }
        char -= chars + 1;
    }
    panic!("the title has no character {char}");
}

/// What the selected hit was found by is marked on its page, and a match in the
/// text is the one that the page stands on.
fn check_marked(screen: &Screen, query: &str) {
    let (page, hit) = (&screen.app.page, screen.app.list.selected_hit());
    let set = &page.sheet().expect("a page").set;
    let hit = hit.expect("a hit is selected");
    for found in &hit.matches {
        for span in &found.spans {
            let anchor = match found.field {
                Field::Title => Some(anchor_in_title(set, span.start)),
                Field::Org => set.anchor_of(Part::Byline, 0),
                Field::Heading | Field::Text => set.anchor_of(Part::Text(found.part), span.start),
            };
            let Anchor { block, char } = anchor.expect("the page has it");
            let in_org = found.field == Field::Org;
            let covers = |m: &CharSpan| in_org || (m.start..m.end).contains(&char);
            let marked = page.marks(block).iter().any(covers);
            assert!(marked, "{query} in {:?}", screen.selected());
        }
    }
    let Some(found) = text_match(hit) else { return };
    let block = set.anchor_of(Part::Text(found.part), 0).map(|a| a.block);
    let stands = page.current().expect("it stands on a match");
    assert_eq!(Some(stands.block), block, "{query}");
    let span = (stands.span.start..stands.span.end).contains(&found.spans[0].start);
    assert!(span, "{query} in {:?}", screen.selected());
}

#[test]
fn a_list_that_is_not_of_the_query_shows_no_number() {
    use anli::key::{Input, Key};

    let mut screen = Screen::new(80, 24).press("/公厕");
    let number = screen.row(1);
    // The question is asked, and nobody answers.
    let _ = screen.app.input(Input::Key(Key::Backspace));
    assert!(screen.row(1).ends_with(" … / 94"), "{}", screen.row(1));
    assert_eq!(screen.press("厕").row(1), number);
}

#[test]
fn nothing_is_said_to_be_missing_before_it_was_looked_for() {
    use anli::key::{Input, Key};

    let mut screen = Screen::new(80, 24).press("/海水稻 街长制");
    assert!(
        screen.row(3).contains("没有找到 海水稻 街长制"),
        "{}",
        screen.row(3)
    );
    let _ = screen.app.input(Input::Key(Key::Backspace));
    assert!(
        screen.row(3).contains("正在查找 海水稻 街长"),
        "{}",
        screen.row(3)
    );
}

/// The texts in the filter line that have an attribute.
fn in_filter(screen: &Screen, modifier: Modifier) -> Vec<String> {
    let (buffer, _) = screen.buffer();
    let mut texts = vec![String::new()];
    for (_, glyph, style) in screen.glyphs(&buffer, 1) {
        if style.add_modifier.contains(modifier) {
            *texts.last_mut().expect("one is open") += &glyph
        } else {
            texts.push(String::new())
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

#[test]
fn every_part_of_a_query_that_is_wrong_is_marked_in_place() {
    let screen = Screen::new(120, 36).press("/年:20x 创新 “公");
    let wrong = |screen: &Screen| in_filter(screen, Modifier::UNDERLINED);
    assert_eq!(wrong(&screen), ["年:20x", "“"]);
    // Of the sign of the line and nothing else.
    assert_eq!(in_filter(&screen, Modifier::REVERSED), ["/"]);
    let screen = Screen::new(120, 36).press("/yaer:1 类:xx 地:北京 类:部门 创新 年:");
    assert_eq!(wrong(&screen), ["yaer:1", "类:xx", "地:北京", "年:"]);
    assert_eq!(in_filter(&screen, Modifier::REVERSED), ["/", "类:部门"]);
    // What is right is not marked, nor is what is still to be answered.
    assert!(wrong(&Screen::new(80, 24).press("/年:2017 市南:打造")).is_empty());
}

#[test]
fn of_several_mistakes_the_one_at_the_caret_is_told_and_how_many_more_there_are() {
    let told = |keys: &str| Screen::new(120, 36).press(keys).row(1);
    let query = "/年:20x 创新 “公";
    let row = told(query);
    assert!(row.contains("引号未闭合（另有 1 处）"), "{row}");
    let row = told(&format!("{query}{{home}}{{right}}"));
    assert!(row.contains("年: 不能是 20x"), "{row}");
    // Without a caret what is wrong comes before what is not finished.
    let row = told(&format!("{query}{{esc}}"));
    assert!(
        row.contains("年: 不能是 20x") && row.contains("（另有 1 处）"),
        "{row}"
    );
    let row = told("/yaer:1 类:xx 地:北京 创新");
    assert!(
        row.contains("没有字段 yaer:，是否要用 year:（另有 2 处）"),
        "{row}"
    );
}

#[test]
fn a_note_on_a_small_screen_tells_what_would_be_right() {
    let screen = Screen::new(40, 12).press("/源:009");
    assert!(screen.row(11).contains("可写 源:000"), "{}", screen.row(11));
    let screen = Screen::new(40, 12).press("/年:二零一五年到二零一七年");
    assert!(
        screen.row(11).ends_with("可写 年:2015-2021"),
        "{}",
        screen.row(11)
    );
    let screen = Screen::new(40, 12).press("/公厕|题:医共体");
    assert!(screen.row(11).contains("| 后"), "{}", screen.row(11));
    let english = Settings {
        language: Language::English,
        ..Settings::default()
    };
    let screen = Screen::set(40, 12, english).press("/year:9 cat:xx{esc}");
    let row = screen.row(11);
    assert!(
        row.ends_with("year: cannot be 9; year:2015-2021 would do")
            || row.ends_with("try year:2015-2021"),
        "{row}"
    );
}

#[test]
fn a_query_longer_than_the_line_tells_on_which_sides_it_goes_on() {
    let shown = |screen: &Screen| {
        let row = screen.row(1);
        let query = row.strip_prefix(" / ").expect("the sign of the line");
        query.split("  ").next().unwrap_or_default().to_owned()
    };
    let screen = Screen::new(40, 12).paste(&"混合用地模式".repeat(9));
    let row = shown(&screen);
    assert!(row.starts_with('…') && row.contains("模式"), "{row}");
    let screen = screen.press("{home}");
    let row = shown(&screen);
    assert!(row.starts_with("混合用地") && row.contains('…'), "{row}");
    let screen = screen.press(&"{right}".repeat(25));
    let row = shown(&screen);
    assert!(
        row.starts_with('…') && row.contains("用地") && row.matches('…').count() == 2,
        "{row}"
    );
    let whole = Screen::new(40, 12).paste("混合用地模式");
    assert!(!shown(&whole).contains('…'), "{}", shown(&whole));
}
