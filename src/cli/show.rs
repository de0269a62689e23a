//! `anli show`: the text of cases.

use std::ops::Range;

use clap::{Arg, Command};

use super::json::CaseObject;
use super::list::shown_title;
use super::nearest::nearest;
use super::output::Output;
use super::{Call, Failure, Outcome, Subcommand, arguments, complain};
use crate::case::{Block, BlockKind, CaseRef, Title};
use crate::corpus::Corpus;
use crate::language::Labels;
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

fn define(command: Command, labels: &Labels) -> Command {
    let id = Arg::new("id")
        .value_name("ID")
        .num_args(1..)
        .required(true)
        .value_parser(arguments::word())
        .help(labels.help.id);
    let section = Arg::new("section")
        .long("section")
        .value_name("ROLE")
        .display_order(0)
        .help(labels.help.section);
    command.arg(id).arg(section).arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = call.library()?.corpus;
    let ids = call.matches.get_many::<String>("id").into_iter().flatten();
    let section = call.matches.get_one::<String>("section");
    let mut outcome = Outcome::Done;
    let mut shown = 0;
    for id in ids {
        let found = find(&corpus, id, call.labels).and_then(|case| {
            let blocks = part(case, section.map(String::as_str), call.labels)?;
            Ok((case, blocks))
        });
        match found {
            Ok((case, blocks)) if call.matches.get_flag("json") => {
                let text = blocks_text(case, &blocks);
                call.output.json(&CaseObject {
                    text: Some(text),
                    ..CaseObject::of(case)
                })?;
            }
            Ok((case, blocks)) => {
                if shown > 0 {
                    call.output.end_line()?;
                }
                print(case, &blocks, call)?;
                shown += 1;
            }
            Err(sentence) => {
                complain(&sentence);
                outcome = Outcome::Nothing;
            }
        }
    }
    Ok(outcome)
}

/// The case with an id, typed in full or half width.
fn find<'a>(corpus: &'a Corpus, id: &str, labels: &Labels) -> Result<CaseRef<'a>, String> {
    let folded: String = id.chars().map(fold).collect();
    let found = corpus.find(id).or_else(|| corpus.find(&folded));
    found.map(|index| corpus.get(index)).ok_or_else(|| {
        let ids = corpus.cases.iter().map(|case| case.id.0.as_str());
        (labels.answer.unknown_id)(id, &nearest(&folded, ids, 3))
    })
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
        Title::Printed(lines) => {
            for &line in lines {
                output.part(case.document.slice(line), true)?;
                output.end_line()?;
            }
        }
        Title::Editor(_) => {
            output.part(&shown_title(case), true)?;
            output.end_line()?;
        }
    }
    output.line(&case.orgs())?;
    output.line(&provenance(case, call.labels))?;
    output.end_line()?;
    for block in &case.case.blocks[blocks.clone()] {
        print_block(case, block, output)?;
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

/// On a screen a paragraph is indented by two Han characters and broken into
/// rows; a program gets it as one line.
fn print_block(case: CaseRef, block: &Block, output: &mut Output) -> Result<(), Failure> {
    let text = case.block_text(block);
    let heading = matches!(block.kind, BlockKind::Heading { .. });
    let Some(columns) = output.columns() else {
        return Ok(output.line(&text)?);
    };
    let columns = columns.min(MEASURE);
    let indent = if block.kind == BlockKind::Paragraph {
        4
    } else {
        0
    };
    let room = Room {
        first: columns.saturating_sub(indent).max(2),
        rest: columns.max(2),
    };
    for (index, row) in wrap::wrap(&text, room, output.ambiguous())
        .into_iter()
        .enumerate()
    {
        let indent = if index == 0 { indent } else { 0 };
        output.part(&" ".repeat(indent.into()), false)?;
        output.part(text[row].trim_end(), heading)?;
        output.end_line()?;
    }
    Ok(())
}
