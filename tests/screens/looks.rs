//! Without colours: every function at 80x24, with selection, match and focus
//! told by a glyph or an attribute.

use anli::app::action::{Action, Contents, Export};
use anli::app::commands::{self, Mode};
use anli::app::keymap::name;
use anli::export::Format;
use anli::ui::theme::Theme;
use ratatui::style::{Color, Modifier, Style};

use crate::kept;
use crate::round::{example, open};
use crate::support::screen::{DARK, Screen};

fn plain(keys: &str) -> Screen {
    let mut screen = Screen::new(80, 24);
    screen.theme = Theme::mono();
    screen.press(keys)
}

#[test]
fn the_selected_case_is_told_by_a_bar_and_reversed_while_the_list_has_the_keys() {
    let screen = plain("jj");
    kept!(screen, attributed);
    assert_eq!(
        screen.runs(Modifier::REVERSED).len(),
        2,
        "both rows of the title"
    );
    let bars = screen
        .rows()
        .iter()
        .filter(|row| row.starts_with('▌'))
        .count();
    assert_eq!(bars, 2, "title and body of one case");
}

#[test]
fn on_a_screen_too_low_for_rules_the_row_above_the_pane_with_the_keys_is_underlined() {
    let underlined = |columns, rows, keys: &str| {
        let mut screen = Screen::new(columns, rows).press(keys);
        screen.theme = Theme::mono();
        let (buffer, _) = screen.buffer();
        let is_underlined = |&x: &u16| buffer[(x, 1)].modifier.contains(Modifier::UNDERLINED);
        let columns: Vec<u16> = (0..columns).filter(is_underlined).collect();
        columns.first().copied().zip(columns.last().copied())
    };
    // The divider stands in column 31.
    for rows in [6, 12, 15] {
        assert_eq!(underlined(80, rows, ""), Some((0, 30)), "{rows}");
        assert_eq!(underlined(80, rows, "{enter}"), Some((32, 79)), "{rows}");
        assert_eq!(underlined(40, rows, ""), Some((0, 39)), "{rows}");
        assert_eq!(underlined(40, rows, "{enter}"), Some((0, 39)), "{rows}");
        for line in ["/", "{enter}/", "?"] {
            assert_eq!(underlined(40, rows, line).is_some(), line == "{enter}/");
        }
    }
    assert_eq!(underlined(80, 16, ""), None);
}

#[test]
fn with_the_page_in_focus_the_selection_is_no_longer_reversed() {
    let screen = plain("jj{enter}");
    assert!(screen.runs(Modifier::REVERSED).is_empty());
    let bars = screen
        .rows()
        .iter()
        .filter(|row| row.starts_with('▌'))
        .count();
    assert_eq!(bars, 2, "and still has its bar");
    assert_ne!(plain("jj").attributed(), screen.attributed());
}

#[test]
fn matches_are_underlined_and_the_one_stood_on_is_reversed() {
    let screen = plain("/宽限水量{enter}");
    kept!(screen, attributed);
    let marked = screen.runs(Modifier::UNDERLINED);
    assert!(marked.iter().any(|mark| mark == "宽限水量"), "{marked:?}");
    let screen = screen.press("n");
    assert!(
        screen
            .runs(Modifier::REVERSED)
            .contains(&"宽限水量".to_owned())
    );
}

/// Keys that show each function, under the name of the command that it is.
const FUNCTIONS: [(&str, &str); 77] = [
    ("search", "/公厕"),
    ("search in the page", "/水价{enter}/灌溉"),
    ("a search without a hit", "/没有的话啊"),
    ("open", "{enter}"),
    ("choose", "/水价{enter}o{down}{down}{enter}"),
    ("down", "jj"),
    ("up", "jjk"),
    ("page-down", "{pgdn}"),
    ("page-up", "G{pgup}"),
    ("half-page-down", "/水价{enter}{ctrl-d}"),
    ("half-page-up", "/水价{enter}G{ctrl-u}"),
    ("first", "Gg"),
    ("last", "G"),
    ("switch-pane", "{tab}"),
    ("back", "/公厕{enter}{esc}"),
    ("next-match", "/土地{esc}n"),
    ("previous-match", "/土地{esc}N"),
    ("next-case", "{enter}J"),
    ("previous-case", "JJK"),
    ("outline", "/水价{enter}o"),
    ("next-section", "/水价{enter}]]"),
    ("previous-section", "/水价{enter}]]["),
    ("facets", "f2017{enter}"),
    ("copy", "y"),
    ("cite", "c"),
    ("star", "s"),
    ("starred", "sS"),
    ("select", "  "),
    ("select-all", "A"),
    ("sort", "O"),
    ("tag", "T待读"),
    ("note", "a可借鉴"),
    ("topics", "i"),
    ("figures", "JJd"),
    ("all-figures", "D"),
    ("evidence", "Ln"),
    ("related", "u"),
    ("lineage", "H"),
    ("compare", "  C"),
    ("swap", "  Cs"),
    ("drop", "   Cx"),
    ("overview", "V"),
    ("left", "V{right}{left}"),
    ("right", "V{right}"),
    ("export", "e"),
    ("a file to export to", "e{enter}"),
    ("go-back", "{enter}JJ,"),
    ("go-forward", "{enter}JJ,."),
    ("script", "t"),
    ("raw", "R"),
    ("zen", "z"),
    ("justify", "|"),
    ("narrower", "-"),
    ("wider", "+"),
    ("clear-search", "/公厕{esc}x"),
    ("an earlier query", "/公厕{enter}{esc}x/{up}"),
    ("library", "B"),
    ("help", "?"),
    ("menu", "w"),
    ("passage", "{enter}p"),
    ("keep-passage", "{enter}p{down}{enter}"),
    ("mark-paragraph", "{enter}M"),
    ("passages", "{enter}MP"),
    ("hold", "{enter}p{down} {down}"),
    ("unit", "{enter}p{down}{tab}"),
    ("next-unit", "{enter}p{right}"),
    ("previous-unit", "{enter}p{right}{left}"),
    ("new-line", "a可借鉴{ctrl-j}再看"),
    ("delete-before", "/水价改革{backspace}"),
    ("delete-behind", "/水价改革{home}{delete}"),
    ("delete-word", "/水价 改革{ctrl-w}"),
    ("delete-to-start", "/水价改革{left}{ctrl-u}"),
    ("delete-to-end", "/水价改革{left}{ctrl-k}"),
    ("caret-left", "/水价改革{left}"),
    ("caret-right", "/水价改革{home}{right}"),
    ("caret-home", "/水价改革{home}"),
    ("caret-end", "/水价改革{home}{end}"),
];

/// The same in the example of a round, as a juror; what one writes the next one finds.
const IN_ROUND: [(&str, &str); 11] = [
    ("tally", "Z"),
    ("score-sheet", "{esc}F"),
    ("next-unscored", "n"),
    ("comment", "c机制新"),
    ("recuse", "nr亲属{enter}"),
    ("abstain", "nx"),
    ("defer", "nw"),
    ("withdraw", "nu"),
    ("confirm", "ny"),
    ("explain", "s数据可靠{enter}"),
    ("settle-entry", "v"),
];

/// The same as the office, once the round is open.
const IN_OFFICE: [(&str, &str); 4] = [
    ("agenda", "a"),
    ("panel-note", "ac数据已核对{enter}"),
    ("panel-vote", "av2{enter}"),
    ("panel-order", "o"),
];

/// Commands that leave the screen as it is, or to another program; what they do is
/// tested in a terminal.
const OUTSIDE: [&str; 8] = [
    "pager", "editor", "mouse", "tour", "reread", "repaint", "suspend", "quit",
];

#[test]
fn every_command_is_shown_or_changes_no_screen() {
    for row in commands::all() {
        let functions = FUNCTIONS.iter().chain(&IN_ROUND).chain(&IN_OFFICE);
        let shown = functions.clone().any(|(name, _)| *name == row.name);
        assert!(shown != OUTSIDE.contains(&row.name), "{}", row.name);
    }
}

#[test]
fn every_function_works_without_colours() {
    let folder = example();
    let in_round = |keys: &str| Screen::in_round(folder.path(), Some("丙"), 80, 24).press(keys);
    let functions = FUNCTIONS
        .iter()
        .map(|&(name, keys)| (name, plain(keys)))
        .chain(IN_ROUND.iter().map(|&(name, keys)| (name, in_round(keys))));
    let in_office = |keys: &str| {
        open(folder.path());
        Screen::in_round(folder.path(), None, 80, 24).press(keys)
    };
    let functions = functions.chain(
        IN_OFFICE
            .iter()
            .map(|&(name, keys)| (name, in_office(keys))),
    );
    for (function, screen) in functions {
        let (buffer, _) = screen.buffer();
        for cell in buffer.content() {
            assert_eq!(
                (cell.fg, cell.bg),
                (Color::Reset, Color::Reset),
                "{function} has a colour"
            );
        }
        let mut shown = screen.attributed();
        if let Some((column, row)) = screen.caret() {
            shown += &format!("\ncaret at column {column} of row {row}");
        }
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
            snapshot_path => "snapshots",
            snapshot_suffix => function.replace(' ', "-"),
        }, {
            insta::assert_snapshot!(shown);
        });
    }
}

#[test]
fn the_question_before_overwriting_is_clear_without_colours() {
    let export = Export {
        contents: Contents::Cases(vec![anli::corpus::CaseIndex(0)], Format::Markdown),
        path: "anli.md".into(),
        overwrite: false,
    };
    kept!(plain("").act(Action::AskToOverwrite(export)), attributed);
}

#[test]
fn what_must_be_told_apart_is_in_every_theme() {
    for theme in [
        Theme::sixteen(DARK),
        Theme::mono(),
        Theme::contrast(DARK),
        Theme::truecolor(DARK),
    ] {
        let attributes = |style: Style| style.add_modifier;
        for (one, other) in [
            (theme.selected, theme.text),
            (theme.selected_away, theme.text),
            (theme.selected, theme.selected_away),
            (theme.matched, theme.text),
            (theme.matched, theme.current),
            (theme.matched, theme.title),
            (theme.heading, theme.text),
            (theme.title, theme.text),
            (theme.key, theme.dim),
            (theme.chip, theme.bar),
        ] {
            assert_ne!(attributes(one), attributes(other), "{one:?} and {other:?}");
        }
    }
}

#[test]
fn every_command_of_the_list_is_in_its_help() {
    let screen = plain("?");
    let picker = screen.app.overlay.picker.as_ref().expect("help is open");
    let shown: Vec<_> = picker.shown().map(|(item, _)| item.clone()).collect();
    for row in commands::all() {
        let keys: Vec<String> = row
            .keys
            .iter()
            .filter(|(modes, _)| modes.contains(&Mode::List))
            .map(|(_, key)| name(*key))
            .collect();
        if keys.is_empty() {
            continue;
        }
        let item = shown
            .iter()
            .find(|item| item.label == row.label.0)
            .unwrap_or_else(|| panic!("help does not tell of {}", row.name));
        assert_eq!(item.key, keys.join(" "));
    }
}
