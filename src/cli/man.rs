//! `anli man`: the man page, all commands on one page.

use clap::{Arg, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, italic, roman};

use super::{Call, Failure, Outcome, SUBCOMMANDS, Subcommand, arguments};
use crate::language::Labels;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "man",
    synopsis: "",
    about: |labels| labels.help.man,
    heeds: &[],
    define: |command, _| command,
    run,
};

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    call.output.text(&page(call.labels)?)?;
    Ok(Outcome::Done)
}

fn page(labels: &Labels) -> std::io::Result<String> {
    let help = &labels.help;
    let man = Man::new(arguments::command(labels).about(help.purpose));
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_options_section(&mut page)?;
    commands(labels).to_writer(&mut page)?;
    as_it_stands("EXAMPLES", help.examples).to_writer(&mut page)?;
    as_it_stands("EXIT STATUS", help.exit_codes).to_writer(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// A section whose lines are kept.
fn as_it_stands(heading: &str, text: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    roff.control("nf", []);
    roff.text([roman(text)]);
    roff.control("fi", []);
    roff
}

/// Every command with its arguments and its own options.
fn commands(labels: &Labels) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for subcommand in SUBCOMMANDS {
        let title = format!("anli {} {}", subcommand.name, subcommand.synopsis);
        roff.control("SS", [title.trim_end()]);
        roff.text([roman((subcommand.about)(labels))]);
        let command = (subcommand.define)(Command::new(subcommand.name), labels);
        for argument in command.get_arguments() {
            describe(argument, &mut roff);
        }
    }
    roff
}

fn describe(argument: &Arg, roff: &mut Roff) {
    let value = argument.get_value_names().and_then(|names| names.first());
    let value = value.filter(|_| argument.get_action().takes_values());
    let value = value.map(|name| name.to_string()).unwrap_or_default();
    roff.control("TP", []);
    match argument.get_long() {
        Some(long) => roff.text([bold(format!("--{long}")), roman(" "), italic(value)]),
        None => roff.text([italic(value)]),
    };
    let help = argument.get_help().map(ToString::to_string);
    roff.text([roman(help.unwrap_or_default())]);
}
