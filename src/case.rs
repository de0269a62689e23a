//! What a case is: one titled or clearly delimited account of one innovation
//! or reform by a responsible body.
//!
//! Text is kept once, in its document; a case refers to ranges of it.

pub mod role;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::formats::Structure;
use crate::language::Sentence;
use crate::text::cuts::Cuts;

/// A run of the clean text of a document, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRange {
    pub start: u32,
    pub end: u32,
}

impl TextRange {
    /// The run from byte `start` up to, not including, byte `end`.
    ///
    /// Documents are limited to less than 4 GB where they are read.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    /// The run as a range of bytes that slices a `str`.
    pub fn bytes(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A short name for a case that can be typed and that stays the same when other
/// documents come or go: `000-13`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseId(pub String);

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The kind of body that answers for a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// 区市
    District,
    /// 功能区
    Zone,
    /// 部门
    Department,
}

impl Category {
    /// Every category, in the order that the documents use.
    pub const ALL: [Self; 3] = [Self::District, Self::Zone, Self::Department];

    /// The name that the documents use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::District => "区市",
            Self::Zone => "功能区",
            Self::Department => "部门",
        }
    }

    /// The name in English, which a query takes as well.
    pub const fn english(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Zone => "zone",
            Self::Department => "department",
        }
    }
}

/// How much of a case its document prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Completeness {
    /// 全文
    Full,
    /// 摘要
    Abstract,
    /// 报道
    Report,
    /// 条目: the entry of a list, without text of its own.
    Entry,
    /// 整篇: a document in which no reader found cases.
    Whole,
    /// 其他文字: what a document says outside of its cases.
    Rest,
}

impl Completeness {
    /// Every degree, the fullest text first.
    pub const ALL: [Self; 6] = [
        Self::Full,
        Self::Abstract,
        Self::Report,
        Self::Entry,
        Self::Whole,
        Self::Rest,
    ];

    /// The name shown to readers and written to JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "全文",
            Self::Abstract => "摘要",
            Self::Report => "报道",
            Self::Entry => "条目",
            Self::Whole => "整篇",
            Self::Rest => "其他文字",
        }
    }

    /// The name in English, which a query takes as well.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Abstract => "abstract",
            Self::Report => "report",
            Self::Entry => "entry",
            Self::Whole => "whole",
            Self::Rest => "rest",
        }
    }
}

/// What a case is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Title {
    /// Title lines as the document prints them.
    Printed(Vec<TextRange>),
    /// An editor's title, for a case whose document prints none. Shown in
    /// square brackets.
    Editor(String),
}

/// A responsible body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Org {
    /// As printed, without noise, in the document's script.
    pub printed: String,
    /// The name under which former and shortened names meet, in Simplified.
    pub canonical: String,
    /// The other names under which readers may look for it, in Simplified.
    pub others: Vec<String>,
}

/// The lines of a case in its document, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lines {
    /// The title's line, or the first paragraph's where no title is printed.
    pub first: u32,
    /// The last line that is not blank.
    pub last: u32,
    /// The line of the entry in the document's own list of cases.
    pub list: Option<u32>,
}

/// What part of the text a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A real heading; `level` is 1 to 4.
    Heading {
        level: u8,
    },
    /// A paragraph that begins with a heading: its first `bytes` bytes. `level` is
    /// 1 to 4.
    Lead {
        level: u8,
        bytes: u32,
    },
    Paragraph,
    Caption,
    /// A row of a table: one line, its cells parted by tabs.
    Row {
        /// The row that names the columns; `None` where none does.
        head: Option<TextRange>,
    },
    /// A cell of a table of cases that is neither title, org nor text, and the cell
    /// that names its column. It is no part of the case's text.
    Field {
        head: TextRange,
    },
}

/// One paragraph, heading or caption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// Without outer white space. A line break inside (a two-line sub-headline)
    /// reads as U+3000.
    pub range: TextRange,
}

impl Block {
    /// Whether it is part of the case's text; fields of a table are not.
    pub fn is_text(&self) -> bool {
        !matches!(self.kind, BlockKind::Field { .. })
    }

    /// Whether it is a heading, or begins with one.
    pub fn is_heading(&self) -> bool {
        matches!(
            self.kind,
            BlockKind::Heading { .. } | BlockKind::Lead { .. }
        )
    }
}

/// A case, as a reader of documents found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub id: CaseId,
    /// The name under which stars, tags, notes and places are kept: made of what its
    /// document says and where it is, so that they belong to no other document; see
    /// [`crate::follow`]. `None` for the built-in documents, whose ids serve.
    pub key: Option<String>,
    /// Index of its document in the corpus.
    pub document: u32,
    /// Its order in its document, from 1.
    pub number: u32,
    pub lines: Lines,
    /// The award year.
    pub year: Option<u16>,
    pub category: Option<Category>,
    /// The head of the group of its list or table, as printed.
    pub group: Option<TextRange>,
    /// The canonical name of its district or city, in Simplified: 即墨区.
    pub area: Option<String>,
    pub completeness: Completeness,
    pub title: Title,
    pub orgs: Vec<Org>,
    pub blocks: Vec<Block>,
}

impl Case {
    /// The name under which stars, tags, notes and places are kept.
    pub fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.id.0)
    }
}

/// What is known of a document, from its text or from the catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The title under which an editor shows it.
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// Date of publication, ISO 8601: `2016-03-01`.
    pub date: Option<String>,
    pub reporter: Option<String>,
    /// The award year of its cases.
    pub year: Option<u16>,
    pub kind: Option<Kind>,
    /// The number of an official document: `国办发〔2018〕126号`.
    pub number: Option<String>,
}

/// What kind of publication a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A newspaper's own page or supplement.
    Newspaper,
    /// A report on a news site.
    News,
    /// A compilation of cases (汇编).
    Compilation,
}

/// To what a run of a document's text belongs. Every character that is not
/// white space belongs to exactly one; [`crate::text::clean`] knows the noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Title, org line or text of a case.
    Case,
    /// An entry of the document's own list of cases, or the head of a group of them.
    ListEntry,
    /// The document's own text outside of its cases: a notice, an introduction, a
    /// lead, a byline.
    Own,
    /// What pages have around a text and is recognised as such: navigation, share
    /// links, page heads, a title printed a second time.
    Furniture,
}

/// Which reader read a document, and how sure it is of what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    pub reader: Reader,
    pub confidence: Confidence,
    /// What in the document shows its layout.
    pub why: Sentence,
}

impl Default for Basis {
    fn default() -> Self {
        Self {
            reader: Reader::Whole,
            confidence: Confidence::Low,
            why: Sentence::new("", ""),
        }
    }
}

/// A layout of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reader {
    /// 整篇: one document, no cases.
    Whole,
    /// 汇编: case after case in full.
    Compilation,
    /// 摘要集: lists of cases, then an abstract of each.
    Digest,
    /// 报道: news paragraphs, some of which are cases.
    Report,
    /// 报纸版面: articles on pages.
    Newspaper,
    /// 名单: entries without text.
    List,
    /// 表格: a row a case.
    Table,
    /// 分级标题: headings of the format show where cases begin.
    Headings,
    /// 编目: the catalog marks the cases off.
    Catalog,
}

impl Reader {
    /// Every reader.
    pub const ALL: [Self; 9] = [
        Self::Whole,
        Self::Compilation,
        Self::Digest,
        Self::Report,
        Self::Newspaper,
        Self::List,
        Self::Table,
        Self::Headings,
        Self::Catalog,
    ];

    /// The English names of the readers that a catalog may ask for.
    pub const NAMES: [&'static str; 8] = [
        Self::Whole.english(),
        Self::Compilation.english(),
        Self::Digest.english(),
        Self::Report.english(),
        Self::Newspaper.english(),
        Self::List.english(),
        Self::Table.english(),
        Self::Headings.english(),
    ];

    /// The name shown to readers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "整篇",
            Self::Compilation => "汇编",
            Self::Digest => "摘要集",
            Self::Report => "报道",
            Self::Newspaper => "报纸版面",
            Self::List => "名单",
            Self::Table => "表格",
            Self::Headings => "分级标题",
            Self::Catalog => "编目",
        }
    }

    /// The name in English, written to JSON and to a side file.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Compilation => "compilation",
            Self::Digest => "digest",
            Self::Report => "report",
            Self::Newspaper => "newspaper",
            Self::List => "list",
            Self::Table => "table",
            Self::Headings => "headings",
            Self::Catalog => "catalog",
        }
    }

    /// The reader with an English name.
    pub fn from_english(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|reader| reader.english() == name)
    }
}

/// How sure a reader is of the layout of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// 低
    Low,
    /// 中
    Medium,
    /// 高
    High,
}

impl Confidence {
    /// The name shown to readers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "低",
            Self::Medium => "中",
            Self::High => "高",
        }
    }

    /// The name in English, written to JSON.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A document and what is known of it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// File name, without folder.
    pub name: String,
    /// The absolute path of its file; empty where it has none.
    pub place: String,
    /// Byte offset in the raw text, which is the bytes as given, decoded, of the start of
    /// every line.
    pub line_starts: Vec<u32>,
    /// The text without noise.
    pub clean: Cow<'static, str>,
    /// The noise, one cut after the other: the raw text is made again of both.
    pub noise: String,
    pub cuts: Cuts,
    pub about: About,
    /// What every part of the clean text belongs to, as the reader claimed it; lines in
    /// succession are one part.
    pub claims: Vec<(TextRange, Part)>,
    /// What its format knows of its lines; lines are those of `raw`.
    pub structure: Structure,
    /// How its cases were found.
    pub basis: Basis,
    /// Whether a catalog has an entry for it.
    pub in_catalog: bool,
}

impl Document {
    /// The text without noise. All ranges of cases refer to it.
    pub fn text(&self) -> &str {
        &self.clean
    }

    /// How many bytes the raw text has.
    pub fn raw_len(&self) -> usize {
        self.clean.len() + self.noise.len()
    }

    /// Bytes of the raw text; all of it with `0..raw_len()`.
    pub fn raw(&self, bytes: Range<usize>) -> Cow<'_, str> {
        self.cuts.raw(bytes, &self.clean, &self.noise)
    }

    /// The slice of the clean text that `range` names.
    pub fn slice(&self, range: TextRange) -> &str {
        &self.text()[range.bytes()]
    }

    /// Returns the line of the raw text, from 1, that contains the byte at `clean` of the clean
    /// text.
    pub fn line_of(&self, clean: usize) -> u32 {
        let raw = self.cuts.to_raw(clean) as u32;
        self.line_starts.partition_point(|&start| start <= raw) as u32
    }

    /// Line `number` (from 1) of the raw text, without its line break.
    pub fn raw_line(&self, number: u32) -> Cow<'_, str> {
        let at = |index: usize| self.line_starts.get(index).map(|&start| start as usize);
        let start = number.checked_sub(1).and_then(|index| at(index as usize));
        let Some(start) = start else { return "".into() };
        let end = at(number as usize).unwrap_or(self.raw_len());
        let line_end: &[char] = &['\n', '\r'];
        match self.raw(start..end) {
            Cow::Borrowed(line) => line.trim_end_matches(line_end).into(),
            Cow::Owned(line) => line.trim_end_matches(line_end).to_owned().into(),
        }
    }

    /// The stretch of the clean text that a range covers, with a line break and
    /// the white space around it read as U+3000.
    pub fn joined(&self, range: TextRange) -> Cow<'_, str> {
        join_lines(self.slice(range))
    }
}

/// Joins a title phrase that is broken over lines of the document: without a mark between
/// Han, with a space between Latin words.
pub fn unbroken(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if is_word(joined.chars().next_back()) && is_word(line.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    Cow::Owned(joined)
}

fn join_lines(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    Cow::Owned(lines.join("\u{3000}"))
}

/// A heading and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// 1 to 4.
    pub level: u8,
    pub heading: Cow<'a, str>,
    /// Line of the seed, from 1.
    pub line: u32,
    /// Index of the heading among the case's blocks.
    pub block: usize,
}

/// A case with its document: everything a reader may ask of it.
#[derive(Clone, Copy, Debug)]
pub struct CaseRef<'a> {
    pub case: &'a Case,
    pub document: &'a Document,
}

impl<'a> CaseRef<'a> {
    /// Title lines joined by U+3000, in the document's script; the editor's
    /// title, without brackets, where the document prints none.
    pub fn title(self) -> Cow<'a, str> {
        match &self.case.title {
            Title::Editor(title) => Cow::Borrowed(title),
            Title::Printed(lines) => match lines.as_slice() {
                [line] => unbroken(self.document.slice(*line)),
                lines => {
                    let line = |line: &TextRange| unbroken(self.document.slice(*line));
                    let lines: Vec<_> = lines.iter().map(line).collect();
                    Cow::Owned(lines.join("\u{3000}"))
                }
            },
        }
    }

    /// Whether the document prints a title.
    pub fn title_printed(self) -> bool {
        matches!(self.case.title, Title::Printed(_))
    }

    /// The orgs as printed, joined by 、.
    pub fn orgs(self) -> String {
        let names: Vec<&str> = self.case.orgs.iter().map(|o| o.printed.as_str()).collect();
        names.join("、")
    }

    /// The text of one block; of a field, with the head of its column.
    pub fn block_text(self, block: &Block) -> Cow<'a, str> {
        match block.kind {
            BlockKind::Field { head } => {
                let name: String = self.document.slice(head).split_whitespace().collect();
                Cow::Owned(format!("{name}：{}", self.document.joined(block.range)))
            }
            _ => self.document.joined(block.range),
        }
    }

    /// The heading that a block is or begins with, and its level.
    pub fn heading(self, block: &Block) -> Option<(u8, Cow<'a, str>)> {
        match block.kind {
            BlockKind::Heading { level } => Some((level, self.block_text(block))),
            BlockKind::Lead { level, bytes } => {
                let text = self.document.slice(block.range);
                Some((level, Cow::Borrowed(&text[..bytes as usize])))
            }
            _ => None,
        }
    }

    /// The head of its group, as printed.
    pub fn group(self) -> Option<&'a str> {
        Some(self.document.slice(self.case.group?))
    }

    /// The clean text, one block a line, headings included; title, org line and
    /// fields are not part of it.
    pub fn text(self) -> String {
        let blocks: Vec<_> = self
            .case
            .blocks
            .iter()
            .filter(|block| block.is_text())
            .map(|b| self.block_text(b))
            .collect();
        blocks.join("\n")
    }

    /// Every block of the text, with its text and the character of [`CaseRef::text`] at which
    /// it begins.
    pub fn placed_blocks(self) -> impl Iterator<Item = (u32, &'a Block, Cow<'a, str>)> {
        let mut at = 0;
        let blocks = self.case.blocks.iter().filter(|block| block.is_text());
        blocks.map(move |block| {
            let text = self.block_text(block);
            let start = at;
            // A line break separates two blocks.
            at += text.chars().count() as u32 + 1;
            (start, block, text)
        })
    }

    /// The headings, in order.
    pub fn sections(self) -> Vec<Section<'a>> {
        let blocks = self.case.blocks.iter().enumerate();
        blocks
            .filter_map(|(index, block)| {
                let (level, heading) = self.heading(block)?;
                Some(Section {
                    level,
                    heading,
                    line: self.document.line_of(block.range.start as usize),
                    block: index,
                })
            })
            .collect()
    }
}
