//! `anli help`: what `--help` says, of the program or of one command.

use clap::{Arg, Command};

use super::{Call, Failure, Outcome, Subcommand, arguments};
use crate::language::Labels;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "help",
    synopsis: "[COMMAND]",
    about: |labels| labels.help.help,
    heeds: &[],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    let subcommand = Arg::new("command")
        .value_name("COMMAND")
        .help(labels.help.command);
    command.arg(subcommand)
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let mut root = arguments::command(call.labels);
    root.build();
    let asked = match call.matches.get_one::<String>("command") {
        None => &mut root,
        Some(name) => root.find_subcommand_mut(name).ok_or_else(|| {
            let unknown = (call.labels.usage.unknown_command)(name);
            Failure::Said(vec![(call.labels.usage.with_hint)(&unknown, "anli help")])
        })?,
    };
    call.output.text(&arguments::help_text(asked))?;
    Ok(Outcome::Done)
}
