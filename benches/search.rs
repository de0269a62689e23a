//! What a search costs, against the size of the library: the seeds, then
//! libraries made of their pieces. A million titles stand for the largest
//! library that anyone may have, its text left on disk.
//!
//! The large ones take some gigabytes of memory and are left out unless asked
//! for: `ANLI_BENCH=large cargo bench --bench search`.

#[path = "support/generator.rs"]
mod generator;

use std::env;
use std::sync::{Arc, LazyLock};

use anli::corpus::Corpus;
use anli::search::field_values::FieldValues;
use anli::search::index::Index;
use anli::search::{Field, Marker, ReadableCodes};
use anli::seeds::{self, catalog::Catalog};
use anli::text::pinyin::{Options, Spellings};
use divan::Bencher;
use divan::counter::ItemsCount;
use generator::{Pieces, RARE_WORD};

/// Queries of every kind, as they stand when the last key has been pressed.
const QUERIES: [&str; 17] = [
    "创新",
    "审批",
    "海水稻",
    RARE_WORD.0,
    "的",
    "ditie",
    "chuangxin",
    RARE_WORD.1,
    "gxq",
    "d",
    "shi",
    "zh",
    "xian",
    "年:2017 创新",
    "创新 服务 平台",
    "五王大赛",
    "街长治",
];

static SEEDS: LazyLock<Arc<Corpus>> = LazyLock::new(|| {
    let library = seeds::read(seeds::embedded(), &Catalog::embedded());
    Arc::new(library.corpus)
});

static PIECES: LazyLock<Pieces> = LazyLock::new(|| Pieces::of(&SEEDS));

fn is_large() -> bool {
    env::var("ANLI_BENCH").is_ok_and(|which| which == "large")
}

fn main() {
    for (name, corpus) in libraries() {
        let cases = corpus.len();
        let texts = corpus.iter().map(|(_, case)| case.text().chars().count());
        let characters: usize = texts.sum();
        let index = Index::build(corpus);
        println!(
            "{name}: {characters} characters, {} bytes of index a case",
            index.bytes() / cases
        );
    }
    divan::main();
}

fn libraries() -> Vec<(&'static str, Arc<Corpus>)> {
    vec![
        ("seeds", Arc::clone(&SEEDS)),
        ("1,000 cases", Arc::new(PIECES.library(1_000))),
        ("10,000 cases", Arc::new(PIECES.library(10_000))),
    ]
}

fn build(bencher: Bencher<'_, '_>, corpus: Arc<Corpus>) {
    let count = ItemsCount::new(corpus.len());
    bencher
        .counter(count)
        .bench(|| Index::build(Arc::clone(&corpus)));
}

fn search(bencher: Bencher<'_, '_>, index: &Index, query: &str) {
    bencher.bench(|| index.search(query));
}

fn first_hits(bencher: Bencher<'_, '_>, index: &Index, query: &str) {
    let facts = FieldValues::default();
    bencher.bench(|| index.first_hits(query, &facts, &|| false));
}

/// The 94 cases of the seeds.
mod the_seeds {
    use super::*;

    static INDEX: LazyLock<Index> = LazyLock::new(|| Index::build(Arc::clone(&SEEDS)));

    #[divan::bench]
    fn build(bencher: Bencher<'_, '_>) {
        super::build(bencher, Arc::clone(&SEEDS));
    }

    #[divan::bench(args = QUERIES)]
    fn key(bencher: Bencher<'_, '_>, query: &str) {
        search(bencher, &INDEX, query);
    }

    #[divan::bench(args = [
        "lanjingdengta",
        "shishishishi",
        "gong zhuang mo gei yang",
        "不存在的词语",
        "海水稻 地铁",
    ])]
    fn nothing_found(bencher: Bencher<'_, '_>, query: &str) {
        search(bencher, &INDEX, query);
    }

    /// Marks in a page of about 8,000 characters.
    #[divan::bench(args = ["创新", "ditie", "gxq", "创新 服务 平台"])]
    fn marks(bencher: Bencher<'_, '_>, query: &str) {
        let marker = Marker::new(
            query,
            &Spellings::new(Options::default()),
            ReadableCodes::all(),
        );
        let longest = SEEDS.iter().max_by_key(|(_, case)| case.text().len());
        let (_, case) = longest.expect("the seeds have cases");
        let blocks: Vec<String> = case.text().lines().map(str::to_owned).collect();
        bencher.bench(|| {
            blocks
                .iter()
                .map(|block| marker.marks(Field::Text, block).len())
                .sum::<usize>()
        });
    }
}

mod cases_1k {
    use super::*;

    static INDEX: LazyLock<Index> = LazyLock::new(|| Index::build(Arc::new(PIECES.library(1_000))));

    #[divan::bench(args = QUERIES)]
    fn key(bencher: Bencher<'_, '_>, query: &str) {
        search(bencher, &INDEX, query);
    }
}

mod cases_10k {
    use super::*;

    static CORPUS: LazyLock<Arc<Corpus>> = LazyLock::new(|| Arc::new(PIECES.library(10_000)));
    static INDEX: LazyLock<Index> = LazyLock::new(|| Index::build(Arc::clone(&CORPUS)));

    #[divan::bench(sample_count = 10)]
    fn build(bencher: Bencher<'_, '_>) {
        super::build(bencher, Arc::clone(&CORPUS));
    }

    #[divan::bench(args = QUERIES)]
    fn key(bencher: Bencher<'_, '_>, query: &str) {
        search(bencher, &INDEX, query);
    }
}

mod cases_100k {
    use super::*;

    static CORPUS: LazyLock<Arc<Corpus>> = LazyLock::new(|| Arc::new(PIECES.library(100_000)));
    static INDEX: LazyLock<Index> = LazyLock::new(|| Index::build(Arc::clone(&CORPUS)));

    #[divan::bench(sample_count = 3, ignore = !is_large())]
    fn build(bencher: Bencher<'_, '_>) {
        super::build(bencher, Arc::clone(&CORPUS));
    }

    /// Titles, names and headings: what is on the screen first.
    #[divan::bench(args = QUERIES, ignore = !is_large())]
    fn first_hits(bencher: Bencher<'_, '_>, query: &str) {
        super::first_hits(bencher, &INDEX, query);
    }

    /// Everything.
    #[divan::bench(args = QUERIES, ignore = !is_large())]
    fn key(bencher: Bencher<'_, '_>, query: &str) {
        search(bencher, &INDEX, query);
    }
}

mod titles_1m {
    use super::*;

    static INDEX: LazyLock<Index> =
        LazyLock::new(|| Index::build(Arc::new(PIECES.titles(1_000_000))));

    #[divan::bench(args = QUERIES, ignore = !is_large())]
    fn first_hits(bencher: Bencher<'_, '_>, query: &str) {
        super::first_hits(bencher, &INDEX, query);
    }
}
