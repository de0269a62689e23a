//! Papers: a document as blocks, and the forms that it is written in.
//!
//! The blocks are those of official papers in China: a title, lines below it, headings
//! of three levels, paragraphs, tables, lines to sign on. The layout of DOCX follows
//! GB/T 9704—2012.

mod columns;
mod docx;
mod html;
mod markdown;
mod plain;
mod zip;

/// A paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// Its name, for programs that show one; no person's name.
    pub name: String,
    pub blocks: Vec<Block>,
    /// Whether tables need the page turned.
    pub wide: bool,
}

/// A part of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title of the paper, by lines.
    Title(Vec<String>),
    /// A line below the title: a date, a name of an org.
    Below(String),
    /// The heading of a part of a book: a category, or the text before or after the cases.
    Category(String),
    /// The title of a case, by lines. Begins a page where pages are turned.
    Case(Vec<String>),
    /// The line that names the orgs of a case.
    Orgs(String),
    /// A heading in a text, level 1 to 4.
    Heading(u8, String),
    Paragraph(String),
    /// A line without indentation, such as an entry of a list.
    Line(String),
    /// A line in small type: a fingerprint.
    Small(String),
    Table(Table),
    /// Places to sign, each with what is written before it.
    Sign(Vec<String>),
    /// The contents: entries of level 1 (categories) and 2 (cases), by the numbers of
    /// the blocks that they lead to.
    Contents(Vec<(u8, String, usize)>),
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Sizes of the groups of columns that belong together. If the page is too narrow, the
    /// table is split between groups, and the first group is repeated in every part.
    pub groups: Vec<usize>,
}

impl Table {
    /// The head and the rows.
    pub fn lines(&self) -> impl Iterator<Item = &Vec<String>> {
        std::iter::once(&self.head).chain(&self.rows)
    }
}

/// A form in which a paper is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Text,
    Markdown,
    Html,
    Docx,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Text, Self::Markdown, Self::Html, Self::Docx];

    /// Its name, which ends the names of its files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Docx => "docx",
        }
    }

    /// The form with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }
}

impl Paper {
    /// Whether it is a book of cases in full.
    fn is_book(&self) -> bool {
        let is_case = |block: &Block| matches!(block, Block::Case(_));
        self.blocks.iter().any(is_case)
    }

    /// The level of the entry in the contents that leads to a block, by its number.
    fn level(&self, number: usize) -> Option<u8> {
        let mut entries = self.blocks.iter().flat_map(|block| match block {
            Block::Contents(entries) => entries.as_slice(),
            _ => &[],
        });
        let found = entries.find(|(_, _, to)| *to == number);
        found.map(|(level, ..)| *level)
    }

    /// The bytes of the file. The same paper always gives the same bytes.
    pub fn write(&self, form: Form) -> Vec<u8> {
        match form {
            Form::Text => plain::write(self).into_bytes(),
            Form::Markdown => markdown::write(self).into_bytes(),
            Form::Html => html::write(self).into_bytes(),
            Form::Docx => docx::write(self),
        }
    }
}

/// Level of the heading of a case; categories and the paper's title have level 1. The four
/// levels of headings within a text are below it.
const CASE_LEVEL: u8 = 2;

/// The text with what XML and HTML need escaped, without characters that they do not
/// allow.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in crate::text::gate::without_denied(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
