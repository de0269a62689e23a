//! Papers as plain text: the layout of the compilations that newspapers print.

use super::{Block, Paper};

pub(super) fn write(paper: &Paper) -> String {
    let mut out = String::new();
    let mut put = |indent: &str, text: &str| {
        let line = crate::text::gate::line(text);
        let text = line.trim();
        if !text.is_empty() {
            out.push_str(indent);
        }
        out.push_str(text);
        out.push('\n');
    };
    // A book that is read again shows by blank lines and indents what each line is.
    let is_book = paper.is_book();
    let indent = if is_book { "\u{3000}\u{3000}" } else { "" };
    for block in &paper.blocks {
        match block {
            Block::Title(lines) => {
                for text in lines {
                    put("", text);
                }
                put("", "");
            }
            Block::Case(lines) => {
                put("", "");
                put("", "");
                for text in lines {
                    put("", text);
                }
            }
            Block::Category(text) => {
                put("", "");
                if is_book {
                    put("", "");
                }
                put("", text);
                if is_book {
                    put("", "");
                }
            }
            Block::Orgs(text) | Block::Below(text) => {
                put("", text);
                put("", "");
            }
            Block::Heading(level, text) if is_book => {
                put(&"  ".repeat(usize::from(level.saturating_sub(1))), text);
            }
            Block::Heading(_, text) => put("", text),
            Block::Paragraph(text) | Block::Line(text) | Block::Small(text) => put(indent, text),
            Block::Table(table) => {
                for row in table.lines() {
                    put("", &row.join(" | "));
                }
                put("", "");
            }
            Block::Sign(places) => {
                put("", "");
                for place in places {
                    put("", &format!("{place}：________________"));
                }
            }
            Block::Contents(entries) => {
                put("", "目录");
                for (_, text, _) in entries {
                    put("", text);
                }
                put("", "");
            }
        }
    }
    out
}
