//! Means that allow for who scored what: score = case + juror, by least squares,
//! with juror effects that sum to zero (均衡后). Where everybody scores everything
//! they are the plain means.

use num_bigint::BigInt;

use super::exact::Exact;

/// The adjusted means of the cases and the effects of the jurors, in points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// `None` for a case without a score.
    pub cases: Vec<Option<Exact>>,
    /// `None` for a juror without a score.
    pub jurors: Vec<Option<Exact>>,
}

/// Fits the scores, `table[case][juror]`, whole numbers of `unit`. `None` if the
/// panel is not connected: if cases and jurors fall into parts that share nothing,
/// no juror of one part can be compared with one of another.
pub fn fit(table: &[Vec<Option<i128>>], jurors: usize, unit: i128) -> Option<Fit> {
    let active: Vec<usize> = (0..jurors)
        .filter(|&juror| table.iter().any(|row| row[juror].is_some()))
        .collect();
    if !is_connected(table, &active) {
        return None;
    }
    let common = table
        .iter()
        .map(|row| row.iter().flatten().count() as u64)
        .filter(|&n| n > 0)
        .fold(BigInt::from(1), |common, n| lcm(&common, n));
    let mut rows = equations(table, &active, &common);
    let solution = solve(&mut rows);
    let effects = centred(&solution, active.len());
    // The equations were multiplied by `common` on both sides, so that the effects
    // are in units of the scores.
    let in_points = |(above, below): &(BigInt, BigInt)| Exact::of(above.clone(), below * unit);
    let mut by_juror: Vec<Option<Exact>> = vec![None; jurors];
    for (&juror, effect) in active.iter().zip(&effects) {
        by_juror[juror] = Some(in_points(effect));
    }
    let adjusted = |row: &Vec<Option<i128>>| {
        let scored: Vec<usize> = (0..jurors).filter(|&juror| row[juror].is_some()).collect();
        let n = scored.len() as i128;
        if n == 0 {
            return None;
        }
        let sum: i128 = row.iter().flatten().sum();
        let effects = scored
            .iter()
            .filter_map(|&juror| by_juror[juror].as_ref())
            .fold(Exact::zero(), |sum, effect| &sum + effect);
        (&Exact::new(sum, unit) - &effects).over(&Exact::new(n, 1))
    };
    Some(Fit {
        cases: table.iter().map(adjusted).collect(),
        jurors: by_juror,
    })
}

/// Whether the jurors who gave scores are joined through the cases they share.
fn is_connected(table: &[Vec<Option<i128>>], active: &[usize]) -> bool {
    let Some(&first) = active.first() else {
        return false;
    };
    let mut reached = vec![first];
    let mut seen = vec![false; table.len()];
    let mut next = 0;
    while let Some(&juror) = reached.get(next) {
        next += 1;
        for (row, seen) in table.iter().zip(&mut seen) {
            if row[juror].is_none() || std::mem::replace(seen, true) {
                continue;
            }
            let others = active.iter().filter(|&&other| row[other].is_some());
            let fresh: Vec<usize> = others.copied().filter(|j| !reached.contains(j)).collect();
            reached.extend(fresh);
        }
    }
    reached.len() == active.len()
}

/// The normal equations of all jurors but the last, whose effect is set to zero,
/// after the cases were eliminated; the right side is the last column. Everything
/// is multiplied by `common`, a multiple of the number of scores of every case.
fn equations(table: &[Vec<Option<i128>>], active: &[usize], common: &BigInt) -> Vec<Vec<BigInt>> {
    let size = active.len() - 1;
    let mut rows = vec![vec![BigInt::from(0); size + 1]; size];
    for scores in table {
        let n = scores.iter().flatten().count();
        if n == 0 {
            continue;
        }
        let share = common / n;
        let sum: i128 = scores.iter().flatten().sum();
        for (at, &juror) in active[..size].iter().enumerate() {
            let Some(score) = scores[juror] else { continue };
            rows[at][at] += common;
            for (other, &with) in active[..size].iter().enumerate() {
                if scores[with].is_some() {
                    rows[at][other] -= &share;
                }
            }
            rows[at][size] += common * score - &share * sum;
        }
    }
    rows
}

/// Solves the equations without fractions (Bareiss 1968); each solution is a
/// numerator and the denominator that all share.
fn solve(rows: &mut [Vec<BigInt>]) -> Vec<(BigInt, BigInt)> {
    let size = rows.len();
    let mut before = BigInt::from(1);
    for at in 0..size {
        // The matrix is positive definite in a connected panel: no pivot is zero.
        let pivot = rows[at].clone();
        let others = rows.iter_mut().enumerate().filter(|(row, _)| *row != at);
        for (_, row) in others {
            let factor = row[at].clone();
            for (value, above) in row.iter_mut().zip(&pivot) {
                *value = (&*value * &pivot[at] - &factor * above) / &before;
            }
        }
        before = pivot[at].clone();
    }
    (0..size)
        .map(|at| (rows[at][size].clone(), rows[at][at].clone()))
        .collect()
}

/// The effects of `size` jurors, the last of them zero, moved so that they sum to
/// zero.
fn centred(solution: &[(BigInt, BigInt)], size: usize) -> Vec<(BigInt, BigInt)> {
    let Some((_, below)) = solution.first() else {
        return vec![(BigInt::from(0), BigInt::from(1)); size];
    };
    let sum: BigInt = solution.iter().map(|(above, _)| above).sum();
    let all = solution.iter().map(|(above, _)| above.clone());
    all.chain([BigInt::from(0)])
        .map(|above| (above * size - &sum, below * size))
        .collect()
}

fn lcm(a: &BigInt, b: u64) -> BigInt {
    let remainder: BigInt = a % b;
    let mut pair = (b, u64::try_from(remainder).unwrap_or(0));
    while pair.1 != 0 {
        pair = (pair.1, pair.0 % pair.1);
    }
    a * (b / pair.0)
}
