//! Texts changed in the reader's editor, which can become a note, a copy or a file.

use std::collections::HashMap;

use super::App;
use super::action::{Effect, Lent};
use super::picker::{Choice, Item, Picker, Purpose};
use super::words::Label;
use crate::corpus::CaseIndex;

impl App {
    /// Opens the editor on the note being written or, without one, on the case being read.
    pub(super) fn open_editor(&self) -> Option<Effect> {
        let note = self
            .overlay
            .picker
            .as_ref()
            .filter(|picker| picker.is_note());
        let case = self.page_case()?;
        let name = self.id(case);
        Some(match note {
            Some(note) => Effect::EditNote(Lent {
                case,
                name: format!("{name}-note"),
                text: note.line.text().to_owned(),
            }),
            None => Effect::Editor(Lent {
                case,
                name,
                text: self.plain_text()?,
            }),
        })
    }

    /// Puts the text from the editor into the note being written. Drops line feeds at its end,
    /// which editors add.
    pub(super) fn take_note(&mut self, note: &str) {
        if let Some(picker) = self
            .overlay
            .picker
            .as_mut()
            .filter(|picker| picker.is_note())
        {
            picker.line.set(note.trim_end_matches('\n'));
        }
    }

    /// Offers the added lines of a changed text, and the whole text.
    pub(super) fn offer_edited(&mut self, case: CaseIndex, before: &str, after: String) {
        let added = added_lines(before, &after);
        let new = if added.is_empty() {
            // Lines were only removed: the reader wanted the rest.
            after.clone()
        } else {
            added
        };
        let items = vec![
            self.offer(
                Label("笔记", "note"),
                Label("改动部分写入笔记", "add what is new to the note"),
                Choice::AddToNote(case, new.clone()),
            ),
            self.offer(
                Label("复制", "copy"),
                Label("复制改动部分", "copy what is new"),
                Choice::Copy(new),
            ),
            self.offer(
                Label("全部", "all"),
                Label("复制全部", "copy all of it"),
                Choice::Copy(after.clone()),
            ),
            self.offer(
                Label("文件", "file"),
                Label("全部保存到文件", "save all of it to a file"),
                Choice::Save("anli.txt", after),
            ),
            self.offer(
                Label("取消", "cancel"),
                Label("不保留改动", "do not keep the changes"),
                Choice::Close,
            ),
        ];
        let title = Label("文本已在编辑器中改动", "the text was changed in the editor");
        self.overlay.picker = Some(Picker::new(title, items));
    }

    pub(super) fn offer(&self, key: Label, label: Label, choice: Choice) -> Item {
        let language = self.settings.language;
        Item::new(
            key.in_language(language),
            label.in_language(language),
            choice,
        )
    }

    /// Appends a text to the note on a case, on a new line.
    pub(super) fn add_to_note(&mut self, case: CaseIndex, text: &str) -> Option<Effect> {
        let note = self.collection.kept.note(&self.key(case)).to_owned();
        let note = if note.is_empty() {
            text.trim().to_owned()
        } else {
            format!("{note}\n{}", text.trim())
        };
        self.set_note(&[case], &note)
    }

    /// Offers other ways to get a text that could not be copied, and reports the reason.
    pub(super) fn offer_text(&mut self, why: String, text: String) {
        let items = vec![
            self.offer(
                Label("显示", "show"),
                Label(
                    "纯文本，便于鼠标选取",
                    "as plain text, to select with the mouse",
                ),
                Choice::Show(text.clone()),
            ),
            self.offer(
                Label("文件", "file"),
                Label("保存到文件", "save to a file"),
                Choice::Save("anli.txt", text),
            ),
        ];
        let title = Label("没有复制，可以这样取用", "not copied: other ways");
        self.overlay.picker = Some(Picker::new(title, items));
        self.notice = Some(why);
    }

    /// Opens the prompt for the file of a text.
    pub(super) fn ask_for_text_path(&mut self, name: &str, text: String) {
        let title = Label("保存到文件", "save to the file");
        let prompt = Picker::prompt(title, name, Purpose::TextPath(text));
        self.overlay.picker = Some(prompt);
    }
}

/// Returns the lines of `after` that `before` lacks or contains less often, in order.
fn added_lines(before: &str, after: &str) -> String {
    let mut known: HashMap<&str, u32> = HashMap::new();
    for line in before.lines() {
        *known.entry(line.trim_end()).or_default() += 1;
    }
    let is_new = |line: &&str| match known.get_mut(line.trim_end()) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => !line.trim().is_empty(),
    };
    let added: Vec<&str> = after.lines().filter(is_new).collect();
    added.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_or_changed_is_new_and_the_rest_is_not() {
        let before = "标题\n\n一段。\n又一段。\n一段。\n";
        for (after, added) in [
            (before, ""),
            (
                "标题\n\n一段。\n批注：可借鉴\n又一段。\n一段。\n",
                "批注：可借鉴",
            ),
            ("标题\n\n一段。改\n又一段。\n一段。\n末\n", "一段。改\n末"),
            ("标题\n\n一段。\n一段。\n一段。\n", "一段。"),
            ("一段。\n", ""),
        ] {
            assert_eq!(added_lines(before, after), added);
        }
    }
}
