//! The overview: the numbers of cases by year, category, area, topic and length. Every number leads
//! to the cases that it counts.

use std::sync::Arc;

use super::{FullScreen, Outcome, View};
use crate::app::App;
use crate::app::action::{Command, Motion};
use crate::app::commands::Mode;
use crate::app::panes::Pane;
use crate::app::query_edit;
use crate::app::window::Focus;
use crate::app::words::Label;
use crate::app::work::Job;
use crate::case::{Category, Completeness};
use crate::corpus::CaseIndex;
use crate::key::{Mouse, MouseKind};
use crate::language::Language;
use crate::search::query::{self, Field};
use crate::stats::{Matrix, Sizes, Stats, Tally};
use crate::text::script::Display;
use crate::text::width::{self, Ambiguous};

/// The overview of the listed cases.
#[derive(Clone, Debug)]
pub struct Overview {
    cases: Arc<[CaseIndex]>,
    /// The query that lists them.
    base: String,
    stats: Option<Arc<Stats>>,
    /// Whether topics were known when the cases were counted.
    has_topics: bool,
    sheet: Sheet,
    pane: Pane,
    selected: usize,
    top: usize,
}

/// The overview as laid out for a width.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    columns: u16,
    pub pieces: Vec<Piece>,
    pub cells: Vec<Cell>,
    pub chart: Option<Chart>,
    /// Lines on which sections begin.
    sections: Vec<usize>,
    lines: usize,
}

/// A text at a place of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub line: usize,
    pub x: u16,
    pub text: String,
    pub look: Look,
    /// Index of the cell that it shows.
    pub cell: Option<usize>,
}

/// The role of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Heading,
    Label,
    Count,
    /// A bar with as many glyphs as the text has characters.
    Bar,
    Note,
}

/// A number, and the cases that it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub line: usize,
    pub x: u16,
    pub columns: u16,
    pub cases: u32,
    /// Description of what it counts.
    pub name: String,
    /// The query that lists the cases; `None` if there is no such query.
    pub query: Option<String>,
}

/// Bars side by side, one for each year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// First line of the chart.
    pub line: usize,
    pub rows: u16,
    pub bar: u16,
    /// Label, number of cases and cell of every bar.
    pub bars: Vec<(String, u32, usize)>,
}

/// Columns before everything.
const MARGIN: u16 = 2;

/// Columns of a number in a matrix, with the blank before it.
const NUMBER: u16 = 6;

/// Maximum columns of a label.
const LABEL: u16 = 22;

/// Rows of the chart of years, labels included.
const CHART_ROWS: u16 = 8;

/// Columns of the bar of a year: at least as many as a year has digits.
const BARS: std::ops::RangeInclusive<u16> = 4..=8;

/// A field by which cases can be asked for, and its values.
struct Asked<'a> {
    field: Field,
    tallies: &'a [Tally],
}

/// Lays out the sheet: how values are shown and asked for.
struct Setter<'a> {
    sheet: Sheet,
    base: &'a str,
    language: Language,
    script: Display,
    ambiguous: Ambiguous,
}

impl Overview {
    /// Returns the cells, in reading order.
    pub fn cells(&self) -> &[Cell] {
        &self.sheet.cells
    }

    /// Returns the sheet, once the cases are counted.
    pub fn sheet(&self) -> Option<&Sheet> {
        self.stats.as_ref().map(|_| &self.sheet)
    }

    /// Returns the index of the selected cell.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Returns the first line in view.
    pub fn top(&self) -> usize {
        self.top
    }

    fn lay_out(&mut self, app: &App) {
        let Some(stats) = self.stats.clone() else {
            return;
        };
        let mut setter = Setter {
            sheet: Sheet {
                columns: self.pane.columns,
                ..Sheet::default()
            },
            base: &self.base,
            language: app.settings.language,
            script: app.settings.script,
            ambiguous: app.settings.ambiguous,
        };
        setter.summary(&stats);
        let years = Asked {
            field: Field::Year,
            tallies: &stats.years,
        };
        let categories = Asked {
            field: Field::Category,
            tallies: &stats.categories,
        };
        let areas = Asked {
            field: Field::Area,
            tallies: &stats.areas,
        };
        let is_known = |asked: &Asked| asked.tallies.iter().any(|tally| tally.value.is_some());
        if is_known(&years) {
            let matrices = [
                (
                    Label("年度 × 类别", "year × category"),
                    &categories,
                    &stats.by_category,
                ),
                (Label("年度 × 地区", "year × area"), &areas, &stats.by_area),
            ];
            for (title, rows, matrix) in matrices {
                if is_known(rows) {
                    setter.matrix(title, &years, rows, matrix, stats.cases);
                }
            }
            setter.timeline(&years);
        } else {
            for (title, asked) in [
                (Label("类别", "categories"), &categories),
                (Label("地区", "areas"), &areas),
            ] {
                if is_known(asked) {
                    setter.bars(title, asked);
                }
            }
        }
        if stats.topics.is_empty() {
            let title = Label("主题", "topics");
            setter.heading(title);
            let said = if self.has_topics {
                Label("未归入任何主题", "no case has a topic")
            } else {
                Label("主题仍在归类，请稍候", "topics are being worked out")
            };
            setter.note(said.in_language(app.settings.language).to_owned());
        } else {
            let topics = Asked {
                field: Field::Topic,
                tallies: &stats.topics,
            };
            setter.bars(
                Label(
                    "主题（一个案例可有多个）",
                    "topics (a case may have several)",
                ),
                &topics,
            );
        }
        setter.bars(
            Label("文本类型", "kinds of text"),
            &Asked {
                field: Field::Completeness,
                tallies: &stats.kinds,
            },
        );
        setter.sizes(&stats.sizes);
        setter.bars(
            Label("来源", "documents"),
            &Asked {
                field: Field::Source,
                tallies: &stats.sources,
            },
        );
        if stats.folders.iter().any(|tally| tally.value.is_some()) {
            setter.bars(
                Label("文件夹", "folders"),
                &Asked {
                    field: Field::Source,
                    tallies: &stats.folders,
                },
            );
        }
        self.sheet = setter.sheet;
        self.selected = self.selected.min(self.sheet.cells.len().saturating_sub(1));
    }

    /// Scrolls the selected cell into view, with its heading if there is room for both.
    fn reveal(&mut self) {
        let Some(cell) = self.sheet.cells.get(self.selected) else {
            self.top = 0;
            return;
        };
        let height = usize::from(self.pane.rows).max(1);
        let mut sections = self.sheet.sections.iter().rev();
        let heading = sections
            .find(|&&line| line <= cell.line)
            .copied()
            .unwrap_or(0);
        let first = if cell.line - heading < height {
            heading
        } else {
            cell.line
        };
        let last = self.sheet.lines.saturating_sub(height);
        if first < self.top {
            self.top = first;
        }
        self.top = self.top.max((cell.line + 1).saturating_sub(height));
        self.top = self.top.min(last.max(cell.line.saturating_sub(height - 1)));
    }

    /// Returns the cell of a line that is nearest to a column.
    fn nearest(&self, line: usize, x: u16) -> Option<usize> {
        let cells = self.sheet.cells.iter().enumerate();
        let on_line = cells.filter(|(_, cell)| cell.line == line);
        on_line
            .min_by_key(|(_, cell)| (cell.x + cell.columns / 2).abs_diff(x))
            .map(|(at, _)| at)
    }

    /// Selects the cell that a motion leads to.
    fn step(&mut self, motion: Motion) {
        let Some(cell) = self.sheet.cells.get(self.selected) else {
            return;
        };
        let (line, x) = (cell.line, cell.x + cell.columns / 2);
        let lines: Vec<usize> = {
            let mut lines: Vec<usize> = self.sheet.cells.iter().map(|cell| cell.line).collect();
            lines.sort_unstable();
            lines.dedup();
            lines
        };
        let at = lines.partition_point(|&other| other < line);
        let screen = usize::from(self.pane.rows).saturating_sub(1).max(1);
        let below = |rows: usize| lines.iter().rposition(|&other| other <= line + rows);
        let above = |rows: usize| lines.iter().position(|&other| other + rows >= line);
        let last = lines.len() - 1;
        let to = match motion {
            Motion::Up => at.saturating_sub(1),
            Motion::Down => (at + 1).min(last),
            Motion::HalfUp => above(screen / 2).unwrap_or(0).min(at.saturating_sub(1)),
            Motion::HalfDown => below(screen / 2).unwrap_or(last).max((at + 1).min(last)),
            Motion::PageUp => above(screen).unwrap_or(0).min(at.saturating_sub(1)),
            Motion::PageDown => below(screen).unwrap_or(last).max((at + 1).min(last)),
            Motion::First => 0,
            Motion::Last => last,
        };
        if to != at
            && let Some(cell) = self.nearest(lines[to], x)
        {
            self.selected = cell;
        }
        self.reveal();
    }

    /// Selects the first cell of the next section, or of the previous one.
    fn step_section(&mut self, forward: bool) {
        let Some(cell) = self.sheet.cells.get(self.selected) else {
            return;
        };
        let sections = &self.sheet.sections;
        let own = sections.partition_point(|&line| line <= cell.line);
        let to = match (forward, own) {
            (true, own) if own == sections.len() => 0,
            (true, own) => own,
            (false, 0 | 1) => sections.len() - 1,
            (false, own) => own - 2,
        };
        let Some(&line) = sections.get(to) else {
            return;
        };
        let first = self.sheet.cells.iter().position(|cell| cell.line >= line);
        self.selected = first.unwrap_or(0);
        // The section begins at the top, if possible.
        self.top = line;
        self.reveal();
    }

    fn open_selected(&self, app: &mut App) -> Outcome {
        let Some(cell) = self.sheet.cells.get(self.selected) else {
            return Outcome::Stay(None);
        };
        let Some(query) = &cell.query else {
            app.notice = Some(app.words().no_such_query.to_owned());
            return Outcome::Stay(None);
        };
        app.leave();
        app.window.zen = false;
        app.window.focus = Focus::List;
        app.filter.line.set(query);
        Outcome::Close(Some(app.ask_anew()))
    }
}

impl FullScreen for Overview {
    fn mode(&self) -> Mode {
        Mode::Overview
    }

    fn title(&self, app: &App) -> String {
        let title = Label("总览", "overview").in_language(app.settings.language);
        let count = (app.words().cases)(self.cases.len());
        match self.base.as_str() {
            "" => format!("{title}  {count}"),
            base => format!("{title}  {count}  {base}"),
        }
    }

    fn position(&self, app: &App) -> String {
        match self.sheet.cells.get(self.selected) {
            Some(cell) => format!(
                "{}  {}",
                cell.name,
                (app.words().cases)(cell.cases as usize)
            ),
            None => String::new(),
        }
    }

    fn fit(&mut self, pane: Pane, app: &App) {
        self.pane = pane;
        if self.sheet.columns != pane.columns {
            self.lay_out(app);
        }
        self.reveal();
    }

    fn run(&mut self, command: Command, app: &mut App) -> Outcome {
        match command {
            Command::Move(motion) => self.step(motion),
            Command::Left => self.selected = self.selected.saturating_sub(1),
            Command::Right => {
                let last = self.sheet.cells.len().saturating_sub(1);
                self.selected = (self.selected + 1).min(last);
            }
            Command::NextSection => self.step_section(true),
            Command::PreviousSection => self.step_section(false),
            Command::Open => return self.open_selected(app),
            _ => return Outcome::Pass,
        }
        self.reveal();
        Outcome::Stay(None)
    }

    fn hint(&self, command: Command, label: Label) -> Option<Label> {
        match command {
            Command::Search => None,
            Command::Open => Some(Label("列出", "list")),
            Command::NextSection => Some(Label("下一项", "next part")),
            Command::PreviousSection => Some(Label("上一项", "part before")),
            _ => Some(label),
        }
    }

    fn press(&mut self, mouse: Mouse, app: &mut App) -> Outcome {
        if mouse.kind != MouseKind::Press {
            return Outcome::Stay(None);
        }
        let line = self.top + usize::from(mouse.row.saturating_sub(self.pane.y));
        let x = mouse.column.saturating_sub(self.pane.x);
        let is_under =
            |cell: &Cell| cell.line == line && (cell.x..cell.x + cell.columns).contains(&x);
        match self.sheet.cells.iter().position(is_under) {
            Some(at) => {
                self.selected = at;
                self.open_selected(app)
            }
            None => Outcome::Stay(None),
        }
    }
}

impl App {
    /// Opens the overview of the listed cases.
    pub(in crate::app) fn open_overview(&mut self) {
        let cases: Arc<[CaseIndex]> = self.list.hits().iter().map(|hit| hit.case).collect();
        if cases.is_empty() {
            self.notice = Some(self.words().no_cases_listed.to_owned());
            return;
        }
        let overview = Overview {
            cases,
            base: self.filter.text().trim().to_owned(),
            stats: None,
            has_topics: false,
            sheet: Sheet::default(),
            pane: Pane::default(),
            selected: 0,
            top: 0,
        };
        self.begin_count(&overview.cases);
        self.overlay.view = Some(View::Overview(Box::new(overview)));
    }

    fn begin_count(&mut self, cases: &Arc<[CaseIndex]>) {
        let topics = self.topic_indices();
        self.analysis
            .jobs
            .push_back(Job::Stats(Arc::clone(cases), topics));
    }

    /// Counts the cases again once their topics are known.
    pub(in crate::app) fn count_topics(&mut self) {
        if let Some(View::Overview(overview)) = &self.overlay.view {
            let cases = Arc::clone(&overview.cases);
            self.begin_count(&cases);
        }
    }

    /// Takes the counts, if their overview is still open.
    pub(in crate::app) fn take_stats(
        &mut self,
        cases: &Arc<[CaseIndex]>,
        stats: Arc<Stats>,
        has_topics: bool,
    ) {
        let Some(View::Overview(mut overview)) = self.overlay.view.take() else {
            return;
        };
        if Arc::ptr_eq(&overview.cases, cases) {
            overview.stats = Some(stats);
            overview.has_topics = has_topics;
            overview.lay_out(self);
        }
        self.overlay.view = Some(View::Overview(overview));
    }
}

impl Setter<'_> {
    fn say(&self, label: Label) -> &'static str {
        label.in_language(self.language)
    }

    fn width(&self, text: &str) -> u16 {
        width::of_str(text, self.ambiguous)
    }

    fn put(&mut self, x: u16, text: String, look: Look, cell: Option<usize>) {
        let line = self.sheet.lines;
        self.sheet.pieces.push(Piece {
            line,
            x,
            text,
            look,
            cell,
        });
    }

    fn end_line(&mut self) {
        self.sheet.lines += 1;
    }

    fn heading(&mut self, title: Label) {
        if self.sheet.lines > 0 {
            self.end_line();
        }
        self.sheet.sections.push(self.sheet.lines);
        self.put(1, self.say(title).to_owned(), Look::Heading, None);
        self.end_line();
    }

    fn note(&mut self, text: String) {
        self.put(MARGIN, text, Look::Note, None);
        self.end_line();
    }

    fn cell(
        &mut self,
        x: u16,
        columns: u16,
        cases: u32,
        name: String,
        query: Option<String>,
    ) -> usize {
        self.sheet.cells.push(Cell {
            line: self.sheet.lines,
            x,
            columns,
            cases,
            name,
            query,
        });
        self.sheet.cells.len() - 1
    }

    /// Returns the name of a value as shown.
    fn name(&self, field: Field, value: Option<&str>) -> String {
        let Some(value) = value else {
            let nothing = match field {
                Field::Year => Label("年份不详", "no year"),
                Field::Source => Label("（根目录）", "(top)"),
                _ => Label("未注明", "none"),
            };
            return self.say(nothing).to_owned();
        };
        if self.language == Language::English {
            let categories = Category::ALL.map(|known| (known.name(), known.english()));
            let kinds = Completeness::ALL.map(|known| (known.name(), known.english()));
            let mut names = categories.into_iter().chain(kinds);
            if let Some((_, english)) = names.find(|(chinese, _)| *chinese == value) {
                return english.to_owned();
            }
        }
        self.script.show(value).into_owned()
    }

    /// Returns the query that lists the cases of `query` with a value of a field, or without any of
    /// its values; `None` if that is too long.
    fn ask(&self, query: Option<&str>, asked: &Asked<'_>, value: Option<&str>) -> Option<String> {
        let query = query?;
        let asked_for = match value {
            Some(value) => query_edit::with_value(query, asked.field, None, value, self.language),
            None if asked.field == Field::Year => {
                let name = asked.field.name(self.language);
                format!("{query} -{name}:1-9999").trim_start().to_owned()
            }
            None => {
                let values = asked
                    .tallies
                    .iter()
                    .filter_map(|tally| tally.value.as_deref());
                let term = values.fold(String::new(), |term, value| {
                    query_edit::with_field(&term, asked.field, value, self.language)
                });
                if term.is_empty() {
                    query.to_owned()
                } else {
                    format!("{query} -{term}").trim_start().to_owned()
                }
            }
        };
        (asked_for.chars().count() <= query::LONGEST).then_some(asked_for)
    }

    fn summary(&mut self, stats: &Stats) {
        let known: Vec<&str> = stats
            .years
            .iter()
            .filter_map(|tally| tally.value.as_deref())
            .collect();
        let years = match (known.first(), known.last()) {
            (Some(first), Some(last)) if first != last => format!("{first}—{last}"),
            (Some(first), _) => (*first).to_owned(),
            (None, _) => String::new(),
        };
        let sizes = &stats.sizes;
        let text = match self.language {
            Language::Chinese => format!(
                "{} 个案例，{} 篇文档，共 {} 字  {years}",
                stats.cases, stats.documents, sizes.total
            ),
            Language::English => format!(
                "{} cases, {} documents, {} characters  {years}",
                stats.cases, stats.documents, sizes.total
            ),
        };
        self.note(text.trim_end().to_owned());
    }

    /// Adds a matrix with a row for each value of `rows` and a column for each year. If not all
    /// years fit, the latest are shown, and the others count only in the total.
    fn matrix(
        &mut self,
        title: Label,
        years: &Asked<'_>,
        rows: &Asked<'_>,
        matrix: &Matrix,
        all: u32,
    ) {
        self.heading(title);
        let names: Vec<String> = matrix
            .columns
            .iter()
            .map(|tally| self.name(rows.field, tally.value.as_deref()))
            .collect();
        let total = self.say(Label("合计", "total")).to_owned();
        let widest = names.iter().map(|name| self.width(name)).max().unwrap_or(0);
        let label = widest.max(self.width(&total)).min(LABEL);
        let first = MARGIN + label + 2;
        let room = self.sheet.columns.saturating_sub(first + NUMBER) / NUMBER;
        let skipped = matrix.rows.len().saturating_sub(usize::from(room.max(1)));
        if skipped > 0 {
            let said = match self.language {
                Language::Chinese => format!("较早的 {skipped} 个年度只计入合计"),
                Language::English => {
                    format!("the {skipped} earliest years count in the total only")
                }
            };
            self.note(said);
        }
        let base = self.base;
        let heads: Vec<(usize, u16)> = (skipped..matrix.rows.len())
            .zip(0..)
            .map(|(row, at)| (row, first + at * NUMBER))
            .collect();
        let end = first + heads.len() as u16 * NUMBER;
        for &(row, x) in &heads {
            let tally = &matrix.rows[row];
            let name = self.name(Field::Year, tally.value.as_deref());
            let query = self.ask(Some(base), years, tally.value.as_deref());
            let shown = match &tally.value {
                Some(_) => name.clone(),
                None => self.say(Label("不详", "none")).to_owned(),
            };
            self.number(x, shown, Look::Label, (tally.cases, name, query));
        }
        self.number(
            end,
            total.clone(),
            Look::Label,
            (all, total.clone(), Some(base.to_owned())),
        );
        self.end_line();
        for (column, name) in names.iter().enumerate() {
            let tally = &matrix.columns[column];
            let value = tally.value.as_deref();
            let of_row = self.ask(Some(base), rows, value);
            let columns = self.width(name).min(label);
            let cell = self.cell(MARGIN, columns, tally.cases, name.clone(), of_row.clone());
            let shown = width::truncate(name, label, self.ambiguous).to_string();
            self.put(MARGIN, shown, Look::Label, Some(cell));
            for &(row, x) in &heads {
                let cases = matrix.cells[row][column];
                let year = matrix.rows[row].value.as_deref();
                let query = self.ask(of_row.as_deref(), years, year);
                let name = format!("{name} {}", self.name(Field::Year, year));
                let shown = if cases == 0 {
                    ".".to_owned()
                } else {
                    cases.to_string()
                };
                self.number(x, shown, Look::Count, (cases, name, query));
            }
            self.number(
                end,
                tally.cases.to_string(),
                Look::Count,
                (tally.cases, name.clone(), of_row),
            );
            self.end_line();
        }
        self.put(MARGIN, total.clone(), Look::Note, None);
        for &(row, x) in &heads {
            let tally = &matrix.rows[row];
            let name = self.name(Field::Year, tally.value.as_deref());
            let query = self.ask(Some(base), years, tally.value.as_deref());
            self.number(
                x,
                tally.cases.to_string(),
                Look::Count,
                (tally.cases, name, query),
            );
        }
        self.number(
            end,
            all.to_string(),
            Look::Count,
            (all, total, Some(base.to_owned())),
        );
        self.end_line();
    }

    /// Adds a number or a head at the right of a column of a matrix.
    fn number(
        &mut self,
        x: u16,
        text: String,
        look: Look,
        (cases, name, query): (u32, String, Option<String>),
    ) {
        let cell = self.cell(x, NUMBER, cases, name, query);
        let x = x + NUMBER.saturating_sub(self.width(&text));
        self.put(x, text, look, Some(cell));
    }

    /// Adds bars side by side if all years fit, otherwise below one another.
    fn timeline(&mut self, years: &Asked<'_>) {
        let title = Label("时间线", "timeline");
        let count = years.tallies.len() as u16;
        let room = self.sheet.columns.saturating_sub(2 * MARGIN) / count.max(1);
        let bar = room.saturating_sub(1).min(*BARS.end());
        if bar < *BARS.start() {
            return self.bars(title, years);
        }
        self.heading(title);
        let line = self.sheet.lines;
        self.sheet.lines += usize::from(CHART_ROWS) - 1;
        let base = self.base;
        let mut bars = Vec::new();
        for (tally, at) in years.tallies.iter().zip(0..) {
            let name = self.name(Field::Year, tally.value.as_deref());
            let query = self.ask(Some(base), years, tally.value.as_deref());
            let x = MARGIN + at * (bar + 1);
            let cell = self.cell(x, bar, tally.cases, name, query);
            let label = match &tally.value {
                Some(year) => year.clone(),
                None => self.say(Label("不详", "none")).to_owned(),
            };
            bars.push((label, tally.cases, cell));
        }
        self.end_line();
        self.sheet.chart = Some(Chart {
            line,
            rows: CHART_ROWS,
            bar,
            bars,
        });
    }

    /// Adds a bar for each value, below one another.
    fn bars(&mut self, title: Label, asked: &Asked<'_>) {
        self.heading(title);
        let base = self.base;
        let rows: Vec<(String, u32, Option<String>)> = asked
            .tallies
            .iter()
            .map(|tally| {
                let value = tally.value.as_deref();
                let query = self.ask(Some(base), asked, value);
                (self.name(asked.field, value), tally.cases, query)
            })
            .collect();
        self.bar_rows(&rows);
    }

    fn bar_rows(&mut self, rows: &[(String, u32, Option<String>)]) {
        let widest = rows.iter().map(|(name, ..)| self.width(name)).max();
        let label = widest.unwrap_or(0).min(LABEL.min(self.sheet.columns / 3));
        let most = rows
            .iter()
            .map(|&(_, cases, _)| cases)
            .max()
            .unwrap_or(0)
            .max(1);
        let digits = most.to_string().len() as u16;
        let x = MARGIN + label + 2 + digits + 1;
        let room = self.sheet.columns.saturating_sub(x + 1).min(60);
        for (name, cases, query) in rows {
            let columns = x - MARGIN - 1;
            let cell = self.cell(MARGIN, columns, *cases, name.clone(), query.clone());
            let shown = width::truncate(name, label, self.ambiguous).to_string();
            self.put(MARGIN, shown, Look::Label, Some(cell));
            let digits = usize::from(digits);
            let number = format!("{cases:>digits$}");
            self.put(MARGIN + label + 2, number, Look::Count, Some(cell));
            let length = (u64::from(*cases) * u64::from(room)).div_ceil(u64::from(most)) as usize;
            self.put(x, "#".repeat(length), Look::Bar, None);
            self.end_line();
        }
    }

    fn sizes(&mut self, sizes: &Sizes) {
        self.heading(Label("篇幅（字数）", "sizes (characters)"));
        let (short, median, long) = (sizes.shortest, sizes.median, sizes.longest);
        let said = match self.language {
            Language::Chinese => format!("最短 {short}，中位 {median}，最长 {long}"),
            Language::English => format!("shortest {short}, median {median}, longest {long}"),
        };
        self.note(said);
        let base = self.base;
        let rows: Vec<(String, u32, Option<String>)> = sizes
            .steps
            .iter()
            .map(|step| {
                let range = step.name();
                let query =
                    query_edit::with_value(base, Field::Length, None, &range, self.language);
                (range, step.cases, Some(query))
            })
            .collect();
        self.bar_rows(&rows);
    }
}
