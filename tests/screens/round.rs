//! The screens of a jury's round: a juror's score sheet.

use std::fs;
use std::path::Path;

use anli::app::action::Action;
use anli::jury::entry::Mark;
use anli::jury::exact::Points;
use anli::jury::office::Act;
use anli::jury::seat::Writing;
use anli::language::Language;
use anli::round::Opened;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::support::screen::{Screen, sitting};
use crate::{SIZES, kept};

/// A copy of the round in `examples/round`.
pub fn example() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/round");
    copy(&from, folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a file");
        }
    }
}

/// Changes the settings of a round.
fn set(folder: &Path, from: &str, to: &str) {
    let path = folder.join("round.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    assert!(settings.contains(from), "{settings}");
    fs::write(path, settings.replace(from, to)).expect("written");
}

/// The lines that a juror has written.
fn entries(folder: &Path, juror: &str) -> Vec<String> {
    let text = fs::read_to_string(folder.join(format!("jurors/{juror}.jsonl"))).unwrap_or_default();
    text.lines().skip(1).map(str::to_owned).collect()
}

fn draft(folder: &Path, juror: &str) -> Option<String> {
    fs::read_to_string(folder.join(format!("jurors/.{juror}.draft"))).ok()
}

/// Opens a round, so that jurors see one another's scores.
pub fn open(folder: &Path) {
    let mut opened = Opened::read(folder).expect("a round");
    let act = Act::Open {
        missing: Vec::new(),
        reason: "试".to_owned(),
    };
    opened.record(act, TIME).expect("recorded");
}

const TIME: &str = "2026-03-02T09:00:00Z";

/// Goes through the order of the sheet to a case.
fn at_case(screen: Screen, id: &str) -> Screen {
    let mut screen = screen.press("KKKKKKKKKK");
    for _ in 0..10 {
        if screen.text().split_whitespace().any(|word| word == id) {
            return screen;
        }
        screen = screen.press("J");
    }
    panic!("{id} is not in the round");
}

fn as_juror(folder: &TempDir, juror: &str) -> Screen {
    Screen::in_round(folder.path(), Some(juror), 120, 36)
}

#[test]
fn a_sheet_does_not_write_over_an_entry_made_elsewhere() {
    let folder = example();
    let before = entries(folder.path(), "甲").len();
    // The sheet of 003-8 is open, and the same juror scores that case in another program.
    let screen = at_case(as_juror(&folder, "甲"), "003-8").press("7");
    let mut other = sitting(folder.path(), Some("甲"));
    let seat = other.seat();
    let case = seat.docket.find("003-8").expect("a case");
    let points = |points: &str| Points::parse(points).expect("points");
    let names = ["创新性", "领先性", "实效性"].map(str::to_owned);
    let given = names.into_iter().zip(["61", "62", "63"].map(points));
    let elsewhere = Writing {
        case,
        mark: Mark::Score(given.collect()),
        comment: String::new(),
    };
    other.enter(elsewhere, TIME.to_owned()).expect("written");
    // What was typed is not written; the other entry is shown, and the line goes on.
    let screen = screen.press("7{enter}");
    assert_eq!(entries(folder.path(), "甲").len(), before + 1);
    let text = screen.text();
    for words in ["较新的记录", "62", "63", "77"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // Enter writes it over the newer one, with the next number.
    let screen = screen.press("{enter}");
    let written = entries(folder.path(), "甲");
    assert_eq!(written.len(), before + 2, "{}", screen.text());
    let last = written.last().expect("an entry");
    for words in [
        format!("\"sequence\":{}", before + 2),
        "\"创新性\":77,\"实效性\":63,\"领先性\":62".to_owned(),
    ] {
        assert!(last.contains(&words), "{words}: {last}");
    }
}

#[test]
fn the_sheet_opens_beside_the_case_where_the_juror_left() {
    let folder = example();
    for (columns, rows) in SIZES {
        kept!(
            Screen::in_round(folder.path(), Some("丙"), columns, rows),
            attributed
        );
    }
    // 丙 gave 003-10 only one criterion, and comes back to it.
    let text = as_juror(&folder, "丙").text();
    assert!(
        text.contains("初评  003-10") && text.contains("已完成 5/10"),
        "{text}"
    );
    let mut english = as_juror(&folder, "丙");
    english.app.settings.language = Language::English;
    english.update(Action::Fit {
        columns: 80,
        rows: 24,
    });
    kept!(english);
}

#[test]
fn points_are_typed_written_when_they_are_left_and_added_up() {
    let folder = example();
    let before = entries(folder.path(), "丙").len();
    let screen = as_juror(&folder, "丙").press("{down}8");
    assert_eq!(entries(folder.path(), "丙").len(), before);
    let kept = draft(folder.path(), "丙").expect("the line is kept");
    assert!(kept.contains("\"text\":\"8\""), "{kept}");
    let screen = screen.press("0{enter}");
    assert_eq!(draft(folder.path(), "丙"), None);
    let written = entries(folder.path(), "丙");
    assert_eq!(written.len(), before + 1);
    let last = written.last().expect("an entry");
    assert!(
        last.contains("\"创新性\":75") && last.contains("\"领先性\":80"),
        "{last}"
    );
    let screen = screen.press("78");
    // 75·0.4 + 80·0.3 + 78·0.3 = 77.4, while it is typed already.
    assert!(screen.text().contains("77.40"), "{}", screen.text());
    kept!(screen, attributed);
    let screen = screen.press("n");
    assert_eq!(entries(folder.path(), "丙").len(), before + 2);
    assert!(screen.text().contains("已完成 6/10"), "{}", screen.text());
}

#[test]
fn a_number_that_is_no_score_stays_in_its_line_with_the_reason() {
    let folder = example();
    let before = entries(folder.path(), "丙");
    let screen = as_juror(&folder, "丙").press("{down}101{enter}");
    let text = screen.text();
    assert!(text.contains("领先性 至多 100 分，不能是 101"), "{text}");
    let screen = screen.press("{backspace}{backspace}{backspace}1.5{enter}");
    assert!(screen.text().contains("须为 1 的倍数"), "{}", screen.text());
    // Esc takes the line back.
    let screen = screen.press("{esc}");
    assert!(
        screen.text().contains("还差 领先性、实效性"),
        "{}",
        screen.text()
    );
    assert_eq!(entries(folder.path(), "丙"), before);
    assert_eq!(draft(folder.path(), "丙"), None);
}

#[test]
fn points_that_are_deleted_are_missing_and_not_zero() {
    let folder = example();
    let screen = as_juror(&folder, "丙").press("{backspace}{backspace}{enter}");
    let last = entries(folder.path(), "丙").pop().expect("an entry");
    assert!(!last.contains("points"), "{last}");
    let text = screen.text();
    assert!(
        text.contains("状态       未评") && !text.contains("0.00"),
        "{text}"
    );
}

#[test]
fn a_comment_is_one_entry_and_a_kill_leaves_its_draft() {
    let folder = example();
    let before = entries(folder.path(), "丙").len();
    let screen = as_juror(&folder, "丙").press("c机制新，可推广");
    drop(screen);
    assert_eq!(entries(folder.path(), "丙").len(), before);
    // The next start goes on in the line.
    let screen = as_juror(&folder, "丙");
    kept!(screen, attributed);
    let screen = screen.press("。{enter}");
    let written = entries(folder.path(), "丙");
    assert_eq!(written.len(), before + 1);
    let last = written.last().expect("an entry");
    assert!(
        last.contains("\"state\":\"comment\"") && last.contains("机制新，可推广。"),
        "{last}"
    );
    // It does not touch the points, and a score keeps it.
    let screen = screen.press("{up}{up}80{down}78{down}");
    assert!(screen.text().contains("77.40"), "{}", screen.text());
    let last = entries(folder.path(), "丙").pop().expect("an entry");
    assert!(last.contains("机制新，可推广。"), "{last}");
}

#[test]
fn recusal_abstention_and_putting_off_are_three_states() {
    let folder = example();
    let screen = as_juror(&folder, "丙").press("r{enter}");
    assert!(
        screen.text().contains("状态       未评完"),
        "{}",
        screen.text()
    );
    let screen = screen.press("r亲属{enter}");
    assert!(screen.text().contains("回避（亲属）"), "{}", screen.text());
    let refused = screen.press("5").text();
    assert!(refused.contains("先撤回，再评分"), "{refused}");
    let screen = as_juror(&folder, "丙").press("nx");
    assert!(
        screen.text().contains("状态       弃评"),
        "{}",
        screen.text()
    );
    let screen = screen.press("nw");
    assert!(
        screen.text().contains("状态       暂缓"),
        "{}",
        screen.text()
    );
    let done = |screen: &Screen| screen.text().contains("已完成 7/10");
    assert!(done(&screen), "{}", screen.text());
    let screen = screen.press("u");
    assert!(
        screen.text().contains("状态       未评"),
        "{}",
        screen.text()
    );
}

#[test]
fn a_number_in_its_field_is_written_before_another_line_begins() {
    for keys in ["c好{enter}n", "r亲属{esc}n", "s机制新{enter}n", "y", "v"] {
        let folder = example();
        let before = entries(folder.path(), "丙").len();
        as_juror(&folder, "丙").press(&format!("{{down}}60{keys}"));
        let written = entries(folder.path(), "丙").split_off(before);
        let points = "\"创新性\":75,\"领先性\":60";
        assert!(written[0].contains(points), "{keys}: {written:?}");
        assert_eq!(draft(folder.path(), "丙"), None, "{keys}");
    }
    // What cannot be an entry stays with the reason, and no other line begins.
    for key in ["c", "r", "s", "y"] {
        let folder = example();
        let before = entries(folder.path(), "丙");
        let text = as_juror(&folder, "丙")
            .press(&format!("{{down}}101{key}"))
            .text();
        assert!(text.contains("领先性 至多 100 分，不能是 101"), "{text}");
        assert_eq!(entries(folder.path(), "丙"), before);
        let kept = draft(folder.path(), "丙").expect("the line is kept");
        assert!(kept.contains("\"text\":\"101\""), "{kept}");
    }
}

#[test]
fn digits_in_their_field_do_not_undo_a_state() {
    for (key, state, shown) in [
        ("x", "abstention", "弃评"),
        ("w", "deferral", "暂缓"),
        ("u", "withdrawal", "未评"),
    ] {
        let folder = example();
        let before = entries(folder.path(), "丙").len();
        let screen = as_juror(&folder, "丙").press(&format!("{{down}}66{key}"));
        assert_eq!(draft(folder.path(), "丙"), None);
        let screen = screen.press("JK");
        let text = screen.text();
        assert!(text.contains(&format!("状态       {shown}")), "{text}");
        let written = entries(folder.path(), "丙").split_off(before);
        assert_eq!(written.len(), 1, "{written:?}");
        assert!(written[0].contains(state), "{written:?}");
    }
}

#[test]
fn settings_that_changed_without_a_record_take_no_points() {
    let folder = example();
    set(
        folder.path(),
        "name = \"乙\"",
        "name = \"乙\"\nareas = [\"莱西\"]",
    );
    let screen = as_juror(&folder, "丙");
    let changed = screen.press("5").text();
    assert!(changed.contains("anli jury amend"), "{changed}");
}

#[test]
fn the_first_score_stands_beside_the_revised_one() {
    let folder = example();
    let office = folder.path().join("office.jsonl");
    let mut opened = anli::round::Opened::read(folder.path()).expect("a round");
    let act = anli::jury::office::Act::Open {
        missing: Vec::new(),
        reason: "试".to_owned(),
    };
    opened
        .record(act, "2026-03-02T09:00:00Z")
        .expect("recorded");
    assert!(office.is_file());
    // 甲 gave 003-8 90, 80 and 85.
    let screen = at_case(as_juror(&folder, "甲"), "003-8").press("88{enter}");
    let text = screen.text();
    assert!(text.contains("复评  003-8"), "{text}");
    assert!(
        text.contains("初评 90") && text.contains("初评 85.50"),
        "{text}"
    );
    let last = entries(folder.path(), "甲").pop().expect("an entry");
    assert!(last.contains("\"stage\":\"revised\""), "{last}");
}

/// A long name of a band gives way to numbers, in every size.
#[test]
fn a_long_name_of_a_band_cuts_no_number() {
    let folder = example();
    let long = "在全国同类工作中属于首次提出并率先付诸实施且已见成效的重大改革创新举措";
    set(folder.path(), "较大创新", long);
    let mut opened = Opened::read(folder.path()).expect("a round");
    let act = Act::Settings {
        changes: Vec::new(),
        settings: opened.round.settings.clone(),
        rules: opened.round.rules(),
        reason: "试".to_owned(),
    };
    opened.record(act, TIME).expect("recorded");
    open(folder.path());
    for (columns, rows) in [(120, 36), (80, 24), (40, 12)] {
        let screen = Screen::in_round(folder.path(), Some("甲"), columns, rows);
        let screen = at_case(screen, "003-8").press("y").press("75{enter}k");
        let text = screen.text();
        let line = text
            .lines()
            .find(|line| line.contains("初评 90"))
            .unwrap_or_else(|| panic!("{columns}: {text}"));
        assert!(line.contains("75") && line.contains("/ 100"), "{line}");
        assert!(!text.contains(long) || columns > 110, "{text}");
        let range = text.lines().any(|line| line.contains("70–89"));
        assert!(range || columns == 40, "{columns}: {text}");
    }
}

#[test]
fn what_is_typed_out_of_range_shows_the_range_and_no_band() {
    for (columns, rows) in [(120, 36), (80, 24), (40, 12)] {
        let folder = example();
        let screen = Screen::in_round(folder.path(), Some("丙"), columns, rows);
        let mut screen = at_case(screen, "003-11").press("95");
        let value = |screen: &Screen, typed: &str| {
            let text = screen.text();
            let line = text
                .lines()
                .find(|line| line.contains(typed) && line.contains("/ 100"));
            line.unwrap_or_else(|| panic!("{columns}: {text}"))
                .to_owned()
        };
        let line = value(&screen, "95");
        assert!(line.contains("首创"), "{columns}: {line}");
        screen = screen.press("0");
        let line = value(&screen, "950");
        assert!(
            line.contains("应为 0–100") && !line.contains("首创"),
            "{line}"
        );
        assert!(!screen.text().contains('*'), "{}", screen.text());
        screen = screen.press("{backspace}.5");
        let line = value(&screen, "95.5");
        assert!(line.contains("每档 1") && !line.contains("首创"), "{line}");
        screen.app.settings.language = Language::English;
        let line = value(&screen.press("9"), "95.59");
        assert!(line.contains("steps of 1"), "{line}");
    }
}

#[test]
fn of_two_contents_of_one_entry_the_juror_chooses_one() {
    let folder = example();
    // On another computer 丙 wrote the last entry otherwise.
    let own = folder.path().join("jurors/丙.jsonl");
    let written = fs::read_to_string(&own).expect("text");
    let last = written.lines().next_back().expect("an entry");
    assert!(last.contains("\"创新性\":75"), "{last}");
    let other = written.replace(last, &last.replace("\"创新性\":75", "\"创新性\":61"));
    fs::write(folder.path().join("jurors/丙 (2).jsonl"), other).expect("written");
    let screen = at_case(as_juror(&folder, "丙"), "003-10");
    let text = screen.text();
    assert!(
        text.contains("有 1 条记录内容不一") && text.contains("选定"),
        "{text}"
    );
    let screen = screen.press("v");
    let text = screen.text();
    assert!(
        text.contains("创新性=75") && text.contains("创新性=61"),
        "{text}"
    );
    kept!(screen, attributed);
    let screen = screen.press("{down}{enter}");
    let text = screen.text();
    assert!(!text.contains("内容不一"), "{text}");
    assert!(text.contains("创新性     61"), "{text}");
    let last = entries(folder.path(), "丙").pop().expect("an entry");
    assert!(last.contains("\"state\":\"choice\""), "{last}");
    // It is chosen once.
    let text = screen.press("v").text();
    assert!(text.contains("没有待选定的记录"), "{text}");
}

#[test]
fn a_score_far_from_the_others_asks_its_juror_for_a_sentence() {
    let folder = example();
    // 乙 gave 003-16 87.70, the others 64.50 and 63.80; before the opening 乙 does not learn it.
    let screen = at_case(as_juror(&folder, "乙"), "003-16");
    assert!(!screen.text().contains('※'), "{}", screen.text());
    open(folder.path());
    let screen = at_case(as_juror(&folder, "乙"), "003-16");
    let text = screen.text();
    assert!(text.contains("相差 +23.55 分，请作说明"), "{text}");
    let screen = screen.press("s试点街道数据齐全{enter}");
    assert!(!screen.text().contains('※'), "{}", screen.text());
}

/// What the office has recorded last.
fn recorded(folder: &Path) -> String {
    let text = fs::read_to_string(folder.join("office.jsonl")).expect("text");
    text.lines().next_back().unwrap_or_default().to_owned()
}

#[test]
fn the_office_discusses_by_the_agenda_and_records_notes_votes_and_orders() {
    let folder = example();
    open(folder.path());
    let office = |columns, rows| Screen::in_round(folder.path(), None, columns, rows);
    let screen = office(120, 36).press("a");
    // The gap of 部门 is 0.35: both of its cases are 0.18 from the line, the wider range first;
    // in 区市 it is 1.60.
    let rows = screen.rows();
    let place = |id: &str| rows.iter().position(|row| row.contains(&format!(" {id} ")));
    let places: Vec<_> = ["003-16", "003-15", "003-8", "003-9", "003-10"]
        .map(place)
        .to_vec();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{}",
        rows.join("\n")
    );
    let row = &rows[places[0].expect("it is there")];
    assert!(
        row.contains("0.18") && row.contains("23.90") && row.contains("※1"),
        "{row}"
    );
    // A note on the case at hand, a vote with the numbers that are known.
    let screen = screen.press("g").press("c数据已核对{enter}");
    assert!(recorded(folder.path()).contains("\"text\":\"数据已核对\""));
    let screen = screen.press("v");
    assert!(
        screen.text().contains("到会=3 回避=0 多数=1/2 同意="),
        "{}",
        screen.text()
    );
    let screen = screen.press("4{enter}");
    assert!(screen.text().contains("人数不合"), "{}", screen.text());
    let screen = screen.press("{backspace}2{enter}");
    let text = screen.text();
    assert!(text.contains("讨论：数据已核对"), "{text}");
    assert!(text.contains("同意 2 票，须过半数（2 票），通过"), "{text}");
    kept!(screen, attributed);
    for (columns, rows) in [(80, 24), (40, 12)] {
        kept!(office(columns, rows).press("a"), attributed);
    }
    let mut english = office(80, 24).press("av");
    english.app.settings.language = Language::English;
    let english = english.press("{esc}v").text();
    assert!(
        english.contains("present=3 recused=0 majority=1/2 yes="),
        "{english}"
    );
    // 003-15 has a recused juror, who is not counted.
    let screen = screen.press("{down}v");
    assert!(screen.text().contains("到会=3 回避=1"), "{}", screen.text());
    let screen = screen.press("{esc}o").press("{enter}");
    assert!(screen.text().contains("至少两个"), "{}", screen.text());
    let screen = screen.press("{esc}a");
    assert!(screen.text().contains("名额线"), "{}", screen.text());
}

#[test]
fn a_tie_across_the_line_is_decided_from_the_tally() {
    let folder = example();
    // Without a criterion that parts them A and B are equal, and there is one place.
    set(folder.path(), "ties = [\"创新性\"]", "ties = []");
    let path = folder.path().join("round.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    let (before, after) = settings.split_once("name = \"区市\"").expect("a category");
    let (_, after) = after.split_once("quota").expect("its quota");
    let (_, after) = after.split_once('\n').expect("a line");
    fs::write(
        &path,
        format!("{before}name = \"区市\"\nquota = 1\n{after}"),
    )
    .expect("written");
    let mut opened = Opened::read(folder.path()).expect("a round");
    let act = Act::Settings {
        changes: Vec::new(),
        settings: opened.round.settings.clone(),
        rules: opened.round.rules(),
        reason: "试".to_owned(),
    };
    opened.record(act, TIME).expect("recorded");
    open(folder.path());
    let screen = Screen::in_round(folder.path(), None, 120, 36);
    assert!(
        screen.text().contains("须由评审组决定"),
        "{}",
        screen.text()
    );
    let screen = screen.press("o");
    assert!(
        screen.text().contains("003-8 003-9 理由="),
        "{}",
        screen.text()
    );
    let screen = screen.press("{enter}");
    assert!(screen.text().contains("缺少 理由=…"), "{}", screen.text());
    let screen = screen.press("{ctrl-u}003-9 003-8 理由=讨论决定{enter}");
    let text = screen.text();
    assert!(
        text.contains("评审组决定") && !text.contains("须由评审组决定"),
        "{text}"
    );
    assert!(recorded(folder.path()).contains("[\"003-9\",\"003-8\"]"));
}

#[test]
fn a_juror_records_nothing_for_the_panel() {
    let folder = example();
    open(folder.path());
    let before = recorded(folder.path());
    let screen = as_juror(&folder, "甲").press("Z");
    for key in ["c", "v", "o"] {
        let pressed = Screen::in_round(folder.path(), Some("甲"), 120, 36)
            .press("Z")
            .press(key);
        assert!(
            pressed.text().contains("由办公室进行"),
            "{}",
            pressed.text()
        );
    }
    let agenda = screen.press("a").text();
    assert!(agenda.contains("讨论议程"), "{agenda}");
    assert_eq!(recorded(folder.path()), before);
}

#[test]
fn what_the_case_claims_is_gone_to_and_marked() {
    let folder = example();
    kept!(as_juror(&folder, "丙").press("LL"), attributed);
    kept!(as_juror(&folder, "丙").press("dd"), attributed);
    let screen = Screen::in_round(folder.path(), Some("丙"), 80, 24).press("d");
    kept!(screen, attributed);
}

#[test]
fn without_a_round_or_a_juror_there_is_no_sheet() {
    let screen = Screen::new(80, 24).press("F");
    assert!(screen.app.overlay.view.is_none());
    assert!(screen.text().contains("没有打开评审"), "{}", screen.text());
    let screen = screen.press("Z");
    assert!(screen.text().contains("没有打开评审"), "{}", screen.text());
    let folder = example();
    let screen = Screen::in_round(folder.path(), None, 80, 24).press("{esc}F");
    assert!(screen.app.overlay.view.is_none());
    assert!(screen.text().contains("--juror"), "{}", screen.text());
}

#[test]
fn before_the_opening_the_office_sees_how_far_each_juror_is_and_no_score() {
    let folder = example();
    let screen = Screen::in_round(folder.path(), None, 120, 36);
    kept!(screen);
    let text = screen.text();
    // 甲 and 乙 have scored five cases or are recused from one; 丙 has four, and one half.
    assert!(text.contains("5/10"), "{text}");
    for score in ["81.80", "72.35", "85.50"] {
        assert!(!text.contains(score), "{text}");
    }
    let juror = as_juror(&folder, "甲").press("Z").text();
    assert!(juror.contains("本轮尚未开放"), "{juror}");
}

#[test]
fn the_tally_has_the_worked_example_to_the_last_digit() {
    let folder = example();
    open(folder.path());
    for (columns, rows) in SIZES {
        kept!(
            Screen::in_round(folder.path(), None, columns, rows),
            attributed
        );
    }
    let screen = Screen::in_round(folder.path(), None, 120, 60);
    let rows = screen.rows();
    let row = |id: &str| -> Vec<String> {
        let row = rows
            .iter()
            .find(|row| row.contains(&format!(" {id} ")))
            .unwrap_or_else(|| panic!("{id}: {}", rows.join("\n")))
            .trim_start_matches('▌');
        row.split_whitespace().map(str::to_owned).collect()
    };
    // Means, median, least squares and spread of the worked example; too few scores to
    // trim.
    let expected = [
        (
            "003-8",
            "1",
            ["3/3", "81.80", "—", "82.00", "81.80", "3.80"],
        ),
        (
            "003-9",
            "2",
            ["3/3", "81.80", "—", "82.00", "81.80", "2.51"],
        ),
        (
            "003-10",
            "3",
            ["2/3", "80.20", "—", "80.20", "78.10", "0.57"],
        ),
        (
            "003-15",
            "1",
            ["2/3", "72.35", "—", "72.35", "74.67", "0.35"],
        ),
        (
            "003-16",
            "2",
            ["3/3", "72.00", "—", "64.50", "72.00", "13.60"],
        ),
    ];
    for (id, rank, values) in expected {
        let row = row(id);
        assert!(row.contains(&rank.to_owned()), "{row:?}");
        let found = row.windows(6).any(|six| six.iter().eq(values.iter()));
        assert!(found, "{id}: {row:?}");
    }
    let text = rows.join("\n");
    for words in [
        "0.35",
        "※ 乙对 003-16",
        "+23.55",
        "+6.24",
        "-5.39",
        "-0.68",
        "尚缺",
        "得分不足 5 个",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let opened = screen.press("{down}{enter}");
    assert_eq!(opened.reading(), Some("003-9"));
}

#[test]
fn the_office_reads_files_that_came_in_meanwhile() {
    let folder = example();
    open(folder.path());
    let screen = Screen::in_round(folder.path(), None, 120, 60);
    assert!(
        !screen.text().contains("3/3      79.27"),
        "{}",
        screen.text()
    );
    // 丙 completes E as in the second worked example: 75, 80 and 78.
    give(folder.path(), "丙", "003-10", Entered::Points([75, 80, 78]));
    let screen = screen.press("r");
    let text = screen.text();
    assert!(text.contains("79.27"), "{text}");
}

/// What one of the other jurors enters.
#[derive(Clone, Debug)]
enum Entered {
    Points([i64; 3]),
    Recusal,
    Abstention,
    Comment,
}

/// Writes an entry of a juror.
fn give(folder: &Path, juror: &str, id: &str, entered: Entered) {
    let mut sitting = sitting(folder, Some(juror));
    let seat = sitting.seat();
    let names = seat
        .round
        .criteria
        .iter()
        .map(|criterion| criterion.name.clone());
    let mark = match entered {
        Entered::Points(points) => Mark::Score(names.zip(points.map(Points::whole)).collect()),
        Entered::Recusal => Mark::Recusal("亲属".to_owned()),
        Entered::Abstention => Mark::Abstention,
        Entered::Comment => Mark::Comment,
    };
    let writing = Writing {
        case: seat.docket.find(id).expect("a case of the round"),
        mark,
        comment: "他人的评语".to_owned(),
    };
    // After a recusal there are no points.
    if seat.refuses(&writing).is_none() {
        sitting.enter(writing, TIME.to_owned()).expect("written");
    }
}

const OTHERS: [&str; 2] = ["乙", "丙"];

fn entered() -> impl Strategy<Value = Entered> {
    prop_oneof![
        [0..101_i64, 0..101_i64, 0..101_i64].prop_map(Entered::Points),
        Just(Entered::Recusal),
        Just(Entered::Abstention),
        Just(Entered::Comment),
    ]
}

/// Keys that go through the views, lists, exports and notices of the explorer.
const KEYS: &str = "{esc}{esc}fO{esc}o{esc}i{esc}d{esc}D{esc}L{esc}V{esc}u{esc}H{esc}S{esc}P{esc}y{enter}c{esc}\
    e{enter}{esc}z{esc}w{esc}?{esc}  C{esc}Za1cvo{esc}{esc}{esc}FJJKKnnv{esc}{tab}LLdd5{esc}c{esc}xuwuZ{esc}r";

/// Screens and effects are the same in two rounds, key by key.
fn same_screens(one: &Path, other: &Path, juror: &str) -> Result<(), TestCaseError> {
    let open = |folder: &Path| Screen::in_round(folder, Some(juror), 100, 30);
    let (mut one, mut other) = (open(one), open(other));
    for key in crate::support::screen::parse(KEYS) {
        prop_assert_eq!(one.attributed(), other.attributed(), "before {:?}", key);
        one.input(anli::key::Input::Key(key));
        other.input(anli::key::Input::Key(key));
    }
    let effects = |screen: &Screen| format!("{:?}", screen.effects);
    prop_assert_eq!(effects(&one), effects(&other));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn before_the_opening_no_screen_depends_on_the_entries_of_others(
        others in proptest::collection::vec((0..2_usize, 0..5_usize, entered()), 1..5),
    ) {
        let ids = ["003-8", "003-9", "003-11", "003-12", "003-17"];
        let (one, other) = (example(), example());
        for (juror, case, entered) in others {
            give(other.path(), OTHERS[juror], ids[case], entered);
        }
        same_screens(one.path(), other.path(), "甲")?;
    }

    #[test]
    fn on_a_case_of_a_recusal_no_screen_ever_depends_on_the_entries_of_others(
        others in proptest::collection::vec(entered(), 1..4),
    ) {
        // 乙 is recused from 003-15, and the round is open.
        let (one, other) = (example(), example());
        for entered in others {
            give(other.path(), "丙", "003-15", entered);
        }
        open(one.path());
        open(other.path());
        same_screens(one.path(), other.path(), "乙")?;
    }
}
