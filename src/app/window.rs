//! The screen and what of it has the keys.

use super::action::Loading;
use super::panes::{Arrangement, Panes};

/// What has the keys when no picker is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    List,
    Page,
    Filter,
    Find,
}

/// The size of the screen, the pane that has the keys, and whether the page is
/// alone on it.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// The screen, in columns and rows.
    pub size: (u16, u16),
    /// Whether only the page is shown.
    pub zen: bool,
    pub(super) focus: Focus,
    /// How far the library is read, which the title bar shows; `None` when all of it is.
    pub loading: Option<Loading>,
    /// Whether more actions follow before a frame is drawn.
    pub(super) hurried: bool,
    /// Whether the page is still that of the case that was selected before.
    pub(super) unsettled: bool,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            size: (0, 0),
            zen: false,
            focus: Focus::List,
            loading: None,
            hurried: false,
            unsettled: false,
        }
    }
}

impl Window {
    /// The parts of the screen where rows of text have at most `measure` columns, or
    /// those around a full-screen view; `None` on a screen too small to draw on.
    pub(super) fn panes(&self, measure: u16, has_view: bool) -> Option<Panes> {
        let (columns, rows) = self.size;
        let arrangement = if has_view {
            Arrangement::Full
        } else if self.zen {
            Arrangement::Zen
        } else {
            Arrangement::Both {
                page_focused: self.is_on_page(),
            }
        };
        Panes::new(columns, rows, arrangement, measure)
    }

    /// Whether the page has the keys, or the line that says what to find in it.
    pub(super) fn is_on_page(&self) -> bool {
        matches!(self.focus, Focus::Page | Focus::Find)
    }
}
