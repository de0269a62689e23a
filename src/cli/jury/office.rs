//! What the office of a round records: amendments, the opening, notes, decisions,
//! votes, the end, 公示 and 异议.

use std::path::Path;

use super::super::{Call, Failure, Outcome};
use super::{Desk, Items, Key, failure, must, now, refuse, say, text};
use crate::jury::acts;
use crate::jury::office::Act;
use crate::jury::panel::{Names, Panel};
use crate::jury::papers;
use crate::jury::settings::{LISTED, changes};
use crate::jury::standing::{Doubt, Standing};
use crate::jury::time::{is_date, is_like_date};
use crate::jury::words;
use crate::language::Sentence;

pub(super) fn record(call: &mut Call, desk: &mut Desk, act: Act) -> Result<Outcome, Failure> {
    let said = papers::act(&desk.sheets(), &act);
    let closed = desk
        .opened
        .log
        .closed()
        .map(words::after_close)
        .filter(|_| act.changes_result());
    let recorded = desk.opened.record(act, &now());
    recorded.map_err(|error| failure(call, &error))?;
    say(
        call,
        &Sentence::new(
            format!("已记录：{}", said.chinese()),
            format!("recorded: {}", said.english()),
        ),
    )?;
    match closed {
        Some(closed) => say(call, &closed),
        None => Ok(Outcome::Done),
    }
}

/// Records that the settings were changed, and why.
pub(super) fn amend(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    desk.office(call)?;
    let reason = must(call, "reason")?;
    let recorded = desk.opened.log.settings();
    let is_scored = desk
        .opened
        .records
        .iter()
        .any(|record| !record.entries.is_empty());
    let is_same = match recorded {
        Some(recorded) => recorded == desk.opened.round.settings,
        None => is_scored && !desk.is_unsettled,
    };
    if is_same {
        return Err(refuse(
            call,
            &Sentence::new(
                "评审设置与上次记录的相同，无须登记",
                "the settings are those that were recorded last; nothing to amend",
            ),
        ));
    }
    let round = &desk.opened.round;
    let known = desk.opened.log.values();
    let changes = known.map_or_else(Vec::new, |known| changes(known, &round.values));
    let gone: Vec<String> = changes
        .iter()
        .filter(|change| change.old == LISTED && change.new.is_empty())
        .filter_map(|change| change.key.strip_prefix("juror "))
        .map(str::to_owned)
        .collect();
    let act = Act::Settings {
        changes,
        settings: desk.opened.round.settings.clone(),
        rules: desk.opened.round.rules(),
        reason,
    };
    record(call, &mut desk, act)?;
    desk.look();
    let held = || desk.held.iter().flatten().map(|held| &held.standing);
    let counted = held().filter(|is| matches!(is, Standing::Scored(_) | Standing::Incomplete(_)));
    let waiting = held().filter(|is| matches!(is, Standing::Unconfirmed(_)));
    let void = held()
        .filter(|is| matches!(is, Standing::Unconfirmed(Doubt::Unit)))
        .count();
    let waiting = waiting.count() - void;
    let said = words::amended(desk.opened.renamed, counted.count(), waiting, void, &gone);
    say(call, &said)
}

/// What is missing, in the names of the jurors.
pub(super) fn missing(desk: &Desk) -> Vec<Sentence> {
    let panel = Panel::of(&desk.round, Names::Signed);
    let mut missing = words::missing(&desk.sheets(), &panel);
    missing.extend(desk.notes.iter().cloned());
    missing
}

/// Opens the round: from here on jurors see one another's scores and revise their own.
pub(super) fn open(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    desk.office(call)?;
    desk.settled(call)?;
    if desk.opened.log.is_open() {
        return Err(refuse(
            call,
            &Sentence::new("本轮已开放", "the round is open already"),
        ));
    }
    if desk.opened.round.discussion != crate::jury::settings::Discussion::Between {
        return Err(refuse(
            call,
            &Sentence::new(
                "本轮不设复评（discussion 不是 between），无须开放",
                "this round has no revision (discussion is not between); there is nothing to open",
            ),
        ));
    }
    let missing = missing(&desk);
    let reason = gaps(call, &missing)?;
    let missing = papers::recorded(&missing);
    record(call, &mut desk, Act::Open { missing, reason })
}

/// The reason to go on although so much is missing, which is then needed.
pub(super) fn gaps(call: &Call, missing: &[Sentence]) -> Result<String, Failure> {
    let reason = text(call, "reason").unwrap_or_default().to_owned();
    if !missing.is_empty() && reason.is_empty() {
        let chinese = papers::recorded(missing).join("；");
        let english: Vec<&str> = missing.iter().map(Sentence::english).collect();
        let english = english.join("; ");
        return Err(refuse(
            call,
            &Sentence::new(
                format!("尚缺：{chinese}。仍要继续，请用 --reason 写明理由"),
                format!("missing: {english}. To go on all the same, give a --reason"),
            ),
        ));
    }
    Ok(reason)
}

/// Notes what was discussed, of one case or of the round.
pub(super) fn note(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    desk.office(call)?;
    let case = match text(call, "case") {
        Some(_) => desk.docket.cases[desk.case(call)?].id.clone(),
        None => String::new(),
    };
    let act = acts::note(&case, &given(call).join(" ")).map_err(|why| refuse(call, &why))?;
    record(call, &mut desk, act)
}

/// Records the order of cases of equal rank, best first.
pub(super) fn order(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    desk.office(call)?;
    let named = |id: String| match desk.docket.find_for_office(&id) {
        Some(at) => desk.docket.cases[at].id.clone(),
        None => id,
    };
    let cases = given(call).into_iter().map(named).collect();
    let act = acts::order(&desk, &desk.tally(), cases, &must(call, "reason")?)
        .map_err(|why| refuse(call, &why))?;
    record(call, &mut desk, act)
}

/// Records a vote on one case.
pub(super) fn vote(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    desk.office(call)?;
    let case = desk.docket.cases[desk.case(call)?].id.clone();
    let act = acts::vote(&desk, &case, &Items::of(call).0).map_err(|why| refuse(call, &why))?;
    record(call, &mut desk, act)
}

/// The items of a call as they are.
fn given(call: &Call) -> Vec<String> {
    let items = call.matches.get_many::<String>("item");
    items.into_iter().flatten().cloned().collect()
}

const FROM: Key = ("起", "from");
const TO: Key = ("止", "to");
const CONTACT: Key = ("联系", "contact");

/// Records what is published from when to when.
pub(super) fn publicity(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    desk.office(call)?;
    let items = Items::of(call);
    items.only(call, &[FROM, TO, CONTACT])?;
    let date = |key: Key| -> Result<String, Failure> {
        let value = items.must(call, key)?;
        if is_date(&value) {
            return Ok(value);
        }
        if is_like_date(&value) {
            let (chinese, english) = (key.0, key.1);
            let why = Sentence::new(
                format!("{chinese}={value}：日历上没有这一天"),
                format!("{english}={value}: the calendar has no such day"),
            );
            return Err(refuse(call, &why));
        }
        Err(refuse(
            call,
            &Sentence::new(
                format!("{}={value} 应为 2026-03-01 这样的日期", key.0),
                format!("{}={value} must be a date such as 2026-03-01", key.1),
            ),
        ))
    };
    let (from, to) = (date(FROM)?, date(TO)?);
    if to < from {
        return Err(refuse(
            call,
            &Sentence::new(
                format!("公示止于 {to}，早于开始的 {from}"),
                format!("the period ends on {to}, before it begins on {from}"),
            ),
        ));
    }
    let contact = items.must(call, CONTACT)?;
    record(call, &mut desk, Act::Publicity { from, to, contact })
}

const MATTER: Key = ("事由", "matter");
const FINDING: Key = ("核查", "finding");
const EFFECT: Key = ("处理", "effect");

/// Records an objection, what was found, and what follows.
pub(super) fn objection(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    desk.office(call)?;
    let case = desk.docket.cases[desk.case(call)?].id.clone();
    let items = Items::of(call);
    items.only(call, &[MATTER, FINDING, EFFECT])?;
    let act = Act::Objection {
        case,
        matter: items.must(call, MATTER)?,
        finding: items.get(FINDING).unwrap_or_default().to_owned(),
        effect: items.get(EFFECT).unwrap_or_default().to_owned(),
    };
    record(call, &mut desk, act)
}
