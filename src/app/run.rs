//! Commands on list, page and picker.

use super::action::{Command, Effect, Motion};
use super::commands::Mode;
use super::figures::Scope;
use super::picker::{Choice, Picker};
use super::trail::Visits;
use super::window::Focus;
use super::{App, panes};
use crate::store::Change;

/// Columns by which the measure changes at once: two Han.
const MEASURE_STEP: i16 = 4;

impl App {
    pub(super) fn run(&mut self, command: Command) -> Option<Effect> {
        if let Some(done) = self.run_in_view(command) {
            return done;
        }
        if self.settings.kiosk && command.reaches_out() {
            self.notice = Some(self.words().not_in_public.to_owned());
            return None;
        }
        if command.needs_case() && self.page_case().is_none() {
            let words = self.words();
            let why = if self.corpus.is_empty() {
                words.no_case
            } else {
                words.case_needed
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
            Command::Raw => self.reading.raw = !self.reading.raw,
            Command::Zen => self.turn_zen(),
            Command::Facets => return self.open_facets(),
            Command::Starred => return self.show_starred(),
            Command::Star => return self.star(),
            Command::Select => self.select(),
            Command::SelectAll => self.select_all(),
            Command::Sort if self.overlay.picker.is_some() => self.turn_figure_order(),
            Command::Sort => self.open_orders(),
            Command::Tag => self.open_tags(),
            Command::Note => self.open_note(),
            Command::Topics => self.open_topics(),
            Command::Figures => self.open_figures(Scope::Case),
            Command::AllFigures => self.open_figures(Scope::Listed),
            Command::Evidence => self.turn_evidence(),
            Command::Overview => self.open_overview(),
            Command::Related => self.open_related(),
            Command::Lineage => self.open_lineage(),
            // Only views have cells and fields.
            Command::Left | Command::Right | Command::Swap | Command::Drop => {}
            Command::NextUnscored
            | Command::Comment
            | Command::Recuse
            | Command::Abstain
            | Command::Defer
            | Command::Withdraw
            | Command::Confirm
            | Command::Explain
            | Command::Settle
            | Command::Agenda
            | Command::Minute
            | Command::Vote
            | Command::Decide => {}
            Command::Tally => self.open_tally(),
            Command::ScoreSheet => self.open_score_sheet(self.page_case()),
            Command::Compare => self.open_comparison(),
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
            Command::Export if self.overlay.picker.is_some() => self.export_figures(),
            Command::Export => self.open_export(),
            Command::Pager => return self.plain_text().map(Effect::Pager),
            Command::Editor => return self.open_editor(),
            Command::Mouse => return Some(Effect::TurnMouse),
            Command::Justify => self.turn_justify(),
            Command::Narrower => self.change_measure(-MEASURE_STEP),
            Command::Wider => self.change_measure(MEASURE_STEP),
            Command::Help => {
                let help = Picker::help(&self.settings, self.mode());
                self.overlay.open_over_prompt(help);
            }
            Command::Menu => self.open_menu(),
            Command::Tour => return Some(Effect::Tour),
            Command::Reread => return Some(Effect::Reread),
            Command::Library => self.open_libraries(),
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
        match (&mut self.overlay.picker, self.window.focus) {
            (Some(picker), _) if picker.is_note() => {
                let columns = panes::line_columns(self.window.size.0);
                picker.step_row(motion, columns, self.settings.ambiguous);
            }
            (Some(picker), _) => picker.step(motion),
            (None, Focus::Page | Focus::Find) => self.page.step(motion),
            (None, Focus::List | Focus::Filter) if self.list.hits().is_empty() => {
                self.filter.answer.step_offer(motion);
            }
            (None, Focus::List | Focus::Filter) => {
                self.trail.revisited = None;
                self.filter.has_stepped = true;
                self.list.step(motion);
            }
        }
        None
    }

    fn open(&mut self) -> Option<Effect> {
        if self.window.focus == Focus::Find {
            self.finish_find();
        } else if self.window.focus == Focus::Filter
            && self.filter.is_answered()
            && let Some(query) = self.filter.answer.instead.take()
        {
            self.filter.line.set(&query);
            return Some(self.ask());
        } else if self.page_case().is_some() {
            let asked = self.window.focus == Focus::Filter && !self.filter.text().trim().is_empty();
            self.enter_page();
            let query = self.filter.text().trim().to_owned();
            return asked.then(|| Effect::Keep(vec![Change::Asked(query)]));
        } else if let Some(offer) = self.filter.answer.offer
            && let Some(offer) = self.offers().get(offer)
        {
            let query = offer.query.clone();
            self.filter.line.set(&query);
            return Some(self.ask());
        }
        None
    }

    pub(super) fn choose(&mut self) -> Option<Effect> {
        let mut picker = self.overlay.picker.take()?;
        let (panel, aside) = (self.overlay.panel.take(), self.overlay.aside.take());
        if let Some(purpose) = picker.purpose.take() {
            return self.submit(purpose, picker.line.text());
        }
        let Some(choice) = picker.choice() else {
            self.overlay.picker = Some(picker);
            self.overlay.aside = aside;
            return None;
        };
        match choice {
            Choice::Close => self.overlay.picker = aside,
            Choice::Abandon => return Some(Effect::Abandon),
            Choice::Copy(text) => return Some(Effect::Copy(text)),
            Choice::Show(text) => return Some(Effect::Show(text)),
            Choice::Save(name, text) => {
                self.overlay.left_table = aside.filter(|picker| picker.table.is_some());
                self.ask_for_text_path(name, text);
            }
            Choice::GoToPassage(case, passage) => self.go_to_passage(case, &passage),
            Choice::GoToCase(case) => self.show_case(case),
            Choice::GoToFigure(case, span) => {
                self.overlay.left_table = Some(picker);
                self.go_to_figure(case, span);
            }
            Choice::DropPassage(case, span) => return self.drop_passage(case, span),
            Choice::AddToNote(case, text) => return self.add_to_note(case, &text),
            Choice::Settle(writing) => return Some(Effect::Enter(writing)),
            Choice::ExportAs(format) => self.ask_for_path(format),
            Choice::Export(export) => return Some(Effect::Export(export)),
            Choice::Toggle(field, value) => {
                self.overlay.picker = Some(picker);
                self.overlay.panel = panel;
                return self.toggle_facet(field, &value);
            }
            Choice::Run(command) => {
                self.leave_line_for(command);
                return self.run(command);
            }
            Choice::ShowSyntax => {
                self.overlay.picker = Some(Picker::syntax(self.settings.language))
            }
            Choice::Search(query) => {
                self.leave();
                self.overlay.view = None;
                self.window.focus = Focus::Filter;
                self.window.zen = false;
                self.filter.line.set(&query);
                return Some(self.ask_anew());
            }
            Choice::Sort(order) => return Some(self.sort_by(order)),
            Choice::OpenLibrary(at) => return Some(Effect::OpenLibrary(at)),
            Choice::GoTo(anchor) => {
                self.leave();
                self.overlay.view = None;
                self.window.focus = Focus::Page;
                self.page.go_to(anchor);
            }
        }
        None
    }

    /// Leaves a query line, unless the command is bound in the line itself.
    fn leave_line_for(&mut self, command: Command) {
        let mode = self.mode();
        if self.settings.keymap.keys(mode, command).next().is_some() {
            return;
        }
        match mode.behind_line() {
            Mode::Page => self.finish_find(),
            Mode::List => self.window.focus = Focus::List,
            _ => {}
        }
    }

    /// Closes one layer.
    pub(super) fn back(&mut self) -> Option<Effect> {
        if self.overlay.close() {
            return None;
        }
        match self.window.focus {
            Focus::Find => self.abandon_find(),
            Focus::Page if self.reading.marking.is_some() => self.reading.marking = None,
            Focus::Page if self.reading.raw => self.reading.raw = false,
            Focus::Page if self.reading.find.is_some() => self.end_find(),
            Focus::Page if self.reading.lens.is_some() => self.end_lens(),
            Focus::Page if self.window.zen => self.window.zen = false,
            Focus::Page | Focus::Filter => self.window.focus = Focus::List,
            Focus::List if self.reading.raw => self.reading.raw = false,
            Focus::List if self.filter.is_empty() => self.deselect(),
            Focus::List => return self.clear_filter(),
        }
        None
    }

    /// Clears the selection of cases.
    fn deselect(&mut self) {
        if !self.collection.selection.is_empty() {
            self.collection.selection.clear();
            self.notice = Some(self.words().none_selected.to_owned());
        }
    }

    fn switch_pane(&mut self) {
        match self.window.focus {
            Focus::Filter => self.window.focus = Focus::List,
            Focus::List if self.page_case().is_some() => self.enter_page(),
            Focus::Page if !self.window.zen => self.window.focus = Focus::List,
            _ => {}
        }
    }

    fn clear_filter(&mut self) -> Option<Effect> {
        if self.filter.is_empty() {
            self.notice = Some(self.words().all_listed.to_owned());
            return None;
        }
        self.filter.line.clear();
        Some(self.ask())
    }
}
