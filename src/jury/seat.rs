//! A reader's seat: everything that one reader may see of a round, worked out at once
//! and from nothing else. Screens and commands are drawn from a seat, so that what is
//! not in it cannot be shown, sorted by or counted.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::blind::{self, Masked};
use super::conflict;
use super::docket::Docket;
use super::entry::{Entry, LONGEST_TEXT, Mark, Stage};
use super::exact::Points;
use super::merge::{Kept, Record, Trouble};
use super::office::{Act, Log, Screening};
use super::settings::{Blind, Discussion, Refusal, Round, fingerprint};
use super::standing::{Held, Standing};
use super::tally::{Sheets, Tally, tally};
use super::visible::{self, Reader};
use super::words;
use crate::corpus::{CaseIndex, Corpus};
use crate::language::Sentence;
use crate::seeds::Unread;

/// The accepted cases of a round as a reader reads them.
#[derive(Clone, Debug)]
pub struct Cases {
    /// With the names of the applicants, to find conflicts.
    whole: Docket,
    /// As the reader may see them.
    shown: Docket,
    /// Positions in the order in which the reader reads.
    order: Vec<usize>,
    /// The library that the reader reads, in that order.
    pub masked: Masked,
    /// The ids of all applications of the library.
    library: BTreeSet<String>,
    /// Conflicts in the settings that match nothing, for the office.
    unmatched: Vec<Trouble>,
}

impl Cases {
    /// The accepted cases of the library. The office reads them in the order of the
    /// library and knows the applicants; a juror in the order of the own seed, and in
    /// a blind round without what names applicants.
    pub fn of(round: &Round, log: &Log, records: &[Record], all: &Corpus, reader: Reader) -> Self {
        let docket = Docket::all(round, log, all);
        let library = docket.cases.iter().map(|case| case.id.clone()).collect();
        let unmatched = match reader {
            Reader::Office => conflict::unmatched(round, &docket),
            Reader::Juror(_) => Vec::new(),
        };
        let whole = docket.only_accepted(log);
        let (order, open) = match reader {
            Reader::Office => ((0..whole.cases.len()).collect(), true),
            Reader::Juror(at) => (whole.order(&seed(round, at, &records[at])), false),
        };
        let mut masked = if open {
            blind::masked(
                &Round {
                    blind: Blind::None,
                    ..round.clone()
                },
                all,
                &whole,
                &order,
            )
        } else {
            blind::masked(round, all, &whole, &order)
        };
        for (case, &at) in masked.corpus.cases.iter_mut().zip(&order) {
            case.category = whole.cases[at].category;
        }
        let mut shown = whole.clone();
        if !open && round.blind != Blind::None {
            for (&at, place) in order.iter().zip(0..) {
                let case = masked.corpus.get(CaseIndex(place));
                let shown = &mut shown.cases[at];
                shown.title = case.title().into_owned();
                shown.orgs = case.orgs();
                shown.case = case.case.clone();
            }
        }
        Self {
            whole,
            shown,
            order,
            masked,
            library,
            unmatched,
        }
    }

    /// Returns the entries that do not count because their application is gone from the library
    /// or no longer accepted, as far as the reader may see them.
    fn absent(&self, log: &Log, records: &[Record], reader: Reader) -> Vec<Sentence> {
        let mut scored: BTreeMap<&str, usize> = BTreeMap::new();
        if reader == Reader::Office {
            let accepted = log.acts().filter_map(|act| match act {
                Act::Check { case, .. } => Some(case.as_str()),
                _ => None,
            });
            let is_accepted =
                |case: &&str| matches!(log.screening(case), Some((Screening::Accepted, _)));
            scored.extend(accepted.filter(is_accepted).map(|case| (case, 0)));
        }
        for (at, record) in records.iter().enumerate() {
            if reader != Reader::Office && reader != Reader::Juror(at) {
                continue;
            }
            let scores = record
                .entries
                .iter()
                .map(|kept| &kept.entry)
                .filter(|entry| matches!(entry.mark, Mark::Score(_)));
            for case in scores
                .map(|entry| entry.case.as_str())
                .collect::<BTreeSet<_>>()
            {
                *scored.entry(case).or_default() += 1;
            }
        }
        let is_absent = |(case, _): &(&str, usize)| self.whole.find(case).is_none();
        let absent = scored.into_iter().filter(is_absent);
        absent
            .map(|(case, scores)| {
                if self.library.contains(case) {
                    words::not_accepted(case, log.screening(case).map(|(is, _)| is), scores)
                } else {
                    words::gone(case, scores)
                }
            })
            .collect()
    }
}

/// The seed of the order in which a juror reads: the recorded one, else the one that
/// the first entry will record.
pub fn seed(round: &Round, juror: usize, record: &Record) -> String {
    if record.seed.is_empty() {
        let name = &round.jurors[juror].name;
        fingerprint(format!("{}\t{name}", round.id).as_bytes())
    } else {
        record.seed.clone()
    }
}

/// Removes the grounds of listed recusals, which name the applicant.
fn hide_grounds(held: &mut [Vec<Held>]) {
    for held in held.iter_mut().flatten() {
        if let Standing::Recused {
            ground,
            listed: true,
        } = &mut held.standing
        {
            words::LISTED.clone_into(ground);
        }
    }
}

/// The entries of a juror that wait for a choice.
fn contents(record: &Record) -> Vec<Content> {
    let open = record.open_choices().into_iter().flat_map(|(_, kept)| kept);
    let content = |kept: &Kept| Content {
        entry: kept.entry.clone(),
        hash: kept.hash.clone(),
    };
    open.map(content).collect()
}

/// A line that a juror has begun to write and not left yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The case, as the round names it.
    pub case: String,
    pub line: DraftLine,
    /// The criterion, of points.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub criterion: String,
    pub text: String,
}

/// What a line is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DraftLine {
    /// The points of a criterion.
    #[default]
    Points,
    Comment,
    /// The ground of a recusal.
    Ground,
    /// A sentence on a score that was flagged.
    Statement,
}

/// What a juror says of a case, to be made an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writing {
    /// Position in the docket; beyond it for what is of no case, a choice.
    pub case: usize,
    pub mark: Mark,
    pub comment: String,
}

/// One of several contents that entries of one sequence have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub entry: Entry,
    /// Hash of its line, by which it is chosen.
    pub hash: String,
}

impl Writing {
    /// Which of several contents of one entry counts.
    pub const fn of_choice(sequence: u32, keep: String) -> Self {
        Self {
            case: usize::MAX,
            mark: Mark::Choice { sequence, keep },
            comment: String::new(),
        }
    }
}

/// What one reader may see of a round.
#[derive(Clone, Debug)]
pub struct Seat {
    pub round: Round,
    pub reader: Reader,
    pub docket: Docket,
    /// `held[juror][case]`, without what the reader may not see.
    pub held: Vec<Vec<Held>>,
    /// Positions in the docket in the order in which the reader reads.
    pub order: Vec<usize>,
    /// The stage of the next entry.
    pub stage: Stage,
    /// How many cases each juror is done with; `None` where that may not be seen.
    pub done: Vec<Option<usize>>,
    /// Trouble with the files that the reader may see.
    pub troubles: Vec<Trouble>,
    /// What else the reader has to know of the result: applications that are gone, what
    /// was recorded after the end.
    pub notes: Vec<Sentence>,
    /// Whether the settings were changed after the first entry that the reader may
    /// see, without a record of it.
    pub is_unsettled: bool,
    /// Whether jurors may see one another's scores.
    pub is_shared: bool,
    /// The tally; `None` if the reader may not see it.
    pub tally: Option<Tally>,
    /// Own entries between which the juror has to choose, by sequence.
    pub contents: Vec<Content>,
    /// What the office recorded, oldest first; empty for a juror.
    pub acts: Vec<Act>,
    /// A line that was begun before.
    pub draft: Option<Draft>,
}

impl Seat {
    /// What a reader may see.
    pub fn new(
        round: &Round,
        log: &Log,
        records: &[Record],
        cases: &Cases,
        reader: Reader,
    ) -> Self {
        let mut visible = visible::of(round, log, &cases.whole, records, reader);
        if reader != Reader::Office && round.blind != Blind::None {
            hide_grounds(&mut visible.held);
        }
        let own = |at: usize| reader == Reader::Office || reader == Reader::Juror(at);
        let seen = records.iter().enumerate().filter(|(at, _)| own(*at));
        let first = seen.flat_map(|(_, record)| &record.entries).next();
        let recorded = log
            .settings()
            .or(first.map(|kept| kept.entry.settings.as_str()));
        let is_open = log.is_open() && round.discussion == Discussion::Between;
        let mut troubles = visible.troubles;
        troubles.extend(log.troubles.iter().cloned());
        troubles.extend(cases.unmatched.iter().cloned());
        let done = visible
            .held
            .iter()
            .enumerate()
            .map(|(at, held)| {
                let done = held.iter().filter(|held| held.standing.is_done());
                (visible.others || own(at)).then(|| done.count())
            })
            .collect();
        let contents = match reader {
            Reader::Office => Vec::new(),
            Reader::Juror(at) => contents(&records[at]),
        };
        let mut notes = cases.absent(log, records, reader);
        let unplaced: Vec<&str> = cases
            .shown
            .cases
            .iter()
            .filter(|case| !round.has_category(case.category))
            .map(|case| case.id.as_str())
            .collect();
        if reader == Reader::Office && !unplaced.is_empty() {
            notes.push(words::without_category(&unplaced));
        }
        if let (Reader::Office, Some(time)) = (reader, log.closed()) {
            let later = log.since_close().count();
            notes.extend((later > 0).then(|| words::since_close(time, later)));
        }
        let acts = match reader {
            Reader::Office => log.acts().cloned().collect(),
            Reader::Juror(_) => Vec::new(),
        };
        Self {
            round: round.clone(),
            reader,
            docket: cases.shown.clone(),
            held: visible.held,
            order: cases.order.clone(),
            stage: if is_open {
                Stage::Revised
            } else {
                Stage::First
            },
            done,
            troubles,
            notes,
            is_shared: visible::is_shared(round, log),
            is_unsettled: recorded.is_some_and(|recorded| recorded != round.settings),
            tally: None,
            contents,
            acts,
            draft: None,
        }
    }

    /// Notes the applications that cannot be read, for the office.
    pub fn note_unread(&mut self, unread: &[Unread]) {
        if self.reader == Reader::Office && !unread.is_empty() {
            let names: Vec<&str> = unread.iter().map(|file| file.name.as_str()).collect();
            self.notes.push(words::unread(&names));
        }
    }

    /// Returns the seat with the tally, if the reader may see it.
    pub fn tallied(mut self, log: &Log) -> Self {
        let may_see = self.reader == Reader::Office || self.is_shared;
        if may_see && !self.is_unsettled {
            self.tally = Some(self.sums(log));
        }
        self
    }

    /// Computes the tally of what the reader may see.
    pub fn sums(&self, log: &Log) -> Tally {
        let recused: Vec<usize> = (0..self.docket.cases.len())
            .filter(|&case| {
                let own = self.own(case);
                own.is_some_and(|held| matches!(held.standing, Standing::Recused { .. }))
            })
            .collect();
        tally(&self.sheets(), log).without_what_depends_on(&recused, self.round.mean)
    }

    /// The seat as a screen shows it to the office, which others may look at: as long as
    /// jurors may not see one another's scores, without any, but with how many cases
    /// each of them is done with.
    pub fn sealed(mut self) -> Self {
        let is_sealed = self.reader == Reader::Office
            && self.round.discussion == Discussion::Between
            && !self.is_shared;
        if is_sealed {
            self.tally = None;
            for held in self.held.iter_mut().flatten() {
                *held = Held::default();
            }
        }
        self
    }

    /// The scores that the reader may see.
    pub fn sheets(&self) -> Sheets<'_> {
        Sheets {
            round: &self.round,
            docket: &self.docket,
            held: &self.held,
        }
    }

    /// Whether jurors may see one another's scores and revise their own.
    pub fn is_revision(&self) -> bool {
        self.stage == Stage::Revised
    }

    /// The position of the juror who reads; `None` for the office.
    pub fn juror(&self) -> Option<usize> {
        match self.reader {
            Reader::Office => None,
            Reader::Juror(at) => Some(at),
        }
    }

    /// Returns the reading juror's own entry of a case.
    pub fn own(&self, case: usize) -> Option<&Held> {
        self.held.get(self.juror()?)?.get(case)
    }

    /// Whether an entry already has the content of a draft line.
    pub fn says(&self, draft: &Draft) -> bool {
        let case = self.docket.find(&draft.case);
        let Some(own) = case.and_then(|case| self.own(case)) else {
            return false;
        };
        let text = draft.text.trim();
        match draft.line {
            DraftLine::Points => {
                let mut criteria = self.round.criteria.iter();
                let at = criteria.position(|criterion| criterion.name == draft.criterion);
                let given = at.and_then(|at| own.kept(at));
                given.is_some() && given == Points::parse(text)
            }
            DraftLine::Comment => own.comment == text,
            DraftLine::Ground => {
                matches!(&own.standing, Standing::Recused { ground, .. } if ground == text)
            }
            DraftLine::Statement => own.statements.iter().any(|said| said == text),
        }
    }

    /// The next case after `from`, in the reader's order and round its end, that the
    /// juror is not done with: cases that were put off come after all others.
    pub fn next_open(&self, from: Option<usize>) -> Option<usize> {
        let place = from.and_then(|from| self.order.iter().position(|&at| at == from));
        let split = place.map_or(0, |place| place + 1);
        let (before, after) = self.order.split_at(split);
        let around = || after.iter().chain(before).copied();
        let is = |at: &usize, is_put_off: bool| {
            self.own(*at).is_some_and(|held| {
                let put_off = held.standing == Standing::Deferred;
                !held.standing.is_done() && put_off == is_put_off
            })
        };
        let next = around().find(|at| is(at, false));
        next.or_else(|| around().find(|at| is(at, true)))
    }

    /// Parses the points for a criterion.
    ///
    /// # Errors
    ///
    /// Why the text is not valid.
    pub fn points(&self, criterion: usize, text: &str) -> Result<Points, Sentence> {
        let rule = &self.round.criteria[criterion];
        let most = self.round.most(rule);
        let points = Points::parse(text).ok_or_else(|| words::no_points(&rule.name, text, most))?;
        match self.refuses_points(criterion, points) {
            Some(why) => Err(why),
            None => Ok(points),
        }
    }

    /// Returns why these points are invalid for a criterion, or `None`.
    fn refuses_points(&self, criterion: usize, points: Points) -> Option<Sentence> {
        let name = &self.round.criteria[criterion].name;
        let refusal = self.round.refuses(criterion, points)?;
        Some(match refusal {
            Refusal::Above(most) => words::above(name, most, points),
            Refusal::Step(step) => words::off_step(name, step, points),
        })
    }

    /// Returns why the juror may not write this for a case, or `None`.
    pub fn refuses(&self, writing: &Writing) -> Option<Sentence> {
        if self.juror().is_some() && self.is_unsettled {
            return Some(words::unsettled());
        }
        // A choice is of no case.
        if let Mark::Choice { sequence, keep } = &writing.mark {
            let is_it =
                |content: &Content| content.entry.sequence == *sequence && content.hash == *keep;
            let is_open = self.contents.iter().any(is_it);
            return (!is_open).then(|| words::no_choice(&self.choices()));
        }
        let Some(own) = self.own(writing.case) else {
            return Some(words::name_the_juror());
        };
        let long = |text: &str| text.chars().count() > LONGEST_TEXT;
        if long(&writing.comment) || matches!(&writing.mark, Mark::Recusal(ground) if long(ground))
        {
            return Some(words::too_long());
        }
        let scores = matches!(writing.mark, Mark::Score(_));
        match (&own.standing, &writing.mark) {
            (
                Standing::Recused {
                    ground,
                    listed: true,
                },
                _,
            ) => Some(words::listed(ground)),
            (Standing::Recused { .. }, _) if scores => Some(words::recused()),
            (_, Mark::Recusal(ground)) if ground.trim().is_empty() => Some(words::no_ground()),
            // Points that are confirmed were entered by other rules.
            (_, Mark::Score(points)) => {
                let criteria = self.round.criteria.iter().enumerate();
                let mut given =
                    criteria.filter_map(|(at, rule)| Some((at, *points.get(&rule.name)?)));
                given.find_map(|(at, points)| self.refuses_points(at, points))
            }
            _ => None,
        }
    }

    /// The choices that are open, as they are named: `7:hash`.
    fn choices(&self) -> String {
        let named = |content: &Content| format!("{}:{}", content.entry.sequence, content.hash);
        self.contents
            .iter()
            .map(named)
            .collect::<Vec<_>>()
            .join("、")
    }

    /// The entry for what the juror writes. Its sequence, and the hash of the line
    /// before, are those of the file that takes it.
    pub fn entry(&self, writing: Writing, time: String) -> Entry {
        let case = self.docket.cases.get(writing.case);
        Entry {
            sequence: 1,
            time,
            stage: self.stage,
            case: case.map(|case| case.id.clone()).unwrap_or_default(),
            text: case
                .map(|case| case.fingerprint.clone())
                .unwrap_or_default(),
            rules: self.round.rules(),
            settings: self.round.settings.clone(),
            unit: matches!(writing.mark, Mark::Score(_)).then_some(self.round.entry),
            mark: writing.mark,
            comment: writing.comment,
            previous: String::new(),
        }
    }
}
