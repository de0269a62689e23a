//! All cases in reading order, and the documents they come from.

pub mod city;

use crate::case::{Case, CaseRef, Document};
use crate::text::near::NearWords;

/// The position of a case in reading order, from 0. Every floor names a case
/// by it while the program runs; what is kept or shown uses the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseIndex(pub u32);

/// Every document that was read and every case that was found in them.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    pub documents: Vec<Document>,
    /// In reading order: by document, then by order in the document.
    pub cases: Vec<Case>,
    /// What the built-in documents say outside of their cases, an entry for each that
    /// says something. They are no cases and are counted nowhere; their positions follow
    /// those of the cases. In other libraries such entries are among `cases`.
    pub rest: Vec<Case>,
    /// Absolute paths of the files and folders that it was read from; none for the
    /// built-in documents.
    pub roots: Vec<String>,
    /// Ids under which earlier versions kept what a reader made of a case.
    pub former: Vec<(String, CaseIndex)>,
    /// Words that mean the same, or are related.
    pub near: NearWords,
}

impl Corpus {
    /// How many cases there are.
    pub fn len(&self) -> usize {
        self.cases.len()
    }

    /// Whether there is no case at all.
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// The case at a position.
    ///
    /// # Panics
    ///
    /// If the index is not from this corpus.
    pub fn get(&self, index: CaseIndex) -> CaseRef<'_> {
        let at = index.0 as usize;
        let case = self
            .cases
            .get(at)
            .unwrap_or_else(|| &self.rest[at - self.cases.len()]);
        let document = &self.documents[case.document as usize];
        CaseRef { case, document }
    }

    /// The case, or the rest of a document, with an id.
    pub fn find(&self, id: &str) -> Option<CaseIndex> {
        let mut all = self.cases.iter().chain(&self.rest);
        let at = all.position(|case| case.id.0 == id)?;
        Some(CaseIndex(at as u32))
    }

    /// The case whose marks are kept under a name.
    pub fn find_key(&self, key: &str) -> Option<CaseIndex> {
        let mut all = self.cases.iter().chain(&self.rest);
        let at = all.position(|case| case.key() == key)?;
        Some(CaseIndex(at as u32))
    }

    /// All cases with their positions, in reading order.
    pub fn iter(&self) -> impl Iterator<Item = (CaseIndex, CaseRef<'_>)> {
        (0..self.cases.len() as u32).map(|i| (CaseIndex(i), self.get(CaseIndex(i))))
    }
}
