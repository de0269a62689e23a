//! Six passages of the seeds as a reader sees them, at three sizes.

use anli::text::width::{self, Ambiguous};

use crate::support::screen::Screen;
use crate::{SIZES, kept};

/// Characters that never begin a row of a page: GB/T 15834—2011, 5.1 and CLREQ,
/// 3.1.3 (as of 2023).
const CLOSERS: &str = "，。、；：？！）》」』”’…—%℃々,.;:?!)";
/// Characters that never end one.
const OPENERS: &str = "（《「『“‘(";

/// Keeps the passage at every size and looks at the ends of its rows.
#[track_caller]
fn check(keys: &str, id: &str, begins: &str) -> Vec<Screen> {
    let mut screens = Vec::new();
    for (columns, rows) in SIZES {
        let screen = Screen::new(columns, rows).press(keys);
        assert_eq!(screen.reading(), Some(id));
        let page = screen.page_rows();
        let text = match screen.app.overlay.picker {
            Some(_) => screen.text(),
            None => screen.page_text(),
        };
        assert!(
            text.contains(begins),
            "{begins} is not in\n{}",
            page.join("\n")
        );
        if screen.app.overlay.picker.is_none() {
            for row in &page {
                check_ends(row);
            }
        }
        screens.push(screen);
    }
    screens
}

#[track_caller]
fn check_ends(row: &str) {
    let text = row.trim();
    // The bar before a caption is no text.
    let text = text.strip_prefix("| ").unwrap_or(text);
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
        return;
    };
    assert!(!CLOSERS.contains(first), "{row}");
    assert!(!OPENERS.contains(last), "{row}");
}

#[test]
fn a_full_case_with_headings_of_two_levels() {
    for screen in check("/推动高校引进{enter}]]]", "003-20", "三、创新性思路及做法")
    {
        kept!(screen);
    }
}

#[test]
fn a_digest_entry_with_two_bodies() {
    for screen in check("/征迁{enter}", "000-10", "实施依法阳光和谐征迁") {
        kept!(screen);
    }
}

#[test]
fn an_article_of_the_traditional_supplement() {
    for screen in check("/黨建引領{enter}", "004-3", "黨建引領數字賦能") {
        kept!(screen);
    }
}

#[test]
fn a_page_with_quotations_at_line_ends() {
    for screen in check("/期货+保险{enter}]", "003-2", "一、案例背景") {
        kept!(screen);
    }
}

#[test]
fn a_page_with_figures_and_a_caption() {
    for screen in check("/樣板區{enter}]", "004-1", "聚焦堵點") {
        kept!(screen);
        // No figure is torn from its unit, no Latin word or number in two.
        for rows in screen.page_rows().windows(2) {
            let end = rows[0].chars().next_back();
            let begin = rows[1].chars().next();
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            assert!(!(latin(end) && latin(begin)), "{rows:?}");
        }
    }
}

#[test]
fn an_outline_over_a_page() {
    for screen in check("/农业水价{enter}o", "003-25", "一、案例背景") {
        kept!(screen);
    }
}

#[test]
fn rows_are_even_and_never_wider_than_the_page() {
    for (columns, rows) in SIZES {
        let screen = Screen::new(columns, rows).press("/推动高校引进{enter}]");
        let page = screen.app.panes().and_then(|panes| panes.page);
        let room = anli::app::panes::text_columns(page.expect("it is shown").columns).min(80);
        let rows = screen.page_rows();
        let indent = |row: &str| row.len() - row.trim_start().len();
        let left = rows
            .iter()
            .filter(|row| !row.is_empty())
            .map(|row| indent(row))
            .min()
            .expect("there is text") as u16;
        for row in rows {
            let right = width::of_str(&row, Ambiguous::Narrow);
            assert!(right <= left + room, "{row}");
        }
    }
}
