//! Finding cases: a query, an index built from the corpus, an order, and the marks that
//! show a reader why.
//!
//! ```text
//! text   --parse-->  Query         query.rs      terms as typed, and what is wrong with them
//! Query  --plan-->   Plan          plan.rs       the cases that fields leave; clauses of patterns
//! Clause             Pattern       pattern.rs    a word, compiled (nfa.rs): occurrences(text)
//!                    Folded        folded.rs     texts without marks; index.rs keeps them all
//! Plan   --filter--> bodies        filter.rs     which texts may hold a pattern (candidates.rs)
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

/// Where in a case a query was found, in order of rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Title,
    Org,
    Heading,
    Text,
}

/// How it was found, in order of trust. A later group is reached for only when
/// it adds something, and stands below every earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// As typed, folded; or as pinyin of what was typed.
    Exact,
    /// As pinyin of what was typed, in running text alone.
    PinyinInText,
    /// 近义: by another word for the same thing.
    Near,
    /// 同音: by the sound of a Han word that stands nowhere.
    Homophone,
    /// 近似: scattered characters in a title or an org.
    Scattered,
    /// By another query, which was asked instead.
    Suggested,
}

/// One place in a case that a query matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    pub field: Field,
    /// Index of the block for [`Field::Heading`] and [`Field::Text`], of the org
    /// for [`Field::Org`], 0 for the title.
    pub part: u32,
    /// The characters that match, in the part's text in the document's script; all
    /// of it where another name than the printed one does.
    pub spans: Vec<CharSpan>,
    /// The name by which the org was found, where that is not the printed one: an
    /// earlier or a later name, a short one, that of its area.
    pub name: Option<String>,
}

/// One case that a query finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub case: CaseIndex,
    pub tier: Tier,
    /// The best place of each word, best field first; words that stand in the
    /// same part share a match. Empty for the empty query, where the award year
    /// or the id alone answers, and behind the first [`Found::explained`] hits:
    /// [`index::Index::explain`] finds theirs when somebody wants to see them.
    pub matches: Vec<Match>,
}

impl Hit {
    /// The place to show first.
    pub fn best(&self) -> Option<&Match> {
        self.matches.first()
    }
}

/// The answer to a query.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The question, as typed, so that a late answer is known from the
    /// newest one.
    pub query: String,
    /// Best first; all cases in reading order for the empty query.
    pub hits: Vec<Hit>,
    /// How many hits, from the first on, came with their matches; all of them
    /// where the query has no word that could match.
    pub explained: usize,
    /// How many cases were found; more than there are hits in a first answer.
    pub total: u32,
    /// Whether all text has been looked at. A first answer, and one from an
    /// index that is still being built, may be followed by a fuller one.
    pub complete: bool,
    /// Marks text that is shown.
    pub marker: Marker,
    /// What was wrong with the query and what would be right.
    pub notes: Vec<Note>,
    /// What to ask instead, when nothing was found; the first one, where it is sure, was
    /// asked at once.
    pub suggestions: Vec<Suggestion>,
}

impl Found {
    /// What was asked instead at once, and its answer.
    pub fn instead(&self) -> Option<&Self> {
        self.suggestions.first()?.answer.as_deref()
    }

    /// Takes out what was asked instead at once, and its answer.
    pub fn take_instead(&mut self) -> Option<Self> {
        let answer = self.suggestions.first_mut()?.answer.take();
        answer.map(|answer| *answer)
    }
}

/// What an answer left out: the matches of some of its hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// The question, as typed.
    pub query: String,
    /// Cases and their matches, as [`Hit::matches`] has them.
    pub cases: Vec<(CaseIndex, Vec<Match>)>,
}

/// A part of the query that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The characters of the query it speaks of.
    pub span: CharSpan,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A field that is no field; the nearest name that is one.
    UnknownField {
        name: String,
        nearest: Option<&'static str>,
    },
    /// A field without a value yet.
    EmptyField { name: String },
    /// A value that the field cannot have; one that it can, in Chinese and in English.
    BadValue {
        field: query::Field,
        value: String,
        example: [String; 2],
    },
    /// A field without any value in this library, by its names in Chinese and
    /// English: no case can meet it until the reader gives one.
    NoValueYet {
        chinese: &'static str,
        english: &'static str,
    },
    /// A field or an exclusion behind a bar, where words stand: it is taken for one.
    NoWord,
    /// A mark of other programs (OR, !, brackets), which is a word here; what is right.
    OtherSyntax { typed: String, right: String },
    /// Latin letters that are neither in the texts nor pinyin: the texts are Chinese.
    NotChinese { word: String },
    /// A quotation that is not closed yet.
    OpenQuote,
    /// What is behind the first [`query::LONGEST`] characters.
    TooLong,
}

impl Problem {
    /// Whether it is one only as long as the reader has not typed on.
    pub fn is_unfinished(&self) -> bool {
        matches!(self, Self::EmptyField { .. } | Self::OpenQuote)
    }
}

/// A query that finds something where the one asked finds nothing.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub query: String,
    /// What was left out of the query asked; nothing where a word was parted or replaced.
    pub dropped: String,
    /// How many cases it finds.
    pub count: u32,
    /// Whether it is surely what was meant: one letter was wrong, empty words are left
    /// out, words are parted or joined.
    pub is_sure: bool,
    /// Whether it has anything of the query asked; one that has not only leads on.
    pub is_similar: bool,
    /// Its answer, if it was asked at once.
    pub answer: Option<Box<Found>>,
}
