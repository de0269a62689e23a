//! The explorer by lines: a reader's whole task, from finding to a file.

use crate::program;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

/// What a session answers to some lines, without what the texts of cases say.
fn session(folder: &Path, input: &[u8]) -> String {
    let ran = run(folder, input);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    ran.stdout
}

fn run(folder: &Path, input: &[u8]) -> program::Ran {
    let mut child = program::command()
        .args(["--plain", "--state", "state"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary was built for this test");
    let mut lines = child.stdin.take().expect("it was piped");
    lines.write_all(input).expect("it reads");
    drop(lines);
    program::ran(child.wait_with_output().expect("it ends"))
}

#[track_caller]
fn says(answers: &str, line: &str) {
    let found = answers
        .lines()
        .any(|said| said.trim_start_matches("> ") == line);
    assert!(found, "{line} is not said in\n{answers}");
}

#[test]
fn an_id_that_is_typed_opens_its_case() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let answers = session(folder.path(), "003-5\nt 待读\ns 000-1\nq\n".as_bytes());
    says(&answers, "003-5 标签：待读");
    says(&answers, "000-1 已加星标");
}

#[test]
fn a_case_is_found_read_marked_collected_and_exported() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let answers = session(
        folder.path(),
        "yigongti\n1\ns\nt 待读\na 第一行\na 第二行\nk\n公厕\nk 1\nl\ne 两例.md\nq\n".as_bytes(),
    );
    says(
        &answers,
        "1. 003-9 2017 加快医共体建设　打造分级诊疗“即墨模式”, 即墨区政府",
    );
    says(&answers, "003-9 已加星标");
    says(&answers, "003-9 标签：待读");
    says(&answers, "003-9 笔记：第一行");
    says(&answers, "第二行");
    says(
        &answers,
        "1. 003-9 ★ 已收集 2017 加快医共体建设　打造分级诊疗“即墨模式”, 即墨区政府",
    );
    let written = fs::read_to_string(folder.path().join("两例.md")).expect("it was written");
    assert!(written.contains("加快医共体建设 打造分级诊疗“即墨模式”"));
    assert_eq!(written.matches("\n---\n").count(), 1, "two cases");

    // The next session finds what this one kept, and replaces no file unasked.
    let answers = session(
        folder.path(),
        "星:是\n1\na\ne 两例.md\ne! 两例.csv\n".as_bytes(),
    );
    says(&answers, "找到 1");
    says(&answers, "003-9 笔记：第一行");
    says(&answers, "文件已存在，没有写入；要覆盖请用 e! 文件名。");
    let csv = fs::read_to_string(folder.path().join("两例.csv")).expect("it was written");
    assert!(csv.starts_with('\u{feff}'), "{csv}");
    let untouched = fs::read_to_string(folder.path().join("两例.md")).expect("it is there");
    assert_eq!(untouched, written);
}

#[test]
fn marks_that_cannot_be_saved_are_said_counted_and_asked_about() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let state = folder.path().join("state");
    fs::create_dir(&state).expect("made");
    let newer = "{\"version\":9}";
    fs::write(state.join("state.json"), newer).expect("written");
    // The lines end, or the reader insists.
    for end in ["", "q\n", "q\nq\n公厕\n"] {
        let lines = format!("003-9\n1\ns\na 笔记\n{end}");
        let ran = run(folder.path(), lines.as_bytes());
        assert_eq!(ran.code, 2, "{end:?}");
        assert!(
            ran.stdout.contains("仅在本次运行中有效：状态文件"),
            "{}",
            ran.stdout
        );
        says(&ran.stdout, "003-9 已加星标");
        let asked = ran
            .stdout
            .matches("有 2 处标记改动未能保存：状态文件")
            .count();
        assert_eq!(asked, usize::from(!end.is_empty()), "{}", ran.stdout);
        assert!(!ran.stdout.contains("公厕"), "it was left: {}", ran.stdout);
        let said = ran.stderr.lines().last().unwrap_or_default();
        assert!(
            said.starts_with("anli: 有 2 处标记改动未能保存："),
            "{said}"
        );
    }
    let left = fs::read_to_string(state.join("state.json")).expect("it is there");
    assert_eq!(left, newer);
}

#[test]
fn a_tag_that_is_too_long_is_refused() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let tag = "长".repeat(41);
    let lines = format!("003-9\n1\nt {tag}\nt\nq\n");
    let answers = session(folder.path(), lines.as_bytes());
    says(&answers, "标签有 41 字，最多 40 字；未保存");
    says(&answers, "003-9 没有标签");
}

#[test]
fn a_line_in_another_encoding_is_refused_and_kept_nowhere() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    // 地铁 in GB18030, as a query and as a note.
    let input = [b"003-9\n1\na \xb5\xd8\xcc\xfa\n\xb5\xd8\xcc\xfa\na\n".as_slice()].concat();
    let answers = session(folder.path(), &input);
    let refused = "输入的内容不是 UTF-8 编码，未作处理；请把终端的编码改为 UTF-8。";
    assert_eq!(answers.matches(refused).count(), 2, "{answers}");
    says(&answers, "003-9 没有笔记");
}

#[test]
fn a_number_that_no_hit_has_and_a_letter_with_a_word_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let answers = session(
        folder.path(),
        "/003-9\nk 7\ns\n/s\nBIM jishu\ne\n".as_bytes(),
    );
    says(&answers, "列表里没有这个编号。");
    says(&answers, "请先输入编号，阅读一个案例。");
    says(
        &answers,
        "请在 e 后面写文件名，如 e 案例.md；扩展名可用 md、csv、json、jsonl、bib、ris、csl-json。",
    );
    assert_eq!(answers.matches("找到").count(), 3, "{answers}");
}

#[test]
fn marks_leave_in_every_format_that_the_extension_names() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut lines = "003-9\n1\ns\nt 待读\na 可借鉴\nk\n".to_owned();
    let endings = ["md", "csv", "json", "jsonl", "bib", "ris", "csl-json"];
    for ending in endings {
        let path = folder.path().join(format!("marks.{ending}"));
        lines += &format!("e {}\n", path.display());
    }
    session(folder.path(), lines.as_bytes());
    for ending in endings {
        let path = folder.path().join(format!("marks.{ending}"));
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{ending}: {error}"));
        assert!(
            text.contains("待读") && text.contains("可借鉴"),
            "{ending}: {text}"
        );
    }
}

/// Two newspapers told of the same reform: 002-3 and 004-2. That of 003-4 is a later
/// stage of 000-4, by the same district.
#[test]
fn what_the_cases_say_is_listed_line_by_line() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let answers = session(folder.path(), "C\n源:002\nu 3\n源:000\nH 4\n".as_bytes());
    says(&answers, "请先用 k 收集两三个案例，再输入 C 对照。");
    let mut lines = answers.lines().map(|line| line.trim_start_matches("> "));
    let first = lines.find(|line| line.starts_with("1. 004-2"));
    assert!(first.is_some_and(|line| line.contains("同一改革的另一报道")));
    let later = lines.find(|line| line.starts_with("2017  003-4"));
    assert!(later.is_some_and(|line| line.contains("1188個責任網格 → 135个责任网格")));

    let answers = session(
        folder.path(),
        "源:003\nV\n题:医共体\nk 1\n题:街长制\nk 1\nC\n".as_bytes(),
    );
    says(&answers, "案例  33");
    says(&answers, "字数  79116");
    says(&answers, "概述");
    says(&answers, "003-9  （一）创新一套组建模式");
}
