//! `anli doctor`: what the terminal and the machine are like, and what would
//! make them better.

use std::path::Path;

use clap::Command;
use rustix::fs::Access;
use serde::Serialize;

use super::arguments::State;
use super::{Call, Failure, Outcome, Subcommand, arguments, complain};
use crate::config::Clipboard;
use crate::language::{Label, Labels, Sentence};
use crate::store;
use crate::tui::doctor::{Finding, examine};
use crate::tui::environment::Environment;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "doctor",
    synopsis: "",
    about: |labels| labels.help.doctor,
    heeds: &["state", "no-state"],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    command.arg(arguments::json(labels))
}

/// Said before it happens.
const REPLACES: Label = Label(
    "下面的试复制会替换剪贴板的内容；如不需要，请设 clipboard = \"off\"",
    "the test copy replaces what is on the clipboard; clipboard = \"off\" leaves it out",
);

/// Columns of the name of what was looked at.
const LABEL: u16 = 20;

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let language = call.options.language;
    let is_off = call.options.settings.clipboard == Clipboard::Off;
    if !is_off && !call.matches.get_flag("json") {
        complain(REPLACES.in_language(language));
    }
    let mut findings = examine(&Environment::read(), &call.options.settings);
    findings.push(state(&call.options.state));
    for finding in &findings {
        let object = FindingObject {
            name: finding.name,
            value: &finding.value,
            good: finding.good,
            advice: finding.advice.in_language(language),
        };
        if call.matches.get_flag("json") {
            call.output.json(&object)?;
        } else {
            let mark = if object.good { "ok" } else { "!!" };
            let label = call.output.fit(finding.label.in_language(language), LABEL);
            let value = finding.value.in_language(language);
            call.output.line(&format!("{mark}  {label}  {value}"))?;
            call.output.line(&format!("      {}", object.advice))?;
        }
    }
    Ok(Outcome::Done)
}

/// One thing that was looked at. The order of the fields is the order of the
/// keys.
#[derive(Serialize)]
struct FindingObject<'a> {
    name: &'static str,
    /// In English, whatever the language is: programs compare it.
    value: &'a str,
    good: bool,
    advice: &'static str,
}

/// Whether marks and places can be kept. Nothing is written to find out.
fn state(state: &State) -> Finding {
    let folder = match state {
        State::Usual => store::default_folder().ok().map(|(folder, _)| folder),
        State::In(folder) => Some(folder.clone()),
        State::Off => {
            let advice = Label(
                "按要求不保存标记与阅读位置",
                "marks and places are not kept, as asked",
            );
            return found(Label("关", "off"), true, advice);
        }
    };
    let Some(folder) = folder else {
        let advice = Label(
            "没有主目录，标记不会保存；可用 --state 指定文件夹",
            "there is no home folder, so marks are not kept; name one with --state",
        );
        return found(Label("没有", "none"), false, advice);
    };
    let name = folder.to_string_lossy();
    if may_write(&folder) {
        let advice = Label("标记与阅读位置保存在这里", "marks and places are kept here");
        found(name.as_ref(), true, advice)
    } else {
        let advice = Label(
            "无法写入，标记不会保存；可用 --state 另指文件夹",
            "it cannot be written, so marks are not kept; name another folder with --state",
        );
        found(name.as_ref(), false, advice)
    }
}

fn found(value: impl Into<Sentence>, good: bool, advice: Label) -> Finding {
    Finding {
        name: "state_folder",
        label: Label("状态文件夹", "state folder"),
        value: value.into(),
        good,
        advice,
    }
}

/// Whether a folder, or the nearest one above it that is there, can be written.
fn may_write(folder: &Path) -> bool {
    let there = folder.ancestors().find(|folder| folder.exists());
    there.is_some_and(|there| {
        there.is_dir() && rustix::fs::access(there, Access::WRITE_OK | Access::EXEC_OK).is_ok()
    })
}
