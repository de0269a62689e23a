//! What every reader is given and what it hands back.

use std::ops::Range;

use super::catalog::DocumentEntry;
use super::front;
use super::lines::{Line, Page, within};
use super::orgs::Names;
use super::words::{EntryMistake, Oddity};
use crate::case::{
    Basis, Block, BlockKind, Category, Completeness, Lines, Org, Part, TextRange, Title,
};
use crate::text::script::to_simplified;

/// What a reader works from.
#[derive(Clone, Copy)]
pub(super) struct Material<'a> {
    pub page: &'a Page<'a>,
    pub names: &'a Names,
    /// What the catalog knows of the document.
    pub entry: Option<&'a DocumentEntry>,
}

impl Material<'_> {
    /// The places of the lines of the document's title among those of its page; empty
    /// where it has none. The head of a part of a book is no title of the whole.
    pub fn title(&self) -> Range<usize> {
        let mut title = front::title(self.page);
        let is_part = |text| front::heads_a_part(text) || front::heads_a_group(text);
        if title.len() == 1 && is_part(self.page.line(title.start)) {
            title.end = title.start;
        }
        match self.entry.and_then(|entry| entry.title_lines) {
            Some(lines) => title.start..(title.start + lines).min(self.page.lines.len()),
            None => title,
        }
    }
}

/// What one document yields: its cases, to what its text belongs, and what the
/// reader could not make sense of.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub cases: Vec<Draft>,
    pub claims: Vec<(TextRange, Part)>,
    /// By line.
    pub warnings: Vec<(u32, Oddity)>,
    /// What is wrong with the catalog's entry.
    pub errors: Vec<EntryMistake>,
    /// The title that the document prints over its cases.
    pub title: Option<String>,
    /// How the cases were found.
    pub basis: Basis,
}

/// A case before it has a name.
#[derive(Debug)]
pub(super) struct Draft {
    pub lines: Lines,
    pub category: Option<Category>,
    pub area: Option<String>,
    /// The head of the group of its list or table.
    pub group: Option<TextRange>,
    /// The award year, where it is another than the document's.
    pub year: Option<u16>,
    pub completeness: Completeness,
    /// `None` where the document prints none and the catalog must help.
    pub title: Option<Title>,
    pub orgs: Vec<Org>,
    pub blocks: Vec<Block>,
}

impl Draft {
    /// The bytes from the first character of its title or text to its last.
    pub fn extent(&self) -> Range<usize> {
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

    /// Category and district of a case of a list whose group has the head `group`,
    /// which may name the category. Another head says what the case is about; the
    /// bodies then decide nothing but the district.
    pub fn place_in_group(
        &self,
        orgs: &[Org],
        group: Option<&str>,
    ) -> (Option<Category>, Option<String>) {
        let Some(group) = group else {
            return self.place(orgs);
        };
        let category = category_of(group);
        (category, self.area_for(category, orgs))
    }

    /// Category and district of a case below a head that may name the category, `其他`
    /// for none; where it names another thing the bodies decide.
    pub fn place_below(
        &self,
        orgs: &[Org],
        head: Option<&str>,
    ) -> (Option<Category>, Option<String>) {
        let by_orgs = || self.place(orgs).0;
        let category = match head {
            Some(head) if names_no_category(head) => None,
            Some(head) => category_of(head).or_else(by_orgs),
            None => by_orgs(),
        };
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

/// Whether the head of a group says that its cases are of no category.
fn names_no_category(head: &str) -> bool {
    category_of(head).is_none() && ["其他", "其它"].iter().any(|word| head.contains(word))
}

/// The category that the head of a list names.
pub(super) fn category_of(head: &str) -> Option<Category> {
    let head = to_simplified(head);
    let names = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if names(&["部门", "市直", "省直", "市级机关"]) {
        Some(Category::Department)
    } else if names(&["功能区", "管理机构", "推进机构", "重点项目"]) {
        Some(Category::Zone)
    } else if names(&[
        "区、市",
        "区市",
        "各区",
        "区县",
        "县区",
        "区（市）",
        "区(市)",
        "县（区）",
        "县(区)",
        "县（市、区）",
        "县(市、区)",
    ]) {
        Some(Category::District)
    } else {
        None
    }
}

impl Findings {
    /// Claims what no reader spoke for, line by line: for the pages what is
    /// recognised as theirs, for `part` everything else.
    pub fn claim_rest(&mut self, page: &Page<'_>, part: Part) {
        let mut claimed: Vec<TextRange> = self.claims.iter().map(|(range, _)| *range).collect();
        claimed.sort_unstable();
        let mut next = claimed.into_iter().peekable();
        for line in &page.lines {
            let mut start = line.range.start;
            let mut free = Vec::new();
            while let Some(range) = next.next_if(|range| range.start < line.range.end) {
                free.push(start..range.start);
                start = start.max(range.end);
            }
            free.push(start..line.range.end);
            for gap in free.into_iter().filter(|gap| gap.start < gap.end) {
                let range = TextRange {
                    start: gap.start,
                    end: gap.end,
                };
                let text = page.slice(range).trim();
                let part = if front::is_furniture(text) {
                    Part::Furniture
                } else {
                    part
                };
                let from = (gap.start - line.range.start) as usize;
                let to = (gap.end - line.range.start) as usize;
                self.claim(within(page, line.range, from, to), part);
            }
        }
    }

    pub fn claim(&mut self, range: TextRange, part: Part) {
        if range.start < range.end {
            self.claims.push((range, part));
        }
    }

    /// Whether a run of the text was claimed for a case.
    pub fn is_case(&self, range: TextRange) -> bool {
        self.claims.iter().any(|(claimed, part)| {
            *part == Part::Case && claimed.start < range.end && range.start < claimed.end
        })
    }

    pub fn claim_lines(&mut self, lines: &[Line], part: Part) {
        let ranges = lines.iter().map(|line| (line.range, part));
        self.claims.extend(ranges);
    }

    pub fn warn(&mut self, line: u32, oddity: Oddity) {
        self.warnings.push((line, oddity));
    }
}

/// Claims in order: lines in succession of one part are one claim, but for the pages',
/// which are listed line by line.
pub(super) fn joined(mut claims: Vec<(TextRange, Part)>, text: &str) -> Vec<(TextRange, Part)> {
    claims.sort_unstable_by_key(|(range, _)| *range);
    claims.dedup_by(|(next, part), (range, before)| {
        let between = text.get(range.end as usize..next.start as usize);
        let follows = between.is_some_and(|between| between.trim().is_empty());
        let is_one = follows && part == before && *part != Part::Furniture;
        if is_one {
            range.end = next.end;
        }
        is_one
    });
    claims.shrink_to_fit();
    claims
}

/// A line as a paragraph.
pub(super) fn paragraph(range: TextRange) -> Block {
    Block {
        kind: BlockKind::Paragraph,
        range,
    }
}
