//! Two or three cases side by side: sections of the same role, and figures of the same unit, are
//! next to each other.

use super::{FullScreen, Outcome, View};
use crate::app::App;
use crate::app::action::{Command, Motion};
use crate::app::commands::Mode;
use crate::app::panes::Pane;
use crate::app::picker::{Choice, Item, Picker};
use crate::app::words::Label;
use crate::case::{BlockKind, CaseRef};
use crate::compare::{self, Comparison};
use crate::corpus::CaseIndex;
use crate::export::analysis::{comparison_markdown, quotes};
use crate::key::{Mouse, MouseKind};
use crate::text::wrap::{self, Room};

/// Maximum number of compared cases.
pub const MOST: usize = 3;

/// Minimum width, in columns, for cases side by side; on narrower screens they are below one
/// another.
pub const SIDE_BY_SIDE: u16 = 100;

/// Columns between two cases: a blank, the rule, a blank.
const BETWEEN: u16 = 3;

/// The view that compares cases.
#[derive(Clone, Debug)]
pub struct Compare {
    cases: Vec<CaseIndex>,
    comparison: Comparison,
    /// Index of the case that is swapped or dropped.
    selected: usize,
    rows: Vec<Row>,
    /// Rows on which sections begin.
    sections: Vec<usize>,
    /// Width and number of cases for which the rows are laid out.
    set_for: (u16, usize),
    pane: Pane,
    top: usize,
}

/// A row of the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The name of the section that follows.
    Head(String),
    /// Texts of the cases with a cell in this row, each with the index of its case.
    Cells(Vec<(usize, Text)>),
}

/// A row of text of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub text: String,
    pub look: Look,
}

/// The role of a row of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Plain,
    Title,
    Heading,
    Figure,
    Note,
}

impl Compare {
    /// Returns the cases, from the left.
    pub fn cases(&self) -> &[CaseIndex] {
        &self.cases
    }

    /// Returns the index of the case that is swapped or dropped.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Returns the rows in view.
    pub fn visible(&self) -> &[Row] {
        let end = (self.top + usize::from(self.pane.rows)).min(self.rows.len());
        &self.rows[self.top.min(end)..end]
    }

    /// Whether the screen is wide enough to show the cases side by side.
    pub fn is_side_by_side(&self) -> bool {
        self.pane.columns >= SIDE_BY_SIDE
    }

    /// Returns the first column of a case, and its number of columns.
    pub fn column(&self, at: usize) -> (u16, u16) {
        if !self.is_side_by_side() {
            return (2, self.pane.columns.saturating_sub(4).max(2));
        }
        let count = self.cases.len() as u16;
        let columns = (self.pane.columns - 2 - (count - 1) * BETWEEN) / count;
        (1 + at as u16 * (columns + BETWEEN), columns)
    }

    fn refs<'a>(&self, app: &'a App) -> Vec<CaseRef<'a>> {
        let cases = self.cases.iter();
        cases.map(|&case| app.corpus.get(case)).collect()
    }

    fn set(&mut self, app: &App) {
        let cases = self.refs(app);
        self.rows.clear();
        self.sections.clear();
        let titles: Vec<Vec<Text>> = cases
            .iter()
            .enumerate()
            .map(|(at, case)| self.title_rows(at, *case, app))
            .collect();
        self.face(titles);
        let comparison = std::mem::take(&mut self.comparison);
        for row in &comparison.rows {
            self.head(row.part.in_language(app.settings.language).to_owned());
            let cells = cases
                .iter()
                .zip(&row.cells)
                .enumerate()
                .map(|(at, (case, runs))| {
                    let blocks = runs.iter().flat_map(|run| &case.case.blocks[run.clone()]);
                    let rows: Vec<Text> = blocks
                        .flat_map(|block| {
                            let is_heading = matches!(block.kind, BlockKind::Heading { .. });
                            let look = if is_heading {
                                Look::Heading
                            } else {
                                Look::Plain
                            };
                            self.wrapped(at, &case.block_text(block), look, app)
                        })
                        .collect();
                    or_nothing(rows, app.words().no_such_section)
                })
                .collect();
            self.face(cells);
        }
        for row in &comparison.figures {
            let name = app.words().figures_by_unit;
            self.head(format!("{name}  {}", row.unit));
            let cells = cases
                .iter()
                .zip(&row.cells)
                .enumerate()
                .map(|(at, (case, found))| {
                    let lines = quotes(*case, found);
                    let rows = lines
                        .iter()
                        .flat_map(|line| self.wrapped(at, line, Look::Figure, app))
                        .collect();
                    or_nothing(rows, app.words().no_such_figure)
                })
                .collect();
            self.face(cells);
        }
        self.comparison = comparison;
        self.set_for = (self.pane.columns, self.cases.len());
    }

    fn title_rows(&self, at: usize, case: CaseRef<'_>, app: &App) -> Vec<Text> {
        let script = app.settings.script;
        let mut rows = self.wrapped(at, &case.title(), Look::Title, app);
        let year = case.case.year.map(|year| year.to_string());
        let parts = [case.case.id.0.clone()].into_iter().chain(year);
        let orgs = script.show(&case.orgs()).into_owned();
        let parts: Vec<String> = parts.chain([orgs]).collect();
        rows.extend(self.wrapped(at, &parts.join("  "), Look::Note, app));
        rows
    }

    fn wrapped(&self, at: usize, text: &str, look: Look, app: &App) -> Vec<Text> {
        let shown = app.settings.script.show(text);
        let (_, columns) = self.column(at);
        let ambiguous = app.settings.ambiguous;
        let room = match look {
            Look::Plain if columns >= 24 => Room {
                first: columns - 4,
                rest: columns,
            },
            _ => Room::even(columns),
        };
        let indent = usize::from(columns.saturating_sub(room.first));
        let rows = wrap::wrap(&shown, room, ambiguous)
            .into_iter()
            .enumerate()
            .map(|(row, bytes)| {
                let text = shown[bytes].trim_end();
                let indent = if row == 0 { indent } else { 0 };
                Text {
                    text: format!("{:indent$}{text}", ""),
                    look,
                }
            });
        rows.collect()
    }

    fn head(&mut self, name: String) {
        self.rows.push(Row::Cells(Vec::new()));
        self.sections.push(self.rows.len());
        self.rows.push(Row::Head(name));
    }

    /// Adds rows of all cases side by side, or below one another.
    fn face(&mut self, cells: Vec<Vec<Text>>) {
        if self.is_side_by_side() {
            let count = cells.iter().map(Vec::len).max().unwrap_or(0);
            let mut cells: Vec<_> = cells.into_iter().map(Vec::into_iter).collect();
            for _ in 0..count {
                let row = cells
                    .iter_mut()
                    .enumerate()
                    .filter_map(|(at, rows)| Some((at, rows.next()?)));
                self.rows.push(Row::Cells(row.collect()));
            }
            return;
        }
        for (at, rows) in cells.into_iter().enumerate() {
            let rows = rows.into_iter().map(|text| Row::Cells(vec![(at, text)]));
            self.rows.extend(rows);
        }
    }

    fn last_top(&self) -> usize {
        self.rows.len().saturating_sub(usize::from(self.pane.rows))
    }

    fn step(&mut self, motion: Motion) {
        let height = usize::from(self.pane.rows);
        let (screen, half) = (height.saturating_sub(1).max(1), (height / 2).max(1));
        let to = match motion {
            Motion::Up => self.top.saturating_sub(1),
            Motion::Down => self.top + 1,
            Motion::HalfUp => self.top.saturating_sub(half),
            Motion::HalfDown => self.top + half,
            Motion::PageUp => self.top.saturating_sub(screen),
            Motion::PageDown => self.top + screen,
            Motion::First => 0,
            Motion::Last => usize::MAX,
        };
        self.top = to.min(self.last_top());
    }

    fn step_section(&mut self, forward: bool) {
        let mut sections = self.sections.iter().copied();
        let to = if forward {
            sections.find(|&row| row > self.top)
        } else {
            sections.rev().find(|&row| row < self.top).or(Some(0))
        };
        if let Some(to) = to {
            self.top = to.min(self.last_top());
        }
    }

    /// Compares the cases again after they changed.
    fn renew(&mut self, app: &App) {
        self.comparison = compare::of(&self.refs(app));
        self.selected = self.selected.min(self.cases.len().saturating_sub(1));
        self.set(app);
        self.top = self.top.min(self.last_top());
    }

    /// Swaps the selected case with its right neighbour, or the last one with the first.
    fn swap(&mut self, app: &App) {
        let other = (self.selected + 1) % self.cases.len();
        self.cases.swap(self.selected, other);
        self.selected = other;
        self.renew(app);
    }

    /// Opens a picker that copies the comparison as a table, or writes it to a file.
    fn hand_out(&self, app: &mut App) {
        let language = app.settings.language;
        let table = comparison_markdown(&self.refs(app), &self.comparison, language);
        let table = app.settings.script.show(&table).into_owned();
        let whole = Label("对照表，Markdown", "the comparison, Markdown");
        let item = |key: Label, choice| {
            let key = key.in_language(language);
            Item::new(key, whole.in_language(language), choice)
        };
        let items = vec![
            item(Label("复制", "copy"), Choice::Copy(table.clone())),
            item(
                Label("导出", "export"),
                Choice::Save("anli-compare.md", table),
            ),
        ];
        let title = Label("对照表", "the comparison");
        app.overlay.picker = Some(Picker::new(title, items));
    }

    fn drop_selected(&mut self, app: &mut App) {
        if self.cases.len() <= 2 {
            app.notice = Some(app.words().two_to_compare.to_owned());
            return;
        }
        let case = self.cases.remove(self.selected);
        app.collection.selection.remove(&case);
        self.renew(app);
    }
}

/// Returns the rows of a case, or the note that it has none here.
fn or_nothing(rows: Vec<Text>, note: &str) -> Vec<Text> {
    if !rows.is_empty() {
        return rows;
    }
    vec![Text {
        text: note.to_owned(),
        look: Look::Note,
    }]
}

impl FullScreen for Compare {
    fn mode(&self) -> Mode {
        Mode::Compare
    }

    fn title(&self, app: &App) -> String {
        let title = Label("对照", "compare").in_language(app.settings.language);
        let id = |&case: &CaseIndex| app.corpus.get(case).case.id.0.as_str();
        let ids: Vec<&str> = self.cases.iter().map(id).collect();
        format!("{title}  {}", ids.join("  "))
    }

    fn position(&self, app: &App) -> String {
        let seen = (self.top + usize::from(self.pane.rows)).min(self.rows.len());
        let percent = (seen * 100).checked_div(self.rows.len()).unwrap_or(100);
        let case = self.cases.get(self.selected);
        let id = case.map_or("", |&case| &app.corpus.get(case).case.id.0);
        format!("{id}  {percent}%")
    }

    fn fit(&mut self, pane: Pane, app: &App) {
        self.pane = pane;
        if self.set_for != (pane.columns, self.cases.len()) {
            self.set(app);
        }
        self.top = self.top.min(self.last_top());
    }

    fn run(&mut self, command: Command, app: &mut App) -> Outcome {
        match command {
            Command::Move(motion) => self.step(motion),
            Command::Left => self.selected = self.selected.saturating_sub(1),
            Command::Right => self.selected = (self.selected + 1).min(self.cases.len() - 1),
            Command::NextSection => self.step_section(true),
            Command::PreviousSection => self.step_section(false),
            Command::Swap => self.swap(app),
            Command::Drop => self.drop_selected(app),
            Command::Copy | Command::Export => self.hand_out(app),
            Command::Open => {
                let case = self.cases[self.selected];
                app.show_case(case);
                return Outcome::Close(None);
            }
            _ => return Outcome::Pass,
        }
        Outcome::Stay(None)
    }

    fn hint(&self, command: Command, label: Label) -> Option<Label> {
        match command {
            Command::Search => None,
            _ => Some(label),
        }
    }

    fn press(&mut self, mouse: Mouse, _app: &mut App) -> Outcome {
        if mouse.kind == MouseKind::Press && self.is_side_by_side() {
            let is_under = |at: &usize| {
                let (x, columns) = self.column(*at);
                (x..x + columns).contains(&mouse.column.saturating_sub(self.pane.x))
            };
            if let Some(at) = (0..self.cases.len()).find(is_under) {
                self.selected = at;
            }
        }
        Outcome::Stay(None)
    }
}

impl App {
    /// Compares the selected cases. A single selected case is compared with the one on the page.
    pub(in crate::app) fn open_comparison(&mut self) {
        let mut cases: Vec<CaseIndex> = self.collection.selection.iter().copied().collect();
        if let Some(case) = self.page_case().filter(|case| !cases.contains(case))
            && cases.len() == 1
        {
            cases.push(case);
        }
        let words = self.words();
        if cases.len() < 2 {
            self.notice = Some(words.select_to_compare.to_owned());
            return;
        }
        if cases.len() > MOST {
            self.notice = Some((words.too_many_to_compare)(cases.len()));
            return;
        }
        let mut compare = Compare {
            comparison: Comparison::default(),
            selected: 0,
            rows: Vec::new(),
            sections: Vec::new(),
            set_for: (0, 0),
            pane: Pane::default(),
            top: 0,
            cases,
        };
        compare.comparison = compare::of(&compare.refs(self));
        self.overlay.view = Some(View::Compare(Box::new(compare)));
    }
}
