//! What the application asks of the world, done.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::{LAST_WAIT, Shell, USUAL_WAIT, unsavable, wait_to_leave};
use crate::app::App;
use crate::app::action::{Action, Contents, Effect, Export, Saving};
use crate::case::CaseRef;
use crate::export::{self, Overwrite, Progress};
use crate::follow;
use crate::store::Report;
use crate::text::gate;
use crate::text::script::Display;

impl Shell {
    /// Does what the application asks of the world; an exit code ends the
    /// program.
    pub(super) fn carry_out(&mut self, app: &mut App, effect: Effect) -> Option<ExitCode> {
        let answer = match effect {
            effect if app.settings.kiosk && effect.reaches_out() => {
                Some(Action::Tell(app.words().not_in_public.to_owned()))
            }
            Effect::Search(query) => {
                self.worker.ask(query);
                None
            }
            Effect::Explain { query, cases } => {
                self.worker.explain(query, cases);
                None
            }
            Effect::Know { facts, ask } => {
                self.worker.know(facts);
                if let Some(query) = ask {
                    self.worker.ask(query);
                }
                None
            }
            Effect::Keep(changes) => {
                let changes = follow::with_places(changes, &app.corpus, self.keeper.state());
                // Of keys that came together, the first is waited for here and the others before
                // the next frame, so that a burst is saved a few times and not once a key.
                self.keeps += 1;
                let is_first = self.keeps == 1;
                let bound = if is_first { USUAL_WAIT } else { Duration::ZERO };
                self.keeper.keep(changes, bound);
                let is_newest = self.take_saved(app);
                app.update(Action::TellSaving(self.keeper.unanswered()));
                if is_newest {
                    None
                } else {
                    Some(Action::TakeKept(Box::new(self.keeper.state().clone())))
                }
            }
            Effect::Enter(writing) => {
                self.enter(app, writing);
                None
            }
            Effect::Record(act) => {
                self.record(app, act);
                None
            }
            Effect::EnterAndQuit(writing) => return self.enter_and_leave(app, writing),
            Effect::KeepDraft(draft) => {
                self.keep_draft(app, draft);
                None
            }
            Effect::Copy(text) => self.copy(app, &text),
            Effect::Show(text) => {
                self.keep_place(app);
                let prompt = app.words().press_enter;
                self.tui.lend(|| show(&text, prompt));
                None
            }
            Effect::Export(export) => Some(self.export(app, export)),
            Effect::Pager(text) => self.page(app, &text),
            Effect::Editor(lent) => self.edit(app, &lent),
            Effect::EditNote(lent) => self.edit_note(app, &lent),
            Effect::TurnMouse => {
                let on = !self.tui.mouse();
                self.tui.set_mouse(on);
                let words = app.words();
                let said = if on { words.mouse_on } else { words.mouse_off };
                Some(Action::Tell(said.to_owned()))
            }
            Effect::OpenLibrary(_) | Effect::Reread if self.is_on_tour() => {
                Some(Action::Tell(app.words().after_tour.to_owned()))
            }
            Effect::Reread if self.reread_round(app) => None,
            Effect::Tour => self.begin_tour(app),
            Effect::Reread => self.reread(app),
            Effect::OpenLibrary(at) => return self.open_library(app, at),
            Effect::Repaint => {
                self.tui.repaint();
                None
            }
            Effect::Suspend => {
                self.keep_place(app);
                // Stopped in the middle of saving, it would hold the lock.
                self.keeper.wait(LAST_WAIT, false);
                self.tui.suspend();
                None
            }
            Effect::Quit if self.leave_tour(app) => None,
            Effect::Quit => return self.leave(app),
            Effect::Abandon => return Some(ExitCode::SUCCESS),
        };
        let next = answer.and_then(|action| app.update(action));
        next.and_then(|effect| self.carry_out(app, effect))
    }

    /// Takes what the thread that saves has answered; returns whether the state in
    /// it has all that the reader did.
    pub(super) fn take_saved(&mut self, app: &mut App) -> bool {
        let mut is_newest = false;
        while let Some(saved) = self.keeper.take() {
            is_newest = saved.is_newest;
            if is_newest {
                // Another explorer may have marked cases meanwhile.
                app.update(Action::TakeKept(Box::new(saved.state)))
                    .and_then(|effect| self.carry_out(app, effect));
            }
            let failed = saved
                .failed
                .as_ref()
                .map(|why| unsavable(why, app.settings.language));
            let marks = saved.unsaved;
            app.update(Action::TakeSaving(Saving { marks, failed }));
            app.update(Action::TellSaving(self.keeper.unanswered()));
            for report in saved.mended {
                app.update(tell(app, &report));
            }
        }
        is_newest
    }

    /// Ends the program; where marks are not saved, the reader is asked first,
    /// once.
    pub(super) fn leave(&mut self, app: &mut App) -> Option<ExitCode> {
        if self.asked_to_leave {
            return Some(ExitCode::SUCCESS);
        }
        self.keep_place(app);
        self.keeper.wait(LAST_WAIT, false);
        self.take_saved(app);
        if app
            .collection
            .unsaved
            .as_ref()
            .is_none_or(|unsaved| unsaved.marks == 0)
        {
            return Some(ExitCode::SUCCESS);
        }
        self.asked_to_leave = true;
        app.update(Action::AskToLeave);
        None
    }

    /// Writes a file; a long export says how far it is.
    fn export(&mut self, app: &mut App, export: Export) -> Action {
        let kept = app.collection.kept.clone();
        let path = expand(&export.path);
        let overwrite = if export.overwrite {
            Overwrite::Yes
        } else {
            Overwrite::No
        };
        let written = match &export.contents {
            Contents::Text(text) => export::create(&path, overwrite, |out| {
                Ok(out.write_all(gate::clean(text).as_bytes())?)
            }),
            Contents::Cases(cases, format) => {
                let corpus = Arc::clone(&app.corpus);
                let cases: Vec<CaseRef<'_>> = cases.iter().map(|&case| corpus.get(case)).collect();
                let mut tell = |progress: Progress| {
                    if progress.done.is_multiple_of(BATCH) {
                        let Progress { done, total } = progress;
                        app.update(Action::Tell(format!("{done} / {total}")));
                        self.draw(app);
                    }
                    ControlFlow::Continue(())
                };
                export::create(&path, overwrite, |out| {
                    export::write_in(Display::default(), &kept, &cases, *format, out, &mut tell)
                })
            }
        };
        let words = app.words();
        match written {
            Ok(path) => {
                // Whoever looks for the file later has to know the folder as well.
                let path = path.to_string_lossy();
                let said = match &export.contents {
                    Contents::Cases(cases, _) => (words.exported)(cases.len(), &path),
                    Contents::Text(_) => (words.saved)(&path),
                };
                Action::Tell(gate::line(&said).into_owned())
            }
            Err(export::Error::Exists(_)) => Action::AskToOverwrite(export),
            Err(error) => Action::AskForPathAgain(export, error.message(app.settings.language)),
        }
    }
}

fn tell(app: &App, report: &Report) -> Action {
    Action::Tell(report.message(app.settings.language))
}

/// Cases after which an export says how far it is.
const BATCH: usize = 1000;

/// Writes a text to the bare terminal, unframed, and waits.
fn show(text: &str, prompt: &str) {
    let mut out = io::stdout();
    let _ = writeln!(out, "{}", gate::clean(text));
    wait_to_leave(prompt);
}

/// A path as typed, `~/` being the home folder.
fn expand(path: &str) -> PathBuf {
    let home = std::env::home_dir();
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => Path::new(path).to_owned(),
    }
}
