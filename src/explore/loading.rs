//! Documents that come in on threads of their own while the explorer is open.

use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use super::{Report, Shell};
use crate::app::App;
use crate::app::action::{Action, Loading};
use crate::corpus::Corpus;
use crate::language::Labels;
use crate::library::{self, Place, Step};
use crate::seeds::Library;
use crate::tui::Sender;

/// The library that is being read, and what came of it.
#[derive(Debug)]
pub(super) struct Loader {
    place: Place,
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
    pub fn new(place: Place, labels: &'static Labels) -> Self {
        Self {
            place,
            labels,
            generation: 0,
            waiting: None,
            refusal: Vec::new(),
        }
    }

    /// Begins to read. The thread ends with the program, whatever it is doing.
    fn start(&mut self, sender: Sender<Report>) {
        self.generation += 1;
        let (place, labels, generation) = (self.place.clone(), self.labels, self.generation);
        let work = move || {
            library::stream(&place, labels, |step| {
                sender.send(Report::Library(generation, Box::new(step)))
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
    pub(super) fn load(&mut self, app: &mut App) {
        app.update(Action::TakeProgress(Some(Loading::default())));
        let sender = self.sender.clone();
        self.loader.start(sender);
    }

    /// Reads the documents again, to find what has changed.
    pub(super) fn reread(&mut self, app: &mut App) -> Option<Action> {
        if self.loader.place.paths.is_empty() {
            return Some(Action::Tell(app.words().not_reread.to_owned()));
        }
        self.load(app);
        None
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
            Step::Part(_) if self.loader.generation > 1 => {}
            Step::Part(library) => self.loader.waiting = Some((Arc::new(library.corpus), None)),
            Step::Done(Ok(library)) => {
                app.update(Action::TakeProgress(None));
                let said = self.said(app, &library);
                self.loader.waiting = Some((Arc::new(library.corpus), said));
            }
            Step::Done(Err(sentences)) => {
                app.update(Action::TakeProgress(None));
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
        if self.loader.generation > 1 {
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
        self.corpora += 1;
        let worker = super::worker(&corpus, &self.config, self.sender.clone(), self.corpora);
        let before = std::mem::replace(&mut self.worker, worker);
        // It may have to come to the end of what it is reading.
        drop(
            thread::Builder::new()
                .name("search ends".to_owned())
                .spawn(move || drop(before)),
        );
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
}

/// How many documents of `after` are new, how many have another text than in `before`,
/// and how many are gone; they are known by their names.
fn changes(before: &Corpus, after: &Corpus) -> (usize, usize, usize) {
    let mut known: HashMap<&str, &str> = before
        .documents
        .iter()
        .map(|document| (document.name.as_str(), &*document.raw))
        .collect();
    let (mut new, mut changed) = (0, 0);
    for document in &after.documents {
        match known.remove(document.name.as_str()) {
            None => new += 1,
            Some(text) => changed += usize::from(text != document.raw),
        }
    }
    (new, changed, known.len())
}
