//! The figures of a table, and their order.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::words::Label;
use crate::corpus::CaseIndex;
use crate::figures::Found;
use crate::language::Language;
use crate::text::CharSpan;

/// Place of a figure: its case, and its span in the characters of the case's text.
pub(super) type Place = (CaseIndex, CharSpan);

/// The figures that a picker lists.
#[derive(Clone, Debug)]
pub struct FigureTable {
    /// The cases that the figures come from.
    pub(super) cases: Arc<[CaseIndex]>,
    pub(super) scope: Scope,
    pub(super) order: FigureOrder,
    /// Figures by case, each with the case's rank in `cases`.
    pub(super) figures: BTreeMap<CaseIndex, (usize, Vec<Found>)>,
    /// Number of cases left out because the table was long enough.
    pub(super) left_out: usize,
}

/// Scope of a table of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Figures of the case on the page.
    Case,
    /// Figures of every listed case.
    Listed,
}

/// Order of the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FigureOrder {
    #[default]
    Reading,
    /// The largest number first, whatever its unit.
    Value,
    /// By kind, the largest first.
    Kind,
    /// By unit, the largest first.
    Unit,
}

impl FigureOrder {
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Reading => Self::Value,
            Self::Value => Self::Kind,
            Self::Kind => Self::Unit,
            Self::Unit => Self::Reading,
        }
    }

    pub(super) const fn label(self) -> Label {
        match self {
            Self::Reading => Label("按原文次序", "in reading order"),
            Self::Value => Label("按数值", "by value"),
            Self::Kind => Label("按类别", "by kind"),
            Self::Unit => Label("按单位", "by unit"),
        }
    }
}

impl FigureTable {
    /// Returns the figure at a place, and the rank of its case.
    fn at(&self, place: Place) -> Option<(usize, &Found)> {
        let (case, span) = place;
        let (rank, found) = self.figures.get(&case)?;
        let start = |found: &Found| found.figure.span.start;
        let at = found.binary_search_by_key(&span.start, start).ok()?;
        Some((*rank, &found[at]))
    }

    /// Compares the figures at two places.
    pub(super) fn compare(&self, a: Place, b: Place) -> Ordering {
        let (Some((rank, x)), Some((other, y))) = (self.at(a), self.at(b)) else {
            return Ordering::Equal;
        };
        let (x, y) = (&x.figure, &y.figure);
        let by_value = Reverse(x.value).cmp(&Reverse(y.value));
        let ordering = match self.order {
            FigureOrder::Reading => Ordering::Equal,
            FigureOrder::Value => by_value,
            FigureOrder::Kind => x.kind.cmp(&y.kind).then(by_value),
            FigureOrder::Unit => x.unit.cmp(&y.unit).then(by_value),
        };
        ordering.then_with(|| (rank, x.span.start).cmp(&(other, y.span.start)))
    }

    /// Returns the heading of the figure at `place`.
    pub(super) fn heading(&self, place: Place, language: Language) -> Cow<'static, str> {
        match (self.order, self.at(place)) {
            (FigureOrder::Kind, Some((_, found))) => {
                Cow::Borrowed(found.figure.kind.in_language(language))
            }
            (FigureOrder::Unit, Some((_, found))) => Cow::Owned(found.figure.unit.clone()),
            _ => Cow::Borrowed(""),
        }
    }
}
