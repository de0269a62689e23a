//! Papers as HTML: one file, nothing fetched.

use super::{Block, Paper, escaped};

const STYLE: &str = "body{max-width:42em;margin:2em auto;padding:0 1em;font-family:FangSong,\
\"仿宋_GB2312\",\"Noto Serif CJK SC\",serif;line-height:1.8}h1,h2,h3.case{text-align:center}h2,h3.case{break-before:page}\
p{text-indent:2em;margin:0}p.orgs,p.below{text-align:center;text-indent:0}\
p.line,p.sign{text-indent:0}p.sign{margin-top:2em}table{border-collapse:collapse;width:100%;margin:1em 0}\
td,th{border:1px solid;padding:.2em .4em}@page{size:A4;margin:37mm 26mm 35mm 28mm}";

pub(super) fn write(paper: &Paper) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        escaped(&paper.name)
    );
    for (number, block) in paper.blocks.iter().enumerate() {
        out.push_str(&of_block(number, block, paper.above()));
        out.push('\n');
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn of_block(number: usize, block: &Block, above: u8) -> String {
    let joined = |lines: &[String]| {
        let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
        lines.join("<br>")
    };
    match block {
        Block::Title(lines) => format!("<h1>{}</h1>", joined(lines)),
        Block::Below(text) => format!("<p class=\"below\">{}</p>", escaped(text)),
        Block::Category(text) => format!("<h2 id=\"b{number}\">{}</h2>", escaped(text)),
        Block::Case(lines) => {
            format!("<h3 class=\"case\" id=\"b{number}\">{}</h3>", joined(lines))
        }
        Block::Orgs(text) => format!("<p class=\"orgs\">{}</p>", escaped(text)),
        Block::Heading(level, text) => {
            let level = (level + above).min(6);
            format!("<h{level}>{}</h{level}>", escaped(text))
        }
        Block::Paragraph(text) => format!("<p>{}</p>", escaped(text)),
        Block::Line(text) => format!("<p class=\"line\">{}</p>", escaped(text)),
        Block::Table(head, rows) => {
            let row = |cells: &[String], tag: &str| {
                let cells = cells
                    .iter()
                    .map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)));
                format!("<tr>{}</tr>", cells.collect::<String>())
            };
            let body: String = rows.iter().map(|cells| row(cells, "td") + "\n").collect();
            format!("<table>\n{}\n{body}</table>", row(head, "th"))
        }
        Block::Sign(places) => {
            let line = |place: &String| {
                format!("<p class=\"sign\">{}：________________</p>", escaped(place))
            };
            places.iter().map(line).collect()
        }
        Block::Contents(entries) => {
            let entry = |(level, text, to): &(u8, String, usize)| {
                let indent = 2 * (level - 1);
                let text = escaped(text);
                format!(
                    "<p class=\"line\" style=\"margin-left:{indent}em\"><a href=\"#b{to}\">{text}</a></p>\n"
                )
            };
            let entries: String = entries.iter().map(entry).collect();
            format!("<nav>\n<p class=\"below\">目录</p>\n{entries}</nav>")
        }
    }
}
