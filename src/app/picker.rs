//! A list over the panes with a line that narrows it: help, outline, menus.

use crate::language::Language;
use crate::text::fold::fold;
use crate::typeset::Anchor;

use super::Settings;
use super::action::{Command, Motion};
use super::commands::Mode;
use super::line_edit::LineEdit;
use super::page::Page;
use super::words::Label;

/// What happens when an item is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Run(Command),
    /// Go to a place in the page.
    GoTo(Anchor),
}

/// One item: two columns of text and what choosing it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub key: String,
    pub label: String,
    pub choice: Choice,
}

/// The items, the line that narrows them, and the selection.
#[derive(Clone, Debug)]
pub struct Picker {
    pub title: Label,
    pub line: LineEdit,
    items: Vec<Item>,
    /// Positions of the items that the line leaves.
    shown: Vec<usize>,
    selected: usize,
}

/// Rows that a picker moves by at once.
const SCREEN: usize = 8;

impl Picker {
    fn new(title: Label, items: Vec<Item>) -> Self {
        let shown = (0..items.len()).collect();
        Self {
            title,
            line: LineEdit::default(),
            items,
            shown,
            selected: 0,
        }
    }

    /// Every command that can be run from a mode, with its keys in force.
    pub fn help(settings: &Settings, mode: Mode) -> Self {
        let items = settings.keymap.rows(mode).map(|row| {
            let keys = settings.keymap.keys(mode, row.command);
            let keys: Vec<String> = keys.map(|key| key.to_string()).collect();
            Item {
                key: keys.join(" "),
                label: row.label.in_language(settings.language).to_owned(),
                choice: Choice::Run(row.command),
            }
        });
        Self::new(Label("按键与命令", "keys and commands"), items.collect())
    }

    /// The sections of the case on the page, the one in view selected; `None`
    /// where it has none.
    pub fn outline(page: &Page, language: Language) -> Option<Self> {
        let set = &page.sheet()?.set;
        let items = set.sections().iter().map(|section| {
            let roles = section.roles.iter().map(|role| match language {
                Language::Chinese => role.chinese(),
                Language::English => role.english(),
            });
            let indent = "  ".repeat(usize::from(section.level).saturating_sub(1));
            Item {
                key: roles.collect::<Vec<_>>().join(" "),
                label: format!("{indent}{}", set.heading(section)),
                choice: Choice::GoTo(Anchor {
                    block: section.block,
                    char: 0,
                }),
            }
        });
        let mut picker = Self::new(Label("大纲", "outline"), items.collect());
        picker.selected = page.section().unwrap_or(0);
        (!picker.items.is_empty()).then_some(picker)
    }

    /// The items that are left, with whether each is selected.
    pub fn shown(&self) -> impl Iterator<Item = (&Item, bool)> {
        let item = |(at, &item)| (&self.items[item], at == self.selected);
        self.shown.iter().enumerate().map(item)
    }

    /// How many items are left, and which of them is selected.
    pub fn position(&self) -> (usize, usize) {
        (self.selected, self.shown.len())
    }

    /// What choosing the selected item does; `None` where no item is left.
    pub fn choice(&self) -> Option<Choice> {
        let &item = self.shown.get(self.selected)?;
        Some(self.items[item].choice.clone())
    }

    /// Changes the line and leaves only the items that hold all its words.
    pub fn edit(&mut self, change: impl FnOnce(&mut LineEdit)) {
        change(&mut self.line);
        let line = folded(self.line.text());
        let words: Vec<&str> = line.split_whitespace().collect();
        let matches = |item: &Item| {
            let text = folded(&format!("{} {}", item.key, item.label));
            words.iter().all(|word| text.contains(word))
        };
        let items = self.items.iter().enumerate();
        self.shown = items
            .filter(|(_, item)| matches(item))
            .map(|(at, _)| at)
            .collect();
        self.selected = 0;
    }

    /// Moves the selection.
    pub fn step(&mut self, motion: Motion) {
        let last = self.shown.len().saturating_sub(1);
        let at = self.selected;
        self.selected = match motion {
            Motion::Up => at.saturating_sub(1),
            Motion::Down => at + 1,
            Motion::HalfUp | Motion::PageUp => at.saturating_sub(SCREEN),
            Motion::HalfDown | Motion::PageDown => at + SCREEN,
            Motion::First => 0,
            Motion::Last => last,
        }
        .min(last);
    }
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}
