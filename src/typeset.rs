//! A case set in rows.

use std::ops::Range;

use crate::case::{BlockKind, CaseRef};
use crate::text::script::Script;
use crate::text::width::Ambiguous;
use crate::text::wrap::{Room, wrap};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    pub columns: u16,
    pub ambiguous: Ambiguous,
    pub script: Script,
    pub justify: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    pub byline: String,
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowRole {
    Title,
    Byline,
    Source,
    Heading(u8),
    Paragraph,
    Caption,
    Blank,
}

#[derive(Clone, Debug)]
pub struct SetBlock {
    pub text: String,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub block: u32,
    pub bytes: Range<usize>,
    pub indent: u16,
    pub role: RowRole,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    pub block: u32,
    pub char: u32,
}

#[derive(Clone, Debug, Default)]
pub struct Page {
    pub blocks: Vec<SetBlock>,
    pub rows: Vec<Row>,
}

pub fn set(case: CaseRef<'_>, front: &Front, setting: Setting) -> Page {
    let mut page = Page::default();
    let mut add = |text: String, role: RowRole, first: u16| {
        let block = page.blocks.len() as u32;
        let room = Room {
            first: setting.columns - first,
            rest: setting.columns,
        };
        for (i, bytes) in wrap(&text, room, setting.ambiguous).into_iter().enumerate() {
            let indent = if i == 0 { first } else { 0 };
            page.rows.push(Row {
                block,
                bytes,
                indent,
                role,
            });
        }
        page.blocks.push(SetBlock { text });
    };
    add(case.title().into_owned(), RowRole::Title, 0);
    add(front.byline.clone(), RowRole::Byline, 0);
    add(front.source.clone(), RowRole::Source, 0);
    for block in &case.case.blocks {
        let (role, first) = match block.kind {
            BlockKind::Heading { level } => (RowRole::Heading(level), 0),
            BlockKind::Paragraph => (RowRole::Paragraph, 4),
            BlockKind::Caption => (RowRole::Caption, 2),
        };
        add(case.block_text(block).into_owned(), role, first);
    }
    page
}

impl Page {
    pub fn anchor_at(&self, row: usize) -> Anchor {
        let Some(row) = self.rows.get(row) else {
            return Anchor::default();
        };
        let text = &self.blocks[row.block as usize].text;
        Anchor {
            block: row.block,
            char: text[..row.bytes.start].chars().count() as u32,
        }
    }

    pub fn row_of(&self, anchor: Anchor) -> usize {
        (0..self.rows.len())
            .rev()
            .find(|&r| self.anchor_at(r) <= anchor)
            .unwrap_or(0)
    }

    pub fn row_spans(&self, row: &Row, spans: &[crate::text::CharSpan]) -> Vec<Range<usize>> {
        let _ = (row, spans);
        Vec::new()
    }
}

impl Page {
    /// The page's block for a block of the case.
    pub fn block_of(&self, part: u32) -> u32 {
        part + 3
    }
}

pub struct Section {
    pub block: u32,
    pub level: u8,
    pub text: String,
    pub row: usize,
    pub roles: Vec<Role>,
}

pub struct Role;
impl Role {
    pub fn name(&self, _l: crate::language::Language) -> &'static str {
        ""
    }
}

impl Page {
    pub fn sections(&self) -> &[Section] {
        &[]
    }
    pub fn section_at(&self, _row: usize) -> Option<usize> {
        None
    }
}
