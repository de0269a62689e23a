//! What is drawn over list and page.

use super::facet_panel::Panel;
use super::picker::Picker;
use super::view::View;

/// The full-screen view in the place of list and page, and the picker over either.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    pub view: Option<View>,
    pub picker: Option<Picker>,
    /// The prompt over which the help was opened, with the text written so far.
    pub(super) aside: Option<Picker>,
    /// The facets, while the picker shows them.
    pub(super) panel: Option<Panel>,
    /// The table of figures as the reader left it for one of them.
    pub(super) left_table: Option<Picker>,
}

impl Overlay {
    /// Opens a picker over a prompt, which comes back with its text when the picker
    /// is closed.
    pub(super) fn open_over_prompt(&mut self, picker: Picker) {
        self.panel = None;
        self.aside = self.picker.take().filter(|open| open.purpose.is_some());
        self.picker = Some(picker);
    }

    /// Closes the picker; a prompt under it comes back. Returns whether there was
    /// one.
    pub(super) fn close(&mut self) -> bool {
        if self.picker.take().is_none() {
            return false;
        }
        self.panel = None;
        self.picker = self.aside.take();
        true
    }
}
