//! Hints in the last row: keys that do something now, in order of importance.

use super::App;
use super::action::{Command, Editing, Motion};
use super::commands::Mode;
use super::keymap;
use super::menu;
use super::picker::Purpose;
use super::words::Label;
use crate::key::Key;

/// A key and what it does, or the keys of a group and what they do together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The commands, each with the byte offset in `key` where its own key ends.
    pub commands: Vec<(Command, usize)>,
    pub key: String,
    pub label: &'static str,
    /// Whether the hint may yield to others because the menu contains the command.
    pub in_menu: bool,
    /// Whether the hint is on every screen, if need be without its label: going on, going back,
    /// help.
    pub stays: bool,
}

impl Hint {
    /// Whether the hint is for a command.
    pub fn is_of(&self, command: Command) -> bool {
        self.commands.iter().any(|known| known.0 == command)
    }
}

/// Maximum rank of hints that are on every screen.
const STAYS: u8 = 2;

const UP: Command = Command::Move(Motion::Up);
const DOWN: Command = Command::Move(Motion::Down);

/// Prefix of the names of keys pressed together with Ctrl.
const CTRL: &str = "Ctrl-";

/// Maximum rank of hints that do not yield to others although the menu contains them: copy and
/// cite.
const USUAL: u8 = 5;

/// Commands that share a hint if each has a key, with a common label.
const GROUPS: [(&[Command], Label); 11] = [
    (
        &[
            Command::Move(Motion::PageDown),
            Command::Move(Motion::PageUp),
        ],
        Label("翻屏", "page"),
    ),
    (
        &[
            Command::Move(Motion::HalfDown),
            Command::Move(Motion::HalfUp),
        ],
        Label("半屏", "half"),
    ),
    (
        &[Command::Move(Motion::First), Command::Move(Motion::Last)],
        Label("首尾", "ends"),
    ),
    (
        &[Command::NextMatch, Command::PreviousMatch],
        Label("匹配", "match"),
    ),
    (
        &[Command::NextCase, Command::PreviousCase],
        Label("换篇", "case"),
    ),
    (
        &[Command::NextSection, Command::PreviousSection],
        Label("换节", "parts"),
    ),
    (
        &[Command::NextUnit, Command::PreviousUnit],
        Label("换一个", "units"),
    ),
    (&[Command::Left, Command::Right], Label("左右", "sides")),
    (
        &[
            Command::Edit(Editing::DeleteToStart),
            Command::Edit(Editing::DeleteToEnd),
            Command::Edit(Editing::DeleteWord),
        ],
        Label("删行首、尾、词", "cut"),
    ),
    (
        &[
            Command::Edit(Editing::Home),
            Command::Edit(Editing::End),
            Command::Edit(Editing::Left),
            Command::Edit(Editing::Right),
        ],
        Label("光标", "caret"),
    ),
    (
        &[
            Command::Edit(Editing::DeleteBefore),
            Command::Edit(Editing::DeleteBehind),
        ],
        Label("删字", "delete"),
    ),
];

impl App {
    /// Returns the hints of the current mode, the most important first.
    pub fn hints(&self) -> Vec<Hint> {
        let has_menu = self.keys_now(Command::Menu).next().is_some();
        let rows = self.settings.keymap.rows(self.mode());
        let mut ranked: Vec<(u8, Hint)> = rows
            .filter_map(|row| {
                let (rank, label) = self.ranked(row.command).unwrap_or(row.hint);
                let label = match self.view_with_keys() {
                    Some(view) => view.get().hint(row.command, label)?,
                    None => Some(label).filter(|_| self.is_of_use(row.command))?,
                };
                let label = self
                    .special(row.command)
                    .unwrap_or_else(|| label.in_language(self.settings.language));
                let key = self.hinted_key(row.command)?;
                let mut commands = vec![(row.command, key.len())];
                if row.command == DOWN && key == self.words().up_and_down {
                    // The label runs the command Down.
                    let up = key.find(['下', '/']).unwrap_or_default();
                    commands = vec![(DOWN, 0), (UP, up), (DOWN, key.len())];
                }
                let hint = Hint {
                    commands,
                    in_menu: has_menu && rank > USUAL && menu::holds(row.command),
                    key,
                    label,
                    stays: rank <= STAYS,
                };
                Some((rank, hint))
            })
            .collect();
        for (commands, label) in GROUPS {
            self.group(&mut ranked, commands, label);
        }
        ranked.sort_by_key(|hint| hint.0);
        ranked.into_iter().map(|hint| hint.1).collect()
    }

    /// Merges the hints of some commands, unless one of them is missing or must be on every screen.
    fn group(&self, ranked: &mut Vec<(u8, Hint)>, commands: &[Command], label: Label) {
        let of = |command: &Command| ranked.iter().find(|(_, hint)| hint.is_of(*command));
        let Some(parts) = commands.iter().map(of).collect::<Option<Vec<_>>>() else {
            return;
        };
        let Some(rank) = parts.iter().map(|(rank, _)| *rank).min() else {
            return;
        };
        if parts.iter().any(|(_, hint)| hint.stays) {
            return;
        }
        let mut hint = Hint {
            commands: Vec::new(),
            key: String::new(),
            label: label.in_language(self.settings.language),
            in_menu: parts.iter().all(|(_, hint)| hint.in_menu),
            stays: false,
        };
        let is_ctrl = parts.iter().all(|(_, hint)| hint.key.starts_with(CTRL));
        for (at, (_, part)) in parts.into_iter().enumerate() {
            let key = part.key.as_str();
            if at > 0 {
                hint.key.push('/');
                hint.key += key.strip_prefix(CTRL).filter(|_| is_ctrl).unwrap_or(key);
            } else {
                hint.key += key;
            }
            hint.commands.push((commands[at], hint.key.len()));
        }
        ranked.retain(|(_, known)| !commands.iter().any(|&command| known.is_of(command)));
        ranked.push((rank, hint));
    }

    /// Returns the rank and label of a command if they differ from the table.
    fn ranked(&self, command: Command) -> Option<(u8, Label)> {
        let in_table = self.mode() == Mode::Picker;
        match command {
            // With nothing to go back to, the way out is to quit.
            Command::Quit if self.view_with_keys().is_none() && !self.is_of_use(Command::Back) => {
                Some((1, Label("退出", "quit")))
            }
            Command::Sort if in_table => Some((3, Label("排序", "sort"))),
            Command::Export if in_table => Some((3, Label("导出", "export"))),
            // In the page of a search, the way on is the next match.
            Command::NextMatch if self.mode() == Mode::Page => Some((0, Label("下一处", "next"))),
            Command::Open if self.mode() == Mode::Find => Some((0, Label("查找", "find"))),
            Command::Evidence if self.reading.is_marking_evidence() => {
                Some((3, Label("关闭标注", "marks off")))
            }
            _ => None,
        }
    }

    /// Returns the key of a command as its hint shows it.
    fn hinted_key(&self, command: Command) -> Option<String> {
        let keymap = &self.settings.keymap;
        // Some terminals reserve F1 and F10.
        let is_taken = |key: &Key| matches!(key, Key::F(1 | 10));
        // Keys that share a hint use the shortest name, as g for Home. Editing keys use Ctrl, which
        // the hint names once.
        let is_shared = |command| {
            let short = [
                Command::Move(Motion::First),
                Command::Move(Motion::Last),
                Command::NextSection,
                Command::PreviousSection,
            ];
            matches!(command, Command::Edit(_)) || short.contains(&command)
        };
        let first = |command| {
            let mut keys = self.keys_now(command).filter(|key| !is_taken(key));
            if is_shared(command) {
                let is_ctrl = |key: &Key| matches!(key, Key::Ctrl(_));
                let is_edit = matches!(command, Command::Edit(_));
                return keys.min_by_key(|key| (is_edit && !is_ctrl(key), keymap::name(*key).len()));
            }
            keys.next()
        };
        let both = (first(DOWN), first(UP)) == (Some(Key::Down), Some(Key::Up));
        let key = first(command)?;
        Some(match command {
            DOWN if both => self.words().up_and_down.to_owned(),
            UP if both => return None,
            // On a resumed page some letters scroll; copy and cite use the room.
            Command::Search if self.letters_search() && self.mode() != Mode::Page => {
                self.words().typing.to_owned()
            }
            // An empty query line takes the key that the list has for the help.
            Command::Help if self.mode() == Mode::Filter && self.filter.is_empty() => {
                keymap::name(keymap.keys(Mode::List, command).next().unwrap_or(key))
            }
            _ => keymap::name(key),
        })
    }

    /// Whether a command would do something now.
    pub(super) fn is_of_use(&self, command: Command) -> bool {
        let has_case = self.page.case().is_some();
        match command {
            Command::Back => {
                self.mode() != Mode::List
                    || self.letters_search()
                    || self.reading.raw
                    || !self.filter.is_empty()
                    || !self.collection.selection.is_empty()
            }
            // A prompt has no items to move among.
            Command::Move(_) => match &self.overlay.picker {
                Some(picker) => picker.purpose.is_none() && !picker.is_empty(),
                None => has_case || !self.offers().is_empty(),
            },
            // In the query line Esc does the same.
            Command::SwitchPane if self.window.zen || self.mode() == Mode::Filter => false,
            Command::Facets => !self.corpus.is_empty(),
            Command::Open => has_case || self.filter.answer.offer.is_some(),
            Command::Sort | Command::Export if self.mode() == Mode::Picker => {
                let picker = self.overlay.picker.as_ref();
                picker.is_some_and(|picker| picker.table.is_some())
            }
            Command::NextMatch | Command::PreviousMatch => self.page.counter().is_some(),
            Command::NextCase | Command::PreviousCase => self.list.hits().len() > 1,
            Command::NextSection | Command::PreviousSection | Command::Outline => {
                let sheet = self.page.sheet();
                sheet.is_some_and(|sheet| !sheet.set.sections().is_empty())
            }
            // In the list Esc does the same.
            Command::ClearSearch => self.mode() != Mode::List && !self.filter.is_empty(),
            Command::Compare => !self.collection.selection.is_empty(),
            Command::GoBack => self.trail.visits.has_behind(),
            Command::GoForward => self.trail.visits.has_ahead(),
            Command::Library => self.settings.libraries.len() > 1,
            // The built-in cases do not change.
            Command::Reread => !self.settings.library.is_empty(),
            Command::Tour => self.settings.library.is_empty(),
            Command::ScoreSheet => self.seat().is_some_and(|seat| seat.juror().is_some()),
            Command::Tally => self
                .seat()
                .is_some_and(|seat| seat.juror().is_none() || seat.tally.is_some()),
            // Chains of the whole library are listed even if no case is.
            Command::Lineage => !self.corpus.is_empty(),
            Command::SwitchPane | Command::SelectAll | Command::AllFigures | Command::Overview => {
                has_case
            }
            _ => !command.needs_case() || has_case,
        }
    }

    /// Returns the label of a command if it differs in the current mode.
    fn special(&self, command: Command) -> Option<&'static str> {
        let words = self.words();
        if self.view_with_keys().is_some() {
            return None;
        }
        match (command, &self.overlay.picker) {
            (Command::Choose, Some(picker)) if picker.purpose.is_some() => match picker.purpose {
                Some(Purpose::ExportPath(_) | Purpose::TextPath(_)) => Some(words.write),
                _ => Some(words.keep),
            },
            (Command::Choose, Some(picker)) if picker.toggles() => Some(words.tick),
            (Command::Back, Some(picker)) if picker.purpose.is_some() => Some(words.cancel),
            (Command::Open, None) if self.page.case().is_none() => Some(words.offer_help),
            (Command::Open, None)
                if self.mode() == Mode::Filter && self.filter.answer.instead.is_some() =>
            {
                Some(words.offer_help)
            }
            (Command::SwitchPane, None) if self.mode() == Mode::Page => Some(words.to_list),
            (Command::SwitchPane, None) => Some(words.to_page),
            (Command::Back, None) if self.mode() == Mode::Filter => Some(words.to_list),
            (Command::Back, None) if self.mode() == Mode::List && self.reading.raw => None,
            (Command::Back, None) if self.mode() == Mode::List => {
                if !self.filter.is_empty() {
                    Some(words.clear)
                } else if self.collection.selection.is_empty() {
                    Some(words.letter_keys)
                } else {
                    Some(words.deselect)
                }
            }
            (Command::Search, None) if self.letters_search() => Some(words.to_search),
            _ => None,
        }
    }
}
