//! `anli show`: the text of cases.

use std::ops::Range;

use clap::{Arg, Command};

use super::list::shown_title;
use super::output::Output;
use super::{Call, Failure, Outcome, Subcommand, arguments, complain, ids};
use crate::case::{BlockKind, CaseRef, Title};
use crate::language::Labels;
use crate::record::CaseRecord;
use crate::text::fold::fold;
use crate::text::wrap::{self, Room};

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "show",
    synopsis: "ID...",
    about: |labels| labels.help.show,
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
        .arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = call.library()?.corpus;
    let section = call.matches.get_one::<String>("section");
    let (cases, mut outcome) = ids::found(&corpus, call);
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
            let text = blocks_text(case, &blocks);
            call.output.json(&CaseRecord {
                text: Some(text),
                ..CaseRecord::of(case)
            })?;
        } else {
            if shown > 0 {
                call.output.end_line()?;
            }
            print(case, &blocks, call)?;
            shown += 1;
        }
    }
    Ok(outcome)
}

/// The blocks to show: all, or those of the first section that `section` names.
fn part(case: CaseRef, section: Option<&str>, labels: &Labels) -> Result<Range<usize>, String> {
    let all = 0..case.case.blocks.len();
    let Some(wanted) = section else {
        return Ok(all);
    };
    let sections = case.sections();
    let names = |heading: &str| folded(heading).contains(&folded(wanted));
    let Some(at) = sections.iter().position(|section| names(&section.heading)) else {
        let headings: Vec<String> = sections.iter().map(|s| s.heading.to_string()).collect();
        return Err((labels.answer.no_section)(
            wanted,
            &case.case.id.0,
            &headings,
        ));
    };
    let mut after = sections[at + 1..].iter();
    let end = after.find(|next| next.level <= sections[at].level);
    Ok(sections[at].block..end.map_or(all.end, |next| next.block))
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// One block a line.
fn blocks_text(case: CaseRef, blocks: &Range<usize>) -> String {
    let blocks = case.case.blocks[blocks.clone()].iter();
    let texts: Vec<_> = blocks.map(|block| case.block_text(block)).collect();
    texts.join("\n")
}

fn print(case: CaseRef, blocks: &Range<usize>, call: &mut Call) -> Result<(), Failure> {
    let output = &mut *call.output;
    match &case.case.title {
        Title::Printed(lines) => lines
            .iter()
            .try_for_each(|&line| paragraph(output, case.document.slice(line), 0, true))?,
        Title::Editor(_) => paragraph(output, &shown_title(case), 0, true)?,
    }
    paragraph(output, &case.orgs(), 0, false)?;
    paragraph(output, &provenance(case, call.labels), 0, false)?;
    output.end_line()?;
    for block in &case.case.blocks[blocks.clone()] {
        let heading = matches!(block.kind, BlockKind::Heading { .. });
        let indent = if block.kind == BlockKind::Paragraph {
            INDENT
        } else {
            0
        };
        paragraph(output, &case.block_text(block), indent, heading)?;
    }
    Ok(())
}

/// Year, category, completeness, id, document and lines.
fn provenance(case: CaseRef, labels: &Labels) -> String {
    let CaseRef {
        case: own,
        document,
    } = case;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(own.year.map(|year| year.to_string()));
    parts.extend(own.category.map(|category| category.name().to_owned()));
    parts.push(own.completeness.name().to_owned());
    parts.push(own.id.to_string());
    let lines = (labels.answer.lines)(own.lines.first, own.lines.last);
    parts.push(format!("{} {lines}", document.name));
    parts.join(" · ")
}

/// Breaks a paragraph into rows on a screen, the first indented by columns; a
/// program gets it as one line.
fn paragraph(output: &mut Output, text: &str, indent: u16, bold: bool) -> Result<(), Failure> {
    let Some(columns) = output.columns() else {
        return Ok(output.line(text)?);
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
