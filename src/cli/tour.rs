//! `anli tour`: the guided tour inside the explorer.

use clap::Command;

use super::{Call, Failure, Outcome, Subcommand, arguments};
use crate::language::Labels;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: arguments::TOUR,
    synopsis: "",
    about: |labels| labels.help.tour,
    heeds: &["mouse", "no-sync", "theme", "background", "roomy"],
    define,
    run,
};

fn define(command: Command, _: &Labels) -> Command {
    command
}

/// The parser makes a request for the explorer of it, so this is never run.
fn run(call: &mut Call) -> Result<Outcome, Failure> {
    Err(Failure::Said(vec![
        call.labels.usage.needs_terminal.to_owned(),
    ]))
}
