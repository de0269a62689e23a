//! How long it takes from documents to their cases, and from a case to its first screen:
//! the embedded documents, and libraries and documents of four sizes. What is made of
//! them is counted in bytes a second, which has to stay the same from size to size.

use std::sync::Arc;

use anli::app::action::Action;
use anli::app::{App, Settings};
use anli::seeds::catalog::Catalog;
use anli::seeds::{Source, embedded, read};
use anli::text::clean;
use divan::Bencher;
use divan::counter::BytesCount;

/// Documents of a library.
const DOCUMENTS: [usize; 4] = [100, 1_000, 5_000, 20_000];

/// Cases of one document.
const CASES: [usize; 4] = [100, 1_000, 10_000, 50_000];

/// Megabytes of one document.
const MEGABYTES: [usize; 4] = [1, 4, 16, 64];

fn main() {
    divan::main();
}

/// All five documents; the catalog is at hand.
#[divan::bench]
fn read_the_five_documents(bencher: Bencher<'_, '_>) {
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
fn read_one_document(bencher: Bencher<'_, '_>, index: usize) {
    let catalog = Catalog::for_folder(None).expect("the embedded catalog is sound");
    let source = embedded().swap_remove(index);
    bencher
        .with_inputs(|| vec![source.clone()])
        .bench_values(|sources: Vec<Source>| read(sources, &catalog));
}

#[divan::bench(args = 0..5)]
fn find_the_noise_of_one_document(bencher: Bencher<'_, '_>, index: usize) {
    let source = embedded().swap_remove(index);
    bencher.bench(|| clean::find(divan::black_box(&source.text)));
}

/// The sentences of the embedded documents, over and over.
fn sentences() -> impl Iterator<Item = String> {
    let texts: Vec<String> = embedded()
        .iter()
        .flat_map(|source| source.text.split_inclusive('。'))
        .map(|text| text.split_whitespace().collect::<String>())
        .filter(|text| text.ends_with('。') && text.len() > 60)
        .collect();
    texts.into_iter().cycle()
}

/// Notices of some 1,900 characters.
fn notices(count: usize) -> Vec<Source> {
    let mut sentences = sentences();
    let notice = |number: usize| {
        let mut text =
            format!("关于做好第{number}项改革工作的通知\n示改发〔2020〕{number}号\n各区政府：\n");
        for _ in 0..8 {
            (0..3).for_each(|_| text.extend(sentences.next()));
            text.push('\n');
        }
        text += "示例市改革办公室\n2020年3月5日\n";
        Source::plain(format!("{number}.txt"), text)
    };
    (0..count).map(notice).collect()
}

/// One document with a digest of cases: their lists, then an abstract of each.
fn digest(cases: usize) -> Source {
    let mut sentences = sentences();
    let title = |number: usize| format!("推行第{number}项便民服务改革");
    let mut text = String::from("示例市2020年度政府系统创新工作案例\n各区市（");
    text += &format!("{cases}个）\n");
    for number in 1..=cases {
        text += &format!("{number}.{}(市教育局)\n", title(number));
    }
    for number in 1..=cases {
        text += &format!("{}\n(市教育局) ", title(number));
        (0..5).for_each(|_| text.extend(sentences.next()));
        text.push('\n');
    }
    Source::plain("digest.txt", text)
}

/// One document without cases, in paragraphs.
fn document(megabytes: usize) -> Source {
    let mut sentences = sentences();
    let mut text = String::from("示例市改革志\n");
    while text.len() < megabytes << 20 {
        (0..3).for_each(|_| text.extend(sentences.next()));
        text.push('\n');
    }
    Source::plain("long.txt", text)
}

fn bytes(sources: &[Source]) -> BytesCount {
    BytesCount::new(
        sources
            .iter()
            .map(|source| source.text.len())
            .sum::<usize>(),
    )
}

fn read_all(bencher: Bencher<'_, '_>, sources: &[Source]) {
    let catalog = Catalog::default();
    bencher
        .counter(bytes(sources))
        .with_inputs(|| sources.to_vec())
        .bench_values(|sources| read(sources, &catalog));
}

#[divan::bench(args = DOCUMENTS, sample_count = 5, sample_size = 1)]
fn read_a_library_of_notices(bencher: Bencher<'_, '_>, count: usize) {
    read_all(bencher, &notices(count));
}

#[divan::bench(args = CASES, sample_count = 5, sample_size = 1)]
fn read_a_digest(bencher: Bencher<'_, '_>, cases: usize) {
    read_all(bencher, &[digest(cases)]);
}

#[divan::bench(args = MEGABYTES, sample_count = 5, sample_size = 1)]
fn read_one_long_document(bencher: Bencher<'_, '_>, megabytes: usize) {
    read_all(bencher, &[document(megabytes)]);
}

/// From a document that is read to its first screen.
#[divan::bench(args = MEGABYTES, sample_count = 5, sample_size = 1)]
fn show_one_long_document(bencher: Bencher<'_, '_>, megabytes: usize) {
    let corpus = Arc::new(read(vec![document(megabytes)], &Catalog::default()).corpus);
    bencher.bench(|| {
        let mut app = App::new(Arc::clone(&corpus), Settings::default());
        app.update(Action::Fit {
            columns: 120,
            rows: 40,
        });
        app
    });
}

/// To the first screen of another width.
#[divan::bench(args = MEGABYTES, sample_count = 5, sample_size = 1)]
fn resize_one_long_document(bencher: Bencher<'_, '_>, megabytes: usize) {
    let corpus = Arc::new(read(vec![document(megabytes)], &Catalog::default()).corpus);
    let mut app = App::new(corpus, Settings::default());
    let fit = |app: &mut App, columns| {
        let fit = Action::Fit { columns, rows: 40 };
        app.update(fit);
    };
    fit(&mut app, 120);
    let mut columns = 80;
    bencher.bench_local(move || {
        // Never twice the same.
        columns = if columns == 80 { 60 } else { 80 };
        fit(&mut app, columns);
    });
}
