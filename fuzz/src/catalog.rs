//! The editor's catalog: any text is a catalog or a list of mistakes, and with
//! any catalog documents are read as soundly as without.

use anli::seeds::catalog::Catalog;
use anli::seeds::{self, Source};

/// A small document with what catalogs speak of: quotes, headlines, bodies.
const DOCUMENT: &str = include_str!("../seeds/reader/supplement.txt");

pub fn check(data: &[u8]) {
    let text = super::text_of(data);
    for catalog in [Catalog::parse(&text), Catalog::for_folder(Some(&text))] {
        match catalog {
            Ok(catalog) => read_with(&catalog),
            Err(mistakes) => {
                assert!(!mistakes.is_empty());
                assert!(mistakes.iter().all(|mistake| !mistake.is_empty()));
            }
        }
    }
}

fn read_with(catalog: &Catalog) {
    let source = Source::plain("001.txt", DOCUMENT);
    let library = seeds::read(vec![source], catalog);
    super::reader::check_library(&library, DOCUMENT);
    for error in &library.errors {
        assert!(error.starts_with("catalog: "), "{error}");
    }
}
