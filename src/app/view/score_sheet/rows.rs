//! The lines of the score sheet.

use super::super::lines::{Line, Look};
use super::{Marked, ScoreSheet};
use crate::app::App;
use crate::app::words::Label;
use crate::jury::asked;
use crate::jury::exact::Points;
use crate::jury::papers;
use crate::jury::seat::DraftLine;
use crate::jury::settings::{Criterion, Round};
use crate::jury::standing::Standing;
use crate::jury::words;
use crate::language::{Language, Sentence};
use crate::text::width;
use crate::text::wrap::{self, Room};

/// Column of values, after names of four Han characters.
const VALUE: u16 = 12;

/// Columns of a value.
const NUMBER: u16 = 8;

/// Minimum number of rows for claims and figures below one another.
const ROOMY: usize = 9;

/// Maximum number of rows of a sentence of the case.
const SENTENCE: usize = 3;

impl ScoreSheet {
    /// Returns the minimum number of lines of the sheet: state, requests, criteria, bands of one,
    /// total, comment.
    pub(super) fn least_rows(&self) -> usize {
        self.seat.round.criteria.len() + 5 + self.asks().count()
    }

    /// Yields what the juror is asked for: a choice, to confirm points, a sentence on a score.
    fn asks(&self) -> impl Iterator<Item = Sentence> + use<> {
        let (seat, case) = (&self.seat, self.case);
        let asked = [
            asked::waiting(seat),
            asked::unconfirmed(seat, case),
            asked::own_flag(seat, case),
        ];
        asked.into_iter().flatten()
    }

    /// Lays out the lines.
    pub(super) fn set_lines(&mut self, app: &App) {
        let (_, pane) = self.parts();
        let mut sheet = Setter {
            sheet: self,
            app,
            columns: pane.columns.saturating_sub(2),
            language: app.settings.language,
            lines: Vec::new(),
            caret: None,
        };
        sheet.state();
        sheet.asked();
        for criterion in 0..self.seat.round.criteria.len() {
            sheet.criterion(criterion);
        }
        sheet.bands(pane.rows);
        sheet.total();
        sheet.comment();
        let rows = usize::from(pane.rows);
        sheet.of_this_round(rows);
        sheet.evidence(rows);
        let (mut lines, caret) = (sheet.lines, sheet.caret);
        // On a low screen, the first lines give way to the current field.
        let selected = lines.iter().position(|line| line.is_selected);
        let last = caret.map(|(line, _)| line).or(selected).unwrap_or(0);
        let hidden = (last + 1).saturating_sub(rows);
        lines.drain(..hidden.min(lines.len()));
        lines.truncate(rows);
        self.caret = caret.map(|(line, x)| (line - hidden, x));
        self.lines = lines;
    }
}

struct Setter<'a> {
    sheet: &'a ScoreSheet,
    app: &'a App,
    columns: u16,
    language: Language,
    lines: Vec<Line>,
    caret: Option<(usize, u16)>,
}

impl Setter<'_> {
    fn say(&self, label: Label) -> &'static str {
        label.in_language(self.language)
    }

    fn width(&self, text: &str) -> u16 {
        width::of_str(text, self.app.settings.ambiguous)
    }

    /// Returns the rows of a text in so many columns.
    fn wrapped(&self, text: &str, columns: u16) -> Vec<String> {
        let room = Room::even(columns.max(4));
        let rows = wrap::wrap(text, room, self.app.settings.ambiguous).into_iter();
        rows.map(|bytes| text[bytes].trim_end().to_owned())
            .collect()
    }

    /// Returns a name, cut to so many columns.
    fn cut(&self, name: &str, columns: u16) -> String {
        width::truncate(name, columns, self.app.settings.ambiguous).to_string()
    }

    /// Adds the state of the case for the juror.
    fn state(&mut self) {
        let own = self.sheet.seat.own(self.sheet.case);
        let state = own.map(|held| words::state(&held.standing));
        let state = state.map_or(String::new(), |state| {
            state.in_language(self.language).to_owned()
        });
        let name = self.say(Label("状态", "state"));
        let rows = self.wrapped(&state, self.columns.saturating_sub(VALUE));
        for (at, row) in rows.into_iter().take(2).enumerate() {
            let line = if at == 0 {
                Line::of(name, Look::Note)
            } else {
                Line::default()
            };
            self.lines.push(line.with(VALUE, row, Look::Heading));
        }
    }

    /// Adds what the juror is asked for.
    fn asked(&mut self) {
        for sentence in self.sheet.asks() {
            let text = sentence.in_language(self.language);
            let rows = self.wrapped(text, self.columns.saturating_sub(1));
            for row in rows.into_iter().take(2) {
                self.lines.push(Line::of(row, Look::Here));
            }
        }
    }

    /// Returns the column of values: after the longest name.
    fn value_column(&self) -> u16 {
        let criteria = self.sheet.seat.round.criteria.iter();
        let widest = criteria.map(|criterion| self.width(&criterion.name)).max();
        let most = self.columns.saturating_sub(NUMBER + self.behind());
        (widest.unwrap_or(0) + 2).max(VALUE).min(most.max(4))
    }

    /// Returns the number of columns after a value: for its maximum, and the first score. Names are
    /// cut to leave room for them.
    fn behind(&self) -> u16 {
        let round = &self.sheet.seat.round;
        let of_criterion = |(rule, at): (&Criterion, usize)| {
            let most = self.width(&most(round, rule));
            let first = self.first(at);
            most + first.map_or(0, |first| 2 + self.width(&first))
        };
        let criteria = round.criteria.iter().zip(0..);
        let widest = criteria.map(of_criterion).max().unwrap_or(0);
        let total = self.width(&format!("/ {}", round.full()));
        let first = self.first_total().map_or(0, |first| 2 + self.width(&first));
        widest.max(total + first)
    }

    /// Returns the first total, in a revision.
    fn first_total(&self) -> Option<String> {
        let seat = &self.sheet.seat;
        let first = seat.own(self.sheet.case)?.first.as_deref()?;
        let name = self.say(Label("初评", "first"));
        seat.is_revision()
            .then(|| format!("{name} {}", papers::total(&seat.round, Some(first))))
    }

    /// Returns which values there are, if the typed text is not a value of the criterion.
    fn range(&self, criterion: usize, text: &str) -> Option<String> {
        if text.trim().is_empty() {
            return None;
        }
        self.sheet.seat.points(criterion, text).err()?;
        let round = &self.sheet.seat.round;
        let rule = &round.criteria[criterion];
        let is_off_step = Points::parse(text).is_some_and(|points| points <= round.most(rule));
        Some(if is_off_step {
            let name = self.say(Label("每档", "steps of"));
            format!("{name} {}", round.step)
        } else {
            let name = self.say(Label("应为", "enter"));
            format!("{name} 0–{}", round.most(rule))
        })
    }

    fn criterion(&mut self, criterion: usize) {
        let sheet = self.sheet;
        let round = &sheet.seat.round;
        let rule = &round.criteria[criterion];
        let x = self.value_column();
        let name = self.cut(&rule.name, x.saturating_sub(2));
        let is_here = sheet.field == criterion;
        let mut line = Line::of(name, Look::Plain).selected(is_here);
        let typed = sheet
            .line
            .as_ref()
            .filter(|line| is_here && line.kind == DraftLine::Points);
        let given = sheet.values[criterion];
        let mut range = None;
        let shown = match typed {
            Some(typed) => {
                let (bytes, caret) = typed.edit.view(NUMBER - 1, self.app.settings.ambiguous);
                let text = typed.edit.text();
                self.caret = Some((self.lines.len(), x + caret));
                line = line.with(x, &text[bytes], Look::Typed);
                range = self.range(criterion, text);
                self.sheet.seat.points(criterion, text).ok()
            }
            None => {
                let waiting = sheet.waiting(criterion);
                let points = given.or(waiting);
                let text = points.map_or(NONE.to_owned(), |points| points.to_string());
                let look = if waiting.is_some() {
                    Look::Note
                } else {
                    Look::Value
                };
                line = line.with(x, text, look);
                points
            }
        };
        let most = most(round, rule);
        let mut x = x + NUMBER;
        line = line.with(x, &*most, Look::Note);
        x += self.width(&most) + 2;
        if let Some(range) = range {
            self.lines.push(line.with(x, range, Look::Here));
            return;
        }
        let first = self.first(criterion);
        if let Some(band) = shown.and_then(|points| round.band(criterion, points)) {
            let kept = first.as_ref().map_or(0, |first| 2 + self.width(first));
            let name = self.cut(&band.name, self.columns.saturating_sub(x + kept));
            let columns = self.width(&name);
            line = line.with(x, name, Look::Plain);
            x += if columns > 0 { columns + 2 } else { 0 };
        }
        if let Some(first) = first {
            line = line.with(x, first, Look::Note);
        }
        self.lines.push(line);
    }

    /// Returns the first score of a criterion, if there is a revised one.
    fn first(&self, criterion: usize) -> Option<String> {
        let own = self.sheet.seat.own(self.sheet.case)?;
        let first = own.first.as_ref()?[criterion];
        let is_revised = own.revised.is_some() || self.sheet.seat.is_revision();
        let name = self.say(Label("初评", "first"));
        is_revised.then(|| match first {
            Some(points) => format!("{name} {points}"),
            None => format!("{name} {NONE}"),
        })
    }

    /// Adds the bands of the current criterion, one per line if there is room.
    fn bands(&mut self, rows: u16) {
        let round = &self.sheet.seat.round;
        let Some(rule) = round.criteria.get(self.sheet.field) else {
            let help = Label(
                "回车写评语；n 下一个未评的案例",
                "Enter writes the comment; n goes to the next open case",
            );
            self.lines.push(Line::of(self.say(help), Look::Note));
            return;
        };
        let mut upper = round.most(rule);
        let room = self.columns.saturating_sub(4);
        let bands: Vec<String> = rule
            .bands
            .iter()
            .map(|band| {
                let range = if band.from == upper {
                    upper.to_string()
                } else {
                    format!("{}–{upper}", band.from)
                };
                upper = Points::of_units((band.from.units() - round.step.units()).max(0));
                let name = self.cut(&band.name, room.saturating_sub(1 + self.width(&range)));
                format!("{name} {range}")
            })
            .collect();
        if bands.is_empty() {
            let range = format!("0–{}", round.most(rule));
            self.lines.push(Line::of(range, Look::Note));
            return;
        }
        let typed = self
            .sheet
            .line
            .as_ref()
            .filter(|line| line.kind == DraftLine::Points);
        let given = match typed {
            Some(typed) => {
                let seat = &self.sheet.seat;
                seat.points(self.sheet.field, typed.edit.text()).ok()
            }
            None => self.sheet.values[self.sheet.field],
        };
        let here = given.and_then(|points| rule.bands.iter().position(|band| points >= band.from));
        let look = |at: usize| {
            if here == Some(at) {
                Look::Here
            } else {
                Look::Note
            }
        };
        let enough = usize::from(rows) >= self.sheet.least_rows() + bands.len() + 4;
        if self.sheet.is_side_by_side() && enough {
            for (at, band) in bands.iter().enumerate() {
                let sign = if here == Some(at) { "*" } else { " " };
                let text = format!("{sign} {band}");
                self.lines.push(Line::default().with(3, text, look(at)));
            }
            return;
        }
        let mut line = Line::default();
        let mut x = 1;
        for (at, band) in bands.iter().enumerate() {
            let band = if here == Some(at) {
                format!("*{band}")
            } else {
                band.clone()
            };
            let columns = self.width(&band);
            if x > 1 && x + columns > self.columns {
                self.lines.push(std::mem::take(&mut line));
                x = 1;
            }
            line = line.with(x, band, look(at));
            x += columns + 2;
        }
        self.lines.push(line);
    }

    fn total(&mut self) {
        let sheet = self.sheet;
        let round = &sheet.seat.round;
        let name = self.say(Label("本轮总分", "this round"));
        let x = self.value_column();
        let mut values = sheet.values.clone();
        let typed = sheet.line.as_ref();
        if let Some(typed) = typed.filter(|line| line.kind == DraftLine::Points) {
            values[sheet.field] = sheet.seat.points(sheet.field, typed.edit.text()).ok();
        }
        let own = sheet.seat.own(sheet.case);
        let is_unconfirmed =
            own.is_some_and(|own| matches!(own.standing, Standing::Unconfirmed(_)));
        if is_unconfirmed && typed.is_none() && values.iter().all(Option::is_none) {
            values = (0..values.len()).map(|at| sheet.waiting(at)).collect();
        }
        // A recusal or an abstention misses no score.
        let is_out = own.is_some_and(|own| {
            matches!(own.standing, Standing::Recused { .. } | Standing::Abstained)
        });
        let total = papers::total(round, Some(&*values).filter(|_| !is_out));
        let full = format!("/ {}", round.full());
        let mut line = Line::of(name, Look::Plain)
            .with(x, total, Look::Value)
            .with(x + NUMBER, &*full, Look::Note);
        let x = x + NUMBER + self.width(&full) + 2;
        if let Some(first) = self.first_total() {
            line = line.with(x, first, Look::Note);
        } else {
            let criteria = round.criteria.iter().zip(&values);
            let missing: Vec<&str> = criteria
                .filter(|(_, points)| points.is_none())
                .map(|(rule, _)| rule.name.as_str())
                .collect();
            if !is_out && !missing.is_empty() && missing.len() < values.len() {
                let name = self.say(Label("还差", "missing"));
                let text = format!("{name} {}", missing.join("、"));
                line = line.with(x, text, Look::Note);
            }
        }
        self.lines.push(line);
    }

    /// Adds the line that is being written, or the comment and the statements.
    fn comment(&mut self) {
        let sheet = self.sheet;
        let is_here = sheet.field == sheet.seat.round.criteria.len();
        let typed = sheet
            .line
            .as_ref()
            .filter(|line| line.kind != DraftLine::Points);
        let name = match typed.map(|line| line.kind) {
            Some(DraftLine::Ground) => Label("回避理由", "ground"),
            Some(DraftLine::Statement) => Label("说明", "statement"),
            _ => Label("评语", "comment"),
        };
        let name = self.say(name);
        let x = VALUE;
        let room = self.columns.saturating_sub(x).max(4);
        if let Some(typed) = typed {
            let (bytes, caret) = typed.edit.view(room, self.app.settings.ambiguous);
            self.caret = Some((self.lines.len(), x + caret));
            let text = &typed.edit.text()[bytes];
            let line = Line::of(name, Look::Plain).selected(true);
            self.lines.push(line.with(x, text, Look::Typed));
            return;
        }
        let own = sheet.seat.own(sheet.case);
        let statements = own.map_or(&[][..], |held| held.statements.as_slice());
        let mut texts = vec![(name, sheet.comment.as_str())];
        let statement = self.say(Label("说明", "statement"));
        texts.extend(statements.iter().map(|text| (statement, text.as_str())));
        for (at, (name, text)) in texts.into_iter().enumerate() {
            let rows = self.wrapped(if text.is_empty() { NONE } else { text }, room);
            let count = rows.len();
            for (row, mut text) in rows.into_iter().take(SENTENCE).enumerate() {
                if row + 1 == SENTENCE && count > SENTENCE {
                    text.push('…');
                }
                let line = if row == 0 {
                    Line::of(name, Look::Plain).selected(is_here && at == 0)
                } else {
                    Line::default()
                };
                self.lines.push(line.with(x, text, Look::Plain));
            }
        }
    }

    /// Adds the note that the scores are the round's own, if there is room.
    fn of_this_round(&mut self, rows: usize) {
        let text = words::of_this_round(self.language);
        let said = self.wrapped(text, self.columns.saturating_sub(1));
        if rows >= self.lines.len() + said.len() + 3 {
            let said = said.into_iter().map(|row| Line::of(row, Look::Note));
            self.lines.extend(said);
        }
    }

    /// Adds the claims and the figures of the case, as far as there is room.
    fn evidence(&mut self, rows: usize) {
        let sheet = self.sheet;
        let Some(index) = sheet.index(self.app) else {
            return;
        };
        let text: Vec<char> = self.app.corpus.get(index).text().chars().collect();
        let quote = |range: &std::ops::Range<u32>| -> String {
            let run: String = text
                .get(range.start as usize..range.end as usize)
                .unwrap_or_default()
                .iter()
                .collect();
            self.app.settings.script.show(&run).into_owned()
        };
        let claims: Vec<String> = sheet
            .claims_here()
            .iter()
            .map(|claim| quote(&claim.sentence))
            .collect();
        let figures: Vec<String> = sheet
            .figures
            .iter()
            .map(|found| {
                let quote = quote(&found.figure.span);
                match found.figure.counts.as_str() {
                    "" => quote,
                    counts => format!("{} {quote}", self.app.settings.script.show(counts)),
                }
            })
            .collect();
        let (claim, figure) = match sheet.marked {
            Some(Marked::Claim(at)) => (Some(at), None),
            Some(Marked::Figure(at)) => (None, Some(at)),
            None => (None, None),
        };
        let left = rows.saturating_sub(self.lines.len());
        let name = sheet.seat.round.criteria.get(sheet.field);
        let name = name.map_or("", |criterion| criterion.name.as_str());
        let title = format!("{} {name}", self.say(Label("依据", "evidence")));
        let for_figures = match (claim, figure) {
            _ if figures.is_empty() => 0,
            (None, Some(_)) if left < ROOMY => left,
            _ if left < ROOMY => 0,
            _ => left / 3,
        };
        let for_claims = left - for_figures;
        self.list(title.trim_end(), &claims, claim, for_claims, SENTENCE);
        let left = rows.saturating_sub(self.lines.len());
        let title = self.say(Label("关键数字", "figures"));
        self.list(title, &figures, figure, left, 1);
    }

    /// Adds a heading with the number of texts, and as many texts as fit, from the marked one on.
    fn list(&mut self, title: &str, texts: &[String], at: Option<usize>, rows: usize, most: usize) {
        if rows < 2 {
            return;
        }
        let count = match at {
            Some(at) => format!("{}/{}", at + 1, texts.len()),
            None => texts.len().to_string(),
        };
        let mut left = rows - 1;
        if rows >= ROOMY / 2 {
            self.lines.push(Line::default());
            left -= 1;
        }
        let head = format!("{title}  {count}");
        self.lines.push(Line::of(head, Look::Heading));
        for (text, place) in texts.iter().zip(0..).skip(at.unwrap_or(0)) {
            let mut rows = self.wrapped(text.trim(), self.columns.saturating_sub(3));
            let most = most.min(left);
            if rows.len() > most {
                rows.truncate(most);
                if let Some(last) = rows.last_mut() {
                    last.push('…');
                }
            }
            left -= rows.len();
            for (row, text) in rows.into_iter().enumerate() {
                let sign = if row == 0 { "·" } else { "" };
                let look = if at == Some(place) {
                    Look::Here
                } else {
                    Look::Plain
                };
                let line = Line::of(sign, Look::Note).with(3, text, look);
                self.lines.push(line);
            }
        }
    }
}

/// Returns the maximum of a criterion, as it is printed after a value.
fn most(round: &Round, rule: &Criterion) -> String {
    format!("/ {}", round.most(rule))
}

/// Sign for missing points: a blank is never zero.
const NONE: &str = "—";
