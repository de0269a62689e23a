//! `anli check`: the ledger, in which every character of every document is
//! accounted for.

use clap::Command;

use super::{Call, Failure, Outcome, Subcommand, arguments};
use crate::language::Labels;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "check",
    synopsis: "",
    about: |labels| labels.help.check,
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    command.arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let _library = call.library()?;
    Ok(Outcome::Done)
}
