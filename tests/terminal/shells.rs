//! The completion scripts in the shells they are for: Tab is pressed in a
//! pseudo-terminal. A shell that is not installed is left out, and said.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::pty::{Pty, Setup};

/// A shell with the program on its path and its script read in.
struct Shell {
    pty: Pty,
    _folder: tempfile::TempDir,
}

impl Shell {
    /// Starts a shell without its own settings, or `None` where it is missing.
    fn start(name: &str, arguments: &[&str], before: &str) -> Option<Self> {
        let there = Command::new(name)
            .arg("--version")
            .stdout(Stdio::null())
            .status();
        if there.is_err() {
            eprintln!("{name} is not installed: its completions were left out");
            return None;
        }
        let program = Path::new(env!("CARGO_BIN_EXE_anli"));
        let script = Command::new(program)
            .args(["completions", name])
            .output()
            .expect("the binary was built for this test")
            .stdout;
        let folder = tempfile::tempdir().expect("a folder can be made");
        let file = folder.path().join("anli.completion");
        std::fs::write(&file, script).expect("it can be written");
        let settings = folder.path().join("anli");
        std::fs::create_dir(&settings).expect("it can be made");
        let libraries =
            "[library.jinan]\npaths = [\"/srv\"]\n[library.qingdao]\npaths = [\"/srv\"]\n";
        std::fs::write(settings.join("config.toml"), libraries).expect("it can be written");

        let bin = program.parent().expect("it is in a folder");
        let mut path = OsString::from(bin);
        path.push(":/usr/local/bin:/usr/bin:/bin");
        let mut setup = Setup::new(name)
            .size(100, 30)
            .env("PATH", path)
            .env("HOME", folder.path())
            .env("XDG_CONFIG_HOME", folder.path())
            .env("LANG", "C.UTF-8")
            .env("LC_ALL", "C.UTF-8")
            .env("ANLI_LANGUAGE", "zh");
        for argument in arguments {
            setup = setup.arg(*argument);
        }
        let mut pty = setup.start();
        let file = file.to_str().expect("UTF-8");
        // The answer differs from the line as typed, which is echoed.
        pty.type_in(&format!("{before}source {file}; echo re''ady\r"));
        pty.wait_for_text("ready");
        Some(Self {
            pty,
            _folder: folder,
        })
    }

    /// Types the begin of a line and presses Tab until what is expected shows.
    fn completes(&mut self, line: &str, shown: &str) {
        self.pty.type_in(line);
        self.pty.type_in("\t");
        self.pty.wait_for_text(shown);
        // Gives the line up (fish only closes its list first) and waits for the
        // next prompt.
        self.pty.type_in("\u{3}\u{15}");
        self.pty.type_in("clear; echo do''ne\r");
        self.pty.wait_for_text("done");
    }
}

/// Each Tab here has one answer, which the shell puts into the line.
fn check(shell: Option<Shell>) {
    let Some(mut shell) = shell else {
        return;
    };
    for (line, shown) in [
        ("anli sho", "anli show"),
        ("anli show 004-\t", "004-8"),
        ("anli cite 001-7 --sty", "anli cite 001-7 --style"),
        ("anli cite --style bi", "--style bibtex"),
        ("anli --lang z", "--lang zh"),
        ("anli show --section back", "--section background"),
        ("anli --library qi", "--library qingdao"),
        ("anli list --library ji", "--library jinan"),
        ("anli search yea", "anli search year:"),
        ("anli search year:202", "year:2021"),
        ("anli search 年:202", "年:2021"),
        ("anli search 主题:交", "主题:交通"),
        ("anli export --query 类:功", "类:功能区"),
    ] {
        shell.completes(line, shown);
    }
}

#[test]
fn bash_completes() {
    check(Shell::start("bash", &["--norc", "--noprofile", "-i"], ""));
}

#[test]
fn zsh_completes() {
    let compinit = "autoload -U compinit; compinit -u -D; ";
    check(Shell::start("zsh", &["-f", "-i"], compinit));
}

#[test]
fn fish_completes() {
    check(Shell::start("fish", &["--no-config", "-i"], ""));
}
