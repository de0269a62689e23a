//! The table of commands: one row each. Dispatch, help, hints, settings and the
//! README follow it.

use super::action::{Command, Editing, Motion};
use super::key::Key;
use super::words::Label;

/// What has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    List,
    Page,
    /// The filter line is being edited.
    Filter,
    /// What to find in the page is being edited.
    Find,
    /// A run of text is being chosen on the page.
    Passage,
    /// A list over the panes with a line to narrow it.
    Picker,
    /// A note is being written.
    Note,
}

/// One command: what it does, what it is called, and which keys it comes with.
pub struct Row {
    pub command: Command,
    /// Its name in the settings.
    pub name: &'static str,
    /// What it does, for the help.
    pub label: Label,
    /// For those worth a place in the hint line: how soon they get it where
    /// there is not room for all (1 first), and a short word.
    pub hint: Option<(u8, Label)>,
    pub keys: &'static [(&'static [Mode], Key)],
}

const LIST: &[Mode] = &[Mode::List];
const PAGE: &[Mode] = &[Mode::Page];
const BROWSE: &[Mode] = &[Mode::List, Mode::Page];
const EDIT: &[Mode] = &[Mode::Filter, Mode::Find, Mode::Picker, Mode::Note];
const LINES: &[Mode] = &[Mode::Filter, Mode::Find];
const FILTER: &[Mode] = &[Mode::Filter];
const NOTE: &[Mode] = &[Mode::Note];
/// Where Enter settles what a box over the panes asks for.
const BOXES: &[Mode] = &[Mode::Picker, Mode::Note];
const PASSAGE: &[Mode] = &[Mode::Passage];
pub(super) const ALL: &[Mode] = &[
    Mode::List,
    Mode::Page,
    Mode::Filter,
    Mode::Find,
    Mode::Passage,
    Mode::Picker,
    Mode::Note,
];

use Key::{Char, Ctrl, F};

/// Every command.
pub const COMMANDS: &[Row] = &[
    Row {
        command: Command::Search,
        name: "search",
        label: Label(
            "查找：检索列表，或在正文中查找",
            "search the list, or find in the page",
        ),
        hint: Some((1, Label("查找", "search"))),
        keys: &[(BROWSE, Char('/')), (BROWSE, Ctrl('f')), (BROWSE, F(3))],
    },
    Row {
        command: Command::Open,
        name: "open",
        label: Label("阅读选中的案例", "read the selected case"),
        hint: Some((2, Label("阅读", "read"))),
        keys: &[
            (LIST, Key::Enter),
            (LIST, Char('l')),
            (LIST, Key::Right),
            (LINES, Key::Enter),
        ],
    },
    Row {
        command: Command::Choose,
        name: "choose",
        label: Label("确定所选的一项", "choose the selected item"),
        hint: Some((1, Label("确定", "choose"))),
        keys: &[(BOXES, Key::Enter)],
    },
    Row {
        command: Command::Move(Motion::Down),
        name: "down",
        label: Label("下一个案例；正文下移一行", "next case; one row down"),
        hint: Some((9, Label("移动", "move"))),
        keys: &[
            (ALL, Key::Down),
            (BROWSE, Char('j')),
            (EDIT, Ctrl('n')),
            (PASSAGE, Char('j')),
        ],
    },
    Row {
        command: Command::Move(Motion::Up),
        name: "up",
        label: Label("上一个案例；正文上移一行", "previous case; one row up"),
        hint: None,
        keys: &[
            (ALL, Key::Up),
            (BROWSE, Char('k')),
            (EDIT, Ctrl('p')),
            (PASSAGE, Char('k')),
        ],
    },
    Row {
        command: Command::Move(Motion::PageDown),
        name: "page-down",
        label: Label("下一屏", "one screen down"),
        hint: None,
        keys: &[(ALL, Key::PageDown), (PAGE, Char(' '))],
    },
    Row {
        command: Command::Move(Motion::PageUp),
        name: "page-up",
        label: Label("上一屏", "one screen up"),
        hint: None,
        keys: &[(ALL, Key::PageUp), (BROWSE, Ctrl('b'))],
    },
    Row {
        command: Command::Move(Motion::HalfDown),
        name: "half-page-down",
        label: Label("下半屏", "half a screen down"),
        hint: None,
        keys: &[(BROWSE, Ctrl('d'))],
    },
    Row {
        command: Command::Move(Motion::HalfUp),
        name: "half-page-up",
        label: Label("上半屏", "half a screen up"),
        hint: None,
        keys: &[(BROWSE, Ctrl('u'))],
    },
    Row {
        command: Command::Move(Motion::First),
        name: "first",
        label: Label("开头", "to the start"),
        hint: None,
        keys: &[(BROWSE, Key::Home), (BROWSE, Char('g'))],
    },
    Row {
        command: Command::Move(Motion::Last),
        name: "last",
        label: Label("末尾", "to the end"),
        hint: None,
        keys: &[(BROWSE, Key::End), (BROWSE, Char('G'))],
    },
    Row {
        command: Command::SwitchPane,
        name: "switch-pane",
        label: Label("切换列表与正文", "switch between list and page"),
        hint: Some((13, Label("切换左右栏", "pane"))),
        keys: &[
            (BROWSE, Key::Tab),
            (BROWSE, Key::BackTab),
            (FILTER, Key::Tab),
        ],
    },
    Row {
        command: Command::Back,
        name: "back",
        label: Label(
            "返回；在列表中先清除查找，再取消选中",
            "back; in the list, clear the search, then the selection",
        ),
        hint: Some((3, Label("返回", "back"))),
        keys: &[
            (ALL, Key::Esc),
            (ALL, Ctrl('g')),
            (PAGE, Char('h')),
            (PAGE, Key::Left),
        ],
    },
    Row {
        command: Command::NextMatch,
        name: "next-match",
        label: Label("下一处匹配", "next match"),
        hint: Some((14, Label("下一处", "next"))),
        keys: &[(BROWSE, Char('n')), (BROWSE, F(4))],
    },
    Row {
        command: Command::PreviousMatch,
        name: "previous-match",
        label: Label("上一处匹配", "previous match"),
        hint: None,
        keys: &[(BROWSE, Char('N')), (BROWSE, F(5))],
    },
    Row {
        command: Command::NextCase,
        name: "next-case",
        label: Label("阅读下一个案例", "read the next case"),
        hint: None,
        keys: &[
            (BROWSE, Char('J')),
            (BROWSE, Ctrl('n')),
            (BROWSE, Key::ShiftDown),
        ],
    },
    Row {
        command: Command::PreviousCase,
        name: "previous-case",
        label: Label("阅读上一个案例", "read the previous case"),
        hint: None,
        keys: &[
            (BROWSE, Char('K')),
            (BROWSE, Ctrl('p')),
            (BROWSE, Key::ShiftUp),
        ],
    },
    Row {
        command: Command::Outline,
        name: "outline",
        label: Label(
            "大纲：本案例各节，可跳转",
            "outline: jump to a section of this case",
        ),
        hint: Some((12, Label("大纲", "outline"))),
        keys: &[(BROWSE, Char('o')), (BROWSE, F(6))],
    },
    Row {
        command: Command::NextSection,
        name: "next-section",
        label: Label("下一节", "next section"),
        hint: None,
        keys: &[(BROWSE, Char(']'))],
    },
    Row {
        command: Command::PreviousSection,
        name: "previous-section",
        label: Label("上一节", "previous section"),
        hint: None,
        keys: &[(BROWSE, Char('['))],
    },
    Row {
        command: Command::Facets,
        name: "facets",
        label: Label(
            "筛选：按年度、类别、地区、机构、主题等",
            "filters: year, category, area, organisation, topic",
        ),
        hint: Some((11, Label("筛选", "filters"))),
        keys: &[(BROWSE, Char('f')), (BROWSE, Char('&')), (BROWSE, F(10))],
    },
    Row {
        command: Command::Copy,
        name: "copy",
        label: Label(
            "复制：段落、全文、引文或标题",
            "copy: paragraph, case, citation or title",
        ),
        hint: Some((6, Label("复制", "copy"))),
        keys: &[
            (BROWSE, Char('y')),
            (BROWSE, Ctrl('y')),
            (PASSAGE, Char('y')),
            (PASSAGE, Ctrl('y')),
        ],
    },
    Row {
        command: Command::Passage,
        name: "passage",
        label: Label(
            "摘录：选一句、一段或若干字，连同出处保存",
            "passage: mark a sentence, paragraphs or any characters",
        ),
        hint: Some((17, Label("摘录", "passage"))),
        keys: &[(BROWSE, Char('p')), (BROWSE, Char('\''))],
    },
    Row {
        command: Command::MarkParagraph,
        name: "mark-paragraph",
        label: Label(
            "摘录当前段落，再按取消",
            "mark this paragraph; again takes the mark away",
        ),
        hint: None,
        keys: &[(BROWSE, Char('M')), (BROWSE, Char('"'))],
    },
    Row {
        command: Command::Passages,
        name: "passages",
        label: Label(
            "全部摘录：前往、复制、导出",
            "all passages: go to one, copy, export",
        ),
        hint: None,
        keys: &[(BROWSE, Char('P')), (BROWSE, Char(';'))],
    },
    Row {
        command: Command::KeepPassage,
        name: "keep-passage",
        label: Label(
            "保存所选的摘录；已有的则取消",
            "keep the passage, or take it away where it is kept",
        ),
        hint: Some((0, Label("摘录", "mark"))),
        keys: &[(PASSAGE, Key::Enter)],
    },
    Row {
        command: Command::Hold,
        name: "hold",
        label: Label(
            "固定或放开选区的一端",
            "hold one end of the selection, or let go of it",
        ),
        hint: Some((2, Label("扩选", "extend"))),
        keys: &[(PASSAGE, Char(' ')), (PASSAGE, Char('v'))],
    },
    Row {
        command: Command::Unit,
        name: "unit",
        label: Label(
            "按句、按段、按字选取",
            "select by sentence, paragraph or character",
        ),
        hint: Some((1, Label("句、段、字", "unit"))),
        keys: &[(PASSAGE, Key::Tab)],
    },
    Row {
        command: Command::NextUnit,
        name: "next-unit",
        label: Label(
            "后一句、段或字",
            "the next sentence, paragraph or character",
        ),
        hint: None,
        keys: &[(PASSAGE, Key::Right), (PASSAGE, Char('l'))],
    },
    Row {
        command: Command::PreviousUnit,
        name: "previous-unit",
        label: Label("前一句、段或字", "the one before"),
        hint: None,
        keys: &[(PASSAGE, Key::Left), (PASSAGE, Char('h'))],
    },
    Row {
        command: Command::Cite,
        name: "cite",
        label: Label(
            "引文：GB/T 7714、BibTeX 等",
            "cite: GB/T 7714, BibTeX and others",
        ),
        hint: Some((7, Label("引文", "cite"))),
        keys: &[(BROWSE, Char('c')), (BROWSE, Ctrl('t'))],
    },
    Row {
        command: Command::Star,
        name: "star",
        label: Label("加星标、取消星标", "star, or remove the star"),
        hint: Some((10, Label("星标", "star"))),
        keys: &[(BROWSE, Char('s')), (BROWSE, Char('*'))],
    },
    Row {
        command: Command::Starred,
        name: "starred",
        label: Label("只看加星标的案例", "starred only"),
        hint: None,
        keys: &[(BROWSE, Char('S')), (BROWSE, Ctrl('s'))],
    },
    Row {
        command: Command::Select,
        name: "select",
        label: Label("选中、取消选中（可选多个）", "select, or deselect"),
        hint: None,
        keys: &[(LIST, Char(' ')), (LIST, Key::Insert), (PAGE, Key::Insert)],
    },
    Row {
        command: Command::SelectAll,
        name: "select-all",
        label: Label(
            "全选列表中的案例；已全选则全部取消",
            "select all that is listed, or none",
        ),
        hint: None,
        keys: &[(LIST, Char('A')), (LIST, Char('%'))],
    },
    Row {
        command: Command::Sort,
        name: "sort",
        label: Label(
            "排序：匹配程度、年度、标题拼音、篇幅等",
            "sort by match, year, title or length",
        ),
        hint: Some((15, Label("排序", "sort"))),
        keys: &[(BROWSE, Char('O')), (BROWSE, Ctrl('r'))],
    },
    Row {
        command: Command::Tag,
        name: "tag",
        label: Label("编辑标签", "edit tags"),
        hint: None,
        keys: &[(BROWSE, Char('T')), (BROWSE, Char('#'))],
    },
    Row {
        command: Command::Note,
        name: "note",
        label: Label("写笔记", "write a note"),
        hint: Some((19, Label("笔记", "note"))),
        keys: &[(BROWSE, Char('a')), (BROWSE, Ctrl('a'))],
    },
    Row {
        command: Command::Topics,
        name: "topics",
        label: Label("主题及判定依据", "topics, and why"),
        hint: None,
        keys: &[(BROWSE, Char('i')), (BROWSE, F(11))],
    },
    Row {
        command: Command::Export,
        name: "export",
        label: Label(
            "导出选中的案例，或列表中的全部案例",
            "export the selection, or everything listed",
        ),
        hint: Some((20, Label("导出", "export"))),
        keys: &[(BROWSE, Char('e')), (BROWSE, Ctrl('e'))],
    },
    Row {
        command: Command::Pager,
        name: "pager",
        label: Label("用分页程序打开（$PAGER）", "open in $PAGER"),
        hint: None,
        keys: &[(BROWSE, Char('v')), (BROWSE, Ctrl('v'))],
    },
    Row {
        command: Command::Editor,
        name: "editor",
        label: Label("用编辑器打开（$EDITOR）", "open in $EDITOR"),
        hint: None,
        keys: &[(BROWSE, Char('E')), (BROWSE, Ctrl('x')), (NOTE, Ctrl('x'))],
    },
    Row {
        command: Command::Mouse,
        name: "mouse",
        label: Label(
            "鼠标：由程序使用，或交给终端（选取文字）",
            "mouse: used here, or left to the terminal (to select text)",
        ),
        hint: None,
        keys: &[(BROWSE, Char('m')), (BROWSE, F(2))],
    },
    Row {
        command: Command::GoBack,
        name: "go-back",
        label: Label("后退：回到上一处阅读位置", "back to the place read before"),
        hint: None,
        keys: &[
            (BROWSE, Char(',')),
            (BROWSE, Ctrl('o')),
            (BROWSE, Key::Backspace),
        ],
    },
    Row {
        command: Command::GoForward,
        name: "go-forward",
        label: Label("前进：再到下一处阅读位置", "forward again"),
        hint: None,
        keys: &[(BROWSE, Char('.')), (BROWSE, Ctrl(']'))],
    },
    Row {
        command: Command::Script,
        name: "script",
        label: Label(
            "正文用字：原文、简体、繁体",
            "script: original, Simplified, Traditional",
        ),
        hint: Some((16, Label("简繁", "script"))),
        keys: &[(BROWSE, Char('t')), (BROWSE, F(7))],
    },
    Row {
        command: Command::Raw,
        name: "raw",
        label: Label(
            "查看原始文档（含行号和未清理内容）",
            "raw document, with line numbers",
        ),
        hint: None,
        keys: &[(BROWSE, Char('R')), (BROWSE, F(8))],
    },
    Row {
        command: Command::Zen,
        name: "zen",
        label: Label("只看正文", "page only"),
        hint: Some((21, Label("只看正文", "page only"))),
        keys: &[(BROWSE, Char('z')), (BROWSE, F(9))],
    },
    Row {
        command: Command::Justify,
        name: "justify",
        label: Label("两端对齐", "justify rows"),
        hint: None,
        keys: &[(BROWSE, Char('|'))],
    },
    Row {
        command: Command::Narrower,
        name: "narrower",
        label: Label("版心收窄", "narrower rows"),
        hint: None,
        keys: &[(BROWSE, Char('-'))],
    },
    Row {
        command: Command::Wider,
        name: "wider",
        label: Label("版心放宽", "wider rows"),
        hint: None,
        keys: &[(BROWSE, Char('+')), (BROWSE, Char('='))],
    },
    Row {
        command: Command::ClearSearch,
        name: "clear-search",
        label: Label("清除查找，显示全部案例", "clear the search and show all"),
        hint: None,
        keys: &[(BROWSE, Char('x')), (BROWSE, Key::Delete)],
    },
    Row {
        command: Command::Help,
        name: "help",
        label: Label(
            "帮助：全部按键与命令，可查找、可直接执行",
            "help: every key and command, to search and run",
        ),
        hint: Some((4, Label("帮助", "help"))),
        keys: &[
            (BROWSE, Char('?')),
            (BROWSE, Char(':')),
            (EDIT, Ctrl('o')),
            (ALL, F(1)),
            (PASSAGE, Char('?')),
        ],
    },
    Row {
        command: Command::Menu,
        name: "menu",
        label: Label(
            "菜单：各种视图与操作，按字母执行",
            "menu of views and actions, a letter each",
        ),
        hint: Some((8, Label("菜单", "menu"))),
        keys: &[(BROWSE, Char('w')), (BROWSE, Ctrl('w'))],
    },
    Row {
        command: Command::Quit,
        name: "quit",
        label: Label("退出", "quit"),
        hint: Some((5, Label("退出", "quit"))),
        keys: &[(BROWSE, Char('q')), (ALL, Ctrl('c'))],
    },
    Row {
        command: Command::Repaint,
        name: "repaint",
        label: Label("刷新屏幕", "redraw the screen"),
        hint: None,
        keys: &[(ALL, Ctrl('l'))],
    },
    Row {
        command: Command::Suspend,
        name: "suspend",
        label: Label("挂起程序（用 fg 恢复）", "suspend (fg resumes)"),
        hint: None,
        keys: &[(ALL, Ctrl('z'))],
    },
    Row {
        command: Command::Edit(Editing::NewLine),
        name: "new-line",
        label: Label("笔记另起一行", "new line in the note"),
        hint: Some((2, Label("换行", "new line"))),
        keys: &[(NOTE, Ctrl('j')), (NOTE, Key::AltEnter)],
    },
    Row {
        command: Command::Edit(Editing::DeleteBefore),
        name: "delete-before",
        label: Label("删除光标前一个字", "delete the character before the caret"),
        hint: None,
        keys: &[(EDIT, Key::Backspace), (EDIT, Ctrl('h'))],
    },
    Row {
        command: Command::Edit(Editing::DeleteBehind),
        name: "delete-behind",
        label: Label("删除光标后一个字", "delete the character after the caret"),
        hint: None,
        keys: &[(EDIT, Key::Delete), (EDIT, Ctrl('d'))],
    },
    Row {
        command: Command::Edit(Editing::DeleteWord),
        name: "delete-word",
        label: Label("删除光标前一个词", "delete the word before the caret"),
        hint: None,
        keys: &[(EDIT, Ctrl('w'))],
    },
    Row {
        command: Command::Edit(Editing::DeleteToStart),
        name: "delete-to-start",
        label: Label("删除光标前的全部文字", "delete everything before the caret"),
        hint: None,
        keys: &[(EDIT, Ctrl('u'))],
    },
    Row {
        command: Command::Edit(Editing::DeleteToEnd),
        name: "delete-to-end",
        label: Label("删除光标后的全部文字", "delete everything after the caret"),
        hint: None,
        keys: &[(EDIT, Ctrl('k'))],
    },
    Row {
        command: Command::Edit(Editing::Left),
        name: "caret-left",
        label: Label("光标左移", "caret to the left"),
        hint: None,
        keys: &[(EDIT, Key::Left), (EDIT, Ctrl('b'))],
    },
    Row {
        command: Command::Edit(Editing::Right),
        name: "caret-right",
        label: Label("光标右移", "caret to the right"),
        hint: None,
        keys: &[(EDIT, Key::Right), (EDIT, Ctrl('f'))],
    },
    Row {
        command: Command::Edit(Editing::Home),
        name: "caret-home",
        label: Label("光标到行首", "caret to the start of the line"),
        hint: None,
        keys: &[(EDIT, Key::Home), (EDIT, Ctrl('a'))],
    },
    Row {
        command: Command::Edit(Editing::End),
        name: "caret-end",
        label: Label("光标到行尾", "caret to the end of the line"),
        hint: None,
        keys: &[(EDIT, Key::End), (EDIT, Ctrl('e'))],
    },
];
