//! The real binary where something is too large, too long, broken, gone or shut:
//! it goes on, or says in one sentence what is wrong and with which file.
//!
//! The largest documents take their time and are tried by hand, in a release
//! build: `cargo test --release --test terminal limits -- --ignored`.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use crate::program::{Ran, command, ran};
use crate::support::emulator::Emulator;
use crate::support::pty::{Pty, Setup, code_of};
use serde_json::Value;
use tempfile::TempDir;

/// A folder with documents of these names and bytes.
fn folder(documents: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, bytes) in documents {
        fs::write(folder.path().join(name), bytes).expect("it can be written");
    }
    folder
}

/// What reads documents, each way of it once.
const READING: [&str; 6] = [
    "list",
    "check",
    "show 001-1",
    "search 改革",
    "cite 001-1",
    "export --format csv",
];

/// Runs the words of `call` on the documents of a folder.
#[track_caller]
fn read(folder: &Path, call: &str) -> Ran {
    ran(reading(command(), folder, call)
        .output()
        .expect("the binary was built for this test"))
}

fn reading(mut command: Command, folder: &Path, call: &str) -> Command {
    command
        .args(call.split_whitespace())
        .arg("--seeds")
        .arg(folder);
    command
}

/// Whatever reads the folder fails with these sentences and prints nothing; in
/// them `DIR` is the folder.
#[track_caller]
fn cannot_read(folder: &Path, chinese: &[&str], english: &[&str]) {
    check_refusal(command, folder, chinese, english);
}

#[track_caller]
fn check_refusal(command: impl Fn() -> Command, folder: &Path, chinese: &[&str], english: &[&str]) {
    let name = folder.to_string_lossy();
    for (language, sentences) in [("zh", chinese), ("en", english)] {
        let lines = sentences.iter().map(|sentence| {
            let sentence = sentence.replace("DIR", &name);
            format!("anli: {sentence}\n")
        });
        let expected: String = lines.collect();
        for call in READING {
            let mut command = reading(command(), folder, call);
            let output = command.args(["--lang", language]).output();
            let ran = ran(output.expect("the binary was built for this test"));
            assert_eq!(ran.stderr, expected, "{call}");
            assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{call}");
        }
    }
}

/// The figures of `anli check --json`, which has to pass.
#[track_caller]
fn accounts(folder: &Path) -> Vec<Value> {
    let ran = read(folder, "check --json");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let parsed = ran.stdout.lines().map(serde_json::from_str);
    let parsed: Result<_, _> = parsed.collect();
    parsed.expect("every line is JSON")
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = folder(&[]);
    cannot_read(
        &folder.path().join("none"),
        &["无法读取文件夹 DIR：不存在"],
        &["cannot read the folder DIR: it does not exist"],
    );
    cannot_read(
        folder.path(),
        &["无法读取文件夹 DIR：其中没有可读取的文档"],
        &["cannot read the folder DIR: it contains no readable documents"],
    );
}

#[test]
fn a_file_is_read_as_a_folder_is() {
    let text = "改革试点案例\n市某局\n　　一、背景\n　　这里写着一段关于改革的话。\n";
    let folder = folder(&[("001.txt", text.as_bytes()), ("002.txt", text.as_bytes())]);
    let accounts = accounts(&folder.path().join("001.txt"));
    let names: Vec<&str> = accounts
        .iter()
        .filter_map(|account| account["document"].as_str())
        .collect();
    assert_eq!(names, ["001.txt"]);
}

#[test]
fn a_folder_that_is_a_loop_of_links_is_named() {
    let folder = folder(&[]);
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    symlink(&one, &other).expect("a link can be made");
    symlink(&other, &one).expect("a link can be made");
    cannot_read(
        &one,
        &["无法读取文件夹 DIR：符号链接循环"],
        &["cannot read the folder DIR: its symbolic links form a loop"],
    );
}

#[test]
fn bytes_that_are_no_characters_are_reported_with_their_line() {
    let mut bytes = "改革创新\n一窗受理，当天办结。\n".as_bytes().to_vec();
    bytes.extend(b"abc\xFF\xFF\n");
    let folder = folder(&[("001.txt", &bytes), ("002.txt", b"\xb8\xc4\xb8\xef\n")]);
    let accounts = accounts(folder.path());
    let warnings = accounts[0]["warnings"].as_array().expect("it is a list");
    let undecoded = warnings.iter().find(|warning| warning["line"] == 3);
    let message = undecoded.expect("it is reported")["message"].to_string();
    assert!(
        message.contains("2 处") && message.contains("UTF-8"),
        "{message}"
    );
    let listed = read(folder.path(), "list");
    assert!(listed.stdout.contains("\t改革\t"), "{}", listed.stdout);
}

/// How a document of an older Word begins.
const OLD_WORD: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on";

#[test]
fn everything_that_cannot_be_read_is_reported_at_once() {
    let folder = folder(&[("1.doc", OLD_WORD), ("3.txt", b"\x89PNG\r\n")]);
    fs::create_dir(folder.path().join("2.txt")).expect("a folder can be made");
    cannot_read(
        folder.path(),
        &[
            "无法读取文档 DIR/1.doc：是旧版 Word 文档（.doc）；请用 Word 或 WPS 另存为 .docx",
            "无法读取文档 DIR/3.txt：是图片，没有文字；可先用文字识别（OCR）软件转成文字",
        ],
        &[
            "cannot read the document DIR/1.doc: it is an old Word document (.doc); save it as .docx in Word or WPS",
            "cannot read the document DIR/3.txt: it is an image without text; run text recognition (OCR) on it first",
        ],
    );
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = folder(&[("1.doc", OLD_WORD), ("2.txt", "改革".as_bytes())]);
    let ran = read(folder.path(), "list --lang en");
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("改革"), "{}", ran.stdout);
    assert!(
        ran.stderr.contains("1.doc: it is an old Word document"),
        "{}",
        ran.stderr
    );
}

#[test]
fn links_that_lead_nowhere_and_pipes_are_refused() {
    let folder = folder(&[]);
    let at = |name: &str| folder.path().join(name);
    symlink(at("b.txt"), at("a.txt")).expect("a link can be made");
    symlink(at("a.txt"), at("b.txt")).expect("a link can be made");
    symlink(at("gone"), at("c.txt")).expect("a link can be made");
    let made = Command::new("mkfifo").arg(at("d.txt")).status();
    assert!(made.expect("a system has mkfifo").success());
    cannot_read(
        folder.path(),
        &[
            "无法读取文档 DIR/a.txt：符号链接循环",
            "无法读取文档 DIR/b.txt：符号链接循环",
            "无法读取文档 DIR/c.txt：不存在",
            "无法读取文档 DIR/d.txt：不是普通文件",
        ],
        &[
            "cannot read the document DIR/a.txt: its symbolic links form a loop",
            "cannot read the document DIR/b.txt: its symbolic links form a loop",
            "cannot read the document DIR/c.txt: it does not exist",
            "cannot read the document DIR/d.txt: it is not a regular file",
        ],
    );
}

#[test]
fn a_document_beyond_the_limit_is_refused_unread() {
    let folder = folder(&[]);
    let file = File::create(folder.path().join("001.txt")).expect("it can be made");
    // A hole takes no room on the disk.
    file.set_len(600 << 20).expect("a file can have a hole");
    cannot_read(
        folder.path(),
        &["无法读取文档 DIR/001.txt：有 600 MB，超过上限 512 MB"],
        &["cannot read the document DIR/001.txt: it is 600 MB, the limit is 512 MB"],
    );
}

/// The binary without the right of root to read and write whatever it likes;
/// `None`, and said, where that cannot be given up.
fn as_nobody_special() -> Option<Command> {
    if !rustix::process::geteuid().is_root() {
        return Some(command());
    }
    let rights = "--bounding-set=-dac_override,-dac_read_search";
    let weakened = |program: &OsStr| {
        let mut command = Command::new("setpriv");
        command.arg(rights).arg(program);
        command
    };
    let tried = weakened("true".as_ref()).status();
    if !tried.is_ok_and(|status| status.success()) {
        eprintln!("not tried: root has every permission here, and cannot give it up");
        return None;
    }
    let plain = command();
    let mut weak = weakened(plain.get_program());
    weak.env_clear();
    for (name, value) in plain.get_envs() {
        weak.env(name, value.unwrap_or_default());
    }
    weak.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    Some(weak)
}

fn permit(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("it is ours");
}

#[test]
fn a_document_and_a_folder_without_permission_are_named() {
    if as_nobody_special().is_none() {
        return;
    }
    let command = || as_nobody_special().expect("it could be had before");
    let folder = folder(&[("002.txt", b"ok")]);
    permit(&folder.path().join("002.txt"), 0o200);
    check_refusal(
        command,
        folder.path(),
        &["无法读取文档 DIR/002.txt：没有权限"],
        &["cannot read the document DIR/002.txt: permission denied"],
    );
    permit(folder.path(), 0o300);
    check_refusal(
        command,
        folder.path(),
        &["无法读取文件夹 DIR：没有权限"],
        &["cannot read the folder DIR: permission denied"],
    );
    permit(folder.path(), 0o700);
}

#[test]
fn a_document_that_fails_while_it_is_read_is_named() {
    let folder = folder(&[]);
    // A file like any other, until its first byte is asked for.
    symlink("/proc/self/mem", folder.path().join("001.txt")).expect("a link can be made");
    let why = std::io::Error::from_raw_os_error(rustix::io::Errno::IO.raw_os_error());
    cannot_read(
        folder.path(),
        &[&format!("无法读取文档 DIR/001.txt：{why}")],
        &[&format!("cannot read the document DIR/001.txt: {why}")],
    );
}

#[test]
fn a_document_that_says_it_is_empty_and_is_not_is_read() {
    let folder = folder(&[]);
    symlink("/proc/self/status", folder.path().join("001.txt")).expect("a link can be made");
    assert!(read(folder.path(), "show 001-1").stdout.contains("VmPeak"));
}

#[test]
fn documents_of_nothing_or_next_to_nothing_are_read() {
    let mark = "\u{FEFF}改革创新\r\n即墨区政府\r\n试点。".as_bytes();
    let blank = "\n \u{3000}\n\t\n".as_bytes();
    let folder = folder(&[("1.txt", b""), ("2.txt", blank), ("4.txt", mark)]);
    let totals = accounts(folder.path());
    let totals: Vec<&Value> = totals.iter().map(|account| &account["total"]).collect();
    // Of the last: 4 + 2, 5 + 2, 3; the byte order mark is no character of it.
    assert_eq!(totals, [0, 6, 16]);
    // An id begins with the figures of the file's name.
    let list = read(folder.path(), "list").stdout;
    assert!(list.starts_with("4-1\t"), "{list}");
    assert_eq!(list.lines().count(), 1, "{list}");
    let shown = read(folder.path(), "show 4-1").stdout;
    assert!(shown.ends_with("\n试点。\n"), "{shown}");
    let check = read(folder.path(), "check --lang en").stdout;
    for name in ["1.txt", "2.txt"] {
        let warning = format!("{name} line 1: the document is empty");
        assert!(check.contains(&warning), "{check}");
    }
}

#[test]
fn documents_without_a_case_are_told_of() {
    let folder = folder(&[("1.txt", b"")]);
    let list = read(folder.path(), "list");
    assert_eq!((list.code, &*list.stdout), (1, ""));
    assert_eq!(list.stderr, "anli: 文档中没有案例，原因见 anli check\n");
}

#[test]
fn nul_bytes_are_left_out_and_counted() {
    let text = "改\0革\0创新\0\n市某局\n\0\0\n试\0点。\n";
    let folder = folder(&[("001.txt", text.as_bytes())]);
    let account = &accounts(folder.path())[0];
    assert_eq!(
        (&account["noise"], &account["total"]),
        (&6.into(), &20.into())
    );
    for call in READING {
        let ran = read(folder.path(), call);
        assert_eq!(ran.code, 0, "{call}: {}", ran.stderr);
        assert!(!ran.stdout.contains('\0'), "{call}");
    }
    let shown = read(folder.path(), "show 001-1").stdout;
    assert!(shown.contains("改革创新\n"), "{shown}");
    assert!(shown.ends_with("试点。\n"), "{shown}");
}

/// What a long line is made of: figures, marks of both directions, Latin.
const PIECE: &str = "改革创新，推动“放管服”发展1.2万户，don't \"stop\"";

/// A line of so many megabytes without an end.
fn line(megabytes: usize) -> String {
    PIECE.repeat((megabytes << 20) / PIECE.len()) + "完"
}

#[test]
fn a_line_of_many_megabytes_without_an_end_is_read_whole() {
    check_long_line(&line(5));
}

#[track_caller]
fn check_long_line(line: &str) {
    let folder = folder(&[("001.txt", line.as_bytes())]);
    let account = &accounts(folder.path())[0];
    assert_eq!(account["total"], line.chars().count());
    assert_eq!(account["unaccounted"], 0);
    let shown = read(folder.path(), "show 001-1").stdout;
    assert_eq!(shown.lines().last(), Some(line));
    let list = read(folder.path(), "list").stdout;
    assert_eq!(list.lines().count(), 1);
    assert!(list.len() < 1000, "a title is no chapter: {list}");
    let found = read(folder.path(), "search --json 放管服").stdout;
    assert!(found.contains("\"rank\":1"), "{found}");
}

#[test]
fn a_hundred_thousand_lines_are_read() {
    let lines = "　　改革创新。\n".repeat(100_000);
    let folder = folder(&[("001.txt", lines.as_bytes())]);
    let account = &accounts(folder.path())[0];
    assert_eq!(account["total"], 800_000);
    assert_eq!(account["unaccounted"], 0);
    let shown = read(folder.path(), "show 001-1").stdout;
    let paragraphs = shown.lines().filter(|&line| line == "改革创新。");
    assert!(paragraphs.count() >= 99_999);
}

#[test]
fn a_full_disk_is_an_error() {
    for (arguments, language) in [
        (&["list"][..], "zh"),
        (&["--help"], "zh"),
        (&["check", "--json"], "en"),
        (&["export"], "en"),
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full");
        let output = command()
            .args(arguments)
            .args(["--lang", language])
            .stdout(full.expect("Linux has it"))
            .output();
        let ran = ran(output.expect("the binary was built for this test"));
        let sentence = match language {
            "zh" => "anli: 无法写出结果：磁盘已满\n",
            _ => "anli: cannot write the output: the disk is full\n",
        };
        assert_eq!((ran.code, ran.stderr.as_str()), (2, sentence));
    }
}

/// A line of shell that runs a program with room for so many kilobytes in
/// every file that it writes. The signal that comes with it ends a program that
/// does not expect it.
const LITTLE_ROOM: &str = r#"ulimit -f 4; exec "$@""#;

#[test]
fn an_export_without_room_is_an_error_and_leaves_nothing_behind() {
    let folder = folder(&[]);
    let path = folder.path().join("cases.csv");
    let name = path.to_string_lossy();
    for force in [&[][..], &["--force"]] {
        let output = Command::new("bash")
            .args(["-c", LITTLE_ROOM, "bash"])
            .arg(command().get_program())
            .args(["--lang", "en", "export", "--output", &name])
            .args(force)
            .output();
        let ran = ran(output.expect("bash is there"));
        let expected = format!("anli: cannot write the file {name}: ");
        assert!(ran.stderr.starts_with(&expected), "{}", ran.stderr);
        assert_eq!((ran.code, ran.stderr.lines().count()), (2, 1));
        let left = fs::read_dir(folder.path()).expect("it can be listed");
        assert_eq!(left.count(), 0, "neither the file nor a draft");
    }
}

#[test]
fn a_home_where_nothing_can_be_written_is_no_hindrance() {
    // A file, a place that is not there, and one where not even root can write.
    let folder = folder(&[("file", b"")]);
    let file = folder.path().join("file");
    for home in [&file, Path::new("/nowhere/at/all"), Path::new("/proc")] {
        for call in ["list", "search 公厕", "show 003-5", "config --check"] {
            let mut command = command();
            command.env_remove("XDG_CONFIG_HOME").env("HOME", home);
            let output = command.args(call.split_whitespace()).output();
            let ran = ran(output.expect("the binary was built for this test"));
            assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{call}");
        }
    }
}

// The explorer.

/// The explorer on the documents of a folder, in English, remembering nothing.
fn explorer(folder: &Path) -> Setup {
    Setup::new(env!("CARGO_BIN_EXE_anli"))
        .arg("--lang=en")
        .arg("--no-state")
        .arg("--seeds")
        .arg(folder)
}

/// Ends it by a key and checks that the terminal is as it was before.
#[track_caller]
fn leave(mut pty: Pty) {
    pty.type_in("q");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
}

/// Whether the last line of what is shown is the end of the page.
fn at_the_end(screen: &Emulator) -> bool {
    screen.text().contains("100%")
}

#[test]
fn a_line_of_many_megabytes_is_read_in_the_explorer() {
    read_long_line(5);
}

#[track_caller]
fn read_long_line(megabytes: usize) {
    let folder = folder(&[("001.txt", line(megabytes).as_bytes())]);
    let mut pty = explorer(folder.path()).start();
    // The title bar counts what is read in the same way as the list.
    pty.wait_for_text("1 document");
    pty.type_in("\rG");
    pty.wait_for("the end", |screen| screen.text().contains('完'));
    assert!(at_the_end(pty.screen()), "{}", pty.screen().text());
    // Spread over the whole measure, alone on the screen, as the document has
    // it: each sets the page anew.
    for key in ["|", "z", "R", "R"] {
        pty.type_in(key);
        pty.type_in("G");
        pty.wait_for("the end", |screen| screen.text().contains('完'));
    }
    pty.resize(60, 20);
    pty.type_in("g/放管服\r");
    pty.wait_for("a match", |screen| screen.text().contains("放管服"));
    leave(pty);
}

#[test]
fn a_hundred_thousand_lines_are_read_in_the_explorer() {
    let lines = "　　改革创新。\n".repeat(100_000) + "　　完\n";
    let folder = folder(&[("001.txt", lines.as_bytes())]);
    let mut pty = explorer(folder.path()).start();
    pty.wait_for_text("1 / 1");
    pty.type_in("\rG");
    pty.wait_for("the end", |screen| screen.text().contains('完'));
    assert!(at_the_end(pty.screen()), "{}", pty.screen().text());
    pty.type_in("RG");
    pty.wait_for_text("100001");
    leave(pty);
}

#[test]
fn documents_that_vanish_while_they_are_read_stay() {
    let text = "改革试点案例\n市某局\n　　一、背景\n　　这里写着一段关于改革的话。\n";
    let folder = folder(&[("001.txt", text.as_bytes())]);
    let mut pty = explorer(folder.path()).start();
    pty.wait_for_text("1 / 1");
    fs::remove_dir_all(folder.path()).expect("it is ours");
    pty.type_in("\r");
    pty.wait_for_text("这里写着一段关于改革的话。");
    // The document as it was given, its lines numbered.
    pty.type_in("R");
    pty.wait_for_text("4 　　这里写着");
    pty.type_in("/改革\r");
    pty.wait_for_text("1 / 1");
    leave(pty);
}

/// More files than are read before the explorer opens.
fn many_files() -> TempDir {
    let text = |number: usize| {
        format!("第{number}号试点\n市某局\n　　这里写着第{number}段关于改革的话。\n")
    };
    let folder = tempfile::tempdir().expect("a folder can be made");
    for number in 0..1_200 {
        let path = folder.path().join(format!("{number:04}.txt"));
        fs::write(path, text(number)).expect("it can be written");
    }
    folder
}

#[test]
fn a_large_library_comes_in_while_the_explorer_is_open() {
    let folder = many_files();
    let mut pty = explorer(folder.path()).start();
    pty.wait_for_text("1200 documents");
    pty.type_in("/1187\r");
    pty.wait_for_text("这里写着第1187段");
    // What has changed since is found again, and the reader stays where they are.
    fs::write(folder.path().join("0003.txt"), "另有试点\n").expect("it can be written");
    fs::remove_file(folder.path().join("0004.txt")).expect("it is ours");
    pty.type_in("r");
    pty.wait_for_text("read again: 0 new, 1 changed, 1 gone");
    assert!(pty.screen().text().contains("这里写着第1187段"));
    leave(pty);
}

#[test]
fn leaving_does_not_wait_for_a_library() {
    let folder = many_files();
    let mut pty = explorer(folder.path()).start();
    pty.wait_for_text("anli");
    pty.type_in("\x03");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    assert!(pty.screen().is_untouched());
}

#[test]
fn a_large_library_without_a_document_is_refused_after_all() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for number in 0..1_200 {
        let path = folder.path().join(format!("{number:04}.doc"));
        fs::write(path, OLD_WORD).expect("it can be written");
    }
    let mut pty = explorer(folder.path()).size(200, 20).start();
    assert_eq!(code_of(pty.wait_for_exit()), 2);
    let screen = pty.screen().text();
    assert!(
        screen.contains("0000.doc: it is an old Word document"),
        "{screen}"
    );
    assert!(screen.contains("1195 further documents"), "{screen}");
}

#[test]
fn the_explorer_does_not_open_on_what_cannot_be_read() {
    let folder = folder(&[("001.doc", OLD_WORD)]);
    let mut pty = explorer(folder.path()).size(200, 10).start();
    assert_eq!(code_of(pty.wait_for_exit()), 2);
    let screen = pty.screen();
    let expected = "001.doc: it is an old Word document (.doc); save it as .docx in Word or WPS";
    assert!(screen.text().contains(expected));
    assert!(screen.is_untouched(), "{screen:?}");
    assert!(!pty.output().contains(&0x1b));
}

/// The explorer in a home of its own, in English.
fn at_home(home: &Path) -> Setup {
    Setup::new(env!("CARGO_BIN_EXE_anli"))
        .arg("--lang=en")
        .env("HOME", home)
}

/// A star is set all the same, and all goes on.
#[track_caller]
fn star_in_vain(pty: &mut Pty) {
    pty.type_in("\ts");
    pty.wait_for("a star", |screen| screen.text().contains('*'));
}

/// Ends it although a mark is not saved.
#[track_caller]
fn leave_unsaved(mut pty: Pty) {
    pty.type_in("q");
    pty.wait_for_text("quit anyway?");
    pty.type_in("\x03");
    assert_eq!(code_of(pty.wait_for_exit()), 2);
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
}

#[test]
fn a_home_that_is_none_is_told_of_at_the_start() {
    let home = folder(&[("file", b"")]);
    let mut pty = at_home(&home.path().join("file")).start();
    pty.wait_for("a message", |screen| screen.text().contains("cannot read"));
    star_in_vain(&mut pty);
    pty.type_in("S");
    pty.wait_for_text("1 / 94");
    leave_unsaved(pty);
}

#[test]
fn a_home_where_nothing_can_be_written_is_told_of_once_a_star_is_set() {
    let mut pty = at_home(Path::new("/proc")).start();
    pty.wait_for_text("94 / 94");
    star_in_vain(&mut pty);
    pty.wait_for("a message", |screen| {
        screen.text().contains("cannot create")
    });
    pty.type_in("S");
    pty.wait_for_text("1 / 94");
    leave_unsaved(pty);
}

#[test]
fn a_full_disk_is_told_once_a_star_is_set_and_the_old_state_stays() {
    let home = folder(&[]);
    let state = home.path().join("state");
    let keeping = || at_home(home.path()).arg("--state").arg(&state);
    let mut pty = keeping().start();
    pty.wait_for_text("94 / 94");
    pty.type_in("\tjs");
    pty.wait_for_text("94 / 94");
    leave(pty);
    let before = fs::read(state.join("state.json")).expect("it was saved");
    // Starred is the second case; room is for nothing at all.
    let without_room = r#"ulimit -f 0; exec "$@""#;
    let mut pty = keeping().shell(without_room).start();
    pty.wait_for_text("94 / 94");
    pty.type_in("\tjs");
    pty.wait_for("a message", |screen| screen.text().contains("cannot"));
    leave_unsaved(pty);
    let after = fs::read(state.join("state.json")).expect("it is still there");
    assert_eq!(before, after);
}

// The largest ones, by hand.

/// A line of shell that runs a program with no more memory, in kilobytes of
/// addresses, than twelve times 50 MB, threads and program included.
const MEMORY_FOR_50: &str = r#"ulimit -v $((12 * 50 * 1024)); exec "$@""#;
const MEMORY_FOR_200: &str = r#"ulimit -v $((12 * 200 * 1024)); exec "$@""#;

#[test]
#[ignore = "takes its time: run in a release build"]
fn a_line_of_fifty_megabytes() {
    let line = line(50);
    check_long_line(&line);
    read_long_line(50);
    let folder = folder(&[("001.txt", line.as_bytes())]);
    let mut pty = explorer(folder.path()).shell(MEMORY_FOR_50).start();
    pty.wait_for_text("1 / 1");
    pty.type_in("\rG");
    pty.wait_for("the end", |screen| screen.text().contains('完'));
    leave(pty);
}

#[test]
#[ignore = "takes its time: run in a release build"]
fn a_document_of_two_hundred_megabytes() {
    let paragraph = format!("　　{}。\n", PIECE.repeat(8));
    let text = paragraph.repeat((200 << 20) / paragraph.len()) + "完\n";
    let folder = folder(&[("001.txt", text.as_bytes())]);
    for call in READING {
        let output = Command::new("bash")
            .args(["-c", MEMORY_FOR_200, "bash"])
            .arg(command().get_program())
            .args(call.split_whitespace())
            .arg("--seeds")
            .arg(folder.path())
            .stdout(std::process::Stdio::null())
            .status();
        assert!(output.expect("bash is there").success(), "{call}");
    }
    let mut pty = explorer(folder.path()).shell(MEMORY_FOR_200).start();
    pty.wait_for_text("1 / 1");
    pty.type_in("\rG");
    pty.wait_for("the end", |screen| screen.text().contains('完'));
    leave(pty);
}
