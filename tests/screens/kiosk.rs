//! The lists of a public terminal: none has a row that would write a file, show a text on
//! the bare terminal, run a program or open documents.

use std::collections::{BTreeMap, HashSet};

use anli::app::Settings;
use anli::app::action::{Action, Command};
use anli::app::commands;
use anli::app::keymap::Keymap;
use anli::app::picker::Choice;
use anli::key::{Input, Key};
use anli::language::Language;

use crate::support::screen::Screen;

/// Where every key is pressed: in the list, on a page, with a part of it chosen or kept,
/// with cases selected, in a note, over a table of figures, an overview, a comparison, a
/// lineage.
const PLACES: [&str; 10] = [
    "",
    "{enter}",
    "{enter}J",
    "{enter}M{esc}",
    "  ",
    "a",
    "D",
    "V",
    "  C",
    "H",
];

/// The settings of a public terminal, as the program makes them.
fn public() -> Settings {
    Settings {
        kiosk: true,
        keymap: Keymap::default().without(Command::reaches_out),
        language: Language::English,
        ..Settings::default()
    }
}

fn usual() -> Settings {
    Settings {
        language: Language::English,
        ..Settings::default()
    }
}

fn leads_out(choice: &Choice) -> bool {
    use Command as C;
    matches!(
        choice,
        Choice::Show(_)
            | Choice::Save(..)
            | Choice::ExportAs(_)
            | Choice::Export(_)
            | Choice::OpenLibrary(_)
            | Choice::Run(C::Export | C::Pager | C::Editor | C::Library | C::Reread | C::Suspend)
    )
}

/// The list that is open: its title, and how many of its rows lead out, and how many do not.
fn open_list(screen: &Screen) -> Option<(&'static str, [usize; 2])> {
    let picker = screen.app.overlay.picker.as_ref()?;
    let mut rows = [0; 2];
    for (item, _) in picker.shown() {
        rows[usize::from(!leads_out(&item.choice))] += 1;
    }
    Some((picker.title.1, rows))
}

/// Every list that a key opens anywhere, with the most rows that it had of either kind.
fn lists(settings: fn() -> Settings) -> BTreeMap<&'static str, [usize; 2]> {
    let mut lists = BTreeMap::new();
    let bound = commands::all().flat_map(|row| row.keys.iter().map(|(_, key)| *key));
    let keys: HashSet<Key> = bound.collect();
    for place in PLACES {
        let mut screen = Screen::set(100, 30, settings()).press(place);
        let there = screen.app.clone();
        for &key in &keys {
            screen.app = there.clone();
            screen.input(Input::Key(key));
            if let Some((title, rows)) = open_list(&screen) {
                let most = lists.entry(title).or_insert([0; 2]);
                *most = [most[0].max(rows[0]), most[1].max(rows[1])];
            }
        }
    }
    lists
}

#[test]
fn no_list_of_a_public_terminal_has_a_row_that_leads_out() {
    let public = lists(public);
    let led_out: Vec<_> = public.iter().filter(|(_, rows)| rows[0] > 0).collect();
    assert!(led_out.is_empty(), "{led_out:?}");
    // What can be copied is listed all the same.
    for title in ["copy", "the comparison", "passages (Enter goes there)"] {
        assert!(public[title][1] > 0, "{title}");
    }
    // The keys open the lists that have such rows elsewhere.
    let usual = lists(usual);
    let leads_out = |title: &str| usual.get(title).is_some_and(|rows| rows[0] > 0);
    for title in [
        "copy",
        "the comparison",
        "export as",
        "export the figures shown",
        "keys and commands",
        "menu (press a letter)",
        "passages (Enter goes there)",
    ] {
        assert!(leads_out(title), "{title} in {usual:?}");
    }
}

/// What opens a list by itself has none to open.
#[test]
fn what_could_not_be_copied_is_only_told() {
    let not_copied = Action::OfferText {
        why: "refused".to_owned(),
        text: "text".to_owned(),
    };
    let screen = Screen::set(100, 30, public()).act(not_copied.clone());
    assert_eq!(open_list(&screen), None);
    assert_eq!(screen.app.notice.as_deref(), Some("refused"));
    let screen = Screen::set(100, 30, usual()).act(not_copied);
    assert_eq!(open_list(&screen), Some(("not copied: other ways", [2, 0])));
}
