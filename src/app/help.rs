//! The help: every command under its heading, also found by synonyms, and the syntax of queries
//! with examples.

use super::Settings;
use super::action::{Command, Motion};
use super::commands::{self, Mode, Row};
use super::keymap;
use super::picker::{Choice, Item, Picker};
use super::words::Label;
use crate::language::Language;
use crate::search::query::{FIELDS, Field, FieldNames};

/// The headings, in order.
const HEADINGS: [Label; 8] = [
    FINDING,
    MOVING,
    READING,
    ANALYSIS,
    ROUND,
    Label("标记与导出", "marking and exporting"),
    PROGRAM,
    EDITING,
];
const FINDING: Label = Label("查找与筛选", "searching");
const MOVING: Label = Label("移动", "moving");
const READING: Label = Label("阅读", "reading");
const ANALYSIS: Label = Label("分析", "analysis");
const ROUND: Label = Label("评审", "a jury's round");
const MARKING: Label = HEADINGS[5];
const PROGRAM: Label = Label("程序", "program");
const EDITING: Label = Label("编辑", "editing");

/// Returns the heading of a command.
fn heading(command: Command) -> Label {
    use Command as C;
    match command {
        C::Search
        | C::ClearSearch
        | C::NextMatch
        | C::PreviousMatch
        | C::Facets
        | C::Starred
        | C::Sort
        | C::Topics => FINDING,
        C::Move(_)
        | C::Open
        | C::Choose
        | C::Left
        | C::Right
        | C::SwitchPane
        | C::Back
        | C::NextCase
        | C::PreviousCase
        | C::GoBack
        | C::GoForward => MOVING,
        C::Figures
        | C::AllFigures
        | C::Evidence
        | C::Related
        | C::Lineage
        | C::Compare
        | C::Swap
        | C::Drop
        | C::Overview => ANALYSIS,
        C::ScoreSheet
        | C::Tally
        | C::NextUnscored
        | C::Comment
        | C::Recuse
        | C::Abstain
        | C::Defer
        | C::Withdraw
        | C::Confirm
        | C::Explain
        | C::Settle
        | C::Agenda
        | C::Minute
        | C::Vote
        | C::Decide => ROUND,
        C::Outline
        | C::NextSection
        | C::PreviousSection
        | C::Script
        | C::Raw
        | C::Zen
        | C::Justify
        | C::Narrower
        | C::Wider
        | C::Pager => READING,
        C::Help
        | C::Tour
        | C::Menu
        | C::Mouse
        | C::Reread
        | C::Library
        | C::Repaint
        | C::Suspend
        | C::Quit => PROGRAM,
        C::Edit(_) => EDITING,
        _ => MARKING,
    }
}

/// Returns synonyms of a command: in Chinese, also found by pinyin and initials, and in English.
const fn synonyms(command: Command) -> &'static str {
    use Command as C;
    match command {
        C::Search => "搜索 检索 查询 搜 关键词 浏览 find query look up keyword",
        C::Open => "打开 进入 查看 看全文 正文 浏览 enter view show full text",
        C::Choose => "选定 确认 执行 confirm ok",
        C::Back => "退回 回退 上一级 关闭 取消 escape close cancel",
        C::Move(Motion::Up) => "上移 向上 上一条 上一行 above previous row line up",
        C::Move(Motion::Down) => "下移 向下 下一条 下一行 below next row line down",
        C::Move(Motion::PageUp | Motion::HalfUp) => {
            "上一页 前一页 翻页 上翻 往上翻 滚动 滚屏 scroll page up previous page"
        }
        C::Move(Motion::PageDown | Motion::HalfDown) => {
            "下一页 后一页 下翻 往下翻 page down next page"
        }
        C::Move(Motion::First) => "顶部 首行 首页 第一页 最前 回到开头 top beginning first home",
        C::Move(Motion::Last) => "底部 末行 末页 最后一页 结尾 bottom end last",
        C::SwitchPane => "换栏 左右栏 切换 左边 右边 焦点 窗格 focus pane window left right side",
        C::NextMatch => "跳转 命中 高亮 查找下一个 jump hit highlight find again",
        C::PreviousMatch => "查找上一个 前一个 前一处 find previous",
        C::NextCase => "翻篇 切换案例 下一篇 switch article document next article",
        C::PreviousCase => "上一篇 前一个 前一篇 previous article",
        C::Outline => {
            "目录 目次 章节 小标题 提纲 导航 结构 contents toc headings navigate structure"
        }
        C::NextSection => "下一章 heading chapter",
        C::PreviousSection => "上一章",
        C::Facets => {
            "分面 分类 过滤 条件 部门 单位 年份 地方 缩小范围 facets narrow refine filter by year region \
             department category"
        }
        C::Sort => {
            "次序 顺序 升序 降序 排列 最新 最早 倒序 order newest oldest latest alphabetical"
        }
        C::Starred => "我的收藏 收藏夹 我的关注 favourites favorites bookmarks saved",
        C::Star => "收藏 关注 标星 星星 书签 favourite favorite bookmark like",
        C::Select => "选择 多选 勾选 选取 打勾 choose tick check multiple",
        C::SelectAll => "全部选中 取消全选 全不选 all none deselect",
        C::Tag => "打标签 归类 标记 label",
        C::Note => "笔记 批注 备注 注释 评语 评论 记录 comment annotate remark memo",
        C::Topics => "话题 题材 领域 为什么 themes subjects reasons",
        C::Figures => {
            "数据 指标 金额 资金 钱 亿元 万元 人数 面积 百分比 数值 data numbers money amounts"
        }
        C::AllFigures => "数据表 数字表 全部数据 all data",
        C::Overview => {
            "统计 概览 概况 分布 数量 矩阵 图表 时间线 条形图 stats statistics summary matrix chart timeline \
             dashboard"
        }
        C::Related => "相似 类似 同类 相近 关联 推荐 延伸阅读 similar recommend see also",
        C::Lineage => "演变 沿革 历程 前后 延续 链条 系列 时间 chain evolution through the years",
        C::Compare => "比较 对比 并排 并列 两个案例 异同 side by side versus diff",
        C::Swap => "调换 exchange",
        C::Drop => "删去 remove",
        C::Left | C::Right => "单元格 移动 cell",
        C::ScoreSheet => {
            "打分 评分 评审 评委 分数 初评 复评 jury score points round grade rate rating mark"
        }
        C::Tally => "平均分 排名 名次 名额 一致 result ranks means quota scores",
        C::NextUnscored => "未评 下一个 continue resume",
        C::Comment => "意见 评价 remark",
        C::Recuse => "利益冲突 conflict of interest",
        C::Abstain => "弃权 不评 no score",
        C::Defer => "推迟 稍后 later",
        C::Withdraw => "取消 撤销 undo",
        C::Confirm => "旧规则 文本更换 keep",
        C::Explain => "偏离 理由 reason statement",
        C::Settle => "两种内容 保留 合并 副本 keep conflict merge",
        C::Agenda => "讨论 议程 分歧 名额线 discuss spread",
        C::Minute => "讨论 纪要 意见 remark minutes note",
        C::Vote => "投票 到会 同意 多数 quorum ballot",
        C::Decide => "并列 决定 名次 tie rank",
        C::Evidence => {
            "评审依据 创新性 领先性 实效性 可推广 首创 率先 批示 亮点 标注 透镜 lens claims innovation \
             leadership effect spread"
        }
        C::Passage | C::MarkParagraph | C::KeepPassage => {
            "摘抄 划线 划词 引语 金句 选取文字 选段 quote excerpt underline"
        }
        C::Reread => "刷新 更新 重读 重新加载 载入 reload refresh update",
        C::Library => "文件夹 打开文件 换库 其他案例 library folder switch collection open file",
        C::Passages => "我的摘录 quotes excerpts",
        C::Hold | C::Unit | C::NextUnit | C::PreviousUnit => "选区 range extend",
        C::Copy => "拷贝 剪贴板 剪切板 粘贴 复制全文 yank clipboard paste",
        C::Cite => {
            "引用 参考文献 文献 著录 出处 来源 脚注 国标 论文 reference bibliography source footnote zotero \
             endnote ris gb7714"
        }
        C::Export => {
            "保存 另存 存盘 输出 下载 文件 表格 save as write download file csv excel word json markdown table"
        }
        C::Pager => "打印 纯文本 less print plain text",
        C::Editor => "编辑 修改 订正 记事本 vim nano edit correct change",
        C::Mouse => "选字 选中文字 点击 滚轮 click wheel",
        C::GoBack => "历史 上一处 回到刚才 回退 history previous return",
        C::GoForward => "下一处 forward",
        C::Script => "简繁 繁简 转换 简体字 繁体字 正体字 convert hant hans chinese",
        C::Raw => "原样 原文 原件 源文件 行号 original line numbers",
        C::Zen => {
            "全屏 专注 演示 放映 隐藏列表 阅读模式 最大化 fullscreen full screen present hide list"
        }
        C::Justify => "对齐 排版 align",
        C::Narrower => "缩小 smaller",
        C::Wider => "行宽 宽度 栏宽 字数 放大 字号 width measure columns zoom larger",
        C::ClearSearch => "重置 清空 恢复 撤销 取消查找 reset undo",
        C::Help => {
            "说明 快捷键 怎么用 使用方法 命令 键盘 热键 设置 配置 颜色 配色 主题色 导入 朗读 shortcuts hotkeys manual commands keyboard \
             how settings preferences config color colour theme import"
        }
        C::Tour => "教程 入门 新手 引导 学习 上手 tutorial learn introduction guide beginner",
        C::Menu => "更多 视图 功能 工具 选项 more views tools options",
        C::Quit => "离开 结束 exit leave",
        C::Repaint => "重绘 重画 花屏 乱码 错位 garbled screen",
        C::Suspend => "后台 暂停 最小化 background stop pause shell",
        C::Edit(_) => "输入 文字 光标 退格 换行 typing caret cursor erase",
    }
}

/// The entry for the syntax of queries.
const SYNTAX: Label = Label(
    "查找语法：字段、排除、并列、引号、区间，各有示例",
    "search syntax: fields, -, |, quotes and ranges, with examples",
);
const SYNTAX_SYNONYMS: &str = "搜索 检索 查询 限定 不含 或者 任一 短语 精确 范围 拼音 首字母 高级检索 运算符 \
    query exclude not or phrase exact range operator advanced pinyin initials";

impl Picker {
    /// Lists every command that can be run from a mode, with its keys, under headings. Adds the
    /// syntax of queries where a search can begin. From a query line, the help covers the commands
    /// of the line and of the pane that it searches.
    pub fn help(settings: &Settings, mode: Mode) -> Self {
        let language = settings.language;
        let behind = mode.behind_line();
        let place = |command| {
            let is_there = settings.keymap.keys(behind, command).next().is_some();
            if is_there { behind } else { mode }
        };
        let item = |row: &Row| {
            let keys: Vec<String> = settings
                .keymap
                .keys(place(row.command), row.command)
                .map(keymap::name)
                .collect();
            // Both languages find the command.
            let Label(chinese, english) = row.label;
            let others = synonyms(row.command);
            Item::new(
                keys.join(" "),
                row.label.in_language(language),
                Choice::Run(row.command),
            )
            .under(heading(row.command).in_language(language))
            .found_by(format!("{chinese} {english} {others} {}", row.name))
            .told_whole()
        };
        let mut items = Vec::new();
        for head in HEADINGS {
            let rows = commands::all().filter(|row| {
                let mut keys = settings.keymap.keys(place(row.command), row.command);
                heading(row.command) == head && keys.next().is_some()
            });
            items.extend(rows.map(item));
            if head == FINDING && !matches!(mode, Mode::Picker | Mode::Note) {
                let Label(chinese, english) = SYNTAX;
                items.push(
                    Item::new(
                        ": - | \"\"",
                        SYNTAX.in_language(language),
                        Choice::ShowSyntax,
                    )
                    .under(head.in_language(language))
                    .found_by(format!("{chinese} {english} {SYNTAX_SYNONYMS}")),
                );
            }
        }
        let title = match behind {
            _ if behind == mode => Label("按键与命令", "keys and commands"),
            Mode::Page => Label(
                "按键与命令（先按 Enter 离开输入行）",
                "keys and commands (Enter first, to leave the line)",
            ),
            _ => Label(
                "按键与命令（先按 Esc 到列表）",
                "keys and commands (Esc first, to the list)",
            ),
        };
        Self::new(title, items).counted()
    }

    /// Lists the syntax of queries. Choosing an example searches for it.
    pub fn syntax(language: Language) -> Self {
        let ways = WAYS.iter().map(|&(examples, label)| {
            let example = examples.in_language(language);
            let Label(chinese, english) = label;
            Item::new(
                example,
                label.in_language(language),
                Choice::Search(example.to_owned()),
            )
            .under(Label("写法", "ways to write").in_language(language))
            .found_by(format!("{chinese} {english}"))
        });
        let fields = FIELDS.iter().map(|names| {
            let name = names.field.name(language);
            let example = format!("{name}:{}", example(names).in_language(language));
            let Label(chinese, english) = meaning(names.field);
            let others: Vec<&str> = names.chinese.iter().chain(names.english).copied().collect();
            Item::new(
                example.as_str(),
                meaning(names.field).in_language(language),
                Choice::Search(example.clone()),
            )
            .under(Label("字段", "fields").in_language(language))
            .found_by(format!("{chinese} {english} {}", others.join(" ")))
        });
        let title = Label(
            "查找语法（Enter 查找示例）",
            "search syntax (Enter searches)",
        );
        Self::new(title, ways.chain(fields).collect()).counted()
    }
}

/// Ways to write a query: an example, and what it finds.
const WAYS: [(Label, Label); 9] = [
    (
        Label("公积金 提取", "公积金 提取"),
        Label("空格：各词都要符合", "spaces: every word must match"),
    ),
    (
        Label("haishuidao", "haishuidao"),
        Label("全拼，音节间可有空格", "pinyin, with or without spaces"),
    ),
    (
        Label("gjj", "gjj"),
        Label("拼音首字母", "initials of the pinyin"),
    ),
    (
        Label("街长制|水价", "街长制|水价"),
        Label("| 并列：任一符合即可", "| for or: either matches"),
    ),
    (
        Label("审批 -海洋", "审批 -海洋"),
        Label("- 排除：不含其后的词", "- excludes what follows"),
    ),
    (
        Label("审批 -年:2017", "审批 -year:2017"),
        Label("- 排除：字段也可以", "- excludes a field as well"),
    ),
    (
        Label("\"财富管理\"", "\"财富管理\""),
        Label(
            "引号：只找原文，不按读音",
            "quotes: as written, not by sound",
        ),
    ),
    (
        Label("年:2015-2017", "year:2015-2017"),
        Label(
            "区间：起止年份，可省略一端",
            "range of years, open at either end",
        ),
    ),
    (
        Label("年:2015|2017", "year:2015|2017"),
        Label("一个字段的多个值", "several values of a field"),
    ),
];

/// Returns an example value of a field.
fn example(names: &FieldNames) -> Label {
    let english = match names.field {
        Field::Category => "department",
        Field::Completeness => "full",
        Field::Star => "yes",
        Field::Evidence => "innovation",
        _ => names.example,
    };
    Label(names.example, english)
}

/// Returns the meaning of a field.
const fn meaning(field: Field) -> Label {
    match field {
        Field::Year => Label("评选年度，可写区间", "award year, or a range"),
        Field::Area => Label("地区，曾用名也可", "area, by any of its names"),
        Field::Category => Label("类别", "category"),
        Field::Org => Label("机构，简称也可", "organisation, or its short name"),
        Field::Title => Label("只查标题", "title only"),
        Field::Text => Label("只查正文", "text only"),
        Field::Source => Label("文档编号、发表处", "document or publisher"),
        Field::Completeness => Label("文本类型", "kind of text"),
        Field::Topic => Label("主题", "topic"),
        Field::Tag => Label("您加的标签", "your tags"),
        Field::Note => Label("您写的笔记", "your notes"),
        Field::Star => Label("加星标的", "starred"),
        Field::Evidence => Label("自述创新、领先、实效、推广的", "claims by criterion"),
        Field::Length => Label(
            "篇幅（字数），同总览的分段",
            "length in characters, as in the overview",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::pinyin::Spellings;

    /// Returns the command that the help lists first for a typed text.
    fn first(typed: &str) -> Option<Choice> {
        let mut help = Picker::help(&Settings::default(), Mode::List);
        help.edit(&Spellings::default(), |line| line.set(typed));
        help.choice()
    }

    #[test]
    fn other_words_lead_first_to_what_they_name() {
        use Command as C;
        for (typed, command) in [
            ("sousuo", C::Search),
            ("yinyong", C::Cite),
            ("paixu", C::Sort),
            ("quanxuan", C::SelectAll),
            ("dafen", C::ScoreSheet),
            ("评分", C::ScoreSheet),
            ("duibi", C::Compare),
            ("比较", C::Compare),
            ("shoucang", C::Star),
            ("收藏夹", C::Starred),
            ("shangyipian", C::PreviousCase),
            ("xiayipian", C::NextCase),
            ("mulu", C::Outline),
            ("tongji", C::Overview),
            ("chuchu", C::Cite),
            ("fenlei", C::Facets),
            ("filter", C::Facets),
            ("baocun", C::Export),
            ("dayin", C::Pager),
            ("compare", C::Compare),
            ("save", C::Export),
            ("score", C::ScoreSheet),
            ("chazhaoshangyige", C::PreviousMatch),
            ("suoxiao", C::Narrower),
            ("history", C::GoBack),
            ("houtui", C::GoBack),
            ("biji", C::Note),
            ("bijiao", C::Compare),
            ("shezhi", C::Help),
            ("yanse", C::Help),
            ("导入", C::Help),
            ("daoru", C::Help),
            ("朗读", C::Help),
            ("jianpan", C::Help),
            ("settings", C::Help),
            ("color", C::Help),
            ("import", C::Help),
            ("liulan", C::Search),
            ("回退", C::Back),
            ("前一个", C::PreviousMatch),
            ("撤销", C::ClearSearch),
            ("undo", C::ClearSearch),
            ("grade", C::ScoreSheet),
            ("rate", C::ScoreSheet),
            ("quit", C::Quit),
            ("exit", C::Quit),
        ] {
            assert_eq!(first(typed), Some(Choice::Run(command)), "{typed}");
        }
    }

    #[test]
    fn no_word_of_the_table_leads_first_to_a_command_that_it_does_not_name() {
        let keymap = &Settings::default().keymap;
        for row in keymap.rows(Mode::List) {
            for word in synonyms(row.command).split_whitespace() {
                let found = match first(word) {
                    Some(Choice::Run(found)) => found,
                    other => {
                        // The syntax of queries is an entry as well.
                        assert!(other == Some(Choice::ShowSyntax), "{word} leads nowhere");
                        continue;
                    }
                };
                let row = commands::all()
                    .find(|row| row.command == found)
                    .expect("every command has a row");
                let Label(chinese, english) = row.label;
                let keys = keymap
                    .keys(Mode::List, found)
                    .map(keymap::name)
                    .collect::<Vec<_>>()
                    .join(" ")
                    .to_lowercase();
                let texts = [chinese, english, row.name, synonyms(found), &keys];
                let mut words = texts.iter().flat_map(|text| text.split_whitespace());
                assert!(
                    words.any(|known| known.split('：').next() == Some(word)),
                    "{word} leads to {}",
                    row.name
                );
            }
        }
    }
}
