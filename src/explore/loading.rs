//! Documents that come in on threads of their own while the explorer is open.

use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::{Message, Shell};
use crate::app::action::{Action, Loading};
use crate::app::{self, App};
use crate::case::Document;
use crate::cli::arguments::{Options, Part, told};
use crate::corpus::Corpus;
use crate::follow;
use crate::language::Labels;
use crate::library::{self, Location, Step};
use crate::seeds::Library;
use crate::tui::Sender;

/// Why a library is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It was opened.
    Opened,
    /// The reader asked for what has changed.
    Asked,
}

/// The library that is being read, and what came of it.
#[derive(Debug)]
pub(super) struct Loader {
    /// The libraries that can be opened, and which of them is open.
    shelf: Vec<(app::Library, Location)>,
    at: usize,
    /// The one that was open before, until this one is there.
    before: Option<usize>,
    why: Why,
    labels: &'static Labels,
    /// Which reading is under way: what an earlier one reports is dropped.
    generation: u64,
    /// What was read and could not be shown yet, because something is open that speaks of
    /// the cases that are there.
    waiting: Option<(Arc<Corpus>, Option<String>)>,
    /// Why there is nothing to show, in sentences.
    pub refusal: Vec<String>,
}

impl Loader {
    pub fn new(shelf: Vec<(app::Library, Location)>, at: usize, labels: &'static Labels) -> Self {
        Self {
            shelf,
            at,
            before: None,
            why: Why::Opened,
            labels,
            generation: 0,
            waiting: None,
            refusal: Vec::new(),
        }
    }

    /// Where the library is that is open.
    fn place(&self) -> &Location {
        &self.shelf[self.at].1
    }

    /// Begins to read. The thread ends with the program, whatever it is doing.
    fn start(&mut self, sender: Sender<Message>) {
        self.generation += 1;
        let (place, labels, generation) = (self.place().clone(), self.labels, self.generation);
        let work = move || {
            library::stream(&place, labels, |step| {
                sender.send(Message::Library(generation, Box::new(step)))
            });
        };
        // Without a thread the library stays as it is.
        drop(
            thread::Builder::new()
                .name("library".to_owned())
                .spawn(work),
        );
    }
}

impl Shell {
    /// Begins to read the library.
    pub(super) fn load(&mut self, app: &mut App, why: Why) {
        self.loader.why = why;
        self.loader.waiting = None;
        app.update(Action::TakeProgress(Some(Loading::default())));
        let sender = self.sender.clone();
        self.loader.start(sender);
    }

    /// Reads the documents again, to find what has changed.
    pub(super) fn reread(&mut self, app: &mut App) -> Option<Action> {
        if self.loader.place().paths.is_empty() {
            return Some(Action::Tell(app.words().not_reread.to_owned()));
        }
        self.load(app, Why::Asked);
        None
    }

    /// Leaves this library, where the reader stopped in it is kept, and opens another.
    pub(super) fn open_library(&mut self, app: &mut App, at: usize) -> Option<ExitCode> {
        if at == self.loader.at {
            return None;
        }
        self.keep_place(app);
        let kept = Box::new(self.keeper.state().clone());
        app.update(Action::TakeKept(kept));
        self.loader.before = Some(self.loader.at);
        self.turn_to(app, at);
        None
    }

    fn turn_to(&mut self, app: &mut App, at: usize) {
        self.loader.at = at;
        app.change_library(self.loader.shelf[at].0.paths.clone());
        // What was found in the library before is not in this one.
        self.search_in(&Arc::clone(&app.corpus));
        self.load(app, Why::Opened);
    }

    /// Takes what reading the library reports; an exit code ends the program.
    pub(super) fn take_step(
        &mut self,
        app: &mut App,
        generation: u64,
        step: Step,
    ) -> Option<ExitCode> {
        if generation != self.loader.generation {
            return None;
        }
        match step {
            Step::Progress { read, all } => {
                app.update(Action::TakeProgress(Some(Loading { read, all })));
            }
            // Whoever reads again has more than a part before them.
            Step::Part(_) if self.loader.why == Why::Asked => {}
            Step::Part(library) => self.loader.waiting = Some((Arc::new(library.corpus), None)),
            Step::Done(Ok(library)) => {
                app.update(Action::TakeProgress(None));
                self.loader.before = None;
                let said = self.said(app, &library);
                self.loader.waiting = Some((Arc::new(library.corpus), said));
            }
            Step::Done(Err(sentences)) => {
                app.update(Action::TakeProgress(None));
                if let Some(before) = self.loader.before.take() {
                    self.turn_to(app, before);
                    app.update(Action::Tell(sentences.join("\n")));
                    return None;
                }
                if app.corpus.is_empty() {
                    self.loader.refusal = sentences;
                    return Some(ExitCode::from(2));
                }
                // What was read before stays, whatever became of the files.
                app.update(Action::Tell(sentences.join("\n")));
            }
        }
        self.show_library(app)
    }

    /// What the reader should know about a library that was read.
    fn said(&self, app: &App, library: &Library) -> Option<String> {
        let mut said = library::sentences(&library.unread, self.loader.labels);
        let language = self.loader.labels.language;
        let errors = library.errors.iter();
        said.extend(errors.map(|error| error.in_language(language).to_owned()));
        if self.loader.why == Why::Asked {
            let (new, changed, gone) = changes(&app.corpus, &library.corpus);
            said.insert(0, (app.words().reread)(new, changed, gone));
        }
        (!said.is_empty()).then(|| said.join("\n"))
    }

    /// Shows what was read as soon as nothing is open that speaks of the cases that are
    /// there.
    pub(super) fn show_library(&mut self, app: &mut App) -> Option<ExitCode> {
        if !app.can_take_corpus() || self.is_on_tour() {
            return None;
        }
        let (corpus, said) = self.loader.waiting.take()?;
        let is_whole = app.window.loading.is_none();
        let followed = if is_whole {
            self.follow(app, &corpus)
        } else {
            None
        };
        let said = said
            .into_iter()
            .chain(followed)
            .reduce(|one, other| one + "\n" + &other);
        self.search_in(&corpus);
        super::assign_topics(Arc::clone(&corpus), self.sender.clone());
        for effect in app.take_corpus(corpus) {
            if let Some(code) = self.carry_out(app, effect) {
                return Some(code);
            }
        }
        if let Some(said) = said {
            app.update(Action::Tell(said));
        }
        None
    }

    /// Has marks follow the documents of a library that was read to its end; returns what
    /// the reader should know of that.
    fn follow(&mut self, app: &mut App, corpus: &Corpus) -> Option<String> {
        if app.settings.kiosk {
            return None;
        }
        let exists = |place: &str| Path::new(place).exists();
        let followed = follow::follow(corpus, &app.collection.kept, exists);
        let said = told(&followed, self.loader.labels.language);
        if !followed.changes.is_empty() {
            self.keeper.keep(followed.changes, Duration::ZERO);
            let kept = Box::new(self.keeper.state().clone());
            app.update(Action::TakeKept(kept));
        }
        said
    }

    /// Searches in another corpus from now on.
    fn search_in(&mut self, corpus: &Arc<Corpus>) {
        self.corpora += 1;
        let worker = super::worker(corpus, &self.config, self.sender.clone(), self.corpora);
        let before = std::mem::replace(&mut self.worker, worker);
        // It may have to come to the end of what it is reading.
        drop(
            thread::Builder::new()
                .name("search ends".to_owned())
                .spawn(move || drop(before)),
        );
    }
}

/// The libraries that can be opened, and which of them the options name: the built-in
/// one, those of the settings, and the paths that were named. What a round may show is
/// masked when it is opened, and no other library is opened beside it.
pub(super) fn shelf(options: &Options) -> (Vec<(app::Library, Location)>, usize) {
    let library = |name: &str, place: Location| {
        let paths = place.paths.iter().map(|path| {
            let full = path.canonicalize();
            let full = full.as_ref().unwrap_or(path);
            full.to_string_lossy().into_owned()
        });
        let library = app::Library {
            name: name.to_owned(),
            paths: paths.collect::<Vec<_>>().join("\n"),
        };
        (library, place)
    };
    if let Some(round) = &options.round {
        let mut masked = library("", Location::default());
        masked.0.paths = round.to_string_lossy().into_owned();
        return (vec![masked], 0);
    }
    if options.kiosk || options.part != Part::Reader {
        // The next visitor and the next round of a demo find the same documents.
        return (vec![library("", options.place.clone())], 0);
    }
    let mut shelf = vec![library("", Location::default())];
    for (name, paths) in &options.settings.libraries {
        let encoding = options.place.encoding;
        let paths = paths.clone();
        shelf.push(library(name, Location { paths, encoding }));
    }
    let named = library("", options.place.clone());
    let known = shelf
        .iter()
        .position(|(library, _)| library.paths == named.0.paths);
    let at = known.unwrap_or(shelf.len());
    if known.is_none() {
        shelf.push(named);
    }
    (shelf, at)
}

/// How many documents of `after` are new, how many have another text than in `before`,
/// and how many are gone; they are known by their names.
fn changes(before: &Corpus, after: &Corpus) -> (usize, usize, usize) {
    let mut known: HashMap<&str, &Document> = before
        .documents
        .iter()
        .map(|document| (document.name.as_str(), document))
        .collect();
    let (mut new, mut changed) = (0, 0);
    for document in &after.documents {
        match known.remove(document.name.as_str()) {
            None => new += 1,
            Some(known) => changed += usize::from(!is_same_text(known, document)),
        }
    }
    (new, changed, known.len())
}

fn is_same_text(one: &Document, other: &Document) -> bool {
    one.clean == other.clean && one.noise == other.noise && one.cuts == other.cuts
}
