//! How far jurors agree on an order: Kendall's coefficient W, corrected for ties.
//!
//! M. G. Kendall and B. Babington Smith, "The Problem of m Rankings", The Annals of
//! Mathematical Statistics 10 (1939): W = 12 S / (m² (n³ − n) − m T).

use super::exact::Exact;

/// The fewest jurors for whom W is shown.
pub const LEAST_JURORS: usize = 3;

/// The fewest cases for which W is shown.
pub const LEAST_CASES: usize = 5;

/// The parts of W.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concordance {
    /// Twice the sum of the ranks of each case.
    pub doubled_rank_sums: Vec<i128>,
    /// The sum of squares of the deviations of the rank sums.
    pub s: Exact,
    /// Σ (t³ − t) over all groups of ties of all jurors.
    pub t: i128,
    /// `None` if every juror ranks all cases equal.
    pub w: Option<Exact>,
    /// m (n − 1) W.
    pub chi_square: Option<Exact>,
}

/// W over a table `scores[juror][case]` without gaps; each juror's cases are ranked
/// with average ranks for ties.
pub fn concordance(scores: &[Vec<i128>]) -> Concordance {
    let m = scores.len() as i128;
    let n = scores.first().map_or(0, Vec::len) as i128;
    let mut sums = vec![0_i128; n as usize];
    let mut t = 0;
    for row in scores {
        let (ranks, ties) = doubled_ranks(row);
        t += ties;
        for (sum, rank) in sums.iter_mut().zip(ranks) {
            *sum += rank;
        }
    }
    // Twice the mean rank sum is m (n + 1); deviations are doubled, squares fourfold.
    let squares: i128 = sums.iter().map(|sum| (sum - m * (n + 1)).pow(2)).sum();
    let below = m * m * (n * n * n - n) - m * t;
    let w = (below != 0).then(|| Exact::new(3 * squares, below));
    let chi_square = w.as_ref().map(|w| w * &Exact::new(m * (n - 1), 1));
    Concordance {
        doubled_rank_sums: sums,
        s: Exact::new(squares, 4),
        t,
        w,
        chi_square,
    }
}

/// Twice the average rank of every value, the smallest first, and Σ (t³ − t) over
/// its groups of ties.
pub fn doubled_ranks(values: &[i128]) -> (Vec<i128>, i128) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|&at| values[at]);
    let mut ranks = vec![0; values.len()];
    let mut ties = 0;
    for group in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let first = order.partition_point(|&at| values[at] < values[group[0]]) as i128 + 1;
        let size = group.len() as i128;
        ties += size * size * size - size;
        for &at in group {
            ranks[at] = 2 * first + size - 1;
        }
    }
    (ranks, ties)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A published table, one row a juror.
    fn table(text: &str) -> Vec<Vec<i128>> {
        let row = |row: &str| {
            row.split_whitespace()
                .map(|n| n.parse().expect("a rank"))
                .collect()
        };
        text.split(';').map(row).collect()
    }

    fn check(text: &str, w: &str, chi_square: &str) -> Concordance {
        let found = concordance(&table(text));
        let shown = |value: &Option<Exact>, places| value.as_ref().map(|v| v.half_up(places));
        let places = w.len() as u32 - 2;
        assert_eq!(shown(&found.w, places).as_deref(), Some(w));
        let places = chi_square.len() as u32 - 3;
        assert_eq!(
            shown(&found.chi_square, places).as_deref(),
            Some(chi_square)
        );
        found
    }

    #[test]
    fn a_published_table_without_ties() {
        let found = check(
            "1 3 4 5 2 8 6 7 10 9; 2 1 4 5 6 3 8 7 10 9; 3 2 1 5 7 4 6 8 9 10; 4 2 3 1 6 7 5 9 8 10",
            "0.79",
            "28.58",
        );
        assert_eq!(found.s, Exact::new(1048, 1));
    }

    #[test]
    fn a_published_table_with_one_tie() {
        check(
            "4 3 1 5 6 9 8 2 7 11 10 12; 1 2 6 3 5 4 8 9 10 11 6 12; 1 2 6 3 4 5 8 7 10 9 11 12; \
             2 3 5 6 7 1 4 10 8 9 11 12; 1 6 2 5 3 8 4 9 7 10 11 12",
            "0.735",
            "40.5",
        );
    }

    #[test]
    fn a_published_table_with_many_ties() {
        let found = check(
            "3 3 3 4 5 5 2 3 5 2 2 6 1 5 2 2 1 2 4 3; 3 6 4 6 2 4 2 4 3 3 2 3 3 3 2 2 1 3 3 4; \
             2 1 4 4 3 2 1 6 1 1 1 2 3 3 1 1 3 3 2 2",
            "0.54",
            "30.76",
        );
        assert_eq!(found.t, 1674);
        // Without the correction the published value is 0.50.
        let uncorrected = Exact::new(12, 9 * (20 * 20 * 20 - 20));
        assert_eq!((&found.s * &uncorrected).half_up(2), "0.50");
    }

    #[test]
    fn jurors_who_rank_all_cases_equal_have_no_value() {
        assert_eq!(concordance(&table("1 1 1; 1 1 1; 1 1 1")).w, None);
    }
}
