//! The menu of views and actions: a letter each. Whatever finds no key of its own has
//! its letter here.

use std::collections::HashSet;

use super::action::{Command, Effect};
use super::commands::{self, Mode};
use super::keymap::{Keymap, half_width};
use super::picker::{Choice, Item, Picker};
use super::words::Label;
use super::{App, Settings};
use crate::key::Key;

/// The commands, views first, and their letters where the settings give them no
/// other. One that is a key in list and page as well means the same there.
const LETTERS: [(char, Command); 29] = [
    ('f', Command::Facets),
    ('O', Command::Sort),
    ('o', Command::Outline),
    ('i', Command::Topics),
    ('d', Command::Figures),
    ('D', Command::AllFigures),
    ('L', Command::Evidence),
    ('V', Command::Overview),
    ('u', Command::Related),
    ('H', Command::Lineage),
    ('C', Command::Compare),
    ('S', Command::Starred),
    ('P', Command::Passages),
    ('z', Command::Zen),
    ('t', Command::Script),
    ('R', Command::Raw),
    ('b', Command::Justify),
    ('y', Command::Copy),
    ('c', Command::Cite),
    ('p', Command::Passage),
    ('s', Command::Star),
    ('T', Command::Tag),
    ('a', Command::Note),
    ('A', Command::SelectAll),
    ('e', Command::Export),
    ('v', Command::Pager),
    ('E', Command::Editor),
    ('r', Command::Reread),
    ('m', Command::Mouse),
];

/// The letters in force: the key that the settings give a command in the list, or
/// the letter of the table where that is no other command's, else one that is free.
fn letters(keymap: &Keymap) -> Vec<(char, Command)> {
    let own = |command| {
        let mut keys = keymap
            .keys(Mode::List, command)
            .filter_map(|key| match key {
                Key::Char(c) if c.is_ascii_alphanumeric() => Some(c),
                _ => None,
            });
        keys.next()
    };
    let is_free = |c, command| {
        let outside = keymap.resolve(Mode::List, Key::Char(c));
        outside.is_none_or(|known| known == command)
    };
    let first = LETTERS.map(|(letter, command)| {
        let usual = Some(letter).filter(|&c| is_free(c, command));
        (own(command).or(usual), command)
    });
    let mut taken: HashSet<char> = first.iter().filter_map(|row| row.0).collect();
    let rows = first.into_iter().filter_map(|(letter, command)| {
        let mut free = ('a'..='z').chain('A'..='Z').chain('0'..='9');
        let letter = letter.or_else(|| free.find(|c| !taken.contains(c) && is_free(*c, command)));
        taken.extend(letter);
        Some((letter?, command))
    });
    rows.collect()
}

/// The menu.
pub(super) fn open(settings: &Settings) -> Picker {
    let language = settings.language;
    let letters = letters(&settings.keymap).into_iter();
    let items = letters.filter_map(|(letter, command)| {
        let row = commands::all().find(|row| row.command == command)?;
        let label = row.label.in_language(language);
        Some(Item::new(letter, label, Choice::Run(command)))
    });
    let title = Label("菜单（按字母执行）", "menu (press a letter)");
    let mut menu = Picker::new(title, items.collect()).counted();
    menu.by_letter = true;
    menu
}

impl App {
    /// Runs the item of the menu that a typed text begins with; `None` where the text
    /// is for the line that narrows the menu.
    pub(super) fn choose_by_letter(&mut self, text: &str) -> Option<Option<Effect>> {
        let letter = half_width(text.chars().next()?);
        let picker = self.overlay.picker.as_mut().filter(|p| p.awaits_letter())?;
        let at = picker
            .shown()
            .position(|(item, _)| item.key.chars().eq([letter]))?;
        picker.select(at);
        Some(self.choose())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Binding;

    #[test]
    fn every_letter_means_one_thing_and_the_same_as_without_the_menu() {
        let (mut seen, mut commands) = (HashSet::new(), HashSet::new());
        for (letter, command) in LETTERS {
            assert!(seen.insert(letter) && commands.insert(command), "{letter}");
            let outside = Keymap::default().resolve(Mode::List, Key::Char(letter));
            assert!(outside.is_none_or(|known| known == command), "{letter}");
        }
        let shown = open(&Settings::default()).shown().count();
        assert_eq!(shown, LETTERS.len(), "every command has its row");
        assert_eq!(letters(&Keymap::default()), LETTERS);
    }

    #[test]
    fn letters_follow_the_keys_of_the_settings_and_never_clash() {
        let binding = |action: &str, keys: &[Key]| Binding {
            action: action.to_owned(),
            keys: keys.to_vec(),
            line: 1,
        };
        let keymap = Keymap::with(&[
            binding("star", &[Key::Char('f')]),
            binding("quit", &[Key::Char('b')]),
            binding("note", &[Key::F(9)]),
        ]);
        let letters = letters(&keymap);
        let different: HashSet<char> = letters.iter().map(|row| row.0).collect();
        assert_eq!(different.len(), LETTERS.len());
        for (letter, command) in letters {
            let outside = keymap.resolve(Mode::List, Key::Char(letter));
            assert!(outside.is_none_or(|known| known == command), "{letter}");
            match command {
                Command::Star => assert_eq!(letter, 'f'),
                Command::Facets | Command::Justify => assert!(letter != 'f' && letter != 'b'),
                Command::Note => assert_eq!(letter, 'a'),
                _ => {}
            }
        }
    }
}
