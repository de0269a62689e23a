//! One case, set as the rows of a page.
//!
//! Setting is done once for a case and a [`Setting`]; what a painter asks for a
//! visible row costs nothing that grows with the case.
//!
//! Of a long case only a part has rows (`typeset/part.rs`): what is looked at and some screens
//! around. The blocks are all there, and every place in them.
//!
//! A page opens with the title lines, a byline and a source line, then comes
//! the text:
//!
//! ```text
//! 填补国内农业“保险+期货”空白              title, a paragraph for each line
//! 平度市政府 · 2017 · 区市 · 全文          byline
//! 003_e708e3f89c99b752.txt 18–45 行        source
//!                                          blank before headings of level 1 and 2
//! 一、案例背景                             level 1 at the margin, level 2 two, others four columns in
//!     2016年，中央一号文件首次提出探索农   paragraphs begin two Han in (one on the least screens),
//! 产品“保险+期货”试点，深入推进服务“三农”   with no blank row between them
//! | 图为平度市蛋鸡养殖场。                 captions follow a bar
//! 单位      金额                           a table that fits has columns,
//! 金额：100万元                            another one a row a cell, after its column's name
//! ```

mod part;
mod raw;
mod row;
mod table;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::mem;
use std::ops::Range;

use crate::case::role::{self, Roles};
use crate::case::{BlockKind, CaseRef, Title, unbroken};
use crate::text::CharSpan;
use crate::text::script::Display;
use crate::text::width::{self, Ambiguous};
use crate::text::wrap::{self, Gap, Justify, Room};

use part::Piece;
pub use raw::{RawAnchor, RawPage};
pub use row::{Row, RowRole};
use table::Table;

/// How a page is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Setting {
    /// The measure: columns that a row may take.
    pub columns: u16,
    pub ambiguous: Ambiguous,
    pub script: Display,
    /// Whether rows are spread over the whole measure.
    pub justify: bool,
    /// Whether a blank row parts paragraphs as well.
    pub roomy: bool,
}

/// The lines between title and text, worded for the reader: language and
/// script are the caller's. An empty line takes no row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// Orgs, year, category, completeness.
    pub byline: String,
    /// Publisher, date, file and lines; the lines of a note.
    pub source: String,
}

/// A place in a case that stays the same whatever the setting: a character of
/// a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// Index among the page's blocks; the same for every page of one case.
    pub block: u32,
    /// Index of the character in the block's text.
    pub char: u32,
}

/// What of the case a block shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A title line, from 0.
    Title(u32),
    Byline,
    Source,
    /// A block of the case's text, by its index among the case's blocks.
    Text(u32),
}

/// A paragraph of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetBlock {
    /// As shown, in the script that was asked for.
    pub text: String,
    pub part: Part,
    /// The role of its rows.
    pub role: RowRole,
}

/// A heading of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetSection {
    /// Index among the page's blocks.
    pub block: u32,
    /// 1 to 4.
    pub level: u8,
    /// The first row of the heading.
    pub row: usize,
    /// How many characters of its block are the heading: all, or those that lead a paragraph.
    pub chars: u32,
    pub roles: Roles,
}

/// A case as rows.
#[derive(Clone, Debug)]
pub struct Page {
    setting: Setting,
    blocks: Vec<SetBlock>,
    rows: Vec<Row>,
    gaps: Vec<Gap>,
    sections: Vec<SetSection>,
    /// Number of blocks before the case's text.
    front: u32,
    tables: Vec<Table>,
    /// What is set in one go, in order; and those of it that have rows.
    pieces: Vec<Piece>,
    window: Range<usize>,
}

/// Below this measure nothing is indented but the first rows of paragraphs.
const NARROW: u16 = 24;

/// From this measure, which a screen of 24 columns has, up to [`NARROW`] a
/// paragraph begins one Han in.
const LEAST_INDENTED: u16 = 22;

impl Page {
    /// Sets a case, all of it.
    pub fn set(case: CaseRef<'_>, front: &Front, setting: &Setting) -> Self {
        let mut page = Self::unset(case, front, setting);
        page.lay_out(0..page.pieces.len());
        page
    }

    /// The blocks of a case, without a row.
    fn unset(case: CaseRef<'_>, front: &Front, setting: &Setting) -> Self {
        let mut page = Self {
            setting: *setting,
            blocks: Vec::with_capacity(case.case.blocks.len() + 4),
            rows: Vec::new(),
            gaps: Vec::new(),
            sections: Vec::new(),
            front: 0,
            tables: table::tables(case, setting),
            pieces: Vec::new(),
            window: 0..0,
        };
        for (line, text) in (0..).zip(title_lines(case)) {
            let shown = setting.script.show(&text).into_owned();
            page.push(shown, Part::Title(line), RowRole::Title);
        }
        page.push(front.byline.clone(), Part::Byline, RowRole::Byline);
        page.push(front.source.clone(), Part::Source, RowRole::Source);
        page.front = page.blocks.len() as u32;
        let heads: BTreeSet<usize> = page.tables.iter().filter_map(|table| table.head).collect();
        for (index, block) in (0..).zip(&case.case.blocks) {
            let text = case.block_text(block);
            let role = match block.kind {
                BlockKind::Heading { level } => RowRole::Heading(level),
                BlockKind::Paragraph | BlockKind::Lead { .. } | BlockKind::Field { .. } => {
                    RowRole::Paragraph
                }
                BlockKind::Row { .. } if heads.contains(&(index as usize)) => RowRole::TableHead,
                BlockKind::Row { .. } => RowRole::TableRow,
                BlockKind::Caption => RowRole::Caption,
            };
            if let Some((level, heading)) = case.heading(block) {
                page.sections.push(SetSection {
                    block: page.blocks.len() as u32,
                    level,
                    row: 0,
                    chars: heading.chars().count() as u32,
                    roles: role::of(&heading),
                });
            }
            page.push(
                setting.script.show(&text).into_owned(),
                Part::Text(index),
                role,
            );
        }
        page
    }

    /// How it was set.
    pub fn setting(&self) -> Setting {
        self.setting
    }

    /// All blocks, in order.
    pub fn blocks(&self) -> &[SetBlock] {
        &self.blocks
    }

    /// The rows of what is set, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The text of a row without the spaces that hang at its end; empty for a
    /// blank row and beyond the last.
    pub fn row_text(&self, row: usize) -> &str {
        self.rows.get(row).map_or("", |row| {
            self.blocks[row.block as usize].text[row.bytes()].trim_end()
        })
    }

    /// What is before the text of a row, within its indent: the bar of a caption, the name
    /// of a cell's column; empty for most.
    pub fn row_mark(&self, row: usize) -> Cow<'_, str> {
        let Some(row) = self.rows.get(row) else {
            return Cow::Borrowed("");
        };
        match &row.label {
            Some(label) => {
                let name = &self.blocks[label.block as usize].text[label.bytes.clone()];
                Cow::Owned(table::label(name))
            }
            None => Cow::Borrowed(row.bar()),
        }
    }

    /// The empty columns that spread a row over the measure, in order; bytes
    /// are counted from the start of the row.
    pub fn row_gaps(&self, row: usize) -> &[Gap] {
        self.rows.get(row).map_or(&[], |row| {
            &self.gaps[row.gaps.start as usize..row.gaps.end as usize]
        })
    }

    /// What of `spans`, characters of the row's block in order and not
    /// overlapping, lies in a row: byte ranges of [`Self::row_text`].
    pub fn row_spans(&self, row: usize, spans: &[CharSpan]) -> Vec<Range<usize>> {
        match self.rows.get(row) {
            Some(found) => row::cut(self.row_text(row), found.char, spans),
            None => Vec::new(),
        }
    }

    /// Returns the row of a place; for a place that the page lacks, the nearest row before
    /// it.
    pub fn row_of(&self, anchor: Anchor) -> usize {
        let after = self
            .rows
            .partition_point(|row| (row.block, row.char) <= (anchor.block, anchor.char));
        after.saturating_sub(1)
    }

    /// The place at the start of a row; of a blank row, the start of what
    /// follows it. Beyond the last row, the place of the last.
    pub fn anchor_at(&self, row: usize) -> Anchor {
        let last = self.rows.len().saturating_sub(1);
        self.rows
            .get(row.min(last))
            .map_or(Anchor::default(), |row| Anchor {
                block: row.block,
                char: row.char,
            })
    }

    /// The place of a character of a part; `None` for a part that the case
    /// does not have.
    pub fn anchor_of(&self, part: Part, char: u32) -> Option<Anchor> {
        let block = match part {
            Part::Text(index) => self.front + index,
            part => (0..self.front).find(|&block| self.blocks[block as usize].part == part)?,
        };
        (self.blocks.len() > block as usize).then_some(Anchor { block, char })
    }

    /// The headings, in order.
    pub fn sections(&self) -> &[SetSection] {
        &self.sections
    }

    /// The section that a row is in; `None` before the first heading.
    pub fn section_at(&self, row: usize) -> Option<usize> {
        let after = self.sections.partition_point(|section| section.row <= row);
        after.checked_sub(1)
    }

    /// The section that a place is in; `None` before the first heading.
    pub fn section_of(&self, place: Anchor) -> Option<usize> {
        let after = self
            .sections
            .partition_point(|section| section.block <= place.block);
        after.checked_sub(1)
    }

    /// The text of a section's heading, as shown.
    pub fn heading(&self, section: &SetSection) -> &str {
        let text = &self.blocks[section.block as usize].text;
        let end = text.char_indices().nth(section.chars as usize);
        &text[..end.map_or(text.len(), |(at, _)| at)]
    }

    /// A blank row sets off the text from its front, and a heading of level 1
    /// or 2 from the text before it; a roomy page has one before every paragraph that
    /// does not follow its heading.
    fn wants_blank_before(&self, role: RowRole) -> bool {
        match self.rows.last().map(|row| row.role) {
            None | Some(RowRole::Heading(_)) => false,
            Some(RowRole::Title | RowRole::Byline | RowRole::Source) => true,
            Some(_) => self.setting.roomy || matches!(role, RowRole::Heading(1 | 2)),
        }
    }

    fn add_blank(&mut self, block: u32) {
        self.rows.push(Row {
            block,
            start: 0,
            end: 0,
            char: 0,
            indent: 0,
            role: RowRole::Blank,
            gaps: 0..0,
            label: None,
        });
    }

    /// Sets a row of a table below the others: on one row where the table fits, else on a
    /// row for each cell.
    fn add_table_row(&mut self, block: u32, text: &str, table: usize) {
        let table = &self.tables[table];
        let at = (block - self.front) as usize;
        let (is_first, head) = (table.blocks.start == at, table.head);
        let role = self.blocks[block as usize].role;
        let gaps = self.gaps.len() as u32;
        let starts = table.starts.as_ref();
        let found = starts.map(|starts| table::gaps(text, starts, self.setting.ambiguous));
        if is_first && self.wants_blank_before(role) {
            self.add_blank(block);
        }
        if let Some(found) = found {
            self.gaps.extend(found);
            self.rows.push(Row {
                block,
                start: 0,
                end: text.len() as u32,
                char: 0,
                indent: 0,
                role,
                gaps: gaps..self.gaps.len() as u32,
                label: None,
            });
        } else if let Some(head) = head.filter(|&head| head != at) {
            if !is_first && !self.rows.is_empty() {
                self.add_blank(block);
            }
            let head = self.front + head as u32;
            let names = self.blocks[head as usize].text.clone();
            self.add_cells(block, text, &names, head);
        } else {
            let whole = Piece::whole(block, text);
            self.add_rows(text, role, &whole);
        }
    }

    /// Sets each cell of a row of a table on rows of its own, after the name of its column.
    fn add_cells(&mut self, block: u32, text: &str, names: &str, head: u32) {
        let columns = self.setting.columns.max(1);
        let mut names = table::cells(names);
        let (mut char, mut before) = (0, 0);
        for cell in table::cells(text) {
            let name = names.next();
            if text[cell.clone()].trim().is_empty() {
                continue;
            }
            let width = |name: &Range<usize>| {
                let text = &self.blocks[head as usize].text[name.clone()];
                width::of_str(&table::label(text), self.setting.ambiguous)
            };
            let label = name.filter(|name| !name.is_empty() && width(name) * 2 <= columns);
            let indent = label.as_ref().map_or(0, width);
            let room = Room::even(columns - indent);
            for (row, bytes) in wrap::wrap(&text[cell.clone()], room, self.setting.ambiguous)
                .into_iter()
                .enumerate()
            {
                let start = cell.start + bytes.start;
                let label = label.clone().filter(|_| row == 0);
                char += text[before..start].chars().count() as u32;
                before = start;
                self.rows.push(Row {
                    block,
                    start: start as u32,
                    end: (cell.start + bytes.end) as u32,
                    char,
                    indent,
                    role: RowRole::TableRow,
                    gaps: 0..0,
                    label: label.map(|bytes| row::Label { block: head, bytes }),
                });
            }
        }
    }

    /// Appends a block.
    fn push(&mut self, text: String, part: Part, role: RowRole) {
        let block = self.blocks.len() as u32;
        let is_row = matches!(role, RowRole::TableHead | RowRole::TableRow);
        if is_row && !text.is_empty() {
            self.pieces.push(Piece::whole(block, &text));
        } else {
            self.pieces.extend(part::pieces(block, &text));
        }
        self.blocks.push(SetBlock { text, part, role });
    }

    /// Sets a piece of a block below the rows that there are.
    fn add(&mut self, piece: &Piece) {
        let block = &mut self.blocks[piece.block as usize];
        let (role, part) = (block.role, block.part);
        let text = mem::take(&mut block.text);
        let is_text = matches!(part, Part::Text(_));
        let is_row = matches!(role, RowRole::TableHead | RowRole::TableRow);
        if is_row {
            let at = (piece.block - self.front) as usize;
            let table = self.tables.partition_point(|table| table.blocks.end <= at);
            self.add_table_row(piece.block, &text, table);
        } else {
            if is_text && piece.bytes.start == 0 && self.wants_blank_before(role) {
                self.add_blank(piece.block);
            }
            self.note_section(piece);
            self.add_rows(&text, role, piece);
        }
        self.blocks[piece.block as usize].text = text;
    }

    fn add_rows(&mut self, text: &str, role: RowRole, piece: &Piece) {
        let columns = self.setting.columns.max(1);
        let indents = match role {
            _ if columns >= NARROW => role.indents(),
            RowRole::Paragraph if columns >= LEAST_INDENTED => Room { first: 2, rest: 0 },
            _ => Room::even(0),
        };
        let is_first = piece.bytes.start == 0;
        let first = if is_first {
            indents.first
        } else {
            indents.rest
        };
        let room = Room {
            first: columns - first,
            rest: columns - indents.rest,
        };
        let wrap = |line: &str, room: Room| match role {
            RowRole::Title | RowRole::Heading(_) => {
                wrap::wrap_heading(line, room, self.setting.ambiguous)
            }
            RowRole::Byline | RowRole::Source => {
                wrap::wrap_parts(line, room.rest, self.setting.ambiguous)
            }
            _ => wrap::wrap(line, room, self.setting.ambiguous),
        };
        let mut start = piece.bytes.start;
        let mut rows = Vec::new();
        let text = &text[..piece.bytes.end];
        for line in text[start..].split('\n') {
            let of_line = wrap(line, room);
            rows.extend(
                of_line
                    .into_iter()
                    .map(|row| start + row.start..start + row.end),
            );
            start += line.len() + 1;
        }
        let spreads = self.setting.justify && role.is_spread();
        // Of a text that is cut, the part before would only cost time.
        let cut = &text[piece.bytes.start..];
        let mut justify = spreads.then(|| Justify::new(cut, self.setting.ambiguous));
        let last = rows.len() - 1;
        let (mut char, mut before) = (piece.char, piece.bytes.start);
        for (index, bytes) in rows.into_iter().enumerate() {
            let (indent, columns) = match index {
                0 => (first, room.first),
                _ => (indents.rest, room.rest),
            };
            let gaps = self.gaps.len() as u32;
            if let Some(justify) = justify.as_mut().filter(|_| index < last) {
                let offset = piece.bytes.start;
                let in_cut = bytes.start - offset..bytes.end - offset;
                let found = justify.row(in_cut.clone(), columns);
                self.gaps.extend(found.into_iter().map(|gap| Gap {
                    byte: gap.byte - in_cut.start,
                    ..gap
                }));
            }
            char += text[before..bytes.start].chars().count() as u32;
            before = bytes.start;
            self.rows.push(Row {
                block: piece.block,
                start: bytes.start as u32,
                end: bytes.end as u32,
                char,
                indent,
                role,
                gaps: gaps..self.gaps.len() as u32,
                label: None,
            });
        }
    }
}

/// The title lines as printed; an editor's title in square brackets.
fn title_lines(case: CaseRef<'_>) -> Vec<Cow<'_, str>> {
    match &case.case.title {
        Title::Printed(lines) => lines
            .iter()
            .map(|&line| unbroken(case.document.slice(line)))
            .collect(),
        Title::Editor(title) => vec![Cow::Owned(format!("[{title}]"))],
    }
}
