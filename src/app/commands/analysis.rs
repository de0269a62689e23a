//! Commands that analyse cases.

use super::{BROWSE, COMPARE, OVERVIEW, Row, SHEET};
use crate::app::action::Command;
use crate::app::words::Label;
use crate::key::Key::{self, Char};

pub(super) const ROWS: &[Row] = &[
    Row {
        command: Command::Figures,
        name: "figures",
        label: Label(
            "关键数字：本案例的金额、人数、比例等，可跳转、排序",
            "key figures of this case: go to one, sort",
        ),
        hint: (24, Label("数字", "figures")),
        keys: &[(BROWSE, Char('d')), (BROWSE, Char('1')), (SHEET, Char('d'))],
    },
    Row {
        command: Command::AllFigures,
        name: "all-figures",
        label: Label(
            "列表中全部案例的关键数字",
            "key figures of everything listed",
        ),
        hint: (33, Label("数字表", "table")),
        keys: &[(BROWSE, Char('D')), (BROWSE, Char('2'))],
    },
    Row {
        command: Command::Evidence,
        name: "evidence",
        label: Label(
            "评审依据：标出本案例自述的创新、领先、实效、推广",
            "evidence: mark what the case claims, by criterion",
        ),
        hint: (28, Label("依据", "evidence")),
        keys: &[(BROWSE, Char('L')), (BROWSE, Char('3')), (SHEET, Char('L'))],
    },
    Row {
        command: Command::Related,
        name: "related",
        label: Label(
            "相关案例及理由，可前往",
            "related cases, and why: go to one",
        ),
        hint: (25, Label("相关", "related")),
        keys: &[(BROWSE, Char('u')), (BROWSE, Char('4'))],
    },
    Row {
        command: Command::Lineage,
        name: "lineage",
        label: Label(
            "历年脉络：同一改革或主题的先后案例及依据",
            "lineage: one reform or theme through the years, and why",
        ),
        hint: (29, Label("脉络", "lineage")),
        keys: &[(BROWSE, Char('H')), (BROWSE, Char('5'))],
    },
    Row {
        command: Command::Overview,
        name: "overview",
        label: Label(
            "总览：年度、类别、地区、主题、篇幅的分布，可列出所选部分",
            "overview: counts by year, category, area, topic and size",
        ),
        hint: (21, Label("总览", "overview")),
        keys: &[(BROWSE, Char('V')), (BROWSE, Char('0'))],
    },
    Row {
        command: Command::Left,
        name: "left",
        label: Label("左边一格；左边的案例", "the cell, or the case, to the left"),
        hint: (43, Label("左移", "left")),
        keys: &[
            (OVERVIEW, Key::Left),
            (OVERVIEW, Char('h')),
            (COMPARE, Key::Left),
            (COMPARE, Char('h')),
        ],
    },
    Row {
        command: Command::Right,
        name: "right",
        label: Label(
            "右边一格；右边的案例",
            "the cell, or the case, to the right",
        ),
        hint: (44, Label("右移", "right")),
        keys: &[
            (OVERVIEW, Key::Right),
            (OVERVIEW, Char('l')),
            (COMPARE, Key::Right),
            (COMPARE, Char('l')),
        ],
    },
    Row {
        command: Command::Compare,
        name: "compare",
        label: Label(
            "对照选中的两三个案例：同类章节与数字并列",
            "compare two or three selected cases, section by section",
        ),
        hint: (26, Label("对照", "compare")),
        keys: &[(BROWSE, Char('C')), (BROWSE, Char('6'))],
    },
    Row {
        command: Command::Swap,
        name: "swap",
        label: Label("与右边的案例对调", "swap with the case to the right"),
        hint: (9, Label("对调", "swap")),
        keys: &[(COMPARE, Char('s')), (COMPARE, Char('*'))],
    },
    Row {
        command: Command::Drop,
        name: "drop",
        label: Label("取消选中，不再对照", "drop the case from the comparison"),
        hint: (10, Label("取消选中", "drop")),
        keys: &[(COMPARE, Char('x')), (COMPARE, Key::Delete)],
    },
];
