//! A round by lines: a juror's score sheet, and the tally.

use std::cell::RefCell;
use std::io::{self, Write};

use super::Session;
use crate::app::view::tally::{MEANS, SPREAD};
use crate::app::words::Label;
use crate::corpus::CaseIndex;
use crate::jury::asked;
use crate::jury::panel::{Names, Panel};
use crate::jury::papers;
use crate::jury::said;
use crate::jury::seat::Seat;
use crate::jury::tally::Tally;
use crate::jury::{time, words};
use crate::round::sitting::Sitting;
use crate::store;

impl<'a, W: Write> Session<'a, W> {
    /// The reader at the round, or a sentence that there is none.
    fn sitting(&mut self) -> io::Result<Option<&'a RefCell<Sitting>>> {
        if self.means.round.is_none() {
            self.say(NO_ROUND)?;
        }
        Ok(self.means.round)
    }

    /// The juror's sheet: without words that of the case that is read; with `n` the next
    /// case that is not done; with items an entry.
    pub(super) fn score(&mut self, text: &str) -> io::Result<()> {
        let reading = self.reading;
        let Some(sitting) = self.sitting()? else {
            return Ok(());
        };
        let seat = sitting.borrow().seat();
        if seat.juror().is_none() {
            return self.say(NO_JUROR);
        }
        let find = |case: CaseIndex| seat.docket.find(&self.corpus.get(case).case.id.0);
        let here = reading.and_then(find);
        let goes_on = text == "n" || here.is_none() && text.is_empty();
        if goes_on {
            let Some(next) = seat.next_open(here) else {
                return self.say(ALL_DONE);
            };
            if let Some(case) = self.corpus.find(&seat.docket.cases[next].id) {
                self.read(case)?;
            }
            return self.sheet(&seat, next);
        }
        let Some(here) = here else {
            return self.say(super::NOTHING_READ);
        };
        if text.is_empty() {
            return self.sheet(&seat, here);
        }
        let items = said::items(&seat, text);
        let said = match said::choice(&seat, &items) {
            Ok(None) => said::writing(&seat, here, &items),
            Ok(Some(choice)) => Ok(choice),
            Err(why) => Err(why),
        };
        let writing = match said {
            Ok(writing) => writing,
            Err(why) => return writeln!(self.out, "{}", why.in_language(self.language)),
        };
        let time = time::written(store::now());
        let entered = sitting.borrow_mut().enter(writing, time);
        if let Err(error) = entered {
            for sentence in error.messages(self.language) {
                writeln!(self.out, "{sentence}")?;
            }
            return Ok(());
        }
        let seat = sitting.borrow().seat();
        self.sheet(&seat, here)
    }

    /// The sheet of a case.
    fn sheet(&mut self, seat: &Seat, case: usize) -> io::Result<()> {
        let language = self.language;
        let say = |label: Label| label.in_language(language);
        let Some(own) = seat.own(case) else {
            return Ok(());
        };
        let round = &seat.round;
        let colon = say(Label("：", ": "));
        let state = words::state(&own.standing);
        let (id, state) = (&seat.docket.cases[case].id, state.in_language(language));
        writeln!(self.out, "{id}  {state}")?;
        let points = own.points();
        for (at, criterion) in round.criteria.iter().enumerate() {
            let given = points.and_then(|points| points[at]);
            let shown = given.map_or("—".to_owned(), |given| given.to_string());
            let most = round.most(criterion);
            let band = given.and_then(|given| round.band(at, given));
            let band = band.map_or("", |band| band.name.as_str());
            let bands = criterion
                .bands
                .iter()
                .map(|band| format!("{} {}", band.name, band.from))
                .collect::<Vec<_>>()
                .join(say(Label("，", ", ")));
            let from = say(Label("等次最低分", "bands from"));
            let name = &criterion.name;
            writeln!(
                self.out,
                "{name}{colon}{shown} / {most} {band}  {from} {bands}"
            )?;
            let first = own.first.as_ref().filter(|_| seat.is_revision());
            if let Some(first) = first.and_then(|first| first[at]) {
                writeln!(self.out, "  {} {first}", say(Label("初评", "first")))?;
            }
        }
        let total = papers::counted(round, own);
        let (name, full) = (say(Label("本轮总分", "total of this round")), round.full());
        writeln!(self.out, "{name}{colon}{total} / {full}")?;
        if !own.comment.is_empty() {
            let name = say(Label("评语", "comment"));
            writeln!(self.out, "{name}{colon}{}", own.comment)?;
        }
        if let Some(waiting) = asked::waiting(seat) {
            writeln!(self.out, "{}", waiting.in_language(language))?;
        }
        for content in &seat.contents {
            let (name, said) = asked::content(content);
            let key = say(Label("保留", "keep"));
            writeln!(self.out, "F {key}={name}  {}", said.in_language(language))?;
        }
        let asked = [asked::unconfirmed(seat, case), asked::own_flag(seat, case)];
        for sentence in asked.into_iter().flatten() {
            writeln!(self.out, "{}", sentence.in_language(language))?;
        }
        let done = seat.juror().and_then(|at| seat.done[at]).unwrap_or(0);
        let all = seat.docket.cases.len();
        let name = say(Label("已完成", "done"));
        writeln!(self.out, "{name} {done}/{all}")?;
        writeln!(self.out, "{}", words::of_this_round(language))
    }

    /// The tally, as far as the reader may see it.
    pub(super) fn tally(&mut self) -> io::Result<()> {
        let Some(sitting) = self.sitting()? else {
            return Ok(());
        };
        let seat = sitting.borrow().seat();
        let language = self.language;
        let Some(sums) = &seat.tally else {
            let why = if seat.is_unsettled {
                words::unsettled()
            } else if seat.juror().is_some() {
                words::not_open()
            } else {
                words::sealed()
            };
            writeln!(self.out, "{}", why.in_language(language))?;
            return self.progress(&seat);
        };
        let panel = Panel::of(&seat.round, Names::Signed);
        for category in &sums.categories {
            let places = category.line.places;
            let label = Label("名额", "places").in_language(language);
            writeln!(self.out, "{}  {label} {places}", category.name)?;
            for &at in &category.cases {
                self.tally_row(&seat, sums, at)?;
            }
            for remark in words::remarks(&seat.sheets(), sums, category, &panel) {
                writeln!(self.out, "{}", remark.in_language(language))?;
            }
        }
        if !sums.unplaced.is_empty() {
            let label = Label("未分类", "of no category").in_language(language);
            writeln!(self.out, "{label}")?;
            for &at in &sums.unplaced {
                self.tally_row(&seat, sums, at)?;
            }
            writeln!(self.out, "{}", words::unplaced().in_language(language))?;
        }
        self.progress(&seat)?;
        writeln!(self.out, "{}", words::of_this_round(language))
    }

    /// A case of the tally.
    fn tally_row(&mut self, seat: &Seat, sums: &Tally, at: usize) -> io::Result<()> {
        let (case, result) = (&seat.docket.cases[at], &sums.cases[at]);
        let rank = result.rank.map_or("—".to_owned(), |rank| rank.to_string());
        let mean = papers::printed(result.ranking(seat.round.mean));
        let scores = format!("{}/{}", result.count, result.totals.len());
        let (chinese, english) = papers::outcome(result);
        let side = Label(chinese, english).in_language(self.language);
        let row = format!(
            "{rank}. {} {}  {mean}  {scores}  {side}",
            case.id, case.title
        );
        writeln!(self.out, "{}", row.trim_end())?;
        if result.count == 0 {
            return Ok(());
        }
        let others = MEANS.iter().filter(|(mean, _)| *mean != seat.round.mean);
        let mut said: Vec<String> = others
            .map(|&(mean, name)| {
                let name = name.in_language(self.language);
                format!("{name} {}", papers::printed(result.ranking(mean)))
            })
            .collect();
        let spread = result
            .variance
            .as_ref()
            .map_or("—".to_owned(), |square| square.root_half_up(2));
        said.push(format!("{} {spread}", SPREAD.in_language(self.language)));
        let between = Label("，", ", ").in_language(self.language);
        writeln!(self.out, "   {}", said.join(between))
    }

    /// How much each juror has done, as far as the reader may see it.
    fn progress(&mut self, seat: &Seat) -> io::Result<()> {
        let all = seat.docket.cases.len();
        for note in &seat.notes {
            writeln!(self.out, "{}", note.in_language(self.language))?;
        }
        for (juror, done) in seat.round.jurors.iter().zip(&seat.done) {
            if let Some(done) = done {
                writeln!(self.out, "{} {done}/{all}", juror.name)?;
            }
        }
        Ok(())
    }
}

/// What the help adds in a round.
pub(super) const HELP: Label = Label(
    "评审：F 本案例的评分表，F n 下一个未评的案例，F 创新性=36 领先性=25 评语=文字 打分，\
     F 回避=理由、F 弃评、F 暂缓、F 撤回、F 确认、F 说明=文字，\
     F 保留=序号:校验值 在两种内容中选定一种，Z 汇总。",
    "Round: F the sheet of this case, F n the next open case, F 创新性=36 领先性=25 comment=TEXT gives points,\n\
     F recusal=GROUND, F abstention, F deferral, F withdrawal, F confirm, F statement=TEXT,\n\
     F keep=NUMBER:HASH chooses between two contents of an entry, Z the tally.",
);
const NO_ROUND: Label = Label(
    "没有打开评审；请用 --round 文件夹 打开。",
    "No round is open: open one with --round DIR.",
);
const NO_JUROR: Label = Label(
    "评分表须用 --juror 写明评委姓名后打开。",
    "The score sheet is a juror's: name one with --juror.",
);
const ALL_DONE: Label = Label("全部案例都已评完。", "All cases are done.");
