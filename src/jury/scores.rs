//! What a set of scores comes to: means, spread, distance. Scores are whole numbers
//! of units; a missing score is not in the set and is never zero.

use super::exact::Exact;

/// From how many scores on the highest and the lowest are dropped for the trimmed
/// mean.
pub const LEAST_TO_TRIM: usize = 5;

/// The sum over the number, in points of `unit`; `None` of nothing.
pub fn mean(scores: &[i128], unit: i128) -> Option<Exact> {
    let sum: i128 = scores.iter().sum();
    (!scores.is_empty()).then(|| Exact::new(sum, unit * scores.len() as i128))
}

/// The mean without one highest and one lowest score; `None` below `least` scores,
/// and below three.
pub fn trimmed(scores: &[i128], unit: i128, least: usize) -> Option<Exact> {
    if scores.len() < least.max(3) {
        return None;
    }
    let ends = scores.iter().min()? + scores.iter().max()?;
    let sum: i128 = scores.iter().sum();
    Some(Exact::new(sum - ends, unit * (scores.len() as i128 - 2)))
}

/// The middle score, or the mean of the two in the middle; `None` of nothing.
pub fn median(scores: &[i128], unit: i128) -> Option<Exact> {
    let mut sorted = scores.to_vec();
    sorted.sort_unstable();
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some(Exact::new(lower + upper, 2 * unit))
}

/// The sample variance (n − 1), whose root is the standard deviation; `None` below
/// two scores.
pub fn variance(scores: &[i128], unit: i128) -> Option<Exact> {
    let n = scores.len() as i128;
    if n < 2 {
        return None;
    }
    // n² Σ(x − mean)² = Σ(n x − Σx)², all in whole numbers.
    let sum: i128 = scores.iter().sum();
    let deviations = scores.iter().map(|score| n * score - sum);
    let squares: i128 = deviations.map(|deviation| deviation * deviation).sum();
    Exact::new(squares, n * n * (n - 1)).over(&Exact::new(unit * unit, 1))
}

/// Highest less lowest; `None` of nothing.
pub fn range(scores: &[i128], unit: i128) -> Option<Exact> {
    let width = scores.iter().max()? - scores.iter().min()?;
    Some(Exact::new(width, unit))
}

/// How far the score at `at` is from the median of the others; `None` where there
/// are no others.
pub fn distance_from_others(scores: &[i128], at: usize, unit: i128) -> Option<Exact> {
    let mut others = scores.to_vec();
    let own = others.remove(at);
    Some(&Exact::new(own, unit) - &median(&others, unit)?)
}
