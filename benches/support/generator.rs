//! Libraries of any size, made by recombining the titles, headings and sentences
//! of the seeds; the same size gives the same library, on every machine.

use std::borrow::Cow;

use anli::case::{
    Block, BlockKind, Case, CaseId, Category, Completeness, Document, Lines, Org, TextRange, Title,
};
use anli::corpus::Corpus;

/// About how many characters the text of a case has.
const CHARACTERS: usize = 2_400;

/// How many cases share a document.
const CASES_IN_A_DOCUMENT: usize = 1_000;

/// A word that stands in the text of one case in 20,000, and its pinyin.
pub const RARE_WORD: (&str, &str) = ("蓝鲸灯塔", "lanjingdengta");

/// The pieces from which cases are made.
pub struct Pieces {
    phrases: Vec<String>,
    orgs: Vec<Org>,
    headings: Vec<String>,
    sentences: Vec<String>,
}

impl Pieces {
    /// The pieces of a library.
    pub fn of(corpus: &Corpus) -> Self {
        let mut pieces = Self {
            phrases: Vec::new(),
            orgs: Vec::new(),
            headings: Vec::new(),
            sentences: Vec::new(),
        };
        for (_, case) in corpus.iter() {
            let title = case.title();
            pieces
                .phrases
                .extend(title.split(['\u{3000}', ' ']).map(str::to_owned));
            pieces.orgs.extend(case.case.orgs.iter().cloned());
            for block in &case.case.blocks {
                let text = case.block_text(block);
                match block.kind {
                    BlockKind::Heading { .. } => pieces.headings.push(text.into_owned()),
                    _ => pieces
                        .sentences
                        .extend(text.split_inclusive('。').map(str::to_owned)),
                }
            }
        }
        pieces.phrases.retain(|phrase| !phrase.is_empty());
        pieces
    }

    /// A library of `count` cases.
    pub fn library(&self, count: usize) -> Corpus {
        self.make(count, true)
    }

    /// A library of `count` cases that have titles and nothing else.
    pub fn titles(&self, count: usize) -> Corpus {
        self.make(count, false)
    }

    fn make(&self, count: usize, with_text: bool) -> Corpus {
        let mut random = Random(42);
        let mut corpus = Corpus::default();
        for first in (0..count).step_by(CASES_IN_A_DOCUMENT) {
            let number = corpus.documents.len() as u32;
            let mut text = String::new();
            for at in first..count.min(first + CASES_IN_A_DOCUMENT) {
                let mut case = self.case(&mut random, &mut text, with_text);
                case.id = CaseId(format!("{number}-{}", at - first + 1));
                case.document = number;
                case.number = (at - first + 1) as u32;
                corpus.cases.push(case);
            }
            corpus.documents.push(Document {
                name: format!("{number}.txt"),
                clean: Cow::Owned(text),
                line_starts: vec![0],
                cuts: Default::default(),
                about: Default::default(),
                claims: Vec::new(),
                ..Document::default()
            });
        }
        corpus
    }

    fn case(&self, random: &mut Random, text: &mut String, with_text: bool) -> Case {
        let mut title = vec![print(text, random.line(&self.phrases))];
        if random.below(4) != 0 {
            title.push(print(text, random.line(&self.phrases)));
        }
        let mut blocks = Vec::new();
        let mut characters = 0;
        let wanted = CHARACTERS / 2 + random.below(CHARACTERS);
        while with_text && characters < wanted {
            if random.below(3) == 0 {
                let range = print(text, random.line(&self.headings));
                let kind = BlockKind::Heading { level: 1 };
                blocks.push(Block { kind, range });
            }
            let start = text.len();
            for _ in 0..1 + random.below(5) {
                text.push_str(random.line(&self.sentences));
            }
            if random.below(200_000) < 10 {
                text.push_str(RARE_WORD.0);
            }
            characters += text[start..].chars().count();
            let range = TextRange::new(start, text.len());
            text.push('\n');
            let kind = BlockKind::Paragraph;
            blocks.push(Block { kind, range });
        }
        let categories = [Category::District, Category::Zone, Category::Department];
        Case {
            id: CaseId(String::new()),
            key: None,
            document: 0,
            number: 0,
            lines: Lines {
                first: 1,
                last: 1,
                list: None,
            },
            year: Some(2010 + random.below(15) as u16),
            category: Some(*random.pick(&categories)),
            group: None,
            area: None,
            completeness: Completeness::Full,
            title: Title::Printed(title),
            orgs: vec![random.pick(&self.orgs).clone()],
            blocks,
        }
    }
}

fn print(text: &mut String, line: &str) -> TextRange {
    let start = text.len();
    text.push_str(line);
    text.push('\n');
    TextRange::new(start, start + line.len())
}

/// Numbers that look random (splitmix64, by Sebastiano Vigna, public domain).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    fn line<'a>(&mut self, list: &'a [String]) -> &'a str {
        &list[self.below(list.len())]
    }
}
