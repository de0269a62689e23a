//! Full-screen views: what is shown in the place of list and page.
//!
//! A view is a type with a file of its own below `view/`: its state, what it does
//! with commands, and a table of the commands that are its alone. `ui/view/` has a
//! file of the same name that draws it. List and page stay as they are until the
//! view is closed.

pub mod compare;
pub mod lines;
pub mod overview;
pub mod score_sheet;
pub mod tally;

use super::App;
use super::action::{Command, Effect};
use super::commands::Mode;
use super::line_edit::LineEdit;
use super::panes::{Pane, Panes};
use super::words::Label;
use crate::key::Mouse;
use crate::search::query;
use compare::Compare;
use overview::Overview;
use score_sheet::ScoreSheet;
use tally::Tally;

/// The view that is open.
#[derive(Clone, Debug)]
pub enum View {
    Overview(Box<Overview>),
    Compare(Box<Compare>),
    ScoreSheet(Box<ScoreSheet>),
    Tally(Box<Tally>),
}

impl View {
    /// The view, for what all views do alike.
    pub fn get(&self) -> &dyn FullScreen {
        match self {
            Self::Overview(overview) => &**overview,
            Self::Compare(compare) => &**compare,
            Self::ScoreSheet(sheet) => &**sheet,
            Self::Tally(tally) => &**tally,
        }
    }

    fn get_mut(&mut self) -> &mut dyn FullScreen {
        match self {
            Self::Overview(overview) => &mut **overview,
            Self::Compare(compare) => &mut **compare,
            Self::ScoreSheet(sheet) => &mut **sheet,
            Self::Tally(tally) => &mut **tally,
        }
    }
}

/// What became of a command that a view was given.
#[derive(Debug)]
pub enum Outcome {
    /// The view stays open; the world has to do something, or not.
    Stay(Option<Effect>),
    /// The view is closed, and list and page are shown again.
    Close(Option<Effect>),
    /// The view has no use for the command. It does what it does in the list, but
    /// `Back` closes the view.
    Pass,
}

/// What a full-screen view does. While it runs a command it is taken out of the
/// [`App`], which it may change at will.
pub trait FullScreen {
    /// The mode whose keys are in force: one of the view's own or, while its line is
    /// edited, [`Mode::Narrow`].
    fn mode(&self) -> Mode;

    /// The title over the view.
    fn title(&self, app: &App) -> String;

    /// What the status bar has at its right, such as which row is selected of how
    /// many; empty for nothing.
    fn position(&self, app: &App) -> String;

    /// Takes over the room that the screen has for the view. Called after every
    /// action and before drawing; what is laid out is laid out here.
    fn fit(&mut self, pane: Pane, app: &App);

    /// Runs a command.
    fn run(&mut self, command: Command, app: &mut App) -> Outcome;

    /// What the hint of a command says while it is of use here, `label` being what
    /// the table says; `None` hides the hint.
    fn hint(&self, _command: Command, label: Label) -> Option<Label> {
        Some(label)
    }

    /// The line that takes what is typed, in [`Mode::Narrow`].
    fn line(&mut self) -> Option<&mut LineEdit> {
        None
    }

    /// Whether a character that is no command is for the line, which it opens.
    fn takes(&self, _c: char) -> bool {
        false
    }

    /// Opens the line for what is typed or pasted, where that is possible.
    fn open_line(&mut self, _app: &mut App) {}

    /// How many characters the line takes.
    fn longest(&self) -> usize {
        query::LONGEST
    }

    /// Follows a change of the line; the world may have to do something.
    fn narrow(&mut self, _app: &App) -> Option<Effect> {
        None
    }

    /// A press of the mouse; the wheel runs the commands that move.
    fn press(&mut self, _mouse: Mouse, _app: &mut App) -> Outcome {
        Outcome::Stay(None)
    }
}

impl App {
    /// The view that is open, unless a picker over it has the keys.
    pub fn view_with_keys(&self) -> Option<&View> {
        let view = self.overlay.view.as_ref();
        view.filter(|_| self.overlay.picker.is_none())
    }

    /// Gives the open view something to do. Returns `None` where there is no view or
    /// it has no use for it.
    pub(super) fn in_view(
        &mut self,
        act: impl FnOnce(&mut dyn FullScreen, &mut Self) -> Outcome,
    ) -> Option<Option<Effect>> {
        let mut view = self.overlay.view.take()?;
        let outcome = act(view.get_mut(), self);
        match outcome {
            Outcome::Close(effect) => Some(effect),
            Outcome::Stay(effect) => {
                // A view that opened another one gives way to it.
                self.overlay.view.get_or_insert(view);
                Some(effect)
            }
            Outcome::Pass => {
                self.overlay.view = Some(view);
                None
            }
        }
    }

    /// Runs a command in the view that has the keys; `None` where it is not the
    /// view's.
    pub(super) fn run_in_view(&mut self, command: Command) -> Option<Option<Effect>> {
        self.view_with_keys()?;
        let done = self.in_view(|view, app| view.run(command, app));
        if done.is_none() && command == Command::Back {
            self.overlay.view = None;
            return Some(None);
        }
        done
    }

    /// Changes the line of the view, where it has one.
    pub(super) fn edit_in_view(&mut self, change: impl FnOnce(&mut LineEdit)) -> Option<Effect> {
        self.in_view(|view, app| {
            if view.line().is_none() {
                view.open_line(app);
            }
            let (mut effect, longest) = (None, view.longest());
            if let Some(line) = view.line() {
                change(line);
                if line.truncate(longest) {
                    app.notice = Some(app.words().query_cut.to_owned());
                }
                effect = view.narrow(app);
            }
            Outcome::Stay(effect)
        })?
    }

    /// Gives the view the room that it has on the screen.
    pub(super) fn settle_view(&mut self, panes: &Panes) {
        if let Some(pane) = panes.view {
            self.in_view(|view, app| {
                view.fit(pane, app);
                Outcome::Stay(None)
            });
        }
    }
}
