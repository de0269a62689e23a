//! From characters on pages to lines and paragraphs.
//!
//! Lines are characters on one baseline. What repeats at the top and the bottom of
//! pages, page numbers, and lists of contents are left out. A line goes on with the
//! paragraph of the line before if it begins at the margin and that one is full.

use std::collections::HashMap;

use super::content::{Glyph, Shown};
use super::ruled;
use crate::formats::Role;
use crate::formats::builder::{Builder, needs_space};

/// A heading has no more characters.
const LONGEST_HEADING: usize = 60;

/// A page's lines, the highest first.
#[derive(Debug)]
pub struct Page {
    pub width: f32,
    pub height: f32,
    pub lines: Vec<Line>,
    pub artifacts: Vec<Line>,
}

/// Characters on one baseline. Lengths are in points.
#[derive(Clone, Debug)]
pub struct Line {
    pub y: f32,
    start: f32,
    end: f32,
    pub size: f32,
    bold: bool,
    /// Runs that wide gaps part.
    cells: Vec<Cell>,
    /// The cells of a row of a ruled table, one for each column.
    row: Option<Vec<String>>,
}

#[derive(Clone, Debug)]
struct Cell {
    start: f32,
    /// Whether the gap before it is wider than any inside a sentence.
    is_apart: bool,
    text: String,
}

/// A document as it was laid out.
pub struct LaidOut {
    pub builder: Builder,
    /// Page heads, page numbers and lists of contents.
    pub left_out: Vec<String>,
}

impl Page {
    /// Gathers the characters of a page in lines.
    pub fn of(mut shown: Shown) -> Self {
        shown.glyphs.retain(Glyph::has_place);
        shown.artifacts.retain(Glyph::has_place);
        let rows = ruled::take_rows(std::mem::take(&mut shown.rules), &mut shown.glyphs);
        let mut lines = lines_of(shown.glyphs);
        lines.extend(rows.into_iter().filter_map(Line::of_row));
        lines.sort_by(|a, b| b.y.total_cmp(&a.y));
        Self {
            width: shown.width,
            height: shown.height,
            lines,
            artifacts: lines_of(shown.artifacts),
        }
    }

    /// Takes out lines by their place among the lines.
    pub fn take_out(&mut self, gone: impl Fn(usize) -> bool, left_out: &mut Vec<String>) {
        let mut at = 0;
        self.lines.retain(|line| {
            at += 1;
            let goes = gone(at - 1);
            if goes {
                left_out.push(line.text());
            }
            !goes
        });
    }
}

/// Characters in lines, the highest first.
fn lines_of(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    // From the top; what is on one baseline, from the left.
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut lines = Vec::new();
    let mut row: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        if glyph.text.trim().is_empty() && row.is_empty() {
            continue;
        }
        let same = row
            .last()
            .is_some_and(|last| (last.y - glyph.y).abs() < 0.35 * last.size.max(glyph.size));
        if !same {
            lines.extend(Line::of(std::mem::take(&mut row)));
        }
        row.push(glyph);
    }
    lines.extend(Line::of(row));
    lines
}

impl Glyph {
    fn has_place(&self) -> bool {
        self.x.is_finite() && self.y.is_finite() && self.size > 0.0
    }
}

impl Line {
    /// A row of a ruled table.
    fn of_row(row: ruled::Row) -> Option<Self> {
        let mut line: Option<Self> = None;
        let mut cells = Vec::new();
        for glyphs in row.cells {
            let mut text = String::new();
            for own in lines_of(glyphs) {
                let part = own.text();
                if needs_space(&text, &part) && !splits_number(&text, &part) {
                    text.push(' ');
                }
                text.push_str(&part);
                let line = line.get_or_insert_with(|| Self {
                    cells: Vec::new(),
                    ..own.clone()
                });
                line.y = line.y.max(own.y);
            }
            cells.push(text);
        }
        let mut line = line?;
        (line.start, line.end) = (row.left, row.right);
        line.cells = vec![Cell {
            start: row.left,
            is_apart: false,
            text: cells.join("\t"),
        }];
        line.row = Some(cells);
        Some(line)
    }

    fn of(mut glyphs: Vec<Glyph>) -> Option<Self> {
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        // Bold print is sometimes a character that is shown twice, a little apart.
        glyphs.dedup_by(|next, glyph| {
            next.text == glyph.text && (next.x - glyph.x).abs() < 0.15 * glyph.size
        });
        let printed = |glyph: &&Glyph| !glyph.text.trim().is_empty();
        let first = glyphs.iter().find(printed)?;
        let size = first.size;
        let (y, start) = (first.y, first.x);
        let count = glyphs.iter().filter(printed).count();
        let bold = glyphs.iter().filter(printed).filter(|g| g.is_bold).count();
        let mut cells: Vec<Cell> = Vec::new();
        let mut end = start;
        for glyph in glyphs.iter().filter(printed) {
            let gap = glyph.x - end;
            match cells.last_mut() {
                Some(cell) if gap < 0.75 * size => {
                    // Spaces are often gaps alone.
                    if gap > 0.2 * size && needs_space(&cell.text, &glyph.text) {
                        cell.text.push(' ');
                    }
                    cell.text.push_str(&glyph.text);
                }
                last => {
                    let is_apart = last.is_some() && gap > 1.8 * size;
                    cells.push(Cell {
                        start: glyph.x,
                        is_apart,
                        text: glyph.text.clone(),
                    });
                }
            }
            end = end.max(glyph.x + glyph.width);
        }
        Some(Self {
            y,
            start,
            end,
            size,
            bold: bold * 2 > count,
            cells,
            row: None,
        })
    }

    pub fn text(&self) -> String {
        let mut text = String::new();
        for cell in &self.cells {
            if cell.is_apart {
                text.push('\u{3000}');
            }
            if !text.is_empty() {
                let space = if needs_space(&text, &cell.text) {
                    ' '
                } else {
                    '\u{3000}'
                };
                text.push(space);
            }
            text.push_str(&cell.text);
        }
        text
    }

    /// Whether wide gaps part it.
    pub fn has_cells(&self) -> bool {
        self.row.is_some() || self.cells.iter().any(|cell| cell.is_apart)
    }

    /// Whether each of its cells begins where one of another line does.
    pub fn is_aligned_with(&self, other: &Self) -> bool {
        let near = |cell: &Cell, other: &Cell| (cell.start - other.start).abs() < 1.5 * self.size;
        let has = |cell: &Cell| other.cells.iter().any(|other| near(cell, other));
        if let (Some(row), Some(other)) = (&self.row, &other.row) {
            return row.len() == other.len();
        }
        self.cells.len() > 1 && self.cells.iter().all(has)
    }

    /// Whether both may be rows of one table.
    fn is_like(&self, other: &Self) -> bool {
        self.row.as_ref().map(Vec::len) == other.row.as_ref().map(Vec::len)
    }

    fn count(&self) -> usize {
        self.cells
            .iter()
            .map(|cell| cell.text.chars().count())
            .sum()
    }
}

/// Lays out the lines of all pages, from which `left_out` is taken out already.
pub fn lay_out(mut pages: Vec<Page>, mut left_out: Vec<String>) -> LaidOut {
    leave_out_contents(&mut pages, &mut left_out);
    let body = Body::of(&pages);
    let mut writer = Writer {
        body,
        builder: Builder::default(),
        paragraph: None,
        table: Vec::new(),
        left_out,
    };
    for page in &pages {
        let margins = Margins::of(page, &writer.body);
        for line in &page.lines {
            writer.take(line, page, margins);
        }
    }
    writer.end_table();
    writer.end_paragraph();
    LaidOut {
        builder: writer.builder,
        left_out: writer.left_out,
    }
}

/// Takes out lists of contents: runs of lines that end with leaders and a number.
fn leave_out_contents(pages: &mut [Page], left_out: &mut Vec<String>) {
    for page in pages {
        let is_entry: Vec<bool> = page
            .lines
            .iter()
            .map(|line| is_entry(&line.text()))
            .collect();
        if is_entry.iter().filter(|&&entry| entry).count() < 3 {
            continue;
        }
        let mut gone = is_entry.clone();
        let first = is_entry.iter().position(|&entry| entry).unwrap_or(0);
        let last = is_entry.iter().rposition(|&entry| entry).unwrap_or(0);
        // Entries of two lines have leaders on the second.
        for at in first..last {
            gone[at] |= is_entry[at + 1] || is_entry[at];
        }
        let is_head = |line: &Line| {
            let head: String = line.text().chars().filter(|c| !c.is_whitespace()).collect();
            matches!(head.as_str(), "目录" | "目錄" | "目次")
        };
        let head = page.lines[..first].iter().rposition(is_head);
        if let Some(head) = head.filter(|head| head + 4 > first) {
            gone[head..first].fill(true);
        }
        page.take_out(|at| gone[at], left_out);
    }
}

/// Whether a line ends as entries of contents lists do: leaders and a page number.
fn is_entry(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_end_matches([')', '）']);
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - before.len();
    let leaders = |c: char| matches!(c, '.' | '…' | '·' | '．' | '⋯' | '-' | '—' | '_');
    let before = before.trim_end_matches(['(', '（']);
    let entry = before.trim_end_matches(leaders);
    let count = before[entry.len()..].chars().count();
    (1..=4).contains(&digits) && (count >= 4 || before[entry.len()..].contains("……"))
}

/// How the running text is printed.
#[derive(Debug)]
struct Body {
    size: f32,
    bold: bool,
    /// Whether paragraphs begin with an indent.
    indented: bool,
    /// Larger sizes that occur, the largest first.
    larger: Vec<f32>,
}

impl Body {
    fn of(pages: &[Page]) -> Self {
        let lines = || pages.iter().flat_map(|page| &page.lines);
        let mut sizes: HashMap<(i32, bool), usize> = HashMap::new();
        for line in lines() {
            let key = ((line.size * 4.0).round() as i32, line.bold);
            *sizes.entry(key).or_default() += line.count();
        }
        let most = sizes
            .iter()
            .max_by_key(|&(&key, &count)| (count, key))
            .map_or((48, false), |(&key, _)| key);
        let size = most.0 as f32 / 4.0;
        let mut larger: Vec<f32> = sizes
            .keys()
            .map(|&(quarters, _)| quarters as f32 / 4.0)
            .filter(|&other| other > size * 1.12)
            .collect();
        larger.sort_by(|a, b| b.total_cmp(a));
        larger.dedup_by(|a, b| (*a - *b).abs() < 0.6);
        let mut body = Self {
            size,
            bold: most.1,
            indented: false,
            larger,
        };
        let (mut indented, mut all) = (0, 0);
        for page in pages {
            let margins = Margins::of(page, &body);
            for line in page.lines.iter().filter(|line| body.is_body(line)) {
                all += 1;
                let indent = (line.start - margins.left) / size;
                indented += usize::from((1.5..=2.6).contains(&indent));
            }
        }
        body.indented = indented * 12 >= all && indented > 0;
        body
    }

    fn is_body(&self, line: &Line) -> bool {
        (line.size - self.size).abs() < 0.6
    }
}

/// Where the running text of a page begins and ends.
#[derive(Clone, Copy, Debug)]
struct Margins {
    left: f32,
    right: f32,
    /// Whether several lines end at the right one, as running text does.
    is_reached: bool,
}

impl Margins {
    fn of(page: &Page, body: &Body) -> Self {
        let lines = || page.lines.iter().filter(|line| body.is_body(line));
        let left = lines().map(|line| line.start).fold(f32::INFINITY, f32::min);
        let right = lines().map(|line| line.end).fold(0.0, f32::max);
        let full = lines().filter(|line| right - line.end < 1.9 * body.size);
        let is_reached = full.count() > 1;
        // If all lines are short, none of them shows the right margin.
        let right = if is_reached {
            right
        } else {
            right.max(page.width - left)
        };
        Self {
            left,
            right,
            is_reached,
        }
    }
}

/// A paragraph under way.
struct Paragraph {
    text: String,
    role: Role,
    size: f32,
    bold: bool,
    centred: bool,
    /// How much room its last line leaves, in characters.
    room: f32,
    y: f32,
}

struct Writer {
    body: Body,
    builder: Builder,
    paragraph: Option<Paragraph>,
    /// Lines with cells, until it is known whether they are a table.
    table: Vec<Line>,
    left_out: Vec<String>,
}

impl Writer {
    fn take(&mut self, line: &Line, page: &Page, margins: Margins) {
        if line.has_cells() || self.goes_on_table(line) {
            self.end_paragraph();
            if self.table.last().is_some_and(|last| !last.is_like(line)) {
                self.end_table();
            } else if self.goes_on_row(line) {
                return;
            }
            self.table.push(line.clone());
            return;
        }
        self.end_table();
        let size = line.size.max(1.0);
        let indent = (line.start - margins.left) / size;
        let room = (margins.right - line.end) / size;
        let middle = ((line.start + line.end) - (margins.left + margins.right)).abs() / 2.0;
        let of_page = ((line.start + line.end) - page.width).abs() / 2.0;
        // The first line of an indented paragraph is as far from both margins, too.
        let begins_paragraph = self.body.is_body(line)
            && (1.5..=2.6).contains(&indent)
            && (room < 5.0 || line.text().ends_with(['。', '；', '：']));
        let centred =
            (middle < size || of_page < size) && indent > 1.0 && room > 1.0 && !begins_paragraph;
        let text = line.text();
        if let Some(paragraph) = &mut self.paragraph {
            let like = (paragraph.size - line.size).abs() < 0.6 && paragraph.bold == line.bold;
            let heading =
                paragraph.centred && centred && like && paragraph.size > self.body.size * 1.12;
            // Where paragraphs are indented, a line at the margin goes on, unless it
            // ends early.
            let full = if self.body.indented {
                7.0
            } else if !ends_a_sentence(&paragraph.text) {
                1.9
            } else if margins.is_reached {
                0.6
            } else {
                // Where only its end shows a paragraph, the end of a sentence does, unless
                // the line is full to the last character.
                0.0
            };
            let near = paragraph.y - line.y < 2.6 * size || paragraph.y < line.y;
            let goes_on = like && indent.abs() < 0.6 && paragraph.room < full && !begins(&text);
            if goes_on && !paragraph.centred {
                if needs_space(&paragraph.text, &text) && !splits_number(&paragraph.text, &text) {
                    paragraph.text.push(' ');
                }
                paragraph.text.push_str(&text);
                paragraph.room = room;
                paragraph.y = line.y;
                return;
            }
            // A title of several lines.
            if heading && near {
                paragraph.text.push('\n');
                paragraph.text.push_str(&text);
                paragraph.y = line.y;
                return;
            }
        }
        self.end_paragraph();
        let role = self.role(line, centred);
        self.paragraph = Some(Paragraph {
            text,
            role,
            size: line.size,
            bold: line.bold,
            centred,
            room,
            y: line.y,
        });
    }

    /// Adds the row at the top of a page to the table that the page before ends with:
    /// the rest of its last row, or its head once more.
    fn goes_on_row(&mut self, line: &Line) -> bool {
        let [first, .., last] = self.table.as_mut_slice() else {
            return false;
        };
        let (Some(rest), Some(row)) = (&line.row, &mut last.row) else {
            return false;
        };
        if line.y <= last.y {
            return false;
        }
        if first.row.as_ref() == Some(rest) {
            self.left_out.push(line.text());
            return true;
        }
        let printed = rest.iter().filter(|cell| !cell.is_empty()).count();
        let goes_on = |(rest, cell): (&String, &String)| rest.is_empty() || !cell.is_empty();
        let is_rest = rest[0].is_empty()
            && printed * 2 <= rest.len()
            && rest.iter().zip(row.iter()).all(goes_on);
        if is_rest {
            for (cell, rest) in row.iter_mut().zip(rest) {
                cell.push_str(rest);
            }
            last.y = line.y;
        }
        is_rest
    }

    /// Whether a line whose gaps are narrow has a cell in every place where the table
    /// above it has one.
    fn goes_on_table(&self, line: &Line) -> bool {
        let starts = || self.table.iter().flat_map(|line| &line.cells);
        let aligned =
            |cell: &Cell| starts().any(|other| (other.start - cell.start).abs() < 1.5 * line.size);
        let ruled = self.table.last().is_some_and(|line| line.row.is_some());
        line.cells.len() > 1 && !self.table.is_empty() && !ruled && line.cells.iter().all(aligned)
    }

    fn role(&self, line: &Line, centred: bool) -> Role {
        let level = self
            .body
            .larger
            .iter()
            .position(|&size| (size - line.size).abs() < 0.6);
        if line.count() > LONGEST_HEADING {
            return Role::Paragraph;
        }
        match level {
            Some(level) => Role::Heading((level + 1).min(9) as u8),
            None if centred || line.bold && !self.body.bold => Role::Emphasised,
            None => Role::Paragraph,
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(paragraph) = self.paragraph.take() {
            let long = paragraph.text.chars().count() > LONGEST_HEADING;
            let role = if long {
                Role::Paragraph
            } else {
                paragraph.role
            };
            self.builder.paragraph(&paragraph.text, role);
        }
    }

    /// Two lines or more with cells are a table: a column is where any line begins a
    /// cell. A single one is a line with gaps.
    fn end_table(&mut self) {
        let lines = std::mem::take(&mut self.table);
        if lines.first().is_some_and(|line| line.row.is_some()) {
            for (at, row) in lines
                .iter()
                .filter_map(|line| line.row.as_ref())
                .enumerate()
            {
                self.builder.row(row, at == 0);
            }
            return;
        }
        if let [line] = lines.as_slice() {
            let role = self.role(line, false);
            self.builder.paragraph(&line.text(), role);
            return;
        }
        let mut columns: Vec<f32> = Vec::new();
        let size = lines.first().map_or(1.0, |line| line.size);
        for cell in lines.iter().flat_map(|line| &line.cells) {
            if !columns
                .iter()
                .any(|column| (column - cell.start).abs() < 1.5 * size)
            {
                columns.push(cell.start);
            }
        }
        columns.sort_by(f32::total_cmp);
        // Cells that are centred begin at places of their own in every line.
        let straight = lines.iter().all(|line| line.cells.len() <= columns.len())
            && columns.len() <= lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
        for (at, line) in lines.iter().enumerate() {
            let cells: Vec<String> = if straight {
                let mut cells = vec![String::new(); columns.len()];
                for cell in &line.cells {
                    let column = columns
                        .iter()
                        .rposition(|column| column - cell.start < 1.5 * size);
                    cells[column.unwrap_or(0)].push_str(&cell.text);
                }
                cells
            } else {
                line.cells.iter().map(|cell| cell.text.clone()).collect()
            };
            self.builder.row(&cells, at == 0);
        }
    }
}

fn ends_a_sentence(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '；', '：'])
}

/// Whether a figure goes on over a line end.
fn splits_number(before: &str, after: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
    let before = digit(before.chars().next_back());
    before && (digit(after.chars().next()) || after.starts_with('%'))
}

/// Whether a line begins as a heading or an article does, and goes on with no other.
fn begins(text: &str) -> bool {
    let numeral = |c: char| "一二三四五六七八九十百".contains(c);
    let after = text.trim_start_matches(numeral);
    if after.len() < text.len() && after.starts_with('、') {
        return true;
    }
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        let after = rest.trim_start_matches(numeral);
        return after.len() < rest.len() && after.starts_with(['）', ')']);
    }
    if let Some(rest) = text.strip_prefix('第') {
        let after = rest.trim_start_matches(numeral);
        return after.len() < rest.len() && after.starts_with(['条', '章', '條', '节']);
    }
    false
}
