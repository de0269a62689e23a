//! What every reader is given and what it hands back.

use super::catalog::DocumentEntry;
use super::lines::{Line, Page};
use super::orgs::Names;
use super::words::{EntryMistake, Oddity};
use crate::case::{Block, BlockKind, Category, Completeness, Lines, Org, Part, TextRange, Title};

/// What a reader works from.
#[derive(Clone, Copy)]
pub(super) struct Material<'a> {
    pub page: &'a Page<'a>,
    pub names: &'a Names,
    /// What the catalog knows of the document.
    pub entry: Option<&'a DocumentEntry>,
}

/// What one document yields: its cases, to what its text belongs, and what the
/// reader could not make sense of.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub cases: Vec<Draft>,
    pub claims: Vec<(TextRange, Part)>,
    /// By line.
    pub warnings: Vec<(u32, Oddity)>,
    /// What is wrong with the catalog's entry.
    pub errors: Vec<EntryMistake>,
    /// The title that the document prints over its cases.
    pub title: Option<String>,
}

/// A case before it has a name.
#[derive(Debug)]
pub(super) struct Draft {
    pub lines: Lines,
    pub category: Option<Category>,
    pub area: Option<String>,
    pub completeness: Completeness,
    /// `None` where the document prints none and the catalog must help.
    pub title: Option<Title>,
    pub orgs: Vec<Org>,
    pub blocks: Vec<Block>,
}

impl Draft {
    /// The bytes from the first character of its title or text to its last.
    pub fn extent(&self) -> std::ops::Range<usize> {
        let titles: &[TextRange] = match &self.title {
            Some(Title::Printed(lines)) => lines,
            _ => &[],
        };
        let ranges = || {
            titles
                .iter()
                .copied()
                .chain(self.blocks.iter().map(|b| b.range))
        };
        let start = ranges().map(|range| range.start).min().unwrap_or(0);
        let end = ranges().map(|range| range.end).max().unwrap_or(0);
        start as usize..end as usize
    }
}

impl Names {
    /// Category and district of the first of some bodies.
    pub fn place(&self, orgs: &[Org]) -> (Option<Category>, Option<String>) {
        let category = orgs.first().map(|org| self.category(&org.printed));
        (category, self.area_for(category, orgs))
    }

    /// The district of a case of a category; only those of districts have one.
    pub fn area_for(&self, category: Option<Category>, orgs: &[Org]) -> Option<String> {
        if category != Some(Category::District) {
            return None;
        }
        orgs.iter().find_map(|org| self.area(&org.printed))
    }
}

impl Reading {
    pub fn claim(&mut self, range: TextRange, part: Part) {
        if range.start < range.end {
            self.claims.push((range, part));
        }
    }

    pub fn claim_lines(&mut self, lines: &[Line], part: Part) {
        let ranges = lines.iter().map(|line| (line.range, part));
        self.claims.extend(ranges);
    }

    pub fn warn(&mut self, line: u32, oddity: Oddity) {
        self.warnings.push((line, oddity));
    }
}

/// A line as a paragraph.
pub(super) fn paragraph(range: TextRange) -> Block {
    Block {
        kind: BlockKind::Paragraph,
        range,
    }
}
