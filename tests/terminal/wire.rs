//! What a frame costs on the wire, and that the terminal then shows it.

use std::io;

use crate::support::emulator::{Colour, Emulator, Look};
use anli::text::width::{self, Ambiguous};
use anli::tui::dialect::{Dialect, Scrolling};
use anli::tui::pen::Colours;
use anli::tui::screen::Screen;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// Writes a text as a painter has to: a glyph in its first cell, blanks in the
/// others. Returns the column behind it.
fn put(
    buffer: &mut Buffer,
    mut column: u16,
    row: u16,
    text: &str,
    style: Style,
    ambiguous: Ambiguous,
) -> u16 {
    for c in text.chars() {
        let columns = width::of_char(c, ambiguous);
        if column + columns > buffer.area.width {
            break;
        }
        buffer[(column, row)].set_char(c).set_style(style);
        for covered in column + 1..column + columns {
            buffer[(covered, row)].reset();
        }
        column += columns;
    }
    column
}

/// The seed with the most text, as rows of at most `columns` columns.
fn dense_rows(columns: u16) -> Vec<String> {
    let seed = include_str!("../../seeds/003_e708e3f89c99b752.txt");
    let mut rows = Vec::new();
    for paragraph in seed.lines().map(str::trim).filter(|line| line.len() > 300) {
        let mut row = String::new();
        for c in paragraph.chars() {
            let wide = width::of_str(&row, Ambiguous::Narrow) + 2;
            if wide > columns {
                rows.push(std::mem::take(&mut row));
            }
            row.push(c);
        }
    }
    rows
}

/// A terminal of 120 × 40 that counts what it is sent.
struct Desk {
    screen: Screen<Vec<u8>>,
    emulator: Emulator,
    wanted: Buffer,
    /// The last frame.
    bytes: Vec<u8>,
}

impl Desk {
    fn new(columns: u16, rows: u16, dialect: Dialect, terminal: Ambiguous) -> Self {
        let mut emulator = Emulator::new(columns, rows, terminal);
        // As the terminal floor leaves it: lines do not wrap.
        emulator.feed(b"\x1b[?7l\x1b[?25l");
        Self {
            screen: Screen::new(Vec::new(), columns, rows, dialect),
            emulator,
            wanted: Buffer::empty(Rect::new(0, 0, columns, rows)),
            bytes: Vec::new(),
        }
    }

    fn dense() -> Self {
        Self::new(120, 40, Dialect::default(), Ambiguous::Narrow)
    }

    /// Shows a frame and tells what it cost in bytes.
    fn show(&mut self, paint: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>) -> usize {
        let mut wanted = None;
        let sent = self
            .screen
            .paint(|buffer, _| {
                let caret = paint(buffer);
                wanted = Some(buffer.clone());
                caret
            })
            .expect("a vector takes everything");
        self.wanted = wanted.expect("painting paints");
        let bytes = std::mem::take(self.screen.writer_mut());
        assert_eq!(bytes.len(), sent.bytes);
        self.emulator.feed(&bytes);
        self.bytes = bytes;
        self.bytes.len()
    }

    /// The emulator shows what was painted, in every cell.
    #[track_caller]
    fn check(&self) {
        assert_eq!(self.emulator.mishaps(), [] as [String; 0]);
        let dialect = self.screen.dialect();
        for row in 0..self.wanted.area.height {
            let mut column = 0;
            while column < self.wanted.area.width {
                let (text, columns, look) = self.expected(column, row, dialect);
                let cell = self.emulator.cell(column, row);
                assert_eq!(
                    (
                        cell.text.as_str(),
                        cell.columns,
                        seen(&cell.text, cell.look)
                    ),
                    (text.as_str(), columns, look),
                    "column {column}, row {row} of\n{}",
                    self.emulator.text()
                );
                column += columns;
            }
        }
    }

    /// What a cell should show: its glyph if all its cells are left, else a
    /// blank in the glyph's style.
    fn expected(&self, column: u16, row: u16, dialect: Dialect) -> (String, u16, Look) {
        let cell = &self.wanted[(column, row)];
        let columns = width::of_str(cell.symbol(), dialect.ambiguous).max(1);
        let end = column + columns;
        let whole = end <= self.wanted.area.width
            && (column + 1..end).all(|covered| self.wanted[(covered, row)].symbol() == " ");
        let text = if whole { cell.symbol() } else { " " };
        let look = look_of(cell.style(), dialect.colours);
        let columns = if whole { columns } else { 1 };
        (text.to_owned(), columns, seen(text, look))
    }
}

/// What can be seen of a look: on a blank only the background, unless it is
/// underlined, reversed or crossed out.
fn seen(text: &str, look: Look) -> Look {
    if text != " " || look.has(4) || look.has(7) || look.has(9) {
        return look;
    }
    Look {
        background: look.background,
        ..Look::default()
    }
}

fn look_of(style: Style, colours: Colours) -> Look {
    let colour = |colour: Option<Color>| match colour.unwrap_or(Color::Reset) {
        Color::Reset => Colour::Default,
        _ if colours == Colours::None => Colour::Default,
        Color::Red => Colour::Palette(1),
        Color::Blue => Colour::Palette(4),
        Color::LightYellow => Colour::Palette(11),
        other => panic!("the frames of these tests have no {other}"),
    };
    let sgr = [
        (Modifier::BOLD, 1),
        (Modifier::DIM, 2),
        (Modifier::ITALIC, 3),
        (Modifier::UNDERLINED, 4),
        (Modifier::REVERSED, 7),
    ];
    Look {
        foreground: colour(style.fg),
        background: colour(style.bg),
        attributes: sgr
            .into_iter()
            .filter(|(modifier, _)| style.add_modifier.contains(*modifier))
            .map(|(_, number)| 1 << number)
            .sum(),
    }
}

/// The seed with the most text, set as a page: paragraphs indented by two Han.
fn page_rows(columns: u16) -> Vec<String> {
    let seed = include_str!("../../seeds/003_e708e3f89c99b752.txt");
    let mut rows = Vec::new();
    for paragraph in seed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut row = String::from("    ");
        for c in paragraph.chars() {
            if width::of_str(&row, Ambiguous::Narrow) + 2 > columns {
                rows.push(std::mem::take(&mut row));
            }
            row.push(c);
        }
        rows.push(row);
    }
    let bytes = |rows: &[String]| rows.iter().map(String::len).sum::<usize>();
    let densest = (0..rows.len() - 60).max_by_key(|&top| bytes(&rows[top..top + 36]));
    rows.split_off(densest.expect("the seed is longer than a page"))
}

/// The screen of an explorer: title, filter, a list of 44 columns, a page of
/// dense text beside it, hints.
fn two_panes(buffer: &mut Buffer, list: &[String], selected: usize, page: &[String]) {
    let narrow = Ambiguous::Narrow;
    let (plain, bold, dim) = (Style::new(), Style::new().bold(), Style::new().dim());
    let bar = |row: u16| {
        if usize::from(row) / 2 == selected {
            Style::new().reversed()
        } else {
            Style::new()
        }
    };
    put(
        buffer,
        0,
        0,
        " 案例 anli   青岛市创新案例 · 94 例 · 5 篇",
        bold,
        narrow,
    );
    put(buffer, 2, 1, "/", plain, narrow);
    put(buffer, 108, 1, "3 / 94", plain, narrow);
    put(buffer, 0, 2, &"─".repeat(120), dim, narrow);
    for row in 0..36 {
        let at = usize::from(row);
        let (style, chars) = match at % 2 {
            0 => (bar(row).bold(), 17),
            _ => (bar(row), 9),
        };
        let mark = if bar(row) == plain {
            "  2017 "
        } else {
            "> 2017 "
        };
        let end = put(buffer, 0, row + 3, mark, bar(row), narrow);
        let title: String = list[at].chars().take(chars).collect();
        put(buffer, end, row + 3, &title, style, narrow);
        put(buffer, 43, row + 3, "│", dim, narrow);
        put(buffer, 47, row + 3, &page[at], plain, narrow);
    }
    let hints = "Up Down 选择  Enter 阅读  / 查找  o 大纲  t 简繁  y 复制  ? 帮助  q 退出";
    put(buffer, 1, 39, hints, plain, narrow);
}

fn full_page(buffer: &mut Buffer, page: &[String]) {
    for (row, text) in (0..buffer.area.height).zip(page) {
        put(buffer, 0, row, text, Style::new(), Ambiguous::Narrow);
    }
}

#[test]
fn a_full_repaint_of_dense_chinese_costs_at_most_7_kb() {
    let (list, page) = (dense_rows(40), page_rows(70));
    let mut desk = Desk::dense();
    let bytes = desk.show(|buffer| {
        two_panes(buffer, &list, 3, &page);
        None
    });
    desk.check();
    assert!(bytes <= 7_000, "{bytes} bytes");
}

#[test]
fn scrolling_the_page_by_one_line_beside_the_list_costs_at_most_6_kb() {
    let (list, page) = (dense_rows(40), page_rows(70));
    let mut desk = Desk::dense();
    for line in 0..6 {
        let bytes = desk.show(|buffer| {
            two_panes(buffer, &list, 3, &page[line..]);
            None
        });
        desk.check();
        assert!(line == 0 || bytes <= 6_000, "{bytes} bytes");
    }
}

#[test]
fn scrolling_a_page_of_full_width_by_one_line_costs_at_most_400_bytes() {
    let page = dense_rows(118);
    for scrolling in [Scrolling::Lines, Scrolling::Index] {
        let dialect = Dialect {
            scrolling,
            ..Dialect::default()
        };
        let mut desk = Desk::new(120, 40, dialect, Ambiguous::Narrow);
        for line in [5, 6, 7, 6, 5, 4] {
            let bytes = desk.show(|buffer| {
                full_page(buffer, &page[line..]);
                None
            });
            desk.check();
            assert!(line == 5 || bytes <= 400, "{bytes} bytes");
        }
    }
}

#[test]
fn rows_are_moved_between_a_title_and_a_status_line_and_beside_a_scroll_bar() {
    let page = dense_rows(116);
    let mut desk = Desk::dense();
    for line in [0, 1, 2, 12, 3] {
        let bytes = desk.show(|buffer| {
            put(
                buffer,
                0,
                0,
                "案例 anli",
                Style::new().bold(),
                Ambiguous::Narrow,
            );
            for row in 1..39 {
                let text = &page[line + usize::from(row)];
                put(buffer, 1, row, text, Style::new(), Ambiguous::Narrow);
                let thumb = if usize::from(row) == 1 + line {
                    "#"
                } else {
                    "|"
                };
                put(buffer, 119, row, thumb, Style::new(), Ambiguous::Narrow);
            }
            let status = format!("第 {line} 行");
            put(
                buffer,
                0,
                39,
                &status,
                Style::new().reversed(),
                Ambiguous::Narrow,
            );
            None
        });
        desk.check();
        assert!(matches!(line, 0 | 12 | 3) || bytes <= 400, "{bytes} bytes");
        assert!(line == 0 || bytes < 2_700, "{bytes} bytes");
    }
}

#[test]
fn without_scroll_regions_a_scrolled_page_is_written_again() {
    let page = dense_rows(118);
    let dialect = Dialect {
        scrolling: Scrolling::Off,
        ..Dialect::default()
    };
    let mut desk = Desk::new(120, 40, dialect, Ambiguous::Narrow);
    for line in 0..2 {
        desk.show(|buffer| {
            full_page(buffer, &page[line..]);
            None
        });
        desk.check();
    }
}

#[test]
fn moving_the_selection_costs_at_most_450_bytes() {
    let (list, page) = (dense_rows(40), page_rows(70));
    let mut desk = Desk::dense();
    for selected in [3, 4, 5, 4] {
        let bytes = desk.show(|buffer| {
            two_panes(buffer, &list, selected, &page);
            None
        });
        desk.check();
        assert!(selected == 3 || bytes <= 450, "{bytes} bytes");
    }
}

#[test]
fn an_unchanged_frame_costs_nothing() {
    let (list, page) = (dense_rows(40), page_rows(70));
    let mut desk = Desk::dense();
    for round in 0..3 {
        let bytes = desk.show(|buffer| {
            two_panes(buffer, &list, 3, &page);
            Some((7, 1))
        });
        assert!(round == 0 || bytes == 0, "{bytes} bytes");
    }
}

#[test]
fn a_letter_typed_costs_at_most_120_bytes_and_the_caret_stands_behind_it() {
    let (list, page) = (dense_rows(40), page_rows(70));
    let mut desk = Desk::dense();
    for typed in ["", "创", "创新", "创新g"] {
        let bytes = desk.show(|buffer| {
            two_panes(buffer, &list, 3, &page);
            put(
                buffer,
                4,
                1,
                &" ".repeat(42),
                Style::new(),
                Ambiguous::Narrow,
            );
            let caret = put(buffer, 4, 1, typed, Style::new(), Ambiguous::Narrow);
            Some((caret, 1))
        });
        desk.check();
        assert!(typed.is_empty() || bytes <= 120, "{bytes} bytes");
        let columns = width::of_str(typed, Ambiguous::Narrow);
        assert_eq!(desk.emulator.cursor(), (4 + columns, 1));
        assert!(desk.emulator.cursor_is_visible());
    }
    desk.show(|_| None);
    assert!(!desk.emulator.cursor_is_visible());
}

#[test]
fn a_caret_that_moves_alone_costs_a_cursor_move() {
    let mut desk = Desk::dense();
    desk.show(|_| Some((3, 0)));
    let bytes = desk.show(|_| Some((5, 0)));
    assert!(bytes <= 8, "{bytes} bytes");
    assert_eq!(desk.emulator.cursor(), (5, 0));
    assert!(desk.emulator.cursor_is_visible());
}

#[test]
fn one_frame_is_one_write_inside_one_synchronized_update() {
    struct Writes(Vec<Vec<u8>>);
    impl io::Write for Writes {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let page = dense_rows(118);
    let mut screen = Screen::new(Writes(Vec::new()), 120, 40, Dialect::default());
    for line in 0..2 {
        screen
            .paint(|buffer, _| {
                full_page(buffer, &page[line * 9..]);
                None
            })
            .expect("a vector takes everything");
    }
    let writes = &screen.writer_mut().0;
    assert_eq!(writes.len(), 2);
    for write in writes {
        assert!(write.starts_with(b"\x1b[?2026h"));
        assert!(write.ends_with(b"\x1b[?2026l"));
    }
}

#[test]
fn columns_are_erased_only_by_a_terminal_that_is_known_to_do_it() {
    for erases_columns in [true, false] {
        let dialect = Dialect {
            erases_columns,
            ..Dialect::default()
        };
        let mut desk = Desk::new(60, 1, dialect, Ambiguous::Narrow);
        for text in ["一窗受理一网通办便民利企", ""] {
            desk.show(|buffer| {
                put(buffer, 4, 0, text, Style::new(), Ambiguous::Narrow);
                put(buffer, 40, 0, "│", Style::new(), Ambiguous::Narrow);
                None
            });
            desk.check();
        }
        assert_eq!(desk.bytes.ends_with(b"\x1b[24X\x1b[?2026l"), erases_columns);
    }
}

#[test]
fn synchronized_output_can_be_switched_off() {
    let dialect = Dialect {
        synchronized: false,
        ..Dialect::default()
    };
    let mut desk = Desk::new(20, 4, dialect, Ambiguous::Narrow);
    desk.show(|buffer| {
        put(buffer, 0, 0, "改革创新", Style::new(), Ambiguous::Narrow);
        None
    });
    desk.check();
    assert_eq!(desk.emulator.frames(), 0);
}

#[test]
fn a_receipt_is_asked_for_large_frames_only() {
    let mut screen = Screen::new(Vec::new(), 120, 40, Dialect::default());
    screen.ask_receipt_from(1_000);
    let page = dense_rows(118);
    let mut paint = |page: &[String]| {
        screen
            .paint(|buffer, _| {
                full_page(buffer, page);
                None
            })
            .expect("a vector takes everything")
    };
    assert!(paint(&page).receipt);
    assert!(!paint(&page).receipt);
    assert!(!paint(&page[..39]).receipt);
    assert!(
        screen
            .writer_mut()
            .windows(4)
            .any(|four| four == b"\x1b[5n")
    );
}

/// Rows with ambiguous characters and a border behind them.
fn bordered(buffer: &mut Buffer, ambiguous: Ambiguous) {
    let rows = ["“公园城市”——绿色", "案例……①②■·“”", "普通的一行", "“”“”“”“”"];
    for (row, text) in (0..).zip(rows) {
        put(buffer, 0, row, text, Style::new(), ambiguous);
        put(buffer, 29, row, "|", Style::new(), ambiguous);
    }
}

#[test]
fn borders_are_straight_on_a_narrow_and_on_a_wide_terminal() {
    for policy in [Ambiguous::Narrow, Ambiguous::Wide] {
        let dialect = Dialect {
            ambiguous: policy,
            ..Dialect::default()
        };
        let mut desk = Desk::new(30, 4, dialect, policy);
        desk.show(|buffer| {
            bordered(buffer, policy);
            None
        });
        desk.check();
    }
}

#[test]
fn a_wrong_guess_about_the_terminal_moves_no_border() {
    for (policy, terminal) in [
        (Ambiguous::Narrow, Ambiguous::Wide),
        (Ambiguous::Wide, Ambiguous::Narrow),
    ] {
        let dialect = Dialect {
            ambiguous: policy,
            ..Dialect::default()
        };
        let mut desk = Desk::new(30, 4, dialect, terminal);
        desk.show(|buffer| {
            bordered(buffer, policy);
            None
        });
        for row in 0..4 {
            assert_eq!(desk.emulator.cell(29, row).text, "|", "{policy:?}");
        }
        assert_eq!(desk.emulator.cell(0, 2).text, "普");
    }
}

#[test]
fn once_their_width_was_measured_quotation_marks_cost_no_moves() {
    let cost = |measured| {
        let dialect = Dialect {
            measured,
            ..Dialect::default()
        };
        let mut desk = Desk::new(40, 1, dialect, Ambiguous::Narrow);
        let bytes = desk.show(|buffer| {
            let text = "“一窗受理”“一网通办”——便民……";
            put(buffer, 0, 0, text, Style::new(), Ambiguous::Narrow);
            None
        });
        desk.check();
        bytes
    };
    // Six marks with something behind them, four bytes at least for each way.
    assert!(cost(true) + 24 <= cost(false));
    assert!(cost(true) < 120, "{}", cost(true));
}

#[test]
fn a_width_that_is_confirmed_leaves_the_screen_as_it_is() {
    let mut desk = Desk::dense();
    let page = page_rows(70);
    let paint = |buffer: &mut Buffer| {
        full_page(buffer, &page);
        None
    };
    desk.show(paint);
    desk.screen.confirm_width();
    assert_eq!(desk.show(paint), 0);
}

#[test]
fn a_popup_at_every_offset_over_chinese_keeps_both_its_borders() {
    for left in 0..24 {
        let mut desk = Desk::new(30, 3, Dialect::default(), Ambiguous::Narrow);
        for popup in [false, true, false] {
            desk.show(|buffer| {
                for row in 0..3 {
                    let text = "推动改革发展创新案例汇编之一";
                    put(buffer, row % 2, row, text, Style::new(), Ambiguous::Narrow);
                }
                if popup {
                    let plain = Style::new();
                    put(buffer, left, 1, "|    |", plain, Ambiguous::Narrow);
                }
                None
            });
            desk.check();
            let row = &desk.emulator;
            let both = row.cell(left, 1).text == "|" && row.cell(left + 5, 1).text == "|";
            assert_eq!(both, popup);
        }
    }
}

#[test]
fn the_smallest_screens_show_what_fits() {
    for (columns, rows) in [(1, 1), (2, 1), (1, 3), (3, 2)] {
        let mut desk = Desk::new(columns, rows, Dialect::default(), Ambiguous::Narrow);
        for text in ["案", "a案", "案例", ""] {
            desk.show(|buffer| {
                // Not by `put`, which would leave out what sticks out.
                for (column, c) in (0..columns).zip(text.chars()) {
                    buffer[(column, 0)].set_char(c);
                }
                Some((columns, rows))
            });
            desk.check();
            assert_eq!(desk.emulator.cursor(), (columns - 1, rows - 1));
        }
    }
}

#[test]
fn a_screen_of_another_size_is_painted_in_full() {
    let page = dense_rows(118);
    let mut desk = Desk::dense();
    for (columns, rows) in [(120, 40), (80, 24), (120, 40)] {
        desk.screen.resize(columns, rows);
        desk.emulator.resize(columns, rows);
        desk.show(|buffer| {
            full_page(buffer, &page);
            None
        });
        desk.check();
    }
}

#[test]
fn a_cursor_that_comes_down_onto_half_a_glyph_is_moved() {
    let mut desk = Desk::new(12, 2, Dialect::default(), Ambiguous::Narrow);
    for (first, second) in [("创新", "案案案"), ("创新a", "案案案+")] {
        desk.show(|buffer| {
            put(buffer, 0, 0, first, Style::new(), Ambiguous::Narrow);
            put(buffer, 0, 1, second, Style::new(), Ambiguous::Narrow);
            None
        });
        desk.check();
    }
}

#[test]
fn a_repaint_heals_a_screen_that_something_else_wrote_to() {
    let page = dense_rows(118);
    let mut desk = Desk::dense();
    let paint = |buffer: &mut Buffer| {
        full_page(buffer, &page);
        Some((7, 7))
    };
    desk.show(paint);
    desk.emulator
        .feed(b"\x1b[3;9r\x1b[7m\x1b[5;5Hwall: the system goes down\r\n\n\n\n\n");
    desk.screen.forget();
    desk.show(paint);
    desk.check();
}

#[test]
fn without_colours_attributes_are_left() {
    let dialect = Dialect {
        colours: Colours::None,
        ..Dialect::default()
    };
    let mut desk = Desk::new(20, 2, dialect, Ambiguous::Narrow);
    desk.show(|buffer| {
        let bar = Style::new().red().on_blue().bold().reversed();
        put(buffer, 0, 0, "选中的行 ", bar, Ambiguous::Narrow);
        None
    });
    desk.check();
    let look = desk.emulator.cell(0, 0).look;
    assert!(look.has(1) && look.has(7));
    assert_eq!(look.background, Colour::Default);
}

#[test]
fn joined_emoji_are_sent_where_they_are_drawn_as_one() {
    let family = "👩\u{200d}👧";
    for (joins, sent) in [(true, family), (false, "👩")] {
        let dialect = Dialect {
            joins,
            ..Dialect::default()
        };
        let mut desk = Desk::new(8, 1, dialect, Ambiguous::Narrow);
        desk.show(|buffer| {
            buffer[(0, 0)].set_symbol(family);
            buffer[(2, 0)].set_symbol("家");
            None
        });
        let text = String::from_utf8_lossy(&desk.bytes).into_owned();
        assert_eq!(text.contains(family), sent == family, "{text:?}");
        assert!(text.contains(sent) && text.contains('家'), "{text:?}");
    }
}

#[test]
fn controls_and_direction_marks_do_not_reach_the_terminal() {
    let mut desk = Desk::new(40, 1, Dialect::default(), Ambiguous::Narrow);
    let attacks = [
        "\x1b",
        "\x07",
        "\u{9b}",
        "\u{9d}",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{feff}",
        "a\u{200d}",
        "\u{7f}",
        "\r",
        "\n",
        "\u{e0041}",
        "\u{3164}",
        "\u{34f}",
    ];
    desk.show(|buffer| {
        for (column, attack) in (0..).zip(attacks) {
            buffer[(column * 2, 0)].set_symbol(attack);
        }
        None
    });
    assert_eq!(desk.emulator.row(0), vec!["?"; attacks.len()].join(" "));
    assert_eq!(desk.emulator.mishaps(), [] as [String; 0]);
}

#[test]
fn a_screen_of_one_row_is_painted_again_from_its_first_column() {
    let mut desk = Desk::new(4, 1, Dialect::default(), Ambiguous::Narrow);
    for text in ["终端", "太小"] {
        desk.screen.forget();
        desk.show(|buffer| {
            put(buffer, 0, 0, text, Style::new(), Ambiguous::Narrow);
            None
        });
        desk.check();
    }
}

/// One frame of a random session.
#[derive(Clone, Debug)]
struct Frame {
    /// The first line of the page.
    top: usize,
    /// Columns that a list takes beside the page.
    list: u16,
    bar: Option<u16>,
    popup: Option<(u16, u16, u16, u16)>,
    caret: Option<(u16, u16)>,
    change: Option<(usize, usize, char)>,
    forget: bool,
}

const COLUMNS: u16 = 33;
const ROWS: u16 = 9;
const CHARACTERS: &str = "案例改革发展，。《》“”—…①·■abc XY09   é│─の글ｦ①　";

fn characters() -> impl Strategy<Value = char> {
    prop::sample::select(CHARACTERS.chars().collect::<Vec<_>>())
}

fn styles() -> impl Strategy<Value = Style> {
    prop::sample::select(vec![
        Style::new(),
        Style::new(),
        Style::new().bold(),
        Style::new().reversed(),
        Style::new().underlined().red(),
        Style::new().on_blue(),
        Style::new().bold().dim().italic().light_yellow().on_red(),
    ])
}

fn frames() -> impl Strategy<Value = Frame> {
    (
        0..12_usize,
        prop::sample::select(vec![0, 0, 0, 11, 12]),
        prop::option::of(0..ROWS),
        prop::option::weighted(0.3, (0..COLUMNS, 0..ROWS, 2..12_u16, 1..5_u16)),
        prop::option::of((0..COLUMNS, 0..ROWS)),
        prop::option::of((0..20_usize, 0..30_usize, characters())),
        prop::bool::weighted(0.05),
    )
        .prop_map(|(top, list, bar, popup, caret, change, forget)| Frame {
            top,
            list,
            bar,
            popup,
            caret,
            change,
            forget,
        })
}

type Line = Vec<(char, Style)>;

fn paint(buffer: &mut Buffer, frame: &Frame, lines: &[Line], ambiguous: Ambiguous) {
    for row in 0..ROWS {
        let mut column = frame.list;
        for (c, style) in &lines[(frame.top + usize::from(row)) % lines.len()] {
            let text = String::from(*c);
            column = put(buffer, column, row, &text, *style, ambiguous);
        }
        if frame.list > 0 {
            put(buffer, 0, row, "题目 list", Style::new(), ambiguous);
        }
    }
    if let Some(row) = frame.bar {
        buffer.set_style(Rect::new(0, row, COLUMNS, 1), Style::new().reversed());
    }
    if let Some((left, top, columns, rows)) = frame.popup {
        let area = Rect::new(left, top, columns, rows).intersection(buffer.area);
        for row in area.rows() {
            for column in row.columns() {
                buffer[(column.x, column.y)].reset();
                buffer[(column.x, column.y)].set_char('+');
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_painted_is_what_the_terminal_shows(
        mut lines in prop::collection::vec(
            prop::collection::vec((characters(), styles()), 0..34), 20),
        runs in prop::collection::vec(frames(), 1..12),
        wide: bool,
        colours in prop::sample::select(vec![Colours::None, Colours::Sixteen]),
        scrolling in prop::sample::select(vec![
            Scrolling::Off, Scrolling::Index, Scrolling::Lines]),
        columns: bool,
        erases_columns: bool,
        measured: bool,
    ) {
        let ambiguous = if wide { Ambiguous::Wide } else { Ambiguous::Narrow };
        let dialect = Dialect {
            ambiguous, colours, scrolling, columns, erases_columns, measured,
            ..Dialect::default()
        };
        let mut desk = Desk::new(COLUMNS, ROWS, dialect, ambiguous);
        for frame in &runs {
            if let Some((line, at, c)) = frame.change
                && let Some(place) = lines[line].get_mut(at)
            {
                place.0 = c;
            }
            if frame.forget {
                desk.screen.forget();
            }
            desk.show(|buffer| {
                paint(buffer, frame, &lines, ambiguous);
                frame.caret
            });
            desk.check();
            prop_assert_eq!(desk.emulator.cursor_is_visible(), frame.caret.is_some());
            if let Some(caret) = frame.caret {
                prop_assert_eq!(desk.emulator.cursor(), caret);
            }
            let again = desk.show(|buffer| {
                paint(buffer, frame, &lines, ambiguous);
                frame.caret
            });
            prop_assert_eq!(again, 0);
        }
    }
}
