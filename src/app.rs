//! View state: what is shown, and what a key press makes of it.
//!
//! ```text
//! Input ─▶ Keymap::resolve ─▶ Action ─▶ App::update ─▶ Effect
//! ```
//!
//! Update decides, the terminal floor acts, drawing reads `&App`.

pub mod action;
mod answer;
pub mod commands;
mod copying;
mod edited;
pub(crate) mod facet_panel;
mod help;
pub mod keeping;
pub mod key;
pub mod keymap;
pub mod line_edit;
pub mod list;
pub mod marking;
mod menu;
mod mouse;
pub mod order;
pub mod page;
pub mod panes;
mod passages;
pub mod picker;
mod reading;
mod reason;
mod saving;
mod typing;
pub mod visits;
pub mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use action::{Action, Command, Effect, Motion};
pub use answer::Answer;
use commands::Mode;
use key::{Input, Key};
use keymap::Keymap;
use line_edit::LineEdit;
use list::List;
use marking::Marking;
use page::{Page, Sheet};
use panes::{Panes, View};
use picker::{Choice, Picker};
pub use saving::Unsaved;
use typing::Recalled;
use visits::{Place, Visits};
use words::Words;

use crate::config::Start;
use crate::corpus::{CaseIndex, Corpus};
use crate::language::Language;
use crate::search::Marker;
use crate::store::{Change, State};
use crate::text::CharSpan;
use crate::text::pinyin::Spellings;
use crate::text::script::Display;
use crate::text::width::Ambiguous;
use crate::topics::{Assignment, Rules};
use crate::typeset::{self, Anchor, Setting};

/// What the reader or the terminal decides about the look of things.
#[derive(Clone, Debug)]
pub struct Settings {
    pub language: Language,
    pub ambiguous: Ambiguous,
    /// Whether frames are drawn in ASCII.
    pub ascii: bool,
    /// The most columns a row of the page has.
    pub measure: u16,
    /// How text is displayed.
    pub script: Display,
    pub justify: bool,
    /// Whether the page alone has hints below it.
    pub zen_hints: bool,
    /// How the reader types pinyin.
    pub spellings: Spellings,
    pub keymap: Keymap,
    /// What has the keys at a start that has no place to go back to.
    pub start: Start,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            ambiguous: Ambiguous::default(),
            ascii: false,
            measure: 80,
            script: Display::default(),
            justify: false,
            zen_hints: true,
            spellings: Spellings::default(),
            keymap: Keymap::default(),
            start: Start::default(),
        }
    }
}

/// What has the focus under any picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    List,
    Page,
    Filter,
    Find,
}

/// When an input may be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// At once, whatever else waits.
    Now,
    /// After what came before it.
    Next,
    /// Not before the query in the filter is answered.
    Answered,
}

/// A query for the page alone.
#[derive(Clone, Debug, Default)]
pub struct Find {
    pub line: LineEdit,
    pub marker: Marker,
    /// Where the page stood when the reader began to type.
    origin: Anchor,
}

impl Find {
    /// Whether there is anything to find.
    pub fn is_asked(&self) -> bool {
        !self.line.text().trim().is_empty()
    }
}

/// The whole state of the explorer.
#[derive(Clone, Debug)]
pub struct App {
    pub corpus: Arc<Corpus>,
    pub settings: Settings,
    pub list: List,
    pub page: Page,
    pub filter: LineEdit,
    /// What is looked for in the page, when it is not the list's query.
    pub find: Option<Find>,
    /// What the newest answer said about the query beside its hits.
    pub found: Answer,
    pub picker: Option<Picker>,
    /// The prompt over which the help was opened, with what has been written.
    aside: Option<Picker>,
    /// Tells what the last key press did, until the next one.
    pub notice: Option<String>,
    /// The screen, in columns and rows.
    pub screen: (u16, u16),
    /// Whether characters in list and page are commands. Until the reader has used
    /// a key that is no character, or the mouse, they are what is searched for: who
    /// has just opened the program and types means words.
    pub takes_letters: bool,
    /// Whether the search began with a letter typed into list or page.
    began: bool,
    pub zen: bool,
    /// Whether the page shows the document as it was given.
    pub raw: bool,
    focus: Focus,
    /// A case that the reader went back to and that the list may not hold.
    revisited: Option<CaseIndex>,
    visits: Visits,
    /// The case that the reader had chosen among all before the search began.
    left: Option<CaseIndex>,
    /// Where the reader was when the page last had the keys.
    last_read: Option<Place>,
    /// Where the page stood when the match that it should stand on was not known
    /// yet.
    unmatched: Option<Place>,
    /// Where reading stopped the last time, until the reader does something.
    taken_up: Option<Place>,
    /// Stars, tags, notes and queries, as the store has them.
    pub kept: State,
    /// What could not be saved.
    pub unsaved: Option<Unsaved>,
    /// The cases that are selected together.
    pub chosen: BTreeSet<CaseIndex>,
    /// The topics of every case, and the rules by which they were assigned; none
    /// until they are worked out.
    topics: Vec<Vec<Assignment>>,
    rules: Option<Arc<Rules>>,
    panel: Option<facet_panel::Panel>,
    /// How far back in the queries asked the filter is.
    recalled: Option<Recalled>,
    /// Whether the selection was moved since the filter was opened or changed.
    has_stepped: bool,
    /// Whether a key changed the measure, so that it is worth remembering.
    measure_changed: bool,
    /// The measure of the settings.
    measure_set: u16,
    /// The run of text that is being chosen on the page.
    marking: Option<Marking>,
    /// The passages that were marked since the program began, in that order.
    collected: Vec<(CaseIndex, CharSpan)>,
}

impl App {
    /// The explorer over a corpus, showing every case.
    pub fn new(corpus: Arc<Corpus>, settings: Settings) -> Self {
        let found = Answer {
            total: corpus.len(),
            complete: true,
            ..Answer::default()
        };
        let measure_set = settings.measure;
        let mut list = List::default();
        list.show_all(&corpus);
        Self {
            page: Page::new(Arc::clone(&corpus)),
            corpus,
            settings,
            list,
            filter: LineEdit::default(),
            find: None,
            found,
            picker: None,
            aside: None,
            notice: None,
            screen: (0, 0),
            takes_letters: false,
            began: false,
            zen: false,
            raw: false,
            focus: Focus::List,
            revisited: None,
            visits: Visits::default(),
            left: None,
            last_read: None,
            unmatched: None,
            taken_up: None,
            kept: State::default(),
            unsaved: None,
            chosen: BTreeSet::new(),
            topics: Vec::new(),
            rules: None,
            panel: None,
            recalled: None,
            has_stepped: false,
            measure_changed: false,
            measure_set,
            marking: None,
            collected: Vec::new(),
        }
    }

    /// Begins with a query typed already, or, without one, where reading stopped
    /// the last time, or, without that, where the settings say. Returns what has to
    /// be asked.
    pub fn begin(&mut self, query: &str, kept: State) -> Vec<Effect> {
        self.kept = kept;
        let mut effects = vec![self.know()];
        let resume = self.kept.resume().cloned().unwrap_or_default();
        self.remember_measure(&resume);
        self.remember_order(&resume);
        if query.is_empty() {
            let is_first = resume.case.is_none() && resume.query.is_empty();
            if is_first && self.settings.start == Start::Search {
                self.focus = Focus::Filter;
            }
            effects.extend(self.take_up(&resume));
        } else {
            self.filter.set(query);
            effects.push(self.ask());
        }
        effects
    }

    /// The interface's words.
    pub fn words(&self) -> &'static Words {
        Words::of(self.settings.language)
    }

    /// What has the keys.
    pub fn mode(&self) -> Mode {
        match (&self.picker, self.focus) {
            (Some(picker), _) if picker.is_note() => Mode::Note,
            (Some(_), _) => Mode::Picker,
            (None, Focus::List) => Mode::List,
            (None, Focus::Page) if self.marking.is_some() => Mode::Passage,
            (None, Focus::Page) => Mode::Page,
            (None, Focus::Filter) => Mode::Filter,
            (None, Focus::Find) => Mode::Find,
        }
    }

    /// Where everything stands; `None` on a screen too small to draw on.
    pub fn panes(&self) -> Option<Panes> {
        let view = match self.zen {
            true => View::Zen,
            false => View::Both {
                page_focused: matches!(self.focus, Focus::Page | Focus::Find),
            },
        };
        Panes::new(self.screen.0, self.screen.1, view, self.settings.measure)
    }

    /// The inputs that one stands for. Esc and the next key that came in one go,
    /// as over a slow link or from tmux, read as that key with Alt; where
    /// nothing is on that, they are what was pressed.
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

    /// Applies what a user did.
    pub fn input(&mut self, input: Input) -> Option<Effect> {
        let action = match input {
            Input::Key(key) => {
                let action = self.action_of(key);
                self.takes_letters |= is_on_purpose(key, action.as_ref());
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
                self.takes_letters = true;
                Action::Mouse(mouse)
            }
            Input::Hint(command) => {
                self.takes_letters = true;
                Action::Run(command)
            }
            Input::Resize { columns, rows } => Action::Fit { columns, rows },
        };
        self.update(action)
    }

    /// When an input may be applied. What a key does to the list or to the page
    /// depends on what was found, and the answer may still be on its way.
    pub fn turn(&self, input: &Input) -> Turn {
        let action = match input {
            Input::Key(key) => self.action_of(*key),
            Input::Typed(_) | Input::Paste(_) => Some(Action::Type(String::new())),
            Input::Mouse(mouse) => Some(Action::Mouse(*mouse)),
            Input::Hint(command) => Some(Action::Run(*command)),
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
            Some(action) if self.is_answered_for(&action) => Turn::Next,
            Some(_) => Turn::Answered,
        }
    }

    fn action_of(&self, key: Key) -> Option<Action> {
        let mode = self.mode();
        match (self.settings.keymap.resolve(mode, key), key) {
            (command, Key::Char(c)) if mode.takes_commands() && !self.takes_letters => {
                self.first_of(c, command)
            }
            // An empty line takes the marks for help and for itself as the list does:
            // no query begins with them.
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
            // An input method sends Han to a list that waits for commands: the
            // reader means to search.
            (None, Key::Char(c)) if !c.is_ascii() && c.is_alphanumeric() => {
                Some(Action::Paste(c.to_string()))
            }
            (None, _) => None,
        }
    }

    /// What a character does in list or page before any other key was used: it
    /// begins a search. Only marks that neither change nor end anything are
    /// commands.
    fn first_of(&self, c: char, command: Option<Command>) -> Option<Action> {
        use Command::{
            GoBack, GoForward, Help, Move, NextSection, PreviousSection, Search, Select,
        };
        match command {
            Some(
                command @ (GoBack | GoForward | Help | Move(_) | NextSection | PreviousSection
                | Search | Select),
            ) if !c.is_alphanumeric() => Some(Action::Run(command)),
            _ => Some(Action::Begin(c)),
        }
    }

    /// Says that a key has no meaning in list or page, and where to look.
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

    /// Applies one action and says what the outside world has to do about it.
    pub fn update(&mut self, action: Action) -> Option<Effect> {
        if matches!(
            action,
            Action::Run(_)
                | Action::Type(_)
                | Action::Begin(_)
                | Action::Paste(_)
                | Action::Mouse(_)
        ) {
            self.notice = None;
            self.taken_up = None;
        }
        let effect = match action {
            Action::Run(command) => self.run(command),
            Action::Type(text) => self.type_in(&text),
            Action::Begin(c) => self.begin_search(c),
            Action::Paste(text) => self.paste(&text),
            Action::Mouse(mouse) => self.mouse(mouse),
            Action::Fit { columns, rows } => {
                self.screen = (columns, rows);
                None
            }
            Action::ShowFound(found) => self.show_found(found),
            Action::ShowExplained(explained) => {
                self.show_explained(explained);
                None
            }
            Action::TakeTopics(rules, topics) => {
                self.rules = Some(rules);
                self.topics = topics;
                self.gather_again();
                Some(self.know())
            }
            Action::TakeKept(state) => {
                self.kept = *state;
                // Marks and notes stand in the front of the page.
                self.page.unset();
                Some(self.know())
            }
            Action::TakeSaving(saving) => {
                self.take_saving(saving);
                None
            }
            Action::AskToLeave => {
                self.ask_to_leave();
                None
            }
            Action::Tell(notice) => {
                self.notice = Some(notice);
                None
            }
            Action::OfferText { why, text } => {
                self.offer_text(why, text);
                None
            }
            Action::TakeEdited {
                case,
                before,
                after,
            } => {
                self.offer_edited(case, &before, after);
                None
            }
            Action::TakeNote(note) => {
                self.take_note(&note);
                None
            }
            Action::AskToOverwrite(export) => {
                self.ask_to_overwrite(export);
                None
            }
        };
        self.began &= self.mode() == Mode::Filter && !self.takes_letters;
        if self.began && self.notice.is_none() {
            self.notice = Some(self.words().began.to_owned());
        }
        self.settle();
        effect
    }

    fn run(&mut self, command: Command) -> Option<Effect> {
        if command.needs_case() && self.page_case().is_none() {
            let words = self.words();
            let why = match self.corpus.is_empty() {
                true => words.no_case,
                false => words.case_needed,
            };
            self.notice = Some(why.to_owned());
            return None;
        }
        match command {
            Command::Move(motion) => return self.step(motion),
            Command::Open => return self.open(),
            Command::Choose => return self.choose(),
            Command::Back => return self.back(),
            Command::SwitchPane => self.switch_pane(),
            Command::Search => self.search(),
            Command::ClearSearch => return self.clear_filter(),
            Command::NextMatch => self.step_match(true),
            Command::PreviousMatch => self.step_match(false),
            Command::NextCase => self.step_case(Motion::Down),
            Command::PreviousCase => self.step_case(Motion::Up),
            Command::NextSection => self.step_section(true),
            Command::PreviousSection => self.step_section(false),
            Command::Outline => self.open_outline(),
            Command::GoBack => self.revisit(Visits::back),
            Command::GoForward => self.revisit(Visits::forward),
            Command::Script => self.turn_script(),
            Command::Raw => self.raw = !self.raw,
            Command::Zen => self.turn_zen(),
            Command::Facets => return self.open_facets(),
            Command::Starred => return self.show_starred(),
            Command::Star => return self.star(),
            Command::Select => self.select(),
            Command::SelectAll => self.select_all(),
            Command::Sort => self.open_orders(),
            Command::Tag => self.open_tags(),
            Command::Note => self.open_note(),
            Command::Topics => self.open_topics(),
            Command::Passage => self.begin_marking(),
            Command::KeepPassage => return self.keep_marked(),
            Command::NextUnit => self.step_unit(true),
            Command::PreviousUnit => self.step_unit(false),
            Command::Hold => self.hold(),
            Command::Unit => self.turn_unit(),
            Command::MarkParagraph => return self.mark_paragraph(),
            Command::Passages => self.open_passages(),
            Command::Copy => self.open_copy(),
            Command::Cite => self.open_cite(),
            Command::Export => self.open_export(),
            Command::Pager => return self.plain_text().map(Effect::Pager),
            Command::Editor => return self.open_editor(),
            Command::Mouse => return Some(Effect::TurnMouse),
            Command::Justify => self.turn_justify(),
            Command::Narrower => self.change_measure(-MEASURE_STEP),
            Command::Wider => self.change_measure(MEASURE_STEP),
            Command::Help => {
                self.panel = None;
                let help = Picker::help(&self.settings, self.mode());
                self.aside = self.picker.take().filter(|p| p.purpose.is_some());
                self.picker = Some(help);
            }
            Command::Menu => self.picker = Some(menu::open(self.settings.language)),
            Command::Repaint => return Some(Effect::Repaint),
            Command::Suspend => return Some(Effect::Suspend),
            Command::Quit => return Some(Effect::Quit),
            Command::Edit(editing) => return self.edit_by(editing),
        }
        None
    }

    fn step(&mut self, motion: Motion) -> Option<Effect> {
        if self.mode() == Mode::Filter && self.recalls(motion) {
            return self.recall(motion);
        }
        if self.mode() == Mode::Passage {
            self.step_marking(motion);
            return None;
        }
        match (&mut self.picker, self.focus) {
            (Some(picker), _) if picker.is_note() => {
                let columns = panes::line_columns(self.screen.0);
                picker.step_row(motion, columns, self.settings.ambiguous);
            }
            (Some(picker), _) => picker.step(motion),
            (None, Focus::Page | Focus::Find) => self.page.step(motion),
            (None, Focus::List | Focus::Filter) if self.list.hits().is_empty() => {
                self.found.step_offer(motion);
            }
            (None, Focus::List | Focus::Filter) => {
                self.revisited = None;
                self.has_stepped = true;
                self.list.step(motion);
            }
        }
        None
    }

    fn open(&mut self) -> Option<Effect> {
        if self.focus == Focus::Find {
            self.finish_find();
        } else if self.focus == Focus::Filter
            && self.is_answered()
            && let Some(query) = self.found.instead.take()
        {
            self.filter.set(&query);
            return Some(self.ask());
        } else if self.page_case().is_some() {
            let asked = self.focus == Focus::Filter && !self.filter.text().trim().is_empty();
            self.enter_page();
            let query = self.filter.text().trim().to_owned();
            return asked.then(|| Effect::Keep(vec![Change::Asked(query)]));
        } else if let Some(offer) = self.offers().get(self.found.offer) {
            let query = offer.query.clone();
            self.filter.set(&query);
            return Some(self.ask());
        }
        None
    }

    fn choose(&mut self) -> Option<Effect> {
        let mut picker = self.picker.take()?;
        let (panel, aside) = (self.panel.take(), self.aside.take());
        if let Some(purpose) = picker.purpose.take() {
            return self.submit(purpose, picker.line.text());
        }
        let Some(choice) = picker.choice() else {
            self.picker = Some(picker);
            self.aside = aside;
            return None;
        };
        match choice {
            Choice::Close => self.picker = aside,
            Choice::Abandon => return Some(Effect::Abandon),
            Choice::Copy(text) => return Some(Effect::Copy(text)),
            Choice::Show(text) => return Some(Effect::Show(text)),
            Choice::Save(name, text) => self.ask_for_text_path(name, text),
            Choice::GoToPassage(case, passage) => self.go_to_passage(case, &passage),
            Choice::DropPassage(case, span) => return self.drop_passage(case, span),
            Choice::AddToNote(case, text) => return self.add_to_note(case, &text),
            Choice::ExportAs(format) => self.ask_for_path(format),
            Choice::Export(export) => return Some(Effect::Export(export)),
            Choice::Toggle(field, value) => {
                self.picker = Some(picker);
                self.panel = panel;
                return self.toggle_facet(field, &value);
            }
            Choice::Run(command) => return self.run(command),
            Choice::ShowSyntax => self.picker = Some(Picker::syntax(self.settings.language)),
            Choice::Search(query) => {
                self.leave();
                self.focus = Focus::Filter;
                self.zen = false;
                self.filter.set(&query);
                return Some(self.ask_anew());
            }
            Choice::Sort(order) => return Some(self.sort_by(order)),
            Choice::GoTo(anchor) => {
                self.leave();
                self.focus = Focus::Page;
                self.page.go_to(anchor);
            }
        }
        None
    }

    /// Closes one layer.
    fn back(&mut self) -> Option<Effect> {
        if self.picker.take().is_some() {
            self.panel = None;
            self.picker = self.aside.take();
            return None;
        }
        match self.focus {
            Focus::Find => self.abandon_find(),
            Focus::Page if self.marking.is_some() => self.marking = None,
            Focus::Page if self.raw => self.raw = false,
            Focus::Page if self.find.is_some() => self.end_find(),
            Focus::Page if self.zen => self.zen = false,
            Focus::Page | Focus::Filter => self.focus = Focus::List,
            Focus::List if self.filter.is_empty() => self.deselect(),
            Focus::List => return self.clear_filter(),
        }
        None
    }

    /// Takes every case out of the selection.
    fn deselect(&mut self) {
        if !self.chosen.is_empty() {
            self.chosen.clear();
            self.notice = Some(self.words().none_selected.to_owned());
        }
    }

    fn switch_pane(&mut self) {
        match self.focus {
            Focus::Filter => self.focus = Focus::List,
            Focus::List if self.page_case().is_some() => self.enter_page(),
            Focus::Page if !self.zen => self.focus = Focus::List,
            _ => {}
        }
    }

    fn clear_filter(&mut self) -> Option<Effect> {
        if self.filter.is_empty() {
            self.notice = Some(self.words().all_listed.to_owned());
            return None;
        }
        self.filter.clear();
        Some(self.ask())
    }

    /// Makes list and page agree with the screen and with one another. Layout
    /// happens here, once per case and setting, never while drawing.
    fn settle(&mut self) {
        if self.page_case().is_none() && matches!(self.focus, Focus::Page | Focus::Find) {
            self.focus = Focus::List;
            self.zen = false;
            self.find = None;
        }
        let Some(panes) = self.panes() else { return };
        if let Some(pane) = panes.list {
            self.list.fit(pane.rows);
        }
        // Where list and page take turns, the page is set all the same: what is
        // done to a case in the list may need it.
        let Some(pane) = panes.page.or(panes.list) else {
            return;
        };
        self.page.fit(pane.rows);
        match self.page_case() {
            Some(case) => self.set_page(case, pane.columns),
            None => self.page.clear(),
        }
        self.settle_marking();
        self.follow_reading();
    }

    /// Remembers what is being read and, when that is another case, where
    /// reading the one before stopped.
    fn follow_reading(&mut self) {
        let Some(place) = self.place() else { return };
        if !matches!(self.focus, Focus::Page | Focus::Find) {
            return;
        }
        let before = self.last_read.replace(place);
        if let Some(before) = before.filter(|before| before.case != place.case) {
            self.visits.leave(before);
        }
    }

    /// The case that the page shows.
    fn page_case(&self) -> Option<CaseIndex> {
        self.revisited.or(self.list.selected())
    }

    fn set_page(&mut self, index: CaseIndex, columns: u16) {
        let setting = Setting {
            columns: self.settings.measure.min(text_columns(columns)),
            ambiguous: self.settings.ambiguous,
            script: self.settings.script,
            justify: self.settings.justify,
        };
        let case = self.corpus.get(index);
        let before = self.page.sheet().filter(|sheet| sheet.case == index);
        let another = before.is_none();
        let as_wanted = |b: &&Sheet| b.set.setting() == setting && !self.page.is_stale();
        if let Some(before) = before.filter(as_wanted) {
            if before.raw.is_some() != self.raw {
                self.page.turn(self.raw);
            }
            return;
        }
        let set = typeset::Page::set(
            case,
            &self.words().front(case, self.settings.script, &self.kept),
            &setting,
        );
        let (marker, matches) = (self.marker().clone(), self.matches_in(Some(index)));
        self.page.take(
            Sheet {
                case: index,
                set,
                raw: None,
            },
            self.raw,
            &marker,
            &matches,
        );
        let spans = self.passage_spans(index);
        self.page.show_passages(spans);
        if another {
            self.show_best_match();
            if let Some(find) = &mut self.find {
                find.origin = self.page.anchor();
            }
        }
    }
}

/// Whether a key shows that the reader knows where the keys go: one that is no
/// character and does something here, or Space where it turns the page.
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

/// Columns that the measure changes by at once: two Han.
const MEASURE_STEP: i16 = 4;

/// The columns for text in a page pane: one is kept free on the left, and two
/// on the right, the last for the scrollbar.
pub fn text_columns(columns: u16) -> u16 {
    columns
        .saturating_sub(if columns >= 40 {
            panes::PAGE_MARGINS
        } else {
            2
        })
        .max(2)
}

#[cfg(test)]
mod tests {
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
