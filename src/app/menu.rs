//! The menu of views and actions: a letter each. Whatever finds no key of its own has
//! its letter here.

use super::App;
use super::action::{Command, Effect};
use super::commands;
use super::keymap::half_width;
use super::picker::{Choice, Item, Picker};
use super::words::Label;
use crate::language::Language;

/// The letters, views first. One that is a key in list and page as well means the
/// same there.
const LETTERS: [(char, Command); 25] = [
    ('f', Command::Facets),
    ('O', Command::Sort),
    ('o', Command::Outline),
    ('i', Command::Topics),
    ('d', Command::Figures),
    ('D', Command::AllFigures),
    ('L', Command::Evidence),
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

/// The menu.
pub(super) fn open(language: Language) -> Picker {
    let items = LETTERS.iter().filter_map(|&(letter, command)| {
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
    use std::collections::HashSet;

    use super::*;
    use crate::app::commands::Mode;
    use crate::app::keymap::Keymap;
    use crate::key::Key;

    #[test]
    fn every_letter_means_one_thing_and_the_same_as_without_the_menu() {
        let (mut letters, mut commands) = (HashSet::new(), HashSet::new());
        for (letter, command) in LETTERS {
            assert!(
                letters.insert(letter) && commands.insert(command),
                "{letter}"
            );
            let outside = Keymap::default().resolve(Mode::List, Key::Char(letter));
            assert!(outside.is_none_or(|known| known == command), "{letter}");
        }
        let shown = open(Language::Chinese).shown().count();
        assert_eq!(shown, LETTERS.len(), "every command has its row");
    }
}
