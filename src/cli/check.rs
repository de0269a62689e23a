//! `anli check`: the ledger, in which every character of every document is
//! accounted for.

use std::collections::HashMap;
use std::path::Path;

use clap::Command;
use serde::Serialize;

use super::output::Output;
use super::{Call, Failure, Outcome, Subcommand, arguments, complain};
use crate::case::{Basis, Completeness, Document, Part, TextRange};
use crate::first_catalog;
use crate::follow::{self, Followed};
use crate::language::{Label, Labels, Language};
use crate::seeds::{Ledger, Library, ledger};
use crate::text::width;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "check",
    synopsis: "",
    about: |labels| labels.help.check,
    heeds: &["seeds", "round", "juror", "state", "no-state"],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    let catalog = arguments::flag("catalog", labels.help.check_catalog).conflicts_with("json");
    command.arg(arguments::json(labels)).arg(catalog)
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let library = call.library()?;
    let language = call.options.language;
    if call.matches.get_flag("catalog") {
        let catalog = first_catalog::write(&library.corpus, language);
        call.output.text(&catalog)?;
        return Ok(if library.errors.is_empty() {
            Outcome::Done
        } else {
            Outcome::Nothing
        });
    }
    let accounts = accounts(&library, language);
    let (store, _) = call.options.state.open();
    let exists = |place: &str| Path::new(place).exists();
    let followed = follow::follow(&library.corpus, store.state(), exists);
    if call.matches.get_flag("json") {
        for account in &accounts {
            call.output.json(account)?;
        }
        for unread in &library.unread {
            call.output.json(&UnreadObject {
                unread: &unread.name,
                why: unread.why.in_language(language),
            })?;
        }
        for lost in &followed.lost {
            call.output.json(&LostObject {
                lost_marks: &lost.title,
                place: &lost.place,
            })?;
        }
        for passed_over in &library.passed_over {
            let folders = passed_over.folders.as_ref();
            call.output.json(&PassedOverObject {
                passed_over: &passed_over.kind,
                count: passed_over.count,
                folders: folders.map_or(&[], |(paths, _)| paths),
                why: folders.map(|(_, why)| why.in_language(language)),
            })?;
        }
    } else {
        print(call.output, &accounts, call.labels)?;
        print_left_out(call.output, &library, call.labels)?;
        print_lost(call.output, &followed, call.labels)?;
    }
    let wrong = total(&accounts, |ledger| {
        ledger.unaccounted + ledger.claimed_twice + ledger.broken_claims
    });
    let balanced = accounts.iter().all(|account| account.ledger.is_balanced());
    if !balanced {
        complain(&(call.labels.answer.check_failed)(wrong));
    }
    let passed = balanced && library.errors.is_empty();
    Ok(if passed {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}

/// One document of the ledger. The order of the fields is the order of the
/// keys in JSON.
#[derive(Serialize)]
struct Account<'a> {
    /// File name.
    document: &'a str,
    #[serde(flatten)]
    ledger: Ledger,
    reader: &'static str,
    confidence: &'static str,
    basis: &'a str,
    /// How many cases were found.
    cases: usize,
    furniture_lines: Vec<FurnitureObject<'a>>,
    /// What the file holds around the text, such as a page's navigation.
    left_out: &'a [String],
    warnings: Vec<WarningObject<'a>>,
    #[serde(skip)]
    read_as: &'a Basis,
}

/// A run of text that was taken for furniture.
#[derive(Serialize)]
struct FurnitureObject<'a> {
    line: u32,
    text: &'a str,
}

/// A document that could not be read.
#[derive(Serialize)]
struct UnreadObject<'a> {
    /// Its path.
    unread: &'a str,
    why: &'a str,
}

/// A case with marks that is not found any more.
#[derive(Serialize)]
struct LostObject<'a> {
    /// Its title.
    lost_marks: &'a str,
    /// The path of its document.
    place: &'a str,
}

/// Files of a kind that holds no documents, or folders that are not walked.
#[derive(Serialize)]
struct PassedOverObject<'a> {
    /// What their names end with, without the dot.
    passed_over: &'a str,
    count: usize,
    /// Paths of folders, and why they are not walked.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    folders: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
}

/// What a reader could not make sense of.
#[derive(Serialize)]
struct WarningObject<'a> {
    line: u32,
    message: &'a str,
}

fn accounts(library: &Library, language: Language) -> Vec<Account<'_>> {
    let mut cases = vec![0; library.corpus.documents.len()];
    for case in &library.corpus.cases {
        cases[case.document as usize] += usize::from(!matches!(
            case.completeness,
            Completeness::Whole | Completeness::Rest
        ));
    }
    let documents = library.corpus.documents.iter().zip(cases);
    let mut warnings = warnings(library, language);
    let account = documents.map(|(document, cases)| Account {
        document: &document.name,
        ledger: ledger(document),
        reader: document.basis.reader.english(),
        confidence: document.basis.confidence.english(),
        basis: document.basis.why.in_language(language),
        cases,
        furniture_lines: furniture(document),
        read_as: &document.basis,
        left_out: &document.structure.left_out,
        // Documents have names of their own in a library.
        warnings: warnings.remove(document.name.as_str()).unwrap_or_default(),
    });
    account.collect()
}

/// The lines of a document that were taken for furniture.
fn furniture(document: &Document) -> Vec<FurnitureObject<'_>> {
    let claims = document.claims.iter();
    let mut ranges: Vec<TextRange> = claims
        .filter(|(_, part)| *part == Part::Furniture)
        .map(|(range, _)| *range)
        .collect();
    ranges.sort_unstable();
    let object = |range: TextRange| FurnitureObject {
        line: document.line_of(range.start as usize),
        text: document.slice(range),
    };
    ranges.into_iter().map(object).collect()
}

/// The warnings of every document, by its name.
fn warnings(library: &Library, language: Language) -> HashMap<&str, Vec<WarningObject<'_>>> {
    let mut warnings: HashMap<&str, Vec<WarningObject>> = HashMap::new();
    for warning in &library.warnings {
        let of_document = warnings.entry(&warning.document).or_default();
        of_document.push(WarningObject {
            line: warning.line,
            message: warning.message.in_language(language),
        });
    }
    warnings
}

/// What is around the texts, documents that could not be read, and other files.
fn print_left_out(output: &mut Output, library: &Library, labels: &Labels) -> Result<(), Failure> {
    for document in &library.corpus.documents {
        for text in &document.structure.left_out {
            output.line(&(labels.answer.left_out)(&document.name, text))?;
        }
    }
    for unread in &library.unread {
        let why = unread.why.in_language(labels.language);
        output.line(&(labels.reading.document)(&unread.name, why))?;
    }
    for passed_over in &library.passed_over {
        let count = passed_over.count;
        let Some((paths, why)) = &passed_over.folders else {
            output.line(&(labels.answer.passed_over)(&passed_over.kind, count))?;
            continue;
        };
        let why = why.in_language(labels.language);
        output.sentence(&(labels.answer.folders_passed_over)(count, why))?;
        for path in paths {
            output.line(&format!("  {path}"))?;
        }
    }
    Ok(())
}

/// What became of marks in documents that were edited or are gone.
fn print_lost(output: &mut Output, followed: &Followed, labels: &Labels) -> Result<(), Failure> {
    if followed.moved > 0 {
        output.sentence(&(labels.answer.marks_moved)(followed.moved))?;
    }
    for lost in &followed.lost {
        output.line(&(labels.answer.lost_marks)(&lost.title, &lost.place))?;
    }
    Ok(())
}

fn total(accounts: &[Account], figure: impl Fn(&Ledger) -> usize) -> usize {
    accounts.iter().map(|account| figure(&account.ledger)).sum()
}

/// A column of figures: its heading, and where each figure comes from.
type Column = (&'static str, fn(&Ledger) -> usize);

/// The table, its sum, and what the readers had to say.
fn print(output: &mut Output, accounts: &[Account], labels: &Labels) -> Result<(), Failure> {
    let answer = &labels.answer;
    let columns: [Column; 8] = [
        (answer.total, |ledger| ledger.total),
        (answer.case_text, |ledger| ledger.case_text),
        (answer.list_entry, |ledger| ledger.list_entry),
        (answer.own_text, |ledger| ledger.own_text),
        (answer.furniture, |ledger| ledger.furniture),
        (answer.noise, |ledger| ledger.noise),
        (answer.white_space, |ledger| ledger.white_space),
        (answer.unaccounted, |ledger| ledger.unaccounted),
    ];
    let row = |name: &str, figure: &dyn Fn(&Column) -> String| {
        let figures = columns.iter().map(figure);
        std::iter::once(name.to_owned())
            .chain(figures)
            .collect::<Vec<_>>()
    };
    let mut rows = vec![row(answer.document, &|(heading, _)| (*heading).to_owned())];
    for account in accounts {
        rows.push(row(account.document, &|(_, figure)| {
            figure(&account.ledger).to_string()
        }));
    }
    rows.push(row(answer.sum, &|(_, figure)| {
        total(accounts, figure).to_string()
    }));
    print_table(output, &rows)?;
    for account in accounts {
        let basis = account.read_as;
        let reader = Label(basis.reader.name(), basis.reader.english());
        let confidence = Label(basis.confidence.name(), basis.confidence.english());
        let words = [
            reader.in_language(labels.language),
            confidence.in_language(labels.language),
            basis.why.in_language(labels.language),
        ];
        output.sentence(&(answer.read_as)(account.document, words, account.cases))?;
        for line in &account.furniture_lines {
            output.sentence(&(answer.furniture_line)(
                account.document,
                line.line,
                line.text,
            ))?;
        }
    }
    for account in accounts {
        for warning in &account.warnings {
            output.line(&(answer.warning)(
                account.document,
                warning.line,
                warning.message,
            ))?;
        }
    }
    Ok(())
}

/// Columns that a document's name has at least.
const LEAST_NAME: u16 = 8;

/// Straight columns: names to the left, figures to the right.
fn print_table(output: &mut Output, rows: &[Vec<String>]) -> Result<(), Failure> {
    let columns = |cell: &String| width::of_str(cell, output.ambiguous());
    let widest = |at: usize| rows.iter().map(|row| columns(&row[at])).max().unwrap_or(0);
    let mut widths: Vec<u16> = (0..rows[0].len()).map(widest).collect();
    // Where the screen is too narrow for all, names give way to figures.
    let figures: u16 = widths[1..].iter().map(|width| width + 2).sum();
    let room = output
        .columns()
        .map(|columns| columns.saturating_sub(figures));
    widths[0] = room.map_or(widths[0], |room| widths[0].min(room.max(LEAST_NAME)));
    let line = |row: &Vec<String>| {
        let figures = row.iter().zip(&widths).skip(1).map(|(cell, &width)| {
            let fill = usize::from(width.saturating_sub(columns(cell)));
            format!("  {}{cell}", " ".repeat(fill))
        });
        output.fit(&row[0], widths[0]) + &figures.collect::<String>()
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    Ok(lines.iter().try_for_each(|line| output.line(line))?)
}
