//! Changing the library while the explorer is open.

use std::sync::Arc;

use super::action::Effect;
use super::picker::{Choice, Item, Picker};
use super::words::Label;
use super::{App, Library, Settings};
use crate::corpus::Corpus;
use crate::store::State;

const BUILT_IN: Label = Label("内置案例", "built-in cases");

impl App {
    /// Replaces the corpus. The reader keeps query, case, place in its text, order and focus.
    /// Returns the requests to the search.
    ///
    /// No picker or view may be open: it would refer to cases by their index in the old corpus.
    pub fn take_corpus(&mut self, corpus: Arc<Corpus>) -> Vec<Effect> {
        let fresh = App::new(corpus, self.settings.clone());
        let before = std::mem::replace(self, fresh);
        let is_first = before.corpus.is_empty();
        let typed = before.filter.text();
        let mut resume = before.resume();
        self.collection.kept = before.collection.kept;
        if is_first {
            resume = self.resumed();
            if !typed.is_empty() {
                typed.clone_into(&mut resume.query);
            }
        }
        self.collection.unsaved = before.collection.unsaved;
        self.analysis.rules = before.analysis.rules;
        self.window = before.window;
        let mut effects = vec![self.know()];
        self.remember_order(&resume);
        effects.extend(self.take_up(&resume));
        // The focus stays, except at a first start where nothing was typed.
        let untouched = is_first && typed.is_empty();
        if !untouched || resume.case.is_none() {
            self.window.focus = before.window.focus;
        }
        if !is_first {
            self.trail.resumed = None;
        }
        self.filter.takes_letters = before.filter.takes_letters;
        self.reading.raw = before.reading.raw;
        self.notice = before.notice;
        self.settle();
        effects
    }

    /// Creates an explorer of the same cases, as at a first start, with other settings. Returns it
    /// with the requests to the search. Results of the analysis are kept.
    pub fn anew(&self, settings: Settings) -> (Self, Vec<Effect>) {
        // It does not change to another library.
        let settings = Settings {
            libraries: Vec::new(),
            ..settings
        };
        let mut fresh = Self::new(Arc::clone(&self.corpus), settings);
        fresh.window.size = self.window.size;
        fresh.window.loading = self.window.loading;
        fresh.analysis = self.analysis.clone();
        fresh.analysis.jobs.clear();
        let effects = fresh.begin("", State::default());
        fresh.settle();
        (fresh, effects)
    }

    /// Opens the list of libraries.
    pub(super) fn open_libraries(&mut self) {
        let language = self.settings.language;
        if self.settings.libraries.len() < 2 {
            let none = Label(
                "没有别的文档库；可在设置文件里加一段 [library.名字]",
                "no other library: [library.NAME] in the settings file adds one",
            );
            self.notice = Some(none.in_language(language).to_owned());
            return;
        }
        let libraries = self.settings.libraries.iter().enumerate();
        let items = libraries.map(|(at, library)| {
            let is_open = library.paths == self.settings.library;
            let mark = if is_open { "*" } else { "" };
            let paths = library.paths.replace('\n', "  ");
            let (label, more) = match (&*library.name, &*library.paths) {
                ("", "") => (BUILT_IN.in_language(language).to_owned(), Vec::new()),
                ("", _) => (paths, Vec::new()),
                (name, _) => (name.to_owned(), vec![paths]),
            };
            Item::new(mark, label, Choice::OpenLibrary(at)).with(more)
        });
        let mut picker = Picker::new(Label("文档库", "libraries"), items.collect());
        let open = |library: &Library| library.paths == self.settings.library;
        let open = self.settings.libraries.iter().position(open);
        picker.select(open.unwrap_or(0));
        self.overlay.picker = Some(picker);
    }

    /// Replaces this library by another one that is about to be read. `paths` are its paths, empty
    /// for the built-in library. Keeps what does not depend on the library.
    pub fn change_library(&mut self, paths: String) {
        let settings = Settings {
            library: paths,
            ..self.settings.clone()
        };
        let fresh = App::new(Arc::new(Corpus::default()), settings);
        let before = std::mem::replace(self, fresh);
        self.collection.kept = before.collection.kept;
        self.collection.unsaved = before.collection.unsaved;
        self.analysis.rules = before.analysis.rules;
        self.window.size = before.window.size;
        self.filter.takes_letters = before.filter.takes_letters;
        self.settle();
    }

    /// Returns the name of the open library; empty if it has none.
    pub fn library_name(&self) -> &str {
        let mut libraries = self.settings.libraries.iter();
        let open = libraries.find(|library| library.paths == self.settings.library);
        open.map_or("", |library| &library.name)
    }

    /// Whether the corpus can be replaced: nothing open refers to cases of this corpus.
    pub fn can_take_corpus(&self) -> bool {
        self.overlay.picker.is_none()
            && self.overlay.view.is_none()
            && self.reading.marking.is_none()
            && self.reading.find.is_none()
    }
}
