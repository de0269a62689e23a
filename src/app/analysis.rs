//! What is worked out of the cases beside the search: the topics, and what a view or a
//! lens asks for.

use std::collections::VecDeque;
use std::sync::Arc;

use super::work::{Job, Measures};
use crate::related::Relations;
use crate::topics::{Assignment, Rules};

/// The topics of the cases, and work that is not begun.
#[derive(Clone, Debug, Default)]
pub(super) struct Analysis {
    /// The topics of every case, in the order of the corpus; none until they are worked
    /// out.
    pub topics: Vec<Vec<Assignment>>,
    /// The rules by which topics are assigned; `None` until they are worked out.
    pub rules: Option<Arc<Rules>>,
    /// The work that was asked for and is not begun.
    pub jobs: VecDeque<Job>,
    /// What every case claims, and how long it is, once something asked for it.
    pub measures: Option<Arc<Measures>>,
    pub is_measuring: bool,
    /// What relates the cases, once something asked for it.
    pub relations: Option<Arc<Relations>>,
}
