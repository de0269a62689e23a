//! Pages as browsers save them: the main text without what surrounds it.
//!
//! Tokens are html5ever's; from them a light tree is made whose depth is limited.
//! [`main_text`] chooses the part of it that holds most of the text that is no link.

mod main_text;
mod tree;

use super::builder::{Builder, needs_space};
use super::decode::{Encoding, decode};
use super::{Format, Properties, Refusal, Role, Structure, Text};
use tree::{Kind, Tree};

/// A paragraph that is longer, in characters, is no heading, however it is printed.
const LONGEST_HEADING: usize = 60;

/// Reads the bytes of a page.
pub fn read(bytes: Vec<u8>, forced: Option<Encoding>) -> Result<Text, Refusal> {
    let declared = forced.or_else(|| declared(&bytes));
    let decoded = decode(bytes, declared);
    let tree = Tree::parse(without_declarations(&decoded.text));
    let chosen = main_text::choose(&tree);
    let mut writer = Writer::new(&tree);
    writer.left_out = chosen.left_out;
    let mut properties = properties(&tree);
    let before = main_text::title_before(&tree, chosen.root, properties.title.as_deref());
    let title = match (&before, &properties.title) {
        (None, Some(title)) if main_text::is_only_title(&tree, title) => Some(title),
        (before, _) => before.as_ref(),
    };
    if let Some(title) = title {
        writer.builder.paragraph(title, Role::Title);
    }
    writer.write(chosen.root);
    let mut left_out = writer.texts_left_out(chosen.root);
    if let Some(title) = before {
        left_out.retain(|text| *text != title);
        properties.title = Some(title);
    }
    let mut structure = Structure {
        format: Format::Html,
        properties,
        encoding: Some(decoded.encoding),
        undecoded: decoded.undecoded,
        left_out,
        ..Structure::default()
    };
    let (text, lines) = writer.builder.finish()?;
    structure.lines = lines;
    Ok(Text { text, structure })
}

/// Appends all that a page shows to a document that has several: chapters of a book.
pub fn append(bytes: Vec<u8>, builder: &mut Builder) {
    let text = decode(bytes, None).text;
    let tree = Tree::parse(without_declarations(&text));
    let mut writer = Writer::new(&tree);
    writer.builder = std::mem::take(builder);
    writer.write(Tree::ROOT);
    *builder = writer.builder;
}

/// A page without the declarations of entities before it, which HTML does not know.
fn without_declarations(page: &str) -> &str {
    let head = page.len().min(1 << 16);
    let head = &page.as_bytes()[..head];
    let find =
        |from: usize, sign: &[u8]| memchr::memmem::find(&head[from..], sign).map(|at| from + at);
    let inside = find(0, b"<!DOCTYPE").and_then(|start| {
        let open = find(start, b"[")?;
        let tag = find(start, b">")?;
        let close = find(open, b"]")?;
        let end = find(close, b">")?;
        // After the bracket that closes it there is only white space.
        (open < tag && head[close + 1..end].trim_ascii().is_empty()).then_some(end + 1)
    });
    &page[inside.unwrap_or(0)..]
}

/// The role of a chapter in a book, as EPUB names it: `titlepage`, `cover`.
pub fn is_title_page(bytes: &[u8]) -> bool {
    let head = bytes.len().min(1 << 16);
    let body = memchr::memmem::find(&bytes[..head], b"<body").unwrap_or(0);
    let types = [&b"\"titlepage\""[..], b"\"cover\"", b"\"halftitlepage\""];
    types
        .iter()
        .any(|own| memchr::memmem::find(&bytes[body..head], own).is_some())
}

/// Whether a chapter of a book is its contents list: most of its text is links.
pub fn is_contents(bytes: Vec<u8>) -> bool {
    main_text::is_links(&Tree::parse(&decode(bytes, None).text))
}

/// The encoding that the page's head declares, unless the bytes are valid UTF-8:
/// pages that were converted often keep their old declaration.
fn declared(bytes: &[u8]) -> Option<Encoding> {
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")? + b"charset=".len();
    let label: Vec<u8> = head[at..]
        .iter()
        .skip_while(|&&b| b"\"' ".contains(&b))
        .take_while(|b| b.is_ascii_alphanumeric() || b"-_".contains(b))
        .copied()
        .collect();
    // A page that declares UTF-8 and is none is looked at.
    Encoding::named(std::str::from_utf8(&label).ok()?).filter(|&own| own != Encoding::Utf8)
}

/// What the page's head says of the document. The names of `meta` elements are those of
/// the standard for government sites (GB/T 38393-2019 in its predecessors' spelling).
fn properties(tree: &Tree) -> Properties {
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            let found = tree
                .metas
                .iter()
                .find(|(own, _)| own.eq_ignore_ascii_case(name))?;
            let value = found.1.trim();
            (!value.is_empty()).then(|| value.to_owned())
        })
    };
    let title = meta(&["ArticleTitle"]).or_else(|| {
        // Behind the title, sites print their name.
        let title = tree.title.trim();
        let end = title.find(['_', '|', '－']).unwrap_or(title.len());
        let title = title[..end].trim();
        (!title.is_empty()).then(|| title.to_owned())
    });
    let date = meta(&["PubDate", "publishdate", "article:published_time"]);
    Properties {
        title,
        date: date.and_then(|date| super::iso_date(&date)),
        publisher: meta(&["ContentSource", "Source"]),
    }
}

/// Writes a part of a tree as lines.
struct Writer<'a> {
    tree: &'a Tree,
    builder: Builder,
    /// Elements that are passed over.
    left_out: Vec<usize>,
    text: String,
    role: Role,
    /// Characters under way that are bold, and all, without white space.
    bold: usize,
    all: usize,
    centred: bool,
}

/// Adds an empty cell for every column, from the next one on, into which a cell of a
/// row above reaches.
fn pass_taken(cells: &mut Vec<String>, taken: &mut [usize]) {
    while let Some(rows) = taken.get_mut(cells.len()).filter(|rows| **rows > 0) {
        *rows -= 1;
        cells.push(String::new());
    }
}

/// What surrounds an element.
#[derive(Clone, Copy, Default)]
struct Around {
    bold: bool,
    centred: bool,
    preformatted: bool,
    depth: u8,
}

impl<'a> Writer<'a> {
    fn new(tree: &'a Tree) -> Self {
        Self {
            tree,
            builder: Builder::default(),
            left_out: Vec::new(),
            text: String::new(),
            role: Role::Paragraph,
            bold: 0,
            all: 0,
            centred: false,
        }
    }

    fn write(&mut self, root: usize) {
        self.node(root, Around::default());
        self.end_block();
    }

    /// The texts of the elements that are passed over, one a line.
    fn texts_left_out(&self, root: usize) -> Vec<String> {
        let mut texts = Vec::new();
        main_text::around(self.tree, root, &self.left_out, &mut texts);
        texts
    }

    fn node(&mut self, at: usize, around: Around) {
        if self.left_out.contains(&at) {
            return;
        }
        let node = &self.tree.nodes[at];
        match &node.kind {
            Kind::Text(text) => self.put(text, around),
            Kind::Element(tag) => self.element(at, tag, around),
        }
    }

    fn children(&mut self, at: usize, around: Around) {
        for &child in &self.tree.nodes[at].children {
            self.node(child, around);
        }
    }

    fn element(&mut self, at: usize, tag: &str, around: Around) {
        let node = &self.tree.nodes[at];
        let mut inside = around;
        inside.centred |= node.centred;
        match tag {
            "br" => self.text.push('\n'),
            "b" | "strong" => {
                inside.bold = true;
                self.children(at, inside);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block();
                self.children(at, inside);
                let level = tag.as_bytes()[1] - b'0';
                self.role = Role::Heading(level);
                self.end_block();
            }
            "table" if self.tree.is_data(at) => {
                self.end_block();
                self.table(at, inside);
            }
            "ul" | "ol" => {
                self.end_block();
                inside.depth = (around.depth + 1).min(9);
                self.list(at, tag == "ol", inside);
                self.end_block();
            }
            "pre" => {
                self.end_block();
                inside.preformatted = true;
                self.children(at, inside);
                let text = std::mem::take(&mut self.text);
                for line in text.lines() {
                    self.builder.paragraph(line, Role::Unknown);
                }
                self.end_block();
            }
            "blockquote" => {
                self.end_block();
                self.children(at, inside);
                self.end_block();
            }
            _ if tree::is_block(tag) => {
                self.end_block();
                self.centred = inside.centred;
                self.role = if around.depth > 0 {
                    Role::Item(around.depth)
                } else {
                    Role::Paragraph
                };
                self.children(at, inside);
                self.end_block();
            }
            _ => self.children(at, inside),
        }
    }

    fn list(&mut self, at: usize, numbered: bool, inside: Around) {
        let mut number = self.tree.nodes[at].start.unwrap_or(1);
        for &child in &self.tree.nodes[at].children {
            self.end_block();
            if self.tree.is_element(child, "li") {
                self.role = Role::Item(inside.depth);
                if numbered {
                    self.text = format!("{number}. ");
                    number += 1;
                }
                self.children(child, inside);
            } else {
                self.node(child, inside);
            }
            self.end_block();
        }
    }

    fn table(&mut self, at: usize, inside: Around) {
        let mut first = true;
        // For each column, how many more rows a cell from above reaches down.
        let mut taken: Vec<usize> = Vec::new();
        for row in self.tree.rows(at) {
            let mut cells = Vec::new();
            let mut heads = true;
            for &cell in &self.tree.nodes[row].children {
                let is_head = self.tree.is_element(cell, "th");
                if !is_head && !self.tree.is_element(cell, "td") {
                    continue;
                }
                heads &= is_head;
                let mut writer = Writer::new(self.tree);
                writer.write_inline(cell, inside);
                pass_taken(&mut cells, &mut taken);
                let node = &self.tree.nodes[cell];
                let span = node.span.clamp(1, 60);
                let column = cells.len();
                if taken.len() < column + span {
                    taken.resize(column + span, 0);
                }
                // One of 0 rows goes on to the end.
                let rows = if node.rows == 0 {
                    usize::MAX
                } else {
                    node.rows
                };
                taken[column..column + span].fill(rows - 1);
                cells.push(writer.text);
                cells.extend(std::iter::repeat_n(String::new(), span - 1));
            }
            while taken.iter().skip(cells.len()).any(|&rows| rows > 0) {
                let rows = &mut taken[cells.len()];
                *rows = rows.saturating_sub(1);
                cells.push(String::new());
            }
            self.builder
                .row(&cells, first || heads && !cells.is_empty());
            first = false;
        }
    }

    /// All of a cell in one text, its blocks on lines of their own.
    fn write_inline(&mut self, at: usize, around: Around) {
        for &child in &self.tree.nodes[at].children {
            let node = &self.tree.nodes[child];
            match &node.kind {
                Kind::Text(text) => self.put(text, around),
                Kind::Element(tag) if tag == "br" => self.text.push('\n'),
                Kind::Element(tag) => {
                    let block = tree::is_block(tag);
                    if block && !self.text.is_empty() {
                        self.text.push('\n');
                    }
                    self.write_inline(child, around);
                }
            }
        }
    }

    /// Adds characters, white space as browsers show it, but none between Han
    /// characters where the source only breaks its line.
    fn put(&mut self, text: &str, around: Around) {
        if around.preformatted {
            self.text.push_str(text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let space = rest.len()
                - rest
                    .trim_start_matches(|c: char| c.is_ascii_whitespace())
                    .len();
            if space > 0 {
                let broken = rest[..space].contains('\n');
                rest = &rest[space..];
                let joins = broken && !needs_space(&self.text, rest);
                if !joins && !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
                continue;
            }
            let end = rest
                .find(|c: char| c.is_ascii_whitespace())
                .unwrap_or(rest.len());
            let word = &rest[..end];
            let count = word.chars().filter(|c| !c.is_whitespace()).count();
            self.all += count;
            if around.bold {
                self.bold += count;
            }
            self.centred |= around.centred;
            self.text.push_str(word);
            rest = &rest[end..];
        }
    }

    fn end_block(&mut self) {
        let text = std::mem::take(&mut self.text);
        let emphasised = self.centred || self.bold == self.all;
        let role = match self.role {
            Role::Paragraph if emphasised && self.all <= LONGEST_HEADING => Role::Emphasised,
            role => role,
        };
        // Some pages are one block whose paragraphs begin after a line break, indented.
        let mut paragraph = String::new();
        for line in text.split('\n') {
            let indented = line.starts_with(['\u{3000}', '\u{a0}']);
            if indented && !paragraph.trim().is_empty() {
                self.builder.paragraph(&paragraph, role);
                paragraph.clear();
            }
            paragraph.push_str(line);
            paragraph.push('\n');
        }
        let paragraph = paragraph.replace('\u{a0}', " ");
        self.builder.paragraph(&paragraph, role);
        (self.bold, self.all, self.centred) = (0, 0, false);
        self.role = Role::Paragraph;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(page: &str) -> Vec<String> {
        let text = read(page.as_bytes().to_vec(), None).expect("it has a text");
        text.text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_cell_over_several_rows_keeps_its_column() {
        let found = lines(
            "<table><tr><th>事项<th colspan=2>天数<tr><td rowspan=2>建房审批<td>从前<td>30\
             <tr><td>如今<td>5<tr><td>开店<td rowspan=2>如今<td>1<tr><td>迁户<td>2\
             <tr><td>过继<td>3<td rowspan=0>乙<tr><td>丁</table>",
        );
        assert_eq!(
            found,
            [
                "事项\t天数\t",
                "建房审批\t从前\t30",
                "\t如今\t5",
                "开店\t如今\t1",
                "迁户\t\t2",
                "过继\t3\t乙",
                "丁\t\t"
            ]
        );
    }

    #[test]
    fn navigation_beside_a_short_text_is_left_out() {
        let menu = "<ul><li><a href=/a>首页</a><li><a href=/b>公告</a></ul>";
        assert_eq!(
            lines(&format!(
                "{menu}<h2>停气通知</h2><p>今晚检修，停气两小时。</p>"
            )),
            ["停气通知", "今晚检修，停气两小时。"]
        );
        // An article that is mostly links is an article.
        let found = lines(&format!(
            "<div class=nav>{menu}</div><article><h1>本周动态</h1><p><a href=1>县文旅局开放夜间博物馆</a>，\
             <a href=2>县交通局开通赶集专线</a>。</p><ul><li><a href=3>松江镇试行河道认领</a></ul></article>"
        ));
        assert_eq!(
            found,
            [
                "本周动态",
                "县文旅局开放夜间博物馆，县交通局开通赶集专线。",
                "松江镇试行河道认领"
            ]
        );
    }

    #[test]
    fn annexes_and_remarks_are_part_of_the_text() {
        let text =
            "各乡镇要把河道认领到户，逐段公示责任人，按月检查并通报，年底评出示范河段予以奖补。"
                .repeat(2);
        let found = lines(&format!(
            "<main><h1>关于认领河道的通知</h1><p>{text}</p><p><a href=f.xls?d=1>责任分解表.xls</a></p>\
             <aside>编者注：本办法试行一年。</aside></main>"
        ));
        assert_eq!(found[2..], ["责任分解表.xls", "编者注：本办法试行一年。"]);
    }

    #[test]
    fn the_title_in_the_head_heads_a_page_without_a_heading() {
        let found = lines(
            "<title>停气通知_松江县政府网</title><p>今晚检修，停气两小时，请用户提前准备。</p>",
        );
        assert_eq!(
            found,
            ["停气通知", "今晚检修，停气两小时，请用户提前准备。"]
        );
        let found =
            lines("<title>松江县人民政府网站</title><p>今晚检修，停气两小时，请用户提前准备。</p>");
        assert_eq!(found, ["今晚检修，停气两小时，请用户提前准备。"]);
    }

    #[test]
    fn declarations_of_entities_are_no_text() {
        let found = lines(
            "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a \"b\">]>\n<html><body><p>正文[1]。</p>",
        );
        assert_eq!(found, ["正文[1]。"]);
    }
}
