//! `anli completions`: a script that completes command lines in a shell.

use clap::{Arg, Command};
use clap_complete::Shell;

use super::{Call, Failure, Outcome, Subcommand, arguments};
use crate::language::Labels;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "completions",
    synopsis: "SHELL",
    about: |labels| labels.help.completions,
    heeds: &[],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    let shell = Arg::new("shell")
        .value_name("SHELL")
        .required(true)
        .value_parser(["bash", "zsh", "fish"])
        .hide_possible_values(true)
        .help(labels.help.shell);
    command.arg(shell)
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let shell = match call.matches.get_one::<String>("shell").map(String::as_str) {
        Some("zsh") => Shell::Zsh,
        Some("fish") => Shell::Fish,
        _ => Shell::Bash,
    };
    let mut script = Vec::new();
    clap_complete::generate(
        shell,
        &mut arguments::command(call.labels),
        "anli",
        &mut script,
    );
    call.output.text(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
