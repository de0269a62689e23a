//! Translation of input to actions: keys by the key bindings, and typed text. Also decides when an
//! input may be applied.

use super::App;
use super::action::{Action, Command, Effect};
use super::commands::Mode;
use super::keymap;
use crate::key::{Input, Key};

/// When an input may be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// At once, before all waiting inputs.
    Now,
    /// After the inputs before it.
    Next,
    /// After the query of the list is answered.
    Answered,
}

impl App {
    /// Returns the inputs that `input` stands for. A slow link or tmux may send Esc together with
    /// the next key, which reads as that key with Alt. If Alt with that key is not bound, returns
    /// Esc and the key.
    pub fn inputs(&self, input: Input) -> Vec<Input> {
        match input {
            Input::Key(key @ Key::Alt(c))
                if self.settings.keymap.resolve(self.mode(), key).is_none() =>
            {
                vec![Input::Key(Key::Esc), Input::Key(Key::Char(c))]
            }
            input => vec![input],
        }
    }

    /// Applies an input.
    pub fn input(&mut self, input: Input) -> Option<Effect> {
        let action = match input {
            Input::Key(key) => {
                let action = self.action_of(key);
                self.remember_letter(key, action.as_ref());
                self.filter.takes_letters |= is_on_purpose(key, action.as_ref());
                match action {
                    Some(action) => action,
                    None => {
                        self.say_unknown(key);
                        return None;
                    }
                }
            }
            Input::Typed(text) => Action::Type(text),
            Input::Paste(text) => Action::Paste(text),
            Input::Mouse(mouse) => {
                self.filter.takes_letters = true;
                Action::Mouse(mouse)
            }
            Input::Resize { columns, rows } => Action::Fit { columns, rows },
        };
        self.update(action)
    }

    /// Remembers letters that scroll a resumed page: they may be the start of a word, as in
    /// `jiandu`.
    fn remember_letter(&mut self, key: Key, action: Option<&Action>) {
        match (key, action) {
            (Key::Char(c), Some(Action::Run(_))) if self.letters_search() && c.is_alphabetic() => {
                self.filter.read_with.push(c);
            }
            (_, Some(Action::Begin(_))) => {}
            _ => self.filter.read_with.clear(),
        }
    }

    /// Runs the command whose hint was clicked.
    pub fn press_hint(&mut self, command: Command) -> Option<Effect> {
        self.filter.takes_letters = true;
        self.update(Action::Run(command))
    }

    /// Returns when an input may be applied. What a key does to list or page depends on the hits,
    /// and their answer may not have arrived yet.
    pub fn turn(&self, input: &Input) -> Turn {
        let action = match input {
            Input::Key(key) => self.action_of(*key),
            Input::Typed(_) | Input::Paste(_) => Some(Action::Type(String::new())),
            Input::Mouse(mouse) => Some(Action::Mouse(*mouse)),
            Input::Resize { .. } => return Turn::Now,
        };
        let is_text = matches!(input, Input::Key(Key::Char(_)) | Input::Typed(_));
        match action {
            Some(Action::Run(Command::Quit | Command::Suspend | Command::Repaint)) if !is_text => {
                Turn::Now
            }
            Some(Action::Type(_) | Action::Run(Command::Edit(_)))
                if self.mode() == Mode::Filter =>
            {
                Turn::Next
            }
            None | Some(Action::Begin(_)) => Turn::Next,
            // What a view shows does not depend on the list.
            Some(_) if self.view_with_keys().is_some() => Turn::Next,
            Some(action) if self.is_answered_for(&action) => Turn::Next,
            Some(_) => Turn::Answered,
        }
    }

    pub(super) fn action_of(&self, key: Key) -> Option<Action> {
        let mode = self.mode();
        match (self.settings.keymap.resolve(mode, key), key) {
            (command, Key::Char(c)) if self.letters_search() => self.first_of(c, command),
            // In an empty line, `?` and `/` are the commands that they are in the list: no query
            // begins with them.
            (None, Key::Char(c)) if mode == Mode::Filter && self.filter.is_empty() => {
                let in_list = self.settings.keymap.resolve(Mode::List, Key::Char(c));
                match (keymap::half_width(c), in_list) {
                    ('?' | '/', Some(command @ (Command::Help | Command::Search))) => {
                        Some(Action::Run(command))
                    }
                    _ => Some(Action::Type(c.to_string())),
                }
            }
            (Some(command), _) => Some(Action::Run(command)),
            (None, Key::Char(c)) if !mode.takes_commands() => Some(Action::Type(c.to_string())),
            (None, Key::Char(c)) if self.view_with_keys().is_some_and(|v| v.get().takes(c)) => {
                Some(Action::Type(c.to_string()))
            }
            // An input method sent Han while the list expects commands: the reader means to search.
            (None, Key::Char(c))
                if self.overlay.view.is_none() && !c.is_ascii() && c.is_alphanumeric() =>
            {
                Some(Action::Paste(c.to_string()))
            }
            (None, _) => None,
        }
    }

    /// Returns the keys that run a command now, best first. Leaves out characters where they are
    /// text or begin a search.
    pub fn keys_now(&self, command: Command) -> impl Iterator<Item = Key> {
        let keys = self.settings.keymap.keys(self.mode(), command);
        keys.filter(
            move |&key| matches!(self.action_of(key), Some(Action::Run(run)) if run == command),
        )
    }

    /// Whether a character begins a search in list or page.
    pub fn letters_search(&self) -> bool {
        let in_panes = self.mode().takes_commands() && self.overlay.view.is_none();
        in_panes && !self.filter.takes_letters
    }

    /// Returns the action of a character in list or page before any other key was used: it begins a
    /// search. Exceptions are commands that neither change nor end anything: punctuation, and, if
    /// the focus is on a resumed page, also letters that scroll it.
    fn first_of(&self, c: char, command: Option<Command>) -> Option<Action> {
        use Command::{
            GoBack, GoForward, Help, Move, NextCase, NextMatch, NextSection, PreviousCase,
            PreviousMatch, PreviousSection, Search, Zen,
        };
        match command {
            Some(
                command @ (Move(_) | NextMatch | PreviousMatch | NextCase | PreviousCase | Zen),
            ) if self.mode() == Mode::Page => Some(Action::Run(command)),
            Some(
                command @ (GoBack | GoForward | Help | Move(_) | NextSection | PreviousSection
                | Search),
            ) if !c.is_alphanumeric() => Some(Action::Run(command)),
            _ => Some(Action::Begin(c)),
        }
    }

    /// Reports that a key has no meaning in list or page, and names the keys for search and help.
    fn say_unknown(&mut self, key: Key) {
        let mode = self.mode();
        if !mode.takes_commands() {
            return;
        }
        let keys = |command| {
            let mut keys = self.settings.keymap.keys(mode, command);
            keys.next().map(keymap::name)
        };
        let ways = [
            (keys(Command::Search), self.words().search),
            (keys(Command::Help), self.words().help),
        ];
        let mut notice = (self.words().no_such_key)(&keymap::name(key));
        for (key, word) in ways {
            if let Some(key) = key {
                notice += &format!("{}{key} {word}", self.words().gap);
            }
        }
        self.notice = Some(notice);
    }
}

/// Whether a key shows that the reader knows where keys go: a key that is not a character and runs
/// a command, or Space where it scrolls.
fn is_on_purpose(key: Key, action: Option<&Action>) -> bool {
    let Some(Action::Run(command)) = action else {
        return false;
    };
    match command {
        Command::Repaint | Command::Suspend => false,
        Command::Move(_) if key == Key::Char(' ') => true,
        _ => !matches!(key, Key::Char(_)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::Settings;
    use super::super::keymap::Keymap;
    use super::*;

    #[test]
    fn characters_in_one_go_are_commands_until_a_line_has_the_keys() {
        let mut app = App::new(Arc::default(), Settings::default());
        let typed = |text: &str| Input::Typed(text.to_owned());
        let slash = Input::Key(Key::Char('/'));
        assert_eq!(
            app.parted(typed("/地铁")),
            (slash.clone(), Some(typed("地铁")))
        );
        assert_eq!(app.parted(typed("/")), (slash.clone(), None));
        app.input(slash);
        assert_eq!(app.parted(typed("地铁/")), (typed("地铁/"), None));
        app.input(typed("地\u{7}铁/"));
        assert_eq!(app.filter.text(), "地铁/");
    }

    #[test]
    fn lines_in_one_go_are_a_text_for_a_note_and_keys_elsewhere() {
        let corpus = crate::seeds::read(
            crate::seeds::embedded(),
            &crate::seeds::catalog::Catalog::embedded(),
        );
        let mut app = App::new(Arc::new(corpus.corpus), Settings::default());
        app.filter.takes_letters = true;
        app.update(Action::Fit {
            columns: 80,
            rows: 24,
        });
        let typed = |text: &str| Some(Input::Typed(text.to_owned()));
        let (enter, note) = (Input::Key(Key::Enter), Input::Key(Key::Char('a')));
        let lines = "第一行\r第二行\n第三行";
        assert_eq!(
            app.parted(typed(&format!("a{lines}")).expect("it is there")),
            (note.clone(), typed(lines))
        );
        app.input(note);
        let (pasted, behind) = app.parted(typed(lines).expect("it is there"));
        assert_eq!((&pasted, behind), (&Input::Paste(lines.to_owned()), None));
        app.input(pasted);
        let picker = app.overlay.picker.as_ref().expect("the note is open");
        assert_eq!(picker.line.text(), "第一行\n第二行\n第三行");
        app.input(Input::Key(Key::Esc));
        app.input(Input::Key(Key::Char('/')));
        let parted = app.parted(typed("地铁\r\nz").expect("it is there"));
        assert_eq!(
            parted,
            (typed("地铁").expect("it is there"), typed("\r\nz"))
        );
        let parted = app.parted(typed("\r\nz").expect("it is there"));
        assert_eq!(parted, (enter, typed("\nz")));
    }

    #[test]
    fn esc_and_a_letter_in_one_go_are_both_pressed() {
        let mut app = App::new(Arc::default(), Settings::default());
        let keys = |inputs: Vec<Input>| -> Vec<Key> {
            let key = |input| match input {
                Input::Key(key) => key,
                other => panic!("{other:?} is no key"),
            };
            inputs.into_iter().map(key).collect()
        };
        let alt = Input::Key(Key::Alt('q'));
        assert_eq!(keys(app.inputs(alt.clone())), [Key::Esc, Key::Char('q')]);
        app.settings.keymap = Keymap::with(&[crate::config::Binding {
            action: "quit".to_owned(),
            keys: vec![Key::Alt('q')],
            line: 1,
        }]);
        assert_eq!(keys(app.inputs(alt)), [Key::Alt('q')]);
    }
}
