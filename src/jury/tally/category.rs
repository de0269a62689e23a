//! The ranks of a category, the line of its quota, and what would move it.

use std::cmp::Ordering;

use super::{Case, Parted, Row, Sheets, agreement, of_criterion};
use crate::jury::exact::Exact;
use crate::jury::least_squares;
use crate::jury::office::Log;
use crate::jury::scores::{self, LEAST_TO_TRIM};
use crate::jury::settings::{Mean, Round};

/// A category of the round.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    pub name: String,
    /// Positions in the docket, best first; cases without the mean that ranks last,
    /// in the order of the docket.
    pub cases: Vec<usize>,
    /// Cases of equal means that no declared criterion parts, each group with its best
    /// rank first; a recorded decision may.
    pub equal: Vec<Vec<usize>>,
    /// Whether the reader does not see all of its scores: there are no ranks then.
    pub is_partial: bool,
    pub line: Line,
    pub agreement: Agreement,
    /// Who would change if one juror were left out; jurors who change nothing are not
    /// listed.
    pub left_out: Vec<LeftOut>,
}

/// The line of the quota.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How many cases are chosen.
    pub places: usize,
    /// The last mean above the line less the first below it; `None` if there is no
    /// case on one of the sides.
    pub gap: Option<Exact>,
    /// Cases of equal rank on both sides of the line, which a decision must part.
    pub tied: Vec<usize>,
}

/// Kendall's W of a category.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Jurors who scored any of its cases.
    pub jurors: usize,
    /// Cases that all of them scored.
    pub cases: usize,
    /// Whether these are enough for a value.
    pub enough: bool,
    /// `None` as well if all of them rank all cases equal.
    pub w: Option<Exact>,
}

/// What changes without the scores of one juror.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Position of the juror in the settings.
    pub juror: usize,
    /// Cases that would be chosen.
    pub gains: Vec<usize>,
    /// Cases that would not.
    pub losses: Vec<usize>,
    /// Cases that would be tied across the line and are not now.
    pub tied: Vec<usize>,
    /// Cases that would lack the mean that ranks. If there are any, the change cannot be
    /// computed, and the other fields are empty.
    pub unranked: Vec<usize>,
}

/// All categories of the round; writes ranks and choices into the cases.
pub(super) fn all(
    sheets: &Sheets<'_>,
    log: &Log,
    rows: &[Row],
    table: &[Vec<Option<i128>>],
    cases: &mut [Case],
) -> Vec<Category> {
    let round = sheets.round;
    let mut categories: Vec<Category> = Vec::new();
    for rule in &round.categories {
        let own: Vec<usize> = (0..cases.len())
            .filter(|&at| {
                let category = sheets.docket.cases[at].category;
                category.is_some_and(|category| category.name() == rule.name)
            })
            .collect();
        let places = rule.quota.places(own.len());
        let mut equal = Vec::new();
        let ranked = rank(sheets, log, &own, cases, &mut equal);
        categories.push(Category {
            name: rule.name.clone(),
            equal,
            is_partial: false,
            line: line(round.mean, &ranked, places, cases),
            cases: ranked,
            agreement: agreement(table, &own),
            left_out: Vec::new(),
        });
    }
    for juror in 0..round.jurors.len() {
        let means = means_without(round, juror, table);
        let mut without = cases.to_vec();
        for ((case, row), mean) in without.iter_mut().zip(rows).zip(means) {
            case.set_ranking(round.mean, mean);
            for &criterion in &round.ties {
                case.criteria[criterion] = of_criterion(round, row, criterion, Some(juror));
            }
        }
        for category in &mut categories {
            let ranked = rank(sheets, log, &category.cases, &mut without, &mut Vec::new());
            line(round.mean, &ranked, category.line.places, &mut without);
            let changed = left_out(juror, category, cases, &without);
            category.left_out.extend(changed);
        }
    }
    categories
}

/// Positions in the order of their ranks, which are written into the cases. Equal
/// means are parted by the criteria that the round declares, then by a recorded
/// decision on all cases that are equal still; what remains equal shares its rank.
fn rank(
    sheets: &Sheets<'_>,
    log: &Log,
    own: &[usize],
    cases: &mut [Case],
    equal_groups: &mut Vec<Vec<usize>>,
) -> Vec<usize> {
    let round = sheets.round;
    let mut ranked: Vec<usize> = own.to_vec();
    ranked.sort_by(|&a, &b| compare(round, &cases[a], &cases[b]).0);
    let equal = |a: &usize, b: &usize| compare(round, &cases[*a], &cases[*b]).0.is_eq();
    let groups: Vec<Vec<usize>> = ranked.chunk_by(equal).map(<[usize]>::to_vec).collect();
    let is_tie =
        |group: &&Vec<usize>| group.len() > 1 && cases[group[0]].ranking(round.mean).is_some();
    equal_groups.extend(groups.iter().filter(is_tie).cloned());
    ranked.clear();
    for mut group in groups {
        let is_ranked = cases[group[0]].ranking(round.mean).is_some();
        let decided = is_ranked && group.len() > 1 && decide(sheets, log, &mut group);
        let first = ranked.len() + 1;
        let before = ranked
            .last()
            .map(|&before| compare(round, &cases[before], &cases[group[0]]).1);
        for (place, &at) in group.iter().enumerate() {
            let case = &mut cases[at];
            case.rank = is_ranked.then_some(if decided { first + place } else { first });
            case.parted = if decided {
                Some(Parted::Decision)
            } else {
                before.flatten()
            };
        }
        if let (Some(Some(by)), Some(&last)) = (before, ranked.last()) {
            cases[last].parted.get_or_insert(by);
        }
        ranked.extend(group);
    }
    ranked
}

/// Orders cases by the latest recorded decision that names all of them.
fn decide(sheets: &Sheets<'_>, log: &Log, group: &mut [usize]) -> bool {
    let id = |at: usize| sheets.docket.cases[at].id.as_str();
    let place = |order: &[String], at: usize| order.iter().position(|known| known == id(at));
    let covers = |order: &&[String]| group.iter().all(|&at| place(order, at).is_some());
    let Some(order) = log.orders().find(covers) else {
        return false;
    };
    group.sort_by_key(|&at| place(order, at));
    true
}

/// The better case first, and the criterion that parted the two if their means are
/// equal.
fn compare(round: &Round, a: &Case, b: &Case) -> (Ordering, Option<Parted>) {
    let (one, other) = (a.ranking(round.mean), b.ranking(round.mean));
    let by_mean = descending(one, other);
    // What has no mean is not equal to another by it: no criterion parts the two.
    if by_mean.is_ne() || one.is_none() {
        return (by_mean, None);
    }
    let mut criteria = round.ties.iter().map(|&criterion| {
        let by = descending(
            a.criteria[criterion].as_ref(),
            b.criteria[criterion].as_ref(),
        );
        (by, Some(Parted::Criterion(criterion)))
    });
    let parted = criteria.find(|(by, _)| by.is_ne());
    parted.unwrap_or((Ordering::Equal, None))
}

/// The larger first, what has no value last.
fn descending(a: Option<&Exact>, b: Option<&Exact>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => b.cmp(a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// The line after `places` cases; says of every case on which side it is.
fn line(mean: Mean, ranked: &[usize], places: usize, cases: &mut [Case]) -> Line {
    let rank = |at: usize| cases[at].rank;
    let last = places.checked_sub(1).and_then(|at| ranked.get(at)).copied();
    let first = ranked.get(places).copied();
    let mut tied: Vec<usize> = match (last, first) {
        (Some(last), Some(first)) if rank(last).is_some() && rank(last) == rank(first) => {
            let shared = ranked.iter().filter(|&&at| rank(at) == rank(last));
            shared.copied().collect()
        }
        _ => Vec::new(),
    };
    // Those who are left of a tie after a vote have places where there are enough.
    let above = ranked.iter().take_while(|at| !tied.contains(at)).count();
    tied.retain(|&at| !cases[at].voted_down);
    let mut settled = Vec::new();
    if above + tied.len() <= places {
        settled = std::mem::take(&mut tied);
    }
    let value = |at: Option<usize>| cases[at?].ranking(mean);
    let gap = value(last)
        .zip(value(first))
        .map(|(above, below)| above - below);
    for (place, &at) in ranked.iter().enumerate() {
        let open = tied.contains(&at);
        let ranks = cases[at].rank.is_some();
        let is_within = place < places || settled.contains(&at);
        let is_chosen = is_within && ranks && !cases[at].voted_down;
        cases[at].chosen = (!open).then_some(is_chosen);
    }
    Line { places, gap, tied }
}

/// The means that rank, without the scores of one juror.
fn means_without(round: &Round, juror: usize, table: &[Vec<Option<i128>>]) -> Vec<Option<Exact>> {
    let unit = round.total_unit();
    if round.mean == Mean::Adjusted {
        let mut without = table.to_vec();
        for row in &mut without {
            row[juror] = None;
        }
        let fit = least_squares::fit(&without, round.jurors.len(), unit);
        return fit.map_or_else(|| vec![None; table.len()], |fit| fit.cases);
    }
    let of_row = |row: &Vec<Option<i128>>| {
        let others: Vec<i128> = row
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != juror)
            .filter_map(|(_, score)| *score)
            .collect();
        match round.mean {
            Mean::Plain | Mean::Adjusted => scores::mean(&others, unit),
            Mean::Trimmed => scores::trimmed(&others, unit, LEAST_TO_TRIM),
            Mean::Median => scores::median(&others, unit),
        }
    };
    table.iter().map(of_row).collect()
}

/// Who would be on the other side of the line, or on none, with the cases as they are
/// without the juror.
fn left_out(
    juror: usize,
    category: &Category,
    cases: &[Case],
    without: &[Case],
) -> Option<LeftOut> {
    let ranks = |at: &usize| cases[*at].rank.is_some() && !cases[*at].voted_down;
    let ranked: Vec<usize> = category.cases.iter().copied().filter(ranks).collect();
    let is_lost = |at: &usize| without[*at].rank.is_none();
    let unranked: Vec<usize> = ranked.iter().copied().filter(is_lost).collect();
    if !unranked.is_empty() {
        return Some(LeftOut {
            juror,
            gains: Vec::new(),
            losses: Vec::new(),
            tied: Vec::new(),
            unranked,
        });
    }
    let pick = |is: fn(bool, Option<bool>) -> bool| -> Vec<usize> {
        let is_picked = |at: &usize| {
            let was = cases[*at].chosen;
            was.is_some_and(|was| is(was, without[*at].chosen))
        };
        ranked.iter().copied().filter(is_picked).collect()
    };
    let changed = LeftOut {
        juror,
        gains: pick(|was, is| !was && is == Some(true)),
        losses: pick(|was, is| was && is == Some(false)),
        tied: pick(|_, is| is.is_none()),
        unranked,
    };
    let lists = [&changed.gains, &changed.losses, &changed.tied];
    let is_any = lists.iter().any(|list| !list.is_empty());
    is_any.then_some(changed)
}
