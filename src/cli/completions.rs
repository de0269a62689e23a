//! `anli completions`: a script that completes command lines in a shell.

use clap::{Arg, Command};
use clap_complete::Shell;

use super::{Call, Failure, Outcome, SUBCOMMANDS, Subcommand, arguments, help};
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
    let mut command = with_commands_to_explain(arguments::command(call.labels));
    clap_complete::generate(shell, &mut command, "anli", &mut script);
    call.output.text(&String::from_utf8_lossy(&script))?;
    if shell == Shell::Fish {
        call.output.text(&names_for_fish(&command))?;
    }
    Ok(Outcome::Done)
}

/// The command line with the names that `anli help` takes. A wrong one is that
/// command's to answer, so that the names are no part of its own definition.
fn with_commands_to_explain(command: Command) -> Command {
    let names = SUBCOMMANDS.iter().map(|subcommand| subcommand.name);
    let names: Vec<&str> = names.collect();
    command.mut_subcommand(help::SUBCOMMAND.name, |help| {
        help.mut_arg("command", |argument| argument.value_parser(names))
    })
}

/// What clap_complete leaves out for fish: the values of an argument that has no
/// option before it.
fn names_for_fish(command: &Command) -> String {
    let mut script = String::new();
    for subcommand in command.get_subcommands() {
        let values = subcommand
            .get_positionals()
            .flat_map(Arg::get_possible_values);
        let names: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
        if !names.is_empty() {
            script.push_str(&format!(
                "complete -c anli -n \"__fish_anli_using_subcommand {}\" -f -a \"{}\"\n",
                subcommand.get_name(),
                names.join(" ")
            ));
        }
    }
    script
}
