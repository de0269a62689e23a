//! Texts that come faster than a hand types: pasted into a terminal that marks no
//! pastes.

use anli::store::Store;

use super::{anli, check_given_back, folder, keeping, leave, start};
use crate::support::pty::{Pty, code_of};

/// So many characters, the last of them told from the others.
fn text(chars: usize) -> String {
    let mut text = "ab cd ef ".repeat(chars / 9);
    text.push_str(&"z".repeat(chars - text.len()));
    text
}

/// A case is read, and a note on it begun.
fn begin_note(pty: &mut Pty) {
    pty.type_in("\r");
    pty.wait_for("the page", super::reads);
    pty.type_in("a");
    pty.wait_for_text("─ 笔记");
}

#[test]
fn a_text_pasted_without_marks_is_a_note_as_a_whole() {
    for chars in [2000, 4000] {
        let state = folder();
        let mut pty = start(keeping(state.path()).arg("水价"));
        begin_note(&mut pty);
        pty.type_in(&text(chars));
        let end = text(chars);
        let end = end.rsplit(' ').next().unwrap_or_default();
        pty.wait_for_text(end);
        pty.type_in("\r");
        pty.wait_for_text("笔记已保存");
        leave(pty);
        let (store, _) = Store::open(state.path());
        assert_eq!(store.state().note("003-25"), text(chars));
    }
}

#[test]
fn emoji_that_are_joined_stay_so_in_a_note() {
    let note = "一家👩\u{200D}👩\u{200D}👧，彩旗🏳\u{FE0F}\u{200D}🌈";
    for (begin, end) in [("", ""), ("\x1b[200~", "\x1b[201~")] {
        let state = folder();
        let mut pty = start(keeping(state.path()).arg("水价"));
        begin_note(&mut pty);
        // A joiner between two Han joins nothing.
        pty.type_in(&format!("{begin}青\u{200D}岛{note}{end}"));
        pty.wait_for_text("彩旗");
        pty.type_in("\r");
        pty.wait_for_text("笔记已保存");
        leave(pty);
        let (store, _) = Store::open(state.path());
        assert_eq!(store.state().note("003-25"), format!("青岛{note}"));
    }
}

#[test]
fn behind_a_text_pasted_without_marks_ctrl_c_still_leaves() {
    let mut pty = start(anli().arg("水价"));
    begin_note(&mut pty);
    pty.type_in(&(text(4000) + "\x03"));
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    check_given_back(&pty);
}

#[test]
fn a_burst_of_stars_is_saved_a_few_times_and_ctrl_c_behind_it_leaves() {
    let state = folder();
    let mut pty = start(keeping(state.path()));
    pty.type_in("\x1b");
    pty.wait_for("the list", |screen| !screen.cursor_is_visible());
    // An odd number of them leaves the star on. Saved one by one, they would take longer than
    // leaving may.
    pty.type_in(&("s".repeat(4_001) + "\x03"));
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    check_given_back(&pty);
    let (store, _) = Store::open(state.path());
    assert!(store.state().starred("000-1"));
}
