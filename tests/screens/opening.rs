//! The screen as it opens, on terminals of every size.

use crate::support::screen::{SEEDS, Screen};
use crate::{SIZES, kept};

#[test]
fn the_explorer_opens_with_every_case_and_says_what_to_press() {
    for (columns, rows) in SIZES.into_iter().chain([(24, 6)]) {
        let screen = Screen::new(columns, rows);
        kept!(screen);
        assert_eq!(screen.listed().len(), 94);
        assert_eq!(screen.selected(), Some("000-1"));
        assert!(
            screen.row(0).contains("案例 anli  94 个案例"),
            "{}",
            screen.row(0)
        );
        let hints = screen.row(rows - 1);
        for hint in ["/ 查找", "Enter 阅读", "? 帮助", "q 退出"] {
            assert!(columns < 40 || hints.contains(hint), "{hints}");
        }
        assert!(columns < 80 || hints.contains("上下 移动"), "{hints}");
    }
}

#[test]
fn on_a_wide_screen_the_first_case_can_be_read_at_once() {
    let screen = Screen::new(120, 36);
    let page = screen.page_rows();
    assert_eq!(page[0].trim(), "创新推行混合用地模式");
    assert_eq!(page[1].trim(), "提高土地集约高效利用水平");
    assert_eq!(
        page[2].trim(),
        "青岛西海岸新区管委、黄岛区政府  2015  区市  摘要"
    );
    assert_eq!(
        page[3].trim(),
        "半岛网  2016-03-01  郝园园  000_c8df632cfb2d134d.txt:43-45",
        "publisher, date, reporter and lines of the digest"
    );
}

#[test]
fn the_cases_stand_in_the_list_as_their_documents_group_them() {
    // Read in the documents: each run of a year and a category, in their order.
    let mut heads = Vec::new();
    let mut screen = Screen::new(120, 36);
    for _ in 0..94 {
        for row in screen.rows() {
            if let Some(head) = row.strip_prefix("─ ") {
                let head = head
                    .split('│')
                    .next()
                    .expect("there is a first part")
                    .trim_end();
                if !heads.iter().any(|known| known == head) {
                    heads.push(head.to_owned());
                }
            }
        }
        screen = screen.press("{down}");
    }
    assert_eq!(
        heads,
        [
            "2015 区市 摘要",
            "2015 功能区 摘要",
            "2015 部门 摘要",
            "2016 区市 报道",
            "2016 功能区 报道",
            "2016 部门 报道",
            "2021 功能区 报道",
            "2021 区市 报道",
            "2021 部门 报道",
            "2017 区市 全文",
            "2017 功能区 全文",
            "2017 部门 全文",
            "2021 区市 全文",
        ]
    );
}

#[test]
fn the_years_in_the_title_bar_add_up() {
    let row = Screen::new(120, 36).row(0);
    // 37 in the digest, 7 and 9 in the reports, 33 in the compilation, 8 in the
    // supplement, which is of 2021 like the second report.
    assert!(row.ends_with("2015 37  2016 7  2017 33  2021 17"), "{row}");
}

#[test]
fn a_screen_that_is_too_small_says_so_and_how_large_it_has_to_be() {
    for (columns, rows) in [(23, 5), (23, 24), (80, 5), (24, 5), (19, 1)] {
        let screen = Screen::new(columns, rows);
        assert_eq!(screen.text().trim_end(), "终端太小，至少 24x6");
    }
}

#[test]
fn a_case_read_on_a_screen_that_was_too_small_is_there_when_it_grows() {
    let screen = Screen::new(80, 24).press("/海水稻{enter}");
    let place = screen.place();
    let screen = screen.resize(10, 3).press("{down}").resize(80, 24);
    assert_eq!(screen.reading(), Some("003-3"));
    // A key pressed in the dark still does what it does.
    assert_ne!(screen.place(), place);
}

/// Something of everything that can be on the screen.
pub const EVERYWHERE: [&str; 20] = [
    "",
    "/",
    "/街长治",
    "/年:2017 文:海水稻",
    "/没有这个词啊",
    "/年:abc",
    "{enter}",
    "/平度{enter}G",
    "/水价{enter}o",
    "/水价{enter}/灌溉",
    "/水价{enter}/灌溉{enter}n",
    "/水价{enter}R",
    "/水价{enter}z",
    "?",
    "f",
    "y",
    "c",
    "e{enter}",
    "aa笔记",
    "i",
];

#[test]
fn no_size_and_no_state_is_too_much() {
    for keys in EVERYWHERE {
        let mut screen = Screen::new(80, 24).press(keys);
        for columns in (0..=40).chain([79, 80, 81, 300]) {
            for rows in (0..=12).chain([15, 16, 90]) {
                screen = screen.resize(columns, rows);
                let (buffer, caret) = screen.buffer();
                if let Some((x, y)) = caret {
                    assert!(
                        x < columns && y < rows,
                        "{keys}: caret {x},{y} on {columns}x{rows}"
                    );
                }
                assert_eq!(buffer.area.area(), u32::from(columns) * u32::from(rows));
            }
        }
    }
    assert_eq!(SEEDS.len(), 94);
}
