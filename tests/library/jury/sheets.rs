//! The sum sheet on paper: every number and label in one piece, on a page of 225 mm.

use anli::jury::office::Log;
use anli::jury::panel::Names;
use anli::jury::papers;
use anli::jury::tally::{Sheets, tally};
use anli::paper::Form;

use super::build::{docket, file, held, records, round};

/// The width of the text with the page turned, in twentieths of a point.
const ROOM: usize = 16838 - 1984 - 2098;

/// A cell: its width, the size of its type in half points, its lines.
type Cell = (usize, usize, Vec<String>);

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let parts = text.split(from).skip(1);
    parts
        .map(|part| part.split(to).next().unwrap_or(""))
        .collect()
}

/// The tables of a DOCX, each with the widths of its columns and its cells.
fn tables(docx: &[u8]) -> Vec<(Vec<usize>, Vec<Cell>)> {
    let text = String::from_utf8_lossy(docx);
    let number = |text: &str| text.parse().expect("a number");
    let table = |table: &str| {
        let widths = between(table, "<w:gridCol w:w=\"", "\"");
        let cells = between(table, "<w:tc>", "</w:tc>").into_iter().map(|cell| {
            let lines = between(cell, "<w:t xml:space=\"preserve\">", "</w:t>");
            let size = if cell.contains("\"SmallCell\"") {
                18
            } else {
                21
            };
            let width = number(between(cell, "<w:tcW w:w=\"", "\"")[0]);
            (width, size, lines.into_iter().map(str::to_owned).collect())
        });
        (widths.into_iter().map(number).collect(), cells.collect())
    };
    between(&text, "<w:tbl>", "</w:tbl>")
        .into_iter()
        .map(table)
        .collect()
}

/// The width of a text in DejaVu Serif, in which a digit takes 0.636 em and a point 0.318:
/// programs without Times New Roman take it, and it is the widest that they take.
fn measured(text: &str, size: usize) -> usize {
    let of = |c: char| match c {
        '.' => 318,
        c if c.is_ascii() => 636,
        _ => 1000,
    };
    text.chars().map(of).sum::<usize>() * size / 100
}

#[test]
fn no_number_and_no_label_is_broken_for_three_to_forty_jurors() {
    const NAMES: [&str; 4] = ["欧阳小明", "李四", "王小五", "赵六"];
    // A full score that is far off, a recusal, an incomplete one and one far below.
    const MARKS: [&str; 4] = [
        "A 40/30/30, B 回避, C 30.5/20/20.5",
        "A 25/-/-, B 30/20/20, C 30/20/20",
        "A 20/20/20, B 弃评, C 31/21/22.5",
        "A 10/5/5, B 33/21/20, C 暂缓",
    ];
    for count in 3..=40 {
        let names: Vec<String> = (0..count)
            .map(|at| format!("{}{at}", NAMES[at % 4]))
            .collect();
        let round = round("", "部门:2", &names.join(" "));
        let docket = docket("A:部门 B:部门 C:部门");
        let files: Vec<_> = names
            .iter()
            .zip(MARKS.iter().cycle())
            .map(|(name, marks)| file(&round, name, marks))
            .collect();
        let records = records(&round, &files);
        let held = held(&round, &docket, &records);
        let sheets = Sheets {
            round: &round,
            docket: &docket,
            held: &held,
        };
        let sums = tally(&sheets, &Log::default());
        let paper = papers::summary(&sheets, &sums, Names::Signed, &[], "0123");
        let tables = tables(&paper.write(Form::Docx));
        assert!(!tables.is_empty());
        let mut seen = Vec::new();
        for (widths, cells) in &tables {
            let sum: usize = widths.iter().sum();
            assert!(sum <= ROOM, "{count} jurors: {sum}");
            for (at, (width, size, lines)) in cells.iter().enumerate() {
                assert_eq!(*width, widths[at % widths.len()]);
                for line in lines {
                    // Half a millimetre on both sides is for the border and the eye.
                    let fits = measured(line, *size) + 56 <= *width;
                    assert!(fits, "{count} jurors: {line:?} in {width}");
                }
            }
            let head = cells[..widths.len()].iter();
            seen.extend(head.map(|(_, _, lines)| lines.concat()));
        }
        // Every juror has a column, once.
        for name in &names {
            let times = seen.iter().filter(|head| *head == name).count();
            assert_eq!(times, 1, "{count} jurors: {name} in {seen:?}");
        }
    }
}
