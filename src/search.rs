//! Finding cases: a query, an index built from the corpus, an order, and the marks that
//! show a reader why.
//!
//! ```text
//! text   --parse-->  Query         query.rs      terms as typed, and what is wrong with them
//! Query  --plan-->   Plan          plan.rs       the cases that match the fields; clauses
//! Clause             Pattern       pattern.rs    a word, compiled (nfa.rs): occurrences(text)
//!                    Folded        folded.rs     texts without marks; index.rs keeps them all
//! Plan   --filter--> bodies        filter.rs     which texts may contain a pattern (candidates.rs)
//!        --score-->  Scores        score.rs      the best occurrence of a clause in every case
//!        --else-->   Plan          fallback.rs   clauses rewritten: no marks, by sound, scattered
//! Scores --rank-->   order         rank.rs       engine.rs takes a query through all of this
//! Hit    --explain-> Match, Marker explain.rs    the same occurrences, as they are shown
//! nothing --------->  Suggestion   suggest.rs    the query's terms rewritten; worker.rs answers
//! ```

mod bigrams;
mod cache;
mod candidates;
mod clause;
mod engine;
mod explain;
mod fallback;
pub mod field_values;
mod filter;
mod folded;
pub mod index;
mod marker;
mod names;
mod nfa;
mod options;
mod pattern;
mod plan;
pub mod query;
mod rank;
mod scattered;
mod score;
mod suggest;
pub mod worker;

pub use marker::Marker;

use crate::corpus::CaseIndex;
use crate::text::CharSpan;
pub use crate::text::pinyin::ReadableCodes;

/// The part of a case in which a query was found, in order of rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Title,
    Org,
    Heading,
    Text,
}

/// How a case was found, in order of trust. Hits of a later tier rank below those of every earlier
/// one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// As typed after folding, or as spelled by the typed pinyin.
    Exact,
    /// As spelled by the typed pinyin: in running text, or anywhere by an unlikely reading.
    PinyinInText,
    /// 近义: by another word for the same thing.
    Near,
    /// 同音: by the sound of a Chinese word that occurs nowhere.
    Homophone,
    /// 近似: by characters scattered over a title or an org.
    Scattered,
    /// By a suggested query, which was run instead.
    Suggested,
}

/// One place in a case that a query matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    pub field: Field,
    /// Index of the block for [`Field::Heading`] and [`Field::Text`], of the org
    /// for [`Field::Org`], 0 for the title.
    pub part: u32,
    /// The matching characters of the part's text in the document's script. They are the whole text
    /// if a name that is not printed matches.
    pub spans: Vec<CharSpan>,
    /// The name by which the org was found, if it is not the printed one: an earlier, later or
    /// short name, or that of its area.
    pub name: Option<String>,
}

/// One case that a query finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub case: CaseIndex,
    pub tier: Tier,
    /// The best place of each word, best field first. Words in the same part share a match. Empty
    /// for the empty query, for a case found only by its award year or id, and for hits after the
    /// first [`Found::explained`]. [`index::Index::explain`] finds those on request.
    pub matches: Vec<Match>,
}

impl Hit {
    /// Returns the match to show first.
    pub fn best(&self) -> Option<&Match> {
        self.matches.first()
    }
}

/// The answer to a query.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The query as typed, which identifies an answer that comes late.
    pub query: String,
    /// Hits, best first; all cases in reading order for the empty query.
    pub hits: Vec<Hit>,
    /// Number of leading hits that have their matches; all of them if the query has no word that
    /// could match.
    pub explained: usize,
    /// Number of cases found; a first answer may have fewer hits.
    pub total: u32,
    /// Whether all text has been searched. A first answer, and one from an index that is still
    /// being built, may be followed by a fuller one.
    pub complete: bool,
    /// Marks the matches in text that is shown.
    pub marker: Marker,
    /// What is wrong with the query, and what would be right.
    pub notes: Vec<Note>,
    /// What to ask instead, if nothing was found. The first suggestion was run at once if it is
    /// sure.
    pub suggestions: Vec<Suggestion>,
}

impl Found {
    /// Returns the answer to the suggestion that was run at once.
    pub fn instead(&self) -> Option<&Self> {
        self.suggestions.first()?.answer.as_deref()
    }

    /// Removes and returns the answer to the suggestion that was run at once.
    pub fn take_instead(&mut self) -> Option<Self> {
        let answer = self.suggestions.first_mut()?.answer.take();
        answer.map(|answer| *answer)
    }
}

/// Matches that an answer did not contain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// The query as typed.
    pub query: String,
    /// Cases and their matches, as in [`Hit::matches`].
    pub cases: Vec<(CaseIndex, Vec<Match>)>,
}

/// A part of the query that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The characters of the query that the note is about.
    pub span: CharSpan,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A field name that does not exist, and the nearest one that does.
    UnknownField {
        name: String,
        nearest: Option<&'static str>,
    },
    /// A field without a value yet.
    EmptyField { name: String },
    /// A value that the field cannot take, and one that it can, in Chinese and in English.
    BadValue {
        field: query::Field,
        value: String,
        example: [String; 2],
    },
    /// A field without any value in this library, by its Chinese and English names. No case matches
    /// it until the reader assigns one.
    NoValueYet {
        chinese: &'static str,
        english: &'static str,
    },
    /// A field or an exclusion after a bar, where it is read as a word.
    NoWord,
    /// Syntax of other programs (OR, !, brackets), which is read as words here, and the correct
    /// query.
    OtherSyntax { typed: String, right: String },
    /// Latin letters that occur in no text and are not pinyin: the texts are Chinese.
    NotChinese { word: String },
    /// A quotation that is not closed yet.
    OpenQuote,
    /// Text after the first [`query::LONGEST`] characters.
    TooLong,
}

impl Problem {
    /// Whether the problem is only that the query is unfinished.
    pub fn is_unfinished(&self) -> bool {
        matches!(self, Self::EmptyField { .. } | Self::OpenQuote)
    }
}

/// A query that finds something, suggested for one that finds nothing.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub query: String,
    /// The part of the original query that was dropped; empty if a word was split or replaced.
    pub dropped: String,
    /// Number of cases that the query finds.
    pub count: u32,
    /// Whether this is surely what was meant: one letter was wrong, a related word occurs, empty
    /// words are dropped, or words are split or joined.
    pub is_sure: bool,
    /// Whether the suggestion keeps any part of the query. If not, it is only a way to go on.
    pub is_similar: bool,
    /// The answer, if the suggestion was run at once.
    pub answer: Option<Box<Found>>,
}
