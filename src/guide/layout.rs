//! A page of the guide as rows of plain text: paragraphs wrapped, tables set in
//! columns, or below one another where columns would be too narrow to read.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::text::width::{self, Ambiguous};
use crate::text::wrap::{self, Room};

/// What a row is, for whoever can set it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Heading,
    Text,
}

/// One row of a page, without a line break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub style: Style,
    pub text: String,
}

/// Sets a page of Markdown in rows of at most `columns` columns.
pub fn rows(markdown: &str, columns: u16, ambiguous: Ambiguous) -> Vec<Row> {
    let mut page = Page {
        columns: columns.max(1),
        ambiguous,
        rows: Vec::new(),
        after_item: false,
    };
    for block in blocks(markdown) {
        page.block(&block);
    }
    page.rows
}

/// A block of a page.
#[derive(Debug, PartialEq, Eq)]
enum Block {
    Heading(String),
    Paragraph(String),
    /// The mark of an item in a list (`- `, `3. `), and its text.
    Item(String, String),
    Code(String),
    /// Rows of cells; the first is the head.
    Table(Vec<Vec<String>>),
}

/// The blocks of a page. Raw HTML and pictures, which a terminal cannot show, are
/// left out.
fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut text = String::new();
    let mut table: Vec<Vec<String>> = Vec::new();
    let mut link = None;
    // The number of the next item of each open list that has numbers, and the mark of
    // this item.
    let mut numbers: Vec<Option<u64>> = Vec::new();
    let mut mark = String::new();
    let (mut in_item, mut in_table, mut in_image) = (false, false, false);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::Start(Tag::TableHead | Tag::TableRow) => table.push(Vec::new()),
            Event::Start(Tag::List(start)) => {
                // What an item says before the list inside it.
                if !text.is_empty() {
                    blocks.push(Block::Item(mark.clone(), std::mem::take(&mut text)));
                }
                numbers.push(start);
            }
            Event::End(TagEnd::List(_)) => drop(numbers.pop()),
            Event::Start(Tag::Item) => {
                in_item = true;
                mark = "- ".to_owned();
                if let Some(Some(number)) = numbers.last_mut() {
                    mark = format!("{number}. ");
                    *number += 1;
                }
            }
            Event::Start(Tag::Image { .. }) => in_image = true,
            Event::End(TagEnd::Image) => in_image = false,
            Event::Start(Tag::Link { dest_url, .. }) => link = Some(dest_url),
            Event::End(TagEnd::Link) => {
                let goal = link.take();
                let page = goal.as_ref().and_then(|goal| goal.split_once(".md"));
                if let Some((topic, _)) = page {
                    text.push_str(&format!(" (anli help {topic})"));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => text.clear(),
            Event::Text(part) if !in_image => text.push_str(&part),
            // Between words that are code on their own, as in tables of keys, marks
            // would only be in the way.
            Event::Code(code) if in_table => text.push_str(&code),
            Event::Code(code) => text.push_str(&format!("`{code}`")),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(TagEnd::TableCell) => {
                if let Some(row) = table.last_mut() {
                    row.push(std::mem::take(&mut text));
                }
            }
            Event::End(TagEnd::Table) => {
                in_table = false;
                blocks.push(Block::Table(std::mem::take(&mut table)));
            }
            Event::End(TagEnd::Heading(_)) => {
                blocks.push(Block::Heading(std::mem::take(&mut text)));
            }
            Event::End(TagEnd::CodeBlock) => blocks.push(Block::Code(std::mem::take(&mut text))),
            Event::End(TagEnd::Item) => {
                in_item = false;
                if !text.is_empty() {
                    blocks.push(Block::Item(mark.clone(), std::mem::take(&mut text)));
                }
            }
            Event::End(TagEnd::Paragraph) if in_item => {
                blocks.push(Block::Item(mark.clone(), std::mem::take(&mut text)));
                // Only the first paragraph of an item has its mark.
                mark = " ".repeat(mark.len());
            }
            Event::End(TagEnd::Paragraph) if !text.is_empty() => {
                blocks.push(Block::Paragraph(std::mem::take(&mut text)));
            }
            _ => {}
        }
    }
    blocks
}

/// Columns between two cells.
const GAP: u16 = 2;

/// Columns that a shortened cell needs; where there are fewer, the cells of a row
/// go below one another.
const LEAST_CELL: u16 = 14;

struct Page {
    columns: u16,
    ambiguous: Ambiguous,
    rows: Vec<Row>,
    /// Whether the last block is an item of a list, which the next one follows directly.
    after_item: bool,
}

impl Page {
    fn block(&mut self, block: &Block) {
        let is_item = matches!(block, Block::Item(..));
        if !(self.rows.is_empty() || is_item && self.after_item) {
            self.push(Style::Text, String::new());
        }
        self.after_item = is_item;
        match block {
            Block::Heading(text) => {
                for row in self.broken(text, self.columns) {
                    self.push(Style::Heading, row);
                }
            }
            Block::Paragraph(text) => self.hanging("", text, 0),
            Block::Item(mark, text) => self.hanging(mark, text, mark.len() as u16),
            Block::Code(text) => text.lines().for_each(|line| self.hanging("    ", line, 4)),
            Block::Table(cells) => self.table(cells),
        }
    }

    fn push(&mut self, style: Style, text: String) {
        self.rows.push(Row { style, text });
    }

    /// A text in rows of at most `columns` columns, without blanks at their ends.
    fn broken(&self, text: &str, columns: u16) -> Vec<String> {
        let rows = wrap::wrap(text, Room::even(columns.max(1)), self.ambiguous);
        let row = |row| text.get::<std::ops::Range<usize>>(row).unwrap_or_default();
        rows.into_iter()
            .map(|range| row(range).trim_end().to_owned())
            .collect()
    }

    /// A text after `mark`, whose further rows begin `indent` columns from the left.
    fn hanging(&mut self, mark: &str, text: &str, indent: u16) {
        let indent = indent.min(self.columns / 4);
        let blank = " ".repeat(indent.into());
        for (index, row) in self
            .broken(text, self.columns - indent)
            .into_iter()
            .enumerate()
        {
            let begin = match index {
                0 => &mark[..mark.len().min(indent.into())],
                _ => blank.as_str(),
            };
            self.push(Style::Text, format!("{begin}{row}"));
        }
    }

    fn table(&mut self, cells: &[Vec<String>]) {
        let Some((head, rows)) = cells.split_first() else {
            return;
        };
        let Some(widths) = self.widths(cells) else {
            return rows.iter().for_each(|row| self.stacked(head, row));
        };
        self.beside(head, &widths);
        let rule: Vec<String> = widths.iter().map(|&w| "-".repeat(w.into())).collect();
        self.push(Style::Text, rule.join(&" ".repeat(GAP.into())));
        for row in rows {
            self.beside(row, &widths);
        }
    }

    /// How many columns each column of a table has: what its longest cell needs,
    /// or an even share of what the shorter ones leave. `None` where a share would
    /// be too narrow to read.
    fn widths(&self, cells: &[Vec<String>]) -> Option<Vec<u16>> {
        let count = cells.first()?.len();
        let natural = |column: usize| {
            let cells = cells.iter().filter_map(|row| row.get(column));
            cells.map(|cell| width::of_str(cell, self.ambiguous)).max()
        };
        let natural: Vec<u16> = (0..count).map(|c| natural(c).unwrap_or(0)).collect();
        let gaps = GAP * u16::try_from(count.saturating_sub(1)).ok()?;
        let mut room = self.columns.checked_sub(gaps)?;
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|&column| natural[column]);
        let mut widths = vec![0; count];
        for (done, column) in order.into_iter().enumerate() {
            let share = room / u16::try_from(count - done).ok()?;
            widths[column] = natural[column].min(share);
            if share < natural[column] && share < LEAST_CELL {
                return None;
            }
            room -= widths[column];
        }
        Some(widths)
    }

    /// A row of a table whose cells are beside one another.
    fn beside(&mut self, cells: &[String], widths: &[u16]) {
        let cells: Vec<Vec<String>> = cells
            .iter()
            .zip(widths)
            .map(|(cell, &columns)| self.broken(cell, columns))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let parts = cells.iter().zip(widths).map(|(cell, &columns)| {
                let row = cell.get(at).map_or("", String::as_str);
                width::pad(row, columns, self.ambiguous)
            });
            let row = parts.collect::<Vec<_>>().join(&" ".repeat(GAP.into()));
            self.push(Style::Text, row.trim_end().to_owned());
        }
    }

    /// A row of a table whose cells are below one another, each after the first
    /// with the head of its column where there are several.
    fn stacked(&mut self, head: &[String], cells: &[String]) {
        let Some((first, rest)) = cells.split_first() else {
            return;
        };
        self.hanging("", first, 0);
        let heads = head.iter().skip(1);
        for (head, cell) in heads.zip(rest).filter(|(_, cell)| !cell.is_empty()) {
            match rest.len() {
                1 => self.hanging("    ", cell, 4),
                _ => self.hanging("    ", &format!("{head}: {cell}"), 4),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, columns: u16, expected: &str) {
        let rows: Vec<String> = rows(markdown, columns, Ambiguous::Narrow)
            .into_iter()
            .map(|row| row.text)
            .collect();
        assert_eq!(rows.join("\n"), expected);
    }

    #[test]
    fn paragraphs_are_wrapped_and_parted_by_an_empty_row() {
        check(
            "# 标题\n\n一段文字，要分成两行。\n\nTwo\nlines.\n",
            12,
            "标题\n\n一段文字，要\n分成两行。\n\nTwo lines.",
        );
    }

    #[test]
    fn entries_of_a_list_hang_under_their_mark() {
        check("- 一二三四五六\n- 七\n", 8, "- 一二三\n  四五六\n- 七");
        check(
            "9. 一二三四五六\n10. 七\n    - 八\n11. 九\n",
            16,
            "9. 一二三四五六\n10. 七\n- 八\n11. 九",
        );
    }

    #[test]
    fn a_link_names_the_call_that_prints_its_page() {
        check(
            "See [Keys](keys.md#moving).",
            80,
            "See Keys (anli help keys).",
        );
    }

    #[test]
    fn cells_are_beside_one_another_where_there_is_room() {
        let table = "| key | what it does |\n|---|---|\n| `j` | one row down and further on |\n";
        check(
            table,
            40,
            "key  what it does\n---  ---------------------------\nj    one row down and further on",
        );
        check(
            table,
            21,
            "key  what it does\n---  ----------------\nj    one row down and\n     further on",
        );
        check(table, 16, "j\n    one row down\n    and further\n    on");
    }

    #[test]
    fn code_keeps_its_lines() {
        check(
            "```sh\nanli list\nanli check\n```\n",
            40,
            "    anli list\n    anli check",
        );
    }
}
