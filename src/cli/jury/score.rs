//! `anli jury score`: a juror's entry by line, and what is still to do.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::{Call, Failure, Outcome};
use super::{Desk, Items, Key, failure, now, refuse, say};
use crate::jury::entry::{Entry, LONGEST_TEXT, Mark, Stage};
use crate::jury::exact::Points;
use crate::jury::papers;
use crate::jury::settings::Refusal;
use crate::jury::standing::Standing;
use crate::jury::visible::Reader;
use crate::language::Sentence;

const RECUSAL: Key = ("回避", "recusal");
const ABSTENTION: Key = ("弃评", "abstention");
const DEFERRAL: Key = ("暂缓", "deferral");
const WITHDRAWAL: Key = ("撤回", "withdrawal");
const CONFIRM: Key = ("确认", "confirm");
const KEEP: Key = ("保留", "keep");
const STATEMENT: Key = ("说明", "statement");
const COMMENT: Key = ("评语", "comment");

/// Writes one entry of the juror: points as `创新性=36`, or a state.
pub(super) fn run(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    let Reader::Juror(juror) = desk.reader else {
        return Err(refuse(
            call,
            &Sentence::new("请用 --juror 写明评委姓名", "name the juror with --juror"),
        ));
    };
    desk.settled(call)?;
    let items = Items::of(call);
    if let Some(keep) = items.get(KEEP) {
        let mark = choice(call, &desk, juror, keep)?;
        return write(call, &mut desk, juror, None, mark, String::new());
    }
    let case = desk.case(call)?;
    let held = desk.held[juror][case].clone();
    if let Standing::Recused {
        ground,
        listed: true,
    } = &held.standing
    {
        return Err(refuse(
            call,
            &Sentence::new(
                format!("本案例应回避（{ground}），不能评分"),
                format!("this juror is recused from the case ({ground})"),
            ),
        ));
    }
    let comment = items.get(COMMENT).unwrap_or(&held.comment).to_owned();
    let text = [items.get(RECUSAL), items.get(STATEMENT), Some(&*comment)];
    if text
        .into_iter()
        .flatten()
        .any(|text| text.chars().count() > LONGEST_TEXT)
    {
        return Err(refuse(
            call,
            &Sentence::new(
                format!("文字至多 {LONGEST_TEXT} 字"),
                format!("a text has at most {LONGEST_TEXT} characters"),
            ),
        ));
    }
    let (mark, comment) = if let Some(ground) = items.get(RECUSAL) {
        if ground.is_empty() {
            return Err(refuse(
                call,
                &Sentence::new(
                    "回避须写明理由：回避=理由",
                    "a recusal needs its ground: recusal=GROUND",
                ),
            ));
        }
        (Mark::Recusal(ground.to_owned()), comment)
    } else if items.get(ABSTENTION).is_some() {
        (Mark::Abstention, comment)
    } else if items.get(DEFERRAL).is_some() {
        (Mark::Deferral, comment)
    } else if items.get(WITHDRAWAL).is_some() {
        (Mark::Withdrawal, comment)
    } else if let Some(statement) = items.get(STATEMENT) {
        (Mark::Statement, statement.to_owned())
    } else {
        let given = points(call, &desk, juror, case, &items)?;
        (Mark::Score(given), comment)
    };
    if matches!(mark, Mark::Score(_)) && matches!(held.standing, Standing::Recused { .. }) {
        return Err(refuse(
            call,
            &Sentence::new(
                "已声明回避；先写 撤回，再评分",
                "the case is recused; write `withdrawal` before a score",
            ),
        ));
    }
    write(call, &mut desk, juror, Some(case), mark, comment)
}

/// The points that were there, with those of the items.
fn points(
    call: &Call,
    desk: &Desk,
    juror: usize,
    case: usize,
    items: &Items,
) -> Result<BTreeMap<String, Points>, Failure> {
    let round = &desk.opened.round;
    let names = round
        .criteria
        .iter()
        .map(|criterion| criterion.name.as_str());
    let mut given = BTreeMap::new();
    let before = desk.held[juror][case].points().unwrap_or_default();
    for (name, points) in names.clone().zip(before) {
        given.extend(points.map(|points| (name.to_owned(), points)));
    }
    let mut any = items.get(CONFIRM).is_some() || items.get(COMMENT).is_some();
    for (key, value) in &items.0 {
        if [CONFIRM, COMMENT]
            .iter()
            .any(|known| key == known.0 || key == known.1)
        {
            continue;
        }
        let Some(at) = round
            .criteria
            .iter()
            .position(|criterion| criterion.name == *key)
        else {
            let names = names.collect::<Vec<_>>().join("、");
            return Err(refuse(
                call,
                &Sentence::new(
                    format!(
                        "没有“{key}”这项指标；有：{names}；或 回避=理由、弃评、暂缓、撤回、确认"
                    ),
                    format!(
                        "there is no criterion {key:?}; there are {names}, or recusal=GROUND, abstention, deferral, withdrawal, confirm"
                    ),
                ),
            ));
        };
        let most = round.most(&round.criteria[at]);
        let wrong = |what: Sentence| refuse(call, &what);
        let points = Points::parse(value).ok_or_else(|| {
            wrong(Sentence::new(
                format!("{key} 的分数“{value}”应为 0 到 {most} 的数"),
                format!("{key} is {value:?}; expected a number from 0 to {most}"),
            ))
        })?;
        match round.refuses(at, points) {
            Some(Refusal::Above(most)) => {
                return Err(wrong(Sentence::new(
                    format!("{key} 至多 {most} 分，不能是 {points}"),
                    format!("{key} has at most {most} points, not {points}"),
                )));
            }
            Some(Refusal::Step(step)) => {
                return Err(wrong(Sentence::new(
                    format!("{key} 的分数须为 {step} 的倍数，不能是 {points}"),
                    format!("{key} goes by steps of {step}; {points} is none"),
                )));
            }
            None => {}
        }
        any = true;
        given.insert(key.clone(), points);
    }
    if !any {
        return Err(refuse(
            call,
            &Sentence::new(
                "没有要写的内容，例如 创新性=36 或 回避=理由",
                "nothing to write: give points or a state",
            ),
        ));
    }
    Ok(given)
}

/// The choice between entries of one sequence: `保留=7:hash`.
fn choice(call: &Call, desk: &Desk, juror: usize, keep: &str) -> Result<Mark, Failure> {
    let choices = desk.opened.records[juror].open_choices();
    let offered: Vec<String> = choices
        .iter()
        .flat_map(|(sequence, kept)| {
            kept.iter()
                .map(move |kept| format!("{sequence}:{}", kept.hash))
        })
        .collect();
    let chosen = offered.iter().find(|offered| *offered == keep);
    let parted = chosen.and_then(|chosen| chosen.split_once(':'));
    let mark = parted.and_then(|(sequence, hash)| {
        Some(Mark::Choice {
            sequence: sequence.parse().ok()?,
            keep: hash.to_owned(),
        })
    });
    mark.ok_or_else(|| {
        let offered = offered.join("、");
        refuse(
            call,
            &Sentence::new(
                format!("没有待选定的“{keep}”；有：{offered}"),
                format!("nothing to choose is {keep:?}; there are {offered}"),
            ),
        )
    })
}

fn write(
    call: &mut Call,
    desk: &mut Desk,
    juror: usize,
    case: Option<usize>,
    mark: Mark,
    comment: String,
) -> Result<Outcome, Failure> {
    let case = case.map(|at| &desk.docket.cases[at]);
    let round = &desk.opened.round;
    let entry = Entry {
        sequence: 1,
        time: now(),
        stage: if desk.is_revision() {
            Stage::Revised
        } else {
            Stage::First
        },
        case: case.map(|case| case.id.clone()).unwrap_or_default(),
        text: case
            .map(|case| case.fingerprint.clone())
            .unwrap_or_default(),
        rules: round.rules(),
        settings: round.settings.clone(),
        mark,
        comment,
        previous: String::new(),
    };
    let id = entry.case.clone();
    let entered = desk.opened.enter(juror, entry);
    entered.map_err(|error| failure(call, &error))?;
    let all = crate::jury::standing::of_juror(
        &desk.opened.round,
        &desk.docket,
        &desk.opened.round.jurors[juror],
        Some(&desk.opened.records[juror]),
    );
    let done = all
        .iter()
        .filter(|held| !matches!(held.standing, Standing::Unscored | Standing::Incomplete(_)))
        .count();
    let total = all.len();
    let at = desk.docket.find(&id);
    let state = at.map_or(String::new(), |at| papers::state(&all[at].standing));
    let sum = at.map_or(String::new(), |at| {
        papers::total(&desk.opened.round, all[at].points())
    });
    say(
        call,
        &Sentence::new(
            format!("{id} {state} 总分 {sum}（{done}/{total}）"),
            format!("{id} {state}, total {sum} ({done} of {total})"),
        ),
    )
}
