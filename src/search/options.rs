//! How a search is done: in which fields, how thoroughly, by which fallbacks.

use super::Field;
use super::query;

/// Fields in which a pattern is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fields {
    All,
    Org,
    Title,
    /// Headings and running text.
    Text,
}

impl Fields {
    /// Returns where the words of a query's field are searched for; `None` for a field that is
    /// picked from a list.
    pub fn of(field: query::Field) -> Option<Self> {
        match field {
            query::Field::Org => Some(Self::Org),
            query::Field::Title => Some(Self::Title),
            query::Field::Text => Some(Self::Text),
            _ => None,
        }
    }

    pub fn has(self, field: Field) -> bool {
        match self {
            Self::All => true,
            Self::Org => field == Field::Org,
            Self::Title => field == Field::Title,
            Self::Text => matches!(field, Field::Heading | Field::Text),
        }
    }
}

/// How much of the library is searched.
#[derive(Clone, Copy)]
pub struct SearchOptions<'a> {
    /// Whether running text is searched, which is most of the work.
    pub text: bool,
    pub fallback: Fallback,
    /// Whether to give up because nobody waits for the answer; called about once a millisecond.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

/// When cases are found by guessing what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallback {
    Never,
    /// In addition to cases that were found without guessing.
    ToAdd,
    Always,
}

impl SearchOptions<'_> {
    /// Everything, whatever it costs.
    pub const FULL: Self = Self {
        text: true,
        fallback: Fallback::Always,
        stop: &|| false,
    };
}
