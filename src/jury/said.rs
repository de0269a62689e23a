//! What a juror writes in words: `创新性=36 领先性=25 评语=机制新`, `回避=亲属`, `弃评`; on
//! the command line and in the explorer by lines.

use std::collections::BTreeMap;

use super::entry::Mark;
use super::exact::Points;
use super::seat::{Seat, Writing};
use super::standing::Standing;
use super::words;
use crate::language::Sentence;

/// The names of an item, in Chinese and English.
pub type Key = (&'static str, &'static str);

const RECUSAL: Key = ("回避", "recusal");
const ABSTENTION: Key = ("弃评", "abstention");
const DEFERRAL: Key = ("暂缓", "deferral");
const WITHDRAWAL: Key = ("撤回", "withdrawal");
const CONFIRM: Key = ("确认", "confirm");
const STATEMENT: Key = ("说明", "statement");
const COMMENT: Key = ("评语", "comment");
const KEEP: Key = ("保留", "keep");

/// Items: a name and its value, or a name alone with an empty one.
pub type Items = Vec<(String, String)>;

/// The items of a line. Words that name nothing belong to the text before them.
pub fn items(seat: &Seat, line: &str) -> Items {
    let mut items = Items::new();
    for word in line.split_whitespace() {
        let (name, value) = word.split_once(['=', '＝']).unwrap_or((word, ""));
        match items.last_mut() {
            Some((_, text)) if !is_name(seat, name) && !text.is_empty() => {
                text.push(' ');
                text.push_str(word);
            }
            _ => items.push((name.to_owned(), value.to_owned())),
        }
    }
    items
}

fn is_name(seat: &Seat, name: &str) -> bool {
    let keys = [
        RECUSAL, ABSTENTION, DEFERRAL, WITHDRAWAL, CONFIRM, STATEMENT, COMMENT, KEEP,
    ];
    let mut criteria = seat.round.criteria.iter();
    keys.iter().any(|key| is(name, *key)) || criteria.any(|criterion| criterion.name == name)
}

pub(super) fn is(name: &str, key: Key) -> bool {
    name == key.0 || name == key.1
}

/// Refuses a name that is written twice: of two values none is meant more.
///
/// # Errors
///
/// Which name it is.
pub fn once(items: &Items) -> Result<(), Sentence> {
    let mut rest = items.as_slice();
    while let [(name, value), later @ ..] = rest {
        if let Some((_, other)) = later.iter().find(|(other, _)| other == name) {
            return Err(Sentence::new(
                format!("“{name}”写了两次（{value}、{other}），没有写入；只写一次"),
                format!(
                    "{name:?} is there twice ({value}, {other}); nothing was written: give it once"
                ),
            ));
        }
        rest = later;
    }
    Ok(())
}

/// What items say of no case: which of two contents of one entry counts, `保留=7:hash`.
///
/// # Errors
///
/// If nothing to choose is so named.
pub fn choice(seat: &Seat, items: &Items) -> Result<Option<Writing>, Sentence> {
    once(items)?;
    let mut kept = items.iter().filter(|(name, _)| is(name, KEEP));
    let Some((_, named)) = kept.next() else {
        return Ok(None);
    };
    if items.len() > 1 {
        let stray = items.iter().find(|(name, _)| !is(name, KEEP));
        return Err(stray.map_or_else(|| words::no_choice(""), |(name, _)| beside(KEEP, name)));
    }
    let (sequence, keep) = named.split_once(':').unwrap_or_default();
    let writing = Writing::of_choice(sequence.parse().unwrap_or(0), keep.to_owned());
    match seat.refuses(&writing) {
        Some(refused) => Err(refused),
        None => Ok(Some(writing)),
    }
}

/// What items say of a case.
///
/// # Errors
///
/// If they say nothing, or what may not be said.
pub fn writing(seat: &Seat, case: usize, items: &Items) -> Result<Writing, Sentence> {
    let own = seat.own(case).ok_or_else(words::name_the_juror)?;
    let get = |key: Key| {
        let mut named = items.iter().rev().filter(|(name, _)| is(name, key));
        named.next().map(|(_, value)| value.as_str())
    };
    let comment = get(COMMENT).unwrap_or(&own.comment).to_owned();
    let alone = items.len() == 1;
    refuse_strays(items)?;
    let (mark, comment) = if let Some(ground) = get(RECUSAL) {
        (Mark::Recusal(ground.to_owned()), comment)
    } else if get(ABSTENTION).is_some() {
        (Mark::Abstention, comment)
    } else if get(DEFERRAL).is_some() {
        (Mark::Deferral, comment)
    } else if get(WITHDRAWAL).is_some() {
        (Mark::Withdrawal, comment)
    } else if let Some(statement) = get(STATEMENT) {
        (Mark::Statement, statement.to_owned())
    } else if get(COMMENT).is_some() && alone {
        (Mark::Comment, comment)
    } else if matches!(own.standing, Standing::Recused { .. }) {
        // Why that is so comes before what the points are.
        (Mark::Score(BTreeMap::new()), comment)
    } else {
        (Mark::Score(points(seat, case, items)?), comment)
    };
    let writing = Writing {
        case,
        mark,
        comment,
    };
    match seat.refuses(&writing) {
        Some(refused) => Err(refused),
        None => Ok(writing),
    }
}

/// Refuses what a state would ignore: items other than a comment, or words after a state
/// that takes none.
fn refuse_strays(items: &Items) -> Result<(), Sentence> {
    let states = [RECUSAL, ABSTENTION, DEFERRAL, WITHDRAWAL, STATEMENT];
    let state_of = |name: &str| states.into_iter().find(|key| is(name, *key));
    let Some(state) = items.iter().find_map(|(name, _)| state_of(name)) else {
        return Ok(());
    };
    let is_stray = |name: &str| !is(name, state) && (!is(name, COMMENT) || state == STATEMENT);
    if let Some((name, _)) = items.iter().find(|(name, _)| is_stray(name)) {
        return Err(beside(state, name));
    }
    let has_words = state == RECUSAL || state == STATEMENT;
    let valued = items
        .iter()
        .find(|(name, value)| is(name, state) && !value.is_empty());
    match valued.filter(|_| !has_words) {
        None => Ok(()),
        Some((_, value)) => Err(Sentence::new(
            format!("{} 之后不写内容（“{value}”）；要说明，另写 评语=…", state.0),
            format!(
                "{} takes no text ({value:?}); write comment=… beside it",
                state.1
            ),
        )),
    }
}

/// The message for an item given together with one that must be alone.
fn beside(state: Key, stray: &str) -> Sentence {
    Sentence::new(
        format!("“{stray}”不能与 {} 写在一起；请分两条写", state.0),
        format!(
            "{stray:?} cannot stand beside {}: write two entries",
            state.1
        ),
    )
}

/// The points that were there, with those of the items. What waits for the juror's
/// confirmation is among them with that alone.
fn points(seat: &Seat, case: usize, items: &Items) -> Result<BTreeMap<String, Points>, Sentence> {
    let criteria = &seat.round.criteria;
    let own = seat.own(case).ok_or_else(words::name_the_juror)?;
    let confirms = items.iter().any(|(name, _)| is(name, CONFIRM));
    let mut given = BTreeMap::new();
    for (at, criterion) in criteria.iter().enumerate() {
        let waiting = own.waiting(at).filter(|_| confirms);
        let points = own.kept(at).or(waiting);
        given.extend(points.map(|points| (criterion.name.clone(), points)));
    }
    for (name, value) in items {
        if is(name, CONFIRM) || is(name, COMMENT) {
            continue;
        }
        let at = criteria
            .iter()
            .position(|known| known.name == *name)
            .ok_or_else(|| unknown(seat, name))?;
        given.insert(name.clone(), seat.points(at, value)?);
    }
    let confirms_alone = confirms
        && items
            .iter()
            .all(|(name, _)| is(name, CONFIRM) || is(name, COMMENT));
    if confirms_alone && !(0..criteria.len()).any(|at| own.waiting(at).is_some()) {
        return Err(words::nothing_to_confirm());
    }
    if items.is_empty() {
        return Err(Sentence::new(
            "没有要写的内容，例如 创新性=36 或 回避=理由",
            "nothing to write: give points or a state",
        ));
    }
    Ok(given)
}

fn unknown(seat: &Seat, name: &str) -> Sentence {
    let names: Vec<&str> = seat
        .round
        .criteria
        .iter()
        .map(|criterion| criterion.name.as_str())
        .collect();
    let names = names.join("、");
    Sentence::new(
        format!("没有“{name}”这项指标；有：{names}；或 回避=理由、弃评、暂缓、撤回、确认"),
        format!(
            "there is no criterion {name:?}; there are {names}, or recusal=GROUND, abstention, deferral, withdrawal, confirm"
        ),
    )
}
