//! Commands for what the cases say.

use super::{BROWSE, Row};
use crate::app::action::Command;
use crate::app::words::Label;
use crate::key::Key::Char;

pub(super) const ROWS: &[Row] = &[
    Row {
        command: Command::Figures,
        name: "figures",
        label: Label(
            "关键数字：本案例的金额、人数、比例等，可跳转、排序、导出",
            "key figures of this case: go to one, sort, export",
        ),
        hint: None,
        keys: &[(BROWSE, Char('d')), (BROWSE, Char('1'))],
    },
    Row {
        command: Command::AllFigures,
        name: "all-figures",
        label: Label(
            "列表中全部案例的关键数字",
            "key figures of everything listed",
        ),
        hint: None,
        keys: &[(BROWSE, Char('D')), (BROWSE, Char('2'))],
    },
    Row {
        command: Command::Evidence,
        name: "evidence",
        label: Label(
            "评审依据：标出本案例自述的创新、领先、实效、推广",
            "evidence: mark what the case claims, by criterion",
        ),
        hint: None,
        keys: &[(BROWSE, Char('L')), (BROWSE, Char('3'))],
    },
];
