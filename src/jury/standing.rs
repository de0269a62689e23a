//! The state of a juror's entry for a case: scored, recused, abstained, deferred, or none
//! of these yet.

use std::collections::{BTreeMap, HashMap};

use super::conflict::{Ground, Listed};
use super::docket::Docket;
use super::entry::{Entry, Mark, Stage};
use super::exact::Points;
use super::merge::{Kept, Record};
use super::settings::{Juror, Round};

/// What counts for a juror and a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// No entry, or the last one was withdrawn.
    #[default]
    Unscored,
    /// Some criteria have no points yet.
    Incomplete(Vec<Option<Points>>),
    /// Every criterion has its points.
    Scored(Vec<Points>),
    /// 回避, on this ground; `listed` if the settings have it.
    Recused { ground: String, listed: bool },
    /// 弃评
    Abstained,
    /// 暂缓
    Deferred,
    /// The entry is there and does not count until the juror confirms it.
    Unconfirmed(Doubt),
}

impl Standing {
    /// Whether there is nothing left to do: scored, recused or abstained.
    pub const fn is_done(&self) -> bool {
        matches!(
            self,
            Self::Scored(_) | Self::Recused { .. } | Self::Abstained
        )
    }
}

impl Standing {
    /// Its name in data, whatever language is spoken, and why: the ground of a recusal, what
    /// an entry waits for.
    pub fn data(&self) -> (&'static str, &str) {
        match self {
            Self::Unscored => ("unscored", ""),
            Self::Incomplete(_) => ("incomplete", ""),
            Self::Scored(_) => ("scored", ""),
            Self::Recused { ground, .. } => ("recused", ground),
            Self::Abstained => ("abstained", ""),
            Self::Deferred => ("deferred", ""),
            Self::Unconfirmed(doubt) => {
                let why = match doubt {
                    Doubt::Rules => "rules",
                    Doubt::Unit => "unit",
                    Doubt::Text => "text",
                    Doubt::Points => "points",
                    Doubt::Disputed => "disputed",
                };
                ("unconfirmed", why)
            }
        }
    }
}

/// Why an entry does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It was made by other rules than those of now.
    Rules,
    /// Its points are percents and the round has none now, or the other way round: they say
    /// something else and have to be given anew.
    Unit,
    /// It was made for another text than that of now.
    Text,
    /// Points are above the most of a criterion, are no multiple of the step, or are
    /// for a criterion that the round does not have.
    Points,
    /// Two entries with one sequence number differ, or one was changed after it was written.
    Disputed,
}

/// Everything about a juror and a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    pub standing: Standing,
    /// The last score of the first stage, on record whatever came after.
    pub first: Option<Vec<Option<Points>>>,
    /// The last score after the opening.
    pub revised: Option<Vec<Option<Points>>>,
    /// Whether the last score is for the text and by the rules of now.
    in_force: bool,
    /// Points of scores that are out of force, as far as none in force replaced them; one
    /// a criterion, or none at all.
    waiting: Vec<Option<Points>>,
    pub comment: String,
    /// Sentences that the juror added to the score.
    pub statements: Vec<String>,
    /// When the last entry was made.
    pub time: String,
}

impl Held {
    /// The points that are shown in the sheet: the last that were entered and not
    /// withdrawn.
    pub fn points(&self) -> Option<&[Option<Points>]> {
        let points = self.revised.as_deref().or(self.first.as_deref());
        let is_void = matches!(
            self.standing,
            Standing::Unscored | Standing::Unconfirmed(Doubt::Unit)
        );
        points.filter(|_| !is_void)
    }

    /// The points of a criterion that the next score keeps.
    pub fn kept(&self, criterion: usize) -> Option<Points> {
        self.points().filter(|_| self.in_force)?[criterion]
    }

    /// The points of a criterion that count once the juror confirms them.
    pub fn waiting(&self, criterion: usize) -> Option<Points> {
        let waiting = self.waiting.get(criterion).copied().flatten();
        waiting.filter(|_| self.kept(criterion).is_none())
    }

    /// Puts the score that was in force, or one that never was, to those that wait.
    fn wait(&mut self, given: &[Option<Points>]) {
        self.in_force = false;
        self.waiting.resize(given.len(), None);
        for (waiting, given) in self.waiting.iter_mut().zip(given) {
            *waiting = given.or(*waiting);
        }
    }

    /// Leaves out what was given before: nothing of it can be confirmed.
    fn void(&mut self) {
        self.in_force = false;
        self.waiting.clear();
    }

    /// Takes a score that is in force.
    fn replace(&mut self, given: &[Option<Points>]) {
        self.in_force = true;
        for (waiting, _) in self
            .waiting
            .iter_mut()
            .zip(given)
            .filter(|(_, given)| given.is_some())
        {
            *waiting = None;
        }
    }
}

/// Returns the state of one juror's entries for every case of the docket, in its order.
pub fn of_juror(
    round: &Round,
    docket: &Docket,
    juror: &Juror,
    record: Option<&Record>,
) -> Vec<Held> {
    let rules = round.rules();
    let mut entries: HashMap<&str, Vec<&Kept>> = HashMap::new();
    for kept in record.into_iter().flat_map(|record| &record.entries) {
        entries.entry(&kept.entry.case).or_default().push(kept);
    }
    let listed = Listed::of(juror);
    let of_case = |case: &super::docket::Case| {
        let kept = entries.get(case.id.as_str()).map_or(&[][..], Vec::as_slice);
        let mut held = replay(round, &rules, &case.fingerprint, kept);
        if let Some(Ground(ground)) = listed.with(&case.case) {
            held.standing = Standing::Recused {
                ground,
                listed: true,
            };
        }
        held
    };
    docket.cases.iter().map(of_case).collect()
}

/// Goes through the entries for one case in the order of their sequence.
fn replay(round: &Round, rules: &str, text: &str, entries: &[&Kept]) -> Held {
    let mut held = Held::default();
    for kept in entries {
        let entry = &kept.entry;
        let recused = matches!(held.standing, Standing::Recused { .. });
        held.time.clone_from(&entry.time);
        if kept.disputed {
            let shown = held.points().map(<[_]>::to_vec);
            held.wait(&shown.unwrap_or_default());
            if !recused {
                held.standing = Standing::Unconfirmed(Doubt::Disputed);
            }
            continue;
        }
        match &entry.mark {
            Mark::Score(points) => {
                let given = by_criterion(round, points);
                let standing = scored(round, entry, &given, rules, text);
                match standing {
                    Standing::Unconfirmed(Doubt::Unit) => held.void(),
                    Standing::Unconfirmed(_) => held.wait(&given),
                    _ => held.replace(&given),
                }
                // After a recusal a score stays on record and does not count, until
                // the recusal is withdrawn.
                if !recused {
                    held.standing = standing;
                }
                match entry.stage {
                    Stage::First => held.first = Some(given),
                    Stage::Revised => held.revised = Some(given),
                }
                held.comment.clone_from(&entry.comment);
            }
            Mark::Recusal(ground) => {
                held.standing = Standing::Recused {
                    ground: ground.clone(),
                    listed: false,
                };
            }
            Mark::Abstention => held.standing = Standing::Abstained,
            Mark::Deferral => held.standing = Standing::Deferred,
            Mark::Withdrawal => {
                held.standing = Standing::Unscored;
                held.void();
            }
            Mark::Comment => held.comment.clone_from(&entry.comment),
            Mark::Statement => held.statements.push(entry.comment.clone()),
            Mark::Choice { .. } => {}
        }
    }
    held
}

/// The first points of an entry that are none of the round: of a criterion that it does not
/// have, above the most, or between two steps.
pub fn misfit<'a>(round: &Round, entry: &'a Entry) -> Option<(&'a str, Points)> {
    let Mark::Score(points) = &entry.mark else {
        return None;
    };
    let is_misfit = |(name, points): &(&String, &Points)| {
        let mut criteria = round.criteria.iter();
        let at = criteria.position(|criterion| criterion.name == **name);
        at.is_none_or(|at| round.refuses(at, **points).is_some())
    };
    let (name, points) = points.iter().find(is_misfit)?;
    Some((name, *points))
}

fn by_criterion(round: &Round, points: &BTreeMap<String, Points>) -> Vec<Option<Points>> {
    let criteria = round.criteria.iter();
    criteria
        .map(|criterion| points.get(&criterion.name).copied())
        .collect()
}

fn scored(
    round: &Round,
    entry: &Entry,
    given: &[Option<Points>],
    rules: &str,
    text: &str,
) -> Standing {
    if entry.rules != rules {
        let is_other = entry.unit.is_some_and(|unit| unit != round.entry);
        let doubt = if is_other { Doubt::Unit } else { Doubt::Rules };
        return Standing::Unconfirmed(doubt);
    }
    if entry.text != text {
        return Standing::Unconfirmed(Doubt::Text);
    }
    if misfit(round, entry).is_some() {
        return Standing::Unconfirmed(Doubt::Points);
    }
    let complete: Option<Vec<Points>> = given.iter().copied().collect();
    match complete {
        Some(points) => Standing::Scored(points),
        None if given.iter().all(Option::is_none) => Standing::Unscored,
        None => Standing::Incomplete(given.to_vec()),
    }
}
