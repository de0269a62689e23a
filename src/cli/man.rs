//! `anli man`: the man page, all commands and the guide on one page.

use clap::{Arg, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, italic, roman};

use super::{Call, Failure, Outcome, SUBCOMMANDS, Subcommand, arguments, install};
use crate::guide::{PAGES, Page, Style};
use crate::language::{Labels, Language};
use crate::text::width::Ambiguous;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "man",
    synopsis: "",
    about: |labels| labels.help.man,
    heeds: &[],
    define: install::define,
    run,
};

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    if !install::is_asked(call) {
        call.output.text(&page(call.labels)?)?;
        return Ok(Outcome::Done);
    }
    let data = install::user_folder("XDG_DATA_HOME", ".local/share");
    let folder = install::folder(call, data.map(|data| data.join("man")))?;
    for (language, below) in FOLDERS {
        let file = folder.join(below).join("anli.1");
        install::put(&file, &page(language.labels())?, call)?;
    }
    let advice = (call.labels.answer.finds_man)(&folder.to_string_lossy());
    call.output.sentence(&advice)?;
    Ok(Outcome::Done)
}

/// Where `man` looks below a folder of its path for the page in a language; it chooses by
/// the locale, and shows the first where there is none of it.
const FOLDERS: [(Language, &str); 2] = [
    (Language::English, "man1"),
    (Language::Chinese, "zh_CN/man1"),
];

fn page(labels: &Labels) -> std::io::Result<String> {
    let help = &labels.help;
    let man = Man::new(arguments::command(labels).about(help.purpose));
    let mut page = Vec::new();
    title().to_writer(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_options_section(&mut page)?;
    commands(labels).to_writer(&mut page)?;
    as_it_stands("QUERIES", help.query_examples).to_writer(&mut page)?;
    as_it_stands("EXAMPLES", help.examples).to_writer(&mut page)?;
    as_it_stands("EXIT STATUS", help.exit_codes).to_writer(&mut page)?;
    for page_of_guide in &PAGES {
        guide(page_of_guide, labels).to_writer(&mut page)?;
    }
    Ok(short_lines(&String::from_utf8_lossy(&page)))
}

/// The day of the release, which man pages show at the foot.
const DATE: &str = "2026-11-30";

fn title() -> Roff {
    let release = concat!("anli ", env!("CARGO_PKG_VERSION"));
    let mut roff = Roff::new();
    roff.control("TH", ["ANLI", "1", DATE, release]);
    roff
}

/// Breaks text lines that are longer than roff's readers like with `\c`, which
/// lets the next line go on as if there were no break.
fn short_lines(page: &str) -> String {
    let mut short = String::with_capacity(page.len());
    for line in page.lines() {
        let mut rest = line.trim_end();
        let is_text = !rest.starts_with(['.', '\'']);
        while let Some(cut) = cut(rest).filter(|_| is_text) {
            short.push_str(&rest[..cut]);
            short.push_str("\\c\n");
            rest = &rest[cut..];
        }
        short.push_str(rest);
        short.push('\n');
    }
    short
}

/// Where a text line has to be broken, as a byte offset; `None` where it is short
/// enough. Not inside an escape, and not before what would be a request or a
/// blank at the start of a line.
///
/// Lengths count as in the form without UTF-8 that readers work on, where a Han
/// character is `\[u6848]`.
fn cut(line: &str) -> Option<usize> {
    const LONGEST: usize = 78;
    const ESCAPED: usize = 9;
    let (mut at, mut length, mut last) = (0, 0, None);
    while at < line.len() {
        let rest = &line[at..];
        let first = rest.chars().next()?;
        let bytes = match rest.strip_prefix('\\') {
            Some(named) if named.starts_with('[') => rest.find(']')? + 1,
            Some(named) if named.starts_with('f') => 3,
            Some(named) => 1 + named.chars().next()?.len_utf8(),
            None => first.len_utf8(),
        };
        length += if first.is_ascii() { bytes } else { ESCAPED };
        at += bytes;
        if length > LONGEST {
            return last;
        }
        if !line[at..].starts_with(['.', '\'', ' ']) {
            last = Some(at);
        }
    }
    None
}

/// A section whose lines are kept.
fn as_it_stands(heading: &str, text: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    kept(&[text], &mut roff);
    roff
}

/// Columns of a page of the guide. With the margins of a man page it is as wide as
/// the narrowest usual terminal.
const GUIDE_COLUMNS: u16 = 72;

/// A page of the guide: its lines are kept, since readers of man pages neither
/// break Chinese text nor align its tables.
fn guide(page: &Page, labels: &Labels) -> Roff {
    let rows = page.rows(labels.language, GUIDE_COLUMNS, Ambiguous::Narrow);
    let mut roff = Roff::new();
    roff.control("SH", [page.title(labels.language).to_uppercase().as_str()]);
    let mut lines: Vec<&str> = Vec::new();
    for row in &rows[1..] {
        match row.style {
            Style::Heading => {
                kept(&lines, &mut roff);
                lines.clear();
                roff.control("SS", [row.text.as_str()]);
            }
            Style::Text => lines.push(&row.text),
        }
    }
    kept(&lines, &mut roff);
    roff
}

/// Lines as they are, without the empty ones around them.
fn kept(lines: &[&str], roff: &mut Roff) {
    let joined = lines.join("\n");
    let text = joined.trim_matches('\n');
    if text.is_empty() {
        return;
    }
    roff.control("nf", []);
    roff.text([roman(text)]);
    roff.control("fi", []);
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
    let value = argument
        .get_value_names()
        .and_then(|names| names.first())
        .filter(|_| argument.get_action().takes_values())
        .map(|name| name.to_string())
        .unwrap_or_default();
    roff.control("TP", []);
    match argument.get_long() {
        Some(long) => roff.text([bold(format!("--{long}")), roman(" "), italic(value)]),
        None => roff.text([italic(value)]),
    };
    let help = argument.get_help().map(ToString::to_string);
    roff.text([roman(help.unwrap_or_default())]);
}
