//! The reader's collection: kept marks, selected cases, and passages marked in this run.

use std::collections::BTreeSet;

use super::saving::Unsaved;
use crate::corpus::CaseIndex;
use crate::store::State;
use crate::text::CharSpan;

/// Marks, the selection, and failures to save.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    /// Stars, tags, notes, passages and queries, as stored.
    pub kept: State,
    /// The marks that could not be saved.
    pub unsaved: Option<Unsaved>,
    /// Number of changes of marks that wait for another program to release the store.
    pub being_saved: usize,
    /// The selected cases, on which commands for several cases act.
    pub selection: BTreeSet<CaseIndex>,
    /// Passages marked since the program started, in that order.
    pub(super) collected: Vec<(CaseIndex, CharSpan)>,
}
