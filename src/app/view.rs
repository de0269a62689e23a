//! Full-screen views, which replace list and page.
//!
//! A view is a type with a file of its own below `view/`: its state, and what it does with
//! commands. `ui/view/` contains a file of the same name that draws it. List and page stay as they
//! are until the view is closed.

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

/// The open view.
#[derive(Clone, Debug)]
pub enum View {
    Overview(Box<Overview>),
    Compare(Box<Compare>),
    ScoreSheet(Box<ScoreSheet>),
    Tally(Box<Tally>),
}

impl View {
    /// Returns the view as the trait that all views implement.
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

/// The result of a command that was passed to a view.
#[derive(Debug)]
pub enum Outcome {
    /// The view stays open, and may ask for an effect.
    Stay(Option<Effect>),
    /// The view is closed, and list and page are shown again.
    Close(Option<Effect>),
    /// The view does not use the command. The command runs as in the list, except that `Back`
    /// closes the view.
    Pass,
}

/// A full-screen view. While it runs a command, it is removed from the [`App`], which it may change
/// at will.
pub trait FullScreen {
    /// Returns the mode whose key bindings apply: one of the view's own or, while its line is
    /// edited, [`Mode::Narrow`].
    fn mode(&self) -> Mode;

    /// Returns the title over the view.
    fn title(&self, app: &App) -> String;

    /// Returns the text at the right of the status bar, such as which row is selected of how many;
    /// empty for none.
    fn position(&self, app: &App) -> String;

    /// Fits the view to its pane. Called after every action and before drawing; layout happens
    /// here.
    fn fit(&mut self, pane: Pane, app: &App);

    /// Runs a command.
    fn run(&mut self, command: Command, app: &mut App) -> Outcome;

    /// Returns the hint of a command while it is of use here; `None` hides the hint. `label` is the
    /// label in the table.
    fn hint(&self, _command: Command, label: Label) -> Option<Label> {
        Some(label)
    }

    /// Returns the line that takes what is typed, in [`Mode::Narrow`].
    fn line(&mut self) -> Option<&mut LineEdit> {
        None
    }

    /// Whether a character that is not a command is for the line, which it opens.
    fn takes(&self, _c: char) -> bool {
        false
    }

    /// Opens the line for what is typed or pasted, if possible.
    fn open_line(&mut self, _app: &mut App) {}

    /// Returns the maximum length of the line, in characters.
    fn longest(&self) -> usize {
        query::LONGEST
    }

    /// Handles a change of the line.
    fn narrow(&mut self, _app: &App) -> Option<Effect> {
        None
    }

    /// Handles a press of the mouse. The wheel runs the commands that move.
    fn press(&mut self, _mouse: Mouse, _app: &mut App) -> Outcome {
        Outcome::Stay(None)
    }
}

impl App {
    /// Returns the open view, unless a picker over it has the focus.
    pub fn view_with_keys(&self) -> Option<&View> {
        let view = self.overlay.view.as_ref();
        view.filter(|_| self.overlay.picker.is_none())
    }

    /// Runs `act` on the open view. Returns `None` if there is no view, or it passes.
    pub(super) fn in_view(
        &mut self,
        act: impl FnOnce(&mut dyn FullScreen, &mut Self) -> Outcome,
    ) -> Option<Option<Effect>> {
        let mut view = self.overlay.view.take()?;
        let outcome = act(view.get_mut(), self);
        match outcome {
            Outcome::Close(effect) => Some(effect),
            Outcome::Stay(effect) => {
                // A view that opened another one is replaced by it.
                self.overlay.view.get_or_insert(view);
                Some(effect)
            }
            Outcome::Pass => {
                self.overlay.view = Some(view);
                None
            }
        }
    }

    /// Runs a command in the view that has the focus; `None` if the view does not use it.
    pub(super) fn run_in_view(&mut self, command: Command) -> Option<Option<Effect>> {
        self.view_with_keys()?;
        let done = self.in_view(|view, app| view.run(command, app));
        if done.is_none() && command == Command::Back {
            self.overlay.view = None;
            return Some(None);
        }
        done
    }

    /// Changes the line of the view, if it has one.
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

    /// Fits the view to its pane on the screen.
    pub(super) fn settle_view(&mut self, panes: &Panes) {
        if let Some(pane) = panes.view {
            self.in_view(|view, app| {
                view.fit(pane, app);
                Outcome::Stay(None)
            });
        }
    }
}
