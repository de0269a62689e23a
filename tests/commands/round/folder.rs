//! What lies in the folder of a round, and what of it is named: files that nothing reads,
//! lines that were not written to their end, settings that match nothing.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::Round;
use anli::jury::seat::{Draft, DraftLine};
use anli::jury::visible::Reader;
use anli::round::Opened;
use anli::round::sitting::Sitting;
use anli::seeds::{self, catalog::Catalog};

fn add(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("it is there");
    assert!(text.contains(from), "{from}: {text}");
    fs::write(path, text.replacen(from, to, 1)).expect("written");
}

#[test]
fn files_that_nothing_reads_are_named_wherever_they_lie() {
    let round = Round::example();
    let at = |name: &str| round.path().join(name);
    fs::create_dir_all(at("收到/第一批")).expect("a folder");
    fs::copy(at("office.jsonl"), at("office (1).jsonl")).expect("copied");
    let office = fs::read_to_string(at("office.jsonl")).expect("it is there");
    let first = office.lines().next().expect("a record");
    let other = first.replace("003-8", "003-9");
    fs::write(at("office-2.jsonl"), format!("{first}\n{other}\n")).expect("written");
    fs::copy(round.file("甲"), at("甲.jsonl")).expect("copied");
    fs::copy(round.file("乙"), at("收到/第一批/乙.jsonl")).expect("copied");
    fs::create_dir_all(at("jurors/U盘")).expect("a folder");
    fs::copy(round.file("甲"), at("jurors/U盘/甲.jsonl")).expect("copied");
    fs::copy(round.file("丙"), at("丙.jsonl")).expect("copied");
    add(&at("丙.jsonl"), "\"example\"", "\"2025\"");
    fs::write(at("big.jsonl"), vec![b' '; 9 << 20]).expect("written");
    fs::write(at("申报表.docx"), "PK").expect("written");
    fs::write(at("Thumbs.db"), "").expect("written");
    // What the program writes is no stranger.
    round.well("sheets", &[]);
    round.well("close", &["--reason", "试评"]);
    for action in ["status", "check", "tally", "verify"] {
        let said = round.run(action, &[]).stderr;
        for words in [
            "office (1).jsonl：office.jsonl 的副本",
            "office-2.jsonl 第 2 行：办公室记录的另一份，自该行起有 1 行",
            "甲.jsonl：评委“甲”的评分文件，应直接放在 jurors 文件夹中",
            "jurors/U盘/甲.jsonl：评委“甲”的评分文件，应直接放在",
            "收到/第一批/乙.jsonl：评委“乙”的评分文件，应直接",
            "丙.jsonl：评委“丙”的评分文件，属于另一轮评审（2025）",
            "big.jsonl 第 1 行：不是评委的评分文件，也不是办公室记录",
            "申报表.docx：不是本轮评审的文件",
        ] {
            assert!(said.contains(words), "{action}: {words}: {said}");
        }
        for words in ["papers/", "manifest", "round.toml", "jurors/甲", "Thumbs"] {
            assert!(!said.contains(words), "{action}: {words}: {said}");
        }
    }
    // A juror hears of none of them.
    assert_eq!(round.run("status", &["--juror", "甲"]).stderr, "");
}

#[test]
fn an_interrupted_line_of_the_office_is_no_sign_of_tampering() {
    let round = Round::example();
    round.well("close", &["--reason", "试评"]);
    let path = round.path().join("office.jsonl");
    let text = fs::read_to_string(&path).expect("it is there");
    fs::write(&path, format!("{text}{{\"sequence\":13,\"time")).expect("written");
    let cut = fs::read_to_string(&path).expect("it is there");
    assert!(round.well("verify", &[]).contains("均未改动"));
    round.well("note", &["会后补记"]);
    let ran = round.run("verify", &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("会后补记"), "{}", ran.stdout);
    let line = text.lines().count() + 1;
    let named = format!("office.jsonl 第 {line} 行：这一行没有写完");
    assert!(ran.stderr.contains(&named), "{}", ran.stderr);
    let now = fs::read_to_string(&path).expect("it is there");
    assert!(now.starts_with(&(cut + "\n{")), "nothing is lost: {now}");
    // What is changed afterwards is found all the same.
    add(&path, "会后补记", "会前补记");
    round.well("note", &["再记"]);
    fs::write(
        &path,
        fs::read_to_string(&path)
            .expect("text")
            .replace("会前", "会中"),
    )
    .expect("w");
    assert_eq!(round.run("verify", &[]).code, 1);
}

#[test]
fn scores_stay_with_their_cases_when_a_round_is_made_blind() {
    let round = Round::example();
    let path = round.path().join("round.toml");
    add(&path, "blind = \"none\"", "blind = \"labels\"");
    assert!(round.refused("tally", &[]).contains("amend"));
    let said = round.well("amend", &["--reason", "改为匿名"]);
    // Ten results of the formal check, and the entries of the example.
    let lines = |name: &str| {
        let text = fs::read_to_string(round.path().join(name)).expect("it is there");
        text.lines().count()
    };
    let entries = ["甲", "乙", "丙"].map(|juror| lines(&format!("jurors/{juror}.jsonl")) - 1);
    let renamed = 10 + entries.iter().sum::<usize>();
    assert!(said.contains(&format!("{renamed} 条记录")), "{said}");
    assert!(said.contains("0 个待评委确认"), "{said}");
    let ran = round.run("tally", &["--json"]);
    assert!(!ran.stderr.contains("不在案例库"), "{}", ran.stderr);
    let id = round.id("003-8");
    assert!(id.starts_with('b'), "{id}");
    let row = ran.stdout.lines().find(|row| row.contains(&id));
    assert!(row.expect("a row").contains("81.80"), "{}", ran.stdout);
    // What is written from now on, and what was, are of one case.
    round.score("甲", "003-8", "创新性=91");
    let status = round.well("status", &["--juror", "甲"]);
    let row = status.lines().find(|row| row.starts_with(&id));
    // 91 × 40 % + 80 × 30 % + 85 × 30 %.
    assert!(row.expect("a row").contains("85.90"), "{status}");
}

#[test]
fn a_conflict_that_matches_nothing_is_named_with_its_line() {
    let round = Round::example();
    let path = round.path().join("round.toml");
    let text = fs::read_to_string(&path).expect("it is there");
    let at = text.lines().count() as u32;
    let added = "[[juror]]\nname = \"丁\"\nareas = [\"劳山区\", \"市南区\"]\nconflicts = [\n  \
        { case = \"003-99\", ground = \"参与起草\" },\n  { org = \"市審記局\", ground = \"曾任职\" },\n  \
        { org = \"市审计局\", ground = \"曾任职\" },\n]\n";
    fs::write(&path, format!("{}\n{added}", text.trim_end())).expect("written");
    round.well("amend", &["--reason", "增加评委"]);
    let said = round.run("status", &[]).stderr;
    let mut named = said.lines().filter(|line| line.contains("评委 丁"));
    let lines: Vec<&str> = named.by_ref().collect();
    assert_eq!(lines.len(), 3, "{said}");
    for (line, number, words, near) in [
        (lines[0], at + 3, "“劳山区”", "崂山区"),
        (lines[1], at + 5, "“003-99”", "003-9"),
        (lines[2], at + 6, "“市審記局”", "局"),
    ] {
        let place = format!("round.toml 第 {number} 行");
        assert!(line.contains(&place) && line.contains(words), "{line}");
        let (_, nearest) = line.split_once("最接近的是").expect("a name");
        assert!(nearest.contains(near), "{line}");
    }
}

#[test]
fn applications_without_text_are_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let round = Round { folder };
    fs::create_dir_all(round.path().join("applications")).expect("a folder");
    let text = "推行错时共享停车　机关车位向居民开放\n市交通局\n一、背景\n停车难。\n\
        二、做法\n市交通局把机关车位向居民开放。\n";
    fs::write(round.application("停车.txt"), text).expect("written");
    fs::write(round.application("空.txt"), "").expect("written");
    fs::write(round.application("白.txt"), " \n\u{3000}\n").expect("written");
    fs::write(round.application("零.txt"), [0; 40]).expect("written");
    fs::write(round.application("大.txt"), vec![0; 40 << 20]).expect("written");
    let damaged = [text.as_bytes(), &vec![0; 40 << 20]].concat();
    fs::write(round.application("残.txt"), damaged).expect("written");
    round.well("new", &["案例=applications", "评委=甲"]);
    let ran = round.run("check", &[]);
    assert_eq!(ran.code, 1);
    for name in ["空.txt", "白.txt", "零.txt", "大.txt"] {
        let row = ran
            .stdout
            .lines()
            .find(|row| row.contains(name))
            .unwrap_or_else(|| panic!("{name}: {}", ran.stdout));
        assert!(
            row.contains("无法读取") && row.contains("没有文字"),
            "{row}"
        );
    }
    assert!(ran.stdout.contains("文件已损坏（NUL）"), "{}", ran.stdout);
    assert!(ran.stdout.contains("无法读取 5"), "{}", ran.stdout);
}

#[test]
fn notes_and_votes_stand_in_the_agenda() {
    let round = Round::example();
    round.well("note", &["--case", "003-16", "成效数据已核对"]);
    round.well("note", &["下午继续"]);
    round.well("vote", &["--case", "003-8", "到会=3", "同意=2"]);
    let said = round.well("agenda", &[]);
    for words in ["成效数据已核对", "讨论：下午继续", "表决 003-8"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn the_sheet_of_a_blind_round_has_the_titles_that_jurors_read() {
    let round = Round::new(|settings| settings.replace("blind = \"none\"", "blind = \"text\""));
    round.well("sheets", &[]);
    let sheet = fs::read_to_string(round.path().join("papers/个人评分表-甲.md")).expect("a sheet");
    let id = round.id("003-8");
    let row = sheet.lines().find(|row| row.contains(&id)).expect("a row");
    // 003-8 is 组建全区旅游发展委员会……, of 崂山区政府.
    assert!(row.contains("旅游"), "{row}");
    assert!(
        !sheet.contains("崂山") && !sheet.contains("市审计局"),
        "{sheet}"
    );
}

#[test]
fn the_numbers_of_jurors_are_drawn_once_and_printed_nowhere() {
    let round = Round::example();
    round.well("sheets", &[]);
    let office = || fs::read_to_string(round.path().join("office.jsonl")).expect("it is there");
    let first = office();
    let last = first.lines().last().expect("a record");
    let (_, secret) = last.split_once("\"secret\":\"").expect("a secret");
    let secret = secret.trim_end_matches("\"}");
    assert_eq!(secret.len(), 32, "{secret}");
    round.well("sheets", &[]);
    assert_eq!(office(), first);
    for paper in fs::read_dir(round.path().join("papers"))
        .expect("papers")
        .flatten()
    {
        let bytes = fs::read(paper.path()).expect("a paper");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains(secret), "{:?}", paper.path());
    }
    // Another round with the same settings draws another.
    let other = Round::example();
    other.well("sheets", &[]);
    let text = fs::read_to_string(other.path().join("office.jsonl")).expect("it is there");
    assert!(!text.contains(secret));
}

#[test]
fn two_open_sheets_of_one_juror_keep_a_draft_each() {
    let round = Round::example();
    let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
    let sit = || {
        let opened = Opened::read(round.path()).expect("a round");
        Sitting::new(opened, &corpus, Reader::Juror(2))
    };
    let draft = |text: &str| Draft {
        case: "003-10".to_owned(),
        line: DraftLine::Comment,
        text: text.to_owned(),
        ..Draft::default()
    };
    let text = |sitting: &Sitting| sitting.seat().draft.map(|draft| draft.text);
    // A program that another test begins at this moment holds every lock until it runs.
    let take_up = || {
        let found = (0..100).map(|_| sit()).find(|sitting| {
            let is_taken = text(sitting).is_some();
            if !is_taken {
                thread::sleep(Duration::from_millis(20));
            }
            is_taken
        });
        found.expect("a line is taken up")
    };
    let (mut one, mut two) = (sit(), sit());
    one.keep_draft(Some(&draft("机制"))).expect("kept");
    two.keep_draft(Some(&draft("数据"))).expect("kept");
    one.keep_draft(Some(&draft("机制新"))).expect("kept");
    two.keep_draft(Some(&draft("数据实"))).expect("kept");
    // A sheet that is opened beside them begins no line of theirs.
    assert_eq!(text(&sit()), None);
    // Both are interrupted: whoever sits down takes up one, then the other.
    drop((one, two));
    let mut next = take_up();
    let first = text(&next);
    next.keep_draft(Some(&draft("机"))).expect("kept");
    let mut last = take_up();
    let mut taken = [first, text(&last)];
    taken.sort();
    assert_eq!(taken, [Some("数据实".into()), Some("机制新".into())]);
    next.keep_draft(None).expect("dropped");
    last.keep_draft(Some(&draft("数据实。"))).expect("kept");
    drop(last);
    let mut last = take_up();
    assert_eq!(text(&last).as_deref(), Some("数据实。"));
    last.keep_draft(None).expect("dropped");
    assert_eq!(text(&sit()), None);
    let left = fs::read_dir(round.path().join("jurors")).expect("a folder");
    assert_eq!(left.count(), 3, "the files of the jurors alone");
}

#[test]
fn a_draft_that_nothing_was_written_to_is_taken_away() {
    let round = Round::example();
    let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
    // The program was killed after it made the file.
    let empty = round.path().join("jurors/.丙.draft");
    fs::write(&empty, "").expect("written");
    let opened = Opened::read(round.path()).expect("a round");
    let sitting = Sitting::new(opened, &corpus, Reader::Juror(2));
    assert!(!empty.exists());
    assert_eq!(sitting.seat().draft, None);
}

#[test]
fn a_library_that_is_not_there_is_named_with_its_line() {
    let round = Round::example();
    let path = round.path().join("round.toml");
    add(&path, "library = \"\"", "library = \"申报\"");
    let text = fs::read_to_string(&path).expect("it is there");
    let line = 1 + text
        .lines()
        .position(|line| line.starts_with("library"))
        .expect("a line");
    let said = round.refused("status", &[]);
    let named = format!("round.toml 第 {line} 行的 library");
    assert!(said.contains(&named) && said.contains("不存在"), "{said}");
    let said = round.refused("status", &["--lang", "en", "--juror", "甲"]);
    let named = format!("round.toml, line {line}, library");
    assert!(said.contains(&named), "{said}");
}

#[test]
fn a_link_to_nowhere_among_the_files_of_jurors_is_named() {
    let round = Round::new(|settings| settings);
    let link = round.path().join("jurors/断.jsonl");
    std::os::unix::fs::symlink("不在.jsonl", link).expect("a link");
    let ran = round.run("status", &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("jurors/断.jsonl"), "{}", ran.stderr);
}
