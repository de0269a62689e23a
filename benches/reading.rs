//! How long it takes from the embedded documents to their cases.

use anli::seeds::catalog::Catalog;
use anli::seeds::{Source, embedded, read};
use anli::text::clean;

fn main() {
    divan::main();
}

/// All five documents; the catalog is at hand.
#[divan::bench]
fn read_the_five_documents(bencher: divan::Bencher<'_, '_>) {
    let catalog = Catalog::embedded();
    bencher
        .with_inputs(embedded)
        .bench_values(|sources| read(sources, &catalog));
}

/// The same from a cold start: the catalog is parsed as well.
#[divan::bench]
fn parse_the_catalog() -> Catalog {
    Catalog::embedded()
}

#[divan::bench(args = 0..5)]
fn read_one_document(bencher: divan::Bencher<'_, '_>, index: usize) {
    let catalog = Catalog::for_folder(None).expect("the embedded catalog is sound");
    let source = embedded().swap_remove(index);
    bencher
        .with_inputs(|| vec![source.clone()])
        .bench_values(|sources: Vec<Source>| read(sources, &catalog));
}

#[divan::bench(args = 0..5)]
fn find_the_noise_of_one_document(bencher: divan::Bencher<'_, '_>, index: usize) {
    let source = embedded().swap_remove(index);
    bencher.bench(|| clean::find(divan::black_box(&source.text)));
}
