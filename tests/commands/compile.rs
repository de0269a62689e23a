//! What is compiled reads back as the same cases.

mod generated;
mod selections;

use std::fs;
use std::path::Path;

use crate::program::anli;
use anli::case::CaseRef;
use anli::compile::{Layout, Order, Plan, compile};
use anli::corpus::Corpus;
use anli::paper::Form;
use anli::seeds::{self, catalog::Catalog};
use serde_json::Value;

fn seeds() -> Corpus {
    seeds::read(seeds::embedded(), &Catalog::embedded()).corpus
}

/// The cases of one document of the seeds.
fn of<'a>(corpus: &'a Corpus, document: &str) -> Vec<CaseRef<'a>> {
    let cases = corpus.iter().map(|(_, case)| case);
    cases
        .filter(|case| case.case.id.0.starts_with(document))
        .collect()
}

fn plan(layout: Layout) -> Plan {
    Plan {
        layout,
        order: Order::Fixed,
        title: "年度创新工作案例".to_owned(),
        cover: true,
        note: "本书收录评选出的案例，供各单位学习借鉴".to_owned(),
        contents: true,
        // Lines that look like those of cases.
        appendix: "评委名单\n1.张三（市审计局）\n2.李四（崂山区政府）\n市统计局\n一、评审办法"
            .to_owned(),
        picked: Vec::new(),
    }
}

/// What has to come back of a case: title, orgs, category, headings of the full text.
type Seen = (String, String, Value, Vec<Value>);

/// HTML runs white space together.
fn tidy(text: &str) -> String {
    let lines = text.split('\u{3000}').map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ")
    });
    lines.collect::<Vec<_>>().join("\u{3000}")
}

fn seen(case: &Value, layout: Layout) -> Seen {
    let text = |key: &str| tidy(case[key].as_str().unwrap_or_default());
    let orgs: Vec<String> = case["orgs"]
        .as_array()
        .cloned()
        .unwrap_or_default()
        .iter()
        .map(|org| org.as_str().unwrap_or_default().to_owned())
        .collect();
    let sections = case["sections"].as_array().cloned().unwrap_or_default();
    assert!(!orgs.concat().is_empty(), "{case}");
    let headings = sections
        .iter()
        .map(|section| section["heading"].clone())
        .filter(|_| layout == Layout::Full);
    (
        text("title"),
        orgs.join("、"),
        case["category"].clone(),
        headings.collect(),
    )
}

/// The cases that the program exports with these arguments. Formats are read by a
/// process of the program itself.
fn exported(arguments: &[&str]) -> Vec<Value> {
    let ran = anli(["export", "--format", "json"].iter().chain(arguments));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap_or_else(|why| panic!("{why}: {}", ran.stderr))
}

#[track_caller]
fn check(document: &str, count: usize, layout: Layout, form: Form) {
    let corpus = seeds();
    let cases = of(&corpus, document);
    assert_eq!(cases.len(), count);
    let ids: Vec<&str> = cases.iter().map(|case| case.case.id.0.as_str()).collect();
    let bytes = compile(&cases, &plan(layout)).write(form);
    reads_back(&bytes, &ids, layout, form);
}

/// A file reads back as the cases of the seeds with these ids.
#[track_caller]
fn reads_back(bytes: &[u8], ids: &[&str], layout: Layout, form: Form) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("2015_book.{}", form.name()));
    fs::write(&path, bytes).expect("it can be written");
    // Names of orgs and districts are an editor's knowledge.
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/catalog.toml");
    let catalog = fs::read_to_string(catalog).expect("the catalog is there");
    let names = catalog.find("[[org]]").map_or("", |at| &catalog[at..]);
    fs::write(folder.path().join("catalog.toml"), names).expect("it can be written");

    let folder = folder.path().to_str().expect("a plain name");
    // What a book has around its cases is in view as what belongs to no case.
    let mut back = exported(&["--seeds", folder]);
    back.retain(|case| case["completeness"] != "其他文字");
    let found: Vec<Seen> = back.iter().map(|case| seen(case, layout)).collect();
    let before = exported(ids);
    let mut expected: Vec<Seen> = before.iter().map(|case| seen(case, layout)).collect();
    let place = |name: &Value| {
        ["区市", "功能区", "部门"]
            .iter()
            .position(|known| name == known)
    };
    expected.sort_by_key(|(_, _, category, _)| place(category));
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected, "{form:?}");
    }
    assert_eq!(found.len(), ids.len(), "{form:?}");
}

/// A file that was compiled of cases, opened in LibreOffice 7.4 and saved as DOCX.
#[track_caller]
fn saved(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/commands/compile")
        .join(name);
    fs::read(path).expect("the file is there")
}

#[test]
fn a_docx_that_another_program_saved_reads_back() {
    let full = saved("full-saved-by-libreoffice.docx");
    reads_back(
        &full,
        &["003-8", "003-11", "003-15"],
        Layout::Full,
        Form::Docx,
    );
    let digest = saved("digest-saved-by-libreoffice.docx");
    let ids = ["000-1", "000-2", "000-20", "000-30"];
    reads_back(&digest, &ids, Layout::Digest, Form::Docx);
}

#[test]
fn full_texts_read_back_from_text() {
    check("003-", 33, Layout::Full, Form::Text);
}

#[test]
fn a_digest_reads_back_from_docx() {
    check("000-", 37, Layout::Digest, Form::Docx);
}

#[test]
fn the_same_cases_give_the_same_bytes() {
    let corpus = seeds();
    let cases = of(&corpus, "003-");
    for form in Form::ALL {
        let write = || compile(&cases, &plan(Layout::Full)).write(form);
        assert_eq!(write(), write());
    }
}

#[test]
fn a_docx_defines_its_headings_and_asks_nothing() {
    let corpus = seeds();
    let cases = of(&corpus, "003-");
    let bytes = compile(&cases, &plan(Layout::Full)).write(Form::Docx);
    let text = String::from_utf8_lossy(&bytes);
    for part in [
        "w:outlineLvl w:val=\"0\"",
        "w:outlineLvl w:val=\"1\"",
        "w:outlineLvl w:val=\"2\"",
        "w:eastAsia=\"方正小标宋简体\"",
        "w:linePitch=\"580\" w:charSpace=\"-848\"",
        "TOC \\o \"1-2\" \\h \\z",
        "w:pageBreakBefore",
    ] {
        assert!(text.contains(part), "{part}");
    }
    for part in ["updateFields", "dc:creator", "lastModifiedBy"] {
        assert!(!text.contains(part), "{part}");
    }
}

#[test]
fn an_abstract_is_the_paragraph_or_the_section_that_was_picked() {
    let digest = |part: &str| {
        let pick = format!("003-25={part}");
        anli([
            "compile",
            "003-25",
            "--layout",
            "digest",
            "--abstract",
            &pick,
        ])
    };
    let corpus = seeds();
    let case = corpus.get(corpus.find("003-25").expect("the seeds have it"));
    let paragraphs: Vec<String> = case
        .case
        .blocks
        .iter()
        .filter(|block| block.kind == anli::case::BlockKind::Paragraph)
        .map(|block| case.block_text(block).into_owned())
        .collect();
    let ran = digest("2");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains(&paragraphs[1]), "{}", ran.stdout);
    assert!(!ran.stdout.contains(&paragraphs[0]), "{}", ran.stdout);
    // A section by words of its heading, as one paragraph.
    let sections = case.sections();
    let heading = &sections[1].heading;
    let ran = digest(heading);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stdout.contains(&paragraphs[0]), "{}", ran.stdout);
    for wrong in ["999", "没有这一节"] {
        let ran = digest(wrong);
        assert!(
            ran.code == 2 && ran.stderr.contains(wrong),
            "{}",
            ran.stderr
        );
    }
    let ran = anli(["compile", "003-25", "--abstract", "000-1=1"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("000-1"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_numbers_of_a_compilation_count_its_cases_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("book.md");
    let book = path.to_str().expect("UTF-8");
    let made = anli([
        "compile",
        "003-8",
        "003-15",
        "003-11",
        "--cover",
        "--contents",
        "--title",
        "案例选编",
        "--output",
        book,
    ]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let told = anli(["stats", "--seeds", book, "--json"]).stdout;
    let stats: Value = serde_json::from_str(told.trim()).expect("JSON");
    assert_eq!(stats["cases"], 3);
    // The cover is the book's own text, which `list --all` has as well.
    let rows = |words: &[&str]| anli(words.iter().copied()).stdout.lines().count();
    assert_eq!(rows(&["list", "--seeds", book]), 3);
    assert!(rows(&["search", "--seeds", book, "案例选编"]) > 0);
}
