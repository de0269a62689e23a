//! What is remembered survives: a kill at any moment, two explorers at once,
//! damaged and newer files, folders that cannot be written.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anli::language::Language;
use anli::store::{
    Attempt, Change, Damage, HISTORY_LIMIT, Missing, NOTE_LIMIT, Report, Resume, State, Store,
};
use anli::text::CharSpan;
use proptest::prelude::*;

fn star(case: &str, on: bool) -> Change {
    Change::Star {
        case: case.to_owned(),
        on,
    }
}

fn tag(case: &str, tag: &str, on: bool) -> Change {
    Change::Tag {
        case: case.to_owned(),
        tag: tag.to_owned(),
        on,
    }
}

fn note(case: &str, note: &str) -> Change {
    Change::Note {
        case: case.to_owned(),
        note: note.to_owned(),
    }
}

/// The passage that begins at a character.
fn passage(case: &str, start: u32, quote: &str) -> Change {
    Change::Passage {
        case: case.to_owned(),
        span: CharSpan::new(start, start + 2),
        quote: quote.to_owned(),
    }
}

fn asked(query: &str) -> Change {
    Change::Asked(query.to_owned())
}

/// Opens a folder that nothing is wrong with.
#[track_caller]
fn open(folder: &Path) -> Store {
    let (store, reports) = Store::open(folder);
    assert!(reports.is_empty(), "{reports:?}");
    store
}

#[track_caller]
fn save(store: &mut Store) {
    let reports = store.save().expect("the folder can be written");
    assert!(reports.is_empty(), "{reports:?}");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("readable");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn what_was_saved_is_there_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("not/yet/there");
    let mut store = open(&path);
    let resume = Resume {
        case: Some("003-9".to_owned()),
        block: 4,
        character: 17,
        query: "年:2017 医共体".to_owned(),
        view: "page".to_owned(),
        measure: Some(72),
        measure_set: Some(80),
        order: Some("newest".to_owned()),
        ..Resume::default()
    };
    for change in [
        star("000-13", true),
        tag("000-13", "融资", true),
        tag("000-13", "地铁", true),
        tag("000-13", "地铁", false),
        note("003-9", "分级诊疗\n再看一遍"),
        asked("ditie"),
        asked("医共体"),
        Change::Resume(resume.clone()),
    ] {
        store.apply(change);
    }
    assert!(store.unsaved());
    save(&mut store);
    assert!(!store.unsaved());

    let store = open(&path);
    let state = store.state();
    assert!(state.starred("000-13"));
    assert!(!state.starred("003-9"));
    assert_eq!(state.tags("000-13").collect::<Vec<_>>(), ["融资"]);
    assert_eq!(state.note("003-9"), "分级诊疗\n再看一遍");
    assert_eq!(state.history().collect::<Vec<_>>(), ["医共体", "ditie"]);
    assert_eq!(state.resume(), Some(&resume));
}

#[test]
fn every_library_has_a_place_and_the_last_hundred_are_remembered() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("anli");
    let place = |library: &str, query: &str| {
        Change::Resume(Resume {
            library: library.to_owned(),
            query: query.to_owned(),
            ..Resume::default()
        })
    };
    let mut store = open(&path);
    store.apply(place("", "养老"));
    store.apply(place("/a", "判决"));
    // Another explorer reads on in two libraries meanwhile.
    let mut other = open(&path);
    other.apply(place("/b", "公告"));
    other.apply(place("/a", "裁定"));
    save(&mut store);
    save(&mut other);
    // What others saved is there after the next save.
    store.apply(asked("养老"));
    save(&mut store);
    let query = |store: &Store, library: &str| {
        let place = store.state().resume_of(library);
        place.map(|place| place.query.clone())
    };
    for store in [&store, &open(&path)] {
        assert_eq!(query(store, "").as_deref(), Some("养老"));
        assert_eq!(query(store, "/a").as_deref(), Some("裁定"));
        assert_eq!(query(store, "/b").as_deref(), Some("公告"));
    }
    for number in 0..100 {
        store.apply(place(&format!("/{number}"), "x"));
    }
    assert_eq!(query(&store, "/a"), None);
    assert_eq!(query(&store, "/0").as_deref(), Some("x"));
    assert_eq!(query(&store, "").as_deref(), Some("养老"));
    assert_eq!(store.state().all_places().len(), 101);
}

#[test]
fn the_file_is_for_its_owner_alone_and_names_its_version() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("anli");
    let mut store = open(&path);
    store.apply(star("000-1", true));
    save(&mut store);
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o700);
    assert_eq!(mode(&path.join("state.json")), 0o600);
    assert_eq!(names(&path), ["state.json", "state.lock"]);
    let text = fs::read_to_string(path.join("state.json")).expect("readable");
    assert!(text.starts_with("{\"version\":1,"), "{text}");
}

#[test]
fn nothing_is_written_before_something_is_worth_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut store = open(folder.path());
    save(&mut store);
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn without_a_folder_the_store_works_in_memory_and_every_save_says_so() {
    let (mut store, reports) = Store::homeless(Missing::NoHome);
    assert!(matches!(reports.as_slice(), [Report::NoFolder]));
    for marks in 1..=2 {
        store.apply(star("000-1", true));
        assert!(store.state().starred("000-1"));
        assert!(matches!(store.save(), Err(Report::NoFolder)));
        assert_eq!(store.unsaved_marks(), marks);
    }
}

#[test]
fn a_store_that_is_asked_to_save_nothing_fails_nowhere() {
    let mut store = Store::memory();
    store.apply(star("000-1", true));
    save(&mut store);
    assert!(store.state().starred("000-1"));
    assert!(!store.unsaved());
    assert_eq!(store.unsaved_marks(), 0);
}

#[test]
fn a_damaged_file_is_kept_aside_and_reported() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("state.json");
    let damaged: [&[u8]; 7] = [
        b"",
        b"{\"version\":1,\"cases\":{\"000-1\":{\"st",
        b"\xff\xfe\x00not json",
        b"[]",
        b"{\"version\":0}",
        b"{\"version\":1,\"cases\":7}",
        b"{\"cases\":{}}",
    ];
    for (index, bytes) in damaged.into_iter().enumerate() {
        fs::write(&file, bytes).expect("written");
        let (mut store, reports) = Store::open(folder.path());
        let kept = folder
            .path()
            .join(format!("state.json.damaged-{}", index + 1));
        let [Report::Damaged { kept: at, .. }] = reports.as_slice() else {
            panic!("{reports:?}");
        };
        assert_eq!(*at, kept);
        assert_eq!(fs::read(&kept).expect("readable"), bytes);
        assert!(!file.exists());
        store.apply(star("000-1", true));
        save(&mut store);
        assert!(open(folder.path()).state().starred("000-1"));
        assert_eq!(fs::read(&kept).expect("readable"), bytes);
    }
}

#[test]
fn a_file_damaged_while_the_explorer_runs_is_kept_aside_when_saving() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut store = open(folder.path());
    fs::write(folder.path().join("state.json"), "half").expect("written");
    store.apply(star("000-1", true));
    let reports = store.save().expect("saved all the same");
    assert!(
        matches!(reports.as_slice(), [Report::Damaged { .. }]),
        "{reports:?}"
    );
    let kept = folder.path().join("state.json.damaged-1");
    assert_eq!(fs::read_to_string(kept).expect("readable"), "half");
    assert!(open(folder.path()).state().starred("000-1"));
}

#[test]
fn the_file_of_a_newer_program_is_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("state.json");
    let newer = "{\"version\":2,\"cases\":[\"another shape\"]}";
    fs::write(&file, newer).expect("written");
    let (mut store, reports) = Store::open(folder.path());
    assert!(
        matches!(reports.as_slice(), [Report::Newer { version: 2, .. }]),
        "{reports:?}"
    );
    store.apply(star("000-1", true));
    assert!(matches!(store.save(), Err(Report::Newer { .. })));
    assert_eq!(store.unsaved_marks(), 1);
    assert_eq!(fs::read_to_string(&file).expect("readable"), newer);
    // Out of the way, it stops nothing any more.
    fs::remove_file(&file).expect("removed");
    save(&mut store);
    assert!(open(folder.path()).state().starred("000-1"));

    // It may also come up while this program runs.
    let other = tempfile::tempdir().expect("a temporary folder");
    let file = other.path().join("state.json");
    let mut store = open(other.path());
    fs::write(&file, newer).expect("written");
    store.apply(star("000-1", true));
    assert!(matches!(store.save(), Err(Report::Newer { .. })));
    assert!(store.unsaved());
    assert_eq!(fs::read_to_string(&file).expect("readable"), newer);
}

fn pipe(path: &Path) {
    rustix::fs::mknodat(
        rustix::fs::CWD,
        path,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .expect("a pipe can be made");
}

#[test]
fn a_link_to_a_file_is_followed_and_stays() {
    let dotfiles = tempfile::tempdir().expect("a temporary folder");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = dotfiles.path().join("anli.json");
    let file = folder.path().join("state.json");
    fs::write(&target, "{\"version\":1}").expect("written");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).expect("set");
    symlink(&target, &file).expect("linked");
    let mut store = open(folder.path());
    store.apply(star("000-1", true));
    save(&mut store);
    assert!(fs::symlink_metadata(&file).expect("there").is_symlink());
    assert_eq!(names(dotfiles.path()), ["anli.json"]);
    let mode = fs::metadata(&target).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(open(folder.path()).state().starred("000-1"));

    // What is no state is perhaps another program's: it is left alone.
    fs::write(&target, "half").expect("written");
    let (mut store, reports) = Store::open(folder.path());
    assert!(
        matches!(reports.as_slice(), [Report::LinkElsewhere { target: at, .. }] if *at == target),
        "{reports:?}"
    );
    store.apply(star("000-2", true));
    let saved = store.save();
    assert!(
        matches!(saved, Err(Report::LinkElsewhere { .. })),
        "{saved:?}"
    );
    assert_eq!(fs::read_to_string(&target).expect("readable"), "half");
    assert_eq!(names(dotfiles.path()), ["anli.json"]);
}

#[test]
fn a_link_in_the_place_of_the_draft_is_not_written_through() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("target");
    fs::write(&target, "mine").expect("written");
    symlink(&target, folder.path().join("state.json.tmp")).expect("linked");
    let mut store = open(folder.path());
    store.apply(star("000-1", true));
    save(&mut store);
    assert_eq!(fs::read_to_string(&target).expect("readable"), "mine");
}

/// What may be in the way of the state file, made at a path; each is left as it
/// is, and saving works again when it is gone.
#[test]
fn what_is_no_file_is_left_alone_until_it_is_gone() {
    let dead = |path: &Path| symlink(path.with_extension("none"), path).expect("linked");
    let to_a_folder = |path: &Path| symlink("/", path).expect("linked");
    let to_itself = |path: &Path| symlink(path, path).expect("linked");
    let folder = |path: &Path| fs::create_dir(path).expect("made");
    let ways: [&dyn Fn(&Path); 5] = [&pipe, &dead, &to_a_folder, &to_itself, &folder];
    for make in ways {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("state.json");
        make(&file);
        let (mut store, reports) = Store::open(folder.path());
        assert_eq!(reports.len(), 1, "{reports:?}");
        store.apply(star("000-1", true));
        let before = fs::symlink_metadata(&file).expect("there").file_type();
        let report = store.save().expect_err("it is no file");
        assert_eq!(report.to_string(), reports[0].to_string());
        assert_eq!(store.unsaved_marks(), 1);
        let after = fs::symlink_metadata(&file).expect("there").file_type();
        assert_eq!(before, after);
        fs::remove_file(&file)
            .or_else(|_| fs::remove_dir(&file))
            .expect("removed");
        save(&mut store);
        assert!(open(folder.path()).state().starred("000-1"));
    }
}

#[test]
fn a_file_that_is_read_only_is_read_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("state.json");
    let mut store = open(folder.path());
    store.apply(star("000-1", true));
    save(&mut store);
    let set_mode = |mode| {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    for before in [fs::read(&file).expect("readable"), b"{".to_vec()] {
        set_mode(0o600);
        fs::write(&file, &before).expect("written");
        set_mode(0o444);
        let (mut store, reports) = Store::open(folder.path());
        assert_eq!(reports.len(), 1, "{reports:?}");
        assert!(reports[0].prevents_saving());
        assert_eq!(store.state().starred("000-1"), before.len() > 1);
        store.apply(star("000-2", true));
        let report = store.save().expect_err("it is read-only");
        assert!(report.to_string().ends_with("it is read-only"), "{report}");
        assert_eq!(store.unsaved_marks(), 1);
        assert_eq!(fs::read(&file).expect("readable"), before);
        let mode = fs::metadata(&file).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o444);
        assert_eq!(names(folder.path()), ["state.json", "state.lock"]);
        set_mode(0o600);
        store.save().expect("it can be written again");
        assert!(open(folder.path()).state().starred("000-2"));
        for name in names(folder.path()) {
            if name.contains("damaged") {
                fs::remove_file(folder.path().join(name)).expect("removed");
            }
        }
    }
}

#[test]
fn a_lock_that_is_no_file_is_said_at_once() {
    let to_a_file = |path: &Path| symlink("/etc/hostname", path).expect("linked");
    let folder = |path: &Path| fs::create_dir(path).expect("made");
    let ways: [&dyn Fn(&Path); 3] = [&pipe, &to_a_file, &folder];
    for make in ways {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let lock = folder.path().join("state.lock");
        make(&lock);
        let mut store = open(folder.path());
        store.apply(star("000-1", true));
        let report = store.save().expect_err("it is no file");
        assert!(matches!(report, Report::LockNotAFile { .. }), "{report}");
        fs::remove_file(&lock)
            .or_else(|_| fs::remove_dir(&lock))
            .expect("removed");
        save(&mut store);
    }
}

#[test]
fn what_another_version_keeps_survives_a_save() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("state.json");
    let written = serde_json::json!({
        "version": 1,
        "colour": {"of": ["all", 1, null]},
        "cases": {
            "000-1": {
                "star": {"at": 1, "value": true, "device": "甲"},
                "rating": 5,
                "tags": {"待读": {"at": 2, "value": true, "why": "会议"}},
            },
            "000-9": {"rating": 1},
        },
        "resume": {
            "at": 3,
            "value": {"query": "地铁", "zoom": 2.5},
            "device": "乙",
        },
        "history": [{"at": 1, "value": "地铁", "hits": 3}],
    });
    fs::write(&file, written.to_string()).expect("written");
    let mut store = open(folder.path());
    // Another explorer of that version goes on while this one is open.
    let mut later = written.clone();
    later["cases"]["000-1"]["rating"] = 3.into();
    fs::write(&file, later.to_string()).expect("written");
    for change in [
        star("000-1", false),
        tag("000-1", "待读", false),
        note("000-1", "新"),
        Change::Resume(Resume {
            query: "公积金".to_owned(),
            ..Resume::default()
        }),
    ] {
        store.apply(change);
    }
    save(&mut store);
    let text = fs::read_to_string(&file).expect("readable");
    let saved: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    for (place, value) in [
        ("/version", 1.into()),
        ("/colour", written["colour"].clone()),
        ("/cases/000-1/rating", 3.into()),
        ("/cases/000-1/star/value", false.into()),
        ("/cases/000-1/star/device", "甲".into()),
        ("/cases/000-1/tags/待读/why", "会议".into()),
        ("/cases/000-9/rating", 1.into()),
        ("/resume/device", "乙".into()),
        ("/resume/value/zoom", 2.5.into()),
        ("/resume/value/query", "公积金".into()),
        ("/history/0/hits", 3.into()),
    ] {
        assert_eq!(saved.pointer(place), Some(&value), "{place} in {text}");
    }
    assert_eq!(text.matches("\"version\"").count(), 1);
}

#[test]
fn a_folder_that_cannot_be_written_is_reported_and_nothing_is_lost() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("a file");
    fs::write(&file, "").expect("written");
    let (mut store, _) = Store::open(&file.join("below"));
    let blocked = folder.path().join("blocked");
    let mut other = open(&blocked);
    fs::write(&blocked, "").expect("written");

    store.apply(star("000-1", true));
    store.save().ok();
    assert!(store.state().starred("000-1"));

    other.apply(star("000-1", true));
    let report = other.save().expect_err("a file is no folder");
    assert!(
        report
            .to_string()
            .starts_with("cannot create the state folder "),
        "{report}"
    );
    assert!(other.unsaved());
    // The way is free again: the next save brings what was kept.
    fs::remove_file(&blocked).expect("removed");
    save(&mut other);
    assert!(open(&blocked).state().starred("000-1"));
}

#[test]
fn a_file_in_the_place_of_the_folder_is_said_to_be_no_folder() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("anli");
    fs::write(&file, "x").expect("written");
    let (mut store, _) = Store::open(&file);
    store.apply(star("000-1", true));
    let report = store.save().expect_err("there is no folder");
    let why = report.message(Language::Chinese);
    assert!(why.ends_with("不是文件夹"), "{why}");
    assert_eq!(fs::read_to_string(&file).expect("readable"), "x");
}

#[test]
fn a_state_too_large_to_be_read_again_is_not_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut store = open(folder.path());
    store.apply(star("000-1", true));
    save(&mut store);
    let long = "注".repeat(NOTE_LIMIT);
    for number in 0..6 {
        store.apply(note(&format!("000-{number}"), &long));
    }
    assert!(matches!(store.save(), Err(Report::TooLarge { .. })));
    assert!(store.unsaved());
    assert!(open(folder.path()).state().starred("000-1"));
    assert_eq!(open(folder.path()).state().note("000-1"), "");
}

#[test]
fn a_huge_file_is_kept_aside_unread() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = fs::File::create(folder.path().join("state.json")).expect("created");
    file.set_len(200 << 20)
        .expect("a sparse file costs nothing");
    let (_, reports) = Store::open(folder.path());
    let [Report::Damaged { damage, .. }] = reports.as_slice() else {
        panic!("{reports:?}");
    };
    assert_eq!(*damage, Damage::TooLarge(16 << 20));
}

#[test]
fn a_stopped_explorer_that_holds_the_lock_is_not_waited_for_for_ever() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut store = open(folder.path());
    let lock = fs::File::create(folder.path().join("state.lock")).expect("created");
    lock.lock().expect("nobody else holds it");
    store.apply(star("000-1", true));
    let report = store.save().expect_err("the lock is held");
    assert!(
        report.to_string().starts_with("cannot take the lock "),
        "{report}"
    );
    assert!(store.unsaved());
    drop(lock);
    save(&mut store);
}

#[test]
fn two_explorers_keep_what_both_did() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut one = open(folder.path());
    one.apply(tag("000-1", "旧", true));
    one.apply(note("000-2", "旧"));
    one.apply(star("000-3", true));
    save(&mut one);
    let mut other = open(folder.path());
    one.apply(tag("000-1", "旧", false));
    one.apply(tag("000-1", "甲", true));
    one.apply(note("000-2", "甲"));
    other.apply(tag("000-1", "乙", true));
    other.apply(star("000-3", false));
    other.apply(star("000-4", true));
    save(&mut other);
    save(&mut one);
    one.apply(asked("最后"));
    save(&mut one);
    // The other one is none the wiser, and still takes nothing back.
    other.apply(asked("也是"));
    save(&mut other);

    for state in [open(folder.path()).state(), other.state()] {
        assert_eq!(state.tags("000-1").collect::<Vec<_>>(), ["乙", "甲"]);
        assert_eq!(state.note("000-2"), "甲");
        assert!(!state.starred("000-3"));
        assert!(state.starred("000-4"));
        assert_eq!(state.history().collect::<Vec<_>>(), ["也是", "最后"]);
    }
}

#[test]
fn the_history_holds_no_query_twice_and_no_more_than_its_limit() {
    let mut state = State::default();
    for number in 0..HISTORY_LIMIT + 50 {
        state.apply(asked(&number.to_string()), number as u64);
    }
    state.apply(asked("100"), 1000);
    state.apply(asked("  "), 1001);
    let history: Vec<&str> = state.history().collect();
    assert_eq!(history.len(), HISTORY_LIMIT);
    assert_eq!(history[..3], ["100", "249", "248"]);
    assert_eq!(history.iter().filter(|query| **query == "100").count(), 1);
}

#[test]
fn passages_are_kept_with_their_place_in_the_order_of_the_text() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut store = open(folder.path());
    for change in [
        passage("000-1", 120, "试点"),
        passage("000-1", 9, "一是\n"),
        passage("000-1", 30, "再见"),
        passage("000-1", 30, ""),
    ] {
        store.apply(change);
    }
    save(&mut store);
    let store = open(folder.path());
    let passages = store.state().passages("000-1");
    let kept = passages.iter().map(|p| (p.span.start, p.quote.as_str()));
    assert_eq!(kept.collect::<Vec<_>>(), [(9, "一是\n"), (120, "试点")]);
    assert_eq!(store.state().passages("000-2"), []);
}

#[test]
fn a_place_in_the_file_that_is_none_is_passed_over() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let quote =
        |place: &str, quote: &str| format!("\"{place}\":{{\"at\":1,\"value\":\"{quote}\"}}");
    let passages = [
        quote("7-3", "甲"),
        quote("甲", "乙"),
        quote("3-99999999999", "丙"),
        quote("3-5", "\\u001b[31"),
    ]
    .join(",");
    let text = format!(
        "{{\"version\":1,\"cases\":{{\"000-1\":{{\"passages\":{{{passages}}}}}}},\"history\":[]}}"
    );
    fs::write(folder.path().join("state.json"), text).expect("written");
    let passages = open(folder.path()).state().passages("000-1");
    let quotes: Vec<&str> = passages.iter().map(|p| p.quote.as_str()).collect();
    assert_eq!(quotes, ["\u{241b}[31"]);
}

#[test]
fn what_a_user_pastes_is_tidied() {
    let mut state = State::default();
    state.apply(tag("000-1", "  融 \t 资\u{1b}[31m\n", true), 1);
    state.apply(tag("000-1", " \n ", true), 2);
    // What is too long is refused where it is typed, never cut here.
    state.apply(tag("000-1", &"长".repeat(100), true), 3);
    state.apply(note("000-1", "一\r\n二\u{9b}\r三\n\n"), 4);
    let tags: Vec<&str> = state.tags("000-1").collect();
    assert_eq!(tags, ["融 资\u{241b}[31m", "长".repeat(100).as_str()]);
    assert_eq!(state.note("000-1"), "一\n二\u{fffd}\n三");
    assert_eq!(state.all_tags().get("融 资\u{241b}[31m"), Some(&1));
}

#[test]
fn escape_sequences_in_the_file_do_not_come_in() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(
        folder.path().join("state.json"),
        "{\"version\":1,\"cases\":{\"000-1\":{\"note\":{\"at\":18446744073709551615,\
         \"value\":\"\\u001b]52;c;aGk=\\u0007\"},\"tags\":{\"a\\u202eb\":{\"at\":1,\"value\":true}}}},\
         \"history\":[{\"at\":1,\"value\":\"\\u0000\"}]}",
    )
    .expect("written");
    let mut store = open(folder.path());
    assert_eq!(store.state().note("000-1"), "\u{241b}]52;c;aGk=\u{2407}");
    assert_eq!(
        store.state().tags("000-1").collect::<Vec<_>>(),
        ["a\u{fffd}b"]
    );
    // Nor does a moment beyond all moments keep what follows from counting.
    store.apply(note("000-1", "新"));
    assert_eq!(store.state().note("000-1"), "新");
}

#[test]
fn a_clock_that_goes_back_does_not_undo_what_follows() {
    let mut state = State::default();
    state.apply(star("000-1", true), 1_000_000);
    state.apply(star("000-1", false), 5);
    assert!(!state.starred("000-1"));
    let mut other = State::default();
    other.apply(star("000-1", true), 1_000_000);
    other.join(&state);
    assert!(!other.starred("000-1"));
}

#[test]
fn what_was_taken_away_is_forgotten_after_ninety_days() {
    const DAY: u64 = 24 * 60 * 60 * 1_000_000;
    let mut state = State::default();
    state.apply(tag("000-1", "甲", true), DAY);
    state.apply(tag("000-1", "甲", false), 2 * DAY);
    state.apply(star("000-2", true), 3 * DAY);
    let mut kept = state.clone();
    kept.prune(91 * DAY);
    assert_eq!(kept, state);
    state.prune(93 * DAY);
    assert!(state.marks("000-1").is_none());
    assert!(state.starred("000-2"));
}

fn changes() -> impl Strategy<Value = Vec<(Change, u64)>> {
    let case = prop::sample::select(vec!["000-1", "000-2", "003-9"]);
    let word = prop::sample::select(vec!["甲", "乙", "丙", ""]);
    let change =
        (case, word, any::<bool>(), 0..6u8).prop_map(|(case, word, on, kind)| match kind {
            0 => star(case, on),
            1 => tag(case, word, on),
            2 => note(case, word),
            3 => asked(word),
            4 => passage(case, on.into(), word),
            _ => Change::Resume(Resume {
                case: Some(case.to_owned()),
                query: word.to_owned(),
                ..Resume::default()
            }),
        });
    // Few moments, so that changes collide.
    prop::collection::vec((change, 0..20u64), 0..12)
}

fn state_of(changes: Vec<(Change, u64)>) -> State {
    let mut state = State::default();
    for (change, now) in changes {
        state.apply(change, now);
    }
    state
}

fn joined(one: &State, other: &State) -> State {
    let mut state = one.clone();
    state.join(other);
    state
}

proptest! {
    #[test]
    fn states_join_in_any_order_to_the_same(
        a in changes().prop_map(state_of),
        b in changes().prop_map(state_of),
        c in changes().prop_map(state_of),
    ) {
        prop_assert_eq!(joined(&a, &b), joined(&b, &a));
        prop_assert_eq!(joined(&joined(&a, &b), &c), joined(&a, &joined(&b, &c)));
        prop_assert_eq!(joined(&a, &a), a);
    }

    #[test]
    fn a_change_after_a_join_counts(
        a in changes().prop_map(state_of),
        b in changes().prop_map(state_of),
        on in any::<bool>(),
    ) {
        let mut state = joined(&a, &b);
        state.apply(star("000-1", on), 0);
        prop_assert_eq!(joined(&joined(&a, &state), &b).starred("000-1"), on);
    }
}

/// The state folder of a child, in its environment.
const FOLDER: &str = "ANLI_TEST_STATE";
/// What the child calls its tags.
const NAME: &str = "ANLI_TEST_NAME";

/// Runs one of the tests below that do nothing without [`FOLDER`].
fn child(test: &str, folder: &Path, name: &str) -> Child {
    Command::new(std::env::current_exe().expect("a test has a path"))
        .args([
            "--ignored",
            "--exact",
            &format!("store::{test}"),
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .env(NAME, name)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the test can run itself")
}

/// Counts up in a note and saves, saying so after each, until killed.
#[test]
#[ignore = "the body of a child process"]
fn child_that_saves_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let mut store = open(Path::new(&folder));
    let counted = store.state().note("000-1").parse().unwrap_or(0);
    for number in counted + 1_u32.. {
        store.apply(note("000-1", &number.to_string()));
        // More to write, so that there is more to be interrupted.
        store.apply(note("000-2", &"注".repeat((number % 50 * 100) as usize)));
        save(&mut store);
        eprintln!("saved {number}");
    }
}

#[test]
fn killing_the_program_at_any_moment_of_saving_loses_at_most_the_last_change() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut random = 0x9e37_79b9_u64;
    let mut below = |limit: u64| {
        // xorshift: the same moments in every run.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % limit
    };
    let mut kills = 0;
    let mut before = 0;
    while kills < 200 {
        let mut child = child("child_that_saves_until_killed", folder.path(), "");
        let stderr = child.stderr.take().expect("it is piped");
        let mut said = BufReader::new(stderr).lines();
        let mut next = || -> u32 {
            let line = said.next().expect("it saves until killed").expect("UTF-8");
            let number = line.strip_prefix("saved ").expect("it says nothing else");
            number.parse().expect("a number")
        };
        let mut acknowledged = next();
        for _ in 0..below(4) {
            acknowledged = next();
        }
        let moment = Instant::now() + Duration::from_micros(below(3000));
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        child.kill().expect("it runs");
        child.wait().expect("it was killed");
        for line in said.map_while(Result::ok) {
            let number = line.strip_prefix("saved ").and_then(|n| n.parse().ok());
            acknowledged = number.unwrap_or(acknowledged);
        }
        let found: u32 = open(folder.path())
            .state()
            .note("000-1")
            .parse()
            .expect("a number");
        assert!(
            found == acknowledged || found == acknowledged + 1,
            "saved {acknowledged}, found {found}"
        );
        assert!(found > before);
        before = found;
        kills += 1;
    }
}

/// Tags one case sixty times, saving each, while another does the same.
#[test]
#[ignore = "the body of a child process"]
fn child_that_tags() {
    let (Some(folder), Ok(name)) = (std::env::var_os(FOLDER), std::env::var(NAME)) else {
        return;
    };
    let mut store = open(Path::new(&folder));
    for number in 0..60 {
        store.apply(tag("000-1", &format!("{name}{number}"), true));
        store.apply(star(&format!("{name}-{number}"), true));
        // On a busy machine the others may hold the lock for longer than is waited for.
        let reports = loop {
            match store.save() {
                Err(Report::Busy { .. }) => {}
                saved => break saved.expect("the folder can be written"),
            }
        };
        assert!(reports.is_empty(), "{reports:?}");
    }
}

#[test]
fn explorers_that_write_at_the_same_time_lose_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let children = ["甲", "乙", "丙"].map(|name| child("child_that_tags", folder.path(), name));
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let store = open(folder.path());
    assert_eq!(store.state().tags("000-1").count(), 180);
    for name in ["甲", "乙", "丙"] {
        for number in 0..60 {
            assert!(store.state().starred(&format!("{name}-{number}")));
        }
    }
}

/// Saves with no room for more than a hundred bytes, then with room.
#[test]
#[ignore = "the body of a child process"]
fn child_without_room() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let mut store = open(Path::new(&folder));
    store.apply(star("000-1", true));
    save(&mut store);
    // Without a handler the signal would end the process before the error.
    let full = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    signal_hook::flag::register(25, full).expect("SIGXFSZ can be handled");
    let room = getrlimit(Resource::Fsize);
    let little = Rlimit {
        current: Some(100),
        ..room
    };
    setrlimit(Resource::Fsize, little).expect("a limit can be lowered");
    store.apply(note("000-1", &"注".repeat(1000)));
    let report = store.save().expect_err("there is no room");
    assert!(
        report.to_string().starts_with("cannot write the state "),
        "{report}"
    );
    assert!(store.unsaved());
    assert_eq!(names(Path::new(&folder)), ["state.json", "state.lock"]);
    setrlimit(Resource::Fsize, room).expect("it can be raised again");
    assert!(open(Path::new(&folder)).state().starred("000-1"));
    save(&mut store);
}

#[test]
fn a_full_disk_loses_neither_the_old_file_nor_the_new_state() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = child("child_without_room", folder.path(), "")
        .wait_with_output()
        .expect("it ends");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(open(folder.path()).state().note("000-1"), "注".repeat(1000));
}

/// Whether a sentence is Chinese: it has Han characters and, but for the file
/// that it names, hardly a Latin letter.
fn is_chinese(sentence: &str, file: &str) -> bool {
    let latin = sentence.replace(file, "");
    let words = latin.split(|c: char| !c.is_ascii_alphabetic());
    sentence
        .chars()
        .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && words
            .filter(|word| word.len() > 1)
            .all(|word| ["JSON", "HOME", "XDG", "STATE"].contains(&word))
}

#[test]
fn every_report_speaks_both_languages() {
    let file = || "/f".into();
    let cause = || io::Error::from(io::ErrorKind::PermissionDenied);
    let damaged = |damage| Report::Damaged {
        file: file(),
        kept: file(),
        damage,
    };
    let attempts = [
        Attempt::CreateFolder,
        Attempt::OpenLock,
        Attempt::TakeLock,
        Attempt::KeepAside,
        Attempt::Write,
        Attempt::Replace,
        Attempt::SyncFolder,
    ];
    let not_saved = attempts.map(|attempt| Report::NotSaved {
        attempt,
        path: file(),
        cause: cause(),
    });
    let others = [
        Report::NoFolder,
        Report::LinkElsewhere {
            file: file(),
            target: file(),
            damage: Damage::Version(0),
        },
        damaged(Damage::TooLarge(9)),
        damaged(Damage::Version(0)),
        damaged(Damage::Syntax("1:2".to_owned())),
        Report::Newer {
            file: file(),
            version: 7,
        },
        Report::RelativeHome { value: file() },
        Report::RelativeVariable {
            name: "XDG_STATE_HOME",
            value: file(),
        },
        Report::NotAFile { file: file() },
        Report::DeadLink { file: file() },
        Report::ReadOnly { file: file() },
        Report::LockNotAFile { lock: file() },
        Report::Unreadable {
            file: file(),
            cause: cause(),
        },
        Report::Busy { lock: file() },
        Report::Stopped,
        Report::TooLarge {
            file: file(),
            bytes: 9,
        },
    ];
    for report in others.iter().chain(&not_saved) {
        let chinese = report.message(Language::Chinese);
        assert!(is_chinese(&chinese, "/f"), "{chinese}");
        let english = report.message(Language::English);
        assert!(english.starts_with("cannot "), "{english}");
        assert!(english.is_ascii(), "{english}");
        assert_eq!(report.to_string(), english);
    }
    let write = not_saved[4].message(Language::Chinese);
    assert_eq!(write, "未保存：无法写入 /f：没有权限");
    let write = not_saved[4].message(Language::English);
    assert_eq!(write, "cannot write the state /f: permission denied");
    // Behind words that say so already, that nothing is saved is not said again.
    let write = not_saved[4].cause(Language::Chinese);
    assert_eq!(write, "无法写入 /f：没有权限");
    for report in others.iter().chain(&not_saved) {
        let cause = report.cause(Language::Chinese);
        assert!(
            !cause.contains("保存：") && !cause.contains("保存标记"),
            "{cause}"
        );
    }
}
