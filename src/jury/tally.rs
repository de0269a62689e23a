//! The panel's result: means beside one another, ranks by exact values, what to look
//! at again. Nothing is dropped and nothing is decided here.

mod category;

use super::concordance;
use super::docket::Docket;
use super::exact::{Exact, Points};
use super::least_squares::{self, Fit};
use super::office::Log;
use super::scores;
use super::settings::{Mean, Round};
use super::standing::{Held, Standing};

pub use category::{Agreement, Category, LeftOut, Line};

/// The scores of a round: `held[juror][case]`, in the orders of the settings and of
/// the docket.
pub struct Sheets<'a> {
    pub round: &'a Round,
    pub docket: &'a Docket,
    pub held: &'a [Vec<Held>],
}

/// The result of a round as far as its files go.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// In the order of the docket.
    pub cases: Vec<Case>,
    /// In the order of the settings.
    pub categories: Vec<Category>,
    /// In the order of the settings.
    pub jurors: Vec<Juror>,
    /// Cases of no category of the round, by their position in the docket.
    pub unplaced: Vec<usize>,
    /// Whether the panel is connected, so that adjusted means exist.
    pub connected: bool,
}

/// What a case got.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// One for each juror, `None` without a complete score.
    pub totals: Vec<Option<Exact>>,
    pub count: usize,
    pub plain: Option<Exact>,
    pub trimmed: Option<Exact>,
    pub median: Option<Exact>,
    pub adjusted: Option<Exact>,
    /// One for each criterion.
    pub criteria: Vec<Option<Exact>>,
    /// The square of the standard deviation (n − 1).
    pub variance: Option<Exact>,
    pub range: Option<Exact>,
    /// Scores far from the median of the others.
    pub flags: Vec<Flag>,
    /// `None` for a case without the mean that ranks.
    pub rank: Option<usize>,
    /// How its rank was parted from an equal mean.
    pub parted: Option<Parted>,
    /// Whether the panel voted it down: it is not chosen then, and its place stays empty.
    pub voted_down: bool,
    /// Whether it is within the quota. `None` if a tie across the line is open.
    pub chosen: Option<bool>,
}

impl Case {
    /// The mean that ranks.
    pub fn ranking(&self, mean: Mean) -> Option<&Exact> {
        match mean {
            Mean::Plain => self.plain.as_ref(),
            Mean::Trimmed => self.trimmed.as_ref(),
            Mean::Median => self.median.as_ref(),
            Mean::Adjusted => self.adjusted.as_ref(),
        }
    }

    /// Puts another value in the place of the mean that ranks.
    fn set_ranking(&mut self, mean: Mean, value: Option<Exact>) {
        match mean {
            Mean::Plain => self.plain = value,
            Mean::Trimmed => self.trimmed = value,
            Mean::Median => self.median = value,
            Mean::Adjusted => self.adjusted = value,
        }
    }
}

/// A score that asks its juror for a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// Position of the juror in the settings.
    pub juror: usize,
    /// From the median of the others, in points.
    pub distance: Exact,
    /// Whether the juror has written one.
    pub answered: bool,
}

/// What parted cases of equal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parted {
    /// The mean of a criterion, by its position in the settings.
    Criterion(usize),
    /// A recorded decision of the panel.
    Decision,
}

/// A juror's part.
#[derive(Clone, Debug, PartialEq)]
pub struct Juror {
    pub scored: usize,
    pub recused: usize,
    pub abstained: usize,
    pub deferred: usize,
    pub incomplete: usize,
    pub unconfirmed: usize,
    /// Cases without any entry.
    pub unscored: usize,
    /// The mean of the juror's own totals.
    pub own: Option<Exact>,
    /// Mean distance from the mean of the others on the same cases.
    pub severity: Option<Exact>,
    /// The effect that the least squares find.
    pub effect: Option<Exact>,
}

impl Tally {
    /// The result as a juror may read it who is recused from these cases and sees nothing
    /// of others on them: without what these would change, the ranks and the line of
    /// their categories, adjusted means and what is said of jurors.
    pub fn without_what_depends_on(mut self, recused: &[usize], mean: Mean) -> Self {
        if recused.is_empty() {
            return self;
        }
        for case in &mut self.cases {
            case.adjusted = None;
        }
        for category in &mut self.categories {
            let is_touched = category.cases.iter().any(|at| recused.contains(at));
            if !is_touched && mean != Mean::Adjusted {
                continue;
            }
            category.line.gap = None;
            category.line.tied.clear();
            category.equal.clear();
            category.left_out.clear();
            category.is_partial = true;
            category.cases.sort_unstable();
            for &at in &category.cases {
                let case = &mut self.cases[at];
                (case.rank, case.parted, case.chosen) = (None, None, None);
            }
        }
        for juror in &mut self.jurors {
            (juror.own, juror.severity, juror.effect) = (None, None, None);
        }
        self
    }
}

/// Whole-number totals, and the parts of criteria, of one case; one a juror.
struct Row {
    totals: Vec<Option<i128>>,
    parts: Vec<Option<Vec<i128>>>,
}

/// Adds everything up.
pub fn tally(sheets: &Sheets<'_>, log: &Log) -> Tally {
    let round = sheets.round;
    let rows = rows(sheets);
    let table: Vec<Vec<Option<i128>>> = rows.iter().map(|row| row.totals.clone()).collect();
    let unit = round.total_unit();
    let fit = least_squares::fit(&table, round.jurors.len(), unit);
    let mut cases: Vec<Case> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| case(sheets, log, at, row, fit.as_ref()))
        .collect();
    let categories = category::all(sheets, log, &rows, &table, &mut cases);
    let placed = |at: &usize| {
        categories
            .iter()
            .any(|category| category.cases.contains(at))
    };
    let unplaced = (0..cases.len()).filter(|at| !placed(at)).collect();
    Tally {
        jurors: (0..round.jurors.len())
            .map(|juror| of_juror(sheets, juror, &table, fit.as_ref()))
            .collect(),
        connected: fit.is_some() || table.iter().flatten().all(Option::is_none),
        cases,
        categories,
        unplaced,
    }
}

fn rows(sheets: &Sheets<'_>) -> Vec<Row> {
    let round = sheets.round;
    let parts = |juror: &Vec<Held>, case: usize| match &juror[case].standing {
        Standing::Scored(points) => {
            let points = points.iter().enumerate();
            Some(points.map(|(at, &points)| round.part(at, points)).collect())
        }
        _ => None,
    };
    (0..sheets.docket.cases.len())
        .map(|case| {
            let parts: Vec<Option<Vec<i128>>> =
                sheets.held.iter().map(|juror| parts(juror, case)).collect();
            let sum = |parts: &Option<Vec<i128>>| parts.as_ref().map(|parts| parts.iter().sum());
            Row {
                totals: parts.iter().map(sum).collect(),
                parts,
            }
        })
        .collect()
}

fn case(sheets: &Sheets<'_>, log: &Log, at: usize, row: &Row, fit: Option<&Fit>) -> Case {
    let round = sheets.round;
    let unit = round.total_unit();
    let scored: Vec<usize> = (0..row.totals.len())
        .filter(|&juror| row.totals[juror].is_some())
        .collect();
    let totals: Vec<i128> = row.totals.iter().flatten().copied().collect();
    let limit = round.flag_distance();
    let flags = scored.iter().enumerate().filter_map(|(place, &juror)| {
        let distance = scores::distance_from_others(&totals, place, unit)?;
        (distance.abs() > limit).then(|| Flag {
            juror,
            distance,
            answered: !sheets.held[juror][at].statements.is_empty(),
        })
    });
    let criterion = |criterion: usize| of_criterion(round, row, criterion, None);
    Case {
        totals: row
            .totals
            .iter()
            .map(|total| total.map(|total| round.total(total)))
            .collect(),
        count: totals.len(),
        plain: scores::mean(&totals, unit),
        trimmed: scores::trimmed(&totals, unit, scores::LEAST_TO_TRIM),
        median: scores::median(&totals, unit),
        adjusted: fit.and_then(|fit| fit.cases[at].clone()),
        criteria: (0..round.criteria.len()).map(criterion).collect(),
        variance: scores::variance(&totals, unit),
        range: scores::range(&totals, unit),
        flags: flags.collect(),
        rank: None,
        parted: None,
        voted_down: log.voted_down(&sheets.docket.cases[at].id, round.jurors.len() as u32),
        chosen: None,
    }
}

/// The mean of a criterion, of all jurors or without one.
fn of_criterion(
    round: &Round,
    row: &Row,
    criterion: usize,
    without: Option<usize>,
) -> Option<Exact> {
    let others = row
        .parts
        .iter()
        .enumerate()
        .filter(|(juror, _)| Some(*juror) != without);
    let parts = others.filter_map(|(_, parts)| Some(parts.as_ref()?[criterion]));
    let mean = scores::mean(&parts.collect::<Vec<_>>(), round.total_unit())?;
    Some(of_entered(round, criterion, &mean))
}

/// The mean of a criterion in the unit that jurors enter.
fn of_entered(round: &Round, criterion: usize, mean: &Exact) -> Exact {
    let one = round.total(round.part(criterion, Points::whole(1)));
    mean.over(&one).unwrap_or_else(Exact::zero)
}

fn of_juror(
    sheets: &Sheets<'_>,
    juror: usize,
    table: &[Vec<Option<i128>>],
    fit: Option<&Fit>,
) -> Juror {
    let unit = sheets.round.total_unit();
    let count = |is: fn(&Standing) -> bool| {
        let held = sheets.held[juror].iter();
        held.filter(|held| is(&held.standing)).count()
    };
    let own: Vec<i128> = table.iter().filter_map(|row| row[juror]).collect();
    // x − mean of the others is (n x − Σ) / (n − 1): sums of equal n are added as
    // whole numbers.
    let mut by_count = std::collections::BTreeMap::<i128, i128>::new();
    let mut compared = 0;
    for row in table {
        let Some(own) = row[juror] else { continue };
        let n = row.iter().flatten().count() as i128;
        if n > 1 {
            compared += 1;
            *by_count.entry(n).or_default() += n * own - row.iter().flatten().sum::<i128>();
        }
    }
    let sum = by_count
        .iter()
        .map(|(n, sum)| Exact::new(*sum, (n - 1) * unit))
        .fold(Exact::zero(), |sum, part| &sum + &part);
    Juror {
        scored: own.len(),
        recused: count(|s| matches!(s, Standing::Recused { .. })),
        abstained: count(|s| matches!(s, Standing::Abstained)),
        deferred: count(|s| matches!(s, Standing::Deferred)),
        incomplete: count(|s| matches!(s, Standing::Incomplete(_))),
        unconfirmed: count(|s| matches!(s, Standing::Unconfirmed(_))),
        unscored: count(|s| matches!(s, Standing::Unscored)),
        own: scores::mean(&own, unit),
        severity: sum.over(&Exact::new(compared, 1)),
        effect: fit.and_then(|fit| fit.jurors[juror].clone()),
    }
}

/// W over the cases at these positions that all of the jurors who scored any of them
/// scored; and the number of such jurors and cases.
fn agreement(table: &[Vec<Option<i128>>], cases: &[usize]) -> Agreement {
    let jurors = table.first().map_or(0, Vec::len);
    let active: Vec<usize> = (0..jurors)
        .filter(|&juror| cases.iter().any(|&case| table[case][juror].is_some()))
        .collect();
    let complete: Vec<usize> = cases
        .iter()
        .copied()
        .filter(|&case| active.iter().all(|&juror| table[case][juror].is_some()))
        .collect();
    let enough =
        active.len() >= concordance::LEAST_JURORS && complete.len() >= concordance::LEAST_CASES;
    let row = |&juror: &usize| {
        complete
            .iter()
            .filter_map(|&case| table[case][juror])
            .collect()
    };
    let w = enough.then(|| {
        let scores: Vec<Vec<i128>> = active.iter().map(row).collect();
        concordance::concordance(&scores).w
    });
    Agreement {
        jurors: active.len(),
        cases: complete.len(),
        enough,
        w: w.flatten(),
    }
}
