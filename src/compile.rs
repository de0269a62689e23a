//! A compilation (汇编) of cases: a digest or the full texts, in the layouts that the
//! program reads.

use crate::case::{BlockKind, CaseRef, Category, Completeness};
use crate::paper::{Block, Paper};
use crate::seeds::compiled::{self, head};

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

/// What says how the cases are ordered.
fn order_note(order: Order) -> Block {
    let [fixed, by_rank] = compiled::ORDERS;
    Block::Paragraph(
        match order {
            Order::Fixed => fixed,
            Order::Rank => by_rank,
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
        blocks.extend(note.iter().map(|line| Block::Paragraph((*line).to_owned())));
    }
    blocks
}

/// The blocks of the appendix, which follows the cases.
fn appendix(plan: &Plan) -> Vec<Block> {
    let lines = lines(&plan.appendix);
    let told = lines
        .iter()
        .map(|line| Block::Paragraph((*line).to_owned()));
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

/// The lines of a title.
fn title(case: CaseRef<'_>) -> Vec<String> {
    case.title()
        .split('\u{3000}')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The bodies of a case; what says so where it has none.
fn orgs(case: CaseRef<'_>) -> String {
    let orgs = case.orgs();
    if orgs.trim().is_empty() {
        compiled::NO_ORG.to_owned()
    } else {
        orgs
    }
}

/// An entry of a list: `1.题目 副题(单位)`.
fn entry(number: usize, case: CaseRef<'_>) -> String {
    format!("{number}.{}({})", title(case).join(" "), orgs(case))
}

/// The contents of a book while it is written: its entries, and where it has its place.
struct Contents {
    place: Option<usize>,
    entries: Vec<(u8, String, usize)>,
}

impl Contents {
    /// Starts the table of contents, in front of the first case, if there is to be one.
    fn begin(plan: &Plan, blocks: &mut Vec<Block>) -> Self {
        let is_note = |block: &Block| matches!(block, Block::Category(_));
        let note = blocks.iter().position(is_note);
        let entries = note.map(|at| (1, NOTE.to_owned(), at));
        let place = plan.contents.then_some(blocks.len());
        if plan.contents {
            // Written when everything has its place.
            blocks.push(Block::Contents(Vec::new()));
        }
        Self {
            place,
            entries: entries.into_iter().collect(),
        }
    }

    /// An entry for the block that comes next.
    fn add(&mut self, level: u8, text: String, blocks: &[Block]) {
        self.entries.push((level, text, blocks.len()));
    }

    /// Writes the contents, with the appendix that comes next.
    fn end(mut self, plan: &Plan, blocks: &mut [Block]) {
        if !plan.appendix.trim().is_empty() {
            self.add(1, APPENDIX.to_owned(), blocks);
        }
        if let Some(place) = self.place {
            blocks[place] = Block::Contents(self.entries);
        }
    }
}

/// The lists by category, then the abstracts. The contents have both in this order.
fn digest(groups: &[Group<'_>], plan: &Plan) -> Vec<Block> {
    let mut blocks = front(plan);
    let mut contents = Contents::begin(plan, &mut blocks);
    blocks.push(order_note(plan.order));
    blocks.push(Block::Line(format!("■{}", plan.title)));
    for (number, (category, cases)) in groups.iter().enumerate() {
        let head = head(number, *category);
        contents.add(1, head.clone(), &blocks);
        blocks.push(Block::Line(head));
        let entries = cases
            .iter()
            .zip(1..)
            .map(|(&case, number)| entry(number, case));
        blocks.extend(entries.map(Block::Line));
    }
    let abstracts = compiled::ABSTRACTS;
    contents.add(1, abstracts.replace('■', ""), &blocks);
    blocks.push(Block::Line(abstracts.to_owned()));
    for &case in groups.iter().flat_map(|(_, cases)| cases) {
        contents.add(2, title(case).join(" "), &blocks);
        blocks.extend(title(case).into_iter().map(Block::Line));
        let picked = plan.pick(case).and_then(|pick| pick.text(case));
        let told = picked.unwrap_or_else(|| abstract_of(case));
        let told = format!("({}) {told}", orgs(case));
        blocks.push(Block::Paragraph(told));
    }
    contents.end(plan, &mut blocks);
    blocks
}

/// The first paragraph of a case, or what else it has in place of one.
fn abstract_of(case: CaseRef<'_>) -> String {
    let texts = || {
        let blocks = case.case.blocks.iter();
        blocks.filter(|block| block.is_text() && !matches!(block.kind, BlockKind::Heading { .. }))
    };
    let first = texts()
        .find(|block| block.kind == BlockKind::Paragraph)
        .or_else(|| texts().next());
    first.map_or(String::new(), |block| case.block_text(block).into_owned())
}

fn full(groups: &[Group<'_>], plan: &Plan) -> Vec<Block> {
    let mut blocks = front(plan);
    let mut contents = Contents::begin(plan, &mut blocks);
    blocks.push(order_note(plan.order));
    for (number, (category, cases)) in groups.iter().enumerate() {
        let head = head(number, *category);
        contents.add(1, head.clone(), &blocks);
        blocks.push(Block::Category(head));
        for (&case, number) in cases.iter().zip(1..) {
            contents.add(2, entry(number, case), &blocks);
            blocks.push(Block::Case(title(case)));
            blocks.push(Block::Orgs(match orgs(case) {
                none if none == compiled::NO_ORG => format!("（{none}）"),
                orgs => orgs,
            }));
            blocks.extend(text(case));
        }
    }
    contents.end(plan, &mut blocks);
    blocks
}

/// Returns the text of a case, without what is not part of it. A run-in heading is put above
/// its paragraph.
fn text(case: CaseRef<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for block in &case.case.blocks {
        let text = case.block_text(block).into_owned();
        match block.kind {
            BlockKind::Field { .. } => {}
            BlockKind::Heading { level } => blocks.push(Block::Heading(level, text)),
            BlockKind::Lead { level, bytes } => {
                let (heading, rest) = text.split_at(bytes as usize);
                blocks.push(Block::Heading(level, heading.to_owned()));
                let rest = rest.trim_start_matches(['。', '：', ':']).trim();
                blocks.push(Block::Paragraph(rest.to_owned()));
            }
            BlockKind::Paragraph | BlockKind::Row { .. } => blocks.push(Block::Paragraph(text)),
            BlockKind::Caption => blocks.push(Block::Line(text)),
        }
    }
    blocks
}
