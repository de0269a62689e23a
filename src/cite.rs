//! References to a case, in the styles that readers ask for.
//!
//! A reference says what the document says and nothing else. An element that
//! the document does not print is left out and named in [`Citation::missing`];
//! one that an editor supplied or inferred is put in square brackets, as
//! GB/T 7714—2025, 6 and 7.2.1 (自拟题名) and 7.5.4.3 (估计的出版年) have it,
//! and is named in [`Citation::inferred`].

mod bibtex;
mod csl;
mod gbt7714;
mod imprint;
mod reference;
mod ris;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

pub use imprint::{Carrier, Date, Imprint, Printed};
pub use reference::Reference;

use crate::case::CaseRef;
use crate::text::script::{Display, Script};

/// A way to write a reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// GB/T 7714—2025, numeric; in force since 1 July 2026.
    #[default]
    Gbt2025,
    /// GB/T 7714—2015, numeric.
    Gbt2015,
    BibTex,
    Ris,
    CslJson,
    /// A Markdown footnote holding the GB/T 7714—2025 reference.
    Markdown,
}

impl Style {
    /// All styles, the default first.
    pub const ALL: [Self; 6] = [
        Self::Gbt2025,
        Self::Gbt2015,
        Self::BibTex,
        Self::Ris,
        Self::CslJson,
        Self::Markdown,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gbt2025 => "gbt2025",
            Self::Gbt2015 => "gbt2015",
            Self::BibTex => "bibtex",
            Self::Ris => "ris",
            Self::CslJson => "csl",
            Self::Markdown => "markdown",
        }
    }

    /// The name that a reader knows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Gbt2025 => "GB/T 7714—2025",
            Self::Gbt2015 => "GB/T 7714—2015",
            Self::BibTex => "BibTeX",
            Self::Ris => "RIS",
            Self::CslJson => "CSL-JSON",
            Self::Markdown => "Markdown",
        }
    }

    /// The style of a name: as [`Style::name`] gives it, or that of the export format of the same
    /// kind.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "bib" => Some(Self::BibTex),
            "csl-json" => Some(Self::CslJson),
            "md" => Some(Self::Markdown),
            name => Self::ALL.into_iter().find(|style| style.name() == name),
        }
    }
}

/// A part of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// 责任者
    Author,
    /// 题名
    Title,
    /// The title of the compilation or report that holds the case.
    HostTitle,
    /// The newspaper or the site.
    Publication,
    /// 出版地
    Place,
    /// 出版者
    Publisher,
    /// 出版日期
    Date,
    /// The year of a date whose month and day are printed.
    Year,
    /// 版次 of a newspaper, 页码 of a compilation.
    Page,
    /// 获取和访问路径
    Address,
    /// 引用日期
    AccessDate,
}

impl Element {
    /// The name in Chinese, as the standard calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Author => "责任者",
            Self::Title => "题名",
            Self::HostTitle => "所在文献题名",
            Self::Publication => "报纸或网站名",
            Self::Place => "出版地",
            Self::Publisher => "出版者",
            Self::Date => "出版日期",
            Self::Year => "出版年",
            Self::Page => "版次或页码",
            Self::Address => "获取和访问路径",
            Self::AccessDate => "引用日期",
        }
    }

    /// The name in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Title => "title",
            Self::HostTitle => "title of the whole",
            Self::Publication => "newspaper or site",
            Self::Place => "place",
            Self::Publisher => "publisher",
            Self::Date => "date",
            Self::Year => "year",
            Self::Page => "page",
            Self::Address => "address",
            Self::AccessDate => "date of access",
        }
    }
}

/// A reference, written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// One line for the GB/T styles and Markdown, several for the others; no
    /// line break at the end.
    pub text: String,
    /// What the style asks for and the document does not give.
    pub missing: Vec<Element>,
    /// What an editor supplied or inferred; it is marked in `text`.
    pub inferred: Vec<Element>,
}

/// Writes the reference to one case, in the script of its document.
pub fn cite(case: CaseRef<'_>, style: Style) -> Citation {
    cite_in(case, style, Script::Original.into())
}

/// Writes the reference to one case, in a script.
pub fn cite_in(case: CaseRef<'_>, style: Style, script: Display) -> Citation {
    let reference = Reference::of(case, &Imprint::of(case.document));
    write(&reference.shown(script), style)
}

/// The references to some cases, in the script of their documents. The [`Imprint`]
/// of a document is read once for all its cases.
pub fn references<'a>(cases: impl IntoIterator<Item = CaseRef<'a>>) -> Vec<Reference> {
    let mut imprints = HashMap::new();
    let reference = |case: CaseRef<'a>| {
        let imprint = imprints
            .entry(case.case.document)
            .or_insert_with(|| Imprint::of(case.document));
        Reference::of(case, imprint)
    };
    cases.into_iter().map(reference).collect()
}

/// Writes references into one text: a line each, or an empty line between them, or for
/// CSL-JSON one array. What any of them lacks is listed.
pub fn write_all(references: &[Reference], style: Style) -> Citation {
    let citations: Vec<Citation> = references
        .iter()
        .map(|reference| write(reference, style))
        .collect();
    let all = |elements: fn(&Citation) -> &[Element]| {
        let elements: BTreeSet<Element> = citations.iter().flat_map(elements).copied().collect();
        elements.into_iter().collect()
    };
    Citation {
        text: join(citations.iter().map(|citation| &*citation.text), style),
        missing: all(|citation| &citation.missing),
        inferred: all(|citation| &citation.inferred),
    }
}

/// Joins references of a style into one text, as [`write_all`] does.
pub fn join<'a>(texts: impl IntoIterator<Item = &'a str>, style: Style) -> String {
    let texts: Vec<&str> = texts.into_iter().collect();
    match style {
        _ if texts.len() == 1 => texts[0].to_owned(),
        Style::Gbt2025 | Style::Gbt2015 | Style::Markdown => texts.join("\n"),
        Style::BibTex | Style::Ris => texts.join("\n\n"),
        Style::CslJson => csl::join(&texts),
    }
}

/// The item of a reference in an array of CSL-JSON, without the brackets.
pub fn csl_item(reference: &Reference) -> String {
    csl::item(&csl::write(reference)).to_owned()
}

/// Writes a reference. For many cases of one document, whose [`Imprint`] is
/// then read once.
pub fn write(reference: &Reference, style: Style) -> Citation {
    let text = match style {
        Style::Gbt2025 => gbt7714::write(reference, gbt7714::Edition::E2025),
        Style::Gbt2015 => gbt7714::write(reference, gbt7714::Edition::E2015),
        Style::BibTex => bibtex::write(reference),
        Style::Ris => ris::write(reference),
        Style::CslJson => csl::write(reference),
        Style::Markdown => footnote(reference),
    };
    Citation {
        text,
        missing: missing(reference, style),
        inferred: reference.inferred.clone(),
    }
}

/// The edition of 2015 wants the day on which an online newspaper was read, the
/// one of 2025 only that of a web page; the data formats carry none.
fn missing(reference: &Reference, style: Style) -> Vec<Element> {
    let mut missing = reference.missing.clone();
    let wanted = match reference.carrier {
        Carrier::NewsOnline => style == Style::Gbt2015,
        Carrier::WebPage => {
            matches!(style, Style::Gbt2025 | Style::Gbt2015 | Style::Markdown)
        }
        Carrier::Newspaper | Carrier::Compilation | Carrier::Other => false,
    };
    if wanted {
        missing.push(Element::AccessDate);
    }
    missing
}

fn footnote(reference: &Reference) -> String {
    let text = gbt7714::write(reference, gbt7714::Edition::E2025);
    format!("[^{}]: {}", key(&reference.id), escape_markdown(&text))
}

/// The name of an entry in data formats: ASCII, the same whenever the id is.
/// What is not a letter, digit, `-`, `.` or `_` is written as its code point.
pub(crate) fn key(id: &str) -> String {
    let mut key = String::from("anli-");
    for c in id.chars() {
        match c {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '-' | '.' => key.push(c),
            c => key.push_str(&format!("_{:x}_", u32::from(c))),
        }
    }
    key
}

/// Escapes what Markdown would read as markup inside a line. Brackets stay,
/// since `[N]` is no link unless a definition or an address follows.
pub(crate) fn escape_markdown(text: &str) -> Cow<'_, str> {
    const MARKUP: [char; 11] = ['\\', '*', '_', '`', '<', '>', '#', '|', '~', '&', '$'];
    if !text.contains(MARKUP) && !text.contains("](") && !text.contains("]:") {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in text.chars() {
        if MARKUP.contains(&c) || (before == ']' && matches!(c, '(' | ':')) {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    Cow::Owned(escaped)
}

/// Whether a character is Han, kana, or Chinese punctuation.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’')
}
