//! The subcommands on a terminal: straight columns, no row too long, marks only
//! where they are welcome. The terminal is a pseudo-terminal of the test's own.

use crate::support::pty::Setup;
use anli::text::width::{self, Ambiguous};

/// What a call writes to a terminal of this many columns.
fn written(columns: u16, environment: &[(&str, &str)], arguments: &[&str]) -> String {
    let mut setup = Setup::new(env!("CARGO_BIN_EXE_anli")).env("LANG", "zh_CN.UTF-8");
    for (name, value) in environment {
        setup = setup.env(name, value);
    }
    for &argument in arguments {
        setup = setup.arg(argument);
    }
    let mut pty = setup.size(columns, 24).start();
    assert!(pty.wait_for_exit().success());
    String::from_utf8(pty.output().to_vec()).expect("everything written is UTF-8")
}

fn rows(text: &str) -> Vec<&str> {
    text.lines().collect()
}

#[test]
fn the_list_has_straight_columns_at_every_width() {
    for (columns, option, ambiguous) in [
        (80, "auto", Ambiguous::Narrow),
        (120, "1", Ambiguous::Narrow),
        (60, "2", Ambiguous::Wide),
        (100, "2", Ambiguous::Wide),
    ] {
        let text = written(columns, &[], &["list", "--ambiguous", option]);
        let rows = rows(&text);
        assert_eq!(rows.len(), 94);
        for row in rows {
            assert!(width::of_str(row, ambiguous) <= columns, "{row}");
            // The longest id has six columns; two more part it from the year.
            let before_year: String = row.chars().take(8).collect();
            assert!(
                before_year.ends_with("  ") && before_year.is_ascii(),
                "{row}"
            );
        }
    }
}

#[test]
fn a_title_that_is_too_long_is_cut_with_a_mark() {
    let text = written(80, &[], &["list"]);
    let row = rows(&text)[0];
    let (title, org) = row.split_once('…').expect("the title is cut");
    assert!(
        title.ends_with("  创新推行混合用地模式　提高土地集约高"),
        "{row}"
    );
    assert!(org.trim_start().starts_with("青岛西海岸新区管"), "{row}");
}

#[test]
fn a_text_is_wrapped_and_its_headings_are_bold() {
    let text = written(50, &[], &["show", "003-5"]);
    let rows = rows(&text);
    assert_eq!(rows[0], "\u{1b}[1m创新推进多功能集成公厕建设\u{1b}[0m");
    let heading = rows
        .iter()
        .position(|&row| row == "\u{1b}[1m一、案例背景：\u{1b}[0m");
    let below = rows[heading.expect("the heading is bold") + 1];
    assert!(
        below.starts_with("    城市公共厕所作为城市公共设施的重要组成部分"),
        "{below}"
    );
    for row in rows {
        let plain = row.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
        assert!(width::of_str(&plain, Ambiguous::Narrow) <= 50, "{row}");
    }
}

#[test]
fn a_match_below_the_title_is_shown_and_marked() {
    let text = written(100, &[], &["search", "海水稻"]);
    let rows = rows(&text);
    assert_eq!(rows[0], "  1  003-3  李沧区高标准打造青岛国际院士港");
    assert!(rows[1].starts_with("     正文  "), "{}", rows[1]);
    assert!(rows[1].contains("\u{1b}[1m海水稻\u{1b}[0m"), "{}", rows[1]);
}

#[test]
fn what_is_found_takes_no_row_that_is_too_long() {
    for columns in [30, 50, 80] {
        let text = written(columns, &[], &["search", "地铁"]);
        let rows = rows(&text);
        for row in &rows {
            let plain = row.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
            let wide = width::of_str(&plain, Ambiguous::Narrow);
            assert!(wide <= columns, "{row}");
            if row.starts_with("     正文") {
                assert!(row.contains("\u{1b}[1m地铁\u{1b}[0m"), "{row}");
            }
        }
    }
    // A title of more than a row goes on below its start: 13 columns are taken
    // by rank and id.
    let text = written(50, &[], &["search", "003-26"]);
    let rows = rows(&text);
    assert_eq!(rows[0], "  1  003-26  我市加快外贸发展新旧动能转换　探索建");
    assert!(
        rows[1].starts_with("             立现代国际贸易"),
        "{}",
        rows[1]
    );
}

#[test]
fn the_accounts_fit_a_screen_of_eighty_columns_in_both_languages() {
    for language in ["zh", "en"] {
        let text = written(80, &[], &["check", "--lang", language]);
        for row in rows(&text) {
            assert!(width::of_str(row, Ambiguous::Narrow) <= 80, "{row}");
        }
    }
}

#[test]
fn no_escape_byte_where_none_is_welcome() {
    for environment in [
        &[("NO_COLOR", "1")][..],
        &[("TERM", "dumb")],
        &[("TERM", "")],
    ] {
        for arguments in [&["show", "003-5"][..], &["search", "海水稻"], &["list"]] {
            let text = written(80, environment, arguments);
            assert!(!text.contains('\u{1b}'), "{environment:?} {arguments:?}");
        }
    }
}
