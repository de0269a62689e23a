//! Clicks and the wheel.

use anli::app::commands::Mode;
use anli::key::MouseKind::{ScrollDown, ScrollUp};

use crate::support::screen::Screen;

#[test]
fn a_click_selects_the_case_under_it_and_another_in_the_page_reads_it() {
    let screen = Screen::new(80, 24);
    // Row 3 is the head of the first group, row 4 its first title.
    let screen = screen.click(10, 6);
    assert_eq!(screen.selected(), Some("000-2"));
    let screen = screen.click(10, 7);
    assert_eq!(
        screen.selected(),
        Some("000-2"),
        "its second row is its too"
    );
    let screen = screen.click(50, 10);
    assert_eq!(screen.app.mode(), Mode::Page);
    let screen = screen.click(10, 8);
    assert_eq!(screen.app.mode(), Mode::List);
    assert_eq!(screen.selected(), Some("000-3"));
}

#[test]
fn a_click_on_nothing_does_nothing() {
    let screen = Screen::new(80, 24).press("/海水稻{esc}").click(10, 15);
    assert_eq!(screen.selected(), Some("003-3"));
    let screen = screen.click(79, 23).click(0, 0).click(500, 500);
    assert_eq!(screen.selected(), Some("003-3"));
}

#[test]
fn a_click_on_the_filter_edits_it() {
    let screen = Screen::new(80, 24).click(20, 1);
    assert_eq!(screen.app.mode(), Mode::Filter);
    assert!(screen.caret().is_some());
}

#[test]
fn the_wheel_moves_what_is_under_it() {
    let screen = Screen::new(80, 24).press("/街长制|水价{esc}");
    let selected = screen.selected().map(str::to_owned);
    let screen = screen.mouse(ScrollDown, 60, 10).mouse(ScrollDown, 60, 10);
    assert_eq!(screen.app.page.top(), 6);
    assert_eq!(screen.selected().map(str::to_owned), selected);
    let screen = screen.mouse(ScrollUp, 60, 10);
    assert_eq!(screen.app.page.top(), 3);
    let screen = screen.mouse(ScrollDown, 5, 10);
    assert_eq!(screen.selected(), screen.listed().get(1).copied());
}

#[test]
fn a_click_in_a_list_over_the_panes_chooses_and_beside_it_closes() {
    let screen = Screen::new(80, 24).press("/农业水价{enter}o");
    let rows = screen.rows();
    let row = rows
        .iter()
        .position(|row| row.contains("2.制定宽松的统一水价"))
        .expect("the outline shows it") as u16;
    let screen = screen.click(40, row);
    assert_eq!(screen.place(), "2.制定宽松的统一水价");
    let screen = screen.press("o").click(0, 0);
    assert!(screen.app.overlay.picker.is_none());
    assert_eq!(screen.place(), "2.制定宽松的统一水价");
}

#[test]
fn a_facet_is_turned_on_by_a_click_and_the_panel_stays() {
    let screen = Screen::new(80, 24).press("f");
    let rows = screen.rows();
    let row = rows.iter().position(|row| row.contains("] 2016  7"));
    let screen = screen.click(40, row.expect("the year is listed") as u16);
    assert_eq!(screen.app.filter.text(), "年:2016");
    assert_eq!(screen.listed().len(), 7);
    assert!(screen.app.overlay.picker.is_some());
}

#[test]
fn the_wheel_moves_the_selection_of_a_list_over_the_panes() {
    let screen = Screen::new(80, 24).press("?").mouse(ScrollDown, 0, 0);
    let picker = screen.app.overlay.picker.as_ref().expect("help is open");
    assert_eq!(picker.position().0, 1);
}

#[test]
fn a_click_on_an_offered_query_selects_it() {
    let screen = Screen::new(80, 24).press("/海水稻 街长制{esc}");
    let offers = screen.app.filter.answer.suggestions.clone();
    assert!(offers.len() >= 2);
    // Row 3 says that nothing was found, and the offers stand below.
    let screen = screen.click(10, 5);
    assert_eq!(screen.app.filter.answer.offer, Some(1));
    let row = screen.row(5);
    assert!(
        row.starts_with('▌') && row.contains(&offers[1].query),
        "{row}"
    );
    let screen = screen.click(10, 3).click(10, 20);
    assert_eq!(
        screen.app.filter.answer.offer,
        Some(1),
        "nothing is offered there"
    );
    let screen = screen.press("{enter}");
    assert_eq!(screen.app.filter.text(), offers[1].query);
}

#[test]
fn a_click_in_the_filter_moves_the_caret() {
    let screen = Screen::new(80, 24).press("/海水稻{esc}");
    // The query begins at column 3.
    for (column, caret) in [(5, 5), (6, 5), (7, 7), (9, 9), (40, 9), (0, 3)] {
        let screen = screen.app.clone();
        let mut clicked = Screen::new(80, 24);
        clicked.app = screen;
        let clicked = clicked.click(column, 1);
        assert_eq!(clicked.caret(), Some((caret, 1)), "{column}");
    }
    let screen = screen.click(5, 1).press("道");
    assert_eq!(screen.app.filter.text(), "海道水稻");
}

#[test]
fn a_click_on_a_hint_runs_it() {
    let place = |screen: &Screen, hint: &str| {
        let rows = screen.rows();
        let row = rows.last().expect("there is a last row");
        let at = row.find(hint).unwrap_or_else(|| panic!("{hint} in {row}"));
        let before = anli::text::width::of_str(&row[..at], Default::default());
        (before, rows.len() as u16 - 1)
    };
    let screen = Screen::new(80, 24);
    let (x, y) = place(&screen, "y 复制");
    let copying = screen.click(x, y);
    assert!(copying.app.overlay.picker.is_some());
    // The hints of a list over the panes are its own.
    let (x, y) = place(&copying, "Esc 返回");
    let closed = copying.click(x + 6, y);
    assert!(closed.app.overlay.picker.is_none());
    let (x, y) = place(&closed, "Enter 阅读");
    assert_eq!(closed.click(x, y).app.mode(), Mode::Page);
}

#[test]
fn a_click_between_hints_or_on_what_covers_them_does_nothing() {
    let screen = Screen::new(80, 24).press("{ctrl-q}");
    let rows = screen.rows();
    let said = rows.last().and_then(|row| row.find("无此键"));
    assert!(said.is_some(), "{rows:?}");
    let screen = screen.click(76, 23);
    assert!(screen.app.overlay.picker.is_none());
    assert_eq!(screen.app.mode(), Mode::List);
    let screen = screen.click(0, 23);
    assert_eq!(screen.app.mode(), Mode::List);
}
