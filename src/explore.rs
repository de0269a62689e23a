//! The explorer: the application on a terminal. Events come in, effects are
//! carried out, frames go out.

use std::process::ExitCode;
use std::sync::Arc;

use crate::app::action::{Action, Effect};
use crate::app::{App, Settings};
use crate::cli::arguments::Options;
use crate::search::Found;
use crate::search::worker::Worker;
use crate::seeds::Library;
use crate::tui::environment::Environment;
use crate::tui::{Event, Events, Tui};
use crate::ui;
use crate::ui::theme::Theme;

/// Opens the explorer and returns when the reader leaves it, with the exit code.
///
/// # Errors
///
/// One sentence, if the terminal cannot be claimed.
pub fn explore(library: Library, options: &Options) -> Result<ExitCode, String> {
    let environment = Environment::read();
    let mut terminal = crate::tui::Settings::from(&environment);
    terminal.ambiguous = options.ambiguous;
    terminal.synchronized &= options.sync;
    terminal.mouse = options.mouse.unwrap_or(terminal.mouse);

    let mut tui = Tui::claim(terminal).map_err(|refusal| refusal.to_string())?;
    let settings = Settings {
        language: options.language,
        ambiguous: tui.ambiguous(),
        ascii: tui.needs_ascii_frames(),
        ..Settings::default()
    };
    let corpus = Arc::new(library.corpus);
    let (mut app, first) = App::new(Arc::clone(&corpus), settings, &options.query);
    let (columns, rows) = tui.size();
    app.update(Action::Fit { columns, rows });

    let theme = Theme::sixteen();
    // The first frame comes before the first search, and before anything that a
    // search needs.
    tui.draw(|buffer, _| ui::draw(&app, &theme, buffer));
    let events = tui.listen().map_err(|refusal| refusal.to_string())?;
    let sender = events.sender();
    let mut shell = Shell {
        tui,
        worker: Worker::start(corpus, move |found| sender.send(found)),
    };
    if let Some(effect) = first {
        shell.carry_out(effect);
    }
    Ok(shell.run(&mut app, &theme, &events))
}

/// What effects act upon.
struct Shell {
    tui: Tui,
    worker: Worker,
}

impl Shell {
    fn run(&mut self, app: &mut App, theme: &Theme, events: &Events<Found>) -> ExitCode {
        loop {
            for event in self.tui.wait(events) {
                let effect = match event {
                    Event::Input(input) => app.input(input),
                    Event::App(found) => app.update(Action::ShowFound(found)),
                    Event::Ambiguous(ambiguous) => {
                        app.settings.ambiguous = ambiguous;
                        app.settings.ascii = self.tui.needs_ascii_frames();
                        let (columns, rows) = self.tui.size();
                        app.update(Action::Fit { columns, rows })
                    }
                    Event::Leave(leave) => return ExitCode::from(leave.exit_code()),
                };
                if let Some(code) = effect.and_then(|effect| self.carry_out(effect)) {
                    return code;
                }
            }
            self.tui.draw(|buffer, _| ui::draw(app, theme, buffer));
        }
    }

    /// Does what the application asks of the world; an exit code ends the
    /// program.
    fn carry_out(&mut self, effect: Effect) -> Option<ExitCode> {
        match effect {
            Effect::Search(query) => self.worker.ask(query),
            Effect::Repaint => self.tui.repaint(),
            Effect::Suspend => self.tui.suspend(),
            Effect::Quit => return Some(ExitCode::SUCCESS),
        }
        None
    }
}
