//! `anli show`: the text of cases.

use clap::{Arg, Command};

use super::output::Output;
use super::{Call, Failure, Outcome, Subcommand, arguments, complain, ids};
use crate::case::role::{self, Role};
use crate::case::{Block, BlockKind, CaseRef, Title};
use crate::export::analysis::title;
use crate::language::{Labels, quoted};
use crate::record::CaseRecord;
use crate::text::fold::fold;
use crate::text::script::Display;
use crate::text::wrap::{self, Room};

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "show",
    synopsis: "ID...",
    about: |labels| labels.help.show,
    heeds: &["seeds", "round", "juror"],
    define,
    run,
};

/// Rows longer than this are hard to read, in columns: 40 Han characters.
const MEASURE: u16 = 80;

/// The first row of a paragraph is indented by two Han characters, in columns.
const INDENT: u16 = 4;

fn define(command: Command, labels: &Labels) -> Command {
    let section = Arg::new("section")
        .long("section")
        .value_name("ROLE")
        .display_order(0)
        .help(labels.help.section);
    command
        .arg(ids::argument(labels))
        .arg(section)
        .arg(arguments::script(labels))
        .arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = call.library()?.corpus;
    let section = call.matches.get_one::<String>("section");
    let (cases, mut outcome) = ids::found(&corpus, call);
    let display = arguments::display(call.matches, call.options);
    let mut shown = 0;
    for case in cases {
        let blocks = match part(case, section.map(String::as_str), call.labels) {
            Ok(blocks) => blocks,
            Err(sentence) => {
                complain(&sentence);
                outcome = Outcome::Nothing;
                continue;
            }
        };
        if call.matches.get_flag("json") {
            let mut blocks = blocks;
            blocks.retain(|block| block.is_text());
            let text = blocks_text(case, &blocks);
            let record = CaseRecord {
                text: Some(text),
                ..CaseRecord::of(case)
            };
            call.output.json(&record.shown(display))?;
        } else {
            if shown > 0 {
                call.output.end_line()?;
            }
            print(case, &blocks, display, call)?;
            shown += 1;
        }
    }
    Ok(outcome)
}

/// The blocks to show: all, or those of the sections that `section` names, by
/// their role or by words of their heading.
fn part<'a>(
    case: CaseRef<'a>,
    section: Option<&str>,
    labels: &Labels,
) -> Result<Vec<&'a Block>, String> {
    let blocks = &case.case.blocks;
    let Some(wanted) = section else {
        return Ok(blocks.iter().collect());
    };
    let sections = case.sections();
    let role = Role::from_name(wanted);
    let words = folded(wanted);
    let is_wanted = |heading: &str| match role {
        Some(role) => role::of(heading).contains(role),
        None => folded(heading).contains(&words),
    };
    let mut part = Vec::new();
    let mut end = 0;
    for (at, section) in sections.iter().enumerate() {
        // One inside another that is shown is shown with it.
        if section.block >= end && is_wanted(&section.heading) {
            let next = sections[at + 1..]
                .iter()
                .find(|next| next.level <= section.level);
            end = next.map_or(blocks.len(), |next| next.block);
            part.extend(&blocks[section.block..end]);
        }
    }
    if part.is_empty() {
        let headings: Vec<String> = sections.iter().map(|s| s.heading.to_string()).collect();
        return Err((labels.answer.no_section)(
            &quoted(wanted),
            &case.case.id.0,
            &headings,
        ));
    }
    Ok(part)
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// One block a line.
fn blocks_text(case: CaseRef, blocks: &[&Block]) -> String {
    let texts: Vec<_> = blocks.iter().map(|block| case.block_text(block)).collect();
    texts.join("\n")
}

fn print(
    case: CaseRef,
    blocks: &[&Block],
    display: Display,
    call: &mut Call,
) -> Result<(), Failure> {
    let output = &mut *call.output;
    match &case.case.title {
        Title::Printed(lines) => lines
            .iter()
            .map(|&line| display.show(case.document.slice(line)))
            .try_for_each(|line| paragraph(output, &line, 0, true))?,
        Title::Editor(_) => paragraph(output, &display.show(&title(case)), 0, true)?,
    }
    paragraph(output, &display.show(&case.orgs()), 0, false)?;
    paragraph(output, &provenance(case, display, call.labels), 0, false)?;
    output.end_line()?;
    for block in blocks {
        let heading = matches!(block.kind, BlockKind::Heading { .. });
        let indent = if block.kind == BlockKind::Paragraph {
            INDENT
        } else {
            0
        };
        let text = case.block_text(block);
        paragraph(output, &display.show(&text), indent, heading)?;
    }
    Ok(())
}

/// Year, category, completeness, id, document and lines.
fn provenance(case: CaseRef, display: Display, labels: &Labels) -> String {
    let CaseRef {
        case: own,
        document,
    } = case;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(own.year.map(|year| year.to_string()));
    parts.extend(
        own.category
            .map(|category| display.show(category.name()).into_owned()),
    );
    parts.push(display.show(own.completeness.name()).into_owned());
    parts.push(own.id.to_string());
    let (first, last) = (own.lines.first, own.lines.last);
    let lines = if first == last {
        (labels.answer.line)(first)
    } else {
        (labels.answer.lines)(first, last)
    };
    parts.push(format!("{} {lines}", document.name));
    parts.join(" · ")
}

/// Breaks a paragraph into rows on a screen, the first indented by columns; a
/// program gets it as one line.
fn paragraph(output: &mut Output, text: &str, indent: u16, bold: bool) -> Result<(), Failure> {
    let Some(columns) = output.columns() else {
        output.text(text)?;
        return Ok(output.end_line()?);
    };
    let columns = columns.clamp(INDENT + 2, MEASURE);
    let room = Room {
        first: columns - indent,
        rest: columns,
    };
    let rows = wrap::wrap(text, room, output.ambiguous());
    for (index, row) in rows.into_iter().enumerate() {
        let indent = if index == 0 { indent } else { 0 };
        output.part(&" ".repeat(indent.into()), false)?;
        output.part(text[row].trim_end(), bold)?;
        output.end_line()?;
    }
    Ok(())
}
