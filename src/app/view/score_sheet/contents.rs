//! Entries that exist in several versions, from which the juror picks one.

use super::ScoreSheet;
use crate::app::App;
use crate::app::picker::{Choice, Item, Picker};
use crate::app::words::Label;
use crate::jury::asked;
use crate::jury::seat::{Content, Writing};
use crate::jury::words;

impl ScoreSheet {
    /// Opens a picker for the contents of entries that have several.
    pub(super) fn offer_contents(&self, app: &mut App) {
        let language = app.settings.language;
        if self.seat.contents.is_empty() {
            let none = words::no_choice("");
            app.notice = Some(none.in_language(language).to_owned());
            return;
        }
        let item = |content: &Content| {
            let (_, said) = asked::content(content);
            let sequence = content.entry.sequence;
            let writing = Writing::of_choice(sequence, content.hash.clone());
            let said = said.in_language(language).to_owned();
            Item::new(sequence.to_string(), said.clone(), Choice::Settle(writing)).showing(said)
        };
        let mut picker = Picker::new(
            Label("选定：保留哪一种内容", "which content counts"),
            self.seat.contents.iter().map(item).collect(),
        );
        picker.grouped = true;
        app.overlay.picker = Some(picker);
    }
}
