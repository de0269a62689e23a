//! Evidence: the sentences of a case that speak for a criterion of the award,
//! each with the words that do. Cases in, values out.
//!
//! ```text
//! paragraph ─▶ sentences ─▶ cues ─▶ does it count? ─▶ scope
//!                           率先     no name, no aim    全国
//! ```
//!
//! The criteria are those by which the award is given: 创新性, 领先性 and 实效性,
//! and whether others can follow (可推广). A mark says that the text claims
//! something here, never that it is so. Headings on a line of their own claim
//! nothing; a heading that runs into its paragraph is a sentence like others.

mod context;
mod cues;

use std::ops::Range;

use crate::case::{BlockKind, CaseRef};
use crate::language::Language;
use crate::text::script;
use crate::text::sentence;

/// What a jury judges a case by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// 创新性: it was not done before.
    Innovation,
    /// 领先性: it is ahead of others.
    Leadership,
    /// 实效性: something came of it.
    Effect,
    /// 可推广: others follow, or are asked to.
    Spread,
}

impl Criterion {
    /// Every criterion, in the order in which they are shown.
    pub const ALL: [Self; 4] = [
        Self::Innovation,
        Self::Leadership,
        Self::Effect,
        Self::Spread,
    ];

    /// The name in JSON and English.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Innovation => "innovation",
            Self::Leadership => "leadership",
            Self::Effect => "effect",
            Self::Spread => "spread",
        }
    }

    /// The name in Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Innovation => "创新性",
            Self::Leadership => "领先性",
            Self::Effect => "实效性",
            Self::Spread => "可推广",
        }
    }

    /// The name in a language.
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.chinese(),
            Language::English => self.name(),
        }
    }
}

/// Among whom a claim is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    World,
    Nation,
    Province,
    City,
    /// A district or county.
    District,
    /// Others of the same trade: 行业, 系统, 同类.
    Industry,
}

impl Scope {
    /// The name in JSON and English.
    pub const fn name(self) -> &'static str {
        match self {
            Self::World => "world",
            Self::Nation => "nation",
            Self::Province => "province",
            Self::City => "city",
            Self::District => "district",
            Self::Industry => "industry",
        }
    }

    /// The name in Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::World => "全球",
            Self::Nation => "全国",
            Self::Province => "全省",
            Self::City => "全市",
            Self::District => "全区",
            Self::Industry => "行业",
        }
    }

    /// The name in a language.
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.chinese(),
            Language::English => self.name(),
        }
    }
}

/// Words that speak for a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    pub criterion: Criterion,
    /// The words, in characters of the text.
    pub span: Range<u32>,
    /// Among whom it is claimed, where its own phrase says so.
    pub scope: Option<Scope>,
}

/// A sentence that claims something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The sentence, in characters of the text.
    pub sentence: Range<u32>,
    /// In reading order, at least one.
    pub cues: Vec<Cue>,
    /// The line of the document on which its paragraph begins, from 1.
    pub line: u32,
}

impl Claim {
    /// Whether it claims `criterion`.
    pub fn is_for(&self, criterion: Criterion) -> bool {
        self.cues.iter().any(|cue| cue.criterion == criterion)
    }
}

/// How many sentences claim each criterion, in the order of [`Criterion::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Counts([u32; Criterion::ALL.len()]);

impl Counts {
    /// Counts the claims of a case.
    pub fn of(claims: &[Claim]) -> Self {
        Self(Criterion::ALL.map(|criterion| {
            let claims = claims.iter().filter(|claim| claim.is_for(criterion));
            claims.count() as u32
        }))
    }

    /// The sentences that claim `criterion`.
    pub const fn get(self, criterion: Criterion) -> u32 {
        self.0[criterion as usize]
    }
}

/// The claims of a case, in reading order. Places are characters of
/// [`CaseRef::text`].
pub fn of_case(case: CaseRef<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (start, block, text) in case.placed_blocks() {
        if matches!(block.kind, BlockKind::Heading { .. }) {
            continue;
        }
        let line = case.document.line_of(block.range.start as usize);
        claims.extend(of_paragraph(&text, start, line));
    }
    claims
}

/// The claims of a paragraph that begins at character `start` of its text and
/// on line `line` of its document.
pub fn of_paragraph(text: &str, start: u32, line: u32) -> Vec<Claim> {
    let simplified: Vec<char> = script::to_simplified(text).chars().collect();
    sentences(text, &simplified)
        .into_iter()
        .filter_map(|span| {
            let cues = cues::find(&simplified, span.clone());
            let moved = |range: Range<usize>| range.start as u32 + start..range.end as u32 + start;
            let cues: Vec<Cue> = cues
                .into_iter()
                .map(|cue| Cue {
                    criterion: cue.criterion,
                    span: moved(cue.range),
                    scope: cue.scope,
                })
                .collect();
            (!cues.is_empty()).then_some(Claim {
                sentence: moved(span),
                cues,
                line,
            })
        })
        .collect()
}

/// The sentences of a paragraph, in characters. A semicolon ends one too: what
/// is before and after it can be read alone.
fn sentences(text: &str, characters: &[char]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    for span in sentence::sentences(text) {
        let (first, end) = (span.start as usize, span.end as usize);
        let sentence = characters[first..end].iter();
        let stops = sentence.enumerate().filter(|(_, c)| "；;".contains(**c));
        let mut start = first;
        for stop in stops
            .map(|(at, _)| first + at + 1)
            .filter(|&stop| stop < end)
        {
            parts.push(start..stop);
            start = stop;
        }
        parts.push(start..end);
    }
    parts
}
