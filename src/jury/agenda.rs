//! What the panel discusses first: cases near the line of their quota, then those on
//! which the jurors differ most.

use super::exact::Exact;
use super::settings::Mean;
use super::tally::Tally;

/// A case to discuss.
#[derive(Clone, Debug, PartialEq)]
pub struct AgendaItem {
    /// Position in the docket.
    pub case: usize,
    /// How far its mean is from the middle of the gap at the line; `None` if its
    /// category has no line or it has no mean.
    pub from_line: Option<Exact>,
    /// Highest less lowest score.
    pub range: Option<Exact>,
    pub flags: usize,
    /// Whether it is tied with others and needs a decision.
    pub tied: bool,
}

/// How near the line of its quota a case is discussed before others, in points.
pub const NEAR: i128 = 5;

/// Returns the agenda. Before anything is scored it lists every case in the order of the docket;
/// then every scored case: those tied at the line first, then those within `near` points of
/// the line of their category by distance, then the others by spread.
pub fn agenda(tally: &Tally, mean: Mean, near: &Exact) -> Vec<AgendaItem> {
    let mut items: Vec<AgendaItem> = Vec::new();
    let is_before = tally.cases.iter().all(|case| case.count == 0);
    for category in &tally.categories {
        let value = |at: usize| tally.cases[at].ranking(mean);
        let places = category.line.places;
        let above = places
            .checked_sub(1)
            .and_then(|at| category.cases.get(at))
            .and_then(|&at| value(at));
        let below = category.cases.get(places).and_then(|&at| value(at));
        let middle = above
            .zip(below)
            .map(|(above, below)| &(above + below) * &Exact::new(1, 2));
        for &at in &category.cases {
            let case = &tally.cases[at];
            if case.count == 0 && !is_before {
                continue;
            }
            let from_line = middle
                .as_ref()
                .zip(value(at))
                .map(|(line, own)| (own - line).abs());
            items.push(AgendaItem {
                case: at,
                from_line,
                range: case.range.clone(),
                flags: case.flags.len(),
                tied: category.line.tied.contains(&at),
            });
        }
    }
    let unplaced = tally.unplaced.iter().filter(|_| is_before);
    items.extend(unplaced.map(|&case| AgendaItem {
        case,
        from_line: None,
        range: None,
        flags: 0,
        tied: false,
    }));
    items.sort_by(|a, b| {
        let close = |item: &AgendaItem| {
            item.from_line
                .as_ref()
                .filter(|distance| *distance <= near)
                .cloned()
        };
        let by_line = match (close(a), close(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => std::cmp::Ordering::Equal,
        };
        b.tied
            .cmp(&a.tied)
            .then(by_line)
            .then(b.range.cmp(&a.range))
            .then(a.case.cmp(&b.case))
    });
    items
}
