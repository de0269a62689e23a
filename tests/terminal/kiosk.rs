//! The public terminal, in the real program: whatever is pressed, no file is written and
//! no program is started. The same traps catch the program where it is not a public one.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::support::emulator::Emulator;
use crate::support::pty::{Pty, Setup, code_of};
use anli::app::commands;
use anli::key::Key;
use tempfile::TempDir;

/// Programs that the explorer knows, or that a reader may have named.
const PROGRAMS: [&str; 14] = [
    "less", "more", "cat", "vi", "vim", "nano", "editor", "xclip", "xsel", "wl-copy", "pbcopy",
    "clip.exe", "tmux", "trap",
];

/// A place in which everything that is written or started leaves a trace.
struct Trap {
    folder: TempDir,
}

impl Trap {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for part in ["bin", "home", "here", "tmp", "run"] {
            fs::create_dir(folder.path().join(part)).expect("it can be made");
        }
        for program in PROGRAMS {
            let path = folder.path().join("bin").join(program);
            let mark = folder.path().join("run/started");
            let text = format!("#!/bin/sh\necho {program} >> {}\n", mark.display());
            fs::write(&path, text).expect("it can be written");
            let runs = fs::Permissions::from_mode(0o755);
            fs::set_permissions(&path, runs).expect("it can be made to run");
        }
        Self { folder }
    }

    fn path(&self, part: &str) -> PathBuf {
        self.folder.path().join(part)
    }

    /// The program with everything that could lead it into the trap.
    fn anli(&self) -> Setup {
        let path = format!("{}:/usr/bin:/bin", self.path("bin").display());
        let mut setup = Setup::new(env!("CARGO_BIN_EXE_anli"))
            .env("PATH", path)
            .env("HOME", self.path("home"))
            .env("TMPDIR", self.path("tmp"))
            .env("PLACE", self.path("here"))
            .env("DISPLAY", ":9")
            .env("WAYLAND_DISPLAY", "wayland-9")
            .env("TMUX", "/tmp/none,1,0");
        for name in [
            "PAGER",
            "EDITOR",
            "VISUAL",
            "ANLI_PAGER",
            "ANLI_EDITOR",
            "ANLI_CLIPBOARD_COMMAND",
        ] {
            setup = setup.env(name, self.path("bin/trap"));
        }
        setup
            .env("ANLI_CLIPBOARD", "command")
            .shell(r#"cd "$PLACE"; exec "$@""#)
    }

    /// Everything that was written, and what was started.
    fn caught(&self) -> BTreeSet<String> {
        let mut caught = BTreeSet::new();
        for part in ["home", "here", "tmp", "run"] {
            self.collect(&self.path(part), &mut caught);
        }
        caught
    }

    fn collect(&self, folder: &Path, caught: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("it is there") {
            let path = entry.expect("it can be listed").path();
            caught.insert(path.display().to_string());
            if path.is_dir() {
                self.collect(&path, caught);
            }
        }
    }

    #[track_caller]
    fn check_empty(&self, after: &str) {
        assert_eq!(self.caught(), BTreeSet::new(), "after {after:?}");
    }
}

/// What a terminal sends for a key.
fn bytes(key: Key) -> String {
    match key {
        Key::Char(c) => c.to_string(),
        Key::Ctrl(' ') => "\0".to_owned(),
        Key::Ctrl(c) => char::from(c as u8 & 0x1f).to_string(),
        Key::Alt(c) => format!("\x1b{c}"),
        Key::Enter => "\r".to_owned(),
        Key::AltEnter => "\x1b\r".to_owned(),
        Key::Esc => "\x1b".to_owned(),
        Key::Tab => "\t".to_owned(),
        Key::BackTab => "\x1b[Z".to_owned(),
        Key::Backspace => "\x7f".to_owned(),
        Key::Delete => "\x1b[3~".to_owned(),
        Key::Insert => "\x1b[2~".to_owned(),
        Key::Up => "\x1b[A".to_owned(),
        Key::Down => "\x1b[B".to_owned(),
        Key::Right => "\x1b[C".to_owned(),
        Key::Left => "\x1b[D".to_owned(),
        Key::Home => "\x1b[H".to_owned(),
        Key::End => "\x1b[F".to_owned(),
        Key::PageUp => "\x1b[5~".to_owned(),
        Key::PageDown => "\x1b[6~".to_owned(),
        Key::ShiftUp => "\x1b[1;2A".to_owned(),
        Key::ShiftDown => "\x1b[1;2B".to_owned(),
        Key::F(number) => {
            let codes = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24];
            format!("\x1b[{}~", codes[usize::from(number) - 1])
        }
    }
}

/// Every key of every command but those that leave, and every printable character.
fn keys() -> Vec<String> {
    let bound = commands::all().flat_map(|row| row.keys.iter().map(|(_, key)| bytes(*key)));
    let typed = (' '..='~').map(|c| c.to_string());
    let all: BTreeSet<String> = bound.chain(typed).collect();
    // The tour has a place of its own.
    let leaves = ["q", "\x03", "@"];
    all.into_iter()
        .filter(|key| !leaves.contains(&key.as_str()))
        .collect()
}

/// Whether nothing that was typed has ended the program.
fn runs(pty: &Pty) -> bool {
    Pty::state_of(pty.pid()).is_some_and(|state| state != 'Z')
}

/// Lets the program do all that was typed so far.
#[track_caller]
fn settle(pty: &mut Pty) {
    while pty.listen(Duration::from_millis(40)) > 0 {}
    assert!(runs(pty));
    let children = format!("/proc/{0}/task/{0}/children", pty.pid());
    assert_eq!(fs::read_to_string(children).unwrap_or_default(), "");
}

fn start(trap: &Trap) -> Pty {
    let mut pty = trap.anli().arg("--kiosk").start();
    pty.wait_for_text("94 / 94");
    pty
}

/// Closes whatever is open, up to the list, by a key that no byte after it can change the
/// meaning of, as it can that of Esc.
const BACK: &str = "\x07\x07\x07\x07";

/// Presses every key in a place, which is reached by keys from the list, and agrees to
/// whatever opens.
fn press_every_key(pty: &mut Pty, place: &str, left_out: &[&str]) {
    for key in keys() {
        if left_out.contains(&key.as_str()) {
            continue;
        }
        // What Esc would join is kept apart from it.
        for typed in [BACK, place, &key, "\r\r"] {
            pty.type_in(typed);
            pty.listen(Duration::from_millis(if typed == "\x1b" { 60 } else { 5 }));
        }
    }
}

#[test]
fn no_key_writes_a_file_or_starts_a_program() {
    let trap = Trap::new();
    let mut pty = start(&trap);
    // In the list, on a page, with cases selected, with a passage marked, over a table, in
    // the overview, in a note, on the tour.
    for place in ["", "\r", "  ", "\rM", "d", "V", "a", "@"] {
        press_every_key(&mut pty, place, &[]);
        settle(&mut pty);
        trap.check_empty(place);
    }
    // Out of the tour, then out of the program.
    while runs(&pty) {
        pty.type_in("\x03");
        pty.listen(Duration::from_millis(200));
    }
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    trap.check_empty("leaving");
}

/// The keys are pressed where they do what they are for.
#[test]
fn the_same_traps_catch_what_is_no_public_terminal() {
    let trap = Trap::new();
    let mut pty = trap.anli().arg("--no-state").start();
    pty.wait_for_text("94 / 94");
    // Ctrl-Z would stop it.
    press_every_key(&mut pty, "", &["\x1a"]);
    pty.listen(Duration::from_millis(800));
    let started = fs::read_to_string(trap.path("run/started")).unwrap_or_default();
    // The pager, the editor and the program of the clipboard.
    assert!(started.matches("trap").count() >= 3, "{started:?}");
    let mut caught = BTreeSet::new();
    trap.collect(&trap.path("here"), &mut caught);
    assert!(!caught.is_empty(), "an export");
}

#[test]
fn no_item_of_any_list_writes_a_file_or_starts_a_program() {
    let trap = Trap::new();
    let mut pty = start(&trap);
    // The help lists every command that can be run.
    let rows = commands::all().count();
    let mut left = 0;
    // A passage of another case each time, since one of the items takes it away.
    for (list, items) in [("y", 12), ("c", 12), ("\rJMP", 12), ("w", 12), ("?", rows)] {
        for item in 0..items {
            if pty.screen().row(23).contains("Ctrl-c 结束") {
                pty.type_in("\x03");
                pty.wait_for("no tour", |screen| !screen.text().contains("Ctrl-c 结束"));
            }
            let is_open = |screen: &Emulator| screen.text().contains("┌─");
            pty.type_in(BACK);
            pty.wait_for("no list", |screen| !is_open(screen));
            pty.type_in(list);
            pty.wait_for(list, |screen| is_open(screen) || screen.is_untouched());
            // The item before has left.
            if pty.screen().is_untouched() {
                assert_eq!(code_of(pty.wait_for_exit()), 0);
                left += 1;
                pty = start(&trap);
                pty.type_in(BACK);
                pty.type_in(list);
                pty.wait_for(list, is_open);
            }
            pty.type_in(&"\x1b[B".repeat(item));
            pty.type_in("\rfile.txt\r");
            while pty.listen(Duration::from_millis(30)) > 0 {}
        }
        settle(&mut pty);
        trap.check_empty(list);
    }
    assert_eq!(left, 1, "of all of them one leaves");
}

#[test]
fn neither_keys_nor_help_nor_menu_offer_what_is_left_out() {
    let trap = Trap::new();
    let mut pty = start(&trap);
    for (list, gone) in [("?", "导出选中的案例"), ("w", "用编辑器打开")] {
        pty.type_in("\x1b");
        pty.listen(Duration::from_millis(100));
        pty.type_in(list);
        pty.wait_for("the list", |screen| screen.text().contains("┌─"));
        assert!(!pty.screen().text().contains(gone));
        pty.type_in(&gone[..6]);
        pty.listen(Duration::from_millis(100));
        assert!(!pty.screen().text().contains(gone));
        pty.type_in("\x1b");
    }
}

#[test]
fn after_a_while_without_a_key_everything_is_as_at_the_start() {
    let trap = Trap::new();
    let mut pty = trap.anli().arg("--kiosk").arg("--idle=1").start();
    pty.wait_for_text("94 / 94");
    pty.type_in("ditie\r");
    pty.wait_for_text("7 / 94");
    pty.type_in("s");
    pty.wait_for_text("94 / 94");
    pty.wait_for("an empty line", |screen| !screen.row(1).contains("ditie"));
    // It sleeps until the next visitor comes.
    pty.listen(Duration::from_millis(500));
    let naps = pty.naps();
    assert_eq!(pty.listen(Duration::from_millis(1500)), 0);
    assert_eq!(pty.naps(), naps);
    pty.type_in("\x1bS");
    pty.wait_for_text("0 / 94");
    pty.type_in("\x03");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    trap.check_empty("a visit");
}

#[test]
fn no_settings_of_the_visitor_count() {
    let trap = Trap::new();
    let folder = trap.path("home/.config/anli");
    fs::create_dir_all(&folder).expect("it can be made");
    fs::write(
        folder.join("config.toml"),
        "language = \"en\"\nstart = \"nonsense\"\n",
    )
    .expect("it can be written");
    let mut pty = trap
        .anli()
        .env("ANLI_START", "nonsense")
        .arg("--kiosk")
        .start();
    pty.wait_for_text("94 个案例");
    assert!(!pty.screen().text().contains("nonsense"));
    // What is named by whoever set the terminal up is read.
    let mut pty = trap
        .anli()
        .arg("--kiosk")
        .arg("--config")
        .arg(folder.join("config.toml"))
        .start();
    pty.wait_for_text("94 cases");
}

#[test]
fn a_hang_up_ends_it_and_so_does_an_end_of_input() {
    let trap = Trap::new();
    let mut pty = start(&trap);
    pty.hang_up();
    assert_eq!(code_of(pty.wait_for_exit()), 129);
    // Nobody says so by a signal.
    let mut pty = trap.anli().detached().arg("--kiosk").start();
    pty.wait_for_text("94 / 94");
    pty.hang_up();
    assert_eq!(code_of(pty.wait_for_exit()), 129);
    trap.check_empty("hanging up");
}

#[test]
fn garbage_ends_nothing_and_sets_nothing_spinning() {
    let trap = Trap::new();
    let mut pty = start(&trap);
    // A line is no text of any kind: random bytes, broken sequences, halves of characters.
    let mut seed: u32 = 7;
    for _ in 0..40 {
        let mut noise = String::new();
        for _ in 0..60 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let byte = (seed >> 24) as u8;
            // Neither leaves: Ctrl-C, and q where it is a command. Nor does @ where it is
            // one, but it begins the tour, and then Ctrl-C leaves the tour alone.
            if !matches!(byte, 3 | b'q' | b'@') {
                noise.push(char::from(byte));
            }
        }
        pty.type_in(&noise);
        pty.listen(Duration::from_millis(5));
    }
    pty.type_in("\x1b[200~never ended");
    settle(&mut pty);
    pty.type_in("\x1b[201~");
    settle(&mut pty);
    // What was asked for is searched for, and then it sleeps.
    let mut rests = (0..60).filter(|_| {
        let naps = pty.naps();
        pty.listen(Duration::from_millis(300));
        pty.naps() == naps
    });
    assert!(rests.next().is_some(), "it comes to rest");
    trap.check_empty("garbage");
    pty.type_in("\x03");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
}

#[test]
fn what_would_open_another_way_out_is_refused() {
    let trap = Trap::new();
    for arguments in [
        &["--plain"][..],
        &["--state", "here"],
        &["--round", "here", "--juror", "x"],
        &["export"],
        &["show", "003-5"],
    ] {
        let mut setup = trap.anli().arg("--kiosk");
        for &argument in arguments {
            setup = setup.arg(argument);
        }
        let mut pty = setup.start();
        assert_eq!(code_of(pty.wait_for_exit()), 2, "{arguments:?}");
        assert!(pty.screen().text().contains("--kiosk"), "{arguments:?}");
    }
    // Nobody who may only read is offered the other commands.
    let piped = std::process::Command::new(env!("CARGO_BIN_EXE_anli"))
        .args(["--kiosk", "--lang=en"])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&piped.stderr);
    assert_eq!(said, "anli: the explorer needs a terminal\n");
    // A terminal on which the explorer would go line by line.
    let mut pty = trap.anli().env("TERM", "dumb").arg("--kiosk").start();
    assert_eq!(code_of(pty.wait_for_exit()), 2);
    trap.check_empty("refusals");
}
