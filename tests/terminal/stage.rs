//! The guided tour and the demo, in the real program in a real terminal.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::support::pty::{Pty, Setup, code_of};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

/// The program with a home of its own.
fn anli(home: &Path) -> Setup {
    Setup::new(env!("CARGO_BIN_EXE_anli")).env("HOME", home)
}

/// Nothing was written below a folder.
#[track_caller]
fn check_untouched(home: &Path) {
    let entries = fs::read_dir(home).expect("the folder is there");
    let names: Vec<_> = entries
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    assert!(names.is_empty(), "{names:?}");
}

#[track_caller]
fn end(mut pty: Pty, key: &str) {
    pty.type_in(key);
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    assert!(pty.screen().is_untouched());
}

/// Goes through the tour, each key pressed when it is asked for.
#[track_caller]
fn take_the_tour(pty: &mut Pty) {
    let keys = [
        "shenpi", "\x1b[B", "\r", "n", "o", "\r", "s", "c", "\x1b", "?",
    ];
    for (step, key) in (1..).zip(keys) {
        pty.wait_for_text(&format!("{step}/10"));
        pty.type_in(key);
    }
    pty.wait_for_text("导览到此结束");
}

#[test]
fn the_tour_goes_through_the_real_explorer_and_keeps_nothing() {
    for (columns, rows) in [(80, 24), (100, 30), (40, 12)] {
        let home = folder();
        let mut pty = anli(home.path()).arg("tour").size(columns, rows).start();
        take_the_tour(&mut pty);
        pty.type_in("\x1b");
        pty.wait_for("no bar", |screen| !screen.text().contains("导览"));
        end(pty, "\x03");
        check_untouched(home.path());
    }
}

#[test]
fn the_tour_has_a_row_on_the_least_screen() {
    let home = folder();
    let mut pty = anli(home.path()).arg("tour").size(24, 6).start();
    pty.wait_for_text("导览 1/10");
    pty.type_in("shenpi");
    pty.wait_for_text("导览 2/10");
    end(pty, "\x03");
    check_untouched(home.path());
}

#[test]
fn the_tour_is_left_at_any_step() {
    let keys = ["", "shenpi", "\x1b[B", "\r", "n", "o"];
    for steps in 0..keys.len() {
        let home = folder();
        let mut pty = anli(home.path()).arg("tour").arg("--lang=en").start();
        for (step, key) in (0..).zip(&keys[..=steps]) {
            pty.wait_for_text(&format!("Tour {}/10", step.max(1)));
            pty.type_in(key);
        }
        end(pty, "\x03");
        check_untouched(home.path());
    }
}

#[test]
fn from_the_help_the_tour_begins_and_the_reader_is_back_where_they_were() {
    let (home, state) = (folder(), folder());
    let mut pty = anli(home.path())
        .arg("--state")
        .arg(state.path())
        .arg("海水稻")
        .start();
    pty.wait_for_text("1 / 94");
    pty.type_in("\r");
    pty.wait_for_text("Esc 返回");
    let before = pty.screen().text();
    pty.type_in("@");
    pty.wait_for_text("导览 1/10");
    pty.wait_for_text("94 / 94");
    take_the_tour(&mut pty);
    pty.type_in("\x03");
    pty.wait_for("the page as it was", |screen| screen.text() == before);
    // Whoever goes through all of it is back as well once the help is closed.
    pty.type_in("@");
    pty.wait_for_text("导览 1/10");
    take_the_tour(&mut pty);
    pty.type_in("\x1b");
    pty.wait_for("the page as it was", |screen| screen.text() == before);
    pty.type_in("\x03");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    // The star of the tour is nowhere.
    let kept = fs::read_dir(state.path()).expect("the state is kept");
    for file in kept.filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok()) {
        assert!(!file.contains("star"), "{file}");
    }
}

#[test]
fn the_tour_passes_over_what_the_reader_has_no_key_for() {
    let home = folder();
    let config = home.path().join("anli.toml");
    fs::write(&config, "[keys]\noutline = []\n").expect("it can be written");
    let explorer = anli(home.path());
    let mut pty = explorer.arg("tour").arg("--config").arg(&config).start();
    for (step, key) in [(1, "shenpi"), (2, "\x1b[B"), (3, "\r"), (4, "n"), (7, "s")] {
        pty.wait_for_text(&format!("导览 {step}/10"));
        pty.type_in(key);
    }
    pty.wait_for_text("导览 8/10");
    end(pty, "\x03");
}

#[test]
fn keys_typed_ahead_of_the_way_out_of_the_tour_are_for_the_tour() {
    let home = folder();
    let mut pty = anli(home.path()).arg("--no-state").arg("ditie").start();
    pty.wait_for_text("ditie");
    pty.type_in("\r");
    pty.wait_for_text("Esc 返回");
    let before = pty.screen().text();
    pty.type_in("@");
    pty.wait_for_text("导览 1/10");
    // A letter waits for the answer to what was typed before it; the way out does not.
    pty.type_in("\x1bjjSSS\x1b\x1bS\x03");
    pty.wait_for("the page as it was", |screen| screen.text() == before);
    end(pty, "\x03");
}

/// A script in a folder.
fn script(folder: &Path, text: &str) -> std::path::PathBuf {
    let path = folder.join("script.txt");
    fs::write(&path, text).expect("it can be written");
    path
}

#[test]
fn a_demo_plays_and_begins_anew() {
    let (home, scripts) = (folder(), folder());
    let text = "caption-zh 找海水稻\ncaption-en rice\ntype haishuidao\nwait 200ms\nkey Enter\ncaption 读\nwait 300ms\nloop\n";
    let path = script(scripts.path(), text);
    let mut pty = anli(home.path()).arg("demo").arg(&path).start();
    for _ in 0..2 {
        pty.wait_for_text("找海水稻");
        pty.wait_for("the query", |screen| screen.row(1).contains("haishuidao"));
        pty.wait_for_text("1 / 94");
        pty.wait_for("the page", |screen| screen.row(23).contains("读"));
        pty.wait_for_text("94 / 94");
    }
    // Any key takes over, those that leave the explorer as well.
    pty.type_in("q");
    pty.wait_for_text("现在由您操作");
    end(pty, "\x03");
    check_untouched(home.path());
}

#[test]
fn any_key_takes_over_and_a_long_idle_gives_back() {
    let (home, scripts) = (folder(), folder());
    let path = script(
        scripts.path(),
        "caption one\ntype ditie\nwait 1h\n"
            .replace("1h", "3600s")
            .as_str(),
    );
    let mut pty = anli(home.path())
        .arg("demo")
        .arg(&path)
        .arg("--idle=1")
        .start();
    pty.wait_for_text("7 / 94");
    // The key that takes over does nothing else.
    pty.type_in("x");
    pty.wait_for_text("现在由您操作");
    assert!(pty.screen().row(1).contains("ditie"));
    pty.type_in("\x15gongce");
    pty.wait_for("the visitor's query", |screen| {
        screen.row(1).contains("gongce")
    });
    pty.wait_for("the demo", |screen| {
        !screen.text().contains("现在由您操作") && screen.row(1).contains("ditie")
    });
    end(pty, "\x03");
    check_untouched(home.path());
}

#[test]
fn a_demo_that_does_not_loop_sleeps_at_its_end() {
    let (home, scripts) = (folder(), folder());
    let path = script(scripts.path(), "caption the end\n");
    let mut pty = anli(home.path()).arg("demo").arg(&path).start();
    pty.wait_for_text("the end");
    pty.wait_for_text("94 / 94");
    pty.listen(Duration::from_millis(1500));
    let naps = pty.naps();
    assert_eq!(pty.listen(Duration::from_millis(1500)), 0);
    assert_eq!(pty.naps(), naps, "nothing wakes it");
    end(pty, "\x03");
}

#[test]
fn the_built_in_demo_says_what_it_shows_at_every_size() {
    for (columns, rows) in [(80, 24), (120, 36), (40, 12)] {
        let home = folder();
        let mut pty = anli(home.path()).arg("demo").size(columns, rows).start();
        pty.wait_for_text("案例库：94");
        pty.resize(columns + 5, rows + 2);
        pty.wait_for("the new size", |screen| {
            (0..2).any(|up| screen.row(rows + 1 - up).contains("案例库"))
        });
        end(pty, "\x03");
        check_untouched(home.path());
    }
}

#[test]
fn a_wrong_script_is_refused_line_by_line_before_the_screen_is_taken() {
    let scripts = folder();
    let path = script(scripts.path(), "typee a\nkey Entre\n");
    let mut pty = anli(scripts.path()).arg("demo").arg(&path).start();
    assert_eq!(code_of(pty.wait_for_exit()), 2);
    let text = pty.screen().text().replace('\n', "");
    assert!(
        text.contains("script.txt:1: 不认识“typee”，是否要写 type"),
        "{text}"
    );
    assert!(
        text.contains("script.txt:2: 没有叫“Entre”的键，是否要写 enter"),
        "{text}"
    );
    let mut pty = anli(scripts.path()).arg("demo").arg("no-such-file").start();
    assert_eq!(code_of(pty.wait_for_exit()), 2);
    assert!(pty.screen().text().contains("no-such-file"));
}

#[test]
fn a_title_stands_alone_until_a_key_is_pressed() {
    for (columns, rows) in [(80, 24), (40, 12), (24, 6)] {
        let home = folder();
        let setup = anli(home.path())
            .arg("--no-state")
            .arg("--title=创新案例开放日");
        let mut pty = setup.size(columns, rows).start();
        pty.wait_for_text("创新案例开放日");
        pty.wait_for_text("按任意键开始");
        assert!(
            !pty.screen().text().contains("列表"),
            "{}",
            pty.screen().text()
        );
        // The key does nothing else.
        pty.type_in("x");
        pty.wait_for_text("94 / 94");
        assert!(!pty.screen().text().contains("开放日"));
        end(pty, "\x03");
        let mut pty = anli(home.path()).arg("--no-state").arg("--title=x").start();
        pty.wait_for_text("按任意键开始");
        end(pty, "\x03");
    }
}

#[test]
fn a_demo_shows_its_title_first_and_each_visitor_of_a_kiosk_sees_it() {
    let (home, scripts) = (folder(), folder());
    let path = script(scripts.path(), "caption-zh 找海水稻\ntype haishuidao\n");
    let mut pty = anli(home.path())
        .arg("demo")
        .arg(&path)
        .arg("--title=开放日")
        .start();
    pty.wait_for_text("开放日");
    pty.wait_for("the demo", |screen| screen.row(1).contains("haishuidao"));
    assert!(!pty.screen().text().contains("开放日"));
    end(pty, "\x03");
    let setup = anli(home.path())
        .arg("--kiosk")
        .arg("--idle=1")
        .arg("--title=开放日");
    let mut pty = setup.start();
    pty.wait_for_text("开放日");
    pty.type_in(" ");
    pty.wait_for_text("94 / 94");
    pty.wait_for_text("开放日");
    end(pty, "\x03");
    check_untouched(home.path());
}

#[test]
fn on_a_projector_the_page_alone_has_no_row_of_keys() {
    let home = folder();
    for (option, has_keys) in [("--roomy", false), ("--mouse=off", true)] {
        let setup = anli(home.path()).arg(option).arg("--no-state");
        let mut pty = setup.arg("海水稻").start();
        pty.wait_for_text("1 / 94");
        pty.type_in("\r");
        pty.wait_for_text("Esc 返回");
        pty.type_in("z");
        pty.wait_for("the page alone", |screen| {
            !screen.row(0).contains("案例 anli")
        });
        let last = pty.screen().row(23);
        assert_eq!(last.trim() != "", has_keys, "{option}: {last}");
        end(pty, "\x03");
    }
}

#[test]
fn an_option_or_a_setting_makes_it_roomy() {
    let home = folder();
    for setup in [
        anli(home.path()).arg("--roomy"),
        anli(home.path()).env("ANLI_ROOMY", "on"),
    ] {
        let mut pty = setup.arg("--no-state").start();
        pty.wait_for_text("94 / 94");
        // Two rows of the first case, then a blank one.
        let list = |y: u16| pty.screen().row(y).chars().take(20).collect::<String>();
        assert!(list(5).contains("提高土地"), "{}", list(5));
        assert_eq!(list(6).trim(), "");
        assert!(list(7).contains("扎实开展"), "{}", list(7));
        end(pty, "\x03");
    }
}
