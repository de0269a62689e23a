//! How long it takes to work out what the cases say.

#[path = "support/generator.rs"]
#[expect(dead_code, reason = "other benches use the rest")]
mod generator;

use anli::corpus::{CaseIndex, Corpus};
use anli::related::Relations;
use anli::seeds::{self, catalog::Catalog};
use anli::{evidence, figures, lineage, stats};
use divan::Bencher;
use generator::Pieces;

fn main() {
    divan::main();
}

fn seeds() -> Corpus {
    seeds::read(seeds::embedded(), &Catalog::embedded()).corpus
}

#[divan::bench]
fn figures_of_the_seeds(bencher: Bencher<'_, '_>) {
    let corpus = seeds();
    bencher.bench(|| -> usize {
        let cases = corpus.iter().map(|(_, case)| figures::of_case(case).len());
        cases.sum()
    });
}

#[divan::bench]
fn evidence_of_the_seeds(bencher: Bencher<'_, '_>) {
    let corpus = seeds();
    bencher.bench(|| -> usize {
        let cases = corpus.iter().map(|(_, case)| evidence::of_case(case).len());
        cases.sum()
    });
}

#[divan::bench]
fn relations_of_the_seeds(bencher: Bencher<'_, '_>) {
    let corpus = seeds();
    bencher.bench(|| Relations::build(&corpus, &[]));
}

#[divan::bench]
fn related_cases_of_one(bencher: Bencher<'_, '_>) {
    let relations = Relations::build(&seeds(), &[]);
    bencher.bench(|| relations.of(divan::black_box(CaseIndex(12))));
}

#[divan::bench]
fn chains_of_the_seeds(bencher: Bencher<'_, '_>) {
    let corpus = seeds();
    let relations = Relations::build(&corpus, &[]);
    bencher.bench(|| lineage::chains(&corpus, &relations));
}

#[divan::bench]
fn counts_of_the_seeds(bencher: Bencher<'_, '_>) {
    let corpus = seeds();
    let all: Vec<CaseIndex> = corpus.iter().map(|(index, _)| index).collect();
    bencher.bench(|| stats::of(&corpus, &all, &[]));
}

/// Linear in the library.
#[divan::bench(args = [250, 500, 1_000, 2_000], sample_count = 10)]
fn relations_of_a_library(bencher: Bencher<'_, '_>, count: usize) {
    let library = Pieces::of(&seeds()).library(count);
    bencher.bench(|| Relations::build(&library, &[]));
}

/// Linear in the library.
#[divan::bench(args = [250, 500, 1_000, 2_000], sample_count = 10)]
fn related_cases_in_a_library(bencher: Bencher<'_, '_>, count: usize) {
    let relations = Relations::build(&Pieces::of(&seeds()).library(count), &[]);
    bencher.bench(|| relations.of(divan::black_box(CaseIndex(12))));
}
