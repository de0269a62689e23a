//! State of the explorer, and how a key press changes it.
//!
//! ```text
//! Input ─▶ Keymap::resolve ─▶ Action ─▶ App::update ─▶ Effect
//! ```
//!
//! `update` decides, the terminal layer carries out the effects, drawing reads `&App`.

pub mod action;
mod analysis;
mod answer;
mod collection;
pub mod commands;
mod copying;
mod edited;
pub(crate) mod facet_panel;
mod figure_table;
mod figures;
mod filter;
mod find;
mod help;
pub mod hints;
mod input;
pub mod keeping;
pub mod keymap;
pub mod kinship;
pub mod lens;
mod library;
pub mod line_edit;
pub mod list;
pub mod marking;
mod menu;
mod minutes;
mod motion;
mod mouse;
pub mod offered;
pub mod order;
mod overlay;
pub mod page;
pub mod panes;
mod passages;
pub mod picker;
pub mod query_edit;
mod reading;
mod reason;
mod run;
mod saving;
mod settings;
mod sorting;
pub mod tour;
mod trail;
mod typing;
pub mod view;
mod window;
pub mod words;
pub mod work;

use std::sync::Arc;

use action::{Action, Command, Effect};
use analysis::Analysis;
pub use collection::Collection;
use commands::Mode;
pub use filter::Filter;
pub use find::Find;
pub use input::Turn;
use list::List;
pub use overlay::Overlay;
use page::{Page, Sheet};
use panes::Panes;
pub use reading::PageState;
pub use settings::{Library, Measure, Settings};
use trail::Trail;
pub use typing::line_end;
use window::Focus;
pub use window::Window;
use words::Words;

use crate::config::Start;
use crate::corpus::{CaseIndex, Corpus};
use crate::store::State;
use crate::typeset::{self, Anchor, Setting};

/// State of the explorer.
#[derive(Clone, Debug)]
pub struct App {
    pub corpus: Arc<Corpus>,
    pub settings: Settings,
    pub window: Window,
    pub list: List,
    pub page: Page,
    /// The query of the list, and its answer.
    pub filter: Filter,
    pub overlay: Overlay,
    /// Message about the last key press, shown until the next one.
    pub notice: Option<String>,
    /// How the page shows the case.
    pub reading: PageState,
    trail: Trail,
    pub collection: Collection,
    analysis: Analysis,
}

impl App {
    /// Creates an explorer of a corpus that lists every case.
    pub fn new(corpus: Arc<Corpus>, settings: Settings) -> Self {
        let mut list = List::spaced(settings.roomy);
        list.show_all(&corpus);
        Self {
            page: Page::new(Arc::clone(&corpus)),
            filter: Filter::over(corpus.len()),
            corpus,
            settings,
            window: Window::default(),
            list,
            overlay: Overlay::default(),
            notice: None,
            reading: PageState::default(),
            trail: Trail::default(),
            collection: Collection::default(),
            analysis: Analysis::default(),
        }
    }

    /// Starts with `query` if it is not empty. Otherwise resumes where reading stopped the last
    /// time. At a first start, focuses the query line if the settings ask for it. Returns the
    /// requests to the search.
    pub fn begin(&mut self, query: &str, kept: State) -> Vec<Effect> {
        self.collection.kept = kept;
        let mut effects = vec![self.know()];
        let resume = self.resumed();
        self.remember_measure(&resume);
        self.remember_order(&resume);
        if query.is_empty() {
            let is_first = resume.case.is_none() && resume.query.is_empty();
            if is_first && self.settings.start == Start::Search {
                self.window.focus = Focus::Filter;
            }
            effects.extend(self.take_up(&resume));
        } else {
            self.filter.line.set(query);
            effects.push(self.ask());
        }
        effects
    }

    /// Returns the texts of the interface, in its language.
    pub fn words(&self) -> &'static Words {
        Words::of(self.settings.language)
    }

    /// Returns the mode, which is the part of the interface that receives keys.
    pub fn mode(&self) -> Mode {
        if let Some(view) = self.view_with_keys() {
            return view.get().mode();
        }
        match (&self.overlay.picker, self.window.focus) {
            (Some(picker), _) if picker.is_note() => Mode::Note,
            (Some(_), _) => Mode::Picker,
            (None, Focus::List) => Mode::List,
            (None, Focus::Page) if self.reading.marking.is_some() => Mode::Passage,
            (None, Focus::Page) => Mode::Page,
            (None, Focus::Filter) => Mode::Filter,
            (None, Focus::Find) => Mode::Find,
        }
    }

    /// Returns the layout of the screen; `None` if the screen is too small to draw on.
    pub fn panes(&self) -> Option<Panes> {
        let has_view = self.overlay.view.is_some();
        self.window.panes(self.settings.measure.columns(), has_view)
    }

    /// Applies an action and returns the effect that the caller has to carry out.
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
            self.trail.resumed = None;
        }
        let moves = matches!(action, Action::Run(Command::Move(_)))
            && matches!(self.mode(), Mode::List | Mode::Filter);
        if self.window.unsettled && !moves {
            self.settle();
        }
        if !matches!(action, Action::Type(_) | Action::Run(Command::Edit(_))) {
            self.find_again();
        }
        let effect = match action {
            Action::Run(command) => self.run(command),
            Action::Type(text) => self.type_in(&text),
            Action::Begin(c) => self.begin_search(c),
            Action::Pause => {
                self.filter.read_with.clear();
                None
            }
            Action::Paste(text) => self.paste(&text),
            Action::Mouse(mouse) => self.mouse(mouse),
            Action::Fit { columns, rows } => {
                self.window.size = (columns, rows);
                None
            }
            Action::TakeWidths {
                ambiguous,
                ascii,
                joins,
            } => {
                self.settings.script.parts_emoji = !joins;
                self.settings.ambiguous = ambiguous;
                self.settings.ascii = ascii;
                None
            }
            Action::PrepareFrame => self.ask_for_matches(),
            Action::ShowFound(found) => self.show_found(found),
            Action::ShowExplained(explained) => {
                self.show_explained(explained);
                None
            }
            Action::TakeTopics(rules, topics) => {
                // Topics of a corpus that was replaced meanwhile are dropped.
                if topics.len() != self.corpus.len() {
                    return None;
                }
                self.analysis.rules = Some(rules);
                self.analysis.topics = topics;
                self.gather_again();
                self.count_topics();
                Some(self.know())
            }
            Action::TakeProgress(loading) => {
                self.window.loading = loading;
                None
            }
            Action::TakeDone(done) => self.take_done(done),
            Action::TakeKept(state) => {
                self.collection.kept = *state;
                // The top of the page shows marks and notes.
                self.page.unset();
                Some(self.know())
            }
            Action::TakeSaving(saving) => {
                self.take_saving(saving);
                None
            }
            Action::TakeSeat(seat) => {
                self.take_seat(seat);
                None
            }
            Action::TellSaving(marks) => {
                self.collection.being_saved = marks;
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
            Action::AskForPathAgain(export, why) => {
                self.ask_for_path_again(export, why);
                None
            }
        };
        self.filter.began &= self.mode() == Mode::Filter && !self.filter.takes_letters;
        if self.filter.began && self.notice.is_none() {
            self.notice = Some(self.words().began.to_owned());
        }
        if self.settings.kiosk
            && let Some(picker) = &mut self.overlay.picker
            && picker.keep_inside()
        {
            self.overlay.close();
        }
        self.window.unsettled = moves && self.window.hurried;
        if !self.window.unsettled {
            self.settle();
        }
        effect
    }

    /// Sets whether more actions follow before a frame is drawn. If they do, moves through the list
    /// typeset the page only for the last case.
    pub fn hurry(&mut self, hurried: bool) {
        self.window.hurried = hurried;
        if !hurried && self.window.unsettled {
            self.settle();
        }
    }

    /// Brings list and page in line with the screen and with each other. Text is laid out here,
    /// once per case and setting, never while drawing.
    fn settle(&mut self) {
        self.window.unsettled = false;
        if self.page_case().is_none() && matches!(self.window.focus, Focus::Page | Focus::Find) {
            self.window.focus = Focus::List;
            self.window.zen = false;
            self.reading.find = None;
        }
        let Some(panes) = self.panes() else { return };
        self.settle_view(&panes);
        if let Some(pane) = panes.list {
            self.list.fit(pane.rows);
        }
        // If only the list is shown, the page is typeset all the same: commands on a case in the
        // list may need it.
        let Some(pane) = panes.page.or(panes.list) else {
            return;
        };
        self.page.fit(pane.rows);
        match self.page_case() {
            Some(case) => self.set_page(case, pane.columns),
            None => self.page.clear(),
        }
        self.settle_marking();
        self.settle_lens();
        self.follow_reading();
    }

    /// Remembers the place being read. If it is in another case than before, adds the place before
    /// to the visits.
    fn follow_reading(&mut self) {
        let Some(place) = self.place() else { return };
        if !matches!(self.window.focus, Focus::Page | Focus::Find) {
            return;
        }
        let before = self.trail.last_read.replace(place);
        if let Some(before) = before.filter(|before| before.case != place.case) {
            self.trail.visits.leave(before);
        }
    }

    /// Returns the case that the page shows.
    fn page_case(&self) -> Option<CaseIndex> {
        self.trail.revisited.or(self.list.selected())
    }

    fn set_page(&mut self, index: CaseIndex, columns: u16) {
        let setting = Setting {
            columns: self
                .settings
                .measure
                .columns()
                .min(panes::text_columns(columns)),
            ambiguous: self.settings.ambiguous,
            script: self.settings.script,
            justify: self.settings.justify,
            roomy: self.settings.roomy,
        };
        let case = self.corpus.get(index);
        let before = self.page.sheet().filter(|sheet| sheet.case == index);
        let another = before.is_none();
        let as_wanted = |b: &&Sheet| b.set.setting() == setting && !self.page.is_stale();
        if let Some(before) = before.filter(as_wanted) {
            if before.raw.is_some() != self.reading.raw {
                self.page.turn(self.reading.raw);
            }
            return;
        }
        // Neither the text nor its marks have changed.
        let is_same = |b: &&Sheet| b.set.setting().script == setting.script;
        if !self.page.is_stale() && before.is_some_and(|before| is_same(&before)) {
            return self.page.set_anew(&setting, self.reading.raw);
        }
        let words = self.words();
        let front = words.front(case, self.settings.script, &self.collection.kept);
        let place = before.map_or(Anchor::default(), |_| self.page.anchor());
        let set = typeset::Page::set_near(case, &front, &setting, place);
        let (marker, matches) = (self.marker().clone(), self.matches_in(Some(index)));
        let here = self.page.current().filter(|_| !another);
        self.page.take(
            Sheet {
                case: index,
                set,
                raw: None,
            },
            self.reading.raw,
            &marker,
            &matches,
        );
        if let Some(marked) = self.lens_marks() {
            self.page.mark_as(marked);
            self.page.stay_at(here);
        }
        let spans = self.passage_spans(index);
        self.page.show_passages(spans);
        if another {
            self.show_best_match();
            if let Some(find) = &mut self.reading.find {
                find.origin = self.page.anchor();
            }
        }
    }
}
