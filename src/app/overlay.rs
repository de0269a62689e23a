//! Pickers and views over list and page.

use super::facet_panel::Panel;
use super::picker::Picker;
use super::view::View;

/// The full-screen view that replaces list and page, and the picker over it or over them.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    pub view: Option<View>,
    pub picker: Option<Picker>,
    /// The prompt over which a picker was opened, with the text written so far.
    pub(super) aside: Option<Picker>,
    /// The facets that the picker shows.
    pub(super) panel: Option<Panel>,
    /// The table of figures that the reader left to look at a figure.
    pub(super) left_table: Option<Picker>,
}

impl Overlay {
    /// Opens a picker. If a prompt is open, it comes back with its text when the picker is closed.
    pub(super) fn open_over_prompt(&mut self, picker: Picker) {
        self.panel = None;
        self.aside = self.picker.take().filter(|open| open.purpose.is_some());
        self.picker = Some(picker);
    }

    /// Closes the picker and restores the prompt under it. Returns whether a picker was open.
    pub(super) fn close(&mut self) -> bool {
        if self.picker.take().is_none() {
            return false;
        }
        self.panel = None;
        self.picker = self.aside.take();
        true
    }
}
