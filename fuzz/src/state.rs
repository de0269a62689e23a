//! The state file: whatever stands in it, nothing of it is lost, and what was
//! understood is understood again.

use std::fs;
use std::path::Path;

use anli::store::{Change, Report, Store};
use anli::text::gate;

pub fn check(data: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("state.json");
    fs::write(&file, data).expect("it can be written");
    let (mut store, reports) = Store::open(folder.path());
    check_state(&store);
    match reports.as_slice() {
        [] => {}
        [Report::Damaged { kept, .. }] => {
            assert_eq!(fs::read(kept).expect("it is kept"), data);
            assert!(!file.exists());
        }
        [Report::Newer { version, .. }] => {
            assert!(*version > 1);
            assert_eq!(fs::read(&file).expect("it is left alone"), data);
            return;
        }
        other => panic!("a plain file is read, kept aside or left alone: {other:?}"),
    }
    store.apply(Change::Star {
        case: "003-5".to_owned(),
        on: true,
    });
    let reports = store.save().expect("there is room");
    assert!(reports.is_empty(), "{reports:?}");
    check_again(&store, folder.path());
}

/// What was saved is there again.
fn check_again(store: &Store, folder: &Path) {
    let (again, reports) = Store::open(folder);
    assert!(reports.is_empty(), "{reports:?}");
    // A moment beyond reason is put right when it is read, not before.
    assert_eq!(again.state(), &store.state().clone().tidied());
    assert!(again.state().starred("003-5"));
}

/// No text of the state holds what a terminal must not see.
fn check_state(store: &Store) {
    let state = store.state();
    let tags = state.all_tags().into_keys();
    for text in tags.chain(state.history()) {
        assert_eq!(gate::line(text), text);
        assert!(!text.trim().is_empty());
    }
    if let Some(resume) = state.resume() {
        assert_eq!(gate::line(&resume.query), resume.query);
    }
}
