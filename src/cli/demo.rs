//! `anli demo`: the explorer plays a script by itself.

use clap::{Arg, Command, ValueHint};

use super::script::{PRINT, SCRIPT};
use super::{Call, Failure, Outcome, Subcommand, arguments};
use crate::language::Labels;
use crate::show;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: arguments::DEMO,
    synopsis: "[SCRIPT]",
    about: |labels| labels.help.demo,
    heeds: &[
        "seeds",
        "encoding",
        "mouse",
        "no-sync",
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
    let script = Arg::new(SCRIPT)
        .value_name("SCRIPT")
        .value_parser(arguments::path())
        .value_hint(ValueHint::FilePath)
        .help(labels.help.demo_script);
    let print = arguments::flag(PRINT, labels.help.demo_print)
        .display_order(0)
        .conflicts_with(SCRIPT);
    command.arg(script).arg(print).arg(arguments::title(labels))
}

/// Prints the built-in script, to begin one's own with. All else is a request for the
/// explorer.
fn run(call: &mut Call) -> Result<Outcome, Failure> {
    call.output.text(show::BUILT_IN)?;
    Ok(Outcome::Done)
}
