//! A compilation (汇编) of cases: a digest or the full texts, in the layouts that the
//! program reads.

use crate::case::{BlockKind, CaseRef, Category, Completeness};
use crate::paper::{Block, Paper};

/// What of each case is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Lists by category, then an abstract of each case.
    Digest,
    /// Title, org line and text of each case.
    Full,
}

/// How the cases follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// In a fixed order that ranks nothing, which the compilation says.
    Fixed,
    /// By rank, which the compilation says as well.
    Rank,
}

/// What a compilation is made of beside its cases.
#[derive(Clone, Debug)]
pub struct Plan {
    pub layout: Layout,
    pub order: Order,
    pub title: String,
    /// Whether the title has a page of its own.
    pub cover: bool,
    /// The editor's note, a paragraph a line; empty for none.
    pub note: String,
    /// Whether there is a table of contents.
    pub contents: bool,
    /// The appendix after the cases, one paragraph per line; empty for none.
    pub appendix: String,
    /// What is printed as the abstract of a case, by its id, in place of its first
    /// paragraph.
    pub picked: Vec<(String, Pick)>,
}

/// What a person picked as the abstract of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// A paragraph, from 1.
    Paragraph(usize),
    /// The section whose heading has these words.
    Section(String),
}

impl Pick {
    /// A number is a paragraph, anything else words of a heading.
    pub fn of(text: &str) -> Self {
        match text.parse() {
            Ok(number) => Self::Paragraph(number),
            Err(_) => Self::Section(text.to_owned()),
        }
    }

    /// The text that is picked of a case, as one paragraph; `None` where there is none.
    pub fn text(&self, case: CaseRef<'_>) -> Option<String> {
        let blocks = &case.case.blocks;
        let paragraphs = |blocks: &[crate::case::Block]| -> Vec<String> {
            let own = blocks
                .iter()
                .filter(|block| block.kind == BlockKind::Paragraph);
            own.map(|block| case.block_text(block).into_owned())
                .collect()
        };
        match self {
            Self::Paragraph(number) => {
                let at = number.checked_sub(1)?;
                paragraphs(blocks).into_iter().nth(at)
            }
            Self::Section(words) => {
                let level = |block: &crate::case::Block| match block.kind {
                    BlockKind::Heading { level } => Some(level),
                    _ => None,
                };
                let begins = |block: &crate::case::Block| {
                    level(block).is_some() && case.block_text(block).contains(words)
                };
                let head = blocks.iter().position(begins)?;
                let own = level(&blocks[head]);
                let behind = &blocks[head + 1..];
                let end = behind
                    .iter()
                    .position(|block| level(block).is_some() && level(block) <= own);
                let text = paragraphs(&behind[..end.unwrap_or(behind.len())]).concat();
                (!text.is_empty()).then_some(text)
            }
        }
    }
}

impl Plan {
    /// The pick for a case.
    fn pick(&self, case: CaseRef<'_>) -> Option<&Pick> {
        let mut picked = self.picked.iter().rev();
        let picked = picked.find(|(id, _)| *id == case.case.id.0);
        picked.map(|(_, pick)| pick)
    }
}

/// The compilation of cases, which keep their order within each category; those of no
/// category come last.
pub fn compile(cases: &[CaseRef<'_>], plan: &Plan) -> Paper {
    let groups = groups(cases);
    let mut blocks = match plan.layout {
        Layout::Digest => digest(&groups, plan),
        Layout::Full => full(&groups, plan),
    };
    blocks.extend(appendix(plan));
    Paper {
        name: plan.title.clone(),
        blocks,
        wide: false,
    }
}

type Group<'a> = (Option<Category>, Vec<CaseRef<'a>>);

fn groups<'a>(cases: &[CaseRef<'a>]) -> Vec<Group<'a>> {
    let categories = Category::ALL.map(Some).into_iter().chain([None]);
    categories
        .map(|category| {
            // What belongs to no case is none.
            let own = cases.iter().filter(|case| {
                let of_case = case.case.completeness != Completeness::Rest;
                of_case && case.case.category == category
            });
            (category, own.copied().collect::<Vec<_>>())
        })
        .filter(|(_, cases)| !cases.is_empty())
        .collect()
}

/// The head of a category's list, numbered 一、二、三、.
fn head(number: usize, category: Option<Category>) -> String {
    let number = ["一", "二", "三", "四"][number];
    let name = match category {
        Some(Category::District) => "区、市政府创新工作案例",
        Some(Category::Zone) => "功能区创新工作案例",
        Some(Category::Department) => "市政府部门创新工作案例",
        None => "其他创新工作案例",
    };
    format!("{number}、{name}")
}

/// What says how the cases are ordered. It is a sentence, so that a reader does not
/// take it for a title.
fn order_note(order: Order) -> Block {
    Block::Paragraph(
        match order {
            Order::Fixed => "以下案例按类别编排，排名不分先后。",
            Order::Rank => "以下案例按类别编排，各类按本轮得分从高到低排列。",
        }
        .to_owned(),
    )
}

fn front(plan: &Plan) -> Vec<Block> {
    let mut blocks = Vec::new();
    if plan.cover {
        blocks.push(Block::Title(vec![plan.title.clone()]));
    }
    let note = lines(&plan.note);
    if !note.is_empty() {
        blocks.push(Block::Category(NOTE.to_owned()));
        blocks.extend(note.iter().map(|line| Block::Paragraph(sentence(line))));
    }
    blocks
}

/// The blocks of the appendix, which follows the cases.
fn appendix(plan: &Plan) -> Vec<Block> {
    let told = lines(&plan.appendix);
    let told = told.iter().map(|line| Block::Paragraph((*line).to_owned()));
    let head = (!plan.appendix.trim().is_empty()).then(|| Block::Category(APPENDIX.to_owned()));
    head.into_iter().chain(told).collect()
}

const NOTE: &str = "编者按";
const APPENDIX: &str = "附录";

/// The lines of a text that are not blank.
fn lines(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}

/// A line that ends as a sentence does.
fn sentence(line: &str) -> String {
    if line.ends_with(['。', '！', '？', '…', '”', '：']) {
        line.to_owned()
    } else {
        format!("{line}。")
    }
}

/// The lines of a title.
fn title(case: CaseRef<'_>) -> Vec<String> {
    case.title()
        .split('\u{3000}')
        .map(|line| line.trim().to_owned())
        .collect()
}

/// An entry of a list: `1.题目 副题(单位)`.
fn entry(number: usize, case: CaseRef<'_>) -> String {
    let (title, orgs) = (title(case).join(" "), case.orgs());
    if orgs.is_empty() {
        format!("{number}.{title}")
    } else {
        format!("{number}.{title}({orgs})")
    }
}

fn digest(groups: &[Group<'_>], plan: &Plan) -> Vec<Block> {
    let mut blocks = front(plan);
    blocks.push(order_note(plan.order));
    blocks.push(Block::Line(format!("■{}", plan.title)));
    for (number, (category, cases)) in groups.iter().enumerate() {
        blocks.push(Block::Line(head(number, *category)));
        let entries = cases
            .iter()
            .zip(1..)
            .map(|(&case, number)| entry(number, case));
        blocks.extend(entries.map(Block::Line));
    }
    blocks.push(Block::Line("■案例内容提要".to_owned()));
    for &case in groups.iter().flat_map(|(_, cases)| cases) {
        blocks.extend(title(case).into_iter().map(Block::Line));
        let picked = plan.pick(case).and_then(|pick| pick.text(case));
        let told = picked.unwrap_or_else(|| abstract_of(case));
        let told = format!("({}) {told}", case.orgs());
        blocks.push(Block::Paragraph(told));
    }
    blocks
}

/// The first paragraph of a case.
fn abstract_of(case: CaseRef<'_>) -> String {
    let mut blocks = case.case.blocks.iter();
    let first = blocks.find(|block| block.kind == BlockKind::Paragraph);
    first.map_or(String::new(), |block| case.block_text(block).into_owned())
}

fn full(groups: &[Group<'_>], plan: &Plan) -> Vec<Block> {
    let mut blocks = front(plan);
    let place = blocks.len();
    if plan.contents {
        // Written when everything has its place.
        blocks.push(Block::Contents(Vec::new()));
    }
    blocks.push(order_note(plan.order));
    let mut entries: Vec<(u8, String, usize)> = Vec::new();
    let note = |block: &Block| matches!(block, Block::Category(_));
    if let Some(at) = blocks.iter().position(note) {
        entries.push((1, NOTE.to_owned(), at));
    }
    for (number, (category, cases)) in groups.iter().enumerate() {
        let head = head(number, *category);
        entries.push((1, head.clone(), blocks.len()));
        blocks.push(Block::Category(head));
        for (&case, number) in cases.iter().zip(1..) {
            entries.push((2, entry(number, case), blocks.len()));
            blocks.push(Block::Case(title(case)));
            blocks.push(Block::Orgs(case.orgs()));
            blocks.extend(text(case));
        }
    }
    if !plan.appendix.trim().is_empty() {
        entries.push((1, APPENDIX.to_owned(), blocks.len()));
    }
    if plan.contents {
        blocks[place] = Block::Contents(entries);
    }
    blocks
}

/// The text of a case. What is no part of it is not printed.
fn text(case: CaseRef<'_>) -> impl Iterator<Item = Block> {
    case.case.blocks.iter().filter_map(move |block| {
        let text = || case.block_text(block).into_owned();
        Some(match block.kind {
            BlockKind::Field { .. } => return None,
            BlockKind::Heading { level } => Block::Heading(level, text()),
            BlockKind::Paragraph | BlockKind::Lead { .. } | BlockKind::Row { .. } => {
                Block::Paragraph(text())
            }
            BlockKind::Caption => Block::Line(text()),
        })
    })
}
