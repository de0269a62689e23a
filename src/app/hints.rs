//! Hints of commands that the tables give none.

use super::App;
use super::action::Command;
use super::commands::Mode;
use super::words::Label;

impl App {
    /// The hint of a command whose table gives none: its rank, after every hint of the
    /// tables, and a short word. There are no more of them than fit on 200 columns
    /// together; the menu and the help list the remaining commands.
    pub fn further_hint(&self, command: Command) -> Option<(u8, Label)> {
        let is_plain = self.filter.is_empty() && self.collection.selection.is_empty();
        let in_list = self.mode() == Mode::List && is_plain;
        let on_page = self.mode() == Mode::Page && self.page.counter().is_none();
        let hint = match command {
            Command::Select if in_list => (30, Label("选中", "select")),
            Command::Overview if in_list => (31, Label("总览", "overview")),
            Command::Topics if in_list => (32, Label("主题", "topics")),
            Command::Compare
                if self.mode() == Mode::List
                    && self.filter.is_empty()
                    && !self.collection.selection.is_empty() =>
            {
                (33, Label("对照", "compare"))
            }
            Command::NextSection if on_page && self.has_sections() => {
                (34, Label("下一节", "next section"))
            }
            _ => return None,
        };
        Some(hint)
    }

    fn has_sections(&self) -> bool {
        let sheet = self.page.sheet();
        sheet.is_some_and(|sheet| !sheet.set.sections().is_empty())
    }
}
