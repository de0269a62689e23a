//! Commands of lines that take text.

use super::{EDIT, NOTE, Row, SHEET};
use crate::app::action::{Command, Editing};
use crate::app::words::Label;
use crate::key::Key::{self, Ctrl};

pub(super) const ROWS: &[Row] = &[
    Row {
        command: Command::Edit(Editing::NewLine),
        name: "new-line",
        label: Label("笔记另起一行", "new line in the note"),
        hint: (3, Label("换行", "new line")),
        keys: &[(NOTE, Ctrl('j')), (NOTE, Key::AltEnter)],
    },
    Row {
        command: Command::Edit(Editing::DeleteBefore),
        name: "delete-before",
        label: Label("删除光标前一个字", "delete the character before the caret"),
        hint: (72, Label("删前字", "delete before")),
        keys: &[
            (EDIT, Key::Backspace),
            (EDIT, Ctrl('h')),
            (SHEET, Key::Backspace),
        ],
    },
    Row {
        command: Command::Edit(Editing::DeleteBehind),
        name: "delete-behind",
        label: Label("删除光标后一个字", "delete the character after the caret"),
        hint: (73, Label("删后字", "delete behind")),
        keys: &[(EDIT, Key::Delete), (EDIT, Ctrl('d'))],
    },
    Row {
        command: Command::Edit(Editing::DeleteWord),
        name: "delete-word",
        label: Label("删除光标前一个词", "delete the word before the caret"),
        hint: (65, Label("删词", "delete word")),
        keys: &[(EDIT, Ctrl('w'))],
    },
    Row {
        command: Command::Edit(Editing::DeleteToStart),
        name: "delete-to-start",
        label: Label("删除光标前的全部文字", "delete everything before the caret"),
        hint: (66, Label("删到行首", "delete to start")),
        keys: &[(EDIT, Ctrl('u'))],
    },
    Row {
        command: Command::Edit(Editing::DeleteToEnd),
        name: "delete-to-end",
        label: Label("删除光标后的全部文字", "delete everything after the caret"),
        hint: (67, Label("删到行尾", "delete to end")),
        keys: &[(EDIT, Ctrl('k'))],
    },
    Row {
        command: Command::Edit(Editing::Left),
        name: "caret-left",
        label: Label("光标左移", "caret to the left"),
        hint: (70, Label("左移", "left")),
        keys: &[(EDIT, Key::Left), (EDIT, Ctrl('b'))],
    },
    Row {
        command: Command::Edit(Editing::Right),
        name: "caret-right",
        label: Label("光标右移", "caret to the right"),
        hint: (71, Label("右移", "right")),
        keys: &[(EDIT, Key::Right), (EDIT, Ctrl('f'))],
    },
    Row {
        command: Command::Edit(Editing::Home),
        name: "caret-home",
        label: Label("光标到行首", "caret to the start of the line"),
        hint: (68, Label("行首", "line start")),
        keys: &[(EDIT, Key::Home), (EDIT, Ctrl('a'))],
    },
    Row {
        command: Command::Edit(Editing::End),
        name: "caret-end",
        label: Label("光标到行尾", "caret to the end of the line"),
        hint: (69, Label("行尾", "line end")),
        keys: &[(EDIT, Key::End), (EDIT, Ctrl('e'))],
    },
];
