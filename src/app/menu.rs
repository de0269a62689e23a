//! The menu of views and commands, each with a letter. Commands without a key of their own have a
//! letter here.

use std::collections::HashSet;

use super::action::{Command, Effect};
use super::commands::{self, Mode};
use super::keymap::{Keymap, half_width};
use super::picker::{Choice, Item, Picker};
use super::words::Label;
use super::{App, Settings};
use crate::key::Key;

/// Commands of the menu, views first, with their default letters and with short labels for two and
/// for four columns. A letter that is a key in list or page means the same there.
const LETTERS: [(char, Command, [Label; 2]); 40] = [
    (
        'f',
        Command::Facets,
        [Label("筛选", "filters"), Label("筛选", "filter")],
    ),
    (
        'O',
        Command::Sort,
        [Label("排序", "sort"), Label("排序", "sort")],
    ),
    (
        'o',
        Command::Outline,
        [Label("大纲", "outline"), Label("大纲", "parts")],
    ),
    (
        'i',
        Command::Topics,
        [
            Label("主题及判定依据", "topics, and why"),
            Label("主题", "topics"),
        ],
    ),
    (
        'd',
        Command::Figures,
        [
            Label("本案例的关键数字", "figures of this case"),
            Label("数字", "figure"),
        ],
    ),
    (
        'D',
        Command::AllFigures,
        [
            Label("列表中全部关键数字", "figures of all listed"),
            Label("数字表", "table"),
        ],
    ),
    (
        'L',
        Command::Evidence,
        [Label("标出评审依据", "evidence"), Label("依据", "claims")],
    ),
    (
        'V',
        Command::Overview,
        [Label("总览", "overview"), Label("总览", "counts")],
    ),
    (
        'u',
        Command::Related,
        [Label("相关案例", "related cases"), Label("相关", "alike")],
    ),
    (
        'H',
        Command::Lineage,
        [Label("历年脉络", "lineage"), Label("脉络", "years")],
    ),
    (
        'C',
        Command::Compare,
        [
            Label("对照选中的案例", "compare selected cases"),
            Label("对照", "versus"),
        ],
    ),
    (
        'F',
        Command::ScoreSheet,
        [Label("评分表", "score sheet"), Label("评分表", "scores")],
    ),
    (
        'Z',
        Command::Tally,
        [Label("汇总", "tally"), Label("汇总", "tally")],
    ),
    (
        'S',
        Command::Starred,
        [
            Label("只看加星标的", "starred only"),
            Label("看星标", "stars"),
        ],
    ),
    (
        'P',
        Command::Passages,
        [Label("全部摘录", "all passages"), Label("摘录集", "quotes")],
    ),
    (
        'z',
        Command::Zen,
        [Label("只看正文", "page only"), Label("正文", "page")],
    ),
    (
        't',
        Command::Script,
        [
            Label("正文用字：原、简、繁", "script"),
            Label("简繁", "script"),
        ],
    ),
    (
        'R',
        Command::Raw,
        [
            Label("查看原始文档", "raw document"),
            Label("原文档", "raw"),
        ],
    ),
    (
        '|',
        Command::Justify,
        [Label("两端对齐", "justify rows"), Label("对齐", "align")],
    ),
    (
        'y',
        Command::Copy,
        [Label("复制", "copy"), Label("复制", "copy")],
    ),
    (
        'c',
        Command::Cite,
        [Label("引文", "cite"), Label("引文", "cite")],
    ),
    (
        'p',
        Command::Passage,
        [Label("摘录", "mark a passage"), Label("摘录", "quote")],
    ),
    (
        's',
        Command::Star,
        [
            Label("加星标、取消星标", "star, or remove it"),
            Label("加星标", "star"),
        ],
    ),
    (
        'T',
        Command::Tag,
        [Label("编辑标签", "edit tags"), Label("标签", "tags")],
    ),
    (
        'a',
        Command::Note,
        [Label("写笔记", "write a note"), Label("笔记", "note")],
    ),
    (
        'e',
        Command::Export,
        [Label("导出", "export"), Label("导出", "export")],
    ),
    (
        'v',
        Command::Pager,
        [
            Label("用分页程序打开", "open in $PAGER"),
            Label("分页", "pager"),
        ],
    ),
    (
        'E',
        Command::Editor,
        [
            Label("用编辑器打开", "open in $EDITOR"),
            Label("编辑", "editor"),
        ],
    ),
    (
        'r',
        Command::Reread,
        [
            Label("重新读取文档", "read documents again"),
            Label("重读", "reread"),
        ],
    ),
    (
        'B',
        Command::Library,
        [
            Label("换文档库", "another library"),
            Label("换库", "switch"),
        ],
    ),
    (
        'm',
        Command::Mouse,
        [
            Label("鼠标：程序或终端", "mouse: here, or terminal"),
            Label("鼠标", "mouse"),
        ],
    ),
    (
        'M',
        Command::MarkParagraph,
        [
            Label("摘录本段", "mark this paragraph"),
            Label("摘段", "mark"),
        ],
    ),
    (
        '-',
        Command::Narrower,
        [Label("版心收窄", "narrower rows"), Label("收窄", "narrow")],
    ),
    (
        '+',
        Command::Wider,
        [Label("版心放宽", "wider rows"), Label("放宽", "wider")],
    ),
    (
        ',',
        Command::GoBack,
        [
            Label("后退到上一处", "back to the last place"),
            Label("后退", "back"),
        ],
    ),
    (
        '.',
        Command::GoForward,
        [
            Label("前进到下一处", "forward again"),
            Label("前进", "onward"),
        ],
    ),
    (
        'x',
        Command::ClearSearch,
        [
            Label("清除查找", "clear the search"),
            Label("清除", "clear"),
        ],
    ),
    (
        '@',
        Command::Tour,
        [Label("导览", "tour"), Label("导览", "tour")],
    ),
    (
        'U',
        Command::Repaint,
        [
            Label("刷新屏幕", "redraw the screen"),
            Label("刷新", "redraw"),
        ],
    ),
    (
        'b',
        Command::Suspend,
        [Label("挂起程序", "suspend"), Label("挂起", "pause")],
    ),
];

/// Returns the commands with their letters in force: the key of the command in the list, else the
/// letter of the table unless another command has it, else a free letter.
fn letters(keymap: &Keymap) -> Vec<(char, Command, [Label; 2])> {
    let own = |command| {
        let keys = keymap
            .keys(Mode::List, command)
            .filter_map(|key| match key {
                Key::Char(c) if c.is_ascii_graphic() => Some(c),
                _ => None,
            });
        // Letters and digits are preferred to marks.
        keys.min_by_key(|c| !c.is_ascii_alphanumeric())
    };
    let is_free = |c, command| {
        let outside = keymap.resolve(Mode::List, Key::Char(c));
        outside.is_none_or(|known| known == command)
    };
    let first = LETTERS.map(|(letter, command, short)| {
        let usual = Some(letter).filter(|&c| is_free(c, command));
        (own(command).or(usual), command, short)
    });
    let mut taken: HashSet<char> = first.iter().filter_map(|row| row.0).collect();
    let rows = first.into_iter().filter_map(|(letter, command, short)| {
        let mut free = ('a'..='z').chain('A'..='Z').chain('0'..='9');
        let letter = letter.or_else(|| free.find(|c| !taken.contains(c) && is_free(*c, command)));
        taken.extend(letter);
        Some((letter?, command, short))
    });
    rows.collect()
}

/// Whether the menu contains a command.
pub(super) fn holds(command: Command) -> bool {
    LETTERS.iter().any(|row| row.1 == command)
}

/// Creates the menu of the commands that do something now.
fn open(settings: &Settings, is_of_use: impl Fn(Command) -> bool) -> Picker {
    let language = settings.language;
    let letters = letters(&settings.keymap)
        .into_iter()
        .filter(|row| is_of_use(row.1));
    let items = letters.filter_map(|(letter, command, short)| {
        let row = commands::all().find(|row| row.command == command)?;
        let label = row.label.in_language(language);
        let item = Item::new(letter, label, Choice::Run(command));
        Some(item.shortened(short.map(|label| label.in_language(language))))
    });
    let title = Label("菜单（按字母执行）", "menu (press a letter)");
    let mut menu = Picker::new(title, items.collect()).counted();
    menu.by_letter = true;
    menu
}

impl App {
    pub(super) fn open_menu(&mut self) {
        let menu = open(&self.settings, |command| self.is_of_use(command));
        self.overlay.picker = Some(menu);
    }

    /// Runs the item of the menu whose letter a typed text begins with; `None` if the text is for
    /// the line that narrows the menu.
    pub(super) fn choose_by_letter(&mut self, text: &str) -> Option<Option<Effect>> {
        let letter = half_width(text.chars().next()?);
        let picker = self.overlay.picker.as_mut().filter(|p| p.awaits_letter())?;
        let at = picker
            .shown()
            .position(|(item, _)| item.key.chars().eq([letter]))?;
        picker.select(at);
        Some(self.choose())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Binding;

    #[test]
    fn every_letter_means_one_thing_and_the_same_as_without_the_menu() {
        let (mut seen, mut commands) = (HashSet::new(), HashSet::new());
        for (letter, command, _) in LETTERS {
            assert!(seen.insert(letter) && commands.insert(command), "{letter}");
            let outside = Keymap::default().resolve(Mode::List, Key::Char(letter));
            assert!(outside.is_none_or(|known| known == command), "{letter}");
        }
        let shown = open(&Settings::default(), |_| true).shown().count();
        assert_eq!(shown, LETTERS.len(), "every command has its row");
        assert_eq!(letters(&Keymap::default()), LETTERS);
    }

    #[test]
    fn letters_follow_the_keys_of_the_settings_and_never_clash() {
        let binding = |action: &str, keys: &[Key]| Binding {
            action: action.to_owned(),
            keys: keys.to_vec(),
            line: 1,
        };
        let keymap = Keymap::with(&[
            binding("star", &[Key::Char('f')]),
            binding("quit", &[Key::Char('b')]),
            binding("note", &[Key::F(9)]),
        ]);
        let letters = letters(&keymap);
        let different: HashSet<char> = letters.iter().map(|row| row.0).collect();
        assert_eq!(different.len(), LETTERS.len());
        for (letter, command, _) in letters {
            let outside = keymap.resolve(Mode::List, Key::Char(letter));
            assert!(outside.is_none_or(|known| known == command), "{letter}");
            match command {
                Command::Star => assert_eq!(letter, 'f'),
                Command::Facets | Command::Justify => assert!(letter != 'f' && letter != 'b'),
                Command::Note => assert_eq!(letter, 'a'),
                _ => {}
            }
        }
    }
}
