//! Word documents (ECMA-376 part 1, WordprocessingML).
//!
//! Read are the paragraphs and tables of the main part and the footnotes; heading
//! styles, also by way of the styles they are based on, and automatic numbers. Left
//! out are page heads, deleted and hidden text, the contents list that Word makes,
//! and readings above characters.

use std::collections::HashMap;

use super::builder::Builder;
use super::numbering::Numbering;
use super::xml::{Attributes, Node, walk};
use super::zip::Archive;
use super::{Format, Properties, Refusal, Role, Structure, Text};

/// A paragraph that is longer, in characters, is no heading, however it is printed.
const LONGEST_HEADING: usize = 60;

/// Reads the bytes of a document.
pub fn read(bytes: &[u8]) -> Result<Text, Refusal> {
    let mut archive = Archive::open(bytes)?;
    let document = archive
        .read("word/document.xml")?
        .ok_or(Refusal::Damaged("word/document.xml".into()))?;
    let styles = match archive.read("word/styles.xml")? {
        Some(styles) => Styles::read(styles)?,
        None => Styles::default(),
    };
    let numbering = match archive.read("word/numbering.xml")? {
        Some(numbering) => Numbering::read(numbering)?,
        None => Numbering::default(),
    };
    let mut reader = Reader {
        styles,
        numbering,
        ..Reader::default()
    };
    reader.walk(document, "word/document.xml")?;
    if let Some(notes) = archive.read("word/footnotes.xml")? {
        reader.walk(notes, "word/footnotes.xml")?;
    }
    if let Some(notes) = archive.read("word/endnotes.xml")? {
        reader.walk(notes, "word/endnotes.xml")?;
    }
    let properties = match archive.read("docProps/core.xml")? {
        Some(core) => properties(core)?,
        None => Properties::default(),
    };
    let (text, lines) = reader.builder.finish()?;
    Ok(Text {
        text,
        structure: Structure {
            format: Format::Docx,
            lines,
            properties,
            ..Structure::default()
        },
    })
}

/// The title of the document's properties. Its date says when the file was made, not
/// when the document was issued.
fn properties(core: Vec<u8>) -> Result<Properties, Refusal> {
    let mut title = String::new();
    let mut inside = false;
    walk(core, "docProps/core.xml", |node| match node {
        Node::Open(name, _) => inside = name == "title",
        Node::Close(_) => inside = false,
        Node::Text(text) if inside => title.push_str(text),
        Node::Text(_) => {}
    })?;
    let title = title.trim();
    Ok(Properties {
        title: (!title.is_empty()).then(|| title.to_owned()),
        ..Properties::default()
    })
}

/// What styles mean.
#[derive(Debug, Default)]
struct Styles {
    by_id: HashMap<String, Style>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    properties: ParagraphProperties,
    bold: Option<bool>,
}

/// What a paragraph's own properties or its style say.
#[derive(Clone, Debug, Default)]
struct ParagraphProperties {
    style: Option<String>,
    /// From 0; 9 is body text.
    outline: Option<u8>,
    centred: Option<bool>,
    /// The list and the level in it, from 0.
    number: Option<String>,
    level: Option<u8>,
}

impl ParagraphProperties {
    /// Takes an element of `w:pPr`.
    fn take(&mut self, name: &str, attributes: &Attributes) {
        let value = || attributes.get("val");
        match name {
            "pStyle" => self.style = value(),
            "outlineLvl" => self.outline = value().and_then(|level| level.parse().ok()),
            "jc" => self.centred = Some(value().as_deref() == Some("center")),
            "numId" => self.number = value(),
            "ilvl" => self.level = value().and_then(|level| level.parse().ok()),
            _ => {}
        }
    }
}

impl Styles {
    fn read(part: Vec<u8>) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        let mut id = None;
        let mut style = Style::default();
        walk(part, "word/styles.xml", |node| match node {
            Node::Open("style", attributes) => {
                id = attributes.get("styleId");
                style = Style::default();
            }
            Node::Open("name", attributes) => {
                style.name = attributes.get("val").unwrap_or_default().to_lowercase();
            }
            Node::Open("basedOn", attributes) => style.based_on = attributes.get("val"),
            Node::Open("b", attributes) => style.bold = Some(attributes.is_on()),
            Node::Open(name, attributes) => style.properties.take(name, &attributes),
            Node::Close("style") => {
                if let Some(id) = id.take() {
                    styles.by_id.insert(id, style.clone());
                }
            }
            Node::Close(_) | Node::Text(_) => {}
        })?;
        Ok(styles)
    }

    /// A style and those it is based on, nearest first.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &Style> {
        let first = id.and_then(|id| self.by_id.get(id));
        let next = |style: &&Style| self.by_id.get(style.based_on.as_deref()?);
        // Styles may be based on one another in a circle.
        std::iter::successors(first, next).take(20)
    }

    fn find<T>(&self, id: Option<&str>, of: impl FnMut(&Style) -> Option<T>) -> Option<T> {
        self.chain(id).find_map(of)
    }
}

/// The heading level that a style's name says, from 1; 0 for the title.
fn named_level(name: &str) -> Option<u8> {
    if matches!(name, "title" | "标题" | "標題") {
        return Some(0);
    }
    let number = ["heading ", "标题 ", "標題 "]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))?;
    number.parse().ok().filter(|level| (1..=9).contains(level))
}

/// A paragraph under way.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    properties: ParagraphProperties,
    /// Characters that are printed bold, and all, without white space.
    bold: usize,
    all: usize,
}

#[derive(Debug, Default)]
struct Run {
    bold: Option<bool>,
    hidden: bool,
    style: Option<String>,
}

/// A table under way: rows of cells of paragraphs.
#[derive(Debug, Default)]
struct Table {
    rows: Vec<Row>,
}

#[derive(Debug, Default)]
struct Row {
    head: bool,
    cells: Vec<Vec<(String, Role)>>,
    /// The cell under way.
    open: usize,
}

#[derive(Debug, Default)]
struct Reader {
    styles: Styles,
    numbering: Numbering,
    builder: Builder,
    /// Paragraphs that are open; text boxes have their own inside one.
    paragraphs: Vec<Paragraph>,
    run: Run,
    tables: Vec<Table>,
    /// Open elements whose text is not to be read.
    skipped: usize,
    in_properties: bool,
    in_run_properties: bool,
    in_text: bool,
    /// For every field that is open, whether it is a contents list.
    fields: Vec<bool>,
    instruction: bool,
    /// For every structured block that is open, whether it is a contents list.
    blocks: Vec<bool>,
}

/// Elements whose text is not part of the document.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "del" | "moveFrom" | "Fallback" | "rt" | "sectPr" | "pPrChange" | "rPrChange"
    )
}

impl Reader {
    fn walk(&mut self, part: Vec<u8>, name: &'static str) -> Result<(), Refusal> {
        walk(part, name, |node| match node {
            Node::Open(name, _) if self.skipped > 0 || is_skipped(name) => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Open(name, attributes) => self.open(name, &attributes),
            Node::Close(name) => self.close(name),
            Node::Text(text) if self.skipped == 0 => self.text(text),
            Node::Text(_) => {}
        })
    }

    fn open(&mut self, name: &str, attributes: &Attributes) {
        match name {
            // Separators above the footnotes have paragraphs as well.
            "footnote" | "endnote" if attributes.get("type").is_some() => self.skipped += 1,
            "tbl" => self.tables.push(Table::default()),
            "tr" => self.table(|table| table.rows.push(Row::default())),
            "tblHeader" => {
                let on = attributes.is_on();
                self.row(|row| row.head = on);
            }
            "tc" => self.row(|row| {
                row.open = row.cells.len();
                row.cells.push(Vec::new());
            }),
            "gridSpan" => {
                let span = attributes.get("val").and_then(|span| span.parse().ok());
                let further = span.unwrap_or(1_usize).clamp(1, 60) - 1;
                // The text belongs to the first of the columns.
                self.row(|row| row.cells.extend(vec![Vec::new(); further]));
            }
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" => self.in_properties = true,
            "rPr" => self.in_run_properties = true,
            "r" => self.run = Run::default(),
            "t" => self.in_text = true,
            "instrText" => self.instruction = true,
            "tab" if !self.in_properties => self.put("\t"),
            "br" if attributes
                .get("type")
                .is_none_or(|kind| kind == "textWrapping") =>
            {
                self.put("\n");
            }
            "cr" => self.put("\n"),
            "noBreakHyphen" => self.put("-"),
            "sym" => self.put_symbol(attributes),
            "fldChar" => match attributes.get("fldCharType").as_deref() {
                Some("begin") => self.fields.push(false),
                Some("end") => drop(self.fields.pop()),
                _ => {}
            },
            "fldSimple" => {
                let instruction = attributes.get("instr").unwrap_or_default();
                self.fields.push(is_contents(&instruction));
            }
            "sdt" => self.blocks.push(false),
            "docPartGallery" if attributes.get("val").as_deref() == Some("Table of Contents") => {
                if let Some(block) = self.blocks.last_mut() {
                    *block = true;
                }
            }
            _ if self.in_run_properties && !self.in_properties => match name {
                "b" => self.run.bold = Some(attributes.is_on()),
                "vanish" => self.run.hidden = attributes.is_on(),
                "rStyle" => self.run.style = attributes.get("val"),
                _ => {}
            },
            _ if self.in_properties && !self.in_run_properties => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.properties.take(name, attributes);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.end_paragraph(paragraph);
                }
            }
            "pPr" => self.in_properties = false,
            "rPr" => self.in_run_properties = false,
            "t" => self.in_text = false,
            "instrText" => self.instruction = false,
            "fldSimple" => drop(self.fields.pop()),
            "sdt" => drop(self.blocks.pop()),
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    self.end_table(table);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.instruction {
            if let Some(field) = self.fields.last_mut() {
                *field |= is_contents(text);
            }
        } else if self.in_text {
            self.put(text);
        }
    }

    fn put_symbol(&mut self, attributes: &Attributes) {
        let code = attributes.get("char").unwrap_or_default();
        let character = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
        // Symbol fonts have their signs in the private area; which sign it is, the
        // font alone knows.
        let character = character.filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c));
        let mut buffer = [0; 4];
        self.put(character.unwrap_or('●').encode_utf8(&mut buffer));
    }

    fn put(&mut self, text: &str) {
        let contents = |list: &[bool]| list.iter().any(|&contents| contents);
        if self.run.hidden || contents(&self.fields) || contents(&self.blocks) {
            return;
        }
        let bold = self.run.bold.or_else(|| {
            let style = self.run.style.as_deref();
            self.styles.find(style, |style| style.bold)
        });
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let bold = bold.or_else(|| {
            let style = paragraph.properties.style.as_deref();
            self.styles.find(style, |style| style.bold)
        });
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        paragraph.all += count;
        if bold == Some(true) {
            paragraph.bold += count;
        }
        paragraph.text.push_str(text);
    }

    fn table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    fn row(&mut self, change: impl FnOnce(&mut Row)) {
        self.table(|table| {
            if let Some(row) = table.rows.last_mut() {
                change(row);
            }
        });
    }

    fn end_paragraph(&mut self, paragraph: Paragraph) {
        if paragraph.all == 0 {
            return;
        }
        let (number, role) = self.role(&paragraph);
        let text = number + &paragraph.text;
        self.end_block(text, role);
    }

    /// A finished paragraph goes into the open table, else into the document.
    fn end_block(&mut self, text: String, role: Role) {
        let row = self
            .tables
            .last_mut()
            .and_then(|table| table.rows.last_mut());
        match row.and_then(|row| row.cells.get_mut(row.open)) {
            Some(cell) => cell.push((text, role)),
            None => self.builder.paragraph(&text, role),
        }
    }

    /// The automatic number of a paragraph, and what it is.
    fn role(&mut self, paragraph: &Paragraph) -> (String, Role) {
        let own = &paragraph.properties;
        let style = own.style.as_deref();
        let styles = &self.styles;
        let number = own.number.clone();
        let number = number.or_else(|| styles.find(style, |style| style.properties.number.clone()));
        let level = own
            .level
            .or_else(|| styles.find(style, |style| style.properties.level));
        let number = number.filter(|number| number != "0");
        let printed = number
            .as_deref()
            .and_then(|number| self.numbering.next(number, level.unwrap_or(0)));
        let named = styles.find(style, |style| named_level(&style.name));
        let outline = own
            .outline
            .or_else(|| styles.find(style, |style| style.properties.outline))
            .filter(|&level| level < 9)
            .map(|level| level + 1);
        let centred = own
            .centred
            .or_else(|| styles.find(style, |style| style.properties.centred));
        let bold = paragraph.bold == paragraph.all;
        let short = paragraph.all <= LONGEST_HEADING;
        let role = match named.or(outline) {
            Some(0) => Role::Title,
            Some(level) => Role::Heading(level),
            None if short && (bold || centred == Some(true)) => Role::Emphasised,
            None if printed.is_some() => Role::Item(level.unwrap_or(0) + 1),
            None => Role::Paragraph,
        };
        (printed.unwrap_or_default(), role)
    }

    fn end_table(&mut self, table: Table) {
        let is_frame = table.rows.iter().all(|row| row.cells.len() < 2);
        let nested = !self.tables.is_empty();
        for (at, row) in table.rows.into_iter().enumerate() {
            if is_frame || nested {
                for (text, role) in row.cells.into_iter().flatten() {
                    self.end_block(text, role);
                }
            } else {
                let text = |cell: Vec<(String, Role)>| {
                    let texts: Vec<String> = cell.into_iter().map(|(text, _)| text).collect();
                    texts.join("\n")
                };
                let cells: Vec<String> = row.cells.into_iter().map(text).collect();
                self.builder.row(&cells, row.head || at == 0);
            }
        }
    }
}

fn is_contents(instruction: &str) -> bool {
    instruction.split_whitespace().next() == Some("TOC")
}
