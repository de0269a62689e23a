//! Hints of the commands that find room only on a wide screen.

use super::App;
use super::action::{Command, Motion};
use super::commands::Mode;
use super::words::Label;

/// The hint, in the list and on the page, of a command whose table gives none: its rank,
/// after every hint of the tables, and a short word.
pub fn further(command: Command) -> Option<(u8, Label)> {
    use Command as C;
    let (worth, label) = match command {
        C::PreviousMatch => (30, Label("上一处", "previous")),
        C::Select => (31, Label("选中", "select")),
        C::Starred => (32, Label("只看星标", "starred only")),
        C::Topics => (33, Label("主题", "topics")),
        C::Figures => (34, Label("数字", "figures")),
        C::Evidence => (35, Label("依据", "evidence")),
        C::Related => (36, Label("相关", "related")),
        C::Overview => (37, Label("总览", "overview")),
        C::Lineage => (38, Label("脉络", "lineage")),
        C::Tag => (39, Label("标签", "tags")),
        C::ScoreSheet => (40, Label("评分表", "score sheet")),
        C::Tally => (41, Label("汇总", "tally")),
        C::Compare => (42, Label("对照", "compare")),
        C::ClearSearch => (43, Label("清除查找", "clear search")),
        C::Raw => (44, Label("原始文档", "raw")),
        C::NextCase => (45, Label("下一个案例", "next case")),
        C::PreviousCase => (46, Label("上一个案例", "previous case")),
        C::NextSection => (47, Label("下一节", "next section")),
        C::PreviousSection => (48, Label("上一节", "previous section")),
        C::SelectAll => (49, Label("全选", "select all")),
        C::AllFigures => (50, Label("全部数字", "all figures")),
        C::MarkParagraph => (51, Label("摘录本段", "mark paragraph")),
        C::Passages => (52, Label("全部摘录", "passages")),
        C::GoBack => (53, Label("后退", "place before")),
        C::GoForward => (54, Label("前进", "place after")),
        C::Move(Motion::PageDown) => (55, Label("下一屏", "screen down")),
        C::Move(Motion::PageUp) => (56, Label("上一屏", "screen up")),
        C::Move(Motion::First) => (57, Label("开头", "start")),
        C::Move(Motion::Last) => (58, Label("末尾", "end")),
        C::Move(Motion::HalfDown) => (59, Label("下半屏", "half down")),
        C::Move(Motion::HalfUp) => (60, Label("上半屏", "half up")),
        C::Justify => (61, Label("两端对齐", "justify")),
        C::Narrower => (62, Label("收窄", "narrower")),
        C::Wider => (63, Label("放宽", "wider")),
        C::Pager => (64, Label("分页程序", "pager")),
        C::Editor => (65, Label("编辑器", "editor")),
        C::Library => (66, Label("换文档库", "library")),
        C::Reread => (67, Label("重新读取", "reread")),
        C::Mouse => (68, Label("鼠标", "mouse")),
        C::Tour => (69, Label("导览", "tour")),
        C::Suspend => (70, Label("挂起", "suspend")),
        C::Repaint => (71, Label("刷新", "redraw")),
        _ => return None,
    };
    Some((worth, label))
}

impl App {
    /// Whether a command with a further hint would do something now.
    pub fn can_do(&self, command: Command) -> bool {
        let on_page = self.mode() == Mode::Page;
        let hits = self.list.hits().len();
        let selected = self.collection.selection.len();
        let has_sections = || {
            let sheet = self.page.sheet();
            sheet.is_some_and(|sheet| !sheet.set.sections().is_empty())
        };
        let is_own = || {
            let first = self.corpus.cases.first();
            first.is_some_and(|case| case.key.is_some())
        };
        match command {
            Command::PreviousMatch => self.page.counter().is_some(),
            Command::NextCase => self.list.position() + 1 < hits,
            Command::PreviousCase => self.list.position() > 0,
            Command::NextSection | Command::PreviousSection => has_sections(),
            Command::SelectAll => !on_page && hits > 0,
            Command::Compare => selected > 0,
            Command::ClearSearch => !self.filter.is_empty(),
            Command::ScoreSheet | Command::Tally => self.seat().is_some(),
            Command::MarkParagraph | Command::Justify => on_page && !self.reading.raw,
            Command::Narrower | Command::Wider => on_page,
            Command::GoBack => self.trail.visits.can_go(true),
            Command::GoForward => self.trail.visits.can_go(false),
            Command::Library => self.settings.libraries.len() > 1,
            Command::Reread => is_own(),
            Command::Tour => !is_own(),
            _ => true,
        }
    }
}
