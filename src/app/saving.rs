//! Reports on marks that could not be saved.

use super::App;
use super::action::{Saving, Unsavable};
use super::picker::{Choice, Item, Picker};
use super::words::Label;

/// Marks that last for this run only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    pub marks: usize,
    pub why: Unsavable,
}

impl App {
    /// Adds to the notice on a mark that it lasts for this run only. The reason is reported when it
    /// is new; the sign in the title bar stays.
    pub(super) fn take_saving(&mut self, saving: Saving) {
        let words = self.words();
        let before = self.collection.unsaved.take();
        let Some(why) = saving.failed else {
            if before.is_some_and(|before| before.marks > 0) {
                self.add_notice(words.saved_again);
            }
            return;
        };
        let is_marked = saving.marks > before.as_ref().map_or(0, |before| before.marks);
        if is_marked {
            self.add_notice(words.for_this_run);
        }
        if before.is_none_or(|before| before.why != why) {
            self.add_notice(&why.sentence);
        }
        let marks = saving.marks;
        self.collection.unsaved = Some(Unsaved { marks, why });
    }

    fn add_notice(&mut self, more: &str) {
        let separator = self.settings.language.labels().answer.separator;
        self.notice = Some(match self.notice.take() {
            Some(notice) if notice.contains(more) => notice,
            Some(notice) => format!("{notice}{separator}{more}"),
            None => more.to_owned(),
        });
    }

    /// Asks whether to quit although marks would be lost.
    pub(super) fn ask_to_leave(&mut self) {
        let Some(unsaved) = &self.collection.unsaved else {
            return;
        };
        let words = self.words();
        let lost = (words.marks_unsaved)(unsaved.marks);
        self.notice = Some(format!("{lost}{}{}", words.colon, unsaved.why.cause));
        let items = vec![
            Item::new(words.stay, words.stay_help, Choice::Close),
            Item::new(words.abandon, lost, Choice::Abandon),
        ];
        let title = Label(
            "标记未能保存，仍要退出吗？",
            "marks are not saved: quit anyway?",
        );
        self.overlay.open_over_prompt(Picker::new(title, items));
    }
}
