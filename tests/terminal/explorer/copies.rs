//! Copies: by programs that take the text, fail or hang, by tmux, and through the
//! terminal; and what is said where none of them can.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::{anli, decoded, folder, leave, start};
use crate::support::pty::{Pty, Setup, code_of};

/// The title of the case that is copied.
const TITLE: &str = "青岛市农业水价综合改革\u{3000}引用宽限水量的探索";

/// Puts programs into a folder, each a name and what it does by lines of shell.
fn programs(folder: &Path, programs: &[(&str, &str)]) {
    for (name, lines) in programs {
        let path = folder.join(name);
        fs::write(&path, format!("#!/bin/sh\n{lines}\n")).expect("it can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }
}

/// The explorer on a case, with these programs before all others.
fn with(folder: &Path, fakes: &[(&str, &str)]) -> Setup {
    programs(folder, fakes);
    anli()
        .arg("水价")
        .env("WAYLAND_DISPLAY", "wayland-9")
        .env("DISPLAY", ":9")
        .env("PATH", format!("{}:/usr/bin:/bin", folder.display()))
        .env("OUT", folder.join("out"))
}

/// Copies the title.
fn copy(setup: Setup) -> Pty {
    let mut pty = start(setup);
    pty.wait_for_text("1 / 94");
    pty.type_in("\x19标题\r");
    pty
}

/// What a program wrote down.
fn taken(folder: &Path) -> String {
    fs::read_to_string(folder.join("out")).unwrap_or_default()
}

const TAKES: &str = "cat > \"$OUT\"";
const FAILS: &str = "cat > /dev/null; exit 1";

#[test]
fn the_first_program_that_takes_the_text_is_named() {
    let folder = folder();
    let fakes = [
        ("wl-copy", FAILS),
        ("xclip", TAKES),
        ("xsel", "echo wrong > \"$OUT\""),
    ];
    let mut pty = copy(with(folder.path(), &fakes));
    pty.wait_for_text("已复制（xclip）");
    assert_eq!(taken(folder.path()), TITLE);
    assert!(pty.screen().clipboard().is_none());
    leave(pty);
}

#[test]
fn where_every_program_fails_the_terminal_is_sent_the_text() {
    let folder = folder();
    let fakes = [
        ("wl-copy", FAILS),
        ("xclip", FAILS),
        ("xsel", FAILS),
        ("pbcopy", FAILS),
    ];
    let mut pty = copy(with(folder.path(), &fakes));
    pty.wait_for_text("已发给终端，请粘贴一次确认");
    let sent = decoded(pty.screen().clipboard().expect("it was sent"));
    assert_eq!(String::from_utf8_lossy(&sent), TITLE);
    leave(pty);
}

#[test]
fn a_program_that_hangs_holds_no_key_up_and_the_next_one_is_tried() {
    let folder = folder();
    let fakes = [("wl-copy", "exec sleep 100"), ("xclip", TAKES)];
    let mut pty = copy(with(folder.path(), &fakes));
    pty.wait_for_text("正在复制");
    pty.type_in("z");
    pty.wait_for("the page alone", |screen| {
        (0..2).any(|row| screen.row(row).contains("青岛市"))
    });
    pty.wait_for_text("已复制（xclip）");
    assert_eq!(taken(folder.path()), TITLE);
    leave(pty);
}

#[test]
fn a_copy_is_finished_before_the_program_ends() {
    let folder = folder();
    let slow = "sleep 0.3; cat > \"$OUT\"";
    let mut pty = start(with(folder.path(), &[("wl-copy", slow)]));
    pty.wait_for_text("1 / 94");
    pty.type_in("\x19标题\rq");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    assert_eq!(taken(folder.path()), TITLE);
}

#[test]
fn over_ssh_no_program_of_the_far_machine_is_asked() {
    let folder = folder();
    let setup = with(folder.path(), &[("wl-copy", TAKES)]);
    let mut pty = copy(setup.env("SSH_TTY", "/dev/pts/9"));
    pty.wait_for_text("已发给终端，请粘贴一次确认");
    assert!(pty.screen().clipboard().is_some());
    assert_eq!(taken(folder.path()), "");
    leave(pty);
}

#[test]
fn over_ssh_a_terminal_that_takes_no_copy_is_known_by_its_answer() {
    for (kind, said) in [
        ("65;7006;1", "GNOME 终端等 VTE 终端不接受"),
        ("41;379;0", "xterm 不接受"),
        ("24;279;0", "mlterm 不接受"),
        ("83;40900;0", "GNU screen 不接受"),
    ] {
        let folder = folder();
        let setup = with(folder.path(), &[]).env("SSH_CONNECTION", "x");
        let mut pty = copy(setup.kind(kind));
        pty.wait_for_text(said);
        assert!(pty.screen().clipboard().is_none(), "{kind}");
        pty.type_in("\x1b");
        leave(pty);
    }
}

#[test]
fn inside_tmux_its_buffer_takes_the_text() {
    let folder = folder();
    let tmux = "echo \"$@\" > \"$OUT.arguments\"; cat > \"$OUT\"";
    let setup = with(folder.path(), &[("tmux", tmux)])
        .env("TMUX", "/run/tmux/default,1,0")
        .env("SSH_TTY", "/dev/pts/9");
    let mut pty = copy(setup);
    pty.wait_for_text("已复制到 tmux");
    assert_eq!(taken(folder.path()), TITLE);
    let arguments = fs::read_to_string(folder.path().join("out.arguments"));
    assert_eq!(arguments.expect("it was run"), "load-buffer -w -\n");
    assert!(pty.screen().clipboard().is_none());
    leave(pty);
}

#[test]
fn gnu_screen_is_told_at_once_and_the_text_can_be_had_all_the_same() {
    let folder = folder();
    let setup = with(folder.path(), &[])
        .env("STY", "1.pts-0")
        .env("SSH_TTY", "/dev/pts/9");
    let mut pty = copy(setup);
    pty.wait_for_text("GNU screen");
    pty.wait_for_text("请改用 tmux");
    assert!(pty.screen().clipboard().is_none());
    // As plain text.
    pty.type_in("\r");
    pty.wait_for("the bare screen", |screen| {
        !screen.is_alternate() && screen.text().contains(TITLE)
    });
    pty.type_in("\n");
    pty.wait_for("the explorer", |screen| screen.is_alternate());
    // In a file.
    pty.type_in("\x19标题\r");
    pty.wait_for_text("请改用 tmux");
    let file = folder.path().join("title.txt");
    pty.type_in(&format!("文件\r\x15{}\r", file.display()));
    pty.wait_for("the file", |_| file.exists());
    assert_eq!(fs::read_to_string(&file).expect("written"), TITLE);
    leave(pty);
}

#[test]
fn the_readers_own_program_takes_the_text_or_its_failure_is_told() {
    let folder = folder();
    let own = |lines| {
        let fakes = [("mine", lines), ("wl-copy", "echo wrong > \"$OUT\"")];
        with(folder.path(), &fakes)
            .env("ANLI_CLIPBOARD", "command")
            .env("ANLI_CLIPBOARD_COMMAND", "mine -x 'a b'")
    };
    let mut pty = copy(own("echo \"$2\" > \"$OUT\"; cat >> \"$OUT\""));
    pty.wait_for_text("已复制（mine）");
    assert_eq!(taken(folder.path()), format!("a b\n{TITLE}"));
    leave(pty);
    let mut pty = copy(own("exit 3"));
    pty.wait_for_text("mine 退出码 3");
    assert!(pty.screen().clipboard().is_none());
    leave_popup(pty);
}

#[track_caller]
fn leave_popup(mut pty: Pty) {
    pty.type_in("\x1b");
    pty.wait_for("no popup", |screen| {
        !screen.text().contains("没有复制，可以这样取用")
    });
    leave(pty);
}

#[test]
fn a_program_that_is_not_named_is_told() {
    let folder = folder();
    let setup = with(folder.path(), &[("wl-copy", TAKES)]);
    let mut pty = copy(setup.env("ANLI_CLIPBOARD", "command"));
    pty.wait_for_text("设置里缺少 clipboard_command");
    assert_eq!(taken(folder.path()), "");
    leave_popup(pty);
}

#[test]
fn doctor_shows_the_ways_and_tries_them() {
    let folder = folder();
    programs(folder.path(), &[("wl-copy", FAILS), ("xclip", TAKES)]);
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_anli"))
        .args(["doctor", "--no-state", "--lang", "en"])
        .env_clear()
        .env("WAYLAND_DISPLAY", "wayland-9")
        .env("DISPLAY", ":9")
        .env("PATH", format!("{}:/usr/bin:/bin", folder.path().display()))
        .env("OUT", folder.path().join("out"))
        .output()
        .expect("it was built for this test");
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(said.contains("wl-copy > xclip"), "{said}");
    assert!(said.contains("copied (xclip)"), "{said}");
    assert!(taken(folder.path()).starts_with("anli"), "{said}");
}

#[test]
fn doctor_says_what_is_not_tried_without_a_display() {
    let folder = folder();
    programs(folder.path(), &[("wl-copy", TAKES), ("xclip", TAKES)]);
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_anli"))
        .args(["doctor", "--no-state", "--lang", "en"])
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", folder.path().display()))
        .env("OUT", folder.path().join("out"))
        .output()
        .expect("it was built for this test");
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(
        said.contains("neither WAYLAND_DISPLAY nor DISPLAY is set"),
        "{said}"
    );
    assert_eq!(taken(folder.path()), "");
}
