//! The tally, 汇总: the results of the scores by category, as far as the reader may see them. For
//! the office of a round that is not open yet, how much each juror has done.

mod agenda;

use std::sync::Arc;

use super::lines::{Line, Look};
use super::{FullScreen, Outcome, View};
use crate::app::App;
use crate::app::action::{Command, Motion};
use crate::app::commands::Mode;
use crate::app::panes::Pane;
use crate::app::words::Label;
use crate::jury::acts::Kind;
use crate::jury::exact::Exact;
use crate::jury::panel::{Names, Panel};
use crate::jury::papers;
use crate::jury::seat::Seat;
use crate::jury::settings::Mean;
use crate::jury::tally::{Case, Category, Tally as Sums};
use crate::jury::words;
use crate::key::{Mouse, MouseKind};
use crate::language::Language;
use crate::language::en::count_of;
use crate::text::width;
use crate::text::wrap::{self, Room};

/// Minimum columns for a title in the row of its case.
const TITLED: u16 = 100;

/// Minimum columns for all means.
const ALL_MEANS: u16 = 72;

/// Minimum columns of a title beside a wide id.
const LEAST_TITLE: u16 = 18;

/// Columns of a mean.
const NUMBER: u16 = 9;

/// The tally of a round.
#[derive(Clone, Debug)]
pub struct Tally {
    seat: Arc<Seat>,
    /// Whether the agenda of the discussion is shown.
    is_agenda: bool,
    lines: Vec<Line>,
    /// The lines of cases, with their positions in the docket.
    cases: Vec<(usize, usize)>,
    /// Index of the selected case in `cases`.
    selected: usize,
    top: usize,
    pane: Pane,
    language: Language,
}

impl Tally {
    /// Returns the lines in view.
    pub fn visible(&self) -> &[Line] {
        let end = (self.top + usize::from(self.pane.rows)).min(self.lines.len());
        &self.lines[self.top.min(end)..end]
    }

    fn set(&mut self, app: &App) {
        let mut setter = Setter {
            seat: &self.seat,
            app,
            columns: self.pane.columns,
            lines: Vec::new(),
            cases: Vec::new(),
        };
        match &self.seat.tally {
            Some(sums) if self.is_agenda => setter.agenda(sums),
            Some(sums) => setter.sums(sums),
            None => setter.progress(),
        }
        let (lines, cases) = (setter.lines, setter.cases);
        self.lines = lines;
        self.cases = cases;
        self.selected = self.selected.min(self.cases.len().saturating_sub(1));
        self.select();
    }

    /// Puts the bar before the selected case.
    fn select(&mut self) {
        for line in &mut self.lines {
            line.is_selected = false;
        }
        if let Some(&(line, _)) = self.cases.get(self.selected) {
            self.lines[line].is_selected = true;
        }
    }

    /// Returns the position of the selected case in the docket.
    fn case(&self) -> Option<usize> {
        self.cases.get(self.selected).map(|&(_, at)| at)
    }

    /// Switches between the agenda and the tally. The selected case stays selected.
    fn turn_agenda(&mut self, app: &App) {
        let case = self.case();
        self.is_agenda = !self.is_agenda;
        self.top = 0;
        self.set(app);
        let place = self.cases.iter().position(|&(_, at)| Some(at) == case);
        self.go(place.unwrap_or(0));
    }

    fn last_top(&self) -> usize {
        self.lines.len().saturating_sub(usize::from(self.pane.rows))
    }

    fn step(&mut self, motion: Motion) {
        let height = usize::from(self.pane.rows);
        let (screen, half) = (height.saturating_sub(1).max(1), (height / 2).max(1));
        let last = self.cases.len().saturating_sub(1);
        match motion {
            Motion::Up if self.selected == 0 => self.top = self.top.saturating_sub(1),
            Motion::Down if self.selected >= last => self.top += 1,
            Motion::Up => return self.go(self.selected - 1),
            Motion::Down => return self.go(self.selected + 1),
            Motion::HalfUp => self.top = self.top.saturating_sub(half),
            Motion::HalfDown => self.top += half,
            Motion::PageUp => self.top = self.top.saturating_sub(screen),
            Motion::PageDown => self.top += screen,
            Motion::First => {
                self.go(0);
                self.top = 0;
            }
            Motion::Last => {
                self.go(last);
                self.top = usize::MAX;
            }
        }
        self.top = self.top.min(self.last_top());
    }

    /// Selects a case and scrolls it into view, with the head of its category before it.
    fn go(&mut self, to: usize) {
        self.selected = to;
        self.select();
        let Some(&(line, _)) = self.cases.get(to) else {
            return;
        };
        let height = usize::from(self.pane.rows).max(1);
        // A title, and on a narrow screen the values without a column.
        let is_indented = |line: &&Line| line.cells.first().is_some_and(|cell| cell.x == 6);
        let below = self.lines[line + 1..]
            .iter()
            .take_while(is_indented)
            .count()
            .max(1);
        if line < self.top + 2 {
            self.top = line.saturating_sub(2);
        } else if line + below >= self.top + height {
            self.top = (line + below + 1).saturating_sub(height).min(line);
        }
        self.top = self.top.min(self.last_top());
    }
}

/// Lays out the lines.
struct Setter<'a> {
    seat: &'a Seat,
    app: &'a App,
    columns: u16,
    lines: Vec<Line>,
    cases: Vec<(usize, usize)>,
}

impl Setter<'_> {
    fn say(&self, label: Label) -> &'static str {
        label.in_language(self.app.settings.language)
    }

    fn width(&self, text: &str) -> u16 {
        width::of_str(text, self.app.settings.ambiguous)
    }

    /// Adds a sentence, in as many rows as it needs.
    fn sentence(&mut self, text: &str, look: Look) {
        let room = Room::even(self.columns.saturating_sub(2).max(4));
        for bytes in wrap::wrap(text, room, self.app.settings.ambiguous) {
            self.lines.push(Line::of(text[bytes].trim_end(), look));
        }
    }

    /// Adds a text below the row of its case, in as many rows as it needs.
    fn indented(&mut self, text: &str) {
        let room = Room::even(self.columns.saturating_sub(8).max(4));
        for bytes in wrap::wrap(text, room, self.app.settings.ambiguous) {
            let line = Line::default().with(6, text[bytes].trim_end(), Look::Note);
            self.lines.push(line);
        }
    }

    /// Adds names with their values below a row, as many in a row as fit.
    fn pairs(&mut self, pairs: Vec<(&'static str, String)>) {
        let mut row = String::new();
        for (name, value) in pairs {
            let pair = format!("{name} {value}");
            let columns = 6 + self.width(&row) + 2 + self.width(&pair);
            if !row.is_empty() && columns > self.columns {
                let full = std::mem::take(&mut row);
                self.lines.push(Line::default().with(6, full, Look::Note));
            }
            if !row.is_empty() {
                row.push_str("  ");
            }
            row.push_str(&pair);
        }
        if !row.is_empty() {
            self.lines.push(Line::default().with(6, row, Look::Note));
        }
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// Adds how much each juror has done.
    fn progress(&mut self) {
        let sealed = if self.seat.is_unsettled {
            words::unsettled()
        } else {
            words::sealed()
        };
        self.sentence(sealed.in_language(self.app.settings.language), Look::Note);
        self.blank();
        let all = self.seat.docket.cases.len();
        for (juror, done) in self.seat.round.jurors.iter().zip(&self.seat.done) {
            let Some(done) = done else { continue };
            let line = Line::of(self.name(&juror.name), Look::Plain);
            let x = 1 + self.name_columns();
            let line = line.with(x, format!("{done}/{all}"), Look::Value);
            self.lines.push(line);
        }
        self.troubles();
    }

    fn sums(&mut self, sums: &Sums) {
        for category in &sums.categories {
            self.category(sums, category);
        }
        if !sums.unplaced.is_empty() {
            let head = self.say(Label("未分类", "of no category"));
            self.lines.push(Line::of(head, Look::Heading));
            self.head();
            for &at in &sums.unplaced {
                self.case(at, &sums.cases[at]);
            }
            let language = self.app.settings.language;
            self.sentence(words::unplaced().in_language(language), Look::Plain);
            self.blank();
        }
        self.jurors(sums);
        let panel = Panel::of(&self.seat.round, Names::Signed);
        let missing = words::missing(&self.seat.sheets(), &panel);
        let language = self.app.settings.language;
        let missing: Vec<&str> = missing
            .iter()
            .map(|sentence| sentence.in_language(language))
            .collect();
        if !missing.is_empty() && self.seat.juror().is_none() {
            let name = self.say(Label("尚缺：", "missing: "));
            let between = self.say(Label("；", "; "));
            self.sentence(&format!("{name}{}", missing.join(between)), Look::Plain);
        }
        self.troubles();
        self.sentence(words::of_this_round(language), Look::Note);
    }

    /// Adds the notes, and what was left out of the files.
    fn troubles(&mut self) {
        let language = self.app.settings.language;
        for note in &self.seat.notes {
            self.sentence(note.in_language(language), Look::Plain);
        }
        for trouble in &self.seat.troubles {
            self.sentence(&trouble.message(language), Look::Note);
        }
    }

    /// Returns the means that fit, with their names. The one that decides the ranking has a star.
    fn means(&self) -> Vec<(Mean, String)> {
        let ranking = self.seat.round.mean;
        let is_shown = |mean: Mean| self.columns >= ALL_MEANS || mean == ranking;
        MEANS
            .into_iter()
            .filter(|&(mean, _)| is_shown(mean))
            .map(|(mean, name)| {
                let star = if mean == ranking { "*" } else { "" };
                (mean, format!("{star}{}", self.say(name)))
            })
            .collect()
    }

    /// Returns the column of the first number: after rank and id, and after a title if it fits.
    fn numbers(&self) -> u16 {
        if self.columns < TITLED {
            return 6 + self.id_columns();
        }
        // Number of scores, means, spread, result.
        self.columns - (NUMBER * 6 + 8)
    }

    /// Returns the columns for an id and the gap after it: the width of the widest, if there is
    /// room.
    fn id_columns(&self) -> u16 {
        let ids = self.seat.docket.cases.iter();
        let widest = ids.map(|case| self.width(&case.id)).max().unwrap_or(0);
        let most = if self.columns >= TITLED {
            // A title beside it keeps some columns.
            self.numbers().saturating_sub(6 + LEAST_TITLE).min(28)
        } else if self.columns >= ALL_MEANS {
            self.columns - (6 + NUMBER * 6 + 7)
        } else {
            self.columns.saturating_sub(6 + NUMBER * 2 + 7)
        };
        (widest + 2).min(most).max(6)
    }

    /// Returns an id for its column. If it is cut, its number is kept.
    fn id(&self, id: &str) -> String {
        let (room, ambiguous) = (self.id_columns() - 2, self.app.settings.ambiguous);
        if self.width(id) <= room {
            return id.to_owned();
        }
        let (head, number) = id.split_at(id.rfind('-').unwrap_or(id.len()));
        let left = room.saturating_sub(self.width(number));
        if left < 2 {
            return width::truncate(id, room, ambiguous).to_string();
        }
        // The mark of the cut is before the number.
        format!("{}{number}", width::truncate(head, left, ambiguous))
    }

    /// Returns the columns for the jurors' names and the gap after them.
    fn name_columns(&self) -> u16 {
        let jurors = self.seat.round.jurors.iter();
        let widest = jurors.map(|juror| self.width(&juror.name)).max();
        (widest.unwrap_or(0) + 2).clamp(13, (self.columns / 3).max(13))
    }

    /// Returns the name of a juror, cut to its column.
    fn name(&self, name: &str) -> String {
        let room = self.name_columns() - 2;
        width::truncate(name, room, self.app.settings.ambiguous).to_string()
    }

    fn category(&mut self, sums: &Sums, category: &Category) {
        let (name, places, all) = (
            category.name.as_str(),
            category.line.places,
            category.cases.len(),
        );
        let head = match self.app.settings.language {
            Language::Chinese => format!("{name}（名额 {places}，共 {all} 个）"),
            Language::English => {
                let places = count_of(places, "place");
                format!("{name} ({places} for {})", count_of(all, "case"))
            }
        };
        self.lines.push(Line::of(head, Look::Heading));
        self.head();
        let drawn = category.line.gap.is_some() && category.line.tied.is_empty();
        for (place, &at) in category.cases.iter().enumerate() {
            if drawn && place == places {
                let line = self.say(Label("— 名额线 —", "— the line —"));
                let gap = category.line.gap.as_ref().map(|gap| gap.half_up(2));
                let line = format!("{line}  {}", gap.unwrap_or_default());
                self.lines.push(Line::default().with(6, line, Look::Note));
            }
            self.case(at, &sums.cases[at]);
        }
        let panel = Panel::of(&self.seat.round, Names::Signed);
        let remarks = words::remarks(&self.seat.sheets(), sums, category, &panel);
        for remark in remarks {
            self.sentence(remark.in_language(self.app.settings.language), Look::Plain);
        }
        self.blank();
    }

    fn head(&mut self) {
        let rank = self.say(Label("名次", "rank"));
        let id = self.say(Label("编号", "id"));
        let mut line = Line::of(rank, Look::Note).with(6, id, Look::Note);
        if self.columns >= TITLED {
            let title = self.say(Label("案例", "case"));
            line = line.with(6 + self.id_columns(), title, Look::Note);
        }
        let mut x = self.numbers();
        line = line.with(x, self.say(Label("得分数", "scores")), Look::Note);
        x += NUMBER - 1;
        for (_, name) in self.means() {
            line = line.with(x, name, Look::Note);
            x += NUMBER;
        }
        if self.columns >= ALL_MEANS {
            line = line.with(x, self.say(SPREAD), Look::Note);
            x += NUMBER;
        }
        let line = line.with(x, self.say(Label("结果", "result")), Look::Note);
        self.lines.push(line);
    }

    fn case(&mut self, at: usize, result: &Case) {
        let case = &self.seat.docket.cases[at];
        let script = self.app.settings.script;
        let title = script.show(&case.title).into_owned();
        let rank = result.rank.map_or(NONE.to_owned(), |rank| rank.to_string());
        let is_chosen = result.chosen == Some(true);
        let look = if is_chosen { Look::Value } else { Look::Plain };
        let mut line = Line::of(rank, look).with(6, self.id(&case.id), Look::Plain);
        let numbers = self.numbers();
        if self.columns >= TITLED {
            let x = 6 + self.id_columns();
            let room = numbers.saturating_sub(x + 2);
            let title = width::truncate(&title, room, self.app.settings.ambiguous).to_string();
            line = line.with(x, title, look);
        }
        let mut x = numbers;
        let scores = format!("{}/{}", result.count, result.totals.len());
        line = line.with(x, scores, Look::Plain);
        x += NUMBER - 1;
        for (mean, _) in self.means() {
            let look = if mean == self.seat.round.mean {
                look
            } else {
                Look::Plain
            };
            line = line.with(x, papers::printed(result.ranking(mean)), look);
            x += NUMBER;
        }
        if self.columns >= ALL_MEANS {
            let spread = result
                .variance
                .as_ref()
                .map(|square| square.root_half_up(2));
            line = line.with(x, spread.unwrap_or(NONE.to_owned()), Look::Plain);
            x += NUMBER;
        }
        line = line.with(x, self.outcome(result), look);
        self.cases.push((self.lines.len(), at));
        self.lines.push(line);
        if self.columns < TITLED {
            let room = self.columns.saturating_sub(7);
            let title = width::truncate(&title, room, self.app.settings.ambiguous).to_string();
            self.lines.push(Line::default().with(6, title, Look::Note));
        }
        if self.columns < ALL_MEANS && result.count > 0 {
            self.details(result);
        }
    }

    /// Adds the values of a result that have no column, below it.
    fn details(&mut self, result: &Case) {
        let ranking = self.seat.round.mean;
        let others = MEANS.into_iter().filter(|&(mean, _)| mean != ranking);
        let mut said: Vec<(&str, String)> = others
            .map(|(mean, name)| (self.say(name), papers::printed(result.ranking(mean))))
            .collect();
        let spread = result
            .variance
            .as_ref()
            .map_or(NONE.to_owned(), |square| square.root_half_up(2));
        said.push((self.say(SPREAD), spread));
        self.pairs(said);
    }

    /// Returns on which side of the line a case is, and how many of its scores are far off.
    fn outcome(&self, result: &Case) -> String {
        let side = match result.chosen {
            Some(true) => self.say(Label("入选", "chosen")),
            Some(false) if result.voted_down => self.say(Label("未通过", "voted down")),
            Some(false) => "",
            None if result.rank.is_none() => "",
            None => self.say(Label("待决", "open")),
        };
        let flags = match result.flags.len() {
            0 => String::new(),
            count => format!(" ※{count}"),
        };
        format!("{side}{flags}").trim_start().to_owned()
    }

    /// Adds how much each juror has done, and how severe each is.
    fn jurors(&mut self, sums: &Sums) {
        let all = self.seat.docket.cases.len();
        let heads = [
            Label("评委", "juror"),
            Label("已完成", "done"),
            Label("本人平均", "own mean"),
            Label("较他人", "to others"),
            Label("最小二乘", "adjusted"),
        ];
        let behind = 1 + self.name_columns();
        let columns = [1, behind, behind + 10, behind + 21, behind + 32];
        let last = self.say(heads[4]);
        let is_narrow = self.columns < columns[4] + self.width(last);
        let shown = if is_narrow { 2 } else { heads.len() };
        let mut line = Line::default();
        for (head, x) in heads.into_iter().zip(columns).take(shown) {
            line = line.with(x, self.say(head), Look::Note);
        }
        self.lines.push(line);
        let jurors = self.seat.round.jurors.iter().zip(&sums.jurors);
        for ((juror, sum), done) in jurors.zip(&self.seat.done) {
            let done = done.map_or(NONE.to_owned(), |done| format!("{done}/{all}"));
            let signed = |value: &Option<Exact>| {
                value
                    .as_ref()
                    .map_or(NONE.to_owned(), |value| value.signed(2))
            };
            let cells = [
                self.name(&juror.name),
                done,
                papers::printed(sum.own.as_ref()),
                signed(&sum.severity),
                signed(&sum.effect),
            ];
            let below = heads
                .into_iter()
                .zip(&cells)
                .skip(shown)
                .map(|(head, cell)| (self.say(head), cell.clone()))
                .collect();
            let mut line = Line::default();
            for (cell, x) in cells.into_iter().zip(columns).take(shown) {
                line = line.with(x, cell, Look::Plain);
            }
            self.lines.push(line);
            self.pairs(below);
        }
    }
}

/// All means, with their names.
pub const MEANS: [(Mean, Label); 4] = [
    (Mean::Plain, Label("平均", "mean")),
    (Mean::Trimmed, Label("去极值", "trimmed")),
    (Mean::Median, Label("中位数", "median")),
    (Mean::Adjusted, Label("均衡后", "adjusted")),
];

/// The spread of the scores.
pub const SPREAD: Label = Label("标准差", "spread");

/// Sign for a missing value.
const NONE: &str = "—";

impl FullScreen for Tally {
    fn mode(&self) -> Mode {
        Mode::Tally
    }

    fn title(&self, app: &App) -> String {
        let title = if self.is_agenda {
            Label("讨论议程", "agenda")
        } else {
            Label("汇总", "tally")
        };
        let title = title.in_language(app.settings.language);
        format!("{title}  {}", self.seat.round.name)
    }

    fn position(&self, _app: &App) -> String {
        let id = self.case().map_or("", |at| &self.seat.docket.cases[at].id);
        let seen = (self.top + usize::from(self.pane.rows)).min(self.lines.len());
        let percent = (seen * 100).checked_div(self.lines.len()).unwrap_or(100);
        format!("{id}  {percent}%").trim_start().to_owned()
    }

    fn fit(&mut self, pane: Pane, app: &App) {
        let is_same = app.seat().is_some_and(|seat| Arc::ptr_eq(seat, &self.seat));
        let is_set = is_same
            && self.pane.columns == pane.columns
            && self.language == app.settings.language
            && !self.lines.is_empty();
        self.pane = pane;
        if !is_set {
            if let Some(seat) = app.seat() {
                self.seat = Arc::clone(seat);
            }
            self.language = app.settings.language;
            self.set(app);
        }
        self.top = self.top.min(self.last_top());
    }

    fn run(&mut self, command: Command, app: &mut App) -> Outcome {
        match command {
            Command::Move(motion) => self.step(motion),
            Command::Open => {
                let id = self.case().map(|at| self.seat.docket.cases[at].id.as_str());
                if let Some(case) = id.and_then(|id| app.corpus.find(id)) {
                    app.show_case(case);
                    return Outcome::Close(None);
                }
            }
            Command::Agenda if self.seat.tally.is_none() => {
                let why = words::sealed();
                app.notice = Some(why.in_language(app.settings.language).to_owned());
            }
            Command::Agenda => self.turn_agenda(app),
            Command::Minute => app.ask_for_act(Kind::Note, self.case()),
            Command::Vote => app.ask_for_act(Kind::Vote, self.case()),
            Command::Decide => app.ask_for_act(Kind::Order, self.case()),
            _ => return Outcome::Pass,
        }
        Outcome::Stay(None)
    }

    fn hint(&self, command: Command, label: Label) -> Option<Label> {
        match command {
            Command::Search => None,
            Command::Agenda if self.is_agenda => Some(Label("汇总", "tally")),
            Command::Agenda => Some(label).filter(|_| self.seat.tally.is_some()),
            Command::Minute => Some(label).filter(|_| self.seat.juror().is_none()),
            Command::Vote | Command::Decide => {
                let is_office = self.seat.juror().is_none();
                Some(label).filter(|_| is_office && !self.cases.is_empty())
            }
            Command::Open => Some(label).filter(|_| !self.cases.is_empty()),
            _ => Some(label),
        }
    }

    fn press(&mut self, mouse: Mouse, _app: &mut App) -> Outcome {
        let row = usize::from(mouse.row.saturating_sub(self.pane.y)) + self.top;
        let at = self.cases.iter().rposition(|&(line, _)| line <= row);
        if let Some(at) = at.filter(|_| mouse.kind == MouseKind::Press) {
            self.selected = at;
            self.select();
        }
        Outcome::Stay(None)
    }
}

impl App {
    /// Opens the tally; for a juror once the round is open.
    pub(in crate::app) fn open_tally(&mut self) {
        let Some(seat) = self.seat().map(Arc::clone) else {
            self.notice = Some(self.words().no_round.to_owned());
            return;
        };
        if seat.juror().is_some() && seat.tally.is_none() {
            let sentence = if seat.is_unsettled {
                words::unsettled()
            } else {
                words::not_open()
            };
            let language = self.settings.language;
            self.notice = Some(sentence.in_language(language).to_owned());
            return;
        }
        self.overlay.view = Some(View::Tally(Box::new(Tally {
            seat,
            is_agenda: false,
            lines: Vec::new(),
            cases: Vec::new(),
            selected: 0,
            top: 0,
            pane: Pane::default(),
            language: self.settings.language,
        })));
    }
}
