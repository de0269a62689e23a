//! `anli config`: the path of the settings, their possible values, and their mistakes.

use clap::{Arg, ArgAction, Command};

use super::{Call, Failure, Outcome, Subcommand, settings};
use crate::app::commands;
use crate::config::{self, Mistake};
use crate::key::Key;
use crate::language::Labels;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "config",
    synopsis: "",
    about: |labels| labels.help.config_command,
    heeds: &[],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .display_order(0)
            .help(help)
    };
    command
        .arg(flag("print", labels.help.config_print))
        .arg(flag("check", labels.help.config_check).conflicts_with("print"))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    if call.matches.get_flag("print") {
        call.output.text(&everything(call))?;
        return Ok(Outcome::Done);
    }
    if call.matches.get_flag("check") {
        return check(call);
    }
    let file = &call.options.settings_file;
    let Some(file) = file else {
        return Err(Failure::Said(vec![call.labels.answer.no_home.to_owned()]));
    };
    call.output.line(&file.to_string_lossy())?;
    Ok(Outcome::Done)
}

/// The default settings with every command that a key may be given.
fn everything(call: &Call) -> String {
    let language = call.options.language;
    let rows = commands::all().map(|row| {
        let mut keys: Vec<Key> = Vec::new();
        for &(_, key) in row.keys {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        (row.name, keys, row.label.in_language(language))
    });
    config::default_with_keys(rows)
}

/// Prints every mistake, one a line.
fn check(call: &mut Call) -> Result<Outcome, Failure> {
    let mut mistakes = call.options.mistakes.clone();
    if let Some(file) = &call.options.settings_file {
        mistakes.extend(settings::key_mistakes(&call.options.settings, file));
    }
    mistakes.sort_by_key(|mistake| mistake.place.line());
    let lines: Vec<String> = mistakes
        .iter()
        .map(|mistake: &Mistake| mistake.message(call.options.language))
        .collect();
    if lines.is_empty() {
        call.output.line(call.labels.answer.settings_right)?;
        return Ok(Outcome::Done);
    }
    lines.iter().try_for_each(|line| call.output.line(line))?;
    Ok(Outcome::Nothing)
}
