//! The topics of the cases, once they are worked out.

use std::sync::Arc;

use crate::topics::{Assignment, Rules};

/// The topics of every case, in the order of the corpus, and the rules by which they
/// were assigned.
#[derive(Clone, Debug, Default)]
pub(super) struct Topics {
    pub assigned: Vec<Vec<Assignment>>,
    /// `None` until the topics are worked out.
    pub rules: Option<Arc<Rules>>,
}
