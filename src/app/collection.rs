//! What the reader has gathered: marks that are kept, cases that are selected,
//! passages marked in this run.

use std::collections::BTreeSet;

use super::saving::Unsaved;
use crate::corpus::CaseIndex;
use crate::store::State;
use crate::text::CharSpan;

/// Marks, the selection, and what could not be saved.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    /// Stars, tags, notes, passages and queries, as the store has them.
    pub kept: State,
    /// The marks that could not be saved.
    pub unsaved: Option<Unsaved>,
    /// How many changes of marks wait for what holds up saving them.
    pub being_saved: usize,
    /// The cases that commands for several cases act on.
    pub selection: BTreeSet<CaseIndex>,
    /// The passages that were marked since the program began, in that order.
    pub(super) collected: Vec<(CaseIndex, CharSpan)>,
}
