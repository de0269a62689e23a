//! Compilations of what is in the seeds and in other documents: each document alone, all
//! of them, any selection, in both layouts, read back from every form.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anli::case::{BlockKind, CaseRef, Category, Completeness};
use anli::compile::{Layout, Order, Plan, compile};
use anli::corpus::Corpus;
use anli::formats;
use anli::paper::Form;
use anli::seeds::{self, Source, catalog::Catalog};
use proptest::prelude::*;
use proptest::sample::subsequence;

const LAYOUTS: [Layout; 2] = [Layout::Digest, Layout::Full];

/// The cases of the seeds, and of documents of other places.
static LIBRARY: LazyLock<Corpus> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let files = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    let mut sources = seeds::embedded();
    sources.extend(paths.iter().map(|path| {
        let name = path.file_name().expect("a name").to_string_lossy();
        let bytes = fs::read(path).expect("it can be read");
        let text = formats::read(&name, bytes, None).expect("it is a text");
        Source::of(name, text)
    }));
    seeds::read(sources, &Catalog::embedded()).corpus
});

/// What is a case, in the order of the library.
fn cases() -> Vec<CaseRef<'static>> {
    let cases = LIBRARY.iter().map(|(_, case)| case);
    cases
        .filter(|case| case.case.completeness != Completeness::Rest)
        .collect()
}

fn plan(layout: Layout, [cover, note, contents, appendix]: [bool; 4]) -> Plan {
    let text = |is_there: bool, text: &str| if is_there { text } else { "" }.to_owned();
    Plan {
        layout,
        order: Order::Fixed,
        title: "年度创新工作案例".to_owned(),
        cover,
        note: text(
            note,
            "本书收录评选出的案例，供各单位学习借鉴。\n市政府研究室",
        ),
        contents,
        appendix: text(
            appendix,
            "评委名单\n1.张三（市审计局）\n市统计局\n一、评审办法\n二、功能区创新工作案例",
        ),
        picked: Vec::new(),
    }
}

/// What has to come back: title, orgs, category, headings with their levels, and the
/// text; of a digest no headings and one paragraph.
type Seen = (String, String, Option<Category>, Vec<(u8, String)>, String);

/// NO-BREAK SPACE is a space in a page, and no text begins or ends with white space.
fn tidy(text: &str) -> String {
    text.replace(['\u{a0}', '\t'], " ").trim().to_owned()
}

fn seen(case: CaseRef<'_>, layout: Layout) -> Seen {
    let blocks = || case.case.blocks.iter().filter(|block| block.is_text());
    let text = |block| tidy(&case.block_text(block));
    let (headings, text) = match layout {
        Layout::Full => {
            let sections = case.sections().into_iter();
            let headings = sections.map(|section| (section.level, tidy(&section.heading)));
            (headings.collect(), blocks().map(text).collect())
        }
        Layout::Digest => {
            let is_told = |kind: fn(&BlockKind) -> bool| blocks().find(|block| kind(&block.kind));
            let told = is_told(|kind| *kind == BlockKind::Paragraph)
                .or_else(|| is_told(|kind| !matches!(kind, BlockKind::Heading { .. })));
            (Vec::new(), told.map(text).unwrap_or_default())
        }
    };
    // Where a heading ran into its paragraph a mark or a space parted them.
    let text = text.replace(['。', '：', ' ', '\u{3000}'], "");
    let title: Vec<String> = case.title().split('\u{3000}').map(tidy).collect();
    (
        title.join("\u{3000}"),
        case.orgs(),
        case.case.category,
        headings,
        text,
    )
}

#[track_caller]
fn reads_back(cases: &[CaseRef<'_>], plan: &Plan, form: Form) {
    let place = |case: &&CaseRef<'_>| {
        let category = case.case.category;
        let place = Category::ALL.iter().position(|own| Some(*own) == category);
        place.unwrap_or(Category::ALL.len())
    };
    let mut sorted: Vec<&CaseRef<'_>> = cases.iter().collect();
    sorted.sort_by_key(place);
    let name = format!("book.{}", form.name());
    let bytes = compile(cases, plan).write(form);
    let text = formats::read(&name, bytes, None).expect("it is readable");
    let library = seeds::read(vec![Source::of(name, text)], &Catalog::default());
    let found: Vec<CaseRef<'_>> = library
        .corpus
        .iter()
        .map(|(_, case)| case)
        .filter(|case| case.case.completeness != Completeness::Rest)
        .collect();
    for (found, expected) in found.iter().zip(&sorted) {
        assert_eq!(
            seen(*found, plan.layout),
            seen(**expected, plan.layout),
            "{} {form:?} {:?}",
            expected.case.id.0,
            plan.layout
        );
    }
    assert_eq!(found.len(), cases.len(), "{form:?} {:?}", plan.layout);
}

#[test]
fn every_document_alone_and_all_of_them_read_back() {
    let cases = cases();
    let seeds = cases.iter().filter(|case| case.case.document < 5).count();
    assert_eq!(seeds, 94);
    let mut selections: Vec<Vec<CaseRef<'_>>> = vec![cases.clone(), cases[..seeds].to_vec()];
    let documents = LIBRARY.documents.len() as u32;
    selections.extend((0..documents).map(|document| {
        let own = cases.iter().filter(|case| case.case.document == document);
        own.copied().collect()
    }));
    selections.retain(|cases| !cases.is_empty());
    assert!(selections.len() > 20);
    for (at, cases) in selections.iter().enumerate() {
        for layout in LAYOUTS {
            for form in Form::ALL {
                let parts = std::array::from_fn(|part| (at + part) % 3 == 0);
                reads_back(cases, &plan(layout, parts), form);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_selection_reads_back(
        places in subsequence((0..cases().len()).collect::<Vec<_>>(), 1..12).prop_shuffle(),
        parts in any::<[bool; 4]>(),
    ) {
        let all = cases();
        let cases: Vec<CaseRef<'_>> = places.iter().map(|&at| all[at]).collect();
        for layout in LAYOUTS {
            for form in Form::ALL {
                reads_back(&cases, &plan(layout, parts), form);
            }
        }
    }
}
