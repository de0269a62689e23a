//! A case as a Markdown document: title, what is known of it, text with its
//! headings, and the reference.

use std::io::{self, Write};

use crate::case::{BlockKind, CaseRef, Lines};
use crate::cite::{self, Reference, Style};

/// Writes one case. Every block is one line with an empty line before it, and
/// everything that Markdown would read as markup is escaped.
pub fn write(case: CaseRef<'_>, reference: &Reference, out: &mut dyn Write) -> io::Result<()> {
    let title = case.title();
    let title = escape(&title.replace('\u{3000}', " "));
    if case.title_printed() {
        writeln!(out, "# {title}\n")?;
    } else {
        writeln!(out, "# [{title}]\n")?;
    }
    write_facts(case, reference, out)?;
    for block in &case.case.blocks {
        let text = case.block_text(block);
        match block.kind {
            BlockKind::Heading { level } => {
                let signs = "#".repeat(usize::from(level.clamp(1, 5)) + 1);
                writeln!(out, "\n{signs} {}", escape(&text))?;
            }
            BlockKind::Paragraph => writeln!(out, "\n{}", escape(&text))?,
            BlockKind::Caption => writeln!(out, "\n*{}*", escape(&text))?,
        }
    }
    Ok(())
}

fn write_facts(case: CaseRef<'_>, reference: &Reference, out: &mut dyn Write) -> io::Result<()> {
    let citation = cite::write(reference, Style::Gbt2025);
    let facts = [
        ("编号", Some(case.case.id.to_string())),
        ("机构", Some(case.orgs()).filter(|orgs| !orgs.is_empty())),
        ("年度", case.case.year.map(|year| year.to_string())),
        ("类别", case.case.category.map(|c| c.name().to_owned())),
        ("地区", case.case.area.clone()),
        ("完整度", Some(case.case.completeness.name().to_owned())),
        (
            "来源",
            Some(format!("{} {}", case.document.name, span(case.case.lines))),
        ),
        ("引用", Some(citation.text)),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            writeln!(out, "- {name}：{}", cite::escape_markdown(&value))?;
        }
    }
    Ok(())
}

fn span(lines: Lines) -> String {
    if lines.first == lines.last {
        format!("第{}行", lines.first)
    } else {
        format!("第{}—{}行", lines.first, lines.last)
    }
}

/// Escapes a block, whose beginning could be read as a list, a rule or a
/// heading's underline as well.
fn escape(text: &str) -> String {
    let text = text.replace(['\r', '\n'], " ");
    let escaped = cite::escape_markdown(&text);
    let digits = escaped.len()
        - escaped
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let (before, after) = escaped.split_at(digits);
    let marker = match digits {
        0 => after.starts_with(['+', '-', '=']),
        _ => after.starts_with(['.', ')']),
    };
    if marker {
        format!("{before}\\{after}")
    } else {
        escaped.into_owned()
    }
}
