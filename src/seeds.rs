//! From documents to cases.
//!
//! A reader is chosen by what a document looks like, never by its name. It does
//! not fail: it returns cases and warnings.

pub mod catalog;

use std::borrow::Cow;

use crate::corpus::Corpus;
use catalog::Catalog;

/// A document as it was given: file name and decoded text.
#[derive(Clone, Debug)]
pub struct Source {
    pub name: String,
    pub text: Cow<'static, str>,
}

/// Something in a document that a reader could not make sense of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// File name of the document.
    pub document: String,
    /// Line in it, from 1.
    pub line: u32,
    /// What was met and what was made of it.
    pub message: String,
}

/// What the documents and the catalog yield.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub corpus: Corpus,
    pub warnings: Vec<Warning>,
    /// Entries of the catalog that match nothing, or more than once; one
    /// sentence each, naming the entry.
    pub errors: Vec<String>,
}

/// The five documents that the binary carries.
pub fn embedded() -> Vec<Source> {
    Vec::new()
}

/// Reads every document, in the order given.
pub fn read(_sources: Vec<Source>, _catalog: &Catalog) -> Library {
    Library::default()
}
