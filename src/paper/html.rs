//! Papers as HTML: one file, nothing fetched.

use super::{Block, CASE_LEVEL, Paper, Table, escaped};

const STYLE: &str = "body{max-width:42em;margin:2em auto;padding:0 1em;font-family:FangSong,\
\"仿宋_GB2312\",\"Noto Serif CJK SC\",serif;line-height:1.8}h1,h2.case{text-align:center}h1.part,h2.case{break-before:page}\
p{text-indent:2em;margin:0}p.orgs,p.below{text-align:center;text-indent:0}\
p.line,p.sign{text-indent:0}p.sign{margin-top:2em}table{border-collapse:collapse;width:100%;margin:1em 0}\
td,th{border:1px solid;padding:.2em .4em}th{word-break:keep-all}@page{size:A4;margin:37mm 26mm 35mm 28mm}";

/// What a page has beside it that is turned for its tables.
const WIDE: &str =
    "body{max-width:none}table{font-size:.8em}@page{size:A4 landscape;margin:28mm 35mm 26mm 37mm}";

pub(super) fn write(paper: &Paper) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{STYLE}{}</style>\n</head>\n<body>\n",
        escaped(&paper.name),
        if paper.wide { WIDE } else { "" }
    );
    for (number, block) in paper.blocks.iter().enumerate() {
        let is_target = paper.level(number).is_some();
        out.push_str(&of_block(number, block, is_target));
        out.push('\n');
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn of_block(number: usize, block: &Block, is_target: bool) -> String {
    let joined = |lines: &[String]| {
        let lines: Vec<String> = lines.iter().map(|line| spaced(line)).collect();
        lines.join("<br>")
    };
    match block {
        Block::Title(lines) => format!("<h1>{}</h1>", joined(lines)),
        Block::Below(text) => format!("<p class=\"below\">{}</p>", spaced(text)),
        Block::Category(text) => {
            format!("<h1 class=\"part\" id=\"b{number}\">{}</h1>", spaced(text))
        }
        Block::Case(lines) => {
            let level = CASE_LEVEL;
            format!(
                "<h{level} class=\"case\" id=\"b{number}\">{}</h{level}>",
                joined(lines)
            )
        }
        Block::Orgs(text) => format!("<p class=\"orgs\">{}</p>", spaced(text)),
        Block::Heading(level, text) => {
            let level = (CASE_LEVEL + level).min(6);
            format!("<h{level}>{}</h{level}>", spaced(text))
        }
        Block::Paragraph(text) => format!("<p>{}</p>", spaced(text)),
        Block::Line(text) if is_target => {
            format!("<p class=\"line\" id=\"b{number}\">{}</p>", spaced(text))
        }
        Block::Line(text) | Block::Small(text) => format!("<p class=\"line\">{}</p>", spaced(text)),
        Block::Table(Table { head, rows, .. }) => {
            let row = |cells: &[String], tag: &str| {
                let cells = cells
                    .iter()
                    .map(|cell| format!("<{tag}>{}</{tag}>", spaced(cell)));
                format!("<tr>{}</tr>", cells.collect::<String>())
            };
            let body: String = rows.iter().map(|cells| row(cells, "td") + "\n").collect();
            format!("<table>\n{}\n{body}</table>", row(head, "th"))
        }
        Block::Sign(places) => {
            let line = |place: &String| {
                format!("<p class=\"sign\">{}：________________</p>", spaced(place))
            };
            places.iter().map(line).collect()
        }
        Block::Contents(entries) => {
            let entry = |(level, text, to): &(u8, String, usize)| {
                let indent = 2 * (level - 1);
                let text = spaced(text);
                format!(
                    "<p class=\"line\" style=\"margin-left:{indent}em\"><a href=\"#b{to}\">{text}</a></p>\n"
                )
            };
            let entries: String = entries.iter().map(entry).collect();
            format!("<nav>\n<p class=\"below\">目录</p>\n{entries}</nav>")
        }
    }
}

/// Escapes a text and keeps runs of spaces, which pages would collapse.
fn spaced(text: &str) -> String {
    escaped(text).replace("  ", " &nbsp;")
}
