//! Line breaking: rows joined are the paragraph, every row fits, and so does
//! what is cut or padded.

use anli::text::width::{self, Ambiguous};
use anli::text::wrap::{self, Room};
use unicode_segmentation::UnicodeSegmentation;

pub fn check(data: &[u8]) {
    let (columns, data) = super::choice(data);
    let (first, data) = super::choice(data);
    let text = super::text_of(data);
    let given = Room {
        first: first.into(),
        rest: columns.into(),
    };
    for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
        for room in [given, Room::even(2), Room::even(80)] {
            check_rows(&text, room, ambiguous);
        }
        for columns in [u16::from(columns), 0, 1, 9] {
            check_cut(&text, columns, ambiguous);
        }
    }
}

fn check_rows(text: &str, room: Room, ambiguous: Ambiguous) {
    let rows = wrap::wrap(text, room, ambiguous);
    let mut end = 0;
    for bytes in &rows {
        assert_eq!(bytes.start, end, "rows joined are the paragraph");
        end = bytes.end;
        let columns = if bytes.start == 0 {
            room.first
        } else {
            room.rest
        };
        let mut seen: Vec<_> = width::clusters(&text[bytes.clone()], ambiguous).collect();
        let hangs = |c: &width::Cluster| c.columns == 0 || c.base.is_whitespace();
        while seen.pop_if(|last| hangs(last)).is_some() {}
        let used: u16 = seen.iter().map(|cluster| cluster.columns).sum();
        let lone = seen.iter().filter(|cluster| cluster.columns > 0).count() <= 1;
        assert!(
            used <= columns || lone,
            "{:?} in {columns} columns",
            &text[bytes.clone()]
        );
        check_gaps(text, bytes.clone(), columns, ambiguous);
    }
    assert_eq!(end, text.len(), "rows joined are the paragraph");
    assert!(!rows.is_empty(), "an empty paragraph is one empty row");
}

fn check_gaps(text: &str, row: std::ops::Range<usize>, columns: u16, ambiguous: Ambiguous) {
    let gaps = wrap::justify(text, row.clone(), columns, ambiguous);
    let mut last = row.start;
    // Spaces hang at the end of a row, also in front of what takes no room.
    let hangs = |c: char| c.is_whitespace() || width::of_char(c, ambiguous) == 0;
    let mut spread = width::of_str(text[row.clone()].trim_end_matches(hangs), ambiguous);
    for gap in &gaps {
        assert!(
            last < gap.byte && gap.byte < row.end && gap.columns > 0,
            "{gaps:?}"
        );
        assert!(text.is_char_boundary(gap.byte));
        last = gap.byte;
        spread += gap.columns;
    }
    assert!(
        gaps.is_empty() || spread <= columns,
        "{gaps:?} of {columns}"
    );
}

fn check_cut(text: &str, columns: u16, ambiguous: Ambiguous) {
    let cut = width::truncate(text, columns, ambiguous);
    assert!(text.starts_with(cut.text) && cut.columns <= columns);
    assert_eq!(
        width::of_str(cut.text, ambiguous) + width::of_str(cut.mark, ambiguous),
        cut.columns
    );
    let whole = text
        .grapheme_indices(true)
        .any(|(at, _)| at == cut.text.len());
    assert!(
        whole || cut.text == text,
        "{:?} ends inside a character",
        cut.text
    );
    assert_eq!(
        width::of_str(&width::pad(text, columns, ambiguous), ambiguous),
        columns
    );
}
