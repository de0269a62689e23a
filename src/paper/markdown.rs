//! Papers as Markdown (CommonMark, with tables).

use super::{Block, CASE_LEVEL, Paper, Table};
use crate::cite::escape_markdown;

pub(super) fn write(paper: &Paper) -> String {
    let mut out = String::new();
    let mut put = |text: &str| {
        out.push_str(text);
        out.push_str("\n\n");
    };
    let joined = |lines: &[String]| safe(&lines.join("\u{3000}"));
    for block in &paper.blocks {
        let heading =
            |level: u8, text: &str| format!("{} {text}", "#".repeat(usize::from(level.min(6))));
        match block {
            Block::Title(lines) => put(&heading(1, &joined(lines))),
            Block::Category(text) => put(&heading(1, &safe(text))),
            Block::Case(lines) => put(&heading(CASE_LEVEL, &joined(lines))),
            Block::Heading(level, text) => put(&heading(CASE_LEVEL + level, &safe(text))),
            Block::Orgs(text)
            | Block::Below(text)
            | Block::Paragraph(text)
            | Block::Line(text)
            | Block::Small(text) => put(&safe(text)),
            Block::Table(Table { head, rows, .. }) => {
                let row = |cells: &[String]| {
                    let cells: Vec<String> = cells.iter().map(|cell| safe(cell)).collect();
                    format!("| {} |", cells.join(" | "))
                };
                let mut table = vec![row(head), format!("|{}", "---|".repeat(head.len()))];
                table.extend(rows.iter().map(|cells| row(cells)));
                put(&table.join("\n"));
            }
            Block::Sign(places) => {
                for place in places {
                    put(&format!(
                        "{}：\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_",
                        safe(place)
                    ));
                }
            }
            Block::Contents(entries) => {
                // No heading: it is no part of the text.
                put("**目录**");
                let entry = |(level, text, _): &(u8, String, usize)| {
                    let indent = "  ".repeat(usize::from(*level) - 1);
                    format!("{indent}- {}", safe(text))
                };
                let entries: Vec<String> = entries.iter().map(entry).collect();
                put(&entries.join("\n"));
            }
        }
    }
    out
}

/// A text in one line, with what Markdown would take for marks escaped: of a list or a
/// rule where the line begins with one.
fn safe(text: &str) -> String {
    let line = crate::text::gate::line(text);
    let line = escape_markdown(line.trim());
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut behind = line[digits..].chars();
    let is_mark = match behind.next() {
        Some('-' | '+') => digits == 0,
        Some('.' | ')') => digits > 0,
        _ => false,
    };
    // A list marker is followed by a space; a rule consists of its own character alone.
    let behind = behind.as_str();
    let ends = behind.is_empty() || behind.starts_with(' ');
    let mark = is_mark && (ends || behind.chars().all(|c| c == '-' || c == ' '));
    if mark {
        format!("{}\\{}", &line[..digits], &line[digits..])
    } else {
        line.into_owned()
    }
}
