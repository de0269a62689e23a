//! Cases that are too long to be set as a whole.

use anli::typeset::{Anchor, Front, Page, RawAnchor, RawPage};

use super::{Line, SETTING, Sample, at};

/// Paragraphs with a heading before every tenth, all of them told apart.
fn long() -> Sample {
    let texts: Vec<(bool, String)> = (0..6000)
        .map(|at| match at % 10 {
            0 => (true, format!("第{at}节的标题")),
            _ => (
                false,
                format!(
                    "第{at}段，{}。",
                    "湖心区推行错时共享停车".repeat(at % 5 + 1)
                ),
            ),
        })
        .collect();
    let lines: Vec<(Line, &str)> = texts
        .iter()
        .map(|(is_heading, text)| {
            let kind = if *is_heading {
                Line::Heading(1)
            } else {
                Line::Paragraph
            };
            (kind, text.as_str())
        })
        .collect();
    Sample::new(&lines)
}

/// One paragraph of a megabyte, whose sentences are told apart.
fn endless() -> Sample {
    let text: String = (0..12_000)
        .map(|at| format!("第{at}句写明车位向居民开放的时间和价格。"))
        .collect();
    Sample::new(&[(Line::Paragraph, &text)])
}

/// What identifies a row: its block, its bytes there, its first character, its indent.
fn rows(page: &Page) -> Vec<(u32, u32, u32, u32, u16)> {
    let rows = page.rows().iter();
    rows.map(|row| (row.block, row.start, row.end, row.char, row.indent))
        .collect()
}

#[test]
fn the_part_of_a_long_case_that_is_set_is_as_it_is_in_the_whole() {
    for sample in [long(), endless()] {
        let whole = Page::set(sample.case(), &Front::default(), &SETTING);
        let all = rows(&whole);
        let last = whole.blocks().len() as u32 - 1;
        let chars = whole.blocks()[last as usize].text.chars().count() as u32;
        let places = [
            (0, 0),
            (last / 2, chars / 2),
            (last, chars - 1),
            (u32::MAX, 0),
        ];
        for (block, char) in places {
            let place = Anchor { block, char };
            let part = Page::set_near(sample.case(), &Front::default(), &SETTING, place);
            assert!(part.covers(place), "{place:?}");
            assert_eq!(part.blocks(), whole.blocks());
            let set = rows(&part);
            assert!(set.len() < all.len() / 2, "{} of {}", set.len(), all.len());
            // A part begins without the empty row before a heading.
            let first = all
                .iter()
                .position(|row| *row == set[0])
                .expect("its first row is one of the whole");
            assert_eq!(set, all[first..first + set.len()], "{place:?}");
            let found = part.anchor_at(part.row_of(place));
            assert_eq!(found, whole.anchor_at(whole.row_of(place)));
            let (before, inside, behind) = part.extent();
            let bytes: usize = whole.blocks().iter().map(|block| block.text.len()).sum();
            assert_eq!(before + inside + behind, bytes);
            assert_eq!(part.goes_on(), (before > 0, behind > 0));
        }
    }
}

#[test]
fn sections_of_a_long_case_are_found_from_every_part_of_it() {
    let sample = long();
    let whole = Page::set(sample.case(), &Front::default(), &SETTING);
    for block in [0, 5, 3000, 3009, 5990, 5999] {
        let place = Anchor { block, char: 0 };
        let part = Page::set_near(sample.case(), &Front::default(), &SETTING, place);
        let here = part.section_at(part.row_of(place));
        assert_eq!(here, whole.section_at(whole.row_of(place)), "{block}");
        assert_eq!(here, part.section_of(place), "{block}");
    }
}

#[test]
fn another_measure_sets_the_same_place_of_a_long_case() {
    let sample = long();
    let place = Anchor {
        block: 3333,
        char: 4,
    };
    let mut part = Page::set_near(sample.case(), &Front::default(), &SETTING, place);
    part.set_anew(sample.case(), &at(24), place);
    let fresh = Page::set_near(sample.case(), &Front::default(), &at(24), place);
    assert_eq!(rows(&part), rows(&fresh));
    assert!(part.rows()[part.row_of(place)].block == 3333);
}

#[test]
fn of_a_line_of_a_megabyte_what_is_around_a_place_is_set() {
    let sample = endless();
    let length = sample.document.raw_line(1).chars().count() as u32;
    let whole = RawPage::set(&sample.document, 1..2, &at(40));
    let text = |page: &RawPage, row: usize| (page.rows()[row].char, page.row_text(row).to_owned());
    for char in [0, length / 2, length - 1] {
        let place = RawAnchor { line: 1, char };
        let part = RawPage::set_near(&sample.document, 1..2, place, &at(40));
        assert!(part.covers(place), "{char}");
        assert_eq!(part.goes_on(), (char > 0, char < length - 1));
        assert!(part.rows().len() < whole.rows().len() / 2);
        let row = part.row_of(place);
        assert_eq!(text(&part, row), text(&whole, whole.row_of(place)));
    }
    let start = RawPage::set_near(
        &sample.document,
        1..2,
        RawAnchor { line: 1, char: 0 },
        &at(40),
    );
    assert!(!start.covers(RawAnchor {
        line: 1,
        char: length - 1
    }));
}
