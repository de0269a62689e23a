//! The sentence at the top stays, whatever becomes of the screen.

use anli::key::Input;
use proptest::prelude::*;

use crate::support::screen::{SEEDS, Screen};

fn sizes() -> impl Strategy<Value = (u16, u16)> {
    prop_oneof![
        6 => (24..180_u16, 6..60_u16),
        // Too small to draw on.
        1 => (0..24_u16, 0..10_u16),
    ]
}

/// The page of a case, scrolled by some rows.
fn reading(case: usize, rows: usize, size: (u16, u16)) -> Screen {
    let screen = Screen::new(size.0, size.1).press(&"j".repeat(case));
    screen.press("{enter}").press(&"j".repeat(rows))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn any_sequence_of_resizes_keeps_the_place_and_the_way_back_the_row(
        case in 0..94_usize,
        rows in 0..60_usize,
        first in (24..180_u16, 6..60_u16),
        sizes in prop::collection::vec(sizes(), 1..12),
    ) {
        let mut screen = reading(case, rows, first);
        let (anchor, top) = (screen.app.page.anchor(), screen.app.page.top());
        let page = screen.page_rows();
        for (columns, rows) in sizes {
            screen.input(Input::Resize { columns, rows });
            prop_assert_eq!(screen.app.page.anchor(), anchor);
        }
        screen.input(Input::Resize { columns: first.0, rows: first.1 });
        prop_assert_eq!(screen.app.page.top(), top);
        prop_assert_eq!(screen.page_rows(), page);
    }

    #[test]
    fn turns_of_script_measure_and_view_keep_the_place_as_well(
        case in 0..94_usize,
        rows in 0..60_usize,
        keys in prop::collection::vec(
            prop::sample::select(vec!["t", "z", "R", "|", "-", "+", "{tab}{tab}", "?{esc}"]), 0..16),
    ) {
        let mut screen = reading(case, rows, (100, 30));
        let anchor = screen.app.page.anchor();
        for key in keys {
            screen = screen.press(key);
            prop_assert_eq!(screen.app.page.anchor(), anchor, "after {}", key);
        }
    }
}

#[test]
fn the_sentence_at_the_top_is_in_the_top_row_at_every_width() {
    // A paragraph in the middle of a long case: its rows begin elsewhere at
    // every width, but the place put at the top stays in the top row.
    let mut screen = Screen::new(100, 30).press("/农业水价{enter}]]{pgdn}");
    let anchor = screen.app.page.anchor();
    for columns in 24..200 {
        screen = screen.resize(columns, 30);
        let sheet = screen.app.page.sheet().expect("there is a page");
        assert_eq!(sheet.set.row_of(anchor), screen.app.page.top(), "{columns}");
    }
    assert_eq!(SEEDS.len(), 94);
}

#[test]
fn the_empty_row_before_a_heading_stays_at_the_top() {
    let mut screen = Screen::new(100, 10).press("/农业水价{enter}]]k");
    let top = screen.app.page.top();
    assert_eq!(screen.page_rows()[0], "");
    for columns in [60, 24, 140, 100] {
        screen = screen.resize(columns, 10);
        assert_eq!(screen.page_rows()[0], "", "{columns}");
        assert_eq!(
            screen.page_rows()[1].trim(),
            "二、案例基本情况",
            "{columns}"
        );
    }
    assert_eq!(screen.app.page.top(), top);
}

#[test]
fn a_line_of_noise_in_the_raw_view_stays_at_the_top() {
    // The breadcrumb and the share links of the report of 2021 belong to no case.
    let mut screen = Screen::new(100, 30).press("/首创性{enter}Rg");
    let first = screen.page_rows()[0].clone();
    assert!(first.trim().starts_with("1 "), "{first}");
    let screen2 = screen.resize(60, 20).resize(30, 9).resize(100, 30);
    screen = screen2;
    assert_eq!(screen.page_rows()[0], first);
    let screen = screen.press("jjjj");
    let row = screen.page_rows()[0].clone();
    let screen = screen.resize(60, 20).resize(100, 30);
    assert_eq!(screen.page_rows()[0], row);
}
