//! Markdown (CommonMark 0.31 with tables and YAML front matter): marks are taken out,
//! and every line keeps its number.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::builder::needs_space;
use super::decode::{Encoding, decode};
use super::{Format, Line, Properties, Refusal, Role, Start, Structure, Text, iso_date};

/// Reads the bytes of a document.
pub fn read(bytes: Vec<u8>, forced: Option<Encoding>) -> Result<Text, Refusal> {
    let decoded = decode(bytes, forced);
    let mut writer = Writer::new(&decoded.text);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(&decoded.text, options).into_offset_iter() {
        writer.event(event, range);
    }
    let properties = writer.properties();
    if let Some(title) = &properties.title {
        writer.show_title(title);
    }
    let (text, lines) = writer.finish();
    Ok(Text {
        text,
        structure: Structure {
            format: Format::Markdown,
            lines,
            properties,
            encoding: Some(decoded.encoding),
            undecoded: decoded.undecoded,
            ..Structure::default()
        },
    })
}

struct Writer<'a> {
    source: &'a str,
    /// Byte offset of the start of every line of the source.
    starts: Vec<usize>,
    /// What is shown of every line.
    texts: Vec<String>,
    lines: Vec<Line>,
    /// The role of the block under way.
    role: Role,
    /// Lists that are open, with the next number of those that are numbered.
    lists: Vec<Option<u64>>,
    quotes: usize,
    /// The block under way: its first line, and whether all of it is strong or
    /// emphasised so far.
    first: Option<usize>,
    strong: usize,
    is_strong: bool,
    next: Start,
    /// Lines below are of a table that has its head.
    in_head: bool,
    first_cell: bool,
    in_metadata: bool,
    metadata: String,
    comment: bool,
}

impl<'a> Writer<'a> {
    fn new(source: &'a str) -> Self {
        let ends = source.match_indices('\n').map(|(at, _)| at + 1);
        let mut starts: Vec<usize> = std::iter::once(0).chain(ends).collect();
        if starts.len() > 1 && starts.last() == Some(&source.len()) {
            starts.pop();
        }
        Self {
            source,
            texts: vec![String::new(); starts.len()],
            lines: vec![Line::default(); starts.len()],
            starts,
            role: Role::Paragraph,
            lists: Vec::new(),
            quotes: 0,
            first: None,
            strong: 0,
            is_strong: false,
            next: Start::New,
            in_head: false,
            first_cell: true,
            in_metadata: false,
            metadata: String::new(),
            comment: false,
        }
    }

    fn line_at(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte) - 1
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_metadata => self.metadata.push_str(&text),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, range);
            }
            Event::Html(html) => self.html(&html, range),
            Event::InlineHtml(html) => {
                // Breaks are the one mark-up of HTML that changes a text's lines; they are
                // on one line of the source, whose number is kept.
                if html.starts_with("<br") {
                    self.put("\u{3000}", range.start);
                }
            }
            Event::SoftBreak => self.next = self.soft_break(range.start),
            Event::HardBreak => self.next = Start::Broken,
            Event::FootnoteReference(label) => self.text(&format!("[{label}]"), range),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    /// What a line end in a paragraph means. Chinese text is seldom broken at a width;
    /// where a line ends with a sentence, its author began a new one.
    fn soft_break(&self, at: usize) -> Start {
        let line = self.source[..at].trim_end();
        if line.ends_with(['。', '！', '？', '；', '：', '…', '”', '）']) {
            Start::Broken
        } else {
            Start::Joined
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => {
                let role = match self.lists.len() {
                    0 if self.quotes > 0 => Role::Quote,
                    0 => Role::Paragraph,
                    depth => Role::Item(depth.min(9) as u8),
                };
                self.begin(role);
            }
            Tag::Heading { level, .. } => self.begin(Role::Heading(level as u8)),
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(_) => self.begin(Role::Code),
            Tag::List(number) => self.lists.push(number),
            Tag::Item => {
                self.begin(Role::Item(self.lists.len().clamp(1, 9) as u8));
            }
            Tag::Table(_) => {}
            Tag::TableHead => {
                self.in_head = true;
                self.begin(Role::Row { head: true });
                self.first_cell = true;
            }
            Tag::TableRow => {
                self.begin(Role::Row { head: false });
                self.first_cell = true;
            }
            Tag::MetadataBlock(_) => self.in_metadata = true,
            Tag::Strong | Tag::Emphasis => {
                self.is_strong |= self.strong == 0 && self.first.is_none();
                self.strong += 1;
            }
            _ => {}
        }
    }

    fn begin(&mut self, role: Role) {
        self.role = role;
        self.first = None;
        self.is_strong = false;
        self.next = Start::New;
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                if let (true, Some(first), Role::Paragraph) =
                    (self.is_strong, self.first, self.role)
                {
                    for line in &mut self.lines[first..] {
                        if line.role == Role::Paragraph {
                            line.role = Role::Emphasised;
                        }
                    }
                }
                self.begin(Role::Paragraph);
            }
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::Strong | TagEnd::Emphasis => self.strong = self.strong.saturating_sub(1),
            TagEnd::TableCell => self.first_cell = false,
            TagEnd::TableHead => self.in_head = false,
            TagEnd::MetadataBlock(_) => self.in_metadata = false,
            TagEnd::Heading(_) | TagEnd::Item => self.begin(Role::Paragraph),
            _ => {}
        }
    }

    /// Adds text that is at a place of the source, which may have several lines.
    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.strong == 0 && !text.trim().is_empty() {
            self.is_strong = false;
        }
        let mut at = range.start;
        for line in text.split_inclusive('\n') {
            self.put(line.trim_end_matches(['\n', '\r']), at);
            at += line.len();
            if line.ends_with('\n') {
                self.next = Start::New;
            }
        }
    }

    fn put(&mut self, text: &str, byte: usize) {
        let at = self.line_at(byte.min(self.source.len().saturating_sub(1)));
        let is_new = self.texts[at].is_empty();
        if is_new {
            if self.next == Start::Joined
                && let Some(before) = self.texts[..at]
                    .iter_mut()
                    .rev()
                    .find(|line| !line.is_empty())
                && needs_space(before, text)
            {
                before.push(' ');
            }
            self.lines[at] = Line {
                role: self.role,
                start: self.next,
            };
            // Only the first line of an item has its number.
            let numbered = matches!(self.role, Role::Item(_)) && self.first.is_none();
            if let (true, Some(Some(number))) = (numbered, self.lists.last_mut()) {
                self.texts[at] = format!("{number}. ");
                *number += 1;
            }
        }
        if matches!(self.role, Role::Row { .. }) && !self.first_cell && !text.is_empty() {
            self.fill_cells(at, byte);
        }
        self.first.get_or_insert(at);
        self.texts[at].push_str(text);
        self.next = Start::New;
    }

    /// Parts a cell from those before it: as many tabs as the source has borders.
    fn fill_cells(&mut self, at: usize, byte: usize) {
        let source = &self.source[self.starts[at]..byte];
        let source = source.trim_start().trim_start_matches('|');
        let borders = source.replace("\\|", "").matches('|').count();
        let tabs = self.texts[at].matches('\t').count();
        for _ in tabs..borders {
            self.texts[at].push('\t');
        }
    }

    /// HTML between paragraphs: the text without its tags.
    fn html(&mut self, html: &str, range: Range<usize>) {
        let mut shown = String::new();
        let mut rest = html;
        while !rest.is_empty() {
            if self.comment {
                let Some((_, after)) = rest.split_once("-->") else {
                    break;
                };
                self.comment = false;
                rest = after;
            } else if let Some(after) = rest.strip_prefix("<!--") {
                self.comment = true;
                rest = after;
            } else if rest.starts_with('<') {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                rest = &rest[end..];
            } else {
                let end = rest.find('<').unwrap_or(rest.len());
                shown.push_str(&rest[..end]);
                rest = &rest[end..];
            }
        }
        let shown = unescaped(shown.trim());
        if !shown.is_empty() {
            self.begin(Role::Paragraph);
            self.put(&shown, range.start);
        }
    }

    /// Makes the front matter's title a title of the text, unless the text has a heading of
    /// the highest level or prints that title itself.
    fn show_title(&mut self, title: &str) {
        let level = |line: &Line| match line.role {
            Role::Heading(level) => Some(level),
            _ => None,
        };
        let highest = self.lines.iter().filter_map(level).min();
        if highest == Some(1) || self.texts.iter().any(|text| text == title) {
            return;
        }
        let is_title = |line: &str| {
            let key = line.split_once(':').map_or("", |(key, _)| key.trim());
            matches!(key, "title" | "标题")
        };
        if let Some(at) = self.source.lines().position(is_title) {
            self.texts[at] = title.to_owned();
            self.lines[at] = Line::new(match highest {
                Some(_) => Role::Emphasised,
                None => Role::Title,
            });
        }
    }

    /// What the front matter says.
    fn properties(&self) -> Properties {
        let mut properties = Properties::default();
        for line in self.metadata.lines() {
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_matches(['"', '\'']).trim();
            if value.is_empty() {
                continue;
            }
            let value = value.to_owned();
            match key.trim() {
                "title" | "标题" => properties.title = Some(value),
                "date" | "日期" => properties.date = iso_date(&value),
                "source" | "publisher" | "author" | "来源" => {
                    properties.publisher.get_or_insert(value);
                }
                _ => {}
            }
        }
        properties
    }

    fn finish(self) -> (String, Vec<Line>) {
        let mut text = String::with_capacity(self.source.len());
        for (line, source) in self.texts.iter().zip(self.source.lines()) {
            // Stars that are escaped are text.
            if source.contains("**") {
                text.push_str(&without_stars(line));
            } else {
                text.push_str(line);
            }
            text.push('\n');
        }
        (text, self.lines)
    }
}

/// A line without pairs of `**` that mark nothing: CommonMark sees no emphasis where a
/// mark is between a punctuation mark and a Han character.
fn without_stars(line: &str) -> String {
    let count = line.matches("**").count();
    if count > 0 && count.is_multiple_of(2) {
        line.replace("**", "")
    } else {
        line.to_owned()
    }
}

/// The references that pages have in their text.
fn unescaped(text: &str) -> String {
    const SIGNS: [(&str, &str); 10] = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&mdash;", "—"),
        ("&hellip;", "…"),
        ("&middot;", "·"),
        ("&amp;", "&"),
    ];
    let mut text = text.to_owned();
    for (reference, sign) in SIGNS {
        if text.contains(reference) {
            text = text.replace(reference, sign);
        }
    }
    text
}
