//! `anli open`: the explorer on documents of one's own.

use clap::{Arg, Command, ValueHint};

use super::{Call, Failure, Outcome, Subcommand, arguments};
use crate::language::Labels;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: arguments::OPEN,
    synopsis: "PATH...",
    about: |labels| labels.help.open,
    heeds: &[
        "encoding",
        "mouse",
        "no-sync",
        "plain",
        "no-state",
        "state",
        "theme",
        "background",
        "roomy",
        "kiosk",
        "idle",
    ],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    let path = Arg::new("path")
        .value_name("PATH")
        .required(true)
        .num_args(1..)
        .value_parser(arguments::path())
        .value_hint(ValueHint::AnyPath)
        .help(labels.help.open_path);
    command.arg(path).arg(arguments::title(labels))
}

/// The parser makes a request for the explorer of it, so this is never run.
fn run(call: &mut Call) -> Result<Outcome, Failure> {
    Err(Failure::Said(vec![
        call.labels.usage.needs_terminal.to_owned(),
    ]))
}
