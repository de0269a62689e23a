//! What the cases say as lines of text: evidence, related cases, lineages, comparisons
//! and counts, as the commands print them and the explorer by lines lists them.

use std::ops::Range;

use crate::case::CaseRef;
use crate::cite::escape_markdown;
use crate::compare::{Comparison, FigureRow, Row};
use crate::corpus::{CaseIndex, Corpus};
use crate::evidence::{Claim, Criterion, Cue};
use crate::figures::Found;
use crate::language::Language;
use crate::lineage::Chain;
use crate::related::{Related, because};
use crate::stats::{Matrix, Sizes, Stats, Tally};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The name of what follows.
    Head(String),
    Cells(Vec<String>),
    Blank,
}

impl Line {
    fn cells<const N: usize>(cells: [&str; N]) -> Self {
        Self::Cells(cells.map(str::to_owned).into())
    }
}

/// A case's title; in brackets where it is not printed in its document.
pub fn title(case: CaseRef<'_>) -> String {
    let title = case.title();
    if case.title_printed() {
        title.into_owned()
    } else {
        format!("[{title}]")
    }
}

/// Each sentence that claims something: criteria, cues with their scopes (each said once),
/// sentence.
pub fn claims(case: CaseRef<'_>, claims: &[Claim], language: Language) -> Vec<[String; 3]> {
    let text: Vec<char> = case.text().chars().collect();
    let answer = &language.labels().answer;
    let cue = |cue: &Cue| {
        let words = cut(&text, cue.span.clone());
        match cue.scope {
            Some(scope) => (answer.scoped)(&words, scope.in_language(language)),
            None => words,
        }
    };
    let row = |claim: &Claim| {
        let criteria: Vec<&str> = Criterion::ALL
            .into_iter()
            .filter(|&criterion| claim.is_for(criterion))
            .map(|c| c.in_language(language))
            .collect();
        let mut cues: Vec<String> = Vec::new();
        for words in claim.cues.iter().map(cue) {
            if !cues.contains(&words) {
                cues.push(words);
            }
        }
        [
            criteria.join(answer.comma),
            cues.join(answer.comma),
            cut(&text, claim.sentence.clone()),
        ]
    };
    claims.iter().map(row).collect()
}

/// A related case: id, title, reasons.
pub fn related(corpus: &Corpus, related: &Related, language: Language) -> [String; 3] {
    let other = corpus.get(related.case);
    let reasons = because(&related.reasons, language);
    [other.case.id.0.clone(), title(other), reasons]
}

/// The name of a chain, then its cases: year, id, title, and what links each to the one
/// before.
pub fn chain(corpus: &Corpus, chain: &Chain, language: Language) -> Vec<Line> {
    let row = |&index: &CaseIndex| {
        let case = corpus.get(index);
        let year = case.case.year.map(|year| year.to_string());
        let link = chain.links.iter().find(|link| link.to == index);
        let evidence = link.map(|link| because(&link.evidence, language));
        Line::Cells(vec![
            String::new(),
            year.unwrap_or_default(),
            case.case.id.0.clone(),
            title(case),
            evidence.unwrap_or_default(),
        ])
    };
    let head = Line::Head(chain.name.clone());
    [head]
        .into_iter()
        .chain(chain.cases.iter().map(row))
        .collect()
}

/// Cases part by part, below one another, then their figures by unit.
pub fn comparison(cases: &[CaseRef<'_>], comparison: &Comparison, language: Language) -> Vec<Line> {
    let answer = &language.labels().answer;
    let mut lines = Vec::new();
    for row in &comparison.rows {
        lines.push(Line::Head(row.part.in_language(language).to_owned()));
        for (case, cell) in cases.iter().zip(&row.cells) {
            let id = case.case.id.0.as_str();
            let before = lines.len();
            let texts = cell.iter().flat_map(|blocks| texts(*case, blocks));
            lines.extend(texts.map(|text| Line::cells([id, &text])));
            if lines.len() == before {
                lines.push(Line::cells([id, answer.no_such_part]));
            }
        }
    }
    lines.push(Line::Head(answer.figures_heading.to_owned()));
    for row in &comparison.figures {
        let cells = cases
            .iter()
            .zip(&row.cells)
            .map(|(case, found)| quotes(*case, found).join(answer.separator));
        let unit = std::iter::once(row.unit.clone());
        lines.push(Line::Cells(unit.chain(cells).collect()));
    }
    lines
}

/// A Markdown table with a column for each case and a row for each part and unit.
pub fn comparison_markdown(
    cases: &[CaseRef<'_>],
    comparison: &Comparison,
    language: Language,
) -> String {
    let answer = &language.labels().answer;
    let line = |head: &str, cells: Vec<String>| format!("| {head} | {} |\n", cells.join(" | "));
    let cell = |text: &str| escape_markdown(text).into_owned();
    let titles = cases
        .iter()
        .map(|case| cell(&format!("{} {}", case.case.id, title(*case))));
    let mut table = line("", titles.collect());
    table += &format!("|{}\n", "---|".repeat(cases.len() + 1));
    for Row { part, cells } in &comparison.rows {
        let cells = cases.iter().zip(cells).map(|(case, blocks)| {
            let texts = blocks.iter().flat_map(|blocks| texts(*case, blocks));
            texts
                .map(|text| cell(&text))
                .collect::<Vec<_>>()
                .join("<br>")
        });
        table += &line(part.in_language(language), cells.collect());
    }
    for FigureRow { unit, cells } in &comparison.figures {
        let cells = cases
            .iter()
            .zip(cells)
            .map(|(case, found)| cell(&quotes(*case, found).join(answer.separator)));
        let head = cell(&format!("{} {unit}", answer.figures_heading));
        table += &line(&head, cells.collect());
    }
    table
}

/// The text of each block.
fn texts<'a>(case: CaseRef<'a>, blocks: &Range<usize>) -> impl Iterator<Item = String> + 'a {
    case.case.blocks[blocks.clone()]
        .iter()
        .map(move |block| case.block_text(block).into_owned())
}

/// Each figure as printed, after what it counts.
pub fn quotes(case: CaseRef<'_>, found: &[Found]) -> Vec<String> {
    let text: Vec<char> = case.text().chars().collect();
    let quote = |found: &Found| {
        let quote = cut(&text, found.figure.span.clone());
        match found.figure.counts.as_str() {
            "" => quote,
            counts => format!("{counts} {quote}"),
        }
    };
    found.iter().map(quote).collect()
}

/// Counts as tables below one another.
pub fn stats(stats: &Stats, language: Language) -> Vec<Line> {
    let words = &language.labels().stats;
    let number = |number: u32| number.to_string();
    let Sizes {
        total,
        shortest,
        median,
        longest,
        ..
    } = stats.sizes;
    let (shortest, longest) = (number(shortest), number(longest));
    let mut lines = vec![
        Line::cells([words.cases, &number(stats.cases)]),
        Line::cells([words.documents, &number(stats.documents)]),
        Line::cells([words.characters, &total.to_string()]),
        Line::cells([words.lengths, &shortest, &median.to_string(), &longest]),
    ];
    for (head, tallies) in [
        (words.years, &stats.years),
        (words.categories, &stats.categories),
        (words.areas, &stats.areas),
        (words.kinds, &stats.kinds),
        (words.topics, &stats.topics),
        (words.folders, &stats.folders),
        (words.sources, &stats.sources),
    ] {
        lines.extend([Line::Blank, Line::Head(head.to_owned())]);
        let row = |tally: &Tally| Line::cells([value(tally, language), &number(tally.cases)]);
        lines.extend(tallies.iter().map(row));
    }
    for (head, matrix) in [
        (words.by_category, &stats.by_category),
        (words.by_area, &stats.by_area),
    ] {
        lines.extend([Line::Blank, Line::Head(head.to_owned())]);
        lines.extend(matrix_lines(matrix, language));
    }
    lines.extend([Line::Blank, Line::Head(words.sizes.to_owned())]);
    for step in &stats.sizes.steps {
        let range = match step.to {
            Some(to) => format!("{}–{}", step.from, to - 1),
            None => format!("≥ {}", step.from),
        };
        lines.push(Line::cells([&range, &number(step.cases)]));
    }
    lines
}

/// A row with the values of the columns, then a row with the counts of each value; the
/// sum of a row comes last.
fn matrix_lines(matrix: &Matrix, language: Language) -> Vec<Line> {
    let columns = matrix.columns.iter().map(|column| value(column, language));
    let total = language.labels().stats.total;
    let head = std::iter::once("").chain(columns).chain([total]);
    let head = Line::Cells(head.map(str::to_owned).collect());
    let rows = matrix.rows.iter().zip(&matrix.cells).map(|(row, counts)| {
        let counts = counts.iter().chain([&row.cases]).map(u32::to_string);
        let name = value(row, language).to_owned();
        Line::Cells(std::iter::once(name).chain(counts).collect())
    });
    std::iter::once(head).chain(rows).collect()
}

fn value(tally: &Tally, language: Language) -> &str {
    let none = language.labels().stats.none;
    tally.value.as_deref().unwrap_or(none)
}

/// A part of a text by characters.
fn cut(text: &[char], range: Range<u32>) -> String {
    text[range.start as usize..range.end as usize]
        .iter()
        .collect()
}
