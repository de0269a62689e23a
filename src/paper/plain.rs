//! Papers as plain text: the layout of the compilations that newspapers print.

use super::{Block, Paper};

pub(super) fn write(paper: &Paper) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        let text = crate::text::gate::line(text);
        out.push_str(text.trim());
        out.push('\n');
    };
    for block in &paper.blocks {
        match block {
            Block::Title(lines) => {
                for text in lines {
                    line(text);
                }
                line("");
            }
            Block::Case(lines) => {
                line("");
                for text in lines {
                    line(text);
                }
            }
            Block::Category(text) => {
                line("");
                line(text);
            }
            Block::Orgs(text) | Block::Below(text) => {
                line(text);
                line("");
            }
            Block::Heading(_, text) | Block::Paragraph(text) | Block::Line(text) => line(text),
            Block::Table(head, rows) => {
                line(&head.join(" | "));
                for row in rows {
                    line(&row.join(" | "));
                }
                line("");
            }
            Block::Sign(places) => {
                line("");
                for place in places {
                    line(&format!("{place}：________________"));
                }
            }
            Block::Contents(entries) => {
                line("目录");
                for (_, text, _) in entries {
                    line(text);
                }
                line("");
            }
        }
    }
    out
}
