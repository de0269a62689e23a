//! A round in the real program: what is typed survives a kill, and a terminal that cannot
//! be moved in shows no more of it than any other.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use rustix::process::Signal;
use tempfile::TempDir;

use super::{bare, leave};
use crate::support::pty::{Pty, Setup, code_of};

/// A copy of the round in `examples/round`, with a setting changed.
fn example(from: &str, to: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/round");
    fs::create_dir(folder.path().join("jurors")).expect("a folder");
    for name in [
        "office.jsonl",
        "jurors/甲.jsonl",
        "jurors/乙.jsonl",
        "jurors/丙.jsonl",
    ] {
        fs::copy(source.join(name), folder.path().join(name)).expect("a file");
    }
    let settings = fs::read_to_string(source.join("round.toml")).expect("settings");
    assert!(settings.contains(from));
    fs::write(folder.path().join("round.toml"), settings.replace(from, to)).expect("written");
    folder
}

fn round(folder: &TempDir) -> Setup {
    let setup = bare().arg("--no-state").arg("--round").arg(folder.path());
    setup.arg("--juror").arg("丙")
}

fn sheet(folder: &TempDir) -> Pty {
    let mut pty = round(folder).start();
    pty.wait_for_text("评分表");
    pty
}

/// What the line that was being written holds on the disk.
fn draft(folder: &TempDir) -> String {
    let text = fs::read_to_string(folder.path().join("jurors/.丙.draft"));
    let draft: serde_json::Value =
        serde_json::from_str(&text.expect("the line is kept")).expect("it is whole");
    draft["text"].as_str().expect("a text").to_owned()
}

#[test]
fn kills_while_a_comment_is_written_lose_at_most_the_last_key() {
    let folder = example("flag = 15", "flag = 15");
    let mut typed = String::new();
    for kill in 0..12_u8 {
        let mut pty = sheet(&folder);
        if kill == 0 {
            // A mark that stands nowhere else on the screen.
            pty.type_in("c§");
            typed.push('§');
            pty.wait_for_text("§");
        } else {
            // It goes on where the program was killed.
            pty.wait_for_text(&typed);
        }
        let letter = char::from(b'a' + kill);
        pty.type_in(&letter.to_string());
        typed.push(letter);
        pty.wait_for_text(&typed);
        // This one may be lost.
        pty.type_in("!");
        pty.signal(Signal::KILL);
        assert_eq!(code_of(pty.wait_for_exit()), 128 + 9);
        let kept = draft(&folder);
        let whole = format!("{typed}!");
        assert!(kept == typed || kept == whole, "{kept} of {whole}");
        typed = kept;
    }
    let mut pty = sheet(&folder);
    pty.wait_for_text(&typed);
    pty.type_in("\r");
    pty.wait_for_text("下一个未评");
    leave(pty);
    let written = fs::read_to_string(folder.path().join("jurors/丙.jsonl")).expect("text");
    let entries = written.lines().filter(|line| line.contains("\"comment\""));
    let comments: Vec<&str> = entries.collect();
    assert_eq!(comments.len(), 1, "{comments:?}");
    assert!(comments[0].contains(&typed), "{comments:?}");
    assert!(!folder.path().join("jurors/.丙.draft").exists());
}

/// A round with one application, which is accepted, and one juror; points go to 100.
fn small() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let applications = folder.path().join("applications");
    fs::create_dir(&applications).expect("a folder");
    let text = "推行错时共享停车　机关车位向居民开放\n湖心区政府\n一、背景\n停车难。\n\
        二、做法\n湖心区政府把机关车位向居民开放。\n三、成效\n全年腾出车位3200个。\n";
    fs::write(applications.join("停车.txt"), text).expect("written");
    let run = |words: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_anli"));
        let program = program
            .env_clear()
            .arg("jury")
            .arg(words[0])
            .arg(folder.path());
        let ran = program.args(&words[1..]).output().expect("it starts");
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        assert!(ran.status.success(), "{words:?}: {said}");
        said
    };
    run(&["new", "jurors=丙", "library=applications"]);
    let path = folder.path().join("round.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    let percent = settings.replace("entry = \"points\"", "entry = \"percent\"");
    // The bands are those of percents as well.
    let percent = percent
        .replace("from = 36", "from = 90")
        .replace("from = 27", "from = 90");
    fs::write(&path, percent).expect("written");
    let said = run(&["check", "--accept"]);
    assert!(said.contains("停车"), "{said}");
    folder
}

/// The keys that the disk holds: the points of every entry with the Enter behind them, then
/// what the line holds that was being typed.
fn kept_keys(folder: &TempDir) -> String {
    let mut keys = String::new();
    let text = fs::read_to_string(folder.path().join("jurors/丙.jsonl")).unwrap_or_default();
    let mut before = serde_json::Map::new();
    // The last line may be half written.
    let whole = text
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'));
    for line in whole.skip(1) {
        let entry: serde_json::Value = serde_json::from_str(line).expect("a whole line");
        let points = entry["points"].as_object().expect("points").clone();
        let new = points
            .iter()
            .find(|(name, given)| before.get(*name) != Some(given));
        keys += &format!("{}\r", new.expect("each entry gives a number").1);
        before = points;
    }
    // A line whose entry is there has only not been cleared away.
    let line = fs::read_to_string(folder.path().join("jurors/.丙.draft"));
    let line: Option<serde_json::Value> =
        line.ok().and_then(|line| serde_json::from_str(&line).ok());
    if let Some(line) = line {
        let typed = line["text"].as_str().expect("a text");
        let name = line["criterion"].as_str().expect("a name");
        let given = before.get(name).map(serde_json::Value::to_string);
        if given.as_deref() != Some(typed) {
            keys += typed;
        }
    }
    keys
}

/// The key to type next: two digits and Enter, other digits each time.
fn next_key(keys: &str) -> char {
    let (written, typed) = keys.rsplit_once('\r').unwrap_or(("", keys));
    let entries = written.matches('\r').count() + usize::from(keys.contains('\r'));
    let points = (10 + entries * 7 % 90).to_string();
    points.chars().nth(typed.len()).unwrap_or('\r')
}

#[test]
fn two_hundred_kills_while_points_are_typed_lose_at_most_the_last_key() {
    let folder = small();
    let mut keys = kept_keys(&folder);
    for kill in 0..200_u64 {
        let mut pty = sheet(&folder);
        // This key is seen on the screen,
        let key = next_key(&keys);
        let typed = keys.rsplit('\r').next().unwrap_or_default().to_owned();
        pty.type_in(&key.to_string());
        keys.push(key);
        let points = if key == '\r' {
            typed
        } else {
            format!("{typed}{key}")
        };
        pty.wait_for("the key", |screen| {
            let text = screen.text();
            let mut selected = text.lines().filter(|row| row.starts_with('▌'));
            let is_there = selected.any(|row| row.split_whitespace().any(|word| word == points));
            is_there != (key == '\r')
        });
        // and this one may be lost. The pause waits for nothing: it moves the kill about.
        let last = next_key(&keys);
        pty.type_in(&last.to_string());
        std::thread::sleep(std::time::Duration::from_micros(kill % 10 * 500));
        pty.signal(Signal::KILL);
        assert_eq!(code_of(pty.wait_for_exit()), 128 + 9);
        let kept = kept_keys(&folder);
        let whole = format!("{keys}{last}");
        assert!(
            kept == keys || kept == whole,
            "kill {kill}: {kept:?} of {whole:?}"
        );
        keys = kept;
    }
    assert!(keys.matches('\r').count() >= 60, "{keys:?}");
}

#[test]
fn the_last_points_are_written_when_the_program_is_left() {
    let folder = example("flag = 15", "flag = 15");
    let mut pty = sheet(&folder);
    pty.type_in("\x1b[B80");
    pty.wait_for_text("80");
    pty.type_in("q");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    let written = fs::read_to_string(folder.path().join("jurors/丙.jsonl")).expect("text");
    let last = written.lines().next_back().expect("an entry");
    assert!(last.contains("\"领先性\":80"), "{last}");
}

#[test]
fn a_terminal_without_a_cursor_shows_a_blind_round_masked_as_well() {
    let folder = example("blind = \"none\"", "blind = \"text\"");
    // Files of a round that is blind name cases by codes: those here are another's.
    for name in ["甲", "乙", "丙"] {
        let path = folder.path().join(format!("jurors/{name}.jsonl"));
        fs::remove_file(path).expect("it is there");
    }
    let settings = folder.path().join("round.toml");
    let toml = fs::read_to_string(&settings).expect("settings");
    let round = anli::jury::settings::Round::parse(&toml).expect("they are right");
    let office = folder.path().join("office.jsonl");
    fs::remove_file(&office).expect("it is there");
    let mut opened = anli::round::Opened::read(folder.path()).expect("a round");
    for id in ["003-8", "003-9"] {
        let act = anli::jury::office::Act::Check {
            case: anli::jury::docket::id(&round, id),
            result: anli::jury::office::Screening::Accepted,
            reason: String::new(),
            category: String::new(),
        };
        opened
            .record(act, "2026-03-01T09:00:00Z")
            .expect("recorded");
    }
    let told = by_lines(&folder, "旅游\n1\nF\nq\n");
    assert!(told.contains("■■"), "{told}");
    for name in ["崂山", "即墨", "003-8"] {
        assert!(!told.contains(name), "{told}");
    }
}

/// What a session by lines says.
fn by_lines(folder: &TempDir, input: &str) -> String {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_anli"));
    let program = program
        .env_clear()
        .env("LANG", "zh_CN.UTF-8")
        .env("TERM", "dumb")
        .args(["--plain", "--no-state", "--juror", "丙", "--round"])
        .arg(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = program.spawn().expect("it starts");
    let pipe = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut &pipe, input.as_bytes()).expect("written");
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_case_is_scored_by_lines() {
    let folder = example("flag = 15", "flag = 15");
    let input =
        "F n\nF 领先性=101\nF 领先性=80 实效性=78 评语=机制新 可推广\nF\nZ\nF n\nF 回避=亲属\nq\n";
    let told = by_lines(&folder, input);
    // 75·0.4 + 80·0.3 + 78·0.3 = 77.4.
    for said in [
        "003-10  未评完",
        "创新性：75 / 100 较大创新",
        "领先性 至多 100 分，不能是 101",
        "总分：77.40 / 100",
        "评语：机制新 可推广",
        "本轮尚未开放",
        "丙 6/10",
        "回避（亲属）",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert!(!told.contains("甲 ") && !told.contains("乙 "), "{told}");
}
