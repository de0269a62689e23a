//! Why a case is listed, where the answer did not tell it at once.

use anli::app::action::Action;
use anli::app::list::ListRow;
use anli::corpus::CaseIndex;
use anli::key::MouseKind;
use anli::search::{Explained, Found};
use ratatui::style::Modifier;

use crate::support::screen::Screen;

/// A word that many cases have in their text.
const WORD: &str = "群众";

/// The list of many hits of which three have their matches, after some keys.
fn lacking(keys: &str) -> Screen {
    let screen = Screen::new(120, 36).explaining(3);
    screen.press(&format!("/{WORD}{{esc}}{keys}"))
}

/// The same with every match from the start.
fn complete(keys: &str) -> Screen {
    Screen::new(120, 36).press(&format!("/{WORD}{{esc}}{keys}"))
}

/// Whether the selected case has a row that tells where it was found.
fn has_snippet(screen: &Screen) -> bool {
    let list = &screen.app.list;
    let snippet = ListRow::Snippet(list.position() as u32);
    list.visible().contains(&snippet)
}

/// The row of the screen that the selected case stands on, within the list.
fn row(screen: &Screen) -> usize {
    let list = &screen.app.list;
    let title = ListRow::Title(list.position() as u32);
    let mut rows = list.visible().iter();
    let row = rows.position(|&row| row == title);
    row.expect("the selected case is in view")
}

/// Where the page stands: its first row, and the match it stands on.
fn place(screen: &Screen) -> (usize, Option<(usize, usize)>) {
    (screen.app.page.top(), screen.app.page.counter())
}

#[test]
fn rows_behind_those_explained_are_filled_in() {
    let told = lacking("").explain();
    assert_eq!(told.text(), complete("").text());
    assert_ne!(told.text(), lacking("").text());
}

#[test]
fn a_hit_is_asked_for_once_and_before_it_comes_into_view() {
    let mut screen = lacking("").resize(120, 16);
    let asked = screen.asks_for_matches();
    let (query, cases) = asked.expect("not all in view is known");
    assert_eq!(query, WORD);
    let hits = screen.app.list.hits();
    let behind = &hits[3..3 + cases.len()];
    assert!(behind.iter().map(|hit| hit.case).eq(cases.clone()));
    let in_view = screen.app.list.visible().last().expect("rows").hit();
    assert!(in_view < 2 + cases.len(), "a screen around is asked for");
    assert!(2 + cases.len() < hits.len() - 1, "and no more");
    assert_eq!(screen.asks_for_matches(), None, "it is on its way");
    // By one case the list does not come near what is behind.
    let mut screen = screen.press("j");
    assert_eq!(screen.asks_for_matches(), None);
    let mut screen = screen.press("{pgdn}{pgdn}");
    let (_, more) = screen.asks_for_matches().expect("now it does");
    assert!(more.iter().all(|case| !cases.contains(case)));
}

#[test]
fn a_library_that_is_explained_whole_asks_for_nothing() {
    for keys in ["", "G", "{pgdn}", "{enter}"] {
        assert_eq!(complete(keys).asks_for_matches(), None, "{keys}");
        let mut all = Screen::new(120, 36).press(keys);
        assert_eq!(all.asks_for_matches(), None, "{keys}");
    }
    // Where no word is asked for, there is nothing to be known.
    let mut year = Screen::new(120, 36)
        .explaining(usize::MAX)
        .press("/年:2015");
    assert_eq!(year.asks_for_matches(), None);
}

#[test]
fn the_last_case_tells_why_it_is_listed_and_its_page_goes_there() {
    let screen = lacking("G");
    assert!(!has_snippet(&screen));
    assert_eq!(screen.app.page.top(), 0);
    let told = screen.explain();
    assert!(has_snippet(&told));
    let wanted = complete("G");
    assert_eq!(told.selected(), wanted.selected());
    assert_eq!(place(&told), place(&wanted));
    assert_eq!(told.page_rows(), wanted.page_rows());
    assert!(matches!(place(&told), (_, Some((at, _))) if at > 0));
}

#[test]
fn the_selected_case_stays_where_it_is_when_rows_appear() {
    for keys in ["Gkkk", "Gkkkkk", "{pgdn}kk", "{pgdn}{pgdn}kkk"] {
        let screen = lacking(keys);
        let (case, before) = (screen.app.list.selected(), row(&screen));
        let rows = screen.app.list.scroll().1;
        let told = screen.explain();
        assert!(told.app.list.scroll().1 > rows, "{keys}: rows appeared");
        assert_eq!(told.app.list.selected(), case, "{keys}");
        assert_eq!(row(&told), before, "{keys}");
    }
    // At the lower end there is no room for the row that appears.
    let screen = lacking("{pgdn}");
    let before = row(&screen);
    let told = screen.explain();
    assert!(has_snippet(&told));
    assert_eq!(row(&told) + 1, before);
}

#[test]
fn a_case_opened_before_its_matches_come_stands_on_the_first_mark() {
    // In one go, as keys typed ahead, and by whatever else gives the page the
    // keys.
    for keys in ["G{enter}", "G{tab}", "Gz", "{enter}JJJJJ"] {
        let screen = lacking(keys);
        let stands = place(&screen);
        assert!(matches!(stands, (_, Some((1, _)))), "{keys}: {stands:?}");
        let told = screen.explain();
        assert_eq!(place(&told), stands, "{keys}: the reader is not moved");
    }
    let list = lacking("G");
    let page = list
        .app
        .panes()
        .and_then(|panes| panes.page)
        .expect("the page is shown");
    let clicked = list.click(page.x + 3, page.y + 3);
    assert!(matches!(place(&clicked), (_, Some((1, _)))));
}

#[test]
fn a_page_that_the_reader_has_moved_stays() {
    let screen = lacking("G");
    let page = screen
        .app
        .panes()
        .and_then(|panes| panes.page)
        .expect("the page is shown");
    let moved = screen.mouse(MouseKind::ScrollDown, page.x + 3, page.y + 3);
    let stands = place(&moved);
    assert_eq!(stands.0, 3);
    assert_eq!(place(&moved.explain()), stands);
    // Or one in which something else is looked for.
    let finding = lacking("G{enter}/创新{enter}");
    let stands = place(&finding);
    assert_eq!(place(&finding.explain()), stands);
}

#[test]
fn matches_of_a_query_that_is_no_longer_asked_are_dropped() {
    let mut screen = lacking("G");
    let late = screen.explanation();
    assert!(!late.cases.is_empty());
    let other = screen.press("/{ctrl-u}创新{esc}");
    let before = other.text();
    let after = other.act(Action::ShowExplained(late));
    assert_eq!(after.text(), before);
    // And so are those of cases that nobody waits for.
    let foreign = Explained {
        query: "创新".to_owned(),
        cases: vec![(CaseIndex(90), Vec::new())],
    };
    assert_eq!(after.act(Action::ShowExplained(foreign)).text(), before);
}

#[test]
fn what_a_newer_question_dropped_is_asked_for_again() {
    let mut screen = lacking("G");
    let asked = screen.asks_for_matches();
    assert!(asked.is_some());
    // As for the facets, whose counts are of another query.
    let other = Found {
        query: "别的".to_owned(),
        complete: true,
        ..Found::default()
    };
    let mut screen = screen.act(Action::ShowFound(other));
    assert_eq!(screen.asks_for_matches(), asked);
}

#[test]
fn the_first_part_of_an_answer_is_left_to_the_rest() {
    let mut screen = lacking("G");
    let rest = Found {
        query: WORD.to_owned(),
        hits: screen.app.list.hits().to_vec(),
        explained: 3,
        total: 94,
        ..Found::default()
    };
    let mut whole = rest.clone();
    screen = screen.act(Action::ShowFound(rest));
    assert_eq!(screen.asks_for_matches(), None);
    assert_eq!(screen.app.page.top(), 0);
    // The rest tells why the case is listed, and the page goes there.
    let wanted = complete("G");
    whole.hits = wanted.app.list.hits().to_vec();
    (whole.explained, whole.complete) = (whole.hits.len(), true);
    whole.marker = wanted.app.filter.answer.marker.clone();
    let screen = screen.act(Action::ShowFound(whole));
    assert_eq!(place(&screen), place(&wanted));
}

/// The ids of the hits that are in view whole and show no mark.
fn unmarked(screen: &Screen) -> Vec<String> {
    let (buffer, _) = screen.buffer();
    let list = screen
        .app
        .panes()
        .and_then(|panes| panes.list)
        .expect("the list is shown");
    let is_marked = |y: u16| {
        let mut cells = (list.x..list.x + list.columns).map(|x| &buffer[(x, y)]);
        cells.any(|cell| cell.modifier.contains(Modifier::UNDERLINED))
    };
    let rows = screen.app.list.visible();
    let hits = rows.chunk_by(|a, b| a.hit() == b.hit());
    let mut y = list.y;
    let mut ids = Vec::new();
    for rows in hits {
        let next = y + rows.len() as u16;
        let is_whole = next < list.y + list.rows;
        if is_whole && !(y..next).any(is_marked) {
            ids.push(screen.listed()[rows[0].hit()].to_owned());
        }
        y = next;
    }
    ids
}

#[test]
fn every_hit_in_view_shows_what_matches() {
    // In names, near and far; by other names, sound and initials; in titles; in
    // pieces; as a year.
    let queries = [
        "黄岛区",
        "市机场指挥部",
        "中心",
        "指挥部办公室",
        "办公",
        "办",
        "市人社局",
        "dtgc",
        "青岛市民政局",
        "jmq",
        "gxq",
        "街长治",
        "五王大赛",
        "工商电子化",
        "探索 突破",
        "2015",
        "201",
        "2016 地铁",
        "创新",
        "机构:办公室",
        "ditie",
    ];
    for query in queries {
        for (columns, rows) in [(120, 36), (80, 24), (40, 12)] {
            let screen = Screen::new(columns, rows).press(&format!("/{query}"));
            assert!(!screen.listed().is_empty(), "{query}");
            let unmarked = unmarked(&screen);
            assert!(unmarked.is_empty(), "{query} at {columns}: {unmarked:?}");
        }
    }
}

/// The rows of the list that hold a text.
fn rows_with(screen: &Screen, text: &str) -> Vec<String> {
    let rows = screen.rows().into_iter();
    let list = rows.map(|row| row.split('│').next().unwrap_or_default().to_owned());
    list.filter(|row| row.contains(text)).collect()
}

#[test]
fn a_body_found_by_a_name_that_is_not_printed_shows_that_name() {
    // 000-13 prints 市地铁指挥部办公室, which was 市地铁工程建设指挥部 later; 001-6 and
    // 003-13 print that, and are found by the former name.
    let rows = |query: &str, text: &str| {
        let screen = Screen::new(160, 36).press(&format!("/{query}"));
        let marked = screen.runs(Modifier::UNDERLINED);
        (rows_with(&screen, text).len(), marked)
    };
    let (shown, marked) = rows("dtgc", "市地铁指挥部办公室（市地铁工程建设指挥部）");
    assert_eq!(shown, 1);
    assert!(marked.contains(&"地铁工程".to_owned()), "{marked:?}");
    for printed in ["市地铁工程建设指挥部", "市地鐵工程建設指揮部"] {
        let (shown, marked) = rows(
            "地铁 指挥部办公",
            &format!("{printed}（市地铁指挥部办公室）"),
        );
        assert_eq!(shown, 1, "{printed}");
        assert!(marked.contains(&"地铁指挥部办公".to_owned()), "{marked:?}");
    }
    // What is printed needs no other name.
    let (shown, _) = rows("市地铁工程建设指挥部", "市地铁工程建设指挥部（");
    assert_eq!(shown, 0);
}

#[test]
fn a_body_named_with_its_city_is_marked_whole() {
    let screen = Screen::new(80, 24).press("/青岛市民政局");
    let marked = screen.runs(Modifier::UNDERLINED);
    assert!(marked.contains(&"市民政局".to_owned()), "{marked:?}");
}

#[test]
fn a_title_is_shifted_to_the_word_that_its_snippet_lacks() {
    // 004-1 speaks of 探索 in its text; 突破 stands late in its title alone.
    let screen = Screen::new(40, 20).press("/探索 突破");
    let list = screen.app.list.hits().iter();
    assert!(screen.listed().contains(&"004-1"), "{}", list.len());
    let screen = screen.press("{esc}G");
    let at = screen.listed().iter().position(|id| *id == "004-1");
    let up = screen.listed().len() - 1 - at.expect("it is listed");
    let screen = screen.press(&"k".repeat(up));
    assert_eq!(screen.selected(), Some("004-1"));
    assert!(
        !rows_with(&screen, "▌")
            .iter()
            .all(|row| !row.contains("突破"))
    );
}

#[test]
fn the_snippet_is_of_the_word_and_not_of_the_year_that_is_asked_for() {
    // 003-33 is of 2017 and speaks of 2016 and of 地铁 in its text.
    let screen = Screen::new(120, 36).press("/2016 地铁");
    let at = screen
        .listed()
        .iter()
        .position(|id| *id == "003-33")
        .expect("it is listed") as u32;
    let rows = screen.app.list.visible().iter();
    let row = rows.clone().position(|&row| row == ListRow::Snippet(at));
    let list = screen.app.panes().and_then(|panes| panes.list);
    let y = list.expect("the list is shown").y + row.expect("it is in view") as u16;
    let row = screen.row(y);
    let list = row.split('│').next().expect("there is a list");
    assert!(list.contains("地铁"), "{list}");
}

#[test]
fn a_match_in_two_rows_is_opened_with_both_in_view() {
    // On so small a screen 十九 would stand in the last row, and 大报告 below it.
    for rows in 12..18 {
        let screen = Screen::new(40, rows).press("/十九大报告{enter}{enter}");
        let shown: Vec<String> = (0..rows).map(|row| screen.row(row)).collect();
        let text = shown[2..].iter().map(|row| row.trim()).collect::<String>();
        assert!(text.contains("十九大报告"), "{}", shown.join("\n"));
    }
}
