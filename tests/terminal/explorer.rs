//! The real program in a real terminal: what a reader does from the first key to
//! the last, on terminals of every kind.

mod bursts;
mod copies;
mod lent;
mod round;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::emulator::{Colour, Emulator};
use crate::support::pty::{Pty, Setup, code_of};
use anli::store::{Change, Store};
use anli::text::width::Ambiguous;
use rustix::process::Signal;

/// The program, remembering nothing.
fn anli() -> Setup {
    bare().arg("--no-state")
}

/// The program without an option.
fn bare() -> Setup {
    Setup::new(env!("CARGO_BIN_EXE_anli"))
}

/// Starts it and waits for the list.
fn start(setup: Setup) -> Pty {
    let mut pty = setup.start();
    pty.wait_for_text("/ 94");
    pty
}

/// Ends it by a key and checks that the terminal is as it was before.
#[track_caller]
fn leave(mut pty: Pty) {
    pty.type_in("\x03");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    check_given_back(&pty);
}

#[track_caller]
fn check_given_back(pty: &Pty) {
    let screen = pty.screen();
    assert!(screen.is_untouched(), "{screen:?}");
    assert!(!screen.text().contains("案例 anli"), "{}", screen.text());
    assert_eq!(screen.mishaps(), [] as [String; 0]);
}

/// The hints are those of the page: it has the keys.
fn reads(screen: &Emulator) -> bool {
    let (_, rows) = screen.size();
    screen.row(rows - 1).contains("Esc 返回")
}

/// The foregrounds on the screen.
fn inks(screen: &Emulator) -> Vec<Colour> {
    let (columns, rows) = screen.size();
    let cells = (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y)));
    let inks = cells.map(|(x, y)| screen.cell(x, y).look.foreground);
    let mut found = Vec::new();
    for ink in inks {
        if !found.contains(&ink) {
            found.push(ink);
        }
    }
    found
}

/// An accent on dark and on light.
const CYAN: Colour = Colour::Palette(6);
const DEEP_BLUE: Colour = Colour::Palette(25);

#[test]
fn the_colours_are_those_for_the_background_and_change_with_it() {
    let mut pty = start(anli().background("rgb:fdfd/f6f6/e3e3"));
    pty.wait_for("the colours for light", |screen| {
        inks(screen).contains(&DEEP_BLUE)
    });
    assert!(!inks(pty.screen()).contains(&CYAN));
    assert!(pty.screen().mode(2031));
    pty.type_in("\x1b[?997;1n");
    pty.wait_for("the colours for dark", |screen| {
        inks(screen).contains(&CYAN)
    });
    assert!(!inks(pty.screen()).contains(&DEEP_BLUE));
    leave(pty);
}

#[test]
fn where_nobody_knows_the_background_there_are_no_colours() {
    let mut pty = start(anli().silent());
    assert_eq!(inks(pty.screen()), [Colour::Default]);
    pty.type_in("/gongce");
    pty.wait_for_text("gongce");
    assert_eq!(inks(pty.screen()), [Colour::Default]);
}

#[test]
fn a_variable_or_a_setting_says_what_the_terminal_does_not() {
    let light = start(anli().silent().env("COLORFGBG", "0;default;15"));
    assert!(inks(light.screen()).contains(&DEEP_BLUE));
    let dark = start(anli().background("#ffffff").arg("--background").arg("dark"));
    assert!(inks(dark.screen()).contains(&CYAN));
    assert!(!dark.has_written(b"\x1b]11;?"), "nobody needs to be asked");
    assert!(!dark.has_written(b"\x1b[?2031h"));
}

#[test]
fn the_background_is_asked_in_the_breath_of_the_widths() {
    let pty = start(anli());
    let asked = b"\x1b[6n\x1b]11;?\x1b\\\x1b[?2026$p";
    assert!(pty.has_written(asked));
}

/// Column of the divider, which has to be the same on every row of the panes.
#[track_caller]
fn divider(screen: &Emulator, glyph: &str) -> u16 {
    let (columns, rows) = screen.size();
    let is = |x: u16, y: u16| screen.cell(x, y).text == glyph;
    let body = 3..rows - 2;
    let mut straight = (0..columns).filter(|&x| body.clone().all(|y| is(x, y)));
    straight.next().unwrap_or_else(|| {
        panic!("no column has {glyph} on every row of\n{}", screen.text());
    })
}

#[test]
fn a_reader_finds_reads_and_leaves_and_the_terminal_is_as_before() {
    let mut pty = start(anli());
    assert!(pty.screen().is_alternate());
    assert!(pty.screen().cursor_is_visible(), "a search can be typed");
    pty.wait_for_text("94 / 94");
    pty.type_in("/ditie");
    pty.wait_for_text("7 / 94");
    pty.type_in("\r");
    pty.wait_for("the page", reads);
    pty.type_in("j");
    leave(pty);
}

#[test]
fn keys_typed_ahead_of_the_answer_are_for_what_it_shows() {
    // All at once, as over a slow link, and before the program has started.
    for begin in ["/公厕\r", "/地铁\x15公厕\rjjg", "公厕\n\x1b\r"] {
        let mut pty = anli().start();
        pty.type_in(begin);
        pty.type_in("y标题\r");
        pty.wait_for("a clipboard", |screen| screen.clipboard().is_some());
        let title = decoded(pty.screen().clipboard().expect("it was waited for"));
        let title = String::from_utf8(title).expect("the text is UTF-8");
        assert!(title.starts_with("创新推进多功能集成公厕建设"), "{title}");
        leave(pty);
    }
}

#[test]
fn a_book_pasted_by_mistake_keeps_nobody_from_leaving() {
    let mut pty = start(anli());
    pty.type_in("/\x1b[200~");
    // Words that stand nowhere are searched for in every way there is.
    for _ in 0..100 {
        pty.type_in(&"ab cd ef ".repeat(100));
        pty.listen(Duration::from_millis(1));
    }
    pty.type_in("\x1b[201~");
    pty.wait_for("the query", |screen| screen.row(1).contains("ab cd ef"));
    pty.type_in("\x03");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    check_given_back(&pty);
}

#[test]
fn a_query_on_the_command_line_is_typed_already() {
    let mut pty = start(anli().arg("海水稻"));
    pty.wait_for_text("1 / 94");
    pty.wait_for_text("袁隆平院士在院士港成立");
    leave(pty);
}

#[test]
fn the_first_frame_comes_before_the_first_search() {
    let mut pty = anli().arg("海水稻").start();
    pty.wait_for_text("1 / 94");
    // The screen as it was when the first frame had been written.
    let mut first = Emulator::new(80, 24, Ambiguous::Narrow);
    let mut bytes = pty.output().iter();
    while first.frames() == 0 {
        let byte = bytes.next().expect("a frame ends somewhere");
        first.feed(&[*byte]);
    }
    let shown = first.text();
    assert!(first.row(1).contains("海水稻"), "{shown}");
    assert!(!shown.contains("1 / 94"), "{shown}");
    // It lists every case from the first on, as far as they have room.
    for title in ["创新推行混合用地模式", "扎实开展生存教育"] {
        assert!(shown.contains(title), "{shown}");
    }
    leave(pty);
}

#[test]
fn the_interface_speaks_the_language_that_is_asked_for() {
    for setup in [anli().arg("--lang=en"), anli().env("LANG", "en_GB.UTF-8")] {
        let mut pty = start(setup);
        pty.wait_for_text("94 cases  5 documents");
        pty.wait_for_text("Enter read");
        leave(pty);
    }
}

#[test]
fn a_locale_of_neither_language_is_told_how_to_have_each() {
    for locale in ["C.UTF-8", "POSIX", ""] {
        let both = "English: --lang en　中文: --lang zh";
        for (columns, rows, told) in [
            (80, 24, &[" Enter 阅读  Esc 列表  ? 帮助", both][..]),
            (40, 12, &[both, " Enter 阅读  Esc 列表  ? 帮助"]),
            (
                24,
                12,
                &[
                    "English: --lang en\n 中文: --lang zh",
                    " Enter 阅读  Esc  ?",
                ],
            ),
        ] {
            let setup = anli().env("LANG", locale).size(columns, rows);
            let mut pty = start(setup);
            pty.wait_for("the ways", |screen| {
                told.iter().all(|told| screen.text().contains(told))
            });
            pty.type_in("ditie");
            pty.wait_for("a list without it", |screen| {
                screen.text().contains("7 / 94") && !screen.text().contains("--lang")
            });
            leave(pty);
        }
    }
    let named = start(anli().env("LANG", "C.UTF-8").arg("--lang").arg("zh"));
    assert!(!named.screen().text().contains("--lang"));
    leave(named);
}

#[test]
fn letters_typed_before_the_first_frame_are_a_search() {
    for word in ["wanggehua", "shi", "quyu"] {
        let state = folder();
        let mut pty = keeping(state.path()).start();
        pty.type_in(word);
        pty.wait_for("the search", |screen| screen.row(1).contains(word));
        leave(pty);
        // The next start goes back there, and so does what is typed at once.
        let mut pty = keeping(state.path()).start();
        pty.type_in(word);
        let twice = word.repeat(2);
        pty.wait_for("the search", |screen| screen.row(1).contains(&twice));
        leave(pty);
    }
}

#[test]
fn ctrl_c_leaves_from_everywhere() {
    for keys in ["", "/地", "\r", "?", "aa", "\r/水"] {
        let mut pty = start(anli());
        pty.type_in(keys);
        pty.type_in("\x03");
        assert_eq!(code_of(pty.wait_for_exit()), 0, "{keys:?}");
        check_given_back(&pty);
    }
}

#[test]
fn terminals_of_every_kind_show_the_list_and_what_is_selected() {
    for term in [
        "xterm-256color",
        "tmux-256color",
        "screen",
        "vt100",
        "linux",
    ] {
        for (no_color, lang) in [("", "C.UTF-8"), ("1", "C")] {
            let setup = anli().env("TERM", term).env("NO_COLOR", no_color);
            let mut pty = start(setup.env("LANG", lang));
            // Chinese is printed whatever the locale says of it.
            pty.wait_for_text("创新推行混合用地模式");
            pty.type_in("\x1b[B");
            let selected = |screen: &Emulator, row| screen.cell(7, row).look.has(7);
            pty.wait_for("the second case", |screen| selected(screen, 6));
            assert!(!selected(pty.screen(), 4), "{term}");
            let bar = if lang == "C" { ">" } else { "▌" };
            assert_eq!(pty.screen().cell(0, 6).text, bar, "{term}");
            divider(pty.screen(), if lang == "C" { "|" } else { "│" });
            if no_color == "1" {
                check_colourless(pty.screen());
            }
            // A match is told without colour as well.
            pty.type_in("/公厕\r");
            pty.wait_for("a match", |screen| {
                (0..24).any(|y| (0..80).any(|x| underlined(screen, x, y, "公")))
            });
            leave(pty);
        }
    }
}

fn underlined(screen: &Emulator, x: u16, y: u16, text: &str) -> bool {
    let cell = screen.cell(x, y);
    cell.text == text && cell.look.has(4)
}

#[track_caller]
fn check_colourless(screen: &Emulator) {
    let (columns, rows) = screen.size();
    for y in 0..rows {
        for x in 0..columns {
            let look = screen.cell(x, y).look;
            let colours = (look.foreground, look.background);
            assert_eq!(colours, (Colour::Default, Colour::Default), "{x},{y}");
        }
    }
}

#[test]
fn a_dumb_terminal_is_served_by_lines_without_an_escape_byte() {
    for term in ["dumb", ""] {
        let mut pty = bare().env("TERM", term).start();
        pty.wait_for_text("案例 anli  94 个案例");
        pty.type_in("海水稻\n");
        pty.wait_for_text("1. 003-3 2017 李沧区高标准打造青岛国际院士港");
        pty.type_in("q\n");
        assert_eq!(code_of(pty.wait_for_exit()), 0);
        assert!(!pty.output().contains(&0x1b), "{term}");
    }
}

/// The program by lines, in Chinese.
fn lines_command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anli"));
    command
        .arg("--plain")
        .env_clear()
        .env("LANG", "zh_CN.UTF-8");
    command
}

/// What a session by lines writes when these bytes come by a pipe.
#[track_caller]
fn by_lines(input: &[u8]) -> String {
    let mut command = lines_command();
    command.arg("--no-state");
    let (told, _, code) = by_lines_of(command, input);
    assert_eq!(code, 0);
    told
}

/// What a program writes on its output and about errors when these bytes come
/// by a pipe, and its exit code.
#[track_caller]
fn by_lines_of(mut command: Command, input: &[u8]) -> (String, String, i32) {
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("it has an input");
    stdin.write_all(input).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert!(!output.stdout.contains(&0x1b));
    let text = |bytes| String::from_utf8(bytes).expect("it writes UTF-8");
    let code = output.status.code().expect("no signal ends it");
    (text(output.stdout), text(output.stderr), code)
}

#[track_caller]
fn check_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest
            .find(part)
            .unwrap_or_else(|| panic!("{part} does not follow in\n{text}"));
        rest = &rest[at..];
    }
}

/// A whole task by lines, over a pipe, as a screen reader or a log has it.
#[test]
fn a_case_is_found_read_and_cited_by_lines() {
    let parts = [
        "找到 1",
        "1. 003-5 2017 创新推进多功能集成公厕建设",
        "市南区政府  2017  区市  全文",
        "城市公共厕所作为城市公共设施的重要组成部分",
        "三、创新思路及做法",
        "市南区政府. 创新推进多功能集成公厕建设",
        "文档未载：出版地、出版者、出版日期、版次或页码；推断：所在文献题名",
    ];
    check_order(&by_lines("多功能集成公厕\n1\no\nc\nq\n".as_bytes()), &parts);
    // With an input method left on, and by a terminal that ends lines in two.
    check_order(
        &by_lines("多功能集成公厕\r\n１\r\nｏ\r\nｃ\r\nｑ\r\n".as_bytes()),
        &parts,
    );
}

#[test]
fn noise_on_the_line_ends_no_session() {
    let noise = [
        b"\xff\xfe\x9b\x1b[2J\0\n".as_slice(),
        "海水稻\n1\n".as_bytes(),
    ]
    .concat();
    check_order(
        &by_lines(&noise),
        &["输入的内容不是 UTF-8 编码", "找到 1", "李沧区政府"],
    );
}

#[test]
fn topics_stars_and_tags_are_found_by_lines() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut store, _) = Store::open(folder.path());
    let case = || "003-3".to_owned();
    let tag = "院士".to_owned();
    for change in [
        Change::Star {
            case: case(),
            on: true,
        },
        Change::Tag {
            case: case(),
            tag,
            on: true,
        },
    ] {
        store.apply(change);
    }
    store.save().expect("the folder can be written");
    let mut command = lines_command();
    command.arg("--state").arg(folder.path());
    let (told, _, _) = by_lines_of(command, "主题:金融 年:2015\n星:是\n标签:院士\n".as_bytes());
    assert!(
        told.contains("推动财富管理金融综合改革试验区建设"),
        "{told}"
    );
    let marked = "> 找到 1\n1. 003-3 ★ 2017 李沧区高标准打造青岛国际院士港";
    assert_eq!(told.matches(marked).count(), 2, "{told}");
    assert!(!told.contains("不能是"), "{told}");
}

#[test]
fn pinyin_is_read_by_lines_as_the_settings_say() {
    assert!(by_lines(b"cuangxin\n").contains("> 找到 0\n"));
    let mut command = lines_command();
    command.arg("--no-state").env("ANLI_PINYIN_FUZZY", "true");
    let (told, _, _) = by_lines_of(command, b"cuangxin\n");
    assert!(!told.contains("> 找到 0\n"), "{told}");
}

#[test]
fn what_is_wrong_with_settings_and_catalog_is_told_by_lines() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("it can be written");
        path
    };
    put("001.txt", "改革");
    put("catalog.toml", "[[document]]\nquote = \"火星殖民地\"\n");
    let settings = put("anli.toml", "mesure = 40\n[keys]\nserch = \"x\"\n");
    let mut command = lines_command();
    command.arg("--config").arg(settings);
    command.arg("--seeds").arg(folder.path()).arg("--no-state");
    let (_, said, code) = by_lines_of(command, b"q\n");
    assert_eq!((said.lines().count(), code), (3, 0), "{said}");
    check_order(&said, &["mesure", "serch", "火星殖民地"]);
}

#[test]
fn an_input_that_cannot_be_read_is_not_called_an_output() {
    let folder = fs::File::open("/").expect("a folder can be opened");
    let output = lines_command()
        .arg("--no-state")
        .stdin(folder)
        .output()
        .expect("the program starts");
    let said = String::from_utf8(output.stderr).expect("it writes UTF-8");
    assert_eq!(said, "anli: 无法读取输入：是一个文件夹\n");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn by_lines_too_everything_is_said_in_the_language_chosen() {
    let typed = "c\n没有的话\n\n年:\n海水稻\n1\nn\nq\n";
    let chinese = by_lines(typed.as_bytes());
    for part in [
        "请先输入编号，阅读一个案例。",
        "找到 0",
        "可改为查找 ",
        "没有更多结果了",
        "后面缺少内容",
        "没有更多案例了。",
    ] {
        assert!(chinese.contains(part), "{part} in {chinese}");
    }
    let mut command = lines_command();
    command.args(["--no-state", "--lang", "en"]);
    let (english, _, _) = by_lines_of(command, typed.as_bytes());
    for part in [
        "Read a case first",
        "found 0",
        "try ",
        "No more;",
        "needs a value",
        "No more cases",
    ] {
        assert!(english.contains(part), "{part} in {english}");
    }
}

#[test]
fn the_cursor_stands_behind_what_is_typed_or_pasted_in_the_filter() {
    for typed in ["创新", "\x1b[200~创新\x1b[201~"] {
        let mut pty = start(anli());
        pty.type_in("/");
        pty.wait_for("a caret", Emulator::cursor_is_visible);
        let (column, row) = pty.screen().cursor();
        assert_eq!(row, 1);
        pty.type_in(typed);
        pty.wait_for("the query", |screen| screen.row(1).starts_with(" / 创新"));
        pty.wait_for("the caret", |screen| screen.cursor() == (column + 4, 1));
        assert!(pty.screen().cursor_is_visible());
        pty.type_in("\x7f");
        pty.wait_for("the caret", |screen| screen.cursor() == (column + 2, 1));
        pty.type_in("\x1b");
        pty.wait_for("no caret", |screen| !screen.cursor_is_visible());
        leave(pty);
    }
}

#[test]
fn a_storm_of_resizes_ends_on_the_last_one() {
    let mut pty = start(anli().arg("水价"));
    pty.type_in("\r");
    pty.wait_for("the page", reads);
    for n in 0..200 {
        pty.resize(20 + n % 120, 3 + n % 40);
        pty.listen(Duration::from_millis(1));
    }
    pty.resize(100, 30);
    pty.wait_for("the last size", |screen| {
        screen.row(29).contains("Esc 返回") && screen.row(0).ends_with("2021 17")
    });
    divider(pty.screen(), "│");
    // What was drawn for a size that was gone by then ran over the edge.
    pty.type_in("q");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
}

#[test]
fn a_window_of_one_cell_is_no_harm() {
    let mut pty = anli().size(1, 1).start();
    pty.type_in("\x1b[B/地\r");
    pty.listen(Duration::from_millis(50));
    pty.resize(80, 24);
    pty.wait_for("the page", reads);
    pty.type_in("q");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
    let mut pty = anli().size(1, 1).start();
    pty.type_in("\x1bq");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
}

/// A folder of this test's own.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

fn keeping(state: &Path) -> Setup {
    bare().arg("--state").arg(state)
}

#[test]
fn reading_is_taken_up_where_a_signal_ended_it() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let state = folder();
        let mut pty = start(keeping(state.path()).arg("水价"));
        pty.type_in("\r]]]");
        pty.wait_for("the third section", |screen| {
            screen.row(3).contains("3、 创新性思路、做法、方式")
        });
        let page = |row: String| row.rsplit('│').next().unwrap_or_default().to_owned();
        let below = page(pty.screen().row(5));
        pty.type_in("jj");
        pty.wait_for("two rows more", |screen| page(screen.row(3)) == below);
        let (filter, place) = (pty.screen().row(1), pty.screen().row(3));
        pty.signal(signal);
        assert_eq!(code_of(pty.wait_for_exit()), code);
        check_given_back(&pty);

        let mut pty = start(keeping(state.path()));
        pty.wait_for("the same place", |screen| {
            screen.row(1) == filter && screen.row(3) == place && reads(screen)
        });
        leave(pty);
    }
}

#[test]
fn the_place_is_kept_while_the_terminal_is_lent() {
    // Whoever waits for another program cannot be asked to save.
    for (keys, shows) in [("\x1a", "stopped"), ("y纯文本\r", "按 Enter 或 Esc 返回")] {
        let state = folder();
        let mut pty = start(keeping(state.path()).arg("水价").shell(JOBS));
        let program = pty.grandchild();
        pty.type_in("\r]]");
        pty.wait_for("the second section", |screen| {
            screen.row(3).contains("二、案例基本情况")
        });
        let (filter, place) = (pty.screen().row(1), pty.screen().row(3));
        pty.type_in(keys);
        pty.wait_for_text(shows);
        rustix::process::kill_process(program, Signal::KILL).expect("it is there");
        let mut pty = start(keeping(state.path()));
        pty.wait_for("the same place", |screen| {
            screen.row(1) == filter && screen.row(3) == place && reads(screen)
        });
        leave(pty);
    }
}

#[test]
fn a_star_and_a_note_are_there_after_the_program_was_killed() {
    let state = folder();
    let mut pty = start(keeping(state.path()));
    pty.type_in("\x1bsa可借鉴\r");
    pty.wait_for_text("笔记: 可借鉴");
    pty.signal(Signal::KILL);
    assert_eq!(code_of(pty.wait_for_exit()), 128 + 9);
    let mut pty = start(keeping(state.path()));
    pty.wait_for_text("笔记: 可借鉴");
    pty.type_in("\x1bS");
    pty.wait_for_text("1 / 94");
    leave(pty);
}

/// What may be in the way of the state file.
fn ways_to_block(state: &Path) -> Vec<(&'static str, std::path::PathBuf)> {
    let below = |name: &str| state.join(name);
    let made = |name: &'static str| {
        fs::create_dir(below(name)).expect("made");
        (name, below(name))
    };
    let newer = made("newer");
    fs::write(newer.1.join("state.json"), "{\"version\":9}").expect("written");
    let folder = made("folder");
    fs::create_dir(folder.1.join("state.json")).expect("made");
    let dead = made("dead");
    std::os::unix::fs::symlink("nothing", dead.1.join("state.json")).expect("linked");
    let pipe = made("pipe");
    mkfifo(&pipe.1.join("state.json"));
    let lock = made("lock");
    mkfifo(&lock.1.join("state.lock"));
    fs::write(below("file"), "no folder").expect("written");
    vec![
        newer,
        folder,
        dead,
        pipe,
        lock,
        ("file", below("file").join("below")),
    ]
}

fn mkfifo(path: &Path) {
    rustix::fs::mknodat(
        rustix::fs::CWD,
        path,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .expect("a pipe can be made");
}

#[test]
fn marks_that_cannot_be_saved_are_said_signed_and_asked_about() {
    let state = folder();
    for (name, folder) in ways_to_block(state.path()) {
        let mut pty = start(keeping(&folder));
        pty.type_in("\x1bs");
        pty.wait_for(name, |screen| {
            let text = screen.text();
            text.contains("已加星标；仅在本次运行中有效") && text.contains("未保存 1")
        });
        pty.type_in("js");
        pty.wait_for(name, |screen| {
            screen.row(23).contains("仅在本次运行中有效  未保存 2")
        });
        pty.type_in("j");
        pty.wait_for(name, |screen| {
            let row = screen.row(23);
            row.contains("未保存 2") && !row.contains("仅在")
        });
        pty.type_in("q");
        pty.wait_for_text("标记未能保存，仍要退出吗？");
        pty.type_in("\r");
        pty.wait_for(name, |screen| !screen.text().contains("仍要退出吗"));
        pty.type_in("q");
        assert_eq!(code_of(pty.wait_for_exit()), 2, "{name}");
        let left = pty.screen().text();
        assert!(left.contains("anli: 有 2 处标记改动未能保存："), "{left}");
        let twice = ["能保存：无法保存", "能保存：未保存"];
        assert!(!twice.iter().any(|twice| left.contains(twice)), "{left}");
    }
}

#[test]
fn marks_are_saved_when_what_was_in_the_way_is_gone() {
    let state = folder();
    let file = state.path().join("state.json");
    fs::write(&file, "{\"version\":9}").expect("written");
    let mut pty = start(keeping(state.path()).arg("--lang").arg("en"));
    pty.wait_for_text("a newer anli wrote it");
    pty.type_in("\x1bs");
    pty.wait_for_text("for this run only");
    pty.wait_for_text("unsaved 1");
    fs::remove_file(&file).expect("removed");
    pty.type_in("js");
    pty.wait_for_text("starred; marks that were not saved are saved now");
    pty.wait_for("the sign is gone", |screen| {
        !screen.text().contains("unsaved")
    });
    leave(pty);
    let (store, _) = Store::open(state.path());
    let starred = ["000-1", "000-2"].map(|id| store.state().starred(id));
    assert_eq!(starred, [true, true]);
}

#[test]
fn a_lock_that_another_process_holds_stops_no_key() {
    let state = folder();
    let lock = fs::File::create(state.path().join("state.lock")).expect("created");
    lock.lock().expect("nobody else holds it");
    let mut pty = start(keeping(state.path()));
    pty.type_in("\x1bsjsjsjsjs/gjj");
    pty.wait_for_text("gjj");
    pty.wait_for_text("未保存 5");
    drop(lock);
    pty.type_in("\x1b");
    pty.type_in("\x1b");
    pty.type_in("js");
    pty.wait_for("all is saved", |screen| !screen.text().contains("未保存 "));
    leave(pty);
    let (store, _) = Store::open(state.path());
    for id in ["000-1", "000-2", "000-3", "000-4", "000-5"] {
        assert!(store.state().starred(id), "{id}");
    }
}

#[test]
fn a_home_that_is_a_relative_path_is_refused() {
    let mut pty = start(bare().env("HOME", "no-home").env("XDG_STATE_HOME", ""));
    pty.type_in("\x1bs");
    pty.wait_for_text("HOME 应为绝对路径");
    pty.type_in("\x03");
    pty.wait_for_text("仍要退出吗");
    pty.type_in("\x03");
    assert_eq!(code_of(pty.wait_for_exit()), 2);
    assert!(!Path::new("no-home").exists());
}

#[test]
fn what_could_not_be_saved_is_said_again_when_the_screen_is_gone() {
    let state = folder();
    let kept = state.path().join("kept");
    let mut pty = start(keeping(&kept).env("PAGER", "true"));
    fs::write(&kept, "no folder").expect("it can be written");
    pty.type_in("\x1bv");
    pty.wait_for_text("未保存");
    pty.type_in("j");
    pty.wait_for("the notice is gone", |screen| {
        !screen.text().contains("未保存")
    });
    pty.type_in("q");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    let left = pty.screen().text();
    assert!(left.contains("anli: 未保存"), "{left}");
    assert!(!left.contains("案例 anli"), "{left}");
}

/// A shell with job control that runs the program, and goes on when it stops.
const JOBS: &str = r#"set -m; "$@"; echo stopped; read line; fg; echo left with $?"#;

#[test]
fn ctrl_z_stops_the_program_and_fg_brings_it_back_to_its_place() {
    let mut pty = start(anli().arg("水价").shell(JOBS));
    pty.type_in("\r]]");
    pty.wait_for("the second section", |screen| {
        screen.row(3).contains("二、案例基本情况")
    });
    pty.type_in("\x1a");
    pty.wait_for_text("stopped");
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
    pty.type_in("\n");
    pty.wait_for("the page", |screen| {
        screen.is_alternate() && screen.row(3).contains("二、案例基本情况")
    });
    pty.type_in("q");
    pty.wait_for_text("left with 0");
    pty.wait_for_exit();
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
}

/// What base 64 stands for (RFC 4648, 4).
fn decoded(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => panic!("not base 64: {text}"),
    };
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        bits = bits << 6 | u32::from(value(byte));
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

#[test]
fn what_is_copied_reaches_the_clipboard_whole() {
    let mut pty = start(anli().arg("混合用地"));
    pty.wait_for_text("1 / 94");
    pty.type_in("\ry\r");
    pty.wait_for("a clipboard", |screen| screen.clipboard().is_some());
    let bytes = decoded(pty.screen().clipboard().expect("it was waited for"));
    let text = String::from_utf8(bytes).expect("the text is UTF-8");
    let seed = include_str!("../../seeds/000_c8df632cfb2d134d.txt");
    let line = seed.lines().find(|line| line.contains("一地多用"));
    let (_, paragraph) = line
        .and_then(|line| line.split_once(") "))
        .expect("the body stands in parentheses before the text");
    assert_eq!(text, paragraph.trim());
    pty.wait_for_text("已发给终端，请粘贴一次确认");
    leave(pty);
}

#[test]
fn nothing_is_copied_without_a_key() {
    let mut pty = start(anli().arg("水价"));
    pty.type_in("\rjjn]oj\r");
    pty.wait_for("the page", reads);
    pty.listen(Duration::from_millis(50));
    assert!(pty.screen().clipboard().is_none());
    leave(pty);
}

#[test]
fn a_text_is_shown_bare_for_selection_and_the_page_comes_back() {
    let mut pty = start(anli().arg("混合用地"));
    pty.wait_for_text("1 / 94");
    pty.type_in("\x19纯文本\r");
    pty.wait_for_text("按 Enter 或 Esc 返回");
    assert!(!pty.screen().is_alternate());
    // One line of the text is one line, unframed: selecting finds no border.
    assert!(pty.has_written("\r\n西海岸新区积极推行用地规划和土地管理机制改革".as_bytes()));
    pty.type_in("\r");
    pty.wait_for("the list", |screen| screen.is_alternate());
    pty.wait_for_text("1 / 94");
    // Esc leaves it as well, and an arrow does not.
    pty.type_in("\x19纯文本\r");
    pty.wait_for("the text", |screen| !screen.is_alternate());
    pty.type_in("\x1b[Bx");
    pty.listen(Duration::from_millis(100));
    assert!(!pty.screen().is_alternate());
    pty.type_in("\x1b");
    pty.wait_for("the list again", |screen| screen.is_alternate());
    leave(pty);
}

#[test]
fn frames_follow_how_wide_the_terminal_draws() {
    let mut narrow = start(anli());
    narrow.type_in("?");
    narrow.wait_for_text("┌─ 按键与命令");
    check_popup(narrow.screen(), "│");
    leave(close(narrow));

    let mut wide = start(anli().ambiguous(Ambiguous::Wide));
    wide.wait_for("frames of ASCII", |screen| {
        screen.row(22).starts_with("-----")
    });
    let before = divider(wide.screen(), "|");
    // With quotation marks and dots on most rows of list and page.
    wide.type_in("/冲击钻\r");
    wide.wait_for("the page", reads);
    assert_eq!(divider(wide.screen(), "|"), before);
    wide.type_in("?");
    wide.wait_for_text("+- 按键与命令");
    check_popup(wide.screen(), "|");
    // The first frame, before the answer, ran over the edge.
    let mut wide = close(wide);
    wide.type_in("q");
    assert_eq!(code_of(wide.wait_for_exit()), 0);
    assert!(wide.screen().is_untouched(), "{:?}", wide.screen());
}

fn close(mut pty: Pty) -> Pty {
    pty.type_in("\x1b");
    pty.wait_for("no help", |screen| !screen.text().contains("按键与命令"));
    pty
}

/// A list over the panes has both its borders in one column on every row.
#[track_caller]
fn check_popup(screen: &Emulator, vertical: &str) {
    let (columns, rows) = screen.size();
    let is = |x: u16, y: u16| screen.cell(x, y).text == vertical;
    let borders = (0..columns).filter(|&x| (1..rows - 3).all(|y| is(x, y)));
    assert!(borders.count() >= 2, "{}", screen.text());
}

#[test]
fn a_terminal_that_answers_nothing_delays_nothing() {
    let mut pty = start(anli().silent());
    assert!(pty.screen().row(22).starts_with("─────"));
    pty.type_in("/公厕\r");
    pty.wait_for("the page", reads);
    divider(pty.screen(), "│");
    leave(pty);
}

#[test]
fn the_width_can_be_set_by_hand() {
    let setup = anli().arg("--ambiguous=2").ambiguous(Ambiguous::Wide);
    let mut pty = start(setup.silent());
    pty.wait_for("frames of ASCII", |screen| {
        screen.row(22).starts_with("-----")
    });
    divider(pty.screen(), "|");
    leave(pty);
}

#[test]
fn ctrl_l_draws_over_what_another_program_wrote() {
    let mut pty = start(anli());
    let before = pty.screen().text();
    pty.spoil("\x1b7\x1b[5;1H广播：系统即将重启\x1b8".as_bytes());
    assert_ne!(pty.screen().text(), before);
    pty.type_in("\x0c");
    pty.wait_for("the screen as it was", |screen| screen.text() == before);
    leave(pty);
}

#[test]
fn clicks_and_the_wheel_work_where_the_mouse_is_reported() {
    let mut pty = start(anli());
    pty.wait_for("the mouse", |screen| screen.mode(1006));
    // SGR reports count from 1; row 8 is the third case.
    pty.type_in("\x1b[<0;10;9M\x1b[<0;10;9m");
    pty.wait_for("the third case", |screen| {
        screen.cell(7, 8).look.has(7) && screen.row(3).contains("创新机制组建科创委")
    });
    pty.type_in("\x1b[<65;10;9M");
    pty.wait_for("the fourth", |screen| screen.cell(7, 10).look.has(7));
    pty.type_in("m");
    pty.wait_for("no mouse", |screen| !screen.mode(1006));
    leave(pty);
}

#[test]
fn an_export_is_written_and_never_over_another_file_unasked() {
    let folder = folder();
    let file = folder.path().join("公厕.md");
    let keys = format!("/公厕\x1be\r\x15{}\r", file.display());
    let mut pty = start(anli());
    pty.type_in(&keys);
    pty.wait_for_text("已将");
    let written = fs::read_to_string(&file).expect("it was written");
    assert!(written.contains("创新推进多功能集成公厕建设"));
    fs::write(&file, "of another").expect("it can be written");
    pty.type_in(&format!("e\r\x15{}\r", file.display()));
    pty.wait_for_text("文件已存在，是否覆盖？");
    pty.type_in("\r");
    pty.wait_for("no question", |screen| !screen.text().contains("是否覆盖"));
    assert_eq!(
        fs::read_to_string(&file).expect("it is there"),
        "of another"
    );
    pty.type_in(&format!("e\r\x15{}\r", file.display()));
    pty.wait_for_text("文件已存在，是否覆盖？");
    pty.type_in("\x1b[B\r");
    pty.wait_for_text("已将");
    assert_eq!(fs::read_to_string(&file).expect("it is there"), written);
    leave(pty);
}

#[test]
fn an_idle_explorer_writes_nothing_and_sleeps() {
    let mut pty = start(anli());
    pty.type_in("/地铁");
    pty.wait_for_text("7 / 94");
    // Whatever the threads of the start still have to say.
    pty.listen(Duration::from_millis(300));
    let naps = pty.naps();
    assert_eq!(pty.listen(Duration::from_millis(500)), 0);
    assert_eq!(pty.naps(), naps);
    pty.type_in("\x1b");
    pty.wait_for("the list", |screen| !screen.cursor_is_visible());
    leave(pty);
}

#[test]
fn topics_can_be_asked_for_soon_after_the_start() {
    // Before they are worked out, and on their way into an open list.
    let mut pty = anli().arg("公厕").start();
    pty.type_in("\x1b[21~主题");
    pty.wait_for_text("城市治理");
    leave_popup(pty);
}

fn leave_popup(mut pty: Pty) {
    pty.type_in("\x03");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    check_given_back(&pty);
}

#[test]
fn settings_change_keys_and_what_the_hints_say_of_them() {
    let folder = folder();
    let file = folder.path().join("config.toml");
    let settings = "language = \"en\"\n[keys]\nsearch = \"ctrl-k\"\n";
    fs::write(&file, settings).expect("it can be written");
    let mut pty = start(anli().arg("--config").arg(&file));
    pty.type_in("\x1b");
    pty.wait_for_text("Ctrl-k find");
    pty.type_in("\x0b海水稻");
    pty.wait_for_text("1 / 94");
    leave_popup(pty);
}

#[test]
fn a_folder_of_documents_is_read_instead_of_the_seeds() {
    let folder = folder();
    let text = "改革试点案例\n市某局\n　　一、背景\n　　这里写着一段关于改革的话。\n";
    fs::write(folder.path().join("one.txt"), text).expect("it can be written");
    let mut pty = anli().arg("--seeds").arg(folder.path()).start();
    pty.wait_for_text("1 / 1");
    leave(pty);
}

#[test]
fn the_last_of_many_cases_tells_why_it_is_listed() {
    let paragraphs = (1..=1100).map(|n| {
        format!("市教育局的《第{n}所学校的新课》案例介绍,学生在第{n}块地里试种海水稻。\n")
    });
    let folder = folder();
    let document = paragraphs.collect::<String>();
    fs::write(folder.path().join("001.txt"), document).expect("it can be written");
    // One pane, so that the text in view is the list's.
    let setup = anli().size(60, 20).arg("--seeds").arg(folder.path());
    let mut pty = setup.start();
    pty.wait_for_text("1100 / 1100");
    pty.type_in("/海水稻\x1bG");
    pty.wait_for_text("第1100块地里试种海水稻");
    // Its matches are not among those that an answer gives at once, and are marked
    // in the page too, whenever they come.
    pty.type_in("k\r");
    pty.wait_for("the page", reads);
    pty.wait_for_text("1/1");
    leave(pty);
}
