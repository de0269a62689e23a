//! The warnings of the readers, in both languages.

use crate::language::Sentence;

/// Something in a document that a reader could not make sense of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Oddity {
    EmptyDocument,
    NoCase,
    NoYear,
    NoTitle,
    TextBeforeFirstCase,
    NoCategoryInList,
    /// The line of the list.
    OtherBodiesInList(u32),
    OtherTitleInList(u32),
    NotListed,
    NoAbstract,
    StrayLine,
    NoArticles,
    NoDistrict,
    /// How many lines.
    LinesBeforeHeadline(usize),
    /// The usual beginning of the document's ids, and the one that it gets.
    TakenIds {
        short: String,
        head: String,
    },
}

impl From<Oddity> for Sentence {
    fn from(oddity: Oddity) -> Self {
        match oddity {
            Oddity::EmptyDocument => Self::new("文档是空的", "the document is empty"),
            Oddity::NoCase => Self::new("文档里没有案例", "the document has no case"),
            Oddity::NoYear => Self::new(
                "正文和编目中均无评选年度",
                "the award year is missing from both the text and the catalog",
            ),
            Oddity::NoTitle => Self::new(
                "文档未印标题，以开头的文字代替",
                "no title is printed; the first words are used instead",
            ),
            Oddity::TextBeforeFirstCase => Self::new(
                "第一个案例之前的文字不属于任何案例",
                "text before the first case belongs to no case",
            ),
            Oddity::NoCategoryInList => Self::new(
                "列表的小标题均未写明类别，按各案例的机构归类",
                "no heading of this list names a category; each case takes that of its organisation",
            ),
            Oddity::OtherBodiesInList(line) => Self::new(
                format!("列表第 {line} 行所列机构与此不同"),
                format!("line {line} of the list names other organisations for this case"),
            ),
            Oddity::OtherTitleInList(line) => Self::new(
                format!("列表第 {line} 行所列标题与此不同"),
                format!("line {line} of the list has another title for this case"),
            ),
            Oddity::NotListed => Self::new(
                "列表中没有这个案例，按其机构归类",
                "the case is in no list of the document; its category is that of its organisation",
            ),
            Oddity::NoAbstract => Self::new(
                "列表中有这个案例，后文没有它的摘要",
                "the case is listed, but no abstract follows",
            ),
            Oddity::StrayLine => Self::new(
                "摘要之间的这一行不属于任何案例",
                "a line among the abstracts belongs to no case",
            ),
            Oddity::NoArticles => Self::new(
                "编目未列出本版文章，整版按一个案例读取",
                "the catalog lists no article of this page; it is read as one case",
            ),
            Oddity::NoDistrict => Self::new(
                "文章中没有编目所列的区市",
                "the article names no district of the catalog",
            ),
            Oddity::LinesBeforeHeadline(lines) => Self::new(
                format!("这一版的第一个标题之前有 {lines} 行"),
                format!("{lines} lines before the first headline of a page"),
            ),
            Oddity::TakenIds { short, head } => Self::new(
                format!("编号 {short}-1 等已用于另一篇文档，本篇编号以 {head} 开头"),
                format!(
                    "another document already has the ids {short}-1, …; these begin with {head}"
                ),
            ),
        }
    }
}

/// What is wrong with a quote of the catalog, or with the beginning of a
/// headline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Misquote {
    InNoDocument,
    /// The document, and the quote that names it already.
    Named {
        document: String,
        other: String,
    },
    /// Document and line of two of its places.
    InTwoPlaces([(String, u32); 2]),
    Nowhere,
    OnTwoLines([u32; 2]),
    InNoCase(u32),
    Titled {
        line: u32,
        other: String,
    },
    BeginsNoLine,
    BeginsSameLine(u32),
    BeginsTwoLines([u32; 2]),
}

impl From<Misquote> for Sentence {
    fn from(misquote: Misquote) -> Self {
        match misquote {
            Misquote::InNoDocument => Self::new("不见于任何文档", "is in no document"),
            Misquote::Named { document, other } => Self::new(
                format!("出自 {document}，而引文“{other}”已指向这篇文档"),
                format!("is in {document}, which the quote {other:?} already names"),
            ),
            Misquote::InTwoPlaces([(a, line_a), (b, line_b)]) => Self::new(
                format!("不止一处：{a} 第 {line_a} 行、{b} 第 {line_b} 行"),
                format!("occurs more than once: {a} line {line_a}, {b} line {line_b}"),
            ),
            Misquote::Nowhere => Self::new("不见于这篇文档", "is not in the document"),
            Misquote::OnTwoLines([a, b]) => Self::new(
                format!("不止一处：第 {a}、{b} 行"),
                format!("occurs more than once: lines {a}, {b}"),
            ),
            Misquote::InNoCase(line) => Self::new(
                format!("在第 {line} 行，不属于任何案例；加上 org 即可成为一个案例"),
                format!("is on line {line}, in no case; an org would make it one"),
            ),
            Misquote::Titled { line, other } => Self::new(
                format!("属于第 {line} 行的案例，该案例已有标题“{other}”"),
                format!("is in the case of line {line}, which already has the title {other:?}"),
            ),
            Misquote::BeginsNoLine => Self::new("不是任何一行的开头", "begins no line"),
            Misquote::BeginsSameLine(line) => Self::new(
                format!("是第 {line} 行的开头，与另一条相同"),
                format!("begins line {line}, as another one does"),
            ),
            Misquote::BeginsTwoLines([a, b]) => Self::new(
                format!("是多行的开头：第 {a}、{b} 行"),
                format!("begins more than one line: {a} and {b}"),
            ),
        }
    }
}

/// What is wrong with an entry of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EntryMistake {
    Quote {
        quote: String,
        wrong: Misquote,
    },
    CaseQuote {
        /// The title that the entry gives, or its quote.
        name: String,
        quote: String,
        wrong: Misquote,
    },
    /// The first line of a case, or the first one after it.
    Border {
        line: String,
        wrong: Misquote,
    },
    /// A heading of a document or case.
    Section {
        line: String,
    },
    /// A layout that the document does not have.
    Reader(String),
    /// `title_lines` includes a line, given by its number, that belongs to a case.
    TitleLines {
        lines: usize,
        line: u32,
    },
    Headline {
        headline: String,
        wrong: Misquote,
    },
    /// The first line of an article, and the body that it does not print.
    BodyNotPrinted {
        line: u32,
        org: String,
    },
}

impl EntryMistake {
    /// The sentence, which names the document as the entry does.
    pub fn told(self, document: &str) -> Sentence {
        let (chinese, english) = match self {
            Self::Quote { quote, wrong } => {
                let wrong = Sentence::from(wrong);
                (
                    format!("引文“{quote}”{}", wrong.chinese()),
                    format!("the quote {quote:?} {}", wrong.english()),
                )
            }
            Self::CaseQuote { name, quote, wrong } => {
                let wrong = Sentence::from(wrong);
                (
                    format!("案例“{name}”：引文“{quote}”{}", wrong.chinese()),
                    format!("the case {name:?}: the quote {quote:?} {}", wrong.english()),
                )
            }
            Self::Headline { headline, wrong } => {
                let wrong = Sentence::from(wrong);
                (
                    format!("文章“{headline}”{}", wrong.chinese()),
                    format!("the article {headline:?} {}", wrong.english()),
                )
            }
            Self::Border { line, wrong } => {
                let wrong = Sentence::from(wrong);
                (
                    format!("案例边界“{line}”{}", wrong.chinese()),
                    format!("the border {line:?} {}", wrong.english()),
                )
            }
            Self::Section { line } => (
                format!("sections 中的“{line}”不是任何一段的开头"),
                format!("the section {line:?} begins no paragraph"),
            ),
            Self::TitleLines { lines, line } => (
                format!(
                    "title_lines = {lines}：第 {line} 行是案例的文字，不是文档的题名；案例的题名请写在 [[document.case]] 里"
                ),
                format!(
                    "title_lines = {lines}: line {line} is a case's, and not of the document's title; the title of a case goes in [[document.case]]"
                ),
            ),
            Self::Reader(reader) => (
                format!("按 reader = \"{reader}\" 找不到案例；整篇作为一份文件请写 \"whole\""),
                format!(
                    "reader = {reader:?} finds no case here; \"whole\" keeps the document in one piece"
                ),
            ),
            Self::BodyNotPrinted { line, org } => (
                format!("第 {line} 行的文章中没有“{org}”"),
                format!("the article of line {line} does not contain {org:?}"),
            ),
        };
        Sentence::new(
            format!("编目：文档“{document}”：{chinese}"),
            format!("catalog: document {document:?}: {english}"),
        )
    }
}
