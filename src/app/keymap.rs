//! Key bindings: the command that a key runs in a mode.

use super::action::Command;
use super::commands::{self, ALL, Mode, Row};
use crate::config::Binding;
use crate::key::Key;

/// A key that the settings bind to an action although another action has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Line of the settings file, from 1.
    pub line: u32,
    /// The action that the settings bind the key to.
    pub action: &'static str,
    pub key: Key,
    /// The action that already has the key.
    pub owner: &'static str,
}

/// Returns the keys that the settings bind to an action although another action has them in the
/// same mode, by the command table or by the settings.
pub fn conflicts(changes: &[Binding]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        let Some(row) = row_named(&change.action) else {
            continue;
        };
        for other in commands::all().filter(|other| other.name != row.name) {
            let share = |key: Key| {
                modes_for(other, key)
                    .iter()
                    .any(|m| modes_for(row, key).contains(m))
            };
            let own = changes.iter().position(|known| known.action == other.name);
            let has = |key: &Key| match own {
                Some(own) => own < at && changes[own].keys.contains(key),
                None => other.keys.iter().any(|(modes_of_key, known)| {
                    known == key
                        && modes_of_key
                            .iter()
                            .any(|m| modes_for(row, *key).contains(m))
                }),
            };
            let taken = change.keys.iter().filter(|&key| share(*key) && has(key));
            found.extend(taken.map(|&key| Conflict {
                line: change.line,
                action: row.name,
                key,
                owner: other.name,
            }));
        }
    }
    found
}

/// Returns bindings of the settings without effect: characters for an action that has keys only in
/// modes where characters are text.
pub fn texts(changes: &[Binding]) -> Vec<(&Binding, Key)> {
    let known = changes
        .iter()
        .filter_map(|change| Some((change, row_named(&change.action)?)));
    known
        .flat_map(|(change, row)| {
            let keys = change.keys.iter();
            let idle = keys.filter(|&&key| modes_for(row, key).is_empty());
            idle.map(move |&key| (change, key))
        })
        .collect()
}

fn row_named(name: &str) -> Option<&'static Row> {
    commands::all().find(|row| row.name == name)
}

/// Returns the modes in which a key of the settings runs an action: those in which the table binds
/// the action. A character works only where characters are commands.
fn modes_for(row: &Row, key: Key) -> Vec<Mode> {
    let all = row.keys.iter().flat_map(|(modes, _)| *modes);
    let is_text = |mode: &Mode| matches!(key, Key::Char(_)) && !mode.takes_commands();
    let mut modes: Vec<Mode> = all.copied().filter(|mode| !is_text(mode)).collect();
    modes.sort_unstable();
    modes.dedup();
    modes
}

/// The effective key bindings: the command table, changed by the settings.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<(Mode, Key, Command)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let bindings = commands::all().flat_map(|row| {
            let keys = row.keys.iter();
            keys.flat_map(move |(modes, key)| modes.iter().map(|&m| (m, *key, row.command)))
        });
        Self {
            bindings: bindings.collect(),
        }
    }
}

impl Keymap {
    /// Creates the bindings of the table, changed by the settings. In each mode, the keys that the
    /// settings give to an action replace its own, unless all of them are characters and the mode
    /// takes text. A key given to an action is removed from the others. Unknown names are skipped;
    /// the check of the settings reports them. Ctrl-C quits in every mode that would have no key to
    /// quit.
    pub fn with(changes: &[Binding]) -> Self {
        let mut map = Self::default();
        for change in changes {
            let Some(row) = row_named(&change.action) else {
                continue;
            };
            let given: Vec<(Mode, Key)> = change
                .keys
                .iter()
                .flat_map(|&key| modes_for(row, key).into_iter().map(move |m| (m, key)))
                .collect();
            let keeps = |mode: Mode| !change.keys.is_empty() && given.iter().all(|g| g.0 != mode);
            map.bindings.retain(|&(mode, key, command)| {
                let own = command == row.command && !keeps(mode);
                !own && !given.contains(&(mode, key))
            });
            let added = given
                .into_iter()
                .map(|(mode, key)| (mode, key, row.command));
            map.bindings.extend(added);
        }
        map.keep_a_way_out();
        map
    }

    /// Removes the keys of some commands.
    pub fn without(mut self, is_out: impl Fn(Command) -> bool) -> Self {
        self.bindings.retain(|&(_, _, command)| !is_out(command));
        self
    }

    fn keep_a_way_out(&mut self) {
        let (quit, way_out) = (Command::Quit, Key::Ctrl('c'));
        for &mode in ALL {
            if self.keys(mode, quit).next().is_none() {
                self.bindings
                    .retain(|&(m, key, _)| (m, key) != (mode, way_out));
                self.bindings.push((mode, way_out, quit));
            }
        }
    }

    /// Returns the command that a key runs in a mode.
    ///
    /// Where keys are commands, a full-width character acts as its ASCII counterpart, for a reader
    /// whose input method is on: ／ ？ ： ｊ ｑ 。 ，
    ///
    /// Ctrl-J sends a line feed. So does Enter if it was pressed before the terminal was in raw
    /// mode. If Ctrl-J is not bound, it acts as Enter; so does Enter with Alt.
    pub fn resolve(&self, mode: Mode, key: Key) -> Option<Command> {
        let key = match key {
            Key::Char(c) if mode.takes_commands() => Key::Char(half_width(c)),
            key => key,
        };
        let bound = |key| self.bindings.iter().find(|b| b.0 == mode && b.1 == key);
        let found = bound(key).or_else(|| match key {
            Key::AltEnter | Key::Ctrl('j') => bound(Key::Enter),
            _ => None,
        });
        found.map(|binding| binding.2)
    }

    /// Returns the keys of a command in a mode, best first.
    pub fn keys(&self, mode: Mode, command: Command) -> impl Iterator<Item = Key> {
        let ours = move |b: &&(Mode, Key, Command)| b.0 == mode && b.2 == command;
        self.bindings.iter().filter(ours).map(|binding| binding.1)
    }

    /// Returns the commands that have a key in a mode, in the order of the table.
    pub fn rows(&self, mode: Mode) -> impl Iterator<Item = &'static Row> {
        commands::all().filter(move |row| self.keys(mode, row.command).next().is_some())
    }
}

/// Returns the name of a key as help and hints show it: `Enter`, `Ctrl-d`, `PgUp`.
pub fn name(key: Key) -> String {
    let name = key.to_string();
    if name.chars().nth(1).is_none() {
        return name;
    }
    match name.as_str() {
        "pgup" => "PgUp".to_owned(),
        "pgdn" => "PgDn".to_owned(),
        _ => name
            .split('-')
            .map(capitalised)
            .collect::<Vec<_>>()
            .join("-"),
    }
}

/// Capitalises a word. A single letter is a key by itself and stays.
fn capitalised(word: &str) -> String {
    match word.char_indices().nth(1) {
        Some((second, _)) => word[..second].to_ascii_uppercase() + &word[second..],
        None => word.to_owned(),
    }
}

/// Returns the ASCII counterpart of a full-width character (U+FF01 to U+FF5E mirror ASCII in
/// order), and of 。, 、 and the ideographic space, which are in another block.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(c as u32 - 0xff01 + 0x21).expect("the full-width block mirrors ASCII")
        }
        '。' => '.',
        '、' => '/',
        '\u{3000}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_mode() {
        let mut seen = HashSet::new();
        for (mode, key, _) in Keymap::default().bindings {
            assert!(seen.insert((mode, key)), "{key:?} twice in {mode:?}");
        }
    }

    #[test]
    fn a_line_feed_and_enter_with_alt_act_as_enter_but_in_a_note() {
        let keymap = Keymap::default();
        let new_line = Command::Edit(super::super::action::Editing::NewLine);
        for &mode in ALL {
            let enter = keymap.resolve(mode, Key::Enter);
            let expected = match mode {
                Mode::Note => Some(new_line),
                _ => enter,
            };
            assert_eq!(keymap.resolve(mode, Key::Ctrl('j')), expected);
            assert_eq!(keymap.resolve(mode, Key::AltEnter), expected);
        }
    }

    #[test]
    fn ctrl_c_quits_and_esc_goes_back_from_everywhere() {
        let keymap = Keymap::default();
        for &mode in ALL {
            assert_eq!(keymap.resolve(mode, Key::Ctrl('c')), Some(Command::Quit));
            assert_eq!(keymap.resolve(mode, Key::Esc), Some(Command::Back));
        }
    }

    #[test]
    fn ctrl_c_still_quits_where_nothing_else_does() {
        let binding = |action: &str, keys: &[Key]| Binding {
            action: action.to_owned(),
            keys: keys.to_vec(),
            line: 1,
        };
        let keymap = Keymap::with(&[binding("quit", &[]), binding("copy", &[Key::Ctrl('c')])]);
        for &mode in ALL {
            assert_eq!(keymap.resolve(mode, Key::Ctrl('c')), Some(Command::Quit));
        }
        assert_eq!(keymap.resolve(Mode::List, Key::Char('q')), None);
        let keymap = Keymap::with(&[binding("quit", &[Key::Ctrl('q')])]);
        assert_eq!(keymap.resolve(Mode::Filter, Key::Ctrl('c')), None);
    }

    #[test]
    fn every_command_has_a_key_that_needs_no_letter() {
        for row in commands::all() {
            let letterless = row
                .keys
                .iter()
                .any(|(_, key)| !matches!(key, Key::Char(c) if c.is_alphabetic()));
            assert!(letterless, "{} needs a letter", row.name);
        }
    }

    #[test]
    fn full_width_keys_act_as_their_ascii_twins_where_keys_are_commands() {
        let keymap = Keymap::default();
        for (full, ascii) in [
            ('／', '/'),
            ('？', '?'),
            ('：', ':'),
            ('ｊ', 'j'),
            ('ｑ', 'q'),
        ] {
            let command = keymap.resolve(Mode::List, Key::Char(ascii));
            assert!(command.is_some());
            assert_eq!(keymap.resolve(Mode::List, Key::Char(full)), command);
        }
        assert_eq!(keymap.resolve(Mode::Filter, Key::Char('？')), None);
    }

    #[test]
    fn the_settings_give_an_action_other_keys() {
        let change = Binding {
            action: "quit".to_owned(),
            keys: vec![Key::Char('j')],
            line: 1,
        };
        let keymap = Keymap::with(&[change]);
        assert_eq!(
            keymap.resolve(Mode::List, Key::Char('j')),
            Some(Command::Quit)
        );
        assert_eq!(keymap.resolve(Mode::List, Key::Char('q')), None);
        let down = Command::Move(super::super::action::Motion::Down);
        assert_eq!(keymap.keys(Mode::List, down).next(), Some(Key::Down));
    }

    #[test]
    fn a_character_given_by_the_settings_stays_text_where_text_is_typed() {
        let change = |action: &str, keys: &[Key]| Binding {
            action: action.to_owned(),
            keys: keys.to_vec(),
            line: 1,
        };
        let keymap = Keymap::with(&[change("quit", &[Key::Char('Q')]), change("help", &[])]);
        for (mode, quits) in [
            (Mode::List, true),
            (Mode::Filter, false),
            (Mode::Picker, false),
        ] {
            let command = keymap.resolve(mode, Key::Char('Q'));
            assert_eq!(command == Some(Command::Quit), quits, "{mode:?}");
        }
        // There the key of the table remains. An action without keys has none.
        assert_eq!(
            keymap.resolve(Mode::Filter, Key::Ctrl('c')),
            Some(Command::Quit)
        );
        assert_eq!(keymap.resolve(Mode::List, Key::Ctrl('c')), None);
        assert!(
            ALL.iter()
                .all(|&mode| keymap.keys(mode, Command::Help).next().is_none())
        );
    }

    #[test]
    fn a_key_that_another_action_has_is_told() {
        let binding = |action: &str, key, line| Binding {
            action: action.to_owned(),
            keys: vec![key],
            line,
        };
        let told = |changes: &[Binding]| -> Vec<(u32, &str)> {
            let all = conflicts(changes).into_iter();
            all.map(|conflict| (conflict.line, conflict.owner))
                .collect()
        };
        let j = Key::Char('j');
        assert_eq!(told(&[binding("quit", j, 3)]), [(3, "down")]);
        let moved = [binding("quit", j, 3), binding("down", Key::Char('n'), 4)];
        assert_eq!(told(&moved), [(4, "next-match"), (4, "next-unscored")]);
        let twice = [
            binding("quit", Key::Alt('9'), 3),
            binding("help", Key::Alt('9'), 4),
        ];
        assert_eq!(told(&twice), [(4, "quit")]);
        assert_eq!(told(&[binding("quit", Key::Alt('9'), 3)]), []);
    }

    #[test]
    fn a_character_for_an_action_of_edited_lines_alone_is_told() {
        let binding = |action: &str, keys: &[Key]| Binding {
            action: action.to_owned(),
            keys: keys.to_vec(),
            line: 1,
        };
        let idle = |action: &str, keys: &[Key]| -> Vec<Key> {
            let changes = [binding(action, keys)];
            texts(&changes).into_iter().map(|(_, key)| key).collect()
        };
        let (y, f12) = (Key::Char('y'), Key::Alt('9'));
        assert_eq!(idle("choose", &[y, f12]), [y]);
        assert_eq!(idle("caret-left", &[y]), [y]);
        assert_eq!(idle("down", &[y, f12]), []);
        assert_eq!(idle("no-such-action", &[y]), []);
    }

    /// Terminals reserve F1 and F10.
    #[test]
    fn no_hint_offers_a_key_that_terminals_take() {
        let keymap = Keymap::default();
        for &mode in ALL {
            for row in keymap.rows(mode) {
                let first = keymap.keys(mode, row.command).next();
                assert!(
                    !matches!(first, Some(Key::F(_))),
                    "{} in {mode:?}",
                    row.name
                );
            }
        }
    }

    #[test]
    fn no_two_hints_of_a_mode_claim_the_same_place() {
        let keymap = Keymap::default();
        for &mode in ALL {
            let mut worths = HashSet::new();
            for (worth, label) in keymap.rows(mode).map(|row| row.hint) {
                assert!(worths.insert(worth), "{label:?} in {mode:?}");
            }
        }
    }

    #[test]
    fn no_command_stands_twice_in_the_table() {
        let mut names = HashSet::new();
        let mut commands = HashSet::new();
        for row in commands::all() {
            assert!(
                names.insert(row.name) && commands.insert(row.command),
                "{}",
                row.name
            );
        }
    }
}
