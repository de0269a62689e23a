//! What an editor knows of the documents and their text does not print.
//!
//! An entry recognises its document by a quote of the text, so that neither a
//! new file name nor a new line end makes it point elsewhere.

mod mistakes;

use serde::Deserialize;

use super::orgs::{NameEntry, Names};
use crate::case::{About, Document, Kind, Org};
use crate::language::Sentence;
use crate::text::near::{self, NearWords};

/// The catalog of the documents that the binary carries.
const EMBEDDED: &str = include_str!("../../seeds/catalog.toml");

/// The editor's knowledge, from TOML.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    pub(super) documents: Vec<DocumentEntry>,
    pub(super) names: Names,
    pub(super) synonyms: Vec<SynonymEntry>,
    /// Whether an entry may speak of a document that is not there.
    pub(super) lenient: bool,
    /// Whether it is about the documents that the binary carries.
    pub(super) is_built_in: bool,
}

/// What is known of one document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentEntry {
    /// A quote that occurs nowhere else in its text.
    pub quote: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub date: Option<String>,
    pub number: Option<String>,
    pub reporter: Option<String>,
    pub year: Option<u16>,
    pub kind: Option<Kind>,
    /// The bodies of a document that is one entry.
    pub org: Option<String>,
    /// The only layout that is tried, by its English name.
    pub reader: Option<String>,
    /// How many lines the title has that the document prints; 0 where it prints none.
    pub title_lines: Option<usize>,
    /// How its headings begin. No other lines are headings then.
    pub sections: Option<Vec<String>>,
    #[serde(default, rename = "case")]
    pub cases: Vec<CaseEntry>,
    #[serde(default, rename = "article")]
    pub articles: Vec<ArticleEntry>,
    /// The folder whose documents it is about, as an absolute path; `None` for all.
    #[serde(skip)]
    pub folder: Option<String>,
    /// Whether its document need not be there.
    #[serde(skip)]
    pub lenient: bool,
}

impl DocumentEntry {
    /// What the entry says of its document, before the text is asked.
    pub fn about(&self) -> About {
        About {
            title: self.title.clone(),
            publisher: self.publisher.clone(),
            date: self.date.clone(),
            reporter: self.reporter.clone(),
            year: self.year,
            kind: self.kind,
            number: self.number.clone(),
        }
    }

    /// Whether it may be about a document.
    pub fn is_for(&self, document: &Document) -> bool {
        self.folder.as_ref().is_none_or(|folder| {
            let below = document.place.strip_prefix(folder.trim_end_matches('/'));
            below.is_some_and(|below| below.starts_with('/'))
        })
    }

    /// How a message names the document.
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.quote)
    }
}

/// A case: one that a reader finds, to be completed or corrected, or one that the
/// entry itself marks off.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "CaseTable")]
pub(super) struct CaseEntry {
    pub place: CasePlace,
    /// A title in place of the one that is printed, or where none is.
    pub title: Option<String>,
    /// The responsible bodies, where the text does not show them to the reader.
    pub org: Option<String>,
    /// The award year, where it is another than the document's.
    pub year: Option<u16>,
    /// How its headings begin. No other lines of it are headings then.
    pub sections: Option<Vec<String>>,
}

/// The keys of `[[document.case]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseTable {
    quote: Option<String>,
    start: Option<String>,
    end: Option<String>,
    title_lines: Option<usize>,
    title: Option<String>,
    org: Option<String>,
    year: Option<u16>,
    sections: Option<Vec<String>>,
}

impl TryFrom<CaseTable> for CaseEntry {
    type Error = &'static str;

    fn try_from(table: CaseTable) -> Result<Self, Self::Error> {
        let CaseTable {
            end, title_lines, ..
        } = table;
        let place = match (table.quote, table.start) {
            (Some(quote), None) if end.is_none() && title_lines.is_none() => {
                CasePlace::Quote(quote)
            }
            (None, Some(start)) => CasePlace::Lines {
                start,
                end,
                title_lines,
            },
            _ => return Err("a case needs a quote, or a start"),
        };
        Ok(Self {
            place,
            title: table.title,
            org: table.org,
            year: table.year,
            sections: table.sections,
        })
    }
}

/// Where a case is in its document.
#[derive(Clone, Debug)]
pub(super) enum CasePlace {
    /// A run of its text that occurs once in the document.
    Quote(String),
    /// Lines that the catalog marks off.
    Lines {
        /// How the case begins: the beginning of one line, or whole lines and the
        /// beginning of the one after them.
        start: String,
        /// How the first line after the case begins; else the next case ends it.
        end: Option<String>,
        /// How many lines its title has.
        title_lines: Option<usize>,
    },
}

/// An article of a newspaper's supplement.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ArticleEntry {
    /// How the first line of its headline begins, and no other line does.
    pub headline: String,
    /// The responsible body as the article prints it, where it is another than
    /// the first district of the text.
    pub org: Option<String>,
}

/// Other words for one, under which a search finds it as well.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SynonymEntry {
    pub word: String,
    /// Words for the same thing.
    #[serde(default)]
    pub others: Vec<String>,
    /// Words that are only offered where the word is nowhere.
    #[serde(default)]
    pub related: Vec<String>,
}

impl SynonymEntry {
    /// Adds its words to some that are near one another.
    pub fn add_to(&self, near: &mut NearWords) {
        for other in &self.others {
            near.add(&self.word, other, near::Kind::Same);
        }
        for other in &self.related {
            near.add(&self.word, other, near::Kind::Related);
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "document")]
    documents: Vec<DocumentEntry>,
    #[serde(default, rename = "org")]
    orgs: Vec<NameEntry>,
    #[serde(default, rename = "area")]
    areas: Vec<NameEntry>,
    #[serde(default, rename = "synonym")]
    synonyms: Vec<SynonymEntry>,
}

impl Catalog {
    /// The catalog that the binary carries, for the documents that it carries.
    pub fn embedded() -> Self {
        Self {
            is_built_in: true,
            ..Self::from_file(toml::from_str(EMBEDDED).expect("a test reads the embedded catalog"))
        }
    }

    /// A body by any name that is known of it, with all others.
    pub fn org(&self, name: &str) -> Org {
        self.names.org(name)
    }

    /// The district that a name is of, by itself or as its government's.
    pub fn area(&self, name: &str) -> Option<String> {
        self.names.area(name)
    }

    /// Whether a name is that of a district that the catalog lists.
    pub fn is_listed_area(&self, name: &str) -> bool {
        self.names.is_listed_area(name)
    }

    /// Reads a catalog. Every entry must speak of a document that is read with
    /// it. Its own tables of names are all it knows; see [`Self::for_folder`].
    ///
    /// # Errors
    ///
    /// One sentence for each mistake, with the line of the file.
    pub fn parse(toml: &str) -> Result<Self, Vec<Sentence>> {
        let file = toml::from_str(toml);
        let mistakes = mistakes::find(toml, file.as_ref().err());
        match file {
            Ok(file) if mistakes.is_empty() => Ok(Self::from_file(file)),
            _ => Err(mistakes),
        }
    }

    /// Returns the catalog applied to the documents of a folder. If `lenient`, some of them may
    /// be missing.
    pub fn of_folder(mut self, folder: &str, lenient: bool) -> Self {
        for entry in &mut self.documents {
            entry.folder = Some(folder.to_owned());
            entry.lenient = lenient;
        }
        self
    }

    /// Appends the entries of another catalog.
    pub fn append(&mut self, other: Self) {
        self.documents.extend(other.documents);
        self.names.append(other.names);
        self.synonyms.extend(other.synonyms);
    }

    /// Returns the catalog for some documents. The built-in catalog applies only if one of the
    /// built-in documents is among them, since it is about these and their city.
    pub fn for_documents(own: Option<Self>, documents: &[Document]) -> Self {
        let built_in = super::embedded();
        let mut pairs = documents
            .iter()
            .flat_map(|document| built_in.iter().map(move |known| (document, known)));
        if pairs.any(|(document, known)| is_copy(document, &known.text)) {
            return Self::beside_built_in(own);
        }
        own.unwrap_or_default()
    }

    /// Returns the catalog for a folder with built-in documents: its own, from the text of its
    /// `catalog.toml`, or else the built-in one without the entries for documents that are not
    /// in the folder. The built-in names of orgs and districts apply after the folder's own.
    ///
    /// # Errors
    ///
    /// As [`Self::parse`].
    pub fn for_folder(own: Option<&str>) -> Result<Self, Vec<Sentence>> {
        Ok(Self::beside_built_in(own.map(Self::parse).transpose()?))
    }

    fn beside_built_in(own: Option<Self>) -> Self {
        let embedded = Self::embedded();
        let Some(mut catalog) = own else {
            return Self {
                lenient: true,
                ..embedded
            };
        };
        catalog.names.append(embedded.names);
        catalog.is_built_in = true;
        catalog
    }

    fn from_file(file: File) -> Self {
        Self {
            documents: file.documents,
            names: Names::new(file.orgs, file.areas),
            synonyms: file.synonyms,
            lenient: false,
            is_built_in: false,
        }
    }
}

/// Whether a document has the lines of a text, whatever ends them.
fn is_copy(document: &Document, text: &str) -> bool {
    let line = |number| document.raw_line(number);
    let mut lines = (1..).zip(text.lines());
    lines.all(|(number, known)| line(number).trim_start_matches('\u{feff}') == known)
        && document.line_starts.len() == text.lines().count()
}
