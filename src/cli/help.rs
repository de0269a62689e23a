//! `anli help`: what `--help` says, of the program or of one command, and the
//! pages of the guide.

use clap::{Arg, Command};

use super::output::Output;
use super::{Call, Failure, Outcome, SUBCOMMANDS, Subcommand, arguments};
use crate::guide::{PAGES, Page, Style};
use crate::language::{Labels, Language, quoted};
use crate::nearest::{is_slip, nearest};
use crate::text::width::{self, Ambiguous};
use crate::text::wrap::{self, Room};

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "help",
    synopsis: "[TOPIC]",
    about: |labels| labels.help.help,
    heeds: &[],
    define,
    run,
};

/// The id of the argument that names a command or a page of the guide.
pub const ARGUMENT: &str = "topic";

fn define(command: Command, labels: &Labels) -> Command {
    let topic = Arg::new(ARGUMENT)
        .value_name("TOPIC")
        .help(labels.help.topic);
    command.arg(topic)
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let mut root = arguments::command(call.labels);
    root.build();
    let Some(name) = call.matches.get_one::<String>(ARGUMENT) else {
        print(&arguments::help_text(&mut root), call.output)?;
        return Ok(Outcome::Done);
    };
    // A command comes before a page of the guide with its name.
    if let Some(command) = root.find_subcommand_mut(name) {
        print(&arguments::help_text(command), call.output)?;
        return Ok(Outcome::Done);
    }
    let page = Page::find(name).ok_or_else(|| {
        let commands = SUBCOMMANDS.iter().map(|command| command.name);
        let names = commands.chain(PAGES.iter().map(|page| page.topic));
        let near = nearest(name, names, 1);
        let near = near.first().copied().filter(|near| is_slip(name, near));
        let unknown = (call.labels.usage.unknown_topic)(&quoted(name), near);
        Failure::Said(vec![(call.labels.usage.with_hint)(
            &unknown,
            "anli help guide",
        )])
    })?;
    print_page(page, call.labels.language, call.output)?;
    Ok(Outcome::Done)
}

/// Columns of a page that no terminal shows.
const PAGE_COLUMNS: u16 = 80;

fn print_page(page: &Page, language: Language, output: &mut Output) -> std::io::Result<()> {
    let columns = output.columns().unwrap_or(PAGE_COLUMNS);
    for row in page.rows(language, columns, output.ambiguous()) {
        output.part(&row.text, row.style == Style::Heading)?;
        output.end_line()?;
    }
    Ok(())
}

/// Prints help, broken into rows where a terminal shows it.
///
/// # Errors
///
/// If standard output cannot be written.
pub fn print(text: &str, output: &mut Output) -> std::io::Result<()> {
    match output.columns() {
        Some(columns) => output.text(&fitted(text, columns, output.ambiguous())),
        None => output.text(text),
    }
}

/// Columns that a description keeps beside what it describes; where fewer are
/// left it goes on below.
const LEAST_DESCRIPTION: u16 = 16;

/// Breaks the lines of a help text that are wider than `columns`. A line goes on
/// under its description, which begins after two spaces or more.
fn fitted(text: &str, columns: u16, ambiguous: Ambiguous) -> String {
    let mut rows = String::with_capacity(text.len());
    for line in text.lines() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let described = line[indent..].find("  ").map(|gap| {
            let rest = &line[indent + gap..];
            line.len() - rest.trim_start_matches(' ').len()
        });
        let before = width::of_str(&line[..described.unwrap_or(indent)], ambiguous);
        let narrow = columns.saturating_sub(before) < LEAST_DESCRIPTION;
        let hang = if narrow { 4.min(columns / 4) } else { before };
        let room = Room {
            first: columns.max(1),
            rest: columns.saturating_sub(hang).max(1),
        };
        for (index, row) in wrap::wrap(line, room, ambiguous).into_iter().enumerate() {
            if index > 0 {
                rows.push_str(&" ".repeat(hang.into()));
            }
            rows.push_str(line[row].trim_end());
            rows.push('\n');
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_goes_on_under_its_own_begin() {
        let text = "选项：\n  --lang <LANG>  界面语言：中文或者英文\n";
        let expected = "选项：\n  --lang <LANG>  界面语言：中文或\n                 者英文\n";
        assert_eq!(fitted(text, 33, Ambiguous::Narrow), expected);
    }

    #[test]
    fn no_row_is_wider_than_the_terminal() {
        for language in [
            crate::language::Language::Chinese,
            crate::language::Language::English,
        ] {
            let text = arguments::help_text(&mut arguments::command(language.labels()));
            for columns in [24, 40, 60, 80, 120] {
                for row in fitted(&text, columns, Ambiguous::Wide).lines() {
                    assert!(
                        width::of_str(row, Ambiguous::Wide) <= columns,
                        "{columns}: {row}"
                    );
                }
            }
        }
    }
}
