//! The index in memory.

use std::sync::Arc;

use super::Found;
use crate::corpus::Corpus;

/// What a search reads: every text, folded, with what is needed to be fast.
#[derive(Debug)]
pub struct Index {
    corpus: Arc<Corpus>,
}

impl Index {
    /// Builds the index of a corpus.
    pub fn build(corpus: Arc<Corpus>) -> Self {
        Self { corpus }
    }

    /// Answers a query as typed.
    pub fn search(&self, query: &str) -> Found {
        let hits = self.corpus.iter().map(|(case, _)| super::Hit {
            case,
            group: super::Group::Exact,
            matches: Vec::new(),
        });
        Found {
            query: query.to_owned(),
            hits: hits.collect(),
            ..Found::default()
        }
    }
}
