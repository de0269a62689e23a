//! Commands of a jury's round.

use super::{BROWSE, Row, SHEET, TALLY};
use crate::app::action::Command;
use crate::app::words::Label;
use crate::key::Key::{self, Char, Ctrl};

pub(super) const ROWS: &[Row] = &[
    Row {
        command: Command::ScoreSheet,
        name: "score-sheet",
        label: Label(
            "评分表：给本案例打分、写评语（用 --round、--juror 打开时）",
            "score sheet: points and a comment for this case (with --round and --juror)",
        ),
        hint: (51, Label("评分表", "scores")),
        keys: &[(BROWSE, Char('F')), (BROWSE, Char('7'))],
    },
    Row {
        command: Command::Tally,
        name: "tally",
        label: Label(
            "汇总：各类名次、四种平均、名额线、离散和提示（用 --round 打开时）",
            "tally: ranks, four means, the line and what is far off (with --round)",
        ),
        hint: (52, Label("汇总", "tally")),
        keys: &[(BROWSE, Char('Z')), (BROWSE, Char('8')), (SHEET, Char('Z'))],
    },
    Row {
        command: Command::NextUnscored,
        name: "next-unscored",
        label: Label("下一个未评完的案例", "the next case that is not done"),
        hint: (4, Label("下一个未评", "next open")),
        keys: &[(SHEET, Char('n')), (SHEET, Key::Tab)],
    },
    Row {
        command: Command::Comment,
        name: "comment",
        label: Label("写评语", "write the comment"),
        hint: (9, Label("评语", "comment")),
        keys: &[(SHEET, Char('c')), (SHEET, Char('a')), (SHEET, Ctrl('a'))],
    },
    Row {
        command: Command::Recuse,
        name: "recuse",
        label: Label("回避，并写明理由", "recuse oneself, with the ground"),
        hint: (11, Label("回避", "recuse")),
        keys: &[(SHEET, Char('r')), (SHEET, Ctrl('r'))],
    },
    Row {
        command: Command::Abstain,
        name: "abstain",
        label: Label("弃评", "abstain"),
        hint: (12, Label("弃评", "abstain")),
        keys: &[(SHEET, Char('x')), (SHEET, Ctrl('x'))],
    },
    Row {
        command: Command::Defer,
        name: "defer",
        label: Label("暂缓，以后再评", "put the case off"),
        hint: (13, Label("暂缓", "put off")),
        keys: &[(SHEET, Char('w')), (SHEET, Ctrl('w'))],
    },
    Row {
        command: Command::Withdraw,
        name: "withdraw",
        label: Label(
            "撤回分数或回避、弃评、暂缓，回到未评",
            "withdraw points or a state: not scored again",
        ),
        hint: (14, Label("撤回", "withdraw")),
        keys: &[(SHEET, Char('u')), (SHEET, Ctrl('k'))],
    },
    Row {
        command: Command::Confirm,
        name: "confirm",
        label: Label("确认待确认的分数", "confirm points that wait for it"),
        hint: (10, Label("确认", "confirm")),
        keys: &[(SHEET, Char('y')), (SHEET, Ctrl('y'))],
    },
    Row {
        command: Command::Explain,
        name: "explain",
        label: Label(
            "对偏离的分数作说明",
            "add a sentence on a score that is far off",
        ),
        hint: (15, Label("作说明", "explain")),
        keys: &[(SHEET, Char('s')), (SHEET, Ctrl('s'))],
    },
    Row {
        command: Command::Settle,
        name: "settle-entry",
        label: Label(
            "选定：同一条记录有两种内容时，保留哪一种",
            "choose which of two contents of an entry counts",
        ),
        hint: (16, Label("选定", "choose")),
        keys: &[(SHEET, Char('v')), (SHEET, Ctrl('v'))],
    },
    Row {
        command: Command::Agenda,
        name: "agenda",
        label: Label(
            "讨论议程：先列名额线附近的案例，再按分歧大小；再按一次回到汇总",
            "agenda: cases near the line first, then by spread; once more for the tally",
        ),
        hint: (9, Label("议程", "agenda")),
        keys: &[(TALLY, Char('a')), (TALLY, Char('1'))],
    },
    Row {
        command: Command::Minute,
        name: "panel-note",
        label: Label("记录对本案例的讨论", "note what was said on this case"),
        hint: (10, Label("记录", "note")),
        keys: &[(TALLY, Char('c')), (TALLY, Char('2'))],
    },
    Row {
        command: Command::Vote,
        name: "panel-vote",
        label: Label("记录对本案例的表决", "record a vote on this case"),
        hint: (11, Label("表决", "vote")),
        keys: &[(TALLY, Char('v')), (TALLY, Char('3'))],
    },
    Row {
        command: Command::Decide,
        name: "panel-order",
        label: Label(
            "记录评审组对并列案例先后的决定",
            "record the order of tied cases that the panel decided",
        ),
        hint: (12, Label("定次序", "order")),
        keys: &[(TALLY, Char('o')), (TALLY, Char('4'))],
    },
];
