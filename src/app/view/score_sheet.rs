//! The juror's score sheet, 评分表: a case, and beside it the points of every criterion with their
//! bands, the comment and the total, and the claims of the case. All by keys.

mod contents;
mod rows;

use std::sync::Arc;

use super::lines::Line;
use super::{FullScreen, Outcome, View};
use crate::app::App;
use crate::app::action::{Command, Editing, Effect, Motion};
use crate::app::commands::Mode;
use crate::app::lens::places;
use crate::app::line_edit::LineEdit;
use crate::app::page::PageMatch;
use crate::app::panes::{Pane, text_columns};
use crate::app::words::Label;
use crate::app::work::{Done, Job, LensKind};
use crate::corpus::CaseIndex;
use crate::evidence::{Claim, Criterion};
use crate::figures::Found;
use crate::jury::asked;
use crate::jury::entry::{LONGEST_TEXT, Mark};
use crate::jury::exact::Points;
use crate::jury::seat::{Draft, DraftLine, Seat, Writing};
use crate::jury::words;
use crate::text::CharSpan;
use crate::typeset::{self, Setting};

/// Minimum width, in columns, for case and sheet side by side.
const SIDE_BY_SIDE: u16 = 100;

/// Columns of the sheet beside the case.
const SHEET: u16 = 50;

/// The juror's score sheet.
#[derive(Clone, Debug)]
pub struct ScoreSheet {
    seat: Arc<Seat>,
    /// Position in the docket.
    case: usize,
    /// Index of the current criterion; after the last one, the comment.
    field: usize,
    line: Option<Typed>,
    /// Points in force, as last entered, for each criterion.
    values: Vec<Option<Points>>,
    comment: String,
    text: Option<typeset::Page>,
    top: usize,
    claims: Vec<Claim>,
    figures: Vec<Found>,
    /// The marked passage of the case.
    marked: Option<Marked>,
    lines: Vec<Line>,
    caret: Option<(usize, u16)>,
    pane: Pane,
    /// The case that the juror left with an entry that may still be refused.
    left: Option<usize>,
}

/// A line that is being written.
#[derive(Clone, Debug)]
struct Typed {
    kind: DraftLine,
    edit: LineEdit,
}

/// A passage of the case that the reader went to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marked {
    /// Index among the claims for the current criterion.
    Claim(usize),
    Figure(usize),
}

impl ScoreSheet {
    fn new(seat: Arc<Seat>, case: usize) -> Self {
        let mut sheet = Self {
            case,
            field: 0,
            line: None,
            values: Vec::new(),
            comment: String::new(),
            text: None,
            top: 0,
            claims: Vec::new(),
            figures: Vec::new(),
            marked: None,
            lines: Vec::new(),
            caret: None,
            pane: Pane::default(),
            left: None,
            seat,
        };
        sheet.take_values();
        sheet
    }

    /// Takes the juror's entries for the case.
    fn take_values(&mut self) {
        let criteria = self.seat.round.criteria.len();
        let own = self.seat.own(self.case);
        let kept = |at| own.and_then(|held| held.kept(at));
        self.values = (0..criteria).map(kept).collect();
        self.comment = own.map(|held| held.comment.clone()).unwrap_or_default();
    }

    /// Continues a line that was begun before.
    fn take_up(&mut self, draft: &Draft) {
        let criteria = &self.seat.round.criteria;
        let named = criteria
            .iter()
            .position(|criterion| criterion.name == draft.criterion);
        self.field = match draft.line {
            DraftLine::Points => match named {
                Some(criterion) => criterion,
                None => return,
            },
            DraftLine::Comment | DraftLine::Ground | DraftLine::Statement => criteria.len(),
        };
        self.line = Some(Typed {
            kind: draft.line,
            edit: LineEdit::new(&draft.text),
        });
    }

    /// Returns the case in the library.
    fn index(&self, app: &App) -> Option<CaseIndex> {
        app.corpus.find(&self.seat.docket.cases[self.case].id)
    }

    /// Returns the text of the case, and its first row in view.
    pub fn text(&self) -> Option<(&typeset::Page, usize)> {
        self.text.as_ref().map(|text| (text, self.top))
    }

    /// Returns the lines of the sheet, and the caret in them.
    pub fn lines(&self) -> (&[Line], Option<(usize, u16)>) {
        (&self.lines, self.caret)
    }

    /// Whether case and sheet are side by side.
    pub const fn is_side_by_side(&self) -> bool {
        self.pane.columns >= SIDE_BY_SIDE
    }

    /// Returns the panes of the case and of the sheet.
    pub fn parts(&self) -> (Pane, Pane) {
        let pane = self.pane;
        if self.is_side_by_side() {
            let columns = pane.columns - SHEET - 1;
            let text = Pane { columns, ..pane };
            let sheet = Pane {
                x: pane.x + columns + 1,
                columns: SHEET,
                ..pane
            };
            return (text, sheet);
        }
        let wanted = self.least_rows() as u16 + 2;
        let rows = wanted
            .min(pane.rows.saturating_sub(pane.rows / 3 + 1))
            .max(1);
        let above = pane.rows.saturating_sub(rows + 1);
        let text = Pane {
            rows: above,
            ..pane
        };
        let sheet = Pane {
            y: pane.y + above + 1,
            rows,
            ..pane
        };
        (text, sheet)
    }

    /// Goes to another case.
    fn show(&mut self, case: usize, app: &mut App) {
        self.case = case;
        self.field = 0;
        self.text = None;
        self.top = 0;
        self.marked = None;
        self.claims.clear();
        self.figures.clear();
        self.take_values();
        self.gather(app);
    }

    /// Asks for the claims and the figures of the case.
    fn gather(&self, app: &mut App) {
        if let Some(case) = self.index(app) {
            for kind in [LensKind::Evidence, LensKind::Figures] {
                app.ask_for(Job::Lens(kind, case));
            }
        }
    }

    /// Takes the result of a job on the case.
    pub(in crate::app) fn take_done(&mut self, done: &Done, app: &App) {
        let own = self.index(app);
        match done {
            Done::Claimed(case, claims) if own == Some(*case) => self.claims.clone_from(claims),
            Done::Figured(case, found) if own == Some(*case) => self.figures.clone_from(found),
            _ => return,
        }
        self.set_lines(app);
    }

    /// Returns the claims for the current criterion; all claims if texts are not searched for it.
    fn claims_here(&self) -> Vec<&Claim> {
        let name = self.seat.round.criteria.get(self.field);
        let criterion = Criterion::ALL
            .into_iter()
            .find(|known| name.is_some_and(|name| name.name == known.chinese()));
        let is_for = |claim: &&Claim| criterion.is_none_or(|criterion| claim.is_for(criterion));
        self.claims.iter().filter(is_for).collect()
    }

    /// Returns the marked passage of the case, as a place in its text.
    pub fn marked(&self, app: &App) -> Option<PageMatch> {
        let range = match self.marked? {
            Marked::Claim(at) => self.claims_here().get(at)?.sentence.clone(),
            Marked::Figure(at) => self.figures.get(at)?.figure.span.clone(),
        };
        let case = app.corpus.get(self.index(app)?);
        let span = CharSpan::new(range.start, range.end);
        places(self.text.as_ref()?, case, [span].into_iter()).pop()
    }

    /// Marks the next claim, or the next figure, and scrolls it into view.
    fn mark_next(&mut self, is_claim: bool, app: &mut App) {
        let count = if is_claim {
            self.claims_here().len()
        } else {
            self.figures.len()
        };
        if count == 0 {
            let none = if is_claim {
                Label("没有可作依据的语句", "no sentence claims it")
            } else {
                Label("本案例没有关键数字", "this case has no figures")
            };
            app.notice = Some(none.in_language(app.settings.language).to_owned());
            return;
        }
        let next = |at: usize| (at + 1) % count;
        self.marked = Some(match (self.marked, is_claim) {
            (Some(Marked::Claim(at)), true) => Marked::Claim(next(at)),
            (_, true) => Marked::Claim(0),
            (Some(Marked::Figure(at)), false) => Marked::Figure(next(at)),
            (_, false) => Marked::Figure(0),
        });
        if let Some((place, text)) = self.marked(app).zip(self.text.as_ref()) {
            let row = text.row_of(typeset::Anchor {
                block: place.block,
                char: place.span.start,
            });
            self.top = row.saturating_sub(1).min(self.last_top());
        }
    }

    fn last_top(&self) -> usize {
        let rows = self.text.as_ref().map_or(0, |text| text.rows().len());
        rows.saturating_sub(usize::from(self.parts().0.rows))
    }

    /// Scrolls the case, or moves to another field.
    fn step(&mut self, motion: Motion) {
        let height = usize::from(self.parts().0.rows);
        let (screen, half) = (height.saturating_sub(1).max(1), (height / 2).max(1));
        let last = self.seat.round.criteria.len();
        match motion {
            Motion::Up => self.field = self.field.saturating_sub(1),
            Motion::Down => self.field = (self.field + 1).min(last),
            Motion::HalfUp => self.top = self.top.saturating_sub(half),
            Motion::HalfDown => self.top += half,
            Motion::PageUp => self.top = self.top.saturating_sub(screen),
            Motion::PageDown => self.top += screen,
            Motion::First => self.top = 0,
            Motion::Last => self.top = usize::MAX,
        }
        self.top = self.top.min(self.last_top());
        if matches!(motion, Motion::Up | Motion::Down) {
            self.marked = None;
        }
    }

    fn step_section(&mut self, forward: bool) {
        let Some(text) = &self.text else { return };
        let mut rows = text.sections().iter().map(|section| section.row);
        let to = if forward {
            rows.find(|&row| row > self.top)
        } else {
            rows.rfind(|&row| row < self.top).or(Some(0))
        };
        self.top = to.unwrap_or(self.top).min(self.last_top());
    }

    /// Returns the next or the previous case in the juror's order.
    fn beside(&self, forward: bool) -> Option<usize> {
        let order = &self.seat.order;
        let place = order.iter().position(|&at| at == self.case)?;
        let to = if forward {
            place + 1
        } else {
            place.checked_sub(1)?
        };
        order.get(to).copied()
    }

    /// Begins to write a line, unless the juror may not.
    fn begin(&mut self, kind: DraftLine, text: &str, app: &mut App) {
        let mark = match kind {
            DraftLine::Points => Mark::Score(Default::default()),
            DraftLine::Comment => Mark::Comment,
            // A placeholder: the ground is written now.
            DraftLine::Ground => Mark::Recusal(app.words().yes.to_owned()),
            DraftLine::Statement => Mark::Statement,
        };
        if let Some(why) = self.seat.refuses(&self.writing(mark)) {
            app.notice = Some(why.in_language(app.settings.language).to_owned());
            return;
        }
        self.line = Some(Typed {
            kind,
            edit: LineEdit::new(text),
        });
    }

    fn writing(&self, mark: Mark) -> Writing {
        Writing {
            case: self.case,
            mark,
            comment: self.comment.clone(),
        }
    }

    /// Returns the effect that writes an entry, unless the juror may not.
    fn write(&mut self, mark: Mark, app: &mut App) -> Option<Effect> {
        let writing = self.writing(mark);
        if let Some(why) = self.seat.refuses(&writing) {
            app.notice = Some(why.in_language(app.settings.language).to_owned());
            return None;
        }
        Some(Effect::Enter(writing))
    }

    /// Writes a state of the whole case. Digits that are still in a field are dropped with their
    /// draft: entered after the state, they would undo it.
    fn write_state(&mut self, mark: Mark, app: &mut App) -> Outcome {
        let written = self.write(mark, app);
        if written.is_some() {
            self.line = None;
            self.set_lines(app);
        }
        Outcome::Stay(written)
    }

    /// Returns the points of a criterion that count once they are confirmed.
    fn waiting(&self, criterion: usize) -> Option<Points> {
        let waiting = self.seat.own(self.case)?.waiting(criterion);
        waiting.filter(|_| self.values[criterion].is_none())
    }

    /// Returns the points of all criteria as a score.
    fn score(&self) -> Mark {
        let criteria = self.seat.round.criteria.iter();
        let given = criteria
            .zip(&self.values)
            .filter_map(|(criterion, points)| Some((criterion.name.clone(), (*points)?)));
        Mark::Score(given.collect())
    }

    /// Ends the line that is being written with an entry. Returns `Err` if it cannot be one; then
    /// the line stays.
    fn end_line(&mut self, app: &mut App) -> Result<Option<Effect>, ()> {
        let Some(line) = &self.line else {
            return Ok(None);
        };
        let text = line.edit.text().trim().to_owned();
        let effect = match line.kind {
            DraftLine::Points => {
                let points = match text.as_str() {
                    "" => None,
                    text => match self.seat.points(self.field, text) {
                        Ok(points) => Some(points),
                        Err(why) => {
                            let why = why.in_language(app.settings.language);
                            app.notice = Some(why.to_owned());
                            return Err(());
                        }
                    },
                };
                if self.values[self.field] == points {
                    Some(Effect::KeepDraft(None))
                } else {
                    self.values[self.field] = points;
                    let score = self.score();
                    self.write(score, app)
                }
            }
            DraftLine::Comment if text == self.comment => Some(Effect::KeepDraft(None)),
            DraftLine::Comment => {
                self.comment = text;
                self.write(Mark::Comment, app)
            }
            _ if text.is_empty() => Some(Effect::KeepDraft(None)),
            DraftLine::Ground => self.write(Mark::Recusal(text), app),
            DraftLine::Statement => {
                let statement = Writing {
                    case: self.case,
                    mark: Mark::Statement,
                    comment: text,
                };
                Some(Effect::Enter(statement))
            }
        };
        self.line = None;
        Ok(effect)
    }

    /// Ends the line, then runs `then`. Without a line, only runs `then`.
    fn leave_line(&mut self, app: &mut App, then: impl FnOnce(&mut Self, &mut App)) -> Outcome {
        match self.end_line(app) {
            Ok(effect) => {
                then(self, app);
                self.set_lines(app);
                Outcome::Stay(effect)
            }
            Err(()) => Outcome::Stay(None),
        }
    }

    /// Confirms the points as they are, under the current rules and text.
    fn confirm(&mut self, app: &mut App) -> Option<Effect> {
        for at in 0..self.values.len() {
            self.values[at] = self.values[at].or(self.waiting(at));
        }
        if self.values.iter().all(Option::is_none) {
            let none = words::nothing_to_confirm();
            app.notice = Some(none.in_language(app.settings.language).to_owned());
            return None;
        }
        let score = self.score();
        let written = self.write(score, app);
        if written.is_none() {
            self.take_values();
        }
        written
    }

    /// Deletes the last digit of the points, which are then typed anew.
    fn delete_digit(&mut self, app: &mut App) -> Option<Effect> {
        if self.line.is_none() {
            let points = *self.values.get(self.field)?;
            let points = points.or(self.waiting(self.field));
            let text = points.map(|points| points.to_string()).unwrap_or_default();
            self.begin(DraftLine::Points, &text, app);
        }
        self.line.as_mut()?.edit.delete_before();
        self.narrow(app)
    }

    /// Leaves the program, after entering the line that was being written.
    fn quit(&mut self, app: &mut App) -> Outcome {
        match self.end_line(app) {
            Ok(Some(Effect::Enter(writing))) => Outcome::Stay(Some(Effect::EnterAndQuit(writing))),
            _ => Outcome::Pass,
        }
    }

    /// Handles Enter: moves to the next field or, on the comment, begins to write it.
    fn enter(&mut self, app: &mut App) -> Outcome {
        if self.line.is_some() {
            let on_points = self.mode() == Mode::ScoreSheet;
            return self.leave_line(app, |sheet, _| {
                if on_points {
                    sheet.step(Motion::Down);
                }
            });
        }
        if self.field < self.seat.round.criteria.len() {
            self.step(Motion::Down);
        } else {
            let comment = self.comment.clone();
            self.begin(DraftLine::Comment, &comment, app);
        }
        Outcome::Stay(None)
    }

    /// Handles Esc: leaves the line. Typed points and grounds are dropped, a comment or a statement
    /// is kept.
    fn back(&mut self, app: &mut App) -> Outcome {
        match self.line.take() {
            None => Outcome::Pass,
            Some(line) if matches!(line.kind, DraftLine::Comment | DraftLine::Statement) => {
                self.line = Some(line);
                self.leave_line(app, |_, _| {})
            }
            Some(_) => Outcome::Stay(Some(Effect::KeepDraft(None))),
        }
    }

    /// Goes to a case, if there is one.
    fn go(&mut self, to: Option<usize>, none: Label, app: &mut App) -> Outcome {
        let Some(to) = to else {
            app.notice = Some(none.in_language(app.settings.language).to_owned());
            return self.leave_line(app, |_, _| {});
        };
        let left = self.case;
        let outcome = self.leave_line(app, |sheet, app| sheet.show(to, app));
        let is_entered = matches!(outcome, Outcome::Stay(Some(Effect::Enter(_))));
        self.left = is_entered.then_some(left);
        outcome
    }

    /// Returns to the case that the juror left, if its entry was refused: its line still exists.
    fn come_back(&mut self, seat: &Seat, app: &mut App) {
        let Some(left) = self.left.take() else { return };
        let id = &seat.docket.cases[left].id;
        let is_refused = seat.draft.as_ref().is_some_and(|draft| draft.case == *id);
        if is_refused && self.line.is_none() {
            self.show(left, app);
        }
    }

    fn set_text(&mut self, app: &App) {
        let (pane, _) = self.parts();
        let setting = Setting {
            columns: text_columns(pane.columns).min(app.settings.measure.columns()),
            ambiguous: app.settings.ambiguous,
            script: app.settings.script,
            justify: false,
            roomy: app.settings.roomy,
        };
        let is_set = |text: &typeset::Page| text.setting() == setting;
        if self.text.as_ref().is_some_and(is_set) {
            return;
        }
        let Some(index) = self.index(app) else { return };
        let case = app.corpus.get(index);
        let before = self.text.take().map(|text| text.anchor_at(self.top));
        let kept = &app.collection.kept;
        let front = app.words().front(case, setting.script, kept);
        let text = typeset::Page::set(case, &front, &setting);
        self.top = before.map_or(0, |anchor| text.row_of(anchor));
        self.text = Some(text);
    }
}

const fn is_of_points(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '.' | '．' | '。')
}

const NO_NEXT: Label = Label("没有下一个案例", "there is no next case");
const NO_PREVIOUS: Label = Label("没有上一个案例", "there is no case before");
const ALL_DONE: Label = Label("全部案例都已评完", "all cases are done");

impl FullScreen for ScoreSheet {
    /// While points are typed, all keys are commands except digits.
    fn mode(&self) -> Mode {
        match &self.line {
            Some(line) if line.kind != DraftLine::Points => Mode::Narrow,
            _ => Mode::ScoreSheet,
        }
    }

    fn title(&self, app: &App) -> String {
        let title = Label("评分表", "score sheet").in_language(app.settings.language);
        let name = self
            .seat
            .juror()
            .map(|at| &self.seat.round.jurors[at].name)
            .map_or("", String::as_str);
        let id = &self.seat.docket.cases[self.case].id;
        let stage = if self.seat.is_revision() {
            Label("复评", "revision")
        } else {
            Label("初评", "first score")
        };
        let stage = stage.in_language(app.settings.language);
        format!("{title}  {name}  {stage}  {id}")
    }

    fn position(&self, app: &App) -> String {
        let order = &self.seat.order;
        let place = order.iter().position(|&at| at == self.case).unwrap_or(0) + 1;
        let done = self
            .seat
            .juror()
            .and_then(|at| self.seat.done[at])
            .unwrap_or(0);
        let all = order.len();
        let words = Label("已完成", "done").in_language(app.settings.language);
        format!("{place}/{all}  {words} {done}/{all}")
    }

    fn fit(&mut self, pane: Pane, app: &App) {
        self.pane = pane;
        if let Some(seat) = app.seat().filter(|seat| !Arc::ptr_eq(seat, &self.seat)) {
            self.seat = Arc::clone(seat);
            self.take_values();
            let draft = self.seat.draft.clone();
            if let Some(draft) = draft.filter(|_| self.line.is_none())
                && draft.case == self.seat.docket.cases[self.case].id
            {
                self.take_up(&draft);
            }
        }
        self.set_text(app);
        self.set_lines(app);
        self.top = self.top.min(self.last_top());
    }

    fn run(&mut self, command: Command, app: &mut App) -> Outcome {
        match command {
            Command::Move(motion @ (Motion::Up | Motion::Down)) => {
                return self.leave_line(app, |sheet, _| sheet.step(motion));
            }
            Command::Move(motion) => self.step(motion),
            Command::Open => return self.enter(app),
            Command::Back => return self.back(app),
            Command::NextCase => return self.go(self.beside(true), NO_NEXT, app),
            Command::PreviousCase => return self.go(self.beside(false), NO_PREVIOUS, app),
            Command::NextUnscored => {
                return self.go(self.seat.next_open(Some(self.case)), ALL_DONE, app);
            }
            Command::NextSection => self.step_section(true),
            Command::PreviousSection => self.step_section(false),
            Command::Evidence => self.mark_next(true, app),
            Command::Figures => self.mark_next(false, app),
            Command::Comment => {
                return self.leave_line(app, |sheet, app| {
                    sheet.field = sheet.seat.round.criteria.len();
                    let comment = sheet.comment.clone();
                    sheet.begin(DraftLine::Comment, &comment, app);
                });
            }
            Command::Edit(Editing::DeleteBefore) => {
                return Outcome::Stay(self.delete_digit(app));
            }
            Command::Quit => return self.quit(app),
            Command::Recuse => {
                return self.leave_line(app, |sheet, app| {
                    sheet.begin(DraftLine::Ground, "", app);
                });
            }
            Command::Explain => {
                return self.leave_line(app, |sheet, app| {
                    sheet.begin(DraftLine::Statement, "", app);
                });
            }
            Command::Settle => return self.leave_line(app, |sheet, app| sheet.offer_contents(app)),
            Command::Abstain => return self.write_state(Mark::Abstention, app),
            Command::Defer => return self.write_state(Mark::Deferral, app),
            Command::Withdraw => return self.write_state(Mark::Withdrawal, app),
            Command::Confirm => {
                return match self.end_line(app) {
                    Ok(ended) => Outcome::Stay(self.confirm(app).or(ended)),
                    Err(()) => Outcome::Stay(None),
                };
            }
            _ => return Outcome::Pass,
        }
        self.set_lines(app);
        Outcome::Stay(None)
    }

    fn hint(&self, command: Command, label: Label) -> Option<Label> {
        let unconfirmed = |sheet: &Self| {
            let mut criteria = 0..sheet.values.len();
            criteria.any(|criterion| sheet.waiting(criterion).is_some())
        };
        match command {
            Command::Search => None,
            Command::Open if self.mode() == Mode::Narrow => Some(Label("写入", "write")),
            Command::Open => Some(Label("下一项", "next field")),
            Command::Move(Motion::Up | Motion::Down) => Some(Label("选择", "field")),
            Command::Confirm => Some(label).filter(|_| unconfirmed(self)),
            Command::Settle => Some(label).filter(|_| !self.seat.contents.is_empty()),
            Command::Explain => {
                let flag = asked::own_flag(&self.seat, self.case);
                flag.map(|_| label)
            }
            _ => Some(label),
        }
    }

    fn line(&mut self) -> Option<&mut LineEdit> {
        self.line.as_mut().map(|line| &mut line.edit)
    }

    /// Digits are points of a criterion; on the comment, Han characters begin it.
    fn takes(&self, c: char) -> bool {
        let on_points = self.field < self.seat.round.criteria.len();
        match &self.line {
            Some(line) => line.kind == DraftLine::Points && is_of_points(c),
            None if on_points => is_of_points(c),
            None => !c.is_ascii(),
        }
    }

    fn open_line(&mut self, app: &mut App) {
        if self.field < self.seat.round.criteria.len() {
            self.begin(DraftLine::Points, "", app);
        } else {
            let comment = self.comment.clone();
            self.begin(DraftLine::Comment, &comment, app);
        }
    }

    fn longest(&self) -> usize {
        LONGEST_TEXT
    }

    fn narrow(&mut self, app: &App) -> Option<Effect> {
        let line = self.line.as_ref()?;
        let draft = Draft {
            case: self.seat.docket.cases[self.case].id.clone(),
            line: line.kind,
            criterion: match line.kind {
                DraftLine::Points => self.seat.round.criteria[self.field].name.clone(),
                _ => String::new(),
            },
            text: line.edit.text().to_owned(),
        };
        self.set_lines(app);
        Some(Effect::KeepDraft(Some(draft)))
    }
}

impl App {
    /// Returns what the reader may see of the round; `None` without one.
    pub fn seat(&self) -> Option<&Arc<Seat>> {
        self.analysis.seat.as_ref()
    }

    /// Takes what the reader may now see of the round. The first time, it opens the tally for the
    /// office, and for a juror the sheet where the juror left it.
    pub(in crate::app) fn take_seat(&mut self, seat: Arc<Seat>) {
        let is_office = seat.juror().is_none();
        let mut view = self.overlay.view.take();
        if let Some(View::ScoreSheet(sheet)) = &mut view {
            sheet.come_back(&seat, self);
        }
        self.overlay.view = view;
        let is_first = self.analysis.seat.replace(seat).is_none();
        if is_first && is_office {
            self.open_tally();
        } else if is_first {
            self.open_score_sheet(None);
        }
    }

    /// Opens the sheet at a case, or where the juror left it: at the line that was being written,
    /// else at the next case that is not done.
    pub(in crate::app) fn open_score_sheet(&mut self, at: Option<CaseIndex>) {
        let Some(seat) = self.seat().map(Arc::clone) else {
            self.notice = Some(self.words().no_round.to_owned());
            return;
        };
        if seat.juror().is_none() {
            self.notice = Some(self.words().no_juror.to_owned());
            return;
        }
        let find = |id: &str| seat.docket.find(id);
        let named = at.and_then(|at| find(&self.corpus.get(at).case.id.0));
        let draft = seat.draft.clone().filter(|_| at.is_none());
        let begun = draft.as_ref().and_then(|draft| find(&draft.case));
        let first = seat.order.first().copied();
        let case = named.or(begun).or_else(|| seat.next_open(None)).or(first);
        let Some(case) = case else {
            self.notice = Some(self.words().no_case.to_owned());
            return;
        };
        let mut sheet = ScoreSheet::new(seat, case);
        if let Some(draft) = draft.filter(|_| begun == Some(case)) {
            sheet.take_up(&draft);
        }
        sheet.gather(self);
        self.overlay.view = Some(View::ScoreSheet(Box::new(sheet)));
    }
}
