//! A small library for tests, written as text.

use std::borrow::Cow;

use anli::case::{
    Block, BlockKind, Case, CaseId, Category, Completeness, Document, Lines, Org, TextRange, Title,
};
use anli::corpus::Corpus;

/// Reads cases from a text. A line `== 2015 区市 即墨区 | 即墨市政府=即墨区政府 | title`
/// begins a case: year, category, area (or `-`); orgs parted by 、, each with its
/// canonical name behind `=` where that differs; title lines parted by U+3000.
/// A line `# heading` is a heading, any other a paragraph.
pub fn corpus(text: &str) -> Corpus {
    let mut printed = String::new();
    let mut cases: Vec<Case> = Vec::new();
    let mut print = |text: &str| {
        let start = printed.len();
        printed.push_str(text);
        printed.push('\n');
        TextRange::new(start, start + text.len())
    };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(head) = line.strip_prefix("== ") {
            cases.push(case(head, cases.len() as u32 + 1, &mut print));
            continue;
        }
        let (kind, text) = match line.strip_prefix("# ") {
            Some(heading) => (BlockKind::Heading { level: 1 }, heading),
            None => (BlockKind::Paragraph, line),
        };
        let range = print(text);
        let case = cases.last_mut().expect("a case begins with its head");
        case.blocks.push(Block { kind, range });
    }
    let document = Document {
        name: "900.txt".to_owned(),
        clean: Cow::Owned(printed),
        line_starts: vec![0],
        cuts: Default::default(),
        about: Default::default(),
        claims: Vec::new(),
        ..Document::default()
    };
    Corpus {
        documents: vec![document],
        cases,
        ..Corpus::default()
    }
}

fn case(head: &str, number: u32, print: &mut impl FnMut(&str) -> TextRange) -> Case {
    let mut parts = head.split(" | ");
    let mut next = || parts.next().expect("a head has three parts");
    let facts: Vec<&str> = next().split_whitespace().collect();
    let orgs = next()
        .split('、')
        .map(|org| {
            let (printed, canonical) = org.split_once('=').unwrap_or((org, org));
            Org {
                printed: printed.to_owned(),
                canonical: canonical.to_owned(),
                others: Vec::new(),
            }
        })
        .collect();
    let title = next().split('\u{3000}').map(print).collect();
    let categories = [Category::District, Category::Zone, Category::Department];
    Case {
        id: CaseId(format!("900-{number}")),
        key: None,
        document: 0,
        number,
        lines: Lines {
            first: 1,
            last: 1,
            list: None,
        },
        year: facts[0].parse().ok(),
        category: categories
            .into_iter()
            .find(|category| category.name() == facts[1]),
        group: None,
        area: (facts[2] != "-").then(|| facts[2].to_owned()),
        completeness: Completeness::Full,
        title: Title::Printed(title),
        orgs,
        blocks: Vec::new(),
    }
}
