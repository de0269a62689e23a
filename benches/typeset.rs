//! The cost of setting a case of 8,000 characters, and of showing a screen of
//! it.

use std::borrow::Cow;

use anli::case::{
    Block, BlockKind, Case, CaseId, CaseRef, Completeness, Document, Lines, TextRange, Title,
};
use anli::text::CharSpan;
use anli::text::script::{Display, Script};
use anli::text::width::Ambiguous;
use anli::text::wrap::{Room, wrap};
use anli::typeset::{Front, Page, RawPage, Setting};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const COMPILATION: &str = include_str!("../seeds/003_e708e3f89c99b752.txt");

/// The first 8,000 characters of the compilation as one case, every line a
/// paragraph, or a heading where it is numbered as one.
fn sample() -> (Document, Case) {
    let mut chars = COMPILATION.char_indices();
    let end = chars.nth(8000).map_or(COMPILATION.len(), |(byte, _)| byte);
    let raw = &COMPILATION[..end];
    let mut line_starts = vec![0];
    line_starts.extend(raw.match_indices('\n').map(|(byte, _)| byte as u32 + 1));
    let lines = raw.lines().map(str::trim).filter(|line| !line.is_empty());
    let blocks = lines.map(|line| {
        let start = line.as_ptr() as usize - raw.as_ptr() as usize;
        let short = line.chars().count() < 30;
        let kind = match line.chars().nth(1) {
            Some('、') if short => BlockKind::Heading { level: 1 },
            _ if short && line.starts_with('（') => BlockKind::Heading { level: 2 },
            _ => BlockKind::Paragraph,
        };
        let range = TextRange::new(start, start + line.len());
        Block { kind, range }
    });
    let case = Case {
        id: CaseId("003-1".into()),
        key: None,
        document: 0,
        number: 1,
        lines: Lines {
            first: 1,
            last: line_starts.len() as u32,
            list: None,
        },
        year: Some(2017),
        category: None,
        group: None,
        area: None,
        completeness: Completeness::Full,
        title: Title::Editor("填补国内农业“保险+期货”空白".into()),
        orgs: Vec::new(),
        blocks: blocks.collect(),
    };
    let document = Document {
        name: "003.txt".into(),
        clean: Cow::Borrowed(raw),
        line_starts,
        cuts: Default::default(),
        about: Default::default(),
        claims: Vec::new(),
        ..Document::default()
    };
    (document, case)
}

const SETTING: Setting = Setting {
    columns: 76,
    ambiguous: Ambiguous::Narrow,
    script: Display::of(Script::Original),
    justify: false,
    roomy: false,
};

fn set(bencher: Bencher, setting: Setting) {
    let (document, case) = sample();
    let case = CaseRef {
        case: &case,
        document: &document,
    };
    let front = Front {
        byline: "平度市政府 · 2017 · 区市 · 全文".into(),
        source: "003_e708e3f89c99b752.txt 1–45 行".into(),
    };
    bencher.bench(|| Page::set(case, black_box(&front), &setting));
}

#[divan::bench(args = [38, 76, 80, 120])]
fn page(bencher: Bencher, columns: u16) {
    set(bencher, Setting { columns, ..SETTING });
}

#[divan::bench]
fn page_justified(bencher: Bencher) {
    set(
        bencher,
        Setting {
            justify: true,
            ..SETTING
        },
    );
}

#[divan::bench(args = [Script::Simplified, Script::Traditional])]
fn page_in_script(bencher: Bencher, script: Script) {
    set(
        bencher,
        Setting {
            script: script.into(),
            ..SETTING
        },
    );
}

/// All 40 rows of a screen with their marks: what a painter asks for.
#[divan::bench]
fn screen(bencher: Bencher) {
    let (document, case) = sample();
    let case = CaseRef {
        case: &case,
        document: &document,
    };
    let page = Page::set(case, &Front::default(), &SETTING);
    let spans: Vec<CharSpan> = (0..100).map(|n| CharSpan::new(n * 7, n * 7 + 2)).collect();
    bencher.bench(|| {
        let rows = 100..140;
        rows.map(|row| page.row_text(row).len() + page.row_spans(row, &spans).len())
            .sum::<usize>()
    });
}

#[divan::bench]
fn raw_page(bencher: Bencher) {
    let (document, _) = sample();
    let lines = 1..document.line_starts.len() as u32 + 1;
    bencher.bench(|| RawPage::set(&document, lines.clone(), &SETTING));
}

/// A hostile paragraph: a million letters without a space.
#[divan::bench]
fn one_long_word(bencher: Bencher) {
    let text = "a".repeat(1_000_000);
    bencher.bench(|| wrap(&text, Room::even(76), Ambiguous::Narrow).len());
}
