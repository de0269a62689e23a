//! Parses the decisions of a panel, `到会=11 同意=8 多数=2/3`, `003-9 003-8 理由=讨论决定`, for the
//! command line and the explorer.

use super::office::Act;
use super::said::{Items, Key, is, once};
use super::seat::Seat;
use super::standing::Standing;
use super::tally::Tally;
use super::vote::{Majority, Outcome, Vote};
use super::words;
use crate::language::en::count_of;
use crate::language::{Language, Sentence};

const PRESENT: Key = ("到会", "present");
const RECUSED: Key = ("回避", "recused");
const YES: Key = ("同意", "yes");
const MAJORITY: Key = ("多数", "majority");
const REASON: Key = ("理由", "reason");

/// What a line in the explorer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A note on the discussion, of one case or of the round.
    Note,
    /// A vote on one case.
    Vote,
    /// The order of cases of equal rank.
    Order,
}

/// Returns the text that a line for a case starts with: the known numbers, or the tied
/// cases.
pub fn begun(kind: Kind, seat: &Seat, case: Option<usize>, language: Language) -> String {
    let case = case.unwrap_or(usize::MAX);
    let named = |key: Key| match language {
        Language::Chinese => key.0,
        Language::English => key.1,
    };
    match kind {
        Kind::Note => String::new(),
        Kind::Vote => {
            let members = seat.round.jurors.len();
            let recused = recused(seat, case);
            let [present, away, majority, yes] = [PRESENT, RECUSED, MAJORITY, YES].map(named);
            format!("{present}={members} {away}={recused} {majority}=1/2 {yes}=")
        }
        Kind::Order => {
            let cases = order_of_tie(seat, case).into_iter();
            let ids = cases.map(|at| format!("{} ", seat.docket.cases[at].id));
            format!("{}{}=", ids.collect::<String>(), named(REASON))
        }
    }
}

/// Returns the cases tied with `case`, in the order that the panel decided; without a decision,
/// `case` comes first.
fn order_of_tie(seat: &Seat, case: usize) -> Vec<usize> {
    let tally = seat.tally.as_ref();
    let mut categories = tally.into_iter().flat_map(|tally| &tally.categories);
    let found = categories.find_map(|category| {
        let mut ties = category.equal.iter();
        Some((category, ties.find(|tie| tie.contains(&case))?))
    });
    let Some((category, tie)) = found else {
        return Vec::new();
    };
    let ranked = category.cases.iter().copied();
    let mut order: Vec<usize> = ranked.filter(|at| tie.contains(at)).collect();
    let rank = |at: usize| tally.and_then(|tally| tally.cases[at].rank);
    let is_open = order.iter().all(|&at| rank(at) == rank(case));
    if is_open {
        order.sort_by_key(|&at| at != case);
    }
    order
}

/// Parses a line about a case, or about the round if `None`.
///
/// # Errors
///
/// What is missing or wrong.
pub fn read(kind: Kind, seat: &Seat, case: Option<usize>, line: &str) -> Result<Act, Sentence> {
    let id = case.map_or("", |at| seat.docket.cases[at].id.as_str());
    let words = line.split_whitespace();
    match kind {
        Kind::Note => note(id, line),
        Kind::Vote => {
            let part = |word: &str| {
                let (name, value) = word.split_once(['=', '＝']).unwrap_or((word, ""));
                (name.to_owned(), value.to_owned())
            };
            vote(seat, id, &words.map(part).collect())
        }
        Kind::Order => {
            let is_reason = |word: &str| {
                let named = word.split_once(['=', '＝']);
                named.is_some_and(|(name, _)| is(name, REASON))
            };
            let ids: Vec<String> = words
                .clone()
                .take_while(|word| !is_reason(word))
                .map(str::to_owned)
                .collect();
            let reason: Vec<&str> = words.skip(ids.len()).collect();
            let reason = reason.join(" ");
            let reason = reason
                .split_once(['=', '＝'])
                .map_or("", |(_, reason)| reason);
            let tally = seat.tally.as_ref().ok_or_else(words::sealed)?;
            order(seat, tally, ids, reason)
        }
    }
}

/// A note on the discussion, of one case or, without an id, of the round.
///
/// # Errors
///
/// If the text is empty.
pub fn note(case: &str, text: &str) -> Result<Act, Sentence> {
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(Sentence::new("没有要记的内容", "there is nothing to note"));
    }
    let case = case.to_owned();
    Ok(Act::Note { case, text })
}

/// The order of cases of equal rank, best first.
///
/// # Errors
///
/// If there are fewer than two cases of the round, if they are not exactly one tie, or if
/// there is no reason.
pub fn order(
    seat: &Seat,
    tally: &Tally,
    cases: Vec<String>,
    reason: &str,
) -> Result<Act, Sentence> {
    let unknown = cases.iter().find(|id| seat.docket.find(id).is_none());
    if cases.len() < 2 || unknown.is_some() {
        let unknown = unknown.map_or("", |id| id.as_str());
        return Err(Sentence::new(
            format!("请按先后写出并列案例的编号，至少两个 {unknown}"),
            format!("give the ids of the tied cases, best first, at least two {unknown}"),
        ));
    }
    let mut given: Vec<&str> = cases.iter().map(String::as_str).collect();
    given.sort_unstable();
    let ties = ties(seat, tally);
    let is_given = |tie: &&Vec<&str>| {
        let mut tie = (*tie).clone();
        tie.sort_unstable();
        tie == given
    };
    if !ties.iter().any(|tie| is_given(&tie)) {
        return Err(no_tie(&given, &ties));
    }
    let reason = reason.trim().to_owned();
    if reason.is_empty() {
        return Err(missing(REASON));
    }
    Ok(Act::Order { cases, reason })
}

/// Returns the ids of the cases of every tie that can be decided.
fn ties<'a>(seat: &'a Seat, tally: &Tally) -> Vec<Vec<&'a str>> {
    let groups = tally.categories.iter().flat_map(|category| &category.equal);
    let id = |&at: &usize| seat.docket.cases[at].id.as_str();
    groups.map(|group| group.iter().map(id).collect()).collect()
}

/// The message for cases that are not a tie, with the ties there are.
fn no_tie(given: &[&str], ties: &[Vec<&str>]) -> Sentence {
    let said: Vec<String> = ties.iter().map(|tie| tie.join("、")).collect();
    let (chinese, english) = if said.is_empty() {
        (
            "现在没有并列的案例".to_owned(),
            "no cases are tied".to_owned(),
        )
    } else {
        let (chinese, english) = (said.join("；"), said.join("; "));
        (
            format!("并列的一组须全部写出，各写一次；现有：{chinese}"),
            format!("give every case of one tie once; there are {english}"),
        )
    };
    let given = given.join("、");
    Sentence::new(
        format!("{given} 不是得分相同、按声明的指标也分不出先后的一组案例，不能定先后；{chinese}"),
        format!("{given} are not a tie, so nothing can part them; {english}"),
    )
}

/// A vote on one case.
///
/// # Errors
///
/// If a number is missing or invalid, or the numbers contradict each other.
pub fn vote(seat: &Seat, case: &str, items: &Items) -> Result<Act, Sentence> {
    once(items)?;
    let known = [PRESENT, RECUSED, YES, MAJORITY];
    let stray = items
        .iter()
        .find(|(name, _)| !known.iter().any(|key| is(name, *key)));
    if let Some((name, _)) = stray {
        return Err(Sentence::new(
            format!("不认识“{name}”；可写：到会=… 回避=… 同意=… 多数=…"),
            format!("unknown item {name:?}; there are present=… recused=… yes=… majority=…"),
        ));
    }
    let get = |key: Key| {
        let mut named = items.iter().rev().filter(|(name, _)| is(name, key));
        named.next().map(|(_, value)| value.as_str())
    };
    let number = |key: Key| -> Result<u32, Sentence> {
        let value = get(key)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| missing(key))?;
        value.parse().map_err(|_| {
            Sentence::new(
                format!("{}={value} 应为整数", key.0),
                format!("{}={value} must be a whole number", key.1),
            )
        })
    };
    let majority = match get(MAJORITY).unwrap_or("1/2") {
        "1/2" => Majority::Half,
        "2/3" => Majority::TwoThirds,
        other => {
            return Err(Sentence::new(
                format!("多数={other} 应为 1/2 或 2/3"),
                format!("majority={other} must be 1/2 or 2/3"),
            ));
        }
    };
    let members = seat.round.jurors.len() as u32;
    let present = number(PRESENT)?;
    // Those recused who are not away are among those present.
    let all = seat.docket.find(case).map_or(0, |at| recused(seat, at)) as u32;
    let least = all.saturating_sub(members.saturating_sub(present));
    let recused = match get(RECUSED) {
        Some(_) => number(RECUSED)?,
        None if least == all => all,
        None => return Err(ask_recused(case, all)),
    };
    if recused < least {
        return Err(Sentence::new(
            format!(
                "回避={recused} 与记录不符：{case} 有 {all} 名评委回避，到会 {present} 人中至少有 {least} 人"
            ),
            format!(
                "recused={recused} does not fit: {} recused from {case}, at least {least} of the {present} present",
                count_of(all as usize, "juror")
            ),
        ));
    }
    let vote = Vote {
        members,
        present,
        recused,
        yes: number(YES)?,
        majority,
    };
    if vote.outcome() == Outcome::Impossible {
        let members = vote.members;
        return Err(Sentence::new(
            format!("评审组共 {members} 人：到会、回避、同意的人数不合"),
            format!(
                "the panel has {}: these numbers do not fit",
                count_of(members as usize, "member")
            ),
        ));
    }
    Ok(Act::Vote {
        case: case.to_owned(),
        present: vote.present,
        recused: vote.recused,
        yes: vote.yes,
        majority,
    })
}

/// How many jurors are recused from a case, by their files and the settings.
fn recused(seat: &Seat, case: usize) -> usize {
    let held = seat.held.iter().filter_map(|held| held.get(case));
    let recused = held.filter(|held| matches!(held.standing, Standing::Recused { .. }));
    recused.count()
}

/// Asks how many of those present are recused.
fn ask_recused(case: &str, all: u32) -> Sentence {
    Sentence::new(
        format!("{case} 有 {all} 名评委回避，而到会的不是全体：请用 回避=… 写明其中到会的人数"),
        format!(
            "{} recused from {case}, and not everybody is present: say with recused=… how many of them are",
            count_of(all as usize, "juror")
        ),
    )
}

fn missing(key: Key) -> Sentence {
    Sentence::new(
        format!("缺少 {}=…", key.0),
        format!("{}=… is missing", key.1),
    )
}
