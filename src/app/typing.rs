//! Text input: typed, pasted, or from the history.

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

/// Maximum number of letters that scrolled the page and can still start a word or its initials:
/// `jjfz`.
const LONGEST_BEGINNING: usize = 3;

/// Keys that end a line, with their characters in [`Input::Typed`].
const LINE_ENDS: [(Key, char); 2] = [(Key::Enter, '\r'), (Key::Ctrl('j'), '\n')];

/// Returns the character of a key in [`Input::Typed`] if the key ends a line.
pub fn line_end(key: Key) -> Option<char> {
    let found = LINE_ENDS.iter().find(|end| end.0 == key);
    found.map(|end| end.1)
}

/// A query from the history, in the line of the filter.
#[derive(Clone, Debug)]
pub(super) struct Recalled {
    /// Index in the history, the newest first.
    at: usize,
    query: String,
    /// The text that it replaced.
    draft: String,
}

impl App {
    /// Applies an editing command to the line with the focus.
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

    /// Returns the column where the query begins in its pane, and the columns available for it.
    pub fn filter_room(&self, pane: Pane) -> (u16, u16) {
        // A margin, the prompt sign and a blank come before the text; a blank, the count and a
        // margin after it.
        let x = pane.x + 3;
        let count = width::of_str(&self.count(), self.settings.ambiguous);
        (x, (pane.columns - 1).saturating_sub(count + x + 1))
    }

    /// Returns the number of cases found and of all cases. The first is "…" until the query of the
    /// filter is answered.
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

    /// Edits the line with the focus.
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

    /// Inserts typed characters into the line with the focus, in one step.
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

    /// Splits characters that arrived in one read. Returns the part that has one meaning in the
    /// current mode, which is text for a line or one command, and the rest, which is for the mode
    /// that follows.
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
            // The text after the letter of an item is for what the item opens.
            let first = text.chars().next().map_or(0, char::len_utf8);
            let behind = Some(text.split_off(first)).filter(|text| !text.is_empty());
            return (Input::Typed(text), behind.map(Input::Typed));
        }
        // Only the first character of an empty line can be a command.
        let in_line = !self.mode().takes_commands();
        let is_text = |at: usize, c| {
            let follows = at > 0 && in_line;
            follows || matches!(self.action_of(Key::Char(c)), Some(Action::Type(_)))
        };
        let command = text.char_indices().find(|&(at, c)| !is_text(at, c));
        let behind = command.map(|(at, _)| text.split_off(at));
        (Input::Typed(text), behind.map(Input::Typed))
    }

    /// Whether a typed character is a command or begins a search, rather than text, a line end or
    /// the letter of an item.
    fn is_command(&self, c: char) -> bool {
        let picker = self.overlay.picker.as_ref();
        !LINE_ENDS.map(|end| end.1).contains(&c)
            && !picker.is_some_and(Picker::awaits_letter)
            && !matches!(self.action_of(Key::Char(c)), Some(Action::Type(_)))
    }

    /// Splits several lines that arrived in one read. A note takes all of them: they were pasted
    /// into a terminal without bracketed paste. Elsewhere a line end is the key that it stands for.
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
        // The rest of the first line is for the mode that its start leads to.
        let behind = match before {
            Some(Input::Typed(before)) => before + &behind,
            _ => behind,
        };
        let behind = Some(behind).filter(|text| !text.is_empty());
        (first, behind.map(Input::Typed))
    }

    /// Begins a new search with a character typed into list or page, preceded by the letters typed
    /// just before it. Replaces the query before.
    pub(super) fn begin_search(&mut self, c: char) -> Option<Effect> {
        self.window.focus = Focus::Filter;
        self.window.zen = false;
        self.reading.raw = false;
        self.filter.began = true;
        self.filter.line.clear();
        let before = std::mem::take(&mut self.filter.read_with);
        // A longer run of letters was meant to scroll.
        if before.chars().count() <= LONGEST_BEGINNING && c.is_ascii_alphanumeric() {
            self.filter.line.insert_text(&before);
        }
        // A query never begins with a blank.
        if !c.is_whitespace() {
            self.filter.line.insert(c);
        }
        Some(self.ask_anew())
    }

    /// Pastes text into the line with the focus, or opens the filter. A note takes the lines as
    /// they are, a query joins them into one line, other lines take the first.
    pub(super) fn paste(&mut self, text: &str) -> Option<Effect> {
        let purpose = self
            .overlay
            .picker
            .as_ref()
            .map(|picker| picker.purpose.as_ref());
        let text = escapes::without_sequences(text);
        let text = match purpose {
            // A copied title may have two lines.
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

    /// Whether Up or Down in the filter walks through the history: Up from the first hit or, if the
    /// query is empty, while the selection has not moved; then Down back again.
    pub(super) fn recalls(&self, motion: Motion) -> bool {
        match motion {
            Motion::Up if self.filter.is_empty() && !self.filter.has_stepped => true,
            Motion::Up => self.list.position() == 0 && self.filter.answer.offer.unwrap_or(0) == 0,
            Motion::Down => self.recalled().is_some() && self.list.position() == 0,
            _ => false,
        }
    }

    /// Returns the query from the history if the line still contains it unchanged.
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

/// Whether an edit would leave the caret where it is.
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

/// Returns the first non-blank line of a pasted text, without control characters.
fn first_line(text: &str) -> String {
    printable(lines(text).next().unwrap_or(""))
}

/// Joins the lines of a pasted text with spaces.
fn in_one_line(text: &str) -> String {
    printable(&lines(text).collect::<Vec<_>>().join(" "))
}

/// Returns a pasted text with line feeds as line ends.
fn in_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = text.split('\n').map(printable).collect();
    lines.join("\n")
}

/// Returns the non-blank lines, trimmed.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.split(['\n', '\r']).map(str::trim);
    lines.filter(|line| !line.is_empty())
}

fn printable(line: &str) -> String {
    gate::without_denied(&line.replace('\t', " "))
}
