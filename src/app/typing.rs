//! The lines that take text: typed, pasted, or asked before.

use super::App;
use super::action::{Action, Editing, Effect, Motion};
use super::commands::Mode;
use super::line_edit::LineEdit;
use super::panes::Pane;
use super::picker::{Picker, Purpose};
use super::window::Focus;
use crate::key::{Input, Key};
use crate::text::escapes;
use crate::text::gate;
use crate::text::width;

/// So many letters that read on may be the beginning of a word or of its initials: `jjfz`.
const LONGEST_BEGINNING: usize = 3;

/// The keys that end a line, and the characters that they are in [`Input::Typed`].
const LINE_ENDS: [(Key, char); 2] = [(Key::Enter, '\r'), (Key::Ctrl('j'), '\n')];

/// The character that a key is in [`Input::Typed`], if it ends a line.
pub fn line_end(key: Key) -> Option<char> {
    let found = LINE_ENDS.iter().find(|end| end.0 == key);
    found.map(|end| end.1)
}

/// A query asked before that was brought back into the filter.
#[derive(Clone, Debug)]
pub(super) struct Recalled {
    /// Its place in the history, the newest first.
    at: usize,
    query: String,
    /// What stood in the filter before.
    draft: String,
}

impl App {
    /// Edits the line that has the keys as a command says.
    pub(super) fn edit_by(&mut self, editing: Editing) -> Option<Effect> {
        let motion = match editing {
            Editing::Home => Some(Motion::First),
            Editing::End => Some(Motion::Last),
            _ => None,
        };
        // If the caret is already at that end of the line, Home and End move among the items.
        if let (Some(motion), Some(picker)) = (motion, &mut self.overlay.picker)
            && !picker.is_empty()
            && is_there(&picker.line, editing)
        {
            picker.step(motion);
            return None;
        }
        self.edit(|line| apply(line, editing))
    }

    /// The column at which the text of the filter begins in its pane, and the columns
    /// that there are for it.
    pub fn filter_room(&self, pane: Pane) -> (u16, u16) {
        // Before it stand a margin, the sign of the line and a blank; behind it a
        // blank, the count and a margin.
        let x = pane.x + 3;
        let count = width::of_str(&self.count(), self.settings.ambiguous);
        (x, (pane.columns - 1).saturating_sub(count + x + 1))
    }

    /// How many cases are listed, and of how many; without the number as long as
    /// the list is not what stands in the filter.
    pub fn count(&self) -> String {
        let all = self.corpus.len();
        if !self.filter.is_answered() {
            return format!("… / {all}");
        }
        let found = self.filter.answer.total.max(self.list.hits().len());
        let more = if self.filter.answer.complete {
            ""
        } else {
            "…"
        };
        format!("{found}{more} / {all}")
    }

    /// Changes the line that has the keys.
    pub(super) fn edit(&mut self, change: impl FnOnce(&mut LineEdit)) -> Option<Effect> {
        if let Some(picker) = &mut self.overlay.picker {
            if picker.edit(&self.settings.spellings, change) {
                self.notice = Some(self.words().query_cut.to_owned());
            }
            return None;
        }
        if self.overlay.view.is_some() {
            return self.edit_in_view(change);
        }
        if self.window.focus == Focus::Find {
            self.edit_find(change);
            return None;
        }
        let before = self.filter.text().to_owned();
        change(&mut self.filter.line);
        if self.filter.text() == before {
            return None;
        }
        let begins = before.trim().is_empty() && !self.filter.text().trim().is_empty();
        Some(if begins { self.ask_anew() } else { self.ask() })
    }

    /// Typed characters go to the line that has the keys, in one step however many
    /// there are.
    pub(super) fn type_in(&mut self, text: &str) -> Option<Effect> {
        match printable(text) {
            text if text.is_empty() => None,
            text if self
                .overlay
                .picker
                .as_ref()
                .is_some_and(Picker::awaits_letter) =>
            {
                match self.choose_by_letter(&text) {
                    Some(effect) => effect,
                    None => self.edit(|line| line.insert_text(&text)),
                }
            }
            text => self.edit(|line| line.insert_text(&text)),
        }
    }

    /// Of characters that were typed in one go those that mean one thing in the mode
    /// that has the keys: text for a line, or one command. The rest is for the mode
    /// that they lead to.
    pub fn parted(&self, input: Input) -> (Input, Option<Input>) {
        let Input::Typed(mut text) = input else {
            return (input, None);
        };
        if let Some(c) = text.chars().next().filter(|&c| self.is_command(c)) {
            let behind = text.split_off(c.len_utf8());
            let behind = Some(behind).filter(|text| !text.is_empty());
            return (Input::Key(Key::Char(c)), behind.map(Input::Typed));
        }
        if text.contains(LINE_ENDS.map(|end| end.1)) {
            return self.parted_at_lines(text);
        }
        if self
            .overlay
            .picker
            .as_ref()
            .is_some_and(Picker::awaits_letter)
        {
            // What follows the letter of an item is for what that opens.
            let first = text.chars().next().map_or(0, char::len_utf8);
            let behind = Some(text.split_off(first)).filter(|text| !text.is_empty());
            return (Input::Typed(text), behind.map(Input::Typed));
        }
        // Only the first character of an empty line can be a command there.
        let in_line = !self.mode().takes_commands();
        let is_text = |at: usize, c| {
            let follows = at > 0 && in_line;
            follows || matches!(self.action_of(Key::Char(c)), Some(Action::Type(_)))
        };
        let command = text.char_indices().find(|&(at, c)| !is_text(at, c));
        let behind = command.map(|(at, _)| text.split_off(at));
        (Input::Typed(text), behind.map(Input::Typed))
    }

    /// Whether a typed character is a command, or begins something, rather than text, a
    /// line end or the letter of an item.
    fn is_command(&self, c: char) -> bool {
        let picker = self.overlay.picker.as_ref();
        !LINE_ENDS.map(|end| end.1).contains(&c)
            && !picker.is_some_and(Picker::awaits_letter)
            && !matches!(self.action_of(Key::Char(c)), Some(Action::Type(_)))
    }

    /// Of several lines that came in one go: where a note is written they are a text
    /// that was pasted into a terminal without marks for that, and all for the note;
    /// elsewhere a line end is the key that it was.
    fn parted_at_lines(&self, mut text: String) -> (Input, Option<Input>) {
        if self.mode() == Mode::Note {
            return (Input::Paste(text), None);
        }
        let key = LINE_ENDS.iter().find(|end| text.starts_with(end.1));
        let (first, behind) = match key {
            Some(&(key, _)) => (Input::Key(key), text.split_off(1)),
            None => {
                let at = text.find(LINE_ENDS.map(|end| end.1));
                let behind = text.split_off(at.unwrap_or(text.len()));
                (Input::Typed(text), behind)
            }
        };
        let (first, before) = self.parted(first);
        // What the first line leads to is not for the whole of it.
        let behind = match before {
            Some(Input::Typed(before)) => before + &behind,
            _ => behind,
        };
        let behind = Some(behind).filter(|text| !text.is_empty());
        (first, behind.map(Input::Typed))
    }

    /// Begins a new search with a character that was typed into list or page, and with
    /// the letters directly before it; what was asked before goes.
    pub(super) fn begin_search(&mut self, c: char) -> Option<Effect> {
        self.window.focus = Focus::Filter;
        self.window.zen = false;
        self.reading.raw = false;
        self.filter.began = true;
        self.filter.line.clear();
        let before = std::mem::take(&mut self.filter.read_with);
        // More of them read on.
        if before.chars().count() <= LONGEST_BEGINNING && c.is_ascii_alphanumeric() {
            self.filter.line.insert_text(&before);
        }
        // No query begins with a blank.
        if !c.is_whitespace() {
            self.filter.line.insert(c);
        }
        Some(self.ask_anew())
    }

    /// Pasted text goes to the line that has the keys, or opens the filter. A
    /// note takes its lines as they are, a query all of them as one, everything
    /// else the first.
    pub(super) fn paste(&mut self, text: &str) -> Option<Effect> {
        let purpose = self
            .overlay
            .picker
            .as_ref()
            .map(|picker| picker.purpose.as_ref());
        let text = escapes::without_sequences(text);
        let text = match purpose {
            // A title may be copied in two lines.
            None => in_one_line(&text),
            Some(Some(Purpose::Note(_))) => in_lines(&text),
            Some(_) => first_line(&text),
        };
        if self.mode().takes_commands() && self.overlay.view.is_none() {
            self.window.focus = Focus::Filter;
            self.window.zen = false;
        }
        self.edit(|line| line.insert_text(&text))
    }

    /// Whether Up or Down in the filter walks through the queries asked before:
    /// up from the first hit or, where nothing is asked, as long as they have not
    /// moved the selection, and down again from there.
    pub(super) fn recalls(&self, motion: Motion) -> bool {
        match motion {
            Motion::Up if self.filter.is_empty() && !self.filter.has_stepped => true,
            Motion::Up => self.list.position() == 0 && self.filter.answer.offer.unwrap_or(0) == 0,
            Motion::Down => self.recalled().is_some() && self.list.position() == 0,
            _ => false,
        }
    }

    /// The earlier query that stands in the filter, unless it has been changed.
    fn recalled(&self) -> Option<&Recalled> {
        let recalled = self.filter.recalled.as_ref();
        recalled.filter(|recalled| recalled.query == self.filter.text())
    }

    pub(super) fn recall(&mut self, motion: Motion) -> Option<Effect> {
        let (draft, at) = match self.recalled() {
            Some(recalled) => (recalled.draft.clone(), Some(recalled.at)),
            None => (self.filter.text().to_owned(), None),
        };
        let to = match (motion, at) {
            (Motion::Up, None) => Some(0),
            (Motion::Up, Some(at)) => Some(at + 1),
            (_, at) => at.and_then(|at| at.checked_sub(1)),
        };
        let query = match to {
            Some(at) => match self.collection.kept.history().nth(at) {
                Some(query) => query.to_owned(),
                None => {
                    self.notice = Some(self.words().no_history.to_owned());
                    return None;
                }
            },
            None => draft.clone(),
        };
        self.filter.line.set(&query);
        self.filter.recalled = to.map(|at| Recalled { at, query, draft });
        Some(self.ask_anew())
    }
}

/// Whether an edit that moves the caret would leave it where it is.
fn is_there(line: &LineEdit, editing: Editing) -> bool {
    let mut moved = line.clone();
    apply(&mut moved, editing);
    moved.caret() == line.caret()
}

fn apply(line: &mut LineEdit, editing: Editing) {
    match editing {
        Editing::NewLine => line.insert('\n'),
        Editing::DeleteBefore => line.delete_before(),
        Editing::DeleteBehind => line.delete_behind(),
        Editing::DeleteWord => line.delete_word(),
        Editing::DeleteToStart => line.delete_to_start(),
        Editing::DeleteToEnd => line.delete_to_end(),
        Editing::Left => line.left(),
        Editing::Right => line.right(),
        Editing::Home => line.home(),
        Editing::End => line.end(),
    }
}

/// The first line of a pasted text that is not blank, without what a terminal
/// must not see.
fn first_line(text: &str) -> String {
    printable(lines(text).next().unwrap_or(""))
}

/// All lines of a pasted text, parted by spaces.
fn in_one_line(text: &str) -> String {
    printable(&lines(text).collect::<Vec<_>>().join(" "))
}

/// A pasted text with its lines, ended by a line feed each.
fn in_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = text.split('\n').map(printable).collect();
    lines.join("\n")
}

/// The lines that are not blank.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.split(['\n', '\r']).map(str::trim);
    lines.filter(|line| !line.is_empty())
}

fn printable(line: &str) -> String {
    gate::without_denied(&line.replace('\t', " "))
}
