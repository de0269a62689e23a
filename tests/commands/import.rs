//! Marks that left the program in a file and come back.

use crate::program;
use crate::schema;
use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::handmade::{Handmade, Parts};
use crate::program::Ran;
use anli::case::About;
use anli::corpus::Corpus;
use anli::export::{self, Format};
use anli::import::{self, Position};
use anli::record::MarksRecord;
use anli::store::{Change, State};
use anli::text::CharSpan;
use anli::text::script::Display;
use proptest::prelude::*;
use serde_json::Value;

/// Ids that spreadsheets take for dates and numbers, and one that they do not.
const IDS: [&str; 6] = ["2019-1", "1-2", "003-5", "１-2", "1e5-3", "report-1"];

fn corpus() -> Corpus {
    let made = Handmade::new().document("2019.txt", "标题\n正文。\n", About::default());
    let case = |made: Handmade, id| {
        made.case(Parts {
            id,
            title: &["标题"],
            blocks: &["正文。"],
            ..Parts::default()
        })
    };
    IDS.into_iter().fold(made, case).corpus()
}

const FORMATS: [Format; 4] = [
    Format::Json,
    Format::JsonLines,
    Format::Csv {
        byte_order_mark: true,
    },
    Format::Csv {
        byte_order_mark: false,
    },
];

fn exported(corpus: &Corpus, state: &State, format: Format) -> String {
    let cases: Vec<_> = corpus.iter().map(|(_, case)| case).collect();
    let mut bytes = Vec::new();
    let display = Display::default();
    export::write_in(display, state, &cases, format, &mut bytes, &mut |_| {
        ControlFlow::Continue(())
    })
    .expect("a vector takes everything");
    String::from_utf8(bytes).expect("an export is UTF-8")
}

/// Takes a file into a state.
#[track_caller]
fn take(text: &str, state: &mut State) -> import::Outcome {
    let given = import::read(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let find = |id: &str| IDS.contains(&id).then(|| id.to_owned());
    let outcome = import::join(given, state, find, |_| None);
    for change in &outcome.changes {
        state.apply(change.clone(), 0);
    }
    outcome
}

#[track_caller]
fn check_same(before: &State, after: &State, text: &str) {
    for id in IDS {
        let (before, after) = (MarksRecord::of(id, before), MarksRecord::of(id, after));
        assert_eq!(before, after, "{id}\n{text}");
    }
}

/// Texts of the kinds that a table, a list or a formula could mistake.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z甲乙丙丁]{1,3}",
        "[-=+@'\"、,，;；|\\\\\\[\\] \t]{1,3}",
        Just("\n".to_owned()),
        Just("\n  ".to_owned()),
        Just("\n[3-5] ".to_owned()),
        Just("[3-5] x".to_owned()),
        Just("\n———\n".to_owned()),
        Just("2019-1".to_owned()),
        Just("７".to_owned()),
        Just("TRUE".to_owned()),
        Just("(5)".to_owned()),
        Just("Jan 5".to_owned()),
        Just("\r".to_owned()),
        Just("\u{feff}".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

fn change() -> impl Strategy<Value = Change> {
    let case = prop::sample::select(&IDS[..]).prop_map(str::to_owned);
    (case, text(), 0..4, 0_u32..40, 1_u32..9).prop_map(|(case, text, kind, start, length)| {
        match kind {
            0 => Change::Star { case, on: true },
            1 => Change::Tag {
                case,
                tag: text,
                on: true,
            },
            2 => Change::Note { case, note: text },
            _ => Change::Passage {
                case,
                span: CharSpan::new(start, start + length),
                quote: text,
            },
        }
    })
}

proptest! {
    #[test]
    fn what_is_exported_comes_back_into_an_empty_state(changes in prop::collection::vec(change(), 0..12)) {
        let corpus = corpus();
        let mut state = State::default();
        for change in changes {
            state.apply(change, 0);
        }
        for format in FORMATS {
            let text = exported(&corpus, &state, format);
            let mut empty = State::default();
            let outcome = take(&text, &mut empty);
            prop_assert!(outcome.is_whole(), "{outcome:?}\n{text}");
            check_same(&state, &empty, &text);
            // Again, it adds nothing.
            let outcome = take(&text, &mut empty);
            prop_assert!(outcome.changes.is_empty(), "{outcome:?}\n{text}");
        }
    }

    #[test]
    fn whatever_a_file_holds_is_read_or_refused(text in text(), head in prop::sample::select(&["", "id,note\n", "id;tags\n", "[{\"id\":", "{\"id\":\"1-2\",\"note\":"][..])) {
        if let Ok(given) = import::read(&(head.to_owned() + &text)) {
            import::join(given, &State::default(), |id| Some(id.to_owned()), |_| None);
        }
    }
}

/// Marks of the kinds that a spreadsheet changes.
fn marked() -> State {
    let mut state = State::default();
    for id in IDS {
        let case = || id.to_owned();
        state.apply(
            Change::Star {
                case: case(),
                on: true,
            },
            0,
        );
        for tag in ["2017", "-待读", "a、b"] {
            let tag = tag.to_owned();
            state.apply(
                Change::Tag {
                    case: case(),
                    tag,
                    on: true,
                },
                0,
            );
        }
        let span = CharSpan::new(3, 9);
        let quote = "标题\n“正文”, \"x\"".to_owned();
        state.apply(
            Change::Passage {
                case: case(),
                span,
                quote,
            },
            0,
        );
    }
    let notes = [
        "2019-1",
        "=1+2\n二、\"再看\"",
        "007",
        "Jan 5",
        "(5)",
        "TRUE",
    ];
    for (id, note) in IDS.into_iter().zip(notes) {
        let (case, note) = (id.to_owned(), note.to_owned());
        state.apply(Change::Note { case, note }, 0);
    }
    state
}

#[test]
fn a_file_comes_back_from_a_spreadsheet_program() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let is_there = Command::new("soffice").arg("--version").output().is_ok();
    if !is_there {
        let said =
            "soffice is not installed: no spreadsheet was tried (Debian: libreoffice-calc-nogui)\n";
        let _ = std::io::stderr().write_all(said.as_bytes());
        return;
    }
    let state = marked();
    let csv = exported(&corpus(), &state, FORMATS[2]);
    fs::write(folder.path().join("marks.csv"), csv).expect("it can be written");
    // As a person opens it in Chinese: UTF-8, dates and numbers looked for.
    convert(
        folder.path(),
        "marks.csv",
        "xlsx",
        "--infilter=CSV:44,34,76,1,,2052,false,true",
    );
    fs::remove_file(folder.path().join("marks.csv")).expect("it is there");
    convert(
        folder.path(),
        "marks.xlsx",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,2052,false,true,false",
        "--norestore",
    );
    let text = fs::read_to_string(folder.path().join("marks.csv")).expect("it was saved as UTF-8");
    let mut empty = State::default();
    let outcome = take(&text, &mut empty);
    assert!(outcome.is_whole(), "{outcome:?}\n{text}");
    check_same(&state, &empty, &text);
}

#[track_caller]
fn convert(folder: &Path, file: &str, to: &str, option: &str) {
    let home = format!("-env:UserInstallation=file://{}/home", folder.display());
    let ran = Command::new("soffice")
        .args(["--headless", &home, option, "--convert-to", to, file])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("it is installed");
    assert!(ran.status.success(), "{ran:?}");
}

/// Runs `anli import` on a file with this text.
#[track_caller]
fn import(text: &str, arguments: &str, state: &Path) -> Ran {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("marks.csv");
    fs::write(&file, text).expect("it can be written");
    let mut all = vec![
        "import".into(),
        file.into_os_string(),
        "--state".into(),
        state.into(),
    ];
    all.extend(arguments.split_whitespace().map(Into::into));
    program::anli(all)
}

#[test]
fn the_command_reports_what_it_did_and_does_it_once() {
    let state = tempfile::tempdir().expect("a folder can be made");
    let text = "note;id;tags;star\r\n一;'000-1;待读、改革;★\r\n\"二\n三\";000-2;;\r\n";
    let dry = import(text, "--dry-run", state.path());
    assert!(
        dry.stdout.contains("2 个案例（试运行，未保存）"),
        "{}",
        dry.stdout
    );
    assert!(!state.path().join("state.json").exists());
    let ran = import(text, "--lang en", state.path());
    let report = "cases: 2\nstars: 1 added, 0 there already, 0 different\n\
                  tags: 2 added, 0 there already, 0 different\n\
                  notes: 2 added, 0 there already, 0 different\n\
                  passages: 0 added, 0 there already, 0 different\n";
    assert_eq!((&*ran.stdout, &*ran.stderr, ran.code), (report, "", 0));
    let again = import(text, "", state.path());
    assert!(
        again.stdout.contains("笔记：新增 0，已有 2，不一致 0"),
        "{}",
        again.stdout
    );
    let other = import("id,note\n000-1,另有\n", "", state.path());
    assert_eq!(other.code, 0);
    assert!(
        other.stderr.contains("第 2 行：000-1 已有不同的笔记"),
        "{}",
        other.stderr
    );
    let kept = fs::read_to_string(state.path().join("state.json")).expect("it was saved");
    assert!(kept.contains("一\\n———\\n另有"), "{kept}");
}

#[test]
fn what_is_not_taken_is_named_with_its_line_and_what_would_be_right() {
    let state = tempfile::tempdir().expect("a folder can be made");
    let long = "长".repeat(41);
    let text = format!("id,star,tags,passages\n01/02/2026,★,,\n000-99,★,,\n000-3,也许,{long},一\n");
    let ran = import(&text, "--lang en", state.path());
    assert_eq!(ran.code, 1);
    for said in [
        "line 2: “01/02/2026” is no id but a date or number that a spreadsheet made of one",
        "line 3: ",
        "line 4: 000-3: the column star takes ★ or nothing, not “也许”: left out",
        "line 4: 000-3: a passage is written “[start-end] quote”",
        "has 41 characters, 40 at most: left out",
    ] {
        assert!(ran.stderr.contains(said), "{said}\n{}", ran.stderr);
    }
}

#[test]
fn what_is_taken_otherwise_than_the_file_has_it_is_said() {
    let state = tempfile::tempdir().expect("a folder can be made");
    let text = "id,note,tags,passages\n\
                000-1,\"  一\u{7}二 \",待\u{200b}读,[1-5] 在全国率先试行“一地多用”模式\n\
                000-2,三,,[3-7] 没有这句话\n";
    let ran = import(text, "", state.path());
    assert_eq!(ran.code, 0);
    for said in [
        "第 2 行：000-1 的笔记去掉了 3 个多余的空白，有 1 个不可显示的字符换成了代替符号",
        "第 2 行：000-1 的标签“待\u{fffd}读”有 1 个不可显示的字符换成了代替符号",
        "第 2 行：000-1 的摘录“在全国率先试行“一地多用”模式”不在 1-5 处，已按文字改为",
        "第 3 行：000-2 的正文中没有 3-7 处的摘录“没有这句话”；仍予保存",
    ] {
        assert!(ran.stderr.contains(said), "{said}\n{}", ran.stderr);
    }
    let kept = fs::read_to_string(state.path().join("state.json")).expect("it was saved");
    assert!(
        !kept.contains("\"1-5\"") && kept.contains("\"3-7\""),
        "{kept}"
    );
    // What was moved is there already the next time.
    let again = import(text, "--json", state.path());
    let object: Value = serde_json::from_str(&again.stdout).expect("it is JSON");
    schema::check(&schema::of("schema/import.schema.json"), &object);
    assert_eq!(
        (&object["passages"]["same"], &object["passages"]["added"]),
        (&2.into(), &0.into())
    );
    let what: Vec<&str> = object["remarks"]
        .as_array()
        .expect("there are some")
        .iter()
        .filter_map(|remark| remark["what"].as_str())
        .collect();
    assert_eq!(what, ["cleaned", "moved", "cleaned", "absent"]);
}

#[test]
fn a_file_that_is_no_export_is_one_error() {
    let state = tempfile::tempdir().expect("a folder can be made");
    for (text, why) in [
        ("", "文件是空的"),
        ("标题\n正文\n", "不是 anli 导出的案例"),
        (
            "[{\"id\":\"1\",\"type\":\"article\"}]",
            "不是 anli 导出的案例",
        ),
        (
            "[{\"id\":\"anli-1\",\"type\":\"article\",\"note\":\"x\"}]",
            "不是 anli 导出的案例",
        ),
        ("[{\"id\":\"1\",\"note\":\"x\"", "不是完整的 JSON"),
        ("{\"id\":\"1\",\"note\":7}", "第 1 行不是 anli 导出的案例"),
        ("id,note\n000-1,\"x\n", "第 2 行的引号没有结束"),
    ] {
        let ran = import(text, "", state.path());
        assert_eq!((ran.code, &*ran.stdout), (2, ""), "{text}");
        assert!(ran.stderr.contains(why), "{text}: {}", ran.stderr);
        assert!(ran.stderr.contains("无法导入"), "{}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    }
    let ran = program::call("import /nowhere/at-all.csv");
    assert_eq!(ran.code, 2);
    let ran = program::call("import Cargo.toml --no-state");
    assert!(ran.stderr.contains("--dry-run"), "{}", ran.stderr);
}

#[test]
fn the_report_as_json_is_valid_by_its_schema() {
    let state = tempfile::tempdir().expect("a folder can be made");
    let schema = schema::of("schema/import.schema.json");
    for text in [
        "id,star,note,passages\n000-1,★,一,[3-5] 创新\n1/2/2026,★,,\n000-2,也许,,x\n",
        "id,star,note,passages\n000-1,★,二,[3-5] 试点\n",
        "[{\"id\":\"000-1\",\"note\":\"三\"},{\"id\":\"x\"}]",
    ] {
        let ran = import(text, "--json", state.path());
        let object: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
        schema::check(&schema, &object);
    }
}

#[test]
fn json_lines_are_counted_where_they_stand() {
    let given = import::read(
        "\n{\"id\":\"a\",\"note\":\"x\"}\n\n{\"id\":\"b\",\n\"star\":true} {\"id\":\"c\"}\n",
    );
    let places: Vec<Position> = given.expect("it is read").iter().map(|g| g.place).collect();
    assert_eq!(
        places,
        [Position::Line(2), Position::Line(4), Position::Line(5)]
    );
}
