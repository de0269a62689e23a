//! Tables inside a text: lines whose cells tabs part, or that a format knows as rows.

use super::lines::{Line, Page, is_short};
use crate::case::{Block, BlockKind, TextRange};
use crate::formats::Role;

/// Makes blocks rows where they are one: the format says so, or two lines in
/// succession have the same number of cells. `lines` are those of the blocks.
pub(super) fn mark(page: &Page<'_>, lines: &[Line], blocks: &mut [Block]) {
    let text = |block: &Block| page.slice(block.range);
    let by_format = |block: &Block| {
        let at = lines.partition_point(|line| line.range.start < block.range.start);
        match lines.get(at).map(|line| line.format.role) {
            Some(Role::Row { head }) => Some(head),
            _ => None,
        }
    };
    let mut at = 0;
    while at < blocks.len() {
        let first = by_format(&blocks[at]);
        let cells = text(&blocks[at]).matches('\t').count();
        if first.is_none() && cells == 0 {
            at += 1;
            continue;
        }
        // Rows may lack their last cells, except the head of another table.
        let count = |at: usize| text(&blocks[at]).matches('\t').count();
        let goes_on = |at: usize| {
            let own = count(at);
            let next = blocks.get(at + 1).map(|_| count(at + 1));
            own == cells
                || (1..cells).contains(&own)
                    && !(next == Some(own) && names_columns(text(&blocks[at])))
        };
        let mut end = at + 1;
        while end < blocks.len() {
            let fits = match first {
                Some(_) => by_format(&blocks[end]) == Some(false),
                None => goes_on(end),
            };
            if !fits {
                break;
            }
            end += 1;
        }
        let names_columns = match first {
            Some(head) => head,
            None => end > at + 1 && names_columns(text(&blocks[at])),
        };
        let head: Option<TextRange> = names_columns.then_some(blocks[at].range);
        for block in &mut blocks[at..end] {
            block.kind = BlockKind::Row { head };
        }
        at = end;
    }
}

/// Whether a row names columns: its cells are short and none is a figure.
fn names_columns(row: &str) -> bool {
    row.split('\t').enumerate().all(|(at, cell)| {
        let cell = cell.trim();
        // Above the names of the rows there is often none.
        is_short(cell, 12)
            && (at == 0 || !cell.is_empty())
            && !cell.contains(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_as_many_tabs_are_rows_under_a_head() {
        let page = Page::new("经费\n姓名\t单位\t金额\n张三\t市教育局\t100\n李四\t市民政局\t20\n完");
        let paragraph = |line: &Line| Block {
            kind: BlockKind::Paragraph,
            range: line.range,
        };
        let mut blocks: Vec<Block> = page.lines.iter().map(paragraph).collect();
        mark(&page, &page.lines, &mut blocks);
        let head = Some(page.lines[1].range);
        let kinds: Vec<BlockKind> = blocks.iter().map(|block| block.kind).collect();
        let row = BlockKind::Row { head };
        let text = BlockKind::Paragraph;
        assert_eq!(kinds, [text, row, row, row, text]);
    }

    #[test]
    fn empty_cells_at_the_ends_keep_their_columns() {
        let page = Page::new(
            "经费\n\t一月\t二月\n公园\t5\t6\n\t其中：苗木\t2\n道路\t9\n\n\t说明一段，前面空一格。\n",
        );
        let lines: Vec<&str> = page
            .lines
            .iter()
            .map(|line| page.slice(line.range))
            .collect();
        assert_eq!(
            lines,
            [
                "经费",
                "\t一月\t二月",
                "公园\t5\t6",
                "\t其中：苗木\t2",
                "道路\t9",
                "说明一段，前面空一格。"
            ]
        );
        let paragraph = |line: &Line| Block {
            kind: BlockKind::Paragraph,
            range: line.range,
        };
        let mut blocks: Vec<Block> = page.lines.iter().map(paragraph).collect();
        mark(&page, &page.lines, &mut blocks);
        let row = BlockKind::Row {
            head: Some(page.lines[1].range),
        };
        let kinds: Vec<BlockKind> = blocks.iter().map(|block| block.kind).collect();
        let text = BlockKind::Paragraph;
        assert_eq!(kinds, [text, row, row, row, row, text]);
    }
}
