//! A case as the outside world reads it: the objects of `--json` and of the
//! JSON export. One schema for both; its keys are never renamed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::case::{BlockKind, CaseRef, Lines};
use crate::store::State;
use crate::text::script::{Display, to_simplified};

/// One case, borrowed, in the order in which its keys are written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseRecord<'a> {
    pub id: &'a str,
    /// File name of the document.
    pub source: &'a str,
    /// The case's order in its source, from 1.
    pub n: u32,
    /// The award year.
    pub year: Option<u16>,
    /// 区市, 功能区 or 部门.
    pub category: Option<&'static str>,
    /// The head of its group in the document's list or table, as printed.
    pub category_printed: Option<Cow<'a, str>>,
    pub area: Option<Cow<'a, str>>,
    /// 全文, 摘要, 报道, 条目, 整篇 or 其他文字.
    pub completeness: &'static str,
    /// The reader of the document: `compilation`, `list`, …; see
    /// [`crate::case::Reader`].
    pub reader: &'static str,
    /// How sure the reader is of the document's layout: `high`, `medium` or `low`.
    pub confidence: &'static str,
    /// What in the document shows its layout, in Chinese.
    pub basis: &'a str,
    /// Title lines joined by U+3000, in the document's script.
    pub title: Cow<'a, str>,
    /// `false` where the title is an editor's.
    pub title_printed: bool,
    pub title_simplified: String,
    /// As printed, in the document's script.
    pub orgs: Vec<Cow<'a, str>>,
    pub lines: LinesRecord,
    pub sections: Vec<SectionRecord<'a>>,
    /// Further cells of its row in a table, each with the name of its column; left out
    /// where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Cow<'a, str>>,
    /// One paragraph a line, headings included, title and org line not. Left
    /// out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What the reader made of the case; only in an export.
    #[serde(flatten)]
    pub marks: Option<MarksRecord<'a>>,
}

/// What the reader made of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MarksRecord<'a> {
    pub star: bool,
    pub tags: Vec<&'a str>,
    /// Empty without one.
    pub note: &'a str,
    pub passages: Vec<PassageRecord>,
}

/// A passage that the reader marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassageRecord {
    /// Its place in `text`, in characters from 0; `end` is not included.
    pub start: u32,
    pub end: u32,
    pub quote: String,
}

/// Lines of the document, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LinesRecord {
    pub first: u32,
    pub last: u32,
    /// The line of the entry in the document's own list.
    pub list: Option<u32>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SectionRecord<'a> {
    /// 1 to 4.
    pub level: u8,
    pub heading: Cow<'a, str>,
    /// Line of the document, from 1.
    pub line: u32,
}

impl<'a> CaseRecord<'a> {
    /// The record of a list or a search: without the text.
    pub fn of(case: CaseRef<'a>) -> Self {
        let title = case.title();
        let title_simplified = to_simplified(&title).into_owned();
        Self {
            id: &case.case.id.0,
            source: &case.document.name,
            n: case.case.number,
            year: case.case.year,
            category: case.case.category.map(|category| category.name()),
            category_printed: case.group().map(Cow::Borrowed),
            area: case.case.area.as_deref().map(Cow::Borrowed),
            completeness: case.case.completeness.name(),
            reader: case.document.basis.reader.english(),
            confidence: case.document.basis.confidence.english(),
            basis: case.document.basis.why.chinese(),
            title,
            title_printed: case.title_printed(),
            title_simplified,
            orgs: case
                .case
                .orgs
                .iter()
                .map(|org| org.printed.as_str().into())
                .collect(),
            lines: case.case.lines.into(),
            sections: sections(case),
            details: details(case),
            text: None,
            marks: None,
        }
    }

    /// The record with what the document says in a script; the keys' own values
    /// (区市, 全文, the area) and the Simplified title stay.
    pub fn shown(self, display: Display) -> Self {
        let show = |text: Cow<'a, str>| Cow::Owned(display.show(&text).into_owned());
        let sections = self.sections.into_iter().map(|section| SectionRecord {
            heading: show(section.heading),
            ..section
        });
        // A quotation ends where its paragraph does.
        let lines = |text: String| {
            let lines: Vec<Cow<'_, str>> =
                text.split('\n').map(|line| display.show(line)).collect();
            lines.join("\n")
        };
        Self {
            title: show(self.title),
            category_printed: self.category_printed.map(show),
            details: self.details.into_iter().map(show).collect(),
            orgs: self.orgs.into_iter().map(show).collect(),
            sections: sections.collect(),
            text: self.text.map(lines),
            ..self
        }
    }

    /// The whole record, with the text.
    pub fn with_text(case: CaseRef<'a>) -> Self {
        Self {
            text: Some(case.text()),
            ..Self::of(case)
        }
    }
}

impl<'a> MarksRecord<'a> {
    /// What a state keeps of a case.
    pub fn of(case: &str, kept: &'a State) -> Self {
        let passages = kept.passages(case).into_iter();
        Self {
            star: kept.starred(case),
            tags: kept.tags(case).collect(),
            note: kept.note(case),
            passages: passages
                .map(|passage| PassageRecord {
                    start: passage.span.start,
                    end: passage.span.end,
                    quote: passage.quote,
                })
                .collect(),
        }
    }
}

fn sections(case: CaseRef<'_>) -> Vec<SectionRecord<'_>> {
    let sections = case.sections().into_iter();
    sections
        .map(|section| SectionRecord {
            level: section.level,
            heading: section.heading,
            line: section.line,
        })
        .collect()
}

fn details(case: CaseRef<'_>) -> Vec<Cow<'_, str>> {
    let fields = case
        .case
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Field { .. }));
    fields.map(|block| case.block_text(block)).collect()
}

impl From<Lines> for LinesRecord {
    fn from(lines: Lines) -> Self {
        Self {
            first: lines.first,
            last: lines.last,
            list: lines.list,
        }
    }
}
