//! Means that allow for who scored what: score = case + juror, by least squares,
//! with juror effects that sum to zero (均衡后). Where everybody scores everything
//! they are the plain means.

use std::collections::BTreeMap;

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
    let effects = centred(&solve(&mut rows), active.len());
    // The equations were multiplied by `common` on both sides, so that the effects
    // are in units of the scores.
    let below = &effects.below;
    let mut by_juror: Vec<Option<Exact>> = vec![None; jurors];
    for (&juror, effect) in active.iter().zip(&effects.above) {
        by_juror[juror] = Some(Exact::unreduced(effect.clone(), below * unit));
    }
    // (Σ scores − Σ effects) / n, all over one denominator, so that to rank them is to
    // compare whole numbers.
    let of_all = below * &common * unit;
    let adjusted = |row: &Vec<Option<i128>>| {
        let scored = active
            .iter()
            .zip(&effects.above)
            .filter_map(|(&juror, effect)| Some((row[juror]?, effect)));
        let (mut n, mut sum, mut of_jurors) = (0_u64, 0_i128, BigInt::from(0));
        for (score, effect) in scored {
            n += 1;
            sum += score;
            of_jurors += effect;
        }
        (n > 0).then(|| {
            let above = (below * sum - of_jurors) * (&common / n);
            Exact::unreduced(above, of_all.clone())
        })
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

/// What the cases with one number of scores come to.
struct Sums {
    /// How many of them two jurors both scored.
    both: Vec<Vec<i64>>,
    /// The scores of a juror.
    own: Vec<i128>,
    /// The scores of all jurors on the cases of a juror.
    all: Vec<i128>,
}

/// The normal equations of all jurors but the last, whose effect is set to zero,
/// after the cases were eliminated; the right side is the last column. Everything
/// is multiplied by `common`, a multiple of the number of scores of every case.
fn equations(table: &[Vec<Option<i128>>], active: &[usize], common: &BigInt) -> Vec<Vec<BigInt>> {
    let size = active.len() - 1;
    // Small numbers are added up first: large ones take ten times as long.
    let mut by_count: BTreeMap<usize, Sums> = BTreeMap::new();
    for scores in table {
        let n = scores.iter().flatten().count();
        if n == 0 {
            continue;
        }
        let sum: i128 = scores.iter().flatten().sum();
        let sums = by_count.entry(n).or_insert_with(|| Sums {
            both: vec![vec![0; size]; size],
            own: vec![0; size],
            all: vec![0; size],
        });
        for (at, &juror) in active[..size].iter().enumerate() {
            let Some(score) = scores[juror] else { continue };
            sums.own[at] += score;
            sums.all[at] += sum;
            for (other, &with) in active[..size].iter().enumerate() {
                sums.both[at][other] += i64::from(scores[with].is_some());
            }
        }
    }
    let mut rows = vec![vec![BigInt::from(0); size + 1]; size];
    for (&n, sums) in &by_count {
        let share = common / n;
        for (at, row) in rows.iter_mut().enumerate() {
            row[at] += common * sums.both[at][at];
            for (value, both) in row.iter_mut().zip(&sums.both[at]) {
                *value -= &share * both;
            }
            row[size] += common * sums.own[at] - &share * sums.all[at];
        }
    }
    rows
}

/// Values with one denominator.
struct Shared {
    above: Vec<BigInt>,
    below: BigInt,
}

/// Solves the equations without fractions: E. H. Bareiss, "Sylvester's Identity and
/// Multistep Integer-Preserving Gaussian Elimination", Mathematics of Computation 22
/// (1968). The matrix is symmetric and stays so, so only its upper
/// triangle is computed; all solutions have its determinant as denominator.
fn solve(rows: &mut [Vec<BigInt>]) -> Shared {
    let size = rows.len();
    let mut before = BigInt::from(1);
    for at in 0..size {
        // The matrix is positive definite in a connected panel: no pivot is zero.
        let (done, rest) = rows.split_at_mut(at + 1);
        let pivot = &done[at];
        for (row, number) in rest.iter_mut().zip(at + 1..) {
            for column in number..=size {
                let crossed = &pivot[number] * &pivot[column];
                row[column] = (&row[column] * &pivot[at] - crossed) / &before;
            }
        }
        before = pivot[at].clone();
    }
    let mut above = vec![BigInt::from(0); size];
    for at in (0..size).rev() {
        let row = &rows[at];
        let known: BigInt = (at + 1..size)
            .map(|other| &row[other] * &above[other])
            .sum();
        above[at] = (&before * &row[size] - known) / &row[at];
    }
    Shared {
        above,
        below: before,
    }
}

/// The effects of `size` jurors, the last of them zero, moved so that they sum to
/// zero.
fn centred(solution: &Shared, size: usize) -> Shared {
    let sum: BigInt = solution.above.iter().sum();
    let all = solution.above.iter().cloned().chain([BigInt::from(0)]);
    Shared {
        above: all.map(|above| above * size - &sum).collect(),
        below: &solution.below * size,
    }
}

fn lcm(a: &BigInt, b: u64) -> BigInt {
    let remainder: BigInt = a % b;
    let mut pair = (b, u64::try_from(remainder).unwrap_or(0));
    while pair.1 != 0 {
        pair = (pair.1, pair.0 % pair.1);
    }
    a * (b / pair.0)
}
