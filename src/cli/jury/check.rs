//! `anli jury check`: the formal check, before anybody scores.

use std::path::Path;

use serde::Serialize;

use super::super::{Call, Failure, Outcome, load, related};
use super::{Desk, Items, Key, failure, is, is_chinese, must, now, refuse, say, text};
use crate::case::Category;
use crate::jury::docket::Docket;
use crate::jury::office::{Act, Screening};
use crate::jury::screening::{Finding, findings, joined};
use crate::jury::{said, words};
use crate::language::Sentence;
use crate::lineage;

/// One application in JSON.
#[derive(Serialize)]
struct Application<'a> {
    id: &'a str,
    title: &'a str,
    orgs: &'a str,
    /// The category that the office set, else the one that a list's head or the
    /// organisation's name gives.
    category: Option<&'static str>,
    /// Whether the office set it.
    category_set: bool,
    /// 受理, 补正, 不受理; `null` before a decision.
    result: Option<&'static str>,
    reason: &'a str,
    findings: Vec<String>,
}

/// Lists the applications with what is amiss; with `--accept` accepts those with which
/// nothing is, with `--case` records a result.
pub(super) fn run(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    desk.office(call)?;
    desk.name_foreign(call);
    let round = &desk.opened.round;
    let all = Docket::all(round, &desk.opened.log, &desk.corpus);
    if text(call, "case").is_some() {
        return record(call, &mut desk, &all);
    }
    let earlier = match round.earlier.as_str() {
        "" => None,
        earlier => {
            let library = load::of_round(&desk.opened, "earlier", earlier, call.labels)?;
            Some(library.corpus)
        }
    };
    let lineage = earlier.as_ref().map_or(Vec::new(), |earlier| {
        let joined = joined(earlier, &all, &desk.corpus);
        lineage::continued(&joined, &related::relations(&joined), earlier.len())
    });
    let found = findings(round, &all, &desk.corpus, earlier.as_ref(), &lineage);
    let accepts = call.matches.get_flag("accept");
    if accepts {
        accept(call, &mut desk, &all, &found)?;
    }
    list(call, &desk, &all, &found)?;
    let is_whole = desk.unread.is_empty() && desk.passed_over.is_empty();
    let clean = accepts || is_whole && found.iter().all(Vec::is_empty);
    Ok(if clean {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}

fn list(call: &mut Call, desk: &Desk, all: &Docket, found: &[Vec<Finding>]) -> Result<(), Failure> {
    let language = call.options.language;
    let json = call.matches.get_flag("json");
    let mut counts = [0_usize; 4];
    for (case, findings) in all.cases.iter().zip(found) {
        let decided = desk.opened.log.screening(&case.id);
        let place = match decided {
            None => 3,
            Some((Screening::Accepted, _)) => 0,
            Some((Screening::Returned, _)) => 1,
            Some((Screening::Refused, _)) => 2,
        };
        counts[place] += 1;
        let is_set = desk.opened.log.category(&case.id).is_some();
        let findings: Vec<String> = findings
            .iter()
            .map(|finding| finding.sentence().in_language(language).to_owned())
            .collect();
        if json {
            call.output.json(&Application {
                id: &case.id,
                title: &case.title,
                orgs: &case.orgs,
                category: case.category.map(Category::name),
                category_set: is_set,
                result: decided.map(|(result, _)| result.name()),
                reason: decided.map_or("", |(_, reason)| reason),
                findings,
            })?;
            continue;
        }
        let undecided = if is_chinese(call) { "未定" } else { "open" };
        let name = |result: Screening| {
            if is_chinese(call) {
                result.name()
            } else {
                result.english()
            }
        };
        let result = decided.map_or(undecided, |(result, _)| name(result));
        let findings = findings.join(if is_chinese(call) { "；" } else { "; " });
        let category = case.category.map_or("", Category::name);
        let category = if is_set {
            format!("{category}*")
        } else {
            category.to_owned()
        };
        call.output.cells(&[
            &case.id,
            result,
            &category,
            &case.title,
            &case.orgs,
            &findings,
        ])?;
    }
    for unread in &desk.unread {
        let why = unread.why.in_language(language);
        let [unreadable, colon] = if is_chinese(call) {
            ["无法读取", "："]
        } else {
            ["unreadable", ": "]
        };
        if json {
            call.output.json(&Application {
                id: &unread.name,
                title: "",
                orgs: "",
                category: None,
                category_set: false,
                result: None,
                reason: "",
                findings: vec![format!("{unreadable}{colon}{why}")],
            })?;
        } else {
            call.output
                .cells(&[&unread.name, unreadable, "", "", "", why])?;
        }
    }
    if !json {
        let [accepted, returned, refused, open] = counts;
        for other in &desk.passed_over {
            let line = (call.labels.answer.passed_over)(&other.kind, other.count);
            call.output.line(&line)?;
        }
        let unread = desk.unread.len();
        let line = if is_chinese(call) {
            format!(
                "受理 {accepted}，补正 {returned}，不受理 {refused}，未定 {open}，无法读取 {unread}"
            )
        } else {
            format!(
                "accepted {accepted}, returned {returned}, refused {refused}, open {open}, unreadable {unread}"
            )
        };
        call.output.line(&line)?;
        let how = words::of_categories();
        call.output.line(how.in_language(language))?;
    }
    Ok(())
}

/// Accepts every application without a result with which nothing is amiss.
fn accept(
    call: &Call,
    desk: &mut Desk,
    all: &Docket,
    found: &[Vec<Finding>],
) -> Result<(), Failure> {
    for (case, findings) in all.cases.iter().zip(found) {
        if findings.is_empty() && desk.opened.log.screening(&case.id).is_none() {
            let act = Act::Check {
                case: case.id.clone(),
                result: Screening::Accepted,
                reason: String::new(),
                category: String::new(),
            };
            let recorded = desk.opened.record(act, &now());
            recorded.map_err(|error| failure(call, &error))?;
        }
    }
    Ok(())
}

/// Records the result for one application: `受理`, `补正` or `不受理`.
fn record(call: &mut Call, desk: &mut Desk, all: &Docket) -> Result<Outcome, Failure> {
    let id = must(call, "case")?;
    let Some(at) = all.find_for_office(&id) else {
        return Err(refuse(
            call,
            &Sentence::new(
                format!("申报材料中没有 {id}"),
                format!("no application is {id}"),
            ),
        ));
    };
    let items = Items::of(call);
    said::once(&items.0).map_err(|why| refuse(call, &why))?;
    let named = items.0.first().map_or("", |(name, _)| name.as_str());
    if let Some((name, _)) = items.0.iter().skip(1).find(|(name, _)| !is(name, CATEGORY)) {
        return Err(refuse(
            call,
            &Sentence::new(
                format!("不认识“{name}”；结果之后可写 类别=…，理由用 --reason"),
                format!("unknown item {name:?}; category=… may follow the result, and --reason"),
            ),
        ));
    }
    let Some(result) = Screening::named(named) else {
        return Err(refuse(
            call,
            &Sentence::new(
                format!("结果不能是“{named}”，应为 受理、补正 或 不受理"),
                format!("the result cannot be {named:?}; expected accepted, returned or refused"),
            ),
        ));
    };
    let reason = text(call, "reason").unwrap_or_default().to_owned();
    if result != Screening::Accepted && reason.is_empty() {
        return Err(refuse(
            call,
            &Sentence::new(
                "补正和不受理须用 --reason 写明理由",
                "returning or refusing an application needs a --reason",
            ),
        ));
    }
    let category = category(call, desk, &items)?;
    let is_known = !category.is_empty() || desk.round.has_category(all.cases[at].category);
    if result == Screening::Accepted && !is_known {
        let all = categories(desk);
        return Err(refuse(
            call,
            &Sentence::new(
                format!("{id} 类别不明，不能受理；请在“受理”之后写明 类别=…（{all}），或记为补正"),
                format!(
                    "the category of {id} is unknown: add category=… ({all}) to accept it, or return it"
                ),
            ),
        ));
    }
    let act = Act::Check {
        case: id.clone(),
        result,
        reason,
        category: category.clone(),
    };
    let recorded = desk.opened.record(act, &now());
    recorded.map_err(|error| failure(call, &error))?;
    let name = if is_chinese(call) {
        result.name()
    } else {
        result.english()
    };
    let line = format!("{id} {name} {category}");
    call.output.line(line.trim_end())?;
    match desk.opened.log.closed().map(words::after_close) {
        Some(closed) => say(call, &closed),
        None => Ok(Outcome::Done),
    }
}

const CATEGORY: Key = ("类别", "category");

/// The categories of the round, by their names.
fn categories(desk: &Desk) -> String {
    let names: Vec<&str> = desk
        .round
        .categories
        .iter()
        .map(|category| category.name.as_str())
        .collect();
    names.join("、")
}

/// The category that the items set, or an empty one.
fn category(call: &Call, desk: &Desk, items: &Items) -> Result<String, Failure> {
    let Some(category) = items.get(CATEGORY) else {
        return Ok(String::new());
    };
    if desk
        .round
        .categories
        .iter()
        .any(|rule| rule.name == category)
    {
        return Ok(category.to_owned());
    }
    let all = categories(desk);
    Err(refuse(
        call,
        &Sentence::new(
            format!("类别不能是“{category}”；本轮有：{all}"),
            format!("the category cannot be {category:?}; the round has {all}"),
        ),
    ))
}
