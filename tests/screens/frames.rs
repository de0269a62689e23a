//! Every column is straight: no half glyph, no border out of line, whatever is
//! shown and however wide the terminal draws ambiguous characters.

use anli::app::Settings;
use anli::app::panes::TWO_PANES;
use anli::text::width::{self, Ambiguous};

use crate::kept;
use crate::opening::EVERYWHERE;
use crate::support::screen::{Screen, wide};

/// Every row is exactly as wide as the screen, glyph by glyph, and no glyph
/// covers a cell in which something else stands.
#[track_caller]
fn check_cells(screen: &Screen, what: &str) {
    let (buffer, _) = screen.buffer();
    let (columns, rows) = screen.app.window.size;
    let ambiguous = screen.app.settings.ambiguous;
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let glyph = buffer[(x, y)].symbol();
            let wide = width::of_str(glyph, ambiguous);
            assert!(wide >= 1, "{what}: {glyph:?} at {x},{y} takes no column");
            assert!(x + wide <= columns, "{what}: {glyph} at {x},{y} is cut");
            for covered in x + 1..x + wide {
                let under = buffer[(covered, y)].symbol();
                assert_eq!(under, " ", "{what}: under {glyph} at {x},{y}");
            }
            x += wide;
        }
    }
}

/// The divider and the borders of a list over the panes are in their columns on
/// every row.
#[track_caller]
fn check_borders(screen: &Screen, what: &str) {
    let (buffer, _) = screen.buffer();
    let (columns, rows) = screen.app.window.size;
    let vertical = if screen.app.settings.ascii {
        "|"
    } else {
        "│"
    };
    let popup = screen.app.overlay.picker.as_ref().map(|picker| {
        let frame = picker
            .place(columns, rows, screen.app.settings.ambiguous)
            .frame;
        for y in frame.y + 1..frame.y + frame.rows - 1 {
            for x in [frame.x, frame.x + frame.columns - 1] {
                assert_eq!(buffer[(x, y)].symbol(), vertical, "{what}: {x},{y}");
            }
        }
        frame
    });
    let divider = screen.app.panes().and_then(|panes| panes.divider);
    if let Some(pane) = divider {
        for y in pane.y..pane.y + pane.rows {
            let hidden = popup.is_some_and(|frame| frame.contains(pane.x, y));
            assert!(
                hidden || buffer[(pane.x, y)].symbol() == vertical,
                "{what}: the divider at {},{y}",
                pane.x
            );
        }
    }
}

#[test]
fn every_row_of_every_screen_is_straight_on_both_kinds_of_terminal() {
    for settings in [Settings::default(), wide()] {
        for keys in EVERYWHERE {
            let mut screen = Screen::set(80, 24, settings.clone()).press(keys);
            for (columns, rows) in [
                (120, 36),
                (100, 30),
                (81, 24),
                (80, 24),
                (79, 24),
                (40, 12),
                (33, 9),
                (24, 6),
            ] {
                screen = screen.resize(columns, rows);
                let what = format!("{keys} on {columns}x{rows} {:?}", settings.ambiguous);
                check_cells(&screen, &what);
                check_borders(&screen, &what);
            }
        }
    }
}

#[test]
fn every_case_is_straight_at_the_widths_of_the_page() {
    for settings in [Settings::default(), wide()] {
        let mut screen = Screen::set(80, 24, settings).press("{enter}");
        for at in 0..94 {
            for columns in [80, 101, 40] {
                screen = screen.resize(columns, 200);
                check_cells(&screen, &format!("case {at} on {columns}"));
                check_borders(&screen, &format!("case {at} on {columns}"));
            }
            screen = screen.press("J");
        }
    }
}

#[test]
fn where_ambiguous_characters_are_wide_frames_are_ascii() {
    for keys in EVERYWHERE {
        let screen = Screen::set(100, 30, wide()).press(keys);
        for row in screen.rows() {
            let drawn = row.chars().find(|c| ('\u{2500}'..'\u{25a0}').contains(c));
            assert_eq!(drawn, None, "{row}");
        }
    }
    for (columns, rows) in crate::SIZES {
        kept!(Screen::set(columns, rows, wide()).press("/冲击钻{enter}"));
    }
    assert_eq!(wide().ambiguous, Ambiguous::Wide);
}

#[test]
fn two_panes_stand_side_by_side_from_eighty_columns_on() {
    assert_eq!(TWO_PANES, 80);
    let both = |columns| {
        let panes = Screen::new(columns, 24).app.panes().expect("large enough");
        panes.list.is_some() && panes.page.is_some()
    };
    assert!(both(80) && both(81));
    assert!(!both(79));
}

#[test]
fn the_page_is_centred_on_a_wide_screen_and_no_wider_than_its_measure() {
    let screen = Screen::new(200, 50).press("/农业水价{enter}z");
    let rows = screen.page_rows();
    let width = |row: &str| width::of_str(row, Ambiguous::Narrow);
    let indent = |row: &str| width(row) - width(row.trim_start());
    let text = rows.iter().filter(|row| !row.is_empty());
    let left = text.clone().map(|row| indent(row)).min();
    let right = text.map(|row| width(row)).max();
    let (left, right) = (left.expect("text"), right.expect("text"));
    assert!(right - left <= 80, "{left} to {right}");
    // The same on both sides, but for the odd column and the scrollbar.
    assert!((200 - right).abs_diff(left) <= 4, "{left} to {right}");
}
