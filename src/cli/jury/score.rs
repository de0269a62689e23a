//! `anli jury score`: a juror's entry by line, and what is still to do.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::{Call, Failure, Outcome};
use super::{Desk, Items, Key, failure, now, refuse, say};
use crate::jury::entry::{Entry, Mark};
use crate::jury::exact::Points;
use crate::jury::papers;
use crate::jury::seat::Writing;
use crate::jury::standing::Standing;
use crate::jury::visible::Reader;
use crate::jury::words;
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
        return Err(refuse(call, &words::name_the_juror()));
    };
    desk.settled(call)?;
    let items = Items::of(call);
    if let Some(keep) = items.get(KEEP) {
        let mark = choice(call, &desk, juror, keep)?;
        let entry = Entry {
            case: String::new(),
            text: String::new(),
            ..desk.entry(writing(0, mark, String::new()), now())
        };
        return write(call, &mut desk, juror, entry);
    }
    let case = desk.case(call)?;
    let comment = items
        .get(COMMENT)
        .unwrap_or(&desk.held[juror][case].comment);
    let comment = comment.to_owned();
    let writing = if let Some(ground) = items.get(RECUSAL) {
        writing(case, Mark::Recusal(ground.to_owned()), comment)
    } else if items.get(ABSTENTION).is_some() {
        writing(case, Mark::Abstention, comment)
    } else if items.get(DEFERRAL).is_some() {
        writing(case, Mark::Deferral, comment)
    } else if items.get(WITHDRAWAL).is_some() {
        writing(case, Mark::Withdrawal, comment)
    } else if let Some(statement) = items.get(STATEMENT) {
        writing(case, Mark::Statement, statement.to_owned())
    } else if matches!(&items.0[..], [(name, _)] if name == COMMENT.0 || name == COMMENT.1) {
        writing(case, Mark::Comment, comment)
    } else {
        if matches!(desk.held[juror][case].standing, Standing::Recused { .. }) {
            let score = writing(case, Mark::Score(BTreeMap::new()), String::new());
            let refused = desk.refuses(&score);
            return Err(refuse(call, &refused.unwrap_or_else(words::recused)));
        }
        let given = points(call, &desk, juror, case, &items)?;
        writing(case, Mark::Score(given), comment)
    };
    if let Some(refused) = desk.refuses(&writing) {
        return Err(refuse(call, &refused));
    }
    let entry = desk.entry(writing, now());
    write(call, &mut desk, juror, entry)
}

const fn writing(case: usize, mark: Mark, comment: String) -> Writing {
    Writing {
        case,
        mark,
        comment,
    }
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
        let points = desk.points(at, value);
        let points = points.map_err(|wrong| refuse(call, &wrong))?;
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

fn write(call: &mut Call, desk: &mut Desk, juror: usize, entry: Entry) -> Result<Outcome, Failure> {
    let id = entry.case.clone();
    let entered = desk.opened.enter(juror, entry);
    entered.map_err(|error| failure(call, &error))?;
    desk.look();
    let (done, total) = (desk.done[juror].unwrap_or(0), desk.docket.cases.len());
    let Some(held) = desk.docket.find(&id).map(|at| &desk.held[juror][at]) else {
        return say(
            call,
            &Sentence::new(
                format!("已选定（{done}/{total}）"),
                format!("chosen ({done} of {total})"),
            ),
        );
    };
    let state = words::state(&held.standing);
    let sum = papers::total(&desk.round, held.points());
    say(
        call,
        &Sentence::new(
            format!("{id} {} 总分 {sum}（{done}/{total}）", state.chinese()),
            format!("{id} {}, total {sum} ({done} of {total})", state.english()),
        ),
    )
}
