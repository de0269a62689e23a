//! A query for the page alone.

use super::line_edit::LineEdit;
use crate::search::Marker;
use crate::typeset::Anchor;

/// A query for the page alone.
#[derive(Clone, Debug, Default)]
pub struct Find {
    pub line: LineEdit,
    pub marker: Marker,
    /// Whether the line was edited after the page was last marked.
    pub(super) stale: bool,
    /// The place at the top of the page when the reader began to type.
    pub(super) origin: Anchor,
}

impl Find {
    /// Whether there is anything to find.
    pub fn is_asked(&self) -> bool {
        !self.line.text().trim().is_empty()
    }
}
