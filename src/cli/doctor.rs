//! `anli doctor`: what the terminal and the machine are like, and what would
//! make them better.

use std::path::Path;

use clap::Command;
use rustix::fs::Access;
use serde::Serialize;

use super::arguments::State;
use super::{Call, Failure, Outcome, Subcommand, arguments};
use crate::language::{Labels, Language};
use crate::store;
use crate::tui::doctor::{Advice, Finding, examine};
use crate::tui::environment::Environment;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "doctor",
    synopsis: "",
    about: |labels| labels.help.doctor,
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    command.arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let mut findings = examine(&Environment::read());
    findings.push(state(&call.options.state));
    for finding in &findings {
        let object = FindingObject {
            name: finding.name,
            value: &finding.value,
            good: finding.good,
            advice: match call.options.language {
                Language::Chinese => finding.advice.chinese,
                Language::English => finding.advice.english,
            },
        };
        if call.matches.get_flag("json") {
            call.output.json(&object)?;
        } else {
            let mark = if object.good { "ok" } else { "!!" };
            let line = format!("{mark}  {:<20}  {}", object.name, object.value);
            call.output.line(&line)?;
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
    value: &'a str,
    good: bool,
    advice: &'static str,
}

/// Whether marks and places can be kept. Nothing is written to find out.
fn state(state: &State) -> Finding {
    let folder = match state {
        State::Usual => store::default_folder(),
        State::In(folder) => Some(folder.clone()),
        State::Off => {
            let advice = Advice {
                chinese: "按要求不保存标记与阅读位置",
                english: "marks and places are not kept, as asked",
            };
            return found("off", true, advice);
        }
    };
    let Some(folder) = folder else {
        let advice = Advice {
            chinese: "没有主目录，标记不会保存；可用 --state 指定文件夹",
            english: "there is no home folder, so marks are not kept; name one with --state",
        };
        return found("none", false, advice);
    };
    let name = folder.to_string_lossy();
    if may_write(&folder) {
        let advice = Advice {
            chinese: "标记与阅读位置保存在这里",
            english: "marks and places are kept here",
        };
        found(&name, true, advice)
    } else {
        let advice = Advice {
            chinese: "无法写入，标记不会保存；可用 --state 另指文件夹",
            english: "it cannot be written, so marks are not kept; name another with --state",
        };
        found(&name, false, advice)
    }
}

fn found(value: &str, good: bool, advice: Advice) -> Finding {
    Finding {
        name: "state_folder",
        value: value.to_owned(),
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
