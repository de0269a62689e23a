//! Papers as DOCX (ECMA-376), laid out by GB/T 9704—2012: A4, margins 37, 35, 28 and
//! 26 mm, 22 lines of 28 characters.
//!
//! Styles are defined with their outline levels and their East Asian fonts; the
//! contents are a field whose entries are written, so that no program asks anything
//! when the file is opened. No person is named in its properties.

use super::columns::{Column, Layout, PADDING, SIZES};
use super::zip::stored;
use super::{Block, CASE_LEVEL, Paper, Table, escaped};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/word/footer2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer2.xml"/></Relationships>"#;

const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/></w:settings>"#;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#;

/// A paragraph style: id, name, font, half points, what else paragraphs and runs have.
struct Style {
    id: &'static str,
    name: &'static str,
    font: &'static str,
    size: u32,
    paragraph: &'static str,
    run: &'static str,
}

const INDENT: &str = r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"#;
const CENTRE: &str = r#"<w:jc w:val="center"/>"#;
/// Lines that are not spread out.
const LEFT: &str = r#"<w:jc w:val="left"/>"#;
/// Lines close to one another, not spread out.
const SINGLE: &str = r#"<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="left"/>"#;
/// The same in a cell, whose lines stay on one page. Rows are not marked as whole: at the
/// end of a page LibreOffice 7.4 loses those that are.
const CELL: &str =
    r#"<w:keepLines/><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="left"/>"#;

/// The width of the text, 156 mm and with the page turned 225 mm, in twentieths of a point.
const fn room(wide: bool) -> usize {
    if wide {
        16838 - 1984 - 2098
    } else {
        11906 - 1474 - 1587
    }
}

/// Every style, the body first, from which all others are derived.
const STYLES: [Style; 17] = [
    style("Normal", "Normal", "仿宋_GB2312", 32, "", ""),
    style("Body", "Body Text", "仿宋_GB2312", 32, INDENT, ""),
    style("Line", "List Entry", "仿宋_GB2312", 32, LEFT, ""),
    style("Cell", "Table Cell", "仿宋_GB2312", SIZES[0], CELL, ""),
    style(
        "SmallCell",
        "Small Table Cell",
        "仿宋_GB2312",
        SIZES[1],
        CELL,
        "",
    ),
    style("Small", "Small Line", "仿宋_GB2312", 21, SINGLE, ""),
    style(
        "Title",
        "Title",
        "方正小标宋简体",
        44,
        r#"<w:spacing w:after="320" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>"#,
        "",
    ),
    style(
        "ContentsTitle",
        "Contents Title",
        "方正小标宋简体",
        44,
        CENTRE,
        "",
    ),
    style("Below", "Subtitle", "楷体_GB2312", 32, CENTRE, ""),
    style(
        "Heading1",
        "heading 1",
        "方正小标宋简体",
        44,
        r#"<w:pageBreakBefore/><w:spacing w:before="320" w:after="320" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>"#,
        "",
    ),
    style(
        "Heading2",
        "heading 2",
        "方正小标宋简体",
        44,
        r#"<w:pageBreakBefore/><w:spacing w:line="640" w:lineRule="exact"/><w:jc w:val="center"/><w:outlineLvl w:val="1"/>"#,
        "",
    ),
    style(
        "Heading3",
        "heading 3",
        "黑体",
        32,
        r#"<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="2"/>"#,
        "",
    ),
    style(
        "Heading4",
        "heading 4",
        "楷体_GB2312",
        32,
        r#"<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="3"/>"#,
        "",
    ),
    style(
        "Heading5",
        "heading 5",
        "仿宋_GB2312",
        32,
        r#"<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="4"/>"#,
        "<w:b/>",
    ),
    style(
        "Heading6",
        "heading 6",
        "仿宋_GB2312",
        32,
        r#"<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="5"/>"#,
        "",
    ),
    style(
        "TOC1",
        "toc 1",
        "黑体",
        32,
        r#"<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8844"/></w:tabs>"#,
        "",
    ),
    style(
        "TOC2",
        "toc 2",
        "仿宋_GB2312",
        32,
        r#"<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8844"/></w:tabs><w:ind w:left="320"/>"#,
        "",
    ),
];

const fn style(
    id: &'static str,
    name: &'static str,
    font: &'static str,
    size: u32,
    paragraph: &'static str,
    run: &'static str,
) -> Style {
    Style {
        id,
        name,
        font,
        size,
        paragraph,
        run,
    }
}

pub(super) fn write(paper: &Paper) -> Vec<u8> {
    let mut document = HEAD.to_owned();
    for (number, block) in paper.blocks.iter().enumerate() {
        document.push_str(&of_block(paper, number, block));
    }
    document.push_str(&section(paper.wide));
    document.push_str("</w:body></w:document>");
    let title = escaped(&paper.name);
    let core = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>"#
    );
    stored(&[
        ("[Content_Types].xml", TYPES.into()),
        ("_rels/.rels", RELATIONS.into()),
        ("word/document.xml", document.into_bytes()),
        ("word/_rels/document.xml.rels", PARTS.into()),
        ("word/styles.xml", styles().into_bytes()),
        ("word/settings.xml", SETTINGS.into()),
        ("word/footer1.xml", footer("right").into_bytes()),
        ("word/footer2.xml", footer("left").into_bytes()),
        ("docProps/core.xml", core.into_bytes()),
    ])
}

/// Returns page and grid. Paragraphs do not snap to the grid, since LibreOffice 7.4 would give a
/// character of 16 pt two cells of 15.79 pt; exact line heights and a spacing of −0.2 pt set
/// the same 22 lines of 28 characters in every program. 225 mm for 22 lines are 28.99 pt a
/// line; 156 mm for 28 characters are 15.79 pt a character, 0.207 pt less than the 16 pt of the
/// font (in 4096ths).
fn section(wide: bool) -> String {
    let (page, margins) = if wide {
        (
            r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#,
            r#"<w:pgMar w:top="1587" w:right="1984" w:bottom="1474" w:left="2098" w:header="851" w:footer="1418" w:gutter="0"/>"#,
        )
    } else {
        (
            r#"<w:pgSz w:w="11906" w:h="16838"/>"#,
            r#"<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1418" w:gutter="0"/>"#,
        )
    };
    format!(
        r#"<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/>{page}{margins}<w:docGrid w:type="linesAndChars" w:linePitch="580" w:charSpace="-848"/></w:sectPr>"#
    )
}

/// The page number between dashes, 14 pt, at the outer edge.
fn footer(side: &str) -> String {
    let run = |content: &str| {
        format!(
            r#"<w:r><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>{content}</w:r>"#
        )
    };
    let text = |text: &str| run(&format!(r#"<w:t xml:space="preserve">{text}</w:t>"#));
    let field = |kind: &str| run(&format!(r#"<w:fldChar w:fldCharType="{kind}"/>"#));
    let number = run(r#"<w:instrText xml:space="preserve"> PAGE </w:instrText>"#);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="{side}"/></w:pPr>{}{}{number}{}{}{}{}</w:p></w:ftr>"#,
        text("— "),
        field("begin"),
        field("separate"),
        text("1"),
        field("end"),
        text(" —"),
    )
}

fn styles() -> String {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312" w:cs="Times New Roman"/><w:spacing w:val="-4"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="580" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>"#,
    );
    for style in &STYLES {
        let Style {
            id,
            name,
            font,
            size,
            paragraph,
            run,
        } = style;
        let (default, based) = if *id == "Normal" {
            (r#" w:default="1""#, "")
        } else {
            ("", r#"<w:basedOn w:val="Normal"/>"#)
        };
        out.push_str(&format!(
            r#"<w:style w:type="paragraph"{default} w:styleId="{id}"><w:name w:val="{name}"/>{based}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>{run}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#
        ));
    }
    out.push_str("</w:styles>");
    out
}

fn paragraph(style: &str, content: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>"#)
}

fn run(text: &str) -> String {
    format!(
        r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#,
        escaped(text)
    )
}

/// Lines of one paragraph, with breaks between them.
fn lines(lines: &[String]) -> String {
    let runs: Vec<String> = lines.iter().map(|line| run(line)).collect();
    runs.join("<w:r><w:br/></w:r>")
}

fn bookmarked(number: usize, content: &str) -> String {
    format!(
        r#"<w:bookmarkStart w:id="{number}" w:name="_Toc{number:08}"/>{content}<w:bookmarkEnd w:id="{number}"/>"#
    )
}

fn of_block(paper: &Paper, number: usize, block: &Block) -> String {
    match block {
        Block::Title(title) => paragraph("Title", &lines(title)),
        Block::Below(text) | Block::Orgs(text) => paragraph("Below", &run(text)),
        Block::Category(text) => paragraph("Heading1", &bookmarked(number, &run(text))),
        Block::Case(title) => paragraph("Heading2", &bookmarked(number, &lines(title))),
        Block::Heading(level, text) => {
            let style = format!("Heading{}", (CASE_LEVEL + level).min(6));
            paragraph(&style, &run(text))
        }
        Block::Paragraph(text) => paragraph("Body", &run(text)),
        Block::Line(text) => match paper.level(number) {
            Some(level) => target(level, &bookmarked(number, &run(text))),
            None => paragraph("Line", &run(text)),
        },
        Block::Small(text) => paragraph("Small", &run(text)),
        Block::Table(content) => table(content, room(paper.wide)),
        Block::Sign(places) => places
            .iter()
            .map(|place| paragraph("Line", &run(&format!("{place}：____________________"))))
            .collect(),
        Block::Contents(entries) => contents(entries),
    }
}

/// A line that an entry of the contents leads to.
fn target(level: u8, content: &str) -> String {
    let level = level - 1;
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="Line"/><w:keepNext/><w:outlineLvl w:val="{level}"/></w:pPr>{content}</w:p>"#
    )
}

/// A table, in several parts where it is too wide for the page.
fn table(table: &Table, room: usize) -> String {
    let layout = Layout::of(table, room);
    let parts = layout.parts.iter();
    parts.map(|part| part_of(table, &layout, part)).collect()
}

fn part_of(table: &Table, layout: &Layout, part: &[Column]) -> String {
    let border =
        |side: &str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#);
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(border)
        .concat();
    let sum: usize = part.iter().map(|column| column.width).sum();
    let columns: String = part
        .iter()
        .map(|column| format!(r#"<w:gridCol w:w="{}"/>"#, column.width))
        .collect();
    let style = if layout.size == SIZES[0] {
        "Cell"
    } else {
        "SmallCell"
    };
    let row = |cells: &[String], property: &str, is_head: bool| {
        let cell = |column: &Column| {
            let width = column.width;
            let text = cells.get(column.at).map_or("", String::as_str);
            let content = lines(&layout.lines(text, *column));
            let place = if is_head || column.is_short {
                CENTRE
            } else {
                ""
            };
            // A heading never ends a page.
            let keep = if is_head { "<w:keepNext/>" } else { "" };
            format!(
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{place}</w:pPr>{content}</w:p></w:tc>"#
            )
        };
        let cells: String = part.iter().map(cell).collect();
        format!("<w:tr>{property}{cells}</w:tr>")
    };
    let body: String = table
        .rows
        .iter()
        .map(|cells| row(cells, "", false))
        .collect();
    // A paragraph has to follow a table at the end of a page.
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{sum}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{PADDING}" w:type="dxa"/><w:right w:w="{PADDING}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{}{body}</w:tbl>{}"#,
        row(&table.head, "<w:trPr><w:tblHeader/></w:trPr>", true),
        paragraph("Small", "")
    )
}

/// A field with its entries already written: titles with links to their bookmarks,
/// without page numbers, which F9 fills in. `\u` finds lines that have a level of their own.
fn contents(entries: &[(u8, String, usize)]) -> String {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let code =
        r#"<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>"#;
    let mut out = paragraph("ContentsTitle", &run("目录"));
    for (place, (level, text, to)) in entries.iter().enumerate() {
        let begin = if place == 0 {
            format!("{}{code}{}", field("begin"), field("separate"))
        } else {
            String::new()
        };
        let end = if place + 1 == entries.len() {
            field("end")
        } else {
            String::new()
        };
        let link = format!(
            r#"<w:hyperlink w:anchor="_Toc{to:08}" w:history="1">{}</w:hyperlink>"#,
            run(text)
        );
        out.push_str(&paragraph(
            &format!("TOC{level}"),
            &format!("{begin}{link}{end}"),
        ));
    }
    out
}
