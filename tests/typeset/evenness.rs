//! How even the rows of the library's paragraphs are, and where they break.

use anli::seeds::catalog::Catalog;
use anli::seeds::{embedded, read};
use anli::text::width::{self, Ambiguous};
use anli::typeset::{Front, Page, RowRole};

use super::at;

/// A row that another row of its block follows.
struct Inner<'a> {
    /// Columns that it lacks.
    empty: u16,
    text: &'a str,
    next: &'a str,
    next_is_last: bool,
    role: RowRole,
}

/// Calls `each` with every row of every case, at every measure from 24 to 120
/// columns, that does not end its block.
fn inner_rows(mut each: impl FnMut(&Inner)) {
    let library = read(embedded(), &Catalog::embedded());
    for columns in 24..=120 {
        for (_, case) in library.corpus.iter() {
            let page = Page::set(case, &Front::default(), &at(columns));
            let rows = page.rows();
            let follows = |index: usize| {
                index < rows.len()
                    && rows[index].role != RowRole::Blank
                    && rows[index].block == rows[index - 1].block
            };
            for (index, row) in rows.iter().enumerate() {
                if row.role != RowRole::Blank && follows(index + 1) {
                    let text = page.row_text(index);
                    each(&Inner {
                        empty: columns - row.indent - width::of_str(text, Ambiguous::Narrow),
                        text,
                        next: page.row_text(index + 1),
                        next_is_last: !follows(index + 2),
                        role: row.role,
                    });
                }
            }
        }
    }
}

/// Rows short by four columns, two Han, are those before something that stays
/// whole; `wrap::choice` has a test that no other rows would be more even.
#[test]
fn few_rows_are_short_by_two_han() {
    let (mut rows, mut short) = (0, 0);
    inner_rows(|row| {
        rows += 1;
        short += u32::from(row.empty >= 4);
    });
    assert!(rows > 350_000, "the library has many rows, not {rows}");
    assert!(short * 1000 <= rows * 4, "{short} of {rows} rows are short");
}

#[test]
fn no_figure_of_the_library_is_parted_from_what_it_counts() {
    const COUNTERS: &str = "大类類个個项項家名位件条條所年月日户戶人次";
    inner_rows(|row| {
        let number = row.text.trim_end_matches(['余', '餘', '多', '几', '幾']);
        let figure = number.trim_end_matches(['万', '萬', '亿', '億', '千', '百']);
        let is_rough = number.len() < row.text.len();
        let counts = row.next.starts_with(|c| COUNTERS.contains(c));
        let parted = figure.ends_with(|c: char| c.is_ascii_digit())
            && counts
            && (is_rough || figure.len() == number.len());
        assert!(!parted, "{} | {}", row.text, row.next);
    });
}

#[test]
fn no_heading_of_the_library_ends_in_one_character() {
    inner_rows(|row| {
        let mut chars = row.next.chars().filter(|c| c.is_alphanumeric());
        let is_heading = matches!(row.role, RowRole::Title | RowRole::Heading(_));
        let is_lone = row.next_is_last && chars.nth(1).is_none();
        assert!(!(is_heading && is_lone), "{} | {}", row.text, row.next);
    });
}
