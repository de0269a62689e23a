//! From characters on pages to lines and paragraphs.
//!
//! Lines are characters on one baseline. What repeats at the top and the bottom of
//! pages, page numbers, and lists of contents are left out. A line goes on with the
//! paragraph of the line before if it begins at the margin and that one is full.

use std::collections::{HashMap, HashSet};

use super::content::{Glyph, Shown};
use crate::formats::Role;
use crate::formats::builder::{Builder, needs_space};

/// A heading has no more characters.
const LONGEST_HEADING: usize = 60;

/// A page's lines, the highest first.
#[derive(Debug)]
pub struct Page {
    width: f32,
    height: f32,
    lines: Vec<Line>,
}

/// Characters on one baseline. Lengths are in points.
#[derive(Clone, Debug)]
struct Line {
    y: f32,
    start: f32,
    end: f32,
    size: f32,
    bold: bool,
    /// Runs that wide gaps part.
    cells: Vec<Cell>,
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
    pub fn of(shown: Shown) -> Self {
        let mut glyphs = shown.glyphs;
        glyphs.retain(|glyph| glyph.x.is_finite() && glyph.y.is_finite() && glyph.size > 0.0);
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
        Self {
            width: shown.width,
            height: shown.height,
            lines,
        }
    }
}

impl Line {
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
        })
    }

    fn text(&self) -> String {
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
    fn has_cells(&self) -> bool {
        self.cells.iter().any(|cell| cell.is_apart)
    }

    fn count(&self) -> usize {
        self.cells
            .iter()
            .map(|cell| cell.text.chars().count())
            .sum()
    }
}

/// Lays out the lines of all pages.
pub fn lay_out(mut pages: Vec<Page>) -> LaidOut {
    let mut left_out = Vec::new();
    leave_out_furniture(&mut pages, &mut left_out);
    leave_out_contents(&mut pages, &mut left_out);
    let body = Body::of(&pages);
    let mut writer = Writer {
        body,
        builder: Builder::default(),
        paragraph: None,
        table: Vec::new(),
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
        left_out,
    }
}

/// A line with its digits as one sign, so that page numbers are alike.
fn shape(line: &Line) -> String {
    let text = line.text();
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect()
}

/// Whether a line is a page's number and nothing else.
fn is_page_number(line: &Line) -> bool {
    let text: String = line.text().chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_start_matches('第').trim_end_matches('页');
    let core = text.trim_matches(['—', '-', '–', '－', '·', '~', '・', '―']);
    let number = |text: &str| {
        !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())
    };
    number(core)
        || core.split_once(['/', '共']).is_some_and(|(a, b)| {
            number(a.trim_end_matches(['页', '，'])) && number(b.trim_end_matches('页'))
        })
}

/// Takes out what repeats at the edges of pages.
fn leave_out_furniture(pages: &mut [Page], left_out: &mut Vec<String>) {
    /// Lines at the top and at the bottom that may be furniture.
    const EDGE: usize = 3;
    let mut seen: HashMap<(String, i32), usize> = HashMap::new();
    let key = |page: &Page, line: &Line| {
        let height = (line.y / page.height.max(1.0) * 200.0).round() as i32;
        (shape(line), height)
    };
    let edge = |page: &Page, at: usize| at < EDGE || at + EDGE >= page.lines.len();
    for page in pages.iter() {
        for (at, line) in page.lines.iter().enumerate() {
            if edge(page, at) {
                *seen.entry(key(page, line)).or_default() += 1;
            }
        }
    }
    let enough = if pages.len() < 4 { 2 } else { 3 };
    for page in pages.iter_mut() {
        let gone: HashSet<usize> = page
            .lines
            .iter()
            .enumerate()
            .filter(|&(at, line)| {
                let outer = at == 0 || at + 1 == page.lines.len();
                edge(page, at)
                    && (seen[&key(page, line)] >= enough || outer && is_page_number(line))
            })
            .map(|(at, _)| at)
            .collect();
        let mut at = 0;
        page.lines.retain(|line| {
            at += 1;
            let stays = !gone.contains(&(at - 1));
            if !stays {
                left_out.push(line.text());
            }
            stays
        });
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
        let mut at = 0;
        page.lines.retain(|line| {
            at += 1;
            if gone[at - 1] {
                left_out.push(line.text());
            }
            !gone[at - 1]
        });
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
}

impl Margins {
    fn of(page: &Page, body: &Body) -> Self {
        let lines = || page.lines.iter().filter(|line| body.is_body(line));
        let left = lines().map(|line| line.start).fold(f32::INFINITY, f32::min);
        let right = lines().map(|line| line.end).fold(0.0, f32::max);
        Self { left, right }
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
}

impl Writer {
    fn take(&mut self, line: &Line, page: &Page, margins: Margins) {
        if line.has_cells() || self.goes_on_table(line) {
            self.end_paragraph();
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
            let full = if self.body.indented { 7.0 } else { 1.9 };
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

    /// Whether a line whose gaps are narrow has a cell in every place where the table
    /// above it has one.
    fn goes_on_table(&self, line: &Line) -> bool {
        let starts = || self.table.iter().flat_map(|line| &line.cells);
        let aligned =
            |cell: &Cell| starts().any(|other| (other.start - cell.start).abs() < 1.5 * line.size);
        line.cells.len() > 1 && !self.table.is_empty() && line.cells.iter().all(aligned)
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
