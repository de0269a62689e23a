//! Setting: any case becomes rows, and every place in it is found again at any
//! measure, in any script and in the document's own lines.

use anli::case::{
    About, Block, BlockKind, Case, CaseId, CaseRef, Completeness, Document, Lines, TextRange, Title,
};
use anli::text::clean;
use anli::text::script::Script;
use anli::text::width::{self, Ambiguous};
use anli::typeset::{Anchor, Front, Page, Part, RawPage, RowRole, Setting};

pub fn check(data: &[u8]) {
    let (columns, data) = super::choice(data);
    let (kinds, data) = super::choice(data);
    let document = document(&super::text_of(data));
    let Some(case) = case_of(&document, kinds) else {
        return;
    };
    let case = CaseRef {
        case: &case,
        document: &document,
    };
    let setting = Setting {
        columns: columns.into(),
        ambiguous: if kinds & 64 == 0 {
            Ambiguous::Narrow
        } else {
            Ambiguous::Wide
        },
        script: Script::Original.into(),
        justify: kinds & 128 != 0,
        roomy: false,
    };
    let page = set(case, &setting);
    check_rows(&page);
    check_places(case, &page);
    let scripts = [Script::Simplified, Script::Traditional];
    for (columns, script) in [1, 80].into_iter().zip(scripts) {
        let other = set(
            case,
            &Setting {
                columns,
                script: script.into(),
                ..setting
            },
        );
        check_rows(&other);
        check_same_places(&page, &other);
    }
}

fn set(case: CaseRef<'_>, setting: &Setting) -> Page {
    let front = Front {
        byline: "市南区政府 · 2017".to_owned(),
        source: String::new(),
    };
    Page::set(case, &front, setting)
}

fn document(raw: &str) -> Document {
    let cuts = clean::find(raw);
    let (clean, noise) = cuts.apply(raw.to_owned().into());
    Document {
        name: "001.txt".to_owned(),
        line_starts: clean::line_starts(raw),
        clean,
        noise,
        cuts,
        about: About::default(),
        claims: Vec::new(),
        ..Document::default()
    }
}

/// A case whose every line is a block; `kinds` says of which kind, whether the
/// first one is a title, and how many lines belong together.
fn case_of(document: &Document, kinds: u8) -> Option<Case> {
    let text = document.text();
    let mut ranges = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        let end = start + line.trim().len();
        if start < end {
            ranges.push(TextRange::new(start, end));
        }
        at += line.len();
    }
    let line_of = |range: Option<&TextRange>| Some(document.line_of(range?.start as usize));
    let lines = Lines {
        first: line_of(ranges.first())?,
        last: line_of(ranges.last())?,
        list: None,
    };
    let title = match kinds & 1 {
        0 => Title::Editor("推进服务改革".to_owned()),
        _ => Title::Printed(vec![ranges.remove(0)]),
    };
    let together = 1 + usize::from(kinds >> 1 & 1);
    let blocks = ranges
        .chunks(together)
        .enumerate()
        .map(|(at, lines)| Block {
            kind: match (at + usize::from(kinds >> 2)) % 6 {
                5 => BlockKind::Caption,
                0 => BlockKind::Paragraph,
                level => BlockKind::Heading { level: level as u8 },
            },
            range: TextRange {
                start: lines[0].start,
                end: lines[lines.len() - 1].end,
            },
        });
    Some(Case {
        id: CaseId("001-1".to_owned()),
        key: None,
        document: 0,
        number: 1,
        lines,
        year: None,
        category: None,
        group: None,
        area: None,
        completeness: Completeness::Full,
        title,
        orgs: Vec::new(),
        blocks: blocks.collect(),
    })
}

fn check_rows(page: &Page) {
    let Setting {
        columns, ambiguous, ..
    } = page.setting();
    for (at, row) in page.rows().iter().enumerate() {
        let text = page.row_text(at);
        let gaps: u16 = page.row_gaps(at).iter().map(|gap| gap.columns).sum();
        let used = row.indent + width::of_str(text, ambiguous) + gaps;
        let lone = width::clusters(text, ambiguous)
            .filter(|cluster| cluster.columns > 0)
            .count()
            <= 1;
        assert!(used <= columns || lone, "{text:?} in {columns} columns");
        for gap in page.row_gaps(at) {
            assert!(text.is_char_boundary(gap.byte) && gap.byte < text.len());
        }
        let anchor = page.anchor_at(at);
        let blank = row.role == RowRole::Blank;
        assert_eq!(page.row_of(anchor), at + usize::from(blank));
        let block = &page.blocks()[row.block as usize];
        assert!((anchor.char as usize) < block.text.chars().count());
    }
    for (at, section) in page.sections().iter().enumerate() {
        assert_eq!(page.section_at(section.row), Some(at));
        assert!(matches!(page.rows()[section.row].role, RowRole::Heading(_)));
    }
}

/// The document's own lines show the same characters, and lead back.
fn check_places(case: CaseRef<'_>, page: &Page) {
    let document = case.document;
    let last = document.line_starts.len() as u32;
    let raw = RawPage::set(document, 1..last + 1, &page.setting());
    for at in 0..page.rows().len() {
        let anchor = page.anchor_at(at);
        let block = &page.blocks()[anchor.block as usize];
        let printed = match block.part {
            Part::Title(_) => case.title_printed(),
            Part::Text(_) => true,
            Part::Byline | Part::Source => false,
        };
        let place = page.raw_anchor(case, anchor);
        assert!((1..=last).contains(&place.line));
        let row = raw.rows()[raw.row_of(place)];
        assert!((row.line, row.char) <= (place.line, place.char));
        if printed {
            let shown = block.text.chars().nth(anchor.char as usize);
            let line = document.raw_line(place.line);
            let joint = shown == Some('\u{3000}');
            assert!(
                joint || line.chars().nth(place.char as usize) == shown,
                "{place:?} of {line:?}"
            );
            assert!(
                joint || page.anchor_of_raw(case, place) == anchor,
                "{anchor:?} by {place:?}"
            );
        }
    }
    for at in 0..raw.rows().len() {
        let back = page.anchor_of_raw(case, raw.anchor_at(at));
        assert!(page.blocks().len() > back.block as usize);
        check_around(&raw, at);
        let denied = super::without_joined(raw.row_text(at))
            .chars()
            .find(|&c| anli::text::gate::denied(c) || c == '\t');
        assert_eq!(denied, None);
    }
}

/// What is near a row has the row in it, where it says.
fn check_around(raw: &RawPage, at: usize) {
    let row = raw.rows()[at];
    let [(line, first, text)] = raw.around(at..at + 1)[..] else {
        panic!("a row is of one line");
    };
    assert!(line == row.line && first <= row.char);
    let mut chars = text.chars();
    if row.char > first {
        chars.nth((row.char - first) as usize - 1);
    }
    assert!(chars.as_str().starts_with(raw.row_text(at)));
}

/// What stands at the top of one page stands in the top row of the other.
fn check_same_places(one: &Page, other: &Page) {
    assert_eq!(one.blocks().len(), other.blocks().len());
    for at in 0..one.rows().len() {
        let anchor = one.anchor_at(at);
        let top = other.row_of(anchor);
        let (shown, next) = (other.anchor_at(top), other.anchor_at(top + 1));
        assert!(shown <= anchor);
        assert!(
            anchor < next || top + 1 == other.rows().len(),
            "{anchor:?} in row {top}"
        );
    }
    assert_eq!(
        other.row_of(Anchor {
            block: u32::MAX,
            char: 0
        }),
        other.rows().len() - 1
    );
}
