//! The screen and its focus.

use super::action::Loading;
use super::panes::{Arrangement, Panes};

/// The pane or line that receives keys if no picker is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    List,
    Page,
    Filter,
    Find,
}

/// The size of the screen, the focus, and whether the page fills the screen.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// The screen, in columns and rows.
    pub size: (u16, u16),
    /// Whether only the page is shown.
    pub zen: bool,
    pub(super) focus: Focus,
    /// Progress of reading the library, shown in the title bar; `None` once all is read.
    pub loading: Option<Loading>,
    /// Whether more actions follow before a frame is drawn.
    pub(super) hurried: bool,
    /// Whether the page still shows the case that was selected before.
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
    /// Returns the layout for text of at most `measure` columns or, if `has_view`, for a
    /// full-screen view; `None` if the screen is too small to draw on.
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

    /// Whether the page has the focus, or the line that searches in the page.
    pub(super) fn is_on_page(&self) -> bool {
        matches!(self.focus, Focus::Page | Focus::Find)
    }
}
