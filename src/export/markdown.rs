//! A case as a Markdown document: title, what is known of it, text with its
//! headings, and the reference.

use crate::case::{BlockKind, CaseRef, Lines};
use crate::cite::{self, Reference, Style};
use crate::record::MarksRecord;
use crate::text::gate;
use crate::text::script::Display;

/// One case. Every block is one line with an empty line before it, and
/// everything that Markdown would read as markup is escaped. Title, orgs and text are
/// in the script of `display`.
pub fn document(
    case: CaseRef<'_>,
    reference: &Reference,
    display: Display,
    marks: &MarksRecord<'_>,
) -> String {
    let title = escape(&display.show(&case.title()).replace('\u{3000}', " "));
    let title = if case.title_printed() {
        title
    } else {
        format!("[{title}]")
    };
    let mut text = format!("# {title}\n\n");
    push_facts(&mut text, case, reference, display);
    push_marks(&mut text, marks, display);
    let mut in_table = false;
    for block in &case.case.blocks {
        let is_row = matches!(block.kind, BlockKind::Row { .. });
        let opens_table = is_row && !in_table;
        let continues_table = is_row && in_table;
        in_table = is_row;
        let plain = escape(&display.show(&case.block_text(block)));
        let line = match block.kind {
            BlockKind::Heading { level } => {
                let signs = "#".repeat(usize::from(level.clamp(1, 5)) + 1);
                format!("{signs} {plain}")
            }
            BlockKind::Lead { bytes, .. } => {
                let (lead, rest) = case.document.slice(block.range).split_at(bytes as usize);
                let shown = |text: &str| escape(&display.show(text));
                format!("**{}**{}", shown(lead), shown(rest))
            }
            BlockKind::Paragraph | BlockKind::Field { .. } => plain,
            BlockKind::Row { .. } => table_row(&plain, opens_table),
            BlockKind::Caption => format!("*{plain}*"),
        };
        let blank = if continues_table { "" } else { "\n" };
        text.push_str(&format!("{blank}{line}\n"));
    }
    text
}

/// A row of a table, its cells parted by tabs; the first one is the head, which
/// Markdown wants.
fn table_row(row: &str, is_first: bool) -> String {
    let cells: Vec<String> = row
        .split('\t')
        .map(|cell| cell.trim().replace('|', "\\|"))
        .collect();
    let line = format!("| {} |", cells.join(" | "));
    if is_first {
        format!("{line}\n|{}", "---|".repeat(cells.len()))
    } else {
        line
    }
}

/// What is known of the case, for readers: words follow the script, as the text does; ids
/// and names of files stay.
fn push_facts(text: &mut String, case: CaseRef<'_>, reference: &Reference, display: Display) {
    let show = |text: String| display.show(&text).into_owned();
    let citation = cite::write(reference, Style::Gbt2025);
    let source = format!("{} {}", case.document.name, span(case.case.lines));
    let facts = [
        ("编号", Some(case.case.id.to_string())),
        (
            "机构",
            Some(show(case.orgs())).filter(|orgs| !orgs.is_empty()),
        ),
        ("年度", case.case.year.map(|year| year.to_string())),
        (
            "类别",
            case.case.category.map(|c| show(c.name().to_owned())),
        ),
        ("地区", case.case.area.clone().map(show)),
        (
            "文本类型",
            Some(show(case.case.completeness.name().to_owned())),
        ),
        ("来源", Some(source)),
        ("引用", Some(citation.text)),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            let value = gate::line(&value);
            let name = display.show(name);
            text.push_str(&format!("- {name}：{}\n", cite::escape_markdown(&value)));
        }
    }
}

/// What the reader made of the case, as it was written.
fn push_marks(text: &mut String, marks: &MarksRecord<'_>, display: Display) {
    if marks.star {
        text.push_str(&format!("- {}：★\n", display.show("星标")));
    }
    if !marks.tags.is_empty() {
        let tags = marks.tags.join("、");
        text.push_str(&format!(
            "- {}：{}\n",
            display.show("标签"),
            cite::escape_markdown(&tags)
        ));
    }
    if !marks.note.is_empty() {
        text.push_str(&format!(
            "- {}：{}\n",
            display.show("笔记"),
            note(marks.note)
        ));
    }
    for passage in &marks.passages {
        let quote = passage.quote.replace('\n', " ");
        text.push_str(&format!(
            "- {}：“{}”\n",
            display.show("摘录"),
            cite::escape_markdown(&quote)
        ));
    }
}

/// A note inside a list item: its lines stay lines by hard breaks, and its paragraphs
/// paragraphs by blank lines.
fn note(note: &str) -> String {
    let mut text = String::new();
    let mut parts = "";
    for line in note.lines() {
        if line.trim().is_empty() {
            if !text.is_empty() {
                parts = "\n\n  ";
            }
            continue;
        }
        text.push_str(parts);
        // Text on the line of the item's name cannot start a block.
        let line = line.trim_start();
        if text.is_empty() {
            text.push_str(&cite::escape_markdown(line));
        } else {
            text.push_str(&escape(line));
        }
        parts = "\\\n  ";
    }
    text
}

fn span(lines: Lines) -> String {
    if lines.first == lines.last {
        format!("第{}行", lines.first)
    } else {
        format!("第{}—{}行", lines.first, lines.last)
    }
}

/// Escapes a block, whose beginning could be read as a list, a rule, a
/// heading's underline or the text of a definition list as well.
fn escape(text: &str) -> String {
    let text = text.replace(['\r', '\n'], " ");
    let escaped = cite::escape_markdown(&text);
    let digits = escaped.len()
        - escaped
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let (before, after) = escaped.split_at(digits);
    let marker = match digits {
        0 => after.starts_with(['+', '-', '=']) || after.starts_with(": "),
        _ => after.starts_with(['.', ')']),
    };
    if marker {
        format!("{before}\\{after}")
    } else {
        escaped.into_owned()
    }
}
