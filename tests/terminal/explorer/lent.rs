//! The terminal lent to `$PAGER` and `$EDITOR`, and how it comes back: whatever the
//! other program does, and however it ends.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal};

use super::{JOBS, anli, check_given_back, folder, keeping, leave, start};
use crate::support::emulator::Emulator;
use crate::support::pty::{Pty, Setup, code_of};

/// A program that does what its lines of shell say.
fn script(folder: &Path, lines: &str) -> PathBuf {
    let path = folder.join("program");
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).expect("it can be written");
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(&path, mode).expect("it is ours");
    path
}

/// The explorer on a case, at its second section, with a pager of these lines of
/// shell, which takes the text first.
fn reading(folder: &Path, pager: &str) -> Setup {
    let pager = script(folder, &format!("cat > /dev/null\n{pager}"));
    anli().arg("水价").env("PAGER", pager)
}

/// Starts it, goes to the second section and opens the pager. Returns what was
/// shown before.
fn open_pager(setup: Setup) -> (Pty, String) {
    let mut pty = start(setup);
    pty.type_in("\r]]");
    pty.wait_for("the second section", |screen| {
        screen.row(3).contains("二、案例基本情况")
    });
    let before = pty.screen().text();
    pty.type_in("v");
    (pty, before)
}

/// The same, with a pager that says when it is there.
fn page(setup: Setup) -> (Pty, String) {
    let (mut pty, before) = open_pager(setup);
    pty.wait_for_text("over here");
    (pty, before)
}

/// A screen without its last row, which may say how the other program ended.
fn body(text: &str) -> &str {
    text.trim_end()
        .rsplit_once('\n')
        .map_or(text, |(body, _)| body)
}

/// The explorer is back where it was, and whole, and hears keys.
#[track_caller]
fn check_back(mut pty: Pty, before: &str) {
    pty.wait_for("the same screen", |screen| {
        screen.is_alternate() && body(&screen.text()) == body(before)
    });
    assert!(!pty.screen().cursor_is_visible());
    assert!(pty.screen().mode(2004), "a paste is told from keys");
    pty.type_in("]");
    pty.wait_for("the third section", |screen| {
        screen.row(3).contains("3、 创新性思路、做法、方式")
    });
    leave(pty);
}

#[test]
fn pager_and_editor_get_the_text_and_the_terminal_and_give_it_back() {
    for (key, variable, lines) in [
        (
            "v",
            "PAGER",
            "cat > \"$OUT\"; echo over here $LESSCHARSET; read line < /dev/tty",
        ),
        (
            "E",
            "EDITOR",
            "cat \"$1\" > \"$OUT\"; echo over here; read line",
        ),
    ] {
        let folder = folder();
        let out = folder.path().join("out");
        let program = script(folder.path(), lines);
        let setup = anli().arg("水价").env(variable, &program).env("OUT", &out);
        let mut pty = start(setup);
        pty.type_in("\r]]");
        pty.wait_for("the second section", |screen| {
            screen.row(3).contains("二、案例基本情况")
        });
        let before = pty.screen().text();
        pty.type_in(key);
        pty.wait_for_text(if key == "v" {
            "over here utf-8"
        } else {
            "over here"
        });
        assert!(!pty.screen().is_alternate());
        assert!(pty.screen().cursor_is_visible());
        pty.type_in("jjj\n");
        pty.wait_for("the same screen", |screen| screen.text() == before);
        let text = fs::read_to_string(&out).expect("the program wrote it");
        assert!(text.starts_with("青岛市农业水价综合改革\u{3000}引用宽限水量的探索\n"));
        assert!(text.contains("\n四、实际效果和领先性\n"));
        leave(pty);
    }
}

#[test]
fn a_program_that_is_missing_is_a_message() {
    for (key, variable) in [("\x1bv", "PAGER"), ("\x1bE", "EDITOR")] {
        let mut pty = start(anli().env(variable, "/nowhere/to-be-found"));
        pty.type_in(key);
        pty.wait_for_text("无法运行 /nowhere/to-be-found");
        assert!(pty.screen().is_alternate());
        leave(pty);
    }
}

#[test]
fn ctrl_c_and_ctrl_backslash_are_for_the_program_that_has_the_terminal() {
    for key in ["\x03", "\x1c"] {
        // One that dies of it, one that goes on and is left by a key of its own.
        for pager in [
            "echo over here; exec sleep 100",
            "trap 'echo caught' INT QUIT; echo over here; \
             while ! read line < /dev/tty; do :; done; exit 3",
        ] {
            let folder = folder();
            let setup = reading(folder.path(), pager);
            let (mut pty, before) = page(setup);
            pty.type_in(key);
            pty.type_in("\n");
            let is_back = |screen: &Emulator| screen.is_alternate();
            pty.wait_for("the explorer", is_back);
            assert_eq!(pty.has_written(b"caught"), pager.contains("caught"));
            check_back(pty, &before);
        }
    }
}

#[test]
fn a_program_that_is_killed_leaves_no_mode_behind() {
    let folder = folder();
    // Raw, keys as it likes them, on the other screen, which it has filled, without
    // a cursor, in a scroll region, in reverse, without pastes told.
    let pager = "stty raw -echo; \
        printf '\\033[?1h\\033=\\033[?1049h\\033[?25l\\033[5;10r\\033[7m\\033[?2004l\\033[5;1Hover here'; \
        printf 'rest%.0s' $(seq 200); kill -9 $$";
    let setup = reading(folder.path(), pager);
    let (mut pty, before) = open_pager(setup);
    let killed = pty.screen().frames();
    pty.wait_for("another frame", |screen| screen.frames() > killed);
    assert!(pty.has_written(b"restrest"));
    check_back(pty, &before);
}

#[test]
fn a_program_that_fails_or_reads_nothing_gives_the_terminal_back_all_the_same() {
    for lines in ["exit 7", "exec 0<&-; echo mine; exit 1"] {
        let folder = folder();
        let pager = script(folder.path(), lines);
        let mut pty = start(anli().arg("水价").env("PAGER", &pager));
        pty.wait_for_text("1 / 94");
        let before = pty.screen().text();
        let frames = pty.screen().frames();
        pty.type_in("\x16");
        pty.wait_for("another frame", |screen| screen.frames() > frames);
        pty.wait_for("the same screen", |screen| {
            body(&screen.text()) == body(&before)
        });
        let code = if lines.contains('7') { 7 } else { 1 };
        pty.wait_for_text(&format!("program 出错，退出码 {code}"));
        leave(pty);
    }
}

#[test]
fn ctrl_z_in_a_pager_stops_both_and_fg_brings_both_back() {
    let folder = folder();
    let out = folder.path().join("out");
    let lines = "echo $$ > \"$OUT\"; echo over here; read line < /dev/tty";
    let setup = reading(folder.path(), lines).env("OUT", &out);
    let (mut pty, before) = page(setup.shell(JOBS));
    let pager = fs::read_to_string(&out)
        .expect("the pager wrote its number")
        .trim()
        .parse()
        .ok()
        .and_then(Pid::from_raw)
        .expect("a process has a number");
    pty.type_in("\x1a");
    pty.wait_for_text("stopped");
    // Not only is it to stop: a key for the shell must not reach it.
    pty.wait_for_state(pager, "T");
    pty.type_in("\n");
    pty.wait_for_state(pager, "SR");
    pty.type_in("\n");
    pty.wait_for("the same screen", |screen| {
        screen.is_alternate() && screen.text() == before
    });
    pty.type_in("q");
    pty.wait_for_text("left with 0");
    pty.wait_for_exit();
    check_given_back(&pty);
}

#[test]
fn ctrl_z_in_a_pager_stops_nothing_where_no_shell_could_bring_it_back() {
    let folder = folder();
    let setup = reading(folder.path(), "echo over here; read line < /dev/tty");
    let (mut pty, before) = page(setup);
    pty.type_in("\x1a\n");
    check_back(pty, &before);
}

#[test]
fn what_was_kept_before_a_pager_is_there_after_the_program_was_killed_under_it() {
    let state = folder();
    let folder = folder();
    let pager = script(
        folder.path(),
        "cat > /dev/null; echo over here; exec sleep 100",
    );
    let mut pty = start(keeping(state.path()).arg("水价").env("PAGER", &pager));
    pty.type_in("\rs");
    pty.type_in("v");
    pty.wait_for_text("over here");
    pty.signal(Signal::KILL);
    assert_eq!(code_of(pty.wait_for_exit()), 128 + 9);
    let mut pty = start(keeping(state.path()));
    pty.type_in("\x13");
    pty.wait_for_text("1 / 94");
    leave(pty);
}

/// The explorer on a case, with an editor of these lines of shell, and a folder of
/// its own for temporary files.
fn editing(folder: &Path, editor: &str) -> Setup {
    let temporary = folder.join("tmp");
    fs::create_dir(&temporary).expect("a folder can be made");
    let editor = script(folder, editor);
    anli()
        .arg("水价")
        .env("EDITOR", editor)
        .env("TMPDIR", temporary)
        .env("OUT", folder.join("out"))
}

/// How many files and folders there are in the folder for temporary files.
fn temporary_files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder.join("tmp")).expect("it can be listed");
    entries.count()
}

#[test]
fn what_was_changed_in_an_editor_is_offered_as_a_note_and_a_copy() {
    let folder = folder();
    let editor = "stat -c %a \"$1\" \"${1%/*}\" > \"$OUT\"; echo \"$1~\" > \"$1~\"; \
                  sed -i '1a 批注：可借鉴' \"$1\"";
    let mut pty = start(editing(folder.path(), editor));
    pty.type_in("\rE");
    pty.wait_for_text("文本已在编辑器中改动");
    // Only its owner may read it, and what the editor left beside it is gone.
    let modes = fs::read_to_string(folder.path().join("out")).expect("it was written");
    assert_eq!(modes, "600\n700\n");
    assert_eq!(temporary_files(folder.path()), 0);
    pty.wait_for_text("批注：可借鉴");
    pty.type_in("\r");
    pty.wait_for("the note", |screen| {
        let text = screen.text();
        let is_open = text.contains("文本已在编辑器中改动");
        screen.is_alternate() && !is_open && text.contains("注：可借鉴")
    });
    // A second time it is added to, and what is copied is what was added.
    pty.type_in("E");
    pty.wait_for_text("文本已在编辑器中改动");
    pty.type_in("复制改动\r");
    pty.wait_for("a clipboard", |screen| screen.clipboard().is_some());
    let copied = super::decoded(pty.screen().clipboard().expect("it was waited for"));
    assert_eq!(String::from_utf8_lossy(&copied), "批注：可借鉴");
    leave(pty);
}

#[test]
fn an_editor_that_changes_nothing_is_not_spoken_of() {
    let folder = folder();
    let editor = "touch \"$1\"; echo over here; read line";
    let mut pty = start(editing(folder.path(), editor));
    pty.type_in("\r");
    pty.wait_for("the page", super::reads);
    let before = pty.screen().text();
    pty.type_in("E");
    pty.wait_for_text("over here");
    pty.type_in("\n");
    pty.wait_for("the same screen", |screen| screen.text() == before);
    leave(pty);
}

#[test]
fn an_editor_that_saved_and_failed_is_told_and_loses_nothing() {
    let folder = folder();
    let editor = "echo 结论 >> \"$1\"; exit 3";
    let mut pty = start(editing(folder.path(), editor));
    pty.type_in("\rE");
    pty.wait_for_text("文本已在编辑器中改动");
    pty.wait_for_text("program 出错，退出码 3");
    pty.type_in("\x1b");
    pty.wait_for("the page", super::reads);
    leave(pty);
}

#[test]
fn an_editor_that_leaves_no_text_is_told_and_the_note_stays() {
    for (editor, said) in [
        ("rm \"$1\"", "编辑器没有留下文件，什么也没有取回"),
        (
            "printf '\\377\\376x' > \"$1\"",
            "编辑器写的不是 UTF-8 文本，什么也没有取回",
        ),
    ] {
        let folder = folder();
        let mut pty = start(editing(folder.path(), editor));
        pty.type_in("\rE");
        pty.wait_for_text(said);
        // The next key takes the message away.
        pty.type_in("j");
        pty.wait_for("the page", super::reads);
        assert_eq!(temporary_files(folder.path()), 0);
        leave(pty);
    }
}

#[test]
fn the_file_of_an_editor_goes_when_the_program_is_ended_under_it() {
    for ending in [Some(Signal::TERM), Some(Signal::HUP), None] {
        let folder = folder();
        let mut pty = start(editing(folder.path(), "echo over here; exec sleep 100"));
        pty.type_in("\rE");
        pty.wait_for_text("over here");
        assert_eq!(temporary_files(folder.path()), 1);
        match ending {
            Some(signal) => pty.signal(signal),
            None => pty.hang_up(),
        }
        pty.wait_for_exit();
        assert_eq!(temporary_files(folder.path()), 0, "{ending:?}");
    }
}

#[test]
fn an_editor_without_room_for_its_file_is_an_error_and_leaves_none() {
    let folder = folder();
    // The text has more than a kilobyte.
    let setup = editing(folder.path(), "echo over here").shell("ulimit -f 1; exec \"$@\"");
    let mut pty = start(setup);
    pty.type_in("\rE");
    pty.wait_for_text("无法新建临时文件：文件超过了系统允许的大小");
    assert_eq!(temporary_files(folder.path()), 0);
    leave(pty);
}
