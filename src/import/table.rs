//! A table as `export` writes it, or as a spreadsheet saved it again.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::mistake::{Error, MARKS};
use super::{Amiss, Given, Position};
use crate::export::csv as written;
use crate::store::Passage;

/// What spreadsheets part columns with.
const SEPARATORS: [u8; 3] = *b",;\t";

/// Where the columns are.
struct Columns {
    id: usize,
    /// In the order of [`MARKS`].
    marks: [Option<usize>; 4],
    count: usize,
}

pub(super) fn read(text: &str) -> Result<Vec<Given>, Error> {
    // With one kind of line end the lines are counted right, in quoted fields too.
    let text = &text.replace("\r\n", "\n").replace('\r', "\n");
    let readable = |separator| {
        let mut reader = reader(text, separator);
        let columns = columns(reader.headers().ok()?)?;
        Some((reader, columns))
    };
    let found = SEPARATORS.into_iter().find_map(readable);
    let (mut reader, columns) = found.ok_or_else(|| {
        Error::new(
            "不是 anli 导出的案例：应为 JSON、JSONL，或首行有 id 列、并有 star、tags、note、passages 中至少一列的 CSV",
            "no export of anli: that is JSON, JSONL, or CSV whose first line names a column id and at least one of star, tags, \
             note and passages",
        )
    })?;
    let mut all = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            Error::new(
                format!("CSV 有误：{error}"),
                format!("the CSV is broken: {error}"),
            )
        })?;
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        // What a column too many holds belongs nowhere.
        if record
            .iter()
            .skip(columns.count)
            .any(|more| !more.is_empty())
        {
            return Err(Error::new(
                format!("第 {line} 行的列比首行多"),
                format!("line {line} has more columns than the first line"),
            ));
        }
        all.push(given(&record, &columns, line));
    }
    match open_quote(text) {
        None => Ok(all),
        Some(line) => Err(Error::new(
            format!("第 {line} 行的引号没有结束"),
            format!("the quotation mark in line {line} is not closed"),
        )),
    }
}

fn reader(text: &str, separator: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(separator)
        // Some spreadsheets leave out the empty fields at a row's end.
        .flexible(true)
        .from_reader(text.as_bytes())
}

fn columns(head: &StringRecord) -> Option<Columns> {
    let at = |name: &str| {
        let mut names = head.iter();
        names.position(|column| column.trim().eq_ignore_ascii_case(name))
    };
    let marks = MARKS.map(at);
    marks.iter().any(Option::is_some).then_some(())?;
    Some(Columns {
        id: at("id")?,
        marks,
        count: head.len(),
    })
}

/// Returns the line of a quotation mark that opens a field and is never closed, so that the
/// field would swallow all rows after it.
fn open_quote(text: &str) -> Option<usize> {
    let mut opened = None;
    let mut line = 1;
    let mut before = '\n';
    for c in text.chars() {
        let begins = matches!(before, '\n' | ',' | ';' | '\t');
        match (c, opened) {
            ('"', None) if begins => opened = Some(line),
            // Doubled, it opens again at once, as if nothing had been closed.
            ('"', Some(_)) => opened = None,
            ('"', None) if before == '"' => opened = Some(line),
            _ => {}
        }
        line += usize::from(c == '\n');
        before = c;
    }
    opened
}

fn given(record: &StringRecord, columns: &Columns, line: u64) -> Given {
    let field = |at: Option<usize>| {
        let field = at.and_then(|at| record.get(at)).unwrap_or_default();
        written::unguarded(field)
    };
    let [star, tags, note, passages] = columns.marks.map(field);
    let mut amiss = Vec::new();
    let star = is_star(star).unwrap_or_else(|| {
        amiss.push(Amiss::Star(star.to_owned()));
        false
    });
    Given {
        place: Position::Line(line),
        id: field(Some(columns.id)).trim().to_owned(),
        star,
        tags: written::split_tags(tags),
        note: note.to_owned(),
        passages: self::passages(passages, &mut amiss),
        amiss,
    }
}

/// Whether a cell means a star: the sign, or what people and programs write for
/// yes and no.
fn is_star(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "★" | "*" | "是" | "yes" | "y" | "true" | "1" | "x" | "√" => Some(true),
        "" | "☆" | "否" | "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// The passages of a cell, as [`written::passage`] writes them.
fn passages(cell: &str, amiss: &mut Vec<Amiss>) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    for line in cell.split('\n') {
        let continued = line.strip_prefix(written::CONTINUED);
        match (written::split_place(line), continued, passages.last_mut()) {
            (Some((span, quote)), ..) => passages.push(Passage {
                span,
                quote: quote.to_owned(),
            }),
            (None, Some(more), Some(passage)) => {
                passage.quote.push('\n');
                passage.quote.push_str(more);
            }
            _ if line.trim().is_empty() => {}
            _ => amiss.push(Amiss::Passage(line.to_owned())),
        }
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<(u64, String)> {
        let all = read(text).expect("it is a table");
        let line = |given: &Given| match given.place {
            Position::Line(line) => line,
            Position::Item(item) => panic!("item {item} of a table"),
        };
        all.iter()
            .map(|given| (line(given), given.id.clone()))
            .collect()
    }

    #[test]
    fn columns_may_be_reordered_missing_or_parted_otherwise() {
        for text in [
            "note,id\r\n一,'2019-1\r\n,003-5\r\n",
            "id;star\n'2019-1;★\n003-5\n",
            "标题\tTags\t ID \n甲\t\t2019-1\n乙\t待读\t003-5\n\n",
            "id,note\n\"'2019-1\",x\n003-5,\n,\n",
        ] {
            let expected = [(2, "2019-1".to_owned()), (3, "003-5".to_owned())];
            assert_eq!(ids(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_are_counted_through_quoted_fields() {
        let found = ids("id,note\n1-1,\"一\n\n二\"\n1-2,\"\"\"x\"\" y\"\n");
        assert_eq!(found, [(2, "1-1".to_owned()), (5, "1-2".to_owned())]);
    }

    #[track_caller]
    fn refused(text: &str, why: &str) {
        let error = read(text).expect_err("it is refused");
        assert!(error.to_string().contains(why), "{error}");
    }

    #[test]
    fn what_is_no_table_with_marks_is_refused() {
        refused("id,title\n1-1,x\n", "no export of anli");
        refused("# a heading\n\nstar, note\n", "no export of anli");
        refused("id,note\n1-1,一,二\n", "line 2 has more columns");
        refused(
            "id,note\n1-1,x\n1-2,\"一\n1-3,二\n",
            "in line 3 is not closed",
        );
    }

    #[test]
    fn stars_are_read_as_people_write_them() {
        for (cell, star) in [("★", true), ("TRUE", true), ("", false), ("否", false)] {
            assert_eq!(is_star(cell), Some(star), "{cell}");
        }
        let all = read("id,star\n1-1,perhaps\n").expect("it is a table");
        assert_eq!(all[0].amiss, [Amiss::Star("perhaps".to_owned())]);
    }

    #[test]
    fn a_line_of_passages_without_a_place_is_named() {
        let all = read("id,passages\n1-1,\"[3-5] 创新\n试点\n[7-6] x\"\n").expect("it is a table");
        assert_eq!(all[0].passages.len(), 1);
        let amiss = ["试点", "[7-6] x"].map(|line| Amiss::Passage(line.to_owned()));
        assert_eq!(all[0].amiss, amiss);
    }
}
