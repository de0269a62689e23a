//! What the readers have to tell, in both languages.

use crate::language::Sentence;

/// Something in a document that a reader could not make sense of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Oddity {
    EmptyDocument,
    NoCase,
    NoYear,
    UnknownLayout {
        has_title: bool,
    },
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
                "正文和编目都没有写评选年度",
                "the award year stands neither in the text nor in the catalog",
            ),
            Oddity::UnknownLayout { has_title: true } => Self::new(
                "认不出这篇文档的版式，当作一个案例来读，以首行为题",
                "the document is of no known layout; it is read as one case under its first line",
            ),
            Oddity::UnknownLayout { has_title: false } => Self::new(
                "认不出这篇文档的版式，也没有题目，当作一个案例来读",
                "the document is of no known layout and without a title; it is read as one case",
            ),
            Oddity::NoTitle => Self::new(
                "文档没有印出题目，以开头几个字代替",
                "no title is printed; the first words stand for it",
            ),
            Oddity::TextBeforeFirstCase => Self::new(
                "第一个案例之前的文字不属于任何案例",
                "text in front of the first case belongs to none",
            ),
            Oddity::NoCategoryInList => Self::new(
                "列表的小标题都没有写类别，按各案例的机构归类",
                "no head of this list names a category; it is each case's body's",
            ),
            Oddity::OtherBodiesInList(line) => Self::new(
                format!("列表第 {line} 行所列的机构与此不同"),
                format!("the list names other bodies for this case, on line {line}"),
            ),
            Oddity::OtherTitleInList(line) => Self::new(
                format!("列表第 {line} 行所列的题目与此不同"),
                format!("the list has another title for this case, on line {line}"),
            ),
            Oddity::NotListed => Self::new(
                "列表里没有这个案例，按它的机构归类",
                "no list of the document has this case; its category is its body's",
            ),
            Oddity::NoAbstract => Self::new(
                "列表里有这个案例，后面却没有它的摘要",
                "a case is listed of which no abstract follows",
            ),
            Oddity::StrayLine => Self::new(
                "摘要之间的这一行不属于任何案例",
                "a line among the abstracts belongs to none",
            ),
            Oddity::NoArticles => Self::new(
                "编目没有写这里有哪些文章，整版当作一个案例来读",
                "the catalog names no article here; the page is read as one case",
            ),
            Oddity::NoDistrict => Self::new(
                "文章里没有编目认得的区市",
                "the article names no district that the catalog knows",
            ),
            Oddity::LinesBeforeHeadline(lines) => Self::new(
                format!("这一版的第一个标题之前有 {lines} 行"),
                format!("{lines} lines in front of a page's first headline"),
            ),
            Oddity::TakenIds { short, head } => Self::new(
                format!("另一篇文档已用编号 {short}-1 等，这一篇的编号以 {head} 开头"),
                format!("another document has the ids {short}-1, …; these begin with {head}"),
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
    TitlePrinted(u32),
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
            Misquote::InNoDocument => Self::new("不见于任何文档", "stands in no document"),
            Misquote::Named { document, other } => Self::new(
                format!("出自 {document}，而引文“{other}”已经指明了它"),
                format!("stands in {document}, which the quote {other:?} already names"),
            ),
            Misquote::InTwoPlaces([(a, line_a), (b, line_b)]) => Self::new(
                format!("不止一处：{a} 第 {line_a} 行、{b} 第 {line_b} 行"),
                format!("stands in more than one place: {a} line {line_a}, {b} line {line_b}"),
            ),
            Misquote::Nowhere => Self::new("不见于这篇文档", "stands nowhere in the document"),
            Misquote::OnTwoLines([a, b]) => Self::new(
                format!("不止一处：第 {a}、{b} 行"),
                format!("stands in more than one place: lines {a}, {b}"),
            ),
            Misquote::InNoCase(line) => Self::new(
                format!("在第 {line} 行，不属于任何案例；写上 org 就成为一个案例"),
                format!("stands in no case, but on line {line}; an org would make it one"),
            ),
            Misquote::TitlePrinted(line) => Self::new(
                format!("属于第 {line} 行的案例，而它印有题目"),
                format!("stands in the case of line {line}, which prints a title"),
            ),
            Misquote::Titled { line, other } => Self::new(
                format!("属于第 {line} 行的案例，而它已题作“{other}”"),
                format!("stands in the case of line {line}, which is titled {other:?} already"),
            ),
            Misquote::BeginsNoLine => Self::new("不是任何一行的开头", "begins no line"),
            Misquote::BeginsSameLine(line) => Self::new(
                format!("是第 {line} 行的开头，与另一条相同"),
                format!("begins line {line}, as another one does"),
            ),
            Misquote::BeginsTwoLines([a, b]) => Self::new(
                format!("不止是一行的开头：第 {a}、{b} 行"),
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
        title: String,
        quote: String,
        wrong: Misquote,
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
            Self::CaseQuote {
                title,
                quote,
                wrong,
            } => {
                let wrong = Sentence::from(wrong);
                (
                    format!("案例“{title}”：引文“{quote}”{}", wrong.chinese()),
                    format!(
                        "the case {title:?}: the quote {quote:?} {}",
                        wrong.english()
                    ),
                )
            }
            Self::Headline { headline, wrong } => {
                let wrong = Sentence::from(wrong);
                (
                    format!("文章“{headline}”{}", wrong.chinese()),
                    format!("the article {headline:?} {}", wrong.english()),
                )
            }
            Self::BodyNotPrinted { line, org } => (
                format!("第 {line} 行的文章没有印出“{org}”"),
                format!("the article of line {line} nowhere prints {org:?}"),
            ),
        };
        Sentence::new(
            format!("编目：文档“{document}”：{chinese}"),
            format!("catalog: document {document:?}: {english}"),
        )
    }
}
