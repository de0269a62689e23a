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
    /// A list over the panes with a line to narrow it.
    Picker,
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
const EDIT: &[Mode] = &[Mode::Filter, Mode::Find, Mode::Picker];
const LINES: &[Mode] = &[Mode::Filter, Mode::Find];
const FILTER: &[Mode] = &[Mode::Filter];
const PICKER: &[Mode] = &[Mode::Picker];
pub(super) const ALL: &[Mode] = &[
    Mode::List,
    Mode::Page,
    Mode::Filter,
    Mode::Find,
    Mode::Picker,
];

use Key::{Char, Ctrl, F};

/// Every command.
pub const COMMANDS: &[Row] = &[
    Row {
        command: Command::Search,
        name: "search",
        label: Label(
            "查找：在列表里过滤，在正文里找字",
            "search: filter the list, or find in the page",
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
        label: Label("选定这一项", "choose this item"),
        hint: Some((1, Label("选定", "choose"))),
        keys: &[(PICKER, Key::Enter)],
    },
    Row {
        command: Command::Move(Motion::Down),
        name: "down",
        label: Label("下一例；正文下移一行", "next case; one row down"),
        hint: Some((6, Label("移动", "move"))),
        keys: &[(ALL, Key::Down), (BROWSE, Char('j')), (EDIT, Ctrl('n'))],
    },
    Row {
        command: Command::Move(Motion::Up),
        name: "up",
        label: Label("上一例；正文上移一行", "previous case; one row up"),
        hint: None,
        keys: &[(ALL, Key::Up), (BROWSE, Char('k')), (EDIT, Ctrl('p'))],
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
        label: Label("在列表与正文之间切换", "change between list and page"),
        hint: Some((13, Label("换栏", "other pane"))),
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
            "返回；在列表里清除查找，再取消选中",
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
        hint: None,
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
        label: Label("读下一例", "read the next case"),
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
        label: Label("读上一例", "read the previous case"),
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
            "大纲：本例各节，可跳转",
            "outline: the sections of this case, to jump to",
        ),
        hint: Some((8, Label("大纲", "outline"))),
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
            "分面：按年度、类别、地区、机构、主题等筛选",
            "facets: narrow by year, category, area, body, topic",
        ),
        hint: Some((7, Label("筛选", "facets"))),
        keys: &[(BROWSE, Char('f')), (BROWSE, F(10))],
    },
    Row {
        command: Command::Copy,
        name: "copy",
        label: Label(
            "复制：段落、全文、引文或标题",
            "copy: paragraph, case, citation or title",
        ),
        hint: Some((11, Label("复制", "copy"))),
        keys: &[(BROWSE, Char('y')), (BROWSE, Ctrl('y'))],
    },
    Row {
        command: Command::Cite,
        name: "cite",
        label: Label(
            "引文：GB/T 7714、BibTeX 等",
            "cite: GB/T 7714, BibTeX and others",
        ),
        hint: Some((9, Label("引文", "cite"))),
        keys: &[(BROWSE, Char('c')), (BROWSE, Ctrl('t'))],
    },
    Row {
        command: Command::Star,
        name: "star",
        label: Label("加星、去星", "star, or take the star away"),
        hint: Some((10, Label("加星", "star"))),
        keys: &[(BROWSE, Char('s')), (BROWSE, Char('*'))],
    },
    Row {
        command: Command::Starred,
        name: "starred",
        label: Label("只看加星的", "starred cases alone"),
        hint: None,
        keys: &[(BROWSE, Char('S')), (BROWSE, Ctrl('s'))],
    },
    Row {
        command: Command::Select,
        name: "select",
        label: Label(
            "选入、移出（可选多例）",
            "select, or take out of the selection",
        ),
        hint: None,
        keys: &[(LIST, Char(' ')), (LIST, Key::Insert), (PAGE, Key::Insert)],
    },
    Row {
        command: Command::Tag,
        name: "tag",
        label: Label("标签", "tags"),
        hint: None,
        keys: &[(BROWSE, Char('T')), (BROWSE, Char('#'))],
    },
    Row {
        command: Command::Note,
        name: "note",
        label: Label("笔记", "a note"),
        hint: None,
        keys: &[(BROWSE, Char('a')), (BROWSE, Ctrl('a'))],
    },
    Row {
        command: Command::Topics,
        name: "topics",
        label: Label("主题及其依据", "topics, and what speaks for them"),
        hint: None,
        keys: &[(BROWSE, Char('i')), (BROWSE, F(11))],
    },
    Row {
        command: Command::Export,
        name: "export",
        label: Label(
            "导出选中的、或列表里的全部",
            "export the selection, or all that is listed",
        ),
        hint: None,
        keys: &[(BROWSE, Char('e')), (BROWSE, Ctrl('e'))],
    },
    Row {
        command: Command::Pager,
        name: "pager",
        label: Label("用分页器打开（$PAGER）", "open in $PAGER"),
        hint: None,
        keys: &[(BROWSE, Char('v')), (BROWSE, Ctrl('v'))],
    },
    Row {
        command: Command::Editor,
        name: "editor",
        label: Label("用编辑器打开（$EDITOR）", "open in $EDITOR"),
        hint: None,
        keys: &[(BROWSE, Char('E')), (BROWSE, Ctrl('x'))],
    },
    Row {
        command: Command::Mouse,
        name: "mouse",
        label: Label(
            "鼠标：归程序，或归终端（选取文字）",
            "mouse: for the program, or for the terminal (to select text)",
        ),
        hint: None,
        keys: &[(BROWSE, Char('m')), (BROWSE, F(2))],
    },
    Row {
        command: Command::GoBack,
        name: "go-back",
        label: Label("回到上一处读过的地方", "back through what was read"),
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
        label: Label("再往前去", "forward again"),
        hint: None,
        keys: &[(BROWSE, Char('.')), (BROWSE, Ctrl(']'))],
    },
    Row {
        command: Command::Script,
        name: "script",
        label: Label(
            "原文、简体、繁体轮换",
            "script: original, Simplified, Traditional",
        ),
        hint: Some((12, Label("简繁", "script"))),
        keys: &[(BROWSE, Char('t')), (BROWSE, F(7))],
    },
    Row {
        command: Command::Raw,
        name: "raw",
        label: Label(
            "看文档原样：行号与杂质俱在",
            "the document as it was given, with line numbers",
        ),
        hint: None,
        keys: &[(BROWSE, Char('R')), (BROWSE, F(8))],
    },
    Row {
        command: Command::Zen,
        name: "zen",
        label: Label("只看正文", "the page alone"),
        hint: None,
        keys: &[(BROWSE, Char('z')), (BROWSE, F(9))],
    },
    Row {
        command: Command::Justify,
        name: "justify",
        label: Label("两端对齐", "justify"),
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
        label: Label("清除查找，显示全部", "clear the search and show all"),
        hint: None,
        keys: &[(BROWSE, Char('x')), (BROWSE, Key::Delete)],
    },
    Row {
        command: Command::Help,
        name: "help",
        label: Label(
            "帮助：全部按键，可查找、可执行",
            "help: every key, to search and to run",
        ),
        hint: Some((4, Label("帮助", "help"))),
        keys: &[(BROWSE, Char('?')), (BROWSE, Char(':')), (ALL, F(1))],
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
        label: Label("重画屏幕", "draw the screen again"),
        hint: None,
        keys: &[(ALL, Ctrl('l'))],
    },
    Row {
        command: Command::Suspend,
        name: "suspend",
        label: Label("挂起（用 fg 回来）", "suspend (fg comes back)"),
        hint: None,
        keys: &[(ALL, Ctrl('z'))],
    },
    Row {
        command: Command::Edit(Editing::DeleteBefore),
        name: "delete-before",
        label: Label("删去光标前一字", "delete the character before the caret"),
        hint: None,
        keys: &[(EDIT, Key::Backspace), (EDIT, Ctrl('h'))],
    },
    Row {
        command: Command::Edit(Editing::DeleteBehind),
        name: "delete-behind",
        label: Label("删去光标后一字", "delete the character behind the caret"),
        hint: None,
        keys: &[(EDIT, Key::Delete), (EDIT, Ctrl('d'))],
    },
    Row {
        command: Command::Edit(Editing::DeleteWord),
        name: "delete-word",
        label: Label("删去光标前一词", "delete the word before the caret"),
        hint: None,
        keys: &[(EDIT, Ctrl('w'))],
    },
    Row {
        command: Command::Edit(Editing::DeleteToStart),
        name: "delete-to-start",
        label: Label("删去光标前全部", "delete everything before the caret"),
        hint: None,
        keys: &[(EDIT, Ctrl('u'))],
    },
    Row {
        command: Command::Edit(Editing::DeleteToEnd),
        name: "delete-to-end",
        label: Label("删去光标后全部", "delete everything behind the caret"),
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
