//! Line breaking: rows joined are the paragraph, every row fits, no other rows
//! break less, and what is cut or padded fits as well.

mod least;

use std::ops::Range;

use anli::text::width::{self, Ambiguous};
use anli::text::wrap::{self, Gap, Justify, Room};
use unicode_segmentation::UnicodeSegmentation;

pub fn check(data: &[u8]) {
    let (columns, data) = super::choice(data);
    let (first, data) = super::choice(data);
    // Stretches meet in long paragraphs, which take their time.
    let long = first % 64 == 63;
    let text = super::text_of(data);
    let given = Room {
        first: first.into(),
        rest: columns.into(),
    };
    for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
        for room in [given, Room::even(2), Room::even(80)] {
            check_rows(&text, room, ambiguous);
            let long = long && (room, ambiguous) == (given, Ambiguous::Narrow);
            least::check(data, room, ambiguous, long);
        }
        for columns in [u16::from(columns), 0, 1, 9] {
            check_cut(&text, columns, ambiguous);
        }
    }
}

fn check_rows(text: &str, room: Room, ambiguous: Ambiguous) {
    let rows = wrap::wrap(text, room, ambiguous);
    let mut justify = Justify::new(text, ambiguous);
    let mut end = 0;
    for bytes in &rows {
        assert_eq!(bytes.start, end, "rows joined are the paragraph");
        end = bytes.end;
        let columns = if bytes.start == 0 {
            room.first
        } else {
            room.rest
        };
        let row = &text[bytes.clone()];
        let used = seen_columns(row, ambiguous);
        let taken = width::clusters(row, ambiguous).filter(|cluster| cluster.columns > 0);
        assert!(
            used <= columns || taken.filter(|cluster| !is_space(row, cluster)).count() == 1,
            "{row:?} in {columns} columns"
        );
        let gaps = justify.row(bytes.clone(), columns);
        check_gaps(text, bytes.clone(), columns, &gaps, ambiguous);
    }
    assert_eq!(end, text.len(), "rows joined are the paragraph");
    assert!(!rows.is_empty(), "an empty paragraph is one empty row");
}

/// Columns of a row, spaces at its end aside, which hang.
fn seen_columns(row: &str, ambiguous: Ambiguous) -> u16 {
    let mut clusters: Vec<_> = width::clusters(row, ambiguous).collect();
    while clusters.pop_if(|last| is_space(row, last)).is_some() {}
    clusters.iter().map(|cluster| cluster.columns).sum()
}

/// A space that hangs: one that no mark makes visible and that holds nothing
/// together.
fn is_space(row: &str, cluster: &width::Cluster) -> bool {
    let text = &row[cluster.start..cluster.end];
    let glue = ['\u{a0}', '\u{2007}', '\u{202f}'].contains(&cluster.base);
    cluster.base == '\u{200b}' || text.trim().is_empty() && !glue
}

fn check_gaps(text: &str, row: Range<usize>, columns: u16, gaps: &[Gap], ambiguous: Ambiguous) {
    let mut last = row.start;
    let mut spread = seen_columns(&text[row.clone()], ambiguous);
    for gap in gaps {
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
