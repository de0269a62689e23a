//! The agenda of the discussion: cases near the line of their quota, then those on which the jurors
//! differ most. Below each is what was said and voted on it.

use super::{NONE, NUMBER, Setter, TITLED};
use crate::app::view::lines::{Line, Look};
use crate::app::words::Label;
use crate::jury::agenda::{self, AgendaItem};
use crate::jury::exact::Exact;
use crate::jury::office::Act;
use crate::jury::papers;
use crate::jury::tally::Tally as Sums;
use crate::jury::words;
use crate::text::width;

const HEADS: [Label; 5] = [
    Label("名次", "rank"),
    Label("得分", "mean"),
    Label("距线", "to line"),
    Label("极差", "range"),
    Label("提示", "remark"),
];

impl Setter<'_> {
    pub(super) fn agenda(&mut self, sums: &Sums) {
        let items = agenda::agenda(sums, self.seat.round.mean, &Exact::new(agenda::NEAR, 1));
        let order = Label(
            "先列跨名额线并列的和离名额线近的案例，再按极差从大到小。",
            "Cases tied across the line and near it first, then by the range of their scores.",
        );
        self.sentence(self.say(order), Look::Note);
        self.of_the_round();
        self.agenda_head();
        for (item, number) in items.iter().zip(1..) {
            self.item(sums, item, number);
        }
        self.blank();
        self.sentence(words::of_this_round(self.app.settings.language), Look::Note);
    }

    /// Returns the column of the first number.
    fn agenda_numbers(&self) -> u16 {
        if self.columns < TITLED {
            6 + self.id_columns()
        } else {
            self.columns - (NUMBER * 4 + 14)
        }
    }

    fn agenda_head(&mut self) {
        let mut line = Line::default();
        line = line.with(1, self.say(Label("次序", "no.")), Look::Note);
        line = line.with(6, self.say(Label("编号", "id")), Look::Note);
        if self.columns >= TITLED {
            let title = self.say(Label("案例", "case"));
            line = line.with(6 + self.id_columns(), title, Look::Note);
        }
        let mut x = self.agenda_numbers();
        for head in HEADS.into_iter().take(self.agenda_shown()) {
            line = line.with(x, self.say(head), Look::Note);
            x += NUMBER;
        }
        self.lines.push(line);
    }

    /// Returns the number of cells that have columns of their own.
    fn agenda_shown(&self) -> usize {
        let room = self.columns.saturating_sub(self.agenda_numbers());
        if room >= NUMBER * 5 { 5 } else { 2 }
    }

    fn item(&mut self, sums: &Sums, item: &AgendaItem, number: usize) {
        let case = &self.seat.docket.cases[item.case];
        let result = &sums.cases[item.case];
        let title = self.app.settings.script.show(&case.title).into_owned();
        let mut line = Line::of(number.to_string(), Look::Plain);
        line = line.with(6, self.id(&case.id), Look::Plain);
        let mut x = self.agenda_numbers();
        let beside = self.columns >= TITLED;
        let (column, room) = if beside {
            let column = 6 + self.id_columns();
            (column, x.saturating_sub(column + 2))
        } else {
            (6, self.columns.saturating_sub(7))
        };
        let title = width::truncate(&title, room, self.app.settings.ambiguous).to_string();
        if beside {
            line = line.with(column, title.clone(), Look::Plain);
        }
        let mut remarks = Vec::new();
        if item.tied {
            remarks.push(self.say(Label("跨线并列", "tied")).to_owned());
        }
        if item.flags > 0 {
            remarks.push(format!("※{}", item.flags));
        }
        let cells = [
            result.rank.map_or(NONE.to_owned(), |rank| rank.to_string()),
            papers::printed(result.ranking(self.seat.round.mean)),
            papers::printed(item.from_line.as_ref()),
            papers::printed(item.range.as_ref()),
            remarks.join(" "),
        ];
        let shown = self.agenda_shown();
        let below = HEADS
            .into_iter()
            .zip(&cells)
            .skip(shown)
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(head, cell)| (self.say(head), cell.clone()))
            .collect();
        for cell in cells.into_iter().take(shown) {
            line = line.with(x, cell, Look::Plain);
            x += NUMBER;
        }
        self.cases.push((self.lines.len(), item.case));
        self.lines.push(line);
        if !beside {
            self.lines
                .push(Line::default().with(column, title, Look::Note));
        }
        self.pairs(below);
        let id = case.id.clone();
        self.said(|of| of == id);
    }

    /// Adds what was noted on the round as a whole.
    fn of_the_round(&mut self) {
        self.said(str::is_empty);
    }

    /// Adds what the office recorded on a case, oldest first.
    fn said(&mut self, is_it: impl Fn(&str) -> bool) {
        let language = self.app.settings.language;
        let members = self.seat.round.jurors.len() as u32;
        let mut texts = Vec::new();
        for act in &self.seat.acts {
            texts.push(match act {
                Act::Note { case, text } if is_it(case) => {
                    format!("{}{text}", self.say(Label("讨论：", "note: ")))
                }
                Act::Vote { case, .. } if is_it(case) => {
                    let Some(vote) = act.vote(members) else {
                        continue;
                    };
                    let vote = words::voted(vote);
                    let name = self.say(Label("表决：", "vote: "));
                    format!("{name}{}", vote.in_language(language))
                }
                Act::Order { cases, reason } if cases.iter().any(|case| is_it(case)) => {
                    let name = self.say(Label("次序：", "order: "));
                    format!("{name}{}  {reason}", cases.join("、"))
                }
                _ => continue,
            });
        }
        for text in texts {
            self.indented(&text);
        }
    }
}
